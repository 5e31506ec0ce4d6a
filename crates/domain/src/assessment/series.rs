//! The figures of one startup at many instants.

use super::{Figures, figures, inputs::Inputs};
use crate::Instant;

/// The figures at each of these instants, as [`figures`] gives them. Between two changes of what is known they are the
/// same all day, so that nothing is computed twice while instants come in order.
pub fn series(inputs: &Inputs, instants: impl IntoIterator<Item = Instant>) -> Vec<Figures> {
    let changes = inputs.changes();
    let mut last = None;
    instants
        .into_iter()
        .map(|at| {
            let known = (
                inputs.yardstick().day(at),
                changes.partition_point(|change| *change <= at),
                inputs.yardstick().changes_by(at),
            );
            match last {
                Some((of, figures)) if of == known => figures,
                _ => {
                    let figures = figures(inputs, at);
                    last = Some((known, figures));
                    figures
                }
            }
        })
        .collect()
}
