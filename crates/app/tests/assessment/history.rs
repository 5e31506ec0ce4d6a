//! Random histories by several writers on two servers, with midnight, a new rubric and new rates in between: afterwards
//! every stored figure is the formula's, bit for bit.

use std::sync::Arc;

use app::{
    App, Caller, Identity, activity::About, dependency::NewDependency, evidence::NewEvidence,
    rubric::EditedRubric,
};
use chrono::{NaiveDate, TimeDelta};
use domain::{
    EvidenceId, ProviderId, Role, StartupId, UserId,
    assessment::{ChecklistState, DependencyMode, Rubric},
    checklist::Answer,
    evidence::{EvidenceKind, Grade},
    money::Currency,
    provider::{ProviderProfile, Terms, TermsEdit},
    rate::Quote,
    startup::{GradedFact, Layer, Need, ProfileEdit, TechnicalRoute},
};
use rust_decimal::Decimal;
use test_support::{TestDb, TestWorkspace};

use crate::{
    pass::customers,
    stored::{all, differences},
};

/// A generator of numbers that needs no more than a seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// What a writer knows.
struct Writer {
    app: App,
    user: UserId,
    startups: Arc<Vec<StartupId>>,
    providers: Arc<Vec<ProviderId>>,
    chance: Chance,
    mine: Vec<EvidenceId>,
}

impl Writer {
    fn caller(&self) -> Caller {
        Caller::new(&self.app, Identity::User(self.user))
    }

    fn evidence(&mut self) -> NewEvidence {
        let startup = *self.chance.one(&self.startups);
        let day = format!("2025-0{}-1{}", 1 + self.chance.below(2), self.chance.below(9));
        let mut new = customers(startup, 1 + self.chance.below(300) as i64, &day);
        let observation = &mut new.observation;
        match self.chance.below(6) {
            0 => {
                observation.kind = EvidenceKind::RecurringRevenue;
                let code = ["CNY", "USD", "EUR"][self.chance.below(3)];
                observation.currency = Currency::parse(code);
            }
            1 => {
                observation.kind = EvidenceKind::Retention;
                observation.value = Some((self.chance.below(100) as i64).into());
                observation.horizon_days = Some(30);
                observation.sample_size = Some(50);
            }
            2 => observation.kind = EvidenceKind::OpenSourceStars,
            3 => observation.kind = EvidenceKind::SignedContracts,
            _ => {}
        }
        new.grade = *self
            .chance
            .one(&[Grade::Claimed, Grade::Documented, Grade::Verified, Grade::Refuted]);
        new.checked = matches!(new.grade, Grade::Verified | Grade::Refuted).then(|| "looked".to_owned());
        new
    }

    /// One write; what is refused is left.
    async fn write(&mut self) {
        let caller = self.caller();
        let startup = *self.chance.one(&self.startups);
        match self.chance.below(12) {
            0..4 => {
                let new = self.evidence();
                self.mine.extend(caller.record_evidence(new, "w").await.unwrap());
            }
            4 if !self.mine.is_empty() => {
                let record = *self.chance.one(&self.mine);
                let grade = *self
                    .chance
                    .one(&[Grade::Documented, Grade::Verified, Grade::Refuted]);
                let _ = caller
                    .review_evidence(record, grade, "looked".into(), "w")
                    .await
                    .unwrap();
            }
            5 if !self.mine.is_empty() => {
                let record = *self.chance.one(&self.mine);
                let new = self.evidence();
                let _ = caller.supersede_evidence(record, new, "w").await.unwrap();
            }
            6 if !self.mine.is_empty() => {
                let record = *self.chance.one(&self.mine);
                let _ = caller
                    .retract_evidence(record, "wrong".into(), "w")
                    .await
                    .unwrap();
            }
            7 => {
                let provider = *self.chance.one(&self.providers);
                let terms = Terms {
                    mode: *self.chance.one(DependencyMode::ALL),
                    is_critical: self.chance.below(2) == 0,
                    cost_share: None,
                    alternative: (self.chance.below(3) == 0).then(|| "another".to_owned()),
                    since: None,
                    until: None,
                };
                let new = NewDependency {
                    startup,
                    provider,
                    terms,
                };
                if let Ok(id) = caller.record_dependency(new, "w").await.unwrap() {
                    let edit = TermsEdit {
                        is_critical: Some(self.chance.below(2) == 0),
                        ..TermsEdit::default()
                    };
                    let _ = caller.update_dependency(id, 1, edit, "w").await.unwrap();
                }
            }
            8 => {
                let key = (*self.chance.one(&["compute", "training_data"])).to_owned();
                let answer = Answer {
                    state: *self.chance.one(ChecklistState::ALL),
                    note: None,
                };
                let _ = caller
                    .set_checklist_item(startup, key, answer, "w")
                    .await
                    .unwrap();
            }
            9 => {
                let page = caller
                    .activity(About::Startup(startup), None, false, 5)
                    .await
                    .unwrap();
                if !page.rows.is_empty() {
                    let id = self.chance.one(&page.rows).id;
                    let _ = caller.undo(id, "w").await.unwrap();
                }
            }
            _ => {
                let now = caller.startups_by_ids(&[startup], None).await.unwrap();
                let Some(now) = now.first() else { return };
                let fact = GradedFact {
                    holds: true,
                    grade: *self.chance.one(&[Grade::Claimed, Grade::Documented]),
                    words: None,
                    on: None,
                    source_url: None,
                };
                let edit = ProfileEdit {
                    layer: Some(
                        self.chance
                            .one(&[None, Some(Layer::Model), Some(Layer::App)])
                            .to_owned(),
                    ),
                    technical_route: Some(*self.chance.one(TechnicalRoute::ALL)),
                    owns_training_data: Some((self.chance.below(2) == 0).then_some(fact)),
                    need: Some(Need {
                        payer: (self.chance.below(2) == 0).then(|| "studios".to_owned()),
                        ..Need::default()
                    }),
                    ..ProfileEdit::default()
                };
                let _ = caller
                    .update_startup(startup, now.version, edit, None, "w")
                    .await
                    .unwrap();
            }
        }
    }
}

async fn history(seed: u64) {
    let database = TestDb::new().await;
    let one = TestWorkspace::on(database.clone(), "2025-03-01T15:58:00Z").await;
    let two = TestWorkspace::on(database, "2025-03-01T15:58:00Z").await;
    let (mut startups, mut providers) = (Vec::new(), Vec::new());
    for n in 0..8 {
        startups.push(one.startup(&format!("Startup number {n}"), &[]).await);
    }
    for (name, startup_id) in [("Basemodel One", None), ("Its own", Some(startups[0]))] {
        let name = name.to_owned();
        let made = one
            .system()
            .create_provider(ProviderProfile { name, startup_id }, "p")
            .await;
        providers.push(made.unwrap().unwrap());
    }
    let user = one.user("ann", Role::Partner).await;
    let (startups, providers) = (Arc::new(startups), Arc::new(providers));
    let writers: Vec<_> = (0..4)
        .map(|n| {
            let mut writer = Writer {
                app: if n % 2 == 0 {
                    one.app.clone()
                } else {
                    two.app.clone()
                },
                user,
                startups: Arc::clone(&startups),
                providers: Arc::clone(&providers),
                chance: Chance(seed * 10 + n),
                mine: Vec::new(),
            };
            tokio::spawn(async move {
                for _ in 0..50 {
                    writer.write().await;
                }
            })
        })
        .collect();
    // In between: a rubric, midnight, rates, another rubric; and both servers look.
    let mut kinds = Rubric::default().kinds;
    for (version, weight) in [(1, 3), (2, 5)] {
        kinds[0].weight = tenths(weight);
        let edited = EditedRubric {
            version,
            kinds: kinds.clone(),
            note: None,
        };
        one.system().update_rubric(edited, "r").await.unwrap().unwrap();
        two.app.bring_assessments_up_to_date().await.unwrap();
        for workspace in [&one, &two] {
            workspace.pass(TimeDelta::minutes(3));
        }
        let quote = Quote {
            currency: Currency::parse("CNY").unwrap(),
            on: "2025-01-12".parse::<NaiveDate>().unwrap(),
            usd: tenths(version.into()),
            source: None,
        };
        two.system().record_rate(quote, "r").await.unwrap().unwrap();
        one.app.bring_assessments_up_to_date().await.unwrap();
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let now = one.app.now();
    // Only what was made for another day, rubric or rate is made anew here: the rest stands as its write left it.
    one.app.bring_assessments_up_to_date().await.unwrap();
    assert_eq!(differences(&one, now).await, Vec::<String>::new(), "seed {seed}");
    let stored = all(&one.system()).await;
    assert!(
        stored
            .values()
            .all(|row| row.made.rubric_version == 3 && row.made.day == "2025-03-02".parse().unwrap())
    );
    assert!(
        stored.values().filter(|row| row.conviction.is_some()).count() > 4,
        "something was written"
    );
}

fn tenths(n: i64) -> Decimal {
    Decimal::new(n, 1)
}

#[tokio::test]
async fn random_histories_end_with_every_figure_as_the_formula_has_it() {
    for seed in 1..=3 {
        history(seed).await;
    }
}
