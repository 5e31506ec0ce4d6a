use super::*;
use crate::Language::{self, En, Zh};
use crate::assessment::{LinkedRecord, Multiplier};
use crate::evidence::{
    ActivityWindow, Currency, DatePrecision, EvidenceKind, EvidenceLine, FigureQualifier, Grade, RevenueBasis,
};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn record(id: &str, kind: EvidenceKind, grade: Grade, value: &str) -> LinkedRecord {
    LinkedRecord {
        id: cynic::Id::new(format!("evidence_{id}")),
        line: EvidenceLine {
            kind,
            grade,
            value: Some(decimal(value)),
            qualifier: FigureQualifier::Exact,
            as_found: None,
            currency: (kind == EvidenceKind::RecurringRevenue).then(|| Currency("USD".to_owned())),
            revenue_basis: (kind == EvidenceKind::RecurringRevenue).then_some(RevenueBasis::RunRate),
            window: (kind == EvidenceKind::ActiveUsers).then_some(ActivityWindow::Month),
            horizon_days: (kind == EvidenceKind::Retention).then_some(30),
            sample_size: None,
            observed_on: chrono::NaiveDate::default(),
            precision: DatePrecision::Day,
        },
    }
}

fn one(group: EvidenceGroup, evidence: LinkedRecord, contribution: &str, adds: &str) -> Contribution {
    Contribution {
        group,
        grade: evidence.line.grade,
        counts: adds != "0",
        adds: decimal(adds),
        age_days: 31,
        weight: decimal("0.60"),
        strength: decimal("0.6597"),
        credence: decimal("0.7"),
        freshness: decimal("0.8875"),
        amount: decimal(contribution),
        explanation: format!("{} explained.", evidence.id.inner()),
        evidence,
    }
}

fn cubeforge() -> Assessment {
    use EvidenceKind::{ActiveUsers, PayingCustomers, Retention};
    Assessment {
        conviction: Some(decimal("28.5")),
        best_grade: Some(Grade::Documented),
        all: decimal("0.4887"),
        demand: decimal("0.4887"),
        proven: decimal("0.4418"),
        claimed_demand: decimal("0.7062"),
        hype_gap: decimal("0.2175"),
        hype_share: Some(decimal("0.3080")),
        multiplier: Multiplier {
            value: decimal("1.75"),
            reasons: vec![
                "1.50 builds on an API".to_owned(),
                "+0.50 own training data".to_owned(),
                "-0.25 hangs on Basemodel One without an alternative".to_owned(),
            ],
        },
        contributions: vec![
            one(
                EvidenceGroup::Money,
                record("a", PayingCustomers, Grade::Documented, "20"),
                "0.2459",
                "0.2459",
            ),
            one(
                EvidenceGroup::Loyalty,
                record("b", Retention, Grade::Documented, "35"),
                "0.2598",
                "0.1959",
            ),
            one(
                EvidenceGroup::Reach,
                record("c", ActiveUsers, Grade::Claimed, "30000"),
                "0.0840",
                "0.0469",
            ),
        ],
        overtaken: Vec::new(),
        flags: Vec::new(),
        rubric_version: 1,
    }
}

fn bigclaim() -> Assessment {
    use EvidenceKind::{ActiveUsers, PayingCustomers, RecurringRevenue, Retention};
    let claimed = |id, kind, value| record(id, kind, Grade::Claimed, value);
    Assessment {
        conviction: Some(decimal("10.0")),
        best_grade: Some(Grade::Claimed),
        all: decimal("0.2892"),
        demand: decimal("0.2000"),
        proven: decimal("0.0000"),
        claimed_demand: decimal("0.7720"),
        hype_gap: decimal("0.5720"),
        hype_share: Some(decimal("0.7409")),
        multiplier: Multiplier {
            value: decimal("1.5"),
            reasons: Vec::new(),
        },
        contributions: vec![
            one(
                EvidenceGroup::Money,
                claimed("a", PayingCustomers, "100"),
                "0.1800",
                "0.1800",
            ),
            one(
                EvidenceGroup::Money,
                claimed("b", RecurringRevenue, "1000000"),
                "0.0900",
                "0",
            ),
            one(
                EvidenceGroup::Loyalty,
                claimed("c", Retention, "40"),
                "0.0150",
                "0.0123",
            ),
            one(
                EvidenceGroup::Reach,
                claimed("d", ActiveUsers, "100000"),
                "0.1200",
                "0.0969",
            ),
        ],
        overtaken: Vec::new(),
        flags: Vec::new(),
        rubric_version: 1,
    }
}

fn view(assessment: &Assessment, language: Language) -> WhyView {
    let places = Places {
        path: "/startups/startup_a".to_owned(),
        here: ["evidence_a", "evidence_b"].map(str::to_owned).into(),
        is_first: true,
    };
    WhyView::new(assessment, &places, Words::of(language))
}

#[test]
fn the_rows_name_the_record_that_counts_and_what_it_adds() {
    let view = view(&cubeforge(), En);
    let rows: Vec<String> = view
        .rows
        .iter()
        .map(|row| {
            let record = row
                .record
                .as_ref()
                .map_or(row.nothing, |record| record.label.as_str());
            format!("{} {record} {}", row.group, row.adds)
        })
        .collect();
    assert_eq!(
        rows,
        [
            "Money Paying customers 0.246",
            "Loyalty Retention after 30 d 0.196",
            "Reach Monthly users 0.047",
            "Interest nothing yet 0.000"
        ]
    );
    assert_eq!(view.rows[0].record.as_ref().unwrap().link, "#ev-a");
    assert_eq!(view.total, view.demand);
    assert_eq!(view.heading, "Why 28.5?");
    assert_eq!(view.formula.as_deref(), Some("100 × 0.489 × 1.75 ÷ 3 = 28.5"));
    assert_eq!(
        (view.gap.as_str(), view.gap_share.as_deref()),
        ("0.218", Some("31% of the claim"))
    );
    assert_eq!(
        view.reasons[2],
        "−0.25 hangs on Basemodel One without an alternative"
    );
    assert_eq!(view.not_counted, None);
}

#[test]
fn bars_stand_on_the_axis_in_percent_each_in_its_row() {
    let picture = view(&cubeforge(), En).picture;
    let bars: Vec<(&str, &str, &str)> = picture
        .bars
        .iter()
        .map(|bar| (bar.style, bar.x.as_str(), bar.width.as_str()))
        .collect();
    assert_eq!(
        bars,
        [
            ("documented", "0%", "24.59%"),
            ("documented", "24.59%", "19.59%"),
            ("claimed", "44.18%", "4.69%"),
            ("ghost", "48.87%", "21.75%"),
        ]
    );
    let tops: Vec<&str> = picture.bars.iter().map(|bar| bar.y.as_str()).collect();
    assert_eq!(tops, ["4.25em", "8.25em", "12.25em", "20.25em"]);
    // A step leads from a bar's end down to where the next begins.
    let steps: Vec<(&str, &str, &str)> = picture
        .steps
        .iter()
        .map(|step| (step.x.as_str(), step.from.as_str(), step.to.as_str()))
        .collect();
    assert_eq!(
        steps,
        [("24.59%", "5.75em", "8.25em"), ("44.18%", "9.75em", "12.25em")]
    );
    let ticks: Vec<(&str, &str, &str)> = picture
        .ticks
        .iter()
        .map(|tick| (tick.style, tick.x.as_str(), tick.label.text.as_str()))
        .collect();
    assert_eq!(
        ticks,
        [
            ("proven", "44.18%", "proven 0.442"),
            ("limit", "64.18%", "proven + 0.200"),
            ("demand", "48.87%", "demand 0.489"),
            ("claimed", "70.62%", "claimed 0.706"),
        ]
    );
    // Texts stand where there is room.
    assert_eq!(
        (picture.ticks[0].label.anchor, picture.ticks[3].label.anchor),
        ("start", "end")
    );
}

#[test]
fn what_is_not_counted_is_an_outline_and_a_sentence() {
    let english = view(&bigclaim(), En);
    let styles: Vec<&str> = english.picture.bars.iter().map(|bar| bar.style).collect();
    assert_eq!(styles, ["claimed", "claimed", "claimed", "cut", "ghost"]);
    let cut = &english.picture.bars[3];
    assert_eq!((cut.x.as_str(), cut.width.as_str()), ("20%", "8.92%"));
    assert_eq!(
        english.not_counted.as_deref(),
        Some("0.089 not counted: words add at most 0.200 to what is proven")
    );
    assert_eq!(
        (english.demand.as_str(), english.total.as_str()),
        ("0.200", "0.289")
    );
    assert_eq!(english.gap_share.as_deref(), Some("74% of the claim"));
    let chinese = view(&bigclaim(), Zh);
    assert!(
        chinese
            .not_counted
            .as_deref()
            .unwrap()
            .starts_with("0.089 不计入")
    );
    assert_eq!(chinese.heading, "为何是 10.0？");
}

#[test]
fn the_table_has_every_record_also_those_that_do_not_count() {
    let view = view(&bigclaim(), En);
    let rows: Vec<(&str, bool, &str, &str)> = view
        .table
        .iter()
        .map(|row| {
            (
                row.record.label.as_str(),
                row.counts,
                row.contributes.as_str(),
                row.adds.as_str(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("Paying customers", true, "0.180", "0.180"),
            ("Revenue run rate", false, "0.090", "0.000"),
            ("Retention after 30 d", true, "0.015", "0.012"),
            ("Monthly users", true, "0.120", "0.097"),
        ]
    );
    assert_eq!(view.table[1].explanation, "evidence_b explained.");
    let first = &view.table[0];
    assert_eq!(
        [&first.weight, &first.strength, &first.credence, &first.freshness],
        ["0.60", "0.660", "0.7", "0.888"]
    );
}

#[test]
fn who_cannot_see_the_picture_is_told_what_it_shows() {
    assert_eq!(
        view(&cubeforge(), En).picture.description,
        "On an axis from 0 to 1: Money, Paying customers: 0.246; Loyalty, Retention after 30 d: 0.196; \
         Reach, Monthly users: 0.047; Interest, nothing yet: 0.000. Demand 0.489, of which proven 0.442; claimed 0.706."
    );
    assert!(
        view(&cubeforge(), Zh)
            .picture
            .description
            .contains("付费，付费客户：0.246；")
    );
}

#[test]
fn a_group_whose_only_record_is_refuted_says_that_nothing_counts() {
    let refuted = Assessment {
        conviction: Some(Decimal::ZERO),
        all: Decimal::ZERO,
        demand: Decimal::ZERO,
        proven: Decimal::ZERO,
        contributions: vec![one(
            EvidenceGroup::Money,
            record("a", EvidenceKind::PayingCustomers, Grade::Refuted, "100"),
            "0.0000",
            "0",
        )],
        ..cubeforge()
    };
    let view = view(&refuted, En);
    assert_eq!(
        (view.rows[0].nothing, view.rows[1].nothing),
        ("nothing that counts", "nothing yet")
    );
    assert!(view.table[0].record.is_struck);
    assert_eq!(view.conviction.as_deref(), Some("0.0"));
}

#[test]
fn the_product_is_shown_in_figures_that_give_what_is_shown() {
    let shown = |demand, by, conviction| formula(decimal(demand), decimal(by), decimal(conviction));
    assert_eq!(shown("0.5601", "1.75", "32.7"), "100 × 0.560 × 1.75 ÷ 3 = 32.7");
    // With 0.488 it would be 28.5.
    assert_eq!(shown("0.4876", "1.75", "28.4"), "100 × 0.4876 × 1.75 ÷ 3 = 28.4");
    assert_eq!(shown("0", "1.5", "0"), "100 × 0.000 × 1.50 ÷ 3 = 0.0");
}

#[test]
fn nothing_known_is_no_conviction_rather_than_nought() {
    let unknown = Assessment {
        conviction: None,
        all: Decimal::ZERO,
        demand: Decimal::ZERO,
        proven: Decimal::ZERO,
        claimed_demand: Decimal::ZERO,
        hype_gap: Decimal::ZERO,
        hype_share: None,
        contributions: Vec::new(),
        ..cubeforge()
    };
    let view = view(&unknown, En);
    assert_eq!(
        (view.conviction, view.formula, view.gap_share),
        (None, None, None)
    );
    assert_eq!(view.heading, "Why this conviction?");
}
