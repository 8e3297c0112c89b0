//! `/forgot-password`: who one is, the code, the password. Three steps, and nobody is asked the same twice.

use leptos::prelude::*;

use super::super::door::{End, OverPage};
use super::administrator::{Administrator, AdministratorNoted};
use super::answer::Answer;
use super::ask::Ask;
use super::code::Code;
use super::reset::ChooseForReset;
use super::way::{Step, Way};

/// Asking for a reset, up to the new password.
#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    let way = Way::new();
    let ended = RwSignal::new(None::<End>);
    // Another step, not another letter.
    let step = Memo::new(move |_| way.step.get());
    let answered = Callback::new(move |check| way.judge(check));
    move || {
        if let Some(end) = ended.get() {
            return view! { <OverPage end /> }.into_any();
        }
        match step.get() {
            Step::Ask => view! { <Ask way /> }.into_any(),
            Step::Code => view! { <Code way /> }.into_any(),
            Step::Answer(question) => view! { <Answer question token=None on_check=answered /> }.into_any(),
            Step::Choose(account) => view! { <ChooseForReset account token=None ended /> }.into_any(),
            Step::Administrator => view! { <Administrator way /> }.into_any(),
            Step::Noted => view! { <AdministratorNoted way /> }.into_any(),
        }
    }
}
