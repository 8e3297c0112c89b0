//! The keys of all texts, generated from the English files by `build.rs`.

use portico_contract::locale::Locale;

use super::message::{Message, Text};

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
