//! Two meetings beside each other: what entered, left and moved between them, whose conviction changed, what both decided.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use super::{Decision, ReviewHead, shell, standing};
use crate::answer::Outcome;
use crate::deal::DealStatus;
use crate::deals::StageOption;
use crate::form::Pick;
use crate::problem::{self, Problem};
use crate::shell::{Shell, query_link};
use crate::task::StartupName;
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{ReviewWords, Words};
use crate::{Site, fmt, schema, send};

/// Closed meetings to choose from.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct ClosedReviews {
    viewer: Option<Viewer>,
    #[arguments(first: 100, status: CLOSED)]
    reviews: Connection,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ReviewConnection")]
struct Connection {
    nodes: Vec<Closed>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
struct Closed {
    #[cynic(spread)]
    head: ReviewHead,
    closed_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryVariables)]
struct ComparePageVariables {
    a: cynic::Id,
    b: cynic::Id,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

/// Two of them, and what happened from the closing of one to that of the other.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "ComparePageVariables")]
struct ComparePage {
    #[cynic(alias)]
    #[arguments(id: $a)]
    #[cynic(rename = "review")]
    earlier: Option<Meeting>,
    #[cynic(alias)]
    #[arguments(id: $b)]
    #[cynic(rename = "review")]
    later: Option<Meeting>,
    #[arguments(from: $from, to: $to)]
    pipeline_diff: PipelineDiff,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
struct Meeting {
    items: Vec<Item>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "AgendaItem")]
struct Item {
    deal: Option<ComparedDeal>,
    decision: Option<Decision>,
}

#[derive(Clone, cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct ComparedDeal {
    id: cynic::Id,
    title: String,
    stage: StageOption,
    status: DealStatus,
    startup: StartupName,
}

#[derive(cynic::QueryFragment)]
struct PipelineDiff {
    opened: Vec<ComparedDeal>,
    moved: Vec<DealMove>,
    closed: Vec<DealMove>,
    conviction: Vec<ConvictionChange>,
}

#[derive(cynic::QueryFragment)]
struct DealMove {
    deal: ComparedDeal,
    from: Option<StageOption>,
    to: StageOption,
    to_status: DealStatus,
}

#[derive(cynic::QueryFragment)]
struct ConvictionChange {
    startup: StartupName,
    from: Option<Decimal>,
    to: Option<Decimal>,
    causes: Vec<ConvictionCause>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
enum ConvictionCause {
    Decay,
    Dependency,
    Evidence,
    Grade,
    Route,
    Rubric,
}

impl ConvictionCause {
    fn word(self, r: &ReviewWords) -> &'static str {
        match self {
            Self::Decay => r.by_decay,
            Self::Dependency => r.by_dependency,
            Self::Evidence => r.by_evidence,
            Self::Grade => r.by_grade,
            Self::Route => r.by_route,
            Self::Rubric => r.by_rubric,
        }
    }
}

#[derive(Template)]
#[template(path = "review_compare.html")]
struct Page {
    shell: Shell,
    r: &'static ReviewWords,
    earlier: Vec<Pick>,
    later: Vec<Pick>,
    compared: Option<Compared>,
}

struct Compared {
    span: String,
    parts: Vec<Part>,
    decisions: Vec<DecidedRow>,
}

/// Deals or startups with what became of them.
struct Part {
    id: &'static str,
    heading: &'static str,
    rows: Vec<(Link, String)>,
}

struct Link {
    name: String,
    title: String,
    address: String,
}

struct DecidedRow {
    about: Link,
    then: Option<String>,
    since: Option<String>,
    stands: String,
}

fn closed_document() -> String {
    ClosedReviews::build(()).query
}

pub(super) fn documents() -> [(&'static str, String); 2] {
    let variables = ComparePageVariables {
        a: "".into(),
        b: "".into(),
        from: DateTime::UNIX_EPOCH,
        to: DateTime::UNIX_EPOCH,
    };
    [
        ("reviews_closed.graphql", closed_document()),
        ("review_compare.graphql", ComparePage::build(variables).query),
    ]
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    problem::answered(&site, &visit, page(&site, &visit).await)
}

/// The two meetings to compare, the earlier first: those asked for, else the last two of a kind.
fn chosen<'a>(closed: &'a [Closed], a: Option<&str>, b: Option<&str>) -> Option<(&'a Closed, &'a Closed)> {
    let of = |id: Option<&str>| closed.iter().find(|one| Some(one.head.id.inner()) == id);
    let (one, other) = match (of(a), of(b)) {
        (Some(one), Some(other)) => (one, other),
        (Some(one), None) | (None, Some(one)) => (one, before(closed, one)?),
        (None, None) => {
            let last = closed.iter().find(|one| before(closed, one).is_some())?;
            (last, before(closed, last)?)
        }
    };
    if one.head.id == other.head.id {
        return None;
    }
    Some(if one.closed_at <= other.closed_at {
        (one, other)
    } else {
        (other, one)
    })
}

/// The meeting of the same kind that was closed before.
fn before<'a>(closed: &'a [Closed], one: &Closed) -> Option<&'a Closed> {
    closed
        .iter()
        .filter(|other| other.head.kind == one.head.kind && other.closed_at < one.closed_at)
        .max_by_key(|other| other.closed_at)
}

async fn page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let words = visit.words();
    let r = words.review();
    let found = send::read(
        site,
        visit,
        closed_document(),
        serde_json::json!({}),
        "ClosedReviews",
    )
    .await?;
    let Outcome::Data(ClosedReviews { viewer, reviews }) = found else {
        return Err(Problem::NotFound);
    };
    let viewer = viewer.ok_or(Problem::SignIn)?;
    let mut shell = shell(site, visit, viewer, (r.compare, r.compare), None);
    let (a, b) = (visit.parameter("a"), visit.parameter("b"));
    let pair = chosen(&reviews.nodes, a.as_deref(), b.as_deref());
    let picks = |chosen: Option<&Closed>| {
        let all = reviews.nodes.iter().map(|one| {
            let (_, when) = one.head.when(site, words.language);
            let chosen = chosen.map_or("", |chosen| chosen.head.id.inner());
            Pick::new(
                one.head.id.inner(),
                &format!("{} · {when}", one.head.title),
                chosen,
            )
        });
        all.collect::<Vec<_>>()
    };
    let compared = match pair.and_then(|(one, other)| Some((one, other, one.closed_at?, other.closed_at?))) {
        None => None,
        Some((one, other, from, to)) => {
            let asked = ComparePageVariables {
                a: one.head.id.clone(),
                b: other.head.id.clone(),
                from,
                to,
            };
            let variables = send::variables(&asked)?;
            let document = ComparePage::build(asked).query;
            shell.query_link = Some(query_link(&document, &variables, "ComparePage"));
            let found: ComparePage =
                send::read_record(site, visit, document, variables, "ComparePage").await?;
            Some(Compared::new(site, found, from, to, words))
        }
    };
    let page = Page {
        r,
        earlier: picks(pair.map(|(one, _)| one)),
        later: picks(pair.map(|(_, other)| other)),
        compared,
        shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

impl ComparedDeal {
    fn about(&self) -> Link {
        Link {
            name: self.startup.name.clone(),
            title: self.title.clone(),
            address: crate::deal::path(self.id.inner()),
        }
    }
    fn stands(&self, words: &Words) -> String {
        standing(&self.stage, self.status, words)
    }
}

impl Compared {
    fn new(
        site: &Site,
        found: ComparePage,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        words: &'static Words,
    ) -> Self {
        let r = words.review();
        let diff = found.pipeline_diff;
        let moved = |moves: Vec<DealMove>| {
            moves
                .into_iter()
                .map(|one| {
                    let to = standing(&one.to, one.to_status, words);
                    let text = match &one.from {
                        Some(from) => format!("{} → {to}", from.name_in(words.language)),
                        None => to,
                    };
                    (one.deal.about(), text)
                })
                .collect::<Vec<_>>()
        };
        let convictions = diff.conviction.into_iter().map(|one| {
            let shown = |value: Option<Decimal>| value.map_or_else(|| "—".to_owned(), fmt::conviction);
            let causes: Vec<&str> = one.causes.iter().map(|cause| cause.word(r)).collect();
            let text = format!(
                "{} → {} · {}",
                shown(one.from),
                shown(one.to),
                causes.join(words.comma())
            );
            let link = Link {
                name: one.startup.name,
                title: String::new(),
                address: format!("{}#why", crate::startup::path(one.startup.id.inner())),
            };
            (link, text)
        });
        let opened = diff
            .opened
            .iter()
            .map(|deal| (deal.about(), deal.stands(words)))
            .collect();
        let parts = [
            ("entered", r.entered, opened),
            ("left", r.left, moved(diff.closed)),
            ("moved", r.moved, moved(diff.moved)),
            ("conviction", r.convictions_changed, convictions.collect()),
        ];
        let day =
            |at: DateTime<Utc>| fmt::date(at.with_timezone(&site.config.zone).date_naive(), words.language);
        Self {
            span: r.between(&day(from), &day(to)),
            parts: parts
                .into_iter()
                .map(|(id, heading, rows)| Part { id, heading, rows })
                .collect(),
            decisions: decided(found.earlier, found.later, words),
        }
    }
}

/// What both decided, by deal, in the order of the earlier agenda and then of the later.
fn decided(earlier: Option<Meeting>, later: Option<Meeting>, words: &Words) -> Vec<DecidedRow> {
    let mut rows: Vec<(String, DecidedRow)> = Vec::new();
    for (is_earlier, meeting) in [(true, earlier), (false, later)] {
        for item in meeting.into_iter().flat_map(|meeting| meeting.items) {
            let (Some(deal), Some(decision)) = (item.deal, item.decision) else {
                continue;
            };
            let line = Some(decision.line(words));
            let id = deal.id.inner().to_owned();
            let at = rows
                .iter()
                .position(|(known, _)| *known == id)
                .unwrap_or_else(|| {
                    rows.push((
                        id,
                        DecidedRow {
                            about: deal.about(),
                            then: None,
                            since: None,
                            stands: deal.stands(words),
                        },
                    ));
                    rows.len() - 1
                });
            let row = &mut rows[at].1;
            if is_earlier {
                row.then = line;
            } else {
                row.since = line;
            }
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}
