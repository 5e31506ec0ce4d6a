//! The feed of changes: one reader per server follows the order given at commit and hands each batch to every
//! subscriber, with the rights of all of them asked for once.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use domain::{ActivityId, DealId, Role, UserId, access::Restricted, activity::SubjectType};
use futures::{
    StreamExt,
    stream::{self, BoxStream},
};
use storage::{
    Database,
    activity::{About, Activity, Seq},
};
use tokio::sync::{Notify, broadcast, watch};

use crate::{Caller, Error, remembered::Remembered};

mod signal;

pub use signal::{Resumed, Signal};

/// How many operations one look reads.
const OPERATIONS_PER_LOOK: i64 = 200;
/// How many batches a slow subscriber may fall behind before it is sent back to the database.
const BATCHES_KEPT: usize = 256;

struct Batch {
    rows: Vec<Activity>,
    rights: Rights,
}

/// Who may see which of a batch's rows, as of the moment it was read.
struct Rights {
    of_team: HashSet<DealId>,
    users: HashMap<UserId, (Role, Restricted)>,
}

impl Rights {
    async fn ask(db: &Database, rows: &[Activity], users: &[UserId]) -> Result<Self, Error> {
        let mut deals: Vec<DealId> = rows.iter().filter_map(|row| row.change.deal_id).collect();
        deals.sort_unstable();
        deals.dedup();
        let of_team = if deals.is_empty() {
            HashSet::new()
        } else {
            storage::activity::of_team_among(db, &deals)
                .await?
                .into_iter()
                .collect()
        };
        let users = storage::access::rights(db, users)
            .await?
            .into_iter()
            .map(|(id, role, seen)| (id, (role, seen)))
            .collect();
        Ok(Self { of_team, users })
    }
    /// The rule by which `storage::activity` reads, for rows that are read already. Err: the user is not active any more.
    fn sees(&self, user: UserId, row: &Activity) -> Result<bool, Error> {
        let (role, seen) = self.users.get(&user).ok_or(Error::Unauthenticated)?;
        if *role == Role::Admin {
            return Ok(true);
        }
        if matches!(
            row.change.subject_type,
            SubjectType::User | SubjectType::Token | SubjectType::Workspace
        ) && row.change.subject_id != user.uuid()
        {
            return Ok(false);
        }
        Ok(match (row.change.deal_id, seen) {
            (None, _) | (_, Restricted::All) => true,
            (Some(deal), Restricted::Only(ids)) => self.of_team.contains(&deal) || ids.contains(&deal),
        })
    }
}

/// The feed of one server.
#[derive(Clone)]
pub struct Feed {
    inner: Arc<Inner>,
}

struct Inner {
    db: Database,
    batches: broadcast::Sender<Arc<Batch>>,
    position: AtomicI64,
    wake: Notify,
    subscribers: Mutex<HashMap<UserId, usize>>,
    remembered: Arc<Remembered>,
}

impl Feed {
    pub(crate) async fn new(db: Database, remembered: Arc<Remembered>) -> Result<Self, Error> {
        let position = storage::activity::newest_seq(&db).await?;
        Ok(Self {
            inner: Arc::new(Inner {
                db,
                batches: broadcast::channel(BATCHES_KEPT).0,
                position: AtomicI64::new(position),
                wake: Notify::new(),
                subscribers: Mutex::default(),
                remembered,
            }),
        })
    }

    /// Follows the changes until `stop` turns true: woken by the database, and looking once a second whatever happens.
    pub async fn run(&self, url: &str, mut stop: watch::Receiver<bool>) {
        let listening = async {
            loop {
                let inner = Arc::clone(&self.inner);
                let wake = move || {
                    inner.remembered.forget();
                    inner.wake.notify_one();
                };
                if let Err(error) = storage::listen(url, wake).await {
                    tracing::warn!(%error, "the listener lost its connection; trying again");
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        };
        let reading = async {
            loop {
                let _ = tokio::time::timeout(Duration::from_secs(1), self.inner.wake.notified()).await;
                if let Err(error) = self.look().await {
                    tracing::warn!(%error, "changes could not be read; trying again");
                }
            }
        };
        tokio::select! {
            () = listening => {}
            () = reading => {}
            _ = stop.wait_for(|stopped| *stopped) => {}
        }
    }

    async fn look(&self) -> Result<(), Error> {
        loop {
            let position = self.inner.position.load(Ordering::Acquire);
            let rows = storage::activity::after(&self.inner.db, position, OPERATIONS_PER_LOOK).await?;
            let Some(last) = rows.last().map(|row| row.seq) else {
                return Ok(());
            };
            let users: Vec<UserId> = self.subscribers().keys().copied().collect();
            if !users.is_empty() {
                let rights = Rights::ask(&self.inner.db, &rows, &users).await?;
                // No receiver is no error: the last subscriber may have left meanwhile.
                let _ = self.inner.batches.send(Arc::new(Batch { rows, rights }));
            }
            self.inner.position.store(last, Ordering::Release);
        }
    }

    fn subscribers(&self) -> std::sync::MutexGuard<'_, HashMap<UserId, usize>> {
        self.inner
            .subscribers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts a user among the subscribers while it lives.
struct Seat {
    feed: Feed,
    user: UserId,
}

impl Seat {
    fn take(feed: &Feed, user: UserId) -> Self {
        *feed.subscribers().entry(user).or_insert(0) += 1;
        Self {
            feed: feed.clone(),
            user,
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut all = self.feed.subscribers();
        if let Some(count) = all.get_mut(&self.user) {
            *count -= 1;
            if *count == 0 {
                all.remove(&self.user);
            }
        }
    }
}

/// One subscriber's way through the changes.
pub struct Subscription {
    seat: Seat,
    batches: broadcast::Receiver<Arc<Batch>>,
    about: About,
    last: Seq,
    ready: VecDeque<Activity>,
    behind: bool,
    /// With which role the subscriber came, where another one ends it.
    role: Option<Role>,
}

impl Subscription {
    fn followed(self) -> BoxStream<'static, Result<Activity, Error>> {
        stream::unfold(Some(self), |state| async move {
            let mut state = state?;
            match state.next().await {
                Ok(row) => Some((Ok(row), Some(state))),
                Err(error) => Some((Err(error), None)),
            }
        })
        .boxed()
    }

    /// The next change that the subscriber may see.
    async fn next(&mut self) -> Result<Activity, Error> {
        loop {
            if let Some(row) = self.ready.pop_front() {
                return Ok(row);
            }
            if self.behind {
                self.catch_up().await?;
                continue;
            }
            match self.batches.recv().await {
                Ok(batch) => {
                    // A subscriber who came after the rights were asked for is not among them: it reads for itself.
                    if batch.rights.users.contains_key(&self.seat.user) {
                        self.take(&batch.rows, &batch.rights)?;
                    } else {
                        self.behind = true;
                    }
                }
                Err(broadcast::error::RecvError::Lagged(_)) => self.behind = true,
                Err(broadcast::error::RecvError::Closed) => {
                    return Err(Error::Internal("the feed ended".into()));
                }
            }
        }
    }

    async fn catch_up(&mut self) -> Result<(), Error> {
        let db = &self.seat.feed.inner.db;
        // From before the last operation seen: `after` may name a row in its middle.
        let rows = storage::activity::after(db, self.last.0 - 1, OPERATIONS_PER_LOOK).await?;
        let rights = Rights::ask(db, &rows, &[self.seat.user]).await?;
        let before = self.last;
        self.take(&rows, &rights)?;
        // Until nothing new is found: what is committed from then on comes by the batches.
        self.behind = self.last != before;
        Ok(())
    }

    fn take(&mut self, rows: &[Activity], rights: &Rights) -> Result<(), Error> {
        let role = rights.users.get(&self.seat.user).map(|(role, _)| *role);
        if self.role.is_some() && role != self.role {
            return Err(Error::Unauthenticated);
        }
        for row in rows {
            if (row.seq, row.n) <= self.last {
                continue;
            }
            self.last = (row.seq, row.n);
            if !self.about.covers(row) {
                continue;
            }
            if rights.sees(self.seat.user, row)? {
                self.ready.push_back(row.clone());
            }
        }
        Ok(())
    }
}

impl Caller {
    /// Every change that the caller may see, as it is committed, in one order for all servers; about what is asked for. `after` resumes behind a row already seen.
    pub async fn subscribe(
        &self,
        about: About,
        after: Option<ActivityId>,
    ) -> Result<BoxStream<'static, Result<Activity, Error>>, Error> {
        let viewer = self.reader().await?;
        let feed = self.app.feed().clone();
        let seat = Seat::take(&feed, viewer.user_id);
        let batches = feed.inner.batches.subscribe();
        let (last, behind) = match after {
            Some(id) => {
                let row = storage::activity::by_id(&self.db, &viewer, id)
                    .await?
                    .ok_or_else(|| {
                        Error::BadInput(format!(
                            "no activity is known under {id}; leave `after` out to begin now"
                        ))
                    })?;
                ((row.seq, row.n), true)
            }
            None => ((storage::activity::newest_seq(&self.db).await?, i16::MAX), false),
        };
        let state = Subscription {
            seat,
            batches,
            about,
            last,
            ready: VecDeque::new(),
            behind,
            role: None,
        };
        Ok(state.followed())
    }
}

#[cfg(test)]
mod tests;
