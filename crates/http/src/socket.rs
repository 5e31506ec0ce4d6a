//! The WebSocket side of `/graphql`: the protocol `graphql-transport-ws`.
//!
//! One task holds a socket and everything that runs on it. Operations are streams polled only when the last message was
//! taken, so a client that does not read stops its own operations and nobody else's.

use std::borrow::Cow;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::parser::types::OperationType;
use async_graphql::{Executor, ServerError};
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use chrono::{DateTime, Utc};
use futures::StreamExt as _;
use futures::stream::{self, BoxStream};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};
use tokio_stream::StreamMap;

use crate::answer::{Answer, Asked};
use crate::document::{self, Wire};
use crate::fault::{Code, Fault};
use crate::gate::{Admission, Credentials, Language, Refusal, RequestMeta};
use crate::graphql::{count, run};
use crate::observe::{new_id, words_of};
use crate::origin;
use crate::rate::SocketPlace;
use crate::transport::Inner;

/// The one subprotocol spoken.
pub(crate) const PROTOCOL: &str = "graphql-transport-ws";

/// Close codes, of the protocol and of WebSocket itself.
mod close {
    pub const GOING_AWAY: u16 = 1001;
    pub const TOO_BIG: u16 = 1009;
    pub const BAD_REQUEST: u16 = 4400;
    pub const UNAUTHORIZED: u16 = 4401;
    pub const FORBIDDEN: u16 = 4403;
    pub const BAD_PROTOCOL: u16 = 4406;
    pub const INIT_TIMEOUT: u16 = 4408;
    pub const DUPLICATE: u16 = 4409;
    pub const TOO_MANY: u16 = 4429;
    pub const INTERNAL: u16 = 4500;
}

/// The longest reason that fits a close frame, in bytes.
const REASON_BYTES: usize = 123;

/// Why a socket ends.
enum End {
    /// We close it.
    Close(u16, Cow<'static, str>),
    /// The client closed it, or it broke.
    Gone,
}

type Step<T = ()> = Result<T, End>;

fn closing<T>(code: u16, reason: impl Into<Cow<'static, str>>) -> Step<T> {
    Err(End::Close(code, reason.into()))
}

/// What a client says.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Said {
    ConnectionInit {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Subscribe {
        id: String,
        payload: Value,
    },
    Complete {
        id: String,
    },
    Ping {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Pong {
        #[serde(default, rename = "payload")]
        _payload: Option<Map<String, Value>>,
    },
}

/// What we say.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Say<'a> {
    ConnectionAck,
    Next {
        id: &'a str,
        payload: &'a Answer,
    },
    Error {
        id: &'a str,
        payload: &'a [ServerError],
    },
    Complete {
        id: &'a str,
    },
    Ping,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<&'a Map<String, Value>>,
    },
}

/// What an operation has to tell.
enum Event {
    Next(Answer),
    /// The operation ends with errors, and nothing follows.
    Failed(Vec<ServerError>),
    Complete,
}

/// Attends to a socket until it ends.
pub(crate) async fn attend<E: Executor>(
    inner: Arc<Inner<E>>,
    socket: WebSocket,
    credentials: Credentials,
    language: Language,
) {
    let gauge = metrics::gauge!("touchstone_sockets_open");
    gauge.increment(1.0);
    let held = inner.shutdown.hold();
    let spoken = socket.protocol().is_some_and(|protocol| protocol == PROTOCOL);
    let mut session = Session {
        operations: StreamMap::new(),
        socket,
        credentials,
        language,
        admitted: None,
        unanswered_pings: 0,
        inner,
    };
    let end = if spoken {
        session.run().await
    } else {
        End::Close(
            close::BAD_PROTOCOL,
            Cow::Borrowed("Subprotocol not acceptable; use graphql-transport-ws"),
        )
    };
    // What runs stops before the goodbye, which a client may be slow to take.
    session.operations.clear();
    if let End::Close(code, reason) = end {
        session.say_goodbye(code, &reason).await;
    }
    drop(held);
    gauge.decrement(1.0);
}

/// A client that has been let in.
struct Admitted {
    expires: Option<Instant>,
    _place: Option<SocketPlace>,
}

struct Session<E> {
    inner: Arc<Inner<E>>,
    socket: WebSocket,
    operations: StreamMap<String, BoxStream<'static, Event>>,
    credentials: Credentials,
    language: Language,
    admitted: Option<Admitted>,
    unanswered_pings: u32,
}

impl<E: Executor> Session<E> {
    async fn run(&mut self) -> End {
        loop {
            if let Err(end) = self.attend().await {
                return end;
            }
        }
    }

    /// Attends until the client has been let in, and from then on until the end.
    async fn attend(&mut self) -> Step {
        let shutdown = self.inner.shutdown.clone();
        let began = Instant::now();
        let init_by = began + self.inner.limits.init_time();
        let every = |period: Duration| {
            let mut ticks = interval_at(began + period, period);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            ticks
        };
        let mut keepalive = every(self.inner.limits.keepalive());
        let mut recheck = every(self.inner.limits.recheck());
        loop {
            let waiting = self.admitted.is_none();
            let expires = self.admitted.as_ref().and_then(|admitted| admitted.expires);
            tokio::select! {
                biased;
                () = shutdown.begun() => return closing(close::GOING_AWAY, "The server is stopping"),
                () = sleep_until(init_by), if waiting => {
                    return closing(close::INIT_TIMEOUT, "Connection initialisation timeout");
                }
                () = sleep_until(expires.unwrap_or(began)), if expires.is_some() => {
                    return closing(close::FORBIDDEN, "The credentials have expired");
                }
                _ = recheck.tick(), if !waiting => self.recheck().await?,
                _ = keepalive.tick() => self.ping().await?,
                message = self.socket.recv() => self.hear(message).await?,
                Some((id, event)) = self.operations.next(), if !self.operations.is_empty() => {
                    self.tell(&id, event).await?;
                }
            }
        }
    }

    async fn hear(&mut self, message: Option<Result<Message, axum::Error>>) -> Step {
        self.unanswered_pings = 0;
        match message {
            Some(Ok(Message::Text(text))) => match serde_json::from_str::<Said>(&text) {
                Ok(said) => self.answer(said).await,
                Err(error) => {
                    tracing::debug!(%error, "a message could not be read");
                    closing(close::BAD_REQUEST, "Invalid message")
                }
            },
            Some(Ok(Message::Binary(_))) => closing(close::BAD_REQUEST, "Invalid message: text is expected"),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
            Some(Err(error)) if error.to_string().contains("too long") => {
                closing(close::TOO_BIG, "The message is too large")
            }
            Some(Ok(Message::Close(_)) | Err(_)) | None => Err(End::Gone),
        }
    }

    async fn answer(&mut self, said: Said) -> Step {
        match said {
            Said::ConnectionInit { payload } => self.init(payload.unwrap_or_default()).await,
            Said::Ping { payload } => {
                self.say(&Say::Pong {
                    payload: payload.as_ref(),
                })
                .await
            }
            Said::Pong { .. } => Ok(()),
            Said::Subscribe { .. } | Said::Complete { .. } if self.admitted.is_none() => {
                closing(close::UNAUTHORIZED, "Unauthorized: connection_init comes first")
            }
            Said::Subscribe { id, payload } => self.subscribe(id, payload).await,
            Said::Complete { id } => {
                self.operations.remove(&id);
                Ok(())
            }
        }
    }

    async fn init(&mut self, payload: Map<String, Value>) -> Step {
        if self.admitted.is_some() {
            return closing(close::TOO_MANY, "Too many initialisation requests");
        }
        if let Some(credentials) = credentials_of(&payload) {
            self.credentials = credentials;
        }
        if let Some(language) = payload
            .get("language")
            .and_then(Value::as_str)
            .and_then(crate::negotiate::language_of_tag)
        {
            self.language = language;
        }
        let meta = self.meta();
        let now = meta.now;
        let admission = self.admit(meta).await?;
        let place = match &admission.user_key {
            Some(user) => {
                let most = self.inner.limits.sockets_per_user;
                let Some(place) = self.inner.sockets.take(user, most) else {
                    metrics::counter!("touchstone_rate_limited_total", "what" => "socket").increment(1);
                    return closing(
                        close::TOO_MANY,
                        format!("Too many sockets: a user may have {most}"),
                    );
                };
                Some(place)
            }
            None => None,
        };
        self.admitted = Some(Admitted {
            expires: expiry(admission.expires_at, now),
            _place: place,
        });
        self.say(&Say::ConnectionAck).await
    }

    /// Asks the gate, and ends the socket of whom it refuses.
    async fn admit(&mut self, meta: RequestMeta) -> Step<Admission> {
        let request_id = meta.request_id.clone();
        let asked = self.inner.gate.admit(self.credentials.clone(), meta);
        match timeout(self.inner.limits.request_time(), asked).await {
            Ok(Ok(admission)) => Ok(admission),
            Ok(Err(Refusal::Unauthenticated)) => {
                closing(close::FORBIDDEN, "Forbidden: the credentials are not valid")
            }
            Ok(Err(Refusal::Forbidden(words) | Refusal::BadUserInput(words))) => {
                closing(close::FORBIDDEN, words)
            }
            Ok(Err(Refusal::Internal(cause))) => {
                tracing::error!(request_id, cause, "the gate failed");
                closing(
                    close::INTERNAL,
                    format!("Internal server error, request {request_id}"),
                )
            }
            Err(_) => closing(
                close::INTERNAL,
                format!("Internal server error, request {request_id}"),
            ),
        }
    }

    /// Whether the credentials still hold, and until when.
    async fn recheck(&mut self) -> Step {
        let meta = self.meta();
        let now = meta.now;
        match self.admit(meta).await {
            Ok(admission) => {
                if let Some(admitted) = &mut self.admitted {
                    admitted.expires = expiry(admission.expires_at, now);
                }
                Ok(())
            }
            // A database that does not answer for a moment ends no socket.
            Err(End::Close(close::INTERNAL, _)) => Ok(()),
            Err(end) => Err(end),
        }
    }

    async fn subscribe(&mut self, id: String, payload: Value) -> Step {
        if id.is_empty() {
            return closing(close::BAD_REQUEST, "Invalid message: the id is empty");
        }
        let Ok(wire) = Wire::from_json(payload) else {
            return closing(
                close::BAD_REQUEST,
                "Invalid message: the payload is no GraphQL request",
            );
        };
        if self.operations.contains_key(&id) {
            return closing(close::DUPLICATE, format!("Subscriber for {id} already exists"));
        }
        let most = self.inner.limits.operations_per_socket;
        let meta = self.meta();
        let asked = Asked {
            request_id: meta.request_id.clone(),
            language: self.language,
        };
        if self.operations.len() >= most as usize {
            metrics::counter!("touchstone_rate_limited_total", "what" => "operation").increment(1);
            let fault = Fault::document(
                Code::RateLimited,
                format!("A socket runs at most {most} operations at a time. Complete one first."),
                format!("一个连接最多同时运行 {most} 个操作,请先结束一个。"),
            );
            return self
                .tell(
                    &id,
                    Event::Failed(vec![fault.to_error(asked.language, &asked.request_id)]),
                )
                .await;
        }
        let operation = operation(self.inner.clone(), self.credentials.clone(), meta, wire, asked);
        self.operations.insert(id, operation);
        Ok(())
    }

    fn meta(&self) -> RequestMeta {
        let now = (self.inner.clock)();
        RequestMeta {
            request_id: new_id(now),
            language: self.language,
            idempotency: None,
            now,
        }
    }

    async fn tell(&mut self, id: &str, event: Event) -> Step {
        match event {
            Event::Next(payload) => {
                self.say(&Say::Next {
                    id,
                    payload: &payload,
                })
                .await
            }
            Event::Failed(errors) => {
                self.operations.remove(id);
                self.say(&Say::Error { id, payload: &errors }).await
            }
            Event::Complete => {
                self.operations.remove(id);
                self.say(&Say::Complete { id }).await
            }
        }
    }

    /// Asks whether the client is still there, of the protocol and of WebSocket: either answer will do.
    async fn ping(&mut self) -> Step {
        if self.unanswered_pings >= 2 {
            return Err(End::Gone);
        }
        self.unanswered_pings += 1;
        if self.admitted.is_some() {
            self.say(&Say::Ping).await?;
        }
        self.send(Message::Ping(Vec::new().into())).await
    }

    async fn say(&mut self, message: &Say<'_>) -> Step {
        let Ok(text) = serde_json::to_string(message) else {
            return closing(close::INTERNAL, "Internal server error");
        };
        self.send(Message::Text(text.into())).await
    }

    async fn send(&mut self, message: Message) -> Step {
        match timeout(self.inner.limits.send_time(), self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }

    async fn say_goodbye(&mut self, code: u16, reason: &str) {
        let mut end = reason.len().min(REASON_BYTES);
        while !reason.is_char_boundary(end) {
            end -= 1;
        }
        let frame = CloseFrame {
            code,
            reason: reason[..end].into(),
        };
        if self.send(Message::Close(Some(frame))).await.is_ok() {
            // The client's own close frame, so that it reads ours before the connection goes.
            let goodbye = async { while let Some(Ok(_)) = self.socket.recv().await {} };
            let _ = timeout(Duration::from_secs(1), goodbye).await;
        }
    }
}

/// A token in `connection_init`, under the names that clients use.
fn credentials_of(payload: &Map<String, Value>) -> Option<Credentials> {
    if let Some(token) = payload.get("token").and_then(Value::as_str) {
        return Some(Credentials::Bearer(token.to_owned()));
    }
    let headers = payload.get("headers").and_then(Value::as_object);
    [Some(payload), headers]
        .into_iter()
        .flatten()
        .flat_map(Map::iter)
        .find(|(name, _)| name.eq_ignore_ascii_case("authorization"))
        // Something that is no bearer token is still something shown, and does not hold.
        .map(|(_, value)| {
            Credentials::Bearer(
                value
                    .as_str()
                    .and_then(origin::bearer)
                    .unwrap_or_default()
                    .to_owned(),
            )
        })
}

fn expiry(expires_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<Instant> {
    let left = (expires_at? - now).to_std().unwrap_or_default();
    // Beyond what the timer can count it never happens.
    Instant::now().checked_add(left)
}

/// An operation as the stream of what it tells.
fn operation<E: Executor>(
    inner: Arc<Inner<E>>,
    credentials: Credentials,
    meta: RequestMeta,
    wire: Wire,
    asked: Asked,
) -> BoxStream<'static, Event> {
    let caught = asked.clone();
    let begin = async move {
        let failed = |fault: &Fault| {
            let error = fault.to_error(asked.language, &asked.request_id);
            stream::once(async { Event::Failed(vec![error]) }).boxed()
        };
        match start(&inner, credentials, meta, wire, &asked).await {
            Ok(events) => events,
            Err(fault) => failed(&fault),
        }
    };
    let events = stream::once(begin).flatten();
    AssertUnwindSafe(events)
        .catch_unwind()
        .map(move |event| {
            event.unwrap_or_else(|panic| {
                tracing::error!(
                    request_id = caught.request_id,
                    panic = words_of(&*panic),
                    "an operation panicked"
                );
                let fault = Fault::internal(&caught.request_id);
                Event::Failed(vec![fault.to_error(caught.language, &caught.request_id)])
            })
        })
        .boxed()
}

async fn start<E: Executor>(
    inner: &Inner<E>,
    credentials: Credentials,
    meta: RequestMeta,
    wire: Wire,
    asked: &Asked,
) -> Result<BoxStream<'static, Event>, Fault> {
    let anonymous = credentials == Credentials::None;
    let admission = timeout(inner.limits.request_time(), inner.gate.admit(credentials, meta))
        .await
        .map_err(|_| Fault::timeout(inner.limits.request_ms))?
        .map_err(|refusal| Fault::refused(refusal, &asked.request_id))?;
    if let Some(standing) = count(inner, &admission).filter(|standing| !standing.allowed) {
        metrics::counter!("touchstone_rate_limited_total", "what" => "operation").increment(1);
        return Err(Fault::rate_limited(standing.limit, standing.reset_seconds));
    }
    let prepared = document::prepare(&inner.documents, &inner.shape, &inner.limits, anonymous, wire)?;
    if prepared.operation != OperationType::Subscription {
        let (answer, _) = run(inner, admission, prepared, asked, "socket").await?;
        return Ok(stream::iter(one(answer, true)).boxed());
    }
    metrics::counter!("touchstone_graphql_operations_total", "kind" => "subscription", "transport" => "socket")
        .increment(1);
    let responses = inner
        .executor
        .execute_stream((admission.prepare)(prepared.request), None);
    let asked = asked.clone();
    let errors_max = inner.limits.errors;
    let events = responses
        .enumerate()
        .flat_map(move |(at, response)| {
            // A subscription that could not begin brings one answer, whose error is that of its only field.
            let begun = at > 0 || !response.errors.iter().any(|error| error.path.len() <= 1);
            let mut answer = Answer::executed(response, &asked, errors_max);
            if !begun && answer.data == Some(async_graphql::Value::Null) {
                answer.data = None;
            }
            stream::iter(one(answer, false))
        })
        .chain(stream::once(async { Event::Complete }));
    Ok(events.boxed())
}

/// What one answer is told as: one without data ends its operation.
fn one(answer: Answer, last: bool) -> Vec<Event> {
    if answer.data.is_none() {
        vec![Event::Failed(answer.errors)]
    } else if last {
        vec![Event::Next(answer), Event::Complete]
    } else {
        vec![Event::Next(answer)]
    }
}
