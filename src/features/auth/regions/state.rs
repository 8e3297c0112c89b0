//! Asks the regions how long they take, and leads to one of them.

use futures_util::future::join_all;
use leptos::prelude::*;
use portico_contract::region::{RegionList, RegionSite};

use super::model::{PATIENCE_MS, clearly_faster};
use crate::api::probe;
use crate::app::routes::{NEXT, Route, safe_next};
use crate::platform::storage::{self, Key};
use crate::platform::{clock, http, location, task};

/// Says at the other region that this one was left on purpose, so that nobody is asked there to come back.
const CHOSEN: (&str, &str) = ("region", "chosen");

/// What is remembered of somebody who wants to stay.
const DECLINED: &str = "declined";

/// The regions, and the one that was found to be nearer. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Regions {
    /// All of them; none where there is nothing to choose.
    pub sites: RwSignal<Vec<RegionSite>>,
    /// The one that answers clearly faster, while somebody may want to know.
    pub faster: RwSignal<Option<RegionSite>>,
}

impl Regions {
    /// Reads the list, and measures where the question is still open.
    pub fn read() -> Self {
        let regions = Self {
            sites: RwSignal::new(Vec::new()),
            faster: RwSignal::new(None),
        };
        task::scoped(async move {
            let sites = listed().await;
            if sites.len() < 2 {
                return;
            }
            regions.sites.set(sites.clone());
            if is_open() {
                clock::idle().await;
                regions.faster.set(faster(sites).await);
            }
        });
        regions
    }

    /// Leads to the sign-in at `origin`, and from there to the page that was asked for here.
    pub fn go(self, origin: &str) {
        // Nothing but what is on the list, whatever the page holds.
        let is_listed = self
            .sites
            .with_untracked(|sites| sites.iter().any(|site| site.origin == origin));
        if !is_listed {
            return;
        }
        let (name, chosen) = CHOSEN;
        storage::set(Key::Region, chosen);
        let mut query = vec![(name.to_owned(), chosen.to_owned())];
        let next = location::query(NEXT).and_then(|next| safe_next(&next));
        query.extend(next.map(|next| (NEXT.to_owned(), next)));
        let (path, query) = (Route::SignIn.path(), location::encode_query(&query));
        location::leave_for(&format!("{origin}{path}{query}"));
    }

    /// Stays here, for good.
    pub fn stay(self) {
        storage::set(Key::Region, DECLINED);
        self.faster.set(None);
    }
}

/// Whether it is still open where this device belongs. Who was sent here by a choice has chosen.
fn is_open() -> bool {
    let (name, chosen) = CHOSEN;
    if location::query(name).is_some_and(|value| value == chosen) {
        storage::set(Key::Region, chosen);
        return false;
    }
    storage::get(Key::Region).is_none()
}

/// The regions of the site. Who has no list has none.
async fn listed() -> Vec<RegionSite> {
    let file = http::get_static("/config.json").await.ok();
    let list = file.and_then(|json| serde_json::from_str::<RegionList>(&json).ok());
    list.unwrap_or_default().sites()
}

/// The region among `sites` that answers clearly faster than this page's own.
async fn faster(sites: Vec<RegionSite>) -> Option<RegionSite> {
    let own = location::origin();
    let mut others: Vec<RegionSite> = sites.into_iter().filter(|site| site.origin != own).collect();
    let asked = others.iter().map(|site| best_of_two(&site.origin));
    let (own, times) = futures_util::future::join(best_of_two(&own), join_all(asked)).await;
    clearly_faster(own, &times).map(|place| others.swap_remove(place))
}

/// The better of two times: the first one may have had to find the way.
async fn best_of_two(origin: &str) -> Option<u32> {
    let first = probe::region(origin, PATIENCE_MS).await?;
    let second = probe::region(origin, PATIENCE_MS).await;
    Some(second.map_or(first, |second| second.min(first)))
}
