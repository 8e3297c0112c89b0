//! What a sign-in, on its page or over another one, fetches as soon as it has nothing else to do, as one file: the way in with
//! a passkey. Without it one signs in with the password, so nothing waits for it and nothing of it weighs on the page.

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use super::passkey::PasskeySignIn;
use super::state::SignInForm;
use crate::platform::{clock, passkeys, task};

/// Milliseconds between tries to fetch it.
const RETRY_MS: u32 = 2_000;

/// Draws it beside the form.
type Draw = fn(SignInForm) -> AnyView;

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

/// The way in with a passkey. Where the browser knows passkeys it has its room from the start and keeps it: nothing moves
/// when it comes, nor when it turns out that the backend offers none.
#[component]
pub fn PasskeyWayIn(
    /// The form beside it.
    form: SignInForm,
) -> impl IntoView {
    passkeys::is_possible().then(|| {
        let fetched = fetched();
        view! { <div class="signin__passkey">{move || fetched.get().map(|draw| draw(form))}</div> }
    })
}

fn fetched() -> RwSignal<Option<Draw>> {
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
