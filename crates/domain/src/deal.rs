//! A deal: one possible investment in one startup, its stage and status apart, and every move kept (domain.md §6).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    DealChangeId, DealId, FundId, Instant, Language, PersonId, ReviewId, StageId, StartupId, UserId,
    money::{Money, MoneyRange},
    time::DatePrecision,
};

mod edit;
pub mod funnel;
pub mod gate;
mod moves;
mod prepare;
mod revisit;
mod stage;
pub use edit::*;
pub use moves::*;
pub use prepare::*;
pub use revisit::*;
pub use stage::*;

crate::vocabulary::vocabulary! {
    /// What became of a deal so far.
    DealStatus {
        /// Under way.
        Active = "ACTIVE",
        /// Waiting.
        OnHold = "ON_HOLD",
        /// We invested.
        Invested = "INVESTED",
        /// We said no.
        Passed = "PASSED",
        /// They chose others, or closed the round.
        Lost = "LOST",
    }
}

crate::vocabulary::vocabulary! {
    /// Who sees a deal.
    Visibility {
        /// Everybody of the fund.
        Team = "TEAM",
        /// Its own team and administrators.
        Restricted = "RESTRICTED",
    }
}

crate::vocabulary::vocabulary! {
    /// A round of funding.
    Round {
        /// Before seed.
        PreSeed = "PRE_SEED",
        /// 天使轮.
        Angel = "ANGEL",
        /// 天使+轮.
        AngelPlus = "ANGEL_PLUS",
        /// Seed.
        Seed = "SEED",
        /// Pre-A.
        PreA = "PRE_A",
        /// Pre-A+.
        PreAPlus = "PRE_A_PLUS",
        /// A.
        A = "A",
        /// A+.
        APlus = "A_PLUS",
        /// Pre-B.
        PreB = "PRE_B",
        /// B.
        B = "B",
        /// B+.
        BPlus = "B_PLUS",
        /// C.
        C = "C",
        /// C+.
        CPlus = "C_PLUS",
        /// D.
        D = "D",
        /// D+.
        DPlus = "D_PLUS",
        /// E or later.
        EOrLater = "E_OR_LATER",
        /// Before the listing.
        PreIpo = "PRE_IPO",
        /// The listing.
        Ipo = "IPO",
        /// 战略投资.
        Strategic = "STRATEGIC",
        /// A bridge.
        Bridge = "BRIDGE",
        /// 老股: shares from a holder.
        Secondary = "SECONDARY",
        /// 并购.
        Acquisition = "ACQUISITION",
        /// Not known; counts as one round.
        Unknown = "UNKNOWN",
    }
}

crate::vocabulary::vocabulary! {
    /// Through which channel a deal came.
    Channel {
        /// They wrote to us.
        Inbound = "INBOUND",
        /// Somebody referred them.
        Referral = "REFERRAL",
        /// We wrote to them.
        Outbound = "OUTBOUND",
        /// Met at an event.
        Event = "EVENT",
        /// A scout.
        Scout = "SCOUT",
        /// 财务顾问: a financial adviser.
        Fa = "FA",
        /// 同行: another fund.
        CoInvestor = "CO_INVESTOR",
        /// 被投推荐: a portfolio company.
        Portfolio = "PORTFOLIO",
        /// An investor of ours.
        Lp = "LP",
        /// 园区: a park or authority.
        Government = "GOVERNMENT",
        /// A university.
        University = "UNIVERSITY",
        /// The media.
        Media = "MEDIA",
        /// An import.
        Import = "IMPORT",
    }
}

impl Channel {
    /// What it is called.
    pub const fn name(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            Self::Inbound => ("Inbound", "主动来信"),
            Self::Referral => ("Referral", "熟人推荐"),
            Self::Outbound => ("Outbound", "主动联系"),
            Self::Event => ("Event", "活动"),
            Self::Scout => ("Scout", "星探"),
            Self::Fa => ("Financial adviser", "财务顾问"),
            Self::CoInvestor => ("Co-investor", "同行"),
            Self::Portfolio => ("Portfolio company", "被投推荐"),
            Self::Lp => ("LP", "出资人"),
            Self::Government => ("Government", "园区"),
            Self::University => ("University", "高校"),
            Self::Media => ("Media", "媒体"),
            Self::Import => ("Import", "导入"),
        };
        match language {
            Language::En => en,
            Language::Zh => zh,
        }
    }
}

crate::vocabulary::vocabulary! {
    /// Why we said no.
    PassReason {
        /// No real users.
        NoRealUsers = "NO_REAL_USERS",
        /// 套壳: a wrapper.
        Wrapper = "WRAPPER",
        /// The market.
        Market = "MARKET",
        /// The team.
        Team = "TEAM",
        /// The valuation.
        Valuation = "VALUATION",
        /// The timing.
        Timing = "TIMING",
        /// A conflict with what we hold.
        Conflict = "CONFLICT",
        /// Anything else.
        Other = "OTHER",
    }
}

impl PassReason {
    /// What it is called.
    pub const fn name(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            Self::NoRealUsers => ("No real users", "无真实用户"),
            Self::Wrapper => ("Wrapper", "套壳"),
            Self::Market => ("Market", "市场"),
            Self::Team => ("Team", "团队"),
            Self::Valuation => ("Valuation", "估值"),
            Self::Timing => ("Timing", "时机"),
            Self::Conflict => ("Conflict with what we hold", "与已投冲突"),
            Self::Other => ("Other reason", "其他原因"),
        };
        match language {
            Language::En => en,
            Language::Zh => zh,
        }
    }
}

crate::vocabulary::vocabulary! {
    /// Our part in the round.
    InvestorRole {
        /// 领投.
        Lead = "LEAD",
        /// 联合领投.
        CoLead = "CO_LEAD",
        /// 跟投.
        Follow = "FOLLOW",
    }
}

crate::vocabulary::vocabulary! {
    /// What is bought.
    Instrument {
        /// New shares.
        Equity = "EQUITY",
        /// A convertible.
        Convertible = "CONVERTIBLE",
        /// 老股: shares from a holder.
        Secondary = "SECONDARY",
    }
}

crate::vocabulary::vocabulary! {
    /// Before or after the round's money.
    ValuationBasis {
        /// 投前.
        PreMoney = "PRE_MONEY",
        /// 投后.
        PostMoney = "POST_MONEY",
    }
}

crate::vocabulary::vocabulary! {
    /// A condition that a stage may require.
    GateCondition {
        /// Proof graded VERIFIED.
        VerifiedProof = "VERIFIED_PROOF",
        /// The technical route is known.
        KnownRoute = "KNOWN_ROUTE",
        /// The layer is set.
        LayerSet = "LAYER_SET",
        /// The need names a payer.
        NeedNamed = "NEED_NAMED",
        /// No checklist item is open.
        ChecklistNoOpen = "CHECKLIST_NO_OPEN",
        /// No claim is refuted.
        NoRefutedClaim = "NO_REFUTED_CLAIM",
    }
}

/// Who brought a deal, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct DealSource {
    pub channel: Channel,
    pub who: Option<String>,
    pub person_id: Option<PersonId>,
    pub on: Option<NaiveDate>,
    pub precision: DatePrecision,
}

/// What people write about a deal; stage and status move by [`moves`] only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(
    missing_docs,
    reason = "the fields are described in the API and in domain.md §6"
)]
pub struct Terms {
    pub title: String,
    pub round: Round,
    pub owner_id: Option<UserId>,
    pub team: Vec<UserId>,
    pub visibility: Visibility,
    pub amount_sought: Option<MoneyRange>,
    pub our_amount: Option<MoneyRange>,
    pub investor_role: Option<InvestorRole>,
    pub co_investors: Vec<String>,
    pub instrument: Option<Instrument>,
    pub valuation: Option<Money>,
    pub valuation_basis: Option<ValuationBasis>,
    /// The funds that may do it.
    pub fund_ids: Vec<FundId>,
    pub term_sheet_signed_on: Option<NaiveDate>,
    pub term_sheet_expires_on: Option<NaiveDate>,
    pub exclusive_until: Option<NaiveDate>,
    pub signed_on: Option<NaiveDate>,
    pub paid_on: Option<NaiveDate>,
    pub sources: Vec<DealSource>,
    pub next_step: Option<String>,
    pub next_step_due: Option<NaiveDate>,
    pub revisit_on: Option<NaiveDate>,
    pub revisit_trigger: Option<String>,
    pub revisit_when: Option<RevisitWhen>,
}

/// Where a deal stands: what moves change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// Its stage.
    pub stage_id: StageId,
    /// Its status.
    pub status: DealStatus,
    /// Why it was passed, while it is.
    pub pass_reason: Option<PassReason>,
    /// In which words.
    pub pass_note: Option<String>,
    /// When it last came into its stage, as it happened.
    pub entered_stage_at: Instant,
    /// How long it was on hold since, in microseconds, the running hold excepted.
    pub held_micros: i64,
    /// Since when it is on hold, if it is.
    pub held_since: Option<Instant>,
}

/// A deal as stored.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Deal {
    pub id: DealId,
    pub startup_id: StartupId,
    pub terms: Terms,
    pub standing: Standing,
    pub opened_by: Option<UserId>,
    pub opened_at: Instant,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub version: i32,
    pub hidden_at: Option<Instant>,
    /// Since when what it waits for is there.
    pub revisit_due: Option<RevisitDue>,
}

/// A change of stage or status, or the voiding of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct DealChange {
    pub id: DealChangeId,
    pub deal_id: DealId,
    pub from: Option<(StageId, DealStatus)>,
    pub to: (StageId, DealStatus),
    pub occurred_at: Instant,
    pub recorded_at: Instant,
    pub by: Option<UserId>,
    pub reason: Option<String>,
    pub pass_reason: Option<PassReason>,
    pub overrode: Vec<GateCondition>,
    /// Why it overrode them.
    pub override_reason: Option<String>,
    /// The change that this row takes back, if it is a void.
    pub voids: Option<DealChangeId>,
    /// The meeting that decided it, if one did.
    pub review_id: Option<ReviewId>,
}
