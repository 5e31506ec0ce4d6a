//! Startups: found again, listed, written, and read as they were.

mod facets;
mod identity;
mod list;
mod survey;

use std::collections::HashMap;

use domain::{
    Instant, StartupId,
    startup::{ExternalId, Facts, Head, Profile, Startup},
    text, typed,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::{
    Error, Reader,
    entity::startup,
    position::by_position,
    search::{self, Indexed},
    sql::Sql,
};

pub use facets::{by_best_grade, by_country, by_flag, by_layer, by_route, by_sector};
pub use identity::{candidates, candidates_by, lock_identity};
pub(crate) use list::push_left;
pub use list::{Filter, Order, Ranking, count, list, proposed_by, ranked};
pub use survey::{Surveyed, survey, survey_then};

/// A row with what its JSON holds, read at once.
mod stored {
    use domain::{
        Instant,
        startup::{Facts, Name, Need, Proposed},
    };
    use sqlx::types::Json;
    use uuid::Uuid;

    pub(crate) struct Model {
        pub(super) id: Uuid,
        pub(super) slug: String,
        pub(super) name: String,
        pub(super) aliases: Json<Vec<Name>>,
        pub(super) domains: Vec<String>,
        pub(super) website: Option<String>,
        pub(super) one_liner: Option<String>,
        pub(super) description: Option<String>,
        pub(super) country: Option<String>,
        pub(super) city: Option<String>,
        pub(super) founded_on: Option<chrono::NaiveDate>,
        pub(super) product_launched_on: Option<chrono::NaiveDate>,
        pub(super) previous_focus: Option<String>,
        pub(super) pivoted_on: Option<chrono::NaiveDate>,
        pub(super) structure: String,
        pub(super) layer: Option<String>,
        pub(super) technical_route: String,
        pub(super) need: Json<Need>,
        pub(super) facts: Json<Facts>,
        pub(super) sector_ids: Vec<Uuid>,
        pub(super) competitor_ids: Vec<Uuid>,
        pub(super) custom_fields: Json<serde_json::Map<String, serde_json::Value>>,
        pub(super) proposed: Json<Proposed>,
        pub(super) created_at: Instant,
        pub(super) recorded_at: Instant,
        pub(super) version: i32,
        pub(super) hidden_at: Option<Instant>,
    }
}

by_position!(
    stored,
    "s",
    [
        id,
        slug,
        name,
        aliases,
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
    ],
);

fn read(row: stored::Model) -> Result<Startup, Error> {
    let stored::Model {
        id,
        slug,
        name,
        aliases,
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
    } = row;
    let Facts {
        owns_training_data,
        usage_flywheel,
        claims_large_model,
    } = facts.0;
    Ok(Startup {
        id: typed(id),
        slug,
        profile: Profile {
            name,
            aliases: aliases.0,
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
            structure: Error::row("startup", id, structure.parse())?,
            layer: layer.map(|l| Error::row("startup", id, l.parse())).transpose()?,
            sector_ids: sector_ids.into_iter().map(typed).collect(),
            competitor_ids: competitor_ids.into_iter().map(typed).collect(),
            technical_route: Error::row("startup", id, technical_route.parse())?,
            owns_training_data,
            usage_flywheel,
            claims_large_model,
            need: need.0,
            custom_fields: custom_fields.0,
            proposed: proposed.0,
        },
        created_at,
        updated_at: recorded_at,
        version,
        hidden_at,
    })
}

/// The row that a startup is stored as.
pub(crate) fn row(startup: &Startup) -> Result<startup::Model, Error> {
    let Startup {
        id,
        slug,
        profile,
        created_at,
        updated_at,
        version,
        hidden_at,
    } = startup.clone();
    let name_keys = profile.name_keys();
    let name_sort = text::name_sort(&profile.name);
    let search_text = text::search_text(profile.all_names(), profile.domains.iter().map(String::as_str));
    let Profile {
        name,
        aliases,
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
        sector_ids,
        competitor_ids,
        technical_route,
        owns_training_data,
        usage_flywheel,
        claims_large_model,
        need,
        custom_fields,
        proposed,
    } = profile;
    let mut facts = Error::row(
        "startup",
        id,
        serde_json::to_value(Facts {
            owns_training_data,
            usage_flywheel,
            claims_large_model,
        }),
    )?;
    if let Some(map) = facts.as_object_mut() {
        map.retain(|_, value| !value.is_null());
    }
    let mut need = Error::row("startup", id, serde_json::to_value(need))?;
    if let Some(map) = need.as_object_mut() {
        map.retain(|_, value| !value.is_null());
    }
    Ok(startup::Model {
        id: id.uuid(),
        slug,
        name,
        name_sort,
        aliases: Error::row("startup", id, serde_json::to_value(aliases))?,
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
        structure: structure.code().to_owned(),
        layer: layer.map(|l| l.code().to_owned()),
        technical_route: technical_route.code().to_owned(),
        need,
        facts,
        sector_ids: sector_ids.into_iter().map(|s| s.uuid()).collect(),
        competitor_ids: competitor_ids.into_iter().map(|c| c.uuid()).collect(),
        custom_fields: serde_json::Value::Object(custom_fields),
        proposed: Error::row("startup", id, serde_json::to_value(proposed))?,
        created_at,
        recorded_at: updated_at,
        version,
        hidden_at,
    })
}

/// Adds a startup and the keys under which sources know it.
pub async fn insert(db: &impl Reader, startup: &Startup, external_ids: &[ExternalId]) -> Result<(), Error> {
    startup::Entity::insert(row(startup)?.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    if !external_ids.is_empty() {
        let id = startup.id.uuid();
        let mut sql = Sql::new(
            "insert into startup_external_id (startup_id, origin_startup_id, source, external_id, recorded_at) select ",
        );
        sql.bind(id, "")
            .push(", ")
            .bind(id, "")
            .push(", s, x, ")
            .bind(startup.created_at, "")
            .push(" from unnest(");
        sql.bind(
            external_ids.iter().map(|e| e.source.clone()).collect::<Vec<_>>(),
            "::text[]",
        )
        .push(", ");
        sql.bind(
            external_ids.iter().map(|e| e.id.clone()).collect::<Vec<_>>(),
            "::text[]",
        )
        .push(") as t(s, x)");
        sql.run(db).await?;
    }
    // No deal is there yet.
    search::refresh(db, Indexed::Startup, &[startup.id.uuid()]).await
}

/// Replaces a startup's fields where it is still at `version_before`. False: somebody was faster.
pub async fn update(db: &impl Reader, startup: &Startup, version_before: i32) -> Result<bool, Error> {
    let mut row = row(startup)?.into_active_model().reset_all();
    row.id = sea_orm::ActiveValue::NotSet;
    let done = startup::Entity::update_many()
        .set(row)
        .filter(startup::Column::Id.eq(startup.id.uuid()))
        .filter(startup::Column::Version.eq(version_before))
        .exec(db)
        .await?;
    if done.rows_affected == 1 {
        search::refresh_startups(db, &[startup.id.uuid()]).await?;
    }
    Ok(done.rows_affected == 1)
}

/// Puts a startup's external ids in force or out of it (when its creation is undone).
pub async fn set_external_ids_in_force(db: &impl Reader, id: StartupId, in_force: bool) -> Result<(), Error> {
    let mut sql = Sql::new("update startup_external_id set in_force = ");
    sql.bind(in_force, "")
        .push(" where startup_id = ")
        .bind(id.uuid(), "");
    sql.run(db).await?;
    Ok(())
}

/// The startups with these ids, hidden ones left out; as known at an instant if one is given.
pub async fn by_ids(
    db: &impl Reader,
    ids: &[StartupId],
    as_of: Option<Instant>,
) -> Result<Vec<Startup>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS);
    match as_of {
        None => {
            sql.push(" from startup s where s.hidden_at is null and ")
                .one_of("s.id", ids);
        }
        Some(at) => {
            sql.push(
                " from (select v.startup_id as id, v.slug, v.name, v.aliases, v.domains, v.website, v.one_liner, v.description, v.country, v.city, \
                 v.founded_on, v.product_launched_on, v.previous_focus, v.pivoted_on, v.structure, v.layer, v.technical_route, v.need, v.facts, \
                 v.sector_ids, v.competitor_ids, v.custom_fields, v.proposed, c.created_at, v.known_from as recorded_at, v.version, v.hidden_at \
                 from startup_version v join startup c on c.id = v.startup_id where ",
            )
            .one_of("v.startup_id", ids)
            .push(" and v.hidden_at is null and v.known_from <= ")
            .bind(at, "");
            sql.push(" and (v.known_until is null or v.known_until > ")
                .bind(at, "")
                .push(")) s");
        }
    }
    sql.each(db, |row| read(model(row)?)).await
}

/// The heads of the startups with these ids, hidden ones left out; as known at an instant if one is given.
pub async fn heads(db: &impl Reader, ids: &[StartupId], as_of: Option<Instant>) -> Result<Vec<Head>, Error> {
    let mut sql = Sql::new("select x.");
    match as_of {
        None => {
            sql.push("id, x.slug, x.name, x.layer from startup x where x.hidden_at is null and ")
                .one_of("x.id", ids);
        }
        Some(at) => {
            sql.push("startup_id, x.slug, x.name, x.layer from startup_version x where ")
                .one_of("x.startup_id", ids)
                .push(" and x.hidden_at is null and x.known_from <= ")
                .bind(at, "")
                .push(" and (x.known_until is null or x.known_until > ")
                .bind(at, "")
                .push(")");
        }
    }
    sql.each(db, |row| {
        let id: Uuid = row.try_get_by_index(0)?;
        let layer: Option<String> = row.try_get_by_index(3)?;
        let layer = layer
            .map(|code| Error::row("startup", id, code.parse()))
            .transpose()?;
        Ok(Head {
            id: typed(id),
            slug: row.try_get_by_index(1)?,
            name: row.try_get_by_index(2)?,
            layer,
        })
    })
    .await
}

/// The id of the startup with this slug.
pub async fn id_by_slug(db: &impl Reader, slug: &str) -> Result<Option<StartupId>, Error> {
    let mut sql = Sql::new("select id from startup where slug = ");
    sql.bind(slug, "");
    Ok(sql.one::<Id>(db).await?.map(|row| typed(row.id)))
}

/// A startup whose row stays locked until the transaction ends, so that what is decided about it stays true.
pub async fn lock(db: &impl Reader, id: StartupId) -> Result<Option<Startup>, Error> {
    let found = lock_even_hidden(db, id).await?;
    Ok(found.filter(|startup| startup.hidden_at.is_none()))
}

/// As [`lock`], the hidden ones too: for taking a hiding back.
pub async fn lock_even_hidden(db: &impl Reader, id: StartupId) -> Result<Option<Startup>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS)
        .push(" from startup s where s.id = ")
        .bind(id.uuid(), "");
    sql.push(" for no key update");
    sql.row(db).await?.map(|row| read(model(&row)?)).transpose()
}

/// Those startups of `ids` that are there, their rows locked in the order of their ids.
pub async fn lock_all(db: &impl Reader, ids: &[StartupId]) -> Result<Vec<Startup>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS)
        .push(" from startup s where s.hidden_at is null and s.id = any(")
        .bind_ids(ids);
    sql.push(") order by s.id for no key update");
    sql.each(db, |row| read(model(row)?)).await
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// A slug nobody has: the base, or the base with the next number.
pub async fn free_slug(db: &impl Reader, base: &str) -> Result<String, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        slug: String,
    }
    let mut sql = Sql::new("select slug from startup where slug = ");
    sql.bind(base, "")
        .push(" or (slug >= ")
        .bind(format!("{base}-"), "")
        .push(" and slug < ")
        .bind(format!("{base}."), "")
        .push(")");
    let taken: std::collections::HashSet<String> = sql
        .all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| row.slug)
        .collect();
    if !taken.contains(base) {
        return Ok(base.to_owned());
    }
    let mut number = 2_u64;
    while taken.contains(&format!("{base}-{number}")) {
        number += 1;
    }
    Ok(format!("{base}-{number}"))
}

/// Serialises those who look for a free slug on one base.
pub async fn lock_slug(db: &impl Reader, base: &str) -> Result<(), Error> {
    let mut sql = Sql::new("select pg_advisory_xact_lock(hashtextextended(");
    sql.bind(base, "").push(", 7403))");
    sql.run(db).await?;
    Ok(())
}

/// The keys under which sources know these startups.
pub async fn external_ids(
    db: &impl Reader,
    ids: &[StartupId],
) -> Result<HashMap<StartupId, Vec<ExternalId>>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        startup_id: Uuid,
        source: String,
        external_id: String,
    }
    let mut sql =
        Sql::new("select startup_id, source, external_id from startup_external_id where in_force and ");
    sql.one_of("startup_id", ids)
        .push(" order by source, external_id");
    let mut found: HashMap<StartupId, Vec<ExternalId>> = HashMap::new();
    for row in sql.all::<Row>(db).await? {
        found.entry(typed(row.startup_id)).or_default().push(ExternalId {
            source: row.source,
            id: row.external_id,
        });
    }
    Ok(found)
}

/// Whether a record other than activity refers to the startup: then its creation is not undone.
pub async fn referred_by(db: &impl Reader, id: StartupId) -> Result<Option<&'static str>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        evidence: bool,
        deal: bool,
        affiliation: bool,
        document: bool,
        competitor: bool,
        provider: bool,
        dependency: bool,
        answer: bool,
        work: bool,
    }
    let mut sql = Sql::new(
        "select exists(select from evidence where startup_id = s.id and retracted_at is null) as evidence, ",
    );
    sql.push("exists(select from deal where startup_id = s.id and hidden_at is null) as deal, ");
    sql.push(
        "exists(select from affiliation where startup_id = s.id and hidden_at is null) as affiliation, ",
    );
    sql.push("exists(select from document where startup_id = s.id and hidden_at is null) as document, \
              exists(select from startup c where c.competitor_ids @> array[s.id] and c.hidden_at is null) as competitor, ");
    sql.push("exists(select from provider where startup_id = s.id and hidden_at is null) as provider, \
              exists(select from dependency where startup_id = s.id and hidden_at is null) as dependency, \
              exists(select from checklist_item where startup_id = s.id and (state <> 'OPEN' or note is not null)) as answer, \
              exists(select from interaction where startup_id = s.id and hidden_at is null) \
              or exists(select from task where startup_id = s.id and hidden_at is null) as work from startup s where s.id = ");
    sql.bind(id.uuid(), "");
    let Some(row) = sql.one::<Row>(db).await? else {
        return Ok(None);
    };
    let Row {
        evidence,
        deal,
        affiliation,
        document,
        competitor,
        provider,
        dependency,
        answer,
        work,
    } = row;
    // A deal is named as any other record: the words must not tell of one that is hidden.
    let all = [
        evidence,
        deal,
        affiliation,
        document,
        competitor,
        provider,
        dependency,
        answer,
        work,
    ];
    Ok(all.contains(&true).then_some("another record"))
}
