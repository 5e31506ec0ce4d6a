//! One list in every shape says the same, and what is odd about a file is told. The files are made up.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where a file is not as it was made"
)]

use std::{fs, path::Path};

use domain::Language;
use import::{
    CellError, Field, FileInfo, Format, LineEnds, Mapping, Options, Row, Source, Unreadable, Words, open,
};
use serde_json::{Value, json};

fn bytes_of(name: &str) -> Vec<u8> {
    fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/files")
            .join(name),
    )
    .unwrap()
}

fn read_with(name: &str, options: &Options) -> (FileInfo, Vec<Row>) {
    let bytes = bytes_of(name);
    let source = Source {
        file_name: Some(name),
        bytes: &bytes,
    };
    let reader = open(source, options).unwrap_or_else(|error| panic!("{error}"));
    (reader.info().clone(), reader.collect())
}

fn read(name: &str) -> (FileInfo, Vec<Row>) {
    read_with(name, &Options::default())
}

fn refused(bytes: &[u8], options: &Options) -> Unreadable {
    let source = Source {
        file_name: Some("file"),
        bytes,
    };
    open(source, options).err().unwrap()
}

fn said(rows: &[Row]) -> Value {
    serde_json::to_value(rows.iter().map(|row| &row.said).collect::<Vec<_>>()).unwrap()
}

#[test]
fn a_list_is_understood() {
    let (info, rows) = read("list.csv");
    assert_eq!(
        serde_json::to_value(&info.mapping).unwrap(),
        json!({
            "公司": "name", "英文名": "alias:en", "官网": "website", "省市": "place", "成立时间": "foundedOn",
            "标签": "words", "创始人": "founders", "简介": "description"
        })
    );
    assert!(rows.iter().all(|row| row.errors.is_empty() && row.skip.is_none()));
    assert_eq!(
        said(&rows),
        json!([
            {
                "rowKey": "晨星智能", "name": "晨星智能",
                "aliases": [{ "name": "Morningstar Robotics", "language": "en", "kind": "BRAND" }],
                "domains": ["chenxing-robot.example"], "website": "https://www.chenxing-robot.example/",
                "description": "人形机器人，面向“柔性”产线", "country": "CN", "city": "杭州", "foundedOn": "2021-12-31",
                "proposedSectors": [
                    { "value": "embodied-models", "words": "标签: 具身智能" },
                    { "value": "robotics", "words": "标签: 机器人" }
                ],
                "founders": ["张三", "李四"]
            },
            {
                "rowKey": "云岭模型 (Yunling)", "name": "云岭模型",
                "aliases": [{ "name": "Yunling", "language": "en", "kind": "BRAND" }],
                "domains": ["yunling.example"], "website": "https://yunling.example",
                "description": "训练基座大模型", "country": "CN", "city": "北京", "foundedOn": "2022-03-31",
                "proposedLayer": { "value": "MODEL", "words": "标签: 基座大模型" },
                "proposedSectors": [{ "value": "foundation-models", "words": "标签: 基座大模型" }],
                "founders": ["王五"]
            },
            {
                "rowKey": "Lantern Voice 灯语", "name": "Lantern Voice",
                "aliases": [{ "name": "灯语", "language": "zh", "kind": "BRAND" }],
                "description": "配音, \"一句话\"成片", "country": "CN", "city": "深圳", "foundedOn": "2023-05-06",
                "proposedSectors": [{ "value": "audio-generation", "words": "标签: 语音合成" }],
                "founders": ["赵六", "孙七"]
            },
            {
                "rowKey": "拾光陪伴", "name": "拾光陪伴",
                "aliases": [{ "name": "Shiguang", "language": "en", "kind": "BRAND" }],
                "domains": ["shiguang.example"], "website": "https://shiguang.example",
                "description": "第一行\n第二行", "country": "CN", "city": "太原", "foundedOn": "2022-12-31",
                "proposedLayer": { "value": "APP", "words": "标签: ai陪伴" },
                "proposedSectors": [{ "value": "companionship", "words": "标签: ai陪伴" }]
            },
            {
                "rowKey": "Zeta & Co", "name": "Zeta & Co", "description": "Zeta", "country": "HK", "city": "香港"
            }
        ])
    );
}

#[test]
fn one_list_says_the_same_in_every_encoding_and_format() {
    let (_, rows) = read("list.csv");
    let expected = said(&rows);
    let lf = Some(LineEnds::Lf);
    let crlf = Some(LineEnds::CrLf);
    let table = [
        ("list.csv", Format::Csv, Some("UTF-8"), Some(','), lf),
        (
            "list.utf8-bom-crlf.csv",
            Format::Csv,
            Some("UTF-8"),
            Some(','),
            crlf,
        ),
        (
            "list.gb18030-crlf.csv",
            Format::Csv,
            Some("gb18030"),
            Some(','),
            crlf,
        ),
        (
            "list.utf16le-tab.txt",
            Format::Tsv,
            Some("UTF-16LE"),
            Some('\t'),
            lf,
        ),
        ("list.utf16be.csv", Format::Csv, Some("UTF-16BE"), Some(','), lf),
        ("list.semicolon.csv", Format::Csv, Some("UTF-8"), Some(';'), lf),
        (
            "list.bar-cr.csv",
            Format::Csv,
            Some("UTF-8"),
            Some('|'),
            Some(LineEnds::Cr),
        ),
        ("list.json", Format::Json, Some("UTF-8"), None, None),
        ("list.wrapped.json", Format::Json, Some("UTF-8"), None, None),
        ("list.ndjson", Format::NdJson, Some("UTF-8"), None, None),
        ("list.xlsx", Format::Xlsx, None, None, None),
    ];
    for (name, format, encoding, delimiter, line_ends) in table {
        let (info, rows) = read(name);
        assert_eq!(
            (
                info.format,
                info.encoding.as_deref(),
                info.delimiter,
                info.line_ends
            ),
            (format, encoding, delimiter, line_ends),
            "{name}"
        );
        // A carriage return in a cell is a line break as well.
        let same = said(&rows)
            .to_string()
            .replace("\\r\\n", "\\n")
            .replace("\\r", "\\n");
        assert_eq!(same, expected.to_string(), "{name}");
        assert_eq!(
            rows.iter().map(|row| row.number).collect::<Vec<_>>(),
            [1, 2, 3, 4, 5],
            "{name}"
        );
    }
}

#[test]
fn the_words_as_found_stay_beside_what_was_read() {
    let (_, rows) = read("list.csv");
    assert_eq!(rows[3].raw["成立时间"], "H2 2022");
    assert_eq!(rows[3].raw["官网"], "[官网](https://shiguang.example)");
    assert_eq!(rows[4].raw["官网"], "✘");
    let (_, rows) = read("list.json");
    assert_eq!(rows[0].raw["成立时间"], json!(2021));
    assert_eq!(rows[0].raw["标签"], json!(["机器人", "具身智能"]));
    assert!(!rows[2].raw.contains_key("英文名"));
}

#[test]
fn a_sheet_is_chosen_and_a_title_above_the_header_passed_over() {
    let (info, rows) = read("list.xlsx");
    assert_eq!(info.sheet.as_deref(), Some("名单"));
    assert_eq!(info.sheets, ["名单", "带标题"]);
    let options = Options {
        sheet: Some("带标题".to_owned()),
        ..Options::default()
    };
    let (titled, same) = read_with("list.xlsx", &options);
    assert_eq!(titled.sheet.as_deref(), Some("带标题"));
    assert_eq!(same, rows);
    assert_eq!(titled.notes[0], "1 line above the header was passed over");
    let options = Options {
        sheet: Some("Sheet9".to_owned()),
        ..Options::default()
    };
    assert_eq!(
        refused(&bytes_of("list.xlsx"), &options).to_string(),
        "file has no sheet \"Sheet9\"; one of 名单, 带标题 would be right"
    );
    let (info, rows) = read("titled.csv");
    assert_eq!(info.columns, ["Company name", "Website", "Country"]);
    assert_eq!(rows[0].said.name.as_deref(), Some("Acme"));
}

#[test]
fn lines_below_the_rows_are_passed_over() {
    let (_, rows) = read("footed.csv");
    let kept: Vec<_> = rows
        .iter()
        .filter(|row| row.skip.is_none())
        .filter_map(|row| row.said.name.as_deref())
        .collect();
    assert_eq!(kept, ["Acme", "Total Robotics"]);
    assert_eq!(rows.len(), 4);
}

#[test]
fn western_letters_are_read_from_windows_1252() {
    let (info, rows) = read("windows-1252.csv");
    assert_eq!(info.encoding.as_deref(), Some("windows-1252"));
    let names: Vec<_> = rows.iter().filter_map(|row| row.said.name.as_deref()).collect();
    assert_eq!(names, ["Café Zoë", "Straße 7"]);
    let countries: Vec<_> = rows
        .iter()
        .filter_map(|row| row.said.country.as_deref())
        .collect();
    assert_eq!(countries, ["FR", "DE"]);
}

#[test]
fn uneven_rows_are_read_and_told() {
    let (info, rows) = read("ragged.csv");
    assert_eq!(info.columns, ["id", "name", "column 3", "name 2"]);
    assert_eq!(
        info.notes,
        [
            "1 row has extra cells",
            "1 row is short of cells",
            "1 row of blank cells was passed over",
            "1 row has NUL bytes, which were left out",
            "id counts the rows and is taken for no id",
            "columns that are not read: column 3",
        ]
    );
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[1].raw["name 2"], "");
    assert_eq!(rows[2].raw["column 6"], "more");
    assert_eq!(rows[2].said.name.as_deref(), Some("Gamma"));
    assert_eq!(rows[2].said.row_key.as_deref(), Some("Gamma"));
    assert_eq!(rows[0].said.aliases[0].name, "Acme Two");
}

#[test]
fn a_mark_that_is_not_closed_is_told_with_its_line() {
    let bytes = b"name,city\nAcme,\"a 5\"\" screen\"\nBeta,\"open\nGamma,x\nDelta,y\n";
    let source = Source {
        file_name: None,
        bytes,
    };
    let reader = open(source, &Options::default()).unwrap();
    let told = "a quotation mark in the row of line 3 is not closed";
    assert!(
        reader.info().notes[0].starts_with(told),
        "{:?}",
        reader.info().notes
    );
    assert_eq!(reader.count(), 2);
}

#[test]
fn the_records_of_a_nested_document_are_found_and_flattened() {
    let (info, rows) = read("nested.json");
    assert_eq!(info.columns, ["id", "names.en", "names.zh", "tags", "site"]);
    assert_eq!(info.notes[0], "the rows are those of \"data.items\"");
    assert_eq!(rows[0].raw["names.zh"], "埃克米");
    assert_eq!(rows[0].raw["tags"], json!(["Robotics"]));
    let options = Options {
        mapping: Some(
            serde_json::from_str(r#"{"names.en":"name","names.zh":"alias:zh","tags":"custom"}"#).unwrap(),
        ),
        ..Options::default()
    };
    let (_, rows) = read_with("nested.json", &options);
    assert_eq!(rows[0].said.external_id.as_deref(), Some("a-1"));
    assert_eq!(rows[0].said.row_key, None);
    assert_eq!(rows[0].said.aliases[0].name, "埃克米");
    assert_eq!(rows[0].said.custom_fields["tags"], json!(["Robotics"]));
    assert_eq!(rows[1].said.website.as_deref(), Some("https://beta.io"));
}

#[test]
fn a_broken_line_does_not_hide_the_others() {
    let (info, rows) = read("broken.ndjson");
    assert_eq!(info.format, Format::NdJson);
    assert_eq!(info.notes, ["2 records are no objects"]);
    let fatal: Vec<bool> = rows.iter().map(Row::is_fatal).collect();
    assert_eq!(fatal, [false, true, true, false]);
    assert!(
        rows[1].errors[0].reason.starts_with("the record is no JSON"),
        "{:?}",
        rows[1].errors
    );
}

#[test]
fn every_error_names_column_value_and_what_would_be_right() {
    let (_, rows) = read("errors.csv");
    assert!(rows[0].is_fatal());
    assert_eq!(rows[0].errors[0].column.as_deref(), Some("name"));
    assert!(!rows[1].is_fatal());
    let told: Vec<(&str, &str, &str)> = rows[1]
        .errors
        .iter()
        .map(
            |CellError {
                 column,
                 value,
                 reason,
                 ..
             }| {
                (
                    column.as_deref().unwrap(),
                    value.as_deref().unwrap(),
                    reason.as_str(),
                )
            },
        )
        .collect();
    assert_eq!(
        told,
        [
            (
                "website",
                "ask us",
                "\"ask us\" is no web address; one like https://example.com would be right"
            ),
            (
                "country",
                "Atlantis",
                "\"Atlantis\" is no country; a code such as CN, or a name, would be right"
            ),
            (
                "founded",
                "soon",
                "\"soon\" is no date; a year, 2023-03, 2023-03-31, 2023年3月 or Q1 2023 would be right"
            ),
            (
                "stars",
                "many",
                "\"many\" is no count; figures such as 1200 would be right"
            ),
            (
                "layer",
                "TOP",
                "\"TOP\" is no layer; MODEL, MIDDLEWARE or APP would be right"
            ),
            (
                "sectors",
                "Our own",
                "\"Our own\" is no sector; a slug such as robotics, or a name, would be right"
            ),
        ]
    );
    assert_eq!(rows[2].said.layer, Some(domain::startup::Layer::App));
    assert_eq!(rows[2].said.sectors, ["robotics"]);
    assert_eq!(rows[2].said.proposed_layer, None);
    assert_eq!(rows[2].said.evidence[0].value.to_string(), "1200");
    assert!(
        rows[2].errors[0]
            .reason
            .contains("may be 2014-02-01 or 2014-01-02")
    );
}

#[test]
fn the_caller_chooses_mapping_country_and_words() {
    let words = "word,match,layer,sector,weight\n语音,text,APP,ai-saas,3\n";
    let options = Options {
        mapping: Some(Mapping(vec![
            ("简介".to_owned(), Field::OneLiner),
            ("省市".to_owned(), Field::Ignore),
            ("网站".to_owned(), Field::Website),
        ])),
        default_country: Some("SG".to_owned()),
        words: Some(Words::parse(words).unwrap()),
        ..Options::default()
    };
    let (info, rows) = read_with("list.csv", &options);
    assert!(
        info.notes
            .contains(&"columns of the mapping that the file does not have: 网站".to_owned())
    );
    let said = &rows[2].said;
    assert_eq!(
        (said.country.as_deref(), said.country_is_default),
        (Some("SG"), true)
    );
    assert_eq!(said.one_liner.as_deref(), Some("配音, \"一句话\"成片"));
    let proposed = said.proposed_layer.as_ref().unwrap();
    assert_eq!(
        (proposed.value.code(), proposed.words.as_str()),
        ("APP", "标签: 语音")
    );
    assert!(rows[0].said.proposed_sectors.is_empty());
}

#[test]
fn what_cannot_be_read_is_refused_in_words() {
    let none = Options::default();
    let table: [(&[u8], &str); 11] = [
        (b"", "file has no rows"),
        (b" \n\n", "file has no rows"),
        (b"name,website\n", "file has no rows"),
        (b"[]", "file has no rows"),
        (b"[[], [], []]", "file has no rows"),
        (b"{}\na", "file has no rows"),
        (b"\x1f\x8b\x08\0", "file is packed by gzip; CSV, TSV, XLSX"),
        (b"%PDF-1.7", "file is a PDF document"),
        (b"<html><table></table></html>", "file is a page of HTML or XML"),
        (b"PK\x03\x04broken", "file, the workbook: "),
        (b"[{\"name\": \"Acme\"},", "file, line 1, column 18: "),
    ];
    for (bytes, words) in table {
        let error = refused(bytes, &none).to_string();
        assert!(error.starts_with(words), "{error}");
    }
    let wrong = |options: Options| refused(b"name\nAcme\n", &options).to_string();
    let error = wrong(Options {
        preset: Some("zz".to_owned()),
        ..Options::default()
    });
    assert!(
        error.starts_with("\"zz\" is no preset; one of aigc-tools, china-llm, "),
        "{error}"
    );
    let error = wrong(Options {
        default_country: Some("China".to_owned()),
        ..Options::default()
    });
    assert!(
        error.starts_with("\"China\" is no country; a code of two letters"),
        "{error}"
    );
    let error = wrong(Options {
        delimiter: Some('x'),
        ..Options::default()
    });
    assert!(error.starts_with("'x' separates no cells"), "{error}");
}

#[test]
fn everything_is_said_in_chinese_too() {
    let chinese = Options {
        language: Some(Language::Zh),
        ..Options::default()
    };
    let is_chinese = |text: &str| {
        assert!(
            text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
            "{text}"
        );
        assert!(
            !text.contains("would be right") && !text.contains(" is "),
            "{text}"
        );
    };
    let mut count = 0;
    for name in [
        "errors.csv",
        "ragged.csv",
        "titled.csv",
        "footed.csv",
        "nested.json",
        "broken.ndjson",
        "list.xlsx",
    ] {
        let (info, rows) = read_with(name, &chinese);
        let reasons = rows
            .iter()
            .flat_map(|row| row.errors.iter().map(|error| &error.reason));
        let others = rows.iter().flat_map(|row| row.notes.iter().chain(&row.skip));
        for text in info.notes.iter().chain(reasons).chain(others) {
            is_chinese(text);
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
    let (_, rows) = read_with("errors.csv", &chinese);
    assert_eq!(
        rows[1].errors[1].reason,
        "“Atlantis”不是国家；应为代码（如 CN）或国名"
    );
    for bytes in [
        &b""[..],
        b"PK\x03\x04",
        b"[{\"name\": ",
        b"%PDF",
        b"name\n\xe5\x85\xac\xe5\x8f\xb8\xff\xfe\xfd",
    ] {
        is_chinese(
            &refused(
                bytes,
                &Options {
                    encoding: None,
                    ..chinese.clone()
                },
            )
            .words(Language::Zh),
        );
    }
}

#[test]
fn what_a_row_says_goes_through_json_and_back() {
    for row in read("list.csv").1 {
        let json = serde_json::to_string(&row.said).unwrap();
        assert_eq!(serde_json::from_str::<import::Said>(&json).unwrap(), row.said);
    }
}
