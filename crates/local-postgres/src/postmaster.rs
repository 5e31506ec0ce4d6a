//! Is a server running on this cluster? What `postmaster.pid` says, and whether it is still true.

use std::fs;
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::error::{Error, io};

/// What a server writes into its cluster while it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PidFile {
    pub(crate) pid: u32,
    pub(crate) port: u16,
    pub(crate) socket_dir: PathBuf,
    pub(crate) status: String,
}

impl PidFile {
    /// Reads the file of a cluster. A missing file, or one still being written, is `None`.
    pub(crate) fn read(cluster: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(path(cluster)).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        // process, data directory, start time, port, socket directory, address, shared memory, status
        let lines: Vec<&str> = text.lines().collect();
        Some(Self {
            pid: lines.first()?.trim().parse().ok().filter(|pid| *pid > 1)?,
            port: lines.get(3)?.trim().parse().ok()?,
            socket_dir: PathBuf::from(lines.get(4)?.trim()),
            status: lines
                .get(7)
                .map(|status| status.trim().to_owned())
                .unwrap_or_default(),
        })
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.status == "ready"
    }
}

/// Where a cluster's file is.
pub(crate) fn path(cluster: &Path) -> PathBuf {
    cluster.join("postmaster.pid")
}

/// The server that runs on this cluster now, if any: its file is there, its process lives and really is
/// this cluster's server, rather than a program that was given the same number later.
pub(crate) fn running(cluster: &Path) -> Option<PidFile> {
    PidFile::read(cluster).filter(|file| is_server_of(file.pid, cluster))
}

/// Whether a process lives and is the server of this cluster.
pub(crate) fn is_server_of(pid: u32, cluster: &Path) -> bool {
    if !is_alive(pid) {
        return false;
    }
    if cfg!(target_os = "linux") {
        // A server works in its cluster's directory and nobody else does.
        match (fs::read_link(format!("/proc/{pid}/cwd")), cluster.canonicalize()) {
            (Ok(cwd), Ok(cluster)) => cwd == cluster,
            _ => false,
        }
    } else {
        std::process::Command::new("ps")
            .args(["-ww", "-o", "command=", "-p", &pid.to_string()])
            .output()
            .is_ok_and(|output| {
                let command = String::from_utf8_lossy(&output.stdout);
                command.contains("postgres") && command.contains(&*cluster.to_string_lossy())
            })
    }
}

/// Whether a process lives. One that has ended but was not yet waited for (a zombie) does not.
pub(crate) fn is_alive(pid: u32) -> bool {
    if let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) {
        // The name comes in parentheses and may itself hold some: the state follows the last one.
        let state = stat.rsplit_once(')').map(|(_, rest)| rest.trim_start());
        return !state.is_some_and(|state| state.starts_with(['Z', 'X']));
    }
    kill(Pid::from_raw(pid as i32), None) != Err(Errno::ESRCH)
}

/// Sends a signal; that there is nobody to get it is no error.
pub(crate) fn signal(pid: u32, signal: Signal) {
    let _ = kill(Pid::from_raw(pid as i32), signal);
}

/// Lets the server start although a lock file names a process that is none of this cluster's servers.
///
/// A server refuses to start while the process named in its lock file exists, even when that is a zombie or
/// an innocent program that got the number. It makes an exception for its own parent. So our own number is
/// written in, and the rest is left as it is: the server still looks whether the shared memory named there
/// is in use by a straggler of the earlier server, which deleting the file would make it forget.
pub(crate) fn disown_stale(lock_file: &Path, cluster: &Path) -> Result<(), Error> {
    let Ok(text) = fs::read_to_string(lock_file) else {
        return Ok(());
    };
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let Ok(pid) = first.trim().trim_start_matches('-').parse::<u32>() else {
        return Ok(());
    };
    if pid == std::process::id() || is_server_of(pid, cluster) {
        return Ok(());
    }
    fs::write(lock_file, format!("{}\n{rest}", std::process::id())).map_err(io("updating", lock_file))
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: &str = "4711\n/data/postgres\n1763900000\n5432\n/data/run\n\n 123 456\nready   \n";

    #[test]
    fn a_complete_file_is_read() {
        let file = PidFile::parse(READY).unwrap();
        assert_eq!((file.pid, file.port), (4711, 5432));
        assert_eq!(file.socket_dir, Path::new("/data/run"));
        assert!(file.is_ready());
    }

    #[test]
    fn a_file_being_written_is_not_ready_and_a_broken_one_is_none() {
        let starting = READY.replace("ready   ", "starting");
        assert!(!PidFile::parse(&starting).unwrap().is_ready());
        assert_eq!(PidFile::parse("4711\n/data"), None);
        assert_eq!(PidFile::parse(""), None);
        assert_eq!(
            PidFile::parse(&READY.replace("4711", "1")),
            None,
            "process 1 is never a server of ours"
        );
    }

    #[test]
    fn a_live_process_that_is_no_server_does_not_count_and_loses_the_lock_file() {
        let cluster = tempfile::tempdir().unwrap();
        let mut innocent = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let text = READY.replace("4711", &innocent.id().to_string());
        fs::write(path(cluster.path()), &text).unwrap();
        assert!(is_alive(innocent.id()));
        assert_eq!(running(cluster.path()), None);
        disown_stale(&path(cluster.path()), cluster.path()).unwrap();
        let now = fs::read_to_string(path(cluster.path())).unwrap();
        assert_eq!(
            now,
            READY.replace("4711", &std::process::id().to_string()),
            "only the first line changes"
        );
        innocent.kill().unwrap();
        innocent.wait().unwrap();
    }

    #[test]
    fn a_zombie_counts_as_dead() {
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(5);
        while is_alive(child.id()) && std::time::Instant::now() < deadline {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        assert!(
            !is_alive(child.id()),
            "it has ended, although nobody has waited for it"
        );
        child.wait().unwrap();
        assert!(!is_alive(child.id()));
    }
}
