//! Imports: planned, looked at row by row, applied, followed.

use std::{collections::HashMap, sync::Arc, time::Duration};

use app::{
    import::{Mapping, NewImport, Options},
    page::{Key, KeyKind, Place},
};
use async_graphql::{
    Context, Error, ID, InputObject, Object, Result, SimpleObject, Subscription, dataloader::Loader,
};
use domain::{
    ImportId, ImportTag, Message, Problem,
    import::{self, Import as Row, ImportStatus as Status},
};
use futures::{StreamExt, stream, stream::BoxStream};

use crate::{
    connection::{Window, connection},
    context::{Load, RequestContext, StartupKey, caller, language, loader, path, read_id},
    error::told,
    node::{self, Node},
    scalar::{DateTime, Decimal, Json},
    startup::Startup,
    user::{User, UserError, user, user_errors},
    word::word,
};

word! {
    /// How far an import got.
    ImportStatus, "import::ImportStatus" {
        /// The file is here; nothing was read yet.
        Uploaded,
        /// Its rows are compared with what is here.
        Planning,
        /// It says what it would do; nothing was written.
        Planned,
        /// It is being written, batch by batch.
        Applying,
        /// All of it is written.
        Applied,
        /// It could not go on; its report says why.
        Failed,
        /// It is being taken back.
        Undoing,
        /// It was taken back.
        Undone,
    }
}

word! {
    /// What a row does.
    RowAction, "import::RowAction" {
        /// Makes a record.
        Create,
        /// Changes fields of one.
        Update,
        /// Says nothing new.
        Unchanged,
        /// May be more than one record, or meets what a person did since: left alone until somebody decides.
        Conflict,
        /// Is no record, and says why.
        Skip,
        /// Cannot be read.
        Error,
    }
}

/// How many rows do something.
#[derive(SimpleObject)]
pub struct RowActionCount {
    /// What.
    action: RowAction,
    /// How many.
    rows: i32,
}

/// A field that a row changes.
#[derive(SimpleObject, Clone)]
pub struct FieldChange {
    /// The field, as the startup has it.
    field: String,
    /// What stood there; null for nothing.
    from: Option<Json>,
    /// What stands there then.
    to: Option<Json>,
}

/// What is wrong with a cell, or with a row.
#[derive(SimpleObject, Clone)]
pub struct CellError {
    /// The column; null: the whole row.
    column: Option<String>,
    /// The words found there.
    value: Option<String>,
    /// What is wrong, and what would be right.
    reason: String,
}

/// A row of an import.
#[derive(Clone)]
pub struct ImportRow(import::ImportRow);

/// A row of an import.
#[Object]
impl ImportRow {
    /// Its number in the file, the header not counted.
    async fn row(&self) -> i32 {
        self.0.row_no
    }
    /// What it does.
    async fn action(&self) -> RowAction {
        self.0.action.into()
    }
    /// The record that it speaks of; null where it is not made yet.
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        match self.0.startup_id {
            Some(id) => node::by_id(ctx, domain::AnyId::StartupTag(id)).await,
            None => Ok(None),
        }
    }
    /// The words as found, by column.
    async fn raw(&self) -> Json {
        Json(self.0.raw.clone().into())
    }
    /// The fields that it changes, of a record that it makes those that it gives.
    async fn changes(&self) -> Vec<FieldChange> {
        let null = |value: serde_json::Value| (!value.is_null()).then_some(Json(value));
        if self.0.action == import::RowAction::Create {
            return self
                .0
                .said
                .as_object()
                .into_iter()
                .flatten()
                .map(|(field, to)| FieldChange {
                    field: field.clone(),
                    from: None,
                    to: null(to.clone()),
                })
                .collect();
        }
        self.0
            .changes
            .iter()
            .cloned()
            .map(|c| FieldChange {
                field: c.field,
                from: null(c.from),
                to: null(c.to),
            })
            .collect()
    }
    /// What is wrong with it.
    async fn errors(&self) -> Vec<CellError> {
        self.0
            .errors
            .iter()
            .cloned()
            .map(|e| CellError {
                column: e.column,
                value: e.value,
                reason: e.reason,
            })
            .collect()
    }
    /// Whom it may be, where that is not clear.
    async fn candidates(&self, ctx: &Context<'_>) -> Result<Vec<Startup>> {
        let keys = self.0.candidates.iter().map(|id| StartupKey(*id, None));
        let mut found = loader(ctx)?.load_many(keys).await?;
        Ok(self
            .0
            .candidates
            .iter()
            .filter_map(|id| found.remove(&StartupKey(*id, None)))
            .map(|row| Startup::new(row, None))
            .collect())
    }
}

/// Counts the rows of an import.
pub struct RowCount(ImportId, Option<Vec<import::RowAction>>);
impl RowCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = caller(ctx)?.import_rows_count(self.0, self.1.as_deref()).await;
        Ok(i32::try_from(count.map_err(told)?).unwrap_or(i32::MAX))
    }
}
connection!(
    ImportRowConnection,
    ImportRowEdge,
    ImportRow,
    RowCount,
    "an import's rows"
);

/// Counts imports.
pub struct ImportCount;
impl ImportCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(i32::try_from(caller(ctx)?.imports_count().await.map_err(told)?).unwrap_or(i32::MAX))
    }
}
connection!(
    ImportConnection,
    ImportEdge,
    Import,
    ImportCount,
    "imports, newest first"
);

/// Rows from outside: planned, looked at, then applied.
#[derive(Clone)]
pub struct Import(pub(crate) Row);

const ROW_ORDER: &str = "ROW";
const ORDER: &str = "NEWEST";

/// Rows from outside: planned, looked at, then applied.
#[Object]
impl Import {
    /// Its id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }
    /// Under which name its rows are known again.
    async fn source(&self) -> &str {
        &self.0.source
    }
    /// The file's name, if it was a file.
    async fn file_name(&self) -> Option<&str> {
        self.0.file_name.as_deref()
    }
    /// What the file is: CSV, TSV, XLSX, XLS, JSON or NDJSON.
    async fn format(&self) -> Option<&str> {
        self.0.format.as_deref()
    }
    /// In which encoding it was read.
    async fn encoding(&self) -> Option<&str> {
        self.0.encoding.as_deref()
    }
    /// How far it got.
    async fn status(&self) -> ImportStatus {
        self.0.status.into()
    }
    /// How many rows it has.
    async fn row_count(&self) -> i32 {
        self.0.row_count
    }
    /// Column to field, as it was read.
    async fn mapping(&self) -> Json {
        Json(self.0.mapping.clone().into())
    }
    /// How many rows do what: they sum to the rows.
    async fn counts(&self) -> Vec<RowActionCount> {
        import::RowAction::ALL
            .iter()
            .map(|action| RowActionCount {
                action: (*action).into(),
                rows: self.0.rows_that(*action),
            })
            .collect()
    }
    /// How much of it is written, from 0 to 1.
    async fn progress(&self) -> Decimal {
        let (done, all) = (self.0.applied_count, self.0.record_count);
        Decimal(match self.0.status {
            Status::Applied | Status::Undoing | Status::Undone => 1.into(),
            _ if all == 0 => 0.into(),
            _ => (rust_decimal::Decimal::from(done) / rust_decimal::Decimal::from(all)).round_dp(4),
        })
    }
    /// Who began it; null for the program itself.
    async fn started_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.0.started_by).await
    }
    /// When.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
    /// When all of it was written.
    async fn applied_at(&self) -> Option<DateTime> {
        self.0.applied_at.map(DateTime)
    }
    /// When it was taken back.
    async fn undone_at(&self) -> Option<DateTime> {
        self.0.undone_at.map(DateTime)
    }
    /// Its rows in the file's order, those that do one of `actions` if any are given.
    async fn rows(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        actions: Option<Vec<RowAction>>,
    ) -> Result<ImportRowConnection> {
        let window = Window::read((ROW_ORDER, KeyKind::Text), first, after, last, before)?;
        let actions: Option<Vec<import::RowAction>> =
            actions.map(|a| a.into_iter().map(Into::into).collect());
        let from = window
            .page()
            .from
            .map(|place| row_no(&place.key).ok_or_else(|| window.no_cursor()));
        let slice = caller(ctx)?
            .import_rows(
                self.0.id,
                actions.as_deref(),
                from.transpose()?,
                window.backward(),
                window.limit(),
            )
            .await
            .map_err(told)?;
        let rows = window.rows(slice, ROW_ORDER, |node: &ImportRow| place(&node.0), ImportRow);
        Ok(ImportRowConnection {
            rows,
            count: RowCount(self.0.id, actions),
        })
    }
    /// What is to be told of the whole of it: notes on the file, or why it failed.
    async fn report(&self) -> &[String] {
        &self.0.report
    }
}

fn place(row: &import::ImportRow) -> Place {
    Place {
        key: Key::Text(row.row_no.to_string()),
        // Row numbers are each there once.
        id: domain::NIL,
    }
}

fn row_no(key: &Key) -> Option<i32> {
    match key {
        Key::Text(text) => text.parse().ok(),
        Key::Day(_) | Key::Instant(_) | Key::Figure(_) | Key::Id => None,
    }
}

/// The import with this id, if there is one.
pub(crate) async fn by_id(ctx: &Context<'_>, id: ImportId) -> Result<Option<Import>> {
    Ok(loader(ctx)?.load_one(ImportKey(id)).await?.map(Import))
}

/// An import, of which many rows of activity may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct ImportKey(ImportId);

impl Loader<ImportKey> for Load {
    type Value = Row;
    type Error = Error;
    async fn load(&self, keys: &[ImportKey]) -> Result<HashMap<ImportKey, Row>> {
        let ids: Vec<ImportId> = keys.iter().map(|key| key.0).collect();
        let found = self.0.imports_by_ids(&ids).await.map_err(told)?;
        Ok(found.into_iter().map(|row| (ImportKey(row.id), row)).collect())
    }
}

/// Queries about imports.
#[derive(Default)]
pub struct ImportQuery;

#[Object]
impl ImportQuery {
    /// The import with this id; null if there is none.
    async fn import(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Import>> {
        by_id(ctx, crate::context::id::<ImportTag>(&id)?).await
    }
    /// Every import, newest first.
    async fn imports(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<ImportConnection> {
        let window = Window::read((ORDER, KeyKind::Instant), first, after, last, before)?;
        let slice = caller(ctx)?.imports(&window.page()).await.map_err(told)?;
        let place = |node: &Import| Place {
            key: Key::Instant(node.0.created_at),
            id: node.0.id.uuid(),
        };
        let rows = window.rows(slice, ORDER, place, Import);
        Ok(ImportConnection {
            rows,
            count: ImportCount,
        })
    }
}

/// What to import. Give the rows inline.
#[derive(InputObject)]
pub struct PlanImportInput {
    /// The id that an upload returned. Uploads come later: give rows.
    upload: Option<ID>,
    /// The rows, each an object of columns and values.
    rows: Option<Vec<Json>>,
    /// Under which name the list is known again next time, such as yc.
    source: String,
    /// Column to field, such as {"公司": "name"}; goes before the preset, column by column.
    mapping: Option<Json>,
    /// Which known export it is, such as yc or china-llm; found out from the columns where left out.
    preset: Option<String>,
    /// The country (ISO 3166-1, such as CN) of rows that name none.
    default_country: Option<String>,
}

/// Which import to apply.
#[derive(InputObject)]
pub struct ApplyImportInput {
    /// Its id.
    id: ID,
}

/// What became of a mutation of imports.
#[derive(SimpleObject)]
pub struct ImportPayload {
    /// The import.
    import: Option<Import>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

impl PlanImportInput {
    fn read(self) -> std::result::Result<NewImport, Vec<Problem>> {
        let Self {
            upload,
            rows,
            source,
            mapping,
            preset,
            default_country,
        } = self;
        let mut problems = Vec::new();
        if let Some(upload) = upload {
            problems.push(Problem::not_found("upload", upload.as_str()));
        }
        let mapping = match mapping.map(|json| serde_json::from_value::<Mapping>(json.0)) {
            None => None,
            Some(Ok(mapping)) => Some(mapping),
            Some(Err(error)) => {
                problems.push(Problem::invalid(
                    "mapping",
                    Message::Unreadable {
                        reason: error.to_string(),
                    },
                ));
                None
            }
        };
        let rows: Vec<serde_json::Value> = rows.unwrap_or_default().into_iter().map(|row| row.0).collect();
        if rows.is_empty() && problems.is_empty() {
            problems.push(Problem::required("rows"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let bytes = serde_json::to_vec(&rows).map_err(|error| {
            vec![Problem::invalid(
                "rows",
                Message::Unreadable {
                    reason: error.to_string(),
                },
            )]
        })?;
        Ok(NewImport {
            source,
            file_name: None,
            bytes: Arc::new(bytes),
            options: Options {
                preset,
                mapping,
                default_country,
                ..Options::default()
            },
        })
    }
}

/// Mutations of imports.
#[derive(Default)]
pub struct ImportMutation;

impl ImportMutation {
    async fn payload(ctx: &Context<'_>, done: app::Outcome<ImportId>) -> Result<ImportPayload> {
        Ok(match done {
            Ok(id) => ImportPayload {
                import: by_id(ctx, id).await?,
                user_errors: Vec::new(),
            },
            Err(problems) => ImportPayload {
                import: None,
                user_errors: user_errors(problems, language(ctx)),
            },
        })
    }
}

#[Object]
impl ImportMutation {
    /// Says what each row would do, and writes nothing to live records.
    async fn plan_import(&self, ctx: &Context<'_>, input: PlanImportInput) -> Result<ImportPayload> {
        let done = match input.read() {
            Ok(new) => caller(ctx)?.plan_import(new, &path(ctx)).await.map_err(told)?,
            Err(problems) => Err(problems),
        };
        Self::payload(ctx, done).await
    }
    /// Begins to write what was planned, and answers at once: `importProgress` tells how far it got. One that was stopped
    /// goes on where it was.
    async fn apply_import(&self, ctx: &Context<'_>, input: ApplyImportInput) -> Result<ImportPayload> {
        let done = match read_id::<ImportTag>(&input.id, "id") {
            Ok(id) => {
                let caller = caller(ctx)?;
                let begun = caller.begin_import(id, &path(ctx)).await.map_err(told)?;
                if begun.is_ok() {
                    caller.apply_in_background(id);
                }
                begun
            }
            Err(problem) => Err(vec![problem]),
        };
        Self::payload(ctx, done).await
    }
}

/// How often the progress of an import is looked at.
const LOOK: Duration = Duration::from_millis(300);

/// What of imports can be followed.
#[derive(Default)]
pub struct ImportSubscription;

/// What of imports can be followed.
#[Subscription]
impl ImportSubscription {
    /// An import as it goes on, until it is at an end.
    async fn import_progress(&self, ctx: &Context<'_>, id: ID) -> Result<BoxStream<'static, Result<Import>>> {
        let request = ctx
            .data::<RequestContext>()
            .map_err(|_| told(app::Error::Unauthenticated))?;
        let id = crate::context::id::<ImportTag>(&id)?;
        let caller = Arc::clone(&request.caller);
        let begin: (Option<Row>, bool) = (None, false);
        let seen = stream::unfold(begin, move |(seen, over)| {
            let caller = Arc::clone(&caller);
            async move {
                if over {
                    return None;
                }
                loop {
                    // Whoever follows must still be allowed to.
                    let now = match caller.admit().await {
                        Ok(_) => caller.imports_by_ids(&[id]).await.map(|mut found| found.pop()),
                        Err(error) => Err(error),
                    };
                    let now = match now {
                        Ok(Some(now)) => now,
                        Ok(None) => return None,
                        Err(error) => return Some((Err(told(error)), (seen, true))),
                    };
                    if seen.as_ref() != Some(&now) {
                        let over = matches!(now.status, Status::Applied | Status::Failed | Status::Undone);
                        return Some((Ok(Import(now.clone())), (Some(now), over)));
                    }
                    tokio::time::sleep(LOOK).await;
                }
            }
        });
        Ok(seen.boxed())
    }
}
