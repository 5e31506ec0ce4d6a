//! Deals: the words of their closed sets, a deal as a startup's page shows it, its own page and its forms.

mod fields;
pub(crate) mod form;
pub(crate) mod gates;
pub(crate) mod moves;
pub(crate) mod outcomes;
pub(crate) mod page;
pub(crate) mod revisit;
mod view;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::evidence::Currency;
use crate::shell::{Crumb, way};
use crate::words::Words;
use crate::{Language, fmt, schema};

vocabulary! {
    /// What became of a deal so far.
    DealStatus {
        Active = "ACTIVE", deal_active;
        OnHold = "ON_HOLD", deal_on_hold;
        Invested = "INVESTED", deal_invested;
        Passed = "PASSED", deal_passed;
        Lost = "LOST", deal_lost;
    }
}

vocabulary! {
    /// Which round.
    Round {
        PreSeed = "PRE_SEED", round_pre_seed;
        Angel = "ANGEL", round_angel;
        AngelPlus = "ANGEL_PLUS", round_angel_plus;
        Seed = "SEED", round_seed;
        PreA = "PRE_A", round_pre_a;
        PreAPlus = "PRE_A_PLUS", round_pre_a_plus;
        A = "A", round_a;
        APlus = "A_PLUS", round_a_plus;
        PreB = "PRE_B", round_pre_b;
        B = "B", round_b;
        BPlus = "B_PLUS", round_b_plus;
        C = "C", round_c;
        CPlus = "C_PLUS", round_c_plus;
        D = "D", round_d;
        DPlus = "D_PLUS", round_d_plus;
        EOrLater = "E_OR_LATER", round_later;
        PreIpo = "PRE_IPO", round_pre_ipo;
        Ipo = "IPO", round_ipo;
        Strategic = "STRATEGIC", round_strategic;
        Bridge = "BRIDGE", round_bridge;
        Secondary = "SECONDARY", round_secondary;
        Acquisition = "ACQUISITION", round_acquisition;
        Unknown = "UNKNOWN", round_unknown;
    }
}

vocabulary! {
    /// Who sees a deal.
    Visibility {
        Team = "TEAM", visible_team;
        Restricted = "RESTRICTED", visible_restricted;
    }
}

vocabulary! {
    /// Through which channel a deal came.
    Channel {
        Inbound = "INBOUND", channel_inbound;
        Referral = "REFERRAL", channel_referral;
        Outbound = "OUTBOUND", channel_outbound;
        Event = "EVENT", channel_event;
        Scout = "SCOUT", channel_scout;
        Fa = "FA", channel_fa;
        CoInvestor = "CO_INVESTOR", channel_co_investor;
        Portfolio = "PORTFOLIO", channel_portfolio;
        Lp = "LP", channel_lp;
        Government = "GOVERNMENT", channel_government;
        University = "UNIVERSITY", channel_university;
        Media = "MEDIA", channel_media;
        Import = "IMPORT", channel_import;
    }
}

vocabulary! {
    /// Why a deal was passed.
    PassReason {
        NoRealUsers = "NO_REAL_USERS", pass_no_real_users;
        Wrapper = "WRAPPER", pass_wrapper;
        Market = "MARKET", pass_market;
        Team = "TEAM", pass_team;
        Valuation = "VALUATION", pass_valuation;
        Timing = "TIMING", pass_timing;
        Conflict = "CONFLICT", pass_conflict;
        Other = "OTHER", pass_other;
    }
}

vocabulary! {
    /// Our part in the round.
    InvestorRole {
        Lead = "LEAD", role_lead;
        CoLead = "CO_LEAD", role_co_lead;
        Follow = "FOLLOW", role_follow;
    }
}

vocabulary! {
    /// What is bought.
    Instrument {
        Equity = "EQUITY", equity;
        Convertible = "CONVERTIBLE", convertible;
        Secondary = "SECONDARY", secondary_shares;
    }
}

vocabulary! {
    /// Before or after the round's money.
    ValuationBasis {
        PreMoney = "PRE_MONEY", pre_money;
        PostMoney = "POST_MONEY", post_money;
    }
}

vocabulary! {
    /// What a stage may require.
    GateCondition {
        KnownRoute = "KNOWN_ROUTE", gate_known_route;
        LayerSet = "LAYER_SET", gate_layer_set;
        NeedNamed = "NEED_NAMED", gate_need_named;
        VerifiedProof = "VERIFIED_PROOF", gate_verified_proof;
        ChecklistNoOpen = "CHECKLIST_NO_OPEN", gate_checklist;
        NoRefutedClaim = "NO_REFUTED_CLAIM", gate_no_refuted;
    }
}

vocabulary! {
    /// What came of an item of the checklist.
    ChecklistState {
        Open = "OPEN", check_open;
        Ok = "OK", check_ok;
        Concern = "CONCERN", check_concern;
    }
}

/// The address of a deal's page.
pub(crate) fn path(id: &str) -> String {
    format!("/deals/{id}")
}

/// That moves of a deal overrode gates, and which conditions: shown wherever the deal is. None where none did.
pub(crate) fn overridden(conditions: &[GateCondition], words: &Words) -> Option<String> {
    let conditions: Vec<&str> = conditions.iter().map(|one| one.word(words)).collect();
    let said = words.pipeline().overridden_what(&conditions.join(words.comma()));
    (!conditions.is_empty()).then_some(said)
}

/// The way to a deal's page, or to a form of it.
fn crumbs(words: &Words, deal: Option<(&str, &str)>, last: &str) -> Vec<Crumb> {
    let b = words.pipeline();
    let deal = deal.map(|(title, id)| (title, path(id)));
    let deal = deal.as_ref().map(|(title, link)| (*title, link.as_str()));
    way((b.pipeline, "/pipeline"), deal, last)
}

/// A deal as a startup's page shows it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
pub(crate) struct DealLine {
    id: cynic::Id,
    title: String,
    stage: StageName,
    status: DealStatus,
    round: Round,
    days_in_stage: i32,
    is_stale: bool,
    amount_sought: Option<MoneyRange>,
    owner: Option<Owner>,
    visibility: Visibility,
    next_step: Option<String>,
    next_step_due: Option<NaiveDate>,
    overridden: Vec<GateCondition>,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Stage")]
struct StageName {
    name: String,
    name_zh: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "User")]
struct Owner {
    name: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct MoneyRange {
    pub(crate) low: Option<Decimal>,
    pub(crate) high: Option<Decimal>,
    pub(crate) currency: Option<Currency>,
    pub(crate) as_found: Option<String>,
}

/// A deal as the page draws it.
pub(crate) struct DealView {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) stage: String,
    pub(crate) status: &'static str,
    pub(crate) is_active: bool,
    pub(crate) round: &'static str,
    pub(crate) amount: Option<String>,
    /// How long it is in its stage, if that still goes on.
    pub(crate) age: Option<String>,
    pub(crate) is_stale: bool,
    pub(crate) owner: Option<String>,
    pub(crate) is_restricted: bool,
    pub(crate) next_step: Option<String>,
    pub(crate) due: Option<String>,
    pub(crate) is_overdue: bool,
    /// That its moves overrode gates, and which conditions.
    pub(crate) overridden: Option<String>,
}

impl DealLine {
    pub(crate) fn view(self, today: NaiveDate, words: &Words) -> DealView {
        let language = words.language;
        let is_active = self.status == DealStatus::Active;
        DealView {
            id: self.id.into_inner(),
            title: self.title,
            stage: match language {
                Language::En => self.stage.name,
                Language::Zh => self.stage.name_zh,
            },
            status: self.status.word(words),
            is_active,
            round: self.round.word(words),
            amount: self.amount_sought.and_then(|range| range.text(language)),
            age: is_active.then(|| {
                words
                    .startup()
                    .days_in_stage(&fmt::exact(self.days_in_stage.into()))
            }),
            is_stale: self.is_stale,
            owner: self.owner.map(|owner| owner.name),
            is_restricted: self.visibility == Visibility::Restricted,
            overridden: overridden(&self.overridden, words),
            next_step: self.next_step,
            due: self.next_step_due.map(fmt::table_date),
            is_overdue: is_active && self.next_step_due.is_some_and(|due| due < today),
        }
    }
}

impl MoneyRange {
    /// As a reader reads it, with the words as found.
    pub(crate) fn text(self, language: Language) -> Option<String> {
        let Self {
            low,
            high,
            currency,
            as_found,
        } = self;
        if low.is_none() && high.is_none() {
            return as_found.map(|words| format!("“{words}”"));
        }
        let currency = currency.map_or(String::new(), |code| code.0);
        let reading = fmt::money_range(low, high, &currency, language);
        Some(fmt::with_words(&reading, as_found.as_deref(), language))
    }
}
