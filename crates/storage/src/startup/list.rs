//! Lists of startups: narrowed, ordered, paged, counted.

use chrono::NaiveDate;
use domain::{
    FundId, ImportId, Instant, ProviderId, SectorId, StartupId, UserId, Viewer,
    assessment::Flag,
    deal::{Channel, DealStatus},
    evidence::{EvidenceKind, Grade},
    startup::{Layer, Startup, TechnicalRoute},
    text, typed,
};
use rust_decimal::{Decimal, prelude::ToPrimitive as _};

use super::{COLUMNS, model, model_behind, read};
use crate::{
    Error, Reader,
    access::push_visible,
    deal::push_source as push_deals,
    page::{Figure, Key, KeyKind, Page, Place, Slice},
    position::Columns,
    search::{self, Kind, Way, push_found},
    sql::Sql,
};

/// By what a list of startups is narrowed; empty lists narrow nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Filter {
    pub search: Option<String>,
    pub layers: Vec<Layer>,
    pub include_unclassified: bool,
    /// Descendants resolved already; Some(empty) matches nothing.
    pub sectors: Option<Vec<SectorId>>,
    pub include_no_sector: bool,
    /// In one of these too, beside `sectors`; descendants resolved already.
    pub also_in: Option<Vec<SectorId>>,
    pub routes: Vec<TechnicalRoute>,
    pub countries: Vec<String>,
    pub evidence_kinds: Vec<EvidenceKind>,
    pub min_grade: Option<Grade>,
    pub has_active_deal: Option<bool>,
    pub affiliated_with: Option<String>,
    pub imported_by: Option<ImportId>,
    pub has_proposals: Option<bool>,
    pub founded_from: Option<NaiveDate>,
    pub founded_to: Option<NaiveDate>,
    pub created_from: Option<Instant>,
    pub created_to: Option<Instant>,
    pub owners: Vec<UserId>,
    pub stages: Vec<String>,
    pub deal_statuses: Vec<DealStatus>,
    pub channels: Vec<Channel>,
    pub funds: Vec<FundId>,
    pub flags: Vec<Flag>,
    pub without_flags: Vec<Flag>,
    pub conviction_at_least: Option<Decimal>,
    pub conviction_at_most: Option<Decimal>,
    pub hype_share_at_least: Option<Decimal>,
    pub has_proof: Option<bool>,
    /// Whether something of it is live. Of an instant it is computed, and said by `among`.
    pub is_assessed: Option<bool>,
    /// Of these; Some(empty) matches nothing.
    pub among: Option<Vec<StartupId>>,
    pub best_grades: Vec<Grade>,
    /// With a dependency in force on one of these, on this day.
    pub providers: Vec<ProviderId>,
    pub today: NaiveDate,
    /// As they were known then: only what their versions and those of their deals keep narrows them.
    pub as_of: Option<Instant>,
}

/// By what a list of startups is ordered; ties end with the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub enum Order {
    Name,
    FoundedOn,
    CreatedAt,
    UpdatedAt,
}

impl Order {
    fn expression(self, descending: bool) -> &'static str {
        match self {
            Self::Name => "s.name_sort",
            // The expressions of startup_by_founded and startup_by_founded_down.
            Self::FoundedOn if descending => "coalesce(s.founded_on, date '0001-01-01')",
            Self::FoundedOn => "coalesce(s.founded_on, date '9999-12-31')",
            Self::CreatedAt => "s.created_at",
            Self::UpdatedAt => "s.recorded_at",
        }
    }
    /// Of what kind its values are.
    pub fn key_kind(self) -> KeyKind {
        match self {
            Self::Name => KeyKind::Text,
            Self::FoundedOn => KeyKind::Day,
            Self::CreatedAt | Self::UpdatedAt => KeyKind::Instant,
        }
    }
    /// Where in the order a startup stands.
    pub fn place(self, startup: &Startup) -> Place {
        let key = match self {
            Self::Name => Key::Text(text::name_sort(&startup.profile.name)),
            Self::FoundedOn => Key::Day(startup.profile.founded_on),
            Self::CreatedAt => Key::Instant(startup.created_at),
            Self::UpdatedAt => Key::Instant(startup.updated_at),
        };
        Place {
            key,
            id: startup.id.uuid(),
        }
    }
}

fn codes<T: Copy>(words: &[T], code: fn(T) -> &'static str) -> Vec<String> {
    words.iter().map(|w| code(*w).to_owned()).collect()
}

/// Adds the startups `s` that a filter leaves, as of its instant, for more conditions to follow.
pub(crate) fn push_left(sql: &mut Sql, viewer: &Viewer, filter: &Filter) {
    push_source(sql, filter.as_of);
    narrow(sql, viewer, filter, Way::All);
}

/// Adds the conditions of a filter.
pub(super) fn narrow(sql: &mut Sql, viewer: &Viewer, filter: &Filter, way: Way) {
    let Filter {
        search,
        layers,
        include_unclassified,
        sectors,
        include_no_sector,
        also_in,
        routes,
        countries,
        evidence_kinds,
        min_grade,
        has_active_deal: _,
        affiliated_with,
        imported_by,
        has_proposals,
        founded_from,
        founded_to,
        created_from,
        created_to,
        owners: _,
        stages: _,
        deal_statuses: _,
        channels: _,
        funds: _,
        flags: _,
        without_flags: _,
        conviction_at_least: _,
        conviction_at_most: _,
        hype_share_at_least: _,
        has_proof: _,
        is_assessed: _,
        best_grades: _,
        among,
        providers,
        today,
        as_of: _,
    } = filter;
    sql.push(" where s.hidden_at is null");
    if let Some(words) = search {
        push_found(sql, Kind::Startup, "s.id", words, way);
    }
    if !layers.is_empty() || *include_unclassified {
        sql.push(" and (s.layer = any(")
            .bind(codes(layers, Layer::code), "::text[]")
            .push(")");
        sql.push(if *include_unclassified {
            " or s.layer is null)"
        } else {
            ")"
        });
    }
    match (sectors, include_no_sector) {
        (Some(ids), false) => _ = sql.push(" and s.sector_ids && ").bind_ids(ids),
        (Some(ids), true) => {
            sql.push(" and (s.sector_ids = '{}' or s.sector_ids && ")
                .bind_ids(ids)
                .push(")");
        }
        (None, true) => _ = sql.push(" and s.sector_ids = '{}'"),
        (None, false) => {}
    }
    if let Some(ids) = among {
        sql.push(" and s.id = any(").bind_ids(ids).push(")");
    }
    if let Some(ids) = also_in {
        sql.push(" and s.sector_ids && ").bind_ids(ids);
    }
    if !routes.is_empty() {
        sql.push(" and s.technical_route = any(")
            .bind(codes(routes, TechnicalRoute::code), "::text[]")
            .push(")");
    }
    if !countries.is_empty() {
        sql.push(" and s.country = any(")
            .bind(countries.clone(), "::text[]")
            .push(")");
    }
    if !evidence_kinds.is_empty() {
        sql.push(" and exists (select from evidence e where e.startup_id = s.id and e.retracted_at is null and e.kind = any(");
        sql.bind(codes(evidence_kinds, EvidenceKind::code), "::text[]")
            .push(") and not exists ")
            .push(SUPERSEDED)
            .push(")");
    }
    if let Some(least) = min_grade {
        let grades: Vec<String> = Grade::ALL
            .iter()
            .filter(|g| g.is_at_least(*least))
            .map(|g| g.code().to_owned())
            .collect();
        sql.push(" and exists (select from evidence e where e.startup_id = s.id and e.retracted_at is null and e.grade = any(");
        sql.bind(grades, "::text[]")
            .push(") and not exists ")
            .push(SUPERSEDED)
            .push(")");
    }
    narrow_by_deals(sql, viewer, filter);
    if let Some(import) = imported_by {
        // Served by import_record_startup.
        sql.push(" and exists (select from import_record r where r.startup_id = s.id and r.applied_at is not null and r.action <> 'REMEMBER' and r.import_id = ")
            .bind(import.uuid(), "")
            .push(")");
    }
    match has_proposals {
        Some(true) => sql.push(" and s.proposed <> '{}'"),
        Some(false) => sql.push(" and s.proposed = '{}'"),
        None => sql,
    };
    if let Some(organisation) = affiliated_with {
        sql.push(" and exists (select from affiliation a join affiliation b on b.person_id = a.person_id and b.hidden_at is null \
                  where a.startup_id = s.id and a.hidden_at is null and b.organisation_key = ");
        sql.bind(text::name_key(organisation), "").push(")");
    }
    if !providers.is_empty() {
        // Served by dependency_startup, or dependency_provider.
        sql.push(" and exists (select from dependency d where d.startup_id = s.id and d.hidden_at is null and d.provider_id = any(");
        sql.bind_ids(providers)
            .push(") and (d.since is null or d.since <= ")
            .bind(*today, "")
            .push(") and (d.until is null or d.until > ")
            .bind(*today, "")
            .push("))");
    }
    narrow_by_figures(sql, filter);
    for (column, than, day) in [
        ("s.founded_on", ">=", founded_from),
        ("s.founded_on", "<=", founded_to),
    ] {
        if let Some(day) = day {
            sql.push(&format!(" and {column} {than} ")).bind(*day, "");
        }
    }
    for (than, at) in [(">=", created_from), ("<=", created_to)] {
        if let Some(at) = at {
            sql.push(&format!(" and s.created_at {than} ")).bind(*at, "");
        }
    }
}

/// Adds the conditions on deals that the viewer may see: as they stand, or stood at the filter's instant.
fn narrow_by_deals(sql: &mut Sql, viewer: &Viewer, filter: &Filter) {
    let Filter {
        has_active_deal,
        owners,
        stages,
        deal_statuses,
        channels,
        funds,
        ..
    } = filter;
    let begin = |sql: &mut Sql, is_in: bool| {
        let not = if is_in { "" } else { "not " };
        if filter.as_of.is_some() {
            sql.push(&format!(" and s.id {not}in (select d.startup_id from "));
            push_deals(sql, viewer, filter.as_of);
        } else {
            sql.push(&format!(
                " and {not}exists (select from deal d where d.startup_id = s.id and d.hidden_at is null and "
            ));
            push_visible(sql, viewer, "d");
        }
    };
    if let Some(has) = has_active_deal {
        begin(sql, *has);
        sql.push(" and d.status = 'ACTIVE')");
    }
    if owners.is_empty()
        && stages.is_empty()
        && deal_statuses.is_empty()
        && channels.is_empty()
        && funds.is_empty()
    {
        return;
    }
    begin(sql, true);
    if !owners.is_empty() {
        sql.push(" and d.owner_id = any(").bind_ids(owners).push(")");
    }
    if !stages.is_empty() {
        sql.push(" and d.stage_id in (select st.id from stage st where st.key = any(")
            .bind(stages.clone(), "::text[]")
            .push("))");
    }
    if !deal_statuses.is_empty() {
        sql.push(" and d.status = any(")
            .bind(codes(deal_statuses, DealStatus::code), "::text[]")
            .push(")");
    }
    if !channels.is_empty() {
        sql.push(" and exists (select from jsonb_array_elements(d.sources) x where x ->> 'channel' = any(")
            .bind(codes(channels, Channel::code), "::text[]")
            .push("))");
    }
    if !funds.is_empty() {
        sql.push(" and d.fund_ids && ").bind_ids(funds);
    }
    sql.push(")");
}

/// Adds the conditions on stored figures.
fn narrow_by_figures(sql: &mut Sql, filter: &Filter) {
    let mut conditions = Sql::default();
    if !filter.flags.is_empty() {
        // Served by startup_assessment_flags.
        conditions
            .push(" and a.flags && ")
            .bind(codes(&filter.flags, Flag::code), "::text[]");
    }
    if !filter.without_flags.is_empty() {
        conditions
            .push(" and not a.flags && ")
            .bind(codes(&filter.without_flags, Flag::code), "::text[]");
    }
    // As the indexes of conviction have it: what is not known is no figure.
    for (condition, bound) in [
        (" and coalesce(a.conviction, -1) >= ", filter.conviction_at_least),
        (" and coalesce(a.conviction, 101) <= ", filter.conviction_at_most),
        (" and a.hype_share >= ", filter.hype_share_at_least),
    ] {
        // The double nearest to it.
        if let Some(bound) = bound.and_then(|bound| bound.to_f64()) {
            conditions.push(condition).bind(bound, "");
        }
    }
    if let Some(is) = filter.is_assessed {
        conditions.push(if is {
            " and a.conviction is not null"
        } else {
            " and a.conviction is null"
        });
    }
    if let Some(has) = filter.has_proof {
        conditions.push(if has {
            " and a.has_proof"
        } else {
            " and not a.has_proof"
        });
    }
    if !filter.best_grades.is_empty() {
        conditions
            .push(" and a.best_grade = any(")
            .bind(codes(&filter.best_grades, Grade::code), "::text[]")
            .push(")");
    }
    if !conditions.is_empty() {
        sql.push(" and exists (select from startup_assessment a where a.startup_id = s.id")
            .append(conditions)
            .push(")");
    }
}

const SUPERSEDED: &str = "(select from evidence n where n.supersedes = e.id and n.retracted_at is null)";

/// The startups that an import made or changed and whose layer or sectors wait to be confirmed.
pub async fn proposed_by(db: &impl Reader, import: ImportId, limit: usize) -> Result<Vec<StartupId>, Error> {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        id: uuid::Uuid,
    }
    let mut sql = Sql::new(
        "select s.id from import_record r join startup s on s.id = r.startup_id where s.hidden_at is null and s.proposed <> '{}' and r.import_id = ",
    );
    sql.bind(import.uuid(), "")
        .push(" order by s.id limit ")
        .bind(i64::try_from(limit).unwrap_or(i64::MAX), "");
    Ok(sql
        .all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| typed(row.id))
        .collect())
}

/// Startups `s`: as they are, or as they were known at an instant.
fn push_source(sql: &mut Sql, as_of: Option<Instant>) {
    let Some(at) = as_of else {
        sql.push(" from startup s");
        return;
    };
    sql.push(
        " from (select v.startup_id as id, v.slug, v.name, v.name_sort, v.aliases, v.domains, v.website, v.one_liner, v.description, v.country, v.city, \
         v.founded_on, v.product_launched_on, v.previous_focus, v.pivoted_on, v.structure, v.layer, v.technical_route, v.need, v.facts, \
         v.sector_ids, v.competitor_ids, v.custom_fields, v.proposed, c.created_at, v.known_from as recorded_at, v.version, v.hidden_at \
         from startup_version v join startup c on c.id = v.startup_id where v.known_from <= ",
    )
    .bind(at, "")
    .push(" and (v.known_until is null or v.known_until > ")
    .bind(at, "")
    .push(")) s");
}

/// A page of startups.
pub async fn list(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    order: Order,
    descending: bool,
    page: &Page,
) -> Result<Slice<Startup>, Error> {
    let way = search::way(db, Kind::Startup, filter.search.as_deref()).await?;
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS);
    push_source(&mut sql, filter.as_of);
    narrow(&mut sql, viewer, filter, way);
    page.append(&mut sql, order.expression(descending), "s.id", descending);
    Ok(page.slice(sql.each(db, |row| read(model(row)?)).await?))
}

/// A stored figure by which startups are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the figures are described in the API")]
pub enum Ranking {
    Conviction,
    Demand,
    HypeGap,
}

impl Ranking {
    /// The expressions of the indexes of startup_assessment.
    fn expression(self, descending: bool) -> &'static str {
        match self {
            Self::Conviction if descending => "coalesce(a.conviction, -1)",
            Self::Conviction => "coalesce(a.conviction, 101)",
            Self::Demand => "a.demand",
            Self::HypeGap => "a.hype_gap",
        }
    }
}

/// The statement of a page ranked by a figure: along the figure's index, from the place on.
fn ranked_by(
    viewer: &Viewer,
    filter: &Filter,
    way: Way,
    (ranking, descending): (Ranking, bool),
    page: &Page,
) -> Sql {
    let expression = ranking.expression(descending);
    let mut sql = Sql::new("select ");
    sql.push(expression)
        .push(", ")
        .push(COLUMNS)
        .push(" from startup_assessment a join startup s on s.id = a.startup_id");
    narrow(&mut sql, viewer, filter, way);
    page.append(&mut sql, expression, "a.startup_id", descending);
    sql
}

/// A page of startups ranked by a stored figure, with their places; one whose conviction is not known comes last.
pub async fn ranked(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    ranking: Ranking,
    descending: bool,
    page: &Page,
) -> Result<Slice<(Startup, Place)>, Error> {
    let way = search::way(db, Kind::Startup, filter.search.as_deref()).await?;
    let rows = ranked_by(viewer, filter, way, (ranking, descending), page)
        .each(db, |row| {
            let mut columns = Columns::of(row)?;
            let figure: f64 = columns.read()?;
            let startup = read(model_behind(columns)?)?;
            let place = Place {
                key: Key::Figure(Figure::of(figure)),
                id: startup.id.uuid(),
            };
            Ok((startup, place))
        })
        .await?;
    Ok(page.slice(rows))
}

/// How many startups the filter leaves.
pub async fn count(db: &impl Reader, viewer: &Viewer, filter: &Filter) -> Result<i64, Error> {
    let way = search::way(db, Kind::Startup, filter.search.as_deref()).await?;
    let mut sql = Sql::new("select count(*) as n");
    push_source(&mut sql, filter.as_of);
    narrow(&mut sql, viewer, filter, way.of_all());
    sql.count(db).await
}

#[cfg(test)]
mod tests;
