//! Lists of startups: filters, orders, pages.

use app::startup::{Filter, Order};
use async_graphql::{Context, Enum, ID, InputObject, Result};
use domain::{ImportTag, Message, UserTag, sector::Sector as SectorRow};

use super::{Layer, Startup, TechnicalRoute};
use crate::{
    connection::{Window, connection},
    context::{caller, id, tree},
    deal::DealStatus,
    error::{coded, told},
    evidence::{EvidenceKind, Grade},
    scalar::{Date, DateTime},
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
}

impl StartupFilter {
    /// The filter without the sectors that were chosen; those of the focus still narrow it.
    pub(super) fn without_sectors(mut self) -> Self {
        self.sectors = None;
        self
    }
    pub(super) fn read(self, tree: &[SectorRow]) -> Result<Filter> {
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
            imported_by: self.imported_by.as_ref().map(id::<ImportTag>).transpose()?,
            has_proposals: self.has_proposals,
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

/// A page of startups, by name unless ordered otherwise.
pub(super) async fn page(
    ctx: &Context<'_>,
    (first, after, last, before): (Option<i32>, Option<String>, Option<i32>, Option<String>),
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
    let window = Window::read((&name, field.key_kind()), first, after, last, before)?;
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
    let rows = window.rows(
        slice,
        &name,
        move |node: &Startup| field.place(&node.row),
        |row| Startup { row, as_of: None },
    );
    Ok(StartupConnection {
        rows,
        count: StartupCount(filter),
    })
}
