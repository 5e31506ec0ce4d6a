//! The cells of a row as what they say of one startup.

use domain::{
    evidence::EvidenceKind,
    startup::{DESCRIPTION_LIMIT, NAME_LIMIT, NameKind, ONE_LINER_LIMIT},
};
use serde_json::Value;

use crate::{
    Field, Said, SaidFigure, Words,
    preset::Preset,
    saying::Saying,
    table::is_blank_value,
    value::{
        country::country,
        date, folded, link,
        list::{self, items},
        number, place, plain, telling,
        web::{address, identifying_domain},
        words_of,
    },
    words::Proposals,
};

mod addresses;
mod names;
mod stated;

/// How the rows of one file are understood.
pub(crate) struct Understanding {
    /// The columns with what they mean.
    pub columns: Vec<(String, Field)>,
    /// The preset that reads the file.
    pub preset: Option<&'static Preset>,
    /// The words that suggest layers and sectors.
    pub words: Words,
    /// The country of rows that name none.
    pub default_country: Option<String>,
}

/// What a row says, and what could not be read of it.
#[derive(Default)]
pub(crate) struct Understood {
    pub said: Said,
    pub errors: Vec<Wrong>,
    pub notes: Vec<Saying>,
    pub skip: Option<Saying>,
    proposals: Proposals,
    /// The country that a place tells.
    of_place: Option<&'static str>,
    source_url: Option<String>,
    product_url: Option<String>,
    names_two: bool,
    stars: Option<SaidFigure>,
    observed_on: Option<chrono::NaiveDate>,
    figure_url: Option<String>,
}

/// A cell, or a row, that could not be read.
pub(crate) struct Wrong {
    pub column: Option<String>,
    pub value: Option<String>,
    pub saying: Saying,
    pub fatal: bool,
}

impl Understanding {
    /// Reads the cells of a row.
    pub fn read(&self, cells: &[Value]) -> Understood {
        let mut row = Understood {
            skip: self.skip(cells).or_else(|| foot(cells)),
            ..Understood::default()
        };
        for ((column, field), value) in self.columns.iter().zip(cells) {
            if *field != Field::Ignore && !is_blank_value(value) {
                row.take(column, field, value, self);
            }
        }
        row.finish(self);
        row
    }

    /// Why the row is passed over, if it is.
    fn skip(&self, cells: &[Value]) -> Option<Saying> {
        self.preset?.skip.iter().find_map(|skip| {
            let at = self
                .columns
                .iter()
                .position(|(column, _)| *column == skip.column)?;
            let found = items(cells.get(at)?)
                .into_iter()
                .find(|item| skip.values.iter().any(|value| folded(value) == folded(item)))?;
            let filled = |reason: &str| reason.replace("{value}", &found);
            Some(Saying::OfPreset(filled(&skip.reason), filled(&skip.reason_zh)))
        })
    }

    fn has_ids(&self) -> bool {
        self.columns
            .iter()
            .any(|(_, field)| matches!(field, Field::ExternalId | Field::Repository))
    }
}

/// How the lines begin that other programs put below their rows, lower case.
const FEET: &[&str] = &[
    "total",
    "grand total",
    "copyright",
    "©",
    "confidential",
    "合计",
    "总计",
    "数据来源",
];

/// Why a line that stands alone below the rows is passed over: a sum, or whose the file is.
fn foot(cells: &[Value]) -> Option<Saying> {
    let mut filled = cells.iter().filter(|cell| !is_blank_value(cell));
    let (Some(cell), None) = (filled.next(), filled.next()) else {
        return None;
    };
    let text = words_of(cell).trim().to_lowercase();
    let is_foot = cells.len() > 1 && FEET.iter().any(|foot| text.starts_with(foot));
    is_foot.then_some(Saying::Foot)
}

impl Understood {
    fn wrong(&mut self, column: &str, value: &str, saying: Saying) {
        self.errors.push(Wrong {
            column: Some(column.to_owned()),
            value: Some(value.to_owned()),
            saying,
            fatal: false,
        });
    }

    fn take(&mut self, column: &str, field: &Field, value: &Value, how: &Understanding) {
        let words = words_of(value);
        let text = words.as_ref();
        match field {
            Field::Ignore => {}
            Field::Custom => self.keep(column, value),
            Field::ExternalId => {
                if self.said.external_id.is_none() {
                    self.said.external_id = telling(text);
                }
            }
            Field::Repository => self.repository(text),
            Field::Name => self.name(column, text),
            Field::Alias(None) => self.aliases(items(value), None, NameKind::Other),
            Field::Alias(language) => {
                self.aliases(
                    telling(text).into_iter().collect(),
                    language.as_deref(),
                    NameKind::Brand,
                );
            }
            Field::LegalName => self.aliases(telling(text).into_iter().collect(), None, NameKind::Legal),
            Field::FormerName => self.aliases(items(value), None, NameKind::Former),
            Field::Product => self.products(text),
            Field::Domain => self.domains(column, value),
            Field::Website => self.website(column, text, identifying_domain),
            Field::ProductUrl => self.product_url(column, text),
            Field::SourceUrl => self.source_url = address(text).ok().flatten(),
            Field::OneLiner => self.one_liner(column, text, how),
            Field::Description => self.description(column, &link::without_links(text)),
            Field::Country => self.country(column, value),
            Field::City | Field::Place => self.place(column, text),
            Field::FoundedOn => self.founded_on(column, text),
            Field::Layer => self.layer(column, text),
            Field::Sectors => self.sectors(column, value),
            Field::Words => self.words(column, value, how),
            Field::Founders => {
                for founder in items(value) {
                    if !self.said.founders.contains(&founder) {
                        self.said.founders.push(founder);
                    }
                }
            }
            Field::Stars => self.stars(column, text),
            Field::ObservedOn => match date::when(text) {
                Ok(when) => self.observed_on = Some(when.day),
                Err(saying) => self.wrong(column, text, saying),
            },
            Field::FigureUrl => match address(text) {
                Ok(url) => self.figure_url = url,
                Err(saying) => self.wrong(column, text, saying),
            },
        }
    }

    fn keep(&mut self, column: &str, value: &Value) {
        let kept = match value {
            Value::String(text) => match list::bracketed(text.trim()) {
                Some(listed) => Value::from(listed),
                None => plain(text).map_or(Value::Null, Value::from),
            },
            value => value.clone(),
        };
        if !is_blank_value(&kept) {
            self.said.custom_fields.insert(column.to_owned(), kept);
        }
    }

    fn one_liner(&mut self, column: &str, text: &str, how: &Understanding) {
        let text = link::without_links(text);
        let Some(line) = telling(&text) else { return };
        how.words.look(column, &line, false, &mut self.proposals);
        if self.said.one_liner.is_some() || line.chars().count() > ONE_LINER_LIMIT {
            self.description(column, &line);
        } else {
            self.said.one_liner = Some(line);
        }
    }

    fn description(&mut self, column: &str, text: &str) {
        let Some(text) = telling(text) else { return };
        let whole = match self.said.description.take() {
            Some(before) => format!("{before}\n\n{text}"),
            None => text,
        };
        if whole.chars().count() > DESCRIPTION_LIMIT {
            let start: String = whole.chars().take(80).collect();
            self.wrong(column, &start, Saying::DescriptionTooLong);
        } else {
            self.said.description = Some(whole);
        }
    }

    /// A country, or a list in which words such as Remote and Europe stand beside it.
    fn country(&mut self, column: &str, value: &Value) {
        let words = words_of(value);
        let Some(text) = telling(&words) else { return };
        if let Some(code) = country(&text) {
            self.said.country.get_or_insert_with(|| code.to_owned());
            return;
        }
        let listed = items(value);
        let mut codes: Vec<&str> = Vec::new();
        for code in listed.iter().filter_map(|item| country(item)) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        match codes.as_slice() {
            [one] => {
                self.said.country.get_or_insert_with(|| (*one).to_owned());
            }
            [] if listed.len() > 1 || value.is_array() => {}
            [] => {
                self.wrong(column, &text, Saying::NotACountry(text.clone()));
            }
            several => self
                .notes
                .push(Saying::SeveralCountries(column.to_owned(), several.join(", "))),
        }
    }

    fn place(&mut self, column: &str, text: &str) {
        let Some(text) = telling(text) else { return };
        if text.chars().count() > NAME_LIMIT {
            let start: String = text.chars().take(80).collect();
            self.wrong(column, &start, Saying::PlaceTooLong);
            return;
        }
        let place = place::place(&text);
        if self.said.city.is_none() {
            self.said.city = place.city;
        }
        self.of_place = self.of_place.or(place.country);
    }

    fn founded_on(&mut self, column: &str, text: &str) {
        let Some(text) = telling(text) else { return };
        match date::when(&text) {
            Ok(when) => self.said.founded_on = Some(when.day),
            Err(saying) => self.wrong(column, &text, saying),
        }
    }

    fn layer(&mut self, column: &str, text: &str) {
        let Some(text) = telling(text) else { return };
        self.said.layer = stated::layer(&text);
        if self.said.layer.is_none() {
            self.wrong(column, &text, Saying::NotALayer(text.clone()));
        }
    }

    fn sectors(&mut self, column: &str, value: &Value) {
        for item in items(value) {
            match stated::sector(&item) {
                Some(slug) if self.said.sectors.contains(&slug) => {}
                Some(slug) => self.said.sectors.push(slug),
                None => {
                    self.wrong(column, &item, Saying::NotASector(item.clone()));
                }
            }
        }
    }

    fn words(&mut self, column: &str, value: &Value, how: &Understanding) {
        for item in items(value) {
            if let Some(known) = how.preset.and_then(|preset| preset.values.get(&item)) {
                let words = format!("{column}: {item}");
                self.proposals.add(known.layer, &known.sectors, 3, &words);
            }
            how.words.look(column, &item, true, &mut self.proposals);
        }
    }

    fn stars(&mut self, column: &str, text: &str) {
        let Some(text) = telling(text) else { return };
        let Some(value) = number::count(&text) else {
            self.wrong(column, &text, Saying::NotACount(text.clone()));
            return;
        };
        self.stars = Some(SaidFigure {
            kind: EvidenceKind::OpenSourceStars,
            value,
            observed_on: None,
            source_url: None,
            as_found: text,
        });
    }

    /// What only the whole row tells.
    fn finish(&mut self, how: &Understanding) {
        if self.said.name.is_none() && !self.said.aliases.is_empty() {
            let first = self.said.aliases.remove(0);
            self.said.row_key = Some(first.name.clone());
            self.said.name = Some(first.name);
        }
        match &self.said.name {
            Some(name) => {
                let aliases = std::mem::take(&mut self.said.aliases);
                self.said.aliases = names::distinct(name, aliases);
            }
            None => self.errors.push(Wrong {
                column: how
                    .columns
                    .iter()
                    .find(|(_, field)| *field == Field::Name)
                    .map(|(column, _)| column.clone()),
                value: None,
                saying: Saying::NoName,
                fatal: true,
            }),
        }
        if how.has_ids() {
            self.said.row_key = None;
            if self.said.external_id.is_none() {
                self.notes.push(Saying::NoId);
            }
        }
        self.finish_domains();
        if self.said.country.is_none() {
            self.said.country = self.of_place.map(str::to_owned);
        }
        if self.said.country.is_none() && how.default_country.is_some() {
            self.said.country.clone_from(&how.default_country);
            self.said.country_is_default = true;
        }
        if let Some(listed) = how.preset.and_then(|preset| preset.listed.as_ref()) {
            self.proposals
                .add(listed.layer, &listed.sectors, 3, &listed.words);
        }
        if self.said.layer.is_none() {
            self.said.proposed_layer = self.proposals.layer();
        }
        let mut proposed = self.proposals.sectors();
        proposed.retain(|proposal| !self.said.sectors.contains(&proposal.value));
        self.said.proposed_sectors = proposed;
        if let Some(mut stars) = self.stars.take() {
            stars.observed_on = self.observed_on;
            stars.source_url = self.figure_url.take();
            self.said.evidence.push(stars);
        }
    }
}
