//! 风险标记: derived warnings, each with its reason and the records behind it (domain.md §4).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    demand::{Evaluation, Weighed},
    figure::Figure,
    inputs::{ChecklistState, ComputeItem, Inputs, Traits},
    multiplier::Multiplier,
    strength::double,
};
use crate::{
    EvidenceId,
    evidence::Grade,
    startup::{Layer, TechnicalRoute},
};

/// From this claimed demand on there can be a hype gap.
const HYPE_CLAIM_LIMIT: f64 = 0.15;
/// From this share of the claim on, what is not believed is a hype gap.
const HYPE_SHARE_LIMIT: f64 = 0.50;
/// After so many days without a new figure evidence is stale.
pub const STALE_DAYS: i64 = 180;
/// So far apart two figures of a series still tell of a decline.
const DECLINE_DAYS: i64 = 400;
/// Below so many tenths of the figure before it use declines.
const DECLINE_TENTHS: i64 = 7;

crate::vocabulary::vocabulary! {
    /// A derived warning. In the order in which they are listed.
    Flag {
        /// Some live record is refuted.
        RefutedClaim = "REFUTED_CLAIM",
        /// 无真实用户: no proof.
        NoRealUsers = "NO_REAL_USERS",
        /// 前面没有“1”: the need names no payer.
        NoNeed = "NO_NEED",
        /// 旧 AI 换皮: claims a large model, has none.
        RelabelledAi = "RELABELLED_AI",
        /// 水分: most of what is claimed is not proven.
        HypeGap = "HYPE_GAP",
        /// 套壳: builds on an API with nothing of its own.
        ThinWrapper = "THIN_WRAPPER",
        /// Hangs on one provider.
        SingleProvider = "SINGLE_PROVIDER",
        /// Had proof, and nothing new since.
        StaleEvidence = "STALE_EVIDENCE",
        /// Use shrinks.
        DecliningUse = "DECLINING_USE",
        /// Trains a base model without proof of compute and data.
        ComputeUnproven = "COMPUTE_UNPROVEN",
        /// Claims a large model, was launched before there were any.
        CheckRoute = "CHECK_ROUTE",
        /// Revenue in a currency without a rate.
        NoRate = "NO_RATE",
    }
}

/// Some flags.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Flag>", into = "Vec<Flag>")]
pub struct FlagSet(u16);

impl FlagSet {
    /// Whether a flag is among them.
    pub fn contains(self, flag: Flag) -> bool {
        self.0 & (1 << flag as u16) != 0
    }
    /// Every one of them, in order.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.iter().copied().filter(move |flag| self.contains(*flag))
    }
    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl From<Vec<Flag>> for FlagSet {
    fn from(flags: Vec<Flag>) -> Self {
        flags.into_iter().collect()
    }
}

impl From<FlagSet> for Vec<Flag> {
    fn from(flags: FlagSet) -> Self {
        flags.iter().collect()
    }
}

impl FromIterator<Flag> for FlagSet {
    fn from_iter<I: IntoIterator<Item = Flag>>(flags: I) -> Self {
        Self(flags.into_iter().fold(0, |set, flag| set | 1 << flag as u16))
    }
}

/// Why a flag is raised, with its figures; words in `text`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[allow(missing_docs, reason = "each variant reads as the sentence that it becomes")]
pub enum Because {
    Refuted {
        figures: Vec<Figure>,
    },
    NothingLive,
    NothingProven {
        live: usize,
        documented: usize,
    },
    NamesNoPayer,
    PreLlmClaimsLargeModel {
        grade: Grade,
    },
    MostlyHype {
        claimed_demand: f64,
        demand: f64,
        hype_share: f64,
    },
    NothingOfItsOwn,
    HangsOn {
        providers: Vec<String>,
        is_hidden_by_clamp: bool,
    },
    NothingNewSince {
        on: NaiveDate,
        days: i64,
    },
    UseFell {
        falls: Vec<Fall>,
    },
    ComputeOpen {
        compute: Option<ChecklistState>,
        training_data: Option<ChecklistState>,
    },
    LaunchedBeforeLargeModels {
        on: NaiveDate,
    },
    RateMissing {
        currencies: Vec<String>,
    },
}

/// A figure of use and the larger one that it overtook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fall {
    /// The larger one.
    pub from: Figure,
    /// The standing one.
    pub to: Figure,
    /// What is left, in percent.
    pub percent_left: f64,
}

/// A raised flag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FlagReason {
    /// Which.
    pub flag: Flag,
    /// Why.
    pub because: Because,
    /// The records behind it.
    pub evidence: Vec<EvidenceId>,
}

/// The day on which large models came to everybody.
fn large_models_came() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 11, 30).unwrap_or_default()
}

/// What the flags look at.
pub(super) struct Looked<'a> {
    pub inputs: &'a Inputs,
    pub evaluation: &'a Evaluation<'a>,
    pub traits: &'a Traits,
    pub multiplier: &'a Multiplier,
    pub hype_share: Option<f64>,
}

/// Every flag that is raised, in order.
pub(super) fn raised(looked: &Looked) -> Vec<FlagReason> {
    Flag::ALL.iter().filter_map(|flag| looked.look(*flag)).collect()
}

impl Looked<'_> {
    fn look(&self, flag: Flag) -> Option<FlagReason> {
        let (because, evidence) = match flag {
            Flag::RefutedClaim => self.refuted_claim()?,
            Flag::NoRealUsers => self.no_real_users()?,
            Flag::NoNeed => (!self.traits.names_payer).then_some((Because::NamesNoPayer, Vec::new()))?,
            Flag::RelabelledAi => self.relabelled_ai()?,
            Flag::HypeGap => self.hype_gap()?,
            Flag::ThinWrapper => self.thin_wrapper()?,
            Flag::SingleProvider => self.single_provider()?,
            Flag::StaleEvidence => self.stale_evidence()?,
            Flag::DecliningUse => self.declining_use()?,
            Flag::ComputeUnproven => self.compute_unproven()?,
            Flag::CheckRoute => self.check_route()?,
            Flag::NoRate => self.no_rate()?,
        };
        Some(FlagReason {
            flag,
            because,
            evidence,
        })
    }

    fn refuted_claim(&self) -> Option<(Because, Vec<EvidenceId>)> {
        let refuted = || {
            self.evaluation
                .weighed
                .iter()
                .filter(|one| one.live.grade == Grade::Refuted)
        };
        refuted().next()?;
        let figures = refuted().map(|one| Figure::of(one.live.record)).collect();
        Some((Because::Refuted { figures }, ids(refuted())))
    }

    fn no_real_users(&self) -> Option<(Because, Vec<EvidenceId>)> {
        if self.evaluation.has_proof() {
            return None;
        }
        let weighed = &self.evaluation.weighed;
        let because = if weighed.is_empty() {
            Because::NothingLive
        } else {
            Because::NothingProven {
                live: weighed.len(),
                documented: weighed.iter().filter(|one| one.proves()).count(),
            }
        };
        let usage = self.evaluation.standing().filter(|one| one.is_usage);
        Some((because, ids(usage)))
    }

    fn relabelled_ai(&self) -> Option<(Because, Vec<EvidenceId>)> {
        let claim = self.traits.claims_large_model.filter(|claim| claim.is_said())?;
        (self.traits.route == TechnicalRoute::PreLlmAi)
            .then_some((Because::PreLlmClaimsLargeModel { grade: claim.grade }, Vec::new()))
    }

    fn check_route(&self) -> Option<(Because, Vec<EvidenceId>)> {
        self.traits.claims_large_model.filter(|claim| claim.is_said())?;
        let on = self
            .traits
            .product_launched_on
            .filter(|on| *on < large_models_came())?;
        (self.traits.route == TechnicalRoute::Unknown)
            .then_some((Because::LaunchedBeforeLargeModels { on }, Vec::new()))
    }

    fn hype_gap(&self) -> Option<(Because, Vec<EvidenceId>)> {
        let hype_share = self.hype_share.filter(|share| *share >= HYPE_SHARE_LIMIT)?;
        let (claimed_demand, demand) = (self.evaluation.claimed_demand, self.evaluation.demand);
        if claimed_demand < HYPE_CLAIM_LIMIT {
            return None;
        }
        let unproven = self.evaluation.weighed.iter().filter(|one| {
            one.claimed > 0.0 && !one.proves() && (one.live.stands() || one.live.grade == Grade::Refuted)
        });
        Some((
            Because::MostlyHype {
                claimed_demand,
                demand,
                hype_share,
            },
            ids(unproven),
        ))
    }

    fn thin_wrapper(&self) -> Option<(Because, Vec<EvidenceId>)> {
        let is_thin = self.traits.layer == Some(Layer::App)
            && self.traits.route == TechnicalRoute::BuildsOnApi
            && !self.multiplier.owns_training_data
            && !self.multiplier.has_flywheel;
        is_thin.then_some((Because::NothingOfItsOwn, Vec::new()))
    }

    fn single_provider(&self) -> Option<(Because, Vec<EvidenceId>)> {
        let providers = &self.multiplier.single_providers;
        let names = || providers.iter().map(|provider| provider.name.clone()).collect();
        (!providers.is_empty()).then(|| {
            let because = Because::HangsOn {
                providers: names(),
                is_hidden_by_clamp: self.multiplier.is_clamped(),
            };
            (because, Vec::new())
        })
    }

    /// Had proof at some instant, as known then; and nothing documented since for so long, but for contracts in force.
    fn stale_evidence(&self) -> Option<(Because, Vec<EvidenceId>)> {
        let day = self.evaluation.day;
        let documented = || self.evaluation.weighed.iter().filter(|one| one.proves());
        let newest = documented().map(|one| one.live.record.observed_on).max()?;
        let days = (day - newest).num_days();
        let is_contract_in_force = documented().any(|one| {
            let record = one.live.record;
            one.age_days == 0 && record.valid_until.is_some_and(|until| until >= day)
        });
        if days <= STALE_DAYS || is_contract_in_force {
            return None;
        }
        if !self.evaluation.has_proof() && !self.inputs.had_proof_by(self.evaluation.at) {
            return None;
        }
        let behind = documented().filter(|one| one.live.record.observed_on == newest);
        Some((Because::NothingNewSince { on: newest, days }, ids(behind)))
    }

    fn declining_use(&self) -> Option<(Because, Vec<EvidenceId>)> {
        let weighed = &self.evaluation.weighed;
        // By the standing figure: the one that it fell from deepest.
        let mut deepest: BTreeMap<usize, (&Weighed, f64)> = BTreeMap::new();
        for old in weighed {
            let Some(place) = old.live.overtaken_by else {
                continue;
            };
            let new = &weighed[place];
            let days = (new.live.record.observed_on - old.live.record.observed_on).num_days();
            if !new.proves() || !old.live.grade.is_at_least(Grade::Documented) || days > DECLINE_DAYS {
                continue;
            }
            let Some(percent_left) = percent_left(old, new) else {
                continue;
            };
            let fall = deepest.entry(place).or_insert((old, percent_left));
            if percent_left < fall.1 {
                *fall = (old, percent_left);
            }
        }
        let mut falls = Vec::new();
        let mut behind = Vec::new();
        for (place, (old, percent_left)) in deepest {
            let (from, to) = (old.live.record, weighed[place].live.record);
            behind.extend([to.id, from.id]);
            falls.push(Fall {
                from: Figure::of(from),
                to: Figure::of(to),
                percent_left,
            });
        }
        (!falls.is_empty()).then_some((Because::UseFell { falls }, behind))
    }

    fn compute_unproven(&self) -> Option<(Because, Vec<EvidenceId>)> {
        (self.traits.layer == Some(Layer::Model) && !self.multiplier.is_compute_proven).then(|| {
            let checked = |item| self.inputs.checked(item, self.evaluation.at);
            let because = Because::ComputeOpen {
                compute: checked(ComputeItem::Compute),
                training_data: checked(ComputeItem::TrainingData),
            };
            (because, Vec::new())
        })
    }

    fn no_rate(&self) -> Option<(Because, Vec<EvidenceId>)> {
        let unrated = || self.evaluation.standing().filter(|one| one.strength.lacks_rate);
        unrated().next()?;
        let mut currencies: Vec<String> = unrated()
            .filter_map(|one| one.live.record.currency.as_ref())
            .map(|currency| currency.code().to_owned())
            .collect();
        currencies.sort_unstable();
        currencies.dedup();
        Some((Because::RateMissing { currencies }, ids(unrated())))
    }
}

fn ids<'a>(weighed: impl Iterator<Item = &'a Weighed<'a>>) -> Vec<EvidenceId> {
    weighed.map(|one| one.live.record.id).collect()
}

/// What is left of the old figure in percent, where that is under 70. In one currency the words are compared, in two
/// their worth; where a rate is missing nothing is said.
fn percent_left(old: &Weighed, new: &Weighed) -> Option<f64> {
    let (old_value, new_value) = (old.live.record.value?, new.live.record.value?);
    if old.live.record.currency == new.live.record.currency {
        let fell = new_value.checked_mul(Decimal::TEN)? < old_value.checked_mul(DECLINE_TENTHS.into())?;
        return fell.then(|| 100.0 * double(new_value) / double(old_value));
    }
    let (old_usd, new_usd) = (old.strength.value?, new.strength.value?);
    (new_usd * 10.0 < old_usd * DECLINE_TENTHS as f64).then(|| 100.0 * new_usd / old_usd)
}
