//! Where one is signed in.

use leptos::prelude::*;
use portico_contract::devices::OwnSession;

use super::line::{Method, Place, When, device_name};
use super::model::{Asked, Busy, Stranger, others};
use super::state::use_sign_ins;
use crate::i18n::texts::sign_ins as words;
use crate::i18n::{t, tm, use_i18n};
use crate::ui::{Badge, Button, ButtonSize, ButtonVariant, IconName, LoadView, RoundIcon, Skeleton, Tone};

/// The sessions that go on.
#[component]
pub fn Sessions() -> impl IntoView {
    let page = use_sign_ins();
    let others = Memo::new(move |_| page.sessions.with(|sessions| others(sessions)));
    view! {
        <section class="sign-ins__section" aria-labelledby="sign-ins-sessions">
            <h2 id="sign-ins-sessions" class="sign-ins__heading" tabindex="-1" node_ref=page.sessions_heading>
                {t(words::SESSIONS)}
            </h2>
            <LoadView
                ready=page.sessions.ready()
                problem=page.sessions.problem()
                on_retry=page.sessions.on_retry()
                skeleton=|| view! { <Skeleton lines=4 /> }
            >
                <ul class="sign-ins__list">
                    <For
                        each=move || page.sessions.get().unwrap_or_default()
                        key=|session| (session.id, session.last_active_at.clone())
                        let:session
                    >
                        <Session session />
                    </For>
                </ul>
                {move || match others.get() {
                    Some(0) => view! { <p class="meta">{t(words::SESSIONS_NO_OTHERS)}</p> }.into_any(),
                    Some(count) => view! {
                        <div>
                            <Button
                                label=t(words::END_OTHERS)
                                variant=ButtonVariant::Danger
                                on_click=move |()| page.asked.set(Some(Asked::EndOthers(count)))
                            />
                        </div>
                    }
                    .into_any(),
                    None => ().into_any(),
                }}
            </LoadView>
        </section>
    }
}

#[component]
fn Session(session: OwnSession) -> impl IntoView {
    let (page, i18n) = (use_sign_ins(), use_i18n());
    let OwnSession {
        id,
        current,
        device,
        address,
        started_at,
        last_active_at,
        method,
    } = session;
    let name = Signal::derive(move || device_name(i18n, &device));
    let actions = (!current).then(|| {
        let end = move |()| page.end(id, name.get_untracked());
        let disown = move |()| page.asked.set(Some(Asked::Disown(Stranger::Session(id))));
        view! {
            <div class="sign-ins__actions">
                <Button
                    label=tm(move || words::end_session(name.get()))
                    size=ButtonSize::Small
                    pending=page.is_busy(Busy::Session(id))
                    on_click=end
                />
                <Button
                    label=t(words::NOT_ME)
                    size=ButtonSize::Small
                    variant=ButtonVariant::Ghost
                    on_click=disown
                />
            </div>
        }
    });
    view! {
        <li class="sign-ins__item">
            <RoundIcon icon=IconName::Monitor />
            <div class="sign-ins__body">
                <p class="sign-ins__head">
                    <strong>{name}</strong>
                    {current.then(|| view! { <Badge tone=Tone::Success label=t(words::THIS_SESSION) /> })}
                </p>
                <p class="sign-ins__facts">
                    <Place address />
                    <Method method />
                </p>
                <p class="sign-ins__facts">{t(words::LAST_ACTIVE)} " " <When at=last_active_at /></p>
                <p class="sign-ins__facts">{t(words::STARTED)} " " <When at=started_at /></p>
            </div>
            {actions}
        </li>
    }
}
