//! Interactions. One that belongs to a deal is there for those who may see the deal, and for nobody else.

use std::collections::HashMap;

use domain::{DealId, Instant, InteractionId, PersonId, StartupId, Viewer, interaction::Interaction, typed};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    Error, Reader,
    access::push_visible_with_deal,
    page::{Key, Page, Place, Slice},
    search::{self, Indexed},
    sql::Sql,
};

const TABLE: &str = "interaction";
const COLUMNS: &str = "x.id, x.startup_id, x.deal_id, x.kind, x.happened_at, x.summary, x.body, x.participants, x.person_ids, \
    x.by, x.logged_at, x.version, x.hidden_at";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    startup_id: Uuid,
    deal_id: Option<Uuid>,
    kind: String,
    happened_at: Instant,
    summary: String,
    body: Option<String>,
    participants: Vec<String>,
    person_ids: Vec<Uuid>,
    by: Option<Uuid>,
    logged_at: Instant,
    version: i32,
    hidden_at: Option<Instant>,
}

impl Row {
    fn read(self) -> Result<Interaction, Error> {
        let Self {
            id,
            startup_id,
            deal_id,
            kind,
            happened_at,
            summary,
            body,
            participants,
            person_ids,
            by,
            logged_at,
            version,
            hidden_at: _,
        } = self;
        Ok(Interaction {
            id: typed(id),
            startup_id: typed(startup_id),
            deal_id: deal_id.map(typed),
            kind: Error::row(TABLE, id, kind.parse())?,
            at: happened_at,
            summary,
            body,
            participants,
            person_ids: person_ids.into_iter().map(typed).collect(),
            by: by.map(typed),
            logged_at,
            version,
        })
    }
}

/// Appends what interactions are selected from, under the alias `x`, with the condition under which the viewer may see
/// them and the hidden ones left out, so that further conditions follow with `and`. As known at an instant if one is
/// given: the fields as they stood, the rights as they stand.
fn push_source(sql: &mut Sql, viewer: &Viewer, as_of: Option<Instant>) {
    match as_of {
        None => sql.push("interaction x"),
        Some(at) => sql
            .push(
                "(select v.interaction_id as id, v.startup_id, v.deal_id, v.kind, v.happened_at, v.summary, v.body, v.participants, \
                 v.person_ids, c.by, c.logged_at, v.version, v.hidden_at \
                 from interaction_version v join interaction c on c.id = v.interaction_id where v.known_from <= ",
            )
            .bind(at, "")
            .push(" and (v.known_until is null or v.known_until > ")
            .bind(at, "")
            .push(")) x"),
    };
    sql.push(" left join deal d on d.id = x.deal_id where x.hidden_at is null and ");
    push_visible_with_deal(sql, viewer, as_of);
}

/// The interactions with these ids that the viewer may see, hidden ones left out; as known at an instant if one is given.
pub async fn by_ids(
    db: &impl Reader,
    viewer: &Viewer,
    ids: &[InteractionId],
    as_of: Option<Instant>,
) -> Result<Vec<Interaction>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS).push(" from ");
    push_source(&mut sql, viewer, as_of);
    sql.push(" and ").one_of("x.id", ids);
    let rows: Vec<Row> = sql.all(db).await?;
    rows.into_iter().map(Row::read).collect()
}

/// Whose interactions are asked for.
#[derive(Debug, Clone, Copy)]
pub enum Owners<'a> {
    /// Of these startups, those of their deals too.
    Startups(&'a [StartupId]),
    /// Of these deals.
    Deals(&'a [DealId]),
    /// Those that these people took part in.
    People(&'a [PersonId]),
}

impl Owners<'_> {
    fn push(self, sql: &mut Sql) {
        match self {
            Self::Startups(ids) => sql.owners(ids),
            Self::Deals(ids) => sql.owners(ids),
            Self::People(ids) => sql.owners(ids),
        };
    }
    /// That an interaction `x` is of the row `owner`. Served by `interaction_startup`, `interaction_deal` and
    /// `interaction_people`.
    fn condition(self) -> &'static str {
        match self {
            Self::Startups(_) => " and x.startup_id = owner.id",
            Self::Deals(_) => " and x.deal_id = owner.id",
            Self::People(_) => " and x.person_ids <> '{}' and x.person_ids @> array[owner.id]",
        }
    }
}

/// Where in a list an interaction stands.
pub fn place(interaction: &Interaction) -> Place {
    Place {
        key: Key::Instant(interaction.at),
        id: interaction.id.uuid(),
    }
}

/// The same page of the interactions of each owner, the latest first, in one statement; by the owners' bare ids.
pub async fn pages_of(
    db: &impl Reader,
    viewer: &Viewer,
    owners: Owners<'_>,
    as_of: Option<Instant>,
    page: &Page,
) -> Result<HashMap<Uuid, Slice<Interaction>>, Error> {
    let mut sql = Sql::new("select owner.id as owner, x.* from ");
    owners.push(&mut sql);
    sql.push(" cross join lateral (select ")
        .push(COLUMNS)
        .push(" from ");
    push_source(&mut sql, viewer, as_of);
    sql.push(owners.condition());
    page.append(&mut sql, "x.happened_at", "x.id", true);
    sql.push(") x");
    let mut found: HashMap<Uuid, Vec<Interaction>> = HashMap::new();
    for row in db.query_all_raw(sql.statement()).await? {
        let interaction = Row::from_query_result(&row, "")?.read()?;
        found
            .entry(row.try_get("", "owner")?)
            .or_default()
            .push(interaction);
    }
    Ok(found
        .into_iter()
        .map(|(owner, rows)| (owner, page.slice(rows)))
        .collect())
}

/// How many interactions each owner has, in one statement; by the owners' bare ids.
pub async fn counts_of(
    db: &impl Reader,
    viewer: &Viewer,
    owners: Owners<'_>,
    as_of: Option<Instant>,
) -> Result<HashMap<Uuid, i64>, Error> {
    #[derive(FromQueryResult)]
    struct Count {
        owner: Uuid,
        n: i64,
    }
    let mut sql = Sql::new("select owner.id as owner, x.n from ");
    owners.push(&mut sql);
    sql.push(" cross join lateral (select count(*) as n from ");
    push_source(&mut sql, viewer, as_of);
    sql.push(owners.condition()).push(") x");
    let counts: Vec<Count> = sql.all(db).await?;
    Ok(counts.into_iter().map(|row| (row.owner, row.n)).collect())
}

/// Adds an interaction.
pub async fn insert(db: &impl Reader, interaction: &Interaction) -> Result<(), Error> {
    let Interaction {
        id,
        startup_id,
        deal_id,
        kind,
        at,
        summary,
        body,
        participants,
        person_ids,
        by,
        logged_at,
        version,
    } = interaction.clone();
    let mut sql = Sql::new(
        "insert into interaction (id, startup_id, origin_startup_id, deal_id, kind, happened_at, summary, body, participants, \
         person_ids, by, logged_at, recorded_at, version) values (",
    );
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(startup_id.uuid(), "")
        .push(", ")
        .bind(startup_id.uuid(), "")
        .push(", ")
        .bind(deal_id.map(|deal| deal.uuid()), "::uuid")
        .push(", ")
        .bind(kind.code(), "")
        .push(", ")
        .bind(at, "")
        .push(", ")
        .bind(summary, "")
        .push(", ")
        .bind(body, "::text")
        .push(", ")
        .bind(participants, "::text[]")
        .push(", ")
        .bind_ids(&person_ids)
        .push(", ")
        .bind(by.map(|user| user.uuid()), "::uuid")
        .push(", ")
        .bind(logged_at, "")
        .push(", ")
        .bind(logged_at, "")
        .push(", ")
        .bind(version, "")
        .push(")");
    sql.run(db).await?;
    search::refresh(db, Indexed::Interaction, &[id.uuid()]).await
}

/// Replaces what people write about an interaction where it is still at `version_before`. False: somebody was faster.
/// Where it belongs, and who logged it when, stays.
pub async fn update(
    db: &impl Reader,
    interaction: &Interaction,
    version_before: i32,
    now: Instant,
) -> Result<bool, Error> {
    let Interaction {
        id,
        startup_id: _,
        deal_id: _,
        kind,
        at,
        summary,
        body,
        participants,
        person_ids,
        by: _,
        logged_at: _,
        version,
    } = interaction.clone();
    let mut sql = Sql::new("update interaction set kind = ");
    sql.bind(kind.code(), "")
        .push(", happened_at = ")
        .bind(at, "")
        .push(", summary = ")
        .bind(summary, "")
        .push(", body = ")
        .bind(body, "::text")
        .push(", participants = ")
        .bind(participants, "::text[]")
        .push(", person_ids = ")
        .bind_ids(&person_ids)
        .push(", version = ")
        .bind(version, "")
        .push(", recorded_at = greatest(")
        .bind(now, "")
        .push("::timestamptz, recorded_at + interval '1 microsecond') where id = ")
        .bind(id.uuid(), "")
        .push(" and version = ")
        .bind(version_before, "");
    if sql.run(db).await? != 1 {
        return Ok(false);
    }
    search::refresh(db, Indexed::Interaction, &[id.uuid()]).await?;
    Ok(true)
}

/// Hides an interaction that is taken back, or shows it again. Its row is locked.
pub async fn set_hidden(
    db: &impl Reader,
    id: InteractionId,
    hidden: bool,
    now: Instant,
) -> Result<(), Error> {
    let mut sql = Sql::new("update interaction set version = version + 1, hidden_at = ");
    sql.bind(hidden.then_some(now), "::timestamptz")
        .push(", recorded_at = greatest(")
        .bind(now, "")
        .push("::timestamptz, recorded_at + interval '1 microsecond') where id = ")
        .bind(id.uuid(), "");
    sql.run(db).await?;
    search::refresh(db, Indexed::Interaction, &[id.uuid()]).await
}

/// An interaction that the viewer may see, whose row stays locked until the transaction ends; hidden ones too, each with
/// whether it is.
pub async fn lock(
    db: &impl Reader,
    viewer: &Viewer,
    id: InteractionId,
) -> Result<Option<(Interaction, bool)>, Error> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS)
        .push(" from interaction x left join deal d on d.id = x.deal_id where x.id = ")
        .bind(id.uuid(), "")
        .push(" and ");
    push_visible_with_deal(&mut sql, viewer, None);
    sql.push(" for no key update of x");
    let Some(row) = sql.one::<Row>(db).await? else {
        return Ok(None);
    };
    let is_hidden = row.hidden_at.is_some();
    Ok(Some((row.read()?, is_hidden)))
}
