//! docs/conviction.md says what the formula does: its tables and examples are computed and compared. `UPDATE_DOCS=1`
//! writes them instead.

use std::{env, fmt::Write as _, fs, path::PathBuf};

use domain::{
    Language,
    assessment::{Assessment, Flag, Rubric, UNPROVEN_LIMIT, shown},
    evidence::{EvidenceKind, Grade},
};

use crate::ledger::{Build as _, Ledger, bigclaim, cubeforge, record};

const NOW: &str = "2024-07-31";
const COMMAND: &str = "UPDATE_DOCS=1 cargo test -p touchstone-domain --test assessment document";

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/conviction.md")
}

fn places(value: f64, places: u32) -> String {
    shown::rounded(value, places).to_string()
}

fn share(value: f64) -> String {
    shown::share(value).to_string()
}

/// What each grade is believed, and what it takes.
fn credence() -> String {
    let believed = |grade, reviewed: bool| {
        let customers = record(EvidenceKind::PayingCustomers, 20, NOW);
        let customers = if reviewed {
            customers.reviewed(grade, NOW)
        } else {
            customers.graded(grade)
        };
        Ledger::new().with(customers).assess(NOW).contributions[0].credence
    };
    let mut table = "| grade | 中文 | what it takes | credence |\n|---|---|---|---|\n".to_owned();
    for (grade, chinese, takes, reviewed) in [
        (Grade::Claimed, "声称", "somebody said so", false),
        (
            Grade::Documented,
            "有凭据",
            "we hold a document, an export, a link",
            false,
        ),
        (Grade::Verified, "已核实", "we checked it independently", true),
        (Grade::Refuted, "已证伪", "we checked it, and it is false", true),
    ] {
        let credence = places(believed(grade, reviewed), 1);
        let _ = writeln!(table, "| {grade} | {chinese} | {takes} | {credence} |");
    }
    table
}

/// What is left of a figure after some time, by half-life.
fn decay() -> String {
    let rubric = Rubric::default();
    let mut half_lives: Vec<u32> = rubric.kinds.iter().map(|row| row.half_life_days).collect();
    half_lives.sort_unstable();
    half_lives.dedup();
    let days = [30, 90, 180, 365, 730];
    let mut table = "| half-life | for example |".to_owned();
    for day in days {
        let _ = write!(table, " after {day} d |");
    }
    table.push_str("\n|---|---|---|---|---|---|---|\n");
    for half_life in half_lives {
        let kinds: Vec<EvidenceKind> = rubric
            .kinds
            .iter()
            .filter(|row| row.half_life_days == half_life)
            .map(|row| row.kind)
            .collect();
        let example = Ledger::new()
            .with(record(kinds[0], 20, NOW).of(100))
            .assess(NOW)
            .contributions[0]
            .figure
            .text(Language::En);
        let _ = write!(table, "| {half_life} days | {example} |");
        let today = NOW.parse::<chrono::NaiveDate>().unwrap();
        for day in days {
            let then = (today + chrono::TimeDelta::days(day)).to_string();
            let ledger = Ledger::new().with(record(kinds[0], 20, NOW).of(100));
            let _ = write!(
                table,
                " {} |",
                places(ledger.assess(&then).contributions[0].freshness, 2)
            );
        }
        table.push('\n');
    }
    table
}

/// The steps of an assessment with their figures, and the program's own sentences.
fn example(found: &Assessment) -> String {
    let figures = &found.figures;
    let mut text = "| group | record | grade | weight | strength | credence | freshness | contributes | counts | adds |\n\
                    |---|---|---|---|---|---|---|---|---|---|\n"
        .to_owned();
    for one in &found.contributions {
        let _ = writeln!(
            text,
            "| {} | {} ({}) | {} | {} | {} | {} | {} | {} | {} | {} |",
            one.group,
            one.figure.text(Language::En),
            one.figure.observed_on,
            one.grade,
            places(one.weight, 2),
            share(one.strength.total),
            places(one.credence, 1),
            share(one.freshness),
            share(one.contribution),
            if one.counts { "yes" } else { "no" },
            share(one.adds),
        );
    }
    let sum: Vec<String> = found
        .contributions
        .iter()
        .filter(|one| one.counts)
        .map(|one| share(one.adds))
        .collect();
    let cut = found.all - figures.demand;
    let _ = write!(
        text,
        "\n1. Together they say {} = {}. What is proven is {}, and words may add {} to it.",
        sum.join(" + "),
        share(found.all),
        share(figures.proven),
        places(UNPROVEN_LIMIT, 3),
    );
    let _ = if cut > 0.0 {
        writeln!(
            text,
            " So demand is {}; {} is not counted.",
            share(figures.demand),
            share(cut)
        )
    } else {
        writeln!(text, " So demand is {}.", share(figures.demand))
    };
    let _ = writeln!(text, "2. {}", found.multiplier.text(Language::En));
    let conviction = places(figures.conviction.unwrap(), 1);
    let _ = writeln!(
        text,
        "3. Conviction = 100 × {} × {} ÷ 3 = **{conviction}**.",
        share(figures.demand),
        places(figures.multiplier, 2),
    );
    let _ = writeln!(
        text,
        "4. Were all of it true, demand would be {}: the hype gap is {}, {} % of the claim.\n",
        share(figures.claimed_demand),
        share(figures.hype_gap),
        places(100.0 * figures.hype_share.unwrap(), 0),
    );
    for reason in &found.flags {
        let _ = writeln!(
            text,
            "- `{}` {}: {} {}：{}",
            reason.flag,
            reason.flag.name(Language::En),
            reason.text(Language::En),
            reason.flag.name(Language::Zh),
            reason.text(Language::Zh),
        );
    }
    let _ = writeln!(text, "\nThe program explains each record:\n");
    for one in &found.contributions {
        let _ = writeln!(text, "> {}\n>", one.text(Language::En));
    }
    let _ = writeln!(text, "> {}", found.text(Language::Zh));
    text
}

/// The document with its computed parts as they should be.
fn current(mut text: String) -> String {
    for (name, part) in [
        ("credence", credence()),
        ("decay", decay()),
        ("worked example", example(&cubeforge().assess(NOW))),
        ("counter-example", example(&bigclaim().assess(NOW))),
    ] {
        let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
        let start = text.find(&begin).unwrap_or_else(|| panic!("no {begin}")) + begin.len();
        let stop = text.find(&end).unwrap_or_else(|| panic!("no {end}"));
        text.replace_range(start..stop, &format!("\n{part}\n"));
    }
    text
}

#[test]
fn the_document_computes_its_examples() {
    let written = fs::read_to_string(path()).unwrap();
    let expected = current(written.clone());
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path(), &expected).unwrap();
        return;
    }
    for (line, (is, should)) in written.lines().zip(expected.lines()).enumerate() {
        assert_eq!(
            is,
            should,
            "docs/conviction.md:{}: `{COMMAND}` writes it",
            line + 1
        );
    }
    assert_eq!(written, expected, "docs/conviction.md: `{COMMAND}` writes it");
}

#[test]
fn the_document_has_a_row_for_every_flag_in_their_order() {
    let text = fs::read_to_string(path()).unwrap();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(rows.len(), Flag::ALL.len());
    for (row, flag) in rows.into_iter().zip(Flag::ALL) {
        let head = format!(
            "| `{flag}` {} | {} |",
            flag.name(Language::En),
            flag.name(Language::Zh)
        );
        assert!(row.starts_with(&head), "{row} should begin with {head}");
    }
}
