//! What a page of analytics has found: definition, pictures, and the table with the same figures.

use rust_decimal::Decimal;

use crate::fmt;
use crate::words::AnalyticsWords;

/// One page's findings.
pub(super) struct Report {
    pub(super) parts: Vec<Part>,
}

/// A definition with its picture and table.
pub(super) struct Part {
    /// Empty for the page's own, which the page's name heads.
    pub(super) heading: &'static str,
    pub(super) definition: Vec<&'static str>,
    /// Of how many.
    pub(super) n: Figure,
    pub(super) legend: Vec<(&'static str, &'static str)>,
    pub(super) picture: Picture,
    pub(super) table: Table,
}

/// A sum beside the definition.
pub(super) struct Figure {
    pub(super) text: String,
    pub(super) link: Option<String>,
}

pub(super) enum Picture {
    /// A bar for each row.
    Bars(Vec<Bar>),
    /// A band of columns for each series, along the same time.
    Bands {
        bands: Vec<Band>,
        ends: Option<(String, String)>,
    },
}

pub(super) struct Bar {
    pub(super) label: String,
    pub(super) segments: Vec<Segment>,
    pub(super) said: String,
    /// The rows that make it.
    pub(super) link: Option<String>,
    /// What stands below, small.
    pub(super) below: Option<String>,
    /// Whether what stands below is of so few that it says little.
    pub(super) is_few: bool,
}

pub(super) struct Segment {
    /// The name of its pattern.
    pub(super) style: &'static str,
    pub(super) x: String,
    pub(super) width: String,
}

pub(super) struct Band {
    pub(super) label: &'static str,
    pub(super) style: &'static str,
    pub(super) total: String,
    pub(super) columns: Vec<Column>,
}

pub(super) struct Column {
    pub(super) title: String,
    pub(super) x: String,
    pub(super) width: String,
    pub(super) y: i64,
    pub(super) height: i64,
}

pub(super) struct Table {
    pub(super) heads: Vec<Head>,
    pub(super) rows: Vec<Vec<Cell>>,
}

pub(super) struct Head {
    pub(super) text: &'static str,
    pub(super) is_figure: bool,
}

/// What stands in a table.
#[derive(Default)]
pub(super) struct Cell {
    pub(super) text: String,
    /// As the file holds it, and as `data` tells it.
    pub(super) exact: String,
    pub(super) is_figure: bool,
    pub(super) is_few: bool,
    /// What people typed, in whatever language.
    pub(super) is_data: bool,
    pub(super) link: Option<String>,
}

/// From how many columns on they share the whole width.
const SLIM_FROM: i32 = 14;
/// How high a column can be, in px.
pub(super) const BAND_HEIGHT: i64 = 56;

impl Report {
    /// The tables one below the other, with a mark by which spreadsheets know the encoding.
    pub(super) fn csv(&self) -> String {
        let mut out = String::from("\u{FEFF}");
        for (i, part) in self.parts.iter().enumerate() {
            if i > 0 {
                out.push_str("\r\n");
            }
            line(&mut out, part.table.heads.iter().map(|head| head.text));
            for row in &part.table.rows {
                line(&mut out, row.iter().map(|cell| cell.exact.as_str()));
            }
        }
        out
    }
}

fn line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(',');
        }
        // What begins like a formula is none: a spreadsheet would run it.
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t']) {
            "'"
        } else {
            ""
        };
        if cell.contains([',', '"', '\n', '\r']) || !guard.is_empty() {
            out.push('"');
            out.push_str(guard);
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

impl Head {
    pub(super) fn row(texts: &[&'static str], words_first: usize) -> Vec<Self> {
        texts
            .iter()
            .enumerate()
            .map(|(i, text)| Self {
                text,
                is_figure: i >= words_first,
            })
            .collect()
    }
}

impl Cell {
    pub(super) fn words(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            exact: text.clone(),
            text,
            ..Self::default()
        }
    }

    pub(super) fn data(text: impl Into<String>) -> Self {
        Self {
            is_data: true,
            ..Self::words(text)
        }
    }

    pub(super) fn count(n: i32) -> Self {
        Self {
            text: fmt::exact(n.into()),
            exact: n.to_string(),
            is_figure: true,
            ..Self::default()
        }
    }

    /// A figure that may be missing.
    pub(super) fn figure(value: Option<Decimal>, say: impl Fn(Decimal) -> String) -> Self {
        Self {
            text: value.map_or_else(|| "—".to_owned(), say),
            exact: value
                .map(|value| value.normalize().to_string())
                .unwrap_or_default(),
            is_figure: true,
            ..Self::default()
        }
    }

    /// Which opens the rows that make it; nothing has none.
    pub(super) fn opens(self, link: impl Into<Option<String>>) -> Self {
        let is_nothing = matches!(self.exact.as_str(), "" | "0");
        Self {
            link: link.into().filter(|_| !is_nothing),
            ..self
        }
    }

    /// A count of moves, which opens the deals that made them: it says how many where these are fewer.
    pub(super) fn moves(n: i32, deals: i32, words: &AnalyticsWords, link: String) -> Self {
        let cell = Self::count(n);
        let text = if n == deals {
            cell.text.clone()
        } else {
            words.of_deals(&cell.text, &fmt::exact(deals.into()))
        };
        Self { text, ..cell }.opens(link)
    }
}

impl Bar {
    /// Parts of a whole, drawn beside the largest whole of all.
    pub(super) fn segments(parts: &[(&'static str, i32)], most: i32) -> Vec<Segment> {
        let mut at = 0;
        let mut segments = Vec::new();
        for (style, n) in parts {
            if *n > 0 {
                segments.push(Segment {
                    style,
                    x: percent(at, most),
                    width: percent(*n, most),
                });
            }
            at += n;
        }
        segments
    }
}

impl Band {
    /// Columns of one series; `most` is the highest of all series.
    pub(super) fn new(label: &'static str, style: &'static str, values: &[(String, i32)], most: i32) -> Self {
        let count = i32::try_from(values.len()).unwrap_or(i32::MAX).max(1);
        // A gap of a fifth between columns; a few of them are no walls.
        let width = percent(4, count.max(SLIM_FROM).saturating_mul(5));
        let columns = values
            .iter()
            .zip(0..)
            .filter(|((_, n), _)| *n > 0)
            .map(|((when, n), i)| {
                let height = (i64::from(*n) * BAND_HEIGHT / i64::from(most.max(1))).max(2);
                Column {
                    title: format!("{when}: {n}"),
                    x: percent(i, count),
                    width: width.clone(),
                    y: BAND_HEIGHT - height,
                    height,
                }
            })
            .collect();
        let total: i64 = values.iter().map(|(_, n)| i64::from(*n)).sum();
        Self {
            label,
            style,
            total: fmt::exact(total),
            columns,
        }
    }
}

/// A part of a whole, to a hundredth of a percent.
fn percent(part: i32, whole: i32) -> String {
    let share = Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole.max(1));
    format!("{}%", share.round_dp(2).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_side_by_side_and_those_that_are_nothing_are_not_drawn() {
        let segments = Bar::segments(&[("a", 2), ("b", 0), ("c", 1)], 8);
        let places: Vec<_> = segments
            .iter()
            .map(|one| (one.style, one.x.as_str(), one.width.as_str()))
            .collect();
        assert_eq!(places, [("a", "0%", "25%"), ("c", "25%", "12.5%")]);
    }

    #[test]
    fn what_looks_like_a_formula_is_told_as_text_in_the_file() {
        let mut out = String::new();
        line(&mut out, ["=1+1", "a \"b\", c", "12"].into_iter());
        assert_eq!(out, "\"'=1+1\",\"a \"\"b\"\", c\",12\r\n");
    }
}
