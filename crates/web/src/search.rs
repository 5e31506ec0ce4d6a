//! The search over everything: a page, and the same results as a fragment for the overlay.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use cynic::QueryBuilder;

use crate::belief::Kind;
use crate::problem::{self, Problem};
use crate::send;
use crate::shell::{Section, Shell};
use crate::startup::{anchor, path};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::Words;
use crate::{Language, Site, schema};

/// Hits told of one kind.
const HITS: i32 = 8;
/// What the server is asked for at most.
const QUERY_LIMIT_CHARS: usize = 200;

#[derive(cynic::QueryVariables)]
struct SearchPageVariables {
    query: String,
    first: i32,
    asks: bool,
}

/// The hits of each kind apart, so that many of one do not push out the others.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SearchPageVariables")]
struct SearchPage {
    viewer: Option<Viewer>,
    #[cynic(alias, rename = "search")]
    #[arguments(query: $query, first: $first, kinds: [STARTUP])]
    #[directives(include(if: $asks))]
    startups: Option<Vec<Hit>>,
    #[cynic(alias, rename = "search")]
    #[arguments(query: $query, first: $first, kinds: [DEAL])]
    #[directives(include(if: $asks))]
    deals: Option<Vec<Hit>>,
    #[cynic(alias, rename = "search")]
    #[arguments(query: $query, first: $first, kinds: [PERSON])]
    #[directives(include(if: $asks))]
    people: Option<Vec<Hit>>,
    #[cynic(alias, rename = "search")]
    #[arguments(query: $query, first: $first, kinds: [DOCUMENT])]
    #[directives(include(if: $asks))]
    documents: Option<Vec<Hit>>,
    #[cynic(alias, rename = "search")]
    #[arguments(query: $query, first: $first, kinds: [EVIDENCE])]
    #[directives(include(if: $asks))]
    evidence: Option<Vec<Hit>>,
    #[cynic(alias, rename = "search")]
    #[arguments(query: $query, first: $first, kinds: [REVIEW])]
    #[directives(include(if: $asks))]
    meetings: Option<Vec<Hit>>,
    #[cynic(alias, rename = "search")]
    #[arguments(query: $query, first: $first, kinds: [THESIS])]
    #[directives(include(if: $asks))]
    theses: Option<Vec<Hit>>,
    #[cynic(alias, rename = "search")]
    #[arguments(query: $query, first: $first, kinds: [CAPABILITY])]
    #[directives(include(if: $asks))]
    capabilities: Option<Vec<Hit>>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "SearchHit")]
struct Hit {
    title: String,
    snippet: String,
    node: Found,
}

/// Where a hit leads.
#[derive(cynic::InlineFragments)]
#[cynic(graphql_type = "Node")]
enum Found {
    Startup(FoundStartup),
    Deal(FoundDeal),
    Person(FoundPerson),
    Document(FoundDocument),
    Evidence(FoundEvidence),
    Review(FoundReview),
    Thesis(FoundThesis),
    Capability(FoundCapability),
    #[cynic(fallback)]
    Other,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct FoundStartup {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct FoundDeal {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Person")]
struct FoundPerson {
    id: cynic::Id,
    affiliations: Vec<FoundPost>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Affiliation")]
struct FoundPost {
    startup: Option<FoundStartup>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Document")]
struct FoundDocument {
    id: cynic::Id,
    startup: Option<FoundStartup>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Evidence")]
struct FoundEvidence {
    id: cynic::Id,
    startup: FoundStartup,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
struct FoundReview {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Thesis")]
struct FoundThesis {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Capability")]
struct FoundCapability {
    id: cynic::Id,
}

impl Found {
    /// The address of the record's place; None where no page shows it yet.
    fn link(&self) -> Option<String> {
        let on = |startup: &FoundStartup, id: &cynic::Id| {
            format!("{}#{}", path(startup.id.inner()), anchor(id.inner()))
        };
        match self {
            Self::Startup(startup) => Some(path(startup.id.inner())),
            Self::Deal(deal) => Some(crate::deal::path(deal.id.inner())),
            Self::Person(person) => person
                .affiliations
                .iter()
                .find_map(|post| post.startup.as_ref())
                .map(|startup| on(startup, &person.id)),
            Self::Document(document) => document.startup.as_ref().map(|startup| on(startup, &document.id)),
            Self::Evidence(record) => Some(on(&record.startup, &record.id)),
            Self::Review(review) => Some(crate::review::path(review.id.inner())),
            Self::Thesis(thesis) => Some(Kind::Thesis.path(thesis.id.inner())),
            Self::Capability(capability) => Some(Kind::Capability.path(capability.id.inner())),
            Self::Other => None,
        }
    }
}

/// A group of hits as the page draws it.
struct Group {
    id: &'static str,
    word: &'static str,
    hits: Vec<HitView>,
}

struct HitView {
    link: Option<String>,
    title: Vec<(String, bool)>,
    lang: &'static str,
    snippet: Vec<(String, bool)>,
    snippet_lang: &'static str,
}

#[derive(Template)]
#[template(path = "search.html", blocks = ["results"])]
struct Page {
    shell: Shell,
    text: String,
    /// Too little was typed to search for.
    is_short: bool,
    groups: Vec<Group>,
    /// Where whoever may write adds what was not found.
    create: Option<(String, String)>,
}

fn variables(text: &str) -> SearchPageVariables {
    SearchPageVariables {
        query: text.to_owned(),
        first: HITS,
        asks: is_enough(text),
    }
}

/// The page's document.
pub(crate) fn document() -> String {
    SearchPage::build(variables("")).query
}

/// Two letters, or one sign of a script whose signs are words.
fn is_enough(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() >= 2 || Language::of_name(text) == Language::Zh
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit, headers: HeaderMap) -> Response {
    results(&site, &visit, &headers)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn results(site: &Site, visit: &Visit, headers: &HeaderMap) -> Result<Response, Problem> {
    let words = visit.words();
    let text: String = visit
        .parameter("q")
        .unwrap_or_default()
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(QUERY_LIMIT_CHARS)
        .collect();
    let asked = send::variables(&variables(&text))?;
    let found: SearchPage = send::read_record(site, visit, document(), asked, "SearchPage").await?;
    let viewer = found.viewer.ok_or(Problem::SignIn)?;
    let may_write = viewer.role.may_write();
    let w = words.startup();
    let mut groups: Vec<Group> = [
        ("startups", words.startups, found.startups),
        ("deals", w.deals, found.deals),
        ("people", w.people, found.people),
        ("documents", w.documents, found.documents),
        ("evidence", w.evidence, found.evidence),
        ("meetings", words.review().reviews, found.meetings),
        ("theses", words.beliefs().theses, found.theses),
        ("capabilities", words.beliefs().capabilities, found.capabilities),
    ]
    .into_iter()
    .map(|(id, word, hits)| Group {
        id,
        word,
        hits: hits
            .unwrap_or_default()
            .into_iter()
            .map(|hit| HitView::new(hit, &text, words))
            .collect(),
    })
    .collect();
    groups.retain(|group| !group.hits.is_empty());
    let mut shell = Shell::new(
        site,
        visit,
        &if text.is_empty() {
            words.search.to_owned()
        } else {
            words.search_for(&text)
        },
    );
    shell.section = Section::Search;
    shell.user = Some(viewer.menu(words));
    let is_short = !is_enough(&text);
    let create = (may_write && !is_short && groups.is_empty()).then(|| {
        let name: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        (format!("/startups/new?name={name}"), words.create_named(&text))
    });
    let page = Page {
        shell,
        text,
        is_short,
        groups,
        create,
    };
    // The overlay asks for the results alone.
    if headers.get("hx-request").is_some() {
        return problem::page(StatusCode::OK, visit.language.tag(), &page.as_results());
    }
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

impl HitView {
    fn new(hit: Hit, text: &str, words: &Words) -> Self {
        let lang = |of: &str| {
            let language = Language::of_name(of);
            if language == words.language {
                ""
            } else {
                language.tag()
            }
        };
        Self {
            lang: lang(&hit.title),
            snippet_lang: lang(&hit.snippet),
            link: hit.node.link(),
            title: marked(&hit.title, text),
            snippet: marked(&hit.snippet, text),
        }
    }
}

/// A text in parts, those that match a word of the query marked. What matches by a folding beyond that of case (width,
/// traditional signs) is found all the same, and stays unmarked.
fn marked(text: &str, query: &str) -> Vec<(String, bool)> {
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let signs: Vec<char> = text.chars().collect();
    let folded: Vec<char> = signs.iter().copied().map(lower).collect();
    let mut is_marked = vec![false; signs.len()];
    for word in query.split_whitespace() {
        let word: Vec<char> = word.chars().map(lower).collect();
        for start in 0..(folded.len() + 1).saturating_sub(word.len()) {
            if folded[start..start + word.len()] == word[..] {
                is_marked[start..start + word.len()].fill(true);
            }
        }
    }
    let mut parts: Vec<(String, bool)> = Vec::new();
    for (sign, marked) in signs.into_iter().zip(is_marked) {
        match parts.last_mut() {
            Some((part, same)) if *same == marked => part.push(sign),
            _ => parts.push((sign.to_string(), marked)),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matches_is_marked_whatever_its_case() {
        let told = |text: &str, query: &str| {
            marked(text, query)
                .into_iter()
                .map(|(part, marked)| if marked { format!("[{part}]") } else { part })
                .collect::<String>()
        };
        assert_eq!(told("Cubeforge 立方工坊", "CUBE 立方"), "[Cube]forge [立方]工坊");
        assert_eq!(told("Cubeforge", "zzz"), "Cubeforge");
        assert_eq!(told("", "a"), "");
        assert_eq!(told("aaa", "aa"), "[aaa]");
        assert_eq!(told("İstanbul", "istan"), "[İstan]bul");
    }

    #[test]
    fn one_han_sign_is_enough_and_one_letter_is_not() {
        for (text, expected) in [
            ("立", true),
            ("a", false),
            ("ab", true),
            (" a ", false),
            ("", false),
        ] {
            assert_eq!(is_enough(text), expected, "{text:?}");
        }
    }
}
