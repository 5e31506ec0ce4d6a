//! By what a newcomer is recognised: external ids, domains, names.

use domain::{
    startup::{Candidate, ExternalId, Profile},
    typed,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Error, Reader, sql::Sql};

/// Serialises newcomers that share an external id, domain or name: until the transaction ends, nobody else who
/// shares one gets past this point, and no batch of an import (which asks for 7405 alone).
pub async fn lock_identity(
    db: &impl Reader,
    profile: &Profile,
    external_ids: &[ExternalId],
) -> Result<(), Error> {
    let mut keys: Vec<String> = external_ids
        .iter()
        .map(|e| format!("x {} {}", e.source, e.id))
        .collect();
    keys.extend(
        profile
            .identifying_domains()
            .into_iter()
            .map(|d| format!("d {d}")),
    );
    keys.extend(profile.name_keys().into_iter().map(|n| format!("n {n}")));
    let mut sql = Sql::new(
        "select pg_advisory_xact_lock_shared(7405), pg_advisory_xact_lock(k) from (select distinct hashtextextended(t, 7402) k from unnest(",
    );
    sql.bind(keys, "::text[]").push(") t order by 1) x");
    sql.run(db).await?;
    Ok(())
}

/// Those who share an external id, domain or normalised name with a newcomer, for [`domain::startup::recognise`].
pub async fn candidates(
    db: &impl Reader,
    profile: &Profile,
    external_ids: &[ExternalId],
) -> Result<Vec<Candidate>, Error> {
    candidates_by(
        db,
        profile.identifying_domains(),
        profile.name_keys(),
        external_ids,
    )
    .await
}

/// As [`candidates`], of many newcomers at once.
pub async fn candidates_by(
    db: &impl Reader,
    identifying_domains: Vec<String>,
    name_keys: Vec<String>,
    external_ids: &[ExternalId],
) -> Result<Vec<Candidate>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
        country: Option<String>,
        domains: Vec<String>,
        name_keys: Vec<String>,
        sources: Vec<String>,
        keys: Vec<String>,
    }
    // Served by startup_domains and startup_name_keys (gin) and startup_external_id_in_force. An array, so that the few
    // found are looked up by key: a planner without statistics would join the whole table.
    let mut sql = Sql::new(
        "select s.id, s.name, s.country, s.domains, s.name_keys, \
         array(select x.source from startup_external_id x where x.startup_id = s.id and x.in_force order by x.source, x.external_id) as sources, \
         array(select x.external_id from startup_external_id x where x.startup_id = s.id and x.in_force order by x.source, x.external_id) as keys \
         from startup s where s.hidden_at is null and s.id = any(array(select id from startup where domains && ",
    );
    sql.bind(identifying_domains, "::text[]")
        .push(" union select id from startup where name_keys && ");
    sql.bind(name_keys, "::text[]")
        .push(" union select x.startup_id from startup_external_id x join unnest(");
    sql.bind(
        external_ids.iter().map(|e| e.source.clone()).collect::<Vec<_>>(),
        "::text[]",
    )
    .push(", ");
    sql.bind(
        external_ids.iter().map(|e| e.id.clone()).collect::<Vec<_>>(),
        "::text[]",
    );
    sql.push(
        ") as t(source, key) on x.source = t.source and x.external_id = t.key and x.in_force)) order by s.id",
    );
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Candidate {
            id: typed(row.id),
            name: row.name,
            country: row.country,
            domains: row.domains,
            name_keys: row.name_keys,
            external_ids: row
                .sources
                .into_iter()
                .zip(row.keys)
                .map(|(source, id)| ExternalId { source, id })
                .collect(),
        })
        .collect())
}
