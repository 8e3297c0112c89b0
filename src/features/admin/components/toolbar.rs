//! Search and filter of the list of accounts.

use leptos::prelude::*;

use super::super::model::{STATUSES, status_of, status_text, status_value};
use super::super::users::use_users;
use crate::i18n::texts::admin as words;
use crate::i18n::{t, use_i18n};
use crate::ui::{SearchField, Select};

/// Search and filter.
#[component]
pub fn Toolbar() -> impl IntoView {
    let (users, i18n) = (use_users(), use_i18n());
    let statuses = Signal::derive(move || {
        let any = (String::new(), i18n.text(words::FILTER_STATUS_ANY));
        let known = STATUSES.map(|status| (status_value(status).to_owned(), i18n.text(status_text(status))));
        [any].into_iter().chain(known).collect::<Vec<_>>()
    });
    let status = Signal::derive(move || {
        let status = users.found.filter.with(|filter| filter.status);
        status.map(status_value).unwrap_or_default().to_owned()
    });
    view! {
        <div class="admin__toolbar" role="search">
            <SearchField
                label=t(words::SEARCH)
                placeholder=t(words::SEARCH_HINT)
                value=users.found.typed
                on_input=Callback::new(move |text| users.found.search(text))
            />
            <Select
                label=t(words::COLUMN_STATUS)
                options=statuses
                value=status
                on_change=Callback::new(move |value: String| {
                    users.found.change(|filter| filter.status = status_of(&value));
                })
            />
        </div>
    }
}
