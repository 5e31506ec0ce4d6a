//! Review meetings: kinds with their rules, agendas, votes, decisions (domain.md §7).

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::{
    AgendaItemId, DealChangeId, DealId, Instant, Message, Problem, Problems, ReviewDecisionId, ReviewId,
    Role, StageId, UserId,
    access::Viewer,
    check::{NAME_LIMIT, TEXT_LIMIT, check_count, distinct, optional, required},
    deal::PassReason,
};

/// Adds to a text what `format!` would make.
macro_rules! add {
    ($text:ident, $($what:tt)*) => {{
        // Writing to a String cannot fail.
        let _ = std::fmt::Write::write_fmt(&mut $text, format_args!($($what)*));
    }};
}

mod agenda;
mod minutes;
mod packet;
mod rule;
mod saying;
pub use agenda::*;
pub use minutes::*;
pub use packet::*;
pub use rule::*;
pub use saying::*;

crate::vocabulary::vocabulary! {
    /// The kinds of meetings.
    ReviewKind {
        /// 周会.
        Weekly = "WEEKLY",
        /// 立项会.
        ProjectApproval = "PROJECT_APPROVAL",
        /// 投决会.
        Committee = "COMMITTEE",
    }
}

crate::vocabulary::vocabulary! {
    /// How far a review is.
    ReviewStatus {
        /// Being prepared: its agenda is computed at every look.
        Draft = "DRAFT",
        /// Going on: its agenda stands.
        Live = "LIVE",
        /// Over: its packet is frozen.
        Closed = "CLOSED",
    }
}

crate::vocabulary::vocabulary! {
    /// What votes mean.
    DecisionRule {
        /// Whoever leads the deal decides, whatever the others say.
        LeadDecides = "LEAD_DECIDES",
        /// More yes than no; abstentions are not counted, a tie is no.
        Majority = "MAJORITY",
        /// No no, and one yes at least.
        Unanimous = "UNANIMOUS",
        /// So many yes of the members.
        Threshold = "THRESHOLD",
    }
}

crate::vocabulary::vocabulary! {
    /// Who must have voted.
    Quorum {
        /// Half of the attendees who may vote.
        Half = "HALF",
        /// Nobody in particular.
        None = "NONE",
    }
}

crate::vocabulary::vocabulary! {
    /// What somebody votes.
    Vote {
        /// Strongly for it.
        StrongYes = "STRONG_YES",
        /// For it.
        Yes = "YES",
        /// Against it.
        No = "NO",
        /// Strongly against it.
        StrongNo = "STRONG_NO",
        /// Neither.
        Abstain = "ABSTAIN",
    }
}

impl Vote {
    /// Whether it is for it.
    pub const fn is_yes(self) -> bool {
        matches!(self, Self::StrongYes | Self::Yes)
    }
    /// Whether it is against it.
    pub const fn is_no(self) -> bool {
        matches!(self, Self::No | Self::StrongNo)
    }
}

crate::vocabulary::vocabulary! {
    /// What a meeting decides about a deal.
    DecisionKind {
        /// On to a stage.
        Advance = "ADVANCE",
        /// Wait.
        Hold = "HOLD",
        /// Say no.
        Pass = "PASS",
        /// Invest.
        Invest = "INVEST",
    }
}

/// Minutes of a meeting at most: a day.
const MINUTES_LIMIT: i32 = 1_440;
/// Attendees at most.
const ATTENDEES_LIMIT: usize = 100;
/// Characters of an item's notes.
pub const NOTES_LIMIT: usize = 20_000;

/// By what the votes of a meeting are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rules {
    /// What votes mean.
    pub rule: DecisionRule,
    /// For THRESHOLD: how many yes it takes.
    pub threshold: Option<i32>,
    /// Who must have voted.
    pub quorum: Quorum,
    /// Whether nobody sees another's vote before voting is closed.
    pub is_blind: bool,
    /// 一票否决: whose no stops it, whatever the rule says.
    pub vetoes: Vec<UserId>,
}

impl Rules {
    /// In what others differ from these, by the names of the fields in the API. A threshold that comes or goes with its
    /// rule is told by the rule alone.
    pub fn differing(&self, others: &Self) -> Vec<&'static str> {
        let sorted = |ids: &[UserId]| {
            let mut ids = ids.to_vec();
            ids.sort_unstable();
            ids
        };
        let is_rule = self.rule != others.rule;
        [
            ("rule", is_rule),
            ("threshold", !is_rule && self.threshold != others.threshold),
            ("quorum", self.quorum != others.quorum),
            ("isBlind", self.is_blind != others.is_blind),
            ("vetoHolders", sorted(&self.vetoes) != sorted(&others.vetoes)),
        ]
        .into_iter()
        .filter_map(|(field, differs)| differs.then_some(field))
        .collect()
    }
    fn prepared(mut self, wrong: &mut Problems) -> Self {
        match (self.rule, self.threshold) {
            (DecisionRule::Threshold, None) => wrong.push(Problem::required("threshold")),
            (DecisionRule::Threshold, Some(n)) => wrong.push_if(n < 1, || {
                let what = "threshold".to_owned();
                Problem::invalid(
                    "threshold",
                    Message::BelowOne {
                        what,
                        value: n.into(),
                    },
                )
            }),
            (_, Some(value)) => wrong.push(Problem::invalid(
                "threshold",
                Saying::OnlyForThreshold { value }.into(),
            )),
            (_, None) => {}
        }
        self.vetoes = distinct(self.vetoes);
        check_count(self.vetoes.len(), "vetoHolders", ATTENDEES_LIMIT, wrong);
        self
    }
}

/// How a kind of meeting is held: what a new one of the kind begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KindSettings {
    /// The kind.
    pub kind: ReviewKind,
    /// By what votes are read.
    #[serde(flatten)]
    pub rules: Rules,
    /// After how many days the next one is due; None: when there is something to decide.
    pub every_days: Option<i32>,
    /// How long it takes.
    pub minutes: i32,
    /// The key of the stage whose deals wait for a decision of such a meeting.
    pub stage: Option<String>,
    /// Who usually comes.
    pub attendees: Vec<UserId>,
    /// Rises by one with every change.
    pub version: i32,
}

impl KindSettings {
    /// The settings with each name once, if nothing is wrong with them.
    pub fn prepared(mut self) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        self.rules = self.rules.prepared(&mut wrong);
        check_minutes(self.minutes, &mut wrong);
        if let Some(days) = self.every_days {
            wrong.push_if(!(1..=366).contains(&days), || {
                Problem::invalid("everyDays", between(days, 366))
            });
        }
        self.attendees = distinct(self.attendees);
        check_count(self.attendees.len(), "attendees", ATTENDEES_LIMIT, &mut wrong);
        wrong.into_result()?;
        Ok(self)
    }
}

fn between(value: i32, high: i32) -> Message {
    Message::NotBetween {
        value: value.into(),
        low: 1.into(),
        high: high.into(),
    }
}

fn check_minutes(minutes: i32, wrong: &mut Problems) {
    wrong.push_if(!(1..=MINUTES_LIMIT).contains(&minutes), || {
        Problem::invalid("minutes", between(minutes, MINUTES_LIMIT))
    });
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Review {
    pub id: ReviewId,
    pub kind: ReviewKind,
    pub title: String,
    pub starts_at: Instant,
    pub minutes: i32,
    #[serde(flatten)]
    pub rules: Rules,
    pub presenter_id: Option<UserId>,
    pub attendees: Vec<UserId>,
    pub status: ReviewStatus,
    /// The item that everybody looks at; None: a break.
    pub current_item: Option<AgendaItemId>,
    /// Since when.
    pub current_since: Option<Instant>,
    /// Up to which instant its agenda looks back; set when it begins.
    pub looks_back_to: Option<Instant>,
    pub started_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub created_by: Option<UserId>,
    pub created_at: Instant,
    pub version: i32,
}

impl Review {
    /// The review with blanks taken out and each name once, if nothing is wrong with it. Whoever presents attends.
    pub fn prepared(mut self) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        self.title = required(&self.title, "title", NAME_LIMIT, &mut wrong);
        self.rules = self.rules.prepared(&mut wrong);
        check_minutes(self.minutes, &mut wrong);
        self.attendees = distinct(self.attendees.into_iter().chain(self.presenter_id));
        wrong.push_if(self.attendees.is_empty(), || Problem::required("attendees"));
        check_count(self.attendees.len(), "attendees", ATTENDEES_LIMIT, &mut wrong);
        wrong.into_result()?;
        Ok(self)
    }
    /// Whether somebody may run it: whoever presents, and every PARTNER.
    pub fn is_run_by(&self, viewer: &Viewer) -> bool {
        viewer.role >= Role::Partner || self.presenter_id == Some(viewer.user_id)
    }
}

/// Since when the agenda of a meeting looks back: to the closing of the last one of its kind, or 14 days.
pub fn looks_back_to(last_closed: Option<Instant>, now: Instant) -> Instant {
    last_closed.unwrap_or(now - TimeDelta::days(14))
}

/// When the next meeting of a series starts: so many days after the last one, at the same hour in the workspace's zone,
/// and not before `now`. None where no calendar goes so far.
pub fn next_of_series(last: Instant, every_days: i32, zone: chrono_tz::Tz, now: Instant) -> Option<Instant> {
    let local = last.with_timezone(&zone).naive_local();
    let every = i64::from(every_days.max(1));
    let missed = ((now - last).num_days() / every).max(0);
    (missed..=missed + 2).find_map(|n| {
        let next = local.checked_add_signed(TimeDelta::try_days(every * (n + 1))?)?;
        // An hour that the clocks leave out begins when they go on.
        let next = next.and_local_timezone(zone).earliest()?.to_utc();
        (next > now && next > last).then_some(next)
    })
}

/// What people did with an item of an agenda, or what was frozen of it when the meeting began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct AgendaItem {
    pub id: AgendaItemId,
    pub review_id: ReviewId,
    pub deal_id: DealId,
    /// Its place among those that people put into an order.
    pub rank: Option<i32>,
    /// Minutes that people gave it; None: its share of what is left.
    pub planned_minutes: Option<i32>,
    /// Whether somebody added it, whatever is the reason.
    pub is_added: bool,
    pub dropped_at: Option<Instant>,
    /// Its weight and reasons, once the meeting began.
    pub weight: Option<i32>,
    pub reasons: Vec<Reason>,
    pub notes: String,
    pub notes_version: i32,
    pub votes_closed_at: Option<Instant>,
}

impl AgendaItem {
    /// An item that nobody touched yet.
    pub fn new(review_id: ReviewId, deal_id: DealId) -> Self {
        Self {
            id: item_id(review_id, deal_id),
            review_id,
            deal_id,
            rank: None,
            planned_minutes: None,
            is_added: false,
            dropped_at: None,
            weight: None,
            reasons: Vec::new(),
            notes: String::new(),
            notes_version: 0,
            votes_closed_at: None,
        }
    }
}

/// The id of a deal's item in a meeting: the same whether or not anybody touched it yet, so that it can be voted on
/// before the meeting begins.
pub fn item_id(review: ReviewId, deal: DealId) -> AgendaItemId {
    use sha2::{Digest, Sha256};
    let hash = Sha256::new()
        .chain_update(b"agenda item")
        .chain_update(review.uuid().as_bytes())
        .chain_update(deal.uuid().as_bytes())
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    crate::typed(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// A vote as cast; its author may cast another until voting is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Ballot {
    pub by: UserId,
    pub vote: Vote,
    pub comment: Option<String>,
    pub at: Instant,
}

/// What was decided about an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Decision {
    pub id: ReviewDecisionId,
    pub item_id: AgendaItemId,
    pub kind: DecisionKind,
    /// The stage that the deal goes to.
    pub stage_id: Option<StageId>,
    pub pass_reason: Option<PassReason>,
    pub revisit_on: Option<NaiveDate>,
    pub rationale: String,
    /// What the votes meant when it was decided.
    pub outcome: Option<DecisionKind>,
    pub by: Option<UserId>,
    pub at: Instant,
    /// The move that it made; None where the deal stood there already.
    pub change_id: Option<DealChangeId>,
    pub undone_at: Option<Instant>,
}

/// What somebody says with a decision, if nothing is wrong with it: the rationale and the conditions, cleaned.
pub fn prepared_words(
    rationale: &str,
    conditions: Vec<String>,
    kind: DecisionKind,
) -> Result<(String, Vec<String>), Vec<Problem>> {
    /// Conditions of a decision at most.
    const CONDITIONS_LIMIT: usize = 50;
    let mut wrong = Problems::default();
    let rationale = required(rationale, "rationale", TEXT_LIMIT, &mut wrong);
    wrong.push_if(
        !conditions.is_empty() && !matches!(kind, DecisionKind::Advance | DecisionKind::Invest),
        || Problem::invalid("conditions", Saying::OnlyWhenGoingOn.into()),
    );
    check_count(conditions.len(), "conditions", CONDITIONS_LIMIT, &mut wrong);
    let conditions = conditions
        .iter()
        .enumerate()
        .map(|(n, text)| required(text, &format!("conditions.{n}"), NAME_LIMIT, &mut wrong))
        .collect();
    wrong.into_result()?;
    Ok((rationale, conditions))
}

/// What a voter says beside the vote, cleaned.
pub fn prepared_comment(comment: Option<String>) -> Result<Option<String>, Vec<Problem>> {
    let mut wrong = Problems::default();
    let comment = optional(comment, "comment", TEXT_LIMIT, &mut wrong);
    wrong.into_result()?;
    Ok(comment)
}

/// A later remark on a closed meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Amendment {
    pub text: String,
    pub by: Option<UserId>,
    pub at: Instant,
}

/// The text of an amendment, cleaned.
pub fn prepared_amendment(text: &str) -> Result<String, Vec<Problem>> {
    let mut wrong = Problems::default();
    let text = required(text, "text", TEXT_LIMIT, &mut wrong);
    wrong.into_result()?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    #[test]
    fn the_next_of_a_series_is_at_the_same_hour_and_never_past() {
        let zone = chrono_tz::Asia::Shanghai;
        let monday = at("2024-07-29T02:00:00Z");
        let next = |now| next_of_series(monday, 7, zone, at(now)).unwrap();
        assert_eq!(next("2024-07-29T03:00:00Z"), at("2024-08-05T02:00:00Z"));
        // Scheduled ahead: the last one has not been yet.
        assert_eq!(next("2024-07-20T03:00:00Z"), at("2024-08-05T02:00:00Z"));
        // Three were missed.
        assert_eq!(next("2024-08-20T03:00:00Z"), at("2024-08-26T02:00:00Z"));
        // Clocks changed between: ten in the morning stays ten in the morning.
        let berlin = chrono_tz::Europe::Berlin;
        let ten = at("2024-10-21T08:00:00Z");
        assert_eq!(
            next_of_series(ten, 7, berlin, at("2024-10-22T00:00:00Z")).unwrap(),
            at("2024-10-28T09:00:00Z")
        );
    }

    #[test]
    fn rules_differ_in_what_was_changed_and_in_no_order_of_names() {
        let holder = |n| crate::typed(uuid::Uuid::from_u128(n));
        let rules = Rules {
            rule: DecisionRule::Threshold,
            threshold: Some(2),
            quorum: Quorum::Half,
            is_blind: true,
            vetoes: vec![holder(1), holder(2)],
        };
        let of = |change: fn(&mut Rules)| {
            let mut others = rules.clone();
            change(&mut others);
            rules.differing(&others)
        };
        assert_eq!(of(|others| others.vetoes.reverse()), [""; 0]);
        assert_eq!(of(|others| others.threshold = Some(3)), ["threshold"]);
        assert_eq!(of(|others| others.is_blind = false), ["isBlind"]);
        let all = of(|others| {
            others.rule = DecisionRule::Majority;
            others.threshold = None;
            others.quorum = Quorum::None;
            others.vetoes.pop();
        });
        assert_eq!(all, ["rule", "quorum", "vetoHolders"]);
    }

    #[test]
    fn an_items_id_is_that_of_its_meeting_and_deal() {
        let (review, deal) = (
            crate::typed(uuid::Uuid::from_u128(1)),
            crate::typed(uuid::Uuid::from_u128(2)),
        );
        let other = crate::typed(uuid::Uuid::from_u128(3));
        assert_eq!(item_id(review, deal), item_id(review, deal));
        assert_ne!(item_id(review, deal), item_id(review, other));
    }
}
