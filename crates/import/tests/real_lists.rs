//! Lists of companies and products as they are found in the world. They are not part of the project: without them these
//! tests say that they were skipped.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where a file is not as it was made"
)]

use std::collections::{BTreeMap, BTreeSet};

use domain::startup::{Layer, NameKind};
use import::{Field, Format, LineEnds, Options, Row, Source, open};
use serde_json::{Value, json};

mod found;
use found::{file, read};

fn errors(rows: &[Row]) -> Vec<(u32, String)> {
    let of_row = |row: &Row| {
        row.errors
            .iter()
            .map(|error| (row.number, error.reason.clone()))
            .collect::<Vec<_>>()
    };
    rows.iter().flat_map(of_row).collect()
}

fn said(rows: &[Row]) -> Vec<Value> {
    rows.iter()
        .map(|row| serde_json::to_value(&row.said).unwrap())
        .collect()
}

fn ids(rows: &[Row]) -> BTreeSet<&str> {
    rows.iter()
        .filter_map(|row| row.said.external_id.as_deref())
        .collect()
}

#[test]
fn the_list_of_an_accelerator_is_read_from_csv() {
    let Some(path) = file("yc/yc-companies-2023-02-27.csv") else {
        return;
    };
    let (info, rows) = read(&path);
    assert_eq!((info.preset.as_deref(), info.columns.len()), (Some("yc"), 16));
    assert!(info.notes.is_empty(), "{:?}", info.notes);
    assert_eq!(rows.len(), 4128);
    assert_eq!(ids(&rows).len(), 4128);
    // Two cells that are addresses of nothing.
    let wrong = errors(&rows);
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong[0].1.contains("https://htp://www.socrative.com") && wrong[1].1.contains("http://url"));
    // `https://` alone and an empty cell are blank.
    assert_eq!(
        rows.iter().filter(|row| row.said.website.is_none()).count(),
        25 - 1
    );
    let doubled = rows
        .iter()
        .find(|row| row.raw["website"] == "http://https://join2cents.com/")
        .unwrap();
    assert_eq!(doubled.said.website.as_deref(), Some("https://join2cents.com/"));
    assert_eq!(doubled.said.domains, ["join2cents.com"]);
    // Lists as Python writes them, one with an apostrophe within.
    let founders: usize = rows.iter().map(|row| row.said.founders.len()).sum();
    let stated: usize = rows
        .iter()
        .filter_map(|row| row.raw["num_founders"].as_str()?.parse::<usize>().ok())
        .sum();
    assert!(
        founders > 7000 && founders.abs_diff(stated) < 100,
        "{founders} of {stated}"
    );
    assert!(rows.iter().any(|row| row.said.founders == ["Jack O'Grady"]));
    // Cells with line breaks stay whole.
    assert!(
        rows.iter()
            .filter(|row| row.said.description.as_deref().is_some_and(|d| d.contains('\n')))
            .count()
            > 1000
    );
    let countries: BTreeMap<&str, usize> = rows.iter().fold(BTreeMap::new(), |mut counts, row| {
        *counts
            .entry(row.said.country.as_deref().unwrap_or(""))
            .or_default() += 1;
        counts
    });
    assert_eq!(
        (countries["CN"], countries["IN"], countries["US"] >= 2855),
        (11, 202, true),
        "{countries:?}"
    );
    let first = &rows[0].said;
    assert_eq!(
        (first.external_id.as_deref(), first.row_key.as_deref()),
        (Some("28425"), None)
    );
    assert_eq!(first.founded_on.unwrap().to_string(), "2022-12-31");
    assert_eq!(
        (first.city.as_deref(), first.country.as_deref()),
        (Some("Boston"), Some("US"))
    );
    assert_eq!(
        first.custom_fields,
        *json!({"batch": "W23", "status": "Active", "team_size": "3"})
            .as_object()
            .unwrap()
    );
}

#[test]
fn the_same_accelerator_is_read_from_json_under_the_same_ids() {
    let Some(path) = file("yc/yc_companies-2025-12-20.json") else {
        return;
    };
    let (info, rows) = read(&path);
    assert_eq!((info.format, info.preset.as_deref()), (Format::Json, Some("yc")));
    assert_eq!(info.notes, ["the rows are those of \"companies\""]);
    assert_eq!(rows.len(), 5575);
    assert!(errors(&rows).is_empty());
    assert!(
        rows.iter()
            .all(|row| row.said.website.is_none() && row.said.name.is_some())
    );
    assert_eq!(rows[0].said.country.as_deref(), Some("US"));
    let (_, older) = read(&file("yc/yc-companies-2023-02-27.csv").unwrap());
    assert_eq!(ids(&rows).intersection(&ids(&older)).count(), 4007);
}

#[test]
fn few_companies_of_the_accelerator_get_a_layer_from_words_alone() {
    let Some(path) = file("yc/yc_companies-2025-12-20.json") else {
        return;
    };
    let (_, rows) = read(&path);
    let with_layer = rows
        .iter()
        .filter(|row| row.said.proposed_layer.is_some())
        .count();
    let with_sector = rows
        .iter()
        .filter(|row| !row.said.proposed_sectors.is_empty())
        .count();
    println!(
        "{with_layer} layers and {with_sector} rows with sectors proposed of {}",
        rows.len()
    );
    assert!(
        (50..300).contains(&with_layer) && (80..400).contains(&with_sector),
        "{with_layer}, {with_sector}"
    );
}

#[test]
fn six_copies_of_a_list_say_the_same_row_by_row() {
    let Some(path) = file("zh-llm/china-llm-list.csv") else {
        return;
    };
    let (info, rows) = read(&path);
    assert_eq!(info.preset.as_deref(), Some("china-llm"));
    assert_eq!(info.notes[0], "2 rows have extra cells");
    assert_eq!(rows.len(), 247);
    assert!(errors(&rows).is_empty());
    let expected = said(&rows);
    let copies = [
        ("zh-llm/china-llm-list.xlsx", Format::Xlsx, None, None),
        (
            "zh-llm/encodings/china-llm-list.gb18030.csv",
            Format::Csv,
            Some("gb18030"),
            Some(LineEnds::CrLf),
        ),
        (
            "zh-llm/encodings/china-llm-list.semicolon.csv",
            Format::Csv,
            Some("UTF-8"),
            None,
        ),
        (
            "zh-llm/encodings/china-llm-list.utf16le-tab.csv",
            Format::Tsv,
            Some("UTF-16LE"),
            None,
        ),
        (
            "zh-llm/encodings/china-llm-list.utf8-bom-crlf.csv",
            Format::Csv,
            Some("UTF-8"),
            Some(LineEnds::CrLf),
        ),
    ];
    for (name, format, encoding, line_ends) in copies {
        let (info, copy) = read(&file(name).unwrap());
        assert_eq!(
            (info.format, info.encoding.as_deref()),
            (format, encoding),
            "{name}"
        );
        if line_ends.is_some() {
            assert_eq!(info.line_ends, line_ends, "{name}");
        }
        assert_eq!(copy.len(), 247, "{name}");
        for (at, (one, other)) in expected.iter().zip(said(&copy)).enumerate() {
            assert_eq!(*one, other, "{name}, row {}", at + 1);
        }
    }
}

#[test]
fn a_list_of_chinese_models_is_understood() {
    let Some(path) = file("zh-llm/china-llm-list.csv") else {
        return;
    };
    let (_, rows) = read(&path);
    let row_of = |name: &str| {
        rows.iter()
            .find(|row| row.said.name.as_deref() == Some(name))
            .unwrap()
    };
    for row in &rows {
        assert_eq!(row.said.external_id, None);
        assert_eq!(row.said.proposed_layer.as_ref().unwrap().value, Layer::Model);
        assert!(
            row.said
                .proposed_sectors
                .iter()
                .any(|sector| sector.value == "chinese-llm")
        );
        assert!(
            matches!(row.said.country.as_deref(), Some("CN" | "HK" | "MO" | "TW")),
            "{:?}",
            row.said
        );
    }
    let moonshot = row_of("月之暗面");
    assert_eq!(moonshot.said.website.as_deref(), Some("https://www.moonshot.cn/"));
    assert_eq!(moonshot.said.domains, ["moonshot.cn"]);
    let deepseek = row_of("深度求索");
    assert!(deepseek.said.domains.is_empty(), "a repository is no site");
    assert_eq!(deepseek.said.city.as_deref(), Some("杭州"));
    assert!(
        deepseek
            .said
            .proposed_sectors
            .iter()
            .any(|sector| sector.value == "code")
    );
    let huawei = row_of("华为");
    let products: Vec<&str> = huawei
        .said
        .aliases
        .iter()
        .map(|alias| alias.name.as_str())
        .collect();
    assert_eq!(products, ["盘古", "盘古气象", "盘古-Σ"]);
    assert!(
        huawei
            .said
            .aliases
            .iter()
            .all(|alias| alias.kind == NameKind::Product)
    );
    assert!(huawei.said.domains.is_empty(), "papers are no site");
    let firefly = row_of("中山大学");
    assert_eq!(firefly.said.aliases.len(), 1);
    assert_eq!(firefly.said.aliases[0].name, "流萤");
    // The last two rows have a cell more, where the others have their last.
    assert!(rows[245].raw.contains_key("column 8"));
    let two: Vec<&str> = rows
        .iter()
        .filter(|row| !row.notes.is_empty())
        .filter_map(|row| row.said.name.as_deref())
        .collect();
    assert_eq!(
        two,
        [
            "浙江大学&OpenKG",
            "晓多科技+国家超算成都中心",
            "慧言科技+天津大学",
            "山西大学、山西农业大学"
        ]
    );
}

#[test]
fn no_domain_joins_two_companies_of_the_list() {
    let Some(path) = file("zh-llm/china-llm-list.csv") else {
        return;
    };
    let (_, rows) = read(&path);
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows {
        for domain in row.said.domains {
            owners.entry(domain).or_default().extend(row.said.name.clone());
        }
    }
    assert!(owners.len() > 30, "{}", owners.len());
    owners.retain(|_, names| names.len() > 1);
    assert!(owners.is_empty(), "{owners:?}");
}

#[test]
fn a_list_of_foreign_models_is_read_without_a_country() {
    let Some(path) = file("zh-llm/foreign-llm-list.csv") else {
        return;
    };
    let (info, rows) = read(&path);
    assert_eq!((info.preset.as_deref(), rows.len()), (Some("foreign-llm"), 18));
    assert_eq!(info.notes, ["2 rows are short of cells"]);
    assert!(errors(&rows).is_empty() && rows.iter().all(|row| row.said.country.is_none()));
    let meta: Vec<&str> = rows[4]
        .said
        .aliases
        .iter()
        .map(|alias| alias.name.as_str())
        .collect();
    assert_eq!(meta, ["LLaMA", "LLaMA-2", "CodeLLaMA"]);
}

#[test]
fn articles_among_products_are_passed_over() {
    let Some(path) = file("ai-products/awesome-generative-ai.readme.csv") else {
        return;
    };
    let (info, rows) = read(&path);
    assert_eq!((info.preset.as_deref(), rows.len()), (Some("tools"), 344));
    let skipped = rows.iter().filter(|row| row.skip.is_some()).count();
    assert_eq!(skipped, 15 + 15 + 19 + 6 + 5);
    assert_eq!(
        rows[0].skip.as_deref(),
        Some("articles, courses and lists of the section Recommended reading are no products")
    );
    assert!(errors(&rows).is_empty());
    let found = |name: &str| {
        rows.iter()
            .rfind(|row| row.said.name.as_deref() == Some(name))
            .unwrap()
    };
    assert_eq!(
        found("ChatGPT").said.proposed_layer.as_ref().unwrap().value,
        Layer::App
    );
    assert_eq!(
        found("Suno AI").said.proposed_sectors[0].value,
        "audio-generation"
    );
    let (_, more) = read(&file("ai-products/awesome-generative-ai.discoveries.csv").unwrap());
    assert_eq!(more.len(), 176);
    assert!(errors(&more).is_empty());
}

#[test]
fn stars_of_repositories_are_figures_with_their_day() {
    let Some(path) = file("ai-products/awesome-aigc-tools.tools.json") else {
        return;
    };
    let (info, rows) = read(&path);
    assert_eq!((info.preset.as_deref(), rows.len()), (Some("aigc-tools"), 29));
    assert!(errors(&rows).is_empty());
    for row in &rows {
        let [figure] = row.said.evidence.as_slice() else {
            panic!("{row:?}")
        };
        assert_eq!(figure.kind.code(), "OPEN_SOURCE_STARS");
        assert!(figure.observed_on.is_some() && figure.source_url.is_some());
    }
    let first = &rows[0].said;
    assert_eq!(
        (first.external_id.as_deref(), first.name.as_deref()),
        (Some("Comfy-Org/ComfyUI"), Some("ComfyUI"))
    );
    assert_eq!(first.evidence[0].value.to_string(), "128865");
    assert_eq!(first.evidence[0].observed_on.unwrap().to_string(), "2026-08-22");
    let three_d = rows.iter().filter(|row| {
        row.said
            .proposed_sectors
            .iter()
            .any(|s| s.value == "3d-generation")
    });
    assert_eq!(three_d.count(), 4);
}

#[test]
fn makers_of_robots_have_their_names_in_three_languages() {
    let Some(path) = file("robots/humanoid-companies.csv") else {
        return;
    };
    let (info, rows) = read(&path);
    assert_eq!((info.preset.as_deref(), rows.len()), (Some("robots"), 27));
    assert!(errors(&rows).is_empty());
    // Two entries are pieces of news.
    assert_eq!(rows.iter().filter(|row| row.skip.is_some()).count(), 2);
    let unitree = rows
        .iter()
        .find(|row| row.said.name.as_deref() == Some("Unitree Robotics"))
        .unwrap();
    let names: Vec<(&str, Option<&str>)> = unitree
        .said
        .aliases
        .iter()
        .map(|alias| (alias.name.as_str(), alias.language.as_deref()))
        .collect();
    assert_eq!(names, [("宇树科技", Some("zh")), ("유닛리 로보틱스", Some("ko"))]);
    let sanhua = rows.iter().find(|row| {
        row.said.external_id.as_deref() == Some("ent_tier1_supplier_sanhua_intelligent_controls")
    });
    assert!(
        sanhua.unwrap().said.domains.is_empty(),
        "where it was written about is not its site"
    );
    let (info, rows) = read(&file("robots/humanoid_actuators_suppliers.json").unwrap());
    assert_eq!((info.preset.as_deref(), rows.len()), (Some("robots"), 36));
    assert_eq!(rows.iter().filter(|row| row.skip.is_none()).count(), 15);
}

#[test]
fn headers_of_known_programs_name_a_startup() {
    let Some(path) = file("export-headers/export_headers.json") else {
        return;
    };
    let exports: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let headers = exports.iter().filter_map(|export| export["header"].as_str());
    let mut names = Vec::new();
    for header in headers.filter(|header| header.split(',').count() >= 7) {
        let cells = vec!["x"; header.split(',').count()].join(",");
        let bytes = format!("{header}\n{cells}\n");
        let source = Source {
            file_name: None,
            bytes: bytes.as_bytes(),
        };
        let reader = open(source, &Options::default()).unwrap();
        let name: Vec<&str> = reader.info().mapping.columns_of(&Field::Name).collect();
        names.push(name.join(" and "));
    }
    // Exports of companies; then of deals, whose accounts are companies.
    assert_eq!(
        names,
        [
            "Organization Name",
            "Organization Name",
            "Organization Name",
            "company_name",
            "Name",
            "Name",
            "Name",
            "Company Name",
            "",
            "Account Name",
            "",
            "Companies",
            "项目名称",
        ]
    );
}
