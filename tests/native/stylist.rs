//! Just enough of the grammar of style sheets to ask about declarations and selectors.

/// One thing a style sheet says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Statement {
    /// The selectors, or the at-rule, in front of a block; how many blocks it lies in.
    Block { prelude: String, depth: usize },
    /// `property: value`.
    Declaration { property: String, value: String },
    /// An at-rule without a block.
    Rule { text: String, depth: usize },
}

/// Reads a sheet. Comments and what stands in quotes are left out.
pub(crate) fn read(css: &str) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut depth = 0_usize;
    let mut text = String::new();
    for letter in bare(css).chars() {
        match letter {
            '{' => {
                statements.push(Statement::Block {
                    prelude: text.trim().to_owned(),
                    depth,
                });
                depth += 1;
                text.clear();
            }
            '}' | ';' => {
                statements.extend(statement(text.trim(), depth));
                text.clear();
                if letter == '}' {
                    depth = depth.saturating_sub(1);
                }
            }
            other => text.push(other),
        }
    }
    statements
}

/// A rule with what lies in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// The selectors, or the at-rule.
    pub(crate) prelude: String,
    /// Properties and values, in order.
    pub(crate) declarations: Vec<(String, String)>,
    /// The blocks inside of it.
    pub(crate) blocks: Vec<Block>,
}

/// Reads a sheet as the tree it is.
pub(crate) fn tree(css: &str) -> Vec<Block> {
    let mut open = vec![Block::default()];
    let mut text = String::new();
    for letter in bare(css).chars() {
        match letter {
            '{' => open.push(Block {
                prelude: std::mem::take(&mut text).trim().to_owned(),
                ..Block::default()
            }),
            '}' | ';' => {
                let last = open.len() - 1;
                if let Some(Statement::Declaration { property, value }) = statement(text.trim(), last) {
                    open[last].declarations.push((property, value));
                }
                text.clear();
                if letter == '}' && last > 0 {
                    let block = open.remove(last);
                    open[last - 1].blocks.push(block);
                }
            }
            other => text.push(other),
        }
    }
    open.swap_remove(0).blocks
}

fn statement(text: &str, depth: usize) -> Option<Statement> {
    if text.starts_with('@') {
        return Some(Statement::Rule {
            text: text.to_owned(),
            depth,
        });
    }
    let (property, value) = text.split_once(':')?;
    Some(Statement::Declaration {
        property: property.trim().to_owned(),
        value: value.trim().to_owned(),
    })
}

fn bare(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(letter) = rest.chars().next() {
        let skipped = match letter {
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' | '\'' => rest[1..].find(letter).map_or(rest.len(), |end| end + 2),
            _ => 0,
        };
        if skipped == 0 {
            out.push(letter);
        }
        rest = &rest[skipped.max(letter.len_utf8())..];
    }
    out
}

/// The classes a selector names.
pub(crate) fn classes(selector: &str) -> Vec<String> {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    selector
        .split('.')
        .skip(1)
        .map(|rest| {
            rest.split(|letter| !is_name(letter))
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .filter(|name| name.starts_with(char::is_alphabetic))
        .collect()
}

#[test]
fn a_sheet_is_read() {
    let css = "@layer a, b; @layer a { /* x: y; */ .card > .card__title:hover { color: var(--c); content: \"}\" } }";
    let expected = [
        Statement::Rule {
            text: "@layer a, b".to_owned(),
            depth: 0,
        },
        Statement::Block {
            prelude: "@layer a".to_owned(),
            depth: 0,
        },
        Statement::Block {
            prelude: ".card > .card__title:hover".to_owned(),
            depth: 1,
        },
        Statement::Declaration {
            property: "color".to_owned(),
            value: "var(--c)".to_owned(),
        },
        Statement::Declaration {
            property: "content".to_owned(),
            value: String::new(),
        },
    ];
    assert_eq!(read(css), expected);
    assert_eq!(
        classes(".card > .card__title:hover, a:where(.x-y)"),
        ["card", "card__title", "x-y"]
    );
}

#[test]
fn a_sheet_is_read_as_a_tree() {
    let css = "@layer a { .card { color: red; &:hover { color: blue } padding: 0; } } @layer b { }";
    let sheet = tree(css);
    assert_eq!(sheet.len(), 2);
    let card = &sheet[0].blocks[0];
    assert_eq!(card.prelude, ".card");
    let of = |property: &str, value: &str| (property.to_owned(), value.to_owned());
    assert_eq!(card.declarations, [of("color", "red"), of("padding", "0")]);
    assert_eq!(card.blocks[0].prelude, "&:hover");
    assert_eq!(card.blocks[0].declarations, [of("color", "blue")]);
}
