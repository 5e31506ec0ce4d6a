//! What lists and analytics are narrowed by, as their pages show it: chips of what is set, and menus of links.

/// A filter that is set, or a mistake.
pub(crate) struct Chip {
    pub(crate) text: String,
    pub(crate) remove: String,
    pub(crate) is_bad: bool,
}

/// A choice among several, as a link.
pub(crate) struct Choice {
    pub(crate) text: String,
    pub(crate) link: String,
    pub(crate) depth: usize,
    pub(crate) is_chosen: bool,
}

/// A menu of choices.
pub(crate) struct Menu {
    pub(crate) name: &'static str,
    /// How many are set.
    pub(crate) set: usize,
    /// Whether its choices are names that people gave.
    pub(crate) is_data: bool,
    pub(crate) choices: Vec<Choice>,
}

/// What a filter of the API is given: nothing where nothing is chosen.
pub(crate) fn several<T>(items: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let items: Vec<T> = items.collect();
    (!items.is_empty()).then_some(items)
}
