//! Parts used only by the pipeline pages.

mod card;
mod facts;
mod move_menu;
mod skeleton;

pub use card::DealCard;
pub use facts::DealFacts;
pub use skeleton::BoardSkeleton;
