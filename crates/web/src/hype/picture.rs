//! The map as it is drawn: places in percent of the field, so that no dot and no text is ever scaled.

use rust_decimal::Decimal;

use super::{HypeCell, HypeMap, HypePoint};
use crate::as_of::AsOf;
use crate::evidence::Grade;
use crate::fmt;
use crate::layer::{self, Layer};

/// Up to how many startups each has its dot.
pub(super) const DOTS_LIMIT: i32 = 2_000;
/// How many names stand beside their dots, at most.
const NAMES_LIMIT: usize = 14;
/// The field for which names are laid out, in px; where it is narrower none are drawn.
const FIELD: (i64, i64) = (1_000, 540);
/// The height of a name, and the width of a letter and of a sign of Han.
const NAME_HEIGHT: i64 = 18;
const LETTER_WIDTH: i64 = 7;
const HAN_WIDTH: i64 = 13;
/// How far right of its dot a name begins: behind the bar of the layer.
const NAME_OFFSET: i64 = 18;

/// What is drawn on the field.
pub(super) enum Picture {
    /// A dot a startup.
    Dots { dots: Vec<Dot>, names: Vec<Name> },
    /// How many startups lie where.
    Grid(Vec<Cell>),
}

/// A startup.
pub(super) struct Dot {
    pub(super) link: String,
    pub(super) name: String,
    /// The names of its mark: its grade's place and its layer's.
    pub(super) mark: String,
    pub(super) x: String,
    pub(super) y: String,
}

/// A startup's name beside its dot.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) x: String,
    pub(super) y: String,
    pub(super) anchor: &'static str,
    pub(super) dx: i64,
}

/// A field of the grid.
pub(super) struct Cell {
    pub(super) heat: u32,
    pub(super) x: String,
    pub(super) y: String,
    pub(super) middle_x: String,
    pub(super) middle_y: String,
    pub(super) count: String,
}

/// One kind of dot, as it is defined once.
pub(super) struct Mark {
    pub(super) id: String,
    pub(super) grade: &'static str,
    pub(super) layer: &'static str,
}

const GRADES: [Option<Grade>; 5] = [
    None,
    Some(Grade::Claimed),
    Some(Grade::Documented),
    Some(Grade::Verified),
    Some(Grade::Refuted),
];
const LAYERS: [Option<Layer>; 4] = [
    None,
    Some(Layer::Model),
    Some(Layer::Middleware),
    Some(Layer::App),
];

/// Every kind of dot: the glyph of its grade, and beside it the full bar of its layer's glyph.
pub(super) fn marks() -> Vec<Mark> {
    GRADES
        .iter()
        .flat_map(|grade| {
            LAYERS.iter().map(|layer| Mark {
                id: mark(*grade, *layer),
                grade: grade.map_or("none", Grade::style),
                layer: layer::style(*layer),
            })
        })
        .collect()
}

fn mark(grade: Option<Grade>, layer: Option<Layer>) -> String {
    let place = |found: Option<usize>| found.unwrap_or_default();
    format!(
        "d{}{}",
        place(GRADES.iter().position(|one| *one == grade)),
        place(LAYERS.iter().position(|one| *one == layer))
    )
}

impl Picture {
    pub(super) fn new(map: &HypeMap, as_of: Option<AsOf>) -> Self {
        if map.startups > DOTS_LIMIT {
            let most = map.grid.iter().map(|cell| cell.startups).max().unwrap_or(1);
            return Self::Grid(map.grid.iter().map(|cell| Cell::new(cell, most)).collect());
        }
        Self::Dots {
            // The widest gap is drawn last, over the others.
            dots: map
                .points
                .iter()
                .rev()
                .map(|point| Dot::new(point, as_of))
                .collect(),
            names: names(&map.points),
        }
    }
}

impl Dot {
    fn new(point: &HypePoint, as_of: Option<AsOf>) -> Self {
        Self {
            link: AsOf::keep(as_of, &crate::startup::path(point.startup.id.inner())),
            name: point.startup.name.clone(),
            mark: mark(point.best_grade, point.startup.layer),
            x: percent(point.claimed_demand),
            y: percent(Decimal::ONE - point.demand),
        }
    }
}

impl Cell {
    fn new(cell: &HypeCell, most: i32) -> Self {
        let step = Decimal::new(5, 2);
        let half = Decimal::new(25, 3);
        Self {
            heat: heat(cell.startups, most),
            x: percent(cell.claimed_from),
            y: percent(Decimal::ONE - cell.demand_from - step),
            middle_x: percent(cell.claimed_from + half),
            middle_y: percent(Decimal::ONE - cell.demand_from - half),
            count: fmt::exact(cell.startups.into()),
        }
    }
}

/// Of seven steps, each of which doubles: how full a field is beside the fullest.
fn heat(n: i32, most: i32) -> u32 {
    let (n, most) = (n.max(1).unsigned_abs(), most.max(1).unsigned_abs());
    let steps_down = (most / n).checked_ilog2().unwrap_or(0);
    6_u32.saturating_sub(steps_down)
}

/// The names that find room, the widest gap first: never over each other, over a dot, or out of the field.
fn names(points: &[HypePoint]) -> Vec<Name> {
    let at = |share: Decimal, of: i64| i64::try_from((share * Decimal::from(of)).round()).unwrap_or_default();
    let places: Vec<(i64, i64)> = points
        .iter()
        .map(|point| {
            (
                at(point.claimed_demand, FIELD.0),
                at(Decimal::ONE - point.demand, FIELD.1),
            )
        })
        .collect();
    let mut taken: Vec<[i64; 4]> = Vec::new();
    let mut names = Vec::new();
    for (point, (x, y)) in points.iter().zip(&places) {
        if names.len() == NAMES_LIMIT {
            break;
        }
        let width = width(&point.startup.name);
        let is_right = x + NAME_OFFSET + width <= FIELD.0;
        let left = if is_right { x + NAME_OFFSET } else { x - 10 - width };
        let place = [left, y - NAME_HEIGHT / 2, left + width, y + NAME_HEIGHT / 2];
        let meets = |other: &[i64; 4]| {
            place[0] < other[2] && other[0] < place[2] && place[1] < other[3] && other[1] < place[3]
        };
        let covers_a_dot = places
            .iter()
            .any(|(dot_x, dot_y)| meets(&[dot_x - 7, dot_y - 7, dot_x + 13, dot_y + 7]));
        let is_inside = place[0] >= 0 && place[1] >= 0 && place[3] <= FIELD.1 - NAME_HEIGHT;
        if !is_inside || covers_a_dot || taken.iter().any(meets) {
            continue;
        }
        taken.push(place);
        names.push(Name {
            text: point.startup.name.clone(),
            x: percent(point.claimed_demand),
            y: percent(Decimal::ONE - point.demand),
            anchor: if is_right { "start" } else { "end" },
            dx: if is_right { NAME_OFFSET } else { -10 },
        });
    }
    names
}

fn width(name: &str) -> i64 {
    name.chars()
        .map(|c| if c.is_ascii() { LETTER_WIDTH } else { HAN_WIDTH })
        .sum()
}

/// A place on an axis, to a thousandth of it.
fn percent(share: Decimal) -> String {
    format!("{}%", (share * Decimal::ONE_HUNDRED).round_dp(1).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hype::PointStartup;

    fn point(name: &str, claimed: &str, demand: &str) -> HypePoint {
        HypePoint {
            startup: PointStartup {
                id: format!("startup_{name}").into(),
                name: name.to_owned(),
                layer: Some(Layer::App),
            },
            claimed_demand: claimed.parse().unwrap(),
            demand: demand.parse().unwrap(),
            hype_gap: Decimal::ZERO,
            hype_share: None,
            best_grade: Some(Grade::Verified),
        }
    }

    #[test]
    fn a_dot_stands_right_of_what_is_claimed_and_above_what_is_shown() {
        let dot = Dot::new(&point("a", "0.7062", "0.5601"), AsOf::read("2024-06-30"));
        assert_eq!((dot.x.as_str(), dot.y.as_str()), ("70.6%", "44%"));
        assert_eq!(dot.link, "/startups/startup_a?as_of=2024-06-30");
        assert!(
            marks()
                .iter()
                .any(|mark| mark.id == dot.mark && mark.grade == "verified" && mark.layer == "app")
        );
        assert_eq!(marks().len(), 20);
    }

    #[test]
    fn names_that_would_stand_over_each_other_or_over_a_dot_are_left_out() {
        let crowd: Vec<HypePoint> = (0..9)
            .map(|n| point(&format!("Startup {n}"), "0.5", "0.2"))
            .collect();
        assert_eq!(names(&crowd).len(), 1, "all at one place");
        let apart = [
            point("Bigclaim", "0.97", "0.2"),
            point("Cubeforge", "0.3", "0.25"),
        ];
        let names = names(&apart);
        assert_eq!(names[0].anchor, "end", "no room to its right");
        assert_eq!(names[1].anchor, "start");
    }

    #[test]
    fn the_fullest_field_is_darkest_and_each_step_halves() {
        assert_eq!([640, 320, 160, 10, 1].map(|n| heat(n, 640)), [6, 5, 4, 0, 0]);
        assert_eq!(heat(1, 1), 6);
    }
}
