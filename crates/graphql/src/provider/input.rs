//! Mutations of providers and dependencies, and what they are given.

use app::dependency::NewDependency;
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use domain::{
    DependencyId, DependencyTag, Problem, ProviderId, ProviderTag, StartupTag,
    provider::{ProviderEdit, ProviderProfile, Terms, TermsEdit},
};

use super::{Dependency, Provider, dependency::DependencyMode};
use crate::{
    context::{caller, gather_id, language, path},
    error::told,
    scalar::{Date, Decimal},
    startup::{cleared, optional},
    user::{UserError, split, user_errors},
};

/// What is known of a provider.
#[derive(InputObject)]
pub struct CreateProviderInput {
    /// What it is called.
    name: String,
    /// The startup here that it is, if it is one.
    startup: Option<ID>,
}

/// A change of a provider. A field left out stays as it is; null clears it.
#[derive(InputObject)]
pub struct UpdateProviderInput {
    /// The provider.
    id: ID,
    /// The version the caller read.
    version: i32,
    /// What it is called.
    name: MaybeUndefined<String>,
    /// The startup here that it is; stays once a startup depends on the provider.
    startup: MaybeUndefined<ID>,
}

impl UpdateProviderInput {
    fn read(self) -> std::result::Result<(ProviderId, i32, ProviderEdit), Vec<Problem>> {
        let mut problems = Vec::new();
        let id = gather_id::<ProviderTag>(&self.id, "id", &mut problems);
        let startup_id = match self.startup {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(id) => Some(gather_id::<StartupTag>(&id, "startup", &mut problems)),
        };
        let Some(id) = id.filter(|_| problems.is_empty()) else {
            return Err(problems);
        };
        let edit = ProviderEdit {
            // Cleared, it is missing: the rule says so.
            name: cleared(self.name, |name| name, String::new()),
            startup_id,
        };
        Ok((id, self.version, edit))
    }
}

/// What became of a mutation of a provider.
#[derive(SimpleObject)]
pub struct ProviderPayload {
    /// The provider; null when nothing was done.
    provider: Option<Provider>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

async fn provider_payload(ctx: &Context<'_>, outcome: app::Outcome<ProviderId>) -> Result<ProviderPayload> {
    let (id, user_errors) = split(ctx, outcome);
    let row = match id {
        Some(id) => caller(ctx)?
            .providers_by_ids(&[id], None)
            .await
            .map_err(told)?
            .pop(),
        None => None,
    };
    Ok(ProviderPayload {
        provider: row.map(|row| Provider { row, as_of: None }),
        user_errors,
    })
}

fn provider_refused(ctx: &Context<'_>, problems: Vec<Problem>) -> ProviderPayload {
    ProviderPayload {
        provider: None,
        user_errors: user_errors(problems, language(ctx)),
    }
}

/// A dependency of a startup on a provider.
#[derive(InputObject)]
pub struct RecordDependencyInput {
    /// The startup that depends.
    startup: ID,
    /// On whom it depends.
    provider: ID,
    /// How it uses what the provider supplies.
    mode: DependencyMode,
    /// Whether its product stops without it.
    critical: bool,
    /// The share of its cost of revenue, 0 to 1, at most 4 decimals.
    cost_share: Option<Decimal>,
    /// What it would use instead.
    alternative: Option<String>,
    /// The first day; left out: it has begun.
    since: Option<Date>,
    /// The day it was over; left out: it is not.
    until: Option<Date>,
}

impl RecordDependencyInput {
    fn read(self) -> std::result::Result<NewDependency, Vec<Problem>> {
        let mut problems = Vec::new();
        let startup = gather_id::<StartupTag>(&self.startup, "startup", &mut problems);
        let provider = gather_id::<ProviderTag>(&self.provider, "provider", &mut problems);
        let (Some(startup), Some(provider)) = (startup, provider) else {
            return Err(problems);
        };
        Ok(NewDependency {
            startup,
            provider,
            terms: Terms {
                mode: self.mode.into(),
                is_critical: self.critical,
                cost_share: self.cost_share.map(|share| share.0),
                alternative: self.alternative,
                since: self.since.map(|day| day.0),
                until: self.until.map(|day| day.0),
            },
        })
    }
}

/// A change of a dependency. A field left out stays as it is; null clears it. On whom a startup depends stays: another
/// provider is another dependency.
#[derive(InputObject)]
pub struct UpdateDependencyInput {
    /// The dependency.
    id: ID,
    /// The version the caller read.
    version: i32,
    /// How it uses what the provider supplies; cannot be cleared.
    mode: MaybeUndefined<DependencyMode>,
    /// Whether its product stops without it; cannot be cleared.
    critical: MaybeUndefined<bool>,
    /// The share of its cost of revenue, 0 to 1, at most 4 decimals.
    cost_share: MaybeUndefined<Decimal>,
    /// What it would use instead.
    alternative: MaybeUndefined<String>,
    /// The first day; null: it has begun.
    since: MaybeUndefined<Date>,
    /// The day it was over; null: it is not.
    until: MaybeUndefined<Date>,
}

/// A field that cannot be cleared; cleared, it is missing.
fn kept<T>(field: MaybeUndefined<T>, name: &str, problems: &mut Vec<Problem>) -> Option<T> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => {
            problems.push(Problem::required(name));
            None
        }
        MaybeUndefined::Value(value) => Some(value),
    }
}

impl UpdateDependencyInput {
    fn read(self) -> std::result::Result<(DependencyId, i32, TermsEdit), Vec<Problem>> {
        let mut problems = Vec::new();
        let id = gather_id::<DependencyTag>(&self.id, "id", &mut problems);
        let edit = TermsEdit {
            mode: kept(self.mode, "mode", &mut problems).map(Into::into),
            is_critical: kept(self.critical, "critical", &mut problems),
            cost_share: optional(self.cost_share, |share| share.0),
            alternative: self.alternative.into(),
            since: optional(self.since, |day| day.0),
            until: optional(self.until, |day| day.0),
        };
        match id.filter(|_| problems.is_empty()) {
            Some(id) => Ok((id, self.version, edit)),
            None => Err(problems),
        }
    }
}

/// What became of a mutation of a dependency.
#[derive(SimpleObject)]
pub struct DependencyPayload {
    /// The dependency; null when nothing was done.
    dependency: Option<Dependency>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

async fn dependency_payload(
    ctx: &Context<'_>,
    outcome: app::Outcome<DependencyId>,
) -> Result<DependencyPayload> {
    let (id, user_errors) = split(ctx, outcome);
    let row = match id {
        Some(id) => caller(ctx)?
            .dependencies_by_ids(&[id], None)
            .await
            .map_err(told)?
            .pop(),
        None => None,
    };
    Ok(DependencyPayload {
        dependency: row.map(|row| Dependency { row, as_of: None }),
        user_errors,
    })
}

fn dependency_refused(ctx: &Context<'_>, problems: Vec<Problem>) -> DependencyPayload {
    DependencyPayload {
        dependency: None,
        user_errors: user_errors(problems, language(ctx)),
    }
}

/// Mutations of providers and dependencies.
#[derive(Default)]
pub struct ProviderMutation;

#[Object]
impl ProviderMutation {
    /// Creates a provider, unless one of that name is here, whatever its legal form: then TAKEN names that one.
    async fn create_provider(
        &self,
        ctx: &Context<'_>,
        input: CreateProviderInput,
    ) -> Result<ProviderPayload> {
        let mut problems = Vec::new();
        let startup_id = input
            .startup
            .and_then(|id| gather_id::<StartupTag>(&id, "startup", &mut problems));
        if !problems.is_empty() {
            return Ok(provider_refused(ctx, problems));
        }
        let name = input.name;
        let profile = ProviderProfile { name, startup_id };
        let done = caller(ctx)?.create_provider(profile, &path(ctx)).await;
        provider_payload(ctx, done.map_err(told)?).await
    }
    /// Changes a provider that is still at the version that was read.
    async fn update_provider(
        &self,
        ctx: &Context<'_>,
        input: UpdateProviderInput,
    ) -> Result<ProviderPayload> {
        match input.read() {
            Ok((id, version, edit)) => {
                let done = caller(ctx)?.update_provider(id, version, edit, &path(ctx)).await;
                provider_payload(ctx, done.map_err(told)?).await
            }
            Err(problems) => Ok(provider_refused(ctx, problems)),
        }
    }
    /// Records that a startup depends on a provider. Where one of the same mode is in force on the same days, TAKEN
    /// names it.
    async fn record_dependency(
        &self,
        ctx: &Context<'_>,
        input: RecordDependencyInput,
    ) -> Result<DependencyPayload> {
        match input.read() {
            Ok(new) => {
                let done = caller(ctx)?.record_dependency(new, &path(ctx)).await;
                dependency_payload(ctx, done.map_err(told)?).await
            }
            Err(problems) => Ok(dependency_refused(ctx, problems)),
        }
    }
    /// Changes a dependency that is still at the version that was read; until says when it was over.
    async fn update_dependency(
        &self,
        ctx: &Context<'_>,
        input: UpdateDependencyInput,
    ) -> Result<DependencyPayload> {
        match input.read() {
            Ok((id, version, edit)) => {
                let done = caller(ctx)?
                    .update_dependency(id, version, edit, &path(ctx))
                    .await;
                dependency_payload(ctx, done.map_err(told)?).await
            }
            Err(problems) => Ok(dependency_refused(ctx, problems)),
        }
    }
}
