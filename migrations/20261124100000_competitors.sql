-- The competitors that the fund names for a startup.

alter table startup
  add column competitor_ids uuid[] not null default '{}'
    check (array_position(competitor_ids, null) is null and not (id = any(competitor_ids)));
create index startup_competitors on startup using gin (competitor_ids);

-- An array like sector_ids, and checked like it.
create function startup_competitors_exist() returns trigger language plpgsql as $$
declare missing uuid;
begin
  select c into missing from (select distinct unnest(competitor_ids) c from new_rows) x
   where not exists (select from startup where startup.id = x.c) limit 1;
  if missing is not null then
    raise exception 'no startup has the id %', missing using errcode = 'foreign_key_violation', constraint = 'startup_competitors_exist';
  end if;
  return null;
end $$;
create trigger competitors_exist_insert after insert on startup referencing new table as new_rows
  for each statement execute function startup_competitors_exist();
create trigger competitors_exist_update after update on startup referencing new table as new_rows
  for each statement execute function startup_competitors_exist();

alter table startup_version add column competitor_ids uuid[] not null default '{}';
alter table startup_version alter column competitor_ids drop default;
drop trigger keep_versions_insert on startup;
drop trigger keep_versions_update on startup;
call keep_versions('startup', 'startup_version', 'startup_id',
  array['slug', 'name', 'name_sort', 'aliases', 'domains', 'website', 'one_liner', 'description', 'country', 'city', 'founded_on',
        'product_launched_on', 'previous_focus', 'pivoted_on', 'structure', 'layer', 'technical_route', 'need', 'facts', 'sector_ids',
        'competitor_ids', 'custom_fields', 'hidden_at']);
