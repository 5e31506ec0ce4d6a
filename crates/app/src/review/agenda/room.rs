//! What a room does with an agenda: the order of its items, who may vote on them, and what the votes come to.

use std::collections::HashMap;

use domain::{
    AgendaItemId, DealId, Instant, ReviewId, Role, StageId, UserId,
    deal::{Deal, DealChange, Stage, Visibility},
    review::{Decision, DecisionKind, Review, ReviewStatus, Voters, share_minutes, tally},
};
use storage::{Reader, access::User, review::Counted};

use super::{Bare, Before, Entry, Look};
use crate::Error;

impl<R: Reader> Look<'_, R> {
    /// Puts the items of meetings into order and adds what was voted and decided.
    pub(super) async fn dressed(
        &self,
        reviews: &[Review],
        mut bare: HashMap<ReviewId, Vec<Bare>>,
        before: &Before,
        stages: &[Stage],
    ) -> Result<HashMap<ReviewId, Vec<Entry>>, Error> {
        let ids: Vec<AgendaItemId> = bare.values().flatten().map(|(item, ..)| item.id).collect();
        let mut ballots = storage::review::ballots(self.db, &ids).await?;
        let conflicts = storage::review::conflicts(self.db, &ids).await?;
        let mut decisions = storage::review::decisions(self.db, &ids).await?;
        // What a yes means, and who may vote, is read from where the deal stood when it was decided, and in a closed meeting
        // as it was read then; else from how it stands now.
        let closed: Vec<ReviewId> = reviews
            .iter()
            .filter(|review| review.status == ReviewStatus::Closed)
            .map(|review| review.id)
            .collect();
        let counted = if closed.is_empty() {
            HashMap::new()
        } else {
            storage::review::counted(self.db, self.viewer, &closed).await?
        };
        let decided: Vec<DealId> = bare
            .iter()
            .filter(|(review, _)| !closed.contains(review))
            .flat_map(|(_, items)| items)
            .filter(|(item, ..)| decisions.contains_key(&item.id))
            .map(|(_, deal, ..)| deal.id)
            .collect();
        let moves = if decided.is_empty() {
            HashMap::new()
        } else {
            storage::deal::changes(self.db, self.viewer, &decided, None).await?
        };
        let mut people: Vec<UserId> = reviews
            .iter()
            .flat_map(|review| review.attendees.iter().copied())
            .collect();
        people.sort_unstable();
        people.dedup();
        let people = storage::access::users_by_ids(self.db, &people).await?;
        let mut found = HashMap::new();
        for review in reviews {
            let mut bare = bare.remove(&review.id).unwrap_or_default();
            let kept = put_in_order(&mut bare);
            let asked: Vec<(Option<i32>, i32)> = bare[..kept]
                .iter()
                .map(|(item, _, _, weight)| (item.planned_minutes, *weight))
                .collect();
            let minutes = share_minutes(review.minutes, &asked);
            let dropped = before.dropped(review);
            let dressed = |(n, (item, deal, reasons, weight)): (usize, Bare)| {
                let of_conflict = conflicts.get(&item.id).map_or(&[][..], Vec::as_slice);
                let ballots = ballots.remove(&item.id).unwrap_or_default();
                let decision = decisions.remove(&item.id);
                let read_by = if review.status == ReviewStatus::Closed {
                    counted.get(&(review.id, deal.id)).map(as_counted)
                } else {
                    let moves = moves.get(&deal.id).map_or(&[][..], Vec::as_slice);
                    let stage = stood(&deal, decision.as_ref(), moves);
                    // A conflict that was found after the decision takes no vote out of what that rests on.
                    let known_then = |at: Instant| decision.as_ref().is_none_or(|made| at <= made.at);
                    let out: Vec<UserId> = of_conflict
                        .iter()
                        .filter(|(_, at)| known_then(*at))
                        .map(|(user, _)| *user)
                        .collect();
                    let voters = Voters {
                        members: voters(review, &people, &deal, &out),
                        lead: deal.terms.owner_id,
                    };
                    Some((voters, going_on(stages, stage)))
                };
                let is_sealed = review.rules.is_blind && item.votes_closed_at.is_none();
                let tally = read_by
                    .as_ref()
                    .filter(|_| !is_sealed)
                    .map(|(voters, yes)| tally(&review.rules, voters, &ballots, *yes));
                Entry {
                    position: if n < kept {
                        i32::try_from(n + 1).unwrap_or(i32::MAX)
                    } else {
                        0
                    },
                    minutes: minutes.get(n).copied().unwrap_or(0),
                    reasons,
                    weight,
                    dropped_last_time: dropped.contains(&deal.id),
                    voters: read_by.map_or_else(Vec::new, |(voters, _)| voters.members),
                    hidden_from: people
                        .iter()
                        .filter(|user| review.attendees.contains(&user.id) && !sees(user, &deal))
                        .count(),
                    recused: of_conflict.iter().map(|(user, _)| *user).collect(),
                    is_sealed,
                    has_conflict: of_conflict.iter().any(|(user, _)| *user == self.viewer.user_id),
                    tally,
                    decision,
                    ballots,
                    deal,
                    item,
                }
            };
            found.insert(review.id, bare.into_iter().enumerate().map(dressed).collect());
        }
        Ok(found)
    }
}

/// As people put them, else the weightiest first, dropped ones behind. Gives how many are kept.
fn put_in_order(bare: &mut [Bare]) -> usize {
    bare.sort_by_key(|(item, deal, _, weight)| {
        (
            item.dropped_at.is_some(),
            item.rank.is_none(),
            item.rank,
            std::cmp::Reverse(*weight),
            deal.id,
        )
    });
    bare.iter().filter(|(item, ..)| item.dropped_at.is_none()).count()
}

/// By what votes were read in a closed meeting: who could vote, and what a yes meant.
fn as_counted(counted: &Counted) -> (Voters, DecisionKind) {
    let voters = Voters {
        members: counted.voters.clone(),
        lead: counted.lead,
    };
    let yes = counted.outcome.filter(|outcome| *outcome == DecisionKind::Invest);
    (voters, yes.unwrap_or(DecisionKind::Advance))
}

/// The stage in which a deal stood when it was decided about; that of now while it is not.
fn stood(deal: &Deal, decision: Option<&Decision>, moves: &[DealChange]) -> StageId {
    let then = decision.and_then(|decision| {
        if let Some(made) = decision.change_id {
            let made = moves.iter().find(|row| row.id == made)?;
            made.from.map(|(stage, _)| stage)
        } else {
            let before = moves.iter().rfind(|row| row.recorded_at <= decision.at)?;
            Some(before.to.0)
        }
    });
    then.unwrap_or(deal.standing.stage_id)
}

/// What a yes means in a stage: on to the next one, or to invest where there is none.
fn going_on(stages: &[Stage], stage: StageId) -> DecisionKind {
    if next_stage(stages, stage).is_some() {
        DecisionKind::Advance
    } else {
        DecisionKind::Invest
    }
}

/// The stage after a stage, if there is one.
pub(in crate::review) fn next_stage(stages: &[Stage], stage: StageId) -> Option<&Stage> {
    let here = stages.iter().find(|other| other.id == stage)?.position;
    stages
        .iter()
        .filter(|stage| !stage.is_retired && stage.position > here)
        .min_by_key(|stage| stage.position)
}

/// Whether somebody may see a deal.
fn sees(user: &User, deal: &Deal) -> bool {
    deal.terms.visibility == Visibility::Team || user.role == Role::Admin || deal.members().contains(&user.id)
}

/// Attendees who may vote on a deal: partners who see it and have no conflict.
fn voters(review: &Review, attendees: &[User], deal: &Deal, conflicts: &[UserId]) -> Vec<UserId> {
    let may = |user: &&User| {
        user.is_active && user.role >= Role::Partner && !conflicts.contains(&user.id) && sees(user, deal)
    };
    let able: Vec<UserId> = attendees.iter().filter(may).map(|user| user.id).collect();
    review
        .attendees
        .iter()
        .copied()
        .filter(|id| able.contains(id))
        .collect()
}
