//! Where one is signed in, the browsers that know one, and what happened with the account lately.

mod browsers;
mod history;
mod line;
mod model;
mod question;
mod report;
mod sessions;
mod state;

pub(super) use browsers::Browsers;
pub(super) use history::History;
pub(super) use question::Question;
pub(super) use report::Report;
pub(super) use sessions::Sessions;
pub(super) use state::SignIns;
