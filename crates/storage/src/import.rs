//! Imports: their plans, their rows, and what each source last said. Everything that grows with the file goes in by
//! COPY and comes out in batches.

mod memory;
mod rows;
mod write;

use domain::{
    ImportId, Instant,
    import::{Import, RowAction},
    typed,
};
use sea_orm::FromQueryResult;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    Error, Reader,
    page::{Page, Slice},
    sql::Sql,
};

pub use memory::{Said, remember, said_before};
pub use rows::{
    copy_records, copy_rows, mark_applied, mark_conflict, records_to_apply, rows, rows_count, rows_of,
};
pub use write::{bind_external_ids, insert_startups, lock_newcomers, taken_slugs, update_startups};

#[derive(FromQueryResult)]
struct Stored {
    id: Uuid,
    source: String,
    file_name: Option<String>,
    file_sha256: Option<Vec<u8>>,
    format: Option<String>,
    encoding: Option<String>,
    preset: Option<String>,
    mapping: Value,
    default_country: Option<String>,
    status: String,
    row_count: i32,
    counts: Value,
    record_count: i32,
    applied_count: i32,
    planned_seq: Option<i64>,
    report: Vec<String>,
    started_by: Option<Uuid>,
    created_at: Instant,
    applied_at: Option<Instant>,
    undone_at: Option<Instant>,
}

const COLUMNS: &str = "id, source, file_name, file_sha256, format, encoding, preset, mapping, default_country, status, row_count, counts, \
    record_count, applied_count, planned_seq, report, started_by, created_at, applied_at, undone_at";

impl Stored {
    fn read(self) -> Result<Import, Error> {
        let Self {
            id,
            source,
            file_name,
            file_sha256,
            format,
            encoding,
            preset,
            mapping,
            default_country,
            status,
            row_count,
            counts,
            record_count,
            applied_count,
            planned_seq,
            report,
            started_by,
            created_at,
            applied_at,
            undone_at,
        } = self;
        let mapping: Map<String, Value> = Error::row("import", id, serde_json::from_value(mapping))?;
        let counts: std::collections::HashMap<RowAction, i32> =
            Error::row("import", id, serde_json::from_value(counts))?;
        Ok(Import {
            id: typed(id),
            source,
            file_name,
            file_sha256,
            format,
            encoding,
            preset,
            mapping,
            default_country,
            status: Error::row("import", id, status.parse())?,
            row_count,
            counts: RowAction::ALL
                .iter()
                .filter_map(|action| counts.get(action).map(|rows| (*action, *rows)))
                .collect(),
            record_count,
            applied_count,
            planned_seq,
            report,
            started_by: started_by.map(typed),
            created_at,
            applied_at,
            undone_at,
        })
    }
}

/// Stores an import, or what became of it.
pub async fn put(db: &impl Reader, import: &Import) -> Result<(), Error> {
    let Import {
        id,
        source,
        file_name,
        file_sha256,
        format,
        encoding,
        preset,
        mapping,
        default_country,
        status,
        row_count,
        counts,
        record_count,
        applied_count,
        planned_seq,
        report,
        started_by,
        created_at,
        applied_at,
        undone_at,
    } = import.clone();
    let counts: Map<String, Value> = counts
        .into_iter()
        .map(|(action, rows)| (action.code().to_owned(), rows.into()))
        .collect();
    let mut sql = Sql::new(&format!("insert into import ({COLUMNS}) values ("));
    sql.bind(id.uuid(), "").push(", ").bind(source, "").push(", ");
    sql.bind(file_name, "::text")
        .push(", ")
        .bind(file_sha256, "::bytea")
        .push(", ");
    sql.bind(format, "::text")
        .push(", ")
        .bind(encoding, "::text")
        .push(", ");
    sql.bind(preset, "::text")
        .push(", ")
        .bind(Value::Object(mapping), "")
        .push(", ");
    sql.bind(default_country, "::text")
        .push(", ")
        .bind(status.code(), "")
        .push(", ");
    sql.bind(row_count, "")
        .push(", ")
        .bind(Value::Object(counts), "")
        .push(", ");
    sql.bind(record_count, "")
        .push(", ")
        .bind(applied_count, "")
        .push(", ");
    sql.bind(planned_seq, "::bigint")
        .push(", ")
        .bind(report, "::text[]")
        .push(", ");
    sql.bind(started_by.map(|u| u.uuid()), "::uuid")
        .push(", ")
        .bind(created_at, "")
        .push(", ");
    sql.bind(applied_at, "::timestamptz")
        .push(", ")
        .bind(undone_at, "::timestamptz");
    sql.push(
        ") on conflict (id) do update set format = excluded.format, encoding = excluded.encoding, preset = excluded.preset, \
         mapping = excluded.mapping, default_country = excluded.default_country, status = excluded.status, row_count = excluded.row_count, \
         counts = excluded.counts, record_count = excluded.record_count, applied_count = excluded.applied_count, planned_seq = excluded.planned_seq, \
         report = excluded.report, applied_at = excluded.applied_at, undone_at = excluded.undone_at",
    );
    sql.run(db).await?;
    Ok(())
}

/// The imports with these ids.
pub async fn by_ids(db: &impl Reader, ids: &[ImportId]) -> Result<Vec<Import>, Error> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from import where id = any("));
    sql.bind_ids(ids).push(")");
    sql.all::<Stored>(db)
        .await?
        .into_iter()
        .map(Stored::read)
        .collect()
}

/// An import whose row stays locked until the transaction ends: one batch at a time, whoever applies it.
pub async fn lock(db: &impl Reader, id: ImportId) -> Result<Option<Import>, Error> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from import where id = "));
    sql.bind(id.uuid(), "").push(" for no key update");
    sql.one::<Stored>(db).await?.map(Stored::read).transpose()
}

/// A page of imports, newest first.
pub async fn list(db: &impl Reader, page: &Page) -> Result<Slice<Import>, Error> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from import where true"));
    page.append(&mut sql, "created_at", "id", true);
    let rows = sql
        .all::<Stored>(db)
        .await?
        .into_iter()
        .map(Stored::read)
        .collect::<Result<_, _>>()?;
    Ok(page.slice(rows))
}

/// How many imports there are.
pub async fn count(db: &impl Reader) -> Result<i64, Error> {
    Sql::new("select count(*) as n from import").count(db).await
}

/// The imports that were being applied, oldest first: of a file of a source if one is given.
pub async fn applying(db: &impl Reader, of: Option<(&str, &[u8])>) -> Result<Vec<Import>, Error> {
    let mut sql = Sql::new(&format!("select {COLUMNS} from import where status = 'APPLYING'"));
    if let Some((source, sha256)) = of {
        sql.push(" and source = ").bind(source, "");
        sql.push(" and file_sha256 = ").bind(sha256.to_vec(), "");
    }
    sql.push(" order by created_at, id");
    sql.all::<Stored>(db)
        .await?
        .into_iter()
        .map(Stored::read)
        .collect()
}

/// Whether anything but this import changed records since a place in the order of changes. Sure only while no newcomer
/// can get in (see [`lock_newcomers`]).
pub async fn others_changed_since(db: &impl Reader, id: ImportId, seq: i64) -> Result<bool, Error> {
    let mut sql = Sql::new(
        "select count(*) as n from (select from operation_order q join operation o on o.id = q.operation_id where q.seq > ",
    );
    sql.bind(seq, "")
        .push(" and o.import_id is distinct from ")
        .bind(id.uuid(), "")
        .push(" and q.verb <> ")
        .bind(crate::activity::FIGURES_MADE, "");
    sql.push(" limit 1) x");
    Ok(sql.count(db).await? > 0)
}
