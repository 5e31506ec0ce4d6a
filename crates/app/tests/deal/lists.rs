//! Lists of deals: narrowed, ordered, paged, counted.

use app::{
    deal::{Filter, Order},
    page::Page,
};
use chrono::TimeDelta;
use domain::{
    Role,
    deal::{DealStatus, PassReason, Round},
    typed,
};
use uuid::Uuid;

use crate::world::{World, passing};

#[tokio::test]
async fn a_list_is_narrowed_ordered_and_paged() {
    let world = World::new().await;
    let ann = world.user("ann", Role::Analyst).await;
    let mut deals = Vec::new();
    for (round, due) in [
        (Round::A, Some("2025-03-09")),
        (Round::B, None),
        (Round::C, Some("2025-03-05")),
    ] {
        let mut new = world.opening(round);
        new.terms.next_step_due = Some(due.map(|day| day.parse().unwrap()));
        deals.push(ann.open(new).await);
        world.pass(TimeDelta::minutes(1));
    }
    let ids = async |filter: Filter, order, down, page: Page| {
        let slice = ann.call().deals(&filter, order, down, &page).await.unwrap();
        (
            slice
                .rows
                .iter()
                .map(|d| deals.iter().position(|x| x.id == d.id).unwrap())
                .collect::<Vec<_>>(),
            slice.more,
        )
    };
    let all = Filter::default;
    assert_eq!(
        ids(all(), Order::NextStepDue, false, Page::first(9)).await,
        (vec![2, 0, 1], false)
    );
    assert_eq!(
        ids(all(), Order::NextStepDue, true, Page::first(9)).await,
        (vec![0, 2, 1], false)
    );
    assert_eq!(
        ids(all(), Order::Title, false, Page::first(2)).await,
        (vec![0, 1], true)
    );
    for order in [
        Order::Title,
        Order::EnteredStageAt,
        Order::NextStepDue,
        Order::CreatedAt,
        Order::UpdatedAt,
        // Of startups of which nothing is known: by id alone.
        Order::Conviction,
    ] {
        for down in [false, true] {
            let (whole, _) = ids(all(), order, down, Page::first(9)).await;
            let from = Some(order.place(&deals[whole[0]], down, None));
            assert_eq!(
                ids(
                    all(),
                    order,
                    down,
                    Page {
                        from,
                        ..Page::first(9)
                    }
                )
                .await
                .0,
                whole[1..],
                "{order:?} {down}"
            );
            let from = Some(order.place(&deals[whole[2]], down, None));
            assert_eq!(
                ids(
                    all(),
                    order,
                    down,
                    Page {
                        from,
                        backward: true,
                        limit: 1
                    }
                )
                .await,
                (vec![whole[1]], true)
            );
        }
    }
    let narrowed = async |filter: Filter| {
        let found = ids(filter.clone(), Order::CreatedAt, false, Page::first(9))
            .await
            .0;
        assert_eq!(ann.call().deal_count(&filter).await.unwrap(), found.len() as i64);
        let of = ann
            .call()
            .deals_of(&[world.startup], &filter, &Page::first(9))
            .await
            .unwrap();
        let mut newest_first: Vec<usize> = of.get(&world.startup).map_or_else(Vec::new, |s| {
            s.rows
                .iter()
                .map(|d| deals.iter().position(|x| x.id == d.id).unwrap())
                .collect()
        });
        newest_first.reverse();
        assert_eq!(newest_first, found);
        let counts = ann
            .call()
            .deal_counts_of(&[world.startup], &filter)
            .await
            .unwrap();
        assert_eq!(
            counts.get(&world.startup).copied().unwrap_or(0),
            found.len() as i64
        );
        found
    };
    assert_eq!(
        narrowed(Filter {
            rounds: vec![Round::A, Round::C],
            ..all()
        })
        .await,
        [0, 2]
    );
    assert_eq!(
        narrowed(Filter {
            search: Some("月之 b".into()),
            ..all()
        })
        .await,
        [1]
    );
    assert_eq!(
        narrowed(Filter {
            owners: vec![typed(Uuid::nil())],
            ..all()
        })
        .await,
        [] as [usize; 0]
    );
    assert_eq!(
        narrowed(Filter {
            sectors: Some(Vec::new()),
            ..all()
        })
        .await,
        [] as [usize; 0]
    );
    assert_eq!(
        narrowed(Filter {
            opened_from: Some(deals[1].opened_at),
            ..all()
        })
        .await,
        [1, 2]
    );
    assert_eq!(
        narrowed(Filter {
            stale: Some(false),
            ..all()
        })
        .await,
        [0, 1, 2]
    );
    ann.shift(&deals[0], passing(PassReason::Team)).await.unwrap();
    assert_eq!(
        narrowed(Filter {
            pass_reasons: vec![PassReason::Team],
            ..all()
        })
        .await,
        [0]
    );
    assert_eq!(
        narrowed(Filter {
            statuses: vec![DealStatus::Active],
            ..all()
        })
        .await,
        [1, 2]
    );
    world.pass(TimeDelta::days(15) + TimeDelta::hours(1));
    assert_eq!(
        narrowed(Filter {
            stale: Some(true),
            ..all()
        })
        .await,
        [1, 2]
    );
    let as_of = Some(deals[1].created_at);
    assert_eq!(
        narrowed(Filter {
            as_of,
            statuses: vec![DealStatus::Active],
            ..all()
        })
        .await,
        [0, 1]
    );
    assert_eq!(
        narrowed(Filter {
            as_of,
            stale: Some(true),
            ..all()
        })
        .await,
        [] as [usize; 0]
    );
}
