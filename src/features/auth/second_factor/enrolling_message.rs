//! Enrolling where codes are sent, before there is a session: where that is, and the code that shows that it arrives.

use leptos::prelude::*;
use portico_contract::phone::international;
use portico_contract::problem::{FieldProblem, FieldRule};
use portico_contract::sent_code::{BeginSentCode, CodeChannel, ConfirmSentCode};
use portico_contract::validate::Validate;

use super::super::components::{CODE, FactorCode};
use super::super::door::Send;
use super::entry::Entry;
use super::form::Wait;
use super::sent_code::{SentCode, about, fill_in};
use super::way::Way;
use crate::api::sent_codes::CodePost;
use crate::api::{ApiError, Sent, Submission, explain_field, second_factor};
use crate::i18n::texts::second_factor as words;
use crate::i18n::{Message, t, use_i18n};
use crate::platform::document;
use crate::ui::{FailureBanner, FieldError, Form, FormState, PhoneField, SendCode};

const PHONE: &str = "phone";

/// Where codes are to be sent. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct EnrollingMessage {
    sent: SentCode,
    /// The number as typed; only for a telephone.
    phone: RwSignal<String>,
    /// Its form.
    state: FormState,
    entry: Entry,
    way: Way,
}

impl EnrollingMessage {
    /// Nothing was sent yet.
    pub(super) fn new(way: Way, channel: CodeChannel) -> Self {
        let i18n = use_i18n();
        let phone = RwSignal::new(String::new());
        let post = CodePost::of(move || phone.get());
        let sent = SentCode { channel, post };
        let wrong = Signal::derive(move || {
            let own = begin(channel, phone.get()).validate().err();
            let found = own.unwrap_or_else(|| post.submission.problems());
            let line = |problem: &FieldProblem| FieldError {
                field: PHONE.to_owned(),
                label: i18n.text(words::PHONE),
                text: i18n.message(&explain_phone(problem)),
            };
            found.get(PHONE).map(line).into_iter().collect::<Vec<_>>()
        });
        let enrolling = Self {
            sent,
            phone,
            state: FormState::new(wrong),
            entry: Entry::new(channel.method()),
            way,
        };
        enrolling.watch();
        enrolling
    }

    /// Notices that the sign-in took too long.
    fn watch(self) {
        let Self {
            sent: SentCode { post, .. },
            entry,
            way,
            ..
        } = self;
        let is_expired = |submission: Submission| matches!(submission.error(), Some(ApiError::SignInExpired));
        Effect::new(move |_| {
            if is_expired(post.submission) || entry.tries.is_too_late() {
                way.is_over.set(true);
            }
        });
    }

    /// Where the last code went: it is for the number that was typed then.
    fn to(self) -> Signal<Option<String>> {
        let phone = self.phone;
        self.sent
            .post
            .to_number(move || phone.with(|phone| international(phone)))
    }

    /// Has a code sent there.
    fn begin(self) {
        let Self { sent, entry, way, .. } = self;
        let SentCode { channel, post } = sent;
        let Ok(request) = begin(channel, self.phone.get_untracked()).validate() else {
            return self.state.show_refusal();
        };
        let (client, number) = (way.client(), request.phone.clone());
        let request = async move { second_factor::begin_message(client, &request).await };
        post.send_to(number, request, move |sent| match sent {
            Sent::Done(()) => {
                entry.code.set(String::new());
                entry.tries.submission.begin();
                // The button rests from now on.
                document::focus("[name=code]");
            }
            Sent::Refused => self.state.show_refusal(),
            Sent::Failed => {}
        });
    }

    /// Sends the code. The recovery codes come first; only when they are kept it goes on.
    fn confirm(self) {
        let Self { entry, way, .. } = self;
        let (client, session) = (way.client(), way.session());
        let typed = ConfirmSentCode {
            code: entry.code.get_untracked(),
            name: None,
        };
        let Ok(request) = typed.validate() else {
            return entry.state.show_refusal();
        };
        let request = async move {
            let shown = second_factor::confirm_message(client, &request).await?;
            Ok(shown.map(|enrolled| {
                // Before anybody hears of a session and leaves.
                way.codes.try_set(Some(enrolled.recovery_codes));
                // Also if the page was left meanwhile.
                session.follow(enrolled.next)
            }))
        };
        entry.send(request, move |pending| {
            if pending.is_some() {
                way.doorway().take(pending);
            }
        });
    }
}

fn begin(channel: CodeChannel, phone: String) -> BeginSentCode {
    BeginSentCode {
        channel,
        phone: (channel == CodeChannel::Sms).then_some(phone),
    }
}

fn explain_phone(problem: &FieldProblem) -> Message {
    match problem.rule {
        FieldRule::Malformed | FieldRule::TooLong => words::PHONE_MALFORMED.into(),
        rule => explain_field(rule, problem.limit),
    }
}

/// Where codes are to go, and the code that arrives there.
#[component]
pub(super) fn EnrollingMessageForm(enrolling: StoredValue<EnrollingMessage>) -> impl IntoView {
    let enrolling = enrolling.get_value();
    let EnrollingMessage {
        sent: SentCode { channel, post },
        phone,
        state,
        ..
    } = enrolling;
    let (intro, weaker) = about(channel);
    let is_sms = channel == CodeChannel::Sms;
    let to = enrolling.to();
    let is_sent = Memo::new(move |_| to.with(Option::is_some));
    let begin = Callback::new(move |()| enrolling.begin());
    let number = is_sms.then(|| {
        view! {
            <PhoneField
                label=t(words::PHONE)
                value=phone
                name=PHONE
                hint=t(words::PHONE_HINT)
                error=state.error(PHONE)
                required=true
                on_blur=state.leave(PHONE)
            />
        }
    });
    view! {
        <p>{t(intro)}</p>
        <p class="meta">{t(weaker)}</p>
        <FailureBanner failure=post.failure() />
        <Form state label=t(words::ENROL_HEADING) on_submit=begin>
            {number}
            <SendCode
                to
                count=post.count()
                until_ms=post.until_ms()
                pending=post.submission.pending
                autofocus=!is_sms
                on_send=begin
            />
        </Form>
        <Show when=move || is_sent.get()>
            <TheCode enrolling />
        </Show>
    }
}

#[component]
fn TheCode(enrolling: EnrollingMessage) -> impl IntoView {
    let EnrollingMessage { sent, entry, .. } = enrolling;
    fill_in(sent.channel, sent.post, entry.code);
    let submit = Callback::new(move |()| enrolling.confirm());
    view! {
        <FailureBanner failure=entry.tries.failure(Signal::stored(false)) />
        <Wait tries=entry.tries />
        <Form state=entry.state label=t(words::CODE) on_submit=submit>
            <FactorCode
                method=entry.method
                value=entry.code
                label=words::CODE
                hint=words::SENT_CODE_HINT
                error=entry.state.error(CODE)
                pending=entry.tries.pending()
                autofocus=true
            />
            <Send label=words::CONFIRM pending=entry.tries.pending() />
        </Form>
    }
}
