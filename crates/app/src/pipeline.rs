//! The pipeline as it stands, or stood: what its columns and other groups of deals add up to.

mod analytics;
mod coverage;
mod diff;
mod passes;

use std::{collections::HashMap, sync::Arc};

pub use analytics::{
    BUCKETS_LIMIT, Bucket, Flowed, Interval, Movers, Period, ROSE_SINCE_DAYS, SourceQuality, Stays,
    TimeInStage, start_of,
};
pub use coverage::{Cell, Coverage, Entrants};
pub use diff::{Differs, Moves};
use domain::{
    Instant, StageId, StartupId,
    deal::Deal,
    money::{Currency, MoneyRange},
    time::day_in,
};
use futures::FutureExt as _;
pub use passes::{Miss, PassReasonCount};
use rust_decimal::{Decimal, RoundingStrategy};
pub use storage::deal::{Grouping, Sum, Sums};
use storage::{
    deal::{Filter, Order},
    page::{Page, Slice},
};

use crate::{Caller, Error, aggregate::Question};

/// Decimal places of a sum in another currency.
const PLACES: u32 = 4;

/// Sums of several currencies as one, in the workspace's.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    /// The sums, lows and highs apart.
    pub range: MoneyRange,
    /// How many deals are in them.
    pub deals: i64,
    /// How many name an amount for which there is no rate.
    pub without_rate: i64,
    /// How many name no amount.
    pub unknown: i64,
}

/// What turns amounts into the workspace's currency at an instant.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    dollars: HashMap<Currency, Decimal>,
    into: Currency,
}

impl Rates {
    /// The same rates, into another currency.
    #[must_use]
    pub fn into_currency(&self, into: Currency) -> Self {
        Self {
            dollars: self.dollars.clone(),
            into,
        }
    }

    /// The sums of a group of `deals` as one.
    pub fn total(&self, sums: &[Sum], deals: i64) -> Total {
        let mut total = Total {
            range: MoneyRange {
                currency: Some(self.into.clone()),
                ..MoneyRange::default()
            },
            deals: 0,
            without_rate: 0,
            unknown: deals,
        };
        for sum in sums {
            total.unknown -= sum.deals;
            let Some(factor) = self.factor(sum.range.currency.as_ref()) else {
                total.without_rate += sum.deals;
                continue;
            };
            total.deals += sum.deals;
            add(&mut total.range.low, sum.range.low, factor);
            add(&mut total.range.high, sum.range.high, factor);
        }
        for end in [&mut total.range.low, &mut total.range.high] {
            *end = end.map(|value| {
                value
                    .round_dp_with_strategy(PLACES, RoundingStrategy::MidpointAwayFromZero)
                    .normalize()
            });
        }
        total
    }

    fn factor(&self, from: Option<&Currency>) -> Option<Decimal> {
        let from = from?;
        if *from == self.into {
            return Some(Decimal::ONE);
        }
        let dollars = |currency: &Currency| {
            if currency.code() == "USD" {
                return Some(Decimal::ONE);
            }
            self.dollars.get(currency).copied()
        };
        dollars(from)?.checked_div(dollars(&self.into)?)
    }
}

fn add(to: &mut Option<Decimal>, value: Option<Decimal>, factor: Decimal) {
    if let Some(value) = value.and_then(|value| value.checked_mul(factor)) {
        *to = Some(to.map_or(value, |sum| sum.saturating_add(value)));
    }
}

impl Caller {
    /// What the deals that a filter leaves add up to, by group. Remembered.
    pub async fn deal_sums(
        &self,
        filter: &Filter,
        grouping: Grouping,
    ) -> Result<Arc<HashMap<String, Sums>>, Error> {
        self.aggregate(Question::Sums(filter, grouping), |db, viewer, now| {
            let filter = filter.clone();
            async move {
                let (sums, stays) = storage::deal::sums(db, viewer, &filter, grouping, now).await?;
                Ok((sums, stays.map(|stays| now + stays)))
            }
            .boxed()
        })
        .await
    }

    /// The median conviction of the startups of each group of deals, each counted once; groups where none is known are
    /// left out. Remembered.
    pub async fn median_convictions(
        &self,
        filter: &Filter,
        grouping: Grouping,
    ) -> Result<Arc<HashMap<String, f64>>, Error> {
        let app = self.app.clone();
        self.aggregate(
            Question::MedianConvictions(filter, grouping),
            |db, viewer, now| {
                let filter = filter.clone();
                async move {
                    let groups = storage::deal::startups_of(db, viewer, &filter, grouping, now).await?;
                    let mut ids: Vec<StartupId> = groups.values().flatten().copied().collect();
                    ids.sort_unstable();
                    ids.dedup();
                    let convictions = app.convictions(db, &ids, filter.as_of).await?;
                    let medians = groups
                        .into_iter()
                        .filter_map(|(key, startups)| {
                            let known = startups.iter().filter_map(|id| convictions.get(id).copied());
                            Some((key, median(known.collect())?))
                        })
                        .collect();
                    Ok((medians, None))
                }
                .boxed()
            },
        )
        .await
    }

    /// The same page of cards of each of several stages.
    pub async fn deals_of_stages(
        &self,
        stages: &[StageId],
        filter: &Filter,
        order: (Order, bool),
        page: &Page,
    ) -> Result<HashMap<StageId, Slice<Deal>>, Error> {
        let viewer = self.reader().await?;
        Ok(
            storage::deal::pages_of_stages(&self.db, &viewer, stages, filter, order, page, self.now())
                .await?,
        )
    }

    /// The rates of an instant, into the workspace's currency.
    pub async fn rates_at(&self, at: Instant) -> Result<Rates, Error> {
        self.reader().await?;
        let workspace = self.app.workspace();
        let into = Currency::parse(&workspace.currency)
            .ok_or_else(|| Error::Internal(format!("{:?} is no currency", workspace.currency)))?;
        let dollars = storage::rate::dollars(&self.db, day_in(workspace.time_zone, at), at).await?;
        Ok(Rates { dollars, into })
    }
}

/// The id that a group by stage, owner or sector has for its key; None of the group without one.
pub fn id_of<T: type_safe_id::StaticType + Default>(key: &str) -> Option<type_safe_id::TypeSafeId<T>> {
    key.parse::<uuid::Uuid>().ok().map(domain::typed)
}

/// The median of figures; None of none.
pub fn median(mut figures: Vec<f64>) -> Option<f64> {
    figures.sort_unstable_by(f64::total_cmp);
    let middle = figures.len() / 2;
    let upper = *figures.get(middle)?;
    if figures.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(*figures.get(middle - 1)?, upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(low: i64, high: Option<i64>, currency: &str, deals: i64) -> Sum {
        Sum {
            range: MoneyRange {
                low: Some(low.into()),
                high: high.map(Into::into),
                currency: Currency::parse(currency),
                as_found: None,
            },
            deals,
        }
    }

    fn rates() -> Rates {
        let dollars = [("CNY", "0.14"), ("EUR", "1.1")];
        Rates {
            dollars: dollars
                .into_iter()
                .map(|(code, usd)| (Currency::parse(code).unwrap(), usd.parse().unwrap()))
                .collect(),
            into: Currency::parse("CNY").unwrap(),
        }
    }

    #[test]
    fn lows_and_highs_are_added_apart_in_one_currency() {
        // 20m..90m CNY; 1.4m..2.8m USD are 10m..20m CNY; from 100m CNY has no high.
        let sums = [
            sum(20_000_000, Some(90_000_000), "CNY", 2),
            sum(100_000_000, None, "CNY", 1),
            sum(1_400_000, Some(2_800_000), "USD", 1),
        ];
        let total = rates().total(&sums, 7);
        assert_eq!(total.range.low, Some(130_000_000.into()));
        assert_eq!(total.range.high, Some(110_000_000.into()));
        assert_eq!((total.deals, total.unknown, total.without_rate), (4, 3, 0));
    }

    #[test]
    fn what_has_no_rate_is_counted_and_not_guessed() {
        let total = rates().total(&[sum(5, Some(6), "JPY", 2)], 2);
        assert_eq!((total.range.low, total.range.high), (None, None));
        assert_eq!((total.deals, total.unknown, total.without_rate), (0, 0, 2));
    }
}
