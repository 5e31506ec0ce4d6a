//! What a trial came to.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::compare::Verdict;
use super::kill::Victim;

/// How many writes a round has to bring, so that a trial is one.
const WRITES_PER_ROUND: u64 = 100;
/// How many broken promises are told one by one.
const TOLD: usize = 10;

/// What was seen in the rounds.
#[derive(Debug, Default)]
pub struct Seen {
    pub kills: BTreeMap<Victim, u32>,
    pub with_a_write_in_flight: u32,
    /// Ends of the program that nobody brought about.
    pub ended_by_itself: u32,
    pub slowest_recovery: Duration,
}

/// Everything that is told of a trial.
#[derive(Debug)]
pub struct Report {
    pub rounds: u32,
    pub seed: u64,
    pub acknowledged: u64,
    pub repeated: u64,
    pub seen: Seen,
    /// What went wrong on the way, in words.
    pub broken: Vec<String>,
    pub verdict: Verdict,
    pub doctor_is_content: bool,
    pub stopped_in_order: bool,
    pub seconds: f64,
}

impl Report {
    fn kills(&self) -> u32 {
        self.seen.kills.values().sum()
    }

    /// Whether the trial was one and every promise was kept.
    pub fn is_good(&self) -> bool {
        self.acknowledged >= WRITES_PER_ROUND * u64::from(self.rounds)
            && self.kills() == self.rounds
            && self.seen.with_a_write_in_flight == self.rounds
            && self.seen.ended_by_itself == 0
            && self.verdict.found == self.acknowledged
            && self.verdict.lost.is_empty()
            && self.verdict.doubled.is_empty()
            && self.broken.is_empty()
            && self.doctor_is_content
            && self.stopped_in_order
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, lines) in [
            ("broken", &self.broken),
            ("lost", &self.verdict.lost),
            ("doubled", &self.verdict.doubled),
        ] {
            for line in lines.iter().take(TOLD) {
                writeln!(f, "{}: {line}", kind.to_uppercase())?;
            }
        }
        let mut row = |name: &str, value: &dyn fmt::Display| writeln!(f, "{name:<34} {value:>8}");
        let yes = |is_so| if is_so { "yes" } else { "NO" };
        row("seed", &self.seed)?;
        row("rounds", &self.rounds)?;
        row("acknowledged", &self.acknowledged)?;
        row("repeated, for want of an answer", &self.repeated)?;
        row("kills", &self.kills())?;
        for (victim, kills) in &self.seen.kills {
            row(&format!("  {}", victim.words()), kills)?;
        }
        row("kills with a write in flight", &self.seen.with_a_write_in_flight)?;
        row("program ended by itself", &self.seen.ended_by_itself)?;
        row("found", &self.verdict.found)?;
        row("lost", &self.verdict.lost.len())?;
        row("doubled", &self.verdict.doubled.len())?;
        row("other broken promises", &self.broken.len())?;
        row("doctor is content", &yes(self.doctor_is_content))?;
        row("stopped in order at the end", &yes(self.stopped_in_order))?;
        let slowest = format!("{:.1}", self.seen.slowest_recovery.as_secs_f64());
        row("slowest recovery, seconds", &slowest)?;
        row("seconds", &format!("{:.1}", self.seconds))?;
        row("every promise kept", &yes(self.is_good()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Report {
        Report {
            rounds: 2,
            seed: 1,
            acknowledged: 230,
            repeated: 9,
            seen: Seen {
                kills: [(Victim::Program, 1), (Victim::Everything, 1)].into(),
                with_a_write_in_flight: 2,
                ..Seen::default()
            },
            broken: Vec::new(),
            verdict: Verdict {
                found: 230,
                ..Verdict::default()
            },
            doctor_is_content: true,
            stopped_in_order: true,
            seconds: 12.0,
        }
    }

    #[test]
    fn one_broken_promise_is_enough() {
        assert!(good().is_good());
        let broken: [fn(&mut Report); 9] = [
            |report| report.acknowledged = 199,
            |report| report.seen.with_a_write_in_flight = 1,
            |report| report.seen.ended_by_itself = 1,
            |report| report.verdict.found = 229,
            |report| report.verdict.lost.push("one".into()),
            |report| report.verdict.doubled.push("one".into()),
            |report| report.broken.push("one".into()),
            |report| report.doctor_is_content = false,
            |report| report.stopped_in_order = false,
        ];
        for (n, change) in broken.iter().enumerate() {
            let mut report = good();
            change(&mut report);
            assert!(!report.is_good(), "case {n}");
            assert!(
                report
                    .to_string()
                    .contains("every promise kept                       NO"),
                "{report}"
            );
        }
    }
}
