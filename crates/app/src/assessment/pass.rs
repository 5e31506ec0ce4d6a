//! The pass that brings stored figures up to date after midnight, and after a new rubric, new rates or a new formula:
//! in batches, by one server at a time, going on where the one before stopped.

use std::{ops::ControlFlow, time::Duration};

use chrono::TimeDelta;
use domain::{ActivityTag, OperationTag, StartupId, time::day_in};
use storage::{
    activity::Operation,
    assessment::{Lease, Made},
};
use tokio::sync::watch;
use uuid::Uuid;

use super::refresh;
use crate::{App, Error};

/// How many startups a batch has: their rows are locked while it lasts.
const BATCH: usize = 1_000;
/// How long the pass is one server's without a batch being done.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// How often a server looks whether the day or what figures are measured with has changed.
const LOOK: Duration = Duration::from_secs(1);
/// How often it looks at the rows themselves: a write that was under way at midnight may have stored the day before.
const LOOK_AT_ROWS: Duration = Duration::from_mins(1);
/// How often a batch is tried that others get in the way of.
const TRIES: u32 = 6;

impl App {
    /// Keeps what is stored up to date until `stop` turns true.
    pub async fn keep_assessments(&self, mut stop: watch::Receiver<bool>) {
        let holder = self.inner.clock.new_uuid();
        let mut seen: Option<(Made, tokio::time::Instant)> = None;
        loop {
            match self.look(holder, &mut seen, &stop).await {
                Ok(()) => {}
                Err(error) => {
                    tracing::warn!(%error, "stored figures could not be brought up to date; tried again");
                }
            }
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    async fn look(
        &self,
        holder: Uuid,
        seen: &mut Option<(Made, tokio::time::Instant)>,
        stop: &watch::Receiver<bool>,
    ) -> Result<(), Error> {
        let wanted = self.wanted().await?;
        let is_due = seen.is_none_or(|(made, at)| made != wanted || at.elapsed() >= LOOK_AT_ROWS);
        if !is_due {
            return Ok(());
        }
        let left = storage::assessment::behind(&self.inner.db, wanted, None, 1).await?;
        if left.is_empty() {
            *seen = Some((wanted, tokio::time::Instant::now()));
            return Ok(());
        }
        self.carry_out(holder, stop).await?;
        Ok(())
    }

    /// What figures of now are made with.
    async fn wanted(&self) -> Result<Made, Error> {
        let day = day_in(self.workspace().time_zone, self.now());
        Ok(storage::assessment::measures(&self.inner.db).await?.on(day))
    }

    /// Brings every stored figure up to date now, unless another server is doing so; how many were made anew.
    pub async fn bring_assessments_up_to_date(&self) -> Result<u64, Error> {
        let (_going, stop) = watch::channel(false);
        self.carry_out(self.inner.clock.new_uuid(), &stop).await
    }

    async fn carry_out(&self, holder: Uuid, stop: &watch::Receiver<bool>) -> Result<u64, Error> {
        let db = &self.inner.db;
        let now = self.now();
        let Some(Lease { done_to, .. }) =
            storage::assessment::take_pass(db, holder, now, now + LEASE).await?
        else {
            return Ok(0);
        };
        let mut after = done_to;
        let mut made = 0;
        // Whether all before `after` was looked at in this turn, too.
        let mut from_the_first = done_to.is_none();
        while !*stop.borrow() {
            match self.batch_again(holder, after, &mut made).await? {
                ControlFlow::Continue(Some(last)) => after = Some(last),
                // The end: once more from the first, if another server had begun in the middle.
                ControlFlow::Continue(None) if !from_the_first => {
                    after = None;
                    from_the_first = true;
                }
                ControlFlow::Continue(None) => {
                    storage::assessment::end_pass(db, holder, self.now()).await?;
                    break;
                }
                ControlFlow::Break(()) => break,
            }
        }
        if made > 0 {
            tracing::info!(startups = made, "stored figures are up to date");
        }
        Ok(made)
    }

    /// A batch, tried again where others got in its way.
    async fn batch_again(
        &self,
        holder: Uuid,
        after: Option<StartupId>,
        made: &mut u64,
    ) -> Result<ControlFlow<(), Option<StartupId>>, Error> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.batch(holder, after).await {
                Err(Error::Storage(storage::Error::Retry(_))) if tries < TRIES => {
                    tokio::time::sleep(Duration::from_millis(5 << tries)).await;
                }
                Err(error) => return Err(error),
                Ok(None) => return Ok(ControlFlow::Break(())),
                Ok(Some((last, n))) => {
                    *made += n;
                    return Ok(ControlFlow::Continue(last));
                }
            }
        }
    }

    /// Makes the figures of the next startups behind `after`; the last of them, and how many. None: another server has
    /// taken the pass over.
    async fn batch(
        &self,
        holder: Uuid,
        after: Option<StartupId>,
    ) -> Result<Option<(Option<StartupId>, u64)>, Error> {
        let tx = self.inner.db.begin().await?;
        let now = self.now();
        let day = day_in(self.workspace().time_zone, now);
        let wanted = storage::assessment::measures(&tx).await?.on(day);
        let ids = storage::assessment::behind(&tx, wanted, after, BATCH).await?;
        let last = ids.last().copied();
        let changes = refresh(self, &tx, &ids, now).await?;
        if !ids.is_empty() {
            // No row of activity, as nobody did anything; but who remembers figures has to learn of it.
            let id = self.inner.clock.new_id::<OperationTag>();
            storage::activity::append_figures_made(&tx, id, now).await?;
        }
        if !changes.is_empty() {
            let clock = &self.inner.clock;
            let operation = Operation {
                id: clock.new_id::<OperationTag>(),
                at: now,
                by: None,
                verb: "revisitDue",
                review: None,
                undoes: None,
                request_id: None,
                import: None,
            };
            let rows: Vec<_> = changes
                .into_iter()
                .map(|change| (clock.new_id::<ActivityTag>(), change))
                .collect();
            storage::activity::append_many(&tx, &operation, &rows).await?;
        }
        if !storage::assessment::go_on(&tx, holder, last, now + LEASE).await? {
            tx.rollback().await?;
            return Ok(None);
        }
        tx.commit().await?;
        Ok(Some((last, ids.len() as u64)))
    }
}
