//! Activity: read, followed, undone.

mod summary;

use app::activity::{About, Activity as Row, Asked, Seq};
use app::page::{Key, KeyKind, Place};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject, Subscription};
use domain::{ActivityTag, AnyId, ImportTag, UserTag, activity::SubjectType, typed};
use futures::{StreamExt, stream::BoxStream};

use crate::{
    connection::{Window, connection},
    context::{RequestContext, caller, id, language, path, read_id},
    error::{coded, told},
    import::{self, Import},
    node::{self, Node},
    review::{self, Review},
    scalar::{DateTime, Json},
    user::{User, UserError, split, user, user_errors},
    word::word,
};

/// A change of one record.
#[derive(Clone)]
pub struct Activity(pub(crate) Row);

/// The id of what an activity row is about; None for what has no page of its own.
pub fn subject(row: &Row) -> Option<AnyId> {
    let id = row.change.subject_id;
    Some(match row.change.subject_type {
        SubjectType::Startup => AnyId::StartupTag(typed(id)),
        SubjectType::Sector => AnyId::SectorTag(typed(id)),
        SubjectType::Stage => AnyId::StageTag(typed(id)),
        SubjectType::Person => AnyId::PersonTag(typed(id)),
        SubjectType::Affiliation => AnyId::AffiliationTag(typed(id)),
        SubjectType::Document => AnyId::DocumentTag(typed(id)),
        SubjectType::Evidence => AnyId::EvidenceTag(typed(id)),
        SubjectType::Fund => AnyId::FundTag(typed(id)),
        SubjectType::Deal => AnyId::DealTag(typed(id)),
        SubjectType::Outcome => AnyId::OutcomeTag(typed(id)),
        SubjectType::User => AnyId::UserTag(typed(id)),
        SubjectType::Token => AnyId::TokenTag(typed(id)),
        SubjectType::Import => AnyId::ImportTag(typed(id)),
        SubjectType::Interaction => AnyId::InteractionTag(typed(id)),
        SubjectType::Task => AnyId::TaskTag(typed(id)),
        SubjectType::Provider => AnyId::ProviderTag(typed(id)),
        SubjectType::Dependency => AnyId::DependencyTag(typed(id)),
        SubjectType::ProviderEvent => AnyId::ProviderEventTag(typed(id)),
        SubjectType::Thesis => AnyId::ThesisTag(typed(id)),
        SubjectType::Capability => AnyId::CapabilityTag(typed(id)),
        SubjectType::Review => AnyId::ReviewTag(typed(id)),
        SubjectType::AgendaItem => AnyId::AgendaItemTag(typed(id)),
        // What has no page of its own: an item belongs to its startup.
        SubjectType::ChecklistItem
        | SubjectType::ExchangeRate
        | SubjectType::Rubric
        | SubjectType::ReviewKind
        | SubjectType::Workspace => return None,
    })
}

/// A change of one record: who, when, what, before and after. Never changed, never deleted.
#[Object]
impl Activity {
    /// Its id; `after` of the subscription resumes behind it.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }
    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
    /// Who; null for the program itself.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.0.by).await
    }
    /// What was done, such as createStartup.
    async fn verb(&self) -> &str {
        &self.0.verb
    }
    /// The record that changed; null where it is not shown any more.
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        match subject(&self.0) {
            Some(id) => node::by_id(ctx, id).await,
            None => Ok(None),
        }
    }
    /// The id of the record that changed, also where it is not shown any more; null for what has none of its own: rates,
    /// rubrics, items of a checklist.
    async fn subject_id(&self) -> Option<ID> {
        subject(&self.0).map(|id| id.to_string().into())
    }
    /// The change in a line, in the caller's language.
    async fn summary(&self, ctx: &Context<'_>) -> String {
        summary::of(&self.0, language(ctx))
    }
    /// The import that made the change, if one did.
    async fn import(&self, ctx: &Context<'_>) -> Result<Option<Import>> {
        match self.0.import {
            Some(id) => import::by_id(ctx, id).await,
            None => Ok(None),
        }
    }
    /// The meeting in which the change was made, if in one.
    async fn review(&self, ctx: &Context<'_>) -> Result<Option<Review>> {
        match self.0.review {
            Some(id) => review::by_id(ctx, id).await,
            None => Ok(None),
        }
    }
    /// The changed fields as they were; null for a creation.
    async fn before(&self) -> Option<Json> {
        self.0.change.before.clone().map(Json)
    }
    /// The changed fields as they are since.
    async fn after(&self) -> Option<Json> {
        self.0.change.after.clone().map(Json)
    }
}

/// Counts a list of activity.
pub struct ActivityCount(Asked);
impl ActivityCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(
            i32::try_from(caller(ctx)?.activity_count(self.0.clone()).await.map_err(told)?)
                .unwrap_or(i32::MAX),
        )
    }
}
connection!(
    ActivityConnection,
    ActivityEdge,
    Activity,
    ActivityCount,
    "activity, newest first"
);

const ORDER: &str = "ACTIVITY";

fn place(row: &Row) -> Place {
    Place {
        key: Key::Text(format!("{}.{}", row.seq, row.n)),
        id: row.id.uuid(),
    }
}

fn seq(key: &Key) -> Option<Seq> {
    let Key::Text(text) = key else { return None };
    let (seq, n) = text.split_once('.')?;
    Some((seq.parse().ok()?, n.parse().ok()?))
}

/// A page of activity about something.
pub(crate) async fn page(
    ctx: &Context<'_>,
    asked: impl Into<Asked>,
    window: Window,
) -> Result<ActivityConnection> {
    let asked = asked.into();
    let from = window
        .page()
        .from
        .map(|place| seq(&place.key).ok_or_else(|| window.no_cursor()));
    let from = from.transpose()?;
    let slice = caller(ctx)?
        .activity(asked.clone(), from, window.backward(), window.limit())
        .await
        .map_err(told)?;
    let rows = window.rows(slice, ORDER, |node: &Activity| place(&node.0), Activity);
    Ok(ActivityConnection {
        rows,
        count: ActivityCount(asked),
    })
}

/// Reads the arguments of a connection of activity.
pub(crate) fn window(
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> Result<Window> {
    Window::read((ORDER, KeyKind::Text), first, after, last, before)
}

fn about(subject: Option<&ID>) -> Result<About> {
    let Some(id) = subject else {
        return Ok(About::Everything);
    };
    AnyId::parse(id)
        .map(app::activity::about)
        .ok_or_else(|| coded("BAD_USER_INPUT", format!("{:?} is no id", id.as_str())))
}

word! {
    /// A kind of record that changes are about.
    ActivityKind, "domain::activity::SubjectType" {
        /// A startup.
        Startup,
        /// A sector.
        Sector,
        /// A stage.
        Stage,
        /// A person.
        Person,
        /// An affiliation.
        Affiliation,
        /// A document.
        Document,
        /// An evidence record.
        Evidence,
        /// A fund that may invest.
        Fund,
        /// A deal.
        Deal,
        /// What became later of a deal's startup.
        Outcome,
        /// A user.
        User,
        /// An API token.
        Token,
        /// The workspace itself.
        Workspace,
        /// An import.
        Import,
        /// A supplier of base models.
        Provider,
        /// A dependency on one.
        Dependency,
        /// An item of a startup's checklist.
        ChecklistItem,
        /// An exchange rate.
        ExchangeRate,
        /// A version of the rubric.
        Rubric,
        /// An interaction.
        Interaction,
        /// A task.
        Task,
        /// A review meeting.
        Review,
        /// An item of its agenda.
        AgendaItem,
        /// How a kind of meeting is held.
        ReviewKind,
        /// A belief of the fund.
        Thesis,
        /// What base models can do.
        Capability,
        /// Something that a provider did.
        ProviderEvent,
    }
}

/// By what activity is narrowed. Different fields are joined by and, the values of one by or.
#[derive(InputObject, Default)]
pub struct ActivityFilter {
    /// Made by one of these users.
    by: Option<Vec<ID>>,
    /// About records of one of these kinds.
    kinds: Option<Vec<ActivityKind>>,
    /// Made by this import.
    imported_by: Option<ID>,
    /// Made then or later.
    from: Option<DateTime>,
    /// Made then or earlier.
    to: Option<DateTime>,
}

impl ActivityFilter {
    fn read(self, about: About) -> Result<Asked> {
        let Self {
            by,
            kinds,
            imported_by,
            from,
            to,
        } = self;
        Ok(Asked {
            about,
            by: by
                .unwrap_or_default()
                .iter()
                .map(id::<UserTag>)
                .collect::<Result<_>>()?,
            kinds: kinds.unwrap_or_default().into_iter().map(Into::into).collect(),
            import: imported_by.as_ref().map(id::<ImportTag>).transpose()?,
            from: from.map(|at| at.0),
            to: to.map(|at| at.0),
        })
    }
}

/// Queries about activity.
#[derive(Default)]
pub struct ActivityQuery;

#[Object]
impl ActivityQuery {
    /// Every change that the caller may see, newest first; of one record and what belongs to it, if `subject` names one,
    /// and of those the ones that `filter` leaves.
    async fn activity(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        subject: Option<ID>,
        filter: Option<ActivityFilter>,
    ) -> Result<ActivityConnection> {
        let asked = filter.unwrap_or_default().read(about(subject.as_ref())?)?;
        page(ctx, asked, window(first, after, last, before)?).await
    }
}

/// Which activity to take back.
#[derive(InputObject)]
pub struct UndoInput {
    /// The activity's id.
    activity: ID,
}

/// What an undo did.
#[derive(SimpleObject)]
pub struct UndoPayload {
    /// The activity taken back.
    activity: Option<Activity>,
    /// What was left alone, and why.
    kept: Vec<String>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// Mutations about activity.
#[derive(Default)]
pub struct ActivityMutation;

#[Object]
impl ActivityMutation {
    /// Takes an activity back where that is still safe: fields patched back where nobody changed them since, records retracted, moves voided.
    async fn undo(&self, ctx: &Context<'_>, input: UndoInput) -> Result<UndoPayload> {
        let caller = caller(ctx)?;
        let id = match read_id::<ActivityTag>(&input.activity, "activity") {
            Ok(id) => id,
            Err(problem) => {
                return Ok(UndoPayload {
                    activity: None,
                    kept: Vec::new(),
                    user_errors: user_errors(vec![problem], language(ctx)),
                });
            }
        };
        let (done, user_errors) = split(ctx, caller.undo(id, &path(ctx)).await.map_err(told)?);
        let Some(done) = done else {
            return Ok(UndoPayload {
                activity: None,
                kept: Vec::new(),
                user_errors,
            });
        };
        let activity = caller.activity_by_id(id).await.map_err(told)?.map(Activity);
        Ok(UndoPayload {
            activity,
            kept: done.kept.iter().map(|m| m.text(language(ctx))).collect(),
            user_errors,
        })
    }
}

/// Subscriptions.
#[derive(Default)]
pub struct ActivitySubscription;

/// What can be followed.
#[Subscription]
impl ActivitySubscription {
    /// Every change that the caller may see, in the order of commit, optionally of one subject; `after` resumes behind an activity already seen.
    async fn activity(
        &self,
        ctx: &Context<'_>,
        subject: Option<ID>,
        after: Option<ID>,
    ) -> Result<BoxStream<'static, Result<Activity>>> {
        let request = ctx
            .data::<RequestContext>()
            .map_err(|_| told(app::Error::Unauthenticated))?;
        let about = about(subject.as_ref())?;
        let after = after.as_ref().map(id::<ActivityTag>).transpose()?;
        let stream = request.caller.subscribe(about, after).await.map_err(told)?;
        Ok(stream.map(|row| row.map(Activity).map_err(told)).boxed())
    }
}
