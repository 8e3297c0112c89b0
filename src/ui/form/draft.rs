//! A form whose draft is kept: it says when what stands in it is from before, and asks before what was typed is lost.

use leptos::prelude::*;

use super::{Form, FormActions, FormState};
use crate::i18n::t;
use crate::i18n::texts::{common, parts};
use crate::ui::banner::{Banner, BannerAction};
use crate::ui::button::{Button, ButtonKind, ButtonVariant};
use crate::ui::dialog::ConfirmDialog;

/// A form whose draft is kept, with the button that sends it and the one that leaves it.
#[component]
pub fn DraftForm(
    /// What it knows about its fields.
    state: FormState,
    /// What it is for.
    #[prop(into)]
    label: Signal<String>,
    /// The verb that sends it.
    #[prop(into)]
    send: Signal<String>,
    /// It is being sent.
    #[prop(into)]
    pending: Signal<bool>,
    /// Something was typed that leaving would lose.
    #[prop(into)]
    dirty: Signal<bool>,
    /// What stands in it is from before, and the person has yet to be told.
    restored: RwSignal<bool>,
    /// The question before what was typed is lost, if it is another than that of dialogs.
    #[prop(optional, into)]
    discard_title: Option<Signal<String>>,
    /// Everything filled in is right, and the person wants it sent.
    #[prop(into)]
    on_submit: Callback<()>,
    /// The person gives up what was typed.
    #[prop(into)]
    on_discard: Callback<()>,
    /// The person does not want to go on.
    #[prop(into)]
    on_leave: Callback<()>,
    /// What there is to say about it as a whole, and the fields.
    children: Children,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let cancel = move |()| {
        if dirty.get_untracked() {
            asking.set(true);
        } else {
            on_leave.run(());
        }
    };
    let give_up = move |()| {
        asking.set(false);
        on_discard.run(());
        on_leave.run(());
    };
    view! {
        <Form state label on_submit>
            <Restored restored on_discard />
            {children()}
            <FormActions>
                <Button label=send variant=ButtonVariant::Primary kind=ButtonKind::Submit pending />
                <Button label=t(common::CANCEL) on_click=cancel />
            </FormActions>
        </Form>
        <ConfirmDialog
            open=asking
            title=discard_title.unwrap_or_else(|| t(parts::DISCARD_TITLE))
            text=t(parts::DISCARD_HINT)
            confirm=t(parts::DISCARD)
            cancel=t(parts::KEEP_EDITING)
            dangerous=true
            on_confirm=give_up
            on_close=move |()| asking.set(false)
        />
    }
}

/// Says that what stands in the form is from before, and offers to do without.
#[component]
fn Restored(restored: RwSignal<bool>, on_discard: Callback<()>) -> impl IntoView {
    move || {
        restored.get().then(|| {
            view! {
                <Banner
                    text=t(parts::DRAFT_RESTORED)
                    action=BannerAction::new(t(parts::DRAFT_DISCARD), on_discard)
                    on_dismiss=move |()| restored.set(false)
                />
            }
        })
    }
}
