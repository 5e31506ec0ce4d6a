//! Search over records of every kind, served by the lexemes of `*_search` ([`index`] keeps them).
//!
//! A hit stands before another by where it holds what was typed: as a whole name, at the beginning of a name, in names,
//! as a part of a name's word, in the words beside the names (what a startup does in a line, its sectors, its people),
//! in the sound of a name, in longer texts; among equals by name. Each of these stages is asked only when those before
//! it gave fewer hits than are wanted, and all of them in one statement. Where nothing is found at all, names that
//! differ by a slip of the fingers are.

mod index;
mod stage;

use domain::{
    AnyId, Viewer,
    text::{Query, Similar},
    typed,
};
use sea_orm::{DbErr, FromQueryResult};
use uuid::Uuid;

use crate::{Error, Reader, access::push_visible, sql::Sql};

pub use index::{Indexed, catch_up, refresh, refresh_startups, refresh_startups_of_person};

/// Names among which a slip is looked for.
const SIMILAR_LIMIT: i64 = 200;

/// The kinds of records that are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words are described in the API")]
pub enum Kind {
    Startup,
    Deal,
    Person,
    Document,
    Evidence,
    Interaction,
    Review,
    Thesis,
    Capability,
}

impl Kind {
    /// Every kind, in the order in which equally good hits are told.
    pub const ALL: [Self; 9] = [
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

    fn id(self, id: Uuid) -> AnyId {
        match self {
            Self::Startup => AnyId::StartupTag(typed(id)),
            Self::Deal => AnyId::DealTag(typed(id)),
            Self::Person => AnyId::PersonTag(typed(id)),
            Self::Document => AnyId::DocumentTag(typed(id)),
            Self::Evidence => AnyId::EvidenceTag(typed(id)),
            Self::Interaction => AnyId::InteractionTag(typed(id)),
            Self::Review => AnyId::ReviewTag(typed(id)),
            Self::Thesis => AnyId::ThesisTag(typed(id)),
            Self::Capability => AnyId::CapabilityTag(typed(id)),
        }
    }

    fn indexed(self) -> Indexed {
        match self {
            Self::Startup => Indexed::Startup,
            Self::Deal => Indexed::Deal,
            Self::Person => Indexed::Person,
            Self::Document => Indexed::Document,
            Self::Evidence => Indexed::Evidence,
            Self::Interaction => Indexed::Interaction,
            Self::Review => Indexed::Review,
            Self::Thesis => Indexed::Thesis,
            Self::Capability => Indexed::Capability,
        }
    }

    /// Whether more than names is kept of its records.
    fn has_texts(self) -> bool {
        !matches!(
            self,
            Self::Person | Self::Review | Self::Thesis | Self::Capability
        )
    }

    /// Under which condition the viewer may see what an entry `x` stands for.
    fn push_shown(self, sql: &mut Sql, viewer: &Viewer) {
        sql.push("not x.is_hidden");
        match self {
            Self::Startup
            | Self::Person
            | Self::Evidence
            | Self::Review
            | Self::Thesis
            | Self::Capability => {}
            Self::Deal => {
                sql.push(" and exists (select from deal d where d.id = x.id and ");
                push_visible(sql, viewer, "d");
                sql.push(")");
            }
            Self::Document | Self::Interaction => {
                sql.push(&format!(
                    " and exists (select from {} m left join deal d on d.id = m.deal_id where m.id = x.id and (m.deal_id is null or d.hidden_at is null and ",
                    self.indexed().table()
                ));
                push_visible(sql, viewer, "d");
                sql.push("))");
            }
        }
    }

    /// What is told of a hit `h`: where it is read from, under which `title`, with which `snippet`.
    fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::Startup => (
                "startup t on t.id = h.id and t.hidden_at is null",
                "t.name as title, coalesce(t.one_liner, t.domains[1], '') as snippet",
            ),
            Self::Deal => (
                "deal t on t.id = h.id and t.hidden_at is null join startup s on s.id = t.startup_id",
                "t.title, s.name as snippet",
            ),
            Self::Person => (
                "person t on t.id = h.id and t.hidden_at is null",
                "t.name as title, coalesce((select concat_ws(', ', a.title, a.organisation) from affiliation a where a.person_id = t.id \
                 and a.hidden_at is null order by a.is_founder desc, a.to_on desc nulls first, a.id limit 1), '') as snippet",
            ),
            Self::Document => (
                "document t on t.id = h.id and t.hidden_at is null",
                "t.title, coalesce(t.publisher, t.url, '') as snippet",
            ),
            Self::Evidence => (
                "evidence t on t.id = h.id and t.retracted_at is null join startup s on s.id = t.startup_id and s.hidden_at is null",
                "s.name as title, coalesce(t.note, t.as_found, t.segment, t.supplied_by, '') as snippet",
            ),
            Self::Interaction => (
                "interaction t on t.id = h.id and t.hidden_at is null join startup s on s.id = t.startup_id",
                "t.summary as title, s.name as snippet",
            ),
            // Its day where the fund is.
            Self::Review => (
                "review t on t.id = h.id and t.hidden_at is null",
                "t.title, coalesce((select to_char(t.starts_at at time zone w.time_zone, 'YYYY-MM-DD HH24:MI') from workspace w), '') as snippet",
            ),
            // What the last verdict rests on.
            Self::Thesis => (
                "thesis t on t.id = h.id and t.hidden_at is null",
                "t.statement as title, coalesce((select v.reason from thesis_verdict v where v.thesis_id = t.id \
                 order by v.on_day desc, v.recorded_at desc limit 1), '') as snippet",
            ),
            Self::Capability => (
                "capability t on t.id = h.id and t.hidden_at is null",
                "t.statement as title, coalesce((select v.reason from capability_verdict v where v.capability_id = t.id \
                 order by v.on_day desc, v.recorded_at desc limit 1), '') as snippet",
            ),
        }
    }

    /// The names of a record `t`, folded, one a line; None where none are kept letter by letter.
    fn names(self) -> Option<&'static str> {
        match self {
            Self::Startup | Self::Person => Some("t.search_text"),
            Self::Deal => Some("t.search_text || E'\\n' || s.search_text"),
            Self::Document | Self::Review => Some("lower(t.title)"),
            Self::Interaction => Some("lower(t.summary)"),
            Self::Thesis | Self::Capability => Some("lower(t.statement)"),
            Self::Evidence => None,
        }
    }
}

/// A record that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Which one.
    pub id: AnyId,
    /// What it is called.
    pub title: String,
    /// A line that tells it from others of that name; empty where there is none.
    pub snippet: String,
}

/// A hit with what it is ordered by.
#[derive(FromQueryResult)]
struct Row {
    rank: i32,
    name_sort: String,
    id: Uuid,
    title: String,
    snippet: String,
}

/// The best `limit` records that the viewer may see and that hold every word. Words without a letter find nothing.
pub async fn find(
    db: &impl Reader,
    viewer: &Viewer,
    words: &str,
    kinds: &[Kind],
    limit: u64,
) -> Result<Vec<Hit>, Error> {
    if words.contains('\0') {
        return Err(Error::Value(DbErr::Custom(
            "no text holds the sign that was searched".into(),
        )));
    }
    let Some(query) = Query::new(words) else {
        return Ok(Vec::new());
    };
    if limit == 0 {
        return Ok(Vec::new());
    }
    let mut found: Vec<(Kind, Row)> = Vec::new();
    for kind in kinds {
        let rows: Vec<Row> = stage::statement(*kind, viewer, &query, limit).all(db).await?;
        found.extend(rows.into_iter().map(|row| (*kind, row)));
    }
    if found.is_empty()
        && let Some(similar) = query.similar()
    {
        for kind in kinds {
            found.extend(nearest(db, viewer, *kind, &similar).await?);
        }
    }
    found.sort_by(|(a_kind, a), (b_kind, b)| {
        let key = |kind: Kind| kind as i32;
        (a.rank, key(*a_kind), &a.name_sort, a.id).cmp(&(b.rank, key(*b_kind), &b.name_sort, b.id))
    });
    found.truncate(limit as usize);
    Ok(found
        .into_iter()
        .map(|(kind, row)| Hit {
            id: kind.id(row.id),
            title: row.title,
            snippet: row.snippet,
        })
        .collect())
}

#[derive(FromQueryResult)]
struct Near {
    id: Uuid,
    name_sort: String,
    names: String,
    title: String,
    snippet: String,
}

/// The records of a kind whose names differ from the words by slips, the nearer with the lower rank.
async fn nearest(
    db: &impl Reader,
    viewer: &Viewer,
    kind: Kind,
    similar: &Similar,
) -> Result<Vec<(Kind, Row)>, Error> {
    let Some(sql) = stage::similar(kind, viewer, similar, SIMILAR_LIMIT) else {
        return Ok(Vec::new());
    };
    let rows: Vec<Near> = sql.all(db).await?;
    let near = rows.into_iter().filter_map(|row| {
        let distance = similar.distance(&row.names)?;
        let Near {
            id,
            name_sort,
            names: _,
            title,
            snippet,
        } = row;
        let rank = distance.cast_signed();
        Some((
            kind,
            Row {
                rank,
                name_sort,
                id,
                title,
                snippet,
            },
        ))
    });
    Ok(near.collect())
}

/// How a list is narrowed to what a search finds. Found out, and not left to the planner, which cannot know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// The records found are looked up by their keys: they are few.
    Keys,
    /// Each record of the list is asked whether it is one: so many are that a page is soon full.
    Each,
    /// The planner joins the two: all of them are wanted.
    All,
}

impl Way {
    /// The way when not a page is wanted but all of the list.
    pub(crate) fn of_all(self) -> Self {
        match self {
            Self::Keys => Self::Keys,
            Self::Each | Self::All => Self::All,
        }
    }
}

/// The records found of which it is worth to look each up.
const KEYS_LIMIT: i64 = 2000;

/// The way to a page of a list that is narrowed by these words, if it is.
pub(crate) async fn way(db: &impl Reader, kind: Kind, words: Option<&str>) -> Result<Way, Error> {
    let Some(query) = words.filter(|words| !words.contains('\0')).and_then(Query::new) else {
        return Ok(Way::Keys);
    };
    let mut sql = Sql::new("select count(*) as n from (");
    sql.append(stage::all(kind, &query))
        .push(" limit ")
        .bind(KEYS_LIMIT + 1, "")
        .push(") x");
    let many = sql.count(db).await? > KEYS_LIMIT;
    Ok(if many { Way::Each } else { Way::Keys })
}

/// Narrows a list of records of a kind, of which `id` is the SQL expression of the id, to those that hold every word
/// anywhere (deals: in title or startup). Blank words narrow nothing; words without a letter leave nothing.
pub(crate) fn push_found(sql: &mut Sql, kind: Kind, id: &str, words: &str, way: Way) {
    if words.trim().is_empty() {
        return;
    }
    // Refused by the database, as it is wherever a text is compared.
    if words.contains('\0') {
        sql.push(" and '' <> ").bind(words, "::text");
        return;
    }
    let Some(query) = Query::new(words) else {
        sql.push(" and false");
        return;
    };
    match way {
        Way::Keys => sql
            .push(&format!(" and {id} = any(array("))
            .append(stage::all(kind, &query))
            .push("))"),
        Way::Each => sql.push(" and ").append(stage::is_found(kind, &query, id)),
        Way::All => sql
            .push(&format!(" and {id} in ("))
            .append(stage::all(kind, &query))
            .push(")"),
    };
}

#[cfg(test)]
mod tests;
