use super::*;
use EvidenceGroup::{Interest, Loyalty, Money, Reach};
use Grade::{Claimed, Documented, Refuted, Verified};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn part(group: EvidenceGroup, grade: Grade, adds: &str) -> Part {
    Part {
        group,
        grade,
        counts: true,
        adds: decimal(adds),
    }
}

/// Another of its group is stronger.
fn losing(group: EvidenceGroup, grade: Grade) -> Part {
    Part {
        counts: false,
        ..part(group, grade, "0.0000")
    }
}

fn totals(all: &str, demand: &str, proven: &str, claimed_demand: &str) -> Totals {
    Totals {
        all: decimal(all),
        demand: decimal(demand),
        proven: decimal(proven),
        claimed_demand: decimal(claimed_demand),
    }
}

/// Cubeforge while its customers are documented: what the server says, to four places.
fn documented() -> Waterfall {
    Waterfall::new(
        &[
            part(Money, Documented, "0.2459"),
            part(Loyalty, Documented, "0.1959"),
            part(Reach, Claimed, "0.0469"),
        ],
        &totals("0.4887", "0.4887", "0.4418", "0.7062"),
    )
}

fn verified() -> Waterfall {
    Waterfall::new(
        &[
            part(Money, Verified, "0.3513"),
            part(Loyalty, Documented, "0.1685"),
            part(Reach, Claimed, "0.0403"),
        ],
        &totals("0.5601", "0.5601", "0.5198", "0.7062"),
    )
}

fn bigclaim() -> Waterfall {
    Waterfall::new(
        &[
            part(Money, Claimed, "0.1800"),
            losing(Money, Claimed),
            part(Loyalty, Claimed, "0.0123"),
            part(Reach, Claimed, "0.0969"),
        ],
        &totals("0.2892", "0.2000", "0.0000", "0.7720"),
    )
}

fn adds(chart: &Waterfall) -> Vec<i64> {
    chart.rows.iter().map(|row| row.adds).collect()
}

#[test]
fn the_bars_of_the_worked_example_add_up_before_the_customers_are_called_and_after() {
    assert_eq!(adds(&documented()), [246, 196, 47, 0]);
    assert_eq!(adds(&documented()).iter().sum::<i64>(), 489);
    assert_eq!(adds(&verified()), [351, 169, 40, 0]);
    assert_eq!(adds(&verified()).iter().sum::<i64>(), 560);
    for chart in [documented(), verified()] {
        assert_eq!(chart.not_counted, 0);
        assert!(chart.rows.iter().all(|row| row.cut.is_none()));
    }
}

#[test]
fn each_bar_begins_where_the_one_before_ended() {
    let chart = documented();
    let spans: Vec<Span> = chart.rows.iter().filter_map(|row| row.counted).collect();
    assert_eq!(spans[0].from, Decimal::ZERO);
    assert_eq!(spans[0].to, decimal("0.2459"));
    for pair in spans.windows(2) {
        assert_eq!(pair[0].to, pair[1].from);
    }
    assert_eq!(spans[2].to, chart.demand);
}

#[test]
fn the_patterns_are_those_of_the_records_that_count() {
    let grades: Vec<Option<Grade>> = verified().rows.iter().map(|row| row.grade).collect();
    assert_eq!(grades, [Some(Verified), Some(Documented), Some(Claimed), None]);
    let groups: Vec<EvidenceGroup> = verified().rows.iter().map(|row| row.group).collect();
    assert_eq!(groups, [Money, Loyalty, Reach, Interest]);
}

#[test]
fn what_words_may_not_add_is_cut_off_and_said() {
    let chart = bigclaim();
    assert_eq!(adds(&chart), [180, 12, 97, 0]);
    assert_eq!(chart.not_counted, 89);
    assert_eq!(chart.limit, Some(decimal("0.200")));
    let cuts: Vec<Option<Span>> = chart.rows.iter().map(|row| row.cut).collect();
    assert_eq!(cuts[..2], [None, None]);
    assert_eq!(
        cuts[2],
        Some(Span {
            from: decimal("0.2"),
            to: decimal("0.2892"),
        })
    );
    assert_eq!(chart.rows[2].counted.unwrap().to, decimal("0.2"));
    // The record that lost in its group adds nothing.
    assert_eq!((chart.adds_of(0), chart.adds_of(1)), (180, 0));
}

#[test]
fn the_hype_gap_is_drawn_from_demand_to_what_is_claimed() {
    let ghost = documented().ghost.unwrap();
    assert_eq!((ghost.from, ghost.to), (decimal("0.4887"), decimal("0.7062")));
    let all_shown = Waterfall::new(
        &[part(Money, Verified, "0.3000")],
        &totals("0.3000", "0.3000", "0.3000", "0.3000"),
    );
    assert_eq!(all_shown.ghost, None);
}

#[test]
fn a_limit_beyond_the_axis_is_not_drawn() {
    let chart = Waterfall::new(
        &[part(Money, Verified, "0.8500")],
        &totals("0.8500", "0.8500", "0.8500", "0.9"),
    );
    assert_eq!(chart.limit, None);
    assert_eq!(adds(&chart), [850, 0, 0, 0]);
}

#[test]
fn without_a_record_that_counts_there_is_no_bar() {
    let chart = Waterfall::new(
        &[losing(Money, Refuted)],
        &totals("0.0000", "0.0000", "0.0000", "0.6000"),
    );
    assert_eq!(adds(&chart), [0, 0, 0, 0]);
    assert!(
        chart
            .rows
            .iter()
            .all(|row| row.leader.is_none() && row.counted.is_none())
    );
    assert_eq!(chart.ghost.unwrap().to, decimal("0.6"));
}

#[test]
fn figures_that_do_not_fit_together_are_rounded_each_by_itself() {
    let parts = [part(Money, Verified, "0.3"), part(Loyalty, Verified, "7")];
    let chart = Waterfall::new(&parts, &totals("0.1", "0.1", "0.1", "-3"));
    assert_eq!(adds(&chart), [300, 700, 0, 0]);
    assert_eq!(chart.ghost, None);
}

#[test]
fn thousandths_go_to_the_largest_remainders() {
    let parts = |texts: &[&str]| texts.iter().map(|text| decimal(text)).collect::<Vec<_>>();
    for (shares, total, expected) in [
        (&["0.3333", "0.3333", "0.3333"][..], 1_000, &[334, 333, 333][..]),
        (&["0.1005", "0.1004", "0.1001"], 301, &[101, 100, 100]),
        (&["0.1009", "0.1008", "0.1001"], 302, &[101, 101, 100]),
        // One less than the whole parts, where the server rounded down.
        (&["0.1000", "0.2000"], 299, &[100, 199]),
        (&["0.0000", "0.2000"], 201, &[0, 201]),
        (&[], 0, &[]),
    ] {
        let shared = shared_out(&parts(shares), total);
        assert_eq!(shared, expected, "{shares:?}");
        assert_eq!(shared.iter().sum::<i64>(), total, "{shares:?}");
    }
}

proptest::proptest! {
    #[test]
    fn whatever_the_contributions_the_printed_bars_add_up_to_what_is_printed(
        parts in proptest::collection::vec((0_i64..=10_000, 0_usize..3), 4),
        proven in 0_i64..=10_000,
    ) {
        let grades = [Claimed, Documented, Verified];
        let mut left = Decimal::ONE;
        let parts: Vec<Part> = EvidenceGroup::ALL
            .iter()
            .zip(parts)
            .map(|(group, (ten_thousandths, grade))| {
                let contribution = Decimal::new(ten_thousandths, 4);
                let adds = contribution * left;
                left *= Decimal::ONE - contribution;
                // As the server says it: to four places, each by itself.
                Part { group: *group, grade: grades[grade], counts: true, adds: adds.round_dp(4) }
            })
            .collect();
        let all = Decimal::ONE - left;
        let proven = Decimal::new(proven, 4).min(all);
        let demand = all.min(proven + UNPROVEN_LIMIT);
        let chart = Waterfall::new(&parts, &Totals {
            all: all.round_dp(4),
            demand: demand.round_dp(4),
            proven: proven.round_dp(4),
            claimed_demand: all.round_dp(4),
        });
        let sum: i64 = chart.rows.iter().map(|row| row.adds).sum();
        proptest::prop_assert_eq!(sum, thousandths(all.round_dp(4)));
        proptest::prop_assert_eq!(sum, thousandths(demand.round_dp(4)) + chart.not_counted);
        for row in &chart.rows {
            proptest::prop_assert!(row.adds >= 0);
        }
    }
}
