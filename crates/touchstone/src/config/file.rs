//! The configuration file: every fault is told with the file, the line and the key.

use std::{
    collections::BTreeMap,
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::Args;
use nix::unistd::Uid;
use toml::{Spanned, de::DeTable, de::DeValue};
use touchstone_http::Limits;

use super::Given;

/// A configuration file that was read.
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// What it gives.
    pub given: Given,
    /// The line of each of its keys, those of a table as `table.key`.
    lines: BTreeMap<String, usize>,
}

/// Where the file is when none is named: the platform's place for configuration.
pub fn default_path() -> Option<PathBuf> {
    if Uid::effective().is_root() {
        return Some(PathBuf::from("/etc/touchstone/touchstone.toml"));
    }
    let absolute = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let directory = if cfg!(target_os = "macos") {
        absolute("HOME")?.join("Library/Application Support/Touchstone")
    } else {
        absolute("XDG_CONFIG_HOME")
            .or_else(|| Some(absolute("HOME")?.join(".config")))?
            .join("touchstone")
    };
    Some(directory.join("touchstone.toml"))
}

impl File {
    /// Reads one; that it is missing is a fault.
    pub fn read(path: PathBuf) -> Result<Self> {
        let text = fs::read_to_string(&path)
            .with_context(|| format!("the configuration file {} cannot be read", path.display()))?;
        Self::parse(path, &text)
    }

    fn parse(path: PathBuf, text: &str) -> Result<Self> {
        let place = |at: usize| format!("{}:{}", path.display(), line(text, at));
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                bail!("{}: this is no TOML: {}", place(at), error.message());
            }
        };
        let entries = entries(table.get_ref());
        for entry in &entries {
            let (known, table) = match entry.key.strip_prefix("limits.") {
                Some(_) => (limits(), "limits."),
                None => (keys(), ""),
            };
            let name = &entry.key[table.len()..];
            if !known.iter().any(|known| known == name) {
                let nearest = nearest(name, &known).map_or_else(
                    || format!("expected one of {}", known.join(", ")),
                    |nearest| format!("did you mean {table}{nearest}?"),
                );
                bail!("{}: unknown key {}; {nearest}", place(entry.at.start), entry.key);
            }
        }
        let mut given: Given = toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            let at = place(span.start);
            let words = error.message();
            match entries
                .iter()
                .rfind(|entry| entry.at.start <= span.start && span.start < entry.at.end)
            {
                Some(entry) => anyhow::anyhow!("{at}: {}: {words}", entry.key),
                None => anyhow::anyhow!("{at}: {words}"),
            }
        })?;
        let lines: BTreeMap<String, usize> = entries
            .into_iter()
            .map(|entry| (entry.key, line(text, entry.at.start)))
            .collect();
        if let Some(row) = given.limits.table().into_iter().find(|row| !row.is_in_range()) {
            let key = format!("limits.{}", row.name);
            bail!(
                "{}:{}: {key}: {} is out of range; expected {} to {}",
                path.display(),
                lines.get(&key).copied().unwrap_or_default(),
                row.value,
                row.least,
                row.most
            );
        }
        // A path stands beside the file that names it, wherever the program is started from.
        let folder = path.parent().unwrap_or(Path::new(""));
        for one in [&mut given.data_dir, &mut given.pg_bin].into_iter().flatten() {
            *one = folder.join(&*one);
        }
        Ok(Self { path, given, lines })
    }

    /// `FILE:LINE` of a key that the file has.
    pub fn place_of(&self, key: &str) -> Option<String> {
        let line = self.lines.get(key)?;
        Some(format!("{}:{line}", self.path.display()))
    }
}

/// A key with where it and its value stand.
struct Entry {
    key: String,
    at: Range<usize>,
}

fn entries(table: &DeTable<'_>) -> Vec<Entry> {
    let mut found = Vec::new();
    for (key, value) in table {
        let name = key.get_ref().to_string();
        if name == "limits"
            && let DeValue::Table(limits) = value.get_ref()
        {
            found.extend(
                limits
                    .iter()
                    .map(|(key, value)| entry(format!("limits.{}", key.get_ref()), key, value)),
            );
        } else {
            found.push(entry(name, key, value));
        }
    }
    found.sort_by_key(|entry| entry.at.start);
    found
}

fn entry<K>(name: String, key: &Spanned<K>, value: &Spanned<DeValue<'_>>) -> Entry {
    let start = key.span().start;
    Entry {
        key: name,
        at: start..value.span().end.max(start),
    }
}

/// The keys at the top of the file: the settings' flags, and the table of limits.
pub(super) fn keys() -> Vec<String> {
    let flags = Given::augment_args(clap::Command::new("settings"));
    let mut keys: Vec<_> = flags
        .get_arguments()
        .map(|argument| argument.get_id().to_string())
        .collect();
    keys.push("limits".to_owned());
    keys
}

fn limits() -> Vec<String> {
    let table = Limits::default().table();
    table.into_iter().map(|row| row.name.to_owned()).collect()
}

fn nearest<'a>(name: &str, known: &'a [String]) -> Option<&'a str> {
    let name = name.replace('-', "_");
    known
        .iter()
        .map(|known| (strsim::jaro_winkler(&name, known), known.as_str()))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        match File::parse("/etc/t.toml".into(), text) {
            Ok(_) => panic!("{text:?} was taken"),
            Err(error) => format!("{error:#}"),
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_file_line_and_key() {
        for (text, expected) in [
            (
                "\nlisten_ = 1",
                "/etc/t.toml:2: unknown key listen_; did you mean listen?",
            ),
            (
                "data-dir = \"/x\"",
                "/etc/t.toml:1: unknown key data-dir; did you mean data_dir?",
            ),
            (
                "# limits\n[limits]\ndeth = 1",
                "/etc/t.toml:3: unknown key limits.deth; did you mean limits.depth?",
            ),
            (
                "limits.requests_per_minut = 1",
                "/etc/t.toml:1: unknown key limits.requests_per_minut; did you mean limits.requests_per_minute?",
            ),
            (
                "[limits]\ndepth = 0",
                "/etc/t.toml:2: limits.depth: 0 is out of range; expected 1 to 30",
            ),
            (
                "[limits]\nlist_size = 1\nnesting = 65",
                "/etc/t.toml:3: limits.nesting: 65 is out of range; expected 4 to 64",
            ),
        ] {
            assert_eq!(fault(text), expected);
        }
        for (text, place, words) in [
            (
                "no_demo = true\nlisten = 7420",
                "/etc/t.toml:2: listen: ",
                "integer `7420`",
            ),
            ("listen = \"here\"", "/etc/t.toml:1: listen: ", "socket address"),
            (
                "demo_date = \"tomorrow\"",
                "/etc/t.toml:1: demo_date: ",
                "expected such as 2025-03-12",
            ),
            ("no_demo = \"yes\"", "/etc/t.toml:1: no_demo: ", "string \"yes\""),
            (
                "[limits]\ndepth = \"deep\"",
                "/etc/t.toml:2: limits.depth: ",
                "string \"deep\"",
            ),
            ("[limits]\n\ndepth = -1", "/etc/t.toml:3: limits.depth: ", "`-1`"),
            (
                "[limits]\ndepth = 4294967296",
                "/etc/t.toml:2: limits.depth: ",
                "`4294967296`",
            ),
            ("limits = 3", "/etc/t.toml:1: limits: ", "integer `3`"),
            ("log = \"loud\"", "/etc/t.toml:1: log: ", "\"loud\" is no level"),
            (
                "url = \"deals.example\"",
                "/etc/t.toml:1: url: ",
                "\"deals.example\"",
            ),
            (
                "no_demo = true\nno_demo = false",
                "/etc/t.toml:2: ",
                "duplicate key",
            ),
            ("\n\nlisten = ", "/etc/t.toml:3: this is no TOML: ", ""),
            (
                "zzz = 1",
                "/etc/t.toml:1: unknown key zzz; expected one of database_url",
                "limits",
            ),
        ] {
            let said = fault(text);
            assert!(
                said.starts_with(place) && said.contains(words),
                "{text:?}: {said}"
            );
        }
    }

    #[test]
    fn a_path_stands_beside_the_file() {
        let file = File::parse(
            "/etc/t/t.toml".into(),
            "data_dir = \"data\"\npg_bin = \"/usr/bin\"",
        )
        .unwrap();
        assert_eq!(file.given.data_dir, Some("/etc/t/data".into()));
        assert_eq!(file.given.pg_bin, Some("/usr/bin".into()));
        assert_eq!(file.place_of("pg_bin").unwrap(), "/etc/t/t.toml:2");
    }

    #[test]
    fn every_setting_is_a_key() {
        let keys = keys();
        assert_eq!(keys.len(), 11, "{keys:?}");
        assert!(keys.contains(&"database_url".to_owned()));
    }
}
