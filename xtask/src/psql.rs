//! Postgres' own clients, psql and pgbench, on a database: no library between us and what we ask or measure.

use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};

use anyhow::{Context, Result, bail};
use synthetic::Step;

use crate::run::say;

/// A database, and the folder of the clients.
pub struct Database {
    pub url: String,
    bin: PathBuf,
}

impl Database {
    /// Names a database. The clients are those beside the server's programs.
    pub fn at(url: String) -> Result<Self> {
        let bin = std::env::var_os("TOUCHSTONE_PG_BIN").map(PathBuf::from);
        let directory = local_postgres::DataDir::open(local_postgres::default_data_dir()?)?;
        let binaries =
            local_postgres::find(&directory, bin.as_deref(), &say, local_postgres::Install::Never)?;
        let bin = binaries.preferred().bin().to_owned();
        Ok(Self { url, bin })
    }

    /// A command of one of the clients.
    pub fn client(&self, name: &str) -> Result<Command> {
        let path = self.bin.join(name);
        if !path.is_file() {
            bail!(
                "there is no {name} in {}: it comes with Postgres' clients (apt-get install postgresql-client)",
                self.bin.display()
            );
        }
        let mut command = Command::new(path);
        command.env("PGOPTIONS", "-c client_min_messages=warning");
        Ok(command)
    }

    fn psql(&self) -> Result<Command> {
        let mut command = self.client("psql")?;
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", &self.url]);
        Ok(command)
    }

    /// What a statement says, a line each row, fields parted by `|`.
    pub fn ask(&self, statement: &str) -> Result<Vec<String>> {
        let said = self
            .psql()?
            .args(["-c", statement])
            .output()
            .context("running psql")?;
        if !said.status.success() {
            bail!("psql: {}", String::from_utf8_lossy(&said.stderr).trim());
        }
        let text = String::from_utf8(said.stdout).context("reading what psql said")?;
        Ok(text.lines().map(str::to_owned).collect())
    }

    /// Carries the steps out, in one session.
    pub fn carry_out(&self, steps: impl Iterator<Item = Step>) -> Result<()> {
        let mut command = self.psql()?;
        command
            .args(["-f", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().context("running psql")?;
        let written = child.stdin.take().map_or(Ok(()), |input| write(input, steps));
        let said = finished(child)?;
        // When psql gave up, that is why writing broke off.
        if !said.is_empty() {
            bail!("psql: {said}");
        }
        Ok(written?)
    }
}

fn write(input: ChildStdin, steps: impl Iterator<Item = Step>) -> std::io::Result<()> {
    let mut input = BufWriter::new(input);
    for step in steps {
        match step {
            Step::Run(text) => writeln!(input, "{text}")?,
            Step::Copy { into, rows } => write!(input, "copy {into} from stdin;\n{rows}\\.\n")?,
        }
    }
    input.flush()
}

/// What a client complained of; nothing when it succeeded.
fn finished(child: Child) -> Result<String> {
    let output = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Ok(match (output.status.success(), said.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!("it ended with {}", output.status),
        (false, false) => said,
    })
}
