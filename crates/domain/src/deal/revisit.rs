//! What brings a deal back by itself: evidence of a kind and grade, a conviction, or a capability of base models; and why
//! it is due (domain.md §1, §6).

use chrono::NaiveDate;
use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use serde::{Deserialize, Serialize};

use super::{DealStatus, Terms};
use crate::{
    CapabilityId, EvidenceId, Instant, Language, Message, Problem, Problems,
    assessment::{Assessment, Contribution, Figure, grade_name, grouped, kind_name, shown},
    belief::{Capability, CapabilityStatus},
    check::check_amount,
    evidence::{EvidenceKind, Grade},
};

/// What is waited for: of the deal's startup, or of base models.
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
    /// Base models can do something, so far or further.
    Capability {
        /// What.
        id: CapabilityId,
        /// PARTLY or SOLVED.
        status: CapabilityStatus,
    },
}

/// What an input says of what is waited for, each field as it was given.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct WhenParts {
    pub kind: Option<EvidenceKind>,
    pub grade: Option<Grade>,
    pub value_at_least: Option<Decimal>,
    pub conviction_at_least: Option<Decimal>,
    pub capability: Option<CapabilityId>,
    pub capability_status: Option<CapabilityStatus>,
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
    /// A verdict on a capability.
    Capability {
        /// Which.
        id: CapabilityId,
        /// What it says models can do.
        statement: String,
        /// How far they can.
        status: CapabilityStatus,
        /// Since which day.
        on: NaiveDate,
        /// What the verdict rests on; nothing where the capability stood so from the beginning.
        reason: Option<String>,
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

impl Terms {
    /// What a move of status leaves of what the deal waited for. One that is ACTIVE again waits for nothing: neither day
    /// nor trigger, and the words about it go too. One that is passed or put on hold waits for what is given with that
    /// move alone; the words, which no move gives, stay. A move of stage alone leaves all of it.
    #[must_use]
    pub fn after_move(mut self, from: DealStatus, to: DealStatus) -> Self {
        if from == to || !matches!(to, DealStatus::Active | DealStatus::Passed | DealStatus::OnHold) {
            return self;
        }
        self.revisit_on = None;
        self.revisit_when = None;
        if to == DealStatus::Active {
            self.revisit_trigger = None;
        }
        self
    }

    /// The terms once a move is voided that made `made` of `was`: the deal waits for what it waited for before, where
    /// nobody changed that since.
    #[must_use]
    pub fn waiting_again(mut self, made: &Self, was: &Self) -> Self {
        macro_rules! put_back { ($($field:ident),+) => {$(if self.$field == made.$field { self.$field.clone_from(&was.$field); })+} }
        put_back!(revisit_on, revisit_trigger, revisit_when);
        self
    }
}

impl RevisitWhen {
    /// Reads what an input says: evidence of a kind and a grade, perhaps with a value; a conviction; or a capability, to be
    /// SOLVED where it does not say how far. One of them.
    pub fn read(parts: WhenParts) -> Result<Self, Vec<Problem>> {
        let WhenParts {
            kind,
            grade,
            value_at_least,
            conviction_at_least,
            capability,
            capability_status,
        } = parts;
        let field = |name: &str| format!("revisitWhen.{name}");
        let mut wrong = Problems::default();
        let named = [
            kind.is_some(),
            conviction_at_least.is_some(),
            capability.is_some(),
        ];
        match named.iter().filter(|is_named| **is_named).count() {
            0 if capability_status.is_some() => wrong.push(Problem::required(&field("capability"))),
            0 => wrong.push(Problem::required(&field("evidenceKind"))),
            1 => {}
            _ => wrong.push(Problem::invalid("revisitWhen", Message::OneTriggerOnly)),
        }
        wrong.into_result()?;
        let mut wrong = Problems::default();
        for (name, is_stray) in [
            ("grade", grade.is_some() && kind.is_none()),
            ("valueAtLeast", value_at_least.is_some() && kind.is_none()),
            (
                "capabilityStatus",
                capability_status.is_some() && capability.is_none(),
            ),
        ] {
            wrong.push_if(is_stray, || {
                Problem::invalid(&field(name), Message::OneTriggerOnly)
            });
        }
        wrong.push_if(kind.is_some() && grade.is_none(), || {
            Problem::required(&field("grade"))
        });
        let when = match (kind.zip(grade), conviction_at_least, capability) {
            (Some((kind, grade)), ..) => Some(Self::Evidence {
                kind,
                grade,
                value_at_least,
            }),
            (None, Some(at_least), _) => Some(Self::Conviction { at_least }),
            (None, None, Some(id)) => Some(Self::Capability {
                id,
                status: capability_status.unwrap_or(CapabilityStatus::Solved),
            }),
            (None, None, None) => None,
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
            Self::Capability { status, .. } => {
                wrong.push_if(*status == CapabilityStatus::NotYet, || {
                    let message = Message::NotA {
                        value: status.code().to_owned(),
                        expected: "a status to wait for: PARTLY or SOLVED".into(),
                    };
                    Problem::invalid(&format!("{field}.capabilityStatus"), message)
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
            Self::Capability { .. } => self,
        }
    }

    /// What of a startup's assessment meets it: the first of its standing records that does, the strongest leading, or its
    /// conviction, unrounded.
    pub fn met_by(&self, assessment: &Assessment) -> Option<DueBecause> {
        match self {
            Self::Capability { .. } => None,
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

    /// What of a capability meets it: the first day on which it is as far as that, if it still is.
    pub fn met_by_capability(&self, capability: &Capability) -> Option<DueBecause> {
        let Self::Capability { id, status } = self else {
            return None;
        };
        if *id != capability.id || !capability.status().reaches(*status) {
            return None;
        }
        let verdicts = &capability.verdicts;
        let since = verdicts
            .iter()
            .rposition(|verdict| !verdict.said.status.reaches(*status))
            .map_or(0, |before| before + 1);
        let came = verdicts.get(since);
        Some(DueBecause::Capability {
            id: capability.id,
            statement: capability.profile.statement.clone(),
            status: came.map_or(capability.begun_as, |verdict| verdict.said.status),
            on: came.map_or(capability.created_at.date_naive(), |verdict| verdict.said.on),
            reason: came.map(|verdict| verdict.said.reason.clone()),
        })
    }

    /// In words: "retention of at least 30 %, verified", "conviction of at least 50"; of a capability by its statement, or
    /// by its id where that is not to be had.
    pub fn text(&self, statement: Option<&str>, language: Language) -> String {
        match self {
            Self::Capability { id, status } => {
                let named = statement.map_or_else(|| id.to_string(), str::to_owned);
                let status = status.name(language);
                match language {
                    Language::En => format!("“{named}” is {status}"),
                    Language::Zh => format!("“{named}”{status}"),
                }
            }
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
    /// In words: "retention 35 % after 30 days (of 400), verified", "conviction is 52.3", "“models can make usable 3D
    /// assets” is solved since 2024-07-31".
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::Capability {
                statement,
                status,
                on,
                ..
            } => {
                let status = status.name(language);
                match language {
                    Language::En => format!("“{statement}” is {status} since {on}"),
                    Language::Zh => format!("“{statement}”自 {on} 起{status}"),
                }
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(day: Option<&str>, words: Option<&str>, conviction: Option<i64>) -> Terms {
        Terms {
            revisit_on: day.map(|day| day.parse().unwrap()),
            revisit_trigger: words.map(str::to_owned),
            revisit_when: conviction.map(|least| RevisitWhen::Conviction {
                at_least: least.into(),
            }),
            ..Terms::titled("Acme")
        }
    }

    #[test]
    fn a_move_of_status_takes_away_what_the_deal_waited_for() {
        use DealStatus::{Active, Invested, Lost, OnHold, Passed};
        let before = || waits(Some("2025-09-01"), Some("models make 3D"), Some(40));
        let words_alone = || waits(None, Some("models make 3D"), None);
        let nothing = || waits(None, None, None);
        for (from, to, left) in [
            (Passed, Active, nothing()),
            (OnHold, Active, nothing()),
            (Active, Passed, words_alone()),
            (Active, OnHold, words_alone()),
            (OnHold, Passed, words_alone()),
            (Active, Active, before()),
            (Active, Invested, before()),
            (OnHold, Lost, before()),
        ] {
            assert_eq!(before().after_move(from, to), left, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn a_voided_move_gives_back_what_nobody_changed_since() {
        let was = waits(Some("2025-09-01"), Some("models make 3D"), Some(40));
        let made = waits(None, None, None);
        assert_eq!(made.clone().waiting_again(&made, &was), was);
        let since = waits(None, None, Some(60));
        assert_eq!(
            since.waiting_again(&made, &was),
            waits(Some("2025-09-01"), Some("models make 3D"), Some(60))
        );
    }
}
