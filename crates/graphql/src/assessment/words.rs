//! The closed sets of words about assessments.

use domain::assessment;

use crate::word::word;

word! {
    /// A derived warning, in the order in which flags are listed.
    Flag, "assessment::Flag" {
        /// Some live record is refuted.
        RefutedClaim,
        /// No proof of use: no standing record of use, DOCUMENTED or VERIFIED, that contributes 0.02 or more.
        NoRealUsers,
        /// The need names no payer.
        NoNeed,
        /// Claims a large model on a route of classical AI.
        RelabelledAi,
        /// At least half of what is claimed is not proven.
        HypeGap,
        /// A product on an API with neither data nor a flywheel of its own.
        ThinWrapper,
        /// Hangs on one provider, without an alternative.
        SingleProvider,
        /// Had proof, and no new figure of use for 180 days.
        StaleEvidence,
        /// A figure of use fell below 70 % of the one before it.
        DecliningUse,
        /// Trains a base model, and compute or training data is not OK on its checklist.
        ComputeUnproven,
        /// Claims a large model, route unknown, launched before 2022-11-30.
        CheckRoute,
        /// Revenue in a currency without an exchange rate.
        NoRate,
    }
}
/// How far apart the points of a history are.
#[derive(async_graphql::Enum, Copy, Clone, Eq, PartialEq)]
pub enum FlowInterval {
    /// Seven days.
    Week,
    /// A calendar month in the workspace's zone.
    Month,
    /// Three calendar months.
    Quarter,
}
