//! What a deal's terms are held to before they are stored.

use super::{DealSource, Terms};
use crate::{
    Message, Problem, ProblemCode, Problems,
    check::{
        NAME_LIMIT, TEXT_LIMIT, bounded, check_amount, check_era, check_length, distinct, optional, required,
    },
    money::{Money, MoneyRange},
    text::{cleaned, fold},
};

/// Co-investors, sources and team members of a deal, each.
pub const LIST_LIMIT: usize = 50;

impl Terms {
    /// The terms as they are stored: texts without blanks, members, co-investors and sources once each, an amount
    /// about which nothing is said left out, figures without idle zeros. Or all that is wrong with them.
    pub fn prepared(self) -> Result<Self, Vec<Problem>> {
        let Self {
            title,
            round,
            owner_id,
            team,
            visibility,
            amount_sought,
            our_amount,
            investor_role,
            co_investors,
            instrument,
            valuation,
            valuation_basis,
            fund_ids,
            term_sheet_signed_on,
            term_sheet_expires_on,
            exclusive_until,
            signed_on,
            paid_on,
            sources,
            next_step,
            next_step_due,
            revisit_on,
            revisit_trigger,
            revisit_when,
        } = self;
        let mut wrong = Problems::default();
        let days = [
            ("termSheetSignedOn", term_sheet_signed_on),
            ("termSheetExpiresOn", term_sheet_expires_on),
            ("exclusiveUntil", exclusive_until),
            ("signedOn", signed_on),
            ("paidOn", paid_on),
            ("nextStepDue", next_step_due),
            ("revisitOn", revisit_on),
        ];
        for (field, day) in days {
            check_era(day, field, &mut wrong);
        }
        let terms = Self {
            title: required(&title, "title", NAME_LIMIT, &mut wrong),
            round,
            owner_id,
            team: distinct(bounded(team, "team", LIST_LIMIT, &mut wrong)),
            visibility,
            amount_sought: amount_sought.and_then(|range| range.prepared("amountSought", &mut wrong)),
            our_amount: our_amount.and_then(|range| range.prepared("ourAmount", &mut wrong)),
            investor_role,
            co_investors: prepared_co_investors(co_investors, &mut wrong),
            instrument,
            valuation: valuation.map(|money| money.prepared("valuation", &mut wrong)),
            valuation_basis,
            fund_ids: distinct(bounded(fund_ids, "funds", LIST_LIMIT, &mut wrong)),
            term_sheet_signed_on,
            term_sheet_expires_on,
            exclusive_until,
            signed_on,
            paid_on,
            sources: prepared_sources(sources, &mut wrong),
            next_step: optional(next_step, "nextStep", TEXT_LIMIT, &mut wrong),
            next_step_due,
            revisit_on,
            revisit_trigger: optional(revisit_trigger, "revisitTrigger", TEXT_LIMIT, &mut wrong),
            revisit_when: revisit_when.map(|when| when.prepared("revisitWhen", &mut wrong)),
        };
        wrong.into_result()?;
        Ok(terms)
    }
}

impl MoneyRange {
    /// The range as it is stored; None where it says nothing.
    pub(crate) fn prepared(self, field: &str, wrong: &mut Problems) -> Option<Self> {
        let Self {
            low,
            high,
            currency,
            as_found,
        } = self;
        let range = Self {
            low: low.map(|value| value.normalize()),
            high: high.map(|value| value.normalize()),
            currency,
            as_found: optional(as_found, &format!("{field}.asFound"), TEXT_LIMIT, wrong),
        };
        for (end, value) in [("low", range.low), ("high", range.high)] {
            if let Some(value) = value {
                check_amount(value, &format!("{field}.{end}"), wrong);
            }
        }
        if let (Some(low), Some(high)) = (range.low, range.high) {
            wrong.push_if(low > high, || {
                Problem::invalid(
                    field,
                    Message::RangeBackwards {
                        low: low.to_string(),
                        high: high.to_string(),
                    },
                )
            });
        }
        wrong.push_if(
            (range.low.is_some() || range.high.is_some()) && range.currency.is_none(),
            || {
                Problem::new(
                    ProblemCode::Required,
                    &format!("{field}.currency"),
                    Message::MoneyNeedsCurrency,
                )
            },
        );
        (range != Self::default()).then_some(range)
    }
}

impl Money {
    fn prepared(self, field: &str, wrong: &mut Problems) -> Self {
        let Self { amount, currency } = self;
        check_amount(amount, &format!("{field}.amount"), wrong);
        Self {
            amount: amount.normalize(),
            currency,
        }
    }
}

fn prepared_co_investors(co_investors: Vec<String>, wrong: &mut Problems) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    let co_investors = bounded(co_investors, "coInvestors", LIST_LIMIT, wrong);
    for (n, name) in co_investors.into_iter().enumerate() {
        let name = cleaned(&name).unwrap_or_default();
        check_length(&name, &format!("coInvestors.{n}"), NAME_LIMIT, wrong);
        if !name.is_empty() && !kept.iter().any(|other| fold(other) == fold(&name)) {
            kept.push(name);
        }
    }
    kept
}

fn prepared_sources(sources: Vec<DealSource>, wrong: &mut Problems) -> Vec<DealSource> {
    let sources = bounded(sources, "sources", LIST_LIMIT, wrong);
    let prepared = sources.into_iter().enumerate().map(
        |(
            n,
            DealSource {
                channel,
                who,
                person_id,
                on,
                precision,
            },
        )| {
            check_era(on, &format!("sources.{n}.on"), wrong);
            let who = optional(who, &format!("sources.{n}.who"), TEXT_LIMIT, wrong);
            DealSource {
                channel,
                who,
                person_id,
                on,
                precision,
            }
        },
    );
    distinct(prepared)
}

#[cfg(test)]
mod tests;
