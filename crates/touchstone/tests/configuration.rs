//! What the program is told, from outside: flags over environment over file over default, and what is wrong by name.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[allow(dead_code, reason = "the limits use more of it")]
#[path = "limits/server.rs"]
mod server;

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

/// Runs the program with nothing in its environment but `variables`.
fn touchstone(home: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_touchstone"))
        .args(arguments)
        .env_clear()
        .env("HOME", home)
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

/// The value and the source that `touchstone config` shows of a key.
fn shown(output: &Output, key: &str) -> (String, String) {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text
        .lines()
        .find(|line| line.split_whitespace().next() == Some(key))
        .unwrap_or_else(|| panic!("no {key} in\n{text}"));
    let parts: Vec<_> = line
        .split("  ")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    (parts[1].to_owned(), parts[2].to_owned())
}

fn refused(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty(), "nothing is shown of what is refused");
    said
}

fn pair(value: &str, source: &str) -> (String, String) {
    (value.to_owned(), source.to_owned())
}

#[test]
fn a_flag_wins_over_the_environment_over_the_file_over_the_default() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("t.toml");
    fs::write(
        &path,
        "listen = \"127.0.0.1:1\"\nno_demo = true\nlog = \"warn\"\n\n[limits]\ndepth = 7\n",
    )
    .unwrap();
    let file = path.to_str().unwrap();
    let at = |line: usize| format!("{file}:{line}");

    let bare = touchstone(home.path(), &["config"], &[]);
    assert_eq!(shown(&bare, "listen"), pair("127.0.0.1:7420", "default"));
    assert_eq!(shown(&bare, "no_demo"), pair("false", "default"));
    assert_eq!(shown(&bare, "limits.depth"), pair("15", "default"));

    let by_file = touchstone(home.path(), &["config", "--config", file], &[]);
    assert_eq!(shown(&by_file, "listen"), pair("127.0.0.1:1", &at(1)));
    assert_eq!(shown(&by_file, "no_demo"), pair("true", &at(2)));
    assert_eq!(shown(&by_file, "limits.depth"), pair("7", &at(6)));
    assert_eq!(shown(&by_file, "limits.nesting"), pair("64", "default"));

    let variables = [
        ("TOUCHSTONE_CONFIG", file),
        ("TOUCHSTONE_LISTEN", "127.0.0.1:2"),
        ("TOUCHSTONE_NO_DEMO", "0"),
        ("TOUCHSTONE_LOG", "error"),
    ];
    let by_environment = touchstone(home.path(), &["config"], &variables);
    assert_eq!(
        shown(&by_environment, "listen"),
        pair("127.0.0.1:2", "environment")
    );
    assert_eq!(shown(&by_environment, "no_demo"), pair("false", "environment"));
    assert_eq!(shown(&by_environment, "log"), pair("error", "environment"));

    let flags = ["config", "--listen", "127.0.0.1:3", "--no-demo", "--log", "debug"];
    let by_flags = touchstone(home.path(), &flags, &variables);
    assert_eq!(shown(&by_flags, "listen"), pair("127.0.0.1:3", "--listen"));
    assert_eq!(shown(&by_flags, "no_demo"), pair("true", "--no-demo"));
    assert_eq!(shown(&by_flags, "log"), pair("debug", "--log"));
}

#[test]
fn secrets_are_not_shown() {
    let home = TempDir::new().unwrap();
    let url = "postgres://ada:s3cret@db.example/deals?password=s3cret";
    let output = touchstone(home.path(), &["config"], &[("DATABASE_URL", url)]);
    let (value, source) = shown(&output, "database_url");
    assert_eq!(
        (value.as_str(), source.as_str()),
        ("postgres://ada:…@db.example/deals", "environment")
    );
    assert!(!String::from_utf8_lossy(&output.stdout).contains("s3cret"));
}

#[test]
fn a_file_that_is_named_must_be_there() {
    let home = TempDir::new().unwrap();
    for (arguments, variables) in [
        (&["config", "--config", "/nowhere/t.toml"][..], &[][..]),
        (&["config"][..], &[("TOUCHSTONE_CONFIG", "/nowhere/t.toml")][..]),
    ] {
        let said = refused(&touchstone(home.path(), arguments, variables));
        assert!(said.contains("/nowhere/t.toml"), "{said}");
    }
}

#[test]
fn what_is_wrong_is_refused_by_name_before_anything_starts() {
    let home = TempDir::new().unwrap();
    let path = home.path().join("t.toml");
    let file = path.to_str().unwrap();
    for (text, expected) in [
        (
            "\nlistn = \"127.0.0.1:0\"\n",
            ":2: unknown key listn; did you mean listen?",
        ),
        (
            "[limits]\ndeph = 3\n",
            ":2: unknown key limits.deph; did you mean limits.depth?",
        ),
        ("listen = true\n", ":1: listen: "),
        (
            "[limits]\nrequest_ms = 0\n",
            ":2: limits.request_ms: 0 is out of range; expected 1 to 3600000",
        ),
    ] {
        fs::write(&path, text).unwrap();
        for command in ["config", "up", "serve", "migrate"] {
            let said = refused(&touchstone(home.path(), &[command, "--config", file], &[]));
            assert!(said.contains(&format!("{file}{expected}")), "{said}");
        }
    }
    for (variable, wrong) in [
        ("TOUCHSTONE_LOG", "inof"),
        ("TOUCHSTONE_LOG", "info,sqlx=loud"),
        ("TOUCHSTONE_LISTEN", "here"),
        ("TOUCHSTONE_NO_DEMO", "perhaps"),
        ("TOUCHSTONE_URL", "deals.example"),
    ] {
        let said = refused(&touchstone(home.path(), &["config"], &[(variable, wrong)]));
        let flag = variable
            .trim_start_matches("TOUCHSTONE_")
            .to_lowercase()
            .replace('_', "-");
        assert!(
            said.contains(&format!("--{flag}")) && said.contains(wrong),
            "{said}"
        );
    }
}

#[test]
fn ready_says_that_nothing_listens() {
    let home = TempDir::new().unwrap();
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let output = touchstone(home.path(), &["ready", "--listen", &port.to_string()], &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains(&port.to_string()), "{said}");
}

/// What the program needs to know of a proxy that speaks https.
#[tokio::test]
async fn the_public_address_begins_links_keeps_cookies_to_https_and_is_no_other_site() {
    let url = "https://deals.example";
    let behind = server::Server::start_with(&format!("url = \"{url}\""), "").await;
    let bare = server::Server::start("").await;
    for (server, is_secure) in [(&behind, true), (&bare, false)] {
        let link = server.link().await;
        let signed_in = server::agent()
            .post(format!("http://{}/login", server.address))
            .send_form([("link", link.as_str()), ("next", "/startups")])
            .unwrap();
        assert_eq!(signed_in.status(), 303);
        let cookie = signed_in.headers()["set-cookie"].to_str().unwrap();
        assert_eq!(cookie.contains("Secure"), is_secure, "{cookie}");

        // A request of the pages at the public address, and one of another site.
        let session = cookie.split(';').next().unwrap();
        for (origin, status) in [
            (url, if is_secure { 200 } else { 403 }),
            ("https://evil.example", 403),
        ] {
            let answer = server::agent()
                .post(format!("http://{}/graphql", server.address))
                .header("Cookie", session)
                .header("Origin", origin)
                .header("Content-Type", "application/json")
                .send(r#"{"query": "{ viewer { id } }"}"#)
                .unwrap();
            assert_eq!(answer.status(), status, "{origin}");
        }
    }

    let home = TempDir::new().unwrap();
    let variables = [("DATABASE_URL", behind.db.url()), ("TOUCHSTONE_URL", url)];
    let output = touchstone(home.path(), &["user", "link", "ada@fund.example"], &variables);
    let link = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(link.starts_with("https://deals.example/login?link="), "{link}");
}
