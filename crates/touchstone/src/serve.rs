//! `up` and `serve`: the database, the application, the feed, HTTP, and an orderly end.

use std::io::Write as _;

use anyhow::{Context, Result, bail};
use app::{App, Caller, Clock, Identity, Secret, demo};
use domain::Role;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};
use touchstone_http::Shutdown;

use crate::{
    commands::{find, refused},
    config::Settings,
    database::{Held, open_alone},
    turn::{Stage, grace},
    workspaces::{Which, Workspaces},
};

/// A sign-in link.
pub fn link(url: &str, secret: &Secret) -> String {
    format!("{}/login?link={}", url.trim_end_matches('/'), secret.reveal())
}

/// The main job. `demo_anew`: the demonstration is made anew first, and served.
pub async fn up(settings: &Settings, demo_anew: bool) -> Result<()> {
    // From here on: being asked to stop while Postgres is being started must not leave it behind.
    let signals = Signals::catch()?;
    let held = open_alone(&settings.place)?;
    tracing::info!("{} is ready", held.describe());
    let first_run = if demo_anew {
        FirstRun::DemoAnew
    } else {
        FirstRun::Up
    };
    run(held, settings, first_run, signals).await
}

/// On a given server only.
pub async fn serve_only(settings: &Settings) -> Result<()> {
    let Some(url) = &settings.place.database_url else {
        bail!("serve needs DATABASE_URL; for a private Postgres use `touchstone up`")
    };
    let signals = Signals::catch()?;
    run(Held::Given(url.clone()), settings, FirstRun::Serve, signals).await
}

/// What is done before the program serves, where it is the first time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FirstRun {
    /// Nothing: `serve`.
    Serve,
    /// The first user, or the demonstration: `up`.
    Up,
    /// The demonstration, and what there is of it is dropped.
    DemoAnew,
}

/// Serves from a database until it is asked to stop, and closes the database in any case.
async fn run(mut held: Held, settings: &Settings, first_run: FirstRun, mut signals: Signals) -> Result<()> {
    let workspaces = Workspaces::of(&held).remembering(settings.limits.remembered_aggregates);
    let prepared = tokio::select! {
        prepared = prepare(settings, &workspaces, first_run) => prepared.map(Some),
        () = signals.asked_to_stop() => Ok(None),
    };
    let done = match prepared {
        Ok(Some(prepared)) => serve(&mut held, settings, workspaces, prepared, signals).await,
        Ok(None) => Ok(()),
        Err(error) => Err(error),
    };
    held.close();
    done
}

/// What is served.
struct Prepared {
    which: Which,
    app: App,
    /// On the first run, the secret of the sign-in link.
    first_link: Option<Secret>,
}

/// The application on a migrated database.
async fn prepare(settings: &Settings, workspaces: &Workspaces, first_run: FirstRun) -> Result<Prepared> {
    let statement_time = settings.statement_time();
    let day_zero = || settings.demo_date.unwrap_or_else(|| demo::day_of(now()));
    let (which, is_made) = match first_run {
        FirstRun::Serve => (Which::Own, false),
        FirstRun::DemoAnew => {
            workspaces
                .replace_demo(day_zero(), statement_time, async || {})
                .await?;
            (Which::Demo, true)
        }
        FirstRun::Up => match workspaces.to_serve(settings.demo).await? {
            Which::Own => (Which::Own, false),
            Which::Demo => (
                Which::Demo,
                workspaces.make_demo(day_zero(), statement_time).await?,
            ),
        },
    };
    let app = workspaces.open(which, statement_time).await?;
    let first_link = match which {
        Which::Demo if is_made => Some(link_of(&app, demo::PARTNER).await?),
        Which::Own if first_run == FirstRun::Up => set_up(&app).await?,
        Which::Demo | Which::Own => None,
    };
    Ok(Prepared {
        which,
        app,
        first_link,
    })
}

async fn serve(
    held: &mut Held,
    settings: &Settings,
    workspaces: Workspaces,
    prepared: Prepared,
    mut signals: Signals,
) -> Result<()> {
    let Prepared {
        which,
        app,
        first_link,
    } = prepared;
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("{} cannot be listened on", settings.listen))?;
    let address = listener.local_addr()?;
    let shutdown = Shutdown::new(grace(settings));
    let old_demo = demo::is_old(app.workspace(), now());
    let stage = Stage::set(workspaces, which, settings.clone(), app).await?;
    let router = stage.router();
    let (stop, stopped) = watch::channel(false);
    let ending = shutdown.clone();
    tokio::spawn(async move {
        signals.asked_to_stop().await;
        tracing::info!("stopping: requests under way are finished");
        ending.begin();
    });

    held.announce(&settings.reached_at(address))?;
    let mut words = vec![format!("ready http://{address}")];
    words.extend(first_link.map(|secret| link(&settings.reached_at(address), &secret)));
    if old_demo {
        words.push(format!(
            "the demonstration is older than {} days: `touchstone up --demo-anew` starts it anew",
            demo::FRESH_DAYS
        ));
    }
    tell(&words);
    let staging = stage.keep(shutdown.clone(), stopped.clone());
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
    let (served, kept, ()) = tokio::join!(serving, keeping, staging);
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

fn now() -> domain::Instant {
    Clock::system().now()
}

/// In a workspace of one's own without users: the first one, whose link is printed.
async fn set_up(app: &App) -> Result<Option<Secret>> {
    let system = Caller::new(app, Identity::System);
    if !app::user::none_yet(&system).await? {
        return Ok(None);
    }
    let user = system
        .add_user(demo::PARTNER.into(), "First partner".into(), Role::Admin)
        .await?
        .map_err(|p| refused(&p))?;
    Ok(Some(system.make_link(user).await?))
}

/// A sign-in link of the user with this address.
async fn link_of(app: &App, email: &str) -> Result<Secret> {
    let system = Caller::new(app, Identity::System);
    Ok(system.make_link(find(&system, email).await?.id).await?)
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
