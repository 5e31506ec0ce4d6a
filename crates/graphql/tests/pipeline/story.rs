//! A fund with people, startups and deals to tell stories with.

use domain::{Role, UserId};
use serde_json::{Value, json};

use crate::fund::Fund;

pub struct Story {
    pub fund: Fund,
    pub analyst: UserId,
    pub partner: UserId,
    pub admin: UserId,
}

impl Story {
    pub async fn begins() -> Self {
        let fund = Fund::new().await;
        let analyst = fund.user("Ana", Role::Analyst).await;
        let partner = fund.user("Pia", Role::Partner).await;
        let admin = fund.user("Ada", Role::Admin).await;
        Self {
            fund,
            analyst,
            partner,
            admin,
        }
    }
    pub async fn startup(&self, name: &str, more: Value) -> String {
        let mut input = json!({ "name": name });
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let done = self
            .fund
            .done(self.analyst, "createStartup", input, "startup { id }")
            .await;
        done["startup"]["id"].as_str().unwrap().to_owned()
    }
    /// Opens a deal and gives its id.
    pub async fn deal(&self, startup: &str, more: Value) -> String {
        let mut input = json!({ "startup": startup });
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let done = self
            .fund
            .done(self.analyst, "openDeal", input, "deal { id }")
            .await;
        done["deal"]["id"].as_str().unwrap().to_owned()
    }
    async fn version(&self, deal: &str) -> Value {
        let found = self
            .fund
            .run(
                self.admin,
                "query($id: ID!) { deal(id: $id) { version } }",
                json!({ "id": deal }),
            )
            .await;
        found["deal"]["version"].clone()
    }
    /// What moving a deal answers.
    pub async fn try_move(&self, who: UserId, deal: &str, to: Value) -> Value {
        let mut input = json!({ "id": deal, "version": self.version(deal).await });
        input
            .as_object_mut()
            .unwrap()
            .extend(to.as_object().unwrap().clone());
        let fields =
            "deal { stage { key } status overridden history { to { key } overrode overrideReason } }";
        self.fund.tell(who, "moveDeal", input, fields).await
    }
    /// Moves a deal, which nothing stops.
    pub async fn moved(&self, who: UserId, deal: &str, to: Value) -> Value {
        let told = self.try_move(who, deal, to).await;
        assert_eq!(told["userErrors"], json!([]));
        told["deal"].clone()
    }
    pub async fn void(&self, who: UserId, deal: &str) {
        let input = json!({ "deal": deal, "version": self.version(deal).await, "reason": "a slip" });
        self.fund
            .done(who, "voidMove", input, "deal { stage { key } }")
            .await;
    }
}
