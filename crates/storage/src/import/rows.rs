//! The rows and records of a plan.

use domain::{
    ImportId, Instant,
    import::{ImportRecord, ImportRow, RowAction},
    typed,
};
use sea_orm::FromQueryResult;
use serde_json::Value;
use uuid::Uuid;

use crate::{Error, Reader, Transaction, copy::CopyRows, page::Slice, sql::Sql};

/// Adds rows to a plan.
pub async fn copy_rows(tx: &Transaction, import: ImportId, rows: &[ImportRow]) -> Result<(), Error> {
    let mut copy = CopyRows::default();
    for row in rows {
        let ImportRow {
            row_no,
            action,
            record_n,
            startup_id,
            raw,
            said,
            row_key,
            changes,
            errors,
            candidates,
        } = row;
        let wrong = |e: serde_json::Error| Error::Row {
            table: "import_row",
            id: row_no.to_string(),
            reason: e.to_string(),
        };
        copy.plain(import.uuid())
            .plain(row_no)
            .plain(action)
            .optional_plain(*record_n)
            .optional_plain(startup_id.map(|s| s.uuid()));
        copy.json(raw)
            .map_err(wrong)?
            .json(said)
            .map_err(wrong)?
            .text(row_key);
        copy.json(changes).map_err(wrong)?.json(errors).map_err(wrong)?;
        copy.array(candidates.iter().map(|c| c.uuid().to_string())).end();
    }
    tx.copy(
        "import_row (import_id, row_no, action, record_n, startup_id, raw, said, row_key, changes, errors, candidates)",
        copy,
    )
    .await?;
    Ok(())
}

/// Adds the records that a plan writes.
pub async fn copy_records(tx: &Transaction, import: ImportId, records: &[ImportRecord]) -> Result<(), Error> {
    let mut copy = CopyRows::default();
    for ImportRecord {
        n,
        startup_id,
        seen_version,
        changes,
    } in records
    {
        let action = match (seen_version, changes) {
            (None, _) => "CREATE",
            (Some(_), true) => "UPDATE",
            (Some(_), false) => "REMEMBER",
        };
        copy.plain(import.uuid())
            .plain(n)
            .plain(startup_id.uuid())
            .plain(action)
            .optional_plain(*seen_version)
            .end();
    }
    tx.copy(
        "import_record (import_id, n, startup_id, action, seen_version)",
        copy,
    )
    .await?;
    Ok(())
}

/// The next records that are not written yet.
pub async fn records_to_apply(
    db: &impl Reader,
    import: ImportId,
    after: i32,
    limit: i64,
) -> Result<Vec<ImportRecord>, Error> {
    #[derive(FromQueryResult)]
    struct Stored {
        n: i32,
        startup_id: Uuid,
        action: String,
        seen_version: Option<i32>,
    }
    let mut sql = Sql::new(
        "select n, startup_id, action, seen_version from import_record where applied_at is null and import_id = ",
    );
    sql.bind(import.uuid(), "").push(" and n > ").bind(after, "");
    sql.push(" order by n limit ").bind(limit, "");
    Ok(sql
        .all::<Stored>(db)
        .await?
        .into_iter()
        .map(|row| ImportRecord {
            n: row.n,
            startup_id: typed(row.startup_id),
            seen_version: row.seen_version,
            changes: row.action != "REMEMBER",
        })
        .collect())
}

/// Marks records as written.
pub async fn mark_applied(
    db: &impl Reader,
    import: ImportId,
    records: &[ImportRecord],
    at: Instant,
) -> Result<(), Error> {
    let mut sql = Sql::new("update import_record set applied_at = ");
    sql.bind(at, "")
        .push(" where import_id = ")
        .bind(import.uuid(), "");
    sql.push(" and n = any(")
        .bind(records.iter().map(|r| r.n).collect::<Vec<_>>(), "::integer[]")
        .push(")");
    sql.run(db).await?;
    Ok(())
}

/// Marks the rows of records as contradicting what happened since the plan, and says what.
pub async fn mark_conflict(
    db: &impl Reader,
    import: ImportId,
    conflicts: &[(i32, String, Vec<domain::StartupId>)],
) -> Result<(), Error> {
    for (n, reason, candidates) in conflicts {
        let mut sql = Sql::new("update import_row set action = 'CONFLICT', errors = errors || ");
        sql.bind(
            serde_json::json!([{ "column": null, "value": null, "reason": reason }]),
            "::jsonb",
        );
        sql.push(", candidates = ").bind_ids(candidates);
        sql.push(" where import_id = ").bind(import.uuid(), "");
        sql.push(" and record_n = ")
            .bind(*n, "")
            .push(" and action in ('CREATE', 'UPDATE', 'UNCHANGED')");
        sql.run(db).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Stored {
    row_no: i32,
    action: String,
    record_n: Option<i32>,
    startup_id: Option<Uuid>,
    raw: Value,
    said: Value,
    row_key: String,
    changes: Value,
    errors: Value,
    candidates: Vec<Uuid>,
}

const COLUMNS: &str = "select row_no, action, record_n, startup_id, raw, said, row_key, changes, errors, candidates from import_row";

impl Stored {
    fn read(self) -> Result<ImportRow, Error> {
        let Self {
            row_no,
            action,
            record_n,
            startup_id,
            raw,
            said,
            row_key,
            changes,
            errors,
            candidates,
        } = self;
        let wrong = |e: serde_json::Error| Error::Row {
            table: "import_row",
            id: row_no.to_string(),
            reason: e.to_string(),
        };
        Ok(ImportRow {
            row_no,
            action: Error::row("import_row", row_no, action.parse())?,
            record_n,
            startup_id: startup_id.map(typed),
            raw: serde_json::from_value(raw).map_err(wrong)?,
            said,
            row_key,
            changes: serde_json::from_value(changes).map_err(wrong)?,
            errors: serde_json::from_value(errors).map_err(wrong)?,
            candidates: candidates.into_iter().map(typed).collect(),
        })
    }
}

/// The rows that speak of records, those of a record together, in the file's order. Served by import_row_record.
pub async fn rows_of(
    db: &impl Reader,
    import: ImportId,
    records: &[ImportRecord],
) -> Result<Vec<ImportRow>, Error> {
    let mut sql = Sql::new(
        "select row_no, action, record_n, startup_id, '{}'::jsonb as raw, said, row_key, changes, errors, candidates from import_row where import_id = ",
    );
    sql.bind(import.uuid(), "").push(" and record_n = any(");
    sql.bind(records.iter().map(|r| r.n).collect::<Vec<_>>(), "::integer[]");
    sql.push(") order by record_n, row_no");
    sql.all::<Stored>(db)
        .await?
        .into_iter()
        .map(Stored::read)
        .collect()
}

/// A page of rows, those that do one of `actions` if any are given, from behind a row in reading direction. Served by
/// import_row's key, or by import_row_action.
pub async fn rows(
    db: &impl Reader,
    import: ImportId,
    actions: Option<&[RowAction]>,
    from: Option<i32>,
    backward: bool,
    limit: u64,
) -> Result<Slice<ImportRow>, Error> {
    let mut sql = Sql::new(COLUMNS);
    push_of(&mut sql, import, actions);
    if let Some(from) = from {
        sql.push(if backward {
            " and row_no < "
        } else {
            " and row_no > "
        })
        .bind(from, "");
    }
    sql.push(if backward {
        " order by row_no desc limit "
    } else {
        " order by row_no limit "
    })
    .bind((limit + 1).cast_signed(), "");
    let mut rows = sql
        .all::<Stored>(db)
        .await?
        .into_iter()
        .map(Stored::read)
        .collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() as u64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    if backward {
        rows.reverse();
    }
    Ok(Slice { rows, more })
}

/// How many rows there are, of those that do one of `actions` if any are given.
pub async fn rows_count(
    db: &impl Reader,
    import: ImportId,
    actions: Option<&[RowAction]>,
) -> Result<i64, Error> {
    let mut sql = Sql::new("select count(*) as n from import_row");
    push_of(&mut sql, import, actions);
    sql.count(db).await
}

fn push_of(sql: &mut Sql, import: ImportId, actions: Option<&[RowAction]>) {
    sql.push(" where import_id = ").bind(import.uuid(), "");
    if let Some(actions) = actions {
        let codes: Vec<String> = actions.iter().map(|a| a.code().to_owned()).collect();
        sql.push(" and action = any(").bind(codes, "::text[]").push(")");
    }
}
