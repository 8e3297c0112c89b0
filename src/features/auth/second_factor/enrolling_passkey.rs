//! Enrolling a passkey before there is a session.

use leptos::html::Div;
use leptos::prelude::*;
use portico_contract::validate::Validate;

use super::super::door::{Judged, Send};
use super::way::Way;
use crate::api::passkeys::{self, NoPasskey, explain_made, explain_refusal};
use crate::api::{ApiError, Sent, Submission, second_factor};
use crate::i18n::texts::{passkeys as passkey_words, second_factor as words};
use crate::i18n::{Message, t, use_i18n};
use crate::platform::{document, passkeys as ceremonies};
use crate::ui::{FailureBanner, Form, FormState};

/// A passkey that is being enrolled. Cheap to copy.
#[derive(Clone, Copy)]
struct EnrollingPasskey {
    submission: Submission,
    /// Why the browser made none, or what is wrong with it.
    told: RwSignal<Option<Message>>,
    way: Way,
}

impl EnrollingPasskey {
    fn new(way: Way) -> Self {
        let submission = Submission::of(|| ());
        Effect::new(move |_| {
            if matches!(submission.error(), Some(ApiError::SignInExpired)) {
                way.is_over.set(true);
            }
        });
        Self {
            submission,
            told: RwSignal::new(None),
            way,
        }
    }

    /// Has it made and enrols it. The recovery codes come first; only when they are kept it goes on.
    fn send(self) {
        let Self {
            submission,
            told,
            way,
        } = self;
        if submission.pending.get_untracked() {
            return;
        }
        told.set(None);
        let (client, session) = (way.client(), way.session());
        let request = async move {
            let creation = second_factor::begin_passkey(client).await?;
            // It can be called something else in the account.
            let made = match passkeys::make(creation, Some(passkeys::name_here())).await {
                Ok(made) => made,
                Err(none) => return Ok(Err(none)),
            };
            let Ok(request) = made.validate() else {
                return Ok(Err(NoPasskey::Failed));
            };
            let enrolled = second_factor::confirm_passkey(client, &request).await?;
            // Before anybody hears of a session and leaves.
            way.codes.try_set(Some(enrolled.recovery_codes));
            // Also if the page was left meanwhile.
            Ok(Ok(session.follow(enrolled.next)))
        };
        submission.send(request, move |sent| match sent {
            Sent::Done(Ok(pending)) => {
                if pending.is_some() {
                    way.doorway().take(pending);
                }
            }
            Sent::Done(Err(none)) => told.set(none.explain()),
            Sent::Refused => {
                let problems = untrack(|| submission.problems()).into_vec();
                told.set(problems.first().map(|problem| explain_made(problem.rule)));
            }
            Sent::Failed => {
                let error = untrack(|| submission.error());
                told.set(error.and_then(|error| explain_refusal(&error)));
            }
        });
    }
}

/// Has a passkey made when its button is pressed, which has the focus.
#[component]
pub(super) fn EnrollingPasskeyForm(way: Way) -> impl IntoView {
    let i18n = use_i18n();
    let enrolling = EnrollingPasskey::new(way);
    let EnrollingPasskey { submission, told, .. } = enrolling;
    // The browser's own question goes with the page that asked it.
    on_cleanup(ceremonies::stop);
    let place = NodeRef::<Div>::new();
    place.on_load(|element| {
        if !document::focus(".two-factor__passkey [type=submit]") {
            document::focus_in_place(&element);
        }
    });
    // What has words of its own is said by them.
    let failure = Signal::derive(move || {
        let error = submission.error()?;
        explain_refusal(&error).is_none().then(|| error.explain(i18n))
    });
    let form = ceremonies::is_possible().then(|| {
        let state = FormState::new(Signal::stored(Vec::new()));
        let submit = Callback::new(move |()| enrolling.send());
        view! {
            <Form state label=t(words::ENROL_HEADING) on_submit=submit>
                <Send label=passkey_words::CREATE pending=submission.pending />
            </Form>
        }
    });
    let about = if form.is_some() {
        words::ENROL_PASSKEY
    } else {
        passkey_words::UNUSABLE
    };
    view! {
        <div class="two-factor__passkey" tabindex="-1" node_ref=place>
            <p>{t(about)}</p>
            <FailureBanner failure />
            <Judged judged=told />
            {form}
        </div>
    }
}
