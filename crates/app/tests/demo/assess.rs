//! What the formula says of the demonstration, so that the figures that it is made to show can be held against it.

use chrono::DateTime;
use domain::{
    Instant,
    assessment::{self, ExchangeRate, Figures, History, Inputs, Record, Yardstick},
    evidence::{Evidence, EvidenceReview},
};
use rust_decimal::Decimal;

use crate::Demo;

/// What the evidence of a startup adds up to.
#[derive(Debug, Clone, Copy)]
pub struct Assessment {
    pub figures: Figures,
    pub live: usize,
}

impl Assessment {
    /// To one place, as it is shown. The multiplier is told: its inputs are not all kept yet.
    pub fn conviction(self, multiplier: f64) -> f64 {
        (100.0 * self.figures.demand * multiplier / 3.0 * 10.0).round() / 10.0
    }
}

/// The rates of the figures in yuan, each on its day; it is fixed, as no rates are kept yet.
fn rates(ledger: &[(Evidence, Vec<EvidenceReview>)]) -> Vec<ExchangeRate> {
    let observations = ledger.iter().map(|(record, _)| &record.observation);
    observations
        .filter_map(|observation| {
            let yuan = observation.currency.clone().filter(|c| c.code() == "CNY")?;
            Some(ExchangeRate {
                currency: yuan,
                on: observation.observed_on,
                usd: Decimal::new(14, 2),
                recorded_at: DateTime::UNIX_EPOCH,
            })
        })
        .collect()
}

/// What a ledger adds up to at an instant.
pub fn assess(ledger: &[(Evidence, Vec<EvidenceReview>)], at: Instant) -> Assessment {
    let yardstick = Yardstick::new(chrono_tz::Asia::Shanghai, Vec::new(), rates(ledger));
    let records = ledger.iter().map(|(record, reviews)| Record::of(record, reviews));
    let history = History {
        records: records.collect(),
        ..History::default()
    };
    let said = assessment::assess(&Inputs::new(yardstick, history), at);
    Assessment {
        figures: said.figures,
        live: said.contributions.len() + said.overtaken.len(),
    }
}

impl Demo {
    /// The assessment of a startup at the end of the day so many days from day 0, as known then.
    pub async fn assessed(&self, name: &str, offset: i64) -> Assessment {
        let at = crate::end_of(offset);
        assess(&self.ledger(self.named(name).id, at).await, at)
    }
}
