//! What the matrix can be narrowed to, each as a link: layers, a sector, and now also grades, proof and flags, which are
//! not known of the past; and chips of what is set.

use super::Choices;
use super::query::{MatrixQuery, StartupFilter};
use crate::as_of;
use crate::assessment::Flag;
use crate::deal::Channel;
use crate::evidence::Grade;
use crate::layer;
use crate::narrow::{Chip, Choice, Menu};
use crate::query::{Bad, LayerChoice};
use crate::sector::SectorLine;
use crate::startup::profile::TechnicalRoute;
use crate::words::Words;
use crate::{Language, country};

fn toggle<T: Ord + Copy>(set: &mut std::collections::BTreeSet<T>, one: T) {
    if !set.remove(&one) {
        set.insert(one);
    }
}

fn toggle_text(set: &mut std::collections::BTreeSet<String>, one: &str) {
    if !set.remove(one) {
        set.insert(one.to_owned());
    }
}

/// A choice that changes the filter.
fn choice(
    query: &MatrixQuery,
    text: &str,
    is_chosen: bool,
    change: impl FnOnce(&mut StartupFilter),
) -> Choice {
    Choice {
        text: text.to_owned(),
        link: query.with(|q| change(&mut q.filter)).link(&[]),
        depth: 0,
        is_chosen,
    }
}

pub(super) fn menus(query: &MatrixQuery, tree: &[SectorLine], choices: &Choices, words: &Words) -> Vec<Menu> {
    let (m, l) = (words.matrix(), words.list());
    let filter = &query.filter;
    let layers = LayerChoice::ALL.into_iter().map(|one| {
        let word = layer::word(one.layer(), words);
        choice(query, word, filter.layers.contains(&one), |f| {
            toggle(&mut f.layers, one);
        })
    });
    let all_sectors = choice(query, m.every_sector, filter.sector.is_none(), |f| {
        f.sector = None;
    });
    let sectors = tree.iter().map(|line| {
        let slug = &line.chip.slug;
        let name = line.chip.name_in(words.language);
        Choice {
            depth: line.depth.min(3),
            ..choice(query, name, filter.sector.as_ref() == Some(slug), |f| {
                f.sector = Some(slug.clone());
            })
        }
    });
    let mut menus = vec![
        Menu {
            name: words.layer,
            set: filter.layers.len(),
            is_data: false,
            choices: layers.collect(),
        },
        Menu {
            name: words.sector,
            set: usize::from(filter.sector.is_some()),
            is_data: true,
            choices: std::iter::once(all_sectors).chain(sectors).collect(),
        },
        Menu {
            name: m.focus_menu,
            set: usize::from(filter.focus),
            is_data: false,
            choices: vec![
                choice(query, m.every_sector, !filter.focus, |f| f.focus = false),
                choice(query, l.focus_only, filter.focus, |f| f.focus = true),
            ],
        },
    ];
    let routes = TechnicalRoute::ALL.iter().map(|one| {
        choice(query, one.word(words), filter.routes.contains(one), |f| {
            toggle(&mut f.routes, *one);
        })
    });
    // Those chosen stay among the choices, whatever they hold.
    let unseen = filter
        .countries
        .iter()
        .filter(|code| !choices.countries.contains(code));
    let countries = unseen.chain(&choices.countries).map(|code| {
        let name = country::name(code, words.language);
        choice(query, name, filter.countries.contains(code), |f| {
            toggle_text(&mut f.countries, code);
        })
    });
    let providers = choices.providers.iter().map(|one| {
        let id = one.id.inner();
        choice(query, &one.name, filter.providers.contains(id), |f| {
            toggle_text(&mut f.providers, id);
        })
    });
    let any = choice(query, l.any, filter.providers.is_empty(), |f| f.providers.clear());
    let any = (!choices.providers.is_empty()).then_some(any);
    let owners = choices.users.iter().map(|one| {
        let id = one.id.inner();
        choice(query, &one.name, filter.owners.contains(id), |f| {
            toggle_text(&mut f.owners, id);
        })
    });
    let channels = Channel::ALL.iter().map(|one| {
        choice(query, one.word(words), filter.channels.contains(one), |f| {
            toggle(&mut f.channels, *one);
        })
    });
    let grades = [Grade::Claimed, Grade::Documented, Grade::Verified]
        .into_iter()
        .map(|one| {
            choice(query, one.word(words), filter.grades.contains(&one), |f| {
                toggle(&mut f.grades, one);
            })
        });
    let proofs = [
        (None, l.proof_either),
        (Some(true), l.proof_yes),
        (Some(false), l.proof_no),
    ]
    .map(|(proof, text)| choice(query, text, filter.proof == proof, |f| f.proof = proof));
    let flags = Flag::ALL.iter().map(|one| {
        choice(query, one.word(words), filter.flags.contains(one), |f| {
            toggle(&mut f.flags, *one);
        })
    });
    menus.extend([
        Menu {
            name: words.form().technical_route,
            set: filter.routes.len(),
            is_data: false,
            choices: routes.collect(),
        },
        Menu {
            name: words.country,
            set: filter.countries.len(),
            is_data: false,
            choices: countries.collect(),
        },
        Menu {
            name: l.provider,
            set: filter.providers.len(),
            is_data: true,
            choices: any.into_iter().chain(providers).collect(),
        },
        Menu {
            name: words.startup().owner,
            set: filter.owners.len(),
            is_data: true,
            choices: owners.collect(),
        },
        Menu {
            name: words.work().channel,
            set: filter.channels.len(),
            is_data: false,
            choices: channels.collect(),
        },
    ]);
    // What there is none of cannot be chosen.
    menus.retain(|menu| !menu.choices.is_empty());
    if query.as_of.is_some() {
        return menus;
    }
    menus.extend([
        Menu {
            name: l.best_grade,
            set: filter.grades.len(),
            is_data: false,
            choices: grades.collect(),
        },
        Menu {
            name: l.proof,
            set: usize::from(filter.proof.is_some()),
            is_data: false,
            choices: proofs.into(),
        },
        Menu {
            name: l.flag,
            set: filter.flags.len(),
            is_data: false,
            choices: flags.collect(),
        },
    ]);
    menus
}

pub(super) fn chips(
    query: &MatrixQuery,
    bad: &[Bad],
    tree: &[SectorLine],
    choices: &Choices,
    words: &Words,
) -> Vec<Chip> {
    let (m, l) = (words.matrix(), words.list());
    let colon = |field: &str, value: &str| match words.language {
        Language::En => format!("{field}: {value}"),
        Language::Zh => format!("{field}：{value}"),
    };
    let mut chips = Vec::new();
    let filter = &query.filter;
    if let Some(period) = query.period {
        let less = query.with(|q| q.period = None);
        chips.push(Chip {
            text: colon(l.came_in, &period.said(words)),
            remove: less.link(bad),
            is_bad: false,
        });
    }
    let mut chip = |field: &str, value: &str, change: &dyn Fn(&mut StartupFilter)| {
        chips.push(Chip {
            text: colon(field, value),
            remove: query.with(|q| change(&mut q.filter)).link(bad),
            is_bad: false,
        });
    };
    for one in &filter.layers {
        chip(words.layer, layer::word(one.layer(), words), &|f| {
            f.layers.remove(one);
        });
    }
    if let Some(slug) = &filter.sector {
        let line = tree.iter().find(|line| line.chip.slug == *slug);
        let name = line.map_or(slug.as_str(), |line| line.chip.name_in(words.language));
        chip(words.sector, name, &|f| f.sector = None);
    }
    if filter.focus {
        chip(m.focus_menu, l.focus_only, &|f| f.focus = false);
    }
    for one in &filter.routes {
        chip(words.form().technical_route, one.word(words), &|f| {
            f.routes.remove(one);
        });
    }
    for code in &filter.countries {
        chip(words.country, country::name(code, words.language), &|f| {
            f.countries.remove(code);
        });
    }
    for id in &filter.providers {
        let found = choices.providers.iter().find(|one| one.id.inner() == id);
        chip(l.provider, found.map_or(id, |one| &one.name), &|f| {
            f.providers.remove(id);
        });
    }
    for id in &filter.owners {
        let found = choices.users.iter().find(|one| one.id.inner() == id);
        chip(words.startup().owner, found.map_or(id, |one| &one.name), &|f| {
            f.owners.remove(id);
        });
    }
    for one in &filter.channels {
        chip(words.work().channel, one.word(words), &|f| {
            f.channels.remove(one);
        });
    }
    for one in &filter.grades {
        chip(l.best_grade, one.word(words), &|f| {
            f.grades.remove(one);
        });
    }
    if let Some(proof) = filter.proof {
        chip(l.proof, if proof { l.yes } else { l.no }, &|f| f.proof = None);
    }
    for one in &filter.flags {
        chip(l.flag, one.word(words), &|f| {
            f.flags.remove(one);
        });
    }
    for (i, mistake) in bad.iter().enumerate() {
        let mut others = bad.to_vec();
        others.remove(i);
        let name = match mistake.name.as_str() {
            "measure" => m.measure,
            "depth" => m.depth,
            "period" => words.analytics().period,
            "from" => words.analytics().from,
            "to" => words.analytics().to,
            "layer" => words.layer,
            "sector" => words.sector,
            "focus" => m.focus_menu,
            "route" => words.form().technical_route,
            "country" => words.country,
            "provider" => l.provider,
            "owner" => words.startup().owner,
            "channel" => words.work().channel,
            "grade" => l.best_grade,
            "proof" => l.proof,
            "flag" => l.flag,
            as_of::PARAMETER => words.as_of,
            "display" => words.display,
            "lang" => words.language_choice,
            other => other,
        };
        chips.push(Chip {
            text: colon(name, &mistake.value),
            remove: query.link(&others),
            is_bad: true,
        });
    }
    chips
}
