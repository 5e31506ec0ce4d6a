//! The one clock and the one maker of ids. Both read the time given by the clock, so that a test may fix it.

use std::sync::{Arc, Mutex};

use domain::Instant;
use type_safe_id::{StaticType, TypeSafeId};
use uuid::{ContextV7, Timestamp, Uuid};

/// Tells the time, in microseconds, and makes ids from it.
#[derive(Clone)]
pub struct Clock {
    read: Arc<dyn Fn() -> Instant + Send + Sync>,
    order: Arc<Mutex<ContextV7>>,
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clock").finish_non_exhaustive()
    }
}

impl Clock {
    /// The machine's clock.
    #[allow(
        clippy::disallowed_methods,
        reason = "this is the edge: the one place that reads the clock"
    )]
    pub fn system() -> Self {
        Self::from_fn(chrono::Utc::now)
    }
    /// A clock that a test or the demonstration moves.
    pub fn from_fn(read: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self {
            read: Arc::new(read),
            order: Arc::new(Mutex::new(ContextV7::new())),
        }
    }
    /// Now.
    pub fn now(&self) -> Instant {
        domain::time::instant((self.read)())
    }
    /// A new id, later in order than those before it.
    pub fn new_uuid(&self) -> Uuid {
        let now = self.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        Uuid::new_v7(Timestamp::from_unix(
            &*self.order,
            seconds,
            now.timestamp_subsec_nanos(),
        ))
    }
    /// A new id of a type.
    pub fn new_id<T: StaticType + Default>(&self) -> TypeSafeId<T> {
        domain::typed(self.new_uuid())
    }
}
