//! `touchstone import`: a file planned, shown and applied.

use std::{path::PathBuf, sync::Arc};

use anyhow::{Context, Result, bail};
use app::{
    Caller, Identity,
    import::{Field, Mapping, NewImport, Options},
};
use clap::Args;
use domain::{
    ImportId,
    import::{Import as Planned, RowAction},
};
use indicatif::{ProgressBar, ProgressStyle};

use crate::commands::{find, refused};

/// What to import, and how.
#[derive(Args)]
pub struct Import {
    /// The file: CSV, TSV, XLSX, XLS, JSON or NDJSON, in any common encoding.
    file: PathBuf,
    /// Under which name the list is known again next time, such as yc.
    #[arg(long)]
    source: String,
    /// Which known export it is, such as yc, china-llm, tools or robots; found out from the columns where left out.
    #[arg(long)]
    preset: Option<String>,
    /// What a column means, such as 公司=name; may be given for each column, and goes before the preset.
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = column)]
    map: Vec<(String, Field)>,
    /// The sheet of a workbook; the first with rows where left out.
    #[arg(long)]
    sheet: Option<String>,
    /// The country of rows that name none, such as CN.
    #[arg(long)]
    country: Option<String>,
    /// The encoding, such as gb18030; found out where left out.
    #[arg(long)]
    encoding: Option<String>,
    /// Import into the demonstration: among its fictional startups, and gone when it is begun anew.
    #[arg(long)]
    into_demo: bool,
    /// Show what would change, and write nothing to the startups.
    #[arg(long)]
    dry_run: bool,
    /// Where to write what became of each row, as CSV.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// In whose name: an e-mail address; the program's own where left out.
    #[arg(long, value_name = "EMAIL")]
    user: Option<String>,
}

fn column(text: &str) -> Result<(String, Field)> {
    let (column, field) = text
        .rsplit_once('=')
        .with_context(|| format!("{text:?} is no mapping; expected COLUMN=FIELD, such as 公司=name"))?;
    Ok((column.to_owned(), field.parse()?))
}

/// Imports a file.
pub async fn run(caller: &Caller, command: Import) -> Result<()> {
    if caller.app().workspace().is_demo && !command.into_demo {
        bail!(
            "this is the demonstration, and a list of your own would stand among its fictional startups: press \"Start with my own data\" on a page and import there, or say --into-demo"
        );
    }
    match &command.user {
        None => import(caller, command).await,
        Some(email) => {
            let user = find(caller, email).await?;
            import(&Caller::new(caller.app(), Identity::User(user.id)), command).await
        }
    }
}

async fn import(caller: &Caller, command: Import) -> Result<()> {
    let Import {
        file,
        source,
        preset,
        map,
        sheet,
        country,
        encoding,
        into_demo: _,
        dry_run,
        report,
        user: _,
    } = command;
    let bytes = std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let sha256 = app::import::file_hash(&bytes);
    let stopped = if dry_run {
        None
    } else {
        caller
            .stopped_imports(Some((source.trim(), &sha256)))
            .await?
            .pop()
    };
    let id = if let Some(stopped) = stopped {
        eprintln!("going on with {}, which was stopped", stopped.id);
        stopped.id
    } else {
        let new = NewImport {
            source,
            file_name: file.file_name().map(|name| name.to_string_lossy().into_owned()),
            bytes: Arc::new(bytes),
            options: Options {
                preset,
                mapping: (!map.is_empty()).then_some(Mapping(map)),
                sheet,
                default_country: country.map(|c| c.trim().to_uppercase()),
                encoding,
                ..Options::default()
            },
        };
        caller
            .plan_import(new, "planImport")
            .await?
            .map_err(|p| refused(&p))?
    };
    let planned = read(caller, id).await?;
    eprintln!("{}", described(&planned));
    for note in &planned.report {
        eprintln!("note: {note}");
    }
    if !dry_run {
        apply(caller, &planned).await?;
    }
    let done = read(caller, id).await?;
    if let Some(report) = report {
        write_report(caller, id, &report).await?;
        eprintln!("report     {}", report.display());
    }
    let skipped = written_later(caller, &planned).await?;
    println!("{}", counted(&done, skipped));
    Ok(())
}

async fn read(caller: &Caller, id: ImportId) -> Result<Planned> {
    let found = caller.imports_by_ids(&[id]).await?.pop();
    found.with_context(|| format!("import {id} is not there any more"))
}

fn described(import: &Planned) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(import.format.clone());
    parts.extend(import.encoding.clone());
    parts.push(format!("{} rows", import.row_count));
    parts.extend(import.preset.as_ref().map(|preset| format!("read as {preset}")));
    format!(
        "{}: {}",
        import.file_name.as_deref().unwrap_or("the file"),
        parts.join(", ")
    )
}

/// How many rows turned into conflicts while the plan was applied.
async fn written_later(caller: &Caller, planned: &Planned) -> Result<i64> {
    let now = caller
        .import_rows_count(planned.id, Some(&[RowAction::Conflict]))
        .await?;
    Ok(now - i64::from(planned.rows_that(RowAction::Conflict)))
}

fn counted(import: &Planned, conflicts_since: i64) -> String {
    let mut parts = vec![format!("{} {}", import.id, import.status)];
    for action in RowAction::ALL {
        parts.push(format!(
            "{} {}",
            action.code().to_lowercase(),
            import.rows_that(*action)
        ));
    }
    if conflicts_since > 0 {
        parts.push(format!(
            "left alone because of what happened since the plan {conflicts_since}"
        ));
    }
    parts.join("  ")
}

async fn apply(caller: &Caller, planned: &Planned) -> Result<()> {
    let bar = ProgressBar::new(u64::try_from(planned.record_count).unwrap_or(0));
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {pos}/{len} records, {per_sec}, {eta} left",
    )?);
    caller
        .begin_import(planned.id, "applyImport")
        .await?
        .map_err(|p| refused(&p))?;
    let done = caller
        .apply_batches(planned.id, |applied, _| {
            bar.set_position(u64::try_from(applied).unwrap_or(0));
        })
        .await?;
    bar.finish_and_clear();
    done.map_err(|p| refused(&p))
}

/// How many rows of the report are read at once.
const REPORT_PAGE: u64 = 1_000;

async fn write_report(caller: &Caller, id: ImportId, path: &PathBuf) -> Result<()> {
    let cannot = || format!("{} cannot be written", path.display());
    let mut csv = csv::Writer::from_path(path).with_context(cannot)?;
    csv.write_record(["row", "action", "startup", "changes", "errors"])?;
    let mut from = None;
    loop {
        let page = caller.import_rows(id, None, from, false, REPORT_PAGE).await?;
        for row in &page.rows {
            let changes: Vec<String> = row
                .changes
                .iter()
                .map(|c| format!("{}: {} -> {}", c.field, c.from, c.to))
                .collect();
            let errors: Vec<String> = row
                .errors
                .iter()
                .map(|e| match (&e.column, &e.value) {
                    (Some(column), Some(value)) => format!("{column} {value:?}: {}", e.reason),
                    (Some(column), None) => format!("{column}: {}", e.reason),
                    (None, _) => e.reason.clone(),
                })
                .collect();
            csv.write_record([
                row.row_no.to_string(),
                row.action.code().to_owned(),
                row.startup_id.map(|id| id.to_string()).unwrap_or_default(),
                changes.join("; "),
                errors.join("; "),
            ])?;
        }
        match page.rows.last() {
            Some(last) if page.more => from = Some(last.row_no),
            _ => break,
        }
    }
    csv.flush().with_context(cannot)
}
