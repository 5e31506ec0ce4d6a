//! What conviction is made of, as pages show it: flags with their reasons, questions worth asking, contributions.

use std::collections::HashSet;

use rust_decimal::Decimal;

use crate::evidence::{EvidenceKind, EvidenceLine, Grade};
use crate::words::Words;
use crate::{fmt, schema};

vocabulary! {
    /// What a kind of evidence tells of, in the rubric's order.
    EvidenceGroup {
        Money = "MONEY", group_money;
        Loyalty = "LOYALTY", group_loyalty;
        Reach = "REACH", group_reach;
        Interest = "INTEREST", group_interest;
    }
}

vocabulary! {
    /// A derived warning: the refuted claim first, then the hard ones, then those to watch, then notes.
    Flag {
        RefutedClaim = "REFUTED_CLAIM", flag_refuted_claim;
        NoRealUsers = "NO_REAL_USERS", flag_no_real_users;
        NoNeed = "NO_NEED", flag_no_need;
        RelabelledAi = "RELABELLED_AI", flag_relabelled_ai;
        HypeGap = "HYPE_GAP", flag_hype_gap;
        ThinWrapper = "THIN_WRAPPER", flag_thin_wrapper;
        SingleProvider = "SINGLE_PROVIDER", flag_single_provider;
        StaleEvidence = "STALE_EVIDENCE", flag_stale_evidence;
        DecliningUse = "DECLINING_USE", flag_declining_use;
        ComputeUnproven = "COMPUTE_UNPROVEN", flag_compute_unproven;
        CheckRoute = "CHECK_ROUTE", flag_check_route;
        NoRate = "NO_RATE", flag_no_rate;
    }
}

impl Flag {
    /// The name of its glyph and of its style.
    pub(crate) fn style(self) -> &'static str {
        match self {
            Self::RefutedClaim | Self::NoRealUsers | Self::NoNeed | Self::RelabelledAi => "hard",
            Self::HypeGap
            | Self::ThinWrapper
            | Self::SingleProvider
            | Self::StaleEvidence
            | Self::DecliningUse
            | Self::ComputeUnproven => "watch",
            Self::CheckRoute | Self::NoRate => "note",
        }
    }
}

/// A flag that is raised, without its reason.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "FlagReason")]
pub(crate) struct RaisedFlag {
    pub(crate) flag: Flag,
}

/// The flags of one weight.
pub(crate) struct Mark {
    pub(crate) style: &'static str,
    pub(crate) count: usize,
    /// The weight and the flags' names.
    pub(crate) names: String,
}

/// The flags by weight, as lists show them.
pub(crate) fn marks(flags: impl Iterator<Item = Flag>, words: &Words) -> Vec<Mark> {
    let l = words.list();
    let mut flags: Vec<Flag> = flags.collect();
    flags.sort_unstable();
    [("hard", l.hard), ("watch", l.watch), ("note", l.note)]
        .into_iter()
        .filter_map(|(style, weight)| {
            let names: Vec<&str> = flags
                .iter()
                .filter(|flag| flag.style() == style)
                .map(|flag| flag.word(words))
                .collect();
            (!names.is_empty()).then(|| Mark {
                style,
                count: names.len(),
                names: l.weighted(weight, &names.join(words.comma())),
            })
        })
        .collect()
}

/// Everything that the formula says of a startup at an instant.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct Assessment {
    pub(crate) conviction: Option<Decimal>,
    pub(crate) best_grade: Option<Grade>,
    /// What the records add up to before words are cut.
    pub(crate) all: Decimal,
    pub(crate) demand: Decimal,
    pub(crate) proven: Decimal,
    pub(crate) claimed_demand: Decimal,
    pub(crate) hype_gap: Decimal,
    pub(crate) hype_share: Option<Decimal>,
    pub(crate) multiplier: Multiplier,
    pub(crate) contributions: Vec<Contribution>,
    pub(crate) overtaken: Vec<Overtaken>,
    pub(crate) flags: Vec<FlagReason>,
    pub(crate) rubric_version: i32,
}

/// What AI can do with the demand, and why.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct Multiplier {
    pub(crate) value: Decimal,
    pub(crate) reasons: Vec<String>,
}

/// A standing record with the factors of its contribution.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct Contribution {
    pub(crate) group: EvidenceGroup,
    pub(crate) grade: Grade,
    pub(crate) counts: bool,
    pub(crate) weight: Decimal,
    pub(crate) strength: Decimal,
    pub(crate) credence: Decimal,
    pub(crate) freshness: Decimal,
    pub(crate) age_days: i32,
    /// weight × strength × credence × freshness.
    #[cynic(rename = "contribution")]
    pub(crate) amount: Decimal,
    /// What of it comes to what the groups before leave open; nothing where it does not count.
    pub(crate) adds: Decimal,
    pub(crate) explanation: String,
    pub(crate) evidence: LinkedRecord,
}

/// A record that a newer one of its series replaces.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct Overtaken {
    pub(crate) evidence: LinkedRecord,
    pub(crate) by: LinkedRecord,
}

/// A record that a figure or a flag rests on.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Evidence")]
pub(crate) struct LinkedRecord {
    pub(crate) id: cynic::Id,
    #[cynic(spread)]
    pub(crate) line: EvidenceLine,
}

/// A raised flag.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct FlagReason {
    pub(crate) flag: Flag,
    pub(crate) reason: String,
    pub(crate) evidence: Vec<LinkedRecord>,
}

/// A question, and what its answer would do.
#[derive(Clone, Debug, cynic::QueryFragment)]
pub(crate) struct Ask {
    pub(crate) kind: EvidenceKind,
    pub(crate) grade: Grade,
    pub(crate) question: String,
    pub(crate) example: String,
    pub(crate) conviction_now: Option<Decimal>,
    pub(crate) conviction_then: Decimal,
}

/// A record as a link to its place on the page.
pub(crate) struct RecordLink {
    pub(crate) link: String,
    pub(crate) label: String,
    pub(crate) figure: String,
    pub(crate) style: &'static str,
    pub(crate) grade: &'static str,
    pub(crate) is_struck: bool,
}

/// Where the records of a startup are found, whose ledger fills several pages.
pub(crate) struct Places {
    /// The startup's page.
    pub(crate) path: String,
    /// The records on the page that is shown.
    pub(crate) here: HashSet<String>,
    /// Whether that is the ledger's first.
    pub(crate) is_first: bool,
}

impl Places {
    /// The link to a record.
    pub(crate) fn link(&self, id: &str) -> String {
        let anchor = crate::startup::anchor(id);
        if self.here.contains(id) {
            format!("#{anchor}")
        } else if self.is_first {
            // Further down than this page: to the ledger, which leads on.
            "#evidence".to_owned()
        } else {
            format!("{}#{anchor}", self.path)
        }
    }
}

impl LinkedRecord {
    pub(crate) fn view(&self, places: &Places, words: &Words) -> RecordLink {
        RecordLink {
            link: places.link(self.id.inner()),
            label: self.line.label(words),
            figure: self.line.figure(words),
            style: self.line.grade.style(),
            grade: self.line.grade.word(words),
            is_struck: self.line.grade == Grade::Refuted,
        }
    }
}

/// A flag as the page draws it.
pub(crate) struct FlagView {
    pub(crate) style: &'static str,
    pub(crate) name: &'static str,
    pub(crate) reason: String,
    pub(crate) records: Vec<RecordLink>,
}

/// The flags in the order of their weight, whatever order the server keeps.
pub(crate) fn flags(mut flags: Vec<FlagReason>, places: &Places, words: &Words) -> Vec<FlagView> {
    flags.sort_by_key(|reason| reason.flag);
    flags
        .into_iter()
        .map(|reason| FlagView {
            style: reason.flag.style(),
            name: reason.flag.word(words),
            records: reason
                .evidence
                .iter()
                .map(|record| record.view(places, words))
                .collect(),
            reason: reason.reason,
        })
        .collect()
}

/// A question as the page draws it.
pub(crate) struct AskView {
    pub(crate) question: String,
    pub(crate) example: String,
    pub(crate) style: &'static str,
    pub(crate) grade: &'static str,
    pub(crate) kind: &'static str,
    /// What conviction is and would be: `28.5`, `32.7`.
    pub(crate) now: String,
    pub(crate) then: String,
    /// Where the answer is entered.
    pub(crate) link: String,
}

impl Ask {
    pub(crate) fn view(self, path: &str, words: &Words) -> AskView {
        AskView {
            style: self.grade.style(),
            grade: self.grade.word(words),
            kind: self.kind.word(words),
            now: self
                .conviction_now
                .map_or_else(|| "—".to_owned(), fmt::conviction),
            then: fmt::conviction(self.conviction_then),
            link: format!("{path}/evidence/new?kind={}", self.kind.code()),
            question: self.question,
            example: self.example,
        }
    }
}

/// The questions, numbered, under the startup's name.
pub(crate) fn ask_text(name: &str, asks: &[Ask], words: &Words) -> String {
    let mut lines = vec![words.why().questions_for(name)];
    lines.extend(
        (1..)
            .zip(asks)
            .map(|(number, ask)| format!("{number}. {}", ask.question)),
    );
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language::{En, Zh};

    #[test]
    fn the_refuted_claim_comes_first_then_hard_flags_then_those_to_watch_then_notes() {
        let mut all: Vec<FlagReason> = Flag::ALL
            .iter()
            .map(|flag| FlagReason {
                flag: *flag,
                reason: flag.code().to_owned(),
                evidence: Vec::new(),
            })
            .collect();
        all.reverse();
        let nowhere = Places {
            path: String::new(),
            here: HashSet::new(),
            is_first: true,
        };
        let views = flags(all, &nowhere, Words::of(En));
        assert_eq!(views[0].name, "Refuted claim");
        let styles: Vec<&str> = views.iter().map(|view| view.style).collect();
        assert_eq!(
            styles,
            [["hard"; 4].as_slice(), &["watch"; 6], &["note"; 2]].concat()
        );
    }

    #[test]
    fn a_record_is_linked_where_it_stands() {
        let places = |is_first| Places {
            path: "/startups/startup_a".to_owned(),
            here: HashSet::from(["evidence_x".to_owned()]),
            is_first,
        };
        let table = [
            (true, "evidence_x", "#ev-x"),
            (false, "evidence_x", "#ev-x"),
            (true, "evidence_old", "#evidence"),
            (false, "evidence_new", "/startups/startup_a#ev-new"),
        ];
        for (is_first, id, link) in table {
            assert_eq!(places(is_first).link(id), link, "{id}");
        }
    }

    #[test]
    fn a_question_says_what_conviction_would_become_and_where_its_answer_goes() {
        let ask = Ask {
            kind: EvidenceKind::PayingCustomers,
            grade: Grade::Verified,
            question: "May we call some?".to_owned(),
            example: "Verified, 20 paying customers".to_owned(),
            conviction_now: None,
            conviction_then: "32.7".parse().unwrap(),
        };
        let view = ask.clone().view("/startups/startup_a", Words::of(Zh));
        assert_eq!((view.now.as_str(), view.then.as_str()), ("—", "32.7"));
        assert_eq!((view.kind, view.grade), ("付费客户", "已核实"));
        assert_eq!(
            view.link,
            "/startups/startup_a/evidence/new?kind=PAYING_CUSTOMERS"
        );
        let known = Ask {
            conviction_now: Some("28.5".parse().unwrap()),
            ..ask
        };
        assert_eq!(known.view("", Words::of(En)).now, "28.5");
    }
}
