use leptos::prelude::*;
use portico::i18n::explain::Explanation;
use portico::i18n::texts::common;
use portico::ui::{LoadView, TopDown};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, settle};

fn offline(retry: bool) -> Explanation {
    Explanation {
        title: common::ERROR_OFFLINE.into(),
        hint: common::ERROR_OFFLINE_HINT.into(),
        reference: Some("01HZ".to_owned()),
        retry,
    }
}

#[wasm_bindgen_test]
async fn a_view_is_on_its_way_then_failed_then_here_then_out_of_date() {
    let ready = RwSignal::new(false);
    let problem = RwSignal::new(None);
    let retries = RwSignal::new(0);
    let page = Page::show(move || {
        view! {
            <LoadView
                ready
                problem
                on_retry=move |()| retries.update(|n| *n += 1)
                skeleton=|| view! { <i id="skeleton"></i> }
            >
                <p id="content"></p>
            </LoadView>
        }
    });
    assert!(page.has("#skeleton") && page.has("[role=status]") && !page.has("#content"));
    problem.set(Some(offline(true)));
    page.appears("[role=alert] h2").await;
    assert!(page.has(".error-state__reference") && !page.has("#skeleton"));
    page.one("[role=alert] button").click();
    settle().await;
    assert_eq!(retries.get_untracked(), 1);
    problem.set(None);
    page.appears("#skeleton").await;
    ready.set(true);
    page.appears("#content").await;
    let content = page.one("#content");
    problem.set(Some(offline(true)));
    page.appears(".banner button").await;
    assert!(
        content.is_connected(),
        "what is here stays, and is not drawn anew"
    );
    problem.set(None);
    page.vanishes(".banner").await;
    assert!(content.is_connected());
}

#[wasm_bindgen_test]
async fn where_trying_again_cannot_help_it_is_not_offered() {
    let page = Page::show(|| {
        view! {
            <LoadView ready=false problem=Some(offline(false)) on_retry=|()| ()>
                <p></p>
            </LoadView>
        }
    });
    page.appears("[role=alert]").await;
    assert!(!page.has("button"));
}

#[wasm_bindgen_test]
async fn what_is_below_comes_after_what_is_above_and_stays() {
    let ready = [(); 3].map(|()| RwSignal::new(false));
    let problem = RwSignal::new(None);
    let page = Page::show(move || {
        let part = move |at: usize| {
            let problem = if at == 1 { problem } else { RwSignal::new(None) };
            view! {
                <LoadView ready=ready[at] problem on_retry=|()| ()>
                    <p id=format!("part-{at}")></p>
                </LoadView>
            }
        };
        view! { <TopDown>{part(0)} {part(1)} {part(2)}</TopDown> }
    });
    ready[2].set(true);
    settle().await;
    assert!(!page.has("#part-2"), "two above it are still on their way");
    ready[0].set(true);
    page.appears("#part-0").await;
    assert!(!page.has("#part-2"), "one above it is still on its way");
    // A failure is an answer, too.
    problem.set(Some(offline(true)));
    page.appears("#part-2").await;
    assert!(page.has("[role=alert]"));
    problem.set(None);
    page.vanishes("[role=alert]").await;
    assert!(
        page.has("#part-2"),
        "what is here stays while the one above is read anew"
    );
}
