//! What needs the person today.

mod pages;

pub use pages::TodayPage;
