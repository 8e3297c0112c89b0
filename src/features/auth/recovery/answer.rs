//! The question that an account asks after the code of a message, or with its link.

use leptos::prelude::*;
use portico_contract::recovery::{AnswerQuestion, CodeCheck};
use portico_contract::validate::{FieldProblems, Validate};

use super::super::door::{Frame, Judged, Send, ToSignIn, wrong};
use crate::api::{Sent, Submission, recovery, use_client};
use crate::i18n::t;
use crate::i18n::texts::recovery as words;
use crate::platform::document;
use crate::ui::{FailureBanner, Form, FormState, TextField};

/// The question, and the answer that is typed.
#[component]
pub(super) fn Answer(
    /// What is asked.
    question: String,
    /// The link's token; none where this browser has entered the code.
    token: Option<String>,
    /// What the answer has brought, unless it is wrong.
    on_check: Callback<CodeCheck>,
) -> impl IntoView {
    let (client, typed) = (use_client(), RwSignal::new(String::new()));
    let submission = Submission::of(move || typed.get());
    let judged = RwSignal::new(None);
    let request = move || AnswerQuestion {
        token: token.clone(),
        answer: typed.get(),
    };
    let request = StoredValue::new(request);
    let made = move || request.with_value(|request| request()).validate();
    let found = move || -> FieldProblems { made().err().unwrap_or_default() };
    let state = FormState::new(wrong(submission, found, |_| words::ANSWER));
    let submit = Callback::new(move |()| {
        let Ok(answer) = untrack(made) else { return };
        judged.set(None);
        let request = async move { recovery::answer_reset(client, &answer).await };
        submission.send(request, move |sent| match sent {
            Sent::Done(CodeCheck::Refused { tries_left }) => {
                judged.set(Some(words::code_refused(u64::from(tries_left))));
                document::focus("[name=answer]");
            }
            Sent::Done(check) => on_check.run(check),
            Sent::Refused => state.show_refusal(),
            Sent::Failed => {}
        });
    });
    view! {
        <Frame title=t(words::HEADING)>
            <p>{t(words::ANSWER_INTRO)}</p>
            <p class="recovery__question">{question}</p>
            <FailureBanner failure=submission.failure() />
            <Judged judged />
            <Form state label=t(words::ANSWER) on_submit=submit>
                <TextField
                    label=t(words::ANSWER)
                    value=typed
                    name="answer"
                    autocomplete="off"
                    required=true
                    autofocus=true
                    error=state.error("answer")
                    on_blur=state.leave("answer")
                />
                <Send label=words::CONTINUE pending=submission.pending />
            </Form>
            <ToSignIn />
        </Frame>
    }
}
