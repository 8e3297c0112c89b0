//! What the pages of the front door share: their frame, what is wrong with their fields, how they end, where they lead.

mod fields;
mod frame;
mod over;
mod way_on;

pub use fields::wrong;
pub use frame::{Checking, Ending, Frame, Judged, Send, ToSignIn};
pub use over::{End, OverPage};
pub use way_on::WayOn;
