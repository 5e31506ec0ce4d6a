//! What columns mean.

use std::{fmt, str::FromStr};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
    ser::SerializeMap as _,
};

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// Nothing here.
    Ignore,
    /// Something to keep as a custom field, under the column's name.
    Custom,
    /// The source's own id.
    ExternalId,
    /// `owner/name` of a repository: the source's id and the name in one.
    Repository,
    /// The name; two languages in one cell become a name and an alias.
    Name,
    /// Other names, in a language (BCP 47) where one is given.
    Alias(Option<String>),
    /// The registered name.
    LegalName,
    /// Former names.
    FormerName,
    /// Names of products, perhaps with links to them.
    Product,
    /// Domains or addresses that are the startup's own.
    Domain,
    /// The web site; a flag such as ✔ says nothing.
    Website,
    /// The address of a product: the web site, which identifies where it is no article and no shared host.
    ProductUrl,
    /// An address that is the startup's own only where it is like its name.
    SourceUrl,
    /// What it does, in a line.
    OneLiner,
    /// What it does, at length.
    Description,
    /// A country by code or name, or a list with one among other words.
    Country,
    /// A city.
    City,
    /// City, province or state, and country together.
    Place,
    /// When it was founded.
    FoundedOn,
    /// A layer, by its code or name.
    Layer,
    /// Sectors, by slug or name.
    Sectors,
    /// Words that may suggest a layer or sectors: tags, categories, names of sections.
    Words,
    /// Founders.
    Founders,
    /// Stars of the repository.
    Stars,
    /// The day of the row's figures.
    ObservedOn,
    /// The address at which the row's figures can be looked up.
    FigureUrl,
}

/// Fields by their codes, without those that carry something.
const CODES: &[(&str, Field)] = &[
    ("ignore", Field::Ignore),
    ("custom", Field::Custom),
    ("externalId", Field::ExternalId),
    ("repository", Field::Repository),
    ("name", Field::Name),
    ("alias", Field::Alias(None)),
    ("legalName", Field::LegalName),
    ("formerName", Field::FormerName),
    ("product", Field::Product),
    ("domain", Field::Domain),
    ("website", Field::Website),
    ("productUrl", Field::ProductUrl),
    ("sourceUrl", Field::SourceUrl),
    ("oneLiner", Field::OneLiner),
    ("description", Field::Description),
    ("country", Field::Country),
    ("city", Field::City),
    ("place", Field::Place),
    ("foundedOn", Field::FoundedOn),
    ("layer", Field::Layer),
    ("sectors", Field::Sectors),
    ("words", Field::Words),
    ("founders", Field::Founders),
    ("stars", Field::Stars),
    ("observedOn", Field::ObservedOn),
    ("figureUrl", Field::FigureUrl),
];

impl Field {
    /// The codes there are; `alias:zh` names a language besides.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        CODES.iter().map(|(code, _)| *code)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Alias(Some(language)) = self {
            return write!(f, "alias:{language}");
        }
        let code = CODES
            .iter()
            .find(|(_, field)| field == self)
            .map(|(code, _)| *code);
        f.write_str(code.unwrap_or("ignore"))
    }
}

/// A word that is no field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is no field; one of {expected} would be")]
pub struct UnknownField {
    /// The word found.
    pub value: String,
    /// The codes there are, separated by commas.
    pub expected: String,
}

impl FromStr for Field {
    type Err = UnknownField;

    fn from_str(value: &str) -> Result<Self, UnknownField> {
        if let Some(language) = value
            .strip_prefix("alias:")
            .filter(|language| !language.is_empty())
        {
            return Ok(Self::Alias(Some(language.to_owned())));
        }
        let known = CODES.iter().find(|(code, _)| *code == value);
        known.map(|(_, field)| field.clone()).ok_or_else(|| UnknownField {
            value: value.to_owned(),
            expected: Self::codes().collect::<Vec<_>>().join(", "),
        })
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// What each column means, in the order of the columns. As JSON it is an object,
/// `{"公司": "name", "大模型": "product", "官网": "ignore"}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping(pub Vec<(String, Field)>);

impl Mapping {
    /// What a column means; None where the mapping does not speak of it.
    pub fn get(&self, column: &str) -> Option<&Field> {
        self.0
            .iter()
            .find(|(known, _)| known == column)
            .map(|(_, field)| field)
    }

    /// The columns that mean this.
    pub fn columns_of<'a>(&'a self, field: &'a Field) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(_, known)| known == field)
            .map(|(column, _)| column.as_str())
    }
}

impl Serialize for Mapping {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (column, field) in &self.0 {
            map.serialize_entry(column, field)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Mapping {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Columns;
        impl<'de> Visitor<'de> for Columns {
            type Value = Mapping;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of columns and fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Mapping, A::Error> {
                let mut columns = Vec::new();
                while let Some(column) = map.next_entry()? {
                    columns.push(column);
                }
                Ok(Mapping(columns))
            }
        }
        deserializer.deserialize_map(Columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_a_json_object_in_the_order_of_the_columns() {
        let json = r#"{"公司":"name","大模型":"product","name_zh":"alias:zh","官网":"ignore"}"#;
        let mapping: Mapping = serde_json::from_str(json).unwrap();
        assert_eq!(mapping.get("name_zh"), Some(&Field::Alias(Some("zh".to_owned()))));
        assert_eq!(serde_json::to_string(&mapping).unwrap(), json);
    }

    #[test]
    fn every_field_is_its_own_code() {
        for code in Field::codes() {
            assert_eq!(code.parse::<Field>().unwrap().to_string(), code);
        }
        let wrong = serde_json::from_str::<Mapping>(r#"{"a":"nmae"}"#).unwrap_err();
        assert!(
            wrong
                .to_string()
                .contains("\"nmae\" is no field; one of ignore, "),
            "{wrong}"
        );
    }
}
