//! One row of a grid.

use leptos::prelude::*;

use super::RowAt;
use super::column::{GridRow, Shown};
use super::grid::Grid;
use crate::i18n::texts::parts as words;
use crate::i18n::tm;

/// The row at `index`. What happens in it the grid hears; a row listens to nothing, so that a thousand cost little.
#[component]
pub(super) fn Row<R: GridRow>(grid: Grid<R::Key>, rows: RowAt<R>, index: usize) -> impl IntoView {
    let row = Memo::new(move |_| rows(index));
    let name = tm(move || {
        let name = row.with(|row| row.as_ref().map(GridRow::name));
        words::grid_select(name.unwrap_or_default())
    });
    let selected =
        Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| grid.selection.has(row.key()))));
    let here = Memo::new(move |_| {
        let active = grid.active();
        (active.row == index + 1).then_some(active.column)
    });
    let stop = move |column| move || if here.get() == Some(column) { "0" } else { "-1" };
    // The cell of the first column leaves the place of the Tab key to its link.
    provide_context(LinkStop(Signal::derive(stop(1))));
    let cells = move || {
        let shown = grid.shown.get().into_iter().enumerate();
        row.with(|row| {
            let row = row.as_ref()?;
            let cells = shown.map(
                |(
                    place,
                    Shown {
                        measure, label, pin, ..
                    },
                )| {
                    let (role, stop) = if place == 0 {
                        ("rowheader", None)
                    } else {
                        ("gridcell", Some(stop(place + 1)))
                    };
                    view! {
                        <div
                            class="data-grid__cell"
                            role=role
                            aria-colindex=place + 2
                            data-label=label
                            data-pin=pin
                            data-stop=stop.map(|_| "")
                            tabindex=stop
                        >
                            {row.clone().cell(measure.id)}
                        </div>
                    }
                },
            );
            Some(cells.collect_view())
        })
    };
    let pin = move || grid.layout.with(|layout| layout.pinned() > 0).then_some("0");
    view! {
        <div
            class="data-grid__row"
            role="row"
            aria-rowindex=index + 2
            aria-selected=move || selected.get().to_string()
        >
            <div class="data-grid__cell" role="gridcell" aria-colindex="1" data-pin=pin>
                <label class="data-grid__box">
                    <input
                        type="checkbox"
                        data-stop=""
                        tabindex=stop(0)
                        aria-label=move || name.get()
                        prop:checked=move || selected.get()
                    />
                </label>
            </div>
            {cells}
        </div>
    }
}

/// The place of a row's link in the order of the Tab key.
#[derive(Clone, Copy)]
struct LinkStop(Signal<&'static str>);

/// The link of a row: what names it, and what Enter and a click anywhere in the row open.
#[component]
pub fn GridLink(
    /// Where it leads.
    href: String,
    /// The row's name.
    children: Children,
) -> impl IntoView {
    let LinkStop(tabindex) = expect_context();
    view! {
        <a class="data-grid__link" href=href data-stop="" tabindex=move || tabindex.get()>{children()}</a>
    }
}
