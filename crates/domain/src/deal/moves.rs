//! Moves of a deal: which are possible, where they leave it, and how one is taken back (domain.md §6).

use chrono::{NaiveDate, TimeDelta};

use super::{Deal, DealChange, DealStatus, GateCondition, PassReason, Stage, Standing};
use crate::{
    Instant, Message, Problem, ProblemCode, Problems, Role, StageId, UserId,
    access::Demand,
    check::{TEXT_LIMIT, distinct, optional},
    time::{day_in, instant},
};

/// What somebody asks a deal to become. What is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MoveRequest {
    /// Into which stage.
    pub stage: Option<StageId>,
    /// To which status.
    pub status: Option<DealStatus>,
    /// Why.
    pub reason: Option<String>,
    /// Why we say no: required for PASSED.
    pub pass_reason: Option<PassReason>,
    /// In which words.
    pub pass_note: Option<String>,
    /// When to look again; kept with the terms.
    pub revisit_on: Option<NaiveDate>,
    /// When it happened, if not now.
    pub occurred_at: Option<Instant>,
}

/// A move that may be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Stage and status before.
    pub from: (StageId, DealStatus),
    /// Stage and status after.
    pub to: (StageId, DealStatus),
    /// When it happened.
    pub occurred_at: Instant,
    /// Where it leaves the deal.
    pub standing: Standing,
    /// What it takes of who makes it.
    pub demand: Demand,
}

/// The move that a request comes to, at the instant `now`, or all that stands against it. `history` is the deal's, its
/// opening and the voids included. Gates are open.
pub fn plan_move(
    deal: &Deal,
    history: &[DealChange],
    stages: &[Stage],
    request: &MoveRequest,
    now: Instant,
) -> Result<Move, Vec<Problem>> {
    let mut wrong = Problems::default();
    let from = (deal.standing.stage_id, deal.standing.status);
    let to = (request.stage.unwrap_or(from.0), request.status.unwrap_or(from.1));
    if from == to {
        return Err(vec![Problem::invalid(
            "",
            Message::MoveUnchanged { status: from.1 },
        )]);
    }
    check_status(from.1, to.1, &mut wrong);
    if to.0 != from.0 {
        check_stage(from.1, to.0, stages, &mut wrong);
    }
    let pass_note = check_words(request, from.1, to.1, &mut wrong);
    let last = unvoided(history).last().map(|change| change.occurred_at);
    // A server whose clock lags behind that of the last move's may plan one before it: then it is as late as that.
    let occurred_at = request
        .occurred_at
        .map_or_else(|| last.map_or(now, |last| last.max(now)), instant);
    if request.occurred_at.is_some() {
        wrong.push_if(occurred_at > now, || {
            Problem::invalid("occurredAt", Message::InstantInFuture { at: occurred_at, now })
        });
        if let Some(last) = last {
            wrong.push_if(occurred_at < last, || {
                Problem::invalid(
                    "occurredAt",
                    Message::BeforeLastMove {
                        at: occurred_at,
                        last,
                    },
                )
            });
        }
    }
    wrong.into_result()?;
    let is_pass = to.1 == DealStatus::Passed;
    let standing = Standing {
        pass_reason: request.pass_reason.filter(|_| is_pass),
        pass_note: pass_note.filter(|_| is_pass),
        ..after(&deal.standing, to, occurred_at)
    };
    let demand = if to.1 == DealStatus::Invested {
        Demand::PARTNER_WRITE
    } else {
        Demand::ANALYST_WRITE
    };
    Ok(Move {
        from,
        to,
        occurred_at,
        standing,
        demand,
    })
}

/// Where a deal stands after its history, the opening first: voided rows and voids are left out. `pass_note` are the
/// words of its last pass, which are not kept with the rows; they go with it. None without an opening.
pub fn standing(history: &[DealChange], pass_note: Option<String>) -> Option<Standing> {
    let mut rows = unvoided(history).into_iter();
    let opening = rows.next()?;
    let opened = Standing {
        stage_id: opening.to.0,
        status: opening.to.1,
        pass_reason: opening.pass_reason.filter(|_| opening.to.1 == DealStatus::Passed),
        pass_note: None,
        entered_stage_at: opening.occurred_at,
        held_micros: 0,
        held_since: (opening.to.1 == DealStatus::OnHold).then_some(opening.occurred_at),
    };
    let mut standing = rows.fold(opened, |standing, change| Standing {
        pass_reason: change.pass_reason.filter(|_| change.to.1 == DealStatus::Passed),
        ..after(&standing, change.to, change.occurred_at)
    });
    standing.pass_note = pass_note.filter(|_| standing.status == DealStatus::Passed);
    Some(standing)
}

/// The move that would be voided, the last one that is not voided yet, and where that leaves the deal. Its author may
/// void it on the day of the workspace on which it was recorded, a PARTNER at any time; an opening is no move.
pub fn plan_void(
    deal: &Deal,
    history: &[DealChange],
    actor: UserId,
    actor_role: Role,
    zone: chrono_tz::Tz,
    now: Instant,
) -> Result<(DealChange, Standing), Vec<Problem>> {
    let refused = |message| vec![Problem::not_allowed("deal", message)];
    let Some(last) = unvoided(history).pop().filter(|change| change.from.is_some()) else {
        return Err(refused(Message::NoMoveToVoid));
    };
    let is_own_of_today = last.by == Some(actor) && day_in(zone, last.recorded_at) == day_in(zone, now);
    if !is_own_of_today && actor_role < Role::Partner {
        return Err(refused(Message::VoidNeedsPartner));
    }
    let before: Vec<DealChange> = history
        .iter()
        .filter(|change| change.id != last.id)
        .cloned()
        .collect();
    let Some(standing) = standing(&before, None) else {
        return Err(refused(Message::NoMoveToVoid));
    };
    debug_assert_eq!(last.deal_id, deal.id, "a history is of its deal");
    Ok((last.clone(), standing))
}

/// How many whole 24 hours a deal has been in its stage at an instant, less the time on hold.
pub fn days_in_stage(standing: &Standing, at: Instant) -> i32 {
    let running = standing
        .held_since
        .map_or(TimeDelta::zero(), |since| (at - since).max(TimeDelta::zero()));
    let held = TimeDelta::microseconds(standing.held_micros) + running;
    let days = (at - standing.entered_stage_at - held).num_days().max(0);
    i32::try_from(days).unwrap_or(i32::MAX)
}

/// Whether a deal has been in its stage for longer than the stage's limit. Only ACTIVE deals are stale.
pub fn is_stale(standing: &Standing, limit_days: i32, at: Instant) -> bool {
    standing.status == DealStatus::Active && days_in_stage(standing, at) > limit_days
}

/// The conditions of gates that a deal's moves overrode, each once; voided moves left out.
pub fn overridden(history: &[DealChange]) -> Vec<GateCondition> {
    distinct(
        unvoided(history)
            .into_iter()
            .flat_map(|change| change.overrode.iter().copied()),
    )
}

/// The rows that stand, in the order in which they were recorded.
fn unvoided(history: &[DealChange]) -> Vec<&DealChange> {
    let is_voided = |change: &DealChange| history.iter().any(|other| other.voids == Some(change.id));
    let mut rows: Vec<&DealChange> = history
        .iter()
        .filter(|change| change.voids.is_none() && !is_voided(change))
        .collect();
    rows.sort_by_key(|change| change.recorded_at);
    rows
}

/// Stage, status, entry and time on hold after a move; nothing is said of a pass.
fn after(standing: &Standing, to: (StageId, DealStatus), occurred_at: Instant) -> Standing {
    let is_on_hold = to.1 == DealStatus::OnHold;
    let (entered_stage_at, held_micros, held_since) = if to.0 == standing.stage_id {
        let ended = standing
            .held_since
            .filter(|_| !is_on_hold)
            .and_then(|since| (occurred_at - since).num_microseconds());
        let held_since = if is_on_hold {
            standing.held_since.or(Some(occurred_at))
        } else {
            None
        };
        (
            standing.entered_stage_at,
            standing.held_micros + ended.unwrap_or(0).max(0),
            held_since,
        )
    } else {
        (occurred_at, 0, is_on_hold.then_some(occurred_at))
    };
    Standing {
        stage_id: to.0,
        status: to.1,
        pass_reason: None,
        pass_note: None,
        entered_stage_at,
        held_micros,
        held_since,
    }
}

fn check_status(from: DealStatus, to: DealStatus, wrong: &mut Problems) {
    use DealStatus::{Active, Invested, Lost, OnHold, Passed};
    match (from, to) {
        (Invested | Lost, _) => wrong.push(Problem::not_allowed(
            "status",
            Message::StatusIsFinal { status: from },
        )),
        (Active, _) | (OnHold, OnHold | Active | Passed | Lost) | (Passed, Passed | Active) => {}
        (OnHold | Passed, _) => wrong.push(Problem::not_allowed(
            "status",
            Message::StatusCannotFollow { from, to },
        )),
    }
}

fn check_stage(status: DealStatus, to: StageId, stages: &[Stage], wrong: &mut Problems) {
    let is_final = matches!(status, DealStatus::Invested | DealStatus::Lost);
    wrong.push_if(status != DealStatus::Active && !is_final, || {
        Problem::not_allowed("stage", Message::StageNeedsActive { status })
    });
    match stages.iter().find(|stage| stage.id == to) {
        None => wrong.push(Problem::not_found("stage", to)),
        Some(Stage {
            is_retired: true,
            name,
            name_zh,
            ..
        }) => {
            let message = Message::StageRetired {
                name: name.clone(),
                name_zh: name_zh.clone(),
            };
            wrong.push(Problem::not_allowed("stage", message));
        }
        Some(_) => {}
    }
}

/// Checks what is said about the move, and gives the words about a pass.
fn check_words(
    request: &MoveRequest,
    from: DealStatus,
    to: DealStatus,
    wrong: &mut Problems,
) -> Option<String> {
    optional(request.reason.clone(), "reason", TEXT_LIMIT, wrong);
    let pass_note = optional(request.pass_note.clone(), "passNote", TEXT_LIMIT, wrong);
    if to == DealStatus::Passed {
        wrong.push_if(from != to && request.pass_reason.is_none(), || {
            Problem::new(ProblemCode::Required, "passReason", Message::PassNeedsReason)
        });
    } else {
        for (field, is_given) in [
            ("passReason", request.pass_reason.is_some()),
            ("passNote", pass_note.is_some()),
        ] {
            wrong.push_if(is_given, || {
                Problem::invalid(
                    field,
                    Message::OnlyWhenPassing {
                        what: field.to_owned(),
                    },
                )
            });
        }
    }
    pass_note
}

#[cfg(test)]
mod tests;
