//! The agenda: of a meeting that is being prepared, computed at every look from what changed; of one that began, as it
//! was then, with what people did since. As many statements for 2,000 deals as for 20.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use chrono::{Days, NaiveDate};
use domain::{
    AgendaItemId, DealId, Instant, ProviderId, ReviewId, Role, StageId, StartupId, UserId, Viewer,
    assessment::{self, Flag, Inputs, shown},
    belief::{Capability, OfModels},
    deal::{Deal, DealChange, DealStatus, DueBecause, Stage, Visibility, days_in_stage, is_stale},
    review::{
        self, AgendaItem, Ballot, Decision, DecisionKind, Due, KindSettings, Reason, Review, ReviewKind,
        ReviewStatus, StageName, Tally, Voters, looks_back_to, share_minutes, tally, weight,
    },
    task::Task,
    time::day_in,
};
use storage::{Reader, access::User, review::Counted};

use crate::{
    App, Caller, Error,
    provider::{Exposed, exposed_to},
};

/// From how many points on a change of conviction is told.
const TELLING: f64 = 5.0;
/// Days before the end of a term sheet or of exclusivity from which on a decision is due.
const NOTICE: Days = Days::new(7);
/// Open tasks of a deal that are told.
const TASKS_TOLD: u32 = 20;

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

    /// What changed the figures of startups since each of the instants that are asked of them.
    async fn figures(
        &self,
        startups: &[StartupId],
        sinces: &BTreeMap<StartupId, BTreeSet<Instant>>,
    ) -> Result<HashMap<(Instant, StartupId), Vec<Reason>>, Error> {
        let (_, yardstick) = self.app.yardstick(self.db).await?;
        let mut found = HashMap::new();
        for (startup, history) in storage::assessment::histories(self.db, startups).await? {
            let inputs = Inputs::new(Arc::clone(&yardstick), history);
            for since in sinces.get(&startup).into_iter().flatten() {
                found.insert((*since, startup), of_figures(&inputs, *since, self.now));
            }
        }
        Ok(found)
    }

    /// What providers did by what was recorded since, and when that was, for each of these startups that depends on one; the
    /// latest first.
    async fn of_providers(
        &self,
        startups: &[StartupId],
        since: Instant,
    ) -> Result<Vec<(Instant, StartupId, Reason)>, Error> {
        let events = storage::provider::events_since(self.db, since, None).await?;
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<ProviderId> = events.iter().map(|event| event.provider_id).collect();
        let providers = storage::provider::by_ids(self.db, &ids, None).await?;
        let of: Vec<Exposed> = events.iter().map(exposed_to).collect();
        let exposed = storage::provider::exposed_of(self.db, &of, startups).await?;
        let mut found = Vec::new();
        for (event, touched) in events.into_iter().zip(exposed) {
            let Some(provider) = providers.iter().find(|one| one.id == event.provider_id) else {
                continue;
            };
            found.extend(touched.into_iter().map(|(startup, is_critical)| {
                let reason = Reason::ProviderEvent {
                    event: event.id,
                    provider: provider.id,
                    name: provider.profile.name.clone(),
                    did: event.said.kind,
                    summary: event.said.summary.clone(),
                    on: event.said.on,
                    precision: event.said.precision,
                    is_critical,
                };
                (event.created_at, startup, reason)
            }));
        }
        Ok(found)
    }

    /// Puts the items of meetings into order and adds what was voted and decided.
    async fn dressed(
        &self,
        reviews: &[Review],
        mut bare: HashMap<ReviewId, Vec<Bare>>,
        before: &Before,
        stages: &[Stage],
    ) -> Result<HashMap<ReviewId, Vec<Entry>>, Error> {
        let ids: Vec<AgendaItemId> = bare.values().flatten().map(|(item, ..)| item.id).collect();
        let mut ballots = storage::review::ballots(self.db, &ids).await?;
        let conflicts = storage::review::conflicts(self.db, &ids).await?;
        let mut decisions = storage::review::decisions(self.db, &ids).await?;
        // What a yes means, and who may vote, is read from where the deal stood when it was decided, and in a closed meeting
        // as it was read then; else from how it stands now.
        let closed: Vec<ReviewId> = reviews
            .iter()
            .filter(|review| review.status == ReviewStatus::Closed)
            .map(|review| review.id)
            .collect();
        let counted = if closed.is_empty() {
            HashMap::new()
        } else {
            storage::review::counted(self.db, self.viewer, &closed).await?
        };
        let decided: Vec<DealId> = bare
            .iter()
            .filter(|(review, _)| !closed.contains(review))
            .flat_map(|(_, items)| items)
            .filter(|(item, ..)| decisions.contains_key(&item.id))
            .map(|(_, deal, ..)| deal.id)
            .collect();
        let moves = if decided.is_empty() {
            HashMap::new()
        } else {
            storage::deal::changes(self.db, self.viewer, &decided, None).await?
        };
        let mut people: Vec<UserId> = reviews
            .iter()
            .flat_map(|review| review.attendees.iter().copied())
            .collect();
        people.sort_unstable();
        people.dedup();
        let people = storage::access::users_by_ids(self.db, &people).await?;
        let mut found = HashMap::new();
        for review in reviews {
            let mut bare = bare.remove(&review.id).unwrap_or_default();
            let kept = put_in_order(&mut bare);
            let asked: Vec<(Option<i32>, i32)> = bare[..kept]
                .iter()
                .map(|(item, _, _, weight)| (item.planned_minutes, *weight))
                .collect();
            let minutes = share_minutes(review.minutes, &asked);
            let dropped = before.dropped(review);
            let dressed = |(n, (item, deal, reasons, weight)): (usize, Bare)| {
                let of_conflict = conflicts.get(&item.id).map_or(&[][..], Vec::as_slice);
                let ballots = ballots.remove(&item.id).unwrap_or_default();
                let decision = decisions.remove(&item.id);
                let read_by = if review.status == ReviewStatus::Closed {
                    counted.get(&(review.id, deal.id)).map(as_counted)
                } else {
                    let moves = moves.get(&deal.id).map_or(&[][..], Vec::as_slice);
                    let stage = stood(&deal, decision.as_ref(), moves);
                    // A conflict that was found after the decision takes no vote out of what that rests on.
                    let known_then = |at: Instant| decision.as_ref().is_none_or(|made| at <= made.at);
                    let out: Vec<UserId> = of_conflict
                        .iter()
                        .filter(|(_, at)| known_then(*at))
                        .map(|(user, _)| *user)
                        .collect();
                    let voters = Voters {
                        members: voters(review, &people, &deal, &out),
                        lead: deal.terms.owner_id,
                    };
                    Some((voters, going_on(stages, stage)))
                };
                let is_sealed = review.rules.is_blind && item.votes_closed_at.is_none();
                let tally = read_by
                    .as_ref()
                    .filter(|_| !is_sealed)
                    .map(|(voters, yes)| tally(&review.rules, voters, &ballots, *yes));
                Entry {
                    position: if n < kept {
                        i32::try_from(n + 1).unwrap_or(i32::MAX)
                    } else {
                        0
                    },
                    minutes: minutes.get(n).copied().unwrap_or(0),
                    reasons,
                    weight,
                    dropped_last_time: dropped.contains(&deal.id),
                    voters: read_by.map_or_else(Vec::new, |(voters, _)| voters.members),
                    is_sealed,
                    has_conflict: of_conflict.iter().any(|(user, _)| *user == self.viewer.user_id),
                    tally,
                    decision,
                    ballots,
                    deal,
                    item,
                }
            };
            found.insert(review.id, bare.into_iter().enumerate().map(dressed).collect());
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

/// As people put them, else the weightiest first, dropped ones behind. Gives how many are kept.
fn put_in_order(bare: &mut [Bare]) -> usize {
    bare.sort_by_key(|(item, deal, _, weight)| {
        (
            item.dropped_at.is_some(),
            item.rank.is_none(),
            item.rank,
            std::cmp::Reverse(*weight),
            deal.id,
        )
    });
    bare.iter().filter(|(item, ..)| item.dropped_at.is_none()).count()
}

/// By what votes were read in a closed meeting: who could vote, and what a yes meant.
fn as_counted(counted: &Counted) -> (Voters, DecisionKind) {
    let voters = Voters {
        members: counted.voters.clone(),
        lead: counted.lead,
    };
    let yes = counted.outcome.filter(|outcome| *outcome == DecisionKind::Invest);
    (voters, yes.unwrap_or(DecisionKind::Advance))
}

/// The stage in which a deal stood when it was decided about; that of now while it is not.
fn stood(deal: &Deal, decision: Option<&Decision>, moves: &[DealChange]) -> StageId {
    let then = decision.and_then(|decision| {
        if let Some(made) = decision.change_id {
            let made = moves.iter().find(|row| row.id == made)?;
            made.from.map(|(stage, _)| stage)
        } else {
            let before = moves.iter().rfind(|row| row.recorded_at <= decision.at)?;
            Some(before.to.0)
        }
    });
    then.unwrap_or(deal.standing.stage_id)
}

/// What a yes means in a stage: on to the next one, or to invest where there is none.
fn going_on(stages: &[Stage], stage: StageId) -> DecisionKind {
    if next_stage(stages, stage).is_some() {
        DecisionKind::Advance
    } else {
        DecisionKind::Invest
    }
}

/// The stage after a stage, if there is one.
pub(super) fn next_stage(stages: &[Stage], stage: StageId) -> Option<&Stage> {
    let here = stages.iter().find(|other| other.id == stage)?.position;
    stages
        .iter()
        .filter(|stage| !stage.is_retired && stage.position > here)
        .min_by_key(|stage| stage.position)
}

/// Attendees who may vote on a deal: partners who see it and have no conflict.
pub(super) fn voters(review: &Review, attendees: &[User], deal: &Deal, conflicts: &[UserId]) -> Vec<UserId> {
    let may = |user: &&User| {
        user.is_active
            && user.role >= Role::Partner
            && !conflicts.contains(&user.id)
            && (deal.terms.visibility == Visibility::Team
                || user.role == Role::Admin
                || deal.members().contains(&user.id))
    };
    let able: Vec<UserId> = attendees.iter().filter(may).map(|user| user.id).collect();
    review
        .attendees
        .iter()
        .copied()
        .filter(|id| able.contains(id))
        .collect()
}

/// What changed of the capabilities on which startups bet, by startup.
fn of_capabilities(bets: &[Capability], since: Instant) -> HashMap<StartupId, Vec<Reason>> {
    let mut found: HashMap<StartupId, Vec<Reason>> = HashMap::new();
    for capability in bets {
        let (from, to) = (capability.status_before(since), capability.status());
        let Some(last) = capability.verdicts.last().filter(|_| from != to) else {
            continue;
        };
        let reason = Reason::CapabilityChanged {
            capability: capability.id,
            statement: capability.profile.statement.clone(),
            from: Some(from),
            to,
            on: last.said.on,
            why: Some(last.said.reason.clone()),
            is_awaited: false,
        };
        for startup in &capability.profile.startup_ids {
            found.entry(*startup).or_default().push(reason.clone());
        }
    }
    found
}

fn of_figures(inputs: &Inputs, since: Instant, now: Instant) -> Vec<Reason> {
    let at = crate::assessment::latest(inputs, now);
    let mut reasons = Vec::new();
    let change = assessment::change(inputs, since, at);
    if change.size() >= TELLING {
        let told = |value: Option<f64>| value.map(|value| shown::conviction(value).to_string());
        reasons.push(Reason::ConvictionChanged {
            from: told(change.from),
            to: told(change.to),
            causes: change.causes,
            evidence: change.because,
        });
    }
    let is_stale = |at| {
        assessment::figures(inputs, at)
            .flags
            .contains(Flag::StaleEvidence)
    };
    if is_stale(at) && !is_stale(since) {
        let flags = assessment::assess(inputs, at).flags;
        if let Some(flag) = flags.into_iter().find(|flag| flag.flag == Flag::StaleEvidence) {
            reasons.push(Reason::EvidenceStale {
                why: flag.text(domain::Language::En),
                why_zh: flag.text(domain::Language::Zh),
                evidence: flag.evidence,
            });
        }
    }
    reasons
}

/// What the reasons of a deal are found with.
struct Seen<'a> {
    /// The meeting's.
    day: NaiveDate,
    now: Instant,
    zone: chrono_tz::Tz,
    stages: &'a [Stage],
    settings: Option<&'a KindSettings>,
}

impl Seen<'_> {
    fn name(&self, id: domain::StageId) -> StageName {
        let found = self.stages.iter().find(|stage| stage.id == id);
        found.map_or_else(
            || StageName {
                en: String::new(),
                zh: String::new(),
            },
            |stage| StageName {
                en: stage.name.clone(),
                zh: stage.name_zh.clone(),
            },
        )
    }

    fn reasons(
        &self,
        deal: &Deal,
        since: Instant,
        changes: &[DealChange],
        tasks: &[Task],
        of_startup: &[Reason],
        news: &[Reason],
    ) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let standing = &deal.standing;
        let is_active = standing.status == DealStatus::Active;
        if is_active {
            self.due(deal, &mut reasons);
            reasons.extend(news.iter().cloned());
        } else if matches!(standing.status, DealStatus::Passed | DealStatus::OnHold) {
            reasons.extend(self.came_back(deal));
        }
        if deal.created_at > since {
            reasons.push(Reason::NewDeal {
                on: day_in(self.zone, deal.opened_at),
                channel: deal.terms.sources.first().map(|source| source.channel),
            });
        }
        reasons.extend(self.moved(changes, since));
        if is_active || !reasons.is_empty() {
            reasons.extend(of_startup.iter().cloned());
        }
        let limit = self
            .stages
            .iter()
            .find(|stage| stage.id == standing.stage_id)
            .map(|stage| stage.limit_days);
        if let Some(limit) = limit.filter(|limit| is_stale(standing, *limit, self.now)) {
            let days = days_in_stage(standing, self.now);
            reasons.push(Reason::PastLimit { days, limit });
        }
        let carried = tasks.iter().filter(|task| {
            task.done_at.is_none()
                && (task.review_id.is_some() || task.due.is_some_and(|due| due <= self.day))
        });
        reasons.extend(carried.map(|task| Reason::OpenTask {
            what: task.what.clone(),
            due: task.due,
        }));
        reasons
    }

    /// Why a deal that waits is to be looked at again: what it waited for has come, or the day has.
    fn came_back(&self, deal: &Deal) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if let Some(due) = &deal.revisit_due {
            reasons.push(match due.because.clone() {
                DueBecause::Capability {
                    id,
                    statement,
                    status,
                    on,
                    reason,
                } => Reason::CapabilityChanged {
                    capability: id,
                    statement,
                    from: None,
                    to: status,
                    on,
                    why: reason,
                    is_awaited: true,
                },
                because => Reason::Came {
                    on: day_in(self.zone, due.since),
                    because,
                },
            });
        }
        if let Some(on) = deal.terms.revisit_on.filter(|on| *on <= self.day) {
            let trigger = deal.terms.revisit_trigger.clone();
            reasons.push(Reason::RevisitDue { on, trigger });
        }
        reasons
    }

    fn due(&self, deal: &Deal, reasons: &mut Vec<Reason>) {
        let mut push = |due| reasons.push(Reason::DecisionDue { due });
        let key = self.settings.and_then(|settings| settings.stage.as_deref());
        let stage = self
            .stages
            .iter()
            .find(|stage| stage.id == deal.standing.stage_id);
        if stage.is_some_and(|stage| Some(stage.key.as_str()) == key) {
            let stage = self.name(deal.standing.stage_id);
            push(Due::Stage { stage });
        }
        let near = |on: &NaiveDate| self.day.checked_add_days(NOTICE).is_none_or(|end| *on <= end);
        let terms = &deal.terms;
        if let Some(on) = terms
            .term_sheet_expires_on
            .filter(near)
            .filter(|_| terms.signed_on.is_none())
        {
            push(Due::TermSheetExpires { on });
        }
        if let Some(on) = terms
            .exclusive_until
            .filter(near)
            .filter(|_| terms.paid_on.is_none())
        {
            push(Due::ExclusivityEnds { on });
        }
        if let Some(on) = terms.next_step_due.filter(|on| *on <= self.day) {
            let step = terms.next_step.clone();
            push(Due::NextStep { step, on });
        }
    }

    /// The move that a deal's moves since an instant come to, if they leave it elsewhere.
    fn moved(&self, changes: &[DealChange], since: Instant) -> Option<Reason> {
        let moves: Vec<&DealChange> = changes
            .iter()
            .filter(|change| change.recorded_at > since && change.from.is_some())
            .collect();
        let (first, last) = (moves.first()?, moves.last()?);
        let from = first.from?;
        if from == last.to {
            return None;
        }
        Some(Reason::Moved {
            from: self.name(from.0),
            to: self.name(last.to.0),
            status: (from.1 != last.to.1).then_some(last.to.1),
            on: day_in(self.zone, last.occurred_at),
            why: last.reason.clone(),
        })
    }
}
