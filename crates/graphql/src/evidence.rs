//! The ledger of real-user evidence.

mod input;
mod list;
mod review;
mod suppose;
mod words;

use async_graphql::{Context, ID, Object, Result};
use domain::{Instant, evidence};

use crate::{
    assessment::AssessmentKey,
    context::{EvidenceKey, ReviewsKey, SupersededKey, caller, loader},
    document::{self, Document},
    error::told,
    scalar::{Currency, Date, DateTime, Decimal, Url},
    startup::{self, Startup},
    user::{User, user},
};

pub use input::{EvidenceMutation, RecordEvidenceInput};
pub(crate) use list::{EvidenceConnection, EvidenceFilter, LedgerCount, page, window};
pub use review::{EvidenceReview, EvidenceReviewQuery};
pub(crate) use suppose::if_recorded;
pub use suppose::{ConvictionIf, ConvictionIfPayload};
pub use words::{
    ActivityWindow, DatePrecision, EvidenceKind, EvidenceSource, Grade, Qualifier, RevenueBasis,
};

/// An evidence record, as known at an instant.
#[derive(Clone)]
pub struct Evidence {
    pub(crate) row: evidence::Evidence,
    pub(crate) as_of: Option<Instant>,
}

impl Evidence {
    async fn other(&self, ctx: &Context<'_>, id: Option<domain::EvidenceId>) -> Result<Option<Self>> {
        let Some(id) = id else { return Ok(None) };
        Ok(loader(ctx)?
            .load_one(EvidenceKey(id, self.as_of))
            .await?
            .map(|row| Self {
                row,
                as_of: self.as_of,
            }))
    }
}

/// One observed figure about real users, with its source and its grade. Never overwritten.
#[Object]
impl Evidence {
    /// The record's id.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }
    /// The startup it is about.
    async fn startup(&self, ctx: &Context<'_>) -> Result<Startup> {
        startup::by_id(ctx, self.row.startup_id, self.as_of)
            .await?
            .ok_or_else(|| told(app::Error::Internal("evidence without its startup".into())))
    }
    /// What was observed.
    async fn kind(&self) -> EvidenceKind {
        self.row.observation.kind.into()
    }
    /// The level at observedOn, never an increment; null where only the fact is known.
    async fn value(&self) -> Option<Decimal> {
        self.row.observation.value.map(Decimal)
    }
    /// How exactly the value is stated.
    async fn qualifier(&self) -> Qualifier {
        self.row.observation.qualifier.into()
    }
    /// The words as found, when a figure was read from text.
    async fn as_found(&self) -> Option<&str> {
        self.row.observation.as_found.as_deref()
    }
    /// The currency of money.
    async fn currency(&self) -> Option<Currency> {
        self.row.observation.currency.clone().map(Currency)
    }
    /// What kind of revenue it is.
    async fn revenue_basis(&self) -> Option<RevenueBasis> {
        self.row.observation.revenue_basis.map(Into::into)
    }
    /// Over which time users were counted.
    async fn window(&self) -> Option<ActivityWindow> {
        self.row.observation.window.map(Into::into)
    }
    /// After how many days retention was measured.
    async fn horizon_days(&self) -> Option<i32> {
        self.row.observation.horizon_days
    }
    /// How many the figure was measured over: a cohort, a sample, the calls made.
    async fn sample_size(&self) -> Option<i32> {
        self.row
            .observation
            .sample_size
            .and_then(|n| i32::try_from(n).ok())
    }
    /// Of which users, in free words.
    async fn segment(&self) -> Option<&str> {
        self.row.observation.segment.as_deref()
    }
    /// The first day of the period observed.
    async fn period_start(&self) -> Option<Date> {
        self.row.observation.period_start.map(Date)
    }
    /// The day of the observation, or the last of its period.
    async fn observed_on(&self) -> Date {
        Date(self.row.observation.observed_on)
    }
    /// How exactly that day is known.
    async fn precision(&self) -> DatePrecision {
        self.row.observation.precision.into()
    }
    /// Until when a contract or pilot is in force.
    async fn valid_until(&self) -> Option<Date> {
        self.row.observation.valid_until.map(Date)
    }
    /// How well it is proven, by the latest review.
    async fn grade(&self) -> Grade {
        self.row.grade.into()
    }
    /// Every review of its grade, oldest first.
    async fn grade_history(&self, ctx: &Context<'_>) -> Result<Vec<EvidenceReview>> {
        let all = loader(ctx)?
            .load_one(ReviewsKey(self.row.id, self.as_of))
            .await?
            .unwrap_or_default();
        Ok(all
            .into_iter()
            .map(|review| EvidenceReview::of(self.clone(), review))
            .collect())
    }
    /// What conviction of its startup would be, were it reviewed to this grade; nothing is written.
    async fn conviction_if(&self, ctx: &Context<'_>, grade: Grade) -> Result<ConvictionIf> {
        suppose::if_reviewed(ctx, self, grade).await
    }
    /// Where it comes from.
    async fn source(&self) -> EvidenceSource {
        self.row.observation.source.into()
    }
    /// Who supplied it.
    async fn supplied_by(&self) -> Option<&str> {
        self.row.observation.supplied_by.as_deref()
    }
    /// Where it can be read.
    async fn source_url(&self) -> Option<Url> {
        self.row.observation.source_url.clone().map(Url)
    }
    /// The documents that show it, as far as the caller may see them.
    async fn documents(&self, ctx: &Context<'_>) -> Result<Vec<Document>> {
        document::with_ids(ctx, &self.row.observation.document_ids, self.as_of).await
    }
    /// A remark.
    async fn note(&self) -> Option<&str> {
        self.row.observation.note.as_deref()
    }
    /// When we came to know it.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.row.recorded_at)
    }
    /// Who recorded it.
    async fn recorded_by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.row.recorded_by).await
    }
    /// The record that this one corrects.
    async fn supersedes(&self, ctx: &Context<'_>) -> Result<Option<Evidence>> {
        self.other(ctx, self.row.supersedes).await
    }
    /// The record that corrects this one.
    async fn superseded_by(&self, ctx: &Context<'_>) -> Result<Option<Evidence>> {
        let id = loader(ctx)?
            .load_one(SupersededKey(self.row.id, self.as_of))
            .await?;
        self.other(ctx, id).await
    }
    /// The newer record of its series that replaces it in the assessment, if any.
    async fn overtaken_by(&self, ctx: &Context<'_>) -> Result<Option<Evidence>> {
        let key = AssessmentKey(self.row.startup_id, self.as_of);
        let whole = loader(ctx)?.load_one(key).await?;
        let id = whole.and_then(|whole| {
            let overtaken = whole.overtaken.iter().find(|one| one.evidence == self.row.id);
            overtaken.map(|one| one.by)
        });
        self.other(ctx, id).await
    }
    /// When it was withdrawn.
    async fn retracted_at(&self) -> Option<DateTime> {
        self.row.retracted_at.map(DateTime)
    }
    /// Why it was withdrawn.
    async fn retraction_reason(&self) -> Option<&str> {
        self.row.retraction_reason.as_deref()
    }
}

/// Queries about evidence.
#[derive(Default)]
pub struct EvidenceQuery;

#[Object]
impl EvidenceQuery {
    /// The whole ledger, newest observed first.
    async fn evidence(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<EvidenceFilter>,
    ) -> Result<EvidenceConnection> {
        let window = window(first, after, last, before)?;
        let filter = filter.unwrap_or_default().read(None);
        let slice = caller(ctx)?
            .evidence(&filter, &window.page())
            .await
            .map_err(told)?;
        Ok(page(
            slice,
            &window,
            LedgerCount {
                startup: None,
                filter,
            },
        ))
    }
}
