//! A fund to ask through the API: a workspace with its users, a schema, and answers as a client gets them.

use app::{Caller, Identity};
use async_graphql::{Request, ServerError, Variables};
use domain::{Language, Role, UserId};
use graphql::Schema;
use serde_json::{Value, json};
use test_support::TestWorkspace;

pub struct Fund {
    pub workspace: TestWorkspace,
    pub schema: Schema,
}

/// Errors in the words of a test that fails: with what was behind a fault of ours, which no client is told.
pub fn told(errors: &[ServerError]) -> String {
    let one = |error: &ServerError| {
        let cause = error.source::<String>().map_or("", String::as_str);
        format!(
            "{:?} at {:?}: {} {cause}",
            error.message,
            error.path,
            json!(error.extensions)
        )
    };
    errors.iter().map(one).collect::<Vec<_>>().join("\n")
}

impl Fund {
    pub async fn new() -> Self {
        Self {
            workspace: TestWorkspace::new().await,
            schema: graphql::schema(),
        }
    }
    /// In a workspace that is there already.
    #[allow(dead_code, reason = "most tests begin anew")]
    pub fn of(workspace: TestWorkspace) -> Self {
        Self {
            workspace,
            schema: graphql::schema(),
        }
    }
    pub async fn user(&self, name: &str, role: Role) -> UserId {
        self.workspace.user(name, role).await
    }
    /// The whole answer to a document, errors too.
    pub async fn ask(&self, identity: Identity, document: &str, variables: Value) -> Value {
        let caller = Caller::new(&self.workspace.app, identity);
        // As the server does: rights are known before the first resolver asks.
        caller.admit().await.unwrap();
        let request = Request::new(document).variables(Variables::from_json(variables));
        let response = self
            .schema
            .execute(graphql::prepare(request, caller, Language::En))
            .await;
        // Shown with a test that fails.
        for fault in response.errors.iter().filter(|error| error.source.is_some()) {
            eprintln!("{document}: {}", told(std::slice::from_ref(fault)));
        }
        serde_json::to_value(response).unwrap()
    }
    /// The data of a document that must not fail.
    pub async fn run(&self, user: UserId, document: &str, variables: Value) -> Value {
        let mut answer = self.ask(Identity::User(user), document, variables).await;
        assert_eq!(answer.get("errors"), None, "{document}");
        answer["data"].take()
    }
    /// What a mutation answers to an input, errors for its caller too: the fields named beside them.
    pub async fn tell(&self, user: UserId, mutation: &str, input: Value, fields: &str) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let document = format!(
            "mutation($i: {kind}!) {{ {mutation}(input: $i) {{ {fields} userErrors {{ code field message }} }} }}"
        );
        self.run(user, &document, json!({ "i": input })).await[mutation].take()
    }
    /// As [`Self::tell`], where nothing may be wrong.
    #[allow(dead_code, reason = "a test that expects refusals does without")]
    pub async fn done(&self, user: UserId, mutation: &str, input: Value, fields: &str) -> Value {
        let told = self.tell(user, mutation, input, fields).await;
        assert_eq!(told["userErrors"], json!([]), "{mutation}");
        told
    }
}
