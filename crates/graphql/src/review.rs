//! Review meetings.

mod input;
mod item;
pub(crate) mod load;
mod words;

use std::sync::Arc;

use app::{
    page::{Key, KeyKind, Place},
    review::{DecisionFilter, ReviewFilter},
};
use async_graphql::{Context, ID, Object, Result, SimpleObject, Subscription};
use domain::{ReviewId, ReviewTag, UserId, review};
use futures::{StreamExt, stream, stream::BoxStream};

pub use input::ReviewMutation;
pub(crate) use item::by_id as item_by_id;
pub use item::{AgendaItem, Decision};
pub(crate) use load::ReviewKey;
use load::{AgendaKey, AmendmentsKey, MinutesKey, PacketKey, ReviewTasksKey};
pub use words::{AgendaReasonKind, DecisionKind, DecisionRule, Quorum, ReviewKind, ReviewStatus, Vote};

use crate::{
    connection::{Window, connection},
    context::{RequestContext, caller, language, loader},
    error::told,
    markdown,
    provider::ProviderEvent,
    scalar::{DateTime, Json},
    task::{self, Task},
    user::{User, user},
};

/// A review meeting.
#[derive(Clone)]
pub struct Review(pub(crate) Arc<review::Review>);

/// The meeting with an id.
pub(crate) async fn by_id(ctx: &Context<'_>, id: ReviewId) -> Result<Option<Review>> {
    let row = loader(ctx)?.load_one(ReviewKey(id)).await?;
    Ok(row.map(|row| Review(Arc::new(row))))
}

async fn people(ctx: &Context<'_>, ids: &[UserId]) -> Result<Vec<User>> {
    let mut found = Vec::new();
    for id in futures::future::try_join_all(ids.iter().map(|id| user(ctx, Some(*id)))).await? {
        found.extend(id);
    }
    Ok(found)
}

impl Review {
    async fn agenda(&self, ctx: &Context<'_>) -> Result<Vec<AgendaItem>> {
        let entries = loader(ctx)?.load_one(AgendaKey(self.0.id)).await?;
        let entries = entries.unwrap_or_default().into_iter();
        Ok(entries
            .map(|entry| AgendaItem {
                review: Arc::clone(&self.0),
                entry: Arc::new(entry),
            })
            .collect())
    }
}

/// A pipeline review meeting. Items of deals that the caller may not see are not there, and numbers have no hole.
#[Object]
impl Review {
    /// Its id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }
    /// What it is called.
    async fn title(&self) -> &str {
        &self.0.title
    }
    /// Of which kind it is.
    async fn kind(&self) -> ReviewKind {
        self.0.kind.into()
    }
    /// When it starts.
    async fn starts_at(&self) -> DateTime {
        DateTime(self.0.starts_at)
    }
    /// How long it takes.
    async fn minutes(&self) -> i32 {
        self.0.minutes
    }
    /// How far it is.
    async fn status(&self) -> ReviewStatus {
        self.0.status.into()
    }
    /// What votes mean.
    async fn rule(&self) -> DecisionRule {
        self.0.rules.rule.into()
    }
    /// For THRESHOLD: how many yes it takes.
    async fn threshold(&self) -> Option<i32> {
        self.0.rules.threshold
    }
    /// Who must have voted.
    async fn quorum(&self) -> Quorum {
        self.0.rules.quorum.into()
    }
    /// Whether nobody sees another's vote before voting on the item is closed.
    async fn is_blind(&self) -> bool {
        self.0.rules.is_blind
    }
    /// Whose no stops it, whatever the rule says.
    async fn veto_holders(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        people(ctx, &self.0.rules.vetoes).await
    }
    /// Who presents.
    async fn presenter(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.0.presenter_id).await
    }
    /// Who comes. Those who are PARTNER or ADMIN vote.
    async fn attendees(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        people(ctx, &self.0.attendees).await
    }
    /// Whether the caller may run it: whoever presents, and every PARTNER.
    async fn viewer_runs(&self, ctx: &Context<'_>) -> Result<bool> {
        let viewer = caller(ctx)?.viewer().await.map_err(told)?;
        Ok(self.0.is_run_by(&viewer))
    }
    /// The item that everybody looks at; null: a break, or an item that is not for the caller.
    async fn current_item(&self, ctx: &Context<'_>) -> Result<Option<AgendaItem>> {
        let Some(current) = self.0.current_item else {
            return Ok(None);
        };
        let items = self.agenda(ctx).await?;
        Ok(items.into_iter().find(|item| item.entry.item.id == current))
    }
    /// Since when everybody looks at it, or has a break.
    async fn current_since(&self) -> Option<DateTime> {
        self.0.current_since.map(DateTime)
    }
    /// The agenda. Of a DRAFT it is computed from what changed since the last meeting of its kind was closed (14 days, for
    /// the first), and from what people added, dropped and put into order; it stands once the meeting began. A deal that the
    /// last one dropped undecided is told from where that one would have told it, while it is active.
    async fn items(&self, ctx: &Context<'_>) -> Result<Vec<AgendaItem>> {
        let items = self.agenda(ctx).await?;
        Ok(items.into_iter().filter(|item| item.entry.position > 0).collect())
    }
    /// What was dropped from the agenda.
    async fn dropped_items(&self, ctx: &Context<'_>) -> Result<Vec<AgendaItem>> {
        let items = self.agenda(ctx).await?;
        Ok(items
            .into_iter()
            .filter(|item| item.entry.position == 0)
            .collect())
    }
    /// The tasks that it gave, open ones first.
    async fn tasks(&self, ctx: &Context<'_>) -> Result<Vec<Task>> {
        let rows = loader(ctx)?.load_one(ReviewTasksKey(self.0.id)).await?;
        Ok(task::shown(rows, None))
    }
    /// Up to which instant the agenda looks back: the closing of the last meeting of its kind, 14 days for the first. Of a
    /// DRAFT as of now; it stands once the meeting began.
    async fn looks_back_to(&self, ctx: &Context<'_>) -> Result<DateTime> {
        let at = caller(ctx)?.looks_back(&self.0).await.map_err(told)?;
        Ok(DateTime(at))
    }
    /// What providers did by what was recorded since then; of a meeting that closed, as it was known then. The latest first.
    async fn provider_events(&self, ctx: &Context<'_>) -> Result<Vec<ProviderEvent>> {
        let caller = caller(ctx)?;
        let since = caller.looks_back(&self.0).await.map_err(told)?;
        let as_of = self.0.closed_at;
        let rows = caller.provider_events_since(since, as_of).await.map_err(told)?;
        Ok(rows.into_iter().map(|row| ProviderEvent { row, as_of }).collect())
    }
    /// When it began.
    async fn started_at(&self) -> Option<DateTime> {
        self.0.started_at.map(DateTime)
    }
    /// When it was closed.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime)
    }
    /// Everything as it stood at closing, for its reader; null before. `sha256` is the hash of `head` as JSON without
    /// blanks, keys in order; `head.items` lists the hashes of all items, each over its salt and its `body` in the same
    /// form. An item that is not for the caller has its hash alone.
    async fn packet(&self, ctx: &Context<'_>) -> Result<Option<Json>> {
        let packet = loader(ctx)?.load_one(PacketKey(self.0.id)).await?;
        Ok(packet.map(|packet| Json(packet.json())))
    }
    /// The minutes as Markdown, in the caller's language: frozen at closing, a draft before.
    async fn minutes_text(&self, ctx: &Context<'_>) -> Result<String> {
        let key = MinutesKey(self.0.id, language(ctx));
        Ok(loader(ctx)?.load_one(key).await?.unwrap_or_default())
    }
    /// The minutes as HTML, as `minutesText` has them: links of the web and plain marks alone.
    async fn minutes_html(&self, ctx: &Context<'_>) -> Result<String> {
        let key = MinutesKey(self.0.id, language(ctx));
        Ok(markdown::html(
            &loader(ctx)?.load_one(key).await?.unwrap_or_default(),
        ))
    }
    /// Remarks made after closing, the first first.
    async fn amendments(&self, ctx: &Context<'_>) -> Result<Vec<Amendment>> {
        let rows = loader(ctx)?.load_one(AmendmentsKey(self.0.id)).await?;
        Ok(rows.unwrap_or_default().into_iter().map(Amendment).collect())
    }
    /// Who scheduled it.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.0.created_by).await
    }
    /// When it was scheduled.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
    /// Rises by one with every change of the meeting itself, not of its items; send it back with an update.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A remark on a closed meeting.
pub struct Amendment(review::Amendment);

/// A remark on a closed meeting.
#[Object]
impl Amendment {
    /// The remark.
    async fn text(&self) -> &str {
        &self.0.text
    }
    /// Whose.
    async fn by(&self, ctx: &Context<'_>) -> Result<User> {
        user(ctx, self.0.by)
            .await?
            .ok_or_else(|| told(app::Error::Internal("a remark by nobody".into())))
    }
    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

/// How a kind of meeting is held: what a new one of the kind begins with.
pub struct ReviewKindSettings(review::KindSettings);

/// How a kind of meeting is held: what a new one of the kind begins with.
#[Object]
impl ReviewKindSettings {
    /// The kind.
    async fn kind(&self) -> ReviewKind {
        self.0.kind.into()
    }
    /// What votes mean.
    async fn rule(&self) -> DecisionRule {
        self.0.rules.rule.into()
    }
    /// For THRESHOLD: how many yes it takes.
    async fn threshold(&self) -> Option<i32> {
        self.0.rules.threshold
    }
    /// Who must have voted.
    async fn quorum(&self) -> Quorum {
        self.0.rules.quorum.into()
    }
    /// Whether nobody sees another's vote before voting on the item is closed.
    async fn is_blind(&self) -> bool {
        self.0.rules.is_blind
    }
    /// Whose no stops it, whatever the rule says.
    async fn veto_holders(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        people(ctx, &self.0.rules.vetoes).await
    }
    /// After how many days the next one is due; null: when there is something to decide.
    async fn every_days(&self) -> Option<i32> {
        self.0.every_days
    }
    /// How long it takes.
    async fn minutes(&self) -> i32 {
        self.0.minutes
    }
    /// The key of the stage whose deals wait for a decision of such a meeting.
    async fn stage(&self) -> Option<&str> {
        self.0.stage.as_deref()
    }
    /// Who usually comes.
    async fn attendees(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        people(ctx, &self.0.attendees).await
    }
    /// Rises by one with every change; send it back with an update.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// The next meeting of a series, as it would be scheduled.
#[derive(SimpleObject)]
pub struct ReviewProposal {
    /// Of which kind.
    kind: ReviewKind,
    /// When it would start: so many days after the last one, at its hour; null where the kind has no rhythm or no last one.
    starts_at: Option<DateTime>,
    /// How long it takes.
    minutes: i32,
    /// Who came to the last one, or usually comes.
    attendees: Vec<User>,
    /// Who presented the last one.
    presenter: Option<User>,
}

/// Counts a list of meetings.
pub struct ReviewCount(ReviewFilter);
impl ReviewCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = caller(ctx)?.meeting_count(self.0).await.map_err(told)?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }
}
connection!(
    ReviewConnection,
    ReviewEdge,
    Review,
    ReviewCount,
    "review meetings, the latest first"
);

/// Counts a list of decisions.
pub struct DecisionCount(DecisionFilter);
impl DecisionCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = caller(ctx)?.decision_count(self.0).await.map_err(told)?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }
}
connection!(
    DecisionConnection,
    DecisionEdge,
    Decision,
    DecisionCount,
    "decisions, the latest first"
);

const ORDER: &str = "STARTS_AT";
const DECIDED: &str = "DECIDED_AT";

/// Queries about meetings.
#[derive(Default)]
pub struct ReviewQuery;

#[Object]
impl ReviewQuery {
    /// The meeting with this id; null if there is none.
    async fn review(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Review>> {
        by_id(ctx, crate::context::id::<ReviewTag>(&id)?).await
    }
    /// Meetings, the latest first.
    #[allow(
        clippy::too_many_arguments,
        reason = "the arguments of a connection and two filters"
    )]
    async fn reviews(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        kind: Option<ReviewKind>,
        status: Option<ReviewStatus>,
    ) -> Result<ReviewConnection> {
        let window = Window::read((ORDER, KeyKind::Instant), first, after, last, before)?;
        let filter = ReviewFilter {
            kind: kind.map(Into::into),
            status: status.map(Into::into),
        };
        let slice = caller(ctx)?
            .meetings(filter, &window.page())
            .await
            .map_err(told)?;
        let place = |node: &Review| Place {
            key: Key::Instant(node.0.starts_at),
            id: node.0.id.uuid(),
        };
        Ok(ReviewConnection {
            rows: window.rows(slice, ORDER, place, |row| Review(Arc::new(row))),
            count: ReviewCount(filter),
        })
    }
    /// What meetings decided, the latest first: to look back at what became of it. Of deals that the caller may see, and not
    /// of decisions that were taken back. `from` and `to`: decided from one instant to another, both in it.
    #[allow(
        clippy::too_many_arguments,
        reason = "the arguments of a connection and four filters"
    )]
    async fn decisions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        kind: Option<DecisionKind>,
        review_kind: Option<ReviewKind>,
        from: Option<DateTime>,
        to: Option<DateTime>,
    ) -> Result<DecisionConnection> {
        let window = Window::read((DECIDED, KeyKind::Instant), first, after, last, before)?;
        let filter = DecisionFilter {
            kind: kind.map(Into::into),
            review_kind: review_kind.map(Into::into),
            from: from.map(|at| at.0),
            to: to.map(|at| at.0),
        };
        let slice = caller(ctx)?
            .decisions(filter, &window.page())
            .await
            .map_err(told)?;
        let place = |node: &Decision| Place {
            key: Key::Instant(node.0.decision.at),
            id: node.0.decision.id.uuid(),
        };
        Ok(DecisionConnection {
            rows: window.rows(slice, DECIDED, place, Decision),
            count: DecisionCount(filter),
        })
    }
    /// How each kind of meeting is held.
    async fn review_kinds(&self, ctx: &Context<'_>) -> Result<Vec<ReviewKindSettings>> {
        let kinds = caller(ctx)?.review_kinds().await.map_err(told)?;
        Ok(kinds.into_iter().map(ReviewKindSettings).collect())
    }
    /// The next meeting of a kind, as its rhythm and the last one of it propose it.
    async fn next_review(&self, ctx: &Context<'_>, kind: ReviewKind) -> Result<ReviewProposal> {
        let proposed = caller(ctx)?.propose_review(kind.into()).await.map_err(told)?;
        Ok(ReviewProposal {
            kind,
            starts_at: proposed.starts_at.map(DateTime),
            minutes: proposed.minutes,
            attendees: people(ctx, &proposed.attendees).await?,
            presenter: user(ctx, proposed.presenter).await?,
        })
    }
}

/// What of meetings can be followed.
#[derive(Default)]
pub struct ReviewSubscription;

/// What of meetings can be followed.
#[Subscription]
impl ReviewSubscription {
    /// A meeting: as it is now, and again whenever something in it changes, so that whoever reconnects has the present state.
    async fn review(&self, ctx: &Context<'_>, id: ID) -> Result<BoxStream<'static, Result<Review>>> {
        let request = ctx
            .data::<RequestContext>()
            .map_err(|_| told(app::Error::Unauthenticated))?;
        let review = crate::context::id::<ReviewTag>(&id)?;
        let changes = request
            .caller
            .subscribe(app::activity::About::Review(review), None)
            .await
            .map_err(told)?;
        // One look for all rows of an operation.
        let mut last = None;
        let looks = stream::once(async { Ok(None) }).chain(changes.filter_map(move |row| {
            let look = match row {
                Ok(row) if last == Some(row.operation_id) => None,
                Ok(row) => {
                    last = Some(row.operation_id);
                    Some(Ok(last))
                }
                Err(error) => Some(Err(error)),
            };
            std::future::ready(look)
        }));
        let caller = Arc::clone(&request.caller);
        let seen = looks.then(move |look| {
            let caller = Arc::clone(&caller);
            async move {
                look.map_err(told)?;
                // Whoever follows must still be allowed to.
                caller.admit().await.map_err(told)?;
                Ok(caller.reviews_by_ids(&[review]).await.map_err(told)?.pop())
            }
        });
        // Called off, it is not there any more: the stream ends.
        let seen = seen
            .take_while(|row: &Result<Option<review::Review>>| std::future::ready(!matches!(row, Ok(None))));
        let told = seen.filter_map(|row| {
            std::future::ready(row.map(|row| row.map(|row| Review(Arc::new(row)))).transpose())
        });
        Ok(told.boxed())
    }
}
