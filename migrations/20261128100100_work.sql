-- What was talked about, and what is to be done. Both may belong to a deal: then they are seen by those who see the deal.

create table interaction (
  id                uuid primary key,
  startup_id        uuid not null references startup,
  origin_startup_id uuid not null references startup,
  deal_id           uuid references deal,
  kind              text not null check (kind in ('MEETING', 'CALL', 'EMAIL', 'WECHAT', 'NOTE')),
  happened_at       timestamptz(6) not null check (isfinite(happened_at)),
  summary           text not null check (not is_blank(summary)),
  -- Markdown, as it was written
  body              text check (not is_blank(body)),
  participants      text[] not null default '{}' check (array_position(participants, null) is null),
  person_ids        uuid[] not null default '{}' check (array_position(person_ids, null) is null),
  by                uuid references app_user,
  logged_at         timestamptz(6) not null check (isfinite(logged_at)),
  recorded_at       timestamptz(6) not null check (isfinite(recorded_at)),
  version           integer not null check (version >= 1),
  hidden_at         timestamptz(6) check (isfinite(hidden_at))
);
create index interaction_startup on interaction (startup_id, happened_at desc, id desc);
create index interaction_origin on interaction (origin_startup_id);
create index interaction_deal on interaction (deal_id, happened_at desc, id desc) where deal_id is not null;
create index interaction_people on interaction using gin (person_ids) where person_ids <> '{}';
create index interaction_by on interaction (by);

create table interaction_version (
  interaction_id uuid not null references interaction,
  version        integer not null,
  known_from     timestamptz(6) not null,
  known_until    timestamptz(6) check (known_until > known_from),
  startup_id uuid not null, deal_id uuid, kind text not null, happened_at timestamptz(6) not null, summary text not null, body text,
  participants text[] not null, person_ids uuid[] not null, hidden_at timestamptz(6),
  primary key (interaction_id, known_from)
);
create unique index interaction_version_open on interaction_version (interaction_id) where known_until is null;
create index interaction_version_startup on interaction_version (startup_id, known_from);
create index interaction_version_deal on interaction_version (deal_id, known_from) where deal_id is not null;
call keep_versions('interaction', 'interaction_version', 'interaction_id',
  array['startup_id', 'deal_id', 'kind', 'happened_at', 'summary', 'body', 'participants', 'person_ids', 'hidden_at']);

create table task (
  id                uuid primary key,
  what              text not null check (not is_blank(what)),
  who               uuid references app_user,
  due               date check (isfinite(due)),
  done_at           timestamptz(6) check (isfinite(done_at)),
  done_by           uuid references app_user,
  startup_id        uuid references startup,
  origin_startup_id uuid references startup,
  deal_id           uuid references deal,
  recorded_by       uuid references app_user,
  created_at        timestamptz(6) not null check (isfinite(created_at)),
  recorded_at       timestamptz(6) not null check (isfinite(recorded_at)),
  version           integer not null check (version >= 1),
  hidden_at         timestamptz(6) check (isfinite(hidden_at)),
  check (done_by is null or done_at is not null),
  check (deal_id is null or startup_id is not null),
  check ((startup_id is null) = (origin_startup_id is null))
);
-- an open task without a day comes last
create index task_open on task (coalesce(due, date '9999-12-31'), id) where done_at is null and hidden_at is null;
create index task_due on task (coalesce(due, date '9999-12-31'), id) where hidden_at is null;
create index task_who on task (who, coalesce(due, date '9999-12-31'), id);
create index task_startup on task (startup_id) where startup_id is not null;
create index task_origin on task (origin_startup_id) where origin_startup_id is not null;
create index task_deal on task (deal_id) where deal_id is not null;
create index task_done_by on task (done_by) where done_by is not null;
create index task_recorded_by on task (recorded_by);

create table task_version (
  task_id      uuid not null references task,
  version      integer not null,
  known_from   timestamptz(6) not null,
  known_until  timestamptz(6) check (known_until > known_from),
  what text not null, who uuid, due date, done_at timestamptz(6), done_by uuid, startup_id uuid, deal_id uuid, hidden_at timestamptz(6),
  primary key (task_id, known_from)
);
create unique index task_version_open on task_version (task_id) where known_until is null;
create index task_version_startup on task_version (startup_id, known_from) where startup_id is not null;
create index task_version_deal on task_version (deal_id, known_from) where deal_id is not null;
call keep_versions('task', 'task_version', 'task_id',
  array['what', 'who', 'due', 'done_at', 'done_by', 'startup_id', 'deal_id', 'hidden_at']);

-- By what interactions are found, as documents are.
create table interaction_search (
  id         uuid primary key references interaction,
  name_sort  text collate "C" not null,
  names      tsvector not null,
  texts      tsvector not null,
  grams      tsvector not null,
  is_hidden  boolean not null,
  made_by    smallint not null
);
create index interaction_search_by_name on interaction_search (name_sort, id);
create index interaction_search_names on interaction_search using gin (names) with (gin_pending_list_limit = 512);
create index interaction_search_texts on interaction_search using gin (texts) with (gin_pending_list_limit = 512);
create index interaction_search_grams on interaction_search using gin (grams) with (gin_pending_list_limit = 512);

alter table activity drop constraint activity_subject_type_check;
alter table activity add constraint activity_subject_type_check check (subject_type in (
  'startup', 'sector', 'stage', 'person', 'affiliation', 'document', 'evidence', 'deal', 'user', 'token', 'workspace', 'import',
  'provider', 'dependency', 'checklist_item', 'exchange_rate', 'rubric', 'interaction', 'task'));
