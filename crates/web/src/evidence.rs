//! Evidence where it stands in a list: its grade as glyph and word, its kind, its value, its day.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::fmt::{self, Precision, Qualifier};
use crate::schema;
use crate::words::Words;

/// How well a record is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
pub(crate) enum Grade {
    Claimed,
    Documented,
    Verified,
    Refuted,
}

impl Grade {
    /// The name of its glyph and of its style.
    pub(crate) fn style(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Documented => "documented",
            Self::Verified => "verified",
            Self::Refuted => "refuted",
        }
    }

    /// The word beside the glyph.
    pub(crate) fn word(self, words: &Words) -> &'static str {
        match self {
            Self::Claimed => words.claimed,
            Self::Documented => words.documented,
            Self::Verified => words.verified,
            Self::Refuted => words.refuted,
        }
    }
}

/// What a record measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
pub(crate) enum EvidenceKind {
    PayingCustomers,
    RecurringRevenue,
    SignedContracts,
    PaidConversion,
    UnitsDeployed,
    Pilots,
    Retention,
    LogoRetention,
    NetRevenueRetention,
    UsageIntensity,
    CustomerReferences,
    ActiveUsers,
    DevelopersBuilding,
    AppStoreRatings,
    WebTraffic,
    OpenSourceStars,
    OpenSourceDownloads,
    Waitlist,
    UnpaidPilots,
    UserStatement,
    PressCoverage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
pub(crate) enum RevenueBasis {
    Recurring,
    Collected,
    Recognised,
    Contracted,
    RunRate,
    OneOff,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
pub(crate) enum ActivityWindow {
    Day,
    Week,
    Month,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
#[cynic(graphql_type = "Qualifier")]
pub(crate) enum FigureQualifier {
    Exact,
    About,
    AtLeast,
    AtMost,
}

impl From<FigureQualifier> for Qualifier {
    fn from(qualifier: FigureQualifier) -> Self {
        match qualifier {
            FigureQualifier::Exact => Self::Exact,
            FigureQualifier::About => Self::About,
            FigureQualifier::AtLeast => Self::AtLeast,
            FigureQualifier::AtMost => Self::AtMost,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, cynic::Enum)]
pub(crate) enum DatePrecision {
    Day,
    Month,
    Quarter,
    Half,
    Year,
}

impl From<DatePrecision> for Precision {
    fn from(precision: DatePrecision) -> Self {
        match precision {
            DatePrecision::Day => Self::Day,
            DatePrecision::Month => Self::Month,
            DatePrecision::Quarter => Self::Quarter,
            DatePrecision::Half => Self::Half,
            DatePrecision::Year => Self::Year,
        }
    }
}

/// An ISO 4217 code.
#[derive(Clone, Debug, cynic::Scalar)]
#[cynic(graphql_type = "Currency")]
pub(crate) struct Currency(pub(crate) String);

/// A record as a list shows it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Evidence")]
pub(crate) struct EvidenceLine {
    pub(crate) kind: EvidenceKind,
    pub(crate) grade: Grade,
    pub(crate) value: Option<Decimal>,
    pub(crate) qualifier: FigureQualifier,
    pub(crate) as_found: Option<String>,
    pub(crate) currency: Option<Currency>,
    pub(crate) revenue_basis: Option<RevenueBasis>,
    pub(crate) window: Option<ActivityWindow>,
    pub(crate) horizon_days: Option<i32>,
    pub(crate) sample_size: Option<i32>,
    pub(crate) observed_on: NaiveDate,
    pub(crate) precision: DatePrecision,
}

impl EvidenceLine {
    /// What was measured, as exactly as the record says it: `Monthly users`, `Retention after 30 d`.
    pub(crate) fn label(&self, words: &Words) -> String {
        use EvidenceKind as Kind;
        let plain = match self.kind {
            Kind::PayingCustomers => words.paying_customers,
            Kind::RecurringRevenue => match self.revenue_basis {
                None | Some(RevenueBasis::Recurring) => words.recurring_revenue,
                Some(RevenueBasis::Collected) => words.revenue_collected,
                Some(RevenueBasis::Recognised) => words.revenue_recognised,
                Some(RevenueBasis::Contracted) => words.revenue_contracted,
                Some(RevenueBasis::RunRate) => words.run_rate,
                Some(RevenueBasis::OneOff) => words.one_off_revenue,
            },
            Kind::SignedContracts => words.signed_contracts,
            Kind::PaidConversion => words.paid_conversion,
            Kind::UnitsDeployed => words.units_deployed,
            Kind::Pilots => words.pilots,
            Kind::Retention => words.retention,
            Kind::LogoRetention => words.logo_retention,
            Kind::NetRevenueRetention => words.net_revenue_retention,
            Kind::UsageIntensity => words.usage_intensity,
            Kind::CustomerReferences => words.customer_references,
            Kind::ActiveUsers => match self.window {
                None => words.active_users,
                Some(ActivityWindow::Day) => words.daily_users,
                Some(ActivityWindow::Week) => words.weekly_users,
                Some(ActivityWindow::Month) => words.monthly_users,
            },
            Kind::DevelopersBuilding => words.developers_building,
            Kind::AppStoreRatings => words.app_store_ratings,
            Kind::WebTraffic => words.web_traffic,
            Kind::OpenSourceStars => words.open_source_stars,
            Kind::OpenSourceDownloads => words.open_source_downloads,
            Kind::Waitlist => words.waitlist,
            Kind::UnpaidPilots => words.unpaid_pilots,
            Kind::UserStatement => words.user_statement,
            Kind::PressCoverage => words.press_coverage,
        };
        match self.horizon_days {
            Some(days) if self.kind == Kind::Retention => {
                format!("{plain} {}", words.after_days(&days.to_string()))
            }
            _ => plain.to_owned(),
        }
    }

    /// The value in the unit of its kind; the words as found where there is no figure, else a dash.
    pub(crate) fn figure(&self, words: &Words) -> String {
        use EvidenceKind as Kind;
        let language = words.language;
        let Some(value) = self.value else {
            return self
                .as_found
                .as_ref()
                .map_or_else(|| "—".to_owned(), |found| format!("“{found}”"));
        };
        let figure = match (self.kind, self.sample_size) {
            (Kind::RecurringRevenue, _) => fmt::money(
                value,
                self.currency.as_ref().map_or("", |currency| &currency.0),
                language,
            ),
            (
                Kind::PaidConversion
                | Kind::Retention
                | Kind::LogoRetention
                | Kind::NetRevenueRetention
                | Kind::UsageIntensity
                | Kind::UserStatement,
                _,
            ) => fmt::percent(value),
            (Kind::CustomerReferences, Some(asked)) => {
                words.good_of(&fmt::count(value, language), &fmt::exact(asked.into()))
            }
            _ => fmt::count(value, language),
        };
        fmt::with_words(
            &fmt::qualified(&figure, self.qualifier.into(), language),
            self.as_found.as_deref(),
            language,
        )
    }

    /// The day of the observation, no more exactly than it is known.
    pub(crate) fn day(&self, words: &Words) -> String {
        fmt::known_date(self.observed_on, self.precision.into(), words.language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language::{En, Zh};

    fn record(kind: EvidenceKind, value: &str) -> EvidenceLine {
        EvidenceLine {
            kind,
            grade: Grade::Claimed,
            value: value.parse().ok(),
            qualifier: FigureQualifier::Exact,
            as_found: None,
            currency: None,
            revenue_basis: None,
            window: None,
            horizon_days: None,
            sample_size: None,
            observed_on: NaiveDate::default(),
            precision: DatePrecision::Day,
        }
    }

    #[test]
    fn a_record_says_what_it_measures_and_how_much() {
        let retention = EvidenceLine {
            horizon_days: Some(30),
            sample_size: Some(400),
            qualifier: FigureQualifier::About,
            ..record(EvidenceKind::Retention, "35.00")
        };
        let users = EvidenceLine {
            window: Some(ActivityWindow::Month),
            ..record(EvidenceKind::ActiveUsers, "30000")
        };
        let revenue = EvidenceLine {
            currency: Some(Currency("USD".into())),
            revenue_basis: Some(RevenueBasis::RunRate),
            ..record(EvidenceKind::RecurringRevenue, "1000000")
        };
        let calls = EvidenceLine {
            sample_size: Some(8),
            ..record(EvidenceKind::CustomerReferences, "6")
        };
        let words_only = EvidenceLine {
            as_found: Some("数百家".into()),
            ..record(EvidenceKind::PayingCustomers, "")
        };
        for (line, en, zh) in [
            (
                record(EvidenceKind::PayingCustomers, "20"),
                "Paying customers 20",
                "付费客户 20",
            ),
            (retention, "Retention after 30 d ~35%", "留存率 第 30 天 约 35%"),
            (users, "Monthly users 30K", "月活用户 3万"),
            (revenue, "Revenue run rate US$1M", "年化收入 100万美元"),
            (calls, "Good customer calls 6 of 8", "客户访谈认可 8 次中 6 次"),
            (words_only, "Paying customers “数百家”", "付费客户 “数百家”"),
            (record(EvidenceKind::Pilots, ""), "Paid pilots —", "付费试点 —"),
        ] {
            for (language, expected) in [(En, en), (Zh, zh)] {
                let words = Words::of(language);
                assert_eq!(format!("{} {}", line.label(words), line.figure(words)), expected);
            }
        }
    }
}
