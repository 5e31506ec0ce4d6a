use uuid::Uuid;

use super::*;
use crate::{
    DocumentId,
    evidence::{ActivityWindow, RevenueBasis},
    money::{Currency, Qualifier},
    time::DatePrecision,
    typed,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2023-06-15")
}

fn document() -> DocumentId {
    typed(Uuid::from_u128(1))
}

/// An observation of a kind that breaks no rule.
fn observed(kind: EvidenceKind, value: &str) -> Observation {
    Observation {
        kind,
        value: Some(value.parse().unwrap()),
        qualifier: Qualifier::Exact,
        as_found: None,
        currency: kind.is_money().then(|| Currency::parse("CNY").unwrap()),
        revenue_basis: None,
        window: (kind == EvidenceKind::ActiveUsers).then_some(ActivityWindow::Month),
        horizon_days: (kind == EvidenceKind::Retention).then_some(30),
        sample_size: None,
        segment: None,
        period_start: None,
        observed_on: today(),
        precision: DatePrecision::Day,
        valid_until: None,
        source: EvidenceSource::AnalyticsExport,
        supplied_by: None,
        source_url: None,
        document_ids: Vec::new(),
        note: None,
    }
}

fn customers() -> Observation {
    observed(EvidenceKind::PayingCustomers, "12")
}

fn refusals(observation: &Observation, grade: Grade, checked: Option<&str>) -> Vec<(String, Message)> {
    let problems = observation.enter(grade, checked, today()).unwrap_err();
    problems
        .into_iter()
        .map(|problem| (problem.field.join("."), problem.message))
        .collect()
}

/// The one thing that is wrong with a claim.
fn refusal(observation: &Observation) -> (String, Message) {
    let mut all = refusals(observation, Grade::Claimed, None);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[test]
fn every_kind_takes_its_largest_value_and_refuses_one_beyond() {
    use EvidenceKind as Kind;
    let largest = "9999999999999999.9999";
    let table = [
        (Kind::PayingCustomers, largest, "10000000000000000"),
        (Kind::RecurringRevenue, largest, "-0.01"),
        (Kind::SignedContracts, "3", "-3"),
        (Kind::PaidConversion, "100", "100.1"),
        (Kind::UnitsDeployed, "0", "-1"),
        (Kind::Pilots, "2", "-2"),
        (Kind::Retention, "100", "100.0001"),
        (Kind::LogoRetention, "100", "101"),
        (Kind::NetRevenueRetention, "1000", "1000.5"),
        (Kind::UsageIntensity, "100", "150"),
        (Kind::CustomerReferences, "6", "-1"),
        (Kind::ActiveUsers, "1500000", "0.00001"),
        (Kind::DevelopersBuilding, "40", "-40"),
        (Kind::AppStoreRatings, "812", "-1"),
        (Kind::WebTraffic, "120000", "-1"),
        (Kind::OpenSourceStars, "5300", "-1"),
        (Kind::OpenSourceDownloads, "70000", "-1"),
        (Kind::Waitlist, "9000", "-1"),
        (Kind::UnpaidPilots, "4", "-1"),
        (Kind::UserStatement, "40", "-0.0001"),
        (Kind::PressCoverage, "7", "10000000000000000"),
    ];
    let kinds: Vec<Kind> = table.iter().map(|(kind, ..)| *kind).collect();
    assert_eq!(kinds, Kind::ALL);
    for (kind, right, wrong) in table {
        let entry = observed(kind, right).enter(Grade::Claimed, None, today());
        assert_eq!(
            entry,
            Ok(Entry {
                entered: Grade::Claimed,
                reviewed_to: None
            }),
            "{kind} {right}"
        );
        assert_eq!(refusal(&observed(kind, wrong)).0, "value", "{kind} {wrong}");
        let wordless = Observation {
            value: None,
            ..observed(kind, right)
        };
        assert!(
            wordless.enter(Grade::Claimed, None, today()).is_ok(),
            "{kind} without a value"
        );
    }
}

#[test]
fn what_cannot_be_is_refused_at_its_place() {
    use EvidenceKind as Kind;
    let tomorrow = day("2023-06-16");
    let yuan = Currency::parse("CNY");
    let retention = || observed(Kind::Retention, "40");
    let calls = |calls| Observation {
        sample_size: Some(calls),
        ..observed(Kind::CustomerReferences, "5")
    };
    let table = [
        (
            Observation {
                observed_on: tomorrow,
                ..customers()
            },
            (
                "observedOn",
                Message::DateInFuture {
                    day: tomorrow,
                    today: today(),
                },
            ),
        ),
        (
            Observation {
                period_start: Some(tomorrow),
                ..customers()
            },
            (
                "periodStart",
                Message::PeriodStartsAfterItEnds {
                    start: Some(tomorrow),
                    end: today(),
                },
            ),
        ),
        (
            Observation {
                currency: yuan.clone(),
                ..customers()
            },
            (
                "currency",
                Message::CurrencyOnCount {
                    kind: Kind::PayingCustomers,
                },
            ),
        ),
        (
            Observation {
                currency: None,
                ..observed(Kind::RecurringRevenue, "5")
            },
            ("currency", Message::MoneyNeedsCurrency),
        ),
        (
            Observation {
                revenue_basis: Some(RevenueBasis::Collected),
                ..customers()
            },
            (
                "revenueBasis",
                Message::OnlyForKind {
                    what: "revenueBasis".into(),
                    kind: Kind::RecurringRevenue,
                },
            ),
        ),
        (
            Observation {
                horizon_days: None,
                ..retention()
            },
            ("horizonDays", Message::RetentionNeedsHorizon),
        ),
        (
            Observation {
                horizon_days: Some(0),
                ..retention()
            },
            (
                "horizonDays",
                Message::BelowOne {
                    what: "horizonDays".into(),
                    value: 0,
                },
            ),
        ),
        (
            Observation {
                window: None,
                ..observed(Kind::ActiveUsers, "5")
            },
            ("window", Message::ActiveUsersNeedWindow),
        ),
        (
            Observation {
                sample_size: Some(-1),
                ..customers()
            },
            (
                "sampleSize",
                Message::NegativeValue {
                    value: Decimal::NEGATIVE_ONE,
                },
            ),
        ),
        (
            calls(4),
            (
                "sampleSize",
                Message::FewerCallsThanGood {
                    calls: 4,
                    good: Decimal::from(5),
                },
            ),
        ),
        (
            Observation {
                valid_until: Some(tomorrow),
                ..customers()
            },
            (
                "validUntil",
                Message::OnlyContractsEnd {
                    kind: Kind::PayingCustomers,
                },
            ),
        ),
        (
            Observation {
                source_url: Some("their deck".into()),
                ..customers()
            },
            (
                "sourceUrl",
                Message::NotAUrl {
                    value: "their deck".into(),
                },
            ),
        ),
        (
            Observation {
                note: Some("长".repeat(5_001)),
                ..customers()
            },
            (
                "note",
                Message::TooLong {
                    length: 5_001,
                    limit: 5_000,
                },
            ),
        ),
        (
            Observation {
                segment: Some("长".repeat(2_001)),
                ..customers()
            },
            (
                "segment",
                Message::TooLong {
                    length: 2_001,
                    limit: 2_000,
                },
            ),
        ),
        (
            Observation {
                as_found: Some("长".repeat(2_001)),
                ..customers()
            },
            (
                "asFound",
                Message::TooLong {
                    length: 2_001,
                    limit: 2_000,
                },
            ),
        ),
        (
            Observation {
                supplied_by: Some("长".repeat(2_001)),
                ..customers()
            },
            (
                "suppliedBy",
                Message::TooLong {
                    length: 2_001,
                    limit: 2_000,
                },
            ),
        ),
        (
            Observation {
                document_ids: (0..51).map(|n| typed(Uuid::from_u128(n))).collect(),
                ..customers()
            },
            ("documents", Message::TooMany { count: 51, limit: 50 }),
        ),
    ];
    for (observation, (field, message)) in table {
        assert_eq!(refusal(&observation), (field.to_owned(), message));
    }
    assert!(calls(5).enter(Grade::Claimed, None, today()).is_ok());
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let observation = Observation {
        observed_on: day("2023-07-01"),
        currency: Currency::parse("USD"),
        ..observed(EvidenceKind::PayingCustomers, "-1")
    };
    let places: Vec<String> = refusals(&observation, Grade::Verified, None)
        .into_iter()
        .map(|(place, _)| place)
        .collect();
    assert_eq!(places, ["observedOn", "value", "currency", "checked"]);
}

#[test]
fn contracts_and_pilots_say_until_when_they_run() {
    for kind in [
        EvidenceKind::SignedContracts,
        EvidenceKind::Pilots,
        EvidenceKind::UnpaidPilots,
    ] {
        let observation = Observation {
            valid_until: Some(day("2025-01-01")),
            ..observed(kind, "1")
        };
        assert!(observation.enter(Grade::Claimed, None, today()).is_ok(), "{kind}");
    }
}

#[test]
fn documented_needs_a_document_or_a_link_that_is_not_their_own_words() {
    let own_words = [
        EvidenceSource::Founder,
        EvidenceSource::Deck,
        EvidenceSource::Press,
    ];
    for &source in EvidenceSource::ALL {
        let bare = Observation {
            source,
            ..customers()
        };
        let linked = Observation {
            source_url: Some("https://example.com/a".into()),
            ..bare.clone()
        };
        let attached = Observation {
            document_ids: vec![document()],
            ..bare.clone()
        };
        let needs_proof = [("grade".to_owned(), Message::DocumentedNeedsProof)];
        assert_eq!(refusals(&bare, Grade::Documented, None), needs_proof, "{source}");
        let documented = Ok(Entry {
            entered: Grade::Documented,
            reviewed_to: None,
        });
        assert_eq!(
            attached.enter(Grade::Documented, None, today()),
            documented,
            "{source}"
        );
        if own_words.contains(&source) {
            let needs_document = [("grade".to_owned(), Message::SourceNeedsDocument { source })];
            assert_eq!(refusals(&linked, Grade::Documented, None), needs_document);
        } else {
            assert_eq!(
                linked.enter(Grade::Documented, None, today()),
                documented,
                "{source}"
            );
        }
    }
}

#[test]
fn verified_and_refuted_are_reviews_that_say_what_was_checked() {
    for grade in [Grade::Verified, Grade::Refuted] {
        let needs = [("checked".to_owned(), Message::SayWhatWasChecked { grade })];
        assert_eq!(refusals(&customers(), grade, None), needs);
        assert_eq!(refusals(&customers(), grade, Some(" \n")), needs);
        let claimed = customers().enter(grade, Some("called three of them"), today());
        assert_eq!(
            claimed,
            Ok(Entry {
                entered: Grade::Claimed,
                reviewed_to: Some(grade)
            })
        );
        let attached = Observation {
            document_ids: vec![document()],
            ..customers()
        };
        let documented = attached.enter(grade, Some("called three of them"), today());
        assert_eq!(
            documented,
            Ok(Entry {
                entered: Grade::Documented,
                reviewed_to: Some(grade)
            })
        );
    }
    let long = "长".repeat(2_001);
    let too_long = [(
        "checked".to_owned(),
        Message::TooLong {
            length: 2_001,
            limit: 2_000,
        },
    )];
    assert_eq!(refusals(&customers(), Grade::Verified, Some(&long)), too_long);
}

#[test]
fn an_observation_is_kept_without_blanks_repetitions_and_idle_zeros() {
    let prepared = Observation {
        value: Some("12.50".parse().unwrap()),
        as_found: Some("  十二点五 ".into()),
        segment: Some(" ".into()),
        supplied_by: Some(String::new()),
        source_url: Some(" https://example.com ".into()),
        document_ids: vec![document(), document()],
        note: Some("a\nb\u{0}\n".into()),
        ..customers()
    }
    .prepared();
    assert_eq!(prepared.value.unwrap().to_string(), "12.5");
    assert_eq!(prepared.as_found.as_deref(), Some("十二点五"));
    assert_eq!((&prepared.segment, &prepared.supplied_by), (&None, &None));
    assert_eq!(prepared.source_url.as_deref(), Some("https://example.com"));
    assert_eq!(
        (prepared.note.as_deref(), prepared.document_ids.len()),
        (Some("a\nb"), 1)
    );
    assert_eq!(prepared.clone().prepared(), prepared);
}

fn recorded(observation: Observation, grade: Grade) -> Evidence {
    Evidence {
        id: typed(Uuid::from_u128(1)),
        startup_id: typed(Uuid::from_u128(1)),
        observation,
        entered_grade: Grade::Claimed,
        grade,
        supersedes: None,
        recorded_at: "2023-06-15T00:00:00Z".parse().unwrap(),
        recorded_by: None,
        retracted_at: None,
        retraction_reason: None,
    }
}

fn retracted(record: Evidence) -> Evidence {
    Evidence {
        retracted_at: Some(record.recorded_at),
        retraction_reason: Some("wrong cohort".into()),
        ..record
    }
}

#[test]
fn a_review_changes_the_grade_of_a_live_record_and_says_what_was_checked() {
    let claimed = recorded(customers(), Grade::Claimed);
    let refused = |record: &Evidence, to: Grade, checked: &str| -> Vec<Message> {
        record
            .review(to, checked)
            .unwrap_err()
            .into_iter()
            .map(|problem| problem.message)
            .collect()
    };
    assert_eq!(claimed.review(Grade::Verified, "called three"), Ok(()));
    assert_eq!(claimed.review(Grade::Refuted, "called three"), Ok(()));
    assert_eq!(
        refused(&claimed, Grade::Claimed, "x"),
        [Message::GradeUnchanged {
            grade: Grade::Claimed
        }]
    );
    assert_eq!(
        refused(&claimed, Grade::Verified, " "),
        [Message::SayWhatWasChecked {
            grade: Grade::Verified
        }]
    );
    assert_eq!(
        refused(&claimed, Grade::Documented, "x"),
        [Message::DocumentedNeedsProof]
    );
    let id = claimed.id;
    assert_eq!(
        refused(&retracted(claimed), Grade::Verified, "x"),
        [Message::EvidenceRetracted { id }]
    );

    let link = Some("https://example.com".to_owned());
    let pressed = recorded(
        Observation {
            source: EvidenceSource::Press,
            source_url: link.clone(),
            ..customers()
        },
        Grade::Refuted,
    );
    let needs_document = [Message::SourceNeedsDocument {
        source: EvidenceSource::Press,
    }];
    assert_eq!(refused(&pressed, Grade::Documented, "x"), needs_document);
    let exported = recorded(
        Observation {
            source_url: link,
            ..customers()
        },
        Grade::Verified,
    );
    assert_eq!(exported.review(Grade::Documented, "the export is theirs"), Ok(()));
}

#[test]
fn a_correction_is_of_the_same_startup_and_kind_and_the_only_one() {
    let record = recorded(customers(), Grade::Claimed);
    let (startup, other): (StartupId, StartupId) = (record.startup_id, typed(Uuid::from_u128(2)));
    let kind = EvidenceKind::PayingCustomers;
    assert_eq!(record.supersede(startup, kind, None), Ok(()));
    let another = Message::SupersedesAnother { kind };
    assert_eq!(
        record.supersede(other, kind, None).unwrap_err()[0].message,
        another
    );
    assert_eq!(
        record.supersede(startup, EvidenceKind::Pilots, None).unwrap_err()[0].message,
        another
    );
    let by = typed(Uuid::from_u128(3));
    let taken = record.supersede(startup, kind, Some(by)).unwrap_err();
    assert_eq!(
        (taken[0].code, &taken[0].message),
        (ProblemCode::Conflict, &Message::SupersededAlready { by })
    );
    let withdrawn = retracted(record);
    let refused = withdrawn.supersede(startup, kind, None).unwrap_err();
    assert_eq!(
        refused[0].message,
        Message::EvidenceRetracted { id: withdrawn.id }
    );
}

#[test]
fn grades_are_ordered_and_refuted_is_no_proof() {
    assert!(Grade::Verified.is_at_least(Grade::Documented) && Grade::Documented.is_at_least(Grade::Claimed));
    assert!(!Grade::Refuted.is_at_least(Grade::Claimed));
}
