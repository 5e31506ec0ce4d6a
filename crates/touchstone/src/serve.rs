//! `up` and `serve`: the database, the application, the feed, HTTP, and an orderly end.

use std::{io::Write as _, sync::Arc, time::Duration};

use anyhow::{Context, Result, bail};
use app::{App, Caller, Clock, Identity, Secret};
use domain::Role;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};
use touchstone_http::{Shutdown, Transport};

use crate::{
    commands::refused,
    config::Settings,
    database::{Held, open_alone},
    gate::Door,
    pages,
};

/// The e-mail of the user that the first sign-in link is for.
const FIRST_USER: &str = "admin@touchstone.example";

/// How long connections may take to be given back when nothing is under way any more.
const CLOSE_TIME: Duration = Duration::from_secs(1);

/// A sign-in link.
pub fn link(url: &str, secret: &Secret) -> String {
    format!("{}/login?link={}", url.trim_end_matches('/'), secret.reveal())
}

/// The main job.
pub async fn up(settings: &Settings) -> Result<()> {
    // From here on: being asked to stop while Postgres is being started must not leave it behind.
    let signals = Signals::catch()?;
    let held = open_alone(&settings.place)?;
    tracing::info!("{} is ready", held.describe());
    run(held, settings, true, signals).await
}

/// On a given server only.
pub async fn serve_only(settings: &Settings) -> Result<()> {
    let Some(url) = &settings.place.database_url else {
        bail!("serve needs DATABASE_URL; for a private Postgres use `touchstone up`")
    };
    let signals = Signals::catch()?;
    run(Held::Given(url.clone()), settings, false, signals).await
}

/// Serves from a database until it is asked to stop, and closes the database in any case.
async fn run(mut held: Held, settings: &Settings, first_run: bool, mut signals: Signals) -> Result<()> {
    let url = held.url();
    let prepared = tokio::select! {
        prepared = prepare(settings, &url, first_run) => prepared.map(Some),
        () = signals.asked_to_stop() => Ok(None),
    };
    let done = match prepared {
        Ok(Some((app, first_link))) => serve(&mut held, settings, &app, first_link, signals).await,
        Ok(None) => Ok(()),
        Err(error) => Err(error),
    };
    held.close();
    done
}

/// The application on a migrated database, and on the first run the secret of the sign-in link.
async fn prepare(settings: &Settings, url: &str, first_run: bool) -> Result<(App, Option<Secret>)> {
    let migrated = storage::migrate_within(url, settings.statement_time()).await?;
    tracing::info!(
        version = migrated.version,
        applied = migrated.applied,
        "database migrated"
    );
    let db = storage::Database::connect(url, &storage::Options::default()).await?;
    let app = App::open(db, Clock::system()).await?;
    let first_link = if first_run {
        set_up(&app, settings.demo).await?
    } else {
        None
    };
    Ok((app, first_link))
}

async fn serve(
    held: &mut Held,
    settings: &Settings,
    app: &App,
    first_link: Option<Secret>,
    mut signals: Signals,
) -> Result<()> {
    let url = held.url();
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("{} cannot be listened on", settings.listen))?;
    let address = listener.local_addr()?;
    let limits = &settings.limits;
    let importing = app.clone();
    let shutdown = Shutdown::new(Duration::from_millis(u64::from(limits.shutdown_ms)));
    let door = Arc::new(Door::new(app.clone(), url.clone(), cfg!(debug_assertions)));
    let schema = graphql::schema();
    let router = Transport::new(schema.clone(), &graphql::sdl(&schema), door, chrono_now)?
        .limits(limits.clone())
        .own_origins(settings.url.iter().map(|url| url.as_str().to_owned()).collect())
        .shutdown(shutdown.clone())
        .router_with(pages::router(app, schema, settings));

    let (stop, stopped) = watch::channel(false);
    let feed = app.feed().clone();
    let following = tokio::spawn({
        let stopped = stopped.clone();
        async move { feed.run(&url, stopped).await }
    });
    app::import::resume(&importing).await?;
    let ending = shutdown.clone();
    tokio::spawn(async move {
        signals.asked_to_stop().await;
        tracing::info!("stopping: requests under way are finished");
        ending.begin();
    });

    held.announce(&settings.reached_at(address))?;
    let mut words = vec![format!("ready http://{address}")];
    words.extend(first_link.map(|secret| link(&settings.reached_at(address), &secret)));
    tell(&words);
    let serving = async {
        let served = touchstone_http::serve(listener, router, shutdown.clone()).await;
        let _ = stop.send(true);
        served
    };
    let keeping = async {
        let kept = held.keep(stopped).await;
        if kept.is_err() {
            shutdown.begin();
        }
        kept
    };
    let (served, kept) = tokio::join!(serving, keeping);
    let _ = following.await;
    // The statement of a request that was cut off is not waited for.
    let _ = tokio::time::timeout(CLOSE_TIME, app.database().close()).await;
    kept?;
    Ok(served?)
}

/// Says where it answers, in one piece. Whoever started the program may have stopped listening: it serves all the same.
fn tell(lines: &[String]) {
    let text = lines.join("\n") + "\n";
    let mut out = std::io::stdout();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        tracing::warn!(%error, "nobody reads the standard output");
    }
}

fn chrono_now() -> domain::Instant {
    Clock::system().now()
}

/// On a database without users: the first one, whose link is printed, and the demonstration if wanted.
async fn set_up(app: &App, demo: bool) -> Result<Option<Secret>> {
    let system = Caller::new(app, Identity::System);
    if !app::user::none_yet(&system).await? {
        return Ok(None);
    }
    let user = system
        .add_user(FIRST_USER.into(), "First partner".into(), Role::Admin)
        .await?
        .map_err(|p| refused(&p))?;
    if demo {
        app::demo::put_in(&Caller::new(app, Identity::User(user))).await?;
    }
    Ok(Some(system.make_link(user).await?))
}

/// What asks the program to stop, caught from its making on.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn catch() -> Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }
    async fn asked_to_stop(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
