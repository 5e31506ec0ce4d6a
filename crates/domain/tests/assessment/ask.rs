//! What to ask next.

use domain::{
    Language,
    assessment::{Ask, AskFor, ask, shown},
    evidence::{EvidenceKind, Grade},
};

use crate::ledger::{Build as _, Ledger, at, bigclaim, cubeforge, id, record};
use EvidenceKind::{PayingCustomers, Retention};

const NOW: &str = "2024-07-31";

fn asks(ledger: &Ledger) -> Vec<Ask> {
    ask(&ledger.inputs(), at(NOW))
}

fn about(ledger: &Ledger, kind: EvidenceKind) -> Option<Ask> {
    asks(ledger).into_iter().find(|one| one.kind == kind)
}

#[test]
fn of_a_claim_its_proof_is_asked() {
    let one = about(&bigclaim(), PayingCustomers).unwrap();
    assert_eq!(
        one.ask_for,
        AskFor::Proof {
            of: id(1),
            from: Grade::Claimed
        }
    );
    assert_eq!(one.grade, Grade::Verified);
    assert_eq!(
        one.question(Language::En),
        "100 paying customers: only claimed so far. May we call some of them, and see their invoices?"
    );
    assert_eq!(
        one.example(Language::En),
        "Verified, 100 paying customers would add 22.7 points: 10.0 → 32.7."
    );
    assert_eq!(
        one.example(Language::Zh),
        "若“100 家付费客户”为“已核实”，信念值可增加 22.7：10.0 → 32.7。"
    );
    assert_eq!(
        asks(&bigclaim())[0].kind,
        PayingCustomers,
        "what adds most comes first"
    );
}

#[test]
fn where_nothing_is_known_a_figure_that_can_be_reached_is_asked() {
    let one = about(&cubeforge(), EvidenceKind::SignedContracts);
    assert!(one.is_none(), "the group has a better figure");
    let one = about(&Ledger::new(), Retention).unwrap();
    assert_eq!((one.ask_for, one.grade), (AskFor::New, Grade::Verified));
    assert_eq!(
        one.figure().text(Language::En),
        "30-day retention of 30 % (of 100 users)"
    );
    assert_eq!(one.conviction_now, None);
    assert_eq!(
        one.example(Language::Zh),
        "若“30 天留存率 30 %（样本 100）”为“已核实”，信念值可增加 10.4：— → 10.4。"
    );
    let customers = about(&Ledger::new(), PayingCustomers).unwrap();
    assert_eq!(customers.figure().text(Language::Zh), "9 家付费客户");
}

#[test]
fn what_aged_is_asked_again_and_what_is_fresh_and_verified_is_not() {
    let with = |on| Ledger::new().with(record(PayingCustomers, 50, on).graded(Grade::Verified));
    let one = about(&with("2024-01-31"), PayingCustomers).unwrap();
    assert_eq!(one.ask_for, AskFor::Again { of: id(1) });
    assert!(about(&with(NOW), PayingCustomers).is_none());
}

#[test]
fn a_figure_without_a_sample_is_asked_for_it() {
    let one = about(&bigclaim(), Retention).unwrap();
    assert_eq!(one.ask_for, AskFor::Sample { of: id(3) });
    assert_eq!(
        one.question(Language::En),
        "30-day retention of 40 %: measured on how many? May we compute it ourselves from an export of the cohort?"
    );
    assert!(
        one.example(Language::Zh)
            .starts_with("若“30 天留存率 40 %（样本 100）”为“已核实”")
    );
    assert!(one.adds() > 15.0, "worth more than proof of it without a sample");
}

#[test]
fn what_an_example_says_adds_up() {
    let again = about(&cubeforge(), PayingCustomers).unwrap();
    assert_eq!(
        again.example(Language::En),
        "Verified, 20 paying customers would add 1.7 points: 32.7 → 34.4."
    );
    assert_eq!(
        again.question(Language::Zh),
        "截至 2024-07-31，“20 家付费客户”是否依旧？能否回访其中几家，并查看发票？"
    );
}

#[test]
fn a_figure_is_asked_in_the_series_that_is_on_record() {
    let ledger = Ledger::new().with(
        record(Retention, None, "2024-07-01")
            .horizon(7)
            .segment("cn")
            .of(900),
    );
    let one = about(&ledger, Retention).unwrap();
    assert_eq!(one.record.horizon_days, Some(7));
    assert_eq!(one.record.segment.as_deref(), Some("cn"));
    assert_eq!(one.record.sample_size, Some(900));
}

#[test]
fn only_figures_of_use_are_asked_and_each_has_words_in_both_languages() {
    let everything = asks(&Ledger::new());
    assert_eq!(everything.len(), 14);
    let old = EvidenceKind::ALL.iter().fold(Ledger::new(), |ledger, kind| {
        ledger.with(record(*kind, 50, "2024-02-01").of(60).graded(Grade::Verified))
    });
    let claimed = EvidenceKind::ALL.iter().fold(Ledger::new(), |ledger, kind| {
        ledger.with(record(*kind, 50, NOW).of(60))
    });
    for one in everything.iter().chain(&asks(&old)).chain(&asks(&claimed)) {
        for words in [one.question(Language::En), one.example(Language::En)] {
            assert!(
                words.ends_with(['?', '.']) && !words.contains(['{', '}', '　']),
                "{words}"
            );
        }
        for words in [one.question(Language::Zh), one.example(Language::Zh)] {
            assert!(words.ends_with(['？', '。']), "{words}");
        }
        assert!(shown::conviction(one.adds()) > rust_decimal::Decimal::ZERO);
    }
}
