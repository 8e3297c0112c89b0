//! The browsers that know one.

use leptos::prelude::*;
use portico_contract::devices::KnownBrowser;

use super::line::{Place, When, device_name};
use super::model::Busy;
use super::state::use_sign_ins;
use crate::i18n::texts::sign_ins as words;
use crate::i18n::{format, t, tm, use_i18n};
use crate::ui::{Badge, Button, ButtonSize, Icon, IconName, LoadView, RoundIcon, Skeleton, Tone};

/// The browsers, and forgetting them.
#[component]
pub fn Browsers() -> impl IntoView {
    let page = use_sign_ins();
    let is_empty = Memo::new(move |_| page.browsers.with(Vec::is_empty) == Some(true));
    view! {
        <section class="sign-ins__section" aria-labelledby="sign-ins-browsers">
            <h2 id="sign-ins-browsers" class="sign-ins__heading" tabindex="-1" node_ref=page.browsers_heading>
                {t(words::BROWSERS)}
            </h2>
            <p class="meta">{t(words::BROWSERS_HINT)}</p>
            <LoadView
                ready=page.browsers.ready()
                problem=page.browsers.problem()
                on_retry=page.browsers.on_retry()
                skeleton=|| view! { <Skeleton lines=4 /> }
            >
                <Show when=move || is_empty.get()>
                    <p>{t(words::BROWSERS_EMPTY)}</p>
                </Show>
                <ul class="sign-ins__list">
                    <For
                        each=move || page.browsers.get().unwrap_or_default()
                        key=|browser| (browser.id, browser.last_seen_at.clone())
                        let:browser
                    >
                        <Browser browser />
                    </For>
                </ul>
            </LoadView>
        </section>
    }
}

#[component]
fn Browser(browser: KnownBrowser) -> impl IntoView {
    let (page, i18n) = (use_sign_ins(), use_i18n());
    let KnownBrowser {
        id,
        current,
        device,
        address,
        first_seen_at,
        last_seen_at,
        trusted_until,
    } = browser;
    let name = Signal::derive(move || device_name(i18n, &device));
    let trusted = trusted_until.map(|until| {
        let text = tm(move || words::trusted_until(format::date_time(i18n.locale(), &i18n.zone(), &until)));
        view! { <p class="sign-ins__facts"><Icon name=IconName::Shield /> {text}</p> }
    });
    view! {
        <li class="sign-ins__item">
            <RoundIcon icon=IconName::Globe />
            <div class="sign-ins__body">
                <p class="sign-ins__head">
                    <strong>{name}</strong>
                    {current.then(|| view! { <Badge tone=Tone::Success label=t(words::THIS_BROWSER) /> })}
                </p>
                <p class="sign-ins__facts"><Place address /></p>
                <p class="sign-ins__facts">{t(words::LAST_SEEN)} " " <When at=last_seen_at /></p>
                <p class="sign-ins__facts">{t(words::FIRST_SEEN)} " " <When at=first_seen_at /></p>
                {trusted}
            </div>
            <div class="sign-ins__actions">
                <Button
                    label=tm(move || words::forget(name.get()))
                    size=ButtonSize::Small
                    pending=page.is_busy(Busy::Browser(id))
                    on_click=move |()| page.forget(id, name.get_untracked())
                />
            </div>
        </li>
    }
}
