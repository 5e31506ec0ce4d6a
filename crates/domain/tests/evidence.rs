//! An example of every kind of evidence as somebody may record it, and one that is refused, with the place and the words.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

extern crate touchstone_domain as domain;

use chrono::NaiveDate;
use domain::{
    Language,
    evidence::{ActivityWindow, EvidenceKind, EvidenceSource, Grade, Observation, RevenueBasis},
    money::{Currency, Qualifier},
    time::DatePrecision,
};
use rust_decimal::Decimal;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2024-07-31")
}

/// A figure seen in an export, with nothing that only some kinds have.
fn figure(kind: EvidenceKind, value: &str) -> Observation {
    Observation {
        kind,
        value: Some(value.parse().unwrap()),
        qualifier: Qualifier::Exact,
        as_found: None,
        currency: None,
        revenue_basis: None,
        window: None,
        horizon_days: None,
        sample_size: None,
        segment: None,
        period_start: None,
        observed_on: day("2024-06-30"),
        precision: DatePrecision::Day,
        valid_until: None,
        source: EvidenceSource::AnalyticsExport,
        supplied_by: None,
        source_url: None,
        document_ids: Vec::new(),
        note: None,
    }
}

/// Reads like a sentence: `figure(Retention, "35").horizon(30).of(400)`.
trait Build: Sized {
    fn of(self, sample_size: i64) -> Self;
    fn horizon(self, days: i32) -> Self;
    fn window(self, window: ActivityWindow) -> Self;
    fn currency(self, code: &str) -> Self;
    fn basis(self, basis: RevenueBasis) -> Self;
    fn until(self, valid_until: &str) -> Self;
    fn on(self, observed_on: &str) -> Self;
    fn from(self, period_start: &str) -> Self;
}

impl Build for Observation {
    fn of(mut self, sample_size: i64) -> Self {
        self.sample_size = Some(sample_size);
        self
    }
    fn horizon(mut self, days: i32) -> Self {
        self.horizon_days = Some(days);
        self
    }
    fn window(mut self, window: ActivityWindow) -> Self {
        self.window = Some(window);
        self
    }
    fn currency(mut self, code: &str) -> Self {
        self.currency = Some(Currency::parse(code).unwrap());
        self
    }
    fn basis(mut self, basis: RevenueBasis) -> Self {
        self.revenue_basis = Some(basis);
        self
    }
    fn until(mut self, valid_until: &str) -> Self {
        self.valid_until = Some(day(valid_until));
        self
    }
    fn on(mut self, observed_on: &str) -> Self {
        self.observed_on = day(observed_on);
        self
    }
    fn from(mut self, period_start: &str) -> Self {
        self.period_start = Some(day(period_start));
        self
    }
}

/// A kind's good example, its bad one, and where and with what word of the value the bad one is refused.
struct Example {
    good: Observation,
    bad: Observation,
    place: &'static str,
    names: &'static str,
}

fn examples() -> Vec<Example> {
    use EvidenceKind as Kind;
    let example = |good, bad, place, names| Example {
        good,
        bad,
        place,
        names,
    };
    let month = ActivityWindow::Month;
    vec![
        example(
            figure(Kind::PayingCustomers, "20"),
            figure(Kind::PayingCustomers, "20").currency("USD"),
            "currency",
            "PAYING_CUSTOMERS",
        ),
        example(
            figure(Kind::RecurringRevenue, "1200000")
                .currency("CNY")
                .basis(RevenueBasis::Collected)
                .from("2023-07-01"),
            figure(Kind::RecurringRevenue, "1200000").basis(RevenueBasis::Collected),
            "currency",
            "CNY",
        ),
        example(
            figure(Kind::SignedContracts, "3").until("2025-06-30"),
            figure(Kind::SignedContracts, "3").on("2024-08-01"),
            "observedOn",
            "2024-08-01",
        ),
        example(
            figure(Kind::PaidConversion, "3.2").of(5_000),
            figure(Kind::PaidConversion, "320").of(5_000),
            "value",
            "320",
        ),
        example(
            figure(Kind::UnitsDeployed, "14"),
            figure(Kind::UnitsDeployed, "-14"),
            "value",
            "-14",
        ),
        example(
            figure(Kind::Pilots, "2").until("2024-12-31"),
            figure(Kind::Pilots, "2").basis(RevenueBasis::RunRate),
            "revenueBasis",
            "RECURRING_REVENUE",
        ),
        example(
            figure(Kind::Retention, "35").horizon(30).of(400),
            figure(Kind::Retention, "35").of(400),
            "horizonDays",
            "horizon",
        ),
        example(
            figure(Kind::LogoRetention, "88").of(24),
            figure(Kind::LogoRetention, "188").of(24),
            "value",
            "188",
        ),
        example(
            figure(Kind::NetRevenueRetention, "130").of(24),
            figure(Kind::NetRevenueRetention, "1300").of(24),
            "value",
            "1000",
        ),
        example(
            figure(Kind::UsageIntensity, "28").of(900),
            figure(Kind::UsageIntensity, "28").of(-900),
            "sampleSize",
            "-900",
        ),
        example(
            figure(Kind::CustomerReferences, "4").of(5),
            figure(Kind::CustomerReferences, "5").of(4),
            "sampleSize",
            "4",
        ),
        example(
            figure(Kind::ActiveUsers, "30000").window(month),
            figure(Kind::ActiveUsers, "30000"),
            "window",
            "DAY",
        ),
        example(
            figure(Kind::DevelopersBuilding, "60"),
            figure(Kind::DevelopersBuilding, "60").until("2025-01-01"),
            "validUntil",
            "DEVELOPERS_BUILDING",
        ),
        example(
            figure(Kind::AppStoreRatings, "812"),
            figure(Kind::AppStoreRatings, "-812"),
            "value",
            "-812",
        ),
        example(
            figure(Kind::WebTraffic, "120000").from("2024-06-01"),
            figure(Kind::WebTraffic, "120000").from("2024-07-01"),
            "periodStart",
            "2024-07-01",
        ),
        example(
            figure(Kind::OpenSourceStars, "5300"),
            figure(Kind::OpenSourceStars, "5300").currency("USD"),
            "currency",
            "OPEN_SOURCE_STARS",
        ),
        example(
            figure(Kind::OpenSourceDownloads, "70000"),
            figure(Kind::OpenSourceDownloads, "70000").horizon(0),
            "horizonDays",
            "0",
        ),
        example(
            figure(Kind::Waitlist, "9000"),
            figure(Kind::Waitlist, "9000").until("2025-01-01"),
            "validUntil",
            "WAITLIST",
        ),
        example(
            figure(Kind::UnpaidPilots, "4").until("2024-09-30"),
            figure(Kind::UnpaidPilots, "-4"),
            "value",
            "-4",
        ),
        example(
            figure(Kind::UserStatement, "40").of(120),
            figure(Kind::UserStatement, "140").of(120),
            "value",
            "140",
        ),
        example(
            figure(Kind::PressCoverage, "7"),
            figure(Kind::PressCoverage, "7").on("2024-12-31"),
            "observedOn",
            "2024-12-31",
        ),
    ]
}

#[test]
fn every_kind_has_an_example_that_is_taken_as_claimed() {
    let examples = examples();
    let kinds: Vec<EvidenceKind> = examples.iter().map(|one| one.good.kind).collect();
    assert_eq!(kinds, EvidenceKind::ALL);
    for Example { good, .. } in examples {
        let entry = good
            .enter(Grade::Claimed, None, today())
            .unwrap_or_else(|problems| panic!("{}: {problems:?}", good.kind));
        assert_eq!(
            (entry.entered, entry.reviewed_to),
            (Grade::Claimed, None),
            "{}",
            good.kind
        );
    }
}

#[test]
fn every_kind_has_an_example_that_is_refused_at_one_place_in_both_languages() {
    for Example {
        good,
        bad,
        place,
        names,
    } in examples()
    {
        assert_eq!(good.kind, bad.kind);
        let problems = bad.enter(Grade::Claimed, None, today()).unwrap_err();
        let [problem] = &problems[..] else {
            panic!("{} has more wrong with it than meant: {problems:?}", bad.kind)
        };
        assert_eq!(problem.field, [place], "{}", bad.kind);
        let (english, chinese) = (
            problem.message.text(Language::En),
            problem.message.text(Language::Zh),
        );
        assert!(english.contains(names), "{}: {english}", bad.kind);
        assert!(
            chinese.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)),
            "{}: {chinese}",
            bad.kind
        );
    }
}

#[test]
fn every_kind_may_be_words_without_a_figure_and_none_may_be_a_figure_of_tomorrow() {
    for Example { good, .. } in examples() {
        let words = Observation {
            value: None,
            as_found: Some("好几家".into()),
            ..good.clone()
        };
        assert!(
            words.enter(Grade::Claimed, None, today()).is_ok(),
            "{}",
            good.kind
        );
        let tomorrow = Observation {
            valid_until: None,
            ..good.on("2024-08-01")
        };
        let problems = tomorrow.enter(Grade::Claimed, None, today()).unwrap_err();
        assert_eq!(problems[0].field, ["observedOn"], "{}", tomorrow.kind);
    }
}

#[test]
fn a_value_is_kept_to_four_places_and_no_more() {
    for Example { good, .. } in examples() {
        let with = |value: &str| Observation {
            value: Some(value.parse::<Decimal>().unwrap()),
            sample_size: good.sample_size.map(|_| 1_000),
            ..good.clone()
        };
        assert!(
            with("3.1415").enter(Grade::Claimed, None, today()).is_ok(),
            "{}",
            good.kind
        );
        let problems = with("3.14159").enter(Grade::Claimed, None, today()).unwrap_err();
        assert_eq!(problems[0].field, ["value"], "{}", good.kind);
    }
}
