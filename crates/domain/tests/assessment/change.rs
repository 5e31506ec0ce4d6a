//! What changed a conviction between two instants: each cause by itself, and none where nothing did.

use domain::{
    assessment::{ConvictionCause, ConvictionChange, GradeReview, Record, change},
    evidence::{EvidenceKind, Grade},
    startup::TechnicalRoute,
    typed,
};

use crate::ledger::{Build as _, Ledger, at, critical_api, cubeforge, id, record};
use ConvictionCause::{Decay, Dependency, Evidence, Grade as Graded, Route};

fn between(ledger: &Ledger, from: &str, to: &str) -> ConvictionChange {
    change(&ledger.inputs(), at(from), at(to))
}

/// Customers known since June, observed on the first.
fn customers() -> Record {
    record(EvidenceKind::PayingCustomers, 20, "2024-06-01").graded(Grade::Documented)
}

#[test]
fn a_day_on_which_nothing_is_done_changes_it_by_age_alone() {
    let found = between(&Ledger::new().with(customers()), "2024-07-01", "2024-07-20");
    assert_eq!(found.causes, [Decay]);
    assert!(found.because.is_empty());
    assert!(found.to < found.from);
}

#[test]
fn nothing_changes_between_an_instant_and_itself() {
    let found = between(&cubeforge(), "2024-07-31", "2024-07-31");
    assert_eq!(found.from, found.to);
    assert!(found.causes.is_empty());
}

#[test]
fn a_new_record_is_evidence_and_is_named() {
    let new = record(EvidenceKind::ActiveUsers, 9_000, "2024-07-10");
    let found = between(&Ledger::new().with(new), "2024-07-09", "2024-07-10");
    assert_eq!(found.from, None);
    assert_eq!(found.causes, [Evidence]);
    assert_eq!(found.because, [id(1)]);
    assert_eq!(Some(found.size()), found.to);
}

#[test]
fn a_retraction_is_evidence_too() {
    let mut one = customers();
    one.retracted_at = Some(at("2024-07-10"));
    let found = between(&Ledger::new().with(one), "2024-07-09", "2024-07-10");
    assert_eq!(found.to, None);
    assert!(found.causes.contains(&Evidence), "{found:?}");
}

#[test]
fn a_review_is_a_grade_unless_the_record_is_new_itself() {
    let review = |when: &str| GradeReview {
        id: typed(uuid::Uuid::from_u128(7)),
        at: at(when),
        to: Grade::Verified,
    };
    let mut reviewed = customers();
    reviewed.reviews.push(review("2024-07-10"));
    let ledger = Ledger::new().with(reviewed);
    let found = between(&ledger, "2024-07-09", "2024-07-10");
    assert!(
        found.causes.contains(&Graded) && !found.causes.contains(&Evidence),
        "{found:?}"
    );
    assert_eq!(found.because, [id(1)]);
    let found = between(&ledger, "2024-05-01", "2024-07-10");
    assert!(
        !found.causes.contains(&Graded) && found.causes.contains(&Evidence),
        "{found:?}"
    );
}

#[test]
fn a_route_and_a_dependency_are_told_by_their_names() {
    let ledger = Ledger::new().with(customers()).then("2024-07-10", |traits| {
        traits.route = TechnicalRoute::TunesBaseModel;
    });
    let found = between(&ledger, "2024-07-09", "2024-07-10");
    assert!(
        found.causes.contains(&Route) && !found.causes.contains(&Dependency),
        "{found:?}"
    );
    let ledger = Ledger::new()
        .with(customers())
        .route(TechnicalRoute::BuildsOnApi)
        .depends_between("2024-07-10", None, critical_api());
    let found = between(&ledger, "2024-07-09", "2024-07-10");
    assert!(
        found.causes.contains(&Dependency) && !found.causes.contains(&Route),
        "{found:?}"
    );
}
