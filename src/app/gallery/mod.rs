//! Every part of the design system in every state, at `/gallery`: to look at while a part is made, and for the tests that
//! photograph and check it. Only with the feature `gallery`, which what is released does not have. The words in it are for
//! those who develop Portico and come in one language; what the parts say by themselves follows the language.

mod actions;
mod choices;
mod fields;
mod form;
mod frame;
mod grid;
mod messages;
mod new_passwords;
mod places;
mod records;
mod secrets;

use leptos::prelude::*;
use portico_contract::locale::Locale;

use super::inside::Inside;
use super::routes::GALLERY;
use crate::i18n::texts::Namespace;
use crate::i18n::use_i18n;
use crate::platform::{location, task};
use crate::ui::{Button, ButtonSize, LiveRegion, PageTitle, ThemeChoice, ToastRegion, Toasts, use_theme};

/// Whether the page's address is the gallery's.
pub(super) fn is_asked_for() -> bool {
    location::current().split(['?', '#']).next() == Some(GALLERY)
}

/// The gallery.
#[component]
pub(super) fn Gallery() -> impl IntoView {
    let i18n = use_i18n();
    provide_context(Toasts::new());
    let needed = [Namespace::Parts, Namespace::Passwords, Namespace::Shell];
    task::detached(async move { i18n.ensure(&needed).await });
    let inside: Inside = expect_context();
    inside.load();
    let is_ready = Memo::new(move |_| i18n.has(&needed) && inside.is_ready());
    view! {
        <main class="page">
            <header class="page__header">
                <PageTitle title="Gallery"/>
                <Themes/>
                <Languages/>
            </header>
            {move || is_ready.get().then(parts)}
        </main>
        <ToastRegion/>
        <LiveRegion/>
    }
}

fn parts() -> Vec<AnyView> {
    let mut parts = actions::parts();
    parts.extend(fields::parts());
    parts.extend(new_passwords::parts());
    parts.extend(secrets::parts());
    parts.extend(choices::parts());
    parts.extend(form::parts());
    parts.extend(messages::parts());
    parts.extend(records::parts());
    parts.extend(grid::parts());
    parts.extend(places::parts());
    parts
}

#[component]
fn Themes() -> impl IntoView {
    let theme = use_theme();
    let button = |choice: ThemeChoice| {
        let pressed = move |()| theme.set(choice);
        view! { <Button label=choice.value() size=ButtonSize::Small on_click=pressed/> }
    };
    ThemeChoice::ALL.map(button).collect_view()
}

#[component]
fn Languages() -> impl IntoView {
    let i18n = use_i18n();
    let button = |locale: Locale| {
        let pressed = move |()| {
            task::detached(async move {
                let _ = i18n.switch_to(locale).await;
            });
        };
        view! { <Button label=locale.tag() size=ButtonSize::Small on_click=pressed/> }
    };
    let disguise = move |()| {
        task::detached(async move {
            // The texts stay as they are if they cannot be had; here nobody needs to be told.
            let _ = i18n.switch_to_pseudo().await;
        });
    };
    view! {
        {Locale::ALL.map(button).collect_view()}
        <Button label="en-XA" size=ButtonSize::Small on_click=disguise/>
    }
}
