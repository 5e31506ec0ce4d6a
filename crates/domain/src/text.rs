//! Names and web addresses as machines compare them: folded for search, reduced to a key for recognition, spelt in
//! letters for order and for URLs.

use unicode_normalization::UnicodeNormalization as _;

mod credit_code;
mod domain;
mod key;
mod letters;

pub use credit_code::credit_code_is_valid;
pub use domain::{domain_identifies, registrable_domain};
pub use key::name_key;
pub use letters::{name_sort, slug_base};

/// A text as it is searched: compatible forms made one (NFKC), lower case, outer blanks off, every run of white space
/// one space.
pub fn fold(text: &str) -> String {
    let plain = lower(text);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
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
