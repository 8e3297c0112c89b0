//! A board on the screen: what was read, what is being moved, and the moves that can be taken back.

use leptos::prelude::*;
use portico_contract::deal::{self, Board, Deal, DealQuery, MoveDeal, StageKind};
use portico_contract::ids::{DealId, PipelineId, StageId};
use portico_contract::locale::Locale;

use super::model::{self, Move, Neighbours};
use crate::api::query::Query;
use crate::api::{ApiError, Client, deals, use_client};
use crate::i18n::texts::pipeline as words;
use crate::i18n::{I18n, Message, format, use_i18n};
use crate::platform::task;
use crate::ui::{
    Announcer, BoardCard, BoardColumn, BoardHold, BoardMore, BoardMove, Toast, Toasts, Tone, follow_card,
    use_announcer, use_toasts,
};

/// Deals read by one "show more".
const MORE_DEALS: u16 = 100;

/// A board. Cheap to copy.
#[derive(Clone, Copy)]
pub struct BoardState {
    /// What was read, with the moves that are under way already made.
    pub shown: Query<Board>,
    /// The deals whose move is under way: they wait for it before they move again.
    pub pending: RwSignal<Vec<DealId>>,
    /// The stages of which more deals are on their way.
    pub loading: RwSignal<Vec<StageId>>,
    client: Client,
    i18n: I18n,
    toasts: Toasts,
    announcer: Announcer,
}

/// How a move comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// On the board or by a card's menu.
    Board,
    /// By the toast that takes a move back.
    Undo,
}

/// A move on its way to the backend. It has its words with it: the board may be left before the answer comes.
#[derive(Clone)]
struct Sending {
    change: Move,
    /// What takes it back.
    inverse: Move,
    /// Of the deal, that it is based on.
    version: u32,
    way: Way,
    /// The deal's name.
    deal: String,
    /// The name of the stage where the deal was.
    from: String,
    /// The name of the stage where it goes.
    to: String,
}

impl Sending {
    fn changes_stage(&self) -> bool {
        self.change.to.stage_id != self.inverse.to.stage_id
    }

    /// The way back, from the deal's `version` after it.
    fn undone(self, version: u32) -> Self {
        Self {
            change: self.inverse,
            inverse: self.change,
            version,
            way: Way::Undo,
            deal: self.deal,
            from: self.to,
            to: self.from,
        }
    }
}

impl BoardState {
    /// The board of `pipeline`.
    pub fn new(pipeline: PipelineId) -> Self {
        let client = use_client();
        Self {
            shown: Query::new(move || pipeline, move |id| deals::get_board(client, id)),
            pending: RwSignal::new(Vec::new()),
            loading: RwSignal::new(Vec::new()),
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

    /// The board as its part shows it, tracked.
    pub fn columns(self) -> Vec<BoardColumn<StageId, DealId>> {
        let columns = self.shown.with(|board| {
            let columns = board.columns.iter();
            columns.map(|column| self.column(board, column)).collect()
        });
        columns.unwrap_or_default()
    }

    fn column(self, board: &Board, column: &deal::BoardColumn) -> BoardColumn<StageId, DealId> {
        let locale = self.i18n.locale();
        let stage = column.stage_id;
        let name = name_of(board, stage, locale);
        let totals = column.totals.iter().map(|total| format::money(locale, *total));
        let total = totals.collect::<Vec<_>>().join(" · ");
        let label = words::stage_label(column.count, name.clone(), total.clone());
        BoardColumn {
            key: stage,
            label: self.i18n.message(&label),
            name,
            count: column.count,
            total,
            cards: column.deals.iter().map(|deal| self.card(deal)).collect(),
            more: match &column.next {
                None => BoardMore::None,
                Some(_) if self.loading.with(|loading| loading.contains(&stage)) => BoardMore::Pending,
                Some(_) => BoardMore::Offered,
            },
        }
    }

    fn card(self, deal: &Deal) -> BoardCard<DealId> {
        let is_pending = self.pending.with(|pending| pending.contains(&deal.id));
        BoardCard {
            key: deal.id,
            name: deal.name.clone(),
            hold: match deal.editable {
                _ if is_pending => BoardHold::Busy,
                true => BoardHold::Free,
                false => BoardHold::Fixed,
            },
        }
    }

    /// The kind of the stage that `deal` is in, tracked.
    pub fn kind(self, deal: DealId) -> Option<StageKind> {
        self.shown.with(|board| {
            let stage_id = model::find(board, deal)?.stage_id;
            let stage = board.pipeline.stages.iter().find(|stage| stage.id == stage_id)?;
            Some(stage.kind)
        })?
    }

    /// Where `deal` could go within its stage, tracked.
    pub fn neighbours(self, deal: DealId) -> Neighbours {
        self.shown
            .with(|board| model::neighbours(board, deal))
            .unwrap_or_default()
    }

    /// Takes over what somebody did on the board.
    pub fn take_over(self, change: BoardMove<StageId, DealId>) {
        self.move_deal(Move {
            deal: change.card,
            to: MoveDeal {
                stage_id: change.column,
                after: change.after,
            },
        });
    }

    /// Says why a deal cannot be moved.
    pub fn refuse(self) {
        self.say(Tone::Warning, &words::MOVE_FORBIDDEN.into());
    }

    /// Moves a deal: on the screen at once, then in the backend. What the backend refuses is taken back. The focus goes
    /// with the card.
    pub fn move_deal(self, change: Move) {
        self.start(change, Way::Board);
    }

    fn start(self, change: Move, way: Way) {
        if self
            .pending
            .with_untracked(|pending| pending.contains(&change.deal))
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
            return self.refuse();
        }
        let mut inverse = None;
        self.shown.update(|board| inverse = model::apply(board, change));
        let Some(inverse) = inverse else { return };
        self.pending.update(|pending| pending.push(change.deal));
        follow_card(change.deal);
        self.send(Sending {
            change,
            inverse,
            version: deal.version,
            way,
            deal: deal.name,
            from: self.stage_name(inverse.to.stage_id),
            to: self.stage_name(change.to.stage_id),
        });
    }

    /// Makes the move of a toast, which may outlive the board: on the board, or in the backend alone.
    fn follow_up(self, sending: Sending) {
        if self.pending.is_disposed() {
            self.send(sending);
        } else {
            self.start(sending.change, sending.way);
        }
    }

    fn send(self, sending: Sending) {
        task::detached(async move {
            let change = sending.change;
            let answer = deals::move_deal(self.client, change.deal, sending.version, change.to).await;
            self.pending
                .try_update(|pending| pending.retain(|other| *other != change.deal));
            match answer {
                Ok(moved) => self.confirm(&moved, sending),
                Err(error) => self.take_back(sending, &error),
            }
        });
    }

    fn confirm(self, moved: &Deal, sending: Sending) {
        self.shown.update(|board| model::refresh(board, moved));
        let (deal, stage) = (sending.deal.clone(), sending.to.clone());
        match sending.way {
            Way::Undo => self.say(Tone::Success, &words::moved_back(deal, stage)),
            Way::Board if sending.changes_stage() => {
                let text = self.i18n.message(&words::moved(deal, stage));
                self.announcer.announce(text.clone());
                let undo = self.i18n.text(crate::i18n::texts::common::UNDO);
                let undone = sending.undone(moved.version);
                let take_back = Callback::new(move |()| self.follow_up(undone.clone()));
                self.toasts
                    .show(Toast::new(Tone::Success, text).action(undo, take_back));
            }
            // Within a stage the card itself says it.
            Way::Board => {}
        }
    }

    fn take_back(self, sending: Sending, error: &ApiError) {
        self.shown.update(|board| {
            model::apply(board, sending.inverse);
        });
        let reason = error.explain(self.i18n);
        let reason = format!(
            "{} {}",
            self.i18n.message(&reason.title),
            self.i18n.message(&reason.hint)
        );
        let text = words::move_failed(sending.deal.clone(), reason, sending.from.clone());
        let toast = Toast::new(Tone::Danger, self.i18n.message(&text));
        follow_card(sending.change.deal);
        if error.is_transient() {
            let again = self.i18n.text(crate::i18n::texts::common::RETRY);
            let retry = Callback::new(move |()| self.follow_up(sending.clone()));
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
        self.loading.update(|loading| loading.push(stage));
        task::detached(async move {
            let query = DealQuery {
                pipeline,
                stage,
                cursor: Some(cursor.0),
                limit: Some(MORE_DEALS),
            };
            let answer = deals::list_deals(self.client, &query).await;
            let is_left = self
                .loading
                .try_update(|loading| loading.retain(|other| *other != stage))
                .is_none();
            if is_left {
                return;
            }
            match answer {
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
