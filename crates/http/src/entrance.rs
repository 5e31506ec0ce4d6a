//! The door of `/graphql` for routes beside it that programs call too: the same credentials, origins, languages, counts of
//! requests and refusals.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::answer::Asked;
use crate::fault::{Code, Fault};
use crate::gate::{Clock, Credentials, Language, Refusal};
use crate::graphql::{foreign, idempotency_key, refused, told, too_many};
use crate::limits::Limits;
use crate::negotiate::{self, Media};
use crate::observe::{RequestId, new_id};
use crate::origin;
use crate::rate::Rates;

/// What stands before a route. Clones count requests together, with `/graphql`.
#[derive(Debug, Clone)]
pub struct Entrance {
    clock: Clock,
    limits: Limits,
    own_origins: Arc<[String]>,
    rates: Rates,
}

/// What a request shows at the entrance.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Who says to be calling; nothing has been checked yet.
    pub credentials: Credentials,
    /// The language sentences are wanted in.
    pub language: Language,
    /// The id in `x-request-id` and in the logs.
    pub request_id: String,
    /// Under which key the outcome of a write is kept.
    pub idempotency_key: Option<String>,
}

impl Shown {
    fn asked(&self) -> Asked {
        Asked {
            request_id: self.request_id.clone(),
            language: self.language,
        }
    }
}

impl Entrance {
    pub(crate) fn new(clock: Clock, limits: Limits, own_origins: Vec<String>, rates: Rates) -> Self {
        Self {
            clock,
            limits,
            own_origins: own_origins.into(),
            rates,
        }
    }

    /// The limits in force.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// How long a request may take, or the next piece of what it sends.
    pub fn request_time(&self) -> Duration {
        self.limits.request_time()
    }

    /// What a request shows, or why it is turned away: a write with the session's cookie that another site caused, or a
    /// key that is none.
    pub fn read(&self, parts: &Parts, writes: bool) -> Result<Shown, Box<Response>> {
        let mut shown = Shown {
            credentials: origin::credentials(&parts.headers),
            language: negotiate::language(&parts.headers),
            request_id: parts
                .extensions
                .get::<RequestId>()
                .map_or_else(|| new_id((self.clock)()), |id| id.0.clone()),
            idempotency_key: None,
        };
        let refuse = |fault: &Fault, shown: &Shown| Box::new(refused(fault, Media::Json, &shown.asked()));
        if !writes {
            return Ok(shown);
        }
        if matches!(shown.credentials, Credentials::Session(_))
            && origin::is_foreign(&parts.headers, &self.own_origins)
        {
            return Err(refuse(&foreign(), &shown));
        }
        match idempotency_key(&parts.headers) {
            Ok(key) => shown.idempotency_key = key,
            Err(fault) => return Err(refuse(&fault, &shown)),
        }
        Ok(shown)
    }

    /// Counts a request of the admitted: the headers that tell where its sender stands, or the refusal.
    pub fn count(&self, rate_key: &str, shown: &Shown) -> Result<HeaderMap, Box<Response>> {
        let standing = self
            .rates
            .count(rate_key, self.limits.requests_per_minute, Instant::now());
        if standing.allowed {
            return Ok(told(standing));
        }
        let mut response = too_many(standing, Media::Json, &shown.asked());
        response.headers_mut().extend(told(standing));
        Err(Box::new(response))
    }

    /// Turns a request away, in the words of `/graphql`.
    pub fn refuse(&self, refusal: Refusal, shown: &Shown) -> Response {
        refused(
            &Fault::refused(refusal, &shown.request_id),
            Media::Json,
            &shown.asked(),
        )
    }

    /// Turns a request away with a status and words of the route's own, in English and in Chinese.
    pub fn refuse_with(
        &self,
        status: StatusCode,
        code: Code,
        (en, zh): (&str, &str),
        shown: &Shown,
    ) -> Response {
        refused(&Fault::status(status, code, en, zh), Media::Json, &shown.asked())
    }
}
