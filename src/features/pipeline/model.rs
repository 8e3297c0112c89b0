//! The board as a value: what moving a deal does to it, and what takes that back.

use portico_contract::deal::{Board, BoardColumn, Deal, MoveDeal, StageKind};
use portico_contract::ids::{DealId, StageId};
use portico_contract::money::Money;
use portico_contract::time::Date;

/// A move as a person makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Which deal.
    pub deal: DealId,
    /// Where to.
    pub to: MoveDeal,
}

/// Where a deal stands: its stage and the deal before it.
pub fn place(board: &Board, deal: DealId) -> Option<MoveDeal> {
    board.columns.iter().find_map(|column| {
        let at = column.deals.iter().position(|other| other.id == deal)?;
        let after = at.checked_sub(1).map(|before| column.deals[before].id);
        Some(MoveDeal {
            stage_id: column.stage_id,
            after,
        })
    })
}

/// Moves a deal on the board before the backend has answered and returns the move that takes it back. `None`, and
/// nothing is changed, when the deal or its new place is not on the board or the deal already stands there.
pub fn apply(board: &mut Board, change: Move) -> Option<Move> {
    let from = place(board, change.deal)?;
    let behind_itself = change.to.after == Some(change.deal);
    if behind_itself || from == change.to || !is_place(board, change.to) {
        return None;
    }
    let mut deal = take(column_mut(board, from.stage_id)?, change.deal)?;
    deal.stage_id = change.to.stage_id;
    insert(column_mut(board, change.to.stage_id)?, deal, change.to.after);
    Some(Move {
        deal: change.deal,
        to: from,
    })
}

/// Puts the backend's newer state of a deal where the board has it.
pub fn refresh(board: &mut Board, newer: &Deal) {
    let shown = board
        .columns
        .iter_mut()
        .flat_map(|column| &mut column.deals)
        .find(|deal| deal.id == newer.id);
    if let Some(shown) = shown {
        shown.clone_from(newer);
    }
}

/// The deal with id `deal`, if the board shows it.
pub fn find(board: &Board, deal: DealId) -> Option<&Deal> {
    board
        .columns
        .iter()
        .flat_map(|column| &column.deals)
        .find(|other| other.id == deal)
}

/// Adds a further page of deals to a column. Deals that came onto the board in the meantime are not shown twice.
pub fn extend(column: &mut BoardColumn, deals: Vec<Deal>, next: Option<portico_contract::paging::Cursor>) {
    for deal in deals {
        if !column.deals.iter().any(|shown| shown.id == deal.id) {
            column.deals.push(deal);
        }
    }
    column.next = next;
}

/// Where a deal could go within its stage, one place at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// One place up, unless it is the first.
    pub up: Option<MoveDeal>,
    /// One place down, unless it is the last that is here.
    pub down: Option<MoveDeal>,
}

/// Where `deal` could go within its stage.
pub fn neighbours(board: &Board, deal: DealId) -> Neighbours {
    let found = board.columns.iter().find_map(|column| {
        let at = column.deals.iter().position(|other| other.id == deal)?;
        let behind = |index: usize| column.deals.get(index).map(|other| other.id);
        let to = |after| MoveDeal {
            stage_id: column.stage_id,
            after,
        };
        Some(Neighbours {
            up: at
                .checked_sub(1)
                .map(|before| to(before.checked_sub(1).and_then(behind))),
            down: behind(at + 1).map(|next| to(Some(next))),
        })
    });
    found.unwrap_or_default()
}

/// What a deal asks for next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// Its next step should have been done by then.
    StepOverdue(Date),
    /// It should have been closed by then.
    CloseOverdue(Date),
    /// Its next step is to be done by then.
    Step(Date),
    /// It is expected to close then.
    Close(Date),
}

impl Due {
    /// What `deal` asks for on the day `today`, in a stage of the kind `stage`. A closed one asks for nothing.
    pub fn of(deal: &Deal, stage: StageKind, today: &str) -> Option<Self> {
        if stage != StageKind::Open {
            return None;
        }
        let close = deal.expected_close.clone();
        let is_past = |date: &Date| date.as_str() < today;
        Some(match &deal.next_step {
            Some(step) if is_past(&step.due) => Self::StepOverdue(step.due.clone()),
            _ if is_past(&close) => Self::CloseOverdue(close),
            Some(step) => Self::Step(step.due.clone()),
            None => Self::Close(close),
        })
    }

    /// Whether its time is over.
    pub const fn is_overdue(&self) -> bool {
        matches!(self, Self::StepOverdue(_) | Self::CloseOverdue(_))
    }
}

/// Whole days from `since` to `now`, both in milliseconds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is not negative, and a deal is not older than 2^64 days"
)]
pub fn days_between(since: f64, now: f64) -> u64 {
    ((now - since) / 86_400_000.0).max(0.0) as u64
}

fn is_place(board: &Board, to: MoveDeal) -> bool {
    board
        .columns
        .iter()
        .filter(|column| column.stage_id == to.stage_id)
        .any(|column| {
            to.after
                .is_none_or(|after| column.deals.iter().any(|deal| deal.id == after))
        })
}

fn column_mut(board: &mut Board, stage: StageId) -> Option<&mut BoardColumn> {
    board.columns.iter_mut().find(|column| column.stage_id == stage)
}

fn take(column: &mut BoardColumn, deal: DealId) -> Option<Deal> {
    let at = column.deals.iter().position(|other| other.id == deal)?;
    let deal = column.deals.remove(at);
    column.count = column.count.saturating_sub(1);
    Money::take_from_totals(&mut column.totals, deal.amount);
    Some(deal)
}

fn insert(column: &mut BoardColumn, deal: Deal, after: Option<DealId>) {
    let before = after.and_then(|after| column.deals.iter().position(|other| other.id == after));
    column.count += 1;
    Money::add_to_totals(&mut column.totals, deal.amount);
    column.deals.insert(before.map_or(0, |at| at + 1), deal);
}

#[cfg(test)]
mod tests {
    use portico_contract::customer::CustomerRef;
    use portico_contract::deal::{NextStep, Pipeline, Stage};
    use portico_contract::locale::LocalizedName;
    use portico_contract::money::Currency;
    use portico_contract::user::UserRef;
    use proptest::prelude::*;

    use super::*;

    fn id<T: std::str::FromStr>(n: usize) -> T
    where
        T::Err: std::fmt::Debug,
    {
        format!("00000000-0000-7000-8000-{n:012}").parse().unwrap()
    }

    fn deal(n: usize, stage: usize) -> Deal {
        Deal {
            id: id(n),
            version: 1,
            name: format!("Deal {n}"),
            customer: CustomerRef {
                id: id(1),
                name: "C".into(),
            },
            pipeline_id: id(1),
            stage_id: id(stage),
            amount: Money {
                minor: 100 * (i64::try_from(n).unwrap() + 1),
                currency: Currency::Eur,
            },
            probability: 10,
            expected_close: "2026-12-01".to_owned().try_into().unwrap(),
            owner: UserRef {
                id: id(1),
                name: "U".into(),
            },
            next_step: None,
            lost_reason: None,
            stage_entered_at: "2026-11-01T00:00:00Z".to_owned().try_into().unwrap(),
            editable: true,
        }
    }

    /// Columns of the given sizes; deals are numbered through.
    fn board(sizes: &[usize]) -> Board {
        let name = |n: usize| LocalizedName {
            default: format!("S{n}"),
            translations: std::collections::BTreeMap::new(),
        };
        let mut number = 0;
        let mut columns = Vec::new();
        let mut stages = Vec::new();
        for (stage, size) in sizes.iter().enumerate() {
            let deals: Vec<Deal> = (number..number + size).map(|n| deal(n, stage)).collect();
            number += size;
            let mut totals = Vec::new();
            for deal in &deals {
                Money::add_to_totals(&mut totals, deal.amount);
            }
            columns.push(BoardColumn {
                stage_id: id(stage),
                count: deals.len() as u64,
                totals,
                deals,
                next: None,
            });
            stages.push(Stage {
                id: id(stage),
                name: name(stage),
                kind: StageKind::Open,
                probability: 10,
            });
        }
        Board {
            pipeline: Pipeline {
                id: id(1),
                name: name(0),
                stages,
            },
            columns,
        }
    }

    fn names(board: &Board, stage: usize) -> Vec<String> {
        board.columns[stage]
            .deals
            .iter()
            .map(|deal| deal.name.clone())
            .collect()
    }

    #[test]
    fn a_move_takes_count_total_and_place_along() {
        let mut board = board(&[2, 1]);
        apply(
            &mut board,
            Move {
                deal: id(0),
                to: MoveDeal {
                    stage_id: id(1),
                    after: Some(id(2)),
                },
            },
        )
        .unwrap();
        assert_eq!(names(&board, 0), ["Deal 1"]);
        assert_eq!(names(&board, 1), ["Deal 2", "Deal 0"]);
        assert_eq!((board.columns[0].count, board.columns[1].count), (1, 2));
        assert_eq!(
            board.columns[1].totals,
            [Money {
                minor: 400,
                currency: Currency::Eur
            }]
        );
        assert_eq!(board.columns[1].deals[1].stage_id, id(1));
    }

    #[test]
    fn a_move_to_where_it_is_or_to_nowhere_changes_nothing() {
        let mut board = board(&[2, 1]);
        let before = board.clone();
        for to in [
            MoveDeal {
                stage_id: id(0),
                after: Some(id(0)),
            },
            MoveDeal {
                stage_id: id(0),
                after: None,
            },
            MoveDeal {
                stage_id: id(9),
                after: None,
            },
            MoveDeal {
                stage_id: id(1),
                after: Some(id(1)),
            },
        ] {
            assert_eq!(apply(&mut board, Move { deal: id(0), to }), None);
        }
        assert_eq!(board, before);
    }

    #[test]
    fn a_deal_moves_within_its_stage_by_one_place() {
        let board = board(&[3, 1]);
        let to = |stage, after: Option<usize>| {
            Some(MoveDeal {
                stage_id: id(stage),
                after: after.map(id),
            })
        };
        let found = |deal| {
            let Neighbours { up, down } = neighbours(&board, id(deal));
            (up, down)
        };
        assert_eq!(found(0), (None, to(0, Some(1))));
        assert_eq!(found(1), (to(0, None), to(0, Some(2))));
        assert_eq!(found(2), (to(0, Some(0)), None));
        assert_eq!(found(3), (None, None));
        assert_eq!(found(9), (None, None));
    }

    #[test]
    fn what_is_late_is_told_first() {
        let date = |text: &str| Date::try_from(text.to_owned()).unwrap();
        let step = |due| {
            Some(NextStep {
                text: "Call".into(),
                due: date(due),
            })
        };
        let mut deal = deal(0, 0);
        deal.expected_close = date("2026-12-01");
        let due = |deal: &Deal, today| Due::of(deal, StageKind::Open, today);
        assert_eq!(due(&deal, "2026-12-01"), Some(Due::Close(date("2026-12-01"))));
        assert_eq!(
            due(&deal, "2026-12-02"),
            Some(Due::CloseOverdue(date("2026-12-01")))
        );
        deal.next_step = step("2026-11-20");
        assert_eq!(due(&deal, "2026-11-20"), Some(Due::Step(date("2026-11-20"))));
        assert_eq!(
            due(&deal, "2026-12-02"),
            Some(Due::StepOverdue(date("2026-11-20")))
        );
        deal.next_step = step("2027-01-01");
        assert_eq!(
            due(&deal, "2026-12-02"),
            Some(Due::CloseOverdue(date("2026-12-01")))
        );
        assert_eq!(Due::of(&deal, StageKind::Won, "2026-12-02"), None);
    }

    #[test]
    fn days_are_whole_and_never_below_none() {
        let day = 86_400_000.0;
        assert_eq!(days_between(0.0, day * 2.9), 2);
        assert_eq!(days_between(day, 0.0), 0, "a clock that is behind");
    }

    proptest! {
        #[test]
        fn the_inverse_restores_the_board(deal in 0_usize..9, stage in 0_usize..3, behind in prop::option::of(0_usize..9)) {
            let before = board(&[3, 4, 2]);
            let mut after = before.clone();
            let to = MoveDeal { stage_id: id(stage), after: behind.map(id) };
            if let Some(inverse) = apply(&mut after, Move { deal: id(deal), to }) {
                prop_assert_ne!(&after, &before);
                apply(&mut after, inverse);
            }
            prop_assert_eq!(after, before);
        }
    }
}
