//! A text as a picture for a camera.

use std::fmt::Write;

use leptos::prelude::*;
use qrcodegen::QrCodeEcc;

/// Modules that stay light on every side: a camera needs them to find the code (ISO/IEC 18004).
const QUIET_ZONE: i32 = 4;

/// A QR code of a text, dark on light in every theme, because not every camera reads it the other way round. It is drawn
/// in the page itself: no address holds the text. A text that is too long for a QR code draws nothing, so what it holds
/// must stand beside it in another form, too; that is needed anyhow by whoever has no camera.
#[component]
pub fn QrCode(
    /// What the camera reads.
    #[prop(into)]
    text: Signal<String>,
    /// What it is for. Never the text itself.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    move || {
        let Drawing { size, dark } = text.with(|text| Drawing::of(text))?;
        Some(view! {
            <svg
                class="qr-code"
                viewBox=format!("0 0 {size} {size}")
                role="img"
                aria-label=move || label.get()
                focusable="false"
                shape-rendering="crispEdges"
            >
                <path class="qr-code__ground" d=format!("M0 0h{size}v{size}h-{size}z")></path>
                <path class="qr-code__dark" d=dark></path>
            </svg>
        })
    }
}

/// What is drawn, in modules.
#[derive(Debug, PartialEq, Eq)]
struct Drawing {
    /// Of a side, with the quiet zone.
    size: i32,
    /// The path of the dark modules, those that lie side by side in one piece.
    dark: String,
}

impl Drawing {
    fn of(text: &str) -> Option<Self> {
        let code = qrcodegen::QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
        let mut dark = String::new();
        for y in 0..code.size() {
            let mut x = 0;
            while x < code.size() {
                let length = (x..code.size()).take_while(|&x| code.get_module(x, y)).count();
                if length > 0 {
                    // Writing into a string does not fail.
                    let _ = write!(
                        dark,
                        "M{} {}h{length}v1h-{length}z",
                        x + QUIET_ZONE,
                        y + QUIET_ZONE
                    );
                }
                // The module after a piece is light, or it would be part of it.
                x += i32::try_from(length).unwrap_or(i32::MAX).saturating_add(1);
            }
        }
        let size = code.size() + 2 * QUIET_ZONE;
        Some(Self { size, dark })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The modules that `path` makes dark.
    fn modules(path: &str) -> BTreeSet<(i32, i32)> {
        let mut found = BTreeSet::new();
        for piece in path.split('M').skip(1) {
            let numbers: Vec<i32> = piece
                .split(|c: char| !c.is_ascii_digit())
                .filter(|word| !word.is_empty())
                .map(|word| word.parse().unwrap())
                .collect();
            let [x, y, length, ..] = numbers[..] else {
                panic!("{piece}")
            };
            found.extend((x..x + length).map(|x| (x, y)));
        }
        found
    }

    #[test]
    fn every_dark_module_is_drawn_and_no_other() {
        let text = "otpauth://totp/Portico:zhang.san?secret=JBSWY3DPEHPK3PXP&issuer=Portico";
        let code = qrcodegen::QrCode::encode_text(text, QrCodeEcc::Medium).unwrap();
        let drawing = Drawing::of(text).unwrap();
        let expected: BTreeSet<_> = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|&(x, y)| code.get_module(x, y))
            .map(|(x, y)| (x + QUIET_ZONE, y + QUIET_ZONE))
            .collect();
        assert_eq!(modules(&drawing.dark), expected);
        assert_eq!(drawing.size, code.size() + 8);
    }

    #[test]
    fn a_text_that_is_too_long_draws_nothing() {
        assert_eq!(Drawing::of(&"x".repeat(3_000)), None);
    }
}
