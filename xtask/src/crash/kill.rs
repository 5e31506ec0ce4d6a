//! Whom to kill, and killing them.

use std::collections::VecDeque;

use anyhow::{Context, Result};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use crate::program::{Program, Up, children};

/// Who dies in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Victim {
    /// The program; its Postgres is left behind and goes on.
    Program,
    /// The postmaster; its processes learn of it when they next look.
    Postmaster,
    /// One of Postgres' sessions, upon which Postgres ends all others and recovers.
    Session,
    /// Postgres with all its processes.
    Postgres,
    /// The program and a session: the next `up` finds a Postgres that recovers.
    ProgramAndSession,
    /// The program and Postgres with all its processes, as when the machine loses its power.
    Everything,
}

impl Victim {
    pub const ALL: [Self; 6] = [
        Self::Program,
        Self::Postmaster,
        Self::Session,
        Self::Postgres,
        Self::ProgramAndSession,
        Self::Everything,
    ];

    pub fn words(self) -> &'static str {
        match self {
            Self::Program => "the program",
            Self::Postmaster => "the postmaster",
            Self::Session => "a session of Postgres",
            Self::Postgres => "all of Postgres",
            Self::ProgramAndSession => "the program and a session",
            Self::Everything => "everything",
        }
    }

    pub fn includes_program(self) -> bool {
        matches!(self, Self::Program | Self::ProgramAndSession | Self::Everything)
    }
}

/// Who dies next: everybody once before anybody twice, in an order drawn anew each time.
#[derive(Default)]
pub struct Fate(VecDeque<Victim>);

impl Fate {
    pub fn next(&mut self, random: &mut StdRng) -> Victim {
        loop {
            if let Some(victim) = self.0.pop_front() {
                return victim;
            }
            let mut all = Victim::ALL;
            all.shuffle(random);
            self.0.extend(all);
        }
    }
}

/// The processes that die with a victim, in the order of their deaths; `session` decides which session it is.
pub fn processes(victim: Victim, program: &Program, up: &Up, session: u32) -> Result<Vec<i32>> {
    let postmaster = program.postmaster()?;
    let session = || {
        let sessions: Vec<i32> = children(postmaster)?
            .into_iter()
            .filter(|(_, title)| title.starts_with("postgres: touchstone touchstone"))
            .map(|(pid, _)| pid)
            .collect();
        let n = session as usize % sessions.len().max(1);
        sessions.get(n).copied().context("Postgres has no session")
    };
    let all = || -> Result<Vec<i32>> {
        // The postmaster first, so that it has no time to end the others in order.
        let others = children(postmaster)?.into_iter().map(|(pid, _)| pid);
        Ok(std::iter::once(postmaster).chain(others).collect())
    };
    Ok(match victim {
        Victim::Program => vec![up.pid()],
        Victim::Postmaster => vec![postmaster],
        Victim::Session => vec![session()?],
        Victim::Postgres => all()?,
        Victim::ProgramAndSession => vec![up.pid(), session()?],
        Victim::Everything => [vec![up.pid()], all()?].concat(),
    })
}

/// Kills them without a word. One that has just ended by itself is no matter.
pub fn kill_all(processes: &[i32]) {
    for pid in processes {
        let _ = kill(Pid::from_raw(*pid), Signal::SIGKILL);
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn a_seed_gives_one_order_in_which_everybody_dies() {
        let order = |seed| {
            let mut random = StdRng::seed_from_u64(seed);
            let mut fate = Fate::default();
            (0..12).map(|_| fate.next(&mut random)).collect::<Vec<_>>()
        };
        assert_eq!(order(1), order(1));
        assert!((2..10).any(|seed| order(seed) != order(1)));
        for half in order(1).chunks(6) {
            let mut half = half.to_vec();
            half.sort_unstable();
            assert_eq!(half, Victim::ALL);
        }
    }
}
