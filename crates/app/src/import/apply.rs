//! A plan is written batch by batch, each its own transaction with its marks: whatever stops it, what is marked is written
//! and what is not is not. What people did since the plan is respected: who came meanwhile is not made again, and what
//! they changed is not written over.

use std::collections::{HashMap, HashSet};

use domain::{
    ImportId, Message, Problem, StartupId,
    activity::{Change, SubjectType, diff},
    import::{Import, ImportRecord, ImportRow, ImportStatus, RowAction},
    startup::{ExternalId, Profile, Recognition, Startup, recognise_row},
    text, time,
};
use futures::FutureExt as _;
use import::Said;
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::import as store;

use super::{
    BATCH, IMPORT,
    merge::{Claims, Sectors, fresh, merge, prepared},
    plan,
    recognise::{Here, Newcomer, external_ids, hash},
};
use crate::{
    App, Caller, Error, Identity, Outcome,
    write::{Stop, Write},
};

/// What a batch did.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Batch {
    /// The last record that it wrote; None: there was none left.
    last: Option<i32>,
    /// How many records are written since the import began, and how many it has.
    applied: (i32, i32),
}

impl Batch {
    fn over(import: &Import) -> Self {
        Self {
            last: None,
            applied: (import.applied_count, import.record_count),
        }
    }
}

impl Caller {
    /// Begins to apply a plan, or goes on with one that was stopped: from then on [`Caller::apply_batches`] may run.
    pub async fn begin_import(&self, id: ImportId, path: &str) -> Result<Outcome<ImportId>, Error> {
        self.write("applyImport", path, IMPORT, |w| begin(w, id).boxed())
            .await
    }

    /// Applies what is left of an import that was begun. `told` hears after each batch how many records are written.
    pub async fn apply_batches(
        &self,
        id: ImportId,
        mut told: impl FnMut(i32, i32) + Send,
    ) -> Result<Outcome<()>, Error> {
        let mut after = 0;
        loop {
            let done = self
                .write("applyImport", "applyImport", IMPORT, |w| {
                    batch(w, id, after).boxed()
                })
                .await?;
            match done {
                Err(problems) => return Ok(Err(problems)),
                Ok(Batch { last: None, .. }) => return Ok(Ok(())),
                Ok(Batch {
                    last: Some(last),
                    applied: (applied, of),
                }) => {
                    after = last;
                    told(applied, of);
                }
            }
        }
    }

    /// Applies what is left of an import that was begun, while the caller goes on. What stops it is kept in its report.
    pub fn apply_in_background(&self, id: ImportId) {
        let caller = self.again();
        tokio::spawn(async move {
            let reason = match caller.apply_batches(id, |_, _| ()).await {
                Ok(Ok(())) => return,
                Ok(Err(problems)) => words(&problems),
                Err(error) => error.to_string(),
            };
            tracing::error!(import = %id, reason, "an import stopped");
            let app = caller.app().clone();
            let failed = Caller::new(&app, Identity::System)
                .write("applyImport", "applyImport", IMPORT, |w| {
                    fail(w, id, reason.clone()).boxed()
                })
                .await;
            if let Err(error) = failed {
                tracing::error!(import = %id, %error, "an import that stopped could not be marked");
            }
        });
    }

    /// The imports that were being applied when their server stopped; of one file of a source if one is given.
    pub async fn stopped_imports(&self, of: Option<(&str, &[u8])>) -> Result<Vec<Import>, Error> {
        self.demand(IMPORT).await?;
        Ok(store::applying(&self.db, of).await?)
    }
}

async fn locked(w: &Write, id: ImportId) -> Result<Import, Stop> {
    store::lock(&w.tx, id)
        .await?
        .ok_or_else(|| Problem::not_found("id", id).into())
}

async fn begin(w: &mut Write, id: ImportId) -> Result<ImportId, Stop> {
    let import = locked(w, id).await?;
    match import.status {
        ImportStatus::Applying => Ok(id),
        ImportStatus::Planned | ImportStatus::Failed => {
            set_status(w, import, ImportStatus::Applying).await?;
            Ok(id)
        }
        status => Err(Problem::not_allowed("id", Message::ImportIs { status }).into()),
    }
}

async fn fail(w: &mut Write, id: ImportId, reason: String) -> Result<(), Stop> {
    let mut import = locked(w, id).await?;
    if import.status == ImportStatus::Applying {
        import.report.push(reason);
        set_status(w, import, ImportStatus::Failed).await?;
    }
    Ok(())
}

/// Goes on with the imports that were being applied when their server stopped, in the names of those who began them.
pub async fn resume(app: &App) -> Result<(), Error> {
    for import in Caller::new(app, Identity::System).stopped_imports(None).await? {
        let identity = import.started_by.map_or(Identity::System, Identity::User);
        tracing::info!(import = %import.id, "going on with an import that was stopped");
        Caller::new(app, identity).apply_in_background(import.id);
    }
    Ok(())
}

async fn set_status(w: &mut Write, mut import: Import, status: ImportStatus) -> Result<(), Stop> {
    let before = json!({ "status": import.status });
    import.status = status;
    if status == ImportStatus::Applied {
        import.applied_at = Some(w.now);
    }
    store::put(&w.tx, &import).await?;
    w.import = Some(import.id);
    w.record(Change {
        subject_type: SubjectType::Import,
        subject_id: import.id.uuid(),
        startup_id: None,
        deal_id: None,
        before: Some(before),
        after: Some(json!({ "status": status })),
    });
    Ok(())
}

/// What a record becomes.
enum Fate {
    Made(Box<Startup>, i32),
    Changed(Box<Startup>, Change),
    Same(StartupId),
    Conflict(String, Vec<StartupId>),
}

async fn batch(w: &mut Write, id: ImportId, after: i32) -> Result<Batch, Stop> {
    let mut import = locked(w, id).await?;
    if import.status == ImportStatus::Applied {
        return Ok(Batch::over(&import));
    }
    if import.status != ImportStatus::Applying {
        return Err(Problem::not_allowed(
            "id",
            Message::ImportIs {
                status: import.status,
            },
        )
        .into());
    }
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
    let records = store::records_to_apply(&w.tx, id, after, limit).await?;
    let Some(last) = records.last().map(|r| r.n) else {
        let over = Batch::over(&import);
        set_status(w, import, ImportStatus::Applied).await?;
        return Ok(over);
    };
    w.import = Some(id);
    store::lock_newcomers(&w.tx).await?;
    let ids: Vec<StartupId> = records
        .iter()
        .filter(|r| r.seen_version.is_some())
        .map(|r| r.startup_id)
        .collect();
    let startups: HashMap<StartupId, Startup> = storage::startup::lock_all(&w.tx, &ids)
        .await?
        .into_iter()
        .map(|startup| (startup.id, startup))
        .collect();
    let mut rows: HashMap<i32, Vec<Row>> = HashMap::new();
    for row in store::rows_of(&w.tx, id, &records).await? {
        if let (Some(n), false) = (
            row.record_n,
            matches!(row.action, RowAction::Error | RowAction::Conflict),
        ) {
            rows.entry(n).or_default().push(Row::read(row)?);
        }
    }
    let keys = rows
        .values()
        .flatten()
        .map(|row| row.row.row_key.clone())
        .collect();
    let before = store::said_before(&w.tx, &import.source, keys, true).await?;
    let mut applying = Applying {
        sectors: plan::sectors(w).await?,
        source: import.source.clone(),
        before,
        here: None,
    };
    let planned_at = import.planned_seq.unwrap_or(0);
    if store::others_changed_since(&w.tx, id, planned_at).await? {
        applying.look_again(w, &records, &rows).await?;
    }
    let mut fates = Vec::with_capacity(records.len());
    for record in &records {
        let rows = rows.get(&record.n).map_or(&[][..], Vec::as_slice);
        fates.push((
            record,
            applying.fate(w, record, rows, startups.get(&record.startup_id)),
        ));
    }
    // What the batch did, first: a subscriber gets an operation on many records as its first change.
    let applied_before = import.applied_count;
    import.applied_count += i32::try_from(records.len()).unwrap_or(0);
    store::put(&w.tx, &import).await?;
    w.record(Change {
        subject_type: SubjectType::Import,
        subject_id: id.uuid(),
        startup_id: None,
        deal_id: None,
        before: Some(json!({ "appliedCount": applied_before })),
        after: Some(json!({ "appliedCount": import.applied_count })),
    });
    write(w, &import, fates, &rows).await?;
    store::mark_applied(&w.tx, id, &records, w.now).await?;
    Ok(Batch {
        last: Some(last),
        applied: (import.applied_count, import.record_count),
    })
}

/// A row with what it says.
struct Row {
    row: ImportRow,
    said: Said,
}

impl Row {
    fn read(row: ImportRow) -> Result<Self, Stop> {
        let said = serde_json::from_value(row.said.clone())
            .map_err(|e| Error::Internal(format!("row {} cannot be read back: {e}", row.row_no)))?;
        Ok(Self { row, said })
    }
}

struct Applying {
    sectors: Sectors,
    source: String,
    before: HashMap<String, store::Said>,
    /// Who is here now, where others wrote since the plan.
    here: Option<Here>,
}

impl Applying {
    /// Reads who is here now, for the records that are to be made.
    async fn look_again(
        &mut self,
        w: &Write,
        records: &[ImportRecord],
        rows: &HashMap<i32, Vec<Row>>,
    ) -> Result<(), Stop> {
        let newcomers: Vec<Newcomer> = records
            .iter()
            .filter(|r| r.seen_version.is_none())
            .filter_map(|r| rows.get(&r.n))
            .flatten()
            .map(|row| Newcomer::of(&row.said, &self.source, &self.sectors))
            .collect();
        self.here = Some(Here::read(&w.tx, newcomers.iter()).await?);
        Ok(())
    }

    fn fate(&self, w: &Write, record: &ImportRecord, rows: &[Row], now: Option<&Startup>) -> Fate {
        let Some(seen) = record.seen_version else {
            return self.made(w, record, rows);
        };
        let Some(now) = now else {
            return Fate::Conflict(
                "the startup was removed since the import was planned; plan it again".into(),
                Vec::new(),
            );
        };
        if !record.changes {
            return Fate::Same(now.id);
        }
        let profile = self.merged(now.profile.clone(), rows, now.id);
        let profile = match prepared(profile, w.today()) {
            Ok(profile) => profile,
            Err(problems) => return Fate::Conflict(words(&problems), vec![now.id]),
        };
        if now.version != seen
            && let Some(field) = touched_since(&now.profile, rows)
        {
            return Fate::Conflict(
                format!("somebody changed {field} since the import was planned; plan it again"),
                vec![now.id],
            );
        }
        let Some((before, after)) = diff(&now.profile, &profile) else {
            return Fate::Same(now.id);
        };
        let change = Change {
            subject_type: SubjectType::Startup,
            subject_id: now.id.uuid(),
            startup_id: Some(now.id),
            deal_id: None,
            before: Some(before),
            after: Some(after),
        };
        let startup = Startup {
            profile,
            updated_at: time::recorded_after(w.now, now.updated_at),
            version: now.version + 1,
            ..now.clone()
        };
        Fate::Changed(Box::new(startup), change)
    }

    fn merged(&self, mut profile: Profile, rows: &[Row], startup: StartupId) -> Profile {
        let mut claims = Claims::default();
        for row in rows {
            let last = self
                .before
                .get(&row.row.row_key)
                .filter(|last| last.startup_id == startup);
            let last = last.and_then(|last| serde_json::from_value::<Said>(last.said.clone()).ok());
            // As the plan recognised it: by a key that its source gave before.
            let by_key = last.is_some() || (row.said.external_id.is_some() && !adds_external_id(&row.row));
            merge(
                &mut profile,
                &row.said,
                last.as_ref(),
                by_key,
                &mut claims,
                &self.sectors,
            );
        }
        profile
    }

    fn made(&self, w: &Write, record: &ImportRecord, rows: &[Row]) -> Fate {
        if let Some(here) = &self.here {
            for row in rows {
                let newcomer = Newcomer::of(&row.said, &self.source, &self.sectors);
                let candidates: Vec<_> = here.of(&newcomer).collect();
                let known = self.before.get(&row.row.row_key).map(|said| said.startup_id);
                let found = match recognise_row(&newcomer.profile, known, &newcomer.external_ids, &candidates)
                {
                    Recognition::Nobody => continue,
                    Recognition::One(id) => vec![id],
                    Recognition::Several(ids) => ids,
                };
                return Fate::Conflict(
                    "the startup came in since the import was planned; plan it again".into(),
                    found,
                );
            }
        }
        let mut claims = Claims::default();
        let mut profile: Option<Profile> = None;
        for row in rows {
            profile = Some(match profile {
                None => fresh(&row.said, &mut claims, &self.sectors),
                Some(mut profile) => {
                    merge(&mut profile, &row.said, None, false, &mut claims, &self.sectors);
                    profile
                }
            });
        }
        let profile = profile.unwrap_or_else(|| Profile::named(""));
        match prepared(profile, w.today()) {
            Ok(profile) => Fate::Made(
                Box::new(Startup {
                    id: record.startup_id,
                    slug: String::new(),
                    profile,
                    created_at: w.now,
                    updated_at: w.now,
                    version: 1,
                    hidden_at: None,
                }),
                record.n,
            ),
            Err(problems) => Fate::Conflict(words(&problems), Vec::new()),
        }
    }
}

fn words(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(|p| format!("{}: {}", p.field.join("."), p.message.text(domain::Language::En)))
        .collect::<Vec<_>>()
        .join("; ")
}

/// A field that the plan means to change and that is not any more as the plan saw it.
fn touched_since(now: &Profile, rows: &[Row]) -> Option<String> {
    let Ok(serde_json::Value::Object(now)) = serde_json::to_value(now) else {
        return None;
    };
    // Of several rows that change a field the first saw it as it was.
    let mut seen = HashSet::new();
    rows.iter()
        .flat_map(|row| &row.row.changes)
        .filter(|change| change.field != "externalIds" && seen.insert(change.field.clone()))
        .find(|change| {
            let is = now.get(&change.field).unwrap_or(&serde_json::Value::Null);
            is != &change.from && is != &change.to
        })
        .map(|change| change.field.clone())
}

fn adds_external_id(row: &ImportRow) -> bool {
    row.changes.iter().any(|change| change.field == "externalIds")
}

async fn write(
    w: &mut Write,
    import: &Import,
    fates: Vec<(&ImportRecord, Fate)>,
    rows: &HashMap<i32, Vec<Row>>,
) -> Result<(), Stop> {
    let (mut made, mut changed, mut keys, mut said, mut conflicts) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (record, fate) in fates {
        let rows = rows.get(&record.n).map_or(&[][..], Vec::as_slice);
        let is_made = matches!(fate, Fate::Made(..));
        let startup = match fate {
            Fate::Conflict(reason, candidates) => {
                conflicts.push((record.n, reason, candidates));
                continue;
            }
            Fate::Same(id) => id,
            Fate::Made(startup, n) => {
                let id = startup.id;
                w.record(Change {
                    subject_type: SubjectType::Startup,
                    subject_id: id.uuid(),
                    startup_id: Some(id),
                    deal_id: None,
                    before: None,
                    after: Some(json!({ "import": import.id, "row": n, "name": startup.profile.name })),
                });
                made.push(*startup);
                id
            }
            Fate::Changed(startup, change) => {
                let id = startup.id;
                w.record(change);
                changed.push(*startup);
                id
            }
        };
        for row in rows {
            if is_made || adds_external_id(&row.row) {
                keys.extend(
                    external_ids(&row.said, &import.source)
                        .into_iter()
                        .map(|id| (startup, id)),
                );
            }
            said.push((
                row.row.row_key.as_str(),
                store::Said {
                    startup_id: startup,
                    said: row.row.said.clone(),
                    sha256: hash(&row.said)?,
                },
            ));
        }
    }
    give_slugs(w, &mut made).await?;
    store::insert_startups(&w.tx, &made).await?;
    store::update_startups(&w.tx, &changed).await?;
    let keys = distinct(keys);
    store::bind_external_ids(&w.tx, &keys, w.now).await?;
    let said: HashMap<&str, &store::Said> = said.iter().map(|(key, said)| (*key, said)).collect();
    store::remember(&w.tx, import.id, &import.source, said).await?;
    store::mark_conflict(&w.tx, import.id, &conflicts).await?;
    Ok(())
}

fn distinct(keys: Vec<(StartupId, ExternalId)>) -> Vec<(StartupId, ExternalId)> {
    let mut seen = HashSet::new();
    keys.into_iter().filter(|key| seen.insert(key.clone())).collect()
}

/// Gives startups slugs that nobody has.
async fn give_slugs(w: &Write, made: &mut [Startup]) -> Result<(), Stop> {
    let bases: Vec<String> = made.iter().map(|s| text::slug_base(&s.profile.name)).collect();
    let mut taken = store::taken_slugs(&w.tx, bases.clone()).await?;
    let mut next: HashMap<String, u64> = HashMap::new();
    for (startup, base) in made.iter_mut().zip(bases) {
        let mut slug = base.clone();
        let number = next.entry(base.clone()).or_insert(2);
        while taken.contains(&slug) {
            slug = format!("{base}-{number}");
            *number += 1;
        }
        taken.insert(slug.clone());
        startup.slug = slug;
    }
    Ok(())
}
