//! The stages of the pipeline.

use domain::{Instant, deal::Stage, typed};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder};

use crate::{Error, Reader, entity::stage, sql::Sql};

impl From<stage::Model> for Stage {
    fn from(row: stage::Model) -> Self {
        let stage::Model {
            id,
            key,
            name,
            name_zh,
            position,
            limit_days,
            is_retired,
            recorded_at: _,
            version,
        } = row;
        Self {
            id: typed(id),
            key,
            name,
            name_zh,
            position,
            limit_days,
            is_retired,
            version,
        }
    }
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
                "select stage_id as id, key, name, name_zh, position, limit_days, is_retired, known_from as recorded_at, version \
                 from stage_version where known_from <= ",
            );
            sql.bind(at, "")
                .push(" and (known_until is null or known_until > ")
                .bind(at, "")
                .push(") order by position, stage_id");
            sql.all(db).await?
        }
    };
    Ok(rows.into_iter().map(Stage::from).collect())
}

/// Adds a stage.
pub async fn insert_stage(db: &impl Reader, stage: &Stage, now: Instant) -> Result<(), Error> {
    let Stage {
        id,
        key,
        name,
        name_zh,
        position,
        limit_days,
        is_retired,
        version,
    } = stage.clone();
    let row = stage::ActiveModel {
        id: Set(id.uuid()),
        key: Set(key),
        name: Set(name),
        name_zh: Set(name_zh),
        position: Set(position),
        limit_days: Set(limit_days),
        is_retired: Set(is_retired),
        recorded_at: Set(now),
        version: Set(version),
    };
    stage::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}
