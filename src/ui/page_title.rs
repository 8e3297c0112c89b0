//! The heading of a page, which is also where a person lands after navigating.

use leptos::html::H1;
use leptos::prelude::*;

use crate::i18n::texts::common;
use crate::i18n::tm;
use crate::platform::document;

/// The product's name, in a context, for titles.
#[derive(Clone, Debug)]
pub struct ProductName(pub String);

/// Whether a page was shown before. The first page leaves focus where the browser puts it.
#[derive(Clone, Copy)]
struct Visited(StoredValue<bool>);

/// Remembers visits from here on down. Call once, at the root.
pub fn provide_page_focus() {
    provide_context(Visited(StoredValue::new(false)));
}

/// The page's `h1`. It names the document and takes the focus when the page is navigated to, so that a screen reader
/// says where one is.
#[component]
pub fn PageTitle(
    /// What is shown.
    #[prop(into)]
    title: Signal<String>,
    /// What the document is called, where that must not be what is shown: a customer's name stays out of titles.
    #[prop(into, optional)]
    document_title: Option<Signal<String>>,
    /// The class of the heading.
    #[prop(default = "page__title")]
    class: &'static str,
) -> impl IntoView {
    let ProductName(product) = expect_context();
    let name = document_title.unwrap_or(title);
    let full = tm(move || common::page_title(name.get(), product.clone()));
    Effect::new(move |_| document::set_title(&full.get()));
    let heading = NodeRef::<H1>::new();
    let visited = use_context::<Visited>();
    heading.on_load(move |element| {
        let Some(Visited(visited)) = visited else { return };
        if visited.get_value() {
            // A heading that cannot take focus leaves the person where they were, which is no worse.
            let _ = element.focus();
        }
        visited.set_value(true);
    });
    view! { <h1 class=class tabindex="-1" node_ref=heading>{title}</h1> }
}
