//! What one request may be, and what its document may ask for. The limits are the defaults, unless the default could not
//! tell the limit from another.

use serde_json::json;

use crate::{
    server::{Server, agent},
    socket,
};

/// `{ sector(slug: "x") { parent { … } } }` with so many levels of fields.
fn parents(levels: usize) -> String {
    let (open, close) = ("parent { ".repeat(levels - 2), "} ".repeat(levels - 2));
    format!("{{ sector(slug: \"x\") {{ {open}id {close}}} }}")
}

/// Sectors with so many levels of children below them.
fn children(levels: usize) -> String {
    let (open, close) = ("children { ".repeat(levels), "} ".repeat(levels));
    format!("{{ sectors {{ {open}id {close}}} }}")
}

fn named(count: usize, what: impl Fn(usize) -> String) -> String {
    (0..count).map(what).collect::<Vec<_>>().join(" ")
}

pub async fn body_bytes() {
    let server = Server::start("").await;
    let body = |bytes: usize| {
        let mut body = json!({"query": "{ __typename }"}).to_string();
        body.push_str(&" ".repeat(bytes - body.len()));
        body
    };
    server.post(&server.token, &body(1_048_576)).is_answered();
    let told = server.post(&server.token, &body(1_048_577));
    told.is_refused(413, "BAD_USER_INPUT", &["1048576"]);

    let mut client = socket::Client::enter(&server, &server.token).await;
    client
        .say(&json!({"type": "ping", "payload": {"x": "x".repeat(1_048_576)}}))
        .await;
    // A connection closed while the client still writes may be reset before the code is read.
    let code = client.closed().await.0;
    assert!(code == 1009 || code == 0, "{code}");
}

pub async fn document_bytes() {
    let server = Server::start("").await;
    let document = |bytes: usize| format!("{{ __typename }} #{}", "x".repeat(bytes - 16));
    assert_eq!(document(65_536).len(), 65_536);
    server.query(&document(65_536)).is_answered();
    server
        .query(&document(65_537))
        .is_refused(400, "TOO_COMPLEX", &["65537 bytes", "65536"]);
}

pub async fn nesting() {
    let server = Server::start("").await;
    // Two brackets around the lists; the schema takes no list there, but the document may be looked at.
    let document = |levels: usize| {
        let lists = levels - 2;
        format!(
            "{{ node(id: {}1{}) {{ id }} }}",
            "[".repeat(lists),
            "]".repeat(lists)
        )
    };
    server.query(&document(64)).is_refused(400, "BAD_USER_INPUT", &[]);
    let told = server.query(&document(65));
    told.is_refused(400, "TOO_COMPLEX", &["65 levels of brackets", "64"]);
}

pub async fn depth() {
    let server = Server::start("").await;
    let told = server.query(&parents(15));
    assert_eq!(told.is_answered().body["extensions"]["cost"]["depth"], 15);
    server
        .query(&parents(16))
        .is_refused(400, "TOO_COMPLEX", &["16 levels of fields", "15"]);
}

pub async fn introspection_depth() {
    let server = Server::start("").await;
    let document = |levels: usize| {
        let (open, close) = ("ofType { ".repeat(levels - 2), "} ".repeat(levels - 2));
        format!("{{ __type(name: \"Query\") {{ {open}name {close}}} }}")
    };
    server.query(&document(20)).is_answered();
    let told = server.query(&document(21));
    told.is_refused(400, "TOO_COMPLEX", &["21 levels of introspection fields", "20"]);
}

pub async fn complexity() {
    let server = Server::start("").await;
    // Ten sectors, each with ten children, and so on: 10 × (1 + what is below).
    assert_eq!(server.query(&children(3)).is_answered().complexity(), 21_110);
    server
        .query(&children(4))
        .is_refused(400, "TOO_COMPLEX", &["211110 points of complexity", "100000"]);

    let exact = Server::start("complexity = 110").await;
    let told = exact.query("{ startups(first: 50) { totalCount nodes { id } } }");
    assert_eq!(told.is_answered().complexity(), 102);
    let told = exact.query("{ startups(first: 55) { totalCount nodes { id } } }");
    told.is_refused(400, "TOO_COMPLEX", &["112", "110"]);
}

pub async fn root_fields() {
    let server = Server::start("").await;
    server
        .query(&format!("{{ {} }}", "__typename ".repeat(200)))
        .is_answered();
    let told = server.query(&format!("{{ {} }}", "__typename ".repeat(201)));
    told.is_refused(400, "TOO_COMPLEX", &["201 fields at the top", "200"]);
}

pub async fn aliases() {
    let server = Server::start("").await;
    let document = |count| format!("{{ viewer {{ {} }} }}", named(count, |n| format!("a{n}: id")));
    server.query(&document(200)).is_answered();
    server
        .query(&document(201))
        .is_refused(400, "TOO_COMPLEX", &["201 aliases", "200"]);
}

pub async fn directives() {
    let server = Server::start("").await;
    let document = |count| format!("{{ viewer {{ {} }} }}", "id @include(if: true) ".repeat(count));
    server.query(&document(200)).is_answered();
    server
        .query(&document(201))
        .is_refused(400, "TOO_COMPLEX", &["201 directives", "200"]);
}

pub async fn selections() {
    let server = Server::start("").await;
    let document = |count: usize| format!("{{ viewer {{ {} }} }}", "id ".repeat(count - 1));
    server.query(&document(10_000)).is_answered();
    server
        .query(&document(10_001))
        .is_refused(400, "TOO_COMPLEX", &["10001 selections", "10000"]);
}

pub async fn fragment_levels() {
    let server = Server::start("").await;
    let document = |levels: usize| {
        let chain = named(levels - 1, |n| {
            format!("fragment f{n} on User {{ ...f{} }}", n + 1)
        });
        format!(
            "{{ viewer {{ ...f0 }} }} {chain} fragment f{} on User {{ id }}",
            levels - 1
        )
    };
    server.query(&document(24)).is_answered();
    server
        .query(&document(25))
        .is_refused(400, "TOO_COMPLEX", &["25 levels of fragments", "24"]);
}

pub async fn page_size() {
    let document = "{ startups { nodes { id } } }";
    let server = Server::start("").await;
    assert_eq!(server.query(document).is_answered().complexity(), 1 + 50 * 2);
    let server = Server::start("page_size = 60").await;
    assert_eq!(server.query(document).is_answered().complexity(), 1 + 60 * 2);
}

pub async fn page_size_max() {
    let page = |argument: &str, size: i32| format!("{{ startups({argument}: {size}) {{ nodes {{ id }} }} }}");
    for (limits, most) in [("", 200), ("page_size_max = 60", 60)] {
        let server = Server::start(limits).await;
        for argument in ["first", "last"] {
            server.query(&page(argument, most)).is_answered();
            let told = server.query(&page(argument, most + 1));
            told.is_refused(
                400,
                "BAD_USER_INPUT",
                &[&(most + 1).to_string(), &most.to_string()],
            );
        }
        let by_variable = json!({
            "query": "query ($n: Int) { startups(first: $n) { nodes { id } } }",
            "variables": { "n": most + 1 },
        });
        let told = server.post(&server.token, &by_variable.to_string());
        told.is_refused(400, "BAD_USER_INPUT", &[&most.to_string()]);
        assert_eq!(server.query(&page("first", -1)).code(), "BAD_USER_INPUT");
    }
}

pub async fn list_size() {
    for (limits, complexity) in [("", 20), ("list_size = 3", 6)] {
        let server = Server::start(limits).await;
        assert_eq!(
            server.query("{ sectors { id } }").is_answered().complexity(),
            complexity
        );
    }
}

pub async fn errors() {
    let server = Server::start("").await;
    let document = |count| format!("{{ {} }}", named(count, |n| format!("a{n}: startup {{ id }}")));
    for (count, told, omitted) in [(20, 20, None), (23, 20, Some(3))] {
        let answer = server.query(&document(count)).body;
        assert_eq!(answer["errors"].as_array().unwrap().len(), told, "{answer}");
        assert_eq!(answer["extensions"]["errorsOmitted"].as_u64(), omitted);
    }
}

/// Not of the table, as it belongs to one field of the schema.
#[tokio::test]
async fn nodes_takes_so_many_ids() {
    let server = Server::start("").await;
    let ask = |count: usize| {
        let body = json!({
            "query": "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
            "variables": { "ids": vec!["x"; count] },
        });
        server.post(&server.token, &body.to_string())
    };
    ask(200).is_answered();
    let told = ask(201);
    assert_eq!(told.code(), "BAD_USER_INPUT", "{}", told.body);
    assert!(told.message().contains("200"), "{}", told.message());
}

pub async fn file_bytes() {
    let server = Server::start("file_bytes = 2048").await;
    let send = |bytes: usize| {
        let file = "x".repeat(bytes);
        let form = format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n{file}\r\n--b--\r\n"
        );
        let mut answer = agent()
            .post(format!("http://{}/documents", server.address))
            .header("Authorization", format!("Bearer {}", server.token))
            .header("Content-Type", "multipart/form-data; boundary=b")
            .send(form)
            .unwrap();
        let told: serde_json::Value = answer.body_mut().read_json().unwrap();
        (answer.status().as_u16(), told)
    };
    let (status, told) = send(2048);
    assert_eq!(status, 201, "{told}");
    // One byte more, and so much that no buffer on the way holds it.
    for bytes in [2049, 9_000_000] {
        let (status, told) = send(bytes);
        assert_eq!(status, 413, "{told}");
        let error = &told["data"]["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!("LIMIT"), &json!(["file"]))
        );
        let said = error["message"].as_str().unwrap();
        assert!(said.contains("2048") && said.contains("link"), "{said}");
    }
    let kept = "select (select count(*) from file) || ' ' || (select count(*) from document)";
    assert_eq!(server.db.ask(kept).await, "1 1");
}
