//! What each source last said, row by row.

use std::collections::HashMap;

use domain::{ImportId, StartupId, typed};
use sea_orm::FromQueryResult;
use serde_json::Value;
use uuid::Uuid;

use crate::{Error, Reader, Transaction, copy::CopyRows, sql::Sql};

/// What a row said when it was last applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Of which startup.
    pub startup_id: StartupId,
    /// What.
    pub said: Value,
    /// The hash of that.
    pub sha256: Vec<u8>,
}

/// What a source said before under these keys; of hidden startups nothing is remembered. Served by source_row's key.
pub async fn said_before(
    db: &impl Reader,
    source: &str,
    row_keys: Vec<String>,
    with_words: bool,
) -> Result<HashMap<String, Said>, Error> {
    #[derive(FromQueryResult)]
    struct Stored {
        row_key: String,
        startup_id: Uuid,
        said: Value,
        said_sha256: Vec<u8>,
    }
    let mut sql = Sql::new("select m.row_key, m.startup_id, ");
    sql.push(if with_words { "m.said" } else { "'null'::jsonb as said" })
        .push(", m.said_sha256 from source_row m join startup s on s.id = m.startup_id where s.hidden_at is null and m.source = ");
    sql.bind(source, "")
        .push(" and m.row_key = any(")
        .bind(row_keys, "::text[]")
        .push(")");
    Ok(sql
        .all::<Stored>(db)
        .await?
        .into_iter()
        .map(|row| {
            let said = Said {
                startup_id: typed(row.startup_id),
                said: row.said,
                sha256: row.said_sha256,
            };
            (row.row_key, said)
        })
        .collect())
}

/// Remembers what a source said, in place of what it said before under the same keys.
pub async fn remember<'a>(
    tx: &Transaction,
    import: ImportId,
    source: &str,
    said: impl IntoIterator<Item = (&'a str, &'a Said)>,
) -> Result<(), Error> {
    let mut rows = CopyRows::default();
    for (
        row_key,
        Said {
            startup_id,
            said,
            sha256,
        },
    ) in said
    {
        rows.text(row_key).plain(startup_id.uuid());
        Error::row("source_row", row_key, rows.json(said))?
            .bytes(sha256)
            .end();
    }
    if rows.is_empty() {
        return Ok(());
    }
    crate::sql::execute(
        tx,
        "create temp table said_now (row_key text, startup_id uuid, said jsonb, said_sha256 bytea) on commit drop",
    )
    .await?;
    tx.copy("said_now (row_key, startup_id, said, said_sha256)", rows)
        .await?;
    let mut sql = Sql::new(
        "insert into source_row (source, row_key, startup_id, said, said_sha256, import_id) select ",
    );
    sql.bind(source, "::text")
        .push(", row_key, startup_id, said, said_sha256, ")
        .bind(import.uuid(), "::uuid");
    sql.push(
        " from said_now order by row_key on conflict (source, row_key) do update set startup_id = excluded.startup_id, \
         said = excluded.said, said_sha256 = excluded.said_sha256, import_id = excluded.import_id",
    );
    sql.run(tx).await?;
    Ok(())
}
