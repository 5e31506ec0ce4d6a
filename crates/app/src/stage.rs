//! The stages of the pipeline, as administrators edit them: added, renamed, put in another order, retired; and the sets
//! of them that a fund begins with. None is deleted, as deals stood in it.

use domain::{
    Instant, Message, Problem, ProblemCode, StageId, StageTag,
    access::Demand,
    activity::{Change, SubjectType, diff},
    deal::{STAGES_LIMIT, Stage, StageSet, adopted_order, gate::GateRule},
    time,
};
use futures::FutureExt;

use crate::{
    Caller, Outcome,
    write::{Stop, Write},
};

/// A stage to be added.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct NewStage {
    pub key: String,
    pub name: String,
    pub name_zh: String,
    pub limit_days: i32,
    pub gate: Vec<GateRule>,
    /// Its place, counted from 1; last if None.
    pub order: Option<i32>,
}

/// A change of a stage; what is left out stays.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct StageEdit {
    pub name: Option<String>,
    pub name_zh: Option<String>,
    pub limit_days: Option<i32>,
    pub gate: Option<Vec<GateRule>>,
    pub is_retired: Option<bool>,
    pub order: Option<i32>,
}

impl Caller {
    /// Adds a stage to the pipeline.
    pub async fn create_stage(&self, new: NewStage, path: &str) -> Result<Outcome<StageId>, crate::Error> {
        self.write("createStage", path, Demand::ADMIN, |w| {
            create(w, new.clone()).boxed()
        })
        .await
    }
    /// Changes a stage that is still at `version`.
    pub async fn update_stage(
        &self,
        id: StageId,
        version: i32,
        edit: StageEdit,
        path: &str,
    ) -> Result<Outcome<StageId>, crate::Error> {
        self.write("updateStage", path, Demand::ADMIN, |w| {
            update(w, id, version, edit.clone()).boxed()
        })
        .await
    }
    /// Makes the pipeline that of a set: its stages in its order, those that are no part of it retired where they stood
    /// among the others ([`adopted_order`]).
    pub async fn adopt_stages(&self, set: StageSet, path: &str) -> Result<Outcome<()>, crate::Error> {
        self.write("adoptStages", path, Demand::ADMIN, |w| adopt(w, set).boxed())
            .await
    }
}

/// The pipeline before and as it is to be.
struct Pipeline {
    before: Vec<(Stage, Instant)>,
    after: Vec<Stage>,
}

impl Pipeline {
    async fn locked(w: &Write) -> Result<Self, Stop> {
        let before = storage::deal::lock_stages(&w.tx).await?;
        let after = before.iter().map(|(stage, _)| stage.clone()).collect();
        Ok(Self { before, after })
    }
    /// Puts a stage where the order wants it, counted from 1.
    fn place(&mut self, stage: Stage, order: i32) -> Result<(), Problem> {
        let last = self.after.len() + 1;
        let at = usize::try_from(order)
            .ok()
            .filter(|at| (1..=last).contains(at))
            .ok_or_else(|| {
                Problem::invalid(
                    "order",
                    Message::NotA {
                        value: order.to_string(),
                        expected: format!("a place in the pipeline, 1 to {last}"),
                    },
                )
            })?;
        self.after.insert(at - 1, stage);
        Ok(())
    }
    /// Stores what differs, with a row of activity for each stage.
    async fn store(mut self, w: &mut Write) -> Result<(), Stop> {
        if self.after.iter().all(|stage| stage.is_retired) {
            return Err(Problem::not_allowed("isRetired", Message::LastStage).into());
        }
        if self.after.len() > STAGES_LIMIT {
            return Err(Problem::new(
                ProblemCode::Limit,
                "",
                Message::TooMany {
                    count: self.after.len(),
                    limit: STAGES_LIMIT,
                },
            )
            .into());
        }
        for (position, stage) in (1..).zip(&mut self.after) {
            stage.position = position;
        }
        for mut stage in self.after {
            let Some((old, last)) = self.before.iter().find(|(old, _)| old.id == stage.id) else {
                storage::deal::insert_stage(&w.tx, &stage, w.now).await?;
                w.created(SubjectType::Stage, stage.id.uuid(), &stage);
                continue;
            };
            let Some((before, after)) = diff(old, &stage) else {
                continue;
            };
            stage.version = old.version + 1;
            storage::deal::update_stage(&w.tx, &stage, time::recorded_after(w.now, *last)).await?;
            w.record(Change {
                subject_type: SubjectType::Stage,
                subject_id: stage.id.uuid(),
                startup_id: None,
                deal_id: None,
                before: Some(before),
                after: Some(after),
            });
        }
        Ok(())
    }
}

async fn create(w: &mut Write, new: NewStage) -> Result<StageId, Stop> {
    let NewStage {
        key,
        name,
        name_zh,
        limit_days,
        gate,
        order,
    } = new;
    let stage = Stage {
        id: w.new_id::<StageTag>(),
        key,
        name,
        name_zh,
        position: 0,
        limit_days,
        gate,
        is_retired: false,
        version: 1,
    };
    let stage = stage.prepared()?;
    let id = stage.id;
    let mut pipeline = Pipeline::locked(w).await?;
    if pipeline.after.iter().any(|other| other.key == stage.key) {
        let value = stage.key;
        return Err(Problem::new(ProblemCode::Taken, "key", Message::Duplicate { value }).into());
    }
    let last = i32::try_from(pipeline.after.len() + 1).unwrap_or(i32::MAX);
    pipeline.place(stage, order.unwrap_or(last))?;
    pipeline.store(w).await?;
    Ok(id)
}

async fn update(w: &mut Write, id: StageId, version: i32, edit: StageEdit) -> Result<StageId, Stop> {
    let mut pipeline = Pipeline::locked(w).await?;
    let at = pipeline
        .after
        .iter()
        .position(|stage| stage.id == id)
        .ok_or_else(|| Problem::not_found("id", id))?;
    let old = pipeline.after.remove(at);
    if old.version != version {
        let message = Message::StaleVersion {
            sent: version,
            current: old.version,
        };
        return Err(Problem::new(ProblemCode::StaleVersion, "version", message).into());
    }
    let StageEdit {
        name,
        name_zh,
        limit_days,
        gate,
        is_retired,
        order,
    } = edit;
    let order = order.unwrap_or(i32::try_from(at + 1).unwrap_or(i32::MAX));
    let new = Stage {
        name: name.unwrap_or(old.name),
        name_zh: name_zh.unwrap_or(old.name_zh),
        limit_days: limit_days.unwrap_or(old.limit_days),
        gate: gate.unwrap_or(old.gate),
        is_retired: is_retired.unwrap_or(old.is_retired),
        ..old
    };
    pipeline.place(new.prepared()?, order)?;
    pipeline.store(w).await?;
    Ok(id)
}

async fn adopt(w: &mut Write, set: StageSet) -> Result<(), Stop> {
    let mut pipeline = Pipeline::locked(w).await?;
    let mut all = std::mem::take(&mut pipeline.after);
    let old: Vec<StageId> = all.iter().map(|stage| stage.id).collect();
    for stage in &mut all {
        stage.is_retired = true;
    }
    let mut chosen = Vec::new();
    for default in set.stages() {
        let known = all.iter().position(|stage| stage.key == default.key);
        let (id, version, gate) = match known.map(|at| all.swap_remove(at)) {
            // A gate that somebody wrote is not taken down.
            Some(old) => (old.id, old.version, old.gate),
            None => (w.new_id::<StageTag>(), 1, default.gate()),
        };
        chosen.push(id);
        all.push(Stage {
            id,
            key: default.key.into(),
            name: default.name.into(),
            name_zh: default.name_zh.into(),
            position: 0,
            limit_days: default.limit_days,
            gate,
            is_retired: false,
            version,
        });
    }
    for id in adopted_order(&old, &chosen) {
        let at = all.iter().position(|stage| stage.id == id);
        pipeline.after.extend(at.map(|at| all.swap_remove(at)));
    }
    pipeline.store(w).await
}
