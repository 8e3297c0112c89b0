//! The customers found, as a grid of any length of which only the visible rows are in the page.

use leptos::prelude::*;

use super::super::model::{column, sorted_column};
use super::super::state::CustomerList;
use crate::i18n::texts::customers as words;
use crate::i18n::{t, use_i18n};
use crate::platform::{clipboard, task};
use crate::ui::{Button, ButtonSize, DataGrid, GridColumn, GridSort, Toast, Tone, use_toasts};

/// The customers found.
#[component]
pub fn CustomerTable(
    /// The list they come from.
    list: CustomerList,
) -> impl IntoView {
    let columns = vec![
        GridColumn::new(column::NAME, t(words::COLUMN_NAME), 10.0, 2.2).sortable(),
        GridColumn::new(column::CONTACT, t(words::COLUMN_CONTACT), 9.0, 1.6),
        GridColumn::new(column::OWNER, t(words::COLUMN_OWNER), 6.0, 1.1),
        GridColumn::new(column::STATUS, t(words::COLUMN_STATUS), 7.0, 0.8),
        GridColumn::new(column::TAGS, t(words::COLUMN_TAGS), 7.0, 1.4),
        GridColumn::new(column::ACTIVITY, t(words::COLUMN_ACTIVITY), 8.0, 0.9).sortable(),
    ];
    let keys = Memo::new(move |_| {
        list.found
            .rows
            .with(|page| page.items.iter().map(|row| row.id).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let sort = Memo::new(move |_| {
        let sorted = sorted_column(list.found.filter.with(|filter| filter.sort));
        sorted.map(|(column, descending)| GridSort { column, descending })
    });
    view! {
        <DataGrid
            label=t(words::TITLE)
            columns
            keys
            total=Signal::derive(move || list.found.rows.with(|page| page.total).unwrap_or_default())
            row=move |index| list.found.rows.with(|page| page.items.get(index).cloned()).flatten()
            layout=list.layout
            selection=list.selection
            actions=move || view! { <CopyNames list /> }
            sort
            on_sort=move |column| list.sort_by(column)
            reset=Signal::derive(move || list.found.filter.track())
            on_near_end=move |()| list.found.load_more()
            initial_top=list.initial_top
            on_scroll=Callback::new(move |top| list.scrolled(top))
        />
    }
}

/// Puts the names of the customers selected where they can be pasted elsewhere.
#[component]
fn CopyNames(list: CustomerList) -> impl IntoView {
    let (i18n, toasts) = (use_i18n(), use_toasts());
    let copy = move |()| {
        let names = list.selected_names();
        task::detached(async move {
            let toast = if clipboard::write(&names.join("\n")).await {
                let count = u64::try_from(names.len()).unwrap_or_default();
                Toast::new(Tone::Success, i18n.message(&words::names_copied(count)))
            } else {
                Toast::new(Tone::Danger, i18n.text(words::COPY_REFUSED))
            };
            toasts.show(toast);
        });
    };
    view! { <Button size=ButtonSize::Small label=t(words::COPY_NAMES) on_click=copy /> }
}
