//! One column of a board.

use leptos::prelude::*;

use super::Draw;
use super::card::Card;
use super::lift::Mark;
use super::rove::Stop;
use super::shown::{BoardColumn, BoardKey, BoardMore};
use super::table::{Table, id_of};
use crate::i18n::texts::parts as words;
use crate::i18n::{format, t, use_i18n};

/// A column with its heading, its figures and its cards.
#[component]
pub(super) fn Column<C: BoardKey, K: BoardKey>(
    table: Table<C, K>,
    draw: StoredValue<Draw<K>>,
    key: C,
    /// What an empty one says.
    empty: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let column = Memo::new(move |_| {
        let columns = table.columns.read();
        columns.iter().find(|column| column.key == key).cloned()
    });
    let text = move |read: fn(&BoardColumn<C, K>) -> &str| {
        Signal::derive(move || {
            column.with(|column| column.as_ref().map_or_else(String::new, |it| read(it).to_owned()))
        })
    };
    let count = Memo::new(move |_| column.with(|column| column.as_ref().map_or(0, |column| column.count)));
    let cards = Memo::new(move |_| {
        let keys = |column: &BoardColumn<C, K>| column.cards.iter().map(|card| card.key).collect::<Vec<_>>();
        column.with(|column| column.as_ref().map(keys).unwrap_or_default())
    });
    let first = Memo::new(move |_| cards.with(|cards| cards.first().copied()));
    let landing = move || table.mark.get() == Some(Mark::In(key));
    view! {
        <section
            class="board__column"
            aria-label=text(|column| &column.label)
            data-over=move || table.over.get() == Some(key)
        >
            <header class="board__head">
                <h2>{text(|column| &column.name)}</h2>
                <span class="board__count">{move || format::number(i18n.locale(), count.get())}</span>
                <span class="board__total">{text(|column| &column.total)}</span>
            </header>
            <ul class="board__list" role="list" on:scroll=move |_| table.scrolled()>
                <For each=move || cards.get() key=|card| *card let:card>
                    <Card table draw card first=Signal::derive(move || first.get() == Some(card)) />
                </For>
                <Show when=move || cards.with(Vec::is_empty)>
                    <li class="board__empty" data-mark=move || landing().then_some("in")>{empty}</li>
                </Show>
            </ul>
            <More table column key />
        </section>
    }
}

/// The button that shows more of a column.
#[component]
fn More<C: BoardKey, K: BoardKey>(
    table: Table<C, K>,
    column: Memo<Option<BoardColumn<C, K>>>,
    key: C,
) -> impl IntoView {
    let more =
        Memo::new(move |_| column.with(|column| column.as_ref().map_or(BoardMore::None, |it| it.more)));
    let offered = Memo::new(move |_| more.get() != BoardMore::None);
    let pending = move || (more.get() == BoardMore::Pending).then_some("true");
    let stop = Stop::More(key);
    let pressed = move |_| {
        if more.get_untracked() == BoardMore::Offered {
            table.answers.expand.run(key);
        }
    };
    view! {
        <Show when=move || offered.get()>
            <button
                class="button board__more"
                type="button"
                data-variant="ghost"
                data-size="small"
                id=id_of(stop)
                tabindex=move || table.tabindex(stop, false)
                aria-busy=pending
                aria-disabled=pending
                on:click=pressed
                on:focusin=move |_| table.entered(stop)
            >
                {t(words::BOARD_MORE)}
            </button>
        </Show>
    }
}
