//! Running other programs, and saying so.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use cargo_metadata::MetadataCommand;

/// Where the workspace is and where its builds go.
pub struct Workspace {
    /// The directory of the root manifest.
    pub root: PathBuf,
    /// The directory of what is built.
    pub target: PathBuf,
}

impl Workspace {
    /// Asks cargo.
    pub fn find() -> Result<Self> {
        let metadata = MetadataCommand::new()
            .no_deps()
            .exec()
            .context("asking cargo about the workspace")?;
        Ok(Self {
            root: metadata.workspace_root.into(),
            target: metadata.target_directory.into(),
        })
    }

    /// A cargo command in the workspace.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        // Under `cargo run` this is the very cargo that was called.
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(arguments).current_dir(&self.root);
        if is_ci() {
            command.env("CARGO_INCREMENTAL", "0");
        }
        command
    }
}

/// Whether this is a build machine rather than somebody's own.
pub fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false" && value != "0")
}

/// Says what is about to be done.
pub fn say(what: &str) {
    println!("==> {what}");
    let _ = std::io::stdout().flush();
}

/// A command as one could type it, without paths that are long and tell nothing.
pub fn typed(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    std::iter::once(program)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A program on the `PATH`.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| dir.join(name))
        .find(|file| file.is_file())
}

/// Whether a program is on the `PATH`.
pub fn has_program(name: &str) -> bool {
    program(name).is_some()
}

/// Runs a command with our own output and tells whether it succeeded.
pub fn succeeds(command: &mut Command) -> Result<bool> {
    say(&typed(command));
    let status = command
        .status()
        .with_context(|| format!("running {}", typed(command)))?;
    Ok(status.success())
}

/// How long the output of a command is read after its end, where something that it started holds on to it.
const HELD_OPEN: Duration = Duration::from_secs(10);

/// Runs a command, passes on what it says as it says it, and gives that with whether it succeeded.
pub fn watched(command: &mut Command) -> Result<(bool, String)> {
    say(&typed(command));
    let (reader, writer) = std::io::pipe()?;
    command
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer);
    let mut child = command
        .spawn()
        .with_context(|| format!("running {}", typed(command)))?;
    // The command keeps the pipe's other end open; while it does, reading would not end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let (send, lines) = mpsc::channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut line = Vec::new();
        loop {
            let said = match reader.read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(_) => Ok(String::from_utf8_lossy(&line).into_owned()),
                Err(error) => Err(error),
            };
            if send.send(said).is_err() {
                break;
            }
            line.clear();
        }
    });
    let mut all = String::new();
    let mut ended = None;
    loop {
        match lines.recv_timeout(Duration::from_secs(1)) {
            Ok(text) => {
                let text = text.with_context(|| format!("reading what {} says", typed(command)))?;
                print!("{text}");
                let _ = std::io::stdout().flush();
                all.push_str(&text);
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if ended.is_none() && child.try_wait()?.is_some() {
            ended = Some(Instant::now());
        }
        if ended.is_some_and(|ended| ended.elapsed() > HELD_OPEN) {
            say(&format!(
                "{} has ended, and something that it started still holds its output open",
                typed(command)
            ));
            break;
        }
    }
    Ok((child.wait()?.success(), all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_outlives_a_command_is_not_waited_for() {
        let begun = Instant::now();
        let mut command = Command::new("sh");
        // It goes on talking, too.
        command.args(["-c", "echo said; (while sleep 0.2; do echo more; done) & echo $!"]);
        let (succeeded, said) = watched(&mut command).unwrap();
        assert!(succeeded);
        assert!(begun.elapsed() < Duration::from_secs(50));
        let mut lines = said.lines().filter(|line| *line != "more");
        assert_eq!(lines.next(), Some("said"));
        // Nobody reads it any more: it may be gone.
        let _ = Command::new("kill").arg(lines.next().unwrap()).status();
    }

    #[test]
    fn a_command_that_fails_has_said_why() {
        let (succeeded, said) = watched(Command::new("sh").args(["-c", "echo why >&2; exit 3"])).unwrap();
        assert!(!succeeded);
        assert_eq!(said, "why\n");
    }
}
