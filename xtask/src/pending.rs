//! `schema.pending`: what of the core schema is not served yet.

use std::collections::BTreeSet;

/// Reads the list: one schema coordinate on a line, `#` begins a comment.
pub fn read(text: &str) -> BTreeSet<String> {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Writes a list that can be read again.
pub fn write(coordinates: &[String]) -> String {
    coordinates
        .iter()
        .flat_map(|coordinate| [coordinate.as_str(), "\n"])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_empty_lines_say_nothing() {
        let read = read("# to come\n\nFlag\n  Deal.gate(stage:)   # with the gates\n");
        assert_eq!(
            read.into_iter().collect::<Vec<_>>(),
            ["Deal.gate(stage:)", "Flag"]
        );
    }

    #[test]
    fn what_is_written_is_read_again() {
        let coordinates = vec!["A.b".to_owned(), "C".to_owned()];
        assert_eq!(read(&write(&coordinates)), coordinates.into_iter().collect());
    }
}
