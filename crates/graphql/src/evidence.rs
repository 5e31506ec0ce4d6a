//! The ledger of real-user evidence.

mod review;

pub use review::{EvidenceReview, EvidenceReviewQuery};

use app::evidence::{Filter, NewEvidence, place};
use app::page::KeyKind;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::{DocumentTag, EvidenceTag, Instant, Problem, StartupTag, evidence, money, time};

use crate::{
    connection::{Window, connection},
    context::{EvidenceKey, ReviewsKey, SupersededKey, caller, gather_id, language, loader, path, read_id},
    document::{self, Document},
    error::told,
    scalar::{Currency, Date, DateTime, Decimal, Url},
    startup::{self, Startup},
    user::{User, UserError, split, user, user_errors},
    word::word,
};

word! {
    /// What was observed about real users.
    EvidenceKind, "evidence::EvidenceKind" {
        /// Customers who pay; related parties and subsidised pilots do not count.
        PayingCustomers,
        /// Money a year.
        RecurringRevenue,
        /// Contracts in force.
        SignedContracts,
        /// Percent of users who pay.
        PaidConversion,
        /// Robots or devices at paying customers.
        UnitsDeployed,
        /// Paid pilots.
        Pilots,
        /// Percent of a cohort of users after horizonDays.
        Retention,
        /// Percent of accounts kept over a year.
        LogoRetention,
        /// Percent, may be above 100.
        NetRevenueRetention,
        /// Daily over monthly users, percent.
        UsageIntensity,
        /// Good calls, of the sampleSize calls made.
        CustomerReferences,
        /// Users in a window.
        ActiveUsers,
        /// Developers on a model or tool.
        DevelopersBuilding,
        /// Ratings in app stores.
        AppStoreRatings,
        /// Visits a month.
        WebTraffic,
        /// Stars of a repository.
        OpenSourceStars,
        /// Downloads a month.
        OpenSourceDownloads,
        /// Sign-ups.
        Waitlist,
        /// Pilots that nobody pays for.
        UnpaidPilots,
        /// Percent of those asked who say so.
        UserStatement,
        /// Original articles, reprints excluded.
        PressCoverage,
    }
}
word! {
    /// How well something is proven.
    Grade, "evidence::Grade" {
        /// Somebody said so.
        Claimed,
        /// We hold a document, an export, a link.
        Documented,
        /// We checked it independently.
        Verified,
        /// We checked it, and it is false.
        Refuted,
    }
}
word! {
    /// Where a figure comes from.
    EvidenceSource, "evidence::EvidenceSource" {
        /// The founder said so.
        Founder,
        /// It stands in the deck.
        Deck,
        /// It stands in the data room.
        DataRoom,
        /// An export of an analytics system.
        AnalyticsExport,
        /// A call with a customer.
        CustomerCall,
        /// An app store.
        AppStore,
        /// Somebody else who counts.
        ThirdParty,
        /// The press.
        Press,
        /// Anything else.
        Other,
    }
}
word! {
    /// What kind of revenue a figure speaks of.
    RevenueBasis, "evidence::RevenueBasis" {
        /// Recurs by contract.
        Recurring,
        /// Seen in the bank.
        Collected,
        /// Recognised by the books.
        Recognised,
        /// Contracted, not yet delivered.
        Contracted,
        /// A month times twelve.
        RunRate,
        /// Will not come again.
        OneOff,
    }
}
word! {
    /// Over which time active users are counted.
    ActivityWindow, "evidence::ActivityWindow" {
        /// A day.
        Day,
        /// A week.
        Week,
        /// A month.
        Month,
    }
}
word! {
    /// How exactly a figure is stated.
    Qualifier, "money::Qualifier" {
        /// The figure itself.
        Exact,
        /// About the figure.
        About,
        /// The figure or more.
        AtLeast,
        /// The figure or less.
        AtMost,
    }
}
word! {
    /// How exactly a date is known.
    DatePrecision, "time::DatePrecision" {
        /// To the day.
        Day,
        /// To the month.
        Month,
        /// To the quarter.
        Quarter,
        /// To the half year.
        Half,
        /// To the year.
        Year,
    }
}

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
    /// When it was withdrawn.
    async fn retracted_at(&self) -> Option<DateTime> {
        self.row.retracted_at.map(DateTime)
    }
    /// Why it was withdrawn.
    async fn retraction_reason(&self) -> Option<&str> {
        self.row.retraction_reason.as_deref()
    }
}

/// By what the ledger is narrowed. Without being asked for, neither retracted nor superseded records are shown.
#[derive(InputObject, Default)]
pub struct EvidenceFilter {
    /// Of these kinds.
    kinds: Option<Vec<EvidenceKind>>,
    /// Of these grades.
    grades: Option<Vec<Grade>>,
    /// Observed on this day or later.
    observed_from: Option<Date>,
    /// Observed on this day or earlier.
    observed_to: Option<Date>,
    /// Also those withdrawn.
    include_retracted: Option<bool>,
    /// Also those corrected since.
    include_superseded: Option<bool>,
    /// As known at that instant.
    as_of: Option<DateTime>,
}

impl EvidenceFilter {
    /// As the ledger understands it; within a view of the past, that view's instant.
    pub(crate) fn read(self, as_of: Option<Instant>) -> Filter {
        let Self {
            kinds,
            grades,
            observed_from,
            observed_to,
            include_retracted,
            include_superseded,
            as_of: own,
        } = self;
        Filter {
            kinds: kinds.unwrap_or_default().into_iter().map(Into::into).collect(),
            grades: grades.unwrap_or_default().into_iter().map(Into::into).collect(),
            observed_from: observed_from.map(|d| d.0),
            observed_to: observed_to.map(|d| d.0),
            include_retracted: include_retracted.unwrap_or(false),
            include_superseded: include_superseded.unwrap_or(false),
            as_of: own.map(|d| d.0).or(as_of),
        }
    }
}

/// Counts the ledger, or a startup's part of it.
pub struct LedgerCount {
    pub(crate) startup: Option<domain::StartupId>,
    pub(crate) filter: Filter,
}
impl LedgerCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        let n = match self.startup {
            Some(id) => loader(ctx)?
                .load_one(crate::context::LedgerCountKey(id, self.filter.clone()))
                .await?
                .unwrap_or(0),
            None => caller(ctx)?.evidence_count(&self.filter).await.map_err(told)?,
        };
        Ok(i32::try_from(n).unwrap_or(i32::MAX))
    }
}
connection!(
    EvidenceConnection,
    EvidenceEdge,
    Evidence,
    LedgerCount,
    "evidence, newest observed first"
);

const ORDER: &str = "OBSERVED_ON";

/// Reads the arguments of a connection of evidence.
pub(crate) fn window(
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> Result<Window> {
    Window::read((ORDER, KeyKind::Day), first, after, last, before)
}

/// Makes the connection of a page read.
pub(crate) fn page(
    slice: app::page::Slice<evidence::Evidence>,
    window: &Window,
    count: LedgerCount,
) -> EvidenceConnection {
    let as_of = count.filter.as_of;
    let (rows, info) = window.rows(slice, ORDER, place, |row| Evidence { row, as_of });
    EvidenceConnection { rows, info, count }
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

/// A figure to be recorded.
#[derive(InputObject)]
pub struct RecordEvidenceInput {
    /// Of which startup.
    startup: ID,
    /// What was observed.
    kind: EvidenceKind,
    /// The level at observedOn.
    value: Option<Decimal>,
    /// The currency of money.
    currency: Option<Currency>,
    /// What kind of revenue it is.
    revenue_basis: Option<RevenueBasis>,
    /// Over which time users were counted.
    window: Option<ActivityWindow>,
    /// After how many days retention was measured.
    horizon_days: Option<i32>,
    /// How many it was measured over.
    sample_size: Option<i32>,
    /// Of which users, in free words.
    segment: Option<String>,
    /// The first day of the period.
    period_start: Option<Date>,
    /// The day of the observation; not after today.
    observed_on: Date,
    /// How exactly that day is known; DAY if left out.
    precision: Option<DatePrecision>,
    /// Until when a contract or pilot is in force.
    valid_until: Option<Date>,
    /// How exactly the value is stated; EXACT if left out.
    qualifier: Option<Qualifier>,
    /// The words as found.
    as_found: Option<String>,
    /// Where it comes from.
    source: EvidenceSource,
    /// Who supplied it.
    supplied_by: Option<String>,
    /// Where it can be read.
    source_url: Option<Url>,
    /// Documents that show it.
    documents: Option<Vec<ID>>,
    /// A remark.
    note: Option<String>,
    /// How well it is proven.
    #[graphql(default_with = "Grade::Claimed")]
    grade: Grade,
    /// What was checked: required for VERIFIED and REFUTED, which record and review in one call.
    checked: Option<String>,
}

impl RecordEvidenceInput {
    fn read(self) -> std::result::Result<NewEvidence, Vec<Problem>> {
        let mut problems = Vec::new();
        let startup = gather_id::<StartupTag>(&self.startup, "startup", &mut problems);
        let documents = self.documents.unwrap_or_default();
        let document_ids = (0..)
            .zip(&documents)
            .filter_map(|(n, id)| gather_id::<DocumentTag>(id, &format!("documents.{n}"), &mut problems))
            .collect();
        let Some(startup) = startup.filter(|_| problems.is_empty()) else {
            return Err(problems);
        };
        Ok(NewEvidence {
            startup,
            observation: evidence::Observation {
                kind: self.kind.into(),
                value: self.value.map(|d| d.0),
                qualifier: self.qualifier.map_or(money::Qualifier::Exact, Into::into),
                as_found: self.as_found,
                currency: self.currency.map(|c| c.0),
                revenue_basis: self.revenue_basis.map(Into::into),
                window: self.window.map(Into::into),
                horizon_days: self.horizon_days,
                sample_size: self.sample_size.map(i64::from),
                segment: self.segment,
                period_start: self.period_start.map(|d| d.0),
                observed_on: self.observed_on.0,
                precision: self.precision.map_or(time::DatePrecision::Day, Into::into),
                valid_until: self.valid_until.map(|d| d.0),
                source: self.source.into(),
                supplied_by: self.supplied_by,
                source_url: self.source_url.map(|u| u.0),
                document_ids,
                note: self.note,
            },
            grade: self.grade.into(),
            checked: self.checked,
        })
    }
}

/// A review of a record's grade.
#[derive(InputObject)]
pub struct ReviewEvidenceInput {
    /// The record.
    evidence: ID,
    /// Its grade from now on.
    grade: Grade,
    /// What was checked.
    checked: String,
}

/// A correction of a record by a new one.
#[derive(InputObject)]
pub struct SupersedeEvidenceInput {
    /// The record to correct.
    evidence: ID,
    /// What is right: of the same startup and kind.
    by: RecordEvidenceInput,
}

/// A withdrawal of a record.
#[derive(InputObject)]
pub struct RetractEvidenceInput {
    /// The record.
    evidence: ID,
    /// Why.
    reason: String,
}

/// What became of a mutation of the ledger.
#[derive(SimpleObject)]
pub struct EvidencePayload {
    /// The record.
    evidence: Option<Evidence>,
    /// Its startup.
    startup: Option<Startup>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

async fn payload(ctx: &Context<'_>, outcome: app::Outcome<domain::EvidenceId>) -> Result<EvidencePayload> {
    let (id, user_errors) = split(ctx, outcome);
    let Some(id) = id else {
        return Ok(EvidencePayload {
            evidence: None,
            startup: None,
            user_errors,
        });
    };
    let evidence = caller(ctx)?
        .evidence_by_ids(&[id], None)
        .await
        .map_err(told)?
        .pop();
    let startup = match &evidence {
        Some(e) => caller(ctx)?
            .startups_by_ids(&[e.startup_id], None)
            .await
            .map_err(told)?
            .pop(),
        None => None,
    };
    Ok(EvidencePayload {
        evidence: evidence.map(|row| Evidence { row, as_of: None }),
        startup: startup.map(|row| Startup { row, as_of: None }),
        user_errors,
    })
}

fn refused(ctx: &Context<'_>, problems: Vec<Problem>) -> EvidencePayload {
    EvidencePayload {
        evidence: None,
        startup: None,
        user_errors: user_errors(problems, language(ctx)),
    }
}

/// Mutations of the ledger.
#[derive(Default)]
pub struct EvidenceMutation;

#[Object]
impl EvidenceMutation {
    /// Records a figure; with VERIFIED or REFUTED, records and reviews in one.
    async fn record_evidence(
        &self,
        ctx: &Context<'_>,
        input: RecordEvidenceInput,
    ) -> Result<EvidencePayload> {
        match input.read() {
            Ok(new) => {
                payload(
                    ctx,
                    caller(ctx)?
                        .record_evidence(new, &path(ctx))
                        .await
                        .map_err(told)?,
                )
                .await
            }
            Err(problems) => Ok(refused(ctx, problems)),
        }
    }
    /// Reviews a record's grade: what was checked, and what came of it.
    async fn review_evidence(
        &self,
        ctx: &Context<'_>,
        input: ReviewEvidenceInput,
    ) -> Result<EvidencePayload> {
        match read_id::<EvidenceTag>(&input.evidence, "evidence") {
            Ok(id) => {
                payload(
                    ctx,
                    caller(ctx)?
                        .review_evidence(id, input.grade.into(), input.checked, &path(ctx))
                        .await
                        .map_err(told)?,
                )
                .await
            }
            Err(problem) => Ok(refused(ctx, vec![problem])),
        }
    }
    /// Corrects a record by a new one of the same startup and kind; the old one stays readable.
    async fn supersede_evidence(
        &self,
        ctx: &Context<'_>,
        input: SupersedeEvidenceInput,
    ) -> Result<EvidencePayload> {
        let by = input
            .by
            .read()
            .map_err(|problems| problems.into_iter().map(|p| p.within("by")).collect::<Vec<_>>());
        match (read_id::<EvidenceTag>(&input.evidence, "evidence"), by) {
            (Ok(id), Ok(by)) => {
                payload(
                    ctx,
                    caller(ctx)?
                        .supersede_evidence(id, by, &path(ctx))
                        .await
                        .map_err(told)?,
                )
                .await
            }
            (Err(problem), _) => Ok(refused(ctx, vec![problem])),
            (_, Err(problems)) => Ok(refused(ctx, problems)),
        }
    }
    /// Withdraws a record, with a reason.
    async fn retract_evidence(
        &self,
        ctx: &Context<'_>,
        input: RetractEvidenceInput,
    ) -> Result<EvidencePayload> {
        match read_id::<EvidenceTag>(&input.evidence, "evidence") {
            Ok(id) => {
                payload(
                    ctx,
                    caller(ctx)?
                        .retract_evidence(id, input.reason, &path(ctx))
                        .await
                        .map_err(told)?,
                )
                .await
            }
            Err(problem) => Ok(refused(ctx, vec![problem])),
        }
    }
}
