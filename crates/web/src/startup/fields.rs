//! The fields of a startup's form: what the profile puts into them, and what they say to the API.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::profile::{CompanyStructure, GradedFact, NameKind, Profile, TechnicalRoute};
use crate::activity::field_word;
use crate::evidence::Grade;
use crate::form::{Fault, Field, Group, Input, Pick, Row, Sent, read_day};
use crate::layer::{self, Layer};
use crate::sector::SectorLine;
use crate::words::Words;
use crate::{country, fmt};

/// Texts and days that the API takes as they are typed.
const TEXTS: [&str; 11] = [
    "name",
    "website",
    "oneLiner",
    "description",
    "country",
    "city",
    "foundedOn",
    "productLaunchedOn",
    "previousFocus",
    "pivotedOn",
    "layer",
];
const DAYS: [&str; 6] = [
    "foundedOn",
    "productLaunchedOn",
    "pivotedOn",
    "ownsTrainingData.on",
    "usageFlywheel.on",
    "claimsLargeModel.on",
];
const FACTS: [&str; 3] = ["ownsTrainingData", "usageFlywheel", "claimsLargeModel"];
const NEED: [&str; 4] = ["payer", "pain", "costToday", "alternativeToday"];
/// Empty rows for further names.
const SPARE_NAMES: usize = 2;

/// What is compared and merged as one: lists and facts as wholes, every other field for itself.
pub(super) fn unit_of(name: &str) -> &str {
    match name.split_once('.') {
        Some((first, _)) if first != "need" => first,
        _ => name,
    }
}

/// The field of the API that a unit belongs to.
fn field_of(unit: &str) -> &str {
    unit.split('.').next().unwrap_or(unit)
}

/// What the form would send if nobody typed.
pub(super) fn sent_of(profile: &Profile) -> Sent {
    let mut sent = Sent::default();
    sent.put("name", &profile.name);
    for (n, alias) in profile.aliases.iter().enumerate() {
        sent.put(&format!("aliases.{n}.name"), &alias.name);
        sent.put(&format!("aliases.{n}.kind"), alias.kind.code());
        sent.put_some(&format!("aliases.{n}.language"), alias.language.as_deref());
    }
    sent.put("domains", profile.domains.join("\n"));
    sent.put_some("website", profile.website.as_ref().map(|url| &url.0));
    sent.put_some("oneLiner", profile.one_liner.as_deref());
    sent.put_some("description", profile.description.as_deref());
    sent.put_some("country", profile.country.as_deref());
    sent.put_some("city", profile.city.as_deref());
    sent.put_some("foundedOn", profile.founded_on.map(fmt::table_date));
    sent.put_some(
        "productLaunchedOn",
        profile.product_launched_on.map(fmt::table_date),
    );
    sent.put_some("previousFocus", profile.previous_focus.as_deref());
    sent.put_some("pivotedOn", profile.pivoted_on.map(fmt::table_date));
    sent.put("structure", profile.structure.code());
    sent.put_some("layer", profile.layer.map(Layer::code));
    for sector in &profile.sectors {
        sent.put("sectors", &sector.slug);
    }
    sent.put("technicalRoute", profile.technical_route.code());
    let facts = [
        &profile.owns_training_data,
        &profile.usage_flywheel,
        &profile.claims_large_model,
    ];
    for (name, fact) in FACTS.into_iter().zip(facts) {
        if let Some(fact) = fact {
            put_fact(&mut sent, name, fact);
        }
    }
    let need = &profile.need;
    let texts = [&need.payer, &need.pain, &need.cost_today, &need.alternative_today];
    for (name, text) in NEED.into_iter().zip(texts) {
        sent.put_some(&format!("need.{name}"), text.as_deref());
    }
    // As it comes back from a browser, blanks at the ends included.
    Sent::read(sent.written().as_bytes())
}

fn put_fact(sent: &mut Sent, name: &str, fact: &GradedFact) {
    sent.put(&format!("{name}.holds"), if fact.holds { "yes" } else { "no" });
    sent.put(&format!("{name}.grade"), fact.grade.code());
    sent.put_some(&format!("{name}.words"), fact.words.as_deref());
    sent.put_some(&format!("{name}.on"), fact.on.map(fmt::table_date));
    sent.put_some(
        &format!("{name}.sourceUrl"),
        fact.source_url.as_ref().map(|url| &url.0),
    );
}

/// What was sent in one order: names without gaps, addresses with their scheme, and what says nothing left out.
pub(super) fn tidied(sent: &Sent) -> Sent {
    let mut tidy = Sent::default();
    let mut n = 0;
    let last = sent.names().filter_map(alias_row).max();
    for row in 0..last.map_or(0, |row| row + 1) {
        if let Some(name) = sent.some(&format!("aliases.{row}.name")) {
            tidy.put(&format!("aliases.{n}.name"), name);
            for part in ["kind", "language"] {
                tidy.put_some(
                    &format!("aliases.{n}.{part}"),
                    sent.some(&format!("aliases.{row}.{part}")),
                );
            }
            n += 1;
        }
    }
    let mut seen = BTreeSet::new();
    for name in sent.names().filter(|name| alias_row(name).is_none()) {
        if !seen.insert(name) {
            continue;
        }
        let fact = FACTS.into_iter().find(|fact| unit_of(name) == *fact);
        // A fact nobody answers is no fact, whatever grade its field shows.
        if fact.is_some_and(|fact| {
            name == format!("{fact}.grade") && sent.some(&format!("{fact}.holds")).is_none()
        }) {
            continue;
        }
        for value in sent.all(name) {
            let day = DAYS.contains(&name).then(|| read_day(value)).flatten();
            let is_address = name == "website" || name.ends_with(".sourceUrl");
            if let Some(day) = day {
                tidy.put(name, fmt::table_date(day));
            } else if is_address && !value.contains("://") && !value.contains(char::is_whitespace) {
                tidy.put(name, format!("https://{value}"));
            } else {
                tidy.put(name, value);
            }
        }
    }
    for own in ["key", "version", "base", "resolve"] {
        tidy.put_some(own, sent.some(own));
    }
    for unit in sent.all("conflict") {
        tidy.put("conflict", unit);
    }
    tidy
}

fn alias_row(name: &str) -> Option<usize> {
    name.strip_prefix("aliases.")?
        .split('.')
        .next()?
        .parse::<usize>()
        .ok()
        .filter(|row| *row < 1_000)
}

/// What can be told without asking the server.
pub(super) fn faults(sent: &Sent, words: &Words) -> Vec<Fault> {
    let f = words.form();
    let mut faults = Vec::new();
    if sent.some("name").is_none() {
        faults.push(Fault::new("name", f.say_name.to_owned()));
    }
    for name in DAYS {
        sent.day(name, &mut faults, words);
    }
    for fact in FACTS {
        let says_more = sent.names().any(|name| unit_of(name) == fact);
        if says_more && sent.some(&format!("{fact}.holds")).is_none() {
            faults.push(Fault::new(&format!("{fact}.holds"), f.say_yes_or_no.to_owned()));
        }
    }
    faults
}

/// The fields of the API that differ from `base`, as the input of a mutation: null where they are cleared.
pub(super) fn input(sent: &Sent, base: &Sent) -> Map<String, Value> {
    let units: BTreeSet<&str> = sent.names().chain(base.names()).map(unit_of).collect();
    let changed: BTreeSet<&str> = units
        .into_iter()
        .filter(|unit| sent.of_unit(unit, unit_of) != base.of_unit(unit, unit_of))
        .map(field_of)
        .collect();
    changed
        .into_iter()
        .map(|field| (field.to_owned(), value(sent, field)))
        .collect()
}

fn value(sent: &Sent, field: &str) -> Value {
    let text = |name: &str| json!(sent.some(name));
    match field {
        "aliases" => {
            let rows = (0..)
                .map(|n| {
                    let part = |part: &str| sent.some(&format!("aliases.{n}.{part}"));
                    let name = part("name")?;
                    Some(json!({ "name": name, "kind": part("kind"), "language": part("language") }))
                })
                .map_while(|row| row);
            Value::Array(rows.collect())
        }
        "domains" => json!(
            sent.text("domains")
                .split(['\n', ',', ' ', '，', '、'])
                .map(str::trim)
                .filter(|domain| !domain.is_empty())
                .collect::<Vec<_>>()
        ),
        "sectors" => json!(sent.all("sectors").collect::<Vec<_>>()),
        "need" => {
            let texts = NEED.map(|name| (name.to_owned(), text(&format!("need.{name}"))));
            Value::Object(texts.into_iter().collect())
        }
        fact if FACTS.contains(&fact) => match sent.some(&format!("{fact}.holds")) {
            None => Value::Null,
            Some(holds) => json!({
                "holds": holds == "yes",
                "grade": sent.some(&format!("{fact}.grade")).unwrap_or("CLAIMED"),
                "words": text(&format!("{fact}.words")),
                "on": text(&format!("{fact}.on")),
                "sourceUrl": text(&format!("{fact}.sourceUrl")),
            }),
        },
        other => {
            debug_assert!(
                TEXTS.contains(&other) || matches!(other, "structure" | "technicalRoute"),
                "{other} is no field of a startup"
            );
            text(other)
        }
    }
}

/// The field of the form that a path of the API's input is about.
pub(super) fn field_name(path: &[String]) -> String {
    match path.first().map(String::as_str) {
        Some(first @ ("domains" | "sectors")) => first.to_owned(),
        _ => path.join("."),
    }
}

/// The label of a unit that two people changed.
pub(super) fn unit_label(unit: &str, words: &Words) -> String {
    let s = words.startup();
    match unit {
        "need.payer" => s.payer,
        "need.pain" => s.pain,
        "need.costToday" => s.cost_today,
        "need.alternativeToday" => s.alternative_today,
        other => field_word(other, words),
    }
    .to_owned()
}

/// What the fields of a unit show, as one line.
pub(super) fn unit_text(groups: &[Group], unit: &str) -> String {
    let shown: Vec<String> = groups
        .iter()
        .flat_map(|group| &group.rows)
        .flat_map(|row| &row.fields)
        .filter(|field| unit_of(&field.name) == unit)
        .map(Field::shown)
        .filter(|text| !text.is_empty())
        .collect();
    if shown.is_empty() {
        "—".to_owned()
    } else {
        shown.join(" · ")
    }
}

/// Every field, with what was typed.
pub(super) fn groups(sent: &Sent, tree: &[SectorLine], words: &Words) -> Vec<Group> {
    let f = words.form();
    let s = words.startup();
    let group = |id, legend, hint, rows| Group {
        id,
        legend,
        hint,
        rows,
    };
    vec![
        group(
            "g-name",
            f.group_name,
            "",
            [
                vec![
                    Field::line("name", f.name, sent)
                        .hint(f.name_hint)
                        .required()
                        .into(),
                    Field::line("oneLiner", f.one_liner, sent)
                        .hint(f.one_liner_hint)
                        .into(),
                    Field::address("website", f.website, sent)
                        .hint(f.website_hint)
                        .into(),
                    Field::area("domains", f.domains, sent, 2)
                        .hint(f.domains_hint)
                        .into(),
                ],
                aliases(sent, words),
            ]
            .into_iter()
            .flatten()
            .collect(),
        ),
        group(
            "g-need",
            s.the_one,
            f.need_hint,
            vec![
                Field::area("need.payer", s.payer, sent, 2)
                    .hint(f.payer_hint)
                    .into(),
                Field::area("need.pain", s.pain, sent, 2).into(),
                Field::area("need.costToday", s.cost_today, sent, 2).into(),
                Field::area("need.alternativeToday", s.alternative_today, sent, 2).into(),
            ],
        ),
        group(
            "g-class",
            f.group_class,
            "",
            vec![
                layers(sent, words).into(),
                Field::new(
                    "technicalRoute",
                    f.technical_route,
                    sent,
                    Input::Select(routes(sent, words)),
                )
                .into(),
                sectors(sent, tree, words).into(),
            ],
        ),
        group(
            "g-facts",
            s.facts,
            f.facts_hint,
            FACTS.into_iter().map(|name| fact(name, sent, words)).collect(),
        ),
        group(
            "g-company",
            f.group_company,
            "",
            vec![
                Field::new("country", f.country, sent, Input::Select(countries(sent, words))).into(),
                Field::line("city", f.city, sent).into(),
                Field::day("foundedOn", f.founded_on, sent).into(),
                Field::day("productLaunchedOn", f.product_launched_on, sent).into(),
                Field::new(
                    "structure",
                    f.structure,
                    sent,
                    Input::Select(structures(sent, words)),
                )
                .into(),
                Field::area("previousFocus", f.previous_focus, sent, 2).into(),
                Field::day("pivotedOn", f.pivoted_on, sent).into(),
                Field::area("description", f.description, sent, 8).into(),
            ],
        ),
    ]
}

fn aliases(sent: &Sent, words: &Words) -> Vec<Row> {
    let f = words.form();
    let known = sent.names().filter_map(alias_row).max().map_or(0, |row| row + 1);
    (0..known + SPARE_NAMES)
        .map(|n| {
            let kind = format!("aliases.{n}.kind");
            let language = format!("aliases.{n}.language");
            let chosen_kind = sent.some(&kind).unwrap_or("OTHER");
            let chosen_language = sent.text(&language);
            let mut languages = vec![
                Pick::new("", f.language_unknown, chosen_language),
                Pick::new("zh", f.language_zh, chosen_language),
                Pick::new("en", f.language_en, chosen_language),
            ];
            if !languages.iter().any(|pick| pick.is_chosen) {
                languages.push(Pick::new(chosen_language, chosen_language, chosen_language));
            }
            let kinds = NameKind::ALL
                .iter()
                .map(|kind| Pick::new(kind.code(), kind.word(words), chosen_kind))
                .collect();
            Row {
                legend: f.other_name(&(n + 1).to_string()),
                fields: vec![
                    Field::line(&format!("aliases.{n}.name"), f.name, sent),
                    Field::new(&kind, f.name_kind, sent, Input::Select(kinds)),
                    Field::new(&language, f.name_language, sent, Input::Select(languages)),
                ],
            }
        })
        .collect()
}

fn layers(sent: &Sent, words: &Words) -> Field {
    let chosen = sent.text("layer");
    let style = |layer: Option<Layer>| match layer {
        Some(Layer::Model) => "layer layer-model",
        Some(Layer::Middleware) => "layer layer-middleware",
        Some(Layer::App) => "layer layer-app",
        None => "layer layer-unknown",
    };
    let picks = [
        Some(Layer::Model),
        Some(Layer::Middleware),
        Some(Layer::App),
        None,
    ]
    .into_iter()
    .map(|layer| Pick {
        style: style(layer),
        ..Pick::new(layer.map_or("", Layer::code), layer::word(layer, words), chosen)
    })
    .collect();
    Field::new("layer", words.form().layer, sent, Input::Radios(picks))
}

fn routes(sent: &Sent, words: &Words) -> Vec<Pick> {
    let chosen = sent.some("technicalRoute").unwrap_or("UNKNOWN");
    TechnicalRoute::ALL
        .iter()
        .map(|route| Pick::new(route.code(), route.word(words), chosen))
        .collect()
}

fn structures(sent: &Sent, words: &Words) -> Vec<Pick> {
    let chosen = sent.some("structure").unwrap_or("UNDECIDED");
    CompanyStructure::ALL
        .iter()
        .map(|one| Pick::new(one.code(), one.word(words), chosen))
        .collect()
}

fn countries(sent: &Sent, words: &Words) -> Vec<Pick> {
    let chosen = sent.text("country");
    let mut picks = vec![Pick::new("", words.form().not_known, chosen)];
    picks.extend(
        country::codes(words.language)
            .iter()
            .map(|code| Pick::new(code, country::name(code, words.language), chosen)),
    );
    if !picks.iter().any(|pick| pick.is_chosen) {
        picks.push(Pick::new(chosen, chosen, chosen));
    }
    picks
}

fn sectors(sent: &Sent, tree: &[SectorLine], words: &Words) -> Field {
    let chosen: Vec<&str> = sent.all("sectors").collect();
    let picks = tree
        .iter()
        .map(|line| Pick {
            value: line.chip.slug.clone(),
            text: if line.chip.is_focus {
                format!("{} ★", line.chip.name_in(words.language))
            } else {
                line.chip.name_in(words.language).to_owned()
            },
            is_chosen: chosen.contains(&line.chip.slug.as_str()),
            style: "",
            depth: line.depth.min(3),
            note: String::new(),
        })
        .collect();
    Field::new("sectors", words.form().sectors, sent, Input::Checks(picks)).hint(words.form().sectors_hint)
}

fn fact(name: &'static str, sent: &Sent, words: &Words) -> Row {
    let f = words.form();
    let choices = words.choices();
    let part = |part: &str| format!("{name}.{part}");
    let holds = sent.text(&part("holds")).to_owned();
    let grade = sent.some(&part("grade")).unwrap_or("CLAIMED").to_owned();
    let holds = vec![
        Pick::new("", f.not_known, &holds),
        Pick::new("yes", choices.yes, &holds),
        Pick::new("no", choices.no, &holds),
    ];
    let grades = [Grade::Claimed, Grade::Documented, Grade::Verified, Grade::Refuted]
        .into_iter()
        .map(|one| Pick::new(one.code(), one.word(words), &grade))
        .collect();
    Row {
        legend: field_word(name, words).to_owned(),
        fields: vec![
            Field::new(&part("holds"), f.holds, sent, Input::Select(holds)),
            Field::new(&part("grade"), f.grade, sent, Input::Select(grades)),
            Field::line(&part("words"), f.in_words, sent),
            Field::day(&part("on"), f.on, sent),
            Field::address(&part("sourceUrl"), f.link, sent),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    fn words() -> &'static Words {
        Words::of(Language::En)
    }

    #[test]
    fn only_what_was_changed_is_sent_and_what_was_emptied_is_cleared() {
        let base = Sent::read(b"name=A&city=B&need.payer=P&need.pain=Q&sectors=x&structure=ONSHORE");
        let mine = tidied(&Sent::read(
            b"name=A&city=&need.payer=P&need.pain=R&sectors=x&sectors=y&structure=ONSHORE&technicalRoute=",
        ));
        assert_eq!(
            Value::Object(input(&mine, &base)),
            json!({
                "city": null,
                "need": {"payer": "P", "pain": "R", "costToday": null, "alternativeToday": null},
                "sectors": ["x", "y"],
            })
        );
        assert!(input(&base, &base).is_empty());
    }

    #[test]
    fn names_close_up_and_addresses_get_their_scheme() {
        let sent = tidied(&Sent::read(
            b"aliases.0.name=&aliases.0.kind=OTHER&aliases.2.name=CF&aliases.2.language=en&website=cf.example&domains=a.example%0Ab.example",
        ));
        let input = input(&sent, &Sent::default());
        assert_eq!(
            Value::Object(input),
            json!({
                "aliases": [{"name": "CF", "kind": null, "language": "en"}],
                "website": "https://cf.example",
                "domains": ["a.example", "b.example"],
            })
        );
    }

    #[test]
    fn a_fact_that_nobody_answers_is_none_and_one_half_answered_is_asked_about() {
        let untouched = tidied(&Sent::read(
            b"name=A&usageFlywheel.grade=CLAIMED&usageFlywheel.holds=",
        ));
        assert!(!input(&untouched, &Sent::default()).contains_key("usageFlywheel"));
        assert!(faults(&untouched, words()).is_empty());
        let half = tidied(&Sent::read(b"name=A&usageFlywheel.words=they+say"));
        assert_eq!(faults(&half, words())[0].field, "usageFlywheel.holds");
    }

    #[test]
    fn what_is_no_day_is_told_beside_its_field() {
        let sent = Sent::read(b"name=A&foundedOn=last+year");
        assert_eq!(faults(&sent, words())[0].field, "foundedOn");
    }
}
