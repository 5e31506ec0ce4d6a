//! The fields of the form for evidence: which kinds need which, and what they say to the API.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::form::FILE;
use super::{
    ActivityWindow, DatePrecision, EvidenceKind, EvidenceLine, EvidenceSource, FigureQualifier, Grade,
    RevenueBasis,
};
use crate::document::{self, DocumentName};
use crate::fmt;
use crate::form::{Fault, Field, Group, Input, Pick, Row, Sent};
use crate::words::Words;

/// Kinds by what they speak of, in the order in which they are offered.
const MONEY: [EvidenceKind; 6] = [
    EvidenceKind::PayingCustomers,
    EvidenceKind::RecurringRevenue,
    EvidenceKind::SignedContracts,
    EvidenceKind::PaidConversion,
    EvidenceKind::UnitsDeployed,
    EvidenceKind::Pilots,
];
const LOYALTY: [EvidenceKind; 5] = [
    EvidenceKind::Retention,
    EvidenceKind::LogoRetention,
    EvidenceKind::NetRevenueRetention,
    EvidenceKind::UsageIntensity,
    EvidenceKind::CustomerReferences,
];
const REACH: [EvidenceKind; 3] = [
    EvidenceKind::ActiveUsers,
    EvidenceKind::DevelopersBuilding,
    EvidenceKind::AppStoreRatings,
];
const INTEREST: [EvidenceKind; 7] = [
    EvidenceKind::WebTraffic,
    EvidenceKind::OpenSourceStars,
    EvidenceKind::OpenSourceDownloads,
    EvidenceKind::Waitlist,
    EvidenceKind::UnpaidPilots,
    EvidenceKind::UserStatement,
    EvidenceKind::PressCoverage,
];

/// Kinds whose figure is a share of those asked or counted.
const SAMPLED: [&str; 7] = [
    "PAID_CONVERSION",
    "RETENTION",
    "LOGO_RETENTION",
    "NET_REVENUE_RETENTION",
    "USAGE_INTENSITY",
    "CUSTOMER_REFERENCES",
    "USER_STATEMENT",
];
/// Kinds that say until when they are in force.
const WITH_TERM: [&str; 3] = ["SIGNED_CONTRACTS", "PILOTS", "UNPAID_PILOTS"];

pub(super) const CURRENCIES: [&str; 8] = ["CNY", "USD", "EUR", "HKD", "GBP", "JPY", "SGD", "KRW"];

const DAYS: [&str; 3] = ["observedOn", "periodStart", "validUntil"];
const TEXTS: [&str; 13] = [
    "kind",
    "qualifier",
    "asFound",
    "currency",
    "revenueBasis",
    "window",
    "segment",
    "precision",
    "source",
    "suppliedBy",
    "sourceUrl",
    "note",
    "grade",
];

/// What a correction begins with: the record as it stands.
pub(super) fn sent_of(line: &EvidenceLine) -> Sent {
    let mut sent = Sent::default();
    sent.put("kind", line.kind.code());
    sent.put_some("value", line.value.map(|value| value.normalize().to_string()));
    sent.put("qualifier", line.qualifier.code());
    sent.put_some("asFound", line.as_found.as_deref());
    sent.put_some("currency", line.currency.as_ref().map(|currency| &currency.0));
    sent.put_some("revenueBasis", line.revenue_basis.map(RevenueBasis::code));
    sent.put_some("window", line.window.map(ActivityWindow::code));
    sent.put_some("horizonDays", line.horizon_days.map(|days| days.to_string()));
    sent.put_some("sampleSize", line.sample_size.map(|size| size.to_string()));
    sent.put("observedOn", fmt::table_date(line.observed_on));
    sent.put("precision", line.precision.code());
    sent
}

/// What was sent as the API's input, or what can be told to be wrong without it.
pub(super) fn input(sent: &Sent, words: &Words) -> Result<Map<String, Value>, Vec<Fault>> {
    let f = words.form();
    let mut faults = Vec::new();
    let mut input = Map::new();
    for (name, missing) in [
        ("kind", f.say_kind),
        ("observedOn", f.say_day),
        ("source", f.say_source),
    ] {
        if sent.some(name).is_none() {
            faults.push(Fault::new(name, missing.to_owned()));
        }
    }
    for (kind, name, missing) in [
        ("RETENTION", "horizonDays", f.say_horizon),
        ("ACTIVE_USERS", "window", f.say_window),
        ("RECURRING_REVENUE", "currency", f.say_currency),
    ] {
        let is_asked = sent.text("kind") == kind && (name != "currency" || sent.some("value").is_some());
        if is_asked && sent.some(name).is_none() {
            faults.push(Fault::new(name, missing.to_owned()));
        }
    }
    for name in TEXTS {
        if let Some(text) = sent.some(name) {
            let text = match name {
                "currency" => text.to_ascii_uppercase(),
                "sourceUrl" if !text.contains("://") && !text.contains(char::is_whitespace) => {
                    format!("https://{text}")
                }
                _ => text.to_owned(),
            };
            input.insert(name.to_owned(), json!(text));
        }
    }
    for name in DAYS {
        if let Some(day) = sent.day(name, &mut faults, words) {
            input.insert(name.to_owned(), json!(fmt::table_date(day)));
        }
    }
    if let Some(text) = sent.some("value") {
        match read_number(text) {
            Some(value) => _ = input.insert("value".to_owned(), json!(value.to_string())),
            None => faults.push(Fault::new("value", f.not_a_number(text))),
        }
    }
    for name in ["horizonDays", "sampleSize"] {
        let Some(text) = sent.some(name) else { continue };
        match read_number(text)
            .filter(Decimal::is_integer)
            .and_then(|n| i32::try_from(n).ok())
        {
            Some(number) => _ = input.insert(name.to_owned(), json!(number)),
            None => faults.push(Fault::new(name, f.not_whole(text))),
        }
    }
    let documents: Vec<&str> = sent.all("documents").collect();
    if !documents.is_empty() {
        input.insert("documents".to_owned(), json!(documents));
    }
    if faults.is_empty() { Ok(input) } else { Err(faults) }
}

/// A number as people type it: `1,204`, `12.5`, `35%`.
pub(crate) fn read_number(text: &str) -> Option<Decimal> {
    let bare: String = text
        .trim_end_matches(['%', '％'])
        .chars()
        .filter(|c| !matches!(c, ',' | '，' | ' ' | '_'))
        .collect();
    bare.parse().ok()
}

/// Every field, with what was typed. A correction keeps its kind.
pub(super) fn groups(
    sent: &Sent,
    documents: &[DocumentName],
    is_correction: bool,
    words: &Words,
) -> Vec<Group> {
    let f = words.form();
    let group = |id, legend, hint, rows| Group {
        id,
        legend,
        hint,
        rows,
    };
    vec![
        group(
            "g-what",
            f.group_what,
            "",
            vec![
                kinds(sent, is_correction, words).into(),
                Row {
                    legend: f.figure.to_owned(),
                    fields: vec![
                        picked("qualifier", f.qualifier, sent, FigureQualifier::ALL, |one| {
                            (one.code(), one.word(words))
                        }),
                        Field::new("value", f.value, sent, Input::line("text", "decimal")).hint(f.value_hint),
                    ],
                },
                currency(sent, words).into(),
                optional(
                    "revenueBasis",
                    f.revenue_basis,
                    sent,
                    RevenueBasis::ALL,
                    words,
                    |one| (one.code(), one.word(words)),
                )
                .hint(f.basis_hint)
                .only_for(&["RECURRING_REVENUE"])
                .into(),
                optional("window", f.window, sent, ActivityWindow::ALL, words, |one| {
                    (one.code(), one.word(words))
                })
                .hint(f.window_hint)
                .only_for(&["ACTIVE_USERS"])
                .into(),
                Field::new(
                    "horizonDays",
                    f.horizon_days,
                    sent,
                    Input::line("text", "numeric"),
                )
                .hint(f.horizon_hint)
                .only_for(&["RETENTION"])
                .into(),
                Field::new("sampleSize", f.sample_size, sent, Input::line("text", "numeric"))
                    .hint(f.sample_hint)
                    .only_for(&SAMPLED)
                    .into(),
                Field::line("asFound", f.as_found, sent)
                    .hint(f.as_found_hint)
                    .into(),
                Field::line("segment", f.segment, sent)
                    .hint(f.segment_hint)
                    .into(),
            ],
        ),
        group(
            "g-when",
            f.group_when,
            "",
            vec![
                observed(sent, words),
                Field::day("periodStart", f.period_start, sent)
                    .hint(f.period_hint)
                    .into(),
                Field::day("validUntil", f.valid_until, sent)
                    .hint(f.valid_hint)
                    .only_for(&WITH_TERM)
                    .into(),
            ],
        ),
        proof(sent, documents, words),
    ]
}

/// The day of a figure, and how exactly it is known.
pub(super) fn observed(sent: &Sent, words: &Words) -> Row {
    let f = words.form();
    Row {
        legend: f.observed.to_owned(),
        fields: vec![
            Field::day("observedOn", f.observed_on, sent)
                .hint(f.observed_hint)
                .required(),
            picked("precision", f.precision, sent, DatePrecision::ALL, |one| {
                (one.code(), one.word(words))
            }),
        ],
    }
}

/// How it is known: the source, its documents, the grade.
pub(super) fn proof(sent: &Sent, documents: &[DocumentName], words: &Words) -> Group {
    let f = words.form();
    let mut rows = vec![
        optional("source", f.source, sent, EvidenceSource::ALL, words, |one| {
            (one.code(), one.word(words))
        })
        .required()
        .into(),
        Field::line("suppliedBy", f.supplied_by, sent).into(),
        Field::address("sourceUrl", f.link, sent)
            .hint(f.source_url_hint)
            .into(),
    ];
    if !documents.is_empty() {
        rows.push(attached(sent, documents, words).into());
    }
    rows.push(new_document(sent, words));
    rows.push(grades(sent, words).into());
    rows.push(Field::area("note", f.note, sent, 3).into());
    Group {
        id: "g-proof",
        legend: f.group_proof,
        hint: f.proof_rule,
        rows,
    }
}

fn kinds(sent: &Sent, is_correction: bool, words: &Words) -> Field {
    let f = words.form();
    let chosen = sent.text("kind").to_owned();
    let picks = |kinds: &[EvidenceKind]| -> Vec<Pick> {
        kinds
            .iter()
            .filter(|kind| !is_correction || kind.code() == chosen)
            .map(|kind| Pick::new(kind.code(), kind.word(words), &chosen))
            .collect()
    };
    let mut groups = vec![
        (f.money, picks(&MONEY)),
        (f.loyalty, picks(&LOYALTY)),
        (f.reach, picks(&REACH)),
        (f.interest, picks(&INTEREST)),
    ];
    groups.retain(|(_, picks)| !picks.is_empty());
    let first = (!is_correction).then(|| Pick::new("", f.choose_kind, &chosen));
    Field::new("kind", f.kind, sent, Input::Grouped { first, groups })
        .hint(f.kind_hint)
        .required()
}

fn currency(sent: &Sent, words: &Words) -> Field {
    let input = Input::Line {
        kind: "text",
        mode: "",
        list: CURRENCIES.to_vec(),
    };
    Field::new("currency", words.form().currency, sent, input)
        .hint(words.form().currency_hint)
        .only_for(&["RECURRING_REVENUE"])
}

/// A set of which the first is chosen until another is.
fn picked<T: Copy>(
    name: &str,
    label: &str,
    sent: &Sent,
    all: &[T],
    told: impl Fn(T) -> (&'static str, &'static str),
) -> Field {
    let first = all.first().map_or("", |one| told(*one).0);
    let chosen = sent.some(name).unwrap_or(first);
    let picks = all
        .iter()
        .map(|one| Pick::new(told(*one).0, told(*one).1, chosen))
        .collect();
    Field::new(name, label, sent, Input::Select(picks))
}

/// A set of which none need be chosen.
pub(super) fn optional<T: Copy>(
    name: &str,
    label: &str,
    sent: &Sent,
    all: &[T],
    words: &Words,
    told: impl Fn(T) -> (&'static str, &'static str),
) -> Field {
    let chosen = sent.text(name);
    let mut picks = vec![Pick::new("", words.form().choose, chosen)];
    picks.extend(
        all.iter()
            .map(|one| Pick::new(told(*one).0, told(*one).1, chosen)),
    );
    Field::new(name, label, sent, Input::Select(picks))
}

fn attached(sent: &Sent, documents: &[DocumentName], words: &Words) -> Field {
    let chosen: Vec<&str> = sent.all("documents").collect();
    let picks = documents
        .iter()
        .map(|document| Pick {
            is_chosen: chosen.contains(&document.id.inner()),
            ..Pick::new(document.id.inner(), &document.title, "")
        })
        .collect();
    Field::new("documents", words.form().documents, sent, Input::Checks(picks))
}

fn new_document(sent: &Sent, words: &Words) -> Row {
    let f = words.form();
    Row {
        legend: f.new_document.to_owned(),
        fields: vec![
            document::form::file(FILE, sent, words),
            Field::line("newDocument.title", f.document_title, sent).hint(f.document_title_hint),
            Field::address("newDocument.url", f.link, sent),
            document::form::kind("newDocument.kind", sent, words),
        ],
    }
}

fn grades(sent: &Sent, words: &Words) -> Field {
    let chosen = sent.some("grade").unwrap_or("CLAIMED");
    Field::new(
        "grade",
        words.form().grade,
        sent,
        Input::Radios(grade_picks(&[Grade::Claimed, Grade::Documented], chosen, words)),
    )
    .hint(words.form().grade_hint)
}

/// Grades with their glyphs.
pub(super) fn grade_picks(grades: &[Grade], chosen: &str, words: &Words) -> Vec<Pick> {
    grades
        .iter()
        .map(|grade| Pick {
            style: match grade {
                Grade::Claimed => "grade grade-claimed",
                Grade::Documented => "grade grade-documented",
                Grade::Verified => "grade grade-verified",
                Grade::Refuted => "grade grade-refuted",
            },
            ..Pick::new(grade.code(), grade.word(words), chosen)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    #[test]
    fn every_kind_is_offered_once() {
        let mut offered: Vec<_> = MONEY
            .iter()
            .chain(&LOYALTY)
            .chain(&REACH)
            .chain(&INTEREST)
            .map(|kind| kind.code())
            .collect();
        let mut all: Vec<_> = EvidenceKind::ALL.iter().map(|kind| kind.code()).collect();
        offered.sort_unstable();
        all.sort_unstable();
        assert_eq!(offered, all);
    }

    #[test]
    fn figures_are_read_as_people_type_them() {
        for (text, number) in [
            ("1,204", "1204"),
            ("35%", "35"),
            ("12.5", "12.5"),
            ("1 000", "1000"),
        ] {
            assert_eq!(read_number(text), number.parse().ok(), "{text}");
        }
        for text in ["many", "1.2.3", "", "数千万"] {
            assert_eq!(read_number(text), None, "{text}");
        }
        let sent =
            Sent::read(b"kind=RETENTION&observedOn=2024-07-31&source=FOUNDER&horizonDays=a+month&value=x");
        let faults = input(&sent, Words::of(Language::En)).unwrap_err();
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["value", "horizonDays"]);
    }
}
