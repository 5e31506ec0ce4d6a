//! docs/configuration.md says what this program has: its tables are made from the command line, the keys of the file and
//! the table of limits, and compared. `UPDATE_DOCS=1` writes them instead.

use std::{env, fmt::Write as _, fs, path::Path};

use clap::{Arg, Command, CommandFactory as _};
use touchstone_http::Limits;

use super::file::keys;
use crate::commands::Cli;

/// The settings: their keys in the file are their names, so that one row tells all three.
fn settings(cli: &Command) -> String {
    let keys = keys();
    let mut rows = "| key | flag | environment | what |\n|---|---|---|---|\n".to_owned();
    for argument in cli.get_arguments().filter(|argument| argument.is_global_set()) {
        let id = argument.get_id().as_str();
        let key = if keys.iter().any(|key| key == id) {
            format!("`{id}`")
        } else {
            String::new()
        };
        let variable = argument
            .get_env()
            .map(|name| format!("`{}`", name.to_string_lossy()));
        let _ = writeln!(
            rows,
            "| {key} | `{}` | {} | {} |",
            flag(argument),
            variable.unwrap_or_default(),
            words(argument)
        );
    }
    rows
}

/// Every command with what it takes besides the settings.
fn commands(cli: &Command) -> String {
    let mut rows = "| command | takes | what |\n|---|---|---|\n".to_owned();
    let mut waiting: Vec<(String, &Command)> = vec![(cli.get_name().to_owned(), cli)];
    while let Some((path, command)) = waiting.pop() {
        let below: Vec<_> = command
            .get_subcommands()
            .filter(|one| one.get_name() != "help")
            .collect();
        for one in below.iter().rev() {
            waiting.push((format!("{path} {}", one.get_name()), one));
        }
        if !below.is_empty() {
            continue;
        }
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(rows, "| `{path}` | | {about} |");
        for argument in command
            .get_arguments()
            .filter(|argument| !argument.is_global_set())
        {
            let takes = if argument.is_positional() {
                argument.get_id().as_str().to_uppercase()
            } else {
                flag(argument)
            };
            let default = argument.get_default_values().first();
            let default = default.map(|value| format!(" [default: {}]", value.to_string_lossy()));
            let _ = writeln!(
                rows,
                "| | `{takes}` | {}{} |",
                words(argument),
                default.unwrap_or_default()
            );
        }
    }
    rows
}

fn limits() -> String {
    let mut rows = "| key in `[limits]` | default | from | to | what |\n|---|---|---|---|---|\n".to_owned();
    for row in Limits::default().table() {
        let _ = writeln!(
            rows,
            "| `{}` | {} | {} | {} | {} |",
            row.name, row.default, row.least, row.most, row.meaning
        );
    }
    rows
}

fn flag(argument: &Arg) -> String {
    let mut text = format!("--{}", argument.get_long().unwrap_or_default());
    let optional = argument.is_require_equals_set();
    if let Some(names) = argument
        .get_value_names()
        .filter(|_| argument.get_action().takes_values())
    {
        let name = names.join(" ");
        let _ = if optional {
            write!(text, "[={name}]")
        } else {
            write!(text, " {name}")
        };
    }
    text
}

fn words(argument: &Arg) -> String {
    let mut words = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let values: Vec<_> = argument
        .get_possible_values()
        .iter()
        .filter(|value| !matches!(value.get_name(), "true" | "false"))
        .map(|value| value.get_name().to_owned())
        .collect();
    if !argument.is_global_set() && !values.is_empty() {
        let _ = write!(words, ": one of {}", values.join(", "));
    }
    words.replace('|', "\\|")
}

/// The document with its three tables as they should be.
fn current(written: &str) -> String {
    let cli = Cli::command();
    let mut text = written.to_owned();
    for (name, table) in [
        ("settings", settings(&cli)),
        ("commands", commands(&cli)),
        ("limits", limits()),
    ] {
        let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
        let start = text.find(&begin).unwrap_or_else(|| panic!("no {begin}")) + begin.len();
        let stop = text.find(&end).unwrap_or_else(|| panic!("no {end}"));
        text.replace_range(start..stop, &format!("\n{table}\n"));
    }
    text
}

#[test]
fn the_document_lists_every_flag_variable_key_and_limit() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/configuration.md");
    let written = fs::read_to_string(&path).unwrap();
    let expected = current(&written);
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &expected).unwrap();
        return;
    }
    for (line, (is, should)) in written.lines().zip(expected.lines()).enumerate() {
        assert_eq!(
            is,
            should,
            "docs/configuration.md:{}: `UPDATE_DOCS=1 cargo test -p touchstone document` writes it",
            line + 1
        );
    }
    assert_eq!(
        written, expected,
        "docs/configuration.md: `UPDATE_DOCS=1 cargo test -p touchstone document` writes it"
    );
}

/// What stands outside the tables names no flag or variable that does not exist, and the containers set none.
#[test]
fn nothing_else_is_named_in_the_document_and_the_readme() {
    let cli = Cli::command();
    let mut known = vec!["--help".to_owned(), "--version".to_owned()];
    let mut waiting = vec![&cli];
    while let Some(command) = waiting.pop() {
        waiting.extend(command.get_subcommands());
        for argument in command.get_arguments() {
            known.extend(argument.get_long().map(|long| format!("--{long}")));
            known.extend(argument.get_env().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for file in [
        "docs/configuration.md",
        "README.md",
        "Dockerfile",
        "docker-compose.yml",
    ] {
        let has_flags_of_others = matches!(file, "Dockerfile" | "docker-compose.yml");
        let text = fs::read_to_string(root.join(file)).unwrap();
        let named = text
            .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
            .filter(|word| {
                let is_flag = word
                    .strip_prefix("--")
                    .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
                (is_flag && !has_flags_of_others)
                    || word.starts_with("TOUCHSTONE_")
                    || *word == "DATABASE_URL"
            })
            // Of cargo and docker.
            .filter(|word| !matches!(*word, "--release" | "--build"));
        for word in named {
            assert!(
                known.iter().any(|known| known == word),
                "{file} names {word}, which is not there"
            );
        }
    }
}

#[test]
fn the_container_is_built_by_the_pinned_compiler() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |file: &str| fs::read_to_string(root.join(file)).unwrap();
    let pinned = read("rust-toolchain.toml");
    let version = pinned
        .split("channel = \"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let image = format!("FROM rust:{version}-slim-bookworm AS build\n");
    assert!(
        read("Dockerfile").contains(&image),
        "the Dockerfile has another compiler than {version}"
    );
}
