//! What columns mean by the words of their headers (`data/headers.csv`), where no preset knows the file.

use std::{collections::HashMap, sync::LazyLock};

use unicode_normalization::UnicodeNormalization as _;

use crate::{Field, Mapping};

/// A word with the field it stands for, and the field it stands for where another column is that already.
struct Meaning {
    place: usize,
    field: Field,
    otherwise: Option<Field>,
}

static HEADERS: LazyLock<HashMap<&'static str, Meaning>> = LazyLock::new(|| {
    let lines = include_str!("../data/headers.csv").lines().skip(1);
    let meaning = |(place, line): (usize, &'static str)| {
        let mut cells = line.split(',');
        let word = cells.next()?;
        let field = cells.next()?.parse().ok()?;
        let otherwise = cells.next().and_then(|field| field.parse().ok());
        Some((
            word,
            Meaning {
                place,
                field,
                otherwise,
            },
        ))
    };
    lines.enumerate().filter_map(meaning).collect()
});

/// Fields of which a startup has one, so that one column is it.
const ONCE: &[Field] = &[
    Field::Name,
    Field::ExternalId,
    Field::Website,
    Field::OneLiner,
    Field::Description,
    Field::FoundedOn,
    Field::City,
    Field::Place,
    Field::Country,
    Field::Layer,
];

/// A header as words are known: NFKC, lower case, letters and figures only, without a count in brackets behind it
/// (`Companies (1,480)`).
fn key(header: &str) -> String {
    let plain: String = header.nfkc().collect::<String>().to_lowercase();
    let counted = plain
        .trim_end()
        .strip_suffix(')')
        .and_then(|inner| inner.rsplit_once('('));
    let head = match counted {
        Some((head, count)) if count.chars().all(|c| c.is_ascii_digit() || c == ',') => head,
        _ => &plain,
    };
    head.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A header as it stood in the file: `name 2` is the second `name`.
fn unnumbered<'c>(column: &'c str, columns: &[String]) -> &'c str {
    column
        .rsplit_once(' ')
        .filter(|(base, number)| {
            number.bytes().all(|b| b.is_ascii_digit()) && columns.iter().any(|known| known == base)
        })
        .map_or(column, |(base, _)| base)
}

/// What each column means. Of several that may be one field, the one whose word stands first in the table is it.
pub(crate) fn by_header(columns: &[String]) -> Mapping {
    let meanings: Vec<Option<&Meaning>> = columns
        .iter()
        .map(|column| HEADERS.get(key(unnumbered(column, columns)).as_str()))
        .collect();
    let is_first = |at: usize, meaning: &Meaning| {
        let rivals = meanings
            .iter()
            .enumerate()
            .filter_map(|(at, rival)| Some((at, (*rival)?)));
        !rivals
            .filter(|(_, rival)| rival.field == meaning.field)
            .any(|(rival_at, rival)| (rival.place, rival_at) < (meaning.place, at))
    };
    let fields = meanings.iter().enumerate().map(|(at, meaning)| match meaning {
        None => Field::Ignore,
        Some(meaning) if !ONCE.contains(&meaning.field) || is_first(at, meaning) => meaning.field.clone(),
        Some(meaning) => meaning.otherwise.clone().unwrap_or(Field::Ignore),
    });
    Mapping(columns.iter().cloned().zip(fields).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_header_and_a_field() {
        let lines = include_str!("../data/headers.csv").lines().skip(1);
        for line in lines {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), 3, "{line}");
            assert_eq!(key(cells[0]), cells[0], "{line}");
            assert!(cells[1].parse::<Field>().is_ok(), "{line}");
            assert!(cells[2].is_empty() || cells[2].parse::<Field>().is_ok(), "{line}");
        }
        assert_eq!(
            HEADERS.len(),
            include_str!("../data/headers.csv").lines().count() - 1
        );
    }

    fn mapped(header: &str) -> Vec<(String, String)> {
        let columns: Vec<String> = header.split(',').map(str::to_owned).collect();
        let mapping = by_header(&columns).0.into_iter();
        mapping
            .filter(|(_, field)| *field != Field::Ignore)
            .map(|(column, field)| (column, field.to_string()))
            .collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected
            .iter()
            .map(|(column, field)| ((*column).to_owned(), (*field).to_owned()))
            .collect()
    }

    #[test]
    fn headers_of_other_programs_are_understood() {
        assert_eq!(
            mapped(
                "Organization Name,Organization Name URL,Industries,Founded Date,Headquarters Location,Website"
            ),
            pairs(&[
                ("Organization Name", "name"),
                ("Industries", "words"),
                ("Founded Date", "foundedOn"),
                ("Headquarters Location", "place"),
                ("Website", "website"),
            ])
        );
        assert_eq!(
            mapped("项目名称,行业领域,业务,地区,投资轮次,简介,公司名称,国别,成立日期,网址"),
            pairs(&[
                ("项目名称", "name"),
                ("行业领域", "words"),
                ("业务", "oneLiner"),
                ("地区", "place"),
                ("简介", "description"),
                ("公司名称", "legalName"),
                ("国别", "country"),
                ("成立日期", "foundedOn"),
                ("网址", "website"),
            ])
        );
        assert_eq!(
            mapped("Companies (1480),HQ Location"),
            pairs(&[("Companies (1480)", "name"), ("HQ Location", "place")])
        );
        assert_eq!(
            mapped("Record ID,Company name"),
            pairs(&[("Record ID", "externalId"), ("Company name", "name")])
        );
        assert_eq!(
            mapped("name_zh,name_en"),
            pairs(&[("name_zh", "alias:zh"), ("name_en", "name")])
        );
    }
}
