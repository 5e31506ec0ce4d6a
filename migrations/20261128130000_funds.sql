-- The funds that may invest, and the funds that may do a deal.

create table fund (
  id              uuid primary key,
  name            text not null check (not is_blank(name)),
  -- the folded name, so that one fund is not entered twice
  name_key        text not null unique,
  currency        text not null check (currency ~ '^[A-Z]{3}$'),
  -- in the fund's currency
  ticket_low      numeric(20,4) check (ticket_low >= 0),
  ticket_high     numeric(20,4) check (ticket_high >= ticket_low),
  ticket_as_found text check (not is_blank(ticket_as_found)),
  constraints     text check (not is_blank(constraints)),
  is_retired      boolean not null default false,
  recorded_at     timestamptz(6) not null check (isfinite(recorded_at)),
  version         integer not null check (version >= 1)
);

create table fund_version (
  fund_id      uuid not null references fund,
  version      integer not null,
  known_from   timestamptz(6) not null,
  known_until  timestamptz(6) check (known_until > known_from),
  name text not null, currency text not null, ticket_low numeric(20,4), ticket_high numeric(20,4), ticket_as_found text, constraints text,
  is_retired boolean not null,
  primary key (fund_id, known_from)
);
create unique index fund_version_open on fund_version (fund_id) where known_until is null;
call keep_versions('fund', 'fund_version', 'fund_id',
  array['name', 'currency', 'ticket_low', 'ticket_high', 'ticket_as_found', 'constraints', 'is_retired']);

alter table deal add column fund_ids uuid[] not null default '{}' check (array_position(fund_ids, null) is null);
alter table deal_version add column fund_ids uuid[] not null default '{}';
alter table deal_version alter column fund_ids drop default;
create index deal_funds on deal using gin (fund_ids) where fund_ids <> '{}';
drop trigger keep_versions_insert on deal;
drop trigger keep_versions_update on deal;
call keep_versions('deal', 'deal_version', 'deal_id',
  array['startup_id', 'title', 'title_sort', 'stage_id', 'status', 'owner_id', 'team', 'opened_by', 'visibility', 'round', 'amount_low', 'amount_high',
        'amount_currency', 'amount_as_found', 'our_amount_low', 'our_amount_high', 'our_amount_currency', 'our_amount_as_found', 'investor_role',
        'co_investors', 'instrument', 'valuation', 'valuation_currency', 'valuation_basis', 'fund_ids', 'term_sheet_signed_on', 'term_sheet_expires_on',
        'exclusive_until', 'signed_on', 'paid_on', 'sources', 'next_step', 'next_step_due', 'pass_reason', 'pass_note', 'revisit_on',
        'revisit_trigger', 'entered_stage_at', 'held_micros', 'held_since', 'hidden_at']);

alter table activity drop constraint activity_subject_type_check;
alter table activity add constraint activity_subject_type_check check (subject_type in (
  'startup', 'sector', 'stage', 'person', 'affiliation', 'document', 'evidence', 'deal', 'fund', 'user', 'token', 'workspace', 'import',
  'provider', 'dependency', 'checklist_item', 'exchange_rate', 'rubric', 'interaction', 'task', 'review', 'agenda_item',
  'review_kind'));
