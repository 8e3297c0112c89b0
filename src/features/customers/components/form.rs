//! The fields of a customer.

use leptos::prelude::*;
use portico_contract::customer::{Channel, CustomerKind, CustomerStatus, MAX_TAG, MAX_TAGS};
use portico_contract::locale::Locale;

use super::super::editor::{CustomRow, use_editor};
use super::super::model::{channel_text, kind_text, status_text};
use super::super::typed::COUNTRIES;
use crate::i18n::texts::customers as words;
use crate::i18n::{Message, Text, format, t, tm, use_i18n};
use crate::platform::{clock, document, task};
use crate::ui::{
    Banner, Button, ButtonSize, DraftForm, Fact, Facts, FailureBanner, FormSection, IconButton, IconName,
    NumberField, RadioGroup, SelectField, TagInput, TextField, Tone,
};

/// The form about the customer of the editor in context.
#[component]
pub fn CustomerForm(
    /// What it is for.
    #[prop(into)]
    label: Signal<String>,
    /// The person does not want to go on; what was typed is given up.
    on_cancel: Callback<()>,
) -> impl IntoView {
    let form = use_editor();
    view! {
        <DraftForm
            state=form.state
            label
            send=t(words::SAVE)
            pending=form.pending
            dirty=form.is_dirty()
            restored=form.restored
            discard_title=t(words::DISCARD_TITLE)
            on_submit=move |()| form.send()
            on_discard=move |()| form.discard()
            on_leave=on_cancel
        >
            <Notices />
            <Basics />
            <Place />
            <Relation />
            <CustomFields />
        </DraftForm>
    }
}

/// What there is to say about the form as a whole.
#[component]
fn Notices() -> impl IntoView {
    let form = use_editor();
    let conflict = form.conflict_text();
    let conflicts = form.conflicts();
    view! {
        {move || conflict.get().map(|text| view! {
            <Banner tone=Tone::Warning text=t(text) />
            <Facts>
                {conflicts.get().into_iter().map(|(field, theirs)| view! { <Fact name=field>{theirs}</Fact> }).collect_view()}
            </Facts>
        })}
        <FailureBanner failure=form.failure() />
    }
}

/// A choice by its value and its words.
fn choices<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    value: fn(T) -> &'static str,
    text: fn(T) -> Text,
) -> Signal<Vec<(String, String)>> {
    let i18n = use_i18n();
    Signal::derive(move || {
        let choice = |it: &T| (value(*it).to_owned(), i18n.text(text(*it)));
        all.iter().map(choice).collect()
    })
}

/// A line of text that nothing special is to be said about.
fn line(label: Text, value: RwSignal<String>, name: &'static str) -> impl IntoView {
    let state = use_editor().state;
    view! {
        <TextField
            label=t(label)
            value
            name
            autocomplete="off"
            error=state.error(name)
            on_blur=state.leave(name)
        />
    }
}

#[component]
fn Basics() -> impl IntoView {
    let form = use_editor();
    let (fields, state) = (form.fields, form.state);
    let is_company = Memo::new(move |_| fields.kind.with(|kind| kind == CustomerKind::Company.as_str()));
    view! {
        <FormSection title=t(words::SECTION_BASICS)>
            <div class="form__wide">
                <TextField
                    label=t(words::FIELD_NAME)
                    value=fields.name
                    name="name"
                    autocomplete="off"
                    required=true
                    error=state.error("name")
                    on_blur=state.leave("name")
                />
            </div>
            <RadioGroup
                label=t(words::FIELD_KIND)
                value=fields.kind
                name="kind"
                options=choices(&CustomerKind::ALL, CustomerKind::as_str, kind_text)
                error=state.error("kind")
            />
            <SelectField
                label=t(words::COLUMN_STATUS)
                value=fields.status
                name="status"
                required=true
                options=choices(&CustomerStatus::ALL, CustomerStatus::as_str, status_text)
                error=state.error("status")
            />
            {line(words::FACT_INDUSTRY, fields.industry, "industry")}
            <Show when=move || is_company.get()>
                <NumberField
                    label=t(words::FACT_EMPLOYEES)
                    value=fields.employees
                    name="employees"
                    error=state.error("employees")
                    on_blur=state.leave("employees")
                />
            </Show>
            <TextField
                label=t(words::FACT_WEBSITE)
                value=fields.website
                name="website"
                inputmode="url"
                autocomplete="off"
                verbatim=true
                hint=t(words::FIELD_WEBSITE_HINT)
                error=state.error("website")
                on_blur=state.leave("website")
            />
        </FormSection>
    }
}

#[component]
fn Place() -> impl IntoView {
    let form = use_editor();
    let (fields, state, i18n) = (form.fields, form.state, use_i18n());
    let countries = Memo::new(move |_| format::countries(i18n.locale(), COUNTRIES));
    view! {
        <FormSection title=t(words::SECTION_ADDRESS)>
            {line(words::FIELD_STREET, fields.street, "street")}
            {line(words::FIELD_POSTAL_CODE, fields.postal_code, "postal_code")}
            {line(words::FIELD_CITY, fields.city, "city")}
            <SelectField
                label=t(words::FIELD_COUNTRY)
                value=fields.country
                name="country"
                options=countries
                nothing=t(words::COUNTRY_UNKNOWN)
                error=state.error("country")
            />
        </FormSection>
    }
}

#[component]
fn Relation() -> impl IntoView {
    let form = use_editor();
    let (fields, state) = (form.fields, form.state);
    let owners = Signal::derive(move || form.owners());
    let languages = Signal::stored(
        Locale::ALL
            .into_iter()
            .map(|locale| (locale.tag().to_owned(), locale.native_name().to_owned()))
            .collect::<Vec<_>>(),
    );
    view! {
        <FormSection title=t(words::SECTION_RELATION)>
            <SelectField
                label=t(words::FACT_OWNER)
                value=fields.owner_id
                name="owner_id"
                required=true
                options=owners
                error=state.error("owner_id")
            />
            <SelectField
                label=t(words::FACT_LANGUAGE)
                value=fields.language
                name="language"
                required=true
                options=languages
                error=state.error("language")
            />
            <RadioGroup
                label=t(words::FACT_CHANNEL)
                value=fields.channel
                name="channel"
                options=choices(&Channel::ALL, Channel::as_str, channel_text)
                error=state.error("channel")
            />
            <div class="form__wide">
                <TagInput
                    label=t(words::FACT_TAGS)
                    value=fields.tags
                    name="tags"
                    suggestions=form.known_tags
                    limit=MAX_TAGS
                    longest=MAX_TAG
                    error=state.error("tags")
                    on_blur=state.leave("tags")
                />
            </div>
        </FormSection>
    }
}

/// The fields of the company's own making.
#[component]
fn CustomFields() -> impl IntoView {
    let form = use_editor();
    let fields = form.fields;
    let rows = move || fields.rows.get().into_iter().enumerate();
    let add = move |()| {
        let place = fields.rows.with_untracked(Vec::len);
        fields.add_row();
        focus_soon(name_of(place));
    };
    view! {
        <FormSection title=t(words::SECTION_CUSTOM)>
            // What is wrong is known by place, so one that moves up is drawn anew.
            <For each=rows key=|(place, row)| (*place, row.key) let((place, row))>
                <CustomField row place />
            </For>
            <div class="form__wide">
                <Button label=t(words::CUSTOM_ADD) size=ButtonSize::Small icon=IconName::Plus on_click=add />
            </div>
        </FormSection>
    }
}

/// The name of the control for what the field at `place` is called.
fn name_of(place: usize) -> String {
    format!("custom_fields.{place}.name")
}

/// Moves focus to the control named `name`, once it is drawn.
fn focus_soon(name: String) {
    task::detached(async move {
        clock::sleep(0).await;
        document::focus_named(&name);
    });
}

#[component]
fn CustomField(row: CustomRow, place: usize) -> impl IntoView {
    let form = use_editor();
    let state = form.state;
    let number = (place + 1).to_string();
    let (name, value) = (name_of(place), format!("custom_fields.{place}.value"));
    let label = |text: fn(String) -> Message| {
        let number = number.clone();
        tm(move || text(number.clone()))
    };
    let key = row.key;
    let remove = move |()| {
        form.fields.remove_row(key);
        if let Some(before) = place.checked_sub(1) {
            focus_soon(name_of(before));
        }
    };
    view! {
        <TextField
            label=label(words::field_custom_name)
            value=RwSignal::from(row.name)
            name=name.clone()
            autocomplete="off"
            required=true
            error=state.error(name.clone())
            on_blur=state.leave(name)
        />
        <div class="form__with-button">
            <TextField
                label=label(words::field_custom_value)
                value=RwSignal::from(row.value)
                name=value.clone()
                autocomplete="off"
                error=state.error(value.clone())
                on_blur=state.leave(value)
            />
            <IconButton label=label(words::custom_remove) icon=IconName::X on_click=remove />
        </div>
    }
}
