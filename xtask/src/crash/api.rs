//! The API, asked as any program asks it.

use std::time::Duration;

use serde_json::{Value, json};

/// Longer than the server gives a request, so that it is the server which gives up first.
const PATIENCE: Duration = Duration::from_secs(20);
/// Codes that say nothing of the request: it may have been carried out or not, and is to be repeated.
const NOT_DECIDED: &[&str] = &["INTERNAL", "TIMEOUT", "RATE_LIMITED"];

/// What came of a request.
pub enum Answer {
    /// It was carried out.
    Data(Value),
    /// It was answered, but not carried out.
    Refused(String),
    /// No answer that decides it.
    Nothing(String),
}

/// A caller with a token. It keeps its connection while there is one.
pub struct Api {
    agent: ureq::Agent,
    token: String,
}

impl Api {
    pub fn new(token: String) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build()
            .into();
        Self { agent, token }
    }

    /// Sends a body as it is: repeated under a key, it must be the same to the letter.
    pub fn send(&self, url: &str, body: &str, idempotency_key: Option<&str>) -> Answer {
        let mut request = self
            .agent
            .post(format!("{url}/graphql"))
            .header("Authorization", &format!("Bearer {}", self.token))
            .header("Content-Type", "application/json");
        if let Some(key) = idempotency_key {
            request = request.header("Idempotency-Key", key);
        }
        let answer = request
            .send(body)
            .and_then(|mut answer| answer.body_mut().read_json::<Value>());
        match answer {
            Ok(answer) => decided(answer),
            Err(error) => Answer::Nothing(error.to_string()),
        }
    }

    /// Asks for something that is known to be answered, or says why it was not.
    pub fn ask(&self, url: &str, query: &str, variables: &Value) -> anyhow::Result<Value> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        match self.send(url, &body, None) {
            Answer::Data(data) => Ok(data),
            Answer::Refused(why) | Answer::Nothing(why) => anyhow::bail!("the API did not answer: {why}"),
        }
    }
}

fn decided(mut answer: Value) -> Answer {
    let Some(errors) = answer.get("errors") else {
        return match answer.get_mut("data") {
            Some(data) => Answer::Data(data.take()),
            None => Answer::Nothing(answer.to_string()),
        };
    };
    let undecided = errors.as_array().into_iter().flatten().any(|error| {
        let code = error["extensions"]["code"].as_str();
        code.is_none_or(|code| NOT_DECIDED.contains(&code))
    });
    if undecided {
        Answer::Nothing(errors.to_string())
    } else {
        Answer::Refused(errors.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answer_with_a_decision_counts_as_one() {
        let error = |code| json!({ "errors": [{ "extensions": { "code": code } }], "data": null });
        assert!(matches!(decided(json!({ "data": { "a": 1 } })), Answer::Data(data) if data["a"] == 1));
        assert!(matches!(decided(error("INTERNAL")), Answer::Nothing(_)));
        assert!(matches!(decided(error("BAD_USER_INPUT")), Answer::Refused(_)));
        assert!(matches!(decided(json!({})), Answer::Nothing(_)));
    }
}
