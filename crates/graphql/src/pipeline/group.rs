//! Deals put together by fund, owner, round, sector, layer or channel.

use std::collections::HashMap;

use app::{
    deal::Filter,
    pipeline::{Grouping, Sums, id_of},
};
use async_graphql::{Context, Enum, ID, InputObject, Result, SimpleObject};
use domain::{
    FundTag, Instant, Language, SectorTag, UserTag,
    assessment::shown,
    deal::{Channel, Round},
    startup::Layer,
};

use super::{MoneyTotal, count, ranges};
use crate::{
    context::{caller, id, language, tree},
    error::{coded, told},
    money::MoneyRange,
    scalar::Decimal,
};

/// By what deals are put together.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
pub enum PipelineGrouping {
    /// By fund that may do them; a deal of two counts in both. The totals are in the fund's own currency.
    Fund,
    /// By who leads them.
    Owner,
    /// By round.
    Round,
    /// By sector of their startups; a deal of two counts in both.
    Sector,
    /// By layer of their startups.
    Layer,
    /// By channel that they came through; a deal of two counts in both.
    Channel,
}

impl From<PipelineGrouping> for Grouping {
    fn from(group: PipelineGrouping) -> Self {
        match group {
            PipelineGrouping::Fund => Self::Fund,
            PipelineGrouping::Owner => Self::Owner,
            PipelineGrouping::Round => Self::Round,
            PipelineGrouping::Sector => Self::Sector,
            PipelineGrouping::Layer => Self::Layer,
            PipelineGrouping::Channel => Self::Channel,
        }
    }
}

/// A group as pipelineBy puts deals together.
#[derive(InputObject)]
pub struct DealGroupFilter {
    /// By what.
    by: PipelineGrouping,
    /// The group's key: an id, a slug or a code; empty, the deals of no group.
    key: String,
}

impl DealGroupFilter {
    /// What they are put together by, and the group's key as it is stored.
    pub(crate) async fn read(self, ctx: &Context<'_>, as_of: Option<Instant>) -> Result<(Grouping, String)> {
        let Self { by, key } = self;
        if key.is_empty() {
            return Ok((by.into(), key));
        }
        let stored = match by {
            PipelineGrouping::Fund => Some(id::<FundTag>(&ID(key.clone()))?.uuid().to_string()),
            PipelineGrouping::Owner => Some(id::<UserTag>(&ID(key.clone()))?.uuid().to_string()),
            PipelineGrouping::Sector => tree(ctx, as_of)
                .await?
                .iter()
                .find(|sector| sector.slug == key)
                .map(|sector| sector.id.uuid().to_string()),
            PipelineGrouping::Layer => key.parse::<Layer>().ok().map(|one| one.code().to_owned()),
            PipelineGrouping::Round => key.parse::<Round>().ok().map(|one| one.code().to_owned()),
            PipelineGrouping::Channel => key.parse::<Channel>().ok().map(|one| one.code().to_owned()),
        };
        let stored = stored.ok_or_else(|| {
            coded(
                "BAD_USER_INPUT",
                format!("groups.key: {key} is the key of no group; send one that pipelineBy gave, or nothing for the deals of none"),
            )
        })?;
        Ok((by.into(), stored))
    }
}

/// A group of deals.
#[derive(SimpleObject)]
pub struct PipelineGroup {
    /// What they share: an id, a slug or a code; empty where there is none.
    key: String,
    /// What they share, in words.
    label: String,
    /// How many deals.
    deal_count: i32,
    /// How many of them are in their stage for longer than its limit.
    stale_count: i32,
    /// The amounts they seek, by currency, lows and highs added apart.
    amount: Vec<MoneyRange>,
    /// The same in the workspace's currency; by fund in the fund's.
    amount_total: Option<MoneyTotal>,
    /// Our amounts, by currency.
    our_amount: Vec<MoneyRange>,
    /// The same in the workspace's currency; by fund in the fund's.
    our_amount_total: Option<MoneyTotal>,
    /// The median conviction of their startups, each counted once; null where none is known.
    median_conviction: Option<Decimal>,
}

/// Every group of the deals that a filter leaves, the largest first.
pub(super) async fn all(
    ctx: &Context<'_>,
    group: PipelineGrouping,
    filter: &Filter,
) -> Result<Vec<PipelineGroup>> {
    let caller = caller(ctx)?;
    let grouping = group.into();
    let sums = caller.deal_sums(filter, grouping).await.map_err(told)?;
    let medians = caller.median_convictions(filter, grouping).await.map_err(told)?;
    let rates = caller
        .rates_at(filter.as_of.unwrap_or(caller.now()))
        .await
        .map_err(told)?;
    let funds = match group {
        PipelineGrouping::Fund => caller.funds(filter.as_of).await.map_err(told)?,
        _ => Vec::new(),
    };
    // Sums by fund stay in the fund's own currency.
    let rates_of = |key: &str| {
        let fund = funds.iter().find(|fund| fund.id.uuid().to_string() == key);
        fund.map_or_else(
            || rates.clone(),
            |fund| rates.into_currency(fund.currency.clone()),
        )
    };
    let named = names(ctx, group, filter.as_of, sums.keys()).await?;
    let mut sums: Vec<(&String, &Sums)> = sums.iter().collect();
    sums.sort_by(|(a, of_a), (b, of_b)| of_b.deals.cmp(&of_a.deals).then_with(|| a.cmp(b)));
    Ok(sums
        .into_iter()
        .map(|(group, sums)| {
            let rates = rates_of(group);
            let (key, label) = named.get(group).cloned().unwrap_or_default();
            PipelineGroup {
                key,
                label,
                deal_count: count(sums.deals),
                stale_count: count(sums.stale),
                amount: ranges(&sums.amounts),
                amount_total: MoneyTotal::of(&rates, &sums.amounts, sums.deals),
                our_amount: ranges(&sums.ours),
                our_amount_total: MoneyTotal::of(&rates, &sums.ours, sums.deals),
                median_conviction: medians
                    .get(group)
                    .map(|conviction| Decimal(shown::conviction(*conviction))),
            }
        })
        .collect())
}

/// What each group is called: its key in the API, and its label.
async fn names<'k>(
    ctx: &Context<'_>,
    group: PipelineGrouping,
    as_of: Option<Instant>,
    keys: impl Iterator<Item = &'k String>,
) -> Result<HashMap<String, (String, String)>> {
    let language = language(ctx);
    let none = match (group, language) {
        (PipelineGrouping::Fund, Language::En) => "No fund",
        (PipelineGrouping::Fund, Language::Zh) => "未定基金",
        (PipelineGrouping::Owner, Language::En) => "No owner",
        (PipelineGrouping::Owner, Language::Zh) => "无负责人",
        (PipelineGrouping::Sector, Language::En) => "No sector",
        (PipelineGrouping::Sector, Language::Zh) => "未归入赛道",
        (PipelineGrouping::Layer, Language::En) => "Unclassified",
        (PipelineGrouping::Layer, Language::Zh) => "未分层",
        (_, Language::En) => "Not known",
        (_, Language::Zh) => "未知",
    };
    let mut named: HashMap<String, (String, String)> = keys
        .map(|key| (key.clone(), (key.clone(), none.to_owned())))
        .collect();
    match group {
        PipelineGrouping::Fund => {
            for fund in caller(ctx)?.funds(as_of).await.map_err(told)? {
                named.insert(fund.id.uuid().to_string(), (fund.id.to_string(), fund.name));
            }
        }
        PipelineGrouping::Owner => {
            let ids: Vec<domain::UserId> = parsed::<UserTag>(named.keys());
            for user in caller(ctx)?.users_by_ids(&ids).await.map_err(told)? {
                named.insert(user.id.uuid().to_string(), (user.id.to_string(), user.name));
            }
        }
        PipelineGrouping::Sector => {
            let ids = parsed::<SectorTag>(named.keys());
            for sector in tree(ctx, as_of).await?.iter().filter(|one| ids.contains(&one.id)) {
                let label = match language {
                    Language::En => &sector.name,
                    Language::Zh => &sector.name_zh,
                };
                named.insert(sector.id.uuid().to_string(), (sector.slug.clone(), label.clone()));
            }
        }
        PipelineGrouping::Layer => say(&mut named, |code| {
            Some(code.parse::<Layer>().ok()?.name(language).to_owned())
        }),
        PipelineGrouping::Channel => say(&mut named, |code| {
            Some(code.parse::<Channel>().ok()?.name(language).to_owned())
        }),
        PipelineGrouping::Round => say(&mut named, |code| {
            let round = code.parse::<Round>().ok()?;
            (round != Round::Unknown).then(|| round.label().to_owned())
        }),
    }
    Ok(named)
}

fn say(named: &mut HashMap<String, (String, String)>, word: impl Fn(&str) -> Option<String>) {
    for (key, (_, label)) in named {
        if let Some(word) = word(key) {
            *label = word;
        }
    }
}

fn parsed<'k, T: type_safe_id::StaticType + Default>(
    keys: impl Iterator<Item = &'k String>,
) -> Vec<type_safe_id::TypeSafeId<T>> {
    keys.filter_map(|key| id_of(key)).collect()
}
