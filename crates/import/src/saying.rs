//! What is said to people about a file and its rows, in both languages.

use chrono::NaiveDate;
use domain::{
    Language,
    startup::{DESCRIPTION_LIMIT, NAME_LIMIT},
};

/// A sentence with its values.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each variant reads as the sentence it becomes, below")]
pub(crate) enum Saying {
    // of a row and its cells
    NoName,
    NameTooLong,
    DescriptionTooLong,
    PlaceTooLong,
    NotAnAddress(String),
    NotADomain(String),
    NotACountry(String),
    NotADate(String),
    OneOfTwoDays(String, NaiveDate, NaiveDate),
    NotALayer(String),
    NotASector(String),
    NotACount(String),
    NotJson(String),
    NotAnObject,
    TwoOrganisations(String, String),
    SeveralCountries(String, String),
    NoId,
    Foot,
    /// A sentence of a preset, in both languages.
    OfPreset(String, String),
    // of a file
    LinesAbove(usize),
    ExtraCells(usize),
    MissingCells(usize),
    BlankRows(usize),
    NulBytes(usize),
    OpenQuote(u64),
    SheetRead(String, String),
    RowsOf(String),
    NoObjects(usize),
    CountsRows(String),
    NotRead(String),
    NoNameColumn,
    NotInFile(String),
}

impl Saying {
    /// The sentence in a language.
    pub fn words(&self, language: Language) -> String {
        match language {
            Language::En => self.english(),
            Language::Zh => self.chinese(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::NoName => {
                "the row has no name; a column mapped to name, with a name in the row, would be right"
                    .to_owned()
            }
            Self::NameTooLong => {
                format!("the name has more than {NAME_LIMIT} characters; a shorter one would be right")
            }
            Self::DescriptionTooLong => {
                format!(
                    "the description has more than {DESCRIPTION_LIMIT} characters; a shorter one would be right"
                )
            }
            Self::PlaceTooLong => {
                format!(
                    "the place has more than {NAME_LIMIT} characters; a city, province or country would be right"
                )
            }
            Self::NotAnAddress(value) => {
                format!("{value:?} is no web address; one like https://example.com would be right")
            }
            Self::NotADomain(value) => format!("{value:?} is no domain; one like example.com would be right"),
            Self::NotACountry(value) => {
                format!("{value:?} is no country; a code such as CN, or a name, would be right")
            }
            Self::NotADate(value) => {
                format!(
                    "{value:?} is no date; a year, 2023-03, 2023-03-31, 2023年3月 or Q1 2023 would be right"
                )
            }
            Self::OneOfTwoDays(value, one, other) => {
                format!("{value:?} may be {one} or {other}; the day as 2023-03-31 would be right")
            }
            Self::NotALayer(value) => {
                format!("{value:?} is no layer; MODEL, MIDDLEWARE or APP would be right")
            }
            Self::NotASector(value) => {
                format!("{value:?} is no sector; a slug such as robotics, or a name, would be right")
            }
            Self::NotACount(value) => format!("{value:?} is no count; figures such as 1200 would be right"),
            Self::NotJson(error) => {
                format!("the record is no JSON: {error}; an object of fields in braces would be right")
            }
            Self::NotAnObject => {
                "the record is no object; an object of fields in braces would be right".to_owned()
            }
            Self::TwoOrganisations(column, name) => {
                format!("{column} {name:?} seems to name two organisations; it is kept as one name")
            }
            Self::SeveralCountries(column, codes) => {
                format!("{column} names several countries ({codes}); none was taken")
            }
            Self::NoId => "the row has no id although the file has a column of ids".to_owned(),
            Self::Foot => "the line was put below the rows by the program that wrote the file".to_owned(),
            Self::OfPreset(english, _) => english.clone(),
            Self::LinesAbove(1) => "1 line above the header was passed over".to_owned(),
            Self::LinesAbove(count) => format!("{count} lines above the header were passed over"),
            Self::ExtraCells(1) => "1 row has extra cells".to_owned(),
            Self::ExtraCells(count) => format!("{count} rows have extra cells"),
            Self::MissingCells(1) => "1 row is short of cells".to_owned(),
            Self::MissingCells(count) => format!("{count} rows are short of cells"),
            Self::BlankRows(1) => "1 row of blank cells was passed over".to_owned(),
            Self::BlankRows(count) => format!("{count} rows of blank cells were passed over"),
            Self::NulBytes(1) => "1 row has NUL bytes, which were left out".to_owned(),
            Self::NulBytes(count) => format!("{count} rows have NUL bytes, which were left out"),
            Self::OpenQuote(line) => format!(
                "a quotation mark in the row of line {line} is not closed: all below it is one cell; a closing \
                 mark would be right"
            ),
            Self::SheetRead(names, name) => format!("of the sheets {names}, {name} is read"),
            Self::RowsOf(path) => format!("the rows are those of {path:?}"),
            Self::NoObjects(1) => "1 record is no object".to_owned(),
            Self::NoObjects(count) => format!("{count} records are no objects"),
            Self::CountsRows(column) => format!("{column} counts the rows and is taken for no id"),
            Self::NotRead(columns) => format!("columns that are not read: {columns}"),
            Self::NoNameColumn => "no column is the name; one mapped to name would be right".to_owned(),
            Self::NotInFile(columns) => {
                format!("columns of the mapping that the file does not have: {columns}")
            }
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::NoName => "这一行没有名称；应有一列对应名称，且本行填有名称".to_owned(),
            Self::NameTooLong => format!("名称超过 {NAME_LIMIT} 个字符；应更短"),
            Self::DescriptionTooLong => format!("简介超过 {DESCRIPTION_LIMIT} 个字符；应更短"),
            Self::PlaceTooLong => format!("地点超过 {NAME_LIMIT} 个字符；应为城市、省份或国家"),
            Self::NotAnAddress(value) => format!("“{value}”不是网址；应如 https://example.com"),
            Self::NotADomain(value) => format!("“{value}”不是域名；应如 example.com"),
            Self::NotACountry(value) => format!("“{value}”不是国家；应为代码（如 CN）或国名"),
            Self::NotADate(value) => {
                format!("“{value}”不是日期；应为年份、2023-03、2023-03-31、2023年3月或 Q1 2023")
            }
            Self::OneOfTwoDays(value, one, other) => {
                format!("“{value}”可能是 {one}，也可能是 {other}；应写作 2023-03-31")
            }
            Self::NotALayer(value) => format!("“{value}”不是层；应为 MODEL、MIDDLEWARE 或 APP"),
            Self::NotASector(value) => format!("“{value}”不是赛道；应为代号（如 robotics）或名称"),
            Self::NotACount(value) => format!("“{value}”不是数量；应为数字，如 1200"),
            Self::NotJson(error) => format!("这条记录不是 JSON（{error}）；应为花括号内的字段"),
            Self::NotAnObject => "这条记录不是对象；应为花括号内的字段".to_owned(),
            Self::TwoOrganisations(column, name) => {
                format!("{column}“{name}”似乎是两家机构；按一个名称保留")
            }
            Self::SeveralCountries(column, codes) => format!("{column}写有多个国家（{codes}）；均未采用"),
            Self::NoId => "文件有编号列，而这一行没有编号".to_owned(),
            Self::Foot => "这一行是导出程序写在表后的说明".to_owned(),
            Self::OfPreset(_, chinese) => chinese.clone(),
            Self::LinesAbove(count) => format!("略过表头以上 {count} 行"),
            Self::ExtraCells(count) => format!("{count} 行有多出的单元格"),
            Self::MissingCells(count) => format!("{count} 行缺少单元格"),
            Self::BlankRows(count) => format!("略过 {count} 个空行"),
            Self::NulBytes(count) => format!("{count} 行含有 NUL 字节，已去除"),
            Self::OpenQuote(line) => {
                format!("第 {line} 行的引号没有闭合：其下全部成了一个单元格；应补上引号")
            }
            Self::SheetRead(names, name) => format!("工作表有 {names}；读取 {name}"),
            Self::RowsOf(path) => format!("读取“{path}”中的记录"),
            Self::NoObjects(count) => format!("{count} 条记录不是对象"),
            Self::CountsRows(column) => format!("{column}只是行号，不当作编号"),
            Self::NotRead(columns) => format!("未读取的列：{columns}"),
            Self::NoNameColumn => "没有一列是名称；应指定一列为名称".to_owned(),
            Self::NotInFile(columns) => format!("对应关系中有而文件中没有的列：{columns}"),
        }
    }
}
