//! How figures are shown: to so many places, halves up, never -0 (domain.md §4). Orders and thresholds use the
//! unrounded values.

use rust_decimal::Decimal;

/// Places of strength, contribution, demand and hype.
pub const SHARE_PLACES: u32 = 4;
/// Places of conviction.
pub const CONVICTION_PLACES: u32 = 1;

/// A share as it is shown: 4 places.
pub fn share(value: f64) -> Decimal {
    rounded(value, SHARE_PLACES)
}

/// A conviction as it is shown: 1 place.
pub fn conviction(value: f64) -> Decimal {
    rounded(value, CONVICTION_PLACES)
}

/// The number that the double is written as, to so many places, halves up.
pub fn rounded(value: f64, places: u32) -> Decimal {
    let written: Decimal = format!("{value}").parse().unwrap_or_default();
    let half = Decimal::new(5, places + 1);
    let mut rounded = written.checked_add(half).unwrap_or(written).floor_to(places);
    rounded.rescale(places);
    if rounded.is_zero() {
        rounded.set_sign_positive(true);
    }
    rounded
}

trait FloorTo {
    fn floor_to(self, places: u32) -> Self;
}

impl FloorTo for Decimal {
    fn floor_to(self, places: u32) -> Self {
        self.round_dp_with_strategy(places, rust_decimal::RoundingStrategy::ToNegativeInfinity)
    }
}
