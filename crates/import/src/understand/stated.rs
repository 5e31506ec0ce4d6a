//! Layers and sectors that a column states outright.

use domain::{sector::DEFAULT_SECTORS, startup::Layer};

use crate::value::folded;

/// Names of layers, folded.
const LAYERS: &[(Layer, &[&str])] = &[
    (
        Layer::Model,
        &[
            "model",
            "models",
            "foundation model",
            "foundation models",
            "底层大模型",
            "模型层",
            "大模型",
            "基础层",
        ],
    ),
    (Layer::Middleware, &["middleware", "中间层", "工具层"]),
    (
        Layer::App,
        &["app", "apps", "application", "applications", "应用层", "应用"],
    ),
];

/// A layer by its code or name.
pub(super) fn layer(text: &str) -> Option<Layer> {
    let text_folded = folded(text);
    LAYERS
        .iter()
        .find(|(_, names)| names.contains(&text_folded.as_str()))
        .map(|(layer, _)| *layer)
}

/// The slug of a sector, by slug or by a name of the tree that a workspace starts with. What has the form of a slug is
/// taken for one: the workspace may have its own.
pub(super) fn sector(text: &str) -> Option<String> {
    let text_folded = folded(text);
    let known = DEFAULT_SECTORS.iter().find(|sector| {
        [sector.slug, sector.name, sector.name_zh]
            .iter()
            .any(|name| folded(name) == text_folded)
    });
    if let Some(sector) = known {
        return Some(sector.slug.to_owned());
    }
    let is_slug = !text.is_empty()
        && text.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
    is_slug.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_and_sectors_are_stated_by_code_or_name() {
        assert_eq!(layer("MODEL"), Some(Layer::Model));
        assert_eq!(layer("应用层"), Some(Layer::App));
        assert_eq!(layer("B2B"), None);
        assert_eq!(sector("robotics").as_deref(), Some("robotics"));
        assert_eq!(sector("视频生成").as_deref(), Some("video-generation"));
        assert_eq!(sector("Chinese LLM").as_deref(), Some("chinese-llm"));
        assert_eq!(sector("our-own").as_deref(), Some("our-own"));
        assert_eq!(sector("Our own"), None);
    }
}
