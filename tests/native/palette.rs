//! The colours of `style/tokens` as light, so that contrast can be computed.

use std::collections::BTreeMap;

use crate::stylist::{Block, tree};

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    Light,
    Dark,
}

impl Theme {
    pub(crate) const BOTH: [Self; 2] = [Self::Light, Self::Dark];
}

/// A colour as amounts of red, green and blue light between 0 and 1, and how much of it covers what lies below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Light {
    rgb: [f64; 3],
    pub(crate) alpha: f64,
}

/// All custom properties of some sheets, by name.
pub(crate) struct Palette(BTreeMap<String, String>);

impl Palette {
    pub(crate) fn of(sheets: &[&str]) -> Self {
        let mut found = BTreeMap::new();
        for sheet in sheets {
            collect(&tree(sheet), &mut found);
        }
        Self(found)
    }

    /// The colour that `value` is in `theme`.
    pub(crate) fn colour(&self, value: &str, theme: Theme) -> Result<Light, String> {
        let value = value.trim();
        let (function, inside) = value
            .split_once('(')
            .and_then(|(function, rest)| Some((function, rest.strip_suffix(')')?)))
            .ok_or_else(|| format!("{value:?} is no colour that can be computed"))?;
        match function {
            "var" => {
                let name = inside.split(',').next().unwrap_or_default().trim();
                let own = self.0.get(name).ok_or_else(|| format!("{name} is not defined"))?;
                self.colour(own, theme)
            }
            "light-dark" => {
                let (light, dark) = halves(inside).ok_or_else(|| format!("{value:?} needs two colours"))?;
                self.colour(if theme == Theme::Light { light } else { dark }, theme)
            }
            "oklch" => oklch(inside).ok_or_else(|| format!("{value:?} cannot be read")),
            _ => Err(format!("{value:?}: make it a role in style/tokens")),
        }
    }
}

fn collect(blocks: &[Block], found: &mut BTreeMap<String, String>) {
    for block in blocks {
        // What holds under a condition does not describe the theme.
        let is_conditional = block.prelude.starts_with("@media");
        if !is_conditional {
            let own = block.declarations.iter();
            found.extend(own.filter(|(name, _)| name.starts_with("--")).cloned());
            collect(&block.blocks, found);
        }
    }
}

/// The two arguments of a function, split at the comma outside of any brackets.
fn halves(arguments: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (index, letter) in arguments.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => return Some((&arguments[..index], &arguments[index + 1..])),
            _ => {}
        }
    }
    None
}

/// `L C H`, or `L C H / A`. From Björn Ottosson's definition of Oklab; colours no screen can show are clipped, as
/// browsers do.
fn oklch(arguments: &str) -> Option<Light> {
    let (colour, alpha) = arguments.split_once('/').unwrap_or((arguments, "1"));
    let numbers: Vec<f64> = colour
        .split_whitespace()
        .map_while(|word| word.parse().ok())
        .collect();
    let [lightness, chroma, hue] = *numbers.as_slice() else {
        return None;
    };
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let cube = |by_a: f64, by_b: f64| (lightness + by_a * a + by_b * b).powi(3);
    let [long, medium, short] = [
        cube(0.396_337_777_4, 0.215_803_757_3),
        cube(-0.105_561_345_8, -0.063_854_172_8),
        cube(-0.089_484_177_5, -1.291_485_548_0),
    ];
    let rgb = [
        4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
    ];
    Some(Light {
        rgb: rgb.map(|part| part.clamp(0.0, 1.0)),
        alpha: alpha.trim().parse().ok()?,
    })
}

/// The contrast of two colours, 1 to 21, as WCAG 2 defines it.
pub(crate) fn contrast(one: Light, other: Light) -> f64 {
    let luminance = |light: Light| {
        let [red, green, blue] = light.rgb;
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod samples {
    use super::*;

    fn ratio(one: &str, other: &str, theme: Theme) -> f64 {
        let palette = Palette::of(&[
            "@layer tokens { :root { --ink: light-dark(var(--black), oklch(1 0 0)); --black: oklch(0 0 0); }
            @media (forced-colors: active) { :root { --ink: oklch(0.5 0 0); } } }",
        ]);
        let colour = |text| palette.colour(text, theme).expect("a colour");
        contrast(colour(one), colour(other))
    }

    #[test]
    fn black_on_white_is_the_highest_contrast() {
        assert!((ratio("var(--ink)", "oklch(1 0 0)", Theme::Light) - 21.0).abs() < 0.01);
        assert!((ratio("var(--ink)", "oklch(1 0 0)", Theme::Dark) - 1.0).abs() < 0.01);
    }

    #[test]
    fn a_known_grey_has_the_contrast_that_is_published_for_it() {
        // #767676 on white: 4.54. Its lightness in Oklab is 0.5657.
        assert!((ratio("oklch(0.5657 0 0)", "oklch(1 0 0)", Theme::Light) - 4.54).abs() < 0.02);
    }

    #[test]
    fn a_known_colour_becomes_the_light_that_is_published_for_it() {
        // Pure sRGB red is oklch(0.62796 0.25768 29.234).
        let red = oklch("0.62796 0.25768 29.234").expect("a colour").rgb;
        assert!(red[0] > 0.999 && red[1] < 0.001 && red[2] < 0.001, "{red:?}");
    }

    #[test]
    fn what_cannot_be_computed_is_said() {
        let palette = Palette::of(&[]);
        for bad in ["red", "var(--gone)", "color-mix(in oklab, red, blue)", "oklch(1)"] {
            assert!(palette.colour(bad, Theme::Light).is_err(), "{bad}");
        }
    }
}
