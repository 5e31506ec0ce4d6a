//! Names: two languages in one cell come apart, two organisations do not.

use domain::{
    startup::{Name, NameKind},
    text::name_key,
};

use super::{folded, is_han};

/// Words that say what kind of thing is named, not its name in another language.
const GENERIC: &[&str] = &[
    "ai",
    "aigc",
    "gpt",
    "llm",
    "app",
    "lab",
    "labs",
    "tech",
    "technology",
    "group",
    "china",
    "inc",
    "ltd",
    "beta",
    "pro",
    "科技",
    "集团",
    "中国",
    "公司",
    "实验室",
    "研究院",
    "大学",
    "智能",
    "机器人",
    "大模型",
    "平台",
    "官网",
    "北京",
    "上海",
    "深圳",
    "广州",
    "杭州",
    "香港",
    "团队",
];

/// The ends of what an organisation is called in Chinese.
const ORGANISATIONS: &[&str] = &[
    "大学",
    "学院",
    "公司",
    "集团",
    "科技",
    "研究院",
    "研究所",
    "实验室",
    "中心",
    "医院",
    "智能",
    "银行",
];

/// The language of a name by its script, where the script tells: BCP 47.
pub(crate) fn language_of(name: &str) -> Option<&'static str> {
    let any = |in_script: fn(char) -> bool| name.chars().any(in_script);
    if any(|c| matches!(c, '\u{3040}'..='\u{30ff}')) {
        Some("ja")
    } else if any(|c| matches!(c, '\u{ac00}'..='\u{d7af}' | '\u{1100}'..='\u{11ff}')) {
        Some("ko")
    } else if any(is_han) {
        Some("zh")
    } else if any(|c| c.is_ascii_alphabetic())
        && name.chars().all(|c| !c.is_alphabetic() || (c as u32) < 0x250)
    {
        Some("en")
    } else {
        None
    }
}

/// An alias in the language given, unless its script tells another: `Maxon` in a column of Chinese names is English.
pub(crate) fn alias(name: String, language: Option<&str>, kind: NameKind) -> Name {
    let told = language_of(&name);
    let is_told_apart = |language: &str| {
        let own_script = matches!(language.split('-').next(), Some("zh" | "ja" | "ko"));
        own_script && told == Some("en")
    };
    Name {
        language: language
            .filter(|language| !is_told_apart(language))
            .or(told)
            .map(str::to_owned),
        name,
        kind,
    }
}

/// The name and, where the cell holds it in two languages, the second as another: `Zhipu 智谱`, `阶跃星辰 (StepFun)`,
/// `百度/Baidu`. One name of both scripts, such as 智谱AI or IDEA研究院, stays whole.
pub(crate) fn split_languages(cell: &str) -> (String, Option<Name>) {
    let whole = || (cell.to_owned(), None);
    let Some((first, second)) = in_brackets(cell)
        .or_else(|| at_slash(cell))
        .or_else(|| at_blank(cell))
    else {
        return whole();
    };
    let is_name = |text: &str| {
        let key = name_key(text);
        let letters = key.chars().filter(|c| c.is_alphabetic()).count();
        letters >= if text.chars().any(is_han) { 2 } else { 3 } && !GENERIC.contains(&key.as_str())
    };
    let is_chinese = |text: &str| text.chars().any(is_han);
    let is_latin = |text: &str| language_of(text) == Some("en");
    let are_two = (is_chinese(first) && is_latin(second))
        || (is_latin(first) && is_chinese(second) && !has_latin(second));
    if !are_two || !is_name(first) || !is_name(second) {
        return whole();
    }
    (
        first.to_owned(),
        Some(alias(second.to_owned(), None, NameKind::Brand)),
    )
}

fn has_latin(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_alphabetic())
}

/// `first (second)` with nothing behind.
fn in_brackets(cell: &str) -> Option<(&str, &str)> {
    let inner = cell.strip_suffix(')').or_else(|| cell.strip_suffix('）'))?;
    let (first, second) = inner.split_once(['(', '（'])?;
    (!second.contains(['(', '（'])).then_some((first.trim(), second.trim()))
}

/// `first/second`.
fn at_slash(cell: &str) -> Option<(&str, &str)> {
    let (first, second) = cell.split_once(['/', '｜', '|'])?;
    (!second.contains(['/', '｜', '|'])).then_some((first.trim(), second.trim()))
}

/// The one blank at which the script changes.
fn at_blank(cell: &str) -> Option<(&str, &str)> {
    let script = |text: &str| text.chars().any(is_han);
    let changes: Vec<(&str, &str)> = cell
        .char_indices()
        .filter(|(_, c)| *c == ' ')
        .map(|(at, _)| (cell[..at].trim(), cell[at..].trim()))
        .filter(|(first, second)| {
            let last = first.rsplit(' ').next().unwrap_or_default();
            let next = second.split(' ').next().unwrap_or_default();
            script(last) != script(next)
        })
        .collect();
    match changes.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// Whether a cell names two organisations: `浙江大学&OpenKG`, `山西大学、山西农业大学`. Which one is meant is not known.
pub(crate) fn names_two(cell: &str) -> bool {
    let halves = |mark: &str| -> Option<(String, String)> {
        let (first, second) = cell.split_once(mark)?;
        let (first, second) = (first.trim(), second.trim());
        (!name_key(first).is_empty() && !name_key(second).is_empty())
            .then(|| (first.to_owned(), second.to_owned()))
    };
    let is_han_in = |text: &str| text.chars().any(is_han);
    let is_organisation = |text: &str| ORGANISATIONS.iter().any(|end| text.ends_with(end));
    if halves("、").is_some() {
        return true;
    }
    for mark in ["+", "＋", "&", "＆"] {
        // AT&T and Johnson & Johnson are one.
        if halves(mark).is_some_and(|(first, second)| is_han_in(&first) || is_han_in(&second)) {
            return true;
        }
    }
    for mark in ["和", "与"] {
        if halves(mark).is_some_and(|(first, second)| is_organisation(&first) && is_organisation(&second)) {
            return true;
        }
    }
    let form = |text: &str| name_key(&format!("acme {}", folded(text))) == "acme";
    for mark in [", ", "，", ","] {
        if let Some((first, second)) = halves(mark) {
            // 80,000 is a number.
            let is_number = first.ends_with(|c: char| c.is_ascii_digit())
                && second.starts_with(|c: char| c.is_ascii_digit());
            return !is_number && first.chars().count() >= 2 && second.chars().count() >= 2 && !form(&second);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_languages_in_one_cell_are_a_name_and_an_alias() {
        let table = [
            ("Zhipu 智谱", "Zhipu", "智谱", "zh"),
            ("智谱 Zhipu AI", "智谱", "Zhipu AI", "en"),
            ("阶跃星辰 (StepFun)", "阶跃星辰", "StepFun", "en"),
            ("StepFun（阶跃星辰）", "StepFun", "阶跃星辰", "zh"),
            ("百度/Baidu", "百度", "Baidu", "en"),
        ];
        for (cell, name, other, language) in table {
            let (read, alias) = split_languages(cell);
            let alias = alias.unwrap_or_else(|| panic!("{cell}"));
            assert_eq!((read.as_str(), alias.name.as_str()), (name, other));
            assert_eq!(alias.language.as_deref(), Some(language));
        }
    }

    #[test]
    fn one_name_of_two_scripts_stays_whole() {
        for cell in [
            "智谱AI",
            "IDEA研究院",
            "新华三H3C",
            "华东理工大学X-D Lab",
            "哈尔滨工业大学（深圳）",
            "春田知韵（抖音）",
            "MiniMax 有限公司",
            "Acme (AI)",
            "Acme 中国",
            "红棉小冰",
            "A/B",
            "Acme Inc.",
            "()",
            "",
        ] {
            assert_eq!(split_languages(cell), (cell.to_owned(), None), "{cell}");
        }
    }

    #[test]
    fn two_organisations_in_one_cell_are_noticed() {
        for cell in [
            "浙江大学&OpenKG",
            "晓多科技+国家超算成都中心",
            "慧言科技+天津大学",
            "山西大学、山西农业大学",
            "清华大学和智谱科技",
            "UC Berkeley, Microsoft Research",
        ] {
            assert!(names_two(cell), "{cell}");
        }
        for cell in [
            "AT&T",
            "Disney+",
            "Acme, Inc.",
            "Acme Co., Ltd.",
            "和府捞面",
            "Johnson & Johnson",
            "百度",
            "+",
            ",",
        ] {
            assert!(!names_two(cell), "{cell}");
        }
    }
}
