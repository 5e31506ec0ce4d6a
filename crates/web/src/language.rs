//! The two languages of the pages, and how a request chooses one.

/// A language of the user interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    En,
    /// Simplified Chinese.
    Zh,
}

impl Language {
    /// The code in URLs, cookies and `Accept-Language`: `en` or `zh`.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }

    /// The value of `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-CN",
        }
    }

    /// Reads a code as URLs and cookies carry it.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "en" => Some(Self::En),
            "zh" => Some(Self::Zh),
            _ => None,
        }
    }

    /// The better of the two for an `Accept-Language` header; English where it names neither.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (Self::En, 0.0_f32);
        for item in header.split(',') {
            let mut parts = item.split(';');
            let range = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
            let quality = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.trim().parse::<f32>().unwrap_or(0.0));
            let language = match range.split('-').next() {
                Some("zh") => Self::Zh,
                Some("en") => Self::En,
                _ => continue,
            };
            // Strictly better: of equals, the one named first.
            if quality > best.1 {
                best = (language, quality);
            }
        }
        best.0
    }

    /// The language in which a name is written, for `lang` on names of the other language.
    pub fn of_name(name: &str) -> Self {
        let is_han = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}');
        if name.chars().any(is_han) {
            Self::Zh
        } else {
            Self::En
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{self, En, Zh};

    #[test]
    fn accept_language_chooses_the_better_of_the_two() {
        for (header, expected) in [
            ("", En),
            ("zh-CN,zh;q=0.9,en;q=0.8", Zh),
            ("en-GB,en;q=0.9,zh;q=0.8", En),
            ("fr, de;q=0.5", En),
            ("fr, zh-TW;q=0.3", Zh),
            ("en;q=0.2, zh;q=0.7", Zh),
            ("zh;q=0", En),
            ("ZH-hans", Zh),
            ("zh;q=nonsense, en;q=0.1", En),
            ("*", En),
        ] {
            assert_eq!(Language::from_accept_language(header), expected, "{header}");
        }
    }

    #[test]
    fn a_name_with_han_characters_is_chinese() {
        assert_eq!(Language::of_name("立方工坊 3D"), Zh);
        assert_eq!(Language::of_name("Cubeforge"), En);
    }
}
