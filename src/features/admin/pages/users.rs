//! `/admin/users`: everybody who may, or may not, sign in.

use leptos::prelude::*;
use portico_contract::capability::{Resource, Verb};

use super::super::components::{AddressDialog, Details, Section, Sections, Toolbar, UserTable};
use super::super::model::UserFilter;
use super::super::users::{Users, use_users};
use super::for_who_may;
use crate::app::routes::Route;
use crate::i18n::texts::admin as words;
use crate::i18n::{t, use_i18n};
use crate::session::use_session;
use crate::ui::{
    AllowedLink, ButtonVariant, ConfirmDialog, IconName, LoadView, NothingFound, PageTitle, ResultCount,
    Skeleton,
};

/// The list of accounts.
#[component]
pub fn AdminUsersPage() -> impl IntoView {
    let body = for_who_may(Verb::Read, words::USERS, || view! { <List /> }.into_any());
    view! { <section class="page page--fill">{body}</section> }.into_any()
}

#[component]
fn List() -> impl IntoView {
    let users = Users::new();
    provide_context(users);
    let total = Memo::new(move |_| users.found.rows.with(|page| page.total));
    let is_empty = Memo::new(move |_| total.get() == Some(0));
    view! {
        <header class="page__header">
            <PageTitle title=t(words::USERS) />
            <ResultCount total words=words::count />
            <Invite />
        </header>
        <Sections here=Section::Users />
        <Toolbar />
        <LoadView
            ready=users.found.rows.ready()
            problem=users.found.rows.problem()
            on_retry=users.found.rows.on_retry()
            skeleton=|| view! { <Skeleton lines=12 /> }
        >
            {move || if is_empty.get() {
                view! { <Nothing /> }.into_any()
            } else {
                view! { <UserTable /> }.into_any()
            }}
        </LoadView>
        <Details />
        <Question />
        <AddressDialog />
    }
}

/// The way to invite somebody, or why there is none.
#[component]
fn Invite() -> impl IntoView {
    let session = use_session();
    view! {
        <AllowedLink
            label=t(words::INVITE)
            href=Route::InviteUser.path()
            variant=ButtonVariant::Primary
            icon=IconName::Plus
            allowed=Signal::derive(move || session.can(Verb::Create, Resource::Users).is_some())
            reason=t(words::INVITE_FORBIDDEN)
        />
    }
}

/// Why the list is empty, and the way out.
#[component]
fn Nothing() -> impl IntoView {
    let users = use_users();
    view! {
        <NothingFound
            narrow=Signal::derive(move || users.found.filter.with(UserFilter::is_narrow))
            nothing=(t(words::NOTHING_TITLE), t(words::NOTHING_HINT))
            empty=(t(words::EMPTY_TITLE), t(words::EMPTY_HINT))
            clear=t(words::CLEAR_FILTERS)
            on_clear=move |()| users.found.clear()
        />
    }
}

/// What is asked before something is done about an account.
#[component]
fn Question() -> impl IntoView {
    let (users, i18n) = (use_users(), use_i18n());
    // A dialog is of one tone as long as it is there.
    let action = Memo::new(move |_| {
        users
            .asked
            .with(|asked| asked.as_ref().map(|(action, _)| *action))
    });
    let name = Memo::new(move |_| {
        users
            .asked
            .with(|asked| asked.as_ref().map(|(_, user)| user.name.clone()))
    });
    move || {
        let action = action.get()?;
        let title = Signal::derive(move || i18n.message(&action.question(name.get().unwrap_or_default())));
        Some(view! {
            <ConfirmDialog
                open=true
                title
                text=t(action.consequence())
                confirm=t(action.label())
                dangerous=action.is_dangerous()
                pending=users.pending
                on_confirm=Callback::new(move |()| users.act())
                on_close=Callback::new(move |()| users.asked.set(None))
            />
        })
    }
}
