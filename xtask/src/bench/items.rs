//! What is measured: the items of the performance targets, each a document of the API and the same work in one statement.

use std::path::Path;

use anyhow::{Context, Result, bail};
use domain::{AnyId, StartupId, typed};
use serde_json::{Value, json};

use super::{USER, figures, http::Server, raw, writes::Write};
use crate::generate::Size;
use crate::psql::Database;

/// How many different records each item asks for.
const VARIANTS: usize = 16;

/// One request, and the statement that does the same.
pub struct Variant {
    /// The request's body.
    pub body: String,
    /// Gives one JSON value, equal to the request's `data` but for ids, which are bare.
    pub raw: String,
}

/// An item.
pub struct Item {
    pub name: &'static str,
    pub what: &'static str,
    /// Which share of plain SQL's rate is to be reached, on S and on L.
    targets: (f64, f64),
    document: &'static str,
    kind: Kind,
    /// Whether a write a second goes on beside it, to what it reads.
    disturbed: bool,
}

#[derive(Clone, Copy)]
enum Kind {
    Startup,
    List,
    Board,
    Matrix,
    Funnel,
    Deep,
    Search,
}

const ITEMS: &[Item] = &[
    Item {
        name: "Q1",
        what: "a startup by id with figures, flags, sectors, 10 evidence, deals, people",
        targets: (0.40, 0.40),
        document: "query($id: ID!) { startup(id: $id) { id slug name oneLiner layer technicalRoute country city foundedOn website \
                   need { payer pain costToday alternativeToday } conviction demand hypeGap bestGrade flags { flag } sectors { slug name nameZh } \
                   evidence(first: 10) { nodes { id kind value grade observedOn source note } } \
                   deals(first: 10) { nodes { id title round status nextStep } } \
                   people { id title isFounder organisation person { id name } } } }",
        kind: Kind::Startup,
        disturbed: false,
    },
    Item {
        name: "Q2",
        what: "50 startups of a layer and sector by name, each with figures, flags, sectors, 3 evidence, active deal",
        targets: (0.65, 0.75),
        document: "query($layer: Layer!, $sector: String!) { startups(first: 50, filter: {layers: [$layer], sectors: [$sector]}, \
                   order: {field: NAME}) { nodes { id slug name layer oneLiner conviction demand hypeGap bestGrade flags { flag } sectors { slug name } \
                   evidence(first: 3) { nodes { id kind value grade observedOn } } \
                   deals(first: 1, filter: {statuses: [ACTIVE]}) { nodes { id title round status } } } } }",
        kind: Kind::List,
        disturbed: false,
    },
    Item {
        name: "Q3",
        what: "the board: some 500 cards in 7 columns with counts, amounts, startup, owner",
        targets: (0.50, 0.55),
        document: figures::BOARD,
        kind: Kind::Board,
        disturbed: false,
    },
    Item {
        name: "Q4",
        what: "the matrix of layers and sectors with counts and medians",
        targets: (5.0, 50.0),
        document: figures::MATRIX,
        kind: Kind::Matrix,
        disturbed: false,
    },
    Item {
        name: "Q4w",
        what: "the same while a startup is written every second",
        targets: (5.0, 50.0),
        document: figures::MATRIX,
        kind: Kind::Matrix,
        disturbed: true,
    },
    Item {
        name: "Q5",
        what: "the funnel of 90 days with median days",
        targets: (2.0, 10.0),
        document: figures::FUNNEL,
        kind: Kind::Funnel,
        disturbed: false,
    },
    Item {
        name: "Q5w",
        what: "the same while a deal is written every second",
        targets: (2.0, 10.0),
        document: figures::FUNNEL,
        kind: Kind::Funnel,
        disturbed: true,
    },
    Item {
        name: "Q6a",
        what: "20 startups deep in the list by name, by cursor",
        targets: (0.50, 0.50),
        document: "query($after: String!) { startups(first: 20, after: $after, order: {field: NAME}) { nodes { id slug name layer country oneLiner } } }",
        kind: Kind::Deep,
        disturbed: false,
    },
    Item {
        name: "Q6b",
        what: "20 startups that hold a text",
        targets: (0.50, 0.90),
        document: "query($words: String!) { search(query: $words, kinds: [STARTUP], first: 20) { title snippet node { id } } }",
        kind: Kind::Search,
        disturbed: false,
    },
];

/// The items of these names, all without names.
pub fn all(only: &[String]) -> Result<Vec<Item>> {
    if let Some(unknown) = only
        .iter()
        .find(|name| !ITEMS.iter().any(|item| item.name.eq_ignore_ascii_case(name)))
    {
        let known: Vec<&str> = ITEMS.iter().map(|item| item.name).collect();
        bail!("there is no item {unknown}; there are {}", known.join(", "));
    }
    Ok(ITEMS
        .iter()
        .filter(|item| only.is_empty() || only.iter().any(|name| item.name.eq_ignore_ascii_case(name)))
        .map(|item| Item { ..*item })
        .collect())
}

/// Live records of the startup `s`, newest observed first: the first so many.
fn evidence(limit: u32, fields: &str) -> String {
    format!(
        "(select coalesce(json_agg(json_build_object({fields}) order by e.observed_on desc, e.id desc), '[]') from (select e.* from evidence e \
         where e.startup_id = s.id and e.retracted_at is null and not exists (select from evidence n where n.supersedes = e.id and n.retracted_at is null) \
         order by e.observed_on desc, e.id desc limit {limit}) e)"
    )
}

/// Deals of the startup `s` that the caller may see, who may see these restricted ones; newest first.
fn deals(limit: u32, restricted: &str, narrower: &str, fields: &str) -> String {
    format!(
        "(select coalesce(json_agg(json_build_object({fields}) order by d.created_at desc, d.id desc), '[]') from (select d.* from deal d \
         where d.startup_id = s.id and d.hidden_at is null and (d.visibility = 'TEAM' or d.id = any({restricted}::uuid[])){narrower} order by d.created_at desc, d.id desc limit {limit}) d)"
    )
}

/// The stored figures `a` of a startup, rounded as they are shown.
const FIGURES: &str = "'conviction', trim_scale(round(a.conviction::numeric, 1))::text, 'demand', trim_scale(round(a.demand::numeric, 4))::text, \
     'hypeGap', trim_scale(round(a.hype_gap::numeric, 4))::text, 'bestGrade', a.best_grade, \
     'flags', (select coalesce(json_agg(json_build_object('flag', f) order by n), '[]') from unnest(a.flags) with ordinality x(f, n))";

fn sectors(fields: &str) -> String {
    format!(
        "(select coalesce(json_agg(json_build_object({fields}) order by x.position, x.id), '[]') from sector x where x.id = any(s.sector_ids))"
    )
}

/// The restricted deals that the caller may see, as a literal.
fn restricted(database: &Database) -> Result<String> {
    let ids = database.ask(&format!(
        "select d.id from deal d, app_user u where u.email = {} and d.visibility = 'RESTRICTED' and (d.owner_id = u.id or d.opened_by = u.id or u.id = any(d.team)) order by d.id",
        quoted(USER)
    ))?;
    Ok(quoted(&format!("{{{}}}", ids.join(","))))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

impl Item {
    pub fn target(&self, size: Size) -> f64 {
        match size {
            Size::S => self.targets.0,
            Size::L => self.targets.1,
        }
    }

    /// Whether an answer holds nothing, so that nothing was done for it.
    pub fn is_empty(&self, answer: &Value) -> bool {
        match self.kind {
            Kind::Startup => answer["startup"]["evidence"]["nodes"]
                .as_array()
                .is_none_or(Vec::is_empty),
            Kind::List | Kind::Deep => answer["startups"]["nodes"].as_array().is_none_or(Vec::is_empty),
            Kind::Board => answer["pipeline"]["totalCount"].as_i64().unwrap_or_default() < 500,
            Kind::Matrix => answer["coverage"]["cells"].as_array().is_none_or(Vec::is_empty),
            Kind::Funnel => answer["funnel"]["opened"] == json!(0),
            Kind::Search => answer["search"].as_array().is_none_or(Vec::is_empty),
        }
    }

    fn body(&self, variables: &Value) -> String {
        json!({ "query": self.document, "variables": variables }).to_string()
    }

    /// The requests, each with its statement. `log` is the database's, in which the program's own are found.
    pub fn variants(&self, database: &Database, server: &Server, log: &Path) -> Result<Vec<Variant>> {
        match self.kind {
            Kind::Startup => self.startups(database),
            Kind::List => self.lists(database),
            Kind::Board => Ok(vec![
                self.variant(&json!({}), figures::board(&restricted(database)?)),
            ]),
            Kind::Matrix => Ok(vec![
                self.variant(&json!({}), figures::matrix(&restricted(database)?)),
            ]),
            Kind::Funnel => self.funnels(database),
            Kind::Deep => self.pages(database, server),
            Kind::Search => self.searches(database, server, log),
        }
    }

    /// The write that goes on meanwhile, if one does, by a server that may.
    pub fn disturbance<'s>(&self, database: &Database, writer: &'s Server) -> Result<Option<Write<'s>>> {
        match self.kind {
            Kind::Matrix if self.disturbed => Write::of_startup(database, writer).map(Some),
            _ if self.disturbed => Write::of_deal(database, writer).map(Some),
            _ => Ok(None),
        }
    }

    fn variant(&self, variables: &Value, raw: String) -> Variant {
        Variant {
            body: self.body(variables),
            raw,
        }
    }

    /// Spans of 90 days, each beginning with another part of the deals.
    fn funnels(&self, database: &Database) -> Result<Vec<Variant>> {
        let restricted = restricted(database)?;
        let spans = database.ask(&format!(
            "select min(opened_at)::date, min(opened_at)::date + 90 from (select opened_at, ntile({VARIANTS}) over (order by opened_at) as part from deal) x \
             group by part order by part"
        ))?;
        spans
            .iter()
            .map(|span| {
                let (from, to) = span.split_once('|').context("two days")?;
                let (from, to) = (format!("{from}T00:00:00Z"), format!("{to}T00:00:00Z"));
                let raw = figures::funnel(&restricted, &from, &to);
                Ok(self.variant(&json!({ "from": from, "to": to }), raw))
            })
            .collect()
    }

    fn startups(&self, database: &Database) -> Result<Vec<Variant>> {
        let restricted = restricted(database)?;
        // With ten records to show and a deal that everybody sees.
        let ids = database.ask(&format!(
            "select s.id from startup s where (select count(*) from evidence e where e.startup_id = s.id) >= 12 \
             and exists (select from deal d where d.startup_id = s.id and d.visibility = 'TEAM') \
             order by hashtextextended(s.id::text, 1) limit {VARIANTS}"
        ))?;
        ids.iter()
            .map(|id| {
                let raw = format!(
                    "select json_build_object('startup', json_build_object('id', s.id, 'slug', s.slug, 'name', s.name, 'oneLiner', s.one_liner, 'layer', s.layer, \
                     'technicalRoute', s.technical_route, 'country', s.country, 'city', s.city, 'foundedOn', s.founded_on, 'website', s.website, \
                     'need', json_build_object('payer', s.need ->> 'payer', 'pain', s.need ->> 'pain', 'costToday', s.need ->> 'costToday', 'alternativeToday', s.need ->> 'alternativeToday'), \
                     {FIGURES}, 'sectors', {}, 'evidence', json_build_object('nodes', {}), 'deals', json_build_object('nodes', {}), \
                     'people', (select coalesce(json_agg(json_build_object('id', a.id, 'title', a.title, 'isFounder', a.is_founder, 'organisation', a.organisation, \
                       'person', json_build_object('id', p.id, 'name', p.name)) order by a.is_founder desc, a.from_on nulls last, a.id), '[]') \
                       from affiliation a join person p on p.id = a.person_id where a.startup_id = s.id and a.hidden_at is null and p.hidden_at is null))) \
                     from startup s join startup_assessment a on a.startup_id = s.id where s.id = {}::uuid and s.hidden_at is null",
                    sectors("'slug', x.slug, 'name', x.name, 'nameZh', x.name_zh"),
                    evidence(10, "'id', e.id, 'kind', e.kind, 'value', trim_scale(e.value)::text, 'grade', e.grade, 'observedOn', e.observed_on, 'source', e.source, 'note', e.note"),
                    deals(10, &restricted, "", "'id', d.id, 'title', d.title, 'round', d.round, 'status', d.status, 'nextStep', d.next_step"),
                    quoted(id),
                );
                let id: StartupId = typed(id.parse()?);
                Ok(Variant {
                    body: self.body(&json!({ "id": id.to_string() })),
                    raw,
                })
            })
            .collect()
    }

    fn lists(&self, database: &Database) -> Result<Vec<Variant>> {
        let restricted = restricted(database)?;
        // The pairs of layer and sector that most startups have, of which a page is a part.
        let pairs = database.ask(&format!(
            "select s.layer, x.slug, x.id from startup s join sector x on x.id = any(s.sector_ids) where s.layer is not null \
             and not exists (select from sector c where c.parent_id = x.id) group by 1, 2, 3 order by count(*) desc, 1, 2 limit {VARIANTS}"
        ))?;
        pairs
            .iter()
            .map(|pair| {
                let mut fields = pair.split('|');
                let mut next = || fields.next().context("a layer, a slug and an id");
                let (layer, slug, id) = (next()?, next()?, next()?);
                let raw = format!(
                    "select json_build_object('startups', json_build_object('nodes', coalesce(json_agg(json_build_object('id', s.id, 'slug', s.slug, 'name', s.name, \
                     'layer', s.layer, 'oneLiner', s.one_liner, {FIGURES}, 'sectors', {}, 'evidence', json_build_object('nodes', {}), 'deals', json_build_object('nodes', {})) \
                     order by s.name_sort, s.id), '[]'))) from (select s.* from startup s where s.hidden_at is null and s.layer = any({}) and s.sector_ids && {}::uuid[] \
                     order by s.name_sort, s.id limit 50) s join startup_assessment a on a.startup_id = s.id",
                    sectors("'slug', x.slug, 'name', x.name"),
                    evidence(3, "'id', e.id, 'kind', e.kind, 'value', trim_scale(e.value)::text, 'grade', e.grade, 'observedOn', e.observed_on"),
                    deals(1, &restricted, " and d.status = any('{ACTIVE}')", "'id', d.id, 'title', d.title, 'round', d.round, 'status', d.status"),
                    quoted(&format!("{{{layer}}}")),
                    quoted(&format!("{{{id}}}")),
                );
                Ok(Variant {
                    body: self.body(&json!({ "layer": layer, "sector": slug })),
                    raw,
                })
            })
            .collect()
    }

    fn pages(&self, database: &Database, server: &Server) -> Result<Vec<Variant>> {
        // The list is walked once: cursors are the program's own matter.
        let walk = "query($after: String) { startups(first: 200, after: $after, order: {field: NAME}) { nodes { id } pageInfo { hasNextPage endCursor } } }";
        let mut places = Vec::new();
        let mut after = Value::Null;
        loop {
            let body = json!({ "query": walk, "variables": { "after": after } }).to_string();
            let page = plain(server.ask(&body)?)["startups"].take();
            if page["pageInfo"]["hasNextPage"] != json!(true) {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
            let last = page["nodes"]
                .as_array()
                .and_then(|nodes| nodes.last())
                .context("a page has a node")?;
            places.push((after.clone(), last["id"].as_str().unwrap_or_default().to_owned()));
        }
        let step = (places.len() / VARIANTS).max(1);
        places
            .iter()
            .skip(step / 2)
            .step_by(step)
            .take(VARIANTS)
            .map(|(after, id)| {
                let place = database.ask(&format!("select name_sort from startup where id = {}::uuid", quoted(id)))?;
                let raw = format!(
                    "select json_build_object('startups', json_build_object('nodes', coalesce(json_agg(json_build_object('id', s.id, 'slug', s.slug, 'name', s.name, \
                     'layer', s.layer, 'country', s.country, 'oneLiner', s.one_liner) order by s.name_sort, s.id), '[]'))) from (select s.* from startup s \
                     where s.hidden_at is null and (s.name_sort, s.id) > ({}, {}::uuid) order by s.name_sort, s.id limit 20) s",
                    quoted(&place.concat()),
                    quoted(id),
                );
                Ok(Variant {
                    body: self.body(&json!({ "after": after })),
                    raw,
                })
            })
            .collect()
    }

    fn searches(&self, database: &Database, server: &Server, log: &Path) -> Result<Vec<Variant>> {
        // Beginnings of names in both languages, and words that many hold.
        let words = [
            "星云之光",
            "quartzlens",
            "深蓝",
            "robotics",
            "九章引擎",
            "具身",
            "harbor",
            "智能",
            "tundraforge",
            "三维",
        ];
        words
            .iter()
            .map(|words| {
                let body = self.body(&json!({ "words": words }));
                let sent = raw::statements_of(database, log, || server.ask(&body).map(drop))?;
                // After what lets the caller in, before what reads the hits.
                let search = sent.into_iter().find(|text| !text.contains("api_token"));
                let search = search.context("no statement of the search is in the database's log")?;
                Ok(Variant {
                    body,
                    raw: format!(
                        "select json_build_object('search', coalesce(json_agg(json_build_object('title', h.title, 'snippet', h.snippet, 'node', json_build_object('id', h.id)) \
                         order by h.place), '[]')) from (select x.*, row_number() over () as place from ({search}) x) h"
                    ),
                })
            })
            .collect()
    }
}

/// An answer with ids as the database has them.
pub fn plain(answer: Value) -> Value {
    match answer {
        Value::String(text) => match AnyId::parse(&text) {
            Some(id) => Value::String(id.uuid().to_string()),
            None => Value::String(text),
        },
        Value::Array(all) => Value::Array(all.into_iter().map(plain).collect()),
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, value)| (name, plain(value)))
                .collect(),
        ),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_chosen_by_name_and_unknown_ones_are_named() {
        let names = |only: &[&str]| {
            let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
            all(&only).map(|items| items.iter().map(|item| item.name).collect::<Vec<_>>())
        };
        assert_eq!(
            names(&[]).unwrap(),
            ["Q1", "Q2", "Q3", "Q4", "Q4w", "Q5", "Q5w", "Q6a", "Q6b"]
        );
        assert_eq!(names(&["q6A"]).unwrap(), ["Q6a"]);
        assert_eq!(
            names(&["Q9"]).unwrap_err().to_string(),
            "there is no item Q9; there are Q1, Q2, Q3, Q4, Q4w, Q5, Q5w, Q6a, Q6b"
        );
    }

    #[test]
    fn only_ids_become_plain() {
        let id: StartupId = typed("0192d0d0-0000-7000-8000-000000000001".parse().unwrap());
        assert_eq!(
            plain(json!({ "a": [id.to_string(), "startup", 1] })),
            json!({ "a": ["0192d0d0-0000-7000-8000-000000000001", "startup", 1] })
        );
    }
}
