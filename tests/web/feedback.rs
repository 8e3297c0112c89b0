use leptos::prelude::*;
use portico::i18n::explain::Explanation;
use portico::i18n::texts::common;
use portico::ui::{
    Announcer, Avatar, Banner, BannerAction, EmptyState, FailureBanner, IconName, LiveRegion, Toast,
    ToastRegion, Toasts, Tone, use_announcer, use_toasts,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, attribute, send, settle, until};

/// A page with toasts, and the handle to show them.
fn toasts() -> (Page, Toasts) {
    let handle = StoredValue::new(None::<Toasts>);
    let page = Page::show(move || {
        handle.set_value(Some(use_toasts()));
        view! { <ToastRegion/> }
    });
    (page, handle.get_value().unwrap())
}

#[wasm_bindgen_test]
async fn a_toast_offers_its_action_once_and_goes() {
    let (page, toasts) = toasts();
    assert!(
        page.has("[role=status][aria-live=polite]"),
        "the region must be there before its words"
    );
    let undone = RwSignal::new(0);
    let undo = Callback::new(move |()| undone.update(|n| *n += 1));
    toasts.show(Toast::new(Tone::Success, "Moved").action("Undo", undo));
    page.appears(".toast").await;
    page.one(".toast .button").click();
    page.vanishes(".toast").await;
    assert_eq!(undone.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn toasts_with_the_same_words_are_different_ones_and_the_oldest_makes_room() {
    let (page, toasts) = toasts();
    let first = toasts.show(Toast::new(Tone::Neutral, "Saved"));
    let second = toasts.show(Toast::new(Tone::Neutral, "Saved"));
    assert_ne!(first, second);
    until("both are shown", || page.all(".toast").len() == 2).await;
    toasts.dismiss(first);
    until("one is left", || page.all(".toast").len() == 1).await;
    for _ in 0..9 {
        toasts.show(Toast::new(Tone::Neutral, "More"));
    }
    until("the oldest made room", || page.all(".toast").len() == 4).await;
}

#[wasm_bindgen_test]
async fn a_toast_goes_by_itself_but_not_while_it_is_looked_at() {
    let (page, toasts) = toasts();
    toasts.show(Toast::new(Tone::Neutral, "Staying").staying(100_000));
    toasts.show(Toast::new(Tone::Neutral, "Held").staying(1_000));
    until("both are shown", || page.all(".toast").len() == 2).await;
    let held = page.all(".toast").remove(1);
    send(&held, "MouseEvent", "mouseenter", &[]);
    toasts.show(Toast::new(Tone::Neutral, "Passing").staying(1_100));
    until("it is shown", || page.all(".toast").len() == 3).await;
    until("it goes by itself", || page.all(".toast").len() == 2).await;
    assert!(
        held.is_connected(),
        "the one looked at stays although its time came first"
    );
    send(&held, "MouseEvent", "mouseleave", &[]);
    until("its time runs on", || !held.is_connected()).await;
}

#[wasm_bindgen_test]
async fn an_action_of_a_screen_that_is_gone_does_no_harm() {
    let (page, toasts) = toasts();
    let owner = Owner::new();
    let gone = owner.with(|| Callback::new(|()| ()));
    toasts.show(Toast::new(Tone::Neutral, "Moved").action("Undo", gone));
    page.appears(".toast").await;
    owner.cleanup();
    page.one(".toast .button").click();
    page.vanishes(".toast").await;
}

#[wasm_bindgen_test]
async fn the_same_words_are_announced_again() {
    let handle = StoredValue::new(None::<Announcer>);
    let page = Page::show(move || {
        handle.set_value(Some(use_announcer()));
        view! { <LiveRegion/> }
    });
    let announcer = handle.get_value().unwrap();
    let regions = page.all("[aria-live=polite]");
    let said = || {
        regions
            .iter()
            .map(|region| region.text_content().unwrap())
            .collect::<Vec<_>>()
    };
    announcer.announce("12 customers");
    until("it is said", || said() == ["", "12 customers"]).await;
    announcer.announce("12 customers");
    until("it is said again, elsewhere", || said() == ["12 customers", ""]).await;
}

#[wasm_bindgen_test]
async fn danger_interrupts_and_the_rest_waits() {
    let retried = RwSignal::new(false);
    let dismissed = RwSignal::new(false);
    let page = Page::show(move || {
        let action = BannerAction::new("Try again", Callback::new(move |()| retried.set(true)));
        view! {
            <Banner tone=Tone::Danger text="Not saved" action/>
            <Banner tone=Tone::Info text="Demo data" on_dismiss=move |()| dismissed.set(true)/>
        }
    });
    page.one("[role=alert] .button").click();
    page.one("[role=status] button").click();
    settle().await;
    assert!(retried.get_untracked() && dismissed.get_untracked());
}

#[wasm_bindgen_test]
async fn a_failure_is_told_in_one_banner_and_nothing_is_told_without_one() {
    let failed = |retry, reference: &str| Explanation {
        title: common::ERROR_SERVER.into(),
        hint: common::ERROR_SERVER_HINT.into(),
        reference: Some(reference.to_owned()),
        retry,
    };
    let (failure, retries) = (RwSignal::new(None), RwSignal::new(0));
    let page = Page::show(move || {
        view! { <FailureBanner failure on_retry=move |()| retries.update(|n| *n += 1)/> }
    });
    settle().await;
    assert!(!page.has(".banner"));
    failure.set(Some(failed(true, "01HZ")));
    page.appears("[role=alert]").await;
    let text = || page.one(".banner__text").text_content().unwrap();
    assert!(text().contains("01HZ"), "the number can be quoted");
    assert!(
        !text().contains(". "),
        "the language says what stands between two sentences"
    );
    page.one("[role=alert] button").click();
    assert_eq!(retries.get_untracked(), 1);
    failure.set(Some(failed(false, "01J0")));
    until("the next failure is told", || text().contains("01J0")).await;
    assert!(
        !page.has("button"),
        "where trying again cannot help it is not offered"
    );
    failure.set(None);
    page.vanishes(".banner").await;
}

#[wasm_bindgen_test]
fn what_decorates_is_not_read() {
    let page = Page::show(|| {
        view! { <Avatar name="张三"/><EmptyState icon=IconName::Users title="No customers yet"/> }
    });
    let avatar = page.one(".avatar");
    assert_eq!(avatar.text_content().as_deref(), Some("张"));
    assert_eq!(attribute(&avatar, "aria-hidden").as_deref(), Some("true"));
    assert!(
        page.all("svg")
            .iter()
            .all(|icon| attribute(icon, "aria-hidden").as_deref() == Some("true"))
    );
    assert_eq!(page.one("h2").text_content().as_deref(), Some("No customers yet"));
}
