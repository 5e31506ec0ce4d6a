//! The list of startups: who they are, who pays them, and what is known about their users.

mod filters;
mod view;

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use cynic::QueryBuilder;
use rust_decimal::Decimal;

use crate::activity::ImportName;
use crate::answer::{Json, Outcome};
use crate::as_of::{first_instant, last_instant};
use crate::as_of_menu;
use crate::assessment::{Flag, RaisedFlag};
use crate::deal::Channel;
use crate::deals::{FundOption, UserName};
use crate::evidence::{EvidenceLine, Grade};
use crate::layer::Layer;
use crate::narrow::several;
use crate::problem::{self, Problem};
use crate::query::{Bad, LayerChoice, Side, Sort, StartupsQuery};
use crate::sector::{SectorChip, SectorLine, SectorNode};
use crate::startup::profile::TechnicalRoute;
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::Words;
use crate::{Site, schema, sector, send};

/// What startups are told with: kinds of records whose changes lists, the matrix and the hype map follow.
pub(crate) const FOLLOWED: &[&str] = &[
    "startup",
    "evidence",
    "deal",
    "dependency",
    "checklist_item",
    "sector",
    "rubric",
    "exchange_rate",
];

#[derive(cynic::QueryVariables)]
struct StartupsPageVariables {
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
    as_of: Option<DateTime<Utc>>,
    filter: StartupFilter,
    order: StartupOrder,
    with_facets: bool,
    import: cynic::Id,
    with_import: bool,
    with_names: bool,
    with_rows: bool,
}

#[derive(cynic::InputObject)]
pub(crate) struct StartupFilter {
    #[cynic(skip_serializing_if = "Option::is_none")]
    search: Option<String>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    layers: Option<Vec<Layer>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    include_unclassified: Option<bool>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    sectors: Option<Vec<String>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    include_no_sector: Option<bool>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    focus_only: Option<bool>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    also_in_sectors: Option<Vec<String>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    routes: Option<Vec<TechnicalRoute>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    countries: Option<Vec<String>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    providers: Option<Vec<cynic::Id>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    owners: Option<Vec<cynic::Id>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    channels: Option<Vec<Channel>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    funds: Option<Vec<cynic::Id>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    founded_from: Option<NaiveDate>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    founded_to: Option<NaiveDate>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    created_from: Option<DateTime<Utc>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    created_to: Option<DateTime<Utc>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    imported_by: Option<cynic::Id>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    best_grades: Option<Vec<Grade>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    has_proof: Option<bool>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    is_assessed: Option<bool>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    conviction_at_least: Option<Decimal>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    conviction_at_most: Option<Decimal>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    hype_share_at_least: Option<Decimal>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    flags: Option<Vec<Flag>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    without_flags: Option<Vec<Flag>>,
}

#[derive(cynic::InputObject)]
struct StartupOrder {
    field: StartupOrderField,
    direction: OrderDirection,
}

#[derive(Clone, Copy, cynic::Enum)]
enum StartupOrderField {
    Name,
    FoundedOn,
    CreatedAt,
    UpdatedAt,
    Conviction,
    Demand,
    HypeGap,
}

#[derive(Clone, Copy, cynic::Enum)]
enum OrderDirection {
    Asc,
    Desc,
}

/// Everything the page shows. Without rows it is the frame, for a query that was not understood.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "StartupsPageVariables")]
struct StartupsPage {
    viewer: Option<Viewer>,
    sectors: Vec<SectorNode>,
    providers: Vec<ProviderName>,
    // Names for what links from figures narrow by.
    #[directives(include(if: $with_names))]
    users: Option<Vec<UserName>>,
    #[directives(include(if: $with_names))]
    funds: Option<Vec<FundOption>>,
    #[arguments(id: $import)]
    #[directives(include(if: $with_import))]
    import: Option<ImportName>,
    #[arguments(first: $first, after: $after, last: $last, before: $before, filter: $filter, order: $order, asOf: $as_of)]
    #[directives(include(if: $with_rows))]
    startups: Option<StartupConnection>,
    #[arguments(filter: $filter)]
    #[directives(include(if: $with_facets))]
    startup_facets: Option<StartupFacets>,
}

/// A provider to choose.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Provider")]
pub(crate) struct ProviderName {
    id: cynic::Id,
    name: String,
}

/// How many startups each choice of a filter would leave.
#[derive(cynic::QueryFragment)]
struct StartupFacets {
    layers: Vec<LayerCount>,
    routes: Vec<RouteCount>,
    countries: Vec<CountryCount>,
    sectors: Vec<SectorCount>,
    best_grades: Vec<GradeCount>,
    flags: Vec<FlagCount>,
}

#[derive(cynic::QueryFragment)]
struct GradeCount {
    grade: Grade,
    count: i32,
}

#[derive(cynic::QueryFragment)]
struct FlagCount {
    flag: Flag,
    count: i32,
}

#[derive(cynic::QueryFragment)]
struct LayerCount {
    layer: Option<Layer>,
    count: i32,
}

#[derive(cynic::QueryFragment)]
struct RouteCount {
    route: TechnicalRoute,
    count: i32,
}

#[derive(cynic::QueryFragment)]
struct CountryCount {
    country: String,
    count: i32,
}

#[derive(cynic::QueryFragment)]
struct SectorCount {
    sector: SectorName,
    count: i32,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Sector")]
struct SectorName {
    slug: String,
}

#[derive(cynic::QueryFragment)]
struct StartupConnection {
    total_count: i32,
    page_info: PageInfo,
    nodes: Vec<StartupRow>,
}

#[derive(cynic::QueryFragment)]
struct PageInfo {
    has_next_page: bool,
    has_previous_page: bool,
    start_cursor: Option<String>,
    end_cursor: Option<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct StartupRow {
    id: cynic::Id,
    name: String,
    one_liner: Option<String>,
    aliases: Vec<Alias>,
    layer: Option<Layer>,
    sectors: Vec<SectorChip>,
    need: Need,
    country: Option<String>,
    founded_on: Option<NaiveDate>,
    custom_fields: Json,
    updated_at: DateTime<Utc>,
    best_grade: Option<Grade>,
    conviction: Option<Decimal>,
    demand: Decimal,
    hype_gap: Decimal,
    flags: Vec<RaisedFlag>,
    // Whether there is one.
    #[arguments(first: 1, filter: { statuses: [ACTIVE] })]
    deals: ActiveDeals,
    // The newest, and enough to say how many more there are.
    #[arguments(first: 3)]
    evidence: Records,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "DealConnection")]
struct ActiveDeals {
    nodes: Vec<ActiveDeal>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct ActiveDeal {
    #[allow(dead_code, reason = "that there is one is all that is asked")]
    id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "StartupName")]
struct Alias {
    name: String,
}

#[derive(cynic::QueryFragment)]
struct Need {
    payer: Option<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "EvidenceConnection")]
struct Records {
    page_info: MoreInfo,
    nodes: Vec<EvidenceLine>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "PageInfo")]
struct MoreInfo {
    has_next_page: bool,
}

/// What is asked for, as of when, and in which zone its days are.
type Asked<'a> = (&'a StartupsQuery, Option<DateTime<Utc>>, Tz);

impl StartupsPageVariables {
    fn new((query, as_of, zone): Asked<'_>, with_rows: bool) -> Self {
        let rows = Some(i32::from(query.rows.count()));
        let (first, after, last, before) = match &query.place {
            None => (rows, None, None, None),
            Some(place) => match place.side {
                Side::After => (rows, Some(place.cursor.clone()), None, None),
                Side::Before => (None, None, rows, Some(place.cursor.clone())),
            },
        };
        let (filter, order) = (StartupFilter::new(query, zone), StartupOrder::new(query.sort));
        Self {
            first,
            after,
            last,
            before,
            as_of,
            filter,
            order,
            // Choices are counted of now alone.
            with_facets: with_rows && as_of.is_none(),
            import: cynic::Id::new(query.import.as_deref().unwrap_or_default()),
            with_import: query.import.is_some(),
            with_names: !query.owners.is_empty() || !query.funds.is_empty(),
            with_rows,
        }
    }
}

impl StartupFilter {
    pub(crate) fn new(query: &StartupsQuery, zone: Tz) -> Self {
        let list = |items: &BTreeSet<String>| (!items.is_empty()).then(|| items.iter().cloned().collect());
        let ids = |items: &BTreeSet<String>| several(items.iter().map(cynic::Id::new));
        let layers = query.layers.iter().filter_map(|choice| match choice {
            LayerChoice::Is(layer) => Some(*layer),
            LayerChoice::None => None,
        });
        Self {
            search: query.text.clone(),
            // An empty list beside includeUnclassified: those without a layer alone.
            layers: (!query.layers.is_empty()).then(|| layers.collect()),
            include_unclassified: query.layers.contains(&LayerChoice::None).then_some(true),
            sectors: list(&query.sectors),
            include_no_sector: query.no_sector.then_some(true),
            focus_only: query.focus.then_some(true),
            also_in_sectors: list(&query.also),
            routes: (!query.routes.is_empty()).then(|| query.routes.iter().copied().collect()),
            countries: list(&query.countries),
            providers: ids(&query.providers),
            owners: ids(&query.owners),
            channels: several(query.channels.iter().copied()),
            funds: ids(&query.funds),
            founded_from: query.founded.from,
            founded_to: query.founded.to,
            created_from: query.created.from.and_then(|day| first_instant(day, zone)),
            created_to: query.created.to.and_then(|day| last_instant(day, zone)),
            imported_by: query.import.as_ref().map(cynic::Id::new),
            best_grades: (!query.grades.is_empty()).then(|| query.grades.iter().copied().collect()),
            has_proof: query.proof,
            is_assessed: query.assessed,
            conviction_at_least: query.conviction.from,
            conviction_at_most: query.conviction.to,
            hype_share_at_least: query.hype.from,
            flags: (!query.flags.is_empty()).then(|| query.flags.iter().copied().collect()),
            without_flags: (!query.not_flags.is_empty()).then(|| query.not_flags.iter().copied().collect()),
        }
    }
}

impl StartupOrder {
    fn new(sort: Sort) -> Self {
        let (field, direction) = match sort {
            Sort::Name => (StartupOrderField::Name, OrderDirection::Asc),
            Sort::NameDown => (StartupOrderField::Name, OrderDirection::Desc),
            Sort::Created => (StartupOrderField::CreatedAt, OrderDirection::Asc),
            Sort::CreatedDown => (StartupOrderField::CreatedAt, OrderDirection::Desc),
            Sort::Updated => (StartupOrderField::UpdatedAt, OrderDirection::Asc),
            Sort::UpdatedDown => (StartupOrderField::UpdatedAt, OrderDirection::Desc),
            Sort::Founded => (StartupOrderField::FoundedOn, OrderDirection::Asc),
            Sort::FoundedDown => (StartupOrderField::FoundedOn, OrderDirection::Desc),
            Sort::Conviction => (StartupOrderField::Conviction, OrderDirection::Asc),
            Sort::ConvictionDown => (StartupOrderField::Conviction, OrderDirection::Desc),
            Sort::Demand => (StartupOrderField::Demand, OrderDirection::Asc),
            Sort::DemandDown => (StartupOrderField::Demand, OrderDirection::Desc),
            Sort::Hype => (StartupOrderField::HypeGap, OrderDirection::Asc),
            Sort::HypeDown => (StartupOrderField::HypeGap, OrderDirection::Desc),
        };
        Self { field, direction }
    }
}

/// The page's document, the same for every query.
pub(crate) fn document() -> String {
    StartupsPage::build(StartupsPageVariables::new(
        (&StartupsQuery::default(), None, Tz::UTC),
        true,
    ))
    .query
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    list(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn list(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    if visit.session.0.is_none() {
        return Err(Problem::SignIn);
    }
    let (mut query, mut bad) = StartupsQuery::parse(visit.query());
    if bad.is_empty() && query.canonical() != visit.query() {
        return Ok(Redirect::to(&address(&query)).into_response());
    }
    let as_of = as_of_menu::instant(&mut query.as_of, &mut bad, visit.now, site.config.zone);
    if as_of.is_some() {
        bad.extend(take_of_now(&mut query));
    }
    let (mut data, refusal) = match ask(site, visit, (&query, as_of, site.config.zone), bad.is_empty())
        .await?
    {
        Outcome::Data(data) => (data, None),
        // The frame alone tells what it was that the server did not know.
        Outcome::Refused(why) => match ask(site, visit, (&query, as_of, site.config.zone), false).await? {
            Outcome::Data(data) => (data, Some(why)),
            Outcome::Refused(why) => return Err(Problem::Failed(why)),
        },
    };
    let Some(viewer) = data.viewer.take() else {
        return Err(Problem::SignIn);
    };
    let tree = sector::tree(&data.sectors);
    bad.extend(take_unknown_sectors(&mut query, &tree));
    bad.extend(take_unknown_providers(&mut query, &data.providers));
    let known = Known {
        users: data.users.take().unwrap_or_default(),
        funds: data.funds.take().unwrap_or_default(),
        import: data.import.take(),
    };
    bad.extend(known.take_others(&mut query));
    if refusal.is_some() && bad.is_empty() {
        bad.extend(take_place(&mut query));
    }
    let is_understood = bad.is_empty() && refusal.is_none();
    let rows = data.startups.take().filter(|_| is_understood);
    let variables = variables_of((&query, as_of, site.config.zone), rows.is_some())?;
    let page = view::Page::new(
        site,
        visit,
        view::Found {
            query,
            bad,
            refusal,
            viewer,
            tree,
            providers: data.providers,
            known,
            facets: data.startup_facets.filter(|_| is_understood),
            rows,
            variables,
        },
    );
    let status = if is_understood {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    problem::page(status, visit.language.tag(), &page)
}

async fn ask(
    site: &Site,
    visit: &Visit,
    asked: Asked<'_>,
    with_rows: bool,
) -> Result<Outcome<StartupsPage>, Problem> {
    let variables = variables_of(asked, with_rows)?;
    send::read(site, visit, document(), variables, "StartupsPage").await
}

fn variables_of(asked: Asked<'_>, with_rows: bool) -> Result<serde_json::Value, Problem> {
    send::variables(&StartupsPageVariables::new(asked, with_rows))
}

/// What is not known of a past day would narrow nothing, in silence.
fn take_of_now(query: &mut StartupsQuery) -> Vec<Bad> {
    let then = query.of_any_day();
    let kept = filters::kept(&then, &[]);
    let bad = filters::kept(query, &[])
        .into_iter()
        .filter(|pair| !kept.contains(pair))
        .map(|(name, value)| Bad {
            name: name.to_owned(),
            value,
        })
        .collect();
    *query = then;
    bad
}

fn address(query: &StartupsQuery) -> String {
    let canonical = query.canonical();
    if canonical.is_empty() {
        "/startups".to_owned()
    } else {
        format!("/startups?{canonical}")
    }
}

/// Names of what links from figures narrow by, where they do.
struct Known {
    users: Vec<UserName>,
    funds: Vec<FundOption>,
    import: Option<ImportName>,
}

impl Known {
    fn among(users: &[UserName], funds: &[FundOption]) -> Self {
        Self {
            users: users.to_vec(),
            funds: funds.to_vec(),
            import: None,
        }
    }

    /// Who is no user, what is no fund and no import would match nothing, in silence.
    fn take_others(&self, query: &mut StartupsQuery) -> Vec<Bad> {
        let mut unknown = Vec::new();
        let mut keep = |name: &'static str, ids: &mut BTreeSet<String>, is_known: &dyn Fn(&str) -> bool| {
            ids.retain(|id| {
                let keeps = is_known(id);
                if !keeps {
                    unknown.push(Bad {
                        name: name.to_owned(),
                        value: id.clone(),
                    });
                }
                keeps
            });
        };
        keep("owner", &mut query.owners, &|id| {
            self.users.iter().any(|user| user.id.inner() == id)
        });
        keep("fund", &mut query.funds, &|id| {
            self.funds.iter().any(|fund| fund.id.inner() == id)
        });
        if self.import.is_none() {
            unknown.extend(query.import.take().map(|value| Bad {
                name: "import".to_owned(),
                value,
            }));
        }
        unknown
    }
}

/// Whether all that narrows a list of startups is there.
pub(crate) fn is_known(
    query: &StartupsQuery,
    tree: &[SectorLine],
    providers: &[ProviderName],
    (users, funds): (&[UserName], &[FundOption]),
) -> bool {
    let mut query = query.clone();
    take_unknown_sectors(&mut query, tree).is_empty()
        && take_unknown_providers(&mut query, providers).is_empty()
        && Known::among(users, funds).take_others(&mut query).is_empty()
}

/// What narrows a list of startups, in words: for lists of what belongs to them.
pub(crate) fn said(
    query: &StartupsQuery,
    tree: &[SectorLine],
    providers: &[ProviderName],
    (users, funds): (&[UserName], &[FundOption]),
    words: &Words,
) -> String {
    let known = Known::among(users, funds);
    let chips = filters::chips(query, &[], tree, (providers, &known), words);
    let said: Vec<String> = chips.into_iter().map(|chip| chip.text).collect();
    said.join(words.semicolon())
}

/// A provider that is not known would match nothing, in silence.
fn take_unknown_providers(query: &mut StartupsQuery, known: &[ProviderName]) -> Vec<Bad> {
    let is_known = |id: &str| known.iter().any(|one| one.id.inner() == id);
    let (kept, unknown) = std::mem::take(&mut query.providers)
        .into_iter()
        .partition(|id| is_known(id));
    query.providers = kept;
    let unknown: BTreeSet<String> = unknown;
    unknown
        .into_iter()
        .map(|value| Bad {
            name: "provider".to_owned(),
            value,
        })
        .collect()
}

/// A sector that is not in the tree would match nothing, in silence.
fn take_unknown_sectors(query: &mut StartupsQuery, tree: &[SectorLine]) -> Vec<Bad> {
    let is_known = |slug: &String| tree.iter().any(|line| line.chip.slug == *slug);
    let mut bad = Vec::new();
    for (name, slugs) in [("sector", &mut query.sectors), ("also", &mut query.also)] {
        let unknown: BTreeSet<String> = slugs.extract_if(.., |slug| !is_known(slug)).collect();
        bad.extend(unknown.into_iter().map(|value| Bad {
            name: name.to_owned(),
            value,
        }));
    }
    bad
}

/// A cursor of another order, or none of ours.
fn take_place(query: &mut StartupsQuery) -> Option<Bad> {
    let place = query.place.take()?;
    let name = place.side.name();
    Some(Bad {
        name: name.to_owned(),
        value: place.cursor,
    })
}
