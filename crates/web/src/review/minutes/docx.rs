//! Minutes as a document for word processors: what their Markdown says, in styles that its reader can change.

use std::io::Cursor;

use docx_rs::{
    AbstractNumbering, Docx, Footer, Hyperlink, HyperlinkType, IndentLevel, Level, LevelJc, LevelOverride,
    LevelText, LineSpacing, NumberFormat, Numbering, NumberingId, PageMargin, PageNum, Paragraph, Run,
    RunFonts, SpecialIndentType, Start, Style, StyleType, Table, TableCell, TableRow,
};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// What stands behind the minutes.
pub(super) struct Below<'a> {
    /// That they are a draft, or the hash under which they are frozen.
    pub(super) note: &'a str,
    /// The heading of the remarks.
    pub(super) heading: &'a str,
    /// The remarks with a line about each: whose, when.
    pub(super) remarks: Vec<(&'a str, String)>,
}

/// Twentieths of a point.
const INDENT: i32 = 420;
const MARGIN: i32 = 1134;
const A4: (u32, u32) = (11_906, 16_838);
/// Half points.
const TEXT: usize = 21;
/// Levels of lists that are told apart.
const DEPTH: usize = 9;
/// The numberings of points, and of the figures of which each list begins anew.
const POINTS: usize = 2;
const FIGURES: usize = 3;

/// The document as a file; None where it cannot be packed.
pub(super) fn file(markdown: &str, below: &Below<'_>) -> Option<Vec<u8>> {
    let mut writer = Writer::new();
    writer.write(markdown);
    writer.paragraph = Paragraph::new();
    writer.plain(below.note);
    writer.end_paragraph();
    if !below.remarks.is_empty() {
        writer.paragraph = Paragraph::new().style("Heading2");
        writer.plain(below.heading);
        writer.end_paragraph();
    }
    for (text, line) in &below.remarks {
        for text in text.lines() {
            writer.plain(text);
            writer.end_paragraph();
        }
        writer.is_italic = true;
        writer.plain(line);
        writer.is_italic = false;
        writer.end_paragraph();
    }
    let mut bytes = Cursor::new(Vec::new());
    writer.document.build().pack(&mut bytes).ok()?;
    Some(bytes.into_inner())
}

/// A font for each script: one with Chinese signs is named, else a word processor takes what it finds.
fn fonts() -> RunFonts {
    RunFonts::new()
        .ascii("Calibri")
        .hi_ansi("Calibri")
        .east_asia("Microsoft YaHei")
        .cs("Calibri")
}

fn heading(level: usize, size: usize) -> Style {
    Style::new(format!("Heading{level}"), StyleType::Paragraph)
        .name(format!("heading {level}"))
        .based_on("Normal")
        .next("Normal")
        .q_format(true)
        .outline_lvl(level - 1)
        .size(size)
        .bold()
        .line_spacing(LineSpacing::new().before(240).after(80))
}

/// Lists of a kind: points, or figures.
fn list(id: usize, format: &str, text: impl Fn(usize) -> String) -> AbstractNumbering {
    (0..DEPTH).fold(AbstractNumbering::new(id), |list, level| {
        let left = INDENT * i32::try_from(level + 1).unwrap_or(1);
        list.add_level(
            Level::new(
                level,
                Start::new(1),
                NumberFormat::new(format),
                LevelText::new(text(level)),
                LevelJc::new("left"),
            )
            .indent(Some(left), Some(SpecialIndentType::Hanging(INDENT)), None, None),
        )
    })
}

/// A text without the signs that XML does not hold.
fn held(text: &str) -> String {
    text.chars()
        .filter(|sign| *sign == '\t' || !(sign.is_control() || matches!(sign, '\u{FFFE}' | '\u{FFFF}')))
        .collect()
}

/// Writes Markdown into a document.
struct Writer {
    document: Docx,
    /// The paragraph that is being written.
    paragraph: Paragraph,
    has_text: bool,
    is_bold: bool,
    is_italic: bool,
    is_struck: bool,
    is_code: bool,
    /// Around what is written: the numbering of each list.
    lists: Vec<usize>,
    quotes: i32,
    link: Option<Hyperlink>,
    /// The rows of a table, and the row that is being written.
    rows: Vec<TableRow>,
    cells: Vec<TableCell>,
    is_table: bool,
    /// The last numbering that a list of figures began.
    last_list: usize,
}

impl Writer {
    fn new() -> Self {
        let margin = PageMargin {
            top: MARGIN,
            left: MARGIN,
            bottom: MARGIN,
            right: MARGIN,
            header: MARGIN / 2,
            footer: MARGIN / 2,
            gutter: 0,
        };
        let document = Docx::new()
            .page_size(A4.0, A4.1)
            .page_margin(margin)
            .default_fonts(fonts())
            .default_size(TEXT)
            .default_line_spacing(LineSpacing::new().after(80))
            .add_style(heading(1, 36))
            .add_style(heading(2, 28))
            .add_style(heading(3, 24))
            .add_abstract_numbering(list(POINTS, "bullet", |_| "•".to_owned()))
            .add_abstract_numbering(list(FIGURES, "decimal", |level| format!("%{}.", level + 1)))
            .add_numbering(Numbering::new(POINTS, POINTS))
            .footer(Footer::new().add_paragraph(Paragraph::new().add_page_num(PageNum::new())));
        Self {
            document,
            paragraph: Paragraph::new(),
            has_text: false,
            is_bold: false,
            is_italic: false,
            is_struck: false,
            is_code: false,
            lists: Vec::new(),
            quotes: 0,
            link: None,
            rows: Vec::new(),
            cells: Vec::new(),
            is_table: false,
            last_list: FIGURES,
        }
    }

    fn write(&mut self, markdown: &str) {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Start(tag) => self.start(tag),
                Event::End(tag) => self.end(tag),
                // HTML is the text that it is.
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.lines(&text),
                Event::Code(text) => {
                    self.is_code = true;
                    self.plain(&text);
                    self.is_code = false;
                }
                Event::SoftBreak | Event::HardBreak => self.break_line(),
                Event::TaskListMarker(done) => self.plain(if done { "☑ " } else { "☐ " }),
                Event::Rule => {
                    self.plain("———");
                    self.end_paragraph();
                }
                _ => {}
            }
        }
        self.end_paragraph();
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_paragraph();
                let style = match level {
                    HeadingLevel::H1 => "Heading1",
                    HeadingLevel::H2 => "Heading2",
                    _ => "Heading3",
                };
                self.paragraph = Paragraph::new().style(style).keep_next(true);
            }
            Tag::List(first) => {
                self.end_paragraph();
                let numbering = match first {
                    None => POINTS,
                    Some(first) => self.begin_figures(first),
                };
                self.lists.push(numbering);
            }
            Tag::Item => {
                self.end_paragraph();
                if let Some(numbering) = self.lists.last() {
                    let level = self.lists.len().min(DEPTH) - 1;
                    self.paragraph =
                        Paragraph::new().numbering(NumberingId::new(*numbering), IndentLevel::new(level));
                }
            }
            Tag::BlockQuote(_) => {
                self.end_paragraph();
                self.quotes += 1;
                self.paragraph = self.new_paragraph();
            }
            Tag::CodeBlock(_) => {
                self.end_paragraph();
                self.is_code = true;
            }
            Tag::Strong | Tag::TableHead => self.is_bold = true,
            Tag::Emphasis => self.is_italic = true,
            Tag::Strikethrough => self.is_struck = true,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                let leads = ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|scheme| dest_url.starts_with(scheme));
                self.link = leads.then(|| Hyperlink::new(held(&dest_url), HyperlinkType::External));
            }
            Tag::Table(_) => {
                self.end_paragraph();
                self.is_table = true;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::HtmlBlock => self.end_paragraph(),
            TagEnd::List(_) => {
                self.end_paragraph();
                self.lists.pop();
                self.paragraph = self.new_paragraph();
            }
            TagEnd::BlockQuote(_) => {
                self.end_paragraph();
                self.quotes -= 1;
                self.paragraph = self.new_paragraph();
            }
            TagEnd::CodeBlock => {
                self.end_paragraph();
                self.is_code = false;
            }
            TagEnd::Strong => self.is_bold = false,
            TagEnd::Emphasis => self.is_italic = false,
            TagEnd::Strikethrough => self.is_struck = false,
            TagEnd::Link | TagEnd::Image => {
                if let Some(link) = self.link.take() {
                    self.paragraph = std::mem::take(&mut self.paragraph).add_hyperlink(link);
                }
            }
            TagEnd::TableCell => {
                let paragraph = std::mem::take(&mut self.paragraph);
                self.cells.push(TableCell::new().add_paragraph(paragraph));
                self.has_text = false;
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.is_bold = false;
                self.rows.push(TableRow::new(std::mem::take(&mut self.cells)));
            }
            TagEnd::Table => {
                self.is_table = false;
                let table = Table::new(std::mem::take(&mut self.rows));
                self.document = std::mem::take(&mut self.document).add_table(table);
            }
            _ => {}
        }
    }

    /// A numbering for a list of figures, which begins at its own first one.
    fn begin_figures(&mut self, first: u64) -> usize {
        self.last_list += 1;
        let first = usize::try_from(first).unwrap_or(1);
        let level = self.lists.len().min(DEPTH - 1);
        let numbering =
            Numbering::new(self.last_list, FIGURES).add_override(LevelOverride::new(level).start(first));
        self.document = std::mem::take(&mut self.document).add_numbering(numbering);
        self.last_list
    }

    /// A paragraph that belongs to what is around it, but is no item of its own.
    fn new_paragraph(&self) -> Paragraph {
        let lists = i32::try_from(self.lists.len()).unwrap_or(0);
        match lists + self.quotes {
            0 => Paragraph::new(),
            depth => Paragraph::new().indent(Some(INDENT * depth), None, None, None),
        }
    }

    fn end_paragraph(&mut self) {
        if self.is_table {
            return;
        }
        if self.has_text {
            let written = std::mem::take(&mut self.paragraph);
            self.document = std::mem::take(&mut self.document).add_paragraph(written);
            self.has_text = false;
        }
        self.paragraph = self.new_paragraph();
    }

    /// A text of several lines, as in a block of code.
    fn lines(&mut self, text: &str) {
        for (n, line) in text.trim_end_matches('\n').split('\n').enumerate() {
            if n > 0 {
                self.break_line();
            }
            self.plain(line);
        }
    }

    fn break_line(&mut self) {
        self.run(Run::new().add_break(docx_rs::BreakType::TextWrapping));
    }

    fn plain(&mut self, text: &str) {
        let mut run = Run::new().add_text(held(text));
        if self.is_bold {
            run = run.bold();
        }
        if self.is_italic {
            run = run.italic();
        }
        if self.is_struck {
            run = run.strike();
        }
        if self.is_code {
            run = run.fonts(fonts().ascii("Consolas").hi_ansi("Consolas"));
        }
        if self.link.is_some() {
            run = run.underline("single").color("0B57C4");
        }
        self.run(run);
    }

    fn run(&mut self, run: Run) {
        self.has_text = true;
        match self.link.take() {
            Some(link) => self.link = Some(link.add_run(run)),
            None => self.paragraph = std::mem::take(&mut self.paragraph).add_run(run),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    /// A part of what was packed.
    fn part(markdown: &str, name: &str) -> String {
        let below = Below {
            note: "Frozen: 00ff",
            heading: "Amendments",
            remarks: vec![("the call <took> place\nand more", "Ana · 3 Mar 2025".into())],
        };
        let bytes = file(markdown, &below).unwrap();
        let mut opened = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        opened.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    fn body(markdown: &str) -> String {
        part(markdown, "word/document.xml")
    }

    /// The paragraphs with their text alone.
    fn paragraphs(markdown: &str) -> Vec<String> {
        let body = body(markdown);
        let text_of = |paragraph: &str| {
            let runs = paragraph.split("<w:t ").skip(1);
            runs.filter_map(|run| run.split_once('>')?.1.split_once("</w:t>"))
                .map(|(text, _)| text)
                .collect::<String>()
        };
        let found = body.split("<w:p ").skip(1).map(text_of);
        found.filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn minutes_are_headings_lists_and_text_and_remarks_stand_below() {
        let minutes = "# Committee\\*\n\nCommittee · 2025-03-03 10:00\n\n## 1. Cubeforge 立方工坊 · Seed\n\n**Votes**\n\n- Pia: Yes\n\
            - Paul: No\n\n**Tasks**\n\n- [ ] call\n\n**Notes**\n\nthey **pay** & stay\nnext\n\n1. one\n2. two\n";
        assert_eq!(
            paragraphs(minutes),
            [
                "Committee*",
                "Committee · 2025-03-03 10:00",
                "1. Cubeforge 立方工坊 · Seed",
                "Votes",
                "Pia: Yes",
                "Paul: No",
                "Tasks",
                "☐ call",
                "Notes",
                "they pay &amp; staynext",
                "one",
                "two",
                "Frozen: 00ff",
                "Amendments",
                "the call &lt;took&gt; place",
                "and more",
                "Ana · 3 Mar 2025",
            ]
        );
        let body = body(minutes);
        assert_eq!(body.matches("w:val=\"Heading1\"").count(), 1);
        assert_eq!(body.matches("w:val=\"Heading2\"").count(), 2);
        assert_eq!(body.matches("<w:numId w:val=\"2\"").count(), 3, "points");
        assert_eq!(body.matches("<w:numId w:val=\"4\"").count(), 2, "figures");
        assert!(body.contains("<w:br"), "a line is a line");
    }

    #[test]
    fn chinese_signs_have_a_font_of_their_own() {
        let styles = part("# 投决会", "word/styles.xml");
        assert!(styles.contains("w:eastAsia=\"Microsoft YaHei\""), "{styles}");
    }

    #[test]
    fn what_people_write_is_text_and_leads_nowhere_but_to_the_web() {
        let notes = "<script>x</script>\n\n[site](https://a.example/?a=1&b=2) [bad](javascript:x) ![p](file:///etc/passwd)\n\n\
            > said\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nlet x;\n```\n\nbell\u{7}s\u{FFFF}";
        let body = body(notes);
        assert!(body.contains("&lt;script&gt;x&lt;/script&gt;"), "{body}");
        assert!(
            body.contains("<w:tbl>") && body.contains("let x;") && body.contains("bells"),
            "{body}"
        );
        assert_eq!(body.matches("<w:hyperlink").count(), 1);
        let links = part(notes, "word/_rels/document.xml.rels");
        assert!(links.contains("https://a.example/?a=1&amp;b=2"), "{links}");
        assert!(
            !links.contains("javascript") && !links.contains("passwd"),
            "{links}"
        );
    }

    #[test]
    fn lists_within_lists_go_deeper_and_every_list_of_figures_begins_anew() {
        let body = body("- a\n  - b\n    1. c\n\n1. d\n\ntext\n\n3. e\n");
        for (level, times) in [("0", 3), ("1", 1), ("2", 1)] {
            let found = body.matches(&format!("<w:ilvl w:val=\"{level}\"")).count();
            assert_eq!(found, times, "{level}");
        }
        let numbering = part("1. d\n\ntext\n\n3. e\n", "word/numbering.xml");
        assert!(numbering.contains("<w:startOverride w:val=\"3\""), "{numbering}");
    }
}
