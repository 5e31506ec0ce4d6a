//! Laying the files of a package out.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt, symlink};
use std::path::{Component, Path, PathBuf};

use flate2::read::GzDecoder;
use serde::Deserialize;
use tar::{Archive, EntryType};

/// The list of links: a package of npm's has none itself.
const LINKS: &str = "pg-symlinks.json";

/// Lays the Postgres of a package's file out under `into`: what lies in its `native` directory, the links that are
/// listed there, and what it says of itself and its licence. Everybody may read and run it.
///
/// An entry that is neither a file nor a directory, or whose name leads anywhere else, is refused.
pub(super) fn unpack(file: &Path, into: &Path) -> Result<(), String> {
    let opened = File::open(file).map_err(|error| format!("{} cannot be opened: {error}", file.display()))?;
    let mut archive = Archive::new(GzDecoder::new(opened));
    let unreadable = |error: io::Error| format!("its archive cannot be read: {error}");
    for entry in archive.entries().map_err(unreadable)? {
        let mut entry = entry.map_err(unreadable)?;
        let name = entry.path().map_err(unreadable)?.into_owned();
        match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous => {}
            EntryType::Directory | EntryType::XGlobalHeader => continue,
            other => {
                return Err(format!(
                    "`{}` in it is {other:?}, where only files belong",
                    name.display()
                ));
            }
        }
        let Some(below) = place_of(&name)? else {
            continue;
        };
        let is_program = entry.header().mode().map_err(unreadable)? & 0o111 != 0;
        let path = into.join(&below);
        write(&mut entry, into, &below, if is_program { 0o755 } else { 0o644 })
            .map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    }
    link(into)
}

/// Where a file of the package goes: `None` for what is not part of Postgres.
fn place_of(name: &Path) -> Result<Option<PathBuf>, String> {
    let inside = inner(name)
        .and_then(|name| name.strip_prefix("package").ok())
        .ok_or_else(|| format!("`{}` in it lies outside `package`", name.display()))?;
    if let Ok(native) = inside.strip_prefix("native") {
        return Ok(Some(native.to_owned()));
    }
    let about = ["package.json", "LICENSE", "LICENSE.md"]
        .iter()
        .any(|name| inside == Path::new(name));
    Ok(about.then(|| inside.to_owned()))
}

/// A path that leads nowhere but down.
fn inner(path: &Path) -> Option<&Path> {
    let down = path.components().all(|step| matches!(step, Component::Normal(_)));
    (down && path.components().next().is_some()).then_some(path)
}

fn write(content: &mut impl io::Read, root: &Path, below: &Path, mode: u32) -> io::Result<()> {
    let path = root.join(below);
    let mut dirs: Vec<&Path> = below.ancestors().skip(1).collect();
    dirs.reverse();
    for dir in dirs.into_iter().map(|dir| root.join(dir)) {
        if !dir.exists() {
            fs::create_dir(&dir)?;
            fs::set_permissions(&dir, Permissions::from_mode(0o755))?;
        }
    }
    // Nothing is written twice, and through no link.
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(&path)?;
    io::copy(content, &mut file)?;
    // Once more, as the umask may have taken something away.
    file.set_permissions(Permissions::from_mode(mode))
}

/// One link of the list; both paths begin with `native`.
#[derive(Deserialize)]
struct Link {
    /// What it leads to.
    source: PathBuf,
    /// Where it is.
    target: PathBuf,
}

fn link(root: &Path) -> Result<(), String> {
    let text = match fs::read_to_string(root.join(LINKS)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(format!("its {LINKS} cannot be read: {error}")),
    };
    let links: Vec<Link> =
        serde_json::from_str(&text).map_err(|error| format!("its {LINKS} cannot be read: {error}"))?;
    for Link { source, target } in links {
        let wrong = |why: &str| {
            format!(
                "its {LINKS} has a link {} to {}: {why}",
                target.display(),
                source.display()
            )
        };
        let inside = |path: &Path| inner(path)?.strip_prefix("native").ok().map(Path::to_owned);
        let (Some(to), Some(at)) = (inside(&source), inside(&target)) else {
            return Err(wrong("both have to lie in `native`"));
        };
        if !root.join(&to).is_file() {
            return Err(wrong("there is no such file to lead to"));
        }
        // Relative to its own directory, so that it holds wherever the tree is.
        let up: PathBuf = at.ancestors().skip(2).map(|_| "..").collect();
        match symlink(up.join(&to), root.join(&at)) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(wrong(&error.to_string())),
        }
    }
    Ok(())
}
