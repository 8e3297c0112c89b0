//! The other addresses at which the company runs Portico: the document may ask them, and they may ask whether this one
//! is ready, to find out which is nearest.

use std::path::Path;

use axum::http::header::{self, HeaderMap, HeaderValue};
use portico_contract::region::RegionList;

/// The regions of the site, as they were when the backend started.
#[derive(Default)]
pub(super) struct Regions {
    origins: Vec<HeaderValue>,
}

impl Regions {
    /// Reads the regions of the site in `folder`. What is no region is left out and told to the operator; its address is
    /// not repeated, since a password may stand in it.
    pub(super) fn of_site(folder: Option<&Path>) -> Self {
        let Some(file) = folder.and_then(|folder| std::fs::read(folder.join("config.json")).ok()) else {
            return Self::default();
        };
        let list: RegionList = serde_json::from_slice(&file).unwrap_or_else(|fault| {
            tracing::warn!(
                event = "regions_unreadable",
                line = fault.line(),
                "config.json cannot be read"
            );
            RegionList::default()
        });
        for entry in list.refused() {
            tracing::warn!(
                event = "region_refused",
                entry,
                "a region of config.json has no name, or an address that is more or less than https:// and a host"
            );
        }
        let sites = list.sites();
        let origins = sites
            .iter()
            .filter_map(|site| HeaderValue::from_str(&site.origin).ok());
        Self {
            origins: origins.collect(),
        }
    }

    /// What the document may connect to beside its own site, each with a space before it.
    pub(super) fn sources(&self) -> String {
        let origins = self.origins.iter().filter_map(|origin| origin.to_str().ok());
        origins.flat_map(|origin| [" ", origin]).collect()
    }

    /// The origin that asks, if it is that of a region, letter by letter.
    pub(super) fn asking(&self, headers: &HeaderMap) -> Option<&HeaderValue> {
        let asks = headers.get(header::ORIGIN)?;
        self.origins.iter().find(|origin| *origin == asks)
    }
}
