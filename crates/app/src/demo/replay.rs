//! The story in the order in which it happened, each act at its time and by its author.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use chrono::DateTime;
use domain::{
    CapabilityId, DealId, EvidenceId, FundId, Instant, ProviderId, StartupId, TaskId, ThesisId, UserId,
    belief::{CapabilityStatus, ThesisStatus},
};

use super::{
    Calendar,
    data::{
        Capability, Checked, Company, Deal, Dependency, Document, Evidence, Fact, Founder, Fund, Move,
        Outcome, Provider, ProviderEvent, Rate, Retraction, Review, Startup, Story, Talk, Thesis, Todo, User,
        Verdict,
    },
    made,
    meetings::Meeting,
    stage,
};
use crate::{App, Caller, Clock, Error, Identity};

/// One thing that somebody did. Of one day, they come in this order.
#[derive(Clone, Copy)]
pub(super) enum Act<'s> {
    User(&'s User),
    Fund(&'s Fund),
    Company(&'s Company),
    Startup(&'s Startup),
    Founder(&'s Startup, &'s Founder),
    Fact(&'s Startup, FactKind, &'s Fact),
    Document(&'s Document),
    Evidence(&'s Evidence),
    Retraction(&'s Retraction),
    Review(&'s Review),
    Deal(&'s Deal),
    Move(&'s Deal, &'s Move),
    Outcome(&'s Deal, &'s Outcome),
    Provider(&'s Provider),
    ProviderEvent(&'s ProviderEvent),
    Dependency(&'s Dependency),
    Checked(&'s Checked),
    Rate(&'s Rate),
    Talk(&'s Talk),
    Todo(&'s Todo),
    Done(&'s Todo),
    Meeting(&'s Meeting),
    Thesis(&'s Thesis),
    ThesisVerdict(&'s Thesis, &'s Verdict<ThesisStatus>),
    Capability(&'s Capability),
    CapabilityVerdict(&'s Capability, &'s Verdict<CapabilityStatus>),
    /// By whom, on which belief, which startup.
    Rests(&'s str, &'s str, &'s str),
}

/// Which graded fact.
#[derive(Clone, Copy)]
pub(super) enum FactKind {
    TrainingData,
    UsageFlywheel,
    ClaimsModel,
}

impl Act<'_> {
    fn rank(self) -> u8 {
        match self {
            Self::User(_) | Self::Fund(_) => 0,
            Self::Company(_) => 1,
            Self::Startup(_) => 2,
            Self::Founder(..) => 3,
            Self::Fact(..) => 4,
            Self::Document(_) => 5,
            Self::Evidence(_) => 6,
            Self::Retraction(_) => 7,
            // Deals may wait for a capability.
            Self::Review(_) | Self::Thesis(_) | Self::Capability(_) => 8,
            Self::ThesisVerdict(..) | Self::CapabilityVerdict(..) | Self::Rests(..) | Self::Deal(_) => 9,
            Self::Move(..) | Self::Outcome(..) => 10,
            Self::Provider(_) => 11,
            Self::Dependency(_) | Self::ProviderEvent(_) => 12,
            Self::Checked(_) => 13,
            Self::Rate(_) => 14,
            Self::Talk(_) => 15,
            Self::Todo(_) => 16,
            Self::Done(_) => 17,
            Self::Meeting(_) => 18,
        }
    }
}

/// The offset of the day on which the first real companies were written down, and how many a day.
const COMPANIES: (i32, usize) = (-730, 3);

/// Every act with the offset of its day, in order.
fn acts(story: &Story, calendar: Calendar) -> Vec<(i32, Act<'_>)> {
    let Story {
        users,
        funds,
        companies,
        startups,
        documents,
        evidence,
        reviews,
        retractions,
        deals,
        providers,
        provider_events,
        dependencies,
        checklists,
        rates,
        talks,
        todos,
        meetings,
        theses,
        capabilities,
    } = story;
    let mut acts: Vec<(i32, Act<'_>)> = Vec::new();
    acts.extend(users.iter().map(|user| (user.day, Act::User(user))));
    acts.extend(funds.iter().map(|fund| (fund.day, Act::Fund(fund))));
    acts.extend(
        companies
            .iter()
            .enumerate()
            .map(|(n, company)| (COMPANIES.0 + (n / COMPANIES.1) as i32, Act::Company(company))),
    );
    for startup in startups {
        acts.push((startup.known, Act::Startup(startup)));
        let founders = startup.founders.iter();
        acts.extend(founders.map(|founder| (startup.known, Act::Founder(startup, founder))));
        for (kind, fact) in startup.facts() {
            acts.extend(fact.known.map(|known| (known, Act::Fact(startup, kind, fact))));
        }
    }
    acts.extend(
        documents
            .iter()
            .map(|document| (document.day, Act::Document(document))),
    );
    acts.extend(
        evidence
            .iter()
            .map(|record| (record.recorded, Act::Evidence(record))),
    );
    acts.extend(retractions.iter().map(|one| (one.day, Act::Retraction(one))));
    acts.extend(reviews.iter().map(|review| (review.day, Act::Review(review))));
    for deal in deals {
        acts.push((deal.opened, Act::Deal(deal)));
        acts.extend(deal.moves.iter().map(|one| (one.day, Act::Move(deal, one))));
        let outcomes = deal.outcomes.iter();
        acts.extend(outcomes.map(|one| (one.known, Act::Outcome(deal, one))));
    }
    acts.extend(providers.iter().map(|one| (one.day, Act::Provider(one))));
    acts.extend(
        provider_events
            .iter()
            .map(|one| (one.day, Act::ProviderEvent(one))),
    );
    acts.extend(dependencies.iter().map(|one| (one.day, Act::Dependency(one))));
    acts.extend(checklists.iter().map(|one| (one.day, Act::Checked(one))));
    acts.extend(rates.iter().map(|one| (one.day, Act::Rate(one))));
    acts.extend(talks.iter().map(|one| (one.day + 1, Act::Talk(one))));
    for todo in todos {
        acts.push((todo.day, Act::Todo(todo)));
        acts.extend(todo.done.map(|day| (day, Act::Done(todo))));
    }
    acts.extend(
        meetings
            .iter()
            .map(|one| (one.told_on(calendar), Act::Meeting(one))),
    );
    let known = |name: &String| {
        let found = startups.iter().find(|startup| startup.name == *name);
        found.map_or(0, |startup| startup.known)
    };
    for thesis in theses {
        let rests = thesis.startups.iter();
        acts.extend(rests.map(|name| {
            let act = Act::Rests(&thesis.by, &thesis.key, name);
            (known(name).max(thesis.day), act)
        }));
        acts.push((thesis.day, Act::Thesis(thesis)));
        let verdicts = thesis.verdicts.iter();
        acts.extend(verdicts.map(|one| (one.day, Act::ThesisVerdict(thesis, one))));
    }
    for capability in capabilities {
        let rests = capability.startups.iter();
        acts.extend(rests.map(|name| {
            let act = Act::Rests(&capability.by, &capability.key, name);
            (known(name).max(capability.day), act)
        }));
        acts.push((capability.day, Act::Capability(capability)));
        let verdicts = capability.verdicts.iter();
        acts.extend(verdicts.map(|one| (one.day, Act::CapabilityVerdict(capability, one))));
    }
    // Stable: what the files have one behind the other stays so.
    acts.sort_by_key(|(day, act)| (*day, act.rank()));
    acts
}

/// A startup or deal as it stands at the moment of the replay.
#[derive(Clone, Copy)]
pub(super) struct Standing<Id> {
    pub(super) id: Id,
    pub(super) version: i32,
}

/// The application in which the story happens, its clock, and what the story's names have come to mean.
pub(super) struct Replay {
    pub(super) app: App,
    pub(super) calendar: Calendar,
    now_micros: Arc<AtomicI64>,
    users: HashMap<String, UserId>,
    pub(super) funds: HashMap<String, FundId>,
    pub(super) startups: HashMap<String, Standing<StartupId>>,
    pub(super) evidence: HashMap<String, EvidenceId>,
    pub(super) deals: HashMap<String, Standing<DealId>>,
    pub(super) providers: HashMap<String, ProviderId>,
    pub(super) tasks: HashMap<String, TaskId>,
    pub(super) theses: HashMap<String, ThesisId>,
    pub(super) capabilities: HashMap<String, CapabilityId>,
    /// On what each startup rests by then.
    pub(super) bets: HashMap<String, (Vec<ThesisId>, Vec<CapabilityId>)>,
}

/// Replays the story on an empty database.
pub(super) async fn replay(db: storage::Database, calendar: Calendar, story: &Story) -> Result<(), Error> {
    let acts = acts(story, calendar);
    let first = acts.first().map_or(0, |(day, _)| *day);
    let now_micros = Arc::new(AtomicI64::new(calendar.moment(first - 1, 0).timestamp_micros()));
    let reads = Arc::clone(&now_micros);
    let clock = Clock::replayed(move || {
        DateTime::from_timestamp_micros(reads.load(Ordering::Relaxed)).unwrap_or_default()
    });
    let mut replay = Replay {
        app: stage(db, clock, calendar).await?,
        calendar,
        now_micros,
        users: HashMap::new(),
        funds: HashMap::new(),
        startups: HashMap::new(),
        evidence: HashMap::new(),
        deals: HashMap::new(),
        providers: HashMap::new(),
        tasks: HashMap::new(),
        theses: HashMap::new(),
        capabilities: HashMap::new(),
        bets: HashMap::new(),
    };
    let mut today = (first, 0);
    for (day, act) in acts {
        today = if day == today.0 {
            (day, today.1 + 1)
        } else {
            (day, 0)
        };
        replay.set_clock(calendar.moment(day, today.1));
        replay.act(act).await?;
    }
    // What was written on earlier days is stored as of those days.
    replay.app.bring_assessments_up_to_date().await?;
    Ok(())
}

impl Replay {
    fn set_clock(&self, now: Instant) {
        self.now_micros.store(now.timestamp_micros(), Ordering::Relaxed);
    }

    async fn act(&mut self, act: Act<'_>) -> Result<(), Error> {
        match act {
            Act::User(user) => self.user(user).await,
            Act::Fund(fund) => self.fund(fund).await,
            Act::Company(company) => self.company(company).await,
            Act::Startup(startup) => self.startup(startup).await,
            Act::Founder(startup, founder) => self.founder(startup, founder).await,
            Act::Fact(startup, kind, fact) => self.fact(startup, kind, fact).await,
            Act::Document(document) => self.document(document).await,
            Act::Evidence(record) => self.record(record).await,
            Act::Retraction(retraction) => self.retraction(retraction).await,
            Act::Review(review) => self.review(review).await,
            Act::Deal(deal) => self.deal(deal).await,
            Act::Move(deal, one) => self.one_move(deal, one).await,
            Act::Outcome(deal, one) => self.outcome(deal, one).await,
            Act::Provider(provider) => self.provider(provider).await,
            Act::ProviderEvent(event) => self.provider_event(event).await,
            Act::Dependency(dependency) => self.dependency(dependency).await,
            Act::Checked(checked) => self.checked(checked).await,
            Act::Rate(rate) => self.rate(rate).await,
            Act::Talk(talk) => self.talk(talk).await,
            Act::Todo(todo) => self.todo(todo).await,
            Act::Done(todo) => self.done(todo).await,
            Act::Meeting(meeting) => self.meeting(meeting).await,
            Act::Thesis(thesis) => self.thesis(thesis).await,
            Act::ThesisVerdict(thesis, one) => self.of_thesis(thesis, one).await,
            Act::Rests(by, key, startup) => self.rests(by, key, startup).await,
            Act::Capability(capability) => self.capability(capability).await,
            Act::CapabilityVerdict(capability, one) => self.of_capability(capability, one).await,
        }
    }

    async fn user(&mut self, user: &User) -> Result<(), Error> {
        let system = Caller::new(&self.app, Identity::System);
        let added = system
            .add_user(user.email.clone(), user.name.clone(), user.role)
            .await?;
        self.users.insert(user.key.clone(), made(&user.email, added)?);
        Ok(())
    }

    /// The member with a key of users.toml.
    pub(super) fn member(&self, key: &str) -> Result<UserId, Error> {
        let found = self.users.get(key).copied();
        found.ok_or_else(|| Error::Internal(format!("the demonstration has no member {key:?}")))
    }

    /// A caller for that member.
    pub(super) fn by(&self, key: &str) -> Result<Caller, Error> {
        Ok(Caller::new(&self.app, Identity::User(self.member(key)?)))
    }

    /// The startup of a name.
    pub(super) fn named(&self, name: &str) -> Result<Standing<StartupId>, Error> {
        let found = self.startups.get(name).copied();
        found.ok_or_else(|| Error::Internal(format!("the demonstration has no startup {name:?} by then")))
    }
}
