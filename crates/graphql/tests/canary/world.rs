//! Two funds that differ in this alone: in one, some deals are restricted to a team; in the other, they never were.

use std::collections::BTreeMap;

use app::Identity;
use chrono::TimeDelta;
use domain::{
    ActivityTag, DealTag, DocumentTag, InteractionTag, OutcomeTag, Role, Scope, TaskTag, UserId, typed,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fund::Fund;

/// How many rows of hidden activity are known by label.
const ACTIVITIES: usize = 8;

/// What stands in the restricted deals and on all that hangs on them, each word in one place.
pub const WORDS: [(&str, &str); 39] = [
    ("title", "qvxtitle7f31"),
    ("title of the passed", "qvxpassed0c44"),
    ("title of the waiting", "qvxwaiting2d7e"),
    ("title while of the team", "qvxbefore55b0"),
    ("next step", "qvxnext20ad"),
    ("amount sought", "qvxsought91ee"),
    ("our amount", "qvxours3b02"),
    ("co-investor", "qvxcoinvest8d1f"),
    ("who brought it", "qvxsource6c70"),
    ("valuation", "987654321.25"),
    ("low", "11223344.5"),
    ("high", "55667788.5"),
    ("revisit trigger", "qvxtrigger4e19"),
    ("pass note", "qvxpassnote1a2b"),
    ("reason of a move", "qvxreason77f0"),
    ("reason of a voided move", "qvxvoided9e5d"),
    ("void reason", "qvxvoidreason30c8"),
    ("reason of passing", "qvxwhypassed64aa"),
    ("document title", "qvxdoctitle2f6e"),
    ("document url", "qvxdocurl8b13"),
    ("document note", "qvxdocnote0d97"),
    ("document byline", "qvxbyline5ac2"),
    ("document publisher", "qvxpublisher4f08"),
    ("document since", "qvxnewtitle6b2e"),
    ("reprint title", "qvxreprint71d4"),
    ("file name", "qvxfilename5d2a.txt"),
    (
        "file hash",
        "025af45e77b1a42617f820b7e70a26b67f1d5599b065526305e9009c4ebfee5d",
    ),
    ("interaction summary", "qvxsummary1e90"),
    ("interaction body", "qvxbody77c3"),
    ("interaction participant", "qvxpresent0b5f"),
    ("task", "qvxtask63ab"),
    ("notes of an item", "qvxnotes2f80"),
    ("comment of a vote", "qvxvote9b1d"),
    ("rationale", "qvxrationale70e2"),
    ("condition", "qvxcondition4c5a"),
    ("later outcome", "qvxoutcome4c2e"),
    ("where it can be read", "qvxnews9d60"),
    ("due day", "2031-07-19"),
    ("exclusive until", "2031-08-23"),
];

/// The comment of a blind vote, on an item that all see: until voting is closed it is its author's, an administrator's.
pub const BLIND: &str = "qvxblind5e1d";

pub fn word(label: &str) -> &'static str {
    WORDS.iter().find(|(l, _)| *l == label).unwrap().1
}

pub struct World {
    pub fund: Fund,
    /// Every id by what it is of; what begins with `secret` is hidden, or stands for what never was.
    pub ids: BTreeMap<String, String>,
    pub ann: UserId,
    pub readers: Vec<(&'static str, Identity)>,
    secrets: bool,
}

impl World {
    pub async fn new(secrets: bool) -> Self {
        let fund = Fund::new().await;
        let ann = fund.user("ann", Role::Analyst).await;
        let owner = fund.user("owner", Role::Viewer).await;
        let vera = fund.user("vera", Role::Viewer).await;
        let ben = fund.user("ben", Role::Analyst).await;
        let pam = fund.user("pam", Role::Partner).await;
        let root = fund.user("root", Role::Admin).await;
        let mut world = Self {
            ann,
            readers: vec![
                ("VIEWER", Identity::User(vera)),
                ("ANALYST", Identity::User(ben)),
                ("PARTNER", Identity::User(pam)),
            ],
            ids: BTreeMap::new(),
            fund,
            secrets,
        };
        for (label, user) in [
            ("ann", ann),
            ("owner", owner),
            ("vera", vera),
            ("ben", ben),
            ("pam", pam),
            ("root", root),
        ] {
            world.ids.insert(format!("user:{label}"), user.to_string());
        }
        let token = app::Caller::new(&world.fund.workspace.app, Identity::User(pam))
            .create_token(None, "reads".into(), vec![Scope::Read], None, "t")
            .await
            .unwrap()
            .unwrap();
        world.ids.insert("token".into(), token.id.to_string());
        world.readers.push((
            "PARTNER with a token that reads",
            Identity::Token(app::Secret::sent(token.secret.unwrap())),
        ));
        world.common(ben).await;
        world.hidden(owner).await;
        world.after(ben).await;
        world.meetings(pam, root).await;
        world
    }

    /// Who sees the restricted deals, with the rights by which.
    pub fn insiders(&self) -> Vec<(&'static str, Identity)> {
        let of = |label: &str| Identity::User(self.ids[label].parse().unwrap());
        vec![("its team", of("user:ann")), ("ADMIN", of("user:root"))]
    }

    /// A mutation that succeeds; the record is known by the label from then on.
    async fn make(&mut self, user: UserId, mutation: &str, input: Value, record: &str, label: &str) {
        self.fund.workspace.pass(TimeDelta::minutes(1));
        let input = self.filled(&input);
        let told = self
            .fund
            .done(user, mutation, input, &format!("{record} {{ id }}"))
            .await;
        self.ids
            .insert(label.into(), told[record]["id"].as_str().unwrap().to_owned());
    }

    /// As [`Self::make`], in the fund alone that has secrets; in the other only time passes.
    async fn hide(&mut self, user: UserId, mutation: &str, input: Value, record: &str, label: &str) {
        if self.secrets {
            self.make(user, mutation, input, record, label).await;
        } else {
            self.fund.workspace.pass(TimeDelta::minutes(1));
        }
    }

    /// A document by file, which no mutation carries.
    async fn make_file(&mut self, user: UserId, bytes: &[u8], name: &str, of: &str, label: &str) {
        self.fund.workspace.pass(TimeDelta::minutes(1));
        let mut holding = app::file::Holding::begin(1_000).await.unwrap();
        holding.take(bytes).await.unwrap().unwrap();
        let id = &self.ids[of];
        let new = app::document::NewDocument {
            title: "A file".into(),
            kind: domain::person::DocumentKind::Export,
            url: None,
            file: Some(holding.finish(name).await.unwrap()),
            publisher: None,
            byline: None,
            reprint_of: None,
            note: None,
            startup: id.parse().ok(),
            deal: id.parse().ok(),
        };
        let caller = app::Caller::new(&self.fund.workspace.app, Identity::User(user));
        let made = caller.create_document(new, "f").await.unwrap().unwrap();
        self.ids.insert(label.into(), made.to_string());
    }

    async fn common(&mut self, ben: UserId) {
        let fact = json!({ "holds": true, "grade": "DOCUMENTED", "words": "as they say", "sourceUrl": "https://a.example", "on": "2024-05-01" });
        self.make(ben, "createStartup", json!({ "name": "Moonshot", "aliases": [{ "name": "月之暗面", "kind": "BRAND", "language": "zh" }],
            "externalIds": [{ "source": "list", "id": "1" }], "domains": ["moonshot.cn"], "website": "https://moonshot.cn", "oneLiner": "Long context",
            "description": "Much more", "country": "CN", "city": "Beijing", "foundedOn": "2023-03-01", "productLaunchedOn": "2023-10-01",
            "previousFocus": "Games", "pivotedOn": "2023-02-01", "layer": "APP", "technicalRoute": "TRAINS_BASE_MODEL", "structure": "ONSHORE",
            "sectors": ["chinese-llm", "3d-generation"], "need": { "payer": "offices", "pain": "reading", "costToday": "hours", "alternativeToday": "people" },
            "ownsTrainingData": fact, "usageFlywheel": fact, "claimsLargeModel": fact, "customFields": { "a": 1 } }), "startup", "startup:moonshot").await;
        self.make(
            ben,
            "createStartup",
            json!({ "name": "Lonely" }),
            "startup",
            "startup:lonely",
        )
        .await;
        self.make(
            ben,
            "setCompetitors",
            json!({ "startup": "@startup:moonshot", "competitors": ["@startup:lonely"] }),
            "startup",
            "startup:moonshot",
        )
        .await;
        self.make(
            ben,
            "createPerson",
            json!({ "name": "Yang", "aliases": [{ "name": "杨", "language": "zh" }],
            "contacts": [{ "kind": "EMAIL", "value": "yang@example.com" }], "links": ["https://yang.example"] }),
            "person",
            "person:yang",
        )
        .await;
        self.make(
            ben,
            "createAffiliation",
            json!({ "person": "@person:yang", "organisation": "Moonshot", "kind": "COMPANY",
            "title": "CEO", "isFounder": true, "from": "2023-03-01", "to": "2030-01-01", "startup": "@startup:moonshot" }),
            "affiliation",
            "affiliation",
        )
        .await;
        self.make_file(ben, b"%PDF-1.4", "deck.pdf", "startup:moonshot", "document:file")
            .await;
        self.make(
            ben,
            "createDocument",
            json!({ "title": "Deck", "kind": "DECK", "url": "https://deck.example",
            "startup": "@startup:moonshot", "publisher": "Moonshot", "byline": "Yang", "note": "sent by mail" }),
            "document",
            "document:deck",
        )
        .await;
        self.make(
            ben,
            "planImport",
            json!({ "source": "list", "mapping": { "name": "name" }, "rows": [{ "name": "Newcomer" }, { "name": "Moonshot" }] }),
            "import",
            "import:list",
        )
        .await;
        self.make(
            ben,
            "createDocument",
            json!({ "title": "Deck again", "kind": "PRESS", "url": "https://again.example",
            "startup": "@startup:moonshot", "reprintOf": "@document:deck" }),
            "document",
            "document:again",
        )
        .await;
        self.make(ben, "recordEvidence", json!({ "startup": "@startup:moonshot", "kind": "RECURRING_REVENUE", "value": "1000", "currency": "USD",
            "revenueBasis": "RECURRING", "segment": "offices", "periodStart": "2024-01-01", "observedOn": "2024-12-31", "asFound": "1k",
            "source": "DECK", "suppliedBy": "Yang", "sourceUrl": "https://deck.example", "documents": ["@document:deck"], "note": "low", "grade": "DOCUMENTED" }),
            "evidence", "evidence:revenue").await;
        self.make(
            ben,
            "recordEvidence",
            json!({ "startup": "@startup:moonshot", "kind": "ACTIVE_USERS", "value": "300", "window": "MONTH",
            "observedOn": "2025-01-31", "source": "FOUNDER" }),
            "evidence",
            "evidence:users",
        )
        .await;
        self.make(ben, "supersedeEvidence", json!({ "evidence": "@evidence:users", "by": { "startup": "@startup:moonshot", "kind": "ACTIVE_USERS",
            "value": "3000", "window": "MONTH", "observedOn": "2025-01-31", "source": "FOUNDER" } }), "evidence", "evidence:corrected").await;
        self.make(
            ben,
            "reviewEvidence",
            json!({ "evidence": "@evidence:revenue", "grade": "VERIFIED", "checked": "the bank" }),
            "evidence",
            "evidence:revenue",
        )
        .await;
        self.make(
            ben,
            "recordEvidence",
            json!({ "startup": "@startup:moonshot", "kind": "RETENTION", "value": "30", "horizonDays": 30, "sampleSize": 40,
            "observedOn": "2025-01-31", "source": "FOUNDER" }),
            "evidence",
            "evidence:retention",
        )
        .await;
        self.make(
            ben,
            "retractEvidence",
            json!({ "evidence": "@evidence:retention", "reason": "a slip" }),
            "evidence",
            "evidence:retention",
        )
        .await;
        self.make(ben, "recordEvidence", json!({ "startup": "@startup:moonshot", "kind": "SIGNED_CONTRACTS", "value": "3", "validUntil": "2026-01-01",
            "observedOn": "2025-01-31", "source": "FOUNDER" }), "evidence", "evidence:contracts").await;
        let root = self.ids["user:root"].parse().unwrap();
        self.make(
            root,
            "createFund",
            json!({ "name": "Yuan fund", "currency": "CNY", "ticket": { "low": "5000000", "high": "30000000" }, "constraints": "No offshore." }),
            "fund",
            "fund:yuan",
        )
        .await;
        self.make(
            ben,
            "openDeal",
            json!({ "startup": "@startup:moonshot", "round": "A", "nextStep": "Call", "owner": "@user:ben", "funds": ["@fund:yuan"] }),
            "deal",
            "deal:open",
        )
        .await;
        self.make(
            ben,
            "logInteraction",
            json!({ "startup": "@startup:moonshot", "deal": "@deal:open", "kind": "CALL", "at": "2025-02-20T08:00:00Z",
            "summary": "A first call", "body": "They *pay*.", "participants": ["Li"], "people": ["@person:yang"] }),
            "interaction",
            "interaction:call",
        )
        .await;
        self.make(
            ben,
            "createTask",
            json!({ "what": "Ask for the export", "who": "@user:ben", "due": "2025-03-01", "deal": "@deal:open" }),
            "task",
            "task:export",
        )
        .await;
        self.make(
            ben,
            "updateTask",
            json!({ "id": "@task:export", "version": 1, "done": true }),
            "task",
            "task:export",
        )
        .await;
        self.make(
            ben,
            "openDeal",
            json!({ "startup": "@startup:moonshot", "round": "SEED", "title": "Declined" }),
            "deal",
            "deal:declined",
        )
        .await;
        self.make(
            ben,
            "moveDeal",
            json!({ "id": "@deal:declined", "version": 1, "status": "PASSED", "passReason": "TIMING",
            "revisitWhen": { "evidenceKind": "SIGNED_CONTRACTS", "grade": "CLAIMED", "valueAtLeast": "2" } }),
            "deal",
            "deal:declined",
        )
        .await;
        self.make(
            ben,
            "recordOutcome",
            json!({ "deal": "@deal:declined", "on": "2025-03-01", "what": "Another fund led", "amount": { "asFound": "数千万" },
            "sourceUrl": "https://news.example" }),
            "outcome",
            "outcome:seen",
        )
        .await;
        self.make(
            ben,
            "createCapability",
            json!({ "statement": "models can make usable 3D assets", "sector": "3d-generation",
            "startups": ["@startup:moonshot", "@startup:lonely"] }),
            "capability",
            "capability:meshes",
        )
        .await;
        self.make(
            ben,
            "createThesis",
            json!({ "statement": "studios pay first", "layer": "APP", "sector": "3d-generation", "reviewOn": "2026-01-01",
            "startups": ["@startup:moonshot", "@startup:lonely"] }),
            "thesis",
            "thesis:studios",
        )
        .await;
        self.measures(ben).await;
    }

    /// What conviction rests on beside the ledger.
    async fn measures(&mut self, ben: UserId) {
        self.make(
            ben,
            "createProvider",
            json!({ "name": "Base", "startup": "@startup:lonely" }),
            "provider",
            "provider:base",
        )
        .await;
        self.make(
            ben,
            "recordDependency",
            json!({ "startup": "@startup:moonshot", "provider": "@provider:base", "mode": "API", "critical": true,
            "costShare": "0.4", "alternative": "Another", "since": "2024-01-01", "until": "2030-01-01" }),
            "dependency",
            "dependency:base",
        )
        .await;
        self.make(
            ben,
            "recordProviderEvent",
            json!({ "provider": "@provider:base", "kind": "PRICE", "on": "2025-02-20", "summary": "a tenth of the price",
            "sourceUrl": "https://news.example/price" }),
            "event",
            "providerevent:cut",
        )
        .await;
        self.make(
            ben,
            "setChecklistItem",
            json!({ "startup": "@startup:moonshot", "key": "team", "state": "OK", "note": "met them" }),
            "startup",
            "startup:moonshot",
        )
        .await;
        let rate = json!({ "currency": "CNY", "on": "2025-02-01", "usd": "0.14", "source": "PBoC" });
        self.fund.done(ben, "recordRate", rate, "rate { usd }").await;
        let rubric = "{ rubric { kinds { kind group weight scale unitOrZero fullAt fullAtByHorizon { upToDays fullAt } halfN halfLifeDays isUsage } } }";
        let mut kinds = self.fund.run(ben, rubric, json!({})).await["rubric"]["kinds"].take();
        kinds[0]["weight"] = json!("0.55");
        let root = self.ids["user:root"].parse().unwrap();
        let edited = json!({ "version": 1, "kinds": kinds, "note": "less for customers" });
        self.fund
            .done(root, "updateRubric", edited, "rubric { version }")
            .await;
    }

    async fn hidden(&mut self, owner: UserId) {
        let ann = self.ann;
        assert_eq!(self.ids["user:owner"], owner.to_string());
        let range = |words: &str| json!({ "low": word("low"), "high": word("high"), "currency": "CNY", "asFound": word(words) });
        // One that is active, of a startup that has no other.
        self.hide(ann, "openDeal", json!({ "startup": "@startup:lonely", "title": word("title"), "visibility": "RESTRICTED", "owner": "@user:owner",
            "round": "B", "nextStep": word("next step"), "nextStepDue": word("due day"), "amountSought": range("amount sought"),
            "ourAmount": range("our amount"), "investorRole": "LEAD", "coInvestors": [word("co-investor")],
            "valuation": { "amount": word("valuation"), "currency": "USD" }, "valuationBasis": "PRE_MONEY", "instrument": "EQUITY", "funds": ["@fund:yuan"],
            "sources": [{ "channel": "LP", "who": word("who brought it"), "person": "@person:yang", "on": "2025-01-01" }] }),
            "deal", "secret deal:active").await;
        self.hide(
            ann,
            "updateDeal",
            json!({ "id": "@secret deal:active", "version": 1, "exclusiveUntil": word("exclusive until"),
            "termSheetSignedOn": "2025-02-01", "termSheetExpiresOn": "2031-02-01", "signedOn": "2025-02-02", "paidOn": "2025-02-03" }),
            "deal",
            "secret deal:active",
        )
        .await;
        // One with a history, passed.
        self.hide(ann, "openDeal", json!({ "startup": "@startup:moonshot", "title": word("title of the passed"), "visibility": "RESTRICTED",
            "round": "C" }), "deal", "secret deal:passed").await;
        let deal = "@secret deal:passed";
        self.hide(
            ann,
            "moveDeal",
            json!({ "id": deal, "version": 1, "stage": "SCREENING", "reason": word("reason of a move") }),
            "deal",
            "secret deal:passed",
        )
        .await;
        self.hide(ann, "moveDeal", json!({ "id": deal, "version": 2, "stage": "DILIGENCE", "reason": word("reason of a voided move") }), "deal", "secret deal:passed").await;
        self.hide(
            ann,
            "voidMove",
            json!({ "deal": deal, "version": 3, "reason": word("void reason") }),
            "deal",
            "secret deal:passed",
        )
        .await;
        self.hide(ann, "moveDeal", json!({ "id": deal, "version": 4, "status": "PASSED", "passReason": "OTHER", "passNote": word("pass note"),
            "reason": word("reason of passing"), "revisitOn": "2031-01-01" }), "deal", "secret deal:passed").await;
        self.hide(
            ann,
            "updateDeal",
            json!({ "id": deal, "version": 5, "revisitTrigger": word("revisit trigger"),
            "revisitWhen": { "evidenceKind": "PILOTS", "grade": "CLAIMED" } }),
            "deal",
            "secret deal:passed",
        )
        .await;
        self.hide(
            ann,
            "recordOutcome",
            json!({ "deal": deal, "on": "2025-03-01", "what": word("later outcome"), "amount": range("amount sought"),
            "sourceUrl": format!("https://{}.example", word("where it can be read")) }),
            "outcome",
            "secret outcome:later",
        )
        .await;
        // One that waits for what models cannot do yet.
        self.hide(
            ann,
            "openDeal",
            json!({ "startup": "@startup:lonely", "title": word("title of the waiting"), "visibility": "RESTRICTED", "round": "PRE_A" }),
            "deal",
            "secret deal:waiting",
        )
        .await;
        self.hide(
            ann,
            "moveDeal",
            json!({ "id": "@secret deal:waiting", "version": 1, "status": "PASSED", "passReason": "TIMING",
            "revisitWhen": { "capability": "@capability:meshes", "capabilityStatus": "SOLVED" } }),
            "deal",
            "secret deal:waiting",
        )
        .await;
        // One that everybody saw before.
        self.hide(
            ann,
            "openDeal",
            json!({ "startup": "@startup:moonshot", "title": word("title while of the team"), "round": "D" }),
            "deal",
            "secret deal:closed",
        )
        .await;
        self.hide(
            ann,
            "updateDeal",
            json!({ "id": "@secret deal:closed", "version": 1, "visibility": "RESTRICTED" }),
            "deal",
            "secret deal:closed",
        )
        .await;
        // Its documents.
        self.hide(ann, "createDocument", json!({ "title": word("document title"), "kind": "CONTRACT", "url": format!("https://{}.example", word("document url")),
            "note": word("document note"), "byline": word("document byline"), "publisher": word("document publisher"), "deal": "@secret deal:active" }),
            "document", "secret document:first").await;
        self.hide(
            ann,
            "createDocument",
            json!({ "title": word("reprint title"), "kind": "PRESS", "url": "https://b.example",
            "reprintOf": "@secret document:first", "deal": "@secret deal:active" }),
            "document",
            "secret document:reprint",
        )
        .await;
        self.hide(
            ann,
            "updateDocument",
            json!({ "id": "@secret document:reprint", "title": word("document since") }),
            "document",
            "secret document:reprint",
        )
        .await;
        if self.secrets {
            let (name, of) = (word("file name"), "secret deal:active");
            self.make_file(ann, b"qvxfilebytes3c9e", name, of, "secret document:file")
                .await;
        } else {
            self.fund.workspace.pass(TimeDelta::minutes(1));
        }
        // What was talked about, with one whom all know.
        self.hide(
            ann,
            "logInteraction",
            json!({ "startup": "@startup:lonely", "deal": "@secret deal:active", "kind": "MEETING",
            "at": "2025-02-21T08:00:00Z", "summary": "first words", "people": ["@person:yang"] }),
            "interaction",
            "secret interaction:meeting",
        )
        .await;
        self.hide(
            ann,
            "updateInteraction",
            json!({ "id": "@secret interaction:meeting", "version": 1, "summary": word("interaction summary"),
            "body": word("interaction body"), "participants": [word("interaction participant")] }),
            "interaction",
            "secret interaction:meeting",
        )
        .await;
        self.hide(
            ann,
            "createTask",
            json!({ "what": word("task"), "who": "@user:owner", "due": "2025-03-02", "deal": "@secret deal:active" }),
            "task",
            "secret task:open",
        )
        .await;
        // Evidence that all see, resting on a document that they do not.
        let documents = if self.secrets {
            json!(["@secret document:first"])
        } else {
            json!([])
        };
        self.make(
            ann,
            "recordEvidence",
            json!({ "startup": "@startup:lonely", "kind": "PAYING_CUSTOMERS", "value": "12",
            "observedOn": "2025-02-01", "source": "DATA_ROOM", "documents": documents }),
            "evidence",
            "evidence:customers",
        )
        .await;
        let never = |n: usize| Uuid::from_u128(0x0195_4f00_0000_7000_8000_0000_0000_0000 + n as u128);
        if self.secrets {
            let deals = ["active", "passed", "closed"];
            let mut rows = Vec::new();
            for deal in deals {
                let asked = json!({ "s": self.ids[&format!("secret deal:{deal}")] });
                let told = self
                    .fund
                    .run(
                        ann,
                        "query($s: ID!) { activity(subject: $s) { nodes { id } } }",
                        asked,
                    )
                    .await;
                rows.extend(told["activity"]["nodes"].as_array().unwrap().clone());
            }
            for (n, row) in rows.iter().take(ACTIVITIES).enumerate() {
                self.ids.insert(
                    format!("secret activity:{n}"),
                    row["id"].as_str().unwrap().to_owned(),
                );
            }
            assert!(rows.len() >= ACTIVITIES);
        } else {
            for (n, label) in ["active", "passed", "closed", "waiting"].iter().enumerate() {
                self.ids.insert(
                    format!("secret deal:{label}"),
                    typed::<DealTag>(never(n)).to_string(),
                );
            }
            for (n, label) in ["first", "reprint", "file"].iter().enumerate() {
                self.ids.insert(
                    format!("secret document:{label}"),
                    typed::<DocumentTag>(never(10 + n)).to_string(),
                );
            }
            self.ids.insert(
                "secret outcome:later".into(),
                typed::<OutcomeTag>(never(17)).to_string(),
            );
            self.ids.insert(
                "secret interaction:meeting".into(),
                typed::<InteractionTag>(never(15)).to_string(),
            );
            self.ids
                .insert("secret task:open".into(), typed::<TaskTag>(never(16)).to_string());
            for n in 0..ACTIVITIES {
                self.ids.insert(
                    format!("secret activity:{n}"),
                    typed::<ActivityTag>(never(20 + n)).to_string(),
                );
            }
        }
    }

    /// What everybody does afterwards.
    async fn after(&mut self, ben: UserId) {
        // What a restricted deal waits for comes by the hand of one who does not see it.
        self.make(
            ben,
            "recordEvidence",
            json!({ "startup": "@startup:moonshot", "kind": "PILOTS", "value": "2", "observedOn": "2025-02-01", "source": "FOUNDER" }),
            "evidence",
            "evidence:pilots",
        )
        .await;
        let partly = json!({ "capability": self.ids["capability:meshes"], "capabilityStatus": "PARTLY", "on": "2025-02-20",
            "reason": "one mesh in three", "sourceUrl": "https://news.example/3d" });
        self.fund
            .done(ben, "recordVerdict", partly, "capability { id }")
            .await;
        let questioned = json!({ "thesis": self.ids["thesis:studios"], "thesisStatus": "QUESTIONED", "on": "2025-02-20",
            "reason": "two left" });
        self.fund
            .done(ben, "recordVerdict", questioned, "thesis { id }")
            .await;
        self.make(
            ben,
            "updateStartup",
            json!({ "id": "@startup:lonely", "version": 1, "city": "Hangzhou" }),
            "startup",
            "startup:lonely",
        )
        .await;
        let deal = "@deal:open";
        self.make(
            ben,
            "moveDeal",
            json!({ "id": deal, "version": 1, "stage": "SCREENING", "reason": "a good call" }),
            "deal",
            "deal:open",
        )
        .await;
        let about = json!({ "s": self.ids["deal:open"] });
        let told = self
            .fund
            .run(
                ben,
                "query($s: ID!) { activity(subject: $s) { nodes { id } } }",
                about,
            )
            .await;
        let first = told["activity"]["nodes"].as_array().unwrap().last().unwrap()["id"].clone();
        self.ids
            .insert("activity:open".into(), first.as_str().unwrap().to_owned());
    }

    /// A meeting that is prepared, and one that goes on, with items that not everybody sees.
    async fn meetings(&mut self, pam: UserId, root: UserId) {
        let ann = self.ann;
        for label in ["draft", "live"] {
            let input = json!({ "kind": "COMMITTEE", "title": format!("Committee, {label}"), "startsAt": "2025-03-03T02:00:00Z",
                "attendees": ["@user:pam", "@user:root", "@user:ann", "@user:ben", "@user:vera"], "vetoHolders": ["@user:pam"] });
            let known = format!("review:{label}");
            self.make(pam, "scheduleReview", input, "review", &known).await;
        }
        let live = json!({ "id": "@review:live", "version": 1 });
        self.make(root, "startReview", live, "review", "review:live")
            .await;
        let (review, open) = (
            self.ids["review:live"].parse().unwrap(),
            self.ids["deal:open"].parse().unwrap(),
        );
        let item = domain::review::item_id(review, open);
        self.ids.insert("agendaitem:open".into(), item.to_string());
        let hidden = domain::review::item_id(review, self.ids["secret deal:active"].parse().unwrap());
        self.ids
            .insert("secret agendaitem:active".into(), hidden.to_string());
        // Whichever item was presented first: a break, and then one that all see.
        for item in [json!(null), json!("@agendaitem:open")] {
            let input = json!({ "review": "@review:live", "item": item });
            self.make(pam, "presentItem", input, "review", "review:live")
                .await;
        }
        let notes = json!({ "item": "@agendaitem:open", "version": 0, "notes": "They pay." });
        self.make(ann, "writeNotes", notes, "item", "agendaitem:open")
            .await;
        let blind = json!({ "item": "@agendaitem:open", "vote": "STRONG_NO", "comment": BLIND });
        self.make(root, "castVote", blind, "item", "agendaitem:open")
            .await;
        let given = json!({ "what": "Call them", "deal": "@deal:open", "review": "@review:live" });
        self.make(ann, "createTask", given, "task", "task:given").await;
        let item = "@secret agendaitem:active";
        let known = "secret agendaitem:active";
        let notes = json!({ "item": item, "version": 0, "notes": word("notes of an item") });
        self.hide(ann, "writeNotes", notes, "item", known).await;
        let vote = json!({ "item": item, "vote": "YES", "comment": word("comment of a vote") });
        self.hide(root, "castVote", vote, "item", known).await;
        self.hide(root, "closeVotes", json!({ "item": item }), "item", known)
            .await;
        let decision = json!({ "item": item, "kind": "ADVANCE", "stage": "SCREENING", "rationale": word("rationale"),
            "conditions": [word("condition")] });
        self.hide(root, "decide", decision, "item", known).await;
    }

    /// A value with its labels (`@deal:open`) put in as this world's ids.
    pub fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => match text.strip_prefix('@') {
                Some(label) => Value::String(
                    self.ids
                        .get(label)
                        .unwrap_or_else(|| panic!("{label} has no id"))
                        .clone(),
                ),
                None => value.clone(),
            },
            Value::Array(all) => Value::Array(all.iter().map(|v| self.filled(v)).collect()),
            Value::Object(all) => {
                Value::Object(all.iter().map(|(k, v)| (k.clone(), self.filled(v))).collect())
            }
            other => other.clone(),
        }
    }

    /// An answer with what differs between the two worlds by chance alone made equal: ids and cursors.
    pub fn level(&self, answer: &Value) -> String {
        let mut text = without_cursors(answer).to_string();
        for (label, id) in &self.ids {
            text = text.replace(id, label);
        }
        nameless(&text)
    }

    /// The words and ids that must stay hidden, by label.
    pub fn canaries(&self) -> Vec<(String, String)> {
        let ids = self.ids.iter().filter(|(label, _)| label.starts_with("secret"));
        let ids = ids.map(|(label, id)| (format!("id of {}", label.split(':').next().unwrap()), id.clone()));
        let words = WORDS
            .iter()
            .map(|(label, word)| ((*label).to_owned(), (*word).to_owned()));
        words.chain(ids).collect()
    }
}

fn without_cursors(value: &Value) -> Value {
    match value {
        Value::Object(all) => Value::Object(
            all.iter()
                .map(|(key, value)| {
                    let is_cursor = key.to_lowercase().ends_with("cursor") && value.is_string();
                    (
                        key.clone(),
                        if is_cursor {
                            json!("a cursor")
                        } else {
                            without_cursors(value)
                        },
                    )
                })
                .collect(),
        ),
        Value::Array(all) => Value::Array(all.iter().map(without_cursors).collect()),
        other => other.clone(),
    }
}

/// A text with the ids in it that no label names cut to their kind.
fn nameless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('_') {
        let tail = &rest[at + 1..];
        let is_id = tail.len() >= 26
            && tail.as_bytes()[..26]
                .iter()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            && tail.as_bytes()[..26].iter().any(u8::is_ascii_digit);
        out.push_str(&rest[..=at]);
        rest = if is_id { &tail[26..] } else { tail };
    }
    out.push_str(rest);
    out
}
