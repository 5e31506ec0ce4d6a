-- What became later of startups that we passed, or that chose others.

create table outcome (
  id                uuid primary key,
  deal_id           uuid not null references deal,
  on_day            date not null check (isfinite(on_day)),
  what              text not null check (not is_blank(what)),
  amount_low        numeric(20,4) check (amount_low >= 0),
  amount_high       numeric(20,4) check (amount_high >= amount_low),
  amount_currency   text check (amount_currency ~ '^[A-Z]{3}$'),
  amount_as_found   text check (not is_blank(amount_as_found)),
  source_url        text check (not is_blank(source_url)),
  recorded_at       timestamptz(6) not null check (isfinite(recorded_at)),
  recorded_by       uuid references app_user,
  retracted_at      timestamptz(6) check (retracted_at > recorded_at and isfinite(retracted_at)),
  retracted_by      uuid references app_user,
  retraction_reason text check (not is_blank(retraction_reason)),
  check (amount_low is null or amount_currency is not null),
  check ((retracted_at is null) = (retraction_reason is null))
);
create index outcome_deal on outcome (deal_id, on_day, id);
create index outcome_recorded_by on outcome (recorded_by) where recorded_by is not null;
create index outcome_retracted_by on outcome (retracted_by) where retracted_by is not null;

-- One is never overwritten: once, its retraction may be set.
create function outcome_guard() returns trigger language plpgsql as $$
begin
  if old.retracted_at is not null
     or (to_jsonb(new) - array['retracted_at', 'retraction_reason', 'retracted_by'])
        is distinct from (to_jsonb(old) - array['retracted_at', 'retraction_reason', 'retracted_by']) then
    raise exception 'outcome % is never overwritten', old.id using errcode = 'restrict_violation', hint = 'retract it, and record another';
  end if;
  return new;
end $$;
create trigger guard before update on outcome for each row execute function outcome_guard();
create trigger append_only before delete on outcome for each row execute function refuse_change();
create trigger append_only_whole before truncate on outcome for each statement execute function refuse_change();

alter table activity drop constraint activity_subject_type_check;
alter table activity add constraint activity_subject_type_check check (subject_type in (
  'startup', 'sector', 'stage', 'person', 'affiliation', 'document', 'evidence', 'deal', 'fund', 'outcome', 'user', 'token', 'workspace', 'import',
  'provider', 'dependency', 'checklist_item', 'exchange_rate', 'rubric', 'interaction', 'task', 'review', 'agenda_item',
  'review_kind'));
