//! The demo fund's deals of two years.

use std::collections::BTreeSet;

use app::{
    Caller, Identity,
    deal::{Filter, Order},
};
use chrono::TimeDelta;
use domain::{
    Role,
    deal::{Deal, DealStatus, PassReason, Round, Visibility},
};

use crate::{Demo, day, end_of, page};

async fn deals(caller: &Caller) -> Vec<Deal> {
    caller
        .deals(&Filter::default(), Order::Title, false, &page())
        .await
        .unwrap()
        .rows
}

/// One demonstration for all of these: it takes some seconds to make.
#[tokio::test]
async fn what_became_of_its_deals() {
    let demo = Demo::new().await;
    deals_are_in_every_stage_status_and_round(&demo).await;
    whoever_signs_in_first_is_an_administrator_with_six_active_deals(&demo).await;
    a_viewer_does_not_see_the_restricted_deal(&demo).await;
    meshwright_and_two_more_were_passed_and_wait_for_the_same_ability(&demo).await;
    pass_notes_and_reasons_are_in_both_languages(&demo).await;
    meshwright_was_funded_by_others_and_waits_with_two_more_for_a_capability(&demo).await;
    two_funds_may_do_its_deals(&demo).await;
}

async fn deals_are_in_every_stage_status_and_round(demo: &Demo) {
    let deals = deals(&demo.caller()).await;
    let rounds: BTreeSet<Round> = deals.iter().map(|d| d.terms.round).collect();
    assert_eq!(rounds.len(), Round::ALL.len(), "{rounds:?}");
    let statuses: BTreeSet<DealStatus> = deals.iter().map(|d| d.standing.status).collect();
    assert_eq!(statuses.len(), DealStatus::ALL.len());
    for stage in demo.caller().stages(None).await.unwrap() {
        let active = deals
            .iter()
            .filter(|d| d.standing.stage_id == stage.id && d.standing.status == DealStatus::Active);
        assert!(active.count() >= 1, "nothing is active in {}", stage.key);
    }
    let reasons: BTreeSet<PassReason> = deals.iter().filter_map(|d| d.standing.pass_reason).collect();
    assert_eq!(reasons.len(), PassReason::ALL.len(), "{reasons:?}");
    let first = deals.iter().map(|d| d.opened_at).min().unwrap();
    assert!(end_of(0) - first > TimeDelta::days(690), "two years: {first}");
}

async fn whoever_signs_in_first_is_an_administrator_with_six_active_deals(demo: &Demo) {
    let caller = demo.caller();
    let partner = caller.user_by_email(app::demo::PARTNER).await.unwrap().unwrap();
    assert_eq!(partner.role, Role::Admin);
    let own = deals(&caller)
        .await
        .into_iter()
        .filter(|d| d.standing.status == DealStatus::Active && d.terms.owner_id == Some(partner.id));
    assert_eq!(own.count(), 6);
    let mut roles: Vec<Role> = caller.users().await.unwrap().iter().map(|u| u.role).collect();
    roles.sort_unstable();
    assert_eq!(
        roles,
        [
            Role::Viewer,
            Role::Analyst,
            Role::Analyst,
            Role::Partner,
            Role::Partner,
            Role::Admin
        ]
    );
}

async fn a_viewer_does_not_see_the_restricted_deal(demo: &Demo) {
    let all = deals(&demo.caller()).await;
    let restricted = all
        .iter()
        .filter(|d| d.terms.visibility == Visibility::Restricted);
    assert_eq!(restricted.count(), 1);
    let viewer = demo
        .caller()
        .user_by_email("vera@touchstone.example")
        .await
        .unwrap()
        .unwrap();
    let seen = deals(&Caller::new(&demo.app, Identity::User(viewer.id))).await;
    assert_eq!(seen.len(), all.len() - 1);
}

async fn meshwright_and_two_more_were_passed_and_wait_for_the_same_ability(demo: &Demo) {
    let deals = deals(&demo.caller()).await;
    let of = |name: &str| {
        let id = demo.named(name).id;
        deals.iter().find(|d| d.startup_id == id).unwrap()
    };
    let awaited = of("Meshwright").terms.revisit_trigger.clone();
    assert!(awaited.as_deref().unwrap().contains("usable 3D assets"));
    let waiting: BTreeSet<_> = deals
        .iter()
        .filter(|d| d.standing.status == DealStatus::Passed && d.terms.revisit_trigger == awaited)
        .map(|d| d.startup_id)
        .collect();
    assert_eq!(waiting.len(), 3);
    let meshwright = of("Meshwright");
    assert_eq!(meshwright.standing.pass_reason, Some(PassReason::Timing));
    let changes = demo.caller().deal_changes(&[meshwright.id], None).await.unwrap();
    let passed = changes[&meshwright.id].last().unwrap();
    let on = |at| domain::time::day_in(chrono_tz::Asia::Shanghai, at);
    assert_eq!(
        (on(passed.occurred_at), on(passed.recorded_at)),
        (day(-294), day(-294))
    );
    let then = demo
        .caller()
        .deals_by_ids(&[meshwright.id], Some(end_of(-295)))
        .await
        .unwrap();
    assert_eq!(
        then[0].standing.status,
        DealStatus::Active,
        "as known the day before"
    );
}

async fn meshwright_was_funded_by_others_and_waits_with_two_more_for_a_capability(demo: &Demo) {
    let caller = demo.caller();
    let id = demo.named("Meshwright").id;
    let all = deals(&caller).await;
    let meshwright = all.iter().find(|d| d.startup_id == id).unwrap();
    let outcomes = caller.outcomes_of(&[meshwright.id], None).await.unwrap();
    let outcome = &outcomes[&meshwright.id][0].outcome;
    assert_eq!(outcome.on, day(-40));
    assert!(outcome.what.contains("Another fund"), "{}", outcome.what);
    let capabilities = caller.beliefs::<domain::belief::OfModels>(None).await.unwrap();
    let usable = capabilities
        .iter()
        .find(|one| one.profile.statement.contains("usable 3D assets"))
        .unwrap();
    assert_eq!(usable.status(), domain::belief::CapabilityStatus::Partly);
    assert_eq!(usable.profile.startup_ids.len(), 4);
    let waiting = caller.waiting_deals(&[usable.id], None).await.unwrap();
    let mut names: Vec<_> = waiting.iter().map(|deal| deal.startup_id).collect();
    names.sort_unstable();
    let mut expected = ["Meshwright", "Rigwright", "Propshop"].map(|name| demo.named(name).id);
    expected.sort_unstable();
    assert_eq!(names, expected);
    assert!(waiting.iter().all(|deal| deal.revisit_due.is_none()));
    let theses = caller.beliefs::<domain::belief::OfFund>(None).await.unwrap();
    assert_eq!((theses.len(), capabilities.len()), (5, 4));
    let watched: Vec<_> = all.iter().map(|d| d.id).collect();
    assert!(caller.outcomes_of(&watched, None).await.unwrap().len() >= 4);
    let waiting = all.iter().filter(|d| d.terms.revisit_when.is_some());
    assert!(waiting.count() >= 3);
}

async fn two_funds_may_do_its_deals(demo: &Demo) {
    let funds = demo.caller().funds(None).await.unwrap();
    let currencies: Vec<&str> = funds.iter().map(|fund| fund.currency.code()).collect();
    assert_eq!(currencies, ["CNY", "USD"]);
    let all = deals(&demo.caller()).await;
    for fund in &funds {
        let named = all.iter().filter(|d| d.terms.fund_ids.contains(&fund.id));
        assert!(named.count() >= 5, "{}", fund.name);
    }
}

async fn pass_notes_and_reasons_are_in_both_languages(demo: &Demo) {
    let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let deals = deals(&demo.caller()).await;
    let ids: Vec<_> = deals.iter().map(|d| d.id).collect();
    let changes = demo.caller().deal_changes(&ids, None).await.unwrap();
    let notes = deals.iter().filter_map(|d| d.standing.pass_note.clone());
    let steps = deals.iter().filter_map(|d| d.terms.next_step.clone());
    let reasons = changes.values().flatten().filter_map(|c| c.reason.clone());
    let mut seen = 0;
    for text in notes.chain(steps).chain(reasons) {
        assert!(text.contains(" / ") && text.chars().any(is_han), "{text}");
        seen += 1;
    }
    assert!(seen >= 35, "{seen}");
}
