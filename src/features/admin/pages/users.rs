//! `/admin/users`: everybody who may, or may not, sign in.

use leptos::prelude::*;
use portico_contract::capability::{Resource, Verb};

use super::super::components::{AddressDialog, Details, Section, Sections, Toolbar, UserTable};
use super::super::model::UserFilter;
use super::super::users::{Users, use_users};
use super::for_who_may;
use crate::app::routes::Route;
use crate::i18n::texts::admin as words;
use crate::i18n::{t, tm, use_i18n};
use crate::session::use_session;
use crate::ui::{
    Button, ButtonVariant, ConfirmDialog, EmptyState, IconName, LinkButton, LoadView, PageTitle, Skeleton,
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
    let count = tm(move || words::count(total.get().unwrap_or_default()));
    view! {
        <header class="page__header">
            <PageTitle title=t(words::USERS) />
            // Always there, so that a screen reader hears the count change with the search.
            <p class="page__count" role="status">{move || total.get().map(|_| count.get())}</p>
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
                view! { <NothingFound /> }.into_any()
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
    let may = Memo::new(move |_| session.can(Verb::Create, Resource::Users).is_some());
    move || {
        let label = t(words::INVITE);
        if may.get() {
            let href = Route::InviteUser.path();
            view! { <LinkButton label href variant=ButtonVariant::Primary icon=IconName::Plus /> }.into_any()
        } else {
            view! { <Button label disabled=true /> <p class="meta">{t(words::INVITE_FORBIDDEN)}</p> }
                .into_any()
        }
    }
}

#[component]
fn NothingFound() -> impl IntoView {
    let (users, i18n) = (use_users(), use_i18n());
    let narrow = Memo::new(move |_| users.found.filter.with(UserFilter::is_narrow));
    let text =
        move |searched, empty| Signal::derive(move || i18n.text(if narrow.get() { searched } else { empty }));
    view! {
        <EmptyState
            icon=IconName::Search
            title=text(words::NOTHING_TITLE, words::EMPTY_TITLE)
            hint=text(words::NOTHING_HINT, words::EMPTY_HINT)
        >
            <Show when=move || narrow.get()>
                <Button
                    variant=ButtonVariant::Secondary
                    label=t(words::CLEAR_FILTERS)
                    on_click=Callback::new(move |()| users.found.clear())
                />
            </Show>
        </EmptyState>
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
