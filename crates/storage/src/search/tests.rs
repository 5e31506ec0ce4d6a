//! Searches in a workspace of a hundred thousand startups: what they find, in which order, and by which plan.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

use domain::{Role, access::Restricted};
use sea_orm::ConnectionTrait as _;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use test_support::TestDb;

use super::*;
use crate::{
    Database, Options,
    page::Page,
    startup::{Filter, Order},
};

/// Records by which the answers are known, beside those made up by the thousand.
const KNOWN: &str = "
    insert into startup (id, slug, name, name_sort, aliases, name_keys, search_text, domains, one_liner, description, sector_ids,
                         created_at, recorded_at, version)
    select id::uuid, slug, name, lower(name), aliases::jsonb, '{}', lower(names), domains::text[], one_liner, description, sectors::uuid[],
           '2025-01-01', '2025-01-01', 1
      from (values
      ('00000000-0000-7000-8001-000000000001', 'cubeforge', 'Cubeforge', '[{\"name\": \"立方工坊\", \"kind\": \"BRAND\"}]', E'Cubeforge\\n立方工坊\\ncubeforge.example',
       '{cubeforge.example}', 'Scenes for games from a sentence', 'Text-to-action agents.', '{}'),
      ('00000000-0000-7000-8001-000000000002', 'deepseek', 'DeepSeek', '[{\"name\": \"深度求索\", \"kind\": \"BRAND\"}]', E'DeepSeek\\n深度求索\\ndeepseek.example',
       '{deepseek.example}', 'Open weights', null, '{}'),
      ('00000000-0000-7000-8001-000000000003', 'lantern', 'Lantern Works', '[]', 'Lantern Works', '{}', 'Chips for cameras', null,
       '{00000000-0000-7000-8000-0000000a0001}'),
      ('00000000-0000-7000-8001-000000000004', 'qinghua-zhizao', '清華智造', '[]', '清華智造', '{}', 'Machines that see', null, '{}'),
      ('00000000-0000-7000-8001-000000000005', 'marble', 'Marble', '[]', 'Marble', '{}', '大模型推理加速', null, '{}'),
      ('00000000-0000-7000-8001-000000000006', 'model-works', '通用大模型工场', '[]', '通用大模型工场', '{}', null, null, '{}'),
      ('00000000-0000-7000-8001-000000000007', 'atelier', 'Atelier 3D', '[]', 'Atelier 3D', '{}', null, null, '{}'),
      ('00000000-0000-7000-8001-000000000008', 'quarry', 'Quarry', '[]', 'Quarry', '{}', 'Ｔｈｅ ３Ｄ quarry', null,
       '{00000000-0000-7000-8000-0000000a0002}'),
      ('00000000-0000-7000-8001-000000000009', 'scattered', 'Scattered', '[]', 'Scattered', '{}', null,
       'Its action is to send a text.', '{}'))
      as s(id, slug, name, aliases, names, domains, one_liner, description, sectors);
    insert into person (id, name, name_sort, search_text, recorded_at, version)
      values ('00000000-0000-7000-8001-000000000011', '欧阳青', 'ou yang qing', '欧阳青', '2025-01-01', 1);
    insert into affiliation (id, person_id, organisation, organisation_key, kind, startup_id, origin_startup_id, is_founder, recorded_at, version)
      values ('00000000-0000-7000-8001-000000000021', '00000000-0000-7000-8001-000000000011', 'Lantern Works', 'lanternworks', 'COMPANY',
              '00000000-0000-7000-8001-000000000003', '00000000-0000-7000-8001-000000000003', true, '2025-01-01', 1),
             ('00000000-0000-7000-8001-000000000022', '00000000-0000-7000-8001-000000000011', '清华大学', '清华大学', 'UNIVERSITY',
              null, null, false, '2025-01-01', 1);";

/// One who sees no restricted deal.
fn outsider() -> Viewer {
    Viewer {
        user_id: typed(Uuid::nil()),
        role: Role::Analyst,
        scopes: [].into(),
        restricted: Restricted::Only([].into()),
    }
}

/// The big workspace, all of it searchable.
async fn workspace() -> Database {
    let test = TestDb::new().await;
    let mut db = PgConnection::connect(test.url()).await.unwrap();
    let mut run = async |sql: String| {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut db).await.unwrap();
    };
    let made_up = include_str!("tests/workspace.sql");
    run(format!("set statement_timeout = 0; {made_up}; {KNOWN}")).await;
    let pool = Database::connect(test.url(), &Options::default()).await.unwrap();
    let first: Vec<Uuid> = (1..=2000)
        .map(|n| format!("00000000-0000-7000-8000-0000{n:08x}").parse().unwrap())
        .collect();
    refresh(&pool, Indexed::Startup, &first).await.unwrap();
    // Indexes are made at once when all is there, which is quicker.
    let indexes = indexes_of_startups(&pool).await;
    for (name, _) in &indexes {
        run(format!("drop index {name}")).await;
    }
    run(include_str!("tests/copies.sql").to_owned()).await;
    for (_, definition) in indexes {
        run(definition).await;
    }
    let made = catch_up(&pool).await.unwrap();
    assert!(
        made > 2000,
        "people, deals, evidence and the known startups: {made}"
    );
    assert_eq!(catch_up(&pool).await.unwrap(), 0);
    run("vacuum analyze".to_owned()).await;
    pool
}

/// The indexes over lexemes of startups, with their definitions.
async fn indexes_of_startups(db: &Database) -> Vec<(String, String)> {
    let sql = Sql::new(
        "select indexname::text, indexdef from pg_indexes where tablename = 'startup_search' and indexdef like '%USING gin%'",
    );
    let rows = db.query_all_raw(sql.statement()).await.unwrap();
    rows.iter()
        .map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap()))
        .collect()
}

async fn titles(db: &Database, words: &str, kinds: &[Kind]) -> Vec<String> {
    let hits = find(db, &outsider(), words, kinds, 20).await.unwrap();
    hits.into_iter().map(|hit| hit.title).collect()
}

/// The tables and indexes that a plan reads, each once, in their order.
async fn scans(db: &Database, sql: Sql) -> String {
    let mut explain = Sql::new("explain (costs off) ");
    explain.append(sql);
    let rows = db.query_all_raw(explain.statement()).await.unwrap();
    let mut scans: Vec<String> = rows
        .iter()
        .map(|row| row.try_get_by_index::<String>(0).unwrap())
        .filter_map(|line| {
            let line = line.trim().trim_start_matches("->").trim();
            let (scan, on) = line.split_once(" on ")?;
            let is_read = scan.contains("Scan")
                && !["CTE", "WorkTable", "Subquery"]
                    .iter()
                    .any(|of| scan.starts_with(of));
            // Without its alias.
            is_read.then(|| format!("{scan} on {}", on.split(' ').next().unwrap()))
        })
        .collect();
    scans.sort();
    scans.dedup();
    scans.join("\n")
}

/// The plan reads by indexes what grows with the workspace.
fn reads_by_indexes(scans: &str) -> bool {
    !scans.contains("Seq Scan on startup")
}

#[tokio::test]
async fn a_hundred_thousand_startups_are_searched_by_their_indexes() {
    let db = workspace().await;
    let startups = [Kind::Startup];
    // What is typed, and the first of what is found; all of it where it is less than a page.
    let table: &[(&str, &[&str])] = &[
        // as a name, in a line, then in the texts of one in eight
        ("大模型", &["通用大模型工场", "Marble"]),
        // a traditional name, then where a founder studied
        ("清华", &["清華智造", "Lantern Works"]),
        ("清華", &["清華智造", "Lantern Works"]),
        ("3D", &["Atelier 3D", "Quarry"]),
        ("３ｄ", &["Atelier 3D", "Quarry"]),
        // side by side, then apart
        ("text to action", &["Cubeforge", "Scattered"]),
        ("\"text to action\"", &["Cubeforge"]),
        ("cubeforge.example", &["Cubeforge"]),
        ("https://www.cubeforge.example/pricing", &["Cubeforge"]),
        // a beginning, a part, and slips
        ("cubef", &["Cubeforge"]),
        ("ubefor", &["Cubeforge"]),
        ("cubefroge", &["Cubeforge"]),
        ("deepseak", &["DeepSeek"]),
        ("deep seek", &["DeepSeek"]),
        // sounds
        ("lifanggong", &["Cubeforge"]),
        ("shenduqiusuo", &["DeepSeek"]),
        ("欧阳青", &["Lantern Works"]),
        ("lantern 清华", &["Lantern Works"]),
        ("no-startup-is-called-this", &[]),
    ];
    for (words, expected) in table {
        let found = titles(&db, words, &startups).await;
        if found.len() < 20 {
            assert_eq!(found, *expected, "{words}");
        } else {
            assert_eq!(found[..expected.len()], **expected, "{words}");
        }
        assert_eq!(found, titles(&db, words, &startups).await, "{words} again");
    }
    assert_eq!(titles(&db, "大模型", &startups).await.len(), 20);
    let by_domain = find(&db, &outsider(), "s77777.example", &Kind::ALL, 20)
        .await
        .unwrap();
    assert_eq!(by_domain.len(), 1);
    assert_eq!(
        by_domain[0].id,
        Kind::Startup.id("00000000-0000-7000-8000-000000012fd1".parse().unwrap())
    );
    // By its sector, and by the one above that.
    assert_eq!(titles(&db, "lantern 具身", &startups).await, ["Lantern Works"]);
    assert_eq!(titles(&db, "quarry 具身", &startups).await, ["Quarry"]);
    assert_eq!(titles(&db, "lantern 人形", &startups).await, [] as [&str; 0]);
    // A restricted deal is there for its team alone: every tenth is.
    assert_eq!(
        titles(&db, "seed of number 7", &[Kind::Deal]).await[0],
        "Seed of number 7"
    );
    let seventy = titles(&db, "seed of number 70", &[Kind::Deal]).await;
    let others: Vec<String> = (1..10).map(|n| format!("Seed of number 70{n}")).collect();
    assert_eq!(seventy[..9], others);
    assert!(!seventy.contains(&"Seed of number 70".to_owned()), "{seventy:?}");

    // A list narrowed by a search, with few hits and with many.
    for (words, count) in [("cubeforge", 1), ("大模型", 12_502)] {
        let filter = Filter {
            search: Some(words.into()),
            ..Filter::default()
        };
        assert_eq!(
            crate::startup::count(&db, &outsider(), &filter).await.unwrap(),
            count,
            "{words}"
        );
        let page = crate::startup::list(&db, &outsider(), &filter, Order::Name, false, &Page::first(50))
            .await
            .unwrap();
        assert_eq!(page.rows.len() as i64, count.min(50), "{words}");
    }

    let query = Query::new("text to action").unwrap();
    let mut plans = vec![("search", stage::statement(Kind::Startup, &outsider(), &query, 20))];
    for (name, way) in [("list_of_few", Way::Keys), ("list_of_many", Way::Each)] {
        let mut list = Sql::new("select s.* from startup s where s.hidden_at is null");
        push_found(&mut list, Kind::Startup, "s.id", "text to action", way);
        Page::first(50).append(&mut list, "s.name_sort", "s.id", false);
        plans.push((name, list));
    }
    let similar = query.similar().unwrap();
    plans.extend(stage::similar(Kind::Startup, &outsider(), &similar, 200).map(|sql| ("slips", sql)));
    for (name, sql) in plans {
        let scans = scans(&db, sql).await;
        assert!(reads_by_indexes(&scans), "{name}: {scans}");
        insta::assert_snapshot!(name, scans);
    }
}
