use leptos::prelude::*;
use portico::i18n::explain::Explanation;
use portico::i18n::texts::common;
use portico::ui::LoadView;
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
