//! The stages of the pipeline.

use domain::{Instant, deal::Stage, typed};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder};

use crate::{Error, Reader, entity::stage, sql::Sql};

fn read(row: stage::Model) -> Result<Stage, Error> {
    let stage::Model {
        id,
        key,
        name,
        name_zh,
        position,
        limit_days,
        gate,
        is_retired,
        recorded_at: _,
        version,
    } = row;
    Ok(Stage {
        id: typed(id),
        key,
        name,
        name_zh,
        position,
        limit_days,
        gate: Error::row("stage", id, serde_json::from_value(gate))?,
        is_retired,
        version,
    })
}

/// Every stage, retired ones too, in the order of positions; at an instant, as they were known then.
pub async fn stages(db: &impl Reader, as_of: Option<Instant>) -> Result<Vec<Stage>, Error> {
    let rows: Vec<stage::Model> = match as_of {
        None => {
            stage::Entity::find()
                .order_by_asc(stage::Column::Position)
                .order_by_asc(stage::Column::Id)
                .all(db)
                .await?
        }
        Some(at) => {
            let mut sql = Sql::new(
                "select stage_id as id, key, name, name_zh, position, limit_days, gate, is_retired, known_from as recorded_at, version \
                 from stage_version where known_from <= ",
            );
            sql.bind(at, "")
                .push(" and (known_until is null or known_until > ")
                .bind(at, "")
                .push(") order by position, stage_id");
            sql.all(db).await?
        }
    };
    rows.into_iter().map(read).collect()
}

/// Every stage with when it was last changed, in the order of positions; nobody else changes them until the
/// transaction ends.
pub async fn lock_stages(db: &impl Reader) -> Result<Vec<(Stage, Instant)>, Error> {
    let sql = Sql::new("select * from stage order by id for no key update");
    let mut found = Vec::new();
    for row in sql.all::<stage::Model>(db).await? {
        let at = row.recorded_at;
        found.push((read(row)?, at));
    }
    found.sort_by_key(|(stage, _)| (stage.position, stage.id.uuid()));
    Ok(found)
}

fn write(stage: &Stage, at: Instant) -> Result<stage::ActiveModel, Error> {
    let Stage {
        id,
        key,
        name,
        name_zh,
        position,
        limit_days,
        gate,
        is_retired,
        version,
    } = stage.clone();
    Ok(stage::ActiveModel {
        id: Set(id.uuid()),
        key: Set(key),
        name: Set(name),
        name_zh: Set(name_zh),
        position: Set(position),
        limit_days: Set(limit_days),
        gate: Set(Error::row("stage", id.uuid(), serde_json::to_value(gate))?),
        is_retired: Set(is_retired),
        recorded_at: Set(at),
        version: Set(version),
    })
}

/// Adds a stage.
pub async fn insert_stage(db: &impl Reader, stage: &Stage, at: Instant) -> Result<(), Error> {
    stage::Entity::insert(write(stage, at)?)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Replaces the fields of a locked stage; the instant is when it was recorded.
pub async fn update_stage(db: &impl Reader, stage: &Stage, at: Instant) -> Result<(), Error> {
    stage::Entity::update(write(stage, at)?).exec(db).await?;
    Ok(())
}
