-- Stages and deals with their moves.

create table stage (
  id           uuid primary key,
  key          text not null unique check (key ~ '^[A-Z][A-Z0-9_]*$'),
  name         text not null check (not is_blank(name)),
  name_zh      text not null check (not is_blank(name_zh)),
  position     integer not null,
  limit_days   integer not null check (limit_days >= 1),
  is_retired   boolean not null default false,
  recorded_at  timestamptz(6) not null check (isfinite(recorded_at)),
  version      integer not null check (version >= 1)
);

create table stage_version (
  stage_id     uuid not null references stage,
  version      integer not null,
  known_from   timestamptz(6) not null,
  known_until  timestamptz(6) check (known_until > known_from),
  key text not null, name text not null, name_zh text not null, position integer not null, limit_days integer not null, is_retired boolean not null,
  primary key (stage_id, known_from)
);
create unique index stage_version_open on stage_version (stage_id) where known_until is null;
call keep_versions('stage', 'stage_version', 'stage_id', array['key', 'name', 'name_zh', 'position', 'limit_days', 'is_retired']);

create table deal (
  id                    uuid primary key,
  startup_id            uuid not null references startup,
  origin_startup_id     uuid not null references startup,
  title                 text not null check (not is_blank(title)),
  title_sort            text collate "C" not null,
  -- the folded title, for search by a part
  search_text           text not null,
  stage_id              uuid not null references stage,
  status                text not null check (status in ('ACTIVE', 'ON_HOLD', 'INVESTED', 'PASSED', 'LOST')),
  owner_id              uuid references app_user,
  -- the members named beside owner and opener; who may see a restricted deal is all three
  team                  uuid[] not null default '{}' check (array_position(team, null) is null),
  opened_by             uuid references app_user,
  visibility            text not null check (visibility in ('TEAM', 'RESTRICTED')),
  round                 text not null check (round in ('PRE_SEED', 'ANGEL', 'ANGEL_PLUS', 'SEED', 'PRE_A', 'PRE_A_PLUS', 'A', 'A_PLUS', 'PRE_B', 'B', 'B_PLUS', 'C', 'C_PLUS', 'D', 'D_PLUS', 'E_OR_LATER', 'PRE_IPO', 'IPO', 'STRATEGIC', 'BRIDGE', 'SECONDARY', 'ACQUISITION', 'UNKNOWN')),
  amount_low            numeric(20,4) check (amount_low >= 0),
  amount_high           numeric(20,4) check (amount_high >= amount_low),
  amount_currency       text check (amount_currency ~ '^[A-Z]{3}$'),
  amount_as_found       text check (not is_blank(amount_as_found)),
  our_amount_low        numeric(20,4) check (our_amount_low >= 0),
  our_amount_high       numeric(20,4) check (our_amount_high >= our_amount_low),
  our_amount_currency   text check (our_amount_currency ~ '^[A-Z]{3}$'),
  our_amount_as_found   text check (not is_blank(our_amount_as_found)),
  investor_role         text check (investor_role in ('LEAD', 'CO_LEAD', 'FOLLOW')),
  co_investors          text[] not null default '{}',
  instrument            text check (instrument in ('EQUITY', 'CONVERTIBLE', 'SECONDARY')),
  valuation             numeric(20,4) check (valuation >= 0),
  valuation_currency    text check (valuation_currency ~ '^[A-Z]{3}$'),
  valuation_basis       text check (valuation_basis in ('PRE_MONEY', 'POST_MONEY')),
  term_sheet_signed_on  date,
  term_sheet_expires_on date,
  exclusive_until       date,
  signed_on             date,
  paid_on               date,
  -- [{"channel", "who", "personId", "on", "precision"}], in order
  sources               jsonb not null default '[]' check (jsonb_typeof(sources) = 'array'),
  next_step             text check (not is_blank(next_step)),
  next_step_due         date,
  pass_reason           text check (pass_reason in ('NO_REAL_USERS', 'WRAPPER', 'MARKET', 'TEAM', 'VALUATION', 'TIMING', 'CONFLICT', 'OTHER')),
  pass_note             text check (not is_blank(pass_note)),
  revisit_on            date,
  revisit_trigger       text check (not is_blank(revisit_trigger)),
  -- when it came into its stage and how long it was on hold since, in the world's time
  entered_stage_at      timestamptz(6) not null check (isfinite(entered_stage_at)),
  held_micros           bigint not null default 0 check (held_micros >= 0),
  held_since            timestamptz(6) check (isfinite(held_since)),
  opened_at             timestamptz(6) not null check (isfinite(opened_at)),
  created_at            timestamptz(6) not null check (isfinite(created_at)),
  recorded_at           timestamptz(6) not null check (isfinite(recorded_at)),
  version               integer not null check (version >= 1),
  hidden_at             timestamptz(6),
  check (status <> 'PASSED' or pass_reason is not null),
  check ((valuation is null) = (valuation_currency is null)),
  check (amount_low is null or amount_currency is not null),
  check (our_amount_low is null or our_amount_currency is not null),
  check ((status = 'ON_HOLD') = (held_since is not null))
);
-- Restricted deals are counted neither against these nor against each other, so that no error tells of a hidden one.
create unique index deal_one_active on deal (startup_id, round) where status = 'ACTIVE' and visibility = 'TEAM' and hidden_at is null;
create index deal_startup on deal (startup_id, id);
create index deal_origin on deal (origin_startup_id);
create index deal_stage on deal (stage_id, status, entered_stage_at, id);
create index deal_owner on deal (owner_id) where owner_id is not null;
create index deal_opened_by on deal (opened_by) where opened_by is not null;
create index deal_restricted on deal (id) where visibility = 'RESTRICTED';
create index deal_by_title on deal (title_sort, id) where hidden_at is null;
create index deal_by_entered on deal (entered_stage_at, id) where hidden_at is null;
create index deal_by_created on deal (created_at, id) where hidden_at is null;
create index deal_by_updated on deal (recorded_at, id) where hidden_at is null;
create index deal_by_due on deal (coalesce(next_step_due, date '9999-12-31'), id) where hidden_at is null;
create index deal_by_due_down on deal (coalesce(next_step_due, date '0001-01-01'), id) where hidden_at is null;

create table deal_version (
  deal_id      uuid not null references deal,
  version      integer not null,
  known_from   timestamptz(6) not null,
  known_until  timestamptz(6) check (known_until > known_from),
  startup_id uuid not null, title text not null, title_sort text collate "C" not null, stage_id uuid not null, status text not null, owner_id uuid, team uuid[] not null, opened_by uuid,
  visibility text not null, round text not null, amount_low numeric(20,4), amount_high numeric(20,4), amount_currency text, amount_as_found text,
  our_amount_low numeric(20,4), our_amount_high numeric(20,4), our_amount_currency text, our_amount_as_found text, investor_role text,
  co_investors text[] not null, instrument text, valuation numeric(20,4), valuation_currency text, valuation_basis text,
  term_sheet_signed_on date, term_sheet_expires_on date, exclusive_until date, signed_on date, paid_on date, sources jsonb not null,
  next_step text, next_step_due date, pass_reason text, pass_note text, revisit_on date, revisit_trigger text, entered_stage_at timestamptz(6) not null,
  held_micros bigint not null, held_since timestamptz(6), hidden_at timestamptz(6),
  primary key (deal_id, known_from)
);
create unique index deal_version_open on deal_version (deal_id) where known_until is null;
create index deal_version_startup on deal_version (startup_id, known_from);
create index deal_version_until on deal_version (known_until, known_from);
call keep_versions('deal', 'deal_version', 'deal_id',
  array['startup_id', 'title', 'title_sort', 'stage_id', 'status', 'owner_id', 'team', 'opened_by', 'visibility', 'round', 'amount_low', 'amount_high',
        'amount_currency', 'amount_as_found', 'our_amount_low', 'our_amount_high', 'our_amount_currency', 'our_amount_as_found', 'investor_role',
        'co_investors', 'instrument', 'valuation', 'valuation_currency', 'valuation_basis', 'term_sheet_signed_on', 'term_sheet_expires_on',
        'exclusive_until', 'signed_on', 'paid_on', 'sources', 'next_step', 'next_step_due', 'pass_reason', 'pass_note', 'revisit_on',
        'revisit_trigger', 'entered_stage_at', 'held_micros', 'held_since', 'hidden_at']);

-- Every change of stage or status. A mistaken move is voided by a later row that names it; nothing is rewritten.
create table deal_change (
  id             uuid primary key,
  deal_id        uuid not null references deal,
  from_stage_id  uuid references stage,
  to_stage_id    uuid not null references stage,
  from_status    text check (from_status in ('ACTIVE', 'ON_HOLD', 'INVESTED', 'PASSED', 'LOST')),
  to_status      text not null check (to_status in ('ACTIVE', 'ON_HOLD', 'INVESTED', 'PASSED', 'LOST')),
  occurred_at    timestamptz(6) not null check (isfinite(occurred_at)),
  recorded_at    timestamptz(6) not null check (isfinite(recorded_at)),
  by             uuid references app_user,
  reason         text check (not is_blank(reason)),
  pass_reason    text,
  overrode       text[] not null default '{}',
  voids          uuid unique references deal_change,
  check ((from_stage_id is null) = (from_status is null)),
  check (voids is null or reason is not null),
  check (from_stage_id is null or (from_stage_id, from_status) is distinct from (to_stage_id, to_status))
);
create index deal_change_deal on deal_change (deal_id, recorded_at);
create index deal_change_occurred on deal_change (occurred_at, deal_id);
create index deal_change_from on deal_change (from_stage_id);
create index deal_change_to on deal_change (to_stage_id);
create index deal_change_by on deal_change (by);
call append_only('deal_change');
