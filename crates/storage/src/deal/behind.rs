//! The deals behind a figure: of the funnel, of the flow, of what a source brought. What is counted and what is listed
//! are narrowed by the same conditions.

use domain::{Viewer, deal::Channel};

use super::{
    funnel::{Period, push_between, push_changes, push_furthest, push_stages, push_stands},
    list::Filter,
};
use crate::{access::push_visible, sql::Sql};

/// How far a deal got, seen from a stage, by the furthest one that it stood in; INVESTED counts as through all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Far {
    /// It came into the stage or through it.
    Reached,
    /// It went on from the stage.
    AdvancedFrom,
    /// It got there and no further.
    Furthest,
    /// It went through the stage without standing in it.
    Skipped,
}

/// What a move did. Of those that look at a stage, the move may have gone through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MoveKind {
    /// It opened the deal.
    Opened,
    /// It went forward into or through the stage.
    Entered,
    /// It went forward through the stage and did not stop there.
    Skipped,
    /// It went on from the stage, or forward at all where none is named.
    Advanced,
    /// It came to PASSED or LOST: in the stage, or anywhere where none is named.
    Passed,
    /// It came to INVESTED.
    Invested,
    /// It went forward into the stage in which the deal still stands, active or on hold.
    StillThere,
}

/// A move of a period by which deals are narrowed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MovedIn {
    /// When it happened.
    pub period: Period,
    /// What it did.
    pub kind: MoveKind,
    /// The key of the stage that is looked at; of [`MoveKind::Opened`] and [`MoveKind::Invested`] there is none.
    pub stage: Option<String>,
}

/// A source as it is counted: one channel and whom it names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Brought {
    /// The channel.
    pub channel: Channel,
    /// Who brought it; None where nobody is named.
    pub who: Option<String>,
}

/// What a row of `deal.sources` names for its bringer.
pub(super) const WHO: &str = "nullif(btrim(s ->> 'who'), '')";

const INVESTED: &str = "c.to_status = 'INVESTED' and c.from_status is distinct from 'INVESTED'";
const PASSED: &str = "c.to_status in ('PASSED', 'LOST') and (c.from_status is null or c.from_status not in ('PASSED', 'LOST'))";

impl MoveKind {
    /// Whether the change `c` from the stage `f` to the stage `t` is such a move, seen from the stage `p`; the same as
    /// `domain::deal::funnel::activity` says of the kinds of moves. An opening comes from before all stages.
    fn is_at(self) -> String {
        let entered =
            format!("coalesce(f.position, 0) < p.position and (p.position <= t.position or ({INVESTED}))");
        match self {
            Self::Opened => "c.from_stage_id is null".to_owned(),
            Self::Entered => entered,
            Self::Skipped => format!("{entered} and t.position <> p.position"),
            Self::Advanced => {
                format!("coalesce(f.position, 0) <= p.position and (p.position < t.position or ({INVESTED}))")
            }
            Self::Passed => format!("t.position = p.position and {PASSED}"),
            Self::Invested => INVESTED.to_owned(),
            Self::StillThere => {
                "t.position = p.position and c.to_stage_id = d.stage_id and d.status in ('ACTIVE', 'ON_HOLD') \
                 and (f.position is null or f.position < t.position)"
                    .to_owned()
            }
        }
    }

    /// The same where no stage is looked at.
    fn is_anywhere(self) -> String {
        match self {
            Self::Advanced => "f.position < t.position".to_owned(),
            Self::Passed => PASSED.to_owned(),
            Self::Opened | Self::Invested | Self::Entered | Self::Skipped | Self::StillThere => self.is_at(),
        }
    }

    /// The condition over `c`, `f`, `t`, `d`, and `p` where a stage is looked at.
    pub(super) fn condition(self, at_stage: bool) -> String {
        if at_stage {
            self.is_at()
        } else {
            self.is_anywhere()
        }
    }
}

/// Narrows to deals that got so far, seen from the stage with this key.
pub(super) fn push_far(sql: &mut Sql, filter: &Filter, far: Far, stage: &str) {
    sql.push(" and exists (select from ");
    push_stages(sql, filter.as_of);
    sql.push(" p where p.key = ").bind(stage, "::text").push(" and ");
    let furthest = |sql: &mut Sql, condition: &str, than: &str| {
        sql.push(condition);
        push_furthest(sql, filter.as_of);
        sql.push(than).push(" p.position)");
    };
    match far {
        Far::Reached | Far::Skipped => furthest(sql, "(d.status = 'INVESTED' or ", " >="),
        Far::AdvancedFrom => furthest(sql, "(d.status = 'INVESTED' or ", " >"),
        Far::Furthest => furthest(sql, "(d.status <> 'INVESTED' and ", " ="),
    }
    if far == Far::Skipped {
        sql.push(
            " and not exists (select from deal_change c where c.deal_id = d.id and c.to_stage_id = p.id and ",
        );
        push_stands(sql, "c", filter.as_of);
        sql.push(")");
    }
    sql.push(")");
}

/// Narrows to deals of which such a move stands.
pub(super) fn push_moved(sql: &mut Sql, filter: &Filter, moved: &MovedIn) {
    sql.push(" and exists (select");
    push_changes(sql, filter.as_of);
    if let Some(stage) = &moved.stage {
        sql.push(" join ");
        push_stages(sql, filter.as_of);
        sql.push(" p on p.key = ").bind(stage.clone(), "::text");
    }
    sql.push(" where c.deal_id = d.id and ");
    push_between(sql, "c.occurred_at", moved.period);
    sql.push(" and ");
    push_stands(sql, "c", filter.as_of);
    sql.push(" and ")
        .push(&moved.kind.condition(moved.stage.is_some()))
        .push(")");
}

/// Narrows to deals that a source brought.
pub(super) fn push_brought(sql: &mut Sql, brought: &Brought) {
    sql.push(" and exists (select from jsonb_array_elements(d.sources) s where s ->> 'channel' = ")
        .bind(brought.channel.code(), "::text")
        .push(" and ")
        .push(WHO)
        .push(" is not distinct from ")
        .bind(brought.who.clone(), "::text")
        .push(")");
}

/// Appends that no deal of the same startup, as far as the viewer may see them, came before the deal `d`.
pub(super) fn push_is_first(sql: &mut Sql, viewer: &Viewer, filter: &Filter) {
    sql.push(
        "not exists (select from deal b where b.startup_id = d.startup_id and b.hidden_at is null \
         and (b.opened_at, b.id) < (d.opened_at, d.id)",
    );
    if let Some(at) = filter.as_of {
        sql.push(" and b.created_at <= ").bind(at, "");
    }
    sql.push(" and ");
    push_visible(sql, viewer, "b");
    sql.push(")");
}
