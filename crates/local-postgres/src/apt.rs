//! Installing packages where that is ours to do: as root, on Debian or Ubuntu.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::unistd::Uid;

use crate::error::Error;

/// Read by Debian's Postgres packages before they would make and start a cluster of their own.
const CREATECLUSTER_DIR: &str = "/etc/postgresql-common/createcluster.d";

/// Whether packages can be installed here without asking anybody: we are root, on Debian or a relative of it.
pub fn is_available() -> bool {
    Uid::effective().is_root()
        && fs::read_to_string("/etc/os-release").is_ok_and(|text| is_debian(&text))
        && Path::new("/usr/bin/apt-get").exists()
}

/// Installs packages, saying so first; they come from wherever this machine's apt is set up to get them.
pub fn install(packages: &[&str], report: &dyn Fn(&str)) -> Result<(), Error> {
    let list = packages.join(" ");
    report(&format!(
        "installing {list} with apt-get (this needs the network and can take a minute)"
    ));
    run(&["update", "-q"])?;
    let mut arguments = vec!["install", "-y", "-q", "--no-install-recommends"];
    arguments.extend(packages);
    run(&arguments)?;
    report(&format!("installed {list}"));
    Ok(())
}

/// Installs Postgres without the cluster that Debian would otherwise make and start with it.
pub(crate) fn install_postgres(report: &dyn Fn(&str)) -> Result<(), Error> {
    let switch = Path::new(CREATECLUSTER_DIR).join("zz-touchstone.conf");
    // Only for the moment, so that a later installation by hand behaves as its owner expects; and only a
    // nicety, so that a failure to write it is no reason not to go on.
    let written = fs::create_dir_all(CREATECLUSTER_DIR)
        .and_then(|()| fs::write(&switch, "create_main_cluster = false\n"))
        .is_ok();
    let installed = install(&["postgresql"], report);
    if written {
        let _ = fs::remove_file(&switch);
    }
    installed
}

fn run(arguments: &[&str]) -> Result<(), Error> {
    let command = format!("apt-get {}", arguments.join(" "));
    let failed = |output: String| Error::Install {
        command: command.clone(),
        output,
    };
    let output = Command::new("/usr/bin/apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    let lines: Vec<&str> = text.lines().collect();
    Err(failed(lines[lines.len().saturating_sub(15)..].join("\n")))
}

/// Whether an `os-release` file speaks of Debian, Ubuntu or a system made from them.
fn is_debian(os_release: &str) -> bool {
    os_release
        .lines()
        .filter_map(|line| line.split_once('='))
        .filter(|(key, _)| matches!(*key, "ID" | "ID_LIKE"))
        .flat_map(|(_, value)| value.trim_matches(['"', '\'']).split_whitespace())
        .any(|id| matches!(id, "debian" | "ubuntu"))
}

#[cfg(test)]
mod tests {
    use super::is_debian;

    #[test]
    fn debian_and_its_relatives_are_known_by_their_os_release() {
        assert!(is_debian("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n"));
        assert!(is_debian("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!is_debian("ID=fedora\nID_LIKE=\"rhel\"\nHOME_URL=\"debian\"\n"));
    }
}
