//! What is said to people about meetings.

use serde::{Deserialize, Serialize};

use super::{ReviewStatus, StageName};
use crate::{Language, Message, deal::PassReason};

/// Something to say about a meeting, with its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "review", rename_all = "camelCase")]
#[allow(missing_docs, reason = "each variant reads as the sentence it becomes, below")]
pub enum Saying {
    OnlyForThreshold {
        value: i32,
    },
    ThresholdAboveVoters {
        value: i32,
        voters: usize,
    },
    VetoNeedsPartner {
        name: String,
    },
    VetoIsAbsent {
        name: String,
    },
    CannotRun {
        name: String,
    },
    OnlyWhenGoingOn,
    OnlyWhenWaiting,
    NotOnward {
        from: Box<StageName>,
        to: Box<StageName>,
    },
    PassedFor {
        reason: PassReason,
    },
    IsNot {
        status: ReviewStatus,
        needed: ReviewStatus,
    },
    IsOver,
    RulesStand,
    VotesClosed,
    VotesDecided,
    VotesOpen,
    NotAVoter,
    HasConflict,
    DecidedAlready,
    NotDecided,
    DecidedSince,
    Dropped,
    DropsDecided,
    DropsVoted,
    DropsPresented,
    NotesChanged {
        sent: i32,
        current: i32,
    },
    NotRunBy,
    OnAgenda,
    NotActive {
        name: String,
    },
}

impl From<Saying> for Message {
    fn from(about: Saying) -> Self {
        Self::Review { about }
    }
}

impl Saying {
    /// The sentence in a language.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::En => self.en(),
            Language::Zh => self.zh(),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::OnlyForThreshold { value } => {
                format!("a threshold of {value} is for the rule THRESHOLD only")
            }
            Self::ThresholdAboveVoters { value, voters } => {
                format!(
                    "{value} yes can never be reached: {voters} of the attendees are PARTNER or ADMIN and vote"
                )
            }
            Self::VetoNeedsPartner { name } => {
                format!("{name} does not vote and so cannot stop anything; name a PARTNER or ADMIN")
            }
            Self::VetoIsAbsent { name } => {
                format!(
                    "{name} holds a veto but does not attend; add the name to the attendees or leave it out here"
                )
            }
            Self::CannotRun { name } => {
                format!("{name} only reads and so cannot run a review; name an ANALYST, PARTNER or ADMIN")
            }
            Self::OnlyWhenGoingOn => "conditions go with ADVANCE and INVEST only; add a task instead".into(),
            Self::OnlyWhenWaiting => "what a deal waits for goes with HOLD and PASS only".into(),
            Self::NotOnward { from, to } => format!(
                "the deal is in {} and ADVANCE goes on from there, which {} does not; move the deal instead",
                from.en, to.en
            ),
            Self::PassedFor { reason } => format!(
                "the deal is passed already, for {reason}; pass it for that, or ADVANCE it first so that it is looked at anew"
            ),
            Self::IsNot { status, needed } => {
                format!("the review is {status}; this takes one that is {needed}")
            }
            Self::IsOver => "the review is closed; write an amendment instead".into(),
            Self::RulesStand => {
                "votes were cast already: what they mean and who sees them stays as it is".into()
            }
            Self::VotesClosed => "voting on this item is closed".into(),
            Self::VotesDecided => {
                "this item is decided; its votes stand until the decision is taken back".into()
            }
            Self::VotesOpen => "votes are blind and still open; close them before deciding".into(),
            Self::NotAVoter => "only attendees who are PARTNER or ADMIN vote".into(),
            Self::HasConflict => {
                "you declared a conflict of interest on this item; take that back first".into()
            }
            Self::DecidedAlready => "this item is decided; take the decision back to decide anew".into(),
            Self::NotDecided => "nothing is decided about this item".into(),
            Self::DecidedSince => "the deal moved since it was decided; the decision stays".into(),
            Self::Dropped => "this item was dropped from the agenda; add it again first".into(),
            Self::DropsDecided => "this item is decided; take the decision back before dropping it".into(),
            Self::DropsVoted => "votes were cast on this item; it stays on the agenda of this meeting".into(),
            Self::DropsPresented => {
                "everybody looks at this item; present another one before dropping it".into()
            }
            Self::NotesChanged { sent, current } => {
                format!(
                    "somebody wrote into these notes meanwhile: you sent version {sent}, they are at {current}"
                )
            }
            Self::NotRunBy => "only its presenter or a PARTNER runs a review".into(),
            Self::OnAgenda => "the deal is on the agenda already".into(),
            Self::NotActive { name } => format!("{name} is not active any more; leave the name out"),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::OnlyForThreshold { value } => format!("票数 {value} 仅用于规则 THRESHOLD"),
            Self::ThresholdAboveVoters { value, voters } => {
                format!("{value} 票无法达到：出席者中可投票的 PARTNER 与 ADMIN 只有 {voters} 人")
            }
            Self::VetoNeedsPartner { name } => {
                format!("{name} 不参与投票，不能一票否决；请指定 PARTNER 或 ADMIN")
            }
            Self::VetoIsAbsent { name } => {
                format!("{name} 有一票否决权但不出席；请加入出席者，或在此去掉该姓名")
            }
            Self::CannotRun { name } => {
                format!("{name} 仅可查看，不能主持会议；请指定 ANALYST、PARTNER 或 ADMIN")
            }
            Self::OnlyWhenGoingOn => "条件仅随 ADVANCE 与 INVEST；请改为添加待办".into(),
            Self::OnlyWhenWaiting => "等待的条件仅随 HOLD 与 PASS".into(),
            Self::NotOnward { from, to } => format!(
                "项目在“{}”，ADVANCE 须进入其后的阶段，“{}”不是；请改为移动项目",
                from.zh, to.zh
            ),
            Self::PassedFor { reason } => {
                format!("项目已放弃，原因为 {reason}；请沿用该原因，或先 ADVANCE 使其恢复再议")
            }
            Self::IsNot { status, needed } => format!("会议目前是 {status}；此操作需要 {needed}"),
            Self::IsOver => "会议已结束；请改为补充说明".into(),
            Self::RulesStand => "已有人投票：投票规则与是否匿名不再改变".into(),
            Self::VotesClosed => "该议题的投票已结束".into(),
            Self::VotesDecided => "该议题已有决定；撤回决定之前投票不再改变".into(),
            Self::VotesOpen => "匿名投票尚未结束；请先结束投票再作决定".into(),
            Self::NotAVoter => "只有身份为 PARTNER 或 ADMIN 的出席者投票".into(),
            Self::HasConflict => "您已声明与该议题有利益冲突；请先撤回".into(),
            Self::DecidedAlready => "该议题已有决定；请先撤回再作决定".into(),
            Self::NotDecided => "该议题尚无决定".into(),
            Self::DecidedSince => "决定之后项目又有变动；决定保留".into(),
            Self::Dropped => "该议题已从议程移除；请先重新加入".into(),
            Self::DropsDecided => "该议题已有决定；请先撤回决定再移除".into(),
            Self::DropsVoted => "该议题已有投票；须留在本次议程中".into(),
            Self::DropsPresented => "大家正在看该议题；请先切换到其他议题再移除".into(),
            Self::NotesChanged { sent, current } => {
                format!("期间有人改过这份记录：您提交的是版本 {sent}，现为 {current}")
            }
            Self::NotRunBy => "只有主持人或 PARTNER 能主持会议".into(),
            Self::OnAgenda => "该项目已在议程中".into(),
            Self::NotActive { name } => format!("{name} 已停用；请去掉该姓名"),
        }
    }
}
