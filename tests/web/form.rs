use leptos::prelude::*;
use portico::platform::{crypto, tab_storage};
use portico::ui::{Button, ButtonKind, DraftForm, FieldError, Form, FormState, TextField};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, focused, has_focus, send, settle, type_into, until, value_of};

/// A form with two fields that must be filled in, and how often it was sent.
fn page(sent: RwSignal<u32>) -> Page {
    Page::show(move || {
        let (name, town) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        let wrong = Signal::derive(move || {
            let fields = [("name", name), ("address.town", town)];
            let empty = fields
                .into_iter()
                .filter(|(_, value)| value.with(String::is_empty));
            let error = |(field, _): (&str, _)| FieldError {
                field: field.to_owned(),
                label: field.to_uppercase(),
                text: "Please fill this in.".to_owned(),
            };
            empty.map(error).collect::<Vec<_>>()
        });
        let state = FormState::new(wrong);
        view! {
            <Form state label="Customer" on_submit=Callback::new(move |()| sent.update(|sent| *sent += 1))>
                <TextField label="Name" value=name name="name" error=state.error("name") on_blur=state.leave("name")/>
                <TextField
                    label="Town"
                    value=town
                    name="address.town"
                    error=state.error("address.town")
                    on_blur=state.leave("address.town")
                />
                <Button label="Save" kind=ButtonKind::Submit/>
            </Form>
        }
    })
}

#[wasm_bindgen_test]
async fn a_field_is_judged_when_it_is_left_and_then_with_every_letter() {
    let page = page(RwSignal::new(0));
    let name = page.one("[name=name]");
    name.focus().unwrap();
    type_into(&name, "");
    settle().await;
    assert!(!page.has(".field__error"), "nobody is told off while writing");
    name.blur().unwrap();
    page.appears(".field__error").await;
    assert_eq!(
        page.all(".field__error").len(),
        1,
        "the other one was not touched"
    );
    type_into(&name, "A");
    page.vanishes(".field__error").await;
    type_into(&name, "");
    page.appears(".field__error").await;
    assert!(!page.has(".error-summary"), "nobody tried to send it");
}

#[wasm_bindgen_test]
async fn sending_what_is_wrong_leads_to_the_first_that_is() {
    let sent = RwSignal::new(0);
    let page = page(sent);
    let (name, town) = (page.one("[name=name]"), page.one("[name='address.town']"));
    page.one("button").click();
    page.appears(".error-summary").await;
    until("the first field has the focus", || has_focus(&name)).await;
    assert_eq!(page.all(".error-summary a").len(), 2);
    assert_eq!(page.all(".field__error").len(), 2);
    type_into(&name, "Nordlicht");
    until("only the other is named", || {
        page.all(".error-summary a").len() == 1
    })
    .await;
    let link = page.one(".error-summary a");
    assert_eq!(
        link.text_content().as_deref(),
        Some("ADDRESS.TOWN: Please fill this in.")
    );
    assert!(
        !send(&link, "MouseEvent", "click", &[]),
        "the address has nothing to do with it"
    );
    until("the link leads to the field", || has_focus(&town)).await;
    type_into(&town, "Kiel");
    page.vanishes(".error-summary").await;
    assert_eq!(sent.get_untracked(), 0);
    page.one("button").click();
    assert_eq!(sent.get_untracked(), 1);
    assert!(!has_focus(&name), "{}", focused().outer_html());
}

/// A form whose draft came back, and how often it was sent, given up and left.
fn draft_page(counts: [RwSignal<u32>; 3]) -> Page {
    Page::show(move || {
        let [sent, discarded, left] = counts;
        let name = RwSignal::new("Nord".to_owned());
        let wrong = Signal::stored(Vec::<FieldError>::new());
        let count = |of: RwSignal<u32>| of.update(|count| *count += 1);
        view! {
            <DraftForm
                state=FormState::new(wrong)
                label="Customer"
                send="Save"
                pending=Signal::stored(false)
                dirty=Signal::derive(move || name.with(|name| !name.is_empty()))
                restored=RwSignal::new(true)
                on_submit=move |()| count(sent)
                on_discard=move |()| {
                    count(discarded);
                    name.set(String::new());
                }
                on_leave=move |()| count(left)
            >
                <TextField label="Name" value=name name="name"/>
            </DraftForm>
        }
    })
}

#[wasm_bindgen_test]
async fn what_was_typed_is_not_given_up_without_being_asked() {
    let counts = [0, 0, 0].map(RwSignal::new);
    let now = move || counts.map(|count| count.get_untracked());
    let page = draft_page(counts);
    let [send, cancel] = [0, 1].map(|at| page.all(".form__actions button").remove(at));
    send.click();
    assert_eq!(now(), [1, 0, 0]);
    cancel.click();
    page.appears("[role=alertdialog]").await;
    page.all("[role=alertdialog] button").remove(0).click();
    page.vanishes("[role=alertdialog]").await;
    assert_eq!(now(), [1, 0, 0], "nothing is lost by thinking again");
    cancel.click();
    page.appears("[role=alertdialog]").await;
    page.all("[role=alertdialog] button").remove(1).click();
    page.vanishes("[role=alertdialog]").await;
    assert_eq!(now(), [1, 1, 1]);
    cancel.click();
    settle().await;
    assert!(!page.has("[role=alertdialog]"), "there is nothing to lose");
    assert_eq!(now(), [1, 1, 2]);
}

#[wasm_bindgen_test]
async fn a_draft_that_came_back_says_so_until_the_person_knows() {
    let counts = [0, 0, 0].map(RwSignal::new);
    let page = draft_page(counts);
    page.appears(".banner[role=status]").await;
    let name = page.one("[name=name]");
    page.one(".banner .button").click();
    until("the draft is given up", || value_of(&name).is_empty()).await;
    page.one(".banner .icon-button").click();
    page.vanishes(".banner").await;
}

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
const OTHER_KEY: &str = "_wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

#[wasm_bindgen_test]
async fn a_draft_is_read_by_its_owner_for_its_form_and_by_nobody_else() {
    let text = "莱茵河畔 Müller";
    let sealed = crypto::seal(KEY, "customer-new", text).await.unwrap();
    assert!(!sealed.contains("ller"));
    assert_ne!(
        Some(&sealed),
        crypto::seal(KEY, "customer-new", text).await.as_ref(),
        "the same text never looks the same"
    );
    assert_eq!(
        crypto::open(KEY, "customer-new", &sealed).await.as_deref(),
        Some(text)
    );
    assert_eq!(crypto::open(OTHER_KEY, "customer-new", &sealed).await, None);
    assert_eq!(crypto::open(KEY, "deal-new", &sealed).await, None);
    let mut forged = sealed.clone();
    forged.replace_range(20..21, if &sealed[20..21] == "A" { "B" } else { "A" });
    assert_eq!(crypto::open(KEY, "customer-new", &forged).await, None);
    for nonsense in ["", "A", "not base64!", KEY] {
        assert_eq!(
            crypto::open(KEY, "customer-new", nonsense).await,
            None,
            "{nonsense}"
        );
    }
    assert_eq!(crypto::seal("short", "customer-new", text).await, None);
}

#[wasm_bindgen_test]
fn what_a_tab_keeps_it_gives_back_once() {
    tab_storage::set("test", "sealed");
    assert_eq!(tab_storage::get("test").as_deref(), Some("sealed"));
    tab_storage::remove("test");
    assert_eq!(tab_storage::get("test"), None);
}
