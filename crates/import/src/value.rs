//! Values as people write them: each is read, or said to be unreadable; a blank says nothing.

use std::borrow::Cow;

use domain::text::fold;
use serde_json::Value;

use crate::table::is_invisible;

pub(crate) mod country;
pub(crate) mod date;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod name;
pub(crate) mod number;
pub(crate) mod place;
pub(crate) mod web;

/// What people write where they have nothing to say, lower case.
const NOTHING: &[&str] = &[
    "-",
    "--",
    "—",
    "——",
    "/",
    "n/a",
    "na",
    "#n/a",
    "none",
    "null",
    "nil",
    "nan",
    "tbd",
    "unknown",
    "无",
    "暂无",
    "未知",
    "不详",
    "未披露",
    "待定",
];

/// Bytes of the longest of them, and of its capital letters.
const NOTHING_LIMIT: usize = 16;

/// A text as it is kept: no signs of no width, full-width letters and figures as plain ones, no outer blanks. None
/// where nothing is left.
pub(crate) fn plain(text: &str) -> Option<String> {
    // Most cells are plain as they are.
    if text.chars().all(|c| !is_changed(c)) {
        let text = text.trim();
        return (!text.is_empty()).then(|| text.to_owned());
    }
    let kept: String = text
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| match c {
            '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
                char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
            }
            '\u{3000}' | '\u{a0}' => ' ',
            c => c,
        })
        .collect();
    domain::text::cleaned(&kept)
}

/// Whether a character may not stay as it is.
fn is_changed(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' | ' '..='~' => false,
        '\u{3000}' | '\u{a0}' | '\u{ff10}'..='\u{ff5a}' => true,
        c => c.is_control() || is_invisible(c),
    }
}

/// Like [`plain`]; None too for a word that stands for nothing, such as `N/A`.
pub(crate) fn telling(text: &str) -> Option<String> {
    plain(text).filter(|text| text.len() > NOTHING_LIMIT || !NOTHING.contains(&text.to_lowercase().as_str()))
}

/// A text in the form in which texts are compared, as [`fold`] gives it; quicker for ASCII.
pub(crate) fn folded(text: &str) -> String {
    if !text.is_ascii() {
        return fold(text);
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded.make_ascii_lowercase();
    folded
}

/// The words of a cell; a list with its items between semicolons.
pub(crate) fn words_of(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        Value::Array(items) => Cow::Owned(items.iter().map(words_of).collect::<Vec<_>>().join("; ")),
        value => Cow::Owned(value.to_string()),
    }
}

/// Whether a character is Han.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_without_what_nobody_sees() {
        assert_eq!(plain("\u{200b}✘").as_deref(), Some("✘"));
        assert_eq!(
            plain("ＡＢＣ\u{3000}１２（深圳）").as_deref(),
            Some("ABC 12（深圳）")
        );
        assert_eq!(plain(" \u{feff}\u{200b} "), None);
    }

    #[test]
    fn a_text_is_folded_as_everywhere() {
        for text in ["  A  b\tC ", "", "\u{b}x", "Ａ b", "智谱 AI"] {
            assert_eq!(folded(text), fold(text), "{text:?}");
        }
        assert!(NOTHING.iter().all(|word| word.len() <= NOTHING_LIMIT));
    }

    #[test]
    fn a_word_that_stands_for_nothing_says_nothing() {
        for text in ["N/A", " - ", "暂无", "NULL", ""] {
            assert_eq!(telling(text), None, "{text}");
        }
        assert_eq!(telling("无界").as_deref(), Some("无界"));
    }
}
