//! Rows of many columns, of any length, by the grid pattern of the ARIA Authoring Practices.
//!
//! The whole grid is one stop of the Tab key; arrows, Home, End, Page Up and Page Down go on from there, with Ctrl or ⌘ to
//! its edges. Enter opens the row's link, Space selects the row, Shift with Space or a click all from the last one
//! selected, Ctrl or ⌘ with A all rows read. F2 leads to what a cell holds beside that, such as the handle by which a
//! heading makes its column wider, and Escape leads back. Where there is no room for columns a row is a card.

mod chooser;
mod column;
mod grid;
mod head;
mod layout;
mod moves;
mod row;
mod selection;

pub use column::{GridColumn, GridRow, GridSort};
pub use layout::GridLayout;
pub use row::GridLink;
pub use selection::{GridKey, GridSelection};

use std::sync::Arc;

use leptos::prelude::*;

use super::button::{Button, ButtonSize, ButtonVariant};
use super::field::unique_id;
use super::icon::IconName;
use super::virtual_list::{VirtualList, VirtualRoles};
use crate::i18n::texts::parts as words;
use crate::i18n::{t, tm};
use crate::platform::document;
use chooser::Chooser;
use grid::Grid;
use head::Head;
use row::Row;

/// What is in the row at an index.
type RowAt<R> = Arc<dyn Fn(usize) -> Option<R> + Send + Sync>;

/// A grid.
#[component]
pub fn DataGrid<R, F>(
    /// What its rows are.
    #[prop(into)]
    label: Signal<String>,
    /// Its columns.
    columns: Vec<GridColumn>,
    /// The rows read so far.
    #[prop(into)]
    keys: Signal<Vec<R::Key>>,
    /// How many there are with those not read yet.
    #[prop(into)]
    total: Signal<u64>,
    /// What is in the row at an index.
    row: F,
    /// Which columns are shown, and how wide.
    layout: RwSignal<GridLayout>,
    /// What is selected.
    selection: GridSelection<R::Key>,
    /// What can be done with the rows selected: shown while there are any.
    #[prop(into)]
    actions: ViewFn,
    /// The order of the rows.
    #[prop(into)]
    sort: Signal<Option<GridSort>>,
    /// Somebody asks for the order of a column, or for the other direction.
    #[prop(into)]
    on_sort: Callback<&'static str>,
    /// Each change of it makes another list of it.
    #[prop(into)]
    reset: Signal<()>,
    /// More rows are wanted.
    #[prop(into)]
    on_near_end: Callback<()>,
    /// How far to scroll at first, in CSS pixels.
    #[prop(optional)]
    initial_top: f64,
    /// It was scrolled, to this many CSS pixels.
    #[prop(optional, into)]
    on_scroll: Option<Callback<f64>>,
) -> impl IntoView
where
    R: GridRow,
    F: Fn(usize) -> Option<R> + Send + Sync + 'static,
{
    let grid = Grid::new(keys, columns, layout, selection);
    Effect::watch(
        move || reset.get(),
        move |(), _, _: Option<()>| grid.reset(),
        false,
    );
    let rows: RowAt<R> = Arc::new(row);
    let row = move |index| view! { <Row grid rows=Arc::clone(&rows) index /> }.into_any();
    let hint = unique_id("grid-hint");
    let words = t(words::GRID_HINT);
    let lines = move || grid.shown.with(|shown| shown.len() / 2).to_string();
    view! {
        <div
            class="data-grid"
            style:--grid-columns=grid.measured(GridLayout::template)
            style:--grid-least=grid.measured(GridLayout::all)
            style:--grid-first=grid.measured(GridLayout::first)
            style:--grid-lines=lines
        >
            <Bar grid actions />
            <p class="visually-hidden" id=hint.clone()>{move || words.get()}</p>
            <div
                node_ref=grid.root
                class="data-grid__table"
                role="grid"
                aria-label=move || label.get()
                aria-describedby=hint
                aria-multiselectable="true"
                aria-rowcount=move || (total.get() + 1).to_string()
                aria-colcount=move || grid.shown.with(|shown| shown.len() + 1).to_string()
                on:keydown=move |event| grid.pressed(&event)
                // The keys have done already what some browsers do to a box when Space is let go.
                on:keyup=move |event| {
                    if event.key() == " " && document::inside(&event, "[aria-selected]") {
                        event.prevent_default();
                    }
                }
                on:focusin=move |event| grid.entered(&event)
                on:pointerdown=move |event| grid.pointed(&event)
                on:click=move |event| grid.clicked(&event)
            >
                <VirtualList
                    count=Signal::derive(move || keys.with(Vec::len))
                    key=move |index| keys.with(|keys| keys.get(index).copied())
                    row
                    roles=VirtualRoles::Grid
                    head=move || view! { <Head grid sort on_sort /> }
                    keep=Signal::derive(move || grid.active().row.checked_sub(1))
                    see=grid.see
                    on_lost=move |()| grid.focus()
                    reset
                    on_near_end
                    initial_top
                    on_scroll=move |top| {
                        if let Some(on_scroll) = on_scroll {
                            on_scroll.run(top);
                        }
                    }
                />
            </div>
        </div>
    }
}

/// What is selected and what can be done with it, and the way to the columns.
#[component]
fn Bar<K: GridKey>(grid: Grid<K>, actions: ViewFn) -> impl IntoView {
    let selection = grid.selection;
    let any = Memo::new(move |_| selection.count() > 0);
    let count = tm(move || words::grid_selected(u64::try_from(selection.count()).unwrap_or_default()));
    let choosing = RwSignal::new(false);
    // The button that is pressed goes away.
    let clear = move |()| {
        selection.clear();
        grid.focus();
    };
    view! {
        <div class="data-grid__bar" data-selected=move || any.get().then_some("")>
            // Always there, so that a screen reader hears the count change.
            <p class="data-grid__count" role="status">{move || any.get().then(|| count.get())}</p>
            {move || any.get().then(|| view! {
                {actions.run()}
                <div class="data-grid__brief">
                    <Button
                        size=ButtonSize::Small
                        variant=ButtonVariant::Ghost
                        icon=IconName::X
                        label=t(words::GRID_CLEAR)
                        on_click=clear
                    />
                </div>
            })}
            <div class="data-grid__brief data-grid__more">
                <Button
                    size=ButtonSize::Small
                    variant=ButtonVariant::Ghost
                    icon=IconName::Columns
                    label=t(words::GRID_COLUMNS)
                    on_click=move |()| choosing.set(true)
                />
            </div>
            <Chooser grid open=choosing />
        </div>
    }
}
