//! The four states of a view, drawn in one place: on its way, failed, here, and here but out of date.

use leptos::prelude::*;

use super::banner::{Banner, BannerAction};
use super::error_state::ErrorState;
use super::skeleton::Skeleton;
use super::tone::Tone;
use super::top_down::below_others;
use crate::i18n::explain::Explanation;
use crate::i18n::texts::common;
use crate::i18n::{t, use_i18n};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Skeleton,
    Failure,
    Content,
}

impl Shown {
    /// Content that is here stays, whatever happens to the attempt to get it anew.
    const fn of(ready: bool, failed: bool) -> Self {
        match (ready, failed) {
            (true, _) => Self::Content,
            (false, true) => Self::Failure,
            (false, false) => Self::Skeleton,
        }
    }

    /// Waits for what is above, unless it was shown `before` that was read anew.
    fn below(self, before: Option<&Self>, is_above_settled: bool) -> Self {
        let is_open = before.is_some_and(|before| *before != Self::Skeleton);
        if is_open || is_above_settled {
            self
        } else {
            Self::Skeleton
        }
    }
}

/// Shows `children` when they are `ready`, with a banner while there is a problem with getting them anew; until then
/// the skeleton, or the problem. See [`TopDown`](super::TopDown) for several of them below each other.
#[component]
pub fn LoadView(
    /// There is something to show.
    #[prop(into)]
    ready: Signal<bool>,
    /// Why the newest could not be had.
    #[prop(into)]
    problem: Signal<Option<Explanation>>,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
    /// Stands in for the content, in its shape.
    #[prop(optional, into)]
    skeleton: Option<ViewFn>,
    /// The content; an empty one is drawn here too.
    children: ChildrenFn,
) -> impl IntoView {
    let settled = Signal::derive(move || ready.get() || problem.with(Option::is_some));
    let is_above_settled = below_others(settled);
    let shown = Memo::new(move |before: Option<&Shown>| {
        Shown::of(ready.get(), problem.with(Option::is_some)).below(before, is_above_settled.get())
    });
    // A skeleton without an end, should the problem be gone between two readings; it is never seen.
    let explanation = Signal::derive(move || problem.get());
    let skeleton = StoredValue::new(skeleton);
    move || match shown.get() {
        Shown::Skeleton => view! {
            <Loading>
                {skeleton.with_value(|skeleton| match skeleton {
                    Some(skeleton) => skeleton.run(),
                    None => view! { <Skeleton lines=6/> }.into_any(),
                })}
            </Loading>
        }
        .into_any(),
        Shown::Failure => {
            move || {
                explanation
                    .get()
                    .map(|explanation| view! { <ErrorState explanation on_retry/> })
            }
        }
        .into_any(),
        Shown::Content => view! { <Stale problem on_retry/> {children()} }.into_any(),
    }
}

/// Something is on its way: said to a screen reader, and in the shape of `children` shown to the eye.
#[component]
fn Loading(
    /// Stands in for the content.
    children: Children,
) -> impl IntoView {
    let loading = t(common::LOADING);
    view! {
        <div class="load-view">
            <p class="visually-hidden" role="status">{move || loading.get()}</p>
            {children()}
        </div>
    }
}

/// Shows `children` once what they wait for is `settled`: here, or not to be had. For what is of use without it, but would
/// be pushed about by it.
#[component]
pub fn Awaited(
    /// It is here, or could not be had.
    #[prop(into)]
    settled: Signal<bool>,
    /// How many lines stand in for the content.
    lines: usize,
    /// The content.
    children: ChildrenFn,
) -> impl IntoView {
    let is_above_settled = below_others(settled);
    let shown = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || settled.get() && is_above_settled.get()
    });
    let children = StoredValue::new(children);
    move || {
        if shown.get() {
            children.with_value(|children| children()).into_any()
        } else {
            view! { <Loading><Skeleton lines/></Loading> }.into_any()
        }
    }
}

/// The banner over content that could not be brought up to date.
#[component]
fn Stale(problem: Signal<Option<Explanation>>, on_retry: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let retry = t(common::RETRY);
    let text = Signal::derive(move || {
        let words = problem.with(|problem| problem.as_ref().map(|problem| problem.in_a_line(i18n)));
        words.unwrap_or_default()
    });
    let failed = Memo::new(move |_| problem.with(Option::is_some));
    move || {
        failed.get().then(|| {
            view! { <Banner tone=Tone::Warning text action=BannerAction::new(retry, on_retry)/> }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Shown;

    #[test]
    fn what_is_here_is_never_taken_away_by_a_failure() {
        assert!(Shown::of(true, true) == Shown::Content);
        assert!(Shown::of(false, true) == Shown::Failure);
        assert!(Shown::of(false, false) == Shown::Skeleton);
    }

    #[test]
    fn what_is_below_waits_but_is_not_taken_away() {
        for shown in [Shown::Content, Shown::Failure] {
            assert!(shown.below(None, false) == Shown::Skeleton);
            assert!(shown.below(Some(&Shown::Skeleton), false) == Shown::Skeleton);
            assert!(shown.below(Some(&Shown::Skeleton), true) == shown);
            assert!(shown.below(Some(&Shown::Content), false) == shown);
        }
    }
}
