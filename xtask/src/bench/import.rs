//! A long list imported, against COPY and one upsert of the rows that this left, into the same tables of an equal database.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde::Serialize;
use synthetic::Step;

use crate::generate;
use crate::program::Program;
use crate::psql::Database;
use crate::run::say;

/// What an import writes itself, in an order in which every row finds what it refers to; with the primary key.
const TABLES: &[(&str, &str)] = &[
    ("import", "id"),
    ("operation", "id"),
    ("startup", "id"),
    ("startup_external_id", "origin_startup_id, source, external_id"),
    ("import_record", "import_id, n"),
    ("import_row", "import_id, row_no"),
    ("source_row", "source, row_key"),
    ("activity", "operation_id, n"),
    ("startup_search", "id"),
    ("startup_assessment", "startup_id"),
];
/// What triggers write on both sides.
const BY_TRIGGERS: &[&str] = &["startup_version", "operation_order"];

/// The share of plain SQL's speed that is to be reached, rows a second of a file that is here already, and the memory.
const TARGET: f64 = 1.0 / 3.0;
const AGAIN_TARGET: f64 = 50_000.0;
const MEMORY_LIMIT_MIB: u64 = 300;

/// What was measured.
#[derive(Debug, Serialize)]
pub struct Imported {
    pub rows: u32,
    /// Rows a second: planned and applied; by COPY and upsert; of the same file again.
    pub ours: f64,
    pub raw: f64,
    pub again: f64,
    /// The most memory that the importing program held, in MiB.
    pub memory: u64,
}

impl Imported {
    pub fn is_good(&self) -> bool {
        self.ours / self.raw >= TARGET && self.memory < MEMORY_LIMIT_MIB
    }
}

impl std::fmt::Display for Imported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "import of {} rows: {:.0} rows/s, COPY and upsert {:.0} rows/s, ratio {:.2} (target {TARGET:.2}); again {:.0} rows/s (target {AGAIN_TARGET:.0}); \
             {} MiB at most (limit {MEMORY_LIMIT_MIB})",
            self.rows,
            self.ours,
            self.raw,
            self.ours / self.raw,
            self.again,
            self.memory
        )
    }
}

/// Measures on two empty workspaces below `home`.
pub fn measure(bin: &Path, home: &Path, rows: u32) -> Result<Imported> {
    let (ours, raw) = (home.join("import"), home.join("import-raw"));
    for data in [&ours, &raw] {
        if data.exists() {
            fs::remove_dir_all(data).with_context(|| format!("clearing {}", data.display()))?;
        }
    }
    let file = home.join("list.csv");
    let text = synthetic::list(synthetic::Size {
        startups: rows,
        seed: 1,
    });
    fs::create_dir_all(home)?;
    fs::write(&file, text)?;
    let dump = tempfile::Builder::new().prefix("touchstone-bench-").tempdir()?;
    // Both begin from one state: what they refer to, such as sectors, has the same ids.
    let program = generate::program_on(bin, &ours)?;
    generate::serving(&program, |_| Ok(()))?;
    let copied = Command::new("cp").arg("-a").args([&ours, &raw]).status()?;
    ensure!(copied.success(), "{} could not be copied", ours.display());
    let mut imported = generate::serving(&program, |database| {
        let (first, memory) = import(&program, &file)?;
        is_written(database, rows)?;
        all_is_listed(database)?;
        for (table, _) in TABLES {
            let to = dump.path().join(table);
            database.ask(&format!("\\copy {table} to '{}'", to.display()))?;
        }
        let (again, _) = import(&program, &file)?;
        Ok(Imported {
            rows,
            ours: rate(rows, first),
            raw: 0.0,
            again: rate(rows, again),
            memory,
        })
    })?;
    imported.raw = generate::serving(&generate::program_on(bin, &raw)?, |database| {
        let mut steps = vec![String::from("begin")];
        for (table, key) in TABLES {
            let from = dump.path().join(table);
            steps.push(format!("create temp table raw_{table} (like {table})"));
            steps.push(format!("\\copy raw_{table} from '{}'", from.display()));
            // What is appended only is refused an update.
            let append_only = matches!(*table, "operation" | "activity");
            let columns = database.ask(&format!(
                "select string_agg(attname || ' = excluded.' || attname, ', ') from pg_attribute \
                 where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped"
            ))?;
            let otherwise = if append_only {
                "nothing".to_owned()
            } else {
                format!("update set {}", columns.concat())
            };
            steps.push(format!(
                "insert into {table} select * from raw_{table} on conflict ({key}) do {otherwise}"
            ));
        }
        steps.push("commit".to_owned());
        let begun = Instant::now();
        database.carry_out(steps.into_iter().map(|step| {
            let end = if step.starts_with('\\') { "" } else { ";" };
            Step::Run(step + end)
        }))?;
        let took = begun.elapsed();
        is_written(database, rows)?;
        Ok(rate(rows, took))
    })?;
    Ok(imported)
}

fn is_written(database: &Database, rows: u32) -> Result<()> {
    let written = database.ask("select count(*) from startup")?;
    ensure!(
        written == [rows.to_string()],
        "{rows} rows became {} startups",
        written.concat()
    );
    Ok(())
}

fn rate(rows: u32, took: Duration) -> f64 {
    f64::from(rows) / took.as_secs_f64()
}

/// Imports the file; how long it took, and how much memory the program held at most, in MiB.
fn import(program: &Program, file: &Path) -> Result<(Duration, u64)> {
    let begun = Instant::now();
    let mut child = program.start(&["import", "--source", "bench", &file.to_string_lossy()])?;
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        if let Some(peak) = fs::read_to_string(&status).ok().and_then(|text| peak_kib(&text)) {
            most = most.max(peak);
        }
        thread::sleep(Duration::from_millis(20));
    };
    let took = begun.elapsed();
    if !ended.success() {
        bail!("the import failed; see {}", program.log.display());
    }
    say(&format!(
        "imported {} in {:.1} s",
        file.display(),
        took.as_secs_f64()
    ));
    Ok((took, most / 1024))
}

/// The most memory that a process held, of what Linux tells of it.
fn peak_kib(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// No table was written that plain SQL would then be spared.
fn all_is_listed(database: &Database) -> Result<()> {
    database.ask("analyze")?;
    let many = database.ask("select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples > 1000 order by 1")?;
    let unknown: Vec<&String> = many
        .iter()
        .filter(|name| {
            !TABLES.iter().any(|(table, _)| table == name) && !BY_TRIGGERS.contains(&name.as_str())
        })
        .collect();
    ensure!(
        unknown.is_empty(),
        "the import wrote {unknown:?} too, which plain SQL does not"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::peak_kib;

    #[test]
    fn the_peak_of_memory_is_read_from_the_status() {
        assert_eq!(
            peak_kib("Name:\tx\nVmHWM:\t  123456 kB\nVmRSS:\t 1 kB\n"),
            Some(123_456)
        );
        assert_eq!(peak_kib("Name:\tx\n"), None);
    }
}
