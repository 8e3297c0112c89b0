//! `/login/new-password`: a sign-in that waits for a new password.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use portico_contract::auth::{NewPassword, PasswordChange};
use portico_contract::validate::Validate;

use super::frame::{Frame, ToSignIn};
use super::model::{TOO_LATE, context, reason};
use super::over::OverPage;
use super::setting::{Setting, SettingForm};
use crate::api::{passwords, use_client};
use crate::app::routes::{self, Route, safe_next};
use crate::i18n::t;
use crate::i18n::texts::recovery as words;
use crate::session::{use_doorway, use_session};

/// The step of the sign-in on which a new password is chosen. Whoever comes without a sign-in is sent to it.
#[component]
pub fn NewPasswordPage() -> impl IntoView {
    let doorway = use_doorway();
    if let Some(change) = doorway.password_change.get_untracked() {
        view! { <Waiting change /> }.into_any()
    } else {
        leave_for(Route::SignIn.path());
        ().into_any()
    }
}

fn leave_for(path: String) {
    let navigate = use_navigate();
    let options = NavigateOptions {
        replace: true,
        ..NavigateOptions::default()
    };
    Effect::new(move |_| navigate(&path, options.clone()));
}

#[component]
fn Waiting(change: PasswordChange) -> impl IntoView {
    let (doorway, session, client) = (use_doorway(), use_session(), use_client());
    let identifier = doorway.identifier;
    let setting = Setting::new("new", context(change.context, identifier.get_untracked()));
    let goal = Memo::new(move |_| session.me().is_some());
    let next = use_query_map().with_untracked(|query| query.get(routes::NEXT));
    let next = next
        .and_then(|next| safe_next(&next))
        .unwrap_or_else(|| Route::Today.path());
    let navigate = StoredValue::new_local(use_navigate());
    Effect::new(move |_| {
        if goal.get() {
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate.with_value(|navigate| navigate(&next, options));
        }
    });
    let done = move |is_in: bool| {
        // The sign-in wants something else as well: it is asked for there.
        if !is_in {
            navigate.with_value(|navigate| navigate(&Route::SignIn.path(), NavigateOptions::default()));
        }
    };
    let submit = Callback::new(move |()| {
        setting.send(
            move |new| {
                let request = NewPassword { new }.validate()?;
                Ok(async move {
                    let me = passwords::sign_in_with_new_password(client, &request).await?;
                    let is_in = me.is_some();
                    // Also if the page was left meanwhile.
                    if let Some(me) = me {
                        session.begin(me);
                    }
                    Ok(is_in)
                })
            },
            done,
        );
    });
    // Whoever goes elsewhere starts anew: the sign-in page must not lead back here.
    on_cleanup(move || {
        doorway.password_change.try_set(None);
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
