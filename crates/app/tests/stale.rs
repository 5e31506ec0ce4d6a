//! Two writers who read one version: one wins, and the other learns that it was late.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

extern crate touchstone_app as app;

use app::{App, Caller, Identity};
use domain::{ProblemCode, Role, StartupId, UserId, startup::ProfileEdit};
use test_support::TestWorkspace;

const DUELS: i32 = 1_000;

async fn say(
    app: App,
    by: UserId,
    id: StartupId,
    version: i32,
    words: String,
) -> Result<String, ProblemCode> {
    let edit = ProfileEdit {
        one_liner: Some(Some(words.clone())),
        ..ProfileEdit::default()
    };
    let caller = Caller::new(&app, Identity::User(by));
    match caller.update_startup(id, version, edit, None, "u").await.unwrap() {
        Ok(_) => Ok(words),
        Err(problems) => {
            assert_eq!(problems.len(), 1, "{problems:?}");
            Err(problems[0].code)
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_writers_with_one_version_exactly_one_wins_a_thousand_times() {
    let workspace = TestWorkspace::new().await;
    let id = workspace.startup("Contested", &[]).await;
    let ada = workspace.user("ada", Role::Analyst).await;
    let ben = workspace.user("ben", Role::Analyst).await;
    let mut won_by_ada = 0;
    let mut last = String::new();
    for version in 1..=DUELS {
        let one = tokio::spawn(say(
            workspace.app.clone(),
            ada,
            id,
            version,
            format!("ada {version}"),
        ));
        let other = tokio::spawn(say(
            workspace.app.clone(),
            ben,
            id,
            version,
            format!("ben {version}"),
        ));
        // That there is a winner at the next version shows that this one has made it.
        let said = match (one.await.unwrap(), other.await.unwrap()) {
            (Ok(said), Err(ProblemCode::StaleVersion)) => {
                won_by_ada += 1;
                said
            }
            (Err(ProblemCode::StaleVersion), Ok(said)) => said,
            neither => panic!("at version {version}: {neither:?}"),
        };
        last = said;
    }
    let found = workspace.system().startups_by_ids(&[id], None).await.unwrap();
    assert_eq!(found[0].version, DUELS + 1);
    assert_eq!(found[0].profile.one_liner.as_ref(), Some(&last));
    // Were one always first, the two would not have met.
    assert!((1..DUELS).contains(&won_by_ada), "ada won {won_by_ada} times");
}
