//! How many tests passed, failed and were skipped, read from what the runners say.

use std::fmt;
use std::ops::AddAssign;

/// A count of tests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, and whole runs that broke off.
    pub failed: u64,
    /// Tests that were not done.
    pub skipped: u64,
}

/// Who says it: what a failed test said may look like the summary of another runner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runner {
    /// `cargo nextest run`.
    Nextest,
    /// `cargo test`.
    CargoTest,
    /// `npm test`, whichever runner stands behind it.
    Npm,
}

impl Tally {
    /// Reads a runner's output. A run that failed without a test that did counts as one that failed, and a
    /// run that succeeded without telling any number as one that passed.
    pub fn read(runner: Runner, output: &str, succeeded: bool) -> Self {
        let mut tally = Self::default();
        let mut told = false;
        for line in output.lines() {
            let line = without_colours(line);
            let line = line.trim();
            let read = match runner {
                Runner::Nextest => of_nextest(line),
                Runner::CargoTest => of_cargo_test(line),
                Runner::Npm => of_npm(line),
            };
            if let Some(one) = read {
                tally += one;
                told = true;
            }
        }
        if !succeeded && tally.failed == 0 {
            tally.failed = 1;
        }
        if succeeded && !told {
            tally.passed = 1;
        }
        tally
    }

    /// Counts tests that passed only because they did nothing as skipped.
    pub fn without_skipped(mut self, skipped: u64) -> Self {
        let moved = skipped.min(self.passed);
        self.passed -= moved;
        self.skipped += moved;
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// `Summary [  1.2s] 30 tests run: 28 passed (1 slow), 1 failed, 1 timed out, 2 skipped`
fn of_nextest(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("Summary [")?.split_once(" run: ")?;
    // What stands in parentheses is of those counted before it.
    let mut plain = String::new();
    let mut depth = 0_u32;
    for character in counts.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(character),
            _ => {}
        }
    }
    Some(of_counts(plain.split(',')))
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0s`
fn of_cargo_test(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    Some(of_counts(counts.split(';')))
}

/// Node's `# pass 3` or `ℹ pass 3`, Playwright's `3 passed (2.1s)`, Mocha's `3 passing (2s)` and `1 pending`.
fn of_npm(line: &str) -> Option<Tally> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["#" | "ℹ", kind, count] => count.parse().ok().and_then(|count| of_kind(kind, count)),
        [count, kind] | [count, kind, _] if words.get(2).is_none_or(|last| last.starts_with('(')) => {
            count.parse().ok().and_then(|count| of_kind(kind, count))
        }
        [count, "did", "not", "run"] => count.parse().ok().and_then(|count| of_kind("skipped", count)),
        _ => None,
    }
}

fn of_counts<'a>(counts: impl Iterator<Item = &'a str>) -> Tally {
    let mut tally = Tally::default();
    for part in counts {
        let mut words = part.split_whitespace();
        if let (Some(count), Some(kind)) = (words.next(), words.next())
            && let Ok(count) = count.parse()
            && let Some(one) = of_kind(kind, count)
        {
            tally += one;
        }
    }
    tally
}

fn of_kind(kind: &str, count: u64) -> Option<Tally> {
    let mut tally = Tally::default();
    match kind {
        "pass" | "passed" | "passing" | "flaky" => tally.passed = count,
        "fail" | "failed" | "failing" | "timed" | "exec" | "cancelled" | "interrupted" => {
            tally.failed = count;
        }
        "skipped" | "ignored" | "pending" | "todo" => tally.skipped = count,
        _ => return None,
    }
    Some(tally)
}

/// The line without the escapes that colour it.
pub fn without_colours(line: &str) -> String {
    let mut plain = String::new();
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            for escaped in characters.by_ref() {
                if escaped.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use Runner::{CargoTest, Nextest, Npm};

    fn tally(passed: u64, failed: u64, skipped: u64) -> Tally {
        Tally {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn nextest_is_read() {
        let said = "   PASS [ 0.1s] a b\n     Summary [   1.234s] 30 tests run: 27 passed (1 slow, 1 leaky), 2 failed, 1 timed out, 4 skipped\n";
        assert_eq!(Tally::read(Nextest, said, false), tally(27, 3, 4));
        let coloured = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.011s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, \u{1b}[1m0\u{1b}[0m skipped";
        assert_eq!(Tally::read(Nextest, coloured, true), tally(2, 0, 0));
    }

    #[test]
    fn what_a_failed_test_said_is_not_counted() {
        let said = "    test result: FAILED. 0 passed; 1 failed; 0 ignored\n    3 failed\n\
                    Summary [   1.2s] 2 tests run: 1 passed, 1 failed, 0 skipped\n";
        assert_eq!(Tally::read(Nextest, said, false), tally(1, 1, 0));
    }

    #[test]
    fn cargo_test_is_read_and_its_binaries_are_added() {
        let said = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 9 filtered out; finished in 0.01s\n\
                    test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n";
        assert_eq!(Tally::read(CargoTest, said, false), tally(4, 2, 1));
    }

    #[test]
    fn the_runners_of_node_are_read() {
        assert_eq!(
            Tally::read(
                Npm,
                "# tests 5\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 0\n",
                false
            ),
            tally(3, 2, 0)
        );
        assert_eq!(
            Tally::read(Npm, "  1 failed\n  2 did not run\n  12 passed (3.4s)\n", false),
            tally(12, 1, 2)
        );
        assert_eq!(
            Tally::read(Npm, "  3 passing (2s)\n  1 pending\n  1 failing\n", false),
            tally(3, 1, 1)
        );
    }

    #[test]
    fn a_run_that_tells_no_numbers_counts_by_how_it_ended() {
        assert_eq!(
            Tally::read(CargoTest, "error: could not compile", false),
            tally(0, 1, 0)
        );
        assert_eq!(Tally::read(CargoTest, "fine", true), tally(1, 0, 0));
        assert_eq!(
            Tally::read(CargoTest, "test result: ok. 0 passed; 0 failed; 0 ignored", true),
            tally(0, 0, 0)
        );
    }

    #[test]
    fn a_failed_run_never_looks_like_a_good_one() {
        assert_eq!(
            Tally::read(CargoTest, "test result: ok. 3 passed; 0 failed; 0 ignored", false),
            tally(3, 1, 0)
        );
    }

    #[test]
    fn the_last_line_is_as_promised() {
        assert_eq!(tally(3, 0, 0).to_string(), "3 passed, 0 failed");
        assert_eq!(
            tally(3, 1, 0).without_skipped(2).to_string(),
            "1 passed, 1 failed, 2 skipped"
        );
    }
}
