//! The formula agrees with an independent program on every one of its 520 cases, in every field.

use std::{collections::BTreeSet, sync::Arc};

use chrono::NaiveDate;
use domain::{
    EvidenceId, Instant,
    assessment::{
        ChecklistAnswer, ChecklistState, ComputeItem, DependencyMode, DependencyTerms, ExchangeRate, Fact,
        Flag, GradeReview, History, Inputs, Known, Record, Traits, Yardstick, assess, figures, shown,
    },
    evidence::{ActivityWindow, EvidenceKind, Grade, RevenueBasis},
    money::Currency,
    startup::TechnicalRoute,
    typed,
};
use rust_decimal::Decimal;
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize)]
struct Case {
    name: String,
    input: Input,
    expected: Expected,
}

#[derive(Deserialize)]
struct Input {
    as_of: Instant,
    timezone: String,
    startup: Startup,
    evidence: Vec<Evidence>,
    reviews: Vec<Review>,
    dependencies: Vec<Dependency>,
    checklist: std::collections::BTreeMap<ComputeItem, ChecklistState>,
    rates: Vec<Rate>,
}

#[derive(Deserialize)]
struct Startup {
    technical_route: TechnicalRoute,
    owns_training_data: Option<GivenFact>,
    usage_flywheel: Option<GivenFact>,
}

#[derive(Deserialize, Clone, Copy)]
struct GivenFact {
    holds: bool,
    grade: Grade,
}

#[derive(Deserialize)]
struct Evidence {
    id: String,
    kind: EvidenceKind,
    value: Option<serde_json::Number>,
    grade: Grade,
    observed_on: NaiveDate,
    recorded_at: Instant,
    valid_until: Option<NaiveDate>,
    segment: Option<String>,
    supersedes: Option<String>,
    sample_size: Option<i64>,
    retracted_at: Option<Instant>,
    revenue_basis: Option<RevenueBasis>,
    currency: Option<String>,
    window: Option<ActivityWindow>,
    horizon_days: Option<i32>,
}

#[derive(Deserialize)]
struct Review {
    evidence: String,
    to: Grade,
    at: Instant,
}

#[derive(Deserialize)]
struct Dependency {
    external: bool,
    mode: DependencyMode,
    critical: bool,
    alternative: Option<String>,
    since: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

#[derive(Deserialize)]
struct Rate {
    on: NaiveDate,
    currency: String,
    usd: Decimal,
}

#[derive(Deserialize)]
struct Expected {
    demand: f64,
    proven: f64,
    claimed_demand: f64,
    hype_gap: f64,
    hype_share: Option<f64>,
    multiplier: f64,
    conviction: Option<f64>,
    standing: BTreeSet<String>,
    flags: BTreeSet<Flag>,
}

const LISTED: [Flag; 5] = [
    Flag::NoRealUsers,
    Flag::SingleProvider,
    Flag::RefutedClaim,
    Flag::HypeGap,
    Flag::NoRate,
];

fn long_ago() -> Instant {
    "2000-01-01T00:00:00Z".parse().unwrap()
}

fn known<T>(what: T) -> Known<T> {
    Known {
        from: long_ago(),
        until: None,
        what,
    }
}

fn decimal(number: &serde_json::Number) -> Decimal {
    number.to_string().parse().unwrap()
}

impl Input {
    /// Ids in the order of their names, as texts of ids sort as their numbers do.
    fn names(&self) -> Vec<&str> {
        let names: BTreeSet<&str> = self.evidence.iter().map(|one| one.id.as_str()).collect();
        names.into_iter().collect()
    }

    fn inputs(&self) -> Inputs {
        let names = self.names();
        let id = |name: &str| -> EvidenceId {
            let place = names.binary_search(&name).unwrap();
            typed(Uuid::from_u128(place as u128 + 1))
        };
        let rates = self.rates.iter().map(|rate| ExchangeRate {
            currency: Currency::parse(&rate.currency).unwrap(),
            on: rate.on,
            usd: rate.usd,
            recorded_at: long_ago(),
        });
        let yardstick: Arc<Yardstick> = Yardstick::new(self.timezone.parse().unwrap(), Vec::new(), rates);
        let records = self.evidence.iter().map(|one| Record {
            id: id(&one.id),
            kind: one.kind,
            value: one.value.as_ref().map(decimal),
            currency: one.currency.as_deref().and_then(Currency::parse),
            revenue_basis: one.revenue_basis,
            window: one.window,
            horizon_days: one.horizon_days,
            sample_size: one.sample_size,
            segment: one.segment.clone(),
            observed_on: one.observed_on,
            valid_until: one.valid_until,
            entered_grade: one.grade,
            supersedes: one.supersedes.as_deref().map(id),
            recorded_at: one.recorded_at,
            retracted_at: one.retracted_at,
            reviews: self
                .reviews
                .iter()
                .enumerate()
                .filter(|(_, review)| review.evidence == one.id)
                .map(|(place, review)| GradeReview {
                    id: typed(Uuid::from_u128(place as u128)),
                    at: review.at,
                    to: review.to,
                })
                .collect(),
        });
        let fact = |fact: Option<GivenFact>| fact.map(|GivenFact { holds, grade }| Fact { holds, grade });
        let traits = Traits {
            route: self.startup.technical_route,
            owns_training_data: fact(self.startup.owns_training_data),
            usage_flywheel: fact(self.startup.usage_flywheel),
            ..Traits::default()
        };
        let dependencies = self.dependencies.iter().map(|one| {
            known(DependencyTerms {
                id: Uuid::nil(),
                provider: "Basemodel One".into(),
                is_external: one.external,
                mode: one.mode,
                is_critical: one.critical,
                has_alternative: one.alternative.is_some(),
                since: one.since,
                until: one.until,
            })
        });
        let checklist = self.checklist.iter().map(|(item, state)| {
            known(ChecklistAnswer {
                item: *item,
                state: *state,
            })
        });
        Inputs::new(
            yardstick,
            History {
                records: records.collect(),
                traits: vec![known(traits)],
                dependencies: dependencies.collect(),
                checklist: checklist.collect(),
            },
        )
    }
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("../golden/assessments.json")).unwrap()
}

/// A number of the file as the API shows it.
fn places(value: f64, places: u32) -> Decimal {
    let mut decimal: Decimal = format!("{value}").parse().unwrap();
    decimal.rescale(places);
    decimal
}

#[test]
fn every_golden_case_agrees_in_every_field() {
    let cases = cases();
    assert_eq!(cases.len(), 520);
    let mut wrong = Vec::new();
    for case in &cases {
        let inputs = case.input.inputs();
        let found = assess(&inputs, case.input.as_of);
        assert_eq!(figures(&inputs, case.input.as_of), found.figures, "{}", case.name);
        let names = case.input.names();
        let standing: BTreeSet<String> = found
            .standing()
            .map(|id| names[id.uuid().as_u128() as usize - 1].to_owned())
            .collect();
        let flags: BTreeSet<Flag> = LISTED
            .into_iter()
            .filter(|flag| found.figures.flags.contains(*flag))
            .collect();
        let (is, should) = (found.figures, &case.expected);
        let mut check = |what: &str, agrees: bool, words: String| {
            if !agrees {
                wrong.push(format!("{}: {what}: {words}", case.name));
            }
        };
        let mut figure = |what: &str, is: Option<f64>, should: Option<f64>, to: u32| {
            let (is, should) = (
                is.map(|is| shown::rounded(is, to)),
                should.map(|should| places(should, to)),
            );
            check(what, is == should, format!("{is:?} should be {should:?}"));
        };
        figure(
            "demand",
            Some(is.demand),
            Some(should.demand),
            shown::SHARE_PLACES,
        );
        figure(
            "proven",
            Some(is.proven),
            Some(should.proven),
            shown::SHARE_PLACES,
        );
        figure(
            "claimed",
            Some(is.claimed_demand),
            Some(should.claimed_demand),
            shown::SHARE_PLACES,
        );
        figure(
            "hype gap",
            Some(is.hype_gap),
            Some(should.hype_gap),
            shown::SHARE_PLACES,
        );
        figure(
            "hype share",
            is.hype_share,
            should.hype_share,
            shown::SHARE_PLACES,
        );
        figure("multiplier", Some(is.multiplier), Some(should.multiplier), 2);
        figure(
            "conviction",
            is.conviction,
            should.conviction,
            shown::CONVICTION_PLACES,
        );
        check(
            "standing",
            standing == should.standing,
            format!("{standing:?} should be {:?}", should.standing),
        );
        check(
            "flags",
            flags == should.flags,
            format!("{flags:?} should be {:?}", should.flags),
        );
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
