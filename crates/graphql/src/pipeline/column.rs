//! A column of the board.

use std::{collections::HashMap, sync::Arc};

use app::{
    deal::{Filter, Order},
    page::Slice,
    pipeline::{Rates, Sums},
};
use async_graphql::{Context, Error, Object, Result, dataloader::Loader};
use domain::{Instant, StageId, deal};

use super::{MoneyTotal, count, ranges};
use crate::{
    connection::{Window, shared},
    context::{Load, grouped, loader},
    deal::{DealConnection, DealOrder, Stage, column_page, of_now_only, read_order},
    error::told,
    money::MoneyRange,
    scalar::Decimal,
};

/// A stage with the deals in it.
pub struct PipelineColumn {
    pub(super) stage: deal::Stage,
    pub(super) sums: Sums,
    pub(super) filter: Filter,
    pub(super) rates: Arc<Rates>,
    pub(super) as_of: Option<Instant>,
}

/// A page of a column's cards.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ColumnKey(StageId, Filter, (Order, bool), Window);

impl Loader<ColumnKey> for Load {
    type Value = Slice<Arc<deal::Deal>>;
    type Error = Error;
    async fn load(&self, keys: &[ColumnKey]) -> Result<HashMap<ColumnKey, Slice<Arc<deal::Deal>>>> {
        let mut found = HashMap::new();
        let groups = grouped(keys, |key| ((key.1.clone(), key.2, key.3.clone()), key.0));
        for ((filter, order, window), stages) in groups {
            let pages = self
                .0
                .deals_of_stages(&stages, &filter, order, &window.page())
                .await
                .map_err(told)?;
            found.extend(pages.into_iter().map(|(id, slice)| {
                let key = ColumnKey(id, filter.clone(), order, window.clone());
                (key, shared(slice))
            }));
        }
        Ok(found)
    }
}

/// A stage with the deals in it that the filter leaves.
#[Object]
impl PipelineColumn {
    /// The stage, as it was known at the instant.
    async fn stage(&self) -> Stage {
        Stage(self.stage.clone())
    }
    /// How many deals are in it.
    async fn deal_count(&self) -> i32 {
        count(self.sums.deals)
    }
    /// How many of them are in it for longer than its limit.
    async fn stale_count(&self) -> i32 {
        count(self.sums.stale)
    }
    /// The median of their whole days in it, time on hold left out; null without deals.
    async fn median_days_in_stage(&self) -> Option<Decimal> {
        self.sums.median_days.map(Decimal)
    }
    /// The amounts they seek, by currency, lows and highs added apart. Deals that name none are not guessed.
    async fn amount(&self) -> Vec<MoneyRange> {
        ranges(&self.sums.amounts)
    }
    /// The same in the workspace's currency.
    async fn amount_total(&self) -> Option<MoneyTotal> {
        MoneyTotal::of(&self.rates, &self.sums.amounts, self.sums.deals)
    }
    /// Our amounts, by currency.
    async fn our_amount(&self) -> Vec<MoneyRange> {
        ranges(&self.sums.ours)
    }
    /// The same in the workspace's currency.
    async fn our_amount_total(&self) -> Option<MoneyTotal> {
        MoneyTotal::of(&self.rates, &self.sums.ours, self.sums.deals)
    }
    /// A page of its deals, the one that came into it first leading unless ordered otherwise.
    async fn deals(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        order: Option<DealOrder>,
    ) -> Result<DealConnection> {
        let (order, descending, name) = read_order(order);
        of_now_only(order, self.as_of)?;
        let window = Window::read((&name, order.key_kind()), first, after, last, before)?;
        let key = ColumnKey(
            self.stage.id,
            self.filter.clone(),
            (order, descending),
            window.clone(),
        );
        let slice = loader(ctx)?.load_one(key).await?.unwrap_or(Slice {
            rows: Vec::new(),
            more: false,
        });
        let order = (order, descending, name.as_str());
        column_page(ctx, slice, &window, order, self.as_of, self.sums.deals).await
    }
}
