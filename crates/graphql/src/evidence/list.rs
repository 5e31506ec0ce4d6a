//! Lists of evidence: filter, pages.

use app::evidence::{Filter, place};
use app::page::KeyKind;
use async_graphql::{Context, InputObject, Result};
use domain::{Instant, evidence};

use super::{Evidence, EvidenceKind, Grade};
use crate::{
    connection::{Window, connection},
    context::{caller, loader},
    error::told,
    scalar::{Date, DateTime},
};

/// By what the ledger is narrowed. Without being asked for, neither retracted nor superseded records are shown.
#[derive(InputObject, Default)]
pub struct EvidenceFilter {
    /// Of these kinds.
    kinds: Option<Vec<EvidenceKind>>,
    /// Of these grades.
    grades: Option<Vec<Grade>>,
    /// Observed on this day or later.
    observed_from: Option<Date>,
    /// Observed on this day or earlier.
    observed_to: Option<Date>,
    /// Also those withdrawn.
    include_retracted: Option<bool>,
    /// Also those corrected since.
    include_superseded: Option<bool>,
    /// As known at that instant.
    as_of: Option<DateTime>,
}

impl EvidenceFilter {
    /// As the ledger understands it; within a view of the past, that view's instant.
    pub(crate) fn read(self, as_of: Option<Instant>) -> Filter {
        let Self {
            kinds,
            grades,
            observed_from,
            observed_to,
            include_retracted,
            include_superseded,
            as_of: own,
        } = self;
        Filter {
            kinds: kinds.unwrap_or_default().into_iter().map(Into::into).collect(),
            grades: grades.unwrap_or_default().into_iter().map(Into::into).collect(),
            observed_from: observed_from.map(|d| d.0),
            observed_to: observed_to.map(|d| d.0),
            include_retracted: include_retracted.unwrap_or(false),
            include_superseded: include_superseded.unwrap_or(false),
            as_of: own.map(|d| d.0).or(as_of),
        }
    }
}

/// Counts the ledger, or a startup's part of it.
pub struct LedgerCount {
    pub(crate) startup: Option<domain::StartupId>,
    pub(crate) filter: Filter,
}
impl LedgerCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        let n = match self.startup {
            Some(id) => loader(ctx)?
                .load_one(crate::context::LedgerCountKey(id, self.filter.clone()))
                .await?
                .unwrap_or(0),
            None => caller(ctx)?.evidence_count(&self.filter).await.map_err(told)?,
        };
        Ok(i32::try_from(n).unwrap_or(i32::MAX))
    }
}
connection!(
    EvidenceConnection,
    EvidenceEdge,
    Evidence,
    LedgerCount,
    "evidence, newest observed first"
);

const ORDER: &str = "OBSERVED_ON";

/// Reads the arguments of a connection of evidence.
pub(crate) fn window(
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> Result<Window> {
    Window::read((ORDER, KeyKind::Day), first, after, last, before)
}

/// Makes the connection of a page read.
pub(crate) fn page(
    slice: app::page::Slice<evidence::Evidence>,
    window: &Window,
    count: LedgerCount,
) -> EvidenceConnection {
    let as_of = count.filter.as_of;
    let rows = window.rows(
        slice,
        ORDER,
        |node: &Evidence| place(&node.row),
        |row| Evidence { row, as_of },
    );
    EvidenceConnection { rows, count }
}
