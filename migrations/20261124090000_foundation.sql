-- What every later table leans on: one workspace, its users and their keys, the record of changes and its order,
-- the history pattern, idempotency. Money is numeric(20,4); instants are timestamptz(6) and finite; ids are UUIDv7
-- made by the program. Nothing here reads the database's own clock: `now` comes from the program's edge.


-- ------------------------------------------------------------------ helpers

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are append-only: % is refused', tg_table_name, lower(tg_op)
    using errcode = 'restrict_violation', hint = 'append a row that corrects the old one';
end $$;

-- Makes a table append-only, whoever asks.
create procedure append_only(tab regclass) language plpgsql as $$
begin
  execute format('create trigger append_only before update or delete on %s for each row execute function refuse_change()', tab);
  execute format('create trigger append_only_whole before truncate on %s for each statement execute function refuse_change()', tab);
end $$;

-- Keeps a row per version of `tab` in `ver`: writes, for this one table, a static statement-level trigger function over
-- the new rows only. Static, because dynamic SQL in a trigger halves the one-row rate; new rows only, because a join
-- of old and new transition tables has no statistics and its cached plan turns quadratic. Close first, insert
-- second, as two statements: in one, the insert would run first and meet the unique index.
create procedure keep_versions(tab text, ver text, key text, cols text[]) language plpgsql as $p$
declare
  of_new text; of_ver text; plain text; fn text := tab || '_keep_versions';
begin
  select string_agg('n.' || quote_ident(c), ', '), string_agg('v.' || quote_ident(c), ', '), string_agg(quote_ident(c), ', ')
    into of_new, of_ver, plain from unnest(cols) c;
  execute format($f$
    create or replace function %1$I() returns trigger language plpgsql as $b$
    begin
      if tg_op = 'UPDATE' then
        update %2$I v set known_until = n.recorded_at from new_rows n
         where v.%3$I = n.id and v.known_until is null and (%4$s) is distinct from (%5$s);
      end if;
      insert into %2$I (%3$I, version, known_from, %6$s)
      select n.id, n.version, n.recorded_at, %4$s from new_rows n
       where not exists (select from %2$I v where v.%3$I = n.id and v.known_until is null);
      return null;
    end $b$ $f$, fn, ver, key, of_new, of_ver, plain);
  execute format('
    create trigger keep_versions_insert after insert on %1$I referencing new table as new_rows for each statement execute function %2$I();
    create trigger keep_versions_update after update on %1$I referencing new table as new_rows for each statement execute function %2$I()', tab, fn);
end $p$;

create function is_blank(t text) returns boolean language sql immutable parallel safe as
  $$ select t is not null and btrim(t) = '' $$;

-- ------------------------------------------------------------------ the workspace and its users

create table workspace (
  id           smallint primary key default 1 check (id = 1),
  name         text not null check (not is_blank(name)),
  time_zone    text not null,
  currency     text not null check (currency ~ '^[A-Z]{3}$'),
  is_demo      boolean not null,
  created_at   timestamptz(6) not null check (isfinite(created_at))
);

create table app_user (
  id           uuid primary key,
  name         text not null check (not is_blank(name)),
  email        text not null check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  role         text not null check (role in ('VIEWER', 'ANALYST', 'PARTNER', 'ADMIN')),
  is_active    boolean not null default true,
  created_at   timestamptz(6) not null check (isfinite(created_at)),
  recorded_at  timestamptz(6) not null check (isfinite(recorded_at)),
  version      integer not null check (version >= 1)
);
create unique index app_user_email on app_user (lower(email));

-- Of every secret only a hash is kept.
create table sign_in_link (
  secret_sha256 bytea primary key check (octet_length(secret_sha256) = 32),
  user_id       uuid not null references app_user,
  created_at    timestamptz(6) not null,
  expires_at    timestamptz(6) not null check (expires_at > created_at and isfinite(expires_at)),
  used_at       timestamptz(6)
);
create index sign_in_link_user on sign_in_link (user_id);

create table session (
  secret_sha256 bytea primary key check (octet_length(secret_sha256) = 32),
  user_id       uuid not null references app_user,
  created_at    timestamptz(6) not null,
  expires_at    timestamptz(6) not null check (expires_at > created_at and isfinite(expires_at))
);
create index session_of_user on session (user_id);
create index session_expiry on session (expires_at);

create table api_token (
  id            uuid primary key,
  user_id       uuid not null references app_user,
  name          text not null check (not is_blank(name)),
  secret_sha256 bytea not null unique check (octet_length(secret_sha256) = 32),
  scopes        text[] not null check (cardinality(scopes) >= 1 and scopes <@ array['READ', 'WRITE', 'IMPORT', 'ADMIN']),
  created_at    timestamptz(6) not null,
  expires_at    timestamptz(6) check (expires_at > created_at and isfinite(expires_at)),
  last_used_at  timestamptz(6),
  revoked_at    timestamptz(6)
);
create index api_token_user on api_token (user_id);

-- ------------------------------------------------------------------ changes and their order

-- One row per mutation that changed something.
create table operation (
  id          uuid primary key,
  at          timestamptz(6) not null check (isfinite(at)),
  by          uuid references app_user,
  verb        text not null check (not is_blank(verb)),
  undoes      uuid references operation,
  request_id  text
);
create index operation_by on operation (by);
create index operation_undoes on operation (undoes);
call append_only('operation');

-- One row per record that the mutation changed. subject, startup and deal carry no foreign key: rows must outlive
-- anything, and a key check would lock rows that others write.
create table activity (
  operation_id uuid not null references operation,
  n            smallint not null check (n >= 0),
  id           uuid not null unique,
  subject_type text not null check (subject_type in ('startup', 'sector', 'stage', 'person', 'affiliation', 'document', 'evidence', 'deal', 'user', 'token', 'workspace')),
  subject_id   uuid not null,
  startup_id   uuid,
  deal_id      uuid,
  before       jsonb,
  after        jsonb,
  primary key (operation_id, n),
  check (before is not null or after is not null)
);
create index activity_subject on activity (subject_id, id);
create index activity_startup on activity (startup_id, id) where startup_id is not null;
create index activity_deal on activity (deal_id, id) where deal_id is not null;
call append_only('activity');

-- The order of changes, given at commit.
create table operation_order (
  seq          bigint generated always as identity primary key,
  operation_id uuid not null unique references operation,
  verb         text not null
);
create index operation_order_verb on operation_order (verb, seq);
call append_only('operation_order');

-- Deferred to the commit, so that no round trip to the program holds the lock: whoever has it commits at once, so
-- a reader that has seen seq N has seen all before it.
create function order_operation() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7401);
  insert into operation_order (operation_id, verb) values (new.id, new.verb);
  perform pg_notify('activity', '');
  return null;
end $$;
create constraint trigger order_operation after insert on operation
  deferrable initially deferred for each row execute function order_operation();

-- ------------------------------------------------------------------ idempotency

-- The outcome of a mutation, kept in that mutation's own transaction, by user, key and response key.
create table idempotency (
  user_id        uuid not null references app_user,
  key            text not null check (length(key) between 1 and 255),
  path           text not null,
  request_sha256 bytea not null check (octet_length(request_sha256) = 32),
  outcome        jsonb,
  at             timestamptz(6) not null,
  primary key (user_id, key, path)
);
create index idempotency_at on idempotency (at);
