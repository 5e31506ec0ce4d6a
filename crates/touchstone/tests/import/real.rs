//! Lists of real companies, where they are at hand: they are not part of the project.

use std::{collections::BTreeMap, path::PathBuf};

use domain::import::RowAction::{Create, Unchanged, Update};
use test_support::skip;

use crate::Program;

fn list(path: &str) -> Option<PathBuf> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(path);
    if file.exists() {
        return Some(file);
    }
    skip(&format!("{path} is not beside the project"));
    None
}

#[tokio::test]
async fn the_accelerators_list_comes_in_once_and_two_years_later_updates_what_was_renamed() {
    let (Some(old), Some(new)) = (
        list("yc/yc-companies-2023-02-27.csv"),
        list("yc/yc_companies-2025-12-20.json"),
    ) else {
        return;
    };
    let program = Program::new().await;
    let (counts, _) = program.import(&old, &["--source", "yc"]);
    assert_eq!(counts, BTreeMap::from([(Create, 4_128)]));
    let (counts, _) = program.import(&old, &["--source", "yc"]);
    assert_eq!(counts, BTreeMap::from([(Unchanged, 4_128)]));

    let (counts, _) = program.import(&new, &["--source", "yc"]);
    assert_eq!(counts[&Create], 5_575 - 4_007, "4,007 ids stand in both lists");
    assert_eq!(counts[&Update] + counts[&Unchanged], 4_007);
    let renamed = program
        .ask("select count(*)::text from import_row where action = 'UPDATE' and changes @> '[{\"field\": \"name\"}]'")
        .await;
    assert_eq!(renamed, "427");
    let (counts, _) = program.import(&new, &["--source", "yc"]);
    assert_eq!(counts, BTreeMap::from([(Unchanged, 5_575)]));
}

#[tokio::test]
async fn six_copies_of_the_research_list_give_the_same_startups() {
    let copies = [
        "zh-llm/china-llm-list.csv",
        "zh-llm/encodings/china-llm-list.gb18030.csv",
        "zh-llm/encodings/china-llm-list.semicolon.csv",
        "zh-llm/encodings/china-llm-list.utf16le-tab.csv",
        "zh-llm/encodings/china-llm-list.utf8-bom-crlf.csv",
        "zh-llm/china-llm-list.xlsx",
    ];
    let mut contents = Vec::new();
    for copy in copies {
        let Some(file) = list(copy) else { return };
        let program = Program::new().await;
        let (counts, _) = program.import(&file, &["--source", "china-llm"]);
        assert_eq!(counts.values().sum::<i32>(), 247, "{copy}");
        let startups = "select md5(string_agg(concat_ws('|', slug, name, aliases, domains, website, description, country, city, layer, \
             proposed ->> 'layer', (select string_agg(x.slug, ',' order by x.slug) from sector x where x.id = any(s.sector_ids))), \
             E'\\n' order by slug)) from startup s";
        contents.push(program.ask(startups).await);
        let (again, _) = program.import(&file, &["--source", "china-llm"]);
        assert_eq!(again, BTreeMap::from([(Unchanged, 247)]), "{copy}");
    }
    assert!(
        contents.iter().all(|content| content == &contents[0]),
        "{contents:?}"
    );
}

#[tokio::test]
async fn lists_of_products_and_robots_come_in_and_again_change_nothing() {
    for (file, source) in [
        ("ai-products/awesome-generative-ai.readme.csv", "generative-ai"),
        ("ai-products/awesome-generative-ai.discoveries.csv", "discoveries"),
        ("ai-products/awesome-aigc-tools.tools.json", "aigc"),
        ("robots/humanoid-companies.csv", "robots"),
        ("robots/humanoid_actuators_suppliers.json", "actuators"),
        ("zh-llm/foreign-llm-list.csv", "foreign-llm"),
    ] {
        let Some(file) = list(file) else { return };
        let program = Program::new().await;
        let (first, _) = program.import(&file, &["--source", source]);
        assert!(first[&Create] > 0, "{first:?}");
        let (again, told) = program.import(&file, &["--source", source]);
        assert_eq!((again.get(&Create), again.get(&Update)), (None, None), "{told}");
    }
}
