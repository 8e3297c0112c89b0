//! Which colours the style sheets put on which, read off their rules in every state.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::Source;
use crate::stylist::{Block, tree};

/// Lines that only part one thing from the next: whoever does not see them misses nothing.
const HAIRLINES: [&str; 2] = ["var(--color-line)", "var(--color-line-strong)"];

/// Rules whose ground is the whole drawing: no text ever stands on it. Those that mean something are told from what
/// they lie on; the others are there for the eye alone.
const DRAWINGS: [(&str, bool); 5] = [
    (".board__gap", true),
    // How far it is stands beside it in words.
    (".progress__bar", false),
    (".new-password__meter", false),
    (".skeleton__line", false),
    ("::backdrop", false),
];

/// Values that leave a colour to what is around.
const INHERITED: [&str; 6] = ["inherit", "currentcolor", "transparent", "none", "unset", "0"];

/// The properties that draw lines.
const LINES: [&str; 14] = [
    "border",
    "border-color",
    "border-block",
    "border-inline",
    "border-block-start",
    "border-block-end",
    "border-inline-start",
    "border-inline-end",
    "border-block-start-color",
    "border-block-end-color",
    "border-inline-start-color",
    "border-inline-end-color",
    "outline",
    "outline-color",
];

/// What the style sheets put on what.
#[derive(Debug, Default)]
pub(crate) struct Uses {
    /// Colours of text on grounds, with a place that says so.
    pub(crate) pairs: BTreeMap<(String, String), String>,
    /// Colours without a ground.
    pub(crate) loose_texts: BTreeMap<String, String>,
    /// Grounds without a colour.
    pub(crate) loose_grounds: BTreeMap<String, String>,
    /// Colours of lines and drawings that mean something.
    pub(crate) signals: BTreeMap<String, String>,
    /// Places where something is drawn half, and its text with it.
    pub(crate) faded: BTreeSet<String>,
}

impl Uses {
    pub(crate) fn of(sheets: &[Source]) -> Self {
        let mut uses = Self::default();
        for sheet in sheets {
            for block in tree(&sheet.text) {
                uses.read(&sheet.path, &block, &Scope::default());
            }
        }
        uses
    }

    /// Takes in a rule, in each of its states and with all that lies in it.
    fn read(&mut self, sheet: &str, block: &Block, above: &Scope) {
        if is_outside_of_themes(&block.prelude) {
            return;
        }
        let base = above.with(&block.prelude, &block.declarations);
        let states: Vec<&Block> = block
            .blocks
            .iter()
            .filter(|inner| is_state(&inner.prelude))
            .collect();
        let mut scopes = vec![base.clone()];
        for (index, first) in states.iter().enumerate() {
            let one = base.with(&first.prelude, &first.declarations);
            for second in &states[index + 1..] {
                if !exclude_each_other(&first.prelude, &second.prelude) {
                    scopes.push(one.with(&second.prelude, &second.declarations));
                }
            }
            scopes.push(one);
        }
        for scope in &scopes {
            self.note(sheet, scope);
        }
        for inner in &block.blocks {
            self.read(sheet, inner, &base);
        }
    }

    fn note(&mut self, sheet: &str, scope: &Scope) {
        let place = format!("style/{sheet} {}", scope.path);
        let drawing = DRAWINGS.iter().find(|(class, _)| scope.path.contains(class));
        let grounds = scope.colours(&["background", "background-color"]);
        let is_faded = |value: &String| value.parse().is_ok_and(|part: f64| part > 0.0 && part < 1.0);
        if let Some((_, means_something)) = drawing {
            if *means_something {
                self.signals
                    .extend(grounds.into_iter().map(|ground| (ground, place.clone())));
            }
            return;
        }
        // What cannot be used need not be read (WCAG 1.4.3), and says so by more than its colour.
        if scope.declarations.get("opacity").is_some_and(is_faded) && !scope.path.contains("disabled") {
            self.faded.insert(place.clone());
        }
        let text = scope.colours(&["color"]).pop();
        match (&text, grounds.is_empty()) {
            (Some(text), false) => {
                let pairs = grounds
                    .into_iter()
                    .map(|ground| ((text.clone(), ground), place.clone()));
                self.pairs.extend(pairs);
            }
            (Some(text), true) => {
                self.loose_texts.insert(text.clone(), place.clone());
            }
            (None, _) => self
                .loose_grounds
                .extend(grounds.into_iter().map(|ground| (ground, place.clone()))),
        }
        let mut lines = scope.colours(&LINES);
        // A coloured line is one of the ways to mean something; the neutral ones only part.
        lines.retain(|line| !HAIRLINES.contains(&line.as_str()));
        self.signals
            .extend(lines.into_iter().map(|line| (line, place.clone())));
    }
}

/// Colours that people force themselves, paper, and the steps of animations.
fn is_outside_of_themes(prelude: &str) -> bool {
    [
        "@keyframes",
        "@media (forced-colors",
        "@media print",
        "@font-face",
    ]
    .iter()
    .any(|start| prelude.starts_with(start))
}

/// A state or variant of the element itself, not something inside of it.
fn is_state(prelude: &str) -> bool {
    let own = prelude.strip_prefix('&').unwrap_or_default();
    (own.starts_with(':') && !own.starts_with("::") || own.starts_with('[')) && !own.contains(' ')
}

/// Whether two states cannot hold at once because they are values of one attribute.
fn exclude_each_other(one: &str, other: &str) -> bool {
    let attribute = |state: &str| {
        let (_, rest) = state.split_once('[')?;
        rest.split_once('=').map(|(name, _)| name.to_owned())
    };
    attribute(one).is_some_and(|name| attribute(other) == Some(name))
}

/// What holds for an element: its own declarations over those of the rules it is nested in.
#[derive(Clone, Debug, Default)]
struct Scope {
    path: String,
    declarations: BTreeMap<String, String>,
}

impl Scope {
    fn with(&self, prelude: &str, declarations: &[(String, String)]) -> Self {
        let mut inner = self.clone();
        if !prelude.starts_with("@layer") {
            format!("{} {prelude}", self.path)
                .trim()
                .clone_into(&mut inner.path);
        }
        // Something inside of the element inherits colours and has lines of its own.
        if !is_state(prelude) && !prelude.starts_with('@') {
            inner
                .declarations
                .retain(|name, _| !LINES.contains(&name.as_str()));
        }
        inner.declarations.extend(declarations.iter().cloned());
        inner
    }

    /// The colours that the last of `properties` names, its component's own variables resolved.
    fn colours(&self, properties: &[&str]) -> Vec<String> {
        let values = properties
            .iter()
            .filter_map(|property| self.declarations.get(*property));
        values.flat_map(|value| self.resolved(value)).collect()
    }

    fn resolved(&self, value: &str) -> Vec<String> {
        let mut found = Vec::new();
        for part in colours_in(value) {
            let name = part.trim_start_matches("var(").trim_end_matches(')');
            match self.declarations.get(name) {
                Some(own) => found.extend(self.resolved(own)),
                None => found.push(part),
            }
        }
        found
    }
}

/// What of `value` is a colour: roles by their names, and what is written out.
fn colours_in(value: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = value;
    while let Some(at) = rest.find("var(--") {
        let Some(end) = rest[at..].find(')') else { break };
        found.push(rest[at..=at + end].to_owned());
        rest = &rest[at + end + 1..];
    }
    // Sizes come as roles, too.
    found.retain(|role| {
        !["--hairline", "--ring", "--space", "--radius", "--one-pixel"]
            .iter()
            .any(|size| role.contains(size))
    });
    if found.is_empty() && !value.contains("var(") && !INHERITED.contains(&value) {
        let is_system = value.starts_with(char::is_uppercase);
        let is_colour = value.contains('(') || value.chars().all(char::is_alphabetic);
        if is_colour && !is_system {
            found.push(value.to_owned());
        }
    }
    found
}
