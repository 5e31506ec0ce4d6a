//! What is read together for several meetings.

use std::{collections::HashMap, sync::Arc};

use app::review::{Entry, Packet};
use async_graphql::{Error, Result, dataloader::Loader};
use domain::{
    AgendaItemId, Language, ReviewId, UserId,
    review::{Amendment, Review},
    task::Task,
};

use crate::{context::Load, error::told};

/// An item of an agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ItemKey(pub(crate) AgendaItemId);
/// The minutes of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MinutesKey(pub(crate) ReviewId, pub(crate) Language);

/// The meetings that go on now and that a user attends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LiveReviewsKey(pub(crate) UserId);

macro_rules! keys { ($($(#[$m:meta])* $name:ident;)+) => {$($(#[$m])* #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)] pub(crate) struct $name(pub(crate) ReviewId);)+} }
keys! {
    /// A meeting.
    ReviewKey;
    /// Its agenda.
    AgendaKey;
    /// What was frozen of it.
    PacketKey;
    /// The remarks on it.
    AmendmentsKey;
    /// The tasks that it gave.
    ReviewTasksKey;
}

impl Loader<ReviewKey> for Load {
    type Value = Review;
    type Error = Error;
    async fn load(&self, keys: &[ReviewKey]) -> Result<HashMap<ReviewKey, Review>> {
        let ids: Vec<ReviewId> = keys.iter().map(|key| key.0).collect();
        let found = self.0.reviews_by_ids(&ids).await.map_err(told)?;
        Ok(found
            .into_iter()
            .map(|review| (ReviewKey(review.id), review))
            .collect())
    }
}
impl Loader<LiveReviewsKey> for Load {
    type Value = Vec<Review>;
    type Error = Error;
    async fn load(&self, keys: &[LiveReviewsKey]) -> Result<HashMap<LiveReviewsKey, Vec<Review>>> {
        let users: Vec<UserId> = keys.iter().map(|key| key.0).collect();
        let mut found: HashMap<_, Vec<Review>> = HashMap::new();
        for (user, review) in self.0.live_reviews(&users).await.map_err(told)? {
            found.entry(LiveReviewsKey(user)).or_default().push(review);
        }
        Ok(found)
    }
}
impl Loader<AgendaKey> for Load {
    type Value = Vec<Entry>;
    type Error = Error;
    async fn load(&self, keys: &[AgendaKey]) -> Result<HashMap<AgendaKey, Vec<Entry>>> {
        let ids: Vec<ReviewId> = keys.iter().map(|key| key.0).collect();
        let reviews = self.0.reviews_by_ids(&ids).await.map_err(told)?;
        let found = self.0.agendas(&reviews).await.map_err(told)?;
        Ok(found
            .into_iter()
            .map(|(id, rows)| (AgendaKey(id), rows))
            .collect())
    }
}
impl Loader<PacketKey> for Load {
    type Value = Packet;
    type Error = Error;
    async fn load(&self, keys: &[PacketKey]) -> Result<HashMap<PacketKey, Packet>> {
        let ids: Vec<ReviewId> = keys.iter().map(|key| key.0).collect();
        let found = self.0.packets(&ids).await.map_err(told)?;
        Ok(found
            .into_iter()
            .map(|(id, packet)| (PacketKey(id), packet))
            .collect())
    }
}
impl Loader<AmendmentsKey> for Load {
    type Value = Vec<Amendment>;
    type Error = Error;
    async fn load(&self, keys: &[AmendmentsKey]) -> Result<HashMap<AmendmentsKey, Vec<Amendment>>> {
        let ids: Vec<ReviewId> = keys.iter().map(|key| key.0).collect();
        let found = self.0.amendments_of(&ids).await.map_err(told)?;
        Ok(found
            .into_iter()
            .map(|(id, rows)| (AmendmentsKey(id), rows))
            .collect())
    }
}
impl Loader<ReviewTasksKey> for Load {
    type Value = Vec<Task>;
    type Error = Error;
    async fn load(&self, keys: &[ReviewTasksKey]) -> Result<HashMap<ReviewTasksKey, Vec<Task>>> {
        let ids: Vec<ReviewId> = keys.iter().map(|key| key.0).collect();
        let found = self.0.tasks_of_reviews(&ids).await.map_err(told)?;
        Ok(found
            .into_iter()
            .map(|(id, rows)| (ReviewTasksKey(id), rows))
            .collect())
    }
}
impl Loader<ItemKey> for Load {
    type Value = (Arc<Review>, Arc<Entry>);
    type Error = Error;
    async fn load(&self, keys: &[ItemKey]) -> Result<HashMap<ItemKey, Self::Value>> {
        let ids: Vec<AgendaItemId> = keys.iter().map(|key| key.0).collect();
        let found = self.0.agenda_items(&ids).await.map_err(told)?;
        Ok(found
            .into_iter()
            .map(|(id, (review, entry))| (ItemKey(id), (review, Arc::new(entry))))
            .collect())
    }
}
impl Loader<MinutesKey> for Load {
    type Value = String;
    type Error = Error;
    async fn load(&self, keys: &[MinutesKey]) -> Result<HashMap<MinutesKey, String>> {
        let ids: Vec<ReviewId> = keys.iter().map(|key| key.0).collect();
        let reviews = self.0.reviews_by_ids(&ids).await.map_err(told)?;
        let mut found = HashMap::new();
        for key in keys {
            if let Some(review) = reviews.iter().find(|review| review.id == key.0) {
                found.insert(*key, self.0.minutes(review, key.1).await.map_err(told)?);
            }
        }
        Ok(found)
    }
}
