//! When somebody else saved first: what only they changed is taken over, what both changed is shown side by side.

use std::collections::BTreeSet;

use crate::form::{Clash, Group, Sent};

/// A form whose fields stand each for itself.
fn alone(name: &str) -> &str {
    name
}

/// Takes over into `sent` what only somebody else changed since `base`, to be what stands `now`; what both changed.
/// `shown` gives the form's groups for what it holds.
pub(crate) fn clashes(
    sent: &mut Sent,
    base: &Sent,
    now: &Sent,
    shown: impl Fn(&Sent) -> Vec<Group>,
) -> Vec<Clash> {
    let units: BTreeSet<String> = now.names().chain(base.names()).map(str::to_owned).collect();
    let (mine_shown, now_shown) = (shown(sent), shown(now));
    let mut clashes = Vec::new();
    for unit in units {
        let (was, is) = (base.of_unit(&unit, alone), now.of_unit(&unit, alone));
        let mine = sent.of_unit(&unit, alone);
        if is == was || is == mine {
            continue;
        }
        if mine == was {
            sent.take_unit(&unit, now, alone);
            continue;
        }
        let (label, mine) = told(&mine_shown, &unit);
        let (_, theirs) = told(&now_shown, &unit);
        clashes.push(Clash {
            unit,
            label,
            mine,
            theirs,
        });
    }
    clashes
}

/// Takes the other's values of the fields that both changed, where the sender said so.
pub(crate) fn resolve(sent: &mut Sent, base: &Sent) {
    if sent.text("resolve") != "theirs" {
        return;
    }
    let units: Vec<String> = sent.all("conflict").map(str::to_owned).collect();
    for unit in units {
        sent.take_unit(&unit, base, alone);
    }
}

/// Whether a field holds something else than it was read with.
pub(crate) fn differs(sent: &Sent, base: &Sent, name: &str) -> bool {
    sent.of_unit(name, alone) != base.of_unit(name, alone)
}

/// A field's label and what stands in it.
fn told(groups: &[Group], name: &str) -> (String, String) {
    let mut fields = groups
        .iter()
        .flat_map(|group| &group.rows)
        .flat_map(|row| &row.fields);
    fields.find(|field| field.name == name).map_or_else(
        || (name.to_owned(), String::new()),
        |field| (field.label.clone(), field.shown()),
    )
}
