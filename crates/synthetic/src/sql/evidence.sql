-- Evidence: none to twenty records a startup, eight on average, of every kind and grade. One in twenty-five corrects the
-- one before it; a few are withdrawn; one in three was reviewed, some twice.
create temporary table g_record on commit drop as
select e.*, pg_temp.gid(6, e.m, e.recorded_at) as id,
       case when grade_draw < 0.6 then 'CLAIMED' else 'DOCUMENTED' end as entered_grade
  from (
  select s.n, k, s.n::bigint * 32 + k as m, s.id as startup_id, s.domain, x.corrects,
         -- a correction speaks of what the record before it spoke of
         s.n::bigint * 32 + k - x.corrects::int as about, m.ids[1 + (s.n + k) % 12] as by,
         s.created_at + interval '1 microsecond' * floor((k + pg_temp.r(60, s.n::bigint * 32 + k)) / c.records * extract(epoch from timestamptz '{ends_at}' - s.created_at) * 1000000) as recorded_at,
         pg_temp.r(61, s.n::bigint * 32 + k) as grade_draw, pg_temp.r(62, s.n::bigint * 32 + k) as source_draw
    from g_startup s
    cross join g_members m
    cross join lateral (select floor(power(pg_temp.r(63, s.n), 1.4) * 20)::int as records) c
    cross join lateral generate_series(0, c.records - 1) k
    cross join lateral (select k % 2 = 1 and pg_temp.r(64, s.n::bigint * 32 + k) < 0.08 as corrects) x) e;
create unique index on g_record (m);
analyze g_record;

create temporary table g_figure on commit drop as
select r.*, case when r.corrects then (select b.id from g_record b where b.m = r.m - 1) end as supersedes,
       r.recorded_at::date - floor(pg_temp.r(65, r.about) * 45)::int as observed_on,
       pg_temp.skewed(array['PAYING_CUSTOMERS', 'ACTIVE_USERS', 'RETENTION', 'RECURRING_REVENUE', 'SIGNED_CONTRACTS', 'WEB_TRAFFIC', 'PILOTS', 'CUSTOMER_REFERENCES',
         'OPEN_SOURCE_STARS', 'PAID_CONVERSION', 'UNITS_DEPLOYED', 'LOGO_RETENTION', 'NET_REVENUE_RETENTION', 'USAGE_INTENSITY', 'DEVELOPERS_BUILDING', 'APP_STORE_RATINGS',
         'OPEN_SOURCE_DOWNLOADS', 'WAITLIST', 'UNPAID_PILOTS', 'USER_STATEMENT', 'PRESS_COVERAGE'], pg_temp.r(66, r.about)) as kind,
       case when r.entered_grade = 'CLAIMED' then pg_temp.skewed(array['FOUNDER', 'DECK', 'PRESS', 'DATA_ROOM', 'CUSTOMER_CALL', 'OTHER'], r.source_draw)
            else pg_temp.skewed(array['DATA_ROOM', 'ANALYTICS_EXPORT', 'CUSTOMER_CALL', 'THIRD_PARTY', 'APP_STORE'], r.source_draw) end as source,
       case when pg_temp.r(67, r.m) < 0.3 then pg_temp.skewed(array['VERIFIED', 'DOCUMENTED', 'REFUTED'], pg_temp.r(68, r.m)) end as first_review,
       not r.corrects and r.k % 2 = 1 and pg_temp.r(69, r.m) < 0.06 as is_retracted,
       d.id as document_id
  from g_record r left join g_document d on d.n = r.n and pg_temp.r(70, r.m) < 0.3;
-- A review changes the grade, or it is none.
update g_figure set first_review = case when not is_retracted then 'VERIFIED' end where first_review = entered_grade or (first_review is not null and is_retracted);
analyze g_figure;

create temporary table g_review on commit drop as
with first as (
  select m, id, by, entered_grade as from_grade, first_review as to_grade, recorded_at + interval '1 microsecond' * (1 + floor(pg_temp.r(71, m) * 864000000000)) as at
    from g_figure where first_review is not null)
select m * 2 as n, pg_temp.gid(7, m * 2, at) as id, id as evidence_id, from_grade, to_grade, at, by from first
union all
select m * 2 + 1, pg_temp.gid(7, m * 2 + 1, at + interval '5 days'), id, to_grade, case to_grade when 'REFUTED' then 'CLAIMED' when 'VERIFIED' then 'REFUTED' else 'VERIFIED' end,
       at + interval '5 days', by from first where pg_temp.r(72, m) < 0.12;
create index on g_review (evidence_id);
analyze g_review;

insert into evidence (id, startup_id, origin_startup_id, kind, value, qualifier, as_found, currency, revenue_basis, activity_window, horizon_days, sample_size, segment,
                      observed_on, precision, valid_until, entered_grade, grade, source, supplied_by, source_url, document_ids, note, supersedes, recorded_at, recorded_by,
                      retracted_at, retracted_by, retraction_reason)
select f.id, f.startup_id, f.startup_id, f.kind,
       case when pg_temp.r(73, f.m) < 0.03 then null
            when f.kind in ('PAID_CONVERSION', 'RETENTION', 'LOGO_RETENTION', 'USAGE_INTENSITY', 'USER_STATEMENT') then round((pg_temp.r(74, f.m) * 100)::numeric, 1)
            when f.kind = 'NET_REVENUE_RETENTION' then round((60 + pg_temp.r(74, f.m) * 120)::numeric, 1)
            when f.kind = 'CUSTOMER_REFERENCES' then floor(pg_temp.r(74, f.m) * 6)
            when f.kind = 'RECURRING_REVENUE' then floor(exp(9 + pg_temp.r(74, f.m) * 7))
            else floor(exp(pg_temp.r(74, f.m) * 9)) end,
       pg_temp.skewed(array['EXACT', 'ABOUT', 'AT_LEAST', 'AT_MOST'], pg_temp.r(75, f.m)),
       case when pg_temp.r(76, f.m) < 0.4 then '约 ' || floor(exp(pg_temp.r(74, f.m) * 9)) || ' as found (fictional)' end,
       case when f.kind = 'RECURRING_REVENUE' then case when pg_temp.r(77, f.about) < 0.5 then 'CNY' else 'USD' end end,
       case when f.kind = 'RECURRING_REVENUE' then pg_temp.skewed(array['RECURRING', 'CONTRACTED', 'RUN_RATE', 'COLLECTED', 'RECOGNISED', 'ONE_OFF'], pg_temp.r(78, f.about)) end,
       case when f.kind = 'ACTIVE_USERS' then pg_temp.skewed(array['MONTH', 'DAY', 'WEEK'], pg_temp.r(79, f.about)) end,
       case when f.kind = 'RETENTION' then pg_temp.one(array[7, 30, 90], pg_temp.r(80, f.about)) end,
       case when f.kind in ('RETENTION', 'PAID_CONVERSION', 'CUSTOMER_REFERENCES') then 6 + floor(pg_temp.r(81, f.m) * 900)::bigint end,
       case when pg_temp.r(82, f.about) < 0.1 then 'enterprise' end,
       f.observed_on, 'DAY', case when f.kind in ('SIGNED_CONTRACTS', 'PILOTS') and pg_temp.r(83, f.about) < 0.5 then f.observed_on + 365 end,
       f.entered_grade, coalesce((select r.to_grade from g_review r where r.evidence_id = f.id order by r.at desc limit 1), f.entered_grade), f.source,
       case when pg_temp.r(84, f.m) < 0.3 then 'the founder' end,
       case when f.entered_grade = 'DOCUMENTED' then 'https://' || f.domain || '/evidence/' || f.k end,
       case when f.document_id is null then '{}' else array[f.document_id] end,
       case when pg_temp.r(85, f.m) < 0.3 then 'look ' || f.k || ' (fictional)' end,
       f.supersedes, f.recorded_at, f.by,
       case when f.is_retracted then f.recorded_at + interval '3 days' end, case when f.is_retracted then f.by end, case when f.is_retracted then 'counted twice' end
  from g_figure f order by f.m;

insert into evidence_review (id, evidence_id, from_grade, to_grade, recorded_at, by, checked)
select id, evidence_id, from_grade, to_grade, at, by, 'called two of them (fictional)' from g_review order by n;

insert into g_event select 6, m, recorded_at, by, case when corrects then 'supersedeEvidence' else 'recordEvidence' end, 'evidence', id, startup_id, null, null,
       jsonb_build_object('kind', kind, 'grade', entered_grade, 'source', source, 'observedOn', observed_on) from g_figure;
insert into g_event select 7, r.n, r.at, r.by, 'reviewEvidence', 'evidence', r.evidence_id, f.startup_id, null,
       jsonb_build_object('grade', r.from_grade), jsonb_build_object('grade', r.to_grade, 'checked', 'called two of them (fictional)')
  from g_review r join g_figure f on f.id = r.evidence_id;
insert into g_event select 8, m, recorded_at + interval '3 days', by, 'retractEvidence', 'evidence', id, startup_id, null,
       jsonb_build_object('retractionReason', null), jsonb_build_object('retractionReason', 'counted twice') from g_figure where is_retracted;
