//! Markdown as HTML that is safe to show.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// A text in Markdown as HTML: headings, lists, tables, code, links to the web and to mail. HTML that stands in the text
/// is shown as the text it is. Pictures become links: nothing is fetched from elsewhere by looking at a page. What
/// comes out is held against a list of elements and attributes once more.
pub(crate) fn html(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let events = Parser::new_ext(text, options).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        // A line is a line, as in a message.
        Event::SoftBreak => Event::HardBreak,
        // A box that nobody can tick.
        Event::TaskListMarker(done) => Event::Text(if done { "☑ " } else { "☐ " }.into()),
        other => other,
    });
    let mut raw = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut raw, events);
    ammonia::Builder::default()
        .tags(TAGS.into_iter().collect())
        .tag_attributes(
            [("a", ["href", "title"].into_iter().collect())]
                .into_iter()
                .collect(),
        )
        .generic_attributes(std::collections::HashSet::new())
        .url_schemes(["http", "https", "mailto"].into_iter().collect())
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean(&raw)
        .to_string()
}

const TAGS: [&str; 25] = [
    "p",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "em",
    "strong",
    "del",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_drawn() {
        let text = "# Call\n\n- *20* **customers**\n- [site](https://a.example \"t\")\n\n1 < 2 & 3\nnext";
        let drawn = html(text);
        for part in [
            "<h1>Call</h1>",
            "<li><em>20</em> <strong>customers</strong></li>",
            "<a href=\"https://a.example\" title=\"t\" rel=\"noopener noreferrer nofollow\">site</a>",
            "1 &lt; 2 &amp; 3<br>",
        ] {
            assert!(drawn.contains(part), "{part} in {drawn}");
        }
        assert_eq!(html("- [x] asked\n- [ ] open").matches("<li>").count(), 2);
        assert!(html("|a|b|\n|-|-|\n|1|2|").contains("<td>1</td>"));
        assert_eq!(html(""), "");
    }

    #[test]
    fn nothing_that_acts_or_fetches_comes_out() {
        let attacks = [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](vbscript:x)",
            "![x](https://tracker.example/a.png)",
            "![x](javascript:alert(1))",
            "<a href=\"https://a.example\" onclick=\"x()\" style=\"x\">y</a>",
            "<iframe src=//a.example></iframe>",
            "<style>*{display:none}</style>",
            "<svg/onload=alert(1)>",
            "<javascript:alert(1)>",
            "`<script>`\n\n    <script>\n\n```html\"><script>\n<script>\n```",
            "[x]: javascript:alert(1)\n\n[x]",
            "<!-- --><script>x</script>",
            "[\">](https://a.example/\"onmouseover=\"x)",
            "[x](/logout)",
        ];
        for attack in attacks {
            let drawn = html(attack);
            // Each element of the result is one of the few, with no attribute but a link's.
            for tag in drawn.split('<').skip(1) {
                let tag = tag.split('>').next().unwrap();
                let name = tag.trim_start_matches('/').split(' ').next().unwrap();
                assert!(TAGS.contains(&name), "{attack} gives {drawn}");
                if let Some((_, attributes)) = tag.split_once(' ') {
                    assert!(
                        attributes.starts_with("href=\"http") || attributes.starts_with("rel="),
                        "{attack} gives {drawn}"
                    );
                }
            }
        }
        assert!(html(attacks[0]).contains("&lt;script&gt;"));
        assert!(html(attacks[6]).contains("href=\"https://tracker.example/a.png\""));
    }
}
