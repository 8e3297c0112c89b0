//! The judgement of passwords as a worker of the browser: a message in, a message out. `strength.js` beside this crate
//! receives and sends them; `cargo xtask` puts the two together.

use portico_strength::{Answer, Question};
use wasm_bindgen::prelude::wasm_bindgen;

/// Answers a [`Question`] with an [`Answer`], both as JSON. None to what is no question.
#[wasm_bindgen]
pub fn judge(question: &str) -> Option<String> {
    let question: Question = serde_json::from_str(question).ok()?;
    serde_json::to_string(&Answer::to(&question)).ok()
}
