//! People and their posts as people use them, on a real Postgres.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_app as app;

use app::{
    Caller, Identity, Outcome,
    activity::About,
    page::Page,
    person::{Filter, NewAffiliation, NewPerson},
};
use chrono::TimeDelta;
use domain::{
    Message, PersonId, ProblemCode, Role, StartupId, UserId,
    activity::SubjectType,
    person::{Contact, ContactKind, OrganisationKind},
    startup::{Name, NameKind},
    typed,
};
use test_support::TestWorkspace;
use uuid::Uuid;

struct World {
    workspace: TestWorkspace,
    analyst: UserId,
    startup: StartupId,
}

impl World {
    async fn new() -> Self {
        let workspace = TestWorkspace::new().await;
        let startup = workspace.startup("月之暗面", &[]).await;
        let analyst = workspace
            .system()
            .add_user("ana@fund.example".into(), "Ana".into(), Role::Analyst)
            .await
            .unwrap()
            .unwrap();
        Self {
            workspace,
            analyst,
            startup,
        }
    }
    fn call(&self) -> Caller {
        Caller::new(&self.workspace.app, Identity::User(self.analyst))
    }
    fn pass(&self, time: TimeDelta) {
        self.workspace.pass(time);
    }
    async fn person(&self, name: &str) -> PersonId {
        self.call()
            .create_person(named(name), "p")
            .await
            .unwrap()
            .unwrap()
    }
    async fn post(&self, person: PersonId, organisation: &str, kind: OrganisationKind) {
        self.call()
            .create_affiliation(post(person, organisation, kind), "a")
            .await
            .unwrap()
            .unwrap();
    }
    async fn names(&self, filter: &Filter) -> Vec<String> {
        let page = self.call().people(filter, &Page::first(50)).await.unwrap();
        assert_eq!(
            self.call().people_count(filter).await.unwrap(),
            page.rows.len() as i64
        );
        page.rows.into_iter().map(|person| person.name).collect()
    }
    async fn undo_last(&self, subject: Uuid) -> Outcome<app::activity::Undone> {
        let caller = self.call();
        let rows = caller
            .activity(About::Subject(subject), None, false, 1)
            .await
            .unwrap()
            .rows;
        caller.undo(rows[0].id, "u").await.unwrap()
    }
}

fn named(name: &str) -> NewPerson {
    NewPerson {
        name: name.into(),
        aliases: Vec::new(),
        contacts: Vec::new(),
        links: Vec::new(),
    }
}

fn post(person: PersonId, organisation: &str, kind: OrganisationKind) -> NewAffiliation {
    NewAffiliation {
        person,
        organisation: organisation.into(),
        kind,
        startup: None,
        title: None,
        is_founder: false,
        from_on: None,
        to_on: None,
    }
}

fn problems<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<(ProblemCode, String)> {
    outcome
        .unwrap_err()
        .into_iter()
        .map(|problem| (problem.code, problem.field.join(".")))
        .collect()
}

#[tokio::test]
async fn a_person_is_kept_with_contacts_known_by_who_added_them() {
    let world = World::new().await;
    let new = NewPerson {
        name: " 杨植麟 ".into(),
        aliases: vec![Name {
            name: "Yang Zhilin".into(),
            language: Some("en".into()),
            kind: NameKind::Other,
        }],
        contacts: vec![
            (ContactKind::Wechat, "kimi-yang".into()),
            (ContactKind::Wechat, " kimi-yang".into()),
        ],
        links: vec!["https://example.com/yang".into()],
    };
    let id = world.call().create_person(new, "p").await.unwrap().unwrap();
    let person = world
        .call()
        .people_by_ids(&[id], None)
        .await
        .unwrap()
        .pop()
        .unwrap();
    assert_eq!(person.name, "杨植麟");
    assert_eq!(person.aliases.len(), 1);
    let contact = Contact {
        kind: ContactKind::Wechat,
        value: "kimi-yang".into(),
        known_by: vec![world.analyst],
    };
    assert_eq!(person.contacts, [contact]);
    assert_eq!(
        (person.version, person.updated_at),
        (1, world.workspace.app.now())
    );
    for words in ["zhilin", "植麟", "kimi-yang", "yang  杨"] {
        let filter = Filter {
            search: Some(words.into()),
            ..Filter::default()
        };
        assert_eq!(world.names(&filter).await, ["杨植麟"], "{words}");
    }
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once_and_nothing_is_written() {
    let world = World::new().await;
    let new = NewPerson {
        name: "  ".into(),
        aliases: Vec::new(),
        contacts: vec![
            (ContactKind::Email, "nobody".into()),
            (ContactKind::Phone, String::new()),
        ],
        links: vec!["ftp://example.com".into()],
    };
    let said = problems(world.call().create_person(new, "p").await.unwrap());
    let fields: Vec<&str> = said.iter().map(|(_, field)| field.as_str()).collect();
    assert_eq!(
        fields,
        ["name", "contacts.0.value", "contacts.1.value", "links.0"]
    );
    assert!(world.names(&Filter::default()).await.is_empty());

    let mut new = post(
        typed(Uuid::from_u128(1)),
        "清华大学",
        OrganisationKind::University,
    );
    new.startup = Some(typed(Uuid::from_u128(2)));
    let said = problems(world.call().create_affiliation(new, "a").await.unwrap());
    assert_eq!(
        said,
        [
            (ProblemCode::NotFound, "startup".into()),
            (ProblemCode::NotFound, "person".into())
        ]
    );

    let mut new = post(world.person("甲").await, " ", OrganisationKind::Company);
    (new.from_on, new.to_on) = ("2024-01-01".parse().ok(), "2023-12-31".parse().ok());
    let said = problems(world.call().create_affiliation(new, "a").await.unwrap());
    assert_eq!(
        said,
        [
            (ProblemCode::Required, "organisation".into()),
            (ProblemCode::Invalid, "to".into())
        ]
    );
}

#[tokio::test]
async fn a_viewer_adds_nobody() {
    let world = World::new().await;
    let system = Caller::new(&world.workspace.app, Identity::System);
    let viewer = system
        .add_user("v@fund.example".into(), "V".into(), Role::Viewer)
        .await
        .unwrap()
        .unwrap();
    let refused = Caller::new(&world.workspace.app, Identity::User(viewer))
        .create_person(named("甲"), "p")
        .await;
    assert!(matches!(refused, Err(app::Error::Forbidden(_))));
}

#[tokio::test]
async fn founders_from_a_university_are_found() {
    let world = World::new().await;
    let (yang, wang, li) = (
        world.person("杨").await,
        world.person("王").await,
        world.person("李").await,
    );
    for person in [yang, wang] {
        world.post(person, "清华大学", OrganisationKind::University).await;
        let mut founder = post(person, "月之暗面", OrganisationKind::Company);
        (founder.startup, founder.is_founder) = (Some(world.startup), person == yang);
        world
            .call()
            .create_affiliation(founder, "a")
            .await
            .unwrap()
            .unwrap();
    }
    world.post(li, "北京大学", OrganisationKind::University).await;
    let from = |organisation: &str| Filter {
        affiliated_with: Some(organisation.into()),
        search: None,
    };
    assert_eq!(world.names(&from(" 清华大学")).await, ["王", "杨"], "by pinyin");
    assert_eq!(world.names(&from("北京大学")).await, ["李"]);
    assert!(world.names(&from("快手")).await.is_empty());

    let of_startup = world
        .call()
        .affiliations_of_startups(&[world.startup], None)
        .await
        .unwrap();
    let people: Vec<PersonId> = of_startup[&world.startup]
        .iter()
        .map(|post| post.person_id)
        .collect();
    assert_eq!(people, [yang, wang], "the founder first");
    let of_people = world
        .call()
        .affiliations_of_people(&[yang, li], None)
        .await
        .unwrap();
    assert_eq!((of_people[&yang].len(), of_people[&li].len()), (2, 1));

    let first = world
        .call()
        .people(&Filter::default(), &Page::first(2))
        .await
        .unwrap();
    assert!(first.more);
    let from = Some(app::person::place(&first.rows[1]));
    let rest = world
        .call()
        .people(
            &Filter::default(),
            &Page {
                from,
                ..Page::first(2)
            },
        )
        .await
        .unwrap();
    assert_eq!((rest.rows.len(), rest.more), (1, false));
}

#[tokio::test]
async fn the_activity_of_a_person_holds_neither_name_nor_contact() {
    let world = World::new().await;
    let mut new = named("杨植麟");
    new.contacts.push((ContactKind::Phone, "13800138000".into()));
    let id = world.call().create_person(new, "p").await.unwrap().unwrap();
    world.undo_last(id.uuid()).await.unwrap();
    world.undo_last(id.uuid()).await.unwrap();
    let rows = world
        .call()
        .activity(About::Subject(id.uuid()), None, false, 9)
        .await
        .unwrap()
        .rows;
    assert_eq!(rows.len(), 3);
    let said = format!(
        "{:?}",
        rows.iter()
            .map(|row| (&row.change.before, &row.change.after))
            .collect::<Vec<_>>()
    );
    assert!(!said.contains("杨") && !said.contains("138"), "{said}");
    assert_eq!(rows[2].change.after, Some(serde_json::json!({ "version": 1 })));
    assert_eq!(
        rows[0].change.after,
        Some(serde_json::json!({ "version": 3, "fields": ["hidden"] }))
    );
}

#[tokio::test]
async fn who_was_added_by_mistake_is_hidden_unless_a_post_names_them() {
    let world = World::new().await;
    let person = world.person("甲").await;
    let mut founder = post(person, "月之暗面", OrganisationKind::Company);
    founder.startup = Some(world.startup);
    let affiliation = world
        .call()
        .create_affiliation(founder, "a")
        .await
        .unwrap()
        .unwrap();
    let refused = world.undo_last(person.uuid()).await.unwrap_err();
    assert!(matches!(refused[0].message, Message::UndoKeptReferred { .. }));

    world.undo_last(affiliation.uuid()).await.unwrap();
    assert!(
        world
            .call()
            .affiliations_of_people(&[person], None)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        world
            .call()
            .affiliations_of_startups(&[world.startup], None)
            .await
            .unwrap()
            .is_empty()
    );
    world.undo_last(person.uuid()).await.unwrap();
    assert!(world.names(&Filter::default()).await.is_empty());
    let refused = world.undo_last(affiliation.uuid()).await.unwrap_err();
    assert_eq!(
        refused[0].message,
        Message::NothingToUndo,
        "a post is not shown without its person"
    );

    world.undo_last(person.uuid()).await.unwrap();
    world.undo_last(affiliation.uuid()).await.unwrap();
    assert_eq!(world.names(&Filter::default()).await, ["甲"]);
    let shown = world
        .call()
        .affiliations_of_startups(&[world.startup], None)
        .await
        .unwrap();
    assert_eq!(shown[&world.startup][0].id, affiliation);
    let rows = world
        .call()
        .activity(About::Startup(world.startup), None, false, 9)
        .await
        .unwrap()
        .rows;
    assert_eq!(rows[0].change.subject_type, SubjectType::Affiliation);
}

#[tokio::test]
async fn the_past_shows_people_as_they_were_known_then() {
    let world = World::new().await;
    let before = world.workspace.app.now();
    world.pass(TimeDelta::days(1));
    let person = world.person("甲").await;
    let mut founder = post(person, "月之暗面", OrganisationKind::Company);
    founder.startup = Some(world.startup);
    let affiliation = world
        .call()
        .create_affiliation(founder, "a")
        .await
        .unwrap()
        .unwrap();
    let known = world.workspace.app.now();
    world.pass(TimeDelta::days(1));
    world.undo_last(affiliation.uuid()).await.unwrap();
    world.undo_last(person.uuid()).await.unwrap();
    for (at, count) in [
        (Some(before), 0),
        (Some(known), 1),
        (Some(world.workspace.app.now()), 0),
        (None, 0),
    ] {
        let call = world.call();
        assert_eq!(call.people_by_ids(&[person], at).await.unwrap().len(), count);
        assert_eq!(
            call.affiliations_by_ids(&[affiliation], at).await.unwrap().len(),
            count
        );
        assert_eq!(
            call.affiliations_of_startups(&[world.startup], at)
                .await
                .unwrap()
                .len(),
            count
        );
        assert_eq!(
            call.affiliations_of_people(&[person], at).await.unwrap().len(),
            count
        );
    }
}
