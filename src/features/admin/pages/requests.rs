//! `/admin/requests`: people who cannot sign in and ask an administrator.

use leptos::prelude::*;
use portico_contract::admin::{AdminRequest, RequestDecision, RequestState};
use portico_contract::capability::{Resource, Verb};

use super::super::components::{AnswerDialog, Section, Sections};
use super::super::model::{STATES, answer_to, kind_text, outcome_text, state_text};
use super::super::requests::{ANY, Requests, use_requests};
use super::for_who_may;
use crate::i18n::texts::admin as words;
use crate::i18n::{t, use_i18n};
use crate::session::use_session;
use crate::ui::{
    Badge, Button, ButtonSize, ButtonVariant, EmptyState, IconName, LoadView, Moment, PageTitle, ResultCount,
    Select, Skeleton, Tone,
};

/// The requests.
#[component]
pub fn AdminRequestsPage() -> impl IntoView {
    let body = for_who_may(Verb::Read, words::REQUESTS, || view! { <List /> }.into_any());
    view! { <section class="page">{body}</section> }.into_any()
}

#[component]
fn List() -> impl IntoView {
    let (requests, i18n) = (Requests::new(), use_i18n());
    provide_context(requests);
    let states = Signal::derive(move || {
        let known = STATES.map(|state| (state.as_str().to_owned(), i18n.text(state_text(state))));
        let any = (ANY.to_owned(), i18n.text(words::FILTER_STATE_ANY));
        known.into_iter().chain([any]).collect::<Vec<_>>()
    });
    let state = Signal::derive(move || requests.state.get().map_or(ANY, RequestState::as_str).to_owned());
    let total = Memo::new(move |_| requests.rows.with(|page| page.total));
    let more = Memo::new(move |_| requests.rows.with(|page| page.next.is_some()) == Some(true));
    view! {
        <header class="page__header">
            <PageTitle title=t(words::REQUESTS) />
            <ResultCount total words=words::request_count />
        </header>
        <Sections here=Section::Requests />
        <div class="admin__toolbar">
            <Select
                label=t(words::COLUMN_STATUS)
                options=states
                value=state
                on_change=Callback::new(move |value: String| requests.show(&value))
            />
        </div>
        <LoadView
            ready=requests.rows.ready()
            problem=requests.rows.problem()
            on_retry=requests.rows.on_retry()
            skeleton=|| view! { <Skeleton lines=8 /> }
        >
            {move || requests.rows.get().map(|page| {
                if page.items.is_empty() {
                    view! { <Nothing /> }.into_any()
                } else {
                    let cards = page.items.into_iter().map(|request| view! { <Card request /> }).collect_view();
                    view! { <ul class="admin__requests">{cards}</ul> }.into_any()
                }
            })}
            <Show when=move || more.get()>
                <Button label=t(words::SHOW_MORE) pending=requests.reading on_click=move |()| requests.load_more() />
            </Show>
        </LoadView>
        <AnswerDialog />
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <EmptyState
            icon=IconName::Check
            title=t(words::REQUESTS_EMPTY_TITLE)
            hint=t(words::REQUESTS_EMPTY_HINT)
        />
    }
}

/// One request, and how it can be answered.
#[component]
fn Card(request: AdminRequest) -> impl IntoView {
    let (requests, session) = (use_requests(), use_session());
    let tone = match request.state {
        RequestState::Open => Tone::Warning,
        RequestState::Sent => Tone::Success,
        RequestState::Declined => Tone::Neutral,
    };
    let name = request.user.name.clone();
    let may = Memo::new(move |_| session.can(Verb::Update, Resource::Users).is_some());
    let asked = request.clone();
    let (decision, verb) = answer_to(request.kind);
    let answers = move || {
        (asked.state == RequestState::Open).then(|| {
            let button = |decision, label, variant| {
                let request = asked.clone();
                let on_click = move |()| requests.ask(decision, request.clone());
                view! { <Button label=t(label) variant size=ButtonSize::Small disabled=Signal::derive(move || !may.get()) on_click /> }
            };
            view! {
                <div class="admin__answers">
                    {button(decision, verb, ButtonVariant::Primary)}
                    {button(RequestDecision::Decline, words::DECLINE, ButtonVariant::Secondary)}
                    <Show when=move || !may.get()><p class="meta">{t(words::UPDATE_FORBIDDEN)}</p></Show>
                </div>
            }
        })
    };
    let answered = request.answered_by.zip(request.answered_at).map(|(by, at)| {
        view! { <span class="meta">{by.name}</span> <span class="meta"><Moment at /></span> }
    });
    view! {
        <li class="admin__request">
            <h2 class="admin__who">{name}</h2>
            <Badge tone=Tone::Info label=t(kind_text(request.kind)) />
            <Badge tone label=t(outcome_text(request.kind, request.state)) />
            <span class="meta">{request.email}</span>
            <span class="meta">{request.employee_number}</span>
            <span class="meta"><Moment at=request.created_at /></span>
            <p class="admin__reason">{request.reason}</p>
            {answered}
            {request.note.map(|note| view! { <p class="admin__reason">{note}</p> })}
            {answers}
        </li>
    }
}
