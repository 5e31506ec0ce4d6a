use uuid::Uuid;

use super::*;
use crate::{deal::StageSet, typed};

fn id(n: u128) -> StageId {
    typed(Uuid::from_u128(n))
}

/// The standard pipeline, stage n having the id n.
fn pipeline() -> Vec<Stage> {
    (1..)
        .zip(StageSet::Standard.stages())
        .map(|(position, default)| Stage {
            id: id(u128::try_from(position).unwrap()),
            key: default.key.into(),
            name: default.name.into(),
            name_zh: default.name_zh.into(),
            position,
            limit_days: default.limit_days,
            gate: default.gate(),
            is_retired: false,
            version: 1,
        })
        .collect()
}

/// Of which nothing is known.
fn nothing(layer: Option<Layer>, round: Round) -> GateFacts {
    GateFacts {
        round,
        layer,
        knows_route: false,
        names_payer: false,
        has_verified_proof: false,
        has_refuted_claim: false,
        open_items: vec!["team", "who_pays"],
    }
}

fn passed(from: u128, to: u128, status: DealStatus) -> Vec<String> {
    let stages = pipeline();
    on_the_way(&stages, id(from), (id(to), status))
        .iter()
        .map(|stage| stage.key.clone())
        .collect()
}

fn asked(facts: &GateFacts) -> Vec<GateCondition> {
    let stages = pipeline();
    unmet(&stages.iter().collect::<Vec<_>>(), facts)
        .iter()
        .map(|unmet| unmet.condition)
        .collect()
}

#[test]
fn a_move_passes_the_gates_from_the_next_stage_up_to_its_target() {
    let active = DealStatus::Active;
    assert_eq!(passed(2, 5, active), ["FIRST_MEETING", "DILIGENCE", "COMMITTEE"]);
    assert_eq!(passed(5, 6, active), ["TERM_SHEET"]);
    assert!(passed(5, 5, DealStatus::OnHold).is_empty());
}

#[test]
fn a_move_backward_passes_none_and_investing_passes_all() {
    assert!(passed(6, 2, DealStatus::Active).is_empty());
    assert_eq!(passed(6, 6, DealStatus::Invested).len(), 7);
}

#[test]
fn a_retired_stage_is_not_on_the_way() {
    let mut stages = pipeline();
    stages[4].is_retired = true;
    let keys: Vec<_> = on_the_way(&stages, id(4), (id(6), DealStatus::Active))
        .iter()
        .map(|stage| stage.key.as_str())
        .collect();
    assert_eq!(keys, ["TERM_SHEET"]);
}

#[test]
fn the_committee_asks_for_the_route_and_for_verified_proof() {
    use GateCondition::{KnownRoute, VerifiedProof};
    let mut facts = nothing(Some(Layer::App), Round::Seed);
    assert_eq!(asked(&facts), [KnownRoute, VerifiedProof]);
    facts.knows_route = true;
    assert_eq!(asked(&facts), [VerifiedProof]);
    facts.has_verified_proof = true;
    assert!(asked(&facts).is_empty());
    assert_eq!(asked(&nothing(None, Round::Unknown)), [KnownRoute, VerifiedProof]);
}

#[test]
fn of_a_model_startup_before_round_a_the_committee_asks_for_the_checklist_instead() {
    use GateCondition::{ChecklistNoOpen, KnownRoute, VerifiedProof};
    for round in Round::ALL {
        let facts = nothing(Some(Layer::Model), *round);
        let expected = if BEFORE_A.contains(round) {
            [KnownRoute, ChecklistNoOpen]
        } else {
            [KnownRoute, VerifiedProof]
        };
        assert_eq!(asked(&facts), expected, "{round}");
    }
}

#[test]
fn every_condition_is_unmet_by_a_startup_of_which_nothing_is_known_and_met_by_one_of_which_all_is() {
    let stage = |condition| Stage {
        gate: vec![GateRule::always(condition)],
        ..pipeline().remove(0)
    };
    let bad = GateFacts {
        has_refuted_claim: true,
        ..nothing(None, Round::A)
    };
    let good = GateFacts {
        round: Round::A,
        layer: Some(Layer::App),
        knows_route: true,
        names_payer: true,
        has_verified_proof: true,
        has_refuted_claim: false,
        open_items: Vec::new(),
    };
    for condition in GateCondition::ALL {
        let stage = stage(*condition);
        let found = unmet(&[&stage], &bad);
        assert_eq!(found.len(), 1, "{condition}");
        for language in [Language::En, Language::Zh] {
            let text = found[0].text(language);
            assert!(text.starts_with(condition.name(language)), "{text}");
        }
        assert!(unmet(&[&stage], &good).is_empty(), "{condition}");
    }
}

#[test]
fn an_open_checklist_names_its_items_in_the_language() {
    let unmet = Unmet {
        stage: id(5),
        condition: GateCondition::ChecklistNoOpen,
        open_items: vec!["team", "who_pays"],
    };
    assert_eq!(
        unmet.text(Language::En),
        "Nothing open on the checklist: still open are Team, Payer"
    );
    assert_eq!(unmet.text(Language::Zh), "清单无未决项：团队、谁付钱仍未处理");
}

#[test]
fn a_condition_is_named_once_for_each_stage_that_asks_for_it() {
    let mut stages = pipeline();
    stages[1].gate = vec![
        GateRule::always(GateCondition::LayerSet),
        GateRule {
            only: Some(Scope {
                rounds: vec![Round::Seed],
                ..Scope::default()
            }),
            ..GateRule::always(GateCondition::LayerSet)
        },
    ];
    stages[2].gate = vec![GateRule::always(GateCondition::LayerSet)];
    let facts = nothing(None, Round::Seed);
    let found = unmet(&[&stages[1], &stages[2]], &facts);
    assert_eq!(
        found.iter().map(|one| one.stage).collect::<Vec<_>>(),
        [id(2), id(3)]
    );
}

#[test]
fn a_gate_takes_no_rule_twice_and_no_limit_that_limits_nothing() {
    let rule = GateRule::always(GateCondition::LayerSet);
    let empty = GateRule {
        only: Some(Scope::default()),
        ..GateRule::always(GateCondition::NeedNamed)
    };
    let problems = prepared_gate(vec![rule.clone(), rule.clone(), empty]).unwrap_err();
    let fields: Vec<_> = problems.iter().map(|problem| problem.field.join(".")).collect();
    assert_eq!(fields, ["gate.1", "gate.2.only"]);
    assert_eq!(prepared_gate(vec![rule.clone()]).unwrap(), [rule]);
}

#[test]
fn a_gate_reads_as_it_was_written() {
    let gate = default_committee_gate();
    let json = serde_json::to_value(&gate).unwrap();
    assert_eq!(json[0], serde_json::json!({"condition": "KNOWN_ROUTE"}));
    assert_eq!(serde_json::from_value::<Vec<GateRule>>(json).unwrap(), gate);
}
