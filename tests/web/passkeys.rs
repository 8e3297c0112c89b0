//! Passkeys at the front door: beside the password, and as the second factor.

use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::components::Router;
use portico::api::Client;
use portico::features::auth::{SecondFactorPage, SignInPage};
use portico::i18n::texts::{Namespace, file};
use portico::platform::early_form::EarlyForm;
use portico::session::{Doorway, PendingStep, Policy, Session};
use portico::ui::{ProductName, Theme};
use portico_contract::auth::SignInStep;
use portico_contract::config::SupportContact;
use portico_contract::locale::Locale;
use portico_contract::passkey::{PasskeyCreation, PasskeyRequest, PasskeyUser};
use portico_contract::problem::{ErrorCode, FieldProblem, FieldRule, Problem};
use portico_contract::second_factor::{
    EnrolledStep, EnrolmentReason, FactorChallenge, FactorEnrolment, FactorKind, FactorMethod, RecoveryCodes,
};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::authenticator::{Authenticator, DOMAIN};
use crate::backend::{Backend, grant};
use crate::page::{Page, has_focus, settle, type_into, until, value_of};

const POLICY: &str = "GET /api/auth/policy";
const BEGIN: &str = "POST /api/auth/sign-in/passkey/begin";
const SIGN_IN: &str = "POST /api/auth/sign-in/passkey";
const ASK: &str = "POST /api/auth/sign-in/second-factor/passkey";
const SHOW: &str = "POST /api/auth/sign-in/second-factor";
const ENROL: &str = "POST /api/auth/sign-in/enrol/passkey";
const CONFIRM: &str = "POST /api/auth/sign-in/enrol/passkey/confirm";

pub(crate) fn question(ceremony: &str, domain: &str) -> PasskeyRequest {
    PasskeyRequest {
        ceremony: ceremony.to_owned(),
        challenge: "AQID".into(),
        domain: domain.to_owned(),
        allowed: Vec::new(),
        expires_in: 300,
    }
}

pub(crate) fn creation(domain: &str) -> PasskeyCreation {
    PasskeyCreation {
        ceremony: "new".into(),
        challenge: "AQID".into(),
        domain: domain.to_owned(),
        site: "Portico".into(),
        user: PasskeyUser {
            handle: "AQ".into(),
            name: "zhang.san@portico.example".into(),
            display_name: "张三".into(),
        },
        algorithms: vec![-7],
        excluded: Vec::new(),
        expires_in: 300,
    }
}

pub(crate) fn json_of(sent: &(String, String)) -> Value {
    serde_json::from_str(&sent.1).unwrap()
}

/// The contexts of the front door, where nobody is signed in.
fn at_the_door(step: Option<PendingStep>) -> (Session, Doorway) {
    let client = Client::new("/api".to_owned());
    let doorway = Doorway::new();
    doorway.step.set(step);
    provide_context(client);
    provide_context(doorway);
    provide_context(Policy::ask(client));
    provide_context(EarlyForm::take_over());
    provide_context(Theme::new());
    provide_context(SupportContact::default());
    provide_context(ProductName("Portico".to_owned()));
    let session = Session::new(client);
    provide_context(session);
    (session, doorway)
}

/// The sign-in page at a backend that offers `methods`.
fn sign_in_page(backend: &Backend, methods: &[&str]) -> (Page, Session) {
    let policy = json!({"demo": false, "remember_days": 30, "methods": methods});
    for _ in 0..2 {
        backend.answers(POLICY, &policy);
    }
    let texts = format!("GET /locales/{}", file(Locale::En, Namespace::Passkeys));
    backend.answers(&texts, &Vec::<Vec<String>>::new());
    let handles = StoredValue::new(None);
    let page = Page::show(move || {
        handles.set_value(Some(at_the_door(None)));
        view! { <Router><SignInPage/></Router> }
    });
    (page, handles.get_value().unwrap().0)
}

/// Waits until somebody is signed in, and the other tabs have heard of it: the next test is one.
pub(crate) async fn is_in(session: Session) {
    until("somebody is signed in", || untrack(|| session.me()).is_some()).await;
    settle().await;
}

async fn asked(authenticator: &Authenticator, expected: &[&str]) {
    let what = format!("the browser is asked {expected:?}");
    until(&what, || authenticator.asked() == expected).await;
}

#[wasm_bindgen_test]
async fn a_passkey_is_suggested_until_it_is_asked_for_and_signs_in() {
    let (backend, authenticator) = (Backend::start(), Authenticator::start());
    for ceremony in ["first", "second", "third", "fourth"] {
        backend.answers(BEGIN, &question(ceremony, DOMAIN));
    }
    let (page, session) = sign_in_page(&backend, &["password", "passkey"]);
    assert_eq!(
        page.one("[name=identifier]")
            .get_attribute("autocomplete")
            .as_deref(),
        Some("username webauthn")
    );
    assert!(
        page.has(".signin__passkey"),
        "there is room for the button before it comes"
    );
    page.appears(".signin__passkey .button").await;
    asked(&authenticator, &["conditional open"]).await;
    page.one(".signin__passkey .button").click();
    asked(&authenticator, &["conditional AbortError", "get open"]).await;
    // Who leaves is told nothing, and the suggestions are back.
    authenticator.leave();
    asked(
        &authenticator,
        &[
            "conditional AbortError",
            "get NotAllowedError",
            "conditional open",
        ],
    )
    .await;
    assert!(!page.has(".signin__passkey .banner"));
    page.one("[name=remember]").click();
    page.one(".signin__passkey .button").click();
    until("it is asked for again", || authenticator.asked().len() == 4).await;
    backend.answers(SIGN_IN, &SignInStep::Done(Box::new(grant("first"))));
    authenticator.show();
    is_in(session).await;
    let [sent] = &backend.sent(SIGN_IN)[..] else {
        panic!("it is shown once")
    };
    assert_eq!(
        json_of(sent),
        json!({
            "passkey": {
                "ceremony": "fourth",
                "credential": "AQID",
                "client_data": "AQ",
                "authenticator_data": "Ag",
                "signature": "-_8",
            },
            "remember": true,
        })
    );
}

#[wasm_bindgen_test]
async fn a_passkey_that_nobody_knows_is_named_and_the_browser_hears_of_it() {
    let (backend, authenticator) = (Backend::start(), Authenticator::start());
    for ceremony in ["first", "second"] {
        backend.answers(BEGIN, &question(ceremony, DOMAIN));
    }
    let (page, session) = sign_in_page(&backend, &["password", "passkey"]);
    asked(&authenticator, &["conditional open"]).await;
    backend.refuses(SIGN_IN, &Problem::new(ErrorCode::UnknownPasskey, "r"));
    authenticator.show();
    page.appears(".signin__passkey .banner[role=alert]").await;
    assert_eq!(authenticator.told(), ["unknown AQID"]);
    // It can be tried again.
    asked(&authenticator, &["conditional answered", "conditional open"]).await;
    assert!(untrack(|| session.me()).is_none());
}

#[wasm_bindgen_test]
async fn the_suggestions_end_when_the_password_is_sent() {
    let (backend, authenticator) = (Backend::start(), Authenticator::start());
    backend.answers(BEGIN, &question("first", DOMAIN));
    let (page, _) = sign_in_page(&backend, &["password", "passkey"]);
    asked(&authenticator, &["conditional open"]).await;
    type_into(&page.one("[name=identifier]"), "zhang.san");
    type_into(&page.one("[name=password]"), "lantern harbour 42");
    page.one(".signin__form [type=submit]").click();
    // It does not come through, so they are back.
    backend.answers(BEGIN, &question("second", DOMAIN));
    asked(&authenticator, &["conditional AbortError", "conditional open"]).await;
}

#[wasm_bindgen_test]
async fn where_passkeys_do_not_work_the_sign_in_says_nothing_of_them() {
    let authenticator = Authenticator::start();
    let backend = Backend::start();
    let (page, _) = sign_in_page(&backend, &["password"]);
    until("the offer is read", || backend.sent(POLICY).len() == 2).await;
    settle().await;
    assert!(!page.has(".signin__passkey > *") && backend.sent(BEGIN).is_empty());
    assert!(
        page.has(".signin__passkey"),
        "what stands below it stays where it is"
    );
    drop((page, backend));
    let backend = Backend::start();
    backend.answers(BEGIN, &question("first", "portico.example"));
    let (page, _) = sign_in_page(&backend, &["password", "passkey"]);
    until("the domain is known", || backend.sent(BEGIN).len() == 1).await;
    settle().await;
    assert!(!page.has(".signin__passkey > *") && authenticator.asked().is_empty());
}

/// The page of a sign-in that waits for `methods`.
pub(crate) fn second_factor_page(methods: &[FactorMethod]) -> (Page, Session) {
    let challenge = FactorChallenge {
        methods: methods.to_vec(),
        expires_in: 600,
        trust_days: Some(30),
        request: None,
    };
    step_page(PendingStep::SecondFactor(challenge))
}

pub(crate) fn step_page(step: PendingStep) -> (Page, Session) {
    let handles = StoredValue::new(None);
    let page = Page::show(move || {
        handles.set_value(Some(at_the_door(Some(step))));
        view! { <Router><SecondFactorPage/></Router> }
    });
    (page, handles.get_value().unwrap().0)
}

const ALL: [FactorMethod; 3] = [
    FactorMethod::Passkey,
    FactorMethod::Totp,
    FactorMethod::RecoveryCode,
];

pub(crate) fn others(page: &Page) -> Vec<HtmlElement> {
    page.all(".two-factor__others .button")
}

#[wasm_bindgen_test]
async fn a_passkey_is_the_second_factor_and_every_other_one_is_at_hand() {
    let (backend, authenticator) = (Backend::start(), Authenticator::start());
    let (page, session) = second_factor_page(&ALL);
    page.appears(".two-factor__passkey [type=submit]").await;
    until("the button has the focus", || {
        has_focus(&page.one(".two-factor__passkey [type=submit]"))
    })
    .await;
    assert_eq!(others(&page).len(), 2);
    page.one("[name=trust]").click();
    backend.answers(ASK, &question("first", DOMAIN));
    page.one("form [type=submit]").click();
    asked(&authenticator, &["get open"]).await;
    authenticator.leave();
    page.appears("form [type=submit]:not([aria-busy])").await;
    assert!(!page.has(".banner"), "who leaves is told nothing");
    // A wrong one is said to be wrong.
    backend.answers(ASK, &question("second", DOMAIN));
    page.one("form [type=submit]").click();
    until("it is asked for", || authenticator.asked().len() == 2).await;
    let wrong = |rule| Problem {
        fields: vec![FieldProblem {
            field: "passkey".into(),
            rule,
            limit: None,
        }],
        attempts_left: Some(0),
        retry_after: Some(30),
        ..Problem::new(ErrorCode::Validation, "r")
    };
    backend.refuses(SHOW, &wrong(FieldRule::Incorrect));
    authenticator.show();
    page.appears(".banner[role=alert]").await;
    assert!(page.has("[role=timer]"));
    // What is chosen and typed otherwise stays.
    others(&page)[0].click();
    page.appears("[name=code][inputmode=numeric]").await;
    type_into(&page.one("[name=code]"), "123");
    assert_eq!(others(&page).len(), 2);
    others(&page)[1].click();
    page.appears(".two-factor__passkey").await;
    others(&page)[0].click();
    page.appears("[name=code]").await;
    assert_eq!(value_of(&page.one("[name=code]")), "123");
    others(&page)[1].click();
    backend.answers(ASK, &question("third", DOMAIN));
    page.appears(".two-factor__passkey [type=submit]").await;
    page.one("form [type=submit]").click();
    until("it is asked for", || authenticator.asked().len() == 3).await;
    backend.answers(SHOW, &SignInStep::Done(Box::new(grant("first"))));
    authenticator.show();
    is_in(session).await;
    let sent = json_of(backend.sent(SHOW).last().unwrap());
    assert_eq!(
        (&sent["trust"], &sent["proof"]["method"]),
        (&json!(true), &json!("passkey"))
    );
    assert_eq!(sent["proof"]["ceremony"], "third");
}

#[wasm_bindgen_test]
async fn where_no_passkey_can_be_used_the_others_come_first_and_it_says_why() {
    // At an address of numbers.
    let (page, _) = second_factor_page(&ALL);
    page.appears("[name=code][inputmode=numeric]").await;
    others(&page)[1].click();
    page.appears(".two-factor__passkey").await;
    assert!(!page.has("[type=submit]") && !page.has("[name=trust]"));
    assert_eq!(others(&page).len(), 2);
    drop(page);
    // At one with another name, which only the question tells.
    let (backend, authenticator) = (Backend::start(), Authenticator::start());
    let (page, _) = second_factor_page(&ALL);
    page.appears(".two-factor__passkey [type=submit]").await;
    backend.answers(ASK, &question("first", "portico.example"));
    page.one("form [type=submit]").click();
    page.appears(".banner[role=alert]").await;
    page.vanishes("[type=submit]").await;
    assert!(authenticator.asked().is_empty());
}

pub(crate) fn enrolment(kinds: &[FactorKind]) -> PendingStep {
    PendingStep::EnrolFactor(FactorEnrolment {
        reason: EnrolmentReason::Required,
        kinds: kinds.to_vec(),
        expires_in: 600,
    })
}

#[wasm_bindgen_test]
async fn a_passkey_is_enrolled_in_a_sign_in_and_the_codes_come_first() {
    let (backend, authenticator) = (Backend::start(), Authenticator::start());
    let (page, session) = step_page(enrolment(&[FactorKind::Passkey, FactorKind::Totp]));
    page.appears(".two-factor__passkey [type=submit]").await;
    assert!(
        backend.sent("POST /api/auth/sign-in/enrol/totp").is_empty(),
        "no app is begun that nobody asked for"
    );
    backend.answers(ENROL, &creation(DOMAIN));
    page.one("form [type=submit]").click();
    asked(&authenticator, &["create open"]).await;
    let done = EnrolledStep {
        recovery_codes: RecoveryCodes::new(vec!["ABCDEFGH01112345".to_owned(); 10]),
        next: SignInStep::Done(Box::new(grant("first"))),
    };
    backend.answers(CONFIRM, &done);
    authenticator.make();
    page.appears(".recovery-codes__list li").await;
    is_in(session).await;
    let sent = json_of(&backend.sent(CONFIRM)[0]);
    assert_eq!(
        (&sent["ceremony"], &sent["attestation"]),
        (&json!("new"), &json!("Ag"))
    );
    assert_eq!(sent["transports"], json!(["internal"]));
}

#[wasm_bindgen_test]
async fn without_passkeys_an_app_is_enrolled() {
    let backend = Rc::new(Backend::start());
    let (page, _) = step_page(enrolment(&[FactorKind::Passkey, FactorKind::Totp]));
    until("an app is begun", || {
        !backend.sent("POST /api/auth/sign-in/enrol/totp").is_empty()
    })
    .await;
    assert!(!page.has(".two-factor__passkey"));
}
