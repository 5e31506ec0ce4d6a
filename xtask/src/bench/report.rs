//! What was measured, as a table and as JSON.

use std::fmt;

use serde::Serialize;

use super::{import::Imported, pass::Passed};

/// An item on a size of database.
#[derive(Debug, Serialize)]
pub struct Measured {
    pub item: &'static str,
    pub what: &'static str,
    pub size: &'static str,
    /// Which share of plain SQL's rate it should reach.
    pub target: f64,
    /// How many statements one request sends.
    pub statements: usize,
    /// Requests a second by plain SQL and by the product, round by round.
    pub rounds: Vec<(f64, f64)>,
}

/// By how much an item may be short of its target.
const TOLERANCE: f64 = 0.2;

impl Measured {
    fn median(&self, of: impl Fn(&(f64, f64)) -> f64) -> f64 {
        let mut values: Vec<f64> = self.rounds.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        match values.len() {
            0 => f64::NAN,
            n if n % 2 == 1 => values[n / 2],
            n => f64::midpoint(values[n / 2 - 1], values[n / 2]),
        }
    }
    /// The median of the rounds' ratios: the two sides of a round were measured right after each other, so that what
    /// else the machine does hits both.
    pub fn ratio(&self) -> f64 {
        self.median(|(raw, ours)| ours / raw)
    }
    pub fn is_good(&self) -> bool {
        self.ratio() >= self.target * (1.0 - TOLERANCE)
    }
    pub fn line(&self) -> String {
        format!(
            "{:<4} {:<4} {:>10.0} {:>11.0} {:>6.2} {:>6.2}  {:<3} {:>10}",
            self.item,
            self.size,
            self.median(|round| round.0),
            self.median(|round| round.1),
            self.ratio(),
            self.target,
            if self.is_good() { "yes" } else { "no" },
            self.statements,
        )
    }
}

/// All that was measured.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub measured: Vec<Measured>,
    /// A long list imported; None where it was not asked for.
    pub imported: Option<Imported>,
    /// The pass over stored figures, by size.
    pub passed: Vec<Passed>,
}

impl Report {
    pub fn is_good(&self) -> bool {
        self.measured.iter().all(Measured::is_good)
            && self.imported.as_ref().is_none_or(Imported::is_good)
            && self.passed.iter().all(Passed::is_good)
    }
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "\nitem size  raw req/s  ours req/s  ratio target within 20 %? statements"
        )?;
        for measured in &self.measured {
            writeln!(f, "{}   {}", measured.line(), measured.what)?;
        }
        if let Some(imported) = &self.imported {
            writeln!(f, "{imported}")?;
        }
        for passed in &self.passed {
            writeln!(f, "{passed}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_the_rounds_ratios_decides() {
        let measured = |rounds| Measured {
            item: "Q1",
            what: "",
            size: "S",
            target: 0.5,
            statements: 1,
            rounds,
        };
        // The machine was busy in the second round, for both.
        let busy = measured(vec![(100.0, 41.0), (10.0, 4.1), (100.0, 90.0)]);
        assert!((busy.ratio() - 0.41).abs() < 1e-9);
        assert!(busy.is_good());
        assert!(!measured(vec![(100.0, 39.0)]).is_good());
        assert!(!measured(vec![]).is_good());
    }
}
