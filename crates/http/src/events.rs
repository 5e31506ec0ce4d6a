//! Server-sent events for routes beside `/graphql`: who may follow, how many at a time, and when a stream ends.
//!
//! One task feeds a stream. It ends when the reader goes or does not read, when the credentials end, and when the server
//! stops; a reader whose credentials ended hears `over` first, so that it does not come back in vain.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Utc};
use futures::StreamExt as _;
use futures::stream::BoxStream;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout};
use tokio_stream::wrappers::ReceiverStream;

use crate::entrance::{Entrance, Shown};
use crate::fault::Code;
use crate::gate::{Clock, Credentials, Gate, Language, Refusal, RequestMeta};
use crate::observe::new_id;
use crate::rate::{SocketPlace, Sockets};
use crate::serve::Shutdown;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What a reader shows in `Last-Event-ID` to resume behind it.
    pub id: Option<String>,
    /// Its kind; a reader that knows no kinds takes one without for a `message`.
    pub name: Option<&'static str>,
    /// What it says; it may have several lines.
    pub data: String,
}

impl Event {
    /// As it goes over the wire. An id is ours and has no line breaks.
    fn written(&self) -> Bytes {
        let mut text = String::with_capacity(self.data.len() + 64);
        for (field, value) in [("id", self.id.as_deref()), ("event", self.name)] {
            if let Some(value) = value {
                text.push_str(field);
                text.push_str(": ");
                text.push_str(value);
                text.push('\n');
            }
        }
        for line in self.data.lines() {
            text.push_str("data: ");
            text.push_str(line);
            text.push('\n');
        }
        text.push('\n');
        text.into()
    }

    fn named(name: &'static str, data: impl Into<String>) -> Self {
        Self {
            id: None,
            name: Some(name),
            data: data.into(),
        }
    }
}

/// What streams of events need of the transport. Clones count together, with sockets.
#[derive(Clone)]
pub struct Streams {
    entrance: Entrance,
    gate: Arc<dyn Gate>,
    clock: Clock,
    sockets: Sockets,
    shutdown: Shutdown,
}

/// A reader who was let in, with its place among the user's sockets and streams.
pub struct Reader {
    /// What the request showed.
    pub shown: Shown,
    standing: HeaderMap,
    expires: Option<Instant>,
    place: SocketPlace,
}

impl Streams {
    pub(crate) fn new(
        entrance: Entrance,
        gate: Arc<dyn Gate>,
        clock: Clock,
        sockets: Sockets,
        shutdown: Shutdown,
    ) -> Self {
        Self {
            entrance,
            gate,
            clock,
            sockets,
            shutdown,
        }
    }

    /// The door of these routes.
    pub fn entrance(&self) -> &Entrance {
        &self.entrance
    }

    /// Lets a reader in, or says why not: nobody is signed in, too many requests, or too many streams and sockets.
    pub async fn admit(&self, parts: &Parts) -> Result<Reader, Box<Response>> {
        let shown = self.entrance.read(parts, false)?;
        let refuse = |refusal| Box::new(self.entrance.refuse(refusal, &shown));
        if shown.credentials == Credentials::None {
            return Err(refuse(Refusal::Unauthenticated));
        }
        let meta = self.meta(shown.language);
        let now = meta.now;
        let asked = self.gate.admit(shown.credentials.clone(), meta);
        let admission = match timeout(self.entrance.request_time(), asked).await {
            Ok(admitted) => admitted.map_err(refuse)?,
            Err(_) => return Err(refuse(Refusal::Internal("the gate took too long".to_owned()))),
        };
        let standing = match &admission.rate_key {
            Some(key) => self.entrance.count(key, &shown)?,
            None => HeaderMap::new(),
        };
        let user = admission.user_key.unwrap_or_default();
        let most = self.entrance.limits().sockets_per_user;
        let Some(place) = self.sockets.take(&user, most) else {
            metrics::counter!("touchstone_rate_limited_total", "what" => "stream").increment(1);
            let en = format!("A user may hold {most} streams and sockets open. Close one first.");
            let zh = format!("每位用户最多同时保持 {most} 个事件流和连接，请先关闭一个。");
            let status = StatusCode::TOO_MANY_REQUESTS;
            let refused = self
                .entrance
                .refuse_with(status, Code::RateLimited, (&en, &zh), &shown);
            return Err(Box::new(refused));
        };
        Ok(Reader {
            shown,
            standing,
            expires: expiry(admission.expires_at, now),
            place,
        })
    }

    /// Tells `events` to a reader until one of them has had enough. Whether the credentials still hold is looked at from
    /// time to time, and whenever `look` changes.
    pub fn answer(
        &self,
        reader: Reader,
        events: BoxStream<'static, Event>,
        look: watch::Receiver<u64>,
    ) -> Response {
        let Reader {
            shown,
            standing,
            expires,
            place,
        } = reader;
        // One: what is not taken stays where it can still be left out.
        let (told, heard) = mpsc::channel(1);
        let telling = Telling {
            streams: self.clone(),
            credentials: shown.credentials,
            language: shown.language,
            expires,
            told,
        };
        tokio::spawn(async move {
            telling.run(events, look).await;
            drop(place);
        });
        let headers = [
            (
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/event-stream; charset=utf-8"),
            ),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (
                header::X_CONTENT_TYPE_OPTIONS,
                HeaderValue::from_static("nosniff"),
            ),
            // A proxy that waits for more would hold the signals back.
            (
                header::HeaderName::from_static("x-accel-buffering"),
                HeaderValue::from_static("no"),
            ),
        ];
        let mut response = (headers, Body::from_stream(ReceiverStream::new(heard))).into_response();
        response.headers_mut().extend(standing);
        response
    }

    fn meta(&self, language: Language) -> RequestMeta {
        let now = (self.clock)();
        RequestMeta {
            request_id: new_id(now),
            language,
            idempotency: None,
            now,
        }
    }
}

fn expiry(expires_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<Instant> {
    let left = (expires_at? - now).to_std().unwrap_or_default();
    // Beyond what the timer can count it never happens.
    Instant::now().checked_add(left)
}

/// The task of one stream.
struct Telling {
    streams: Streams,
    credentials: Credentials,
    language: Language,
    expires: Option<Instant>,
    told: mpsc::Sender<Result<Bytes, std::convert::Infallible>>,
}

/// The reader went, or does not read.
struct Gone;

impl Telling {
    async fn run(mut self, events: BoxStream<'static, Event>, look: watch::Receiver<u64>) {
        let gauge = metrics::gauge!("touchstone_streams_open");
        gauge.increment(1.0);
        let held = self.streams.shutdown.hold();
        // Gone is gone: nobody is left to be told.
        let _ = self.tell(events, look).await;
        drop(held);
        gauge.decrement(1.0);
    }

    async fn tell(
        &mut self,
        mut events: BoxStream<'static, Event>,
        mut look: watch::Receiver<u64>,
    ) -> Result<(), Gone> {
        let limits = self.streams.entrance.limits().clone();
        let began = Instant::now();
        let every = |period| {
            let mut ticks = interval_at(began + period, period);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            ticks
        };
        let (mut beat, mut recheck) = (every(limits.keepalive()), every(limits.recheck()));
        let period = format!("{{\"beat_ms\":{}}}", limits.keepalive().as_millis());
        self.say(&Event::named("hello", period)).await?;
        let shutdown = self.streams.shutdown.clone();
        let told = self.told.clone();
        loop {
            let expires = self.expires;
            let still_looks = look.has_changed().is_ok();
            tokio::select! {
                biased;
                () = shutdown.begun() => return Ok(()),
                () = told.closed() => return Ok(()),
                () = sleep_until(expires.unwrap_or(began)), if expires.is_some() => return self.end().await,
                _ = look.changed(), if still_looks => {
                    if !self.still_holds().await {
                        return self.end().await;
                    }
                }
                _ = recheck.tick() => {
                    if !self.still_holds().await {
                        return self.end().await;
                    }
                }
                _ = beat.tick() => self.say(&Event::named("beat", "{}")).await?,
                event = events.next() => match event {
                    Some(event) => self.say(&event).await?,
                    None => return self.end().await,
                },
            }
        }
    }

    /// Whether the credentials still hold. A gate that does not answer for a moment ends no stream.
    async fn still_holds(&mut self) -> bool {
        let meta = self.streams.meta(self.language);
        let now = meta.now;
        let asked = self.streams.gate.admit(self.credentials.clone(), meta);
        match timeout(self.streams.entrance.request_time(), asked).await {
            Ok(Ok(admission)) => {
                self.expires = expiry(admission.expires_at, now);
                true
            }
            Ok(Err(Refusal::Internal(cause))) => {
                tracing::error!(cause, "the gate failed");
                true
            }
            Ok(Err(_)) => false,
            Err(_) => true,
        }
    }

    async fn end(&self) -> Result<(), Gone> {
        self.say(&Event::named("over", "{}")).await
    }

    async fn say(&self, event: &Event) -> Result<(), Gone> {
        let limits = self.streams.entrance.limits();
        match timeout(limits.send_time(), self.told.send(Ok(event.written()))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Gone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Event;

    #[test]
    fn an_event_is_written_line_by_line() {
        let event = Event {
            id: Some("act_1".to_owned()),
            name: Some("signal"),
            data: "{\n}".to_owned(),
        };
        assert_eq!(
            event.written(),
            "id: act_1\nevent: signal\ndata: {\ndata: }\n\n".as_bytes()
        );
        assert_eq!(
            Event::named("beat", "{}").written(),
            "event: beat\ndata: {}\n\n".as_bytes()
        );
    }
}
