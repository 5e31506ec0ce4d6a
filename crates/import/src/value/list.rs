//! Lists in one cell.

use serde_json::Value;

use super::{plain, words_of};

/// The items of a cell: a list of JSON or Python, or words between `;`, `、`, `|` or line breaks, else between commas.
pub(crate) fn items(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(|item| plain(&words_of(item))).collect(),
        value => items_of_text(&words_of(value)),
    }
}

fn items_of_text(text: &str) -> Vec<String> {
    let text = text.trim();
    if let Some(listed) = bracketed(text) {
        return listed.iter().filter_map(|item| plain(item)).collect();
    }
    let strong = |c: char| matches!(c, ';' | '；' | '、' | '|' | '\n' | '\r');
    let weak = |c: char| matches!(c, ',' | '，');
    let pieces: Vec<&str> = if text.contains(strong) {
        text.split(strong).collect()
    } else {
        text.split(weak).collect()
    };
    pieces.into_iter().filter_map(plain).collect()
}

/// The items of `["a", "b"]` or `['a', "b's"]`; None for anything else.
pub(crate) fn bracketed(text: &str) -> Option<Vec<String>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    if let Ok(Value::Array(items)) = serde_json::from_str(text) {
        return Some(items.iter().map(|item| words_of(item).into_owned()).collect());
    }
    let mut items = Vec::new();
    let mut rest = inner.trim();
    while !rest.is_empty() {
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let mut item = String::new();
        let mut chars = rest[1..].char_indices();
        let end = loop {
            match chars.next()? {
                (_, '\\') => match chars.next()?.1 {
                    'n' => item.push('\n'),
                    't' => item.push('\t'),
                    'r' => item.push('\r'),
                    c => item.push(c),
                },
                (at, c) if c == quote => break 1 + at + 1,
                (_, c) => item.push(c),
            }
        };
        items.push(item);
        rest = rest[end..].trim_start();
        match rest.strip_prefix(',') {
            Some(more) => rest = more.trim_start(),
            None if rest.is_empty() => {}
            None => return None,
        }
    }
    Some(items)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_are_read_however_they_are_written() {
        let table: [(&str, &[&str]); 12] = [
            ("['Drug discovery', 'Biotech']", &["Drug discovery", "Biotech"]),
            (r#"["Women's health", 'Fashion']"#, &["Women's health", "Fashion"]),
            (r"['O\'Brien']", &["O'Brien"]),
            (r#"["a", "b, c"]"#, &["a", "b, c"]),
            ("[]", &[]),
            ("a; b ;c", &["a", "b", "c"]),
            ("无涯、求索", &["无涯", "求索"]),
            ("a, b", &["a", "b"]),
            ("Travel, Leisure; Food", &["Travel, Leisure", "Food"]),
            ("one", &["one"]),
            ("", &[]),
            ("['broken", &["['broken"]),
        ];
        for (text, listed) in table {
            assert_eq!(items(&json!(text)), listed, "{text}");
        }
        assert_eq!(items(&json!(["a", 1, null, ""])), ["a", "1"]);
    }
}
