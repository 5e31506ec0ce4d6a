//! The layer of a startup, as every page shows it: a glyph of three bars and a word.

use crate::schema;
use crate::words::Words;

/// Where in the stack of AI a startup stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, cynic::Enum)]
pub(crate) enum Layer {
    Model,
    Middleware,
    App,
}

impl Layer {
    /// As the API and addresses write it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Model => "MODEL",
            Self::Middleware => "MIDDLEWARE",
            Self::App => "APP",
        }
    }
}

/// The name of the glyph and of the style of a layer or its absence.
pub(crate) fn style(layer: Option<Layer>) -> &'static str {
    match layer {
        Some(Layer::Model) => "model",
        Some(Layer::Middleware) => "middleware",
        Some(Layer::App) => "app",
        None => "unknown",
    }
}

/// The word for a layer or its absence.
pub(crate) fn word(layer: Option<Layer>, words: &Words) -> &'static str {
    match layer {
        Some(Layer::Model) => words.model,
        Some(Layer::Middleware) => words.middleware,
        Some(Layer::App) => words.app,
        None => words.unclassified,
    }
}
