-- An operation with one activity row for everything that happened, in the order of time.
create temporary table g_operation on commit drop as
  select row_number() over (order by e.at, e.kind, e.n) as seq, pg_temp.gid(20, e.n * 32 + e.kind, e.at) as operation_id, e.* from g_event e;
insert into operation (id, at, by, verb) select operation_id, at, by, verb from g_operation order by seq;
insert into activity (operation_id, n, id, subject_type, subject_id, startup_id, deal_id, before, after)
  select operation_id, 0, pg_temp.gid(21, n * 32 + kind, at), subject_type, subject_id, startup_id, deal_id, before, after from g_operation order by seq;
insert into operation_order (operation_id, verb) select operation_id, verb from g_operation order by seq;
