//! Lists of deals: of the fund, and of startups.

use std::{collections::HashMap, sync::Arc};

use app::{
    deal::{Far, Filter, Order},
    page::{KeyKind, Slice},
};
use async_graphql::{Context, Enum, ID, InputObject, Result};
use domain::{FundTag, Instant, Language, Message, StartupId, UserTag, sector::Sector, time::end_of_day};

use super::{
    Channel, Deal, DealStatus, PassReason, Round,
    behind::{self, DealMoveFilter, DealSourceFilter},
    beside,
    load::{DealsCountKey, DealsKey, StagesKey},
};
use crate::{
    connection::{Window, connection, shared},
    context::{caller, id, loader, tree},
    error::{coded, told},
    pipeline::DealGroupFilter,
    scalar::{Date, DateTime, Decimal},
    startup::{Layer, OrderDirection, StartupFilter, known_then},
};

/// Counts the deals of a list.
pub enum DealCount {
    /// Those of the fund that a filter leaves.
    OfFund(Filter),
    /// Those of one startup.
    OfStartup(StartupId, Filter),
    /// So many, as is known already.
    Known(i64),
}

impl DealCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = match self {
            Self::Known(count) => *count,
            Self::OfFund(filter) => caller(ctx)?.deal_count(filter).await.map_err(told)?,
            Self::OfStartup(id, filter) => loader(ctx)?
                .load_one(DealsCountKey(*id, filter.clone()))
                .await?
                .unwrap_or(0),
        };
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }
}
connection!(DealConnection, DealEdge, Deal, DealCount, "deals");

/// By what a list of deals is narrowed. Different fields are joined by and, the values of one by or.
#[derive(InputObject, Default)]
pub struct DealFilter {
    /// Words that stand in its title, or in the names or domains of its startup, as it is now.
    search: Option<String>,
    /// In these stages, by key.
    stages: Option<Vec<String>>,
    /// With one of these statuses.
    statuses: Option<Vec<DealStatus>>,
    /// Led by these users.
    owners: Option<Vec<ID>>,
    /// With a startup on these layers.
    layers: Option<Vec<Layer>>,
    /// With a startup in these sectors, by slug; descendants count.
    sectors: Option<Vec<String>>,
    /// Brought through one of these channels.
    channels: Option<Vec<Channel>>,
    /// Active and in its stage for longer than the stage's limit, or not so.
    stale: Option<bool>,
    /// To be looked at again on this day or earlier, or due because what it waited for came on this day or earlier.
    revisit_due_by: Option<Date>,
    /// Passed then or later, as it happened, of deals that are PASSED.
    passed_from: Option<DateTime>,
    /// Passed then or earlier, as it happened, of deals that are PASSED.
    passed_to: Option<DateTime>,
    /// Funded by others later, or not: by a known outcome with an amount, of a deal that is PASSED on the day of the pass or
    /// after.
    later_funded: Option<bool>,
    /// Of these rounds.
    rounds: Option<Vec<Round>>,
    /// Passed for one of these reasons.
    pass_reasons: Option<Vec<PassReason>>,
    /// That one of these funds may do.
    funds: Option<Vec<ID>>,
    /// Opened then or later, as it happened.
    opened_from: Option<DateTime>,
    /// Opened then or earlier, as it happened.
    opened_to: Option<DateTime>,
    /// With a startup that has proof of real use, or none, as it is now.
    has_proof: Option<bool>,
    /// With a startup whose conviction is at least this, as it is now.
    conviction_at_least: Option<Decimal>,
    /// With a startup whose conviction is higher by this or more than it was 30 days before: before now, or before the
    /// instant that is looked at. Without evidence then, it rose from 0; without any now, it did not rise.
    conviction_rose_by: Option<Decimal>,
    /// Came into this stage, by key, or through it: stood in it or a later one, or was invested in.
    reached: Option<String>,
    /// Went on from this stage, by key: stood in a later one, or was invested in.
    advanced_from: Option<String>,
    /// Got to this stage, by key, and no further; those invested in went through all.
    furthest: Option<String>,
    /// Went through this stage, by key, without standing in it.
    skipped: Option<String>,
    /// With such a move among those that stand.
    moved: Option<DealMoveFilter>,
    /// Brought by this source.
    source: Option<DealSourceFilter>,
    /// In each of these groups of pipelineBy.
    groups: Option<Vec<DealGroupFilter>>,
    /// The first deal of its startup, as far as you may see them; or not.
    first_of_startup: Option<bool>,
    /// With a startup that this leaves; looking back, as it was known then.
    startups: Option<StartupFilter>,
}

impl DealFilter {
    pub(crate) async fn read(self, ctx: &Context<'_>, as_of: Option<Instant>) -> Result<Filter> {
        let sectors = match self.sectors.filter(|slugs| !slugs.is_empty()) {
            None => None,
            Some(slugs) => {
                let tree = tree(ctx, as_of).await?;
                known_sectors(&tree, &slugs)?;
                Some(app::sector::with_descendants(&tree, &slugs))
            }
        };
        let far = [
            ("reached", Far::Reached, self.reached),
            ("advancedFrom", Far::AdvancedFrom, self.advanced_from),
            ("furthest", Far::Furthest, self.furthest),
            ("skipped", Far::Skipped, self.skipped),
        ];
        let names_stages = self.stages.as_ref().is_some_and(|keys| !keys.is_empty())
            || self.moved.is_some()
            || far.iter().any(|(_, _, key)| key.is_some());
        let stages = if names_stages {
            loader(ctx)?.load_one(StagesKey(None)).await?.unwrap_or_default()
        } else {
            Arc::default()
        };
        if let Some(key) = self
            .stages
            .iter()
            .flatten()
            .find(|key| !stages.iter().any(|stage| &stage.key == *key))
        {
            return Err(no_such_stage("stages", key));
        }
        if as_of.is_some() && (self.has_proof.is_some() || self.conviction_at_least.is_some()) {
            return Err(bad(Message::FiguresOfNowOnly));
        }
        // Blank words narrow nothing.
        let is_searched = self.search.as_ref().is_some_and(|words| !words.trim().is_empty());
        if as_of.is_some() && is_searched {
            return Err(bad(Message::NamesOfNowOnly));
        }
        fn all<T, U: From<T>>(words: Option<Vec<T>>) -> Vec<U> {
            words.unwrap_or_default().into_iter().map(Into::into).collect()
        }
        let mut groups = Vec::new();
        for group in self.groups.into_iter().flatten() {
            groups.push(group.read(ctx, as_of).await?);
        }
        let of = match self.startups {
            None => None,
            Some(startups) => {
                let filter = startups.read(&tree(ctx, as_of).await?, caller(ctx)?.today())?;
                Some(Box::new(match as_of {
                    Some(at) => known_then(ctx, &filter, at).await?,
                    None => filter,
                }))
            }
        };
        let mut filter = Filter {
            search: self.search,
            stages: self.stages.unwrap_or_default(),
            statuses: all(self.statuses),
            owners: self
                .owners
                .unwrap_or_default()
                .iter()
                .map(id::<UserTag>)
                .collect::<Result<_>>()?,
            layers: all(self.layers),
            sectors,
            channels: all(self.channels),
            stale: self.stale,
            revisit_due_by: match self.revisit_due_by {
                Some(day) => {
                    let zone = caller(ctx)?.app().workspace().time_zone;
                    Some((day.0, end_of_day(zone, day.0)))
                }
                None => None,
            },
            passed_from: self.passed_from.map(|at| at.0),
            passed_to: self.passed_to.map(|at| at.0),
            later_funded: self.later_funded,
            rounds: all(self.rounds),
            pass_reasons: all(self.pass_reasons),
            funds: self
                .funds
                .unwrap_or_default()
                .iter()
                .map(id::<FundTag>)
                .collect::<Result<_>>()?,
            opened_from: self.opened_from.map(|at| at.0),
            opened_to: self.opened_to.map(|at| at.0),
            has_proof: self.has_proof,
            conviction_at_least: self.conviction_at_least.map(|least| least.0),
            far: behind::far(far, &stages)?,
            moved: self.moved.map(|moved| moved.read(&stages)).transpose()?,
            brought: self.source.map(Into::into),
            groups,
            first_of_startup: self.first_of_startup,
            startups: None,
            of,
            as_of,
        };
        if let Some(Decimal(least)) = self.conviction_rose_by {
            if least.is_sign_negative() {
                return Err(coded(
                    "BAD_USER_INPUT",
                    format!("convictionRoseBy: {least} is below 0; send by how many points it rose at least"),
                ));
            }
            let rose = caller(ctx)?.startups_that_rose(&filter, least).await;
            filter.startups = Some(rose.map_err(told)?);
        }
        Ok(filter)
    }
}

/// What is said of a stage that there is none of.
pub(super) fn no_such_stage(field: &str, key: &str) -> async_graphql::Error {
    let said = Message::NoSuchStage { key: key.to_owned() }.text(Language::En);
    coded("BAD_USER_INPUT", format!("{field}: {said}"))
}

fn bad(message: Message) -> async_graphql::Error {
    coded("BAD_USER_INPUT", message.text(Language::En))
}

fn known_sectors(tree: &[Sector], slugs: &[String]) -> Result<()> {
    match slugs
        .iter()
        .find(|slug| !tree.iter().any(|sector| &sector.slug == *slug))
    {
        Some(slug) => Err(bad(Message::NoSuchSector { slug: slug.clone() })),
        None => Ok(()),
    }
}

/// By what a list of deals is ordered; ties end with the id.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
pub enum DealOrderField {
    /// By title, Chinese by pinyin.
    Title,
    /// By the conviction of its startup, as it is now; those without one last.
    Conviction,
    /// By when it came into its stage.
    EnteredStageAt,
    /// By when its next step is due; those without a day last.
    NextStepDue,
    /// By when it was opened here.
    CreatedAt,
    /// By when it was last changed.
    UpdatedAt,
}

/// How a list of deals is ordered.
#[derive(InputObject)]
pub struct DealOrder {
    /// By what.
    field: DealOrderField,
    /// In which direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
}

/// The four arguments of a connection: first, after, last, before.
type Paging = (Option<i32>, Option<String>, Option<i32>, Option<String>);

/// How a list is ordered: by what, whether it descends, and its name in cursors.
type Ordered<'o> = (Order, bool, &'o str);

/// Refuses an order by figures that are stored of now alone.
pub(crate) fn of_now_only(order: Order, as_of: Option<Instant>) -> Result<()> {
    if order == Order::Conviction && as_of.is_some() {
        return Err(bad(Message::FiguresOfNowOnly));
    }
    Ok(())
}

async fn page(
    ctx: &Context<'_>,
    slice: Slice<Arc<domain::deal::Deal>>,
    window: &Window,
    (order, descending, name): Ordered<'_>,
    as_of: Option<Instant>,
    count: DealCount,
) -> Result<DealConnection> {
    let convictions = if order == Order::Conviction {
        let ids: Vec<StartupId> = slice.rows.iter().map(|deal| deal.startup_id).collect();
        caller(ctx)?.stored_convictions(&ids).await.map_err(told)?
    } else {
        HashMap::new()
    };
    let mut rows = window.rows(
        slice,
        name,
        move |node: &Deal| {
            let conviction = convictions.get(&node.row.startup_id).copied();
            order.place(&node.row, descending, conviction)
        },
        |row| Deal::new(row, as_of),
    );
    beside::fill(ctx, &mut rows.nodes, as_of).await?;
    Ok(DealConnection { rows, count })
}

/// An order, whether it descends, and its name in cursors; by entry into the stage where none is asked for.
pub(crate) fn read_order(order: Option<DealOrder>) -> (Order, bool, String) {
    let DealOrder { field, direction } = order.unwrap_or(DealOrder {
        field: DealOrderField::EnteredStageAt,
        direction: OrderDirection::Asc,
    });
    let (order, name) = match field {
        DealOrderField::Title => (Order::Title, "TITLE"),
        DealOrderField::Conviction => (Order::Conviction, "CONVICTION"),
        DealOrderField::EnteredStageAt => (Order::EnteredStageAt, "ENTERED_STAGE_AT"),
        DealOrderField::NextStepDue => (Order::NextStepDue, "NEXT_STEP_DUE"),
        DealOrderField::CreatedAt => (Order::CreatedAt, "CREATED_AT"),
        DealOrderField::UpdatedAt => (Order::UpdatedAt, "UPDATED_AT"),
    };
    let descending = direction == OrderDirection::Desc;
    let name = format!("{name} {}", if descending { "DESC" } else { "ASC" });
    (order, descending, name)
}

/// A page of cards of a column of `deals`.
pub(crate) async fn column_page(
    ctx: &Context<'_>,
    slice: Slice<Arc<domain::deal::Deal>>,
    window: &Window,
    order: Ordered<'_>,
    as_of: Option<Instant>,
    deals: i64,
) -> Result<DealConnection> {
    page(ctx, slice, window, order, as_of, DealCount::Known(deals)).await
}

/// A page of the fund's deals, as known at the instant.
pub(super) async fn all(
    ctx: &Context<'_>,
    paging: Paging,
    filter: Option<DealFilter>,
    order: Option<DealOrder>,
    as_of: Option<Instant>,
) -> Result<DealConnection> {
    let (order, descending, name) = read_order(order);
    of_now_only(order, as_of)?;
    let (first, after, last, before) = paging;
    let window = Window::read((&name, order.key_kind()), first, after, last, before)?;
    let filter = filter.unwrap_or_default().read(ctx, as_of).await?;
    let slice = caller(ctx)?
        .deals(&filter, order, descending, &window.page())
        .await
        .map_err(told)?;
    let count = DealCount::OfFund(filter);
    page(
        ctx,
        shared(slice),
        &window,
        (order, descending, &name),
        as_of,
        count,
    )
    .await
}

/// A page of a startup's deals, newest first; startups beside each other are read together.
pub(crate) async fn of_startup(
    ctx: &Context<'_>,
    startup: StartupId,
    as_of: Option<Instant>,
    paging: Paging,
    filter: Option<DealFilter>,
) -> Result<DealConnection> {
    const ORDER: &str = "CREATED_AT DESC";
    let (first, after, last, before) = paging;
    let window = Window::read((ORDER, KeyKind::Instant), first, after, last, before)?;
    let filter = filter.unwrap_or_default().read(ctx, as_of).await?;
    let slice = loader(ctx)?
        .load_one(DealsKey(startup, filter.clone(), window.clone()))
        .await?;
    let slice = slice.unwrap_or(Slice {
        rows: Vec::new(),
        more: false,
    });
    let slice = shared(slice);
    let count = DealCount::OfStartup(startup, filter);
    page(ctx, slice, &window, (Order::CreatedAt, true, ORDER), as_of, count).await
}
