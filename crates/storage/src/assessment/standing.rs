//! Where startups stand between what is claimed and what is shown: those of which something is live.

use domain::{Instant, SectorId, StartupId, evidence::Grade, startup::Layer, typed};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Error, Reader, sql::Sql};

/// Which startups to look at; empty lists narrow nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Among {
    /// On these layers.
    pub layers: Vec<Layer>,
    /// Also those with no layer yet.
    pub include_unclassified: bool,
    /// In these sectors, descendants resolved already; Some(empty) matches nothing.
    pub sectors: Option<Vec<SectorId>>,
}

/// A startup with its layer and sectors.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The startup.
    pub startup: StartupId,
    /// Its layer.
    pub layer: Option<Layer>,
    /// Its sectors.
    pub sectors: Vec<SectorId>,
}

/// A startup with its figures.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the figures are those of Figures")]
pub struct Standing {
    pub placed: Placed,
    pub demand: f64,
    pub claimed_demand: f64,
    pub hype_gap: f64,
    pub hype_share: Option<f64>,
    pub best_grade: Option<Grade>,
    pub is_flagged: bool,
}

/// Adds the conditions on a startup, or on a version of one, `s`.
fn narrow(sql: &mut Sql, among: &Among) {
    let Among {
        layers,
        include_unclassified,
        sectors,
    } = among;
    if !layers.is_empty() || *include_unclassified {
        let codes: Vec<String> = layers.iter().map(|layer| layer.code().to_owned()).collect();
        sql.push(" and (s.layer = any(").bind(codes, "::text[]").push(")");
        sql.push(if *include_unclassified {
            " or s.layer is null)"
        } else {
            ")"
        });
    }
    if let Some(ids) = sectors {
        sql.push(" and s.sector_ids && ").bind_ids(ids);
    }
}

fn layer(id: Uuid, code: Option<String>) -> Result<Option<Layer>, Error> {
    code.map(|code| Error::row("startup", id, code.parse()))
        .transpose()
}

/// By what is stored, the widest gap first: the startups of which something is live.
pub async fn standings(db: &impl Reader, among: &Among) -> Result<Vec<Standing>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        layer: Option<String>,
        sector_ids: Vec<Uuid>,
        demand: f64,
        claimed_demand: f64,
        hype_gap: f64,
        hype_share: Option<f64>,
        best_grade: Option<String>,
        is_flagged: bool,
    }
    // Every startup with evidence: a whole chart of them.
    let mut sql = Sql::new(
        "select s.id, s.layer, s.sector_ids, a.demand, a.claimed_demand, a.hype_gap, a.hype_share, a.best_grade, \
         a.flags @> '{HYPE_GAP}' as is_flagged from startup_assessment a join startup s on s.id = a.startup_id \
         where s.hidden_at is null and a.conviction is not null",
    );
    narrow(&mut sql, among);
    sql.push(" order by a.hype_gap desc, s.id");
    sql.all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| {
            Ok(Standing {
                placed: Placed {
                    startup: typed(row.id),
                    layer: layer(row.id, row.layer)?,
                    sectors: row.sector_ids.into_iter().map(typed).collect(),
                },
                demand: row.demand,
                claimed_demand: row.claimed_demand,
                hype_gap: row.hype_gap,
                hype_share: row.hype_share,
                best_grade: row
                    .best_grade
                    .map(|code| Error::row("startup_assessment", row.id, code.parse()))
                    .transpose()?,
                is_flagged: row.is_flagged,
            })
        })
        .collect()
}

/// The startups of which evidence was recorded by an instant, as they were known then.
pub async fn placed_at(db: &impl Reader, at: Instant, among: &Among) -> Result<Vec<Placed>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        layer: Option<String>,
        sector_ids: Vec<Uuid>,
    }
    let mut sql = Sql::new(
        "select s.startup_id as id, s.layer, s.sector_ids from startup_version s where s.hidden_at is null and s.known_from <= ",
    );
    sql.bind(at, "")
        .push(" and (s.known_until is null or s.known_until > ")
        .bind(at, "")
        .push(") and exists (select from evidence e where e.startup_id = s.startup_id and e.recorded_at <= ")
        .bind(at, "")
        .push(")");
    narrow(&mut sql, among);
    sql.push(" order by s.startup_id");
    sql.all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| {
            Ok(Placed {
                startup: typed(row.id),
                layer: layer(row.id, row.layer)?,
                sectors: row.sector_ids.into_iter().map(typed).collect(),
            })
        })
        .collect()
}
