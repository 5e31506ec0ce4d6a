//! Counting requests a minute, and sockets and streams of events a user.
//!
//! Counts live in memory: a server that restarts begins anew, and each server behind a balancer counts its own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const WINDOW: Duration = Duration::from_mins(1);
/// How many callers are remembered before the windows that have passed are thrown away.
const SWEEP_AT: usize = 10_000;

/// Where a caller stands after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub limit: u32,
    pub remaining: u32,
    pub reset_seconds: u64,
    pub allowed: bool,
}

/// Requests of each caller in its running minute, which begins with the first request. Clones count together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rates(Arc<Mutex<HashMap<String, (Instant, u32)>>>);

impl Rates {
    /// Counts one request of `key` at `now`.
    pub fn count(&self, key: &str, limit: u32, now: Instant) -> Standing {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= SWEEP_AT {
            windows.retain(|_, (began, _)| now.duration_since(*began) < WINDOW);
        }
        let window = windows.entry(key.to_owned()).or_insert((now, 0));
        if now.duration_since(window.0) >= WINDOW {
            *window = (now, 0);
        }
        let left = WINDOW.saturating_sub(now.duration_since(window.0));
        let allowed = window.1 < limit;
        if allowed {
            window.1 += 1;
        }
        Standing {
            limit,
            remaining: limit.saturating_sub(window.1),
            reset_seconds: left.as_secs() + u64::from(left.subsec_nanos() > 0),
            allowed,
        }
    }
}

/// Sockets that each user holds open.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sockets(Arc<Mutex<HashMap<String, u32>>>);

impl Sockets {
    /// A place for one more socket of `user`, given back when dropped; `None` when all are taken.
    pub fn take(&self, user: &str, limit: u32) -> Option<SocketPlace> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(user.to_owned()).or_insert(0);
        if *count >= limit {
            return None;
        }
        *count += 1;
        Some(SocketPlace {
            counts: self.0.clone(),
            user: user.to_owned(),
        })
    }
}

/// One open socket of a user.
pub(crate) struct SocketPlace {
    counts: Arc<Mutex<HashMap<String, u32>>>,
    user: String,
}

impl Drop for SocketPlace {
    fn drop(&mut self) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.user) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.user);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_begins_with_the_first_request_and_another_follows() {
        let rates = Rates::default();
        let start = Instant::now();
        assert_eq!(
            rates.count("a", 2, start),
            Standing {
                limit: 2,
                remaining: 1,
                reset_seconds: 60,
                allowed: true
            }
        );
        assert!(rates.count("a", 2, start + Duration::from_secs(30)).allowed);
        let refused = rates.count("a", 2, start + Duration::from_millis(50_500));
        assert_eq!(
            refused,
            Standing {
                limit: 2,
                remaining: 0,
                reset_seconds: 10,
                allowed: false
            }
        );
        assert!(rates.count("b", 2, start).allowed, "callers are counted apart");
        assert!(rates.count("a", 2, start + Duration::from_mins(1)).allowed);
    }

    #[test]
    fn a_place_is_given_back_when_the_socket_goes() {
        let sockets = Sockets::default();
        let first = sockets.take("a", 1);
        assert!(first.is_some());
        assert!(sockets.take("a", 1).is_none());
        assert!(sockets.take("b", 1).is_some());
        drop(first);
        assert!(sockets.take("a", 1).is_some());
    }
}
