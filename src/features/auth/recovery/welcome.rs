//! `/welcome`: the first day. One screen: who one is, whom to ask, the language, the password, and in.

use leptos::prelude::*;
use portico_contract::recovery::{CompleteWelcome, LinkOver, WelcomeAccount, WelcomeCheck, WelcomeOutcome};
use portico_contract::validate::Validate;

use super::super::door::{Checking, End, Frame, OverPage, WayOn};
use super::super::model::page_of;
use super::model::{MISSING, TOKEN, context, invitation_over};
use super::other_user::{OtherUser, Present, present};
use super::setting::{Setting, SettingForm};
use super::whom::WhomToAsk;
use crate::api::query::Query;
use crate::api::{recovery, use_client};
use crate::app::routes::Route;
use crate::i18n::texts::recovery as words;
use crate::i18n::{format, t, tm, use_i18n};
use crate::platform::{intl, location, storage, task};
use crate::session::{PendingStep, use_doorway, use_session};

/// The page that an invitation leads to.
#[component]
pub fn WelcomePage() -> impl IntoView {
    let token = location::brought_by_link(TOKEN);
    move || match token.get() {
        Some(token) => view! { <WithToken token /> }.into_any(),
        None => over(
            End {
                label: words::TO_SIGN_IN,
                route: Route::SignIn,
                ..MISSING
            },
            None,
        ),
    }
}

fn over(end: End, person: Option<String>) -> AnyView {
    view! { <OverPage end><WhomToAsk person /></OverPage> }.into_any()
}

#[component]
fn WithToken(token: String) -> impl IntoView {
    let client = use_client();
    let held = StoredValue::new(token);
    let check = Query::new(|| (), move |()| recovery::check_welcome(client, held.get_value()));
    let ended = RwSignal::new(None::<LinkOver>);
    let (found, present) = (Memo::new(move |_| check.get()), present());
    move || match (found.get(), ended.get(), present.get()) {
        (Some(WelcomeCheck::Valid(account)), Some(reason), _) => {
            over(invitation_over(reason), account.invited_by)
        }
        (Some(WelcomeCheck::Over { reason }), ..) => over(invitation_over(reason), None),
        (None, ..) | (_, _, Present::Unknown) => view! {
            <Frame title=t(words::WELCOME)>
                <Checking problem=check.problem() on_retry=check.on_retry() />
                <WhomToAsk person=None />
            </Frame>
        }
        .into_any(),
        (Some(WelcomeCheck::Valid(account)), None, Present::Somebody(name)) => {
            let account = account.identifiers.first().cloned().unwrap_or_default();
            view! { <OtherUser account name /> }.into_any()
        }
        (Some(WelcomeCheck::Valid(account)), None, Present::Nobody) => {
            view! { <Arrival account token=held.get_value() ended /> }.into_any()
        }
    }
}

#[component]
fn Arrival(account: WelcomeAccount, token: String, ended: RwSignal<Option<LinkOver>>) -> impl IntoView {
    let (client, session, i18n) = (use_client(), use_session(), use_i18n());
    let (doorway, way_on) = (use_doorway(), WayOn::from_here());
    speak_as_invited(&account);
    let username = account.identifiers.first().cloned().unwrap_or_default();
    let setting = Setting::new("password", context(account.words, username.clone()));
    let token = StoredValue::new(token);
    let username = Signal::stored(username);
    let done = move |welcomed: Result<Option<PendingStep>, LinkOver>| match welcomed {
        Ok(None) => way_on.arrive(),
        // The account is ready; the sign-in wants more than the password.
        Ok(Some(step)) => {
            let page = page_of(&step);
            doorway.identifier.set(username.get_untracked());
            doorway.step.set(Some(step));
            way_on.go(page);
        }
        Err(reason) => {
            ended.try_set(Some(reason));
        }
    };
    let submit = Callback::new(move |()| {
        setting.send(
            move |password| {
                let request = CompleteWelcome {
                    token: token.get_value(),
                    password,
                    locale: i18n.locale_untracked(),
                    time_zone: intl::time_zone(),
                }
                .validate()?;
                Ok(async move {
                    Ok(match recovery::complete_welcome(client, &request).await? {
                        // Also if the page was left meanwhile.
                        WelcomeOutcome::Accepted { sign_in } => Ok(session.follow(*sign_in)),
                        WelcomeOutcome::Over { reason } => Err(reason),
                    })
                })
            },
            done,
        );
    });
    let name = account.name;
    let heading = tm(move || words::welcome_named(name.clone()));
    let identifiers = tm(move || words::welcome_identifiers(account.identifiers.join(", ")));
    let until = tm(move || {
        words::welcome_until(format::date_time(
            i18n.locale(),
            &i18n.zone(),
            &account.expires_at,
        ))
    });
    view! {
        <Frame title=heading document_title=t(words::WELCOME)>
            <p>{t(words::WELCOME_INTRO)}</p>
            <p>{identifiers}</p>
            <SettingForm setting username on_submit=submit />
            <p class="recovery__note">{until}</p>
            <WhomToAsk person=account.invited_by />
        </Frame>
    }
}

/// The invitation's language, unless one was chosen on this device.
fn speak_as_invited(account: &WelcomeAccount) {
    let (i18n, locale) = (use_i18n(), account.locale);
    let is_chosen = storage::get(storage::Key::Locale).is_some() || location::query("lang").is_some();
    if !is_chosen && locale != i18n.locale_untracked() {
        task::detached(async move {
            // Where its texts cannot be had the page stays readable as it is.
            let _ = i18n.show(locale).await;
        });
    }
}
