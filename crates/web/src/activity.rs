//! Changes, each in words: who, when, what; and taking one back.

mod feed;
mod query;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, SecondsFormat, Utc};
use cynic::MutationBuilder;
use serde::Deserialize;

use crate::answer::{Json, UserError};
use crate::belief::{CapabilityStatus, ThesisStatus};
use crate::evidence::{EvidenceLine, Grade};
use crate::problem::{self, Problem};
use crate::shell::Shell;
use crate::visit::{Visit, is_from_our_page, local_address};
use crate::words::Words;
use crate::{Language, Site, fmt, schema, send};

pub(crate) use feed::{document, show};

/// The address of the workspace's activity.
pub(crate) const ADDRESS: &str = "/activity";

/// What a verdict on a thesis or a capability is called.
const VERDICT: &str = "recordVerdict";

/// What answering an item of the checklist is called.
const CHECKLIST: &str = "setChecklistItem";

/// A change as a startup's page shows it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Activity")]
pub(crate) struct ActivityLine {
    id: cynic::Id,
    at: DateTime<Utc>,
    by: Option<Author>,
    verb: String,
    subject: Option<Subject>,
    before: Option<Json>,
    after: Option<Json>,
    import: Option<ImportName>,
}

/// The import that made a change.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Import")]
pub(crate) struct ImportName {
    pub(crate) id: cynic::Id,
    pub(crate) source: String,
    pub(crate) file_name: Option<String>,
}

impl ImportName {
    /// What it is called: its file, else under which name its rows are known again.
    pub(crate) fn name(&self) -> &str {
        self.file_name.as_deref().unwrap_or(&self.source)
    }

    /// Where its changes stand.
    pub(crate) fn link(&self) -> String {
        format!("{ADDRESS}?import={}", self.id.inner())
    }
}

/// Who did something.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "User")]
pub(crate) struct Author {
    pub(crate) name: String,
}

/// The latest change of a record: who made it, and when.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ActivityConnection")]
pub(crate) struct LatestChange {
    nodes: Vec<ChangeMade>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Activity")]
struct ChangeMade {
    at: DateTime<Utc>,
    by: Option<Author>,
}

impl LatestChange {
    /// Who made it, if that is known, and when; `now` where none is told of.
    pub(crate) fn told(&self, now: DateTime<Utc>) -> (Option<&str>, DateTime<Utc>) {
        let last = self.nodes.first();
        let who = last.and_then(|change| change.by.as_ref());
        (
            who.map(|by| by.name.as_str()),
            last.map_or(now, |change| change.at),
        )
    }
}

/// What a change is about.
#[derive(Clone, Debug, cynic::InlineFragments)]
#[cynic(graphql_type = "Node")]
enum Subject {
    #[allow(dead_code, reason = "that it is a startup is all that is asked")]
    Startup(StartupSubject),
    Evidence(EvidenceLine),
    Deal(DealSubject),
    Document(DocumentSubject),
    Affiliation(AffiliationSubject),
    Dependency(DependencySubject),
    Interaction(InteractionSubject),
    Task(TaskSubject),
    Person(PersonSubject),
    Provider(ProviderSubject),
    Fund(FundSubject),
    LaterOutcome(OutcomeSubject),
    Review(ReviewSubject),
    AgendaItem(ItemSubject),
    Thesis(ThesisSubject),
    Capability(CapabilitySubject),
    ProviderEvent(EventSubject),
    Stage(StageSubject),
    Sector(SectorSubject),
    User(UserSubject),
    ApiToken(TokenSubject),
    Import(ImportName),
    #[cynic(fallback)]
    Other,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct StartupSubject {
    #[allow(dead_code, reason = "a selection needs a field")]
    id: cynic::Id,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct DealSubject {
    title: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Document")]
struct DocumentSubject {
    title: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Affiliation")]
struct AffiliationSubject {
    organisation: String,
    person: PersonSubject,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Dependency")]
struct DependencySubject {
    provider: ProviderSubject,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Interaction")]
struct InteractionSubject {
    summary: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Task")]
struct TaskSubject {
    what: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Provider")]
struct ProviderSubject {
    name: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Person")]
struct PersonSubject {
    name: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Fund")]
struct FundSubject {
    name: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "LaterOutcome")]
struct OutcomeSubject {
    what: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
struct ReviewSubject {
    title: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "AgendaItem")]
struct ItemSubject {
    review: ReviewSubject,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Thesis")]
struct ThesisSubject {
    statement: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "ProviderEvent")]
struct EventSubject {
    summary: String,
    provider: ProviderSubject,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Capability")]
struct CapabilitySubject {
    statement: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Stage")]
struct StageSubject {
    name: String,
    name_zh: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Sector")]
struct SectorSubject {
    name: String,
    name_zh: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "User")]
struct UserSubject {
    name: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "ApiToken")]
struct TokenSubject {
    name: String,
}

/// A change as the page draws it.
pub(crate) struct ActivityView {
    pub(crate) id: String,
    pub(crate) what: String,
    pub(crate) who: String,
    pub(crate) when: String,
    pub(crate) when_exact: String,
    /// Whether the API may take it back; it refuses in words where somebody changed it since.
    pub(crate) can_undo: bool,
    /// The key of the form that takes it back.
    pub(crate) key: String,
    /// The import that made it: where its changes stand, and what is said of it.
    pub(crate) import: Option<(String, String)>,
}

impl ActivityLine {
    /// Whether it changed the startup's own fields.
    pub(crate) fn is_of_startup(&self) -> bool {
        matches!(self.subject, Some(Subject::Startup(_)))
    }

    /// Who did it, and when.
    pub(crate) fn author(&self) -> Option<&str> {
        self.by.as_ref().map(|author| author.name.as_str())
    }

    pub(crate) fn view(self, site: &Site, visit: &Visit) -> ActivityView {
        let words = visit.words();
        // What the API never takes back: a retraction, and an undo itself.
        let is_of_records = match &self.subject {
            Some(
                Subject::Person(_)
                | Subject::Provider(_)
                | Subject::Fund(_)
                | Subject::LaterOutcome(_)
                | Subject::Review(_)
                | Subject::AgendaItem(_)
                | Subject::Stage(_)
                | Subject::Sector(_)
                | Subject::User(_)
                | Subject::ApiToken(_)
                | Subject::Import(_)
                | Subject::Other,
            )
            | None => self.verb == CHECKLIST,
            Some(_) => true,
        };
        let can_undo = is_of_records
            && !matches!(
                self.verb.as_str(),
                "undo" | "retractEvidence" | "voidMove" | VERDICT
            );
        ActivityView {
            what: self.what(words),
            who: self.author().unwrap_or(words.startup().the_program).to_owned(),
            when: fmt::relative(self.at, visit.now, site.config.zone, words.language),
            when_exact: self.at.to_rfc3339_opts(SecondsFormat::Secs, true),
            can_undo,
            // Of the change itself: pressed twice, it is taken back once.
            key: format!("undo-{}", self.id.inner().replace('_', "-")),
            import: self.import.as_ref().map(|import| {
                let said = words.activity().imported(import.name());
                (import.link(), said)
            }),
            id: self.id.into_inner(),
        }
    }

    /// The change in words.
    fn what(&self, words: &Words) -> String {
        let (w, a) = (words.startup(), words.activity());
        let what = match &self.subject {
            Some(Subject::Evidence(record)) => self.of_evidence(record, words),
            Some(Subject::Startup(_)) => self.of_startup(words),
            Some(Subject::Interaction(one)) if self.before.is_none() => words.work().did_log(&one.summary),
            Some(Subject::Interaction(one)) => words.work().did_change_interaction(&one.summary),
            Some(Subject::Task(task)) if self.before.is_none() => words.work().did_add_task(&task.what),
            Some(Subject::Task(task)) if self.became("doneAt") => words.work().did_finish_task(&task.what),
            Some(Subject::Task(task)) => words.work().did_change_task(&task.what),
            Some(Subject::Deal(deal)) => match self.verb.as_str() {
                "captureDeal" if self.before.is_none() => w.did_open_deal(&deal.title),
                "openDeal" => w.did_open_deal(&deal.title),
                "moveDeal" => match self.override_reason() {
                    Some(reason) => w.did_override(&deal.title, reason),
                    None => w.did_move_deal(&deal.title),
                },
                "voidMove" => w.did_void_move(&deal.title),
                _ => w.did_change_deal(&deal.title),
            },
            Some(Subject::Document(document)) if self.before.is_none() => w.did_add_document(&document.title),
            Some(Subject::Document(document)) => w.did_change_document(&document.title),
            Some(Subject::Affiliation(post)) => w.did_add_post(&post.person.name, &post.organisation),
            Some(Subject::Dependency(one)) if self.before.is_none() => {
                w.did_add_dependency(&one.provider.name)
            }
            Some(Subject::Dependency(one)) => w.did_change_dependency(&one.provider.name),
            Some(Subject::Person(one)) if self.before.is_none() => a.did_add_person(&one.name),
            Some(Subject::Person(one)) => a.did_change_person(&one.name),
            Some(Subject::Provider(one)) if self.before.is_none() => a.did_add_provider(&one.name),
            Some(Subject::Provider(one)) => a.did_change_provider(&one.name),
            Some(Subject::Fund(one)) if self.before.is_none() => a.did_add_fund(&one.name),
            Some(Subject::Fund(one)) => a.did_change_fund(&one.name),
            Some(Subject::LaterOutcome(one)) if self.before.is_none() => a.did_note_outcome(&one.what),
            Some(Subject::LaterOutcome(one)) => a.did_retract_outcome(&one.what),
            Some(Subject::Review(one)) => match self.verb.as_str() {
                "scheduleReview" => a.did_schedule(&one.title),
                "startReview" => a.did_begin(&one.title),
                "closeReview" => a.did_close(&one.title),
                "decide" => a.did_decide(&one.title),
                _ => a.did_change_review(&one.title),
            },
            Some(Subject::AgendaItem(one)) => match self.verb.as_str() {
                "castVote" => a.did_vote.to_owned(),
                "decide" => a.did_decide(&one.review.title),
                _ => a.did_change_agenda(&one.review.title),
            },
            Some(Subject::Thesis(one)) => {
                let is = |status: &ThesisStatus| self.judged() == Some(status.code());
                match ThesisStatus::ALL.into_iter().find(is) {
                    Some(status) => a.did_judge_thesis(&one.statement, status.shown(words.beliefs()).1),
                    None if self.before.is_none() => a.did_add_thesis(&one.statement),
                    None => a.did_change_thesis(&one.statement),
                }
            }
            Some(Subject::Capability(one)) => {
                let is = |status: &CapabilityStatus| self.judged() == Some(status.code());
                match CapabilityStatus::ALL.into_iter().find(is) {
                    Some(status) => a.did_judge_capability(&one.statement, status.shown(words.beliefs()).1),
                    None if self.before.is_none() => a.did_add_capability(&one.statement),
                    None => a.did_change_capability(&one.statement),
                }
            }
            Some(Subject::ProviderEvent(one)) => a.did_record_event(&one.provider.name, &one.summary),
            Some(Subject::Stage(one)) => {
                let name = in_language(words, &one.name, &one.name_zh);
                if self.before.is_none() {
                    a.did_add_stage(name)
                } else {
                    a.did_change_stage(name)
                }
            }
            Some(Subject::Sector(one)) => a.did_change_sector(in_language(words, &one.name, &one.name_zh)),
            Some(Subject::User(one)) if self.before.is_none() => a.did_add_user(&one.name),
            Some(Subject::User(one)) => a.did_change_user(&one.name),
            Some(Subject::ApiToken(one)) if self.before.is_none() => a.did_add_token(&one.name),
            Some(Subject::ApiToken(one)) => a.did_revoke_token(&one.name),
            Some(Subject::Import(one)) => a.did_import(one.name()),
            None if matches!(self.verb.as_str(), "recordRate" | "recordRates") => {
                a.did_change_rates.to_owned()
            }
            None if self.verb == "updateRubric" => a.did_change_rubric.to_owned(),
            None if self.verb == "updateReviewKind" => a.did_change_review_kind.to_owned(),
            // An item is no record of its own, but a startup's.
            None if self.verb == CHECKLIST => w.did_answer_checklist.to_owned(),
            Some(Subject::Other) | None => w.did_change_something.to_owned(),
        };
        if self.verb == "undo" {
            w.did_undo(&what)
        } else {
            what
        }
    }

    /// Whether a field has a value since that had none before.
    fn became(&self, field: &str) -> bool {
        let after = self.after.as_ref().and_then(|after| after.0.get(field));
        after.is_some_and(|value| !value.is_null())
    }
    /// What a verdict said.
    fn judged(&self) -> Option<&str> {
        let after = self.after.as_ref().filter(|_| self.verb == VERDICT)?;
        after.0.get("status")?.as_str()
    }

    /// Why a closed gate did not stop a move.
    fn override_reason(&self) -> Option<&str> {
        self.after.as_ref()?.0.get("overrideReason")?.as_str()
    }

    fn is_retraction(&self) -> bool {
        self.after
            .as_ref()
            .is_some_and(|after| after.0.get("retracted") == Some(&true.into()))
    }

    fn of_evidence(&self, record: &EvidenceLine, words: &Words) -> String {
        let w = words.startup();
        let figure = format!("{} {}", record.label(words), record.figure(words));
        let grade = |json: Option<&Json>| {
            let code = json?.0.get("grade")?.as_str()?;
            Some(Grade::from_code(code)?.word(words))
        };
        match (grade(self.before.as_ref()), grade(self.after.as_ref())) {
            (Some(from), Some(to)) => w.did_grade(&figure, from, to),
            _ if self.is_retraction() => w.did_retract(&figure),
            _ if self.verb == "supersedeEvidence" => w.did_correct(&figure),
            _ => w.did_record(&figure),
        }
    }

    fn of_startup(&self, words: &Words) -> String {
        let w = words.startup();
        if self.before.is_none() {
            return w.did_add_startup.to_owned();
        }
        let fields: Vec<String> = self
            .after
            .as_ref()
            .and_then(|after| after.0.as_object())
            .into_iter()
            .flat_map(|fields| fields.keys())
            .map(|field| match words.language {
                Language::En => field_word(field, words).to_lowercase(),
                Language::Zh => field_word(field, words).to_owned(),
            })
            .collect();
        if fields.is_empty() {
            return w.did_change_something.to_owned();
        }
        let separator = match words.language {
            Language::En => ", ",
            Language::Zh => "、",
        };
        w.did_change(&fields.join(separator))
    }
}

/// A name in the reader's language.
fn in_language<'n>(words: &Words, name: &'n str, name_zh: &'n str) -> &'n str {
    match words.language {
        Language::En => name,
        Language::Zh => name_zh,
    }
}

/// The word for a field of a startup, as activity names it.
pub(crate) fn field_word(field: &str, words: &Words) -> &'static str {
    let f = words.form();
    match field {
        "name" => f.name,
        "aliases" => f.aliases,
        "domains" => f.domains,
        "website" => f.website,
        "oneLiner" => f.one_liner,
        "description" => f.description,
        "country" => f.country,
        "city" => f.city,
        "foundedOn" => f.founded_on,
        "productLaunchedOn" => f.product_launched_on,
        "previousFocus" => f.previous_focus,
        "pivotedOn" => f.pivoted_on,
        "structure" => f.structure,
        "layer" => f.layer,
        "sectorIds" | "sectors" => f.sectors,
        "competitorIds" => f.competitors,
        "technicalRoute" => f.technical_route,
        "ownsTrainingData" => f.owns_training_data,
        "usageFlywheel" => f.usage_flywheel,
        "claimsLargeModel" => f.claims_large_model,
        "need" => f.need,
        "hidden" => f.hidden,
        _ => f.other_fields,
    }
}

#[derive(cynic::QueryVariables)]
struct UndoChangeVariables {
    input: UndoInput,
}

#[derive(cynic::InputObject)]
struct UndoInput {
    activity: cynic::Id,
}

/// Taking a change back.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UndoChangeVariables")]
struct UndoChange {
    #[arguments(input: $input)]
    undo: UndoPayload,
}

#[derive(cynic::QueryFragment)]
struct UndoPayload {
    kept: Vec<String>,
    user_errors: Vec<UserError>,
}

/// The document of the button.
pub(crate) fn undo_document() -> String {
    UndoChange::build(UndoChangeVariables {
        input: UndoInput { activity: "".into() },
    })
    .query
}

/// What the button sends.
#[derive(Deserialize)]
pub(crate) struct UndoForm {
    #[serde(default)]
    back: String,
    #[serde(default)]
    key: String,
}

/// What was not done, in words.
#[derive(askama::Template)]
#[template(path = "told.html")]
struct ToldPage {
    shell: Shell,
    heading: &'static str,
    lines: Vec<String>,
    back: String,
    back_word: &'static str,
}

pub(crate) async fn undo(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    Form(form): Form<UndoForm>,
) -> Response {
    take_back(&site, &visit, &headers, &id, &form)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn take_back(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    id: &str,
    form: &UndoForm,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let back = local_address(&form.back).unwrap_or("/startups");
    let variables = send::variables(&UndoChangeVariables {
        input: UndoInput { activity: id.into() },
    })?;
    let operation = UndoChange::build(UndoChangeVariables {
        input: UndoInput { activity: id.into() },
    });
    let words = visit.words();
    let lines: Vec<String> =
        match send::write(site, visit, &operation.query, &variables, "UndoChange", &form.key).await? {
            send::Written::Refused(reason) => vec![reason],
            send::Written::Done(UndoChange { undo }) => undo
                .user_errors
                .into_iter()
                .map(|error| error.message)
                .chain(undo.kept)
                .collect(),
        };
    let lines: Vec<String> = lines.iter().map(|line| send::plain(line, words)).collect();
    if lines.is_empty() {
        // The page that it was pressed on may be of what is gone now.
        let back = if is_there(site, visit, back).await? {
            back
        } else {
            "/"
        };
        return Ok(Redirect::to(&send::with_note(back, "undone")).into_response());
    }
    told(site, visit, words.startup().not_undone, lines, back)
}

/// Whether the page of a startup or a deal is one still; other pages are.
async fn is_there(site: &Site, visit: &Visit, address: &str) -> Result<bool, Problem> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.trim_start_matches('/').split('/');
    match (parts.next(), parts.next()) {
        (Some("startups"), Some(id)) if id.starts_with("startup_") => {
            crate::startup::form::is_there(site, visit, id).await
        }
        (Some("deals"), Some(id)) => crate::deal::page::is_there(site, visit, id).await,
        _ => Ok(true),
    }
}

/// A page that says what was not done, and why.
pub(crate) fn told(
    site: &Site,
    visit: &Visit,
    heading: &'static str,
    lines: Vec<String>,
    back: &str,
) -> Result<Response, Problem> {
    let mut shell = Shell::new(site, visit, heading);
    back.clone_into(&mut shell.back);
    problem::page(
        axum::http::StatusCode::CONFLICT,
        visit.language.tag(),
        &ToldPage {
            shell,
            heading,
            lines,
            back: back.to_owned(),
            back_word: visit.words().startup().back,
        },
    )
}
