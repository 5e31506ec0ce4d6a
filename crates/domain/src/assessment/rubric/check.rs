//! What an edited rubric is held to.

use rust_decimal::Decimal;

use super::{Rubric, RubricKind, Scale};
use crate::{Message, Problem, ProblemCode, Problems, evidence::EvidenceKind};

/// The longest half-life and horizon: a hundred years.
const DAYS_LIMIT: u32 = 36_500;
/// The largest sample of half weight.
const HALF_N_LIMIT: u32 = 1_000_000;

impl Rubric {
    /// The rubric as it is kept: every kind once, in the order of the kinds, each row sound. Else all that is wrong, by
    /// field (`kinds.3.weight`).
    pub fn prepared(mut self) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        wrong.push_if(self.version < 1, || {
            Problem::invalid(
                "version",
                Message::BelowOne {
                    what: "version".into(),
                    value: self.version.into(),
                },
            )
        });
        for (place, row) in self.kinds.iter().enumerate() {
            row.check(&format!("kinds.{place}"), &mut wrong);
            let is_double = self.kinds[..place].iter().any(|before| before.kind == row.kind);
            wrong.push_if(is_double, || {
                Problem::invalid(
                    &format!("kinds.{place}.kind"),
                    Message::Duplicate {
                        value: row.kind.code().into(),
                    },
                )
            });
        }
        for kind in EvidenceKind::ALL {
            wrong.push_if(self.kinds.iter().all(|row| row.kind != *kind), || {
                Problem::new(
                    ProblemCode::Required,
                    "kinds",
                    Message::Required {
                        what: kind.code().into(),
                    },
                )
            });
        }
        wrong.into_result()?;
        self.kinds.sort_by_key(|row| row.kind);
        Ok(self)
    }
}

impl RubricKind {
    fn check(&self, at: &str, wrong: &mut Problems) {
        let Self {
            kind,
            group: _,
            weight,
            scale,
            unit_or_zero,
            full_at,
            full_at_by_horizon,
            half_n,
            half_life_days,
            is_usage: _,
        } = self;
        let mut between = |field: &str, value: Decimal, low: Decimal, high: Decimal| {
            wrong.push_if(value < low || value > high, || {
                Problem::invalid(&format!("{at}.{field}"), Message::NotBetween { value, low, high })
            });
        };
        between("weight", *weight, Decimal::ZERO, Decimal::ONE);
        between(
            "halfLifeDays",
            (*half_life_days).into(),
            Decimal::ONE,
            DAYS_LIMIT.into(),
        );
        if let Some(half_n) = half_n {
            between("halfN", (*half_n).into(), Decimal::ONE, HALF_N_LIMIT.into());
        }
        let mut above = |field: &str, value: Decimal, limit: Decimal| {
            wrong.push_if(value <= limit, || {
                Problem::invalid(&format!("{at}.{field}"), Message::NotAbove { value, limit })
            });
        };
        // A logarithm needs a unit above nothing; a line needs a full beyond its zero.
        let floor = match scale {
            Scale::Log => {
                above("unitOrZero", *unit_or_zero, Decimal::ZERO);
                Decimal::ZERO
            }
            Scale::Linear => *unit_or_zero,
        };
        above("fullAt", *full_at, floor);
        let mut days_before = 0;
        for (place, step) in full_at_by_horizon.iter().enumerate() {
            above(&format!("fullAtByHorizon.{place}.fullAt"), step.full_at, floor);
            above(
                &format!("fullAtByHorizon.{place}.upToDays"),
                step.up_to_days.into(),
                days_before.into(),
            );
            days_before = step.up_to_days;
        }
        wrong.push_if(
            scale == &Scale::Linear && unit_or_zero.is_sign_negative() && !unit_or_zero.is_zero(),
            || {
                Problem::invalid(
                    &format!("{at}.unitOrZero"),
                    Message::NegativeValue { value: *unit_or_zero },
                )
            },
        );
        wrong.push_if(
            !full_at_by_horizon.is_empty() && *kind != EvidenceKind::Retention,
            || {
                Problem::invalid(
                    &format!("{at}.fullAtByHorizon"),
                    Message::OnlyForKind {
                        what: "fullAtByHorizon".into(),
                        kind: EvidenceKind::Retention,
                    },
                )
            },
        );
    }
}
