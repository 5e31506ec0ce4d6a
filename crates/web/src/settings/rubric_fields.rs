//! The fields of the form that edits the rubric: from a rubric, to a page, and back to what is sent.

use rust_decimal::Decimal;

use super::rubric::{Rubric, RubricKind, Scale};
use crate::assessment::EvidenceGroup;
use crate::evidence::{EvidenceKind, read_number};
use crate::form::{Fault, Field, Group, Input, Pick, Row, Sent};
use crate::schema;
use crate::words::Words;

#[derive(cynic::InputObject)]
pub(super) struct HorizonStepInput {
    pub(super) up_to_days: i32,
    pub(super) full_at: Decimal,
}

#[derive(cynic::InputObject)]
pub(super) struct RubricKindInput {
    pub(super) kind: EvidenceKind,
    pub(super) group: EvidenceGroup,
    pub(super) weight: Decimal,
    pub(super) scale: Scale,
    pub(super) unit_or_zero: Decimal,
    pub(super) full_at: Decimal,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) full_at_by_horizon: Option<Vec<HorizonStepInput>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub(super) half_n: Option<i32>,
    pub(super) half_life_days: i32,
    pub(super) is_usage: bool,
}

/// What is decided as a whole: a kind's row.
pub(super) fn unit_of(name: &str) -> &str {
    match name.match_indices('.').nth(1) {
        Some((at, _)) => &name[..at],
        None => name,
    }
}

fn name(place: usize, field: &str) -> String {
    format!("kinds.{place}.{field}")
}

fn step_name(place: usize, step: usize) -> String {
    name(place, &format!("fullAtByHorizon.{step}.fullAt"))
}

/// A yes or no as a select writes it, so that a no is sent too.
fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// The form's fields as a rubric has them.
pub(super) fn sent_of(rubric: &Rubric) -> Sent {
    let mut sent = Sent::default();
    for (place, kind) in rubric.kinds.iter().enumerate() {
        let mut put = |field: &str, value: String| sent.put(&name(place, field), value);
        put("group", kind.group.code().to_owned());
        put("weight", kind.weight.normalize().to_string());
        put("scale", kind.scale.code().to_owned());
        put("unitOrZero", kind.unit_or_zero.normalize().to_string());
        put("fullAt", kind.full_at.normalize().to_string());
        if let Some(half_n) = kind.half_n {
            put("halfN", half_n.to_string());
        }
        put("halfLifeDays", kind.half_life_days.to_string());
        put("isUsage", yes_or_no(kind.is_usage).to_owned());
        for (step, of) in kind.full_at_by_horizon.iter().enumerate() {
            sent.put(&step_name(place, step), of.full_at.normalize().to_string());
        }
    }
    sent
}

/// A row a kind, under its group, and the reason.
pub(super) fn groups(rubric: &Rubric, sent: &Sent, words: &Words) -> Vec<Group> {
    let s = words.settings();
    let mut groups: Vec<Group> = EvidenceGroup::ALL
        .iter()
        .map(|group| Group {
            id: match group {
                EvidenceGroup::Money => "money",
                EvidenceGroup::Loyalty => "loyalty",
                EvidenceGroup::Reach => "reach",
                EvidenceGroup::Interest => "interest",
            },
            legend: group.word(words),
            hint: "",
            rows: rubric
                .kinds
                .iter()
                .enumerate()
                .filter(|(_, kind)| kind.group == *group)
                .map(|(place, kind)| row(place, kind, &rubric.currency.0, sent, words))
                .collect(),
        })
        .filter(|group| !group.rows.is_empty())
        .collect();
    groups.push(Group {
        id: "why",
        legend: "",
        hint: "",
        rows: vec![Field::line("note", s.note, sent).hint(s.note_hint).into()],
    });
    groups
}

fn row(place: usize, kind: &RubricKind, currency: &str, sent: &Sent, words: &Words) -> Row {
    let s = words.settings();
    let number = |field: &str, label: &str| {
        let name = name(place, field);
        Field::new(&name, label, sent, Input::line("text", "decimal"))
    };
    let scale = name(place, "scale");
    let scales = Scale::ALL
        .iter()
        .map(|one| Pick::new(one.code(), one.word(words), sent.text(&scale)))
        .collect();
    let select = |field: &str, label: &str, picks: &[(&str, &str)]| {
        let name = name(place, field);
        let picks = picks
            .iter()
            .map(|(code, word)| Pick::new(code, word, sent.text(&name)))
            .collect();
        Field::new(&name, label, sent, Input::Select(picks))
    };
    let groups: Vec<_> = EvidenceGroup::ALL
        .iter()
        .map(|group| (group.code(), group.word(words)))
        .collect();
    let mut fields = vec![
        number("weight", s.weight),
        Field::new(&scale, s.scale, sent, Input::Select(scales)),
        number("unitOrZero", s.unit_or_zero),
        number("fullAt", s.full_at),
    ];
    for (step, of) in kind.full_at_by_horizon.iter().enumerate() {
        let label = s.full_within(&of.up_to_days.to_string());
        let name = step_name(place, step);
        fields.push(Field::new(&name, &label, sent, Input::line("text", "decimal")));
    }
    if kind.half_n.is_some() {
        fields.push(number("halfN", s.half_n));
    }
    fields.push(number("halfLifeDays", s.half_life));
    fields.push(select("group", s.group, &groups));
    fields.push(select(
        "isUsage",
        s.usage,
        &[("yes", words.choices().yes), ("no", words.choices().no)],
    ));
    let word = kind.kind.word(words);
    Row {
        legend: if kind.kind == EvidenceKind::RecurringRevenue {
            format!("{word} ({currency})")
        } else {
            word.to_owned()
        },
        fields,
    }
}

/// What was typed, or what is wrong with it. What the form does not offer stays as it is.
pub(super) fn kinds(sent: &Sent, rubric: &Rubric, words: &Words) -> Result<Vec<RubricKindInput>, Vec<Fault>> {
    let f = words.form();
    let mut faults = Vec::new();
    let mut decimal = |name: &str| {
        let text = sent.text(name);
        read_number(text).unwrap_or_else(|| {
            faults.push(Fault::new(name, f.not_a_number(text)));
            Decimal::ZERO
        })
    };
    let mut figures = Vec::new();
    for (place, kind) in rubric.kinds.iter().enumerate() {
        let steps: Vec<HorizonStepInput> = kind
            .full_at_by_horizon
            .iter()
            .enumerate()
            .map(|(step, of)| HorizonStepInput {
                up_to_days: of.up_to_days,
                full_at: decimal(&step_name(place, step)),
            })
            .collect();
        figures.push((
            decimal(&name(place, "weight")),
            decimal(&name(place, "unitOrZero")),
            decimal(&name(place, "fullAt")),
            steps,
        ));
    }
    let mut whole = |name: &str| {
        let text = sent.text(name);
        text.replace(',', "").parse::<i32>().unwrap_or_else(|_| {
            faults.push(Fault::new(name, f.not_whole(text)));
            0
        })
    };
    let inputs = rubric
        .kinds
        .iter()
        .zip(figures)
        .enumerate()
        .map(
            |(place, (kind, (weight, unit_or_zero, full_at, steps)))| RubricKindInput {
                kind: kind.kind,
                group: EvidenceGroup::from_code(sent.text(&name(place, "group"))).unwrap_or(kind.group),
                weight,
                scale: Scale::from_code(sent.text(&name(place, "scale"))).unwrap_or(kind.scale),
                unit_or_zero,
                full_at,
                full_at_by_horizon: (!steps.is_empty()).then_some(steps),
                half_n: kind.half_n.map(|_| whole(&name(place, "halfN"))),
                half_life_days: whole(&name(place, "halfLifeDays")),
                is_usage: match sent.text(&name(place, "isUsage")) {
                    "yes" => true,
                    "no" => false,
                    _ => kind.is_usage,
                },
            },
        )
        .collect();
    if faults.is_empty() {
        Ok(inputs)
    } else {
        Err(faults)
    }
}
