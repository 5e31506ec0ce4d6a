//! A workspace full of made-up startups, as large as one likes, for tests of plans and for the bench: with evidence,
//! people, deals and the history of all of them. Everything in it says that it is fictional, and everything follows
//! from the size and the seed (but the ids of sectors and stages, which the workspace has already).
//!
//! It is SQL over sets, as a hundred thousand startups through the use cases would take hours; what takes the rules of
//! `domain` (keys, order, slugs) comes in by COPY. So whoever has a connection can carry it out: [`steps`] gives the
//! statements in order. What the product derives from these tables by a backfill of its own is left to that.

mod list;
mod names;

use std::fmt::Write as _;

use names::{Named, Organisations};

pub use list::list;

/// How many startups, and by which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// How many startups.
    pub startups: u32,
    /// From it everything else is drawn.
    pub seed: u32,
}

impl Size {
    /// 4,000 startups: a fund.
    pub const S: u32 = 4_000;
    /// 100,000 startups: a market.
    pub const L: u32 = 100_000;
}

/// A step of the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Statements to be run as they are. All steps are one transaction, and one session.
    Run(String),
    /// `copy INTO from stdin` with these rows, in the text format.
    Copy {
        /// The table with its columns.
        into: &'static str,
        /// The rows, a line each.
        rows: String,
    },
}

/// Rows that one COPY carries, so that no step is large.
const ROWS_PER_COPY: u32 = 10_000;

/// The last moment of the history that is made up.
pub const ENDS_AT: &str = "2026-06-30T00:00:00Z";

/// Everything to be done, in order, on a workspace that has its sectors and stages and no startup. The first step
/// begins a transaction and refuses any other database in words, the last one commits.
pub fn steps(size: Size) -> impl Iterator<Item = Step> {
    let run = move |text: &str| Step::Run(filled(text, size));
    let mut named = Named::new(size);
    let startups = chunks(size.startups).map(move |numbers| Step::Copy {
        into: "g_name (n, slug, name, name_sort, folded, aliases, name_keys, search_text, domain, is_chinese)",
        rows: numbers.map(|n| named.startup(n)).collect(),
    });
    let people = chunks(size.startups.saturating_mul(2)).map(|numbers| Step::Copy {
        into: "g_person_name (n, name, name_sort, search_text)",
        rows: numbers.map(names::person).collect(),
    });
    let organisations = std::iter::once_with(|| Step::Copy {
        into: "g_organisation (n, name, key, kind)",
        rows: Organisations::rows(),
    });
    std::iter::once(run(include_str!("sql/begin.sql")))
        .chain(startups)
        .chain(people)
        .chain(organisations)
        .chain([
            run(include_str!("sql/startups.sql")),
            run(include_str!("sql/people.sql")),
            run(include_str!("sql/evidence.sql")),
            run(include_str!("sql/deals.sql")),
            run(include_str!("sql/activity.sql")),
            run(include_str!("sql/end.sql")),
        ])
}

/// What is run once the steps are committed: it cannot be part of a transaction.
pub const AFTERWARDS: &str = "vacuum analyze";

fn filled(text: &str, size: Size) -> String {
    text.replace("{startups}", &size.startups.to_string())
        .replace("{seed}", &size.seed.to_string())
        .replace("{ends_at}", ENDS_AT)
}

/// The numbers from 1 to `count`, in runs.
fn chunks(count: u32) -> impl Iterator<Item = std::ops::RangeInclusive<u32>> {
    (0..count.div_ceil(ROWS_PER_COPY)).map(move |chunk| {
        let first = chunk * ROWS_PER_COPY + 1;
        first..=count.min(first + ROWS_PER_COPY - 1)
    })
}

/// A line of COPY's text format.
fn line(fields: &[&str]) -> String {
    let mut line = String::new();
    for (n, field) in fields.iter().enumerate() {
        if n > 0 {
            line.push('\t');
        }
        for c in field.chars() {
            match c {
                '\\' => line.push_str("\\\\"),
                '\t' => line.push_str("\\t"),
                '\n' => line.push_str("\\n"),
                '\r' => line.push_str("\\r"),
                c => line.push(c),
            }
        }
    }
    line.push('\n');
    line
}

/// An array of texts as Postgres reads it.
fn array(texts: &[String]) -> String {
    let mut array = String::from("{");
    for (n, text) in texts.iter().enumerate() {
        if n > 0 {
            array.push(',');
        }
        let _ = write!(array, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    }
    array.push('}');
    array
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_and_a_seed_give_the_same_steps_again_and_another_seed_others() {
        let of = |seed| steps(Size { startups: 300, seed }).collect::<Vec<_>>();
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
    }

    #[test]
    fn a_line_of_copy_holds_its_fields_whatever_is_in_them() {
        assert_eq!(line(&["a\nb", "c\td", "e\\f"]), "a\\nb\tc\\td\te\\\\f\n");
        assert_eq!(array(&["a".into(), "b\"c".into()]), "{\"a\",\"b\\\"c\"}");
        assert_eq!(array(&[]), "{}");
    }

    #[test]
    fn runs_cover_every_number_once() {
        let numbers: Vec<u32> = chunks(2 * ROWS_PER_COPY + 1).flatten().collect();
        assert!(numbers.iter().copied().eq(1..=2 * ROWS_PER_COPY + 1));
        assert_eq!(chunks(0).count(), 0);
    }
}
