//! The multiplier: what AI can do with the demand (domain.md §4).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::inputs::{ChecklistState, ComputeItem, DependencyTerms, Inputs, Traits};
use crate::{Instant, startup::TechnicalRoute};

/// What own data or a flywheel adds.
const DATA_BONUS: f64 = 0.5;
/// What hanging on one provider takes.
const PROVIDER_COST: f64 = 0.25;

/// What the route gives.
fn route_value(route: TechnicalRoute, is_compute_proven: bool) -> f64 {
    match route {
        TechnicalRoute::TrainsBaseModel if is_compute_proven => 2.5,
        TechnicalRoute::TunesBaseModel => 2.0,
        TechnicalRoute::TrainsBaseModel | TechnicalRoute::BuildsOnApi => 1.5,
        TechnicalRoute::PreLlmAi | TechnicalRoute::Unknown => 1.0,
    }
}

/// A provider without whom the startup stands still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SingleProvider {
    /// The dependency's id.
    pub dependency: Uuid,
    /// The provider's name.
    pub name: String,
}

/// The multiplier with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Multiplier {
    /// 1.0..3.0.
    pub value: f64,
    /// The route that it starts from.
    pub route: TechnicalRoute,
    /// What the route gives.
    pub base: f64,
    /// Whether compute and training data are OK on the checklist.
    pub is_compute_proven: bool,
    /// Whether it owns training data, as far as proven.
    pub owns_training_data: bool,
    /// Whether usage feeds the model, as far as proven.
    pub has_flywheel: bool,
    /// What these add: 0.5 or nothing.
    pub data_bonus: f64,
    /// The providers on whom it hangs.
    pub single_providers: Vec<SingleProvider>,
    /// What these take: 0.25 or nothing.
    pub provider_cost: f64,
}

impl Multiplier {
    pub(super) fn of(inputs: &Inputs, traits: &Traits, at: Instant, day: NaiveDate) -> Self {
        let is_ok = |item| inputs.checked(item, at) == Some(ChecklistState::Ok);
        let is_compute_proven = is_ok(ComputeItem::Compute) && is_ok(ComputeItem::TrainingData);
        let is_proven = |fact: Option<super::inputs::Fact>| fact.is_some_and(|fact| fact.is_proven());
        let owns_training_data = is_proven(traits.owns_training_data);
        let has_flywheel = is_proven(traits.usage_flywheel);
        let single_providers: Vec<SingleProvider> = inputs
            .single_providers(at, day)
            .map(|DependencyTerms { id, provider, .. }| SingleProvider {
                dependency: *id,
                name: provider.clone(),
            })
            .collect();
        let base = route_value(traits.route, is_compute_proven);
        let or_nothing = |applies: bool, amount: f64| if applies { amount } else { 0.0 };
        let data_bonus = or_nothing(owns_training_data || has_flywheel, DATA_BONUS);
        let provider_cost = or_nothing(!single_providers.is_empty(), PROVIDER_COST);
        Self {
            value: (base + data_bonus - provider_cost).clamp(1.0, 3.0),
            route: traits.route,
            base,
            is_compute_proven,
            owns_training_data,
            has_flywheel,
            data_bonus,
            single_providers,
            provider_cost,
        }
    }
    /// Whether 1.0 or 3.0 is where it ends though the sum goes on.
    pub fn is_clamped(&self) -> bool {
        (self.base + self.data_bonus - self.provider_cost).to_bits() != self.value.to_bits()
    }
}
