//! A passkey as the second factor: asking for it, and what became of that.

use leptos::html::Div;
use leptos::prelude::*;

use super::super::door::Judged;
use super::form::{Sending, Trust, Wait};
use super::model::wrong_passkey;
use super::showing::Showing;
use super::tries::{Ended, Tries};
use crate::api::ApiError;
use crate::api::passkeys::NoPasskey;
use crate::api::second_factor::Shown;
use crate::i18n::texts::{passkeys as words, second_factor};
use crate::i18n::{Message, t};
use crate::platform::{document, passkeys};
use crate::ui::{FailureBanner, Form, FormState};

/// A passkey that is asked for, and what became of the last one. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct PasskeyEntry {
    /// Its form, which has nothing to fill in.
    state: FormState,
    /// What became of it.
    pub(super) tries: Tries,
    /// Why the last one did not do, where that is no failure of the request.
    told: RwSignal<Option<Message>>,
    /// None can be used in this browser, or at this address.
    is_unusable: RwSignal<bool>,
}

impl PasskeyEntry {
    /// Nothing is asked for yet.
    pub(super) fn new() -> Self {
        Self {
            state: FormState::new(Signal::stored(Vec::new())),
            tries: Tries::of(|| ()),
            told: RwSignal::new(None),
            is_unusable: RwSignal::new(!passkeys::is_possible()),
        }
    }

    /// Whether one can be used here, as far as is known, tracked.
    pub(super) fn is_usable(self) -> bool {
        !self.is_unusable.get()
    }

    /// Asks for one with `request`, unless that is under way. What follows, if it is right, goes to `done`. Who leaves the
    /// browser's own question hears nothing of it.
    pub(super) fn send<T: 'static>(
        self,
        request: impl Future<Output = Result<Shown<Result<T, NoPasskey>>, ApiError>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.tries.submission.pending.get_untracked() {
            return;
        }
        self.told.set(None);
        self.tries.send(request, move |ended| match ended {
            Ended::Right(Ok(follows)) => done(follows),
            Ended::Right(Err(none)) => {
                if matches!(&none, NoPasskey::Unfit(domain) if !passkeys::fits(domain)) {
                    self.is_unusable.set(true);
                }
                self.told.set(none.explain());
            }
            Ended::Wrong(tries_left) => self.told.set(Some(wrong_passkey(tries_left))),
            // Nothing else can be wrong with it but its age.
            Ended::Refused => self.told.set(Some(words::LATE.into())),
            Ended::Failed => {}
        });
    }
}

/// Asks for a passkey when its button is pressed, which has the focus. Without one that could be used it says so.
#[component]
pub(super) fn PasskeyForm(showing: Showing, buttons: Callback<Option<Sending>, AnyView>) -> impl IntoView {
    let entry = showing.passkey();
    // The browser's own question goes with the page that asked it.
    on_cleanup(passkeys::stop);
    let place = NodeRef::<Div>::new();
    place.on_load(|element| {
        if !document::focus(".two-factor__passkey [type=submit]") {
            document::focus_in_place(&element);
        }
    });
    let intro = move || match (entry.is_usable(), entry.told.with(Option::is_some)) {
        (true, _) => Some(view! { <p>{t(words::INTRO)}</p> }),
        (false, false) => Some(view! { <p>{t(words::UNUSABLE)}</p> }),
        (false, true) => None,
    };
    let usable = Memo::new(move |_| entry.is_usable());
    let ways = move || {
        let sending = usable.get().then(|| Sending {
            label: words::BEGIN,
            pending: entry.tries.pending(),
        });
        buttons.run(sending)
    };
    let submit = Callback::new(move |()| {
        if untrack(|| entry.is_usable()) {
            showing.send_passkey();
        }
    });
    view! {
        <div class="two-factor__passkey" tabindex="-1" node_ref=place>
            {intro}
            <FailureBanner failure=entry.tries.failure(showing.has_recovery()) />
            <Judged judged=entry.told />
            <Wait tries=entry.tries />
            <Form state=entry.state label=t(second_factor::HEADING) on_submit=submit>
                <Show when=move || usable.get()>
                    <Trust showing />
                </Show>
                {ways}
            </Form>
        </div>
    }
}
