//! Why a deal is on the agenda, what needs the room most, and how the minutes are shared out.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    CapabilityId, EvidenceId, Language, ProviderEventId, ProviderId,
    assessment::ConvictionCause,
    belief::CapabilityStatus,
    deal::{Channel, DealStatus, DueBecause},
    provider::EventKind,
    time::{self, DatePrecision},
};

crate::vocabulary::vocabulary! {
    /// Why a deal is on the agenda.
    AgendaReasonKind {
        /// Something about it has to be decided.
        DecisionDue = "DECISION_DUE",
        /// It is new.
        NewDeal = "NEW_DEAL",
        /// It moved.
        Moved = "MOVED",
        /// Its startup's conviction changed by 5 points or more.
        ConvictionChanged = "CONVICTION_CHANGED",
        /// The newest proof became old.
        EvidenceStale = "EVIDENCE_STALE",
        /// It has been in its stage for longer than the limit.
        PastLimit = "PAST_LIMIT",
        /// The day to look again has come.
        RevisitDue = "REVISIT_DUE",
        /// Something is still to be done.
        OpenTask = "OPEN_TASK",
        /// A provider that it depends on did something.
        ProviderEvent = "PROVIDER_EVENT",
        /// What models can do changed.
        CapabilityChanged = "CAPABILITY_CHANGED",
        /// Somebody added it.
        Added = "ADDED",
    }
}

/// A stage's names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "its names in both languages")]
pub struct StageName {
    pub en: String,
    pub zh: String,
}

/// What has to be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "camelCase")]
#[allow(missing_docs, reason = "each variant reads as the sentence it becomes, below")]
pub enum Due {
    Stage { stage: StageName },
    NextStep { step: Option<String>, on: NaiveDate },
    TermSheetExpires { on: NaiveDate },
    ExclusivityEnds { on: NaiveDate },
}

/// A reason with its values, put into words at the edge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[allow(missing_docs, reason = "each variant reads as the sentence it becomes, below")]
pub enum Reason {
    DecisionDue {
        due: Due,
    },
    NewDeal {
        on: NaiveDate,
        channel: Option<Channel>,
    },
    Moved {
        from: StageName,
        to: StageName,
        /// The status that it got, if that changed.
        status: Option<DealStatus>,
        on: NaiveDate,
        why: Option<String>,
    },
    ConvictionChanged {
        from: Option<String>,
        to: Option<String>,
        causes: Vec<ConvictionCause>,
        evidence: Vec<EvidenceId>,
    },
    EvidenceStale {
        why: String,
        why_zh: String,
        evidence: Vec<EvidenceId>,
    },
    PastLimit {
        days: i32,
        limit: i32,
    },
    RevisitDue {
        on: NaiveDate,
        trigger: Option<String>,
    },
    /// What it waited for of its startup has come.
    Came {
        on: NaiveDate,
        because: DueBecause,
    },
    CapabilityChanged {
        capability: CapabilityId,
        statement: String,
        /// How it stood when the meeting before closed, if that was otherwise.
        from: Option<CapabilityStatus>,
        to: CapabilityStatus,
        on: NaiveDate,
        why: Option<String>,
        /// Whether the deal waited for it; else its startup bets on it.
        is_awaited: bool,
    },
    /// A provider on which its startup depends did something.
    ProviderEvent {
        event: ProviderEventId,
        provider: ProviderId,
        name: String,
        did: EventKind,
        summary: String,
        on: NaiveDate,
        precision: DatePrecision,
        /// Whether the startup's product stops without the provider and names nothing that it would use instead.
        is_critical: bool,
    },
    OpenTask {
        what: String,
        due: Option<NaiveDate>,
    },
    Added,
}

impl Reason {
    /// What kind of reason it is.
    pub const fn kind(&self) -> AgendaReasonKind {
        match self {
            Self::DecisionDue { .. } => AgendaReasonKind::DecisionDue,
            Self::NewDeal { .. } => AgendaReasonKind::NewDeal,
            Self::Moved { .. } => AgendaReasonKind::Moved,
            Self::ConvictionChanged { .. } => AgendaReasonKind::ConvictionChanged,
            Self::EvidenceStale { .. } => AgendaReasonKind::EvidenceStale,
            Self::PastLimit { .. } => AgendaReasonKind::PastLimit,
            Self::RevisitDue { .. } | Self::Came { .. } => AgendaReasonKind::RevisitDue,
            Self::CapabilityChanged { .. } => AgendaReasonKind::CapabilityChanged,
            Self::ProviderEvent { .. } => AgendaReasonKind::ProviderEvent,
            Self::OpenTask { .. } => AgendaReasonKind::OpenTask,
            Self::Added => AgendaReasonKind::Added,
        }
    }
    /// The records behind it.
    pub fn evidence(&self) -> &[EvidenceId] {
        match self {
            Self::ConvictionChanged { evidence, .. } | Self::EvidenceStale { evidence, .. } => evidence,
            Self::Came {
                because: DueBecause::Evidence { id, .. },
                ..
            } => std::slice::from_ref(id),
            _ => &[],
        }
    }
    /// The capability behind it.
    pub const fn capability(&self) -> Option<CapabilityId> {
        match self {
            Self::CapabilityChanged { capability, .. } => Some(*capability),
            _ => None,
        }
    }
    /// The provider and its doing behind it.
    pub const fn provider_event(&self) -> Option<(ProviderId, ProviderEventId)> {
        match self {
            Self::ProviderEvent { provider, event, .. } => Some((*provider, *event)),
            _ => None,
        }
    }
    /// How much it needs the room. Time and measure alone (decay, rubric) come last: nobody did them.
    pub fn weight(&self) -> i32 {
        match self {
            Self::DecisionDue {
                due: Due::NextStep { .. },
            } => 40,
            Self::DecisionDue { .. } => 100,
            Self::Added => 80,
            Self::RevisitDue { .. }
            | Self::Came { .. }
            | Self::CapabilityChanged { is_awaited: true, .. } => 60,
            Self::CapabilityChanged {
                is_awaited: false, ..
            }
            | Self::ProviderEvent {
                is_critical: true, ..
            } => 45,
            Self::ConvictionChanged { causes, .. } => {
                let by_time_alone = causes
                    .iter()
                    .all(|cause| matches!(cause, ConvictionCause::Decay | ConvictionCause::Rubric));
                if by_time_alone { 5 } else { 50 }
            }
            Self::Moved { .. } | Self::NewDeal { .. } => 30,
            Self::PastLimit { .. } => 25,
            Self::EvidenceStale { .. }
            | Self::ProviderEvent {
                is_critical: false, ..
            } => 20,
            Self::OpenTask { .. } => 10,
        }
    }
    /// The reason in words.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::En => self.en(),
            Language::Zh => self.zh(),
        }
    }

    fn en(&self) -> String {
        let en = Language::En;
        match self {
            Self::DecisionDue { due } => match due {
                Due::Stage { stage } => format!("waits for a decision in {}", stage.en),
                Due::NextStep { step: Some(step), on } => format!("next step due on {on}: {step}"),
                Due::NextStep { step: None, on } => format!("next step due on {on}"),
                Due::TermSheetExpires { on } => format!("the term sheet expires on {on}"),
                Due::ExclusivityEnds { on } => format!("exclusivity ends on {on}"),
            },
            Self::NewDeal {
                on,
                channel: Some(channel),
            } => {
                format!("new on {on}, by {}", channel.name(en))
            }
            Self::NewDeal { on, channel: None } => format!("new on {on}"),
            Self::Moved {
                from,
                to,
                status,
                on,
                why,
            } => {
                let mut text = if from == to {
                    format!("in {}", to.en)
                } else {
                    format!("{} → {}", from.en, to.en)
                };
                if let Some(status) = status {
                    add!(text, ", {}", status.name(en));
                }
                add!(text, " on {on}");
                if let Some(why) = why {
                    add!(text, ": {why}");
                }
                text
            }
            Self::ConvictionChanged { from, to, causes, .. } => format!(
                "conviction {} → {}, by {}",
                figure(from.as_deref()),
                figure(to.as_deref()),
                listed(causes, en)
            ),
            Self::EvidenceStale { why, .. } => why.clone(),
            Self::PastLimit { days, limit } => format!("in its stage for {days} days: the limit is {limit}"),
            Self::RevisitDue {
                on,
                trigger: Some(trigger),
            } => format!("to be looked at again on {on}: {trigger}"),
            Self::RevisitDue { on, trigger: None } => format!("to be looked at again on {on}"),
            Self::Came { on, because } => format!("what it waited for came on {on}: {}", because.text(en)),
            Self::CapabilityChanged {
                statement,
                from,
                to,
                on,
                why,
                is_awaited,
                ..
            } => {
                let whose = if *is_awaited {
                    "it waited for"
                } else {
                    "its startup bets on"
                };
                let from = from.map_or(String::new(), |from| format!("{} → ", from.name(en)));
                let mut text = format!("{whose} “{statement}”: {from}{} on {on}", to.name(en));
                if let Some(why) = why {
                    add!(text, ", {why}");
                }
                text
            }
            Self::ProviderEvent {
                name,
                did,
                summary,
                on,
                precision,
                ..
            } => {
                let when = time::known_day(*on, *precision, en);
                format!("{name}, {} on {when}: {summary}", did.name(en))
            }
            Self::OpenTask { what, due: Some(due) } => format!("open task, due on {due}: {what}"),
            Self::OpenTask { what, due: None } => format!("open task: {what}"),
            Self::Added => "added".into(),
        }
    }

    fn zh(&self) -> String {
        let zh = Language::Zh;
        match self {
            Self::DecisionDue { due } => match due {
                Due::Stage { stage } => format!("在“{}”等待决定", stage.zh),
                Due::NextStep { step: Some(step), on } => format!("下一步 {on} 到期：{step}"),
                Due::NextStep { step: None, on } => format!("下一步 {on} 到期"),
                Due::TermSheetExpires { on } => format!("TS 于 {on} 到期"),
                Due::ExclusivityEnds { on } => format!("排他期于 {on} 结束"),
            },
            Self::NewDeal {
                on,
                channel: Some(channel),
            } => format!("{on} 新增，来自{}", channel.name(zh)),
            Self::NewDeal { on, channel: None } => format!("{on} 新增"),
            Self::Moved {
                from,
                to,
                status,
                on,
                why,
            } => {
                let mut text = if from == to {
                    format!("{on} 在“{}”", to.zh)
                } else {
                    format!("{on} {} → {}", from.zh, to.zh)
                };
                if let Some(status) = status {
                    add!(text, "，{}", status.name(zh));
                }
                if let Some(why) = why {
                    add!(text, "：{why}");
                }
                text
            }
            Self::ConvictionChanged { from, to, causes, .. } => format!(
                "信念值 {} → {}，因{}",
                figure(from.as_deref()),
                figure(to.as_deref()),
                listed(causes, zh)
            ),
            Self::EvidenceStale { why_zh, .. } => why_zh.clone(),
            Self::PastLimit { days, limit } => format!("在本阶段已 {days} 天：期限 {limit} 天"),
            Self::RevisitDue {
                on,
                trigger: Some(trigger),
            } => format!("{on} 再看：{trigger}"),
            Self::RevisitDue { on, trigger: None } => format!("{on} 再看"),
            Self::Came { on, because } => format!("所等的已于 {on} 出现：{}", because.text(zh)),
            Self::CapabilityChanged {
                statement,
                from,
                to,
                on,
                why,
                is_awaited,
                ..
            } => {
                let whose = if *is_awaited {
                    "所等的能力"
                } else {
                    "公司所押的能力"
                };
                let from = from.map_or(String::new(), |from| format!("{} → ", from.name(zh)));
                let mut text = format!("{whose}“{statement}”：{on} {from}{}", to.name(zh));
                if let Some(why) = why {
                    add!(text, "，{why}");
                }
                text
            }
            Self::ProviderEvent {
                name,
                did,
                summary,
                on,
                precision,
                ..
            } => {
                let when = time::known_day(*on, *precision, zh);
                format!("{name} {when} {}：{summary}", did.name(zh))
            }
            Self::OpenTask { what, due: Some(due) } => format!("待办 {due} 到期：{what}"),
            Self::OpenTask { what, due: None } => format!("待办：{what}"),
            Self::Added => "人工添加".into(),
        }
    }
}

fn figure(figure: Option<&str>) -> &str {
    figure.unwrap_or("–")
}

fn listed(causes: &[ConvictionCause], language: Language) -> String {
    let names: Vec<&str> = causes.iter().map(|cause| cause.name(language)).collect();
    match language {
        Language::En => names.join(", "),
        Language::Zh => names.join("、"),
    }
}

impl ConvictionCause {
    /// What it is called.
    pub const fn name(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            Self::Evidence => ("new evidence", "新证据"),
            Self::Grade => ("a grade", "证据等级"),
            Self::Route => ("the technical route", "技术路线"),
            Self::Dependency => ("a dependency", "供应商依赖"),
            Self::Decay => ("age", "证据变旧"),
            Self::Rubric => ("the rubric or rates", "评分表或汇率"),
        };
        match language {
            Language::En => en,
            Language::Zh => zh,
        }
    }
}

impl DealStatus {
    /// What it is called.
    pub const fn name(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            Self::Active => ("active", "进行中"),
            Self::OnHold => ("on hold", "暂缓跟踪"),
            Self::Invested => ("invested", "已投资"),
            Self::Passed => ("passed", "不投"),
            Self::Lost => ("lost", "已错失"),
        };
        match language {
            Language::En => en,
            Language::Zh => zh,
        }
    }
}

/// How much an item with these reasons needs the room.
pub fn weight(reasons: &[Reason]) -> i32 {
    reasons.iter().map(Reason::weight).fold(0, i32::saturating_add)
}

/// Minutes below which an item is not worth opening.
const LEAST_MINUTES: i32 = 2;

/// Shares the minutes of a meeting out: items that people gave minutes keep them, the others get what is left by their
/// weight, in the order given, none under 2; those for which nothing is left get 0 and are only told. Each is
/// `(minutes given, weight)`.
pub fn share_minutes(total: i32, items: &[(Option<i32>, i32)]) -> Vec<i32> {
    let given: i32 = items
        .iter()
        .filter_map(|(given, _)| *given)
        .fold(0, i32::saturating_add);
    let left = (total - given).max(0);
    let open: Vec<usize> = (0..items.len()).filter(|n| items[*n].0.is_none()).collect();
    let served = open.len().min((left / LEAST_MINUTES).unsigned_abs() as usize);
    let weights: Vec<i64> = open[..served]
        .iter()
        .map(|n| i64::from(items[*n].1.max(1)))
        .collect();
    let sum: i64 = weights.iter().sum();
    let spare = i64::from(left) - i64::from(LEAST_MINUTES) * served as i64;
    let mut shares: Vec<i64> = weights
        .iter()
        .map(|weight| if sum > 0 { spare * weight / sum } else { 0 })
        .collect();
    // The remainder, a minute each, to those whose share was cut most; the first of equals.
    let mut by_cut: Vec<usize> = (0..served).collect();
    by_cut.sort_by_key(|n| (std::cmp::Reverse(spare * weights[*n] % sum.max(1)), *n));
    let rest = spare - shares.iter().sum::<i64>();
    for n in by_cut.into_iter().take(usize::try_from(rest).unwrap_or(0)) {
        shares[n] += 1;
    }
    let mut minutes: Vec<i32> = items.iter().map(|(given, _)| given.unwrap_or(0)).collect();
    for (n, share) in open.iter().zip(shares) {
        minutes[*n] = LEAST_MINUTES + i32::try_from(share).unwrap_or(0);
    }
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(causes: &[ConvictionCause]) -> Reason {
        Reason::ConvictionChanged {
            from: Some("28.5".into()),
            to: Some("32.7".into()),
            causes: causes.to_vec(),
            evidence: Vec::new(),
        }
    }

    #[test]
    fn a_conviction_that_time_alone_changed_comes_after_everything_else() {
        let decay = changed(&[ConvictionCause::Decay, ConvictionCause::Rubric]);
        let task = Reason::OpenTask {
            what: "call".into(),
            due: None,
        };
        assert!(decay.weight() < task.weight());
        assert!(changed(&[ConvictionCause::Decay, ConvictionCause::Grade]).weight() > task.weight());
    }

    #[test]
    fn reasons_read_as_sentences_in_both_languages() {
        let grade = changed(&[ConvictionCause::Grade]);
        assert_eq!(grade.text(Language::En), "conviction 28.5 → 32.7, by a grade");
        assert_eq!(grade.text(Language::Zh), "信念值 28.5 → 32.7，因证据等级");
        let late = Reason::PastLimit { days: 23, limit: 14 };
        assert_eq!(
            late.text(Language::En),
            "in its stage for 23 days: the limit is 14"
        );
    }

    #[test]
    fn a_capability_says_who_rests_on_it_and_what_came_of_it() {
        let solved = |is_awaited| Reason::CapabilityChanged {
            capability: crate::typed(uuid::Uuid::from_u128(1)),
            statement: "models can make usable 3D assets".into(),
            from: Some(CapabilityStatus::Partly),
            to: CapabilityStatus::Solved,
            on: "2024-07-31".parse().unwrap(),
            why: Some("a studio ships with them".into()),
            is_awaited,
        };
        assert_eq!(
            solved(true).text(Language::En),
            "it waited for “models can make usable 3D assets”: partly solved → solved on 2024-07-31, a studio ships with them"
        );
        assert_eq!(
            solved(false).text(Language::Zh),
            "公司所押的能力“models can make usable 3D assets”：2024-07-31 部分实现 → 已实现，a studio ships with them"
        );
        assert_eq!((solved(true).weight(), solved(false).weight()), (60, 45));
    }

    #[test]
    fn what_a_provider_did_needs_the_room_most_where_nothing_would_take_its_place() {
        let cut = |is_critical| Reason::ProviderEvent {
            event: crate::typed(uuid::Uuid::from_u128(2)),
            provider: crate::typed(uuid::Uuid::from_u128(1)),
            name: "Basemodel One".into(),
            did: EventKind::Price,
            summary: "90 % cheaper".into(),
            on: "2024-07-30".parse().unwrap(),
            precision: DatePrecision::Day,
            is_critical,
        };
        assert_eq!(
            cut(true).text(Language::En),
            "Basemodel One, price on 2024-07-30: 90 % cheaper"
        );
        assert_eq!(
            cut(true).text(Language::Zh),
            "Basemodel One 2024-07-30 调价：90 % cheaper"
        );
        assert_eq!((cut(true).weight(), cut(false).weight()), (45, 20));
    }

    #[test]
    fn minutes_are_shared_by_weight_and_add_up() {
        // 60 - 3 × 2 = 54 to share by 100 : 50 : 30 → 30, 15, 9.
        assert_eq!(
            share_minutes(60, &[(None, 100), (None, 50), (None, 30)]),
            [32, 17, 11]
        );
        // 10 given; 50 - 2 × 2 = 46 by 1 : 2 → 15.33, 30.67: the larger cut gets the minute.
        assert_eq!(
            share_minutes(60, &[(None, 1), (Some(10), 7), (None, 2)]),
            [17, 10, 33]
        );
    }

    #[test]
    fn who_comes_after_the_time_is_gone_is_only_told() {
        let many = vec![(None, 10); 40];
        let minutes = share_minutes(60, &many);
        assert_eq!(minutes.iter().sum::<i32>(), 60);
        assert_eq!(&minutes[..30], &[2; 30]);
        assert_eq!(&minutes[30..], &[0; 10]);
        assert_eq!(share_minutes(60, &[(Some(90), 1), (None, 5)]), [90, 0]);
        assert!(share_minutes(60, &[]).is_empty());
    }
}
