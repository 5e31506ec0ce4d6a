//! Imports: a file's rows are recognised and planned, looked at, and then written in batches, each its own transaction with
//! its marks, so that what was killed goes on where it stopped.

mod apply;
mod merge;
mod plan;
mod recognise;

use std::sync::Arc;

use domain::{
    ImportId, Role, Scope,
    access::Demand,
    import::{Import, ImportRow, RowAction},
};
use sha2::{Digest as _, Sha256};
use storage::page::{Page, Slice};

use crate::{Caller, Error};

pub use ::import::{Field, FileInfo, Mapping, Options};
pub use apply::resume;

/// What running imports takes.
const IMPORT: Demand = Demand {
    role: Role::Analyst,
    scope: Scope::Import,
};

/// How many rows are read, and how many records are written, at once.
const BATCH: usize = 2_000;

/// A file to import.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// Under which name its rows are known again.
    pub source: String,
    /// Its name, if it is a file.
    pub file_name: Option<String>,
    /// Its content.
    pub bytes: Arc<Vec<u8>>,
    /// What the caller knows better than the file tells.
    pub options: Options,
}

/// The hash by which a file is known again.
pub fn file_hash(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

impl Caller {
    /// The imports with these ids.
    pub async fn imports_by_ids(&self, ids: &[ImportId]) -> Result<Vec<Import>, Error> {
        self.reader().await?;
        Ok(storage::import::by_ids(&self.db, ids).await?)
    }
    /// A page of imports, newest first.
    pub async fn imports(&self, page: &Page) -> Result<Slice<Import>, Error> {
        self.reader().await?;
        Ok(storage::import::list(&self.db, page).await?)
    }
    /// How many imports there are.
    pub async fn imports_count(&self) -> Result<i64, Error> {
        self.reader().await?;
        Ok(storage::import::count(&self.db).await?)
    }
    /// A page of an import's rows in the file's order, from behind a row in reading direction.
    pub async fn import_rows(
        &self,
        id: ImportId,
        actions: Option<&[RowAction]>,
        from: Option<i32>,
        backward: bool,
        limit: u64,
    ) -> Result<Slice<ImportRow>, Error> {
        self.reader().await?;
        Ok(storage::import::rows(&self.db, id, actions, from, backward, limit).await?)
    }
    /// How many rows an import has, of those that do one of `actions` if any are given.
    pub async fn import_rows_count(&self, id: ImportId, actions: Option<&[RowAction]>) -> Result<i64, Error> {
        self.reader().await?;
        Ok(storage::import::rows_count(&self.db, id, actions).await?)
    }
}
