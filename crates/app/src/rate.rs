//! Exchange rates: what figures in other currencies are measured with.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{
    ExchangeRateId, ExchangeRateTag, Instant, Message, Problem, ProblemCode,
    access::Demand,
    activity::{Change, SubjectType, whole},
    money::Currency,
    rate::{Quote, Rate},
    time,
};
use futures::FutureExt;
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::page::{Page, Slice};
pub use storage::rate::{Filter, place};

use crate::{
    Caller, Error, Outcome,
    write::{Stop, Write},
};

/// How many rates are written at once.
const BATCH: usize = 2_000;

/// What became of several rates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// How many were not known.
    pub new: usize,
    /// How many were known as they are.
    pub unchanged: usize,
}

impl Caller {
    /// A page of rates, the newest day first.
    pub async fn rates(&self, filter: &Filter, page: &Page) -> Result<Slice<Rate>, Error> {
        self.reader().await?;
        Ok(storage::rate::list(&self.db, filter, page).await?)
    }
    /// How many rates the filter leaves.
    pub async fn rate_count(&self, filter: &Filter) -> Result<i64, Error> {
        self.reader().await?;
        Ok(storage::rate::count(&self.db, filter).await?)
    }
    /// The rate with this id.
    pub async fn rate_by_id(&self, id: ExchangeRateId) -> Result<Option<Rate>, Error> {
        self.reader().await?;
        Ok(storage::rate::by_id(&self.db, id).await?)
    }

    /// Records a rate; where the newest of its day says so already, that one.
    pub async fn record_rate(&self, quote: Quote, path: &str) -> Result<Outcome<ExchangeRateId>, Error> {
        self.write("recordRate", path, Demand::ANALYST_WRITE, |w| {
            record(w, quote.clone()).boxed()
        })
        .await
    }

    /// Records rates, all or none; those that the newest of their day says already are counted and left.
    pub async fn record_rates(&self, quotes: Vec<Quote>, path: &str) -> Result<Outcome<Recorded>, Error> {
        self.write("recordRates", path, Demand::ANALYST_WRITE, |w| {
            record_all(w, quotes.clone()).boxed()
        })
        .await
    }

    /// Records the rates of a file as the European Central Bank publishes it, each batch a write of its own. Where a cell
    /// cannot be read nothing is recorded; stopped in the middle, it goes on when it is called again.
    pub async fn import_rates(
        &self,
        name: &str,
        bytes: &[u8],
        source: &str,
        mut progress: impl FnMut(usize, usize),
    ) -> Result<Outcome<Recorded>, Error> {
        self.demand(Demand::ANALYST_WRITE).await?;
        let quotes = match import::ecb::read(name, bytes, source, self.today()) {
            Ok(quotes) => quotes,
            Err(problems) => return Ok(Err(problems)),
        };
        let mut imported = Recorded::default();
        for batch in quotes.chunks(BATCH) {
            let outcome = self
                .write("importRates", "importRates", Demand::ANALYST_WRITE, |w| {
                    record_all(w, batch.to_vec()).boxed()
                })
                .await?;
            match outcome {
                Ok(Recorded { new, unchanged }) => {
                    imported.new += new;
                    imported.unchanged += unchanged;
                }
                Err(problems) => return Ok(Err(problems)),
            }
            progress(imported.new + imported.unchanged, quotes.len());
        }
        Ok(Ok(imported))
    }
}

async fn record(w: &mut Write, quote: Quote) -> Result<ExchangeRateId, Stop> {
    storage::rubric::lock_measures(&w.tx).await?;
    let quote = quote.prepared(w.today())?;
    let known = storage::rate::newest(&w.tx, std::slice::from_ref(&quote)).await?;
    if let Some(known) = known
        .into_values()
        .next()
        .filter(|known| known.quote.equals(&quote))
    {
        return Ok(known.id);
    }
    let id = w.new_id::<ExchangeRateTag>();
    w.record(Change {
        subject_type: SubjectType::ExchangeRate,
        subject_id: id.uuid(),
        startup_id: None,
        deal_id: None,
        before: None,
        after: Some(whole(&quote)),
    });
    store(w, &[(id, quote)]).await?;
    Ok(id)
}

/// Stores rates that are not known. Each is later than every other recorded before, so that whoever asks what is new
/// since an instant is told of all.
async fn store(w: &Write, rates: &[(ExchangeRateId, Quote)]) -> Result<(), Stop> {
    let at: Instant = match storage::rate::last_recorded(&w.tx).await? {
        Some(last) => time::recorded_after(w.now, last),
        None => w.now,
    };
    storage::rate::insert(&w.tx, rates, at, w.by).await?;
    Ok(())
}

/// Records those of these rates that are not known; one row of activity tells of all, by the id of the first.
async fn record_all(w: &mut Write, quotes: Vec<Quote>) -> Result<Recorded, Stop> {
    if quotes.len() > BATCH {
        let (count, limit) = (quotes.len(), BATCH);
        return Err(Problem::new(ProblemCode::Limit, "rates", Message::TooMany { count, limit }).into());
    }
    storage::rubric::lock_measures(&w.tx).await?;
    let known: HashMap<(Currency, chrono::NaiveDate), Rate> = storage::rate::newest(&w.tx, &quotes).await?;
    let total = quotes.len();
    let mut seen = HashSet::new();
    let mut new = Vec::new();
    let mut problems = Vec::new();
    for (n, quote) in quotes.into_iter().enumerate() {
        let within = |problem: Problem| problem.within(&n.to_string()).within("rates");
        let quote = match quote.prepared(w.today()) {
            Ok(quote) => quote,
            Err(wrong) => {
                problems.extend(wrong.into_iter().map(within));
                continue;
            }
        };
        let of = (quote.currency.clone(), quote.on);
        let same = known.get(&of);
        if !seen.insert(of) {
            let value = format!("{} {}", quote.currency.code(), quote.on);
            problems.push(within(Problem::invalid("", Message::Duplicate { value })));
        } else if !same.is_some_and(|known| known.quote.equals(&quote)) {
            new.push((w.new_id::<ExchangeRateTag>(), quote));
        }
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let done = Recorded {
        new: new.len(),
        unchanged: total - new.len(),
    };
    let days = new.iter().map(|(_, quote)| quote.on);
    let (Some((first, quote)), Some(from), Some(to)) = (new.first(), days.clone().min(), days.max()) else {
        return Ok(done);
    };
    let currencies: BTreeSet<&str> = new.iter().map(|(_, quote)| quote.currency.code()).collect();
    let after = json!({ "rates": new.len(), "from": from, "to": to, "currencies": currencies, "source": quote.source });
    let change = Change {
        subject_type: SubjectType::ExchangeRate,
        subject_id: first.uuid(),
        startup_id: None,
        deal_id: None,
        before: None,
        after: Some(after),
    };
    w.record(change);
    store(w, &new).await?;
    Ok(done)
}
