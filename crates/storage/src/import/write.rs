//! Startups written many at a time: copied into the table, or into a staging table and from there in one statement.

use domain::{
    Instant, StartupId,
    startup::{ExternalId, Startup},
};
use sea_orm::FromQueryResult;

use crate::{
    Error, Reader, Transaction,
    copy::CopyRows,
    entity::startup::Model,
    search::{self, Indexed},
    sql::{Sql, execute},
    startup::row,
};

/// Keeps newcomers out until the transaction ends, who all share the lock (see [`crate::startup::lock_identity`]): so a
/// batch decides once who is here. Readers do not ask for it.
pub async fn lock_newcomers(db: &impl Reader) -> Result<(), Error> {
    execute(db, "select pg_advisory_xact_lock(7405)").await
}

/// The slugs among these bases, and their numbered forms, that are taken.
pub async fn taken_slugs(
    db: &impl Reader,
    bases: Vec<String>,
) -> Result<std::collections::HashSet<String>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        slug: String,
    }
    // Two probes of startup's unique index a base.
    let mut sql = Sql::new("select s.slug from unnest(");
    sql.bind(bases, "::text[]").push(
        ") b(base) join startup s on s.slug = b.base union select s.slug from unnest($1::text[]) b(base) \
         join startup s on s.slug >= b.base || '-' and s.slug < b.base || '.'",
    );
    Ok(sql
        .all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| row.slug)
        .collect())
}

const COLUMNS: &str = "id, slug, name, name_sort, aliases, name_keys, search_text, domains, website, one_liner, description, country, city, \
    founded_on, product_launched_on, previous_focus, pivoted_on, structure, layer, technical_route, need, facts, sector_ids, competitor_ids, \
    custom_fields, proposed, created_at, recorded_at, version, hidden_at";

fn copy_of(startups: &[Startup]) -> Result<CopyRows, Error> {
    let mut copy = CopyRows::default();
    for startup in startups {
        let Model {
            id,
            slug,
            name,
            name_sort,
            aliases,
            name_keys,
            search_text,
            domains,
            website,
            one_liner,
            description,
            country,
            city,
            founded_on,
            product_launched_on,
            previous_focus,
            pivoted_on,
            structure,
            layer,
            technical_route,
            need,
            facts,
            sector_ids,
            competitor_ids,
            custom_fields,
            proposed,
            created_at,
            recorded_at,
            version,
            hidden_at,
        } = row(startup)?;
        let wrong = |e: serde_json::Error| Error::Row {
            table: "startup",
            id: id.to_string(),
            reason: e.to_string(),
        };
        copy.plain(id).text(&slug).text(&name).text(&name_sort);
        copy.json(&aliases).map_err(wrong)?;
        copy.array(&name_keys).text(&search_text).array(&domains);
        for text in [&website, &one_liner, &description, &country, &city] {
            copy.optional(text.as_deref());
        }
        copy.optional_plain(founded_on)
            .optional_plain(product_launched_on)
            .optional(previous_focus.as_deref())
            .optional_plain(pivoted_on)
            .text(&structure)
            .optional(layer.as_deref())
            .text(&technical_route);
        copy.json(&need).map_err(wrong)?.json(&facts).map_err(wrong)?;
        for ids in [sector_ids, competitor_ids] {
            copy.array(ids.iter().map(ToString::to_string));
        }
        copy.json(&custom_fields)
            .map_err(wrong)?
            .json(&proposed)
            .map_err(wrong)?;
        copy.plain(created_at.to_rfc3339())
            .plain(recorded_at.to_rfc3339())
            .plain(version)
            .optional_plain(hidden_at.map(|at| at.to_rfc3339()))
            .end();
    }
    Ok(copy)
}

/// Adds startups.
pub async fn insert_startups(tx: &Transaction, startups: &[Startup]) -> Result<(), Error> {
    if !startups.is_empty() {
        tx.copy(&format!("startup ({COLUMNS})"), copy_of(startups)?)
            .await?;
    }
    // A new startup has no deals yet.
    search::refresh(tx, Indexed::Startup, &ids(startups)).await
}

/// Replaces the fields of startups whose rows are locked.
pub async fn update_startups(tx: &Transaction, startups: &[Startup]) -> Result<(), Error> {
    if startups.is_empty() {
        return Ok(());
    }
    execute(
        tx,
        "create temp table startup_now (like startup including defaults) on commit drop",
    )
    .await?;
    tx.copy(&format!("startup_now ({COLUMNS})"), copy_of(startups)?)
        .await?;
    execute(tx, "analyze startup_now").await?;
    let set: Vec<String> = COLUMNS
        .split(',')
        .map(str::trim)
        .filter(|c| !matches!(*c, "id" | "created_at"))
        .map(|c| format!("{c} = n.{c}"))
        .collect();
    execute(
        tx,
        &format!(
            "update startup s set {} from startup_now n where n.id = s.id",
            set.join(", ")
        ),
    )
    .await?;
    search::refresh_startups(tx, &ids(startups)).await
}

fn ids(startups: &[Startup]) -> Vec<uuid::Uuid> {
    startups.iter().map(|startup| startup.id.uuid()).collect()
}

/// Adds the keys under which sources know startups.
pub async fn bind_external_ids(
    tx: &Transaction,
    keys: &[(StartupId, ExternalId)],
    at: Instant,
) -> Result<(), Error> {
    if keys.is_empty() {
        return Ok(());
    }
    let mut copy = CopyRows::default();
    for (startup, ExternalId { source, id }) in keys {
        copy.plain(startup.uuid())
            .plain(startup.uuid())
            .text(source)
            .text(id)
            .plain(at.to_rfc3339())
            .end();
    }
    tx.copy(
        "startup_external_id (startup_id, origin_startup_id, source, external_id, recorded_at)",
        copy,
    )
    .await?;
    Ok(())
}
