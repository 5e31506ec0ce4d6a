//! The one clock and the one maker of ids. Both read the time given by the clock, so that a test may fix it.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering},
};

use domain::Instant;
use type_safe_id::{StaticType, TypeSafeId};
use uuid::{Builder, ContextV7, Timestamp, Uuid};

/// Tells the time, in microseconds, and makes ids from it.
#[derive(Clone)]
pub struct Clock {
    read: Arc<dyn Fn() -> Instant + Send + Sync>,
    order: Order,
}

/// What sets apart the ids of one moment, the later one behind.
#[derive(Clone)]
enum Order {
    /// Chance, and a counter beside it: no two servers make the same id.
    Random(Arc<Mutex<ContextV7>>),
    /// A counter alone: the same story has the same ids.
    Counted(Arc<AtomicU32>),
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
    /// A clock that a test moves.
    pub fn from_fn(read: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self {
            read: Arc::new(read),
            order: Order::Random(Arc::new(Mutex::new(ContextV7::new()))),
        }
    }
    /// The clock of the demonstration, which replays a story on an empty database: the same moments give the same ids.
    pub(crate) fn replayed(read: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self {
            read: Arc::new(read),
            order: Order::Counted(Arc::new(AtomicU32::new(0))),
        }
    }
    /// Now.
    pub fn now(&self) -> Instant {
        domain::time::instant((self.read)())
    }
    /// A new id, later in order than those before it.
    pub fn new_uuid(&self) -> Uuid {
        let now = self.now();
        match &self.order {
            Order::Random(context) => {
                let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
                Uuid::new_v7(Timestamp::from_unix(
                    &**context,
                    seconds,
                    now.timestamp_subsec_nanos(),
                ))
            }
            Order::Counted(counter) => {
                let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
                let mut bytes = [0; 10];
                bytes[6..].copy_from_slice(&counter.fetch_add(1, Ordering::Relaxed).to_be_bytes());
                Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
            }
        }
    }
    /// A new id of a type.
    pub fn new_id<T: StaticType + Default>(&self) -> TypeSafeId<T> {
        domain::typed(self.new_uuid())
    }
}
