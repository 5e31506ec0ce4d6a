//! What the demonstration says of providers.

use std::collections::HashMap;

use app::{
    Caller, Identity,
    provider::{Exposed, Exposure},
};
use domain::provider::{
    EventKind,
    what_if::{Scenario, Severity, WhatIf},
};

use crate::Demo;

impl Demo {
    async fn exposure(&self, caller: &Caller) -> Exposure {
        let providers = caller.providers(None).await.unwrap();
        let one = providers.iter().find(|one| one.profile.name == "Basemodel One");
        let of = Exposed {
            provider: one.unwrap().id,
            on: caller.day_of(None),
            with_self_hosted: true,
        };
        caller.exposures(&[of], None).await.unwrap().remove(&of).unwrap()
    }
}

#[tokio::test]
async fn basemodel_one_has_nine_dependents_six_without_an_alternative_and_four_active_deals() {
    let demo = Demo::new().await;
    let all = demo.exposure(&demo.caller()).await;
    assert_eq!(
        (all.startups, all.without_alternative, all.active_deals),
        (9, 6, 4)
    );
    let users = demo.caller().users().await.unwrap();
    let viewer = users
        .iter()
        .find(|user| user.name.starts_with("Vera"))
        .unwrap()
        .id;
    let reader = Caller::new(&demo.app, Identity::User(viewer));
    let seen = demo.exposure(&reader).await;
    assert_eq!(
        (seen.startups, seen.without_alternative, seen.active_deals),
        (9, 6, 3)
    );

    let caller = demo.caller();
    let providers = caller.providers(None).await.unwrap();
    let one = providers
        .iter()
        .find(|one| one.profile.name == "Basemodel One")
        .unwrap();
    let events = caller.provider_events_of(&[one.id], None).await.unwrap();
    let latest = events[&one.id].first().unwrap();
    assert_eq!(latest.said.kind, EventKind::Price);
    assert!(latest.said.summary.contains("0.30 → 0.03"), "{:?}", latest.said);

    let cut = WhatIf::new(Scenario::Price, Some("-90".parse().unwrap())).unwrap();
    let hits = caller.hits(one.id, &cut, None).await.unwrap();
    let mut by: HashMap<Severity, usize> = HashMap::new();
    for hit in &hits {
        *by.entry(hit.effect.severity).or_default() += 1;
    }
    assert_eq!(hits.len(), 9);
    // Wrapwell and Quietlake have nothing of their own.
    let names: Vec<&str> = hits
        .iter()
        .filter(|hit| hit.effect.severity == Severity::High)
        .filter_map(|hit| demo.startups.iter().find(|one| one.id == hit.startup_id))
        .map(|one| one.profile.name.as_str())
        .collect();
    assert!(
        names.contains(&"Wrapwell") && names.contains(&"Quietlake"),
        "{names:?} {by:?}"
    );
    assert!(!names.contains(&"Cubeforge"), "{names:?}");
}
