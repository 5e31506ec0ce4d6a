//! With a made-up package and a made-up npm that copies it.

use std::cell::RefCell;

use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{Builder, EntryType, Header};

use super::*;

const PROGRAM: &str = "#!/bin/sh\necho \"$(basename \"$0\") (PostgreSQL) 18.4\"\n";
const LINKS: &str = r#"[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]"#;

/// A package's file in the making.
struct Made {
    archive: Builder<GzEncoder<Vec<u8>>>,
}

impl Made {
    fn empty() -> Self {
        let archive = Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        Self { archive }
    }

    /// One that is as it should be.
    fn whole() -> Self {
        Self::with_programs(PROGRAM)
            .file("package/native/pg-symlinks.json", 0o644, LINKS)
            .file("package/package.json", 0o644, "{}")
            .file("package/scripts/install.js", 0o644, "process.exit(1)")
    }

    fn with_programs(program: &str) -> Self {
        ["initdb", "postgres", "pg_ctl"]
            .into_iter()
            .fold(Self::empty(), |made, name| {
                made.file(&format!("package/native/bin/{name}"), 0o700, program)
            })
            .file("package/native/lib/libpq.so.5.18", 0o600, "a library")
    }

    fn file(self, name: &str, mode: u32, content: &str) -> Self {
        self.entry(name, EntryType::Regular, mode, content)
    }

    /// By its bytes, as the library would not write a name that leads away.
    fn entry(mut self, name: &str, kind: EntryType, mode: u32, content: &str) -> Self {
        let mut header = Header::new_gnu();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(kind);
        header.set_mode(mode);
        header.set_size(content.len() as u64);
        header.set_cksum();
        self.archive.append(&header, content.as_bytes()).unwrap();
        self
    }

    fn bytes(self) -> Vec<u8> {
        self.archive.into_inner().unwrap().finish().unwrap()
    }
}

/// A data directory, and an npm that serves one package.
struct Place {
    home: tempfile::TempDir,
    said: RefCell<Vec<String>>,
}

impl Place {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("data")).unwrap();
        Self {
            home,
            said: RefCell::default(),
        }
    }

    fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Puts the package up, and gives what the code would have pinned of it.
    fn serve(&self, made: Made) -> Package {
        let bytes = made.bytes();
        let integrity = format!("sha512-{}", STANDARD.encode(Sha512::digest(&bytes)));
        fs::write(self.home.path().join("served.tgz"), bytes).unwrap();
        Package {
            name: "@made-up/postgres",
            version: "18.4.0-beta.17",
            major: 18,
            integrity: integrity.leak(),
            download_megabytes: 1,
        }
    }

    fn install(&self, package: &Package) -> Result<(), Error> {
        let served = self.home.path().join("served.tgz");
        self.install_with(package, &format!("cp '{}' made-up.tgz", served.display()))
    }

    /// With an npm that is this script.
    fn install_with(&self, package: &Package, script: &str) -> Result<(), Error> {
        let npm = self.home.path().join("npm");
        let asked = self.home.path().join("asked");
        fs::write(
            &npm,
            format!("#!/bin/sh\necho \"$@\" >> '{}'\n{script}\n", asked.display()),
        )
        .unwrap();
        fs::set_permissions(&npm, Permissions::from_mode(0o755)).unwrap();
        install(&npm, package, &self.data(), &|line| {
            self.said.borrow_mut().push(line.to_owned());
        })
    }

    /// What npm was asked for, one line each time.
    fn asked(&self) -> Vec<String> {
        let text = fs::read_to_string(self.home.path().join("asked")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// The names in `pg`.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(place(&self.data()))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn refusal_of(&self, made: Made) -> String {
        let package = self.serve(made);
        let text = self.install(&package).unwrap_err().to_string();
        assert_eq!(self.names(), ["lock"], "nothing is left of it");
        assert!(text.contains("@made-up/postgres@18.4.0-beta.17"), "{text}");
        text
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_package_becomes_an_installation_that_everybody_can_run() {
    let place = Place::new();
    let package = place.serve(Made::whole());
    place.install(&package).unwrap();
    assert_eq!(place.names(), ["18.4.0-beta.17", "lock"]);
    let home = place.data().join("pg/18.4.0-beta.17");
    assert_eq!(inspect(&home.join("bin")).unwrap().version(), "18.4");
    for dir in [&home, &home.join("bin"), &home.join("bin/postgres")] {
        assert_eq!(mode(dir), 0o755, "{}", dir.display());
    }
    assert_eq!(mode(&home.join("lib/libpq.so.5.18")), 0o644);
    let link = home.join("lib/libpq.so.5");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(link).unwrap(), "a library");
    assert!(home.join("package.json").is_file());
    assert!(!home.join("scripts").exists(), "only Postgres is kept");
    let said = place.said.borrow().join("\n");
    assert!(
        said.starts_with("fetching PostgreSQL 18 with npm into "),
        "{said}"
    );
    assert!(said.contains("needs the network"), "{said}");
    let asked = place.asked();
    assert!(
        asked[0].starts_with("pack @made-up/postgres@18.4.0-beta.17 --ignore-scripts"),
        "{asked:?}"
    );
}

#[test]
fn one_that_is_there_is_used_again_without_npm() {
    let place = Place::new();
    let package = place.serve(Made::whole());
    place.install(&package).unwrap();
    place.install_with(&package, "exit 1").unwrap();
    assert_eq!(place.asked().len(), 1);
}

#[test]
fn what_a_killed_installation_left_is_cleared_away_and_a_broken_one_is_made_anew() {
    let place = Place::new();
    let package = place.serve(Made::whole());
    let left = place.data().join("pg/.new-12345/tree/bin");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("postgres"), "half").unwrap();
    let broken = place.data().join("pg/18.4.0-beta.17/bin");
    fs::create_dir_all(&broken).unwrap();
    place.install(&package).unwrap();
    assert_eq!(place.names(), ["18.4.0-beta.17", "lock"]);
    assert!(inspect(&broken).is_ok());
}

#[test]
fn other_bytes_than_the_pinned_ones_are_refused() {
    let place = Place::new();
    let package = place.serve(Made::whole());
    place.serve(Made::whole().file("package/native/more", 0o644, "more"));
    let text = place.install(&package).unwrap_err().to_string();
    assert!(text.contains("its digest is sha512-"), "{text}");
    assert!(text.contains(package.integrity), "{text}");
    assert_eq!(place.names(), ["lock"]);
}

#[test]
fn a_name_or_a_link_that_leads_outside_is_refused() {
    let place = Place::new();
    for name in [
        "package/native/../../../../escaped",
        "package/native/./../x",
        "/package/native/x",
        "elsewhere/native/x",
        "package/../native/x",
    ] {
        let text = place.refusal_of(Made::whole().file(name, 0o644, "no"));
        assert!(text.contains("lies outside `package`"), "{name}: {text}");
    }
    for kind in [EntryType::Symlink, EntryType::Link, EntryType::Fifo] {
        let text = place.refusal_of(Made::whole().entry("package/native/lib/x", kind, 0o644, ""));
        assert!(text.contains("where only files belong"), "{text}");
    }
    for (links, why) in [
        (
            r#"[{"source":"native/../../../etc/passwd","target":"native/lib/x"}]"#,
            "have to lie in `native`",
        ),
        (
            r#"[{"source":"native/lib/libpq.so.5.18","target":"../x"}]"#,
            "have to lie in `native`",
        ),
        (
            r#"[{"source":"native/lib/none","target":"native/lib/x"}]"#,
            "no such file",
        ),
        ("{", "cannot be read"),
    ] {
        let made = Made::with_programs(PROGRAM).file("package/native/pg-symlinks.json", 0o644, links);
        let text = place.refusal_of(made);
        assert!(text.contains(why), "{text}");
    }
}

#[test]
fn a_file_that_is_there_twice_is_refused() {
    let place = Place::new();
    let text = place.refusal_of(Made::whole().file("package/native/bin/postgres", 0o755, "other"));
    assert!(text.contains("cannot be written"), "{text}");
}

#[test]
fn programs_that_do_not_run_here_are_refused() {
    let place = Place::new();
    let text = place.refusal_of(Made::with_programs("#!/bin/sh\necho 'no libicu' >&2\nexit 127\n"));
    assert!(
        text.contains("its `postgres --version` fails: no libicu"),
        "{text}"
    );
    let text = place.refusal_of(Made::with_programs(&PROGRAM.replace("18.4", "17.9")));
    assert!(text.contains("it holds PostgreSQL 17.9"), "{text}");
    let text = place.refusal_of(Made::empty().file("package/native/x", 0o644, "x"));
    assert!(text.contains("no such directory"), "{text}");
}

#[test]
fn a_failure_of_npm_is_told_by_its_command_and_its_own_words() {
    let place = Place::new();
    let package = place.serve(Made::whole());
    let told = |script: &str| place.install_with(&package, script).unwrap_err().to_string();
    let script = "printf 'npm error code ENOTFOUND\\nnpm error     at ClientRequest (x.js:1)\\nnpm error\\n' >&2; exit 1";
    assert_eq!(
        told(script),
        "`npm pack @made-up/postgres@18.4.0-beta.17` failed:\nnpm error code ENOTFOUND"
    );
    assert!(told("exit 3").contains("it said nothing"));
    assert!(told("exit 0").contains("left no .tgz file"));
    assert_eq!(place.names(), ["lock"]);
}

#[test]
fn an_interruption_of_npm_is_one_of_ours() {
    let place = Place::new();
    let package = place.serve(Made::whole());
    for script in ["kill -INT $$", "exit 130"] {
        let error = place.install_with(&package, script).unwrap_err();
        assert!(matches!(error, Error::Interrupted { .. }), "{error}");
    }
}

#[test]
fn two_at_once_fetch_it_once() {
    let place = Place::new();
    let package = place.serve(Made::whole());
    place.install(&package).unwrap();
    fs::remove_dir_all(place.data().join("pg")).unwrap();
    let npm = place.home.path().join("npm");
    let data = place.data();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| install(&npm, &package, &data, &|_| {}).unwrap());
        }
    });
    assert_eq!(place.asked().len(), 2, "once before, once now");
}

#[test]
fn every_package_is_pinned_to_a_digest() {
    for (os, arch, package) in PACKAGES {
        let digest = package.integrity.strip_prefix("sha512-").unwrap();
        assert_eq!(STANDARD.decode(digest).unwrap().len(), 64, "{os} {arch}");
        assert!(package.version.starts_with(&format!("{}.", package.major)));
    }
}

#[test]
fn the_pinned_digest_is_the_one_that_npm_states() {
    let Some(package) = Package::of_this_machine() else {
        return;
    };
    let stated = Command::new("npm")
        .args(["view", &package.spec(), "dist.integrity", "--fetch-retries=0"])
        .stdin(Stdio::null())
        .output();
    // The tests that need the package itself give account of a registry that is out of reach.
    if let Ok(stated) = stated
        && stated.status.success()
    {
        assert_eq!(String::from_utf8_lossy(&stated.stdout).trim(), package.integrity);
    }
}
