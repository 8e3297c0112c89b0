//! Where a page of the front door leads: to the page that was asked for, or to what the sign-in waits for.

use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

use crate::app::routes::{self, Route, safe_next};
use crate::platform::location;

/// Takes a page's place in the history with the page at an address.
type Replace = Rc<dyn Fn(&str)>;

/// The ways on from a page, each with what the address says about where to go after signing in. Cheap to copy.
#[derive(Clone, Copy)]
pub struct WayOn {
    query: Memo<ParamsMap>,
    navigate: StoredValue<Replace, LocalStorage>,
}

impl WayOn {
    /// From the page that is being made.
    pub fn from_here() -> Self {
        let navigate = use_navigate();
        let path = use_location().pathname;
        let here = path.get_untracked();
        let replace = move |to: &str| {
            // The router may keep what it took off the screen for a while; that has no say in where one is.
            if path.try_get_untracked().as_ref() != Some(&here) {
                return;
            }
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate(to, options);
        };
        Self {
            query: use_query_map(),
            navigate: StoredValue::new_local(Rc::new(replace)),
        }
    }

    /// What was asked for, if it may be followed.
    fn next(self) -> Option<String> {
        let next = self
            .query
            .try_with_untracked(|query| query.get(routes::NEXT))
            .flatten();
        next.and_then(|next| safe_next(&next))
    }

    /// The address of `route`, with what was asked for.
    pub fn address(self, route: Route) -> String {
        let next = self.next().map(|next| (routes::NEXT.to_owned(), next));
        let query: Vec<(String, String)> = next.into_iter().collect();
        format!("{}{}", route.path(), location::encode_query(&query))
    }

    /// Goes to `route`, and takes along what was asked for.
    pub fn go(self, route: Route) {
        self.leave_for(&self.address(route));
    }

    /// Goes to what was asked for: the person is in.
    pub fn arrive(self) {
        self.leave_for(&self.next().unwrap_or_else(|| Route::Today.path()));
    }

    /// Takes this page's place in the history. A page that was left meanwhile leads nowhere.
    fn leave_for(self, path: &str) {
        // Called when nothing is borrowed any more: it may take the page apart.
        if let Some(navigate) = self.navigate.try_get_value() {
            navigate(path);
        }
    }
}
