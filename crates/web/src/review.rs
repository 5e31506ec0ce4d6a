//! Review meetings: the list, how one is prepared, held and read afterwards.

pub(crate) mod act;
mod brief;
pub(crate) mod compare;
pub(crate) mod edit;
pub(crate) mod form;
pub(crate) mod list;
pub(crate) mod live;
pub(crate) mod lookback;
pub(crate) mod minutes;
pub(crate) mod page;
pub(crate) mod preread;
pub(crate) mod screen;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::assessment::{Mark, RaisedFlag, marks};
use crate::deal::{DealStatus, GateCondition, PassReason, Visibility, overridden};
use crate::deals::{StageOption, UserName};
use crate::evidence::Grade;
use crate::form::Pick;
use crate::schema;
use crate::shell::{Section, Shell, way};
use crate::task::{TaskLine, TaskView};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{ReviewWords, Words};
use crate::{Language, Site, belief, fmt};
pub(crate) use page::Colleague;

/// What agendas rest on.
const FOLLOWED: &[&str] = &[
    "review",
    "agenda_item",
    "task",
    "deal",
    "evidence",
    "capability",
    "provider_event",
    "dependency",
];

/// The address of the list.
pub(crate) const ADDRESS: &str = "/reviews";

/// The key of a button about an item, or about the meeting: pressed twice, it acts once. Of the item's id the part that
/// tells it apart.
pub(crate) fn act_key(key: &str, what: &str, item: &str) -> String {
    let own = item.rsplit('_').next().unwrap_or_default();
    format!("{key}-{what}-{own}")
}

/// The address of a meeting.
pub(crate) fn path(id: &str) -> String {
    format!("{ADDRESS}/{id}")
}

/// The kinds of meetings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
pub(crate) enum ReviewKind {
    Weekly,
    ProjectApproval,
    Committee,
}

impl ReviewKind {
    pub(crate) const ALL: [Self; 3] = [Self::Weekly, Self::ProjectApproval, Self::Committee];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Weekly => "WEEKLY",
            Self::ProjectApproval => "PROJECT_APPROVAL",
            Self::Committee => "COMMITTEE",
        }
    }
    pub(crate) fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
    pub(crate) fn word(self, r: &ReviewWords) -> &'static str {
        match self {
            Self::Weekly => r.weekly,
            Self::ProjectApproval => r.project_approval,
            Self::Committee => r.committee,
        }
    }
}

/// How far a meeting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
pub(crate) enum ReviewStatus {
    Draft,
    Live,
    Closed,
}

/// What votes mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
pub(crate) enum DecisionRule {
    LeadDecides,
    Majority,
    Unanimous,
    Threshold,
}

impl DecisionRule {
    /// Those that need no figure beside them.
    pub(crate) const PLAIN: [Self; 3] = [Self::LeadDecides, Self::Majority, Self::Unanimous];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::LeadDecides => "LEAD_DECIDES",
            Self::Majority => "MAJORITY",
            Self::Unanimous => "UNANIMOUS",
            Self::Threshold => "THRESHOLD",
        }
    }
    pub(crate) fn of(code: &str) -> Option<Self> {
        [Self::PLAIN.as_slice(), &[Self::Threshold]]
            .concat()
            .into_iter()
            .find(|rule| rule.code() == code)
    }
    pub(crate) fn word(self, threshold: Option<i32>, r: &ReviewWords) -> String {
        match self {
            Self::LeadDecides => r.lead_decides.to_owned(),
            Self::Majority => r.majority.to_owned(),
            Self::Unanimous => r.unanimous.to_owned(),
            Self::Threshold => r.threshold(&threshold.unwrap_or(1).to_string()),
        }
    }
}

/// Who must have voted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
pub(crate) enum Quorum {
    Half,
    None,
}

/// What somebody votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
pub(crate) enum Vote {
    StrongYes,
    Yes,
    No,
    StrongNo,
    Abstain,
}

impl Vote {
    pub(crate) const ALL: [Self; 5] = [
        Self::StrongYes,
        Self::Yes,
        Self::No,
        Self::StrongNo,
        Self::Abstain,
    ];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::StrongYes => "STRONG_YES",
            Self::Yes => "YES",
            Self::No => "NO",
            Self::StrongNo => "STRONG_NO",
            Self::Abstain => "ABSTAIN",
        }
    }
    pub(crate) fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|vote| vote.code() == code)
    }
    pub(crate) fn word(self, r: &ReviewWords) -> &'static str {
        match self {
            Self::StrongYes => r.strong_yes,
            Self::Yes => r.yes,
            Self::No => r.no,
            Self::StrongNo => r.strong_no,
            Self::Abstain => r.abstain,
        }
    }
}

/// What a meeting decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
pub(crate) enum DecisionKind {
    Advance,
    Hold,
    Pass,
    Invest,
}

impl DecisionKind {
    pub(crate) const ALL: [Self; 4] = [Self::Advance, Self::Hold, Self::Pass, Self::Invest];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Advance => "ADVANCE",
            Self::Hold => "HOLD",
            Self::Pass => "PASS",
            Self::Invest => "INVEST",
        }
    }
    pub(crate) fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
    pub(crate) fn word(self, r: &ReviewWords) -> &'static str {
        match self {
            Self::Advance => r.advance,
            Self::Hold => r.hold,
            Self::Pass => r.pass,
            Self::Invest => r.invest,
        }
    }
}

/// A meeting as pages head it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
pub(crate) struct ReviewHead {
    pub(crate) id: cynic::Id,
    pub(crate) title: String,
    pub(crate) kind: ReviewKind,
    pub(crate) starts_at: DateTime<Utc>,
    pub(crate) minutes: i32,
    pub(crate) status: ReviewStatus,
    pub(crate) presenter: Option<UserName>,
    pub(crate) version: i32,
}

/// A meeting as other records name it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
pub(crate) struct MeetingName {
    id: cynic::Id,
    title: String,
}

impl MeetingName {
    /// Its page and its title.
    pub(crate) fn link(&self) -> (String, String) {
        (path(self.id.inner()), self.title.clone())
    }
}

impl ReviewHead {
    /// Day and hour in the workspace's zone, exact and as shown.
    pub(crate) fn when(&self, site: &Site, language: Language) -> (String, String) {
        let day = self.starts_at.with_timezone(&site.config.zone).date_naive();
        let hour = fmt::time(self.starts_at, site.config.zone);
        (
            self.starts_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            format!("{} {hour}", fmt::date(day, language)),
        )
    }
}

/// What holds in a meeting.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
pub(crate) struct Rules {
    rule: DecisionRule,
    threshold: Option<i32>,
    quorum: Quorum,
    pub(crate) is_blind: bool,
}

impl Rules {
    /// In words.
    pub(crate) fn told(&self, words: &Words) -> String {
        rules(self.rule, self.threshold, self.is_blind, self.quorum, words)
    }
}

/// A meeting with its agenda.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
pub(crate) struct ReviewRecord {
    #[cynic(spread)]
    pub(crate) head: ReviewHead,
    #[cynic(spread)]
    pub(crate) rules: Rules,
    pub(crate) attendees: Vec<UserName>,
    pub(crate) viewer_runs: bool,
    pub(crate) current_item: Option<ItemId>,
    pub(crate) current_since: Option<DateTime<Utc>>,
    pub(crate) items: Vec<Item>,
    pub(crate) dropped_items: Vec<DroppedItem>,
    pub(crate) tasks: Vec<TaskLine>,
    pub(crate) looks_back_to: DateTime<Utc>,
}

/// The frame of a page of meetings, past one where there is one, by the page's title and its name on the way.
fn shell(
    site: &Site,
    visit: &Visit,
    viewer: Viewer,
    (title, here): (&str, &str),
    head: Option<&ReviewHead>,
) -> Shell {
    let words = visit.words();
    let mut shell = Shell::new(site, visit, title);
    shell.section = Section::Reviews;
    shell.user = Some(viewer.menu(words));
    let record = head.map(|head| (head.title.as_str(), path(head.id.inner())));
    let record = record.as_ref().map(|(name, link)| (*name, link.as_str()));
    shell.crumbs = way((words.review().reviews, ADDRESS), record, here);
    shell
}

/// The rules of a meeting, in words.
pub(crate) fn rules(
    rule: DecisionRule,
    threshold: Option<i32>,
    is_blind: bool,
    quorum: Quorum,
    words: &Words,
) -> String {
    let r = words.review();
    let mut told = vec![
        rule.word(threshold, r),
        if is_blind { r.blind_yes } else { r.blind_no }.to_owned(),
    ];
    if quorum == Quorum::Half {
        told.push(r.quorum_half.to_owned());
    }
    told.join(words.comma())
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "AgendaItem")]
pub(crate) struct ItemId {
    pub(crate) id: cynic::Id,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "AgendaItem")]
pub(crate) struct DroppedItem {
    pub(crate) id: cynic::Id,
    pub(crate) deal: Option<ItemDeal>,
}

/// An item of an agenda.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "AgendaItem")]
pub(crate) struct Item {
    pub(crate) id: cynic::Id,
    pub(crate) position: i32,
    pub(crate) hidden_from: i32,
    pub(crate) planned_minutes: i32,
    pub(crate) dropped_last_time: bool,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) deal: Option<ItemDeal>,
    pub(crate) notes: String,
    pub(crate) notes_version: i32,
    pub(crate) votes_open: bool,
    pub(crate) viewer_has_conflict: bool,
    pub(crate) viewer_may_vote: bool,
    pub(crate) votes: Vec<CastVote>,
    pub(crate) votes_cast: i32,
    pub(crate) voters: i32,
    pub(crate) tally: Option<Tally>,
    pub(crate) decision: Option<Decision>,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "AgendaReason")]
pub(crate) struct Reason {
    pub(crate) text: String,
    evidence: Vec<RecordBehind>,
    pub(crate) capability: Option<CapabilityBehind>,
    pub(crate) provider_event: Option<EventBehind>,
}

/// A record of the ledger that is the reason.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Evidence")]
pub(crate) struct RecordBehind {
    id: cynic::Id,
}

/// What a provider did that is the reason.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "ProviderEvent")]
pub(crate) struct EventBehind {
    id: cynic::Id,
    provider: ProviderBehind,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Provider")]
pub(crate) struct ProviderBehind {
    id: cynic::Id,
}

/// The capability that is the reason.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Capability")]
pub(crate) struct CapabilityBehind {
    id: cynic::Id,
}

impl Reason {
    /// The page of what is behind it, where that has one, or its place on the page of the item's startup.
    pub(crate) fn link(&self, startup: &str) -> Option<String> {
        if let Some(EventBehind { id, provider }) = &self.provider_event {
            let provider = crate::provider::path(provider.id.inner());
            return Some(crate::provider::event_path(&provider, id.inner()));
        }
        if let Some(record) = self.evidence.first() {
            return Some(format!("{startup}#{}", crate::startup::anchor(record.id.inner())));
        }
        let capability = self.capability.as_ref()?;
        Some(belief::Kind::Capability.path(capability.id.inner()))
    }
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
pub(crate) struct ItemDeal {
    pub(crate) id: cynic::Id,
    pub(crate) title: String,
    pub(crate) stage: StageOption,
    pub(crate) status: DealStatus,
    pub(crate) visibility: Visibility,
    pub(crate) overridden: Vec<GateCondition>,
    pub(crate) startup: ItemStartup,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
pub(crate) struct ItemStartup {
    pub(crate) id: cynic::Id,
    pub(crate) name: String,
    pub(crate) conviction: Option<Decimal>,
    pub(crate) demand: Decimal,
    pub(crate) best_grade: Option<Grade>,
    pub(crate) flags: Vec<RaisedFlag>,
    pub(crate) need: ItemNeed,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Need")]
pub(crate) struct ItemNeed {
    pub(crate) payer: Option<String>,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct CastVote {
    pub(crate) by: UserName,
    pub(crate) vote: Option<Vote>,
    pub(crate) comment: Option<String>,
}

/// The form of a vote, as whoever looks fills it in.
pub(crate) struct Ballot {
    pub(crate) may_vote: bool,
    /// What may be voted, and whether that is their vote.
    pub(crate) choices: Vec<(Pick, bool)>,
    pub(crate) comment: String,
}

impl Ballot {
    pub(crate) fn of(votes: &[CastVote], me: &str, may_vote: bool, words: &Words) -> Self {
        let mine = votes.iter().find(|vote| vote.by.id.inner() == me);
        Self {
            may_vote,
            choices: Vote::ALL
                .into_iter()
                .map(|vote| {
                    let is_mine = mine.is_some_and(|mine| mine.vote == Some(vote));
                    (Pick::new(vote.code(), vote.word(words.review()), ""), is_mine)
                })
                .collect(),
            comment: mine.and_then(|mine| mine.comment.clone()).unwrap_or_default(),
        }
    }
}

#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct Tally {
    pub(crate) text: String,
    pub(crate) outcome: Option<DecisionKind>,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct Decision {
    pub(crate) kind: DecisionKind,
    pub(crate) stage: Option<StageOption>,
    pub(crate) reason: Option<PassReason>,
    pub(crate) rationale: String,
    pub(crate) by: UserName,
}

/// Where a deal stands: what became of it, if anything did, and its stage.
fn standing(stage: &StageOption, status: DealStatus, words: &Words) -> String {
    let stage = stage.name_in(words.language);
    match status {
        DealStatus::Active => stage.to_owned(),
        status => format!("{} · {stage}", status.word(words)),
    }
}

/// By how much conviction moved, if it did.
fn moved(then: Option<Decimal>, now: Option<Decimal>) -> Option<String> {
    let by = now?.round_dp(1) - then?.round_dp(1);
    (!by.is_zero()).then(|| fmt::change(by))
}

/// An item as pages draw it.
pub(crate) struct ItemView {
    pub(crate) id: String,
    pub(crate) number: i32,
    pub(crate) startup: String,
    pub(crate) startup_path: String,
    pub(crate) title: String,
    pub(crate) path: String,
    pub(crate) deal: String,
    pub(crate) standing: String,
    pub(crate) is_restricted: bool,
    /// How many attendees cannot see it, in words.
    pub(crate) hidden_from: Option<String>,
    pub(crate) overridden: Option<String>,
    pub(crate) payer: Option<String>,
    pub(crate) conviction: Option<String>,
    pub(crate) demand: String,
    pub(crate) best: Option<(&'static str, &'static str)>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) minutes: i32,
    pub(crate) dropped_last_time: bool,
    pub(crate) voted: String,
    pub(crate) decided: Option<String>,
}

impl ItemDeal {
    pub(crate) fn name(&self) -> String {
        format!("{} · {}", self.startup.name, self.title)
    }
    fn standing(&self, words: &Words) -> String {
        let stage = self.stage.name_in(words.language);
        match self.status {
            DealStatus::Active => stage.to_owned(),
            status => format!("{stage} · {}", status.word(words)),
        }
    }
}

impl Decision {
    pub(crate) fn line(&self, words: &Words) -> String {
        let r = words.review();
        let mut line = self.kind.word(r).to_owned();
        if let Some(stage) = &self.stage {
            line.push_str(" → ");
            line.push_str(stage.name_in(words.language));
        }
        if let Some(reason) = self.reason {
            line.push_str(" · ");
            line.push_str(reason.word(words));
        }
        line
    }
}

impl Item {
    /// The item as it is drawn; None where its deal is gone.
    pub(crate) fn view(&self, visit: &Visit) -> Option<ItemView> {
        let words = visit.words();
        let deal = self.deal.as_ref()?;
        let startup = &deal.startup;
        Some(ItemView {
            id: self.id.inner().to_owned(),
            number: self.position,
            startup: startup.name.clone(),
            startup_path: crate::startup::path(startup.id.inner()),
            title: deal.title.clone(),
            path: crate::deal::path(deal.id.inner()),
            deal: deal.id.inner().to_owned(),
            standing: deal.standing(words),
            is_restricted: deal.visibility == Visibility::Restricted,
            hidden_from: match self.hidden_from {
                0 => None,
                1 => Some(words.review().hidden_from_one.to_owned()),
                n => Some(words.review().hidden_from(&n.to_string())),
            },
            overridden: overridden(&deal.overridden, words),
            payer: startup.need.payer.clone(),
            conviction: startup.conviction.map(|value| format!("{value:.1}")),
            demand: format!("{:.3}", startup.demand),
            best: startup.best_grade.map(|grade| (grade.style(), grade.word(words))),
            marks: marks(startup.flags.iter().map(|raised| raised.flag), words),
            reasons: self.reasons.clone(),
            minutes: self.planned_minutes,
            dropped_last_time: self.dropped_last_time,
            voted: words
                .review()
                .voted_of(&self.votes_cast.to_string(), &self.voters.to_string()),
            decided: self.decision.as_ref().map(|decision| decision.line(words)),
        })
    }
}

/// The tasks of a meeting as they are drawn.
pub(crate) fn tasks(review: &ReviewRecord, site: &Site, visit: &Visit) -> Vec<TaskView> {
    let today = visit.now.with_timezone(&site.config.zone).date_naive();
    review
        .tasks
        .iter()
        .cloned()
        .map(|task| TaskView {
            // It is this one.
            review: None,
            ..task.view(today)
        })
        .collect()
}

/// What a page says was done.
pub(crate) fn said(visit: &Visit) -> Option<&'static str> {
    let r = visit.words().review();
    match visit.parameter("did").as_deref() {
        Some("scheduled") => Some(r.said_scheduled),
        Some("did") => Some(r.said_done),
        Some("closed") => Some(r.said_closed),
        Some("off") => Some(r.called_off),
        _ => None,
    }
}

/// Whether somebody may schedule meetings and run them.
pub(crate) fn may_run(viewer: &Viewer) -> bool {
    viewer.role.may_override()
}

/// The documents of meetings' pages.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    let mut documents = vec![
        ("reviews.graphql", list::document()),
        ("review.graphql", page::document()),
        ("review_minutes.graphql", minutes::document()),
        ("review_numbers.graphql", preread::document()),
        ("review_decisions.graphql", lookback::document()),
    ];
    documents.extend(brief::documents());
    documents.extend(compare::documents());
    documents.extend(form::documents());
    documents.extend(edit::documents());
    documents.extend(act::documents());
    documents
}
