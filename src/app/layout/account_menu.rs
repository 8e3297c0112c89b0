//! The menu named after the person: language, theme, shortcuts, signing out.

use leptos::prelude::*;
use portico_contract::locale::Locale;
use portico_contract::user::Role;

use crate::app::language::Language;
use crate::app::routes::Route;
use crate::app::shortcuts::use_shortcuts;
use crate::i18n::texts::{common, shell};
use crate::i18n::{I18n, Text, use_i18n};
use crate::platform::task;
use crate::session::use_session;
use crate::ui::{
    Avatar, Icon, IconName, Menu, MenuAlign, MenuChoice, MenuEntry, Theme, ThemeChoice, use_theme,
};

/// The person's menu.
#[component]
pub fn AccountMenu() -> impl IntoView {
    let session = use_session();
    let i18n = use_i18n();
    let (theme, language, shortcuts) = (use_theme(), Language::new(), use_shortcuts());
    let name = Signal::derive(move || session.me().map(|me| me.user.name.clone()).unwrap_or_default());
    let role = move || {
        session
            .me()
            .map(|me| i18n.text(role_text(me.user.role)))
            .unwrap_or_default()
    };
    let entries = Signal::derive(move || {
        vec![
            MenuEntry::heading(format!("{} · {}", name.get(), role())),
            languages(i18n, language),
            themes(i18n, theme),
            MenuEntry::Separator,
            MenuEntry::link(i18n.text(shell::SECURITY), Route::Security.path()).with_icon(IconName::Shield),
            MenuEntry::link(i18n.text(shell::SIGN_INS), Route::SignIns.path()).with_icon(IconName::Monitor),
            MenuEntry::action(i18n.text(shell::SHORTCUTS), move || shortcuts.sheet.set(true))
                .with_icon(IconName::Keyboard),
            MenuEntry::action(i18n.text(shell::SIGN_OUT), move || {
                task::detached(session.sign_out());
            })
            .with_icon(IconName::LogOut),
        ]
    });
    view! {
        <Menu
            label=name
            entries=entries
            align=MenuAlign::End
            trigger=move || view! {
                <Avatar name=name />
                <span class="shell__person">{name}</span>
                <Icon name=IconName::ChevronDown />
            }
        />
    }
}

fn languages(i18n: I18n, language: Language) -> MenuEntry {
    let chosen = language.chosen();
    let browser = MenuChoice::new(i18n.text(shell::LANGUAGE_BROWSER), chosen.is_none(), move || {
        language.speak(None);
    });
    let ours = Locale::ALL.map(|locale| {
        MenuChoice::new(locale.native_name(), chosen == Some(locale), move || {
            language.speak(Some(locale));
        })
    });
    let choices = ours.into_iter().chain([browser]).collect();
    MenuEntry::choices(i18n.text(common::LANGUAGE), choices)
}

fn themes(i18n: I18n, theme: Theme) -> MenuEntry {
    let choices = ThemeChoice::ALL.map(|choice| {
        MenuChoice::new(i18n.text(choice.text()), theme.get() == choice, move || {
            theme.set(choice);
        })
    });
    MenuEntry::choices(i18n.text(common::THEME), choices.to_vec())
}

fn role_text(role: Role) -> Text {
    match role {
        Role::Admin => shell::ROLE_ADMIN,
        Role::Manager => shell::ROLE_MANAGER,
        Role::Sales => shell::ROLE_SALES,
        Role::Service => shell::ROLE_SERVICE,
        Role::Marketing => shell::ROLE_MARKETING,
        Role::Guest => shell::ROLE_GUEST,
    }
}
