//! What the history of deals adds up to.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::{Datelike as _, Days, Months, NaiveDate};
use domain::{
    StageId, StartupId,
    deal::funnel::{self, Funnel, Moved},
    time,
};
use futures::FutureExt as _;
use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use storage::deal::{self, Filter};
pub use storage::deal::{Flowed, Interval, Movers, Period, SourceQuality, Stays, TimeInStage};

use super::median;
use crate::{Caller, Error, aggregate::Question};

/// A week, month or quarter of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Bucket {
    pub start: NaiveDate,
    pub opened: i64,
    pub advanced: i64,
    pub passed: i64,
    pub invested: i64,
}

/// Buckets that a flow has at most.
pub const BUCKETS_LIMIT: usize = 600;

/// The first day of the week, month or quarter that a day is in.
pub fn start_of(interval: Interval, day: NaiveDate) -> NaiveDate {
    match interval {
        Interval::Week => day - Days::new(day.weekday().num_days_from_monday().into()),
        Interval::Month => day.with_day(1).unwrap_or(day),
        Interval::Quarter => day
            .with_day(1)
            .and_then(|day| day.with_month(day.month0() / 3 * 3 + 1))
            .unwrap_or(day),
    }
}

fn next(interval: Interval, start: NaiveDate) -> Option<NaiveDate> {
    match interval {
        Interval::Week => start.checked_add_days(Days::new(7)),
        Interval::Month => start.checked_add_months(Months::new(1)),
        Interval::Quarter => start.checked_add_months(Months::new(3)),
    }
}

impl Bucket {
    fn count(&mut self, moved: &Moved) {
        let count = |is: bool| if is { moved.changes } else { 0 };
        self.opened += count(moved.from.is_none());
        self.advanced += count(moved.is_forward());
        self.passed += count(moved.is_passed());
        self.invested += count(moved.is_invested());
    }
}

/// The days of a zone from the first instant of the first to the last of the last.
fn of_days(zone: chrono_tz::Tz, (from, to): (NaiveDate, NaiveDate)) -> Period {
    Period {
        from: from
            .pred_opt()
            .map_or(chrono::DateTime::<chrono::Utc>::MIN_UTC, |before| {
                time::end_of_day(zone, before) + chrono::TimeDelta::microseconds(1)
            }),
        to: time::end_of_day(zone, to),
    }
}

/// By how many days a conviction is older to which today's is compared.
pub const ROSE_SINCE_DAYS: u32 = 30;

impl Caller {
    /// The funnel of the deals opened in a period, followed to now or to the filter's instant. Remembered.
    pub async fn cohort_funnel(&self, filter: &Filter, period: Period) -> Result<Arc<Funnel>, Error> {
        self.aggregate(Question::Cohort(filter, period), |db, viewer, now| {
            let filter = filter.clone();
            async move {
                let reached = deal::reached(db, viewer, &filter, period, now).await?;
                let stages = deal::stages(db, filter.as_of).await?;
                Ok((funnel::cohort(&stages, &reached), None))
            }
            .boxed()
        })
        .await
    }

    /// The funnel of the moves of a period. Remembered.
    pub async fn activity_funnel(&self, filter: &Filter, period: Period) -> Result<Arc<Funnel>, Error> {
        self.aggregate(Question::Moves(filter, period), |db, viewer, now| {
            let filter = filter.clone();
            async move {
                let moved = deal::moved(db, viewer, &filter, period, now).await?;
                let there = deal::still_there(db, viewer, &filter, period, now).await?;
                let stages = deal::stages(db, filter.as_of).await?;
                Ok((funnel::activity(&stages, &moved, &there), None))
            }
            .boxed()
        })
        .await
    }

    /// How many deals made the moves of a period that the funnel counts, stage by stage.
    pub async fn movers(&self, filter: &Filter, period: Period) -> Result<HashMap<StageId, Movers>, Error> {
        let viewer = self.reader().await?;
        let movers = deal::movers(&self.db, &viewer, filter, period, self.now()).await?;
        let stages = deal::stages(&self.db, filter.as_of).await?;
        Ok(stages
            .iter()
            .filter_map(|stage| {
                let found = movers.iter().find(|one| one.position == stage.position)?;
                Some((stage.id, *found))
            })
            .collect())
    }

    /// How many deals made the moves that the flow counts, by the first day of each week, month or quarter.
    pub async fn flowed(
        &self,
        filter: &Filter,
        days: (NaiveDate, NaiveDate),
        interval: Interval,
    ) -> Result<HashMap<NaiveDate, Flowed>, Error> {
        let viewer = self.reader().await?;
        let zone = self.app.workspace().time_zone;
        let period = of_days(zone, days);
        let flowed = deal::flowed(&self.db, &viewer, filter, period, (interval, zone), self.now()).await?;
        Ok(flowed.into_iter().map(|one| (one.start, one)).collect())
    }

    /// Of the startups of the deals that a filter leaves, those whose conviction at its instant is higher by `least` or
    /// more than [`ROSE_SINCE_DAYS`] days before. Without evidence then, it rose from 0; without any now, it did not.
    pub async fn startups_that_rose(&self, filter: &Filter, least: Decimal) -> Result<Vec<StartupId>, Error> {
        let viewer = self.reader().await?;
        let least = least
            .to_f64()
            .ok_or_else(|| Error::Internal(format!("{least} is no double")))?;
        let now = filter.as_of.unwrap_or(self.now());
        let groups = deal::startups_of(&self.db, &viewer, filter, deal::Grouping::Stage, self.now()).await?;
        let mut ids: Vec<StartupId> = groups.into_values().flatten().collect();
        ids.sort_unstable();
        ids.dedup();
        let before = now
            .checked_sub_days(Days::new(ROSE_SINCE_DAYS.into()))
            .unwrap_or(now);
        let is = self.app.convictions(&self.db, &ids, filter.as_of).await?;
        ids.retain(|id| is.get(id).is_some_and(|is| *is >= least));
        let was = self.app.convictions(&self.db, &ids, Some(before)).await?;
        ids.retain(|id| {
            let was = was.get(id).copied().unwrap_or(0.0);
            is.get(id).is_some_and(|is| is - was >= least)
        });
        Ok(ids)
    }

    /// The stored convictions of startups, where there are any.
    pub async fn stored_convictions(&self, ids: &[StartupId]) -> Result<HashMap<StartupId, f64>, Error> {
        self.reader().await?;
        self.app.convictions(&self.db, ids, None).await
    }

    /// How long deals stood in each stage that they left. Remembered.
    pub async fn times_in_stages(
        &self,
        filter: &Filter,
        stays: Stays,
        period: Period,
    ) -> Result<Arc<HashMap<StageId, TimeInStage>>, Error> {
        self.aggregate(Question::Times(filter, stays, period), |db, viewer, now| {
            let filter = filter.clone();
            async move {
                let times = deal::times(db, viewer, &filter, (stays, period), now).await?;
                Ok((times.into_iter().map(|time| (time.stage, time)).collect(), None))
            }
            .boxed()
        })
        .await
    }

    /// What happened in each week, month or quarter that touches the days `from` to `to`; what happened outside these
    /// days is left out. None: these are more than [`BUCKETS_LIMIT`].
    pub async fn flow(
        &self,
        filter: &Filter,
        (from, to): (NaiveDate, NaiveDate),
        interval: Interval,
    ) -> Result<Option<Vec<Bucket>>, Error> {
        let viewer = self.reader().await?;
        let mut buckets = BTreeMap::new();
        let mut start = Some(start_of(interval, from));
        while let Some(day) = start.filter(|day| *day <= to) {
            let bucket = Bucket {
                start: day,
                opened: 0,
                advanced: 0,
                passed: 0,
                invested: 0,
            };
            buckets.insert(day, bucket);
            if buckets.len() > BUCKETS_LIMIT {
                return Ok(None);
            }
            start = next(interval, day);
        }
        let zone = self.app.workspace().time_zone;
        let period = of_days(zone, (from, to));
        let moved = deal::flow(&self.db, &viewer, filter, period, (interval, zone), self.now()).await?;
        for (start, moved) in moved {
            if let Some(bucket) = buckets.get_mut(&start) {
                bucket.count(&moved);
            }
        }
        Ok(Some(buckets.into_values().collect()))
    }

    /// What each source brought of the deals opened in a period, with the median conviction of their startups.
    pub async fn source_quality(
        &self,
        filter: &Filter,
        period: Period,
    ) -> Result<Vec<(SourceQuality, Option<f64>)>, Error> {
        let viewer = self.reader().await?;
        let sources = deal::source_quality(&self.db, &viewer, filter, period, self.now()).await?;
        let mut ids: Vec<StartupId> = sources
            .iter()
            .flat_map(|source| source.startups.clone())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let convictions = self.app.convictions(&self.db, &ids, filter.as_of).await?;
        let median_of = |source: &SourceQuality| {
            let known = source
                .startups
                .iter()
                .filter_map(|id| convictions.get(id).copied());
            median(known.collect())
        };
        Ok(sources
            .into_iter()
            .map(|source| {
                let median = median_of(&source);
                (source, median)
            })
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday_months_on_the_first_and_quarters_in_their_first_month() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (interval, of, start) in [
            (Interval::Week, "2024-07-31", "2024-07-29"),
            (Interval::Week, "2024-07-29", "2024-07-29"),
            (Interval::Week, "2024-01-01", "2024-01-01"),
            (Interval::Month, "2024-02-29", "2024-02-01"),
            (Interval::Quarter, "2024-12-31", "2024-10-01"),
            (Interval::Quarter, "2024-04-01", "2024-04-01"),
        ] {
            assert_eq!(start_of(interval, day(of)), day(start), "{interval:?} of {of}");
        }
    }
}
