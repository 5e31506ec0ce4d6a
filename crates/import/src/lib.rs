//! Files of others: found out what they are, read row by row, and each row understood as what it says of one startup
//! (domain.md §8). Nothing here knows what is stored: whether a row creates or changes a record is for the caller.
//!
//! [`open`] finds the format, encoding, delimiter and header of a file, and chooses what each column means; the
//! [`Reader`] then gives one [`Row`] at a time. What cannot be read is said, never guessed, and the words as found stay
//! beside what was read from them.

pub mod ecb;
mod encoding;
mod headers;
mod mapping;
mod preset;
mod reader;
mod row;
mod saying;
mod source;
mod table;
mod understand;
mod unreadable;
mod value;
mod words;

pub use mapping::{Field, Mapping, UnknownField};
pub use preset::presets;
pub use reader::{Reader, open};
pub use row::{CellError, Proposal, Row, Said, SaidFigure};
pub use source::{FileInfo, Format, LineEnds, Options, Source};
pub use unreadable::Unreadable;
pub use words::{Words, WordsError};
