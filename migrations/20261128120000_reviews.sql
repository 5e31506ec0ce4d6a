-- Review meetings: how each kind is held, agendas, votes, decisions, what was frozen at the end.

create table review_kind (
  kind         text primary key check (kind in ('WEEKLY', 'PROJECT_APPROVAL', 'COMMITTEE')),
  -- so that activity can name it as it names every record
  id           uuid not null unique,
  rule         text not null check (rule in ('LEAD_DECIDES', 'MAJORITY', 'UNANIMOUS', 'THRESHOLD')),
  threshold    integer check (threshold >= 1),
  quorum       text not null check (quorum in ('HALF', 'NONE')),
  is_blind     boolean not null,
  vetoes       uuid[] not null default '{}' check (array_position(vetoes, null) is null),
  every_days   integer check (every_days between 1 and 366),
  minutes      integer not null check (minutes between 1 and 1440),
  -- the key of the stage whose deals wait for a decision of such a meeting
  stage        text check (not is_blank(stage)),
  attendees    uuid[] not null default '{}' check (array_position(attendees, null) is null),
  version      integer not null check (version >= 1),
  check ((rule = 'THRESHOLD') = (threshold is not null))
);
insert into review_kind (kind, id, rule, quorum, is_blind, every_days, minutes, stage, version) values
  ('WEEKLY', '01936000-0000-7000-8000-000000000001', 'LEAD_DECIDES', 'NONE', false, 7, 60, null, 1),
  ('PROJECT_APPROVAL', '01936000-0000-7000-8000-000000000002', 'MAJORITY', 'HALF', false, 14, 60, 'PROJECT_APPROVAL', 1),
  ('COMMITTEE', '01936000-0000-7000-8000-000000000003', 'MAJORITY', 'HALF', true, null, 90, 'COMMITTEE', 1);

create table review (
  id            uuid primary key,
  kind          text not null references review_kind,
  title         text not null check (not is_blank(title)),
  starts_at     timestamptz(6) not null check (isfinite(starts_at)),
  minutes       integer not null check (minutes between 1 and 1440),
  rule          text not null check (rule in ('LEAD_DECIDES', 'MAJORITY', 'UNANIMOUS', 'THRESHOLD')),
  threshold     integer check (threshold >= 1),
  quorum        text not null check (quorum in ('HALF', 'NONE')),
  is_blind      boolean not null,
  vetoes        uuid[] not null default '{}' check (array_position(vetoes, null) is null),
  presenter     uuid references app_user,
  attendees     uuid[] not null check (array_position(attendees, null) is null),
  status        text not null check (status in ('DRAFT', 'LIVE', 'CLOSED')),
  current_item  uuid,
  current_since timestamptz(6) check (isfinite(current_since)),
  looks_back_to timestamptz(6) check (isfinite(looks_back_to)),
  started_at    timestamptz(6) check (isfinite(started_at)),
  closed_at     timestamptz(6) check (isfinite(closed_at)),
  created_by    uuid references app_user,
  created_at    timestamptz(6) not null check (isfinite(created_at)),
  version       integer not null check (version >= 1),
  hidden_at     timestamptz(6) check (isfinite(hidden_at)),
  -- the frozen packet's head in its canonical form, and the hash of that
  packet_head   text,
  packet_sha256 bytea check (octet_length(packet_sha256) = 32),
  minutes_en    text,
  minutes_zh    text,
  check ((rule = 'THRESHOLD') = (threshold is not null)),
  check ((status = 'DRAFT') = (started_at is null)),
  check ((status = 'CLOSED') = (closed_at is not null)),
  check ((status = 'CLOSED') = (packet_sha256 is not null)),
  check ((packet_sha256 is null) = (packet_head is null) and (packet_sha256 is null) = (minutes_en is null)
    and (packet_sha256 is null) = (minutes_zh is null)),
  check (current_item is null or status = 'LIVE'),
  check (hidden_at is null or status = 'DRAFT')
);
create index review_by_start on review (starts_at, id) where hidden_at is null;
create index review_by_kind on review (kind, starts_at, id);
create index review_kind_closed on review (kind, closed_at) where closed_at is not null;
create index review_presenter on review (presenter);
create index review_created_by on review (created_by);

-- What is frozen stays.
create function keep_closed_review() returns trigger language plpgsql as $$
begin
  raise exception 'a closed review stays as it is' using errcode = 'restrict_violation';
end $$;
create trigger keep_closed before update or delete on review
  for each row when (old.status = 'CLOSED') execute function keep_closed_review();

create table review_item (
  id              uuid primary key,
  review_id       uuid not null references review,
  deal_id         uuid not null references deal,
  rank            integer,
  planned_minutes integer check (planned_minutes between 0 and 1440),
  is_added        boolean not null default false,
  dropped_at      timestamptz(6) check (isfinite(dropped_at)),
  weight          integer,
  reasons         jsonb not null default '[]' check (jsonb_typeof(reasons) = 'array'),
  -- Markdown, as it was written
  notes           text not null default '',
  notes_version   integer not null default 0 check (notes_version >= 0),
  votes_closed_at timestamptz(6) check (isfinite(votes_closed_at)),
  unique (review_id, deal_id)
);
create index review_item_deal on review_item (deal_id);
alter table review add foreign key (current_item) references review_item;
create index review_current_item on review (current_item) where current_item is not null;

create table review_vote (
  item_id  uuid not null references review_item,
  user_id  uuid not null references app_user,
  vote     text not null check (vote in ('STRONG_YES', 'YES', 'NO', 'STRONG_NO', 'ABSTAIN')),
  comment  text check (not is_blank(comment)),
  at       timestamptz(6) not null check (isfinite(at)),
  primary key (item_id, user_id)
);
create index review_vote_user on review_vote (user_id);

-- Who has a conflict of interest neither votes nor sees the notes.
create table review_conflict (
  item_id  uuid not null references review_item,
  user_id  uuid not null references app_user,
  at       timestamptz(6) not null check (isfinite(at)),
  primary key (item_id, user_id)
);
create index review_conflict_user on review_conflict (user_id);

create table review_decision (
  id          uuid primary key,
  item_id     uuid not null references review_item,
  kind        text not null check (kind in ('ADVANCE', 'HOLD', 'PASS', 'INVEST')),
  stage_id    uuid references stage,
  pass_reason text check (pass_reason in ('NO_REAL_USERS', 'WRAPPER', 'MARKET', 'TEAM', 'VALUATION', 'TIMING', 'CONFLICT', 'OTHER')),
  revisit_on  date check (isfinite(revisit_on)),
  rationale   text not null check (not is_blank(rationale)),
  outcome     text check (outcome in ('ADVANCE', 'HOLD', 'PASS', 'INVEST')),
  by          uuid references app_user,
  at          timestamptz(6) not null check (isfinite(at)),
  change_id   uuid references deal_change,
  undone_at   timestamptz(6) check (isfinite(undone_at)),
  check ((kind = 'PASS') = (pass_reason is not null))
);
-- an item is decided once; taken back, it can be decided anew
create unique index review_decision_item on review_decision (item_id) where undone_at is null;
create index review_decision_of on review_decision (item_id);
create index review_decision_stage on review_decision (stage_id);
create index review_decision_by on review_decision (by);
create index review_decision_change on review_decision (change_id);
create index review_decision_at on review_decision (at, id) where undone_at is null;

-- What was frozen of each item when the meeting was closed, whole; filtered for each reader.
create table packet_item (
  review_id  uuid not null references review,
  position   integer not null check (position >= 0),
  deal_id    uuid not null references deal,
  -- in its canonical form
  body       text not null,
  salt       bytea not null check (octet_length(salt) = 16),
  sha256     bytea not null check (octet_length(sha256) = 32),
  minutes_en text not null,
  minutes_zh text not null,
  primary key (review_id, position)
);
create index packet_item_deal on packet_item (deal_id);
call append_only('packet_item');

create table review_amendment (
  id         uuid primary key,
  review_id  uuid not null references review,
  text       text not null check (not is_blank(text)),
  by         uuid references app_user,
  at         timestamptz(6) not null check (isfinite(at))
);
create index review_amendment_review on review_amendment (review_id, at, id);
create index review_amendment_by on review_amendment (by);
call append_only('review_amendment');

-- In which review a move was made, an operation was carried out, a task was given; of which decision a task is a condition.
alter table deal_change add column review_id uuid references review;
create index deal_change_review on deal_change (review_id) where review_id is not null;
alter table operation add column review_id uuid references review;
create index operation_review on operation (review_id) where review_id is not null;
alter table task add column review_id uuid references review;
alter table task add column decision_id uuid references review_decision;
create index task_review on task (review_id) where review_id is not null;
create index task_decision on task (decision_id) where decision_id is not null;

alter table activity drop constraint activity_subject_type_check;
alter table activity add constraint activity_subject_type_check check (subject_type in (
  'startup', 'sector', 'stage', 'person', 'affiliation', 'document', 'evidence', 'deal', 'user', 'token', 'workspace', 'import',
  'provider', 'dependency', 'checklist_item', 'exchange_rate', 'rubric', 'interaction', 'task', 'review', 'agenda_item',
  'review_kind'));
