//! The static site: what goes into it, how it is put together, what it weighs.

pub(crate) mod assets;
mod binary;
mod build;
mod compress;
pub(crate) mod digest;
mod fingerprint;
pub(crate) mod finish;
mod html;
mod links;
mod names;
mod parallel;
mod parts;
mod previous;
mod service_worker;
mod strength;
mod wasm;
mod weight;

pub(crate) use build::{dist, make, weigh};
