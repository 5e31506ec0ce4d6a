-- By what meetings are found, their titles; theses and capabilities by their statements. As people are: names alone.

create table review_search (
  id         uuid primary key references review,
  name_sort  text collate "C" not null,
  names      tsvector not null,
  grams      tsvector not null,
  is_hidden  boolean not null,
  made_by    smallint not null
);
create index review_search_by_name on review_search (name_sort, id);
create index review_search_names on review_search using gin (names) with (gin_pending_list_limit = 512);
create index review_search_grams on review_search using gin (grams) with (gin_pending_list_limit = 512);

create table thesis_search (
  id         uuid primary key references thesis,
  name_sort  text collate "C" not null,
  names      tsvector not null,
  grams      tsvector not null,
  is_hidden  boolean not null,
  made_by    smallint not null
);
create index thesis_search_by_name on thesis_search (name_sort, id);
create index thesis_search_names on thesis_search using gin (names) with (gin_pending_list_limit = 512);
create index thesis_search_grams on thesis_search using gin (grams) with (gin_pending_list_limit = 512);

create table capability_search (
  id         uuid primary key references capability,
  name_sort  text collate "C" not null,
  names      tsvector not null,
  grams      tsvector not null,
  is_hidden  boolean not null,
  made_by    smallint not null
);
create index capability_search_by_name on capability_search (name_sort, id);
create index capability_search_names on capability_search using gin (names) with (gin_pending_list_limit = 512);
create index capability_search_grams on capability_search using gin (grams) with (gin_pending_list_limit = 512);
