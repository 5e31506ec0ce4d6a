//! The GraphQL schema: thin objects over the use cases of `app`. One file an aggregate; words are put in here, in the
//! caller's language.

// The roots are merged of so many that their resolvers lie deeper in one another than the compiler looks by itself.
#![recursion_limit = "256"]

mod activity;
mod assessment;
mod belief;
mod checklist;
mod connection;
mod context;
mod deal;
mod document;
mod error;
mod evidence;
mod fund;
mod import;
mod interaction;
mod markdown;
mod money;
mod node;
mod outcome;
mod person;
mod pipeline;
mod provider;
mod rate;
mod review;
mod rubric;
mod scalar;
mod search;
mod sector;
mod startup;
mod task;
mod user;
mod word;

use async_graphql::{MergedObject, MergedSubscription, Schema as Built};

pub use activity::subject;
pub use context::{RequestContext, prepare};

/// The roots of queries.
#[derive(MergedObject, Default)]
pub struct Query(
    node::NodeQuery,
    startup::StartupQuery,
    startup::KnownQuery,
    interaction::MarkdownQuery,
    sector::SectorQuery,
    evidence::EvidenceQuery,
    evidence::EvidenceReviewQuery,
    assessment::AssessmentQuery,
    rubric::RubricQuery,
    rubric::RubricPreviewQuery,
    rate::RateQuery,
    provider::ProviderQuery,
    provider::ExposureQuery,
    belief::BeliefQuery,
    deal::DealQuery,
    fund::FundQuery,
    task::TaskQuery,
    review::ReviewQuery,
    pipeline::PipelineQueries,
    person::PersonQuery,
    search::SearchQuery,
    import::ImportQuery,
    activity::ActivityQuery,
    user::UserQuery,
);

/// The roots of mutations.
#[derive(MergedObject, Default)]
pub struct Mutation(
    startup::StartupMutation,
    evidence::EvidenceMutation,
    rubric::RubricMutation,
    rate::RateMutation,
    provider::ProviderMutation,
    provider::ProviderEventMutation,
    belief::BeliefMutation,
    belief::VerdictMutation,
    checklist::ChecklistMutation,
    deal::DealMutation,
    deal::CaptureMutation,
    outcome::OutcomeMutation,
    deal::StageMutation,
    fund::FundMutation,
    person::PersonMutation,
    document::DocumentMutation,
    interaction::InteractionMutation,
    task::TaskMutation,
    review::ReviewMutation,
    import::ImportMutation,
    activity::ActivityMutation,
    user::UserMutation,
);

/// The roots of subscriptions.
#[derive(MergedSubscription, Default)]
pub struct Subscription(
    activity::ActivitySubscription,
    import::ImportSubscription,
    review::ReviewSubscription,
);

/// The schema that the server executes.
pub type Schema = Built<Query, Mutation, Subscription>;

/// Builds the schema; who calls comes with each request (see [`prepare`]).
pub fn schema() -> Schema {
    Built::build(Query::default(), Mutation::default(), Subscription::default())
        .disable_suggestions()
        .finish()
}

/// The schema's SDL, as checked in beside the workspace's `Cargo.toml`.
pub fn sdl(schema: &Schema) -> String {
    schema.sdl_with_options(
        async_graphql::SDLExportOptions::new()
            .sorted_fields()
            .sorted_arguments()
            .sorted_enum_items(),
    )
}

/// Runs one document in-process, as a page does: the whole response, errors included.
pub async fn run(
    schema: &Schema,
    document: String,
    variables: serde_json::Value,
    operation: &str,
    caller: app::Caller,
    language: domain::Language,
) -> Result<serde_json::Value, serde_json::Error> {
    let request = async_graphql::Request::new(document)
        .variables(async_graphql::Variables::from_json(variables))
        .operation_name(operation);
    let request_id = caller.request_id().map(str::to_owned);
    let response = schema.execute(prepare(request, caller, language)).await;
    for error in &response.errors {
        if let Some(cause) = error.source::<String>() {
            tracing::error!(request_id, error = cause, path = ?error.path, "a resolver failed");
        }
    }
    serde_json::to_value(response)
}
