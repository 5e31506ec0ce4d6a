//! Which operations may change which answers: by the parts of the workspace that an operation writes and an answer
//! reads. That nothing is missing is tried with every mutation in `graphql/tests/remembered`.

use storage::{
    activity::FIGURES_MADE,
    deal::{Filter, Period, Stays},
    startup,
};

use super::Question;

/// A part of the workspace that answers read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Startups: which there are, their places, names, sectors, routes.
    Startups,
    /// Deals and their history.
    Deals,
    /// Stages, their order and limits.
    Stages,
    /// Evidence, and all else that convictions are made of; with those stored.
    Figures,
    /// Rates and rubrics. What is stored follows them by operations of its own.
    Measures,
    /// People and their posts.
    People,
    /// Providers and who builds on them.
    Providers,
    /// What imports brought.
    Imports,
    /// What became later of passed deals.
    Outcomes,
}
use Part::{Deals, Figures, Imports, Measures, Outcomes, People, Providers, Stages, Startups};

/// What operations write, by their verbs. A verb that is missing here changes no answer.
const WRITES: &[(&str, &[Part])] = &[
    ("createStartup", &[Startups, Figures]),
    ("updateStartup", &[Startups, Figures]),
    ("confirmProposals", &[Startups, Figures]),
    ("setCompetitors", &[Startups]),
    ("applyImport", &[Startups, Figures, Imports]),
    ("captureDeal", &[Startups, Figures, Deals]),
    ("openDeal", &[Deals]),
    ("updateDeal", &[Deals]),
    ("moveDeal", &[Deals]),
    ("voidMove", &[Deals]),
    ("decide", &[Deals]),
    ("undoDecision", &[Deals]),
    ("createStage", &[Stages]),
    ("updateStage", &[Stages]),
    ("adoptStages", &[Stages]),
    ("recordEvidence", &[Figures]),
    ("recordEvidences", &[Figures]),
    ("supersedeEvidence", &[Figures]),
    ("reviewEvidence", &[Figures]),
    ("retractEvidence", &[Figures]),
    ("setChecklistItem", &[Figures]),
    (FIGURES_MADE, &[Figures]),
    ("recordRate", &[Measures]),
    ("recordRates", &[Measures]),
    ("importRates", &[Measures]),
    ("updateRubric", &[Measures]),
    ("revisitDue", &[Deals]),
    // It brings deals back.
    ("recordVerdict", &[Deals]),
    ("recordOutcome", &[Outcomes]),
    ("retractOutcome", &[Outcomes]),
    ("createPerson", &[People]),
    ("createAffiliation", &[People]),
    ("createProvider", &[Providers]),
    ("updateProvider", &[Providers, Figures]),
    ("recordDependency", &[Providers, Figures]),
    ("updateDependency", &[Providers, Figures]),
    // It takes back any of them.
    (
        "undo",
        &[
            Startups, Deals, Stages, Figures, Measures, People, Providers, Imports, Outcomes,
        ],
    ),
];

/// Verbs of operations that write of the parts nothing but the deals that their changes name.
const OF_DEALS: &[&str] = &[
    "openDeal",
    "updateDeal",
    "moveDeal",
    "voidMove",
    "decide",
    "undoDecision",
    "revisitDue",
];

/// Verbs of operations that change no answer, each thought about: with those in the list above all that there are.
const CHANGE_NOTHING: &[&str] = &[
    // What providers did, and names and currencies of funds, are read beside the answers.
    "recordProviderEvent",
    "createThesis",
    "updateThesis",
    "createCapability",
    "updateCapability",
    "setBets",
    "createFund",
    "updateFund",
    "scheduleReview",
    "updateReview",
    "archiveReview",
    "updateReviewKind",
    "addAgendaItem",
    "updateAgendaItem",
    "orderAgenda",
    "startReview",
    "presentItem",
    "writeNotes",
    "castVote",
    "closeVotes",
    "declareConflict",
    "closeReview",
    "amendReview",
    "planImport",
    "createDocument",
    "updateDocument",
    "logInteraction",
    "updateInteraction",
    "createTask",
    "updateTask",
    "createToken",
    "revokeToken",
    "addUser",
];

/// Whether somebody has thought about what operations of a verb change.
pub(crate) fn is_known(verb: &str) -> bool {
    CHANGE_NOTHING.contains(&verb) || WRITES.iter().any(|(known, _)| *known == verb)
}

/// What deals that a filter leaves follow from. Every field is named, so that a new one is thought about.
fn of_deals(filter: &Filter) -> Vec<Part> {
    let Filter {
        // By deals themselves, by their startups and stages, which are read anyway.
        search: _,
        stages: _,
        statuses: _,
        owners: _,
        layers: _,
        sectors: _,
        channels: _,
        stale: _,
        rounds: _,
        pass_reasons: _,
        funds: _,
        passed_from: _,
        passed_to: _,
        opened_from: _,
        opened_to: _,
        far: _,
        moved: _,
        brought: _,
        groups: _,
        first_of_startup: _,
        // Named one by one, whatever made them be named.
        startups: _,
        as_of: _,
        has_proof,
        conviction_at_least,
        revisit_due_by,
        later_funded,
        of,
    } = filter;
    let mut parts = vec![Deals, Startups, Stages];
    parts.extend(of.iter().flat_map(|filter| of_startups(filter)));
    // What a deal waits for comes with its startup's figures.
    if has_proof.is_some() || conviction_at_least.is_some() || revisit_due_by.is_some() {
        parts.push(Figures);
    }
    if later_funded.is_some() {
        parts.push(Outcomes);
    }
    parts
}

/// What startups that a filter leaves follow from, with their figures and active deals.
fn of_startups(filter: &startup::Filter) -> Vec<Part> {
    let startup::Filter {
        layers: _,
        include_unclassified: _,
        sectors: _,
        include_no_sector: _,
        also_in: _,
        routes: _,
        countries: _,
        evidence_kinds: _,
        min_grade: _,
        has_active_deal: _,
        has_proposals: _,
        founded_from: _,
        founded_to: _,
        created_from: _,
        created_to: _,
        owners: _,
        stages: _,
        deal_statuses: _,
        channels: _,
        funds: _,
        flags: _,
        without_flags: _,
        conviction_at_least: _,
        conviction_at_most: _,
        hype_share_at_least: _,
        has_proof: _,
        is_assessed: _,
        // Named one by one, whatever made them be named.
        among: _,
        best_grades: _,
        today: _,
        as_of: _,
        search,
        affiliated_with,
        providers,
        imported_by,
    } = filter;
    let mut parts = vec![Startups, Deals, Stages, Figures];
    if search.is_some() || affiliated_with.is_some() {
        parts.push(People);
    }
    if !providers.is_empty() {
        parts.push(Providers);
    }
    if imported_by.is_some() {
        parts.push(Imports);
    }
    parts
}

impl Question<'_> {
    fn parts(&self) -> Vec<Part> {
        match self {
            Self::Sums(filter, _)
            | Self::Cohort(filter, _)
            | Self::Moves(filter, _)
            | Self::Times(filter, ..) => of_deals(filter),
            Self::MedianConvictions(filter, _) => {
                let mut parts = of_deals(filter);
                parts.push(Figures);
                if filter.as_of.is_some() {
                    parts.extend([Measures, Providers]);
                }
                parts
            }
            Self::Coverage(filter, _) => {
                let mut parts = of_startups(filter);
                if filter.as_of.is_some() {
                    parts.extend([Measures, Providers]);
                }
                parts
            }
        }
    }

    /// The verbs of the operations that may change the answer.
    pub(super) fn verbs(&self) -> Vec<&'static str> {
        let parts = self.parts();
        WRITES
            .iter()
            .filter(|(_, written)| written.iter().any(|part| parts.contains(part)))
            .map(|(verb, _)| *verb)
            .collect()
    }

    /// The period whose deals alone the answer counts, where it counts such, and the verbs of operations that change it
    /// by nothing but deals of that period.
    pub(super) fn of_deals_opened_in(&self) -> Option<(Period, &'static [&'static str])> {
        let (filter, period) = match self {
            Self::Cohort(filter, period) | Self::Times(filter, Stays::OfCohort, period) => (filter, *period),
            Self::Sums(..)
            | Self::MedianConvictions(..)
            | Self::Moves(..)
            | Self::Times(_, Stays::EndedIn, _)
            | Self::Coverage(..) => return None,
        };
        // What leaves deals by others of their startup follows from others.
        let is_of_each = filter.of.is_none() && filter.first_of_startup.is_none();
        is_of_each.then_some((period, OF_DEALS))
    }

    /// Whether the answer may change with every moment though nothing is recorded: who is stale becomes so by itself.
    pub(super) fn follows_the_clock(&self) -> bool {
        match self {
            Self::Sums(filter, _)
            | Self::MedianConvictions(filter, _)
            | Self::Cohort(filter, _)
            | Self::Moves(filter, _)
            | Self::Times(filter, ..) => filter.stale.is_some() && filter.as_of.is_none(),
            Self::Coverage(..) => false,
        }
    }
}
