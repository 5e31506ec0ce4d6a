//! `touchstone rates import` from outside: rates come in, come again, and a file with a fault changes nothing.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use test_support::TestDb;

struct Program {
    test: TestDb,
    folder: tempfile::TempDir,
}

impl Program {
    async fn new() -> Self {
        Self {
            test: TestDb::new().await,
            folder: tempfile::tempdir().unwrap(),
        }
    }
    fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
    fn run(&self, file: &Path, more: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_touchstone"))
            .args(["rates", "import"])
            .arg(file)
            .args(more)
            .env("DATABASE_URL", self.test.url())
            .env("TOUCHSTONE_CONFIG", "/dev/null")
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }
    /// What an import says when it is done.
    fn import(&self, file: &Path, more: &[&str]) -> String {
        let output = self.run(file, more);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{told}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
    async fn rates(&self) -> String {
        let rates = "select coalesce(string_agg(concat_ws(' ', on_day, currency, trim_scale(usd), source), E'\\n' order by on_day, currency, recorded_at), '') from exchange_rate";
        self.test.ask(rates).await
    }
}

const HIST: &str = "Date,USD,JPY,CYP,CNY,\n2024-07-31,1.0828,162.83,N/A,7.8232,\n2024-07-30,1.0815,167.31,N/A,7.8456,\n1999-01-04,1.1789,133.73,0.58231,N/A,\n";

#[tokio::test]
async fn the_rates_of_all_days_come_in_once_and_those_of_a_day_after_them() {
    let program = Program::new().await;
    let hist = program.write("eurofxref-hist.csv", HIST);
    assert_eq!(program.import(&hist, &[]), "new 9  unchanged 0");
    assert_eq!(
        program.rates().await,
        "1999-01-04 CYP 2.024523020384 ECB\n1999-01-04 EUR 1.1789 ECB\n1999-01-04 JPY 0.008815523817 ECB\n\
         2024-07-30 CNY 0.137847965739 ECB\n2024-07-30 EUR 1.0815 ECB\n2024-07-30 JPY 0.006464048772 ECB\n\
         2024-07-31 CNY 0.138408835259 ECB\n2024-07-31 EUR 1.0828 ECB\n2024-07-31 JPY 0.006649880243 ECB"
    );
    let operations = "select string_agg(concat_ws(' ', verb, (select count(*) from activity a where a.operation_id = o.id)), ', ') from operation o";
    assert_eq!(program.test.ask(operations).await, "importRates 1");
    assert_eq!(program.import(&hist, &[]), "new 0  unchanged 9");
    assert_eq!(
        program.test.ask(operations).await,
        "importRates 1",
        "a rerun leaves nothing"
    );
    let day = program.write(
        "eurofxref.csv",
        "Date, USD, JPY, CNY, \n31 July 2024, 1.0828, 162.83, 7.8000, \n",
    );
    assert_eq!(
        program.import(&day, &[]),
        "new 1  unchanged 2",
        "a figure was corrected"
    );
    let other = program.import(&day, &["--source", "Bundesbank"]);
    assert_eq!(other, "new 3  unchanged 0", "another says the same");
}

#[tokio::test]
async fn a_file_with_a_fault_changes_nothing_and_names_every_cell() {
    let program = Program::new().await;
    let file = program.write(
        "rates.csv",
        "Date,USD,JPY\n2024-07-31,1.0828,162.83\n2024-07-30,1.0815,many\nyesterday,-1,160\n",
    );
    let output = program.run(&file, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let told = String::from_utf8(output.stderr).unwrap();
    for said in [
        "row 3, column JPY: \"many\" is no rate; a number above 0 such as 1.1681, or N/A, would be right",
        "row 4, column Date: \"yesterday\" is no day; 2025-10-17 or 17 October 2025 would be right",
        "row 4, column USD: \"-1\" is no rate; a number above 0 such as 1.1681, or N/A, would be right",
        "3 faults; no rate of it is recorded",
    ] {
        assert!(told.contains(said), "{said} is missing in {told}");
    }
    assert_eq!(program.rates().await, "");
    let missing = program.run(Path::new("/nonexistent/rates.csv"), &[]);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("cannot be read"));
    let other = program.run(&program.write("other.csv", "name,city\nAcme,Beijing\n"), &[]);
    let told = String::from_utf8(other.stderr).unwrap();
    assert!(
        told.contains("there is no column Date; found name, city"),
        "{told}"
    );
    let nobody = program.run(&file, &["--user", "no@fund.example"]);
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("no user has the e-mail no@fund.example"));
}

#[tokio::test]
async fn many_thousand_rates_come_in_batch_by_batch() {
    let program = Program::new().await;
    let mut file = String::from("Date,USD,CNY,JPY,GBP,CHF\n");
    let first: chrono::NaiveDate = "2005-01-01".parse().unwrap();
    for day in first.iter_days().take(1_500) {
        writeln!(file, "{day},1.2,8.0,130,0.8,1.1").unwrap();
    }
    let file = program.write("many.csv", &file);
    assert_eq!(program.import(&file, &[]), "new 7500  unchanged 0");
    let batches = "select count(*)::text from operation where verb = 'importRates'";
    assert_eq!(program.test.ask(batches).await, "4");
    assert_eq!(program.import(&file, &[]), "new 0  unchanged 7500");
}
