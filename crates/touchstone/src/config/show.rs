//! `touchstone config`: the settings in force, and where each comes from.

use std::fmt::Write as _;

use clap::parser::ValueSource;
use url::Url;

use super::{Configuration, DemoChoice, Settings};
use crate::database::Place;

impl Configuration {
    /// A line for each setting: its key, its value without secrets, and its source.
    pub fn shown(&self) -> String {
        let mut lines = vec![[
            "config".to_owned(),
            self.file
                .as_ref()
                .map_or("none".to_owned(), |file| file.path.display().to_string()),
            String::new(),
        ]];
        for (key, value) in values(&self.settings) {
            lines.push([key.to_owned(), value, self.source(key)]);
        }
        for row in self.settings.limits.table() {
            let key = format!("limits.{}", row.name);
            let source = self.source_in_file(&key);
            lines.push([key, row.value.to_string(), source]);
        }
        let width = |column: usize| lines.iter().map(|line| line[column].len()).max().unwrap_or(0);
        let (keys, values) = (width(0), width(1));
        lines
            .iter()
            .fold(String::new(), |mut text, [key, value, source]| {
                let line = format!("{key:keys$}  {value:values$}  {source}");
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{}", line.trim_end());
                text
            })
    }

    fn source(&self, key: &str) -> String {
        match self.matches.value_source(key) {
            Some(ValueSource::CommandLine) => format!("--{}", key.replace('_', "-")),
            Some(ValueSource::EnvVariable) => "environment".to_owned(),
            _ => self.source_in_file(key),
        }
    }

    fn source_in_file(&self, key: &str) -> String {
        self.file
            .as_ref()
            .and_then(|file| file.place_of(key))
            .unwrap_or_else(|| "default".to_owned())
    }
}

/// Every setting but the limits, by its key.
fn values(settings: &Settings) -> Vec<(&'static str, String)> {
    let Settings {
        place:
            Place {
                database_url,
                data_dir,
                pg_bin,
                no_install,
            },
        listen,
        demo,
        demo_date,
        url: _,
        log,
        limits: _,
    } = settings;
    let path = |path: &Option<std::path::PathBuf>, unset: String| {
        path.as_ref().map_or(unset, |path| path.display().to_string())
    };
    let data =
        local_postgres::default_data_dir().map_or("none".to_owned(), |path| path.display().to_string());
    vec![
        (
            "database_url",
            database_url
                .as_deref()
                .map_or("a private Postgres".to_owned(), without_secrets),
        ),
        ("data_dir", path(data_dir, data)),
        ("pg_bin", path(pg_bin, "found".to_owned())),
        ("no_install", no_install.to_string()),
        ("demo", (*demo == DemoChoice::Always).to_string()),
        ("no_demo", (*demo == DemoChoice::Never).to_string()),
        (
            "demo_date",
            demo_date.map_or("today".to_owned(), |day| day.to_string()),
        ),
        ("listen", listen.to_string()),
        ("url", settings.reached_at(*listen)),
        ("log", log.to_string()),
    ]
}

/// A database's URL without its password, which may stand in the query, too.
fn without_secrets(url: &str) -> String {
    match url.parse::<Url>() {
        Ok(mut url) => {
            url.set_query(None);
            if url.password().is_some() && url.set_password(Some("…")).is_err() {
                return "set".to_owned();
            }
            url.to_string().replace("%E2%80%A6", "…")
        }
        Err(_) => "set".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        for (url, shown) in [
            (
                "postgres://ada@db.example/deals",
                "postgres://ada@db.example/deals",
            ),
            (
                "postgres://ada:s3cret@db.example/deals",
                "postgres://ada:…@db.example/deals",
            ),
            (
                "postgres://db.example/deals?password=s3cret",
                "postgres://db.example/deals",
            ),
            ("host=db password=s3cret", "set"),
        ] {
            assert_eq!(without_secrets(url), shown);
        }
    }
}
