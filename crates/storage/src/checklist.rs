//! What was answered of the diligence checklists of startups.

use std::collections::HashMap;

use domain::{
    Instant, StartupId,
    checklist::{Answer, Answered},
    typed,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Error, Reader, sql::Sql};

const TABLE: &str = "checklist_item";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    startup_id: Uuid,
    key: String,
    state: String,
    note: Option<String>,
    by: Option<Uuid>,
    recorded_at: Instant,
    version: i32,
}

impl Row {
    fn read(self) -> Result<Answered, Error> {
        let Self {
            id,
            startup_id,
            key,
            state,
            note,
            by,
            recorded_at,
            version,
        } = self;
        Ok(Answered {
            id: typed(id),
            startup_id: typed(startup_id),
            key,
            answer: Answer {
                state: Error::row(TABLE, id, state.parse())?,
                note,
            },
            by: by.map(typed),
            at: recorded_at,
            version,
        })
    }
}

/// What was answered for these startups; as known at an instant if one is given. Served by the key of the table and
/// `checklist_item_version_startup`.
pub async fn of_startups(
    db: &impl Reader,
    ids: &[StartupId],
    as_of: Option<Instant>,
) -> Result<HashMap<StartupId, Vec<Answered>>, Error> {
    let mut sql = match as_of {
        None => {
            let mut sql = Sql::new(
                "select id, startup_id, key, state, note, by, recorded_at, version from checklist_item where ",
            );
            sql.one_of("startup_id", ids);
            sql
        }
        Some(at) => {
            let mut sql = Sql::new(
                "select checklist_item_id as id, startup_id, key, state, note, by, known_from as recorded_at, version \
                 from checklist_item_version where ",
            );
            sql.one_of("startup_id", ids)
                .push(" and known_from <= ")
                .bind(at, "")
                .push(" and (known_until is null or known_until > ")
                .bind(at, "")
                .push(")");
            sql
        }
    };
    sql.push(" order by key");
    let mut found: HashMap<StartupId, Vec<Answered>> = HashMap::new();
    for row in sql.all::<Row>(db).await? {
        let answered = row.read()?;
        found.entry(answered.startup_id).or_default().push(answered);
    }
    Ok(found)
}

/// What was answered for an item. The startup is locked, so that nobody else answers meanwhile.
pub async fn find(db: &impl Reader, startup: StartupId, key: &str) -> Result<Option<Answered>, Error> {
    let mut sql = Sql::new(
        "select id, startup_id, key, state, note, by, recorded_at, version from checklist_item where startup_id = ",
    );
    sql.bind(startup.uuid(), "").push(" and key = ").bind(key, "");
    sql.one::<Row>(db).await?.map(Row::read).transpose()
}

/// The startup and the key of an item that was answered.
pub async fn item_of(
    db: &impl Reader,
    id: domain::ChecklistItemId,
) -> Result<Option<(StartupId, String)>, Error> {
    #[derive(FromQueryResult)]
    struct Of {
        startup_id: Uuid,
        key: String,
    }
    let mut sql = Sql::new("select startup_id, key from checklist_item where id = ");
    sql.bind(id.uuid(), "");
    let row = sql.one::<Of>(db).await?;
    Ok(row.map(|row| (typed(row.startup_id), row.key)))
}

/// Stores an answer, the first of an item or in place of the one before.
pub async fn put(db: &impl Reader, answered: &Answered) -> Result<(), Error> {
    let Answered {
        id,
        startup_id,
        key,
        answer,
        by,
        at,
        version,
    } = answered;
    let Answer { state, note } = answer.clone();
    let mut sql = Sql::new(
        "insert into checklist_item (id, startup_id, origin_startup_id, key, state, note, by, recorded_at, version) values (",
    );
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(startup_id.uuid(), "")
        .push(", ")
        .bind(startup_id.uuid(), "");
    sql.push(", ")
        .bind(key.clone(), "")
        .push(", ")
        .bind(state.code(), "")
        .push(", ")
        .bind(note, "::text");
    sql.push(", ")
        .bind(by.map(|by| by.uuid()), "::uuid")
        .push(", ")
        .bind(*at, "")
        .push(", ")
        .bind(*version, "");
    sql.push(
        ") on conflict (id) do update set state = excluded.state, note = excluded.note, by = excluded.by, \
         recorded_at = excluded.recorded_at, version = excluded.version",
    );
    sql.run(db).await?;
    Ok(())
}
