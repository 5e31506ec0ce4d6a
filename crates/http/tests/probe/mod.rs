//! A small schema with one of everything that the transport has to carry, and a gate with a few tokens.
#![allow(dead_code, reason = "each test file and the example use a part")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "the schema has to fail in every way"
)]
#![allow(missing_docs, reason = "the schema of the tests is documented by its tests")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use async_graphql::{Context, Error, ErrorExtensions as _, Object, Schema, SimpleObject, Subscription};
use chrono::{DateTime, TimeDelta, Utc};
use futures::stream::{self, Stream, StreamExt as _};
use touchstone_http::{
    Admission, BoxFuture, Credentials, Gate, IdempotencyKey, Limits, Refusal, RequestMeta, Transport,
};

pub type ProbeSchema = Schema<Query, Mutation, Subscriptions>;

/// What the gate puts into a request.
#[derive(Debug, Clone)]
pub struct Caller {
    pub user: Option<String>,
    pub meta: RequestMeta,
    pub statements: Arc<AtomicU64>,
}

#[derive(SimpleObject, Clone)]
pub struct Item {
    id: String,
    name: String,
}

#[derive(SimpleObject)]
pub struct ItemConnection {
    nodes: Vec<Item>,
    total_count: i32,
}

#[derive(SimpleObject)]
pub struct User {
    name: String,
}

pub struct Broken;

#[Object]
impl Broken {
    async fn name(&self) -> Result<String, Error> {
        Err(Error::new("it is broken").extend_with(|_, extensions| extensions.set("code", "BAD_USER_INPUT")))
    }
}

pub struct Deep;

#[Object]
impl Deep {
    async fn next(&self) -> Deep {
        Deep
    }

    async fn id(&self) -> i32 {
        1
    }
}

pub struct Query;

fn coded(message: &str, code: &str) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}

#[Object]
impl Query {
    async fn viewer(&self, ctx: &Context<'_>) -> Option<User> {
        ctx.data_opt::<Caller>()?.user.clone().map(|name| User { name })
    }

    async fn hello(&self, #[graphql(default_with = "\"world\".to_owned()")] name: String) -> String {
        format!("hello {name}")
    }

    async fn items(&self, ctx: &Context<'_>, first: Option<i32>) -> ItemConnection {
        if let Some(caller) = ctx.data_opt::<Caller>() {
            caller.statements.fetch_add(2, Ordering::Relaxed);
        }
        let count = first.unwrap_or(50).max(0);
        let item = |n| Item {
            id: format!("item_{n}"),
            name: format!("Item {n} 项目"),
        };
        ItemConnection {
            nodes: (0..count).map(item).collect(),
            total_count: 1000,
        }
    }

    async fn language(&self, ctx: &Context<'_>) -> Option<&'static str> {
        Some(ctx.data_opt::<Caller>()?.meta.language.tag())
    }

    async fn request_id(&self, ctx: &Context<'_>) -> Option<String> {
        Some(ctx.data_opt::<Caller>()?.meta.request_id.clone())
    }

    async fn deep(&self) -> Deep {
        Deep
    }

    async fn json(&self, value: Option<async_graphql::Json<serde_json::Value>>) -> bool {
        value.is_some()
    }

    /// Fails as a database would.
    async fn failing(&self) -> Option<Result<i32, Error>> {
        Some(Err(Error::new(
            "relation \"deal\" does not exist at /srv/app/deal.rs: SELECT * FROM deal",
        )))
    }

    async fn internal(&self) -> Option<Result<i32, Error>> {
        Some(Err(coded("SELECT secret", "INTERNAL")))
    }

    async fn forbidden(&self) -> Option<Result<i32, Error>> {
        Some(Err(coded("Only partners may see this.", "FORBIDDEN")))
    }

    async fn session_ended(&self) -> Result<Option<i32>, Error> {
        Err(coded("Sign in.", "UNAUTHENTICATED"))
    }

    async fn broken(&self, count: i32) -> Vec<Option<Broken>> {
        (0..count).map(|_| Some(Broken)).collect()
    }

    async fn slow(&self, ms: u32) -> bool {
        tokio::time::sleep(Duration::from_millis(ms.into())).await;
        true
    }

    async fn panics(&self) -> bool {
        let nothing: Result<bool, &str> = "x".parse::<bool>().map_err(|_| "x");
        nothing.expect("SELECT everything")
    }
}

pub struct Mutation;

#[Object]
impl Mutation {
    async fn add(&self, n: i32) -> i32 {
        n + 1
    }

    /// The idempotency key with the body's hash, as the gate saw them.
    async fn key(&self, ctx: &Context<'_>) -> Option<String> {
        let IdempotencyKey { key, body_sha256 } = ctx.data_opt::<Caller>()?.meta.idempotency.clone()?;
        Some(format!("{key} {}", hex::encode(body_sha256)))
    }
}

pub struct Subscriptions;

#[Subscription]
impl Subscriptions {
    /// Ticks until stopped.
    async fn ticks(&self) -> impl Stream<Item = i32> {
        stream::iter(0..).then(|n| async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            n
        })
    }

    async fn count(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(1..=to)
    }

    async fn silent(&self) -> impl Stream<Item = i32> {
        stream::pending()
    }

    async fn large(&self) -> impl Stream<Item = String> {
        stream::repeat_with(|| "x".repeat(256 * 1024))
    }

    /// Ends with an error of ours after one value.
    async fn breaks(&self) -> impl Stream<Item = Result<i32, Error>> {
        stream::iter([Ok(1), Err(Error::new("SELECT broke"))])
    }

    async fn refused(&self) -> Result<impl Stream<Item = i32>, Error> {
        Err::<stream::Empty<i32>, _>(coded("Only partners may listen.", "FORBIDDEN"))
    }

    async fn panics(&self) -> impl Stream<Item = i32> {
        stream::iter([1]).map(|_| panic!("SELECT panic"))
    }
}

/// `good` and `other` are tokens, `s1` is a session; `brief` expires 300 ms after it is shown; `gone` can be revoked.
#[derive(Debug, Default)]
pub struct ProbeGate {
    pub revoked: AtomicBool,
    pub unready: AtomicBool,
}

impl Gate for ProbeGate {
    fn admit(
        &self,
        credentials: Credentials,
        meta: RequestMeta,
    ) -> BoxFuture<'_, Result<Admission, Refusal>> {
        Box::pin(async move {
            let mut expires_at = None;
            let user = match &credentials {
                Credentials::None => None,
                Credentials::Session(session) if session == "s1" => Some("ada"),
                Credentials::Bearer(token) => match token.as_str() {
                    "good" => Some("ada"),
                    "other" => Some("bo"),
                    "brief" => {
                        expires_at = Some(meta.now + TimeDelta::milliseconds(300));
                        Some("cy")
                    }
                    "gone" if !self.revoked.load(Ordering::Relaxed) => Some("di"),
                    "faulty" => return Err(Refusal::Internal("SELECT token FROM /etc".to_owned())),
                    "barred" => return Err(Refusal::Forbidden("This user is barred.".to_owned())),
                    _ => return Err(Refusal::Unauthenticated),
                },
                Credentials::Session(_) => return Err(Refusal::Unauthenticated),
            };
            if meta
                .idempotency
                .as_ref()
                .is_some_and(|idempotency| idempotency.key == "used")
            {
                return Err(Refusal::BadUserInput(
                    "The key came with another body before.".to_owned(),
                ));
            }
            let user = user.map(str::to_owned);
            let statements = Arc::new(AtomicU64::new(1));
            let caller = Caller {
                user: user.clone(),
                meta,
                statements: statements.clone(),
            };
            Ok(Admission {
                prepare: Box::new(|request| request.data(caller)),
                rate_key: user.as_ref().map(|_| format!("{credentials:?} of {user:?}")),
                user_key: user,
                expires_at,
                statements: Some(statements),
            })
        })
    }

    fn ready(&self) -> BoxFuture<'_, Result<(), String>> {
        let unready = self.unready.load(Ordering::Relaxed);
        Box::pin(async move {
            if unready {
                Err("the database does not answer".to_owned())
            } else {
                Ok(())
            }
        })
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the edge of the tests")]
pub fn clock() -> DateTime<Utc> {
    Utc::now()
}

pub fn schema() -> ProbeSchema {
    Schema::build(Query, Mutation, Subscriptions)
        .disable_suggestions()
        .finish()
}

pub fn transport(limits: Limits) -> Transport<ProbeSchema> {
    transport_behind(Arc::new(ProbeGate::default()), limits)
}

pub fn transport_behind(gate: Arc<ProbeGate>, limits: Limits) -> Transport<ProbeSchema> {
    let schema = schema();
    let sdl = schema.sdl();
    Transport::new(schema, &sdl, gate, clock)
        .expect("the schema's own SDL can be read")
        .limits(limits)
}
