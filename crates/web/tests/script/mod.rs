//! Doors that answer from a script, and a browser without a screen.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use chrono::{DateTime, Duration, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;
use touchstone_web::{
    AddFile, CaptureFiles, Config, DoorError, Doors, FileField, Language, LinkInfo, NewSession, Received,
    SessionSecret, Write, router,
};
use tower::ServiceExt;

pub fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_722_398_400, 0).unwrap()
}

/// Answers what the test put in, and keeps what it was asked.
#[derive(Default)]
pub struct Script {
    pub answers: Mutex<Vec<Value>>,
    pub asked: Mutex<Vec<(Option<String>, &'static str, Value)>>,
    /// Operation, key and input of each mutation.
    pub written: Mutex<Vec<(String, String, Value)>>,
    /// What forms with parts sent, in place of reading them.
    pub received: Mutex<Vec<Received>>,
    pub used_links: Mutex<Vec<String>>,
    pub signed_out: Mutex<Vec<Option<String>>>,
    /// Where people reach the pages, if it is set.
    pub url: Mutex<Option<String>>,
}

impl Script {
    pub fn answering(answers: impl IntoIterator<Item = Value>) -> Arc<Self> {
        Arc::new(Self {
            answers: Mutex::new(answers.into_iter().collect()),
            ..Self::default()
        })
    }

    pub fn next(&self) -> Result<Value, DoorError> {
        let mut answers = self.answers.lock().unwrap();
        if answers.is_empty() {
            return Err(DoorError::Failed(
                "relation \"secret_table\" does not exist".to_owned(),
            ));
        }
        let mut answer = answers.remove(0);
        // No meeting goes on where a test says nothing of it.
        if let Some(viewer) = answer.pointer_mut("/data/viewer").and_then(Value::as_object_mut) {
            viewer
                .entry("liveReviews")
                .or_insert_with(|| Value::Array(Vec::new()));
        }
        Ok(answer)
    }

    pub fn asked(&self) -> Vec<Value> {
        self.asked
            .lock()
            .unwrap()
            .iter()
            .map(|(_, _, variables)| variables.clone())
            .collect()
    }
}

impl Doors for Script {
    fn execute<'a>(
        &'a self,
        session: &'a SessionSecret,
        language: Language,
        document: String,
        variables: Value,
        operation: &'a str,
    ) -> BoxFuture<'a, Result<Value, DoorError>> {
        assert!(document.starts_with(&format!("query {operation}")), "{document}");
        self.asked
            .lock()
            .unwrap()
            .push((session.0.clone(), language.code(), variables));
        let answer = self.next();
        async move { answer }.boxed()
    }

    fn write<'a>(
        &'a self,
        _session: &'a SessionSecret,
        _language: Language,
        write: Write<'a>,
    ) -> BoxFuture<'a, Result<Value, DoorError>> {
        let Write {
            document,
            variables,
            operation,
            key,
        } = write;
        assert!(document.contains(&format!("mutation {operation}(")), "{document}");
        self.written
            .lock()
            .unwrap()
            .push((operation.to_owned(), key.to_owned(), variables["input"].clone()));
        let answer = self.next();
        async move { answer }.boxed()
    }

    fn receive<'a>(
        &'a self,
        _session: &'a SessionSecret,
        _language: Language,
        _request: Request<Body>,
        _field: FileField<'a>,
    ) -> BoxFuture<'a, Result<Received, DoorError>> {
        let received = self.received.lock().unwrap().remove(0);
        async move { Ok(received) }.boxed()
    }

    fn add_file<'a>(
        &'a self,
        _session: &'a SessionSecret,
        _language: Language,
        add: AddFile<'a>,
    ) -> BoxFuture<'a, Result<Value, DoorError>> {
        let mut sent: serde_json::Map<String, Value> = add
            .fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str())))
            .collect();
        sent.insert("file".to_owned(), Value::from(add.file.name.as_str()));
        self.written
            .lock()
            .unwrap()
            .push(("AddFile".to_owned(), add.key.to_owned(), Value::Object(sent)));
        let answer = self.next();
        async move { answer }.boxed()
    }

    fn capture<'a>(
        &'a self,
        _session: &'a SessionSecret,
        _language: Language,
        capture: CaptureFiles<'a>,
    ) -> BoxFuture<'a, Result<Value, DoorError>> {
        let mut sent: serde_json::Map<String, Value> = capture
            .fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str())))
            .collect();
        let files = capture.files.iter().map(|file| file.name.as_str());
        sent.insert("files".to_owned(), files.collect());
        self.written.lock().unwrap().push((
            "Capture".to_owned(),
            capture.key.to_owned(),
            Value::Object(sent),
        ));
        let answer = self.next();
        async move { answer }.boxed()
    }

    fn look_at_link<'a>(&'a self, secret: &'a str) -> BoxFuture<'a, Result<Option<LinkInfo>, DoorError>> {
        let is_good = secret == "good" && !self.used_links.lock().unwrap().contains(&secret.to_owned());
        let info = is_good.then(|| LinkInfo {
            user_name: "Ada <b>".to_owned(),
            email: "ada@example.com".to_owned(),
            workspace_name: "Demo".to_owned(),
            is_demo: true,
        });
        async { Ok(info) }.boxed()
    }

    fn redeem_link<'a>(&'a self, secret: &'a str) -> BoxFuture<'a, Result<Option<NewSession>, DoorError>> {
        let mut used = self.used_links.lock().unwrap();
        let is_good = secret == "good" && !used.contains(&secret.to_owned());
        used.push(secret.to_owned());
        let session = is_good.then(|| NewSession {
            cookie_value: "s3cret".to_owned(),
            expires_at: noon() + Duration::days(1),
        });
        async { Ok(session) }.boxed()
    }

    fn sign_out<'a>(&'a self, session: &'a SessionSecret) -> BoxFuture<'a, Result<(), DoorError>> {
        self.signed_out.lock().unwrap().push(session.0.clone());
        async { Ok(()) }.boxed()
    }
}

pub fn site(doors: &Arc<Script>) -> Router {
    let config = Config {
        version: "9.9.9".to_owned(),
        zone: chrono_tz::Asia::Shanghai,
        clock: Arc::new(noon),
        url: doors.url.lock().unwrap().clone(),
    };
    router(Arc::clone(doors) as Arc<dyn Doors>, config)
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The body as it came, of what is no text.
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    #[track_caller]
    pub fn has(&self, text: &str) -> &Self {
        assert!(self.body.contains(text), "{text:?} is not in:\n{}", self.body);
        self
    }

    #[track_caller]
    pub fn lacks(&self, text: &str) -> &Self {
        assert!(!self.body.contains(text), "{text:?} is in:\n{}", self.body);
        self
    }
}

pub async fn send(doors: &Arc<Script>, request: Request<Body>) -> Answer {
    let response = site(doors).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body,
        bytes,
    }
}

pub async fn get(doors: &Arc<Script>, address: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(doors, request.body(Body::empty()).unwrap()).await
}

pub async fn post(doors: &Arc<Script>, address: &str, form: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::post(address).header("content-type", "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(doors, request.body(Body::from(form.to_owned())).unwrap()).await
}

pub const SIGNED_IN: (&str, &str) = ("cookie", "touchstone_session=s3cret");
pub const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");
