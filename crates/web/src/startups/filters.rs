//! The filters and orders of the list: chips, boxes, heads, each with the link or the field that it is.

use super::{Known, ProviderName, StartupFacets};
use crate::as_of;
use crate::assessment::Flag;
use crate::evidence::Grade;
use crate::narrow::Chip;
use crate::query::{Bad, Days, LayerChoice, Range, Rows, Sort, StartupsQuery, yes_or_no};
use crate::sector::SectorLine;
use crate::startup::profile::TechnicalRoute;
use crate::words::Words;
use crate::{Language, country, fmt, layer};

/// A choice among several, drawn as a link or a box.
pub(super) struct Choice {
    pub(super) text: String,
    pub(super) value: String,
    pub(super) link: String,
    pub(super) is_chosen: bool,
}

pub(super) struct FilterForm {
    pub(super) layers: Vec<LayerBox>,
    pub(super) layers_set: usize,
    pub(super) sectors: Vec<SectorBox>,
    pub(super) sectors_set: usize,
    pub(super) no_sector: bool,
    pub(super) focus: bool,
    pub(super) routes: Vec<CountedChoice>,
    pub(super) routes_set: usize,
    pub(super) countries: Vec<CountedChoice>,
    pub(super) countries_set: usize,
    /// Not counted: a startup builds on several.
    pub(super) providers: Vec<CountedChoice>,
    pub(super) providers_set: usize,
    pub(super) grades: Vec<StyledChoice>,
    /// Either, with, without.
    pub(super) proofs: Vec<CountedChoice>,
    pub(super) proof_set: usize,
    pub(super) conviction_from: String,
    pub(super) conviction_to: String,
    pub(super) hype_from: String,
    pub(super) figures_set: usize,
    pub(super) flags: Vec<StyledChoice>,
    pub(super) not_flags: Vec<StyledChoice>,
    pub(super) flags_set: usize,
    pub(super) kept: Vec<(&'static str, String)>,
}

/// A choice with how many startups it would leave.
pub(super) struct CountedChoice {
    pub(super) text: String,
    pub(super) value: String,
    pub(super) is_chosen: bool,
    pub(super) count: Option<String>,
}

/// A choice with its glyph.
pub(super) struct StyledChoice {
    pub(super) style: &'static str,
    pub(super) choice: CountedChoice,
}

pub(super) struct LayerBox {
    /// How many startups it would leave; None where nothing was counted.
    pub(super) count: Option<String>,
    pub(super) value: &'static str,
    pub(super) text: &'static str,
    pub(super) style: &'static str,
    pub(super) is_chosen: bool,
}

pub(super) struct SectorBox {
    pub(super) count: Option<String>,
    pub(super) slug: String,
    pub(super) text: String,
    pub(super) depth: usize,
    pub(super) is_focus: bool,
    pub(super) is_chosen: bool,
}

/// The heads by which the list can be ordered.
pub(super) struct Heads {
    pub(super) name: Head,
    pub(super) conviction: Head,
    pub(super) demand: Head,
    pub(super) hype: Head,
    pub(super) founded: Head,
    pub(super) updated: Head,
}

pub(super) struct Head {
    /// None where the list cannot be ordered by this column.
    pub(super) link: Option<String>,
    /// The value of `aria-sort`, empty where the list is not ordered by this column.
    pub(super) order: &'static str,
}

/// The parameters that a form sets besides its own fields, each with its alternatives as one value.
pub(super) fn kept(query: &StartupsQuery, own: &[&str]) -> Vec<(&'static str, String)> {
    let joined = |items: Vec<&str>| items.join(",");
    let mut all = vec![
        ("q", query.text.clone().unwrap_or_default()),
        (
            "layer",
            joined(query.layers.iter().map(|choice| choice.code()).collect()),
        ),
        ("sector", joined(query.sector_codes())),
        ("focus", if query.focus { "yes" } else { "" }.to_owned()),
        ("also", joined(query.also.iter().map(String::as_str).collect())),
        (
            "route",
            joined(query.routes.iter().map(|route| route.code()).collect()),
        ),
        (
            "country",
            joined(query.countries.iter().map(String::as_str).collect()),
        ),
        (
            "provider",
            joined(query.providers.iter().map(String::as_str).collect()),
        ),
        ("owner", joined(query.owners.iter().map(String::as_str).collect())),
        (
            "channel",
            joined(query.channels.iter().map(|one| one.code()).collect()),
        ),
        ("fund", joined(query.funds.iter().map(String::as_str).collect())),
        ("founded", days(query.founded)),
        ("created", days(query.created)),
        ("import", query.import.clone().unwrap_or_default()),
        (
            "grade",
            joined(query.grades.iter().map(|grade| grade.code()).collect()),
        ),
        ("proof", query.proof.map(yes_or_no).unwrap_or_default().to_owned()),
        (
            "assessed",
            query.assessed.map(yes_or_no).unwrap_or_default().to_owned(),
        ),
        ("conviction", written(query.conviction)),
        ("hype", written(query.hype)),
        (
            "flag",
            joined(query.flags.iter().map(|flag| flag.code()).collect()),
        ),
        (
            "not.flag",
            joined(query.not_flags.iter().map(|flag| flag.code()).collect()),
        ),
    ];
    if query.sort != Sort::default() {
        all.push(("sort", query.sort.code().to_owned()));
    }
    if query.rows != Rows::default() {
        all.push(("n", query.rows.code().to_owned()));
    }
    if let Some(as_of) = query.as_of {
        all.push((as_of::PARAMETER, as_of.code()));
    }
    if query.projector {
        all.push(("display", "projector".to_owned()));
    }
    all.retain(|(name, value)| !own.contains(name) && !value.is_empty());
    all
}

/// Days as the address writes them, empty where they narrow nothing.
fn days(days: Days) -> String {
    if days.is_some() {
        days.code()
    } else {
        String::new()
    }
}

/// A range as the address writes it, empty where it narrows nothing.
fn written(range: Range) -> String {
    if range.is_some() {
        range.code()
    } else {
        String::new()
    }
}

/// A range as a reader reads it.
fn said(range: Range, words: &Words) -> String {
    match (range.from, range.to) {
        (Some(from), Some(to)) => words.list().range(&from.to_string(), &to.to_string()),
        (Some(from), None) => format!("≥ {from}"),
        (None, Some(to)) => format!("≤ {to}"),
        (None, None) => String::new(),
    }
}

pub(super) fn chips(
    query: &StartupsQuery,
    bad: &[Bad],
    tree: &[SectorLine],
    (providers, known): (&[ProviderName], &Known),
    words: &Words,
) -> Vec<Chip> {
    let colon = |field: &str, value: &str| colon(field, value, words);
    let good = |text: String, less: StartupsQuery| Chip {
        text,
        remove: less.link(bad),
        is_bad: false,
    };
    let mut chips = Vec::new();
    if let Some(text) = &query.text {
        chips.push(good(colon(words.text, text), query.with(|q| q.text = None)));
    }
    for choice in &query.layers {
        let word = layer::word(choice.layer(), words);
        chips.push(good(
            colon(words.layer, word),
            query.with(|q| _ = q.layers.remove(choice)),
        ));
    }
    for slug in &query.sectors {
        let name = tree
            .iter()
            .find(|line| line.chip.slug == *slug)
            .map(|line| line.chip.name_in(words.language));
        let text = colon(words.sector, name.unwrap_or(slug));
        chips.push(good(text, query.with(|q| _ = q.sectors.remove(slug))));
    }
    if query.no_sector {
        let text = colon(words.sector, words.matrix().no_sector);
        chips.push(good(text, query.with(|q| q.no_sector = false)));
    }
    if query.focus {
        chips.push(good(
            words.list().focus_only.to_owned(),
            query.with(|q| q.focus = false),
        ));
    }
    for slug in &query.also {
        let line = tree.iter().find(|line| line.chip.slug == *slug);
        let name = line.map_or(slug.as_str(), |line| line.chip.name_in(words.language));
        let text = colon(words.list().also_in, name);
        chips.push(good(text, query.with(|q| _ = q.also.remove(slug))));
    }
    for route in &query.routes {
        let text = colon(words.form().technical_route, route.word(words));
        chips.push(good(text, query.with(|q| _ = q.routes.remove(route))));
    }
    for code in &query.countries {
        let text = colon(words.country, country::name(code, words.language));
        chips.push(good(text, query.with(|q| _ = q.countries.remove(code))));
    }
    for id in &query.providers {
        let name = providers.iter().find(|one| one.id.inner() == id);
        let text = colon(words.list().provider, name.map_or(id, |one| &one.name));
        chips.push(good(text, query.with(|q| _ = q.providers.remove(id))));
    }
    chips.extend(deal_chips(query, bad, known, words));
    chips.extend(figure_chips(query, bad, words));
    for (i, mistake) in bad.iter().enumerate() {
        let others: Vec<Bad> = bad
            .iter()
            .enumerate()
            .filter(|(j, _)| *j != i)
            .map(|(_, other)| other.clone())
            .collect();
        let text = colon(&parameter_word(&mistake.name, words), &mistake.value);
        chips.push(Chip {
            text,
            remove: query.link(&others),
            is_bad: true,
        });
    }
    chips
}

/// Days in words.
fn days_said(days: Days, words: &Words) -> String {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| fmt::date(day, words.language));
    match (day(days.from), day(days.to)) {
        (Some(from), Some(to)) => words.list().range(&from, &to),
        (Some(from), None) => format!("≥ {from}"),
        (None, Some(to)) => format!("≤ {to}"),
        (None, None) => String::new(),
    }
}

/// The chips of its deals, of when it was founded and first written down, and of the import that it came with.
fn deal_chips(query: &StartupsQuery, bad: &[Bad], known: &Known, words: &Words) -> Vec<Chip> {
    let mut chips = Vec::new();
    let mut chip = |field: &str, value: &str, less: StartupsQuery| {
        chips.push(Chip {
            text: colon(field, value, words),
            remove: less.link(bad),
            is_bad: false,
        });
    };
    for id in &query.owners {
        let user = known.users.iter().find(|user| user.id.inner() == id);
        let name = user.map_or(id.as_str(), |user| user.name.as_str());
        chip(
            words.startup().owner,
            name,
            query.with(|q| _ = q.owners.remove(id)),
        );
    }
    for one in &query.channels {
        let less = query.with(|q| _ = q.channels.remove(one));
        chip(words.work().channel, one.word(words), less);
    }
    for id in &query.funds {
        let fund = known.funds.iter().find(|fund| fund.id.inner() == id);
        let name = fund.map_or(id.as_str(), |fund| fund.name.as_str());
        chip(words.funds().fund, name, query.with(|q| _ = q.funds.remove(id)));
    }
    if query.founded.is_some() {
        let less = query.with(|q| q.founded = Days::default());
        chip(words.founded, &days_said(query.founded, words), less);
    }
    if query.created.is_some() {
        let less = query.with(|q| q.created = Days::default());
        chip(words.list().came_in, &days_said(query.created, words), less);
    }
    if let Some(import) = known.import.as_ref().filter(|_| query.import.is_some()) {
        chip(
            words.activity().import,
            import.name(),
            query.with(|q| q.import = None),
        );
    }
    chips
}

/// The chips of what is known about users: grades, proof, figures, flags.
fn figure_chips(query: &StartupsQuery, bad: &[Bad], words: &Words) -> Vec<Chip> {
    let l = words.list();
    let mut chips = Vec::new();
    let mut chip = |field: &str, value: &str, less: StartupsQuery| {
        chips.push(Chip {
            text: colon(field, value, words),
            remove: less.link(bad),
            is_bad: false,
        });
    };
    for grade in &query.grades {
        let less = query.with(|q| _ = q.grades.remove(grade));
        chip(l.best_grade, grade.word(words), less);
    }
    if let Some(assessed) = query.assessed {
        let less = query.with(|q| q.assessed = None);
        chip(l.assessed, if assessed { l.yes } else { l.no }, less);
    }
    if let Some(proof) = query.proof {
        chip(
            l.proof,
            if proof { l.yes } else { l.no },
            query.with(|q| q.proof = None),
        );
    }
    if query.conviction.is_some() {
        let less = query.with(|q| q.conviction = Range::default());
        chip(l.conviction, &said(query.conviction, words), less);
    }
    if query.hype.is_some() {
        let less = query.with(|q| q.hype = Range::default());
        chip(l.hype_share, &said(query.hype, words), less);
    }
    for flag in &query.flags {
        let less = query.with(|q| _ = q.flags.remove(flag));
        chip(l.flag, flag.word(words), less);
    }
    for flag in &query.not_flags {
        let less = query.with(|q| _ = q.not_flags.remove(flag));
        chip(l.not_flag, flag.word(words), less);
    }
    chips
}

/// A field with its value.
fn colon(field: &str, value: &str, words: &Words) -> String {
    match words.language {
        Language::En => format!("{field}: {value}"),
        Language::Zh => format!("{field}：{value}"),
    }
}

/// The word for a parameter, or its own name where this page has no word for it.
fn parameter_word(name: &str, words: &Words) -> String {
    match name {
        "q" => words.text,
        "layer" => words.layer,
        "sector" => words.sector,
        "route" => words.form().technical_route,
        "country" => words.country,
        "provider" => words.list().provider,
        "focus" => words.focus,
        "also" => words.list().also_in,
        "owner" => words.startup().owner,
        "channel" => words.work().channel,
        "fund" => words.funds().fund,
        "founded" => words.founded,
        "created" => words.list().came_in,
        "import" => words.activity().import,
        "grade" => words.list().best_grade,
        "proof" => words.list().proof,
        "assessed" => words.list().assessed,
        "conviction" | "conviction.from" | "conviction.to" => words.list().conviction,
        "hype" | "hype.from" => words.list().hype_share,
        "flag" => words.list().flag,
        "not.flag" => words.list().not_flag,
        "sort" => words.sort,
        "n" => words.rows,
        "after" | "before" | "row" => words.page_position,
        as_of::PARAMETER => words.as_of,
        "display" => words.display,
        "lang" => words.language_choice,
        other => return other.to_owned(),
    }
    .to_owned()
}

impl FilterForm {
    pub(super) fn new(
        query: &StartupsQuery,
        tree: &[SectorLine],
        providers: &[ProviderName],
        facets: Option<&StartupFacets>,
        words: &Words,
    ) -> Self {
        let language = words.language;
        // What no facet names has no startup; without facets nothing was counted.
        let counted = |found: Option<i32>| facets.map(|_| fmt::exact(i64::from(found.unwrap_or_default())));
        let layer_count = |layer: Option<layer::Layer>| {
            let all = &facets?.layers;
            all.iter().find(|one| one.layer == layer).map(|one| one.count)
        };
        let sector_count = |slug: &str| {
            let all = &facets?.sectors;
            all.iter()
                .find(|one| one.sector.slug == slug)
                .map(|one| one.count)
        };
        let route_count = |route: TechnicalRoute| {
            let all = &facets?.routes;
            all.iter().find(|one| one.route == route).map(|one| one.count)
        };
        let grade_count = |grade: Grade| {
            let all = &facets?.best_grades;
            all.iter().find(|one| one.grade == grade).map(|one| one.count)
        };
        let flag_count = |flag: Flag| {
            let all = &facets?.flags;
            all.iter().find(|one| one.flag == flag).map(|one| one.count)
        };
        let end = |figure: Option<rust_decimal::Decimal>| {
            figure.map(|figure| figure.to_string()).unwrap_or_default()
        };
        Self {
            grades: Grade::ALL
                .into_iter()
                .map(|grade| StyledChoice {
                    style: grade.style(),
                    choice: CountedChoice {
                        text: grade.word(words).to_owned(),
                        value: grade.code().to_owned(),
                        is_chosen: query.grades.contains(&grade),
                        count: counted(grade_count(grade)),
                    },
                })
                .collect(),
            proofs: proofs(query, words),
            proof_set: query.grades.len() + usize::from(query.proof.is_some()),
            conviction_from: end(query.conviction.from),
            conviction_to: end(query.conviction.to),
            hype_from: end(query.hype.from),
            figures_set: usize::from(query.conviction.is_some()) + usize::from(query.hype.is_some()),
            flags: flag_choices(words, |flag| {
                (query.flags.contains(&flag), counted(flag_count(flag)))
            }),
            not_flags: flag_choices(words, |flag| (query.not_flags.contains(&flag), None)),
            flags_set: query.flags.len() + query.not_flags.len(),
            layers: LayerChoice::ALL
                .into_iter()
                .map(|choice| LayerBox {
                    count: counted(layer_count(choice.layer())),
                    value: choice.code(),
                    text: layer::word(choice.layer(), words),
                    style: layer::style(choice.layer()),
                    is_chosen: query.layers.contains(&choice),
                })
                .collect(),
            layers_set: query.layers.len(),
            sectors: tree
                .iter()
                .map(|line| SectorBox {
                    count: counted(sector_count(&line.chip.slug)),
                    slug: line.chip.slug.clone(),
                    text: line.chip.name_in(language).to_owned(),
                    depth: line.depth.min(3),
                    is_focus: line.chip.is_focus,
                    is_chosen: query.sectors.contains(&line.chip.slug),
                })
                .collect(),
            sectors_set: query.sectors.len() + usize::from(query.no_sector) + usize::from(query.focus),
            no_sector: query.no_sector,
            focus: query.focus,
            routes: TechnicalRoute::ALL
                .iter()
                .map(|route| CountedChoice {
                    text: route.word(words).to_owned(),
                    value: route.code().to_owned(),
                    is_chosen: query.routes.contains(route),
                    count: counted(route_count(*route)),
                })
                .collect(),
            routes_set: query.routes.len(),
            countries: countries(query, facets, language),
            countries_set: query.countries.len(),
            providers: providers
                .iter()
                .map(|one| CountedChoice {
                    text: one.name.clone(),
                    value: one.id.inner().to_owned(),
                    is_chosen: query.providers.contains(one.id.inner()),
                    count: None,
                })
                .collect(),
            providers_set: query.providers.len(),
            kept: kept(
                query,
                &[
                    "layer",
                    "sector",
                    "focus",
                    "route",
                    "country",
                    "provider",
                    "grade",
                    "proof",
                    "conviction",
                    "hype",
                    "flag",
                    "not.flag",
                ],
            ),
        }
    }
}

fn proofs(query: &StartupsQuery, words: &Words) -> Vec<CountedChoice> {
    let l = words.list();
    [
        (None, l.proof_either),
        (Some(true), l.proof_yes),
        (Some(false), l.proof_no),
    ]
    .into_iter()
    .map(|(proof, text)| CountedChoice {
        text: text.to_owned(),
        value: proof.map(yes_or_no).unwrap_or_default().to_owned(),
        is_chosen: query.proof == proof,
        count: None,
    })
    .collect()
}

/// Every flag as a box: whether it is chosen, and how many startups it would leave.
fn flag_choices(words: &Words, state: impl Fn(Flag) -> (bool, Option<String>)) -> Vec<StyledChoice> {
    Flag::ALL
        .iter()
        .map(|flag| {
            let (is_chosen, count) = state(*flag);
            StyledChoice {
                style: flag.style(),
                choice: CountedChoice {
                    text: flag.word(words).to_owned(),
                    value: flag.code().to_owned(),
                    is_chosen,
                    count,
                },
            }
        })
        .collect()
}

/// The countries of the list, most startups first, and those that are chosen whatever they hold. Where nothing was
/// counted, every country there is.
fn countries(
    query: &StartupsQuery,
    facets: Option<&StartupFacets>,
    language: Language,
) -> Vec<CountedChoice> {
    let choice = |code: &str, count: Option<i32>| CountedChoice {
        text: country::name(code, language).to_owned(),
        value: code.to_owned(),
        is_chosen: query.countries.contains(code),
        count: count.map(|n| fmt::exact(n.into())),
    };
    let Some(facets) = facets else {
        return country::codes(language)
            .iter()
            .map(|code| choice(code, None))
            .collect();
    };
    let empty = query
        .countries
        .iter()
        .filter(|code| facets.countries.iter().all(|one| one.country != **code))
        .map(|code| choice(code, Some(0)));
    let counted = facets
        .countries
        .iter()
        .map(|one| choice(&one.country, Some(one.count)));
    empty.chain(counted).collect()
}

pub(super) fn sort_word(sort: Sort, words: &Words) -> &'static str {
    match sort {
        Sort::Name => words.name_up,
        Sort::NameDown => words.name_down,
        Sort::Created => words.created_up,
        Sort::CreatedDown => words.created_down,
        Sort::Updated => words.updated_up,
        Sort::UpdatedDown => words.updated_down,
        Sort::Founded => words.founded_up,
        Sort::FoundedDown => words.founded_down,
        Sort::Conviction => words.conviction_up,
        Sort::ConvictionDown => words.conviction_down,
        Sort::Demand => words.demand_up,
        Sort::DemandDown => words.demand_down,
        Sort::Hype => words.hype_up,
        Sort::HypeDown => words.hype_down,
    }
}

pub(super) fn sorts(query: &StartupsQuery, bad: &[Bad], words: &Words) -> Vec<Choice> {
    Sort::ALL
        .into_iter()
        .filter(|sort| query.as_of.is_none() || !sort.is_of_now())
        .map(|sort| Choice {
            text: sort_word(sort, words).to_owned(),
            value: sort.code().to_owned(),
            link: query.with(|q| q.sort = sort).link(bad),
            is_chosen: sort == query.sort,
        })
        .collect()
}

impl Heads {
    pub(super) fn new(query: &StartupsQuery, bad: &[Bad]) -> Self {
        // A first click orders as people mean it, a second one turns it round.
        let head = |first: Sort, second: Sort, first_order: &'static str, second_order: &'static str| Head {
            link: (query.as_of.is_none() || !first.is_of_now()).then(|| {
                query
                    .with(|q| q.sort = if q.sort == first { second } else { first })
                    .link(bad)
            }),
            order: if query.sort == first {
                first_order
            } else if query.sort == second {
                second_order
            } else {
                ""
            },
        };
        Self {
            name: head(Sort::Name, Sort::NameDown, "ascending", "descending"),
            conviction: head(Sort::ConvictionDown, Sort::Conviction, "descending", "ascending"),
            demand: head(Sort::DemandDown, Sort::Demand, "descending", "ascending"),
            hype: head(Sort::HypeDown, Sort::Hype, "descending", "ascending"),
            founded: head(Sort::FoundedDown, Sort::Founded, "descending", "ascending"),
            updated: head(Sort::UpdatedDown, Sort::Updated, "descending", "ascending"),
        }
    }
}
