//! Lists of deals: narrowed, ordered, paged, counted; of the whole fund or of several startups at once.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    FundId, Instant, SectorId, StartupId, UserId, Viewer,
    deal::{Channel, Deal, DealStatus, PassReason, Round},
    startup::Layer,
    text, typed,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{
    behind::{Brought, Far, MovedIn, push_brought, push_far, push_is_first, push_moved},
    board::Grouping,
    pass::{push_is_funded, push_passed_at},
    row::{COLUMNS, model, push_source, read},
};
use crate::{
    Error, Reader,
    page::{Figure, Key, KeyKind, Page, Place, Slice},
    search::{Kind, Way, push_found},
    sql::Sql,
    startup,
};

/// By what a list of deals is narrowed; empty lists narrow nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Filter {
    pub search: Option<String>,
    /// Keys of stages.
    pub stages: Vec<String>,
    pub statuses: Vec<DealStatus>,
    pub owners: Vec<UserId>,
    pub layers: Vec<Layer>,
    /// Descendants resolved already; Some(empty) matches nothing.
    pub sectors: Option<Vec<SectorId>>,
    pub channels: Vec<Channel>,
    pub stale: Option<bool>,
    /// To be looked at again on this day or earlier, or marked as due by this instant.
    pub revisit_due_by: Option<(NaiveDate, Instant)>,
    /// When it was passed, as it happened, of deals that are.
    pub passed_from: Option<Instant>,
    pub passed_to: Option<Instant>,
    /// Whether others funded it later.
    pub later_funded: Option<bool>,
    pub rounds: Vec<Round>,
    pub pass_reasons: Vec<PassReason>,
    /// Of the funds that may do it.
    pub funds: Vec<FundId>,
    pub opened_from: Option<Instant>,
    pub opened_to: Option<Instant>,
    /// By the figures stored of their startups, which are those of now.
    pub has_proof: Option<bool>,
    pub conviction_at_least: Option<rust_decimal::Decimal>,
    /// How far they got, each seen from the stage with the key.
    pub far: Vec<(Far, String)>,
    pub moved: Option<MovedIn>,
    pub brought: Option<Brought>,
    /// In each of the groups with these keys.
    pub groups: Vec<(Grouping, String)>,
    pub first_of_startup: Option<bool>,
    /// Of these startups; Some(empty) matches nothing.
    pub startups: Option<Vec<StartupId>>,
    /// Of startups that this leaves, as of the same instant.
    pub of: Option<Box<startup::Filter>>,
    /// As known then; now if None.
    pub as_of: Option<Instant>,
}

/// By what a list of deals is ordered; ties end with the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub enum Order {
    Title,
    /// By the figure stored of their startups, which is that of now; those without one last.
    Conviction,
    EnteredStageAt,
    NextStepDue,
    CreatedAt,
    UpdatedAt,
}

impl Order {
    /// Served by the indexes `deal_by_…`; conviction is looked up deal by deal, by the primary key.
    pub(super) fn expression(self, descending: bool) -> &'static str {
        match self {
            Self::Title => "d.title_sort",
            Self::Conviction if descending => {
                "coalesce((select a.conviction from startup_assessment a where a.startup_id = d.startup_id), -1)"
            }
            Self::Conviction => {
                "coalesce((select a.conviction from startup_assessment a where a.startup_id = d.startup_id), 101)"
            }
            Self::EnteredStageAt => "d.entered_stage_at",
            Self::NextStepDue if descending => "coalesce(d.next_step_due, date '0001-01-01')",
            Self::NextStepDue => "coalesce(d.next_step_due, date '9999-12-31')",
            Self::CreatedAt => "d.created_at",
            Self::UpdatedAt => "d.recorded_at",
        }
    }
    /// Of what kind its values are.
    pub fn key_kind(self) -> KeyKind {
        match self {
            Self::Title => KeyKind::Text,
            Self::Conviction => KeyKind::Figure,
            Self::NextStepDue => KeyKind::Day,
            Self::EnteredStageAt | Self::CreatedAt | Self::UpdatedAt => KeyKind::Instant,
        }
    }
    /// Where in the order a deal stands whose startup has the stored conviction.
    pub fn place(self, deal: &Deal, descending: bool, conviction: Option<f64>) -> Place {
        let key = match self {
            // What is not known comes last: below or above every figure.
            Self::Conviction => {
                let last = if descending { -1.0 } else { 101.0 };
                Key::Figure(Figure::of(conviction.unwrap_or(last)))
            }
            Self::Title => Key::Text(text::name_sort(&deal.terms.title)),
            Self::EnteredStageAt => Key::Instant(deal.standing.entered_stage_at),
            Self::NextStepDue => Key::Day(deal.terms.next_step_due),
            Self::CreatedAt => Key::Instant(deal.created_at),
            Self::UpdatedAt => Key::Instant(deal.updated_at),
        };
        Place {
            key,
            id: deal.id.uuid(),
        }
    }
}

/// One code is compared as it is: then an index on it keeps the order of what stands behind it, as `deal_stage` does.
fn push_any(sql: &mut Sql, what: &str, codes: Vec<String>) {
    match codes.as_slice() {
        [] => {}
        [code] => {
            sql.push(&format!(" and {what} = ")).bind(code.clone(), "");
        }
        _ => {
            sql.push(&format!(" and {what} = any("))
                .bind(codes, "::text[]")
                .push(")");
        }
    }
}

fn codes<T: Copy>(words: &[T], code: fn(T) -> &'static str) -> Vec<String> {
    words.iter().map(|w| code(*w).to_owned()).collect()
}

/// Adds the conditions of a filter.
pub(super) fn narrow(sql: &mut Sql, viewer: &Viewer, filter: &Filter, now: Instant) {
    let Filter {
        search,
        stages,
        statuses,
        owners,
        layers,
        sectors,
        channels,
        stale,
        revisit_due_by,
        passed_from,
        passed_to,
        later_funded,
        rounds,
        pass_reasons,
        funds,
        opened_from,
        opened_to,
        has_proof,
        conviction_at_least,
        far,
        moved,
        brought,
        groups,
        first_of_startup,
        startups,
        of,
        as_of,
    } = filter;
    if let Some(words) = search {
        push_found(sql, Kind::Deal, "d.id", words, Way::Keys);
    }
    if !stages.is_empty() {
        sql.push(" and d.stage_id in (select id from stage where key = any(")
            .bind(stages.clone(), "::text[]")
            .push("))");
    }
    push_any(sql, "d.status", codes(statuses, DealStatus::code));
    push_any(sql, "d.round", codes(rounds, Round::code));
    push_any(sql, "d.pass_reason", codes(pass_reasons, PassReason::code));
    push_any(sql, "s.layer", codes(layers, Layer::code));
    if !owners.is_empty() {
        sql.push(" and d.owner_id = any(").bind_ids(owners).push(")");
    }
    if !funds.is_empty() {
        sql.push(" and d.fund_ids && ").bind_ids(funds);
    }
    if let Some(ids) = sectors {
        sql.push(" and s.sector_ids && ").bind_ids(ids);
    }
    if !channels.is_empty() {
        sql.push(" and exists (select from jsonb_array_elements(d.sources) x where x ->> 'channel' = any(");
        sql.bind(codes(channels, Channel::code), "::text[]").push("))");
    }
    if let Some(of) = of {
        sql.push(" and exists (select");
        startup::push_left(sql, viewer, of);
        sql.push(" and s.id = d.startup_id)");
    }
    if let Some(stale) = stale {
        sql.push(if *stale { " and " } else { " and not " }).push("(");
        push_stale(sql, *as_of, now);
        sql.push(")");
    }
    if let Some((day, at)) = revisit_due_by {
        sql.push(" and (d.revisit_on <= ")
            .bind(*day, "")
            .push(" or d.revisit_due_since <= ")
            .bind(*at, "")
            .push(")");
    }
    for (than, at) in [(">=", passed_from), ("<=", passed_to)] {
        if let Some(at) = at {
            sql.push(" and d.status = 'PASSED' and ");
            push_passed_at(sql, *as_of);
            sql.push(&format!(" {than} ")).bind(*at, "");
        }
    }
    if let Some(is_funded) = later_funded {
        sql.push(if *is_funded { " and " } else { " and not " });
        push_is_funded(sql, *as_of);
    }
    for (than, at) in [(">=", opened_from), ("<=", opened_to)] {
        if let Some(at) = at {
            sql.push(&format!(" and d.opened_at {than} ")).bind(*at, "");
        }
    }
    if has_proof.is_some() || conviction_at_least.is_some() {
        sql.push(" and exists (select from startup_assessment a where a.startup_id = d.startup_id");
        if let Some(has_proof) = has_proof {
            sql.push(" and a.has_proof = ").bind(*has_proof, "");
        }
        if let Some(least) = conviction_at_least {
            sql.push(" and a.conviction >= ")
                .bind(*least, "::double precision");
        }
        sql.push(")");
    }
    for (far, stage) in far {
        push_far(sql, filter, *far, stage);
    }
    if let Some(moved) = moved {
        push_moved(sql, filter, moved);
    }
    if let Some(brought) = brought {
        push_brought(sql, brought);
    }
    for (grouping, key) in groups {
        sql.push(" and exists (select from (select ")
            .push(grouping.key())
            .push(" as key) g where g.key = ")
            .bind(key.clone(), "::text")
            .push(")");
    }
    if let Some(first) = first_of_startup {
        sql.push(if *first { " and " } else { " and not " });
        push_is_first(sql, viewer, filter);
    }
    if let Some(ids) = startups {
        sql.push(" and ").one_of("d.startup_id", ids);
    }
}

/// The rule of [`domain::deal::is_stale`] over rows: active, and in its stage for more whole days than the stage's
/// limit. (An active deal is not on hold, so that what it was held for is all in `held_micros`.)
pub(super) fn push_stale(sql: &mut Sql, as_of: Option<Instant>, now: Instant) {
    sql.push("d.status = 'ACTIVE' and d.entered_stage_at + d.held_micros * interval '1 microsecond' <= ");
    sql.bind(as_of.unwrap_or(now), "::timestamptz")
        .push(" - (select (st.limit_days + 1) * interval '24 hours' from ");
    match as_of {
        None => sql.push("stage st where st.id = d.stage_id)"),
        Some(at) => sql
            .push("stage_version st where st.stage_id = d.stage_id and st.known_from <= ")
            .bind(at, "")
            .push(" and (st.known_until is null or st.known_until > ")
            .bind(at, "")
            .push("))"),
    };
}

/// A page of deals.
pub async fn list(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    order: Order,
    descending: bool,
    page: &Page,
    now: Instant,
) -> Result<Slice<Deal>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS).push(" from ");
    push_source(&mut sql, viewer, filter.as_of);
    narrow(&mut sql, viewer, filter, now);
    page.append(&mut sql, order.expression(descending), "d.id", descending);
    Ok(page.slice(sql.each(db, |row| read(model(row)?)).await?))
}

/// How many deals the filter leaves.
pub async fn count(db: &impl Reader, viewer: &Viewer, filter: &Filter, now: Instant) -> Result<i64, Error> {
    let mut sql = Sql::new("select count(*) as n from ");
    push_source(&mut sql, viewer, filter.as_of);
    narrow(&mut sql, viewer, filter, now);
    sql.count(db).await
}

/// The same page of each of several startups, newest first, in one statement.
pub async fn pages_of(
    db: &impl Reader,
    viewer: &Viewer,
    startups: &[StartupId],
    filter: &Filter,
    page: &Page,
    now: Instant,
) -> Result<HashMap<StartupId, Slice<Deal>>, Error> {
    let mut sql = Sql::new("select x.* from ");
    sql.owners(startups)
        .push(" cross join lateral (select ")
        .push(COLUMNS)
        .push(" from ");
    push_source(&mut sql, viewer, filter.as_of);
    sql.push(" and d.startup_id = owner.id");
    narrow(&mut sql, viewer, filter, now);
    page.append(&mut sql, Order::CreatedAt.expression(true), "d.id", true);
    sql.push(") x");
    let mut found: HashMap<StartupId, Vec<Deal>> = HashMap::new();
    for deal in sql.each(db, |row| read(model(row)?)).await? {
        found.entry(deal.startup_id).or_default().push(deal);
    }
    Ok(found
        .into_iter()
        .map(|(id, rows)| (id, page.slice(rows)))
        .collect())
}

/// How many deals of each startup the filter leaves, in one statement.
pub async fn counts_of(
    db: &impl Reader,
    viewer: &Viewer,
    startups: &[StartupId],
    filter: &Filter,
    now: Instant,
) -> Result<HashMap<StartupId, i64>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        startup_id: Uuid,
        n: i64,
    }
    let mut sql = Sql::new("select d.startup_id, count(*) as n from ");
    push_source(&mut sql, viewer, filter.as_of);
    sql.push(" and ").one_of("d.startup_id", startups);
    narrow(&mut sql, viewer, filter, now);
    sql.push(" group by d.startup_id");
    Ok(sql
        .all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| (typed(row.startup_id), row.n))
        .collect())
}
