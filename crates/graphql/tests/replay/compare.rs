//! What the API says as of an instant, beside what the replay says.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use chrono::SecondsFormat;
use domain::UserId;
use rand::{rngs::StdRng, seq::IndexedRandom};
use serde_json::{Map, Value, json};

use crate::{
    At,
    history::History,
    replayed::{Record, World, instant},
};

const DEAL: &str = "startup { id } title round visibility owner { id } team { id } nextStep nextStepDue amountSought { low high currency asFound } \
    ourAmount { low high currency asFound } investorRole coInvestors valuation { amount currency } exclusiveUntil revisitOn \
    sources { channel who } stage { id } status passReason passNote enteredStageAt daysInStage isStale version \
    history { to { id } toStatus occurredAt recordedAt reason voidedAt voidReason }";
const STARTUP: &str = "name oneLiner layer technicalRoute country foundedOn structure sectors { id } need { payer pain costToday alternativeToday } version \
    checklist { key state note } evidence(first: 200) { nodes { id grade value } }";
const COLUMNS: &str = "totalCount columns { stage { id } dealCount staleCount medianDaysInStage amount { low high currency } ourAmount { low high currency } }";

/// The stages of a new workspace with their limits in days, by id: what no row tells, as nobody made them.
pub async fn limits(history: &History) -> BTreeMap<String, i64> {
    let days = [
        ("SOURCED", 14),
        ("SCREENING", 14),
        ("FIRST_MEETING", 21),
        ("DILIGENCE", 30),
        ("COMMITTEE", 14),
        ("TERM_SHEET", 30),
        ("CLOSING", 45),
    ];
    let told = history
        .fund
        .run(history.admin, "{ stages { id key } }", json!({}))
        .await;
    let stages = told["stages"].as_array().unwrap().iter();
    stages
        .map(|stage| {
            let (_, days) = days.iter().find(|(key, _)| stage["key"] == *key).unwrap();
            (stage["id"].as_str().unwrap().to_owned(), *days)
        })
        .collect()
}

pub struct Comparison<'h> {
    pub history: &'h History,
    pub random: StdRng,
    pub limits: BTreeMap<String, i64>,
    /// As it is now: rights are today's.
    pub today: &'h World,
    /// How many boards, deals and startups were compared.
    pub compared: [usize; 3],
}

impl Comparison<'_> {
    /// Compares the boards as of an instant, and what changed on that day with some of the rest.
    pub async fn day(&mut self, world: &World, at: At, changed: Vec<String>, as_outsider: bool) {
        let mut ids: BTreeSet<String> = changed.into_iter().collect();
        let known: Vec<&String> = self.today.records.keys().collect();
        for kind in ["deal_", "deal_", "deal_", "startup_"] {
            let of: Vec<&&String> = known.iter().filter(|id| id.starts_with(kind)).collect();
            ids.extend(of.choose(&mut self.random).map(|id| (**id).clone()));
        }
        let all = "[ACTIVE, ON_HOLD, INVESTED, PASSED, LOST]";
        let mut document = format!(
            "query($t: DateTime!) {{ active: pipeline(asOf: $t) {{ {COLUMNS} }} all: pipeline(asOf: $t, filter: {{ statuses: {all} }}) {{ {COLUMNS} }}"
        );
        for id in &ids {
            let (kind, fields) = if id.starts_with("deal_") {
                ("deal", DEAL)
            } else {
                ("startup", STARTUP)
            };
            write!(document, " {id}: {kind}(id: \"{id}\", asOf: $t) {{ {fields} }}").unwrap();
        }
        document.push('}');
        let mut told = self.ask(self.history.admin, &document, at).await;
        self.boards(world, at, &told, |_| true);
        for id in &ids {
            let shown = told[id].take();
            let expected = if id.starts_with("deal_") {
                self.compared[1] += 1;
                self.deal(world, id, at)
            } else {
                self.compared[2] += 1;
                startup(world, id)
            };
            same(&plain(shown), &expected, &format!("{id} as of {at}"));
        }
        if as_outsider {
            let told = self.ask(self.history.analyst, &document, at).await;
            let (today, analyst) = (self.today, self.history.analyst.to_string());
            let seen = |id: &str| {
                let now = &today.records[id];
                now.get("visibility") != json!("RESTRICTED") || team(now).contains(&analyst)
            };
            self.boards(world, at, &told, seen);
            for id in ids.iter().filter(|id| id.starts_with("deal_") && !seen(id)) {
                assert_eq!(
                    told[id],
                    Value::Null,
                    "{id} is hidden from who is not of its team"
                );
            }
        }
    }

    async fn ask(&self, who: UserId, document: &str, at: At) -> Value {
        let at = at.to_rfc3339_opts(SecondsFormat::Micros, true);
        self.history.fund.run(who, document, json!({ "t": at })).await
    }

    fn boards(&mut self, world: &World, at: At, told: &Value, seen: impl Fn(&str) -> bool) {
        for board in ["active", "all"] {
            self.compared[0] += 1;
            let expected = self.board(world, at, |id, deal| {
                seen(id) && (board == "all" || deal.get("status") == json!("ACTIVE"))
            });
            let mut total = 0;
            for column in told[board]["columns"].as_array().unwrap() {
                let stage = column["stage"]["id"].as_str().unwrap();
                let none = json!({ "dealCount": 0, "staleCount": 0, "medianDaysInStage": null, "amount": [], "ourAmount": [] });
                let mut expected = expected.get(stage).cloned().unwrap_or(none);
                expected["stage"] = json!({ "id": stage });
                total += column["dealCount"].as_i64().unwrap();
                same(
                    column,
                    &expected,
                    &format!("the column {stage} of {board} as of {at}"),
                );
            }
            let deals: i64 = expected
                .values()
                .map(|column| column["dealCount"].as_i64().unwrap())
                .sum();
            assert_eq!(
                (total, &told[board]["totalCount"]),
                (deals, &json!(deals)),
                "{board} as of {at}"
            );
        }
    }

    /// What each stage with deals adds up to.
    fn board(
        &self,
        world: &World,
        at: At,
        counts: impl Fn(&str, &Record) -> bool,
    ) -> BTreeMap<String, Value> {
        let mut stages: BTreeMap<String, Vec<&Record>> = BTreeMap::new();
        for (id, deal) in &world.records {
            if id.starts_with("deal_") && is_shown(world, deal) && counts(id, deal) {
                let stage = deal.get("stageId").as_str().unwrap().to_owned();
                stages.entry(stage).or_default().push(deal);
            }
        }
        let column = |deals: Vec<&Record>| {
            let mut days: Vec<i64> = deals.iter().map(|deal| days_in_stage(deal, at)).collect();
            days.sort_unstable();
            let middle = days.len() / 2;
            let median = if days.len() % 2 == 1 {
                days[middle].to_string()
            } else {
                let twice = days[middle - 1] + days[middle];
                if twice % 2 == 0 {
                    (twice / 2).to_string()
                } else {
                    format!("{}.5", twice / 2)
                }
            };
            let stale = deals.iter().filter(|deal| self.is_stale(world, deal, at)).count();
            json!({ "dealCount": deals.len(), "staleCount": stale, "medianDaysInStage": median,
                "amount": sums(&deals, "amountSought"), "ourAmount": sums(&deals, "ourAmount") })
        };
        stages
            .into_iter()
            .map(|(stage, deals)| (stage, column(deals)))
            .collect()
    }

    fn is_stale(&self, world: &World, deal: &Record, at: At) -> bool {
        let stage = deal.get("stageId").as_str().unwrap().to_owned();
        let edited = world
            .records
            .get(&stage)
            .and_then(|stage| stage.get("limitDays").as_i64());
        let limit = edited.unwrap_or_else(|| self.limits[&stage]);
        deal.get("status") == json!("ACTIVE") && days_in_stage(deal, at) > limit
    }

    fn deal(&self, world: &World, id: &str, at: At) -> Value {
        let Some(deal) = world.records.get(id).filter(|deal| is_shown(world, deal)) else {
            return Value::Null;
        };
        let mut shown = Map::new();
        for field in [
            "title",
            "round",
            "visibility",
            "nextStep",
            "nextStepDue",
            "amountSought",
            "ourAmount",
            "investorRole",
            "valuation",
            "exclusiveUntil",
            "revisitOn",
            "status",
            "passReason",
            "passNote",
        ] {
            shown.insert(field.into(), deal.get(field));
        }
        let list = |field: &str| deal.get(field).as_array().cloned().unwrap_or_default();
        let sources = list("sources").into_iter();
        let sources: Vec<Value> = sources
            .map(|source| json!({ "channel": source["channel"], "who": source["who"] }))
            .collect();
        let history: Vec<Value> = deal
            .moves
            .iter()
            .map(|row| {
                let (voided, why) = row.voided.clone().unzip();
                json!({ "to": { "id": row.stage }, "toStatus": row.status, "occurredAt": row.occurred, "recordedAt": row.recorded,
                    "reason": row.reason, "voidedAt": voided, "voidReason": why })
            })
            .collect();
        shown.extend(
            json!({ "startup": { "id": deal.get("startupId") }, "owner": { "id": deal.get("ownerId") }, "team": team(deal),
                "coInvestors": list("coInvestors"), "sources": sources, "stage": { "id": deal.get("stageId") }, "history": history,
                "enteredStageAt": instant(&deal.get("enteredStageAt")), "daysInStage": days_in_stage(deal, at),
                "isStale": self.is_stale(world, deal, at), "version": deal.version })
            .as_object()
            .unwrap()
            .clone(),
        );
        Value::Object(shown)
    }
}

fn is_shown(world: &World, deal: &Record) -> bool {
    let startup = deal.get("startupId");
    !deal.is_hidden() && !world.records[startup.as_str().unwrap()].is_hidden()
}

/// Owner, opener and those named.
fn team(deal: &Record) -> BTreeSet<String> {
    let named = deal.get("team").as_array().cloned().unwrap_or_default();
    let named = named.iter().filter_map(|id| id.as_str().map(str::to_owned));
    named
        .chain(deal.get("ownerId").as_str().map(str::to_owned))
        .chain(deal.made_by.clone())
        .collect()
}

/// Whole 24 hours since the entry, less the time on hold.
fn days_in_stage(deal: &Record, at: At) -> i64 {
    let mut there = (at - instant(&deal.get("enteredStageAt")))
        .num_microseconds()
        .unwrap();
    there -= deal.get("heldMicros").as_i64().unwrap_or_default();
    if !deal.get("heldSince").is_null() {
        let since = instant(&deal.get("heldSince"));
        there -= (at - since).num_microseconds().unwrap().max(0);
    }
    there.div_euclid(86_400_000_000).max(0)
}

/// Lows and highs apart, by currency; a sum of none is none.
fn sums(deals: &[&Record], field: &str) -> Vec<Value> {
    let mut sums: BTreeMap<String, [Option<i64>; 2]> = BTreeMap::new();
    for deal in deals {
        let range = deal.get(field);
        let ends = ["low", "high"].map(|end| range[end].as_str().map(|end| end.parse::<i64>().unwrap()));
        if ends == [None, None] {
            continue;
        }
        let sum = sums
            .entry(range["currency"].as_str().unwrap().to_owned())
            .or_default();
        for (sum, end) in sum.iter_mut().zip(ends) {
            *sum = end.map(|end| end + sum.unwrap_or_default()).or(*sum);
        }
    }
    sums.into_iter()
        .map(|(currency, ends)| {
            let [low, high] = ends.map(|end| end.map(|end| end.to_string()));
            json!({ "low": low, "high": high, "currency": currency })
        })
        .collect()
}

fn startup(world: &World, id: &str) -> Value {
    let Some(startup) = world.records.get(id).filter(|startup| !startup.is_hidden()) else {
        return Value::Null;
    };
    let mut shown = Map::new();
    for field in [
        "name",
        "oneLiner",
        "layer",
        "technicalRoute",
        "country",
        "foundedOn",
        "structure",
        "need",
    ] {
        shown.insert(field.into(), startup.get(field));
    }
    let sectors = startup.get("sectorIds").as_array().cloned().unwrap_or_default();
    let sectors: BTreeSet<String> = sectors.iter().map(|id| id.as_str().unwrap().to_owned()).collect();
    shown.insert("sectors".into(), json!(sectors));
    shown.insert("version".into(), json!(startup.version));
    let answers = world.answers.iter().filter(|((of, _), _)| of == id);
    let answers: BTreeMap<&String, Value> = answers
        .map(|((_, key), fields)| (key, json!([fields["state"], fields.get("note")])))
        .filter(|(_, answer)| *answer != json!(["OPEN", null]))
        .collect();
    shown.insert("checklist".into(), json!(answers));
    let of_startup =
        |record: &Record| record.get("startupId") == json!(id) && record.get("retracted") != json!(true);
    let evidence: BTreeMap<&String, &Record> = world
        .records
        .iter()
        .filter(|(id, record)| id.starts_with("evidence_") && of_startup(record))
        .collect();
    let superseded: BTreeSet<String> = evidence
        .values()
        .filter_map(|record| record.get("supersedes").as_str().map(str::to_owned))
        .collect();
    let live: BTreeMap<&String, Value> = evidence
        .iter()
        .filter(|(id, _)| !superseded.contains(**id))
        .map(|(id, record)| (*id, json!([record.get("grade"), record.get("value")])))
        .collect();
    shown.insert("evidence".into(), json!(live));
    Value::Object(shown)
}

/// A record as shown, in the replay's form: what has no order in none, instants as instants.
fn plain(mut shown: Value) -> Value {
    let Some(fields) = shown.as_object_mut() else {
        return shown;
    };
    let ids = |list: &Value| -> BTreeSet<String> {
        let list = list.as_array().unwrap().iter();
        list.map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    for list in ["team", "sectors"] {
        if let Some(of) = fields.get(list) {
            let of = ids(of);
            fields.insert(list.into(), json!(of));
        }
    }
    let same_instant = |value: &mut Value| {
        if !value.is_null() {
            *value = json!(instant(value));
        }
    };
    if let Some(at) = fields.get_mut("enteredStageAt") {
        same_instant(at);
    }
    for row in fields
        .get_mut("history")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        for field in ["occurredAt", "recordedAt", "voidedAt"] {
            same_instant(&mut row[field]);
        }
    }
    if let Some(items) = fields.get("checklist") {
        let items = items.as_array().unwrap().iter();
        let answers: BTreeMap<String, Value> = items
            .map(|item| {
                (
                    item["key"].as_str().unwrap().to_owned(),
                    json!([item["state"], item["note"]]),
                )
            })
            .filter(|(_, answer)| *answer != json!(["OPEN", null]))
            .collect();
        fields.insert("checklist".into(), json!(answers));
        let records = fields["evidence"]["nodes"].as_array().unwrap().iter();
        let records: BTreeMap<String, Value> = records
            .map(|one| {
                (
                    one["id"].as_str().unwrap().to_owned(),
                    json!([one["grade"], one["value"]]),
                )
            })
            .collect();
        fields.insert("evidence".into(), json!(records));
    }
    shown
}

/// Field by field, so that a difference can be read.
fn same(shown: &Value, expected: &Value, what: &str) {
    if let (Some(shown), Some(expected)) = (shown.as_object(), expected.as_object()) {
        for (field, value) in expected {
            assert_eq!(&shown[field], value, "{field} of {what}");
        }
    }
    assert_eq!(shown, expected, "{what}");
}
