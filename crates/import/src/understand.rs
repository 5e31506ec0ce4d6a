//! The cells of a row as what they say of one startup.

use domain::{
    evidence::EvidenceKind,
    startup::{DESCRIPTION_LIMIT, NAME_LIMIT, Name, NameKind, ONE_LINER_LIMIT},
    text::registrable_domain,
};
use serde_json::Value;

use crate::{
    CellError, Field, Said, SaidFigure, Words,
    preset::Preset,
    table::is_blank_value,
    value::{
        country::country,
        date, folded, link,
        list::{self, items},
        name, number, place, plain, telling,
        web::{self, address, identifying_domain, product_domain},
        words_of,
    },
    words::Proposals,
};

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
    pub errors: Vec<CellError>,
    pub notes: Vec<String>,
    pub skip: Option<String>,
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
    fn skip(&self, cells: &[Value]) -> Option<String> {
        self.preset?.skip.iter().find_map(|skip| {
            let at = self
                .columns
                .iter()
                .position(|(column, _)| *column == skip.column)?;
            let found = items(cells.get(at)?)
                .into_iter()
                .find(|item| skip.values.iter().any(|value| folded(value) == folded(item)))?;
            Some(skip.reason.replace("{value}", &found))
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
fn foot(cells: &[Value]) -> Option<String> {
    let mut filled = cells.iter().filter(|cell| !is_blank_value(cell));
    let (Some(cell), None) = (filled.next(), filled.next()) else {
        return None;
    };
    let text = words_of(cell).trim().to_lowercase();
    let is_foot = cells.len() > 1 && FEET.iter().any(|foot| text.starts_with(foot));
    is_foot.then(|| "the line was put below the rows by the program that wrote the file".to_owned())
}

impl Understood {
    fn wrong(&mut self, column: &str, value: &str, reason: String) {
        self.errors.push(CellError {
            column: Some(column.to_owned()),
            value: Some(value.to_owned()),
            reason,
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
            Field::City | Field::Place => self.place(text),
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
                Err(reason) => self.wrong(column, text, reason),
            },
            Field::FigureUrl => match address(text) {
                Ok(url) => self.figure_url = url,
                Err(reason) => self.wrong(column, text, reason),
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

    fn repository(&mut self, text: &str) {
        let Some(id) = plain(text) else { return };
        let name = id.rsplit('/').next().unwrap_or(&id).trim().to_owned();
        if self.said.name.is_none() && !name.is_empty() {
            self.said.name = Some(name);
        }
        self.said.external_id = Some(id);
    }

    fn name(&mut self, column: &str, text: &str) {
        let Some(cell) = telling(text) else { return };
        let linked = link::pieces(&cell);
        let (whole, url) = match linked.as_slice() {
            [one] => (one.text.trim().to_owned(), one.url),
            _ => (link::without_links(&cell), None),
        };
        if whole.is_empty() {
            return;
        }
        if self.said.name.is_some() {
            self.aliases(vec![whole], None, NameKind::Brand);
            return;
        }
        if whole.chars().count() > NAME_LIMIT {
            self.errors.push(CellError {
                column: Some(column.to_owned()),
                value: Some(whole.chars().take(NAME_LIMIT).collect()),
                reason: format!(
                    "the name has more than {NAME_LIMIT} characters; a shorter one would be right"
                ),
                fatal: true,
            });
        }
        if let Some(url) = url {
            self.website(column, url, identifying_domain);
        }
        self.said.row_key = Some(cell.clone());
        if name::names_two(&whole) {
            self.notes.push(format!(
                "{column} {whole:?} seems to name two organisations; it is kept as one name"
            ));
            self.said.name = Some(whole);
            return;
        }
        let (name, other) = name::split_languages(&whole);
        self.said.name = Some(name);
        self.said.aliases.extend(other);
    }

    fn aliases(&mut self, names: Vec<String>, language: Option<&str>, kind: NameKind) {
        let names = names
            .into_iter()
            .filter(|name| name.chars().count() <= NAME_LIMIT);
        self.said
            .aliases
            .extend(names.map(|name| name::alias(name, language, kind)));
    }

    /// Products, perhaps linked: `[LLaMA](…),[LLaMA-2](…), CodeLLaMA`.
    fn products(&mut self, text: &str) {
        let mut is_behind_link = false;
        for piece in link::pieces(text) {
            let marks: &[char] = if piece.url.is_some() {
                &['、']
            } else {
                &[',', '，', '、', ';', '；', '\n']
            };
            let mut names: Vec<&str> = piece.text.split(marks).collect();
            // What is joined to a link says more of it, and is no name: `[流萤](…)系列`.
            if is_behind_link && !names.is_empty() {
                names.remove(0);
            }
            is_behind_link = piece.url.is_some();
            self.aliases(
                names.into_iter().filter_map(telling).collect(),
                None,
                NameKind::Product,
            );
            if let Some(url) = piece.url.and_then(|url| address(url).ok().flatten()) {
                self.add_domain(product_domain(&url));
            }
        }
    }

    fn add_domain(&mut self, domain: Option<String>) {
        if let Some(domain) = domain.filter(|domain| !self.said.domains.contains(domain)) {
            self.said.domains.push(domain);
        }
    }

    fn domains(&mut self, column: &str, value: &Value) {
        for item in items(value).into_iter().filter(|item| !web::is_flag(item)) {
            if registrable_domain(&item).is_none() {
                let reason = format!("{item:?} is no domain; one like example.com would be right");
                self.wrong(column, &item, reason);
            }
            self.add_domain(identifying_domain(&item));
        }
    }

    fn website(&mut self, column: &str, text: &str, domain_of: fn(&str) -> Option<String>) {
        let linked = link::pieces(text).into_iter().find_map(|piece| piece.url);
        match address(linked.unwrap_or(text)) {
            Ok(None) => {}
            Ok(Some(url)) => {
                self.add_domain(domain_of(&url));
                if self.said.website.is_none() {
                    self.said.website = Some(url);
                }
            }
            Err(reason) => self.wrong(column, text, reason),
        }
    }

    /// The address of the row's product; whether it is its own is seen when the names are known.
    fn product_url(&mut self, column: &str, text: &str) {
        let before = self.said.website.is_some();
        self.website(column, text, |_| None);
        if !before {
            self.product_url.clone_from(&self.said.website);
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
            let reason = format!("the description has more than {DESCRIPTION_LIMIT} characters");
            self.wrong(column, &start, reason);
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
                let reason = format!("{text:?} is no country; a code such as CN, or a name, would be right");
                self.wrong(column, &text, reason);
            }
            several => self.notes.push(format!(
                "{column} names several countries ({}); none was taken",
                several.join(", ")
            )),
        }
    }

    fn place(&mut self, text: &str) {
        let Some(text) = telling(text) else { return };
        let place = place::place(&text);
        if self.said.city.is_none() {
            self.said.city = place.city.filter(|city| city.chars().count() <= NAME_LIMIT);
        }
        self.of_place = self.of_place.or(place.country);
    }

    fn founded_on(&mut self, column: &str, text: &str) {
        let Some(text) = telling(text) else { return };
        match date::when(&text) {
            Ok(when) => self.said.founded_on = Some(when.day),
            Err(reason) => self.wrong(column, &text, reason),
        }
    }

    fn layer(&mut self, column: &str, text: &str) {
        let Some(text) = telling(text) else { return };
        self.said.layer = stated::layer(&text);
        if self.said.layer.is_none() {
            let reason = format!("{text:?} is no layer; MODEL, MIDDLEWARE or APP would be right");
            self.wrong(column, &text, reason);
        }
    }

    fn sectors(&mut self, column: &str, value: &Value) {
        for item in items(value) {
            match stated::sector(&item) {
                Some(slug) if self.said.sectors.contains(&slug) => {}
                Some(slug) => self.said.sectors.push(slug),
                None => {
                    let reason =
                        format!("{item:?} is no sector; a slug such as robotics, or a name, would be right");
                    self.wrong(column, &item, reason);
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
            let reason = format!("{text:?} is no count; figures such as 1200 would be right");
            self.wrong(column, &text, reason);
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
                self.said.aliases = distinct(name, aliases);
            }
            None => self.errors.push(CellError {
                column: how
                    .columns
                    .iter()
                    .find(|(_, field)| *field == Field::Name)
                    .map(|(column, _)| column.clone()),
                value: None,
                reason:
                    "the row has no name; a column mapped to name, with a name in the row, would be right"
                        .to_owned(),
                fatal: true,
            }),
        }
        if how.has_ids() {
            self.said.row_key = None;
            if self.said.external_id.is_none() {
                self.notes
                    .push("the row has no id although the file has a column of ids".to_owned());
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

    /// Which addresses and domains are the startup's own, now that its names are known.
    fn finish_domains(&mut self) {
        let aliases = self.said.aliases.iter().map(|alias| alias.name.as_str());
        let names: Vec<&str> = self.said.name.as_deref().into_iter().chain(aliases).collect();
        let of_product = self
            .product_url
            .take()
            .and_then(|url| web::own_domain(&url, names.iter().copied()));
        // Where the row was found is its own site only where the domain is like a name.
        let source = self.source_url.take().and_then(|url| {
            let domain = product_domain(&url)?;
            names
                .iter()
                .any(|name| web::domain_is_like(&domain, name))
                .then_some((url, domain))
        });
        self.add_domain(of_product);
        if let Some((url, domain)) = source {
            self.add_domain(Some(domain));
            self.said.website.get_or_insert(url);
        }
        // Of two organisations nobody knows whose it is.
        if self.names_two {
            self.said.domains.clear();
        }
    }
}

/// Aliases without the name itself, each once.
fn distinct(name: &str, aliases: Vec<Name>) -> Vec<Name> {
    let mut seen = vec![folded(name)];
    let mut kept = Vec::new();
    for alias in aliases {
        let key = folded(&alias.name);
        if !seen.contains(&key) {
            seen.push(key);
            kept.push(alias);
        }
    }
    kept
}
