//! Documents as people use them, on a real Postgres.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_app as app;

mod file;

use app::{
    Caller, Identity, Outcome, activity::About, document::NewDocument, evidence::NewEvidence,
    startup::NewStartup,
};
use chrono::TimeDelta;
use domain::{
    DealId, DocumentId, Message, ProblemCode, Role, StartupId, UserId,
    deal::{Deal, DealStatus, Standing, Terms, Visibility},
    evidence::{EvidenceKind, EvidenceSource, Grade, Observation},
    money::Qualifier,
    person::{Document, DocumentEdit, DocumentKind},
    startup::Profile,
    time::DatePrecision,
    typed,
};
use test_support::TestWorkspace;
use uuid::Uuid;

struct World {
    workspace: TestWorkspace,
    insider: UserId,
    outsider: UserId,
    startup: StartupId,
}

impl World {
    async fn new() -> Self {
        let workspace = TestWorkspace::new().await;
        let startup = workspace.startup("月之暗面", &[]).await;
        let insider = workspace.user("in", Role::Analyst).await;
        let outsider = workspace.user("out", Role::Analyst).await;
        Self {
            workspace,
            insider,
            outsider,
            startup,
        }
    }
    fn inside(&self) -> Caller {
        Caller::new(&self.workspace.app, Identity::User(self.insider))
    }
    fn outside(&self) -> Caller {
        Caller::new(&self.workspace.app, Identity::User(self.outsider))
    }
    fn pass(&self, time: TimeDelta) {
        self.workspace.pass(time);
    }
    /// A deal that only the insider, who opened it, may see.
    async fn secret_deal(&self) -> DealId {
        let db = self.workspace.app.database();
        let stage = storage::deal::stages(db, None).await.unwrap().remove(0);
        let now = self.workspace.app.now();
        let mut terms = Terms::titled("月之暗面 A");
        terms.visibility = Visibility::Restricted;
        let standing = Standing {
            stage_id: stage.id,
            status: DealStatus::Active,
            pass_reason: None,
            pass_note: None,
            entered_stage_at: now,
            held_micros: 0,
            held_since: None,
        };
        let deal = Deal {
            id: typed(Uuid::from_u128(1)),
            startup_id: self.startup,
            terms,
            standing,
            opened_by: Some(self.insider),
            opened_at: now,
            created_at: now,
            updated_at: now,
            version: 1,
            hidden_at: None,
            revisit_due: None,
        };
        storage::deal::insert(db, &deal).await.unwrap();
        deal.id
    }
    async fn add(&self, new: NewDocument) -> DocumentId {
        self.inside().create_document(new, "x").await.unwrap().unwrap()
    }
    async fn read(&self, id: DocumentId) -> Document {
        self.inside()
            .documents_by_ids(&[id], None)
            .await
            .unwrap()
            .pop()
            .unwrap()
    }
    async fn edit(&self, id: DocumentId, edit: DocumentEdit) -> Outcome<DocumentId> {
        self.inside().update_document(id, None, edit, "x").await.unwrap()
    }
    async fn undo(&self, subject: DocumentId, nth_newest: usize) -> Outcome<app::activity::Undone> {
        let caller = self.inside();
        let rows = caller
            .activity(About::Subject(subject.uuid()), None, false, 9)
            .await
            .unwrap()
            .rows;
        caller.undo(rows[nth_newest].id, "u").await.unwrap()
    }
    async fn evidence(&self, document: DocumentId) -> domain::EvidenceId {
        let observation = Observation {
            kind: EvidenceKind::PayingCustomers,
            value: Some(12.into()),
            qualifier: Qualifier::Exact,
            as_found: None,
            currency: None,
            revenue_basis: None,
            window: None,
            horizon_days: None,
            sample_size: None,
            segment: None,
            period_start: None,
            observed_on: "2025-02-01".parse().unwrap(),
            precision: DatePrecision::Day,
            valid_until: None,
            source: EvidenceSource::DataRoom,
            supplied_by: None,
            source_url: None,
            document_ids: vec![document],
            note: None,
        };
        let new = NewEvidence {
            startup: self.startup,
            observation,
            grade: Grade::Documented,
            checked: None,
        };
        self.inside().record_evidence(new, "e").await.unwrap().unwrap()
    }
}

fn titled(title: &str) -> NewDocument {
    NewDocument {
        title: title.into(),
        kind: DocumentKind::Press,
        url: Some("https://example.com/a".into()),
        file: None,
        publisher: None,
        byline: None,
        reprint_of: None,
        note: None,
        startup: None,
        deal: None,
    }
}

fn problem<T: std::fmt::Debug>(outcome: Outcome<T>) -> (ProblemCode, String) {
    let mut problems = outcome.unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    let problem = problems.pop().unwrap();
    (problem.code, problem.field.join("."))
}

#[tokio::test]
async fn a_document_is_a_titled_link() {
    let world = World::new().await;
    let new = NewDocument {
        publisher: Some(" 36氪 ".into()),
        byline: Some("  ".into()),
        ..titled(" 专访 ")
    };
    let document = world.read(world.add(new).await).await;
    assert_eq!(
        (
            document.title.as_str(),
            document.publisher.as_deref(),
            document.byline
        ),
        ("专访", Some("36氪"), None)
    );
    assert_eq!(
        (document.added_by, document.added_at, document.version),
        (Some(world.insider), world.workspace.app.now(), 1)
    );
    for (url, code) in [
        (None, ProblemCode::Required),
        (Some("file:///etc/passwd"), ProblemCode::Invalid),
    ] {
        let new = NewDocument {
            url: url.map(Into::into),
            ..titled("x")
        };
        assert_eq!(
            problem(world.inside().create_document(new, "x").await.unwrap()),
            (code, "url".into())
        );
    }
}

#[tokio::test]
async fn a_change_keeps_what_it_leaves_out_and_clears_what_is_null() {
    let world = World::new().await;
    let new = NewDocument {
        byline: Some("记者".into()),
        note: Some("n".into()),
        ..titled("one")
    };
    let id = world.add(new).await;
    let edit = DocumentEdit {
        title: Some("two".into()),
        byline: Some(None),
        ..DocumentEdit::default()
    };
    world.edit(id, edit.clone()).await.unwrap();
    let document = world.read(id).await;
    assert_eq!(
        (
            document.title.as_str(),
            &document.byline,
            document.note.as_deref()
        ),
        ("two", &None, Some("n"))
    );
    assert_eq!(document.version, 2);
    world.edit(id, edit).await.unwrap();
    assert_eq!(
        world.read(id).await.version,
        2,
        "what changes nothing leaves no trace"
    );
    let about = About::Subject(id.uuid());
    assert_eq!(world.inside().activity_count(about).await.unwrap(), 2);

    let stale = world
        .inside()
        .update_document(id, Some(1), DocumentEdit::default(), "x")
        .await
        .unwrap();
    assert_eq!(problem(stale), (ProblemCode::StaleVersion, "version".into()));
    let blank = DocumentEdit {
        title: Some(" ".into()),
        ..DocumentEdit::default()
    };
    assert_eq!(
        problem(world.edit(id, blank).await),
        (ProblemCode::Required, "title".into())
    );
}

#[tokio::test]
async fn a_reprint_leads_to_an_original() {
    let world = World::new().await;
    let original = world.add(titled("original")).await;
    let reprint = world
        .add(NewDocument {
            reprint_of: Some(original),
            ..titled("reprint")
        })
        .await;
    let again = world
        .add(NewDocument {
            reprint_of: Some(reprint),
            ..titled("reprint of a reprint")
        })
        .await;
    for target in [original, reprint, again] {
        let edit = DocumentEdit {
            reprint_of: Some(Some(target)),
            ..DocumentEdit::default()
        };
        assert_eq!(
            problem(world.edit(original, edit).await),
            (ProblemCode::Invalid, "reprintOf".into())
        );
    }
    let nowhere = NewDocument {
        reprint_of: Some(typed(Uuid::from_u128(2))),
        ..titled("x")
    };
    let refused = world.inside().create_document(nowhere, "x").await.unwrap();
    assert_eq!(problem(refused), (ProblemCode::NotFound, "reprintOf".into()));
}

#[tokio::test]
async fn a_document_of_a_restricted_deal_does_not_exist_for_outsiders() {
    let world = World::new().await;
    let deal = world.secret_deal().await;
    let open = world
        .add(NewDocument {
            startup: Some(world.startup),
            ..titled("open")
        })
        .await;
    let secret = world
        .add(NewDocument {
            deal: Some(deal),
            ..titled("term sheet")
        })
        .await;
    assert_eq!(
        world.read(secret).await.startup_id,
        Some(world.startup),
        "of the deal's startup"
    );
    world.evidence(secret).await;
    world.pass(TimeDelta::days(1));

    let ids =
        |documents: Option<&Vec<Document>>| documents.into_iter().flatten().map(|d| d.id).collect::<Vec<_>>();
    for at in [None, Some(world.workspace.app.now())] {
        let (inside, outside) = (world.inside(), world.outside());
        let (startups, deals) = ([world.startup], [deal]);
        let seen = inside.documents_of_startups(&startups, at).await.unwrap();
        assert_eq!(
            ids(seen.get(&world.startup)),
            [secret, open],
            "once each, newest first"
        );
        let seen = outside.documents_of_startups(&startups, at).await.unwrap();
        assert_eq!(ids(seen.get(&world.startup)), [open]);
        assert_eq!(
            ids(inside.documents_of_deals(&deals, at).await.unwrap().get(&deal)),
            [secret]
        );
        assert!(outside.documents_of_deals(&deals, at).await.unwrap().is_empty());
        assert_eq!(inside.documents_by_ids(&[secret], at).await.unwrap().len(), 1);
        assert!(outside.documents_by_ids(&[secret], at).await.unwrap().is_empty());
    }
    assert_eq!(
        world
            .outside()
            .activity_count(About::Subject(secret.uuid()))
            .await
            .unwrap(),
        0
    );
    assert_eq!(world.inside().activity_count(About::Deal(deal)).await.unwrap(), 1);

    // A deal that is hidden from the caller answers as one that never was.
    for id in [deal, typed(Uuid::from_u128(3))] {
        let new = NewDocument {
            deal: Some(id),
            ..titled("x")
        };
        let said = world
            .outside()
            .create_document(new, "x")
            .await
            .unwrap()
            .unwrap_err();
        assert_eq!(said, [domain::Problem::not_found("deal", id)]);
    }
    let refused = world
        .outside()
        .update_document(secret, None, DocumentEdit::default(), "x")
        .await
        .unwrap();
    assert_eq!(problem(refused), (ProblemCode::NotFound, "id".into()));
    let new = NewDocument {
        reprint_of: Some(secret),
        ..titled("x")
    };
    let refused = world.outside().create_document(new.clone(), "x").await.unwrap();
    assert_eq!(problem(refused), (ProblemCode::NotFound, "reprintOf".into()));
    let refused = world.inside().create_document(new, "x").await.unwrap();
    assert_eq!(
        problem(refused),
        (ProblemCode::NotAllowed, "reprintOf".into()),
        "it would tell of the deal"
    );
}

#[tokio::test]
async fn a_document_of_a_deal_belongs_to_its_startup() {
    let world = World::new().await;
    let deal = world.secret_deal().await;
    let new = NewStartup {
        profile: Profile::named("智谱"),
        sectors: Vec::new(),
        external_ids: Vec::new(),
    };
    let other = world.inside().create_startup(new, "s").await.unwrap().unwrap();
    let new = NewDocument {
        deal: Some(deal),
        startup: Some(other),
        ..titled("x")
    };
    let refused = world.inside().create_document(new, "x").await.unwrap();
    assert_eq!(problem(refused), (ProblemCode::Conflict, "startup".into()));
    let new = NewDocument {
        startup: Some(typed(Uuid::from_u128(4))),
        ..titled("x")
    };
    let refused = world.inside().create_document(new, "x").await.unwrap();
    assert_eq!(problem(refused), (ProblemCode::NotFound, "startup".into()));
}

#[tokio::test]
async fn a_change_is_put_back_where_nobody_changed_it_since() {
    let world = World::new().await;
    let id = world.add(titled("one")).await;
    let edit = DocumentEdit {
        title: Some("two".into()),
        note: Some(Some("n".into())),
        ..DocumentEdit::default()
    };
    world.edit(id, edit).await.unwrap();
    let later = DocumentEdit {
        note: Some(Some("m".into())),
        ..DocumentEdit::default()
    };
    world.edit(id, later).await.unwrap();
    let undone = world.undo(id, 1).await.unwrap();
    assert_eq!(undone.kept, [Message::UndoKeptChanged { field: "note".into() }]);
    let document = world.read(id).await;
    assert_eq!(
        (document.title.as_str(), document.note.as_deref()),
        ("one", Some("m"))
    );
    let refused = world.undo(id, 3).await.unwrap_err();
    assert!(
        matches!(refused[0].message, Message::UndoKeptChanged { .. }),
        "the creation of what was changed stays"
    );
}

#[tokio::test]
async fn what_was_added_by_mistake_is_hidden_unless_evidence_rests_on_it() {
    let world = World::new().await;
    let id = world.add(titled("one")).await;
    let known = world.workspace.app.now();
    world.pass(TimeDelta::days(1));
    let evidence = world.evidence(id).await;
    let shown = world
        .inside()
        .documents_of_startups(&[world.startup], None)
        .await
        .unwrap();
    assert_eq!(shown[&world.startup][0].id, id, "by its evidence");
    let refused = world.undo(id, 0).await.unwrap_err();
    assert!(matches!(refused[0].message, Message::UndoKeptReferred { .. }));

    world
        .inside()
        .retract_evidence(evidence, "wrong".into(), "r")
        .await
        .unwrap()
        .unwrap();
    world.undo(id, 0).await.unwrap();
    assert!(
        world
            .inside()
            .documents_by_ids(&[id], None)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        world
            .inside()
            .documents_by_ids(&[id], Some(known))
            .await
            .unwrap()
            .len(),
        1
    );
    world.undo(id, 0).await.unwrap();
    assert_eq!(world.read(id).await.version, 3);
}
