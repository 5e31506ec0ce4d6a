//! The statements of a search.
//!
//! Every `@@` is asked with a query that the planner cannot see into (a sub-select), so that it takes the index
//! whatever its statistics say, and one plan serves every search.

use domain::{
    Viewer,
    text::{Query, Similar},
};

use super::Kind;
use crate::sql::Sql;

/// Hits of a stage that are read and ordered, less one. Where there are more, they are so dense that going through the names in
/// their order meets enough of them sooner.
const DENSE: usize = 1500;

/// Where a record holds what was typed; the better, the lower.
#[derive(Clone, Copy)]
enum Rank {
    Whole,
    Beginning,
    Names,
    Part,
    Words,
    Sound,
    Phrase,
    Texts,
}

/// The statement under construction: a table expression for each stage.
struct Stages<'a> {
    sql: Sql,
    kind: Kind,
    viewer: &'a Viewer,
    limit: u64,
    /// How many rows a stage gives, a constant of the statement: the planner has to know that it is few.
    rows: u64,
    /// How many stages are in it.
    done: usize,
}

/// The hits of a kind, best first: `rank`, `name_sort`, `id`, `title`, `snippet`.
pub(super) fn statement(kind: Kind, viewer: &Viewer, query: &Query, limit: u64) -> Sql {
    let mut stages = Stages {
        sql: Sql::new("with "),
        kind,
        viewer,
        limit,
        rows: if limit <= 20 { 20 } else { limit.max(200) },
        done: 0,
    };
    let has_names = kind.names().is_some();
    if has_names {
        stages.few(Rank::Whole, "names", &query.whole(), None);
        stages.beginning(query);
        stages.few(Rank::Beginning, "names", &query.beginning(), None);
        stages.many(Rank::Names, "names", literal(&query.all()));
        if let (Some((letters, patterns)), Some(names)) = (query.parts(), kind.names()) {
            stages.few(Rank::Part, "grams", &letters, Some(parts(kind, names, patterns)));
        }
    }
    if matches!(kind, Kind::Startup | Kind::Deal) {
        stages.many(Rank::Words, "words", asked(kind, query));
    }
    if let Some(sound) = query.sound().filter(|_| has_names) {
        stages.few(Rank::Sound, "names", &sound, None);
    }
    if kind.has_texts() {
        if let Some(phrase) = query.side_by_side() {
            stages.many(Rank::Phrase, "texts", literal(&phrase));
        }
        stages.many(Rank::Texts, "texts", asked(kind, query));
    }
    stages.finished()
}

fn literal(query: &str) -> Sql {
    let mut sql = Sql::new("(select ");
    sql.bind(query.to_owned(), "::tsquery").push(")");
    sql
}

/// Every word, each in the record's own texts, or in the name of its sector or one above that.
fn asked(kind: Kind, query: &Query) -> Sql {
    if kind != Kind::Startup {
        return literal(&query.all());
    }
    let mut sql = Sql::new("(select ");
    for (n, word) in query.each().into_iter().enumerate() {
        if n > 0 {
            sql.push(" && ");
        }
        sql.push("(select case when y.q is null then ")
            .bind(word.clone(), "::tsquery");
        sql.push(" else ").bind(word.clone(), "::tsquery");
        sql.push(
            " || y.q end from (with recursive named (id) as (select v.id from sector_search v where v.names @@ ",
        );
        sql.bind(word, "::tsquery").push(
            " union select c.id from sector c join named on c.parent_id = named.id) \
             select string_agg('''@' || replace(id::text, '-', '') || '''', ' | ')::tsquery as q from named) y)",
        );
    }
    sql.push(")");
    sql
}

impl Stages<'_> {
    fn sort(&self) -> &'static str {
        if self.kind.names().is_some() {
            "x.name_sort"
        } else {
            "''::text"
        }
    }

    fn order(&self) -> &'static str {
        if self.kind.names().is_some() {
            "x.name_sort, x.id"
        } else {
            "x.id"
        }
    }

    fn push_select(&mut self, rank: Rank) {
        self.sql.push(&format!(
            "select {} as rank, {} as name_sort, x.id from {}_search x where ",
            rank as i32,
            self.sort(),
            self.kind.indexed().table()
        ));
    }

    /// What every stage asks of an entry: shown, and found by no earlier stage.
    fn push_left(&mut self) {
        self.sql.push(" and ");
        self.kind.push_shown(&mut self.sql, self.viewer);
        if let Some(before) = self.done.checked_sub(1) {
            self.sql
                .push(&format!(" and x.id <> all(array(select id from s{before}))"));
        }
    }

    /// Not before the earlier stages have run short.
    fn push_gate(&mut self) {
        if let Some(before) = self.done.checked_sub(1) {
            self.sql
                .push(&format!(" and (select count(*) from s{before}) < "))
                .bind(self.limit.cast_signed(), "::bigint");
        }
    }

    /// Begins the hits of a stage, `n`; what they hold follows.
    fn begin(&mut self, rank: Rank) {
        if !self.sql.ends_with("with ") {
            self.sql.push(", ");
        }
        self.sql.push(&format!("n{} as materialized (", self.done));
        self.push_select(rank);
    }

    /// A stage of which all hits are read and ordered.
    fn few(&mut self, rank: Rank, column: &str, query: &str, more: Option<Sql>) {
        self.begin(rank);
        self.sql.push(&format!("x.{column} @@ ")).append(literal(query));
        if let Some(more) = more {
            self.sql.append(more);
        }
        self.push_left();
        self.push_gate();
        self.sql.push(&format!(
            "), s{0} as materialized ({1}(select x.* from n{0} x order by x.name_sort, x.id limit {2}))",
            self.done,
            self.earlier(),
            self.rows
        ));
        self.done += 1;
    }

    fn earlier(&self) -> String {
        match self.done.checked_sub(1) {
            Some(before) => format!("select * from s{before} union all "),
            None => String::new(),
        }
    }

    /// The names themselves that begin with what was typed, in their order: of many that do, the first are there at
    /// once.
    fn beginning(&mut self, query: &Query) {
        let sorted = query.sorted();
        self.begin(Rank::Beginning);
        self.sql
            .push("x.name_sort >= ")
            .bind(sorted, "")
            .push(" and x.name_sort < ");
        self.sql.bind(format!("{sorted}\u{10FFFF}"), "");
        self.sql
            .push(" and ts_match_vq(x.names, ")
            .append(literal(&query.beginning()))
            .push(")");
        self.push_left();
        self.push_gate();
        self.sql.push(&format!(
            " order by x.name_sort, x.id limit {2}), s{0} as materialized ({1}select * from n{0})",
            self.done,
            self.earlier(),
            self.rows
        ));
        self.done += 1;
    }

    /// A stage that may have very many hits.
    fn many(&mut self, rank: Rank, column: &str, query: Sql) {
        if !self.sql.ends_with("with ") {
            self.sql.push(", ");
        }
        self.sql.push(&format!("q{} as materialized (select ", self.done));
        self.sql.append(query).push(" as q)");
        let asked = format!("(select q from q{})", self.done);
        self.begin(rank);
        self.sql.push(&format!("x.{column} @@ {asked}"));
        self.push_left();
        self.push_gate();
        self.sql.push(&format!(
            " limit {3}), s{0} as materialized ({1}(select x.* from n{0} x where (select count(*) from n{0}) < {3} \
             order by x.name_sort, x.id limit {2}) union all (",
            self.done,
            self.earlier(),
            self.rows,
            DENSE
        ));
        self.push_select(rank);
        // The function and not the operator: no index is asked once more.
        self.sql.push(&format!(
            "(select count(*) from n{}) = {DENSE} and ts_match_vq(x.{column}, {asked})",
            self.done
        ));
        self.push_left();
        self.sql
            .push(&format!(" order by {} limit {}))", self.order(), self.rows));
        self.done += 1;
    }

    fn finished(mut self) -> Sql {
        let (from, told) = self.kind.told();
        self.sql.push(&format!(
            " select h.rank, h.name_sort, h.id, {told} from s{} h join {from} order by h.rank, h.name_sort, h.id limit ",
            self.done - 1
        ));
        self.sql.bind(self.limit.cast_signed(), "");
        self.sql
    }
}

/// That the record of an entry `x` has each pattern in its names. Not `exists`, which would become a join that reads
/// every name.
fn parts(kind: Kind, names: &str, patterns: Vec<String>) -> Sql {
    let table = kind.indexed().table();
    let startup = if kind == Kind::Deal {
        " join startup s on s.id = t.startup_id"
    } else {
        ""
    };
    let mut sql = Sql::default();
    for pattern in patterns {
        sql.push(&format!(
            " and (select {names} from {table} t{startup} where t.id = x.id) like "
        ))
        .bind(pattern, "");
    }
    sql
}

/// Where a record has to hold every word to be in a list, which has its own order: the column, the query, and what
/// else an entry `x` is asked for.
fn ways(kind: Kind, query: &Query) -> Vec<(&'static str, Sql, Sql)> {
    let column = match kind {
        Kind::Startup | Kind::Document | Kind::Evidence | Kind::Interaction => "texts",
        Kind::Deal => "words",
        Kind::Person | Kind::Review | Kind::Thesis | Kind::Capability => "names",
    };
    let mut ways = vec![(column, asked(kind, query), Sql::default())];
    let Some(names) = kind.names() else { return ways };
    if let Some(sound) = query.sound() {
        ways.push(("names", literal(&sound), Sql::default()));
    }
    if let Some((letters, patterns)) = query.parts() {
        ways.push(("grams", literal(&letters), parts(kind, names, patterns)));
    }
    ways
}

/// The ids of a kind that are found; one may come twice.
pub(super) fn all(kind: Kind, query: &Query) -> Sql {
    let table = kind.indexed().table();
    let mut sql = Sql::default();
    for (n, (column, query, more)) in ways(kind, query).into_iter().enumerate() {
        if n > 0 {
            sql.push(" union all ");
        }
        sql.push(&format!("select x.id from {table}_search x where x.{column} @@ "))
            .append(query)
            .append(more);
    }
    sql
}

/// Whether the record whose id an SQL expression gives is found. A sub-select that no planner turns into a join, and
/// a function that it serves with no index.
pub(super) fn is_found(kind: Kind, query: &Query, id: &str) -> Sql {
    let mut sql = Sql::new("(select ");
    for (n, (column, query, more)) in ways(kind, query).into_iter().enumerate() {
        if n > 0 {
            sql.push(" or ");
        }
        sql.push(&format!("(ts_match_vq(x.{column}, "))
            .append(query)
            .push(")")
            .append(more)
            .push(")");
    }
    sql.push(&format!(
        " from {}_search x where x.id = {id})",
        kind.indexed().table()
    ));
    sql
}

/// Records with names that words may have been mistyped for: `id`, `name_sort`, `names`, `title`, `snippet`.
pub(super) fn similar(kind: Kind, viewer: &Viewer, similar: &Similar, limit: i64) -> Option<Sql> {
    let names = kind.names()?;
    let table = kind.indexed().table();
    let (from, told) = kind.told();
    let mut sql = Sql::new(&format!(
        "select h.id, h.name_sort, {names} as names, {told} from (select x.id, x.name_sort from {table}_search x where "
    ));
    kind.push_shown(&mut sql, viewer);
    for letters in similar.letters() {
        sql.push(" and x.grams @@ ").append(literal(&letters));
    }
    if let Some(others) = similar.others() {
        sql.push(" and x.names @@ ").append(literal(&others));
    }
    sql.push(" limit ").bind(limit, "");
    sql.push(&format!(") h join {from}"));
    Some(sql)
}
