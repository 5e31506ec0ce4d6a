//! The table of deals, and what it has in common with the board: filters, order, and a deal as both show it.

pub(crate) mod behind;
pub(crate) mod card;
pub(crate) mod filters;
pub(crate) mod query;
mod view;

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use cynic::QueryBuilder;

use crate::answer::Outcome;
use crate::as_of;
use crate::deal::{Channel, DealStatus, PassReason, Round};
use crate::layer::Layer;
use crate::narrow::several;
use crate::problem::{self, Problem};
use crate::query::{Bad, LayerChoice, Side, StartupsQuery};
use crate::sector::{self, SectorLine, SectorNode};
use crate::startups::{self, ProviderName, StartupFilter};
use crate::viewer::Reader;
use crate::visit::Visit;
use crate::{Language, Site, as_of_menu, schema, send};
use behind::Calendar;
use card::DealCard;
use filters::ME;
use query::{DealSort, DealsQuery, Face};

/// What a card and a row rest on: kinds of records whose changes the board and the table follow.
pub(crate) const FOLLOWED: &[&str] = &[
    "deal",
    "startup",
    "evidence",
    "dependency",
    "checklist_item",
    "stage",
    "rubric",
    "exchange_rate",
];

/// By what deals are narrowed.
#[derive(Default, cynic::InputObject)]
pub(crate) struct DealFilter {
    #[cynic(skip_serializing_if = "Option::is_none")]
    search: Option<String>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    layers: Option<Vec<Layer>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    sectors: Option<Vec<String>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    owners: Option<Vec<cynic::Id>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    channels: Option<Vec<Channel>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    rounds: Option<Vec<Round>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    funds: Option<Vec<cynic::Id>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    stages: Option<Vec<String>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    statuses: Option<Vec<DealStatus>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    stale: Option<bool>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    pass_reasons: Option<Vec<PassReason>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    passed_from: Option<DateTime<Utc>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    passed_to: Option<DateTime<Utc>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    later_funded: Option<bool>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    opened_from: Option<DateTime<Utc>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    opened_to: Option<DateTime<Utc>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    reached: Option<String>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    advanced_from: Option<String>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    furthest: Option<String>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    skipped: Option<String>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    moved: Option<DealMoveFilter>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    source: Option<DealSourceFilter>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<DealGroupFilter>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    first_of_startup: Option<bool>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    startups: Option<StartupFilter>,
}

/// A move that happened in a period.
#[derive(cynic::InputObject)]
struct DealMoveFilter {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    kind: behind::MoveKind,
    #[cynic(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
}

/// One source.
#[derive(cynic::InputObject)]
struct DealSourceFilter {
    channel: Channel,
    #[cynic(skip_serializing_if = "Option::is_none")]
    who: Option<String>,
}

/// One group.
#[derive(cynic::InputObject)]
struct DealGroupFilter {
    by: behind::Grouping,
    key: String,
}

/// In which order they come.
#[derive(cynic::InputObject)]
pub(crate) struct DealOrder {
    field: DealOrderField,
    direction: OrderDirection,
}

#[derive(Clone, Copy, cynic::Enum)]
enum DealOrderField {
    Conviction,
    CreatedAt,
    EnteredStageAt,
    NextStepDue,
    Title,
    UpdatedAt,
}

#[derive(Clone, Copy, cynic::Enum)]
enum OrderDirection {
    Asc,
    Desc,
}

/// Somebody of the fund.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "User")]
pub(crate) struct UserName {
    pub(crate) id: cynic::Id,
    pub(crate) name: String,
}

/// A stage that can be chosen.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Stage")]
pub(crate) struct StageOption {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) name_zh: String,
    pub(crate) order: i32,
    pub(crate) is_retired: bool,
}

impl StageOption {
    /// Its name in the reader's language.
    pub(crate) fn name_in(&self, language: Language) -> &str {
        match language {
            Language::En => &self.name,
            Language::Zh => &self.name_zh,
        }
    }
}

/// A fund that can be chosen.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Fund")]
pub(crate) struct FundOption {
    pub(crate) id: cynic::Id,
    pub(crate) name: String,
    pub(crate) is_retired: bool,
}

/// What there is to filter by.
pub(crate) struct Frame {
    pub(crate) users: Vec<UserName>,
    pub(crate) funds: Vec<FundOption>,
    pub(crate) stages: Vec<StageOption>,
    /// Where the startups are narrowed by some.
    pub(crate) providers: Vec<ProviderName>,
}

impl DealFilter {
    /// The filter of an address; `me` is the id that was found for it.
    pub(crate) fn new(query: &DealsQuery, me: Option<&str>, calendar: Calendar) -> Self {
        let passed = query.passed.and_then(|days| ends(days, calendar.zone));
        let list = |items: &BTreeSet<String>| (!items.is_empty()).then(|| items.iter().cloned().collect());
        let owners = query.owners.iter().map(|owner| match me {
            Some(id) if owner == ME => id.into(),
            _ => owner.as_str().into(),
        });
        let mut filter = Self {
            search: query.text.clone(),
            sectors: list(&query.sectors),
            owners: (!query.owners.is_empty()).then(|| owners.collect()),
            channels: (!query.channels.is_empty()).then(|| query.channels.iter().copied().collect()),
            rounds: (!query.rounds.is_empty()).then(|| query.rounds.iter().copied().collect()),
            funds: (!query.funds.is_empty())
                .then(|| query.funds.iter().map(|id| id.as_str().into()).collect()),
            stages: list(&query.stages),
            statuses: (!query.statuses.is_empty()).then(|| query.statuses.iter().copied().collect()),
            stale: query.stale,
            pass_reasons: (!query.reasons.is_empty()).then(|| query.reasons.iter().copied().collect()),
            passed_from: passed.map(|(from, _)| from),
            passed_to: passed.map(|(_, to)| to),
            later_funded: query.funded,
            ..Self::default()
        };
        query.behind.narrow(&mut filter, calendar);
        let of = filter.narrow_to_layers(query);
        filter.startups = of.map(|of| StartupFilter::new(&of, calendar.zone));
        filter
    }

    /// Narrows to the layers of an address, and says which startups deals must be of: that a startup is on no layer yet
    /// is asked of startups, beside what else is asked of them.
    fn narrow_to_layers(&mut self, query: &DealsQuery) -> Option<StartupsQuery> {
        if !query.layers.contains(&LayerChoice::None) {
            self.layers = several(query.layers.iter().filter_map(|one| one.layer()));
            return query.of.clone();
        }
        let mut of = query.of.clone().unwrap_or_default();
        if of.layers.is_empty() {
            of.layers.clone_from(&query.layers);
            return Some(of);
        }
        let both: BTreeSet<LayerChoice> = of.layers.intersection(&query.layers).copied().collect();
        if both.is_empty() {
            // What is on some layers alone is not on none: there is no such deal.
            let none = DealGroupFilter {
                by: behind::Grouping::Layer,
                key: String::new(),
            };
            self.groups.get_or_insert_default().push(none);
        } else {
            of.layers = both;
        }
        Some(of)
    }
}

/// The first and the last instant of days.
fn ends((from, to): (NaiveDate, NaiveDate), zone: Tz) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let after = to.succ_opt()?;
    let last = as_of::begin(after, zone)? - TimeDelta::microseconds(1);
    Some((as_of::begin(from, zone)?, last))
}

impl DealOrder {
    pub(crate) fn new(sort: DealSort) -> Self {
        let (field, direction) = match sort {
            // Who came first is there longest.
            DealSort::AgeDown => (DealOrderField::EnteredStageAt, OrderDirection::Asc),
            DealSort::Age => (DealOrderField::EnteredStageAt, OrderDirection::Desc),
            DealSort::Next => (DealOrderField::NextStepDue, OrderDirection::Asc),
            DealSort::UpdatedDown => (DealOrderField::UpdatedAt, OrderDirection::Desc),
            DealSort::Updated => (DealOrderField::UpdatedAt, OrderDirection::Asc),
            DealSort::Title => (DealOrderField::Title, OrderDirection::Asc),
            DealSort::TitleDown => (DealOrderField::Title, OrderDirection::Desc),
            DealSort::ConvictionDown => (DealOrderField::Conviction, OrderDirection::Desc),
            DealSort::Conviction => (DealOrderField::Conviction, OrderDirection::Asc),
            DealSort::CreatedDown => (DealOrderField::CreatedAt, OrderDirection::Desc),
            DealSort::Created => (DealOrderField::CreatedAt, OrderDirection::Asc),
        };
        Self { field, direction }
    }
}

/// Who is asking, where an address says `me`.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct Me {
    viewer: Option<MyId>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "User")]
struct MyId {
    id: cynic::Id,
}

fn me_document() -> String {
    Me::build(()).query
}

/// The reader's id, if the address asks for the reader's deals.
pub(crate) async fn me(site: &Site, visit: &Visit, query: &DealsQuery) -> Result<Option<String>, Problem> {
    if !query.owners.contains(ME) {
        return Ok(None);
    }
    let found: Me = send::read_record(site, visit, me_document(), serde_json::json!({}), "Me").await?;
    Ok(Some(found.viewer.ok_or(Problem::SignIn)?.id.into_inner()))
}

/// From when deals are seen: an instant of the past or now, with its calendar.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) as_of: Option<DateTime<Utc>>,
    pub(crate) calendar: Calendar,
}

impl Seen {
    pub(crate) fn new(as_of: Option<DateTime<Utc>>, now: DateTime<Utc>, zone: chrono_tz::Tz) -> Self {
        Self {
            as_of,
            calendar: Calendar::new(as_of, now, zone),
        }
    }
}

/// What an address asks of the past: an instant, or that it is still to come, which is a mistake.
pub(crate) fn instant(
    site: &Site,
    visit: &Visit,
    query: &mut DealsQuery,
    bad: &mut Vec<Bad>,
) -> Option<DateTime<Utc>> {
    let instant = as_of_menu::instant(&mut query.as_of, bad, visit.now, site.config.zone);
    if instant.is_some() && query.sort.is_of_now() {
        bad.push(Bad {
            name: "sort".to_owned(),
            value: std::mem::take(&mut query.sort).code().to_owned(),
        });
    }
    // Names are searched as they are now.
    if instant.is_some()
        && let Some(value) = query.text.take()
    {
        bad.push(Bad {
            name: "q".to_owned(),
            value,
        });
    }
    if instant.is_some() {
        bad.extend(take_of(query, |of| of.of_any_day() == *of));
    }
    instant
}

/// Takes out what narrows startups where that is not as it should be.
fn take_of(query: &mut DealsQuery, is_good: impl Fn(&StartupsQuery) -> bool) -> Option<Bad> {
    let of = query.of.take_if(|of| !is_good(of))?;
    Some(Bad {
        name: "startups".to_owned(),
        value: of.canonical(),
    })
}

/// Takes out of the filters what is not there: it would match nothing, in silence.
pub(crate) fn take_unknown(query: &mut DealsQuery, frame: &Frame, tree: &[SectorLine]) -> Vec<Bad> {
    let mut bad = Vec::new();
    let mut take = |items: &mut BTreeSet<String>, name: &str, is_known: &dyn Fn(&str) -> bool| {
        let (known, unknown): (BTreeSet<String>, BTreeSet<String>) =
            std::mem::take(items).into_iter().partition(|item| is_known(item));
        *items = known;
        bad.extend(unknown.into_iter().map(|value| Bad {
            name: name.to_owned(),
            value,
        }));
    };
    let has_stage = |key: &str| frame.stages.iter().any(|stage| stage.key == key);
    take(&mut query.sectors, "sector", &|slug| {
        tree.iter().any(|line| line.chip.slug == slug)
    });
    take(&mut query.owners, "owner", &|id| {
        id == ME || frame.users.iter().any(|user| user.id.inner() == id)
    });
    take(&mut query.funds, "fund", &|id| {
        frame.funds.iter().any(|fund| fund.id.inner() == id)
    });
    take(&mut query.stages, "stage", &has_stage);
    take(&mut query.collapsed, "collapsed", &has_stage);
    let unknown: Vec<(&str, String)> = query
        .behind
        .pairs()
        .into_iter()
        .filter(|(name, _)| {
            let named = query.behind.stages();
            named.iter().any(|(by, key)| by == name && !has_stage(key))
        })
        .collect();
    for (name, value) in unknown {
        query.behind.clear(name);
        bad.push(Bad {
            name: name.to_owned(),
            value,
        });
    }
    bad.extend(take_of(query, |of| {
        startups::is_known(of, tree, &frame.providers, (&frame.users, &frame.funds))
    }));
    bad
}

#[derive(cynic::QueryVariables)]
struct DealsPageVariables {
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
    filter: DealFilter,
    order: DealOrder,
    as_of: Option<DateTime<Utc>>,
    with_providers: bool,
    with_rows: bool,
}

/// Everything the table shows. Without rows it is the frame, for a query that was not understood.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "DealsPageVariables")]
struct DealsPage {
    viewer: Option<Reader>,
    sectors: Vec<SectorNode>,
    users: Vec<UserName>,
    funds: Vec<FundOption>,
    stages: Vec<StageOption>,
    #[directives(include(if: $with_providers))]
    providers: Option<Vec<ProviderName>>,
    #[arguments(first: $first, after: $after, last: $last, before: $before, filter: $filter, order: $order, asOf: $as_of)]
    #[directives(include(if: $with_rows))]
    deals: Option<DealConnection>,
}

#[derive(cynic::QueryFragment)]
struct DealConnection {
    total_count: i32,
    page_info: PageInfo,
    nodes: Vec<DealCard>,
}

#[derive(cynic::QueryFragment)]
struct PageInfo {
    has_next_page: bool,
    has_previous_page: bool,
    start_cursor: Option<String>,
    end_cursor: Option<String>,
}

impl DealsPageVariables {
    fn new(query: &DealsQuery, me: Option<&str>, seen: Seen, with_rows: bool) -> Self {
        let rows = Some(i32::from(query.rows.count()));
        let (first, after, last, before) = match &query.place {
            None => (rows, None, None, None),
            Some(place) => match place.side {
                Side::After => (rows, Some(place.cursor.clone()), None, None),
                Side::Before => (None, None, rows, Some(place.cursor.clone())),
            },
        };
        Self {
            first,
            after,
            last,
            before,
            filter: DealFilter::new(query, me, seen.calendar),
            order: DealOrder::new(query.sort),
            as_of: seen.as_of,
            with_providers: query.of.as_ref().is_some_and(|of| !of.providers.is_empty()),
            with_rows,
        }
    }
}

fn document() -> String {
    let seen = Seen::new(None, DateTime::UNIX_EPOCH, chrono_tz::UTC);
    DealsPage::build(DealsPageVariables::new(&DealsQuery::default(), None, seen, true)).query
}

/// The documents of the table, and of who is asking.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![("deals.graphql", document()), ("me.graphql", me_document())]
}

/// Where an address is written otherwise than it should be, the one it should be.
pub(crate) fn redirect(query: &DealsQuery, visit: &Visit) -> Option<Response> {
    let canonical = query.canonical();
    if canonical == visit.query() {
        return None;
    }
    let path = query.face.path();
    let address = if canonical.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{canonical}")
    };
    Some(Redirect::to(&address).into_response())
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    table(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn table(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    if visit.session.0.is_none() {
        return Err(Problem::SignIn);
    }
    let (mut query, mut bad) = DealsQuery::parse(Face::Table, visit.query());
    if bad.is_empty()
        && let Some(answer) = redirect(&query, visit)
    {
        return Ok(answer);
    }
    let as_of = instant(site, visit, &mut query, &mut bad);
    let seen = Seen::new(as_of, visit.now, site.config.zone);
    let me = me(site, visit, &query).await?;
    let ask = async |with_rows: bool| {
        let variables = send::variables(&DealsPageVariables::new(&query, me.as_deref(), seen, with_rows))?;
        send::read(site, visit, document(), variables, "DealsPage").await
    };
    let (mut data, refusal): (DealsPage, _) = match ask(bad.is_empty()).await? {
        Outcome::Data(data) => (data, None),
        // The frame alone tells what it was that the server did not know.
        Outcome::Refused(why) => match ask(false).await? {
            Outcome::Data(data) => (data, Some(why)),
            Outcome::Refused(why) => return Err(Problem::Failed(why)),
        },
    };
    let reader = data.viewer.take().ok_or(Problem::SignIn)?;
    let tree = sector::tree(&data.sectors);
    let frame = Frame {
        users: data.users,
        funds: data.funds,
        stages: data.stages,
        providers: data.providers.unwrap_or_default(),
    };
    bad.extend(take_unknown(&mut query, &frame, &tree));
    if refusal.is_some()
        && bad.is_empty()
        && let Some(place) = query.place.take()
    {
        let name = place.side.name();
        bad.push(Bad {
            name: name.to_owned(),
            value: place.cursor,
        });
    }
    let is_understood = bad.is_empty() && refusal.is_none();
    let rows = data.deals.take().filter(|_| is_understood);
    // What a chip names in the reader's language needs no sentence beside it.
    let refusal = refusal.filter(|_| bad.is_empty());
    let variables = send::variables(&DealsPageVariables::new(
        &query,
        me.as_deref(),
        seen,
        rows.is_some(),
    ))?;
    let page = view::Page::new(
        site,
        visit,
        view::Found {
            query,
            bad,
            refusal,
            viewer: reader.viewer,
            tree,
            frame,
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
