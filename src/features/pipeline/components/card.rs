//! One deal on the board.

use leptos::prelude::*;
use portico_contract::deal::Deal;
use portico_contract::ids::DealId;

use super::super::model::{Due, days_between};
use super::super::state::BoardState;
use super::move_menu::MoveMenu;
use crate::app::routes::Route;
use crate::i18n::texts::pipeline as words;
use crate::i18n::{Message, format, tm, use_i18n};
use crate::platform::{clock, intl};
use crate::ui::{BoardLink, Icon, IconName};

/// What is on a deal's card. It is drawn once and follows the deal.
#[component]
pub fn DealCard(
    /// The board.
    board: BoardState,
    /// Which deal.
    deal: DealId,
) -> impl IntoView {
    let i18n = use_i18n();
    let shown = Memo::new(move |_| board.deal(deal));
    let text = move |read: fn(&Deal) -> &str| {
        Memo::new(move |_| shown.with(|deal| deal.as_ref().map(|deal| read(deal).to_owned())))
    };
    let amount = move || {
        shown.with(|deal| {
            deal.as_ref()
                .map(|deal| format::money(i18n.locale(), deal.amount))
        })
    };
    view! {
        <div class="deal-card">
            <p class="deal-card__name">
                <BoardLink href=Route::Deal(deal).path()>{text(|deal| &deal.name)}</BoardLink>
            </p>
            <MoveMenu board deal />
            <p class="deal-card__customer">{text(|deal| &deal.customer.name)}</p>
            <p class="deal-card__amount">{amount}</p>
            <Signs board deal shown />
        </div>
    }
}

/// What the deal asks for and how long it has been where it is, each as an icon with words.
#[component]
fn Signs(board: BoardState, deal: DealId, shown: Memo<Option<Deal>>) -> impl IntoView {
    let i18n = use_i18n();
    let kind = Memo::new(move |_| board.kind(deal));
    let due = Memo::new(move |_| {
        let today = format::today(&i18n.zone());
        shown.with(|deal| Due::of(deal.as_ref()?, kind.get()?, &today))
    });
    let days = Memo::new(move |_| {
        shown.with(|deal| {
            let since = intl::parse(deal.as_ref()?.stage_entered_at.as_str());
            Some(days_between(since, clock::now_ms()))
        })
    });
    let due_sign = move || {
        due.get().map(|due| {
            let overdue = due.is_overdue();
            let icon = if overdue {
                IconName::Alert
            } else {
                IconName::Calendar
            };
            let text = tm(move || due_text(&due, |date| format::date(i18n.locale(), date)));
            view! { <Sign icon text overdue /> }
        })
    };
    let days_sign = move || {
        days.get().filter(|days| *days > 0).map(|days| {
            let text = tm(move || words::days_in_stage(days));
            view! { <Sign icon=IconName::Clock text overdue=false /> }
        })
    };
    view! { <p class="deal-card__signs">{due_sign}{days_sign}</p> }
}

/// An icon with words.
#[component]
fn Sign(icon: IconName, text: Signal<String>, overdue: bool) -> impl IntoView {
    view! { <span class="deal-card__sign" data-overdue=overdue><Icon name=icon /><span>{text}</span></span> }
}

fn due_text(due: &Due, date: impl Fn(&portico_contract::time::Date) -> String) -> Message {
    match due {
        Due::StepOverdue(by) => words::overdue(date(by)),
        Due::CloseOverdue(by) => words::close_overdue(date(by)),
        Due::Step(by) => words::due(date(by)),
        Due::Close(by) => words::closes(date(by)),
    }
}
