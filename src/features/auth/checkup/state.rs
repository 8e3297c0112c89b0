//! Asks everything that the checkup wants to know.

use futures_util::future::join;
use leptos::prelude::*;

use super::model::{Facts, Known, PATIENCE_SECONDS, Reach};
use crate::api::probe::{self, Probe};
use crate::api::{Client, use_client};
use crate::platform::{browser, build, intl, location, network, task};

const PATIENCE_MS: u32 = PATIENCE_SECONDS * 1_000;

/// A checkup: what it knows so far. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Checkup {
    facts: RwSignal<Facts>,
    /// The build that the site has, for the report.
    published: RwSignal<Option<String>>,
    client: Client,
}

impl Checkup {
    /// One that has asked nothing yet.
    pub fn new() -> Self {
        Self {
            facts: RwSignal::new(Facts::default()),
            published: RwSignal::new(None),
            client: use_client(),
        }
    }

    /// What is known so far, tracked.
    pub fn facts(self) -> Facts {
        self.facts.get()
    }

    /// The build that the site has, if it said so.
    pub fn published(self) -> Option<String> {
        self.published.get_untracked()
    }

    /// Asks everything anew.
    pub fn run(self) {
        self.facts.set(Facts {
            offline: !network::is_online(),
            secure: location::is_secure(),
            address: format!("{}{}", location::origin(), self.client.url("")),
            lacking: browser::lacking(),
            ..Facts::default()
        });
        task::detached(async move {
            let (site, server) =
                join(probe::site(PATIENCE_MS), probe::server(self.client, PATIENCE_MS)).await;
            let server_reach = reach(&server, is_ready);
            let (ahead, newest) = (ahead(&server).or_else(|| ahead(&site)), self.newest(&site));
            self.note(|facts| {
                facts.site = Known::Is(reach(&site, |body| body.contains(SITE_MARK)));
                facts.server = Known::Is(server_reach);
                facts.clock_ahead = ahead.map_or(Known::Never, Known::Is);
                facts.newest = newest;
            });
            let cookies = if matches!(server_reach, Reach::Answers(_)) {
                probe::cookies(self.client).await.ok()
            } else {
                None
            };
            self.note(|facts| facts.cookies = cookies.map_or(Known::Never, Known::Is));
        });
    }

    fn newest(self, site: &Probe) -> Known<bool> {
        let page = site.outcome.as_ref().ok().map(|answer| answer.body.as_str());
        let published = page.and_then(build::named_in);
        let newest = build::running()
            .zip(published.clone())
            .map(|(running, published)| running == published);
        self.published.try_set(published);
        newest.map_or(Known::Never, Known::Is)
    }

    fn note(self, note: impl FnOnce(&mut Facts)) {
        // Nobody may be waiting any more.
        let _ = self.facts.try_update(note);
    }
}

/// Stands in the site's own document and in no page of a guest network.
const SITE_MARK: &str = "id=\"splash\"";

/// Whether `body` is what the backend says of itself.
fn is_ready(body: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(body).is_ok_and(|said| said["status"] == "ok")
}

fn reach(probe: &Probe, is_right: impl Fn(&str) -> bool) -> Reach {
    let outcome = probe.outcome.as_ref();
    Reach::of(
        outcome
            .map(|answer| (answer.status, is_right(&answer.body)))
            .map_err(|silence| *silence),
        probe.millis,
    )
}

/// Milliseconds that this device's clock is ahead of the one of whoever answered. The header knows whole seconds.
fn ahead(probe: &Probe) -> Option<f64> {
    const HALF_A_SECOND: f64 = 500.0;
    let date = probe.outcome.as_ref().ok()?.date.as_deref()?;
    let server_ms = intl::parse(date) + HALF_A_SECOND;
    server_ms.is_finite().then_some(probe.at_ms - server_ms)
}
