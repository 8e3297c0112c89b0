use leptos::prelude::*;
use portico::ui::{AllowedLink, Breadcrumbs, ButtonVariant, Crumb, LinkButton, NothingFound, Progress};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, attribute, until};

#[wasm_bindgen_test]
async fn breadcrumbs_are_a_landmark_that_ends_at_the_current_page() {
    let name = RwSignal::new("Customer".to_owned());
    let page = Page::show(move || {
        let above = vec![
            Crumb::new(
                Signal::stored("Customers".to_owned()),
                Signal::stored("/customers".to_owned()),
            ),
            Crumb::new(
                Signal::stored("Acme".to_owned()),
                Signal::stored("/customers/7".to_owned()),
            ),
        ];
        view! { <Breadcrumbs above current=name/> }
    });
    assert!(page.has("nav[aria-label] > ol"));
    let links: Vec<_> = page
        .all("nav a")
        .iter()
        .map(|link| attribute(link, "href").unwrap())
        .collect();
    assert_eq!(links, ["/customers", "/customers/7"]);
    name.set("Order 12".to_owned());
    until("the name arrives", || {
        page.one("li[aria-current=page]").text_content().as_deref() == Some("Order 12")
    })
    .await;
}

#[wasm_bindgen_test]
fn a_link_that_looks_like_a_button_is_a_link() {
    let page = Page::show(
        || view! { <LinkButton label="New" href="/customers/new" variant=ButtonVariant::Primary/> },
    );
    let link = page.one("a.button[data-variant=primary]");
    assert_eq!(attribute(&link, "href").as_deref(), Some("/customers/new"));
    assert_eq!(attribute(&link, "rel"), None);
    assert_eq!(attribute(&link, "role"), None);
}

#[wasm_bindgen_test]
async fn a_link_without_the_right_is_a_button_with_the_reason() {
    let allowed = RwSignal::new(false);
    let page = Page::show(move || {
        view! { <AllowedLink label="New" href="/customers/new" allowed reason="The right is missing."/> }
    });
    assert!(page.has("button[aria-disabled=true], button:disabled") && !page.has("a"));
    assert_eq!(
        page.one(".meta").text_content().as_deref(),
        Some("The right is missing.")
    );
    allowed.set(true);
    page.appears("a[href='/customers/new']").await;
    assert!(!page.has("button") && !page.has(".meta"));
}

#[wasm_bindgen_test]
async fn an_empty_list_says_why_and_offers_a_way_out_only_where_there_is_one() {
    let (narrow, cleared) = (RwSignal::new(true), RwSignal::new(0));
    let page = Page::show(move || {
        let words = |title: &str| (Signal::stored(title.to_owned()), Signal::stored(String::new()));
        view! {
            <NothingFound
                narrow
                nothing=words("Nothing fits")
                empty=words("Nothing yet")
                clear="Clear"
                on_clear=move |()| cleared.update(|cleared| *cleared += 1)
            />
        }
    });
    let title = || page.one("h2").text_content().unwrap();
    assert_eq!(title(), "Nothing fits");
    page.one("button").click();
    assert_eq!(cleared.get_untracked(), 1);
    narrow.set(false);
    page.vanishes("button").await;
    assert_eq!(title(), "Nothing yet");
}

#[wasm_bindgen_test]
async fn progress_says_how_far_it_is_and_in_which_words() {
    let value = RwSignal::new(0.5);
    let text = RwSignal::new("4 of 8".to_owned());
    let page = Page::show(move || view! { <Progress label="Import" value text/> });
    let bar = page.one("progress");
    assert_eq!(attribute(&bar, "value").as_deref(), Some("50"));
    assert_eq!(attribute(&bar, "aria-valuetext").as_deref(), Some("4 of 8"));
    let label = page.one(&format!("#{}", attribute(&bar, "aria-labelledby").unwrap()));
    assert_eq!(label.text_content().as_deref(), Some("Import"));
    value.set(1.0);
    text.set("8 of 8".to_owned());
    until("it goes on", || {
        attribute(&bar, "value").as_deref() == Some("100")
    })
    .await;
}

#[wasm_bindgen_test]
fn progress_of_unknown_length_claims_nothing() {
    let page = Page::show(|| view! { <Progress label="Import"/> });
    let bar = page.one("progress:indeterminate");
    assert_eq!(attribute(&bar, "value"), None);
    assert_eq!(attribute(&bar, "aria-valuetext"), None);
}

#[wasm_bindgen_test]
fn progress_without_words_of_its_own_says_percent() {
    let page = Page::show(|| view! { <Progress label="Import" value=0.25/> });
    assert_eq!(
        attribute(&page.one("progress"), "aria-valuetext").as_deref(),
        Some("25%")
    );
}
