//! A key that is typed or copied into another application.

use leptos::prelude::*;

use super::button::{Button, ButtonSize};
use crate::i18n::texts::parts;
use crate::i18n::{t, use_i18n};
use crate::platform::{clipboard, task};

/// How many characters people hold in mind while they type them elsewhere.
const GROUP: usize = 4;

/// A key in groups of four, to be typed; one press selects all of it, and a button copies it, both without the gaps.
#[component]
pub fn SecretKey(
    /// What it is the key to.
    #[prop(into)]
    label: Signal<String>,
    /// The key.
    #[prop(into)]
    value: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let outcome = RwSignal::new(None);
    let copy = move |()| {
        let key = value.get_untracked();
        task::detached(async move {
            let words = if clipboard::write(&key).await {
                parts::SECRET_COPIED
            } else {
                parts::SECRET_COPY_REFUSED
            };
            outcome.try_set(Some(words));
        });
    };
    let shown = move || {
        let letters: Vec<char> = value.with(|value| value.chars().collect());
        let group = |group: &[char]| {
            let group: String = group.iter().collect();
            // A line may end after a group, and nothing stands between two that would be copied with them.
            view! { <span class="secret-key__group">{group}</span><wbr/> }
        };
        letters.chunks(GROUP).map(group).collect_view()
    };
    let told = move || outcome.get().map(|words| i18n.text(words));
    view! {
        <div class="secret-key">
            <p class="secret-key__label">{move || label.get()}</p>
            <code class="secret-key__value" translate="no">{shown}</code>
            <div class="secret-key__actions">
                <Button label=t(parts::SECRET_COPY) size=ButtonSize::Small on_click=copy/>
                <p class="secret-key__outcome" role="status">{told}</p>
            </div>
        </div>
    }
}
