//! Names spelt in letters: Han by their sound, for order and for URLs.

use pinyin::ToPinyin as _;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::{fold, lower};

/// The most characters of a slug.
const SLUG_LIMIT: usize = 60;
/// The slug of a name that has no letter.
const FALLBACK: &str = "startup";
/// Words that a URL has in a slug's place.
const RESERVED: &[&str] = &["new"];

/// A name as it is ordered, byte by byte: NFKC, lower case, every Han character by its sound (pinyin without tones,
/// a syllable a word), so that 深度求索 stands among the names in s.
pub fn name_sort(name: &str) -> String {
    let mut spelt = String::with_capacity(name.len());
    for c in lower(name).chars() {
        match c.to_pinyin() {
            Some(sound) => {
                spelt.push(' ');
                spelt.push_str(sound.plain());
                spelt.push(' ');
            }
            None => spelt.push(c),
        }
    }
    fold(&spelt)
}

/// What a URL calls a name: `^[a-z0-9]+(-[a-z0-9]+)*$`, at most 60 characters, Han by their sound, accents taken off.
/// A name without any such letter is called `startup`. Not unique: the caller appends a number where it must.
pub fn slug_base(name: &str) -> String {
    let mut slug = String::new();
    for c in name_sort(name).nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'ß' => slug.push_str("ss"),
            'æ' => slug.push_str("ae"),
            'œ' => slug.push_str("oe"),
            'ø' => slug.push('o'),
            'đ' | 'ð' => slug.push('d'),
            'ł' => slug.push('l'),
            'þ' => slug.push_str("th"),
            'ı' => slug.push('i'),
            // "O'Reilly" is one word.
            '\'' | '’' => {}
            _ => slug.push('-'),
        }
    }
    let mut kept = String::new();
    for word in slug.split('-').filter(|word| !word.is_empty()) {
        let joint = usize::from(!kept.is_empty());
        if kept.len() + joint + word.len() > SLUG_LIMIT {
            if kept.is_empty() {
                kept.push_str(&word[..SLUG_LIMIT]);
            }
            break;
        }
        if joint == 1 {
            kept.push('-');
        }
        kept.push_str(word);
    }
    if kept.is_empty() {
        return FALLBACK.to_owned();
    }
    if RESERVED.contains(&kept.as_str()) {
        kept.push('-');
        kept.push_str(FALLBACK);
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_ordered_by_their_sound() {
        let table = [
            ("深度求索", "shen du qiu suo"),
            ("DeepSeek", "deepseek"),
            ("  Moonshot   AI ", "moonshot ai"),
            ("智谱AI", "zhi pu ai"),
            ("３Ｄ 资产", "3d zi chan"),
            ("", ""),
        ];
        for (name, sort) in table {
            assert_eq!(name_sort(name), sort, "{name}");
        }
        let mut names = ["月之暗面", "OpenAI", "深度求索", "阿里", "Zoom"];
        names.sort_by_key(|name| name_sort(name));
        assert_eq!(names, ["阿里", "OpenAI", "深度求索", "月之暗面", "Zoom"]);
    }

    #[test]
    fn slugs_are_letters_figures_and_hyphens() {
        let table = [
            ("DeepSeek", "deepseek"),
            ("深度求索", "shen-du-qiu-suo"),
            ("智谱AI", "zhi-pu-ai"),
            ("Hugging Face, Inc.", "hugging-face-inc"),
            ("Café Zoë", "cafe-zoe"),
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("O'Reilly", "oreilly"),
            ("ＡＢＣ　１２", "abc-12"),
            ("--a--b--", "a-b"),
            ("New", "new-startup"),
            ("News", "news"),
            ("", "startup"),
            ("Яндекс", "startup"),
            ("🙂", "startup"),
        ];
        for (name, slug) in table {
            assert_eq!(slug_base(name), slug, "{name}");
        }
    }

    #[test]
    fn a_long_slug_ends_with_a_whole_word() {
        assert_eq!(slug_base(&"a".repeat(80)), "a".repeat(60));
        assert_eq!(
            slug_base(&format!("{} {}", "a".repeat(50), "b".repeat(20))),
            "a".repeat(50)
        );
        assert_eq!(
            slug_base(&format!("{} {}", "a".repeat(50), "b".repeat(9))),
            format!("{}-{}", "a".repeat(50), "b".repeat(9))
        );
    }

    fn is_slug(slug: &str) -> bool {
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        slug.len() <= SLUG_LIMIT && slug.split('-').all(is_word)
    }

    proptest! {
        #[test]
        fn every_name_has_a_slug(name in "\\PC{0,120}") {
            prop_assert!(is_slug(&slug_base(&name)));
        }

        #[test]
        fn every_chinese_name_has_a_slug(name in "[\u{4e00}-\u{9fff}a-zA-Z0-9 （）-]{0,80}") {
            prop_assert!(is_slug(&slug_base(&name)));
        }

        #[test]
        fn what_is_ordered_by_stays_as_it_is(name in "\\PC{0,60}") {
            let sort = name_sort(&name);
            prop_assert_eq!(name_sort(&sort), sort);
        }

        #[test]
        fn what_is_folded_stays_as_it_is(text in "\\PC{0,60}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
