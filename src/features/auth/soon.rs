//! What the sign-in page fetches as soon as it has nothing else to do, as one file: the way in with a passkey. Without it
//! one signs in with the password, so nothing waits for it and nothing of it weighs on the page.

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use super::passkey::PasskeySignIn;
use super::state::SignInForm;
use crate::platform::{clock, task};

/// Milliseconds between tries to fetch it.
const RETRY_MS: u32 = 2_000;

/// Draws it beside the form.
pub type Draw = fn(SignInForm) -> AnyView;

#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(soon, wasm_split_path = ::leptos::wasm_split, fallible)]
fn fetch() -> Result<Draw, SplitLoaderError> {
    Ok(draw)
}

#[cfg(not(feature = "split"))]
#[expect(
    clippy::unused_async,
    reason = "as the other one, which has something to wait for"
)]
async fn fetch() -> Result<Draw, SplitLoaderError> {
    Ok(draw)
}

fn draw(form: SignInForm) -> AnyView {
    view! { <PasskeySignIn form /> }.into_any()
}

/// What comes soon, once it is there.
pub fn fetched_soon() -> RwSignal<Option<Draw>> {
    let fetched = RwSignal::new(None);
    task::scoped(async move {
        clock::idle().await;
        loop {
            if let Ok(draw) = fetch().await {
                return fetched.set(Some(draw));
            }
            clock::sleep(RETRY_MS).await;
        }
    });
    fetched
}
