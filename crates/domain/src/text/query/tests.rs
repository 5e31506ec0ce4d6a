use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::text::{Vector, search_text};

/// A vector and a query understood as Postgres does: enough for what this module writes.
fn holds(vector: &Vector, query: &str) -> bool {
    let mut lexemes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    // No lexeme of these tests has a space.
    for entry in vector.to_string().split(' ').filter(|entry| !entry.is_empty()) {
        let (lexeme, places) = entry.rsplit_once("':").unwrap_or((entry, ""));
        let places = places.split(',').filter_map(|place| place.parse().ok()).collect();
        lexemes.insert(lexeme.trim_matches('\'').replace("''", "'"), places);
    }
    query.split(" & ").all(|words| {
        let words = words.trim_start_matches('(').trim_end_matches(')');
        let mut at: Option<Vec<usize>> = None;
        let mut far = 0;
        for part in words.split(' ') {
            if let Some(distance) = part.strip_prefix('<').and_then(|part| part.strip_suffix('>')) {
                far = if distance == "-" {
                    1
                } else {
                    distance.parse().unwrap()
                };
                continue;
            }
            let (lexeme, is_prefix) = part.strip_suffix(":*").map_or((part, false), |part| (part, true));
            let lexeme = lexeme.trim_matches('\'').replace("''", "'");
            let found: Vec<usize> = lexemes
                .iter()
                .filter(|(known, _)| **known == lexeme || (is_prefix && known.starts_with(&lexeme)))
                .flat_map(|(_, places)| {
                    if places.is_empty() {
                        vec![0]
                    } else {
                        places.clone()
                    }
                })
                .collect();
            let next: Vec<usize> = match &at {
                None => found,
                Some(before) => found
                    .into_iter()
                    .filter(|n| *n >= far && before.contains(&(n - far)))
                    .collect(),
            };
            if next.is_empty() {
                return false;
            }
            at = Some(next);
        }
        true
    })
}

fn text(text: &str) -> Vector {
    let mut vector = Vector::new();
    vector.text(text);
    vector
}

fn name(name: &str) -> Vector {
    let mut vector = Vector::new();
    vector.name(name).sound(name);
    vector
}

fn all(typed: &str) -> String {
    Query::new(typed).unwrap().all()
}

#[test]
fn what_is_typed_becomes_lexemes_of_the_index() {
    let table = [
        ("大模型", "'大模' <-> '模型'"),
        ("具身智能", "'具身' <2> '智能'"),
        ("清", "'清':*"),
        ("清華", "'清华'"),
        ("3D", "'3d':*"),
        ("ｃｕｂｅｆ", "'cubef':*"),
        ("text to action", "('text') & ('to') & ('action':*)"),
        ("“text to action”", "'text' <-> 'to' <-> 'action'"),
        ("text-to-action", "'text' <-> 'to' <-> 'action':*"),
        ("AI绘画师", "'ai' <-> '绘画' <-> '画师'"),
        ("绘画AI", "'绘画' <2> 'ai':*"),
        ("b", "'b'"),
        (
            "https://www.cubeforge.example/pricing?x=1",
            "'cubeforge' <-> 'example':*",
        ),
        ("月之 b", "('月之') & ('b')"),
    ];
    for (typed, query) in table {
        assert_eq!(all(typed), query, "{typed}");
    }
    for typed in ["", "  ", "…", "%", "\"\""] {
        assert_eq!(Query::new(typed), None, "{typed}");
    }
}

#[test]
fn a_word_is_found_in_whatever_form_it_is_written() {
    let table = [
        ("清华大学", "清華"),
        ("清華大學", "清华"),
        ("３Ｄ 资产", "3d"),
        ("GPT-4", "gpt"),
        ("GPT4", "gpt 4"),
        ("Text-to-Action agents", "text to action"),
        ("Text-to-Action agents", "\"text to action\""),
        ("DeepSeek", "seek"),
        ("Café Zoë", "cafe zoe"),
        ("www.cubeforge.example", "cubeforge.example"),
        ("C++ Labs", "c++"),
        ("深度求索的大模型", "大模型"),
    ];
    for (kept, typed) in table {
        assert!(holds(&text(kept), &all(typed)), "{kept} by {typed}");
    }
    for (kept, typed) in [
        ("大的模型", "大模型"),
        ("清水中华", "清华"),
        ("action to text", "\"text to action\""),
        ("Cubeforge", "forge"),
        ("a b", "ab"),
    ] {
        assert!(!holds(&text(kept), &all(typed)), "{kept} by {typed}");
    }
}

#[test]
fn a_name_is_found_whole_by_its_beginning_and_by_its_sound() {
    let cube = name("立方工坊");
    for typed in ["lfgf", "lifang", "li fang gong", "gongfang", "lf"] {
        assert!(
            holds(&cube, &Query::new(typed).unwrap().sound().unwrap()),
            "{typed}"
        );
    }
    for typed in ["lg", "fangli", "立方"] {
        let sound = Query::new(typed).unwrap().sound();
        assert!(!sound.is_some_and(|sound| holds(&cube, &sound)), "{typed}");
    }
    assert!(holds(
        &name("智谱AI"),
        &Query::new("zhipuai").unwrap().sound().unwrap()
    ));
    for (kept, typed) in [
        ("Open AI", "OpenAI"),
        ("OpenAI", "open ai"),
        ("深度 求索", "深度求索"),
    ] {
        assert!(
            holds(&name(kept), &Query::new(typed).unwrap().whole()),
            "{kept} by {typed}"
        );
    }
    assert!(holds(&cube, &Query::new("立方").unwrap().beginning()));
    assert!(!holds(&cube, &Query::new("工坊").unwrap().beginning()));
}

#[test]
fn a_part_of_a_word_is_found_by_its_letters() {
    let (letters, patterns) = Query::new("Forge").unwrap().parts().unwrap();
    assert_eq!(letters, "'for' & 'org' & 'rge'");
    assert_eq!(patterns, ["%forge%"]);
    assert_eq!(Query::new("a_bc x%yz").map(|q| q.parts()), Some(None));
    assert_eq!(Query::new("立方").unwrap().parts(), None);
}

#[test]
fn one_slip_is_forgiven_in_a_long_word() {
    let near = |typed: &str, kept: &str| {
        Query::new(typed)
            .unwrap()
            .similar()?
            .distance(&search_text([kept], []))
    };
    assert_eq!(near("cubefroge", "Cubeforge 立方"), Some(1));
    assert_eq!(near("deepseak", "DeepSeek"), Some(1));
    assert_eq!(near("opnai", "OpenAI Inc."), Some(1));
    assert_eq!(near("moonshto ai", "Moonshot AI"), Some(1));
    assert_eq!(near("deepmind", "DeepSeek"), None);
    assert_eq!(near("kimi", "Kini"), None);
}

proptest! {
    #[test]
    fn a_text_is_found_by_whatever_han_stand_side_by_side_in_it(
        kept in "[\u{4e00}-\u{4e40}萬與書]{2,20}( |、|a|GPT-4|)[\u{4e00}-\u{4e40}]{0,20}", from in 0..20_usize, length in 2..8_usize
    ) {
        let chars: Vec<char> = kept.chars().collect();
        let part: String = chars.iter().skip(from).take(length).collect();
        prop_assume!(part.chars().count() >= 2 && part.chars().all(|c| !c.is_ascii() && c != '、'));
        prop_assert!(holds(&text(&kept), &all(&part)), "{} in {}", part, kept);
    }

    #[test]
    fn a_text_is_found_by_the_beginning_of_each_of_its_words(
        words in prop::collection::vec("[a-zA-ZäöüéÅ][a-z0-9]{1,9}", 1..8), which in 0..8_usize, length in 2..10_usize
    ) {
        let word = &words[which % words.len()];
        let part: String = word.chars().take(length).collect();
        prop_assert!(holds(&text(&words.join(" ")), &all(&part)), "{} in {:?}", part, words);
    }

    #[test]
    fn a_slip_leaves_letters_by_which_the_name_is_looked_up(
        kept in "[a-z]{6,14}", place in 1..12_usize, way in 0..4_usize
    ) {
        let mut typed: Vec<char> = kept.chars().collect();
        let place = place % (typed.len() - 1);
        match way {
            0 => typed.swap(place, place + 1),
            1 => { typed.remove(place); }
            2 => typed.insert(place, 'q'),
            _ => typed[place] = 'q',
        }
        let typed: String = typed.into_iter().collect();
        let similar = Query::new(&typed).unwrap().similar().unwrap();
        let mut vector = Vector::new();
        vector.letters(&kept);
        let ways = &similar.letters()[0];
        let found = ways.split(" | ").any(|way| holds(&vector, way));
        // Swapped letters are not looked for in a word of five.
        prop_assert!(found || (typed.len() == 5 && way == 0), "{} for {}: {}", typed, kept, ways);
        prop_assert!(similar.distance(&kept).is_some());
    }

    #[test]
    fn whatever_is_typed_is_a_query(typed in "\\PC{0,40}") {
        if let Some(query) = Query::new(&typed) {
            let _ = (query.whole(), query.all(), query.side_by_side(), query.sound(), query.parts(), query.similar());
        }
    }
}
