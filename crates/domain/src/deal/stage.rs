//! Stages of the pipeline, and the sets of them that a fund begins with (domain.md §6).

use serde::{Deserialize, Serialize};

use super::gate::{GateRule, default_committee_gate, prepared_gate};
use crate::{Message, Problem, Problems, StageId, check::required};

/// A stage of the pipeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Stage {
    pub id: StageId,
    pub key: String,
    pub name: String,
    pub name_zh: String,
    pub position: i32,
    pub limit_days: i32,
    /// What it asks of a startup before a deal comes into it.
    pub gate: Vec<GateRule>,
    pub is_retired: bool,
    pub version: i32,
}

/// Characters of a stage's name.
const STAGE_NAME_LIMIT: usize = 60;
/// Days after which a stage may call a deal stale, at most: ten years.
const LIMIT_DAYS: std::ops::RangeInclusive<i32> = 1..=3_650;
/// Stages of a pipeline, retired ones too.
pub const STAGES_LIMIT: usize = 40;

impl Stage {
    /// The stage with blanks taken out of its names, if nothing is wrong with it.
    pub fn prepared(mut self) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        let is_key = |key: &str| {
            key.starts_with(|c: char| c.is_ascii_uppercase())
                && key.len() <= STAGE_NAME_LIMIT
                && key
                    .chars()
                    .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        };
        wrong.push_if(!is_key(&self.key), || {
            Problem::invalid(
                "key",
                Message::NotA {
                    value: self.key.clone(),
                    expected: "a stage's key: capitals, digits and _, such as SITE_VISIT".into(),
                },
            )
        });
        self.name = required(&self.name, "name", STAGE_NAME_LIMIT, &mut wrong);
        self.name_zh = required(&self.name_zh, "nameZh", STAGE_NAME_LIMIT, &mut wrong);
        wrong.push_if(!LIMIT_DAYS.contains(&self.limit_days), || {
            Problem::invalid(
                "limitDays",
                Message::NotA {
                    value: self.limit_days.to_string(),
                    expected: format!("a number of days, {} to {}", LIMIT_DAYS.start(), LIMIT_DAYS.end()),
                },
            )
        });
        match prepared_gate(std::mem::take(&mut self.gate)) {
            Ok(gate) => self.gate = gate,
            Err(problems) => wrong.0.extend(problems),
        }
        wrong.into_result()?;
        Ok(self)
    }
}

crate::vocabulary::vocabulary! {
    /// A set of stages to begin with.
    StageSet {
        /// Seven stages with one committee.
        Standard = "STANDARD",
        /// Nine stages: 立项会 approves the project before the term sheet, 投决会 decides after diligence.
        TwoCommittees = "TWO_COMMITTEES",
    }
}

/// A stage of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DefaultStage {
    /// Its key.
    pub key: &'static str,
    /// English name.
    pub name: &'static str,
    /// Chinese name.
    pub name_zh: &'static str,
    /// Its limit in days.
    pub limit_days: i32,
}

const fn stage(
    key: &'static str,
    name: &'static str,
    name_zh: &'static str,
    limit_days: i32,
) -> DefaultStage {
    DefaultStage {
        key,
        name,
        name_zh,
        limit_days,
    }
}

impl DefaultStage {
    /// What it asks to begin with.
    pub fn gate(&self) -> Vec<GateRule> {
        if self.key == "COMMITTEE" {
            default_committee_gate()
        } else {
            Vec::new()
        }
    }
}

const STANDARD: &[DefaultStage] = &[
    stage("SOURCED", "Sourced", "已发现", 14),
    stage("SCREENING", "Screening", "初筛", 14),
    stage("FIRST_MEETING", "First meeting", "约见", 21),
    stage("DILIGENCE", "Diligence", "尽调", 30),
    stage("COMMITTEE", "Committee", "投决会", 14),
    stage("TERM_SHEET", "Term sheet", "TS", 30),
    stage("CLOSING", "Closing", "交割", 45),
];

const TWO_COMMITTEES: &[DefaultStage] = &[
    stage("SOURCED", "Sourced", "已收录", 14),
    stage("SCREENING", "Screening", "初筛", 14),
    stage("FIRST_MEETING", "First meeting", "约见", 21),
    stage("PROJECT_APPROVAL", "Project approval", "立项会", 14),
    stage("TERM_SHEET", "Term sheet", "TS", 30),
    stage("DILIGENCE", "Diligence", "尽调", 30),
    stage("COMMITTEE", "Committee", "投决会", 14),
    stage("SIGNING", "Signing", "SPA 签约", 30),
    stage("CLOSING", "Closing", "交割", 45),
];

impl StageSet {
    /// Its stages, in order.
    pub const fn stages(self) -> &'static [DefaultStage] {
        match self {
            Self::Standard => STANDARD,
            Self::TwoCommittees => TWO_COMMITTEES,
        }
    }
}

/// The order of a pipeline's stages, the old and those that come in, when it becomes a set. A stage that falls out keeps
/// its place among those that were there: before every stage of the set that stood behind it, and directly behind the
/// last one before that which was there too; at the front where none was. So what a deal in it has yet to pass lies
/// ahead of it, and nothing that it never came to lies behind it. Those that fall out keep their order.
pub fn adopted_order<T: Copy + PartialEq>(old: &[T], set: &[T]) -> Vec<T> {
    // The number of stages of the set that come before the old one at `at`.
    let place = |at: usize| {
        let ahead = set
            .iter()
            .position(|one| old[at + 1..].contains(one))
            .unwrap_or(set.len());
        set[..ahead]
            .iter()
            .rposition(|one| old.contains(one))
            .map_or(0, |last| last + 1)
    };
    let out: Vec<(usize, T)> = old
        .iter()
        .enumerate()
        .filter(|(_, one)| !set.contains(one))
        .map(|(at, one)| (place(at), *one))
        .collect();
    let behind = |n: usize| {
        out.iter()
            .filter(move |(place, _)| *place == n)
            .map(|(_, one)| *one)
    };
    let mut order: Vec<T> = behind(0).collect();
    for (n, one) in set.iter().enumerate() {
        order.push(*one);
        order.extend(behind(n + 1));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(set: StageSet) -> Vec<&'static str> {
        set.stages().iter().map(|stage| stage.key).collect()
    }

    /// The order, letters for stages.
    fn order(old: &str, set: &str) -> String {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        adopted_order(&letters(old), &letters(set)).into_iter().collect()
    }

    #[test]
    fn a_stage_that_falls_out_keeps_its_place_among_those_that_were_there() {
        for (old, set, expected) in [
            ("", "abc", "abc"),
            ("abc", "abc", "abc"),
            ("xabc", "abc", "xabc"),
            ("axybc", "abc", "axybc"),
            ("abcx", "abc", "abcx"),
            // What comes in anew comes behind it.
            ("axc", "abc", "axbc"),
            ("ax", "ab", "axb"),
            // Where the set has another order, it stays before whatever stood behind it.
            ("abxcd", "acbd", "axcbd"),
            ("abxcd", "adcb", "axdcb"),
            // Beside nothing that was there it is at the front.
            ("xy", "ab", "xyab"),
        ] {
            assert_eq!(order(old, set), expected, "{old} becomes {set}");
        }
    }

    #[test]
    fn sets_that_are_adopted_by_turns_come_to_the_same_order_every_time() {
        let (standard, two) = (keys(StageSet::Standard), keys(StageSet::TwoCommittees));
        assert_eq!(adopted_order(&standard, &two), two);
        let back = adopted_order(&two, &standard);
        assert_eq!(
            back,
            [
                "SOURCED",
                "SCREENING",
                "FIRST_MEETING",
                "PROJECT_APPROVAL",
                "DILIGENCE",
                "COMMITTEE",
                "TERM_SHEET",
                "SIGNING",
                "CLOSING"
            ]
        );
        assert_eq!(adopted_order(&back, &two), two);
        assert_eq!(adopted_order(&back, &standard), back);
    }
}
