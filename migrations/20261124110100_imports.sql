-- Imports: a plan of rows that is looked at before it is applied, what each source last said, and what is proposed
-- until a person confirms it.

create table import (
  id              uuid primary key,
  source          text not null check (not is_blank(source)),
  file_name       text,
  -- of the bytes: the same file again goes on where it was stopped
  file_sha256     bytea check (octet_length(file_sha256) = 32),
  format          text,
  encoding        text,
  preset          text,
  mapping         jsonb not null default '{}' check (jsonb_typeof(mapping) = 'object'),
  default_country text check (default_country ~ '^[A-Z]{2}$'),
  status          text not null check (status in ('UPLOADED', 'PLANNING', 'PLANNED', 'APPLYING', 'APPLIED', 'FAILED', 'UNDOING', 'UNDONE')),
  row_count       integer not null default 0 check (row_count >= 0),
  -- {"CREATE": rows, …}
  counts          jsonb not null default '{}' check (jsonb_typeof(counts) = 'object'),
  -- records to write, and how many are written
  record_count    integer not null default 0 check (record_count >= 0),
  applied_count   integer not null default 0 check (applied_count between 0 and record_count),
  -- the newest change that the plan knows
  planned_seq     bigint,
  report          text[] not null default '{}' check (array_position(report, null) is null),
  started_by      uuid references app_user,
  created_at      timestamptz(6) not null check (isfinite(created_at)),
  applied_at      timestamptz(6) check (isfinite(applied_at)),
  undone_at       timestamptz(6) check (isfinite(undone_at)),
  check ((status in ('APPLIED', 'UNDOING', 'UNDONE')) <= (applied_at is not null))
);
create index import_newest on import (created_at, id);
create index import_started_by on import (started_by);
create index import_file on import (file_sha256, source);

-- One record that an import makes or changes: `n` is the first row that speaks of it. The id of a record to be made is
-- given when it is planned, so it refers to nothing yet.
create table import_record (
  import_id    uuid not null references import,
  n            integer not null check (n >= 1),
  startup_id   uuid not null,
  action       text not null check (action in ('CREATE', 'UPDATE', 'REMEMBER')),
  seen_version integer check (seen_version >= 1),
  applied_at   timestamptz(6),
  primary key (import_id, n),
  unique (import_id, startup_id),
  check ((action = 'CREATE') = (seen_version is null))
);
create index import_record_startup on import_record (startup_id);

create table import_row (
  import_id  uuid not null references import,
  row_no     integer not null check (row_no >= 1),
  action     text not null check (action in ('CREATE', 'UPDATE', 'UNCHANGED', 'CONFLICT', 'SKIP', 'ERROR')),
  -- the record that it speaks of
  record_n   integer check (record_n <= row_no),
  startup_id uuid,
  -- the words as found, by column
  raw        jsonb not null check (jsonb_typeof(raw) = 'object'),
  -- what was read from them
  said       jsonb not null check (jsonb_typeof(said) = 'object'),
  row_key    text not null,
  -- [{"field", "from", "to"}]
  changes    jsonb not null default '[]' check (jsonb_typeof(changes) = 'array'),
  -- [{"column", "value", "reason"}]
  errors     jsonb not null default '[]' check (jsonb_typeof(errors) = 'array'),
  candidates uuid[] not null default '{}',
  primary key (import_id, row_no)
);
create index import_row_action on import_row (import_id, action, row_no);
create index import_row_record on import_row (import_id, record_n, row_no) where record_n is not null;

-- What a source last said, row by row, and of which startup: a row that says the same again changes nothing, whatever
-- people wrote since.
create table source_row (
  source      text not null check (not is_blank(source)),
  row_key     text not null check (not is_blank(row_key)),
  startup_id  uuid not null references startup,
  said        jsonb not null check (jsonb_typeof(said) = 'object'),
  said_sha256 bytea not null check (octet_length(said_sha256) = 32),
  import_id   uuid not null references import,
  primary key (source, row_key)
);
create index source_row_startup on source_row (startup_id);
create index source_row_import on source_row (import_id);

alter table operation add column import_id uuid references import;
create index operation_import on operation (import_id) where import_id is not null;

alter table activity drop constraint activity_subject_type_check;
alter table activity add constraint activity_subject_type_check check (subject_type in
  ('startup', 'sector', 'stage', 'person', 'affiliation', 'document', 'evidence', 'deal', 'user', 'token', 'workspace', 'import'));

-- What words of a list suggest, until a person confirms it: {"layer": words} and {"sectors": {id: words}}.
alter table startup add column proposed jsonb not null default '{}' check (jsonb_typeof(proposed) = 'object');
create index startup_proposed on startup (id) where proposed <> '{}' and hidden_at is null;
alter table startup_version add column proposed jsonb not null default '{}';
alter table startup_version alter column proposed drop default;
drop trigger keep_versions_insert on startup;
drop trigger keep_versions_update on startup;
call keep_versions('startup', 'startup_version', 'startup_id',
  array['slug', 'name', 'name_sort', 'aliases', 'domains', 'website', 'one_liner', 'description', 'country', 'city', 'founded_on',
        'product_launched_on', 'previous_focus', 'pivoted_on', 'structure', 'layer', 'technical_route', 'need', 'facts', 'sector_ids',
        'competitor_ids', 'custom_fields', 'proposed', 'hidden_at']);
