//! The words of the pipeline.

use async_graphql::Enum;

/// What became of a deal so far.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
#[graphql(remote = "domain::deal::DealStatus")]
pub enum DealStatus {
    /// Under way.
    Active,
    /// Waiting.
    OnHold,
    /// We invested; final.
    Invested,
    /// We said no.
    Passed,
    /// They chose others, or closed the round; final.
    Lost,
}

/// Why we said no.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
#[graphql(remote = "domain::deal::PassReason")]
pub enum PassReason {
    /// No real users.
    NoRealUsers,
    /// 套壳: a wrapper.
    Wrapper,
    /// The market.
    Market,
    /// The team.
    Team,
    /// The valuation.
    Valuation,
    /// The timing.
    Timing,
    /// A conflict with what we hold.
    Conflict,
    /// Anything else.
    Other,
}

/// Through which channel a deal came.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
#[graphql(remote = "domain::deal::Channel")]
pub enum Channel {
    /// They wrote to us.
    Inbound,
    /// Somebody referred them.
    Referral,
    /// We wrote to them.
    Outbound,
    /// Met at an event.
    Event,
    /// A scout.
    Scout,
    /// 财务顾问: a financial adviser.
    Fa,
    /// 同行: another fund.
    CoInvestor,
    /// 被投推荐: a portfolio company.
    Portfolio,
    /// An investor of ours.
    Lp,
    /// 园区: a park or authority.
    Government,
    /// A university.
    University,
    /// The media.
    Media,
    /// An import.
    Import,
}

/// Our part in the round.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
#[graphql(remote = "domain::deal::InvestorRole")]
pub enum InvestorRole {
    /// 领投.
    Lead,
    /// 联合领投.
    CoLead,
    /// 跟投.
    Follow,
}

/// What is bought.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
#[graphql(remote = "domain::deal::Instrument")]
pub enum Instrument {
    /// New shares.
    Equity,
    /// A convertible.
    Convertible,
    /// 老股: shares from a holder.
    Secondary,
}

/// Before or after the round's money.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
#[graphql(remote = "domain::deal::ValuationBasis")]
pub enum ValuationBasis {
    /// 投前.
    PreMoney,
    /// 投后.
    PostMoney,
}

/// Who sees a deal.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
#[graphql(remote = "domain::deal::Visibility")]
pub enum Visibility {
    /// Everybody of the fund.
    Team,
    /// Its own team (owner and opener included) and administrators; for anyone else it does not exist.
    Restricted,
}

/// A round of funding.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
#[graphql(remote = "domain::deal::Round")]
pub enum Round {
    /// Before seed.
    PreSeed,
    /// 天使轮.
    Angel,
    /// 天使+轮.
    AngelPlus,
    /// Seed.
    Seed,
    /// Pre-A.
    PreA,
    /// Pre-A+.
    PreAPlus,
    /// A.
    A,
    /// A+.
    APlus,
    /// Pre-B.
    PreB,
    /// B.
    B,
    /// B+.
    BPlus,
    /// C.
    C,
    /// C+.
    CPlus,
    /// D.
    D,
    /// D+.
    DPlus,
    /// E or later.
    EOrLater,
    /// Before the listing.
    PreIpo,
    /// The listing.
    Ipo,
    /// 战略投资.
    Strategic,
    /// A bridge.
    Bridge,
    /// 老股: shares from a holder.
    Secondary,
    /// 并购.
    Acquisition,
    /// Not known; counts as one round.
    Unknown,
}

/// A condition that a stage may require.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
#[graphql(remote = "domain::deal::GateCondition")]
pub enum GateCondition {
    /// Proof graded VERIFIED.
    VerifiedProof,
    /// The technical route is known.
    KnownRoute,
    /// The layer is set.
    LayerSet,
    /// The need names a payer.
    NeedNamed,
    /// No checklist item is open.
    ChecklistNoOpen,
    /// No claim is refuted.
    NoRefutedClaim,
}
