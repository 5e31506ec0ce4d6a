//! What happens in the fund: random, and the same again from the same seed.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{Role, UserId};
use rand::{Rng, SeedableRng as _, rngs::StdRng, seq::IndexedRandom};
use serde_json::{Value, json};

use crate::{At, fund::Fund};

const STAGES: [&str; 7] = [
    "SOURCED",
    "SCREENING",
    "FIRST_MEETING",
    "DILIGENCE",
    "COMMITTEE",
    "TERM_SHEET",
    "CLOSING",
];

/// What has to come about at least once.
pub const VERBS: [&str; 14] = [
    "createStartup",
    "updateStartup",
    "openDeal",
    "captureDeal",
    "updateDeal",
    "moveDeal",
    "voidMove",
    "undo",
    "recordEvidence",
    "supersedeEvidence",
    "reviewEvidence",
    "retractEvidence",
    "setChecklistItem",
    "updateStage",
];

pub struct History {
    pub fund: Fund,
    pub analyst: UserId,
    pub partner: UserId,
    pub admin: UserId,
    pub random: StdRng,
    startups: Vec<String>,
    pub deals: Vec<String>,
    evidence: Vec<String>,
    /// How often each mutation was accepted.
    pub done: BTreeMap<&'static str, usize>,
    pub refused: usize,
    serial: usize,
}

impl History {
    pub async fn begins() -> Self {
        let fund = Fund::new().await;
        let analyst = fund.user("Ana", Role::Analyst).await;
        let partner = fund.user("Pia", Role::Partner).await;
        let admin = fund.user("Ada", Role::Admin).await;
        let mut history = Self {
            fund,
            analyst,
            partner,
            admin,
            random: StdRng::seed_from_u64(20_250_301),
            startups: Vec::new(),
            deals: Vec::new(),
            evidence: Vec::new(),
            done: BTreeMap::new(),
            refused: 0,
            serial: 0,
        };
        for _ in 0..4 {
            history.startup().await;
        }
        history
    }

    pub fn now(&self) -> At {
        self.fund.workspace.app.now()
    }
    fn chance(&mut self, share: f64) -> bool {
        self.random.random_bool(share)
    }
    fn words(&mut self, of: &str) -> String {
        self.serial += 1;
        format!("{of} {}", self.serial)
    }
    fn one_of(&mut self, all: &[&str]) -> Value {
        json!(all.choose(&mut self.random).unwrap())
    }
    fn one(&mut self, ids: &[String]) -> Option<String> {
        ids.choose(&mut self.random).cloned()
    }
    fn day(&mut self) -> Value {
        let days = self.random.random_range(-200..200);
        json!((self.now() + TimeDelta::days(days)).date_naive())
    }
    fn past_day(&mut self) -> Value {
        let days = self.random.random_range(2..300);
        json!((self.now() - TimeDelta::days(days)).date_naive())
    }
    fn user(&mut self) -> Value {
        let all = [self.analyst, self.partner, self.admin];
        json!(all.choose(&mut self.random).unwrap().to_string())
    }
    fn range(&mut self) -> Value {
        let low = self.random.random_range(1..90);
        let high = low + self.random.random_range(0..40);
        let high = if self.chance(0.2) {
            Value::Null
        } else {
            json!((high * 1_000_000).to_string())
        };
        json!({ "low": (low * 1_000_000).to_string(), "high": high, "currency": self.one_of(&["CNY", "USD"]), "asFound": self.words("about") })
    }
    fn or_nothing(&mut self, value: Value) -> Value {
        if self.chance(0.25) { Value::Null } else { value }
    }

    /// Sends a mutation; None where it is refused, which must leave no trace.
    async fn send(
        &mut self,
        who: UserId,
        mutation: &'static str,
        input: Value,
        fields: &str,
    ) -> Option<Value> {
        let told = self.fund.tell(who, mutation, input, fields).await;
        if told["userErrors"] == json!([]) {
            *self.done.entry(mutation).or_default() += 1;
            return Some(told);
        }
        self.refused += 1;
        None
    }

    async fn startup(&mut self) {
        let mut input = json!({ "name": self.words("Startup") });
        if self.chance(0.6) {
            input["layer"] = self.one_of(&["MODEL", "MIDDLEWARE", "APP"]);
            input["sectors"] = json!([self.one_of(&["robotics", "search", "chinese-llm", "rpa"])]);
        }
        let told = self
            .send(self.analyst, "createStartup", input, "startup { id }")
            .await;
        self.startups.extend(id_in(told, "startup"));
    }

    async fn update_startup(&mut self, id: &str) {
        let version = self
            .ask("query($id: ID!) { startup(id: $id) { version } }", id)
            .await;
        if version["startup"].is_null() {
            return;
        }
        let mut input = json!({ "id": id, "version": version["startup"]["version"] });
        for _ in 0..self.random.random_range(1..3) {
            let field = *[
                "name",
                "layer",
                "sectors",
                "need",
                "technicalRoute",
                "oneLiner",
                "country",
                "foundedOn",
                "structure",
            ]
            .choose(&mut self.random)
            .unwrap();
            input[field] = match field {
                "name" => json!(self.words("Renamed")),
                "layer" => {
                    let layer = self.one_of(&["MODEL", "MIDDLEWARE", "APP"]);
                    self.or_nothing(layer)
                }
                "sectors" if self.chance(0.2) => json!([]),
                "sectors" => json!([
                    self.one_of(&["robotics", "search", "chinese-llm"]),
                    self.one_of(&["rpa", "code"])
                ]),
                "need" => {
                    let payer = json!(self.words("payer"));
                    json!({ "payer": self.or_nothing(payer), "pain": self.words("pain") })
                }
                "technicalRoute" => self.one_of(&["UNKNOWN", "TRAINS_BASE_MODEL", "BUILDS_ON_API"]),
                "oneLiner" => {
                    let line = json!(self.words("does"));
                    self.or_nothing(line)
                }
                "country" => {
                    let country = self.one_of(&["CN", "US", "SG"]);
                    self.or_nothing(country)
                }
                "foundedOn" => {
                    let day = self.past_day();
                    self.or_nothing(day)
                }
                _ => self.one_of(&["ONSHORE", "OFFSHORE_VIE", "UNDECIDED"]),
            };
        }
        self.send(self.analyst, "updateStartup", input, "startup { id }")
            .await;
    }

    async fn open(&mut self, startup: &str) {
        let mut input = json!({ "startup": startup, "title": self.words("Deal"), "round": self.one_of(&["SEED", "ANGEL", "A", "B", "C"]) });
        if self.chance(0.5) {
            let hours = self.random.random_range(1..24 * 60);
            input["occurredAt"] = json!(self.now() - TimeDelta::hours(hours));
        }
        if self.chance(0.3) {
            input["stage"] = self.one_of(&STAGES[..4]);
        }
        if self.chance(0.3) {
            input["visibility"] = json!("RESTRICTED");
        }
        if self.chance(0.7) {
            input["amountSought"] = self.range();
        }
        if self.chance(0.4) {
            input["ourAmount"] = self.range();
            input["owner"] = self.user();
            input["team"] = json!([self.user()]);
            input["nextStep"] = json!(self.words("call"));
            input["sources"] =
                json!([{ "channel": self.one_of(&["REFERRAL", "FA", "EVENT"]), "who": self.words("by") }]);
        }
        let who = *[self.analyst, self.partner].choose(&mut self.random).unwrap();
        let told = self.send(who, "openDeal", input, "deal { id }").await;
        self.deals.extend(id_in(told, "deal"));
    }

    async fn capture(&mut self) {
        let input = json!({ "name": self.words("Captured"), "text": self.words("they called"), "channel": "REFERRAL" });
        let told = self
            .send(self.analyst, "captureDeal", input, "deal { id startup { id } }")
            .await;
        if let Some(told) = told {
            self.startups
                .extend(told["deal"]["startup"]["id"].as_str().map(str::to_owned));
            self.deals.extend(id_in(Some(told), "deal"));
        }
    }

    async fn update_deal(&mut self, id: &str) {
        let deal = self
            .ask("query($id: ID!) { deal(id: $id) { version } }", id)
            .await;
        if deal["deal"].is_null() {
            return;
        }
        let mut input = json!({ "id": id, "version": deal["deal"]["version"] });
        for _ in 0..self.random.random_range(1..4) {
            let (field, value) = match self.random.random_range(0..16) {
                0 => ("title", json!(self.words("Title"))),
                1 => ("round", self.one_of(&["SEED", "A", "B", "PRE_A"])),
                2 | 3 => ("visibility", self.one_of(&["TEAM", "RESTRICTED"])),
                4 => ("owner", self.user()),
                5 => ("team", json!([self.user(), self.user()])),
                6 => ("amountSought", self.range()),
                7 => ("ourAmount", self.range()),
                8 => ("nextStep", json!(self.words("next"))),
                9 => ("nextStepDue", self.day()),
                10 => ("coInvestors", json!([self.words("Fund")])),
                11 => (
                    "valuation",
                    json!({ "amount": "120000000", "currency": self.one_of(&["CNY", "USD"]) }),
                ),
                12 => ("investorRole", self.one_of(&["LEAD", "FOLLOW"])),
                13 => ("exclusiveUntil", self.day()),
                14 => ("revisitOn", self.day()),
                _ => (
                    "sources",
                    json!([{ "channel": self.one_of(&["INBOUND", "UNIVERSITY"]), "who": self.words("who") }]),
                ),
            };
            let stays = [
                "title",
                "round",
                "visibility",
                "owner",
                "team",
                "coInvestors",
                "sources",
            ]
            .contains(&field);
            input[field] = if stays { value } else { self.or_nothing(value) };
        }
        self.send(self.admin, "updateDeal", input, "deal { id }").await;
    }

    /// Moves a deal as the rules allow; now, or some time back.
    async fn shift(&mut self, id: &str, occurred: Option<At>) {
        let found = self
            .ask(
                "query($id: ID!) { deal(id: $id) { version status stage { key } } }",
                id,
            )
            .await;
        let deal = &found["deal"];
        let (Some(status), Some(stage)) = (deal["status"].as_str(), deal["stage"]["key"].as_str()) else {
            return;
        };
        let mut input = json!({ "id": id, "version": deal["version"], "overrideReason": "tried out" });
        if self.chance(0.5) {
            input["reason"] = json!(self.words("because"));
        }
        if let Some(occurred) = occurred {
            input["occurredAt"] = json!(occurred);
        }
        match (status, self.random.random_range(0..100)) {
            ("ACTIVE", 0..65) => {
                let at = STAGES.iter().position(|key| *key == stage).unwrap_or_default();
                let to = if self.chance(0.75) {
                    at + 1
                } else {
                    self.random.random_range(0..STAGES.len())
                };
                input["stage"] = json!(STAGES[to % STAGES.len()]);
            }
            ("ACTIVE", 65..77) => input["status"] = json!("ON_HOLD"),
            ("ACTIVE", 77..92) | ("ON_HOLD", 0..30) => {
                input["status"] = json!("PASSED");
                input["passReason"] = self.one_of(&["MARKET", "NO_REAL_USERS", "TIMING"]);
                input["passNote"] = json!(self.words("pass"));
                if self.chance(0.4) {
                    input["revisitOn"] = json!((self.now() + TimeDelta::days(90)).date_naive());
                }
            }
            ("ACTIVE", 92..96) => input["status"] = json!("LOST"),
            ("ACTIVE", _) => input["status"] = json!("INVESTED"),
            _ => input["status"] = json!("ACTIVE"),
        }
        self.send(self.admin, "moveDeal", input, "deal { id }").await;
    }

    /// Voids the last move, and records it anew at an earlier time now and then.
    async fn void(&mut self, id: &str) {
        let deal = self
            .ask(
                "query($id: ID!) { deal(id: $id) { version history { occurredAt voidedAt } } }",
                id,
            )
            .await;
        if deal["deal"].is_null() {
            return;
        }
        let input = json!({ "deal": id, "version": deal["deal"]["version"], "reason": self.words("a slip") });
        if self
            .send(self.admin, "voidMove", input, "deal { id }")
            .await
            .is_none()
            || self.chance(0.5)
        {
            return;
        }
        let standing = deal["deal"]["history"].as_array().unwrap().iter();
        let standing: Vec<&Value> = standing.filter(|row| row["voidedAt"].is_null()).collect();
        // Between the row before the voided one and now.
        let before: At = standing[standing.len() - 2]["occurredAt"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap();
        let minutes = (self.now() - before).num_minutes().max(1);
        let occurred = before + TimeDelta::minutes(self.random.random_range(0..minutes));
        self.fund.workspace.pass(TimeDelta::minutes(1));
        self.shift(id, Some(occurred)).await;
    }

    async fn undo(&mut self) {
        let told = self
            .fund
            .run(self.admin, "{ activity(first: 12) { nodes { id } } }", json!({}))
            .await;
        let rows = told["activity"]["nodes"].as_array().unwrap();
        let row = rows.choose(&mut self.random).unwrap()["id"].clone();
        self.send(self.admin, "undo", json!({ "activity": row }), "activity { id }")
            .await;
    }

    async fn evidence(&mut self, startup: &str, corrects: Option<&str>) {
        let mut input = json!({ "startup": startup, "kind": "ACTIVE_USERS", "value": self.random.random_range(1..90_000).to_string(),
            "window": "MONTH", "observedOn": self.past_day(), "source": "DATA_ROOM", "sourceUrl": "https://room.example/",
            "grade": self.one_of(&["CLAIMED", "DOCUMENTED", "VERIFIED"]) });
        if input["grade"] == json!("VERIFIED") {
            input["checked"] = json!("the room");
        }
        let told = match corrects {
            None => {
                self.send(self.analyst, "recordEvidence", input, "evidence { id }")
                    .await
            }
            Some(old) => {
                let input = json!({ "evidence": old, "by": input });
                self.send(self.analyst, "supersedeEvidence", input, "evidence { id }")
                    .await
            }
        };
        self.evidence.extend(id_in(told, "evidence"));
    }

    /// Something to a record of evidence that is there.
    async fn look_at(&mut self, id: &str) {
        match self.random.random_range(0..4) {
            0 | 1 => {
                let grade = self.one_of(&["CLAIMED", "DOCUMENTED", "VERIFIED", "REFUTED"]);
                let input = json!({ "evidence": id, "grade": grade, "checked": "a call" });
                self.send(self.analyst, "reviewEvidence", input, "evidence { id }")
                    .await;
            }
            2 => {
                let found = self
                    .ask(
                        "query($id: ID!) { node(id: $id) { ... on Evidence { startup { id } } } }",
                        id,
                    )
                    .await;
                if let Some(startup) = found["node"]["startup"]["id"].as_str() {
                    self.evidence(startup, Some(id)).await;
                }
            }
            _ => {
                let input = json!({ "evidence": id, "reason": "mistyped" });
                self.send(self.analyst, "retractEvidence", input, "evidence { id }")
                    .await;
            }
        }
    }

    async fn answer(&mut self, startup: &str) {
        let input = json!({ "startup": startup, "key": self.one_of(&["team", "who_pays", "fund_fit", "compliance", "moat", "compute"]),
            "state": self.one_of(&["OPEN", "OK", "CONCERN"]), "note": self.words("note") });
        self.send(self.analyst, "setChecklistItem", input, "startup { id }")
            .await;
    }

    /// A stage gets another limit.
    async fn stage(&mut self) {
        let told = self
            .fund
            .run(self.admin, "{ stages { id key version } }", json!({}))
            .await;
        let stage = told["stages"]
            .as_array()
            .unwrap()
            .choose(&mut self.random)
            .unwrap();
        let input = json!({ "id": stage["id"], "version": stage["version"], "limitDays": self.random.random_range(5..60) });
        self.send(self.admin, "updateStage", input, "stage { id }").await;
    }

    async fn ask(&self, document: &str, id: &str) -> Value {
        self.fund.run(self.admin, document, json!({ "id": id })).await
    }

    /// About a day goes by, and something happens.
    pub async fn act(&mut self) {
        let minutes = self.random.random_range(1..2_300);
        self.fund.workspace.pass(TimeDelta::minutes(minutes));
        let startup = self.one(&self.startups.clone());
        let deal = self.one(&self.deals.clone());
        let evidence = self.one(&self.evidence.clone());
        match (self.random.random_range(0..100), startup, deal, evidence) {
            (6..14, Some(id), ..) => self.update_startup(&id).await,
            (14..30, Some(id), ..) => self.open(&id).await,
            (30..32, ..) => self.capture().await,
            (32..46, _, Some(id), _) => self.update_deal(&id).await,
            (46..72, _, Some(id), _) => self.shift(&id, None).await,
            (72..78, _, Some(id), _) => self.void(&id).await,
            (78..84, ..) => self.undo().await,
            (84..89, Some(id), ..) => self.evidence(&id, None).await,
            (89..95, .., Some(id)) => self.look_at(&id).await,
            (95..99, Some(id), ..) => self.answer(&id).await,
            (99, ..) => self.stage().await,
            _ => self.startup().await,
        }
    }
}

fn id_in(told: Option<Value>, of: &str) -> Option<String> {
    Some(told?[of]["id"].as_str()?.to_owned())
}
