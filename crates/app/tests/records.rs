//! Providers, dependencies, checklists, rates and rubrics when several write at once, and when one request comes twice.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_app as app;

use app::{Caller, Identity, Outcome, activity::About, dependency::NewDependency, rubric::EditedRubric};
use domain::{
    ActivityId, ProviderId, Role, StartupId, UserId,
    assessment::{ChecklistState, DependencyMode, Rubric},
    checklist::Answer,
    money::Currency,
    provider::{ProviderEdit, ProviderProfile, Terms},
    rate::Quote,
};
use rust_decimal::Decimal;
use test_support::{TestWorkspace, storage};

struct World {
    workspace: TestWorkspace,
    ann: UserId,
}

impl World {
    async fn new() -> Self {
        let workspace = TestWorkspace::new().await;
        let ann = workspace.user("ann", Role::Admin).await;
        Self { workspace, ann }
    }
    fn caller(&self) -> Caller {
        Caller::new(&self.workspace.app, Identity::User(self.ann))
    }
    async fn provider(&self, name: &str) -> Outcome<ProviderId> {
        self.caller().create_provider(named(name), "p").await.unwrap()
    }
    async fn depends(&self, startup: StartupId, provider: ProviderId) -> Outcome<domain::DependencyId> {
        let terms = Terms {
            mode: DependencyMode::Api,
            is_critical: true,
            cost_share: None,
            alternative: None,
            since: None,
            until: None,
        };
        let new = NewDependency {
            startup,
            provider,
            terms,
        };
        self.caller().record_dependency(new, "d").await.unwrap()
    }
    async fn newest(&self) -> ActivityId {
        let page = self
            .caller()
            .activity(About::Everything, None, false, 1)
            .await
            .unwrap();
        page.rows[0].id
    }
    async fn changes(&self) -> i64 {
        self.caller().activity_count(About::Everything).await.unwrap()
    }
}

fn named(name: &str) -> ProviderProfile {
    ProviderProfile {
        name: name.into(),
        startup_id: None,
    }
}

fn code<T>(outcome: &Outcome<T>) -> Option<&'static str> {
    outcome.as_ref().err().map(|problems| problems[0].code.code())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_enter_one_vendor_at_once_the_later_is_told_of_the_earlier() {
    let world = World::new().await;
    for round in 0..8 {
        let (one, other) = (format!("Vendor {round}"), format!("VENDOR {round} Inc."));
        let (a, b) = tokio::join!(world.provider(&one), world.provider(&other));
        let mut codes = [code(&a), code(&b)];
        codes.sort_unstable();
        assert_eq!(codes, [None, Some("TAKEN")]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_record_one_dependency_at_once_the_later_is_told_of_the_earlier() {
    let world = World::new().await;
    let provider = world.provider("Base").await.unwrap();
    for round in 0..8 {
        let startup = world.workspace.startup(&format!("S{round}"), &[]).await;
        let (a, b) = tokio::join!(world.depends(startup, provider), world.depends(startup, provider));
        let mut codes = [code(&a), code(&b)];
        codes.sort_unstable();
        assert_eq!(codes, [None, Some("TAKEN")]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_is_not_taken_back_while_a_startup_comes_to_depend_on_it() {
    let world = World::new().await;
    for round in 0..8 {
        let provider = world.provider(&format!("Base {round}")).await.unwrap();
        let created = world.newest().await;
        let startup = world.workspace.startup(&format!("S{round}"), &[]).await;
        let caller = world.caller();
        let (depends, undone) = tokio::join!(world.depends(startup, provider), caller.undo(created, "u"));
        let undone = undone.unwrap();
        assert_ne!(depends.is_ok(), undone.is_ok(), "{depends:?} {undone:?}");
    }
    let account = storage::promise::account(world.workspace.app.database())
        .await
        .unwrap();
    let broken: Vec<_> = account
        .broken
        .iter()
        .filter(|one| one.promise.contains("provider"))
        .collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn which_startup_a_provider_is_does_not_change_while_one_comes_to_depend_on_it() {
    let world = World::new().await;
    for round in 0..8 {
        let provider = world.provider(&format!("Base {round}")).await.unwrap();
        let startup = world.workspace.startup(&format!("S{round}"), &[]).await;
        let edit = ProviderEdit {
            startup_id: Some(Some(startup)),
            ..ProviderEdit::default()
        };
        let caller = world.caller();
        let (depends, renamed) = tokio::join!(
            world.depends(startup, provider),
            caller.update_provider(provider, 1, edit, "p")
        );
        assert!(depends.is_ok());
        // Who comes first is open; who comes second sees it.
        let renamed = renamed.unwrap();
        assert!(
            matches!(code(&renamed), None | Some("NOT_ALLOWED")),
            "{renamed:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_answer_of_two_at_once_stands_and_the_other_is_its_history() {
    let world = World::new().await;
    let startup = world.workspace.startup("Acme", &[]).await;
    let answer = async |state| {
        let answer = Answer { state, note: None };
        let caller = world.caller();
        caller
            .set_checklist_item(startup, "team".into(), answer, "c")
            .await
            .unwrap()
            .unwrap();
    };
    tokio::join!(answer(ChecklistState::Ok), answer(ChecklistState::Concern));
    let found = world.caller().checklists_of(&[startup], None).await.unwrap();
    assert_eq!((found[&startup].len(), found[&startup][0].version), (1, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_edit_one_rubric_the_later_is_stale() {
    let world = World::new().await;
    let edited = |hundredths| {
        let mut kinds = Rubric::default().kinds;
        kinds[0].weight = Decimal::new(hundredths, 2);
        EditedRubric {
            version: 1,
            kinds,
            note: None,
        }
    };
    let (one, other) = (world.caller(), world.caller());
    let (a, b) = tokio::join!(
        one.update_rubric(edited(50), "r"),
        other.update_rubric(edited(40), "r")
    );
    let (a, b) = (a.unwrap(), b.unwrap());
    let mut codes = [code(&a), code(&b)];
    codes.sort_unstable();
    assert_eq!(codes, [None, Some("STALE_VERSION")]);
    let rubrics = world.caller().rubrics().await.unwrap();
    let versions: Vec<i32> = rubrics.iter().map(|one| one.rubric.version).collect();
    assert_eq!(versions, [2, 1]);
    assert_eq!(rubrics[0].by, Some(world.ann));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rates_of_one_day_are_recorded_one_after_the_other_and_the_last_holds() {
    let world = World::new().await;
    let record = async |ten_thousandths| {
        let quote = Quote {
            currency: Currency::parse("CNY").unwrap(),
            on: "2025-02-01".parse().unwrap(),
            usd: Decimal::new(ten_thousandths, 4),
            source: Some("PBoC".into()),
        };
        world.caller().record_rate(quote, "r").await.unwrap().unwrap()
    };
    tokio::join!(record(1400), record(1401), record(1402), record(1401));
    let rates = storage::rate::all(world.workspace.app.database()).await.unwrap();
    assert!(rates.len() >= 3, "{rates:?}");
    let mut instants: Vec<_> = rates.iter().map(|rate| rate.recorded_at).collect();
    instants.dedup();
    assert_eq!(instants.len(), rates.len(), "each later than the one before");
}

#[tokio::test]
async fn a_request_that_comes_again_under_its_key_is_done_once() {
    let world = World::new().await;
    let startup = world.workspace.startup("Acme", &[]).await;
    let keyed = || world.caller().with_idempotency(Some(("key".into(), [7; 32])));
    let first = keyed()
        .create_provider(named("Base"), "p")
        .await
        .unwrap()
        .unwrap();
    let answer = Answer {
        state: ChecklistState::Ok,
        note: None,
    };
    let set = async |answer: Answer| {
        let caller = keyed();
        caller
            .set_checklist_item(startup, "team".into(), answer, "c")
            .await
            .unwrap()
            .unwrap();
    };
    set(answer.clone()).await;
    let changes = world.changes().await;
    let again = keyed().create_provider(named("Base"), "p").await.unwrap();
    assert_eq!(again.unwrap(), first, "not TAKEN");
    set(answer).await;
    assert_eq!(world.changes().await, changes);
}

#[tokio::test]
async fn a_rate_or_a_rubric_is_replaced_and_not_taken_back() {
    let world = World::new().await;
    let quote = Quote {
        currency: Currency::parse("CNY").unwrap(),
        on: "2025-02-01".parse().unwrap(),
        usd: Decimal::new(14, 2),
        source: Some("PBoC".into()),
    };
    world.caller().record_rate(quote, "r").await.unwrap().unwrap();
    let change = world.newest().await;
    let undone = world.caller().undo(change, "u").await.unwrap();
    assert_eq!(code(&undone), Some("NOT_ALLOWED"));
}
