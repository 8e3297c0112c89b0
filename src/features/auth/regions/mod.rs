//! The regions: at which of the company's addresses to sign in, and which of them is nearest.
//!
//! Nobody is ever led elsewhere unasked: that is how a stolen page would behave, and a surprise.

mod model;
mod state;
mod view;

pub use view::RegionChoice;
