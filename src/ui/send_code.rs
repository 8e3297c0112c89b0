//! Having a code sent, and another one.

use leptos::prelude::*;

use super::button::Button;
use crate::i18n::texts::parts;
use crate::i18n::{Message, use_i18n};
use crate::platform::{clock, document, task};

/// Longer waits are told in minutes.
const MOST_SECONDS: u32 = 120;

/// Sends a code when it is pressed and says where it went. Another one can be sent once the time for that has come: the
/// clock is seen, and no screen reader reads it out every second.
#[component]
pub fn SendCode(
    /// Where the last one went, once one did.
    #[prop(into)]
    to: Signal<Option<String>>,
    /// How many were sent: the same words about the next one are new to a screen reader.
    #[prop(into)]
    count: Signal<u32>,
    /// Until when, by this device's clock, no other one is sent.
    #[prop(into)]
    until_ms: Signal<Option<f64>>,
    /// One is being sent.
    #[prop(into)]
    pending: Signal<bool>,
    /// Takes the focus when it appears, unless a code was sent already.
    #[prop(optional)]
    autofocus: bool,
    /// Sends one.
    #[prop(into)]
    on_send: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let left = RwSignal::new(0);
    Effect::new(move |_| {
        let Some(until) = until_ms.get() else { return };
        left.set(clock::seconds_until(until));
        task::scoped(async move {
            while left.get_untracked() > 0 {
                clock::sleep(1_000).await;
                left.set(clock::seconds_until(until));
            }
        });
    });
    let waits = Memo::new(move |_| left.get() > 0);
    let is_first = Memo::new(move |_| to.with(Option::is_none));
    if autofocus && untrack(|| is_first.get()) {
        task::scoped(async {
            clock::sleep(0).await;
            document::focus(".send-code .button");
        });
    }
    let label = Signal::derive(move || {
        i18n.text(if is_first.get() {
            parts::CODE_SEND
        } else {
            parts::CODE_SEND_AGAIN
        })
    });
    let sent = move || to.get().map(|to| (count.get(), to));
    let told = move |to: String| move || i18n.message(&parts::code_sent(to.clone()));
    let wait = move || i18n.message(&wait_text(left.get()));
    view! {
        <div class="send-code">
            <p class="send-code__to" role="status">
                <For each=sent key=|(count, _)| *count let((_, to))>
                    <span>{told(to)}</span>
                </For>
            </p>
            <p class="send-code__again">
                <Button label disabled=waits pending on_click=on_send />
                <Show when=move || waits.get()>
                    <span class="send-code__wait" role="timer">{wait}</span>
                </Show>
            </p>
        </div>
    }
}

/// How long it is: by the second only when that is soon.
fn wait_text(seconds: u32) -> Message {
    if seconds > MOST_SECONDS {
        parts::code_wait_minutes(seconds.div_ceil(60).to_string())
    } else {
        parts::code_wait(seconds.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_wait_is_not_counted_in_seconds() {
        assert_eq!(wait_text(28), parts::code_wait("28"));
        assert_eq!(wait_text(120), parts::code_wait("120"));
        assert_eq!(wait_text(121), parts::code_wait_minutes("3"));
        assert_eq!(wait_text(3_600), parts::code_wait_minutes("60"));
    }
}
