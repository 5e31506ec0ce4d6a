//! Exchange rates as the European Central Bank publishes them each day: a header `Date` with a column a currency, a row a
//! day, each figure what one euro buys; `N/A` where a currency was not quoted, a comma at the end of each line. The file of
//! one day writes its day out (17 October 2025), the one of all days in figures.

use std::{collections::HashSet, str};

use chrono::NaiveDate;
use csv::{ReaderBuilder, StringRecord, Trim};
use domain::{
    Message, Problem,
    money::Currency,
    rate::{Quote, crossed},
};
use rust_decimal::Decimal;

/// What the figures are for one of.
const BASE: &str = "EUR";
/// What rates are kept in.
const MEASURE: &str = "USD";
/// What stands where there is no figure.
const NONE: &str = "N/A";

/// The columns of a file, by their place.
struct Columns {
    /// Each with its name, and its currency but for the day's.
    all: Vec<(String, Option<Currency>)>,
    day: usize,
    measure: usize,
}

/// The rates of a file in USD, the oldest day first, the euro's among them; a day on which the dollar was not quoted has
/// none. Else every cell that cannot be read, with its row and column.
pub fn read(file: &str, bytes: &[u8], source: &str, today: NaiveDate) -> Result<Vec<Quote>, Vec<Problem>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = str::from_utf8(bytes).map_err(|error| {
        let reason = format!("{file}: {error}; a text in UTF-8 would be right");
        vec![whole(Message::Unreadable { reason })]
    })?;
    let mut rows = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes())
        .into_records();
    let empty = || {
        let name = file.to_owned();
        vec![whole(Message::NothingToRead { name })]
    };
    let header = rows
        .next()
        .ok_or_else(empty)?
        .map_err(|error| vec![broken(&error)])?;
    let columns = columns(&header)?;
    let mut wrong = Vec::new();
    let mut quotes = Vec::new();
    let mut days = HashSet::new();
    let mut is_empty = true;
    for row in rows {
        is_empty = false;
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                wrong.push(broken(&error));
                continue;
            }
        };
        let mut reader = Row {
            number: row.position().map_or(0, csv::Position::line),
            columns: &columns,
            cells: without_end(&row, columns.all.len()),
            wrong: &mut wrong,
        };
        quotes.extend(reader.read(source, today, &mut days));
    }
    if is_empty {
        return Err(empty());
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    quotes.sort_by(|a, b| (a.on, a.currency.code()).cmp(&(b.on, b.currency.code())));
    Ok(quotes)
}

fn whole(message: Message) -> Problem {
    Problem::invalid("", message)
}

fn broken(error: &csv::Error) -> Problem {
    let reason = error.to_string();
    whole(Message::Unreadable { reason })
}

/// The cells of a row without the empty one that a comma at its end makes.
fn without_end(row: &StringRecord, columns: usize) -> Vec<&str> {
    let mut cells: Vec<&str> = row.iter().collect();
    if cells.len() == columns + 1 && cells.last() == Some(&"") {
        cells.pop();
    }
    cells
}

fn columns(header: &StringRecord) -> Result<Columns, Vec<Problem>> {
    let mut names: Vec<&str> = header.iter().collect();
    if names.len() > 1 && names.last() == Some(&"") {
        names.pop();
    }
    let found = names.join(", ");
    let place = |column: &str| {
        let at = names.iter().position(|name| name.eq_ignore_ascii_case(column));
        at.ok_or_else(|| {
            let (column, found) = (column.to_owned(), found.clone());
            whole(Message::NoColumn { column, found })
        })
    };
    let (day, measure) = match (place("Date"), place(MEASURE)) {
        (Ok(day), Ok(measure)) => (day, measure),
        (day, measure) => return Err([day.err(), measure.err()].into_iter().flatten().collect()),
    };
    let mut wrong = Vec::new();
    let mut all = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let mut say = |message| wrong.push(whole(in_cell(1, &(at + 1).to_string(), message)));
        let value = (*name).to_owned();
        if names[..at].contains(name) {
            say(Message::Duplicate { value });
        } else if at == day {
            all.push((value, None));
        } else {
            match Currency::parse(name) {
                // The base has no column: it is one of itself.
                Some(currency) if *name != BASE => all.push((value, Some(currency))),
                _ => say(Message::NotACurrency { value }),
            }
        }
    }
    if wrong.is_empty() {
        Ok(Columns { all, day, measure })
    } else {
        Err(wrong)
    }
}

fn in_cell(row: u64, column: &str, wrong: Message) -> Message {
    Message::Cell {
        row,
        column: column.to_owned(),
        wrong: Box::new(wrong),
    }
}

/// A row under reading.
struct Row<'a> {
    number: u64,
    columns: &'a Columns,
    cells: Vec<&'a str>,
    wrong: &'a mut Vec<Problem>,
}

impl Row<'_> {
    fn say(&mut self, column: usize, wrong: Message) {
        let name = &self.columns.all[column].0;
        self.wrong.push(whole(in_cell(self.number, name, wrong)));
    }

    fn read(&mut self, source: &str, today: NaiveDate, days: &mut HashSet<NaiveDate>) -> Vec<Quote> {
        let columns = self.columns;
        let (cells, expected) = (self.cells.len(), columns.all.len());
        if cells != expected {
            let message = Message::CellsUneven {
                cells,
                columns: expected,
            };
            self.say(columns.day, message);
            return Vec::new();
        }
        let day = self.day(today, days);
        let figures: Vec<Option<Decimal>> = (0..expected).map(|at| self.figure(at)).collect();
        let (Some(on), Some(usd)) = (day, figures[columns.measure]) else {
            return Vec::new();
        };
        let quote = |currency: Currency, usd: Decimal| Quote {
            currency,
            on,
            usd,
            source: Some(source.to_owned()),
        };
        let mut quotes: Vec<Quote> = Vec::new();
        if let (Some(base), Some(usd)) = (Currency::parse(BASE), crossed(usd, Decimal::ONE)) {
            quotes.push(quote(base, usd));
        }
        for (at, (_, currency)) in columns.all.iter().enumerate() {
            let (Some(currency), Some(units)) = (currency, figures[at]) else {
                continue;
            };
            if at == columns.measure {
                continue;
            }
            if let Some(usd) = crossed(usd, units) {
                quotes.push(quote(currency.clone(), usd));
            } else {
                let value = self.cells[at].to_owned();
                self.say(at, Message::NotARateCell { value });
            }
        }
        quotes
    }

    fn day(&mut self, today: NaiveDate, days: &mut HashSet<NaiveDate>) -> Option<NaiveDate> {
        let at = self.columns.day;
        let value = self.cells[at].to_owned();
        let formats = ["%Y-%m-%d", "%d %B %Y"];
        let day = formats
            .iter()
            .find_map(|format| NaiveDate::parse_from_str(&value, format).ok());
        let Some(day) = day else {
            self.say(at, Message::NotADayCell { value });
            return None;
        };
        if day > today {
            self.say(at, Message::DateInFuture { day, today });
            return None;
        }
        if !days.insert(day) {
            self.say(at, Message::Duplicate { value });
            return None;
        }
        Some(day)
    }

    /// The figure in a cell; None where there is none, or it is no rate, which is then said.
    fn figure(&mut self, at: usize) -> Option<Decimal> {
        if at == self.columns.day || self.cells[at] == NONE {
            return None;
        }
        let value = self.cells[at];
        let figure = value.parse().ok().filter(|figure| *figure > Decimal::ZERO);
        if figure.is_none() {
            let value = value.to_owned();
            self.say(at, Message::NotARateCell { value });
        }
        figure
    }
}

#[cfg(test)]
mod tests {
    use domain::Language;

    use super::*;

    fn today() -> NaiveDate {
        "2025-10-20".parse().unwrap()
    }

    fn rates(text: &str) -> Vec<String> {
        let quotes = read("f.csv", text.as_bytes(), "ECB", today()).unwrap();
        let told = quotes
            .iter()
            .map(|q| format!("{} {} {}", q.on, q.currency.code(), q.usd));
        told.collect()
    }

    fn wrongs(text: &str) -> Vec<String> {
        let problems = read("f.csv", text.as_bytes(), "ECB", today()).unwrap_err();
        problems.iter().map(|p| p.message.text(Language::En)).collect()
    }

    #[test]
    fn the_file_of_one_day_is_read_with_its_blanks_and_its_day_in_words() {
        assert_eq!(
            rates("Date, USD, JPY, CNY, \n17 October 2025, 1.1681, 175.41, 8.3212, \n"),
            [
                "2025-10-17 CNY 0.140376388021",
                "2025-10-17 EUR 1.1681",
                "2025-10-17 JPY 0.006659255459",
            ]
        );
    }

    #[test]
    fn the_file_of_all_days_is_read_oldest_first_without_what_was_not_quoted() {
        let text = "\u{FEFF}Date,USD,JPY,CYP,\r\n2025-10-17,1.2,100,N/A,\r\n2025-10-16,N/A,100,N/A,\r\n1999-01-04,1.2,60,0.5,\r\n";
        assert_eq!(
            rates(text),
            [
                "1999-01-04 CYP 2.4",
                "1999-01-04 EUR 1.2",
                "1999-01-04 JPY 0.02",
                "2025-10-17 EUR 1.2",
                "2025-10-17 JPY 0.012",
            ]
        );
    }

    #[test]
    fn every_cell_that_cannot_be_read_is_said_with_its_row_column_and_value() {
        let text = "Date,USD,JPY\n2025-10-17,1.2,abc\nsoon,0,100\n2025-10-21,1.2,100\n2025-10-16,1.2,\n2025-10-16,1.2,100,7\n2025-10-17,1,1\n";
        let said = wrongs(text);
        let begin = [
            "row 2, column JPY: \"abc\" is no rate",
            "row 3, column Date: \"soon\" is no day",
            "row 3, column USD: \"0\" is no rate",
            "row 4, column Date: 2025-10-21 is after today, 2025-10-20",
            "row 5, column JPY: \"\" is no rate",
            "row 6, column Date: the row has 4 cells, the header 3",
            "row 7, column Date: \"2025-10-17\" is given twice",
        ];
        assert_eq!(said.len(), begin.len(), "{said:#?}");
        for (said, begin) in said.iter().zip(begin) {
            assert!(said.starts_with(begin), "{said}");
        }
    }

    #[test]
    fn a_file_that_is_another_says_what_is_missing() {
        assert_eq!(
            wrongs("")[0],
            "f.csv has no rows; a header line with at least one row below it would be right"
        );
        assert_eq!(wrongs("Date,USD\n").len(), 1);
        assert_eq!(
            wrongs("Day,JPY\n2025-10-17,1\n"),
            [
                "there is no column Date; found Day, JPY",
                "there is no column USD; found Day, JPY"
            ]
        );
        assert!(
            wrongs("Date,USD,Yen,USD\n2025-10-17,1,1,1\n")[0]
                .starts_with("row 1, column 3: \"Yen\" is no currency code")
        );
        let problems = read("f.csv", b"Date,USD\n\xFF,1", "ECB", today()).unwrap_err();
        assert!(problems[0].message.text(Language::En).contains("UTF-8"));
    }
}
