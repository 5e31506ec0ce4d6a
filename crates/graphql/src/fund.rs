//! The funds that may invest, and where a deal does not suit one.

use std::{collections::HashMap, sync::Arc};

use app::fund::NewFund;
use async_graphql::{
    Context, Error, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject, dataloader::Loader,
};
use domain::{FundId, FundTag, Instant, fund};

use crate::{
    context::{Load, caller, language, loader, path, read_id},
    error::told,
    money::{MoneyRange, MoneyRangeInput},
    scalar::Currency,
    startup::optional,
    user::{UserError, split, user_errors},
};

/// A fund that may invest.
#[derive(Clone)]
pub struct Fund(pub(crate) fund::Fund);

/// A fund 基金主体 that may invest: in which currency, between which amounts, under which constraints.
#[Object]
impl Fund {
    /// The fund's id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }
    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// In which currency it invests, such as CNY or USD; sums by fund stay in it.
    async fn currency(&self) -> Currency {
        Currency(self.0.currency.clone())
    }
    /// What it puts into one deal, in its currency.
    async fn ticket(&self) -> Option<MoneyRange> {
        self.0.ticket.clone().map(Into::into)
    }
    /// What binds it, in words: 返投比例, 国资, 单项目上限, 境外限制.
    async fn constraints(&self) -> Option<&str> {
        self.0.constraints.as_deref()
    }
    /// Whether deals name it no more; those that do keep it.
    async fn is_retired(&self) -> bool {
        self.0.is_retired
    }
    /// Rises by one with every change; send it back with an update.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A fund that may do a deal, and where the deal does not suit it.
#[derive(SimpleObject, Clone)]
pub struct FundFit {
    /// The fund.
    pub(crate) fund: Fund,
    /// What does not match, a sentence each: the startup's structure, the currency of the amount, our amount and the
    /// ticket. Empty: nothing speaks against it.
    pub(crate) notes: Vec<String>,
}

/// Every fund as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct FundsKey(Option<Instant>);

impl Loader<FundsKey> for Load {
    type Value = Arc<Vec<fund::Fund>>;
    type Error = Error;
    async fn load(&self, keys: &[FundsKey]) -> Result<HashMap<FundsKey, Arc<Vec<fund::Fund>>>> {
        let mut found = HashMap::new();
        for key in keys {
            found.insert(key.clone(), Arc::new(self.0.funds(key.0).await.map_err(told)?));
        }
        Ok(found)
    }
}

/// The funds with these ids, in this order, as known at an instant.
pub(crate) async fn by_ids(ctx: &Context<'_>, ids: &[FundId], as_of: Option<Instant>) -> Result<Vec<Fund>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let all = loader(ctx)?.load_one(FundsKey(as_of)).await?.unwrap_or_default();
    let found = |id: &FundId| all.iter().find(|fund| fund.id == *id).cloned().map(Fund);
    Ok(ids.iter().filter_map(found).collect())
}

/// A new fund.
#[derive(InputObject)]
pub struct CreateFundInput {
    /// What it is called; no two funds share a name.
    name: String,
    /// In which currency it invests.
    currency: Currency,
    /// What it puts into one deal, in its currency, which may be left out of the range.
    ticket: Option<MoneyRangeInput>,
    /// What binds it, in words: 返投比例, 国资, 单项目上限, 境外限制.
    constraints: Option<String>,
}

/// A change of a fund. A field left out stays as it is; null clears it.
#[derive(InputObject)]
pub struct UpdateFundInput {
    /// Which fund.
    id: ID,
    /// The version the caller read.
    version: i32,
    /// What it is called.
    name: Option<String>,
    /// In which currency it invests; the ticket is in the same.
    currency: Option<Currency>,
    /// What it puts into one deal.
    ticket: MaybeUndefined<MoneyRangeInput>,
    /// What binds it, in words.
    constraints: MaybeUndefined<String>,
    /// Whether deals name it no more. Those that do keep it.
    is_retired: Option<bool>,
}

/// What became of a mutation of a fund.
#[derive(SimpleObject)]
pub struct FundPayload {
    /// The fund; null when nothing was done.
    fund: Option<Fund>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

async fn payload(ctx: &Context<'_>, outcome: app::Outcome<FundId>) -> Result<FundPayload> {
    let (id, user_errors) = split(ctx, outcome);
    let fund = match id {
        Some(id) => {
            let funds = caller(ctx)?.funds(None).await.map_err(told)?;
            funds.into_iter().find(|fund| fund.id == id).map(Fund)
        }
        None => None,
    };
    Ok(FundPayload { fund, user_errors })
}

/// Queries about funds.
#[derive(Default)]
pub struct FundQuery;

#[Object]
impl FundQuery {
    /// The funds that may invest, retired ones too, in the order in which they came.
    async fn funds(&self, ctx: &Context<'_>) -> Result<Vec<Fund>> {
        let funds = caller(ctx)?.funds(None).await.map_err(told)?;
        Ok(funds.into_iter().map(Fund).collect())
    }
}

/// Mutations of funds.
#[derive(Default)]
pub struct FundMutation;

#[Object]
impl FundMutation {
    /// Adds a fund. Takes an ADMIN.
    async fn create_fund(&self, ctx: &Context<'_>, input: CreateFundInput) -> Result<FundPayload> {
        let CreateFundInput {
            name,
            currency,
            ticket,
            constraints,
        } = input;
        let new = NewFund {
            name,
            currency: currency.0,
            ticket: ticket.map(Into::into),
            constraints,
        };
        let outcome = caller(ctx)?.create_fund(new, &path(ctx)).await.map_err(told)?;
        payload(ctx, outcome).await
    }
    /// Changes a fund that is still at the version read, or retires it. None is deleted, as deals name it. Takes an
    /// ADMIN.
    async fn update_fund(&self, ctx: &Context<'_>, input: UpdateFundInput) -> Result<FundPayload> {
        let id = match read_id::<FundTag>(&input.id, "id") {
            Ok(id) => id,
            Err(problem) => {
                return Ok(FundPayload {
                    fund: None,
                    user_errors: user_errors(vec![problem], language(ctx)),
                });
            }
        };
        let edit = fund::FundEdit {
            name: input.name,
            currency: input.currency.map(|currency| currency.0),
            ticket: optional(input.ticket, Into::into),
            constraints: optional(input.constraints, |words| words),
            is_retired: input.is_retired,
        };
        let outcome = caller(ctx)?
            .update_fund(id, input.version, edit, &path(ctx))
            .await
            .map_err(told)?;
        payload(ctx, outcome).await
    }
}
