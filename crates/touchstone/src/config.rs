//! What the program is told: by flags, by the environment, and by one TOML file. A flag wins over the environment, that
//! over the file, that over the default. docs/configuration.md lists all of it.

#[cfg(test)]
mod document;
mod file;
mod show;
mod value;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::Result;
use chrono::NaiveDate;
use clap::{ArgMatches, Args, builder::BoolishValueParser};
use serde::Deserialize;
use touchstone_http::Limits;

pub use file::File;
pub use value::{LogFilter, PublicUrl};

use crate::database::Place;

/// The settings as one place gives them: flags and environment, or the file. A key of the file has its field's name.
#[derive(Args, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[command(next_help_heading = "Settings")]
pub struct Given {
    /// The Postgres server to use instead of a private one, such as <postgres://user@host/touchstone>
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    database_url: Option<String>,
    /// Where the private Postgres keeps its data [default: the platform's place for program data, for root
    /// /var/lib/touchstone]
    #[arg(long, env = "TOUCHSTONE_DATA_DIR", global = true)]
    data_dir: Option<PathBuf>,
    /// The folder with the programs of Postgres 15 or newer (initdb, postgres, pg_ctl) [default: found]
    #[arg(long, env = "TOUCHSTONE_PG_BIN", global = true)]
    pg_bin: Option<PathBuf>,
    /// Do not install Postgres where it is missing [default: false]
    #[arg(long, env = "TOUCHSTONE_NO_INSTALL", global = true, value_parser = BoolishValueParser::new())]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    no_install: Option<bool>,
    /// Work in the demonstration of the private Postgres, also where there is a workspace of one's own [default: false]
    #[arg(long, env = "TOUCHSTONE_DEMO", global = true, value_parser = BoolishValueParser::new())]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    demo: Option<bool>,
    /// Begin with an empty workspace in place of the demonstration [default: false]
    #[arg(long, env = "TOUCHSTONE_NO_DEMO", global = true, value_parser = BoolishValueParser::new())]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    no_demo: Option<bool>,
    /// Day 0 of a demonstration that is made, such as 2025-03-12: its records are dated back from it [default: today]
    #[arg(long, env = "TOUCHSTONE_DEMO_DATE", global = true, value_name = "DAY")]
    #[serde(default, deserialize_with = "value::day")]
    demo_date: Option<NaiveDate>,
    /// The address and port to listen on; port 0 picks a free one [default: 127.0.0.1:7420]
    #[arg(long, env = "TOUCHSTONE_LISTEN", global = true, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Where people reach the server, such as <https://deals.example>: it begins sign-in links and calendars' addresses,
    /// requests of its pages are taken with a cookie, and with https cookies are kept to https [default: http:// and the
    /// listening address]
    #[arg(long, env = "TOUCHSTONE_URL", global = true)]
    url: Option<PublicUrl>,
    /// What is logged: a level, and PART=LEVEL for parts of the program [default: info,sqlx=warn]
    #[arg(long, env = "TOUCHSTONE_LOG", global = true, value_name = "FILTER")]
    log: Option<LogFilter>,
    /// The limits, in the file only: a table.
    #[arg(skip)]
    #[serde(default)]
    limits: Limits,
}

/// When the demonstration is served in place of one's own workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoChoice {
    /// Until somebody works in one's own.
    Until,
    /// In any case.
    Always,
    /// Never.
    Never,
}

/// The settings in force.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Which database.
    pub place: Place,
    /// Where to listen.
    pub listen: SocketAddr,
    /// When the demonstration is served.
    pub demo: DemoChoice,
    /// Day 0 of a demonstration that is made, if not today.
    pub demo_date: Option<NaiveDate>,
    /// Where people reach the server, if that is not where it listens.
    pub url: Option<PublicUrl>,
    /// What is logged.
    pub log: LogFilter,
    /// What callers may ask for.
    pub limits: Limits,
}

impl Settings {
    /// Lays flags and environment over the file over the defaults.
    pub fn layered(given: Given, file: Option<&File>) -> Self {
        let none = Given::default();
        let beneath = file.map_or(&none, |file| &file.given);
        let Given {
            database_url,
            data_dir,
            pg_bin,
            no_install,
            demo,
            no_demo,
            demo_date,
            listen,
            url,
            log,
            limits: _,
        } = given;
        Self {
            place: Place {
                database_url: database_url.or_else(|| beneath.database_url.clone()),
                data_dir: data_dir.or_else(|| beneath.data_dir.clone()),
                pg_bin: pg_bin.or_else(|| beneath.pg_bin.clone()),
                no_install: no_install.or(beneath.no_install).unwrap_or(false),
            },
            listen: listen
                .or(beneath.listen)
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 7420))),
            demo: match (
                demo.or(beneath.demo).unwrap_or(false),
                no_demo.or(beneath.no_demo).unwrap_or(false),
            ) {
                // Who leaves it out in the file and asks for it now wants it now, and the other way round.
                (true, true) if no_demo == Some(true) && demo != Some(true) => DemoChoice::Never,
                (true, _) => DemoChoice::Always,
                (false, true) => DemoChoice::Never,
                (false, false) => DemoChoice::Until,
            },
            demo_date: demo_date.or(beneath.demo_date),
            url: url.or_else(|| beneath.url.clone()),
            log: log.or_else(|| beneath.log.clone()).unwrap_or_default(),
            limits: beneath.limits.clone(),
        }
    }

    /// How long a statement of the database may take.
    pub fn statement_time(&self) -> Duration {
        Duration::from_millis(self.limits.statement_ms.into())
    }

    /// Where people reach the server that listens at `address`.
    pub fn reached_at(&self, address: SocketAddr) -> String {
        match &self.url {
            Some(url) => url.as_str().to_owned(),
            None => format!("http://{address}"),
        }
    }
}

/// The settings in force and where each comes from.
pub struct Configuration {
    /// The settings.
    pub settings: Settings,
    matches: ArgMatches,
    file: Option<File>,
}

impl Configuration {
    /// Reads the file that is named, or else the one in the platform's place if it is there.
    pub fn load(given: Given, named: Option<PathBuf>, matches: ArgMatches) -> Result<Self> {
        let file = match named {
            Some(path) => Some(File::read(path)?),
            None => match file::default_path() {
                Some(path) if path.exists() => Some(File::read(path)?),
                _ => None,
            },
        };
        Ok(Self {
            settings: Settings::layered(given, file.as_ref()),
            matches,
            file,
        })
    }
}
