//! Search, filters and order of the customer list.

use leptos::prelude::*;
use portico_contract::customer::{CustomerSort, CustomerStatus};

use super::super::model::{sort_of, sort_text, status_of, status_text};
use super::super::state::CustomerList;
use crate::i18n::texts::customers as words;
use crate::i18n::{Text, t, use_i18n};
use crate::ui::{SearchField, Select};

/// A choice of a select: its value and its label.
type Choice = (String, String);

/// Search, filters and order.
#[component]
pub fn Toolbar(
    /// The list they act on.
    list: CustomerList,
) -> impl IntoView {
    let i18n = use_i18n();
    let filter = list.found.filter;
    let any = move |text: Text| (String::new(), i18n.text(text));
    let owners = Signal::derive(move || {
        let known = list.facets.with(|facets| {
            facets
                .owners
                .iter()
                .map(|owner| (owner.id.to_string(), owner.name.clone()))
                .collect()
        });
        with_any(any(words::FILTER_OWNER_ANY), known)
    });
    let tags = Signal::derive(move || {
        let known = list
            .facets
            .with(|facets| facets.tags.iter().map(|tag| (tag.clone(), tag.clone())).collect());
        with_any(any(words::FILTER_TAG_ANY), known)
    });
    let statuses = Signal::derive(move || {
        let known = CustomerStatus::ALL.into_iter();
        let known = known
            .map(|status| (status.as_str().to_owned(), i18n.text(status_text(status))))
            .collect();
        with_any(any(words::FILTER_STATUS_ANY), Some(known))
    });
    let sorts = Signal::derive(move || -> Vec<Choice> {
        CustomerSort::ALL
            .into_iter()
            .map(|sort| (sort.as_str().to_owned(), i18n.text(sort_text(sort))))
            .collect()
    });
    view! {
        <div class="customers__toolbar" role="search">
            <SearchField
                label=t(words::SEARCH)
                placeholder=t(words::SEARCH_HINT)
                value=list.found.typed
                on_input=Callback::new(move |text| list.found.search(text))
            />
            <Select
                label=t(words::FILTER_OWNER)
                options=owners
                value=Signal::derive(move || filter.get().owner.map(|id| id.to_string()).unwrap_or_default())
                on_change=Callback::new(move |id: String| list.found.change(|filter| filter.owner = id.parse().ok()))
            />
            <Select
                label=t(words::FILTER_STATUS)
                options=statuses
                value=Signal::derive(move || {
                    filter.get().status.map_or_else(String::new, |status| status.as_str().to_owned())
                })
                on_change=Callback::new(move |value: String| list.found.change(|filter| filter.status = status_of(&value)))
            />
            <Select
                label=t(words::FILTER_TAG)
                options=tags
                value=Signal::derive(move || filter.get().tag.unwrap_or_default())
                on_change=Callback::new(move |tag: String| {
                    list.found.change(|filter| filter.tag = (!tag.is_empty()).then_some(tag));
                })
            />
            <Select
                label=t(words::SORT)
                options=sorts
                value=Signal::derive(move || filter.get().sort.as_str().to_owned())
                on_change=Callback::new(move |value: String| {
                    list.found.change(|filter| filter.sort = sort_of(&value).unwrap_or_default());
                })
            />
        </div>
    }
}

fn with_any(any: Choice, known: Option<Vec<Choice>>) -> Vec<Choice> {
    std::iter::once(any).chain(known.into_iter().flatten()).collect()
}
