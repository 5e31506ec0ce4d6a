//! A fund asked through two servers on one database: one that remembers, and one that computes everything anew.

use app::{App, Caller, Clock, Identity};
use async_graphql::{Request, Variables};
use chrono::TimeDelta;
use domain::{Language, Role, UserId};
use serde_json::{Value, json};

use crate::fund::{Fund, told};

/// One answer that is remembered.
pub const BOARD: &str = "{ pipeline { totalCount staleCount columns { stage { key } dealCount staleCount medianDaysInStage \
    amount { low high currency } } } }";
/// Another.
pub const MATRIX: &str = "{ coverage { total { startups activeDeals medianConviction } } }";

pub struct Desk {
    pub fund: Fund,
    /// Remembers nothing.
    pub fresh: App,
    pub viewer: UserId,
    pub analyst: UserId,
    pub partner: UserId,
    pub admin: UserId,
}

impl Desk {
    pub async fn new() -> Self {
        let fund = Fund::new().await;
        let app = fund.workspace.app.clone();
        let same_clock = Clock::from_fn(move || app.now());
        let fresh = App::open(fund.workspace.app.database().clone(), same_clock)
            .await
            .unwrap();
        fresh.limit_aggregates(0);
        let viewer = fund.user("Vic", Role::Viewer).await;
        let analyst = fund.user("Ana", Role::Analyst).await;
        let partner = fund.user("Pia", Role::Partner).await;
        let admin = fund.user("Ada", Role::Admin).await;
        Self {
            fund,
            fresh,
            viewer,
            analyst,
            partner,
            admin,
        }
    }

    /// How many answers the server that remembers has computed.
    pub fn computed(&self) -> u64 {
        self.fund.workspace.app.aggregates().1
    }

    /// What one of the servers answers.
    pub async fn ask(&self, app: &App, who: UserId, document: &str) -> Value {
        let caller = Caller::new(app, Identity::User(who));
        caller.admit().await.unwrap();
        let request = Request::new(document).variables(Variables::default());
        let response = self
            .fund
            .schema
            .execute(graphql::prepare(request, caller, Language::En))
            .await;
        assert!(
            response.errors.is_empty(),
            "{document}: {}",
            told(&response.errors)
        );
        response.data.into_json().unwrap()
    }

    /// What both say: the one that remembers, and the one that does not.
    pub async fn both(&self, who: UserId, document: &str) -> [Value; 2] {
        [
            self.ask(&self.fund.workspace.app, who, document).await,
            self.ask(&self.fresh, who, document).await,
        ]
    }

    /// A mutation, a minute after what was before.
    pub async fn done(&self, who: UserId, mutation: &str, input: Value, fields: &str) -> Value {
        self.fund.workspace.pass(TimeDelta::minutes(1));
        self.fund.done(who, mutation, input, fields).await
    }

    pub async fn startup(&self, name: &str, more: Value) -> String {
        let mut input = json!({ "name": name });
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let told = self
            .done(self.analyst, "createStartup", input, "startup { id }")
            .await;
        told["startup"]["id"].as_str().unwrap().to_owned()
    }

    pub async fn deal(&self, startup: &str, more: Value) -> String {
        let mut input = json!({ "startup": startup });
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let told = self.done(self.analyst, "openDeal", input, "deal { id }").await;
        told["deal"]["id"].as_str().unwrap().to_owned()
    }

    /// The version that a record of a kind has now.
    pub async fn version(&self, kind: &str, id: &str) -> Value {
        let document = format!("{{ node(id: \"{id}\") {{ ... on {kind} {{ version }} }} }}");
        self.ask(&self.fresh, self.admin, &document).await["node"]["version"].clone()
    }

    pub async fn shift(&self, deal: &str, to: Value) -> Value {
        let mut input =
            json!({ "id": deal, "version": self.version("Deal", deal).await, "overrideReason": "tried out" });
        input
            .as_object_mut()
            .unwrap()
            .extend(to.as_object().unwrap().clone());
        self.done(self.partner, "moveDeal", input, "deal { id }").await
    }
}
