//! How many startups a filter would leave for each choice of one of its fields. Exact, and with the rights of whoever
//! asks: the conditions are those of the list, one statement a facet.

use domain::{
    SectorId, UnknownWord, Viewer,
    assessment::Flag,
    evidence::Grade,
    sector::Sector,
    startup::{Layer, TechnicalRoute},
    typed,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::list::{Filter, narrow};
use crate::{Error, Reader, search::Way, sql::Sql};

#[derive(FromQueryResult)]
struct Counted {
    value: Option<String>,
    n: i64,
}

#[derive(FromQueryResult)]
struct CountedSector {
    id: Uuid,
    n: i64,
}

/// How many there are for each value of a column; `column` is the program's own text.
async fn by_column(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    column: &str,
) -> Result<Vec<Counted>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(column).push(" as value, count(*) as n from startup s");
    narrow(&mut sql, viewer, filter, Way::All);
    sql.push(" group by 1 order by 2 desc, 1");
    sql.all(db).await
}

/// How many there are on each layer, and on none yet, whatever layers the filter names. Most first.
pub async fn by_layer(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
) -> Result<Vec<(Option<Layer>, i64)>, Error> {
    let any = Filter {
        layers: Vec::new(),
        include_unclassified: false,
        ..filter.clone()
    };
    by_column(db, viewer, &any, "s.layer")
        .await?
        .into_iter()
        .map(|row| Ok((row.value.map(|code| word(&code)).transpose()?, row.n)))
        .collect()
}

/// How many there are on each technical route, whatever routes the filter names. Most first.
pub async fn by_route(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
) -> Result<Vec<(TechnicalRoute, i64)>, Error> {
    let any = Filter {
        routes: Vec::new(),
        ..filter.clone()
    };
    words(by_column(db, viewer, &any, "s.technical_route").await?)
}

/// How many there are with each flag raised, whatever flags the filter names. In the flags' order.
pub async fn by_flag(db: &impl Reader, viewer: &Viewer, filter: &Filter) -> Result<Vec<(Flag, i64)>, Error> {
    let any = Filter {
        flags: Vec::new(),
        without_flags: Vec::new(),
        ..filter.clone()
    };
    let mut sql = Sql::new(
        "select flag as value, count(*) as n from startup s join startup_assessment f on f.startup_id = s.id \
         cross join lateral unnest(f.flags) as flag",
    );
    narrow(&mut sql, viewer, &any, Way::All);
    sql.push(" group by 1");
    let mut counted = words::<Flag>(sql.all(db).await?)?;
    counted.sort_unstable_by_key(|(flag, _)| *flag as u8);
    Ok(counted)
}

/// How many there are of each best grade, whatever best grades the filter names. Most first; those without a standing
/// figure of use are left out.
pub async fn by_best_grade(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
) -> Result<Vec<(Grade, i64)>, Error> {
    let any = Filter {
        best_grades: Vec::new(),
        ..filter.clone()
    };
    let mut sql = Sql::new(
        "select f.best_grade as value, count(*) as n from startup s join startup_assessment f on f.startup_id = s.id",
    );
    narrow(&mut sql, viewer, &any, Way::All);
    sql.push(" group by 1 order by 2 desc, 1");
    words(sql.all(db).await?)
}

/// The counts of words that are known.
fn words<T: std::str::FromStr<Err = UnknownWord>>(counted: Vec<Counted>) -> Result<Vec<(T, i64)>, Error> {
    counted
        .into_iter()
        .filter_map(|row| Some((row.value?, row.n)))
        .map(|(code, n)| Ok((word(&code)?, n)))
        .collect()
}

/// How many there are in each country that is known, whatever countries the filter names. Most first.
pub async fn by_country(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
) -> Result<Vec<(String, i64)>, Error> {
    let any = Filter {
        countries: Vec::new(),
        ..filter.clone()
    };
    Ok(by_column(db, viewer, &any, "s.country")
        .await?
        .into_iter()
        .filter_map(|row| Some((row.value?, row.n)))
        .collect())
}

/// How many there are in each sector or below it, each startup once. `filter` is without the sectors that were chosen;
/// sectors without startups are left out.
pub async fn by_sector(
    db: &impl Reader,
    viewer: &Viewer,
    filter: &Filter,
    tree: &[Sector],
) -> Result<Vec<(SectorId, i64)>, Error> {
    // Every sector with itself and each that stands above it.
    let mut below = Vec::new();
    let mut above = Vec::new();
    for sector in tree {
        let mut next = Some(sector);
        // A tree is never deeper than it has nodes.
        for _ in tree {
            let Some(at) = next else { break };
            below.push(sector.id.uuid());
            above.push(at.id.uuid());
            next = at
                .parent_id
                .and_then(|parent| tree.iter().find(|sector| sector.id == parent));
        }
    }
    let mut sql = Sql::new(
        "select line.above as id, count(distinct s.id) as n from startup s \
         cross join lateral unnest(s.sector_ids) as own(id) \
         join unnest(",
    );
    sql.bind(below, "::uuid[]")
        .push(", ")
        .bind(above, "::uuid[]")
        .push(") as line(below, above) on line.below = own.id");
    narrow(&mut sql, viewer, filter, Way::All);
    sql.push(" group by line.above");
    let rows: Vec<CountedSector> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| (typed(row.id), row.n)).collect())
}

fn word<T: std::str::FromStr<Err = UnknownWord>>(code: &str) -> Result<T, Error> {
    Error::row("startup", code, code.parse())
}
