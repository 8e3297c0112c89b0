//! The page of the day.

mod today;

pub use today::TodayPage;
