//! `touchstone import` from outside: lists come in, come again, are stopped in the middle, and never stand in a reader's
//! way.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use domain::import::RowAction;
use test_support::TestDb;

mod real;

/// The program on a database of the test's own.
pub struct Program {
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

    fn command(&self, file: &Path, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
        command
            .arg("import")
            .arg(file)
            .args(more)
            .env("DATABASE_URL", self.test.url())
            .env("TOUCHSTONE_CONFIG", "/dev/null")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Imports a file: how many rows did what, and what was said on the way.
    fn import(&self, file: &Path, more: &[&str]) -> (BTreeMap<RowAction, i32>, String) {
        let output = self.command(file, more).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{told}");
        let line = String::from_utf8(output.stdout).unwrap();
        let words: Vec<&str> = line.split_whitespace().collect();
        let counts = RowAction::ALL
            .iter()
            .map(|action| {
                let at = words.iter().position(|w| *w == action.code().to_lowercase());
                (*action, words[at.unwrap() + 1].parse().unwrap())
            })
            .filter(|(_, rows)| *rows > 0)
            .collect();
        (counts, told)
    }

    fn start(&self, file: &Path, more: &[&str]) -> Child {
        self.command(file, more)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// A file of the test's.
    fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    async fn db(&self) -> storage::Database {
        storage::Database::connect(self.test.url(), &storage::Options::default())
            .await
            .unwrap()
    }

    /// What a statement gives as its one number or text.
    pub async fn ask(&self, sql: &str) -> String {
        self.test.ask(sql).await
    }
}

/// A list of many made-up companies, many times what is written at once.
fn many(count: usize) -> String {
    let mut list = String::from("id,name,description,country,website\n");
    for n in 1..=count {
        writeln!(
            list,
            "c-{n},Company {n},What company {n} does at some length,US,https://company-{n}.example"
        )
        .unwrap();
    }
    list
}

/// All that an import wrote, but ids and times.
const CONTENT: &str = "select md5(coalesce(string_agg(x, E'\\n' order by x), '')) from (\
    select concat_ws('|', s.slug, s.name, s.name_sort, s.aliases, s.name_keys, s.domains, s.website, s.one_liner, s.description, s.country, s.city, \
      s.layer, s.proposed <> '{}', cardinality(s.sector_ids), s.custom_fields, s.version) as x from startup s \
    union all select concat_ws('|', 'id', s.slug, e.source, e.external_id, e.in_force) from startup_external_id e join startup s on s.id = e.startup_id \
    union all select concat_ws('|', 'said', s.slug, m.source, m.row_key, m.said) from source_row m join startup s on s.id = m.startup_id \
    union all select concat_ws('|', 'version', s.slug, v.version, v.name) from startup_version v join startup s on s.id = v.startup_id \
    union all select concat_ws('|', 'activity', o.verb, s.slug, a.after ->> 'row') from activity a join operation o on o.id = a.operation_id \
      join startup s on s.id = a.subject_id \
    union all select concat_ws('|', 'row', r.row_no, r.action, r.raw) from import_row r) t";

#[tokio::test]
async fn an_import_that_is_killed_while_it_is_applied_and_run_again_ends_as_one_that_was_not() {
    let list = many(9_000);
    let options = ["--source", "list"];
    let undisturbed = Program::new().await;
    undisturbed.import(&undisturbed.write("list.csv", &list), &options);

    let killed = Program::new().await;
    let file = killed.write("list.csv", &list);
    let mut import = killed.start(&file, &options);
    loop {
        let applied: i64 = killed
            .ask("select coalesce(max(applied_count), 0)::text from import")
            .await
            .parse()
            .unwrap();
        if applied > 0 {
            break;
        }
        assert!(
            import.try_wait().unwrap().is_none(),
            "it ended before it was killed"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // SIGKILL.
    import.kill().unwrap();
    import.wait().unwrap();
    let written: i64 = killed
        .ask("select count(*)::text from startup")
        .await
        .parse()
        .unwrap();
    assert!(
        (1..9_000).contains(&written),
        "{written} of 9000 were written when it was killed"
    );

    let (_, told) = killed.import(&file, &options);
    assert!(told.contains("going on with"), "{told}");
    assert_eq!(killed.ask(CONTENT).await, undisturbed.ask(CONTENT).await);
    let account = storage::promise::account(&killed.db().await).await.unwrap();
    assert!(account.broken.is_empty(), "{:?}", account.broken);
}

#[tokio::test]
async fn no_list_waits_for_a_lock_while_an_import_is_applied() {
    let program = Program::new().await;
    let mut import = program.start(&program.write("list.csv", &many(9_000)), &["--source", "list"]);
    let app = app::App::open(program.db().await, app::Clock::system())
        .await
        .unwrap();
    let caller = app::Caller::new(&app, app::Identity::System);
    let mut lists = 0;
    while import.try_wait().unwrap().is_none() {
        let page = app::page::Page::first(50);
        let filter = app::startup::Filter::default();
        let list = async {
            caller
                .startups(&filter, app::startup::Order::Name, false, &page)
                .await
                .unwrap();
            caller.startup_count(&filter).await.unwrap()
        };
        let waiting = program.ask(
            "select count(*)::text from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' \
             and query like '%from startup s%' and query not like '%for no key update%'",
        );
        let (_, waiting) = tokio::join!(list, waiting);
        assert_eq!(waiting, "0", "a list waits");
        lists += 1;
    }
    assert!(
        lists > 10,
        "only {lists} lists were asked for while the import ran"
    );
    assert!(import.wait().unwrap().success());
}

#[tokio::test]
async fn a_dry_run_writes_no_startup_and_reports_each_row() {
    let program = Program::new().await;
    let list = "id,name,country,website\n7,Acme,US,https://acme.example\n8,,US,\n9,Zenith,Atlantis,\n";
    let report = program.folder.path().join("report.csv");
    let (counts, _) = program.import(
        &program.write("list.csv", list),
        &[
            "--source",
            "list",
            "--dry-run",
            "--report",
            report.to_str().unwrap(),
        ],
    );
    assert_eq!(
        counts,
        BTreeMap::from([(RowAction::Create, 2), (RowAction::Error, 1)])
    );
    assert_eq!(program.ask("select count(*)::text from startup").await, "0");
    let report = std::fs::read_to_string(report).unwrap();
    let lines: Vec<&str> = report.lines().collect();
    assert_eq!(lines.len(), 4, "{report}");
    assert!(lines[2].starts_with("2,ERROR"), "{report}");
    assert!(
        lines[3].starts_with("3,CREATE") && lines[3].contains("Atlantis"),
        "{report}"
    );
}

#[tokio::test]
async fn what_cannot_be_imported_is_told_in_words_and_fails() {
    let program = Program::new().await;
    let nothing = program.write("nothing.csv", "");
    for (file, more, words) in [
        (
            Path::new("no-such-file.csv"),
            vec!["--source", "x"],
            "no-such-file.csv cannot be read",
        ),
        (&nothing, vec!["--source", "x"], "nothing.csv"),
        (&nothing, vec!["--source", "x", "--map", "公司"], "COLUMN=FIELD"),
        (
            &nothing,
            vec!["--source", "x", "--user", "nobody@fund.example"],
            "no user has the e-mail",
        ),
    ] {
        let output = program.command(file, &more).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && told.contains(words), "{told}");
    }
}
