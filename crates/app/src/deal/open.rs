//! Opening a deal.

use domain::{
    DealChangeTag, DealId, DealTag, Instant, Message, Problem, Problems, StartupId,
    activity::{Change, SubjectType, whole},
    deal::{Deal, DealChange, DealStatus, Round, Standing, Terms, TermsEdit},
    startup::Startup,
    time,
};
use serde_json::{Value, json};

use super::{object, one_active, people_exist, stage_by_key};
use crate::{
    Error,
    write::{Stop, Write},
};

/// What is needed to open a deal.
#[derive(Debug, Clone)]
pub struct NewDeal {
    /// In which startup.
    pub startup: StartupId,
    /// The key of the stage it begins in; the first of the pipeline if None.
    pub stage: Option<String>,
    /// Its terms, as a change of empty ones.
    pub terms: TermsEdit,
    /// When it was opened, if not now.
    pub occurred_at: Option<Instant>,
}

pub(super) async fn open(w: &mut Write, new: NewDeal) -> Result<DealId, Stop> {
    let NewDeal {
        startup,
        stage,
        mut terms,
        occurred_at,
    } = new;
    let missing = || Stop::from(Problem::not_found("startup", startup));
    let startup = storage::startup::lock(&w.tx, startup)
        .await?
        .ok_or_else(missing)?;
    let stages = storage::deal::stages(&w.tx, None).await?;
    let mut problems = Problems::default();
    let stage = match &stage {
        Some(key) => match stage_by_key(&stages, key) {
            Ok(stage) if stage.is_retired => {
                let message = Message::StageRetired {
                    name: stage.name.clone(),
                    name_zh: stage.name_zh.clone(),
                };
                problems.push(Problem::not_allowed("stage", message));
                None
            }
            Ok(stage) => Some(stage),
            Err(problem) => {
                problems.push(problem);
                None
            }
        },
        None => stages.iter().find(|stage| !stage.is_retired),
    };
    let opened_at = occurred_at.map_or(w.now, time::instant);
    problems.push_if(opened_at > w.now, || {
        Problem::invalid(
            "occurredAt",
            Message::InstantInFuture {
                at: opened_at,
                now: w.now,
            },
        )
    });
    let title = terms
        .title
        .take()
        .unwrap_or_else(|| default_title(&startup, terms.round.unwrap_or(Round::Unknown)));
    if terms.owner_id.flatten().is_none() {
        terms.owner_id = Some(w.by);
    }
    let prepared = Terms::titled(title).edited(terms).prepared();
    let terms = match prepared {
        Ok(terms) => Some(terms),
        Err(more) => {
            problems.0.extend(more);
            None
        }
    };
    problems.into_result()?;
    let (Some(stage), Some(terms)) = (stage, terms) else {
        return Err(Error::Internal("every stage is retired".into()).into());
    };
    people_exist(w, &terms, None).await?;
    crate::fund::funds_exist(w, &terms, None).await?;
    crate::belief::awaited_exists(w, terms.revisit_when.as_ref(), None).await?;
    let id = w.new_id::<DealTag>();
    let first = DealChange {
        id: w.new_id::<DealChangeTag>(),
        deal_id: id,
        from: None,
        to: (stage.id, DealStatus::Active),
        occurred_at: opened_at,
        recorded_at: w.now,
        by: w.by,
        reason: None,
        pass_reason: None,
        overrode: Vec::new(),
        override_reason: None,
        voids: None,
        review_id: None,
    };
    let deal = Deal {
        id,
        startup_id: startup.id,
        terms,
        standing: Standing {
            stage_id: stage.id,
            status: DealStatus::Active,
            pass_reason: None,
            pass_note: None,
            entered_stage_at: opened_at,
            held_micros: 0,
            held_since: None,
        },
        opened_by: w.by,
        opened_at,
        created_at: w.now,
        updated_at: w.now,
        version: 1,
        hidden_at: None,
        revisit_due: None,
    };
    one_active(w, None, &deal).await?;
    storage::deal::insert(&w.tx, &deal).await?;
    storage::deal::insert_change(&w.tx, &first).await?;
    let mut after = object(whole(&deal.terms));
    after.extend(object(whole(&deal.standing)));
    // What never changes is said once, so that the rows alone tell whose deal it was.
    after.insert("startupId".to_owned(), json!(deal.startup_id));
    w.record(Change {
        subject_type: SubjectType::Deal,
        subject_id: id.uuid(),
        startup_id: Some(deal.startup_id),
        deal_id: Some(id),
        before: None,
        after: Some(Value::Object(after)),
    });
    Ok(id)
}

fn default_title(startup: &Startup, round: Round) -> String {
    format!("{} {}", startup.profile.name, round.label())
        .trim_end()
        .to_owned()
}
