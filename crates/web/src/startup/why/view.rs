//! The Why chart with its words: its rows, its table, the product under it.

use rust_decimal::Decimal;

use super::picture::Picture;
use super::{Part, Row, Totals, Waterfall};
use crate::assessment::{Assessment, Contribution, EvidenceGroup, Places, RecordLink};
use crate::fmt;
use crate::words::Words;

/// Conviction with all that made it.
pub(in crate::startup) struct WhyView {
    pub(in crate::startup) heading: String,
    /// None where nothing is known.
    pub(in crate::startup) conviction: Option<String>,
    /// `100 × 0.489 × 1.75 ÷ 3 = 28.5`.
    pub(in crate::startup) formula: Option<String>,
    pub(in crate::startup) demand: String,
    pub(in crate::startup) multiplier: String,
    pub(in crate::startup) reasons: Vec<String>,
    pub(in crate::startup) claimed: String,
    pub(in crate::startup) gap: String,
    pub(in crate::startup) gap_share: Option<String>,
    pub(in crate::startup) rubric: String,
    /// What words may not add, in a sentence.
    pub(in crate::startup) not_counted: Option<String>,
    pub(in crate::startup) rows: Vec<RowView>,
    pub(in crate::startup) picture: Picture,
    pub(in crate::startup) table: Vec<TableRow>,
    /// Records that newer ones replace, with those.
    pub(in crate::startup) overtaken: Vec<(RecordLink, RecordLink)>,
    pub(in crate::startup) total: String,
}

/// A group's words beside its bar.
pub(in crate::startup) struct RowView {
    pub(in crate::startup) group: &'static str,
    /// The record that counts.
    pub(in crate::startup) record: Option<RecordLink>,
    /// What is said where none does.
    pub(in crate::startup) nothing: &'static str,
    pub(in crate::startup) adds: String,
}

/// A record with its factors.
pub(in crate::startup) struct TableRow {
    pub(in crate::startup) group: &'static str,
    pub(in crate::startup) record: RecordLink,
    pub(in crate::startup) weight: String,
    pub(in crate::startup) strength: String,
    pub(in crate::startup) credence: String,
    pub(in crate::startup) freshness: String,
    pub(in crate::startup) age: String,
    pub(in crate::startup) contributes: String,
    pub(in crate::startup) exact: String,
    pub(in crate::startup) counts: bool,
    pub(in crate::startup) adds: String,
    pub(in crate::startup) explanation: String,
}

impl WhyView {
    pub(in crate::startup) fn new(assessment: &Assessment, places: &Places, words: &Words) -> Self {
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
