//! Any record by its id.

use async_graphql::{Context, ID, Interface, Object, Result};
use domain::AnyId;

use crate::{
    belief::{self, Capability, Thesis},
    context::{EvidenceKey, UserKey, caller, loader},
    deal::{Deal, DealKey, Stage, stage_by_id},
    document::{Document, DocumentKey},
    error::{coded, told},
    evidence::Evidence,
    fund::{self, Fund},
    import::{self, Import},
    interaction::{Interaction, InteractionKey},
    outcome::{LaterOutcome, OutcomeKey},
    person::{Affiliation, AffiliationKey, Person, PersonKey},
    provider::{self, Dependency, DependencyKey, Provider, ProviderEvent, ProviderKey},
    review::{self, AgendaItem, Review},
    sector::Sector,
    startup::{self, Startup},
    task::{Task, TaskKey},
    user::{ApiToken, User},
};

/// How many ids `nodes` takes.
const NODES_LIMIT: usize = 200;

/// A record with an id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Its id."))]
pub enum Node {
    /// A startup.
    Startup(Startup),
    /// A sector.
    Sector(Sector),
    /// An evidence record.
    Evidence(Evidence),
    /// A stage of the pipeline.
    Stage(Stage),
    /// A fund that may invest.
    Fund(Fund),
    /// A deal.
    Deal(Deal),
    /// What became later of a deal's startup.
    LaterOutcome(LaterOutcome),
    /// A person.
    Person(Person),
    /// A post of a person.
    Affiliation(Affiliation),
    /// A document.
    Document(Document),
    /// An interaction.
    Interaction(Interaction),
    /// A task.
    Task(Task),
    /// A supplier of base models.
    Provider(Provider),
    /// A dependency of a startup on one.
    Dependency(Dependency),
    /// Something that a provider did.
    ProviderEvent(ProviderEvent),
    /// A belief of the fund.
    Thesis(Thesis),
    /// Something that base models can do, or not yet.
    Capability(Capability),
    /// A review meeting.
    Review(Review),
    /// An item of its agenda.
    AgendaItem(AgendaItem),
    /// An import.
    Import(Import),
    /// A user.
    User(User),
    /// An API token.
    ApiToken(ApiToken),
}

/// The record with an id, if there is one that the caller may see.
pub(crate) async fn by_id(ctx: &Context<'_>, id: AnyId) -> Result<Option<Node>> {
    let loader = loader(ctx)?;
    Ok(match id {
        AnyId::StartupTag(id) => startup::by_id(ctx, id, None).await?.map(Node::Startup),
        AnyId::SectorTag(id) => Sector::of(ctx, &[id], None).await?.pop().map(Node::Sector),
        AnyId::EvidenceTag(id) => loader
            .load_one(EvidenceKey(id, None))
            .await?
            .map(|e| Node::Evidence(Evidence { row: e, as_of: None })),
        AnyId::StageTag(id) => stage_by_id(ctx, id, None).await?.map(|s| Node::Stage(Stage(s))),
        AnyId::FundTag(id) => fund::by_ids(ctx, &[id], None).await?.pop().map(Node::Fund),
        AnyId::DealTag(id) => loader
            .load_one(DealKey(id, None))
            .await?
            .map(|row| Node::Deal(Deal::new(row, None))),
        AnyId::PersonTag(id) => loader
            .load_one(PersonKey(id, None))
            .await?
            .map(|p| Node::Person(Person { row: p, as_of: None })),
        AnyId::AffiliationTag(id) => loader
            .load_one(AffiliationKey(id, None))
            .await?
            .map(|a| Node::Affiliation(Affiliation { row: a, as_of: None })),
        AnyId::DocumentTag(id) => loader
            .load_one(DocumentKey(id, None))
            .await?
            .map(|d| Node::Document(Document { row: d, as_of: None })),
        AnyId::OutcomeTag(id) => loader
            .load_one(OutcomeKey(id))
            .await?
            .map(|outcome| Node::LaterOutcome(LaterOutcome(outcome))),
        AnyId::InteractionTag(id) => loader
            .load_one(InteractionKey(id, None))
            .await?
            .map(|i| Node::Interaction(Interaction { row: i, as_of: None })),
        AnyId::TaskTag(id) => loader
            .load_one(TaskKey(id, None))
            .await?
            .map(|t| Node::Task(Task { row: t, as_of: None })),
        AnyId::ProviderTag(id) => loader
            .load_one(ProviderKey(id, None))
            .await?
            .map(|p| Node::Provider(Provider { row: p, as_of: None })),
        AnyId::DependencyTag(id) => loader
            .load_one(DependencyKey(id, None))
            .await?
            .map(|d| Node::Dependency(Dependency { row: d, as_of: None })),
        AnyId::ProviderEventTag(id) => provider::event(ctx, id, None).await?.map(Node::ProviderEvent),
        AnyId::ThesisTag(id) => belief::thesis(ctx, id, None).await?.map(Node::Thesis),
        AnyId::CapabilityTag(id) => belief::capability(ctx, id, None).await?.map(Node::Capability),
        AnyId::ReviewTag(id) => review::by_id(ctx, id).await?.map(Node::Review),
        AnyId::AgendaItemTag(id) => review::item_by_id(ctx, id).await?.map(Node::AgendaItem),
        AnyId::ImportTag(id) => import::by_id(ctx, id).await?.map(Node::Import),
        AnyId::UserTag(id) => loader.load_one(UserKey(id)).await?.map(|u| Node::User(User(u))),
        AnyId::TokenTag(id) => caller(ctx)?
            .tokens_by_ids(&[id])
            .await
            .map_err(told)?
            .pop()
            .map(|t| Node::ApiToken(ApiToken(t))),
        _ => None,
    })
}

/// Queries by id.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The record with this id; null if there is none, or it is not for the caller.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Node>> {
        match AnyId::parse(&id) {
            Some(id) => by_id(ctx, id).await,
            None => Ok(None),
        }
    }
    /// The records with these ids, in their order; null for what is missing. At most 200.
    async fn nodes(&self, ctx: &Context<'_>, ids: Vec<ID>) -> Result<Vec<Option<Node>>> {
        if ids.len() > NODES_LIMIT {
            return Err(coded(
                "BAD_USER_INPUT",
                format!(
                    "{} ids are too many; at most {NODES_LIMIT} are read at once",
                    ids.len()
                ),
            ));
        }
        futures::future::try_join_all(ids.iter().map(|id| async move {
            match AnyId::parse(id) {
                Some(id) => by_id(ctx, id).await,
                None => Ok(None),
            }
        }))
        .await
    }
}
