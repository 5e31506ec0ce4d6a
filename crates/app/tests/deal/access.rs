//! To one who may not see a restricted deal, it does not exist.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use app::{
    activity::About,
    deal::{Filter, Order},
    page::Page,
};
use chrono::TimeDelta;
use domain::{
    DealId, Message, ProblemCode, Role,
    deal::{Round, TermsEdit, Visibility},
    typed,
};
use uuid::Uuid;

use crate::world::{Member, World, code, refusal, to_stage};

/// Every way in which a member could come upon the deal.
async fn traces(member: &Member, world: &World, id: DealId) -> Vec<&'static str> {
    let mut found = Vec::new();
    let caller = member.call();
    let filter = Filter::default();
    let mut note = |seen: bool, what| {
        if seen {
            found.push(what);
        }
    };
    note(
        !caller.deals_by_ids(&[id], None).await.unwrap().is_empty(),
        "lookup",
    );
    note(
        !caller
            .deals_by_ids(&[id], Some(world.now()))
            .await
            .unwrap()
            .is_empty(),
        "lookup as of",
    );
    note(
        !caller
            .deals(&filter, Order::CreatedAt, false, &Page::first(9))
            .await
            .unwrap()
            .rows
            .is_empty(),
        "list",
    );
    note(caller.deal_count(&filter).await.unwrap() > 0, "count");
    let as_of = Filter {
        as_of: Some(world.now()),
        ..Filter::default()
    };
    note(caller.deal_count(&as_of).await.unwrap() > 0, "count as of");
    note(
        !caller
            .deals_of(&[world.startup], &filter, &Page::first(9))
            .await
            .unwrap()
            .is_empty(),
        "list of the startup",
    );
    note(
        !caller
            .deal_counts_of(&[world.startup], &filter)
            .await
            .unwrap()
            .is_empty(),
        "count of the startup",
    );
    note(
        !caller.deal_changes(&[id], None).await.unwrap().is_empty(),
        "history",
    );
    note(
        caller.activity_count(About::Deal(id)).await.unwrap() > 0,
        "activity",
    );
    let rows = caller
        .activity(About::Startup(world.startup), None, false, 99)
        .await
        .unwrap()
        .rows;
    note(
        rows.iter().any(|row| row.change.deal_id.is_some()),
        "activity of the startup",
    );
    let has = app::startup::Filter {
        has_active_deal: Some(true),
        ..Default::default()
    };
    note(
        caller.startup_count(&has).await.unwrap() > 0,
        "filter of startups",
    );
    found
}

#[tokio::test]
async fn a_restricted_deal_is_seen_by_its_team_and_administrators_alone() {
    let world = World::new().await;
    let opener = world.user("opener", Role::Analyst).await;
    let owner = world.user("owner", Role::Viewer).await;
    let named = world.user("named", Role::Viewer).await;
    let admin = world.user("admin", Role::Admin).await;
    let partner = world.user("partner", Role::Partner).await;
    let mut new = world.secret(Round::A);
    new.terms.owner_id = Some(Some(owner.id));
    new.terms.team = Some(vec![named.id]);
    let deal = opener.open(new).await;
    for member in [&opener, &owner, &named, &admin] {
        assert_eq!(traces(member, &world, deal.id).await.len(), 11);
    }
    assert_eq!(traces(&partner, &world, deal.id).await, [] as [&str; 0]);

    let then = world.now();
    world.pass(TimeDelta::hours(1));
    opener
        .edit(
            &deal,
            TermsEdit {
                visibility: Some(Visibility::Team),
                ..TermsEdit::default()
            },
        )
        .await
        .unwrap();
    assert_eq!(traces(&partner, &world, deal.id).await.len(), 11);
    let was = partner
        .call()
        .deals_by_ids(&[deal.id], Some(then))
        .await
        .unwrap()
        .pop()
        .expect("the past with today's rights");
    assert_eq!(was.terms.visibility, Visibility::Restricted);

    let deal = partner.deal(deal.id).await;
    world.pass(TimeDelta::hours(1));
    let gone = partner
        .edit(
            &deal,
            TermsEdit {
                visibility: Some(Visibility::Restricted),
                ..TermsEdit::default()
            },
        )
        .await;
    assert_eq!(gone, Ok(deal.id), "who loses sight of it may still do so");
    assert_eq!(traces(&partner, &world, deal.id).await, [] as [&str; 0]);
    assert!(
        partner
            .call()
            .deals_by_ids(&[deal.id], Some(then))
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_hidden_id_answers_as_one_that_never_was() {
    let world = World::new().await;
    let opener = world.user("opener", Role::Analyst).await;
    let other = world.user("other", Role::Partner).await;
    let deal = opener.open(world.secret(Round::A)).await;
    let nothing: DealId = typed(Uuid::from_u128(0x0191_0000_0000_7000_8000_0000_0000_0009));
    let mut answers = Vec::new();
    for id in [deal.id, nothing] {
        let counter = Arc::new(AtomicU64::new(0));
        let caller = || other.call().counting(Arc::clone(&counter));
        let edit = TermsEdit {
            title: Some("Mine".into()),
            ..TermsEdit::default()
        };
        let mut problems = vec![
            refusal(caller().update_deal(id, 1, edit, "d").await.unwrap()),
            refusal(
                caller()
                    .move_deal(id, 1, to_stage("SCREENING"), "d")
                    .await
                    .unwrap(),
            ),
            refusal(caller().void_move(id, 1, "a slip".into(), "d").await.unwrap()),
        ];
        assert!(caller().deals_by_ids(&[id], None).await.unwrap().is_empty());
        for problem in &mut problems {
            assert_eq!(problem.message, Message::NotFound { id: id.to_string() });
            problem.message = Message::NothingToUndo;
        }
        answers.push((problems, counter.load(Ordering::SeqCst)));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn who_may_only_read_changes_nothing() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let eve = world.user("eve", Role::Viewer).await;
    let deal = ann.open(world.opening(Round::A)).await;
    assert!(matches!(
        eve.call().open_deal(world.opening(Round::B), "d").await,
        Err(app::Error::Forbidden(_))
    ));
    assert!(matches!(
        eve.call()
            .update_deal(deal.id, 1, TermsEdit::default(), "d")
            .await,
        Err(app::Error::Forbidden(_))
    ));
    assert!(eve.sees(deal.id).await);
    assert_eq!(
        code(
            ann.call()
                .update_deal(deal.id, 9, TermsEdit::default(), "d")
                .await
                .unwrap()
        ),
        ProblemCode::StaleVersion
    );
}
