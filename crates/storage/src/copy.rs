//! Rows in the text format of COPY.

use std::fmt::Write as _;

/// Rows under construction: fields are added one by one, a row is ended with [`end`](Self::end).
#[derive(Debug, Default)]
pub(crate) struct CopyRows {
    pub(crate) text: String,
    inside: bool,
}

impl CopyRows {
    fn next(&mut self) -> &mut String {
        if self.inside {
            self.text.push('\t');
        }
        self.inside = true;
        &mut self.text
    }
    /// A field that has no sign which the format gives a meaning: a number, an id, an instant, a word of the program's.
    pub(crate) fn plain(&mut self, value: impl std::fmt::Display) -> &mut Self {
        let text = self.next();
        // Writing to a String cannot fail.
        let _ = write!(text, "{value}");
        self
    }
    /// A field of text.
    pub(crate) fn text(&mut self, value: &str) -> &mut Self {
        escape(self.next(), value);
        self
    }
    /// A field of text that may be null.
    pub(crate) fn optional(&mut self, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.text(value),
            None => self.plain("\\N"),
        }
    }
    /// A plain field that may be null.
    pub(crate) fn optional_plain(&mut self, value: Option<impl std::fmt::Display>) -> &mut Self {
        match value {
            Some(value) => self.plain(value),
            None => self.plain("\\N"),
        }
    }
    /// A field of JSON.
    pub(crate) fn json(&mut self, value: &impl serde::Serialize) -> Result<&mut Self, serde_json::Error> {
        let json = serde_json::to_string(value)?;
        Ok(self.text(&json))
    }
    /// A field that is an array of texts.
    pub(crate) fn array<T: AsRef<str>>(&mut self, values: impl IntoIterator<Item = T>) -> &mut Self {
        let mut literal = String::from("{");
        for (n, value) in values.into_iter().enumerate() {
            if n > 0 {
                literal.push(',');
            }
            literal.push('"');
            for c in value.as_ref().chars() {
                if matches!(c, '"' | '\\') {
                    literal.push('\\');
                }
                literal.push(c);
            }
            literal.push('"');
        }
        literal.push('}');
        self.text(&literal)
    }
    /// A field of bytes.
    pub(crate) fn bytes(&mut self, value: &[u8]) -> &mut Self {
        let mut hex = String::from("\\x");
        for byte in value {
            let _ = write!(hex, "{byte:02x}");
        }
        self.text(&hex)
    }
    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
    /// Ends the row.
    pub(crate) fn end(&mut self) {
        self.text.push('\n');
        self.inside = false;
    }
}

fn escape(text: &mut String, value: &str) {
    for c in value.chars() {
        match c {
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_keeps_every_sign() {
        let mut rows = CopyRows::default();
        rows.plain(7)
            .text("a\tb\\N\n")
            .optional(None)
            .array(["a,b", "q\"\\", ""])
            .end();
        assert_eq!(
            rows.text,
            "7\ta\\tb\\\\N\\n\t\\N\t{\"a,b\",\"q\\\\\"\\\\\\\\\",\"\"}\n"
        );
    }
}
