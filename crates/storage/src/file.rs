//! The bytes of documents' files, in pieces. Who may see a file is its document's matter: see [`crate::document`].

use domain::{FileId, Instant, UserId, person::DocumentFile};

use crate::{Error, Reader, sql::Sql};

/// Bytes of a piece; the last of a file may have fewer.
pub const CHUNK_BYTES: usize = 256 * 1024;

/// Adds a file, without its bytes.
pub async fn insert(
    db: &impl Reader,
    file: &DocumentFile,
    by: Option<UserId>,
    now: Instant,
) -> Result<(), Error> {
    let DocumentFile {
        id,
        name,
        media_type,
        byte_size,
        sha256,
    } = file;
    let mut sql = Sql::new(
        "insert into file (id, sha256, byte_size, media_type, file_name, uploaded_by, recorded_at) values (",
    );
    sql.bind(id.uuid(), "")
        .push(", decode(")
        .bind(sha256.as_str(), "")
        .push(", 'hex'), ");
    sql.bind(*byte_size, "")
        .push(", ")
        .bind(media_type.as_str(), "")
        .push(", ");
    sql.bind(name.as_str(), "")
        .push(", ")
        .bind(by.map(|by| by.uuid()), "::uuid");
    sql.push(", ").bind(now, "").push(")");
    sql.run(db).await?;
    Ok(())
}

/// Adds the piece of a file that comes `n`th, from 0.
pub async fn insert_chunk(db: &impl Reader, id: FileId, n: i32, content: Vec<u8>) -> Result<(), Error> {
    let mut sql = Sql::new("insert into file_chunk (file_id, n, content) values (");
    sql.bind(id.uuid(), "").push(", ").bind(n, "").push(", ");
    sql.bind(content, "").push(")");
    sql.run(db).await?;
    Ok(())
}

/// The piece of a file that comes `n`th, from 0; None behind the last.
pub async fn chunk(db: &impl Reader, id: FileId, n: i32) -> Result<Option<Vec<u8>>, Error> {
    let mut sql = Sql::new("select content from file_chunk where file_id = ");
    sql.bind(id.uuid(), "").push(" and n = ").bind(n, "");
    let row = sql.row(db).await?;
    Ok(row.map(|row| row.try_get("", "content")).transpose()?)
}
