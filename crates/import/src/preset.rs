//! Known exports and lists: what their columns mean, as a table (`data/presets.json`).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use domain::startup::Layer;
use serde::Deserialize;

use crate::{Mapping, Unreadable};

/// Every preset; several of one name are the shapes of one source.
static PRESETS: LazyLock<Vec<Preset>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../data/presets.json")).unwrap_or_default());

/// A known export or list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Preset {
    /// Its name.
    pub name: String,
    /// The columns by which it is known; all of them.
    pub recognised: Vec<String>,
    /// What its columns mean.
    pub columns: Mapping,
    /// The country of rows that name none.
    #[serde(default)]
    pub default_country: Option<String>,
    /// What it suggests of everybody on it.
    #[serde(default)]
    pub listed: Option<Listed>,
    /// What a cell suggests that says exactly this.
    #[serde(default)]
    pub values: BTreeMap<String, Suggested>,
    /// Rows that are about no startup.
    #[serde(default)]
    pub skip: Vec<Skip>,
}

/// What a list as a whole suggests.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Listed {
    /// Why.
    pub words: String,
    #[serde(default)]
    pub layer: Option<Layer>,
    #[serde(default)]
    pub sectors: Vec<String>,
}

/// What a value of a column suggests.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Suggested {
    #[serde(default)]
    pub layer: Option<Layer>,
    #[serde(default)]
    pub sectors: Vec<String>,
}

/// Which rows are passed over.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Skip {
    /// The column that tells.
    pub column: String,
    /// The values, one of which the cell has or lists.
    pub values: Vec<String>,
    /// Why, with `{value}` for the value found.
    pub reason: String,
    /// The same in Chinese.
    pub reason_zh: String,
}

/// The names of the presets there are.
pub fn presets() -> Vec<&'static str> {
    let names: BTreeSet<&str> = PRESETS.iter().map(|preset| preset.name.as_str()).collect();
    names.into_iter().collect()
}

/// What is given in place of a preset's name for a file that only looks like one.
const NONE: &str = "none";

/// No preset for `none`; the preset of that name whose columns the file has most of; without a name the one whose marks the file has all of,
/// of several the one with most marks.
pub(crate) fn choose(named: Option<&str>, columns: &[String]) -> Result<Option<&'static Preset>, Unreadable> {
    let marks = |preset: &Preset| {
        preset
            .recognised
            .iter()
            .filter(|mark| columns.contains(mark))
            .count()
    };
    if named == Some(NONE) {
        return Ok(None);
    }
    let Some(name) = named else {
        let known = PRESETS
            .iter()
            .filter(|preset| marks(preset) == preset.recognised.len());
        return Ok(known.max_by_key(|preset| preset.recognised.len()));
    };
    let best = PRESETS
        .iter()
        .filter(|preset| preset.name == name)
        .max_by_key(|preset| marks(preset));
    best.map(Some).ok_or_else(|| Unreadable::UnknownPreset {
        preset: name.to_owned(),
        presets: presets().join(", "),
    })
}

#[cfg(test)]
mod tests {
    use domain::sector::DEFAULT_SECTORS;

    use super::*;
    use crate::value::country::country;

    #[test]
    fn the_table_of_presets_is_right() {
        assert!(serde_json::from_str::<Vec<Preset>>(include_str!("../data/presets.json")).is_ok());
        for preset in PRESETS.iter() {
            let listed = preset.listed.iter().flat_map(|listed| &listed.sectors);
            let of_values = preset.values.values().flat_map(|suggested| &suggested.sectors);
            for sector in listed.chain(of_values) {
                assert!(
                    DEFAULT_SECTORS.iter().any(|known| known.slug == sector),
                    "{sector}"
                );
            }
            for mark in &preset.recognised {
                let is_read = preset.columns.get(mark).is_some();
                assert!(is_read, "{} does not say what its mark {mark} means", preset.name);
            }
            if let Some(code) = &preset.default_country {
                assert_eq!(country(code), Some(code.as_str()));
            }
        }
    }

    #[test]
    fn a_preset_is_known_by_its_marks() {
        let columns = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let chosen = |names: &[&str]| {
            choose(None, &columns(names))
                .unwrap()
                .map(|preset| preset.name.as_str())
        };
        assert_eq!(
            chosen(&["序号", "公司", "大模型", "省市", "类别", "官网", "说明"]),
            Some("china-llm")
        );
        assert_eq!(chosen(&["公司", "大模型", "说明"]), Some("foreign-llm"));
        assert_eq!(chosen(&["name", "website"]), None);
        let looks_so = columns(&["公司", "大模型", "说明"]);
        assert!(choose(Some("none"), &looks_so).unwrap().is_none());
        assert!(
            choose(Some("nobody"), &[])
                .unwrap_err()
                .to_string()
                .contains("\"nobody\" is no preset")
        );
    }
}
