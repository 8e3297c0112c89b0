use leptos::prelude::*;
use portico::ui::{Tab, Tabs};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, attribute, has_focus, press, until};

#[wasm_bindgen_test]
async fn arrows_choose_and_only_the_chosen_tab_is_in_the_order_of_tab() {
    let selected = RwSignal::new("notes".to_owned());
    let page = Page::show(move || {
        view! {
            <Tabs
                label="Record"
                tabs=vec![Tab::new("notes", "Notes"), Tab::new("deals", "Deals"), Tab::new("orders", "Orders")]
                selected
                on_change=move |id| selected.set(id)
                panel=|id| view! { <p>{id}</p> }.into_any()
            />
        }
    });
    let tabs = page.all("[role=tablist][aria-label=Record] > [role=tab]");
    assert_eq!(tabs.len(), 3);
    tabs[0].focus().unwrap();
    press("ArrowLeft");
    until("the last is chosen", || selected.get_untracked() == "orders").await;
    assert!(has_focus(&tabs[2]));
    press("ArrowRight");
    press("ArrowRight");
    until("the panel follows", || {
        page.one("[role=tabpanel]").text_content().as_deref() == Some("deals")
    })
    .await;
    assert_eq!(
        attribute(&page.one("[role=tabpanel]"), "aria-labelledby"),
        Some(tabs[1].id())
    );
    assert_eq!(
        attribute(&page.one("[role=tab][tabindex='0']"), "aria-selected").as_deref(),
        Some("true")
    );
    assert_eq!(
        page.all("[role=tab][tabindex='-1'][aria-selected=false]").len(),
        2
    );
    assert!(!press("End"), "the page must not scroll");
    until("the last is chosen", || has_focus(&tabs[2])).await;
}
