//! Documents. One that belongs to a deal is there for those who may see the deal, and for nobody else.

use std::collections::HashMap;

use domain::{
    DealId, DocumentId, Instant, StartupId, Viewer,
    person::{Document, DocumentFile},
    typed,
};
use sea_orm::{ActiveValue::Set, EntityTrait, FromQueryResult, QueryResult};
use uuid::Uuid;

use crate::{
    Error, Reader,
    access::push_visible,
    entity::document,
    search::{self, Indexed},
    sql::Sql,
};

const TABLE: &str = "document";

/// What a row of [`COLUMNS`] says.
fn read(row: &QueryResult) -> Result<Document, Error> {
    let document::Model {
        id,
        title,
        kind,
        url,
        sha256,
        byte_size,
        file_id,
        publisher,
        byline,
        note,
        reprint_of,
        startup_id,
        origin_startup_id: _,
        deal_id,
        added_by,
        added_at,
        recorded_at: _,
        version,
        hidden_at: _,
    } = document::Model::from_query_result(row, "")?;
    let file = match (file_id, sha256, byte_size) {
        (Some(file_id), Some(sha256), Some(byte_size)) => Some(DocumentFile {
            id: typed(file_id),
            name: row.try_get("", "file_name")?,
            media_type: row.try_get("", "media_type")?,
            byte_size,
            sha256: hex::encode(sha256),
        }),
        _ => None,
    };
    Ok(Document {
        id: typed(id),
        title,
        kind: Error::row(TABLE, id, kind.parse())?,
        url,
        file,
        publisher,
        byline,
        note,
        reprint_of: reprint_of.map(typed),
        startup_id: startup_id.map(typed),
        deal_id: deal_id.map(typed),
        added_by: added_by.map(typed),
        added_at,
        version,
    })
}

/// What is selected of a document, from [`push_source`]: its row, and what is told of its file.
const COLUMNS: &str = "x.*, f.file_name, f.media_type";

/// Appends what documents are selected from, under the alias `x`, with the condition under which the viewer may see
/// them and the hidden ones left out, so that further conditions follow with `and`. As known at an instant if one is
/// given: the fields as they stood, the rights as they stand.
fn push_source(sql: &mut Sql, viewer: &Viewer, as_of: Option<Instant>) {
    let Some(at) = as_of else {
        sql.push("document x left join file f on f.id = x.file_id left join deal d on d.id = x.deal_id where x.hidden_at is null and (x.deal_id is null or d.hidden_at is null and ");
        push_visible(sql, viewer, "d");
        sql.push(")");
        return;
    };
    sql.push(
        "(select v.document_id as id, v.title, v.kind, v.url, c.sha256, c.byte_size, c.file_id, v.publisher, v.byline, v.note, v.reprint_of, \
         v.startup_id, c.origin_startup_id, v.deal_id, c.added_by, c.added_at, v.known_from as recorded_at, v.version, v.hidden_at \
         from document_version v join document c on c.id = v.document_id where v.known_from <= ",
    );
    sql.bind(at, "")
        .push(" and (v.known_until is null or v.known_until > ")
        .bind(at, "");
    sql.push(
        ")) x left join file f on f.id = x.file_id left join deal d on d.id = x.deal_id where x.hidden_at is null and (x.deal_id is null or ",
    );
    push_visible(sql, viewer, "d");
    sql.push(" and exists (select from deal_version h where h.deal_id = d.id and h.hidden_at is null and h.known_from <= ");
    sql.bind(at, "")
        .push(" and (h.known_until is null or h.known_until > ")
        .bind(at, "")
        .push(")))");
}

/// The documents with these ids that the viewer may see, hidden ones left out; as known at an instant if one is given.
pub async fn by_ids(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[DocumentId],
    as_of: Option<Instant>,
) -> Result<Vec<Document>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS).push(" from ");
    push_source(&mut sql, viewer, as_of);
    sql.push(" and ").one_of("x.id", ids);
    sql.each(db, read).await
}

/// The documents of these startups, newest first: those that belong to a startup, and those that its standing
/// evidence rests on. Served by `document_startup`, `document_origin` and `evidence_startup`.
pub async fn of_startups(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[StartupId],
    as_of: Option<Instant>,
) -> Result<HashMap<StartupId, Vec<Document>>, Error> {
    let mut sql = Sql::new("select o.owner, x.* from (");
    match as_of {
        None => {
            sql.push("select startup_id as owner, id as document_id from document where ");
            sql.one_of("startup_id", ids);
        }
        Some(at) => {
            // By the origin too: a merge has moved startup_id since.
            sql.push("select v.startup_id as owner, v.document_id from document c join document_version v on v.document_id = c.id where v.known_from <= ");
            sql.bind(at, "")
                .push(" and (v.known_until is null or v.known_until > ")
                .bind(at, "")
                .push(") and ");
            sql.one_of("v.startup_id", ids)
                .push(" and (")
                .one_of("c.startup_id", ids);
            sql.push(" or ").one_of("c.origin_startup_id", ids).push(")");
        }
    }
    sql.push(" union select e.startup_id, unnest(e.document_ids) from evidence e where e.document_ids <> '{}' and ");
    sql.one_of("e.startup_id", ids);
    match as_of {
        None => sql.push(" and e.retracted_at is null"),
        Some(at) => sql
            .push(" and e.recorded_at <= ")
            .bind(at, "")
            .push(" and (e.retracted_at is null or e.retracted_at > ")
            .bind(at, "")
            .push(")"),
    };
    sql.push(") o join lateral (select ").push(COLUMNS).push(" from ");
    push_source(&mut sql, viewer, as_of);
    sql.push(" and x.id = o.document_id) x on true order by x.added_at desc, x.id desc");
    let mut found: HashMap<_, Vec<Document>> = HashMap::new();
    for (owner, document) in owned(sql, db).await? {
        found.entry(typed(owner)).or_default().push(document);
    }
    Ok(found)
}

/// The documents of these deals, newest first. Served by `document_deal`.
pub async fn of_deals(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[DealId],
    as_of: Option<Instant>,
) -> Result<HashMap<DealId, Vec<Document>>, Error> {
    let mut sql = Sql::new("select x.deal_id as owner, ");
    sql.push(COLUMNS).push(" from ");
    push_source(&mut sql, viewer, as_of);
    sql.push(" and ").one_of("x.deal_id", ids);
    sql.push(" order by x.added_at desc, x.id desc");
    let mut found: HashMap<_, Vec<Document>> = HashMap::new();
    for (owner, document) in owned(sql, db).await? {
        found.entry(typed(owner)).or_default().push(document);
    }
    Ok(found)
}

/// Each document with the bare id of its owner, in the order of the rows.
async fn owned(sql: Sql, db: &impl Reader) -> Result<Vec<(Uuid, Document)>, Error> {
    let rows = db.query_all_raw(sql.statement()).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "owner")?, read(row)?)))
        .collect()
}

/// Adds a document. The file that it has is there already: see [`crate::file`].
pub async fn insert(db: &impl Reader, document: &Document) -> Result<(), Error> {
    let Document {
        id,
        title,
        kind,
        url,
        file,
        publisher,
        byline,
        note,
        reprint_of,
        startup_id,
        deal_id,
        added_by,
        added_at,
        version,
    } = document.clone();
    let sha256 = match &file {
        Some(file) => Some(Error::row(TABLE, id, hex::decode(&file.sha256))?),
        None => None,
    };
    let startup_id = startup_id.map(|s| s.uuid());
    let row = document::ActiveModel {
        id: Set(id.uuid()),
        title: Set(title),
        kind: Set(kind.code().to_owned()),
        url: Set(url),
        sha256: Set(sha256),
        byte_size: Set(file.as_ref().map(|file| file.byte_size)),
        file_id: Set(file.map(|file| file.id.uuid())),
        publisher: Set(publisher),
        byline: Set(byline),
        note: Set(note),
        reprint_of: Set(reprint_of.map(|d| d.uuid())),
        startup_id: Set(startup_id),
        origin_startup_id: Set(startup_id),
        deal_id: Set(deal_id.map(|d| d.uuid())),
        added_by: Set(added_by.map(|u| u.uuid())),
        added_at: Set(added_at),
        recorded_at: Set(added_at),
        version: Set(version),
        hidden_at: Set(None),
    };
    document::Entity::insert(row).exec_without_returning(db).await?;
    search::refresh(db, Indexed::Document, &[document.id.uuid()]).await
}

/// Replaces what people write about a document where it is still at `version_before`. False: somebody was faster.
/// Its file, where it belongs, and who added it when, stays.
pub async fn update(
    db: &impl Reader,
    document: &Document,
    version_before: i32,
    now: Instant,
) -> Result<bool, Error> {
    let Document {
        id,
        title,
        kind,
        url,
        file: _,
        publisher,
        byline,
        note,
        reprint_of,
        startup_id: _,
        deal_id: _,
        added_by: _,
        added_at: _,
        version,
    } = document.clone();
    let mut sql = Sql::new("update document set title = ");
    sql.bind(title, "")
        .push(", kind = ")
        .bind(kind.code(), "")
        .push(", url = ")
        .bind(url, "::text");
    sql.push(", publisher = ")
        .bind(publisher, "::text")
        .push(", byline = ")
        .bind(byline, "::text");
    sql.push(", note = ")
        .bind(note, "::text")
        .push(", reprint_of = ")
        .bind(reprint_of.map(|d| d.uuid()), "::uuid");
    sql.push(", version = ")
        .bind(version, "")
        .push(", recorded_at = greatest(")
        .bind(now, "");
    sql.push("::timestamptz, recorded_at + interval '1 microsecond') where id = ")
        .bind(id.uuid(), "");
    sql.push(" and version = ").bind(version_before, "");
    if sql.run(db).await? != 1 {
        return Ok(false);
    }
    search::refresh(db, Indexed::Document, &[id.uuid()]).await?;
    Ok(true)
}

/// Says anew to which startup and deal a document belongs, where it is still at `version_before`. False: somebody was
/// faster.
pub async fn attach(
    db: &impl Reader,
    id: DocumentId,
    (startup, deal): (Option<StartupId>, Option<DealId>),
    version_before: i32,
    now: Instant,
) -> Result<bool, Error> {
    let startup = startup.map(|startup| startup.uuid());
    let mut sql = Sql::new("update document set version = version + 1, startup_id = ");
    sql.bind(startup, "::uuid")
        .push(", origin_startup_id = ")
        .bind(startup, "::uuid")
        .push(", deal_id = ")
        .bind(deal.map(|deal| deal.uuid()), "::uuid")
        .push(", recorded_at = greatest(")
        .bind(now, "")
        .push("::timestamptz, recorded_at + interval '1 microsecond') where id = ")
        .bind(id.uuid(), "")
        .push(" and version = ")
        .bind(version_before, "");
    Ok(sql.run(db).await? == 1)
}

/// Hides a document whose creation is undone, or shows it again. Its row is locked.
pub async fn set_hidden(db: &impl Reader, id: DocumentId, hidden: bool, now: Instant) -> Result<(), Error> {
    let mut sql = Sql::new("update document set version = version + 1, hidden_at = ");
    sql.bind(hidden.then_some(now), "::timestamptz")
        .push(", recorded_at = greatest(")
        .bind(now, "");
    sql.push("::timestamptz, recorded_at + interval '1 microsecond') where id = ")
        .bind(id.uuid(), "");
    sql.run(db).await?;
    search::refresh(db, Indexed::Document, &[id.uuid()]).await
}

/// A document that the viewer may see, whose row stays locked until the transaction ends.
pub async fn lock(db: &impl Reader, viewer: &Viewer, id: DocumentId) -> Result<Option<Document>, Error> {
    let found = locked(db, viewer, id, " and x.hidden_at is null").await?;
    Ok(found.map(|(document, _)| document))
}

/// Those of these documents that the viewer may see, whose rows stay locked until the transaction ends: what comes to
/// rest on a document is not left without it by one who hides it meanwhile.
pub async fn lock_all(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[DocumentId],
) -> Result<Vec<DocumentId>, Error> {
    #[derive(FromQueryResult)]
    struct Id {
        id: Uuid,
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("select x.id from ");
    push_source(&mut sql, viewer, None);
    sql.push(" and x.id = any(").bind_ids(ids);
    // In the order of ids, so that no two wait for each other.
    sql.push(") order by x.id for no key update of x");
    Ok(sql
        .all::<Id>(db)
        .await?
        .into_iter()
        .map(|row| typed(row.id))
        .collect())
}

/// As [`lock`], the hidden ones too, each with whether it is: for taking a hiding back.
pub async fn lock_even_hidden(
    db: &impl Reader,
    viewer: &Viewer,
    id: DocumentId,
) -> Result<Option<(Document, bool)>, Error> {
    locked(db, viewer, id, "").await
}

async fn locked(
    db: &impl Reader,
    viewer: &Viewer,
    id: DocumentId,
    narrower: &str,
) -> Result<Option<(Document, bool)>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS).push(
        " from document x left join file f on f.id = x.file_id left join deal d on d.id = x.deal_id where x.id = ",
    );
    sql.bind(id.uuid(), "")
        .push(narrower)
        .push(" and (x.deal_id is null or d.hidden_at is null and ");
    push_visible(&mut sql, viewer, "d");
    sql.push(") for no key update of x");
    let Some(row) = sql.row(db).await? else {
        return Ok(None);
    };
    let hidden_at: Option<Instant> = row.try_get("", "hidden_at")?;
    Ok(Some((read(&row)?, hidden_at.is_some())))
}

/// Whether evidence rests on the document, or another document reprints it: then its creation is not undone.
/// Served by `evidence_documents` (gin) and `document_reprint`.
pub async fn referred_by(db: &impl Reader, id: DocumentId) -> Result<bool, Error> {
    let mut sql = Sql::new(
        "select true as found where exists (select from evidence where document_ids <> '{}' and retracted_at is null and document_ids @> array[",
    );
    sql.bind(id.uuid(), "::uuid")
        .push("]) or exists (select from document where hidden_at is null and reprint_of = ");
    sql.bind(id.uuid(), "").push(")");
    Ok(sql.row(db).await?.is_some())
}

/// Whether `id` is among those that `original` reprints, directly or through others: then it cannot be a reprint of it.
pub async fn reprints(db: &impl Reader, original: DocumentId, id: DocumentId) -> Result<bool, Error> {
    // `union`, not `union all`: it ends even on a ring.
    let mut sql = Sql::new("with recursive chain (id) as (select ");
    sql.bind(original.uuid(), "::uuid");
    sql.push(" union select x.reprint_of from document x join chain c on c.id = x.id where x.reprint_of is not null) ");
    sql.push("select true as found from chain where id = ")
        .bind(id.uuid(), "");
    Ok(sql.row(db).await?.is_some())
}
