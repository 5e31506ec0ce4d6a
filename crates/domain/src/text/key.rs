//! The key by which a name is recognised (domain.md §8).

use unicode_normalization::UnicodeNormalization as _;

use super::lower;

/// A name without what does not tell companies apart: NFKC, lower case, without spaces and punctuation (`+` and `#`
/// stay: they name things), and without the legal form at its end, or the Japanese and Korean ones before it. What
/// stands in brackets stays: a company's Beijing and Shanghai subsidiaries are two. Empty for a name that is nothing
/// but a legal form or signs; an empty key matches nothing.
pub fn name_key(name: &str) -> String {
    let mut key = reduced(&lower(name));
    // "In C" becomes "inc", which is none: reduced until nothing changes, so that a key is its own key.
    loop {
        let again = reduced(&lower(&key));
        if again == key {
            return key;
        }
        key = again;
    }
}

/// Legal forms in letters, as whole words at the end.
const WORDS: &[&str] = &[
    "ab",
    "ag",
    "aps",
    "bhd",
    "bv",
    "co",
    "corp",
    "corporation",
    "gmbh",
    "inc",
    "incorporated",
    "kft",
    "kg",
    "kk",
    "limited",
    "llc",
    "llp",
    "ltd",
    "ltda",
    "nv",
    "oy",
    "oyj",
    "pbc",
    "plc",
    "pte",
    "pty",
    "pvt",
    "sa",
    "sarl",
    "sas",
    "sdn",
    "srl",
    "sro",
];
/// Words that are part of a legal form only where one follows: "Private Limited", "Company Ltd.".
const BEFORE_ANOTHER: &[&str] = &["company", "private"];
/// Legal forms that are words too, so that they count only where written with dots: "S.p.A.", "A.S.".
const DOTTED: &[&str] = &["as", "gk", "lp", "se", "sl", "spa", "yk"];
/// Legal forms in Chinese, Japanese and Korean at the end, the longer ones first; they follow without a space.
const ENDINGS: &[&str] = &[
    "有限责任公司",
    "有限責任公司",
    "股份有限公司",
    "有限公司",
    "有限合伙",
    "有限合夥",
    "株式会社",
    "有限会社",
    "合同会社",
    "주식회사",
    "유한회사",
];
/// What goes with a Chinese legal form, where it stands right before one.
const TRADE: &str = "科技";
/// Legal forms that may stand before the name.
const BEGINNINGS: &[&str] = &["株式会社", "有限会社", "合同会社", "주식회사", "유한회사"];
/// ㈱ and its kin, taken apart by NFKC.
const BRACKETED: &[&str] = &["(株)", "(有)", "(주)", "(유)"];

/// A run of letters and figures of one kind, between separators.
struct Word {
    text: String,
    is_ideographic: bool,
    is_dotted: bool,
}

fn reduced(name: &str) -> String {
    let mut name = name.trim();
    for form in BRACKETED {
        name = name.strip_prefix(form).unwrap_or(name).trim();
        name = name.strip_suffix(form).unwrap_or(name).trim();
    }
    let mut words = words(name);
    strip_end(&mut words);
    strip_beginning(&mut words);
    words
        .into_iter()
        .map(|word| word.text)
        .collect::<String>()
        .nfkc()
        .collect()
}

fn strip_end(words: &mut Vec<Word>) {
    let mut stripped = false;
    while let Some(last) = words.last_mut() {
        if last.is_ideographic {
            let Some(form) = ENDINGS.iter().find(|form| last.text.ends_with(*form)) else {
                break;
            };
            last.text.truncate(last.text.len() - form.len());
            if form.contains("公司") && last.text.ends_with(TRADE) {
                last.text.truncate(last.text.len() - TRADE.len());
            }
            if !last.text.is_empty() {
                break;
            }
        } else {
            let word = last.text.as_str();
            let is_form = WORDS.contains(&word)
                || (last.is_dotted && DOTTED.contains(&word))
                || (stripped && BEFORE_ANOTHER.contains(&word));
            if !is_form {
                break;
            }
        }
        stripped = true;
        words.pop();
    }
}

fn strip_beginning(words: &mut Vec<Word>) {
    let Some(first) = words.first_mut().filter(|first| first.is_ideographic) else {
        return;
    };
    if let Some(form) = BEGINNINGS.iter().find(|form| first.text.starts_with(*form)) {
        first.text.drain(..form.len());
    }
    if first.text.is_empty() {
        words.remove(0);
    }
}

/// The words of a name. Initials with dots are one word ("S.A."); ideographs that only separators part are one
/// ("某某（北京）有限公司"); an apostrophe parts nothing.
fn words(name: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for chunk in name.split(|c: char| !is_kept(c) && !matches!(c, '.' | '\'' | '’')) {
        let chunk: String = chunk.chars().filter(|c| !matches!(c, '\'' | '’')).collect();
        let pieces: Vec<&str> = chunk.split('.').filter(|piece| !piece.is_empty()).collect();
        let is_initials = pieces.len() > 1 && pieces.iter().all(|piece| piece.chars().count() == 1);
        if is_initials {
            push_runs(&mut words, &pieces.concat(), true);
        } else {
            for piece in pieces {
                push_runs(&mut words, piece, false);
            }
        }
    }
    words
}

fn push_runs(words: &mut Vec<Word>, piece: &str, is_dotted: bool) {
    let mut is_new = true;
    for c in piece.chars() {
        let is_ideographic = is_ideographic(c);
        match words.last_mut() {
            Some(last) if last.is_ideographic == is_ideographic && (is_ideographic || !is_new) => {
                last.text.push(c);
            }
            _ => words.push(Word {
                text: c.to_string(),
                is_ideographic,
                is_dotted,
            }),
        }
        is_new = false;
    }
}

fn is_kept(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '+' | '#')
}

/// Of a script that writes without spaces, or whose legal forms are written onto the name: Han, kana, Hangul.
pub(super) fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_that_differ_in_form_only_have_one_key() {
        let table = [
            ("OpenAI", "openai"),
            ("OpenAI, Inc.", "openai"),
            ("OPENAI INC", "openai"),
            ("Open AI", "openai"),
            ("ＯｐｅｎＡＩ　Ｉｎｃ．", "openai"),
            ("Acme Co., Ltd.", "acme"),
            ("Acme Company Limited", "acme"),
            ("Acme Pte. Ltd.", "acme"),
            ("Acme Private Limited", "acme"),
            ("Acme L.L.C.", "acme"),
            ("Acme S.A.", "acme"),
            ("Acme S.p.A.", "acme"),
            ("Acme K.K.", "acme"),
            ("Acme GmbH & Co. KG", "acme"),
            ("Acme Corporation", "acme"),
            ("Acme Holdings Ltd", "acmeholdings"),
            ("O'Reilly Ltd", "oreilly"),
            ("北京深言科技有限责任公司", "北京深言"),
            ("深言科技有限公司", "深言"),
            ("深言科技", "深言科技"),
            ("深势科技股份有限公司", "深势"),
            ("某某（北京）科技有限公司", "某某北京"),
            ("某某(上海)科技有限公司", "某某上海"),
            ("月之暗面 Inc.", "月之暗面"),
            ("月之暗面Inc.", "月之暗面"),
            ("MiniMax 有限公司", "minimax"),
            ("MiniMax有限公司", "minimax"),
            ("株式会社Preferred Networks", "preferrednetworks"),
            ("㈱ソニー", "ソニー"),
            ("주식회사 업스테이지", "업스테이지"),
            ("C++ Labs", "c++labs"),
            ("Moonshot AI", "moonshotai"),
        ];
        for (name, key) in table {
            assert_eq!(name_key(name), key, "{name}");
        }
    }

    #[test]
    fn what_only_looks_like_a_legal_form_stays() {
        let table = [
            ("Incognito", "incognito"),
            ("Costco", "costco"),
            ("Ltd Edition", "ltdedition"),
            ("Inc Magazine", "incmagazine"),
            ("Day Spa", "dayspa"),
            ("Software as a Service", "softwareasaservice"),
            ("The Browser Company", "thebrowsercompany"),
            ("有限公司研究所", "有限公司研究所"),
            ("科技日报", "科技日报"),
        ];
        for (name, key) in table {
            assert_eq!(name_key(name), key, "{name}");
        }
    }

    #[test]
    fn a_name_of_nothing_but_form_and_signs_has_an_empty_key() {
        for name in [
            "",
            " ",
            "Inc.",
            "Co., Ltd.",
            "有限公司",
            "科技有限公司",
            "株式会社",
            "…",
            "!!!",
            "S.A.",
        ] {
            assert_eq!(name_key(name), "", "{name}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "\\PC{0,24}") {
            let key = name_key(&name);
            prop_assert_eq!(name_key(&key), key);
        }

        #[test]
        fn a_key_of_words_and_forms_is_its_own_key(parts in prop::collection::vec(
            prop::sample::select(vec!["Acme", "S.A.", "Co.,", "Ltd", " ", "in", "c", "科技", "有限", "公司", "(株)", "株式会社", "x̂", "+"]), 0..8)
        ) {
            let key = name_key(&parts.concat());
            prop_assert_eq!(name_key(&key), key);
        }

        #[test]
        fn a_key_has_no_blanks_and_no_capitals(name in "\\PC{0,24}") {
            let key = name_key(&name);
            prop_assert!(!key.contains(char::is_whitespace));
            prop_assert_eq!(key.to_lowercase(), key);
        }
    }
}
