//! Which database a command works on: the one of `DATABASE_URL`, or the private one of the data directory, which is
//! used where it runs and started for the moment where it does not.

use std::{
    io::Write as _,
    path::PathBuf,
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use local_postgres::{DataDir, Install, Lock, LockError, Options, Server, default_data_dir, find};
use tokio::sync::watch;

use crate::keep::Keeper;

/// How long a command waits for the Postgres of an `up` that has just begun: it may be making its cluster.
const HOLDER_PATIENCE: Duration = Duration::from_mins(1);
const POLL: Duration = Duration::from_millis(100);

/// Where the database is.
#[derive(Debug, Clone)]
pub struct Place {
    pub database_url: Option<String>,
    pub data_dir: Option<PathBuf>,
    pub pg_bin: Option<PathBuf>,
    pub no_install: bool,
}

/// A database in use.
pub enum Held {
    /// Somebody else's server.
    Given(String),
    /// The private one that a running `touchstone up` keeps.
    Shared(Server),
    /// The private one, started by this command.
    Own(Keeper, Lock),
}

impl Held {
    /// Where it is, with the secrets that lead there.
    pub fn url(&self) -> String {
        match self {
            Self::Given(url) => url.clone(),
            Self::Shared(server) => server.url(),
            Self::Own(keeper, _) => keeper.server().url(),
        }
    }
    /// The private server, if it is one.
    pub fn server(&self) -> Option<&Server> {
        match self {
            Self::Given(_) => None,
            Self::Shared(server) => Some(server),
            Self::Own(keeper, _) => Some(keeper.server()),
        }
    }
    /// In a line, without secrets.
    pub fn describe(&self) -> String {
        let private = |server: &Server| format!("private Postgres, process {}", server.pid());
        match self {
            Self::Given(_) => "the server of DATABASE_URL".into(),
            Self::Shared(server) => private(server),
            Self::Own(keeper, _) => private(keeper.server()),
        }
    }
    /// Tells whoever asks for the data directory meanwhile where this program answers.
    pub fn announce(&mut self, address: &str) -> Result<()> {
        if let Self::Own(_, lock) = self {
            lock.announce(address)?;
        }
        Ok(())
    }
    /// Keeps the private server running until `stopped` turns true; a given one is not ours to keep.
    pub async fn keep(&mut self, mut stopped: watch::Receiver<bool>) -> Result<()> {
        match self {
            Self::Own(keeper, _) => keeper.keep(&mut stopped).await,
            Self::Given(_) | Self::Shared(_) => {
                let _ = stopped.wait_for(|stopped| *stopped).await;
                Ok(())
            }
        }
    }
    /// Stops what this command started.
    pub fn close(self) {
        if let Self::Own(keeper, _lock) = self
            && let Err(error) = keeper.into_server().stop()
        {
            tracing::warn!(%error, "the private Postgres did not stop cleanly");
        }
    }
}

/// Tells on stderr how far it is. Nobody has to read it.
fn say(words: &str) {
    let _ = writeln!(std::io::stderr(), "{words}");
}

fn directory(place: &Place) -> Result<DataDir> {
    let path = match &place.data_dir {
        Some(path) => path.clone(),
        None => default_data_dir()?,
    };
    Ok(DataDir::open(path)?)
}

fn options(place: &Place, directory: DataDir, install: Install) -> Result<Options, local_postgres::Error> {
    let binaries = find(&directory, place.pg_bin.as_deref(), &say, install)?;
    Ok(Options::new(directory, binaries))
}

fn lock(directory: &DataDir) -> Result<Lock, LockError> {
    directory.lock(app::Clock::system().now())
}

fn start(place: &Place, directory: DataDir, lock: Lock) -> Result<Held> {
    let install = if place.no_install {
        Install::Never
    } else {
        Install::Allowed
    };
    Ok(Held::Own(
        Keeper::start(options(place, directory, install)?)?,
        lock,
    ))
}

/// Opens the database for `up`: the private one must not be another's.
pub fn open_alone(place: &Place) -> Result<Held> {
    if let Some(url) = &place.database_url {
        return Ok(Held::Given(url.clone()));
    }
    let directory = directory(place)?;
    let lock = lock(&directory).with_context(|| format!("{} cannot be used", directory.path().display()))?;
    start(place, directory, lock)
}

/// Opens the database for a command: beside an `up` that runs, with its Postgres, which is left running.
pub fn open(place: &Place) -> Result<Held> {
    if let Some(url) = &place.database_url {
        return Ok(Held::Given(url.clone()));
    }
    let directory = directory(place)?;
    let deadline = Instant::now() + HOLDER_PATIENCE;
    loop {
        let holder = match lock(&directory) {
            Ok(lock) => return start(place, directory, lock),
            Err(LockError::Held(holder)) => holder,
            Err(other) => return Err(other.into()),
        };
        // Only the holder may start a server, or install one: two at once would get in each other's way.
        match options(place, directory.clone(), Install::Never) {
            Ok(options) => {
                if let Some(server) = Server::adopt(&options)? {
                    return Ok(Held::Shared(server));
                }
            }
            Err(local_postgres::Error::NoPostgres { .. }) => {}
            Err(other) => return Err(other.into()),
        }
        if Instant::now() > deadline {
            bail!("{holder}, but its Postgres does not run");
        }
        sleep(POLL);
    }
}

/// Where the `up` that holds the data directory answers, if one does and has said so.
pub fn announced(place: &Place) -> Option<String> {
    if place.database_url.is_some() {
        return None;
    }
    directory(place).ok()?.holder().ok()??.url
}
