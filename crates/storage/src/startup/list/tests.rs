use domain::{Role, Scope, access::Restricted};
use sea_orm::ConnectionTrait as _;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use test_support::TestDb;

use super::*;
use crate::{Database, Options};

/// 100,000 startups with their stored figures and 600,000 records: past the triggers, which would take minutes.
const WORKSPACE: &str = "
    set session_replication_role = replica;
    insert into startup (id, slug, name, name_sort, name_keys, search_text, created_at, recorded_at, version)
      select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 's-' || n, 'Startup ' || n, 'startup ' || n, array['startup' || n],
        'startup ' || n, '2025-01-01', '2025-01-01', 1 from generate_series(1, 100000) n;
    insert into startup_assessment (startup_id, day, rubric_version, formula_version, conviction, demand, claimed_demand, hype_gap, has_proof,
        has_verified_proof, best_grade, flags)
      select s.id, '2025-01-01', 1, 1, case when x.n % 5 > 0 then x.r * 100 end, x.r, 1, 1 - x.r, x.r > 0.5, x.r > 0.8,
        (array['CLAIMED', 'DOCUMENTED', 'VERIFIED'])[1 + x.n % 3], case when x.n % 500 = 0 then '{REFUTED_CLAIM}' else '{NO_NEED}' end::text[]
      from (select id, row_number() over () as n from startup) s
      join lateral (select s.n, (hashint8(s.n) & 65535) / 65536.0 as r) x on true;
    insert into evidence (id, startup_id, origin_startup_id, kind, value, observed_on, entered_grade, grade, source, recorded_at)
      select gen_random_uuid(), id, id, 'PILOTS', n, '2024-12-01', 'CLAIMED', 'CLAIMED', 'OTHER', '2025-01-01' from startup, generate_series(1, 6) n;
    set session_replication_role = origin;
    vacuum analyze startup; vacuum analyze startup_assessment; vacuum analyze evidence;";

fn viewer() -> Viewer {
    Viewer {
        user_id: typed("0192d0d0-0000-7000-8000-000000000001".parse().unwrap()),
        role: Role::Analyst,
        scopes: vec![Scope::Read].into(),
        restricted: Restricted::Only(Vec::new().into()),
    }
}

async fn plan(db: &Database, sql: Sql) -> String {
    let mut explain = Sql::new("explain (costs off) ");
    explain.append(sql);
    let rows = db.query_all_raw(explain.statement()).await.unwrap();
    let lines: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    lines.join("\n")
}

#[tokio::test]
async fn a_hundred_thousand_startups_are_ranked_along_the_index_of_the_figure() {
    let test = TestDb::new().await;
    let mut connection = PgConnection::connect(test.url()).await.unwrap();
    for statement in WORKSPACE.split(';') {
        let text = format!("set statement_timeout = 0; {statement}");
        let text = if statement.contains("vacuum") {
            statement.to_owned()
        } else {
            text
        };
        connection
            .execute(sqlx::raw_sql(AssertSqlSafe(text)))
            .await
            .unwrap();
    }
    connection.close().await.unwrap();
    let db = Database::connect(test.url(), &Options::default()).await.unwrap();
    let by = |filter: Filter, ranking, descending, page: &Page| {
        ranked_by(&viewer(), &filter, Way::All, (ranking, descending), page)
    };
    let conviction = (Ranking::Conviction, true);
    let first = ranked(
        &db,
        &viewer(),
        &Filter::default(),
        conviction.0,
        conviction.1,
        &Page::first(50),
    )
    .await
    .unwrap();
    let deep = Page {
        from: Some(first.rows[49].1.clone()),
        ..Page::first(50)
    };
    let refuted = Filter {
        flags: vec![Flag::RefutedClaim],
        ..Filter::default()
    };
    let plans = [
        (
            "by_conviction",
            by(Filter::default(), conviction.0, true, &Page::first(50)),
        ),
        (
            "by_conviction_from_a_cursor",
            by(Filter::default(), conviction.0, true, &deep),
        ),
        (
            "by_conviction_lowest_first",
            by(Filter::default(), conviction.0, false, &Page::first(50)),
        ),
        (
            "by_demand",
            by(Filter::default(), Ranking::Demand, true, &Page::first(50)),
        ),
        (
            "by_hype_gap",
            by(Filter::default(), Ranking::HypeGap, true, &Page::first(50)),
        ),
        (
            "by_conviction_of_a_rare_flag",
            by(refuted, conviction.0, true, &Page::first(50)),
        ),
    ];
    for (name, sql) in plans {
        let plan = plan(&db, sql).await;
        assert!(!plan.contains("Seq Scan"), "{name}: {plan}");
        insta::assert_snapshot!(name, plan);
    }
    // The cursor goes on where the page ended.
    let second = ranked(&db, &viewer(), &Filter::default(), conviction.0, true, &deep)
        .await
        .unwrap();
    let figures: Vec<f64> = first
        .rows
        .iter()
        .chain(&second.rows)
        .map(|(_, place)| match place.key {
            Key::Figure(figure) => figure.value(),
            _ => f64::NAN,
        })
        .collect();
    assert!(figures.is_sorted_by(|a, b| a >= b), "{figures:?}");
    assert_eq!(figures.len(), 100);
}
