//! What a provider did.

use app::provider::exposed_to;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::{Instant, ProviderEventId, ProviderTag, provider};

use super::{
    Provider, at_most,
    exposure::ProviderExposure,
    load::{EventKey, EventsKey, ProviderKey},
};
use crate::{
    context::{caller, language, loader, path, read_id},
    error::told,
    evidence::DatePrecision,
    scalar::{Date, DateTime, Url},
    user::{User, UserError, split, user, user_errors},
    word::word,
};

word! {
    /// What a provider did.
    ProviderEventKind, "provider::EventKind" {
        /// It changed a price.
        Price,
        /// It brought out a model or a product.
        Launch,
        /// It opened an API.
        ApiOpened,
        /// It put something off.
        Delay,
        /// It failed for a while.
        Outage,
        /// It changed what may be done with its models.
        Policy,
        /// It ended an API or a model.
        Shutdown,
    }
}

/// How many events of a provider are told unless more are asked for.
const EVENTS: i32 = 50;

/// Something that a provider did, as known at an instant.
#[derive(Clone)]
pub struct ProviderEvent {
    pub(crate) row: provider::ProviderEvent,
    pub(crate) as_of: Option<Instant>,
}

/// Something that a provider did. Never rewritten: a mistake is undone, and recorded anew.
#[Object]
impl ProviderEvent {
    /// The event's id.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }
    /// Whose doing it was.
    async fn provider(&self, ctx: &Context<'_>) -> Result<Provider> {
        let key = ProviderKey(self.row.provider_id, self.as_of);
        let row = loader(ctx)?.load_one(key).await?;
        let missing = || told(app::Error::Internal("an event without its provider".into()));
        let as_of = self.as_of;
        Ok(Provider {
            row: row.ok_or_else(missing)?,
            as_of,
        })
    }
    /// What kind of thing.
    async fn kind(&self) -> ProviderEventKind {
        self.row.said.kind.into()
    }
    /// On which day, the last of a period; one that was announced may be yet to come.
    async fn on(&self) -> Date {
        Date(self.row.said.on)
    }
    /// How exactly the day is known.
    async fn precision(&self) -> DatePrecision {
        self.row.said.precision.into()
    }
    /// In a sentence.
    async fn summary(&self) -> &str {
        &self.row.said.summary
    }
    /// Where it can be read.
    async fn source_url(&self) -> Option<Url> {
        self.row.said.source_url.clone().map(Url)
    }
    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }
    /// Who recorded it; null for the program itself.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.row.created_by).await
    }
    /// Who is exposed to it: with a dependency in force on its day. Who runs the provider's model by themselves is exposed
    /// to a LAUNCH alone.
    async fn exposure(&self, ctx: &Context<'_>) -> Result<ProviderExposure> {
        ProviderExposure::of(ctx, exposed_to(&self.row), self.as_of).await
    }
}

/// What a provider did, the latest first.
pub(super) async fn of_provider(
    ctx: &Context<'_>,
    id: domain::ProviderId,
    as_of: Option<Instant>,
    first: Option<i32>,
) -> Result<Vec<ProviderEvent>> {
    let first = at_most(first, EVENTS)?;
    let all = loader(ctx)?.load_one(EventsKey(id, as_of)).await?;
    let rows = all.unwrap_or_default().into_iter().take(first);
    Ok(rows.map(|row| ProviderEvent { row, as_of }).collect())
}

/// The event with an id.
pub(crate) async fn event(
    ctx: &Context<'_>,
    id: ProviderEventId,
    as_of: Option<Instant>,
) -> Result<Option<ProviderEvent>> {
    let row = loader(ctx)?.load_one(EventKey(id, as_of)).await?;
    Ok(row.map(|row| ProviderEvent { row, as_of }))
}

/// What a provider did.
#[derive(InputObject)]
pub struct RecordProviderEventInput {
    /// Whose doing it was.
    provider: ID,
    /// What kind of thing.
    kind: ProviderEventKind,
    /// On which day, the last of a period; one that was announced may be yet to come.
    on: Date,
    /// How exactly the day is known; left out: to the day.
    precision: Option<DatePrecision>,
    /// In a sentence, such as "0.30 → 0.03 CNY per 1,000 characters".
    summary: String,
    /// Where it can be read.
    source_url: Option<Url>,
}

/// What became of a mutation of a provider's event.
#[derive(SimpleObject)]
pub struct ProviderEventPayload {
    /// The event; null when nothing was done.
    event: Option<ProviderEvent>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// Mutations of what providers did.
#[derive(Default)]
pub struct ProviderEventMutation;

#[Object]
impl ProviderEventMutation {
    /// Records what a provider did. Active deals of startups that are exposed to it come onto the next agendas with it.
    async fn record_provider_event(
        &self,
        ctx: &Context<'_>,
        input: RecordProviderEventInput,
    ) -> Result<ProviderEventPayload> {
        let provider = match read_id::<ProviderTag>(&input.provider, "provider") {
            Ok(id) => id,
            Err(problem) => {
                return Ok(ProviderEventPayload {
                    event: None,
                    user_errors: user_errors(vec![problem], language(ctx)),
                });
            }
        };
        let said = provider::Said {
            kind: input.kind.into(),
            on: input.on.0,
            precision: input
                .precision
                .map_or(domain::time::DatePrecision::Day, Into::into),
            summary: input.summary,
            source_url: input.source_url.map(|url| url.0),
        };
        let done = caller(ctx)?
            .record_provider_event(provider, said, &path(ctx))
            .await
            .map_err(told)?;
        let (id, user_errors) = split(ctx, done);
        let event = match id {
            Some(id) => event(ctx, id, None).await?,
            None => None,
        };
        Ok(ProviderEventPayload { event, user_errors })
    }
}
