//! The accounts found, as a grid.

use leptos::prelude::*;

use super::super::model::column;
use super::super::users::{Users, use_users};
use crate::i18n::texts::admin as words;
use crate::i18n::{t, use_i18n};
use crate::platform::{clipboard, task};
use crate::ui::{Button, ButtonSize, DataGrid, GridColumn, Toast, Tone, use_toasts};

/// The accounts found.
#[component]
pub fn UserTable() -> impl IntoView {
    let users = use_users();
    let columns = vec![
        GridColumn::new(column::NAME, t(words::COLUMN_NAME), 12.0, 2.2),
        GridColumn::new(column::STATUS, t(words::COLUMN_STATUS), 7.0, 0.8),
        GridColumn::new(column::ROLE, t(words::COLUMN_ROLE), 9.0, 1.2),
        GridColumn::new(column::NUMBER, t(words::COLUMN_NUMBER), 8.0, 1.0),
        GridColumn::new(column::FACTORS, t(words::FACT_FACTORS), 8.0, 1.0),
        GridColumn::new(column::SIGNED_IN, t(words::COLUMN_SIGNED_IN), 8.0, 1.0),
        GridColumn::new(column::ACTIONS, t(words::COLUMN_ACTIONS), 5.0, 0.4),
    ];
    let keys = Memo::new(move |_| {
        users
            .found
            .rows
            .with(|page| page.items.iter().map(|row| row.id).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let list = Memo::new(move |_| users.found.filter.with(super::super::model::UserFilter::list));
    view! {
        <DataGrid
            label=t(words::USERS)
            columns
            keys
            total=Signal::derive(move || users.found.rows.with(|page| page.total).unwrap_or_default())
            row=move |index| users.found.rows.with(|page| page.items.get(index).cloned()).flatten()
            layout=users.layout
            selection=users.selection
            actions=move || view! { <CopyAddresses users /> }
            sort=Signal::stored(None)
            on_sort=|_| {}
            reset=Signal::derive(move || list.track())
            on_near_end=move |()| users.found.load_more()
        />
    }
}

/// Puts the mail addresses of the accounts selected where they can be pasted elsewhere.
#[component]
fn CopyAddresses(users: Users) -> impl IntoView {
    let (i18n, toasts) = (use_i18n(), use_toasts());
    let copy = move |()| {
        let addresses = users.selected_addresses();
        task::detached(async move {
            let toast = if clipboard::write(&addresses.join("\n")).await {
                let count = u64::try_from(addresses.len()).unwrap_or_default();
                Toast::new(Tone::Success, i18n.message(&words::addresses_copied(count)))
            } else {
                Toast::new(Tone::Danger, i18n.text(words::COPY_REFUSED))
            };
            toasts.show(toast);
        });
    };
    view! { <Button size=ButtonSize::Small label=t(words::COPY_ADDRESSES) on_click=copy /> }
}
