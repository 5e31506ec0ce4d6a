//! What stands around every page: head, bar, footer.

use chrono_tz::Tz;
use url::form_urlencoded;

use crate::as_of::{self, AsOf, AsOfBar};
use crate::keys::{PLACES, Place};
use crate::viewer::LiveReview;
use crate::visit::{Theme, Visit};
use crate::words::Words;
use crate::{Demo, Language, Site, fmt};

/// The frame of one page, as `layout.html` draws it.
pub(crate) struct Shell {
    pub(crate) words: &'static Words,
    pub(crate) theme: Theme,
    pub(crate) single_keys: bool,
    pub(crate) projector: bool,
    pub(crate) print: bool,
    pub(crate) title: String,
    pub(crate) user: Option<UserMenu>,
    pub(crate) section: Section,
    /// The way here, the page itself last. One step is no way and is not drawn.
    pub(crate) crumbs: Vec<Crumb>,
    /// Where a choice of language or theme comes back to.
    pub(crate) back: String,
    pub(crate) zone: String,
    pub(crate) version: String,
    pub(crate) printed_at: String,
    pub(crate) query_link: Option<String>,
    /// Set where the page is asked for the past: it shows it, or says that it shows now.
    pub(crate) as_of: Option<AsOfBar>,
    /// Set where the workspace is the demonstration: a bar on every page says so.
    pub(crate) demo: Option<Demo>,
    /// Whether the page stands alone, for a room: no bar, no way here, no foot.
    pub(crate) is_bare: bool,
    /// Whether a script asks for the page's content alone, to change what is shown in place.
    pub(crate) is_part: bool,
    /// What the page shows and follows: kinds of records, and ids.
    pub(crate) follows: Vec<String>,
    /// Which record the page's form changes, and where it is shown.
    pub(crate) record: Option<(String, String)>,
}

/// Who is signed in.
pub(crate) struct UserMenu {
    pub(crate) name: String,
    pub(crate) role: &'static str,
    /// Whether forms that write are for them.
    pub(crate) may_write: bool,
    pub(crate) live_reviews: Vec<LiveReview>,
}

/// Which entry of the bar a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Home,
    Startups,
    Pipeline,
    Matrix,
    Hype,
    Analytics,
    Reviews,
    Providers,
    Theses,
    Search,
    Other,
}

/// A step on the way to a page.
pub(crate) struct Crumb {
    pub(crate) name: String,
    /// None for the page itself.
    pub(crate) link: Option<String>,
}

impl Shell {
    /// The frame for a page by its name; what else it shows is set by the page.
    pub(crate) fn new(site: &Site, visit: &Visit, page: &str) -> Self {
        let words = visit.words();
        let today = visit.now.with_timezone(&site.config.zone).date_naive();
        Self {
            words,
            theme: visit.theme,
            single_keys: visit.single_keys,
            projector: visit.projector,
            print: visit.print,
            title: words.page_title(page),
            user: None,
            section: Section::Other,
            crumbs: Vec::new(),
            back: visit.lasting_address(),
            zone: site.config.zone.name().to_owned(),
            version: site.config.version.clone(),
            printed_at: format!(
                "{} {}",
                fmt::date(today, words.language),
                fmt::time(visit.now, site.config.zone)
            ),
            query_link: None,
            as_of: visit
                .parameter(as_of::PARAMETER)
                .as_deref()
                .and_then(AsOf::read)
                .map(|as_of| AsOfBar::now(as_of, &visit.lasting_address(), words)),
            demo: site.doors.demo(),
            is_bare: false,
            is_part: visit.is_part,
            follows: Vec::new(),
            record: None,
        }
    }

    /// Whether the page hears what others change: not where it shows the past.
    pub(crate) fn is_live(&self) -> bool {
        self.user.is_some() && self.as_of.is_none()
    }

    /// Has the page follow changes of these kinds of records, or of these records and what belongs to them.
    pub(crate) fn follow(&mut self, what: &[&str]) {
        self.follows = what.iter().map(|&one| one.to_owned()).collect();
    }

    /// Whether the page is the bar's entry of startups.
    pub(crate) fn is_startups(&self) -> bool {
        self.section == Section::Startups
    }

    /// Whether the page is the bar's entry of one's own work.
    pub(crate) fn is_home(&self) -> bool {
        self.section == Section::Home
    }

    /// Says that the page shows the past that it is asked for.
    pub(crate) fn stand_as_of(&mut self, as_of: AsOf, zone: Tz) {
        let (bar, mark) = AsOfBar::past(as_of, &self.back, zone, self.words);
        self.title = format!("{mark} {}", self.title);
        self.as_of = Some(bar);
    }

    /// Whether quick add is offered: to who may write, and not in the past.
    pub(crate) fn may_add(&self) -> bool {
        !self.is_past() && self.user.as_ref().is_some_and(|user| user.may_write)
    }

    /// The meetings that its reader attends right now, which the past does not know; none where no bar is drawn.
    pub(crate) fn live_reviews(&self) -> &[LiveReview] {
        match &self.user {
            Some(user) if self.is_live() && !self.is_bare => &user.live_reviews,
            Some(_) | None => &[],
        }
    }

    /// Whether the page shows the past: then nothing on it writes.
    pub(crate) fn is_past(&self) -> bool {
        self.as_of.as_ref().is_some_and(|bar| bar.is_past)
    }

    /// A link of this site that stays in the past, if this page is asked for it.
    pub(crate) fn keep(&self, link: &str) -> String {
        AsOf::keep(self.as_of.as_ref().map(|bar| bar.as_of), link)
    }

    /// The pages to which `g` and a letter go, as the script reads them.
    pub(crate) fn places(&self) -> String {
        let place = |place: &Place| {
            let kept = place.keeps_day.then(|| self.keep(place.address));
            format!("{}={}", place.key, kept.as_deref().unwrap_or(place.address))
        };
        PLACES.iter().map(place).collect::<Vec<_>>().join(" ")
    }

    /// Whether the page is the bar's entry of the board.
    pub(crate) fn is_pipeline(&self) -> bool {
        self.section == Section::Pipeline
    }

    /// Whether the page is the bar's entry of the hype map.
    pub(crate) fn is_hype(&self) -> bool {
        self.section == Section::Hype
    }

    /// Whether the page is the bar's entry of the matrix.
    pub(crate) fn is_matrix(&self) -> bool {
        self.section == Section::Matrix
    }

    /// Whether the page is the bar's entry of analytics.
    pub(crate) fn is_analytics(&self) -> bool {
        self.section == Section::Analytics
    }

    /// Whether the page is the bar's entry of meetings.
    pub(crate) fn is_reviews(&self) -> bool {
        self.section == Section::Reviews
    }

    /// Whether the page is the bar's entry of providers.
    pub(crate) fn is_providers(&self) -> bool {
        self.section == Section::Providers
    }

    /// Whether the page is the bar's entry of theses and capabilities.
    pub(crate) fn is_theses(&self) -> bool {
        self.section == Section::Theses
    }

    /// Whether the page is the bar's entry of the search.
    pub(crate) fn is_search(&self) -> bool {
        self.section == Section::Search
    }

    pub(crate) fn is_language(&self, code: &str) -> bool {
        self.words.language.code() == code
    }

    /// `lang` for a name in the other language, empty for one in the page's.
    pub(crate) fn other_language(&self, name: &str) -> &'static str {
        let language = Language::of_name(name);
        if language == self.words.language {
            ""
        } else {
            language.tag()
        }
    }
}

/// The way to a page: from a list, past a record where there is one, to the page itself by its name.
pub(crate) fn way((list, address): (&str, &str), record: Option<(&str, &str)>, here: &str) -> Vec<Crumb> {
    let step = |name: &str, link: Option<&str>| Crumb {
        name: name.to_owned(),
        link: link.map(str::to_owned),
    };
    let mut steps = vec![step(list, Some(address))];
    steps.extend(record.map(|(name, link)| step(name, Some(link))));
    steps.push(step(here, None));
    steps
}

/// The way to a page of a list: none to the list itself; to one of its records, or to `here` behind it.
pub(crate) fn way_from(list: (&str, &str), record: Option<(&str, &str)>, here: Option<&str>) -> Vec<Crumb> {
    match (record, here) {
        (None, None) => Vec::new(),
        (Some((name, _)), None) => way(list, None, name),
        (record, Some(here)) => way(list, record, here),
    }
}

/// The address where a page's document and variables can be looked at and run again.
pub(crate) fn query_link(document: &str, variables: &serde_json::Value, operation: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("query", document)
        .append_pair("variables", &format!("{variables:#}"))
        .append_pair("operationName", operation)
        .finish();
    format!("/graphql?{query}")
}
