//! Search over records of every kind.

pub use storage::search::{Hit, Kind};

use crate::{Caller, Error};

impl Caller {
    /// The best `limit` records of these kinds that hold every word.
    pub async fn search(&self, words: &str, kinds: &[Kind], limit: u64) -> Result<Vec<Hit>, Error> {
        let viewer = self.reader().await?;
        Ok(Box::pin(storage::search::find(&self.db, &viewer, words, kinds, limit)).await?)
    }
}
