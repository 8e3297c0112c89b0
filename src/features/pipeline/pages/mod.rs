//! The pages of pipelines and deals.

mod board;
mod deal;

pub use board::BoardPage;
pub use deal::DealPage;
