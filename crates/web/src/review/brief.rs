//! What somebody must know of an agenda's items: the deal, what changed, conviction explained, what to ask, what was said.

use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use super::{Ballot, CastVote, Decision, ItemId, ItemNeed, Reason, ReviewHead, Rules, Tally, moved};
use crate::assessment::{self, Ask, AskView, Assessment, FlagView, Places};
use crate::deal::gates::{Gate, UnmetView};
use crate::deal::{DealLine, DealView};
use crate::deals::UserName;
use crate::interaction::{InteractionLine, InteractionView};
use crate::problem::Problem;
use crate::shell::{Shell, query_link};
use crate::task::{TaskLine, TaskView};
use crate::viewer::{Reader, Viewer};
use crate::visit::Visit;
use crate::why::WhyView;
use crate::{Site, fmt, schema, send};

#[derive(cynic::QueryVariables)]
pub(super) struct BriefPageVariables {
    id: cynic::Id,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
}

/// A meeting with everything that is to be known of its items.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "BriefPageVariables")]
struct BriefPage {
    #[arguments(id: $id)]
    review: Option<BriefReview>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Review", variables = "BriefPageVariables")]
pub(super) struct BriefReview {
    #[cynic(spread)]
    pub(super) head: ReviewHead,
    #[cynic(spread)]
    pub(super) rules: Rules,
    pub(super) attendees: Vec<UserName>,
    pub(super) items: Vec<BriefItem>,
}

/// A meeting with what is to be known of the item that everybody looks at.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "BriefPageVariables")]
struct ScreenPage {
    #[arguments(id: $id)]
    review: Option<ScreenReview>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Review", variables = "BriefPageVariables")]
pub(super) struct ScreenReview {
    #[cynic(spread)]
    pub(super) head: ReviewHead,
    #[cynic(spread)]
    pub(super) rules: Rules,
    pub(super) current_item: Option<BriefItem>,
    pub(super) current_since: Option<DateTime<Utc>>,
    pub(super) items: Vec<ItemId>,
}

/// What is to be known of one item, whose id `id` is.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "BriefPageVariables")]
struct ItemBrief {
    #[arguments(id: $id)]
    node: Option<ItemNode>,
}

#[derive(cynic::InlineFragments)]
#[cynic(graphql_type = "Node", variables = "BriefPageVariables")]
enum ItemNode {
    AgendaItem(Box<BriefItem>),
    #[cynic(fallback)]
    Other,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "AgendaItem", variables = "BriefPageVariables")]
pub(super) struct BriefItem {
    pub(super) id: cynic::Id,
    pub(super) position: i32,
    pub(super) planned_minutes: i32,
    pub(super) dropped_last_time: bool,
    reasons: Vec<Reason>,
    pub(super) votes_open: bool,
    viewer_may_vote: bool,
    pub(super) votes: Vec<CastVote>,
    pub(super) votes_cast: i32,
    pub(super) voters: i32,
    pub(super) tally: Option<Tally>,
    pub(super) decision: Option<Decision>,
    pub(super) deal: Option<BriefDeal>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal", variables = "BriefPageVariables")]
pub(super) struct BriefDeal {
    id: cynic::Id,
    #[cynic(spread)]
    line: DealLine,
    gate: Gate,
    #[arguments(first: 3)]
    interactions: Interactions,
    tasks: Vec<TaskLine>,
    startup: BriefStartup,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "InteractionConnection")]
struct Interactions {
    nodes: Vec<InteractionLine>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup", variables = "BriefPageVariables")]
struct BriefStartup {
    id: cynic::Id,
    name: String,
    one_liner: Option<String>,
    need: ItemNeed,
    assessment: Assessment,
    #[arguments(first: 3)]
    ask_next: Vec<Ask>,
    #[arguments(from: $since, to: $now)]
    conviction_history: Vec<Point>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ConvictionPoint")]
struct Point {
    conviction: Option<Decimal>,
}

#[derive(cynic::QueryVariables)]
pub(super) struct BriefHeadVariables {
    id: cynic::Id,
}

/// Since when a meeting looks back, which the rest is asked with.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "BriefHeadVariables")]
struct BriefHead {
    viewer: Option<Reader>,
    #[arguments(id: $id)]
    review: Option<LooksBack>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
struct LooksBack {
    looks_back_to: DateTime<Utc>,
}

/// What was found of a meeting.
pub(super) struct Found<R> {
    pub(super) viewer: Viewer,
    /// Who looks, by id.
    pub(super) me: String,
    pub(super) since: DateTime<Utc>,
    pub(super) review: R,
    link: String,
}

pub(super) fn documents() -> [(&'static str, String); 4] {
    let variables = || BriefPageVariables {
        id: "".into(),
        since: DateTime::UNIX_EPOCH,
        now: DateTime::UNIX_EPOCH,
    };
    [
        ("review_looks_back.graphql", head_document()),
        ("review_brief.graphql", BriefPage::build(variables()).query),
        ("review_screen.graphql", ScreenPage::build(variables()).query),
        ("review_item.graphql", ItemBrief::build(variables()).query),
    ]
}

fn head_document() -> String {
    BriefHead::build(BriefHeadVariables { id: "".into() }).query
}

/// Reads a meeting with everything that is to be known of its items.
pub(super) async fn read(site: &Site, visit: &Visit, id: &str) -> Result<Found<BriefReview>, Problem> {
    found(site, visit, id, "BriefPage", |page: BriefPage| page.review).await
}

/// Reads a meeting with what is to be known of the item that everybody looks at.
pub(super) async fn read_current(
    site: &Site,
    visit: &Visit,
    id: &str,
) -> Result<Found<ScreenReview>, Problem> {
    found(site, visit, id, "ScreenPage", |page: ScreenPage| page.review).await
}

/// What is to be known of one item of a meeting that looks back to `since`; None where its deal is gone.
pub(super) async fn read_item(
    site: &Site,
    visit: &Visit,
    item: &str,
    since: DateTime<Utc>,
) -> Result<Option<Box<BriefItem>>, Problem> {
    let asked = BriefPageVariables {
        id: item.into(),
        since,
        now: visit.now,
    };
    let variables = send::variables(&asked)?;
    let document = ItemBrief::build(asked).query;
    let found: ItemBrief = send::read_record(site, visit, document, variables, "ItemBrief").await?;
    Ok(match found.node {
        Some(ItemNode::AgendaItem(item)) => Some(item),
        _ => None,
    })
}

async fn found<P, R>(
    site: &Site,
    visit: &Visit,
    id: &str,
    operation: &str,
    review: impl FnOnce(P) -> Option<R>,
) -> Result<Found<R>, Problem>
where
    P: QueryBuilder<BriefPageVariables> + serde::de::DeserializeOwned,
{
    let variables = send::variables(&BriefHeadVariables { id: id.into() })?;
    let head: BriefHead = send::read_record(site, visit, head_document(), variables, "BriefHead").await?;
    let reader = head.viewer.ok_or(Problem::SignIn)?;
    let since = head.review.ok_or(Problem::NotFound)?.looks_back_to;
    let asked = BriefPageVariables {
        id: id.into(),
        since,
        now: visit.now,
    };
    let variables = send::variables(&asked)?;
    let document = P::build(asked).query;
    let link = query_link(&document, &variables, operation);
    let page: P = send::read_record(site, visit, document, variables, operation).await?;
    Ok(Found {
        me: reader.id.inner().to_owned(),
        viewer: reader.viewer,
        since,
        review: review(page).ok_or(Problem::NotFound)?,
        link,
    })
}

impl<R> Found<R> {
    /// The frame of a page of the meeting by the page's name.
    pub(super) fn shell(
        &self,
        site: &Site,
        visit: &Visit,
        head: &ReviewHead,
        title: &str,
        name: &str,
    ) -> Shell {
        let viewer = self.viewer.clone();
        let mut shell = super::shell(site, visit, viewer, (title, name), Some(head));
        shell.follow(super::FOLLOWED);
        shell.query_link = Some(self.link.clone());
        shell
    }
}

/// An item as it is told.
pub(super) struct Brief {
    pub(super) id: String,
    pub(super) number: i32,
    pub(super) minutes: i32,
    pub(super) startup: String,
    pub(super) startup_path: String,
    pub(super) one_liner: Option<String>,
    pub(super) payer: Option<String>,
    pub(super) deal: DealView,
    pub(super) deal_path: String,
    pub(super) reasons: Vec<Reason>,
    pub(super) dropped_last_time: bool,
    pub(super) why: WhyView,
    pub(super) best: Option<(&'static str, &'static str)>,
    /// What conviction was when the meeting began to look, where it is another now: `28.5`, and by how much it moved.
    pub(super) was: Option<(String, String)>,
    pub(super) flags: Vec<FlagView>,
    pub(super) asks: Vec<AskView>,
    pub(super) unmet: Vec<UnmetView>,
    pub(super) talks: Vec<InteractionView>,
    pub(super) tasks: Vec<TaskView>,
    pub(super) voted: String,
    pub(super) ballot: Ballot,
}

impl BriefItem {
    /// The item as it is told to whoever looks; None where its deal is gone.
    pub(super) fn view(&mut self, me: &str, site: &Site, visit: &Visit) -> Option<Brief> {
        let words = visit.words();
        let today = visit.now.with_timezone(&site.config.zone).date_naive();
        let deal = self.deal.take()?;
        let startup = deal.startup;
        let startup_path = crate::startup::path(startup.id.inner());
        let places = Places {
            path: startup_path.clone(),
            here: std::collections::HashSet::new(),
            is_first: false,
        };
        Some(Brief {
            id: self.id.inner().to_owned(),
            number: self.position,
            minutes: self.planned_minutes,
            one_liner: startup.one_liner,
            payer: startup.need.payer,
            deal_path: crate::deal::path(deal.id.inner()),
            reasons: self.reasons.clone(),
            dropped_last_time: self.dropped_last_time,
            why: WhyView::new(&startup.assessment, &places, words),
            best: startup
                .assessment
                .best_grade
                .map(|grade| (grade.style(), grade.word(words))),
            was: was(startup.conviction_history.first(), startup.assessment.conviction),
            flags: assessment::flags(startup.assessment.flags, &places, words),
            asks: startup
                .ask_next
                .into_iter()
                .map(|ask| ask.view(&startup_path, words))
                .collect(),
            unmet: deal
                .gate
                .unmet
                .iter()
                .map(|unmet| unmet.view(deal.id.inner(), startup.id.inner(), words))
                .collect(),
            talks: deal
                .interactions
                .nodes
                .into_iter()
                .map(|talk| talk.view(site, visit))
                .collect(),
            tasks: open(deal.tasks, today),
            ballot: Ballot::of(&self.votes, me, self.viewer_may_vote && self.votes_open, words),
            voted: words
                .review()
                .voted_of(&self.votes_cast.to_string(), &self.voters.to_string()),
            startup: startup.name,
            startup_path,
            deal: deal.line.view(today, words),
        })
    }
}

/// The tasks that wait.
fn open(tasks: Vec<TaskLine>, today: chrono::NaiveDate) -> Vec<TaskView> {
    let tasks = tasks.into_iter().filter(|task| !task.is_done());
    tasks.map(|task| task.view(today)).collect()
}

fn was(then: Option<&Point>, now: Option<Decimal>) -> Option<(String, String)> {
    let then = then?.conviction?;
    Some((fmt::conviction(then), moved(Some(then), now)?))
}
