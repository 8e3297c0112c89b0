//! The rules of the style sheets: layers, tokens, logical directions.

use crate::sources::{self, Source, assert_none};
use crate::stylist::{Statement, read};

const RAW_COLOURS: [&str; 11] = [
    "rgb(",
    "rgba(",
    "hsl(",
    "hsla(",
    "hwb(",
    "lab(",
    "lch(",
    "oklab(",
    "oklch(",
    "color(",
    "light-dark(",
];

/// The names that CSS gives to colours.
const NAMED_COLOURS: &str = "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown
    burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray
    darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue
    darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite
    forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory
    khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen
    lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime
    limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue
    mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive
    olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
    powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue
    slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke
    yellow yellowgreen";

/// Units that do not grow with the type.
const FIXED_UNITS: [&str; 7] = ["px", "pt", "pc", "cm", "mm", "in", "q"];

/// Shorthands whose four values are physical sides.
const FOUR_SIDED: [&str; 7] = [
    "margin",
    "padding",
    "inset",
    "border-width",
    "border-color",
    "border-style",
    "border-radius",
];

#[test]
fn sheets_keep_to_layers_tokens_and_logical_directions() {
    let order = sources::file("style/layers.css");
    let violations: Vec<String> = sources::css()
        .iter()
        .flat_map(|sheet| violations(sheet, &order))
        .collect();
    assert_none(&violations);
}

fn violations(sheet: &Source, order: &str) -> Vec<String> {
    let mut found = Vec::new();
    for statement in read(&sheet.text) {
        let problem = match &statement {
            Statement::Block { prelude, depth: 0 } => layer_problem(&sheet.path, prelude, order),
            Statement::Block { prelude, .. } => {
                has_fixed_length(prelude).then(|| format!("{prelude:?} counts pixels"))
            }
            Statement::Rule { text, depth } => rule_problem(&sheet.path, text, *depth),
            Statement::Declaration { property, value } => declaration_problem(&sheet.path, property, value),
        };
        found.extend(problem.map(|what| format!("style/{}: {what}", sheet.path)));
    }
    found
}

/// Each folder, and each sheet beside the folders, fills the layer of its name.
fn layer_problem(path: &str, prelude: &str, order: &str) -> Option<String> {
    let Some(layer) = prelude.strip_prefix("@layer ").map(str::trim) else {
        return Some(format!("{prelude:?} lies in no layer"));
    };
    let is_known = order
        .trim_end_matches(|letter: char| letter == ';' || letter.is_whitespace())
        .rsplit(['\n', ' '])
        .any(|known| known.trim_end_matches(',') == layer);
    if !is_known {
        return Some(format!("{layer:?} is not among the layers of layers.css"));
    }
    let folder = path.split(['/', '.']).next().unwrap_or_default();
    let own = if path == "base/reset.css" { "reset" } else { folder };
    (layer != own).then(|| format!("it fills the layer {layer:?} instead of {own:?}"))
}

fn rule_problem(path: &str, text: &str, depth: usize) -> Option<String> {
    if text.starts_with("@import") {
        return Some("@import is not followed".to_owned());
    }
    (depth == 0 && path != "layers.css").then(|| format!("{text:?} lies in no layer"))
}

fn declaration_problem(path: &str, property: &str, value: &str) -> Option<String> {
    if is_physical(property) {
        return Some(format!("{property} is physical; use the logical one"));
    }
    if names_a_side(property, value) {
        return Some(format!(
            "{property}: {value} names a physical side; use the logical one"
        ));
    }
    if value.contains("!important") && path != "utilities.css" {
        return Some("!important belongs into utilities.css only".to_owned());
    }
    if path.starts_with("tokens/") {
        return None;
    }
    raw(property, value).map(|what| format!("{property}: {value}: {what} belongs into style/tokens"))
}

fn raw(property: &str, value: &str) -> Option<&'static str> {
    let is_hex = |word: &str| {
        word.strip_prefix('#')
            .is_some_and(|digits| digits.len() >= 3 && digits.chars().all(|digit| digit.is_ascii_hexdigit()))
    };
    // Names of animations, areas and the like may be words that are colours, too.
    let may_be_coloured = property.starts_with("--")
        || [
            "color",
            "background",
            "border",
            "outline",
            "shadow",
            "fill",
            "stroke",
            "rule",
            "decoration",
            "filter",
        ]
        .iter()
        .any(|part| property.contains(part));
    let is_named = |word: &str| may_be_coloured && NAMED_COLOURS.split_whitespace().any(|name| name == word);
    let mut words = value.split(|letter: char| " ,()/".contains(letter));
    // `lab(` also ends `oklab(`; both are raw, so it does not matter which is found.
    if words.any(|word| is_hex(word) || is_named(&word.to_ascii_lowercase()))
        || RAW_COLOURS.iter().any(|function| value.contains(function))
    {
        return Some("a raw colour");
    }
    has_fixed_length(value).then_some("a length that does not grow with the type")
}

/// Whether a number in a unit such as `px` stands in `text`.
fn has_fixed_length(text: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '.' || letter == '-' || letter == '_';
    text.split(|letter| !is_part(letter)).any(|word| {
        let number = word.trim_end_matches(char::is_alphabetic);
        let unit = word[number.len()..].to_ascii_lowercase();
        number.ends_with(|last: char| last.is_ascii_digit())
            && number.parse::<f64>().is_ok()
            && FIXED_UNITS.contains(&unit.as_str())
    })
}

fn is_physical(property: &str) -> bool {
    const SIDES: [&str; 4] = ["left", "right", "top", "bottom"];
    const SIZES: [&str; 6] = [
        "width",
        "height",
        "min-width",
        "max-width",
        "min-height",
        "max-height",
    ];
    let is_own = property.starts_with("--");
    !is_own && (SIZES.contains(&property) || property.split('-').any(|part| SIDES.contains(&part)))
}

/// Whether a value says left or right, by its name or by its place among four.
fn names_a_side(property: &str, value: &str) -> bool {
    let is_word = [
        "text-align",
        "float",
        "clear",
        "justify-content",
        "justify-items",
        "justify-self",
    ];
    let side = value == "left" || value == "right";
    (is_word.contains(&property) && side) || (FOUR_SIDED.contains(&property) && values(value) == 4)
}

/// How many values stand side by side, outside of any brackets.
fn values(value: &str) -> usize {
    let mut depth = 0_usize;
    let mut outside = String::new();
    for letter in value.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            other if depth == 0 => outside.push(other),
            _ => {}
        }
    }
    outside.split_whitespace().count()
}

#[cfg(test)]
mod samples {
    use super::*;

    fn refused(path: &str, css: &str) -> usize {
        let sheet = Source {
            path: path.to_owned(),
            text: css.to_owned(),
        };
        violations(&sheet, "@layer reset, tokens, base, components, utilities;").len()
    }

    #[test]
    fn each_rule_can_be_broken() {
        for bad in [
            ".card { color: var(--c); }",
            "@layer components { .card { color: #fff; } }",
            "@layer components { .card { color: oklch(0.5 0.1 20); } }",
            "@layer components { .card { border: 1px solid var(--c); } }",
            "@layer components { .card { margin-left: 1rem; } }",
            "@layer components { .card { border-top-left-radius: 1rem; } }",
            "@layer components { .card { top: 0; } }",
            "@layer components { .card { width: 10rem; } }",
            "@layer components { .card { color: var(--c) !important; } }",
            "@layer components { @media (width > 600px) { .card { color: var(--c); } } }",
            "@import \"x.css\";",
            "@charset \"utf-8\";",
            "@layer base { .card { color: var(--c); } }",
            "@layer cards { .card { color: var(--c); } }",
            "@layer components { .card { color: Red; } }",
            "@layer components { .card { --ground: white; } }",
            "@layer components { .card { inline-size: 3cm; } }",
            "@layer components { .card { max-height: 3rem; } }",
            "@layer components { .card { scroll-margin-top: 3rem; } }",
            "@layer components { .card { text-align: right; } }",
            "@layer components { .card { padding: 0 1rem 0 var(--space-2); } }",
        ] {
            assert_ne!(refused("components/card.css", bad), 0, "{bad}");
        }
    }

    #[test]
    fn what_keeps_to_the_rules_passes() {
        let good = "@layer components { @container (inline-size > 30rem) { .card { inline-size: 10rem; margin-inline: auto;
            border-block-start: var(--line) solid var(--color-edge); background: color-mix(in oklab, var(--a), var(--b));
            padding: 0 1rem; inset: calc(1rem + var(--b)) auto auto; animation: tan 2s; } } }";
        assert_eq!(refused("components/card.css", good), 0);
        assert_eq!(
            refused(
                "tokens/colours.css",
                "@layer tokens { :root { --blue: oklch(0.5 0.1 20); --line: 1px; } }"
            ),
            0
        );
        assert_eq!(
            refused(
                "utilities.css",
                "@layer utilities { .hidden { display: none !important; } }"
            ),
            0
        );
        assert_eq!(refused("layers.css", "@layer reset, tokens;"), 0);
        assert_eq!(refused("base/reset.css", "@layer reset { * { margin: 0; } }"), 0);
    }
}
