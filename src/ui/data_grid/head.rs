//! The headings of a grid: what sorts, and what makes a column wider.

use leptos::ev;
use leptos::prelude::*;

use super::column::{GridSort, Shown};
use super::grid::Grid;
use super::layout::{NARROWEST, WIDEST, resized};
use super::moves::Place;
use super::selection::GridKey;
use crate::i18n::texts::parts as words;
use crate::i18n::{t, tm};
use crate::platform::{keyboard, pointer, viewport};
use crate::ui::icon::{Icon, IconName};

/// The row of headings.
#[component]
pub(super) fn Head<K: GridKey>(
    grid: Grid<K>,
    sort: Signal<Option<GridSort>>,
    on_sort: Callback<&'static str>,
) -> impl IntoView {
    let columns = move || {
        let shown = grid.shown.get().into_iter().enumerate();
        shown
            .map(|(place, column)| view! { <Heading grid column place=place + 1 sort on_sort /> })
            .collect_view()
    };
    view! {
        <div role="rowgroup">
            <div class="data-grid__row data-grid__headings" role="row" aria-rowindex="1">
                <AllBox grid />
                {columns}
            </div>
        </div>
    }
}

fn tabindex<K: GridKey>(grid: Grid<K>, column: usize) -> impl Fn() -> &'static str + Copy {
    move || {
        if grid.active() == (Place { row: 0, column }) {
            "0"
        } else {
            "-1"
        }
    }
}

/// The box that selects all rows.
#[component]
fn AllBox<K: GridKey>(grid: Grid<K>) -> impl IntoView {
    let label = t(words::GRID_SELECT_ALL);
    let all = Memo::new(move |_| grid.selection.count() > 0 && grid.all_selected());
    let some = Memo::new(move |_| grid.selection.count() > 0 && !grid.all_selected());
    let pin = move || grid.layout.with(|layout| layout.pinned() > 0).then_some("0");
    view! {
        <div class="data-grid__cell" role="columnheader" aria-colindex="1" data-pin=pin>
            <label class="data-grid__box">
                <input
                    type="checkbox"
                    data-stop=""
                    tabindex=tabindex(grid, 0)
                    aria-label=move || label.get()
                    prop:checked=move || all.get()
                    prop:indeterminate=move || some.get()
                    on:change=move |_| grid.select_all_or_none()
                />
            </label>
        </div>
    }
}

#[component]
fn Heading<K: GridKey>(
    grid: Grid<K>,
    column: Shown,
    place: usize,
    sort: Signal<Option<GridSort>>,
    on_sort: Callback<&'static str>,
) -> impl IntoView {
    let Shown {
        measure,
        label,
        sortable,
        pin,
    } = column;
    let id = measure.id;
    let order = Memo::new(move |_| sort.get().filter(|sort| sort.column == id));
    let said = move || {
        sortable.then(|| match order.get() {
            Some(GridSort { descending: true, .. }) => "descending",
            Some(_) => "ascending",
            None => "none",
        })
    };
    let sign = move || {
        order.get().map(|order| {
            let icon = if order.descending {
                IconName::ArrowDown
            } else {
                IconName::ArrowUp
            };
            view! { <Icon name=icon /> }
        })
    };
    let stop = tabindex(grid, place);
    let words = if sortable {
        view! {
            <button
                class="data-grid__sort"
                type="button"
                data-stop=""
                tabindex=stop
                on:click=move |_| on_sort.run(id)
            >
                <span class="data-grid__words">{label.clone()}</span>
                {sign}
            </button>
        }
        .into_any()
    } else {
        view! { <span class="data-grid__words">{label.clone()}</span> }.into_any()
    };
    let name = label.clone();
    view! {
        <div
            class="data-grid__cell"
            role="columnheader"
            aria-colindex=place + 1
            aria-label=name
            aria-sort=said
            data-pin=pin
            data-stop=(!sortable).then_some("")
            tabindex=move || (!sortable).then(stop)
        >
            {words}
            <Handle grid id label />
        </div>
    }
}

/// What makes a column wider: dragged, or by arrows once F2 has led there.
#[component]
fn Handle<K: GridKey>(grid: Grid<K>, id: &'static str, label: String) -> impl IntoView {
    let name = tm(move || words::grid_width(label.clone()));
    // What the column measures by itself is asked for only when somebody comes to change it.
    let measured = RwSignal::new(f64::from(NARROWEST));
    let width = Memo::new(move |_| {
        let chosen = grid.layout.with(|layout| layout.width(id));
        chosen.map_or_else(|| measured.get(), f64::from)
    });
    let measure = move |event: &web_sys::Event| {
        let heading = pointer::listener(event).and_then(|handle| handle.parent_element());
        if let Some(sides) = heading.map(|heading| viewport::sides(&heading)) {
            measured.set(sides.right - sides.left);
        }
    };
    // Where a pointer took it, and how wide the column was then.
    let held = StoredValue::new(None::<(i32, f64)>);
    let resize = move |width| grid.layout.update(|layout| layout.resize(id, width));
    let grip = move |event: ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        event.prevent_default();
        measure(&event);
        held.set_value(Some((event.client_x(), width.get_untracked())));
        if let Some(handle) = pointer::listener(&event) {
            pointer::capture(&handle, event.pointer_id());
        }
    };
    let drag = move |event: ev::PointerEvent| {
        if let Some((from, width)) = held.get_value() {
            resize(width + f64::from(event.client_x() - from));
        }
    };
    let pressed = move |event: ev::KeyboardEvent| {
        let wanted = keyboard::pressed(&event).and_then(|press| resized(&press.key, width.get_untracked()));
        if let Some(wanted) = wanted {
            event.prevent_default();
            event.stop_propagation();
            resize(wanted);
        } else if event.key() == "Enter" {
            grid.focus();
        }
    };
    view! {
        <span
            class="data-grid__handle"
            role="separator"
            tabindex="-1"
            aria-orientation="vertical"
            aria-label=move || name.get()
            aria-valuenow=move || width.get().round().to_string()
            aria-valuemin=NARROWEST
            aria-valuemax=WIDEST
            on:focus=move |event| measure(&event)
            on:pointerdown=grip
            on:pointermove=drag
            on:pointerup=move |_| held.set_value(None)
            on:lostpointercapture=move |_| held.set_value(None)
            on:keydown=pressed
        ></span>
    }
}
