//! Editing the rubric: change, see what it would do, save it as a new version with the reason.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use cynic::{MutationBuilder, QueryBuilder};
use rust_decimal::Decimal;

use super::rubric::{RubricPage, current};
use super::rubric_fields::{RubricKindInput, groups, kinds, sent_of, unit_of};
use super::{RUBRIC, parts, shell};
use crate::answer::UserError;
use crate::form::{Clash, Conflict, Fault, FormPage, FormParts, Group, Mover, Preview, Row, Sent, status_of};
use crate::problem::{self, Problem};
use crate::send::{self, Written};
use crate::viewer::Role;
use crate::visit::{Visit, is_from_our_page};
use crate::words::Words;
use crate::{Site, fmt, meanwhile, schema};

#[derive(cynic::QueryVariables)]
struct RubricPreviewVariables {
    kinds: Vec<RubricKindInput>,
}

/// What a rubric would change.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "RubricPreviewVariables")]
struct RubricPreview {
    #[arguments(kinds: $kinds, first: 10)]
    rubric_preview: Changes,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "RubricPreview")]
struct Changes {
    startups: i32,
    changed: i32,
    changed_by_five: i32,
    movers: Vec<RubricMover>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
struct RubricMover {
    startup: MovedStartup,
    from: Decimal,
    to: Decimal,
    rank_from: i32,
    rank_to: i32,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct MovedStartup {
    id: cynic::Id,
    name: String,
}

#[derive(cynic::QueryVariables)]
struct UpdateRubricVariables {
    input: UpdateRubricInput,
}

#[derive(cynic::InputObject)]
struct UpdateRubricInput {
    version: i32,
    kinds: Vec<RubricKindInput>,
    note: Option<String>,
}

/// Putting a rubric in force.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "UpdateRubricVariables")]
struct UpdateRubric {
    #[arguments(input: $input)]
    update_rubric: RubricPayload,
}

#[derive(cynic::QueryFragment)]
struct RubricPayload {
    rubric: Option<SavedRubric>,
    user_errors: Vec<UserError>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Rubric")]
struct SavedRubric {
    #[allow(dead_code, reason = "that there is one is all that is asked")]
    version: i32,
}

fn preview_document() -> String {
    RubricPreview::build(RubricPreviewVariables { kinds: Vec::new() }).query
}

fn update_document() -> String {
    let input = UpdateRubricInput {
        version: 0,
        kinds: Vec::new(),
        note: None,
    };
    UpdateRubric::build(UpdateRubricVariables { input }).query
}

/// The documents of the form.
pub(crate) fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("settings_rubric.graphql", super::rubric::document()),
        ("rubric_preview.graphql", preview_document()),
        ("rubric_update.graphql", update_document()),
    ]
}

pub(crate) async fn edit(State(site): State<Site>, visit: Visit) -> Response {
    show(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

pub(crate) async fn update(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    take(&site, &visit, &headers, &body)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn show(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let now = admin(current(site, visit).await?)?;
    let sent = sent_of(&now.rubric);
    Edit::new(now, sent).page(site, visit, StatusCode::OK)
}

/// The rubric in force, for whoever may change it.
fn admin(found: RubricPage) -> Result<RubricPage, Problem> {
    match &found.viewer {
        None => Err(Problem::SignIn),
        Some(viewer) if viewer.role < Role::Admin => Err(Problem::NotAllowed),
        Some(_) => Ok(found),
    }
}

/// The form with what it says.
struct Edit {
    now: RubricPage,
    sent: Sent,
    base: Sent,
    /// The version that the form was edited from.
    version: i32,
    faults: Vec<Fault>,
    conflict: Option<Conflict>,
    preview: Option<Preview>,
}

impl Edit {
    fn new(now: RubricPage, sent: Sent) -> Self {
        Self {
            base: sent_of(&now.rubric),
            version: now.rubric.version,
            now,
            sent,
            faults: Vec::new(),
            conflict: None,
            preview: None,
        }
    }

    fn page(self, site: &Site, visit: &Visit, status: StatusCode) -> Result<Response, Problem> {
        let words = visit.words();
        let s = words.settings();
        let viewer = self.now.viewer.ok_or(Problem::SignIn)?;
        let mut shell = shell(site, visit, viewer, (RUBRIC, s.rubric), Some(s.edit_rubric));
        shell.back = format!("{RUBRIC}/edit");
        let is_seen = self.preview.is_some();
        let page = FormPage::new(FormParts {
            lead: vec![s.rubric_about.to_owned()],
            hidden: vec![
                ("key", send::fresh_key(visit)),
                ("version", self.version.to_string()),
                ("base", self.base.written()),
            ],
            faults: self.faults,
            conflict: self.conflict,
            groups: groups(&self.now.rubric, &self.sent, words),
            ..parts(shell, s.edit_rubric, RUBRIC, s.save_rubric)
        })
        .with_preview(self.preview, if is_seen { s.preview_again } else { s.preview });
        problem::page(status, visit.language.tag(), &page)
    }
}

async fn take(site: &Site, visit: &Visit, headers: &HeaderMap, body: &Bytes) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let words = visit.words();
    let s = words.settings();
    let mut sent = Sent::of_body(body);
    let base = Sent::read(sent.text("base").as_bytes());
    let version: i32 = sent.text("version").parse().unwrap_or_default();
    let wants_preview = sent.text("act") == "preview";
    sent.drop("act");
    meanwhile::resolve(&mut sent, &base, unit_of);
    let now = admin(current(site, visit).await?)?;
    let read = kinds(&sent, &now.rubric, words);
    let edit = |now: RubricPage, faults: Vec<Fault>, preview: Option<Preview>| Edit {
        base: base.clone(),
        version,
        faults,
        preview,
        ..Edit::new(now, sent.clone())
    };
    let kinds = match read {
        Ok(kinds) => kinds,
        Err(faults) => {
            return edit(now, faults, None).page(site, visit, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    if wants_preview {
        let (faults, preview) = look_ahead(site, visit, kinds).await?;
        let status = status_of(&faults);
        return edit(now, faults, preview).page(site, visit, status);
    }
    let mut faults = Vec::new();
    if sent.some("note").is_none() {
        faults.push(Fault::new("note", s.say_note.to_owned()));
    }
    let is_same = base
        .names()
        .all(|name| unit_of(name) == "note" || base.text(name) == sent.text(name));
    if is_same {
        faults.push(Fault::new("", s.same_rubric.to_owned()));
    }
    if faults.is_empty() {
        let note = sent.some("note").map(str::to_owned);
        let input = UpdateRubricInput { version, kinds, note };
        let variables = send::variables(&UpdateRubricVariables { input })?;
        let key = sent.text("key").to_owned();
        let written = send::write(site, visit, &update_document(), &variables, "UpdateRubric", &key).await?;
        faults = match written {
            Written::Refused(reason) => vec![Fault::new("", send::plain(&reason, words))],
            Written::Done(UpdateRubric { update_rubric }) => {
                if update_rubric.rubric.is_some() {
                    return Ok(Redirect::to(&send::with_note(RUBRIC, "saved")).into_response());
                }
                let errors = update_rubric.user_errors;
                if UserError::any_stale(&errors) {
                    // Read anew: it changed after it was read for this form.
                    let now = admin(current(site, visit).await?)?;
                    return changed_meanwhile(now, sent, &base, site, visit);
                }
                told(&errors, words)
            }
        };
    }
    edit(now, faults, None).page(site, visit, StatusCode::UNPROCESSABLE_ENTITY)
}

/// What the rubric would change, or what is wrong with it.
async fn look_ahead(
    site: &Site,
    visit: &Visit,
    kinds: Vec<RubricKindInput>,
) -> Result<(Vec<Fault>, Option<Preview>), Problem> {
    let words = visit.words();
    let s = words.settings();
    let variables = send::variables(&RubricPreviewVariables { kinds })?;
    let found = send::read(site, visit, preview_document(), variables, "RubricPreview").await?;
    let changes = match found {
        crate::answer::Outcome::Refused(reason) => {
            return Ok((vec![Fault::new("", send::plain(&reason, words))], None));
        }
        crate::answer::Outcome::Data(RubricPreview { rubric_preview }) => rubric_preview,
    };
    if !changes.user_errors.is_empty() {
        return Ok((told(&changes.user_errors, words), None));
    }
    let count = |n: i32| fmt::exact(n.into());
    let preview = Preview {
        sentence: if changes.changed == 0 {
            s.no_change.to_owned()
        } else {
            s.would_change(
                &count(changes.startups),
                &count(changes.changed),
                &count(changes.changed_by_five),
            )
        },
        movers: changes
            .movers
            .into_iter()
            .map(|mover| Mover {
                path: crate::startup::path(mover.startup.id.inner()),
                name: mover.startup.name,
                from: fmt::conviction(mover.from),
                to: fmt::conviction(mover.to),
                change: fmt::change(mover.to - mover.from),
                rank: s.rank_from_to(&count(mover.rank_from), &count(mover.rank_to)),
            })
            .collect(),
    };
    Ok((Vec::new(), Some(preview)))
}

fn told(errors: &[UserError], words: &Words) -> Vec<Fault> {
    errors.iter().map(|error| Fault::beside(error, words)).collect()
}

/// Somebody saved first: what only they changed is taken over, what both changed is shown side by side.
fn changed_meanwhile(
    now: RubricPage,
    mut sent: Sent,
    base: &Sent,
    site: &Site,
    visit: &Visit,
) -> Result<Response, Problem> {
    let words = visit.words();
    let f = words.form();
    let theirs = sent_of(&now.rubric);
    let (mine_shown, theirs_shown) = (
        groups(&now.rubric, &sent, words),
        groups(&now.rubric, &theirs, words),
    );
    let clash = |unit: String| Clash {
        label: row_of(&mine_shown, &unit).map_or_else(String::new, |row| row.legend.clone()),
        mine: text_of(&mine_shown, &unit),
        theirs: text_of(&theirs_shown, &unit),
        unit,
    };
    let clashes = meanwhile::merge(&mut sent, base, &theirs, unit_of)
        .into_iter()
        .map(clash)
        .collect();
    let newest = now.rubrics.first();
    let who = newest
        .and_then(|version| version.by.as_ref())
        .map_or(f.somebody, |by| by.name.as_str());
    let at = newest
        .map(|version| fmt::time(version.in_force_from, site.config.zone))
        .unwrap_or_default();
    let conflict = Conflict {
        heading: f.changed_meanwhile(who, &at),
        clashes,
    };
    let edit = Edit {
        conflict: Some(conflict),
        ..Edit::new(now, sent)
    };
    edit.page(site, visit, StatusCode::CONFLICT)
}

fn row_of<'a>(groups: &'a [Group], unit: &str) -> Option<&'a Row> {
    groups
        .iter()
        .flat_map(|group| &group.rows)
        .find(|row| row.fields.iter().any(|field| unit_of(&field.name) == unit))
}

/// What stands in a row, as a reader reads it.
fn text_of(groups: &[Group], unit: &str) -> String {
    let fields = row_of(groups, unit).map_or(&[][..], |row| &row.fields);
    let texts: Vec<String> = fields
        .iter()
        .map(|field| format!("{} {}", field.label, field.shown()))
        .collect();
    texts.join(" · ")
}
