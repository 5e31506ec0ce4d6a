//! What is asked of a search index: the words that somebody typed, as `tsquery`s over the lexemes of
//! [`Vector`](super::Vector). All words have to be found; the last one may be the beginning of a longer word.

use super::{
    domain::registrable_domain,
    fold,
    letters::name_sort,
    lexemes::{Run, SOUND, WHOLE, grams, quoted, runs, whole},
};

/// Words that are looked for; further ones are not.
const WORDS_LIMIT: usize = 12;
/// The letters from which on the last word may go on.
const PREFIX_LETTERS: usize = 2;
/// The letters from which on a part of a word is looked for.
const PART_LETTERS: usize = 3;
/// The letters from which on a word may be mistyped.
const TYPO_LETTERS: usize = 5;

/// A search, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    words: Vec<Vec<Run>>,
    whole: String,
    sorted: String,
    is_phrase: bool,
}

impl Query {
    /// The query that a text makes; None where it has no letter and no figure. In quotation marks, or with one word
    /// only, its parts stand side by side; a web address is looked for as its domain.
    pub fn new(text: &str) -> Option<Self> {
        let text = fold(text);
        let quotes = ['"', '“', '”', '„', '«', '»', '「', '」'];
        let inner = text.trim_matches(quotes);
        let is_phrase = inner.len() < text.len() && text.starts_with(quotes) && text.ends_with(quotes);
        let address = |word: &str| {
            let is_address = word.contains("://") || word.starts_with("www.");
            is_address.then(|| registrable_domain(word)).flatten()
        };
        let typed: Vec<String> = inner
            .split_whitespace()
            .map(|word| address(word).unwrap_or_else(|| word.to_owned()))
            .collect();
        let mut words: Vec<Vec<Run>> = if is_phrase {
            vec![runs(&typed.join(" "))]
        } else {
            typed.iter().map(|word| runs(word)).collect()
        };
        words.retain(|word| !word.is_empty());
        words.truncate(WORDS_LIMIT);
        let typed = typed.join(" ");
        (!words.is_empty()).then(|| Self {
            words,
            whole: whole(&typed),
            sorted: name_sort(&typed),
            is_phrase,
        })
    }

    /// A name that is nothing but what was typed.
    pub fn whole(&self) -> String {
        quoted(&format!("{WHOLE}{}", self.whole))
    }

    /// A name that begins with what was typed.
    pub fn beginning(&self) -> String {
        format!("{}:*", self.whole())
    }

    /// Each word; a text has to hold them all.
    pub fn each(&self) -> Vec<String> {
        let last = self.words.len() - 1;
        self.words
            .iter()
            .enumerate()
            .map(|(n, word)| phrase(word, n == last && !self.is_phrase))
            .collect()
    }

    /// All words.
    pub fn all(&self) -> String {
        let each = self.each();
        match each.as_slice() {
            [one] => one.clone(),
            _ => each
                .iter()
                .map(|word| format!("({word})"))
                .collect::<Vec<_>>()
                .join(" & "),
        }
    }

    /// The words side by side, where there are several.
    pub fn side_by_side(&self) -> Option<String> {
        (self.words.len() > 1).then(|| phrase(&self.words.concat(), true))
    }

    /// A name that sounds as what was typed begins, written out or by initials.
    pub fn sound(&self) -> Option<String> {
        let is_spelt =
            self.whole.len() >= PREFIX_LETTERS && self.whole.bytes().all(|b| b.is_ascii_alphanumeric());
        is_spelt.then(|| format!("{}:*", quoted(&format!("{SOUND}{}", self.whole))))
    }

    /// Names in which each word is a part of some word: the letters that they hold, and for each word the pattern of
    /// `like` that tells the rest. None where a word is too short for it, or written without spaces.
    pub fn parts(&self) -> Option<(String, Vec<String>)> {
        let mut held: Vec<String> = Vec::new();
        let mut patterns = Vec::new();
        for run in self.words.iter().flatten() {
            let Run::Word(word, _) = run else { return None };
            if word.chars().count() < PART_LETTERS {
                return None;
            }
            let grams = grams(word);
            held.extend(grams[1..grams.len() - 1].iter().map(|gram| quoted(gram)));
            let literal = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            patterns.push(format!("%{literal}%"));
        }
        held.dedup();
        Some((held.join(" & "), patterns))
    }

    /// Names that hold each word or one that differs from it by a slip of the fingers. None where no word is long
    /// enough to tell a slip from another word.
    pub fn similar(&self) -> Option<Similar> {
        let mut words = Vec::new();
        let mut others = Vec::new();
        for run in self.words.iter().flatten() {
            match run {
                Run::Word(word, _) if word.chars().count() >= TYPO_LETTERS => words.push(word.clone()),
                other => others.push(phrase(std::slice::from_ref(other), true)),
            }
        }
        (!words.is_empty()).then_some(Similar { words, others })
    }

    /// What the names that begin with what was typed begin with in the order of [`name_sort`].
    pub fn sorted(&self) -> &str {
        &self.sorted
    }
}

/// Runs side by side. Of pairs of ideographs only as many as cover them all; a lone one begins a pair or ends a run.
fn phrase(word: &[Run], goes_on: bool) -> String {
    let mut query = String::new();
    let mut place = 0;
    let mut before = 0;
    let mut push = |lexeme: String, at: usize| {
        if !query.is_empty() {
            match at - before {
                1 => query.push_str(" <-> "),
                far => query.extend([" <", &far.to_string(), "> "]),
            }
        }
        query.push_str(&lexeme);
        before = at;
    };
    for (n, run) in word.iter().enumerate() {
        let is_last = n + 1 == word.len();
        match run {
            Run::Word(text, _) => {
                let may_go_on = is_last && goes_on && text.chars().count() >= PREFIX_LETTERS;
                push(
                    format!("{}{}", quoted(text), if may_go_on { ":*" } else { "" }),
                    place,
                );
                place += 1;
            }
            Run::Ideographs(chars) => {
                match chars.as_slice() {
                    [one] => push(format!("{}:*", quoted(&one.to_string())), place),
                    _ => {
                        for (n, pair) in chars.windows(2).enumerate() {
                            // Every second pair covers all, and the last.
                            if n % 2 == 0 || n + 2 == chars.len() {
                                push(quoted(&pair.iter().collect::<String>()), place + n);
                            }
                        }
                    }
                }
                place += chars.len();
            }
        }
    }
    query
}

/// Words that may have been mistyped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    words: Vec<String>,
    others: Vec<String>,
}

impl Similar {
    /// For each word the letters, three by three, of the words that it may have been: a slip takes at most four
    /// neighbours out (three in a short word, where swapped letters are not looked for).
    pub fn letters(&self) -> Vec<String> {
        self.words
            .iter()
            .map(|word| {
                let grams: Vec<String> = grams(word).iter().map(|gram| quoted(gram)).collect();
                let taken = if grams.len() < 6 { 3 } else { 4 };
                let ways: Vec<String> = (0..=grams.len() - taken)
                    .map(|from| [&grams[..from], &grams[from + taken..]].concat().join(" & "))
                    .collect();
                format!("({})", ways.join(") | ("))
            })
            .collect()
    }

    /// The words that are too short to have been mistyped: names hold them as they are.
    pub fn others(&self) -> Option<String> {
        (!self.others.is_empty()).then(|| self.others.join(" & "))
    }

    /// How near names (folded, one a line) come to the words: 0 is the same. None: too far.
    pub fn distance(&self, names: &str) -> Option<u32> {
        let known: Vec<String> = runs(names)
            .into_iter()
            .filter_map(|run| match run {
                Run::Word(word, _) => Some(word),
                Run::Ideographs(_) => None,
            })
            .collect();
        let mut total = 0;
        for word in &self.words {
            let allowed = if word.chars().count() < 9 { 1 } else { 2 };
            let nearest = known
                .iter()
                .map(|name| strsim::damerau_levenshtein(word, name))
                .min()?;
            if nearest > allowed {
                return None;
            }
            total += nearest as u32;
        }
        Some(total)
    }
}

#[cfg(test)]
mod tests;
