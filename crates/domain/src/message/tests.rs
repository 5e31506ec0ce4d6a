use uuid::Uuid;

use super::*;
use crate::typed;

/// Declares one sample of every variant, and a match over the same list: a new variant does not compile until it has
/// a sample here.
macro_rules! samples {
    ($($variant:ident $({ $($field:ident: $value:expr),+ $(,)? })?;)+) => {
        fn samples() -> Vec<Message> {
            vec![$(Message::$variant $({ $($field: $value),+ })?),+]
        }

        fn variant(message: &Message) -> &'static str {
            match message { $(Message::$variant { .. } => stringify!($variant)),+ }
        }
    };
}

fn at() -> Instant {
    "2023-06-15T08:00:00Z".parse().unwrap()
}

fn day() -> NaiveDate {
    "2023-06-15".parse().unwrap()
}

fn evidence() -> EvidenceId {
    typed(Uuid::from_u128(1))
}

samples! {
    Review { about: review::Saying::NotesChanged { sent: 1, current: 2 } };
    Required { what: "name".into() };
    NotFound { id: "startup_1".into() };
    NotAnId { value: "x".into(), expected: "startup".into() };
    NotA { value: "x".into(), expected: "a day".into() };
    TooLong { length: 301, limit: 300 };
    TooMany { count: 51, limit: 50 };
    NotAUrl { value: "x".into() };
    NotADomain { value: "x".into() };
    NotACountry { value: "China".into() };
    NotACurrency { value: "RMB".into() };
    NotALanguage { value: "Chinese".into() };
    NoSuchSector { slug: "x".into() };
    NoSuchStage { key: "X".into() };
    Duplicate { value: "x".into() };
    StaleVersion { sent: 1, current: 2 };
    StartupTaken { name: "Acme".into(), id: "startup_1".into(), matched: Match::Domain("acme.com".into()) };
    Unreadable { reason: "no rows".into() };
    ImportIs { status: crate::import::ImportStatus::Applied };
    RangeBackwards { low: "2".into(), high: "1".into() };
    NegativeValue { value: Decimal::NEGATIVE_ONE };
    ValueTooExact { value: Decimal::ONE };
    BelowOne { what: "horizonDays".into(), value: 0 };
    DateInFuture { day: day(), today: day() };
    InstantInFuture { at: at(), now: at() };
    PeriodStartsAfterItEnds { start: Some(day()), end: day() };
    PercentageOutOfRange { value: Decimal::ONE_HUNDRED, limit: 100 };
    CurrencyOnCount { kind: EvidenceKind::Pilots };
    OnlyForKind { what: "revenueBasis".into(), kind: EvidenceKind::RecurringRevenue };
    MoneyNeedsCurrency;
    RetentionNeedsHorizon;
    ActiveUsersNeedWindow;
    FewerCallsThanGood { calls: 4, good: Decimal::TEN };
    OnlyContractsEnd { kind: EvidenceKind::Retention };
    DocumentedNeedsProof;
    SourceNeedsDocument { source: EvidenceSource::Deck };
    SayWhatWasChecked { grade: Grade::Verified };
    EvidenceRetracted { id: evidence() };
    GradeUnchanged { grade: Grade::Claimed };
    SupersedesAnother { kind: EvidenceKind::Pilots };
    SupersededAlready { by: evidence() };
    CannotUndo { verb: "eraseRecord".into() };
    UndoKeptChanged { field: "name".into() };
    UndoKeptReferred { what: "a deal".into() };
    NothingToUndo;
    UserTaken { email: "a@fund.example".into() };
    NotAnEmail { value: "x".into() };
    RoleNeeded { role: "PARTNER".into() };
    ExpiryInPast { at: at() };
    CalendarStandsAlone;
    NotWhileActive { title: "Acme A".into(), id: "deal_1".into() };
    OfAnotherStartup { id: "document_1".into(), startup: "startup_1".into() };
    NotOfThisStartup { id: "startup_2".into(), startup: "startup_1".into() };
    OriginalOfDeal { id: "document_1".into() };
    NotInTeam { name: "Ben".into() };
    SeveralMeant { candidates: "Acme (startup_1), Acme AI (startup_2)".into() };
    DocumentElsewhere { id: "document_1".into() };
    CompetesWithItself { id: "startup_1".into() };
    ReprintsItself { id: "document_1".into() };
    DateOutOfEra { day: day() };
    TooLarge { bytes: 70_000, limit_bytes: 65_536 };
    FileTooLarge { limit_bytes: 1024 };
    FileEmpty { name: "deck.pdf".into() };
    NoSuchField { name: "titel".into(), fields: "title, kind".into() };
    CannotBeKept { name: "note".into() };
    MoveUnchanged { status: DealStatus::Active };
    StageNeedsActive { status: DealStatus::OnHold };
    StatusIsFinal { status: DealStatus::Lost };
    StatusCannotFollow { from: DealStatus::Passed, to: DealStatus::Lost };
    StageRetired { name: "Legal".into(), name_zh: "法务".into() };
    PassNeedsReason;
    GateUnmet { stage: "Committee".into(), stage_zh: "投决会".into(), condition: GateCondition::ChecklistNoOpen, open_items: vec!["team".into()] };
    OverrideNeedsPartner;
    EmptyScope;
    LastStage;
    FiguresOfNowOnly;
    NamesOfNowOnly;
    OnlyWhenPassing { what: "passNote".into() };
    BeforeLastMove { at: at(), last: at() };
    NoMoveToVoid;
    VoidNeedsPartner;
    PercentOfNothing { value: Decimal::TEN };
    NotAPriceChange { value: Decimal::ZERO };
    NotBetween { value: Decimal::TEN, low: Decimal::ZERO, high: Decimal::ONE };
    NotAbove { value: Decimal::ZERO, limit: Decimal::ZERO };
    NamesNothing { value: "Ltd.".into() };
    ProviderTaken { name: "OpenAI".into(), id: "provider_1".into() };
    ProviderHasDependents;
    DependencyTaken { provider: "OpenAI".into(), mode: DependencyMode::Api, id: "dependency_1".into() };
    NotOfChecklist { key: "moat".into(), keys: "team, who_pays".into() };
    UsdIsTheMeasure;
    RateTooExact { value: Decimal::ONE };
    NoSuchRubric { version: 4, newest: 3 };
    NotARateCell { value: "-".into() };
    NotADayCell { value: "soon".into() };
    NoColumn { column: "USD".into(), found: "Date, JPY".into() };
    CellsUneven { cells: 3, columns: 4 };
    NothingToRead { name: "rates.csv".into() };
    OneTriggerOnly;
    OneVerdictOnly;
    OutcomeNeedsEnd { status: DealStatus::Active };
    OutcomeBeforeDeal { day: day(), opened_on: day() };
    OutcomeRetracted { id: typed(Uuid::from_u128(2)) };
    TicketInOtherCurrency { ticket: "USD".into(), fund: "CNY".into() };
    FundRetired { name: "Fund One".into() };
    FundTaken { name: "Fund One".into(), id: "fund_1".into() };
    Cell { row: 2, column: "JPY".into(), wrong: Box::new(Message::NotARateCell { value: "-".into() }) };
}

#[test]
fn every_message_says_something_in_both_languages() {
    for message in samples() {
        let (english, chinese) = (message.text(Language::En), message.text(Language::Zh));
        let name = variant(&message);
        assert!(english.chars().any(char::is_alphabetic), "{name}: {english:?}");
        assert!(
            chinese.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)),
            "{name}: {chinese:?}"
        );
        for text in [&english, &chinese] {
            assert_eq!(text.trim(), text, "{name}");
            assert!(!text.contains(['{', '}']), "{name}: {text:?}");
        }
    }
}

#[test]
fn a_message_reads_back_as_it_was_written() {
    for message in samples() {
        let written = serde_json::to_string(&message).unwrap();
        assert_eq!(
            serde_json::from_str::<Message>(&written).unwrap(),
            message,
            "{written}"
        );
    }
}

#[test]
fn a_startup_that_is_here_already_says_by_what_it_was_known() {
    let taken = |matched: Match| {
        let message = Message::StartupTaken {
            name: "Acme".into(),
            id: "startup_1".into(),
            matched,
        };
        (message.text(Language::En), message.text(Language::Zh))
    };
    let table = [
        (
            Match::ExternalId("list:7".into()),
            "same external id list:7",
            "同一外部编号 list:7",
        ),
        (
            Match::Domain("acme.com".into()),
            "same domain acme.com",
            "同一域名 acme.com",
        ),
        (Match::Name("Acme".into()), "same name Acme", "同名 Acme"),
    ];
    for (matched, english, chinese) in table {
        let (en, zh) = taken(matched);
        assert!(en.ends_with(english) && zh.ends_with(chinese), "{en} / {zh}");
    }
}
