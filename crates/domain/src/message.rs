//! What is said to people, as keys with values; the words in both languages stand in one table below, so that a
//! message without a translation does not compile.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    EvidenceId, Instant, OutcomeId,
    assessment::DependencyMode,
    deal::{DealStatus, GateCondition, gate},
    evidence::{EvidenceKind, EvidenceSource, Grade},
    import::ImportStatus,
    review,
};

crate::vocabulary::vocabulary! {
    /// The language of sentences that the server makes.
    Language {
        /// English.
        En = "en",
        /// Chinese.
        Zh = "zh",
    }
}

/// How a newcomer was recognised as somebody who is here already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", content = "value", rename_all = "camelCase")]
pub enum Match {
    /// The same key of the same source.
    ExternalId(String),
    /// The same registrable domain.
    Domain(String),
    /// The same normalised name in the same country.
    Name(String),
}

/// Something to say, with its values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "camelCase")]
#[allow(missing_docs, reason = "each variant reads as the sentence it becomes, below")]
pub enum Message {
    Required {
        what: String,
    },
    NotFound {
        id: String,
    },
    NotAnId {
        value: String,
        expected: String,
    },
    NotA {
        value: String,
        expected: String,
    },
    TooLong {
        length: usize,
        limit: usize,
    },
    TooMany {
        count: usize,
        limit: usize,
    },
    NotAUrl {
        value: String,
    },
    NotADomain {
        value: String,
    },
    NotACountry {
        value: String,
    },
    NotACurrency {
        value: String,
    },
    NotALanguage {
        value: String,
    },
    NoSuchSector {
        slug: String,
    },
    NoSuchStage {
        key: String,
    },
    Duplicate {
        value: String,
    },
    StaleVersion {
        sent: i32,
        current: i32,
    },
    StartupTaken {
        name: String,
        id: String,
        matched: Match,
    },
    Unreadable {
        reason: String,
    },
    ImportIs {
        status: ImportStatus,
    },
    RangeBackwards {
        low: String,
        high: String,
    },
    NegativeValue {
        value: Decimal,
    },
    ValueTooExact {
        value: Decimal,
    },
    BelowOne {
        what: String,
        value: i64,
    },
    DateInFuture {
        day: NaiveDate,
        today: NaiveDate,
    },
    InstantInFuture {
        at: Instant,
        now: Instant,
    },
    PeriodStartsAfterItEnds {
        start: Option<NaiveDate>,
        end: NaiveDate,
    },
    PercentageOutOfRange {
        value: Decimal,
        limit: i64,
    },
    CurrencyOnCount {
        kind: EvidenceKind,
    },
    OnlyForKind {
        what: String,
        kind: EvidenceKind,
    },
    MoneyNeedsCurrency,
    RetentionNeedsHorizon,
    ActiveUsersNeedWindow,
    FewerCallsThanGood {
        calls: i64,
        good: Decimal,
    },
    OnlyContractsEnd {
        kind: EvidenceKind,
    },
    DocumentedNeedsProof,
    SourceNeedsDocument {
        source: EvidenceSource,
    },
    SayWhatWasChecked {
        grade: Grade,
    },
    EvidenceRetracted {
        id: EvidenceId,
    },
    GradeUnchanged {
        grade: Grade,
    },
    SupersedesAnother {
        kind: EvidenceKind,
    },
    SupersededAlready {
        by: EvidenceId,
    },
    CannotUndo {
        verb: String,
    },
    UndoKeptChanged {
        field: String,
    },
    UndoKeptReferred {
        what: String,
    },
    NothingToUndo,
    UserTaken {
        email: String,
    },
    NotAnEmail {
        value: String,
    },
    RoleNeeded {
        role: String,
    },
    ExpiryInPast {
        at: Instant,
    },
    CalendarStandsAlone,
    NotWhileActive {
        title: String,
        id: String,
    },
    OfAnotherStartup {
        id: String,
        startup: String,
    },
    NotOfThisStartup {
        id: String,
        startup: String,
    },
    OriginalOfDeal {
        id: String,
    },
    NotInTeam {
        name: String,
    },
    SeveralMeant {
        candidates: String,
    },
    DocumentElsewhere {
        id: String,
    },
    ReprintsItself {
        id: String,
    },
    CompetesWithItself {
        id: String,
    },
    DateOutOfEra {
        day: NaiveDate,
    },
    TooLarge {
        bytes: usize,
        limit_bytes: usize,
    },
    FileTooLarge {
        limit_bytes: u64,
    },
    FileEmpty {
        name: String,
    },
    NoSuchField {
        name: String,
        fields: String,
    },
    CannotBeKept {
        name: String,
    },
    MoveUnchanged {
        status: DealStatus,
    },
    StageNeedsActive {
        status: DealStatus,
    },
    StatusIsFinal {
        status: DealStatus,
    },
    StatusCannotFollow {
        from: DealStatus,
        to: DealStatus,
    },
    StageRetired {
        name: String,
        name_zh: String,
    },
    PassNeedsReason,
    GateUnmet {
        stage: String,
        stage_zh: String,
        condition: GateCondition,
        open_items: Vec<String>,
    },
    OverrideNeedsPartner,
    EmptyScope,
    LastStage,
    FiguresOfNowOnly,
    NamesOfNowOnly,
    OnlyWhenPassing {
        what: String,
    },
    BeforeLastMove {
        at: Instant,
        last: Instant,
    },
    NoMoveToVoid,
    VoidNeedsPartner,
    PercentOfNothing {
        value: Decimal,
    },
    NotAPriceChange {
        value: Decimal,
    },
    NotBetween {
        value: Decimal,
        low: Decimal,
        high: Decimal,
    },
    NotAbove {
        value: Decimal,
        limit: Decimal,
    },
    NamesNothing {
        value: String,
    },
    ProviderTaken {
        name: String,
        id: String,
    },
    ProviderHasDependents,
    DependencyTaken {
        provider: String,
        mode: DependencyMode,
        id: String,
    },
    NotOfChecklist {
        key: String,
        keys: String,
    },
    UsdIsTheMeasure,
    RateTooExact {
        value: Decimal,
    },
    NoSuchRubric {
        version: i32,
        newest: i32,
    },
    NotARateCell {
        value: String,
    },
    NotADayCell {
        value: String,
    },
    NoColumn {
        column: String,
        found: String,
    },
    CellsUneven {
        cells: usize,
        columns: usize,
    },
    NothingToRead {
        name: String,
    },
    OneTriggerOnly,
    OneVerdictOnly,
    OutcomeNeedsEnd {
        status: DealStatus,
    },
    OutcomeBeforeDeal {
        day: NaiveDate,
        opened_on: NaiveDate,
    },
    OutcomeRetracted {
        id: OutcomeId,
    },
    TicketInOtherCurrency {
        ticket: String,
        fund: String,
    },
    FundRetired {
        name: String,
    },
    FundTaken {
        name: String,
        id: String,
    },
    Cell {
        row: u64,
        column: String,
        wrong: Box<Message>,
    },
    /// About a meeting.
    Review {
        about: review::Saying,
    },
}

impl Message {
    /// The sentence in a language.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::En => self.en(),
            Language::Zh => self.zh(),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Review { about } => about.text(Language::En),
            Self::Required { what } => format!("{what} is missing"),
            Self::NotFound { id } => format!("nothing is known under {id}, or it is not for you"),
            Self::NotAnId { value, expected } => {
                format!("{value:?} is no such id; expected one that begins with {expected}_")
            }
            Self::NotA { value, expected } => format!("{value:?} cannot be read as {expected}"),
            Self::TooLong { length, limit } => {
                format!("{length} characters are too many; at most {limit} are kept")
            }
            Self::TooMany { count, limit } => format!("{count} are too many; at most {limit} are kept"),
            Self::NotAUrl { value } => {
                format!("{value:?} is no web address; expected one such as https://example.com")
            }
            Self::NotADomain { value } => format!("{value:?} is no domain; expected one such as example.com"),
            Self::NotACountry { value } => {
                format!("{value:?} is no country code; expected two letters such as CN or US (ISO 3166-1)")
            }
            Self::NotACurrency { value } => format!(
                "{value:?} is no currency code; expected three capital letters such as CNY or USD (ISO 4217)"
            ),
            Self::NotALanguage { value } => {
                format!("{value:?} is no language tag; expected one such as zh or en (BCP 47)")
            }
            Self::NoSuchSector { slug } => {
                format!("no sector is called {slug:?}; the query `sectors` lists them")
            }
            Self::NoSuchStage { key } => format!("no stage is called {key:?}; the query `stages` lists them"),
            Self::Duplicate { value } => format!("{value:?} is given twice"),
            Self::StaleVersion { sent, current } => format!(
                "somebody changed it meanwhile: you sent version {sent}, it is at {current}; read it again"
            ),
            Self::StartupTaken { name, id, matched } => format!(
                "already here: {name} ({id}), {}",
                match matched {
                    Match::ExternalId(value) => format!("same external id {value}"),
                    Match::Domain(value) => format!("same domain {value}"),
                    Match::Name(value) => format!("same name {value}"),
                }
            ),
            Self::Unreadable { reason } => format!("it cannot be read: {reason}"),
            Self::ImportIs { status } => {
                format!("the import is {status}; only one that is PLANNED or APPLYING can be applied")
            }
            Self::RangeBackwards { low, high } => format!("the low end {low} is above the high end {high}"),
            Self::NegativeValue { value } => format!("{value} is below zero"),
            Self::ValueTooExact { value } => {
                format!("{value} has more than 4 decimals or 16 digits before them")
            }
            Self::BelowOne { what, value } => format!("{what} is {value}; it must be 1 or more"),
            Self::DateInFuture { day, today } => format!("{day} is after today, {today}"),
            Self::InstantInFuture { at, now } => {
                format!("{} is later than now, {}", at.to_rfc3339(), now.to_rfc3339())
            }
            Self::PeriodStartsAfterItEnds { start, end } => format!(
                "the period begins on {}, after it was observed on {end}",
                start.map_or_else(|| "?".into(), |d| d.to_string())
            ),
            Self::PercentageOutOfRange { value, limit } => format!("{value} % is outside 0 to {limit} %"),
            Self::CurrencyOnCount { kind } => format!("{kind} is a count, not money: leave the currency out"),
            Self::OnlyForKind { what, kind } => format!("{what} is for {kind} only"),
            Self::MoneyNeedsCurrency => "money needs its currency, such as CNY or USD".into(),
            Self::RetentionNeedsHorizon => {
                "retention needs horizonDays: after how many days, 1 or more".into()
            }
            Self::ActiveUsersNeedWindow => "active users need a window: DAY, WEEK or MONTH".into(),
            Self::FewerCallsThanGood { calls, good } => {
                format!("{good} good calls cannot come from {calls} calls made")
            }
            Self::OnlyContractsEnd { kind } => {
                format!("validUntil is for contracts and pilots, not for {kind}")
            }
            Self::DocumentedNeedsProof => {
                "DOCUMENTED needs a document or a link; without one it is CLAIMED".into()
            }
            Self::SourceNeedsDocument { source } => format!(
                "from {source}, DOCUMENTED needs a document attached; a link alone repeats their words"
            ),
            Self::SayWhatWasChecked { grade } => {
                format!("{grade} needs a review: say in `checked` what was checked")
            }
            Self::EvidenceRetracted { id } => format!("{id} is retracted; record it anew"),
            Self::GradeUnchanged { grade } => format!("it is graded {grade} already"),
            Self::SupersedesAnother { kind } => {
                format!("a correction speaks of the same startup and kind ({kind})")
            }
            Self::SupersededAlready { by } => {
                format!("it is superseded already, by {by}; correct or retract that one")
            }
            Self::CannotUndo { verb } => format!("{verb} cannot be undone"),
            Self::UndoKeptChanged { field } => format!("{field} was changed since, and stays"),
            Self::UndoKeptReferred { what } => format!("it stays: {what} refers to it"),
            Self::NothingToUndo => "nothing of it is left to undo".into(),
            Self::UserTaken { email } => format!("a user with the e-mail {email} exists already"),
            Self::NotAnEmail { value } => format!("{value:?} is no e-mail address"),
            Self::RoleNeeded { role } => format!("this takes the role {role}"),
            Self::ExpiryInPast { at } => {
                format!("{} is past; a token must expire later than now", at.to_rfc3339())
            }
            Self::CalendarStandsAlone => {
                "a token with the scope CALENDAR has no other: its secret is part of an address; make two tokens".into()
            }
            Self::NotWhileActive { title, id } => format!(
                "another deal of this startup and round is active: {title} ({id}); close that one or choose another round"
            ),
            Self::OfAnotherStartup { id, startup } => {
                format!("{id} belongs to {startup}; leave the startup out, or name that one")
            }
            Self::NotOfThisStartup { id, startup } => {
                format!("this is about {startup}, and {id} is another startup; name {startup}")
            }
            Self::OriginalOfDeal { id } => {
                format!("{id} belongs to a deal; only documents of that deal may reprint it")
            }
            Self::NotInTeam { name } => {
                format!("{name} does not see this deal; name one of its team, or add {name} to the team first")
            }
            Self::SeveralMeant { candidates } => format!(
                "several that are here may be meant: {candidates}; give the web site of the one meant, or open the deal there"
            ),
            Self::DocumentElsewhere { id } => {
                format!("{id} belongs to another startup or deal; name a document that belongs to none")
            }
            Self::ReprintsItself { id } => {
                format!("{id} is this document, or a reprint of it; name the original")
            }
            Self::CompetesWithItself { id } => format!("{id} is this startup; name others"),
            Self::DateOutOfEra { day } => format!("{day} is no day between the years 1 and 9999"),
            Self::TooLarge { bytes, limit_bytes } => {
                format!("{bytes} bytes are too many; at most {limit_bytes} are kept")
            }
            Self::FileTooLarge { limit_bytes } => format!(
                "the file has more than {limit_bytes} bytes; send a smaller one, add a link to it instead, or have the limit file_bytes raised"
            ),
            Self::FileEmpty { name } => format!("the file {name:?} is empty; send one with something in it"),
            Self::NoSuchField { name, fields } => format!("there is no field {name:?}; the fields are {fields}"),
            Self::CannotBeKept { name } => format!("{name:?} holds a NUL sign, which cannot be kept"),
            Self::MoveUnchanged { status } => {
                format!("the deal is {status} in that stage already; name another stage or status")
            }
            Self::StageNeedsActive { status } => {
                format!("the deal is {status}; only ACTIVE deals change stage")
            }
            Self::StatusIsFinal { status } => format!("{status} is final; open a new deal"),
            Self::StatusCannotFollow { from, to } => format!("a deal that is {from} cannot become {to}"),
            Self::StageRetired { name, .. } => format!("the stage {name} is retired; no deal comes into it"),
            Self::PassNeedsReason => "PASSED needs passReason: say why we said no".into(),
            Self::GateUnmet {
                stage,
                condition,
                open_items,
                ..
            } => format!(
                "the gate of {stage} is closed. {}. A PARTNER may override it with overrideReason",
                gate::text(*condition, open_items, Language::En)
            ),
            Self::OverrideNeedsPartner => "only a PARTNER overrides a gate; ask one".into(),
            Self::FiguresOfNowOnly => {
                "hasProof and convictionAtLeast narrow by the figures of now; leave them out as of a date".into()
            }
            Self::NamesOfNowOnly => {
                "search looks among what deals and startups are called now; leave it out as of a date".into()
            }
            Self::LastStage => "a pipeline keeps at least one stage that deals come into".into(),
            Self::EmptyScope => "names neither layers nor rounds; leave it out, or name some".into(),
            Self::OnlyWhenPassing { what } => format!("{what} is for a move to PASSED only"),
            Self::BeforeLastMove { at, last } => format!(
                "{} is before the deal's last move, {}",
                at.to_rfc3339(),
                last.to_rfc3339()
            ),
            Self::NoMoveToVoid => {
                "the deal has not moved since it was opened; there is nothing to void".into()
            }
            Self::VoidNeedsPartner => {
                "a move is voided by its author on the same day, or by a PARTNER".into()
            }
            Self::PercentOfNothing { value } => {
                format!("{value} percent of what? A percentage goes with a change of price alone; leave it out")
            }
            Self::NotAPriceChange { value } => format!(
                "a price cannot change by {value} percent; say more than -100 and at most 1000, and not 0 (-90 is ninety percent cheaper)"
            ),
            Self::NotBetween { value, low, high } => format!("{value} is not between {low} and {high}"),
            Self::NotAbove { value, limit } => format!("{value} is not above {limit}"),
            Self::NamesNothing { value } => {
                format!("{value:?} is nothing but signs or a legal form; a name that tells it from others would be right")
            }
            Self::ProviderTaken { name, id } => format!("already here: {name} ({id}), same name"),
            Self::ProviderHasDependents => {
                "startups depend on this provider, and which startup it is itself says how much that weighs: it stays; the name may be changed".into()
            }
            Self::DependencyTaken { provider, mode, id } => format!(
                "already here: it depends on {provider} by {mode} ({id}); change that one, or say when it was over"
            ),
            Self::NotOfChecklist { key, keys } => {
                format!("{key:?} is no item of this startup's checklist; one of {keys} would be right")
            }
            Self::UsdIsTheMeasure => "USD is what the others are measured in; name another currency".into(),
            Self::RateTooExact { value } => {
                format!("{value} has more than 12 decimals or 12 digits before them")
            }
            Self::NoSuchRubric { version, newest } => {
                format!("no rubric has the version {version}; one from 1 to {newest} would be right")
            }
            Self::NotARateCell { value } => {
                format!("{value:?} is no rate; a number above 0 such as 1.1681, or N/A, would be right")
            }
            Self::NotADayCell { value } => {
                format!("{value:?} is no day; 2025-10-17 or 17 October 2025 would be right")
            }
            Self::NoColumn { column, found } => {
                format!("there is no column {column}; found {found}")
            }
            Self::CellsUneven { cells, columns } => {
                format!("the row has {cells} cells, the header {columns}; as many would be right")
            }
            Self::NothingToRead { name } => {
                format!("{name} has no rows; a header line with at least one row below it would be right")
            }
            Self::OneTriggerOnly => "wait for one of these: evidence (evidenceKind, grade, valueAtLeast), a conviction (convictionAtLeast), or a capability (capability, capabilityStatus)".into(),
            Self::OneVerdictOnly => "give a verdict on a thesis (thesis, thesisStatus) or on a capability (capability, capabilityStatus), not on both".into(),
            Self::OutcomeNeedsEnd { status } => format!(
                "the deal is {status}; what became of it later is recorded once it is PASSED or LOST"
            ),
            Self::OutcomeBeforeDeal { day, opened_on } => format!(
                "{day} is before the deal was opened, {opened_on}; an outcome comes later"
            ),
            Self::OutcomeRetracted { id } => format!("{id} is retracted already"),
            Self::TicketInOtherCurrency { ticket, fund } => format!(
                "the ticket is in {ticket}, the fund invests in {fund}; state the ticket in {fund}"
            ),
            Self::FundRetired { name } => format!("the fund {name} is retired; name one that still invests"),
            Self::FundTaken { name, id } => {
                format!("already here: the fund {name} ({id}); give this one another name")
            }
            Self::Cell { row, column, wrong } => format!("row {row}, column {column}: {}", wrong.en()),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::Review { about } => about.text(Language::Zh),
            Self::Required { what } => format!("缺少 {what}"),
            Self::NotFound { id } => format!("没有 {id}，或您无权查看"),
            Self::NotAnId { value, expected } => format!("{value:?} 不是这种编号；应以 {expected}_ 开头"),
            Self::NotA { value, expected } => format!("{value:?} 无法读作 {expected}"),
            Self::TooLong { length, limit } => format!("{length} 个字符过长；最多 {limit} 个"),
            Self::TooMany { count, limit } => format!("{count} 项过多；最多 {limit} 项"),
            Self::NotAUrl { value } => format!("{value:?} 不是网址；应如 https://example.com"),
            Self::NotADomain { value } => format!("{value:?} 不是域名；应如 example.com"),
            Self::NotACountry { value } => {
                format!("{value:?} 不是国家代码；应为两个字母，如 CN 或 US (ISO 3166-1)")
            }
            Self::NotACurrency { value } => {
                format!("{value:?} 不是货币代码；应为三个大写字母，如 CNY 或 USD (ISO 4217)")
            }
            Self::NotALanguage { value } => format!("{value:?} 不是语言标签；应如 zh 或 en (BCP 47)"),
            Self::NoSuchSector { slug } => format!("没有名为 {slug:?} 的赛道；查询 `sectors` 可列出全部"),
            Self::NoSuchStage { key } => format!("没有名为 {key:?} 的阶段；查询 `stages` 可列出全部"),
            Self::Duplicate { value } => format!("{value:?} 重复"),
            Self::StaleVersion { sent, current } => {
                format!("其间已有人修改：您提交的版本为 {sent}，现为 {current}；请重新读取")
            }
            Self::StartupTaken { name, id, matched } => format!(
                "已有：{name}（{id}），{}",
                match matched {
                    Match::ExternalId(value) => format!("同一外部编号 {value}"),
                    Match::Domain(value) => format!("同一域名 {value}"),
                    Match::Name(value) => format!("同名 {value}"),
                }
            ),
            Self::Unreadable { reason } => format!("无法读取：{reason}"),
            Self::ImportIs { status } => {
                format!("该导入处于 {status} 状态；只有 PLANNED 或 APPLYING 状态的导入可以应用")
            }
            Self::RangeBackwards { low, high } => format!("下限 {low} 高于上限 {high}"),
            Self::NegativeValue { value } => format!("{value} 小于零"),
            Self::ValueTooExact { value } => format!("{value} 超过 4 位小数或 16 位整数"),
            Self::BelowOne { what, value } => format!("{what} 为 {value}；应不小于 1"),
            Self::DateInFuture { day, today } => format!("{day} 晚于今天 {today}"),
            Self::InstantInFuture { at, now } => format!("{} 晚于现在 {}", at.to_rfc3339(), now.to_rfc3339()),
            Self::PeriodStartsAfterItEnds { start, end } => format!(
                "起始日 {} 晚于观察日 {end}",
                start.map_or_else(|| "?".into(), |d| d.to_string())
            ),
            Self::PercentageOutOfRange { value, limit } => format!("{value} % 不在 0 至 {limit} % 之间"),
            Self::CurrencyOnCount { kind } => format!("{kind} 是数量而非金额：请勿填写货币"),
            Self::OnlyForKind { what, kind } => format!("{what} 仅用于 {kind}"),
            Self::MoneyNeedsCurrency => "金额需注明货币，如 CNY 或 USD".into(),
            Self::RetentionNeedsHorizon => "留存率需注明 horizonDays：多少天后，不小于 1".into(),
            Self::ActiveUsersNeedWindow => "活跃用户需注明统计窗口：DAY、WEEK 或 MONTH".into(),
            Self::FewerCallsThanGood { calls, good } => format!("{calls} 次访谈中不可能有 {good} 次好评"),
            Self::OnlyContractsEnd { kind } => format!("validUntil 仅用于合同与试点，不用于 {kind}"),
            Self::DocumentedNeedsProof => "DOCUMENTED 需要文件或链接；否则为 CLAIMED".into(),
            Self::SourceNeedsDocument { source } => {
                format!("来源为 {source} 时，DOCUMENTED 需要附上文件；仅有链接只是转述")
            }
            Self::SayWhatWasChecked { grade } => format!("{grade} 需要复核：请在 `checked` 中写明核查了什么"),
            Self::EvidenceRetracted { id } => format!("{id} 已撤回；请重新记录"),
            Self::GradeUnchanged { grade } => format!("等级已是 {grade}"),
            Self::SupersedesAnother { kind } => format!("更正须针对同一公司与同一类型（{kind}）"),
            Self::SupersededAlready { by } => format!("已被 {by} 更正；请更正或撤回后者"),
            Self::CannotUndo { verb } => format!("{verb} 不能撤销"),
            Self::UndoKeptChanged { field } => format!("{field} 之后已被修改，予以保留"),
            Self::UndoKeptReferred { what } => format!("予以保留：{}引用了它", referrer_zh(what)),
            Self::NothingToUndo => "已没有可撤销的内容".into(),
            Self::UserTaken { email } => format!("邮箱 {email} 已有用户"),
            Self::NotAnEmail { value } => format!("{value:?} 不是邮箱地址"),
            Self::RoleNeeded { role } => format!("此操作需要角色 {role}"),
            Self::ExpiryInPast { at } => format!("{} 已过；令牌的到期时间须晚于现在", at.to_rfc3339()),
            Self::CalendarStandsAlone => {
                "带 CALENDAR 权限的令牌不能再带其他权限：它的密钥会写在地址里；请分别创建两个令牌".into()
            }
            Self::NotWhileActive { title, id } => {
                format!("该公司同一轮次已有进行中的项目：{title}（{id}）；请先结束该项目或另选轮次")
            }
            Self::OfAnotherStartup { id, startup } => {
                format!("{id} 属于 {startup}；请勿填写公司，或填写该公司")
            }
            Self::NotOfThisStartup { id, startup } => {
                format!("此处针对 {startup}，而 {id} 是另一家公司；请填写 {startup}")
            }
            Self::OriginalOfDeal { id } => format!("{id} 属于某个项目；只有该项目的文件才能转载它"),
            Self::NotInTeam { name } => {
                format!("{name} 无权查看该项目；请选择项目组成员，或先将 {name} 加入项目组")
            }
            Self::SeveralMeant { candidates } => {
                format!("可能指已有的多家公司：{candidates}；请填写其网站，或直接在该公司新建项目")
            }
            Self::DocumentElsewhere { id } => format!("{id} 已属于其他公司或项目；请选择未归属的文件"),
            Self::ReprintsItself { id } => format!("{id} 就是本文件或其转载；请填写原件"),
            Self::CompetesWithItself { id } => format!("{id} 就是本公司；请填写其他公司"),
            Self::DateOutOfEra { day } => format!("{day} 不在公元 1 年至 9999 年之间"),
            Self::TooLarge { bytes, limit_bytes } => format!("{bytes} 字节过大；最多 {limit_bytes} 字节"),
            Self::FileTooLarge { limit_bytes } => format!(
                "文件超过 {limit_bytes} 字节；请发送较小的文件、改为添加链接，或请管理员调高 file_bytes 上限"
            ),
            Self::FileEmpty { name } => format!("文件 {name:?} 是空的；请发送有内容的文件"),
            Self::NoSuchField { name, fields } => format!("没有字段 {name:?}；可用字段为 {fields}"),
            Self::CannotBeKept { name } => format!("{name:?} 含有无法保存的 NUL 字符"),
            Self::MoveUnchanged { status } => {
                format!("项目已处于该阶段，状态为 {status}；请选择其他阶段或状态")
            }
            Self::StageNeedsActive { status } => {
                format!("项目状态为 {status}；只有 ACTIVE 的项目才能变更阶段")
            }
            Self::StatusIsFinal { status } => format!("{status} 为最终状态；请新建项目"),
            Self::StatusCannotFollow { from, to } => format!("状态为 {from} 的项目不能变为 {to}"),
            Self::StageRetired { name_zh, .. } => format!("阶段“{name_zh}”已停用，项目不能进入"),
            Self::PassNeedsReason => "PASSED 需要 passReason：请说明放弃的原因".into(),
            Self::GateUnmet {
                stage_zh,
                condition,
                open_items,
                ..
            } => format!(
                "“{stage_zh}”的门槛未达：{}。合伙人可填写 overrideReason 破例推进",
                gate::text(*condition, open_items, Language::Zh)
            ),
            Self::OverrideNeedsPartner => "只有合伙人（PARTNER）可以破例推进，请找一位合伙人".into(),
            Self::FiguresOfNowOnly => {
                "hasProof 与 convictionAtLeast 按当前数据筛选；按历史日期查询时请省略".into()
            }
            Self::NamesOfNowOnly => "search 按当前名称查找；按历史日期查询时请省略".into(),
            Self::LastStage => "流程至少保留一个可进入的阶段".into(),
            Self::EmptyScope => "既没有层也没有轮次；请省略，或写明其一".into(),
            Self::OnlyWhenPassing { what } => format!("{what} 仅用于变为 PASSED 时"),
            Self::BeforeLastMove { at, last } => {
                format!("{} 早于项目的上一次变更 {}", at.to_rfc3339(), last.to_rfc3339())
            }
            Self::NoMoveToVoid => "项目自建立以来没有变更，无可作废".into(),
            Self::VoidNeedsPartner => "变更只能由其作者在当日作废，或由 PARTNER 作废".into(),
            Self::PercentOfNothing { value } => {
                format!("{value}% 没有所指：百分比只用于调价，请留空")
            }
            Self::NotAPriceChange { value } => {
                format!("价格不能变动 {value}%；请填写大于 -100、不超过 1000 且不为 0 的数（-90 即降价九成）")
            }
            Self::NotBetween { value, low, high } => format!("{value} 不在 {low} 与 {high} 之间"),
            Self::NotAbove { value, limit } => format!("{value} 应大于 {limit}"),
            Self::NamesNothing { value } => {
                format!("{value:?} 只有符号或公司后缀；应为能与他人区分的名称")
            }
            Self::ProviderTaken { name, id } => format!("已有：{name}（{id}），同名"),
            Self::ProviderHasDependents => {
                "已有公司依赖该供应商，而它本身是哪家公司决定这一依赖的分量，因此不能更改；名称可以修改"
                    .into()
            }
            Self::DependencyTaken { provider, mode, id } => {
                format!("已有：以 {mode} 方式依赖 {provider}（{id}）；请修改该条，或注明其结束日期")
            }
            Self::NotOfChecklist { key, keys } => {
                format!("{key:?} 不是该公司清单中的项目；应为 {keys} 之一")
            }
            Self::UsdIsTheMeasure => "其他货币以 USD 计价；请填写其他货币".into(),
            Self::RateTooExact { value } => format!("{value} 超过 12 位小数或 12 位整数"),
            Self::NoSuchRubric { version, newest } => {
                format!("没有版本为 {version} 的评分标准；应为 1 至 {newest}")
            }
            Self::NotARateCell { value } => {
                format!("{value:?} 不是汇率；应为大于 0 的数字，如 1.1681，或 N/A")
            }
            Self::NotADayCell { value } => {
                format!("{value:?} 不是日期；应如 2025-10-17 或 17 October 2025")
            }
            Self::NoColumn { column, found } => format!("没有列 {column}；现有 {found}"),
            Self::CellsUneven { cells, columns } => {
                format!("该行有 {cells} 个单元格，表头有 {columns} 个；应当相同")
            }
            Self::NothingToRead { name } => format!("{name} 没有数据行；应有表头，且其下至少一行"),
            Self::OneTriggerOnly => {
                "请只选其一：等待证据（evidenceKind、grade、valueAtLeast）、等待信念值（convictionAtLeast）或等待模型能力（capability、capabilityStatus）"
                    .into()
            }
            Self::OneVerdictOnly => {
                "请只对一项作出判断：投资判断（thesis、thesisStatus）或模型能力（capability、capabilityStatus）".into()
            }
            Self::OutcomeNeedsEnd { status } => {
                format!("项目为 {status}；变为 PASSED 或 LOST 之后才记录后续结果")
            }
            Self::OutcomeBeforeDeal { day, opened_on } => {
                format!("{day} 早于项目建立日 {opened_on}；后续结果应在其后")
            }
            Self::OutcomeRetracted { id } => format!("{id} 已撤回"),
            Self::TicketInOtherCurrency { ticket, fund } => {
                format!("单笔金额以 {ticket} 计，而基金以 {fund} 投资；请以 {fund} 填写单笔金额")
            }
            Self::FundRetired { name } => format!("基金“{name}”已停用；请选择仍在投资的基金"),
            Self::FundTaken { name, id } => format!("已有基金：{name}（{id}）；请换一个名称"),
            Self::Cell { row, column, wrong } => format!("第 {row} 行，列 {column}：{}", wrong.zh()),
        }
    }
}

/// What refers to a record, in Chinese.
fn referrer_zh(what: &str) -> &str {
    match what {
        "a deal" => "某个项目",
        "a dependency" => "某项依赖",
        "an event" => "某条动态",
        "a document" => "某份文件",
        "an interaction" => "某次互动",
        "a task" => "某项待办",
        "a later outcome" => "某条后续结果",
        "another record" => "另一条记录",
        other => other,
    }
}

#[cfg(test)]
mod tests;
