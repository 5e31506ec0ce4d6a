-- The lexemes of the startups after the two thousandth: those of an earlier one, and their own domain.
insert into startup_search (id, name_sort, names, words, texts, grams, is_hidden, made_by)
select s.id, x.name_sort, x.names || ('''=' || own.label || 'example'' ' || own.lexemes)::tsvector, x.words || own.lexemes::tsvector,
       x.texts || own.lexemes::tsvector, x.grams, false, x.made_by
  from (select n, '00000000-0000-7000-8000-0000' as start from generate_series(2001, 100000) n) c
  cross join lateral (select 's' || n as label, '''s' || n || ''':1 ''example'':2' as lexemes) own
  join startup s on s.id = (start || lpad(to_hex(n), 8, '0'))::uuid
  join startup_search x on x.id = (start || lpad(to_hex(1 + (n - 1) % 2000), 8, '0'))::uuid;
