//! The fields of an invitation.

use leptos::prelude::*;
use portico_contract::locale::Locale;
use portico_contract::user::{Role, TeamRef};

use super::super::invitation::use_invitation;
use super::super::model::role_text;
use crate::i18n::texts::{admin as words, common};
use crate::i18n::{t, use_i18n};
use crate::ui::{DraftForm, FailureBanner, FormSection, PhoneField, SelectField, TextField};

/// The form about the invitation in context.
#[component]
pub fn InviteForm() -> impl IntoView {
    let form = use_invitation();
    view! {
        <DraftForm
            state=form.state
            label=t(words::INVITE)
            send=t(words::SEND_INVITATION)
            pending=form.pending
            dirty=form.is_dirty()
            restored=form.restored
            on_submit=move |()| form.send()
            on_discard=move |()| form.discard()
            on_leave=move |()| form.leave()
        >
            <FailureBanner failure=form.failure() />
            <Person />
            <Work />
        </DraftForm>
    }
}

#[component]
fn Person() -> impl IntoView {
    let form = use_invitation();
    let (fields, state) = (form.fields, form.state);
    view! {
        <FormSection title=t(words::SECTION_PERSON)>
            <TextField
                label=t(words::FIELD_NAME)
                value=fields.name
                name="name"
                autocomplete="off"
                required=true
                error=state.error("name")
                on_blur=state.leave("name")
            />
            <TextField
                label=t(words::FIELD_EMAIL)
                value=fields.email
                name="email"
                kind="email"
                inputmode="email"
                autocomplete="off"
                verbatim=true
                required=true
                hint=t(words::FIELD_EMAIL_HINT)
                error=state.error("email")
                on_blur=state.leave("email")
            />
            <TextField
                label=t(words::COLUMN_NUMBER)
                value=fields.employee_number
                name="employee_number"
                autocomplete="off"
                verbatim=true
                required=true
                error=state.error("employee_number")
                on_blur=state.leave("employee_number")
            />
            <TextField
                label=t(words::FIELD_USERNAME)
                value=fields.username
                name="username"
                autocomplete="off"
                verbatim=true
                hint=t(words::FIELD_USERNAME_HINT)
                error=state.error("username")
                on_blur=state.leave("username")
            />
            <PhoneField
                label=t(words::FIELD_PHONE)
                value=fields.phone
                name="phone"
                autocomplete="off"
                hint=t(words::FIELD_PHONE_HINT)
                error=state.error("phone")
                on_blur=state.leave("phone")
            />
        </FormSection>
    }
}

#[component]
fn Work() -> impl IntoView {
    let (form, i18n) = (use_invitation(), use_i18n());
    let (fields, state) = (form.fields, form.state);
    let roles = Signal::derive(move || {
        let role = |role: Role| (role.as_str().to_owned(), i18n.text(role_text(role)));
        Role::ALL.map(role).to_vec()
    });
    let teams = Signal::derive(move || match form.teams.get() {
        Some(teams) => {
            let choice = |team: TeamRef| (team.id.to_string(), team.name);
            teams.into_iter().map(choice).collect()
        }
        // One that was chosen before has no name yet.
        None if fields.team.with(String::is_empty) => Vec::new(),
        None => vec![(fields.team.get(), i18n.text(common::LOADING))],
    });
    let (teams_ready, teams_problem) = (form.teams.ready(), form.teams.problem());
    let no_team = Signal::derive(move || {
        let is_read = teams_ready.get() || teams_problem.with(Option::is_some);
        i18n.text(if is_read { words::CHOOSE } else { common::LOADING })
    });
    let languages = Locale::ALL.map(|locale| (locale.tag().to_owned(), locale.native_name().to_owned()));
    view! {
        <FormSection title=t(words::SECTION_WORK)>
            <SelectField
                label=t(words::COLUMN_ROLE)
                value=fields.role
                name="role"
                options=roles
                nothing=t(words::CHOOSE)
                required=true
                error=state.error("role")
                on_blur=state.leave("role")
            />
            <Show when=move || teams_problem.with(Option::is_some)>
                <div class="form__wide">
                    <FailureBanner failure=teams_problem on_retry=form.teams.on_retry() />
                </div>
            </Show>
            <SelectField
                label=t(words::FIELD_TEAM)
                value=fields.team
                name="team"
                options=teams
                nothing=no_team
                required=true
                error=state.error("team")
                on_blur=state.leave("team")
            />
            <SelectField
                label=t(words::FIELD_INVITATION_LANGUAGE)
                value=fields.locale
                name="locale"
                options=Signal::stored(languages.to_vec())
                required=true
                error=state.error("locale")
            />
        </FormSection>
    }
}
