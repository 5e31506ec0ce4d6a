//! Mutations of startups, and what they are given.

use app::startup::{Confirm, NewStartup};
use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use domain::{ImportTag, Message, Problem, StartupTag, startup};

use super::{CompanyStructure, Layer, NameKind, Startup, TechnicalRoute};
use crate::{
    context::{caller, gather_id, language, path, read_id},
    error::told,
    evidence::Grade,
    scalar::{Date, Json, Url},
    user::{UserError, split, user_errors},
};

/// Another name.
#[derive(InputObject)]
pub struct StartupNameInput {
    /// The name.
    name: String,
    /// Its language (BCP 47).
    language: Option<String>,
    /// What it is; OTHER if left out.
    kind: Option<NameKind>,
}

/// The key under which a source knows a startup.
#[derive(InputObject)]
pub struct ExternalIdInput {
    /// The source's name.
    source: String,
    /// Its key there.
    id: String,
}

/// A yes or no with its proof.
#[derive(InputObject)]
pub struct GradedFactInput {
    /// Whether it is so.
    holds: bool,
    /// How well that is proven.
    grade: Grade,
    /// In which words it was said.
    words: Option<String>,
    /// When.
    on: Option<Date>,
    /// Where it can be read.
    source_url: Option<Url>,
}

/// Who pays, and why.
#[derive(InputObject)]
pub struct NeedInput {
    /// Who pays.
    payer: Option<String>,
    /// What hurts.
    pain: Option<String>,
    /// What it costs them today.
    cost_today: Option<String>,
    /// What they use instead.
    alternative_today: Option<String>,
}

pub(crate) fn names(all: Vec<StartupNameInput>) -> Vec<startup::Name> {
    all.into_iter()
        .map(|n| startup::Name {
            name: n.name,
            language: n.language,
            kind: n.kind.map_or(startup::NameKind::Other, Into::into),
        })
        .collect()
}
fn fact_in(f: GradedFactInput) -> startup::GradedFact {
    startup::GradedFact {
        holds: f.holds,
        grade: f.grade.into(),
        words: f.words,
        on: f.on.map(|d| d.0),
        source_url: f.source_url.map(|u| u.0),
    }
}
fn need_in(n: NeedInput) -> startup::Need {
    startup::Need {
        payer: n.payer,
        pain: n.pain,
        cost_today: n.cost_today,
        alternative_today: n.alternative_today,
    }
}
fn fields_in(
    field: &str,
    json: Json,
) -> std::result::Result<serde_json::Map<String, serde_json::Value>, Problem> {
    match json.0 {
        serde_json::Value::Object(map) => Ok(map),
        other => Err(Problem::invalid(
            field,
            Message::NotA {
                value: other.to_string(),
                expected: "an object".into(),
            },
        )),
    }
}

/// What is known of a newcomer.
#[derive(InputObject)]
pub struct CreateStartupInput {
    /// The name it is known by.
    name: String,
    /// Other names.
    aliases: Option<Vec<StartupNameInput>>,
    /// Its domains.
    domains: Option<Vec<String>>,
    /// Its web site; its domain is added to the domains.
    website: Option<Url>,
    /// What it does, in a line.
    one_liner: Option<String>,
    /// What it does, at length.
    description: Option<String>,
    /// ISO 3166-1 code.
    country: Option<String>,
    /// City.
    city: Option<String>,
    /// When it was founded.
    founded_on: Option<Date>,
    /// Its layer.
    layer: Option<Layer>,
    /// Slugs of its sectors.
    sectors: Option<Vec<String>>,
    /// How it uses large models; UNKNOWN if left out.
    technical_route: Option<TechnicalRoute>,
    /// Owns training data.
    owns_training_data: Option<GradedFactInput>,
    /// Has a flywheel of usage.
    usage_flywheel: Option<GradedFactInput>,
    /// Claims a large model.
    claims_large_model: Option<GradedFactInput>,
    /// Who pays, and why.
    need: Option<NeedInput>,
    /// When its product was launched.
    product_launched_on: Option<Date>,
    /// What it did before.
    previous_focus: Option<String>,
    /// When it left that.
    pivoted_on: Option<Date>,
    /// How it is set up; UNDECIDED if left out.
    structure: Option<CompanyStructure>,
    /// The keys under which sources know it.
    external_ids: Option<Vec<ExternalIdInput>>,
    /// Whatever else the fund keeps: an object.
    custom_fields: Option<Json>,
}

/// A change of a startup. A field left out stays as it is; null clears it.
#[derive(InputObject)]
pub struct UpdateStartupInput {
    /// Which startup.
    id: ID,
    /// The version the caller read.
    version: i32,
    /// The name it is known by.
    name: Option<String>,
    /// Other names; replaces the old ones.
    aliases: MaybeUndefined<Vec<StartupNameInput>>,
    /// Its domains; replaces the old ones.
    domains: MaybeUndefined<Vec<String>>,
    /// Its web site.
    website: MaybeUndefined<Url>,
    /// What it does, in a line.
    one_liner: MaybeUndefined<String>,
    /// What it does, at length.
    description: MaybeUndefined<String>,
    /// ISO 3166-1 code.
    country: MaybeUndefined<String>,
    /// City.
    city: MaybeUndefined<String>,
    /// When it was founded.
    founded_on: MaybeUndefined<Date>,
    /// Its layer.
    layer: MaybeUndefined<Layer>,
    /// Slugs of its sectors; replaces the old ones.
    sectors: MaybeUndefined<Vec<String>>,
    /// How it uses large models.
    technical_route: MaybeUndefined<TechnicalRoute>,
    /// Owns training data.
    owns_training_data: MaybeUndefined<GradedFactInput>,
    /// Has a flywheel of usage.
    usage_flywheel: MaybeUndefined<GradedFactInput>,
    /// Claims a large model.
    claims_large_model: MaybeUndefined<GradedFactInput>,
    /// Who pays, and why.
    need: MaybeUndefined<NeedInput>,
    /// When its product was launched.
    product_launched_on: MaybeUndefined<Date>,
    /// What it did before.
    previous_focus: MaybeUndefined<String>,
    /// When it left that.
    pivoted_on: MaybeUndefined<Date>,
    /// How it is set up.
    structure: MaybeUndefined<CompanyStructure>,
    /// Whatever else the fund keeps; replaces the old object.
    custom_fields: MaybeUndefined<Json>,
}

pub(crate) fn optional<T, U>(field: MaybeUndefined<T>, read: impl Fn(T) -> U) -> Option<Option<U>> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(read(value))),
    }
}
pub(crate) fn cleared<T, U>(field: MaybeUndefined<T>, read: impl Fn(T) -> U, empty: U) -> Option<U> {
    optional(field, read).map(|value| value.unwrap_or(empty))
}

/// The competitors of a startup.
#[derive(InputObject)]
pub struct SetCompetitorsInput {
    /// Whose they are.
    startup: ID,
    /// All of them, in place of those named before.
    competitors: Vec<ID>,
}

/// What became of a mutation of a startup.
#[derive(SimpleObject)]
pub struct StartupPayload {
    /// The startup; null when nothing was done.
    startup: Option<Startup>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

pub(crate) async fn payload(
    ctx: &Context<'_>,
    outcome: app::Outcome<domain::StartupId>,
) -> Result<StartupPayload> {
    let (id, user_errors) = split(ctx, outcome);
    let row = match id {
        Some(id) => caller(ctx)?
            .startups_by_ids(&[id], None)
            .await
            .map_err(told)?
            .pop(),
        None => None,
    };
    Ok(StartupPayload {
        startup: row.map(|row| Startup::new(row, None)),
        user_errors,
    })
}

/// Whose proposals to confirm: give one of the two.
#[derive(InputObject)]
pub struct ConfirmProposalsInput {
    /// Of these startups.
    startups: Option<Vec<ID>>,
    /// Of all that this import made or changed.
    imported_by: Option<ID>,
}

/// What was confirmed.
#[derive(SimpleObject)]
pub struct ConfirmProposalsPayload {
    /// How many startups had something to confirm.
    confirmed: i32,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// Mutations of startups.
#[derive(Default)]
pub struct StartupMutation;

#[Object]
impl StartupMutation {
    /// Creates a startup, unless it is recognised as one that is here (external id, domain, name in its country): then TAKEN names that one.
    async fn create_startup(&self, ctx: &Context<'_>, input: CreateStartupInput) -> Result<StartupPayload> {
        let mut profile = startup::Profile::named(input.name);
        profile.aliases = names(input.aliases.unwrap_or_default());
        profile.domains = input.domains.unwrap_or_default();
        profile.website = input.website.map(|u| u.0);
        profile.one_liner = input.one_liner;
        profile.description = input.description;
        profile.country = input.country;
        profile.city = input.city;
        profile.founded_on = input.founded_on.map(|d| d.0);
        profile.layer = input.layer.map(Into::into);
        profile.technical_route = input
            .technical_route
            .map_or(startup::TechnicalRoute::Unknown, Into::into);
        profile.owns_training_data = input.owns_training_data.map(fact_in);
        profile.usage_flywheel = input.usage_flywheel.map(fact_in);
        profile.claims_large_model = input.claims_large_model.map(fact_in);
        profile.need = input.need.map(need_in).unwrap_or_default();
        profile.product_launched_on = input.product_launched_on.map(|d| d.0);
        profile.previous_focus = input.previous_focus;
        profile.pivoted_on = input.pivoted_on.map(|d| d.0);
        profile.structure = input
            .structure
            .map_or(startup::CompanyStructure::Undecided, Into::into);
        if let Some(json) = input.custom_fields {
            match fields_in("customFields", json) {
                Ok(map) => profile.custom_fields = map,
                Err(problem) => {
                    return Ok(StartupPayload {
                        startup: None,
                        user_errors: user_errors(vec![problem], language(ctx)),
                    });
                }
            }
        }
        let external_ids = input
            .external_ids
            .unwrap_or_default()
            .into_iter()
            .map(|x| startup::ExternalId {
                source: x.source,
                id: x.id,
            })
            .collect();
        let new = NewStartup {
            profile,
            sectors: input.sectors.unwrap_or_default(),
            external_ids,
        };
        payload(
            ctx,
            caller(ctx)?.create_startup(new, &path(ctx)).await.map_err(told)?,
        )
        .await
    }

    /// Changes a startup that is still at the version the caller read.
    async fn update_startup(&self, ctx: &Context<'_>, input: UpdateStartupInput) -> Result<StartupPayload> {
        let refused = |problem| StartupPayload {
            startup: None,
            user_errors: user_errors(vec![problem], language(ctx)),
        };
        let id = match read_id::<StartupTag>(&input.id, "id") {
            Ok(id) => id,
            Err(problem) => return Ok(refused(problem)),
        };
        let custom_fields = match input.custom_fields {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(serde_json::Map::new()),
            MaybeUndefined::Value(json) => match fields_in("customFields", json) {
                Ok(map) => Some(map),
                Err(problem) => return Ok(refused(problem)),
            },
        };
        let edit = startup::ProfileEdit {
            name: input.name,
            aliases: cleared(input.aliases, names, Vec::new()),
            domains: cleared(input.domains, |d| d, Vec::new()),
            website: optional(input.website, |u| u.0),
            one_liner: optional(input.one_liner, |t| t),
            description: optional(input.description, |t| t),
            country: optional(input.country, |t| t),
            city: optional(input.city, |t| t),
            founded_on: optional(input.founded_on, |d| d.0),
            product_launched_on: optional(input.product_launched_on, |d| d.0),
            previous_focus: optional(input.previous_focus, |t| t),
            pivoted_on: optional(input.pivoted_on, |d| d.0),
            structure: cleared(input.structure, Into::into, startup::CompanyStructure::Undecided),
            layer: optional(input.layer, Into::into),
            sector_ids: None,
            competitor_ids: None,
            technical_route: cleared(
                input.technical_route,
                Into::into,
                startup::TechnicalRoute::Unknown,
            ),
            owns_training_data: optional(input.owns_training_data, fact_in),
            usage_flywheel: optional(input.usage_flywheel, fact_in),
            claims_large_model: optional(input.claims_large_model, fact_in),
            need: cleared(input.need, need_in, startup::Need::default()),
            custom_fields,
        };
        let sectors = cleared(input.sectors, |s| s, Vec::new());
        payload(
            ctx,
            caller(ctx)?
                .update_startup(id, input.version, edit, sectors, &path(ctx))
                .await
                .map_err(told)?,
        )
        .await
    }

    /// Confirms what words of a list suggested, of many startups at once: layers and sectors stay, and are proposals no
    /// more. Give `startups` or `importedBy`.
    async fn confirm_proposals(
        &self,
        ctx: &Context<'_>,
        input: ConfirmProposalsInput,
    ) -> Result<ConfirmProposalsPayload> {
        let mut problems = Vec::new();
        let confirm = match (input.startups, input.imported_by) {
            (Some(ids), None) => Some(Confirm::Startups(
                ids.iter()
                    .enumerate()
                    .filter_map(|(n, text)| {
                        gather_id::<StartupTag>(text, &format!("startups.{n}"), &mut problems)
                    })
                    .collect(),
            )),
            (None, Some(import)) => {
                gather_id::<ImportTag>(&import, "importedBy", &mut problems).map(Confirm::ImportedBy)
            }
            (Some(_), Some(_)) | (None, None) => {
                problems.push(Problem::required("startups"));
                None
            }
        };
        let done = match confirm.filter(|_| problems.is_empty()) {
            Some(confirm) => caller(ctx)?
                .confirm_proposals(confirm, &path(ctx))
                .await
                .map_err(told)?,
            None => Err(problems),
        };
        Ok(match done {
            Ok(confirmed) => ConfirmProposalsPayload {
                confirmed: i32::try_from(confirmed.len()).unwrap_or(i32::MAX),
                user_errors: Vec::new(),
            },
            Err(problems) => ConfirmProposalsPayload {
                confirmed: 0,
                user_errors: user_errors(problems, language(ctx)),
            },
        })
    }

    /// Names the competitors of a startup, in place of those named before.
    async fn set_competitors(&self, ctx: &Context<'_>, input: SetCompetitorsInput) -> Result<StartupPayload> {
        let mut problems = Vec::new();
        let id = gather_id::<StartupTag>(&input.startup, "startup", &mut problems);
        let mut competitors = Vec::with_capacity(input.competitors.len());
        for (n, text) in input.competitors.iter().enumerate() {
            competitors.extend(gather_id::<StartupTag>(
                text,
                &format!("competitors.{n}"),
                &mut problems,
            ));
        }
        let Some(id) = id.filter(|_| problems.is_empty()) else {
            return Ok(StartupPayload {
                startup: None,
                user_errors: user_errors(problems, language(ctx)),
            });
        };
        payload(
            ctx,
            caller(ctx)?
                .set_competitors(id, competitors, &path(ctx))
                .await
                .map_err(told)?,
        )
        .await
    }
}
