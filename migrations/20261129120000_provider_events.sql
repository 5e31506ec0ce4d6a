-- What providers did: prices, launches, outages and the like, by day. One is never rewritten; undoing hides it.

create table provider_event (
  id           uuid primary key,
  provider_id  uuid not null references provider,
  kind         text not null check (kind in ('PRICE', 'LAUNCH', 'API_OPENED', 'DELAY', 'OUTAGE', 'POLICY', 'SHUTDOWN')),
  on_day       date not null check (isfinite(on_day)),
  precision    text not null check (precision in ('DAY', 'MONTH', 'QUARTER', 'HALF', 'YEAR')),
  summary      text not null check (not is_blank(summary) and length(summary) <= 300),
  source_url   text check (not is_blank(source_url)),
  created_at   timestamptz(6) not null check (isfinite(created_at)),
  created_by   uuid references app_user,
  recorded_at  timestamptz(6) not null check (isfinite(recorded_at)),
  version      integer not null check (version >= 1),
  hidden_at    timestamptz(6) check (isfinite(hidden_at))
);
create index provider_event_of on provider_event (provider_id, on_day, id);
create index provider_event_created on provider_event (created_at);
create index provider_event_by on provider_event (created_by) where created_by is not null;

create table provider_event_version (
  provider_event_id uuid not null references provider_event,
  version           integer not null,
  known_from        timestamptz(6) not null,
  known_until       timestamptz(6) check (known_until > known_from),
  hidden_at         timestamptz(6),
  primary key (provider_event_id, known_from)
);
create unique index provider_event_version_open on provider_event_version (provider_event_id) where known_until is null;
call keep_versions('provider_event', 'provider_event_version', 'provider_event_id', array['hidden_at']);

-- What it said is never overwritten: it is hidden, or shown again.
create function provider_event_guard() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - array['hidden_at', 'recorded_at', 'version'])
     is distinct from (to_jsonb(old) - array['hidden_at', 'recorded_at', 'version']) then
    raise exception 'provider event % is never overwritten', old.id using errcode = 'restrict_violation', hint = 'undo it, and record another';
  end if;
  return new;
end $$;
create trigger guard before update on provider_event for each row execute function provider_event_guard();

alter table activity drop constraint activity_subject_type_check;
alter table activity add constraint activity_subject_type_check check (subject_type in (
  'startup', 'sector', 'stage', 'person', 'affiliation', 'document', 'evidence', 'deal', 'fund', 'outcome', 'user', 'token', 'workspace', 'import',
  'provider', 'dependency', 'checklist_item', 'exchange_rate', 'rubric', 'interaction', 'task', 'review', 'agenda_item',
  'review_kind', 'thesis', 'capability', 'provider_event'));
