-- Documents by file: the bytes beside the documents, never changed.

-- A file stands by itself, even where another has the same bytes: that two are alike is told to nobody who may see one only.
create table file (
  id           uuid primary key,
  sha256       bytea not null check (octet_length(sha256) = 32),
  byte_size    bigint not null check (byte_size >= 1),
  -- as its first bytes say, whatever its sender claimed
  media_type   text not null check (media_type ~ '^[a-z]+/[a-z0-9][a-z0-9.+-]*$'),
  file_name    text not null check (not is_blank(file_name)),
  uploaded_by  uuid references app_user,
  recorded_at  timestamptz(6) not null check (isfinite(recorded_at))
);
create index file_uploaded_by on file (uploaded_by);
call append_only('file');

-- In pieces, so that neither sending nor fetching holds a file in memory.
create table file_chunk (
  file_id  uuid not null references file,
  n        integer not null check (n >= 0),
  content  bytea not null check (octet_length(content) between 1 and 262144),
  primary key (file_id, n)
);
-- What people send is compressed already.
alter table file_chunk alter column content set storage external;
call append_only('file_chunk');

-- A document has a link, a file, or both; its file is its own and stays.
alter table document
  add column file_id uuid unique references file,
  add constraint document_file_whole check (num_nulls(file_id, sha256, byte_size) in (0, 3));

create function document_keeps_its_file() returns trigger language plpgsql as $$
begin
  if (new.file_id, new.sha256, new.byte_size) is distinct from (old.file_id, old.sha256, old.byte_size) then
    raise exception 'the file of document % is never changed', old.id using errcode = 'restrict_violation', hint = 'add another document';
  end if;
  return new;
end $$;
create trigger keeps_its_file before update on document for each row execute function document_keeps_its_file();
