//! A running server: started, adopted, stopped.

use std::fmt::Write as _;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use nix::unistd::Uid;
use sha2::{Digest, Sha256};

use crate::account::Account;
use crate::binaries::{Binaries, Installation};
use crate::cluster;
use crate::data_dir::DataDir;
use crate::error::{Error, io};
use crate::greeting;
use crate::postmaster::{self, PidFile};

/// The port in the socket's name; it is on no network.
const PORT: u16 = 5432;
/// What fits into a socket's address, without the final zero byte.
const SOCKET_PATH_LIMIT_BYTES: usize = if cfg!(target_os = "linux") { 107 } else { 103 };
/// How long a server may take to become ready: after a crash it first replays its log.
const READY_PATIENCE: Duration = Duration::from_mins(1);
/// How long processes that an earlier server left behind are given to end: one of them may be in the middle of a
/// statement, which the product lets run for ten seconds, and looks for its server only after it.
const STRAGGLER_PATIENCE: Duration = Duration::from_secs(15);
/// How long a fast shutdown may take: it writes a checkpoint.
const STOP_PATIENCE: Duration = Duration::from_mins(1);
/// How long an immediate shutdown may take, and then a kill.
const QUIT_PATIENCE: Duration = Duration::from_secs(10);
/// A log longer than this is put away as `postgres.log.1` before the next start.
const LOG_LIMIT_BYTES: u64 = 10 * 1024 * 1024;
/// How often things are looked at while waiting.
const POLL: Duration = Duration::from_millis(10);
/// How often a server that recovers is asked whether it is done.
const RECOVERY_POLL: Duration = Duration::from_millis(100);

/// What is to survive a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Everything that was committed.
    Durable,
    /// Nothing: for tests, where speed counts.
    Throwaway,
}

/// Which server to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where its data is.
    pub data_dir: DataDir,
    /// What it is run with.
    pub binaries: Binaries,
    /// What is to survive a crash.
    pub durability: Durability,
    /// Further settings of the server, by name; they win over our own.
    pub settings: Vec<(String, String)>,
    /// The database made with a new cluster.
    pub database: String,
    /// The user (a superuser) made with a new cluster.
    pub user: String,
}

impl Options {
    /// A durable server with the database and user `touchstone`.
    pub fn new(data_dir: DataDir, binaries: Binaries) -> Self {
        Self {
            data_dir,
            binaries,
            durability: Durability::Durable,
            settings: Vec::new(),
            database: "touchstone".to_owned(),
            user: "touchstone".to_owned(),
        }
    }
}

/// A private server that is ready for connections.
///
/// Dropping it leaves the server running; the next [`Server::start`] on the same data directory adopts it.
/// Call [`Server::stop`] to end it.
#[derive(Debug)]
pub struct Server {
    process: Process,
    cluster: PathBuf,
    socket_dir: PathBuf,
    port: u16,
    database: String,
    user: String,
}

#[derive(Debug)]
enum Process {
    Started(Child),
    Adopted(u32),
}

impl Server {
    /// Starts the server of a data directory, making the cluster when there is none, or adopts the one that
    /// still runs there (which keeps the settings it was started with). Returns when it can be connected to.
    ///
    /// Of several programs only one may do this at a time: hold the [`DataDir::lock`] meanwhile.
    pub fn start(options: &Options) -> Result<Self, Error> {
        check_name(&options.database)?;
        check_name(&options.user)?;
        let options = &Options {
            data_dir: options.data_dir.create()?,
            ..options.clone()
        };
        let home = options.data_dir.path();
        let account = Account::choose(&options.data_dir.cluster())?;
        account.check_reach(home, &options.binaries.preferred().program("postgres"))?;
        if let Some(server) = Self::adopt(options)? {
            return Ok(server);
        }
        let installation = cluster::ensure(options, &account)?;
        let socket_dir = prepare_socket_dir(home, &account)?;
        let stragglers_until = Instant::now() + STRAGGLER_PATIENCE;
        loop {
            match Self::launch(options, &account, installation, &socket_dir) {
                Err(Error::Start { log_tail, .. })
                    if Instant::now() < stragglers_until && is_held_by_stragglers(&log_tail) =>
                {
                    sleep(Duration::from_millis(200));
                }
                answer => return answer,
            }
        }
    }

    /// The URL of the database, in the form that both libpq and sqlx read.
    pub fn url(&self) -> String {
        self.url_of(&self.database)
    }

    /// The URL of another database of the server.
    pub fn url_of(&self, database: &str) -> String {
        let host = percent_encode(self.socket_dir.as_os_str().as_bytes());
        // The socket has no TLS; saying so saves the question.
        format!(
            "postgres://{}@localhost/{database}?host={host}&port={}&sslmode=disable",
            self.user, self.port
        )
    }

    /// The URL of the database `postgres`, from which others are made and dropped.
    pub fn admin_url(&self) -> String {
        self.url_of("postgres")
    }

    /// The server's process id.
    pub fn pid(&self) -> u32 {
        match &self.process {
            Process::Started(child) => child.id(),
            Process::Adopted(pid) => *pid,
        }
    }

    /// Whether it was running already.
    pub fn was_adopted(&self) -> bool {
        matches!(self.process, Process::Adopted(_))
    }

    /// The directory of its socket.
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        match &mut self.process {
            Process::Started(child) => matches!(child.try_wait(), Ok(None)),
            Process::Adopted(pid) => postmaster::is_server_of(*pid, &self.cluster),
        }
    }

    /// Stops it: open transactions are rolled back and everything is written out. A server that does not end
    /// in time is ended harder; what was committed is safe in any case.
    pub fn stop(mut self) -> Result<(), Error> {
        let steps = [
            (Signal::SIGINT, STOP_PATIENCE),
            (Signal::SIGQUIT, QUIT_PATIENCE),
            (Signal::SIGKILL, QUIT_PATIENCE),
        ];
        let pid = self.pid();
        for (signal, patience) in steps {
            if !self.is_running() {
                return Ok(());
            }
            if signal != Signal::SIGINT {
                tracing::warn!(pid, %signal, "PostgreSQL did not stop in time");
            }
            postmaster::signal(pid, signal);
            if wait_until(patience, || !self.is_running()) {
                return Ok(());
            }
        }
        Err(Error::Stop { pid })
    }

    /// The server that runs on the cluster, if one does, once it is ready. It is left to whoever started it, unless
    /// it is stopped.
    pub fn adopt(options: &Options) -> Result<Option<Self>, Error> {
        let cluster = options.data_dir.cluster();
        let deadline = Instant::now() + READY_PATIENCE;
        // One that is starting becomes ready, and one that is stopping goes away.
        while let Some(file) = postmaster::running(&cluster) {
            if file.is_ready() && is_accepting(options, &file) {
                return Ok(Some(Self::new(Process::Adopted(file.pid), options, &file)));
            }
            if Instant::now() > deadline {
                let why = format!(
                    "a server (process {}) is running already but does not become ready (it says `{}`)",
                    file.pid, file.status
                );
                return Err(start_error(why, &options.data_dir.log(), 0));
            }
            // A server that recovers is asked rarely: each greeting costs it a process and a line in its log.
            sleep(if file.is_ready() { RECOVERY_POLL } else { POLL });
        }
        Ok(None)
    }

    fn launch(
        options: &Options,
        account: &Account,
        installation: &Installation,
        socket_dir: &Path,
    ) -> Result<Self, Error> {
        let cluster = options.data_dir.cluster();
        postmaster::disown_stale(&postmaster::path(&cluster), &cluster)?;
        postmaster::disown_stale(&socket_dir.join(format!(".s.PGSQL.{PORT}.lock")), &cluster)?;

        let log_path = options.data_dir.log();
        if fs::metadata(&log_path).is_ok_and(|meta| meta.len() > LOG_LIMIT_BYTES) {
            let older = log_path.with_extension("log.1");
            fs::rename(&log_path, &older).map_err(io("putting away", &log_path))?;
        }
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(&log_path)
            .map_err(io("opening", &log_path))?;
        let log_start = log.metadata().map_err(io("reading", &log_path))?.len();
        let program = installation.program("postgres");
        let mut command = account.command(&program);
        command.arg("-D").arg(&cluster).current_dir(&cluster);
        set_up(&mut command, options, socket_dir);
        // A group of its own, so that Ctrl-C reaches us first and we stop it in order.
        command.process_group(0);
        command
            .stdout(log.try_clone().map_err(io("opening", &log_path))?)
            .stderr(log);
        let mut child = command.spawn().map_err(io("running", &program))?;

        let pid = child.id();
        let mut ended = None;
        let mut ready = None;
        wait_until(READY_PATIENCE, || {
            ended = child.try_wait().unwrap_or_default();
            ready = PidFile::read(&cluster)
                .filter(|file| file.pid == pid && file.is_ready() && is_accepting(options, file));
            ended.is_some() || ready.is_some()
        });
        if let Some(status) = ended {
            return Err(start_error(
                format!("it ended at once ({status})"),
                &log_path,
                log_start,
            ));
        }
        if let Some(file) = ready {
            return Ok(Self::new(Process::Started(child), options, &file));
        }
        let why = format!("it was not ready after {} seconds", READY_PATIENCE.as_secs());
        let error = start_error(why, &log_path, log_start);
        // It may be replaying a long log, which it goes on with at the next start.
        postmaster::signal(pid, Signal::SIGINT);
        if !wait_until(QUIT_PATIENCE, || !matches!(child.try_wait(), Ok(None))) {
            postmaster::signal(pid, Signal::SIGQUIT);
            wait_until(QUIT_PATIENCE, || !matches!(child.try_wait(), Ok(None)));
        }
        Err(error)
    }

    fn new(process: Process, options: &Options, file: &PidFile) -> Self {
        Self {
            process,
            cluster: options.data_dir.cluster(),
            socket_dir: file.socket_dir.clone(),
            port: file.port,
            database: options.database.clone(),
            user: options.user.clone(),
        }
    }
}

/// The settings, on the command line rather than in a file: they are the same however old the cluster is.
fn set_up(command: &mut Command, options: &Options, socket_dir: &Path) {
    let mut set = |name: &str, value: &str| {
        command.arg("-c").arg(format!("{name}={value}"));
    };
    set("listen_addresses", "");
    set("port", &PORT.to_string());
    set("unix_socket_permissions", "0700");
    set("timezone", "UTC");
    set("logging_collector", "off");
    set("log_destination", "stderr");
    let durability: &[(&str, &str)] = match options.durability {
        Durability::Durable => &[
            ("fsync", "on"),
            ("full_page_writes", "on"),
            ("synchronous_commit", "on"),
        ],
        Durability::Throwaway => &[
            ("fsync", "off"),
            ("full_page_writes", "off"),
            ("synchronous_commit", "off"),
            ("wal_level", "minimal"),
            ("max_wal_senders", "0"),
            ("autovacuum", "off"),
            ("max_connections", "200"),
        ],
    };
    for (name, value) in durability {
        set(name, value);
    }
    for (name, value) in &options.settings {
        set(name, value);
    }
    // By an argument of its own, as a path need not be text.
    command.arg("-k").arg(socket_dir);
}

/// The socket's directory: `run` beside the cluster, or one in `/tmp` named after it where that is too long.
fn prepare_socket_dir(home: &Path, account: &Account) -> Result<PathBuf, Error> {
    let beside = home.join("run");
    let socket_bytes = beside.join(format!(".s.PGSQL.{PORT}")).as_os_str().len();
    // A comma would separate two directories.
    let fits = socket_bytes <= SOCKET_PATH_LIMIT_BYTES && !beside.as_os_str().as_bytes().contains(&b',');
    let dir = if fits {
        beside
    } else {
        let digest = Sha256::digest(home.as_os_str().as_bytes());
        PathBuf::from(format!("/tmp/touchstone-{}", &hex::encode(digest)[..16]))
    };
    match DirBuilder::new().mode(0o700).create(&dir) {
        Ok(()) => account.own(&dir)?,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            // Anybody can make a directory in /tmp: take only our own.
            let meta = fs::symlink_metadata(&dir).map_err(io("reading", &dir))?;
            let ours = [account.uid(), Uid::effective().as_raw()].contains(&meta.uid());
            if !meta.is_dir() || !ours {
                let why =
                    "it should be a directory of ours for the socket, but somebody else made it".to_owned();
                return Err(Error::Directory { path: dir, why });
            }
            account.own(&dir)?;
        }
        Err(error) => return Err(io("making", &dir)(error)),
    }
    Ok(dir)
}

/// Whether a server did not start because processes of the one before are still ending.
fn is_held_by_stragglers(log_tail: &str) -> bool {
    log_tail.contains("shared memory block") || log_tail.contains("lock file")
}

/// Whether the server lets sessions in. Its lock file does not tell: it says `ready` all through the recovery after
/// the crash of one of its processes, and the socket takes connections then, only to turn them away.
fn is_accepting(options: &Options, file: &PidFile) -> bool {
    let socket = file.socket_dir.join(format!(".s.PGSQL.{}", file.port));
    greeting::is_let_in(&socket, &options.user, &options.database)
}

/// Looks again and again until something is so, and tells whether it came to be in time.
fn wait_until(patience: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + patience;
    loop {
        if is_so() {
            return true;
        }
        if Instant::now() > deadline {
            return false;
        }
        sleep(POLL);
    }
}

fn start_error(why: String, log: &Path, from_byte: u64) -> Error {
    Error::Start {
        why,
        log: log.to_owned(),
        log_tail: tail(log, from_byte),
    }
}

/// The last lines of a log, none of them older than `from_byte`.
fn tail(log: &Path, from_byte: u64) -> String {
    const LINES: usize = 15;
    const BYTES: u64 = 16 * 1024;
    let mut bytes = Vec::new();
    let read = File::open(log).and_then(|mut file| {
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(from_byte.max(length.saturating_sub(BYTES))))?;
        file.read_to_end(&mut bytes)
    });
    if let Err(error) = read {
        return format!("(it cannot be read: {error})");
    }
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LINES)..].join("\n")
}

fn check_name(name: &str) -> Result<(), Error> {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain && name.len() < 64 {
        Ok(())
    } else {
        Err(Error::Name {
            name: name.to_owned(),
        })
    }
}

fn percent_encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            text.push(char::from(*byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_survive_a_url() {
        assert_eq!(percent_encode("/a b/é+%".as_bytes()), "%2Fa%20b%2F%C3%A9%2B%25");
        assert_eq!(percent_encode(b"/var/lib/x-1_2.3~"), "%2Fvar%2Flib%2Fx-1_2.3~");
    }

    #[test]
    fn names_that_would_need_quoting_are_refused() {
        assert!(check_name("touchstone").is_ok());
        for name in ["", "Touchstone", "a-b", "1a", "a; DROP DATABASE b"] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn the_tail_of_a_log_leaves_out_earlier_starts() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("log");
        fs::write(&log, "old\nnew 1\nnew 2\n").unwrap();
        assert_eq!(tail(&log, 4), "new 1\nnew 2");
        assert!(tail(&dir.path().join("none"), 0).contains("cannot be read"));
    }
}
