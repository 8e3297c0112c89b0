//! A grid on the screen: what it shows, where the keyboard is, what is selected.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::column::{GridColumn, Shown};
use super::layout::{GridLayout, Measure};
use super::moves::{self, Extent, Place};
use super::selection::{GridKey, GridSelection};
use crate::platform::keyboard::{self, Press};
use crate::platform::{clock, document, task, viewport};

/// What answers a click itself.
const CONTROLS: &str = "a, button, input, label, [role=separator]";
/// The box that selects a row.
const BOX: &str = ".data-grid__box > input";

/// A grid on the screen. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Grid<K: GridKey> {
    /// The rows read so far.
    pub(super) keys: Signal<Vec<K>>,
    pub(super) selection: GridSelection<K>,
    pub(super) layout: RwSignal<GridLayout>,
    /// The columns to choose from.
    pub(super) columns: StoredValue<Vec<GridColumn>>,
    /// The columns shown.
    pub(super) shown: Memo<Vec<Shown>>,
    /// The place that stands for all in the order of the Tab key: where the keyboard is, or was last.
    pub(super) active: RwSignal<Place>,
    /// The row to scroll to.
    pub(super) see: RwSignal<Option<usize>>,
    pub(super) root: NodeRef<html::Div>,
    /// Where the pointer went down.
    down: StoredValue<(i32, i32)>,
}

impl<K: GridKey> Grid<K> {
    pub(super) fn new(
        keys: Signal<Vec<K>>,
        columns: Vec<GridColumn>,
        layout: RwSignal<GridLayout>,
        selection: GridSelection<K>,
    ) -> Self {
        let columns = StoredValue::new(columns);
        let shown = Memo::new(move |_| {
            let is_shown = |index: usize, column: &GridColumn| {
                index == 0 || layout.with(|layout| layout.shows(column.measure.id))
            };
            let pinned = usize::from(layout.with(GridLayout::pinned));
            let pins = ["1", "2"].into_iter().take(pinned).map(Some);
            columns.with_value(|columns| {
                let chosen = columns.iter().enumerate();
                let chosen = chosen.filter(|(index, column)| is_shown(*index, column));
                chosen
                    .zip(pins.chain(std::iter::repeat(None)))
                    .map(|((_, column), pin)| Shown {
                        measure: column.measure,
                        label: column.label.get(),
                        sortable: column.sortable,
                        pin,
                    })
                    .collect()
            })
        });
        let grid = Self {
            keys,
            selection,
            layout,
            columns,
            shown,
            // The name of the first row.
            active: RwSignal::new(Place { row: 1, column: 1 }),
            see: RwSignal::new(None),
            root: NodeRef::new(),
            down: StoredValue::new((0, 0)),
        };
        // Whatever the list was before, nothing is acted upon that is not in it now.
        Effect::new(move |_| keys.with(|keys| selection.keep(keys)));
        grid
    }

    /// Where the keyboard comes in, whatever has been taken out of the grid meanwhile.
    pub(super) fn active(self) -> Place {
        let rows = self.keys.with(Vec::len);
        let columns = self.shown.with(Vec::len);
        let place = self.active.get();
        Place {
            row: place.row.min(rows),
            column: place.column.min(columns),
        }
    }

    /// What the columns shown measure, as `read` makes a property of it.
    pub(super) fn measured(self, read: impl Fn(&GridLayout, &[Measure]) -> String) -> impl Fn() -> String {
        move || {
            let measures: Vec<Measure> = self
                .shown
                .with(|shown| shown.iter().map(|column| column.measure).collect());
            self.layout.with(|layout| read(layout, &measures))
        }
    }

    /// It is another list now.
    pub(super) fn reset(self) {
        self.selection.clear();
        self.active.update(|place| place.row = place.row.min(1));
    }

    /// The focus came to something in the grid.
    pub(super) fn entered(self, event: &ev::FocusEvent) {
        // A dialog that is taken down with the page gives the focus back to a grid that is gone already.
        if self.active.is_disposed() {
            return;
        }
        let place = place_of(event, "aria-rowindex").zip(place_of(event, "aria-colindex"));
        if let Some((row, column)) = place.filter(|at| *at != self.at()) {
            self.active.set(Place { row, column });
        }
    }

    fn at(self) -> (usize, usize) {
        let Place { row, column } = untrack(|| self.active());
        (row, column)
    }

    /// Moves the keyboard to `to`, which is scrolled into sight.
    fn go(self, to: Place) {
        self.active.set(to);
        if let Some(row) = to.row.checked_sub(1) {
            self.see.set(Some(row));
        }
        self.focus();
    }

    /// Gives the focus to the place where the keyboard is, once that is drawn.
    pub(super) fn focus(self) {
        task::detached(async move {
            clock::sleep(0).await;
            let cell = self.root.try_get_untracked().flatten().zip(self.cell());
            let stop = cell.and_then(|(root, cell)| {
                let stop = format!("{cell}[data-stop], {cell} [data-stop]");
                viewport::inside(&root, &stop).into_iter().next()
            });
            if let Some(stop) = stop {
                document::focus_in_place(&stop);
                viewport::reveal(&stop);
            }
        });
    }

    /// What finds the cell where the keyboard is.
    fn cell(self) -> Option<String> {
        self.active.try_get_untracked()?;
        let (row, column) = self.at();
        Some(format!(
            "[aria-rowindex='{}'] > [aria-colindex='{}']",
            row + 1,
            column + 1
        ))
    }

    fn key(self, index: usize) -> Option<K> {
        self.keys.with_untracked(|keys| keys.get(index).copied())
    }

    /// Selects the row at `index`, or takes it out; with `range`, all from the last one to it.
    fn select(self, index: usize, range: bool) {
        if range {
            self.keys
                .with_untracked(|keys| self.selection.extend(keys, index));
        } else if let Some(key) = self.key(index) {
            self.selection.toggle(key);
        }
    }

    /// Selects all rows read so far, or none of them if they are.
    pub(super) fn select_all_or_none(self) {
        if untrack(|| self.all_selected()) {
            self.selection.clear();
        } else {
            self.keys.with_untracked(|keys| self.selection.all(keys));
        }
    }

    pub(super) fn all_selected(self) -> bool {
        self.selection.count() == self.keys.with(Vec::len)
    }

    /// A key was pressed somewhere in the grid.
    pub(super) fn pressed(self, event: &ev::KeyboardEvent) {
        if event.default_prevented() {
            return;
        }
        let Some(press) = keyboard::pressed(event) else {
            return;
        };
        let at_stop = document::target(event).is_some_and(|target| target.has_attribute("data-stop"));
        let done = if at_stop {
            self.answer(&press, event)
        } else {
            // Inside of a cell the keys are those of what is there, until somebody comes out again.
            let out = matches!(press.key.as_str(), "Escape" | "F2");
            if out {
                self.focus();
            }
            out
        };
        if done {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// What a key does on a cell. Whether it did anything.
    fn answer(self, press: &Press, event: &ev::KeyboardEvent) -> bool {
        let (row, _) = self.at();
        let on_control = document::inside(event, "a, button");
        match (press.key.as_str(), press.command, row.checked_sub(1)) {
            (" ", false, Some(index)) => {
                if !press.repeated {
                    self.select(index, press.shift);
                }
                true
            }
            ("a" | "A", true, _) => {
                self.keys.with_untracked(|keys| self.selection.all(keys));
                true
            }
            ("Enter", false, Some(_)) if !on_control => document::press_around(event, ROW, LINK),
            ("F2", false, _) => self.step_in(),
            ("Enter", false, None) if !on_control => self.step_in(),
            _ => {
                let place = untrack(|| self.active());
                let Some(to) = moves::follow(press, place, self.extent()) else {
                    return false;
                };
                self.go(to);
                true
            }
        }
    }

    /// Gives the focus to what a cell holds beside what takes it by itself. Whether there is anything.
    fn step_in(self) -> bool {
        let cell = self.root.get_untracked().zip(self.cell());
        let control = cell.and_then(|(root, cell)| {
            let control = format!("{cell} :is(a, button, input, [tabindex]):not([data-stop])");
            viewport::inside(&root, &control).into_iter().next()
        });
        if let Some(control) = &control {
            document::focus_element(control);
        }
        control.is_some()
    }

    fn extent(self) -> Extent {
        let root = self.root.get_untracked();
        let height = |selector| {
            let found = root.as_ref().map(|root| viewport::inside(root, selector));
            let sides = viewport::sides(found?.first()?);
            Some(sides.bottom - sides.top)
        };
        let seen = height(".virtual-list").zip(height(".virtual-list__head"));
        let page = seen
            .zip(height(".virtual-list__probe"))
            .map_or(1, |((whole, head), row)| rows_in(whole - head, row));
        Extent {
            rows: self.keys.with_untracked(Vec::len) + 1,
            columns: self.shown.with_untracked(Vec::len) + 1,
            page,
        }
    }

    /// A pointer went down somewhere in the grid.
    pub(super) fn pointed(self, event: &ev::PointerEvent) {
        self.down.set_value((event.client_x(), event.client_y()));
    }

    /// Something in the grid was clicked.
    pub(super) fn clicked(self, event: &ev::MouseEvent) {
        let row = place_of(event, "aria-rowindex");
        let Some(index) = row.and_then(|row| row.checked_sub(1)) else {
            return;
        };
        if document::inside(event, BOX) {
            self.select(index, event.shift_key());
            // What the browser did to the box by itself is not what a range does.
            let selected = self
                .key(index)
                .is_some_and(|key| untrack(|| self.selection.has(key)));
            document::tick(event, selected);
            return;
        }
        // The whole row leads to where its link does; who selects words in it wants to stay.
        let (x, y) = self.down.get_value();
        let dragged = x.abs_diff(event.client_x()) + y.abs_diff(event.client_y()) > TREMBLE;
        if dragged || document::inside(event, CONTROLS) {
            return;
        }
        if event.shift_key() || event.ctrl_key() || event.meta_key() {
            self.select(index, event.shift_key());
        } else {
            document::press_around(event, ROW, LINK);
        }
    }
}

/// How far a pointer may move and still mean one place, in CSS pixels.
const TREMBLE: u32 = 4;

const ROW: &str = "[role=row]";
const LINK: &str = ".data-grid__link";

/// The place that the attribute `name` tells of where `event` happened.
fn place_of(event: &web_sys::Event, name: &str) -> Option<usize> {
    let place: usize = document::attribute_around(event, name)?.parse().ok()?;
    place.checked_sub(1)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a screen holds few rows, and never less than none"
)]
fn rows_in(height: f64, row: f64) -> usize {
    if row > 0.0 {
        ((height / row).floor() as usize).max(1)
    } else {
        1
    }
}
