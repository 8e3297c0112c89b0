//! The checkup: whether this device and its connection allow to sign in at all.

mod model;
mod report;
mod state;
mod view;

pub use view::CheckupList;
