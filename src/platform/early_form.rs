//! The sign-in form that the page itself shows before the application is here (`public/boot.js`).

use leptos::prelude::{StoredValue, UpdateValue as _};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::document;

/// What somebody did with the page's own sign-in form.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Early {
    /// What is typed into the first field.
    pub identifier: String,
    /// What is typed into the second.
    pub password: String,
    /// Whether the second field has the focus.
    pub at_password: bool,
    /// Whether it was sent.
    pub submitted: bool,
}

/// In a context: what the sign-in page goes on with.
#[derive(Clone, Copy)]
pub struct EarlyForm(StoredValue<Option<Early>>);

impl EarlyForm {
    /// Takes the form out of the page and keeps what is in it.
    pub fn take_over() -> Self {
        let form = document::find("#early");
        let early = form.as_ref().map(read);
        document::remove("#splash");
        document::remove("#early");
        Self(StoredValue::new(early))
    }

    /// What was done with the form, for the first who asks: a password is not kept for later.
    pub fn claim(self) -> Early {
        self.0
            .try_update_value(Option::take)
            .flatten()
            .unwrap_or_default()
    }
}

fn read(page: &Element) -> Early {
    let input = |selector| {
        let found = page.query_selector(selector).ok().flatten();
        found.and_then(|element| element.dyn_into::<HtmlInputElement>().ok())
    };
    let text =
        |input: &Option<HtmlInputElement>| input.as_ref().map(HtmlInputElement::value).unwrap_or_default();
    let password = input("[name=password]");
    let focused = document::focused();
    Early {
        identifier: text(&input("[name=identifier]")),
        password: text(&password),
        at_password: password.is_some_and(|input| focused.is_some_and(|it| *it == **input)),
        submitted: page
            .query_selector("form[data-submitted]")
            .is_ok_and(|it| it.is_some()),
    }
}
