//! The pass: after midnight, by one server at a time, going on where another stopped, beside writers.

use std::sync::Arc;

use app::{App, Caller, Identity, evidence::NewEvidence};
use chrono::{NaiveDate, TimeDelta};
use domain::{
    StartupId,
    evidence::{EvidenceKind, EvidenceSource, Grade, Observation},
    money::Qualifier,
    time::DatePrecision,
};
use test_support::{TestDb, TestWorkspace};

use crate::stored::{all, differences};

/// A figure of paying customers.
pub fn customers(startup: StartupId, value: i64, on: &str) -> NewEvidence {
    let on: NaiveDate = on.parse().unwrap();
    NewEvidence {
        startup,
        observation: Observation {
            kind: EvidenceKind::PayingCustomers,
            value: Some(value.into()),
            qualifier: Qualifier::Exact,
            as_found: None,
            currency: None,
            revenue_basis: None,
            window: None,
            horizon_days: None,
            sample_size: None,
            segment: None,
            period_start: None,
            observed_on: on,
            precision: DatePrecision::Day,
            valid_until: None,
            source: EvidenceSource::DataRoom,
            supplied_by: None,
            source_url: Some("https://example.com".into()),
            document_ids: Vec::new(),
            note: None,
        },
        grade: Grade::Documented,
        checked: None,
    }
}

async fn with_startups(count: usize) -> (TestWorkspace, Vec<StartupId>) {
    let workspace = TestWorkspace::new().await;
    let mut ids = Vec::new();
    for n in 0..count {
        let id = workspace.startup(&format!("Startup number {n}"), &[]).await;
        let new = customers(id, 10 + n as i64, "2025-02-01");
        workspace
            .system()
            .record_evidence(new, "e")
            .await
            .unwrap()
            .unwrap();
        ids.push(id);
    }
    (workspace, ids)
}

#[tokio::test]
async fn a_write_stores_the_figures_of_the_startup_that_it_touches_and_of_no_other() {
    let (workspace, ids) = with_startups(3).await;
    let now = workspace.app.now();
    assert_eq!(differences(&workspace, now).await, Vec::<String>::new());
    let before = all(&workspace.system()).await;
    workspace.pass(TimeDelta::days(2));
    let new = customers(ids[1], 90, "2025-03-02");
    workspace
        .system()
        .record_evidence(new, "e")
        .await
        .unwrap()
        .unwrap();
    let after = all(&workspace.system()).await;
    assert!(after[&ids[1]].conviction > before[&ids[1]].conviction);
    assert_eq!(after[&ids[1]].made.day, "2025-03-03".parse().unwrap());
    assert_eq!(after[&ids[0]], before[&ids[0]], "its day has not come yet");
}

#[tokio::test]
async fn after_midnight_every_row_is_made_for_the_new_day_once() {
    let (workspace, ids) = with_startups(5).await;
    assert_eq!(workspace.app.bring_assessments_up_to_date().await.unwrap(), 0);
    let before = all(&workspace.system()).await;
    // Midnight in Shanghai is 16:00 UTC.
    workspace.pass(TimeDelta::hours(9));
    assert_eq!(workspace.app.bring_assessments_up_to_date().await.unwrap(), 5);
    assert_eq!(workspace.app.bring_assessments_up_to_date().await.unwrap(), 0);
    let now = workspace.app.now();
    assert_eq!(differences(&workspace, now).await, Vec::<String>::new());
    let after = all(&workspace.system()).await;
    for id in ids {
        assert!(
            after[&id].conviction < before[&id].conviction,
            "a day older, a day less fresh"
        );
    }
}

#[tokio::test]
async fn a_pass_that_another_server_has_begun_is_left_to_it_until_its_time_is_over() {
    let (workspace, _) = with_startups(2).await;
    workspace.pass(TimeDelta::days(1));
    workspace
        .database
        .run("update assessment_pass set holder = gen_random_uuid(), held_until = '2025-03-02T08:00:20Z'")
        .await;
    assert_eq!(workspace.app.bring_assessments_up_to_date().await.unwrap(), 0);
    workspace.pass(TimeDelta::seconds(21));
    assert_eq!(workspace.app.bring_assessments_up_to_date().await.unwrap(), 2);
}

#[tokio::test]
async fn a_pass_goes_on_behind_the_last_batch_and_then_looks_at_what_came_before() {
    let (workspace, mut ids) = with_startups(4).await;
    ids.sort_unstable();
    workspace.pass(TimeDelta::days(1));
    // Another server stopped behind the second: one of the first two was written again by the day before.
    let second = ids[1].uuid();
    workspace
        .database
        .run(&format!(
            "update assessment_pass set holder = gen_random_uuid(), held_until = '2025-03-01', done_to = '{second}'"
        ))
        .await;
    assert_eq!(workspace.app.bring_assessments_up_to_date().await.unwrap(), 4);
    let left = workspace
        .database
        .ask("select coalesce(holder::text, '-') || coalesce(done_to::text, '-') from assessment_pass")
        .await;
    assert_eq!(left, "--");
}

#[tokio::test]
async fn two_servers_and_writers_at_midnight_leave_every_row_as_the_formula_has_it() {
    let database = TestDb::new().await;
    let one = TestWorkspace::on(database.clone(), "2025-03-01T15:59:00Z").await;
    let two = TestWorkspace::on(database, "2025-03-01T15:59:00Z").await;
    let mut ids = Vec::new();
    for n in 0..40 {
        let id = one.startup(&format!("Startup number {n}"), &[]).await;
        ids.push(id);
    }
    let ids = Arc::new(ids);
    let writer = |app: App, ids: Arc<Vec<StartupId>>, of: usize| {
        tokio::spawn(async move {
            for n in 0..60 {
                let caller = Caller::new(&app, Identity::System);
                let new = customers(ids[(n * 7 + of) % ids.len()], (n + of) as i64, "2025-02-01");
                caller.record_evidence(new, "e").await.unwrap().unwrap();
            }
        })
    };
    let writers = [
        writer(one.app.clone(), Arc::clone(&ids), 0),
        writer(two.app.clone(), Arc::clone(&ids), 3),
    ];
    // While they write, midnight comes to both, and both look.
    for workspace in [&one, &two] {
        workspace.pass(TimeDelta::minutes(2));
    }
    for _ in 0..5 {
        let (a, b) = tokio::join!(
            one.app.bring_assessments_up_to_date(),
            two.app.bring_assessments_up_to_date()
        );
        a.unwrap();
        b.unwrap();
    }
    for writer in writers {
        writer.await.unwrap();
    }
    one.app.bring_assessments_up_to_date().await.unwrap();
    let now = one.app.now();
    assert_eq!(differences(&one, now).await, Vec::<String>::new());
    let stored = all(&one.system()).await;
    assert!(
        stored
            .values()
            .all(|row| row.made.day == "2025-03-02".parse().unwrap())
    );
}
