//! Assessments: what the evidence says about real users at an instant, and why.

mod load;
mod map;
mod words;

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{Months, TimeDelta, TimeZone};
use domain::{
    EvidenceId, Instant, Language, StartupId,
    assessment::{self, Inputs, shown},
};

use crate::{
    context::{EvidenceKey, language, loader},
    error::{coded, told},
    evidence::{Evidence, EvidenceKind, Grade},
    rubric::EvidenceGroup,
    scalar::{DateTime, Decimal},
};

pub(crate) use load::{AssessmentKey, figures, inputs};
pub use map::AssessmentQuery;
pub use words::{Flag, FlowInterval};

/// How many points a history has at most.
const POINTS_LIMIT: usize = 1_000;
/// How many questions there are at most: one a kind.
const ASKS_LIMIT: i32 = 50;

/// A share or a strength, as it is shown.
pub(crate) fn share(value: f64) -> Decimal {
    Decimal(shown::share(value))
}
/// A conviction, as it is shown.
pub(crate) fn conviction(value: f64) -> Decimal {
    Decimal(shown::conviction(value))
}

/// Reads a record as known at the instant of an assessment.
async fn evidence(ctx: &Context<'_>, id: EvidenceId, as_of: Option<Instant>) -> Result<Evidence> {
    let found = loader(ctx)?.load_one(EvidenceKey(id, as_of)).await?;
    let row = found.ok_or_else(|| told(app::Error::Internal(format!("{id} is assessed but not there"))))?;
    Ok(Evidence { row, as_of })
}

async fn all_evidence(
    ctx: &Context<'_>,
    ids: &[EvidenceId],
    as_of: Option<Instant>,
) -> Result<Vec<Evidence>> {
    futures::future::try_join_all(ids.iter().map(|id| evidence(ctx, *id, as_of))).await
}

/// An assessment of a startup.
pub struct Assessment {
    whole: Arc<assessment::Assessment>,
    /// The instant asked for; None: now.
    as_of: Option<Instant>,
}

impl Assessment {
    /// Of a startup at an instant, by the rubric then in force or by a version asked for.
    pub(crate) async fn of(
        ctx: &Context<'_>,
        startup: StartupId,
        as_of: Option<Instant>,
        rubric_version: Option<i32>,
    ) -> Result<Self> {
        let inputs = inputs(ctx, startup).await?;
        let at = at(ctx, &inputs, as_of)?;
        let whole = match rubric_version {
            None => assessment::assess(&inputs, at),
            Some(version) => {
                let rubric = inputs.yardstick().rubric(version).ok_or_else(|| {
                    let newest = inputs.yardstick().rubrics().map(|one| one.rubric().version).max();
                    coded(
                        "BAD_USER_INPUT",
                        format!(
                            "rubricVersion: there is no version {version}; the newest is {}",
                            newest.unwrap_or_default()
                        ),
                    )
                })?;
                assessment::assess_by(&inputs, at, rubric)
            }
        };
        Ok(Self {
            whole: Arc::new(whole),
            as_of,
        })
    }
}

fn at(ctx: &Context<'_>, inputs: &Inputs, as_of: Option<Instant>) -> Result<Instant> {
    Ok(match as_of {
        Some(at) => at,
        None => crate::context::caller(ctx)?.latest(inputs),
    })
}

/// What the evidence says about real users at an instant, and why. Figures are computed in double precision and shown
/// to 4 places, conviction to 1, halves up.
#[Object]
impl Assessment {
    /// The instant.
    async fn as_of(&self) -> DateTime {
        DateTime(self.whole.as_of)
    }
    /// "1": what the evidence says about real users, 0..1.
    async fn demand(&self) -> Decimal {
        share(self.whole.figures.demand)
    }
    /// What documented and verified figures of use alone say, 0..1.
    async fn proven(&self) -> Decimal {
        share(self.whole.figures.proven)
    }
    /// What all standing records add up to, before words and interest are cut to 0.20 above what is proven.
    async fn all(&self) -> Decimal {
        share(self.whole.all)
    }
    /// What demand would be if everything were believed.
    async fn claimed_demand(&self) -> Decimal {
        share(self.whole.figures.claimed_demand)
    }
    /// claimedDemand - demand.
    async fn hype_gap(&self) -> Decimal {
        share(self.whole.figures.hype_gap)
    }
    /// 1 - demand / claimedDemand; null where nothing is claimed.
    async fn hype_share(&self) -> Option<Decimal> {
        self.whole.figures.hype_share.map(share)
    }
    /// What AI can do with that demand.
    async fn multiplier(&self, ctx: &Context<'_>) -> Multiplier {
        let multiplier = &self.whole.multiplier;
        Multiplier {
            value: Decimal(shown::rounded(multiplier.value, 2)),
            reasons: multiplier.reasons(language(ctx)),
        }
    }
    /// 100 × demand × multiplier / 3; null where nothing is live.
    async fn conviction(&self) -> Option<Decimal> {
        self.whole.figures.conviction.map(conviction)
    }
    /// Whether there is proof: a standing record of use, DOCUMENTED or VERIFIED, that contributes 0.02 or more.
    async fn has_proof(&self) -> bool {
        self.whole.figures.has_proof
    }
    /// The highest grade of a standing record of use; null where there is none.
    async fn best_grade(&self) -> Option<Grade> {
        self.whole.figures.best_grade.map(Into::into)
    }
    /// The standing records: by group in the rubric's order, the strongest first.
    async fn contributions(&self) -> Vec<Contribution> {
        (0..self.whole.contributions.len())
            .map(|place| Contribution {
                whole: Arc::clone(&self.whole),
                place,
                as_of: self.as_of,
            })
            .collect()
    }
    /// The live records that newer ones of their series replace.
    async fn overtaken(&self) -> Vec<Overtaken> {
        self.whole
            .overtaken
            .iter()
            .map(|one| Overtaken {
                evidence: one.evidence,
                by: one.by,
                as_of: self.as_of,
            })
            .collect()
    }
    /// The flags raised, REFUTED_CLAIM first.
    async fn flags(&self) -> Vec<FlagReason> {
        reasons(&self.whole, self.as_of)
    }
    /// The version of the rubric used.
    async fn rubric_version(&self) -> i32 {
        self.whole.figures.rubric_version
    }
    /// The whole in a few sentences, in the caller's language.
    async fn explanation(&self, ctx: &Context<'_>) -> String {
        self.whole.text(language(ctx))
    }
}

/// What AI can do with the demand: 1.0..3.0.
#[derive(SimpleObject)]
pub struct Multiplier {
    /// The multiplier.
    value: Decimal,
    /// What it is made of, in the caller's language.
    reasons: Vec<String>,
}

/// One record's share of demand: weight × strength × credence × freshness.
pub struct Contribution {
    whole: Arc<assessment::Assessment>,
    place: usize,
    as_of: Option<Instant>,
}

impl Contribution {
    fn one(&self) -> &assessment::Contribution {
        &self.whole.contributions[self.place]
    }
}

/// One record's share of demand: weight × strength × credence × freshness.
#[Object]
impl Contribution {
    /// What was observed.
    async fn kind(&self) -> EvidenceKind {
        self.one().kind.into()
    }
    /// What that tells of.
    async fn group(&self) -> EvidenceGroup {
        self.one().group.into()
    }
    /// The record.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Evidence> {
        evidence(ctx, self.one().evidence, self.as_of).await
    }
    /// Its grade at the instant.
    async fn grade(&self) -> Grade {
        self.one().grade.into()
    }
    /// Is it the best of its group, and so counts?
    async fn counts(&self) -> bool {
        self.one().counts
    }
    /// Is it the best of its group among what is proven?
    async fn counts_as_proven(&self) -> bool {
        self.one().counts_as_proven
    }
    /// Is it proof?
    async fn is_proof(&self) -> bool {
        self.one().is_proof
    }
    /// Is it believed less, as a record was refuted within the last year?
    async fn is_doubted(&self) -> bool {
        self.one().is_doubted
    }
    /// The most that its kind can contribute.
    async fn weight(&self) -> Decimal {
        share(self.one().weight)
    }
    /// How strong the figure is, 0..1.
    async fn strength(&self) -> Decimal {
        share(self.one().strength.total)
    }
    /// How much its grade is believed, 0..1.
    async fn credence(&self) -> Decimal {
        share(self.one().credence)
    }
    /// What is left of it at its age, 0..1.
    async fn freshness(&self) -> Decimal {
        share(self.one().freshness)
    }
    /// Its age in days, as freshness counts it.
    async fn age_days(&self) -> i32 {
        i32::try_from(self.one().age_days).unwrap_or(i32::MAX)
    }
    /// weight × strength × credence × freshness.
    async fn contribution(&self) -> Decimal {
        share(self.one().contribution)
    }
    /// What it adds to those of the groups before; nothing where it does not count. These sum up to `all`.
    async fn adds(&self) -> Decimal {
        share(self.one().adds)
    }
    /// All of it in a sentence or two, in the caller's language.
    async fn explanation(&self, ctx: &Context<'_>) -> String {
        self.one().text(language(ctx))
    }
}

/// A live record and the newer one that replaces it.
pub struct Overtaken {
    evidence: EvidenceId,
    by: EvidenceId,
    as_of: Option<Instant>,
}

/// A live record and the newer one of its series that replaces it in the assessment.
#[Object]
impl Overtaken {
    /// The older record.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Evidence> {
        evidence(ctx, self.evidence, self.as_of).await
    }
    /// The newer one, at least as well checked.
    async fn by(&self, ctx: &Context<'_>) -> Result<Evidence> {
        evidence(ctx, self.by, self.as_of).await
    }
}

/// A raised flag; its reason, where it was looked for.
pub struct FlagReason {
    flag: assessment::Flag,
    why: Option<(Arc<assessment::Assessment>, usize)>,
    as_of: Option<Instant>,
}

impl FlagReason {
    /// A flag of which only the name is asked.
    fn named(flag: assessment::Flag) -> Self {
        Self {
            flag,
            why: None,
            as_of: None,
        }
    }
    fn why(&self) -> Result<&assessment::FlagReason> {
        let found = self
            .why
            .as_ref()
            .and_then(|(whole, place)| whole.flags.get(*place));
        found.ok_or_else(|| told(app::Error::Internal("a flag was read without its reason".into())))
    }
}

fn reasons(whole: &Arc<assessment::Assessment>, as_of: Option<Instant>) -> Vec<FlagReason> {
    whole
        .flags
        .iter()
        .enumerate()
        .map(|(place, reason)| FlagReason {
            flag: reason.flag,
            why: Some((Arc::clone(whole), place)),
            as_of,
        })
        .collect()
}

/// A raised flag with its reason in words and the records behind it.
#[Object]
impl FlagReason {
    /// Which.
    async fn flag(&self) -> Flag {
        self.flag.into()
    }
    /// Why, in the caller's language.
    async fn reason(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.why()?.text(language(ctx)))
    }
    /// The records behind it.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>> {
        all_evidence(ctx, &self.why()?.evidence, self.as_of).await
    }
}

/// The flags of a startup: stored ones where only their names are asked, so that a list reads no ledger.
pub(crate) async fn flags(
    ctx: &Context<'_>,
    startup: StartupId,
    as_of: Option<Instant>,
) -> Result<Vec<FlagReason>> {
    let look = ctx.look_ahead();
    if !look.field("reason").exists() && !look.field("evidence").exists() {
        let figures = figures(ctx, startup, as_of).await?;
        return Ok(figures.flags.iter().map(FlagReason::named).collect());
    }
    // As `assessment` beside it: both then read the ledger once.
    let assessed = Assessment::of(ctx, startup, as_of, None).await?;
    Ok(reasons(&assessed.whole, as_of))
}

/// The figures of a startup at an instant of its history.
#[derive(SimpleObject)]
pub struct ConvictionPoint {
    /// The instant.
    at: DateTime,
    /// Conviction; null while nothing was live.
    conviction: Option<Decimal>,
    /// Demand.
    demand: Decimal,
}

/// The figures of a startup from one instant to another, in one pass over its rows.
pub(crate) async fn history(
    ctx: &Context<'_>,
    startup: StartupId,
    (from, to): (Instant, Instant),
    interval: FlowInterval,
) -> Result<Vec<ConvictionPoint>> {
    let inputs = inputs(ctx, startup).await?;
    let instants = instants(&inputs, from, to, interval)?;
    let series = assessment::series(&inputs, instants.iter().copied());
    Ok(instants
        .into_iter()
        .zip(series)
        .map(|(at, figures)| ConvictionPoint {
            at: DateTime(at),
            conviction: figures.conviction.map(conviction),
            demand: share(figures.demand),
        })
        .collect())
}

/// `from`, an interval later and so on, and `to` at the end.
fn instants(inputs: &Inputs, from: Instant, to: Instant, interval: FlowInterval) -> Result<Vec<Instant>> {
    if from > to {
        return Err(coded(
            "BAD_USER_INPUT",
            format!("from: {from} is after to, {to}; a history runs forward"),
        ));
    }
    let zone = inputs.yardstick().zone();
    let step = |n: u32| match interval {
        FlowInterval::Week => from.checked_add_signed(TimeDelta::weeks(n.into())),
        FlowInterval::Month => months_after(zone, from, n),
        FlowInterval::Quarter => months_after(zone, from, n.saturating_mul(3)),
    };
    let mut instants: Vec<Instant> = (0..=POINTS_LIMIT as u32)
        .map_while(step)
        .take_while(|at| *at < to)
        .collect();
    if instants.len() >= POINTS_LIMIT {
        return Err(coded(
            "BAD_USER_INPUT",
            format!(
                "to: {to} is more than {POINTS_LIMIT} points away; take a longer interval or a later from"
            ),
        ));
    }
    instants.push(to);
    Ok(instants)
}

/// The same time of day in a zone so many months later: of a shorter month, its last day.
fn months_after(zone: impl TimeZone + Copy, from: Instant, months: u32) -> Option<Instant> {
    let local = from.with_timezone(&zone).naive_local();
    let later = local.checked_add_months(Months::new(months))?;
    // An hour that a zone leaves out when its clocks go forward is the one behind.
    let at = later.and_local_timezone(zone).earliest();
    let at = at.or_else(|| (later + TimeDelta::hours(1)).and_local_timezone(zone).earliest());
    at.map(|at| domain::time::instant(at.to_utc()))
}

/// A question to ask next, and what its answer would do.
pub struct Ask {
    ask: assessment::Ask,
    language: Language,
}

/// Evidence that would raise conviction, as a question to ask.
#[Object]
impl Ask {
    /// Of which kind the answer is.
    async fn kind(&self) -> EvidenceKind {
        self.ask.kind.into()
    }
    /// The grade that the answer needs.
    async fn grade(&self) -> Grade {
        self.ask.grade.into()
    }
    /// The question, in the caller's language.
    async fn question(&self) -> String {
        self.ask.question(self.language)
    }
    /// An answer, and what it would do.
    async fn example(&self) -> String {
        self.ask.example(self.language)
    }
    /// Conviction today; null where nothing is live.
    async fn conviction_now(&self) -> Option<Decimal> {
        self.ask.conviction_now.map(conviction)
    }
    /// Conviction with that answer.
    async fn conviction_then(&self) -> Decimal {
        conviction(self.ask.conviction_then)
    }
}

/// What to ask next of a startup, best first.
pub(crate) async fn asks(
    ctx: &Context<'_>,
    startup: StartupId,
    as_of: Option<Instant>,
    first: i32,
) -> Result<Vec<Ask>> {
    if !(0..=ASKS_LIMIT).contains(&first) {
        return Err(coded(
            "BAD_USER_INPUT",
            format!("first: {first} questions cannot be had; 0 to {ASKS_LIMIT} can"),
        ));
    }
    let inputs = inputs(ctx, startup).await?;
    let at = at(ctx, &inputs, as_of)?;
    let language = language(ctx);
    Ok(assessment::ask(&inputs, at)
        .into_iter()
        .take(first.unsigned_abs() as usize)
        .map(|ask| Ask { ask, language })
        .collect())
}
