//! Reviews of evidence: those of one record, and those of a span of time over the whole ledger.

use app::{
    evidence::{ReviewFilter, review_place},
    page::{KeyKind, Place},
};
use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use domain::{UserId, UserTag, evidence};

use super::{Evidence, Grade};
use crate::{
    connection::{Window, connection},
    context::{EvidenceKey, caller, id, loader},
    error::told,
    scalar::DateTime,
    user::{User, user},
};

/// What was checked, and what came of it.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub struct EvidenceReview {
    /// Where in the list of reviews it stands.
    #[graphql(skip)]
    place: Place,
    /// The record reviewed.
    evidence: Evidence,
    /// Its grade before.
    from: Grade,
    /// Its grade since.
    to: Grade,
    /// When.
    at: DateTime,
    #[graphql(skip)]
    reviewer: Option<UserId>,
    /// What was checked.
    checked: String,
}

#[ComplexObject]
impl EvidenceReview {
    /// Who reviewed it; null for the program itself.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.reviewer).await
    }
}

impl EvidenceReview {
    /// A review of a record.
    pub(super) fn of(evidence: Evidence, review: evidence::EvidenceReview) -> Self {
        Self {
            place: review_place(&review),
            evidence,
            from: review.from.into(),
            to: review.to.into(),
            at: DateTime(review.at),
            reviewer: review.by,
            checked: review.checked,
        }
    }
}

/// Counts reviews.
pub struct ReviewCount(ReviewFilter);

impl ReviewCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = caller(ctx)?.review_count(&self.0).await.map_err(told)?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }
}
connection!(
    EvidenceReviewConnection,
    EvidenceReviewEdge,
    EvidenceReview,
    ReviewCount,
    "reviews of evidence, newest first"
);

const ORDER: &str = "REVIEWED_AT";

/// Queries about reviews of evidence.
#[derive(Default)]
pub struct EvidenceReviewQuery;

#[Object]
impl EvidenceReviewQuery {
    /// What was checked from one instant to another, both in it, newest first; by one user, and giving one of some
    /// grades, if asked. Reviews of records that were withdrawn since are among them.
    async fn evidence_reviews(
        &self,
        ctx: &Context<'_>,
        from: DateTime,
        to: DateTime,
        grades: Option<Vec<Grade>>,
        by: Option<ID>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<EvidenceReviewConnection> {
        let window = Window::read((ORDER, KeyKind::Instant), first, after, last, before)?;
        let filter = ReviewFilter {
            from: from.0,
            to: to.0,
            grades: grades.unwrap_or_default().into_iter().map(Into::into).collect(),
            by: by.as_ref().map(id::<UserTag>).transpose()?,
        };
        let mut slice = caller(ctx)?
            .reviews(&filter, &window.page())
            .await
            .map_err(told)?;
        let keys = slice
            .rows
            .iter()
            .map(|review| EvidenceKey(review.evidence_id, None));
        let records = loader(ctx)?.load_many(keys).await?;
        // One whose startup was hidden between the two statements is gone with it.
        slice
            .rows
            .retain(|review| records.contains_key(&EvidenceKey(review.evidence_id, None)));
        let node = |review: evidence::EvidenceReview| {
            let row = records[&EvidenceKey(review.evidence_id, None)].clone();
            EvidenceReview::of(Evidence { row, as_of: None }, review)
        };
        let rows = window.rows(slice, ORDER, |node: &EvidenceReview| node.place.clone(), node);
        Ok(EvidenceReviewConnection {
            rows,
            count: ReviewCount(filter),
        })
    }
}
