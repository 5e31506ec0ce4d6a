//! Keeping the lexemes by which records are found.
//!
//! They are made from what stands in the tables, in the transaction that changes it: whoever writes a record, or moves
//! it from one startup to another, calls [`refresh`] with it, [`refresh_startups`] with
//! a startup, and [`refresh_startups_of_person`] with whose post it is.

use domain::text::{self, Vector};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Database, Error, Reader, sql::Sql};

/// The version of the lexemes that this program makes: raised where [`Vector`] or what goes into it changes, so that
/// those of older versions are made again.
const MADE_BY: i16 = 1;
/// Rows whose lexemes are made in one transaction when many are missing.
const BATCH: i64 = 500;
/// Lines, people and organisations by which a startup is found.
const WORDS_LIMIT: usize = 500;

/// What a record of a table is found by that has nothing but its name, a column.
macro_rules! named {
    ($table:literal, $name:literal) => {
        concat!(
            "select t.id, t.",
            $name,
            " as name, array[t.",
            $name,
            "] as names, '{}'::text[] as words, '{}'::text[] as texts, '{}'::uuid[] as marks, t.hidden_at is not null as is_hidden from ",
            $table,
            " t"
        )
    };
}

/// Kinds of records that have lexemes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indexed {
    /// Sectors, by which startups are found.
    Sector,
    /// Startups.
    Startup,
    /// Deals.
    Deal,
    /// People.
    Person,
    /// Documents.
    Document,
    /// Evidence.
    Evidence,
    /// Interactions.
    Interaction,
    /// Review meetings.
    Review,
    /// Theses.
    Thesis,
    /// Capabilities of base models.
    Capability,
}

impl Indexed {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Sector,
        Self::Startup,
        Self::Deal,
        Self::Person,
        Self::Document,
        Self::Evidence,
        Self::Interaction,
        Self::Review,
        Self::Thesis,
        Self::Capability,
    ];

    /// The table of its records; that of their lexemes ends in `_search`.
    pub(crate) fn table(self) -> &'static str {
        match self {
            Self::Sector => "sector",
            Self::Startup => "startup",
            Self::Deal => "deal",
            Self::Person => "person",
            Self::Document => "document",
            Self::Evidence => "evidence",
            Self::Interaction => "interaction",
            Self::Review => "review",
            Self::Thesis => "thesis",
            Self::Capability => "capability",
        }
    }

    /// The columns of its table of lexemes that an [`Entry`] fills, with their types.
    fn columns(self) -> &'static [(&'static str, &'static str)] {
        const SORT: (&str, &str) = ("name_sort", "text");
        const NAMES: (&str, &str) = ("names", "tsvector");
        const WORDS: (&str, &str) = ("words", "tsvector");
        const TEXTS: (&str, &str) = ("texts", "tsvector");
        const GRAMS: (&str, &str) = ("grams", "tsvector");
        const HIDDEN: (&str, &str) = ("is_hidden", "boolean");
        match self {
            Self::Sector => &[NAMES],
            Self::Startup | Self::Deal => &[SORT, NAMES, WORDS, TEXTS, GRAMS, HIDDEN],
            Self::Person | Self::Review | Self::Thesis | Self::Capability => &[SORT, NAMES, GRAMS, HIDDEN],
            Self::Document | Self::Interaction => &[SORT, NAMES, TEXTS, GRAMS, HIDDEN],
            Self::Evidence => &[TEXTS, HIDDEN],
        }
    }

    /// What a record is found by, as it stands: `id`, `name` (by which hits are ordered), `names`, `words` and `texts`
    /// (each what the one before it lacks), `marks` and `is_hidden`. Conditions on the record follow, under the alias `t`.
    fn source(self) -> &'static str {
        match self {
            Self::Sector => {
                "select t.id, t.name, array[t.name, t.name_zh, t.slug] as names, '{}'::text[] as words, '{}'::text[] as texts, \
                 '{}'::uuid[] as marks, false as is_hidden from sector t"
            }
            // Its people with all their organisations: "founders from Tsinghua".
            Self::Startup => {
                "select t.id, t.name, array[t.name] || array(select a ->> 'name' from jsonb_array_elements(t.aliases) a) || t.domains as names, \
                 array_remove(array[t.one_liner], null) \
                 || array(select p.name from affiliation f join person p on p.id = f.person_id \
                          where f.startup_id = t.id and f.hidden_at is null and p.hidden_at is null order by f.id) \
                 || array(select a ->> 'name' from affiliation f join person p on p.id = f.person_id cross join jsonb_array_elements(p.aliases) a \
                          where f.startup_id = t.id and f.hidden_at is null and p.hidden_at is null order by f.id) \
                 || array(select g.organisation from affiliation f join person p on p.id = f.person_id join affiliation g on g.person_id = p.id \
                          where f.startup_id = t.id and f.hidden_at is null and p.hidden_at is null and g.hidden_at is null \
                          and g.startup_id is distinct from t.id order by g.id) as words, \
                 array_remove(array[t.description], null) as texts, t.sector_ids as marks, t.hidden_at is not null as is_hidden from startup t"
            }
            Self::Deal => {
                "select t.id, t.title as name, array[t.title] as names, \
                 array[s.name] || array(select a ->> 'name' from jsonb_array_elements(s.aliases) a) || s.domains as words, \
                 array_remove(array[t.next_step], null) as texts, '{}'::uuid[] as marks, t.hidden_at is not null as is_hidden \
                 from deal t join startup s on s.id = t.startup_id"
            }
            Self::Person => {
                "select t.id, t.name, array[t.name] || array(select a ->> 'name' from jsonb_array_elements(t.aliases) a) \
                 || array(select c ->> 'value' from jsonb_array_elements(t.contacts) c) as names, \
                 '{}'::text[] as words, '{}'::text[] as texts, '{}'::uuid[] as marks, t.hidden_at is not null as is_hidden from person t"
            }
            Self::Document => {
                "select t.id, t.title as name, array[t.title] as names, '{}'::text[] as words, \
                 array_remove(array[t.publisher, t.byline, t.note, t.url], null) as texts, '{}'::uuid[] as marks, \
                 t.hidden_at is not null as is_hidden from document t"
            }
            Self::Evidence => {
                "select t.id, '' as name, '{}'::text[] as names, '{}'::text[] as words, \
                 array_remove(array[t.note, t.as_found, t.segment, t.supplied_by], null) as texts, '{}'::uuid[] as marks, \
                 t.retracted_at is not null as is_hidden from evidence t"
            }
            Self::Interaction => {
                "select t.id, t.summary as name, array[t.summary] as names, '{}'::text[] as words, \
                 array_remove(array[t.body], null) || t.participants as texts, '{}'::uuid[] as marks, \
                 t.hidden_at is not null as is_hidden from interaction t"
            }
            Self::Review => named!("review", "title"),
            Self::Thesis => named!("thesis", "statement"),
            Self::Capability => named!("capability", "statement"),
        }
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    names: Vec<String>,
    words: Vec<String>,
    texts: Vec<String>,
    marks: Vec<Uuid>,
    is_hidden: bool,
}

/// The lexemes of a record, a text for each column of its table of lexemes.
struct Entry {
    id: Uuid,
    name_sort: String,
    names: String,
    words: String,
    texts: String,
    grams: String,
    is_hidden: bool,
}

impl Entry {
    fn of(kind: Indexed, row: Row) -> Self {
        let Row {
            id,
            name,
            names,
            words,
            texts,
            marks,
            is_hidden,
        } = row;
        let mut of_names = Vector::new();
        let mut of_letters = Vector::new();
        // Whole names and their sounds stand with the names alone: rows that are read by the thousand are to be short.
        let mut of_words = Vector::new();
        for name in &names {
            of_names.name(name).sound(name);
            of_words.text(name);
            of_letters.letters(name);
        }
        for mark in marks {
            of_words.mark(&mark.simple().to_string());
        }
        for word in words.iter().take(WORDS_LIMIT) {
            of_words.text(word);
            // The names of its startup.
            if kind == Indexed::Deal {
                of_names.sound(word);
                of_letters.letters(word);
            }
        }
        let mut of_texts = of_words.clone();
        for text in &texts {
            of_texts.text(text);
        }
        Self {
            id,
            name_sort: text::name_sort(&name),
            names: of_names.to_string(),
            words: of_words.to_string(),
            texts: of_texts.to_string(),
            grams: of_letters.to_string(),
            is_hidden,
        }
    }

    fn column(&self, name: &str) -> &str {
        match name {
            "name_sort" => &self.name_sort,
            "names" => &self.names,
            "words" => &self.words,
            "texts" => &self.texts,
            "grams" => &self.grams,
            _ if self.is_hidden => "true",
            _ => "false",
        }
    }
}

/// Makes the lexemes of records anew that this transaction has written or locked.
pub async fn refresh(db: &impl Reader, kind: Indexed, ids: &[Uuid]) -> Result<(), Error> {
    if ids.is_empty() {
        return Ok(());
    }
    // Boxed: it is a part of every write.
    Box::pin(make(db, kind, ids)).await
}

async fn make(db: &impl Reader, kind: Indexed, ids: &[Uuid]) -> Result<(), Error> {
    let mut sql = Sql::new(kind.source());
    sql.push(" where t.id = any(")
        .bind(ids.to_vec(), "::uuid[]")
        .push(")");
    let entries: Vec<Entry> = sql
        .all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| Entry::of(kind, row))
        .collect();
    if entries.is_empty() {
        return Ok(());
    }
    let columns = kind.columns();
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let read: Vec<String> = columns
        .iter()
        .map(|(name, of)| format!("t.{name}::{of}"))
        .collect();
    let set: Vec<String> = names
        .iter()
        .map(|name| format!("{name} = excluded.{name}"))
        .collect();
    let mut sql = Sql::new(&format!(
        "insert into {}_search (id, made_by, {}) select t.id, ",
        kind.table(),
        names.join(", ")
    ));
    sql.bind(MADE_BY, "")
        .push(", ")
        .push(&read.join(", "))
        .push(" from unnest(");
    sql.bind(
        entries.iter().map(|entry| entry.id).collect::<Vec<_>>(),
        "::uuid[]",
    );
    for name in &names {
        let column: Vec<String> = entries
            .iter()
            .map(|entry| entry.column(name).to_owned())
            .collect();
        sql.push(", ").bind(column, "::text[]");
    }
    sql.push(&format!(
        ") as t(id, {}) order by t.id on conflict (id) do update set made_by = excluded.made_by, {}",
        names.join(", "),
        set.join(", ")
    ));
    sql.run(db).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The same for records that others may be writing: their rows are locked first, in the order of ids, so that whoever
/// comes second sees what the first one wrote. `which` is a condition on the record, under the alias `t`.
async fn refresh_locked(db: &impl Reader, kind: Indexed, which: Sql) -> Result<(), Error> {
    let mut sql = Sql::new(&format!("select t.id from {} t where ", kind.table()));
    sql.append(which).push(" order by t.id for no key update");
    let ids: Vec<Uuid> = sql.all::<Id>(db).await?.into_iter().map(|row| row.id).collect();
    refresh(db, kind, &ids).await
}

/// After startups were written: their lexemes, and those of their deals, which are found by their names.
pub async fn refresh_startups(db: &impl Reader, ids: &[Uuid]) -> Result<(), Error> {
    refresh(db, Indexed::Startup, ids).await?;
    let mut deals = Sql::new("t.startup_id = any(");
    deals.bind(ids.to_vec(), "::uuid[]").push(")");
    refresh_locked(db, Indexed::Deal, deals).await
}

/// After a person or a post of theirs was written: the lexemes of the startups at which they have, or had, a post.
pub async fn refresh_startups_of_person(db: &impl Reader, id: Uuid) -> Result<(), Error> {
    let mut startups = Sql::new("t.id in (select f.startup_id from affiliation f where f.person_id = ");
    startups.bind(id, "").push(")");
    refresh_locked(db, Indexed::Startup, startups).await
}

/// Makes the lexemes that are missing, or of an older version; how many. Each batch is a transaction of its own, so
/// that it goes on where it broke off. Nothing else of the records changes.
pub async fn catch_up(db: &Database) -> Result<u64, Error> {
    let mut made = 0;
    for kind in Indexed::ALL {
        let mut last = Uuid::nil();
        loop {
            let tx = db.begin().await?;
            let table = kind.table();
            let mut sql = Sql::new(&format!(
                "select t.id from {table} t where t.id in (select t.id from {table} t left join {table}_search x on x.id = t.id \
                 where (x.id is null or x.made_by <> "
            ));
            sql.bind(MADE_BY, "").push(") and t.id > ").bind(last, "");
            sql.push(" order by t.id limit ")
                .bind(BATCH, "")
                .push(") order by t.id for no key update");
            let ids: Vec<Uuid> = sql.all::<Id>(&tx).await?.into_iter().map(|row| row.id).collect();
            let Some(end) = ids.last() else { break };
            last = *end;
            refresh(&tx, kind, &ids).await?;
            tx.commit().await?;
            made += ids.len() as u64;
        }
    }
    Ok(made)
}
