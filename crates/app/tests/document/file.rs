//! Documents by file.

use app::{
    Identity,
    file::{Held, Holding},
};
use domain::Problem;

use super::*;

/// The least that is a PDF.
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

async fn held(bytes: &[u8], name: &str) -> Held {
    let mut holding = Holding::begin(10_000_000).await.unwrap();
    holding.take(bytes).await.unwrap().unwrap();
    holding.finish(name).await.unwrap()
}

async fn filed(bytes: &[u8], title: &str) -> NewDocument {
    NewDocument {
        url: None,
        file: Some(held(bytes, "deck.pdf").await),
        ..titled(title)
    }
}

/// All bytes of a document's file, as the caller gets them.
async fn fetched(caller: &Caller, id: DocumentId) -> Option<Vec<u8>> {
    let (_, mut content) = caller.document_content(id).await.unwrap()?;
    let mut all = Vec::new();
    while let Some(piece) = content.next().await.unwrap() {
        all.extend(piece);
    }
    Some(all)
}

/// How many files and pieces there are.
async fn stored(world: &World) -> String {
    let sql = "select (select count(*) from file) || ' ' || (select count(*) from file_chunk)";
    world.workspace.database.ask(sql).await
}

#[tokio::test]
async fn a_file_comes_back_byte_for_byte_under_what_it_is() {
    let world = World::new().await;
    let mut bytes = PDF.to_vec();
    bytes.extend((0..600_000_u32).map(|n| (n % 253) as u8));
    let id = world.add(filed(&bytes, "商业计划书").await).await;
    let file = world.read(id).await.file.unwrap();
    assert_eq!(
        (file.name.as_str(), file.media_type.as_str(), file.byte_size),
        ("deck.pdf", "application/pdf", bytes.len() as i64)
    );
    assert_eq!(file.sha256.len(), 64);
    assert_eq!(fetched(&world.inside(), id).await.unwrap(), bytes);
    assert_eq!(stored(&world).await, "1 3");
}

#[tokio::test]
async fn the_same_bytes_twice_are_two_documents_that_stand_by_themselves() {
    let world = World::new().await;
    let one = world.add(filed(PDF, "one").await).await;
    let two = world.add(filed(PDF, "two").await).await;
    assert_eq!(stored(&world).await, "2 2");
    world.undo(one, 0).await.unwrap();
    assert_eq!(fetched(&world.inside(), one).await, None);
    assert_eq!(fetched(&world.inside(), two).await.unwrap(), PDF);
}

#[tokio::test]
async fn a_document_may_have_a_link_and_a_file_and_needs_one_of_them() {
    let world = World::new().await;
    let both = NewDocument {
        url: Some("https://example.com/deck".into()),
        ..filed(PDF, "both").await
    };
    let id = world.add(both).await;
    let document = world.read(id).await;
    assert!(document.url.is_some() && document.file.is_some());
    let neither = NewDocument {
        url: None,
        ..titled("neither")
    };
    let refused = world.inside().create_document(neither, "x").await.unwrap();
    assert_eq!(problem(refused), (ProblemCode::Required, "url".into()));
}

#[tokio::test]
async fn what_is_refused_leaves_no_bytes() {
    let world = World::new().await;
    let nowhere = NewDocument {
        startup: Some(typed(Uuid::from_u128(7))),
        ..filed(PDF, "x").await
    };
    let refused = world.inside().create_document(nowhere, "x").await.unwrap();
    assert_eq!(problem(refused), (ProblemCode::NotFound, "startup".into()));
    let blank = filed(PDF, " ").await;
    let refused = world.inside().create_document(blank, "x").await.unwrap();
    assert_eq!(problem(refused), (ProblemCode::Required, "title".into()));
    let vera = world.workspace.user("vera", Role::Viewer).await;
    let reader = Caller::new(&world.workspace.app, Identity::User(vera));
    let refused = reader.create_document(filed(PDF, "x").await, "x").await;
    assert!(matches!(refused, Err(app::Error::Forbidden(_))));
    assert_eq!(stored(&world).await, "0 0");
}

#[tokio::test]
async fn undoing_an_upload_hides_the_document_and_undoing_that_shows_it_again() {
    let world = World::new().await;
    let id = world.add(filed(PDF, "deck").await).await;
    let edit = DocumentEdit {
        title: Some("the deck".into()),
        ..DocumentEdit::default()
    };
    world.edit(id, edit).await.unwrap();
    world.undo(id, 0).await.unwrap();
    assert_eq!(
        fetched(&world.inside(), id).await.unwrap(),
        PDF,
        "an edit keeps the file"
    );
    let id = world.add(filed(PDF, "another").await).await;
    world.undo(id, 0).await.unwrap();
    assert_eq!(fetched(&world.inside(), id).await, None);
    world.undo(id, 0).await.unwrap();
    assert_eq!(fetched(&world.inside(), id).await.unwrap(), PDF);
}

#[tokio::test]
async fn a_figure_is_documented_by_a_file() {
    let world = World::new().await;
    let id = world
        .add(NewDocument {
            startup: Some(world.startup),
            ..filed(PDF, "export").await
        })
        .await;
    world.evidence(id).await;
    let refused = world.undo(id, 0).await.unwrap_err();
    assert!(
        matches!(refused[0].message, Message::UndoKeptReferred { .. }),
        "evidence rests on it: {refused:?}"
    );
}

#[tokio::test]
async fn a_file_of_a_restricted_deal_does_not_exist_for_outsiders() {
    let world = World::new().await;
    let deal = world.secret_deal().await;
    let id = world
        .add(NewDocument {
            deal: Some(deal),
            ..filed(PDF, "term sheet").await
        })
        .await;
    assert_eq!(fetched(&world.inside(), id).await.unwrap(), PDF);
    assert_eq!(fetched(&world.outside(), id).await, None);
    // Sent by an outsider, the very same bytes are as new as any others.
    let caller = world.outside();
    let own = caller
        .create_document(filed(PDF, "mine").await, "x")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(fetched(&caller, own).await.unwrap(), PDF);
    let aimed = NewDocument {
        deal: Some(deal),
        ..filed(PDF, "x").await
    };
    let refused = caller.create_document(aimed, "x").await.unwrap().unwrap_err();
    assert_eq!(refused, [Problem::not_found("deal", deal)]);
}

#[tokio::test]
async fn quick_add_keeps_its_files_with_its_deal_or_nothing_at_all() {
    let world = World::new().await;
    let caller = world.inside();
    let capture = app::deal::Capture {
        name: "Acme".to_owned(),
        website: None,
        one_liner: None,
        brought_by: None,
        channel: None,
        text: None,
        documents: Vec::new(),
        link: Some("no link".to_owned()),
        files: vec![held(PDF, "deck.pdf").await, held(b"terms", "terms.txt").await],
    };
    let refused = caller.capture_deal(capture.clone(), "c").await.unwrap();
    let fields: Vec<_> = refused.unwrap_err().into_iter().map(|one| one.field).collect();
    assert_eq!(fields, [["link"]]);
    assert_eq!(stored(&world).await, "0 0", "nothing of it is kept");

    let kept = app::deal::Capture {
        link: None,
        ..capture
    };
    let deal = caller.capture_deal(kept, "c").await.unwrap().unwrap();
    let mut documents = caller
        .documents_of_deals(&[deal], None)
        .await
        .unwrap()
        .remove(&deal)
        .unwrap();
    documents.sort_by(|one, other| one.title.cmp(&other.title));
    let titles: Vec<_> = documents.iter().map(|document| document.title.as_str()).collect();
    assert_eq!(titles, ["deck.pdf", "terms.txt"]);
    assert_eq!(fetched(&caller, documents[0].id).await.unwrap(), PDF);
    // One undo takes all of it back; another name finds nobody.
    let rows = caller
        .activity(About::Deal(deal), None, false, 9)
        .await
        .unwrap()
        .rows;
    caller.undo(rows[0].id, "u").await.unwrap().unwrap();
    assert!(caller.documents_of_deals(&[deal], None).await.unwrap().is_empty());
    assert!(caller.known_as("Acme", None).await.unwrap().is_empty());
}
