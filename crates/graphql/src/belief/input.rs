//! Mutations of theses and capabilities, and what they are given.

use app::belief::{Judged, NewBelief, NewVerdict};
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use domain::{
    CapabilityId, CapabilityTag, Problem, StartupId, StartupTag, ThesisId, ThesisTag,
    belief::{OfFund, OfModels, Profile, ProfileEdit, Said},
};
use type_safe_id::{StaticType, TypeSafeId};

use super::{Capability, CapabilityStatus, Thesis, ThesisStatus, capability, thesis};
use crate::{
    context::{caller, gather_id, language, path},
    error::told,
    scalar::{Date, Url},
    startup::{self, Layer, StartupPayload, cleared, optional},
    user::{UserError, split, user_errors},
};

/// A belief of the fund, to be written down.
#[derive(InputObject)]
pub struct CreateThesisInput {
    /// In a sentence.
    statement: String,
    /// The layer that it is about.
    layer: Option<Layer>,
    /// The slug of the sector that it is about.
    sector: Option<String>,
    /// How the fund stands to it; HELD where left out.
    status: Option<ThesisStatus>,
    /// The startups that rest on it.
    startups: Option<Vec<ID>>,
    /// When it is to be looked at again.
    review_on: Option<Date>,
}

/// Something that base models can do or not yet, to be written down.
#[derive(InputObject)]
pub struct CreateCapabilityInput {
    /// In a sentence.
    statement: String,
    /// The slug of the sector that it is about.
    sector: Option<String>,
    /// How far models can do it; NOT_YET where left out.
    status: Option<CapabilityStatus>,
    /// The startups that bet on it.
    startups: Option<Vec<ID>>,
}

/// A change of a thesis. A field left out stays as it is; null clears it. How it stands is said by recordVerdict.
#[derive(InputObject)]
pub struct UpdateThesisInput {
    /// Which thesis.
    id: ID,
    /// The version the caller read.
    version: i32,
    /// In a sentence.
    statement: MaybeUndefined<String>,
    /// The layer that it is about.
    layer: MaybeUndefined<Layer>,
    /// The slug of the sector that it is about.
    sector: MaybeUndefined<String>,
    /// The startups that rest on it, in place of those before.
    startups: MaybeUndefined<Vec<ID>>,
    /// When it is to be looked at again.
    review_on: MaybeUndefined<Date>,
}

/// A change of a capability. A field left out stays as it is; null clears it. How it stands is said by recordVerdict.
#[derive(InputObject)]
pub struct UpdateCapabilityInput {
    /// Which capability.
    id: ID,
    /// The version the caller read.
    version: i32,
    /// In a sentence.
    statement: MaybeUndefined<String>,
    /// The slug of the sector that it is about.
    sector: MaybeUndefined<String>,
    /// The startups that bet on it, in place of those before.
    startups: MaybeUndefined<Vec<ID>>,
}

/// On what a startup rests. A field left out stays as it is.
#[derive(InputObject)]
pub struct SetBetsInput {
    /// Which startup.
    startup: ID,
    /// All of its theses, in place of those before.
    theses: Option<Vec<ID>>,
    /// All capabilities on which it bets, in place of those before.
    capabilities: Option<Vec<ID>>,
}

/// A verdict on exactly one of thesis and capability, with its status. It is appended; of several, that of the latest day
/// holds.
#[derive(InputObject)]
pub struct RecordVerdictInput {
    /// On which thesis.
    thesis: Option<ID>,
    /// How the fund stands to it.
    thesis_status: Option<ThesisStatus>,
    /// On which capability.
    capability: Option<ID>,
    /// How far models can do it.
    capability_status: Option<CapabilityStatus>,
    /// Since which day; not after today.
    on: Date,
    /// Why.
    reason: String,
    /// Where it can be read.
    source_url: Option<Url>,
}

/// What became of a mutation of a thesis.
#[derive(SimpleObject)]
pub struct ThesisPayload {
    /// The thesis; null when nothing was done.
    thesis: Option<Thesis>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// What became of a mutation of a capability.
#[derive(SimpleObject)]
pub struct CapabilityPayload {
    /// The capability; null when nothing was done.
    capability: Option<Capability>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// What became of a verdict.
#[derive(SimpleObject)]
pub struct VerdictPayload {
    /// The thesis, if it was given on one.
    thesis: Option<Thesis>,
    /// The capability, if it was given on one.
    capability: Option<Capability>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// Reads a list of ids of one field.
fn ids<T: StaticType + Default>(ids: &[ID], field: &str, problems: &mut Vec<Problem>) -> Vec<TypeSafeId<T>> {
    let read = ids.iter().enumerate();
    read.filter_map(|(n, id)| gather_id::<T>(id, &format!("{field}.{n}"), problems))
        .collect()
}

fn edited(
    statement: MaybeUndefined<String>,
    startups: MaybeUndefined<Vec<ID>>,
    problems: &mut Vec<Problem>,
) -> ProfileEdit {
    let startups: Option<Vec<ID>> = cleared(startups, |startups| startups, Vec::new());
    ProfileEdit {
        // Cleared, it is missing: the rule says so.
        statement: cleared(statement, |statement| statement, String::new()),
        startup_ids: startups.map(|all| ids::<StartupTag>(&all, "startups", problems)),
        ..ProfileEdit::default()
    }
}

async fn thesis_payload(ctx: &Context<'_>, outcome: app::Outcome<ThesisId>) -> Result<ThesisPayload> {
    let (id, user_errors) = split(ctx, outcome);
    let thesis = match id {
        Some(id) => thesis(ctx, id, None).await?,
        None => None,
    };
    Ok(ThesisPayload { thesis, user_errors })
}

async fn capability_payload(
    ctx: &Context<'_>,
    outcome: app::Outcome<CapabilityId>,
) -> Result<CapabilityPayload> {
    let (id, user_errors) = split(ctx, outcome);
    let capability = match id {
        Some(id) => capability(ctx, id, None).await?,
        None => None,
    };
    Ok(CapabilityPayload {
        capability,
        user_errors,
    })
}

impl RecordVerdictInput {
    fn read(self) -> std::result::Result<NewVerdict, Vec<Problem>> {
        let RecordVerdictInput {
            thesis,
            thesis_status,
            capability,
            capability_status,
            on,
            reason,
            source_url,
        } = self;
        let mut problems = Vec::new();
        let thesis = thesis.map(|id| gather_id::<ThesisTag>(&id, "thesis", &mut problems));
        let capability = capability.map(|id| gather_id::<CapabilityTag>(&id, "capability", &mut problems));
        if !problems.is_empty() {
            return Err(problems);
        }
        let stray = |is_there: bool, field: &str| {
            if is_there {
                Err(vec![Problem::invalid(field, domain::Message::OneVerdictOnly)])
            } else {
                Ok(())
            }
        };
        let rest = Said {
            status: (),
            on: on.0,
            reason,
            source_url: source_url.map(|url| url.0),
        };
        match (thesis.flatten(), capability.flatten()) {
            (None, None) => Err(vec![Problem::required("thesis")]),
            (Some(id), capability) => {
                stray(capability.is_some(), "capability")?;
                stray(capability_status.is_some(), "capabilityStatus")?;
                Ok(NewVerdict::Thesis(id, said(thesis_status, "thesisStatus", rest)?))
            }
            (None, Some(id)) => {
                stray(thesis_status.is_some(), "thesisStatus")?;
                let said = said(capability_status, "capabilityStatus", rest)?;
                Ok(NewVerdict::Capability(id, said))
            }
        }
    }
}

/// A verdict with its status, which has to be there.
fn said<S>(
    status: Option<impl Into<S>>,
    field: &str,
    rest: Said<()>,
) -> std::result::Result<Said<S>, Vec<Problem>> {
    let status = status.ok_or_else(|| vec![Problem::required(field)])?.into();
    let Said {
        status: (),
        on,
        reason,
        source_url,
    } = rest;
    Ok(Said {
        status,
        on,
        reason,
        source_url,
    })
}

/// Mutations of theses and capabilities.
#[derive(Default)]
pub struct BeliefMutation;

#[Object]
impl BeliefMutation {
    /// Writes a thesis down.
    async fn create_thesis(&self, ctx: &Context<'_>, input: CreateThesisInput) -> Result<ThesisPayload> {
        let CreateThesisInput {
            statement,
            layer,
            sector,
            status,
            startups,
            review_on,
        } = input;
        let mut problems = Vec::new();
        let startup_ids: Vec<StartupId> = ids(&startups.unwrap_or_default(), "startups", &mut problems);
        if !problems.is_empty() {
            return thesis_payload(ctx, Err(problems)).await;
        }
        let new = NewBelief::<OfFund> {
            profile: Profile {
                statement,
                layer: layer.map(Into::into),
                sector_id: None,
                review_on: review_on.map(|day| day.0),
                startup_ids,
            },
            sector,
            status: status.map(Into::into),
        };
        let outcome = caller(ctx)?.create_belief(new, &path(ctx)).await.map_err(told)?;
        thesis_payload(ctx, outcome).await
    }
    /// Changes a thesis that is still at the version read.
    async fn update_thesis(&self, ctx: &Context<'_>, input: UpdateThesisInput) -> Result<ThesisPayload> {
        let mut problems = Vec::new();
        let id = gather_id::<ThesisTag>(&input.id, "id", &mut problems);
        let edit = ProfileEdit {
            layer: optional(input.layer, Into::into),
            review_on: optional(input.review_on, |day| day.0),
            ..edited(input.statement, input.startups, &mut problems)
        };
        let Some(id) = id.filter(|_| problems.is_empty()) else {
            return thesis_payload(ctx, Err(problems)).await;
        };
        let sector = optional(input.sector, |slug| slug);
        let outcome = caller(ctx)?
            .update_belief::<OfFund>(id, input.version, edit, sector, &path(ctx))
            .await
            .map_err(told)?;
        thesis_payload(ctx, outcome).await
    }
    /// Writes a capability down.
    async fn create_capability(
        &self,
        ctx: &Context<'_>,
        input: CreateCapabilityInput,
    ) -> Result<CapabilityPayload> {
        let CreateCapabilityInput {
            statement,
            sector,
            status,
            startups,
        } = input;
        let mut problems = Vec::new();
        let startup_ids: Vec<StartupId> = ids(&startups.unwrap_or_default(), "startups", &mut problems);
        if !problems.is_empty() {
            return capability_payload(ctx, Err(problems)).await;
        }
        let new = NewBelief::<OfModels> {
            profile: Profile {
                statement,
                layer: None,
                sector_id: None,
                review_on: None,
                startup_ids,
            },
            sector,
            status: status.map(Into::into),
        };
        let outcome = caller(ctx)?.create_belief(new, &path(ctx)).await.map_err(told)?;
        capability_payload(ctx, outcome).await
    }
    /// Changes a capability that is still at the version read.
    async fn update_capability(
        &self,
        ctx: &Context<'_>,
        input: UpdateCapabilityInput,
    ) -> Result<CapabilityPayload> {
        let mut problems = Vec::new();
        let id = gather_id::<CapabilityTag>(&input.id, "id", &mut problems);
        let edit = edited(input.statement, input.startups, &mut problems);
        let Some(id) = id.filter(|_| problems.is_empty()) else {
            return capability_payload(ctx, Err(problems)).await;
        };
        let sector = optional(input.sector, |slug| slug);
        let outcome = caller(ctx)?
            .update_belief::<OfModels>(id, input.version, edit, sector, &path(ctx))
            .await
            .map_err(told)?;
        capability_payload(ctx, outcome).await
    }
    /// Says on which theses and capabilities a startup rests, in place of those said before.
    async fn set_bets(&self, ctx: &Context<'_>, input: SetBetsInput) -> Result<StartupPayload> {
        let SetBetsInput {
            startup,
            theses,
            capabilities,
        } = input;
        let mut problems = Vec::new();
        let id = gather_id::<StartupTag>(&startup, "startup", &mut problems);
        let theses = theses.map(|all| ids::<ThesisTag>(&all, "theses", &mut problems));
        let capabilities = capabilities.map(|all| ids::<CapabilityTag>(&all, "capabilities", &mut problems));
        let Some(id) = id.filter(|_| problems.is_empty()) else {
            return startup::payload(ctx, Err(problems)).await;
        };
        let outcome = caller(ctx)?
            .set_bets(id, theses, capabilities, &path(ctx))
            .await
            .map_err(told)?;
        startup::payload(ctx, outcome).await
    }
}

/// Verdicts.
#[derive(Default)]
pub struct VerdictMutation;

#[Object]
impl VerdictMutation {
    /// Gives a verdict on a thesis or a capability; it is appended, never rewritten. One on a capability brings back the
    /// passed deals and those on hold that waited for as much: they are due to be looked at again from then on.
    async fn record_verdict(&self, ctx: &Context<'_>, input: RecordVerdictInput) -> Result<VerdictPayload> {
        let new = match input.read() {
            Ok(new) => new,
            Err(problems) => {
                return Ok(VerdictPayload {
                    thesis: None,
                    capability: None,
                    user_errors: user_errors(problems, language(ctx)),
                });
            }
        };
        let outcome = caller(ctx)?.record_verdict(new, &path(ctx)).await.map_err(told)?;
        let (judged, user_errors) = split(ctx, outcome);
        let (mut on_thesis, mut on_capability) = (None, None);
        match judged {
            Some(Judged::Thesis(id)) => on_thesis = thesis(ctx, id, None).await?,
            Some(Judged::Capability(id)) => on_capability = capability(ctx, id, None).await?,
            None => {}
        }
        Ok(VerdictPayload {
            thesis: on_thesis,
            capability: on_capability,
            user_errors,
        })
    }
}
