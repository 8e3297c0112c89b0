//! A form, with something wrong in it.

use leptos::prelude::*;

use super::frame::wide;
use crate::ui::{
    Button, ButtonKind, ButtonVariant, DraftForm, FieldError, Form, FormActions, FormSection, FormState,
    TextField,
};

pub(super) fn parts() -> Vec<AnyView> {
    vec![wide("Form", vec![form()]), wide("DraftForm", vec![draft_form()])]
}

fn form() -> AnyView {
    let value = RwSignal::new(String::new());
    let wrong = Signal::derive(move || {
        let error = |()| FieldError {
            field: "form-name".to_owned(),
            label: "Name".to_owned(),
            text: "Please fill this in.".to_owned(),
        };
        let is_empty = value.with(String::is_empty);
        is_empty.then_some(()).map(error).into_iter().collect::<Vec<_>>()
    });
    let state = FormState::new(wrong);
    view! {
        <Form state label="A form" on_submit=Callback::new(|()| {})>
            <FormSection title="Fields that belong together">
                <TextField
                    label="Name" name="form-name" value required=true error=state.error("form-name")
                    on_blur=state.leave("form-name")
                />
            </FormSection>
            <FormActions>
                <Button label="Send the form" kind=ButtonKind::Submit variant=ButtonVariant::Primary/>
            </FormActions>
        </Form>
    }
    .into_any()
}

fn draft_form() -> AnyView {
    let value = RwSignal::new("Nordlicht".to_owned());
    let dirty = Signal::derive(move || value.with(|value| !value.is_empty()));
    let state = FormState::new(Signal::stored(Vec::<FieldError>::new()));
    view! {
        <DraftForm
            state label="A form with a draft" send="Send the draft" pending=Signal::stored(false) dirty
            restored=RwSignal::new(true) on_submit=|()| {} on_discard=move |()| value.set(String::new())
            on_leave=|()| {}
        >
            <TextField label="Name of the draft" name="draft-name" value/>
        </DraftForm>
    }
    .into_any()
}
