use DealStatus::{Active, Invested, Lost, OnHold, Passed};
use uuid::Uuid;

use super::*;
use crate::typed;

/// Stages 1 to 4; 3 is retired.
fn stages() -> Vec<Stage> {
    (1..=4)
        .map(|n: i32| Stage {
            id: typed(Uuid::from_u128(n.unsigned_abs().into())),
            key: format!("S{n}"),
            name: format!("S{n}"),
            name_zh: format!("S{n}"),
            position: n,
            limit_days: 14,
            gate: Vec::new(),
            is_retired: n == 3,
            version: 1,
        })
        .collect()
}

/// Place, entered, advanced, passed, still there.
fn figures(funnel: &Funnel) -> Vec<[i64; 5]> {
    funnel
        .stages
        .iter()
        .map(|one| {
            let place = i64::try_from(one.stage.uuid().as_u128()).unwrap();
            [place, one.entered, one.advanced, one.passed, one.still_there]
        })
        .collect()
}

/// Deals that stood in the stages from the first to this one.
fn reached(furthest: i32, status: DealStatus, deals: i64) -> Reached {
    Reached {
        stood: (1..=furthest).collect(),
        status,
        deals,
    }
}

fn moved(from: Option<(i32, DealStatus)>, to: (i32, DealStatus)) -> Moved {
    Moved {
        from: from.map(|from| from.0),
        from_status: from.map(|from| from.1),
        to: to.0,
        to_status: to.1,
        changes: 1,
    }
}

#[test]
fn a_cohort_adds_up_at_each_stage() {
    // Ten deals: 4 never left the first stage (one passed, one lost, one on hold, one active), 3 got to the second
    // (two active, one passed), 2 to the fourth, and one was invested in from the second.
    let reached = [
        reached(1, Passed, 1),
        reached(1, Lost, 1),
        reached(1, OnHold, 1),
        reached(1, Active, 1),
        reached(2, Active, 2),
        reached(2, Passed, 1),
        reached(4, Active, 2),
        reached(2, Invested, 1),
    ];
    let funnel = cohort(&stages(), &reached);
    assert_eq!(
        figures(&funnel),
        [[1, 10, 6, 2, 2], [2, 6, 3, 1, 2], [4, 3, 1, 0, 2]]
    );
    assert_eq!((funnel.opened, funnel.invested, funnel.passed), (10, 1, 3));
}

#[test]
fn a_retired_stage_is_told_while_a_deal_of_the_cohort_got_no_further() {
    let funnel = cohort(&stages(), &[reached(3, Active, 1)]);
    assert_eq!(
        figures(&funnel),
        [[1, 1, 1, 0, 0], [2, 1, 1, 0, 0], [3, 1, 0, 0, 1], [4, 0, 0, 0, 0]]
    );
}

#[test]
fn moves_of_a_period_enter_what_they_come_into_or_through() {
    let moves = [
        // Opened in the first stage, opened in the second, through which it came to be.
        moved(None, (1, Active)),
        moved(None, (2, Active)),
        // From the first to the fourth, skipping the second; and back.
        moved(Some((1, Active)), (4, Active)),
        moved(Some((4, Active)), (2, Active)),
        // Passed, taken up again, lost; on hold, which is no move of stage.
        moved(Some((2, Active)), (2, Passed)),
        moved(Some((2, Passed)), (2, Active)),
        moved(Some((2, Active)), (2, Lost)),
        moved(Some((1, Active)), (1, OnHold)),
        // Invested in from the second: through all behind it.
        moved(Some((2, Active)), (2, Invested)),
    ];
    let funnel = activity(&stages(), &moves, &[(2, 1)]);
    assert_eq!(
        figures(&funnel),
        [[1, 2, 2, 0, 0], [2, 2, 2, 2, 1], [4, 2, 1, 0, 0]]
    );
    assert_eq!((funnel.opened, funnel.invested, funnel.passed), (2, 1, 2));
}

#[test]
fn nothing_opened_is_a_funnel_of_noughts() {
    let funnel = cohort(&stages(), &[]);
    assert_eq!(
        figures(&funnel),
        [[1, 0, 0, 0, 0], [2, 0, 0, 0, 0], [4, 0, 0, 0, 0]]
    );
}

#[test]
fn a_stage_that_was_passed_through_without_standing_in_it_was_skipped() {
    let skipped = |funnel: &Funnel| -> Vec<i64> { funnel.stages.iter().map(|one| one.skipped).collect() };
    let of_cohort = [
        reached(2, Active, 3),
        // From the first to the fourth; opened in the second; invested in from the first.
        Reached {
            stood: vec![1, 4],
            status: Active,
            deals: 1,
        },
        Reached {
            stood: vec![2],
            status: Passed,
            deals: 1,
        },
        reached(1, Invested, 1),
    ];
    assert_eq!(skipped(&cohort(&stages(), &of_cohort)), [1, 2, 1]);
    let moves = [
        moved(Some((1, Active)), (4, Active)),
        moved(None, (2, Active)),
        moved(Some((1, Active)), (1, Invested)),
        moved(Some((4, Active)), (1, Active)),
    ];
    assert_eq!(skipped(&activity(&stages(), &moves, &[])), [1, 2, 1]);
}
