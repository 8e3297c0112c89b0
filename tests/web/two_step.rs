//! The second factor on the page of one's own account.

use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::components::Router;
use portico::features::account::SecurityPage;
use portico::ui::ProductName;
use portico_contract::passkey::AcceptedPasskeys;
use portico_contract::problem::{ErrorCode, FieldProblem, FieldRule, Problem};
use portico_contract::second_factor::{
    Enrolled, Factor, FactorKind, PendingTotp, RecoveryCodes, SecondFactorState,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::authenticator::{Authenticator, DOMAIN};
use crate::backend::{Backend, ID, moment};
use crate::page::{Page, type_into, until, value_of};
use crate::passkeys::{creation, json_of};

const STATE: &str = "GET /api/me/second-factor";
const BEGIN: &str = "POST /api/me/second-factor/totp";
const CONFIRM: &str = "POST /api/me/second-factor/totp/confirm";
const RENEW: &str = "POST /api/me/second-factor/recovery-codes";
const BEGIN_PASSKEY: &str = "POST /api/me/second-factor/passkey";
const CONFIRM_PASSKEY: &str = "POST /api/me/second-factor/passkey/confirm";
const SECRET: &str = "JBSWY3DPEHPK3PXP";

pub(crate) fn state(apps: &[&str], left: u32, required: bool) -> SecondFactorState {
    let factor = |name: &&str| Factor {
        id: ID.parse().unwrap(),
        kind: FactorKind::Totp,
        name: Some((*name).to_owned()),
        to: None,
        enrolled_at: moment(),
        last_used_at: None,
    };
    SecondFactorState {
        factors: apps.iter().map(factor).collect(),
        recovery_codes_left: left,
        required,
        kinds: vec![FactorKind::Totp],
        passkeys: None,
    }
}

fn pending() -> PendingTotp {
    PendingTotp {
        secret: SECRET.to_owned(),
        uri: format!("otpauth://totp/Portico:zhang?secret={SECRET}"),
        expires_in: 600,
    }
}

pub(crate) fn codes() -> RecoveryCodes {
    RecoveryCodes::new(vec!["ABCDEFGH01112345".to_owned(); 10])
}

/// The page, once it has read what there is.
pub(crate) async fn page(backend: &Rc<Backend>, now: &SecondFactorState) -> Page {
    backend.answers(STATE, now);
    let backend = Rc::clone(backend);
    let page = Page::show(move || {
        backend.sign_in();
        provide_context(ProductName("Portico".to_owned()));
        view! { <Router><SecurityPage/></Router> }
    });
    page.appears(".account__factors .button").await;
    page
}

#[wasm_bindgen_test]
async fn an_app_is_added_and_nothing_secret_stays() {
    let backend = Rc::new(Backend::start());
    let page = page(&backend, &state(&[], 0, false)).await;
    backend.answers(BEGIN, &pending());
    page.one(".account__factors .empty-state .button").click();
    page.appears(".qr-code").await;
    assert!(page.has("h3:focus"), "what comes is read");
    type_into(&page.one(".account__factors input[name=code]"), "123 456");
    type_into(&page.one(".account__factors input[name=name]"), "Work phone");
    let enrolled = Enrolled {
        state: state(&["Work phone"], 10, false),
        recovery_codes: Some(codes()),
    };
    backend.answers(CONFIRM, &enrolled);
    page.one(".account__factors button[type=submit]").click();
    page.appears(".recovery-codes__list li").await;
    let sent = &backend.sent(CONFIRM)[0].1;
    assert!(sent.contains("123456") && sent.contains("Work phone"), "{sent}");
    assert!(!page.has(".secret-key"), "the secret went with its panel");
    page.one(".recovery-codes input[type=checkbox]").click();
    until("the way on opens", || {
        page.has(".recovery-codes [data-variant=primary]:not([disabled])")
    })
    .await;
    page.one(".recovery-codes [data-variant=primary]").click();
    page.appears(".account__factor").await;
    let left = page.one("section.page").inner_html();
    assert!(!left.contains("JBSW") && !left.contains("ABCD-EFGH"), "{left}");
    assert_eq!(
        page.one(".account__name").text_content().as_deref(),
        Some("Work phone")
    );
}

#[wasm_bindgen_test]
async fn a_secret_that_does_not_count_any_more_is_begun_anew() {
    let backend = Rc::new(Backend::start());
    let page = page(&backend, &state(&[], 0, false)).await;
    backend.answers(BEGIN, &pending());
    page.one(".account__factors .empty-state .button").click();
    page.appears(".qr-code").await;
    type_into(&page.one(".account__factors input[name=code]"), "123456");
    backend.refuses(CONFIRM, &Problem::new(ErrorCode::NotFound, "r"));
    page.one(".account__factors button[type=submit]").click();
    page.appears(".account__factors .banner .button").await;
    assert!(!page.has(".qr-code") && !page.has(".secret-key"));
    backend.answers(BEGIN, &pending());
    page.one(".account__factors .banner .button").click();
    page.appears(".qr-code").await;
    assert_eq!(backend.sent(BEGIN).len(), 2);
}

#[wasm_bindgen_test]
async fn the_last_one_stays_where_one_is_needed_and_new_codes_are_shown_once() {
    let backend = Rc::new(Backend::start());
    let page = page(&backend, &state(&["Phone"], 2, true)).await;
    let remove = page.one(".account__doing .button:last-child");
    assert!(remove.has_attribute("disabled"));
    assert!(page.has(".account__codes .banner[data-tone=warning]"));
    page.one(".account__codes .button").click();
    page.appears("dialog:modal").await;
    backend.answers(RENEW, &codes());
    page.one("dialog .button[data-variant=danger]").click();
    page.one("dialog .button:not([data-variant=danger])").click();
    page.appears(".recovery-codes__list li").await;
    until("what was done is read", || {
        page.has("[tabindex='-1']:focus .banner[data-tone=success]")
    })
    .await;
    assert!(!page.has("dialog"));
    page.one(".recovery-codes input[type=checkbox]").click();
    until("the way on opens", || {
        page.has(".recovery-codes [data-variant=primary]:not([disabled])")
    })
    .await;
    page.one(".recovery-codes [data-variant=primary]").click();
    page.appears(".account__codes").await;
    assert!(!page.has(".account__codes .banner"), "ten are enough");
}

#[wasm_bindgen_test]
async fn what_was_removed_is_gone_and_a_refusal_says_the_way_out() {
    let backend = Rc::new(Backend::start());
    let page = page(&backend, &state(&["Phone"], 10, false)).await;
    let remove = format!("DELETE /api/me/second-factor/{ID}");
    backend.refuses(&remove, &Problem::new(ErrorCode::LastFactor, "r"));
    backend.answers(STATE, &state(&["Phone"], 10, false));
    page.one(".account__doing .button:last-child").click();
    page.appears("dialog:modal").await;
    page.one("dialog .button[data-variant=danger]").click();
    page.appears(".account__factors .banner[data-tone=warning]").await;
    page.vanishes("dialog").await;
    assert!(page.has(".account__factor"), "it is still there");
    backend.answers(&remove, &state(&[], 0, false));
    page.one(".account__doing .button:last-child").click();
    page.appears("dialog:modal").await;
    page.one("dialog .button[data-variant=danger]").click();
    page.appears(".account__factors .empty-state").await;
    page.appears(".account__factors .banner[data-tone=success]").await;
}

/// What there is for somebody with `passkeys`, which are for `domain`.
fn with_passkeys(passkeys: &[&str], domain: &str) -> SecondFactorState {
    let mut state = state(passkeys, 10, false);
    for factor in &mut state.factors {
        factor.kind = FactorKind::Passkey;
    }
    SecondFactorState {
        kinds: vec![FactorKind::Passkey, FactorKind::Totp],
        passkeys: Some(AcceptedPasskeys {
            domain: domain.to_owned(),
            handle: "AQ".into(),
            credentials: passkeys.iter().map(|name| (*name).to_owned()).collect(),
        }),
        ..state
    }
}

#[wasm_bindgen_test]
async fn a_passkey_is_added_with_a_name_and_the_browser_hears_which_count() {
    let (backend, authenticator) = (Rc::new(Backend::start()), Authenticator::start());
    let page = page(&backend, &with_passkeys(&[], DOMAIN)).await;
    assert_eq!(authenticator.told(), ["accepted "]);
    assert_eq!(page.all(".empty-state .button").len(), 2);
    page.one(".empty-state .button[data-variant=primary]").click();
    page.appears(".account__factors [type=submit]").await;
    assert!(page.has("h3:focus"), "what comes is read");
    let name = page.one(".account__factors input[name=name]");
    assert!(!value_of(&name).is_empty(), "a name is suggested");
    type_into(&name, "Laptop");
    let create = || page.one(".account__factors [type=submit]").click();
    // Who leaves the browser's question is back here.
    backend.answers(BEGIN_PASSKEY, &creation(DOMAIN));
    create();
    until("it is asked for", || authenticator.asked() == ["create open"]).await;
    authenticator.leave();
    page.appears(".account__factors [type=submit]:not([aria-busy])")
        .await;
    assert!(!page.has(".account__factors .banner"));
    // What is wrong with it is said.
    backend.answers(BEGIN_PASSKEY, &creation(DOMAIN));
    create();
    until("it is asked for again", || authenticator.asked().len() == 2).await;
    let taken = Problem {
        fields: vec![FieldProblem {
            field: "passkey".into(),
            rule: FieldRule::Taken,
            limit: None,
        }],
        ..Problem::new(ErrorCode::Validation, "r")
    };
    backend.refuses(CONFIRM_PASSKEY, &taken);
    authenticator.make();
    page.appears(".account__factors .banner[role=alert]").await;
    // The next one does.
    backend.answers(BEGIN_PASSKEY, &creation(DOMAIN));
    create();
    until("it is asked for once more", || authenticator.asked().len() == 3).await;
    let enrolled = Enrolled {
        state: with_passkeys(&["Laptop"], DOMAIN),
        recovery_codes: None,
    };
    backend.answers(CONFIRM_PASSKEY, &enrolled);
    authenticator.make();
    page.appears(".account__factor").await;
    page.appears(".account__factors .banner[data-tone=success]").await;
    assert_eq!(json_of(&backend.sent(CONFIRM_PASSKEY)[1])["name"], "Laptop");
    until("the browser hears of it", || {
        authenticator.told() == ["accepted ", "accepted Laptop"]
    })
    .await;
}

#[wasm_bindgen_test]
async fn where_passkeys_do_not_work_the_page_says_where_they_do() {
    let (backend, _authenticator) = (Rc::new(Backend::start()), Authenticator::start());
    let page = page(&backend, &with_passkeys(&[], "portico.example")).await;
    assert!(page.has(".empty-state .button[disabled]") && page.has(".empty-state .meta"));
    assert!(page.has(".empty-state .button[data-variant=primary]:not([disabled])"));
}
