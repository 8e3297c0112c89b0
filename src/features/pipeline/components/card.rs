//! One deal on the board.

use leptos::ev::DragEvent;
use leptos::prelude::*;
use portico_contract::deal::{Deal, MoveDeal};
use portico_contract::ids::{DealId, StageId};

use super::super::state::BoardState;
use super::move_menu::MoveMenu;
use crate::app::routes::Route;
use crate::i18n::texts::pipeline as words;
use crate::i18n::{format, tm, use_i18n};
use crate::platform::{clock, drag};

/// A deal as a card: dragged by the mouse, moved by its menu with keyboard or touch.
#[component]
pub fn Card(
    /// The board.
    board: BoardState,
    /// The stage it is drawn in.
    stage: StageId,
    /// Which deal.
    deal: DealId,
) -> impl IntoView {
    let shown = Memo::new(move |_| board.deal(deal));
    let pending = move || board.pending.with(|pending| pending.contains(&deal));
    let dragging = move || board.dragged.get() == Some(deal);
    let movable = move || shown.with(|deal| deal.as_ref().is_some_and(|deal| deal.editable)) && !pending();
    let start = move |event: DragEvent| {
        drag::start(&event);
        board.dragged.set(Some(deal));
    };
    let over = move |event: DragEvent| {
        event.stop_propagation();
        let after = if drag::below_middle(&event) {
            Some(deal)
        } else {
            board.before(stage, deal)
        };
        board.aim(
            &event,
            MoveDeal {
                stage_id: stage,
                after,
            },
        );
    };
    let gap = move |after| {
        board.target.get()
            == Some(MoveDeal {
                stage_id: stage,
                after,
            })
    };
    view! {
        <Show when=move || gap(board.before(stage, deal)) && board.before(stage, deal).is_none()>
            <li class="board__gap" aria-hidden="true"></li>
        </Show>
        <li
            class="deal-card"
            data-deal=deal.to_string()
            draggable=move || movable().to_string()
            data-dragging=dragging
            data-pending=pending
            aria-busy=move || pending().to_string()
            on:dragstart=start
            on:dragover=over
            on:dragend=move |_| board.cancel_drag()
        >
            {move || shown.get().map(|deal| view! { <Face board deal /> })}
        </li>
        <Show when=move || gap(Some(deal))>
            <li class="board__gap" aria-hidden="true"></li>
        </Show>
    }
}

#[component]
fn Face(board: BoardState, deal: Deal) -> impl IntoView {
    let i18n = use_i18n();
    let amount = deal.amount;
    let overdue = deal
        .next_step
        .as_ref()
        .is_some_and(|step| step.due.as_str() < clock::today().as_str());
    let (step, close) = (deal.next_step.clone(), deal.expected_close.clone());
    let when = tm(move || {
        let date = |date| format::date(i18n.locale(), date);
        match &step {
            Some(step) if overdue => words::overdue(date(&step.due)),
            Some(step) => words::due(date(&step.due)),
            None => words::closes(date(&close)),
        }
    });
    view! {
        <a class="deal-card__name" href=Route::Deal(deal.id).path() draggable="false">{deal.name.clone()}</a>
        <span class="deal-card__customer">{deal.customer.name.clone()}</span>
        <span class="deal-card__meta">
            <span class="deal-card__amount">{move || format::money(i18n.locale(), amount)}</span>
            <span class="deal-card__due" data-overdue=overdue>{when}</span>
        </span>
        <MoveMenu board deal />
    }
}
