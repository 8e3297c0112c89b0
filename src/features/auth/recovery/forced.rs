//! `/login/new-password`: a sign-in that waits for a new password.

use leptos::prelude::*;
use portico_contract::auth::{NewPassword, PasswordChange};
use portico_contract::validate::Validate;

use super::super::door::{Frame, OverPage, ToSignIn, WayOn};
use super::super::model::page_of;
use super::model::{TOO_LATE, context, reason};
use super::setting::{Setting, SettingForm};
use crate::api::{passwords, use_client};
use crate::app::routes::Route;
use crate::i18n::t;
use crate::i18n::texts::recovery as words;
use crate::session::{PendingStep, use_doorway, use_session};

/// The step of the sign-in on which a new password is chosen. Whoever comes without a sign-in is sent to it.
#[component]
pub fn NewPasswordPage() -> impl IntoView {
    let doorway = use_doorway();
    if let Some(PendingStep::NewPassword(change)) = doorway.step.get_untracked() {
        view! { <Waiting change /> }.into_any()
    } else {
        let way_on = WayOn::from_here();
        Effect::new(move |_| way_on.go(Route::SignIn));
        ().into_any()
    }
}

#[component]
fn Waiting(change: PasswordChange) -> impl IntoView {
    let (doorway, session, client) = (use_doorway(), use_session(), use_client());
    let identifier = doorway.identifier;
    let setting = Setting::new("new", context(change.context, identifier.get_untracked()));
    let goal = Memo::new(move |_| session.me().is_some());
    let way_on = WayOn::from_here();
    Effect::new(move |_| {
        if goal.get() {
            way_on.arrive();
        }
    });
    let done = move |pending: Option<PendingStep>| {
        // The sign-in wants something else as well.
        if let Some(step) = pending {
            let page = page_of(&step);
            doorway.step.set(Some(step));
            way_on.go(page);
        }
    };
    let submit = Callback::new(move |()| {
        setting.send(
            move |new| {
                let request = NewPassword { new }.validate()?;
                Ok(async move {
                    let step = passwords::sign_in_with_new_password(client, &request).await?;
                    // Also if the page was left meanwhile.
                    Ok(session.follow(step))
                })
            },
            done,
        );
    });
    // Whoever goes elsewhere starts anew: the sign-in page must not lead back here.
    on_cleanup(move || {
        doorway.let_go(|step| matches!(step, PendingStep::NewPassword(_)));
    });
    let (why, too_late) = (t(reason(change.reason)), setting.is_too_late());
    move || {
        if too_late.get() {
            return view! { <OverPage end=TOO_LATE /> }.into_any();
        }
        view! {
            <Frame title=t(words::FORCED)>
                <p>{why}</p>
                <SettingForm setting username=identifier on_submit=submit />
                <ToSignIn />
            </Frame>
        }
        .into_any()
    }
}
