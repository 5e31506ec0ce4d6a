//! What was talked about with or about a startup: meetings, calls, e-mails, notes.

use serde::{Deserialize, Serialize};

use crate::{
    DealId, Instant, InteractionId, Message, PersonId, Problem, Problems, StartupId, UserId,
    check::{NAME_LIMIT, bounded, distinct, optional, required},
};

crate::vocabulary::vocabulary! {
    /// How people were in touch.
    InteractionKind {
        /// They met.
        Meeting = "MEETING",
        /// They spoke from afar.
        Call = "CALL",
        /// By e-mail.
        Email = "EMAIL",
        /// By 微信 (`WeChat`).
        Wechat = "WECHAT",
        /// One of us wrote something down.
        Note = "NOTE",
    }
}

/// Something that was talked about. One of a deal is there for those who may see the deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "plain fields, described in the API")]
pub struct Interaction {
    pub id: InteractionId,
    pub startup_id: StartupId,
    pub deal_id: Option<DealId>,
    pub kind: InteractionKind,
    pub at: Instant,
    pub summary: String,
    /// Markdown, as it was written.
    pub body: Option<String>,
    pub participants: Vec<String>,
    pub person_ids: Vec<PersonId>,
    pub by: Option<UserId>,
    pub logged_at: Instant,
    pub version: i32,
}

/// A change of an interaction: a field left out stays as it is, `Some(None)` clears it. Where it belongs stays.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "the fields are those of Interaction")]
pub struct InteractionEdit {
    pub kind: Option<InteractionKind>,
    pub at: Option<Instant>,
    pub summary: Option<String>,
    pub body: Option<Option<String>>,
    pub participants: Option<Vec<String>>,
    pub person_ids: Option<Vec<PersonId>>,
}

/// Characters of the body of an interaction.
pub const BODY_LIMIT: usize = 50_000;
/// People who take part in one.
const PEOPLE_LIMIT: usize = 50;

impl Interaction {
    /// The interaction after an edit.
    #[must_use]
    pub fn edited(mut self, edit: InteractionEdit) -> Self {
        macro_rules! take { ($($field:ident),+) => {$(if let Some(value) = edit.$field { self.$field = value; })+} }
        take!(kind, at, summary, body, participants, person_ids);
        self
    }

    /// The interaction with blanks and repetitions taken out, if nothing is wrong with it. What is yet to come is a
    /// task, not an interaction.
    pub fn prepared(mut self, now: Instant) -> Result<Self, Vec<Problem>> {
        let mut wrong = Problems::default();
        wrong.push_if(self.at > now, || {
            Problem::invalid("at", Message::InstantInFuture { at: self.at, now })
        });
        self.summary = required(&self.summary, "summary", NAME_LIMIT, &mut wrong);
        self.body = optional(self.body, "body", BODY_LIMIT, &mut wrong);
        let participants = bounded(self.participants, "participants", PEOPLE_LIMIT, &mut wrong);
        self.participants = distinct(
            participants
                .into_iter()
                .enumerate()
                .map(|(n, name)| required(&name, &format!("participants.{n}"), NAME_LIMIT, &mut wrong)),
        );
        self.person_ids = distinct(bounded(self.person_ids, "people", PEOPLE_LIMIT, &mut wrong));
        wrong.into_result()?;
        Ok(self)
    }
}

/// A line for a text that has none of its own: its first line with words, without the signs of a heading or a list,
/// cut where it is long. None where it has no words.
pub fn summary_of(text: &str) -> Option<String> {
    const LIMIT: usize = 120;
    let signs = |c: char| matches!(c, '#' | '>' | '*' | '-' | '+' | '•' | '`' | '_') || c.is_whitespace();
    let line = text
        .lines()
        .map(|line| line.trim_start_matches(signs).trim())
        .find(|line| line.chars().any(char::is_alphanumeric))?;
    let mut cut: String = line.chars().take(LIMIT).collect();
    if cut.len() < line.len() {
        cut.truncate(cut.trim_end().len());
        cut.push('…');
    }
    Some(cut)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{ProblemCode, typed};

    fn now() -> Instant {
        "2024-07-31T04:00:00Z".parse().unwrap()
    }

    fn interaction() -> Interaction {
        Interaction {
            id: typed(Uuid::from_u128(1)),
            startup_id: typed(Uuid::from_u128(2)),
            deal_id: None,
            kind: InteractionKind::Call,
            at: now(),
            summary: " They want a pilot ".into(),
            body: Some("  \n".into()),
            participants: vec!["Li".into(), " Li ".into(), "Wang".into()],
            person_ids: vec![typed(Uuid::from_u128(3)), typed(Uuid::from_u128(3))],
            by: None,
            logged_at: now(),
            version: 1,
        }
    }

    #[test]
    fn blanks_and_repetitions_are_taken_out() {
        let ready = interaction().prepared(now()).unwrap();
        assert_eq!(ready.summary, "They want a pilot");
        assert_eq!(ready.body, None);
        assert_eq!(ready.participants, ["Li", "Wang"]);
        assert_eq!(ready.person_ids.len(), 1);
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once_each_at_its_place() {
        let wrong = Interaction {
            at: now() + chrono::TimeDelta::seconds(1),
            summary: "\t".into(),
            body: Some("x".repeat(BODY_LIMIT + 1)),
            participants: vec!["Li".into(), " ".into()],
            ..interaction()
        };
        let problems = wrong.prepared(now()).unwrap_err();
        let told: Vec<_> = problems.iter().map(|p| (p.code, p.field.join("."))).collect();
        assert_eq!(
            told,
            [
                (ProblemCode::Invalid, "at".to_owned()),
                (ProblemCode::Required, "summary".to_owned()),
                (ProblemCode::Invalid, "body".to_owned()),
                (ProblemCode::Required, "participants.1".to_owned()),
            ]
        );
    }

    #[test]
    fn more_people_than_a_meeting_has_are_refused() {
        let crowd = Interaction {
            participants: (0..51).map(|n| n.to_string()).collect(),
            ..interaction()
        };
        let problems = crowd.prepared(now()).unwrap_err();
        assert_eq!(problems[0].code, ProblemCode::Limit);
        assert_eq!(problems[0].message, Message::TooMany { count: 51, limit: 50 });
    }

    #[test]
    fn a_text_gives_its_first_line_with_words_as_its_summary() {
        assert_eq!(
            summary_of("\n---\n## Call with *Li*\nmore"),
            Some("Call with *Li*".into())
        );
        assert_eq!(
            summary_of("> - 他们有 20 家客户"),
            Some("他们有 20 家客户".into())
        );
        assert_eq!(summary_of(" \n***\n"), None);
        let long = summary_of(&"字".repeat(200)).unwrap();
        assert_eq!(long.chars().count(), 121);
        assert!(long.ends_with('…'));
    }
}
