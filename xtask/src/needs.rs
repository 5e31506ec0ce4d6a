//! What the tests need on the machine: found, installed where that is ours to do, or asked for by one line.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};
use local_postgres::{Install, apt};

use crate::run::{has_program, say};

/// Names under which browsers built from Chromium are installed.
const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const MAC_BROWSER: &str = "/Applications/Google Chrome.app";

/// Makes sure of a Postgres, unless the tests are to use a server that is named.
pub fn postgres() -> Result<()> {
    if std::env::var_os("TOUCHSTONE_TEST_PG").is_some_and(|url| !url.is_empty()) {
        say("Postgres: the server that TOUCHSTONE_TEST_PG names");
        return Ok(());
    }
    let bin = std::env::var_os("TOUCHSTONE_PG_BIN").map(PathBuf::from);
    let found = local_postgres::find(bin.as_deref(), &say, Install::Allowed)?;
    let one = found.preferred();
    say(&format!("Postgres: {} in {}", one.version(), one.bin().display()));
    Ok(())
}

/// Makes sure of npm and, when wanted, of a browser with Chinese fonts.
pub fn npm(with_browser: bool) -> Result<()> {
    let mut packages = Vec::new();
    if !has_program("node") || !has_program("npm") {
        packages.extend(["nodejs", "npm"]);
    }
    if with_browser && !has_browser() {
        packages.push("chromium");
    }
    if with_browser && cfg!(target_os = "linux") && lacks_chinese_fonts() {
        packages.push("fonts-noto-cjk");
    }
    if packages.is_empty() {
        return Ok(());
    }
    if apt::is_available() {
        apt::install(&packages, &say)?;
        return Ok(());
    }
    let list = packages.join(" ");
    let line = if cfg!(target_os = "macos") {
        "brew install node && brew install --cask google-chrome".to_owned()
    } else {
        format!("sudo apt-get install -y {list}")
    };
    bail!("the browser journeys need {list}: {line}  (or leave them out with --without-browser)")
}

fn has_browser() -> bool {
    BROWSERS.iter().any(|name| has_program(name)) || std::path::Path::new(MAC_BROWSER).exists()
}

/// Without them Chinese text is boxes; where it cannot be told, it is left at that.
fn lacks_chinese_fonts() -> bool {
    let fonts = Command::new("fc-list")
        .arg(":lang=zh")
        .stderr(Stdio::null())
        .output();
    match fonts {
        Ok(output) => output.status.success() && output.stdout.is_empty(),
        Err(_) => apt::is_available(),
    }
}
