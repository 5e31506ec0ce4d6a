//! Who calls: looked up once, however many ask at the same time.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_app as app;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use app::{Caller, Error, Identity, Secret};
use chrono::TimeDelta;
use domain::{Role, Scope};
use futures::future::join_all;
use test_support::TestWorkspace;

#[tokio::test]
async fn who_asks_side_by_side_looks_up_once() {
    let workspace = TestWorkspace::new().await;
    let ada = workspace.user("ada", Role::Analyst).await;
    let statements = Arc::new(AtomicU64::new(0));
    let caller = Caller::new(&workspace.app, Identity::User(ada)).counting(Arc::clone(&statements));
    caller.viewer().await.unwrap();
    let of_one = statements.swap(0, Ordering::SeqCst);
    assert!(of_one > 0);

    let caller = Caller::new(&workspace.app, Identity::User(ada)).counting(Arc::clone(&statements));
    for viewer in join_all((0..10).map(|_| caller.viewer())).await {
        assert_eq!(viewer.unwrap().user_id, ada);
    }
    assert_eq!(statements.load(Ordering::SeqCst), of_one);
}

/// A token's caller, and the counter of its statements.
fn with_token(workspace: &TestWorkspace, secret: &str) -> (Caller, Arc<AtomicU64>) {
    let statements = Arc::new(AtomicU64::new(0));
    let identity = Identity::Token(Secret::sent(secret.to_owned()));
    let caller = Caller::new(&workspace.app, identity).counting(Arc::clone(&statements));
    (caller, statements)
}

#[tokio::test]
async fn whose_token_it_is_is_remembered_until_it_is_revoked() {
    let workspace = TestWorkspace::new().await;
    let ada = workspace.user("ada", Role::Analyst).await;
    let own = Caller::new(&workspace.app, Identity::User(ada));
    let made = own
        .create_token(None, "script".into(), vec![Scope::Read], None, "t")
        .await
        .unwrap()
        .unwrap();
    let secret = made.secret.unwrap();

    let (first, statements) = with_token(&workspace, &secret);
    assert_eq!(first.admit().await.unwrap().0.user_id, ada);
    assert!(statements.load(Ordering::SeqCst) > 0);
    let (again, statements) = with_token(&workspace, &secret);
    assert_eq!(again.admit().await.unwrap().0.user_id, ada);
    assert_eq!(statements.load(Ordering::SeqCst), 0, "remembered");

    own.revoke_token(made.id, "r").await.unwrap().unwrap();
    let (refused, _) = with_token(&workspace, &secret);
    assert!(
        matches!(refused.admit().await, Err(Error::Unauthenticated)),
        "at once"
    );
}

#[tokio::test]
async fn a_remembered_token_ends_when_it_expires() {
    let workspace = TestWorkspace::new().await;
    let ada = workspace.user("ada", Role::Analyst).await;
    let own = Caller::new(&workspace.app, Identity::User(ada));
    let expires_at = workspace.app.now() + TimeDelta::milliseconds(500);
    let made = own
        .create_token(None, "script".into(), vec![Scope::Read], Some(expires_at), "t")
        .await
        .unwrap()
        .unwrap();
    let secret = made.secret.unwrap();
    let (caller, _) = with_token(&workspace, &secret);
    caller.admit().await.unwrap();
    workspace.pass(TimeDelta::milliseconds(500));
    let (late, _) = with_token(&workspace, &secret);
    assert!(matches!(late.admit().await, Err(Error::Unauthenticated)));
}
