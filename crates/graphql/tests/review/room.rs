//! A fund in whose room meetings are held.

use chrono::TimeDelta;
use domain::{Role, UserId};
use serde_json::{Value, json};

use crate::story::Story;

pub struct Room {
    pub story: Story,
    /// Another partner.
    pub paul: UserId,
    /// A viewer.
    pub vera: UserId,
}

pub const ITEM: &str = "id position plannedMinutes deal { id title } reasons { kind text evidence { id } }";

impl Room {
    pub async fn opens() -> Self {
        let story = Story::begins().await;
        let paul = story.fund.user("Paul", Role::Partner).await;
        let vera = story.fund.user("Vera", Role::Viewer).await;
        Self { story, paul, vera }
    }
    pub fn pass(&self, days: i64) {
        self.story.fund.workspace.pass(TimeDelta::days(days));
    }
    /// Long enough for something to be after something else.
    pub fn tick(&self) {
        self.story.fund.workspace.pass(TimeDelta::minutes(1));
    }
    pub async fn startup_and_deal(&self, name: &str, more: Value) -> (String, String) {
        let startup = self
            .story
            .startup(name, json!({ "layer": "APP", "technicalRoute": "BUILDS_ON_API" }))
            .await;
        let deal = self.story.deal(&startup, more).await;
        self.tick();
        (startup, deal)
    }
    /// Schedules a meeting of all, tomorrow, and gives its id.
    pub async fn schedule(&self, kind: &str, more: Value) -> String {
        let story = &self.story;
        let at = story.fund.workspace.app.now() + TimeDelta::days(1);
        let mut input = json!({ "kind": kind, "title": "Monday", "startsAt": at,
            "attendees": [story.partner, self.paul, story.analyst, story.admin, self.vera] });
        let fields = input.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        let done = story
            .fund
            .done(
                story.partner,
                "scheduleReview",
                input,
                "review { id status version }",
            )
            .await;
        self.tick();
        done["review"]["id"].as_str().unwrap().to_owned()
    }
    /// What a user sees of a meeting.
    pub async fn look(&self, who: UserId, review: &str, fields: &str) -> Value {
        let document = format!("query($id: ID!) {{ review(id: $id) {{ {fields} }} }}");
        let found = self.story.fund.run(who, &document, json!({ "id": review })).await;
        found["review"].clone()
    }
    /// The items that a user sees.
    pub async fn items(&self, who: UserId, review: &str) -> Vec<Value> {
        let found = self.look(who, review, &format!("items {{ {ITEM} }}")).await;
        found["items"].as_array().unwrap().clone()
    }
    /// The item of a deal, as the partner sees it.
    pub async fn item_of(&self, review: &str, deal: &str) -> Option<Value> {
        let items = self.items(self.story.partner, review).await;
        items.into_iter().find(|item| item["deal"]["id"] == deal)
    }
    pub async fn id_of(&self, review: &str, deal: &str) -> String {
        let item = self.item_of(review, deal).await.unwrap();
        item["id"].as_str().unwrap().to_owned()
    }
    /// The kinds of reasons of a deal's item; none where it is not on the agenda.
    pub async fn kinds(&self, review: &str, deal: &str) -> Vec<String> {
        let Some(item) = self.item_of(review, deal).await else {
            return Vec::new();
        };
        let reasons = item["reasons"].as_array().unwrap();
        reasons
            .iter()
            .map(|reason| reason["kind"].as_str().unwrap().to_owned())
            .collect()
    }
    pub async fn version(&self, review: &str) -> Value {
        self.look(self.story.partner, review, "version").await["version"].clone()
    }
    pub async fn start(&self, review: &str) {
        let input = json!({ "id": review, "version": self.version(review).await });
        self.story
            .fund
            .done(self.story.partner, "startReview", input, "review { status }")
            .await;
        self.tick();
    }
    pub async fn close(&self, review: &str) {
        let input = json!({ "id": review, "version": self.version(review).await });
        self.story
            .fund
            .done(self.story.partner, "closeReview", input, "review { status }")
            .await;
        self.tick();
    }
    /// Holds a meeting of the kind, so that the next one looks back to its end.
    pub async fn hold(&self, kind: &str) {
        let review = self.schedule(kind, json!({})).await;
        self.start(&review).await;
        self.close(&review).await;
    }
    pub async fn vote(&self, who: UserId, item: &str, vote: &str) {
        let input = json!({ "item": item, "vote": vote });
        self.story.fund.done(who, "castVote", input, "item { id }").await;
        self.tick();
    }
    pub async fn close_votes(&self, item: &str) {
        let input = json!({ "item": item });
        self.story
            .fund
            .done(self.story.partner, "closeVotes", input, "item { votesOpen }")
            .await;
        self.tick();
    }
    /// Decides, and gives the answer.
    pub async fn decide(&self, item: &str, more: Value) -> Value {
        let mut input = json!({ "item": item, "rationale": "real users" });
        let fields = input.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        let fields = "item { decision { kind outcome rationale stage { key } reason overrode conditions { what isCondition } by { name } } \
                      deal { stage { key } status history { to { key } toStatus review { id } overrode } } }";
        let told = self
            .story
            .fund
            .tell(self.story.partner, "decide", input, fields)
            .await;
        self.tick();
        told
    }
    pub async fn evidence(&self, startup: &str, more: Value) -> String {
        let mut input = json!({ "startup": startup, "kind": "PAYING_CUSTOMERS", "value": "40",
            "observedOn": self.story.fund.workspace.app.now().date_naive(), "source": "CUSTOMER_CALL", "grade": "VERIFIED",
            "checked": "called ten of them" });
        let fields = input.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        let done = self
            .story
            .fund
            .done(self.story.analyst, "recordEvidence", input, "evidence { id }")
            .await;
        self.tick();
        done["evidence"]["id"].as_str().unwrap().to_owned()
    }
}
