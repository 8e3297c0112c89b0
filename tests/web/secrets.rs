//! What is shown once and kept elsewhere: a picture for a camera, a key, recovery codes.

use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::*;
use portico::ui::{QrCode, RecoveryCodeSheet, SecretKey};
use portico_contract::second_factor::RecoveryCodes;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, attribute, settle, until};

const ADDRESS: &str = "otpauth://totp/Portico:anna?secret=JBSWY3DPEHPK3PXP&issuer=Portico";

#[wasm_bindgen_test]
async fn a_picture_is_drawn_in_the_page_and_no_attribute_holds_its_text() {
    let text = RwSignal::new(ADDRESS.to_owned());
    let page = Page::show(move || view! { <QrCode text label="Picture for your app"/> });
    let picture = page.one("svg[role=img]");
    assert_eq!(
        attribute(&picture, "aria-label").as_deref(),
        Some("Picture for your app")
    );
    let markup = picture.outer_html();
    assert!(
        !markup.contains("otpauth") && !markup.contains("JBSWY3"),
        "{markup}"
    );
    assert!(!page.has("img"), "an image has an address");
    let before = attribute(&page.one(".qr-code__dark"), "d").unwrap();
    text.set("another".to_owned());
    until("the new text is drawn", || {
        attribute(&page.one(".qr-code__dark"), "d").is_some_and(|now| now != before)
    })
    .await;
    text.set("x".repeat(3_000));
    page.vanishes("svg").await;
}

#[wasm_bindgen_test]
async fn a_key_is_read_in_groups_and_taken_as_a_whole() {
    let page = Page::show(|| view! { <SecretKey label="Key" value="JBSWY3DPEHPK3PXPAB"/> });
    let groups: Vec<String> = page
        .all(".secret-key__group")
        .iter()
        .map(|group| group.text_content().unwrap())
        .collect();
    assert_eq!(groups, ["JBSW", "Y3DP", "EHPK", "3PXP", "AB"]);
    assert_eq!(
        page.one("code").text_content().as_deref(),
        Some("JBSWY3DPEHPK3PXPAB")
    );
    assert!(
        page.has("[role=status]"),
        "the region must be there before its words"
    );
    page.one("button").click();
    settle().await;
}

/// A sheet of ten codes, and how often it was done with.
fn sheet() -> (Page, RwSignal<u32>) {
    let done = RwSignal::new(0);
    let page = Page::show(move || {
        let codes = (0..10).map(|index| format!("ABCDEFGH0111234{index}")).collect();
        let on_done = Callback::new(move |()| done.update(|count| *count += 1));
        view! { <RecoveryCodeSheet codes=RecoveryCodes::new(codes) on_done/> }
    });
    (page, done)
}

fn way_on(page: &Page) -> web_sys::HtmlElement {
    page.one("button[data-variant=primary]")
}

#[wasm_bindgen_test]
async fn the_way_on_opens_once_the_codes_are_kept_and_takes_them_along() {
    let (page, done) = sheet();
    assert_eq!(page.all("ol li code").len(), 10);
    assert_eq!(
        page.all("ol li code")[3].text_content().as_deref(),
        Some("ABCD-EFGH-0111-2343")
    );
    assert!(way_on(&page).has_attribute("disabled"));
    way_on(&page).click();
    settle().await;
    assert_eq!(done.get_untracked(), 0);
    page.one("input[type=checkbox]").click();
    until("the way on opens", || !way_on(&page).has_attribute("disabled")).await;
    way_on(&page).click();
    page.vanishes("ol li").await;
    assert_eq!(done.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn closing_the_page_asks_until_the_codes_are_kept() {
    let (page, _) = sheet();
    let goes = || {
        let sent = script("return dispatchEvent(new Event('beforeunload', { cancelable: true }))");
        sent.as_bool().unwrap()
    };
    assert!(!goes());
    page.one("input[type=checkbox]").click();
    until("nothing would be lost", goes).await;
    page.one("input[type=checkbox]").click();
    until("they would be lost again", || !goes()).await;
    drop(page);
    assert!(goes(), "a sheet that is gone asks nothing");
}

/// Calls `body` as a script.
fn script(body: &str) -> wasm_bindgen::JsValue {
    Function::new_no_args(body)
        .call0(&wasm_bindgen::JsValue::NULL)
        .unwrap()
}

#[wasm_bindgen_test]
async fn the_file_says_what_the_codes_are_for() {
    let (page, _) = sheet();
    // The link is never in the page, and a real download would not end in a test.
    script(
        "const kind = HTMLAnchorElement.prototype, press = kind.click;
         kind.click = function () { globalThis.taken = [this.download, this.href]; kind.click = press; };",
    );
    page.one(".recovery-codes__actions button:first-child").click();
    let taken: Array = Reflect::get(&js_sys::global(), &"taken".into())
        .unwrap()
        .unchecked_into();
    assert_eq!(taken.get(0).as_string().as_deref(), Some("recovery-codes.txt"));
    assert!(taken.get(1).as_string().unwrap().starts_with("blob:"));
    let read: Promise =
        script("return fetch(globalThis.taken[1]).then((file) => file.text())").unchecked_into();
    let text = JsFuture::from(read).await.unwrap().as_string().unwrap();
    assert_eq!(text.matches("ABCD-EFGH-0111-234").count(), 10, "{text}");
    assert!(!page.has("a"), "no link stays in the page");
}
