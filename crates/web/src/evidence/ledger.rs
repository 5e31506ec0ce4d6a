//! The ledger of a startup: every record with its source, its grade's history, and what became of it.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
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
}

/// A change of a grade as the page draws it.
pub(crate) struct ReviewView {
    pub(crate) from_style: &'static str,
    pub(crate) from: &'static str,
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
            history: self
                .grade_history
                .into_iter()
                .map(|review| ReviewView {
                    from_style: review.from.style(),
                    from: review.from.word(words),
                    to_style: review.to.style(),
                    to: review.to.word(words),
                    day: day_of(review.at),
                    day_exact: review.at.to_rfc3339_opts(SecondsFormat::Secs, true),
                    who: who(review.by),
                    checked: review.checked,
                })
                .collect(),
            overtaken_by,
            superseded_by: self.superseded_by.map(|record| record.id.into_inner()),
            supersedes: self.supersedes.map(|record| record.id.into_inner()),
            retracted: self
                .retracted_at
                .map(|at| w.retracted_because(&day_of(at), self.retraction_reason.as_deref().unwrap_or("—"))),
            id: self.id.into_inner(),
        }
    }
}
