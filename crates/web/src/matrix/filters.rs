//! What the matrix can be narrowed to, each as a link: layers, a sector, and now also grades, proof and flags, which are
//! not known of the past; and chips of what is set.

use super::query::{MatrixQuery, StartupFilter};
use crate::Language;
use crate::as_of;
use crate::assessment::Flag;
use crate::evidence::Grade;
use crate::layer::{self, Layer};
use crate::narrow::{Chip, Choice, Menu};
use crate::query::{Bad, LayerChoice};
use crate::sector::SectorLine;
use crate::words::Words;

fn layer_of(choice: LayerChoice) -> Option<Layer> {
    match choice {
        LayerChoice::Is(layer) => Some(layer),
        LayerChoice::None => None,
    }
}

fn toggle<T: Ord + Copy>(set: &mut std::collections::BTreeSet<T>, one: T) {
    if !set.remove(&one) {
        set.insert(one);
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

pub(super) fn menus(query: &MatrixQuery, tree: &[SectorLine], words: &Words) -> Vec<Menu> {
    let (m, l) = (words.matrix(), words.list());
    let filter = &query.filter;
    let layers = LayerChoice::ALL.into_iter().map(|one| {
        let word = layer::word(layer_of(one), words);
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
    ];
    if query.as_of.is_some() {
        return menus;
    }
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

pub(super) fn chips(query: &MatrixQuery, bad: &[Bad], tree: &[SectorLine], words: &Words) -> Vec<Chip> {
    let (m, l) = (words.matrix(), words.list());
    let colon = |field: &str, value: &str| match words.language {
        Language::En => format!("{field}: {value}"),
        Language::Zh => format!("{field}：{value}"),
    };
    let mut chips = Vec::new();
    let mut chip = |field: &str, value: &str, change: &dyn Fn(&mut StartupFilter)| {
        chips.push(Chip {
            text: colon(field, value),
            remove: query.with(|q| change(&mut q.filter)).link(bad),
            is_bad: false,
        });
    };
    let filter = &query.filter;
    for one in &filter.layers {
        chip(words.layer, layer::word(layer_of(*one), words), &|f| {
            f.layers.remove(one);
        });
    }
    if let Some(slug) = &filter.sector {
        let line = tree.iter().find(|line| line.chip.slug == *slug);
        let name = line.map_or(slug.as_str(), |line| line.chip.name_in(words.language));
        chip(words.sector, name, &|f| f.sector = None);
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
            "layer" => words.layer,
            "sector" => words.sector,
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
