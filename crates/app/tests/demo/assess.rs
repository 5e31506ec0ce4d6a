//! domain.md §4 in short, so that the figures that the demonstration is made to show can be held against it.

use chrono::NaiveDate;
use domain::{
    Instant,
    evidence::{ActivityWindow, Evidence, EvidenceKind, EvidenceReview, Grade, RevenueBasis},
};

use crate::Demo;

/// What the evidence of a startup adds up to.
#[derive(Debug, Clone, Copy)]
pub struct Assessment {
    pub demand: f64,
    pub claimed_demand: f64,
    pub has_proof: bool,
    pub live: usize,
}

impl Assessment {
    pub fn hype_share(self) -> Option<f64> {
        (self.claimed_demand > 0.0).then(|| 1.0 - self.demand / self.claimed_demand)
    }
    /// To one place, as it is shown.
    pub fn conviction(self, multiplier: f64) -> f64 {
        (100.0 * self.demand * multiplier / 3.0 * 10.0).round() / 10.0
    }
}

struct Row {
    group: usize,
    weight: f64,
    scale: Scale,
    half_n: f64,
    half_life: f64,
    usage: bool,
}

enum Scale {
    Log(f64, f64),
    Linear(f64, f64),
}

fn rubric(kind: EvidenceKind, horizon: Option<i32>) -> Row {
    use EvidenceKind as K;
    use Scale::{Linear, Log};
    let retention_full = match horizon.unwrap_or(0) {
        ..=7 => 60.0,
        8..=30 => 40.0,
        31..=90 => 30.0,
        _ => 25.0,
    };
    let (group, weight, scale, half_n, half_life, usage) = match kind {
        K::PayingCustomers => (0, 0.60, Log(1.0, 100.0), 0.0, 180.0, true),
        K::RecurringRevenue => (0, 0.60, Log(10_000.0, 1_000_000.0), 0.0, 180.0, true),
        K::SignedContracts => (0, 0.45, Log(1.0, 10.0), 0.0, 180.0, true),
        K::PaidConversion => (0, 0.40, Linear(0.0, 5.0), 200.0, 180.0, true),
        K::UnitsDeployed => (0, 0.45, Log(1.0, 100.0), 0.0, 180.0, true),
        K::Pilots => (0, 0.25, Log(1.0, 5.0), 0.0, 180.0, true),
        K::Retention => (1, 0.50, Linear(0.0, retention_full), 20.0, 365.0, true),
        K::LogoRetention => (1, 0.50, Linear(70.0, 95.0), 10.0, 365.0, true),
        K::NetRevenueRetention => (1, 0.50, Linear(80.0, 120.0), 5.0, 365.0, true),
        K::UsageIntensity => (1, 0.40, Linear(0.0, 50.0), 200.0, 180.0, true),
        K::CustomerReferences => (1, 0.45, Log(1.0, 5.0), 0.0, 365.0, true),
        K::ActiveUsers => (2, 0.40, Log(1_000.0, 100_000.0), 0.0, 180.0, true),
        K::DevelopersBuilding => (2, 0.40, Log(10.0, 1_000.0), 0.0, 180.0, true),
        K::AppStoreRatings => (2, 0.20, Log(100.0, 10_000.0), 0.0, 180.0, true),
        K::WebTraffic => (3, 0.15, Log(10_000.0, 1_000_000.0), 0.0, 90.0, false),
        K::OpenSourceStars => (3, 0.15, Log(100.0, 10_000.0), 0.0, 180.0, false),
        K::OpenSourceDownloads => (3, 0.15, Log(1_000.0, 100_000.0), 0.0, 180.0, false),
        K::Waitlist => (3, 0.10, Log(1_000.0, 100_000.0), 0.0, 90.0, false),
        K::UnpaidPilots => (3, 0.10, Log(1.0, 5.0), 0.0, 90.0, false),
        K::UserStatement => (3, 0.10, Linear(0.0, 50.0), 50.0, 365.0, false),
        K::PressCoverage => (3, 0.05, Log(1.0, 10.0), 0.0, 90.0, false),
    };
    Row {
        group,
        weight,
        scale,
        half_n,
        half_life,
        usage,
    }
}

/// A live record with its grade at the instant.
struct Live {
    record: Evidence,
    grade: Grade,
    refuted_on: Option<NaiveDate>,
}

impl Live {
    /// The figure as a number; the rate of a yuan is fixed, as no rates are kept yet.
    fn value(&self) -> f64 {
        let observation = &self.record.observation;
        let value: f64 = observation.value.unwrap().to_string().parse().unwrap();
        let rate = match observation.currency.as_ref().map(|c| c.code()) {
            Some("CNY") => 0.14,
            _ => 1.0,
        };
        let users = match observation.window {
            Some(ActivityWindow::Day) => 5.0,
            Some(ActivityWindow::Week) => 2.0,
            _ => 1.0,
        };
        value * rate * users
    }
    fn strength(&self) -> f64 {
        let observation = &self.record.observation;
        let row = rubric(observation.kind, observation.horizon_days);
        let scaled = match row.scale {
            Scale::Log(unit, full) => ((1.0 + self.value() / unit).ln() / (1.0 + full / unit).ln()).min(1.0),
            Scale::Linear(zero, full) => ((self.value() - zero) / (full - zero)).clamp(0.0, 1.0),
        };
        let sample = observation.sample_size.map(|n| n as f64);
        let sampled = match sample {
            _ if row.half_n == 0.0 => 1.0,
            Some(n) => n / (n + row.half_n),
            None => 0.1,
        };
        let good = match (observation.kind, sample) {
            (EvidenceKind::CustomerReferences, Some(n)) => self.value() / n,
            _ => 1.0,
        };
        let basis = match observation.revenue_basis {
            Some(RevenueBasis::Recurring) => 1.0,
            Some(RevenueBasis::Collected) => 0.8,
            Some(RevenueBasis::Recognised) => 0.7,
            Some(RevenueBasis::OneOff) => 0.3,
            _ if observation.kind == EvidenceKind::RecurringRevenue => 0.5,
            _ => 1.0,
        };
        scaled * sampled * good * basis
    }
    fn freshness(&self, day: NaiveDate) -> f64 {
        let observation = &self.record.observation;
        let row = rubric(observation.kind, observation.horizon_days);
        let contract = matches!(
            observation.kind,
            EvidenceKind::SignedContracts | EvidenceKind::Pilots
        );
        let reference = match observation.valid_until {
            Some(until) if contract && self.grade >= Grade::Documented => {
                observation.observed_on.max(until.min(day))
            }
            _ => observation.observed_on,
        };
        let age_days = (day - reference).num_days().max(0) as f64;
        0.5_f64.powf(age_days / row.half_life)
    }
    fn worth(&self, credence: f64, day: NaiveDate) -> (usize, f64) {
        let row = rubric(self.record.observation.kind, self.record.observation.horizon_days);
        (
            row.group,
            row.weight * self.strength() * credence * self.freshness(day),
        )
    }
    fn rank(&self) -> u8 {
        match self.grade {
            Grade::Claimed | Grade::Refuted => 0,
            Grade::Documented => 1,
            Grade::Verified => 2,
        }
    }
    fn is_overtaken_by(&self, other: &Self) -> bool {
        let (x, y) = (&self.record.observation, &other.record.observation);
        let series = |o: &domain::evidence::Observation| {
            (
                o.kind,
                o.window,
                o.horizon_days,
                o.revenue_basis,
                o.segment.clone(),
            )
        };
        let needs_sample = rubric(x.kind, x.horizon_days).half_n > 0.0;
        let order = |live: &Self| {
            (
                live.record.observation.observed_on,
                live.rank(),
                live.record.recorded_at,
                live.record.id.to_string(),
            )
        };
        series(x) == series(y)
            && y.observed_on >= x.observed_on
            && other.rank() >= self.rank()
            && order(other) > order(self)
            && (!needs_sample
                || y.sample_size
                    .is_some_and(|n| x.sample_size.is_none_or(|of_x| 2 * n >= of_x)))
    }
}

fn all(contributions: impl Iterator<Item = (usize, f64)>) -> f64 {
    let mut best = [0.0_f64; 4];
    for (group, worth) in contributions {
        best[group] = best[group].max(worth);
    }
    1.0 - best.iter().map(|one| 1.0 - one).product::<f64>()
}

/// What a ledger adds up to at an instant.
pub fn assess(ledger: Vec<(Evidence, Vec<EvidenceReview>)>, at: Instant) -> Assessment {
    let day = domain::time::day_in(chrono_tz::Asia::Shanghai, at);
    let is_there = |record: &Evidence| {
        record.recorded_at <= at && record.retracted_at.is_none_or(|retracted| retracted > at)
    };
    let superseded: Vec<_> = ledger
        .iter()
        .filter(|(record, _)| is_there(record))
        .filter_map(|(record, _)| record.supersedes)
        .collect();
    let live: Vec<Live> = ledger
        .into_iter()
        .filter(|(record, _)| {
            is_there(record) && record.observation.observed_on <= day && !superseded.contains(&record.id)
        })
        .map(|(record, reviews)| {
            let last = reviews.iter().rfind(|review| review.at <= at);
            Live {
                grade: last.map_or(record.entered_grade, |review| review.to),
                refuted_on: last
                    .filter(|review| review.to == Grade::Refuted)
                    .map(|review| domain::time::day_in(chrono_tz::Asia::Shanghai, review.at)),
                record,
            }
        })
        .collect();
    let is_caught = live
        .iter()
        .filter_map(|one| one.refuted_on)
        .any(|on| (day - on).num_days() < 365);
    let standing: Vec<&Live> = live
        .iter()
        .filter(|one| !live.iter().any(|other| one.is_overtaken_by(other)))
        .collect();
    let credence = |one: &Live| match one.grade {
        Grade::Claimed if is_caught => 0.1,
        Grade::Claimed => 0.3,
        Grade::Documented => 0.7,
        Grade::Verified => 1.0,
        Grade::Refuted => 0.0,
    };
    let is_usage = |one: &Live| rubric(one.record.observation.kind, None).usage;
    let proving = || {
        standing
            .iter()
            .filter(|one| is_usage(one) && one.grade >= Grade::Documented)
            .map(|one| one.worth(credence(one), day))
    };
    let everything = all(standing.iter().map(|one| one.worth(credence(one), day)));
    let proven = all(proving());
    let refuted = live.iter().filter(|one| one.grade == Grade::Refuted);
    let claimed = standing.iter().copied().chain(refuted);
    Assessment {
        demand: everything.min(proven + 0.20),
        claimed_demand: all(claimed.map(|one| one.worth(1.0, day))),
        has_proof: proving().any(|(_, worth)| worth >= 0.02),
        live: live.len(),
    }
}

impl Demo {
    /// The assessment of a startup at the end of the day so many days from day 0, as known then.
    pub async fn assessed(&self, name: &str, offset: i64) -> Assessment {
        let at = crate::end_of(offset);
        assess(self.ledger(self.named(name).id, at).await, at)
    }
}
