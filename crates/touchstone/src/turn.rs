//! Turning from the demonstration to one's own workspace, or to the demonstration anew, while the program serves: the
//! next workspace is made ready, takes the place of the one before for every new request, and that one ends in order.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context, Result};
use app::{App, Clock, Secret, demo};
use axum::{Router, extract::Request, response::Response};
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::JoinHandle,
};
use touchstone_http::{Shutdown, Transport};
use tower::{ServiceExt as _, service_fn};
use web::{Turn, Turned};

use crate::{
    calendar,
    config::Settings,
    events, files,
    gate::Door,
    pages,
    workspaces::{Which, Workspaces},
};

/// How long connections may take to be given back when nothing is under way any more.
const CLOSE_TIME: Duration = Duration::from_secs(1);

/// What a page asks for, by whom, and who waits for what came of it.
pub struct Asked {
    pub turn: Turn,
    pub session: Secret,
    pub answer: oneshot::Sender<Result<Turned, String>>,
}

/// Where pages ask.
pub type Asking = mpsc::Sender<Asked>;

/// The router that answers now. Clones speak of the same one.
#[derive(Clone)]
struct Current(Arc<Mutex<Router>>);

impl Current {
    fn get(&self) -> Router {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    fn set(&self, router: Router) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = router;
    }
}

/// A workspace as it is served: its application, its feed, and what ends its sockets.
struct Served {
    app: App,
    sockets: Shutdown,
    stop: watch::Sender<bool>,
    following: JoinHandle<()>,
    assessing: JoinHandle<()>,
}

impl Served {
    /// Ends what of it is under way, and gives its connections back.
    async fn end(self) {
        self.sockets.begin();
        let _ = self.stop.send(true);
        let _ = self.following.await;
        let _ = self.assessing.await;
        // The statement of a request that was cut off is not waited for.
        let _ = tokio::time::timeout(CLOSE_TIME, self.app.database().close()).await;
    }
}

/// What is served, and what may take its place.
pub struct Stage {
    workspaces: Workspaces,
    settings: Settings,
    asking: Asking,
    asked: mpsc::Receiver<Asked>,
    current: Current,
    served: Served,
}

impl Stage {
    /// Puts a workspace on.
    pub async fn set(workspaces: Workspaces, which: Which, settings: Settings, app: App) -> Result<Self> {
        let (asking, asked) = mpsc::channel(1);
        let (served, router) = put_on(&workspaces, which, &settings, &asking, app).await?;
        Ok(Self {
            workspaces,
            settings,
            asking,
            asked,
            current: Current(Arc::new(Mutex::new(router))),
            served,
        })
    }

    /// The router that hands each request to the one that answers then.
    pub fn router(&self) -> Router {
        let current = self.current.clone();
        Router::new().fallback_service(service_fn(move |request: Request| {
            let router = current.get();
            async move {
                let answer: Result<Response, Infallible> = router.oneshot(request).await;
                answer
            }
        }))
    }

    /// Turns whenever a page asks, until the program shuts down; then has sockets close, and once no request is under way
    /// any more (`stopped` turns true) ends what is served.
    pub async fn keep(mut self, shutdown: Shutdown, mut stopped: watch::Receiver<bool>) {
        loop {
            let asked = tokio::select! {
                () = shutdown.begun() => break,
                asked = self.asked.recv() => asked,
            };
            let Some(Asked {
                turn,
                session,
                answer,
            }) = asked
            else {
                break;
            };
            let turned = self.turn(turn, &session).await;
            if let Err(error) = &turned {
                tracing::error!(
                    error = format!("{error:#}"),
                    ?turn,
                    "the workspace could not be changed"
                );
            }
            // Whoever asked may have gone.
            let _ = answer.send(turned.map_err(|error| format!("{error:#}")));
        }
        // Nobody is to wait for an answer that will not come.
        self.asked.close();
        self.served.sockets.begin();
        let _ = tokio::time::timeout(self.grace(), self.served.sockets.sockets_closed()).await;
        let _ = stopped.wait_for(|stopped| *stopped).await;
        self.served.end().await;
    }

    fn grace(&self) -> Duration {
        grace(&self.settings)
    }

    async fn turn(&mut self, turn: Turn, session: &Secret) -> Result<Turned> {
        let statement_time = self.settings.statement_time();
        let before = &self.served.app;
        if !demo::may_turn(before, session).await? {
            return Ok(Turned::NotForYou);
        }
        let (which, is_new) = match turn {
            Turn::Own => (Which::Own, self.workspaces.own_is_new().await?),
            Turn::Anew => {
                let day_zero = demo::day_of(Clock::system().now());
                let close = async || {
                    let _ = tokio::time::timeout(CLOSE_TIME, before.database().close()).await;
                };
                // The session goes along, so its holder is looked up before the demonstration is gone.
                let going = demo::Going::of(before, session).await?;
                self.workspaces
                    .replace_demo(day_zero, statement_time, close)
                    .await?;
                let app = self.workspaces.open(Which::Demo, statement_time).await?;
                if let Some(going) = going {
                    going.arrive(&app).await?;
                }
                self.put_on(Which::Demo, app).await?;
                return Ok(Turned::Done);
            }
        };
        let app = self.workspaces.open(which, statement_time).await?;
        // Into a workspace where others work already one signs in by a link of that one.
        if is_new && let Some(going) = demo::Going::of(before, session).await? {
            going.arrive(&app).await?;
        }
        self.put_on(which, app).await?;
        tracing::info!("serving one's own workspace; the demonstration is there with `touchstone up --demo`");
        Ok(Turned::Done)
    }

    async fn put_on(&mut self, which: Which, app: App) -> Result<()> {
        let (served, router) = put_on(&self.workspaces, which, &self.settings, &self.asking, app).await?;
        self.current.set(router);
        let before = std::mem::replace(&mut self.served, served);
        // The request that asked is one of those under way: its answer is not waited for here.
        tokio::spawn(before.end());
        Ok(())
    }
}

async fn put_on(
    workspaces: &Workspaces,
    which: Which,
    settings: &Settings,
    asking: &Asking,
    app: App,
) -> Result<(Served, Router)> {
    let sockets = Shutdown::new(grace(settings));
    let url = workspaces.url(which).to_owned();
    let door = Arc::new(Door::new(app.clone(), url.clone(), cfg!(debug_assertions)));
    let schema = graphql::schema();
    let transport = Transport::new(schema.clone(), &graphql::sdl(&schema), door, now)?
        .limits(settings.limits.clone())
        .own_origins(settings.url.iter().map(|url| url.as_str().to_owned()).collect())
        .shutdown(sockets.clone());
    let files = files::router(&app, transport.entrance());
    let events = events::router(&app, transport.streams());
    let pages = pages::router(&app, schema, settings, asking.clone());
    let home = settings.url.as_ref().map(|url| url.as_str().to_owned());
    let calendars = calendar::router(&app, transport.entrance(), home);
    let router = transport.router_with(pages.merge(files).merge(events).merge(calendars));
    let (stop, stopped) = watch::channel(false);
    let feed = app.feed().clone();
    let following = tokio::spawn({
        let stopped = stopped.clone();
        async move { feed.run(&url, stopped).await }
    });
    let assessing = tokio::spawn({
        let app = app.clone();
        async move { app.keep_assessments(stopped).await }
    });
    app::import::resume(&app)
        .await
        .context("going on with imports that were stopped")?;
    let served = Served {
        app,
        sockets,
        stop,
        following,
        assessing,
    };
    Ok((served, router))
}

/// How long what is under way may take to end.
pub fn grace(settings: &Settings) -> Duration {
    Duration::from_millis(u64::from(settings.limits.shutdown_ms))
}

fn now() -> domain::Instant {
    Clock::system().now()
}
