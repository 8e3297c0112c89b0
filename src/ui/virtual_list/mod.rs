//! A list of any length, of which only the rows in sight exist.

mod kept;
mod window;

use std::hash::Hash;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::platform::viewport;
use kept::Kept;
use window::{Geometry, with_kept};

/// What a virtual list is to a screen reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VirtualRoles {
    /// A list of its own.
    List,
    /// The body of a table that the caller puts around it, with `aria-rowcount`. The rows drawn hold cells.
    Table {
        /// How many rows stand above it.
        header_rows: usize,
    },
    /// What is scrolled of a grid. The caller puts the grid around it, draws its head and its rows with their roles,
    /// and moves the focus: nothing of the list itself takes it.
    Grid,
}

impl VirtualRoles {
    const fn of_list(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Table { .. } => "rowgroup",
            Self::Grid => "presentation",
        }
    }

    const fn of_rows(self) -> &'static str {
        match self {
            Self::List | Self::Table { .. } => "presentation",
            Self::Grid => "rowgroup",
        }
    }

    const fn of_row(self) -> &'static str {
        match self {
            Self::List => "listitem",
            Self::Table { .. } => "row",
            Self::Grid => "presentation",
        }
    }

    fn row_index(self, index: usize) -> Option<String> {
        match self {
            Self::List | Self::Grid => None,
            Self::Table { header_rows } => Some((index + header_rows + 1).to_string()),
        }
    }

    fn list_index(self, index: usize) -> Option<String> {
        (self == Self::List).then(|| (index + 1).to_string())
    }
}

/// Draws one row.
type DrawRow = Arc<dyn Fn(usize) -> AnyView + Send + Sync>;

/// A scrolled list that draws the rows in sight and a few around them. All rows are as tall as the CSS property
/// `--virtual-row-size` says. A row that has the focus stays, however far it is scrolled away.
#[component]
pub fn VirtualList<K, I, R>(
    /// How many rows there are.
    #[prop(into)]
    count: Signal<usize>,
    /// What the row at an index shows: a row is drawn anew when this changes.
    key: I,
    /// Draws the row at an index.
    row: R,
    /// What it is to a screen reader.
    #[prop(default = VirtualRoles::Table { header_rows: 1 })]
    roles: VirtualRoles,
    /// Each change of it scrolls back to the start: what is listed is another list now.
    #[prop(optional, into)]
    reset: Option<Signal<()>>,
    /// The end comes near: once for each length of the list.
    #[prop(optional, into)]
    on_near_end: Option<Callback<()>>,
    /// How far to scroll at first, in CSS pixels.
    #[prop(optional)]
    initial_top: f64,
    /// It was scrolled, to this many CSS pixels.
    #[prop(optional, into)]
    on_scroll: Option<Callback<f64>>,
    /// What stands above the rows and stays in sight.
    #[prop(optional, into)]
    head: Option<ViewFn>,
    /// A row that stays like the one that has the focus.
    #[prop(optional, into)]
    keep: MaybeProp<usize>,
    /// A row to scroll to, as far as it takes to see it: each time it is set.
    #[prop(optional)]
    see: Option<RwSignal<Option<usize>>>,
    /// The row that had the focus was replaced by another.
    #[prop(optional, into)]
    on_lost: Option<Callback<()>>,
    /// How many rows are drawn out of sight on either side.
    #[prop(default = 6)]
    overscan: usize,
) -> impl IntoView
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    I: Fn(usize) -> K + Clone + Send + Sync + 'static,
    R: Fn(usize) -> AnyView + Send + Sync + 'static,
{
    let list = NodeRef::<html::Div>::new();
    let probe = NodeRef::<html::Div>::new();
    let measures = Measures::new(count);
    measures.follow(list, probe);
    restore(list, measures, initial_top);
    if let Some(reset) = reset {
        let to_start = move |(): &(), _: Option<&()>, _: Option<()>| scroll_to(list, 0.0);
        Effect::watch(move || reset.get(), to_start, false);
    }
    if let Some(on_near_end) = on_near_end {
        tell_near_end(measures, overscan, on_near_end);
    }
    if let Some(see) = see {
        Effect::new(move |_| {
            if let Some(index) = see.get() {
                scroll_to(list, untrack(|| measures.geometry().top_to_see(index)));
                // The browser tells only with its next picture, and until then rows would be drawn where they were.
                measures.scrolled(list);
            }
        });
    }
    let kept = Kept::new(on_lost);
    let range = Memo::new(move |_| measures.geometry().rows(overscan));
    let indices = Memo::new(move |_| with_kept(range.get(), kept.row().or_else(|| keep.get()), count.get()));
    let each = move || {
        let indices = indices.get();
        kept.draw();
        indices
            .into_iter()
            .map(|index| (index, key(index)))
            .collect::<Vec<_>>()
    };
    let draw: DrawRow = Arc::new(row);
    let height = Memo::new(move |_| measures.geometry().height());
    let scrolled = move |_| {
        measures.scrolled(list);
        if let Some(on_scroll) = on_scroll {
            on_scroll.run(measures.top.get_untracked());
        }
    };
    let takes_focus = roles != VirtualRoles::Grid;
    view! {
        <div
            node_ref=list
            class="virtual-list"
            role=roles.of_list()
            tabindex=takes_focus.then_some("0")
            on:scroll=scrolled
        >
            <div node_ref=probe class="virtual-list__probe" aria-hidden="true"></div>
            {head.map(|head| view! {
                <div node_ref=measures.head class="virtual-list__head" role="presentation">{head.run()}</div>
            })}
            <div class="virtual-list__rows" role=roles.of_rows() style:block-size=move || format!("{}px", height.get())>
                <For
                    each
                    key=Clone::clone
                    children=move |(index, _)| {
                        let draw = Arc::clone(&draw);
                        view! { <Row index count measures kept roles draw/> }
                    }
                />
            </div>
        </div>
    }
}

#[component]
fn Row(
    index: usize,
    count: Signal<usize>,
    measures: Measures,
    kept: Kept,
    roles: VirtualRoles,
    draw: DrawRow,
) -> impl IntoView {
    let set_size = move || (roles == VirtualRoles::List).then(|| count.get().to_string());
    view! {
        <div
            class="virtual-list__row"
            role=roles.of_row()
            aria-rowindex=roles.row_index(index)
            aria-posinset=roles.list_index(index)
            aria-setsize=set_size
            style:transform=move || format!("translateY({}px)", measures.place(index))
            on:focusin=move |event| kept.enter(index, &event)
            on:focusout=move |_| kept.leave()
        >
            {draw(index)}
        </div>
    }
}

/// The measures of the list, as signals.
#[derive(Clone, Copy)]
struct Measures {
    count: Signal<usize>,
    row: RwSignal<f64>,
    /// Of the box, and of the head that covers some of it.
    heights: (RwSignal<f64>, RwSignal<f64>),
    /// What is seen of the rows.
    view: Memo<f64>,
    top: RwSignal<f64>,
    shift: Memo<f64>,
    head: NodeRef<html::Div>,
}

impl Measures {
    fn new(count: Signal<usize>) -> Self {
        let (row, top) = (RwSignal::new(0.0), RwSignal::new(0.0));
        let (whole, head) = (RwSignal::new(0.0_f64), RwSignal::new(0.0));
        let view = Memo::new(move |_| (whole.get() - head.get()).max(0.0));
        let shift = Memo::new(move |_| {
            Geometry {
                count: count.get(),
                row: row.get(),
                view: view.get(),
                top: top.get(),
            }
            .shift()
        });
        Self {
            count,
            row,
            heights: (whole, head),
            view,
            top,
            shift,
            head: NodeRef::new(),
        }
    }

    fn geometry(self) -> Geometry {
        Geometry {
            count: self.count.get(),
            row: self.row.get(),
            view: self.view.get(),
            top: self.top.get(),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "lists stay far below 2^53 rows")]
    fn place(self, index: usize) -> f64 {
        index as f64 * self.row.get() + self.shift.get()
    }

    /// Notes how far `scroller` is scrolled now.
    fn scrolled(self, scroller: NodeRef<html::Div>) {
        if let Some(scroller) = scroller.try_get_untracked().flatten() {
            self.top.set(viewport::scrolled(&scroller).0);
        }
    }

    /// Keeps to the sizes of the list and of a row, which change with the window, the zoom and the type size.
    fn follow(self, scroller: NodeRef<html::Div>, probe: NodeRef<html::Div>) {
        let (whole, head) = self.heights;
        scroller.on_load(move |scroller| viewport::on_resize(&scroller, move |height| whole.set(height)));
        self.head
            .on_load(move |it| viewport::on_resize(&it, move |height| head.set(height)));
        probe.on_load(move |probe| viewport::on_resize(&probe, move |height| self.row.set(height)));
    }
}

/// Scrolls to `top`, once, when there is something to scroll.
fn restore(scroller: NodeRef<html::Div>, measures: Measures, top: f64) {
    if top <= 0.0 {
        return;
    }
    let ready = Memo::new(move |_| measures.geometry().height() > 0.0 && measures.view.get() > 0.0);
    Effect::new(move |done: Option<bool>| {
        let done = done.unwrap_or(false);
        if !done && ready.get() {
            // The height takes effect with this frame.
            request_animation_frame(move || scroll_to(scroller, top));
            return true;
        }
        done
    });
}

fn scroll_to(scroller: NodeRef<html::Div>, top: f64) {
    if let Some(scroller) = scroller.try_get_untracked().flatten() {
        viewport::scroll_to(&scroller, top);
    }
}

/// Calls `near_end` when the last rows come into reach, and again whenever the list has grown and they still are.
fn tell_near_end(measures: Measures, overscan: usize, near_end: Callback<()>) {
    let due = Memo::new(move |_| {
        let geometry = measures.geometry();
        let seen = geometry.rows(overscan).end;
        (seen > 0 && seen + overscan >= geometry.count).then_some(geometry.count)
    });
    Effect::new(move |_| {
        if due.get().is_some() {
            near_end.run(());
        }
    });
}
