//! The ledger of a startup: every record with its source, its grade's history, and what became of it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use chrono_tz::Tz;

use super::{EvidenceLine, EvidenceSource, Grade};
use crate::activity::Author;
use crate::answer::Url;
use crate::document::DocumentName;
use crate::words::Words;
use crate::{fmt, schema};

/// A record with all that is known of it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Evidence")]
pub(crate) struct LedgerRecord {
    pub(crate) id: cynic::Id,
    #[cynic(spread)]
    pub(crate) line: EvidenceLine,
    segment: Option<String>,
    period_start: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    source: EvidenceSource,
    supplied_by: Option<String>,
    source_url: Option<Url>,
    note: Option<String>,
    recorded_at: DateTime<Utc>,
    recorded_by: Option<Author>,
    retracted_at: Option<DateTime<Utc>>,
    retraction_reason: Option<String>,
    superseded_by: Option<RecordId>,
    supersedes: Option<RecordId>,
    documents: Vec<DocumentName>,
    grade_history: Vec<ReviewLine>,
}

/// Another record of the ledger.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Evidence")]
struct RecordId {
    id: cynic::Id,
}

/// A change of a grade.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "EvidenceReview")]
struct ReviewLine {
    at: DateTime<Utc>,
    by: Option<Author>,
    checked: String,
    from: Grade,
    to: Grade,
}

/// A record as the page draws it.
pub(crate) struct RecordView {
    pub(crate) id: String,
    pub(crate) style: &'static str,
    pub(crate) grade: &'static str,
    pub(crate) label: String,
    pub(crate) figure: String,
    pub(crate) exact: String,
    pub(crate) is_struck: bool,
    pub(crate) day: String,
    pub(crate) day_exact: String,
    /// Sample, segment, period, term: what tells it from others of its kind.
    pub(crate) details: Vec<String>,
    pub(crate) source: &'static str,
    pub(crate) source_link: Option<String>,
    pub(crate) source_place: String,
    pub(crate) supplied_by: Option<String>,
    pub(crate) recorded: String,
    pub(crate) note: Option<String>,
    pub(crate) documents: Vec<DocumentName>,
    pub(crate) history: Vec<ReviewView>,
    pub(crate) superseded_by: Option<String>,
    /// The link to the newer figure that counts in its place.
    pub(crate) overtaken_by: Option<String>,
    pub(crate) supersedes: Option<String>,
    /// When and why it was withdrawn.
    pub(crate) retracted: Option<String>,
    /// The older figures that it replaces, as far as they are on the page.
    pub(crate) older: Vec<RecordView>,
}

/// A change of a grade as the page draws it.
pub(crate) struct ReviewView {
    pub(crate) from_style: &'static str,
    pub(crate) from: &'static str,
    /// Since when it had the grade before.
    pub(crate) from_day: String,
    pub(crate) from_exact: String,
    pub(crate) to_style: &'static str,
    pub(crate) to: &'static str,
    pub(crate) day: String,
    pub(crate) day_exact: String,
    pub(crate) who: String,
    pub(crate) checked: String,
}

impl RecordView {
    /// The name of its place on the page.
    pub(crate) fn anchor(&self) -> String {
        crate::startup::anchor(&self.id)
    }

    /// Whether it counts for nothing any more.
    pub(crate) fn is_gone(&self) -> bool {
        self.retracted.is_some() || self.superseded_by.is_some()
    }

    /// Whether its grade may still be reviewed, and it may be withdrawn.
    pub(crate) fn is_open(&self) -> bool {
        self.retracted.is_none()
    }
}

impl LedgerRecord {
    /// The record as drawn; `overtaken_by` leads to the newer figure that counts in its place, if one does.
    pub(crate) fn view(self, overtaken_by: Option<String>, zone: Tz, words: &Words) -> RecordView {
        let w = words.startup();
        let language = words.language;
        let day_of = |at: DateTime<Utc>| fmt::date(at.with_timezone(&zone).date_naive(), language);
        let who = |by: Option<Author>| by.map_or(w.the_program.to_owned(), |author| author.name);
        let line = &self.line;
        let mut details = Vec::new();
        // Good calls say their sample in the figure.
        if let Some(sample) = line
            .sample_size
            .filter(|_| line.kind != super::EvidenceKind::CustomerReferences)
        {
            details.push(w.sample(&fmt::exact(sample.into())));
        }
        details.extend(self.segment.map(|segment| w.segment_of(&segment)));
        details.extend(
            self.period_start
                .map(|start| w.period_from(&fmt::table_date(start))),
        );
        details.extend(
            self.valid_until
                .map(|until| w.in_force_until(&fmt::table_date(until))),
        );
        let link = self.source_url.clone().and_then(Url::outside);
        RecordView {
            style: line.grade.style(),
            grade: line.grade.word(words),
            label: line.label(words),
            figure: line.figure(words),
            exact: line
                .value
                .map(|value| value.normalize().to_string())
                .unwrap_or_default(),
            is_struck: line.grade == Grade::Refuted
                || self.retracted_at.is_some()
                || self.superseded_by.is_some(),
            day: line.day(words),
            day_exact: fmt::table_date(line.observed_on),
            details,
            source: self.source.word(words),
            source_place: link
                .as_deref()
                .and_then(|link| url::Url::parse(link).ok())
                .and_then(|url| url.host_str().map(str::to_owned))
                .unwrap_or_default(),
            source_link: link,
            supplied_by: self.supplied_by.map(|who| w.supplied_by(&who)),
            recorded: w.recorded_by(&who(self.recorded_by), &day_of(self.recorded_at)),
            note: self.note,
            documents: self.documents,
            history: history(self.recorded_at, self.grade_history, zone, words),
            overtaken_by,
            superseded_by: self.superseded_by.map(|record| record.id.into_inner()),
            supersedes: self.supersedes.map(|record| record.id.into_inner()),
            retracted: self
                .retracted_at
                .map(|at| w.retracted_because(&day_of(at), self.retraction_reason.as_deref().unwrap_or("—"))),
            id: self.id.into_inner(),
            older: Vec::new(),
        }
    }
}

/// The turns of a record's grade: since when it had each, until when, by whom, upon what.
fn history(recorded_at: DateTime<Utc>, reviews: Vec<ReviewLine>, zone: Tz, words: &Words) -> Vec<ReviewView> {
    let language = words.language;
    let exact = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut since = recorded_at;
    let mut turns = Vec::new();
    for review in reviews {
        let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
        let (from, to) = (day(since), day(review.at));
        turns.push(ReviewView {
            from_style: review.from.style(),
            from: review.from.word(words),
            from_day: if from.year() == to.year() {
                fmt::short_date(from, language)
            } else {
                fmt::date(from, language)
            },
            from_exact: exact(since),
            to_style: review.to.style(),
            to: review.to.word(words),
            day: fmt::date(to, language),
            day_exact: exact(review.at),
            who: review
                .by
                .map_or(words.startup().the_program.to_owned(), |author| author.name),
            checked: review.checked,
        });
        since = review.at;
    }
    turns
}

/// The records with those that a newer figure replaces folded under it, where both are on the page; `by` says by which
/// each is replaced.
pub(crate) fn folded(records: Vec<RecordView>, by: &HashMap<String, String>) -> Vec<RecordView> {
    let here: HashSet<String> = records.iter().map(|record| record.id.clone()).collect();
    // The newest of its series: what replaces a record may itself be replaced.
    let newest_of = |id: &str| {
        let mut newest = id;
        for _ in 0..by.len() {
            match by.get(newest).filter(|next| here.contains(*next)) {
                Some(next) => newest = next,
                None => break,
            }
        }
        newest.to_owned()
    };
    let (mut shown, older): (Vec<RecordView>, Vec<RecordView>) = records
        .into_iter()
        .partition(|record| newest_of(&record.id) == record.id);
    for record in older {
        let newest = newest_of(&record.id);
        if let Some(over) = shown.iter_mut().find(|one| one.id == newest) {
            over.older.push(record);
        }
    }
    shown
}
