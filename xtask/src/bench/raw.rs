//! Plain SQL, sent by pgbench; and which statements the program sends for a request.

use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use super::items::Variant;
use crate::psql::Database;

/// How long the server may take to write its log or to read its configuration.
const A_MOMENT: Duration = Duration::from_millis(300);

/// Statements, each in a file, that pgbench draws from.
pub struct Scripts(TempDir, usize);

impl Scripts {
    pub fn write(variants: &[Variant]) -> Result<Self> {
        let home = tempfile::Builder::new().prefix("touchstone-bench-").tempdir()?;
        for (n, variant) in variants.iter().enumerate() {
            fs::write(
                home.path().join(format!("{n}.sql")),
                format!("{};\n", variant.raw),
            )?;
        }
        Ok(Self(home, variants.len()))
    }

    /// How many of them a second are answered over so many connections.
    pub fn run(&self, database: &Database, connections: u32, seconds: u32) -> Result<f64> {
        let mut command = database.client("pgbench")?;
        command.args(["-n", "-M", "prepared", "-j", "2"]);
        command.args(["-c", &connections.to_string(), "-T", &seconds.to_string()]);
        for n in 0..self.1 {
            command.arg("-f").arg(self.0.path().join(format!("{n}.sql")));
        }
        let said = command.arg(&database.url).output().context("running pgbench")?;
        let text = String::from_utf8_lossy(&said.stdout);
        if !said.status.success() {
            bail!("pgbench: {}", String::from_utf8_lossy(&said.stderr).trim());
        }
        let rate = text
            .lines()
            .find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        rate.with_context(|| format!("pgbench said no rate: {text}"))
    }
}

/// The statements that the server executes while something is done, with their values put in. Nobody else may use it.
pub fn statements_of(
    database: &Database,
    log: &Path,
    doing: impl FnOnce() -> Result<()>,
) -> Result<Vec<String>> {
    let logged = |what: &str| -> Result<()> {
        database.ask(&format!("alter system {what}"))?;
        database.ask("select pg_reload_conf()")?;
        thread::sleep(A_MOMENT);
        Ok(())
    };
    logged("set log_statement = 'all'")?;
    let begin = fs::metadata(log)?.len();
    let done = doing();
    thread::sleep(A_MOMENT);
    let mut text = Vec::new();
    let mut file = fs::File::open(log).with_context(|| format!("reading {}", log.display()))?;
    file.seek(SeekFrom::Start(begin))?;
    file.read_to_end(&mut text)?;
    logged("reset log_statement")?;
    done?;
    Ok(executed(&String::from_utf8_lossy(&text)))
}

/// The statements in a log, their values put in.
fn executed(log: &str) -> Vec<String> {
    let mut statements: Vec<String> = Vec::new();
    for line in log.lines() {
        if let Some((_, rest)) = line.split_once("LOG:  execute ")
            && let Some((_, statement)) = rest.split_once(": ")
        {
            statements.push(statement.to_owned());
        } else if let Some((_, values)) = line
            .split_once("DETAIL:  parameters: ")
            .or_else(|| line.split_once("DETAIL:  Parameters: "))
            && let Some(last) = statements.last_mut()
        {
            *last = with_values(last, &read_values(values));
        }
    }
    statements
}

/// The literals of `$1 = 'a', $2 = NULL`.
fn read_values(text: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(" = ") {
        let end = if after.starts_with('\'') {
            let mut end = 1;
            let bytes = after.as_bytes();
            while end < bytes.len() {
                if bytes[end] == b'\'' {
                    if bytes.get(end + 1) != Some(&b'\'') {
                        break;
                    }
                    end += 1;
                }
                end += 1;
            }
            (end + 1).min(after.len())
        } else {
            after.find(", ").unwrap_or(after.len())
        };
        values.push(after[..end].to_owned());
        rest = &after[end..];
    }
    values
}

fn with_values(statement: &str, values: &[String]) -> String {
    let mut text = statement.to_owned();
    // From the last on, so that $1 is not found in $12.
    for (n, value) in values.iter().enumerate().rev() {
        text = text.replace(&format!("${}", n + 1), value);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::executed;

    #[test]
    fn statements_are_read_from_the_log_with_their_values() {
        let log = "2026 UTC [1] LOG:  execute sqlx_s_1: select a from b where c = $1 and d = $2 limit $10\n\
                   2026 UTC [1] DETAIL:  parameters: $1 = 'it''s, $2 = x', $2 = NULL, $3 = '3', $4 = '4', $5 = '5', $6 = '6', $7 = '7', $8 = '8', $9 = '9', $10 = '20'\n\
                   2026 UTC [1] LOG:  statement: BEGIN\n\
                   2026 UTC [1] LOG:  execute <unnamed>: select 1\n";
        assert_eq!(
            executed(log),
            [
                "select a from b where c = 'it''s, $2 = x' and d = NULL limit '20'",
                "select 1"
            ]
        );
    }
}
