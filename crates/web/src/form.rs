//! Forms: what one sent, its fields with what was typed, and what was wrong with them.
//!
//! A field's name is the path of the API's input field (`need.payer`), so that what the server says of a path stands
//! beside its field.

use askama::Template;
use axum::body::Bytes;
use axum::http::StatusCode;
use chrono::NaiveDate;
use url::form_urlencoded;

use crate::answer::{UserError, UserErrorCode};
use crate::send;
use crate::shell::Shell;
use crate::words::{FormWords, Words};

/// Fields that carry the form itself, not what is typed.
const OWN_FIELDS: [&str; 7] = [
    "key",
    "version",
    "base",
    "conflict",
    "resolve",
    "preview",
    send::CHOSEN,
];

/// What a form sent, or would send if nothing were typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sent(Vec<(String, String)>);

impl Sent {
    /// Reads a form's body, or what was written by [`Sent::written`].
    pub(crate) fn read(body: &[u8]) -> Self {
        Self(
            form_urlencoded::parse(body)
                .map(|(name, value)| (name.into_owned(), value.replace("\r\n", "\n").trim().to_owned()))
                .collect(),
        )
    }

    /// What a form with parts sent.
    pub(crate) fn of_fields(fields: Vec<(String, String)>) -> Self {
        let tidy = |value: String| value.replace("\r\n", "\n").trim().to_owned();
        Self(
            fields
                .into_iter()
                .map(|(name, value)| (name, tidy(value)))
                .collect(),
        )
    }

    pub(crate) fn of_body(body: &Bytes) -> Self {
        Self::read(body)
    }

    /// As one text, without the fields that carry the form.
    pub(crate) fn written(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(
                self.0
                    .iter()
                    .filter(|(name, value)| !value.is_empty() && !OWN_FIELDS.contains(&name.as_str())),
            )
            .finish()
    }

    pub(crate) fn put(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    pub(crate) fn put_some(&mut self, name: &str, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// What was typed into a field; empty where it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// What was typed into a field, if anything.
    pub(crate) fn some(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|value| !value.is_empty())
    }

    /// Everything that was chosen in a field of several.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The names of fields that hold something, without those that carry the form.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(|(name, value)| !value.is_empty() && !OWN_FIELDS.contains(&name.as_str()))
            .map(|(name, _)| name.as_str())
    }

    /// What stands in the fields of a unit, in their order.
    pub(crate) fn of_unit<'a>(&'a self, unit: &'a str, unit_of: fn(&str) -> &str) -> Vec<(&'a str, &'a str)> {
        let mut fields: Vec<_> = self
            .0
            .iter()
            .filter(|(name, value)| !value.is_empty() && unit_of(name) == unit)
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        fields.sort_unstable();
        fields
    }

    /// Puts another's fields of a unit in place of these.
    pub(crate) fn take_unit(&mut self, unit: &str, from: &Self, unit_of: fn(&str) -> &str) {
        self.0.retain(|(name, _)| unit_of(name) != unit);
        self.0
            .extend(from.0.iter().filter(|(name, _)| unit_of(name) == unit).cloned());
    }

    /// Forgets a field.
    pub(crate) fn drop(&mut self, name: &str) {
        self.0.retain(|(key, _)| key != name);
    }

    /// The day in a field; what is no day is told to `faults`.
    pub(crate) fn day(&self, name: &str, faults: &mut Vec<Fault>, words: &Words) -> Option<NaiveDate> {
        let text = self.some(name)?;
        let day = read_day(text);
        if day.is_none() {
            faults.push(Fault::new(name, words.form().not_a_day(text)));
        }
        day
    }
}

/// A day as people type it: `2024-07-31`, `2024/7/31`, `2024年7月31日`, `20240731`.
pub(crate) fn read_day(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text
        .split(['-', '/', '.', '年', '月', '日'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let (year, month, day) = match parts[..] {
        [all] if all.len() == 8 && all.is_ascii() => (&all[..4], &all[4..6], &all[6..]),
        [year, month, day] if year.len() == 4 => (year, month, day),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Something wrong with what was typed.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// The field's name; empty where it is about the whole.
    pub(crate) field: String,
    pub(crate) message: String,
    /// Where what is meant can be looked at: address and name.
    pub(crate) link: Option<(String, String)>,
}

impl Fault {
    pub(crate) fn new(field: &str, message: String) -> Self {
        Self {
            field: field.to_owned(),
            message,
            link: None,
        }
    }

    /// What the server said, in the page's words.
    pub(crate) fn of(error: &UserError, field: String, words: &Words) -> Self {
        let message = match error.code {
            UserErrorCode::NotFound => words.form().not_there.to_owned(),
            _ => send::plain(&error.message, words),
        };
        Self {
            field,
            message,
            link: None,
        }
    }

    /// What the server said, a place in a list beside the list.
    pub(crate) fn beside_list(error: &UserError, words: &Words) -> Self {
        let field = error.field.as_deref().unwrap_or_default().first();
        Self::of(error, field.cloned().unwrap_or_default(), words)
    }

    /// What the server said, beside the field that is called as the input's is.
    pub(crate) fn beside(error: &UserError, words: &Words) -> Self {
        let field = error.field.as_deref().unwrap_or_default().join(".");
        Self::of(error, field, words)
    }
}

/// With which status a page with a form is answered: what was sent, if anything, had these faults.
pub(crate) fn status_of(faults: &[Fault]) -> StatusCode {
    if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

/// Some fields under one heading.
pub(crate) struct Group {
    pub(crate) id: &'static str,
    pub(crate) legend: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) rows: Vec<Row>,
}

/// Fields side by side that say one thing, or one field alone.
pub(crate) struct Row {
    /// Empty for a field alone.
    pub(crate) legend: String,
    pub(crate) fields: Vec<Field>,
}

pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) value: String,
    pub(crate) input: Input,
    pub(crate) is_required: bool,
    /// Whether the form opens in it.
    pub(crate) is_first: bool,
    /// Codes of the kinds of evidence that it is for, with blanks between; empty where for all.
    pub(crate) only_for: String,
    pub(crate) fault: Option<Fault>,
}

pub(crate) enum Input {
    Line {
        kind: &'static str,
        mode: &'static str,
        list: Vec<&'static str>,
    },
    Area {
        lines: u8,
    },
    Select(Vec<Pick>),
    /// A choice under headings, behind one that says that nothing is chosen.
    Grouped {
        first: Option<Pick>,
        groups: Vec<(&'static str, Vec<Pick>)>,
    },
    Radios(Vec<Pick>),
    Checks(Vec<Pick>),
    /// A file of the reader's own.
    File,
}

/// Something that can be chosen.
#[derive(Clone)]
pub(crate) struct Pick {
    pub(crate) value: String,
    pub(crate) text: String,
    pub(crate) is_chosen: bool,
    /// The name of a glyph and style, such as `grade-claimed`; empty for none.
    pub(crate) style: &'static str,
    pub(crate) depth: usize,
    /// What choosing it would do; empty for nothing to say.
    pub(crate) note: String,
}

impl Pick {
    pub(crate) fn new(value: &str, text: &str, chosen: &str) -> Self {
        Self {
            value: value.to_owned(),
            text: text.to_owned(),
            is_chosen: value == chosen,
            style: "",
            depth: 0,
            note: String::new(),
        }
    }

    /// The glyph of its style.
    pub(crate) fn glyph(&self) -> &'static str {
        self.style.rsplit('-').next().unwrap_or_default()
    }
}

impl Field {
    /// A field with what was typed.
    pub(crate) fn new(name: &str, label: &str, sent: &Sent, input: Input) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
            value: sent.text(name).to_owned(),
            input,
            is_required: false,
            is_first: false,
            only_for: String::new(),
            fault: None,
        }
    }

    pub(crate) fn line(name: &str, label: &str, sent: &Sent) -> Self {
        Self::new(name, label, sent, Input::line("text", ""))
    }

    pub(crate) fn day(name: &str, label: &str, sent: &Sent) -> Self {
        Self::new(name, label, sent, Input::line("day", ""))
    }

    pub(crate) fn address(name: &str, label: &str, sent: &Sent) -> Self {
        Self::new(name, label, sent, Input::line("text", "url"))
    }

    pub(crate) fn area(name: &str, label: &str, sent: &Sent, lines: u8) -> Self {
        Self::new(name, label, sent, Input::Area { lines })
    }

    pub(crate) fn hint(mut self, hint: &str) -> Self {
        hint.clone_into(&mut self.hint);
        self
    }

    pub(crate) fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// The field that the form opens in.
    pub(crate) fn first(mut self) -> Self {
        self.is_first = true;
        self
    }

    pub(crate) fn only_for(mut self, kinds: &[&str]) -> Self {
        self.only_for = kinds.join(" ");
        self
    }

    /// Its place on the page.
    pub(crate) fn id(&self) -> String {
        id_of(&self.name)
    }

    /// The ids of what describes it.
    pub(crate) fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if !self.hint.is_empty() {
            ids.push(format!("{}-hint", self.id()));
        }
        if self.fault.is_some() {
            ids.push(format!("{}-fault", self.id()));
        }
        ids.join(" ")
    }

    /// What stands in it, as a reader reads it.
    pub(crate) fn shown(&self) -> String {
        match &self.input {
            Input::Line { .. } | Input::Area { .. } => self.value.clone(),
            Input::File => String::new(),
            Input::Grouped { first: _, groups } => groups
                .iter()
                .flat_map(|(_, picks)| picks)
                .find(|pick| pick.is_chosen)
                .map_or(String::new(), |pick| pick.text.clone()),
            Input::Select(picks) | Input::Radios(picks) | Input::Checks(picks) => picks
                .iter()
                .filter(|pick| pick.is_chosen && !pick.value.is_empty())
                .map(|pick| pick.text.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        }
    }
}

impl Input {
    pub(crate) fn line(kind: &'static str, mode: &'static str) -> Self {
        Self::Line {
            kind,
            mode,
            list: Vec::new(),
        }
    }
}

/// A field of a form has its name as its place on the page, without what CSS would have to escape.
pub(crate) fn id_of(name: &str) -> String {
    format!("f-{}", name.replace('.', "-"))
}

impl From<Field> for Row {
    fn from(field: Field) -> Self {
        Self {
            legend: String::new(),
            fields: vec![field],
        }
    }
}

/// A field that two people changed.
pub(crate) struct Clash {
    pub(crate) unit: String,
    pub(crate) label: String,
    pub(crate) mine: String,
    pub(crate) theirs: String,
}

/// What is told where somebody else saved first.
pub(crate) struct Conflict {
    pub(crate) heading: String,
    pub(crate) clashes: Vec<Clash>,
}

/// A line of the summary of faults.
struct Summary {
    link: String,
    label: String,
    message: String,
    more: Option<(String, String)>,
}

/// A page that is a form.
#[derive(Template)]
#[template(path = "form.html")]
pub(crate) struct FormPage {
    shell: Shell,
    f: &'static FormWords,
    heading: String,
    lead: Vec<String>,
    cancel: String,
    submit: &'static str,
    hidden: Vec<(&'static str, String)>,
    summary: Vec<Summary>,
    conflict: Option<Conflict>,
    groups: Vec<Group>,
    foretelling: Option<Foretelling>,
    is_danger: bool,
    /// What the change would do, once it was looked at.
    preview: Option<Preview>,
    /// The word of the button that looks at it, where a form has one.
    look: Option<&'static str>,
    /// Whether a file goes along.
    has_file: bool,
}

/// What a change would do.
pub(crate) struct Preview {
    pub(crate) sentence: String,
    /// What it would do most to.
    pub(crate) movers: Vec<Mover>,
}

/// A startup whose conviction would be another.
pub(crate) struct Mover {
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) change: String,
    pub(crate) rank: String,
}

/// A form whose consequence is said before it is saved.
pub(crate) struct Foretelling {
    /// What it would do, once that was asked.
    pub(crate) foretold: Option<String>,
    /// How it would be drawn, as HTML that the server made safe.
    pub(crate) drawn: Option<String>,
}

/// What a form's page is made of.
pub(crate) struct FormParts {
    pub(crate) shell: Shell,
    pub(crate) heading: String,
    /// Lines under the heading: what the form is about, in which words it is ruled.
    pub(crate) lead: Vec<String>,
    pub(crate) cancel: String,
    pub(crate) submit: &'static str,
    pub(crate) hidden: Vec<(&'static str, String)>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) conflict: Option<Conflict>,
    pub(crate) groups: Vec<Group>,
    pub(crate) foretelling: Option<Foretelling>,
    pub(crate) is_danger: bool,
}

impl FormPage {
    pub(crate) fn new(parts: FormParts) -> Self {
        let FormParts {
            shell,
            heading,
            lead,
            cancel,
            submit,
            hidden,
            faults,
            conflict,
            mut groups,
            foretelling,
            is_danger,
        } = parts;
        let f = shell.words.form();
        let is_drawn = foretelling.as_ref().is_some_and(|told| told.drawn.is_some());
        if is_drawn || !faults.is_empty() {
            // What is wrong comes first, and what was asked for.
            let fields = groups.iter_mut().flat_map(|group| &mut group.rows);
            for field in fields.flat_map(|row| &mut row.fields) {
                field.is_first = false;
            }
        }
        let mut summary = Vec::new();
        for fault in faults {
            let row = groups
                .iter_mut()
                .flat_map(|group| &mut group.rows)
                .find(|row| row.fields.iter().any(|field| field.name == fault.field));
            let mut line = Summary {
                link: String::new(),
                label: String::new(),
                message: fault.message.clone(),
                more: fault.link.clone(),
            };
            if let Some(row) = row {
                let legend = row.legend.clone();
                if let Some(field) = row.fields.iter_mut().find(|field| field.name == fault.field) {
                    line.link = format!("#{}", field.id());
                    line.label = if legend.is_empty() {
                        field.label.clone()
                    } else {
                        format!("{legend}, {}", field.label)
                    };
                    field.fault.get_or_insert(fault);
                }
            }
            summary.push(line);
        }
        let has_file = groups
            .iter()
            .flat_map(|group| &group.rows)
            .flat_map(|row| &row.fields)
            .any(|field| matches!(field.input, Input::File));
        Self {
            shell,
            f,
            heading,
            lead,
            cancel,
            submit,
            hidden,
            summary,
            conflict,
            groups,
            foretelling,
            is_danger,
            preview: None,
            look: None,
            has_file,
        }
    }

    /// The form with a button that looks at what the change would do, and with what was seen.
    pub(crate) fn with_preview(self, preview: Option<Preview>, look: &'static str) -> Self {
        Self {
            preview,
            look: Some(look),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(name: &str) -> &str {
        name.split('.').next().unwrap_or(name)
    }

    #[test]
    fn what_a_form_sent_is_written_and_read_back_without_what_carries_it() {
        let sent = Sent::read(b"name=Cube+%E7%AB%8B&key=abc&sectors=a&sectors=b&city=&description=a%0D%0Ab+");
        assert_eq!(sent.text("name"), "Cube 立");
        assert_eq!(sent.all("sectors").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(sent.text("description"), "a\nb");
        let again = Sent::read(sent.written().as_bytes());
        assert_eq!(again.some("key"), None);
        assert_eq!(again.names().count(), 4);
    }

    #[test]
    fn a_day_is_read_as_people_type_it_and_nothing_is_guessed() {
        for text in [
            "2024-07-31",
            "2024/7/31",
            "2024.07.31",
            "2024年7月31日",
            "20240731",
        ] {
            assert_eq!(read_day(text), NaiveDate::from_ymd_opt(2024, 7, 31), "{text}");
        }
        for text in [
            "31/07/2024",
            "2024-07",
            "2024-02-30",
            "July",
            "24-7-31",
            "２０２４0731",
        ] {
            assert_eq!(read_day(text), None, "{text}");
        }
    }

    #[test]
    fn a_unit_is_taken_from_another_as_a_whole() {
        let mut mine = Sent::read(b"aliases.0.name=A&aliases.1.name=B&city=X");
        let theirs = Sent::read(b"aliases.0.name=C&city=Y");
        mine.take_unit("aliases", &theirs, unit);
        assert_eq!(mine.of_unit("aliases", unit), [("aliases.0.name", "C")]);
        assert_eq!(mine.text("city"), "X");
    }
}
