//! Interactions. One of a deal is there for those who may see the deal.

use std::collections::HashMap;

use app::{
    interaction::{NewInteraction, Owners},
    page::{KeyKind, Slice},
};
use async_graphql::{
    Context, Error, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject, dataloader::Loader,
};
use domain::{
    DealId, DealTag, Instant, InteractionId, InteractionTag, PersonId, PersonTag, Problem, StartupId,
    StartupTag, interaction,
};
use uuid::Uuid;

use crate::{
    connection::{Window, connection},
    context::{Load, caller, gather_id, grouped, language, loader, path},
    deal::{Deal, DealKey},
    error::{coded, told},
    markdown,
    person::{Person, PersonKey},
    scalar::DateTime,
    startup::{self, Startup},
    user::{User, UserError, split, user, user_errors},
    word::word,
};

word! {
    /// How people were in touch.
    InteractionKind, "interaction::InteractionKind" {
        /// They met.
        Meeting,
        /// They spoke from afar.
        Call,
        /// By e-mail.
        Email,
        /// By 微信.
        Wechat,
        /// One of us wrote something down.
        Note,
    }
}

/// An interaction as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct InteractionKey(pub(crate) InteractionId, pub(crate) Option<Instant>);
/// Whose interactions are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Owner {
    Startup(StartupId),
    Deal(DealId),
    Person(PersonId),
}
/// A page of the interactions of an owner.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct PageKey(Owner, Option<Instant>, Window);
/// How many interactions an owner has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct CountKey(Owner, Option<Instant>);

impl Owner {
    fn uuid(self) -> Uuid {
        match self {
            Self::Startup(id) => id.uuid(),
            Self::Deal(id) => id.uuid(),
            Self::Person(id) => id.uuid(),
        }
    }
}

/// Owners by their kinds, each kind to be asked for in one statement.
#[derive(Default)]
struct Kinds {
    startups: Vec<StartupId>,
    deals: Vec<DealId>,
    people: Vec<PersonId>,
}

impl Kinds {
    fn of(owners: &[Owner]) -> Self {
        let mut kinds = Self::default();
        for owner in owners {
            match owner {
                Owner::Startup(id) => kinds.startups.push(*id),
                Owner::Deal(id) => kinds.deals.push(*id),
                Owner::Person(id) => kinds.people.push(*id),
            }
        }
        kinds
    }
    fn each(&self) -> impl Iterator<Item = Owners<'_>> {
        let startups = (!self.startups.is_empty()).then_some(Owners::Startups(&self.startups));
        let deals = (!self.deals.is_empty()).then_some(Owners::Deals(&self.deals));
        let people = (!self.people.is_empty()).then_some(Owners::People(&self.people));
        startups.into_iter().chain(deals).chain(people)
    }
}

impl Loader<InteractionKey> for Load {
    type Value = interaction::Interaction;
    type Error = Error;
    async fn load(
        &self,
        keys: &[InteractionKey],
    ) -> Result<HashMap<InteractionKey, interaction::Interaction>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            let rows = self.0.interactions_by_ids(&ids, at).await.map_err(told)?;
            found.extend(rows.into_iter().map(|row| (InteractionKey(row.id, at), row)));
        }
        Ok(found)
    }
}
impl Loader<PageKey> for Load {
    type Value = Slice<interaction::Interaction>;
    type Error = Error;
    async fn load(&self, keys: &[PageKey]) -> Result<HashMap<PageKey, Slice<interaction::Interaction>>> {
        let mut found = HashMap::new();
        for ((at, window), owners) in grouped(keys, |k| ((k.1, k.2.clone()), k.0)) {
            let mut pages = HashMap::new();
            for of in Kinds::of(&owners).each() {
                let read = self
                    .0
                    .interactions_of(of, at, &window.page())
                    .await
                    .map_err(told)?;
                pages.extend(read);
            }
            found.extend(owners.into_iter().filter_map(|owner| {
                let page = pages.remove(&owner.uuid())?;
                Some((PageKey(owner, at, window.clone()), page))
            }));
        }
        Ok(found)
    }
}
impl Loader<CountKey> for Load {
    type Value = i64;
    type Error = Error;
    async fn load(&self, keys: &[CountKey]) -> Result<HashMap<CountKey, i64>> {
        let mut found = HashMap::new();
        for (at, owners) in grouped(keys, |k| (k.1, k.0)) {
            let mut counts = HashMap::new();
            for of in Kinds::of(&owners).each() {
                counts.extend(self.0.interaction_counts_of(of, at).await.map_err(told)?);
            }
            found.extend(owners.into_iter().filter_map(|owner| {
                let count = counts.get(&owner.uuid())?;
                Some((CountKey(owner, at), *count))
            }));
        }
        Ok(found)
    }
}

/// An interaction, as known at an instant.
#[derive(Clone)]
pub struct Interaction {
    pub(crate) row: interaction::Interaction,
    pub(crate) as_of: Option<Instant>,
}

/// Something that was talked about: a meeting, a call, a message or a note. One of a deal is there for those who may see
/// the deal.
#[Object]
impl Interaction {
    /// The interaction's id.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }
    /// With or about which startup.
    async fn startup(&self, ctx: &Context<'_>) -> Result<Startup> {
        startup::by_id(ctx, self.row.startup_id, self.as_of)
            .await?
            .ok_or_else(|| told(app::Error::Internal("an interaction without its startup".into())))
    }
    /// For which deal, if for one.
    async fn deal(&self, ctx: &Context<'_>) -> Result<Option<Deal>> {
        let Some(id) = self.row.deal_id else {
            return Ok(None);
        };
        let row = loader(ctx)?.load_one(DealKey(id, self.as_of)).await?;
        Ok(row.map(|row| Deal::new(row, self.as_of)))
    }
    /// How people were in touch.
    async fn kind(&self) -> InteractionKind {
        self.row.kind.into()
    }
    /// When it happened.
    async fn at(&self) -> DateTime {
        DateTime(self.row.at)
    }
    /// What came of it, in a line.
    async fn summary(&self) -> &str {
        &self.row.summary
    }
    /// What was said, in Markdown as it was written; empty where nothing was written down.
    async fn body(&self) -> &str {
        self.row.body.as_deref().unwrap_or_default()
    }
    /// What was said, as HTML that is safe to show: no scripts, no pictures, nothing from elsewhere. Empty where there is
    /// no body.
    async fn body_html(&self) -> String {
        markdown::html(self.row.body.as_deref().unwrap_or_default())
    }
    /// Who logged it; null for the program itself.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.row.by).await
    }
    /// Who took part, by name.
    async fn participants(&self) -> &[String] {
        &self.row.participants
    }
    /// Those who took part and are known here.
    async fn people(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        let keys = self.row.person_ids.iter().map(|id| PersonKey(*id, self.as_of));
        let keys: Vec<_> = keys.collect();
        let mut found = loader(ctx)?.load_many(keys.iter().cloned()).await?;
        Ok(keys
            .iter()
            .filter_map(|key| found.remove(key))
            .map(|row| Person {
                row,
                as_of: self.as_of,
            })
            .collect())
    }
    /// When it was logged.
    async fn logged_at(&self) -> DateTime {
        DateTime(self.row.logged_at)
    }
    /// Rises by one with every change; send it back with an update.
    async fn version(&self) -> i32 {
        self.row.version
    }
}

/// Counts the interactions of an owner.
pub struct InteractionCount {
    owner: Owner,
    as_of: Option<Instant>,
}
impl InteractionCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = loader(ctx)?.load_one(CountKey(self.owner, self.as_of)).await?;
        Ok(i32::try_from(count.unwrap_or(0)).unwrap_or(i32::MAX))
    }
}
connection!(
    InteractionConnection,
    InteractionEdge,
    Interaction,
    InteractionCount,
    "interactions, the latest first"
);

const ORDER: &str = "AT DESC";

/// A page of the interactions of an owner; owners beside each other are read together.
pub(crate) async fn of(
    ctx: &Context<'_>,
    owner: Owner,
    as_of: Option<Instant>,
    (first, after, last, before): (Option<i32>, Option<String>, Option<i32>, Option<String>),
) -> Result<InteractionConnection> {
    let window = Window::read((ORDER, KeyKind::Instant), first, after, last, before)?;
    let slice = loader(ctx)?
        .load_one(PageKey(owner, as_of, window.clone()))
        .await?;
    let slice = slice.unwrap_or(Slice {
        rows: Vec::new(),
        more: false,
    });
    let rows = window.rows(
        slice,
        ORDER,
        |node: &Interaction| app::interaction::place(&node.row),
        |row| Interaction { row, as_of },
    );
    Ok(InteractionConnection {
        rows,
        count: InteractionCount { owner, as_of },
    })
}

/// What was talked about.
#[derive(InputObject)]
pub struct LogInteractionInput {
    /// With or about which startup.
    startup: ID,
    /// For which of its deals: then it is there for those who may see the deal.
    deal: Option<ID>,
    /// How people were in touch.
    kind: InteractionKind,
    /// When it happened: not later than now, as what is yet to come is a task.
    at: DateTime,
    /// What came of it, in a line.
    summary: String,
    /// What was said, in Markdown.
    body: Option<String>,
    /// Who took part, by name.
    participants: Option<Vec<String>>,
    /// Those who took part and are known here.
    people: Option<Vec<ID>>,
}

fn people_of(ids: Vec<ID>, problems: &mut Vec<Problem>) -> Vec<PersonId> {
    let read = ids.iter().enumerate();
    read.filter_map(|(n, id)| gather_id::<PersonTag>(id, &format!("people.{n}"), problems))
        .collect()
}

impl LogInteractionInput {
    fn read(self) -> std::result::Result<NewInteraction, Vec<Problem>> {
        let mut problems = Vec::new();
        let startup = gather_id::<StartupTag>(&self.startup, "startup", &mut problems);
        let deal = self
            .deal
            .and_then(|id| gather_id::<DealTag>(&id, "deal", &mut problems));
        let people = people_of(self.people.unwrap_or_default(), &mut problems);
        let Some(startup) = startup.filter(|_| problems.is_empty()) else {
            return Err(problems);
        };
        Ok(NewInteraction {
            startup,
            deal,
            kind: self.kind.into(),
            at: self.at.0,
            summary: self.summary,
            body: self.body,
            participants: self.participants.unwrap_or_default(),
            people,
        })
    }
}

/// A change of an interaction. A field left out stays as it is; null clears it.
#[derive(InputObject)]
pub struct UpdateInteractionInput {
    /// The interaction.
    id: ID,
    /// The version that was read.
    version: i32,
    /// How people were in touch.
    kind: Option<InteractionKind>,
    /// When it happened.
    at: Option<DateTime>,
    /// What came of it, in a line.
    summary: MaybeUndefined<String>,
    /// What was said, in Markdown.
    body: MaybeUndefined<String>,
    /// Who took part, by name.
    participants: MaybeUndefined<Vec<String>>,
    /// Those who took part and are known here.
    people: MaybeUndefined<Vec<ID>>,
}

impl UpdateInteractionInput {
    fn read(self) -> std::result::Result<(InteractionId, i32, interaction::InteractionEdit), Vec<Problem>> {
        let mut problems = Vec::new();
        let id = gather_id::<InteractionTag>(&self.id, "id", &mut problems);
        let person_ids = match self.people {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(Vec::new()),
            MaybeUndefined::Value(ids) => Some(people_of(ids, &mut problems)),
        };
        let Some(id) = id.filter(|_| problems.is_empty()) else {
            return Err(problems);
        };
        let edit = interaction::InteractionEdit {
            kind: self.kind.map(Into::into),
            at: self.at.map(|at| domain::time::instant(at.0)),
            // Cleared, it is missing: the rule says so.
            summary: Option::from(self.summary).map(Option::unwrap_or_default),
            body: self.body.into(),
            participants: Option::from(self.participants).map(Option::unwrap_or_default),
            person_ids,
        };
        Ok((id, self.version, edit))
    }
}

/// What became of a mutation of an interaction.
#[derive(SimpleObject)]
pub struct InteractionPayload {
    /// The interaction.
    interaction: Option<Interaction>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

async fn payload(ctx: &Context<'_>, outcome: app::Outcome<InteractionId>) -> Result<InteractionPayload> {
    let (id, user_errors) = split(ctx, outcome);
    let row = match id {
        Some(id) => caller(ctx)?
            .interactions_by_ids(&[id], None)
            .await
            .map_err(told)?
            .pop(),
        None => None,
    };
    Ok(InteractionPayload {
        interaction: row.map(|row| Interaction { row, as_of: None }),
        user_errors,
    })
}

fn refused(ctx: &Context<'_>, problems: Vec<Problem>) -> InteractionPayload {
    InteractionPayload {
        interaction: None,
        user_errors: user_errors(problems, language(ctx)),
    }
}

/// Queries about texts.
#[derive(Default)]
pub struct MarkdownQuery;

#[Object]
impl MarkdownQuery {
    /// A text in Markdown as HTML that is safe to show, as a body that was kept is drawn: for a look before it is kept.
    async fn markdown_html(&self, ctx: &Context<'_>, text: String) -> Result<String> {
        caller(ctx)?.reader().await.map_err(told)?;
        let (length, limit) = (text.chars().count(), interaction::BODY_LIMIT);
        if length > limit {
            return Err(coded(
                "BAD_USER_INPUT",
                format!("the text has {length} characters; a body has at most {limit}"),
            ));
        }
        Ok(markdown::html(&text))
    }
}

/// Mutations of interactions.
#[derive(Default)]
pub struct InteractionMutation;

#[Object]
impl InteractionMutation {
    /// Logs a meeting, a call, a message or a note.
    async fn log_interaction(
        &self,
        ctx: &Context<'_>,
        input: LogInteractionInput,
    ) -> Result<InteractionPayload> {
        match input.read() {
            Ok(new) => {
                let done = caller(ctx)?
                    .log_interaction(new, &path(ctx))
                    .await
                    .map_err(told)?;
                payload(ctx, done).await
            }
            Err(problems) => Ok(refused(ctx, problems)),
        }
    }
    /// Changes an interaction that is still at the version read. Where it belongs stays: take it back and log it anew.
    async fn update_interaction(
        &self,
        ctx: &Context<'_>,
        input: UpdateInteractionInput,
    ) -> Result<InteractionPayload> {
        match input.read() {
            Ok((id, version, edit)) => {
                let done = caller(ctx)?
                    .update_interaction(id, version, edit, &path(ctx))
                    .await
                    .map_err(told)?;
                payload(ctx, done).await
            }
            Err(problems) => Ok(refused(ctx, problems)),
        }
    }
}
