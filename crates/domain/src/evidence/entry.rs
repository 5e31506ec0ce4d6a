//! What may be entered, reviewed and superseded (domain.md §3).

use std::collections::HashSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Evidence, EvidenceKind, EvidenceSource, Grade, Observation};
use crate::{
    EvidenceId, Message, Problem, ProblemCode, Problems, StartupId,
    check::{URL_LIMIT, check_amount, check_count, check_era, check_length, check_url, clean_optional},
};

/// The grade a record enters with and the review that lifts it at once, for a call that records and reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The grade entered.
    pub entered: Grade,
    /// The grade reviewed to in the same call, if any.
    pub reviewed_to: Option<Grade>,
}

/// Characters of a note.
pub const NOTE_LIMIT: usize = 5_000;
/// Documents of a record.
pub const DOCUMENTS_LIMIT: usize = 50;
/// Characters of any other text.
pub const TEXT_LIMIT: usize = crate::check::TEXT_LIMIT;

impl Observation {
    /// The observation as it is stored: texts without blanks, each document once, the value without idle zeros.
    #[must_use]
    pub fn prepared(mut self) -> Self {
        for text in [
            &mut self.as_found,
            &mut self.segment,
            &mut self.supplied_by,
            &mut self.source_url,
            &mut self.note,
        ] {
            *text = clean_optional(text.take());
        }
        self.value = self.value.map(|value| value.normalize());
        let mut seen = HashSet::new();
        self.document_ids.retain(|id| seen.insert(*id));
        self
    }

    /// Checks the entry rules of domain.md §3 on the day `today` of the workspace, and says with which grade the record
    /// enters: VERIFIED and REFUTED are reviews, and need to say what was `checked`.
    pub fn enter(
        &self,
        grade: Grade,
        checked: Option<&str>,
        today: NaiveDate,
    ) -> Result<Entry, Vec<Problem>> {
        let mut wrong = Problems::default();
        wrong.push_if(self.observed_on > today, || {
            Problem::invalid(
                "observedOn",
                Message::DateInFuture {
                    day: self.observed_on,
                    today,
                },
            )
        });
        wrong.push_if(
            self.period_start.is_some_and(|start| start > self.observed_on),
            || {
                Problem::invalid(
                    "periodStart",
                    Message::PeriodStartsAfterItEnds {
                        start: self.period_start,
                        end: self.observed_on,
                    },
                )
            },
        );
        self.check_figure(&mut wrong);
        self.check_texts(&mut wrong);
        self.check_documents(grade, &mut wrong);
        let reviewed = matches!(grade, Grade::Verified | Grade::Refuted);
        let says_what = checked.is_some_and(|words| !words.trim().is_empty());
        wrong.push_if(reviewed && !says_what, || {
            Problem::new(
                ProblemCode::Required,
                "checked",
                Message::SayWhatWasChecked { grade },
            )
        });
        check_length(
            checked.unwrap_or_default().trim(),
            "checked",
            TEXT_LIMIT,
            &mut wrong,
        );
        wrong.into_result()?;
        Ok(if reviewed {
            Entry {
                entered: if self.may_be_documented() {
                    Grade::Documented
                } else {
                    Grade::Claimed
                },
                reviewed_to: Some(grade),
            }
        } else {
            Entry {
                entered: grade,
                reviewed_to: None,
            }
        })
    }

    fn check_figure(&self, wrong: &mut Problems) {
        let kind = self.kind;
        if let Some(value) = self.value {
            check_amount(value, "value", wrong);
            if let Some(limit) = kind.percent_limit() {
                wrong.push_if(value > Decimal::from(limit), || {
                    Problem::invalid("value", Message::PercentageOutOfRange { value, limit })
                });
            }
        }
        wrong.push_if(!kind.is_money() && self.currency.is_some(), || {
            Problem::invalid("currency", Message::CurrencyOnCount { kind })
        });
        wrong.push_if(!kind.is_money() && self.revenue_basis.is_some(), || {
            Problem::invalid(
                "revenueBasis",
                Message::OnlyForKind {
                    what: "revenueBasis".into(),
                    kind: EvidenceKind::RecurringRevenue,
                },
            )
        });
        wrong.push_if(
            kind.is_money() && self.value.is_some() && self.currency.is_none(),
            || Problem::new(ProblemCode::Required, "currency", Message::MoneyNeedsCurrency),
        );
        match (kind, self.horizon_days) {
            (EvidenceKind::Retention, None) => {
                wrong.push(Problem::new(
                    ProblemCode::Required,
                    "horizonDays",
                    Message::RetentionNeedsHorizon,
                ));
            }
            (_, Some(days)) if days < 1 => wrong.push(Problem::invalid(
                "horizonDays",
                Message::BelowOne {
                    what: "horizonDays".into(),
                    value: i64::from(days),
                },
            )),
            _ => {}
        }
        wrong.push_if(kind == EvidenceKind::ActiveUsers && self.window.is_none(), || {
            Problem::new(ProblemCode::Required, "window", Message::ActiveUsersNeedWindow)
        });
        if let Some(size) = self.sample_size {
            wrong.push_if(size < 0, || {
                Problem::invalid("sampleSize", Message::NegativeValue { value: size.into() })
            });
            wrong.push_if(
                kind == EvidenceKind::CustomerReferences && self.value.is_some_and(|good| good > size.into()),
                || {
                    Problem::invalid(
                        "sampleSize",
                        Message::FewerCallsThanGood {
                            calls: size,
                            good: self.value.unwrap_or_default(),
                        },
                    )
                },
            );
        }
        wrong.push_if(self.valid_until.is_some() && !kind.has_term(), || {
            Problem::invalid("validUntil", Message::OnlyContractsEnd { kind })
        });
    }

    fn check_texts(&self, wrong: &mut Problems) {
        let texts = [
            ("asFound", &self.as_found, TEXT_LIMIT),
            ("segment", &self.segment, TEXT_LIMIT),
            ("suppliedBy", &self.supplied_by, TEXT_LIMIT),
            ("note", &self.note, NOTE_LIMIT),
        ];
        for (field, text, limit) in texts {
            check_length(text.as_deref().unwrap_or_default(), field, limit, wrong);
        }
        if let Some(url) = &self.source_url {
            check_length(url, "sourceUrl", URL_LIMIT, wrong);
            check_url(url, "sourceUrl", wrong);
        }
        for (field, day) in [
            ("observedOn", Some(self.observed_on)),
            ("periodStart", self.period_start),
            ("validUntil", self.valid_until),
        ] {
            check_era(day, field, wrong);
        }
    }

    fn check_documents(&self, grade: Grade, wrong: &mut Problems) {
        check_count(self.document_ids.len(), "documents", DOCUMENTS_LIMIT, wrong);
        wrong.push_if(grade == Grade::Documented && !self.may_be_documented(), || {
            let needs = if self.source_url.is_some() {
                Message::SourceNeedsDocument { source: self.source }
            } else {
                Message::DocumentedNeedsProof
            };
            Problem::invalid("grade", needs)
        });
    }

    /// Whether what is attached carries the grade DOCUMENTED: a document, or a link from a source that is not the
    /// startup itself or the press.
    pub fn may_be_documented(&self) -> bool {
        let own_words = matches!(
            self.source,
            EvidenceSource::Founder | EvidenceSource::Deck | EvidenceSource::Press
        );
        !self.document_ids.is_empty() || (self.source_url.is_some() && !own_words)
    }
}

impl Evidence {
    /// Whether the record's grade may be reviewed to `to`, saying what was `checked`.
    pub fn review(&self, to: Grade, checked: &str) -> Result<(), Vec<Problem>> {
        let mut wrong = Problems::default();
        wrong.push_if(self.retracted_at.is_some(), || {
            Problem::not_allowed("evidence", Message::EvidenceRetracted { id: self.id })
        });
        wrong.push_if(to == self.grade, || {
            Problem::invalid("grade", Message::GradeUnchanged { grade: to })
        });
        wrong.push_if(checked.trim().is_empty(), || {
            Problem::new(
                ProblemCode::Required,
                "checked",
                Message::SayWhatWasChecked { grade: to },
            )
        });
        check_length(checked.trim(), "checked", TEXT_LIMIT, &mut wrong);
        self.observation.check_documents(to, &mut wrong);
        wrong.into_result()
    }

    /// Whether a record of `kind` on `startup` may supersede this one.
    pub fn supersede(
        &self,
        startup: StartupId,
        kind: EvidenceKind,
        superseded_by: Option<EvidenceId>,
    ) -> Result<(), Vec<Problem>> {
        let mut wrong = Problems::default();
        wrong.push_if(self.retracted_at.is_some(), || {
            Problem::not_allowed("evidence", Message::EvidenceRetracted { id: self.id })
        });
        wrong.push_if(
            startup != self.startup_id || kind != self.observation.kind,
            || {
                Problem::invalid(
                    "by.kind",
                    Message::SupersedesAnother {
                        kind: self.observation.kind,
                    },
                )
            },
        );
        if let Some(by) = superseded_by {
            wrong.push(Problem::new(
                ProblemCode::Conflict,
                "evidence",
                Message::SupersededAlready { by },
            ));
        }
        wrong.into_result()
    }
}

#[cfg(test)]
mod tests;
