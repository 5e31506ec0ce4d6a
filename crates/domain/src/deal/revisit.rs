//! What brings a deal back by itself: evidence of a kind and grade, or a conviction; and why it is due (domain.md §6).

use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use serde::{Deserialize, Serialize};

use crate::{
    EvidenceId, Instant, Language, Message, Problem, Problems,
    assessment::{Assessment, Contribution, Figure, grade_name, grouped, kind_name, shown},
    check::check_amount,
    evidence::{EvidenceKind, Grade},
};

/// What is waited for, of the deal's startup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RevisitWhen {
    /// A standing record of this kind, graded so or better.
    Evidence {
        /// Of which kind.
        kind: EvidenceKind,
        /// CLAIMED, DOCUMENTED or VERIFIED.
        grade: Grade,
        /// With this value or more, in the kind's unit; money in USD at the rate that conviction counts with. Any where
        /// None.
        value_at_least: Option<Decimal>,
    },
    /// A conviction of this or more, 0..100.
    Conviction {
        /// How much.
        at_least: Decimal,
    },
}

/// What met it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DueBecause {
    /// A record.
    Evidence {
        /// Which.
        id: EvidenceId,
        /// What it says.
        figure: Figure,
        /// How it was graded.
        grade: Grade,
    },
    /// A conviction.
    Conviction {
        /// How much it came to, to one place.
        conviction: Decimal,
    },
}

/// That a deal is due to be looked at again. It stands until the deal is ACTIVE again, or waits for something else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevisitDue {
    /// Since when.
    pub since: Instant,
    /// What met what was waited for.
    pub because: DueBecause,
}

impl RevisitWhen {
    /// Reads what an input says: evidence of a kind and a grade, perhaps with a value, or a conviction; one of both.
    pub fn read(
        kind: Option<EvidenceKind>,
        grade: Option<Grade>,
        value_at_least: Option<Decimal>,
        conviction_at_least: Option<Decimal>,
    ) -> Result<Self, Vec<Problem>> {
        let field = |name: &str| format!("revisitWhen.{name}");
        let mut wrong = Problems::default();
        let when = match (kind, conviction_at_least) {
            (None, None) => {
                wrong.push(Problem::required(&field("evidenceKind")));
                None
            }
            (Some(_), Some(_)) => {
                wrong.push(Problem::invalid("revisitWhen", Message::OneTriggerOnly));
                None
            }
            (None, Some(at_least)) => {
                for (name, is_given) in [
                    ("grade", grade.is_some()),
                    ("valueAtLeast", value_at_least.is_some()),
                ] {
                    wrong.push_if(is_given, || {
                        Problem::invalid(&field(name), Message::OneTriggerOnly)
                    });
                }
                Some(Self::Conviction { at_least })
            }
            (Some(kind), None) => {
                wrong.push_if(grade.is_none(), || Problem::required(&field("grade")));
                grade.map(|grade| Self::Evidence {
                    kind,
                    grade,
                    value_at_least,
                })
            }
        };
        let prepared = when.map(|when| when.prepared("revisitWhen", &mut wrong));
        wrong.into_result()?;
        prepared.ok_or_else(|| vec![Problem::required("revisitWhen")])
    }

    /// As it is stored.
    pub(super) fn prepared(self, field: &str, wrong: &mut Problems) -> Self {
        match &self {
            Self::Evidence {
                kind,
                grade,
                value_at_least,
            } => {
                wrong.push_if(*grade == Grade::Refuted, || {
                    let message = Message::NotA {
                        value: grade.code().to_owned(),
                        expected: "a grade to wait for: CLAIMED, DOCUMENTED or VERIFIED".into(),
                    };
                    Problem::invalid(&format!("{field}.grade"), message)
                });
                if let Some(value) = *value_at_least {
                    let place = format!("{field}.valueAtLeast");
                    check_amount(value, &place, wrong);
                    if let Some(limit) = kind.percent_limit() {
                        wrong.push_if(value > limit.into(), || {
                            Problem::invalid(&place, Message::PercentageOutOfRange { value, limit })
                        });
                    }
                }
            }
            Self::Conviction { at_least } => {
                let (low, high) = (Decimal::ZERO, Decimal::ONE_HUNDRED);
                wrong.push_if(*at_least <= low || *at_least > high, || {
                    let message = Message::NotBetween {
                        value: *at_least,
                        low,
                        high,
                    };
                    Problem::invalid(&format!("{field}.convictionAtLeast"), message)
                });
            }
        }
        match self {
            Self::Evidence {
                kind,
                grade,
                value_at_least,
            } => Self::Evidence {
                kind,
                grade,
                value_at_least: value_at_least.map(|value| value.normalize()),
            },
            Self::Conviction { at_least } => Self::Conviction {
                at_least: at_least.normalize(),
            },
        }
    }

    /// What of a startup's assessment meets it: the first of its standing records that does, the strongest leading, or its
    /// conviction, unrounded.
    pub fn met_by(&self, assessment: &Assessment) -> Option<DueBecause> {
        match self {
            Self::Conviction { at_least } => {
                let conviction = assessment.figures.conviction?;
                (conviction >= at_least.to_f64()?).then(|| DueBecause::Conviction {
                    conviction: shown::conviction(conviction),
                })
            }
            Self::Evidence {
                kind,
                grade,
                value_at_least,
            } => {
                let meets = |one: &&Contribution| {
                    one.kind == *kind
                        && one.grade.is_at_least(*grade)
                        && value_at_least.is_none_or(|least| reaches(one, least))
                };
                let found = assessment.contributions.iter().find(meets)?;
                Some(DueBecause::Evidence {
                    id: found.evidence,
                    figure: found.figure.clone(),
                    grade: found.grade,
                })
            }
        }
    }

    /// In words: "retention of at least 30 %, verified", "conviction of at least 50".
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::Conviction { at_least } => match language {
                Language::En => format!("conviction of at least {}", grouped(*at_least)),
                Language::Zh => format!("信念值不低于 {}", grouped(*at_least)),
            },
            Self::Evidence {
                kind,
                grade,
                value_at_least,
            } => {
                let (name, grade) = (kind_name(*kind, language), grade_name(*grade, language));
                let unit = match (kind.percent_limit(), kind.is_money()) {
                    (Some(_), _) => " %",
                    (None, true) => " USD",
                    (None, false) => "",
                };
                let least = value_at_least.map(grouped);
                match (language, least) {
                    (Language::En, Some(least)) => {
                        format!("{name} of at least {least}{unit}, {grade} or better")
                    }
                    (Language::En, None) => format!("{name}, {grade} or better"),
                    (Language::Zh, Some(least)) => format!("{name}不低于 {least}{unit}，等级至少为{grade}"),
                    (Language::Zh, None) => format!("{name}，等级至少为{grade}"),
                }
            }
        }
    }
}

/// Whether a record's value is as much as that: money in USD, everything else as it was recorded.
fn reaches(one: &Contribution, least: Decimal) -> bool {
    if one.kind.is_money() {
        let usd = one.strength.value;
        return usd
            .zip(least.to_f64())
            .is_some_and(|(value, least)| value >= least);
    }
    one.figure.value.is_some_and(|value| value >= least)
}

impl DueBecause {
    /// In words: "retention 35 % after 30 days (of 400), verified", "conviction is 52.3".
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::Evidence { figure, grade, .. } => {
                let (figure, grade) = (figure.text(language), grade_name(*grade, language));
                match language {
                    Language::En => format!("{figure}, {grade}"),
                    Language::Zh => format!("{figure}，{grade}"),
                }
            }
            Self::Conviction { conviction } => match language {
                Language::En => format!("conviction is {conviction}"),
                Language::Zh => format!("信念值为 {conviction}"),
            },
        }
    }
}
