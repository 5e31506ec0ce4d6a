//! The directory that holds everything of one installation, and who uses it.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use chrono::{DateTime, SecondsFormat, Utc};
use nix::unistd::Uid;
use serde::{Deserialize, Serialize};

use crate::error::{Error, LockError, io};

/// How long a lock is tried for: somebody who only looks who holds it has it for a moment.
const LOCK_PATIENCE: Duration = Duration::from_millis(300);

/// Where the platform keeps a program's data: `/var/lib/touchstone` for root, whose home others cannot enter.
pub fn default_data_dir() -> Result<PathBuf, Error> {
    if Uid::effective().is_root() {
        return Ok(PathBuf::from("/var/lib/touchstone"));
    }
    let absolute = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    if cfg!(target_os = "macos") {
        return Ok(absolute("HOME")
            .ok_or(Error::NoHome)?
            .join("Library/Application Support/Touchstone"));
    }
    match absolute("XDG_DATA_HOME") {
        Some(data) => Ok(data.join("touchstone")),
        None => Ok(absolute("HOME")
            .ok_or(Error::NoHome)?
            .join(".local/share/touchstone")),
    }
}

/// A data directory; it need not exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataDir {
    path: PathBuf,
}

impl DataDir {
    /// Names a data directory, by an absolute path from here on. Makes nothing.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let absolute = std::path::absolute(path).map_err(io("finding", path))?;
        Ok(Self {
            path: absolute.canonicalize().unwrap_or(absolute),
        })
    }

    /// The directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The cluster's directory in it.
    pub fn cluster(&self) -> PathBuf {
        self.path.join("postgres")
    }

    /// The major version whose cluster is here; `None` when there is none, or none that says so.
    pub(crate) fn cluster_major(&self) -> Option<u32> {
        let text = fs::read_to_string(self.cluster().join("PG_VERSION")).ok()?;
        text.trim().parse().ok()
    }

    /// The server's log.
    pub fn log(&self) -> PathBuf {
        self.path.join("postgres.log")
    }

    /// Makes the directory when it is missing: private, but root's can be passed through, as the server's own
    /// user must get to its cluster in it.
    pub(crate) fn create(&self) -> Result<Self, Error> {
        let mode = if Uid::effective().is_root() { 0o711 } else { 0o700 };
        if !self.path.exists() {
            if let Some(parent) = self.path.parent() {
                fs::create_dir_all(parent).map_err(io("making", parent))?;
            }
            match fs::DirBuilder::new().mode(mode).create(&self.path) {
                // Once more, as the umask may have taken something away.
                Ok(()) => fs::set_permissions(&self.path, fs::Permissions::from_mode(mode))
                    .map_err(io("opening up", &self.path))?,
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(io("making", &self.path)(error)),
            }
        }
        Ok(Self {
            path: self.path.canonicalize().map_err(io("finding", &self.path))?,
        })
    }

    /// Takes the directory for this process, or says who has it. `now` is written down for others to read.
    ///
    /// The system gives the lock back when the process ends, however it ends.
    pub fn lock(&self, now: DateTime<Utc>) -> Result<Lock, LockError> {
        let path = self.create()?.lock_path();
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(io("opening", &path))?;
        let deadline = Instant::now() + LOCK_PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(error)) => return Err(io("locking", &path)(error).into()),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                    sleep(Duration::from_millis(20));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(LockError::Held(read_holder(&path).unwrap_or(Holder {
                        pid: 0,
                        since: DateTime::UNIX_EPOCH,
                        url: None,
                    })));
                }
            }
        }
        let mut lock = Lock {
            file,
            path,
            holder: Holder {
                pid: std::process::id(),
                since: now,
                url: None,
            },
        };
        lock.write()?;
        Ok(lock)
    }

    /// Who holds the directory now, if anybody does.
    pub fn holder(&self) -> Result<Option<Holder>, Error> {
        let path = self.lock_path();
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(io("opening", &path)(error)),
        };
        match file.try_lock_shared() {
            Ok(()) => Ok(None),
            Err(TryLockError::Error(error)) => Err(io("locking", &path)(error)),
            Err(TryLockError::WouldBlock) => Ok(read_holder(&path)),
        }
    }

    fn lock_path(&self) -> PathBuf {
        self.path.join("touchstone.lock")
    }
}

/// Who uses a data directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The process; 0 when it could not be read.
    pub pid: u32,
    /// When it took the directory, by its own clock.
    pub since: DateTime<Utc>,
    /// Where it can be reached, once it has said so.
    pub url: Option<String>,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pid == 0 {
            return f.write_str("another process is using this data directory");
        }
        let since = self.since.to_rfc3339_opts(SecondsFormat::Secs, true);
        write!(
            f,
            "process {} has been using this data directory since {since}",
            self.pid
        )?;
        match &self.url {
            Some(url) => write!(f, "; it answers at {url}"),
            None => Ok(()),
        }
    }
}

/// A data directory taken for this process until it is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
    holder: Holder,
}

impl Lock {
    /// Writes down where this process can be reached.
    pub fn announce(&mut self, url: &str) -> Result<(), Error> {
        self.holder.url = Some(url.to_owned());
        self.write()
    }

    fn write(&mut self) -> Result<(), Error> {
        let text = serde_json::to_string(&self.holder)
            .map_err(|error| io("writing", &self.path)(std::io::Error::other(error)))?;
        self.file
            .rewind()
            .and_then(|()| self.file.set_len(0))
            .and_then(|()| self.file.write_all(text.as_bytes()))
            .map_err(io("writing", &self.path))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Whoever comes next should not read our name; the lock itself goes with the file.
        let _ = self.file.set_len(0);
    }
}

/// Reads who holds a lock. A holder may be writing at this moment, so a half-written file is read again.
fn read_holder(path: &Path) -> Option<Holder> {
    for _ in 0..10 {
        let mut text = String::new();
        if File::open(path)
            .and_then(|mut file| file.read_to_string(&mut text))
            .is_ok()
            && let Ok(holder) = serde_json::from_str(&text)
        {
            return Some(holder);
        }
        sleep(Duration::from_millis(20));
    }
    None
}
