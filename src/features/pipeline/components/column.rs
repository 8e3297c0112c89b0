//! One stage of the board.

use leptos::ev::DragEvent;
use leptos::prelude::*;
use portico_contract::deal::{BoardColumn, MoveDeal};
use portico_contract::ids::{DealId, StageId};

use super::super::state::BoardState;
use super::card::Card;
use crate::i18n::texts::pipeline as words;
use crate::i18n::{format, t, tm, use_i18n};
use crate::ui::{Button, ButtonSize, ButtonVariant};

/// A stage with its figures and its deals.
#[component]
pub fn Column(
    /// The board.
    board: BoardState,
    /// The stage.
    stage: StageId,
) -> impl IntoView {
    let column = Memo::new(move |_| {
        board
            .shown
            .with(|board| board.columns.iter().find(|c| c.stage_id == stage).cloned())
            .flatten()
    });
    let deals = Memo::new(move |_| column.with(|column| ids(column.as_ref())));
    let has_more =
        Memo::new(move |_| column.with(|column| column.as_ref().is_some_and(|column| column.next.is_some())));
    let name = Memo::new(move |_| board.stage_name_tracked(stage));
    let count = Memo::new(move |_| column.with(|column| column.as_ref().map_or(0, |column| column.count)));
    let totals = totals(column);
    let label = tm(move || words::stage_label(count.get(), name.get(), totals.get()));
    let hovered = move || {
        board
            .target
            .with(|target| target.is_some_and(|target| target.stage_id == stage))
    };
    let last = move || deals.with_untracked(|deals| deals.last().copied());
    // A card below stops the event: this is the empty room under the last one.
    let drag_over = move |event: DragEvent| {
        board.aim(
            &event,
            MoveDeal {
                stage_id: stage,
                after: last(),
            },
        );
    };
    view! {
        <section class="board__column" aria-label=label data-over=hovered on:dragover=drag_over on:drop=move |event: DragEvent| {
            event.prevent_default();
            board.drop_dragged();
        }>
            <header class="board__head">
                <h2>{name}</h2>
                <span class="board__count">{move || count.get()}</span>
                <span class="board__totals">{totals}</span>
            </header>
            <ul class="board__list">
                <For each=move || deals.get() key=|deal| *deal let:deal>
                    <Card board stage deal />
                </For>
                <Show when=move || deals.with(Vec::is_empty)>
                    <li class="board__empty">{t(words::STAGE_EMPTY)}</li>
                </Show>
            </ul>
            <Show when=move || has_more.get()>
                <Button
                    variant=ButtonVariant::Ghost
                    size=ButtonSize::Small
                    label=t(words::SHOW_MORE)
                    on_click=Callback::new(move |()| board.load_more(stage))
                />
            </Show>
        </section>
    }
}

fn ids(column: Option<&BoardColumn>) -> Vec<DealId> {
    column
        .map(|column| column.deals.iter().map(|deal| deal.id).collect())
        .unwrap_or_default()
}

/// What the stage is worth: one amount for each currency.
fn totals(column: Memo<Option<BoardColumn>>) -> Signal<String> {
    let i18n = use_i18n();
    Signal::derive(move || {
        let locale = i18n.locale();
        column.with(|column| {
            let totals = column
                .as_ref()
                .map(|column| column.totals.as_slice())
                .unwrap_or_default();
            totals
                .iter()
                .map(|total| format::money(locale, *total))
                .collect::<Vec<_>>()
                .join(" · ")
        })
    })
}
