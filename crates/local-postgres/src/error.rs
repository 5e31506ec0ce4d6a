//! What can go wrong, in words for the person who started the program.

use std::io;
use std::path::{Path, PathBuf};

use crate::data_dir::Holder;

/// Why there is no private Postgres server.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing suitable is installed; the text names the ways to go on.
    #[error("{}", no_postgres(tried))]
    NoPostgres {
        /// What was looked at and why it would not do, one line each.
        tried: Vec<String>,
    },
    /// The directory that was named for the binaries will not do.
    #[error(
        "TOUCHSTONE_PG_BIN names {}, which will not do: {why}. \
         It must be a directory with initdb, postgres and pg_ctl of PostgreSQL {} or newer",
        bin.display(),
        crate::OLDEST_MAJOR
    )]
    Unsuitable {
        /// The directory as it was named.
        bin: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A package could not be installed.
    #[error("`{command}` failed:\n{output}")]
    Install {
        /// The command as one could type it.
        command: String,
        /// The end of what it said.
        output: String,
    },
    /// A package was fetched, but will not do.
    #[error("the package {package} will not do: {why}")]
    Package {
        /// Its name and version.
        package: String,
        /// What is wrong with it.
        why: String,
    },
    /// Somebody stopped an installation.
    #[error("`{command}` was stopped before it was done")]
    Interrupted {
        /// The command as one could type it.
        command: String,
    },
    /// The cluster was made by a major version that is not among those found.
    #[error(
        "the data in {} was made by PostgreSQL {cluster_major}, but only {found} is installed. Either install \
         PostgreSQL {cluster_major} (on Debian or Ubuntu: apt-get install postgresql-{cluster_major}) or name its \
         directory with TOUCHSTONE_PG_BIN; to move to another version, make a backup with the old one and restore \
         it into a new data directory",
        cluster.display()
    )]
    OtherMajor {
        /// The cluster's directory.
        cluster: PathBuf,
        /// The major version in its `PG_VERSION`.
        cluster_major: u32,
        /// The versions found, as text.
        found: String,
    },
    /// The user that Postgres runs as cannot get into a directory.
    #[error(
        "PostgreSQL refuses to run as root, so it runs as user `{account}`, who cannot enter {}. Choose a data \
         directory that others can enter, such as /var/lib/touchstone (--data-dir or TOUCHSTONE_DATA_DIR), \
         or let them through: chmod o+x {}",
        closed.display(),
        closed.display()
    )]
    Unreachable {
        /// The first directory on the way that is closed to the user.
        closed: PathBuf,
        /// The user's name.
        account: String,
    },
    /// Started by root, on a machine that has neither of the users to run the server as.
    #[error(
        "PostgreSQL refuses to run as root, and there is neither a user `postgres` nor a user `nobody` to run it as. \
         Start Touchstone as an ordinary user"
    )]
    NoAccount,
    /// A cluster could not be made.
    #[error("making the database cluster in {} failed:\n{output}", dir.display())]
    Init {
        /// Where it was being made.
        dir: PathBuf,
        /// What `initdb` or `postgres` said.
        output: String,
    },
    /// The server ended instead of becoming ready, or never became ready.
    #[error("PostgreSQL did not start: {why}. The end of {}:\n{log_tail}", log.display())]
    Start {
        /// What was seen.
        why: String,
        /// The server's log.
        log: PathBuf,
        /// Its last lines.
        log_tail: String,
    },
    /// The server would not stop.
    #[error("PostgreSQL (process {pid}) is still running although it was told to stop")]
    Stop {
        /// Its process id.
        pid: u32,
    },
    /// A directory that should be ours belongs to somebody else, or is no directory.
    #[error("{} cannot be used: {why}", path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A database or user name that would need quoting.
    #[error("`{name}` will not do as a database or user name: use small letters, digits and underscores")]
    Name {
        /// The name.
        name: String,
    },
    /// Neither `HOME` nor `XDG_DATA_HOME` says where a user's data goes.
    #[error("cannot tell where your data goes, as HOME is not set: name a directory with --data-dir")]
    NoHome,
    /// The operating system refused something.
    #[error("{doing} {}: {source}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// To which path.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
}

/// Why a data directory could not be locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another program uses it.
    #[error("{0}")]
    Held(Holder),
    /// The lock file could not be made or read.
    #[error(transparent)]
    Other(#[from] Error),
}

/// Turns an [`io::Error`] into an [`Error::Io`] that says what was being done to which path.
pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Io { doing, path, source }
}

fn no_postgres(tried: &[String]) -> String {
    let mut text = format!(
        "no PostgreSQL {} or newer was found on this machine. Any one of these lines is enough to go on:\n\
         \x20 Debian, Ubuntu       sudo apt-get install -y postgresql\n\
         \x20 macOS                brew install postgresql@17\n\
         \x20 npm, of Node.js      put it on the PATH, and `touchstone up` without --no-install fetches PostgreSQL\n\
         \x20 installed elsewhere  TOUCHSTONE_PG_BIN=/path/to/its/bin touchstone up\n\
         \x20 a server you have    DATABASE_URL=postgres://user:password@host/database touchstone up\n\
         \x20 Docker               docker compose up",
        crate::OLDEST_MAJOR
    );
    if !tried.is_empty() {
        text.push_str("\nLooked at, and passed over:");
        for line in tried {
            text.push_str("\n  ");
            text.push_str(line);
        }
    }
    text
}
