//! The doors behind the pages: documents run in-process, through the same schema and rights as everybody's.

use std::{sync::Arc, time::Duration};

use app::{App, Caller, Identity, Secret};
use domain::{DocumentId, Language, StartupId, access::Demand};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::{sync::oneshot, time::timeout};
use web::{
    AddFile, CaptureFiles, Demo, DoorError, Doors, FileField, HeldFile, LinkInfo, NewSession, Received,
    SentForm, SessionSecret, Turn, Turned, Write,
};

use crate::{
    config::Settings,
    files,
    turn::{Asked, Asking},
};

struct Pages {
    app: App,
    schema: graphql::Schema,
    request_time: Duration,
    /// Bytes of a file.
    file_bytes: u64,
    asking: Asking,
}

type Boxed<'a, T> = std::pin::Pin<Box<dyn Future<Output = Result<T, DoorError>> + Send + 'a>>;

fn failed(error: impl ToString) -> DoorError {
    DoorError::Failed(error.to_string())
}

fn unauthenticated() -> Value {
    json!({ "errors": [{ "message": "nobody is signed in", "extensions": { "code": "UNAUTHENTICATED" } }] })
}

/// A mutation that was not carried out, in the words of the API.
fn turned_away(code: &str, error: &app::Error) -> Value {
    json!({ "errors": [{ "message": error.to_string(), "extensions": { "code": code } }] })
}

/// What a form of quick add says, by the names of the fields of `captureDeal`.
fn captured(fields: &[(String, String)], files: Vec<app::file::Held>) -> app::deal::Capture {
    let text = |name: &str| {
        let found = fields.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.clone())
    };
    app::deal::Capture {
        name: text("name").unwrap_or_default(),
        website: text("website"),
        one_liner: text("oneLiner"),
        brought_by: text("broughtBy"),
        channel: text("channel").and_then(|code| code.parse().ok()),
        text: text("text"),
        documents: Vec::new(),
        link: text("link"),
        files,
    }
}

/// The language of sentences, as the domain names it.
fn of(language: web::Language) -> Language {
    match language {
        web::Language::En => Language::En,
        web::Language::Zh => Language::Zh,
    }
}

impl Pages {
    /// Runs one document as the caller, within the time of a request.
    async fn run(
        &self,
        caller: Caller,
        language: web::Language,
        document: String,
        variables: Value,
        operation: &str,
    ) -> Result<Value, DoorError> {
        match caller.admit().await {
            Ok(_) => {}
            Err(app::Error::Unauthenticated) => return Ok(unauthenticated()),
            Err(other) => return Err(failed(other)),
        }
        let language = of(language);
        // The transport does not see this document, so its time is kept here.
        let run = graphql::run(&self.schema, document, variables, operation, caller, language);
        match timeout(self.request_time, run).await {
            Ok(answer) => answer.map_err(failed),
            Err(_) => Ok(json!({ "errors": [{
                "message": format!("the page took longer than {} ms", self.request_time.as_millis()),
                "extensions": { "code": "TIMEOUT" },
            }] })),
        }
    }
}

impl Doors for Pages {
    fn execute<'a>(
        &'a self,
        session: &'a SessionSecret,
        language: web::Language,
        document: String,
        variables: Value,
        operation: &'a str,
    ) -> Boxed<'a, Value> {
        Box::pin(async move {
            let Some(secret) = &session.0 else {
                return Ok(unauthenticated());
            };
            let caller = Caller::new(&self.app, Identity::Session(Secret::sent(secret)));
            self.run(caller, language, document, variables, operation).await
        })
    }
    fn write<'a>(
        &'a self,
        session: &'a SessionSecret,
        language: web::Language,
        write: Write<'a>,
    ) -> Boxed<'a, Value> {
        Box::pin(async move {
            let Some(secret) = &session.0 else {
                return Ok(unauthenticated());
            };
            // What a key holds for is this very request: the same words once more do nothing, others are refused.
            let mut hash = Sha256::new();
            hash.update(write.document);
            hash.update([0]);
            hash.update(write.variables.to_string());
            let caller = Caller::new(&self.app, Identity::Session(Secret::sent(secret)))
                .with_idempotency(Some((write.key.to_owned(), hash.finalize().into())));
            self.run(
                caller,
                language,
                write.document.to_owned(),
                write.variables.clone(),
                write.operation,
            )
            .await
        })
    }
    fn receive<'a>(
        &'a self,
        session: &'a SessionSecret,
        language: web::Language,
        request: axum::extract::Request,
        field: FileField<'a>,
    ) -> Boxed<'a, Received> {
        Box::pin(async move {
            let Some(secret) = &session.0 else {
                return Ok(Received::SignIn);
            };
            let caller = Caller::new(&self.app, Identity::Session(Secret::sent(secret)));
            match caller.demand(Demand::ANALYST_WRITE).await {
                Ok(_) => {}
                Err(app::Error::Unauthenticated) => return Ok(Received::SignIn),
                Err(app::Error::Forbidden(_)) => return Ok(Received::NotAllowed),
                Err(other) => return Err(failed(other)),
            }
            let received = files::receive(
                request,
                (field.name, field.most),
                self.file_bytes,
                self.request_time,
            );
            let files::Received {
                fields,
                files,
                problems,
            } = match received.await {
                Ok(received) => received,
                Err(files::Broken::Ours(error)) => return Err(failed(error)),
                Err(_) => return Ok(Received::Broken),
            };
            Ok(Received::Form(SentForm {
                fields,
                files: files
                    .into_iter()
                    .map(|held| HeldFile {
                        name: held.name.clone(),
                        content: Arc::new(held),
                    })
                    .collect(),
                fault: problems.first().map(|problem| problem.message.text(of(language))),
            }))
        })
    }
    fn add_file<'a>(
        &'a self,
        session: &'a SessionSecret,
        language: web::Language,
        add: AddFile<'a>,
    ) -> Boxed<'a, Value> {
        Box::pin(async move {
            let Some(secret) = &session.0 else {
                return Ok(unauthenticated());
            };
            let held = add.file.content.downcast_ref::<app::file::Held>().cloned();
            let fields: Vec<_> = add
                .fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect();
            let hash = files::hash(&fields, held.as_slice());
            let told = |id: Option<DocumentId>, problems: &[domain::Problem]| {
                json!({ "data": { "createDocument": {
                    "document": id.map(|id| json!({ "id": id.to_string() })),
                    "userErrors": files::user_errors(problems, of(language)),
                } } })
            };
            let new = match files::read(&fields, held, Vec::new()) {
                Ok(new) => new,
                Err(problems) => return Ok(told(None, &problems)),
            };
            let caller = Caller::new(&self.app, Identity::Session(Secret::sent(secret)))
                .with_idempotency(Some((add.key.to_owned(), hash)));
            match caller.create_document(new, "createDocument").await {
                Ok(Ok(id)) => Ok(told(Some(id), &[])),
                Ok(Err(problems)) => Ok(told(None, &problems)),
                Err(app::Error::Unauthenticated) => Ok(unauthenticated()),
                Err(error @ app::Error::Forbidden(_)) => Ok(turned_away("FORBIDDEN", &error)),
                Err(error @ (app::Error::KeyUsedOtherwise(_) | app::Error::BadInput(_))) => {
                    Ok(turned_away("BAD_USER_INPUT", &error))
                }
                Err(other) => Err(failed(other)),
            }
        })
    }
    fn capture<'a>(
        &'a self,
        session: &'a SessionSecret,
        language: web::Language,
        capture: CaptureFiles<'a>,
    ) -> Boxed<'a, Value> {
        Box::pin(async move {
            let Some(secret) = &session.0 else {
                return Ok(unauthenticated());
            };
            let fields: Vec<_> = capture
                .fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect();
            let files: Vec<_> = capture
                .files
                .iter()
                .filter_map(|file| file.content.downcast_ref::<app::file::Held>().cloned())
                .collect();
            let caller = Caller::new(&self.app, Identity::Session(Secret::sent(secret)))
                .with_idempotency(Some((capture.key.to_owned(), files::hash(&fields, &files))));
            let told = |startup: Option<StartupId>, problems: &[domain::Problem]| {
                json!({ "data": { "captureDeal": {
                    "deal": startup.map(|id| json!({ "startup": { "id": id.to_string() } })),
                    "userErrors": files::user_errors(problems, of(language)),
                } } })
            };
            let done = match caller.capture_deal(captured(&fields, files), "captureDeal").await {
                Ok(done) => done,
                Err(app::Error::Unauthenticated) => return Ok(unauthenticated()),
                Err(error @ app::Error::Forbidden(_)) => return Ok(turned_away("FORBIDDEN", &error)),
                Err(error @ (app::Error::KeyUsedOtherwise(_) | app::Error::BadInput(_))) => {
                    return Ok(turned_away("BAD_USER_INPUT", &error));
                }
                Err(other) => return Err(failed(other)),
            };
            match done {
                Ok(id) => {
                    let found = caller.deals_by_ids(&[id], None).await.map_err(failed)?;
                    Ok(told(found.first().map(|deal| deal.startup_id), &[]))
                }
                Err(problems) => Ok(told(None, &problems)),
            }
        })
    }
    fn look_at_link<'a>(&'a self, secret: &'a str) -> Boxed<'a, Option<LinkInfo>> {
        Box::pin(async move {
            let user = self
                .app
                .look_at_link(&Secret::sent(secret))
                .await
                .map_err(failed)?;
            let workspace = self.app.workspace();
            Ok(user.map(|u| LinkInfo {
                user_name: u.name,
                email: u.email,
                workspace_name: workspace.name.clone(),
                is_demo: workspace.is_demo,
            }))
        })
    }
    fn redeem_link<'a>(&'a self, secret: &'a str) -> Boxed<'a, Option<NewSession>> {
        Box::pin(async move {
            let session = self
                .app
                .redeem_link(&Secret::sent(secret))
                .await
                .map_err(failed)?;
            Ok(session.map(|s| NewSession {
                cookie_value: s.secret.reveal().to_owned(),
                expires_at: s.expires_at,
            }))
        })
    }
    fn sign_out<'a>(&'a self, session: &'a SessionSecret) -> Boxed<'a, ()> {
        Box::pin(async move {
            match &session.0 {
                Some(secret) => self.app.sign_out(&Secret::sent(secret)).await.map_err(failed),
                None => Ok(()),
            }
        })
    }
    fn demo(&self) -> Option<Demo> {
        let workspace = self.app.workspace();
        workspace.is_demo.then(|| Demo {
            is_old: app::demo::is_old(workspace, self.app.now()),
        })
    }
    fn turn<'a>(&'a self, session: &'a SessionSecret, turn: Turn) -> Boxed<'a, Turned> {
        Box::pin(async move {
            let Some(secret) = &session.0 else {
                return Ok(Turned::NotForYou);
            };
            let (answer, answered) = oneshot::channel();
            let session = Secret::sent(secret);
            let asked = Asked {
                turn,
                session,
                answer,
            };
            self.asking.send(asked).await.map_err(failed)?;
            answered.await.map_err(failed)?.map_err(failed)
        })
    }
}

/// The pages of the web app.
pub fn router(app: &App, schema: graphql::Schema, settings: &Settings, asking: Asking) -> axum::Router {
    let workspace = app.workspace();
    let clock = app.clone();
    let config = web::Config {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        zone: workspace.time_zone,
        clock: Arc::new(move || clock.now()),
        url: settings.url.as_ref().map(|url| url.as_str().to_owned()),
    };
    web::router(
        Arc::new(Pages {
            app: app.clone(),
            schema,
            request_time: Duration::from_millis(settings.limits.request_ms.into()),
            file_bytes: settings.limits.file_bytes.into(),
            asking,
        }),
        config,
    )
}
