//! The way to move a deal without dragging it: a menu of the places it can go.

use leptos::prelude::*;
use portico_contract::deal::MoveDeal;
use portico_contract::ids::DealId;

use super::super::model::{Move, Neighbours};
use super::super::state::BoardState;
use crate::i18n::texts::pipeline as words;
use crate::i18n::{tm, use_i18n};
use crate::ui::{Icon, IconName, Menu, MenuAlign, MenuEntry};

/// A button with a menu that moves the deal to the top of another stage, or by one place in its own.
#[component]
pub fn MoveMenu(
    /// The board.
    board: BoardState,
    /// Which deal.
    deal: DealId,
) -> impl IntoView {
    let name = Memo::new(move |_| board.deal(deal).map(|deal| deal.name).unwrap_or_default());
    view! {
        <Menu
            label=tm(move || words::move_deal(name.get()))
            entries=entries(board, deal)
            align=MenuAlign::End
            // The board's own keys lead to it.
            in_tab_order=false
            trigger=|| view! { <Icon name=IconName::More /> }
        />
    }
}

/// What the menu of `deal` offers.
fn entries(board: BoardState, deal: DealId) -> Signal<Vec<MenuEntry>> {
    let i18n = use_i18n();
    let entry = move |label: String, to: MoveDeal, editable: bool| {
        let entry = MenuEntry::action(label, move || board.move_deal(Move { deal, to }));
        if editable {
            entry
        } else {
            entry.refused(i18n.text(words::MOVE_FORBIDDEN))
        }
    };
    Signal::derive(move || {
        let Some(shown) = board.deal(deal) else {
            return Vec::new();
        };
        let stages = board
            .shown
            .with(|board| board.pipeline.stages.clone())
            .unwrap_or_default();
        let others = stages.into_iter().filter(|stage| stage.id != shown.stage_id);
        let to_stages = others.map(|stage| {
            let to = MoveDeal {
                stage_id: stage.id,
                after: None,
            };
            let label = i18n.message(&words::move_to(stage.name.get(i18n.locale())));
            entry(label, to, shown.editable)
        });
        let Neighbours { up, down } = board.neighbours(deal);
        let within = [(words::MOVE_UP, up), (words::MOVE_DOWN, down)]
            .into_iter()
            .filter_map(|(label, to)| Some(entry(i18n.text(label), to?, shown.editable)));
        let mut entries: Vec<MenuEntry> = to_stages.collect();
        entries.push(MenuEntry::Separator);
        entries.extend(within);
        if matches!(entries.last(), Some(MenuEntry::Separator)) {
            entries.pop();
        }
        entries
    })
}
