//! Lists of startups: filters, orders, pages.

use std::{collections::HashMap, sync::Arc};

use app::{
    page::{KeyKind, Slice},
    startup::{Filter, Order, Ranking},
};
use async_graphql::{Context, Enum, ID, InputObject, Result};
use chrono::NaiveDate;
use domain::{
    FundTag, ImportTag, Instant, Message, ProviderTag, SectorId, UserTag, sector::Sector as SectorRow,
};

use super::{Layer, Startup, TechnicalRoute};
use crate::{
    assessment::Flag,
    connection::{Window, connection},
    context::{caller, id, tree},
    deal::{Channel, DealStatus},
    error::{coded, told},
    evidence::{EvidenceKind, Grade},
    scalar::{Date, DateTime, Decimal},
};

/// Counts the startups that a filter leaves.
pub struct StartupCount(Filter);
impl StartupCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(i32::try_from(caller(ctx)?.startup_count(&self.0).await.map_err(told)?).unwrap_or(i32::MAX))
    }
}
connection!(StartupConnection, StartupEdge, Startup, StartupCount, "startups");

/// By what a list of startups is narrowed. Different fields are joined by and, the values of one by or.
#[derive(InputObject, Default, Clone)]
pub struct StartupFilter {
    /// Words that stand in its names, aliases, domains, line or description, or name its sectors or people.
    search: Option<String>,
    /// On these layers.
    layers: Option<Vec<Layer>>,
    /// Also those with no layer yet.
    include_unclassified: Option<bool>,
    /// Slugs of sectors; descendants count.
    sectors: Option<Vec<String>>,
    /// Also those in no sector yet.
    include_no_sector: Option<bool>,
    /// In one of these sectors too, by slug; descendants count. `sectors` and `focusOnly` are met by one sector of the startup.
    also_in_sectors: Option<Vec<String>>,
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
    /// That this import made or changed.
    imported_by: Option<ID>,
    /// With a layer or sector that nobody has confirmed yet, or without one.
    has_proposals: Option<bool>,
    /// With a deal owned by these users.
    owners: Option<Vec<ID>>,
    /// With a deal in these stages, by key.
    stages: Option<Vec<String>>,
    /// With a deal of one of these statuses.
    deal_statuses: Option<Vec<DealStatus>>,
    /// With a deal brought through one of these channels.
    channels: Option<Vec<Channel>>,
    /// With a deal that one of these funds may do.
    funds: Option<Vec<ID>>,
    /// With at least one of these flags raised.
    flags: Option<Vec<Flag>>,
    /// With none of these flags raised.
    without_flags: Option<Vec<Flag>>,
    /// With at least this conviction, unrounded.
    conviction_at_least: Option<Decimal>,
    /// With at most this conviction, unrounded.
    conviction_at_most: Option<Decimal>,
    /// With at least this share of the claim not proven, 0..1, unrounded.
    hype_share_at_least: Option<Decimal>,
    /// With proof of use, or without.
    has_proof: Option<bool>,
    /// With something live, so that it has a conviction, or with nothing.
    is_assessed: Option<bool>,
    /// With one of these as the highest grade of a standing record of use.
    best_grades: Option<Vec<Grade>>,
    /// With a dependency in force on one of these providers.
    providers: Option<Vec<ID>>,
}

/// The codes of words as the domain has them.
fn words<T, U: From<T>>(words: Option<Vec<T>>) -> Vec<U> {
    words.unwrap_or_default().into_iter().map(Into::into).collect()
}

impl StartupFilter {
    /// The filter without the sectors that were chosen; those of the focus still narrow it.
    pub(super) fn without_sectors(mut self) -> Self {
        self.sectors = None;
        self.include_no_sector = None;
        self
    }
    pub(crate) fn read(self, tree: &[SectorRow], today: NaiveDate) -> Result<Filter> {
        let mut sectors = known_sectors(tree, self.sectors.as_deref().unwrap_or_default())?;
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
        let also_in = known_sectors(tree, self.also_in_sectors.as_deref().unwrap_or_default())?;
        let owners = self
            .owners
            .unwrap_or_default()
            .iter()
            .map(id::<UserTag>)
            .collect::<Result<_>>()?;
        let providers = self
            .providers
            .unwrap_or_default()
            .iter()
            .map(id::<ProviderTag>)
            .collect::<Result<_>>()?;
        let funds = self
            .funds
            .unwrap_or_default()
            .iter()
            .map(id::<FundTag>)
            .collect::<Result<_>>()?;
        Ok(Filter {
            search: self.search,
            layers: words(self.layers),
            include_unclassified: self.include_unclassified.unwrap_or(false),
            sectors,
            include_no_sector: self.include_no_sector.unwrap_or(false),
            also_in,
            routes: words(self.routes),
            countries: self.countries.unwrap_or_default(),
            evidence_kinds: words(self.evidence_kinds),
            min_grade: self.min_grade.map(Into::into),
            has_active_deal: self.has_active_deal,
            affiliated_with: self.affiliated_with,
            imported_by: self.imported_by.as_ref().map(id::<ImportTag>).transpose()?,
            has_proposals: self.has_proposals,
            founded_from: self.founded_from.map(|d| d.0),
            founded_to: self.founded_to.map(|d| d.0),
            created_from: self.created_from.map(|d| d.0),
            created_to: self.created_to.map(|d| d.0),
            owners,
            stages: self.stages.unwrap_or_default(),
            deal_statuses: words(self.deal_statuses),
            channels: words(self.channels),
            funds,
            flags: words(self.flags),
            without_flags: words(self.without_flags),
            conviction_at_least: self.conviction_at_least.map(|figure| figure.0),
            conviction_at_most: self.conviction_at_most.map(|figure| figure.0),
            hype_share_at_least: self.hype_share_at_least.map(|figure| figure.0),
            has_proof: self.has_proof,
            is_assessed: self.is_assessed,
            among: None,
            best_grades: words(self.best_grades),
            providers,
            today,
            as_of: None,
        })
    }
}

/// The sectors of these slugs with their descendants; None where none is named. An unknown one is the caller's mistake.
pub(crate) fn known_sectors(tree: &[SectorRow], slugs: &[String]) -> Result<Option<Vec<SectorId>>> {
    if let Some(unknown) = slugs.iter().find(|slug| !tree.iter().any(|s| &s.slug == *slug)) {
        let message = Message::NoSuchSector {
            slug: unknown.clone(),
        };
        return Err(coded("BAD_USER_INPUT", message.text(domain::Language::En)));
    }
    Ok((!slugs.is_empty()).then(|| app::sector::with_descendants(tree, slugs)))
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
    /// By conviction as it is stored, unrounded; where nothing is live, last.
    Conviction,
    /// By demand as it is stored, unrounded.
    Demand,
    /// By how much more is claimed than proven, as it is stored, unrounded.
    HypeGap,
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

/// A page of startups, by name unless ordered otherwise.
pub(super) async fn page(
    ctx: &Context<'_>,
    (first, after, last, before): (Option<i32>, Option<String>, Option<i32>, Option<String>),
    (filter, as_of): (Option<StartupFilter>, Option<Instant>),
    order: Option<StartupOrder>,
) -> Result<StartupConnection> {
    let (field, descending) = order.map_or((StartupOrderField::Name, false), |order| {
        (order.field, order.direction == OrderDirection::Desc)
    });
    let by = By::of(field);
    let direction = if descending { "DESC" } else { "ASC" };
    let name = format!("{} {direction}", by.name());
    let window = Window::read((&name, by.key_kind()), first, after, last, before)?;
    let filter = filter.unwrap_or_default();
    let names_sectors =
        filter.sectors.is_some() || filter.also_in_sectors.is_some() || filter.focus_only.is_some();
    let rows = if names_sectors {
        tree(ctx, as_of).await?.to_vec()
    } else {
        Vec::new()
    };
    let caller = caller(ctx)?;
    let mut filter = filter.read(&rows, caller.today())?;
    if let Some(at) = as_of {
        filter = known_then(ctx, &filter, at).await?;
        if matches!(by, By::Figure(..)) {
            return Err(coded(
                "BAD_USER_INPUT",
                "as of an instant startups are ordered by NAME, FOUNDED_ON, CREATED_AT or UPDATED_AT alone",
            ));
        }
    }
    let node = |row: Arc<_>| Startup::new(row, as_of);
    let rows = match by {
        By::Field(order, _) => {
            let page = window.page();
            let slice = caller.startups(&filter, order, descending, &page).await;
            let Slice { rows, more } = slice.map_err(told)?;
            let rows: Vec<Arc<_>> = rows.into_iter().map(Arc::new).collect();
            let read: HashMap<_, _> = rows.iter().map(|row| (row.id, Arc::clone(row))).collect();
            // Every node of the page was read.
            let place = move |node: &Startup| order.place(&read[&node.key()]);
            window.rows(Slice { rows, more }, &name, place, node)
        }
        By::Figure(ranking, _) => {
            let page = window.page();
            let slice = caller.startups_ranked(&filter, ranking, descending, &page).await;
            let Slice { rows, more } = slice.map_err(told)?;
            let (rows, places): (Vec<_>, HashMap<_, _>) = rows
                .into_iter()
                .map(|(row, place)| {
                    let id = row.id;
                    (Arc::new(row), (id, place))
                })
                .unzip();
            // Every node of the page has its place.
            let place = move |node: &Startup| places[&node.key()].clone();
            window.rows(Slice { rows, more }, &name, place, node)
        }
    };
    Ok(StartupConnection {
        rows,
        count: StartupCount(filter),
    })
}

/// The filter as of an instant: what is known of now alone narrows nothing in silence.
pub(crate) async fn known_then(ctx: &Context<'_>, filter: &Filter, as_of: Instant) -> Result<Filter> {
    let known = Filter {
        layers: filter.layers.clone(),
        include_unclassified: filter.include_unclassified,
        sectors: filter.sectors.clone(),
        include_no_sector: filter.include_no_sector,
        also_in: filter.also_in.clone(),
        routes: filter.routes.clone(),
        countries: filter.countries.clone(),
        founded_from: filter.founded_from,
        founded_to: filter.founded_to,
        created_from: filter.created_from,
        created_to: filter.created_to,
        has_active_deal: filter.has_active_deal,
        owners: filter.owners.clone(),
        stages: filter.stages.clone(),
        deal_statuses: filter.deal_statuses.clone(),
        channels: filter.channels.clone(),
        funds: filter.funds.clone(),
        is_assessed: filter.is_assessed,
        today: filter.today,
        ..Filter::default()
    };
    if known != *filter {
        return Err(coded(
            "BAD_USER_INPUT",
            "as of an instant startups are narrowed by layers, includeUnclassified, sectors, includeNoSector, alsoInSectors, focusOnly, routes, countries, days of founding, instants of creation, their deals (hasActiveDeal, owners, stages, dealStatuses, channels, funds) and isAssessed alone",
        ));
    }
    let mut then = Filter {
        is_assessed: None,
        as_of: Some(as_of),
        ..known
    };
    if let Some(is_assessed) = filter.is_assessed {
        let ids = caller(ctx)?.assessed_then(&then, is_assessed).await;
        then.among = Some(ids.map_err(told)?);
    }
    Ok(then)
}

/// By what a list is ordered, with its name in cursors.
#[derive(Clone, Copy)]
enum By {
    /// A field of the startup.
    Field(Order, &'static str),
    /// A stored figure.
    Figure(Ranking, &'static str),
}

impl By {
    fn of(field: StartupOrderField) -> Self {
        match field {
            StartupOrderField::Name => Self::Field(Order::Name, "NAME"),
            StartupOrderField::FoundedOn => Self::Field(Order::FoundedOn, "FOUNDED_ON"),
            StartupOrderField::CreatedAt => Self::Field(Order::CreatedAt, "CREATED_AT"),
            StartupOrderField::UpdatedAt => Self::Field(Order::UpdatedAt, "UPDATED_AT"),
            StartupOrderField::Conviction => Self::Figure(Ranking::Conviction, "CONVICTION"),
            StartupOrderField::Demand => Self::Figure(Ranking::Demand, "DEMAND"),
            StartupOrderField::HypeGap => Self::Figure(Ranking::HypeGap, "HYPE_GAP"),
        }
    }
    fn name(self) -> &'static str {
        match self {
            Self::Field(_, name) | Self::Figure(_, name) => name,
        }
    }
    fn key_kind(self) -> KeyKind {
        match self {
            Self::Field(order, _) => order.key_kind(),
            Self::Figure(..) => KeyKind::Figure,
        }
    }
}
