//! The demo fund's meetings: what they decided, and what the next one is about.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    App, Caller, Clock, Identity,
    review::{DecisionFilter, ReviewFilter},
};
use chrono::{Days, NaiveDate, TimeDelta};
use domain::{
    review::{DecisionKind, Quorum, Review, ReviewKind, ReviewStatus},
    time::end_of_day,
};
use test_support::TestDb;

use crate::{day_zero, fill, page};

/// The demonstration of a day, as its first partner sees it at noon.
async fn on(day: NaiveDate) -> (TestDb, Caller) {
    let test = TestDb::new().await;
    fill(&test, day).await;
    let noon = end_of_day(chrono_tz::Asia::Shanghai, day) - TimeDelta::hours(12);
    let db = storage::Database::connect(test.url(), &storage::Options::default())
        .await
        .unwrap();
    let app = App::open(db, Clock::from_fn(move || noon)).await.unwrap();
    let system = Caller::new(&app, Identity::System);
    let partner = system.user_by_email(app::demo::PARTNER).await.unwrap().unwrap();
    let caller = Caller::new(&app, Identity::User(partner.id));
    (test, caller)
}

async fn meetings(caller: &Caller, kind: ReviewKind, status: ReviewStatus) -> Vec<Review> {
    let filter = ReviewFilter {
        kind: Some(kind),
        status: Some(status),
    };
    caller.meetings(filter, &page()).await.unwrap().rows
}

/// What is on the next weekly, by startup, with the kinds of reasons.
async fn agenda(caller: &Caller) -> BTreeMap<String, Vec<&'static str>> {
    let next = meetings(caller, ReviewKind::Weekly, ReviewStatus::Draft).await;
    assert_eq!(next.len(), 1);
    let entries = caller.agendas(&next).await.unwrap().remove(&next[0].id).unwrap();
    let startups: Vec<_> = entries.iter().map(|entry| entry.deal.startup_id).collect();
    let startups = caller.startups_by_ids(&startups, None).await.unwrap();
    let name = |id| {
        let found = startups.iter().find(|startup| startup.id == id);
        found.unwrap().profile.name.clone()
    };
    entries
        .iter()
        .map(|entry| {
            let kinds = entry.reasons.iter().map(|reason| reason.kind().code()).collect();
            (name(entry.deal.startup_id), kinds)
        })
        .collect()
}

/// On each day of the week: meetings are held on Mondays, deals move when they do.
#[tokio::test]
async fn the_next_weekly_is_about_the_same_nine_deals_for_six_reasons_and_more() {
    for days in [0, 5, 4] {
        let (_test, caller) = on(day_zero() + Days::new(days)).await;
        let agenda = agenda(&caller).await;
        let names: Vec<&str> = agenda.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "Adsprout",
                "Bigclaim",
                "Codelantern",
                "Cubeforge",
                "Evalgrid",
                "Facecast",
                "Plainspeak",
                "Reelseed",
                "Tutorbird"
            ],
            "{days}: {agenda:#?}"
        );
        let kinds: BTreeSet<&str> = agenda.values().flatten().copied().collect();
        assert!(kinds.len() >= 6, "{days}: {kinds:?}");
    }
}

#[tokio::test]
async fn its_meetings_decided_all_kinds_of_things() {
    let (_test, caller) = on(day_zero()).await;
    let weeklies = meetings(&caller, ReviewKind::Weekly, ReviewStatus::Closed).await;
    let committees = meetings(&caller, ReviewKind::Committee, ReviewStatus::Closed).await;
    assert_eq!((weeklies.len(), committees.len()), (8, 2));
    let decided = caller
        .decisions(DecisionFilter::default(), &page())
        .await
        .unwrap()
        .rows;
    let of = |kind| {
        let made = decided.iter().filter(|one| one.decision.kind == kind);
        made.count()
    };
    assert_eq!(
        DecisionKind::ALL
            .iter()
            .map(|kind| (*kind, of(*kind)))
            .collect::<Vec<_>>(),
        [
            (DecisionKind::Advance, 13),
            (DecisionKind::Hold, 3),
            (DecisionKind::Pass, 1),
            (DecisionKind::Invest, 1)
        ]
    );
    for weekly in &weeklies {
        let made = decided.iter().filter(|one| one.review == weekly.id);
        assert!(made.count() >= 1, "{}", weekly.title);
    }
    // What was decided in meetings moved its deals.
    let moved = decided.iter().filter(|one| one.decision.change_id.is_some());
    assert_eq!(moved.count(), decided.len());

    let agendas = caller.agendas(&committees).await.unwrap();
    let tallies = agendas.values().flatten().filter_map(|entry| {
        let tally = entry.tally.as_ref()?;
        (!entry.ballots.is_empty()).then_some((tally.yes, tally.no, tally.quorum))
    });
    let mut tallies: Vec<_> = tallies.collect();
    tallies.sort_unstable();
    assert_eq!(tallies, [(1, 0, false), (2, 1, true), (3, 0, true), (3, 0, true)]);
    assert!(
        committees
            .iter()
            .all(|committee| committee.rules.quorum == Quorum::Half)
    );
}
