//! 模型供应商: who supplies base models, the startups that build on them, what providers do and whom that hits
//! (domain.md §5).

mod event;
pub mod what_if;

pub use event::{EventKind, ProviderEvent, Said};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    DependencyId, Instant, Message, Problem, Problems, ProviderId, StartupId,
    assessment::DependencyMode,
    check::{NAME_LIMIT, check_amount, check_era, optional, required},
    text::name_key,
};

/// A supplier of base models.
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    /// Its id.
    pub id: ProviderId,
    /// What people write about it.
    pub profile: ProviderProfile,
    /// When that was last changed.
    pub updated_at: Instant,
    /// Rises by one with every change.
    pub version: i32,
}

/// What people write about a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderProfile {
    /// What it is called.
    pub name: String,
    /// The startup here that it is, if it is one.
    pub startup_id: Option<StartupId>,
}

/// A change of a provider: a field left out stays as it is, `Some(None)` clears it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are those of ProviderProfile")]
pub struct ProviderEdit {
    pub name: Option<String>,
    pub startup_id: Option<Option<StartupId>>,
}

impl ProviderProfile {
    /// The profile after an edit.
    #[must_use]
    pub fn edited(mut self, edit: ProviderEdit) -> Self {
        let ProviderEdit { name, startup_id } = edit;
        if let Some(name) = name {
            self.name = name;
        }
        if let Some(startup_id) = startup_id {
            self.startup_id = startup_id;
        }
        self
    }

    /// The profile with blanks taken out, if nothing is wrong with it.
    pub fn prepared(mut self) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        self.name = required(&self.name, "name", NAME_LIMIT, &mut wrong);
        wrong.push_if(!self.name.is_empty() && self.key().is_empty(), || {
            Problem::invalid(
                "name",
                Message::NamesNothing {
                    value: self.name.clone(),
                },
            )
        });
        wrong.into_result()?;
        Ok(self)
    }

    /// By what it is recognised, so that one vendor is not entered twice.
    pub fn key(&self) -> String {
        name_key(&self.name)
    }
}

/// 依赖: a startup builds on a provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Dependency {
    /// Its id.
    pub id: DependencyId,
    /// Which startup.
    pub startup_id: StartupId,
    /// On which provider.
    pub provider_id: ProviderId,
    /// How, and how much.
    pub terms: Terms,
    /// When they were last changed.
    pub updated_at: Instant,
    /// Rises by one with every change.
    pub version: i32,
}

/// How and how much a startup depends on a provider.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// How it uses what the provider supplies.
    pub mode: DependencyMode,
    /// Whether its product stops without it.
    #[serde(rename = "critical")]
    pub is_critical: bool,
    /// The share of its cost of revenue, 0..1.
    pub cost_share: Option<Decimal>,
    /// What it would use instead.
    pub alternative: Option<String>,
    /// The first day; None: it has begun.
    pub since: Option<NaiveDate>,
    /// The day it was over; None: it is not.
    pub until: Option<NaiveDate>,
}

/// A change of a dependency: a field left out stays as it is, `Some(None)` clears it.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "the fields are those of Terms")]
pub struct TermsEdit {
    pub mode: Option<DependencyMode>,
    pub is_critical: Option<bool>,
    pub cost_share: Option<Option<Decimal>>,
    pub alternative: Option<Option<String>>,
    pub since: Option<Option<NaiveDate>>,
    pub until: Option<Option<NaiveDate>>,
}

impl Terms {
    /// The terms after an edit.
    #[must_use]
    pub fn edited(mut self, edit: TermsEdit) -> Self {
        macro_rules! take { ($($field:ident),+) => {
            let TermsEdit { $($field),+ } = edit;
            $(if let Some(value) = $field { self.$field = value; })+
        } }
        take!(mode, is_critical, cost_share, alternative, since, until);
        self
    }

    /// The terms with blanks taken out, if nothing is wrong with them.
    pub fn prepared(mut self) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        if let Some(share) = self.cost_share {
            let is_share = (Decimal::ZERO..=Decimal::ONE).contains(&share);
            if is_share {
                check_amount(share, "costShare", &mut wrong);
            } else {
                let message = Message::NotBetween {
                    value: share,
                    low: Decimal::ZERO,
                    high: Decimal::ONE,
                };
                wrong.push(Problem::invalid("costShare", message));
            }
            self.cost_share = Some(share.normalize());
        }
        self.alternative = optional(self.alternative, "alternative", NAME_LIMIT, &mut wrong);
        check_era(self.since, "since", &mut wrong);
        check_era(self.until, "until", &mut wrong);
        if let (Some(since), Some(until)) = (self.since, self.until) {
            wrong.push_if(until < since, || {
                let (low, high) = (since.to_string(), until.to_string());
                Problem::invalid("until", Message::RangeBackwards { low, high })
            });
        }
        wrong.into_result()?;
        Ok(self)
    }

    /// Whether two dependencies on one provider are one entered twice: of one mode, and both in force on some day from
    /// `today` on. What is over stands beside what has begun since.
    pub fn doubles(&self, other: &Self, today: NaiveDate) -> bool {
        let from = |terms: &Self| terms.since.unwrap_or(today).max(today);
        let until = |terms: &Self| terms.until.unwrap_or(NaiveDate::MAX);
        let both_from = from(self).max(from(other));
        let both_until = until(self).min(until(other));
        self.mode == other.mode && both_from < both_until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn terms(since: Option<&str>, until: Option<&str>) -> Terms {
        Terms {
            mode: DependencyMode::Api,
            is_critical: true,
            cost_share: None,
            alternative: None,
            since: since.map(day),
            until: until.map(day),
        }
    }

    fn fields(problems: &[Problem]) -> Vec<String> {
        problems.iter().map(|problem| problem.field.join(".")).collect()
    }

    #[test]
    fn a_provider_is_recognised_by_its_name_whatever_its_legal_form_and_spelling() {
        let key = |name: &str| {
            let profile = ProviderProfile {
                name: name.into(),
                startup_id: None,
            };
            profile.prepared().map(|profile| profile.key())
        };
        assert_eq!(key("OpenAI, Inc.").unwrap(), key(" open ai ").unwrap());
        assert_eq!(fields(&key("Ltd.").unwrap_err()), ["name"]);
        assert_eq!(fields(&key("  ").unwrap_err()), ["name"]);
    }

    #[test]
    fn shares_and_days_that_cannot_be_are_refused_together() {
        let wrong = Terms {
            cost_share: Some(Decimal::new(12, 1)),
            ..terms(Some("2024-05-02"), Some("2024-05-01"))
        };
        assert_eq!(fields(&wrong.prepared().unwrap_err()), ["costShare", "until"]);
        for (share, is_kept) in [
            ("0", true),
            ("1", true),
            ("0.2500", true),
            ("0.12345", false),
            ("-0.1", false),
        ] {
            let share = Terms {
                cost_share: Some(share.parse().unwrap()),
                ..terms(None, None)
            };
            assert_eq!(share.clone().prepared().is_ok(), is_kept, "{share:?}");
        }
    }

    #[test]
    fn what_is_over_is_not_the_same_as_what_has_begun_since() {
        let today = day("2024-07-31");
        let cases = [
            ((None, None), (None, None), true),
            ((None, Some("2024-07-31")), (None, None), false),
            ((None, None), (None, Some("2024-01-01")), false),
            ((None, None), (Some("2025-01-01"), None), true),
            ((None, Some("2024-12-31")), (Some("2024-12-31"), None), false),
            ((None, Some("2025-01-01")), (Some("2024-12-31"), None), true),
        ];
        for (one, other, is_double) in cases {
            let (a, b) = (terms(one.0, one.1), terms(other.0, other.1));
            assert_eq!(a.doubles(&b, today), is_double, "{one:?} {other:?}");
            assert_eq!(b.doubles(&a, today), is_double, "{other:?} {one:?}");
        }
        let tuned = Terms {
            mode: DependencyMode::FineTune,
            ..terms(None, None)
        };
        assert!(!tuned.doubles(&terms(None, None), today));
    }
}
