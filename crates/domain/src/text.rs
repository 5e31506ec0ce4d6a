//! Names and web addresses as machines compare them: folded for search, reduced to a key for recognition, spelt in
//! letters for order and for URLs.

use unicode_normalization::UnicodeNormalization as _;

mod credit_code;
mod domain;
mod key;
mod letters;
mod lexemes;
mod query;
mod simplified;

pub use credit_code::credit_code_is_valid;
pub use domain::{domain_identifies, registrable_domain};
pub use key::name_key;
pub use letters::{name_sort, slug_base};
pub use lexemes::Vector;
pub use query::{Query, Similar};

/// A text as it is searched: compatible forms made one (NFKC), lower case, outer blanks off, every run of white space
/// one space.
pub fn fold(text: &str) -> String {
    let plain = lower(text);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as it is kept: without outer blanks, and without NUL and the other controls that no column holds or nobody
/// sees (line breaks and tabs stay). None where nothing is left.
pub fn cleaned(text: &str) -> Option<String> {
    let kept: String = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'))
        .collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}

/// What a startup is found by, folded, one a line, each line once.
pub fn search_text<'a>(
    names: impl IntoIterator<Item = &'a str>,
    domains: impl IntoIterator<Item = &'a str>,
) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in names.into_iter().chain(domains).map(fold) {
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// NFKC and lower case. Lowering can take a text out of NFKC, so that is applied again.
fn lower(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase().nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_without_blanks_and_controls() {
        let table = [
            ("  a b ", Some("a b")),
            ("a\u{0}b\u{7}", Some("ab")),
            (" a\n\tb\r\n", Some("a\n\tb")),
            ("\u{3000}深度\u{3000}", Some("深度")),
            (" \u{0} ", None),
            ("", None),
        ];
        for (text, kept) in table {
            assert_eq!(cleaned(text).as_deref(), kept, "{text:?}");
        }
    }

    #[test]
    fn a_text_is_searched_in_one_form_and_each_line_once() {
        assert_eq!(fold("  ＯｐｅｎＡＩ\u{3000} Inc.\n"), "openai inc.");
        assert_eq!(
            search_text(["Acme", "ACME ", "", "深度 求索"], ["acme.com", "acme.com"]),
            "acme\n深度 求索\nacme.com"
        );
    }
}
