-- Sectors, startups, people and documents, each with its history.

create table sector (
  id           uuid primary key,
  slug         text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name         text not null check (not is_blank(name)),
  name_zh      text not null check (not is_blank(name_zh)),
  parent_id    uuid references sector,
  position     integer not null,
  is_focus     boolean not null default false,
  thesis       text check (not is_blank(thesis)),
  payer        text check (not is_blank(payer)),
  open_problem text check (not is_blank(open_problem)),
  recorded_at  timestamptz(6) not null check (isfinite(recorded_at)),
  version      integer not null check (version >= 1),
  check (parent_id <> id)
);
create index sector_parent on sector (parent_id);

create table sector_version (
  sector_id    uuid not null references sector,
  version      integer not null,
  known_from   timestamptz(6) not null,
  known_until  timestamptz(6) check (known_until > known_from),
  slug text not null, name text not null, name_zh text not null, parent_id uuid, position integer not null,
  is_focus boolean not null, thesis text, payer text, open_problem text,
  primary key (sector_id, known_from)
);
create unique index sector_version_open on sector_version (sector_id) where known_until is null;
call keep_versions('sector', 'sector_version', 'sector_id',
  array['slug', 'name', 'name_zh', 'parent_id', 'position', 'is_focus', 'thesis', 'payer', 'open_problem']);

create table startup (
  id                  uuid primary key,
  slug                text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name                text not null check (not is_blank(name) and length(name) <= 300),
  -- NFKC, lower case, Han as pinyin: one order on every machine, whatever its ICU
  name_sort           text collate "C" not null,
  -- [{"name", "language", "kind"}]
  aliases             jsonb not null default '[]' check (jsonb_typeof(aliases) = 'array'),
  -- normalised names and aliases, by which a newcomer is recognised
  name_keys           text[] not null check (array_position(name_keys, '') is null),
  -- folded names, aliases and domains, one a line, for search by a part
  search_text         text not null,
  domains             text[] not null default '{}',
  website             text,
  one_liner           text check (not is_blank(one_liner)),
  description         text check (not is_blank(description)),
  country             text check (country ~ '^[A-Z]{2}$'),
  city                text check (not is_blank(city)),
  founded_on          date check (isfinite(founded_on)),
  product_launched_on date check (isfinite(product_launched_on)),
  previous_focus      text check (not is_blank(previous_focus)),
  pivoted_on          date check (isfinite(pivoted_on)),
  structure           text not null default 'UNDECIDED' check (structure in ('ONSHORE', 'OFFSHORE_VIE', 'UNDECIDED')),
  layer               text check (layer in ('MODEL', 'MIDDLEWARE', 'APP')),
  technical_route     text not null default 'UNKNOWN' check (technical_route in ('TRAINS_BASE_MODEL', 'TUNES_BASE_MODEL', 'BUILDS_ON_API', 'PRE_LLM_AI', 'UNKNOWN')),
  need                jsonb not null default '{}' check (jsonb_typeof(need) = 'object'),
  -- {"ownsTrainingData" | "usageFlywheel" | "claimsLargeModel": {"holds", "grade", "words", "on", "sourceUrl"}}
  facts               jsonb not null default '{}' check (jsonb_typeof(facts) = 'object'),
  sector_ids          uuid[] not null default '{}' check (array_position(sector_ids, null) is null),
  custom_fields       jsonb not null default '{}' check (jsonb_typeof(custom_fields) = 'object'),
  created_at          timestamptz(6) not null check (isfinite(created_at)),
  recorded_at         timestamptz(6) not null check (isfinite(recorded_at)),
  version             integer not null check (version >= 1),
  -- set when its creation was undone: then it is in no list and identifies nothing
  hidden_at           timestamptz(6) check (isfinite(hidden_at))
);
create index startup_by_name on startup (name_sort, id) where hidden_at is null;
create index startup_by_created on startup (created_at, id) where hidden_at is null;
create index startup_by_updated on startup (recorded_at, id) where hidden_at is null;
create index startup_by_founded on startup (coalesce(founded_on, date '9999-12-31'), id) where hidden_at is null;
create index startup_by_founded_down on startup (coalesce(founded_on, date '0001-01-01'), id) where hidden_at is null;
create index startup_by_layer on startup (layer, name_sort, id) where hidden_at is null;
create index startup_sectors on startup using gin (sector_ids);
create index startup_domains on startup using gin (domains);
create index startup_name_keys on startup using gin (name_keys);

-- sector_ids is an array, not a join table (a seventh of the size); so its elements are checked here.
create function startup_sectors_exist() returns trigger language plpgsql as $$
declare missing uuid;
begin
  select s into missing from (select distinct unnest(sector_ids) s from new_rows) x
   where not exists (select from sector where sector.id = x.s) limit 1;
  if missing is not null then
    raise exception 'no sector has the id %', missing using errcode = 'foreign_key_violation', constraint = 'startup_sectors_exist';
  end if;
  return null;
end $$;
create trigger sectors_exist_insert after insert on startup referencing new table as new_rows
  for each statement execute function startup_sectors_exist();
create trigger sectors_exist_update after update on startup referencing new table as new_rows
  for each statement execute function startup_sectors_exist();

create table startup_version (
  startup_id   uuid not null references startup,
  version      integer not null,
  known_from   timestamptz(6) not null,
  known_until  timestamptz(6) check (known_until > known_from),
  slug text not null, name text not null, name_sort text collate "C" not null, aliases jsonb not null, domains text[] not null,
  website text, one_liner text, description text, country text, city text, founded_on date, product_launched_on date,
  previous_focus text, pivoted_on date, structure text not null, layer text, technical_route text not null, need jsonb not null,
  facts jsonb not null, sector_ids uuid[] not null, custom_fields jsonb not null, hidden_at timestamptz(6),
  primary key (startup_id, known_from)
);
create unique index startup_version_open on startup_version (startup_id) where known_until is null;
create index startup_version_until on startup_version (known_until, known_from);
create index startup_version_layer on startup_version (layer, name_sort, startup_id, known_from, known_until);
create index startup_version_sectors on startup_version using gin (sector_ids);
call keep_versions('startup', 'startup_version', 'startup_id',
  array['slug', 'name', 'name_sort', 'aliases', 'domains', 'website', 'one_liner', 'description', 'country', 'city', 'founded_on',
        'product_launched_on', 'previous_focus', 'pivoted_on', 'structure', 'layer', 'technical_route', 'need', 'facts', 'sector_ids',
        'custom_fields', 'hidden_at']);

-- The key under which a source knows the startup. Of those in force, one startup per (source, id); an undone
-- creation keeps its rows out of force, so that it identifies nothing.
create table startup_external_id (
  startup_id        uuid not null references startup,
  origin_startup_id uuid not null references startup,
  source            text not null check (not is_blank(source)),
  external_id       text not null check (not is_blank(external_id)),
  in_force          boolean not null default true,
  recorded_at       timestamptz(6) not null,
  primary key (origin_startup_id, source, external_id)
);
create unique index startup_external_id_in_force on startup_external_id (source, external_id) where in_force;
create index startup_external_id_startup on startup_external_id (startup_id);

create table person (
  id           uuid primary key,
  name         text not null check (not is_blank(name)),
  name_sort    text collate "C" not null,
  aliases      jsonb not null default '[]' check (jsonb_typeof(aliases) = 'array'),
  -- [{"kind", "value", "knownBy": [user ids]}]
  contacts     jsonb not null default '[]' check (jsonb_typeof(contacts) = 'array'),
  links        text[] not null default '{}',
  search_text  text not null,
  recorded_at  timestamptz(6) not null check (isfinite(recorded_at)),
  version      integer not null check (version >= 1),
  hidden_at    timestamptz(6)
);
create index person_by_name on person (name_sort, id) where hidden_at is null;

create table person_version (
  person_id    uuid not null references person,
  version      integer not null,
  known_from   timestamptz(6) not null,
  known_until  timestamptz(6) check (known_until > known_from),
  name text not null, name_sort text collate "C" not null, aliases jsonb not null, contacts jsonb not null, links text[] not null, hidden_at timestamptz(6),
  primary key (person_id, known_from)
);
create unique index person_version_open on person_version (person_id) where known_until is null;
call keep_versions('person', 'person_version', 'person_id', array['name', 'name_sort', 'aliases', 'contacts', 'links', 'hidden_at']);

create table affiliation (
  id                uuid primary key,
  person_id         uuid not null references person,
  organisation      text not null check (not is_blank(organisation)),
  -- normalised, for "founders from Tsinghua"
  organisation_key  text not null,
  kind              text not null check (kind in ('COMPANY', 'UNIVERSITY', 'LAB', 'FUND', 'OTHER')),
  startup_id        uuid references startup,
  origin_startup_id uuid references startup,
  title             text check (not is_blank(title)),
  is_founder        boolean not null default false,
  from_on           date,
  to_on             date check (to_on >= from_on),
  recorded_at       timestamptz(6) not null check (isfinite(recorded_at)),
  version           integer not null check (version >= 1),
  hidden_at         timestamptz(6),
  check ((startup_id is null) = (origin_startup_id is null))
);
create index affiliation_person on affiliation (person_id);
create index affiliation_startup on affiliation (startup_id) where startup_id is not null;
create index affiliation_origin on affiliation (origin_startup_id) where origin_startup_id is not null;
create index affiliation_organisation on affiliation (organisation_key);

create table affiliation_version (
  affiliation_id uuid not null references affiliation,
  version        integer not null,
  known_from     timestamptz(6) not null,
  known_until    timestamptz(6) check (known_until > known_from),
  person_id uuid not null, organisation text not null, kind text not null, startup_id uuid, title text, is_founder boolean not null,
  from_on date, to_on date, hidden_at timestamptz(6),
  primary key (affiliation_id, known_from)
);
create unique index affiliation_version_open on affiliation_version (affiliation_id) where known_until is null;
create index affiliation_version_startup on affiliation_version (startup_id, known_from) where startup_id is not null;
call keep_versions('affiliation', 'affiliation_version', 'affiliation_id',
  array['person_id', 'organisation', 'kind', 'startup_id', 'title', 'is_founder', 'from_on', 'to_on', 'hidden_at']);
