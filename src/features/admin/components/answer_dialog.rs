//! What is asked before a request is answered.

use leptos::prelude::*;
use portico_contract::admin::{AdminRequest, RequestDecision};
use portico_contract::recovery::MAX_REASON;

use super::super::answer::AnswerForm;
use super::super::requests::use_requests;
use crate::i18n::texts::{admin as words, common};
use crate::i18n::{t, tm};
use crate::ui::{
    Banner, Button, ButtonKind, ButtonVariant, Dialog, DialogActions, DialogSize, Form, TextareaField, Tone,
};

/// Asks for a note about the answer that was chosen.
#[component]
pub fn AnswerDialog() -> impl IntoView {
    let requests = use_requests();
    move || {
        let (decision, request) = requests.asked.get()?;
        Some(view! { <Question decision request /> })
    }
}

#[component]
fn Question(decision: RequestDecision, request: AdminRequest) -> impl IntoView {
    let (requests, form) = (use_requests(), AnswerForm::new(decision, &request));
    let name = request.user.name;
    let title = tm(move || match decision {
        RequestDecision::SendReset => words::send_reset_title(name.clone()),
        RequestDecision::ResetSecondFactor => words::reset_factor_title(name.clone()),
        RequestDecision::Decline => words::decline_title(name.clone()),
    });
    let (text, label) = match decision {
        RequestDecision::SendReset => (words::ANSWER_RESET_TEXT, words::SEND_RESET),
        RequestDecision::ResetSecondFactor => (words::RESET_FACTOR_TEXT, words::RESET_FACTOR),
        RequestDecision::Decline => (words::DECLINE_TEXT, words::DECLINE),
    };
    let close = Callback::new(move |()| requests.close(request.id));
    view! {
        <Dialog
            open=true
            title=title
            description=t(text)
            size=DialogSize::Small
            dirty=form.is_dirty()
            on_close=close
        >
            <Form state=form.state label=title on_submit=Callback::new(move |()| form.send())>
                {move || form.failure.get().map(|text| view! { <Banner tone=Tone::Danger text /> })}
                <TextareaField
                    label=t(words::FIELD_NOTE)
                    value=form.note
                    name="note"
                    limit=MAX_REASON
                    hint=t(words::FIELD_NOTE_HINT)
                    error=form.state.error("note")
                    on_blur=form.state.leave("note")
                />
                <DialogActions>
                    <Button label=t(common::CANCEL) on_click=close />
                    <Button
                        label=t(label)
                        variant=ButtonVariant::Primary
                        kind=ButtonKind::Submit
                        pending=form.pending
                    />
                </DialogActions>
            </Form>
        </Dialog>
    }
}
