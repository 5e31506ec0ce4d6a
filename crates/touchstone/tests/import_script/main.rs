//! The import script of examples/, run as a fund would run it: with its pinned client, against the program itself.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may fail the test"
)]

mod program;
mod proxy;
mod python;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use program::Program;
use serde_json::{Value, json};
use test_support::skip;

const SAMPLE: &str = "tests/files/startups.csv";

fn in_workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Runs the script, as with this token, and gives what it said.
fn import(python: &Path, url: &str, token: &str, arguments: &[&str]) -> Output {
    let output = Command::new(python)
        .arg(in_workspace("examples/import_startups.py"))
        .args(arguments)
        .args(["--url", url])
        .env("TOUCHSTONE_TOKEN", token)
        .env_remove("PYTHONPATH")
        .output()
        .unwrap();
    print!("{}", String::from_utf8_lossy(&output.stderr));
    print!("{}", String::from_utf8_lossy(&output.stdout));
    output
}

/// The number that the summary gives under this word.
fn figure(output: &Output, word: &str) -> u32 {
    let said = String::from_utf8_lossy(&output.stdout);
    let line = said.lines().find_map(|line| line.strip_prefix(word));
    let number = line.and_then(|rest| rest.split_whitespace().next());
    number
        .unwrap_or_else(|| panic!("no line {word:?} in:\n{said}"))
        .replace(',', "")
        .parse()
        .unwrap()
}

fn figures(output: &Output) -> [u32; 4] {
    ["rows", "created", "already here", "refused"].map(|word| figure(output, word))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_sent_and_sent_again_adds_nothing() {
    let Some(python) = python::with_the_pinned_client() else {
        return;
    };
    let program = Program::start().await;
    let sample = in_workspace(SAMPLE);
    let report = Path::new(env!("CARGO_TARGET_TMPDIR")).join("refused-rows.csv");
    let arguments = [
        sample.to_str().unwrap(),
        "--source",
        "yc",
        "--batch",
        "3",
        "--report",
        report.to_str().unwrap(),
    ];

    let first = import(&python, &program.url, &program.token, &arguments);
    assert_eq!(figures(&first), [8, 5, 0, 3]);
    assert_eq!(first.status.code(), Some(3), "done, with rows that were refused");
    let said = String::from_utf8(first.stdout).unwrap();
    for reason in [
        "website: \"no web site yet\" is no web address; expected one such as https://example.com  (row 6)",
        "foundedOn: 'twenty-two' is neither a year nor a day such as 2024-07-31  (row 7)",
        "name: name is missing  (row 8)",
    ] {
        assert!(said.contains(reason), "{reason:?} is not said");
    }
    let reported = std::fs::read_to_string(&report).unwrap();
    assert_eq!(
        reported.lines().count(),
        4,
        "the header and three rows: {reported}"
    );
    assert!(reported.contains("\n8,name: name is missing,1007,,It has no name"));

    let again = import(&python, &program.url, &program.token, &arguments);
    assert_eq!(figures(&again), [8, 0, 5, 3]);
    assert!(String::from_utf8_lossy(&again.stdout).contains("(by id 5)"));

    let found = program.ask(
        "{
            all: startups(first: 1) { totalCount }
            named: startups(filter: { search: \"harbor loop\" }) {
                totalCount
                nodes { country domains website externalIds { source id } customFields }
            }
            chinese: startups(filter: { countries: [\"CN\"] }) {
                totalCount
                nodes { name oneLiner description city foundedOn domains customFields }
            }
            norwegian: startups(filter: { countries: [\"NO\"] }) { totalCount }
        }",
    );
    assert_eq!(found["all"]["totalCount"], 5);
    assert_eq!(found["norwegian"]["totalCount"], 0, "refused rows left nothing");
    let named = &found["named"];
    assert_eq!(named["totalCount"], 2, "a repeated name is two companies");
    for node in named["nodes"].as_array().unwrap() {
        assert_eq!((&node["website"], &node["domains"]), (&Value::Null, &json!([])));
        assert_eq!(node["externalIds"][0]["source"], "yc");
    }
    let dutch = &named["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|node| node["country"] == "NL");
    assert_eq!(
        dutch.unwrap()["customFields"]["founders_names"],
        json!(["Jo O'Neil", "D'Arcy Pike"])
    );
    let chinese = &found["chinese"]["nodes"][0];
    assert_eq!(found["chinese"]["totalCount"], 1);
    assert_eq!(chinese["name"], "木棉智造");
    assert_eq!(chinese["foundedOn"], "2021-01-01");
    assert_eq!(
        chinese["customFields"]["year_founded"], "2021",
        "the year as found is kept"
    );
    assert_eq!(chinese["city"], "Guangzhou, China");
    assert_eq!(chinese["domains"], json!(["mumian.example"]));
    assert_eq!(
        chinese["description"].as_str().unwrap().lines().count(),
        3,
        "a cell of several lines is one cell"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_usual_encoding_is_read() {
    let Some(python) = python::with_the_pinned_client() else {
        return;
    };
    for encoding in ["utf-8-sig", "gb18030", "utf-16", "utf-16-le"] {
        let program = Program::start().await;
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("startups.{encoding}.csv"));
        let encoded = Command::new(&python)
            .args(["-c", "import sys; r, w, e = sys.argv[1:]; open(w, 'wb').write(open(r, 'rb').read().decode('utf-8').encode(e))"])
            .args([in_workspace(SAMPLE).as_path(), file.as_path(), Path::new(encoding)])
            .status()
            .unwrap();
        assert!(encoded.success());
        let output = import(
            &python,
            &program.url,
            &program.token,
            &[file.to_str().unwrap(), "--source", "yc"],
        );
        assert_eq!(figures(&output), [8, 5, 0, 3], "{encoding}");
        let found = program.ask("{ startups(filter: { search: \"木棉\" }) { nodes { oneLiner } } }");
        assert_eq!(
            found["startups"]["nodes"][0]["oneLiner"], "给中小工厂用的质检模型",
            "{encoding}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_asked_for_again_and_a_full_minute_is_waited_for() {
    let Some(python) = python::with_the_pinned_client() else {
        return;
    };
    let program = Program::start().await;
    let proxy = proxy::start(&program.url);
    let sample = in_workspace(SAMPLE);
    let output = import(
        &python,
        &proxy,
        &program.token,
        &[sample.to_str().unwrap(), "--source", "yc"],
    );
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("again in 1 s:"), "the connection broke: {said}");
    assert!(said.contains("again in 3 s: RATE_LIMITED"), "{said}");
    // Had the request been carried out a second time, its rows would be known already.
    assert_eq!(figures(&output), [8, 5, 0, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_usage_and_failures_have_exit_codes_of_their_own() {
    let Some(python) = python::with_the_pinned_client() else {
        return;
    };
    let program = Program::start().await;
    let sample = in_workspace(SAMPLE);
    let sample = sample.to_str().unwrap();
    let no_such_column = import(
        &python,
        &program.url,
        &program.token,
        &[sample, "--source", "yc", "--column", "name=title"],
    );
    assert_eq!(no_such_column.status.code(), Some(2));
    let no_such_token = import(&python, &program.url, "nobody", &[sample, "--source", "yc"]);
    assert_eq!(no_such_token.status.code(), Some(1));
    assert_eq!(
        figure(&no_such_token, "not sent"),
        7,
        "all but the row that cannot be read"
    );
    let nobody_there = import(
        &python,
        "http://127.0.0.1:9",
        &program.token,
        &[sample, "--source", "yc", "--patience", "0"],
    );
    assert_eq!(nobody_there.status.code(), Some(1));
}

#[test]
fn a_list_of_four_thousand_companies_arrives_whole() {
    let list = in_workspace("../shared/data/yc/yc-companies-2023-02-27.csv");
    if !list.is_file() {
        skip("the list of 4,128 companies is not at ../shared/data/yc");
        return;
    }
    let Some(python) = python::with_the_pinned_client() else {
        return;
    };
    let program = Program::up();
    let arguments = [list.to_str().unwrap(), "--source", "yc"];

    let first = import(&python, &program.url, &program.token, &arguments);
    assert_eq!(figures(&first), [4128, 4128, 0, 0]);
    assert_eq!(first.status.code(), Some(0));
    let again = import(&python, &program.url, &program.token, &arguments);
    assert_eq!(figures(&again), [4128, 0, 4128, 0]);

    let found = program.ask(
        "{
            all: startups(first: 1) { totalCount }
            indian: startups(first: 1, filter: { countries: [\"IN\"] }) { totalCount }
            of2015: startups(first: 1, filter: { foundedFrom: \"2015-01-01\", foundedTo: \"2015-12-31\" }) { totalCount }
            stripe: startups(filter: { search: \"stripe\" }) { nodes { name externalIds { id } } }
        }",
    );
    assert_eq!(found["all"]["totalCount"], 4128);
    assert_eq!(found["indian"]["totalCount"], 202);
    assert_eq!(found["of2015"]["totalCount"], 144);
    let stripe = found["stripe"]["nodes"].as_array().unwrap();
    assert!(
        stripe
            .iter()
            .any(|node| node["name"] == "Stripe" && node["externalIds"][0]["id"] == "240")
    );
}
