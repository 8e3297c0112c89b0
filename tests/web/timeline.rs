use leptos::prelude::*;
use portico::ui::{IconName, Timeline, TimelineEntry, TimelineSkeleton};
use portico_contract::time::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, attribute};

#[wasm_bindgen_test]
fn a_timeline_is_a_list_in_order_that_says_what_who_and_when() {
    let at = || Timestamp::try_from("2026-11-23T04:41:23Z".to_owned()).unwrap();
    let page = Page::show(move || {
        view! {
            <Timeline>
                <TimelineEntry icon=IconName::Phone what="Call" who="Anna" at=at() text="First line\nsecond line">
                    <a href="/deals/7">"Press"</a>
                </TimelineEntry>
                <TimelineEntry icon=IconName::Note what="Note" who="Ben" at=at()/>
            </Timeline>
        }
    });
    let entries = page.all("ol > li");
    assert_eq!(entries.len(), 2);
    let first = entries[0].text_content().unwrap();
    for word in ["Call", "Anna", "Press", "First line\nsecond line"] {
        assert!(first.contains(word), "{word}: {first}");
    }
    let time = page.all("time").remove(0);
    assert_eq!(
        attribute(&time, "datetime").as_deref(),
        Some("2026-11-23T04:41:23Z")
    );
    assert_eq!(page.all(".timeline__text").len(), 1, "nothing said leaves no gap");
}

#[wasm_bindgen_test]
fn one_on_its_way_is_no_list_to_anybody() {
    let page = Page::show(|| view! { <TimelineSkeleton entries=2/> });
    assert_eq!(page.all("[aria-hidden=true] .timeline__item").len(), 2);
    assert!(!page.has("ol"));
}
