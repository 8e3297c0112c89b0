//! A board that is on its way.

use leptos::prelude::*;

use crate::ui::Skeleton;

/// How many columns a board has about, and how many lines stand in for the cards of each.
const COLUMNS: [usize; 4] = [6, 8, 5, 7];

/// Columns without cards, in the place of those to come.
#[component]
pub fn BoardSkeleton() -> impl IntoView {
    let columns = COLUMNS.map(|lines| view! { <div class="board-skeleton__column"><Skeleton lines /></div> });
    view! { <div class="board-skeleton">{columns.into_iter().collect_view()}</div> }
}
