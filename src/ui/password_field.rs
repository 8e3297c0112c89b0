//! A password.

use leptos::attr::custom::custom_attribute;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::field::{Control, Field, FieldIds, unique_id};
use super::icon::{Icon, IconName};
use crate::i18n::t;
use crate::i18n::texts::common;
use crate::platform::document;

/// A field for a password. It can be shown, takes pasting and any length, and warns of Caps Lock.
#[component]
pub fn PasswordField(
    /// What to fill in.
    #[prop(into)]
    label: Signal<String>,
    /// What is filled in.
    value: RwSignal<String>,
    /// The field's name, for password managers and a summary of errors that leads here.
    #[prop(into)]
    name: String,
    /// What password managers may fill in.
    #[prop(default = "current-password")]
    autocomplete: &'static str,
    /// Helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with what is filled in.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// It cannot be left empty.
    #[prop(optional)]
    required: bool,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// It cannot be filled in.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Each change hides the password again, so that it is not left in sight when it has been sent.
    #[prop(optional, into)]
    mask: Signal<u32>,
    /// The rules for a new one, as managers read them.
    #[prop(optional, into)]
    rules: MaybeProp<String>,
    /// The id of what else describes it.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// The person came to the field.
    #[prop(optional, into)]
    on_focus: Option<Callback<()>>,
    /// The person left the field.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let caps_lock = RwSignal::new(false);
    // Both follow something outside of this part: the sender's count, which is an event rather than a state.
    Effect::watch(move || mask.get(), move |_, _, _| shown.set(false), false);
    let ids = FieldIds::new();
    let control = Control {
        ids: ids.clone(),
        name,
        hint,
        error,
        required,
        disabled,
        on_blur,
    };
    let caps_id = unique_id("caps-lock");
    let described_by = described_by.map_or_else(|| caps_id.clone(), |id| format!("{caps_id} {id}"));
    let attributes = control.attributes(Some(described_by));
    let input_id = ids.control.clone();
    let node = NodeRef::<html::Input>::new();
    if autofocus {
        node.on_load(|input| document::focus_element(&input));
    }
    let noticed = move |event: ev::KeyboardEvent| {
        if let Some(on) = caps_lock_of(&event) {
            caps_lock.set(on);
        }
    };
    view! {
        <Field ids label hint error>
            <div class="password-field">
                <input
                    {..attributes}
                    node_ref=node
                    class="field__control password-field__control"
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    {..custom_attribute("passwordrules", move || rules.get())}
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                    on:keydown=noticed
                    on:keyup=noticed
                    on:focus=move |_| {
                        if let Some(on_focus) = on_focus {
                            on_focus.run(());
                        }
                    }
                    on:blur=move |_| { caps_lock.try_set(false); }
                />
                <Reveal shown control=input_id disabled/>
            </div>
            <p class="field__hint password-field__caps" id=caps_id role="status">
                {move || caps_lock.get().then(|| view! { <Icon name=IconName::ArrowUp/>{t(common::CAPS_LOCK_ON)} })}
            </p>
        </Field>
    }
}

/// The button that shows and hides the password. Its name says what pressing it does, so it carries no pressed state:
/// "Hide password, pressed" would be read as the opposite.
#[component]
fn Reveal(shown: RwSignal<bool>, control: String, disabled: Signal<bool>) -> impl IntoView {
    let show = t(common::SHOW_PASSWORD);
    let hide = t(common::HIDE_PASSWORD);
    let icon = Signal::derive(move || {
        if shown.get() {
            IconName::EyeOff
        } else {
            IconName::Eye
        }
    });
    view! {
        <button
            class="icon-button password-field__reveal"
            type="button"
            data-variant="ghost"
            aria-controls=control
            disabled=move || disabled.get()
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            <Icon name=icon/>
            <span class="icon-button__tip">{move || if shown.get() { hide.get() } else { show.get() }}</span>
        </button>
    }
}

/// Whether Caps Lock is on, if the event knows. Browsers send a plain event under the name `keydown` when they fill a
/// field in; it has no keys, and asking it would stop the program.
fn caps_lock_of(event: &ev::KeyboardEvent) -> Option<bool> {
    let event: &web_sys::Event = event.as_ref();
    event
        .dyn_ref::<ev::KeyboardEvent>()
        .map(|event| event.get_modifier_state("CapsLock"))
}
