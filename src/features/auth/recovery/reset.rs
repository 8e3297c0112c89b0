//! `/reset-password`: setting a password by a mailed link. Opening the page asks what the link is worth and nothing more.

use leptos::prelude::*;
use portico_contract::recovery::{CheckLink, CompleteReset, LinkOver, ResetAccount, ResetCheck, ResetStep};
use portico_contract::validate::Validate;

use super::frame::{Checking, Frame, ToSignIn};
use super::model::{DONE, End, MISSING, TOKEN, context, reset_over};
use super::other_user::OtherUser;
use super::over::OverPage;
use super::setting::{Setting, SettingForm};
use crate::api::query::Query;
use crate::api::{recovery, use_client};
use crate::i18n::texts::recovery as words;
use crate::i18n::{t, tm};
use crate::platform::location;
use crate::session::{SessionState, use_doorway, use_session};

/// The page that a reset's link leads to.
#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    match location::take_from_fragment(TOKEN) {
        Some(token) => view! { <WithToken token /> }.into_any(),
        None => view! { <OverPage end=MISSING /> }.into_any(),
    }
}

/// The link is here: what it is worth decides what is shown.
#[component]
fn WithToken(token: String) -> impl IntoView {
    let (client, session) = (use_client(), use_session());
    let held = StoredValue::new(token);
    let check = Query::new(
        || (),
        move |()| async move {
            let link = CheckLink {
                token: held.get_value(),
            };
            match link.validate() {
                Ok(link) => recovery::check_reset(client, &link).await,
                // What cannot be a token was never one.
                Err(_) => Ok(ResetCheck::Over {
                    reason: LinkOver::Unknown,
                }),
            }
        },
    );
    let ended = RwSignal::new(None::<End>);
    let over = Memo::new(move |_| {
        let by_check = check.with(|check| match check {
            ResetCheck::Over { reason } => Some(reset_over(*reason)),
            ResetCheck::Valid(_) | ResetCheck::Question { .. } => None,
        });
        ended.get().or(by_check.flatten())
    });
    let account = Memo::new(move |_| {
        check
            .with(|check| match check {
                ResetCheck::Valid(account) => Some(account.clone()),
                ResetCheck::Over { .. } | ResetCheck::Question { .. } => None,
            })
            .flatten()
    });
    // Who is signed in is found out at the same time; until then nothing is decided.
    let known = Memo::new(move |_| !matches!(session.state(), SessionState::Restoring));
    let other = Memo::new(move |_| session.me().map(|me| me.user.name.clone()));
    move || {
        if let Some(end) = over.get() {
            return view! { <OverPage end /> }.into_any();
        }
        match (account.get(), known.get(), other.get()) {
            (Some(account), true, Some(name)) => view! { <OtherUser account=account.hint name /> }.into_any(),
            (Some(account), true, None) => {
                view! { <ChooseForReset account token=Some(held.get_value()) ended /> }.into_any()
            }
            _ => view! {
                <Frame title=t(words::HEADING)>
                    <Checking problem=check.problem() on_retry=check.on_retry() />
                </Frame>
            }
            .into_any(),
        }
    }
}

/// A password for `account`, by its link or by the code that this browser has entered.
#[component]
pub(super) fn ChooseForReset(
    /// Whose.
    account: ResetAccount,
    /// The link's token, where there is one.
    token: Option<String>,
    /// What comes of it.
    ended: RwSignal<Option<End>>,
) -> impl IntoView {
    let (client, doorway) = (use_client(), use_doorway());
    let identifier = doorway.identifier.get_untracked();
    let setting = Setting::new("new_password", context(account.words, identifier));
    let token = StoredValue::new(token);
    let done = move |step: ResetStep| {
        ended.try_set(Some(match step {
            ResetStep::Done => DONE,
            ResetStep::Over { reason } => reset_over(reason),
        }));
    };
    let submit = Callback::new(move |()| {
        setting.send(
            move |new_password| {
                let request = CompleteReset {
                    token: token.get_value(),
                    new_password,
                }
                .validate()?;
                Ok(async move { recovery::complete_reset(client, &request).await })
            },
            done,
        );
    });
    let whose = account.hint;
    let text = tm(move || words::choose_for(whose.clone()));
    view! {
        <Frame title=t(words::HEADING)>
            <p>{text}</p>
            <SettingForm setting username=doorway.identifier on_submit=submit />
            <ToSignIn />
        </Frame>
    }
}
