//! What happened with the account lately.

use leptos::prelude::*;
use portico_contract::devices::{EventOutcome, SessionState, SignInEntry};

use super::line::{Method, Place, When, device_name};
use super::model::{Asked, Stranger, entry_text, event_icon};
use super::state::use_sign_ins;
use crate::i18n::texts::sign_ins as words;
use crate::i18n::{t, use_i18n};
use crate::ui::{Badge, Button, ButtonSize, ButtonVariant, LoadView, RoundIcon, Skeleton, Tone};

/// What happened, the newest first.
#[component]
pub fn History() -> impl IntoView {
    let page = use_sign_ins();
    let is_empty = Memo::new(move |_| page.history.with(|page| page.items.is_empty()) == Some(true));
    let more = Memo::new(move |_| page.history.with(|page| page.next.is_some()) == Some(true));
    view! {
        <section class="sign-ins__section" aria-labelledby="sign-ins-history">
            <h2 id="sign-ins-history" class="sign-ins__heading">{t(words::HISTORY)}</h2>
            <p class="meta">{t(words::HISTORY_HINT)}</p>
            <LoadView
                ready=page.history.ready()
                problem=page.history.problem()
                on_retry=page.history.on_retry()
                skeleton=|| view! { <Skeleton lines=8 /> }
            >
                <Show when=move || is_empty.get()>
                    <p>{t(words::HISTORY_EMPTY)}</p>
                </Show>
                <ol class="sign-ins__list">
                    <For
                        each=move || page.history.get().map(|page| page.items).unwrap_or_default()
                        // Drawn anew when its session has ended.
                        key=|entry| (entry.id, entry.session)
                        let:entry
                    >
                        <Entry entry />
                    </For>
                </ol>
                <Show when=move || more.get()>
                    <div>
                        <Button
                            label=t(words::SHOW_MORE)
                            pending=page.reading
                            on_click=move |()| page.load_more()
                        />
                    </div>
                </Show>
            </LoadView>
        </section>
    }
}

#[component]
fn Entry(entry: SignInEntry) -> impl IntoView {
    let (page, i18n) = (use_sign_ins(), use_i18n());
    let what = t(entry_text(&entry));
    let icon = event_icon(entry.event, entry.outcome);
    let state = match entry.session {
        Some(SessionState::This) => Some((Tone::Success, words::THIS_SESSION)),
        Some(SessionState::Living) => Some((Tone::Info, words::STILL_SIGNED_IN)),
        Some(SessionState::Over) | None => None,
    };
    let disown = entry.can_be_disowned().then(|| {
        let stranger = Stranger::SignIn(entry.id);
        view! {
            <div class="sign-ins__actions">
                <Button
                    label=t(words::NOT_ME)
                    size=ButtonSize::Small
                    variant=ButtonVariant::Ghost
                    on_click=move |()| page.asked.set(Some(Asked::Disown(stranger)))
                />
            </div>
        }
    });
    let device = entry.device;
    view! {
        <li class="sign-ins__item">
            <RoundIcon icon warns=entry.outcome == EventOutcome::Refused />
            <div class="sign-ins__body">
                <p class="sign-ins__head">
                    <strong>{what}</strong>
                    {entry.new_browser.then(|| view! { <Badge tone=Tone::Warning label=t(words::NEW_BROWSER) /> })}
                    {state.map(|(tone, label)| view! { <Badge tone label=t(label) /> })}
                </p>
                <p class="sign-ins__facts">
                    <span>{move || device_name(i18n, &device)}</span>
                    <Place address=entry.address />
                    <Method method=entry.method />
                </p>
                <p class="sign-ins__facts"><When at=entry.at /></p>
            </div>
            {disown}
        </li>
    }
}
