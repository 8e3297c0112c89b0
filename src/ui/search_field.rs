//! A field that searches while one types.

use leptos::html;
use leptos::prelude::*;

use super::field::unique_id;
use super::icon::{Icon, IconName};
use crate::i18n::t;
use crate::i18n::texts::common;
use crate::platform::document;

/// A search box. Its label is there for screen readers and voice control only; the icon says it to the eye.
#[component]
pub fn SearchField(
    /// What is searched.
    #[prop(into)]
    label: Signal<String>,
    /// What is searched for.
    #[prop(into)]
    value: Signal<String>,
    /// The person typed or cleared it. Wait for a pause in typing before asking the server.
    #[prop(into)]
    on_input: Callback<String>,
    /// An example, in a few words.
    #[prop(optional, into)]
    placeholder: MaybeProp<String>,
    /// The field's name.
    #[prop(default = "q")]
    name: &'static str,
) -> impl IntoView {
    let id = unique_id("search");
    let node = NodeRef::<html::Input>::new();
    let clear_label = t(common::CLEAR_SEARCH);
    let clear = move |_| {
        on_input.run(String::new());
        if let Some(input) = node.get_untracked() {
            document::focus_element(&input);
        }
    };
    let clear_button = move || {
        (!value.with(String::is_empty)).then(|| view! {
            <button class="icon-button search-field__clear" type="button" data-variant="ghost" on:click=clear>
                <Icon name=IconName::X/>
                <span class="icon-button__tip">{move || clear_label.get()}</span>
            </button>
        })
    };
    view! {
        <div class="search-field">
            <label class="visually-hidden" for=id.clone()>{move || label.get()}</label>
            <Icon name=IconName::Search/>
            <input
                node_ref=node
                class="field__control search-field__control"
                id=id
                type="search"
                name=name
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="search"
                placeholder=move || placeholder.get()
                prop:value=move || value.get()
                on:input=move |event| on_input.run(event_target_value(&event))
            />
            {clear_button}
        </div>
    }
}
