//! Two writers who read one version: one wins, and the other learns that it was late.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

extern crate touchstone_app as app;

use app::{
    App, Caller, Identity,
    deal::{NewDeal, NewMove},
};
use domain::{
    DealId, ProblemCode, Role, StartupId, UserId,
    deal::{DealChange, TermsEdit},
    startup::ProfileEdit,
};
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

const MOVERS: usize = 20;
const CONTESTED: usize = 50;

/// Moves each deal once between the first two stages, again whenever somebody was faster. Gives how often that was.
async fn move_each(app: App, by: UserId, deals: Vec<DealId>, first: String, second: String) -> usize {
    let caller = Caller::new(&app, Identity::User(by));
    let mut late = 0;
    for id in deals {
        loop {
            let deal = caller.deals_by_ids(&[id], None).await.unwrap().pop().unwrap();
            let stages = caller.stages(None).await.unwrap();
            let at = stages
                .iter()
                .find(|stage| stage.id == deal.standing.stage_id)
                .unwrap();
            let to = NewMove {
                stage: Some(if at.key == first {
                    second.clone()
                } else {
                    first.clone()
                }),
                ..NewMove::default()
            };
            match caller.move_deal(id, deal.version, to, "m").await.unwrap() {
                Ok(_) => break,
                Err(problems) => {
                    assert_eq!(problems[0].code, ProblemCode::StaleVersion, "{problems:?}");
                    late += 1;
                }
            }
        }
    }
    late
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_thousand_moves_at_once_none_is_lost_and_each_begins_where_the_last_one_ended() {
    let workspace = TestWorkspace::new().await;
    let mut movers = Vec::new();
    for n in 0..MOVERS {
        movers.push(workspace.user(&format!("mover-{n}"), Role::Analyst).await);
    }
    let caller = Caller::new(&workspace.app, Identity::User(movers[0]));
    let mut deals = Vec::new();
    for n in 0..CONTESTED {
        let new = NewDeal {
            startup: workspace.startup(&format!("Contested {n}"), &[]).await,
            stage: None,
            terms: TermsEdit::default(),
            occurred_at: None,
        };
        deals.push(caller.open_deal(new, "o").await.unwrap().unwrap());
    }
    let stages = caller.stages(None).await.unwrap();
    let (first, second) = (stages[0].key.clone(), stages[1].key.clone());
    let running: Vec<_> = movers
        .iter()
        .map(|by| {
            tokio::spawn(move_each(
                workspace.app.clone(),
                *by,
                deals.clone(),
                first.clone(),
                second.clone(),
            ))
        })
        .collect();
    let mut late = 0;
    for one in running {
        late += one.await.unwrap();
    }
    assert!(late > 0, "the movers never met");
    let mut histories = caller.deal_changes(&deals, None).await.unwrap();
    let mut moves = 0;
    for id in &deals {
        let rows: Vec<DealChange> = histories.remove(id).unwrap();
        moves += rows.len() - 1;
        assert!(rows[0].from.is_none());
        for pair in rows.windows(2) {
            assert_eq!(pair[1].from, Some(pair[0].to), "{id}");
            assert!(pair[0].recorded_at < pair[1].recorded_at);
        }
        let deal = caller.deals_by_ids(&[*id], None).await.unwrap().pop().unwrap();
        assert_eq!(deal.standing.stage_id, rows.last().unwrap().to.0);
        assert_eq!(deal.version, i32::try_from(rows.len()).unwrap());
    }
    assert_eq!(moves, MOVERS * CONTESTED);
}
