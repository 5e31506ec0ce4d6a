-- Startups with their versions: created over four years, edited none to six times.
analyze g_name;
-- Sectors that have no other below them, the first ones common, the last ones rare.
create temporary table g_sectors on commit drop as
  select array_agg(s.id order by s.position) as ids from sector s where not exists (select from sector c where c.parent_id = s.id);

create temporary table g_startup on commit drop as
select s.*, pg_temp.gid(2, s.n, s.created_at) as id from (
  select g.n, g.slug, g.name, g.name_sort, g.folded, g.aliases, g.name_keys, g.search_text, g.domain, g.is_chinese, m.ids[1 + g.n % 12] as by,
         timestamptz '2022-01-03' + interval '1 second' * floor((g.n - 1 + pg_temp.r(10, g.n)) * (1240.0 * 86400 / {startups})) as created_at,
         1 + floor(pg_temp.r(11, g.n) * 7)::int as versions,
         interval '1 second' * floor((5 + 50 * pg_temp.r(12, g.n)) * 86400) as between_versions,
         (select array_agg(distinct id) from (values
           (pg_temp.skewed(t.ids, pg_temp.r(13, g.n))),
           (case when pg_temp.r(14, g.n) < 0.5 then pg_temp.skewed(t.ids, pg_temp.r(15, g.n)) end),
           (case when pg_temp.r(14, g.n) < 0.15 then pg_temp.skewed(t.ids, pg_temp.r(16, g.n)) end)) x(id) where id is not null) as sector_ids,
         case when pg_temp.r(17, g.n) < 0.92 then pg_temp.skewed(array['APP', 'MIDDLEWARE', 'MODEL'], pg_temp.r(18, g.n)) end as layer,
         pg_temp.skewed(array['BUILDS_ON_API', 'TUNES_BASE_MODEL', 'UNKNOWN', 'TRAINS_BASE_MODEL', 'PRE_LLM_AI'], pg_temp.r(19, g.n)) as technical_route,
         case when g.is_chinese then 'CN' else pg_temp.skewed(array['US', 'SG', 'GB', 'DE', 'JP', 'CN'], pg_temp.r(20, g.n)) end as country,
         case when g.is_chinese then pg_temp.skewed(array['北京', '上海', '深圳', '杭州', '广州', '苏州', '成都'], pg_temp.r(21, g.n))
              else pg_temp.skewed(array['San Francisco', 'Singapore', 'London', 'Berlin', 'Tokyo'], pg_temp.r(21, g.n)) end as city,
         date '2015-01-01' + floor(pg_temp.r(22, g.n) * 2500)::int as founded_on,
         case when pg_temp.r(23, g.n) < 0.6 then date '2022-01-01' + floor(pg_temp.r(24, g.n) * 1000)::int end as product_launched_on,
         pg_temp.skewed(array['UNDECIDED', 'ONSHORE', 'OFFSHORE_VIE'], pg_temp.r(25, g.n)) as structure,
         case when g.is_chinese
           then pg_temp.one(array['为游戏工作室', '为仓储企业', '为律师事务所', '为开发者', '为学校', '为医院', '为银行', '为制造企业'], pg_temp.r(26, g.n))
             || pg_temp.one(array['生成三维资产', '把文字变成动作', '整理合同', '微调模型', '批改作业', '写病历', '核对账目', '检查零件'], pg_temp.r(27, g.n)) || '（虚构）'
           else pg_temp.one(array['Usable 3D assets', 'Words into motion', 'Contract review', 'Fine-tuning', 'Homework feedback', 'Clinical notes', 'Ledger checks', 'Part inspection'], pg_temp.r(26, g.n))
             || ' for ' || pg_temp.one(array['game studios', 'warehouses', 'law firms', 'developers', 'schools', 'hospitals', 'banks', 'factories'], pg_temp.r(27, g.n)) || ' (fictional)'
         end as one_liner,
         case when pg_temp.r(28, g.n) < 0.7 then jsonb_strip_nulls(jsonb_build_object(
           'payer', case when g.is_chinese then pg_temp.one(array['游戏工作室', '仓储企业', '律师事务所', '软件团队', '学校'], pg_temp.r(29, g.n))
                         else pg_temp.one(array['Game studios', 'Warehouse operators', 'Law firms', 'Software teams', 'Schools'], pg_temp.r(29, g.n)) end,
           'pain', case when pg_temp.r(30, g.n) < 0.8 then case when g.is_chinese then '人手太贵' else 'Too much manual work' end end,
           'costToday', case when pg_temp.r(30, g.n) < 0.4 then (1 + floor(pg_temp.r(31, g.n) * 90)) || '0,000 USD a year' end,
           'alternativeToday', case when pg_temp.r(30, g.n) < 0.5 then case when g.is_chinese then '外包' else 'Contractors' end end)) else '{}' end as need,
         case when pg_temp.r(32, g.n) < 0.3 then jsonb_build_object(pg_temp.one(array['ownsTrainingData', 'usageFlywheel', 'claimsLargeModel'], pg_temp.r(33, g.n)),
           jsonb_build_object('holds', pg_temp.r(34, g.n) < 0.7, 'grade', pg_temp.skewed(array['CLAIMED', 'DOCUMENTED', 'VERIFIED'], pg_temp.r(35, g.n)),
             'words', 'as its deck has it (fictional)', 'on', '2025-01-01', 'sourceUrl', null)) else '{}' end as facts
    from g_name g, g_sectors t, g_members m) s;
create unique index on g_startup (n);
analyze g_startup;

-- Version by version: the need, the layer, the route and the facts come to be known one after the other.
create temporary table g_version on commit drop as
select s.n, s.id, v as version, s.created_at + (v - 1) * s.between_versions as known_from,
       case when v < s.versions then s.created_at + v * s.between_versions end as known_until,
       case when v >= 3 or s.versions < 3 then s.layer end as layer,
       case when v >= 4 or s.versions < 4 then s.technical_route else 'UNKNOWN' end as technical_route,
       case when v >= 2 or s.versions < 2 then s.need else '{}' end as need,
       case when v >= 5 or s.versions < 5 then s.facts else '{}' end as facts,
       jsonb_build_object('fictional', true) || case when v > 1 then jsonb_build_object('revision', v) else '{}' end as custom_fields
  from g_startup s, generate_series(1, s.versions) v;
create unique index on g_version (n, version);
analyze g_version;

insert into startup (id, slug, name, name_sort, aliases, name_keys, search_text, domains, website, one_liner, country, city, founded_on, product_launched_on,
                     structure, layer, technical_route, need, facts, sector_ids, custom_fields, created_at, recorded_at, version)
select s.id, s.slug, s.name, s.name_sort, s.aliases, s.name_keys, s.search_text, array[s.domain], 'https://' || s.domain || '/', s.one_liner, s.country, s.city,
       s.founded_on, s.product_launched_on, s.structure, v.layer, v.technical_route, v.need, v.facts, s.sector_ids, v.custom_fields, s.created_at, v.known_from, v.version
  from g_startup s join g_version v on v.n = s.n and v.known_until is null order by s.n;

insert into startup_version (startup_id, version, known_from, known_until, slug, name, name_sort, aliases, domains, website, one_liner, country, city, founded_on,
                             product_launched_on, structure, layer, technical_route, need, facts, sector_ids, competitor_ids, custom_fields, proposed)
select s.id, v.version, v.known_from, v.known_until, s.slug, s.name, s.name_sort, s.aliases, array[s.domain], 'https://' || s.domain || '/', s.one_liner, s.country, s.city,
       s.founded_on, s.product_launched_on, s.structure, v.layer, v.technical_route, v.need, v.facts, s.sector_ids, '{}', v.custom_fields, '{}'
  from g_version v join g_startup s using (n) order by v.n, v.version;

-- Of formula 0: `migrate` makes the figures, as it makes the lexemes.
insert into startup_assessment (startup_id, day, rubric_version, formula_version, demand, claimed_demand, hype_gap, has_proof, has_verified_proof, flags)
select id, date '0001-01-01', 1, 0, 0, 0, 0, false, false, '{}' from g_startup;

insert into g_event
select 2, v.n * 8 + v.version, v.known_from, s.by, case v.version when 1 then 'createStartup' else 'updateStartup' end, 'startup', v.id, v.id, null,
       case when v.version > 1 then jsonb_strip_nulls(jsonb_build_object('layer', b.layer, 'technicalRoute', b.technical_route, 'customFields', b.custom_fields)) end,
       jsonb_strip_nulls(jsonb_build_object('name', case v.version when 1 then s.name end, 'layer', v.layer, 'technicalRoute', v.technical_route, 'customFields', v.custom_fields))
  from g_version v join g_startup s using (n) left join g_version b on b.n = v.n and b.version = v.version - 1;

insert into startup_external_id (startup_id, origin_startup_id, source, external_id, recorded_at)
select id, id, 'fictional-directory', n::text, created_at from g_startup where pg_temp.r(36, n) < 0.5;

-- A document each for one startup in five.
create temporary table g_document on commit drop as
select n, id as startup_id, pg_temp.gid(3, n, created_at) as id, created_at, by, name, domain from g_startup where pg_temp.r(40, n) < 0.2;
insert into document (id, title, kind, url, publisher, startup_id, origin_startup_id, added_by, added_at, recorded_at, version)
select id, name || ' (fictional)', pg_temp.skewed(array['DECK', 'EXPORT', 'CONTRACT', 'FINANCIAL_MODEL', 'PRESS'], pg_temp.r(41, n)), 'https://' || domain || '/deck', name,
       startup_id, startup_id, by, created_at, created_at, 1 from g_document order by n;
insert into document_version (document_id, version, known_from, title, kind, url, publisher, startup_id)
select id, 1, recorded_at, title, kind, url, publisher, startup_id from document where recorded_at <= timestamptz '{ends_at}' and id in (select id from g_document);
insert into g_event select 3, n, created_at, by, 'createDocument', 'document', id, startup_id, null, null, jsonb_build_object('title', name || ' (fictional)') from g_document;
