//! The sector tree.

use domain::{Instant, sector::Sector};

use crate::{Caller, Error};

impl Caller {
    /// The whole tree, now or as known at an instant.
    pub async fn sectors(&self, as_of: Option<Instant>) -> Result<Vec<Sector>, Error> {
        self.reader().await?;
        Ok(storage::sector::all(&self.db, as_of).await?)
    }
}
pub use storage::sector::with_descendants;
