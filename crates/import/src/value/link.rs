//! Links as Markdown writes them: `[text](url)`, several in a cell.

/// A piece of a cell: a text, and the address it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    pub text: &'t str,
    pub url: Option<&'t str>,
}

/// A link that starts at the head of `text`, and what follows it.
fn link_at(text: &str) -> Option<(Piece<'_>, &str)> {
    let inner = text.strip_prefix('[')?;
    let (words, rest) = inner.split_at(inner.find(['[', ']'])?);
    let rest = rest.strip_prefix("](")?;
    let mut depth = 1_usize;
    // No address goes over a line or holds another link, so that a cell full of brackets is read once.
    let mut within = rest.char_indices().take_while(|(_, c)| !matches!(c, '[' | '\n'));
    let end = within.find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    let url = rest[..end].trim();
    let piece = Piece {
        text: words,
        url: (!url.is_empty()).then_some(url),
    };
    Some((piece, &rest[end + 1..]))
}

/// The links of a cell and the words between them, in order.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(open) = text[at..].find('[') {
        let open = at + open;
        let Some((piece, rest)) = link_at(&text[open..]) else {
            at = open + 1;
            continue;
        };
        if open > start {
            found.push(Piece {
                text: &text[start..open],
                url: None,
            });
        }
        found.push(piece);
        start = text.len() - rest.len();
        at = start;
    }
    if start < text.len() {
        found.push(Piece {
            text: &text[start..],
            url: None,
        });
    }
    found
}

/// The cell with each link as its words alone.
pub(crate) fn without_links(text: &str) -> String {
    if !text.contains("](") {
        return text.to_owned();
    }
    pieces(text).iter().map(|piece| piece.text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(&str, Option<&str>)> {
        pieces(text)
            .into_iter()
            .map(|piece| (piece.text, piece.url))
            .collect()
    }

    #[test]
    fn text_and_address_of_a_link_come_apart() {
        assert_eq!(
            seen("[文心一言](https://yiyan.baidu.com)"),
            [("文心一言", Some("https://yiyan.baidu.com"))]
        );
        assert_eq!(
            seen("[A](https://a.com/x_(y)),[B](b.cn)系列, C"),
            [
                ("A", Some("https://a.com/x_(y)")),
                (",", None),
                ("B", Some("b.cn")),
                ("系列, C", None)
            ]
        );
        assert_eq!(seen("no [link] (here)"), [("no [link] (here)", None)]);
        assert_eq!(seen("[open](never"), [("[open](never", None)]);
        assert_eq!(seen(""), []);
    }

    #[test]
    fn a_cell_full_of_brackets_is_read_at_once() {
        for open in ["[", "[a](", "[a", "](", "[(("] {
            let cell = open.repeat(300_000);
            assert!(pieces(&cell).iter().all(|piece| piece.url.is_none()));
        }
    }

    #[test]
    fn a_text_is_read_without_its_addresses() {
        assert_eq!(without_links("见[论文](https://x.org)，开源"), "见论文，开源");
    }
}
