//! Language and theme, before anybody is signed in.

use leptos::prelude::*;
use portico_contract::locale::Locale;

use crate::i18n::texts::common;
use crate::i18n::{t, use_i18n};
use crate::platform::task;
use crate::ui::{Select, Theme, ThemeChoice, use_theme};

/// Two selects: language and theme.
#[component]
pub fn Preferences() -> impl IntoView {
    let i18n = use_i18n();
    let theme: Theme = use_theme();
    let failed = RwSignal::new(false);
    let languages = Locale::ALL.map(|locale| (locale.tag().to_owned(), locale.native_name().to_owned()));
    let switch = Callback::new(move |tag: String| {
        let Some(locale) = Locale::from_tag(&tag) else {
            return;
        };
        task::detached(async move {
            failed.try_set(i18n.switch_to(locale).await.is_err());
        });
    });
    let themes = Signal::derive(move || {
        ThemeChoice::ALL
            .map(|choice| (choice.value().to_owned(), i18n.text(choice.text())))
            .to_vec()
    });
    view! {
        <Select
            label=t(common::LANGUAGE)
            label_hidden=true
            value=Signal::derive(move || i18n.locale().tag().to_owned())
            options=Signal::stored(languages.to_vec())
            on_change=switch
        />
        <Select
            label=t(common::THEME)
            label_hidden=true
            value=Signal::derive(move || theme.get().value().to_owned())
            options=themes
            on_change=Callback::new(move |value: String| theme.set(ThemeChoice::from_value(&value)))
        />
        <p role="alert">{move || failed.get().then(|| i18n.text(common::LANGUAGE_FAILED))}</p>
    }
}
