-- What records are searched by: lexemes that the program makes (domain::text::Vector), so that they are the same
-- whatever the database's locale. Beside the records and not in their rows: lists read whole rows, a vector is
-- longer than most of them, and it changes without the record (a startup's when its people do). Not kept in any
-- history: a search finds what is here now.
--
-- A record is found in `names`, else in `words`, else in `texts`; each holds what the one before it holds. They are
-- the weights: an index knows none, so that weighing within one vector would read all that holds a word. `grams` holds
-- the names' letters, three by three, for parts of words and for slips. `made_by` is the version of the lexemes: the
-- program makes those of an older version, and those that are missing, when it starts.
--
-- Writers wait for each other's lexemes to be put in order when the list of the pending ones is full, and readers read
-- that list whole: so it is short.

create table startup_search (
  id         uuid primary key references startup,
  name_sort  text collate "C" not null,
  names      tsvector not null,
  words      tsvector not null,
  texts      tsvector not null,
  grams      tsvector not null,
  is_hidden  boolean not null,
  made_by    smallint not null
);
create index startup_search_by_name on startup_search (name_sort, id);
create index startup_search_names on startup_search using gin (names) with (gin_pending_list_limit = 512);
create index startup_search_words on startup_search using gin (words) with (gin_pending_list_limit = 512);
create index startup_search_texts on startup_search using gin (texts) with (gin_pending_list_limit = 512);
create index startup_search_grams on startup_search using gin (grams) with (gin_pending_list_limit = 512);

create table deal_search (
  id         uuid primary key references deal,
  name_sort  text collate "C" not null,
  names      tsvector not null,
  words      tsvector not null,
  texts      tsvector not null,
  grams      tsvector not null,
  is_hidden  boolean not null,
  made_by    smallint not null
);
create index deal_search_by_name on deal_search (name_sort, id);
create index deal_search_names on deal_search using gin (names) with (gin_pending_list_limit = 512);
create index deal_search_words on deal_search using gin (words) with (gin_pending_list_limit = 512);
create index deal_search_texts on deal_search using gin (texts) with (gin_pending_list_limit = 512);
create index deal_search_grams on deal_search using gin (grams) with (gin_pending_list_limit = 512);

create table person_search (
  id         uuid primary key references person,
  name_sort  text collate "C" not null,
  names      tsvector not null,
  grams      tsvector not null,
  is_hidden  boolean not null,
  made_by    smallint not null
);
create index person_search_by_name on person_search (name_sort, id);
create index person_search_names on person_search using gin (names) with (gin_pending_list_limit = 512);
create index person_search_grams on person_search using gin (grams) with (gin_pending_list_limit = 512);

create table document_search (
  id         uuid primary key references document,
  name_sort  text collate "C" not null,
  names      tsvector not null,
  texts      tsvector not null,
  grams      tsvector not null,
  is_hidden  boolean not null,
  made_by    smallint not null
);
create index document_search_by_name on document_search (name_sort, id);
create index document_search_names on document_search using gin (names) with (gin_pending_list_limit = 512);
create index document_search_texts on document_search using gin (texts) with (gin_pending_list_limit = 512);
create index document_search_grams on document_search using gin (grams) with (gin_pending_list_limit = 512);

create table evidence_search (
  id         uuid primary key references evidence,
  texts      tsvector not null,
  is_hidden  boolean not null,
  made_by    smallint not null
);
create index evidence_search_texts on evidence_search using gin (texts) with (gin_pending_list_limit = 512);

-- Few: they are read whole. The lexemes of a startup name its sectors by their keys, so that a sector is renamed
-- without them.
create table sector_search (
  id         uuid primary key references sector,
  names      tsvector not null,
  made_by    smallint not null
);
