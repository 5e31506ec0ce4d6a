//! The plan: what each row would do. The file is read twice, so that no more than a batch of its rows is held: first to
//! find out of whom they speak, then to compare what they say with what is here.

use std::collections::{BTreeMap, HashMap};

use domain::{
    ImportId, ImportTag, Message, Problem, StartupId,
    activity::{Change, SubjectType},
    import::{CellError, FieldChange, Import, ImportRecord, ImportRow, ImportStatus, RowAction},
    startup::Profile,
};
use futures::FutureExt as _;
use import::{Reader, Row, Said, Source};
use serde_json::{Value, json};

use super::{
    BATCH, IMPORT, NewImport, file_hash,
    merge::{Claims, Sectors, fresh, merge, prepared},
    recognise::{Group, Known, Place, Recognised, hash, key},
};
use crate::{
    Caller, Error, Outcome,
    write::{Stop, Write},
};

impl Caller {
    /// Plans an import: says what each row would do, and writes nothing to live records.
    pub async fn plan_import(&self, new: NewImport, path: &str) -> Result<Outcome<ImportId>, Error> {
        self.write("planImport", path, IMPORT, |w| plan(w, new.clone()).boxed())
            .await
    }
}

fn unreadable(error: &import::Unreadable) -> Stop {
    Problem::invalid(
        "rows",
        Message::Unreadable {
            reason: error.to_string(),
        },
    )
    .into()
}

async fn plan(w: &mut Write, new: NewImport) -> Result<ImportId, Stop> {
    let source = new.source.trim().to_owned();
    if source.is_empty() {
        return Err(Problem::required("source").into());
    }
    if source.chars().count() > 200 {
        return Err(Problem::invalid(
            "source",
            Message::TooLong {
                length: source.chars().count(),
                limit: 200,
            },
        )
        .into());
    }
    let open = || {
        let file = Source {
            file_name: new.file_name.as_deref(),
            bytes: &new.bytes,
        };
        import::open(file, &new.options).map_err(|e| unreadable(&e))
    };
    let info = open()?.info().clone();
    let id = w.new_id::<ImportTag>();
    let mut made = Import {
        id,
        source: source.clone(),
        file_name: new.file_name.clone(),
        file_sha256: Some(file_hash(&new.bytes)),
        format: Some(info.format.code().to_owned()),
        encoding: info.encoding.clone(),
        preset: info.preset.clone(),
        mapping: match serde_json::to_value(&info.mapping) {
            Ok(Value::Object(mapping)) => mapping,
            _ => serde_json::Map::new(),
        },
        default_country: new.options.default_country.clone(),
        status: ImportStatus::Planned,
        row_count: 0,
        counts: Vec::new(),
        record_count: 0,
        applied_count: 0,
        planned_seq: Some(storage::activity::newest_seq(&w.tx).await?),
        report: info.notes,
        started_by: w.by,
        created_at: w.now,
        applied_at: None,
        undone_at: None,
    };
    storage::import::put(&w.tx, &made).await?;
    w.import = Some(id);
    let sectors: Sectors = sectors(w).await?;
    let names = names(open()?);
    let mut planning = Planning {
        source,
        import: id,
        names,
        sectors,
        recognised: Recognised::default(),
        states: HashMap::new(),
        counts: BTreeMap::new(),
        records: 0,
    };
    planning.recognise(w, open()?).await?;
    planning.compare(w, open()?).await?;
    made.row_count = i32::try_from(planning.recognised.places.len()).unwrap_or(i32::MAX);
    made.counts = planning.counts.into_iter().collect();
    made.record_count = planning.records;
    storage::import::put(&w.tx, &made).await?;
    w.record(Change {
        subject_type: SubjectType::Import,
        subject_id: id.uuid(),
        startup_id: None,
        deal_id: None,
        before: None,
        after: Some(json!({ "source": made.source, "fileName": made.file_name, "status": made.status, "rowCount": made.row_count })),
    });
    Ok(id)
}

/// The ids of the sectors by their slugs.
pub(super) async fn sectors(w: &Write) -> Result<Sectors, Stop> {
    Ok(storage::sector::all(&w.tx, None)
        .await?
        .into_iter()
        .map(|sector| (sector.slug, sector.id))
        .collect())
}

/// How often each name stands in a file without ids.
fn names(reader: Reader<'_>) -> HashMap<String, u32> {
    let mut names = HashMap::new();
    for row in reader {
        if let (None, Some(name)) = (&row.said.external_id, row.said.row_key) {
            *names.entry(name).or_insert(0) += 1;
        }
    }
    names
}

/// A startup under comparison, as the rows so far leave it.
struct State {
    profile: Profile,
    version: Option<i32>,
    made: bool,
    changed: bool,
    remember: bool,
    claims: Claims,
    left: u32,
}

struct Planning {
    source: String,
    import: ImportId,
    names: HashMap<String, u32>,
    sectors: Sectors,
    recognised: Recognised,
    states: HashMap<StartupId, State>,
    counts: BTreeMap<RowAction, i32>,
    records: i32,
}

/// A row, the key by which its source knows it again, and the hash of what it says.
struct Read {
    row: Row,
    key: String,
    sha256: Vec<u8>,
}

impl Planning {
    fn batch(&self, reader: &mut Reader<'_>) -> Result<Vec<Read>, Stop> {
        let mut batch = Vec::with_capacity(BATCH);
        for row in reader.by_ref().take(BATCH) {
            let sha256 = hash(&row.said)?;
            let key = key(&row.said, |name| self.names.get(name) == Some(&1), &sha256);
            batch.push(Read { row, key, sha256 });
        }
        Ok(batch)
    }

    async fn recognise(&mut self, w: &Write, mut reader: Reader<'_>) -> Result<(), Stop> {
        loop {
            let batch = self.batch(&mut reader)?;
            if batch.is_empty() {
                return Ok(());
            }
            let rows: Vec<Option<Known<'_>>> = batch
                .iter()
                .map(|Read { row, key, sha256 }| {
                    (row.skip.is_none() && !row.is_fatal()).then(|| Known {
                        row_no: row_no(row),
                        said: &row.said,
                        key,
                        sha256,
                    })
                })
                .collect();
            self.recognised
                .batch(&w.tx, &w.app.inner.clock, &self.source, &rows, &self.sectors)
                .await?;
        }
    }

    async fn compare(&mut self, w: &Write, mut reader: Reader<'_>) -> Result<(), Stop> {
        loop {
            let batch = self.batch(&mut reader)?;
            if batch.is_empty() {
                return Ok(());
            }
            self.load(w, &batch).await?;
            let keys = batch
                .iter()
                .filter(|read| !self.is_settled(read))
                .map(|read| read.key.clone())
                .collect();
            let before = storage::import::said_before(&w.tx, &self.source, keys, true).await?;
            let mut rows = Vec::with_capacity(batch.len());
            let mut records = Vec::new();
            for read in batch {
                let last = match before.get(&read.key) {
                    Some(last) => serde_json::from_value::<Said>(last.said.clone())
                        .ok()
                        .map(|said| (last.startup_id, said, last.sha256 == read.sha256)),
                    None => None,
                };
                let row = self.row(w, read, last.as_ref(), &mut records)?;
                *self.counts.entry(row.action).or_insert(0) += 1;
                rows.push(row);
            }
            self.records += i32::try_from(records.len()).unwrap_or(i32::MAX);
            storage::import::copy_rows(&w.tx, self.import, &rows).await?;
            storage::import::copy_records(&w.tx, self.import, &records).await?;
        }
    }

    fn place(&self, row: &Row) -> &Place {
        let at = usize::try_from(row.number).unwrap_or(usize::MAX).wrapping_sub(1);
        self.recognised.places.get(at).unwrap_or(&Place::Nowhere)
    }

    fn group(&self, startup: StartupId) -> Option<&Group> {
        self.recognised.groups.get(&startup)
    }

    /// Whether nothing that is said of the row's startup is new: then it need not be compared.
    fn is_settled(&self, read: &Read) -> bool {
        match self.place(&read.row) {
            Place::Of { startup, .. } => self.group(*startup).is_none_or(|g| g.again == g.rows),
            Place::Nowhere | Place::Unclear(_) => true,
        }
    }

    /// Loads the startups that rows of a batch speak of first.
    async fn load(&mut self, w: &Write, batch: &[Read]) -> Result<(), Stop> {
        let mut wanted = Vec::new();
        for read in batch.iter().filter(|read| !self.is_settled(read)) {
            if let Place::Of { startup, .. } = self.place(&read.row)
                && !self.states.contains_key(startup)
                && self.group(*startup).is_some_and(|g| !g.new)
                && !wanted.contains(startup)
            {
                wanted.push(*startup);
            }
        }
        for startup in storage::startup::by_ids(&w.tx, &wanted, None).await? {
            let left = self.group(startup.id).map_or(0, |g| g.rows);
            let state = State {
                profile: startup.profile,
                version: Some(startup.version),
                made: false,
                changed: false,
                remember: false,
                claims: Claims::default(),
                left,
            };
            self.states.insert(startup.id, state);
        }
        Ok(())
    }

    fn row(
        &mut self,
        w: &Write,
        read: Read,
        last: Option<&(StartupId, Said, bool)>,
        records: &mut Vec<ImportRecord>,
    ) -> Result<ImportRow, Stop> {
        let place = self.place(&read.row).clone();
        let settled = self.is_settled(&read);
        let Read { row, key, .. } = read;
        let mut done = ImportRow {
            row_no: row_no(&row),
            action: RowAction::Unchanged,
            record_n: None,
            startup_id: None,
            said: json!(row.said),
            raw: row.raw,
            row_key: key,
            changes: Vec::new(),
            errors: row
                .errors
                .into_iter()
                .map(|e| CellError {
                    column: e.column,
                    value: e.value,
                    reason: e.reason,
                })
                .collect(),
            candidates: Vec::new(),
        };
        let (startup, by_key) = match place {
            Place::Nowhere => {
                done.action = RowAction::Error;
                if let Some(reason) = row.skip {
                    done.action = RowAction::Skip;
                    done.errors.push(whole(reason));
                }
                return Ok(done);
            }
            Place::Unclear(candidates) => {
                done.action = RowAction::Conflict;
                done.errors.push(whole(format!(
                    "it may be any of {} startups; merge them, or correct the row so that it names one",
                    candidates.len()
                )));
                done.candidates = candidates.into_vec();
                return Ok(done);
            }
            Place::Of { startup, by_key, .. } => (startup, by_key),
        };
        let Some(group) = self.group(startup).cloned() else {
            return Err(Error::Internal("a row's startup has no rows".into()).into());
        };
        done.startup_id = Some(startup);
        done.record_n = Some(group.n);
        if settled {
            return Ok(done);
        }
        let state = self.states.entry(startup).or_insert_with(|| State {
            profile: Profile::named(""),
            version: None,
            made: false,
            changed: false,
            remember: false,
            claims: Claims::default(),
            left: group.rows,
        });
        state.left = state.left.saturating_sub(1);
        let last = last.filter(|(of, ..)| *of == startup);
        let mut claims = std::mem::take(&mut state.claims);
        let (profile, kept) = if group.new && !state.made {
            (fresh(&row.said, &mut claims, &self.sectors), Vec::new())
        } else {
            let mut profile = state.profile.clone();
            let last = last.map(|(_, said, _)| said);
            let kept = merge(&mut profile, &row.said, last, by_key, &mut claims, &self.sectors);
            (profile, kept)
        };
        state.claims = claims;
        for field in kept {
            done.errors.push(CellError {
                column: None,
                value: Some(field.to_owned()),
                reason: format!("{field} stays as a person left it since this source last gave it"),
            });
        }
        match prepared(profile, w.today()) {
            Err(problems) => {
                done.action = RowAction::Error;
                for problem in problems {
                    done.errors.push(CellError {
                        column: Some(problem.field.join(".")),
                        value: None,
                        reason: problem.message.text(domain::Language::En),
                    });
                }
                done.record_n = None;
                done.startup_id = done.startup_id.filter(|_| !group.new);
            }
            Ok(profile) => {
                if group.new && !state.made {
                    done.action = RowAction::Create;
                    state.made = true;
                } else {
                    done.changes = field_changes(&state.profile, &profile);
                    if let Some(id) = row.said.external_id.as_ref().filter(|_| !by_key) {
                        done.changes.push(FieldChange {
                            field: "externalIds".into(),
                            from: Value::Null,
                            to: json!({ "source": self.source, "id": id }),
                        });
                    }
                    if !done.changes.is_empty() {
                        done.action = RowAction::Update;
                        state.changed = true;
                    }
                }
                state.profile = profile;
                state.remember |= last.is_none_or(|(_, _, again)| !again);
            }
        }
        if state.left == 0
            && let Some(state) = self.states.remove(&startup)
            && (state.made || state.changed || state.remember)
            && (!group.new || state.made)
        {
            records.push(ImportRecord {
                n: group.n,
                startup_id: startup,
                seen_version: state.version,
                changes: state.changed,
            });
        }
        Ok(done)
    }
}

fn row_no(row: &Row) -> i32 {
    i32::try_from(row.number).unwrap_or(i32::MAX)
}

fn whole(reason: String) -> CellError {
    CellError {
        column: None,
        value: None,
        reason,
    }
}

/// What differs between two states of a profile, field by field.
fn field_changes(old: &Profile, new: &Profile) -> Vec<FieldChange> {
    if old == new {
        return Vec::new();
    }
    let Some((Value::Object(mut before), Value::Object(after))) = domain::activity::diff(old, new) else {
        return Vec::new();
    };
    after
        .into_iter()
        .map(|(field, to)| FieldChange {
            from: before.remove(&field).unwrap_or(Value::Null),
            field,
            to,
        })
        .collect()
}
