//! The command line. Results go to stdout, talk to stderr.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use app::{Caller, Identity, Secret};
use chrono::TimeDelta;
use clap::{Parser, Subcommand, ValueEnum};
use domain::{Language, Problem, Role, Scope};

use crate::{
    config::{Configuration, Given, Settings},
    database::{Held, announced, open},
    ready, serve,
    workspaces::{Which, Workspaces},
};

/// Deal flow for funds that invest in AI startups: a graded ledger of real-user evidence, with its whole history.
#[derive(Parser)]
#[command(version, about, propagate_version = true, arg_required_else_help = true)]
pub struct Cli {
    /// The configuration file [default: touchstone.toml in the platform's place for configuration, for root
    /// /etc/touchstone]
    #[arg(
        long,
        env = "TOUCHSTONE_CONFIG",
        global = true,
        value_name = "FILE",
        help_heading = "Settings"
    )]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub given: Given,
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// The main job: a private Postgres unless `DATABASE_URL` is set, migrations, API and pages, until Ctrl-C.
    ///
    /// When ready it prints one line to stdout, `ready http://ADDRESS`, and on the first run a one-time sign-in link. With
    /// a private Postgres the first run serves the demonstration, until one starts with data of one's own.
    Up {
        /// Make the demonstration anew, with today (or the day of --demo-date) as its day 0: what was done in it is gone.
        #[arg(long)]
        demo_anew: bool,
    },
    /// The same on a given server, without private Postgres and demonstration: needs `DATABASE_URL`.
    Serve,
    /// Bring the database to this program's version.
    Migrate,
    /// Say what state the database is in.
    Doctor,
    /// Show the settings in force and where each comes from, without secrets.
    Config,
    /// Ask the server that listens whether it can work; exits with 1 if not, as a health check does.
    Ready,
    /// Bring a list of startups in: plan it, show what would change, and apply it.
    ///
    /// Rows are recognised again by the source's own ids, by domain or by name; a file that is imported again changes
    /// nothing, and one that was stopped goes on where it was.
    Import(crate::import::Import),
    /// Say what the evidence says about a startup's real users, and why: now, or as known on a day of the past.
    Assess(crate::assess::Assess),
    /// Manage exchange rates.
    #[command(subcommand)]
    Rates(crate::rates::RatesCommand),
    /// Manage users.
    #[command(subcommand)]
    User(UserCommand),
    /// Manage API tokens.
    #[command(subcommand)]
    Token(TokenCommand),
}

/// What to do with users.
#[derive(Subcommand)]
pub enum UserCommand {
    /// Add a user; their sign-in link comes from `user link`.
    Add {
        /// The user's e-mail address.
        email: String,
        /// The user's name.
        #[arg(long)]
        name: String,
        /// What the user may do.
        #[arg(long, value_enum)]
        role: RoleWord,
    },
    /// Make a one-time sign-in link for a user.
    Link {
        /// The user's e-mail address.
        email: String,
    },
}

/// What to do with tokens.
#[derive(Subcommand)]
pub enum TokenCommand {
    /// Make an API token; it alone goes to stdout, once.
    Create {
        /// Whose token: an e-mail address.
        #[arg(long)]
        user: String,
        /// What it may be used for.
        #[arg(long, value_enum, value_delimiter = ',', required = true)]
        scope: Vec<ScopeWord>,
        /// After how long it expires, such as 90d (s, m, h, d). Left out: when it is revoked.
        #[arg(long)]
        expires: Option<String>,
        /// What it is called.
        #[arg(long, default_value = "command line")]
        name: String,
    },
    /// Revoke an API token.
    Revoke {
        /// The token itself.
        token: String,
    },
}

/// A role, as it is written on the command line.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RoleWord {
    Viewer,
    Analyst,
    Partner,
    Admin,
}

/// A scope, as it is written on the command line.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ScopeWord {
    Read,
    Write,
    Import,
    Admin,
    Calendar,
}

/// Carries a command out.
pub async fn run(command: Command, configuration: &Configuration) -> Result<()> {
    let settings = &configuration.settings;
    match command {
        Command::Up { demo_anew } => serve::up(settings, demo_anew).await,
        Command::Serve => serve::serve_only(settings).await,
        Command::Migrate => {
            let held = open(&settings.place)?;
            let url = worked_on(&held, settings).await?;
            let done = storage::migrate_within(&url, settings.statement_time()).await?;
            println!(
                "version {} ({} migrations applied now)",
                done.version, done.applied
            );
            let made = figures(&url).await?;
            if made > 0 {
                println!("figures of {made} startups brought up to date");
            }
            held.close();
            Ok(())
        }
        Command::Doctor => doctor(settings).await,
        Command::Config => {
            print!("{}", configuration.shown());
            Ok(())
        }
        Command::Ready => ready::ask(settings.listen).await,
        Command::Import(command) => {
            with_app(settings, async |caller| crate::import::run(caller, command).await).await
        }
        Command::Assess(command) => {
            with_app(settings, async |caller| crate::assess::run(caller, command).await).await
        }
        Command::Rates(command) => {
            with_app(settings, async |caller| crate::rates::run(caller, command).await).await
        }
        Command::User(command) => {
            with_app(settings, async |caller| user(caller, settings, command).await).await
        }
        Command::Token(command) => with_app(settings, async |caller| token(caller, command).await).await,
    }
}

/// The database that a command works on: of a private Postgres, the workspace that `up` serves.
async fn worked_on(held: &Held, settings: &Settings) -> Result<String> {
    let workspaces = Workspaces::of(held);
    let beside_up = matches!(held, Held::Shared(_));
    let which = workspaces.to_work_on(settings.demo, beside_up).await?;
    if which == Which::Demo {
        tracing::info!("working in the demonstration");
    }
    Ok(workspaces.url(which).to_owned())
}

async fn doctor(settings: &Settings) -> Result<()> {
    let held = open(&settings.place)?;
    println!("database   {}", held.describe());
    let url = worked_on(&held, settings).await?;
    let state = storage::check(&url).await;
    match &state {
        Ok(None) => println!("migrations all applied"),
        Ok(Some(waiting)) => println!("migrations {waiting} waiting: run `touchstone migrate`"),
        Err(error) => println!("migrations {error}"),
    }
    let promises = match &state {
        Ok(None) => Some(promises(&url).await),
        Ok(Some(_)) | Err(_) => None,
    };
    held.close();
    state?;
    promises.unwrap_or(Ok(()))
}

/// What the database keeps true beyond its constraints.
async fn promises(url: &str) -> Result<()> {
    let db = storage::Database::connect(url, &storage::Options::default()).await?;
    let account = storage::promise::account(&db).await;
    db.close().await;
    let account = account?;
    println!("promises   {} kept", account.asked - account.broken.len());
    for broken in &account.broken {
        println!("BROKEN     {} ({} rows)", broken.promise, broken.rows);
    }
    if !account.broken.is_empty() {
        bail!(
            "the database does not keep what it promises: restore the last backup, or ask for help before writing to it"
        );
    }
    Ok(())
}

/// Runs a command against the migrated database, with the rights of the machine's own.
async fn with_app(settings: &Settings, command: impl AsyncFnOnce(&Caller) -> Result<()>) -> Result<()> {
    let held = open(&settings.place)?;
    let url = worked_on(&held, settings).await?;
    storage::migrate_within(&url, settings.statement_time()).await?;
    let db = storage::Database::connect(&url, &storage::Options::default()).await?;
    let app = app::App::open(db, app::Clock::system()).await?;
    let done = command(&Caller::new(&app, Identity::System)).await;
    app.database().close().await;
    held.close();
    done
}

/// Brings the stored figures of a workspace that is set up to this day, rubric and formula; of how many startups.
async fn figures(url: &str) -> Result<u64> {
    let db = storage::Database::connect(url, &storage::Options::default()).await?;
    let is_set_up = storage::workspace::get(&db).await?.is_some();
    if !is_set_up {
        db.close().await;
        return Ok(0);
    }
    let app = app::App::open(db, app::Clock::system()).await?;
    let made = app.bring_assessments_up_to_date().await;
    app.database().close().await;
    Ok(made?)
}

/// What a caller can repair, as one error of the command line.
pub fn refused(problems: &[Problem]) -> anyhow::Error {
    anyhow!(
        problems
            .iter()
            .map(|p| p.message.text(Language::En))
            .collect::<Vec<_>>()
            .join("; ")
    )
}

pub async fn find(caller: &Caller, email: &str) -> Result<app::User> {
    caller
        .user_by_email(email)
        .await?
        .with_context(|| format!("no user has the e-mail {email}; add one with `touchstone user add`"))
}

async fn user(caller: &Caller, settings: &Settings, command: UserCommand) -> Result<()> {
    match command {
        UserCommand::Add { email, name, role } => {
            let role = match role {
                RoleWord::Viewer => Role::Viewer,
                RoleWord::Analyst => Role::Analyst,
                RoleWord::Partner => Role::Partner,
                RoleWord::Admin => Role::Admin,
            };
            let id = caller
                .add_user(email, name, role)
                .await?
                .map_err(|p| refused(&p))?;
            println!("{id}");
        }
        UserCommand::Link { email } => {
            let secret = caller.make_link(find(caller, &email).await?.id).await?;
            // Where people are told to go; else where the running `up` says that it answers.
            let url = match &settings.url {
                Some(_) => None,
                None => announced(&settings.place),
            };
            let url = url.unwrap_or_else(|| settings.reached_at(settings.listen));
            println!("{}", serve::link(&url, &secret));
        }
    }
    Ok(())
}

async fn token(caller: &Caller, command: TokenCommand) -> Result<()> {
    match command {
        TokenCommand::Create {
            user,
            scope,
            expires,
            name,
        } => {
            let scopes = scope
                .into_iter()
                .map(|s| match s {
                    ScopeWord::Read => Scope::Read,
                    ScopeWord::Write => Scope::Write,
                    ScopeWord::Import => Scope::Import,
                    ScopeWord::Admin => Scope::Admin,
                    ScopeWord::Calendar => Scope::Calendar,
                })
                .collect();
            let expires_at = expires
                .map(|text| period(&text).map(|p| caller.now() + p))
                .transpose()?;
            let user = find(caller, &user).await?.id;
            let made = caller
                .create_token(Some(user), name, scopes, expires_at, "createToken")
                .await?
                .map_err(|p| refused(&p))?;
            println!("{}", made.secret.context("the token was made before")?);
        }
        TokenCommand::Revoke { token } => {
            let found = caller
                .token_by_secret(&Secret::sent(token))
                .await?
                .context("no such token")?;
            caller
                .revoke_token(found.id, "revokeToken")
                .await?
                .map_err(|p| refused(&p))?;
            eprintln!("revoked {} ({})", found.name, found.id);
        }
    }
    Ok(())
}

/// Reads a period such as 90d.
fn period(text: &str) -> Result<TimeDelta> {
    let expected = || anyhow!("{text:?} is no period; expected a number with s, m, h or d, such as 90d");
    let (unit_at, unit) = text.char_indices().last().ok_or_else(expected)?;
    let number: i64 = text[..unit_at].parse().map_err(|_| expected())?;
    let period = match unit {
        's' => TimeDelta::try_seconds(number),
        'm' => TimeDelta::try_minutes(number),
        'h' => TimeDelta::try_hours(number),
        'd' => TimeDelta::try_days(number),
        _ => None,
    };
    match period {
        Some(period) if period > TimeDelta::zero() && period < TimeDelta::days(365_000) => Ok(period),
        _ => bail!(expected()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_number_with_its_unit() {
        assert_eq!(period("90d").unwrap(), TimeDelta::days(90));
        assert_eq!(period("15m").unwrap(), TimeDelta::minutes(15));
        for wrong in ["", "90", "d", "-1d", "0s", "1w", "99999999999999d", "9é"] {
            assert!(period(wrong).is_err(), "{wrong:?} was read");
        }
    }
}
