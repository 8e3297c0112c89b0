//! The page for an address that leads nowhere.

use leptos::prelude::*;

use super::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::common;
use crate::ui::PageTitle;

/// The page for an address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <main class="fault">
            <PageTitle title=t(common::NOT_FOUND_TITLE) class="fault__title" />
            <p class="fault__hint">{t(common::NOT_FOUND_HINT)}</p>
            <a class="button" data-variant="primary" href=Route::Today.path()>{t(common::NOT_FOUND_HOME)}</a>
        </main>
    }
}
