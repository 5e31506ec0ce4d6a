//! What votes mean under a rule.

use super::{Ballot, DecisionKind, DecisionRule, Quorum, Rules};
use crate::{Language, UserId};

/// Who may vote on an item, and who leads its deal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voters {
    /// The attendees who vote, those with a conflict left out.
    pub members: Vec<UserId>,
    /// The owner of the deal.
    pub lead: Option<UserId>,
}

/// What the votes on an item come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Votes for it, strong ones among them.
    pub yes: usize,
    /// Votes against it.
    pub no: usize,
    /// Abstentions.
    pub abstain: usize,
    /// Whether enough voted.
    pub quorum: bool,
    /// Who stopped it by a veto.
    pub vetoed_by: Vec<UserId>,
    /// What it means; None without a quorum, or where the rule has nothing to say.
    pub outcome: Option<DecisionKind>,
    rule: DecisionRule,
    threshold: usize,
    members: usize,
}

/// Reads the votes of those who may vote. What a yes means depends on the deal: `yes` is ADVANCE, or INVEST where no
/// stage is left.
pub fn tally(rules: &Rules, voters: &Voters, ballots: &[Ballot], yes: DecisionKind) -> Tally {
    let cast: Vec<&Ballot> = ballots
        .iter()
        .filter(|ballot| voters.members.contains(&ballot.by))
        .collect();
    let count = |is: fn(super::Vote) -> bool| cast.iter().filter(|ballot| is(ballot.vote)).count();
    let (for_it, against) = (count(super::Vote::is_yes), count(super::Vote::is_no));
    let members = voters.members.len();
    let quorum = match rules.quorum {
        Quorum::Half => !cast.is_empty() && cast.len() * 2 >= members,
        Quorum::None => true,
    };
    let vetoed_by: Vec<UserId> = cast
        .iter()
        .filter(|ballot| ballot.vote.is_no() && rules.vetoes.contains(&ballot.by))
        .map(|ballot| ballot.by)
        .collect();
    let threshold = rules.threshold.map_or(1, |n| n.unsigned_abs() as usize);
    let says = if !quorum || cast.is_empty() {
        None
    } else if !vetoed_by.is_empty() {
        Some(false)
    } else {
        match rules.rule {
            DecisionRule::LeadDecides => voters
                .lead
                .and_then(|lead| cast.iter().find(|ballot| ballot.by == lead))
                .filter(|ballot| ballot.vote.is_yes() || ballot.vote.is_no())
                .map(|ballot| ballot.vote.is_yes()),
            DecisionRule::Majority => (for_it + against > 0).then_some(for_it > against),
            DecisionRule::Unanimous => Some(against == 0 && for_it > 0),
            DecisionRule::Threshold => Some(for_it >= threshold),
        }
    };
    Tally {
        yes: for_it,
        no: against,
        abstain: cast.len() - for_it - against,
        quorum,
        vetoed_by,
        outcome: says.map(|is_yes| if is_yes { yes } else { DecisionKind::Pass }),
        rule: rules.rule,
        threshold,
        members,
    }
}

impl Tally {
    /// How many voted.
    pub const fn cast(&self) -> usize {
        self.yes + self.no + self.abstain
    }
    /// What the votes mean, in words: "Majority: 2 yes, 1 no → ADVANCE".
    pub fn text(&self, language: Language) -> String {
        let Self {
            yes,
            no,
            abstain,
            threshold,
            members,
            ..
        } = self;
        let cast = self.cast();
        let name = self.rule.name(language);
        let counts = match language {
            Language::En if *abstain > 0 => format!("{yes} yes, {no} no, {abstain} abstained"),
            Language::En => format!("{yes} yes, {no} no"),
            Language::Zh if *abstain > 0 => format!("{yes} 票赞成，{no} 票反对，{abstain} 票弃权"),
            Language::Zh => format!("{yes} 票赞成，{no} 票反对"),
        };
        if !self.quorum {
            return match language {
                Language::En => format!("No quorum: {cast} of {members} voted"),
                Language::Zh => format!("未达法定人数：{members} 人中 {cast} 人已投"),
            };
        }
        if !self.vetoed_by.is_empty() {
            return match language {
                Language::En => format!("{name}: {counts}; stopped by a veto"),
                Language::Zh => format!("{name}：{counts}；被一票否决"),
            };
        }
        let needed = match (self.rule, language) {
            (DecisionRule::Threshold, Language::En) => format!(" ({threshold} of {members} needed)"),
            (DecisionRule::Threshold, Language::Zh) => format!("（需 {members} 中 {threshold} 票）"),
            _ => String::new(),
        };
        let outcome = match (self.outcome, language) {
            (Some(outcome), _) => format!(" → {}", outcome.code()),
            (None, Language::En) => ": nothing follows yet".into(),
            (None, Language::Zh) => "：尚无结论".into(),
        };
        match language {
            Language::En => format!("{name}{needed}: {counts}{outcome}"),
            Language::Zh => format!("{name}{needed}：{counts}{outcome}"),
        }
    }
}

impl DecisionRule {
    /// What it is called.
    pub const fn name(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            Self::LeadDecides => ("Lead decides", "负责人决定"),
            Self::Majority => ("Majority", "多数决"),
            Self::Unanimous => ("Unanimous", "一致同意"),
            Self::Threshold => ("Threshold", "票数达标"),
        };
        match language {
            Language::En => en,
            Language::Zh => zh,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        review::Vote::{self, Abstain, No, StrongNo, StrongYes, Yes},
        typed,
    };

    fn member(n: u128) -> UserId {
        typed(Uuid::from_u128(n))
    }

    fn rules(rule: DecisionRule) -> Rules {
        Rules {
            rule,
            threshold: (rule == DecisionRule::Threshold).then_some(2),
            quorum: Quorum::Half,
            is_blind: true,
            vetoes: Vec::new(),
        }
    }

    /// The tally of votes by the first of four members, of whom the first leads.
    fn of(rules: &Rules, votes: &[Vote]) -> Tally {
        let voters = Voters {
            members: (1..=4).map(member).collect(),
            lead: Some(member(1)),
        };
        let ballots: Vec<Ballot> = votes
            .iter()
            .zip(1..)
            .map(|(vote, n)| Ballot {
                by: member(n),
                vote: *vote,
                comment: None,
                at: "2024-07-31T02:00:00Z".parse().unwrap(),
            })
            .collect();
        tally(rules, &voters, &ballots, DecisionKind::Advance)
    }

    fn outcome(rule: DecisionRule, votes: &[Vote]) -> Option<DecisionKind> {
        of(&rules(rule), votes).outcome
    }

    const GO: Option<DecisionKind> = Some(DecisionKind::Advance);
    const STOP: Option<DecisionKind> = Some(DecisionKind::Pass);

    #[test]
    fn a_majority_is_more_yes_than_no_and_a_tie_is_no() {
        use DecisionRule::Majority;
        assert_eq!(outcome(Majority, &[Yes, StrongYes, No]), GO);
        assert_eq!(outcome(Majority, &[Yes, No]), STOP, "a tie");
        assert_eq!(outcome(Majority, &[Yes, Abstain, Abstain, Abstain]), GO);
        assert_eq!(
            outcome(Majority, &[Abstain, Abstain]),
            None,
            "nobody said anything"
        );
        let told = of(&rules(Majority), &[Yes, StrongYes, No]);
        assert_eq!(told.text(Language::En), "Majority: 2 yes, 1 no → ADVANCE");
        assert_eq!(told.text(Language::Zh), "多数决：2 票赞成，1 票反对 → ADVANCE");
    }

    #[test]
    fn unanimity_bears_no_no_and_needs_one_yes() {
        use DecisionRule::Unanimous;
        assert_eq!(outcome(Unanimous, &[Yes, Abstain]), GO);
        assert_eq!(outcome(Unanimous, &[Yes, Yes, StrongNo]), STOP);
        assert_eq!(outcome(Unanimous, &[Abstain, Abstain]), STOP, "no yes");
    }

    #[test]
    fn a_threshold_counts_yes_of_the_members() {
        use DecisionRule::Threshold;
        assert_eq!(outcome(Threshold, &[Yes, Yes, No, No]), GO);
        assert_eq!(outcome(Threshold, &[Yes, Abstain, Abstain]), STOP);
        assert_eq!(
            of(&rules(Threshold), &[Yes, Yes]).text(Language::En),
            "Threshold (2 of 4 needed): 2 yes, 0 no → ADVANCE"
        );
    }

    #[test]
    fn who_leads_the_deal_decides_where_the_rule_says_so() {
        use DecisionRule::LeadDecides;
        assert_eq!(outcome(LeadDecides, &[Yes, No, No, No]), GO);
        assert_eq!(outcome(LeadDecides, &[No, Yes, Yes, Yes]), STOP);
        assert_eq!(
            outcome(LeadDecides, &[Abstain, Yes]),
            None,
            "the lead did not say"
        );
    }

    #[test]
    fn without_half_of_the_members_nothing_follows_unless_the_rule_asks_for_none() {
        let majority = rules(DecisionRule::Majority);
        assert!(of(&majority, &[Yes, Yes]).quorum, "two of four");
        let few = of(&majority, &[Yes]);
        assert_eq!((few.quorum, few.outcome), (false, None));
        assert_eq!(few.text(Language::En), "No quorum: 1 of 4 voted");
        let anyone = Rules {
            quorum: Quorum::None,
            ..majority
        };
        assert_eq!(of(&anyone, &[Yes]).outcome, GO);
        assert_eq!(of(&anyone, &[]).outcome, None, "nobody voted");
    }

    #[test]
    fn a_veto_stops_every_rule_and_only_its_holders_no_does() {
        for rule in DecisionRule::ALL {
            let held = Rules {
                vetoes: vec![member(2)],
                ..rules(*rule)
            };
            let stopped = of(&held, &[Yes, No, Yes, Yes]);
            assert_eq!(
                (stopped.outcome, &stopped.vetoed_by[..]),
                (STOP, &[member(2)][..])
            );
            assert!(of(&held, &[Yes, Yes, Abstain, Yes]).vetoed_by.is_empty());
        }
    }

    #[test]
    fn votes_of_those_who_may_not_vote_count_for_nothing() {
        let voters = Voters {
            members: vec![member(1)],
            lead: None,
        };
        let ballot = |n, vote| Ballot {
            by: member(n),
            vote,
            comment: None,
            at: "2024-07-31T02:00:00Z".parse().unwrap(),
        };
        let told = tally(
            &rules(DecisionRule::Majority),
            &voters,
            &[ballot(1, No), ballot(9, Yes), ballot(8, Yes)],
            DecisionKind::Advance,
        );
        assert_eq!((told.yes, told.no, told.outcome), (0, 1, STOP));
    }
}
