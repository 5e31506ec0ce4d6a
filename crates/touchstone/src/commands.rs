//! The command line. Results go to stdout, talk to stderr.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use app::{Caller, Identity, Secret};
use chrono::TimeDelta;
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::{Language, Problem, Role, Scope};

use crate::{
    database::{Place, open},
    serve,
};

/// Deal flow for funds that invest in AI startups: a graded ledger of real-user evidence, with its whole history.
#[derive(Parser)]
#[command(version, about, propagate_version = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    command: Command,
}

/// Which database.
#[derive(Args)]
struct At {
    /// The Postgres server to use instead of a private one, such as <postgres://user@host/touchstone>.
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    database_url: Option<String>,
    /// Where the private Postgres keeps its data. Default: the platform's place for program data
    /// (/var/lib/touchstone for root).
    #[arg(long, env = "TOUCHSTONE_DATA_DIR", global = true)]
    data_dir: Option<PathBuf>,
    /// The folder with Postgres' programs (initdb, postgres, `pg_ctl`), 15 or newer.
    #[arg(long, env = "TOUCHSTONE_PG_BIN", global = true)]
    pg_bin: Option<PathBuf>,
    /// Do not install Postgres where it is missing.
    #[arg(long, global = true)]
    no_install: bool,
}

#[derive(Subcommand)]
enum Command {
    /// The main job: a private Postgres unless `DATABASE_URL` is set, migrations, API and pages, until Ctrl-C.
    ///
    /// When ready it prints one line to stdout, `ready http://ADDRESS`, and on the first run a one-time sign-in link.
    Up {
        /// Where to listen; port 0 picks a free one.
        #[arg(long, env = "TOUCHSTONE_LISTEN", default_value = "127.0.0.1:7420")]
        listen: std::net::SocketAddr,
        /// Begin without the fictional startups of the demonstration.
        #[arg(long)]
        no_demo: bool,
    },
    /// The same on a given server, without private Postgres and demonstration: needs `DATABASE_URL`.
    Serve {
        /// Where to listen; port 0 picks a free one.
        #[arg(long, env = "TOUCHSTONE_LISTEN", default_value = "127.0.0.1:7420")]
        listen: std::net::SocketAddr,
    },
    /// Bring the database to this program's version.
    Migrate,
    /// Say what state the database is in.
    Doctor,
    /// Manage users.
    #[command(subcommand)]
    User(UserCommand),
    /// Manage API tokens.
    #[command(subcommand)]
    Token(TokenCommand),
}

#[derive(Subcommand)]
enum UserCommand {
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
        /// Where the web app answers.
        #[arg(long, default_value = "http://127.0.0.1:7420")]
        url: String,
    },
}

#[derive(Subcommand)]
enum TokenCommand {
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

#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "SCREAMING_SNAKE_CASE")]
enum RoleWord {
    Viewer,
    Analyst,
    Partner,
    Admin,
}

#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "SCREAMING_SNAKE_CASE")]
enum ScopeWord {
    Read,
    Write,
    Import,
    Admin,
}

/// Carries a command out.
pub async fn run(cli: Cli) -> Result<()> {
    let place = Place {
        database_url: cli.at.database_url,
        data_dir: cli.at.data_dir,
        pg_bin: cli.at.pg_bin,
        no_install: cli.at.no_install,
    };
    match cli.command {
        Command::Up { listen, no_demo } => serve::up(&place, listen, !no_demo).await,
        Command::Serve { listen } => serve::serve_only(&place, listen).await,
        Command::Migrate => {
            let (held, url) = open(&place)?;
            let done = storage::migrate(&url).await?;
            println!(
                "version {} ({} migrations applied now)",
                done.version, done.applied
            );
            held.close();
            Ok(())
        }
        Command::Doctor => doctor(&place).await,
        Command::User(command) => with_app(&place, async |caller| user(caller, command).await).await,
        Command::Token(command) => with_app(&place, async |caller| token(caller, command).await).await,
    }
}

async fn doctor(place: &Place) -> Result<()> {
    let (held, url) = open(place)?;
    println!("database   {}", held.describe());
    let state = storage::check(&url).await;
    match &state {
        Ok(None) => println!("migrations all applied"),
        Ok(Some(waiting)) => println!("migrations {waiting} waiting: run `touchstone migrate`"),
        Err(error) => println!("migrations {error}"),
    }
    held.close();
    state?;
    Ok(())
}

/// Runs a command against the migrated database, with the rights of the machine's own.
async fn with_app(place: &Place, command: impl AsyncFnOnce(&Caller) -> Result<()>) -> Result<()> {
    let (held, url) = open(place)?;
    storage::migrate(&url).await?;
    let db = storage::Database::connect(&url, &storage::Options::default()).await?;
    let app = app::App::open(db, app::Clock::system()).await?;
    let done = command(&Caller::new(&app, Identity::System)).await;
    app.database().close().await;
    held.close();
    done
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

async fn find(caller: &Caller, email: &str) -> Result<app::User> {
    caller
        .user_by_email(email)
        .await?
        .with_context(|| format!("no user has the e-mail {email}; add one with `touchstone user add`"))
}

async fn user(caller: &Caller, command: UserCommand) -> Result<()> {
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
        UserCommand::Link { email, url } => {
            let secret = caller.make_link(find(caller, &email).await?.id).await?;
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
