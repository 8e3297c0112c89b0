//! Parts used only by the pipeline pages.

mod card;
mod column;
mod facts;
mod move_menu;

pub use column::Column;
pub use facts::DealFacts;
