//! Who is exposed to a provider: the startups with a dependency on it that is in force, and their deals.

use chrono::NaiveDate;
use domain::{
    Instant, ProviderId, StartupId, Viewer,
    money::{Currency, MoneyRange},
    provider::Dependency,
    typed,
};
use rust_decimal::Decimal;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::push_source;
use crate::{Error, Reader, deal, deal::Sum, dependency, sql::Sql};

/// Exposure to whom, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exposed {
    /// To which provider.
    pub provider: ProviderId,
    /// On which day the dependencies are in force.
    pub on: NaiveDate,
    /// Whether those count that run its model by themselves.
    pub with_self_hosted: bool,
}

/// What an exposure comes to, as far as the viewer may see the deals.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Exposure {
    /// The startups, each once; the provider itself is not among them.
    pub startups: i64,
    /// Those whose product stops without it; who runs its model by themselves goes on.
    pub critical: i64,
    /// Of those, the ones that name nothing which they would use instead.
    pub without_alternative: i64,
    /// Their active deals.
    pub active_deals: i64,
    /// Those in which we invested.
    pub portfolio: i64,
    /// The amounts that the active deals seek, by currency.
    pub amounts: Vec<Sum>,
}

/// Appends a row `a, y` for each dependency that is in force for one of the questions, `a.n` saying for which, from 1.
fn push_exposed(sql: &mut Sql, of: &[Exposed], as_of: Option<Instant>) {
    let providers: Vec<ProviderId> = of.iter().map(|one| one.provider).collect();
    let days: Vec<NaiveDate> = of.iter().map(|one| one.on).collect();
    let hosted: Vec<bool> = of.iter().map(|one| one.with_self_hosted).collect();
    sql.push("unnest(")
        .bind_ids(&providers)
        .push(", ")
        .bind(days, "::date[]")
        .push(", ")
        .bind(hosted, "::boolean[]")
        .push(
            ") with ordinality a(provider_id, on_day, with_hosted, n) join (select x.id, x.startup_id from ",
        );
    push_source(sql, as_of);
    sql.push(") p on p.id = a.provider_id join lateral (select ")
        .push(dependency::COLUMNS)
        .push(" from ");
    dependency::push_source(sql, as_of);
    sql.push(
        " and x.provider_id = a.provider_id) y on (y.since is null or y.since <= a.on_day) and (y.until is null or y.until > a.on_day) \
         and y.startup_id is distinct from p.startup_id and (a.with_hosted or y.mode <> 'SELF_HOSTED')",
    );
}

fn place(n: i64) -> usize {
    usize::try_from(n - 1).unwrap_or(usize::MAX)
}

/// The dependencies behind each of these exposures, in the order in which they were entered. Served by
/// `dependency_provider`.
pub async fn exposed(
    db: &impl Reader,
    of: &[Exposed],
    as_of: Option<Instant>,
) -> Result<Vec<Vec<Dependency>>, Error> {
    #[derive(FromQueryResult)]
    struct Placed {
        n: i64,
        #[sea_orm(nested)]
        row: dependency::Row,
    }
    let mut sql = Sql::new("select a.n, y.* from ");
    push_exposed(&mut sql, of, as_of);
    sql.push(" order by a.n, y.id");
    let mut found = vec![Vec::new(); of.len()];
    for Placed { n, row } in sql.all::<Placed>(db).await? {
        if let Some(of) = found.get_mut(place(n)) {
            of.push(row.read()?.0);
        }
    }
    Ok(found)
}

/// Which of these startups each of these exposures touches, and whether they stop without the provider and name nothing that
/// they would use instead. Served by `dependency_startup`, or `dependency_provider`.
pub async fn exposed_of(
    db: &impl Reader,
    of: &[Exposed],
    startups: &[StartupId],
) -> Result<Vec<Vec<(StartupId, bool)>>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        n: i64,
        startup_id: Uuid,
        stranded: bool,
    }
    let mut sql = Sql::new(
        "select a.n, y.startup_id, bool_or(y.is_critical and y.mode <> 'SELF_HOSTED' and y.alternative is null) as stranded from ",
    );
    push_exposed(&mut sql, of, None);
    sql.push(" where ")
        .one_of("y.startup_id", startups)
        .push(" group by 1, 2 order by 1, 2");
    let mut found = vec![Vec::new(); of.len()];
    for row in sql.all::<Row>(db).await? {
        if let Some(of) = found.get_mut(place(row.n)) {
            of.push((typed(row.startup_id), row.stranded));
        }
    }
    Ok(found)
}

/// What each of these exposures comes to, in one statement.
pub async fn exposures(
    db: &impl Reader,
    viewer: &Viewer,
    of: &[Exposed],
    as_of: Option<Instant>,
) -> Result<Vec<Exposure>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        n: i64,
        what: i32,
        currency: Option<String>,
        first: i64,
        second: i64,
        third: i64,
        low: Option<Decimal>,
        high: Option<Decimal>,
    }
    let mut sql = Sql::new(
        "with x as materialized (select a.n, y.startup_id, bool_or(y.is_critical and y.mode <> 'SELF_HOSTED') as critical, \
         bool_or(y.is_critical and y.mode <> 'SELF_HOSTED' and y.alternative is null) as stranded from ",
    );
    push_exposed(&mut sql, of, as_of);
    sql.push(
        " group by 1, 2), z as materialized (select x.n, d.startup_id, d.status, d.amount_low, d.amount_high, d.amount_currency from x \
         join lateral (select d.startup_id, d.status, d.amount_low, d.amount_high, d.amount_currency from ",
    );
    deal::push_source(&mut sql, viewer, as_of);
    sql.push(
        " and d.startup_id = x.startup_id and d.status in ('ACTIVE', 'INVESTED')) d on true) \
         select n, 0 as what, null as currency, count(*) as first, count(*) filter (where critical) as second, \
         count(*) filter (where stranded) as third, null::numeric as low, null::numeric as high from x group by n \
         union all select n, 1, null, count(*) filter (where status = 'ACTIVE'), count(distinct startup_id) filter (where status = 'INVESTED'), \
         0, null, null from z group by n \
         union all select n, 2, amount_currency, count(*), 0, 0, sum(amount_low), sum(amount_high) from z \
         where status = 'ACTIVE' and (amount_low is not null or amount_high is not null) group by n, amount_currency order by 1, 2, 3",
    );
    let mut found = vec![Exposure::default(); of.len()];
    for row in sql.all::<Row>(db).await? {
        let Some(exposure) = found.get_mut(place(row.n)) else {
            continue;
        };
        match row.what {
            0 => {
                exposure.startups = row.first;
                exposure.critical = row.second;
                exposure.without_alternative = row.third;
            }
            1 => {
                exposure.active_deals = row.first;
                exposure.portfolio = row.second;
            }
            _ => exposure.amounts.push(Sum {
                range: MoneyRange {
                    low: row.low.map(|low| low.normalize()),
                    high: row.high.map(|high| high.normalize()),
                    currency: row.currency.as_deref().and_then(Currency::parse),
                    as_found: None,
                },
                deals: row.first,
            }),
        }
    }
    Ok(found)
}
