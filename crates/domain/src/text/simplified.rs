//! Traditional characters as their simplified ones, a character for a character.

use std::sync::LazyLock;

/// Pairs of a traditional character and its simplified one, of the first plane. From OpenCC's table of characters
/// (TSCharacters, Apache-2.0): where it knows several, the first.
const PAIRS: &str = include_str!("simplified.txt");

const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

/// What each character from [`FIRST`] on becomes.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table: Vec<char> = (FIRST..=LAST).filter_map(char::from_u32).collect();
    for pair in PAIRS.split_ascii_whitespace() {
        let mut pair = pair.chars();
        if let (Some(traditional), Some(simplified)) = (pair.next(), pair.next())
            && let Some(place) = place(traditional).and_then(|place| table.get_mut(place))
        {
            *place = simplified;
        }
    }
    table
});

fn place(c: char) -> Option<usize> {
    (FIRST..=LAST)
        .contains(&(c as u32))
        .then(|| (c as u32 - FIRST) as usize)
}

/// The simplified character of a traditional one; any other as it is. No meaning is looked at: two words that differ
/// in traditional characters alone become one, which is what a search wants.
pub(super) fn simplified(c: char) -> char {
    place(c)
        .and_then(|place| SIMPLIFIED.get(place).copied())
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_characters_become_simplified_ones_and_nothing_else_changes() {
        let simplify = |text: &str| text.chars().map(simplified).collect::<String>();
        assert_eq!(simplify("清華大學 機器人 雲計算"), "清华大学 机器人 云计算");
        assert_eq!(simplify("智譜清言、階躍星辰"), "智谱清言、阶跃星辰");
        for text in ["清华大学", "かな 한글 GPT-4 é", "𠮷"] {
            assert_eq!(simplify(text), text);
        }
    }

    #[test]
    fn the_table_holds_pairs_of_its_range_and_ends_in_characters_that_stay() {
        for pair in PAIRS.split_ascii_whitespace() {
            let pair: Vec<char> = pair.chars().collect();
            assert_eq!(pair.len(), 2, "{pair:?}");
            assert!(pair.iter().all(|c| place(*c).is_some()), "{pair:?}");
            assert_eq!(simplified(pair[0]), pair[1]);
            assert_eq!(simplified(pair[1]), pair[1], "{pair:?}");
        }
    }
}
