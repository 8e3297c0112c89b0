//! `/account/sign-ins`: where one is signed in, the browsers that know one, and what happened lately.

use leptos::prelude::*;

use super::super::sign_ins::{Browsers, History, Question, Report, Sessions, SignIns};
use crate::i18n::t;
use crate::i18n::texts::sign_ins as words;
use crate::ui::{PageTitle, TopDown};

/// The page about one's sign-ins.
#[component]
pub fn SignInsPage() -> impl IntoView {
    provide_context(SignIns::new());
    view! {
        <section class="page">
            <header class="page__header"><PageTitle title=t(words::TITLE) /></header>
            <Report />
            <TopDown>
                <Sessions />
                <Browsers />
                <History />
            </TopDown>
            <Question />
        </section>
    }
    .into_any()
}
