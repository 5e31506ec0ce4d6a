//! Startups.

use app::startup::{Filter, NewStartup, Order};
use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use domain::{Instant, Message, Problem, StartupTag, UserTag, sector::Sector as SectorRow, startup};

use crate::{
    activity::{self, ActivityConnection},
    connection::{Window, connection},
    context::{ExternalIdsKey, LedgerKey, StartupKey, caller, id, language, loader, path, read_id, tree},
    deal::{self, DealConnection, DealFilter, DealStatus},
    document::{self, Document},
    error::{coded, told},
    evidence::{self, EvidenceConnection, EvidenceFilter, EvidenceKind, Grade, LedgerCount},
    person::{self, Affiliation},
    scalar::{Date, DateTime, Json, Url},
    sector::Sector,
    user::{UserError, split, user_errors},
    word::word,
};

word! {
    /// Where in the stack of large models a startup stands.
    Layer, "startup::Layer" {
        /// Trains base models.
        Model,
        /// Tunes, pre-trains or constrains base models.
        Middleware,
        /// Products for an industry or a person.
        App,
    }
}
word! {
    /// How a startup uses large models.
    TechnicalRoute, "startup::TechnicalRoute" {
        /// Trains a base model of its own.
        TrainsBaseModel,
        /// Tunes somebody's base model.
        TunesBaseModel,
        /// Builds on an API.
        BuildsOnApi,
        /// Classical AI, perhaps re-labelled.
        PreLlmAi,
        /// Not known.
        Unknown,
    }
}
word! {
    /// What a name is.
    NameKind, "startup::NameKind" {
        /// The name it is known by.
        Brand,
        /// The registered name.
        Legal,
        /// The name of a product.
        Product,
        /// A name it had.
        Former,
        /// Any other.
        Other,
    }
}
word! {
    /// Where a company is set up, for the funds that may invest.
    CompanyStructure, "startup::CompanyStructure" {
        /// In mainland China.
        Onshore,
        /// Offshore with a variable interest entity.
        OffshoreVie,
        /// Not decided, or not known.
        Undecided,
    }
}

/// Another name, with its language when known.
#[derive(SimpleObject, Clone)]
pub struct StartupName {
    /// The name.
    name: String,
    /// Its language (BCP 47), such as zh.
    language: Option<String>,
    /// What it is.
    kind: NameKind,
}

impl From<startup::Name> for StartupName {
    fn from(name: startup::Name) -> Self {
        Self {
            name: name.name,
            language: name.language,
            kind: name.kind.into(),
        }
    }
}

/// A yes or no with its proof.
#[derive(SimpleObject, Clone)]
pub struct GradedFact {
    /// Whether it is so.
    holds: bool,
    /// How well that is proven.
    grade: Grade,
    /// In which words it was said.
    words: Option<String>,
    /// When.
    on: Option<Date>,
    /// Where it can be read.
    source_url: Option<Url>,
}

fn fact(fact: Option<&startup::GradedFact>) -> Option<GradedFact> {
    fact.cloned().map(|f| GradedFact {
        holds: f.holds,
        grade: f.grade.into(),
        words: f.words,
        on: f.on.map(Date),
        source_url: f.source_url.map(Url),
    })
}

/// The "1" before the multiplier: who pays, and why. All null: no 1 in front.
#[derive(SimpleObject, Clone)]
pub struct Need {
    /// Who pays.
    payer: Option<String>,
    /// What hurts.
    pain: Option<String>,
    /// What it costs them today.
    cost_today: Option<String>,
    /// What they use instead.
    alternative_today: Option<String>,
}

/// The key under which a source knows a startup.
#[derive(SimpleObject, Clone)]
pub struct ExternalId {
    /// The source's name.
    source: String,
    /// Its key there.
    id: String,
}

/// A startup, as known at an instant.
#[derive(Clone)]
pub struct Startup {
    pub(crate) row: startup::Startup,
    pub(crate) as_of: Option<Instant>,
}

/// A startup: what it is called, what it does, on which layer, with which need, and what is known of its users.
#[Object]
impl Startup {
    /// The startup's id.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }
    /// Its name in URLs; never changes.
    async fn slug(&self) -> &str {
        &self.row.slug
    }
    /// The name it is known by.
    async fn name(&self) -> &str {
        &self.row.profile.name
    }
    /// Other names, each with its language when known.
    async fn aliases(&self) -> Vec<StartupName> {
        self.row.profile.aliases.iter().cloned().map(Into::into).collect()
    }
    /// Its registrable domains, such as example.com.
    async fn domains(&self) -> &[String] {
        &self.row.profile.domains
    }
    /// Its web site.
    async fn website(&self) -> Option<Url> {
        self.row.profile.website.clone().map(Url)
    }
    /// What it does, in a line.
    async fn one_liner(&self) -> Option<&str> {
        self.row.profile.one_liner.as_deref()
    }
    /// What it does, at length.
    async fn description(&self) -> Option<&str> {
        self.row.profile.description.as_deref()
    }
    /// Its country: ISO 3166-1, such as CN.
    async fn country(&self) -> Option<&str> {
        self.row.profile.country.as_deref()
    }
    /// Its city, in the words found.
    async fn city(&self) -> Option<&str> {
        self.row.profile.city.as_deref()
    }
    /// When it was founded.
    async fn founded_on(&self) -> Option<Date> {
        self.row.profile.founded_on.map(Date)
    }
    /// When its product was launched.
    async fn product_launched_on(&self) -> Option<Date> {
        self.row.profile.product_launched_on.map(Date)
    }
    /// What it did before.
    async fn previous_focus(&self) -> Option<&str> {
        self.row.profile.previous_focus.as_deref()
    }
    /// When it left that.
    async fn pivoted_on(&self) -> Option<Date> {
        self.row.profile.pivoted_on.map(Date)
    }
    /// How it is set up.
    async fn structure(&self) -> CompanyStructure {
        self.row.profile.structure.into()
    }
    /// Its layer; null until classified.
    async fn layer(&self) -> Option<Layer> {
        self.row.profile.layer.map(Into::into)
    }
    /// Its sectors, in the tree's order.
    async fn sectors(&self, ctx: &Context<'_>) -> Result<Vec<Sector>> {
        Sector::of(ctx, &self.row.profile.sector_ids, self.as_of).await
    }
    /// How it uses large models.
    async fn technical_route(&self) -> TechnicalRoute {
        self.row.profile.technical_route.into()
    }
    /// Owns data to train on that others do not have.
    async fn owns_training_data(&self) -> Option<GradedFact> {
        fact(self.row.profile.owns_training_data.as_ref())
    }
    /// Users make data, data makes the model better.
    async fn usage_flywheel(&self) -> Option<GradedFact> {
        fact(self.row.profile.usage_flywheel.as_ref())
    }
    /// Says that it has a large model.
    async fn claims_large_model(&self) -> Option<GradedFact> {
        fact(self.row.profile.claims_large_model.as_ref())
    }
    /// Who pays, and why.
    async fn need(&self) -> Need {
        let n = self.row.profile.need.clone();
        Need {
            payer: n.payer,
            pain: n.pain,
            cost_today: n.cost_today,
            alternative_today: n.alternative_today,
        }
    }
    /// Its ledger of evidence, newest observed first.
    async fn evidence(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<EvidenceFilter>,
    ) -> Result<EvidenceConnection> {
        let window = evidence::window(first, after, last, before)?;
        let filter = filter.unwrap_or_default().read(self.as_of);
        let slice = loader(ctx)?
            .load_one(LedgerKey(self.row.id, filter.clone(), window.clone()))
            .await?;
        let slice = slice.unwrap_or(app::page::Slice {
            rows: Vec::new(),
            more: false,
        });
        Ok(evidence::page(
            slice,
            &window,
            LedgerCount {
                startup: Some(self.row.id),
                filter,
            },
        ))
    }
    /// Posts at it, founders first.
    async fn people(&self, ctx: &Context<'_>) -> Result<Vec<Affiliation>> {
        person::at_startup(ctx, self.row.id, self.as_of).await
    }
    /// Its documents that the caller may see, newest first: its own, and those that its standing evidence rests on.
    async fn documents(&self, ctx: &Context<'_>) -> Result<Vec<Document>> {
        document::of_startup(ctx, self.row.id, self.as_of).await
    }
    /// Its deals that the caller may see, newest first.
    async fn deals(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<DealFilter>,
    ) -> Result<DealConnection> {
        deal::of_startup(ctx, self.row.id, self.as_of, (first, after, last, before), filter).await
    }
    /// What changed about it and what belongs to it, newest first.
    async fn activity(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<ActivityConnection> {
        activity::page(
            ctx,
            app::activity::About::Startup(self.row.id),
            activity::window(first, after, last, before)?,
        )
        .await
    }
    /// The keys under which sources know it.
    async fn external_ids(&self, ctx: &Context<'_>) -> Result<Vec<ExternalId>> {
        let all = loader(ctx)?
            .load_one(ExternalIdsKey(self.row.id))
            .await?
            .unwrap_or_default();
        Ok(all
            .into_iter()
            .map(|x| ExternalId {
                source: x.source,
                id: x.id,
            })
            .collect())
    }
    /// Whatever else the fund keeps, by name.
    async fn custom_fields(&self) -> Json {
        Json(serde_json::Value::Object(self.row.profile.custom_fields.clone()))
    }
    /// When it was created.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }
    /// When its own fields were last changed.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.row.updated_at)
    }
    /// Rises by one with every change of its own fields; send it back with an update.
    async fn version(&self) -> i32 {
        self.row.version
    }
}

/// A startup by id as known at an instant, through the loader.
pub(crate) async fn by_id(
    ctx: &Context<'_>,
    id: domain::StartupId,
    as_of: Option<Instant>,
) -> Result<Option<Startup>> {
    let row = loader(ctx)?.load_one(StartupKey(id, as_of)).await?;
    Ok(row.map(|row| Startup { row, as_of }))
}

/// Counts the startups that a filter leaves.
pub struct StartupCount(Filter);
impl StartupCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(i32::try_from(caller(ctx)?.startup_count(&self.0).await.map_err(told)?).unwrap_or(i32::MAX))
    }
}
connection!(StartupConnection, StartupEdge, Startup, StartupCount, "startups");

/// By what a list of startups is narrowed. Different fields are joined by and, the values of one by or.
#[derive(InputObject, Default)]
pub struct StartupFilter {
    /// Words that stand in its names, aliases or domains.
    search: Option<String>,
    /// On these layers.
    layers: Option<Vec<Layer>>,
    /// Also those with no layer yet.
    include_unclassified: Option<bool>,
    /// Slugs of sectors; descendants count.
    sectors: Option<Vec<String>>,
    /// Only in sectors that are a focus of the fund.
    focus_only: Option<bool>,
    /// On these technical routes.
    routes: Option<Vec<TechnicalRoute>>,
    /// In these countries (ISO 3166-1).
    countries: Option<Vec<String>>,
    /// With a live record of these kinds.
    evidence_kinds: Option<Vec<EvidenceKind>>,
    /// With at least one live record of this grade or better.
    min_grade: Option<Grade>,
    /// With an active deal that the caller may see, or without one.
    has_active_deal: Option<bool>,
    /// Organisation of somebody's affiliation there: a university, a company.
    affiliated_with: Option<String>,
    /// Founded on this day or later.
    founded_from: Option<Date>,
    /// Founded on this day or earlier.
    founded_to: Option<Date>,
    /// Created then or later.
    created_from: Option<DateTime>,
    /// Created then or earlier.
    created_to: Option<DateTime>,
    /// With a deal owned by these users.
    owners: Option<Vec<ID>>,
    /// With a deal in these stages, by key.
    stages: Option<Vec<String>>,
    /// With a deal of one of these statuses.
    deal_statuses: Option<Vec<DealStatus>>,
}

impl StartupFilter {
    fn read(self, tree: &[SectorRow]) -> Result<Filter> {
        if let Some(unknown) = self
            .sectors
            .iter()
            .flatten()
            .find(|slug| !tree.iter().any(|s| &s.slug == *slug))
        {
            return Err(coded(
                "BAD_USER_INPUT",
                Message::NoSuchSector {
                    slug: unknown.clone(),
                }
                .text(domain::Language::En),
            ));
        }
        let mut sectors = self
            .sectors
            .as_deref()
            .filter(|s| !s.is_empty())
            .map(|slugs| app::sector::with_descendants(tree, slugs));
        if self.focus_only.unwrap_or(false) {
            let focus: Vec<String> = tree
                .iter()
                .filter(|s| s.is_focus)
                .map(|s| s.slug.clone())
                .collect();
            let focus = app::sector::with_descendants(tree, &focus);
            sectors = Some(sectors.map_or_else(
                || focus.clone(),
                |chosen| chosen.into_iter().filter(|s| focus.contains(s)).collect(),
            ));
        }
        let owners = self
            .owners
            .unwrap_or_default()
            .iter()
            .map(id::<UserTag>)
            .collect::<Result<_>>()?;
        Ok(Filter {
            search: self.search,
            layers: self
                .layers
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            include_unclassified: self.include_unclassified.unwrap_or(false),
            sectors,
            routes: self
                .routes
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            countries: self.countries.unwrap_or_default(),
            evidence_kinds: self
                .evidence_kinds
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            min_grade: self.min_grade.map(Into::into),
            has_active_deal: self.has_active_deal,
            affiliated_with: self.affiliated_with,
            founded_from: self.founded_from.map(|d| d.0),
            founded_to: self.founded_to.map(|d| d.0),
            created_from: self.created_from.map(|d| d.0),
            created_to: self.created_to.map(|d| d.0),
            owners,
            stages: self.stages.unwrap_or_default(),
            deal_statuses: self
                .deal_statuses
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
        })
    }
}

/// By what a list of startups is ordered; ties end with the id.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
pub enum StartupOrderField {
    /// By name, Chinese by pinyin.
    Name,
    /// By the day it was founded; those not known last.
    FoundedOn,
    /// By when it was created.
    CreatedAt,
    /// By when it was last changed.
    UpdatedAt,
}

/// In which direction a list runs.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
pub enum OrderDirection {
    /// Smallest, earliest first.
    Asc,
    /// Largest, latest first.
    Desc,
}

/// How a list of startups is ordered.
#[derive(InputObject)]
pub struct StartupOrder {
    /// By what.
    field: StartupOrderField,
    /// In which direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
}

/// Queries about startups.
#[derive(Default)]
pub struct StartupQuery;

#[Object]
impl StartupQuery {
    /// One startup, by id or slug; null if there is none. With asOf: as known at that instant, its evidence too.
    async fn startup(
        &self,
        ctx: &Context<'_>,
        id: Option<ID>,
        slug: Option<String>,
        as_of: Option<DateTime>,
    ) -> Result<Option<Startup>> {
        let as_of = as_of.map(|d| d.0);
        let id = match (id, slug) {
            (Some(text), None) => Some(crate::context::id::<StartupTag>(&text)?),
            (None, Some(slug)) => caller(ctx)?.startup_id_by_slug(&slug).await.map_err(told)?,
            _ => return Err(coded("BAD_USER_INPUT", "send either id or slug")),
        };
        let Some(id) = id else { return Ok(None) };
        Ok(caller(ctx)?
            .startups_by_ids(&[id], as_of)
            .await
            .map_err(told)?
            .pop()
            .map(|row| Startup { row, as_of }))
    }
    /// Startups, by name unless ordered otherwise.
    async fn startups(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<StartupFilter>,
        order: Option<StartupOrder>,
    ) -> Result<StartupConnection> {
        let (field, name, descending) = match order {
            None => (Order::Name, "NAME", false),
            Some(StartupOrder { field, direction }) => {
                let (field, name) = match field {
                    StartupOrderField::Name => (Order::Name, "NAME"),
                    StartupOrderField::FoundedOn => (Order::FoundedOn, "FOUNDED_ON"),
                    StartupOrderField::CreatedAt => (Order::CreatedAt, "CREATED_AT"),
                    StartupOrderField::UpdatedAt => (Order::UpdatedAt, "UPDATED_AT"),
                };
                (field, name, direction == OrderDirection::Desc)
            }
        };
        let name = format!("{name} {}", if descending { "DESC" } else { "ASC" });
        let window = Window::read(&name, first, after, last, before)?;
        let filter = filter.unwrap_or_default();
        let rows = if filter.sectors.is_some() || filter.focus_only.is_some() {
            tree(ctx, None).await?.to_vec()
        } else {
            Vec::new()
        };
        let filter = filter.read(&rows)?;
        let slice = caller(ctx)?
            .startups(&filter, field, descending, &window.page())
            .await
            .map_err(told)?;
        let (rows, info) = window.rows(
            slice,
            &name,
            |row| field.place(row),
            |row| Startup { row, as_of: None },
        );
        Ok(StartupConnection {
            rows,
            info,
            count: StartupCount(filter),
        })
    }
}

/// Another name.
#[derive(InputObject)]
pub struct StartupNameInput {
    /// The name.
    name: String,
    /// Its language (BCP 47).
    language: Option<String>,
    /// What it is; OTHER if left out.
    kind: Option<NameKind>,
}

/// The key under which a source knows a startup.
#[derive(InputObject)]
pub struct ExternalIdInput {
    /// The source's name.
    source: String,
    /// Its key there.
    id: String,
}

/// A yes or no with its proof.
#[derive(InputObject)]
pub struct GradedFactInput {
    /// Whether it is so.
    holds: bool,
    /// How well that is proven.
    grade: Grade,
    /// In which words it was said.
    words: Option<String>,
    /// When.
    on: Option<Date>,
    /// Where it can be read.
    source_url: Option<Url>,
}

/// Who pays, and why.
#[derive(InputObject)]
pub struct NeedInput {
    /// Who pays.
    payer: Option<String>,
    /// What hurts.
    pain: Option<String>,
    /// What it costs them today.
    cost_today: Option<String>,
    /// What they use instead.
    alternative_today: Option<String>,
}

pub(crate) fn names(all: Vec<StartupNameInput>) -> Vec<startup::Name> {
    all.into_iter()
        .map(|n| startup::Name {
            name: n.name,
            language: n.language,
            kind: n.kind.map_or(startup::NameKind::Other, Into::into),
        })
        .collect()
}
fn fact_in(f: GradedFactInput) -> startup::GradedFact {
    startup::GradedFact {
        holds: f.holds,
        grade: f.grade.into(),
        words: f.words,
        on: f.on.map(|d| d.0),
        source_url: f.source_url.map(|u| u.0),
    }
}
fn need_in(n: NeedInput) -> startup::Need {
    startup::Need {
        payer: n.payer,
        pain: n.pain,
        cost_today: n.cost_today,
        alternative_today: n.alternative_today,
    }
}
fn fields_in(
    field: &str,
    json: Json,
) -> std::result::Result<serde_json::Map<String, serde_json::Value>, Problem> {
    match json.0 {
        serde_json::Value::Object(map) => Ok(map),
        other => Err(Problem::invalid(
            field,
            Message::NotA {
                value: other.to_string(),
                expected: "an object".into(),
            },
        )),
    }
}

/// What is known of a newcomer.
#[derive(InputObject)]
pub struct CreateStartupInput {
    /// The name it is known by.
    name: String,
    /// Other names.
    aliases: Option<Vec<StartupNameInput>>,
    /// Its domains.
    domains: Option<Vec<String>>,
    /// Its web site; its domain is added to the domains.
    website: Option<Url>,
    /// What it does, in a line.
    one_liner: Option<String>,
    /// What it does, at length.
    description: Option<String>,
    /// ISO 3166-1 code.
    country: Option<String>,
    /// City.
    city: Option<String>,
    /// When it was founded.
    founded_on: Option<Date>,
    /// Its layer.
    layer: Option<Layer>,
    /// Slugs of its sectors.
    sectors: Option<Vec<String>>,
    /// How it uses large models; UNKNOWN if left out.
    technical_route: Option<TechnicalRoute>,
    /// Owns training data.
    owns_training_data: Option<GradedFactInput>,
    /// Has a flywheel of usage.
    usage_flywheel: Option<GradedFactInput>,
    /// Claims a large model.
    claims_large_model: Option<GradedFactInput>,
    /// Who pays, and why.
    need: Option<NeedInput>,
    /// When its product was launched.
    product_launched_on: Option<Date>,
    /// What it did before.
    previous_focus: Option<String>,
    /// When it left that.
    pivoted_on: Option<Date>,
    /// How it is set up; UNDECIDED if left out.
    structure: Option<CompanyStructure>,
    /// The keys under which sources know it.
    external_ids: Option<Vec<ExternalIdInput>>,
    /// Whatever else the fund keeps: an object.
    custom_fields: Option<Json>,
}

/// A change of a startup. A field left out stays as it is; null clears it.
#[derive(InputObject)]
pub struct UpdateStartupInput {
    /// Which startup.
    id: ID,
    /// The version the caller read.
    version: i32,
    /// The name it is known by.
    name: Option<String>,
    /// Other names; replaces the old ones.
    aliases: MaybeUndefined<Vec<StartupNameInput>>,
    /// Its domains; replaces the old ones.
    domains: MaybeUndefined<Vec<String>>,
    /// Its web site.
    website: MaybeUndefined<Url>,
    /// What it does, in a line.
    one_liner: MaybeUndefined<String>,
    /// What it does, at length.
    description: MaybeUndefined<String>,
    /// ISO 3166-1 code.
    country: MaybeUndefined<String>,
    /// City.
    city: MaybeUndefined<String>,
    /// When it was founded.
    founded_on: MaybeUndefined<Date>,
    /// Its layer.
    layer: MaybeUndefined<Layer>,
    /// Slugs of its sectors; replaces the old ones.
    sectors: MaybeUndefined<Vec<String>>,
    /// How it uses large models.
    technical_route: MaybeUndefined<TechnicalRoute>,
    /// Owns training data.
    owns_training_data: MaybeUndefined<GradedFactInput>,
    /// Has a flywheel of usage.
    usage_flywheel: MaybeUndefined<GradedFactInput>,
    /// Claims a large model.
    claims_large_model: MaybeUndefined<GradedFactInput>,
    /// Who pays, and why.
    need: MaybeUndefined<NeedInput>,
    /// When its product was launched.
    product_launched_on: MaybeUndefined<Date>,
    /// What it did before.
    previous_focus: MaybeUndefined<String>,
    /// When it left that.
    pivoted_on: MaybeUndefined<Date>,
    /// How it is set up.
    structure: MaybeUndefined<CompanyStructure>,
    /// Whatever else the fund keeps; replaces the old object.
    custom_fields: MaybeUndefined<Json>,
}

pub(crate) fn optional<T, U>(field: MaybeUndefined<T>, read: impl Fn(T) -> U) -> Option<Option<U>> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(read(value))),
    }
}
pub(crate) fn cleared<T, U>(field: MaybeUndefined<T>, read: impl Fn(T) -> U, empty: U) -> Option<U> {
    optional(field, read).map(|value| value.unwrap_or(empty))
}

/// What became of a mutation of a startup.
#[derive(SimpleObject)]
pub struct StartupPayload {
    /// The startup; null when nothing was done.
    startup: Option<Startup>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

async fn payload(ctx: &Context<'_>, outcome: app::Outcome<domain::StartupId>) -> Result<StartupPayload> {
    let (id, user_errors) = split(ctx, outcome);
    let row = match id {
        Some(id) => caller(ctx)?
            .startups_by_ids(&[id], None)
            .await
            .map_err(told)?
            .pop(),
        None => None,
    };
    Ok(StartupPayload {
        startup: row.map(|row| Startup { row, as_of: None }),
        user_errors,
    })
}

/// Mutations of startups.
#[derive(Default)]
pub struct StartupMutation;

#[Object]
impl StartupMutation {
    /// Creates a startup, unless it is recognised as one that is here (external id, domain, name in its country): then TAKEN names that one.
    async fn create_startup(&self, ctx: &Context<'_>, input: CreateStartupInput) -> Result<StartupPayload> {
        let mut profile = startup::Profile::named(input.name);
        profile.aliases = names(input.aliases.unwrap_or_default());
        profile.domains = input.domains.unwrap_or_default();
        profile.website = input.website.map(|u| u.0);
        profile.one_liner = input.one_liner;
        profile.description = input.description;
        profile.country = input.country;
        profile.city = input.city;
        profile.founded_on = input.founded_on.map(|d| d.0);
        profile.layer = input.layer.map(Into::into);
        profile.technical_route = input
            .technical_route
            .map_or(startup::TechnicalRoute::Unknown, Into::into);
        profile.owns_training_data = input.owns_training_data.map(fact_in);
        profile.usage_flywheel = input.usage_flywheel.map(fact_in);
        profile.claims_large_model = input.claims_large_model.map(fact_in);
        profile.need = input.need.map(need_in).unwrap_or_default();
        profile.product_launched_on = input.product_launched_on.map(|d| d.0);
        profile.previous_focus = input.previous_focus;
        profile.pivoted_on = input.pivoted_on.map(|d| d.0);
        profile.structure = input
            .structure
            .map_or(startup::CompanyStructure::Undecided, Into::into);
        if let Some(json) = input.custom_fields {
            match fields_in("customFields", json) {
                Ok(map) => profile.custom_fields = map,
                Err(problem) => {
                    return Ok(StartupPayload {
                        startup: None,
                        user_errors: user_errors(vec![problem], language(ctx)),
                    });
                }
            }
        }
        let external_ids = input
            .external_ids
            .unwrap_or_default()
            .into_iter()
            .map(|x| startup::ExternalId {
                source: x.source,
                id: x.id,
            })
            .collect();
        let new = NewStartup {
            profile,
            sectors: input.sectors.unwrap_or_default(),
            external_ids,
        };
        payload(
            ctx,
            caller(ctx)?.create_startup(new, &path(ctx)).await.map_err(told)?,
        )
        .await
    }

    /// Changes a startup that is still at the version the caller read.
    async fn update_startup(&self, ctx: &Context<'_>, input: UpdateStartupInput) -> Result<StartupPayload> {
        let refused = |problem| StartupPayload {
            startup: None,
            user_errors: user_errors(vec![problem], language(ctx)),
        };
        let id = match read_id::<StartupTag>(&input.id, "id") {
            Ok(id) => id,
            Err(problem) => return Ok(refused(problem)),
        };
        let custom_fields = match input.custom_fields {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(serde_json::Map::new()),
            MaybeUndefined::Value(json) => match fields_in("customFields", json) {
                Ok(map) => Some(map),
                Err(problem) => return Ok(refused(problem)),
            },
        };
        let edit = startup::ProfileEdit {
            name: input.name,
            aliases: cleared(input.aliases, names, Vec::new()),
            domains: cleared(input.domains, |d| d, Vec::new()),
            website: optional(input.website, |u| u.0),
            one_liner: optional(input.one_liner, |t| t),
            description: optional(input.description, |t| t),
            country: optional(input.country, |t| t),
            city: optional(input.city, |t| t),
            founded_on: optional(input.founded_on, |d| d.0),
            product_launched_on: optional(input.product_launched_on, |d| d.0),
            previous_focus: optional(input.previous_focus, |t| t),
            pivoted_on: optional(input.pivoted_on, |d| d.0),
            structure: cleared(input.structure, Into::into, startup::CompanyStructure::Undecided),
            layer: optional(input.layer, Into::into),
            sector_ids: None,
            technical_route: cleared(
                input.technical_route,
                Into::into,
                startup::TechnicalRoute::Unknown,
            ),
            owns_training_data: optional(input.owns_training_data, fact_in),
            usage_flywheel: optional(input.usage_flywheel, fact_in),
            claims_large_model: optional(input.claims_large_model, fact_in),
            need: cleared(input.need, need_in, startup::Need::default()),
            custom_fields,
        };
        let sectors = cleared(input.sectors, |s| s, Vec::new());
        payload(
            ctx,
            caller(ctx)?
                .update_startup(id, input.version, edit, sectors, &path(ctx))
                .await
                .map_err(told)?,
        )
        .await
    }
}
