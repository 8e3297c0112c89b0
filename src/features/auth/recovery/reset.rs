//! `/reset-password`: setting a password by a mailed link. Opening the page asks what the link is worth and nothing more.

use leptos::prelude::*;
use portico_contract::recovery::{CodeCheck, CompleteReset, ResetAccount, ResetCheck, ResetStep};
use portico_contract::validate::Validate;

use super::super::door::{Checking, End, Frame, OverPage, ToSignIn};
use super::answer::Answer;
use super::model::{DONE, MISSING, TOKEN, context, reset_over};
use super::other_user::{OtherUser, Present, present};
use super::setting::{Setting, SettingForm};
use crate::api::query::Query;
use crate::api::{recovery, use_client};
use crate::i18n::texts::recovery as words;
use crate::i18n::{t, tm};
use crate::platform::location;
use crate::session::use_doorway;

/// The page that a reset's link leads to.
#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    let token = location::brought_by_link(TOKEN);
    move || match token.get() {
        Some(token) => view! { <WithToken token /> }.into_any(),
        None => view! { <OverPage end=MISSING /> }.into_any(),
    }
}

/// The link is here: what it is worth decides what is shown.
#[component]
fn WithToken(token: String) -> impl IntoView {
    let client = use_client();
    let held = StoredValue::new(token);
    let check = Query::new(|| (), move |()| recovery::check_reset(client, held.get_value()));
    let (ended, answered) = (RwSignal::new(None::<End>), RwSignal::new(None::<ResetAccount>));
    let stage = Memo::new(move |_| {
        if let Some(end) = ended.get() {
            return Stage::Over(end);
        }
        let judged = answered.get().map(ResetCheck::Valid).or_else(|| check.get());
        judged.map_or(Stage::Checking, Stage::of)
    });
    let on_check = Callback::new(move |judged| match judged {
        CodeCheck::Accepted(account) => answered.set(Some(account)),
        // It says why.
        _ => check.reload(),
    });
    let present = present();
    move || match (stage.get(), present.get()) {
        (Stage::Over(end), _) => view! { <OverPage end /> }.into_any(),
        (Stage::Checking, _) | (_, Present::Unknown) => view! {
            <Frame title=t(words::HEADING)>
                <Checking problem=check.problem() on_retry=check.on_retry() />
            </Frame>
        }
        .into_any(),
        (Stage::Choice(account), Present::Somebody(name)) => {
            view! { <OtherUser account=account.hint name /> }.into_any()
        }
        (Stage::Choice(account), Present::Nobody) => {
            view! { <ChooseForReset account token=Some(held.get_value()) ended /> }.into_any()
        }
        (Stage::Question(question), _) => {
            view! { <Answer question token=Some(held.get_value()) on_check /> }.into_any()
        }
    }
}

/// What is shown to who has followed the link.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    /// The link is being looked at.
    Checking,
    /// The account asks something first.
    Question(String),
    /// A password can be set.
    Choice(ResetAccount),
    /// Nothing more can be done.
    Over(End),
}

impl Stage {
    fn of(check: ResetCheck) -> Self {
        match check {
            ResetCheck::Valid(account) => Self::Choice(account),
            ResetCheck::Question { question } => Self::Question(question),
            ResetCheck::Over { reason } => Self::Over(reset_over(reason)),
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
