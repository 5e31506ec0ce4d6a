//! Search over records of every kind by the words in their names and texts. Whole names first, then those that begin
//! with the words, then names that hold them all, then texts that do.

use domain::{AnyId, Viewer, text, typed};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    Error, Reader,
    access::push_visible,
    sql::{Sql, contains},
};

/// The kinds of records that are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words are described in the API")]
pub enum Kind {
    Startup,
    Deal,
    Person,
    Document,
    Evidence,
}

impl Kind {
    /// Every kind, in the order in which equally good hits are told.
    pub const ALL: [Self; 5] = [
        Self::Startup,
        Self::Deal,
        Self::Person,
        Self::Document,
        Self::Evidence,
    ];

    fn id(self, id: Uuid) -> AnyId {
        match self {
            Self::Startup => AnyId::StartupTag(typed(id)),
            Self::Deal => AnyId::DealTag(typed(id)),
            Self::Person => AnyId::PersonTag(typed(id)),
            Self::Document => AnyId::DocumentTag(typed(id)),
            Self::Evidence => AnyId::EvidenceTag(typed(id)),
        }
    }

    /// The kind's records: `id`, `title`, `snippet`, `names` (folded, one a line) and `texts`, what else is searched.
    fn push_records(self, sql: &mut Sql, viewer: &Viewer) {
        match self {
            Self::Startup => {
                sql.push(
                    "select id, name as title, coalesce(one_liner, domains[1], '') as snippet, search_text as names, \
                     lower(concat_ws(' ', one_liner, description)) as texts from startup where hidden_at is null",
                );
            }
            Self::Deal => {
                sql.push(
                    "select d.id, d.title, s.name as snippet, d.search_text || E'\\n' || s.search_text as names, \
                     lower(coalesce(d.next_step, '')) as texts from deal d join startup s on s.id = d.startup_id \
                     where d.hidden_at is null and ",
                );
                push_visible(sql, viewer, "d");
            }
            Self::Person => {
                sql.push(
                    "select p.id, p.name as title, coalesce((select concat_ws(', ', a.title, a.organisation) from affiliation a \
                     where a.person_id = p.id and a.hidden_at is null order by a.is_founder desc, a.to_on desc nulls first, a.id limit 1), '') as snippet, \
                     p.search_text as names, '' as texts from person p where p.hidden_at is null",
                );
            }
            Self::Document => {
                sql.push(
                    "select x.id, x.title, coalesce(x.publisher, x.url, '') as snippet, lower(x.title) as names, \
                     lower(concat_ws(' ', x.publisher, x.byline, x.note, x.url)) as texts \
                     from document x left join deal d on d.id = x.deal_id where x.hidden_at is null and (x.deal_id is null or ",
                );
                push_visible(sql, viewer, "d");
                sql.push(")");
            }
            Self::Evidence => {
                sql.push(
                    "select e.id, s.name as title, coalesce(e.note, e.as_found, e.segment, e.supplied_by, '') as snippet, '' as names, \
                     lower(concat_ws(' ', e.note, e.as_found, e.segment, e.supplied_by)) as texts \
                     from evidence e join startup s on s.id = e.startup_id where e.retracted_at is null and s.hidden_at is null",
                );
            }
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

#[derive(FromQueryResult)]
struct Row {
    kind: i32,
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
    let whole = text::fold(words);
    let patterns = contains(words);
    if patterns.is_empty() || kinds.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("select kind, id, title, snippet from (");
    for (n, kind) in kinds.iter().enumerate() {
        if n > 0 {
            sql.push(" union all ");
        }
        sql.push(&format!(
            "(select {}::integer as kind, r.id, r.title, r.snippet, \
             case when r.names = '' then 3 when strpos(E'\\n' || r.names || E'\\n', E'\\n' || ",
            *kind as i32
        ));
        sql.bind(whole.clone(), "")
            .push("::text || E'\\n') > 0 then 0 when strpos(E'\\n' || r.names, E'\\n' || ")
            .bind(whole.clone(), "")
            .push("::text) > 0 then 1 when true");
        for pattern in &patterns {
            sql.push(" and r.names like ").bind(pattern.clone(), "");
        }
        sql.push(" then 2 else 3 end as rank from (");
        kind.push_records(&mut sql, viewer);
        sql.push(") r where true");
        for pattern in &patterns {
            sql.push(" and (r.names like ")
                .bind(pattern.clone(), "")
                .push(" or r.texts like ")
                .bind(pattern.clone(), "")
                .push(")");
        }
        sql.push(" order by rank, lower(r.title) collate \"C\", r.id limit ")
            .bind(limit.cast_signed(), "")
            .push(")");
    }
    sql.push(") hits order by rank, kind, lower(title) collate \"C\", id limit ")
        .bind(limit.cast_signed(), "");
    let mut hits = Vec::new();
    for Row {
        kind,
        id,
        title,
        snippet,
    } in sql.all::<Row>(db).await?
    {
        let kind = Kind::ALL.into_iter().find(|k| *k as i32 == kind);
        hits.extend(kind.map(|kind| Hit {
            id: kind.id(id),
            title,
            snippet,
        }));
    }
    Ok(hits)
}
