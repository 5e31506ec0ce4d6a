//! Deals that were passed: why, and which of them others funded later. A pass is the last standing move of a deal that is
//! PASSED; when it happened is when that move did. It was funded later where an outcome tells of it by an amount, and
//! happened on the day of the pass or after.

use domain::{DealId, Instant, Viewer, deal::PassReason, typed};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{
    funnel::{Period, push_stands},
    list::{Filter, narrow},
    row::push_source,
};
use crate::{Error, Reader, outcome::push_known, sql::Sql};

/// How many deals were passed for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassReasonCount {
    /// The reason.
    pub reason: PassReason,
    /// How many deals.
    pub deals: i64,
    /// Of those, how many others funded later.
    pub later_funded: i64,
}

/// Appends when the deal `d`, which is PASSED, was passed, as it happened. Served by `deal_change_deal`.
pub(super) fn push_passed_at(sql: &mut Sql, as_of: Option<Instant>) {
    sql.push(
        "(select c.occurred_at from deal_change c where c.deal_id = d.id and c.to_status = 'PASSED' and ",
    );
    push_stands(sql, "c", as_of);
    sql.push(" order by c.recorded_at desc, c.id desc limit 1)");
}

/// Appends that the startup of the deal `d` is known, at the instant, to have been funded later: that an outcome has an
/// amount, if only in words, and, where the deal is PASSED, lies on or after the fund's day of the pass. Served by
/// `outcome_deal`.
pub(super) fn push_is_funded(sql: &mut Sql, as_of: Option<Instant>) {
    sql.push(
        "exists (select from outcome o where o.deal_id = d.id \
         and num_nonnulls(o.amount_low, o.amount_high, o.amount_as_found) > 0 and ",
    );
    push_known(sql, "o", as_of);
    sql.push(" and (d.status <> 'PASSED' or o.on_day >= (");
    push_passed_at(sql, as_of);
    sql.push(" at time zone (select w.time_zone from workspace w))::date))");
}

/// Appends the passes of a period as `p (id, pass_reason, passed_at, funded)`. Served by `deal_change_occurred`: what is
/// read of the history is as much as the period has of it.
fn push_passes(sql: &mut Sql, viewer: &Viewer, filter: &Filter, period: Period, now: Instant) {
    sql.push("with p as materialized (select d.id, d.pass_reason, ");
    push_passed_at(sql, filter.as_of);
    sql.push(" as passed_at, ");
    push_is_funded(sql, filter.as_of);
    sql.push(" as funded from ");
    push_source(sql, viewer, filter.as_of);
    narrow(sql, viewer, filter, now);
    sql.push(" and d.status = 'PASSED' and d.id in (select c.deal_id from deal_change c where c.to_status = 'PASSED' and c.occurred_at >= ")
        .bind(period.from, "")
        .push(" and c.occurred_at <= ")
        .bind(period.to, "")
        .push(")) ");
}

fn push_within(sql: &mut Sql, period: Period) {
    sql.push(" from p where passed_at >= ")
        .bind(period.from, "")
        .push(" and passed_at <= ")
        .bind(period.to, "");
}

/// The deals passed in a period, by why, the most frequent reason first.
pub async fn pass_reasons(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    period: Period,
    now: Instant,
) -> Result<Vec<PassReasonCount>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        reason: String,
        deals: i64,
        funded: i64,
    }
    let mut sql = Sql::default();
    push_passes(&mut sql, viewer, filter, period, now);
    sql.push("select pass_reason as reason, count(*) as deals, count(*) filter (where funded) as funded");
    push_within(&mut sql, period);
    sql.push(" group by pass_reason order by 2 desc, 1");
    sql.all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| {
            Ok(PassReasonCount {
                reason: Error::row("deal", &row.reason, row.reason.parse())?,
                deals: row.deals,
                later_funded: row.funded,
            })
        })
        .collect()
}

/// The deals passed in a period that others funded later, with when they were passed, the latest first.
pub async fn misses(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    period: Period,
    now: Instant,
) -> Result<Vec<(DealId, Instant)>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        passed_at: Instant,
    }
    let mut sql = Sql::default();
    push_passes(&mut sql, viewer, filter, period, now);
    sql.push("select id, passed_at");
    push_within(&mut sql, period);
    sql.push(" and funded order by passed_at desc, id");
    Ok(sql
        .all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| (typed(row.id), row.passed_at))
        .collect())
}
