//! The dialog that chooses columns.

use leptos::prelude::*;

use super::column::GridColumn;
use super::grid::Grid;
use super::layout::{GridLayout, MOST_PINNED};
use super::selection::GridKey;
use crate::i18n::texts::parts as words;
use crate::i18n::{t, use_i18n};
use crate::ui::button::Button;
use crate::ui::checkbox::Checkbox;
use crate::ui::dialog::{Dialog, DialogActions, DialogSize};
use crate::ui::select::Select;

/// Chooses which columns are shown and which of them stay in sight. What is chosen holds at once.
#[component]
pub(super) fn Chooser<K: GridKey>(grid: Grid<K>, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let layout = grid.layout;
    let pins = Signal::derive(move || {
        (0..=MOST_PINNED)
            .map(|pins| {
                let label = match pins {
                    0 => i18n.text(words::GRID_PIN_NONE),
                    pins => i18n.message(&words::grid_pin(u64::from(pins))),
                };
                (pins.to_string(), label)
            })
            .collect::<Vec<_>>()
    });
    view! {
        <Dialog
            open
            title=t(words::GRID_COLUMNS)
            size=DialogSize::Small
            on_close=move |()| open.set(false)
        >
            <div class="data-grid__choice" role="group" aria-label=t(words::GRID_COLUMNS)>
                {grid.columns.with_value(|columns| {
                    columns
                        .iter()
                        .enumerate()
                        .map(|(index, column)| choice(layout, column, index == 0))
                        .collect_view()
                })}
            </div>
            <Select
                label=t(words::GRID_PINNED)
                options=pins
                value=Signal::derive(move || layout.with(GridLayout::pinned).to_string())
                on_change=move |pins: String| {
                    layout.update(|layout| layout.pin(pins.parse().unwrap_or_default()));
                }
            />
            <DialogActions>
                <Button label=t(words::GRID_RESET) on_click=move |()| layout.set(GridLayout::default()) />
            </DialogActions>
        </Dialog>
    }
}

/// Whether one column is shown. The one that names the rows always is.
fn choice(layout: RwSignal<GridLayout>, column: &GridColumn, fixed: bool) -> impl IntoView + use<> {
    let id = column.measure.id;
    let value = RwSignal::new(true);
    Effect::new(move |_| value.set(fixed || layout.with(|layout| layout.shows(id))));
    view! {
        <Checkbox
            label=column.label
            name=id
            value
            disabled=fixed
            on_change=move |shown| layout.update(|layout| layout.show(id, shown))
        />
    }
}
