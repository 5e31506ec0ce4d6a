//! A Python of the tests' own, with what examples/requirements.txt pins.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use test_support::skip;

/// Its interpreter; made once for each state of the requirements, below the target folder. Where it cannot be had,
/// that is said, and the test is to end.
pub fn with_the_pinned_client() -> Option<PathBuf> {
    let requirements = super::in_workspace("examples/requirements.txt");
    let wanted = fs::read_to_string(&requirements).unwrap();
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples-venv");
    fs::create_dir_all(env!("CARGO_TARGET_TMPDIR")).unwrap();
    // Tests run side by side, each in a process of its own: one makes it, the others wait.
    let lock = File::create(dir.with_extension("lock")).unwrap();
    lock.lock().unwrap();
    let python = dir.join("bin/python");
    let installed = dir.join("installed-requirements.txt");
    if fs::read_to_string(&installed).is_ok_and(|had| had == wanted) {
        return Some(python);
    }
    if dir.exists() {
        fs::remove_dir_all(&dir).unwrap();
    }
    println!("making a Python environment in {} with pip", dir.display());
    let made = Command::new("python3").args(["-m", "venv"]).arg(&dir).output();
    match made {
        Ok(output) if output.status.success() => {}
        Ok(output) => {
            // Debian's python3 tells on stdout that python3-venv is missing.
            let said = String::from_utf8_lossy(&output.stdout).into_owned()
                + &String::from_utf8_lossy(&output.stderr);
            skip(&format!(
                "the import script: python3 -m venv failed: {}",
                first_line(&said)
            ));
            return None;
        }
        Err(error) => {
            skip(&format!("the import script: python3 cannot be run: {error}"));
            return None;
        }
    }
    let output = Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        .args(["--retries", "2", "--timeout", "20", "--requirement"])
        .arg(&requirements)
        .output()
        .unwrap();
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        // A package index that answers, but has no such version, tells of a wrong pin: that is for us to repair.
        let is_wrong_pin = said.contains("(from versions: ") && !said.contains("(from versions: none)");
        assert!(!is_wrong_pin, "examples/requirements.txt: {said}");
        let last = said.lines().rfind(|line| line.starts_with("ERROR"));
        skip(&format!(
            "the import script: pip could not install its client: {}",
            last.unwrap_or_default()
        ));
        return None;
    }
    fs::write(&installed, wanted).unwrap();
    Some(python)
}

fn first_line(said: &str) -> &str {
    said.lines().find(|line| !line.trim().is_empty()).unwrap_or("")
}
