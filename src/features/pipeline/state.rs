//! A board on the screen: what was read, what is being moved, and the moves that can be taken back.

use leptos::ev::DragEvent;
use leptos::prelude::*;
use portico_contract::deal::{Board, Deal, DealQuery, MoveDeal};
use portico_contract::ids::{DealId, PipelineId, StageId};
use portico_contract::locale::Locale;

use super::model::{self, Move};
use crate::api::query::Query;
use crate::api::{ApiError, Client, deals, use_client};
use crate::i18n::texts::pipeline as words;
use crate::i18n::{I18n, Message, use_i18n};
use crate::platform::{clock, document, drag, task};
use crate::ui::{Announcer, Toast, Toasts, Tone, use_announcer, use_toasts};

/// Deals read by one "show more".
const MORE_DEALS: u16 = 100;

/// A board. Cheap to copy.
#[derive(Clone, Copy)]
pub struct BoardState {
    /// What was read, with the moves that are under way already made.
    pub shown: Query<Board>,
    /// The deals whose move is under way: they wait for it before they move again.
    pub pending: RwSignal<Vec<DealId>>,
    /// The deal in the air, if one is being dragged.
    pub dragged: RwSignal<Option<DealId>>,
    /// Where it would land.
    pub target: RwSignal<Option<MoveDeal>>,
    client: Client,
    i18n: I18n,
    toasts: Toasts,
    announcer: Announcer,
}

/// How a move comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// By the mouse, which has no place in the page to come back to.
    Drag,
    /// By the card's menu.
    Menu,
    /// By the toast that takes a move back.
    Undo,
}

impl BoardState {
    /// The board of `pipeline`.
    pub fn new(pipeline: PipelineId) -> Self {
        let client = use_client();
        Self {
            shown: Query::new(move || pipeline, move |id| deals::get_board(client, id)),
            pending: RwSignal::new(Vec::new()),
            dragged: RwSignal::new(None),
            target: RwSignal::new(None),
            client,
            i18n: use_i18n(),
            toasts: use_toasts(),
            announcer: use_announcer(),
        }
    }

    /// The deal `id` as it stands on the board, tracked.
    pub fn deal(self, id: DealId) -> Option<Deal> {
        self.shown.with(|board| model::find(board, id).cloned()).flatten()
    }

    /// The deal above `deal` in its stage, tracked.
    pub fn before(self, stage: StageId, deal: DealId) -> Option<DealId> {
        self.shown.with(|board| {
            let column = board.columns.iter().find(|column| column.stage_id == stage)?;
            let at = column.deals.iter().position(|other| other.id == deal)?;
            at.checked_sub(1).map(|before| column.deals[before].id)
        })?
    }

    /// The dragged deal is over a place where it could land.
    pub fn aim(self, event: &DragEvent, to: MoveDeal) {
        if self.dragged.get_untracked().is_none() {
            return;
        }
        drag::accept(event);
        // Set only on a change: a drag sends this event every few milliseconds.
        if self.target.get_untracked() != Some(to) {
            self.target.set(Some(to));
        }
    }

    /// Lets go of the dragged deal where it would land.
    pub fn drop_dragged(self) {
        let (deal, to) = (self.dragged.get_untracked(), self.target.get_untracked());
        self.cancel_drag();
        if let (Some(deal), Some(to)) = (deal, to) {
            self.start(Move { deal, to }, Way::Drag);
        }
    }

    /// Ends dragging without a move.
    pub fn cancel_drag(self) {
        self.dragged.set(None);
        self.target.set(None);
    }

    /// Moves a deal from its card's menu: on the screen at once, then in the backend. What the backend refuses is taken
    /// back. The focus goes with the card.
    pub fn move_deal(self, change: Move) {
        self.start(change, Way::Menu);
    }

    /// Takes a move back: on the board, or, when the person has gone on to another page, in the backend alone.
    fn undo(self, inverse: Move, version: u32) {
        if self.pending.try_get_untracked().is_some() {
            return self.start(inverse, Way::Undo);
        }
        task::detached(async move {
            if let Err(error) = deals::move_deal(self.client, inverse.deal, version, inverse.to).await {
                self.say(Tone::Danger, &error.explain(self.i18n).title);
            }
        });
    }

    fn start(self, change: Move, way: Way) {
        // The toast that asks for it may outlive the board.
        if self
            .pending
            .try_with_untracked(|pending| pending.contains(&change.deal))
            != Some(false)
        {
            return;
        }
        let Some(deal) = self
            .shown
            .with_untracked(|board| model::find(board, change.deal).cloned())
            .flatten()
        else {
            return;
        };
        if !deal.editable {
            self.say(Tone::Warning, &words::MOVE_FORBIDDEN.into());
            return;
        }
        let mut inverse = None;
        self.shown.update(|board| inverse = model::apply(board, change));
        let Some(inverse) = inverse else { return };
        self.pending.update(|pending| pending.push(change.deal));
        focus_card(change.deal, way);
        task::detached(async move {
            let answer = deals::move_deal(self.client, change.deal, deal.version, change.to).await;
            self.pending
                .try_update(|pending| pending.retain(|other| *other != change.deal));
            match answer {
                Ok(moved) => self.confirm(&moved, inverse, way),
                Err(error) => {
                    self.take_back(&deal, inverse, change, &error);
                    focus_card(change.deal, way);
                }
            }
        });
    }

    fn confirm(self, moved: &Deal, inverse: Move, way: Way) {
        self.shown.update(|board| model::refresh(board, moved));
        let stage = self.stage_name(moved.stage_id);
        let changed_stage = moved.stage_id != inverse.to.stage_id;
        match way {
            Way::Undo => self.say(Tone::Success, &words::moved_back(moved.name.clone(), stage)),
            Way::Drag | Way::Menu if changed_stage => {
                let text = self.i18n.message(&words::moved(moved.name.clone(), stage));
                self.announcer.announce(text.clone());
                let undo = self.i18n.text(crate::i18n::texts::common::UNDO);
                let version = moved.version;
                let take_back = Callback::new(move |()| self.undo(inverse, version));
                self.toasts
                    .show(Toast::new(Tone::Success, text).action(undo, take_back));
            }
            // Within a stage the card itself says it.
            Way::Drag | Way::Menu => {}
        }
    }

    fn take_back(self, deal: &Deal, inverse: Move, change: Move, error: &ApiError) {
        self.shown.update(|board| {
            model::apply(board, inverse);
        });
        let reason = error.explain(self.i18n);
        let reason = format!(
            "{} {}",
            self.i18n.message(&reason.title),
            self.i18n.message(&reason.hint)
        );
        let stage = self.stage_name(deal.stage_id);
        let text = self
            .i18n
            .message(&words::move_failed(deal.name.clone(), reason, stage));
        let toast = Toast::new(Tone::Danger, text);
        if error.is_transient() {
            let again = self.i18n.text(crate::i18n::texts::common::RETRY);
            let retry = Callback::new(move |()| self.move_deal(change));
            self.toasts.show(toast.action(again, retry));
        } else {
            self.toasts.show(toast);
            self.shown.reload();
        }
    }

    /// Reads more deals of a stage.
    pub fn load_more(self, stage: StageId) {
        let wanted = self.shown.with_untracked(|board| {
            let column = board.columns.iter().find(|column| column.stage_id == stage)?;
            Some((board.pipeline.id, column.next.clone()?))
        });
        let Some((pipeline, cursor)) = wanted.flatten() else {
            return;
        };
        task::detached(async move {
            let query = DealQuery {
                pipeline,
                stage,
                cursor: Some(cursor.0),
                limit: Some(MORE_DEALS),
            };
            match deals::list_deals(self.client, &query).await {
                Ok(page) => self.shown.update(|board| {
                    if let Some(column) = board.columns.iter_mut().find(|column| column.stage_id == stage) {
                        model::extend(column, page.items, page.next);
                    }
                }),
                Err(error) => {
                    let reason = error.explain(self.i18n);
                    self.say(Tone::Danger, &reason.title);
                }
            }
        });
    }

    /// The name of a stage in the language in use, tracked.
    pub fn stage_name_tracked(self, stage: StageId) -> String {
        let locale = self.i18n.locale();
        self.shown
            .with(|board| name_of(board, stage, locale))
            .unwrap_or_default()
    }

    fn stage_name(self, stage: StageId) -> String {
        let locale = self.i18n.locale_untracked();
        self.shown
            .with_untracked(|board| name_of(board, stage, locale))
            .unwrap_or_default()
    }

    fn say(self, tone: Tone, message: &Message) {
        let text = self.i18n.message(message);
        self.announcer.announce(text.clone());
        self.toasts.show(Toast::new(tone, text));
    }
}

fn name_of(board: &Board, stage: StageId, locale: Locale) -> String {
    let stage = board.pipeline.stages.iter().find(|other| other.id == stage);
    stage
        .map(|stage| stage.name.get(locale).to_owned())
        .unwrap_or_default()
}

/// The card that was moved is drawn anew in its column: the focus that was in it goes there, once it is drawn.
fn focus_card(deal: DealId, way: Way) {
    if way != Way::Drag {
        task::detached(async move {
            clock::sleep(0).await;
            document::focus(&format!("[data-deal='{deal}'] button"));
        });
    }
}
