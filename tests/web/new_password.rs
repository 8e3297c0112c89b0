//! A field for a new password.

use leptos::prelude::*;
use portico::ui::{NewPasswordField, PasswordChoice, Strength};
use portico_contract::password::{PasswordPolicy, PolicyProfile};
use portico_strength::{Advice, Context, Estimate};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, attribute, send, type_into, until};

fn show(profile: PolicyProfile) -> (Page, PasswordChoice) {
    let held = StoredValue::new(None);
    let page = Page::show(move || {
        let policy = Some(PasswordPolicy::of(profile));
        let context = Context {
            emails: vec!["sales@portico.example".into()],
            ..Context::default()
        };
        let choice = PasswordChoice::new(Signal::stored(policy), Signal::stored(context));
        held.set_value(Some(choice));
        view! { <NewPasswordField label="New password" choice name="new"/> }
    });
    (page, held.get_value().unwrap())
}

fn states(page: &Page) -> Vec<String> {
    let lines = page.all(".new-password__rule");
    lines
        .iter()
        .map(|line| attribute(line, "data-state").unwrap())
        .collect()
}

#[wasm_bindgen_test]
async fn managers_and_people_are_told_the_rules() {
    let (page, choice) = show(PolicyProfile::Classic);
    let input = page.one("input");
    assert_eq!(attribute(&input, "autocomplete").as_deref(), Some("new-password"));
    assert_eq!(attribute(&input, "maxlength"), None);
    let rules = attribute(&input, "passwordrules").unwrap();
    assert!(
        rules.starts_with("minlength: 8; maxlength: 128; required: upper;"),
        "{rules}"
    );
    let described = attribute(&input, "aria-describedby").unwrap();
    assert!(
        described.contains(&page.one(".new-password__rules").id()),
        "{described}"
    );
    assert_eq!(page.all(".new-password__rule").len(), 7);
    type_into(&input, "Lantern-42");
    until("the rules are met", || {
        states(&page)[..5].iter().all(|state| state == "met")
    })
    .await;
    assert_eq!(choice.value.get_untracked(), "Lantern-42");
}

#[wasm_bindgen_test]
async fn a_judgement_is_shown_in_words_and_belongs_to_what_was_judged() {
    let (page, choice) = show(PolicyProfile::Standard);
    let input = page.one("input");
    type_into(&input, "lantern harbour");
    until("it is long enough", || states(&page)[0] == "met").await;
    assert_eq!(states(&page), ["met", "later", "later"]);
    choice.strength.set(Strength::Judged(Estimate {
        score: 2,
        advice: vec![Advice::AddWords],
        ..Estimate::default()
    }));
    page.appears(".new-password__advice li").await;
    assert_eq!(states(&page), ["met", "met", "unmet"]);
    let meter = page.one("meter");
    assert_eq!(attribute(&meter, "value").as_deref(), Some("2"));
    assert!(attribute(&meter, "aria-valuetext").is_some());
    type_into(&input, "lantern harbour and");
    page.vanishes(".new-password__advice").await;
    assert_eq!(states(&page), ["met", "later", "later"]);
    choice.strength.set(Strength::Judged(Estimate {
        score: 4,
        ..Estimate::default()
    }));
    until("it is good", || states(&page) == ["met", "met", "met"]).await;
    assert!(choice.problem().is_none());
}

#[wasm_bindgen_test]
async fn an_own_word_is_refused_without_a_judgement() {
    let (page, choice) = show(PolicyProfile::Standard);
    type_into(&page.one("input"), "SALES@portico.example");
    until("it is known", || states(&page) == ["met", "unmet", "later"]).await;
    assert!(choice.problem().is_some());
}

#[wasm_bindgen_test]
async fn without_a_worker_the_rules_are_left() {
    let (page, choice) = show(PolicyProfile::Standard);
    // There is no script of the application in a page of tests, so there is none beside it.
    send(&page.one("input"), "FocusEvent", "focus", &[]);
    page.vanishes("meter").await;
    type_into(&page.one("input"), "lantern harbour");
    until("the rules still count", || states(&page)[0] == "met").await;
    assert!(choice.problem().is_none(), "the backend decides");
}
