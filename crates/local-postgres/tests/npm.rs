//! A server on a machine without Postgres, fetched by the real npm.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may fail the test"
)]

mod outside;

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use local_postgres::{DataDir, Durability, Error, Install, Options, Server, find, npm_spec};
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, Uid};
use outside::{ask, skip};

/// Tells a test that it is the one that was started on a machine without Postgres.
const DATA_DIR: &str = "TOUCHSTONE_TEST_DATA_DIR";
const NOBODY: u32 = 65534;

/// What looks to programs like a machine with npm and without Postgres.
struct Bare {
    dir: tempfile::TempDir,
}

impl Bare {
    /// `None`, and said, where npm or what it fetches is out of reach.
    fn with_npm() -> Option<Self> {
        let Some(spec) = npm_spec() else {
            skip("Postgres by npm: there is no package for this kind of machine");
            return None;
        };
        match Command::new("npm")
            .args(["cache", "add", &spec, "--fetch-retries=0"])
            .stdin(Stdio::null())
            .output()
        {
            Ok(output) if output.status.success() => {}
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr);
                skip(&format!("Postgres by npm: npm does not get it: {}", said.trim()));
                return None;
            }
            Err(error) => {
                skip(&format!("Postgres by npm: npm cannot be run: {error}"));
                return None;
            }
        }
        let dir = tempfile::Builder::new()
            .permissions(fs::Permissions::from_mode(0o755))
            .tempdir()
            .unwrap();
        fs::create_dir(dir.path().join("root")).unwrap();
        fs::create_dir(dir.path().join("bin")).unwrap();
        for program in ["npm", "node"] {
            let real = std::env::split_paths(&std::env::var_os("PATH").unwrap())
                .find_map(|dir| dir.join(program).canonicalize().ok())
                .unwrap();
            symlink(real, dir.path().join("bin").join(program)).unwrap();
        }
        Some(Self { dir })
    }

    fn path(&self) -> OsString {
        let links = self.dir.path().join("bin");
        let all = std::env::var_os("PATH").unwrap();
        let others = std::env::split_paths(&all).filter(|dir| {
            !["pg_config", "postgres", "initdb"]
                .iter()
                .any(|name| dir.join(name).exists())
        });
        std::env::join_paths(std::iter::once(links).chain(others)).unwrap()
    }

    /// Runs a test of this file here, for the user of this number.
    fn runs(&self, test: &str, data_dir: &Path, uid: Option<u32>) -> Output {
        let home = self.dir.path().join(format!("home-{uid:?}"));
        fs::create_dir_all(&home).unwrap();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", test, "--nocapture"])
            .env("PATH", self.path())
            .env("TOUCHSTONE_PG_SEARCH_ROOT", self.dir.path().join("root"))
            .env(DATA_DIR, data_dir)
            .current_dir("/")
            .stdin(Stdio::null());
        if let Some(uid) = uid {
            chown(&home, Some(uid), Some(uid)).unwrap();
            command.env("HOME", &home).uid(uid).gid(uid);
        }
        command.output().unwrap()
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        // Nothing may be left running, whatever the test ran into.
        if let Ok(text) = fs::read_to_string(self.dir.path().join("data/postgres/postmaster.pid"))
            && let Some(Ok(pid)) = text.lines().next().map(str::parse::<i32>)
            && fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd.starts_with(self.dir.path()))
        {
            let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
        }
    }
}

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn npm_brings_a_postgres_that_knows_letters_and_is_kept() {
    if let Some(data_dir) = std::env::var_os(DATA_DIR).map(PathBuf::from) {
        return fetch_start_and_stop(&data_dir);
    }
    let Some(bare) = Bare::with_npm() else { return };
    let data = bare.dir.path().join("data");
    let output = bare.runs(
        "npm_brings_a_postgres_that_knows_letters_and_is_kept",
        &data,
        None,
    );
    let said = text(&output);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    assert!(said.contains("no suitable PostgreSQL was found"), "{said}");
    assert!(said.contains("fetching PostgreSQL 18 with npm into "), "{said}");
}

/// Run by root, what the test above does is done once more as somebody else.
#[test]
fn npm_brings_it_to_an_ordinary_user_too() {
    if !Uid::effective().is_root() {
        return; // the test above shows it
    }
    let Some(bare) = Bare::with_npm() else { return };
    let data = bare.dir.path().join("data");
    fs::create_dir(&data).unwrap();
    chown(&data, Some(NOBODY), Some(NOBODY)).unwrap();
    if let Err(error) = Command::new(std::env::current_exe().unwrap())
        .arg("--list")
        .current_dir("/")
        .uid(NOBODY)
        .gid(NOBODY)
        .output()
    {
        return skip(&format!(
            "user {NOBODY} cannot run the tests' own binary: {error}"
        ));
    }
    let test = "npm_brings_a_postgres_that_knows_letters_and_is_kept";
    let output = bare.runs(test, &data, Some(NOBODY));
    assert!(
        output.status.success() && text(&output).contains("1 passed"),
        "{}",
        text(&output)
    );
    assert_eq!(fs::metadata(data.join("postgres")).unwrap().uid(), NOBODY);
}

fn fetch_start_and_stop(data_dir: &Path) {
    let data_dir = DataDir::open(data_dir).unwrap();
    let report = |line: &str| eprintln!("{line}");
    let refusal = find(&data_dir, None, &report, Install::Never).unwrap_err();
    assert!(matches!(refusal, Error::NoPostgres { .. }), "{refusal}");
    assert!(!data_dir.path().join("pg").exists(), "forbidden is forbidden");

    let binaries = find(&data_dir, None, &report, Install::Allowed).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(binaries.preferred().major(), 18);
    assert!(binaries.preferred().bin().starts_with(data_dir.path()));
    let mut options = Options::new(data_dir.clone(), binaries);
    options.durability = Durability::Throwaway;
    let server = Server::start(&options).unwrap_or_else(|error| panic!("{error}"));
    let says = |sql: &str| ask(&server, "touchstone", sql);
    assert!(says("SHOW server_version").contains("18."));
    let locale =
        says("SELECT datcollate || ' ' || datctype FROM pg_database WHERE datname = current_database()");
    assert!(locale.contains("C C.UTF-8"), "{locale}");
    assert!(says("SELECT lower('ÄÉ')").contains("äé"));
    says("CREATE EXTENSION pg_trgm");
    let trigrams = says("SELECT array_length(show_trgm('大模型'), 1)::text || ' of them'");
    assert!(trigrams.contains("4 of them"), "{trigrams}");
    server.stop().unwrap();

    // From now on neither npm nor leave to install is needed.
    let again = find(&data_dir, None, &|line| panic!("{line}"), Install::Allowed).unwrap();
    assert_eq!(again.preferred(), options.binaries.preferred());
    find(&data_dir, None, &report, Install::Never).unwrap();

    // The data of another major version is left alone, and no other program is fetched for it.
    fs::remove_dir_all(data_dir.path().join("pg")).unwrap();
    let cluster = data_dir.path().join("postgres/PG_VERSION");
    fs::write(&cluster, "17\n").unwrap();
    let refusal = find(&data_dir, None, &report, Install::Allowed)
        .unwrap_err()
        .to_string();
    assert!(
        refusal.contains("it has PostgreSQL 18, and the data here is PostgreSQL 17's"),
        "{refusal}"
    );
    assert!(!data_dir.path().join("pg").exists());
}
