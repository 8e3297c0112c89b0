//! The page for an address that leads nowhere.

use leptos::prelude::*;

use super::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::common;
use crate::ui::{ButtonVariant, LinkButton, PageTitle};

/// The page for an address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <main class="fault">
            <PageTitle title=t(common::NOT_FOUND_TITLE) class="fault__title" />
            <p class="fault__hint">{t(common::NOT_FOUND_HINT)}</p>
            <LinkButton variant=ButtonVariant::Primary label=t(common::NOT_FOUND_HOME) href=Route::Today.path() />
        </main>
    }
}
