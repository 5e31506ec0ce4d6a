//! Random edits through the API, and what the model makes of those that are accepted.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{Instant, UserId};
use rand::{Rng, rngs::StdRng, seq::IndexedRandom};
use serde_json::{Map, Value, json};

use crate::fund::Fund;
use crate::state::{Figure, Record, State};

pub fn text(at: Instant) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

/// The last thing done to a record, for taking it back.
#[derive(Clone)]
pub enum Last {
    Created,
    /// These fields stood before.
    Fields(Map<String, Value>),
    Moved,
    Graded(String),
    Hidden(bool),
    Final,
}

pub struct Walk {
    pub fund: Fund,
    pub ann: UserId,
    /// The ids of the funds that deals may name.
    pub funds: Vec<String>,
    pub random: StdRng,
    pub state: State,
    /// Every state, by the instant from which it is known.
    pub known: BTreeMap<Instant, State>,
    /// The last change of each record, by the id of its activity.
    pub last: BTreeMap<String, (Value, Last)>,
    pub newest: Value,
    pub done: BTreeMap<&'static str, usize>,
    pub serial: usize,
}

impl Walk {
    fn now(&self) -> String {
        text(self.fund.workspace.app.now())
    }
    fn chance(&mut self, of: u32) -> bool {
        self.random.random_range(0..of) == 0
    }
    fn one_of(&mut self, all: &[&str]) -> Value {
        json!(all.choose(&mut self.random).unwrap())
    }
    fn words(&mut self) -> Value {
        self.serial += 1;
        json!(format!("words {}", self.serial))
    }
    fn maybe(&mut self, value: Value) -> Value {
        if self.chance(4) { Value::Null } else { value }
    }
    fn day(&mut self) -> Value {
        json!(format!(
            "20{}-0{}-1{}",
            self.random.random_range(10..25),
            self.random.random_range(1..10),
            self.random.random_range(0..10)
        ))
    }
    /// One of the ids of a kind, hidden ones too.
    fn pick(&mut self, ids: Vec<String>) -> Option<String> {
        ids.choose(&mut self.random).cloned()
    }

    /// Sends a mutation; None where it is refused, which must change nothing.
    async fn send(&mut self, mutation: &'static str, input: Value, fields: &str) -> Option<Value> {
        let mut told = self.fund.tell(self.ann, mutation, input, fields).await;
        if told["userErrors"] != json!([]) {
            return None;
        }
        *self.done.entry(mutation).or_default() += 1;
        let newest = "{ activity(first: 1) { nodes { id } } }";
        let mut newest = self.fund.run(self.ann, newest, json!({})).await;
        self.newest = newest["activity"]["nodes"][0]["id"].take();
        Some(told.take())
    }

    /// A value for a field of a startup: as it is sent, and as it is shown.
    fn startup_field(&mut self, field: &str) -> Value {
        match field {
            "name" => self.words(),
            "oneLiner" | "description" | "city" | "previousFocus" => {
                let words = self.words();
                self.maybe(words)
            }
            "website" => {
                let site = json!(format!(
                    "https://site{}.example/",
                    self.random.random_range(0..50)
                ));
                self.maybe(site)
            }
            "country" => {
                let code = self.one_of(&["CN", "US", "FR"]);
                self.maybe(code)
            }
            "foundedOn" | "productLaunchedOn" | "pivotedOn" => {
                let day = self.day();
                self.maybe(day)
            }
            "layer" => {
                let layer = self.one_of(&["MODEL", "MIDDLEWARE", "APP"]);
                self.maybe(layer)
            }
            "technicalRoute" => self.one_of(&["UNKNOWN", "TRAINS_BASE_MODEL", "BUILDS_ON_API"]),
            "structure" => self.one_of(&["ONSHORE", "OFFSHORE_VIE", "UNDECIDED"]),
            "need" => {
                let mut need = Map::new();
                for part in ["payer", "pain", "costToday", "alternativeToday"] {
                    let words = self.words();
                    need.insert(part.into(), self.maybe(words));
                }
                Value::Object(need)
            }
            "ownsTrainingData" | "usageFlywheel" | "claimsLargeModel" => {
                let fact = json!({ "holds": self.chance(2), "grade": self.one_of(&["CLAIMED", "VERIFIED", "REFUTED"]), "words": self.words(),
                    "on": self.day(), "sourceUrl": "https://fact.example/" });
                self.maybe(fact)
            }
            "aliases" => {
                let count = self.random.random_range(0..3);
                (0..count)
                    .map(|_| json!({ "name": self.words(), "kind": self.one_of(&["BRAND", "FORMER"]), "language": null }))
                    .collect()
            }
            "domains" => json!([format!("d{}.example", self.random.random_range(0..50))]),
            "sectors" => {
                let slug = self.one_of(&["chinese-llm", "robotics", "search"]);
                if self.chance(3) { json!([]) } else { json!([slug]) }
            }
            "customFields" => json!({ "k": self.words() }),
            other => panic!("{other} has no values"),
        }
    }

    /// Puts sent fields into shown ones.
    fn put(fields: &mut Map<String, Value>, sent: &Map<String, Value>) {
        fields.extend(sent.clone());
        let host = fields["website"].as_str().map(|url| {
            url.trim_start_matches("https://")
                .trim_end_matches('/')
                .to_owned()
        });
        if let Some(host) = host {
            let domains = fields["domains"].as_array_mut().unwrap();
            if !domains.contains(&json!(host)) {
                domains.push(json!(host));
            }
            domains.sort_by_key(Value::to_string);
        }
    }

    async fn create_startup(&mut self) -> Option<String> {
        let name = self.words();
        let told = self
            .send("createStartup", json!({ "name": name }), "startup { id }")
            .await?;
        let mut fields = Map::new();
        for field in STARTUP_FIELDS {
            fields.insert((*field).into(), Value::Null);
        }
        for field in ["aliases", "domains", "sectors"] {
            fields.insert(field.into(), json!([]));
        }
        fields.extend(
            json!({ "name": name, "technicalRoute": "UNKNOWN", "structure": "UNDECIDED", "customFields": {}, "version": 1, "updatedAt": self.now(),
                "need": { "payer": null, "pain": null, "costToday": null, "alternativeToday": null } })
            .as_object()
            .unwrap()
            .clone(),
        );
        let id = told["startup"]["id"].as_str().unwrap().to_owned();
        self.note(&id, Last::Created);
        let record = Record {
            fields,
            startup: String::new(),
            hidden: false,
            before_moves: Vec::new(),
        };
        self.state.startups.insert(id.clone(), record);
        Some(id)
    }

    async fn update_startup(&mut self, id: &str) {
        let mut sent = Map::new();
        for _ in 0..self.random.random_range(1..4) {
            let field = *STARTUP_FIELDS.choose(&mut self.random).unwrap();
            let value = self.startup_field(field);
            sent.insert(field.into(), value);
        }
        let mut input = sent.clone();
        input.insert("id".into(), json!(id));
        input.insert(
            "version".into(),
            self.state.startups[id].fields["version"].clone(),
        );
        if self
            .send("updateStartup", Value::Object(input), "startup { id }")
            .await
            .is_some()
        {
            let mut new = self.state.startups[id].fields.clone();
            Self::put(&mut new, &sent);
            self.changed(true, id, new);
        }
    }

    /// A startup or deal has these fields from now on.
    fn changed(&mut self, is_startup: bool, id: &str, mut new: Map<String, Value>) {
        let now = self.now();
        let records = if is_startup {
            &mut self.state.startups
        } else {
            &mut self.state.deals
        };
        let record = records.get_mut(id).unwrap();
        if new == record.fields {
            return;
        }
        let before = record.fields.clone();
        new.insert(
            "version".into(),
            json!(record.fields["version"].as_i64().unwrap() + 1),
        );
        new.insert("updatedAt".into(), json!(now));
        record.fields = new;
        self.note(id, Last::Fields(before));
    }

    async fn record_evidence(&mut self, startup: &str, corrects: Option<&str>) {
        let grade = self.one_of(&["CLAIMED", "DOCUMENTED", "VERIFIED", "REFUTED"]);
        let fields = json!({ "kind": "ACTIVE_USERS", "value": self.random.random_range(1..9999).to_string(), "window": "MONTH",
            "observedOn": self.day(), "source": "DATA_ROOM", "sourceUrl": "https://room.example/", "note": self.words() });
        let mut input = fields.clone();
        let reviewed = matches!(grade.as_str(), Some("VERIFIED" | "REFUTED"));
        input["startup"] = json!(startup);
        input["grade"] = grade.clone();
        if reviewed {
            input["checked"] = json!("the room");
        }
        let told = match corrects {
            None => self.send("recordEvidence", input, "evidence { id }").await,
            Some(old) => {
                let input = json!({ "evidence": old, "by": input });
                self.send("supersedeEvidence", input, "evidence { id }").await
            }
        };
        let Some(told) = told else { return };
        let id = told["evidence"]["id"].as_str().unwrap().to_owned();
        let mut fields = fields.as_object().unwrap().clone();
        fields.insert("recordedAt".into(), json!(self.now()));
        let entered = if reviewed {
            json!("DOCUMENTED")
        } else {
            grade.clone()
        };
        let figure = Figure {
            startup: startup.into(),
            fields,
            grade: entered.as_str().unwrap().into(),
            reviews: Vec::new(),
            supersedes: corrects.map(Into::into),
            retracted: None,
        };
        self.state.evidence.insert(id.clone(), figure);
        self.note(&id, Last::Created);
        if reviewed {
            // The review is recorded just after the record.
            self.keep();
            let at = self.fund.workspace.app.now() + TimeDelta::microseconds(1);
            self.grade(&id, grade.as_str().unwrap(), "the room", at);
            self.known.insert(at, self.state.clone());
        }
    }

    fn grade(&mut self, id: &str, to: &str, checked: &str, at: Instant) {
        let figure = self.state.evidence.get_mut(id).unwrap();
        let from = std::mem::replace(&mut figure.grade, to.into());
        figure
            .reviews
            .push(json!({ "from": from, "to": to, "at": text(at), "checked": checked }));
        self.note(id, Last::Graded(from));
    }

    async fn review(&mut self, id: &str) {
        let grade = self.one_of(&["CLAIMED", "DOCUMENTED", "VERIFIED", "REFUTED"]);
        let input = json!({ "evidence": id, "grade": grade, "checked": "a call" });
        if self
            .send("reviewEvidence", input, "evidence { id }")
            .await
            .is_some()
        {
            let at = self.fund.workspace.app.now();
            self.grade(id, grade.as_str().unwrap(), "a call", at);
        }
    }

    async fn retract(&mut self, id: &str) {
        let input = json!({ "evidence": id, "reason": "a slip" });
        if self
            .send("retractEvidence", input, "evidence { id }")
            .await
            .is_some()
        {
            self.withdraw(id, "a slip");
        }
    }

    fn withdraw(&mut self, id: &str, why: &str) {
        let at = self.now();
        self.state.evidence.get_mut(id).unwrap().retracted = Some((at, why.into()));
        self.note(id, Last::Final);
    }

    async fn open_deal(&mut self, startup: &str) {
        let title = self.words();
        let round = self.one_of(&["SEED", "A", "B", "C"]);
        let visibility = self.one_of(&["TEAM", "RESTRICTED"]);
        let input = json!({ "startup": startup, "title": title, "round": round, "visibility": visibility });
        let Some(told) = self.send("openDeal", input, "deal { id }").await else {
            return;
        };
        let id = told["deal"]["id"].as_str().unwrap().to_owned();
        let mut fields = Map::new();
        for field in DEAL_FIELDS {
            fields.insert((*field).into(), Value::Null);
        }
        let now = self.now();
        let opening = json!({ "from": null, "fromStatus": null, "to": { "key": "SOURCED" }, "toStatus": "ACTIVE", "reason": null, "recordedAt": now,
            "voidedAt": null, "voidReason": null });
        fields.extend(
            json!({ "title": title, "round": round, "visibility": visibility, "coInvestors": [], "funds": [], "stage": { "key": "SOURCED" }, "status": "ACTIVE",
                "owner": { "name": "ann" }, "passReason": null, "passNote": null, "enteredStageAt": now, "version": 1, "updatedAt": now, "history": [opening] })
            .as_object()
            .unwrap()
            .clone(),
        );
        let record = Record {
            fields,
            startup: startup.into(),
            hidden: false,
            before_moves: Vec::new(),
        };
        self.state.deals.insert(id.clone(), record);
        self.note(&id, Last::Created);
    }

    fn deal_field(&mut self, field: &str) -> Value {
        let value = match field {
            "title" => return self.words(),
            "round" => return self.one_of(&["SEED", "A", "B", "C"]),
            "visibility" => return self.one_of(&["TEAM", "RESTRICTED"]),
            "coInvestors" => return json!([self.words()]),
            "funds" => {
                let count = self.random.random_range(0..=self.funds.len());
                return self.funds[..count].iter().map(|id| json!(id)).collect();
            }
            "owner" => json!(self.ann.to_string()),
            "nextStep" | "revisitTrigger" => self.words(),
            "nextStepDue" | "revisitOn" | "exclusiveUntil" => self.day(),
            "amountSought" => {
                json!({ "low": "20", "high": self.random.random_range(21..99).to_string(), "currency": "CNY", "asFound": self.words() })
            }
            "valuation" => {
                json!({ "amount": self.random.random_range(1..99).to_string(), "currency": "USD" })
            }
            "investorRole" => self.one_of(&["LEAD", "FOLLOW"]),
            "instrument" => self.one_of(&["EQUITY", "SECONDARY"]),
            "valuationBasis" => self.one_of(&["PRE_MONEY", "POST_MONEY"]),
            other => panic!("{other} has no values"),
        };
        self.maybe(value)
    }

    async fn update_deal(&mut self, id: &str) {
        let mut sent = Map::new();
        for _ in 0..self.random.random_range(1..4) {
            let field = *DEAL_FIELDS.choose(&mut self.random).unwrap();
            let value = self.deal_field(field);
            sent.insert(field.into(), value);
        }
        let mut input = sent.clone();
        input.insert("id".into(), json!(id));
        input.insert("version".into(), self.state.deals[id].fields["version"].clone());
        if self
            .send("updateDeal", Value::Object(input), "deal { id }")
            .await
            .is_some()
        {
            if sent.get("owner").is_some_and(|owner| !owner.is_null()) {
                sent.insert("owner".into(), json!({ "name": "ann" }));
            }
            if let Some(ids) = sent.get("funds").and_then(Value::as_array) {
                let shown: Value = ids.iter().map(|id| json!({ "id": id })).collect();
                sent.insert("funds".into(), shown);
            }
            let mut new = self.state.deals[id].fields.clone();
            new.extend(sent);
            self.changed(false, id, new);
        }
    }

    async fn move_deal(&mut self, id: &str) {
        let old = self.state.deals[id].fields.clone();
        let mut input = json!({ "id": id, "version": old["version"], "reason": self.words() });
        match self.random.random_range(0..4) {
            0 => input["status"] = json!("ON_HOLD"),
            1 => {
                input["status"] = json!("PASSED");
                input["passReason"] = json!("MARKET");
                input["passNote"] = self.words();
            }
            2 => input["status"] = json!("ACTIVE"),
            _ => input["stage"] = self.one_of(&["SOURCED", "SCREENING", "FIRST_MEETING", "DILIGENCE"]),
        }
        if self
            .send("moveDeal", input.clone(), "deal { id }")
            .await
            .is_none()
        {
            return;
        }
        let now = self.now();
        let mut new = old.clone();
        if let Some(stage) = input.get("stage") {
            new.insert("stage".into(), json!({ "key": stage }));
            new.insert("enteredStageAt".into(), json!(now));
        }
        if let Some(status) = input.get("status") {
            new.insert("status".into(), status.clone());
        }
        for field in ["passReason", "passNote"] {
            new.insert(field.into(), input.get(field).cloned().unwrap_or_default());
        }
        let row = json!({ "from": old["stage"], "fromStatus": old["status"], "to": new["stage"], "toStatus": new["status"],
            "reason": input["reason"], "recordedAt": now, "voidedAt": null, "voidReason": null });
        new["history"].as_array_mut().unwrap().push(row);
        let place = new["history"].as_array().unwrap().len() - 1;
        self.changed(false, id, new);
        self.state
            .deals
            .get_mut(id)
            .unwrap()
            .before_moves
            .push((old, place));
        self.note(id, Last::Moved);
    }

    async fn void_move(&mut self, id: &str) {
        let input =
            json!({ "deal": id, "version": self.state.deals[id].fields["version"], "reason": "a slip" });
        if self.send("voidMove", input, "deal { id }").await.is_some() {
            self.voided(id, "a slip");
        }
    }

    fn voided(&mut self, id: &str, why: &str) {
        let (before, place) = self.state.deals.get_mut(id).unwrap().before_moves.pop().unwrap();
        let mut new = self.state.deals[id].fields.clone();
        for field in ["stage", "status", "passReason", "passNote", "enteredStageAt"] {
            new.insert(field.into(), before[field].clone());
        }
        new["history"][place]["voidedAt"] = json!(self.now());
        new["history"][place]["voidReason"] = json!(why);
        self.changed(false, id, new);
        self.note(id, Last::Final);
    }

    /// Takes back the last thing that was done to a record.
    async fn undo(&mut self, id: &str) {
        let Some((row, last)) = self.last.get(id).cloned() else {
            return;
        };
        if self
            .send("undo", json!({ "activity": row }), "activity { id }")
            .await
            .is_none()
        {
            return;
        }
        let is_startup = id.starts_with("startup_");
        let hide = |walk: &mut Self, hidden: bool| {
            let records = if is_startup {
                &mut walk.state.startups
            } else {
                &mut walk.state.deals
            };
            let record = records.get(id).unwrap().fields.clone();
            // What changes is not among the fields; the version is.
            let mut new = record;
            new.insert("hidden".into(), json!(hidden));
            walk.changed(is_startup, id, new);
            let records = if is_startup {
                &mut walk.state.startups
            } else {
                &mut walk.state.deals
            };
            let record = records.get_mut(id).unwrap();
            record.fields.remove("hidden");
            record.hidden = hidden;
            walk.note(id, Last::Hidden(hidden));
        };
        match last {
            Last::Created if id.starts_with("evidence_") => self.withdraw(id, "undo"),
            Last::Created => hide(self, true),
            Last::Hidden(hidden) => hide(self, !hidden),
            Last::Fields(mut before) => {
                let records = if is_startup {
                    &self.state.startups
                } else {
                    &self.state.deals
                };
                for field in ["version", "updatedAt"] {
                    before.insert(field.into(), records[id].fields[field].clone());
                }
                self.changed(is_startup, id, before);
            }
            Last::Moved => self.voided(id, "undo"),
            Last::Graded(from) => {
                let at = self.fund.workspace.app.now();
                self.grade(id, &from, "undo", at);
            }
            Last::Final => panic!("what cannot be taken back was"),
        }
    }

    /// What was done last to a record is this.
    fn note(&mut self, id: &str, what: Last) {
        self.last.insert(id.into(), (self.newest.clone(), what));
    }

    /// Notes what is known from now on; what an edit noted of its own first step stays.
    fn keep(&mut self) {
        let now = self.fund.workspace.app.now();
        self.known.entry(now).or_insert_with(|| self.state.clone());
    }

    pub async fn edit(&mut self) {
        let startups: Vec<String> = self.state.startups.keys().cloned().collect();
        let startup = self.pick(startups.clone());
        let evidence = self.pick(self.state.evidence.keys().cloned().collect());
        let deal = self.pick(self.state.deals.keys().cloned().collect());
        match (self.random.random_range(0..24), startup, evidence, deal) {
            (0, ..) if startups.len() < 8 => {
                self.create_startup().await;
            }
            (1..=4, Some(id), ..) => self.update_startup(&id).await,
            (5..=6, Some(id), ..) => self.record_evidence(&id, None).await,
            (7..=8, _, Some(id), _) => self.review(&id).await,
            (9, _, Some(id), _) => {
                let startup = self.state.evidence[&id].startup.clone();
                self.record_evidence(&startup, Some(&id)).await;
            }
            (10, _, Some(id), _) => self.retract(&id).await,
            (11, Some(id), ..) => self.open_deal(&id).await,
            (12..=14, .., Some(id)) => self.update_deal(&id).await,
            (15 | 20 | 21, .., Some(id)) => self.move_deal(&id).await,
            (16 | 22 | 23, ..) => {
                let moved = self
                    .state
                    .deals
                    .iter()
                    .filter(|(_, deal)| !deal.before_moves.is_empty());
                if let Some(id) = self.pick(moved.map(|(id, _)| id.clone()).collect()) {
                    self.void_move(&id).await;
                }
            }
            (17, Some(id), ..) | (18, _, Some(id), _) | (19, .., Some(id)) => self.undo(&id).await,
            _ => {
                self.create_startup().await;
            }
        }
    }

    /// A startup that is there for a while, with evidence and a deal, and then was a mistake.
    pub async fn mistake(&mut self) {
        let startup = self.create_startup().await.unwrap();
        self.step();
        self.record_evidence(&startup, None).await;
        self.step();
        self.open_deal(&startup).await;
        self.step();
        let evidence = self
            .state
            .evidence
            .iter()
            .find(|(_, f)| f.startup == startup)
            .map(|(id, _)| id.clone());
        self.retract(&evidence.unwrap()).await;
        self.step();
        let deal = self
            .state
            .deals
            .iter()
            .find(|(_, d)| d.startup == startup)
            .map(|(id, _)| id.clone());
        self.undo(&deal.unwrap()).await;
        self.step();
        self.undo(&startup).await;
        self.step();
        assert!(self.state.startups[&startup].hidden);
    }

    /// Notes the state and lets time pass.
    pub fn step(&mut self) {
        self.keep();
        let seconds = self.random.random_range(1..2500);
        self.fund.workspace.pass(TimeDelta::seconds(seconds));
    }
}

const STARTUP_FIELDS: &[&str] = &[
    "name",
    "oneLiner",
    "description",
    "website",
    "country",
    "city",
    "foundedOn",
    "productLaunchedOn",
    "previousFocus",
    "pivotedOn",
    "layer",
    "technicalRoute",
    "structure",
    "need",
    "ownsTrainingData",
    "usageFlywheel",
    "claimsLargeModel",
    "aliases",
    "domains",
    "sectors",
    "customFields",
];
const DEAL_FIELDS: &[&str] = &[
    "title",
    "round",
    "visibility",
    "nextStep",
    "nextStepDue",
    "owner",
    "coInvestors",
    "amountSought",
    "investorRole",
    "instrument",
    "valuation",
    "valuationBasis",
    "funds",
    "revisitOn",
    "revisitTrigger",
    "exclusiveUntil",
];
