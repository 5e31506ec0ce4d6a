//! Every mutation of the schema, and after each what is remembered beside what is computed anew.

use std::collections::BTreeSet;

use domain::UserId;
use serde_json::{Value, json};

use crate::desk::Desk;

const CELL: &str =
    "layer sector { slug } startups activeDeals proofShare medianConviction medianHypeGap assessed";
const FUNNEL: &str =
    "opened invested passed stages { stage { key } entered advanced passed stillThere medianDays stays }";
const GROUP: &str = "key label dealCount staleCount amount { low high currency } ourAmount { low high currency } medianConviction";

/// What is remembered, in one document: of now, of the past, and of an instant that is still to come.
fn questions() -> String {
    let span = "from: \"2025-01-01T00:00:00Z\", to: \"2025-12-31T00:00:00Z\"";
    // Some of the deals that are written were opened in it, others later.
    let early = "from: \"2025-01-01T00:00:00Z\", to: \"2025-02-25T00:00:00Z\"";
    let (past, later) = ("asOf: \"2025-03-01T08:20:00Z\"", "asOf: \"2025-03-09T00:00:00Z\"");
    let column = "stage { key } dealCount staleCount medianDaysInStage amount { low high currency } ourAmount { low high currency }";
    format!(
        "{{ board: pipeline {{ totalCount columns {{ {column} }} }} proven: pipeline(filter: {{ hasProof: true }}) {{ totalCount }} \
         funded: pipeline(filter: {{ statuses: [PASSED], laterFunded: true }}) {{ totalCount }} \
         past: pipeline({past}) {{ totalCount columns {{ {column} }} }} owners: pipelineBy(group: OWNER) {{ {GROUP} }} \
         sectors: pipelineBy(group: SECTOR) {{ {GROUP} }} later: pipelineBy(group: LAYER, {later}) {{ {GROUP} }} \
         cohort: funnel({span}) {{ {FUNNEL} }} moves: funnel({span}, view: ACTIVITY) {{ {FUNNEL} }} \
         cohortThen: funnel({span}, {past}) {{ {FUNNEL} }} early: funnel({early}) {{ {FUNNEL} }} \
         earlyFirst: funnel({early}, filter: {{ firstOfStartup: true }}) {{ opened }} \
         matrix: coverage(depth: 2) {{ cells {{ {CELL} }} layers {{ {CELL} }} sectors {{ {CELL} }} total {{ {CELL} }} }} \
         found: coverage(filter: {{ search: \"Moonshot\" }}) {{ total {{ {CELL} }} }} \
         taught: coverage(filter: {{ affiliatedWith: \"Tsinghua\" }}) {{ total {{ {CELL} }} }} \
         matrixThen: coverage({past}) {{ total {{ {CELL} }} }} matrixLater: coverage({later}) {{ cells {{ {CELL} }} total {{ {CELL} }} }} }}"
    )
}

struct Trial {
    desk: Desk,
    questions: String,
    performed: BTreeSet<String>,
    /// Those after which an administrator was told something else.
    told: BTreeSet<String>,
    last: Value,
}

impl Trial {
    async fn change(&mut self, who: UserId, mutation: &str, input: Value, fields: &str) -> Value {
        let done = self.desk.done(who, mutation, input, fields).await;
        self.performed.insert(mutation.to_owned());
        self.compare(mutation).await;
        done
    }

    /// For every kind of asker; both servers were asked before, so that there is something to be out of date.
    async fn compare(&mut self, after: &str) {
        let desk = &self.desk;
        for who in [desk.analyst, desk.partner, desk.admin] {
            let [remembered, fresh] = desk.both(who, &self.questions).await;
            for (question, answer) in fresh.as_object().unwrap() {
                assert_eq!(&remembered[question], answer, "{question} after {after}");
            }
            if who == desk.admin && fresh != self.last {
                self.told.insert(after.to_owned());
                self.last = fresh;
            }
        }
    }

    async fn id(&mut self, who: UserId, mutation: &str, input: Value, record: &str) -> String {
        let told = self
            .change(who, mutation, input, &format!("{record} {{ id }}"))
            .await;
        told[record]["id"].as_str().unwrap().to_owned()
    }

    /// An update of a record of a kind, against its version.
    async fn update(&mut self, who: UserId, kind: &str, id: &str, mut input: Value) {
        input["id"] = json!(id);
        input["version"] = self.desk.version(kind, id).await;
        let mutation = format!("update{kind}");
        self.change(who, &mutation, input, "userErrors { code }").await;
    }
}

/// A fund, and a deal that was passed and then funded by others, as was thought for a while.
async fn later(trial: &mut Trial, startup: &str) {
    let (analyst, partner, admin) = (trial.desk.analyst, trial.desk.partner, trial.desk.admin);
    let fund = json!({ "name": "Yuan", "currency": "CNY" });
    let fund = trial.id(admin, "createFund", fund, "fund").await;
    let words = json!({ "constraints": "at home only" });
    trial.update(admin, "Fund", &fund, words).await;
    let deal = json!({ "startup": startup, "round": "C" });
    let deal = trial.id(analyst, "openDeal", deal, "deal").await;
    let no = json!({ "id": deal, "version": trial.desk.version("Deal", &deal).await, "status": "PASSED", "passReason": "MARKET" });
    trial.change(partner, "moveDeal", no, "deal { id }").await;
    believed(trial, startup, &deal).await;
    let funded = json!({ "deal": deal, "on": "2025-03-01", "what": "Another fund led its round", "amount": { "asFound": "undisclosed" } });
    let funded = trial.id(analyst, "recordOutcome", funded, "outcome").await;
    let wrong = json!({ "outcome": funded, "reason": "another company of that name" });
    trial
        .change(analyst, "retractOutcome", wrong, "userErrors { code }")
        .await;
}

/// What the fund believes, and a verdict that brings a passed deal back.
async fn believed(trial: &mut Trial, startup: &str, deal: &str) {
    let (analyst, partner) = (trial.desk.analyst, trial.desk.partner);
    let thesis = json!({ "statement": "studios pay first" });
    let thesis = trial.id(analyst, "createThesis", thesis, "thesis").await;
    let words = json!({ "sector": "3d-generation" });
    trial.update(analyst, "Thesis", &thesis, words).await;
    let capability = json!({ "statement": "models can make usable 3D assets" });
    let capability = trial
        .id(analyst, "createCapability", capability, "capability")
        .await;
    let words = json!({ "statement": "models can make 3D assets that ship" });
    trial.update(analyst, "Capability", &capability, words).await;
    let bets = json!({ "startup": startup, "theses": [thesis], "capabilities": [capability] });
    trial.change(analyst, "setBets", bets, "startup { id }").await;
    let waits = json!({ "revisitWhen": { "capability": capability } });
    trial.update(analyst, "Deal", deal, waits).await;
    let solved = json!({ "capability": capability, "capabilityStatus": "SOLVED", "on": "2025-03-01", "reason": "they ship" });
    trial
        .change(partner, "recordVerdict", solved, "capability { id }")
        .await;
}

/// A meeting from its scheduling to a remark on it, in which a deal moves and is taken back.
async fn meeting(trial: &mut Trial, deal: &str) {
    let (analyst, partner, admin) = (trial.desk.analyst, trial.desk.partner, trial.desk.admin);
    let weekly = json!({ "kind": "WEEKLY", "version": 1, "minutes": 45 });
    trial
        .change(admin, "updateReviewKind", weekly, "kind { version }")
        .await;
    let input = json!({ "kind": "WEEKLY", "title": "Monday", "startsAt": "2025-03-10T02:00:00Z", "attendees": [partner, admin] });
    let off = trial.id(partner, "scheduleReview", input.clone(), "review").await;
    let off = json!({ "id": off, "version": 1 });
    trial.change(partner, "archiveReview", off, "review { id }").await;
    let review = trial.id(partner, "scheduleReview", input, "review").await;
    trial
        .update(
            partner,
            "Review",
            &review,
            json!({ "title": "The Monday meeting" }),
        )
        .await;
    let item = json!({ "review": review, "deal": deal });
    let item = trial.id(analyst, "addAgendaItem", item, "item").await;
    let edit = json!({ "item": item, "plannedMinutes": 10 });
    trial
        .change(analyst, "updateAgendaItem", edit, "item { id }")
        .await;
    let order = json!({ "review": review, "items": [item] });
    trial.change(analyst, "orderAgenda", order, "review { id }").await;
    let begin = json!({ "id": review, "version": trial.desk.version("Review", &review).await });
    trial.change(partner, "startReview", begin, "review { id }").await;
    let present = json!({ "review": review, "item": null });
    trial
        .change(partner, "presentItem", present, "review { id }")
        .await;
    let notes = json!({ "item": item, "version": 0, "notes": "they pay" });
    trial.change(analyst, "writeNotes", notes, "item { id }").await;
    let vote = json!({ "item": item, "vote": "YES" });
    trial.change(partner, "castVote", vote, "item { id }").await;
    let conflict = json!({ "item": item, "hasConflict": true });
    trial
        .change(admin, "declareConflict", conflict, "item { id }")
        .await;
    trial
        .change(partner, "closeVotes", json!({ "item": item }), "item { id }")
        .await;
    for kind in ["HOLD", "PASS"] {
        let mut decision = json!({ "item": item, "kind": kind, "rationale": "until they pay" });
        if kind == "PASS" {
            decision["passReason"] = json!("TIMING");
        }
        trial.change(partner, "decide", decision, "item { id }").await;
        trial
            .change(partner, "undoDecision", json!({ "item": item }), "item { id }")
            .await;
    }
    let close = json!({ "id": review, "version": trial.desk.version("Review", &review).await });
    trial.change(partner, "closeReview", close, "review { id }").await;
    let remark = json!({ "id": review, "text": "they paid" });
    trial
        .change(analyst, "amendReview", remark, "review { id }")
        .await;
}

#[tokio::test]
async fn after_every_mutation_of_the_schema_what_is_remembered_is_what_a_fresh_server_says() {
    let desk = Desk::new().await;
    let (analyst, partner, admin) = (desk.analyst, desk.partner, desk.admin);
    let mut trial = Trial {
        questions: questions(),
        performed: BTreeSet::new(),
        told: BTreeSet::new(),
        last: Value::Null,
        desk,
    };
    trial.compare("nothing").await;

    // Startups, and who teaches and builds.
    let profile = json!({ "name": "Moonshot", "layer": "MODEL", "technicalRoute": "TRAINS_BASE_MODEL", "sectors": ["chinese-llm"] });
    let startup = trial.id(analyst, "createStartup", profile, "startup").await;
    let other = trial
        .id(analyst, "createStartup", json!({ "name": "Sunshot" }), "startup")
        .await;
    let place = json!({ "layer": "APP", "sectors": ["robotics"] });
    trial.update(analyst, "Startup", &other, place).await;
    let rivals = json!({ "startup": startup, "competitors": [other] });
    trial
        .change(analyst, "setCompetitors", rivals, "startup { id }")
        .await;
    let person = trial
        .id(analyst, "createPerson", json!({ "name": "Yang" }), "person")
        .await;
    for (organisation, kind) in [("Tsinghua", "UNIVERSITY"), ("Moonshot", "COMPANY")] {
        let mut post = json!({ "person": person, "organisation": organisation, "kind": kind });
        if kind == "COMPANY" {
            post["startup"] = json!(startup);
            post["isFounder"] = json!(true);
        }
        trial.id(analyst, "createAffiliation", post, "affiliation").await;
    }

    // Deals, one of them of a few.
    let deal = json!({ "startup": startup, "round": "A", "amountSought": { "low": "3", "high": "5", "currency": "CNY" } });
    let deal = trial.id(analyst, "openDeal", deal, "deal").await;
    let secret =
        json!({ "startup": other, "visibility": "RESTRICTED", "occurredAt": "2025-02-20T00:00:00Z" });
    let secret = trial.id(partner, "openDeal", secret, "deal").await;
    let ours = json!({ "ourAmount": { "low": "1", "high": "2", "currency": "USD" } });
    trial.update(analyst, "Deal", &deal, ours).await;
    for (id, stage) in [(&deal, "DILIGENCE"), (&secret, "SCREENING")] {
        let to = json!({ "id": id, "version": trial.desk.version("Deal", id).await, "stage": stage });
        trial.change(partner, "moveDeal", to, "deal { id }").await;
    }
    let void =
        json!({ "deal": deal, "version": trial.desk.version("Deal", &deal).await, "reason": "a slip" });
    trial.change(partner, "voidMove", void, "deal { id }").await;
    let brought = json!({ "name": "Starshot", "text": "they called", "channel": "FA" });
    trial.id(analyst, "captureDeal", brought, "deal").await;

    // Stages.
    let stage = json!({ "key": "SITE_VISIT", "name": "Site visit", "nameZh": "走访", "limitDays": 9 });
    let stage = trial.id(admin, "createStage", stage, "stage").await;
    trial
        .update(admin, "Stage", &stage, json!({ "limitDays": 3, "order": 1 }))
        .await;
    let sourced = trial
        .desk
        .ask(&trial.desk.fresh, admin, "{ stages { id key } }")
        .await;
    let sourced = sourced["stages"].as_array().unwrap().iter();
    let screening = sourced.clone().find(|stage| stage["key"] == "SCREENING").unwrap();
    let screening = screening["id"].as_str().unwrap().to_owned();
    trial
        .update(admin, "Stage", &screening, json!({ "limitDays": 1 }))
        .await;

    // Evidence, and what else convictions are made of.
    let customers = json!({ "startup": startup, "kind": "PAYING_CUSTOMERS", "value": "20", "observedOn": "2025-02-20", "source": "DATA_ROOM",
        "sourceUrl": "https://room.example", "grade": "DOCUMENTED" });
    let record = trial
        .id(analyst, "recordEvidence", customers.clone(), "evidence")
        .await;
    let checked = json!({ "evidence": record, "grade": "VERIFIED", "checked": "invoices" });
    trial
        .change(analyst, "reviewEvidence", checked, "evidence { id }")
        .await;
    let mut better = customers;
    better["value"] = json!("40");
    let by = json!({ "evidence": record, "by": better });
    let record = trial.id(analyst, "supersedeEvidence", by, "evidence").await;
    let several = json!({ "startup": other, "records": [
        { "startup": other, "kind": "ACTIVE_USERS", "value": "9000", "window": "MONTH", "observedOn": "2025-02-01", "source": "FOUNDER" },
        { "startup": other, "kind": "RECURRING_REVENUE", "value": "9000000", "currency": "CNY", "observedOn": "2025-02-25", "source": "DATA_ROOM",
          "sourceUrl": "https://room.example", "grade": "DOCUMENTED" }] });
    trial
        .change(analyst, "recordEvidences", several, "evidence { id }")
        .await;
    for key in ["compute", "training_data"] {
        let answer = json!({ "startup": startup, "key": key, "state": "OK" });
        trial
            .change(analyst, "setChecklistItem", answer, "startup { id }")
            .await;
    }
    let provider = trial
        .id(analyst, "createProvider", json!({ "name": "Base" }), "provider")
        .await;
    let builds = json!({ "startup": startup, "provider": provider, "mode": "API", "critical": true });
    let builds = trial.id(analyst, "recordDependency", builds, "dependency").await;
    trial
        .update(
            analyst,
            "Dependency",
            &builds,
            json!({ "alternative": "their own" }),
        )
        .await;
    trial
        .update(analyst, "Provider", &provider, json!({ "name": "Base Two" }))
        .await;
    let event =
        json!({ "provider": provider, "kind": "PRICE", "on": "2025-02-28", "summary": "half the price" });
    trial.id(analyst, "recordProviderEvent", event, "event").await;
    let withdrawn = json!({ "evidence": record, "reason": "mistyped" });
    trial
        .change(analyst, "retractEvidence", withdrawn, "evidence { id }")
        .await;

    // What all are measured with; what is stored follows it by the pass alone.
    let rate = json!({ "currency": "CNY", "on": "2025-02-24", "usd": "0.14" });
    trial
        .change(admin, "recordRate", rate, "userErrors { code }")
        .await;
    let rates = json!({ "rates": [{ "currency": "CNY", "on": "2025-02-25", "usd": "0.07" }] });
    trial.change(admin, "recordRates", rates, "recorded").await;
    let mut kinds = domain::assessment::Rubric::default().kinds;
    for kind in &mut kinds {
        kind.weight /= rust_decimal::Decimal::TWO;
    }
    let rubric = json!({ "version": 1, "kinds": kinds });
    trial
        .change(admin, "updateRubric", rubric, "rubric { version }")
        .await;
    assert!(trial.desk.fresh.bring_assessments_up_to_date().await.unwrap() > 0);
    trial.compare("the pass").await;

    // Imports.
    let list = json!({ "source": "list", "mapping": { "name": "name" }, "rows": [{ "name": "Newcomer" }, { "name": "Latecomer" }] });
    let list = trial.id(analyst, "planImport", list, "import").await;
    // It goes on by itself: compared once it is over.
    let apply = json!({ "id": list });
    trial
        .desk
        .done(analyst, "applyImport", apply, "import { id }")
        .await;
    trial.performed.insert("applyImport".to_owned());
    let ask = format!("{{ import(id: \"{list}\") {{ status }} }}");
    for _ in 0..200 {
        let told = trial.desk.ask(&trial.desk.fresh, analyst, &ask).await;
        if told["import"]["status"] == "APPLIED" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    trial.compare("applyImport").await;
    trial
        .change(
            analyst,
            "confirmProposals",
            json!({ "importedBy": list }),
            "confirmed",
        )
        .await;

    // What none of it reads.
    let document =
        json!({ "title": "Deck", "kind": "DECK", "url": "https://deck.example", "startup": startup });
    let document = trial.id(analyst, "createDocument", document, "document").await;
    trial
        .update(analyst, "Document", &document, json!({ "note": "sent by mail" }))
        .await;
    let call =
        json!({ "startup": startup, "kind": "CALL", "at": "2025-03-01T08:00:00Z", "summary": "They called" });
    let call = trial.id(analyst, "logInteraction", call, "interaction").await;
    trial
        .update(analyst, "Interaction", &call, json!({ "body": "at length" }))
        .await;
    let task = json!({ "what": "call back", "startup": startup });
    let task = trial.id(analyst, "createTask", task, "task").await;
    trial
        .update(analyst, "Task", &task, json!({ "done": true }))
        .await;
    let token = json!({ "name": "script", "scopes": ["READ"] });
    let token = trial.id(analyst, "createToken", token, "token").await;
    trial
        .id(analyst, "revokeToken", json!({ "id": token }), "token")
        .await;

    meeting(&mut trial, &deal).await;
    later(&mut trial, &other).await;

    // Other stages, and a startup that was a mistake.
    trial
        .id(
            analyst,
            "createStartup",
            json!({ "name": "Mistake", "layer": "APP" }),
            "startup",
        )
        .await;
    let newest = trial
        .desk
        .ask(
            &trial.desk.fresh,
            admin,
            "{ activity(first: 1) { nodes { id } } }",
        )
        .await;
    let mistake = json!({ "activity": newest["activity"]["nodes"][0]["id"] });
    trial.change(analyst, "undo", mistake, "activity { id }").await;
    let two = json!({ "set": "TWO_COMMITTEES" });
    trial.change(admin, "adoptStages", two, "stages { id }").await;

    let schema = trial
        .desk
        .ask(
            &trial.desk.fresh,
            admin,
            "{ __schema { mutationType { fields { name } } } }",
        )
        .await;
    let all = schema["__schema"]["mutationType"]["fields"]
        .as_array()
        .unwrap()
        .iter();
    let all: BTreeSet<String> = all
        .map(|field| field["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(trial.performed, all, "a new mutation belongs into this test");
    for verb in &all {
        assert!(
            app::App::is_known_to_aggregates(verb),
            "what {verb} changes belongs into crates/app/src/aggregate/reads.rs"
        );
    }
    // That these had something to change is what makes the comparison worth it.
    for verb in [
        "createStartup",
        "updateStartup",
        "createAffiliation",
        "openDeal",
        "updateDeal",
        "moveDeal",
        "voidMove",
        "captureDeal",
        "createStage",
        "updateStage",
        "adoptStages",
        "recordEvidence",
        "reviewEvidence",
        "supersedeEvidence",
        "recordEvidences",
        "retractEvidence",
        "setChecklistItem",
        "recordDependency",
        "updateDependency",
        "recordRate",
        "recordRates",
        "updateRubric",
        "the pass",
        "applyImport",
        "recordOutcome",
        "retractOutcome",
        "undo",
    ] {
        assert!(
            trial.told.contains(verb),
            "{verb} changed no answer: {:?}",
            trial.told
        );
    }
}
