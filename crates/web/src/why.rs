//! The Why chart: how the records of a startup add up to its demand, as bars on an axis from 0 to 1.
//!
//! A waterfall: each group of evidence begins where the one before it ended, and adds its contribution times what those
//! before it left open, until words are cut to what they may add. All in decimals as the server says them, so that what is printed adds up to what is printed.

mod picture;
mod view;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::assessment::EvidenceGroup;
use crate::evidence::Grade;

pub(crate) use view::WhyView;

/// What words and interest may add to what is proven.
const UNPROVEN_LIMIT: Decimal = Decimal::from_parts(200, 0, 0, false, 3);
/// The printed figures are thousandths.
const THOUSAND: Decimal = Decimal::from_parts(1_000, 0, 0, false, 0);

/// A record, as far as the chart draws it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) group: EvidenceGroup,
    pub(super) grade: Grade,
    /// Whether it is the best of its group.
    pub(super) counts: bool,
    /// What it adds to the groups before.
    pub(super) adds: Decimal,
}

/// What the records come to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Totals {
    /// What the records add up to before words are cut.
    pub(super) all: Decimal,
    pub(super) demand: Decimal,
    pub(super) proven: Decimal,
    pub(super) claimed_demand: Decimal,
}

/// A stretch of the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: Decimal,
    pub(super) to: Decimal,
}

impl Span {
    /// None where it has no length.
    fn new(from: Decimal, to: Decimal) -> Option<Self> {
        (to > from).then_some(Self { from, to })
    }
}

/// A group's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) group: EvidenceGroup,
    /// The place of the record that counts among the parts.
    pub(super) leader: Option<usize>,
    /// How well that record is proven: the pattern of the bar.
    pub(super) grade: Option<Grade>,
    /// What it adds, in thousandths; the rows sum up to what is printed of the whole.
    pub(super) adds: i64,
    /// The part of the bar that counts.
    pub(super) counted: Option<Span>,
    /// The part beyond what words may add.
    pub(super) cut: Option<Span>,
}

/// The chart, before it has words and a size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waterfall {
    /// A row a group, in the rubric's order.
    pub(super) rows: Vec<Row>,
    pub(super) demand: Decimal,
    pub(super) proven: Decimal,
    /// Up to where words may add, if that is on the axis.
    pub(super) limit: Option<Decimal>,
    /// From demand to what is claimed: the hype gap.
    pub(super) ghost: Option<Span>,
    /// What is not counted, in thousandths.
    pub(super) not_counted: i64,
}

impl Waterfall {
    pub(super) fn new(parts: &[Part], totals: &Totals) -> Self {
        let demand = on_axis(totals.demand);
        let proven = on_axis(totals.proven);
        let limit = proven + UNPROVEN_LIMIT;
        let mut sum = Decimal::ZERO;
        let mut exact = Vec::new();
        let mut rows: Vec<Row> = EvidenceGroup::ALL
            .iter()
            .map(|group| {
                let leader = leader(parts, *group);
                let from = sum;
                if let Some(place) = leader {
                    sum = on_axis(sum + on_axis(parts[place].adds));
                }
                exact.push(sum - from);
                Row {
                    group: *group,
                    leader,
                    grade: leader.map(|place| parts[place].grade),
                    adds: 0,
                    counted: Span::new(from, sum),
                    cut: None,
                }
            })
            .collect();
        let all = on_axis(totals.all);
        let is_cut = all > demand;
        let not_counted = (thousandths(all) - thousandths(demand)).max(0);
        for (row, adds) in rows.iter_mut().zip(shared_out(&exact, thousandths(all))) {
            row.adds = adds;
            if let Some(span) = row.counted.filter(|_| is_cut) {
                row.counted = Span::new(span.from, span.to.min(demand));
                row.cut = Span::new(span.from.max(demand), span.to);
            }
        }
        Self {
            rows,
            demand,
            proven,
            limit: (limit <= Decimal::ONE).then_some(limit),
            ghost: Span::new(demand, on_axis(totals.claimed_demand)),
            not_counted,
        }
    }

    /// What a record adds, in thousandths: nothing where another of its group counts.
    pub(super) fn adds_of(&self, place: usize) -> i64 {
        let row = self.rows.iter().find(|row| row.leader == Some(place));
        row.map_or(0, |row| row.adds)
    }
}

/// The strongest record of a group that counts.
fn leader(parts: &[Part], group: EvidenceGroup) -> Option<usize> {
    parts
        .iter()
        .enumerate()
        .filter(|(_, part)| part.group == group && part.counts && part.adds > Decimal::ZERO)
        // Of equals the first.
        .rev()
        .max_by_key(|(_, part)| part.adds)
        .map(|(place, _)| place)
}

/// A share, held to the axis and to as many places as a server would say.
fn on_axis(share: Decimal) -> Decimal {
    share.clamp(Decimal::ZERO, Decimal::ONE).round_dp(6)
}

/// A share in thousandths, halves up.
fn thousandths(share: Decimal) -> i64 {
    let rounded = (share * THOUSAND).round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i64::try_from(rounded).unwrap_or_default()
}

/// Thousandths of each part that sum up to a total, by largest remainder: of equals the first gets the last one. Where
/// the total is further away than rounding explains, each part is rounded by itself.
fn shared_out(parts: &[Decimal], total: i64) -> Vec<i64> {
    let floor = |part: &Decimal| i64::try_from((part * THOUSAND).floor()).unwrap_or_default();
    let mut shares: Vec<i64> = parts.iter().map(floor).collect();
    let missing = total - shares.iter().sum::<i64>();
    let mut places: Vec<usize> = (0..parts.len())
        .filter(|place| parts[*place] > Decimal::ZERO)
        .collect();
    // Stable: of equals the first.
    places.sort_by_key(|place| std::cmp::Reverse((parts[*place] * THOUSAND).fract()));
    match usize::try_from(missing) {
        Ok(missing) if missing <= places.len() => {
            for place in &places[..missing] {
                shares[*place] += 1;
            }
            shares
        }
        Err(_) if missing == -1 => {
            if let Some(place) = places.iter().rev().find(|place| shares[**place] > 0) {
                shares[*place] -= 1;
            }
            shares
        }
        _ => parts.iter().map(|part| thousandths(*part)).collect(),
    }
}

#[cfg(test)]
mod tests;
