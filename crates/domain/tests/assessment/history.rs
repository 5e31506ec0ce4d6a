//! An instant is assessed by what was known at it.

use domain::{
    assessment::{
        ChecklistAnswer, ChecklistState, ComputeItem, Flag, Inputs, Known, Overtaken, Traits, figures,
    },
    evidence::{ActivityWindow, EvidenceKind, Grade, RevenueBasis},
    startup::TechnicalRoute,
};

use crate::ledger::{Build as _, Ledger, at, critical_api, id, record};
use EvidenceKind::{ActiveUsers, CustomerReferences, PayingCustomers, RecurringRevenue, Retention};

const NOW: &str = "2024-07-31";

fn customers(count: i64, on: &str) -> domain::assessment::Record {
    record(PayingCustomers, count, on)
}

fn standing(ledger: &Ledger, when: &str) -> Vec<u128> {
    let mut standing: Vec<u128> = ledger
        .assess(when)
        .standing()
        .map(|id| id.uuid().as_u128())
        .collect();
    standing.sort_unstable();
    standing
}

#[test]
fn a_correction_stands_for_the_old_record_until_it_is_retracted_itself() {
    let ledger = Ledger::new().with(customers(10, "2024-01-10")).with(
        customers(12, "2024-01-10")
            .recorded("2024-02-01")
            .instead_of(1)
            .retracted("2024-03-01"),
    );
    assert_eq!(standing(&ledger, "2024-01-31"), [1]);
    assert_eq!(standing(&ledger, "2024-02-01"), [2]);
    assert_eq!(standing(&ledger, "2024-03-01"), [1]);
}

#[test]
fn with_the_middle_of_a_chain_retracted_both_its_ends_are_live() {
    let chain = Ledger::new()
        .with(customers(10, "2024-01-10").segment("cn"))
        .with(customers(12, "2024-01-10").recorded("2024-02-01").instead_of(1))
        .with(
            customers(14, "2024-01-10")
                .recorded("2024-02-02")
                .instead_of(2)
                .segment("us"),
        );
    assert_eq!(standing(&chain, "2024-03-01"), [3]);
    let mut rows = chain.history();
    rows.records[1].retracted_at = Some(at("2024-02-20"));
    let inputs = Inputs::new(chain.yardstick(), rows);
    let live: Vec<_> = domain::assessment::assess(&inputs, at("2024-03-01"))
        .standing()
        .collect();
    assert_eq!(live.len(), 2);
}

#[test]
fn words_never_push_out_a_document_but_a_document_pushes_out_words() {
    let ledger = Ledger::new()
        .with(customers(10, "2024-01-10").graded(Grade::Documented))
        .with(customers(90, "2024-05-10"));
    assert_eq!(standing(&ledger, NOW), [1, 2]);
    let ledger = ledger.with(customers(12, "2024-06-10").graded(Grade::Documented));
    assert_eq!(standing(&ledger, NOW), [3]);
    assert_eq!(
        ledger.assess(NOW).overtaken,
        [
            Overtaken {
                evidence: id(1),
                by: id(3)
            },
            Overtaken {
                evidence: id(2),
                by: id(3)
            }
        ]
    );
}

#[test]
fn a_refuted_figure_pushes_out_words_never_a_document() {
    let refuted = || customers(90, "2024-05-10").reviewed(Grade::Refuted, "2024-05-20");
    let words = Ledger::new().with(customers(10, "2024-01-10")).with(refuted());
    assert_eq!(standing(&words, NOW), [2]);
    let document = Ledger::new()
        .with(customers(10, "2024-01-10").graded(Grade::Documented))
        .with(refuted());
    assert_eq!(standing(&document, NOW), [1, 2]);
}

#[test]
fn a_figure_on_less_than_half_the_sample_replaces_nothing() {
    let retention = |sample, on| record(Retention, 30, on).of(sample);
    let with = |sample| {
        Ledger::new()
            .with(retention(400, "2024-01-10"))
            .with(retention(sample, "2024-05-10"))
    };
    assert_eq!(standing(&with(199), NOW), [1, 2]);
    assert_eq!(standing(&with(200), NOW), [2]);
    let unknown = Ledger::new()
        .with(retention(400, "2024-01-10"))
        .with(record(Retention, 30, "2024-05-10"));
    assert_eq!(standing(&unknown, NOW), [1, 2]);
    // The latest that is large enough replaces it.
    let both = with(300).with(retention(150, "2024-06-10"));
    assert_eq!(
        both.assess(NOW).overtaken,
        [
            Overtaken {
                evidence: id(1),
                by: id(2)
            },
            Overtaken {
                evidence: id(2),
                by: id(3)
            }
        ]
    );
}

#[test]
fn figures_of_another_series_stand_side_by_side() {
    let ledger = Ledger::new()
        .with(record(Retention, 30, "2024-01-10").of(100).horizon(7))
        .with(record(Retention, 30, "2024-02-10").of(100).horizon(30))
        .with(
            record(Retention, 30, "2024-03-10")
                .of(100)
                .horizon(30)
                .segment("cn"),
        )
        .with(record(RecurringRevenue, 9, "2024-01-10").basis(RevenueBasis::Collected))
        .with(record(RecurringRevenue, 9, "2024-02-10"));
    assert_eq!(standing(&ledger, NOW), [1, 2, 3, 4, 5]);
}

#[test]
fn of_two_reviews_at_one_instant_the_one_entered_last_counts() {
    let ledger = Ledger::new().with(
        customers(10, "2024-01-10")
            .reviewed(Grade::Verified, "2024-02-01")
            .reviewed(Grade::Documented, "2024-02-01"),
    );
    assert_eq!(ledger.assess(NOW).contributions[0].grade, Grade::Documented);
    assert_eq!(ledger.assess("2024-01-31").contributions[0].grade, Grade::Claimed);
}

#[test]
fn once_caught_words_count_a_third_for_a_year() {
    let ledger = Ledger::new()
        .with(
            record(CustomerReferences, 3, "2024-01-10")
                .of(3)
                .reviewed(Grade::Refuted, "2024-01-20"),
        )
        .with(customers(10, "2024-01-10"));
    let credence = |when| {
        let found = ledger.assess(when);
        found
            .contributions
            .iter()
            .find(|one| one.evidence == id(2))
            .unwrap()
            .credence
    };
    let close = |value: f64, to: f64| assert!((value - to).abs() < 1e-12, "{value}");
    close(credence("2024-01-19"), 0.3);
    close(credence("2024-01-20"), 0.1);
    close(credence("2025-01-18"), 0.1); // 364 days
    close(credence("2025-01-19"), 0.3); // 365 days
}

#[test]
fn daily_users_count_five_times_and_weekly_ones_twice() {
    let users = |window| Ledger::new().with(record(ActiveUsers, 1_000, NOW).window(window));
    let table = [
        (ActivityWindow::Day, 5_000.0),
        (ActivityWindow::Week, 2_000.0),
        (ActivityWindow::Month, 1_000.0),
    ];
    for (window, monthly) in table {
        let strength = users(window).assess(NOW).contributions[0].strength;
        assert_eq!(strength.value, Some(monthly));
    }
}

#[test]
fn a_rate_recorded_later_counts_from_then_on() {
    let mut ledger = Ledger::new()
        .with(record(RecurringRevenue, 1_000_000, "2024-07-01").currency("CNY"))
        .rate("CNY", "2024-06-15", "0.14");
    let strength = |ledger: &Ledger, when| ledger.assess(when).contributions[0].strength;
    assert!(!strength(&ledger, NOW).lacks_rate);
    assert_eq!(
        strength(&ledger, NOW).value.map(|usd| usd.round()),
        Some(140_000.0)
    );
    ledger = ledger.rate("CNY", "2024-06-20", "0.15");
    assert_eq!(
        strength(&ledger, NOW).value.map(|usd| usd.round()),
        Some(150_000.0)
    );
}

#[test]
fn route_facts_and_checklist_are_read_as_of_then() {
    let (before, change, after) = (at("2024-01-01"), at("2024-06-01"), at("2024-07-01"));
    let mut history = Ledger::new().history();
    let traits = |route| Traits {
        route,
        ..Traits::default()
    };
    let known = |from, until, what| Known { from, until, what };
    history.traits = vec![
        known(change, None, traits(TechnicalRoute::TrainsBaseModel)),
        known(before, Some(change), traits(TechnicalRoute::BuildsOnApi)),
    ];
    let answer = |item, state| ChecklistAnswer { item, state };
    history.checklist = vec![
        Known {
            from: before,
            until: None,
            what: answer(ComputeItem::Compute, ChecklistState::Ok),
        },
        Known {
            from: before,
            until: Some(after),
            what: answer(ComputeItem::TrainingData, ChecklistState::Open),
        },
        Known {
            from: after,
            until: None,
            what: answer(ComputeItem::TrainingData, ChecklistState::Ok),
        },
    ];
    let inputs = Inputs::new(Ledger::new().yardstick(), history);
    let multiplier = |when| figures(&inputs, when).multiplier;
    let table = [
        ("2023-12-31", 1.0),
        ("2024-05-31", 1.5),
        ("2024-06-01", 1.5),
        ("2024-07-01", 2.5),
    ];
    for (when, value) in table {
        assert!((multiplier(at(when)) - value).abs() < 1e-12, "{when}");
    }
}

#[test]
fn a_dependency_that_was_taken_back_costs_nothing_from_that_instant_on() {
    let mut history = Ledger::new().route(TechnicalRoute::BuildsOnApi).history();
    history.dependencies = vec![Known {
        from: at("2024-01-01"),
        until: Some(at("2024-06-01")),
        what: critical_api(),
    }];
    let inputs = Inputs::new(Ledger::new().yardstick(), history);
    let is_flagged = |when| figures(&inputs, at(when)).flags.contains(Flag::SingleProvider);
    let table = [
        ("2023-12-31", false),
        ("2024-01-01", true),
        ("2024-05-31", true),
        ("2024-06-01", false),
    ];
    for (when, should) in table {
        assert_eq!(is_flagged(when), should, "{when}");
    }
}

#[test]
fn a_day_is_a_day_of_the_workspace() {
    // 23:30 UTC of the 30th is the 31st in Shanghai.
    let ledger = Ledger::new().with(customers(10, "2024-07-31").recorded("2024-07-30T23:00:00Z"));
    let inputs = ledger.inputs();
    assert!(figures(&inputs, at("2024-07-30T23:30:00Z")).conviction.is_some());
    let in_utc = domain::assessment::Yardstick::new(chrono_tz::UTC, Vec::new(), []);
    let inputs = Inputs::new(in_utc, ledger.history());
    assert!(figures(&inputs, at("2024-07-30T23:30:00Z")).conviction.is_none());
}
