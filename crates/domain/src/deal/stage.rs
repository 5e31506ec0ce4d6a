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
