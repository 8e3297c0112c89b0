//! The checkup: whether this device and its connection allow to sign in at all.
//!
//! It is a file of its own, which is fetched when the sign-in page has nothing else to do: when it is needed, it may be
//! too late. A fetch that fails is an ordinary answer here, unlike with a page.

mod model;
mod report;
mod state;
mod view;

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use view::CheckupList;

/// Draws the checkup.
pub type Draw = fn() -> AnyView;

/// Fetches what draws the checkup.
#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(checkup, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn fetch() -> Result<Draw, SplitLoaderError> {
    Ok(draw)
}

/// What draws the checkup.
#[cfg(not(feature = "split"))]
#[expect(
    clippy::unused_async,
    reason = "as the other one, which has something to wait for"
)]
pub async fn fetch() -> Result<Draw, SplitLoaderError> {
    Ok(draw)
}

fn draw() -> AnyView {
    view! { <CheckupList /> }.into_any()
}
