//! How good the sources of deals are, and whether they still bring names that were not here.

use domain::{Instant, StartupId, Viewer, deal::Channel, typed};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{
    behind::{WHO, push_is_first},
    funnel::{Period, push_cohort, push_furthest, push_stages},
    list::Filter,
};
use crate::{Error, Reader, sql::Sql};

/// What one source brought in a period.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct SourceQuality {
    pub channel: Channel,
    pub who: Option<String>,
    pub deals: i64,
    pub reached_diligence: i64,
    pub invested: i64,
    /// Their startups, each once.
    pub startups: Vec<StartupId>,
    /// Of those, how many had no deal before.
    pub new_startups: i64,
    /// When the last of these was opened.
    pub last_new_at: Option<Instant>,
}

/// What each source brought of the deals opened in a period, the largest first. A deal with several sources counts for
/// each; one without counts for none.
pub async fn source_quality(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    period: Period,
    now: Instant,
) -> Result<Vec<SourceQuality>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        channel: String,
        who: Option<String>,
        deals: i64,
        reached_diligence: i64,
        invested: i64,
        startups: Vec<Uuid>,
        new_startups: i64,
        last_new_at: Option<Instant>,
    }
    let mut sql = Sql::new("with d as materialized (");
    push_cohort(&mut sql, viewer, filter, period, now);
    sql.push("), x as (select distinct d.id, d.startup_id, d.status, d.opened_at, ");
    push_furthest(&mut sql, filter.as_of);
    sql.push(" as position, s ->> 'channel' as channel, ")
        .push(WHO)
        .push(" as who, ");
    push_is_first(&mut sql, viewer, filter);
    sql.push(
        " as is_new from d, jsonb_array_elements(d.sources) s) \
         select channel, who, count(*) as deals, count(*) filter (where status = 'INVESTED' or position >= (select q.position from ",
    );
    push_stages(&mut sql, filter.as_of);
    sql.push(
        " q where q.key = 'DILIGENCE')) as reached_diligence, count(*) filter (where status = 'INVESTED') as invested, \
         array_agg(distinct startup_id) as startups, count(distinct startup_id) filter (where is_new) as new_startups, \
         max(opened_at) filter (where is_new) as last_new_at \
         from x group by channel, who order by count(*) desc, channel, who nulls first",
    );
    sql.all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| {
            Ok(SourceQuality {
                channel: Error::row("deal", &row.channel, row.channel.parse())?,
                who: row.who,
                deals: row.deals,
                reached_diligence: row.reached_diligence,
                invested: row.invested,
                startups: row.startups.into_iter().map(typed).collect(),
                new_startups: row.new_startups,
                last_new_at: row.last_new_at,
            })
        })
        .collect()
}
