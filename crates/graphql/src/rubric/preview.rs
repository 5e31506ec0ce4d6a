//! What a changed rubric would do, before it is saved.

use app::assessment::{Mover, Preview};
use async_graphql::{Context, Object, Result, SimpleObject};

use super::{RubricKindInput, input::read};
use crate::{
    assessment::conviction,
    context::caller,
    error::{coded, told},
    scalar::Decimal,
    startup::{self, Startup},
    user::{UserError, split},
};

/// How many startups are told at most.
const MOVERS_LIMIT: i32 = 200;

/// What a rubric would change if it were in force now.
#[derive(SimpleObject)]
pub struct RubricPreview {
    /// How many startups it would be asked of: those of which something is live.
    startups: i32,
    /// Of how many the conviction would be another.
    changed: i32,
    /// Of how many it would change by 5 points or more.
    changed_by_five: i32,
    /// Those that would change most, the largest change first.
    movers: Vec<RubricMover>,
    /// What is wrong with the rubric; then nothing was computed.
    user_errors: Vec<UserError>,
}

/// A startup whose conviction would change.
pub struct RubricMover(Mover);

/// A startup whose conviction would change.
#[Object]
impl RubricMover {
    /// The startup.
    async fn startup(&self, ctx: &Context<'_>) -> Result<Startup> {
        let found = startup::by_id(ctx, self.0.startup, None).await?;
        found.ok_or_else(|| told(app::Error::Internal("a startup is assessed but not there".into())))
    }
    /// Conviction by the rubric in force.
    async fn from(&self) -> Decimal {
        conviction(self.0.conviction.0)
    }
    /// Conviction by the other.
    async fn to(&self) -> Decimal {
        conviction(self.0.conviction.1)
    }
    /// Its place among all by conviction, the highest 1.
    async fn rank_from(&self) -> i32 {
        count(self.0.rank.0)
    }
    /// Its place by the other.
    async fn rank_to(&self) -> i32 {
        count(self.0.rank.1)
    }
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// Queries about what a rubric would do.
#[derive(Default)]
pub struct RubricPreviewQuery;

#[Object]
impl RubricPreviewQuery {
    /// What conviction would be everywhere by a rubric that is not saved; takes the role ADMIN. Nothing is written.
    async fn rubric_preview(
        &self,
        ctx: &Context<'_>,
        kinds: Vec<RubricKindInput>,
        #[graphql(default = 20)] first: Option<i32>,
    ) -> Result<RubricPreview> {
        let first = first.unwrap_or(20);
        if !(0..=MOVERS_LIMIT).contains(&first) {
            let words = format!("first: {first} startups cannot be had; 0 to {MOVERS_LIMIT} can");
            return Err(coded("BAD_USER_INPUT", words));
        }
        let done = match read(kinds) {
            Ok(kinds) => {
                let first = first.unsigned_abs() as usize;
                caller(ctx)?.preview_rubric(kinds, first).await.map_err(told)?
            }
            Err(problems) => Err(problems),
        };
        let (preview, user_errors) = split(ctx, done);
        let Preview {
            startups,
            changed,
            changed_by_five,
            movers,
        } = preview.unwrap_or_default();
        Ok(RubricPreview {
            startups: count(startups),
            changed: count(changed),
            changed_by_five: count(changed_by_five),
            movers: movers.into_iter().map(RubricMover).collect(),
            user_errors,
        })
    }
}
