//! The user that Postgres runs as, and whether that user can get where it must.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::unistd::{Uid, User};

use crate::error::{Error, io};

/// The user that Postgres runs as: ourselves, or for root somebody with fewer rights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Account {
    /// The user who runs this program.
    Ourselves,
    /// Another user, as we are root.
    Other { name: String, uid: u32, gid: u32 },
}

impl Account {
    /// Chooses: ourselves, or when we are root the owner of the cluster, or for a new one `postgres`, else
    /// `nobody`.
    pub(crate) fn choose(cluster: &Path) -> Result<Self, Error> {
        if !Uid::effective().is_root() {
            return Ok(Self::Ourselves);
        }
        if let Ok(meta) = fs::metadata(cluster)
            && meta.uid() != 0
        {
            let name = match User::from_uid(Uid::from_raw(meta.uid())) {
                Ok(Some(user)) => user.name,
                _ => meta.uid().to_string(),
            };
            return Ok(Self::Other {
                name,
                uid: meta.uid(),
                gid: meta.gid(),
            });
        }
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| match User::from_name(name) {
                Ok(Some(user)) if !user.uid.is_root() => Some(Self::Other {
                    name: user.name,
                    uid: user.uid.as_raw(),
                    gid: user.gid.as_raw(),
                }),
                _ => None,
            })
            .ok_or(Error::NoAccount)
    }

    /// The user's numeric id.
    pub(crate) fn uid(&self) -> u32 {
        match self {
            Self::Ourselves => Uid::effective().as_raw(),
            Self::Other { uid, .. } => *uid,
        }
    }

    /// A command that runs as this user, knows nothing of the caller's Postgres settings and reads no input.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if let Self::Other { uid, gid, .. } = self {
            // The standard library gives up the supplementary groups as well.
            command.uid(*uid).gid(*gid);
        }
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        command
            .env_remove("LC_CTYPE")
            .env_remove("LANG")
            .env("LC_ALL", "C")
            .env("TZ", "UTC");
        command.stdin(Stdio::null());
        command
    }

    /// Gives a file or directory to this user.
    pub(crate) fn own(&self, path: &Path) -> Result<(), Error> {
        match self {
            Self::Ourselves => Ok(()),
            Self::Other { uid, gid, .. } => {
                chown(path, Some(*uid), Some(*gid)).map_err(io("giving away", path))
            }
        }
    }

    /// Fails with the first closed directory when this user cannot enter `dir` or run `program`.
    pub(crate) fn check_reach(&self, dir: &Path, program: &Path) -> Result<(), Error> {
        let Self::Other { name, uid, gid } = self else {
            return Ok(());
        };
        // Trying it is surer than reading modes: it takes access lists and mount options into account.
        let mut probe = self.command(program);
        probe
            .arg("--version")
            .current_dir(dir)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        match probe.status() {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                let closed = first_closed(dir, *uid, *gid)
                    .or_else(|| first_closed(program.parent().unwrap_or(program), *uid, *gid))
                    .unwrap_or_else(|| dir.to_owned());
                Err(Error::Unreachable {
                    closed,
                    account: name.clone(),
                })
            }
            Err(error) => Err(io("running", program)(error)),
        }
    }
}

/// The first directory from the root down to `dir` that a user of this id and group may not pass through.
fn first_closed(dir: &Path, uid: u32, gid: u32) -> Option<PathBuf> {
    let mut way: Vec<&Path> = dir.ancestors().collect();
    way.reverse();
    way.into_iter()
        .find(|step| {
            fs::metadata(step).is_ok_and(|meta| {
                let execute = match (meta.uid() == uid, meta.gid() == gid) {
                    (true, _) => 0o100,
                    (false, true) => 0o010,
                    (false, false) => 0o001,
                };
                meta.mode() & execute == 0
            })
        })
        .map(Path::to_owned)
}
