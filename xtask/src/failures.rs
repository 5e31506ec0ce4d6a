//! Which tests failed and what each said first, read from what the runners say: a log of a build machine is often
//! looked at from its end alone.

use std::fmt;

use crate::tally::{Runner, without_colours};

/// So many lines of what a failed test said are told again.
const LINES: usize = 8;

/// A test that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Its name as the runner says it.
    pub name: String,
    /// How it failed, where that is not by a panic.
    pub how: Option<&'static str>,
    /// The first lines of why.
    pub said: Vec<String>,
    /// Whether it passed when it was done once more.
    pub is_flaky: bool,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_flaky {
            write!(f, "FLAKY, passed when it was done once more: {}", self.name)?;
        } else {
            write!(f, "FAILED: {}", self.name)?;
        }
        if let Some(how) = self.how {
            write!(f, " ({how})")?;
        }
        for line in &self.said {
            write!(f, "\n    {line}")?;
        }
        Ok(())
    }
}

/// Reads a runner's output; each test once, however often it is named.
pub fn read(runner: Runner, output: &str) -> Vec<Failure> {
    let mut found: Vec<Failure> = Vec::new();
    // Whose words the lines are, and how many of them are still kept.
    let mut speaker = None;
    let mut kept = 0;
    for line in output.lines() {
        let line = without_colours(line);
        let line = line.trim();
        if let Some((name, how)) = failed(runner, line) {
            let place = found.iter().position(|one| one.name == name);
            speaker = place.or_else(|| {
                found.push(Failure {
                    name,
                    how,
                    said: Vec::new(),
                    is_flaky: false,
                });
                Some(found.len() - 1)
            });
            kept = 0;
            continue;
        }
        if let Some(flaky) = line.strip_prefix("FLAKY ").and_then(named)
            && let Some(one) = found.iter_mut().find(|one| one.name == flaky)
        {
            one.is_flaky = true;
            continue;
        }
        // What `cargo test` prints of a failed test comes before its name is listed again.
        if runner == Runner::CargoTest
            && let Some(name) = line
                .strip_prefix("---- ")
                .and_then(|rest| rest.strip_suffix(" stdout ----"))
        {
            speaker = found.iter().position(|one| one.name == name);
            kept = 0;
            continue;
        }
        let Some(failure) = speaker.map(|place: usize| &mut found[place]) else {
            continue;
        };
        if kept == 0 {
            if failure.said.is_empty() && begins(runner, line) {
                failure.said.push(line.to_owned());
                kept = 1;
            }
        } else if line.is_empty() && runner == Runner::Npm {
            // Between what is said of a comparison and the comparison.
        } else if kept < LINES && !ends(runner, line) {
            failure.said.push(line.to_owned());
            kept += 1;
        } else {
            speaker = None;
        }
    }
    found
}

/// The first lines of what a compiler or another check found fault with.
pub fn first_of(said: &str) -> Vec<String> {
    let begins = |line: &&str| line.starts_with("error") || line.starts_with("Diff in ");
    said.lines()
        .map(without_colours)
        .map(|line| line.trim_end().to_owned())
        .skip_while(|line| !begins(&line.as_str()))
        .take(LINES)
        .collect()
}

fn is_signal(outcome: &str) -> bool {
    const SHORT: [&str; 12] = [
        "ABORT", "ABRT", "SEGV", "BUS", "FPE", "ILL", "KILL", "TERM", "TRAP", "QUIT", "INT", "HUP",
    ];
    outcome.starts_with("SIG") || SHORT.contains(&outcome)
}

/// How a test failed, in the word that nextest has for it: a short one where it tries again.
fn of_outcome(outcome: &str) -> Option<Option<&'static str>> {
    let tried = outcome
        .strip_prefix("TRY ")
        .and_then(|rest| Some(rest.split_once(' ')?.1));
    match tried.unwrap_or(outcome).trim() {
        "FAIL" | "FAIL + LEAK" | "FL+LK" | "LEAK-FAIL" | "LKFAIL" => Some(None),
        "TIMEOUT" | "TMT" => Some(Some("it did not end in time")),
        signal if is_signal(signal) => Some(Some("it was ended by a signal")),
        _ => None,
    }
}

/// The name of the test that a line says has failed, and how.
fn failed(runner: Runner, line: &str) -> Option<(String, Option<&'static str>)> {
    match runner {
        // `FAIL [   0.010s] ( 5/30) crate::binary module::test`, with `(─────)` for the count at the end, and `TRY 1 FAIL`
        // where it is done once more.
        Runner::Nextest => {
            let (outcome, _) = line.split_once(" [")?;
            let how = of_outcome(outcome)?;
            Some((named(line)?.to_owned(), how))
        }
        // `test module::test ... FAILED`
        Runner::CargoTest => {
            let name = line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?;
            Some((name.to_owned(), None))
        }
        // `not ok 3 - name`
        Runner::Npm => {
            let (number, name) = line.strip_prefix("not ok ")?.split_once(" - ")?;
            number.parse::<u32>().ok()?;
            Some((name.to_owned(), None))
        }
    }
}

/// The test in `… [   0.010s] ( 5/30) crate::binary module::test`.
fn named(line: &str) -> Option<&str> {
    let (_, named) = line.split_once(']')?;
    let named = named.trim();
    match named.strip_prefix('(') {
        Some(counted) => Some(counted.split_once(')')?.1.trim()),
        None => Some(named),
    }
}

/// Whether a line is where a test begins to say why it failed.
fn begins(runner: Runner, line: &str) -> bool {
    match runner {
        Runner::Nextest | Runner::CargoTest => line.contains("panicked at") || line.starts_with("Error: "),
        Runner::Npm => line.starts_with("error: "),
    }
}

/// Whether a line no longer belongs to why.
fn ends(runner: Runner, line: &str) -> bool {
    line.is_empty()
        || line.starts_with("TRY ")
        || match runner {
            Runner::Nextest | Runner::CargoTest => {
                line.starts_with("note: run with") || line.starts_with("stack backtrace")
            }
            Runner::Npm => ["code: ", "name: ", "stack: ", "..."]
                .iter()
                .any(|next| line.starts_with(next)),
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::Tally;

    fn failure(name: &str, said: &[&str]) -> Failure {
        Failure {
            name: name.to_owned(),
            how: None,
            said: said.iter().map(|line| (*line).to_owned()).collect(),
            is_flaky: false,
        }
    }

    #[test]
    fn nextest_names_each_once_with_its_panic() {
        let said = "        PASS [   0.1s] (1/3) a::b fine
        FAIL [   0.006s] (2/3) graphql::canary the_team
  stdout \u{2500}\u{2500}\u{2500}

    running 1 test
  stderr \u{2500}\u{2500}\u{2500}

    thread 'the_team' (7) panicked at crates/graphql/tests/canary.rs:3:5:
    assertion `left == right` failed
      left: 1
     right: 2
    note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace

     TIMEOUT [ 300.0s] (3/3) graphql::remembered walk
     Summary [ 300.1s] 3 tests run: 1 passed, 1 failed, 1 timed out, 0 skipped
        FAIL [   0.006s] (\u{2500}\u{2500}) graphql::canary the_team
     TIMEOUT [ 300.0s] (\u{2500}\u{2500}) graphql::remembered walk
error: test run failed
";
        assert_eq!(
            read(Runner::Nextest, said),
            [
                failure(
                    "graphql::canary the_team",
                    &[
                        "thread 'the_team' (7) panicked at crates/graphql/tests/canary.rs:3:5:",
                        "assertion `left == right` failed",
                        "left: 1",
                        "right: 2",
                    ],
                ),
                Failure {
                    how: Some("it did not end in time"),
                    ..failure("graphql::remembered walk", &[])
                },
            ]
        );
    }

    #[test]
    fn a_test_that_passed_the_second_time_is_told_apart_from_one_that_did_not() {
        let said = "  TRY 1 FAIL [   0.0s] (1/2) a::b now_and_then
    thread 'now_and_then' panicked at a.rs:1:1:
    once
  TRY 2 PASS [   0.0s] (1/2) a::b now_and_then
  TRY 1 FL+LK [   0.0s] (2/4) a::b never
   TRY 2 TMT [   0.0s] (2/4) a::b never
   TRY 1 TMT [   0.0s] (3/4) a::b slow_once
  TRY 2 PASS [   0.0s] (3/4) a::b slow_once
  TRY 1 SLOW [>  60.0s] (4/4) a::b slow
  TRY 1 SEGV [   0.0s] (4/4) a::b gone
  TRY 2 SEGV [   0.0s] (4/4) a::b gone
     Summary [   0.1s] 4 tests run: 2 passed (1 slow, 2 flaky, 1 leaky), 1 failed, 1 timed out, 0 skipped
   FLAKY 2/2 [   0.0s] (\u{2500}) a::b now_and_then
   FLAKY 2/2 [   0.0s] (\u{2500}) a::b slow_once
   TRY 2 TMT [   0.0s] (\u{2500}) a::b never
  TRY 2 SEGV [   0.0s] (\u{2500}) a::b gone
";
        let told: Vec<_> = read(Runner::Nextest, said)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            told,
            [
                "FLAKY, passed when it was done once more: a::b now_and_then\n    thread 'now_and_then' panicked at a.rs:1:1:\n    once",
                "FAILED: a::b never",
                "FLAKY, passed when it was done once more: a::b slow_once (it did not end in time)",
                "FAILED: a::b gone (it was ended by a signal)",
            ]
        );
        assert_eq!(
            Tally::read(Runner::Nextest, said, false).to_string(),
            "2 passed, 2 failed"
        );
    }

    #[test]
    fn cargo_test_names_each_with_its_panic() {
        let said = "test one::fine ... ok
test one::poor ... FAILED

failures:

---- one::poor stdout ----
thread 'one::poor' panicked at src/one.rs:1:1:
no
note: run with `RUST_BACKTRACE=1`

failures:
    one::poor
";
        assert_eq!(
            read(Runner::CargoTest, said),
            [failure(
                "one::poor",
                &["thread 'one::poor' panicked at src/one.rs:1:1:", "no"]
            )]
        );
    }

    #[test]
    fn suites_of_node_are_named_with_their_errors() {
        let said = "    ok 1 - fine
    not ok 2 - access in zh: nothing cut off
      ---
      duration_ms: 5353.2
      error: |-
        access zh light 1440
        + actual - expected

        + [ 'region' ]
      code: 'ERR_ASSERTION'
      ...
not ok 1 - every page
  error: '1 subtest failed'
";
        assert_eq!(
            read(Runner::Npm, said),
            [
                failure(
                    "access in zh: nothing cut off",
                    &[
                        "error: |-",
                        "access zh light 1440",
                        "+ actual - expected",
                        "+ [ 'region' ]"
                    ]
                ),
                failure("every page", &["error: '1 subtest failed'"]),
            ]
        );
    }

    #[test]
    fn a_run_in_which_all_passed_has_none() {
        let said = "        PASS [   0.1s] (1/1) a::b it panicked at last\n     Summary [ 0.1s] 1 test run: 1 passed, 0 skipped\n";
        assert_eq!(read(Runner::Nextest, said), []);
    }

    #[test]
    fn a_long_reason_is_cut() {
        let many = "    a line\n".repeat(40);
        let said =
            format!("        FAIL [   0.0s] (1/1) a::b c\n    thread 'c' panicked at a.rs:1:1:\n{many}");
        assert_eq!(read(Runner::Nextest, &said)[0].said.len(), LINES);
    }

    #[test]
    fn what_a_check_found_is_told_from_its_first_line() {
        let said = "==> cargo clippy\n\u{1b}[1merror\u{1b}[0m: use of `format!`\n   --> a.rs:1:1\n";
        assert_eq!(first_of(said), ["error: use of `format!`", "   --> a.rs:1:1"]);
        assert_eq!(first_of("Diff in a.rs:1:\n-a\n"), ["Diff in a.rs:1:", "-a"]);
        assert_eq!(first_of(&"error\n".repeat(20)).len(), LINES);
    }
}
