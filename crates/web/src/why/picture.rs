//! The Why chart as it is drawn: lengths of the axis in percent, heights in em, so that no text is ever scaled.

use rust_decimal::Decimal;

use super::view::RowView;
use super::{Span, Totals, Waterfall};
use crate::fmt;
use crate::words::WhyWords;

/// Heights in hundredths of an em of the chart's text. The style sheet gives the rows beside it the same.
const HEAD: i64 = 300;
const ROW: i64 = 400;
const BAR: i64 = 150;
const FOOT: i64 = 450;
/// The baselines of the texts above the rows, and below them.
const HEAD_LINES: [i64; 2] = [110, 240];
const FOOT_LINES: [i64; 3] = [120, 260, 400];

/// What is drawn.
pub(crate) struct Picture {
    pub(crate) description: String,
    pub(crate) height: String,
    pub(crate) top: String,
    pub(crate) bottom: String,
    pub(crate) bar_height: String,
    /// Where lines of tenths stand.
    pub(crate) grid: Vec<String>,
    pub(crate) axis: Vec<Label>,
    pub(crate) bars: Vec<Bar>,
    /// From one bar's end down to the next one's beginning.
    pub(crate) steps: Vec<Step>,
    pub(crate) ticks: Vec<Tick>,
}

pub(crate) struct Bar {
    /// The grade, or what else it is: its pattern.
    pub(crate) style: &'static str,
    pub(crate) x: String,
    pub(crate) width: String,
    pub(crate) y: String,
}

pub(crate) struct Step {
    pub(crate) x: String,
    pub(crate) from: String,
    pub(crate) to: String,
}

/// A line across all rows with its name.
pub(crate) struct Tick {
    pub(crate) style: &'static str,
    pub(crate) x: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) label: Label,
}

pub(crate) struct Label {
    pub(crate) x: String,
    pub(crate) y: String,
    /// Which side of the text stands at x, as SVG says it.
    pub(crate) anchor: &'static str,
    /// How far the text stands off.
    pub(crate) dx: &'static str,
    pub(crate) text: String,
}

impl Picture {
    pub(super) fn new(chart: &Waterfall, rows: &[RowView], totals: &Totals, y: &WhyWords) -> Self {
        let ghost_row = chart.rows.len() as i64;
        let bottom = HEAD + ROW * (ghost_row + 1);
        let mut bars = Vec::new();
        let mut steps = Vec::new();
        let mut last: Option<(Decimal, i64)> = None;
        for (place, row) in (0..).zip(&chart.rows) {
            let counted = row.counted.zip(row.grade);
            bars.extend(counted.map(|(span, grade)| Bar::new(span, place, grade.style())));
            bars.extend(row.cut.map(|span| Bar::new(span, place, "cut")));
            if let (Some(first), Some(end)) = (row.counted.or(row.cut), row.cut.or(row.counted)) {
                steps.extend(last.map(|(x, from)| Step::new(x, from, bar_top(place))));
                debug_assert!(first.from <= end.to);
                last = Some((end.to, bar_top(place) + BAR));
            }
        }
        bars.extend(chart.ghost.map(|span| Bar::new(span, ghost_row, "ghost")));
        let mut ticks = vec![Tick::new(
            "proven",
            chart.proven,
            HEAD_LINES[0] - 90,
            bottom,
            HEAD_LINES[0],
            y.proven_is(&fmt::demand(totals.proven)),
        )];
        ticks.extend(chart.limit.map(|limit| {
            Tick::new(
                "limit",
                limit,
                HEAD_LINES[1] - 90,
                bottom,
                HEAD_LINES[1],
                y.limit.to_owned(),
            )
        }));
        ticks.push(Tick::new(
            "demand",
            chart.demand,
            HEAD,
            bottom + FOOT_LINES[1] + 20,
            bottom + FOOT_LINES[1],
            y.demand_is(&fmt::demand(totals.demand)),
        ));
        ticks.extend(chart.ghost.map(|span| {
            Tick::new(
                "claimed",
                span.to,
                bar_top(ghost_row),
                bottom,
                bottom + FOOT_LINES[2],
                y.claimed_is(&fmt::demand(totals.claimed_demand)),
            )
        }));
        let said: Vec<String> = rows
            .iter()
            .map(|row| {
                let record = row.record.as_ref();
                let record = record.map_or(row.nothing, |record| record.label.as_str());
                y.row_of(row.group, record, &row.adds)
            })
            .collect();
        Self {
            description: y.chart_of(
                &said.join(y.between),
                &fmt::demand(totals.demand),
                &fmt::demand(totals.proven),
                &fmt::demand(totals.claimed_demand),
            ),
            height: em(bottom + FOOT),
            top: em(HEAD),
            bottom: em(bottom),
            bar_height: em(BAR),
            grid: (0..=10).map(|tenths| percent(Decimal::new(tenths, 1))).collect(),
            axis: (0..=5)
                .map(|fifths| Label::on_axis(Decimal::new(2 * fifths, 1), bottom + FOOT_LINES[0]))
                .collect(),
            bars,
            steps,
            ticks,
        }
    }
}

impl Bar {
    fn new(span: Span, row: i64, style: &'static str) -> Self {
        Self {
            style,
            x: percent(span.from),
            width: percent(span.to - span.from),
            y: em(bar_top(row)),
        }
    }
}

impl Step {
    fn new(x: Decimal, from: i64, to: i64) -> Self {
        Self {
            x: percent(x),
            from: em(from),
            to: em(to),
        }
    }
}

impl Tick {
    fn new(style: &'static str, at: Decimal, from: i64, to: i64, baseline: i64, text: String) -> Self {
        // The text stands right of its line while there is room.
        let (anchor, dx) = if at < Decimal::new(7, 1) {
            ("start", "0.4em")
        } else {
            ("end", "-0.4em")
        };
        Self {
            style,
            x: percent(at),
            from: em(from),
            to: em(to),
            label: Label {
                x: percent(at),
                y: em(baseline),
                anchor,
                dx,
                text,
            },
        }
    }
}

impl Label {
    fn on_axis(at: Decimal, baseline: i64) -> Self {
        let anchor = if at.is_zero() {
            "start"
        } else if at == Decimal::ONE {
            "end"
        } else {
            "middle"
        };
        Self {
            x: percent(at),
            y: em(baseline),
            anchor,
            dx: "0",
            text: at.normalize().to_string(),
        }
    }
}

/// The top of a row's bar.
fn bar_top(row: i64) -> i64 {
    HEAD + ROW * row + (ROW - BAR) / 2
}

/// A place on the axis.
fn percent(share: Decimal) -> String {
    format!("{}%", (share * Decimal::ONE_HUNDRED).round_dp(2).normalize())
}

fn em(hundredths: i64) -> String {
    format!("{}em", Decimal::new(hundredths, 2).normalize())
}
