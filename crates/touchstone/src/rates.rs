//! `touchstone rates`: exchange rates from a file.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use app::{Caller, Identity, rate::Recorded};
use clap::{Args, Subcommand};
use domain::Language;
use indicatif::{ProgressBar, ProgressStyle};

use crate::commands::find;

/// What to do with exchange rates.
#[derive(Subcommand)]
pub enum RatesCommand {
    /// Bring exchange rates in as the European Central Bank publishes them: eurofxref.csv of a day, or
    /// eurofxref-hist.csv of all days.
    ///
    /// Each becomes USD for one unit, by way of the file's USD column. A file with a cell that cannot be read changes
    /// nothing, and each such cell is named; N/A is no rate. A file that comes again changes nothing.
    Import(Import),
}

/// Which rates to bring in.
#[derive(Args)]
pub struct Import {
    /// The file: CSV with the column Date and a column a currency, each figure what one euro buys.
    file: PathBuf,
    /// Who says so.
    #[arg(long, default_value = "ECB")]
    source: String,
    /// In whose name: an e-mail address; the program's own where left out.
    #[arg(long, value_name = "EMAIL")]
    user: Option<String>,
}

/// Carries it out.
pub async fn run(caller: &Caller, command: RatesCommand) -> Result<()> {
    let RatesCommand::Import(command) = command;
    match &command.user {
        None => import(caller, &command).await,
        Some(email) => {
            let user = find(caller, email).await?;
            import(&Caller::new(caller.app(), Identity::User(user.id)), &command).await
        }
    }
}

async fn import(caller: &Caller, command: &Import) -> Result<()> {
    let file = command.file.display().to_string();
    let bytes = std::fs::read(&command.file).with_context(|| format!("{file} cannot be read"))?;
    let bar = ProgressBar::new(0);
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {pos}/{len} rates, {eta} left",
    )?);
    let outcome = caller
        .import_rates(&file, &bytes, &command.source, |done, total| {
            bar.set_length(u64::try_from(total).unwrap_or(u64::MAX));
            bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
        })
        .await;
    bar.finish_and_clear();
    match outcome? {
        Ok(Recorded { new, unchanged }) => {
            println!("new {new}  unchanged {unchanged}");
            Ok(())
        }
        Err(problems) => {
            for problem in &problems {
                eprintln!("{}", problem.message.text(Language::En));
            }
            bail!("{file}: {} faults; no rate of it is recorded", problems.len())
        }
    }
}
