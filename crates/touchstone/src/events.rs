//! `GET /events`: that something changed, as server-sent events, to who may see it. It carries signals and nothing of
//! what a record says; a page that follows reads for itself what it shows, by its own address.
//!
//! | event | says |
//! |---|---|
//! | `hello` | it is open, and every how many milliseconds a `beat` comes |
//! | `signal` | a record changed: its type, id and version, the startup and the deal that it belongs to, by whom, when |
//! | `gap` | what came since `Last-Event-ID` is not told: too much of it, or it is not known |
//! | `over` | the session ended, or its user's role changed: reading on needs a new look at who it is |

use app::{App, Caller, Identity, Resumed, Secret, Signal};
use axum::{
    Router,
    extract::{Request, State},
    response::Response,
    routing::get,
};
use futures::{StreamExt as _, stream};
use serde_json::json;
use touchstone_http::{Credentials, Event, Refusal, Streams};

use crate::gate;

/// What a follower shows to resume behind it.
const LAST: &str = "last-event-id";

#[derive(Clone)]
struct Events {
    app: App,
    streams: Streams,
}

/// The route of events.
pub fn router(app: &App, streams: Streams) -> Router {
    Router::new()
        .route("/events", get(follow).fallback(not_get))
        .with_state(Events {
            app: app.clone(),
            streams,
        })
}

async fn follow(State(events): State<Events>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let reader = match events.streams.admit(&parts).await {
        Ok(reader) => reader,
        Err(refusal) => return *refusal,
    };
    let identity = match &reader.shown.credentials {
        Credentials::Bearer(token) => Identity::Token(Secret::sent(token)),
        Credentials::Session(cookie) => Identity::Session(Secret::sent(cookie)),
        Credentials::None => {
            return events
                .streams
                .entrance()
                .refuse(Refusal::Unauthenticated, &reader.shown);
        }
    };
    // Before the credentials are looked at: a session that ends meanwhile is noticed.
    let ended = events.app.sessions_ended();
    let after = parts.headers.get(LAST).and_then(|value| value.to_str().ok());
    let caller = Caller::new(&events.app, identity);
    let (resumed, signals) = match caller.signals(after.filter(|id| !id.is_empty())).await {
        Ok(found) => found,
        Err(error) => {
            let refusal = match error {
                app::Error::Unauthenticated => Refusal::Unauthenticated,
                app::Error::Forbidden(_) => Refusal::Forbidden(error.to_string()),
                other => Refusal::Internal(other.to_string()),
            };
            return events.streams.entrance().refuse(refusal, &reader.shown);
        }
    };
    let gap = (resumed == Resumed::WithGap).then(|| Event {
        id: None,
        name: Some("gap"),
        data: "{}".to_owned(),
    });
    // A fault ends the stream: whoever comes back is told whether it was the account or the server.
    let told = signals
        .take_while(|signal| std::future::ready(signal.is_ok()))
        .filter_map(|signal| std::future::ready(signal.ok().as_ref().map(event)));
    events
        .streams
        .answer(reader, stream::iter(gap).chain(told).boxed(), ended)
}

/// A signal as it is told. What has no page of its own is known by what it belongs to.
fn event(signal: &Signal) -> Event {
    let of: Vec<String> = [
        signal.startup().map(|id| id.to_string()),
        signal.deal().map(|id| id.to_string()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let by = signal
        .by
        .as_ref()
        .map(|(id, name)| json!({ "id": id.to_string(), "name": name }));
    let data = json!({
        "type": signal.change.change.subject_type.code(),
        "id": graphql::subject(&signal.change).map(domain::AnyId::text),
        "of": of,
        "version": signal.version,
        "by": by,
        "at": signal.at(),
    });
    Event {
        id: Some(signal.id().to_string()),
        name: Some("signal"),
        data: data.to_string(),
    }
}

async fn not_get(State(events): State<Events>, request: Request) -> Response {
    let words = (
        "Events are followed by GET, with the header Last-Event-ID to resume.",
        "事件须以 GET 跟随，可用 Last-Event-ID 头继续。",
    );
    gate::refuse_method(events.streams.entrance(), request, words, "GET, HEAD")
}
