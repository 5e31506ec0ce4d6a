//! The funds that may invest, as administrators edit them: added, changed, retired. None is deleted, as deals name them.

use domain::{
    FundId, FundTag, Instant, Message, Problem, ProblemCode, Problems,
    access::Demand,
    activity::{Change, SubjectType, diff, whole},
    deal::Terms,
    fund::{Fund, FundEdit},
    money::{Currency, MoneyRange},
    text::fold,
    time,
};
use futures::FutureExt;

use crate::{
    Caller, Error, Outcome,
    write::{Stop, Write},
};

/// A fund to be added.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct NewFund {
    pub name: String,
    pub currency: Currency,
    pub ticket: Option<MoneyRange>,
    pub constraints: Option<String>,
}

impl Caller {
    /// Every fund, retired ones too, in the order in which they came.
    pub async fn funds(&self, as_of: Option<Instant>) -> Result<Vec<Fund>, Error> {
        self.reader().await?;
        Ok(storage::fund::all(&self.db, as_of).await?)
    }
    /// Adds a fund.
    pub async fn create_fund(&self, new: NewFund, path: &str) -> Result<Outcome<FundId>, Error> {
        self.write("createFund", path, Demand::ADMIN, |w| {
            create(w, new.clone()).boxed()
        })
        .await
    }
    /// Changes a fund that is still at `version`, or retires it.
    pub async fn update_fund(
        &self,
        id: FundId,
        version: i32,
        edit: FundEdit,
        path: &str,
    ) -> Result<Outcome<FundId>, Error> {
        self.write("updateFund", path, Demand::ADMIN, |w| {
            update(w, id, version, edit.clone()).boxed()
        })
        .await
    }
}

/// Refuses a name that another fund has.
fn not_taken(funds: &[(Fund, Instant)], fund: &Fund) -> Result<(), Problem> {
    let taken = funds
        .iter()
        .map(|(other, _)| other)
        .find(|other| other.id != fund.id && fold(&other.name) == fold(&fund.name));
    match taken {
        None => Ok(()),
        Some(other) => {
            let message = Message::FundTaken {
                name: other.name.clone(),
                id: other.id.to_string(),
            };
            Err(Problem::new(ProblemCode::Taken, "name", message))
        }
    }
}

async fn create(w: &mut Write, new: NewFund) -> Result<FundId, Stop> {
    let NewFund {
        name,
        currency,
        ticket,
        constraints,
    } = new;
    let fund = Fund {
        id: w.new_id::<FundTag>(),
        name,
        currency,
        ticket,
        constraints,
        is_retired: false,
        version: 1,
    };
    let fund = fund.prepared()?;
    let funds = storage::fund::lock(&w.tx).await?;
    not_taken(&funds, &fund)?;
    let count = funds.len() + 1;
    if count > domain::fund::FUNDS_LIMIT {
        let limit = domain::fund::FUNDS_LIMIT;
        return Err(Problem::new(ProblemCode::Limit, "", Message::TooMany { count, limit }).into());
    }
    storage::fund::insert(&w.tx, &fund, w.now).await?;
    let mut after = whole(&fund);
    if let Some(fields) = after.as_object_mut() {
        // What the row says already.
        fields.retain(|name, _| !matches!(name.as_str(), "id" | "version"));
    }
    record(w, &fund, None, after);
    Ok(fund.id)
}

async fn update(w: &mut Write, id: FundId, version: i32, edit: FundEdit) -> Result<FundId, Stop> {
    let funds = storage::fund::lock(&w.tx).await?;
    let (old, last) = funds
        .iter()
        .find(|(fund, _)| fund.id == id)
        .cloned()
        .ok_or_else(|| Problem::not_found("id", id))?;
    if old.version != version {
        let message = Message::StaleVersion {
            sent: version,
            current: old.version,
        };
        return Err(Problem::new(ProblemCode::StaleVersion, "version", message).into());
    }
    let mut new = old.clone().edited(edit).prepared()?;
    not_taken(&funds, &new)?;
    let Some((before, after)) = diff(&old, &new) else {
        return Ok(id);
    };
    new.version += 1;
    storage::fund::update(&w.tx, &new, time::recorded_after(w.now, last)).await?;
    record(w, &new, Some(before), after);
    Ok(id)
}

fn record(w: &mut Write, fund: &Fund, before: Option<serde_json::Value>, after: serde_json::Value) {
    w.record(Change {
        subject_type: SubjectType::Fund,
        subject_id: fund.id.uuid(),
        startup_id: None,
        deal_id: None,
        before,
        after: Some(after),
    });
}

/// Whether every fund that the terms newly name is there, and not retired.
pub(crate) async fn funds_exist(w: &Write, terms: &Terms, before: Option<&Terms>) -> Result<(), Stop> {
    let named = |id: &FundId| before.is_some_and(|before| before.fund_ids.contains(id));
    let new: Vec<(usize, FundId)> = terms
        .fund_ids
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, id)| !named(id))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let funds = storage::fund::all(&w.tx, None).await?;
    let mut problems = Problems::default();
    for (n, id) in new {
        let field = format!("funds.{n}");
        match funds.iter().find(|fund| fund.id == id) {
            None => problems.push(Problem::not_found(&field, id)),
            Some(fund) => problems.push_if(fund.is_retired, || {
                let name = fund.name.clone();
                Problem::not_allowed(&field, Message::FundRetired { name })
            }),
        }
    }
    Ok(problems.into_result()?)
}
