//! `/forgot-password`: who one is, the code, the password. Three steps, and nobody is asked the same twice.

use std::future::Future;

use leptos::prelude::*;
use portico_contract::recovery::{
    AnswerQuestion, CODE_DIGITS, CodeCheck, MAX_REASON, Noted, RequestAdminReset, ResetAccount, ResetChannel,
    StartReset, VerifyCode,
};
use portico_contract::validate::{FieldProblems, Validate};

use super::frame::{Ending, Failure, Frame, ToSignIn};
use super::model::End;
use super::over::OverPage;
use super::reset::ChooseForReset;
use crate::api::query::Query;
use crate::api::{ApiError, Client, explain_field, passwords, recovery, use_client};
use crate::app::routes::Route;
use crate::i18n::explain::Explanation;
use crate::i18n::texts::{auth, recovery as words};
use crate::i18n::{I18n, Message, Text, t, tm, use_i18n};
use crate::platform::{document, task};
use crate::session::use_doorway;
use crate::ui::{
    Banner, Button, ButtonKind, ButtonSize, ButtonVariant, CodeField, FieldError, Form, FormState,
    RadioGroup, TextField, TextareaField, Tone,
};

/// Where one is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// Who one is, and where to send it.
    Ask,
    /// The code of the message.
    Code,
    /// The question of the account.
    Answer(String),
    /// The password.
    Choose(ResetAccount),
    /// A word to the administrators.
    Administrator,
    /// They have it.
    Noted,
}

/// What is typed on the way. It stays while one goes back and forth.
#[derive(Clone, Copy)]
struct Way {
    step: RwSignal<Step>,
    identifier: RwSignal<String>,
    channel: RwSignal<String>,
    code: RwSignal<String>,
    answer: RwSignal<String>,
    reason: RwSignal<String>,
    pending: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
    refused: RwSignal<FieldProblems>,
    /// What became of the last code or answer.
    judged: RwSignal<Option<Message>>,
    /// Another message was sent.
    resent: RwSignal<bool>,
    client: Client,
    i18n: I18n,
}

const MAIL: &str = "mail";
const SMS: &str = "sms";

impl Way {
    fn new() -> Self {
        Self {
            step: RwSignal::new(Step::Ask),
            identifier: use_doorway().identifier,
            channel: RwSignal::new(MAIL.to_owned()),
            code: RwSignal::new(String::new()),
            answer: RwSignal::new(String::new()),
            reason: RwSignal::new(String::new()),
            pending: RwSignal::new(false),
            error: RwSignal::new(None),
            refused: RwSignal::new(FieldProblems::default()),
            judged: RwSignal::new(None),
            resent: RwSignal::new(false),
            client: use_client(),
            i18n: use_i18n(),
        }
    }

    fn go(self, step: Step) {
        self.error.set(None);
        self.judged.set(None);
        self.resent.set(false);
        self.step.set(step);
    }

    fn start_request(self) -> StartReset {
        StartReset {
            identifier: self.identifier.get(),
            channel: if self.channel.with(|channel| channel == SMS) {
                ResetChannel::Sms
            } else {
                ResetChannel::Mail
            },
            locale: Some(self.i18n.locale()),
        }
    }

    fn admin_request(self) -> RequestAdminReset {
        RequestAdminReset {
            identifier: self.identifier.get(),
            reason: self.reason.get(),
        }
    }

    /// Sends `request` unless something is under way.
    fn send<T: 'static>(
        self,
        request: impl Future<Output = Result<T, ApiError>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.pending.get_untracked() {
            return;
        }
        self.error.set(None);
        self.judged.set(None);
        self.resent.set(false);
        self.pending.set(true);
        task::detached(async move {
            let outcome = request.await;
            if self.pending.try_set(false).is_some() {
                return;
            }
            match outcome {
                Ok(outcome) => done(outcome),
                Err(ApiError::Validation(problems)) => self.refused.set(problems),
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    fn start(self, done: impl FnOnce(Noted) + 'static) {
        let (client, request) = (self.client, untrack(|| self.start_request()).validate());
        if let Ok(request) = request {
            self.send(async move { recovery::start_reset(client, &request).await }, done);
        }
    }

    /// What a code or an answer has brought.
    fn judge(self, check: CodeCheck) {
        match check {
            CodeCheck::Accepted(account) => self.go(Step::Choose(account)),
            CodeCheck::Question { question } => self.go(Step::Answer(question)),
            CodeCheck::Refused { tries_left } => {
                self.judged.set(Some(words::code_refused(u64::from(tries_left))));
                document::focus("main input:not([readonly])");
            }
            CodeCheck::Over => {
                self.code.set(String::new());
                let was_answer = self.step.with_untracked(|step| matches!(step, Step::Answer(_)));
                if was_answer {
                    self.step.set(Step::Code);
                }
                self.judged.set(Some(words::CODE_OVER.into()));
            }
        }
    }

    fn failure(self) -> Signal<Option<Explanation>> {
        Signal::derive(move || {
            self.error
                .with(|error| error.as_ref().map(|error| error.explain(self.i18n)))
        })
    }

    /// What is wrong with a form, by the contract as it stands and by the backend as it was sent.
    fn wrong(
        self,
        found: impl Fn() -> FieldProblems + Send + Sync + 'static,
        label: impl Fn(&str) -> String + Send + Sync + 'static,
    ) -> Signal<Vec<FieldError>> {
        Signal::derive(move || {
            let own = found().into_vec();
            let all = if own.is_empty() {
                self.refused.get().into_vec()
            } else {
                own
            };
            all.into_iter()
                .map(|problem| FieldError {
                    label: label(&problem.field),
                    text: self.i18n.message(&explain_field(problem.rule, problem.limit)),
                    field: problem.field,
                })
                .collect()
        })
    }
}

/// Asking for a reset, up to the new password.
#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    let way = Way::new();
    let ended = RwSignal::new(None::<End>);
    // Another step, not another letter.
    let step = Memo::new(move |_| way.step.get());
    move || {
        if let Some(end) = ended.get() {
            return view! { <OverPage end /> }.into_any();
        }
        match step.get() {
            Step::Ask => view! { <Ask way /> }.into_any(),
            Step::Code => view! { <Code way /> }.into_any(),
            Step::Answer(question) => view! { <Answer way question /> }.into_any(),
            Step::Choose(account) => view! { <ChooseForReset account token=None ended /> }.into_any(),
            Step::Administrator => view! { <Administrator way /> }.into_any(),
            Step::Noted => view! { <AdministratorNoted way /> }.into_any(),
        }
    }
}

#[component]
fn Identifier(way: Way, state: FormState) -> impl IntoView {
    view! {
        <TextField
            label=t(auth::IDENTIFIER)
            value=way.identifier
            name="identifier"
            autocomplete="username"
            verbatim=true
            required=true
            error=state.error("identifier")
            on_input=Callback::new(move |_| way.refused.set(FieldProblems::default()))
            on_blur=state.leave("identifier")
        />
    }
}

#[component]
fn Ask(way: Way) -> impl IntoView {
    let i18n = way.i18n;
    let wrong = way.wrong(
        move || way.start_request().validate().err().unwrap_or_default(),
        move |_| i18n.text(auth::IDENTIFIER),
    );
    let state = FormState::new(wrong);
    let submit = Callback::new(move |()| way.start(move |_| way.go(Step::Code)));
    let client = way.client;
    let policy = Query::new(|| (), move |()| passwords::auth_policy(client));
    let by_sms = Memo::new(move |_| {
        policy
            .with(|policy| policy.reset_channels.contains(&ResetChannel::Sms))
            .unwrap_or_default()
    });
    let channels = Signal::derive(move || {
        vec![
            (MAIL.to_owned(), i18n.text(words::CHANNEL_MAIL)),
            (SMS.to_owned(), i18n.text(words::CHANNEL_SMS)),
        ]
    });
    let administrator = Callback::new(move |()| way.go(Step::Administrator));
    view! {
        <Frame title=t(words::HEADING)>
            <p>{t(words::ASK_INTRO)}</p>
            <Failure failure=way.failure() />
            <Form state label=t(words::HEADING) on_submit=submit>
                <Identifier way state />
                <Show when=move || by_sms.get()>
                    <RadioGroup label=t(words::CHANNEL) value=way.channel name="channel" options=channels />
                </Show>
                <Send label=words::SEND way />
            </Form>
            <div class="recovery__actions">
                <Button label=t(words::ADMIN_SEND) variant=ButtonVariant::Ghost on_click=administrator />
            </div>
            <ToSignIn />
        </Frame>
    }
}

/// The button that sends a step.
#[component]
fn Send(label: Text, way: Way) -> impl IntoView {
    view! {
        <Button
            label=t(label)
            variant=ButtonVariant::Primary
            size=ButtonSize::Large
            kind=ButtonKind::Submit
            pending=way.pending
        />
    }
}

/// What became of the last code or answer.
#[component]
fn Judged(way: Way) -> impl IntoView {
    let i18n = way.i18n;
    let text = Signal::derive(move || way.judged.get().map(|it| i18n.message(&it)).unwrap_or_default());
    view! {
        <Show when=move || way.judged.with(Option::is_some)>
            <Banner tone=Tone::Danger text />
        </Show>
    }
}

#[component]
fn Code(way: Way) -> impl IntoView {
    let i18n = way.i18n;
    let request = move || VerifyCode { code: way.code.get() };
    let wrong = way.wrong(
        move || request().validate().err().unwrap_or_default(),
        move |_| i18n.text(words::CODE),
    );
    let state = FormState::new(wrong);
    let client = way.client;
    let submit = Callback::new(move |()| {
        if let Ok(code) = untrack(request).validate() {
            way.send(
                async move { recovery::verify_reset(client, &code).await },
                move |check| way.judge(check),
            );
        }
    });
    let again = Callback::new(move |()| {
        way.start(move |_| {
            way.code.set(String::new());
            way.resent.set(true);
        });
    });
    let sent = tm(move || {
        let identifier = way.identifier.get();
        if way.channel.with(|channel| channel == SMS) {
            words::sent_sms(identifier)
        } else {
            words::sent_mail(identifier)
        }
    });
    let other = Callback::new(move |()| way.go(Step::Ask));
    view! {
        <Frame title=t(words::HEADING)>
            <p>{sent}</p>
            <p class="recovery__note">{t(words::SENT_HINT)}</p>
            <Failure failure=way.failure() />
            <Judged way />
            <Show when=move || way.resent.get()>
                <Banner tone=Tone::Info text=t(words::RESENT) />
            </Show>
            <Form state label=t(words::CODE) on_submit=submit>
                <CodeField
                    label=t(words::CODE)
                    value=way.code
                    name="code"
                    length=CODE_DIGITS
                    hint=t(words::CODE_HINT)
                    error=state.error("code")
                    required=true
                    pending=way.pending
                    autofocus=true
                />
                <Send label=words::CONTINUE way />
            </Form>
            <div class="recovery__actions">
                <Button label=t(words::RESEND) variant=ButtonVariant::Ghost on_click=again />
                <Button label=t(words::OTHER_WAY) variant=ButtonVariant::Ghost on_click=other />
            </div>
            <ToSignIn />
        </Frame>
    }
}

#[component]
fn Answer(way: Way, question: String) -> impl IntoView {
    let i18n = way.i18n;
    let request = move || AnswerQuestion {
        token: None,
        answer: way.answer.get(),
    };
    let wrong = way.wrong(
        move || request().validate().err().unwrap_or_default(),
        move |_| i18n.text(words::ANSWER),
    );
    let state = FormState::new(wrong);
    let client = way.client;
    let submit = Callback::new(move |()| {
        if let Ok(answer) = untrack(request).validate() {
            way.send(
                async move { recovery::answer_reset(client, &answer).await },
                move |check| way.judge(check),
            );
        }
    });
    view! {
        <Frame title=t(words::HEADING)>
            <p>{t(words::ANSWER_INTRO)}</p>
            <p>{question}</p>
            <Failure failure=way.failure() />
            <Judged way />
            <Form state label=t(words::ANSWER) on_submit=submit>
                <TextField
                    label=t(words::ANSWER)
                    value=way.answer
                    name="answer"
                    autocomplete="off"
                    required=true
                    autofocus=true
                    error=state.error("answer")
                    on_blur=state.leave("answer")
                />
                <Send label=words::CONTINUE way />
            </Form>
            <ToSignIn />
        </Frame>
    }
}

#[component]
fn Administrator(way: Way) -> impl IntoView {
    let i18n = way.i18n;
    let wrong = way.wrong(
        move || way.admin_request().validate().err().unwrap_or_default(),
        move |field| {
            i18n.text(if field == "identifier" {
                auth::IDENTIFIER
            } else {
                words::ADMIN_REASON
            })
        },
    );
    let state = FormState::new(wrong);
    let client = way.client;
    let submit = Callback::new(move |()| {
        if let Ok(request) = untrack(|| way.admin_request()).validate() {
            way.send(
                async move { recovery::request_admin_reset(client, &request).await },
                move |Noted {}| way.go(Step::Noted),
            );
        }
    });
    let other = Callback::new(move |()| way.go(Step::Ask));
    view! {
        <Frame title=t(words::HEADING)>
            <p>{t(words::ADMIN_INTRO)}</p>
            <Failure failure=way.failure() />
            <Form state label=t(words::ADMIN_SEND) on_submit=submit>
                <Identifier way state />
                <TextareaField
                    label=t(words::ADMIN_REASON)
                    value=way.reason
                    name="reason"
                    limit=MAX_REASON
                    required=true
                    error=state.error("reason")
                    on_blur=state.leave("reason")
                />
                <Send label=words::ADMIN_SEND way />
            </Form>
            <div class="recovery__actions">
                <Button label=t(words::OTHER_WAY) variant=ButtonVariant::Ghost on_click=other />
            </div>
            <ToSignIn />
        </Frame>
    }
}

#[component]
fn AdministratorNoted(way: Way) -> impl IntoView {
    let hint = tm(move || words::admin_noted_hint(way.identifier.get()));
    view! {
        <Frame title=t(words::ADMIN_NOTED)>
            <Ending hint label=t(words::TO_SIGN_IN) href=Route::SignIn />
        </Frame>
    }
}
