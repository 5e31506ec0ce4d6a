//! A startup's page as its template draws it: every text ready, every link made.

use std::collections::{HashMap, HashSet};

use askama::Template;
use chrono::{NaiveDate, SecondsFormat};

use super::profile::{GradedFact, NameKind, Profile, TechnicalRoute};
use super::{Startup, document, path};
use crate::activity::{ActivityLine, ActivityView};
use crate::answer::Url;
use crate::as_of::{AsOf, period_ends};
use crate::assessment::{self, AskView, FlagView, Places};
use crate::belief::Kind;
use crate::deal::DealView;
use crate::document::DocumentView;
use crate::evidence::{Grade, RecordView, folded};
use crate::interaction::InteractionView;
use crate::person::PersonView;
use crate::shell::{Shell, query_link, way};
use crate::task::TaskView;
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::why::WhyView;
use crate::words::{StartupWords, WhyWords, Words, WorkWords};
use crate::{Language, Site, country, fmt, layer};

#[derive(Template)]
#[template(path = "startup.html")]
pub(super) struct Page {
    shell: Shell,
    s: &'static StartupWords,
    may_write: bool,
    /// What the address asks for, empty for now; and ends of periods to choose from, with their words and days.
    day: String,
    period_ends: Vec<(String, &'static str, String)>,
    /// What was just done, in words.
    said: Option<&'static str>,
    path: String,
    name: String,
    alias: Option<String>,
    is_fictional: bool,
    one_liner: Option<String>,
    layer_style: &'static str,
    layer_word: &'static str,
    sectors: Vec<(String, bool)>,
    route: Option<&'static str>,
    best: Option<(&'static str, &'static str)>,
    /// What is said in place of a grade: that nothing is known, or nothing of use.
    no_grade: &'static str,
    y: &'static WhyWords,
    why: WhyView,
    flags: Vec<FlagView>,
    asks: Vec<AskView>,
    /// The questions as one text, to be pasted into a message.
    ask_text: String,
    has_payer: bool,
    need: Vec<(&'static str, String)>,
    records: Vec<RecordView>,
    record_count: String,
    older: Option<String>,
    newest: Option<String>,
    deals: Vec<DealView>,
    deal_count: String,
    h: &'static WorkWords,
    interactions: Vec<InteractionView>,
    interaction_count: String,
    tasks: Vec<TaskView>,
    open_tasks: usize,
    activity: Vec<ActivityView>,
    changed: String,
    changed_exact: String,
    names: Vec<(String, String)>,
    identity: Vec<(&'static str, String)>,
    domains: Vec<String>,
    website: Option<(String, String)>,
    description: Option<String>,
    facts: Vec<FactView>,
    people: Vec<PersonView>,
    competitors: Vec<(String, String)>,
    /// Theses and capabilities: link, statement, sign and word of how they stand.
    rests: Vec<(String, String, &'static str, &'static str)>,
    documents: Vec<DocumentView>,
}

struct FactView {
    word: &'static str,
    /// Yes, no or not known.
    holds: &'static str,
    grade: Option<(&'static str, &'static str)>,
    is_refuted: bool,
    words: Option<String>,
    on: Option<String>,
    link: Option<String>,
}

impl Page {
    pub(super) fn new(
        site: &Site,
        visit: &Visit,
        viewer: Viewer,
        startup: Startup,
        as_of: Option<AsOf>,
        variables: &serde_json::Value,
    ) -> Self {
        let words = visit.words();
        let s = words.startup();
        let zone = site.config.zone;
        let today = visit.now.with_timezone(&zone).date_naive();
        // The past is looked at, not written.
        let mut told_days = HashSet::new();
        let may_write = viewer.role.may_write() && as_of.is_none();
        let Startup {
            id,
            profile,
            updated_at,
            external_ids,
            assessment,
            ask_next,
            evidence,
            deals,
            interactions,
            tasks,
            people,
            competitors,
            theses,
            bets,
            documents,
            activity,
        } = startup;
        let id = id.into_inner();
        let path = path(&id);
        let mut shell = Shell::new(site, visit, &profile.name);
        shell.user = Some(viewer.menu(words));
        shell.crumbs = way((words.startups, "/startups"), None, &profile.name);
        shell.back = lasting(visit);
        shell.follow(&[&id, "rubric", "exchange_rate"]);
        if let Some(as_of) = as_of {
            shell.stand_as_of(as_of, zone);
        }
        let keep = |link: String| AsOf::keep(as_of, &link);
        shell.query_link = Some(query_link(&document(), variables, "StartupPage"));
        let places = Places {
            path: path.clone(),
            here: evidence
                .nodes
                .iter()
                .map(|record| record.id.inner().to_owned())
                .collect(),
            is_first: visit.parameter("after").is_none(),
        };
        let overtaken: HashMap<String, String> = assessment
            .overtaken
            .iter()
            .map(|one| (one.evidence.id.inner().to_owned(), places.link(one.by.id.inner())))
            .collect();
        let replaced: HashMap<String, String> = assessment
            .overtaken
            .iter()
            .map(|one| (one.evidence.id.inner().to_owned(), one.by.id.inner().to_owned()))
            .collect();
        // Who did what since is not of then.
        let done = if as_of.is_none() {
            activity.nodes.as_slice()
        } else {
            &[]
        };
        let changed = changed(done, updated_at, site, visit);
        let older = evidence
            .page_info
            .end_cursor
            .filter(|_| evidence.page_info.has_next_page);
        let mut keys = names(&profile, words);
        keys.retain(|(name, _)| *name != profile.name);
        let mut identity = identity(&profile, today, words);
        if !external_ids.is_empty() {
            let known: Vec<String> = external_ids
                .into_iter()
                .map(|key| format!("{} {}", key.source, key.id))
                .collect();
            identity.push((s.known_as, known.join(" · ")));
        }
        Self {
            s,
            may_write,
            day: as_of.map(AsOf::code).unwrap_or_default(),
            period_ends: period_ends(today)
                .into_iter()
                .zip([words.month_end, words.quarter_end, words.year_end])
                // One that ends two periods is told once.
                .filter(|(day, _)| told_days.insert(*day))
                .map(|(day, word)| {
                    (
                        AsOf::keep(Some(AsOf::Day(day)), &path),
                        word,
                        fmt::table_date(day),
                    )
                })
                .collect(),
            said: visit.parameter("did").and_then(|did| said(&did, s, words.work())),
            alias: other_name(&profile),
            is_fictional: profile.is_fictional(),
            layer_style: layer::style(profile.layer),
            layer_word: layer::word(profile.layer, words),
            sectors: profile
                .sectors
                .iter()
                .map(|chip| (chip.name_in(words.language).to_owned(), chip.is_focus))
                .collect(),
            route: (profile.technical_route != TechnicalRoute::Unknown)
                .then(|| profile.technical_route.word(words)),
            best: assessment
                .best_grade
                .map(|grade| (grade.style(), grade.word(words))),
            no_grade: if assessment.conviction.is_none() {
                words.no_evidence
            } else {
                words.no_use
            },
            y: words.why(),
            why: WhyView::new(&assessment, &places, words),
            flags: assessment::flags(assessment.flags, &places, words),
            ask_text: assessment::ask_text(&profile.name, &ask_next, words),
            asks: ask_next.into_iter().map(|ask| ask.view(&path, words)).collect(),
            has_payer: profile.need.has_payer(),
            need: need(&profile, s),
            record_count: fmt::exact(evidence.total_count.into()),
            older: older.map(|cursor| {
                let after: String = url::form_urlencoded::byte_serialize(cursor.as_bytes()).collect();
                keep(format!("{path}?after={after}#evidence"))
            }),
            newest: visit.parameter("after").map(|_| keep(format!("{path}#evidence"))),
            records: folded(
                evidence
                    .nodes
                    .into_iter()
                    .map(|record| {
                        let newer = overtaken.get(record.id.inner()).cloned();
                        record.view(newer, zone, words)
                    })
                    .collect(),
                &replaced,
            ),
            deal_count: fmt::exact(deals.total_count.into()),
            deals: deals
                .nodes
                .into_iter()
                .map(|deal| deal.view(today, words))
                .collect(),
            h: words.work(),
            interaction_count: fmt::exact(interactions.total_count.into()),
            interactions: interactions
                .nodes
                .into_iter()
                .map(|one| one.view(site, visit))
                .collect(),
            open_tasks: tasks.iter().filter(|task| !task.is_done()).count(),
            tasks: tasks.into_iter().map(|task| task.view(today)).collect(),
            changed,
            changed_exact: updated_at.to_rfc3339_opts(SecondsFormat::Secs, true),
            activity: activity
                .nodes
                .into_iter()
                .map(|change| change.view(site, visit))
                .collect(),
            names: keys,
            identity,
            domains: profile.domains.clone(),
            website: profile.website.clone().and_then(Url::outside).map(|link| {
                let shown = link
                    .trim_start_matches("https://")
                    .trim_start_matches("http://")
                    .trim_end_matches('/')
                    .to_owned();
                (link, shown)
            }),
            facts: facts(&profile, words),
            people: people.into_iter().map(|post| post.view(&id, words)).collect(),
            competitors: competitors
                .into_iter()
                .map(|other| (keep(super::path(other.id.inner())), other.name))
                .collect(),
            rests: theses
                .into_iter()
                .map(|one| {
                    let (sign, status) = one.status.shown(words.beliefs());
                    let link = keep(Kind::Thesis.path(one.id.inner()));
                    (link, one.statement, sign, status)
                })
                .chain(bets.into_iter().map(|one| {
                    let (sign, status) = one.status.shown(words.beliefs());
                    let link = keep(Kind::Capability.path(one.id.inner()));
                    (link, one.statement, sign, status)
                }))
                .collect(),
            documents: documents
                .into_iter()
                .map(|document| document.view(zone, words))
                .collect(),
            one_liner: profile.one_liner,
            description: profile.description,
            name: profile.name,
            path,
            shell,
        }
    }

    /// `lang` of a name by the language tag it is kept with, else by its signs.
    fn lang_of(&self, name: &str) -> &'static str {
        self.shell.other_language(name)
    }
}

/// The page's own address, without what was just done.
fn lasting(visit: &Visit) -> String {
    let address = visit.lasting_address();
    match address.split_once('?') {
        None => address,
        Some((path, query)) => {
            let kept = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "did"))
                .finish();
            if kept.is_empty() {
                path.to_owned()
            } else {
                format!("{path}?{kept}")
            }
        }
    }
}

fn said(did: &str, s: &'static StartupWords, h: &'static WorkWords) -> Option<&'static str> {
    Some(match did {
        "saved" => s.said_saved,
        "added" => s.said_added,
        "recorded" => s.said_recorded,
        "attached" => s.said_attached,
        "reviewed" => s.said_reviewed,
        "retracted" => s.said_retracted,
        "undone" => s.said_undone,
        "captured" => h.said_captured,
        "known-name" => h.said_known_name,
        "known-domain" => h.said_known_domain,
        "logged" => h.said_logged,
        "task" => h.said_task,
        "done" => h.said_done,
        _ => return None,
    })
}

fn changed(
    activity: &[ActivityLine],
    updated_at: chrono::DateTime<chrono::Utc>,
    site: &Site,
    visit: &Visit,
) -> String {
    let s = visit.words().startup();
    let when = fmt::relative(updated_at, visit.now, site.config.zone, visit.language);
    let author = activity
        .iter()
        .find(|change| change.is_of_startup())
        .and_then(|change| change.author());
    match author {
        Some(who) => s.changed(&when, who),
        None => s.changed_at(&when),
    }
}

/// The first name in the other language than the startup's own.
fn other_name(profile: &Profile) -> Option<String> {
    let written_in = Language::of_name(&profile.name);
    profile
        .aliases
        .iter()
        .map(|alias| &alias.name)
        .find(|name| Language::of_name(name) != written_in)
        .cloned()
}

/// Every other name with what it is.
fn names(profile: &Profile, words: &Words) -> Vec<(String, String)> {
    profile
        .aliases
        .iter()
        .map(|alias| {
            let kind = match alias.kind {
                NameKind::Other => String::new(),
                kind => kind.word(words).to_owned(),
            };
            let about: Vec<String> = [kind, alias.language.clone().unwrap_or_default()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect();
            (alias.name.clone(), about.join(" · "))
        })
        .collect()
}

fn need(profile: &Profile, s: &StartupWords) -> Vec<(&'static str, String)> {
    let need = &profile.need;
    [
        (s.payer, &need.payer),
        (s.pain, &need.pain),
        (s.cost_today, &need.cost_today),
        (s.alternative_today, &need.alternative_today),
    ]
    .into_iter()
    .filter_map(|(word, text)| Some((word, text.clone()?)))
    .collect()
}

fn identity(profile: &Profile, _today: NaiveDate, words: &Words) -> Vec<(&'static str, String)> {
    let s = words.startup();
    let language = words.language;
    let mut lines = Vec::new();
    let country = profile
        .country
        .as_deref()
        .map(|code| country::name(code, language).to_owned());
    let place: Vec<String> = [profile.city.clone(), country].into_iter().flatten().collect();
    if !place.is_empty() {
        let separator = match language {
            Language::En => ", ",
            Language::Zh => " · ",
        };
        lines.push((s.place, place.join(separator)));
    }
    let day = |day: Option<NaiveDate>| day.map(|day| fmt::date(day, language));
    lines.extend(day(profile.founded_on).map(|day| (s.founded, day)));
    lines.extend(day(profile.product_launched_on).map(|day| (s.launched, day)));
    lines.extend(profile.previous_focus.clone().map(|focus| (s.pivot, focus)));
    lines.extend(day(profile.pivoted_on).map(|day| (s.pivoted, day)));
    if profile.structure != super::profile::CompanyStructure::Undecided {
        lines.push((s.structure, profile.structure.word(words).to_owned()));
    }
    lines
}

fn facts(profile: &Profile, words: &Words) -> Vec<FactView> {
    let s = words.startup();
    let choices = words.choices();
    [
        (s.owns_training_data, &profile.owns_training_data),
        (s.usage_flywheel, &profile.usage_flywheel),
        (s.claims_large_model, &profile.claims_large_model),
    ]
    .into_iter()
    .map(|(word, fact)| match fact {
        None => FactView {
            word,
            holds: s.not_known,
            grade: None,
            is_refuted: false,
            words: None,
            on: None,
            link: None,
        },
        Some(GradedFact {
            holds,
            grade,
            words: said,
            on,
            source_url,
        }) => FactView {
            word,
            holds: if *holds { choices.yes } else { choices.no },
            grade: Some((grade.style(), grade.word(words))),
            is_refuted: *grade == Grade::Refuted,
            words: said.clone(),
            on: on.map(|day| fmt::date(day, words.language)),
            link: source_url.clone().and_then(Url::outside),
        },
    })
    .collect()
}
