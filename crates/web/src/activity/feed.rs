//! The workspace's activity on a page: who did what, when and to what, newest first, as known now or on a day.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Days, NaiveDate, Utc};
use cynic::QueryBuilder;

use super::query::{FeedQuery, Kind};
use super::{ADDRESS, ActivityLine, ActivityView, CHECKLIST, ImportName};
use crate::answer::Outcome;
use crate::as_of;
use crate::as_of_menu::{self, AsOfMenu};
use crate::deals::UserName;
use crate::narrow::{Chip, Choice, Menu, several};
use crate::problem::{self, Problem};
use crate::query::{Bad, Side};
use crate::shell::{Shell, query_link};
use crate::task::StartupName;
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::{ActivityWords, StartupWords, Words};
use crate::{Language, Site, belief, fmt, schema, send};

/// Rows of a page.
const ROWS: i32 = 50;

#[derive(cynic::QueryVariables)]
struct ActivityPageVariables {
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
    filter: ActivityFilter,
    import: cynic::Id,
    with_import: bool,
    with_rows: bool,
}

#[derive(cynic::InputObject)]
struct ActivityFilter {
    #[cynic(skip_serializing_if = "Option::is_none")]
    by: Option<Vec<cynic::Id>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    kinds: Option<Vec<ActivityKind>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    imported_by: Option<cynic::Id>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    from: Option<DateTime<Utc>>,
    #[cynic(skip_serializing_if = "Option::is_none")]
    to: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, cynic::Enum)]
enum ActivityKind {
    Affiliation,
    AgendaItem,
    Capability,
    ChecklistItem,
    Deal,
    Dependency,
    Document,
    Evidence,
    ExchangeRate,
    Fund,
    Import,
    Interaction,
    Outcome,
    Person,
    Provider,
    ProviderEvent,
    Review,
    ReviewKind,
    Rubric,
    Sector,
    Stage,
    Startup,
    Task,
    Thesis,
    Token,
    User,
    Workspace,
}

impl ActivityKind {
    /// The kinds of records that a reader's kind stands for.
    fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Startup => &[Self::Startup],
            Kind::Evidence => &[Self::Evidence],
            Kind::Deal => &[Self::Deal, Self::Outcome],
            Kind::Interaction => &[Self::Interaction],
            Kind::Task => &[Self::Task],
            Kind::Document => &[Self::Document],
            Kind::Person => &[Self::Person, Self::Affiliation],
            Kind::Provider => &[Self::Provider, Self::Dependency, Self::ProviderEvent],
            Kind::Checklist => &[Self::ChecklistItem],
            Kind::Belief => &[Self::Thesis, Self::Capability],
            Kind::Review => &[Self::Review, Self::AgendaItem],
            Kind::Import => &[Self::Import],
            Kind::Settings => &[
                Self::Stage,
                Self::Sector,
                Self::Fund,
                Self::ExchangeRate,
                Self::Rubric,
                Self::ReviewKind,
                Self::User,
                Self::Token,
                Self::Workspace,
            ],
        }
    }
}

/// Everything the page shows. Without rows it is the frame, for a query that was not understood.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "ActivityPageVariables")]
struct ActivityPage {
    viewer: Option<Viewer>,
    users: Vec<UserName>,
    #[arguments(id: $import)]
    #[directives(include(if: $with_import))]
    import: Option<ImportName>,
    #[arguments(first: $first, after: $after, last: $last, before: $before, filter: $filter)]
    #[directives(include(if: $with_rows))]
    activity: Option<Changes>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ActivityConnection")]
struct Changes {
    nodes: Vec<Change>,
    page_info: PageInfo,
}

#[derive(cynic::QueryFragment)]
struct PageInfo {
    has_next_page: bool,
    has_previous_page: bool,
    start_cursor: Option<String>,
    end_cursor: Option<String>,
}

/// A change, with where its record is shown.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Activity")]
struct Change {
    #[cynic(spread)]
    line: ActivityLine,
    #[cynic(rename = "subject", alias)]
    place: Option<Place>,
}

#[derive(cynic::InlineFragments)]
#[cynic(graphql_type = "Node")]
enum Place {
    Startup(StartupName),
    Evidence(EvidencePlace),
    Deal(DealPlace),
    Document(DocumentPlace),
    Affiliation(AffiliationPlace),
    Dependency(DependencyPlace),
    Interaction(InteractionPlace),
    Task(TaskPlace),
    Review(ReviewPlace),
    AgendaItem(ItemPlace),
    Thesis(ThesisPlace),
    Capability(CapabilityPlace),
    Provider(ProviderPlace),
    ProviderEvent(EventPlace),
    #[allow(dead_code, reason = "that it is a fund is all that is asked")]
    Fund(FundPlace),
    #[allow(dead_code, reason = "that it is a stage is all that is asked")]
    Stage(StagePlace),
    #[cynic(fallback)]
    Other,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Evidence")]
struct EvidencePlace {
    id: cynic::Id,
    startup: StartupName,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
struct DealPlace {
    id: cynic::Id,
    startup: StartupName,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Document")]
struct DocumentPlace {
    startup: Option<StartupName>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Affiliation")]
struct AffiliationPlace {
    startup: Option<StartupName>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Dependency")]
struct DependencyPlace {
    startup: StartupName,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Interaction")]
struct InteractionPlace {
    startup: StartupName,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Task")]
struct TaskPlace {
    startup: Option<StartupName>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Review")]
struct ReviewPlace {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "AgendaItem")]
struct ItemPlace {
    review: ReviewPlace,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Thesis")]
struct ThesisPlace {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Capability")]
struct CapabilityPlace {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Provider")]
struct ProviderPlace {
    id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ProviderEvent")]
struct EventPlace {
    id: cynic::Id,
    provider: ProviderPlace,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Fund")]
struct FundPlace {
    #[allow(dead_code, reason = "a selection needs a field")]
    id: cynic::Id,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Stage")]
struct StagePlace {
    #[allow(dead_code, reason = "a selection needs a field")]
    id: cynic::Id,
}

impl Place {
    /// Where the record is shown, and the startup that it belongs to.
    fn told(self) -> (Option<String>, Option<String>) {
        let within = |startup: StartupName, part: &str| {
            let page = crate::startup::path(startup.id.inner());
            (Some(format!("{page}{part}")), Some(startup.name))
        };
        match self {
            Self::Startup(startup) => within(startup, ""),
            Self::Evidence(EvidencePlace { id, startup }) => {
                within(startup, &format!("#{}", crate::startup::anchor(id.inner())))
            }
            Self::Deal(DealPlace { id, startup }) => {
                (Some(crate::deal::path(id.inner())), Some(startup.name))
            }
            Self::Document(DocumentPlace { startup: Some(one) }) => within(one, "#documents"),
            Self::Affiliation(AffiliationPlace { startup: Some(one) }) => within(one, "#people"),
            Self::Dependency(DependencyPlace { startup }) => within(startup, "#identity"),
            Self::Interaction(InteractionPlace { startup }) => within(startup, "#interactions"),
            Self::Task(TaskPlace { startup: Some(one) }) => within(one, "#tasks"),
            Self::Task(TaskPlace { startup: None }) => (Some(crate::task::list::ADDRESS.to_owned()), None),
            Self::Review(ReviewPlace { id })
            | Self::AgendaItem(ItemPlace {
                review: ReviewPlace { id },
            }) => (Some(crate::review::path(id.inner())), None),
            Self::Thesis(ThesisPlace { id }) => (Some(belief::Kind::Thesis.path(id.inner())), None),
            Self::Capability(CapabilityPlace { id }) => {
                (Some(belief::Kind::Capability.path(id.inner())), None)
            }
            Self::Provider(ProviderPlace { id }) => (Some(crate::provider::path(id.inner())), None),
            Self::ProviderEvent(EventPlace { id, provider }) => {
                let of = crate::provider::path(provider.id.inner());
                (Some(crate::provider::event_path(&of, id.inner())), None)
            }
            Self::Fund(_) => (Some("/settings/funds".to_owned()), None),
            Self::Stage(_) => (Some("/settings/stages".to_owned()), None),
            Self::Document(DocumentPlace { startup: None })
            | Self::Affiliation(AffiliationPlace { startup: None })
            | Self::Other => (None, None),
        }
    }
}

#[derive(Template)]
#[template(path = "activity.html")]
struct Page {
    shell: Shell,
    a: &'static ActivityWords,
    s: &'static StartupWords,
    said: Option<&'static str>,
    menus: Vec<Menu>,
    period: Period,
    as_of_menu: AsOfMenu,
    chips: Vec<Chip>,
    clear_link: String,
    may_write: bool,
    /// The address that an undo comes back to.
    back: String,
    body: Body,
}

enum Body {
    Bad,
    Nothing { is_narrowed: bool },
    Days { days: Vec<Day>, pages: Pages },
}

/// The changes of a day.
struct Day {
    exact: String,
    text: String,
    rows: Vec<Row>,
}

struct Row {
    change: ActivityView,
    time: String,
    link: Option<String>,
    startup: Option<String>,
}

/// The menu of days.
struct Period {
    said: String,
    choices: Vec<Choice>,
    kept: Vec<(&'static str, String)>,
    since: String,
    until: String,
}

/// Links to what is newer and older.
struct Pages {
    newest: Option<String>,
    newer: Option<String>,
    older: Option<String>,
}

/// What the page is asked for.
struct Asked {
    query: FeedQuery,
    /// First and last instant.
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
}

impl Asked {
    fn variables(&self, with_rows: bool) -> ActivityPageVariables {
        let query = &self.query;
        let (first, after, last, before) = match &query.place {
            None => (Some(ROWS), None, None, None),
            Some((Side::After, cursor)) => (Some(ROWS), Some(cursor.clone()), None, None),
            Some((Side::Before, cursor)) => (None, None, Some(ROWS), Some(cursor.clone())),
        };
        let kinds = query.kinds.iter().flat_map(|kind| ActivityKind::of(*kind));
        ActivityPageVariables {
            first,
            after,
            last,
            before,
            filter: ActivityFilter {
                by: several(query.actors.iter().map(|id| cynic::Id::new(id.clone()))),
                kinds: several(kinds.copied()),
                imported_by: query.import.as_ref().map(cynic::Id::new),
                from: self.from,
                to: self.to,
            },
            import: cynic::Id::new(query.import.as_deref().unwrap_or_default()),
            with_import: query.import.is_some(),
            with_rows,
        }
    }
}

/// The page's document, the same for every query.
pub(crate) fn document() -> String {
    let asked = Asked {
        query: FeedQuery::default(),
        from: None,
        to: None,
    };
    ActivityPage::build(asked.variables(true)).query
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    page(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    if visit.session.0.is_none() {
        return Err(Problem::SignIn);
    }
    let (mut query, mut bad) = FeedQuery::parse(visit.query());
    if bad.is_empty() && query.canonical() != visit.query() {
        let address = match query.canonical() {
            canonical if canonical.is_empty() => ADDRESS.to_owned(),
            canonical => format!("{ADDRESS}?{canonical}"),
        };
        return Ok(Redirect::to(&address).into_response());
    }
    let zone = site.config.zone;
    let known = as_of_menu::instant(&mut query.as_of, &mut bad, visit.now, zone);
    let until = query.until.and_then(|day| as_of::last_instant(day, zone));
    let mut asked = Asked {
        from: query.since.and_then(|day| as_of::first_instant(day, zone)),
        to: match (until, known) {
            (Some(until), Some(known)) => Some(until.min(known)),
            (one, other) => one.or(other),
        },
        query,
    };
    let mut variables = send::variables(&asked.variables(bad.is_empty()))?;
    let first = send::read(site, visit, document(), variables.clone(), "ActivityPage").await?;
    let data: ActivityPage = match first {
        Outcome::Data(data) => data,
        // A cursor or an import that is none.
        Outcome::Refused(_) => {
            let place = asked
                .query
                .place
                .take()
                .map(|(side, cursor)| (side.name(), cursor));
            let import = asked.query.import.take().map(|id| ("import", id));
            bad.extend(place.or(import).map(|(name, value)| Bad {
                name: name.to_owned(),
                value,
            }));
            variables = send::variables(&asked.variables(false))?;
            send::read_record(site, visit, document(), variables.clone(), "ActivityPage").await?
        }
    };
    let mut query = asked.query;
    let viewer = data.viewer.ok_or(Problem::SignIn)?;
    take_unknown(&mut query, &mut bad, &data.users, data.import.is_some());
    let changes = data.activity.filter(|_| bad.is_empty());
    let is_understood = changes.is_some();
    let words = visit.words();
    let a = words.activity();
    let may_write = viewer.role.may_write() && query.as_of.is_none();
    let mut shell = Shell::new(site, visit, a.activity);
    shell.user = Some(viewer.menu(words));
    shell.query_link = Some(query_link(&document(), &variables, "ActivityPage"));
    shell.as_of = None;
    if let Some(as_of) = query.as_of {
        shell.stand_as_of(as_of, zone);
    }
    let today = visit.now.with_timezone(&zone).date_naive();
    let as_of_menu = AsOfMenu::new(
        ADDRESS,
        query.with(|_| {}).carried(),
        query.as_of,
        (today, zone),
        words,
        |as_of| query.with(|q| q.as_of = Some(as_of)).link(&[]),
    );
    let page = Page {
        a,
        s: words.startup(),
        said: query.is_undone.then_some(words.startup().said_undone),
        menus: menus(&query, &data.users, words),
        period: period(&query, today, words),
        as_of_menu,
        chips: chips(&query, &bad, &data.users, data.import.as_ref(), words),
        clear_link: query.cleared().link(&[]),
        may_write,
        back: query.link(&[]),
        body: match changes {
            None => Body::Bad,
            Some(changes) if changes.nodes.is_empty() => Body::Nothing {
                is_narrowed: query.is_narrowed() || query.place.is_some() || query.as_of.is_some(),
            },
            Some(changes) => Body::Days {
                pages: Pages::new(&query, &changes.page_info),
                days: days(changes.nodes, &shell, site, visit),
            },
        },
        shell,
    };
    let status = if is_understood {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    problem::page(status, visit.language.tag(), &page)
}

/// Who is no user, and an import that is none, would match nothing, in silence.
fn take_unknown(query: &mut FeedQuery, bad: &mut Vec<Bad>, users: &[UserName], has_import: bool) {
    let mut unknown = Vec::new();
    query.actors.retain(|id| {
        let is_known = users.iter().any(|user| user.id.inner() == id);
        if !is_known {
            unknown.push(("actor", id.clone()));
        }
        is_known
    });
    if !has_import {
        unknown.extend(query.import.take().map(|id| ("import", id)));
    }
    bad.extend(unknown.into_iter().map(|(name, value)| Bad {
        name: name.to_owned(),
        value,
    }));
}

impl Pages {
    fn new(query: &FeedQuery, info: &PageInfo) -> Self {
        let beside = |side: Side, is_there: bool, cursor: &Option<String>| {
            let cursor = cursor.clone().filter(|_| is_there)?;
            Some(query.with(|q| q.place = Some((side, cursor))).link(&[]))
        };
        Self {
            newest: query.place.is_some().then(|| query.with(|_| {}).link(&[])),
            newer: beside(Side::Before, info.has_previous_page, &info.start_cursor),
            older: beside(Side::After, info.has_next_page, &info.end_cursor),
        }
    }
}

/// The changes, day by day.
fn days(changes: Vec<Change>, shell: &Shell, site: &Site, visit: &Visit) -> Vec<Day> {
    let zone = site.config.zone;
    let mut days: Vec<Day> = Vec::new();
    for Change { line, place } in changes {
        let at = line.at;
        let day = at.with_timezone(&zone).date_naive();
        let exact = fmt::table_date(day);
        let (link, startup) = match place {
            Some(place) => place.told(),
            None => (line.checklist_link(), None),
        };
        let row = Row {
            change: line.view(site, visit),
            time: fmt::time(at, zone),
            link: link.map(|link| shell.keep(&link)),
            startup,
        };
        match days.last_mut() {
            Some(last) if last.exact == exact => last.rows.push(row),
            _ => days.push(Day {
                exact,
                text: fmt::date(day, visit.language),
                rows: vec![row],
            }),
        }
    }
    days
}

impl ActivityLine {
    /// An item of a checklist is no record: the list of its startup shows it.
    fn checklist_link(&self) -> Option<String> {
        let startup = self.after.as_ref()?.0.get("startupId")?.as_str()?;
        (self.verb == CHECKLIST).then(|| format!("{}/checklist", crate::startup::path(startup)))
    }
}

fn toggle<T: Ord>(set: &mut std::collections::BTreeSet<T>, one: T) {
    if !set.remove(&one) {
        set.insert(one);
    }
}

fn choice(text: &str, query: &FeedQuery, is_chosen: bool) -> Choice {
    Choice {
        text: text.to_owned(),
        link: query.link(&[]),
        depth: 0,
        is_chosen,
    }
}

fn menus(query: &FeedQuery, users: &[UserName], words: &Words) -> Vec<Menu> {
    let a = words.activity();
    let anybody = choice(
        a.anybody,
        &query.with(|q| q.actors.clear()),
        query.actors.is_empty(),
    );
    let people = users.iter().map(|user| {
        let id = user.id.inner();
        choice(
            &user.name,
            &query.with(|q| toggle(&mut q.actors, id.to_owned())),
            query.actors.contains(id),
        )
    });
    let anything = choice(
        a.anything,
        &query.with(|q| q.kinds.clear()),
        query.kinds.is_empty(),
    );
    let kinds = Kind::ALL.into_iter().map(|kind| {
        choice(
            kind.word(a),
            &query.with(|q| toggle(&mut q.kinds, kind)),
            query.kinds.contains(&kind),
        )
    });
    vec![
        Menu {
            name: a.who,
            set: query.actors.len(),
            is_data: true,
            choices: std::iter::once(anybody).chain(people).collect(),
        },
        Menu {
            name: a.what,
            set: query.kinds.len(),
            is_data: false,
            choices: std::iter::once(anything).chain(kinds).collect(),
        },
    ]
}

fn period(query: &FeedQuery, today: NaiveDate, words: &Words) -> Period {
    let a = words.activity();
    let back = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let of = |text: &str, since: Option<NaiveDate>| {
        let with = query.with(|q| {
            q.since = since;
            q.until = None;
        });
        let is_chosen = query.since == since && query.until.is_none();
        choice(text, &with, is_chosen)
    };
    let day = |day: Option<NaiveDate>| day.map(fmt::table_date).unwrap_or_default();
    Period {
        said: match (query.since, query.until) {
            (None, None) => String::new(),
            (since, until) => format!("{}–{}", day(since), day(until)),
        },
        choices: vec![
            of(a.all_days, None),
            of(words.work().today, Some(today)),
            of(a.last_7, Some(back(6))),
            of(a.last_30, Some(back(29))),
        ],
        kept: query
            .with(|q| {
                q.since = None;
                q.until = None;
            })
            .carried(),
        since: day(query.since),
        until: day(query.until),
    }
}

fn chips(
    query: &FeedQuery,
    bad: &[Bad],
    users: &[UserName],
    import: Option<&ImportName>,
    words: &Words,
) -> Vec<Chip> {
    let a = words.activity();
    let colon = |field: &str, value: &str| match words.language {
        Language::En => format!("{field}: {value}"),
        Language::Zh => format!("{field}：{value}"),
    };
    let mut chips = Vec::new();
    let mut chip = |field: &str, value: &str, less: FeedQuery| {
        chips.push(Chip {
            text: colon(field, value),
            remove: less.link(bad),
            is_bad: false,
        });
    };
    for id in &query.actors {
        let user = users.iter().find(|user| user.id.inner() == id);
        let name = user.map_or(id.as_str(), |user| user.name.as_str());
        chip(a.who, name, query.with(|q| _ = q.actors.remove(id)));
    }
    for kind in &query.kinds {
        chip(a.what, kind.word(a), query.with(|q| _ = q.kinds.remove(kind)));
    }
    if let Some(import) = import.filter(|_| query.import.is_some()) {
        chip(a.import, import.name(), query.with(|q| q.import = None));
    }
    if let Some(day) = query.since {
        let said = fmt::date(day, words.language);
        chip(a.since, &said, query.with(|q| q.since = None));
    }
    if let Some(day) = query.until {
        let said = fmt::date(day, words.language);
        chip(a.until, &said, query.with(|q| q.until = None));
    }
    for (i, mistake) in bad.iter().enumerate() {
        let mut others = bad.to_vec();
        others.remove(i);
        let name = match mistake.name.as_str() {
            "actor" => a.who,
            "kind" => a.what,
            "import" => a.import,
            "since" => a.since,
            "until" => a.until,
            "after" | "before" => words.page_position,
            as_of::PARAMETER => words.as_of,
            "display" => words.display,
            "lang" => words.language_choice,
            other => other,
        };
        chips.push(Chip {
            text: colon(name, &mistake.value),
            remove: query.link(&others),
            is_bad: true,
        });
    }
    chips
}
