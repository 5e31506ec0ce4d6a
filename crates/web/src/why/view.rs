//! The Why chart with its words: its rows, its table, the product under it.

use rust_decimal::Decimal;

use super::picture::Picture;
use super::{Part, Row, Totals, Waterfall};
use crate::assessment::{Assessment, Contribution, EvidenceGroup, Places, RecordLink};
use crate::fmt;
use crate::words::Words;

/// Conviction with all that made it.
pub(crate) struct WhyView {
    pub(crate) heading: String,
    /// None where nothing is known.
    pub(crate) conviction: Option<String>,
    /// `100 × 0.489 × 1.75 ÷ 3 = 28.5`.
    pub(crate) formula: Option<String>,
    pub(crate) demand: String,
    pub(crate) multiplier: String,
    pub(crate) reasons: Vec<String>,
    pub(crate) claimed: String,
    pub(crate) gap: String,
    pub(crate) gap_share: Option<String>,
    pub(crate) rubric: String,
    /// What words may not add, in a sentence.
    pub(crate) not_counted: Option<String>,
    pub(crate) rows: Vec<RowView>,
    pub(crate) picture: Picture,
    pub(crate) table: Vec<TableRow>,
    /// Records that newer ones replace, with those.
    pub(crate) overtaken: Vec<(RecordLink, RecordLink)>,
    pub(crate) total: String,
}

/// A group's words beside its bar.
pub(crate) struct RowView {
    pub(crate) group: &'static str,
    /// The record that counts.
    pub(crate) record: Option<RecordLink>,
    /// What is said where none does.
    pub(crate) nothing: &'static str,
    pub(crate) adds: String,
}

/// A record with its factors.
pub(crate) struct TableRow {
    pub(crate) group: &'static str,
    pub(crate) record: RecordLink,
    pub(crate) weight: String,
    pub(crate) strength: String,
    pub(crate) credence: String,
    pub(crate) freshness: String,
    pub(crate) age: String,
    pub(crate) contributes: String,
    pub(crate) exact: String,
    pub(crate) counts: bool,
    pub(crate) adds: String,
    pub(crate) explanation: String,
}

impl WhyView {
    pub(crate) fn new(assessment: &Assessment, places: &Places, words: &Words) -> Self {
        let y = words.why();
        let parts: Vec<Part> = assessment.contributions.iter().map(Part::of).collect();
        let totals = Totals {
            all: assessment.all,
            demand: assessment.demand,
            proven: assessment.proven,
            claimed_demand: assessment.claimed_demand,
        };
        let chart = Waterfall::new(&parts, &totals);
        let rows: Vec<RowView> = chart
            .rows
            .iter()
            .map(|row| RowView::new(row, &assessment.contributions, places, words))
            .collect();
        let conviction = assessment.conviction.map(fmt::conviction);
        let printed: i64 = chart.rows.iter().map(|row| row.adds).sum();
        Self {
            heading: conviction
                .as_ref()
                .map_or_else(|| y.why_this.to_owned(), |conviction| y.why(conviction)),
            formula: assessment
                .conviction
                .map(|conviction| formula(assessment.demand, assessment.multiplier.value, conviction)),
            conviction,
            demand: fmt::demand(assessment.demand),
            multiplier: multiplier(assessment.multiplier.value),
            reasons: assessment
                .multiplier
                .reasons
                .iter()
                .map(|reason| match reason.strip_prefix('-') {
                    Some(rest) => format!("\u{2212}{rest}"),
                    None => reason.clone(),
                })
                .collect(),
            claimed: fmt::demand(assessment.claimed_demand),
            gap: fmt::demand(assessment.hype_gap),
            gap_share: assessment
                .hype_share
                .filter(|share| *share > Decimal::ZERO)
                .map(|share| y.share_of_claim(&whole_percent(share))),
            rubric: y.rubric(&assessment.rubric_version.to_string()),
            not_counted: (chart.not_counted > 0)
                .then(|| y.not_counted(&printed_thousandths(chart.not_counted))),
            picture: Picture::new(&chart, &rows, &totals, y),
            rows,
            table: assessment
                .contributions
                .iter()
                .enumerate()
                .map(|(place, one)| TableRow::new(one, chart.adds_of(place), places, words))
                .collect(),
            overtaken: assessment
                .overtaken
                .iter()
                .map(|one| (one.evidence.view(places, words), one.by.view(places, words)))
                .collect(),
            total: printed_thousandths(printed),
        }
    }
}

impl Part {
    fn of(one: &Contribution) -> Self {
        Self {
            group: one.group,
            grade: one.grade,
            counts: one.counts,
            adds: one.adds,
        }
    }
}

impl RowView {
    fn new(row: &Row, contributions: &[Contribution], places: &Places, words: &Words) -> Self {
        let y = words.why();
        let is_there = |group: EvidenceGroup| contributions.iter().any(|one| one.group == group);
        Self {
            group: row.group.word(words),
            record: row
                .leader
                .and_then(|place| contributions.get(place))
                .map(|one| one.evidence.view(places, words)),
            nothing: if is_there(row.group) {
                y.nothing_counts
            } else {
                y.nothing_yet
            },
            adds: printed_thousandths(row.adds),
        }
    }
}

impl TableRow {
    fn new(one: &Contribution, adds: i64, places: &Places, words: &Words) -> Self {
        Self {
            group: one.group.word(words),
            record: one.evidence.view(places, words),
            weight: format!("{:.2}", one.weight),
            strength: fmt::demand(one.strength),
            credence: format!("{:.1}", one.credence),
            freshness: fmt::demand(one.freshness),
            age: words.why().days_old(&fmt::exact(one.age_days.into())),
            contributes: fmt::demand(one.amount),
            exact: one.amount.to_string(),
            counts: one.counts && one.amount > Decimal::ZERO,
            adds: printed_thousandths(adds),
            explanation: one.explanation.clone(),
        }
    }
}

/// Thousandths as they are printed: 0.246.
fn printed_thousandths(thousandths: i64) -> String {
    format!("{:.3}", Decimal::new(thousandths, 3))
}

/// The multiplier: 1.75.
fn multiplier(value: Decimal) -> String {
    format!("{value:.2}")
}

/// A share in whole percents.
fn whole_percent(share: Decimal) -> String {
    let percent = (share * Decimal::ONE_HUNDRED)
        .round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    fmt::percent(percent)
}

/// The product in figures that give what is shown: of demand three places, or four where three would not.
fn formula(demand: Decimal, by: Decimal, conviction: Decimal) -> String {
    let by = multiplier(by);
    let shown = fmt::conviction(conviction);
    let gives = |demand: &str| {
        let product = demand
            .parse::<Decimal>()
            .ok()?
            .checked_mul(by.parse().ok()?)?
            .checked_mul(Decimal::ONE_HUNDRED)?
            .checked_div(Decimal::new(3, 0))?;
        Some(fmt::conviction(product) == shown)
    };
    let short = fmt::demand(demand);
    let demand = if gives(&short) == Some(true) {
        short
    } else {
        format!("{demand:.4}")
    };
    format!("100 × {demand} × {by} ÷ 3 = {shown}")
}

#[cfg(test)]
mod tests;
