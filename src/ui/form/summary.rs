//! Everything that is wrong with a form, at its top, with the way to each field.

use leptos::ev;
use leptos::prelude::*;

use super::{FieldError, FormState, focus_field};
use crate::i18n::texts::parts as words;
use crate::i18n::tm;
use crate::ui::field::unique_id;
use crate::ui::icon::{Icon, IconName};

/// What is wrong, each with a link to its field. Nothing before somebody has tried to send the form.
#[component]
pub(super) fn ErrorSummary(state: FormState) -> impl IntoView {
    let wrong = state.summed_up();
    let id = unique_id("errors");
    let heading =
        tm(move || words::form_errors(wrong.with(|wrong| u64::try_from(wrong.len()).unwrap_or(u64::MAX))));
    let some_wrong = Memo::new(move |_| wrong.with(|wrong| !wrong.is_empty()));
    move || {
        let (id, named_by) = (id.clone(), id.clone());
        some_wrong.get().then(|| {
            view! {
                <div class="error-summary" role="group" aria-labelledby=named_by>
                    <p class="error-summary__title" id=id>
                        <Icon name=IconName::Alert />
                        <span>{move || heading.get()}</span>
                    </p>
                    <ul class="error-summary__list">
                        {move || wrong.get().into_iter().map(entry).collect_view()}
                    </ul>
                </div>
            }
        })
    }
}

fn entry(FieldError { field, label, text }: FieldError) -> impl IntoView {
    let href = format!("#{field}");
    let go = move |event: ev::MouseEvent| {
        // The place is within the page; the address has nothing to do with it.
        event.prevent_default();
        focus_field(field.clone());
    };
    view! { <li><a class="error-summary__link" href=href rel="external" on:click=go>{format!("{label}: {text}")}</a></li> }
}
