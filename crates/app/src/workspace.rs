//! Setting up a workspace: its row, the sector tree and the stages that a new one starts with.

use std::collections::HashMap;

use domain::{
    SectorId, SectorTag, StageTag,
    deal::{Stage, StageSet},
    sector::{DEFAULT_SECTORS, Sector},
};
use storage::{Database, Workspace};

use crate::{Clock, Error};

/// The workspace of a database, set up with sectors and stages where it was not. Several servers may call at once.
pub async fn ensure(db: &Database, clock: &Clock) -> Result<Workspace, Error> {
    if let Some(workspace) = storage::workspace::get(db).await? {
        return Ok(workspace);
    }
    let workspace = Workspace {
        name: "Touchstone".into(),
        time_zone: chrono_tz::Asia::Shanghai,
        currency: "USD".into(),
        is_demo: false,
        created_at: clock.now(),
    };
    set_up(db, clock, workspace).await
}

/// Sets this workspace up, with sectors and stages from now on, where there is none: else gives the one there is.
pub(crate) async fn set_up(db: &Database, clock: &Clock, workspace: Workspace) -> Result<Workspace, Error> {
    let tx = db.begin().await?;
    storage::workspace::lock_set_up(&tx).await?;
    if let Some(workspace) = storage::workspace::get(&tx).await? {
        return Ok(workspace);
    }
    let now = clock.now();
    storage::workspace::insert(&tx, &workspace).await?;
    let mut ids: HashMap<&str, SectorId> = HashMap::new();
    for (position, default) in (1..).zip(DEFAULT_SECTORS) {
        let id = clock.new_id::<SectorTag>();
        ids.insert(default.slug, id);
        let sector = Sector {
            id,
            slug: default.slug.into(),
            name: default.name.into(),
            name_zh: default.name_zh.into(),
            parent_id: default.parent.and_then(|slug| ids.get(slug).copied()),
            position,
            is_focus: default.is_focus,
            thesis: None,
            payer: default.payer.map(Into::into),
            open_problem: default.open_problem.map(Into::into),
            version: 1,
        };
        storage::sector::insert(&tx, &sector, now).await?;
    }
    for (position, default) in (1..).zip(StageSet::Standard.stages()) {
        let stage = Stage {
            id: clock.new_id::<StageTag>(),
            key: default.key.into(),
            name: default.name.into(),
            name_zh: default.name_zh.into(),
            position,
            limit_days: default.limit_days,
            gate: default.gate(),
            is_retired: false,
            version: 1,
        };
        storage::deal::insert_stage(&tx, &stage, now).await?;
    }
    tx.commit().await?;
    Ok(workspace)
}
