//! `/admin/users/new`: inviting somebody.

use leptos::prelude::*;
use portico_contract::capability::Verb;

use super::super::components::InviteForm;
use super::super::invitation::Invitation;
use super::for_who_may;
use crate::app::routes::Route;
use crate::i18n::texts::admin as words;
use crate::i18n::{t, use_i18n};
use crate::ui::{Breadcrumbs, Crumb, PageTitle};

/// The form about somebody who is to be invited.
#[component]
pub fn InviteUserPage() -> impl IntoView {
    let above = vec![Crumb::new(t(words::USERS), Route::AdminUsers.path())];
    let body = for_who_may(Verb::Create, words::INVITE, || {
        provide_context(Invitation::new(use_i18n().locale_untracked()));
        view! {
            <header class="page__header"><PageTitle title=t(words::INVITE) /></header>
            <p class="meta">{t(words::INVITE_HINT)}</p>
            <InviteForm />
        }
        .into_any()
    });
    view! {
        <section class="page">
            <Breadcrumbs above current=t(words::INVITE) />
            {body}
        </section>
    }
    .into_any()
}
