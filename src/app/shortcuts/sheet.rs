//! The sheet with every shortcut.

use leptos::prelude::*;
use portico_contract::capability::{Resource, Verb};

use super::model::{Group, Line, SHEET};
use super::state::{Shortcuts, use_shortcuts};
use crate::i18n::t;
use crate::i18n::texts::shell as words;
use crate::session::use_session;
use crate::ui::{Dialog, DialogSize, KeyHint, Switch};

/// Every shortcut, and a switch for those that are single characters.
#[component]
pub fn ShortcutSheet() -> impl IntoView {
    let shortcuts = use_shortcuts();
    view! {
        <Dialog
            open=shortcuts.sheet
            title=t(words::SHORTCUTS)
            size=DialogSize::Large
            on_close=move |()| shortcuts.sheet.set(false)
        >
            <Switch
                label=t(words::SHORTCUTS_CHARACTERS)
                hint=t(words::SHORTCUTS_CHARACTERS_HINT)
                name="shortcuts"
                value=shortcuts.characters
                on_change=Shortcuts::remember
            />
            <div class="shortcuts">{SHEET.map(|group| view! { <Lines group /> })}</div>
        </Dialog>
    }
}

#[component]
fn Lines(group: Group) -> impl IntoView {
    let session = use_session();
    let may_create = untrack(|| session.can(Verb::Create, Resource::Customers).is_some());
    let usable = move |line: &&Line| may_create || line.text != words::SHORTCUT_CREATE;
    let lines = group.lines.iter().filter(usable).map(|Line { keys, text }| {
        view! {
            <div class="shortcuts__line">
                <dt class="shortcuts__what">{t(*text)}</dt>
                <dd class="shortcuts__keys"><KeyHint keys=*keys /></dd>
            </div>
        }
    });
    view! {
        <section class="shortcuts__group">
            <h3 class="shortcuts__title">{t(group.title)}</h3>
            <dl class="shortcuts__lines">{lines.collect_view()}</dl>
        </section>
    }
}
