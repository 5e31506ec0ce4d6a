//! The sector tree.

use std::sync::Arc;

use domain::{Instant, sector::Sector};

use crate::{Caller, Error};

impl Caller {
    /// The whole tree, now or as known at an instant.
    pub async fn sectors(&self, as_of: Option<Instant>) -> Result<Arc<Vec<Sector>>, Error> {
        self.reader().await?;
        if as_of.is_some() {
            return Ok(Arc::new(storage::sector::all(&self.db, as_of).await?));
        }
        let remembered = &self.app.inner.remembered;
        let now = self.now();
        if let Some(tree) = remembered.sectors(now) {
            return Ok(tree);
        }
        let since = remembered.since(now);
        let tree = Arc::new(storage::sector::all(&self.db, None).await?);
        remembered.keep_sectors(&tree, since);
        Ok(tree)
    }
}
pub use storage::sector::with_descendants;
