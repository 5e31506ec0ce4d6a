//! The contrast table of the design, recomputed from `tokens.css`: WCAG 2 ratios, to one decimal (the design rounded
//! twice, hence a hair more than half a step).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

const CSS: &str = include_str!("../assets/tokens.css");

type Colour = [f64; 3];
/// Light and dark.
type Pair = [Colour; 2];

fn colour(hex: &str) -> Colour {
    let part = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
    [part(1), part(3), part(5)]
}

/// The tokens of one rule.
fn tokens(selector: &str) -> BTreeMap<String, Pair> {
    let start = CSS
        .find(&format!("{selector} {{"))
        .unwrap_or_else(|| panic!("no rule {selector}"));
    let rule = &CSS[start..start + CSS[start..].find("\n}").unwrap()];
    rule.lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(#")?;
            let (light, dark) = value.strip_suffix(");")?.split_once(", ")?;
            Some((name.to_owned(), [colour(&format!("#{light}")), colour(dark)]))
        })
        .collect()
}

fn projector() -> BTreeMap<String, Pair> {
    let mut all = tokens(":root");
    all.extend(tokens(":root[data-display=\"projector\"]"));
    all
}

fn luminance(colour: Colour) -> f64 {
    let linear = colour.map(|c| {
        if c <= 0.040_45 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn ratio(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn assert_ratio(what: &str, found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 0.06,
        "{what}: {found:.2}, the design says {expected}"
    );
}

#[test]
fn neutrals_read_on_all_three_grounds() {
    let all = tokens(":root");
    for (name, light, dark) in [
        ("text", [16.7, 15.4, 14.1], [14.2, 15.5, 16.2]),
        ("muted", [6.6, 6.1, 5.6], [7.3, 8.0, 8.3]),
        ("accent", [6.6, 6.1, 5.6], [7.8, 8.5, 9.0]),
        ("control", [3.7, 3.4, 3.1], [4.0, 4.4, 4.6]),
    ] {
        for (ground, (light, dark)) in ["surface", "canvas", "sunken"]
            .into_iter()
            .zip(light.into_iter().zip(dark))
        {
            for (theme, expected) in [light, dark].into_iter().enumerate() {
                assert_ratio(
                    &format!("{name} on {ground}"),
                    ratio(all[name][theme], all[ground][theme]),
                    expected,
                );
            }
        }
    }
    for (text, ground, expected) in [
        ("on-accent", "accent", [6.6, 8.4]),
        ("hairline", "surface", [1.4, 1.5]),
        ("text", "selected", [14.2, 11.9]),
        ("muted", "selected", [5.6, 6.1]),
        ("as-of", "as-of-tint", [8.2, 8.2]),
    ] {
        for (theme, expected) in expected.into_iter().enumerate() {
            assert_ratio(
                &format!("{text} on {ground}"),
                ratio(all[text][theme], all[ground][theme]),
                expected,
            );
        }
    }
}

#[test]
fn marks_read_on_their_own_tint_and_on_the_surface() {
    let all = tokens(":root");
    for (name, light, dark) in [
        ("claimed", [5.4, 6.3], [7.0, 8.7]),
        ("documented", [5.7, 6.7], [7.4, 8.6]),
        ("verified", [5.7, 6.6], [7.8, 9.6]),
        ("refuted", [6.1, 7.3], [7.3, 8.4]),
        ("model", [9.6, 11.4], [6.5, 7.4]),
        ("middleware", [6.6, 7.6], [8.1, 9.4]),
        ("app", [4.9, 5.5], [10.2, 11.7]),
        ("hard", [6.1, 7.3], [7.3, 8.4]),
        ("watch", [6.4, 7.2], [8.4, 10.5]),
    ] {
        for (theme, [on_tint, on_surface]) in [light, dark].into_iter().enumerate() {
            let tint = all[&format!("{name}-tint")][theme];
            assert_ratio(
                &format!("{name} on its tint"),
                ratio(all[name][theme], tint),
                on_tint,
            );
            assert_ratio(
                &format!("{name} on surface"),
                ratio(all[name][theme], all["surface"][theme]),
                on_surface,
            );
        }
    }
}

#[test]
fn numbers_read_on_every_step_of_heat() {
    let all = tokens(":root");
    let (ink, white) = (all["text"][0], colour("#FFFFFF"));
    for (step, (light, dark)) in [15.3, 12.7, 9.7, 6.6, 4.7, 6.9, 11.2]
        .into_iter()
        .zip([15.9, 12.8, 9.0, 5.9, 5.0, 8.2, 12.5])
        .enumerate()
    {
        for (theme, expected) in [light, dark].into_iter().enumerate() {
            let ground = all[&format!("heat-{step}")][theme];
            let better = ratio(ink, ground).max(ratio(white, ground));
            assert_ratio(&format!("heat {step} {theme}"), better, expected);
        }
    }
}

#[test]
fn a_projector_shows_seven_to_one_on_every_tint() {
    let all = projector();
    for name in [
        "claimed",
        "documented",
        "verified",
        "refuted",
        "model",
        "middleware",
        "app",
        "hard",
        "watch",
    ] {
        for (mark, tint) in all[name].into_iter().zip(all[&format!("{name}-tint")]) {
            let found = ratio(mark, tint);
            assert!(found >= 7.0 - 0.05, "{name}: {found:.2}");
        }
    }
    for (name, light) in [
        ("muted", 8.6),
        ("accent", 8.5),
        ("claimed", 7.4),
        ("documented", 7.2),
        ("verified", 7.5),
        ("refuted", 7.3),
        ("watch", 7.6),
        ("middleware", 7.8),
        ("app", 7.5),
    ] {
        let ground = all.get(&format!("{name}-tint"));
        let grounds = [all["surface"][0], all["canvas"][0], all["sunken"][0]];
        let found: Vec<f64> = ground
            .map(|tint| tint[0])
            .into_iter()
            .chain(grounds)
            .map(|ground| ratio(all[name][0], ground))
            .collect();
        assert!(
            found.iter().any(|found| (found - light).abs() <= 0.06),
            "{name}: {found:.2?}, not {light}"
        );
    }
}
