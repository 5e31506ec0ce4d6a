//! Who calls: looked up once, however many ask at the same time.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_app as app;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use app::{Caller, Identity};
use domain::Role;
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
