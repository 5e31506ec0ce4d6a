//! A deal as the board and the table show it.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use rust_decimal::Decimal;

use crate::as_of::AsOf;
use crate::assessment::{self, Mark, RaisedFlag};
use crate::deal::{DealStatus, GateCondition, MoneyRange, Round, Visibility, overridden, path};
use crate::evidence::Grade;
use crate::visit::Visit;
use crate::{Language, Site, fmt, schema};

/// A deal in a list.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Deal")]
pub(crate) struct DealCard {
    pub(crate) id: cynic::Id,
    title: String,
    version: i32,
    startup: CardStartup,
    stage: CardStage,
    status: DealStatus,
    round: Round,
    amount_sought: Option<MoneyRange>,
    days_in_stage: i32,
    is_stale: bool,
    next_step: Option<String>,
    next_step_due: Option<NaiveDate>,
    owner: Option<CardOwner>,
    visibility: Visibility,
    overridden: Vec<GateCondition>,
    updated_at: DateTime<Utc>,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct CardStartup {
    id: cynic::Id,
    name: String,
    best_grade: Option<Grade>,
    conviction: Option<Decimal>,
    flags: Vec<RaisedFlag>,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Stage")]
struct CardStage {
    key: String,
    name: String,
    name_zh: String,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "User")]
struct CardOwner {
    name: String,
}

/// A deal as the templates draw it.
pub(crate) struct CardView {
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) name: String,
    pub(crate) startup_path: String,
    pub(crate) version: i32,
    pub(crate) stage: String,
    pub(crate) stage_key: String,
    /// What became of it, unless it is active.
    pub(crate) status: Option<&'static str>,
    pub(crate) status_word: &'static str,
    pub(crate) age: Option<String>,
    pub(crate) is_stale: bool,
    pub(crate) best: Option<(&'static str, &'static str)>,
    pub(crate) conviction: Option<String>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) round: &'static str,
    pub(crate) is_round_known: bool,
    pub(crate) amount: Option<String>,
    pub(crate) next: Option<String>,
    /// The day by which it is due, exact and as shown.
    pub(crate) due: Option<(String, String)>,
    pub(crate) is_overdue: bool,
    pub(crate) owner: Option<(String, String)>,
    pub(crate) is_restricted: bool,
    pub(crate) overridden: Option<String>,
    pub(crate) updated: String,
    pub(crate) updated_exact: String,
    pub(crate) may_move: bool,
}

impl CardView {
    /// The round, where there is one to speak of.
    pub(crate) fn known_round(&self) -> Option<&'static str> {
        self.is_round_known.then_some(self.round)
    }
}

impl DealCard {
    pub(crate) fn view(self, site: &Site, visit: &Visit, as_of: Option<AsOf>, may_write: bool) -> CardView {
        let words = visit.words();
        let zone = site.config.zone;
        // What was due is judged by the day that is looked at.
        let now = as_of
            .and_then(|as_of| as_of.instant(visit.now, zone))
            .unwrap_or(visit.now);
        let today = now.with_timezone(&zone).date_naive();
        let is_active = self.status == DealStatus::Active;
        let is_final = matches!(self.status, DealStatus::Invested | DealStatus::Lost);
        let flags = self.startup.flags.iter().map(|raised| raised.flag);
        CardView {
            path: AsOf::keep(as_of, &path(self.id.inner())),
            startup_path: AsOf::keep(as_of, &crate::startup::path(self.startup.id.inner())),
            id: self.id.into_inner(),
            title: self.title,
            version: self.version,
            stage: match words.language {
                Language::En => self.stage.name,
                Language::Zh => self.stage.name_zh,
            },
            stage_key: self.stage.key,
            status: (!is_active).then(|| self.status.word(words)),
            status_word: self.status.word(words),
            age: is_active.then(|| words.pipeline().days(&fmt::exact(self.days_in_stage.into()))),
            is_stale: self.is_stale,
            best: self
                .startup
                .best_grade
                .map(|grade| (grade.style(), grade.word(words))),
            conviction: self.startup.conviction.map(fmt::conviction),
            marks: assessment::marks(flags, words),
            name: self.startup.name,
            round: self.round.word(words),
            is_round_known: self.round != Round::Unknown,
            amount: self.amount_sought.and_then(|range| {
                let range = MoneyRange {
                    as_found: range
                        .as_found
                        .filter(|_| range.low.is_none() && range.high.is_none()),
                    ..range
                };
                range.text(words.language)
            }),
            next: self.next_step.filter(|step| !step.trim().is_empty()),
            due: self
                .next_step_due
                .map(|day| (fmt::table_date(day), fmt::short_date(day, words.language))),
            is_overdue: is_active && self.next_step_due.is_some_and(|due| due < today),
            owner: self.owner.map(|owner| (initials(&owner.name), owner.name)),
            is_restricted: self.visibility == Visibility::Restricted,
            overridden: overridden(&self.overridden, words),
            updated: fmt::relative(self.updated_at, visit.now, zone, words.language),
            updated_exact: self.updated_at.to_rfc3339_opts(SecondsFormat::Secs, true),
            may_move: may_write && as_of.is_none() && !is_final,
        }
    }
}

/// `Ada Lovelace` is AL, `Partner 1` is P1, a name in Chinese its last two signs.
fn initials(name: &str) -> String {
    if Language::of_name(name) == Language::Zh {
        let signs: Vec<char> = name.chars().filter(|sign| !sign.is_whitespace()).collect();
        return signs[signs.len().saturating_sub(2)..].iter().collect();
    }
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn an_owner_is_two_signs() {
        for (name, short) in [
            ("Ada Lovelace", "AL"),
            ("Partner 1", "P1"),
            ("ren", "R"),
            ("欧阳娜娜", "娜娜"),
            ("孙", "孙"),
            ("", ""),
        ] {
            assert_eq!(initials(name), short, "{name}");
        }
    }
}
