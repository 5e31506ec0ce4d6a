//! The list of meetings: what goes on, what comes, what was.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use cynic::QueryBuilder;
use url::form_urlencoded;

use super::{ADDRESS, ReviewHead, ReviewKind, ReviewStatus, may_run, path, said};
use crate::answer::Outcome;
use crate::problem::{self, Problem};
use crate::send;
use crate::shell::{Section, Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::ReviewWords;
use crate::{Site, schema};

#[derive(cynic::QueryVariables)]
struct ReviewsPageVariables {
    after: Option<String>,
}

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "ReviewsPageVariables")]
struct ReviewsPage {
    viewer: Option<Viewer>,
    #[arguments(first: 50, after: $after)]
    reviews: Connection,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ReviewConnection")]
struct Connection {
    nodes: Vec<ReviewHead>,
    page_info: PageInfo,
}

#[derive(cynic::QueryFragment)]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "reviews.html")]
struct Page {
    shell: Shell,
    r: &'static ReviewWords,
    said: Option<&'static str>,
    may_run: bool,
    /// The forms that propose the next of each kind, with its name.
    nexts: Vec<(String, &'static str)>,
    is_first: bool,
    groups: Vec<Group>,
    newest: Option<String>,
    older: Option<String>,
}

struct Group {
    id: &'static str,
    heading: &'static str,
    rows: Vec<Row>,
}

struct Row {
    link: String,
    title: String,
    kind: &'static str,
    when: String,
    when_exact: String,
    minutes: String,
    presenter: Option<String>,
}

pub(super) fn document() -> String {
    ReviewsPage::build(ReviewsPageVariables { after: None }).query
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    page(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let words = visit.words();
    let r = words.review();
    let after = visit.parameter("after");
    let variables = send::variables(&ReviewsPageVariables { after: after.clone() })?;
    let found = send::read(site, visit, document(), variables.clone(), "ReviewsPage").await?;
    let Outcome::Data(ReviewsPage { viewer, reviews }) = found else {
        return Err(Problem::NotFound);
    };
    let viewer = viewer.ok_or(Problem::SignIn)?;
    let mut shell = Shell::new(site, visit, r.reviews);
    shell.section = Section::Reviews;
    shell.query_link = Some(query_link(&document(), &variables, "ReviewsPage"));
    let may_run = may_run(&viewer);
    shell.user = Some(viewer.menu(words));
    let row = |head: &ReviewHead| {
        let (when_exact, when) = head.when(site, words.language);
        let address = path(head.id.inner());
        Row {
            link: match head.status {
                ReviewStatus::Draft => address,
                ReviewStatus::Live => format!("{address}/live"),
                ReviewStatus::Closed => format!("{address}/minutes"),
            },
            title: head.title.clone(),
            kind: head.kind.word(r),
            when,
            when_exact,
            minutes: r.min(&head.minutes.to_string()),
            presenter: head.presenter.as_ref().map(|user| user.name.clone()),
        }
    };
    let of = |status: ReviewStatus| -> Vec<Row> {
        let heads = reviews.nodes.iter().filter(|head| head.status == status);
        heads.map(row).collect()
    };
    let mut coming = of(ReviewStatus::Draft);
    coming.reverse();
    let groups = [
        ("live", r.live, of(ReviewStatus::Live)),
        ("next", r.next, coming),
        ("past", r.past, of(ReviewStatus::Closed)),
    ];
    let older = reviews
        .page_info
        .end_cursor
        .filter(|_| reviews.page_info.has_next_page)
        .map(|cursor| {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("after", &cursor)
                .finish();
            format!("{ADDRESS}?{query}")
        });
    let page = Page {
        r,
        said: said(visit),
        may_run,
        nexts: ReviewKind::ALL
            .into_iter()
            .map(|kind| (format!("{ADDRESS}/new?kind={}", kind.code()), kind.word(r)))
            .collect(),
        is_first: after.is_none(),
        groups: groups
            .into_iter()
            .filter(|(_, _, rows)| !rows.is_empty())
            .map(|(id, heading, rows)| Group { id, heading, rows })
            .collect(),
        newest: after.map(|_| ADDRESS.to_owned()),
        older,
        shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}
