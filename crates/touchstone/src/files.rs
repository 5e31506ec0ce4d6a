//! Documents by file: `POST /documents` takes one in, `GET /documents/{id}/file` hands one out. Rights, words and kept
//! outcomes are those of the API, whose mutations speak JSON and carry no file.

mod fetch;
mod receive;
mod told;

use app::{App, Caller, Identity, Secret};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use domain::{
    DealTag, DocumentTag, Language, Message, Problem, StartupTag, access::Demand, person::DocumentKind,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use touchstone_http::{Code, Credentials, Entrance, Refusal, Shown};
use type_safe_id::{StaticType, TypeSafeId};

pub use receive::{Broken, Received, receive};
pub use told::user_errors;

use crate::gate;

/// The fields that a document's form has, the file first.
const FIELDS: [&str; 10] = [
    "file",
    "title",
    "kind",
    "url",
    "publisher",
    "byline",
    "note",
    "reprintOf",
    "startup",
    "deal",
];

/// The name under which a document's outcome is kept.
const PATH: &str = "POST /documents";

#[derive(Clone)]
struct Files {
    app: App,
    entrance: Entrance,
}

/// The routes of files.
pub fn router(app: &App, entrance: Entrance) -> Router {
    Router::new()
        .route("/documents", post(add).fallback(not_post))
        .route("/documents/{id}/file", get(fetch::fetch).fallback(not_get))
        // What is sent is counted while it streams.
        .layer(DefaultBodyLimit::disable())
        .with_state(Files {
            app: app.clone(),
            entrance,
        })
}

impl Files {
    /// Who calls, counted among their requests; or the answer that turns them away.
    async fn admit(&self, shown: &Shown) -> Result<(Caller, HeaderMap), Box<Response>> {
        let (identity, of) = match &shown.credentials {
            Credentials::None => {
                return Err(Box::new(self.entrance.refuse(Refusal::Unauthenticated, shown)));
            }
            Credentials::Bearer(token) => (Identity::Token(Secret::sent(token)), "token"),
            Credentials::Session(cookie) => (Identity::Session(Secret::sent(cookie)), "session"),
        };
        let caller = Caller::new(&self.app, identity).with_request_id(Some(shown.request_id.clone()));
        let (viewer, _) = caller
            .admit()
            .await
            .map_err(|error| Box::new(gate::failed(&self.entrance, error, shown)))?;
        let standing = self
            .entrance
            .count(&format!("{of} of {}", viewer.user_id), shown)?;
        Ok((caller, standing))
    }

    /// Why a form was not read.
    fn broken(&self, broken: Broken, shown: &Shown) -> Response {
        let (status, code, words) = match broken {
            Broken::Ours(error) => return gate::failed(&self.entrance, error, shown),
            Broken::NotAForm => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                Code::BadUserInput,
                (
                    "A document is sent as Content-Type: multipart/form-data with a boundary.",
                    "文件须以 Content-Type: multipart/form-data 发送，并带有 boundary。",
                ),
            ),
            Broken::BrokeOff => (
                StatusCode::BAD_REQUEST,
                Code::BadUserInput,
                (
                    "The form broke off, or is none. Nothing was kept; send it again.",
                    "表单传输中断或格式有误，未保存任何内容；请重新发送。",
                ),
            ),
            Broken::TooSlow => (
                StatusCode::REQUEST_TIMEOUT,
                Code::Timeout,
                (
                    "The next piece of the form did not arrive in time. Nothing was kept; send it again.",
                    "表单的下一部分未能及时到达，未保存任何内容；请重新发送。",
                ),
            ),
            Broken::TooMuch => (
                StatusCode::PAYLOAD_TOO_LARGE,
                Code::BadUserInput,
                (
                    "The form's texts have more than 4 MiB. Nothing was kept.",
                    "表单中的文字超过 4 MiB，未保存任何内容。",
                ),
            ),
        };
        self.entrance.refuse_with(status, code, words, shown)
    }
}

async fn add(State(files): State<Files>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let shown = match files.entrance.read(&parts, true) {
        Ok(shown) => shown,
        Err(refusal) => return *refusal,
    };
    let (caller, standing) = match files.admit(&shown).await {
        Ok(admitted) => admitted,
        Err(refusal) => return *refusal,
    };
    let mut response = taken(&files, &shown, caller, Request::from_parts(parts, body)).await;
    response.headers_mut().extend(standing);
    response
}

/// Takes a document in from who was admitted.
async fn taken(routes: &Files, shown: &Shown, caller: Caller, request: Request) -> Response {
    // Before anything of it is read: who may not write sends in vain.
    if let Err(error) = caller.demand(Demand::ANALYST_WRITE).await {
        return gate::failed(&routes.entrance, error, shown);
    }
    let limit_bytes = routes.entrance.limits().file_bytes.into();
    let received = match receive(
        request,
        (FIELDS[0], 1),
        limit_bytes,
        routes.entrance.request_time(),
    )
    .await
    {
        Ok(received) => received,
        Err(broken) => return routes.broken(broken, shown),
    };
    let language = gate::language(shown.language);
    let Received {
        fields,
        mut files,
        problems,
    } = received;
    let new = match read(&fields, files.pop(), problems) {
        Ok(new) => new,
        Err(problems) => return told::refused(problems, language),
    };
    let caller = match &shown.idempotency_key {
        Some(key) => {
            let hash = hash(&fields, new.file.as_slice());
            caller.with_idempotency(Some((key.clone(), hash)))
        }
        None => caller,
    };
    let id = match caller.create_document(new, PATH).await {
        Ok(Ok(id)) => id,
        Ok(Err(problems)) => return told::refused(problems, language),
        Err(error) => return gate::failed(&routes.entrance, error, shown),
    };
    match caller.documents_by_ids(&[id], None).await {
        Ok(mut found) => told::added(found.pop(), language),
        Err(error) => gate::failed(&routes.entrance, error, shown),
    }
}

/// The hash of a form under its idempotency key: its fields in their order, and its files.
pub fn hash(fields: &[(String, String)], files: &[app::file::Held]) -> [u8; 32] {
    let files: Vec<_> = files
        .iter()
        .map(|held| (held.name.as_str(), held.sha256))
        .collect();
    Sha256::digest(json!([fields, files]).to_string()).into()
}

/// What a form's fields say of a new document. `wrong` is what was wrong with how it came, which is told with the rest.
pub fn read(
    fields: &[(String, String)],
    file: Option<app::file::Held>,
    mut wrong: Vec<Problem>,
) -> Result<app::document::NewDocument, Vec<Problem>> {
    for (n, (name, _)) in fields.iter().enumerate() {
        if !FIELDS.contains(&name.as_str()) {
            let message = Message::NoSuchField {
                name: name.clone(),
                fields: FIELDS.join(", "),
            };
            wrong.push(Problem::invalid(name, message));
        } else if fields[..n].iter().any(|(before, _)| before == name) {
            wrong.push(Problem::invalid(name, Message::Duplicate { value: name.clone() }));
        }
    }
    let text = |name: &str| {
        let found = fields.iter().find(|(field, _)| field == name);
        found
            .map(|(_, value)| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    };
    if file.is_none() && !wrong.iter().any(|problem| problem.field == ["file"]) {
        wrong.push(Problem::required("file"));
    }
    let kind = text("kind").map_or(Ok(DocumentKind::Other), |kind| {
        kind.parse().map_err(|_| {
            let expected: Vec<_> = DocumentKind::ALL.iter().map(|kind| kind.code()).collect();
            let expected = expected.join(", ");
            wrong.push(Problem::invalid(
                "kind",
                Message::NotA {
                    value: kind.clone(),
                    expected,
                },
            ));
        })
    });
    let reprint_of = id::<DocumentTag>(text("reprintOf"), "reprintOf", &mut wrong);
    let startup = id::<StartupTag>(text("startup"), "startup", &mut wrong);
    let deal = id::<DealTag>(text("deal"), "deal", &mut wrong);
    let (Ok(kind), true) = (kind, wrong.is_empty()) else {
        return Err(wrong);
    };
    let name = file.as_ref().map(|held| held.name.clone());
    Ok(app::document::NewDocument {
        title: text("title").or(name).unwrap_or_default(),
        kind,
        url: text("url"),
        file,
        publisher: text("publisher"),
        byline: text("byline"),
        reprint_of,
        note: text("note"),
        startup,
        deal,
    })
}

/// The id in a field that may be left out.
fn id<T: StaticType + Default>(
    text: Option<String>,
    field: &str,
    wrong: &mut Vec<Problem>,
) -> Option<TypeSafeId<T>> {
    let value = text?;
    let read = value.parse();
    if read.is_err() {
        let expected = T::TYPE.to_owned();
        wrong.push(Problem::invalid(field, Message::NotAnId { value, expected }));
    }
    read.ok()
}

async fn not_post(State(files): State<Files>, request: Request) -> Response {
    let words = (
        "A document is sent by POST as multipart/form-data.",
        "文件须以 POST 和 multipart/form-data 发送。",
    );
    gate::refuse_method(&files.entrance, request, words, "POST")
}

async fn not_get(State(files): State<Files>, request: Request) -> Response {
    let words = (
        "A file is fetched by GET; it never changes.",
        "文件须以 GET 获取，且不可更改。",
    );
    gate::refuse_method(&files.entrance, request, words, "GET, HEAD")
}

/// An answer in JSON, for one reader.
fn answered(status: StatusCode, language: Language, body: &serde_json::Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::VARY, "accept-language"),
        (header::CONTENT_LANGUAGE, language.code()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, body.to_string()).into_response()
}
