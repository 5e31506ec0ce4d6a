//! 真实用户证据: what may be entered, and when a record is live (domain.md §3). The assessment comes apart.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    DocumentId, EvidenceId, EvidenceReviewId, Instant, StartupId, UserId,
    money::{Currency, Qualifier},
    time::DatePrecision,
};

mod entry;
pub use entry::*;

crate::vocabulary::vocabulary! {
    /// What was observed. Units in domain.md §3.
    EvidenceKind {
        /// Customers who pay; related parties and subsidised pilots do not count.
        PayingCustomers = "PAYING_CUSTOMERS",
        /// Money a year.
        RecurringRevenue = "RECURRING_REVENUE",
        /// Contracts in force.
        SignedContracts = "SIGNED_CONTRACTS",
        /// Percent of users who pay.
        PaidConversion = "PAID_CONVERSION",
        /// Robots or devices at paying customers.
        UnitsDeployed = "UNITS_DEPLOYED",
        /// Paid pilots.
        Pilots = "PILOTS",
        /// Percent of a cohort of users after a horizon.
        Retention = "RETENTION",
        /// Percent of accounts kept over a year.
        LogoRetention = "LOGO_RETENTION",
        /// Percent, may be above 100.
        NetRevenueRetention = "NET_REVENUE_RETENTION",
        /// Daily over monthly users, percent.
        UsageIntensity = "USAGE_INTENSITY",
        /// Good calls, of the calls made.
        CustomerReferences = "CUSTOMER_REFERENCES",
        /// Users in a window.
        ActiveUsers = "ACTIVE_USERS",
        /// Developers on a model or tool.
        DevelopersBuilding = "DEVELOPERS_BUILDING",
        /// Ratings in app stores.
        AppStoreRatings = "APP_STORE_RATINGS",
        /// Visits a month.
        WebTraffic = "WEB_TRAFFIC",
        /// Stars of a repository.
        OpenSourceStars = "OPEN_SOURCE_STARS",
        /// Downloads a month.
        OpenSourceDownloads = "OPEN_SOURCE_DOWNLOADS",
        /// Sign-ups.
        Waitlist = "WAITLIST",
        /// Pilots that nobody pays for.
        UnpaidPilots = "UNPAID_PILOTS",
        /// Percent of those asked who say so.
        UserStatement = "USER_STATEMENT",
        /// Original articles, reprints excluded.
        PressCoverage = "PRESS_COVERAGE",
    }
}

impl EvidenceKind {
    /// The most that a percentage of this kind may be; None where the kind is no percentage.
    pub const fn percent_limit(self) -> Option<i64> {
        match self {
            Self::PaidConversion
            | Self::Retention
            | Self::LogoRetention
            | Self::UsageIntensity
            | Self::UserStatement => Some(100),
            Self::NetRevenueRetention => Some(1_000),
            _ => None,
        }
    }
    /// Whether the value is money.
    pub const fn is_money(self) -> bool {
        matches!(self, Self::RecurringRevenue)
    }
    /// Whether a record may say until when it is in force.
    pub const fn has_term(self) -> bool {
        matches!(self, Self::SignedContracts | Self::Pilots | Self::UnpaidPilots)
    }
}

crate::vocabulary::vocabulary! {
    /// 证据等级: how well something is proven. Use [`Grade::is_at_least`] to compare: REFUTED is no proof.
    Grade {
        /// Checked, and false.
        Refuted = "REFUTED",
        /// Somebody said so.
        Claimed = "CLAIMED",
        /// We hold a document, an export, a link.
        Documented = "DOCUMENTED",
        /// We checked it independently.
        Verified = "VERIFIED",
    }
}

impl Grade {
    /// Whether this is `other` or better.
    pub fn is_at_least(self, other: Self) -> bool {
        self >= other
    }
}

crate::vocabulary::vocabulary! {
    /// Where a figure comes from.
    EvidenceSource {
        /// The founder said so.
        Founder = "FOUNDER",
        /// It stands in the deck.
        Deck = "DECK",
        /// It stands in the data room.
        DataRoom = "DATA_ROOM",
        /// An export of an analytics system.
        AnalyticsExport = "ANALYTICS_EXPORT",
        /// A call with a customer.
        CustomerCall = "CUSTOMER_CALL",
        /// An app store.
        AppStore = "APP_STORE",
        /// Somebody else who counts.
        ThirdParty = "THIRD_PARTY",
        /// The press.
        Press = "PRESS",
        /// Anything else.
        Other = "OTHER",
    }
}

crate::vocabulary::vocabulary! {
    /// What kind of revenue a figure speaks of.
    RevenueBasis {
        /// Recurs by contract.
        Recurring = "RECURRING",
        /// 回款: seen in the bank.
        Collected = "COLLECTED",
        /// Recognised by the books.
        Recognised = "RECOGNISED",
        /// Contracted, not yet delivered.
        Contracted = "CONTRACTED",
        /// A month times twelve.
        RunRate = "RUN_RATE",
        /// Will not come again.
        OneOff = "ONE_OFF",
    }
}

crate::vocabulary::vocabulary! {
    /// Over which time active users are counted.
    ActivityWindow {
        /// A day.
        Day = "DAY",
        /// A week.
        Week = "WEEK",
        /// A month.
        Month = "MONTH",
    }
}

/// What is entered about one observed figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the fields are described in the API and in domain.md §3"
)]
pub struct Observation {
    pub kind: EvidenceKind,
    pub value: Option<Decimal>,
    pub qualifier: Qualifier,
    pub as_found: Option<String>,
    pub currency: Option<Currency>,
    pub revenue_basis: Option<RevenueBasis>,
    pub window: Option<ActivityWindow>,
    pub horizon_days: Option<i32>,
    pub sample_size: Option<i64>,
    pub segment: Option<String>,
    pub period_start: Option<NaiveDate>,
    pub observed_on: NaiveDate,
    pub precision: DatePrecision,
    pub valid_until: Option<NaiveDate>,
    pub source: EvidenceSource,
    pub supplied_by: Option<String>,
    pub source_url: Option<String>,
    pub document_ids: Vec<DocumentId>,
    pub note: Option<String>,
}

/// An evidence record as stored, with its newest grade.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    missing_docs,
    reason = "the fields are described in the API and in domain.md §3"
)]
pub struct Evidence {
    pub id: EvidenceId,
    pub startup_id: StartupId,
    pub observation: Observation,
    pub entered_grade: Grade,
    pub grade: Grade,
    pub supersedes: Option<EvidenceId>,
    pub recorded_at: Instant,
    pub recorded_by: Option<UserId>,
    pub retracted_at: Option<Instant>,
    pub retraction_reason: Option<String>,
}

/// What was checked about a record, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct EvidenceReview {
    pub id: EvidenceReviewId,
    pub evidence_id: EvidenceId,
    pub from: Grade,
    pub to: Grade,
    pub at: Instant,
    pub by: Option<UserId>,
    pub checked: String,
}
