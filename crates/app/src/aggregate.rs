//! What a server remembers of what many rows add up to: the heads of the board, the funnel, the matrix.
//!
//! An answer is kept with the place in the order of changes at which it was computed, both read in one snapshot, and
//! holds while no operation that may change it ([`reads`]) has a later one: asked of the database every time, so that it
//! is never older than the question, whoever wrote. What counts the deals opened in a period holds through changes of
//! others, too: when a deal was opened never changes. Answers are kept by question and by the restricted deals that the
//! asker may see, computed once at a time, and as many as [`Aggregates::limit`] says, those forgotten first that were
//! asked for least recently. Nothing of it is stored.

mod reads;

use std::{
    any::Any,
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use domain::{Instant, Viewer, access::Restricted};
use futures::future::BoxFuture;
use sha2::{Digest as _, Sha256};
use storage::{
    Transaction,
    deal::{Filter, Grouping, Period, Stays},
};

use crate::{App, Caller, Error};

/// How many answers are remembered unless configured otherwise.
pub const DEFAULT_LIMIT: usize = 1_000;

/// What is asked: everything that the answer follows from beside the database and the asker's rights.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Question<'q> {
    /// What groups of deals add up to.
    Sums(&'q Filter, Grouping),
    /// The median conviction of each group's startups.
    MedianConvictions(&'q Filter, Grouping),
    /// The funnel of the deals opened in a period.
    Cohort(&'q Filter, Period),
    /// The funnel of the moves of a period.
    Moves(&'q Filter, Period),
    /// How long deals stood in each stage.
    Times(&'q Filter, Stays, Period),
    /// The matrix, with its depth.
    Coverage(&'q storage::startup::Filter, i32),
}

impl Question<'_> {
    /// The question written out: what differs in anything is written otherwise.
    fn wording(&self) -> String {
        match self {
            Self::Sums(filter, grouping) => format!("sums {grouping:?} {filter:?}"),
            Self::MedianConvictions(filter, grouping) => format!("convictions {grouping:?} {filter:?}"),
            Self::Cohort(filter, period) => format!("cohort {period:?} {filter:?}"),
            Self::Moves(filter, period) => format!("moves {period:?} {filter:?}"),
            Self::Times(filter, stays, period) => format!("times {stays:?} {period:?} {filter:?}"),
            Self::Coverage(which, depth) => format!("coverage {depth} {which:?}"),
        }
    }
}

/// An answer, and until when it stays so if nobody changes anything: None, for good.
pub(crate) type Answer<T> = (T, Option<Instant>);

/// The sum of a question's wording and of the restricted deals that its asker may see: as long for a long question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key([u8; 32]);

impl Key {
    fn of(wording: &str, allowed: &Restricted) -> Self {
        let mut sum = Sha256::new().chain_update(wording);
        match allowed {
            Restricted::All => sum.update([0]),
            Restricted::Only(deals) => {
                sum.update([1]);
                for deal in deals.iter() {
                    sum.update(deal.uuid().as_bytes());
                }
            }
        }
        Self(sum.finalize().into())
    }
}

#[derive(Clone)]
struct Kept {
    value: Arc<dyn Any + Send + Sync>,
    seq: i64,
    from: Instant,
    until: Option<Instant>,
}

impl Kept {
    /// The value, if nothing newer than it was recorded and no time has changed it.
    fn read<T: Send + Sync + 'static>(&self, newest: i64, now: Instant) -> Option<Arc<T>> {
        // A clock may be set back.
        let is_of_now = self.until.is_none_or(|until| self.from <= now && now < until);
        let holds = newest <= self.seq && is_of_now;
        holds.then(|| Arc::clone(&self.value).downcast().ok()).flatten()
    }
}

/// Where an answer is kept, or is being computed.
#[derive(Default)]
struct Place {
    asked: AtomicU64,
    kept: Mutex<Option<Arc<Kept>>>,
    /// Held by who computes it.
    flight: tokio::sync::Mutex<()>,
}

impl Place {
    fn kept(&self) -> MutexGuard<'_, Option<Arc<Kept>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T: Send + Sync + 'static>(&self, newest: i64, now: Instant) -> Option<Arc<T>> {
        let kept = self.kept().clone();
        kept?.read(newest, now)
    }

    /// At which place in the order of changes the kept answer was computed.
    fn seq(&self) -> Option<i64> {
        self.kept().as_ref().map(|kept| kept.seq)
    }

    /// Keeps the answer for what was recorded up to a later place, which did not change it.
    fn renew(&self, seq: i64) {
        if let Some(kept) = &mut *self.kept() {
            Arc::make_mut(kept).seq = seq;
        }
    }
}

/// The answers of a server.
pub(crate) struct Aggregates {
    limit: AtomicUsize,
    asked: AtomicU64,
    computed: AtomicU64,
    places: Mutex<HashMap<Key, Arc<Place>>>,
}

impl Default for Aggregates {
    fn default() -> Self {
        Self {
            limit: AtomicUsize::new(DEFAULT_LIMIT),
            asked: AtomicU64::default(),
            computed: AtomicU64::default(),
            places: Mutex::default(),
        }
    }
}

impl Aggregates {
    fn places(&self) -> MutexGuard<'_, HashMap<Key, Arc<Place>>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The place of an answer; the one asked for least recently makes room for a new one. None: nothing is remembered.
    fn place(&self, key: Key) -> Option<Arc<Place>> {
        let limit = self.limit.load(Ordering::Relaxed);
        if limit == 0 {
            return None;
        }
        let asked = self.asked.fetch_add(1, Ordering::Relaxed);
        let mut places = self.places();
        if !places.contains_key(&key) {
            while places.len() >= limit {
                let oldest = places
                    .iter()
                    .min_by_key(|(_, place)| place.asked.load(Ordering::Relaxed))
                    .map(|(key, _)| *key);
                let Some(oldest) = oldest else { break };
                places.remove(&oldest);
            }
        }
        let place = Arc::clone(places.entry(key).or_default());
        place.asked.store(asked, Ordering::Relaxed);
        Some(place)
    }
}

impl App {
    /// Remembers so many answers to what many rows add up to; none with 0.
    pub fn limit_aggregates(&self, answers: usize) {
        self.inner.aggregates.limit.store(answers, Ordering::Relaxed);
        self.inner.aggregates.places().clear();
    }
    /// Whether it is known what operations of a verb change of such answers.
    pub fn is_known_to_aggregates(verb: &str) -> bool {
        reads::is_known(verb)
    }
    /// How many such answers are kept, and how many were computed since the start.
    pub fn aggregates(&self) -> (usize, u64) {
        let aggregates = &self.inner.aggregates;
        (
            aggregates.places().len(),
            aggregates.computed.load(Ordering::Relaxed),
        )
    }
}

impl Caller {
    /// The answer to a question: the one kept, if it still holds, or what `compute` makes of a snapshot of the database.
    pub(crate) async fn aggregate<T, F>(&self, question: Question<'_>, compute: F) -> Result<Arc<T>, Error>
    where
        T: Send + Sync + 'static,
        F: for<'t> FnOnce(&'t Transaction, &'t Viewer, Instant) -> BoxFuture<'t, Result<Answer<T>, Error>>,
    {
        let viewer = self.reader().await?;
        let aggregates = &self.app.inner.aggregates;
        let now = self.now();
        let place = if question.follows_the_clock() {
            None
        } else {
            aggregates.place(Key::of(&question.wording(), &viewer.restricted))
        };
        let Some(place) = place else {
            let snapshot = self.db.snapshot().await?;
            let (value, _) = compute(&snapshot, &viewer, now).await?;
            snapshot.rollback().await?;
            return Ok(Arc::new(value));
        };
        let verbs = question.verbs();
        let newest = storage::activity::newest_of(&self.db, &verbs).await?;
        if let Some(value) = place.read(newest, now) {
            return Ok(value);
        }
        let _computing = place.flight.lock().await;
        if let Some(value) = place.read(newest, now) {
            return Ok(value);
        }
        if self.is_untouched(&question, &place, &verbs).await? {
            place.renew(newest);
            if let Some(value) = place.read(newest, now) {
                return Ok(value);
            }
        }
        let snapshot = self.db.snapshot().await?;
        let seq = storage::activity::newest_of(&snapshot, &verbs).await?;
        let (value, until) = compute(&snapshot, &viewer, now).await?;
        snapshot.rollback().await?;
        aggregates.computed.fetch_add(1, Ordering::Relaxed);
        metrics::counter!("touchstone_aggregates_computed_total").increment(1);
        let value = Arc::new(value);
        let kept = Kept {
            value: Arc::<T>::clone(&value),
            seq,
            from: now,
            until,
        };
        *place.kept() = Some(Arc::new(kept));
        Ok(value)
    }

    /// Whether all that was recorded since the kept answer is about deals that it does not count.
    async fn is_untouched(
        &self,
        question: &Question<'_>,
        place: &Place,
        verbs: &[&'static str],
    ) -> Result<bool, Error> {
        let Some((period, of_deals)) = question.of_deals_opened_in() else {
            return Ok(false);
        };
        let Some(since) = place.seq() else {
            return Ok(false);
        };
        let rest: Vec<&str> = verbs
            .iter()
            .copied()
            .filter(|verb| !of_deals.contains(verb))
            .collect();
        if storage::activity::newest_of(&self.db, &rest).await? > since {
            return Ok(false);
        }
        let is_touched = storage::activity::is_of_deals_opened_in(&self.db, of_deals, since, period).await?;
        Ok(!is_touched)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(question: &str) -> Key {
        Key::of(question, &Restricted::All)
    }

    fn at(seconds: i64) -> Instant {
        chrono::DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn a_value_holds_until_something_newer_is_recorded_or_its_time_is_over() {
        let kept = |until| Kept {
            value: Arc::new(1_i32),
            seq: 7,
            from: at(10),
            until,
        };
        let holds = |kept: &Kept, newest, now| kept.read::<i32>(newest, at(now)).is_some();
        assert!(holds(&kept(None), 7, 99));
        assert!(!holds(&kept(None), 8, 99), "something newer");
        assert!(holds(&kept(Some(at(20))), 7, 19));
        assert!(!holds(&kept(Some(at(20))), 7, 20), "its time is over");
        assert!(!holds(&kept(Some(at(20))), 7, 9), "the clock was set back");
    }

    #[test]
    fn who_may_see_other_deals_has_other_places() {
        let only = |deals: &[&str]| {
            let deals = deals.iter().map(|id| domain::typed(id.parse().unwrap()));
            Restricted::Only(deals.collect())
        };
        let (one, other) = (
            "0192d0d0-0000-7000-8000-000000000001",
            "0192d0d0-0000-7000-8000-000000000002",
        );
        let all = [
            Restricted::All,
            only(&[]),
            only(&[one]),
            only(&[other]),
            only(&[one, other]),
        ];
        let keys: std::collections::HashSet<Key> =
            all.iter().map(|allowed| Key::of("one", allowed)).collect();
        assert_eq!(keys.len(), all.len());
        assert_eq!(Key::of("one", &only(&[one])), Key::of("one", &only(&[one])));
    }

    #[test]
    fn what_was_asked_for_least_recently_makes_room() {
        let aggregates = Aggregates::default();
        aggregates.limit.store(2, Ordering::Relaxed);
        let one = aggregates.place(key("one")).unwrap();
        aggregates.place(key("two")).unwrap();
        aggregates.place(key("one")).unwrap();
        aggregates.place(key("three")).unwrap();
        assert_eq!(aggregates.places().len(), 2);
        let again = aggregates.place(key("one")).unwrap();
        assert!(Arc::ptr_eq(&one, &again), "one was asked for after two");
        aggregates.limit.store(0, Ordering::Relaxed);
        assert!(aggregates.place(key("one")).is_none());
    }
}
