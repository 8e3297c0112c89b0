//! Where toasts are shown.

use leptos::ev;
use leptos::prelude::*;

use super::countdown::Countdown;
use super::{Toast, Toasts, use_toasts};
use crate::i18n::t;
use crate::i18n::texts::common;
use crate::platform::{clock, document};
use crate::ui::banner::icon_of;
use crate::ui::button::{Button, ButtonSize, IconButton};
use crate::ui::icon::{Icon, IconName};

/// The corner of the screen where the toasts of the context appear. Once in the page, and from its start, so that screen readers listen.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    reach_by_key(toasts);
    let key = |(id, _): &(u64, Toast)| *id;
    let each = move || toasts.shown.get();
    view! {
        // Not atomic, or each new toast would have all of them read again.
        <div class="toasts" role="status" aria-live="polite" aria-atomic="false">
            <For each key children=move |(id, toast)| view! { <ToastView toasts id toast/> }/>
        </div>
    }
}

#[component]
fn ToastView(toasts: Toasts, id: u64, toast: Toast) -> impl IntoView {
    let Toast {
        text,
        tone,
        action,
        ms,
    } = toast;
    let stay = Stay::new(ms, move || toasts.dismiss(id));
    stay.run();
    let action = action.map(|(label, run)| {
        let act = move |()| {
            toasts.dismiss(id);
            // Nothing is left to do where the screen is gone.
            let _ = run.try_run(());
        };
        view! { <Button label size=ButtonSize::Small on_click=act/> }
    });
    view! {
        <div
            class="toast"
            data-tone=tone.name()
            on:mouseenter=move |_| stay.hold()
            on:mouseleave=move |_| stay.run()
            on:focusin=move |_| stay.hold()
            on:focusout=move |_| stay.run()
        >
            <Icon name=icon_of(tone)/>
            <p class="toast__text">{text}</p>
            {action}
            <IconButton label=t(common::CLOSE) icon=IconName::X on_click=move |()| toasts.dismiss(id)/>
        </div>
    }
}

/// F6 goes to the newest toast: it stands last in the page, too far away for the seconds it stays.
fn reach_by_key(toasts: Toasts) {
    let pressed = window_event_listener(ev::keydown, move |event| {
        let any = toasts.shown.with_untracked(|shown| !shown.is_empty());
        // Only with toasts on the screen is the key looked at: what a browser fills in by itself sends events without one.
        if any && event.key() == "F6" && document::focus(".toast:last-child button") {
            event.prevent_default();
        }
    });
    on_cleanup(move || pressed.remove());
}

/// The countdown of one toast with its timer.
#[derive(Clone, Copy)]
struct Stay {
    countdown: StoredValue<Countdown>,
    timer: StoredValue<Option<TimeoutHandle>>,
    over: Callback<()>,
}

impl Stay {
    fn new(ms: u32, over: impl Fn() + Send + Sync + 'static) -> Self {
        let stay = Self {
            countdown: StoredValue::new(Countdown::new(ms)),
            timer: StoredValue::new(None),
            over: Callback::new(move |()| over()),
        };
        on_cleanup(move || stay.stop());
        stay
    }

    fn stop(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    fn run(self) {
        self.stop();
        let Some(left) = self
            .countdown
            .try_update_value(|countdown| countdown.run(clock::now_ms()))
        else {
            return;
        };
        let over = self.over;
        let timer = set_timeout_with_handle(move || over.run(()), left);
        self.timer.try_set_value(timer.ok());
    }

    fn hold(self) {
        self.stop();
        let _ = self
            .countdown
            .try_update_value(|countdown| countdown.hold(clock::now_ms()));
    }
}
