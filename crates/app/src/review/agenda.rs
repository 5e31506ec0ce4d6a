//! The agenda: of a meeting that is being prepared, computed at every look from what changed; of one that began, as it
//! was then, with what people did since. As many statements for 2,000 deals as for 20.

mod reasons;
mod room;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use domain::{
    AgendaItemId, DealId, Instant, ReviewId, StartupId, UserId, Viewer,
    belief::OfModels,
    deal::{Deal, Stage},
    review::{
        self, AgendaItem, Ballot, Decision, Reason, Review, ReviewKind, ReviewStatus, Tally, looks_back_to,
        weight,
    },
    time::day_in,
};
use storage::Reader;

use crate::{App, Caller, Error};

use reasons::{Seen, TASKS_TOLD, of_capabilities};
pub(super) use room::next_stage;

/// An item of an agenda as its reader sees it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What people did with it.
    pub item: AgendaItem,
    /// Its deal.
    pub deal: Deal,
    /// Its number among those that the reader sees, from 1; 0 for one that was dropped.
    pub position: i32,
    /// Its minutes.
    pub minutes: i32,
    /// Why it is here.
    pub reasons: Vec<Reason>,
    /// How much it needs the room.
    pub weight: i32,
    /// Whether it was dropped from the meeting of this kind before.
    pub dropped_last_time: bool,
    /// The votes, whether or not the reader may see what they say.
    pub ballots: Vec<Ballot>,
    /// Who may vote.
    pub voters: Vec<UserId>,
    /// How many attendees may not see its deal.
    pub hidden_from: usize,
    /// Who declared a conflict of interest, whenever that was.
    pub recused: Vec<UserId>,
    /// Whether what others voted is still closed to the reader.
    pub is_sealed: bool,
    /// Whether the reader has a conflict.
    pub has_conflict: bool,
    /// What the votes come to; None while they are sealed.
    pub tally: Option<Tally>,
    /// What was decided.
    pub decision: Option<Decision>,
}

/// What agendas are read with.
pub(super) struct Look<'a, R: Reader> {
    pub app: &'a App,
    pub db: &'a R,
    pub viewer: &'a Viewer,
    pub now: Instant,
}

impl Caller {
    /// How the caller looks at agendas.
    pub(super) fn look<'a>(&'a self, viewer: &'a Viewer) -> Look<'a, impl Reader> {
        Look {
            app: &self.app,
            db: &self.db,
            viewer,
            now: self.now(),
        }
    }
    /// The agendas of these meetings, dropped items apart at the end.
    pub async fn agendas(&self, reviews: &[Review]) -> Result<HashMap<ReviewId, Vec<Entry>>, Error> {
        let viewer = self.reader().await?;
        self.look(&viewer).agendas(reviews).await
    }
    /// The instant to which a meeting's agenda looks back: of one that is being prepared, as of now.
    pub async fn looks_back(&self, review: &Review) -> Result<Instant, Error> {
        self.reader().await?;
        if let Some(at) = review.looks_back_to {
            return Ok(at);
        }
        let last = storage::review::last_closed(&self.db, review.kind).await?;
        Ok(looks_back_to(last.and_then(|last| last.closed_at), self.now()))
    }
    /// The items with these ids and their meetings, as far as the caller may see their deals.
    pub async fn agenda_items(
        &self,
        ids: &[AgendaItemId],
    ) -> Result<HashMap<AgendaItemId, (Arc<Review>, Entry)>, Error> {
        let viewer = self.reader().await?;
        let look = self.look(&viewer);
        let mut reviews: HashMap<ReviewId, Review> = HashMap::new();
        for (review, _) in look.find(ids).await?.into_values() {
            reviews.insert(review.id, review);
        }
        let reviews: Vec<Review> = reviews.into_values().collect();
        let mut agendas = look.agendas(&reviews).await?;
        let mut found = HashMap::new();
        for review in reviews.into_iter().map(Arc::new) {
            let entries = agendas.remove(&review.id).unwrap_or_default();
            let asked = entries.into_iter().filter(|entry| ids.contains(&entry.item.id));
            found.extend(asked.map(|entry| (entry.item.id, (Arc::clone(&review), entry))));
        }
        Ok(found)
    }
    /// The item with this id and its meeting, if the caller may see its deal.
    pub async fn agenda_item(&self, id: AgendaItemId) -> Result<Option<(Arc<Review>, Entry)>, Error> {
        Ok(self.agenda_items(&[id]).await?.remove(&id))
    }
}

impl<R: Reader> Look<'_, R> {
    /// The meetings and deals of items, whether or not anybody touched them yet.
    pub(super) async fn find(
        &self,
        ids: &[AgendaItemId],
    ) -> Result<HashMap<AgendaItemId, (Review, DealId)>, Error> {
        let stored = storage::review::items_by_ids(self.db, self.viewer, ids).await?;
        let of: Vec<ReviewId> = stored.iter().map(|item| item.review_id).collect();
        let reviews = storage::review::by_ids(self.db, &of).await?;
        let mut found = HashMap::new();
        for item in stored {
            if let Some(review) = reviews.iter().find(|review| review.id == item.review_id) {
                found.insert(item.id, (review.clone(), item.deal_id));
            }
        }
        if ids.iter().all(|id| found.contains_key(id)) {
            return Ok(found);
        }
        // Of meetings that are being prepared, few: an item that nobody touched is known by its deal.
        for review in storage::review::drafts(self.db).await? {
            let last = storage::review::last_closed(self.db, review.kind).await?;
            let (_, deals) = self.candidates(&review, last.as_ref()).await?;
            for deal in deals {
                let id = review::item_id(review.id, deal);
                if ids.contains(&id) {
                    found.entry(id).or_insert_with(|| (review.clone(), deal));
                }
            }
        }
        Ok(found)
    }

    /// Since when a meeting looks back, and the deals that it may speak of; `last`: the one of its kind before.
    async fn candidates(
        &self,
        review: &Review,
        last: Option<&Review>,
    ) -> Result<(Instant, Vec<DealId>), Error> {
        let since = looks_back_to(last.and_then(|last| last.closed_at), self.now);
        let by = day_in(self.app.workspace().time_zone, review.starts_at);
        let deals = storage::review::candidates(self.db, self.viewer, by, since).await?;
        Ok((since, deals))
    }

    /// The items of a meeting as the viewer sees them: in order, the dropped ones behind.
    pub(super) async fn agenda(&self, review: &Review) -> Result<Vec<Entry>, Error> {
        let mut found = self.agendas(std::slice::from_ref(review)).await?;
        Ok(found.remove(&review.id).unwrap_or_default())
    }

    /// The items of several meetings. A statement for each that is being prepared says which deals it may speak of; all
    /// else is read once, however many they are.
    async fn agendas(&self, reviews: &[Review]) -> Result<HashMap<ReviewId, Vec<Entry>>, Error> {
        let (drafts, begun): (Vec<&Review>, Vec<&Review>) = reviews
            .iter()
            .partition(|review| review.status == ReviewStatus::Draft);
        let last = self.last_of(&drafts, &begun).await?;
        let mut ids: Vec<ReviewId> = reviews.iter().map(|review| review.id).collect();
        ids.extend(last.values().map(|last| last.id));
        let stored = storage::review::items_of(self.db, self.viewer, &ids).await?;
        let stages = storage::deal::stages(self.db, None).await?;
        let mut bare = self.frozen(&begun, &stored).await?;
        if !drafts.is_empty() {
            bare.extend(self.computed(&drafts, &stored, &last, &stages).await?);
        }
        self.dressed(reviews, bare, &Before { last, stored }, &stages)
            .await
    }

    /// The closed meeting of its kind before each of these: of one that is being prepared the last one, of one that began
    /// that to whose closing its agenda looks back.
    async fn last_of(
        &self,
        drafts: &[&Review],
        begun: &[&Review],
    ) -> Result<HashMap<ReviewId, Review>, Error> {
        let mut found = HashMap::new();
        let kinds: HashSet<ReviewKind> = drafts.iter().map(|review| review.kind).collect();
        for kind in kinds {
            if let Some(last) = storage::review::last_closed(self.db, kind).await? {
                let of_kind = drafts.iter().filter(|review| review.kind == kind);
                found.extend(of_kind.map(|review| (review.id, last.clone())));
            }
        }
        let back = |review: &&Review| Some((review.kind, review.looks_back_to?));
        let (kinds, instants): (Vec<_>, Vec<_>) = begun.iter().filter_map(back).unzip();
        if !kinds.is_empty() {
            let last = storage::review::closed_at(self.db, kinds, instants).await?;
            for review in begun {
                let before = last
                    .iter()
                    .find(|last| last.kind == review.kind && last.closed_at == review.looks_back_to);
                found.extend(before.map(|last| (review.id, last.clone())));
            }
        }
        Ok(found)
    }

    async fn frozen(
        &self,
        reviews: &[&Review],
        stored: &HashMap<ReviewId, Vec<AgendaItem>>,
    ) -> Result<HashMap<ReviewId, Vec<Bare>>, Error> {
        let of = |review: &Review| stored.get(&review.id).into_iter().flatten();
        let ids: Vec<DealId> = reviews
            .iter()
            .flat_map(|review| of(review).map(|item| item.deal_id))
            .collect();
        let deals = self.deals(ids).await?;
        let bare = |item: &AgendaItem| {
            let deal = deals.get(&item.deal_id)?.clone();
            Some((item.clone(), deal, item.reasons.clone(), item.weight.unwrap_or(0)))
        };
        Ok(reviews
            .iter()
            .map(|review| (review.id, of(review).filter_map(bare).collect()))
            .collect())
    }

    async fn deals(&self, mut ids: Vec<DealId>) -> Result<BTreeMap<DealId, Deal>, Error> {
        ids.sort_unstable();
        ids.dedup();
        let found = storage::deal::by_ids(self.db, self.viewer, &ids, None).await?;
        Ok(found.into_iter().map(|deal| (deal.id, deal)).collect())
    }

    /// Every deal with a reason, and every one that people added.
    async fn computed(
        &self,
        reviews: &[&Review],
        stored: &HashMap<ReviewId, Vec<AgendaItem>>,
        last: &HashMap<ReviewId, Review>,
        stages: &[Stage],
    ) -> Result<HashMap<ReviewId, Vec<Bare>>, Error> {
        let zone = self.app.workspace().time_zone;
        let settings = storage::review::kinds(self.db).await?;
        let dropped = self.dropped_since(reviews, last).await?;
        let mut asked = Vec::new();
        for review in reviews {
            let (since, ids) = self.candidates(review, last.get(&review.id)).await?;
            let items: HashMap<DealId, &AgendaItem> = stored
                .get(&review.id)
                .into_iter()
                .flatten()
                .map(|item| (item.deal_id, item))
                .collect();
            // What the meeting before dropped undecided is told from where that one would have told it.
            let ids: BTreeMap<DealId, Instant> = ids
                .into_iter()
                .chain(items.keys().copied())
                .map(|deal| {
                    let earlier = dropped.get(&(review.id, deal)).copied();
                    (deal, earlier.map_or(since, |earlier| earlier.min(since)))
                })
                .collect();
            asked.push((*review, ids, items));
        }
        let ids = asked.iter().flat_map(|(_, ids, _)| ids.keys().copied());
        let deals = self.deals(ids.collect()).await?;
        let ids: Vec<DealId> = deals.keys().copied().collect();
        let mut sinces: BTreeMap<StartupId, BTreeSet<Instant>> = BTreeMap::new();
        for (deal, since) in asked.iter().flat_map(|(_, ids, _)| ids) {
            if let Some(deal) = deals.get(deal) {
                sinces.entry(deal.startup_id).or_default().insert(*since);
            }
        }
        let all: BTreeSet<Instant> = sinces.values().flatten().copied().collect();
        let first = all.first().copied().unwrap_or(self.now);
        let changes = storage::deal::changes_since(self.db, self.viewer, &ids, first).await?;
        let tasks = storage::task::of_deals(self.db, self.viewer, &ids, None, TASKS_TOLD).await?;
        let startups: Vec<StartupId> = sinces.keys().copied().collect();
        let figures = self.figures(&startups, &sinces).await?;
        let bets = storage::belief::of_startups::<OfModels>(self.db, &startups, None).await?;
        let told = self.of_providers(&startups, first).await?;
        let news: HashMap<Instant, HashMap<StartupId, Vec<Reason>>> = all
            .into_iter()
            .map(|since| {
                let mut news = of_capabilities(&bets, since);
                for (_, startup, reason) in told.iter().filter(|(at, ..)| *at > since) {
                    news.entry(*startup).or_default().push(reason.clone());
                }
                (since, news)
            })
            .collect();
        let mut found = HashMap::new();
        for (review, ids, items) in asked {
            let seen = Seen {
                day: day_in(zone, review.starts_at),
                now: self.now,
                zone,
                stages,
                settings: settings
                    .iter()
                    .map(|(_, settings)| settings)
                    .find(|settings| settings.kind == review.kind),
            };
            let mut bare = Vec::new();
            for (deal, since) in ids
                .iter()
                .filter_map(|(id, since)| Some((deals.get(id)?, *since)))
            {
                let item = items.get(&deal.id);
                let mut reasons = seen.reasons(
                    deal,
                    since,
                    changes.get(&deal.id).map_or(&[][..], Vec::as_slice),
                    tasks.get(&deal.id.uuid()).map_or(&[][..], Vec::as_slice),
                    figures
                        .get(&(since, deal.startup_id))
                        .map_or(&[][..], Vec::as_slice),
                    news.get(&since)
                        .and_then(|news| news.get(&deal.startup_id))
                        .map_or(&[][..], Vec::as_slice),
                );
                if item.is_some_and(|item| item.is_added) {
                    reasons.push(Reason::Added);
                }
                if reasons.is_empty() && item.is_none() {
                    continue;
                }
                let weight = weight(&reasons);
                let item = item.map_or_else(|| AgendaItem::new(review.id, deal.id), |item| (*item).clone());
                bare.push((item, deal.clone(), reasons, weight));
            }
            found.insert(review.id, bare);
        }
        Ok(found)
    }

    /// Since when what the meeting before each of these dropped undecided has been on no agenda.
    async fn dropped_since(
        &self,
        reviews: &[&Review],
        last: &HashMap<ReviewId, Review>,
    ) -> Result<HashMap<(ReviewId, DealId), Instant>, Error> {
        let mut ids: Vec<ReviewId> = last.values().map(|last| last.id).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let dropped = storage::review::dropped_since(self.db, self.viewer, &ids).await?;
        let mut found = HashMap::new();
        for review in reviews {
            let of_last = last.get(&review.id).into_iter().flat_map(|last| {
                let of_it = dropped.iter().filter(|((of, _), _)| *of == last.id);
                of_it.map(|((_, deal), since)| ((review.id, *deal), *since))
            });
            found.extend(of_last);
        }
        Ok(found)
    }
}

/// An item before it is put into its place: what people did with it, its deal, why it is here and how much that weighs.
type Bare = (AgendaItem, Deal, Vec<Reason>, i32);

/// The closed meeting of its kind before each meeting, and what people did with the items of meetings.
struct Before {
    last: HashMap<ReviewId, Review>,
    stored: HashMap<ReviewId, Vec<AgendaItem>>,
}

impl Before {
    /// The deals that were dropped from the meeting of its kind before.
    fn dropped(&self, review: &Review) -> HashSet<DealId> {
        let last = self.last.get(&review.id);
        last.and_then(|last| self.stored.get(&last.id))
            .into_iter()
            .flatten()
            .filter(|item| item.dropped_at.is_some())
            .map(|item| item.deal_id)
            .collect()
    }
}
