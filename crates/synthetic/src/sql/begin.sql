-- One transaction: a workspace is filled whole or not at all.
begin;
set local statement_timeout = 0;
set local lock_timeout = '5s';
set local idle_in_transaction_session_timeout = 0;
set local client_min_messages = warning;
set local work_mem = '128MB';
set local maintenance_work_mem = '256MB';
set local time zone 'UTC';

do $$ begin
  if to_regclass('startup') is null then
    raise exception 'this database has no table of startups: migrate it first, with `touchstone migrate`';
  end if;
  if exists (select from startup) then
    raise exception 'this workspace has startups already (%): it takes an empty one to be filled', (select count(*) from startup);
  end if;
  if not exists (select from sector) or not exists (select from stage) then
    raise exception 'this workspace has no sectors and stages yet: start the server on it once, which sets it up';
  end if;
end $$;

-- A number in [0, 1) for a record: `about` tells what is drawn, so that two draws of one record have nothing in common.
create function pg_temp.r(about int, n bigint) returns float8 language sql immutable parallel safe as
  $$ select (hashint8extended(n, {seed}::bigint * 1000 + about) & 4503599627370495)::float8 / 4503599627370496.0 $$;

-- An id of version 7 for a record of this kind, as of the moment it was recorded.
create function pg_temp.gid(kind int, n bigint, at timestamptz) returns uuid language sql immutable parallel safe as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(h, 1, 3) || '8' || substr(h, 4, 15))::uuid
    from (select md5('{seed}:' || kind || ':' || n) as h) x
$$;

-- One of a list, the first ones far more often.
create function pg_temp.skewed(list anyarray, draw float8) returns anyelement language sql immutable parallel safe as
  $$ select list[1 + least(cardinality(list) - 1, floor(power(draw, 1.8) * cardinality(list))::int)] $$;
-- One of a list.
create function pg_temp.one(list anyarray, draw float8) returns anyelement language sql immutable parallel safe as
  $$ select list[1 + least(cardinality(list) - 1, floor(draw * cardinality(list))::int)] $$;

create temporary table g_name (
  n int primary key, slug text, name text, name_sort text collate "C", folded text, aliases jsonb, name_keys text[], search_text text, domain text, is_chinese boolean
) on commit drop;
create temporary table g_person_name (n int primary key, name text, name_sort text collate "C", search_text text) on commit drop;
create temporary table g_organisation (n int primary key, name text, key text, kind text) on commit drop;
-- What happened, for the operations and the activity at the end.
create temporary table g_event (
  kind int, n bigint, at timestamptz, by uuid, verb text, subject_type text, subject_id uuid, startup_id uuid, deal_id uuid, before jsonb, after jsonb
) on commit drop;

-- Versions and the order of operations are written below, as they would have come one by one.
alter table startup disable trigger user;
alter table person disable trigger user;
alter table affiliation disable trigger user;
alter table document disable trigger user;
alter table evidence disable trigger user;
alter table deal disable trigger user;
alter table operation disable trigger user;

-- A dozen members of the fund.
create temporary table g_member on commit drop as
  select n, pg_temp.gid(1, n, timestamptz '2021-12-01') as id from generate_series(1, 12) n;
insert into app_user (id, name, email, role, is_active, created_at, recorded_at, version)
  select id, 'Member ' || n || ' (fictional)', 'member' || n || '@fund.example',
         (array['PARTNER', 'ANALYST', 'ANALYST', 'VIEWER'])[1 + n % 4], true, timestamptz '2021-12-01', timestamptz '2021-12-01', 1
    from g_member;
insert into g_event select 1, n, timestamptz '2021-12-01', null, 'addUser', 'user', id, null, null, null, jsonb_build_object('role', u.role)
  from g_member join app_user u using (id);
create temporary table g_members on commit drop as select array_agg(id order by n) as ids from g_member;
