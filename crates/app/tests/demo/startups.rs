//! Who is in the demonstration.

use std::collections::HashMap;

use domain::{
    sector::DEFAULT_SECTORS,
    startup::{Layer, TechnicalRoute},
};

use crate::Demo;

fn is_in_both_languages(text: &str) -> bool {
    let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    text.chars().any(|c| c.is_ascii_alphabetic()) && text.chars().any(is_han)
}

/// One demonstration for all of these: it takes some seconds to make.
#[tokio::test]
async fn who_is_in_it() {
    let demo = Demo::new().await;
    there_are_39_fictional_startups_and_at_least_eight_a_layer(&demo).await;
    every_sector_of_a_new_workspace_has_a_fictional_startup(&demo).await;
    names_lines_and_needs_are_in_both_languages(&demo).await;
    some_name_no_payer_and_that_is_meant(&demo).await;
    the_kinds_that_the_tour_speaks_of_are_there(&demo).await;
}

async fn there_are_39_fictional_startups_and_at_least_eight_a_layer(demo: &Demo) {
    let mut of_layer: HashMap<Layer, usize> = HashMap::new();
    for startup in demo.fictional() {
        *of_layer.entry(startup.profile.layer.unwrap()).or_default() += 1;
    }
    assert_eq!(of_layer.values().sum::<usize>(), 39);
    for layer in Layer::ALL {
        assert!(of_layer[layer] >= 8, "{layer}: {of_layer:?}");
    }
}

async fn every_sector_of_a_new_workspace_has_a_fictional_startup(demo: &Demo) {
    let tree = demo.caller().sectors(None).await.unwrap();
    for default in DEFAULT_SECTORS {
        let sector = tree.iter().find(|s| s.slug == default.slug).unwrap();
        assert!(
            demo.fictional()
                .any(|s| s.profile.sector_ids.contains(&sector.id)),
            "{} is empty",
            default.slug
        );
    }
}

async fn names_lines_and_needs_are_in_both_languages(demo: &Demo) {
    for startup in demo.fictional() {
        let profile = &startup.profile;
        let zh = profile
            .aliases
            .iter()
            .find(|a| a.language.as_deref() == Some("zh"));
        assert!(zh.is_some(), "{} has no Chinese name", profile.name);
        let need = &profile.need;
        for text in [
            &profile.one_liner,
            &need.payer,
            &need.pain,
            &need.cost_today,
            &need.alternative_today,
        ]
        .into_iter()
        .flatten()
        {
            assert!(is_in_both_languages(text), "{}: {text}", profile.name);
        }
    }
    for startup in &demo.startups {
        let line = startup.profile.one_liner.as_deref().unwrap();
        assert!(is_in_both_languages(line), "{}: {line}", startup.profile.name);
    }
}

async fn some_name_no_payer_and_that_is_meant(demo: &Demo) {
    let mut without: Vec<&str> = demo
        .fictional()
        .filter(|s| s.profile.need.payer.is_none())
        .map(|s| s.profile.name.as_str())
        .collect();
    without.sort_unstable();
    assert_eq!(
        without,
        [
            "Deskmate",
            "Dormchat",
            "Omniloom",
            "Promptforge",
            "Quietlake",
            "Reelseed",
            "Shardlight",
            "Stillpoint",
            "Wrapwell"
        ]
    );
}

async fn the_kinds_that_the_tour_speaks_of_are_there(demo: &Demo) {
    let profile = |name: &str| &demo.named(name).profile;
    let relabelled = profile("Oldwine");
    assert_eq!(relabelled.technical_route, TechnicalRoute::PreLlmAi);
    assert!(relabelled.claims_large_model.as_ref().unwrap().holds);
    let wrapper = profile("Wrapwell");
    assert_eq!(wrapper.technical_route, TechnicalRoute::BuildsOnApi);
    assert!(wrapper.owns_training_data.is_none() && wrapper.usage_flywheel.is_none());
    assert!(profile("Codelantern").usage_flywheel.as_ref().unwrap().holds);
    assert_eq!(profile("Codelantern").layer, Some(Layer::App));
    assert_eq!(profile("Facecast").layer, Some(Layer::Middleware));
}
