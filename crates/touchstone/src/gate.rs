//! The product's side of the door: who is calling, with which rights.

use std::{
    sync::{Arc, atomic::AtomicU64},
    time::{Duration, Instant},
};

use app::{App, Caller, Identity, Secret};
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use domain::Language;
use tokio::sync::Mutex;
use touchstone_http::{Admission, BoxFuture, Code, Credentials, Entrance, Gate, Refusal, RequestMeta, Shown};

/// How long an answer about readiness holds: looking opens a connection, and anybody may ask.
const READINESS_KEPT: Duration = Duration::from_secs(1);

/// Lets in who has a good token or session.
pub struct Door {
    app: App,
    /// The database's address, for asking whether it is migrated.
    url: String,
    count_statements: bool,
    readiness: Mutex<Option<Looked>>,
}

/// What was found when it was last looked whether the server can do its work.
struct Looked {
    at: Instant,
    found: Result<(), String>,
}

impl Door {
    /// `count_statements`: whether answers tell how many statements they took.
    pub fn new(app: App, url: String, count_statements: bool) -> Self {
        Self {
            app,
            url,
            count_statements,
            readiness: Mutex::const_new(None),
        }
    }

    async fn look_whether_ready(&self) -> Result<(), String> {
        self.app
            .ping()
            .await
            .map_err(|_| "the database does not answer".to_owned())?;
        match storage::check(&self.url).await {
            Ok(None) => Ok(()),
            Ok(Some(waiting)) => Err(format!("{waiting} migrations are waiting")),
            Err(_) => Err("the database and this program do not agree on migrations".to_owned()),
        }
    }
}

/// The language of sentences, as the domain names it.
pub fn language(language: touchstone_http::Language) -> Language {
    match language {
        touchstone_http::Language::En => Language::En,
        touchstone_http::Language::Zh => Language::Zh,
    }
}

/// What a use case could not do, as `/graphql` tells it.
pub fn failed(entrance: &Entrance, error: app::Error, shown: &Shown) -> Response {
    let refusal = match error {
        app::Error::Unauthenticated => Refusal::Unauthenticated,
        app::Error::Forbidden(_) => Refusal::Forbidden(error.to_string()),
        app::Error::KeyUsedOtherwise(_) | app::Error::BadInput(_) => Refusal::BadUserInput(error.to_string()),
        app::Error::Timeout => {
            let words = (
                "The database took too long. Try again.",
                "数据库响应超时，请重试。",
            );
            return entrance.refuse_with(StatusCode::GATEWAY_TIMEOUT, Code::Timeout, words, shown);
        }
        app::Error::Storage(_) | app::Error::Internal(_) => Refusal::Internal(error.to_string()),
    };
    entrance.refuse(refusal, shown)
}

/// Turns a request away whose method a route does not have, and says which it has.
pub fn refuse_method(
    entrance: &Entrance,
    request: Request,
    words: (&str, &str),
    allowed: &'static str,
) -> Response {
    let (parts, _) = request.into_parts();
    let shown = match entrance.read(&parts, false) {
        Ok(shown) => shown,
        Err(refusal) => return *refusal,
    };
    let status = StatusCode::METHOD_NOT_ALLOWED;
    let mut response = entrance.refuse_with(status, Code::BadUserInput, words, &shown);
    response
        .headers_mut()
        .insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}

impl Gate for Door {
    fn admit(
        &self,
        credentials: Credentials,
        meta: RequestMeta,
    ) -> BoxFuture<'_, Result<Admission, Refusal>> {
        Box::pin(async move {
            let identity = match credentials {
                Credentials::None => return Ok(Admission::anonymous()),
                Credentials::Bearer(token) => Identity::Token(Secret::sent(token)),
                Credentials::Session(cookie) => Identity::Session(Secret::sent(cookie)),
            };
            let is_token = matches!(identity, Identity::Token(_));
            let statements = self.count_statements.then(|| Arc::new(AtomicU64::new(0)));
            let mut caller = Caller::new(&self.app, identity)
                .with_request_id(Some(meta.request_id))
                .with_idempotency(meta.idempotency.map(|i| (i.key, i.body_sha256)));
            if let Some(counter) = &statements {
                caller = caller.counting(Arc::clone(counter));
            }
            let (viewer, expires_at) = caller.admit().await.map_err(|error| match error {
                app::Error::Unauthenticated => Refusal::Unauthenticated,
                other => Refusal::Internal(other.to_string()),
            })?;
            let user = viewer.user_id.to_string();
            let language = language(meta.language);
            Ok(Admission {
                prepare: Box::new(move |request| graphql::prepare(request, caller, language)),
                rate_key: Some(if is_token {
                    format!("token of {user}")
                } else {
                    format!("session of {user}")
                }),
                user_key: Some(user),
                expires_at,
                statements,
            })
        })
    }

    fn ready(&self) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(async move {
            // Held while looking, so that probes which come together look once.
            let mut readiness = self.readiness.lock().await;
            if let Some(looked) = readiness.as_ref().filter(|l| l.at.elapsed() < READINESS_KEPT) {
                return looked.found.clone();
            }
            let found = self.look_whether_ready().await;
            *readiness = Some(Looked {
                at: Instant::now(),
                found: found.clone(),
            });
            found
        })
    }
}

#[cfg(test)]
mod tests {
    use test_support::TestDb;

    use super::*;

    #[tokio::test]
    async fn readiness_is_remembered_for_a_moment_and_no_longer() {
        let test = TestDb::new().await;
        let db = storage::Database::connect(test.url(), &storage::Options::default())
            .await
            .unwrap();
        let app = App::open(db, app::Clock::system()).await.unwrap();
        let door = Door::new(app.clone(), test.url().to_owned(), false);
        assert_eq!(door.ready().await, Ok(()));
        app.database().close().await;
        assert_eq!(door.ready().await, Ok(()), "remembered");
        tokio::time::sleep(READINESS_KEPT).await;
        let unready = Err("the database does not answer".to_owned());
        assert_eq!(door.ready().await, unready, "looked at again");
    }
}
