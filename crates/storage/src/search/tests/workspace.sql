-- A workspace of a hundred thousand startups, made up, with some people, deals and evidence. Set-based, so that it
-- takes seconds. Every record has an id by its number; the names are drawn from few syllables, so that words,
-- beginnings and sounds are met often, and those of a startup after the two thousandth are those of an earlier one.

insert into sector (id, slug, name, name_zh, parent_id, position, recorded_at, version)
select ('00000000-0000-7000-8000-0000000a' || lpad(n::text, 4, '0'))::uuid, slug, name, zh,
       case when parent > 0 then ('00000000-0000-7000-8000-0000000a' || lpad(parent::text, 4, '0'))::uuid end, n, '2025-01-01', 1
  from (values (1, 'embodied', 'Embodied intelligence', '具身智能', 0), (2, 'humanoids', 'Humanoid robots', '人形机器人', 1),
               (3, 'base-models', 'Foundation models', '基础模型', 0), (4, 'content', 'Content generation', '内容生成', 0),
               (5, 'ai-saas', 'AI SaaS', '企业软件', 0)) as s(n, slug, name, zh, parent);

create function pick(from_these text[], seed bigint, salt integer) returns text language sql immutable as
  $$ select from_these[1 + (hashint8extended(seed, salt) & 2147483647) % cardinality(from_these)] $$;

insert into startup (id, slug, name, name_sort, aliases, name_keys, search_text, domains, one_liner, description, country, layer,
                     sector_ids, created_at, recorded_at, version)
select ('00000000-0000-7000-8000-0000' || lpad(to_hex(number), 8, '0'))::uuid, 's-' || number, name, lower(name),
       jsonb_build_array(jsonb_build_object('name', zh, 'language', 'zh', 'kind', 'OTHER')), array[lower(name), zh],
       lower(name) || E'\n' || zh || E'\n' || domain, array[domain], one_liner, description, pick('{CN,US,DE}', n, 9),
       pick('{MODEL,MIDDLEWARE,APP}', n, 10), array[('00000000-0000-7000-8000-0000000a000' || 2 + n % 4)::uuid], '2025-01-01', '2025-01-01', 1
  from (select number, n,
          pick(ls, n, 1) || pick(le, n, 2) || pick('{""," AI"," Labs"," Robotics",""," Cloud"}', n, 3) || case when n % 7 = 0 then ' ' || n else '' end as name,
          pick(zs, n, 4) || pick(zs, n, 5) || pick('{科技,智能,工坊,数据,医疗}', n, 6) as zh,
          's' || number || '.example' as domain,
          pick('{"Agents for support teams","Speech for call centres","面向企业的知识库","Robots that fold laundry","Forecasts for farms","医院病历整理"}', n, 7) as one_liner,
          'Founded by engineers. ' || pick('{"A platform for teams who write contracts.","We train small models on logs.","用多模态模型处理文档，客户以中小企业为主。","Sensors and software for greenhouses."}', n, 8)
            || case when n % 8 = 0 then ' 团队自研大模型，已有付费客户。' else '' end
            || case when n % 50 = 0 then ' Scans rooms and returns a 3D asset.' else '' end as description
        from (select d as number, 1 + (d - 1) % 2000 as n, '{Nova,Delta,Orca,Pine,Ruby,Sol,Tern,Volt,Wren,Zeta,Luma,Kite,Iris,Hex,Grove,Flint,Ember,Dune,Cedar,Brio}'::text[] ls,
                     '{grid,flow,mind,works,sense,forge,pilot,loop,ware,base,lens,path,dock,spark,nest}'::text[] le,
                     '{星,云,海,山,火,水,木,金,光,月,智,明,天,远,方,华,青,科,思,行}'::text[] zs
                from generate_series(1, 100000) d) x) y;

insert into person (id, name, name_sort, search_text, recorded_at, version)
select ('00000000-0000-7000-8000-0001' || lpad(to_hex(n), 8, '0'))::uuid, name, name, name, '2025-01-01', 1
  from (select n, pick('{王,李,张,刘,陈,杨,赵,黄}', n, 1) || pick('{伟,芳,娜,敏,静,磊,洋,勇}', n, 2) || pick('{"",明,华,东}', n, 3) as name
          from generate_series(1, 400) n) x;
insert into affiliation (id, person_id, organisation, organisation_key, kind, startup_id, origin_startup_id, is_founder, recorded_at, version)
select ('00000000-0000-7000-8000-0002' || lpad(to_hex(n), 8, '0'))::uuid, ('00000000-0000-7000-8000-0001' || lpad(to_hex(n), 8, '0'))::uuid,
       'its startup', 'itsstartup', 'COMPANY', id, id, true, '2025-01-01', 1
  from (select n, ('00000000-0000-7000-8000-0000' || lpad(to_hex(n * 5), 8, '0'))::uuid as id from generate_series(1, 400) n) x;

insert into stage (id, key, name, name_zh, position, limit_days, recorded_at, version)
  values ('00000000-0000-7000-8000-0000000b0001', 'SEEN', 'Seen', '见过', 1, 9, '2025-01-01', 1);
insert into deal (id, startup_id, origin_startup_id, title, title_sort, search_text, stage_id, status, visibility, round,
                  entered_stage_at, opened_at, created_at, recorded_at, version)
select ('00000000-0000-7000-8000-0003' || lpad(to_hex(n), 8, '0'))::uuid, id, id, 'Seed of number ' || n, 'seed of number ' || n, 'seed of number ' || n,
       '00000000-0000-7000-8000-0000000b0001', 'ACTIVE', case when n % 10 = 0 then 'RESTRICTED' else 'TEAM' end, 'SEED', '2025-01-01', '2025-01-01', '2025-01-01', '2025-01-01', 1
  from (select n, ('00000000-0000-7000-8000-0000' || lpad(to_hex(n * 10), 8, '0'))::uuid as id from generate_series(1, 1000) n) x;

insert into evidence (id, startup_id, origin_startup_id, kind, value, observed_on, entered_grade, grade, source, note, recorded_at)
select ('00000000-0000-7000-8000-0004' || lpad(to_hex(n), 8, '0'))::uuid, id, id, 'PILOTS', n % 9, '2025-01-01', 'CLAIMED', 'CLAIMED', 'OTHER',
       pick('{"seen in the log","客户访谈记录","from the deck"}', n, 1), '2025-01-01'
  from (select n, ('00000000-0000-7000-8000-0000' || lpad(to_hex(n * 2), 8, '0'))::uuid as id from generate_series(1, 1000) n) x;
drop function pick;
analyze;
