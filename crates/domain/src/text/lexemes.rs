//! What a search index keeps of a text: lexemes with their places, made here and not by the database, so that they are
//! the same whatever its locale.
//!
//! A run of Han, kana or Hangul gives each pair of neighbours, and its last character alone; any other run of letters
//! and figures is a word. Every text is folded first: NFKC, lower case, accents off, traditional as simplified.

use std::collections::BTreeMap;

use pinyin::ToPinyin as _;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::{key::is_ideographic, simplified::simplified};

/// Characters of a word that are kept.
const WORD_LIMIT: usize = 64;
/// Characters of a whole name that are kept.
const WHOLE_LIMIT: usize = 200;
/// Syllables of a name whose sound is kept.
const SOUND_LIMIT: usize = 16;
/// Places after which counting begins anew: Postgres knows 16,383.
const PLACES: usize = 16_000;
/// Bytes of all lexemes of one vector: Postgres takes a megabyte. What goes beyond is not found.
const VECTOR_LIMIT_BYTES: usize = 512 * 1024;

/// What stands before a lexeme that is a whole name, without spaces and signs.
pub(super) const WHOLE: char = '=';
/// And before the sound of one.
pub(super) const SOUND: char = '~';
/// And before the key of another record.
pub(super) const MARK: char = '@';

/// A run of a folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Run {
    /// Letters and figures, and the words that it is made of in other spellings ("OpenAI": open, ai).
    Word(String, Vec<String>),
    /// Characters of a script that writes without spaces.
    Ideographs(Vec<char>),
}

/// The runs of a text, in their order.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut word = String::new();
    let mut ideographs = Vec::new();
    let mut chars = text.nfkc().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() && is_ideographic(c) {
            push_word(&mut runs, &mut word);
            ideographs.push(simplified(c));
            continue;
        }
        push_ideographs(&mut runs, &mut ideographs);
        let goes_on = c.is_alphanumeric()
            || is_combining_mark(c)
            // C++ and C#, but not a+b.
            || (matches!(c, '+' | '#')
                && !word.is_empty()
                && chars.peek().is_none_or(|next| !next.is_alphanumeric()));
        if goes_on {
            word.push(c);
        } else {
            push_word(&mut runs, &mut word);
        }
    }
    push_word(&mut runs, &mut word);
    push_ideographs(&mut runs, &mut ideographs);
    runs
}

fn push_ideographs(runs: &mut Vec<Run>, ideographs: &mut Vec<char>) {
    if !ideographs.is_empty() {
        runs.push(Run::Ideographs(std::mem::take(ideographs)));
    }
}

fn push_word(runs: &mut Vec<Run>, word: &mut String) {
    let raw = std::mem::take(word);
    let folded = plain(&raw);
    if folded.is_empty() {
        return;
    }
    let mut parts: Vec<String> = parts(&raw).iter().map(|part| plain(part)).collect();
    let bare = folded.trim_end_matches(['+', '#']);
    if bare != folded {
        parts.push(bare.to_owned());
    }
    parts.retain(|part| !part.is_empty() && *part != folded);
    runs.push(Run::Word(folded, parts));
}

/// Lower case, accents off.
fn plain(word: &str) -> String {
    let lower = word.to_lowercase();
    let letters = lower.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36F}'));
    letters.nfkc().take(WORD_LIMIT).collect()
}

/// "DeepSeek" and "GPT4" taken apart where a capital or a figure begins.
fn parts(word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before: Option<char> = None;
    for c in word.chars() {
        let begins = before.is_some_and(|before| {
            (before.is_lowercase() && c.is_uppercase()) || (before.is_alphabetic() && c.is_numeric())
        });
        if begins {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        before = Some(c);
    }
    parts
}

/// A text as names are compared whole: its letters and figures without anything between them.
pub(super) fn whole(text: &str) -> String {
    let joined = runs(text).into_iter().map(|run| match run {
        Run::Word(word, _) => word,
        Run::Ideographs(chars) => chars.into_iter().collect(),
    });
    joined.collect::<String>().chars().take(WHOLE_LIMIT).collect()
}

/// Three letters each of a word that is marked where it begins and ends.
pub(super) fn grams(word: &str) -> Vec<String> {
    let marked: Vec<char> = std::iter::once('^').chain(word.chars()).chain(['$']).collect();
    marked.windows(3).map(|three| three.iter().collect()).collect()
}

/// The lexemes of some texts, as Postgres reads a `tsvector`.
#[derive(Debug, Clone, Default)]
pub struct Vector {
    lexemes: BTreeMap<String, Vec<usize>>,
    place: usize,
    bytes: usize,
}

impl Vector {
    /// Without any text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what stands in a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for run in runs(text) {
            match run {
                Run::Word(word, parts) => {
                    for part in parts {
                        self.push(part);
                    }
                    self.push(word);
                    self.place += 1;
                }
                Run::Ideographs(chars) => {
                    for (n, c) in chars.iter().enumerate() {
                        let pair: String = std::iter::once(c).chain(chars.get(n + 1)).collect();
                        self.push(pair);
                        self.place += 1;
                    }
                }
            }
        }
        // No phrase goes from one text into the next.
        self.place += 8;
        self
    }

    /// Adds a name: what stands in it, and the whole of it.
    pub fn name(&mut self, name: &str) -> &mut Self {
        self.text(name);
        let whole = whole(name);
        if !whole.is_empty() {
            self.bare(format!("{WHOLE}{whole}"));
        }
        self
    }

    /// Adds how a name sounds from each of its syllables on, written out and by initials.
    pub fn sound(&mut self, name: &str) -> &mut Self {
        // A word among the syllables is spelt as it is.
        let mut spelt: Vec<(bool, String)> = Vec::new();
        for run in runs(name) {
            match run {
                Run::Word(word, _) => spelt.push((false, word)),
                Run::Ideographs(chars) => {
                    let sounds = chars.iter().filter_map(|c| c.to_pinyin());
                    // ü is typed as v.
                    spelt.extend(sounds.map(|sound| (true, sound.plain().replace('ü', "v"))));
                }
            }
        }
        spelt.truncate(SOUND_LIMIT);
        for from in 0..spelt.len() {
            let rest = &spelt[from..];
            if !rest[0].0 {
                continue;
            }
            let whole: String = rest.iter().map(|(_, sound)| sound.as_str()).collect();
            self.bare(format!("{SOUND}{whole}"));
            let initials: String = rest
                .iter()
                .flat_map(|(is_sound, sound)| sound.chars().take(if *is_sound { 1 } else { usize::MAX }))
                .collect();
            if rest.len() > 1 {
                self.bare(format!("{SOUND}{initials}"));
            }
        }
        self
    }

    /// Adds the letters, three by three, of the words of a name.
    pub fn letters(&mut self, name: &str) -> &mut Self {
        for run in runs(name) {
            if let Run::Word(word, _) = run {
                for gram in grams(&word) {
                    self.bare(gram);
                }
            }
        }
        self
    }

    /// Adds the key of another record by which this one is found.
    pub fn mark(&mut self, key: &str) -> &mut Self {
        self.bare(format!("{MARK}{key}"));
        self
    }

    fn bare(&mut self, lexeme: String) {
        if !self.lexemes.contains_key(&lexeme) && self.has_room(&lexeme) {
            self.lexemes.insert(lexeme, Vec::new());
        }
    }

    fn push(&mut self, lexeme: String) {
        if !self.lexemes.contains_key(&lexeme) && !self.has_room(&lexeme) {
            return;
        }
        let place = self.place % PLACES + 1;
        let places = self.lexemes.entry(lexeme).or_default();
        if places.last() != Some(&place) {
            places.push(place);
        }
    }

    fn has_room(&mut self, lexeme: &str) -> bool {
        self.bytes += lexeme.len() + 8;
        self.bytes <= VECTOR_LIMIT_BYTES
    }
}

impl std::fmt::Display for Vector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (n, (lexeme, places)) in self.lexemes.iter().enumerate() {
            if n > 0 {
                f.write_str(" ")?;
            }
            f.write_str(&quoted(lexeme))?;
            for (n, place) in places.iter().enumerate() {
                write!(f, "{}{place}", if n == 0 { ':' } else { ',' })?;
            }
        }
        Ok(())
    }
}

/// A lexeme as `tsvector` and `tsquery` read it.
pub(super) fn quoted(lexeme: &str) -> String {
    format!("'{}'", lexeme.replace('\\', "\\\\").replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        Vector::new().text(text).to_string()
    }

    #[test]
    fn a_text_becomes_words_and_pairs_with_their_places() {
        let table = [
            ("大模型", "'型':3 '大模':1 '模型':2"),
            ("3D 生成", "'3d':1 '成':3 '生成':2"),
            ("Text-to-Action", "'action':3 'text':1 'to':2"),
            ("ＧＰＴ－4", "'4':2 'gpt':1"),
            ("清華", "'华':2 '清华':1"),
            ("Café", "'cafe':1"),
            ("C++, a+b", "'a':2 'b':3 'c':1 'c++':1"),
            ("OpenAI", "'ai':1 'open':1 'openai':1"),
            ("AI绘画", "'ai':1 '画':3 '绘画':2"),
            ("it's \\", "'it':1 's':2"),
            ("…", ""),
        ];
        for (from, lexemes) in table {
            assert_eq!(text(from), lexemes, "{from}");
        }
    }

    #[test]
    fn a_name_is_found_whole_and_by_its_sound() {
        let mut vector = Vector::new();
        vector.name("立方工坊").sound("立方工坊");
        assert_eq!(
            vector.to_string(),
            "'=立方工坊' '~fang' '~fanggongfang' '~fgf' '~gf' '~gongfang' '~lfgf' '~lifanggongfang' \
             '坊':4 '工坊':3 '方工':2 '立方':1"
        );
        let mut vector = Vector::new();
        vector.name("Open AI").letters("Open AI");
        assert_eq!(
            vector.to_string(),
            "'=openai' '^ai' '^op' 'ai':2 'ai$' 'en$' 'ope' 'open':1 'pen'"
        );
    }

    #[test]
    fn places_stay_below_what_postgres_counts_to_and_a_vector_below_its_size() {
        let long = "字".repeat(40_000);
        let vector = text(&long);
        let places = vector
            .split([' ', ','])
            .filter_map(|p| p.rsplit(':').next()?.parse().ok());
        assert!(places.max() <= Some(PLACES));
        let many: Vec<String> = (0..200_000).map(|n| format!("word{n}")).collect();
        assert!(text(&many.join(" ")).len() < 2 * 1024 * 1024);
    }
}
