//! What a subscriber hears, whatever comes between it and the batches: every change once, in the order of commit.

use domain::startup::Profile;
use test_support::TestDb;

use super::*;
use crate::{App, Clock, Identity, startup::NewStartup};

/// An application whose feed looks only when the test says so.
async fn open() -> App {
    let test = TestDb::new().await;
    let db = Database::connect(test.url(), &storage::Options::default())
        .await
        .unwrap();
    App::open(db, Clock::system()).await.unwrap()
}

async fn user(app: &App, name: &str) -> UserId {
    Caller::new(app, Identity::System)
        .add_user(format!("{name}@fund.example"), name.into(), Role::Analyst)
        .await
        .unwrap()
        .unwrap()
}

type Heard = BoxStream<'static, Result<Activity, Error>>;

async fn subscribe(app: &App, user: UserId, after: Option<ActivityId>) -> Heard {
    let caller = Caller::new(app, Identity::User(user));
    caller.subscribe(About::Everything, after).await.unwrap()
}

/// Makes a startup, and gives the id by which its change is known.
async fn change(app: &App, name: &str) -> uuid::Uuid {
    let new = NewStartup {
        profile: Profile::named(name),
        sectors: Vec::new(),
        external_ids: Vec::new(),
    };
    let caller = Caller::new(app, Identity::System);
    caller.create_startup(new, "s").await.unwrap().unwrap().uuid()
}

async fn changes(app: &App, names: std::ops::Range<usize>) -> Vec<uuid::Uuid> {
    let mut ids = Vec::new();
    for n in names {
        ids.push(change(app, &format!("Startup {n:04}")).await);
    }
    ids
}

/// So many changes, which may take their time, and what is heard in a moment after them.
async fn hear(heard: &mut Heard, expected: usize) -> Vec<Activity> {
    let mut all = Vec::new();
    loop {
        let patience = Duration::from_millis(if all.len() < expected { 20_000 } else { 300 });
        match tokio::time::timeout(patience, heard.next()).await {
            Ok(Some(row)) => all.push(row.unwrap()),
            Ok(None) | Err(_) => return all,
        }
    }
}

fn subjects(rows: &[Activity]) -> Vec<uuid::Uuid> {
    rows.iter().map(|row| row.change.subject_id).collect()
}

#[tokio::test]
async fn who_resumes_catches_up_and_goes_on_with_what_is_new() {
    let app = open().await;
    let ada = user(&app, "ada").await;
    let mut first = subscribe(&app, ada, None).await;
    // More than one look brings.
    let made = changes(&app, 0..OPERATIONS_PER_LOOK as usize + 40).await;
    app.feed().look().await.unwrap();
    let seen = first.next().await.unwrap().unwrap();
    drop(first);

    let mut resumed = subscribe(&app, ada, Some(seen.id)).await;
    // These are in a batch, and in what is caught up with: they are heard once.
    let during = changes(&app, 900..903).await;
    app.feed().look().await.unwrap();
    assert_eq!(
        subjects(&hear(&mut resumed, made.len() - 1 + during.len()).await),
        [&made[1..], &during[..]].concat()
    );
    let later = changes(&app, 910..913).await;
    app.feed().look().await.unwrap();
    assert_eq!(subjects(&hear(&mut resumed, later.len()).await), later);
}

#[tokio::test]
async fn who_falls_behind_the_batches_kept_reads_what_was_missed() {
    let app = open().await;
    let ada = user(&app, "ada").await;
    let mut slow = subscribe(&app, ada, None).await;
    let mut made = Vec::new();
    for n in 0..BATCHES_KEPT + 20 {
        made.push(change(&app, &format!("Startup {n:04}")).await);
        // A batch each.
        app.feed().look().await.unwrap();
    }
    assert_eq!(subjects(&hear(&mut slow, made.len()).await), made);
}

#[tokio::test]
async fn who_comes_after_a_batch_asked_for_rights_reads_for_itself() {
    let app = open().await;
    let (ada, ben) = (user(&app, "ada").await, user(&app, "ben").await);
    let mut heard = subscribe(&app, ada, None).await;
    let made = changes(&app, 0..3).await;
    // As when ada took her seat between the asking and the sending.
    let inner = &app.feed().inner;
    let position = inner.position.load(Ordering::Acquire);
    let rows = storage::activity::after(&inner.db, position, OPERATIONS_PER_LOOK)
        .await
        .unwrap();
    let rights = Rights::ask(&inner.db, &rows, &[ben]).await.unwrap();
    assert!(inner.batches.send(Arc::new(Batch { rows, rights })).is_ok());
    assert_eq!(subjects(&hear(&mut heard, made.len()).await), made);
}

#[tokio::test]
async fn a_look_that_fails_takes_nothing_away() {
    let app = open().await;
    let ada = user(&app, "ada").await;
    let mut heard = subscribe(&app, ada, None).await;
    let made = changes(&app, 0..2).await;
    // What was read once more, as after a failure between the reading and the noting of the place, is heard once.
    let position = app.feed().inner.position.load(Ordering::Acquire);
    app.feed().look().await.unwrap();
    app.feed().inner.position.store(position, Ordering::Release);
    app.feed().look().await.unwrap();
    assert_eq!(subjects(&hear(&mut heard, made.len()).await), made);
}
