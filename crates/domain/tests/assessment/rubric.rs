//! The rubric as data: what is stored reads back, what is edited wrongly is said, and the version in force counts.

use domain::{
    Message,
    assessment::{HorizonStep, Inputs, Rubric, RubricInForce, Scale, Yardstick, assess, assess_by, figures},
    evidence::EvidenceKind,
};
use rust_decimal::Decimal;

use crate::ledger::{at, cubeforge};

fn edited(change: impl FnOnce(&mut Rubric)) -> Rubric {
    let mut rubric = Rubric::default();
    change(&mut rubric);
    rubric
}

#[test]
fn the_first_rubric_is_sound_has_every_kind_and_reads_back_as_it_was_written() {
    let rubric = Rubric::default();
    assert_eq!(rubric.clone().prepared().unwrap(), rubric);
    assert_eq!(rubric.kinds.len(), EvidenceKind::ALL.len());
    let written = serde_json::to_string(&rubric).unwrap();
    assert_eq!(serde_json::from_str::<Rubric>(&written).unwrap(), rubric);
    assert!(
        written.contains(r#""kind":"RETENTION""#) && written.contains(r#""upToDays":30"#),
        "{written}"
    );
}

#[test]
fn a_rubric_in_any_order_is_kept_in_the_order_of_the_kinds() {
    let shuffled = edited(|rubric| rubric.kinds.reverse());
    assert_eq!(shuffled.prepared().unwrap(), Rubric::default());
}

#[test]
fn what_is_wrong_with_an_edited_rubric_is_said_by_field_and_value() {
    let place = |kind| EvidenceKind::ALL.iter().position(|one| *one == kind).unwrap();
    let (revenue, retention) = (
        place(EvidenceKind::RecurringRevenue),
        place(EvidenceKind::Retention),
    );
    let step = |up_to_days, full_at: i64| HorizonStep {
        up_to_days,
        full_at: full_at.into(),
    };
    let table: Vec<(Rubric, Vec<String>)> = vec![
        (edited(|r| r.version = 0), vec!["version".into()]),
        (
            edited(|r| r.kinds[0].weight = Decimal::TWO),
            vec!["kinds.0.weight".into()],
        ),
        (
            edited(|r| r.kinds[0].weight = Decimal::NEGATIVE_ONE),
            vec!["kinds.0.weight".into()],
        ),
        (
            edited(|r| r.kinds[0].half_life_days = 0),
            vec!["kinds.0.halfLifeDays".into()],
        ),
        (
            edited(|r| r.kinds[retention].half_n = Some(0)),
            vec![format!("kinds.{retention}.halfN")],
        ),
        (
            edited(|r| r.kinds[revenue].unit_or_zero = Decimal::ZERO),
            vec![format!("kinds.{revenue}.unitOrZero")],
        ),
        (
            edited(|r| r.kinds[revenue].full_at = Decimal::ZERO),
            vec![format!("kinds.{revenue}.fullAt")],
        ),
        (
            edited(|r| r.kinds[place(EvidenceKind::LogoRetention)].full_at = Decimal::from(70)),
            vec![format!("kinds.{}.fullAt", place(EvidenceKind::LogoRetention))],
        ),
        (
            edited(|r| r.kinds[retention].full_at_by_horizon = vec![step(30, 40), step(7, 0)]),
            vec![
                format!("kinds.{retention}.fullAtByHorizon.1.fullAt"),
                format!("kinds.{retention}.fullAtByHorizon.1.upToDays"),
            ],
        ),
        (
            edited(|r| r.kinds[0].full_at_by_horizon = vec![step(7, 40)]),
            vec!["kinds.0.fullAtByHorizon".into()],
        ),
        (edited(|r| drop(r.kinds.remove(3))), vec!["kinds".into()]),
        (
            edited(|r| r.kinds[1] = r.kinds[0].clone()),
            vec!["kinds.1.kind".into(), "kinds".into()],
        ),
    ];
    for (rubric, fields) in table {
        let wrong = rubric.prepared().unwrap_err();
        let found: Vec<String> = wrong.iter().map(|problem| problem.field.join(".")).collect();
        assert_eq!(found, fields);
    }
    let wrong = edited(|r| r.kinds[0].weight = Decimal::TWO)
        .prepared()
        .unwrap_err();
    assert!(matches!(wrong[0].message, Message::NotBetween { value, .. } if value == Decimal::TWO));
}

#[test]
fn an_assessment_is_by_the_rubric_in_force_then_unless_asked_otherwise() {
    let heavier = edited(|rubric| {
        rubric.version = 2;
        rubric.kinds[0].weight = Decimal::new(80, 2);
        rubric.kinds[0].scale = Scale::Log;
    });
    let first = RubricInForce::new(Rubric::default(), at("2024-01-01")).unwrap();
    let second = RubricInForce::new(heavier, at("2024-08-01")).unwrap();
    let yardstick = Yardstick::new(chrono_tz::Asia::Shanghai, vec![second, first], []);
    let inputs = Inputs::new(yardstick.clone(), cubeforge().history());
    let (before, after) = (at("2024-07-31"), at("2024-08-01"));
    assert_eq!(figures(&inputs, before), cubeforge().assess("2024-07-31").figures);
    assert_eq!(figures(&inputs, before).rubric_version, 1);
    assert_eq!(figures(&inputs, after).rubric_version, 2);
    assert!(figures(&inputs, after).demand > figures(&inputs, before).demand);
    let asked = assess_by(&inputs, before, yardstick.rubric(2).unwrap());
    assert_eq!(asked.figures.rubric_version, 2);
    assert!(asked.figures.demand > assess(&inputs, before).figures.demand);
    // The first rubric also holds for the time before it.
    assert_eq!(figures(&inputs, at("2020-01-01")).rubric_version, 1);
}
