//! The closed sets of words about evidence.

use domain::{evidence, money, time};

use crate::word::word;

word! {
    /// What was observed about real users.
    EvidenceKind, "evidence::EvidenceKind" {
        /// Customers who pay; related parties and subsidised pilots do not count.
        PayingCustomers,
        /// Money a year.
        RecurringRevenue,
        /// Contracts in force.
        SignedContracts,
        /// Percent of users who pay.
        PaidConversion,
        /// Robots or devices at paying customers.
        UnitsDeployed,
        /// Paid pilots.
        Pilots,
        /// Percent of a cohort of users after horizonDays.
        Retention,
        /// Percent of accounts kept over a year.
        LogoRetention,
        /// Percent, may be above 100.
        NetRevenueRetention,
        /// Daily over monthly users, percent.
        UsageIntensity,
        /// Good calls, of the sampleSize calls made.
        CustomerReferences,
        /// Users in a window.
        ActiveUsers,
        /// Developers on a model or tool.
        DevelopersBuilding,
        /// Ratings in app stores.
        AppStoreRatings,
        /// Visits a month.
        WebTraffic,
        /// Stars of a repository.
        OpenSourceStars,
        /// Downloads a month.
        OpenSourceDownloads,
        /// Sign-ups.
        Waitlist,
        /// Pilots that nobody pays for.
        UnpaidPilots,
        /// Percent of those asked who say so.
        UserStatement,
        /// Original articles, reprints excluded.
        PressCoverage,
    }
}
word! {
    /// How well something is proven.
    Grade, "evidence::Grade" {
        /// Somebody said so.
        Claimed,
        /// We hold a document, an export, a link.
        Documented,
        /// We checked it independently.
        Verified,
        /// We checked it, and it is false.
        Refuted,
    }
}
word! {
    /// Where a figure comes from.
    EvidenceSource, "evidence::EvidenceSource" {
        /// The founder said so.
        Founder,
        /// It stands in the deck.
        Deck,
        /// It stands in the data room.
        DataRoom,
        /// An export of an analytics system.
        AnalyticsExport,
        /// A call with a customer.
        CustomerCall,
        /// An app store.
        AppStore,
        /// Somebody else who counts.
        ThirdParty,
        /// The press.
        Press,
        /// Anything else.
        Other,
    }
}
word! {
    /// What kind of revenue a figure speaks of.
    RevenueBasis, "evidence::RevenueBasis" {
        /// Recurs by contract.
        Recurring,
        /// Seen in the bank.
        Collected,
        /// Recognised by the books.
        Recognised,
        /// Contracted, not yet delivered.
        Contracted,
        /// A month times twelve.
        RunRate,
        /// Will not come again.
        OneOff,
    }
}
word! {
    /// Over which time active users are counted.
    ActivityWindow, "evidence::ActivityWindow" {
        /// A day.
        Day,
        /// A week.
        Week,
        /// A month.
        Month,
    }
}
word! {
    /// How exactly a figure is stated.
    Qualifier, "money::Qualifier" {
        /// The figure itself.
        Exact,
        /// About the figure.
        About,
        /// The figure or more.
        AtLeast,
        /// The figure or less.
        AtMost,
    }
}
word! {
    /// How exactly a date is known.
    DatePrecision, "time::DatePrecision" {
        /// To the day.
        Day,
        /// To the month.
        Month,
        /// To the quarter.
        Quarter,
        /// To the half year.
        Half,
        /// To the year.
        Year,
    }
}
