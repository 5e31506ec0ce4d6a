//! When somebody else saved first: what only they changed is taken over, what both changed is shown side by side.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::form::{Clash, Conflict, Group, Sent};
use crate::visit::Visit;
use crate::{Site, fmt};

/// A form whose fields stand each for itself; others name what is compared and merged as one.
pub(crate) fn alone(name: &str) -> &str {
    name
}

/// Takes over into `sent` what only somebody else changed since `base`, to be what stands `now`; the units that both
/// changed, which stay as they were sent.
pub(crate) fn merge(sent: &mut Sent, base: &Sent, now: &Sent, unit_of: fn(&str) -> &str) -> Vec<String> {
    let units: BTreeSet<&str> = now.names().chain(base.names()).map(unit_of).collect();
    let mut clashing = Vec::new();
    for unit in units {
        let (was, is) = (base.of_unit(unit, unit_of), now.of_unit(unit, unit_of));
        let mine = sent.of_unit(unit, unit_of);
        if is == was || is == mine {
            continue;
        }
        if mine == was {
            sent.take_unit(unit, now, unit_of);
        } else {
            clashing.push(unit.to_owned());
        }
    }
    clashing
}

/// As [`merge`] for a form whose fields stand each for itself; `shown` gives the form's groups for what it holds.
pub(crate) fn clashes(
    sent: &mut Sent,
    base: &Sent,
    now: &Sent,
    shown: impl Fn(&Sent) -> Vec<Group>,
) -> Vec<Clash> {
    let (mine_shown, now_shown) = (shown(sent), shown(now));
    let clash = |unit: String| {
        let (label, mine) = told(&mine_shown, &unit);
        let (_, theirs) = told(&now_shown, &unit);
        Clash {
            unit,
            label,
            mine,
            theirs,
        }
    };
    merge(sent, base, now, alone).into_iter().map(clash).collect()
}

/// What a form says that `who` changed meanwhile, at `at`; None: nobody knows who.
pub(crate) fn conflict(
    site: &Site,
    visit: &Visit,
    who: Option<&str>,
    at: DateTime<Utc>,
    clashes: Vec<Clash>,
) -> Conflict {
    let f = visit.words().form();
    Conflict {
        heading: f.changed_meanwhile(who.unwrap_or(f.somebody), &fmt::time(at, site.config.zone)),
        clashes,
    }
}

/// Takes the other's values of the units that both changed, where the sender said so.
pub(crate) fn resolve(sent: &mut Sent, base: &Sent, unit_of: fn(&str) -> &str) {
    if sent.text("resolve") != "theirs" {
        return;
    }
    let units: Vec<String> = sent.all("conflict").map(str::to_owned).collect();
    for unit in units {
        sent.take_unit(&unit, base, unit_of);
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
