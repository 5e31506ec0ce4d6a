//! Who sees which change, and what a change is about: read from the database, and followed.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_app as app;

use std::time::Duration;

use app::{Caller, Identity, activity::About, deal::NewDeal};
use chrono::TimeDelta;
use domain::{
    ActivityId, ActivityTag, DealId, OperationTag, Role, UserId,
    activity::{Change, SubjectType},
    deal::{TermsEdit, Visibility},
    typed,
};
use futures::{StreamExt, future::join_all};
use serde_json::json;
use test_support::{TestWorkspace, storage};
use uuid::Uuid;

/// Ids beside those that the program makes.
fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0191_0000_0000_7000_8000_0000_0000_0000 + n)
}

struct World {
    workspace: TestWorkspace,
    /// The row that every viewer follows from.
    start: ActivityId,
}

impl World {
    fn caller(&self, user: UserId) -> Caller {
        Caller::new(&self.workspace.app, Identity::User(user))
    }
    /// What the database gives, oldest first, behind the start.
    async fn read(&self, user: UserId, about: About) -> Vec<ActivityId> {
        let slice = self.caller(user).activity(about, None, false, 400).await.unwrap();
        assert!(!slice.more);
        assert_eq!(
            self.caller(user).activity_count(about).await.unwrap(),
            slice.rows.len() as i64
        );
        let rows = slice.rows.into_iter().rev().map(|row| row.id);
        rows.filter(|id| *id != self.start).collect()
    }
    /// What a follower is given.
    async fn follow(&self, user: UserId, about: About, expected: usize) -> Vec<ActivityId> {
        let mut stream = self
            .caller(user)
            .subscribe(about, Some(self.start))
            .await
            .unwrap();
        let mut seen = Vec::new();
        loop {
            // Until what is expected has come it may take its time; then a moment for what is too much.
            let patience = Duration::from_millis(if seen.len() < expected { 20_000 } else { 300 });
            match tokio::time::timeout(patience, stream.next()).await {
                Ok(row) => seen.push(row.unwrap().unwrap().id),
                Err(_) => return seen,
            }
        }
    }
}

#[tokio::test]
async fn a_change_is_followed_by_those_who_may_read_it_and_by_nobody_else() {
    let workspace = TestWorkspace::new().await;
    let startup = workspace.startup("月之暗面", &[]).await;
    let start = workspace
        .system()
        .activity(About::Startup(startup), None, false, 1)
        .await
        .unwrap()
        .rows[0]
        .id;
    let ann = workspace.user("ann", Role::Analyst).await;
    let mut viewers = vec![ann];
    for (name, role) in [
        ("eve", Role::Viewer),
        ("ben", Role::Analyst),
        ("pam", Role::Partner),
        ("root", Role::Admin),
    ] {
        viewers.push(workspace.user(name, role).await);
    }
    let world = World { workspace, start };

    let open = async |visibility| -> DealId {
        let terms = TermsEdit {
            visibility: Some(visibility),
            ..TermsEdit::default()
        };
        let new = NewDeal {
            startup,
            stage: None,
            terms,
            occurred_at: None,
        };
        world.caller(ann).open_deal(new, "d").await.unwrap().unwrap()
    };
    let set = async |deal: DealId, version, visibility| {
        world.workspace.pass(TimeDelta::minutes(1));
        let edit = TermsEdit {
            visibility: Some(visibility),
            ..TermsEdit::default()
        };
        world
            .caller(ann)
            .update_deal(deal, version, edit, "d")
            .await
            .unwrap()
            .unwrap()
    };
    // Restricted from the start, restricted since, and no more restricted; then one of the team; and one that never was.
    let secret = open(Visibility::Restricted).await;
    let closed = open(Visibility::Team).await;
    set(closed, 1, Visibility::Restricted).await;
    let opened = open(Visibility::Restricted).await;
    set(opened, 1, Visibility::Team).await;
    let never: DealId = typed(id(1));

    // A row of every kind, of no deal and of each of them, about ann and about a stranger.
    let mut rows = Vec::new();
    for subject_type in SubjectType::ALL {
        for deal_id in [None, Some(secret), Some(closed), Some(opened), Some(never)] {
            for subject_id in [ann.uuid(), id(2)] {
                rows.push((
                    typed::<ActivityTag>(id(100 + rows.len() as u128)),
                    Change {
                        subject_type: *subject_type,
                        subject_id,
                        startup_id: deal_id.is_some().then_some(startup),
                        deal_id,
                        before: None,
                        after: Some(json!({ "name": "x" })),
                    },
                ));
            }
        }
    }
    // An operation on more records than these is followed as its first change.
    for (n, rows) in rows.chunks(20).enumerate() {
        let operation = storage::activity::Operation {
            id: typed::<OperationTag>(id(1_000 + n as u128)),
            at: world.workspace.app.now(),
            by: None,
            verb: "test",
            review: None,
            undoes: None,
            request_id: None,
            import: None,
        };
        storage::activity::append(world.workspace.app.database(), &operation, rows)
            .await
            .unwrap();
    }

    let abouts = [
        About::Everything,
        About::Startup(startup),
        About::Deal(secret),
        About::Deal(closed),
        About::Deal(opened),
        About::Deal(never),
        // Ids of another kind with the same number are about nothing.
        About::Deal(typed(startup.uuid())),
        About::Startup(typed(secret.uuid())),
        About::Subject(ann.uuid()),
        About::Subject(secret.uuid()),
        About::Subject(id(2)),
    ];
    let mut counts = Vec::new();
    for user in &viewers {
        let of_all = join_all(abouts.iter().map(async |about| {
            let read = world.read(*user, *about).await;
            let followed = world.follow(*user, *about, read.len()).await;
            assert_eq!(followed, read, "{about:?} of {user}");
            read.len()
        }));
        counts.push(of_all.await);
    }
    // That the two agree would be true of nothing, too: what they agree on.
    let secrets = |of: &[usize]| (of[2], of[3], of[5]);
    for outsider in &counts[1..4] {
        assert_eq!(secrets(outsider), (0, 0, 0));
        assert_eq!(outsider[6..8], [0, 0]);
        assert!(outsider[4] > 0, "a deal of the team is seen");
    }
    assert!(secrets(&counts[0]).0 > 0 && secrets(&counts[0]).1 > 0 && secrets(&counts[4]).0 > 0);
    assert!(counts[0][0] > counts[1][0] && counts[4][0] > counts[0][0]);
}
