//! Filters for the deals behind a figure: how far they got, which moves they made, who brought them.

use app::{
    deal::{Brought, Far, MoveKind, MovedIn},
    pipeline::Period,
};
use async_graphql::{Enum, InputObject, Result};
use domain::deal::Stage;

use super::{Channel, list::no_such_stage};
use crate::{error::coded, scalar::DateTime};

/// What a move did, as the funnel of moves and the flow count it.
#[derive(Enum, Copy, Clone, Eq, PartialEq, Debug)]
pub enum DealMoveKind {
    /// Opened the deal; without a stage.
    Opened,
    /// Came forward into the stage or through it; with a stage.
    Entered,
    /// Came forward through the stage without stopping there; with a stage.
    Skipped,
    /// Went on from the stage; without one, went to a later stage whichever it was.
    Advanced,
    /// Came to PASSED or LOST in the stage; without one, in any.
    Passed,
    /// Came to INVESTED; without a stage.
    Invested,
    /// Came forward into the stage, where the deal still stands, active or on hold; with a stage.
    StillThere,
}

/// A move that happened in a period. Moves that were voided are none.
#[derive(InputObject)]
pub struct DealMoveFilter {
    /// It happened then or later.
    from: DateTime,
    /// It happened then or earlier.
    to: DateTime,
    /// What it did.
    kind: DealMoveKind,
    /// The stage that is looked at, by key.
    stage: Option<String>,
}

/// A source as sourceQuality counts it.
#[derive(InputObject)]
pub struct DealSourceFilter {
    /// The channel.
    channel: Channel,
    /// Who brought the deal, exactly as the source says it; left out, sources that name nobody.
    who: Option<String>,
}

impl From<DealSourceFilter> for Brought {
    fn from(source: DealSourceFilter) -> Self {
        Self {
            channel: source.channel.into(),
            who: source
                .who
                .map(|who| who.trim().to_owned())
                .filter(|who| !who.is_empty()),
        }
    }
}

fn bad(text: String) -> async_graphql::Error {
    coded("BAD_USER_INPUT", text)
}

impl DealMoveFilter {
    pub(super) fn read(self, stages: &[Stage]) -> Result<MovedIn> {
        let (from, to) = (self.from.0, self.to.0);
        if from > to {
            return Err(bad(format!(
                "moved.from: {from} is after moved.to: {to}; a period begins before it ends"
            )));
        }
        let (kind, name, has_stage) = match self.kind {
            DealMoveKind::Opened => (MoveKind::Opened, "OPENED", Some(false)),
            DealMoveKind::Invested => (MoveKind::Invested, "INVESTED", Some(false)),
            DealMoveKind::Advanced => (MoveKind::Advanced, "ADVANCED", None),
            DealMoveKind::Passed => (MoveKind::Passed, "PASSED", None),
            DealMoveKind::Entered => (MoveKind::Entered, "ENTERED", Some(true)),
            DealMoveKind::Skipped => (MoveKind::Skipped, "SKIPPED", Some(true)),
            DealMoveKind::StillThere => (MoveKind::StillThere, "STILL_THERE", Some(true)),
        };
        match (&self.stage, has_stage) {
            (Some(key), Some(false)) => {
                return Err(bad(format!(
                    "moved.stage: {key} says nothing beside kind {name}, which is of no stage; leave it out"
                )));
            }
            (None, Some(true)) => {
                return Err(bad(format!(
                    "moved.stage: kind {name} looks at a stage; send the key of one"
                )));
            }
            (Some(key), _) => known_stage(stages, "moved.stage", key)?,
            (None, _) => {}
        }
        Ok(MovedIn {
            period: Period { from, to },
            kind,
            stage: self.stage,
        })
    }
}

fn known_stage(stages: &[Stage], field: &str, key: &str) -> Result<()> {
    if stages.iter().any(|stage| stage.key == key) {
        return Ok(());
    }
    Err(no_such_stage(field, key))
}

/// How far deals got, each seen from a stage that there is.
pub(super) fn far<const N: usize>(
    asked: [(&str, Far, Option<String>); N],
    stages: &[Stage],
) -> Result<Vec<(Far, String)>> {
    let mut found = Vec::new();
    for (field, far, key) in asked {
        if let Some(key) = key {
            known_stage(stages, field, &key)?;
            found.push((far, key));
        }
    }
    Ok(found)
}
