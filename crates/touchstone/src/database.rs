//! Which database a command works on: the one of `DATABASE_URL`, or the private one of the data directory, which is
//! used where it runs and started for the moment where it does not.

use std::path::PathBuf;

use anyhow::{Context, Result};
use local_postgres::{DataDir, Install, Lock, LockError, Options, Server, default_data_dir, find};

/// Where the database is.
#[derive(Debug)]
pub struct Place {
    pub database_url: Option<String>,
    pub data_dir: Option<PathBuf>,
    pub pg_bin: Option<PathBuf>,
    pub no_install: bool,
}

/// A database in use.
pub enum Held {
    /// Somebody else's server.
    Given,
    /// The private one that a running `touchstone up` keeps.
    Shared(Server),
    /// The private one, started by this command.
    Own(Server, Lock),
}

impl Held {
    /// In a line, without secrets.
    pub fn describe(&self) -> String {
        match self {
            Self::Given => "the server of DATABASE_URL".into(),
            Self::Shared(server) | Self::Own(server, _) => {
                format!("private Postgres, process {}", server.pid())
            }
        }
    }
    /// Stops what this command started.
    pub fn close(self) {
        if let Self::Own(server, _lock) = self
            && let Err(error) = server.stop()
        {
            tracing::warn!(%error, "the private Postgres did not stop cleanly");
        }
    }
}

fn say(words: &str) {
    eprintln!("{words}");
}

fn start(place: &Place, directory: DataDir) -> Result<Server> {
    let install = if place.no_install {
        Install::Never
    } else {
        Install::Allowed
    };
    let binaries = find(place.pg_bin.as_deref(), &say, install)?;
    Ok(Server::start(&Options::new(directory, binaries))?)
}

fn directory(place: &Place) -> Result<DataDir> {
    let path = match &place.data_dir {
        Some(path) => path.clone(),
        None => default_data_dir()?,
    };
    Ok(DataDir::open(path)?)
}

/// Opens the database for a command.
pub fn open(place: &Place) -> Result<(Held, String)> {
    if let Some(url) = &place.database_url {
        return Ok((Held::Given, url.clone()));
    }
    let directory = directory(place)?;
    match directory.lock(app::Clock::system().now()) {
        Ok(lock) => {
            let server = start(place, directory)?;
            let url = server.url();
            Ok((Held::Own(server, lock), url))
        }
        Err(LockError::Held(_)) => {
            // `up` runs there: its Postgres is adopted, and left running.
            let server = start(place, directory)?;
            let url = server.url();
            Ok((Held::Shared(server), url))
        }
        Err(other) => Err(other.into()),
    }
}

/// Opens the database for `up`: the private one must not be another's.
pub fn open_alone(place: &Place) -> Result<(Held, String)> {
    if let Some(url) = &place.database_url {
        return Ok((Held::Given, url.clone()));
    }
    let directory = directory(place)?;
    let lock = directory
        .lock(app::Clock::system().now())
        .with_context(|| format!("{} cannot be used", directory.path().display()))?;
    let server = start(place, directory)?;
    let url = server.url();
    Ok((Held::Own(server, lock), url))
}
