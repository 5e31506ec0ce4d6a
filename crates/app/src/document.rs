//! Documents: links and files that we keep, of a startup, of a deal, or of neither. One of a deal is there for those who may see
//! the deal, and for nobody else.

use std::collections::HashMap;

use domain::{
    DealId, DocumentId, DocumentTag, Instant, Message, Problem, ProblemCode, StartupId,
    access::Demand,
    activity::{Change, SubjectType, diff, whole},
    person::{Document, DocumentEdit, DocumentFile, DocumentKind},
    typed,
};
use futures::FutureExt;
use serde_json::{Map, Value, json};
use storage::activity::Activity;

use crate::{
    Caller, Error, Outcome,
    activity::patch,
    deal,
    file::{self, Content, Held},
    write::{Stop, Write},
};

/// What is needed to add a document.
#[derive(Debug, Clone)]
pub struct NewDocument {
    /// What it is called.
    pub title: String,
    /// What it is.
    pub kind: DocumentKind,
    /// Where it is; required where no file comes along.
    pub url: Option<String>,
    /// The file, if it is one.
    pub file: Option<Held>,
    /// Who published it first.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Of which document it is a reprint.
    pub reprint_of: Option<DocumentId>,
    /// Anything else.
    pub note: Option<String>,
    /// To which startup it belongs; that of the deal, if one is named.
    pub startup: Option<StartupId>,
    /// To which deal it belongs.
    pub deal: Option<DealId>,
}

impl Caller {
    /// The documents with these ids, as far as the caller may see them.
    pub async fn documents_by_ids(
        &self,
        ids: &[DocumentId],
        as_of: Option<Instant>,
    ) -> Result<Vec<Document>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::document::by_ids(&self.db, &viewer, ids, as_of).await?)
    }
    /// The documents of each of these startups, newest first: its own, and those that its evidence rests on.
    pub async fn documents_of_startups(
        &self,
        startups: &[StartupId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<StartupId, Vec<Document>>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::document::of_startups(&self.db, &viewer, startups, as_of).await?)
    }
    /// The documents of each of these deals, newest first.
    pub async fn documents_of_deals(
        &self,
        deals: &[DealId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<DealId, Vec<Document>>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::document::of_deals(&self.db, &viewer, deals, as_of).await?)
    }

    /// The file of a document and what is in it; None where the document has none, is not there, or is not for the
    /// caller: nobody learns which.
    pub async fn document_content(&self, id: DocumentId) -> Result<Option<(DocumentFile, Content)>, Error> {
        let found = self.documents_by_ids(&[id], None).await?.pop();
        let file = found.and_then(|document| document.file);
        Ok(file.map(|file| {
            let content = Content::of(&self.app, file.id);
            (file, content)
        }))
    }

    /// Adds a document.
    pub async fn create_document(&self, new: NewDocument, path: &str) -> Result<Outcome<DocumentId>, Error> {
        self.write("createDocument", path, Demand::ANALYST_WRITE, |w| {
            create(w, new.clone()).boxed()
        })
        .await
    }
    /// Changes a document; one that is still at `version`, if that is given.
    pub async fn update_document(
        &self,
        id: DocumentId,
        version: Option<i32>,
        edit: DocumentEdit,
        path: &str,
    ) -> Result<Outcome<DocumentId>, Error> {
        self.write("updateDocument", path, Demand::ANALYST_WRITE, |w| {
            update(w, id, version, edit.clone()).boxed()
        })
        .await
    }
}

async fn create(w: &mut Write, new: NewDocument) -> Result<DocumentId, Stop> {
    let document = kept(w, new).await?;
    placed(w, document).await
}

/// The document with its file stored, which belongs nowhere yet. Before anything is locked: others need not wait until
/// all of the file is stored.
pub(crate) async fn kept(w: &mut Write, new: NewDocument) -> Result<Document, Stop> {
    let NewDocument {
        title,
        kind,
        url,
        file,
        publisher,
        byline,
        reprint_of,
        note,
        startup,
        deal,
    } = new;
    let id = w.new_id::<DocumentTag>();
    let document = Document {
        id,
        title,
        kind,
        url,
        file: file.as_ref().map(|held| held.described(w.new_id())),
        publisher,
        byline,
        note,
        reprint_of,
        startup_id: startup,
        deal_id: deal,
        added_by: w.by,
        added_at: w.now,
        version: 1,
    };
    let document = document.prepared()?;
    if let (Some(described), Some(held)) = (&document.file, &file) {
        file::store(w, described, held).await?;
    }
    Ok(document)
}

/// Gives a document that was kept to its startup and its deal.
pub(crate) async fn placed(w: &mut Write, mut document: Document) -> Result<DocumentId, Stop> {
    document.startup_id = place(w, document.startup_id, document.deal_id).await?;
    original_may_be(w, &document).await?;
    storage::document::insert(&w.tx, &document).await?;
    let mut after = whole(&document);
    if let Some(fields) = after.as_object_mut() {
        // What the row and its operation say already.
        fields.retain(|name, _| !matches!(name.as_str(), "id" | "addedBy" | "addedAt" | "version"));
    }
    record(w, &document, None, after);
    Ok(document.id)
}

/// The startup that a document, interaction or task belongs to, locked, and its deal too: what is a deal's belongs to
/// the deal's startup.
pub(crate) async fn place(
    w: &Write,
    startup: Option<StartupId>,
    deal: Option<DealId>,
) -> Result<Option<StartupId>, Stop> {
    let Some(deal) = deal else {
        if let Some(startup) = startup {
            storage::startup::lock(&w.tx, startup)
                .await?
                .ok_or_else(|| Problem::not_found("startup", startup))?;
        }
        return Ok(startup);
    };
    let missing = || Stop::from(Problem::not_found("deal", deal));
    let of_deal = storage::deal::startup_of(&w.tx, &w.viewer, deal)
        .await?
        .ok_or_else(missing)?;
    storage::startup::lock(&w.tx, of_deal)
        .await?
        .ok_or_else(missing)?;
    storage::deal::lock(&w.tx, &w.viewer, deal)
        .await?
        .ok_or_else(missing)?;
    match startup {
        Some(startup) if startup != of_deal => {
            let message = Message::OfAnotherStartup {
                id: deal.to_string(),
                startup: of_deal.to_string(),
            };
            Err(Problem::new(ProblemCode::Conflict, "startup", message).into())
        }
        _ => Ok(Some(of_deal)),
    }
}

/// Whether a document may be a reprint of what it names. An original that belongs to a deal is named by documents of
/// that deal alone, so that no other document tells of it.
async fn original_may_be(w: &Write, document: &Document) -> Result<(), Stop> {
    const FIELD: &str = "reprintOf";
    let Some(id) = document.reprint_of else {
        return Ok(());
    };
    let found = storage::document::by_ids(&w.tx, &w.viewer, &[id], None)
        .await?
        .pop();
    let original = found.ok_or_else(|| Problem::not_found(FIELD, id))?;
    if original.deal_id.is_some() && original.deal_id != document.deal_id {
        return Err(Problem::not_allowed(FIELD, Message::OriginalOfDeal { id: id.to_string() }).into());
    }
    if storage::document::reprints(&w.tx, id, document.id).await? {
        return Err(Problem::invalid(FIELD, Message::ReprintsItself { id: id.to_string() }).into());
    }
    Ok(())
}

async fn update(
    w: &mut Write,
    id: DocumentId,
    version: Option<i32>,
    edit: DocumentEdit,
) -> Result<DocumentId, Stop> {
    let found = storage::document::lock(&w.tx, &w.viewer, id).await?;
    let old = found.ok_or_else(|| Problem::not_found("id", id))?;
    if let Some(sent) = version.filter(|sent| *sent != old.version) {
        let message = Message::StaleVersion {
            sent,
            current: old.version,
        };
        return Err(Problem::new(ProblemCode::StaleVersion, "version", message).into());
    }
    let new = old.clone().edited(edit).prepared()?;
    replace(w, &old, new).await?;
    Ok(id)
}

/// Stores a locked document anew, with its activity row; nothing where nothing differs.
async fn replace(w: &mut Write, old: &Document, mut new: Document) -> Result<(), Stop> {
    let Some((before, after)) = diff(old, &new) else {
        return Ok(());
    };
    if new.reprint_of != old.reprint_of {
        original_may_be(w, &new).await?;
    }
    new.version += 1;
    if !storage::document::update(&w.tx, &new, old.version, w.now).await? {
        return Err(Error::Internal("a locked row changed".into()).into());
    }
    record(w, &new, Some(before), after);
    Ok(())
}

fn record(w: &mut Write, document: &Document, before: Option<Value>, after: Value) {
    w.record(Change {
        subject_type: SubjectType::Document,
        subject_id: document.id.uuid(),
        startup_id: document.startup_id,
        deal_id: document.deal_id,
        before,
        after: Some(after),
    });
}

fn conflict(message: Message) -> Stop {
    Problem::new(ProblemCode::Conflict, "activity", message).into()
}

/// Takes back a row about a document: what was added is hidden where nothing rests on it, changed fields are put back
/// where nobody changed them since, what was hidden is shown again.
pub(crate) async fn undo(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let id: DocumentId = typed(row.change.subject_id);
    let missing = || Stop::from(Problem::not_found("activity", row.id));
    let nothing = || conflict(Message::NothingToUndo);
    if let Some(startup) = row.change.startup_id {
        storage::startup::lock(&w.tx, startup)
            .await?
            .ok_or_else(nothing)?;
    }
    if let Some(deal) = row.change.deal_id {
        storage::deal::lock(&w.tx, &w.viewer, deal)
            .await?
            .ok_or_else(nothing)?;
    }
    let (old, is_hidden) = storage::document::lock_even_hidden(&w.tx, &w.viewer, id)
        .await?
        .ok_or_else(missing)?;
    let changed = storage::activity::fields_changed_since(&w.tx, row).await?;
    let Some(before) = &row.change.before else {
        if is_hidden {
            return Err(nothing());
        }
        if let Some(field) = changed.iter().find(|field| *field != "hidden") {
            return Err(conflict(Message::UndoKeptChanged { field: field.clone() }));
        }
        return set_hidden(w, &old, true).await;
    };
    if let Some(was_hidden) = before.get("hidden").and_then(Value::as_bool) {
        if is_hidden == was_hidden || changed.iter().any(|field| field == "hidden") {
            return Err(nothing());
        }
        return set_hidden(w, &old, was_hidden).await;
    }
    if is_hidden {
        return Err(nothing());
    }
    if deal::is_attachment(before) {
        if let Some(field) = changed.iter().find(|field| before.get(field).is_some()) {
            return Err(conflict(Message::UndoKeptChanged { field: field.clone() }));
        }
        deal::detach(w, &old, before).await?;
        return Ok(Vec::new());
    }
    let (patched, kept) = patch(
        &old,
        before.as_object().cloned().unwrap_or_else(Map::new),
        &changed,
    )?;
    replace(w, &old, patched.prepared()?).await?;
    Ok(kept)
}

/// Hides a locked document, if nothing rests on it, or shows it again.
async fn set_hidden(w: &mut Write, document: &Document, hidden: bool) -> Result<Vec<Message>, Stop> {
    if hidden && storage::document::referred_by(&w.tx, document.id).await? {
        return Err(conflict(Message::UndoKeptReferred {
            what: "another record".into(),
        }));
    }
    storage::document::set_hidden(&w.tx, document.id, hidden, w.now).await?;
    record(
        w,
        document,
        Some(json!({ "hidden": !hidden })),
        json!({ "hidden": hidden }),
    );
    Ok(Vec::new())
}
