//! Showing once more who one is, over the page.

use std::rc::Rc;

use js_sys::Function;
use leptos::prelude::*;
use portico::api::{ApiError, Client, own_factors};
use portico::features::auth::SessionWatch;
use portico::platform::task;
use portico::session::Session;
use portico_contract::auth::RefreshOutcome;
use portico_contract::problem::{ErrorCode, FieldProblem, FieldRule, Problem};
use portico_contract::second_factor::{FactorMethod, RecoveryCodes, StepUpNeeded};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::authenticator::{Authenticator, DOMAIN};
use crate::backend::{Backend, ID, grant};
use crate::page::{Page, has_focus, press, settle, type_into, until, value_of};
use crate::passkeys::{json_of, question};

pub(crate) const RENEW: &str = "POST /api/me/second-factor/recovery-codes";
pub(crate) const STEP_UP: &str = "POST /api/me/step-up";
const ASK: &str = "POST /api/me/step-up/passkey";

/// What became of a request.
pub(crate) type Outcome = RwSignal<Option<Result<usize, ApiError>>>;

/// A page of somebody who is signed in.
pub(crate) async fn page(backend: &Rc<Backend>) -> (Page, Client) {
    let handles = StoredValue::new(None::<(Client, Session)>);
    let backend = Rc::clone(backend);
    let page = Page::show(move || {
        handles.set_value(Some(backend.sign_in()));
        view! {
            <button id="opener">"Renew"</button>
            <SessionWatch/>
        }
    });
    let (client, session) = handles.get_value().unwrap();
    until("somebody is signed in", || untrack(|| session.me()).is_some()).await;
    (page, client)
}

fn needed(password: bool) -> Problem {
    Problem {
        step_up: Some(StepUpNeeded {
            password,
            methods: vec![FactorMethod::Totp, FactorMethod::RecoveryCode],
        }),
        ..Problem::new(ErrorCode::StepUpRequired, "r")
    }
}

/// Asks for new codes, which takes more than a session.
pub(crate) fn ask(client: Client) -> Outcome {
    let outcome = RwSignal::new(None);
    task::detached(async move {
        let codes = own_factors::renew_recovery_codes(client).await;
        outcome.set(Some(codes.map(|codes| codes.reveal().len())));
    });
    outcome
}

fn codes() -> RecoveryCodes {
    RecoveryCodes::new(vec!["ABCDEFGH01112345".to_owned(); 10])
}

pub(crate) fn submit(page: &Page) {
    page.one("dialog button[type=submit]").click();
}

#[wasm_bindgen_test]
async fn what_is_shown_once_is_enough_for_all_who_wait_and_each_goes_out_once_more() {
    let backend = Rc::new(Backend::start());
    let (page, client) = page(&backend).await;
    page.one("#opener").focus().unwrap();
    for problem in [needed(true), needed(true)] {
        backend.refuses(RENEW, &problem);
    }
    let outcomes = [ask(client), ask(client)];
    page.appears("dialog:modal").await;
    settle().await;
    assert_eq!(page.all("dialog").len(), 1);
    assert_eq!(
        value_of(&page.one("[autocomplete=username]")),
        "zhang.san@portico.example"
    );
    until("the password has the focus", || {
        has_focus(&page.one("dialog input[name=password]"))
    })
    .await;
    type_into(&page.one("dialog input[name=password]"), "lantern harbour 42");
    type_into(&page.one("dialog input[name=code]"), "123 456");
    backend.answers(STEP_UP, &grant("second"));
    for _ in 0..2 {
        backend.answers(RENEW, &codes());
    }
    submit(&page);
    page.vanishes("dialog").await;
    for outcome in outcomes {
        until("it was done", || outcome.get_untracked() == Some(Ok(10))).await;
    }
    let [(_, shown)] = &backend.sent(STEP_UP)[..] else {
        panic!("it is shown once")
    };
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(shown).unwrap(),
        serde_json::json!({
            "password": "lantern harbour 42",
            "proof": {"method": "totp", "code": "123456"},
        })
    );
    let tokens: Vec<String> = backend.sent(RENEW).into_iter().map(|(token, _)| token).collect();
    assert_eq!(
        tokens,
        ["Bearer first", "Bearer first", "Bearer second", "Bearer second"]
    );
    until("the focus is back", || has_focus(&page.one("#opener"))).await;
}

#[wasm_bindgen_test]
async fn who_leaves_the_question_does_nothing() {
    let backend = Rc::new(Backend::start());
    let (page, client) = page(&backend).await;
    backend.refuses(RENEW, &needed(true));
    let outcome = ask(client);
    page.appears("dialog:modal").await;
    settle().await;
    press("Escape");
    page.vanishes("dialog").await;
    until("the request has failed", || outcome.get_untracked().is_some()).await;
    assert!(matches!(
        outcome.get_untracked(),
        Some(Err(ApiError::StepUpRequired(_)))
    ));
    settle().await;
    assert_eq!(backend.sent(RENEW).len(), 1);
    assert_eq!(backend.sent(STEP_UP).len(), 0);
}

#[wasm_bindgen_test]
async fn a_request_that_is_refused_again_does_not_ask_again() {
    let backend = Rc::new(Backend::start());
    let (page, client) = page(&backend).await;
    backend.refuses(RENEW, &needed(false));
    backend.refuses(RENEW, &needed(false));
    let outcome = ask(client);
    page.appears("dialog:modal").await;
    assert!(
        !page.has("dialog input[name=password]"),
        "only what is needed is asked for"
    );
    type_into(&page.one("dialog input[name=code]"), "123456");
    backend.answers(STEP_UP, &grant("second"));
    submit(&page);
    until("the request has failed", || outcome.get_untracked().is_some()).await;
    settle().await;
    assert!(!page.has("dialog"));
    assert_eq!(backend.sent(RENEW).len(), 2);
}

#[wasm_bindgen_test]
async fn a_wrong_code_stays_with_its_error_and_another_method_is_at_hand() {
    let backend = Rc::new(Backend::start());
    let (page, client) = page(&backend).await;
    backend.refuses(RENEW, &needed(false));
    let outcome = ask(client);
    page.appears("dialog:modal").await;
    type_into(&page.one("dialog input[name=code]"), "123456");
    backend.refuses(
        STEP_UP,
        &Problem {
            fields: vec![FieldProblem {
                field: "code".into(),
                rule: FieldRule::Incorrect,
                limit: None,
            }],
            attempts_left: Some(0),
            retry_after: Some(30),
            ..Problem::new(ErrorCode::Validation, "r")
        },
    );
    submit(&page);
    page.appears("dialog input[name=code][aria-invalid=true]").await;
    page.appears("dialog [role=timer]").await;
    assert_eq!(value_of(&page.one("dialog input[name=code]")), "123456");
    page.one("dialog .button[data-variant=ghost]").click();
    page.appears("dialog input[name=code]:not([inputmode])").await;
    let recovery = page.one("dialog input[name=code]");
    until("it has the focus", || has_focus(&recovery)).await;
    assert_eq!(value_of(&recovery), "");
    type_into(&recovery, "abcd-efgh-0111-2345");
    backend.answers(STEP_UP, &grant("second"));
    backend.answers(RENEW, &codes());
    submit(&page);
    until("it was done", || outcome.get_untracked() == Some(Ok(10))).await;
    let shown = &backend.sent(STEP_UP)[1].1;
    assert!(
        shown.contains("\"recovery_code\"") && shown.contains("ABCDEFGH01112345"),
        "{shown}"
    );
}

#[wasm_bindgen_test]
async fn a_passkey_stands_for_the_password_and_another_method_asks_for_it_again() {
    let (backend, authenticator) = (Rc::new(Backend::start()), Authenticator::start());
    let (page, client) = page(&backend).await;
    let methods = vec![
        FactorMethod::Passkey,
        FactorMethod::Totp,
        FactorMethod::RecoveryCode,
    ];
    let needed = Problem {
        step_up: Some(StepUpNeeded {
            password: true,
            methods,
        }),
        ..Problem::new(ErrorCode::StepUpRequired, "r")
    };
    backend.refuses(RENEW, &needed);
    let outcome = ask(client);
    page.appears("dialog:modal").await;
    until("the button has the focus", || {
        has_focus(&page.one("dialog button[type=submit]"))
    })
    .await;
    assert!(!page.has("dialog input[name=password]") && !page.has("dialog input[name=code]"));
    page.all("dialog .button[data-variant=ghost]")[0].click();
    page.appears("dialog input[name=code][inputmode]").await;
    until("one goes on with the password", || {
        has_focus(&page.one("dialog input[name=password]"))
    })
    .await;
    type_into(&page.one("dialog input[name=password]"), "lantern harbour 42");
    page.all("dialog .button[data-variant=ghost]")[1].click();
    page.vanishes("dialog input[name=code]").await;
    // Who leaves the browser's question is back at this one.
    backend.answers(ASK, &question("first", DOMAIN));
    submit(&page);
    until("it is asked for", || authenticator.asked() == ["get open"]).await;
    authenticator.leave();
    page.appears("dialog button[type=submit]:not([aria-busy])").await;
    assert!(!page.has("dialog .banner"));
    page.all("dialog .button[data-variant=ghost]")[0].click();
    page.appears("dialog input[name=password]").await;
    assert_eq!(
        value_of(&page.one("dialog input[name=password]")),
        "lantern harbour 42"
    );
    page.all("dialog .button[data-variant=ghost]")[1].click();
    page.vanishes("dialog input[name=password]").await;
    backend.answers(ASK, &question("second", DOMAIN));
    submit(&page);
    until("it is asked for again", || authenticator.asked().len() == 2).await;
    backend.answers(STEP_UP, &grant("second"));
    backend.answers(RENEW, &codes());
    authenticator.show();
    until("it was done", || outcome.get_untracked() == Some(Ok(10))).await;
    let (token, _) = &backend.sent(ASK)[1];
    assert_eq!(token, "Bearer first");
    let shown = json_of(&backend.sent(STEP_UP)[0]);
    assert_eq!(shown.get("password"), None);
    assert_eq!(
        (&shown["proof"]["method"], &shown["proof"]["ceremony"]),
        (&serde_json::json!("passkey"), &serde_json::json!("second"))
    );
}

fn another_tab_says(word: &str) {
    let say = "const tab = new BroadcastChannel('portico'); tab.postMessage(word); tab.close();";
    let say = Function::new_with_args("word", say);
    say.call1(&JsValue::NULL, &word.into()).unwrap();
}

#[wasm_bindgen_test]
async fn what_one_person_was_asked_is_not_asked_the_next() {
    let backend = Rc::new(Backend::start());
    let (page, client) = page(&backend).await;
    backend.refuses(RENEW, &needed(true));
    let outcome = ask(client);
    page.appears("dialog:modal").await;
    let mut other = grant("other");
    let theirs = ID.replace('b', "c");
    other.me.user.id = theirs.parse().unwrap();
    other.me.session.id = theirs.parse().unwrap();
    let other = RefreshOutcome::SignedIn(Box::new(other));
    // Sessions of tests before may listen still: there is an answer for each of them, too.
    for _ in 0..10 {
        backend.answers("POST /api/auth/refresh", &other);
    }
    another_tab_says(&serde_json::json!({"signed_in": {"sid": theirs}}).to_string());
    page.vanishes("dialog").await;
    until("the request has failed", || outcome.get_untracked().is_some()).await;
    assert!(outcome.get_untracked().unwrap().is_err());
    settle().await;
    assert_eq!(backend.sent(RENEW).len(), 1, "nothing is done in another's name");
}
