//! The worked examples of domain.md §4, digit for digit.

use domain::{
    Language,
    assessment::{Flag, Hypothesis, assess, figures, shown},
    evidence::{EvidenceKind, Grade},
};

use crate::ledger::{Build as _, Ledger, at, bigclaim, cubeforge, id, record};

const NOW: &str = "2024-07-31";

fn share(value: f64) -> String {
    shown::share(value).to_string()
}

fn conviction(ledger: &Ledger) -> Option<String> {
    let conviction = ledger.assess(NOW).figures.conviction;
    conviction.map(|value| shown::conviction(value).to_string())
}

#[test]
fn the_worked_example_comes_out_digit_for_digit() {
    let found = cubeforge().assess(NOW);
    let figures = found.figures;
    assert_eq!(
        [figures.demand, figures.proven, figures.claimed_demand].map(share),
        ["0.5601", "0.5198", "0.7062"]
    );
    assert_eq!(shown::rounded(figures.multiplier, 2).to_string(), "1.75");
    assert_eq!(conviction(&cubeforge()).unwrap(), "32.7");
    assert_eq!(figures.best_grade, Some(Grade::Verified));
    assert!(figures.has_proof && figures.has_verified_proof);
    assert_eq!(figures.flags.iter().collect::<Vec<_>>(), [Flag::SingleProvider]);
    assert_eq!(figures.rubric_version, 1);
}

#[test]
fn every_machine_gives_the_same_bits() {
    let figures = cubeforge().assess(NOW).figures;
    assert_eq!(figures.demand.to_bits(), 0x3fe1_ec5d_3fda_fa6b);
}

#[test]
fn the_bars_of_the_why_chart_add_up_to_all() {
    let found = cubeforge().assess(NOW);
    let bars: Vec<String> = found
        .contributions
        .iter()
        .map(|one| shown::rounded(one.adds, 3).to_string())
        .collect();
    assert_eq!(bars, ["0.351", "0.169", "0.040"]);
    let sum: f64 = found.contributions.iter().map(|one| one.adds).sum();
    assert!((sum - found.all).abs() < 1e-15, "{sum} {}", found.all);
}

#[test]
fn the_counter_example_comes_out_digit_for_digit() {
    let found = bigclaim().assess(NOW);
    let figures = found.figures;
    assert_eq!(
        [figures.demand, figures.claimed_demand].map(share),
        ["0.2000", "0.7720"]
    );
    assert_eq!(share(figures.hype_share.unwrap()), "0.7409");
    assert_eq!(shown::rounded(figures.multiplier, 1).to_string(), "1.5");
    assert_eq!(conviction(&bigclaim()).unwrap(), "10.0");
    assert_eq!(
        figures.flags.iter().collect::<Vec<_>>(),
        [Flag::NoRealUsers, Flag::HypeGap, Flag::ComputeUnproven]
    );
}

#[test]
fn five_customers_checked_lately_replace_five_hundred_of_before() {
    let ledger = Ledger::new()
        .with(record(EvidenceKind::PayingCustomers, 500, "2024-03-02").graded(Grade::Verified))
        .with(record(EvidenceKind::PayingCustomers, 5, "2024-07-21").graded(Grade::Verified));
    assert_eq!(share(ledger.assess(NOW).figures.demand), "0.2241");
}

#[test]
fn a_preview_of_a_review_says_what_the_review_then_makes() {
    let before = cubeforge();
    let mut documented = before.history();
    documented.records[0].entered_grade = Grade::Documented;
    let inputs = domain::assessment::Inputs::new(before.yardstick(), documented);
    let now = at(NOW);
    assert_eq!(
        shown::conviction(figures(&inputs, now).conviction.unwrap()).to_string(),
        "28.5"
    );
    let verified = inputs.supposing(
        Hypothesis::Reviewed {
            evidence: id(1),
            to: Grade::Verified,
        },
        now,
    );
    let then = assess(&verified, now);
    assert_eq!(
        shown::conviction(then.figures.conviction.unwrap()).to_string(),
        "32.7"
    );
    let bars: Vec<String> = assess(&inputs, now)
        .contributions
        .iter()
        .map(|one| shown::rounded(one.adds, 3).to_string())
        .collect();
    assert_eq!(bars, ["0.246", "0.196", "0.047"]);
}

#[test]
fn refuting_a_claim_takes_the_other_words_down_with_it() {
    let inputs = bigclaim().inputs();
    let now = at(NOW);
    let refuted = inputs.supposing(
        Hypothesis::Reviewed {
            evidence: id(1),
            to: Grade::Refuted,
        },
        now,
    );
    let found = assess(&refuted, now);
    assert_eq!(
        shown::conviction(found.figures.conviction.unwrap()).to_string(),
        "3.7"
    );
    assert_eq!(share(found.figures.demand), "0.0735");
    assert_eq!(
        shown::rounded(100.0 * found.figures.hype_share.unwrap(), 0).to_string(),
        "90"
    );
    assert_eq!(found.flags[0].flag, Flag::RefutedClaim);
    assert_eq!(found.flags[0].evidence, [id(1)]);
    let undone = refuted.supposing(
        Hypothesis::Reviewed {
            evidence: id(1),
            to: Grade::Claimed,
        },
        at("2024-07-31T04:00:01Z"),
    );
    let conviction = figures(&undone, at("2024-07-31T04:00:01Z")).conviction.unwrap();
    assert_eq!(shown::conviction(conviction).to_string(), "10.0");
}

#[test]
fn without_evidence_there_is_no_conviction_and_with_all_refuted_it_is_nothing() {
    assert_eq!(conviction(&Ledger::new()), None);
    let refuted = Ledger::new().with(
        record(EvidenceKind::PayingCustomers, 100, "2024-07-01").reviewed(Grade::Refuted, "2024-07-05"),
    );
    assert_eq!(conviction(&refuted).unwrap(), "0.0");
    assert!(
        Ledger::new()
            .assess(NOW)
            .text(Language::En)
            .contains("No evidence yet")
    );
}

#[test]
fn what_is_shown_is_rounded_halves_up_and_is_never_minus_nothing() {
    let table = [
        (0.000_05, 4, "0.0001"),
        (0.000_049_99, 4, "0.0000"),
        (32.65, 1, "32.7"),
        (0.25, 1, "0.3"),
        (-1e-17, 4, "0.0000"),
        (-0.000_05, 4, "0.0000"),
        (-0.25, 1, "-0.2"),
        (0.0, 1, "0.0"),
        (100.0, 1, "100.0"),
    ];
    for (value, places, words) in table {
        assert_eq!(shown::rounded(value, places).to_string(), words, "{value}");
    }
}
