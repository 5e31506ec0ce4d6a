//! The words of meetings.

use crate::word::word;

word! {
    /// The kinds of meetings.
    ReviewKind, "domain::review::ReviewKind" {
        /// 周会.
        Weekly,
        /// 立项会.
        ProjectApproval,
        /// 投决会.
        Committee,
    }
}

word! {
    /// How far a review is.
    ReviewStatus, "domain::review::ReviewStatus" {
        /// Being prepared: its agenda is computed at every look.
        Draft,
        /// Going on: its agenda stands.
        Live,
        /// Over: its packet and minutes are frozen.
        Closed,
    }
}

word! {
    /// What votes mean.
    DecisionRule, "domain::review::DecisionRule" {
        /// The owner of the deal decides, whatever the others say.
        LeadDecides,
        /// More yes than no; abstentions are not counted, a tie is no.
        Majority,
        /// No no, and one yes at least.
        Unanimous,
        /// So many yes of the members.
        Threshold,
    }
}

word! {
    /// Who must have voted.
    Quorum, "domain::review::Quorum" {
        /// Half of the attendees who may vote.
        Half,
        /// Nobody in particular.
        None,
    }
}

word! {
    /// What somebody votes.
    Vote, "domain::review::Vote" {
        /// Strongly for it.
        StrongYes,
        /// For it.
        Yes,
        /// Against it.
        No,
        /// Strongly against it.
        StrongNo,
        /// Neither.
        Abstain,
    }
}

word! {
    /// What a meeting decides about a deal.
    DecisionKind, "domain::review::DecisionKind" {
        /// On to a stage.
        Advance,
        /// Wait.
        Hold,
        /// Say no.
        Pass,
        /// Invest.
        Invest,
    }
}

word! {
    /// Why a deal is on the agenda.
    AgendaReasonKind, "domain::review::AgendaReasonKind" {
        /// Something about it has to be decided.
        DecisionDue,
        /// It is new.
        NewDeal,
        /// It moved.
        Moved,
        /// Its startup's conviction changed by 5 points or more.
        ConvictionChanged,
        /// The newest proof became old.
        EvidenceStale,
        /// It has been in its stage for longer than the limit.
        PastLimit,
        /// The day to look again has come.
        RevisitDue,
        /// Something is still to be done.
        OpenTask,
        /// A provider that it depends on did something.
        ProviderEvent,
        /// What models can do changed.
        CapabilityChanged,
        /// Somebody added it.
        Added,
    }
}
