//! Pipelines as boards, and the deals in them.

mod components;
mod model;
mod pages;
mod state;

pub use pages::{BoardPage, DealPage};
