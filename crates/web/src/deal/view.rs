//! A deal's page as its template draws it.

use askama::Template;
use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};

use super::gates::UnmetView;
use super::page::{ChecklistItem, DealChange, DealRecord, DealTerms, meetings};
use super::{ChecklistState, DealStatus, Round, Visibility, path};
use crate::activity::{ActivityLine, ActivityView};
use crate::as_of::{AsOf, period_ends};
use crate::assessment::{self, Mark};
use crate::deals::StageOption;
use crate::document::DocumentView;
use crate::review::{MeetingName, ReviewHead};
use crate::shell::{Section, Shell};
use crate::task::{TaskLine, TaskView};
use crate::viewer::Reader;
use crate::visit::Visit;
use crate::words::{DealWords, FundWords, PassWords, PipelineWords, StartupWords, Words, WorkWords};
use crate::{Site, fmt, send};

/// What the page has found out.
pub(super) struct Found {
    pub(super) reader: Reader,
    pub(super) deal: DealRecord,
    pub(super) stages: Vec<StageOption>,
    pub(super) activity: Vec<ActivityLine>,
    pub(super) drafts: Vec<ReviewHead>,
    pub(super) as_of: Option<AsOf>,
    pub(super) query_link: String,
}

#[derive(Template)]
#[template(path = "deal.html")]
pub(super) struct Page {
    shell: Shell,
    d: &'static DealWords,
    u: &'static FundWords,
    b: &'static PipelineWords,
    s: &'static StartupWords,
    may_write: bool,
    may_move: bool,
    id: String,
    /// The meetings that are being prepared, the next first: address, title and when.
    meetings: Vec<(String, String, String)>,
    key: String,
    day: String,
    period_ends: Vec<(String, &'static str, String)>,
    said: Option<&'static str>,
    /// The button beside what was said of a move.
    undo: Option<Undo>,
    path: String,
    title: String,
    startup: String,
    startup_path: String,
    stage: String,
    status: &'static str,
    is_active: bool,
    is_restricted: bool,
    age: Option<String>,
    is_stale: bool,
    best: Option<(&'static str, &'static str)>,
    conviction: Option<String>,
    marks: Vec<Mark>,
    changed: String,
    changed_exact: String,
    track: Vec<Step>,
    overrides: Vec<Change>,
    history: Vec<Change>,
    unmet: Vec<UnmetView>,
    checklist: Vec<Item>,
    terms: Vec<(&'static str, String)>,
    funds: Vec<FundView>,
    sources: Vec<Source>,
    next: Option<String>,
    due: Option<(String, String)>,
    is_overdue: bool,
    owner: Option<String>,
    team: Vec<String>,
    documents: Vec<DocumentView>,
    /// What is still to be done, conditions of decisions first.
    tasks: Vec<TaskView>,
    /// How many of the conditions are done, where there are any.
    conditions: Option<String>,
    h: &'static WorkWords,
    /// Where the button that says that one is done comes back to.
    tasks_back: String,
    /// Why it was passed, and when to look again.
    passed: Vec<(&'static str, String)>,
    activity: Vec<ActivityView>,
    p: &'static PassWords,
    /// That what it waits for is there: what, and since when.
    came_back: Option<(String, String)>,
    /// Whether outcomes are watched: of a deal that is passed or lost, or that has some.
    watches: bool,
    may_record: bool,
    outcomes: Vec<OutcomeView>,
}

/// What became of it later.
struct OutcomeView {
    what: String,
    on: String,
    amount: Option<String>,
    source: Option<String>,
    retract: String,
}

struct Undo {
    key: String,
    version: i32,
}

/// A stage on the track.
struct Step {
    name: String,
    /// Whether the deal is in it now, was in it, or was not.
    style: &'static str,
    /// The day on which it came, exact and as shown.
    day: Option<(String, String)>,
    days: Option<String>,
}

struct Change {
    what: String,
    who: String,
    when: String,
    when_exact: String,
    /// When it was recorded, where that was another day.
    recorded: Option<String>,
    reason: Option<String>,
    overrode: Option<String>,
    override_reason: Option<String>,
    /// The page and the title of the meeting that decided it.
    review: Option<(String, String)>,
    voided: Option<String>,
    may_take_back: bool,
}

struct Item {
    label: String,
    state: &'static str,
    style: &'static str,
    note: Option<String>,
    age: String,
}

/// A fund that may do it, and what does not match.
struct FundView {
    name: String,
    currency: String,
    is_retired: bool,
    notes: Vec<String>,
}

struct Source {
    channel: &'static str,
    who: Option<String>,
    on: Option<String>,
}

impl Page {
    pub(super) fn new(site: &Site, visit: &Visit, found: Found) -> Self {
        let words = visit.words();
        let d = words.deal();
        let zone = site.config.zone;
        let Found {
            reader,
            deal,
            stages,
            activity,
            drafts,
            as_of,
            query_link,
        } = found;
        let now = as_of
            .and_then(|as_of| as_of.instant(visit.now, zone))
            .unwrap_or(visit.now);
        let today = now.with_timezone(&zone).date_naive();
        let role = reader.viewer.role;
        let may_write = role.may_write() && as_of.is_none();
        let is_final = matches!(deal.status, DealStatus::Invested | DealStatus::Lost);
        let id = deal.id.inner().to_owned();
        let path = path(&id);
        let mut shell = Shell::new(site, visit, &deal.terms.title);
        shell.section = Section::Pipeline;
        shell.follow(&[&id, deal.startup.id.inner(), "stage", "rubric"]);
        shell.back = lasting(visit);
        if let Some(as_of) = as_of {
            shell.stand_as_of(as_of, zone);
        }
        shell.crumbs = super::crumbs(words, None, &deal.terms.title);
        for crumb in &mut shell.crumbs {
            crumb.link = crumb.link.take().map(|link| AsOf::keep(as_of, &link));
        }
        shell.query_link = Some(query_link);
        let did = visit.parameter("did");
        let last = deal
            .history
            .iter()
            .rposition(|change| change.voided_at.is_none() && change.from.is_some());
        let may_take_back = |change: &DealChange| {
            let is_own = change.by.as_ref().is_some_and(|by| by.id == reader.id);
            let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
            may_write && (role.may_override() || is_own && day(change.recorded_at) == day(visit.now))
        };
        let may_undo = last.and_then(|n| deal.history.get(n)).is_some_and(&may_take_back);
        let history: Vec<Change> = deal
            .history
            .iter()
            .enumerate()
            .rev()
            .map(|(n, change)| {
                let may_take_back = Some(n) == last && may_take_back(change);
                Change::new(change, may_take_back, site, visit)
            })
            .collect();
        let overrides = deal
            .history
            .iter()
            .filter(|change| change.voided_at.is_none() && !change.overrode.is_empty())
            .map(|change| Change::new(change, false, site, visit))
            .collect();
        let startup = &deal.startup;
        let mut told_days = std::collections::HashSet::new();
        Self {
            d,
            u: words.funds(),
            b: words.pipeline(),
            s: words.startup(),
            may_write,
            may_move: may_write && !is_final,
            id: id.clone(),
            meetings: meetings(&drafts, site, words.language),
            key: send::fresh_key(visit),
            day: as_of.map(AsOf::code).unwrap_or_default(),
            period_ends: period_ends(visit.now.with_timezone(&zone).date_naive())
                .into_iter()
                .zip([words.month_end, words.quarter_end, words.year_end])
                // One that ends two periods is told once.
                .filter(|(day, _)| told_days.insert(*day))
                .map(|(day, word)| {
                    let link = AsOf::keep(Some(AsOf::Day(day)), &path);
                    (link, word, fmt::table_date(day))
                })
                .collect(),
            undo: (did.as_deref() == Some("moved") && may_undo).then(|| Undo {
                key: send::fresh_key(visit),
                version: deal.terms.version,
            }),
            said: did.and_then(|did| said(&did, words)),
            startup: startup.name.clone(),
            startup_path: AsOf::keep(as_of, &crate::startup::path(startup.id.inner())),
            stage: deal.stage.name_in(words.language).to_owned(),
            status: deal.status.word(words),
            is_active: deal.status == DealStatus::Active,
            is_restricted: deal.terms.visibility == Visibility::Restricted,
            age: (deal.status == DealStatus::Active).then(|| d.age(&fmt::exact(deal.days_in_stage.into()))),
            is_stale: deal.is_stale,
            best: startup.best_grade.map(|grade| (grade.style(), grade.word(words))),
            conviction: startup.conviction.map(fmt::conviction),
            marks: assessment::marks(startup.flags.iter().map(|raised| raised.flag), words),
            changed: d.changed_at(&fmt::relative(deal.updated_at, visit.now, zone, visit.language)),
            changed_exact: exact(deal.updated_at),
            track: track(&deal, &stages, site, words),
            overrides,
            history,
            unmet: if is_final {
                Vec::new()
            } else {
                deal.gate
                    .unmet
                    .iter()
                    .map(|unmet| unmet.view(&id, startup.id.inner(), words))
                    .collect()
            },
            checklist: startup
                .checklist
                .iter()
                .map(|item| Item::new(item, visit, site))
                .collect(),
            terms: terms(&deal.terms, words),
            funds: deal
                .fit
                .iter()
                .map(|fit| FundView {
                    name: fit.fund.name.clone(),
                    currency: fit.fund.currency.0.clone(),
                    is_retired: fit.fund.is_retired,
                    notes: fit.notes.clone(),
                })
                .collect(),
            sources: deal
                .terms
                .sources
                .iter()
                .map(|source| Source {
                    channel: source.channel.word(words),
                    who: source
                        .person
                        .as_ref()
                        .map(|person| person.name.clone())
                        .or_else(|| source.who.clone()),
                    on: source
                        .on
                        .map(|day| fmt::known_date(day, source.precision.into(), words.language)),
                })
                .collect(),
            next: deal
                .terms
                .next_step
                .clone()
                .filter(|step| !step.trim().is_empty()),
            due: deal
                .terms
                .next_step_due
                .map(|day| (fmt::table_date(day), fmt::date(day, words.language))),
            is_overdue: deal.status == DealStatus::Active
                && deal.terms.next_step_due.is_some_and(|due| due < today),
            owner: deal.terms.owner.as_ref().map(|owner| owner.name.clone()),
            team: deal.terms.team.iter().map(|user| user.name.clone()).collect(),
            passed: passed(&deal, words),
            p: words.passes(),
            came_back: deal.revisit_due.as_ref().map(|due| {
                let day = due.since.with_timezone(&zone).date_naive();
                let when = words.passes().due_since(&fmt::date(day, words.language));
                (words.passes().now_there(&due.because), when)
            }),
            watches: !deal.outcome_watch.is_empty()
                || matches!(deal.status, DealStatus::Passed | DealStatus::Lost),
            may_record: may_write && matches!(deal.status, DealStatus::Passed | DealStatus::Lost),
            outcomes: deal
                .outcome_watch
                .iter()
                .map(|one| OutcomeView {
                    what: one.what.clone(),
                    on: fmt::date(one.on, words.language),
                    amount: one.amount.clone().and_then(|range| range.text(words.language)),
                    source: one.source_url.as_ref().map(|url| url.0.clone()),
                    retract: format!("{path}/outcomes/{}/retract", one.id.inner()),
                })
                .collect(),
            h: words.work(),
            tasks_back: format!("{path}#tasks"),
            conditions: conditions(&deal.tasks, words),
            tasks: open(deal.tasks, today),
            documents: deal
                .documents
                .into_iter()
                .map(|document| document.view(zone, words))
                .collect(),
            activity: activity
                .into_iter()
                .map(|change| change.view(site, visit))
                .collect(),
            title: deal.terms.title,
            path,
            shell: {
                shell.user = Some(reader.viewer.menu(words));
                shell
            },
        }
    }

    /// `lang` of a text that somebody wrote, by its signs.
    fn lang_of(&self, text: &str) -> &'static str {
        self.shell.other_language(text)
    }
}

fn exact(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The page's own address, without what was just done.
fn lasting(visit: &Visit) -> String {
    let address = visit.lasting_address();
    let Some((path, query)) = address.split_once('?') else {
        return address;
    };
    let kept = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "did"))
        .finish();
    if kept.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{kept}")
    }
}

fn said(did: &str, words: &Words) -> Option<&'static str> {
    let d = words.deal();
    Some(match did {
        "moved" => d.said_moved,
        "voided" => d.said_voided,
        "saved" => d.said_saved,
        "opened" => d.said_opened,
        "outcome" => words.passes().said_recorded,
        "done" => words.work().said_done,
        "reopened" => words.work().said_reopened,
        "withdrawn" => words.passes().said_retracted,
        "undone" => words.startup().said_undone,
        _ => return None,
    })
}

/// How long, between two instants, the deal was on hold: that is no time in a stage.
fn held(standing: &[&DealChange], from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
    standing
        .iter()
        .enumerate()
        .filter(|(_, change)| change.to_status == DealStatus::OnHold)
        .map(|(n, change)| {
            let until = standing.get(n + 1).map_or(to, |next| next.occurred_at);
            (until.min(to) - change.occurred_at.max(from)).max(TimeDelta::zero())
        })
        .sum()
}

/// The stages in order, with when the deal came into each and how long it stayed, less its time on hold. Moves that were
/// taken back are none.
fn track(deal: &DealRecord, stages: &[StageOption], site: &Site, words: &Words) -> Vec<Step> {
    let d = words.deal();
    let standing: Vec<&DealChange> = deal
        .history
        .iter()
        .filter(|change| change.voided_at.is_none())
        .collect();
    let comes: Vec<(&str, DateTime<Utc>)> = standing
        .iter()
        .filter(|change| change.from.as_ref().is_none_or(|from| from.key != change.to.key))
        .map(|change| (change.to.key.as_str(), change.occurred_at))
        .collect();
    let end = standing.last().map(|change| change.occurred_at);
    stages
        .iter()
        .filter(|stage| !stage.is_retired || comes.iter().any(|(key, _)| *key == stage.key))
        .map(|stage| {
            let is_here = stage.key == deal.stage.key;
            let come = comes.iter().rposition(|(key, _)| *key == stage.key);
            let came = come.and_then(|n| comes.get(n)).map(|(_, at)| *at);
            let went = come
                .and_then(|n| comes.get(n + 1))
                .map(|(_, at)| *at)
                .or(end.filter(|_| !is_here));
            let days = if is_here {
                Some(i64::from(deal.days_in_stage))
            } else {
                let stay = came.zip(went);
                stay.map(|(came, went)| (went - came - held(&standing, came, went)).num_days().max(0))
            };
            Step {
                name: stage.name_in(words.language).to_owned(),
                style: match (is_here, came) {
                    (true, _) => "here",
                    (false, Some(_)) => "done",
                    (false, None) if stage.order < deal.stage.order => "skipped",
                    (false, None) => "ahead",
                },
                day: came.map(|at| {
                    let day = at.with_timezone(&site.config.zone).date_naive();
                    (fmt::table_date(day), fmt::short_date(day, words.language))
                }),
                days: days.map(|days| d.age(&fmt::exact(days))),
            }
        })
        .collect()
}

/// The tasks of a deal that wait, those first on which a decision hangs.
fn open(tasks: Vec<TaskLine>, today: NaiveDate) -> Vec<TaskView> {
    let mut open: Vec<TaskView> = tasks
        .into_iter()
        .filter(|task| !task.is_done())
        .map(|task| TaskView {
            // The page is theirs.
            startup: None,
            deal: None,
            ..task.view(today)
        })
        .collect();
    open.sort_by_key(|task| !task.is_condition);
    open
}

/// How many of the conditions of decisions are done; None where there are none.
fn conditions(tasks: &[TaskLine], words: &Words) -> Option<String> {
    let all: Vec<&TaskLine> = tasks.iter().filter(|task| task.is_condition).collect();
    let done = all.iter().filter(|task| task.is_done()).count();
    let said = words
        .review()
        .conditions_done(&done.to_string(), &all.len().to_string());
    (!all.is_empty()).then_some(said)
}

impl Change {
    fn new(change: &DealChange, may_take_back: bool, site: &Site, visit: &Visit) -> Self {
        let words = visit.words();
        let d = words.deal();
        let zone = site.config.zone;
        let to = change.to.name_in(words.language);
        let mut parts = Vec::new();
        match &change.from {
            None => parts.push(format!("{}: {to}", d.opened)),
            Some(from) if from.key != change.to.key => {
                parts.push(d.step(from.name_in(words.language), to));
            }
            Some(_) => {}
        }
        if let Some(from) = change.from_status.filter(|from| *from != change.to_status) {
            parts.push(d.step(from.word(words), change.to_status.word(words)));
        }
        let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
        let is_later = day(change.occurred_at) != day(change.recorded_at);
        let conditions: Vec<&str> = change.overrode.iter().map(|one| one.word(words)).collect();
        Self {
            what: parts.join(" · "),
            who: change
                .by
                .as_ref()
                .map_or(d.the_program.to_owned(), |by| by.name.clone()),
            when: fmt::date(day(change.occurred_at), words.language),
            when_exact: exact(change.occurred_at),
            recorded: is_later.then(|| d.recorded_on(&fmt::date(day(change.recorded_at), words.language))),
            reason: change.reason.clone(),
            overrode: (!conditions.is_empty()).then(|| d.overrode(&conditions.join(words.comma()))),
            override_reason: change.override_reason.clone(),
            review: change.review.as_ref().map(MeetingName::link),
            voided: change.voided_at.map(|_| match &change.void_reason {
                Some(reason) => d.void_because(reason),
                None => d.voided.to_owned(),
            }),
            may_take_back,
        }
    }
}

impl Item {
    fn new(item: &ChecklistItem, visit: &Visit, site: &Site) -> Self {
        let words = visit.words();
        let d = words.deal();
        Self {
            label: item.label.clone(),
            state: item.state.word(words),
            style: match item.state {
                ChecklistState::Open => "open",
                ChecklistState::Ok => "ok",
                ChecklistState::Concern => "concern",
            },
            note: item.note.clone().filter(|note| !note.trim().is_empty()),
            age: match item.at {
                None => d.never_answered.to_owned(),
                Some(at) => {
                    let when = fmt::relative(at, visit.now, site.config.zone, words.language);
                    match &item.by {
                        Some(by) => d.answered(&when, &by.name),
                        None => when,
                    }
                }
            },
        }
    }
}

fn terms(terms: &DealTerms, words: &Words) -> Vec<(&'static str, String)> {
    let d = words.deal();
    let language = words.language;
    let mut lines = Vec::new();
    if terms.round != Round::Unknown {
        lines.push((d.round, terms.round.word(words).to_owned()));
    }
    let money = |range: &Option<super::MoneyRange>| range.clone().and_then(|range| range.text(language));
    lines.extend(money(&terms.amount_sought).map(|text| (d.seeks, text)));
    lines.extend(money(&terms.our_amount).map(|text| (d.ours, text)));
    lines.extend(
        terms
            .investor_role
            .map(|one| (d.role, one.word(words).to_owned())),
    );
    lines.extend(
        terms
            .instrument
            .map(|one| (d.instrument, one.word(words).to_owned())),
    );
    if !terms.co_investors.is_empty() {
        lines.push((d.co_investors, terms.co_investors.join(words.comma())));
    }
    lines.extend(terms.valuation.as_ref().map(|valuation| {
        let mut text = fmt::money(valuation.amount, &valuation.currency.0, language);
        if let Some(basis) = terms.valuation_basis {
            text = format!("{text} · {}", basis.word(words));
        }
        (d.valuation, text)
    }));
    let day = |word: &'static str, day: Option<NaiveDate>| Some((word, fmt::date(day?, language)));
    lines.extend(
        [
            day(d.term_sheet_signed, terms.term_sheet_signed_on),
            day(d.term_sheet_expires, terms.term_sheet_expires_on),
            day(d.exclusive_until, terms.exclusive_until),
            day(d.signed_on, terms.signed_on),
            day(d.paid_on, terms.paid_on),
        ]
        .into_iter()
        .flatten(),
    );
    lines
}

fn passed(deal: &DealRecord, words: &Words) -> Vec<(&'static str, String)> {
    let d = words.deal();
    let mut lines = Vec::new();
    lines.extend(
        deal.pass_reason
            .map(|reason| (d.pass_reason, reason.word(words).to_owned())),
    );
    lines.extend(deal.pass_note.clone().map(|note| (d.pass_note, note)));
    lines.extend(
        deal.terms
            .revisit_on
            .map(|day| (d.revisit_on, fmt::date(day, words.language))),
    );
    lines.extend(
        deal.terms
            .revisit_trigger
            .clone()
            .map(|trigger| (d.revisit_trigger, trigger)),
    );
    lines.extend(
        deal.terms
            .revisit_when
            .as_ref()
            .map(|when| (words.passes().revisit_when, when.text.clone())),
    );
    lines
}
