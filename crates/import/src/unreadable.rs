//! Why a file cannot be read.

use domain::Language;

/// Why a file cannot be read: each says the file, the place and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Nothing is in it.
    #[error("{file} has no rows; a header line with at least one row below it would be right")]
    Empty {
        /// The file.
        file: String,
    },
    /// It is nothing that is read here.
    #[error("{file} is {found}; CSV, TSV, XLSX, XLS, JSON or NDJSON would be right")]
    Format {
        /// The file.
        file: String,
        /// What it is.
        found: String,
    },
    /// Bytes that mean nothing in the encoding.
    #[error(
        "{file}: the bytes at offset {offset}, line {line}, are no {encoding}; the file saved as UTF-8, or \
         the right encoding named, would be right"
    )]
    Encoding {
        /// The file.
        file: String,
        /// The encoding tried.
        encoding: String,
        /// The first byte that means nothing, from 0.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// An encoding that nobody knows.
    #[error("{encoding:?} is no encoding; utf-8, utf-16le, gb18030 or windows-1252 would be")]
    UnknownEncoding {
        /// The name given.
        encoding: String,
    },
    /// A delimiter that no reader takes.
    #[error("{delimiter:?} separates no cells; one of , ; | or a tab would")]
    UnknownDelimiter {
        /// The delimiter given.
        delimiter: char,
    },
    /// A sheet that is not in the workbook.
    #[error("{file} has no sheet {sheet:?}; one of {sheets} would be right")]
    UnknownSheet {
        /// The file.
        file: String,
        /// The sheet asked for.
        sheet: String,
        /// The sheets there are, separated by commas.
        sheets: String,
    },
    /// A preset that is not one.
    #[error("{preset:?} is no preset; one of {presets} would be")]
    UnknownPreset {
        /// The name given.
        preset: String,
        /// The presets there are, separated by commas.
        presets: String,
    },
    /// A country that is no code.
    #[error("{country:?} is no country; a code of two letters such as CN would be")]
    UnknownCountry {
        /// The code given.
        country: String,
    },
    /// JSON that is broken.
    #[error(
        "{file}, line {line}, column {column}: {error}; one JSON document, or one a line, would be right"
    )]
    BrokenJson {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong, as the parser says it.
        error: String,
    },
    /// A workbook that is broken.
    #[error(
        "{file}, the workbook: {error}; a workbook saved anew by a spreadsheet program, or CSV, would be right"
    )]
    BrokenWorkbook {
        /// The file.
        file: String,
        /// What is wrong, as its reader says it.
        error: String,
    },
}

impl Unreadable {
    /// The sentence in a language.
    pub fn words(&self, language: Language) -> String {
        if language == Language::En {
            return self.to_string();
        }
        match self {
            Self::Empty { file } => format!("{file} 没有数据行；应有表头，且其下至少一行"),
            Self::Format { file, found } => {
                format!("{file} 不能读取（{found}）；应为 CSV、TSV、XLSX、XLS、JSON 或 NDJSON")
            }
            Self::Encoding {
                file,
                encoding,
                offset,
                line,
            } => format!(
                "{file} 第 {line} 行、第 {offset} 字节处不是 {encoding}；应存为 UTF-8，或指定正确的编码"
            ),
            Self::UnknownEncoding { encoding } => {
                format!("“{encoding}”不是编码；应为 utf-8、utf-16le、gb18030 或 windows-1252 等")
            }
            Self::UnknownDelimiter { delimiter } => {
                format!("“{delimiter}”不能分隔单元格；应为逗号、分号、竖线或制表符")
            }
            Self::UnknownSheet { file, sheet, sheets } => {
                format!("{file} 没有工作表“{sheet}”；应为 {sheets} 之一")
            }
            Self::UnknownPreset { preset, presets } => format!("没有预设“{preset}”；应为 {presets} 之一"),
            Self::UnknownCountry { country } => format!("“{country}”不是国家代码；应为两个字母，如 CN"),
            Self::BrokenJson {
                file,
                line,
                column,
                error,
            } => format!("{file} 第 {line} 行第 {column} 列：{error}；应为一个 JSON 文档，或每行一个"),
            Self::BrokenWorkbook { file, error } => {
                format!("{file} 工作簿损坏（{error}）；应在表格软件中重新保存，或存为 CSV")
            }
        }
    }
}
