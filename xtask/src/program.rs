//! The program, started on a data directory of its own: asked by its command line, killed, stopped.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// How long the program may take to serve: it may have to replay Postgres' log.
const PATIENCE: Duration = Duration::from_mins(2);

/// Which program, and on which data.
pub struct Program {
    pub bin: PathBuf,
    pub data: PathBuf,
    /// Where what it logs goes.
    pub log: PathBuf,
}

impl Program {
    fn command(&self, arguments: &[&str]) -> Result<Command> {
        let mut command = Command::new(&self.bin);
        command.args(arguments).arg("--data-dir").arg(&self.data);
        for name in ["DATABASE_URL", "TOUCHSTONE_DATA_DIR", "TOUCHSTONE_LISTEN"] {
            command.env_remove(name);
        }
        command.stdin(Stdio::null()).stderr(self.open_log()?);
        Ok(command)
    }

    fn open_log(&self) -> Result<File> {
        let log = OpenOptions::new().create(true).append(true).open(&self.log);
        log.with_context(|| format!("opening {}", self.log.display()))
    }

    /// What a command says, if it succeeds.
    pub fn said_by(&self, arguments: &[&str]) -> Result<String> {
        let output = self.command(arguments)?.output()?;
        if !output.status.success() {
            bail!(
                "`touchstone {}` failed; see {}",
                arguments.join(" "),
                self.log.display()
            );
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Starts a command whose answer nobody hears.
    pub fn start(&self, arguments: &[&str]) -> Result<Child> {
        let mut command = self.command(arguments)?;
        let child = command.stdout(Stdio::null()).spawn();
        child.with_context(|| format!("starting {}", self.bin.display()))
    }

    /// Starts `up` with further arguments and waits until it serves.
    pub fn up(&self, more: &[&str]) -> Result<Up> {
        let mut child = self
            .command(&["up", "--listen", "127.0.0.1:0"])?
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", self.bin.display()))?;
        let (said, heard) = channel();
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    let _ = said.send(line);
                }
            });
        }
        let mut up = Up {
            child,
            url: String::new(),
        };
        let Ok(line) = heard.recv_timeout(PATIENCE) else {
            bail!("`up` did not become ready; see {}", self.log.display());
        };
        let Some(url) = line.strip_prefix("ready ") else {
            bail!("`up` said {line:?} first");
        };
        url.clone_into(&mut up.url);
        Ok(up)
    }

    /// The postmaster of its Postgres.
    pub fn postmaster(&self) -> Result<i32> {
        let path = self.data.join("postgres/postmaster.pid");
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let pid = text.lines().next().and_then(|pid| pid.trim().parse().ok());
        pid.with_context(|| format!("{} names no process", path.display()))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Nothing may be left running, whatever the trial ran into.
        if let Ok(pid) = self.postmaster()
            && fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd.starts_with(&self.data))
        {
            let _ = kill(Pid::from_raw(pid), Signal::SIGQUIT);
        }
    }
}

/// A running `up`. Dropped, it is killed.
pub struct Up {
    child: Child,
    /// Where it answers.
    pub url: String,
}

impl Up {
    pub fn pid(&self) -> i32 {
        self.child.id().cast_signed()
    }
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
    /// Waits for its end after a kill.
    pub fn bury(&mut self) -> Result<()> {
        self.child.wait()?;
        Ok(())
    }
    /// Asks it to stop, and tells whether it did in order.
    pub fn stop(mut self) -> Result<bool> {
        kill(Pid::from_raw(self.pid()), Signal::SIGTERM)?;
        Ok(self.child.wait()?.success())
    }
}

impl Drop for Up {
    fn drop(&mut self) {
        if self.is_running() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// A process' children with the titles they gave themselves, by number.
pub fn children(parent: i32) -> Result<Vec<(i32, String)>> {
    let mut children = Vec::new();
    for entry in fs::read_dir("/proc").context("killing processes takes Linux' /proc")? {
        let path = entry?.path();
        let Some(pid) = pid_of(&path) else { continue };
        // It may end while it is looked at.
        let Ok(stat) = fs::read_to_string(path.join("stat")) else {
            continue;
        };
        let after_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
        if after_name.split(' ').nth(1).and_then(|ppid| ppid.parse().ok()) == Some(parent) {
            let title = fs::read_to_string(path.join("cmdline")).unwrap_or_default();
            children.push((pid, title));
        }
    }
    children.sort_unstable();
    Ok(children)
}

fn pid_of(path: &Path) -> Option<i32> {
    path.file_name()?.to_str()?.parse().ok()
}
