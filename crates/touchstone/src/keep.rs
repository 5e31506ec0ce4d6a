//! Keeps the private Postgres running for as long as the program serves from it.
//!
//! Postgres repairs itself when one of its processes dies, but nobody repairs the postmaster. The program does: what
//! was committed is in the data directory, the address stays the same, and the pool connects anew.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use local_postgres::{Options, Server};
use tokio::sync::watch;

/// How often the server is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// A server that dies more often than this in [`DEATHS_WITHIN`] has a fault that starting it again does not mend.
const DEATHS: usize = 5;
const DEATHS_WITHIN: Duration = Duration::from_mins(1);

/// A private server with what it takes to start it again.
pub struct Keeper {
    server: Server,
    options: Options,
    deaths: VecDeque<Instant>,
}

impl Keeper {
    /// Starts the server, or adopts the one that runs.
    pub fn start(options: Options) -> Result<Self> {
        Ok(Self {
            server: Server::start(&options)?,
            options,
            deaths: VecDeque::new(),
        })
    }

    /// The server.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The server, which nobody keeps from here on.
    pub fn into_server(self) -> Server {
        self.server
    }

    /// Starts the server again whenever it is gone, until `stopped` turns true. Fails when that does not help.
    pub async fn keep(&mut self, stopped: &mut watch::Receiver<bool>) -> Result<()> {
        while tokio::time::timeout(LOOK, stopped.wait_for(|stopped| *stopped))
            .await
            .is_err()
        {
            if self.server.is_running() {
                continue;
            }
            self.count_a_death(Instant::now())?;
            tracing::warn!(
                pid = self.server.pid(),
                "the private Postgres was killed or crashed; starting it again"
            );
            let options = self.options.clone();
            // Waited for even when the program is to stop meanwhile: a server half-way up would be left behind.
            self.server = tokio::task::spawn_blocking(move || Server::start(&options))
                .await?
                .context("the private Postgres is gone and could not be started again")?;
            tracing::info!(pid = self.server.pid(), "the private Postgres is back");
        }
        Ok(())
    }

    fn count_a_death(&mut self, now: Instant) -> Result<()> {
        self.deaths
            .retain(|death| now.duration_since(*death) < DEATHS_WITHIN);
        self.deaths.push_back(now);
        if self.deaths.len() > DEATHS {
            bail!(
                "the private Postgres died {} times within a minute; {} may tell why",
                self.deaths.len(),
                self.options.data_dir.log().display()
            );
        }
        Ok(())
    }
}
