//! Looking back: what meetings decided, and what became of it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;
use url::form_urlencoded;

use super::{Decision, DecisionKind, MeetingName, ReviewKind, moved, shell, standing};
use crate::answer::Outcome;
use crate::deal::{DealStatus, GateCondition, overridden};
use crate::deals::StageOption;
use crate::problem::{self, Problem};
use crate::shell::{Shell, query_link};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::ReviewWords;
use crate::{Site, fmt, schema, send};

/// The address of the page.
const HERE: &str = "/reviews/decisions";

#[derive(cynic::QueryVariables)]
struct DecisionsPageVariables {
    after: Option<String>,
    kind: Option<DecisionKind>,
    review_kind: Option<ReviewKind>,
}

/// Everything the page shows.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "DecisionsPageVariables")]
struct DecisionsPage {
    viewer: Option<Viewer>,
    #[arguments(first: 50, after: $after, kind: $kind, reviewKind: $review_kind)]
    decisions: Connection,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "DecisionConnection")]
struct Connection {
    total_count: i32,
    nodes: Vec<Decided>,
    page_info: PageInfo,
}

#[derive(cynic::QueryFragment)]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Decision")]
struct Decided {
    #[cynic(spread)]
    decision: Decision,
    at: DateTime<Utc>,
    conviction_then: Option<Decimal>,
    review: MeetingName,
    deal: Option<DecidedDeal>,
    conditions: Vec<Condition>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Task")]
struct Condition {
    done_at: Option<DateTime<Utc>>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct DecidedDeal {
    id: cynic::Id,
    title: String,
    stage: StageOption,
    status: DealStatus,
    overridden: Vec<GateCondition>,
    startup: DecidedStartup,
    outcome_watch: Vec<Later>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct DecidedStartup {
    name: String,
    conviction: Option<Decimal>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "LaterOutcome")]
struct Later {
    on: NaiveDate,
    what: String,
}

#[derive(Template)]
#[template(path = "review_decisions.html")]
struct Page {
    shell: Shell,
    r: &'static ReviewWords,
    total: i32,
    kinds: Vec<Choice>,
    meetings: Vec<Choice>,
    rows: Vec<Row>,
    newest: Option<String>,
    older: Option<String>,
}

/// A way to narrow the list.
struct Choice {
    link: String,
    word: &'static str,
    is_chosen: bool,
}

struct Row {
    startup: String,
    title: String,
    link: String,
    decided: String,
    rationale: String,
    when: String,
    when_exact: String,
    by: String,
    meeting: String,
    meeting_link: String,
    then: String,
    now: String,
    moved: Option<String>,
    stands: String,
    /// Whether the deal is where the decision sent it, or went on from there.
    holds: bool,
    overridden: Option<String>,
    conditions: Option<String>,
    later: Vec<(String, String)>,
}

pub(super) fn document() -> String {
    DecisionsPage::build(DecisionsPageVariables {
        after: None,
        kind: None,
        review_kind: None,
    })
    .query
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    problem::answered(&site, &visit, page(&site, &visit).await)
}

/// The page's address with these choices.
fn address(kind: Option<DecisionKind>, meeting: Option<ReviewKind>, after: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(kind) = kind {
        query.append_pair("kind", kind.code());
    }
    if let Some(meeting) = meeting {
        query.append_pair("meeting", meeting.code());
    }
    if let Some(after) = after {
        query.append_pair("after", after);
    }
    let query = query.finish();
    if query.is_empty() {
        HERE.to_owned()
    } else {
        format!("{HERE}?{query}")
    }
}

/// Whether a deal is where a decision sent it, or went on from there.
fn holds(kind: DecisionKind, stage: Option<&StageOption>, now: &StageOption, status: DealStatus) -> bool {
    match kind {
        DecisionKind::Advance => {
            let far = stage.is_none_or(|stage| now.order >= stage.order);
            status == DealStatus::Invested || far && status == DealStatus::Active
        }
        DecisionKind::Hold => status == DealStatus::OnHold,
        DecisionKind::Pass => status == DealStatus::Passed,
        DecisionKind::Invest => status == DealStatus::Invested,
    }
}

async fn page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let words = visit.words();
    let r = words.review();
    let kind = visit.parameter("kind").as_deref().and_then(DecisionKind::of);
    let meeting = visit.parameter("meeting").as_deref().and_then(ReviewKind::of);
    let after = visit.parameter("after");
    let variables = send::variables(&DecisionsPageVariables {
        after: after.clone(),
        kind,
        review_kind: meeting,
    })?;
    let found = send::read(site, visit, document(), variables.clone(), "DecisionsPage").await?;
    let Outcome::Data(DecisionsPage { viewer, decisions }) = found else {
        return Err(Problem::NotFound);
    };
    let viewer = viewer.ok_or(Problem::SignIn)?;
    let mut shell = shell(site, visit, viewer, (r.look_back, r.look_back), None);
    shell.follow(&["agenda_item", "deal"]);
    shell.query_link = Some(query_link(&document(), &variables, "DecisionsPage"));
    let language = words.language;
    let rows = decisions
        .nodes
        .into_iter()
        .filter_map(|one| {
            let deal = one.deal?;
            let day = one.at.with_timezone(&site.config.zone).date_naive();
            let shown = |value: Option<Decimal>| value.map_or_else(|| "—".to_owned(), fmt::conviction);
            let decision = one.decision;
            let (meeting_path, meeting) = one.review.link();
            let done = one
                .conditions
                .iter()
                .filter(|task| task.done_at.is_some())
                .count();
            Some(Row {
                decided: decision.line(words),
                holds: holds(decision.kind, decision.stage.as_ref(), &deal.stage, deal.status),
                rationale: decision.rationale,
                when: fmt::date(day, language),
                when_exact: one.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
                by: decision.by.name,
                meeting_link: format!("{meeting_path}/minutes"),
                meeting,
                then: shown(one.conviction_then),
                now: shown(deal.startup.conviction),
                moved: moved(one.conviction_then, deal.startup.conviction),
                stands: standing(&deal.stage, deal.status, words),
                overridden: overridden(&deal.overridden, words),
                conditions: (!one.conditions.is_empty())
                    .then(|| r.conditions_done(&done.to_string(), &one.conditions.len().to_string())),
                later: deal
                    .outcome_watch
                    .into_iter()
                    .map(|later| (fmt::date(later.on, language), later.what))
                    .collect(),
                link: crate::deal::path(deal.id.inner()),
                startup: deal.startup.name,
                title: deal.title,
            })
        })
        .collect();
    let mut kinds = vec![Choice {
        link: address(None, meeting, None),
        word: r.all,
        is_chosen: kind.is_none(),
    }];
    kinds.extend(DecisionKind::ALL.into_iter().map(|one| Choice {
        link: address(Some(one), meeting, None),
        word: one.word(r),
        is_chosen: kind == Some(one),
    }));
    let mut meetings = vec![Choice {
        link: address(kind, None, None),
        word: r.all,
        is_chosen: meeting.is_none(),
    }];
    meetings.extend(ReviewKind::ALL.into_iter().map(|one| Choice {
        link: address(kind, Some(one), None),
        word: one.word(r),
        is_chosen: meeting == Some(one),
    }));
    let page = Page {
        r,
        total: decisions.total_count,
        kinds,
        meetings,
        rows,
        newest: after.map(|_| address(kind, meeting, None)),
        older: decisions
            .page_info
            .end_cursor
            .filter(|_| decisions.page_info.has_next_page)
            .map(|cursor| address(kind, meeting, Some(&cursor))),
        shell,
    };
    problem::page(StatusCode::OK, visit.language.tag(), &page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(order: i32) -> StageOption {
        StageOption {
            key: format!("S{order}"),
            name: String::new(),
            name_zh: String::new(),
            order,
            is_retired: false,
        }
    }

    #[test]
    fn a_decision_holds_while_the_deal_is_where_it_was_sent_or_further() {
        let (three, four, five) = (stage(3), stage(4), stage(5));
        let advanced = |now, status| holds(DecisionKind::Advance, Some(&four), now, status);
        assert!(advanced(&four, DealStatus::Active));
        assert!(advanced(&five, DealStatus::Active));
        assert!(advanced(&five, DealStatus::Invested));
        assert!(!advanced(&three, DealStatus::Active), "it went back");
        assert!(!advanced(&five, DealStatus::Passed));
        assert!(holds(DecisionKind::Hold, None, &four, DealStatus::OnHold));
        assert!(
            !holds(DecisionKind::Hold, None, &four, DealStatus::Active),
            "it was taken up again"
        );
        assert!(holds(DecisionKind::Pass, None, &four, DealStatus::Passed));
        assert!(!holds(DecisionKind::Pass, None, &four, DealStatus::Active));
        assert!(holds(DecisionKind::Invest, None, &four, DealStatus::Invested));
        assert!(!holds(DecisionKind::Invest, None, &four, DealStatus::Lost));
    }

    #[test]
    fn choices_stay_in_the_address() {
        assert_eq!(address(None, None, None), "/reviews/decisions");
        assert_eq!(
            address(Some(DecisionKind::Pass), Some(ReviewKind::Committee), Some("a=b")),
            "/reviews/decisions?kind=PASS&meeting=COMMITTEE&after=a%3Db"
        );
    }
}
