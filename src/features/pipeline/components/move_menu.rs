//! The way to move a deal without a mouse: a menu of the other stages.

use leptos::prelude::*;
use portico_contract::deal::{Deal, MoveDeal};

use super::super::model::Move;
use super::super::state::BoardState;
use crate::i18n::texts::pipeline as words;
use crate::i18n::{tm, use_i18n};
use crate::ui::{Icon, IconName, Menu, MenuAlign, MenuEntry};

/// A button with a menu that moves the deal to the top of another stage.
#[component]
pub fn MoveMenu(
    /// The board.
    board: BoardState,
    /// The deal.
    deal: Deal,
) -> impl IntoView {
    let i18n = use_i18n();
    let Deal {
        id,
        name,
        stage_id,
        editable,
        ..
    } = deal;
    let entries = Signal::derive(move || {
        let stages = board
            .shown
            .with(|board| board.pipeline.stages.clone())
            .unwrap_or_default();
        let others = stages.into_iter().filter(|stage| stage.id != stage_id);
        others
            .map(|stage| {
                let to = MoveDeal {
                    stage_id: stage.id,
                    after: None,
                };
                let label = i18n.message(&words::move_to(stage.name.get(i18n.locale())));
                let entry = MenuEntry::action(label, move || board.move_deal(Move { deal: id, to }));
                if editable {
                    entry
                } else {
                    entry.refused(i18n.text(words::MOVE_FORBIDDEN))
                }
            })
            .collect::<Vec<_>>()
    });
    view! {
        <Menu
            label=tm(move || words::move_deal(name.clone()))
            entries=entries
            align=MenuAlign::End
            trigger=|| view! { <Icon name=IconName::More /> }
        />
    }
}
