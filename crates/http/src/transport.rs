//! Putting the transport together.

use std::sync::Arc;

use async_graphql::Executor;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::routing::{any, get};
use axum::{Router, middleware};
use tower_http::compression::predicate::{NotForContentType, Predicate as _, SizeAbove};
use tower_http::compression::{CompressionLayer, CompressionLevel};

use crate::document::Documents;
use crate::entrance::Entrance;
use crate::events::Streams;
use crate::gate::{Clock, Gate};
use crate::limits::Limits;
use crate::rate::{Rates, Sockets};
use crate::serve::Shutdown;
use crate::shape::Shape;
use crate::{graphiql, graphql, health, observe};

/// Marks an answer, among its extensions, that goes out as it is: a file, whose hash names these very bytes.
#[derive(Debug, Clone, Copy)]
pub struct AsItIs;

fn may_be_compressed(_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions) -> bool {
    extensions.get::<AsItIs>().is_none()
}

/// Answers shorter than this are not worth compressing.
const COMPRESS_ABOVE_BYTES: u64 = 1024;

/// The SDL handed over cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the schema's SDL cannot be used: {0}")]
pub struct SchemaError(String);

/// GraphQL over HTTP and WebSocket for one schema.
pub struct Transport<E> {
    inner: Inner<E>,
}

/// What every request needs.
pub(crate) struct Inner<E> {
    pub executor: E,
    pub documents: Documents,
    pub shape: Shape,
    pub gate: Arc<dyn Gate>,
    pub clock: Clock,
    pub limits: Limits,
    pub own_origins: Vec<String>,
    pub shutdown: Shutdown,
    pub rates: Rates,
    pub sockets: Sockets,
}

impl<E: Executor> Transport<E> {
    /// A transport with the default limits. `sdl` is what `executor` serves: documents are measured and variables
    /// checked against it.
    pub fn new(executor: E, sdl: &str, gate: Arc<dyn Gate>, clock: Clock) -> Result<Self, SchemaError> {
        Ok(Self {
            inner: Inner {
                executor,
                documents: Documents::default(),
                shape: Shape::read(sdl).map_err(SchemaError)?,
                gate,
                clock,
                limits: Limits::default(),
                own_origins: Vec::new(),
                shutdown: Shutdown::default(),
                rates: Rates::default(),
                sockets: Sockets::default(),
            },
        })
    }

    /// Other limits than the defaults.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.inner.limits = limits;
        self
    }

    /// Origins besides the `Host` asked for from which a browser's cookie is taken, such as `https://deals.example`
    /// behind a proxy that changes the host.
    #[must_use]
    pub fn own_origins(mut self, origins: Vec<String>) -> Self {
        self.inner.own_origins = origins;
        self
    }

    /// The shutdown that closes the sockets; hand the same to [`serve`](crate::serve).
    #[must_use]
    pub fn shutdown(mut self, shutdown: Shutdown) -> Self {
        self.inner.shutdown = shutdown;
        self
    }

    /// What stands before routes beside this one that programs call too.
    pub fn entrance(&self) -> Entrance {
        let Inner {
            clock,
            limits,
            own_origins,
            rates,
            ..
        } = &self.inner;
        Entrance::new(*clock, limits.clone(), own_origins.clone(), rates.clone())
    }

    /// What streams of events beside this one need.
    pub fn streams(&self) -> Streams {
        let Inner {
            gate,
            clock,
            sockets,
            shutdown,
            ..
        } = &self.inner;
        Streams::new(
            self.entrance(),
            Arc::clone(gate),
            *clock,
            sockets.clone(),
            shutdown.clone(),
        )
    }

    /// `/graphql`, `/graphql/assets/…`, `/healthz`, `/readyz` and `/metrics`, with request ids, spans, metrics and
    /// compression around them.
    pub fn router(self) -> Router {
        self.router_with(Router::new())
    }

    /// The same, with the routes of `pages` beside them inside the same layers.
    pub fn router_with(self, pages: Router) -> Router {
        // Installed before the first request, so that it is counted too.
        let _ = observe::recorder();
        let clock = self.inner.clock;
        let compression = CompressionLayer::new()
            .quality(CompressionLevel::Fastest)
            .compress_when(
                SizeAbove::new(COMPRESS_ABOVE_BYTES)
                    .and(NotForContentType::SSE)
                    .and(NotForContentType::IMAGES)
                    .and(may_be_compressed),
            );
        Router::new()
            .route("/graphql", any(graphql::handle::<E>))
            .route("/readyz", get(health::readyz::<E>))
            .with_state(Arc::new(self.inner))
            .route("/graphql/assets/{*file}", get(graphiql::asset))
            .route("/healthz", get(health::healthz))
            .route("/metrics", get(health::metrics))
            .merge(pages)
            .layer(compression)
            .layer(middleware::from_fn_with_state(clock, observe::observe))
    }
}
