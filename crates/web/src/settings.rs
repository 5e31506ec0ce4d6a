//! The settings: how evidence is weighed, how far deals can get, which funds invest, how
//! meetings are held, what currencies are worth, and who reads in one's name.

pub(crate) mod access;
pub(crate) mod fund_form;
pub(crate) mod funds;
pub(crate) mod fx;
pub(crate) mod meetings;
pub(crate) mod rubric;
mod rubric_fields;
pub(crate) mod rubric_form;
pub(crate) mod stage_form;
pub(crate) mod stages;

use rust_decimal::Decimal;

use crate::fmt;
use crate::shell::{Shell, way};
use crate::viewer::Viewer;
use crate::visit::Visit;
use crate::words::Words;
use crate::{Site, form::FormParts};

/// Where each page of the settings is.
const RUBRIC: &str = "/settings/rubric";
const RATES: &str = "/settings/fx";
const STAGES: &str = "/settings/stages";
const FUNDS: &str = "/settings/funds";
const MEETINGS: &str = "/settings/meetings";
const ACCESS: &str = "/settings/access";

/// A page of the settings among the others.
struct Tab {
    link: &'static str,
    name: &'static str,
    is_here: bool,
}

fn tabs(here: &str, words: &Words) -> Vec<Tab> {
    let s = words.settings();
    [
        (RUBRIC, s.rubric),
        (STAGES, words.stages().stages),
        (FUNDS, words.funds().funds),
        (MEETINGS, words.review().reviews),
        (RATES, s.rates),
        (ACCESS, words.access().access),
    ]
    .into_iter()
    .map(|(link, name)| Tab {
        link,
        name,
        is_here: link == here,
    })
    .collect()
}

/// The frame of a page of the settings; a form under it has a name of its own.
fn shell(
    site: &Site,
    visit: &Visit,
    viewer: Viewer,
    here: (&str, &'static str),
    form: Option<&str>,
) -> Shell {
    let words = visit.words();
    let (link, name) = here;
    let mut shell = Shell::new(site, visit, form.unwrap_or(name));
    shell.user = Some(viewer.menu(words));
    let list = (words.settings().settings, "/settings");
    shell.crumbs = way(list, form.map(|_| (name, link)), form.unwrap_or(name));
    shell
}

/// A form of the settings with nothing typed wrong.
fn parts(shell: Shell, heading: &str, cancel: &str, submit: &'static str) -> FormParts {
    FormParts {
        shell,
        heading: heading.to_owned(),
        lead: Vec::new(),
        cancel: cancel.to_owned(),
        submit,
        hidden: Vec::new(),
        faults: Vec::new(),
        conflict: None,
        groups: Vec::new(),
        foretelling: None,
        is_danger: false,
    }
}

/// A number of the settings, whole ones by thousands: `10,000`, `0.6`.
fn number(value: Decimal) -> String {
    let value = value.normalize();
    match i64::try_from(value) {
        Ok(whole) if value.fract().is_zero() => fmt::exact(whole),
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_go_by_thousands_and_others_as_they_are() {
        for (value, text) in [
            ("10000.00", "10,000"),
            ("0.60", "0.6"),
            ("0", "0"),
            ("1234.5", "1234.5"),
        ] {
            assert_eq!(number(value.parse().unwrap()), text);
        }
    }
}
