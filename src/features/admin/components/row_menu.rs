//! What can be done about one account.

use leptos::prelude::*;
use portico_contract::admin::AdminUser;
use portico_contract::capability::{Resource, Verb};

use super::super::action::{Action, actions};
use super::super::users::use_users;
use crate::i18n::texts::admin as words;
use crate::i18n::{Text, tm, use_i18n};
use crate::session::use_session;
use crate::ui::{Icon, IconName, Menu, MenuAlign, MenuEntry};

/// A button with a menu. The grid's own keys lead to it.
#[component]
pub fn RowMenu(user: AdminUser) -> impl IntoView {
    let (users, session, i18n) = (use_users(), use_session(), use_i18n());
    let name = user.name.clone();
    let entries = Signal::derive(move || {
        let Some(me) = session.me() else { return Vec::new() };
        let forbidden = session
            .can(Verb::Update, Resource::Users)
            .is_none()
            .then_some(words::UPDATE_FORBIDDEN);
        let entry = |(action, refused): (Action, Option<Text>)| {
            let asked = user.clone();
            let entry = MenuEntry::action(i18n.text(action.label()), move || {
                users.asked.set(Some((action, asked.clone())));
            });
            let entry = if action.is_dangerous() {
                entry.dangerous()
            } else {
                entry
            };
            match forbidden.or(refused) {
                Some(reason) => entry.refused(i18n.text(reason)),
                None => entry,
            }
        };
        let own = (user.id == me.user.id).then_some(words::OWN_ACCOUNT);
        let readdressed = user.clone();
        let change = MenuEntry::action(i18n.text(words::CHANGE_EMAIL), move || {
            users.readdressed.set(Some(readdressed.clone()));
        });
        let change = match forbidden.or(own) {
            Some(reason) => change.refused(i18n.text(reason)),
            None => change,
        };
        let entries = actions(&user, me.user.id).into_iter().map(entry);
        std::iter::once(change).chain(entries).collect()
    });
    view! {
        <Menu
            label=tm(move || words::actions_for(name.clone()))
            entries
            align=MenuAlign::End
            in_tab_order=false
            trigger=|| view! { <Icon name=IconName::More /> }
        />
    }
}
