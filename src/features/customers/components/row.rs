//! One customer in the list.

use leptos::prelude::*;
use portico_contract::customer::CustomerSummary;

use super::super::state::CustomerList;
use super::StatusBadge;
use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::customers as words;
use crate::ui::{Moment, Tag};

/// Tags shown in a row; the record has them all.
const SHOWN_TAGS: usize = 3;

/// The row at `index`.
#[component]
pub fn Row(
    /// The list it is a row of.
    list: CustomerList,
    /// Its place among the rows read.
    index: usize,
) -> impl IntoView {
    let row = Memo::new(move |_| list.rows.with(|page| page.items.get(index).cloned()).flatten());
    move || row.get().map(|row| view! { <Cells row /> })
}

#[component]
fn Cells(row: CustomerSummary) -> impl IntoView {
    let contact = row.primary_contact;
    let tags = row
        .tags
        .into_iter()
        .take(SHOWN_TAGS)
        .map(|tag| view! { <Tag label=tag /> })
        .collect_view();
    let never = move || view! { <span class="meta">{t(words::NEVER)}</span> };
    let activity = match row.last_activity_at {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => never().into_any(),
    };
    view! {
        <div class="customers__row">
            <span class="customers__cell" role="cell">
                <a class="customers__name" href=Route::Customer(row.id).path()>{row.name}</a>
                <span class="meta">{row.city}</span>
            </span>
            <span class="customers__cell" role="cell">
                {contact.map(|contact| view! {
                    <span>{contact.name}</span>
                    <span class="meta">{contact.phone}</span>
                })}
            </span>
            <span class="customers__cell" role="cell">{row.owner.name}</span>
            <span class="customers__cell" role="cell"><StatusBadge status=row.status /></span>
            <span class="customers__cell customers__tags" role="cell">{tags}</span>
            <span class="customers__cell" role="cell">{activity}</span>
        </div>
    }
}
