//! What the sign-in page fetches once it has nothing else to do, as one file: the checkup and the regions. Neither may
//! weigh on the sign-in itself, and when the checkup is needed, it may be too late to fetch it. A fetch that fails is an
//! ordinary answer here, unlike with a page.

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use super::checkup::CheckupList;
use super::regions::RegionChoice;
use crate::i18n::texts::Namespace;
use crate::i18n::use_i18n;
use crate::platform::{clock, style_sheet, task};

/// Milliseconds in which the sign-in itself comes first, unless somebody wants the rest.
const PAUSE_MS: u32 = 8_000;
/// Milliseconds between tries to fetch it.
const RETRY_MS: u32 = 2_000;

/// Draws a part of the page.
type Draw = fn() -> AnyView;

/// What came later.
#[derive(Clone, Copy)]
pub struct Later {
    /// Draws the checkup.
    pub checkup: Draw,
    /// Draws the choice of the region.
    pub regions: Draw,
}

#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetch() -> Result<Later, SplitLoaderError> {
    Ok(Later::here())
}

#[cfg(not(feature = "split"))]
#[expect(
    clippy::unused_async,
    reason = "as the other one, which has something to wait for"
)]
async fn fetch() -> Result<Later, SplitLoaderError> {
    Ok(Later::here())
}

impl Later {
    fn here() -> Self {
        Self {
            checkup: || view! { <CheckupList /> }.into_any(),
            regions: || view! { <RegionChoice /> }.into_any(),
        }
    }
}

/// What comes later with its texts, once it is there: after a while, or as soon as it is `wanted`.
pub fn fetched_later(wanted: RwSignal<bool>) -> Memo<Option<Later>> {
    let i18n = use_i18n();
    let fetched = RwSignal::new(None);
    task::scoped(async move {
        if clock::within(PAUSE_MS, task::until(wanted.into()))
            .await
            .is_none()
        {
            clock::idle().await;
        }
        // What draws it has its looks from there; without them it is still read.
        style_sheet::load().await;
        loop {
            if let Ok(later) = fetch().await {
                fetched.set(Some(later));
                return i18n.ensure(&[Namespace::Help]).await;
            }
            clock::sleep(RETRY_MS).await;
        }
    });
    // It is there or it is not: there is only one.
    let has_changed = |before: Option<&Option<Later>>, now: Option<&Option<Later>>| {
        before.is_none_or(Option::is_none) != now.is_none_or(Option::is_none)
    };
    let ready = move |_: Option<&Option<Later>>| fetched.get().filter(|_| i18n.has(&[Namespace::Help]));
    Memo::new_with_compare(ready, has_changed)
}
