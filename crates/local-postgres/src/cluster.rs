//! Making a cluster, and which major version it belongs to.

use std::fs::{self, DirBuilder, File};
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::process::{Output, Stdio};

use crate::account::Account;
use crate::binaries::{Binaries, Installation};
use crate::error::{Error, io};
use crate::server::{Durability, Options};

/// What names of clusters being made start with; the process that makes one adds its number.
const INIT_PREFIX: &str = "postgres.init";

/// Makes the cluster when there is none, and names the installation to run it with.
pub(crate) fn ensure<'a>(options: &'a Options, account: &Account) -> Result<&'a Installation, Error> {
    let cluster = options.data_dir.cluster();
    if !cluster.exists() {
        let installation = options.binaries.preferred();
        make(options, account, installation)?;
        return Ok(installation);
    }
    let version_file = cluster.join("PG_VERSION");
    let text = fs::read_to_string(&version_file).map_err(io("reading", &version_file))?;
    let Ok(cluster_major) = text.trim().parse() else {
        return Err(Error::Directory {
            path: cluster,
            why: format!("its PG_VERSION says `{}`, which is no version", text.trim()),
        });
    };
    options
        .binaries
        .of_major(cluster_major)
        .ok_or_else(|| Error::OtherMajor {
            cluster,
            cluster_major,
            found: versions(&options.binaries),
        })
}

fn versions(binaries: &Binaries) -> String {
    let all: Vec<String> = binaries
        .all()
        .map(|one| format!("PostgreSQL {} ({})", one.version(), one.bin().display()))
        .collect();
    all.join(" and ")
}

/// Makes the cluster under another name and renames it when it is complete, the database included, so that
/// one whose making was killed is never taken for finished. The name holds our process id: an `initdb` that
/// outlived the program which started it must not write into the directory of the next.
fn make(options: &Options, account: &Account, installation: &Installation) -> Result<(), Error> {
    let home = options.data_dir.path();
    remove_leftovers(home)?;
    let dir = home.join(format!("{INIT_PREFIX}-{}", std::process::id()));
    initdb(options, account, installation, &dir)?;
    create_database(options, account, installation, &dir)?;
    let cluster = options.data_dir.cluster();
    fs::rename(&dir, &cluster).map_err(io("naming", &cluster))?;
    if options.durability == Durability::Durable {
        File::open(home)
            .and_then(|home| home.sync_all())
            .map_err(io("writing out", home))?;
    }
    Ok(())
}

fn remove_leftovers(home: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(home)
        .map_err(io("reading", home))?
        .filter_map(Result::ok)
    {
        if entry.file_name().to_string_lossy().starts_with(INIT_PREFIX) {
            let path = entry.path();
            fs::remove_dir_all(&path).map_err(io("removing", &path))?;
        }
    }
    Ok(())
}

fn initdb(
    options: &Options,
    account: &Account,
    installation: &Installation,
    dir: &Path,
) -> Result<(), Error> {
    // Comparison by bytes is the same everywhere; only what is a letter is asked of the locale, so that
    // trigrams and lower() know Chinese and accents. Some systems have no such locale.
    let attempts: [&[&str]; 2] = [&["--locale=C", "--lc-ctype=C.UTF-8"], &["--locale=C"]];
    let mut output = String::new();
    for locale in attempts {
        let _ = fs::remove_dir_all(dir);
        DirBuilder::new()
            .mode(0o700)
            .create(dir)
            .map_err(io("making", dir))?;
        account.own(dir)?;
        let program = installation.program("initdb");
        let mut command = account.command(&program);
        command.arg("-D").arg(dir).current_dir(dir);
        command.args([
            "-E",
            "UTF8",
            "-A",
            "trust",
            "--data-checksums",
            "--no-instructions",
            "-U",
        ]);
        command.arg(&options.user).args(locale);
        if options.durability == Durability::Throwaway {
            command.arg("--no-sync");
        }
        let result = command.output().map_err(io("running", &program))?;
        if result.status.success() {
            return Ok(());
        }
        output = said(&result);
        if !output.contains("locale") {
            break;
        }
    }
    Err(Error::Init {
        dir: dir.to_owned(),
        output,
    })
}

/// Makes the database before the server's first start, by the server's single-user mode: that needs no
/// client programs and no socket.
fn create_database(
    options: &Options,
    account: &Account,
    installation: &Installation,
    dir: &Path,
) -> Result<(), Error> {
    let program = installation.program("postgres");
    let mut command = account.command(&program);
    command.arg("--single").arg("-D").arg(dir).current_dir(dir);
    command.args(["-c", "exit_on_error=true", "-c", "log_checkpoints=off"]);
    if options.durability == Durability::Throwaway {
        command.arg("-F");
    }
    command
        .arg("postgres")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(io("running", &program))?;
    if let Some(mut input) = child.stdin.take() {
        // When it ends early, the write fails and its own words tell more.
        let _ = writeln!(input, "CREATE DATABASE {}", options.database);
    }
    let result = child.wait_with_output().map_err(io("running", &program))?;
    if result.status.success() {
        return Ok(());
    }
    Err(Error::Init {
        dir: dir.to_owned(),
        output: said(&result),
    })
}

fn said(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    text.trim().to_owned()
}
