//! The whole life of a private server, against a real Postgres.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may fail the test"
)]

mod outside;

use std::fs;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use local_postgres::{DataDir, Durability, Error, Install, Options, Server, find};
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, Uid};
use outside::{ask, skip};

/// A data directory of one test. It can be entered by others, as root's server runs as somebody else.
struct Home {
    dir: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        let dir = tempfile::Builder::new()
            .permissions(fs::Permissions::from_mode(0o711))
            .tempdir()
            .expect("a temporary directory");
        Self { dir }
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn options(&self) -> Options {
        options(&self.path())
    }

    fn start(&self) -> Server {
        Server::start(&self.options()).unwrap_or_else(|error| panic!("{error}"))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // Nothing may be left running, whatever the test ran into.
        let pid_file = self.path().join("postgres/postmaster.pid");
        if let Ok(text) = fs::read_to_string(pid_file)
            && let Some(Ok(pid)) = text.lines().next().map(str::parse::<i32>)
            && pid != std::process::id() as i32
            && fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd.starts_with(self.dir.path()))
        {
            let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
        }
    }
}

fn options(path: &Path) -> Options {
    let data_dir = DataDir::open(path).unwrap();
    let bin = std::env::var_os("TOUCHSTONE_PG_BIN").map(PathBuf::from);
    let report = |line: &str| eprintln!("{line}");
    let binaries = find(&data_dir, bin.as_deref(), &report, Install::Never).expect("Postgres is installed");
    let mut options = Options::new(data_dir, binaries);
    options.durability = Durability::Throwaway;
    options
}

fn kill_hard(pid: u32) {
    kill(Pid::from_raw(pid as i32), Signal::SIGKILL).unwrap();
}

fn is_gone(pid: u32) -> bool {
    match fs::read_to_string(format!("/proc/{pid}/stat")) {
        Ok(stat) => stat
            .rsplit_once(") ")
            .is_some_and(|(_, rest)| rest.starts_with(['Z', 'X'])),
        Err(_) => kill(Pid::from_raw(pid as i32), None).is_err(),
    }
}

#[test]
fn a_fresh_start_gives_a_database_on_a_private_socket_and_stop_ends_it() {
    let home = Home::new();
    let server = home.start();
    assert!(!server.was_adopted());
    assert!(ask(&server, "touchstone", "SELECT current_database() || '!'").contains("touchstone!"));
    assert!(
        ask(&server, "touchstone", "SELECT 'is ' || lower('ÄÉ')").contains("is äé"),
        "letters are known"
    );
    assert!(
        ask(
            &server,
            "touchstone",
            "SELECT 'on ' || setting FROM pg_settings WHERE name = 'data_checksums'"
        )
        .contains("on on")
    );
    assert!(
        ask(&server, "touchstone", "SHOW listen_addresses")
            .trim_matches('\0')
            .len()
            <= 6,
        "no network"
    );
    let socket = fs::metadata(server.socket_dir().join(".s.PGSQL.5432")).unwrap();
    assert_eq!(socket.mode() & 0o777, 0o700);
    assert!(
        server
            .url()
            .starts_with("postgres://touchstone@localhost/touchstone?host=%2F")
    );
    assert!(server.admin_url().contains("/postgres?"));
    let pid = server.pid();
    server.stop().unwrap();
    assert!(is_gone(pid));
    assert!(
        !Path::new(&format!("/proc/{pid}")).exists(),
        "not even a zombie is left"
    );
    assert!(
        !home.path().join("postgres/postmaster.pid").exists(),
        "it ended in order"
    );
}

#[test]
fn a_durable_server_syncs_and_says_so() {
    let home = Home::new();
    let mut options = home.options();
    options.durability = Durability::Durable;
    options
        .settings
        .push(("max_connections".to_owned(), "33".to_owned()));
    let server = Server::start(&options).unwrap();
    for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
        assert!(
            ask(
                &server,
                "touchstone",
                &format!("SELECT 'is ' || current_setting('{setting}')")
            )
            .contains("is on")
        );
    }
    assert!(
        ask(&server, "touchstone", "SHOW max_connections").contains("33"),
        "settings of the caller win"
    );
    server.stop().unwrap();
}

#[test]
fn after_a_kill_of_postgres_the_next_start_recovers_what_was_committed() {
    let home = Home::new();
    let mut options = home.options();
    options.durability = Durability::Durable;
    let server = Server::start(&options).unwrap();
    ask(&server, "touchstone", "CREATE TABLE kept (what text)");
    ask(&server, "touchstone", "INSERT INTO kept VALUES ('committed')");
    let pid = server.pid();
    // Held on to, so that the killed server stays a zombie while the next one starts.
    kill_hard(pid);
    let again = Server::start(&options).unwrap();
    assert_ne!(again.pid(), pid);
    assert!(!again.was_adopted());
    assert!(ask(&again, "touchstone", "SELECT what FROM kept").contains("committed"));
    drop(server);
    again.stop().unwrap();
}

#[test]
fn a_server_left_behind_is_adopted_and_can_be_stopped() {
    let home = Home::new();
    let first = home.start();
    let pid = first.pid();
    drop(first);
    let mut second = home.start();
    assert!(second.was_adopted());
    assert_eq!(second.pid(), pid);
    assert!(second.is_running());
    assert!(ask(&second, "touchstone", "SELECT 'still ' || 'there'").contains("still there"));
    second.stop().unwrap();
    assert!(is_gone(pid));
}

#[test]
fn a_process_that_got_the_old_servers_number_is_neither_adopted_nor_harmed() {
    let home = Home::new();
    let server = home.start();
    let pid_file = home.path().join("postgres/postmaster.pid");
    let text = fs::read_to_string(&pid_file).unwrap();
    let pid = server.pid();
    server.stop().unwrap();
    // As after a crash and a restart of the machine: the number now belongs to somebody else, who runs as the
    // server's own user, so that Postgres itself would be taken in.
    let owner = fs::metadata(home.path().join("postgres")).unwrap();
    let mut innocent = Command::new("sleep");
    innocent.arg("600");
    if Uid::effective().is_root() {
        innocent.uid(owner.uid()).gid(owner.gid());
    }
    let mut innocent = innocent.spawn().unwrap();
    fs::write(
        &pid_file,
        text.replacen(&pid.to_string(), &innocent.id().to_string(), 1),
    )
    .unwrap();
    if Uid::effective().is_root() {
        std::os::unix::fs::chown(&pid_file, Some(owner.uid()), Some(owner.gid())).unwrap();
    }
    let again = home.start();
    assert!(!again.was_adopted());
    assert_ne!(again.pid(), innocent.id());
    again.stop().unwrap();
    assert!(
        innocent.try_wait().unwrap().is_none(),
        "it goes on as if nothing had happened"
    );
    innocent.kill().unwrap();
    innocent.wait().unwrap();
}

#[test]
fn the_second_to_lock_a_data_directory_learns_who_has_it() {
    let home = Home::new();
    let data_dir = DataDir::open(home.path()).unwrap();
    assert_eq!(data_dir.holder().unwrap(), None);
    assert!(!home.path().exists(), "asking makes nothing");
    let since = "2026-11-23T08:30:00Z".parse().unwrap();
    let mut lock = data_dir.lock(since).unwrap();
    lock.announce("http://127.0.0.1:8080").unwrap();
    let refusal = data_dir.lock(since).unwrap_err().to_string();
    let expected = format!(
        "process {} has been using this data directory since 2026-11-23T08:30:00Z; it answers at http://127.0.0.1:8080",
        std::process::id()
    );
    assert_eq!(refusal, expected);
    assert_eq!(
        data_dir.holder().unwrap().unwrap().url.as_deref(),
        Some("http://127.0.0.1:8080")
    );
    drop(lock);
    assert_eq!(data_dir.holder().unwrap(), None);
    data_dir.lock(since).unwrap();
}

#[test]
fn a_cluster_of_another_major_version_is_refused_and_left_alone() {
    let home = Home::new();
    home.start().stop().unwrap();
    let version_file = home.path().join("postgres/PG_VERSION");
    fs::write(&version_file, "99\n").unwrap();
    let error = Server::start(&home.options()).unwrap_err();
    assert!(
        matches!(
            error,
            Error::OtherMajor {
                cluster_major: 99,
                ..
            }
        ),
        "{error}"
    );
    let text = error.to_string();
    let installed = home.options().binaries.preferred().version().to_owned();
    for word in [
        "PostgreSQL 99",
        &installed,
        "postgresql-99",
        "TOUCHSTONE_PG_BIN",
        "backup",
    ] {
        assert!(text.contains(word), "{word} is missing in: {text}");
    }
    assert_eq!(fs::read_to_string(version_file).unwrap(), "99\n");
}

#[test]
fn for_root_a_path_that_others_cannot_enter_is_refused_by_name() {
    if !Uid::effective().is_root() {
        return skip("only root's server runs as another user");
    }
    let home = Home::new();
    let closed = home.dir.path().join("closed");
    fs::DirBuilder::new().mode(0o700).create(&closed).unwrap();
    let text = Server::start(&options(&closed.join("data")))
        .unwrap_err()
        .to_string();
    let closed = closed.canonicalize().unwrap();
    assert!(
        text.contains(&format!("cannot enter {}. ", closed.display())),
        "{text}"
    );
    assert!(
        text.contains(&format!("chmod o+x {}", closed.display())),
        "{text}"
    );
    assert!(text.contains("/var/lib/touchstone"), "{text}");
}

#[test]
fn what_a_killed_initdb_left_is_cleared_away() {
    let home = Home::new();
    for name in ["postgres.init", "postgres.init-12345"] {
        let half = home.path().join(name).join("base");
        fs::create_dir_all(&half).unwrap();
        fs::write(half.join("junk"), "half").unwrap();
    }
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o711)).unwrap();
    let server = home.start();
    let names: Vec<String> = fs::read_dir(home.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("init"))
        .collect();
    assert!(names.is_empty(), "{names:?}");
    server.stop().unwrap();
}

#[test]
fn a_path_too_long_for_a_socket_gets_one_in_tmp() {
    let home = Home::new();
    let deep = home.dir.path().join("d".repeat(60)).join("e".repeat(60));
    fs::create_dir_all(&deep).unwrap();
    let server = Server::start(&options(&deep)).unwrap();
    let dir = server.socket_dir().to_owned();
    assert!(dir.starts_with("/tmp/"), "{}", dir.display());
    assert_eq!(fs::metadata(&dir).unwrap().mode() & 0o777, 0o700);
    assert!(ask(&server, "touchstone", "SELECT 'by a ' || 'short way'").contains("by a short way"));
    drop(server);
    let again = Server::start(&options(&deep)).unwrap();
    assert!(again.was_adopted());
    again.stop().unwrap();
    fs::remove_dir(dir).unwrap();
}

#[test]
fn a_server_that_cannot_start_shows_the_end_of_its_log() {
    let home = Home::new();
    let mut options = home.options();
    options
        .settings
        .push(("shared_buffers".to_owned(), "nonsense".to_owned()));
    let begun = Instant::now();
    let text = Server::start(&options).unwrap_err().to_string();
    assert!(
        text.contains("shared_buffers") && text.contains("postgres.log"),
        "{text}"
    );
    assert!(
        begun.elapsed() < Duration::from_secs(50),
        "it is not waited for when it has ended"
    );
    home.start().stop().unwrap();
}

#[test]
fn an_ordinary_user_can_do_it_too() {
    if let Some(path) = std::env::var_os("TOUCHSTONE_TEST_DATA_DIR") {
        return start_adopt_and_stop(Path::new(&path));
    }
    if !Uid::effective().is_root() {
        return; // every other test of this file shows it
    }
    // Run by root, the test runs itself once more, as somebody else.
    let home = Home::new();
    let own = home.dir.path().join("own");
    fs::create_dir(&own).unwrap();
    std::os::unix::fs::chown(&own, Some(65534), Some(65534)).unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "an_ordinary_user_can_do_it_too", "--nocapture"])
        .env("TOUCHSTONE_TEST_DATA_DIR", own.join("data"))
        .env("TOUCHSTONE_PG_BIN", home.options().binaries.preferred().bin())
        .env("HOME", &own)
        .current_dir("/")
        .uid(65534)
        .gid(65534)
        .stdin(Stdio::null())
        .output();
    match output {
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success() && text.contains("1 passed"), "{text}");
        }
        Err(error) => return skip(&format!("user 65534 cannot run the tests' own binary: {error}")),
    }
    assert_eq!(fs::metadata(own.join("data/postgres")).unwrap().uid(), 65534);
}

fn start_adopt_and_stop(path: &Path) {
    assert!(!Uid::effective().is_root());
    let server = Server::start(&options(path)).unwrap_or_else(|error| panic!("{error}"));
    let pid = server.pid();
    assert!(ask(&server, "touchstone", "SELECT 'as ' || 'myself'").contains("as myself"));
    drop(server);
    let server = Server::start(&options(path)).unwrap();
    assert!(server.was_adopted());
    server.stop().unwrap();
    assert!(is_gone(pid));
    assert_eq!(fs::metadata(path).unwrap().mode() & 0o777, 0o700);
}
