//! Choosing what one is asked when the password is reset.

use leptos::prelude::*;

use super::super::question::{ANSWER, PASSWORD, QUESTION, QuestionChoice};
use crate::i18n::texts::{account as words, passwords};
use crate::i18n::{t, tm};
use crate::ui::{
    Banner, Button, ButtonKind, ButtonVariant, FailureBanner, Form, FormActions, FormSection, LoadView,
    PasswordField, Skeleton, TextField, Tone,
};

/// What is asked now, and the form for another question.
#[component]
pub(in super::super) fn QuestionForm() -> impl IntoView {
    let choice = QuestionChoice::new();
    let now = choice.now;
    let said = tm(move || match now.with(|now| now.question.clone()).flatten() {
        Some(question) => words::question_now(question),
        None => words::QUESTION_NONE.into(),
    });
    let submit = Callback::new(move |()| choice.send());
    view! {
        <Form state=choice.state label=t(words::QUESTION) on_submit=submit>
            <FormSection title=t(words::QUESTION)>
                <div class="form__wide account__question">
                    <p>{t(words::QUESTION_INTRO)}</p>
                    <LoadView
                        ready=now.ready()
                        problem=now.problem()
                        on_retry=now.on_retry()
                        skeleton=|| view! { <Skeleton lines=1 /> }
                    >
                        <p>{said}</p>
                    </LoadView>
                    <FailureBanner failure=choice.submission.failure() />
                    <Show when=move || choice.saved.get()>
                        <Banner tone=Tone::Success text=t(words::QUESTION_SAVED) />
                    </Show>
                    <Fields choice />
                </div>
            </FormSection>
            <FormActions>
                <Button
                    label=t(words::QUESTION_SAVE)
                    variant=ButtonVariant::Primary
                    kind=ButtonKind::Submit
                    pending=choice.submission.pending
                />
            </FormActions>
        </Form>
    }
}

#[component]
fn Fields(choice: QuestionChoice) -> impl IntoView {
    let state = choice.state;
    view! {
        <TextField
            label=t(words::QUESTION_TEXT)
            value=choice.question
            name=QUESTION
            autocomplete="off"
            required=true
            error=state.error(QUESTION)
            on_blur=state.leave(QUESTION)
        />
        <TextField
            label=t(words::QUESTION_ANSWER)
            value=choice.answer
            name=ANSWER
            autocomplete="off"
            required=true
            hint=t(words::QUESTION_ANSWER_HINT)
            error=state.error(ANSWER)
            on_blur=state.leave(ANSWER)
        />
        <PasswordField
            label=t(passwords::CURRENT)
            value=choice.password
            name=PASSWORD
            required=true
            error=state.error(PASSWORD)
            mask=choice.sent
            on_blur=state.leave(PASSWORD)
        />
    }
}
