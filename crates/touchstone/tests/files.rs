//! Documents by file through the program: sent as a form, handed out as they came, and for nobody who may not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod outside;

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    process::Command,
    thread,
    time::Duration,
};

use outside::{PATIENCE, Running, ask, create_startup, program, said, wait_for};
use serde_json::{Value, json};
use test_support::TestDb;

/// The least that is a PDF.
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
/// A picture of one point.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\xb9\xf7\x8b\x1d\0\0\0\0IEND\xaeB`\x82";
const BOUNDARY: &str = "a-boundary-of-the-test";

/// A fund with three people: who belongs to a restricted deal, who does not, and who only reads.
struct Fund {
    database: TestDb,
    server: Running,
    insider: String,
    outsider: String,
    reader: String,
}

fn on(database: &TestDb, arguments: &[&str]) -> Command {
    let mut command = program(arguments);
    command.env("DATABASE_URL", database.url());
    command
}

fn serve(database: &TestDb) -> Running {
    Running::start(on(database, &["serve", "--listen", "127.0.0.1:0"]))
}

impl Fund {
    async fn new() -> Self {
        let database = TestDb::new().await;
        let member = |name: &str, role: &str| {
            let email = format!("{name}@fund.example");
            let user = ["user", "add", &email, "--name", name, "--role", role];
            said(&on(&database, &user).output().unwrap());
            let token = ["token", "create", "--user", &email, "--scope", "READ,WRITE"];
            let told = said(&on(&database, &token).output().unwrap());
            told.lines().last().unwrap().to_owned()
        };
        let (insider, outsider, reader) = (
            member("ann", "ANALYST"),
            member("ben", "ANALYST"),
            member("vera", "VIEWER"),
        );
        let server = serve(&database);
        Self {
            database,
            server,
            insider,
            outsider,
            reader,
        }
    }

    fn ask(&self, token: &str, query: &str) -> Value {
        ask(&self.server.url, token, query, &Value::Null)
    }

    /// Sends a form as the holder of a token.
    fn send(&self, token: &str, form: &Form) -> Answer {
        self.post(&[("Authorization", &format!("Bearer {token}"))], form)
    }

    fn post(&self, headers: &[(&str, &str)], form: &Form) -> Answer {
        let mut request = agent()
            .post(format!("{}/documents", self.server.url))
            .header("Content-Type", Form::content_type());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request.send(&form.0[..]).unwrap())
    }

    fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = agent().get(format!("{}{path}", self.server.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request.call().unwrap())
    }

    fn fetch(&self, token: &str, id: &str) -> Answer {
        let path = format!("/documents/{id}/file");
        self.get(&path, &[("Authorization", &format!("Bearer {token}"))])
    }

    /// A session's cookie of somebody.
    async fn cookie(&self, name: &str) -> String {
        let email = format!("{name}@fund.example");
        let told = said(&on(&self.database, &["user", "link", &email]).output().unwrap());
        let secret = told.rsplit("link=").next().unwrap().to_owned();
        let pool = storage::Database::connect(self.database.url(), &storage::Options::default())
            .await
            .unwrap();
        let app = app::App::open(pool, app::Clock::system()).await.unwrap();
        let session = app.redeem_link(&app::Secret::sent(secret.as_str())).await;
        let session = session.unwrap().unwrap();
        format!("touchstone_session={}", session.secret.reveal())
    }

    /// Files, pieces and documents that are stored.
    async fn stored(&self) -> String {
        let sql = "select (select count(*) from file) || ' ' || (select count(*) from file_chunk) || ' ' || (select count(*) from document)";
        self.database.ask(sql).await
    }

    /// A deal that its opener alone may see.
    fn secret_deal(&self) -> String {
        let startup = create_startup(&self.server.url, &self.insider, "Hidden");
        let opened = ask(
            &self.server.url,
            &self.insider,
            "mutation($s: ID!) { openDeal(input: { startup: $s, visibility: RESTRICTED }) { deal { id } userErrors { message } } }",
            &json!({ "s": startup }),
        );
        let id = opened["openDeal"]["deal"]["id"].as_str();
        id.unwrap_or_else(|| panic!("{opened}")).to_owned()
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(PATIENCE))
        .build()
        .into()
}

/// A form with parts, as it goes over the wire.
struct Form(Vec<u8>);

impl Form {
    fn new() -> Self {
        Self(Vec::new())
    }
    fn of(name: &str, bytes: &[u8]) -> Self {
        Self::new().file(name, bytes)
    }
    fn file(mut self, name: &str, bytes: &[u8]) -> Self {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n"
        );
        self.0.splice(0..0, [head.as_bytes(), bytes, b"\r\n"].concat());
        self
    }
    fn text(mut self, name: &str, value: &str) -> Self {
        let part =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        self.0.extend(part.as_bytes());
        self
    }
    fn end(mut self) -> Self {
        self.0.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
        self
    }
    fn content_type() -> String {
        format!("multipart/form-data; boundary={BOUNDARY}")
    }
}

struct Answer {
    status: u16,
    headers: ureq::http::HeaderMap,
    bytes: Vec<u8>,
}

fn answer(mut answer: ureq::http::Response<ureq::Body>) -> Answer {
    Answer {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        bytes: answer
            .body_mut()
            .with_config()
            .limit(100_000_000)
            .read_to_vec()
            .unwrap(),
    }
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|_| panic!("{} {}", self.status, String::from_utf8_lossy(&self.bytes)))
    }
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
    /// The id of the document that was added.
    #[track_caller]
    fn id(&self) -> String {
        assert_eq!(self.status, 201, "{}", String::from_utf8_lossy(&self.bytes));
        self.json()["data"]["document"]["id"].as_str().unwrap().to_owned()
    }
    /// That it was refused for this field alone, and the words.
    #[track_caller]
    fn is_refused(&self, status: u16, code: &str, field: &str) -> String {
        let told = self.json();
        assert_eq!(self.status, status, "{told}");
        assert_eq!(told["data"]["document"], Value::Null);
        let errors = told["data"]["userErrors"].as_array().unwrap();
        assert_eq!(errors.len(), 1, "{told}");
        assert_eq!(
            (&errors[0]["code"], &errors[0]["field"]),
            (&json!(code), &json!([field])),
            "{told}"
        );
        errors[0]["message"].as_str().unwrap().to_owned()
    }
    #[track_caller]
    fn is_turned_away(&self, status: u16, code: &str) {
        let told = self.json();
        assert_eq!(
            (self.status, &told["errors"][0]["extensions"]["code"]),
            (status, &json!(code)),
            "{told}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_sent_told_of_and_fetched_as_it_came() {
    let fund = Fund::new().await;
    let startup = create_startup(&fund.server.url, &fund.insider, "Cubeforge");
    let form = Form::of("计划 书.pdf", PDF)
        .text("kind", "DECK")
        .text("startup", &startup)
        .text("publisher", "Cubeforge")
        .text("note", "as sent")
        .text("url", "https://data-room.example/deck")
        .end();
    let sent = fund.send(&fund.insider, &form);
    let id = sent.id();
    let document = &sent.json()["data"]["document"];
    assert_eq!(
        document["title"], "计划 书.pdf",
        "the file's name, where no title is given"
    );
    assert_eq!(
        (&document["kind"], &document["mediaType"]),
        (&json!("DECK"), &json!("application/pdf"))
    );
    assert_eq!(document["byteSize"], PDF.len());
    assert_eq!(sent.header("location"), format!("/documents/{id}/file"));

    let told = fund.ask(
        &fund.outsider,
        &format!("{{ startup(id: \"{startup}\") {{ documents {{ id kind url publisher note sha256 byteSize file {{ name mediaType byteSize sha256 path }} }} }} }}"),
    );
    let told = &told["startup"]["documents"][0];
    assert_eq!(
        (&told["id"], &told["publisher"], &told["note"]),
        (&json!(id), &json!("Cubeforge"), &json!("as sent"))
    );
    assert_eq!(
        (&told["sha256"], &told["byteSize"]),
        (&document["sha256"], &document["byteSize"])
    );
    assert_eq!(
        told["file"],
        json!({ "name": "计划 书.pdf", "mediaType": "application/pdf", "byteSize": PDF.len(),
            "sha256": document["sha256"], "path": format!("/documents/{id}/file") })
    );

    let fetched = fund.fetch(&fund.outsider, &id);
    assert_eq!((fetched.status, &fetched.bytes[..]), (200, PDF));
    for (name, value) in [
        ("content-type", "application/pdf"),
        (
            "content-disposition",
            "inline; filename*=UTF-8''%E8%AE%A1%E5%88%92%20%E4%B9%A6.pdf",
        ),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "private, no-cache"),
    ] {
        assert_eq!(fetched.header(name), value, "{name}");
    }
    let bearer = format!("Bearer {}", fund.outsider);
    let etag = fetched.header("etag");
    assert_eq!(etag, format!("\"{}\"", document["sha256"].as_str().unwrap()));
    let path = format!("/documents/{id}/file");
    let again = fund.get(&path, &[("Authorization", &bearer), ("If-None-Match", etag)]);
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    let other = fund.get(&path, &[("Authorization", &bearer), ("If-None-Match", "\"00\"")]);
    assert_eq!(other.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_file_is_is_read_from_its_bytes_and_what_could_run_is_saved_not_shown() {
    let fund = Fund::new().await;
    let page = b"<!DOCTYPE html><html><script>alert(1)</script></html>";
    let drawing = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    for (name, bytes, media_type, how) in [
        ("a.exe", PNG, "image/png", "inline"),
        ("a.pdf", page, "text/html", "attachment"),
        (
            "b.csv",
            "名称,城市\n立方,北京\n".as_bytes(),
            "text/plain; charset=utf-8",
            "attachment",
        ),
        ("c.bin", b"\0\x01\x02", "application/octet-stream", "attachment"),
    ] {
        let id = fund.send(&fund.insider, &Form::of(name, bytes).end()).id();
        let fetched = fund.fetch(&fund.insider, &id);
        assert_eq!((fetched.status, &fetched.bytes[..]), (200, bytes), "{name}");
        assert_eq!(fetched.header("content-type"), media_type, "{name}");
        assert!(fetched.header("content-disposition").starts_with(how), "{name}");
        let policy = fetched.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("sandbox"),
            "{policy}"
        );
    }
    let id = fund.send(&fund.insider, &Form::of("d.png", drawing).end()).id();
    let fetched = fund.fetch(&fund.insider, &id);
    assert!(fetched.header("content-disposition").starts_with("attachment"));
    // A browser shows a PDF through a page of its own, which a sandbox would keep shut.
    let id = fund.send(&fund.insider, &Form::of("e.pdf", PDF).end()).id();
    let fetched = fund.fetch(&fund.insider, &id);
    let policy = fetched.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("sandbox"),
        "{policy}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_cannot_be_is_told_why_by_its_field_and_leaves_nothing() {
    let fund = Fund::new().await;
    let of = |name: &str, value: &str| Form::of("a.pdf", PDF).text(name, value).end();
    let never = "startup_01h455vb4pex5vsknk084sn02q";
    for (form, code, field, words) in [
        (
            Form::new().text("title", "x").end(),
            "REQUIRED",
            "file",
            "missing",
        ),
        (Form::of("", b"").end(), "REQUIRED", "file", "missing"),
        (Form::of("a.pdf", b"").end(), "INVALID", "file", "empty"),
        (of("kind", "DECKS"), "INVALID", "kind", "FINANCIAL_MODEL"),
        (of("titel", "x"), "INVALID", "titel", "publisher"),
        (of("startup", "deal_1"), "INVALID", "startup", "startup_"),
        (of("startup", never), "NOT_FOUND", "startup", never),
        (
            of("deal", "deal_01h455vb4pex5vsknk084sn02q"),
            "NOT_FOUND",
            "deal",
            "deal_",
        ),
        (of("url", "ftp://x"), "INVALID", "url", "https://"),
        (of("title", &"x".repeat(301)), "INVALID", "title", "300"),
        (
            Form::of("a.pdf", PDF).file("b.pdf", PDF).end(),
            "INVALID",
            "file",
            "twice",
        ),
        (
            Form::of("a.pdf", PDF).text("title", "a").text("title", "b").end(),
            "INVALID",
            "title",
            "twice",
        ),
    ] {
        let said = fund.send(&fund.insider, &form).is_refused(422, code, field);
        assert!(said.contains(words), "{said}");
    }
    let bearer = format!("Bearer {}", fund.insider);
    let zh = [("Authorization", bearer.as_str()), ("Accept-Language", "zh-CN")];
    let said = fund
        .post(&zh, &Form::of("a.pdf", b"").end())
        .is_refused(422, "INVALID", "file");
    assert!(said.contains("空"), "{said}");

    fund.send(&fund.insider, &Form::of("a.pdf", PDF))
        .is_turned_away(400, "BAD_USER_INPUT");
    let json = agent()
        .post(format!("{}/documents", fund.server.url))
        .header("Authorization", &bearer)
        .send_json(json!({ "title": "x" }));
    answer(json.unwrap()).is_turned_away(415, "BAD_USER_INPUT");
    let auth = [("Authorization", bearer.as_str())];
    assert_eq!(fund.get("/documents", &auth).status, 405);
    assert_eq!(fund.stored().await, "0 0 0");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_write_sends_nothing_and_no_other_site_sends_for_anybody() {
    let fund = Fund::new().await;
    let form = Form::of("a.pdf", PDF).end();
    fund.post(&[], &form).is_turned_away(401, "UNAUTHENTICATED");
    fund.send("nonsense", &form)
        .is_turned_away(401, "UNAUTHENTICATED");
    fund.send(&fund.reader, &form).is_turned_away(403, "FORBIDDEN");
    let cookie = fund.cookie("ann").await;
    let host = fund.server.url.replace("http://", "");
    for foreign in [
        [("Cookie", cookie.as_str()), ("Sec-Fetch-Site", "cross-site")],
        [("Cookie", cookie.as_str()), ("Origin", "https://evil.example")],
    ] {
        fund.post(&foreign, &form).is_turned_away(403, "FORBIDDEN");
    }
    assert_eq!(fund.stored().await, "0 0 0");
    let own = format!("http://{host}");
    let ours = [("Cookie", cookie.as_str()), ("Origin", own.as_str())];
    let id = fund.post(&ours, &form).id();

    let path = format!("/documents/{id}/file");
    assert_eq!(fund.get(&path, &[("Cookie", &cookie)]).bytes, PDF);
    fund.get(&path, &[]).is_turned_away(401, "UNAUTHENTICATED");
    let person = fund.get(&path, &[("Accept", "text/html,*/*")]);
    assert_eq!(
        (person.status, person.header("location")),
        (303, format!("/login?next={path}").as_str())
    );
    assert_eq!(fund.fetch(&fund.reader, &id).bytes, PDF, "who reads, reads files");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_a_restricted_deal_is_answered_as_one_that_never_was() {
    let fund = Fund::new().await;
    let deal = fund.secret_deal();
    let form = Form::of("terms.pdf", PDF).text("deal", &deal).end();
    let id = fund.send(&fund.insider, &form).id();
    assert_eq!(fund.fetch(&fund.insider, &id).bytes, PDF);

    let never = "document_01h455vb4pex5vsknk084sn02q";
    let level = |answer: &Answer, id: &str| {
        let mut headers: Vec<_> = answer
            .headers
            .iter()
            .filter(|(name, _)| {
                !matches!(name.as_str(), "date" | "x-request-id") && !name.as_str().starts_with("ratelimit")
            })
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        headers.sort();
        let body = String::from_utf8(answer.bytes.clone()).unwrap();
        (answer.status, headers, body.replace(id, "ID"))
    };
    let etag = fund.fetch(&fund.insider, &id).header("etag").to_owned();
    let bearer = format!("Bearer {}", fund.outsider);
    for headers in [
        vec![("Authorization", bearer.as_str())],
        vec![
            ("Authorization", bearer.as_str()),
            ("If-None-Match", etag.as_str()),
        ],
        vec![("Authorization", bearer.as_str()), ("If-None-Match", "*")],
    ] {
        let hidden = fund.get(&format!("/documents/{id}/file"), &headers);
        let absent = fund.get(&format!("/documents/{never}/file"), &headers);
        assert_eq!(hidden.status, 404);
        assert_eq!(level(&hidden, &id), level(&absent, never));
    }
    let hidden = fund.send(&fund.outsider, &form);
    hidden.is_refused(422, "NOT_FOUND", "deal");
    // A link has no file either, and what is no id names nothing.
    let link = fund.ask(
        &fund.insider,
        "mutation { createDocument(input: { title: \"x\", kind: OTHER, url: \"https://a.example\" }) { document { id file { name } } } }",
    );
    let link = &link["createDocument"]["document"];
    assert_eq!(link["file"], Value::Null);
    for id in [
        link["id"].as_str().unwrap(),
        "nonsense",
        "startup_01h455vb4pex5vsknk084sn02q",
    ] {
        fund.fetch(&fund.insider, id).is_refused(404, "NOT_FOUND", "id");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_again_under_its_key_adds_one_document() {
    let fund = Fund::new().await;
    let bearer = format!("Bearer {}", fund.insider);
    let headers = [("Authorization", bearer.as_str()), ("Idempotency-Key", "deck-1")];
    let form = Form::of("a.pdf", PDF).text("title", "A").end();
    let first = fund.post(&headers, &form).id();
    assert_eq!(fund.post(&headers, &form).id(), first);
    assert_eq!(fund.stored().await, "1 1 1");
    for other in [
        Form::of("a.pdf", PDF).text("title", "B").end(),
        Form::of("a.pdf", PNG).text("title", "A").end(),
    ] {
        fund.post(&headers, &other).is_turned_away(400, "BAD_USER_INPUT");
    }
    assert_eq!(fund.stored().await, "1 1 1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_who_goes_away_or_a_server_that_is_killed_leaves_nothing_of_a_file() {
    let mut fund = Fund::new().await;
    let half = |url: &str, token: &str| {
        let host = url.replace("http://", "");
        let mut stream = TcpStream::connect(&host).unwrap();
        let form = Form::of("a.pdf", &vec![b'x'; 700_000]);
        let head = format!(
            "POST /documents HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nContent-Type: {}\r\nContent-Length: 5000000\r\n\r\n",
            Form::content_type()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&form.0).unwrap();
        stream.flush().unwrap();
        // Long enough that it is being read.
        thread::sleep(Duration::from_millis(300));
        stream
    };
    let stream = half(&fund.server.url, &fund.insider);
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut rest = String::new();
    let _ = (&stream).read_to_string(&mut rest);
    assert!(!rest.starts_with("HTTP/1.1 201"), "{rest}");
    drop(stream);
    assert_eq!(fund.stored().await, "0 0 0");

    let stream = half(&fund.server.url, &fund.insider);
    let pid = fund.server.pid();
    let held = || {
        let folder = std::fs::read_dir(format!("/proc/{pid}/fd")).ok()?;
        folder
            .filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok())
            .find(|path| path.to_string_lossy().contains("(deleted)") && path.is_absolute())
    };
    let waiting = wait_for("the file to be held", held);
    assert!(!waiting.exists(), "it has no name: {}", waiting.display());
    fund.server.signal(nix::sys::signal::Signal::SIGKILL);
    drop(stream);
    let before = std::mem::replace(&mut fund.server, serve(&fund.database));
    drop(before);
    assert_eq!(fund.stored().await, "0 0 0");
    let id = fund.send(&fund.insider, &Form::of("a.pdf", PDF).end()).id();
    assert_eq!(fund.fetch(&fund.insider, &id).bytes, PDF);
}
