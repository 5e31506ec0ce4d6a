//! Imports as people use them, on a real Postgres: planned, applied, repeated, stopped in the middle.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_app as app;

use std::sync::Arc;

use app::{
    Caller,
    activity::About,
    import::{NewImport, Options},
    page::Page,
    startup::{Confirm, Filter, NewStartup, Order},
};
use chrono::TimeDelta;
use domain::{
    ImportId, Message, ProblemCode,
    import::{Import, ImportRow, ImportStatus, RowAction},
    startup::{ExternalId, NameKind, Profile, ProfileEdit, Startup},
};
use test_support::TestWorkspace;

const FIRST: &str = "id,name,one_liner,country,website\n\
    1,Acme,Robots that fold,US,https://acme.example\n\
    2,Zenith,Maps of caves,US,https://zenith.example\n\
    3,Acme,Another of that name,US,https://acme-two.example\n";

fn file(source: &str, text: &str) -> NewImport {
    let columns = [
        ("id", "externalId"),
        ("name", "name"),
        ("one_liner", "oneLiner"),
        ("country", "country"),
        ("website", "website"),
    ];
    let mapping = columns
        .iter()
        .map(|(column, field)| ((*column).to_owned(), field.parse().unwrap()))
        .collect();
    NewImport {
        source: source.into(),
        file_name: Some("list.csv".into()),
        bytes: Arc::new(text.as_bytes().to_vec()),
        options: Options {
            mapping: Some(app::import::Mapping(mapping)),
            ..Options::default()
        },
    }
}

async fn planned(caller: &Caller, new: NewImport) -> Import {
    let id = caller.plan_import(new, "p").await.unwrap().unwrap();
    caller.imports_by_ids(&[id]).await.unwrap().remove(0)
}

async fn applied(caller: &Caller, new: NewImport) -> Import {
    let id = planned(caller, new).await.id;
    caller.begin_import(id, "a").await.unwrap().unwrap();
    caller.apply_batches(id, |_, _| ()).await.unwrap().unwrap();
    caller.imports_by_ids(&[id]).await.unwrap().remove(0)
}

fn counts(import: &Import) -> [i32; 4] {
    [
        RowAction::Create,
        RowAction::Update,
        RowAction::Unchanged,
        RowAction::Conflict,
    ]
    .map(|action| import.rows_that(action))
}

async fn rows(caller: &Caller, id: ImportId) -> Vec<ImportRow> {
    caller.import_rows(id, None, None, false, 200).await.unwrap().rows
}

async fn startups(caller: &Caller) -> Vec<Startup> {
    let page = Page::first(200);
    let mut all = caller
        .startups(&Filter::default(), Order::Name, false, &page)
        .await
        .unwrap()
        .rows;
    all.sort_by(|a, b| a.slug.cmp(&b.slug));
    all
}

async fn one(caller: &Caller, slug: &str) -> Startup {
    let all = startups(caller).await;
    all.into_iter()
        .find(|s| s.slug == slug)
        .expect("it is in the list")
}

#[tokio::test]
async fn a_plan_says_what_each_row_would_do_and_writes_nothing() {
    let workspace = TestWorkspace::new().await;
    let caller = workspace.system();
    let import = planned(&caller, file("list", FIRST)).await;
    assert_eq!(
        (import.status, counts(&import)),
        (ImportStatus::Planned, [3, 0, 0, 0])
    );
    assert!(startups(&caller).await.is_empty());
    let row = rows(&caller, import.id).await.remove(1);
    assert_eq!(
        (row.row_no, row.raw["one_liner"].as_str()),
        (2, Some("Maps of caves"))
    );
}

#[tokio::test]
async fn a_file_applied_makes_startups_and_applied_again_changes_nothing() {
    let workspace = TestWorkspace::new().await;
    let caller = workspace.system();
    let import = applied(&caller, file("list", FIRST)).await;
    assert_eq!(import.status, ImportStatus::Applied);
    let made = startups(&caller).await;
    let slugs: Vec<&str> = made.iter().map(|s| s.slug.as_str()).collect();
    assert_eq!(
        slugs,
        ["acme", "acme-2", "zenith"],
        "two companies of one name are two"
    );
    assert_eq!(made[0].profile.domains, ["acme.example"]);
    let keys = caller.external_ids(&[made[0].id]).await.unwrap();
    assert_eq!(keys[&made[0].id][0].source, "list");

    workspace.pass(TimeDelta::days(1));
    let again = applied(&caller, file("list", FIRST)).await;
    assert_eq!((counts(&again), again.record_count), ([0, 0, 3, 0], 0));
    assert_eq!(startups(&caller).await, made);
}

#[tokio::test]
async fn every_record_leaves_an_activity_row_that_names_the_import() {
    let workspace = TestWorkspace::new().await;
    let caller = workspace.system();
    let import = applied(&caller, file("list", FIRST)).await;
    let made = one(&caller, "zenith").await;
    let activity = caller
        .activity(About::Startup(made.id), None, false, 10)
        .await
        .unwrap()
        .rows;
    assert_eq!(activity.len(), 1);
    assert_eq!(
        (activity[0].verb.as_str(), activity[0].import),
        ("applyImport", Some(import.id))
    );
    // It is taken back as any creation is.
    caller.undo(activity[0].id, "u").await.unwrap().unwrap();
    assert_eq!(startups(&caller).await.len(), 2);
    // And identifies nothing: the list makes it anew.
    let again = applied(&caller, file("list", FIRST)).await;
    assert_eq!(counts(&again), [1, 0, 2, 0]);
}

#[tokio::test]
async fn a_renamed_id_is_an_update_that_keeps_the_former_name() {
    let workspace = TestWorkspace::new().await;
    let caller = workspace.system();
    applied(&caller, file("list", FIRST)).await;
    workspace.pass(TimeDelta::days(1));
    let import = applied(&caller, file("list", &FIRST.replace("2,Zenith", "2,Nadir"))).await;
    assert_eq!(counts(&import), [0, 1, 2, 0]);
    let renamed = one(&caller, "zenith").await;
    assert_eq!((renamed.profile.name.as_str(), renamed.version), ("Nadir", 2));
    assert_eq!(renamed.profile.aliases[0].kind, NameKind::Former);
    let row = rows(&caller, import.id).await.remove(1);
    let fields: Vec<&str> = row.changes.iter().map(|c| c.field.as_str()).collect();
    assert_eq!((row.action, fields), (RowAction::Update, vec!["aliases", "name"]));
}

#[tokio::test]
async fn what_people_wrote_since_stays_whatever_the_list_says() {
    let workspace = TestWorkspace::new().await;
    let caller = workspace.system();
    applied(&caller, file("list", FIRST)).await;
    let old = one(&caller, "zenith").await;
    let edit = ProfileEdit {
        one_liner: Some(Some("Maps that a person praised".into())),
        ..ProfileEdit::default()
    };
    caller
        .update_startup(old.id, 1, edit, None, "e")
        .await
        .unwrap()
        .unwrap();
    let same = applied(&caller, file("list", FIRST)).await;
    assert_eq!(counts(&same), [0, 0, 3, 0]);
    let other = applied(
        &caller,
        file("list", &FIRST.replace("Maps of caves", "Maps of moons")),
    )
    .await;
    let row = rows(&caller, other.id).await.remove(1);
    assert_eq!(row.action, RowAction::Unchanged);
    assert!(
        row.errors[0].reason.contains("a person left it"),
        "{:?}",
        row.errors
    );
    let now = one(&caller, "zenith").await;
    assert_eq!(
        now.profile.one_liner.as_deref(),
        Some("Maps that a person praised")
    );
}

#[tokio::test]
async fn a_row_is_recognised_by_domain_and_by_name_in_its_country() {
    let workspace = TestWorkspace::new().await;
    let caller = workspace.system();
    applied(&caller, file("list", FIRST)).await;
    let other = "name,one_liner,country,website\n\
        Acme Robotics,,US,https://www.acme.example/about\n\
        \"Zenith, Inc.\",,US,\n\
        Zenith,,FR,\n";
    let import = applied(&caller, file("other", other)).await;
    assert_eq!(
        counts(&import),
        [1, 2, 0, 0],
        "{:?}",
        rows(&caller, import.id).await
    );
    let acme = one(&caller, "acme").await;
    assert_eq!(
        (acme.profile.name.as_str(), acme.profile.aliases[0].name.as_str()),
        ("Acme", "Acme Robotics")
    );
}

#[tokio::test]
async fn a_row_that_may_be_two_startups_is_a_conflict_and_changes_neither() {
    let workspace = TestWorkspace::new().await;
    let caller = workspace.system();
    applied(&caller, file("list", FIRST)).await;
    applied(&caller, file("list", &format!("{FIRST}4,Cavern,,US,\n"))).await;
    let before = startups(&caller).await;
    // The first by domain one and by name another, the second by name two.
    let import = applied(
        &caller,
        file(
            "other",
            "name,country,website\nCavern,US,https://acme.example\nAcme,US,\n",
        ),
    )
    .await;
    assert_eq!(counts(&import), [0, 0, 0, 2]);
    for row in rows(&caller, import.id).await {
        assert_eq!(row.candidates.len(), 2, "{row:?}");
    }
    assert_eq!(startups(&caller).await, before);
}

#[tokio::test]
async fn rows_of_one_company_in_a_file_make_one_startup() {
    let workspace = TestWorkspace::new().await;
    let caller = workspace.system();
    let list = "name,one_liner,country,website\n\
        云图,问云,CN,\n\
        云图,another product,CN,https://chat.yuntu.example\n\
        Yuntu,,CN,https://www.yuntu.example\n\
        山川智能,山川,CN,\n";
    let import = applied(&caller, file("list", list)).await;
    assert_eq!(
        counts(&import),
        [2, 2, 0, 0],
        "{:?}",
        rows(&caller, import.id).await
    );
    let all = startups(&caller).await;
    assert_eq!(all.len(), 2);
    let yuntu = all.iter().find(|s| s.profile.name == "云图").unwrap();
    assert_eq!(yuntu.profile.one_liner.as_deref(), Some("问云"));
    assert_eq!(yuntu.profile.aliases[0].name, "Yuntu");
    let again = applied(&caller, file("list", list)).await;
    assert_eq!(counts(&again), [0, 0, 4, 0]);
}

#[tokio::test]
async fn who_came_in_since_the_plan_is_not_made_again() {
    let workspace = TestWorkspace::new().await;
    let caller = workspace.system();
    let import = planned(&caller, file("list", FIRST)).await;
    let mut profile = Profile::named("Zenith");
    profile.country = Some("US".into());
    let new = NewStartup {
        profile,
        sectors: Vec::new(),
        external_ids: Vec::new(),
    };
    let zenith = caller.create_startup(new, "s").await.unwrap().unwrap();
    caller.begin_import(import.id, "a").await.unwrap().unwrap();
    caller.apply_batches(import.id, |_, _| ()).await.unwrap().unwrap();
    assert_eq!(startups(&caller).await.len(), 3);
    let row = rows(&caller, import.id).await.remove(1);
    assert_eq!((row.action, row.candidates), (RowAction::Conflict, vec![zenith]));
    // Planned again, it is an update of the one who came.
    let again = applied(&caller, file("list", FIRST)).await;
    assert_eq!(counts(&again), [0, 1, 2, 0]);
    let keys = caller.external_ids(&[zenith]).await.unwrap();
    assert_eq!(
        keys[&zenith],
        [ExternalId {
            source: "list".into(),
            id: "2".into()
        }]
    );
}

#[tokio::test]
async fn a_field_that_somebody_changed_since_the_plan_is_not_written_over() {
    let workspace = TestWorkspace::new().await;
    let caller = workspace.system();
    applied(&caller, file("list", FIRST)).await;
    let import = planned(
        &caller,
        file("list", &FIRST.replace("Maps of caves", "Maps of moons")),
    )
    .await;
    let old = one(&caller, "zenith").await;
    let edit = |one_liner: &str, city: Option<String>| ProfileEdit {
        one_liner: Some(Some(one_liner.into())),
        city: Some(city),
        ..ProfileEdit::default()
    };
    caller
        .update_startup(old.id, 1, edit("Maps since", None), None, "e")
        .await
        .unwrap()
        .unwrap();
    caller.begin_import(import.id, "a").await.unwrap().unwrap();
    caller.apply_batches(import.id, |_, _| ()).await.unwrap().unwrap();
    let row = rows(&caller, import.id).await.remove(1);
    assert_eq!(row.action, RowAction::Conflict);
    assert!(row.errors[0].reason.contains("oneLiner"), "{:?}", row.errors);
    assert_eq!(
        one(&caller, "zenith").await.profile.one_liner.as_deref(),
        Some("Maps since")
    );
}

/// A list of many made-up companies, more than are written at once.
fn many(count: usize) -> String {
    let mut list = String::from("id,name,one_liner,country,website\n");
    for n in 1..=count {
        use std::fmt::Write as _;
        writeln!(
            list,
            "{n},Company {n},What {n} does,US,https://company-{n}.example"
        )
        .unwrap();
    }
    list
}

/// What an undisturbed import and a stopped one must have in common.
async fn content(caller: &Caller) -> Vec<(String, Profile, i32)> {
    let mut all = Vec::new();
    let mut page = Page::first(200);
    loop {
        let slice = caller
            .startups(&Filter::default(), Order::Name, false, &page)
            .await
            .unwrap();
        all.extend(
            slice
                .rows
                .iter()
                .map(|s| (s.slug.clone(), s.profile.clone(), s.version)),
        );
        match slice.rows.last() {
            Some(last) if slice.more => page.from = Some(Order::Name.place(last)),
            _ => return all,
        }
    }
}

#[tokio::test]
async fn what_was_stopped_between_batches_goes_on_and_ends_as_an_undisturbed_import() {
    let list = many(4_500);
    let undisturbed = TestWorkspace::new().await;
    let import = applied(&undisturbed.system(), file("list", &list)).await;
    assert_eq!(counts(&import), [4_500, 0, 0, 0]);

    let stopped = TestWorkspace::new().await;
    let caller = stopped.system();
    let import = planned(&caller, file("list", &list)).await;
    caller.begin_import(import.id, "a").await.unwrap().unwrap();
    // Dropped at an await somewhere in its second batch, as a killed process would be.
    let progress = tokio::sync::Notify::new();
    tokio::select! {
        done = caller.apply_batches(import.id, |_, _| progress.notify_one()) => panic!("it was not stopped: {done:?}"),
        () = async { progress.notified().await; tokio::time::sleep(std::time::Duration::from_millis(20)).await } => {}
    }
    let half = caller.imports_by_ids(&[import.id]).await.unwrap().remove(0);
    assert_eq!(half.status, ImportStatus::Applying);
    assert!((1..4_500).contains(&half.applied_count), "{}", half.applied_count);
    assert_eq!(caller.stopped_imports(None).await.unwrap().len(), 1);
    app::import::resume(&stopped.app).await.unwrap();
    while caller
        .imports_by_ids(&[import.id])
        .await
        .unwrap()
        .remove(0)
        .status
        == ImportStatus::Applying
    {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(content(&caller).await, content(&undisturbed.system()).await);
}

#[tokio::test]
async fn what_words_suggest_waits_for_a_person_and_is_confirmed_in_bulk() {
    let workspace = TestWorkspace::new().await;
    let caller = workspace.system();
    let mut new = file("list", FIRST);
    new.bytes = Arc::new(
        FIRST
            .replace("Robots that fold", "3D asset generation for games")
            .into_bytes(),
    );
    let import = applied(&caller, new).await;
    let acme = one(&caller, "acme").await;
    assert_eq!(acme.profile.sector_ids.len(), 1, "{:?}", acme.profile);
    assert!(!acme.profile.proposed.is_empty());
    let waiting = Filter {
        has_proposals: Some(true),
        imported_by: Some(import.id),
        ..Filter::default()
    };
    let open = caller.startup_count(&waiting).await.unwrap();
    assert!(open >= 1);
    let confirmed = caller
        .confirm_proposals(Confirm::ImportedBy(import.id), "c")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(i64::try_from(confirmed.len()).unwrap(), open);
    assert_eq!(caller.startup_count(&waiting).await.unwrap(), 0);
    let now = one(&caller, "acme").await;
    assert_eq!(
        (now.profile.sector_ids, now.version),
        (acme.profile.sector_ids, 2)
    );
}

#[tokio::test]
async fn what_cannot_be_imported_is_told_in_words() {
    let workspace = TestWorkspace::new().await;
    let caller = workspace.system();
    let refused = |outcome: app::Outcome<ImportId>| outcome.unwrap_err().remove(0);
    let problem = refused(caller.plan_import(file(" ", FIRST), "p").await.unwrap());
    assert_eq!(
        (problem.code, problem.field),
        (ProblemCode::Required, vec!["source".to_owned()])
    );
    let problem = refused(caller.plan_import(file("list", ""), "p").await.unwrap());
    assert!(
        matches!(problem.message, Message::Unreadable { .. }),
        "{problem:?}"
    );
    let done = applied(&caller, file("list", FIRST)).await;
    let problem = refused(caller.begin_import(done.id, "a").await.unwrap());
    assert!(matches!(
        problem.message,
        Message::ImportIs {
            status: ImportStatus::Applied
        }
    ));
    let row_without_name = applied(&caller, file("other", "id,name\n9,\n10,Ten\n")).await;
    assert_eq!(row_without_name.rows_that(RowAction::Error), 1);
    assert!(!rows(&caller, row_without_name.id).await[0].errors.is_empty());
}
