//! 后续结果: what became later of a startup that we passed, or that chose others: who funded it, when, at what
//! (domain.md §6).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    DealId, Instant, Message, OutcomeId, Problem, Problems, UserId,
    check::{TEXT_LIMIT, check_past, optional_url, required},
    deal::DealStatus,
    money::MoneyRange,
};

/// Outcomes of a deal that are not retracted.
pub const OUTCOMES_LIMIT: usize = 100;

/// What somebody saw happen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Outcome {
    pub on: NaiveDate,
    /// Who funded it, or whatever else became of it, in words.
    pub what: String,
    /// How much it raised, with the words as found. Where there is one, be it only words, the outcome tells of funding;
    /// without, of whatever else became of it.
    pub amount: Option<MoneyRange>,
    pub source_url: Option<String>,
}

/// An outcome as stored. It is never overwritten: what is wrong is retracted, and recorded anew.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct LaterOutcome {
    pub id: OutcomeId,
    pub deal_id: DealId,
    pub outcome: Outcome,
    pub recorded_at: Instant,
    pub recorded_by: Option<UserId>,
    pub retracted_at: Option<Instant>,
}

impl Outcome {
    /// The outcome as it is kept, of a deal of this status that was opened on this day. Or all that is wrong with it: a
    /// day to come, or before there was a deal; no words; a deal that may still become ours.
    pub fn prepared(
        self,
        status: DealStatus,
        opened_on: NaiveDate,
        today: NaiveDate,
    ) -> Result<Self, Vec<Problem>> {
        let Self {
            on,
            what,
            amount,
            source_url,
        } = self;
        let mut wrong = Problems::default();
        wrong.push_if(!matches!(status, DealStatus::Passed | DealStatus::Lost), || {
            Problem::not_allowed("deal", Message::OutcomeNeedsEnd { status })
        });
        check_past(Some(on), "on", today, &mut wrong);
        wrong.push_if(on < opened_on, || {
            Problem::invalid("on", Message::OutcomeBeforeDeal { day: on, opened_on })
        });
        let outcome = Self {
            on,
            what: required(&what, "what", TEXT_LIMIT, &mut wrong),
            amount: amount.and_then(|range| range.prepared("amount", &mut wrong)),
            source_url: optional_url(source_url, "sourceUrl", &mut wrong),
        };
        wrong.into_result()?;
        Ok(outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ProblemCode;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn outcome(on: &str) -> Outcome {
        Outcome {
            on: day(on),
            what: " Another fund led its A round ".into(),
            amount: None,
            source_url: Some("https://news.example/a".into()),
        }
    }

    fn told(outcome: Outcome, status: DealStatus) -> Vec<(ProblemCode, String)> {
        let problems = outcome.prepared(status, day("2024-01-10"), day("2024-07-31"));
        let problems = problems.unwrap_err();
        problems.iter().map(|p| (p.code, p.field.join("."))).collect()
    }

    #[test]
    fn what_was_seen_after_a_pass_or_a_loss_is_kept_without_blanks() {
        for status in [DealStatus::Passed, DealStatus::Lost] {
            let kept = outcome("2024-06-21").prepared(status, day("2024-01-10"), day("2024-07-31"));
            assert_eq!(kept.unwrap().what, "Another fund led its A round");
        }
    }

    #[test]
    fn a_deal_that_may_still_be_ours_has_no_outcome() {
        for status in [DealStatus::Active, DealStatus::OnHold, DealStatus::Invested] {
            let expected = [(ProblemCode::NotAllowed, "deal".to_owned())];
            assert_eq!(told(outcome("2024-06-21"), status), expected);
        }
    }

    #[test]
    fn days_to_come_or_before_the_deal_and_what_is_no_address_are_refused_at_their_place() {
        let invalid = |field: &str| (ProblemCode::Invalid, field.to_owned());
        assert_eq!(told(outcome("2024-08-01"), DealStatus::Passed), [invalid("on")]);
        assert_eq!(told(outcome("2024-01-09"), DealStatus::Passed), [invalid("on")]);
        let mut bare = outcome("2024-06-21");
        bare.what = "  ".into();
        bare.source_url = Some("news".into());
        assert_eq!(
            told(bare, DealStatus::Lost),
            [(ProblemCode::Required, "what".to_owned()), invalid("sourceUrl")]
        );
    }
}
