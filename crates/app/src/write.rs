//! The one write path: a transaction in which a rule is applied, rows are stored and the activity is recorded, all or
//! nothing; its outcome kept under the caller's idempotency key, if one came; repeated where two transactions got
//! in each other's way.

use std::time::Duration;

use domain::{
    ActivityTag, ImportId, Instant, OperationId, OperationTag, Problem, ReviewId, UserId,
    access::Demand,
    activity::{Change, SubjectType},
};
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use storage::{
    Transaction,
    activity::Operation,
    idempotency::{self, Found, Slot},
};

use crate::{App, Caller, Error, assessment, revisit};

/// What became of a mutation: what it made, or what the caller can repair (then nothing was written).
pub type Outcome<T> = Result<T, Vec<Problem>>;

/// Why the body of a write stops.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The caller can repair it.
    Refused(Vec<Problem>),
    /// It cannot.
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}
impl From<storage::Error> for Stop {
    fn from(error: storage::Error) -> Self {
        Self::Failed(error.into())
    }
}
impl From<Vec<Problem>> for Stop {
    fn from(problems: Vec<Problem>) -> Self {
        Self::Refused(problems)
    }
}
impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Refused(vec![problem])
    }
}

/// A write under way.
pub(crate) struct Write {
    pub(crate) app: App,
    pub(crate) tx: Transaction,
    pub(crate) now: Instant,
    pub(crate) viewer: std::sync::Arc<domain::Viewer>,
    pub(crate) by: Option<UserId>,
    pub(crate) undoes: Option<OperationId>,
    pub(crate) import: Option<ImportId>,
    pub(crate) review: Option<ReviewId>,
    changes: Vec<Change>,
}

impl Write {
    /// Notes that a record changed. Without one, a write leaves no operation.
    pub(crate) fn record(&mut self, change: Change) {
        self.changes.push(change);
    }
    /// Notes a new record.
    pub(crate) fn created<T: Serialize>(
        &mut self,
        subject_type: SubjectType,
        subject_id: uuid::Uuid,
        record: &T,
    ) -> &mut Change {
        self.changes.push(Change {
            subject_type,
            subject_id,
            startup_id: None,
            deal_id: None,
            before: None,
            after: Some(domain::activity::whole(record)),
        });
        let last = self.changes.len() - 1;
        &mut self.changes[last]
    }
    /// Today in the workspace's zone.
    pub(crate) fn today(&self) -> chrono::NaiveDate {
        domain::time::day_in(self.app.workspace().time_zone, self.now)
    }
    /// A new id.
    pub(crate) fn new_id<T: type_safe_id::StaticType + Default>(&self) -> type_safe_id::TypeSafeId<T> {
        self.app.inner.clock.new_id()
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Kept<T> {
    Done(T),
    Refused(Vec<Problem>),
}

const TRIES: u32 = 6;

impl Caller {
    /// Carries a write out. `path` is the mutation's response key in its document. The body may run several times.
    pub(crate) async fn write<T, F>(
        &self,
        verb: &'static str,
        path: &str,
        demand: Demand,
        body: F,
    ) -> Result<Outcome<T>, Error>
    where
        T: Serialize + DeserializeOwned + Send,
        F: for<'w> Fn(&'w mut Write) -> BoxFuture<'w, Result<T, Stop>> + Send + Sync,
    {
        self.demand(demand).await?;
        let mut attempt = 0;
        loop {
            attempt += 1;
            match self.attempt(verb, path, &body).await {
                Err(Error::Storage(storage::Error::Retry(cause))) if attempt < TRIES => {
                    tracing::debug!(verb, attempt, %cause, "tried again");
                    tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
                }
                other => return other,
            }
        }
    }

    async fn attempt<T, F>(&self, verb: &'static str, path: &str, body: &F) -> Result<Outcome<T>, Error>
    where
        T: Serialize + DeserializeOwned + Send,
        F: for<'w> Fn(&'w mut Write) -> BoxFuture<'w, Result<T, Stop>> + Send + Sync,
    {
        let viewer = self.viewer().await?;
        let now = self.now();
        let tx = self.db.begin().await?;
        let slot = self.idempotency.as_ref().map(|(key, sha)| Slot {
            user: viewer.user_id,
            key: key.clone(),
            path: path.to_owned(),
            request_sha256: *sha,
        });
        if let Some(slot) = &slot {
            if idempotency::used_otherwise(&tx, slot, now).await? {
                return Err(Error::KeyUsedOtherwise(slot.key.clone()));
            }
            match idempotency::claim(&tx, slot, now).await? {
                Found::Fresh => tx.savepoint("claimed").await?,
                Found::Other => return Err(Error::KeyUsedOtherwise(slot.key.clone())),
                Found::Done(kept) => {
                    let kept: Kept<T> = serde_json::from_value(kept)
                        .map_err(|e| Error::Internal(format!("a kept outcome cannot be read: {e}")))?;
                    return Ok(match kept {
                        Kept::Done(value) => Ok(value),
                        Kept::Refused(problems) => Err(problems),
                    });
                }
            }
        }
        let by = self.by(&viewer);
        let mut write = Write {
            app: self.app.clone(),
            tx,
            now,
            viewer,
            by,
            undoes: None,
            import: None,
            review: None,
            changes: Vec::new(),
        };
        match body(&mut write).await {
            Ok(value) => {
                let Write {
                    tx,
                    mut changes,
                    undoes,
                    import,
                    review,
                    ..
                } = write;
                let mut rights_changed = false;
                if !changes.is_empty() {
                    let mut touched = assessment::touched(&changes);
                    touched.extend(revisit::awaited(&changes));
                    touched.sort_unstable();
                    touched.dedup();
                    changes.extend(assessment::refresh(&self.app, &tx, &touched, now).await?);
                    rights_changed = changes
                        .iter()
                        .any(|c| c.deal_id.is_some() || matches!(c.subject_type, SubjectType::User));
                    let clock = &self.app.inner.clock;
                    let operation = Operation {
                        id: clock.new_id::<OperationTag>(),
                        at: now,
                        by,
                        verb,
                        undoes,
                        request_id: self.request_id.clone(),
                        import,
                        review,
                    };
                    let rows: Vec<_> = changes
                        .into_iter()
                        .map(|change| (clock.new_id::<ActivityTag>(), change))
                        .collect();
                    storage::activity::append_many(&tx, &operation, &rows).await?;
                }
                if let Some(slot) = &slot {
                    idempotency::keep(&tx, slot, &kept(&Kept::Done(&value))?).await?;
                }
                tx.commit().await?;
                self.app.inner.remembered.forget();
                if rights_changed {
                    self.forget_viewer().await;
                }
                Ok(Ok(value))
            }
            Err(Stop::Refused(problems)) => {
                if let Some(slot) = &slot {
                    write.tx.rollback_to("claimed").await?;
                    idempotency::keep(&write.tx, slot, &kept(&Kept::<()>::Refused(problems.clone()))?)
                        .await?;
                    write.tx.commit().await?;
                } else {
                    write.tx.rollback().await?;
                }
                Ok(Err(problems))
            }
            Err(Stop::Failed(error)) => {
                write.tx.rollback().await?;
                Err(error)
            }
        }
    }
}

fn kept<T: Serialize>(outcome: &Kept<T>) -> Result<Value, Error> {
    serde_json::to_value(outcome).map_err(|e| Error::Internal(format!("an outcome cannot be kept: {e}")))
}
