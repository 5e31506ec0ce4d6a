//! `up` and `serve`: the database, the application, the feed, HTTP, and an orderly end.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result, bail};
use app::{App, Caller, Clock, Identity, Secret};
use domain::Role;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};
use touchstone_http::{Shutdown, Transport};

use crate::{commands::refused, config::Settings, database::open_alone, gate::Door, pages};

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
    let (held, url) = open_alone(&settings.place)?;
    tracing::info!("{} is ready", held.describe());
    let done = run(settings, &url, true).await;
    held.close();
    done
}

/// On a given server only.
pub async fn serve_only(settings: &Settings) -> Result<()> {
    let Some(url) = &settings.place.database_url else {
        bail!("serve needs DATABASE_URL; for a private Postgres use `touchstone up`")
    };
    run(settings, url, false).await
}

async fn run(settings: &Settings, url: &str, first_run: bool) -> Result<()> {
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

    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("{} cannot be listened on", settings.listen))?;
    let address = listener.local_addr()?;
    let limits = &settings.limits;
    let shutdown = Shutdown::new(Duration::from_millis(u64::from(limits.shutdown_ms)));
    let door = Arc::new(Door {
        app: app.clone(),
        url: url.to_owned(),
        count_statements: cfg!(debug_assertions),
    });
    let schema = graphql::schema();
    let router = Transport::new(schema.clone(), &graphql::sdl(&schema), door, chrono_now)?
        .limits(limits.clone())
        .own_origins(settings.url.iter().map(|url| url.as_str().to_owned()).collect())
        .shutdown(shutdown.clone())
        .router_with(pages::router(&app, schema, settings));

    let (stop, stopped) = watch::channel(false);
    let feed = app.feed().clone();
    let feed_url = url.to_owned();
    let following = tokio::spawn(async move { feed.run(&feed_url, stopped).await });
    let ending = shutdown.clone();
    tokio::spawn(async move {
        asked_to_stop().await;
        tracing::info!("stopping: requests under way are finished");
        ending.begin();
    });

    println!("ready http://{address}");
    if let Some(secret) = first_link {
        println!("{}", link(&settings.reached_at(address), &secret));
    }
    let served = touchstone_http::serve(listener, router, shutdown).await;
    let _ = stop.send(true);
    let _ = following.await;
    // The statement of a request that was cut off is not waited for.
    let _ = tokio::time::timeout(CLOSE_TIME, app.database().close()).await;
    Ok(served?)
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

async fn asked_to_stop() {
    let Ok(mut term) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = term.recv() => {}
    }
}
