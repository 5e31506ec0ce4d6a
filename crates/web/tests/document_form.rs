//! The form that adds a document to a startup, and a file beside a figure.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod script;

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use script::{Answer, OURS, SIGNED_IN, Script, get, post, send};
use serde_json::{Value, json};
use touchstone_web::{HeldFile, Received, SentForm};

const NEW: &str = "/startups/startup_a/documents/new";

fn frame(role: &str) -> Value {
    json!({"data": {
        "viewer": {"name": "Somebody", "role": role},
        "startup": {"id": "startup_a", "name": "Cubeforge", "documents": [{"id": "document_a", "title": "Invoices"}]},
    }})
}

fn saved(errors: &Value) -> Value {
    let document = if *errors == json!([]) {
        json!({"id": "document_b"})
    } else {
        Value::Null
    };
    json!({"data": {"createDocument": {"document": document, "userErrors": errors}}})
}

/// Sends a form with parts, of which the script says what came.
async fn send_parts(
    doors: &Arc<Script>,
    address: &str,
    fields: &[(&str, &str)],
    file: Option<&str>,
    fault: Option<&str>,
) -> Answer {
    doors.received.lock().unwrap().push(Received::Form(SentForm {
        fields: fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        files: file
            .map(|name| HeldFile {
                name: name.to_owned(),
                content: Arc::new(()),
            })
            .into_iter()
            .collect(),
        fault: fault.map(str::to_owned),
    }));
    let request = Request::post(address)
        .header("content-type", "multipart/form-data; boundary=x")
        .header(SIGNED_IN.0, SIGNED_IN.1)
        .header(OURS.0, OURS.1);
    send(doors, request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_form_takes_a_file_without_script_in_both_languages() {
    let doors = Script::answering([frame("ANALYST"), frame("ANALYST"), frame("ANALYST")]);
    let page = get(&doors, NEW, &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.has("enctype=\"multipart/form-data\"")
        .has("<input type=\"file\" id=\"f-file\" name=\"file\"")
        .has("Add a file")
        .has("Left out, a file&#39;s own name.");
    let page = get(&doors, &format!("{NEW}?lang=zh"), &[SIGNED_IN]).await;
    page.has("添加文件").has("最初由谁发布。");
    let link = get(&doors, &format!("{NEW}?by=link"), &[SIGNED_IN]).await;
    link.has("Add a link").lacks("type=\"file\"").lacks("enctype");
}

#[tokio::test]
async fn a_file_is_added_with_what_was_typed_and_its_page_shows_it() {
    let doors = Script::answering([saved(&json!([]))]);
    let fields = [
        ("key", "0123456789abcdef"),
        ("title", " Deck "),
        ("kind", "DECK"),
        ("note", "a\r\nb"),
        ("url", "example.com/deck"),
        ("publisher", ""),
    ];
    let page = send_parts(&doors, NEW, &fields, Some("deck.pdf"), None).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(
        page.header("location"),
        "/startups/startup_a?did=attached#document-b"
    );
    let (operation, key, sent) = doors.written.lock().unwrap().remove(0);
    assert_eq!(
        (operation.as_str(), key.as_str()),
        ("AddFile", "0123456789abcdef")
    );
    assert_eq!(
        sent,
        json!({
            "file": "deck.pdf", "startup": "startup_a", "title": "Deck", "kind": "DECK", "note": "a\nb",
            "url": "https://example.com/deck",
        })
    );
}

#[tokio::test]
async fn a_link_without_a_file_is_added_as_links_are() {
    let doors = Script::answering([saved(&json!([]))]);
    let fields = [("title", "Room"), ("url", "room.example/x"), ("kind", "OTHER")];
    let page = send_parts(&doors, NEW, &fields, None, None).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    let body = "title=Room&url=https://room.example/x&kind=OTHER";
    doors.answers.lock().unwrap().push(saved(&json!([])));
    let page = post(&doors, &format!("{NEW}?by=link"), body, &[SIGNED_IN, OURS]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    let written = doors.written.lock().unwrap();
    assert_eq!(written[0].0, "CreateDocument");
    assert_eq!(
        written[0].2,
        json!({"startup": "startup_a", "title": "Room", "url": "https://room.example/x", "kind": "OTHER"})
    );
    assert_eq!(written[1].2, written[0].2);
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_all_but_the_file_is_kept() {
    let doors = Script::answering([frame("ANALYST")]);
    let fields = [("title", "Deck"), ("note", "mine")];
    let page = send_parts(&doors, NEW, &fields, None, None).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("<a href=\"#f-file\">File</a>: Choose a file, or give a link.")
        .has("value=\"Deck\"")
        .has("mine</textarea>");

    // Too large, say: the door has the words.
    doors.answers.lock().unwrap().push(frame("ANALYST"));
    let fault = Some("the file has more than 5 bytes");
    let page = send_parts(&doors, NEW, &fields, None, fault).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("<a href=\"#f-file\">File</a>: The file has more than 5 bytes");

    let long = json!([{"code": "INVALID", "message": "301 characters are too many", "field": ["title"], "existing": null}]);
    doors
        .answers
        .lock()
        .unwrap()
        .extend([saved(&long), frame("ANALYST")]);
    let page = send_parts(&doors, NEW, &fields, Some("<deck>.pdf"), None).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("<a href=\"#f-title\">Title</a>: 301 characters are too many")
        .has("Choose &#60;deck&#62;.pdf again")
        .has("mine</textarea>");
}

#[tokio::test]
async fn the_form_is_for_who_may_write_and_for_our_own_pages() {
    let doors = Script::answering([frame("VIEWER")]);
    let page = get(&doors, NEW, &[SIGNED_IN]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    for (received, status) in [
        (Received::SignIn, StatusCode::SEE_OTHER),
        (Received::NotAllowed, StatusCode::FORBIDDEN),
        (Received::Broken, StatusCode::BAD_REQUEST),
    ] {
        doors.received.lock().unwrap().push(received);
        let request = Request::post(NEW)
            .header("content-type", "multipart/form-data; boundary=x")
            .header(SIGNED_IN.0, SIGNED_IN.1)
            .header(OURS.0, OURS.1);
        let page = send(&doors, request.body(Body::empty()).unwrap()).await;
        assert_eq!(page.status, status, "{}", page.body);
    }
    let request = Request::post(NEW)
        .header("content-type", "multipart/form-data; boundary=x")
        .header(SIGNED_IN.0, SIGNED_IN.1)
        .header("sec-fetch-site", "cross-site");
    let page = send(&doors, request.body(Body::empty()).unwrap()).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(doors.written.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_figure_is_recorded_with_the_file_that_shows_it() {
    let done = json!({"data": {"recordEvidence": {"evidence": {"id": "evidence_b"}, "userErrors": []}}});
    let doors = Script::answering([saved(&json!([])), done]);
    let fields = [
        ("key", "0123456789abcdef"),
        ("kind", "PILOTS"),
        ("value", "2"),
        ("observedOn", "2024-06-30"),
        ("source", "DATA_ROOM"),
        ("grade", "DOCUMENTED"),
        ("newDocument.kind", "CONTRACT"),
    ];
    let address = "/startups/startup_a/evidence/new";
    let page = send_parts(&doors, address, &fields, Some("pilots.pdf"), None).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    let written = doors.written.lock().unwrap().clone();
    assert_eq!(written[0].0, "AddFile");
    assert_eq!(written[0].1, "0123456789abcdef-document");
    assert_eq!(
        written[0].2,
        json!({"file": "pilots.pdf", "startup": "startup_a", "kind": "CONTRACT"})
    );
    assert_eq!(written[1].0, "RecordEvidence");
    assert_eq!(written[1].2["documents"], json!(["document_b"]));
}

#[tokio::test]
async fn a_figure_that_is_wrong_adds_no_file_and_asks_for_it_again() {
    let doors = Script::answering([frame("ANALYST")]);
    let address = "/startups/startup_a/evidence/new";
    let page = send_parts(
        &doors,
        address,
        &[("value", "many"), ("newDocument.title", "P")],
        Some("pilots.pdf"),
        None,
    )
    .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has("Choose what was seen.")
        .has("Choose pilots.pdf again")
        .has("value=\"P\"");
    assert!(doors.written.lock().unwrap().is_empty());
}
