//! 评分标准: what each kind of evidence weighs, as data: versioned, stored and edited (domain.md §3).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    Instant, Problem, Problems, RubricId, UserId,
    check::{TEXT_LIMIT, optional},
    evidence::EvidenceKind,
};

mod check;

crate::vocabulary::vocabulary! {
    /// What a kind of evidence tells of. One fact told three ways counts once: the best of a group counts.
    EvidenceGroup {
        /// 付费: somebody pays.
        Money = "MONEY",
        /// 留存: they stay.
        Loyalty = "LOYALTY",
        /// 规模: there are many.
        Reach = "REACH",
        /// 关注度: they look.
        Interest = "INTEREST",
    }
}

crate::vocabulary::vocabulary! {
    /// How a value becomes a strength.
    Scale {
        /// By orders of magnitude: ln(1 + value / unit) / ln(1 + full / unit).
        Log = "LOG",
        /// In a straight line from a zero to the full.
        Linear = "LINEAR",
    }
}

/// The full strength for short horizons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HorizonStep {
    /// For a horizon of at most so many days.
    pub up_to_days: i32,
    /// The value of full strength.
    pub full_at: Decimal,
}

/// How one kind of evidence is weighed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RubricKind {
    /// Which kind.
    pub kind: EvidenceKind,
    /// Its group.
    pub group: EvidenceGroup,
    /// The most that it can contribute to demand, 0..1.
    pub weight: Decimal,
    /// Its scale.
    pub scale: Scale,
    /// The unit of a LOG scale, the zero of a LINEAR one.
    pub unit_or_zero: Decimal,
    /// The value of full strength; with `full_at_by_horizon`, for horizons beyond its last step.
    pub full_at: Decimal,
    /// The value of full strength for short horizons, by ascending days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub full_at_by_horizon: Vec<HorizonStep>,
    /// The sample of half weight, for kinds that are measured on a sample.
    pub half_n: Option<u32>,
    /// After how many days a figure counts half.
    pub half_life_days: u32,
    /// Whether it tells of use; only these prove demand.
    pub is_usage: bool,
}

/// A version of the rubric. Money is in [`Rubric::CURRENCY`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rubric {
    /// Its number; an assessment names it.
    pub version: i32,
    /// Every kind, once.
    pub kinds: Vec<RubricKind>,
}

/// A version of the rubric with who put it in force, when, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct RubricVersion {
    /// Its id.
    pub id: RubricId,
    /// The rubric itself.
    pub rubric: Rubric,
    /// Since when it is in force, until the next.
    pub in_force_from: Instant,
    /// Why it was changed.
    pub note: Option<String>,
    /// Who changed it; None for the one that a workspace begins with.
    pub by: Option<UserId>,
}

/// Why a rubric is changed, as it is kept.
pub fn prepared_note(note: Option<String>) -> Result<Option<String>, Vec<Problem>> {
    let mut wrong = Problems::default();
    let note = optional(note, "note", TEXT_LIMIT, &mut wrong);
    wrong.into_result().map(|()| note)
}

impl Rubric {
    /// The currency of money in a rubric.
    pub const CURRENCY: &str = "USD";
}

impl Default for Rubric {
    /// Version 1, the table of domain.md §3.
    fn default() -> Self {
        use EvidenceGroup::{Interest, Loyalty, Money, Reach};
        use EvidenceKind as K;
        use Scale::{Linear, Log};
        let row =
            |kind, group, hundredths, scale, unit_or_zero: i64, full_at: i64, half_n, half_life_days| {
                RubricKind {
                    kind,
                    group,
                    weight: Decimal::new(hundredths, 2),
                    scale,
                    unit_or_zero: unit_or_zero.into(),
                    full_at: full_at.into(),
                    full_at_by_horizon: Vec::new(),
                    half_n,
                    half_life_days,
                    is_usage: group != Interest,
                }
            };
        let step = |up_to_days, full_at: i64| HorizonStep {
            up_to_days,
            full_at: full_at.into(),
        };
        Self {
            version: 1,
            kinds: vec![
                row(K::PayingCustomers, Money, 60, Log, 1, 100, None, 180),
                row(K::RecurringRevenue, Money, 60, Log, 10_000, 1_000_000, None, 180),
                row(K::SignedContracts, Money, 45, Log, 1, 10, None, 180),
                row(K::PaidConversion, Money, 40, Linear, 0, 5, Some(200), 180),
                row(K::UnitsDeployed, Money, 45, Log, 1, 100, None, 180),
                row(K::Pilots, Money, 25, Log, 1, 5, None, 180),
                RubricKind {
                    full_at_by_horizon: vec![step(7, 60), step(30, 40), step(90, 30)],
                    ..row(K::Retention, Loyalty, 50, Linear, 0, 25, Some(20), 365)
                },
                row(K::LogoRetention, Loyalty, 50, Linear, 70, 95, Some(10), 365),
                row(K::NetRevenueRetention, Loyalty, 50, Linear, 80, 120, Some(5), 365),
                row(K::UsageIntensity, Loyalty, 40, Linear, 0, 50, Some(200), 180),
                row(K::CustomerReferences, Loyalty, 45, Log, 1, 5, None, 365),
                row(K::ActiveUsers, Reach, 40, Log, 1_000, 100_000, None, 180),
                row(K::DevelopersBuilding, Reach, 40, Log, 10, 1_000, None, 180),
                row(K::AppStoreRatings, Reach, 20, Log, 100, 10_000, None, 180),
                row(K::WebTraffic, Interest, 15, Log, 10_000, 1_000_000, None, 90),
                row(K::OpenSourceStars, Interest, 15, Log, 100, 10_000, None, 180),
                row(
                    K::OpenSourceDownloads,
                    Interest,
                    15,
                    Log,
                    1_000,
                    100_000,
                    None,
                    180,
                ),
                row(K::Waitlist, Interest, 10, Log, 1_000, 100_000, None, 90),
                row(K::UnpaidPilots, Interest, 10, Log, 1, 5, None, 90),
                row(K::UserStatement, Interest, 10, Linear, 0, 50, Some(50), 365),
                row(K::PressCoverage, Interest, 5, Log, 1, 10, None, 90),
            ],
        }
    }
}
