//! The real companies of the demonstration: public facts with a source, and nothing else.

use app::deal::Filter;
use domain::startup::Layer;

use crate::{Demo, end_of};

#[tokio::test]
async fn real_companies_have_a_source_and_no_deal_and_no_grade() {
    let demo = Demo::new().await;
    let real: Vec<_> = demo.real().collect();
    assert!((40..=50).contains(&real.len()), "{} companies", real.len());
    let ids: Vec<_> = real.iter().map(|s| s.id).collect();
    let deals = demo
        .caller()
        .deal_counts_of(&ids, &Filter::default())
        .await
        .unwrap();
    assert!(deals.values().all(|n| *n == 0), "{deals:?}");
    for startup in real {
        let profile = &startup.profile;
        let name = &profile.name;
        let source = profile.custom_fields["source"].as_str().unwrap();
        assert!(source.starts_with("https://"), "{name}: {source}");
        assert_eq!(profile.website.as_deref(), Some(source), "{name}: its own page");
        assert!(profile.layer.is_some() && profile.country.is_some(), "{name}");
        assert!(!profile.sector_ids.is_empty(), "{name}");
        assert!(profile.claims_large_model.is_none(), "{name} is not graded");
        assert!(
            demo.ledger(startup.id, end_of(0)).await.is_empty(),
            "{name} has no evidence"
        );
    }
    assert!(
        demo.real()
            .filter(|s| s.profile.layer == Some(Layer::Model))
            .count()
            >= 15
    );
}
