//! Minutes of a meeting as Markdown, an item at a time, so that each reader gets those that are for him.

use chrono::NaiveDate;

use super::{DecisionKind, ReviewKind, Vote};
use crate::{Language, deal::PassReason, evidence::Grade};

/// What the minutes say of a meeting above its items. Names as they were.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "plain parts of the minutes")]
pub struct MinutesHead {
    pub title: String,
    pub kind: Option<ReviewKind>,
    /// Day and hour, as shown.
    pub when: String,
    pub presenter: Option<String>,
    pub attendees: Vec<String>,
}

/// What they say of an item.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "plain parts of the minutes")]
pub struct MinutesItem {
    pub startup: String,
    pub deal: String,
    /// Stage and status, as shown in the language.
    pub standing: String,
    pub reasons: Vec<String>,
    /// Conviction, and demand beside it; None with no evidence.
    pub conviction: Option<(String, String)>,
    pub best_grade: Option<Grade>,
    pub flags: Vec<String>,
    pub votes: Vec<(String, Vote, Option<String>)>,
    /// Who has no vote that counts, for a conflict of interest.
    pub recused: Vec<String>,
    /// Who declared one when it was decided already, so that the vote counts.
    pub declared_later: Vec<String>,
    pub tally: Option<String>,
    pub decision: Option<MinutesDecision>,
    pub tasks: Vec<MinutesTask>,
    pub notes: String,
}

/// What they say of a decision.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "plain parts of the minutes")]
pub struct MinutesDecision {
    pub kind: DecisionKind,
    pub stage: Option<String>,
    /// Of a pass.
    pub pass_reason: Option<PassReason>,
    pub rationale: String,
    pub by: Option<String>,
    pub overrode: Vec<String>,
    /// The day on which the deal is to be looked at again.
    pub revisit_on: Option<NaiveDate>,
    /// What brings it back by itself, in the language.
    pub revisit_when: Option<String>,
}

/// What they say of a task.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "plain parts of the minutes")]
pub struct MinutesTask {
    pub what: String,
    pub who: Option<String>,
    pub due: Option<NaiveDate>,
    pub is_done: bool,
    pub is_condition: bool,
}

const fn say(language: Language, en: &'static str, zh: &'static str) -> &'static str {
    match language {
        Language::En => en,
        Language::Zh => zh,
    }
}

/// Text of people's in a line of Markdown, so that it reads as it was written.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => {
                plain.push('\\');
                plain.push(sign);
            }
            '\n' | '\r' => plain.push(' '),
            sign => plain.push(sign),
        }
    }
    plain
}

impl MinutesHead {
    /// The head in a language.
    pub fn text(&self, language: Language) -> String {
        let mut text = format!("# {}\n\n", plain(&self.title));
        if let Some(kind) = self.kind {
            add!(text, "{} · {}\n", kind.name(language), self.when);
        }
        if let Some(presenter) = &self.presenter {
            add!(
                text,
                "\n{}{}\n",
                say(language, "Presenter: ", "主持："),
                plain(presenter)
            );
        }
        if !self.attendees.is_empty() {
            let names: Vec<String> = self.attendees.iter().map(|name| plain(name)).collect();
            add!(
                text,
                "\n{}{}\n",
                say(language, "Attendees: ", "出席："),
                names.join(say(language, ", ", "、"))
            );
        }
        text
    }
}

impl MinutesItem {
    /// The item in a language, without its number.
    pub fn text(&self, language: Language) -> String {
        let l = |en, zh| say(language, en, zh);
        let mut text = format!(
            "{} · {}\n\n{}\n",
            plain(&self.startup),
            plain(&self.deal),
            plain(&self.standing)
        );
        let mut list = |title: &str, lines: &[String]| {
            if !lines.is_empty() {
                add!(text, "\n**{title}**\n\n");
                for line in lines {
                    add!(text, "- {line}\n");
                }
            }
        };
        let quoted = |lines: &[String]| lines.iter().map(|line| plain(line)).collect::<Vec<_>>();
        list(l("Why here", "上会原因"), &quoted(&self.reasons));
        let grade = self.best_grade.map_or("–", |grade| grade_name(grade, language));
        let figures = match &self.conviction {
            Some((conviction, demand)) => format!(
                "{} {conviction}, {} {demand}, {} {grade}",
                l("conviction", "信念值"),
                l("demand", "需求"),
                l("best grade", "最高等级")
            ),
            None => l("no evidence yet", "尚无证据").to_owned(),
        };
        list(l("Figures", "数字"), &[figures]);
        list(l("Flags", "风险标记"), &quoted(&self.flags));
        let mut votes: Vec<String> = self
            .votes
            .iter()
            .map(|(who, vote, comment)| {
                let comment = comment
                    .as_ref()
                    .map_or_else(String::new, |comment| format!(" – {}", plain(comment)));
                format!("{}: {}{comment}", plain(who), vote.name(language))
            })
            .collect();
        votes.extend(
            self.tally
                .as_deref()
                .filter(|_| !self.votes.is_empty())
                .map(plain),
        );
        for (said, who) in [
            (
                l("recused for a conflict of interest: ", "因利益冲突回避："),
                &self.recused,
            ),
            (
                l(
                    "declared a conflict of interest after the decision: ",
                    "决定后声明利益冲突：",
                ),
                &self.declared_later,
            ),
        ] {
            if !who.is_empty() {
                votes.push(format!("{said}{}", quoted(who).join(l(", ", "、"))));
            }
        }
        list(l("Votes", "投票"), &votes);
        let decision = match &self.decision {
            Some(decision) => decision.line(language),
            None => l("none", "无").to_owned(),
        };
        list(l("Decision", "决定"), &[decision]);
        let tasks: Vec<String> = self.tasks.iter().map(|task| task.line(language)).collect();
        list(l("Tasks", "待办"), &tasks);
        if !self.notes.trim().is_empty() {
            add!(
                text,
                "\n**{}**\n\n{}\n",
                l("Notes", "记录"),
                self.notes.trim_end()
            );
        }
        text
    }
}

impl MinutesDecision {
    fn line(&self, language: Language) -> String {
        let l = |en, zh| say(language, en, zh);
        let mut line = self.kind.name(language).to_owned();
        if let Some(stage) = &self.stage {
            add!(line, " → {}", plain(stage));
        }
        if let Some(reason) = self.pass_reason {
            add!(line, "{}{}", l(" – ", "——"), reason.name(language));
        }
        add!(line, "{}{}", l(": ", "："), plain(&self.rationale));
        if let Some(by) = &self.by {
            add!(line, "{}{}", l(" – ", "——"), plain(by));
        }
        if !self.overrode.is_empty() {
            add!(
                line,
                " ({}: {})",
                l("gate overridden", "已破例推进"),
                self.overrode.join(l(", ", "、"))
            );
        }
        if let Some(on) = self.revisit_on {
            add!(line, "{}{on}", l(" · look again on ", " · 再看日期："));
        }
        if let Some(when) = &self.revisit_when {
            let comes_back = l(" · comes back by itself at ", " · 自动回到视野的条件：");
            add!(line, "{comes_back}{}", plain(when));
        }
        line
    }
}

impl MinutesTask {
    fn line(&self, language: Language) -> String {
        let l = |en, zh| say(language, en, zh);
        let mut line = format!("[{}] {}", if self.is_done { "x" } else { " " }, plain(&self.what));
        if self.is_condition {
            line += l(" (condition)", "（条件）");
        }
        if let Some(who) = &self.who {
            add!(line, " · {}", plain(who));
        }
        if let Some(due) = self.due {
            add!(line, " · {due}");
        }
        line
    }
}

/// The whole: the head, the items numbered, and what hides what is not for the reader. None: an item that is not.
pub fn joined(head: &str, items: &[Option<String>], language: Language) -> String {
    let mut text = head.to_owned();
    let mut number = 0;
    for item in items {
        match item {
            Some(item) => {
                number += 1;
                add!(text, "\n## {number}. {item}");
            }
            None => add!(
                text,
                "\n---\n\n{}\n\n---\n",
                say(language, "A pause.", "休会片刻。")
            ),
        }
    }
    text
}

impl ReviewKind {
    /// What it is called.
    pub const fn name(self, language: Language) -> &'static str {
        match self {
            Self::Weekly => say(language, "Weekly", "周会"),
            Self::ProjectApproval => say(language, "Project approval", "立项会"),
            Self::Committee => say(language, "Committee", "投决会"),
        }
    }
}

impl Vote {
    /// What it is called.
    pub const fn name(self, language: Language) -> &'static str {
        match self {
            Self::StrongYes => say(language, "Strong yes", "强烈赞成"),
            Self::Yes => say(language, "Yes", "赞成"),
            Self::No => say(language, "No", "反对"),
            Self::StrongNo => say(language, "Strong no", "强烈反对"),
            Self::Abstain => say(language, "Abstain", "弃权"),
        }
    }
}

impl DecisionKind {
    /// What it is called.
    pub const fn name(self, language: Language) -> &'static str {
        match self {
            Self::Advance => say(language, "Advance", "推进"),
            Self::Hold => say(language, "Hold", "暂缓"),
            Self::Pass => say(language, "Pass", "不投"),
            Self::Invest => say(language, "Invest", "投资"),
        }
    }
}

const fn grade_name(grade: Grade, language: Language) -> &'static str {
    match grade {
        Grade::Claimed => say(language, "Claimed", "声称"),
        Grade::Documented => say(language, "Documented", "有凭据"),
        Grade::Verified => say(language, "Verified", "已核实"),
        Grade::Refuted => say(language, "Refuted", "已证伪"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_numbered_for_each_reader_without_a_hole() {
        let head = MinutesHead {
            title: "Weekly *31*".into(),
            kind: Some(ReviewKind::Weekly),
            when: "2024-07-29 10:00".into(),
            ..MinutesHead::default()
        };
        let item = |name: &str| {
            let item = MinutesItem {
                startup: name.into(),
                deal: "Seed".into(),
                standing: "Committee".into(),
                ..MinutesItem::default()
            };
            Some(item.text(Language::En))
        };
        let text = joined(
            &head.text(Language::En),
            &[item("One"), None, item("Two")],
            Language::En,
        );
        assert!(
            text.starts_with("# Weekly \\*31\\*\n\nWeekly · 2024-07-29 10:00\n"),
            "{text}"
        );
        assert!(
            text.contains("## 1. One · Seed") && text.contains("## 2. Two · Seed"),
            "{text}"
        );
        assert!(text.contains("A pause."), "{text}");
    }

    #[test]
    fn a_decision_says_where_to_why_by_whom_and_over_what() {
        let item = MinutesItem {
            startup: "Cubeforge".into(),
            deal: "Seed".into(),
            standing: "投决会".into(),
            votes: vec![("Ann".into(), Vote::StrongYes, Some("real users".into()))],
            tally: Some("多数决：1 票赞成，0 票反对 → ADVANCE".into()),
            decision: Some(MinutesDecision {
                kind: DecisionKind::Advance,
                stage: Some("TS".into()),
                pass_reason: None,
                rationale: "客户真实".into(),
                by: Some("Ann".into()),
                overrode: vec!["已核实的凭证".into()],
                revisit_on: None,
                revisit_when: None,
            }),
            tasks: vec![MinutesTask {
                what: "call two studios".into(),
                who: Some("Ben".into()),
                due: NaiveDate::from_ymd_opt(2024, 8, 2),
                is_done: false,
                is_condition: true,
            }],
            ..MinutesItem::default()
        };
        let text = item.text(Language::Zh);
        assert!(text.contains("- Ann: 强烈赞成 – real users"), "{text}");
        assert!(
            text.contains("- 推进 → TS：客户真实——Ann (已破例推进: 已核实的凭证)"),
            "{text}"
        );
        assert!(
            text.contains("- [ ] call two studios（条件） · Ben · 2024-08-02"),
            "{text}"
        );
    }

    #[test]
    fn a_pass_says_its_reason_and_who_was_recused_stands_with_the_votes() {
        let mut item = MinutesItem {
            recused: vec!["Ann".into(), "Ben_2".into()],
            declared_later: vec!["Dan".into()],
            decision: Some(MinutesDecision {
                kind: DecisionKind::Pass,
                stage: None,
                pass_reason: Some(PassReason::NoRealUsers),
                rationale: "nobody came back".into(),
                by: Some("Cat".into()),
                overrode: Vec::new(),
                revisit_on: None,
                revisit_when: None,
            }),
            ..MinutesItem::default()
        };
        let text = item.text(Language::En);
        assert!(
            text.contains("**Votes**\n\n- recused for a conflict of interest: Ann, Ben\\_2\n- declared a conflict of interest after the decision: Dan\n"),
            "{text}"
        );
        assert!(
            text.contains("- Pass – No real users: nobody came back – Cat\n"),
            "{text}"
        );
        item.votes = vec![("Dan".into(), Vote::No, None)];
        item.tally = Some("多数决：0 票赞成，1 票反对".into());
        let text = item.text(Language::Zh);
        assert!(
            text.contains("- Dan: 反对\n- 多数决：0 票赞成，1 票反对\n- 因利益冲突回避：Ann、Ben\\_2\n- 决定后声明利益冲突：Dan\n"),
            "{text}"
        );
        assert!(
            text.contains("- 不投——无真实用户：nobody came back——Cat\n"),
            "{text}"
        );
    }

    #[test]
    fn a_decision_to_wait_says_for_what() {
        let decision = MinutesDecision {
            kind: DecisionKind::Hold,
            stage: None,
            pass_reason: None,
            rationale: "too early".into(),
            by: None,
            overrode: Vec::new(),
            revisit_on: NaiveDate::from_ymd_opt(2024, 9, 2),
            revisit_when: Some("conviction of at least 50".into()),
        };
        assert_eq!(
            decision.line(Language::En),
            "Hold: too early · look again on 2024-09-02 · comes back by itself at conviction of at least 50"
        );
        assert_eq!(
            decision.line(Language::Zh),
            "暂缓：too early · 再看日期：2024-09-02 · 自动回到视野的条件：conviction of at least 50"
        );
    }
}
