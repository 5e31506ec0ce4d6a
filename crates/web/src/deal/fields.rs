//! The fields of a deal's form: what the deal puts into them, and what they say to the API.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::page::DealTerms;
use super::revisit;
use super::{Channel, Instrument, InvestorRole, MoneyRange, Round, ValuationBasis, Visibility};
use crate::belief::bets::CapabilityChoice;
use crate::deals::{FundOption, StageOption, UserName};
use crate::evidence::{DatePrecision, read_number};
use crate::fmt;
use crate::form::{Fault, Field, Group, Input, Pick, Row, Sent};
use crate::words::Words;

/// Days that the API takes as they are typed.
const DAYS: [&str; 7] = [
    "nextStepDue",
    "termSheetSignedOn",
    "termSheetExpiresOn",
    "exclusiveUntil",
    "signedOn",
    "paidOn",
    "revisitOn",
];
/// Texts and codes that the API takes as they are typed; empty clears them.
const TEXTS: [&str; 8] = [
    "title",
    "nextStep",
    "round",
    "investorRole",
    "instrument",
    "valuationBasis",
    "revisitTrigger",
    "visibility",
];
const RANGES: [&str; 2] = ["amountSought", "ourAmount"];
/// Of a new deal alone there is nothing of later yet.
const LATER: [&str; 8] = [
    "termSheetSignedOn",
    "termSheetExpiresOn",
    "exclusiveUntil",
    "signedOn",
    "paidOn",
    "revisitOn",
    "revisitTrigger",
    "revisitWhen",
];
const CURRENCIES: [&str; 6] = ["CNY", "USD", "EUR", "HKD", "JPY", "GBP"];

/// What is compared and merged as one: lists and amounts as wholes, every other field for itself.
pub(super) fn unit_of(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

fn money(sent: &mut Sent, name: &str, range: Option<&MoneyRange>) {
    let Some(range) = range else { return };
    let figure = |value: Option<Decimal>| value.map(|value| value.normalize().to_string());
    sent.put_some(&format!("{name}.low"), figure(range.low));
    sent.put_some(&format!("{name}.high"), figure(range.high));
    sent.put_some(
        &format!("{name}.currency"),
        range.currency.as_ref().map(|code| code.0.as_str()),
    );
    sent.put_some(&format!("{name}.asFound"), range.as_found.as_deref());
}

/// What the form would send if nobody typed.
pub(super) fn sent_of(terms: &DealTerms) -> Sent {
    let mut sent = Sent::default();
    sent.put("title", &terms.title);
    sent.put("round", terms.round.code());
    sent.put_some("nextStep", terms.next_step.as_deref());
    money(&mut sent, "amountSought", terms.amount_sought.as_ref());
    money(&mut sent, "ourAmount", terms.our_amount.as_ref());
    sent.put_some("investorRole", terms.investor_role.map(InvestorRole::code));
    sent.put_some("instrument", terms.instrument.map(Instrument::code));
    sent.put("coInvestors", terms.co_investors.join("\n"));
    if let Some(valuation) = &terms.valuation {
        sent.put("valuation.amount", valuation.amount.normalize().to_string());
        sent.put("valuation.currency", &valuation.currency.0);
    }
    sent.put_some("valuationBasis", terms.valuation_basis.map(ValuationBasis::code));
    let day = |day: Option<NaiveDate>| day.map(fmt::table_date);
    sent.put_some("nextStepDue", day(terms.next_step_due));
    sent.put_some("termSheetSignedOn", day(terms.term_sheet_signed_on));
    sent.put_some("termSheetExpiresOn", day(terms.term_sheet_expires_on));
    sent.put_some("exclusiveUntil", day(terms.exclusive_until));
    sent.put_some("signedOn", day(terms.signed_on));
    sent.put_some("paidOn", day(terms.paid_on));
    sent.put_some("revisitOn", day(terms.revisit_on));
    sent.put_some("revisitTrigger", terms.revisit_trigger.as_deref());
    if let Some(when) = &terms.revisit_when {
        when.put(&mut sent);
    }
    for (n, source) in terms.sources.iter().enumerate() {
        let name = |field: &str| format!("sources.{n}.{field}");
        sent.put(&name("channel"), source.channel.code());
        sent.put_some(&name("who"), source.who.as_deref());
        sent.put_some(&name("on"), source.on.map(fmt::table_date));
        sent.put(&name("precision"), source.precision.code());
        sent.put_some(
            &name("person"),
            source.person.as_ref().map(|person| person.id.inner()),
        );
    }
    sent.put_some("owner", terms.owner.as_ref().map(|owner| owner.id.inner()));
    for user in &terms.team {
        sent.put("team", user.id.inner());
    }
    for fund in &terms.funds {
        sent.put("funds", fund.id.inner());
    }
    sent.put("visibility", terms.visibility.code());
    sent
}

fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The numbers of the sources that were sent, in order.
fn numbers(sent: &Sent) -> BTreeSet<usize> {
    sent.names()
        .filter_map(|name| name.strip_prefix("sources.")?.split('.').next()?.parse().ok())
        .filter(|n| *n < 100)
        .collect()
}

/// What can be told to be wrong without the server.
pub(super) fn faults(sent: &Sent, words: &Words) -> Vec<Fault> {
    let d = words.deal();
    let mut faults = Vec::new();
    for name in DAYS {
        sent.day(name, &mut faults, words);
    }
    for n in numbers(sent) {
        sent.day(&format!("sources.{n}.on"), &mut faults, words);
    }
    let ends = RANGES
        .iter()
        .flat_map(|name| [format!("{name}.low"), format!("{name}.high")])
        .chain(["valuation.amount".to_owned()]);
    for name in ends {
        if let Some(text) = sent.some(&name)
            && read_number(text).is_none()
        {
            faults.push(Fault::new(&name, d.no_money(text)));
        }
    }
    if sent.some("valuation.amount").is_some() && sent.some("valuation.currency").is_none() {
        faults.push(Fault::new(
            "valuation.currency",
            words.form().say_currency.to_owned(),
        ));
    }
    faults.extend(revisit::faults(sent, words));
    faults
}

fn figure(sent: &Sent, name: &str) -> Value {
    match sent.some(name).and_then(read_number) {
        Some(value) => json!(value.to_string()),
        None => Value::Null,
    }
}

/// The value of a unit, null where nothing stands in it.
fn value(sent: &Sent, unit: &str, words: &Words) -> Value {
    let text = |name: &str| sent.some(name).map_or(Value::Null, |text| json!(text));
    match unit {
        unit if RANGES.contains(&unit) => {
            let name = |field: &str| format!("{unit}.{field}");
            let (low, high) = (figure(sent, &name("low")), figure(sent, &name("high")));
            let found = text(&name("asFound"));
            if low.is_null() && high.is_null() && found.is_null() {
                return Value::Null;
            }
            let currency = if low.is_null() && high.is_null() {
                Value::Null
            } else {
                currency(sent, &name("currency"))
            };
            json!({ "low": low, "high": high, "currency": currency, "asFound": found })
        }
        "valuation" => match figure(sent, "valuation.amount") {
            Value::Null => Value::Null,
            amount => json!({ "amount": amount, "currency": currency(sent, "valuation.currency") }),
        },
        "coInvestors" => json!(lines(sent.text("coInvestors"))),
        "revisitWhen" => revisit::value(sent),
        "team" | "funds" => json!(sent.all(unit).collect::<Vec<_>>()),
        "sources" => Value::Array(
            numbers(sent)
                .into_iter()
                .filter_map(|n| source(sent, n, words))
                .collect(),
        ),
        unit if DAYS.contains(&unit) => {
            let day = sent.day(unit, &mut Vec::new(), words);
            day.map_or(Value::Null, |day| json!(fmt::table_date(day)))
        }
        unit => text(unit),
    }
}

fn currency(sent: &Sent, name: &str) -> Value {
    sent.some(name)
        .map_or(Value::Null, |code| json!(code.to_ascii_uppercase()))
}

fn source(sent: &Sent, n: usize, words: &Words) -> Option<Value> {
    let name = |field: &str| format!("sources.{n}.{field}");
    let channel = Channel::from_code(sent.text(&name("channel")))?;
    let mut input = Map::from_iter([("channel".to_owned(), json!(channel.code()))]);
    let who = sent.some(&name("who"));
    input.extend(who.map(|who| ("who".to_owned(), json!(who))));
    let person = sent.some(&name("person"));
    input.extend(person.map(|id| ("person".to_owned(), json!(id))));
    if let Some(day) = sent.day(&name("on"), &mut Vec::new(), words) {
        input.insert("on".to_owned(), json!(fmt::table_date(day)));
        let precision = DatePrecision::from_code(sent.text(&name("precision")));
        input.extend(precision.map(|one| ("precision".to_owned(), json!(one.code()))));
    }
    Some(Value::Object(input))
}

/// What differs from what stood there, for the API.
pub(super) fn input(sent: &Sent, base: &Sent, words: &Words) -> Map<String, Value> {
    let units = TEXTS.iter().chain(&DAYS).chain(&RANGES).chain(&[
        "valuation",
        "coInvestors",
        "team",
        "funds",
        "sources",
        "owner",
        "revisitWhen",
    ]);
    let mut input = Map::new();
    for unit in units {
        let (mine, was) = (value(sent, unit, words), value(base, unit, words));
        if mine != was {
            input.insert((*unit).to_owned(), mine);
        }
    }
    input
}

/// The field of the form that an error of the API is about.
pub(super) fn field_name(path: &[String]) -> String {
    match path {
        [unit] if RANGES.contains(&unit.as_str()) => format!("{unit}.low"),
        [unit] if unit == "valuation" => "valuation.amount".to_owned(),
        [unit] if unit == "sources" => "sources.0.channel".to_owned(),
        path => path.join("."),
    }
}

pub(super) fn unit_label(unit: &str, words: &Words) -> &'static str {
    let d = words.deal();
    match unit {
        "title" => d.title,
        "round" => d.round,
        "nextStep" => d.next_step,
        "nextStepDue" => d.due,
        "amountSought" => d.seeks,
        "ourAmount" => d.ours,
        "investorRole" => d.role,
        "instrument" => d.instrument,
        "coInvestors" => d.co_investors,
        "valuation" => d.valuation,
        "valuationBasis" => d.valuation_basis,
        "termSheetSignedOn" => d.term_sheet_signed,
        "termSheetExpiresOn" => d.term_sheet_expires,
        "exclusiveUntil" => d.exclusive_until,
        "signedOn" => d.signed_on,
        "paidOn" => d.paid_on,
        "sources" => d.sources,
        "owner" => d.owner,
        "team" => d.team,
        "funds" => words.funds().may_do_it,
        "visibility" => d.visibility,
        "revisitOn" => d.revisit_on,
        "revisitTrigger" => d.revisit_trigger,
        "revisitWhen" => words.passes().revisit_when,
        "stage" => d.begins_in,
        _ => words.form().other_fields,
    }
}

/// What stands in the fields of a unit, as a reader reads it.
pub(super) fn unit_text(groups: &[Group], unit: &str) -> String {
    groups
        .iter()
        .flat_map(|group| &group.rows)
        .flat_map(|row| &row.fields)
        .filter(|field| unit_of(&field.name) == unit)
        .map(Field::shown)
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// What there is to choose from.
pub(super) struct Choices<'c> {
    pub(super) users: &'c [UserName],
    /// The funds that may invest, retired ones too.
    pub(super) funds: &'c [FundOption],
    /// What base models can do, or not yet: a deal may wait for it.
    pub(super) capabilities: &'c [CapabilityChoice],
    /// Where a new deal can begin; None for one that is there.
    pub(super) stages: Option<&'c [StageOption]>,
}

fn select(
    name: &str,
    label: &str,
    sent: &Sent,
    picks: impl Iterator<Item = Pick>,
    none: Option<&str>,
) -> Field {
    let mut all: Vec<Pick> = none
        .map(|none| Pick::new("", none, sent.text(name)))
        .into_iter()
        .collect();
    all.extend(picks);
    Field::new(name, label, sent, Input::Select(all))
}

fn range_row(name: &str, legend: &str, sent: &Sent, words: &Words) -> Row {
    let d = words.deal();
    let of = |field: &str| format!("{name}.{field}");
    let decimal = || Input::line("text", "decimal");
    Row {
        legend: legend.to_owned(),
        fields: vec![
            Field::new(&of("low"), d.low, sent, decimal()),
            Field::new(&of("high"), d.high, sent, decimal()),
            currency_field(&of("currency"), sent, words),
            Field::line(&of("asFound"), d.as_found, sent),
        ],
    }
}

fn currency_field(name: &str, sent: &Sent, words: &Words) -> Field {
    let input = Input::Line {
        kind: "text",
        mode: "",
        list: CURRENCIES.to_vec(),
    };
    Field::new(name, words.deal().currency, sent, input)
}

/// Every field, with what was typed.
pub(super) fn groups(sent: &Sent, choices: &Choices<'_>, words: &Words) -> Vec<Group> {
    let d = words.deal();
    let group = |id, legend, hint, rows| Group {
        id,
        legend,
        hint,
        rows,
    };
    let is_new = choices.stages.is_some();
    let title = Field::line("title", d.title, sent);
    let mut what: Vec<Row> = vec![
        if is_new {
            title.hint(d.title_hint)
        } else {
            title.required()
        }
        .into(),
    ];
    if let Some(stages) = choices.stages {
        let picks = stages
            .iter()
            .filter(|stage| !stage.is_retired)
            .map(|stage| Pick::new(&stage.key, stage.name_in(words.language), sent.text("stage")));
        what.push(select("stage", d.begins_in, sent, picks, None).into());
    }
    let rounds = Round::ALL
        .iter()
        .map(|one| Pick::new(one.code(), one.word(words), sent.text("round")));
    what.push(select("round", d.round, sent, rounds, None).into());
    what.push(Row {
        legend: d.next_step.to_owned(),
        fields: vec![
            Field::line("nextStep", d.next_step, sent),
            Field::day("nextStepDue", d.due, sent),
        ],
    });
    let roles = InvestorRole::ALL
        .iter()
        .map(|one| Pick::new(one.code(), one.word(words), sent.text("investorRole")));
    let instruments = Instrument::ALL
        .iter()
        .map(|one| Pick::new(one.code(), one.word(words), sent.text("instrument")));
    let bases = ValuationBasis::ALL
        .iter()
        .map(|one| Pick::new(one.code(), one.word(words), sent.text("valuationBasis")));
    let mut money = vec![
        range_row("amountSought", d.seeks, sent, words),
        range_row("ourAmount", d.ours, sent, words),
        select("investorRole", d.role, sent, roles, Some(d.not_said)).into(),
        select("instrument", d.instrument, sent, instruments, Some(d.not_said)).into(),
        Row {
            legend: d.valuation.to_owned(),
            fields: vec![
                Field::new("valuation.amount", d.amount, sent, Input::line("text", "decimal")),
                currency_field("valuation.currency", sent, words),
                select("valuationBasis", d.valuation_basis, sent, bases, Some(d.not_said)),
            ],
        },
        Field::area("coInvestors", d.co_investors, sent, 2)
            .hint(d.co_investors_hint)
            .into(),
    ];
    let funds: Vec<Pick> = choices
        .funds
        .iter()
        .filter(|fund| !fund.is_retired || sent.all("funds").any(|id| id == fund.id.inner()))
        .map(|fund| Pick {
            is_chosen: sent.all("funds").any(|id| id == fund.id.inner()),
            ..Pick::new(fund.id.inner(), &fund.name, "")
        })
        .collect();
    if !funds.is_empty() {
        money.push(Field::new("funds", words.funds().may_do_it, sent, Input::Checks(funds)).into());
    }
    let mut groups = vec![
        group("g-what", d.group_what, "", what),
        group("g-people", d.group_people, "", people(sent, choices, words)),
        group("g-money", d.group_money, d.money_hint, money),
    ];
    if !is_new {
        let paper = [
            ("termSheetSignedOn", d.term_sheet_signed),
            ("termSheetExpiresOn", d.term_sheet_expires),
            ("exclusiveUntil", d.exclusive_until),
            ("signedOn", d.signed_on),
            ("paidOn", d.paid_on),
        ]
        .map(|(name, label)| Field::day(name, label, sent).into());
        groups.push(group("g-paper", d.group_paper, "", paper.into()));
        let mut later: Vec<Row> = vec![
            Field::day("revisitOn", d.revisit_on, sent).into(),
            Field::line("revisitTrigger", d.revisit_trigger, sent).into(),
        ];
        later.extend(revisit::rows(sent, choices.capabilities, words));
        let hint = words.passes().when_hint;
        groups.push(group("g-later", d.group_later, hint, later));
    }
    groups
}

fn people(sent: &Sent, choices: &Choices<'_>, words: &Words) -> Vec<Row> {
    let d = words.deal();
    let owners = choices
        .users
        .iter()
        .map(|user| Pick::new(user.id.inner(), &user.name, sent.text("owner")));
    let team = choices
        .users
        .iter()
        .map(|user| Pick {
            is_chosen: sent.all("team").any(|id| id == user.id.inner()),
            ..Pick::new(user.id.inner(), &user.name, "")
        })
        .collect();
    let visible = Visibility::ALL
        .iter()
        .map(|one| Pick::new(one.code(), one.word(words), sent.text("visibility")))
        .collect();
    let mut rows: Vec<Row> = vec![
        select("owner", d.owner, sent, owners, None).into(),
        Field::new("team", d.team, sent, Input::Checks(team))
            .hint(d.team_hint)
            .into(),
        Field::new("visibility", d.visibility, sent, Input::Radios(visible)).into(),
    ];
    let next = numbers(sent).last().map_or(0, |n| n + 1);
    // The last one is empty: for a further source.
    for n in 0..=next {
        let name = |field: &str| format!("sources.{n}.{field}");
        let channels = Channel::ALL
            .iter()
            .map(|one| Pick::new(one.code(), one.word(words), sent.text(&name("channel"))));
        let precisions = DatePrecision::ALL
            .iter()
            .map(|one| Pick::new(one.code(), one.word(words), sent.text(&name("precision"))));
        rows.push(Row {
            legend: d.source_n(&(n + 1).to_string()),
            fields: vec![
                select(&name("channel"), d.channel, sent, channels, Some(d.not_said)),
                Field::line(&name("who"), d.who, sent),
                Field::day(&name("on"), d.on, sent),
                select(&name("precision"), words.form().precision, sent, precisions, None),
            ],
        });
    }
    rows
}

/// What a new deal's form sends for later: nothing.
pub(super) fn without_later(mut input: Map<String, Value>) -> Map<String, Value> {
    input.retain(|name, value| !LATER.contains(&name.as_str()) && !value.is_null() && *value != json!([]));
    input
}
