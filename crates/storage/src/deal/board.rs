//! The board: what each column adds up to, and a page of each column's cards; each in one statement, however many
//! deals there are.

use std::collections::HashMap;

use chrono::TimeDelta;
use domain::{
    Instant, StageId, StartupId, Viewer,
    deal::Deal,
    money::{Currency, MoneyRange},
    typed,
};
use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{
    list::{Filter, Order, narrow, push_stale},
    row::{COLUMNS, model, push_source, read},
};
use crate::{
    Error, Reader,
    page::{Page, Slice},
    sql::Sql,
};

/// What the deals of some group add up to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sums {
    /// How many.
    pub deals: i64,
    /// Of those, how many are in their stage for longer than its limit.
    pub stale: i64,
    /// The median of whole days in the stage.
    pub median_days: Option<Decimal>,
    /// The amounts sought, by currency, with how many deals name one.
    pub amounts: Vec<Sum>,
    /// Our amounts, by currency.
    pub ours: Vec<Sum>,
}

/// A sum of ranges in one currency: lows and highs apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    /// The sums.
    pub range: MoneyRange,
    /// How many deals name an amount in it.
    pub deals: i64,
}

#[derive(FromQueryResult)]
struct Row {
    key: String,
    what: i32,
    currency: Option<String>,
    deals: i64,
    stale: i64,
    median: Option<Decimal>,
    /// Seconds.
    until_next: Option<Decimal>,
    low: Option<Decimal>,
    high: Option<Decimal>,
}

/// By what deals are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// By the id of their stage.
    Stage,
    /// By the id of their owner; empty without one.
    Owner,
    /// By round.
    Round,
    /// By the id of each sector of their startup; empty without one. A startup in two counts in both.
    Sector,
    /// By the layer of their startup; empty without one.
    Layer,
    /// By the id of each fund that may do them; empty without one. A deal of two counts in both.
    Fund,
    /// By each channel that they came through; empty without one.
    Channel,
}

impl Grouping {
    /// The key, as an expression that gives a row for each group that a deal is of.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Stage => "d.stage_id::text",
            Self::Owner => "coalesce(d.owner_id::text, '')",
            Self::Round => "d.round",
            Self::Sector => "unnest(coalesce(nullif(s.sector_ids::text[], '{}'), array['']))",
            Self::Fund => "unnest(coalesce(nullif(d.fund_ids::text[], '{}'), array['']))",
            Self::Layer => "coalesce(s.layer, '')",
            Self::Channel => {
                "unnest(coalesce((select array_agg(distinct x ->> 'channel') from jsonb_array_elements(d.sources) x), array['']))"
            }
        }
    }
}

/// What the deals that a filter leaves add up to, by group; and how long from now it stays so if nobody changes anything:
/// until the first of them is in its stage for a day more. None: for good.
pub async fn sums(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    grouping: Grouping,
    now: Instant,
) -> Result<(HashMap<String, Sums>, Option<TimeDelta>), Error> {
    let at = filter.as_of.unwrap_or(now);
    let mut sql = Sql::new(
        "with x as materialized (select y.*, greatest(floor(y.seconds / 86400), 0) as days from (select ",
    );
    sql.push(grouping.key()).push(" as key, (");
    push_stale(&mut sql, filter.as_of, now);
    // As domain::deal::days_in_stage: whole 24 hours since the entry, less what it was and is on hold.
    sql.push(") as stale, coalesce(d.held_since >= ")
        .bind(at, "::timestamptz")
        .push(", true) as goes_on, extract(epoch from ")
        .bind(at, "::timestamptz")
        .push(" - d.entered_stage_at - d.held_micros * interval '1 microsecond' - case when d.held_since < ")
        .bind(at, "::timestamptz")
        .push(" then ")
        .bind(at, "::timestamptz")
        .push(
            " - d.held_since else interval '0' end) as seconds, \
             d.amount_low, d.amount_high, d.amount_currency, d.our_amount_low, d.our_amount_high, d.our_amount_currency from ",
        );
    push_source(&mut sql, viewer, filter.as_of);
    narrow(&mut sql, viewer, filter, now);
    sql.push(
        ") y) select key, 0 as what, null as currency, count(*) as deals, count(*) filter (where stale) as stale, \
         (percentile_cont(0.5) within group (order by days))::numeric as median, \
         min(86400 - mod(seconds, 86400)) filter (where goes_on) as until_next, null::numeric as low, null::numeric as high \
         from x group by key \
         union all select key, 1, amount_currency, count(*), 0, null, null, sum(amount_low), sum(amount_high) \
         from x where amount_low is not null or amount_high is not null group by key, amount_currency \
         union all select key, 2, our_amount_currency, count(*), 0, null, null, sum(our_amount_low), sum(our_amount_high) \
         from x where our_amount_low is not null or our_amount_high is not null group by key, our_amount_currency \
         order by 1, 2, 3",
    );
    let mut until_next: Option<Decimal> = None;
    let mut found: HashMap<String, Sums> = HashMap::new();
    for row in sql.all::<Row>(db).await? {
        let group = found.entry(row.key).or_default();
        if row.what == 0 {
            until_next = [until_next, row.until_next].into_iter().flatten().min();
            group.deals = row.deals;
            group.stale = row.stale;
            group.median_days = row.median.map(|days| days.normalize());
            continue;
        }
        let sum = Sum {
            range: MoneyRange {
                low: row.low.map(|low| low.normalize()),
                high: row.high.map(|high| high.normalize()),
                currency: row.currency.as_deref().and_then(Currency::parse),
                as_found: None,
            },
            deals: row.deals,
        };
        if row.what == 1 {
            group.amounts.push(sum);
        } else {
            group.ours.push(sum);
        }
    }
    // As of an instant it stays what it was then.
    let stays = until_next.filter(|_| filter.as_of.is_none());
    let micros = stays.and_then(|seconds| (seconds * Decimal::from(1_000_000)).trunc().to_i64());
    Ok((found, micros.map(TimeDelta::microseconds)))
}

/// The startups of each group of the deals that a filter leaves.
pub async fn startups_of(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    grouping: Grouping,
    now: Instant,
) -> Result<HashMap<String, Vec<StartupId>>, Error> {
    #[derive(FromQueryResult)]
    struct Of {
        key: String,
        startup_id: Uuid,
    }
    let mut sql = Sql::new("select distinct ");
    sql.push(grouping.key()).push(" as key, d.startup_id from ");
    push_source(&mut sql, viewer, filter.as_of);
    narrow(&mut sql, viewer, filter, now);
    let mut found: HashMap<String, Vec<StartupId>> = HashMap::new();
    for row in sql.all::<Of>(db).await? {
        found.entry(row.key).or_default().push(typed(row.startup_id));
    }
    Ok(found)
}

/// How many deals of each startup are active, of those that have any.
pub async fn active_by_startup(
    db: &impl Reader,
    viewer: &Viewer,
    as_of: Option<Instant>,
) -> Result<HashMap<StartupId, i64>, Error> {
    #[derive(FromQueryResult)]
    struct Of {
        startup_id: Uuid,
        deals: i64,
    }
    let mut sql = Sql::new("select d.startup_id, count(*) as deals from ");
    push_source(&mut sql, viewer, as_of);
    sql.push(" and d.status = 'ACTIVE' group by d.startup_id");
    Ok(sql
        .all::<Of>(db)
        .await?
        .into_iter()
        .map(|row| (typed(row.startup_id), row.deals))
        .collect())
}

/// The same page of cards of each of several stages.
pub async fn pages_of_stages(
    db: &impl Reader,
    viewer: &Viewer,
    stages: &[StageId],
    filter: &Filter,
    (order, descending): (Order, bool),
    page: &Page,
    now: Instant,
) -> Result<HashMap<StageId, Slice<Deal>>, Error> {
    let mut sql = Sql::new("select x.* from ");
    sql.owners(stages)
        .push(" cross join lateral (select ")
        .push(COLUMNS)
        .push(" from ");
    push_source(&mut sql, viewer, filter.as_of);
    sql.push(" and d.stage_id = owner.id");
    narrow(&mut sql, viewer, filter, now);
    page.append(&mut sql, order.expression(descending), "d.id", descending);
    sql.push(") x");
    let mut found: HashMap<StageId, Vec<Deal>> = HashMap::new();
    for deal in sql.each(db, |row| read(model(row)?)).await? {
        found.entry(deal.standing.stage_id).or_default().push(deal);
    }
    Ok(found
        .into_iter()
        .map(|(id, rows)| (id, page.slice(rows)))
        .collect())
}
