//! What the tests need on the machine: found, installed where that is ours to do, or asked for by one line.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use local_postgres::{DataDir, Install, apt, default_data_dir};

use crate::run::{has_program, program, say};

/// Names under which browsers built from Chromium are installed.
const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const MAC_BROWSER: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
/// What the npm project asks of node.
const NODE_MAJOR_MIN: u32 = 20;

/// Makes sure of a Postgres, unless the tests are to use a server that is named. One that has to be fetched goes where
/// `up` would have it, and where the tests look.
pub fn postgres() -> Result<()> {
    if std::env::var_os("TOUCHSTONE_TEST_PG").is_some_and(|url| !url.is_empty()) {
        say("Postgres: the server that TOUCHSTONE_TEST_PG names");
        return Ok(());
    }
    let bin = std::env::var_os("TOUCHSTONE_PG_BIN").map(PathBuf::from);
    let home = DataDir::open(default_data_dir()?)?;
    let found = local_postgres::find(&home, bin.as_deref(), &say, Install::Allowed)?;
    let one = found.preferred();
    say(&format!("Postgres: {} in {}", one.version(), one.bin().display()));
    Ok(())
}

/// Makes sure that examples in Python can be run where that is ours to do; their tests say it if they cannot.
pub fn python() -> Result<()> {
    let can_make_environments = Command::new("python3")
        .args(["-c", "import ensurepip, venv"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !can_make_environments && apt::is_available() {
        apt::install(&["python3-venv"], &say)?;
    }
    Ok(())
}

/// Makes sure of npm and, when wanted, of a browser with Chinese fonts: gives that browser.
pub fn npm(with_browser: bool) -> Result<Option<PathBuf>> {
    let packages = missing(with_browser);
    if !packages.is_empty() {
        if !apt::is_available() {
            bail!(
                "{} missing: {}{}",
                packages.join(", "),
                how_to_install(&packages),
                way_around(with_browser)
            );
        }
        apt::install(&packages, &say)?;
    }
    let version = node_version()?;
    if major(&version).is_none_or(|major| major < NODE_MAJOR_MIN) {
        bail!(
            "node is {version}, and the npm project needs {NODE_MAJOR_MIN} or newer: https://nodejs.org/en/download"
        );
    }
    if !with_browser {
        return Ok(None);
    }
    let found = browser().context("no browser, though one was installed: name one by CHROME_BIN")?;
    ensure!(found.is_file(), "the browser {} is no file", found.display());
    say(&format!("browser: {}", found.display()));
    Ok(Some(found))
}

/// Debian's packages of what is not there.
fn missing(with_browser: bool) -> Vec<&'static str> {
    let mut packages = Vec::new();
    if !has_program("node") {
        packages.push("nodejs");
    }
    if !has_program("npm") {
        packages.push("npm");
    }
    if with_browser && browser().is_none() {
        packages.push("chromium");
    }
    if with_browser && cfg!(target_os = "linux") {
        match has_chinese_fonts() {
            Some(true) => {}
            Some(false) => packages.push("fonts-noto-cjk"),
            // Without fontconfig's programs the next run could not tell either, and would install again.
            None if apt::is_available() => packages.extend(["fontconfig", "fonts-noto-cjk"]),
            None => say("whether there are Chinese fonts cannot be told, as there is no fc-list"),
        }
    }
    packages
}

fn how_to_install(packages: &[&str]) -> String {
    if cfg!(target_os = "macos") {
        let of_brew: Vec<&str> = packages
            .iter()
            .filter_map(|package| match *package {
                "nodejs" | "npm" => Some("brew install node"),
                "chromium" => Some("brew install --cask google-chrome"),
                _ => None,
            })
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect();
        of_brew.join(" && ")
    } else if has_program("apt-get") {
        format!("sudo apt-get install {}", packages.join(" "))
    } else {
        "install what this system calls them (the names are Debian's)".to_owned()
    }
}

fn way_around(with_browser: bool) -> &'static str {
    if with_browser {
        " (a browser elsewhere is named by CHROME_BIN; --without-browser leaves out what needs one)"
    } else {
        ""
    }
}

fn node_version() -> Result<String> {
    let output = Command::new("node")
        .arg("--version")
        .output()
        .context("running node --version")?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// `v20.11.1` is of the 20th.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// The one that `CHROME_BIN` names, else the first that is installed under a usual name.
fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROME_BIN").filter(|named| !named.is_empty()) {
        return Some(named.into());
    }
    let mac = Path::new(MAC_BROWSER);
    BROWSERS
        .iter()
        .find_map(|name| program(name))
        .or_else(|| mac.is_file().then(|| mac.to_owned()))
}

/// Without them Chinese text is boxes. `None` where it cannot be told.
fn has_chinese_fonts() -> Option<bool> {
    let fonts = Command::new("fc-list")
        .arg(":lang=zh")
        .stderr(Stdio::null())
        .output()
        .ok()?;
    fonts.status.success().then_some(!fonts.stdout.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{how_to_install, major};

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.11.1"), Some(20));
        assert_eq!(major("v8.0.0"), Some(8));
        assert_eq!(major(""), None);
    }

    #[test]
    fn it_is_said_how_to_install_what_is_missing() {
        let said = how_to_install(&["nodejs", "npm", "chromium"]);
        if cfg!(target_os = "macos") {
            assert_eq!(said, "brew install --cask google-chrome && brew install node");
        } else {
            assert!(said.contains("install"), "{said}");
        }
    }
}
