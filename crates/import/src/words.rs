//! Words that suggest a layer or a sector. Rather nothing than a wrong one: "AI" alone suggests nothing.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use domain::{sector::DEFAULT_SECTORS, startup::Layer, text::fold};

use crate::{Proposal, value::is_han};

/// The table that comes along.
static DEFAULT: LazyLock<Words> =
    LazyLock::new(|| Words::parse(include_str!("../data/words.csv")).unwrap_or_else(|_| Words::none()));

/// A table of words, each with the layer and the sector that it suggests.
#[derive(Debug, Clone)]
pub struct Words {
    table: Arc<Table>,
}

#[derive(Debug)]
struct Table {
    /// Words anywhere in a text, by the number that the search gives.
    anywhere: Vec<Word>,
    search: Option<AhoCorasick>,
    /// Words that are the whole of a tag.
    tags: HashMap<String, Word>,
}

#[derive(Debug, Clone)]
struct Word {
    text: String,
    layer: Option<Layer>,
    sector: Option<String>,
    weight: u32,
}

/// A table of words that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the words: {reason}")]
pub struct WordsError {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong and what would be right.
    pub reason: String,
}

/// What words of a row suggest.
#[derive(Debug, Default)]
pub(crate) struct Proposals {
    hits: Vec<Hit>,
}

#[derive(Debug)]
struct Hit {
    layer: Option<Layer>,
    sector: Option<String>,
    weight: u32,
    /// The words and their column.
    told: String,
}

impl Default for Words {
    /// The table that comes along (`data/words.csv`).
    fn default() -> Self {
        DEFAULT.clone()
    }
}

impl Words {
    /// A table without a word, which suggests nothing.
    pub fn none() -> Self {
        Self {
            table: Arc::new(Table {
                anywhere: Vec::new(),
                search: None,
                tags: HashMap::new(),
            }),
        }
    }

    /// Reads a table: CSV with the columns word, match, layer, sector and weight. Match is `text` (anywhere as a whole
    /// word, Chinese anywhere), `tag` (the whole of a tag) or `hide` (suggests nothing, and hides the shorter words in
    /// it). Weight is 1 to 3: of two layers the heavier is proposed.
    pub fn parse(table: &str) -> Result<Self, WordsError> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .trim(csv::Trim::All)
            .flexible(true)
            .from_reader(table.as_bytes());
        let (mut anywhere, mut tags) = (Vec::new(), HashMap::new());
        for (at, line) in reader.records().enumerate() {
            let wrong = |reason: String| WordsError {
                line: at as u64 + 1,
                reason,
            };
            let line = line.map_err(|error| wrong(error.to_string()))?;
            let cell = |at: usize| line.get(at).unwrap_or_default();
            if at == 0 {
                let header = "word,match,layer,sector,weight";
                if line.iter().collect::<Vec<_>>().join(",") != header {
                    return Err(wrong(format!("the header would be right as {header}")));
                }
                continue;
            }
            let layer = match cell(2) {
                "" => None,
                code => Some(code.parse::<Layer>().map_err(|error| wrong(error.to_string()))?),
            };
            let is_hidden = cell(1) == "hide";
            let word = Word {
                text: matchable(cell(0)),
                layer,
                sector: (!cell(3).is_empty()).then(|| cell(3).to_owned()),
                weight: match cell(4) {
                    "" if is_hidden => 1,
                    weight => weight
                        .parse()
                        .ok()
                        .filter(|weight| (1..=3).contains(weight))
                        .ok_or_else(|| wrong(format!("{weight:?} is no weight; 1, 2 or 3 would be")))?,
                },
            };
            if word.text.is_empty() || is_hidden == (word.layer.is_some() || word.sector.is_some()) {
                return Err(wrong("a word with a layer or a sector would be right".to_owned()));
            }
            match cell(1) {
                "text" | "hide" => anywhere.push(word),
                "tag" => {
                    tags.insert(word.text.clone(), word);
                }
                other => {
                    return Err(wrong(format!(
                        "{other:?} is no match; text, tag or hide would be"
                    )));
                }
            }
        }
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(anywhere.iter().map(|word| word.text.as_str()))
            .map_err(|error| WordsError {
                line: 0,
                reason: error.to_string(),
            })?;
        Ok(Self {
            table: Arc::new(Table {
                anywhere,
                search: Some(search),
                tags,
            }),
        })
    }

    /// Notes what a text of a column suggests; `is_tag` where it is a tag, category or name of a section.
    pub(crate) fn look(&self, column: &str, text: &str, is_tag: bool, proposals: &mut Proposals) {
        let text = matchable(text);
        if is_tag && let Some(word) = self.table.tags.get(&text) {
            proposals.hits.push(word.hit(column));
        }
        let Some(search) = &self.table.search else { return };
        for found in search.find_iter(&text) {
            if stands_alone(&text, found.start(), found.end()) {
                proposals
                    .hits
                    .push(self.table.anywhere[found.pattern()].hit(column));
            }
        }
    }
}

impl Word {
    fn hit(&self, column: &str) -> Hit {
        Hit {
            layer: self.layer,
            sector: self.sector.clone(),
            weight: self.weight,
            told: format!("{column}: {}", self.text),
        }
    }
}

impl Proposals {
    /// Adds what a list as a whole, or a value of a preset's table, suggests.
    pub fn add(&mut self, layer: Option<Layer>, sectors: &[String], weight: u32, words: &str) {
        if layer.is_some() {
            self.hits.push(Hit {
                layer,
                sector: None,
                weight,
                told: words.to_owned(),
            });
        }
        self.hits.extend(sectors.iter().map(|sector| Hit {
            layer: None,
            sector: Some(sector.clone()),
            weight,
            told: words.to_owned(),
        }));
    }

    /// The layer of the heaviest words, unless words of two layers are equally heavy.
    pub fn layer(&self) -> Option<Proposal<Layer>> {
        let weight_of = |layer: Layer| {
            let hits = self.hits.iter().filter(|hit| hit.layer == Some(layer));
            hits.map(|hit| hit.weight).max().unwrap_or(0)
        };
        let heaviest = Layer::ALL
            .iter()
            .map(|layer| weight_of(*layer))
            .max()
            .filter(|weight| *weight > 0)?;
        let mut layers = Layer::ALL.iter().filter(|layer| weight_of(**layer) == heaviest);
        let (Some(layer), None) = (layers.next(), layers.next()) else {
            return None;
        };
        Some(Proposal {
            value: *layer,
            words: self.words_of(|hit| hit.layer == Some(*layer)),
        })
    }

    /// The sectors, in the order of the tree; one above another that is proposed too says nothing more.
    pub fn sectors(&self) -> Vec<Proposal<String>> {
        let mut slugs: Vec<&str> = Vec::new();
        for hit in &self.hits {
            if let Some(sector) = hit.sector.as_deref().filter(|sector| !slugs.contains(sector)) {
                slugs.push(sector);
            }
        }
        let place = |slug: &str| {
            DEFAULT_SECTORS
                .iter()
                .position(|sector| sector.slug == slug)
                .unwrap_or(usize::MAX)
        };
        let is_above = |upper: &str| {
            DEFAULT_SECTORS
                .iter()
                .any(|sector| sector.parent == Some(upper) && slugs.contains(&sector.slug))
        };
        let mut kept: Vec<&str> = slugs.iter().copied().filter(|slug| !is_above(slug)).collect();
        kept.sort_by_key(|slug| place(slug));
        kept.into_iter()
            .map(|slug| Proposal {
                value: slug.to_owned(),
                words: self.words_of(|hit| hit.sector.as_deref() == Some(slug)),
            })
            .collect()
    }

    fn words_of(&self, is_meant: impl Fn(&Hit) -> bool) -> String {
        let mut said: Vec<&str> = Vec::new();
        for hit in self.hits.iter().filter(|hit| is_meant(hit)) {
            if !said.contains(&hit.told.as_str()) {
                said.push(&hit.told);
            }
        }
        said.join("; ")
    }
}

/// A text as words are looked for in it: folded, with a blank for a hyphen.
fn matchable(text: &str) -> String {
    if text.is_ascii() {
        let mut text = text.trim().replace(['-', '_'], " ");
        text.make_ascii_lowercase();
        return text;
    }
    let folded = fold(text).replace(['-', '_'], " ");
    // `AI 陪伴` is written `AI陪伴` as well.
    let mut joined = String::with_capacity(folded.len());
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let is_beside_han =
            joined.chars().next_back().is_some_and(is_han) || chars.peek().copied().is_some_and(is_han);
        if c != ' ' || !is_beside_han {
            joined.push(c);
        }
    }
    joined
}

/// Whether a word that was found is a word of the text, perhaps with an s behind: letters and figures do not go on
/// at its ends. Han has no blanks between words.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let goes_on = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
    let word = &text[start..end];
    let opens_latin = word.chars().next().is_some_and(|c| !is_han(c));
    let ends_latin = word.chars().next_back().is_some_and(|c| !is_han(c));
    let behind = &text[end..];
    let behind = behind.strip_prefix('s').unwrap_or(behind);
    let goes_on_before = opens_latin && goes_on(text[..start].chars().next_back());
    let goes_on_behind = ends_latin && goes_on(behind.chars().next());
    !goes_on_before && !goes_on_behind
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposed(text: &str, is_tag: bool) -> (Option<Layer>, Vec<String>) {
        let mut proposals = Proposals::default();
        Words::default().look("tags", text, is_tag, &mut proposals);
        let sectors = proposals
            .sectors()
            .into_iter()
            .map(|sector| sector.value)
            .collect();
        (proposals.layer().map(|layer| layer.value), sectors)
    }

    #[test]
    fn the_table_that_comes_along_is_right() {
        let words = Words::parse(include_str!("../data/words.csv")).unwrap();
        let all = words.table.anywhere.iter().chain(words.table.tags.values());
        for sector in all.filter_map(|word| word.sector.as_deref()) {
            assert!(
                DEFAULT_SECTORS.iter().any(|known| known.slug == sector),
                "{sector}"
            );
        }
    }

    #[test]
    fn words_suggest_a_layer_and_sectors() {
        let table: [(&str, Option<Layer>, &[&str]); 10] = [
            (
                "Foundation models for Earth observation",
                Some(Layer::Model),
                &["foundation-models"],
            ),
            ("自研基座大模型", Some(Layer::Model), &["foundation-models"]),
            ("Fine-tuning made easy", Some(Layer::Middleware), &["fine-tuning"]),
            ("直播数字人", Some(Layer::Middleware), &["virtual-humans"]),
            ("AI coding assistant", Some(Layer::App), &["code"]),
            ("Chatbots for shops", Some(Layer::App), &[]),
            ("text-to-3D assets", None, &["3d-generation"]),
            ("Robotic Process Automation", None, &["rpa"]),
            ("Humanoid robots", None, &["robotics"]),
            ("人形机器人", None, &["robotics"]),
        ];
        for (text, layer, sectors) in table {
            assert_eq!(
                proposed(text, false),
                (layer, sectors.iter().map(|s| (*s).to_owned()).collect()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_only_looks_like_a_word_suggests_nothing() {
        for text in [
            "AI",
            "Artificial Intelligence",
            "Generative AI",
            "barcode scanners",
            "Magic",
            "search for barcode",
            "SaaS",
            "Manufacturing and Robotics",
            "人工智能",
            "microrobotically",
        ] {
            assert_eq!(proposed(text, true), (None, Vec::new()), "{text}");
        }
    }

    #[test]
    fn a_longer_word_hides_the_shorter_one_in_it() {
        assert_eq!(proposed("聊天机器人", true), (Some(Layer::App), Vec::new()));
    }

    #[test]
    fn a_tag_is_a_word_as_a_whole_only() {
        assert_eq!(proposed("Search", true).1, ["search"]);
        assert!(proposed("Search", false).1.is_empty());
        assert!(proposed("Job search", true).1.is_empty());
    }

    #[test]
    fn two_layers_of_one_weight_are_none() {
        assert_eq!(proposed("Virtual humans and AI companions", false).0, None);
        assert_eq!(
            proposed("Fine-tuning for chatbots", false).0,
            Some(Layer::Middleware)
        );
    }

    #[test]
    fn the_words_that_did_it_are_told() {
        let mut proposals = Proposals::default();
        Words::default().look("tags", "Robotics", true, &mut proposals);
        assert_eq!(proposals.sectors()[0].words, "tags: robotics");
    }

    #[test]
    fn a_wrong_table_says_where() {
        let error = |line: &str| {
            Words::parse(&format!("word,match,layer,sector,weight\n{line}"))
                .unwrap_err()
                .to_string()
        };
        assert!(error("x,text,NONE,,1").starts_with("line 2 of the words: \"NONE\" is no Layer"));
        assert!(error("x,text,,code,9").contains("\"9\" is no weight"));
        assert!(error("x,all,,code,1").contains("\"all\" is no match"));
        assert!(error("x,text,,,1").contains("a layer or a sector"));
        assert!(Words::parse("a,b").is_err());
    }
}
