//! Portico, the CRM front end: a single-page application that runs in the browser.
//!
//! `app` puts everything together; `features` are the screens; `ui` the parts they are made of; `session` knows who is
//! signed in; `api` talks to the backend; `i18n` to the person; `platform` to the browser. `docs/ARCHITECTURE.md` has
//! the map and says which may use which.

#![expect(
    unreachable_pub,
    reason = "`#[component]` makes a function that is re-exported look as if it were not"
)]

pub mod api;
pub mod app;
pub mod features;
pub mod i18n;
pub mod platform;
pub mod session;
pub mod ui;
