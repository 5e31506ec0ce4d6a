//! Stored figures held against the formula.

use std::collections::HashMap;

use app::{
    Caller,
    assessment::StoredAssessment,
    page::Page,
    startup::{Filter, Order},
};
use domain::{
    Instant, StartupId,
    assessment::{FORMULA_VERSION, Figures, assess_by},
};
use test_support::TestWorkspace;

/// Every startup's id.
pub async fn everybody(caller: &Caller) -> Vec<StartupId> {
    let page = Page::first(10_000);
    let slice = caller
        .startups(&Filter::default(), Order::Name, false, &page)
        .await
        .unwrap();
    slice.rows.into_iter().map(|startup| startup.id).collect()
}

/// The stored figures of every startup.
pub async fn all(caller: &Caller) -> HashMap<StartupId, StoredAssessment> {
    let ids = everybody(caller).await;
    let stored = caller.stored_assessments(&ids).await.unwrap();
    assert_eq!(stored.len(), ids.len(), "each startup has its row");
    stored
}

/// Says how what is stored differs from what the formula gives at `now` for the day and by the rubric that the row
/// names, bit for bit.
pub async fn differences(workspace: &TestWorkspace, now: Instant) -> Vec<String> {
    let caller = workspace.system();
    let stored = all(&caller).await;
    let ids: Vec<StartupId> = stored.keys().copied().collect();
    let inputs = caller.assessment_inputs(&ids).await.unwrap();
    let mut wrong = Vec::new();
    for (id, row) in stored {
        let inputs = &inputs[&id];
        let rubric = inputs.yardstick().rubric(row.made.rubric_version).unwrap();
        let at = inputs.newest_change().map_or(now, |newest| newest.max(now));
        let figures: Figures = assess_by(inputs, at, rubric).figures;
        let should = StoredAssessment::of(&figures, row.made);
        if row != should
            || row.made.day != inputs.yardstick().day(at)
            || row.made.formula_version != FORMULA_VERSION
        {
            wrong.push(format!("{id}: stored {row:?}, computed {should:?}"));
        }
    }
    wrong
}
