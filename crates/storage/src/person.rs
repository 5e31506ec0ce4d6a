//! People and their posts, now and as known at an instant.

use std::collections::HashMap;

use domain::{
    AffiliationId, Instant, PersonId, StartupId,
    person::{Affiliation, Person},
    text, typed,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, QueryFilter,
};

use crate::{
    Error, Reader,
    entity::{affiliation, person},
    page::{Key, Page, Place, Slice},
    position::by_position,
    search::{self, Indexed, Kind, Way, push_found},
    sql::Sql,
};

mod post {
    use crate::{entity::affiliation, position::by_position};
    by_position!(
        affiliation,
        "a",
        [id, person_id, organisation, kind, startup_id, title, is_founder, from_on, to_on],
        // What a post does not show.
        organisation_key: String::new(),
        origin_startup_id: None,
        recorded_at: chrono::DateTime::UNIX_EPOCH,
        version: 0,
        hidden_at: None,
    );
}

by_position!(
    person,
    "p",
    [id, name, aliases, contacts, links, recorded_at, version, hidden_at],
    // What is derived from the others.
    name_sort: String::new(),
    search_text: String::new(),
);

fn read(row: person::Model) -> Result<Person, Error> {
    let person::Model {
        id,
        name,
        name_sort: _,
        aliases,
        contacts,
        links,
        search_text: _,
        recorded_at,
        version,
        hidden_at,
    } = row;
    Ok(Person {
        id: typed(id),
        name,
        aliases: Error::row("person", id, serde_json::from_value(aliases))?,
        contacts: Error::row("person", id, serde_json::from_value(contacts))?,
        links,
        updated_at: recorded_at,
        version,
        hidden_at,
    })
}

fn write(person: &Person) -> Result<person::ActiveModel, Error> {
    let Person {
        id,
        name,
        aliases,
        contacts,
        links,
        updated_at,
        version,
        hidden_at,
    } = person.clone();
    let names = std::iter::once(name.as_str()).chain(aliases.iter().map(|alias| alias.name.as_str()));
    let search_text = text::search_text(names, contacts.iter().map(|contact| contact.value.as_str()));
    Ok(person::ActiveModel {
        id: Set(id.uuid()),
        name_sort: Set(text::name_sort(&name)),
        name: Set(name),
        aliases: Set(Error::row("person", id, serde_json::to_value(aliases))?),
        contacts: Set(Error::row("person", id, serde_json::to_value(contacts))?),
        links: Set(links),
        search_text: Set(search_text),
        recorded_at: Set(updated_at),
        version: Set(version),
        hidden_at: Set(hidden_at),
    })
}

/// Adds a person.
pub async fn insert(db: &impl Reader, person: &Person) -> Result<(), Error> {
    person::Entity::insert(write(person)?)
        .exec_without_returning(db)
        .await?;
    search::refresh(db, Indexed::Person, &[person.id.uuid()]).await
}

/// Replaces a person's fields where they are still at `version_before`. False: somebody was faster.
pub async fn update(db: &impl Reader, person: &Person, version_before: i32) -> Result<bool, Error> {
    let mut row = write(person)?;
    row.id = NotSet;
    let done = person::Entity::update_many()
        .set(row)
        .filter(person::Column::Id.eq(person.id.uuid()))
        .filter(person::Column::Version.eq(version_before))
        .exec(db)
        .await?;
    if done.rows_affected == 1 {
        search::refresh(db, Indexed::Person, &[person.id.uuid()]).await?;
        search::refresh_startups_of_person(db, person.id.uuid()).await?;
    }
    Ok(done.rows_affected == 1)
}

/// A person whose row stays locked until the transaction ends, so that nobody hides them meanwhile.
pub async fn lock(db: &impl Reader, id: PersonId) -> Result<Option<Person>, Error> {
    locked(db, id, " and hidden_at is null").await
}

/// As [`lock`], the hidden ones too: for taking a hiding back.
pub async fn lock_even_hidden(db: &impl Reader, id: PersonId) -> Result<Option<Person>, Error> {
    locked(db, id, "").await
}

async fn locked(db: &impl Reader, id: PersonId, narrower: &str) -> Result<Option<Person>, Error> {
    let mut sql = Sql::new("select * from person where id = ");
    sql.bind(id.uuid(), "").push(narrower).push(" for no key update");
    sql.one::<person::Model>(db).await?.map(read).transpose()
}

/// The people with these ids, hidden ones left out; as known at an instant if one is given.
pub async fn by_ids(
    db: &impl Reader,
    ids: &[PersonId],
    as_of: Option<Instant>,
) -> Result<Vec<Person>, Error> {
    let mut sql = match as_of {
        None => {
            let mut sql = Sql::new("select ");
            sql.push(COLUMNS).push(" from person p where p.hidden_at is null");
            sql
        }
        Some(at) => {
            let mut sql = Sql::new("select ");
            sql.push(COLUMNS).push(
                " from (select v.person_id as id, v.name, v.name_sort, v.aliases, v.contacts, v.links, '' as search_text, \
                 v.known_from as recorded_at, v.version, v.hidden_at from person_version v where v.known_from <= ",
            );
            sql.bind(at, "")
                .push(" and (v.known_until is null or v.known_until > ")
                .bind(at, "");
            sql.push(")) p where p.hidden_at is null");
            sql
        }
    };
    sql.push(" and ").one_of("p.id", ids);
    sql.each(db, |row| read(model(row)?)).await
}

/// Whether a post, the source of a deal or an interaction names the person: then their creation is not undone.
pub async fn referred_by(db: &impl Reader, id: PersonId) -> Result<bool, Error> {
    // Whichever record it is, the answer is the same: another record.
    let mut sql = Sql::new(
        "select true as found where exists (select from affiliation where hidden_at is null and person_id = ",
    );
    sql.bind(id.uuid(), "")
        .push(") or exists (select from deal where hidden_at is null and sources @> ");
    sql.bind(serde_json::json!([{ "personId": id }]), "::jsonb")
        .push(") or exists (select from interaction where hidden_at is null and person_ids <> '{}' and person_ids @> array[");
    sql.bind(id.uuid(), "::uuid").push("])");
    Ok(sql.row(db).await?.is_some())
}

/// By what a list of people is narrowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words, each of which is part of a name, alias or contact.
    pub search: Option<String>,
    /// An organisation at which they have, or had, a post.
    pub affiliated_with: Option<String>,
}

fn narrow(sql: &mut Sql, filter: &Filter, way: Way) {
    let Filter {
        search,
        affiliated_with,
    } = filter;
    sql.push(" where p.hidden_at is null");
    if let Some(words) = search {
        push_found(sql, Kind::Person, "p.id", words, way);
    }
    if let Some(organisation) = affiliated_with {
        // Served by `affiliation_organisation`.
        sql.push(" and p.id in (select a.person_id from affiliation a where a.hidden_at is null and a.organisation_key = ");
        sql.bind(text::name_key(organisation), "").push(")");
    }
}

/// Where in the list's order (by name, Chinese by pinyin) a person stands.
pub fn place(person: &Person) -> Place {
    Place {
        key: Key::Text(text::name_sort(&person.name)),
        id: person.id.uuid(),
    }
}

/// A page of people, by name. Served by `person_by_name`.
pub async fn list(db: &impl Reader, filter: &Filter, page: &Page) -> Result<Slice<Person>, Error> {
    let way = search::way(db, Kind::Person, filter.search.as_deref()).await?;
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS).push(" from person p");
    narrow(&mut sql, filter, way);
    page.append(&mut sql, "p.name_sort", "p.id", false);
    Ok(page.slice(sql.each(db, |row| read(model(row)?)).await?))
}

/// How many people the filter leaves.
pub async fn count(db: &impl Reader, filter: &Filter) -> Result<i64, Error> {
    let way = search::way(db, Kind::Person, filter.search.as_deref()).await?;
    let mut sql = Sql::new("select count(*) as n from person p");
    narrow(&mut sql, filter, way.of_all());
    sql.count(db).await
}

fn read_affiliation(row: affiliation::Model) -> Result<Affiliation, Error> {
    let affiliation::Model {
        id,
        person_id,
        organisation,
        organisation_key: _,
        kind,
        startup_id,
        origin_startup_id: _,
        title,
        is_founder,
        from_on,
        to_on,
        recorded_at: _,
        version: _,
        hidden_at: _,
    } = row;
    Ok(Affiliation {
        id: typed(id),
        person_id: typed(person_id),
        organisation,
        kind: Error::row("affiliation", id, kind.parse())?,
        startup_id: startup_id.map(typed),
        title,
        is_founder,
        from_on,
        to_on,
    })
}

/// Adds a post.
pub async fn insert_affiliation(
    db: &impl Reader,
    affiliation: &Affiliation,
    now: Instant,
) -> Result<(), Error> {
    let Affiliation {
        id,
        person_id,
        organisation,
        kind,
        startup_id,
        title,
        is_founder,
        from_on,
        to_on,
    } = affiliation.clone();
    let startup_id = startup_id.map(|s| s.uuid());
    let row = affiliation::ActiveModel {
        id: Set(id.uuid()),
        person_id: Set(person_id.uuid()),
        organisation_key: Set(text::name_key(&organisation)),
        organisation: Set(organisation),
        kind: Set(kind.code().to_owned()),
        startup_id: Set(startup_id),
        origin_startup_id: Set(startup_id),
        title: Set(title),
        is_founder: Set(is_founder),
        from_on: Set(from_on),
        to_on: Set(to_on),
        recorded_at: Set(now),
        version: Set(1),
        hidden_at: Set(None),
    };
    affiliation::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    search::refresh_startups_of_person(db, person_id.uuid()).await
}

/// A post whose row stays locked until the transaction ends, hidden ones too, each with whether it is.
pub async fn lock_affiliation_even_hidden(
    db: &impl Reader,
    id: AffiliationId,
) -> Result<Option<(Affiliation, bool)>, Error> {
    let mut sql = Sql::new("select * from affiliation where id = ");
    sql.bind(id.uuid(), "").push(" for no key update");
    let Some(row) = sql.one::<affiliation::Model>(db).await? else {
        return Ok(None);
    };
    let hidden = row.hidden_at.is_some();
    Ok(Some((read_affiliation(row)?, hidden)))
}

/// Hides a post of `person` whose creation is undone, or shows it again. Its row is locked.
pub async fn set_affiliation_hidden(
    db: &impl Reader,
    id: AffiliationId,
    person: PersonId,
    hidden: bool,
    now: Instant,
) -> Result<(), Error> {
    let mut sql = Sql::new("update affiliation set version = version + 1, hidden_at = ");
    sql.bind(hidden.then_some(now), "::timestamptz")
        .push(", recorded_at = greatest(")
        .bind(now, "");
    sql.push("::timestamptz, recorded_at + interval '1 microsecond') where id = ")
        .bind(id.uuid(), "");
    sql.run(db).await?;
    search::refresh_startups_of_person(db, person.uuid()).await
}

/// Appends what posts are selected from, under the alias `a`, so that further conditions follow with `and`.
/// `candidates` narrows the posts themselves, whatever the instant, so that an index serves.
fn push_affiliations(sql: &mut Sql, as_of: Option<Instant>, candidates: impl FnOnce(&mut Sql)) {
    sql.push("select ").push(post::COLUMNS);
    match as_of {
        None => {
            sql.push(" from affiliation a join person p on p.id = a.person_id where a.hidden_at is null and p.hidden_at is null and ");
            candidates(sql);
        }
        Some(at) => {
            sql.push(
                " from (select v.affiliation_id as id, c.person_id, v.organisation, '' as organisation_key, v.kind, v.startup_id, \
                 c.origin_startup_id, v.title, v.is_founder, v.from_on, v.to_on, v.known_from as recorded_at, v.version, v.hidden_at \
                 from affiliation_version v join affiliation c on c.id = v.affiliation_id where v.known_from <= ",
            );
            sql.bind(at, "")
                .push(" and (v.known_until is null or v.known_until > ")
                .bind(at, "");
            sql.push(")) a join person_version p on p.person_id = a.person_id and p.known_from <= ")
                .bind(at, "");
            sql.push(" and (p.known_until is null or p.known_until > ")
                .bind(at, "");
            sql.push(") where a.hidden_at is null and p.hidden_at is null and ");
            candidates(sql);
        }
    }
}

/// The posts with these ids, hidden ones left out; as known at an instant if one is given.
pub async fn affiliations_by_ids(
    db: &impl Reader,
    ids: &[AffiliationId],
    as_of: Option<Instant>,
) -> Result<Vec<Affiliation>, Error> {
    let mut sql = Sql::default();
    push_affiliations(&mut sql, as_of, |sql| {
        sql.one_of("a.id", ids);
    });
    sql.each(db, |row| read_affiliation(post::model(row)?)).await
}

/// The posts at each of these startups, founders first. Served by `affiliation_startup` and
/// `affiliation_version_startup`.
pub async fn affiliations_of_startups(
    db: &impl Reader,
    startups: &[StartupId],
    as_of: Option<Instant>,
) -> Result<HashMap<StartupId, Vec<Affiliation>>, Error> {
    let mut sql = Sql::default();
    push_affiliations(&mut sql, as_of, |sql| {
        sql.one_of("a.startup_id", startups);
        sql.push(" order by a.is_founder desc, a.from_on nulls last, a.id");
    });
    let mut found: HashMap<StartupId, Vec<Affiliation>> = HashMap::new();
    for affiliation in sql.each(db, |row| read_affiliation(post::model(row)?)).await? {
        if let Some(startup) = affiliation.startup_id {
            found.entry(startup).or_default().push(affiliation);
        }
    }
    Ok(found)
}

/// The posts of each of these people, the latest first. Served by `affiliation_person`.
pub async fn affiliations_of_people(
    db: &impl Reader,
    people: &[PersonId],
    as_of: Option<Instant>,
) -> Result<HashMap<PersonId, Vec<Affiliation>>, Error> {
    let mut sql = Sql::default();
    push_affiliations(&mut sql, as_of, |sql| {
        sql.one_of("a.person_id", people);
        sql.push(" order by a.from_on desc nulls last, a.id desc");
    });
    let mut found: HashMap<PersonId, Vec<Affiliation>> = HashMap::new();
    for affiliation in sql.each(db, |row| read_affiliation(post::model(row)?)).await? {
        found.entry(affiliation.person_id).or_default().push(affiliation);
    }
    Ok(found)
}
