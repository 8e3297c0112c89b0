//! `/login/two-factor`: a sign-in that waits for the second factor, or for one to be enrolled.

use leptos::prelude::*;

use super::challenge::Challenge;
use super::codes::Codes;
use super::enrol::Enrol;
use super::help::Help;
use super::looking::Looking;
use super::model::Stage;
use super::start_over::TooLate;
use super::way::Way;

/// The second step of the sign-in. Whoever comes without a sign-in is sent to it.
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let way = Way::new();
    let stage = way.stage();
    move || match stage.get() {
        Stage::Looking => view! { <Looking way /> }.into_any(),
        Stage::Challenge => view! { <Challenge way /> }.into_any(),
        Stage::Help => view! { <Help way /> }.into_any(),
        Stage::Enrol => view! { <Enrol way /> }.into_any(),
        Stage::Codes => view! { <Codes way /> }.into_any(),
        Stage::Over => view! { <TooLate way /> }.into_any(),
        Stage::Elsewhere => ().into_any(),
    }
}
