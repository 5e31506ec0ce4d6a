//! `touchstone assess` from outside, on the demonstration: what was so then, in either language, and what it does not know.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::process::{Command, Output, Stdio};

use chrono::{Days, NaiveDate};
use storage::{Database, Options};
use test_support::TestDb;

/// The demonstration's day 0.
fn day(before: u64) -> String {
    let day_zero = NaiveDate::from_ymd_opt(2025, 3, 12).unwrap();
    day_zero.checked_sub_days(Days::new(before)).unwrap().to_string()
}

struct Demo(TestDb);

impl Demo {
    async fn new() -> Self {
        let test = TestDb::new().await;
        let db = Database::connect(test.url(), &Options::default()).await.unwrap();
        app::demo::fill(db.clone(), NaiveDate::from_ymd_opt(2025, 3, 12).unwrap())
            .await
            .unwrap();
        db.close().await;
        Self(test)
    }
    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_touchstone"))
            .arg("assess")
            .args(arguments)
            .env("DATABASE_URL", self.0.url())
            .env("TOUCHSTONE_CONFIG", "/dev/null")
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }
    fn told(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{errors}");
        String::from_utf8(output.stdout).unwrap()
    }
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success());
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    }
}

#[tokio::test]
async fn a_startup_is_explained_as_it_was_known_on_a_day_and_an_unknown_one_is_named() {
    let demo = Demo::new().await;
    for (before, conviction, flag) in [(294, "5.0", true), (13, "38.5", false), (0, "45.7", false)] {
        let told = demo.told(&["Meshwright", "--as-of", &day(before)]);
        assert!(
            told.contains(&format!("Conviction is {conviction} of 100")),
            "{told}"
        );
        assert_eq!(told.contains("No real users:"), flag, "{told}");
        assert!(told.contains("Ask next"), "{told}");
    }
    let chinese = demo.told(&["大言", "--as-of", &day(0), "--lang", "zh"]);
    assert!(
        chinese.contains("信念值 10.0") && chinese.contains("风险标记"),
        "{chinese}"
    );
    assert!(chinese.contains("算力未证实"), "{chinese}");

    assert!(
        demo.refused(&["no-such-startup"])
            .contains("no startup has the id, the name in URLs or the words \"no-such-startup\"")
    );
    assert!(
        demo.refused(&["Meshwright", "--as-of", "yesterday"])
            .contains("\"yesterday\" is neither a day such as 2024-06-30")
    );
    assert!(
        demo.refused(&["Cubeforge", "--as-of", &day(400)])
            .contains("was not known then")
    );
    assert!(
        demo.refused(&["3D"])
            .contains("finds several startups; name one: ")
    );
}
