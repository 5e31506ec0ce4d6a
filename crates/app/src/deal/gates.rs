//! Gates on the way of a move: what they ask in vain, and who may override them.

use domain::{
    Message, Problem, ProblemCode, Role, StageId,
    deal::{
        Deal, DealStatus, Stage,
        gate::{self, GateFacts, Unmet},
    },
};

use super::moves::{not_too_long, words};
use crate::{
    assessment,
    write::{Stop, Write},
};

/// What the gates on a move's way ask in vain of a deal whose startup is locked.
pub(super) async fn unmet(
    w: &Write,
    deal: &Deal,
    stages: &[Stage],
    from: StageId,
    to: (StageId, DealStatus),
) -> Result<Vec<Unmet>, Stop> {
    let way = gate::on_the_way(stages, from, to);
    if way.iter().all(|stage| stage.gate.is_empty()) {
        return Ok(Vec::new());
    }
    let startup = deal.startup_id;
    let (_, yardstick) = w.app.yardstick(&w.tx).await?;
    let mut histories = storage::assessment::histories(&w.tx, &[startup]).await?;
    let mut answered = storage::checklist::of_startups(&w.tx, &[startup], None).await?;
    let inputs = domain::assessment::Inputs::new(yardstick, histories.remove(&startup).unwrap_or_default());
    let at = assessment::latest(&inputs, w.now);
    let answered = answered.remove(&startup).unwrap_or_default();
    Ok(gate::unmet(
        &way,
        &GateFacts::of(&inputs, &answered, deal.terms.round, at),
    ))
}

/// The reason for which a move overrides what is unmet; None where nothing is. A closed gate stops whoever gives none,
/// and whoever is no PARTNER.
pub(super) fn overriding(
    w: &Write,
    stages: &[Stage],
    unmet: &[Unmet],
    reason: Option<String>,
) -> Result<Option<String>, Stop> {
    if unmet.is_empty() {
        return Ok(None);
    }
    let Some(reason) = reason.as_deref().and_then(words) else {
        return Err(Stop::from(
            unmet
                .iter()
                .map(|unmet| closed(stages, unmet))
                .collect::<Vec<_>>(),
        ));
    };
    if w.viewer.role < Role::Partner {
        return Err(Problem::not_allowed("overrideReason", Message::OverrideNeedsPartner).into());
    }
    not_too_long(&reason, "overrideReason")?;
    Ok(Some(reason))
}

fn closed(stages: &[Stage], unmet: &Unmet) -> Problem {
    let Unmet {
        stage,
        condition,
        open_items,
    } = unmet;
    let named = stages.iter().find(|known| known.id == *stage);
    Problem::new(
        ProblemCode::GateClosed,
        "stage",
        Message::GateUnmet {
            stage: named.map(|stage| stage.name.clone()).unwrap_or_default(),
            stage_zh: named.map(|stage| stage.name_zh.clone()).unwrap_or_default(),
            condition: *condition,
            open_items: open_items.iter().map(|key| (*key).to_owned()).collect(),
        },
    )
}
