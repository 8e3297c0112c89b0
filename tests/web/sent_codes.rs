//! Codes that are sent: as the second factor, before a step-up, and where they go.

use std::rc::Rc;

use js_sys::Function;
use leptos::prelude::*;
use portico_contract::auth::SignInStep;
use portico_contract::problem::{ErrorCode, FieldProblem, FieldRule, Problem};
use portico_contract::second_factor::{
    Enrolled, EnrolledStep, FactorKind, FactorMethod, SecondFactorState, StepUpNeeded,
};
use portico_contract::sent_code::CodeSent;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backend::{Backend, grant};
use crate::page::{Page, has_focus, type_into, until, value_of};
use crate::passkeys::{enrolment, is_in, json_of, others, second_factor_page, step_page};
use crate::{step_up, two_step};

const SEND: &str = "POST /api/auth/sign-in/second-factor/code";
const SHOW: &str = "POST /api/auth/sign-in/second-factor";
const SEND_AGAIN: &str = "POST /api/me/step-up/code";
const ENROL: &str = "POST /api/auth/sign-in/enrol/message";
const ENROL_CONFIRM: &str = "POST /api/auth/sign-in/enrol/message/confirm";
const OWN: &str = "POST /api/me/second-factor/message";
const OWN_CONFIRM: &str = "POST /api/me/second-factor/message/confirm";

const CODE: &str = "[name=code][inputmode=numeric]";

fn sent(resend_in: u32) -> CodeSent {
    CodeSent {
        to: "+49 ••• 78".into(),
        expires_in: 600,
        resend_in,
    }
}

fn wrong(field: &str, rule: FieldRule) -> Problem {
    Problem {
        fields: vec![FieldProblem {
            field: field.to_owned(),
            rule,
            limit: None,
        }],
        ..Problem::new(ErrorCode::Validation, "r")
    }
}

/// Has a code sent, which takes until it can be typed.
async fn have_sent(page: &Page) {
    page.one(".send-code .button").click();
    page.appears(CODE).await;
    until("the code has the focus", || has_focus(&page.one(CODE))).await;
}

#[wasm_bindgen_test]
async fn a_code_is_sent_when_it_is_asked_for_and_stays_while_another_method_is_tried() {
    let backend = Backend::start();
    let methods = [FactorMethod::Totp, FactorMethod::Sms, FactorMethod::RecoveryCode];
    let (page, session) = second_factor_page(&methods);
    page.appears(CODE).await;
    others(&page)[0].click();
    page.appears(".send-code").await;
    until("the button has the focus", || {
        has_focus(&page.one(".send-code .button"))
    })
    .await;
    assert!(backend.sent(SEND).is_empty(), "nothing is sent by itself");
    assert!(!page.has("[name=code]") && !page.has("[type=submit]"));
    backend.answers(SEND, &sent(30));
    have_sent(&page).await;
    assert_eq!(json_of(&backend.sent(SEND)[0]), json!({"channel": "sms"}));
    assert!(page.has(".send-code .button[disabled]") && page.has(".send-code [role=timer]"));
    type_into(&page.one(CODE), "123");
    others(&page)[1].click();
    page.vanishes(".send-code").await;
    others(&page)[0].click();
    page.appears(".send-code").await;
    assert_eq!(value_of(&page.one(CODE)), "123");
    assert!(
        page.has(".send-code .button[disabled]"),
        "it was sent a moment ago"
    );
    type_into(&page.one(CODE), "123456");
    page.one("[name=trust]").click();
    backend.refuses(SHOW, &wrong("code", FieldRule::NotAllowed));
    page.one("[type=submit]").click();
    page.appears("[name=code][aria-invalid=true]").await;
    backend.answers(SHOW, &SignInStep::Done(Box::new(grant("first"))));
    type_into(&page.one(CODE), "654321");
    page.vanishes("[name=code][aria-invalid=true]").await;
    page.one("[type=submit]").click();
    is_in(session).await;
    let shown = json_of(backend.sent(SHOW).last().unwrap());
    assert_eq!(
        shown,
        json!({"proof": {"method": "sms", "code": "654321"}, "trust": true})
    );
}

#[wasm_bindgen_test]
async fn another_code_takes_the_place_of_the_one_before_and_may_have_to_wait() {
    let backend = Backend::start();
    let (page, _session) = second_factor_page(&[FactorMethod::Mail]);
    page.appears(".send-code .button").await;
    backend.answers(SEND, &sent(1));
    have_sent(&page).await;
    type_into(&page.one(CODE), "123");
    page.appears(".send-code .button:not([disabled])").await;
    backend.answers(SEND, &sent(0));
    page.one(".send-code .button").click();
    until("the field is empty", || value_of(&page.one(CODE)).is_empty()).await;
    let waits = Problem {
        retry_after: Some(300),
        ..Problem::new(ErrorCode::RateLimited, "r")
    };
    backend.refuses(SEND, &waits);
    page.appears(".send-code .button:not([disabled])").await;
    page.one(".send-code .button").click();
    page.appears(".banner[role=alert]").await;
    assert!(page.has(".send-code .button[disabled]") && page.has(CODE));
    assert_eq!(backend.sent(SEND).len(), 3);
}

#[wasm_bindgen_test]
async fn the_browser_may_read_the_code_off_the_message() {
    const READER: &str = "
        globalThis.OTPCredential = function () {};
        const asked = [];
        const get = ({ otp, signal }) => new Promise((resolve, reject) => {
            asked.push(otp.transport.join());
            signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
            resolve({ code: '246810' });
        });
        Object.defineProperty(navigator, 'credentials', { value: { get }, configurable: true });
        return () => {
            delete globalThis.OTPCredential;
            delete navigator.credentials;
            return asked.join();
        };
    ";
    let stop: Function = Function::new_no_args(READER)
        .call0(&JsValue::NULL)
        .unwrap()
        .into();
    let backend = Backend::start();
    let (page, _session) = second_factor_page(&[FactorMethod::Sms]);
    page.appears(".send-code .button").await;
    backend.answers(SEND, &sent(30));
    have_sent(&page).await;
    until("it is filled in", || value_of(&page.one(CODE)) == "246810").await;
    assert_eq!(
        stop.call0(&JsValue::NULL).unwrap().as_string().as_deref(),
        Some("sms")
    );
}

#[wasm_bindgen_test]
async fn a_code_does_not_stand_for_the_password_of_a_step_up() {
    let backend = Rc::new(Backend::start());
    let (page, client) = step_up::page(&backend).await;
    let needed = StepUpNeeded {
        password: true,
        methods: vec![FactorMethod::Sms, FactorMethod::RecoveryCode],
    };
    let problem = Problem {
        step_up: Some(needed),
        ..Problem::new(ErrorCode::StepUpRequired, "r")
    };
    backend.refuses(step_up::RENEW, &problem);
    let outcome = step_up::ask(client);
    page.appears("dialog:modal").await;
    assert!(page.has("dialog button[type=submit][disabled]"));
    backend.answers(SEND_AGAIN, &sent(30));
    page.one("dialog .send-code .button").click();
    page.appears("dialog [name=code]").await;
    assert!(!page.has("dialog button[type=submit][disabled]"));
    type_into(&page.one("dialog input[name=password]"), "lantern harbour 42");
    type_into(&page.one("dialog [name=code]"), "123456");
    backend.answers(step_up::STEP_UP, &grant("second"));
    backend.answers(step_up::RENEW, &two_step::codes());
    step_up::submit(&page);
    until("it was done", || outcome.get_untracked() == Some(Ok(10))).await;
    assert_eq!(
        json_of(&backend.sent(step_up::STEP_UP)[0]),
        json!({"password": "lantern harbour 42", "proof": {"method": "sms", "code": "123456"}})
    );
}

#[wasm_bindgen_test]
async fn a_telephone_is_enrolled_in_a_sign_in() {
    let backend = Backend::start();
    let (page, session) = step_page(enrolment(&[FactorKind::Mail, FactorKind::Sms]));
    page.appears("[name=phone]").await;
    type_into(&page.one("[name=phone]"), "0170 1234567");
    page.one(".send-code .button").click();
    page.appears("[name=phone][aria-invalid=true]").await;
    assert!(backend.sent(ENROL).is_empty());
    type_into(&page.one("[name=phone]"), "+49 170 1234578");
    backend.answers(ENROL, &sent(30));
    have_sent(&page).await;
    assert_eq!(
        json_of(&backend.sent(ENROL)[0]),
        json!({"channel": "sms", "phone": "+491701234578"})
    );
    type_into(&page.one(CODE), "123456");
    let done = EnrolledStep {
        recovery_codes: two_step::codes(),
        next: SignInStep::Done(Box::new(grant("first"))),
    };
    backend.answers(ENROL_CONFIRM, &done);
    page.one("[type=submit]").click();
    page.appears(".recovery-codes__list li").await;
    is_in(session).await;
}

/// What there is for somebody with one factor of `kind`.
fn with(kind: FactorKind, to: Option<&str>) -> SecondFactorState {
    let mut state = two_step::state(&["First"], 10, false);
    state.kinds = vec![FactorKind::Totp, FactorKind::Sms, FactorKind::Mail];
    state.factors[0].kind = kind;
    state.factors[0].to = to.map(str::to_owned);
    state
}

#[wasm_bindgen_test]
async fn a_telephone_is_added_to_the_account_once() {
    let backend = Rc::new(Backend::start());
    let page = two_step::page(&backend, &with(FactorKind::Totp, None)).await;
    let adds = page.all(".account__adds .button");
    assert_eq!(adds.len(), 3);
    adds[1].click();
    page.appears("[name=phone][type=tel]").await;
    assert!(page.has("h3:focus"), "what comes is read");
    type_into(&page.one("[name=phone]"), "+49 170 1234578");
    backend.refuses(OWN, &wrong("phone", FieldRule::Malformed));
    page.one(".send-code .button").click();
    page.appears("[name=phone][aria-invalid=true]").await;
    type_into(&page.one("[name=phone]"), "+49 170 1234579");
    backend.answers(OWN, &sent(0));
    have_sent(&page).await;
    // A code is for the number it was sent to.
    type_into(&page.one("[name=phone]"), "+49 170 1234578");
    page.vanishes("[name=code]").await;
    backend.answers(OWN, &sent(30));
    have_sent(&page).await;
    type_into(&page.one(CODE), "111111");
    backend.refuses(OWN_CONFIRM, &wrong("code", FieldRule::Incorrect));
    page.one(".account__factors [type=submit]").click();
    page.appears("[name=code][aria-invalid=true]").await;
    type_into(&page.one(CODE), "123456");
    type_into(&page.one("[name=name]"), "Work phone");
    page.vanishes("[name=code][aria-invalid=true]").await;
    let enrolled = Enrolled {
        state: with(FactorKind::Sms, Some("+49 ••• 78")),
        recovery_codes: None,
    };
    backend.answers(OWN_CONFIRM, &enrolled);
    page.one(".account__factors [type=submit]").click();
    page.appears(".account__factors .banner[data-tone=success]").await;
    let confirmed: Value = json_of(backend.sent(OWN_CONFIRM).last().unwrap());
    assert_eq!(confirmed, json!({"code": "123456", "name": "Work phone"}));
    let about = page.one(".account__about").text_content();
    assert!(about.is_some_and(|about| about.contains("+49 ••• 78")));
    assert_eq!(
        page.all(".account__adds .button").len(),
        2,
        "there is one already"
    );
}

#[wasm_bindgen_test]
async fn codes_by_mail_are_added_without_a_number() {
    let backend = Rc::new(Backend::start());
    let page = two_step::page(&backend, &with(FactorKind::Totp, None)).await;
    page.all(".account__adds .button")[2].click();
    page.appears(".send-code").await;
    assert!(!page.has("[name=phone]"));
    backend.answers(OWN, &sent(30));
    have_sent(&page).await;
    assert_eq!(json_of(&backend.sent(OWN)[0]), json!({"channel": "mail"}));
    assert!(!page.has(".account__factors [name=name]"));
}
