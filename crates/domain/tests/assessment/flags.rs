//! Every flag of domain.md §4, raised and not raised, with the records behind it and its words.

use domain::{
    Language,
    assessment::{Because, ChecklistState, ComputeItem, DependencyMode, DependencyTerms, Fact, Flag, Traits},
    evidence::{EvidenceKind, Grade, RevenueBasis},
    startup::{Facts, Layer, Need, TechnicalRoute},
};

use crate::ledger::{Build as _, Ledger, bigclaim, critical_api, cubeforge, day, holds, id, record};
use EvidenceKind::{ActiveUsers, PayingCustomers, RecurringRevenue, SignedContracts, WebTraffic};

const NOW: &str = "2024-07-31";

/// The same startup with the flag and without; both languages say why.
#[track_caller]
fn only_first_raises(flag: Flag, with: &Ledger, without: &Ledger) {
    let reason = with
        .flag(flag, NOW)
        .unwrap_or_else(|| panic!("{flag} should be raised"));
    for language in [Language::En, Language::Zh] {
        let words = reason.text(language);
        assert!(
            words.ends_with(['.', '。']) && !words.contains(['{', '}']),
            "{words}"
        );
        assert!(!flag.name(language).is_empty());
    }
    assert_eq!(without.flag(flag, NOW), None, "{flag} should not be raised");
}

fn customers(count: i64, on: &str, grade: Grade) -> domain::assessment::Record {
    record(PayingCustomers, count, on).graded(grade)
}

#[test]
fn no_real_users_until_a_documented_figure_of_use_still_counts() {
    let flag = Flag::NoRealUsers;
    let proof = Ledger::new().with(customers(20, "2024-07-01", Grade::Documented));
    only_first_raises(flag, &Ledger::new(), &proof);
    only_first_raises(
        flag,
        &Ledger::new().with(customers(100, "2024-07-01", Grade::Claimed)),
        &proof,
    );
    let interest = record(WebTraffic, 9_000_000, "2024-07-01").graded(Grade::Verified);
    only_first_raises(flag, &Ledger::new().with(interest), &proof);
    let long_ago = customers(20, "2021-01-01", Grade::Verified);
    only_first_raises(flag, &Ledger::new().with(long_ago), &proof);
    let reason = Ledger::new()
        .with(customers(100, "2024-07-01", Grade::Claimed))
        .flag(flag, NOW)
        .unwrap();
    assert_eq!(
        reason.because,
        Because::NothingProven {
            live: 1,
            documented: 0
        }
    );
    assert_eq!(reason.evidence, [id(1)]);
}

#[test]
fn relabelled_ai_where_a_large_model_is_claimed_on_the_route_of_before() {
    let claims = |grade, route| {
        Ledger::new()
            .route(route)
            .edit(|traits| traits.claims_large_model = Some(holds(grade)))
    };
    let with = claims(Grade::Claimed, TechnicalRoute::PreLlmAi);
    only_first_raises(
        Flag::RelabelledAi,
        &with,
        &claims(Grade::Claimed, TechnicalRoute::Unknown),
    );
    only_first_raises(
        Flag::RelabelledAi,
        &with,
        &claims(Grade::Refuted, TechnicalRoute::PreLlmAi),
    );
    let denies = with.clone().edit(|traits| {
        traits.claims_large_model = Some(Fact {
            holds: false,
            grade: Grade::Verified,
        });
    });
    only_first_raises(Flag::RelabelledAi, &with, &denies);
}

#[test]
fn check_the_route_of_what_was_launched_before_large_models() {
    let launched = |on: &str| {
        Ledger::new().edit(|traits| {
            traits.claims_large_model = Some(holds(Grade::Documented));
            traits.product_launched_on = Some(day(on));
        })
    };
    only_first_raises(Flag::CheckRoute, &launched("2022-11-29"), &launched("2022-11-30"));
    let known = launched("2022-11-29").route(TechnicalRoute::TunesBaseModel);
    only_first_raises(Flag::CheckRoute, &launched("2022-11-29"), &known);
    let silent = launched("2022-11-29").edit(|traits| traits.claims_large_model = None);
    only_first_raises(Flag::CheckRoute, &launched("2022-11-29"), &silent);
}

#[test]
fn thin_wrapper_where_an_app_on_an_api_has_nothing_proven_of_its_own() {
    let wrapper = Ledger::new().layer(Layer::App).route(TechnicalRoute::BuildsOnApi);
    let said = wrapper
        .clone()
        .edit(|traits| traits.usage_flywheel = Some(holds(Grade::Claimed)));
    let data = wrapper
        .clone()
        .edit(|traits| traits.owns_training_data = Some(holds(Grade::Documented)));
    let flywheel = wrapper
        .clone()
        .edit(|traits| traits.usage_flywheel = Some(holds(Grade::Verified)));
    let middle = wrapper.clone().layer(Layer::Middleware);
    for without in [&data, &flywheel, &middle] {
        only_first_raises(Flag::ThinWrapper, &wrapper, without);
        only_first_raises(Flag::ThinWrapper, &said, without);
    }
}

#[test]
fn single_provider_while_a_critical_dependency_without_alternative_is_in_force() {
    let on = |terms| cubeforge_without_provider().depends(terms);
    let with = on(critical_api());
    let without: [fn(&mut DependencyTerms); 6] = [
        |terms| terms.is_critical = false,
        |terms| terms.has_alternative = true,
        |terms| terms.is_external = false,
        |terms| terms.mode = DependencyMode::SelfHosted,
        |terms| terms.since = Some(day("2024-08-01")),
        |terms| terms.until = Some(day("2024-07-31")),
    ];
    for change in without {
        let mut terms = critical_api();
        change(&mut terms);
        only_first_raises(Flag::SingleProvider, &with, &on(terms));
    }
    let mut last_day = critical_api();
    (last_day.since, last_day.until) = (Some(day("2024-07-31")), Some(day("2024-08-01")));
    only_first_raises(Flag::SingleProvider, &on(last_day), &cubeforge_without_provider());
}

fn cubeforge_without_provider() -> Ledger {
    Ledger::new().route(TechnicalRoute::BuildsOnApi)
}

#[test]
fn single_provider_is_said_where_the_clamp_hides_its_cost() {
    let ledger = Ledger::new().depends(critical_api());
    let found = ledger.assess(NOW);
    assert!((found.figures.multiplier - 1.0).abs() < f64::EPSILON && found.multiplier.is_clamped());
    let reason = ledger.flag(Flag::SingleProvider, NOW).unwrap();
    assert!(
        reason.text(Language::En).contains("hides"),
        "{}",
        reason.text(Language::En)
    );
    assert!(
        !cubeforge()
            .flag(Flag::SingleProvider, NOW)
            .unwrap()
            .text(Language::En)
            .contains("hides")
    );
}

#[test]
fn stale_evidence_when_nothing_documented_came_for_180_days() {
    let flag = Flag::StaleEvidence;
    let stale = Ledger::new().with(customers(50, "2024-02-01", Grade::Verified)); // 181 days
    let fresh = Ledger::new().with(customers(50, "2024-02-02", Grade::Verified)); // 180 days
    only_first_raises(flag, &stale, &fresh);
    let never = Ledger::new().with(customers(50, "2024-02-01", Grade::Claimed));
    only_first_raises(flag, &stale, &never);
    let too_little = Ledger::new().with(record(ActiveUsers, 1, "2024-02-01").graded(Grade::Documented));
    only_first_raises(flag, &stale, &too_little);
    // Words do not freshen it; another figure of use does.
    let words = stale.clone().with(record(ActiveUsers, 9_000, "2024-07-01"));
    only_first_raises(flag, &words, &fresh);
    let another = stale
        .clone()
        .with(record(ActiveUsers, 9_000, "2024-07-01").graded(Grade::Documented));
    only_first_raises(flag, &stale, &another);
    assert_eq!(
        stale.flag(flag, NOW).unwrap().because,
        Because::NothingNewSince {
            on: day("2024-02-01"),
            days: 181
        }
    );
}

#[test]
fn stale_evidence_of_what_was_proof_once_and_is_none_any_more() {
    let faded = Ledger::new().with(customers(50, "2020-02-01", Grade::Verified));
    assert!(!faded.assess(NOW).figures.has_proof);
    assert!(faded.flag(Flag::StaleEvidence, NOW).is_some());
    // Recorded late, it never was proof while we knew of it.
    let late = Ledger::new().with(customers(50, "2018-02-01", Grade::Verified).recorded("2024-07-01"));
    assert!(late.flag(Flag::StaleEvidence, NOW).is_none());
}

#[test]
fn a_figure_of_little_weight_was_proof_too() {
    let ratings = record(EvidenceKind::AppStoreRatings, 1_000, "2022-02-01").graded(Grade::Documented);
    let found = Ledger::new().with(ratings).assess(NOW);
    assert!(!found.figures.has_proof && found.figures.flags.contains(Flag::StaleEvidence));
}

#[test]
fn contracts_in_force_are_not_stale() {
    let contract = |until: &str| {
        Ledger::new().with(
            record(SignedContracts, 5, "2023-06-01")
                .graded(Grade::Documented)
                .until(until),
        )
    };
    only_first_raises(
        Flag::StaleEvidence,
        &contract("2024-07-30"),
        &contract("2024-07-31"),
    );
}

#[test]
fn declining_use_when_a_standing_figure_is_under_seven_tenths_of_the_one_before() {
    let flag = Flag::DecliningUse;
    let went = |from: i64, to: i64, from_on: &str, from_grade, to_grade| {
        Ledger::new()
            .with(customers(from, from_on, from_grade))
            .with(customers(to, "2024-07-01", to_grade))
    };
    let (documented, verified) = (Grade::Documented, Grade::Verified);
    let fell = went(100, 69, "2024-01-01", documented, documented);
    only_first_raises(flag, &fell, &went(100, 70, "2024-01-01", documented, documented));
    only_first_raises(flag, &fell, &went(100, 69, "2023-05-27", documented, documented)); // 401 days
    only_first_raises(
        flag,
        &went(100, 69, "2023-05-28", documented, verified),
        &went(100, 150, "2024-01-01", verified, verified),
    );
    only_first_raises(
        flag,
        &fell,
        &went(100, 69, "2024-01-01", Grade::Claimed, documented),
    );
    assert_eq!(fell.flag(flag, NOW).unwrap().evidence, [id(2), id(1)]);
}

#[test]
fn a_slow_decline_is_seen_against_the_highest_figure_of_the_year() {
    let ledger = Ledger::new()
        .with(customers(100, "2023-10-01", Grade::Documented))
        .with(customers(80, "2024-03-01", Grade::Documented))
        .with(customers(65, "2024-07-01", Grade::Documented));
    let reason = ledger.flag(Flag::DecliningUse, NOW).unwrap();
    assert_eq!(reason.evidence, [id(3), id(1)]);
}

#[test]
fn of_several_falls_the_deepest_is_told() {
    let ledger = Ledger::new()
        .with(customers(100, "2023-10-01", Grade::Documented))
        .with(customers(95, "2024-03-01", Grade::Documented))
        .with(customers(60, "2024-07-01", Grade::Documented));
    assert_eq!(
        ledger.flag(Flag::DecliningUse, NOW).unwrap().evidence,
        [id(3), id(1)]
    );
}

#[test]
fn fewer_who_look_are_no_decline_of_use() {
    let visits = |count, on| record(WebTraffic, count, on).graded(Grade::Documented);
    let ledger = Ledger::new()
        .with(visits(100_000, "2024-01-01"))
        .with(visits(10_000, "2024-07-01"));
    assert!(ledger.flag(Flag::DecliningUse, NOW).is_none());
}

#[test]
fn revenue_declines_in_its_own_currency_and_against_another_by_its_worth() {
    let revenue = |value, code, on| {
        record(RecurringRevenue, value, on)
            .currency(code)
            .basis(RevenueBasis::Collected)
            .graded(Grade::Documented)
    };
    let in_yuan = Ledger::new()
        .with(revenue(1_000_000, "CNY", "2024-01-01"))
        .with(revenue(800_000, "CNY", "2024-07-01"));
    assert!(in_yuan.flag(Flag::DecliningUse, NOW).is_none());
    let to_dollars = Ledger::new()
        .with(revenue(1_000_000, "CNY", "2024-01-01"))
        .with(revenue(80_000, "USD", "2024-07-01"));
    assert!(
        to_dollars.flag(Flag::DecliningUse, NOW).is_none(),
        "no rate, nothing to compare"
    );
    let rated = to_dollars.rate("CNY", "2024-01-01", "0.14");
    assert!(rated.flag(Flag::DecliningUse, NOW).is_some());
}

#[test]
fn refuted_claim_while_a_refuted_record_is_live() {
    let flag = Flag::RefutedClaim;
    let refuted = || customers(100, "2024-07-01", Grade::Claimed).reviewed(Grade::Refuted, "2024-07-10");
    let with = Ledger::new().with(refuted());
    only_first_raises(
        flag,
        &with,
        &Ledger::new().with(refuted().retracted("2024-07-20")),
    );
    only_first_raises(
        flag,
        &with,
        &Ledger::new().with(refuted().reviewed(Grade::Verified, "2024-07-20")),
    );
    let overtaken = with.clone().with(customers(3, "2024-07-20", Grade::Claimed));
    assert!(overtaken.flag(flag, NOW).is_some(), "overtaken, but live");
}

#[test]
fn hype_gap_from_a_claim_of_some_weight_on_that_is_half_believed() {
    let flag = Flag::HypeGap;
    only_first_raises(flag, &bigclaim(), &cubeforge());
    let small = Ledger::new().with(customers(2, "2023-07-31", Grade::Claimed));
    let found = small.assess(NOW).figures;
    assert!(found.claimed_demand < 0.15 && found.hype_share.unwrap() > 0.5);
    only_first_raises(flag, &bigclaim(), &small);
    assert_eq!(bigclaim().flag(flag, NOW).unwrap().evidence.len(), 4);
}

#[test]
fn compute_unproven_until_compute_and_data_of_a_model_are_ok() {
    let model = Ledger::new().layer(Layer::Model);
    let half = model.clone().checked(ComputeItem::Compute, ChecklistState::Ok);
    let concern = half
        .clone()
        .checked(ComputeItem::TrainingData, ChecklistState::Concern);
    let ok = half
        .clone()
        .checked(ComputeItem::TrainingData, ChecklistState::Ok);
    for with in [&model, &half, &concern] {
        only_first_raises(Flag::ComputeUnproven, with, &ok);
        only_first_raises(Flag::ComputeUnproven, with, &with.clone().layer(Layer::App));
    }
}

#[test]
fn no_need_until_somebody_pays() {
    let nobody = Ledger::new().edit(|traits| traits.names_payer = false);
    only_first_raises(Flag::NoNeed, &nobody, &Ledger::new());
    let with = |payer: &str| {
        let need = Need {
            payer: Some(payer.into()),
            ..Need::default()
        };
        Traits::of(None, TechnicalRoute::Unknown, &Facts::default(), &need, None).names_payer
    };
    assert!(with("game studios") && !with("  "));
}

#[test]
fn no_rate_for_revenue_whose_currency_had_none_in_31_days() {
    let flag = Flag::NoRate;
    let revenue = |value| Ledger::new().with(record(RecurringRevenue, value, "2024-07-01").currency("CNY"));
    let some = revenue(Some(1_000_000));
    only_first_raises(flag, &some, &some.clone().rate("CNY", "2024-05-31", "0.14")); // 31 days
    only_first_raises(
        flag,
        &some.clone().rate("CNY", "2024-05-30", "0.14"),
        &some.clone().rate("CNY", "2024-07-01", "0.14"),
    );
    only_first_raises(
        flag,
        &some.clone().rate("CNY", "2024-07-02", "0.14"),
        &revenue(None),
    );
    assert_eq!(
        some.flag(flag, NOW).unwrap().because,
        Because::RateMissing {
            currencies: vec!["CNY".into()]
        }
    );
}
