//! Who is calling: what a request shows, and what the product answers.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use async_graphql::Request;
use chrono::{DateTime, Utc};

/// A boxed future, so that [`Gate`] can be used as a trait object.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where `now` comes from; tests hand in one that stands still.
pub type Clock = fn() -> DateTime<Utc>;

/// The cookie that carries a session of the web app (`HttpOnly`, `SameSite=Lax`).
pub const SESSION_COOKIE: &str = "touchstone_session";

/// The language of sentences made by the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English, also when nothing we speak was asked for.
    #[default]
    En,
    /// Chinese.
    Zh,
}

impl Language {
    /// The tag for `Content-Language`: `en` or `zh`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }
}

/// What a request shows to say who is calling. Nothing has been checked yet.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    /// `Authorization: Bearer <token>`, or the token in a socket's `connection_init`.
    Bearer(String),
    /// The value of the session cookie.
    Session(String),
    /// Nothing was shown.
    None,
}

impl std::fmt::Debug for Credentials {
    /// Says which kind, never the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Bearer(_) => "Bearer",
            Self::Session(_) => "Session",
            Self::None => "None",
        })
    }
}

/// The caller's `Idempotency-Key` with the body it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The header's value: 1 to 255 visible ASCII characters.
    pub key: String,
    /// SHA-256 of the request's body, byte for byte.
    pub body_sha256: [u8; 32],
}

/// What is known of a request besides who sends it.
#[derive(Debug, Clone)]
pub struct RequestMeta {
    /// The id in `x-request-id` and in the logs. Each operation of a socket has its own.
    pub request_id: String,
    /// The language sentences are wanted in.
    pub language: Language,
    /// Present when a POST is to be safe to repeat.
    pub idempotency: Option<IdempotencyKey>,
    /// The instant of the request.
    pub now: DateTime<Utc>,
}

/// A caller who may come in.
pub struct Admission {
    /// Puts what the resolvers need (viewer, loaders, language) into the request.
    pub prepare: Box<dyn FnOnce(Request) -> Request + Send>,
    /// Whose sockets are counted together; `None` counts none.
    pub user_key: Option<String>,
    /// Whose requests are counted together (a token, a session); `None` counts none.
    pub rate_key: Option<String>,
    /// When a socket opened with these credentials is closed.
    pub expires_at: Option<DateTime<Utc>>,
    /// Counts the statements that the request runs; when present, the cost reported includes it.
    pub statements: Option<Arc<AtomicU64>>,
}

impl Admission {
    /// An admission that puts nothing into the request and is not counted.
    pub fn anonymous() -> Self {
        Self {
            prepare: Box::new(|request| request),
            user_key: None,
            rate_key: None,
            expires_at: None,
            statements: None,
        }
    }
}

/// A caller who may not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The credentials are unknown, expired or revoked: 401.
    #[error("the credentials are not valid")]
    Unauthenticated,
    /// Known, but not allowed to do this; the sentence is shown to the caller.
    #[error("{0}")]
    Forbidden(String),
    /// The request itself is wrong, such as an idempotency key that came with another body; the sentence is shown.
    #[error("{0}")]
    BadUserInput(String),
    /// Our own fault; the text goes to the log only.
    #[error("{0}")]
    Internal(String),
}

/// The product's side of the door.
pub trait Gate: Send + Sync + 'static {
    /// Says whether the caller may come in. Called once for each HTTP request, for each operation of a socket, and from
    /// time to time while a socket is open, so that a revoked token loses it.
    fn admit(&self, credentials: Credentials, meta: RequestMeta)
    -> BoxFuture<'_, Result<Admission, Refusal>>;

    /// Whether the server can do its work: the database answers and its migrations are done. The error says what is
    /// missing, for `/readyz`.
    fn ready(&self) -> BoxFuture<'_, Result<(), String>>;
}
