//! A list below a record that is read page by page.

use std::future::Future;

use leptos::prelude::*;
use portico_contract::ids::CustomerId;
use portico_contract::paging::{Page, PageQuery};

use crate::api::listing::append;
use crate::api::query::Query;
use crate::api::{ApiError, Client, use_client};
use crate::i18n::Text;
use crate::i18n::t;
use crate::i18n::texts::customers as words;
use crate::platform::task;
use crate::ui::{Button, ButtonVariant, LoadView, Skeleton};

/// Entries read at a time.
const PAGE_ENTRIES: u16 = 30;

/// Reads the list of customer `id` with `fetch` and draws it with `draw`, with a button for more. Until it is here
/// `waiting` stands in for it.
pub fn paged<T, F>(
    id: Signal<CustomerId>,
    empty: Text,
    fetch: impl Fn(Client, CustomerId, PageQuery) -> F + Copy + Send + Sync + 'static,
    draw: impl Fn(Vec<T>) -> AnyView + Copy + Send + Sync + 'static,
    waiting: fn() -> AnyView,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<Page<T>, ApiError>> + 'static,
{
    let client = use_client();
    let request = |cursor| PageQuery {
        cursor,
        limit: Some(PAGE_ENTRIES),
    };
    let entries: Query<Page<T>> = Query::new(move || id.get(), move |id| fetch(client, id, request(None)));
    let pending = RwSignal::new(false);
    let more = Callback::new(move |()| {
        let Some(Some(next)) = entries.with_untracked(|page| page.next.clone()) else {
            return;
        };
        let id = id.get_untracked();
        pending.set(true);
        task::detached(async move {
            match fetch(client, id, request(Some(next.0.clone()))).await {
                Ok(page) => entries.update(|shown| append(shown, &next, page)),
                Err(error) => entries.fail(error),
            }
            pending.try_set(false);
        });
    });
    let has_more = Signal::derive(move || entries.with(|page| page.next.is_some()).unwrap_or_default());
    view! {
        <LoadView
            ready=entries.ready()
            problem=entries.problem()
            on_retry=entries.on_retry()
            skeleton=waiting
        >
            {move || entries.get().map(|page| {
                if page.items.is_empty() {
                    view! { <p>{t(empty)}</p> }.into_any()
                } else {
                    draw(page.items)
                }
            })}
            <Show when=move || has_more.get()>
                <Button variant=ButtonVariant::Secondary label=t(words::SHOW_MORE) pending=pending on_click=more />
            </Show>
        </LoadView>
    }
}

/// Lines, for a list that has no shape of its own.
pub fn lines() -> AnyView {
    view! { <Skeleton lines=4 /> }.into_any()
}
