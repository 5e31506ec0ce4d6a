//! The sector tree.

use domain::{Instant, SectorId, sector::Sector, typed};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder};

use crate::{
    Error, Reader,
    entity::sector,
    search::{self, Indexed},
    sql::Sql,
};

impl From<sector::Model> for Sector {
    fn from(row: sector::Model) -> Self {
        let sector::Model {
            id,
            slug,
            name,
            name_zh,
            parent_id,
            position,
            is_focus,
            thesis,
            payer,
            open_problem,
            recorded_at: _,
            version,
        } = row;
        Self {
            id: typed(id),
            slug,
            name,
            name_zh,
            parent_id: parent_id.map(typed),
            position,
            is_focus,
            thesis,
            payer,
            open_problem,
            version,
        }
    }
}

/// The whole tree, in the order of positions; at an instant, as it was known then.
pub async fn all(db: &impl Reader, as_of: Option<Instant>) -> Result<Vec<Sector>, Error> {
    let rows: Vec<sector::Model> = match as_of {
        None => {
            sector::Entity::find()
                .order_by_asc(sector::Column::Position)
                .order_by_asc(sector::Column::Id)
                .all(db)
                .await?
        }
        Some(at) => {
            let mut sql = Sql::new(
                "select sector_id as id, slug, name, name_zh, parent_id, position, is_focus, thesis, payer, open_problem, known_from as recorded_at, version \
                 from sector_version where known_from <= ",
            );
            sql.bind(at, "")
                .push(" and (known_until is null or known_until > ")
                .bind(at, "")
                .push(") order by position, sector_id");
            sql.all(db).await?
        }
    };
    Ok(rows.into_iter().map(Sector::from).collect())
}

/// Adds a sector.
pub async fn insert(db: &impl Reader, sector: &Sector, now: Instant) -> Result<(), Error> {
    let Sector {
        id,
        slug,
        name,
        name_zh,
        parent_id,
        position,
        is_focus,
        thesis,
        payer,
        open_problem,
        version,
    } = sector.clone();
    let row = sector::ActiveModel {
        id: Set(id.uuid()),
        slug: Set(slug),
        name: Set(name),
        name_zh: Set(name_zh),
        parent_id: Set(parent_id.map(|p| p.uuid())),
        position: Set(position),
        is_focus: Set(is_focus),
        thesis: Set(thesis),
        payer: Set(payer),
        open_problem: Set(open_problem),
        recorded_at: Set(now),
        version: Set(version),
    };
    sector::Entity::insert(row).exec_without_returning(db).await?;
    search::refresh(db, Indexed::Sector, &[id.uuid()]).await
}

/// The ids of the sectors with these slugs and of all below them.
pub fn with_descendants(tree: &[Sector], slugs: &[String]) -> Vec<SectorId> {
    let mut found: Vec<SectorId> = tree
        .iter()
        .filter(|s| slugs.contains(&s.slug))
        .map(|s| s.id)
        .collect();
    let mut next = 0;
    while let Some(&parent) = found.get(next) {
        found.extend(tree.iter().filter(|s| s.parent_id == Some(parent)).map(|s| s.id));
        next += 1;
    }
    found.sort_unstable();
    found.dedup();
    found
}
