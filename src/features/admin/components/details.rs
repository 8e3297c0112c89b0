//! One account beside the list.

use leptos::prelude::*;
use portico_contract::admin::AdminUser;

use super::super::model::{factor_texts, role_text};
use super::super::users::use_users;
use super::row::StatusBadge;
use crate::api::query::Query;
use crate::api::{admin, use_client};
use crate::i18n::texts::admin as words;
use crate::i18n::{t, use_i18n};
use crate::ui::{Fact, Facts, LoadView, Moment, Sheet, Skeleton};

/// The account that the address names, at the side.
#[component]
pub fn Details() -> impl IntoView {
    let (users, client) = (use_users(), use_client());
    let asked = Memo::new(move |_| users.found.filter.with(|filter| filter.user));
    // What the list knows is shown at once; whoever comes by a link asks for it.
    let read = Query::new(
        move || asked.get(),
        move |id| async move {
            match id {
                Some(id) => admin::get_user(client, id).await.map(Some),
                None => Ok(None),
            }
        },
    );
    let listed = Memo::new(move |_| {
        let id = asked.get()?;
        let row = users
            .found
            .rows
            .with(|page| page.items.iter().find(|row| row.id == id).cloned());
        row.flatten()
    });
    let user = Memo::new(move |_| listed.get().or_else(|| read.get().flatten()));
    let name = Signal::derive(move || user.with(|user| user.as_ref().map(|user| user.name.clone())));
    let unknown = t(words::ACCOUNT);
    let title = Signal::derive(move || name.get().unwrap_or_else(|| unknown.get()));
    let ready = Signal::derive(move || user.with(Option::is_some));
    view! {
        <Sheet
            open=Signal::derive(move || asked.get().is_some())
            title
            on_close=move |()| users.found.change(|filter| filter.user = None)
        >
            <LoadView ready problem=read.problem() on_retry=read.on_retry() skeleton=|| view! { <Skeleton lines=8 /> }>
                {move || user.get().map(|user| view! { <About user /> })}
            </LoadView>
        </Sheet>
    }
}

#[component]
fn About(user: AdminUser) -> impl IntoView {
    let i18n = use_i18n();
    let sessions = u64::from(user.sessions);
    let factors = factor_texts(&user)
        .into_iter()
        .map(|text| view! { <span>{t(text)}</span> })
        .collect_view();
    let moment = |at| view! { <Moment at /> };
    let line = |label, text: Option<String>| text.map(|text| view! { <Fact name=t(label)>{text}</Fact> });
    view! {
        <Facts>
            <Fact name=t(words::COLUMN_STATUS)><StatusBadge status=user.status /></Fact>
            {line(words::FIELD_EMAIL, Some(user.email))}
            {line(words::COLUMN_NUMBER, Some(user.employee_number))}
            {line(words::FIELD_USERNAME, user.username)}
            {line(words::FIELD_PHONE, user.phone)}
            <Fact name=t(words::COLUMN_ROLE)>{t(role_text(user.role))}</Fact>
            {line(words::FIELD_TEAM, Some(user.team.name))}
            {line(words::FIELD_LANGUAGE, user.locale.map(|locale| locale.native_name().to_owned()))}
            <Fact name=t(words::FACT_CREATED)>{moment(user.created_at)}</Fact>
            {user.last_sign_in_at.map(|at| view! { <Fact name=t(words::COLUMN_SIGNED_IN)>{moment(at)}</Fact> })}
            {user.invitation_ends_at.map(|at| view! { <Fact name=t(words::FACT_INVITATION)>{moment(at)}</Fact> })}
            <Fact name=t(words::FACT_FACTORS)><div class="admin__factors">{factors}</div></Fact>
            <Fact name=t(words::FACT_SESSIONS)>{move || i18n.message(&words::sessions(sessions))}</Fact>
        </Facts>
    }
}
