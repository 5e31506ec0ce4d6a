//! What holds for every ledger.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, TimeDelta};
use domain::{
    EvidenceId, Instant,
    assessment::{
        AskFor, EvidenceGroup, ExchangeRate, Flag, GradeReview, History, Hypothesis, Inputs, Record, Rubric,
        STALE_DAYS, Traits, Yardstick, ask, assess, figures, series,
    },
    evidence::{ActivityWindow, EvidenceKind, Grade, RevenueBasis},
    money::Currency,
    startup::TechnicalRoute,
    time::day_in,
    typed,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::ledger::{critical_api, holds, id, known};

const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

fn first_day() -> NaiveDate {
    crate::ledger::day("2023-01-01")
}

fn instant(minutes: i64) -> Instant {
    crate::ledger::at("2023-01-01T00:00:00Z") + TimeDelta::minutes(minutes)
}

/// Two years in minutes.
const SPAN: i64 = 2 * 365 * 24 * 60;

prop_compose! {
    fn review()(at in 0..SPAN, to in prop::sample::select(Grade::ALL), number in any::<u128>()) -> GradeReview {
        GradeReview { id: typed(Uuid::from_u128(number)), at: instant(at), to }
    }
}

prop_compose! {
    fn any_record()(
        kind in prop::sample::select(EvidenceKind::ALL),
        value in prop::option::weighted(0.9, 0i64..120),
        magnitude in 0u32..5,
        observed in 0u64..730,
        delay in 0i64..60 * 24 * 60,
        entered_grade in prop::sample::select(vec![Grade::Claimed, Grade::Documented]),
        reviews in prop::collection::vec(review(), 0..3),
        sample in prop::option::of(0i64..500),
        (segment, horizon_days, window, basis, currency) in (
            prop::option::of(prop::sample::select(vec!["cn", "us"])),
            prop::sample::select(vec![7, 30, 90]),
            prop::sample::select(ActivityWindow::ALL),
            prop::option::of(prop::sample::select(RevenueBasis::ALL)),
            prop::sample::select(vec!["USD", "CNY", "EUR"]),
        ),
        (term, retracted, corrects) in (
            prop::option::of(0u64..400),
            prop::option::weighted(0.15, 0..SPAN),
            prop::option::weighted(0.2, 0usize..12),
        ),
    ) -> (Record, Option<usize>) {
        let observed_on = first_day() + Days::new(observed);
        let recorded_at = instant(observed as i64 * 24 * 60 + delay);
        let value = value.map(|value| match kind.percent_limit() {
            Some(limit) => value.min(limit),
            None if kind == EvidenceKind::CustomerReferences => value,
            None => value * 10_i64.pow(magnitude),
        });
        let sample_size = match (kind, sample) {
            (EvidenceKind::CustomerReferences, Some(sample)) => Some(sample.max(value.unwrap_or(0))),
            (_, sample) => sample,
        };
        let is_money = kind.is_money();
        let record = Record {
            id: id(0),
            kind,
            value: value.map(Decimal::from),
            currency: is_money.then(|| Currency::parse(currency).unwrap()),
            revenue_basis: basis.filter(|_| is_money),
            window: (kind == EvidenceKind::ActiveUsers).then_some(window),
            horizon_days: (kind == EvidenceKind::Retention).then_some(horizon_days),
            sample_size,
            segment: segment.map(str::to_owned),
            observed_on,
            valid_until: term.filter(|_| kind.has_term()).map(|term| observed_on + Days::new(term)),
            entered_grade,
            supersedes: None,
            recorded_at,
            retracted_at: retracted.map(|at| instant(at).max(recorded_at)),
            reviews: reviews.into_iter().map(|review| GradeReview { at: review.at.max(recorded_at), ..review }).collect(),
        };
        (record, corrects)
    }
}

prop_compose! {
    fn records(most: usize)(drawn in prop::collection::vec(any_record(), 0..most)) -> Vec<Record> {
        let mut records: Vec<Record> = Vec::new();
        let mut corrected = BTreeSet::new();
        for (place, (mut record, corrects)) in drawn.into_iter().enumerate() {
            record.id = id(place as u128 + 1);
            let old = corrects.and_then(|old| records.get(old));
            if let Some(old) = old.filter(|old| corrected.insert(old.id)) {
                record.kind = old.kind;
                record.currency.clone_from(&old.currency);
                (record.revenue_basis, record.window, record.horizon_days) = (old.revenue_basis, old.window, old.horizon_days);
                record.value = record.value.and(old.value);
                record.sample_size = old.sample_size;
                record.valid_until = None;
                record.supersedes = Some(old.id);
            }
            records.push(record);
        }
        records
    }
}

fn yardstick() -> std::sync::Arc<Yardstick> {
    let rates = (0..24).map(|month| ExchangeRate {
        currency: Currency::parse("CNY").unwrap(),
        on: first_day() + Days::new(month * 33),
        usd: Decimal::new(139, 3),
        recorded_at: instant(month as i64 * 33 * 24 * 60),
    });
    Yardstick::new(ZONE, Vec::new(), rates)
}

fn inputs(records: Vec<Record>) -> Inputs {
    let traits = Traits {
        route: TechnicalRoute::TunesBaseModel,
        usage_flywheel: Some(holds(Grade::Verified)),
        ..Traits::default()
    };
    Inputs::new(
        yardstick(),
        History {
            records,
            traits: vec![known(traits)],
            dependencies: vec![known(critical_api())],
            checklist: Vec::new(),
        },
    )
}

/// Every record in a series of its own, so that none overtakes another.
fn apart(mut records: Vec<Record>) -> Vec<Record> {
    for (place, record) in records.iter_mut().enumerate() {
        record.segment = Some(place.to_string());
        record.supersedes = None;
    }
    records
}

/// "Standing" of domain.md §4, word by word.
fn standing_by_the_word(records: &[Record], at: Instant) -> BTreeSet<EvidenceId> {
    let day = day_in(ZONE, at);
    let is_there =
        |record: &Record| record.recorded_at <= at && record.retracted_at.is_none_or(|gone| gone > at);
    let grade = |record: &Record| {
        let known = record.reviews.iter().filter(|review| review.at <= at);
        known
            .max_by_key(|review| (review.at, review.id.uuid()))
            .map_or(record.entered_grade, |review| review.to)
    };
    let rank = |record: &Record| match grade(record) {
        Grade::Claimed | Grade::Refuted => 0,
        Grade::Documented => 1,
        Grade::Verified => 2,
    };
    let live: Vec<&Record> = records
        .iter()
        .filter(|record| {
            is_there(record)
                && record.observed_on <= day
                && !records
                    .iter()
                    .any(|other| other.supersedes == Some(record.id) && is_there(other))
        })
        .collect();
    let series = |r: &Record| {
        (
            r.kind,
            r.window,
            r.horizon_days,
            r.revenue_basis,
            r.segment.clone(),
        )
    };
    let order = |r: &Record| (r.observed_on, rank(r), r.recorded_at, r.id.to_string());
    let rubric = Rubric::default();
    let half_n = |kind| rubric.kinds.iter().find(|row| row.kind == kind).unwrap().half_n;
    let overtaken = |x: &Record| {
        live.iter().any(|y| {
            series(x) == series(y)
                && y.value.is_some()
                && y.observed_on >= x.observed_on
                && rank(y) >= rank(x)
                && order(y) > order(x)
                && (half_n(x.kind).is_none()
                    || y.sample_size
                        .is_some_and(|of_y| x.sample_size.is_none_or(|of_x| 2 * of_y >= of_x)))
        })
    };
    live.iter()
        .filter(|record| !overtaken(record))
        .map(|record| record.id)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_is_within_its_bounds(records in records(14), at in 0..SPAN) {
        let found = figures(&inputs(records), instant(at));
        for share in [found.demand, found.proven, found.claimed_demand] {
            prop_assert!((0.0..=1.0).contains(&share), "{found:?}");
        }
        prop_assert!(found.conviction.is_none_or(|points| (0.0..=100.0).contains(&points)), "{found:?}");
        prop_assert!(found.hype_gap > -1e-12 && found.hype_share.is_none_or(|share| share > -1e-12 && share <= 1.0), "{found:?}");
        prop_assert!(found.proven <= found.demand + 1e-12, "{found:?}");
        prop_assert!(found.demand <= found.proven + 0.20 + 1e-12, "{found:?}");
    }

    #[test]
    fn the_order_of_rows_does_not_matter(records in records(14), at in 0..SPAN, seed in any::<prop::sample::Index>()) {
        let mut turned = records.clone();
        turned.reverse();
        if !turned.is_empty() {
            let by = seed.index(turned.len());
            turned.rotate_left(by);
        }
        for record in &mut turned {
            record.reviews.reverse();
        }
        prop_assert_eq!(assess(&inputs(records), instant(at)), assess(&inputs(turned), instant(at)));
    }

    #[test]
    fn an_old_instant_stays_as_it_was_whatever_comes_later(records in records(14), at in 0..SPAN) {
        let at = instant(at);
        let mut then: Vec<Record> = records.iter().filter(|record| record.recorded_at <= at).cloned().collect();
        for record in &mut then {
            record.reviews.retain(|review| review.at <= at);
            record.retracted_at = record.retracted_at.filter(|gone| *gone <= at);
        }
        prop_assert_eq!(assess(&inputs(then), at), assess(&inputs(records), at));
    }

    #[test]
    fn what_stands_is_what_the_design_says_word_by_word(records in records(30), at in 0..SPAN) {
        // Few series, so that much is overtaken.
        let records: Vec<Record> = records
            .into_iter()
            .map(|mut record| {
                record.segment = None;
                record.horizon_days = record.horizon_days.map(|_| 30);
                record
            })
            .collect();
        let at = instant(at);
        let found: BTreeSet<EvidenceId> = assess(&inputs(records.clone()), at).standing().collect();
        prop_assert_eq!(found, standing_by_the_word(&records, at));
    }

    #[test]
    fn of_one_kind_what_stands_is_what_the_design_says_word_by_word(
        records in records(30), kind in prop::sample::select(vec![EvidenceKind::LogoRetention, EvidenceKind::Pilots]), at in 0..SPAN,
    ) {
        let records: Vec<Record> = records
            .into_iter()
            .map(|record| Record {
                kind, currency: None, revenue_basis: None, window: None, horizon_days: None, segment: None, valid_until: None,
                ..record
            })
            .collect();
        let at = instant(at);
        let found: BTreeSet<EvidenceId> = assess(&inputs(records.clone()), at).standing().collect();
        prop_assert_eq!(found, standing_by_the_word(&records, at));
    }

    #[test]
    fn a_series_of_instants_is_what_each_of_them_is(records in records(10), mut minutes in prop::collection::vec(0..SPAN, 1..20)) {
        minutes.sort_unstable();
        let inputs = inputs(records);
        // Each change too, and the moment before.
        let mut instants: Vec<Instant> = minutes.into_iter().map(instant).collect();
        for change in inputs.changes() {
            instants.extend([change - TimeDelta::microseconds(1), change]);
        }
        let each: Vec<_> = instants.iter().map(|at| figures(&inputs, *at)).collect();
        prop_assert_eq!(series(&inputs, instants), each);
    }

    #[test]
    fn stale_is_what_had_proof_at_some_instant_and_has_nothing_documented_of_late(records in records(8), at in 0..SPAN) {
        let at = instant(at);
        let inputs = inputs(records);
        let found = assess(&inputs, at);
        let day = day_in(ZONE, at);
        let documented: Vec<_> = found
            .contributions
            .iter()
            .filter(|one| one.group != EvidenceGroup::Interest && one.grade.is_at_least(Grade::Documented))
            .map(|one| inputs.history().records.iter().find(|record| record.id == one.evidence).unwrap())
            .collect();
        let newest = documented.iter().map(|record| record.observed_on).max();
        let is_old = newest.is_some_and(|newest| (day - newest).num_days() > STALE_DAYS);
        let is_in_force = documented.iter().any(|record| {
            matches!(record.kind, EvidenceKind::SignedContracts | EvidenceKind::Pilots)
                && record.valid_until.is_some_and(|until| until >= day)
        });
        let weeks = (0..110).map(|week| instant(week * 7 * 24 * 60));
        let had_proof = inputs.changes().into_iter().chain(weeks).chain([at]).filter(|then| *then <= at);
        let is_stale = is_old && !is_in_force && had_proof.into_iter().any(|then| figures(&inputs, then).has_proof);
        prop_assert_eq!(found.figures.flags.contains(Flag::StaleEvidence), is_stale, "{:?}", found);
    }

    /// In a series of its own a record that is not refuted overtakes nothing and contradicts nothing.
    #[test]
    fn another_record_in_a_series_of_its_own_never_lowers_demand(records in records(12), at in 0..SPAN) {
        let at = instant(at);
        let mut records = apart(records);
        let Some(mut last) = records.pop() else { return Ok(()) };
        last.reviews.retain(|review| review.to != Grade::Refuted);
        let before = figures(&inputs(records.clone()), at);
        records.push(last);
        let after = figures(&inputs(records), at);
        prop_assert!(after.demand >= before.demand - 1e-12 && after.proven >= before.proven - 1e-12, "{before:?} {after:?}");
        prop_assert!(after.claimed_demand >= before.claimed_demand - 1e-12);
    }

    /// A better grade lowers demand only where it lets a smaller figure overtake a larger one of its series.
    #[test]
    fn a_better_grade_of_a_record_alone_in_its_series_never_lowers_demand(
        records in records(12), at in 0..SPAN, which in any::<prop::sample::Index>(),
        to in prop::sample::select(vec![Grade::Documented, Grade::Verified]),
    ) {
        let at = instant(at);
        let inputs = inputs(apart(records));
        let standing = assess(&inputs, at);
        if standing.contributions.is_empty() {
            return Ok(());
        }
        let one = &standing.contributions[which.index(standing.contributions.len())];
        prop_assume!(to > one.grade);
        let after = figures(&inputs.supposing(Hypothesis::Reviewed { evidence: one.evidence, to }, at), at);
        let before = standing.figures;
        prop_assert!(after.demand >= before.demand - 1e-12 && after.proven >= before.proven - 1e-12, "{before:?} {after:?}");
    }

    #[test]
    fn refuting_a_record_alone_in_its_series_never_raises_demand(
        records in records(12), at in 0..SPAN, which in any::<prop::sample::Index>(),
    ) {
        let at = instant(at);
        let inputs = inputs(apart(records));
        let standing = assess(&inputs, at);
        if standing.contributions.is_empty() {
            return Ok(());
        }
        let evidence = standing.contributions[which.index(standing.contributions.len())].evidence;
        let after = figures(&inputs.supposing(Hypothesis::Reviewed { evidence, to: Grade::Refuted }, at), at);
        prop_assert!(after.demand <= standing.figures.demand + 1e-12);
    }

    #[test]
    fn an_answer_does_what_the_question_promised(records in records(10), at in 0..SPAN) {
        let at = instant(at);
        let inputs = inputs(records);
        let asks = ask(&inputs, at);
        let now = figures(&inputs, at).conviction;
        for one in &asks {
            let answered = match one.ask_for {
                AskFor::Proof { of, .. } => inputs.supposing(Hypothesis::Reviewed { evidence: of, to: one.grade }, at),
                AskFor::Sample { .. } | AskFor::Again { .. } | AskFor::New => inputs.supposing(Hypothesis::Recorded(one.record.clone()), at),
            };
            prop_assert_eq!(figures(&answered, at).conviction, Some(one.conviction_then), "{:?}", one);
            prop_assert_eq!(one.conviction_now, now);
            prop_assert!(one.adds() >= 0.1);
        }
        prop_assert!(asks.is_sorted_by(|a, b| a.conviction_then >= b.conviction_then));
        let kinds: BTreeSet<EvidenceKind> = asks.iter().map(|one| one.kind).collect();
        prop_assert_eq!(kinds.len(), asks.len());
    }
}
