//! What keys do: a page that tells all of them, and whether single ones do anything.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use cynic::QueryBuilder;

use crate::problem::{self, Problem};
use crate::send;
use crate::shell::Shell;
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{KeyWords, Words};
use crate::{Site, schema};

/// Where the page is.
pub(crate) const ADDRESS: &str = "/help/shortcuts";

/// A page to which `g` and then a letter goes.
pub(crate) struct Place {
    pub(crate) key: &'static str,
    pub(crate) address: &'static str,
    /// Whether it shows the past where the page before does.
    pub(crate) keeps_day: bool,
    name: fn(&'static Words) -> &'static str,
}

const fn place(
    key: &'static str,
    address: &'static str,
    keeps_day: bool,
    name: fn(&'static Words) -> &'static str,
) -> Place {
    Place {
        key,
        address,
        keeps_day,
        name,
    }
}

/// All of them, in the order of the bar.
pub(crate) const PLACES: [Place; 8] = [
    place("h", "/", false, |w| w.work().my_work),
    place("s", "/startups", true, |w| w.startups),
    place("p", "/pipeline", true, |w| w.pipeline().pipeline),
    place("m", "/matrix", true, |w| w.matrix().matrix),
    place("a", "/analytics/funnel", true, |w| w.analytics().analytics),
    place("r", "/reviews", false, |w| w.review().reviews),
    place("v", "/providers", true, |w| w.keys().providers),
    place("t", "/theses", true, |w| w.beliefs().theses),
];

/// Who asks what keys do.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct Shortcuts {
    viewer: Option<Viewer>,
}

/// The document of the page.
pub(crate) fn document() -> String {
    Shortcuts::build(()).query
}

/// Keys that do something where they are pressed.
struct Group {
    id: &'static str,
    name: &'static str,
    rows: Vec<Row>,
}

/// What keys do: one, or several with a word between them.
struct Row {
    keys: Vec<String>,
    between: &'static str,
    what: &'static str,
}

#[derive(Template)]
#[template(path = "shortcuts.html")]
struct Page {
    shell: Shell,
    k: &'static KeyWords,
    groups: Vec<Group>,
    single_keys: bool,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    page(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let nothing = serde_json::json!({});
    let found: Shortcuts = send::read_record(site, visit, document(), nothing, "Shortcuts").await?;
    let words = visit.words();
    let k = words.keys();
    let mut shell = Shell::new(site, visit, k.shortcuts);
    shell.user = Some(found.viewer.ok_or(Problem::SignIn)?.menu(words));
    let page = Page {
        shell,
        k,
        groups: groups(words, k),
        single_keys: visit.single_keys,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

fn groups(words: &'static Words, k: &'static KeyWords) -> Vec<Group> {
    // Letters as they stand on the keys.
    let shown = |key: &&str| match key.len() {
        1 => key.to_uppercase(),
        _ => (*key).to_owned(),
    };
    let some = |keys: &[&str], between, what| Row {
        keys: keys.iter().map(shown).collect(),
        between,
        what,
    };
    let one = |key: &str, what| some(&[key], "", what);
    let group = |id, name, rows| Group { id, name, rows };
    let go = PLACES
        .iter()
        .map(|place| some(&["g", place.key], k.then, (place.name)(words)));
    vec![
        group(
            "everywhere",
            k.everywhere,
            vec![
                one("Ctrl K", k.search),
                one("q", k.quick_add),
                one("?", k.help),
                one("Esc", k.close),
            ],
        ),
        group("go", k.go, go.collect()),
        group("lists", k.lists, vec![one("/", k.filter)]),
        group(
            "board",
            k.board,
            vec![
                some(&["↑", "↓", "←", "→"], "", k.between),
                some(&["Shift ←", "Shift →"], k.or, k.step),
                one("m", k.move_deal),
                one("Enter", k.open),
                one("c", k.fold),
            ],
        ),
        group(
            "records",
            k.records,
            vec![one("i", k.interaction), one("m", k.move_deal)],
        ),
        group(
            "meeting",
            k.meeting,
            vec![
                some(&["n", "p"], k.or, k.turn),
                one("v", k.votes),
                some(&["1", "5"], k.to, k.ballot),
                one("c", k.close_votes),
                one("d", k.decision),
                one("a", k.task),
                one("o", k.note),
                one("b", k.back),
            ],
        ),
        group("forms", k.forms, vec![one("Ctrl Enter", k.save)]),
    ]
}
