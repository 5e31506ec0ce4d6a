//! One write a second beside what is measured, so that what is remembered has to be computed anew.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use domain::{DealId, StartupId, typed};
use serde_json::json;

use super::http::Server;
use crate::psql::Database;

const PAUSE: Duration = Duration::from_secs(1);

/// A record that is written again and again, in a field that no answer measured shows.
pub struct Write<'s> {
    server: &'s Server,
    id: String,
    /// The type, the mutation and the field.
    of: (&'static str, &'static str, &'static str),
}

impl<'s> Write<'s> {
    /// A startup's: the matrix reads startups.
    pub fn of_startup(database: &Database, server: &'s Server) -> Result<Self> {
        let id = database.ask("select id from startup where hidden_at is null order by id limit 1")?;
        let id: StartupId = typed(id.concat().parse()?);
        Ok(Self {
            server,
            id: id.to_string(),
            of: ("Startup", "updateStartup", "description"),
        })
    }
    /// A deal's: the funnel reads deals.
    pub fn of_deal(database: &Database, server: &'s Server) -> Result<Self> {
        let id = database.ask(
            "select id from deal where hidden_at is null and visibility = 'TEAM' and status = 'PASSED' order by id limit 1",
        )?;
        let id: DealId = typed(id.concat().parse()?);
        Ok(Self {
            server,
            id: id.to_string(),
            of: ("Deal", "updateDeal", "nextStep"),
        })
    }

    fn once(&self, words: &str) -> Result<()> {
        let (kind, mutation, field) = self.of;
        let ask = format!(
            "{{ node(id: \"{}\") {{ ... on {kind} {{ version }} }} }}",
            self.id
        );
        let told = self.server.ask(&json!({ "query": ask }).to_string())?;
        let version = told["node"]["version"].as_i64().context("a version")?;
        let write = format!(
            "mutation {{ {mutation}(input: {{ id: \"{}\", version: {version}, {field}: \"{words}\" }}) {{ userErrors {{ message }} }} }}",
            self.id
        );
        let told = self.server.ask(&json!({ "query": write }).to_string())?;
        ensure!(told[mutation]["userErrors"] == json!([]), "refused: {told}");
        Ok(())
    }

    /// Writes once a second while something else is done.
    pub fn beside<T: Send>(&self, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
        let is_done = AtomicBool::new(false);
        thread::scope(|scope| {
            let writing = scope.spawn(|| -> Result<()> {
                let mut n = 0;
                while !is_done.load(Ordering::Relaxed) {
                    let begun = Instant::now();
                    n += 1;
                    self.once(&format!("write {} {n} (fictional)", n % 2))?;
                    thread::sleep(PAUSE.saturating_sub(begun.elapsed()));
                }
                Ok(())
            });
            let done = work();
            is_done.store(true, Ordering::Relaxed);
            writing
                .join()
                .map_err(|_| anyhow::anyhow!("the writer panicked"))??;
            done
        })
    }
}
