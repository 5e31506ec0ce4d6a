-- Deals: one in three startups has one, one in ten a second of another round. Each came through the stages one by one and
-- stands, rests, was passed, lost or invested in.
create temporary table g_stage on commit drop as
  select row_number() over (order by position)::int as place, id from stage where not is_retired;

create temporary table g_deal on commit drop as
select x.*, pg_temp.gid(9, x.m, x.opened_at) as id, x.name || ' ' || initcap(replace(lower(x.round), '_', '-')) as title,
       case when outcome < 0.42 then 'ACTIVE' when outcome < 0.48 then 'ON_HOLD' when outcome < 0.9 then 'PASSED' when outcome < 0.94 then 'LOST' else 'INVESTED' end as status
  from (
  select s.n, d, s.n::bigint * 4 + d as m, s.id as startup_id, s.name, s.name_sort, s.folded, m.ids[1 + s.n % 12] as opened_by, m.ids[1 + (s.n / 12) % 12] as owner_id,
         pg_temp.skewed(array['SEED', 'ANGEL', 'PRE_A', 'A', 'B', 'C'], pg_temp.r(90, s.n)) as base_round,
         case d when 1 then pg_temp.skewed(array['SEED', 'ANGEL', 'PRE_A', 'A', 'B', 'C'], pg_temp.r(90, s.n)) else 'BRIDGE' end as round,
         s.created_at + interval '1 microsecond' * (1 + floor((0.1 + 0.4 * pg_temp.r(91, s.n::bigint * 4 + d)) * extract(epoch from timestamptz '{ends_at}' - s.created_at) * 1000000)) as opened_at,
         pg_temp.r(92, s.n::bigint * 4 + d) as outcome,
         1 + least((select count(*) from g_stage) - 1, floor(power(pg_temp.r(93, s.n::bigint * 4 + d), 1.3) * (select count(*) from g_stage)))::int as reached
    from g_startup s cross join g_members m
    cross join lateral generate_series(1, (pg_temp.r(94, s.n) < 0.35)::int + (pg_temp.r(94, s.n) < 0.1)::int) d) x;
-- Who invested went all the way.
update g_deal set reached = (select count(*) from g_stage) where status = 'INVESTED';
create unique index on g_deal (m);
analyze g_deal;

-- Its changes, the first one its opening, the last one the change of status.
create temporary table g_change on commit drop as
select d.m, d.id as deal_id, d.startup_id, c as version, d.opened_by as by,
       d.opened_at + (c - 1) * interval '1 microsecond' * floor((1 + pg_temp.r(95, d.m)) * extract(epoch from timestamptz '{ends_at}' - d.opened_at) * 1000000 / 20) as at,
       (select id from g_stage where place = least(c, d.reached)) as to_stage_id, (select id from g_stage where place = least(c - 1, d.reached)) as from_stage_id,
       case when c > d.reached then d.status else 'ACTIVE' end as to_status, case when c > 1 then 'ACTIVE' end as from_status,
       pg_temp.gid(10, d.m * 16 + c, d.opened_at + (c - 1) * interval '1 microsecond' * floor((1 + pg_temp.r(95, d.m)) * extract(epoch from timestamptz '{ends_at}' - d.opened_at) * 1000000 / 20)) as id
  from g_deal d, generate_series(1, d.reached + (d.status <> 'ACTIVE')::int) c;
create unique index on g_change (m, version);
analyze g_change;

create temporary table g_state on commit drop as
select c.*, lead(c.at) over (partition by c.m order by c.version) as until, d.title, d.name_sort || ' ' || lower(replace(d.round, '_', '-')) as title_sort,
       d.folded || ' ' || lower(replace(d.round, '_', '-')) as search_text, d.owner_id, d.round, d.opened_at,
       case when d.round = 'BRIDGE' or pg_temp.r(96, d.m) >= 0.03 then 'TEAM' else 'RESTRICTED' end as visibility,
       max(c.at) filter (where c.to_stage_id is distinct from c.from_stage_id or c.version = 1) over (partition by c.m order by c.version) as entered_stage_at,
       case when c.to_status = 'ON_HOLD' then c.at end as held_since,
       case when c.to_status = 'PASSED' then pg_temp.skewed(array['NO_REAL_USERS', 'TIMING', 'WRAPPER', 'MARKET', 'TEAM', 'VALUATION', 'CONFLICT', 'OTHER'], pg_temp.r(97, d.m)) end as pass_reason,
       floor(exp(pg_temp.r(98, d.m) * 4)) * 1000000 as amount_low,
       jsonb_build_array(jsonb_build_object('channel', pg_temp.skewed(array['REFERRAL', 'FA', 'EVENT', 'UNIVERSITY'], pg_temp.r(99, d.m)), 'who', null, 'personId', null, 'on', null, 'precision', 'DAY')) as sources,
       case when c.to_status = 'ACTIVE' then pg_temp.one(array['Call three customers (fictional)', '约创始人 (fictional)', 'Read the contracts (fictional)'], pg_temp.r(100, d.m)) end as next_step,
       case when c.to_status = 'ACTIVE' then c.at::date + 14 end as next_step_due
  from g_change c join g_deal d using (m);

insert into deal (id, startup_id, origin_startup_id, title, title_sort, search_text, stage_id, status, owner_id, team, opened_by, visibility, round, amount_low, amount_high,
                  amount_currency, sources, next_step, next_step_due, pass_reason, entered_stage_at, held_micros, held_since, opened_at, created_at, recorded_at, version)
select deal_id, startup_id, startup_id, title, title_sort, search_text, to_stage_id, to_status, owner_id, '{}', by, visibility, round, amount_low, amount_low * 2,
       'USD', sources, next_step, next_step_due, pass_reason, entered_stage_at, 0, held_since, opened_at, opened_at, at, version
  from g_state where until is null order by m;
insert into deal_version (deal_id, version, known_from, known_until, startup_id, title, title_sort, stage_id, status, owner_id, team, opened_by, visibility, round,
                          amount_low, amount_high, amount_currency, co_investors, fund_ids, sources, next_step, next_step_due, pass_reason, entered_stage_at, held_micros, held_since)
select deal_id, version, at, until, startup_id, title, title_sort, to_stage_id, to_status, owner_id, '{}', by, visibility, round, amount_low, amount_low * 2, 'USD', '{}', '{}',
       sources, next_step, next_step_due, pass_reason, entered_stage_at, 0, held_since from g_state order by m, version;
insert into deal_change (id, deal_id, from_stage_id, to_stage_id, from_status, to_status, occurred_at, recorded_at, by, reason, pass_reason)
select id, deal_id, case when version > 1 then from_stage_id end, to_stage_id, from_status, to_status, at, at, by,
       case when to_status in ('PASSED', 'LOST', 'ON_HOLD') then 'as agreed on Monday (fictional)' end, pass_reason from g_state order by m, version;

insert into g_event select 10, m * 16 + version, at, by, case version when 1 then 'openDeal' else 'moveDeal' end, 'deal', deal_id, startup_id, deal_id,
       case when version > 1 then jsonb_build_object('status', from_status) end,
       case version when 1 then jsonb_build_object('title', title, 'round', round, 'status', to_status) else jsonb_build_object('status', to_status) end from g_state;
