//! The server that all tests share.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use local_postgres::{DataDir, Durability, Error, Install, Options, Server};
use nix::unistd::Uid;
use tokio::sync::OnceCell;

use crate::template;

/// The memory file system is used when it has this much room: a database takes some ten megabytes.
const MEMORY_ROOM_BYTES: u64 = 4 * 1024 * 1024 * 1024;
const MEMORY: &str = "/dev/shm";

/// A server with a template that has all migrations.
#[derive(Debug, Clone)]
pub struct Cluster {
    admin_url: String,
    template: String,
}

impl Cluster {
    /// The URL of its database `postgres`.
    pub fn admin_url(&self) -> &str {
        &self.admin_url
    }

    /// The template's name.
    pub fn template(&self) -> &str {
        &self.template
    }

    /// The URL of one of its databases.
    pub fn url_of(&self, database: &str) -> String {
        with_database(&self.admin_url, database)
    }
}

/// The shared server, started and given its template when this is the first test to ask.
pub async fn cluster() -> Result<&'static Cluster> {
    static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
    CLUSTER.get_or_try_init(prepare).await
}

async fn prepare() -> Result<Cluster> {
    // Test runners start many processes at once: one prepares, the others wait and find it done.
    let (lock, private, admin_url) = tokio::task::spawn_blocking(|| {
        let shared = shared_dir(&std::env::temp_dir())?;
        let lock = lock(&shared)?;
        let (private, admin_url) = match std::env::var("TOUCHSTONE_TEST_PG") {
            Ok(url) if !url.is_empty() => (false, with_database(&url, "postgres")),
            _ => (true, start(&shared)?.admin_url()),
        };
        anyhow::Ok((lock, private, admin_url))
    })
    .await??;
    let template = template::ensure(&admin_url, private).await?;
    drop(lock);
    Ok(Cluster { admin_url, template })
}

/// Starts or adopts the private server. It is left running for the tests to come.
fn start(shared: &Path) -> Result<Server> {
    let bin = std::env::var_os("TOUCHSTONE_PG_BIN").map(PathBuf::from);
    let data = data_dir(shared);
    let directory = DataDir::open(&data)?;
    let report = |line: &str| eprintln!("{line}");
    let binaries = local_postgres::find(&directory, bin.as_deref(), &report, Install::Never)?;
    let mut options = Options::new(directory, binaries);
    options.durability = Durability::Throwaway;
    match Server::start(&options) {
        // Without syncing, a crash of the machine can leave anything behind. There is nothing to lose here.
        Err(error @ (Error::Start { .. } | Error::OtherMajor { .. })) => {
            eprintln!("{error}\nmaking the tests' server anew");
            fs::remove_dir_all(options.data_dir.cluster())
                .with_context(|| format!("clearing {}", data.display()))?;
            Ok(Server::start(&options)?)
        }
        answer => Ok(answer?),
    }
}

/// In memory where there is room, else beside the lock. Once it is somewhere it stays there.
fn data_dir(shared: &Path) -> PathBuf {
    let on_disk = shared.join("data");
    let memory = Path::new(MEMORY);
    let in_memory = memory.join(format!("touchstone-test-{}", Uid::effective()));
    let has_room = || {
        nix::sys::statvfs::statvfs(memory)
            .is_ok_and(|stat| stat.blocks_available() * stat.fragment_size() >= MEMORY_ROOM_BYTES)
    };
    if in_memory.exists() || (!on_disk.exists() && has_room()) {
        match shared_dir(memory) {
            Ok(dir) => return dir,
            Err(error) => eprintln!("the tests' server goes to disk: {error:#}"),
        }
    }
    on_disk
}

/// A directory of this user in one that everybody can write to. Root's can be passed through, as root's server
/// runs as another user.
fn shared_dir(parent: &Path) -> Result<PathBuf> {
    let user = Uid::effective();
    let dir = parent.join(format!("touchstone-test-{user}"));
    let mode = if user.is_root() { 0o711 } else { 0o700 };
    match DirBuilder::new().mode(mode).create(&dir) {
        Ok(()) => fs::set_permissions(&dir, fs::Permissions::from_mode(mode))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let meta = fs::symlink_metadata(&dir)?;
            if !meta.is_dir() || meta.uid() != user.as_raw() {
                bail!("{} belongs to somebody else", dir.display());
            }
        }
        Err(error) => return Err(error).with_context(|| format!("making {}", dir.display())),
    }
    Ok(dir)
}

fn lock(shared: &Path) -> Result<File> {
    let path = shared.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .with_context(|| format!("opening {}", path.display()))?;
    file.lock()
        .with_context(|| format!("locking {}", path.display()))?;
    Ok(file)
}

/// The same server's URL with another database.
pub(crate) fn with_database(url: &str, database: &str) -> String {
    let (before_query, query) = url
        .split_once('?')
        .map_or((url, None), |(head, query)| (head, Some(query)));
    let authority_start = before_query.find("://").map_or(0, |at| at + 3);
    let authority_end = before_query[authority_start..]
        .find('/')
        .map_or(before_query.len(), |at| authority_start + at);
    let mut with = format!("{}/{database}", &before_query[..authority_end]);
    if let Some(query) = query {
        with.push('?');
        with.push_str(query);
    }
    with
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn only_the_database_of_a_url_changes() {
        assert_eq!(
            with_database("postgres://u:p@h:1/a?host=%2Fx", "b"),
            "postgres://u:p@h:1/b?host=%2Fx"
        );
        assert_eq!(with_database("postgres://u@h", "b"), "postgres://u@h/b");
        assert_eq!(
            with_database("postgres://u@h/?x=/y", "b"),
            "postgres://u@h/b?x=/y"
        );
    }
}
