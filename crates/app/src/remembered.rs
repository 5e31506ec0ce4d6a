//! What a server remembers for a moment, as every request asks for it: whose token it is, and the sector tree.
//!
//! It is forgotten as a whole when this server commits a write, when the database tells of one by another, and after a
//! second in any case. So a token that was revoked here is refused by the next request.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use chrono::TimeDelta;
use domain::{Instant, sector::Sector};
use storage::access::Holder;

/// How long at most.
const KEPT: TimeDelta = TimeDelta::seconds(1);
/// How many tokens at most.
const TOKENS_LIMIT: usize = 1_000;

/// The memory of a server.
#[derive(Default)]
pub(crate) struct Remembered {
    generation: AtomicU64,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    holders: HashMap<[u8; 32], (Arc<Holder>, Instant)>,
    sectors: Option<(Arc<Vec<Sector>>, Instant)>,
}

/// As of when something is about to be read: what was read before a change is not remembered after it.
#[derive(Clone, Copy)]
pub(crate) struct Since {
    generation: u64,
    now: Instant,
}

fn is_fresh(at: Instant, now: Instant) -> bool {
    // A clock may be set back.
    (TimeDelta::zero()..KEPT).contains(&(now - at))
}

impl Remembered {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets everything: something changed.
    pub(crate) fn forget(&self) {
        let mut kept = self.kept();
        self.generation.fetch_add(1, Ordering::AcqRel);
        *kept = Kept::default();
    }

    /// To be asked for before something is read that is then to be remembered.
    pub(crate) fn since(&self, now: Instant) -> Since {
        Since {
            generation: self.generation.load(Ordering::Acquire),
            now,
        }
    }

    fn keep(&self, since: Since, keep: impl FnOnce(&mut Kept)) {
        let mut kept = self.kept();
        if self.generation.load(Ordering::Acquire) == since.generation {
            keep(&mut kept);
        }
    }

    /// Whose token it is, if that is still known and the token still good.
    pub(crate) fn holder(&self, secret_sha256: &[u8; 32], now: Instant) -> Option<Arc<Holder>> {
        let kept = self.kept();
        let (holder, at) = kept.holders.get(secret_sha256)?;
        let is_good = is_fresh(*at, now) && holder.expires_at.is_none_or(|end| end > now);
        is_good.then(|| Arc::clone(holder))
    }

    pub(crate) fn keep_holder(&self, secret_sha256: [u8; 32], holder: &Arc<Holder>, since: Since) {
        self.keep(since, |kept| {
            if kept.holders.len() >= TOKENS_LIMIT {
                kept.holders.clear();
            }
            kept.holders
                .insert(secret_sha256, (Arc::clone(holder), since.now));
        });
    }

    /// The sector tree, if it is still known.
    pub(crate) fn sectors(&self, now: Instant) -> Option<Arc<Vec<Sector>>> {
        let kept = self.kept();
        let (tree, at) = kept.sectors.as_ref()?;
        is_fresh(*at, now).then(|| Arc::clone(tree))
    }

    pub(crate) fn keep_sectors(&self, tree: &Arc<Vec<Sector>>, since: Since) {
        self.keep(since, |kept| kept.sectors = Some((Arc::clone(tree), since.now)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: f64) -> Instant {
        chrono::DateTime::from_timestamp_millis((seconds * 1000.0) as i64).unwrap()
    }

    #[test]
    fn what_is_remembered_is_forgotten_after_a_second_and_by_a_change() {
        let remembered = Remembered::default();
        let tree = Arc::new(Vec::new());
        remembered.keep_sectors(&tree, remembered.since(at(10.0)));
        assert!(remembered.sectors(at(10.9)).is_some());
        assert!(remembered.sectors(at(11.0)).is_none(), "too old");
        assert!(remembered.sectors(at(9.9)).is_none(), "the clock was set back");
        remembered.forget();
        assert!(remembered.sectors(at(10.1)).is_none(), "something changed");
    }

    #[test]
    fn what_was_read_before_a_change_is_not_remembered_after_it() {
        let remembered = Remembered::default();
        let since = remembered.since(at(10.0));
        remembered.forget();
        remembered.keep_sectors(&Arc::new(Vec::new()), since);
        assert!(remembered.sectors(at(10.1)).is_none());
    }
}
