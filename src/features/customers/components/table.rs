//! The customers found, as a table of any length of which only the visible rows are in the page.

use leptos::prelude::*;

use super::super::state::CustomerList;
use super::row::Row;
use crate::i18n::t;
use crate::i18n::texts::customers as words;
use crate::ui::VirtualList;

/// The customers found.
#[component]
pub fn CustomerTable(
    /// The list they come from.
    list: CustomerList,
) -> impl IntoView {
    let read = Signal::derive(move || list.rows.with(|page| page.items.len()).unwrap_or_default());
    let rows = move || {
        list.rows
            .with(|page| page.total + 1)
            .unwrap_or_default()
            .to_string()
    };
    let head = [
        words::COLUMN_NAME,
        words::COLUMN_CONTACT,
        words::COLUMN_OWNER,
        words::COLUMN_STATUS,
        words::COLUMN_TAGS,
        words::COLUMN_ACTIVITY,
    ];
    view! {
        <div class="customers" role="table" aria-label=t(words::TITLE) aria-rowcount=rows>
            <div class="customers__head-group" role="rowgroup">
                <div class="customers__head" role="row" aria-rowindex="1">
                    {head.map(|text| view! { <span class="customers__cell" role="columnheader">{t(text)}</span> })}
                </div>
            </div>
            <VirtualList
                count=read
                key=move |index| list.rows.with(|page| page.items.get(index).map(|row| row.id)).flatten()
                row=move |index| view! { <Row list index /> }.into_any()
                on_near_end=Callback::new(move |()| list.load_more())
                reset=Signal::derive(move || list.filter.track())
            />
        </div>
    }
}
