//! The ledgers of the demonstration, and what they add up to.

use domain::{
    assessment::{Flag, shown},
    evidence::{EvidenceKind, Grade},
};

use crate::{
    Demo,
    assess::{conviction, live},
    day, end_of,
};

fn at_least_to_four_places(found: f64, expected: f64) {
    assert!((found - expected).abs() < 0.000_05, "{found} is not {expected}");
}

/// One demonstration for all of these: it takes some seconds to make, and two of them change it at last.
#[tokio::test]
async fn what_its_ledgers_add_up_to() {
    let demo = Demo::new().await;
    what_is_stored_on_day_zero_is_what_the_formula_says(&demo).await;
    every_flag_is_raised_somewhere_and_every_kind_is_recorded(&demo).await;
    bigclaim_is_words_alone(&demo).await;
    meshwright_was_words_then_and_has_users_now(&demo).await;
    hype_is_spread_from_none_to_nearly_all(&demo).await;
    the_ledger_was_lived_with(&demo).await;
    refuting_bigclaims_customers_fades_its_other_words(&demo).await;
    cubeforge_lacks_one_look_at_its_customers(&demo).await;
}

async fn bigclaim_is_words_alone(demo: &Demo) {
    let ledger = demo.ledger(demo.named("Bigclaim").id, end_of(0)).await;
    assert_eq!(ledger.len(), 4);
    for (record, reviews) in &ledger {
        assert_eq!(record.grade, Grade::Claimed);
        assert_eq!(record.observation.observed_on, day(0));
        assert!(reviews.is_empty());
    }
    let assessed = demo.assessed("Bigclaim", 0).await;
    at_least_to_four_places(assessed.figures.demand, 0.2);
    at_least_to_four_places(assessed.figures.claimed_demand, 0.7720);
    at_least_to_four_places(assessed.figures.hype_share.unwrap(), 0.7409);
    assert!(!assessed.figures.has_proof);
    assert_eq!(conviction(&assessed), "10.0");
    let flags: Vec<Flag> = assessed.figures.flags.iter().collect();
    assert_eq!(flags, [Flag::NoRealUsers, Flag::HypeGap, Flag::ComputeUnproven]);
}

async fn refuting_bigclaims_customers_fades_its_other_words(demo: &Demo) {
    let caller = demo.caller();
    let customers = demo
        .ledger(demo.named("Bigclaim").id, end_of(0))
        .await
        .into_iter()
        .find(|(record, _)| record.observation.kind == EvidenceKind::PayingCustomers)
        .unwrap();
    caller
        .review_evidence(customers.0.id, Grade::Refuted, "called them".into(), "r")
        .await
        .unwrap()
        .unwrap();
    let assessed = demo.assessed("Bigclaim", 0).await;
    assert_eq!(conviction(&assessed), "3.7");
    assert!(assessed.figures.flags.contains(Flag::RefutedClaim));
}

async fn cubeforge_lacks_one_look_at_its_customers(demo: &Demo) {
    let ledger = demo.ledger(demo.named("Cubeforge").id, end_of(0)).await;
    let of = |kind| &ledger.iter().find(|(r, _)| r.observation.kind == kind).unwrap().0;
    let customers = of(EvidenceKind::PayingCustomers);
    assert_eq!(customers.observation.observed_on, day(-31));
    assert_eq!(customers.grade, Grade::Documented);
    let retention = of(EvidenceKind::Retention);
    assert_eq!(retention.observation.sample_size, Some(400));
    assert_eq!(retention.observation.observed_on, day(-61));
    assert_eq!(of(EvidenceKind::ActiveUsers).observation.observed_on, day(-16));
    let before = demo.assessed("Cubeforge", 0).await;
    assert_eq!(conviction(&before), "28.5");
    // Builds on one API, critical, without alternative: 1.5 + 0.5 - 0.25.
    assert!((before.figures.multiplier - 1.75).abs() < 1e-9);
    let asked = demo.asked("Cubeforge").await;
    let place = asked
        .iter()
        .position(|ask| ask.kind == EvidenceKind::PayingCustomers);
    assert!(place.is_some_and(|place| place < 5), "{asked:?}");
    let verified = &asked[place.unwrap()];
    assert_eq!(verified.grade, Grade::Verified);
    assert_eq!(shown::conviction(verified.conviction_then).to_string(), "32.7");
    let caller = demo.caller();
    caller
        .review_evidence(customers.id, Grade::Verified, "called three".into(), "r")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(conviction(&demo.assessed("Cubeforge", 0).await), "32.7");
}

async fn meshwright_was_words_then_and_has_users_now(demo: &Demo) {
    let id = demo.named("Meshwright").id;
    let ledger = demo.ledger(id, end_of(0)).await;
    let contracts = ledger
        .iter()
        .find(|(r, _)| r.observation.kind == EvidenceKind::SignedContracts)
        .unwrap();
    assert_eq!(contracts.0.observation.observed_on, day(-23));
    assert_eq!(contracts.0.observation.valid_until, Some(day(342)));
    let recorded = |at| domain::time::day_in(chrono_tz::Asia::Shanghai, at);
    assert_eq!(recorded(contracts.0.recorded_at), day(-6));
    for (record, _) in ledger.iter().filter(|(r, _)| r.grade == Grade::Documented) {
        assert_eq!(record.observation.observed_on, day(-23));
        assert_eq!(recorded(record.recorded_at), day(-18));
    }
    let fact = |s: &domain::startup::Startup| s.profile.owns_training_data.clone();
    let then = demo
        .caller()
        .startups_by_ids(&[id], Some(end_of(-294)))
        .await
        .unwrap();
    let fact_then = fact(&then[0]).unwrap();
    assert_eq!(
        (fact_then.on, fact_then.grade),
        (Some(day(-310)), Grade::Documented)
    );
    let before = demo
        .caller()
        .startups_by_ids(&[id], Some(end_of(-311)))
        .await
        .unwrap();
    assert_eq!(fact(&before[0]), None, "documented on D-310");

    let passed = demo.assessed("Meshwright", -294).await;
    assert_eq!(conviction(&passed), "5.0");
    for flag in [Flag::HypeGap, Flag::NoRealUsers] {
        assert!(passed.figures.flags.contains(flag), "{flag}");
    }
    assert_eq!(conviction(&demo.assessed("Meshwright", -13).await), "38.5");
    assert_eq!(conviction(&demo.assessed("Meshwright", 0).await), "45.7");
}

async fn what_is_stored_on_day_zero_is_what_the_formula_says(demo: &Demo) {
    let ids: Vec<_> = demo.startups.iter().map(|startup| startup.id).collect();
    let caller = demo.caller();
    let stored = caller.stored_assessments(&ids).await.unwrap();
    for startup in &demo.startups {
        let assessed = demo.assessed(&startup.profile.name, 0).await;
        let row = stored[&startup.id];
        assert_eq!(row.made.day, day(0), "{}", startup.profile.name);
        assert_eq!(
            row.conviction, assessed.figures.conviction,
            "{}",
            startup.profile.name
        );
        assert_eq!(row.flags, assessed.figures.flags, "{}", startup.profile.name);
    }
}

async fn every_flag_is_raised_somewhere_and_every_kind_is_recorded(demo: &Demo) {
    let (mut flags, mut kinds) = (Vec::new(), Vec::new());
    for startup in demo.fictional() {
        flags.extend(demo.assessed(&startup.profile.name, 0).await.figures.flags.iter());
        let ledger = demo.ledger(startup.id, end_of(0)).await;
        kinds.extend(ledger.into_iter().map(|(record, _)| record.observation.kind));
    }
    let missing: Vec<_> = Flag::ALL.iter().filter(|flag| !flags.contains(flag)).collect();
    assert!(missing.is_empty(), "no startup has {missing:?}");
    let missing: Vec<_> = EvidenceKind::ALL
        .iter()
        .filter(|kind| !kinds.contains(kind))
        .collect();
    assert!(missing.is_empty(), "no record is of {missing:?}");
}

async fn hype_is_spread_from_none_to_nearly_all(demo: &Demo) {
    let mut shares = Vec::new();
    let mut nothing_live = Vec::new();
    for startup in demo.fictional() {
        let name = startup.profile.name.clone();
        let assessed = demo.assessed(&name, 0).await;
        assert!(
            !demo.ledger(startup.id, end_of(0)).await.is_empty(),
            "{name} has a ledger"
        );
        if live(&assessed) == 0 {
            nothing_live.push(name);
        } else {
            shares.push((name, assessed.figures.hype_share.unwrap()));
        }
    }
    shares.sort_by(|a, b| a.1.total_cmp(&b.1));
    assert_eq!(nothing_live, ["Shardlight", "Stillpoint"]);
    let under = shares.iter().filter(|(_, share)| *share < 0.15).count();
    let over = shares.iter().filter(|(_, share)| *share > 0.70).count();
    assert!(under >= 6, "{under} under 0.15: {shares:?}");
    assert!(over >= 8, "{over} over 0.70: {shares:?}");
    assert!(shares.len() - under - over >= 8, "{shares:?}");
}

async fn the_ledger_was_lived_with(demo: &Demo) {
    let mut grades = Vec::new();
    let (mut reviews, mut superseded, mut retracted) = (0, 0, 0);
    for startup in demo.fictional() {
        for (record, of) in demo.ledger(startup.id, end_of(0)).await {
            grades.push(record.grade);
            reviews += of.len();
            superseded += usize::from(record.supersedes.is_some());
            retracted += usize::from(record.retracted_at.is_some());
        }
    }
    for grade in Grade::ALL {
        assert!(grades.iter().filter(|g| *g == grade).count() >= 4, "{grade}");
    }
    assert!(
        reviews >= 20 && superseded >= 2 && retracted >= 3,
        "{reviews} {superseded} {retracted}"
    );
}
