//! Startups.

mod facets;
mod input;
mod known;
mod list;
mod parts;
mod words;

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use app::assessment::StoredAssessment;
use async_graphql::{Context, ID, Object, Result, SelectionField};
use domain::{
    Instant, StartupId, StartupTag,
    startup::{self, Head},
};

use crate::{
    activity::{self, ActivityConnection},
    assessment::{self, Ask, Assessment, ConvictionPoint, FlagReason, FlowInterval},
    belief::{self, Capability, Thesis},
    checklist::{self, ChecklistItem},
    context::{ExternalIdsKey, HeadKey, LedgerKey, StartupKey, caller, loader},
    deal::{self, DealConnection, DealFilter},
    document::{self, Document},
    error::{coded, told},
    evidence::{
        self, ConvictionIfPayload, EvidenceConnection, EvidenceFilter, Grade, LedgerCount,
        RecordEvidenceInput,
    },
    interaction::{self, InteractionConnection, Owner},
    person::{self, Affiliation},
    provider::{self, Dependency},
    scalar::{Date, DateTime, Decimal, Json, Url},
    sector::Sector,
    task::{self, Task},
};

pub use input::StartupMutation;
pub use input::StartupPayload;
pub(crate) use input::{StartupNameInput, cleared, names, optional, payload};
pub use known::KnownQuery;
pub(crate) use list::{OrderDirection, StartupFilter, known_sectors, known_then};
use list::{StartupConnection, StartupOrder};
pub(crate) use parts::StartupName;
use parts::{ExternalId, GradedFact, Need, Proposal, fact};
pub use words::{CompanyStructure, Layer, NameKind, TechnicalRoute};

/// A startup, as known at an instant.
#[derive(Clone)]
pub struct Startup {
    known: Known,
    pub(crate) as_of: Option<Instant>,
}

/// What was read of a startup. Where it is one of many and only its head is asked for, the rest is not read; asked for all
/// the same, it is read then.
#[derive(Clone)]
enum Known {
    All(Arc<startup::Startup>),
    Head(Arc<Head>, OnceLock<Arc<startup::Startup>>),
}

/// The fields that a head answers, and those that need no more than the id. Others may be asked of a head, too: only later.
const OF_HEAD: &[&str] = &[
    "__typename",
    "id",
    "slug",
    "name",
    "layer",
    "conviction",
    "demand",
    "claimedDemand",
    "hypeGap",
    "hypeShare",
    "bestGrade",
    "hasProof",
    "flags",
    "assessment",
];

impl Startup {
    /// One that was read.
    pub(crate) fn new(row: impl Into<Arc<startup::Startup>>, as_of: Option<Instant>) -> Self {
        let known = Known::All(row.into());
        Self { known, as_of }
    }
    pub(crate) fn key(&self) -> StartupId {
        match &self.known {
            Known::All(row) => row.id,
            Known::Head(head, _) => head.id,
        }
    }
    /// All of it.
    pub(crate) async fn row(&self, ctx: &Context<'_>) -> Result<&startup::Startup> {
        match &self.known {
            Known::All(row) => Ok(row),
            Known::Head(head, rest) => {
                if rest.get().is_none() {
                    let row = loader(ctx)?.load_one(StartupKey(head.id, self.as_of)).await?;
                    let missing = || told(app::Error::Internal("a startup went while it was read".into()));
                    // Whoever was first, it is the same.
                    drop(rest.set(row.ok_or_else(missing)?));
                }
                let row = rest.get().map(Arc::as_ref);
                row.ok_or_else(|| told(app::Error::Internal("a startup without its row".into())))
            }
        }
    }
    async fn figures(&self, ctx: &Context<'_>) -> Result<StoredAssessment> {
        assessment::figures(ctx, self.key(), self.as_of).await
    }
}

/// A startup: what it is called, what it does, on which layer, with which need, and what is known of its users.
#[Object]
impl Startup {
    /// The startup's id.
    pub async fn id(&self) -> ID {
        self.key().to_string().into()
    }
    /// Its name in URLs; never changes.
    async fn slug(&self) -> &str {
        match &self.known {
            Known::All(row) => &row.slug,
            Known::Head(head, _) => &head.slug,
        }
    }
    /// The name it is known by.
    async fn name(&self) -> &str {
        match &self.known {
            Known::All(row) => &row.profile.name,
            Known::Head(head, _) => &head.name,
        }
    }
    /// Other names, each with its language when known.
    async fn aliases(&self, ctx: &Context<'_>) -> Result<Vec<StartupName>> {
        let row = self.row(ctx).await?;
        Ok(row.profile.aliases.iter().cloned().map(Into::into).collect())
    }
    /// Its registrable domains, such as example.com.
    async fn domains(&self, ctx: &Context<'_>) -> Result<&[String]> {
        let row = self.row(ctx).await?;
        Ok(&row.profile.domains)
    }
    /// Its web site.
    async fn website(&self, ctx: &Context<'_>) -> Result<Option<Url>> {
        let row = self.row(ctx).await?;
        Ok(row.profile.website.clone().map(Url))
    }
    /// What it does, in a line.
    async fn one_liner(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let row = self.row(ctx).await?;
        Ok(row.profile.one_liner.as_deref())
    }
    /// What it does, at length.
    async fn description(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let row = self.row(ctx).await?;
        Ok(row.profile.description.as_deref())
    }
    /// Its country: ISO 3166-1, such as CN.
    async fn country(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let row = self.row(ctx).await?;
        Ok(row.profile.country.as_deref())
    }
    /// Its city, in the words found.
    async fn city(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let row = self.row(ctx).await?;
        Ok(row.profile.city.as_deref())
    }
    /// When it was founded.
    async fn founded_on(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        let row = self.row(ctx).await?;
        Ok(row.profile.founded_on.map(Date))
    }
    /// When its product was launched.
    async fn product_launched_on(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        let row = self.row(ctx).await?;
        Ok(row.profile.product_launched_on.map(Date))
    }
    /// What it did before.
    async fn previous_focus(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let row = self.row(ctx).await?;
        Ok(row.profile.previous_focus.as_deref())
    }
    /// When it left that.
    async fn pivoted_on(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        let row = self.row(ctx).await?;
        Ok(row.profile.pivoted_on.map(Date))
    }
    /// How it is set up.
    async fn structure(&self, ctx: &Context<'_>) -> Result<CompanyStructure> {
        let row = self.row(ctx).await?;
        Ok(row.profile.structure.into())
    }
    /// Its layer; null until classified.
    async fn layer(&self) -> Option<Layer> {
        let layer = match &self.known {
            Known::All(row) => row.profile.layer,
            Known::Head(head, _) => head.layer,
        };
        layer.map(Into::into)
    }
    /// Its sectors, in the tree's order.
    async fn sectors(&self, ctx: &Context<'_>) -> Result<Vec<Sector>> {
        let row = self.row(ctx).await?;
        Sector::of(ctx, &row.profile.sector_ids, self.as_of).await
    }
    /// What of its layer and sectors the words of a list suggest, until a person confirms it.
    async fn proposals(&self, ctx: &Context<'_>) -> Result<Vec<Proposal>> {
        Proposal::of(ctx, self).await
    }
    /// How it uses large models.
    async fn technical_route(&self, ctx: &Context<'_>) -> Result<TechnicalRoute> {
        let row = self.row(ctx).await?;
        Ok(row.profile.technical_route.into())
    }
    /// Owns data to train on that others do not have.
    async fn owns_training_data(&self, ctx: &Context<'_>) -> Result<Option<GradedFact>> {
        let row = self.row(ctx).await?;
        Ok(fact(row.profile.owns_training_data.as_ref()))
    }
    /// Users make data, data makes the model better.
    async fn usage_flywheel(&self, ctx: &Context<'_>) -> Result<Option<GradedFact>> {
        let row = self.row(ctx).await?;
        Ok(fact(row.profile.usage_flywheel.as_ref()))
    }
    /// Says that it has a large model.
    async fn claims_large_model(&self, ctx: &Context<'_>) -> Result<Option<GradedFact>> {
        let row = self.row(ctx).await?;
        Ok(fact(row.profile.claims_large_model.as_ref()))
    }
    /// Who pays, and why.
    async fn need(&self, ctx: &Context<'_>) -> Result<Need> {
        let row = self.row(ctx).await?;
        let n = row.profile.need.clone();
        Ok(Need {
            payer: n.payer,
            pain: n.pain,
            cost_today: n.cost_today,
            alternative_today: n.alternative_today,
        })
    }
    /// Conviction as it is stored for lists, 0..100; null where nothing is live. As of an instant: computed.
    async fn conviction(&self, ctx: &Context<'_>) -> Result<Option<Decimal>> {
        Ok(self.figures(ctx).await?.conviction.map(assessment::conviction))
    }
    /// "1": what the evidence says about real users, 0..1.
    async fn demand(&self, ctx: &Context<'_>) -> Result<Decimal> {
        Ok(assessment::share(self.figures(ctx).await?.demand))
    }
    /// What demand would be if everything were believed.
    async fn claimed_demand(&self, ctx: &Context<'_>) -> Result<Decimal> {
        Ok(assessment::share(self.figures(ctx).await?.claimed_demand))
    }
    /// claimedDemand - demand.
    async fn hype_gap(&self, ctx: &Context<'_>) -> Result<Decimal> {
        Ok(assessment::share(self.figures(ctx).await?.hype_gap))
    }
    /// 1 - demand / claimedDemand; null where nothing is claimed.
    async fn hype_share(&self, ctx: &Context<'_>) -> Result<Option<Decimal>> {
        Ok(self.figures(ctx).await?.hype_share.map(assessment::share))
    }
    /// The highest grade of a standing record of use; null where there is none.
    async fn best_grade(&self, ctx: &Context<'_>) -> Result<Option<Grade>> {
        Ok(self.figures(ctx).await?.best_grade.map(Into::into))
    }
    /// Whether there is proof: a standing record of use, DOCUMENTED or VERIFIED, that contributes 0.02 or more.
    async fn has_proof(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.figures(ctx).await?.has_proof)
    }
    /// The warnings raised, REFUTED_CLAIM first.
    async fn flags(&self, ctx: &Context<'_>) -> Result<Vec<FlagReason>> {
        assessment::flags(ctx, self.key(), self.as_of).await
    }
    /// What the evidence says about real users, and why: now, or at any instant, by the rubric then in force or by a
    /// version asked for. At an instant to come: as it will be if nothing changes.
    async fn assessment(
        &self,
        ctx: &Context<'_>,
        as_of: Option<DateTime>,
        rubric_version: Option<i32>,
    ) -> Result<Assessment> {
        let as_of = as_of.map(|at| at.0).or(self.as_of);
        Assessment::of(ctx, self.key(), as_of, rubric_version).await
    }
    /// Conviction and demand from one instant to another: at `from`, every interval later, and at `to`. At most 1,000
    /// points.
    async fn conviction_history(
        &self,
        ctx: &Context<'_>,
        from: DateTime,
        to: DateTime,
        #[graphql(default_with = "FlowInterval::Week")] interval: FlowInterval,
    ) -> Result<Vec<ConvictionPoint>> {
        assessment::history(ctx, self.key(), (from.0, to.0), interval).await
    }
    /// The evidence that would raise conviction most, as questions to ask, best first.
    async fn ask_next(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 5)] first: Option<i32>,
    ) -> Result<Vec<Ask>> {
        assessment::asks(ctx, self.key(), self.as_of, first.unwrap_or(5)).await
    }
    /// What conviction would be, were this figure recorded now: read and refused as recordEvidence would. Nothing is
    /// written.
    async fn conviction_if(
        &self,
        ctx: &Context<'_>,
        evidence: RecordEvidenceInput,
    ) -> Result<ConvictionIfPayload> {
        evidence::if_recorded(ctx, self.key(), evidence, self.as_of).await
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
            .load_one(LedgerKey(self.key(), filter.clone(), window.clone()))
            .await?;
        let slice = slice.unwrap_or(app::page::Slice {
            rows: Vec::new(),
            more: false,
        });
        Ok(evidence::page(
            slice,
            &window,
            LedgerCount {
                startup: Some(self.key()),
                filter,
            },
        ))
    }
    /// Posts at it, founders first.
    async fn people(&self, ctx: &Context<'_>) -> Result<Vec<Affiliation>> {
        person::at_startup(ctx, self.key(), self.as_of).await
    }
    /// On which providers it builds, in the order in which that was entered; what is over is among it.
    async fn dependencies(&self, ctx: &Context<'_>) -> Result<Vec<Dependency>> {
        provider::of_startup(ctx, self.key(), self.as_of).await
    }
    /// The theses on which it rests.
    async fn theses(&self, ctx: &Context<'_>) -> Result<Vec<Thesis>> {
        belief::theses_of(ctx, self.key(), self.as_of).await
    }
    /// The capabilities of base models on which it bets.
    async fn bets(&self, ctx: &Context<'_>) -> Result<Vec<Capability>> {
        belief::bets_of(ctx, self.key(), self.as_of).await
    }
    /// Its diligence checklist: the items of its layer and those of every layer, and what was answered while it was of
    /// another.
    async fn checklist(&self, ctx: &Context<'_>) -> Result<Vec<ChecklistItem>> {
        let row = self.row(ctx).await?;
        checklist::of_startup(ctx, self.key(), row.profile.layer, self.as_of).await
    }
    /// The competitors that the fund names for it.
    async fn competitors(&self, ctx: &Context<'_>) -> Result<Vec<Startup>> {
        let row = self.row(ctx).await?;
        let keys = row.profile.competitor_ids.iter();
        let keys: Vec<_> = keys.map(|id| StartupKey(*id, self.as_of)).collect();
        let mut found = loader(ctx)?.load_many(keys.iter().cloned()).await?;
        Ok(keys
            .iter()
            .filter_map(|key| found.remove(key))
            .map(|row| Self::new(row, self.as_of))
            .collect())
    }
    /// Its documents that the caller may see, newest first: its own, and those that its standing evidence rests on.
    async fn documents(&self, ctx: &Context<'_>) -> Result<Vec<Document>> {
        document::of_startup(ctx, self.key(), self.as_of).await
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
        deal::of_startup(ctx, self.key(), self.as_of, (first, after, last, before), filter).await
    }
    /// What is to be done for it and for its deals, and what was done, as far as the caller may see it: open tasks first, what
    /// is due first leading; at most 500.
    async fn tasks(&self, ctx: &Context<'_>) -> Result<Vec<Task>> {
        task::of_startup(ctx, self.key(), self.as_of).await
    }
    /// What was talked about with it or about it and the caller may see, for its deals too, the latest first.
    async fn interactions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<InteractionConnection> {
        let paging = (first, after, last, before);
        interaction::of(ctx, Owner::Startup(self.key()), self.as_of, paging).await
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
            app::activity::About::Startup(self.key()),
            activity::window(first, after, last, before)?,
        )
        .await
    }
    /// The keys under which sources know it.
    async fn external_ids(&self, ctx: &Context<'_>) -> Result<Vec<ExternalId>> {
        let all = loader(ctx)?
            .load_one(ExternalIdsKey(self.key()))
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
    async fn custom_fields(&self, ctx: &Context<'_>) -> Result<Json> {
        let row = self.row(ctx).await?;
        Ok(Json(serde_json::Value::Object(row.profile.custom_fields.clone())))
    }
    /// When it was created.
    async fn created_at(&self, ctx: &Context<'_>) -> Result<DateTime> {
        let row = self.row(ctx).await?;
        Ok(DateTime(row.created_at))
    }
    /// When its own fields were last changed.
    async fn updated_at(&self, ctx: &Context<'_>) -> Result<DateTime> {
        let row = self.row(ctx).await?;
        Ok(DateTime(row.updated_at))
    }
    /// Rises by one with every change of its own fields; send it back with an update.
    async fn version(&self, ctx: &Context<'_>) -> Result<i32> {
        let row = self.row(ctx).await?;
        Ok(row.version)
    }
}

/// A startup by id as known at an instant, through the loader; its head alone where the field that is being answered asks
/// for no more.
pub(crate) async fn by_id(
    ctx: &Context<'_>,
    id: StartupId,
    as_of: Option<Instant>,
) -> Result<Option<Startup>> {
    let heads_do = is_of_head(&ctx.field());
    Ok(by_ids(ctx, [id], as_of, heads_do).await?.remove(&id))
}

/// Whether a field that answers a startup is asked for no more than its head.
pub(crate) fn is_of_head(field: &SelectionField<'_>) -> bool {
    field.selection_set().all(|asked| OF_HEAD.contains(&asked.name()))
}

/// Startups by id as known at an instant, through the loader; their heads alone where those do.
pub(crate) async fn by_ids(
    ctx: &Context<'_>,
    ids: impl IntoIterator<Item = StartupId>,
    as_of: Option<Instant>,
    heads_do: bool,
) -> Result<HashMap<StartupId, Startup>> {
    let (loader, ids) = (loader(ctx)?, ids.into_iter());
    if heads_do {
        let heads = loader.load_many(ids.map(|id| HeadKey(id, as_of))).await?;
        let known = heads.into_iter().map(|(HeadKey(id, _), head)| {
            let known = Known::Head(head, OnceLock::new());
            (id, Startup { known, as_of })
        });
        return Ok(known.collect());
    }
    let rows = loader.load_many(ids.map(|id| StartupKey(id, as_of))).await?;
    let known = rows
        .into_iter()
        .map(|(StartupKey(id, _), row)| (id, Startup::new(row, as_of)));
    Ok(known.collect())
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
            .map(|row| Startup::new(row, as_of)))
    }
    /// Startups, by name unless ordered otherwise. With asOf: those known then, each as it was known; narrowed by what its
    /// versions keep (layers, sectors, focusOnly, routes, countries, days of founding, instants of creation), by their deals
    /// as those stood (hasActiveDeal, owners, stages, dealStatuses, channels, funds) and isAssessed, and ordered by no figure.
    async fn startups(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<StartupFilter>,
        order: Option<StartupOrder>,
        as_of: Option<DateTime>,
    ) -> Result<StartupConnection> {
        let as_of = as_of.map(|at| at.0);
        list::page(ctx, (first, after, last, before), (filter, as_of), order).await
    }
    /// How many startups a list would have for each choice of a filter, beside what the filter says already.
    async fn startup_facets(
        &self,
        ctx: &Context<'_>,
        filter: Option<StartupFilter>,
    ) -> Result<facets::StartupFacets> {
        facets::of(ctx, filter).await
    }
}
