//! Documents. One of a deal is there for those who may see the deal.

use std::collections::HashMap;

use app::document::NewDocument;
use async_graphql::{
    Context, Error, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject, dataloader::Loader,
};
use domain::{DealId, DealTag, DocumentId, DocumentTag, Instant, Problem, StartupId, StartupTag, person};

use crate::{
    context::{Load, caller, gather_id, grouped, language, loader, path},
    error::told,
    scalar::{DateTime, Url},
    startup::{self, Startup},
    user::{User, UserError, split, user, user_errors},
    word::word,
};

word! {
    /// What a document is.
    DocumentKind, "person::DocumentKind" {
        /// A pitch deck.
        Deck,
        /// A financial model.
        FinancialModel,
        /// A contract.
        Contract,
        /// An export from a system.
        Export,
        /// A transcript of a talk.
        Transcript,
        /// An article.
        Press,
        /// Anything else.
        Other,
    }
}

/// A document as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct DocumentKey(pub(crate) DocumentId, pub(crate) Option<Instant>);
/// The documents of a startup.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct StartupDocumentsKey(pub(crate) StartupId, pub(crate) Option<Instant>);
/// The documents of a deal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct DealDocumentsKey(pub(crate) DealId, pub(crate) Option<Instant>);

impl Loader<DocumentKey> for Load {
    type Value = person::Document;
    type Error = Error;
    async fn load(&self, keys: &[DocumentKey]) -> Result<HashMap<DocumentKey, person::Document>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            let documents = self.0.documents_by_ids(&ids, at).await.map_err(told)?;
            found.extend(
                documents
                    .into_iter()
                    .map(|document| (DocumentKey(document.id, at), document)),
            );
        }
        Ok(found)
    }
}
impl Loader<StartupDocumentsKey> for Load {
    type Value = Vec<person::Document>;
    type Error = Error;
    async fn load(
        &self,
        keys: &[StartupDocumentsKey],
    ) -> Result<HashMap<StartupDocumentsKey, Vec<person::Document>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            let documents = self.0.documents_of_startups(&ids, at).await.map_err(told)?;
            found.extend(
                documents
                    .into_iter()
                    .map(|(id, all)| (StartupDocumentsKey(id, at), all)),
            );
        }
        Ok(found)
    }
}
impl Loader<DealDocumentsKey> for Load {
    type Value = Vec<person::Document>;
    type Error = Error;
    async fn load(
        &self,
        keys: &[DealDocumentsKey],
    ) -> Result<HashMap<DealDocumentsKey, Vec<person::Document>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            let documents = self.0.documents_of_deals(&ids, at).await.map_err(told)?;
            found.extend(
                documents
                    .into_iter()
                    .map(|(id, all)| (DealDocumentsKey(id, at), all)),
            );
        }
        Ok(found)
    }
}

/// A document, as known at an instant.
#[derive(Clone)]
pub struct Document {
    pub(crate) row: person::Document,
    pub(crate) as_of: Option<Instant>,
}

/// A file or link that we keep: what it is, who published it, of what it is a reprint.
#[Object]
impl Document {
    /// The document's id.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }
    /// What it is called.
    async fn title(&self) -> &str {
        &self.row.title
    }
    /// What it is.
    async fn kind(&self) -> DocumentKind {
        self.row.kind.into()
    }
    /// Where it is, if it is a link.
    async fn url(&self) -> Option<Url> {
        self.row.url.clone().map(Url)
    }
    /// The file, if it is one; `POST /documents` adds them.
    async fn file(&self) -> Option<DocumentFile> {
        self.row
            .file
            .clone()
            .map(|row| DocumentFile { of: self.row.id, row })
    }
    /// The SHA-256 of the file in hexadecimal; null for a link.
    async fn sha256(&self) -> Option<&str> {
        self.row.file.as_ref().map(|file| file.sha256.as_str())
    }
    /// The size of the file in bytes; null for a link.
    async fn byte_size(&self) -> Option<i32> {
        self.row.file.as_ref().map(byte_size)
    }
    /// Who published it first.
    async fn publisher(&self) -> Option<&str> {
        self.row.publisher.as_deref()
    }
    /// Who wrote it.
    async fn byline(&self) -> Option<&str> {
        self.row.byline.as_deref()
    }
    /// A remark.
    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }
    /// The document that it reprints.
    async fn reprint_of(&self, ctx: &Context<'_>) -> Result<Option<Document>> {
        let Some(id) = self.row.reprint_of else {
            return Ok(None);
        };
        let found = loader(ctx)?.load_one(DocumentKey(id, self.as_of)).await?;
        Ok(found.map(|row| Self {
            row,
            as_of: self.as_of,
        }))
    }
    /// The startup that it belongs to, if any.
    async fn startup(&self, ctx: &Context<'_>) -> Result<Option<Startup>> {
        let Some(id) = self.row.startup_id else {
            return Ok(None);
        };
        startup::by_id(ctx, id, self.as_of).await
    }
    /// When it was added.
    async fn added_at(&self) -> DateTime {
        DateTime(self.row.added_at)
    }
    /// Who added it; null for the program itself.
    async fn added_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.row.added_by).await
    }
    /// Rises by one with every change; may be sent back with an update.
    async fn version(&self) -> i32 {
        self.row.version
    }
}

/// The file of a document.
#[derive(Clone)]
pub struct DocumentFile {
    of: DocumentId,
    row: person::DocumentFile,
}

/// The bytes of a file, counted. What may be sent at most fits.
fn byte_size(file: &person::DocumentFile) -> i32 {
    i32::try_from(file.byte_size).unwrap_or(i32::MAX)
}

/// A file that we keep. It never changes: another version of it is another document.
#[Object]
impl DocumentFile {
    /// What its sender called it.
    async fn name(&self) -> &str {
        &self.row.name
    }
    /// What its first bytes say that it is, such as `application/pdf`.
    async fn media_type(&self) -> &str {
        &self.row.media_type
    }
    /// Its size in bytes.
    async fn byte_size(&self) -> i32 {
        byte_size(&self.row)
    }
    /// The SHA-256 of its bytes in hexadecimal.
    async fn sha256(&self) -> &str {
        &self.row.sha256
    }
    /// Where this server hands it out, below its own address: `/documents/…/file`.
    async fn path(&self) -> String {
        format!("/documents/{}/file", self.of)
    }
}

/// The documents with these ids that the caller may see, in their order.
pub(crate) async fn with_ids(
    ctx: &Context<'_>,
    ids: &[DocumentId],
    as_of: Option<Instant>,
) -> Result<Vec<Document>> {
    let mut found = loader(ctx)?
        .load_many(ids.iter().map(|id| DocumentKey(*id, as_of)))
        .await?;
    let in_order = ids.iter().filter_map(|id| found.remove(&DocumentKey(*id, as_of)));
    Ok(in_order.map(|row| Document { row, as_of }).collect())
}

/// The documents of a startup, newest first.
pub(crate) async fn of_startup(
    ctx: &Context<'_>,
    id: StartupId,
    as_of: Option<Instant>,
) -> Result<Vec<Document>> {
    let all = loader(ctx)?
        .load_one(StartupDocumentsKey(id, as_of))
        .await?
        .unwrap_or_default();
    Ok(all.into_iter().map(|row| Document { row, as_of }).collect())
}

/// The documents of a deal, newest first.
pub(crate) async fn of_deal(ctx: &Context<'_>, id: DealId, as_of: Option<Instant>) -> Result<Vec<Document>> {
    let all = loader(ctx)?
        .load_one(DealDocumentsKey(id, as_of))
        .await?
        .unwrap_or_default();
    Ok(all.into_iter().map(|row| Document { row, as_of }).collect())
}

/// What is known of a document.
#[derive(InputObject)]
pub struct CreateDocumentInput {
    /// What it is called.
    title: String,
    /// What it is.
    kind: DocumentKind,
    /// Where it is: required here. A file is sent to `POST /documents`.
    url: Option<Url>,
    /// Who published it first.
    publisher: Option<String>,
    /// Who wrote it.
    byline: Option<String>,
    /// The document that it reprints.
    reprint_of: Option<ID>,
    /// A remark.
    note: Option<String>,
    /// The startup that it belongs to; that of the deal, if one is named.
    startup: Option<ID>,
    /// The deal that it belongs to: then it is there for those who may see the deal.
    deal: Option<ID>,
}

impl CreateDocumentInput {
    fn read(self) -> std::result::Result<NewDocument, Vec<Problem>> {
        let mut problems = Vec::new();
        let reprint_of = self
            .reprint_of
            .and_then(|id| gather_id::<DocumentTag>(&id, "reprintOf", &mut problems));
        let startup = self
            .startup
            .and_then(|id| gather_id::<StartupTag>(&id, "startup", &mut problems));
        let deal = self
            .deal
            .and_then(|id| gather_id::<DealTag>(&id, "deal", &mut problems));
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(NewDocument {
            title: self.title,
            kind: self.kind.into(),
            url: self.url.map(|url| url.0),
            file: None,
            publisher: self.publisher,
            byline: self.byline,
            reprint_of,
            note: self.note,
            startup,
            deal,
        })
    }
}

/// A change of a document. A field left out stays as it is; null clears it.
#[derive(InputObject)]
pub struct UpdateDocumentInput {
    /// The document.
    id: ID,
    /// The version that was read; left out: whatever it is now.
    version: Option<i32>,
    /// What it is called.
    title: MaybeUndefined<String>,
    /// Who published it first.
    publisher: MaybeUndefined<String>,
    /// Who wrote it.
    byline: MaybeUndefined<String>,
    /// The document that it reprints.
    reprint_of: MaybeUndefined<ID>,
    /// A remark.
    note: MaybeUndefined<String>,
}

impl UpdateDocumentInput {
    fn read(self) -> std::result::Result<(DocumentId, Option<i32>, person::DocumentEdit), Vec<Problem>> {
        let mut problems = Vec::new();
        let id = gather_id::<DocumentTag>(&self.id, "id", &mut problems);
        let reprint_of = match self.reprint_of {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(id) => Some(gather_id::<DocumentTag>(&id, "reprintOf", &mut problems)),
        };
        let Some(id) = id.filter(|_| problems.is_empty()) else {
            return Err(problems);
        };
        let edit = person::DocumentEdit {
            // Cleared, it is missing: the rule says so.
            title: Option::from(self.title).map(Option::unwrap_or_default),
            publisher: self.publisher.into(),
            byline: self.byline.into(),
            reprint_of,
            note: self.note.into(),
        };
        Ok((id, self.version, edit))
    }
}

/// What became of a mutation of a document.
#[derive(SimpleObject)]
pub struct DocumentPayload {
    /// The document.
    document: Option<Document>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

async fn payload(ctx: &Context<'_>, outcome: app::Outcome<DocumentId>) -> Result<DocumentPayload> {
    let (id, user_errors) = split(ctx, outcome);
    let row = match id {
        Some(id) => caller(ctx)?
            .documents_by_ids(&[id], None)
            .await
            .map_err(told)?
            .pop(),
        None => None,
    };
    Ok(DocumentPayload {
        document: row.map(|row| Document { row, as_of: None }),
        user_errors,
    })
}

fn refused(ctx: &Context<'_>, problems: Vec<Problem>) -> DocumentPayload {
    DocumentPayload {
        document: None,
        user_errors: user_errors(problems, language(ctx)),
    }
}

/// Mutations of documents.
#[derive(Default)]
pub struct DocumentMutation;

#[Object]
impl DocumentMutation {
    /// Adds a document: a link, of a startup, of a deal, or of neither. One by file comes by `POST /documents`.
    async fn create_document(
        &self,
        ctx: &Context<'_>,
        input: CreateDocumentInput,
    ) -> Result<DocumentPayload> {
        match input.read() {
            Ok(new) => {
                payload(
                    ctx,
                    caller(ctx)?
                        .create_document(new, &path(ctx))
                        .await
                        .map_err(told)?,
                )
                .await
            }
            Err(problems) => Ok(refused(ctx, problems)),
        }
    }
    /// Changes a document. Without a version, the last change wins.
    async fn update_document(
        &self,
        ctx: &Context<'_>,
        input: UpdateDocumentInput,
    ) -> Result<DocumentPayload> {
        match input.read() {
            Ok((id, version, edit)) => {
                let done = caller(ctx)?
                    .update_document(id, version, edit, &path(ctx))
                    .await
                    .map_err(told)?;
                payload(ctx, done).await
            }
            Err(problems) => Ok(refused(ctx, problems)),
        }
    }
}
