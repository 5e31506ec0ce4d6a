-- What is believed: theses of the fund, and capabilities, what base models can do; each with dated verdicts and the
-- startups that rest on it.

create table thesis (
  id           uuid primary key,
  statement    text not null check (not is_blank(statement) and length(statement) <= 300),
  layer        text check (layer in ('MODEL', 'MIDDLEWARE', 'APP')),
  sector_id    uuid references sector,
  review_on    date check (isfinite(review_on)),
  startup_ids  uuid[] not null,
  -- how it stood before any verdict
  begun_as     text not null check (begun_as in ('HELD', 'QUESTIONED', 'DROPPED')),
  created_at   timestamptz(6) not null check (isfinite(created_at)),
  recorded_at  timestamptz(6) not null check (isfinite(recorded_at)),
  version      integer not null check (version >= 1),
  hidden_at    timestamptz(6) check (isfinite(hidden_at))
);
create index thesis_startups on thesis using gin (startup_ids);
create index thesis_sector on thesis (sector_id) where sector_id is not null;

create table thesis_version (
  thesis_id    uuid not null references thesis,
  version      integer not null,
  known_from   timestamptz(6) not null,
  known_until  timestamptz(6) check (known_until > known_from),
  statement text not null, layer text, sector_id uuid, review_on date, startup_ids uuid[] not null, hidden_at timestamptz(6),
  primary key (thesis_id, known_from)
);
create unique index thesis_version_open on thesis_version (thesis_id) where known_until is null;
call keep_versions('thesis', 'thesis_version', 'thesis_id',
  array['statement', 'layer', 'sector_id', 'review_on', 'startup_ids', 'hidden_at']);

create table thesis_verdict (
  id          uuid primary key,
  thesis_id   uuid not null references thesis,
  status      text not null check (status in ('HELD', 'QUESTIONED', 'DROPPED')),
  on_day      date not null check (isfinite(on_day)),
  reason      text not null check (not is_blank(reason)),
  source_url  text check (not is_blank(source_url)),
  recorded_at timestamptz(6) not null check (isfinite(recorded_at)),
  recorded_by uuid references app_user
);
create index thesis_verdict_of on thesis_verdict (thesis_id, on_day, recorded_at);
create index thesis_verdict_by on thesis_verdict (recorded_by) where recorded_by is not null;
call append_only('thesis_verdict');

create table capability (
  id           uuid primary key,
  statement    text not null check (not is_blank(statement) and length(statement) <= 300),
  sector_id    uuid references sector,
  startup_ids  uuid[] not null,
  begun_as     text not null check (begun_as in ('NOT_YET', 'PARTLY', 'SOLVED')),
  created_at   timestamptz(6) not null check (isfinite(created_at)),
  recorded_at  timestamptz(6) not null check (isfinite(recorded_at)),
  version      integer not null check (version >= 1),
  hidden_at    timestamptz(6) check (isfinite(hidden_at))
);
create index capability_startups on capability using gin (startup_ids);
create index capability_sector on capability (sector_id) where sector_id is not null;

create table capability_version (
  capability_id uuid not null references capability,
  version       integer not null,
  known_from    timestamptz(6) not null,
  known_until   timestamptz(6) check (known_until > known_from),
  statement text not null, sector_id uuid, startup_ids uuid[] not null, hidden_at timestamptz(6),
  primary key (capability_id, known_from)
);
create unique index capability_version_open on capability_version (capability_id) where known_until is null;
call keep_versions('capability', 'capability_version', 'capability_id', array['statement', 'sector_id', 'startup_ids', 'hidden_at']);

create table capability_verdict (
  id            uuid primary key,
  capability_id uuid not null references capability,
  status        text not null check (status in ('NOT_YET', 'PARTLY', 'SOLVED')),
  on_day        date not null check (isfinite(on_day)),
  reason        text not null check (not is_blank(reason)),
  source_url    text check (not is_blank(source_url)),
  recorded_at   timestamptz(6) not null check (isfinite(recorded_at)),
  recorded_by   uuid references app_user
);
create index capability_verdict_of on capability_verdict (capability_id, on_day, recorded_at);
create index capability_verdict_by on capability_verdict (recorded_by) where recorded_by is not null;
call append_only('capability_verdict');

-- Those that wait for a capability, by which; few of all deals.
create index deal_waiting_for on deal ((revisit_when -> 'capability' ->> 'id'))
  where revisit_when is not null and revisit_due_since is null;

alter table activity drop constraint activity_subject_type_check;
alter table activity add constraint activity_subject_type_check check (subject_type in (
  'startup', 'sector', 'stage', 'person', 'affiliation', 'document', 'evidence', 'deal', 'fund', 'outcome', 'user', 'token', 'workspace', 'import',
  'provider', 'dependency', 'checklist_item', 'exchange_rate', 'rubric', 'interaction', 'task', 'review', 'agenda_item',
  'review_kind', 'thesis', 'capability'));
