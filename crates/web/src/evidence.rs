//! Evidence where it stands in a list: its grade as glyph and word, its kind, its value, its day.

mod fields;
pub(crate) mod form;
pub(crate) mod grid;
mod ledger;
mod preview;
mod write;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::fmt::{self, Precision, Qualifier};
use crate::schema;
use crate::words::Words;

pub(crate) use fields::read_number;
pub(crate) use ledger::{LedgerRecord, RecordView, folded};

/// How well a record is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, cynic::Enum)]
pub(crate) enum Grade {
    Claimed,
    Documented,
    Verified,
    Refuted,
}

impl Grade {
    /// All of them, as a filter offers them.
    pub(crate) const ALL: [Self; 4] = [Self::Claimed, Self::Documented, Self::Verified, Self::Refuted];

    /// As the API and forms write it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Claimed => "CLAIMED",
            Self::Documented => "DOCUMENTED",
            Self::Verified => "VERIFIED",
            Self::Refuted => "REFUTED",
        }
    }

    /// Reads what a form sent.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Claimed, Self::Documented, Self::Verified, Self::Refuted]
            .into_iter()
            .find(|grade| grade.code() == code)
    }

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

vocabulary! {
    /// What a record measures.
    EvidenceKind {
        PayingCustomers = "PAYING_CUSTOMERS", paying_customers;
        RecurringRevenue = "RECURRING_REVENUE", recurring_revenue;
        SignedContracts = "SIGNED_CONTRACTS", signed_contracts;
        PaidConversion = "PAID_CONVERSION", paid_conversion;
        UnitsDeployed = "UNITS_DEPLOYED", units_deployed;
        Pilots = "PILOTS", pilots;
        Retention = "RETENTION", retention;
        LogoRetention = "LOGO_RETENTION", logo_retention;
        NetRevenueRetention = "NET_REVENUE_RETENTION", net_revenue_retention;
        UsageIntensity = "USAGE_INTENSITY", usage_intensity;
        CustomerReferences = "CUSTOMER_REFERENCES", customer_references;
        ActiveUsers = "ACTIVE_USERS", active_users;
        DevelopersBuilding = "DEVELOPERS_BUILDING", developers_building;
        AppStoreRatings = "APP_STORE_RATINGS", app_store_ratings;
        WebTraffic = "WEB_TRAFFIC", web_traffic;
        OpenSourceStars = "OPEN_SOURCE_STARS", open_source_stars;
        OpenSourceDownloads = "OPEN_SOURCE_DOWNLOADS", open_source_downloads;
        Waitlist = "WAITLIST", waitlist;
        UnpaidPilots = "UNPAID_PILOTS", unpaid_pilots;
        UserStatement = "USER_STATEMENT", user_statement;
        PressCoverage = "PRESS_COVERAGE", press_coverage;
    }
}

vocabulary! {
    /// What kind of revenue a figure speaks of.
    RevenueBasis {
        Recurring = "RECURRING", basis_recurring;
        Collected = "COLLECTED", basis_collected;
        Recognised = "RECOGNISED", basis_recognised;
        Contracted = "CONTRACTED", basis_contracted;
        RunRate = "RUN_RATE", basis_run_rate;
        OneOff = "ONE_OFF", basis_one_off;
    }
}

vocabulary! {
    /// Over which time active users are counted.
    ActivityWindow {
        Day = "DAY", window_day;
        Week = "WEEK", window_week;
        Month = "MONTH", window_month;
    }
}

vocabulary! {
    /// How exactly a figure is known.
    #[cynic(graphql_type = "Qualifier")]
    FigureQualifier {
        Exact = "EXACT", exactly;
        About = "ABOUT", about;
        AtLeast = "AT_LEAST", at_least;
        AtMost = "AT_MOST", at_most;
    }
}

vocabulary! {
    /// How exactly a day is known.
    DatePrecision {
        Day = "DAY", to_the_day;
        Month = "MONTH", to_the_month;
        Quarter = "QUARTER", to_the_quarter;
        Half = "HALF", to_the_half;
        Year = "YEAR", to_the_year;
    }
}

vocabulary! {
    /// Where a figure comes from.
    EvidenceSource {
        Founder = "FOUNDER", source_founder;
        Deck = "DECK", source_deck;
        DataRoom = "DATA_ROOM", source_data_room;
        AnalyticsExport = "ANALYTICS_EXPORT", source_analytics;
        CustomerCall = "CUSTOMER_CALL", source_call;
        AppStore = "APP_STORE", source_store;
        ThirdParty = "THIRD_PARTY", source_third;
        Press = "PRESS", source_press;
        Other = "OTHER", source_other;
    }
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
        let choices = words.choices();
        let plain = match (self.kind, self.revenue_basis, self.window) {
            (Kind::RecurringRevenue, Some(RevenueBasis::Collected), _) => choices.revenue_collected,
            (Kind::RecurringRevenue, Some(RevenueBasis::Recognised), _) => choices.revenue_recognised,
            (Kind::RecurringRevenue, Some(RevenueBasis::Contracted), _) => choices.revenue_contracted,
            (Kind::RecurringRevenue, Some(RevenueBasis::RunRate), _) => choices.run_rate,
            (Kind::RecurringRevenue, Some(RevenueBasis::OneOff), _) => choices.one_off_revenue,
            (Kind::ActiveUsers, _, Some(ActivityWindow::Day)) => choices.daily_users,
            (Kind::ActiveUsers, _, Some(ActivityWindow::Week)) => choices.weekly_users,
            (Kind::ActiveUsers, _, Some(ActivityWindow::Month)) => choices.monthly_users,
            (kind, ..) => kind.word(words),
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
