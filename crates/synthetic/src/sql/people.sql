-- Two people a startup: a founder and a colleague; most founders studied or worked somewhere before.
create temporary table g_person on commit drop as
select p.n, p.name, p.name_sort, p.search_text, s.n as startup_n, s.id as startup_id, s.name as startup_name, s.name_keys[1] as startup_key, s.by,
       s.created_at as at, pg_temp.gid(4, p.n, s.created_at) as id, s.founded_on
  from g_person_name p join g_startup s on s.n = (p.n + 1) / 2;
insert into person (id, name, name_sort, contacts, links, search_text, recorded_at, version)
select id, name, name_sort, jsonb_build_array(jsonb_build_object('kind', 'EMAIL', 'value', 'p' || n || '@people.example', 'knownBy', '[]'::jsonb)),
       array['https://people.example/fictional/' || n], search_text, at, 1 from g_person order by n;
insert into person_version (person_id, version, known_from, name, name_sort, aliases, contacts, links)
select p.id, p.version, p.recorded_at, p.name, p.name_sort, p.aliases, p.contacts, p.links from person p join g_person g using (id) order by g.n;
insert into g_event select 4, n, at, by, 'createPerson', 'person', id, null, null, null, jsonb_build_object('name', name) from g_person;

create temporary table g_affiliation on commit drop as
select p.n * 2 as n, pg_temp.gid(5, p.n * 2, p.at) as id, p.id as person_id, p.startup_name as organisation, coalesce(p.startup_key, '') as organisation_key,
       'COMPANY' as kind, p.startup_id, case when p.n % 2 = 1 then 'CEO' else pg_temp.one(array['CTO', 'COO', 'Researcher', '产品经理'], pg_temp.r(50, p.n)) end as title,
       p.n % 2 = 1 or pg_temp.r(51, p.n) < 0.3 as is_founder, p.founded_on as from_on, null::date as to_on, p.at, p.by from g_person p
union all
select p.n * 2 + 1, pg_temp.gid(5, p.n * 2 + 1, p.at), p.id, o.name, o.key, o.kind, null, null, false,
       p.founded_on - 1800, p.founded_on - 300, p.at, p.by
  from g_person p join g_organisation o on o.n = 1 + floor(power(pg_temp.r(52, p.n), 1.8) * (select count(*) from g_organisation))::int
 where pg_temp.r(53, p.n) < 0.6;
insert into affiliation (id, person_id, organisation, organisation_key, kind, startup_id, origin_startup_id, title, is_founder, from_on, to_on, recorded_at, version)
select id, person_id, organisation, organisation_key, kind, startup_id, startup_id, title, is_founder, from_on, to_on, at, 1 from g_affiliation order by n;
insert into affiliation_version (affiliation_id, version, known_from, person_id, organisation, kind, startup_id, title, is_founder, from_on, to_on)
select id, 1, at, person_id, organisation, kind, startup_id, title, is_founder, from_on, to_on from g_affiliation order by n;
insert into g_event select 5, n, at, by, 'createAffiliation', 'affiliation', id, startup_id, null, null, jsonb_build_object('organisation', organisation) from g_affiliation;
