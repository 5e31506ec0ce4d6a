//! Builders that make a startup's rows, so that a test reads as what was known.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::{
    EvidenceId, Instant,
    assessment::{
        Assessment, ChecklistAnswer, ChecklistState, ComputeItem, DependencyMode, DependencyTerms,
        ExchangeRate, Fact, Flag, FlagReason, GradeReview, History, Inputs, Known, Record, Traits, Yardstick,
        assess,
    },
    evidence::{ActivityWindow, EvidenceKind, Grade, RevenueBasis},
    money::Currency,
    startup::{Layer, TechnicalRoute},
    typed,
};
use rust_decimal::Decimal;
use uuid::Uuid;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Noon in Shanghai of a day, or an instant.
pub fn at(text: &str) -> Instant {
    if text.len() == 10 {
        format!("{text}T04:00:00Z").parse().unwrap()
    } else {
        text.parse().unwrap()
    }
}

pub fn id(number: u128) -> EvidenceId {
    typed(Uuid::from_u128(number))
}

/// A record CLAIMED on its day and recorded at noon of it.
pub fn record(kind: EvidenceKind, value: impl Into<Option<i64>>, observed_on: &str) -> Record {
    Record {
        id: id(0),
        kind,
        value: value.into().map(Decimal::from),
        currency: kind.is_money().then(|| Currency::parse("USD").unwrap()),
        revenue_basis: None,
        window: (kind == EvidenceKind::ActiveUsers).then_some(ActivityWindow::Month),
        horizon_days: (kind == EvidenceKind::Retention).then_some(30),
        sample_size: None,
        segment: None,
        observed_on: day(observed_on),
        valid_until: None,
        entered_grade: Grade::Claimed,
        supersedes: None,
        recorded_at: at(observed_on),
        retracted_at: None,
        reviews: Vec::new(),
    }
}

pub trait Build: Sized {
    fn graded(self, grade: Grade) -> Self;
    fn of(self, sample_size: i64) -> Self;
    fn basis(self, basis: RevenueBasis) -> Self;
    fn currency(self, code: &str) -> Self;
    fn segment(self, segment: &str) -> Self;
    fn horizon(self, days: i32) -> Self;
    fn window(self, window: ActivityWindow) -> Self;
    fn until(self, valid_until: &str) -> Self;
    fn recorded(self, when: &str) -> Self;
    fn reviewed(self, to: Grade, when: &str) -> Self;
    fn retracted(self, when: &str) -> Self;
    fn instead_of(self, number: u128) -> Self;
}

impl Build for Record {
    fn graded(mut self, grade: Grade) -> Self {
        self.entered_grade = grade;
        self
    }
    fn of(mut self, sample_size: i64) -> Self {
        self.sample_size = Some(sample_size);
        self
    }
    fn basis(mut self, basis: RevenueBasis) -> Self {
        self.revenue_basis = Some(basis);
        self
    }
    fn currency(mut self, code: &str) -> Self {
        self.currency = Currency::parse(code);
        self
    }
    fn segment(mut self, segment: &str) -> Self {
        self.segment = Some(segment.into());
        self
    }
    fn horizon(mut self, days: i32) -> Self {
        self.horizon_days = Some(days);
        self
    }
    fn window(mut self, window: ActivityWindow) -> Self {
        self.window = Some(window);
        self
    }
    fn until(mut self, valid_until: &str) -> Self {
        self.valid_until = Some(day(valid_until));
        self
    }
    fn recorded(mut self, when: &str) -> Self {
        self.recorded_at = at(when);
        self
    }
    fn reviewed(mut self, to: Grade, when: &str) -> Self {
        self.reviews.push(GradeReview {
            id: typed(Uuid::from_u128(self.reviews.len() as u128 + 1)),
            at: at(when),
            to,
        });
        self
    }
    fn retracted(mut self, when: &str) -> Self {
        self.retracted_at = Some(at(when));
        self
    }
    fn instead_of(mut self, number: u128) -> Self {
        self.supersedes = Some(id(number));
        self
    }
}

/// What is known of a startup; its records get the ids 1, 2, 3 …
#[derive(Clone, Default)]
pub struct Ledger {
    history: History,
    rates: Vec<ExchangeRate>,
}

pub fn long_ago() -> Instant {
    at("2000-01-01T00:00:00Z")
}

pub fn known<T>(what: T) -> Known<T> {
    Known {
        from: long_ago(),
        until: None,
        what,
    }
}

/// A dependency on a provider's API, critical, without an alternative.
pub fn critical_api() -> DependencyTerms {
    DependencyTerms {
        id: Uuid::from_u128(7),
        provider: "Basemodel One".into(),
        is_external: true,
        mode: DependencyMode::Api,
        is_critical: true,
        has_alternative: false,
        since: None,
        until: None,
    }
}

pub fn holds(grade: Grade) -> Fact {
    Fact { holds: true, grade }
}

impl Ledger {
    /// A startup whose need names a payer, and nothing else.
    pub fn new() -> Self {
        Self::default().traits(Traits {
            names_payer: true,
            ..Traits::default()
        })
    }
    pub fn with(mut self, mut record: Record) -> Self {
        record.id = id(self.history.records.len() as u128 + 1);
        self.history.records.push(record);
        self
    }
    pub fn traits(mut self, traits: Traits) -> Self {
        self.history.traits = vec![known(traits)];
        self
    }
    pub fn edit(self, change: impl FnOnce(&mut Traits)) -> Self {
        let mut traits = self.history.traits[0].what;
        change(&mut traits);
        self.traits(traits)
    }
    pub fn layer(self, layer: Layer) -> Self {
        self.edit(|traits| traits.layer = Some(layer))
    }
    pub fn route(self, route: TechnicalRoute) -> Self {
        self.edit(|traits| traits.route = route)
    }
    /// From noon of a day on the startup itself is known otherwise.
    pub fn then(mut self, when: &str, change: impl FnOnce(&mut Traits)) -> Self {
        let from = at(when);
        let last = self.history.traits.last_mut().unwrap();
        last.until = Some(from);
        let mut what = last.what;
        change(&mut what);
        self.history.traits.push(Known {
            from,
            until: None,
            what,
        });
        self
    }
    /// A dependency as it was known from noon of a day until noon of another.
    pub fn depends_between(mut self, from: &str, until: Option<&str>, terms: DependencyTerms) -> Self {
        self.history.dependencies.push(Known {
            from: at(from),
            until: until.map(at),
            what: terms,
        });
        self
    }
    pub fn depends(mut self, terms: DependencyTerms) -> Self {
        self.history.dependencies.push(known(terms));
        self
    }
    pub fn checked(mut self, item: ComputeItem, state: ChecklistState) -> Self {
        self.history
            .checklist
            .push(known(ChecklistAnswer { item, state }));
        self
    }
    /// An answer to an item of the checklist as it was known from noon of a day until noon of another.
    pub fn checked_between(
        mut self,
        from: &str,
        until: Option<&str>,
        item: ComputeItem,
        state: ChecklistState,
    ) -> Self {
        self.history.checklist.push(Known {
            from: at(from),
            until: until.map(at),
            what: ChecklistAnswer { item, state },
        });
        self
    }
    /// A rate recorded at noon of its day.
    pub fn rate(self, code: &str, on: &str, usd: &str) -> Self {
        self.rate_recorded(on, code, on, usd)
    }
    /// A rate recorded at noon of another day than its own.
    pub fn rate_recorded(mut self, when: &str, code: &str, on: &str, usd: &str) -> Self {
        self.rates.push(ExchangeRate {
            currency: Currency::parse(code).unwrap(),
            on: day(on),
            usd: usd.parse().unwrap(),
            recorded_at: at(when),
        });
        self
    }
    pub fn history(&self) -> History {
        self.history.clone()
    }
    pub fn yardstick(&self) -> Arc<Yardstick> {
        Yardstick::new(chrono_tz::Asia::Shanghai, Vec::new(), self.rates.clone())
    }
    pub fn inputs(&self) -> Inputs {
        Inputs::new(self.yardstick(), self.history())
    }
    pub fn assess(&self, when: &str) -> Assessment {
        assess(&self.inputs(), at(when))
    }
    pub fn flag(&self, flag: Flag, when: &str) -> Option<FlagReason> {
        self.assess(when)
            .flags
            .into_iter()
            .find(|reason| reason.flag == flag)
    }
}

/// Cubeforge of the worked example, at noon of 2024-07-31 in Shanghai.
pub fn cubeforge() -> Ledger {
    use EvidenceKind::{ActiveUsers, PayingCustomers, Retention};
    Ledger::new()
        .with(record(PayingCustomers, 20, "2024-06-30").graded(Grade::Verified))
        .with(
            record(Retention, 35, "2024-05-31")
                .of(400)
                .graded(Grade::Documented),
        )
        .with(record(ActiveUsers, 30_000, "2024-07-15"))
        .layer(Layer::App)
        .route(TechnicalRoute::BuildsOnApi)
        .edit(|traits| traits.owns_training_data = Some(holds(Grade::Documented)))
        .depends(critical_api())
}

/// Bigclaim of the counter-example: everything claimed.
pub fn bigclaim() -> Ledger {
    use EvidenceKind::{ActiveUsers, PayingCustomers, RecurringRevenue, Retention};
    let on = "2024-07-31";
    Ledger::new()
        .with(record(PayingCustomers, 100, on))
        .with(record(RecurringRevenue, 1_000_000, on).basis(RevenueBasis::RunRate))
        .with(record(Retention, 40, on))
        .with(record(ActiveUsers, 100_000, on))
        .layer(Layer::Model)
        .route(TechnicalRoute::TrainsBaseModel)
}
