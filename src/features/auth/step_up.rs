//! Showing once more who one is: what is typed, what is wrong, sending it.

use leptos::prelude::*;
use portico_contract::problem::{FieldProblem, FieldRule};
use portico_contract::second_factor::{FactorMethod, FactorProof, StepUp, StepUpNeeded};
use portico_contract::sent_code::CodeChannel;
use portico_contract::validate::Validate;

use super::components::CODE;
use super::methods::{in_order, others};
use super::model::refusal;
use crate::api::own_factors::StepUpRefusal;
use crate::api::passkeys::{self, Mediation, NoPasskey};
use crate::api::sent_codes::CodePost;
use crate::api::{Sent, Submission, explain_field};
use crate::i18n::explain::Explanation;
use crate::i18n::texts::{auth, passkeys as passkey_words, second_factor, session as words};
use crate::i18n::{I18n, Message, Text, use_i18n};
use crate::platform::{document, passkeys as browser};
use crate::session::StepUps;
use crate::ui::{FieldError, FormState};

/// The names of the fields, in the form and in the request.
pub(super) const PASSWORD: &str = "password";
const PASSKEY: &str = "passkey";

/// The codes, as typed, each for its method. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    totp: RwSignal<String>,
    sms: RwSignal<String>,
    mail: RwSignal<String>,
    recovery: RwSignal<String>,
}

impl Typed {
    fn new() -> Self {
        let [totp, sms, mail, recovery] = [(); 4].map(|()| RwSignal::new(String::new()));
        Self {
            totp,
            sms,
            mail,
            recovery,
        }
    }

    /// The code of `method`; a passkey has none.
    pub(super) const fn of(self, method: FactorMethod) -> RwSignal<String> {
        match method {
            FactorMethod::Totp | FactorMethod::Passkey => self.totp,
            FactorMethod::Sms => self.sms,
            FactorMethod::Mail => self.mail,
            FactorMethod::RecoveryCode => self.recovery,
        }
    }

    /// All of them, tracked.
    fn all(self) -> [String; 4] {
        [self.totp, self.sms, self.mail, self.recovery].map(|code| code.get())
    }
}

/// The form. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct StepUpForm {
    /// What has to be shown.
    pub(super) needed: Signal<StepUpNeeded>,
    /// How the second factor is shown.
    pub(super) method: Memo<Option<FactorMethod>>,
    /// The password, as typed.
    pub(super) password: RwSignal<String>,
    /// The codes.
    pub(super) codes: Typed,
    /// Codes by text message, and by mail.
    posts: [CodePost; 2],
    /// When what is wrong is said.
    pub(super) state: FormState,
    /// What became of it.
    pub(super) submission: Submission,
    /// How often it was sent: each time hides what was shown.
    pub(super) sent: RwSignal<u32>,
    tries_left: RwSignal<Option<u32>>,
    pause: RwSignal<Option<u32>>,
    chosen: RwSignal<Option<FactorMethod>>,
    /// Whether the method in use took the place of a passkey, so that the password is asked for with it.
    is_after_passkey: StoredValue<bool>,
    /// Why the browser gave no passkey.
    no_passkey: RwSignal<Option<NoPasskey>>,
    ups: StepUps,
}

impl StepUpForm {
    /// Nothing typed yet.
    pub(super) fn new(ups: StepUps, needed: Signal<StepUpNeeded>) -> Self {
        let i18n = use_i18n();
        let (password, codes) = (RwSignal::new(String::new()), Typed::new());
        let chosen = RwSignal::new(None);
        let no_passkey = RwSignal::new(None);
        let method = Memo::new(move |_| {
            let methods = offered(needed);
            let chosen = chosen.get().filter(|chosen| methods.contains(chosen));
            chosen.or_else(|| methods.first().copied())
        });
        let tries_left = RwSignal::new(None);
        let submission = Submission::of(move || (password.get(), codes.all(), method.get()));
        let request = move || request(needed, method, password, codes);
        let wrong = Signal::derive(move || {
            // A passkey stands for all there is to fill in.
            let typed = Some(request()).filter(|_| method.get() != Some(FactorMethod::Passkey));
            let own = typed.and_then(|typed| typed.validate().err()).unwrap_or_default();
            let by_backend = submission.problems();
            let problem = |field: &&str| own.get(field).or_else(|| by_backend.get(field)).cloned();
            let line = |problem: FieldProblem| line(i18n, method.get(), problem);
            [PASSWORD, CODE].iter().filter_map(problem).map(line).collect()
        });
        Self {
            needed,
            method,
            password,
            codes,
            posts: [(); 2].map(|()| CodePost::of(|| ())),
            state: FormState::new(wrong),
            submission,
            sent: RwSignal::new(0),
            tries_left,
            pause: RwSignal::new(None),
            chosen,
            is_after_passkey: StoredValue::new(false),
            no_passkey,
            ups,
        }
    }

    /// The other ways to show the second factor, tracked.
    pub(super) fn other_methods(self) -> Vec<FactorMethod> {
        let now = self.method.get();
        now.map(|now| others(&offered(self.needed), now))
            .unwrap_or_default()
    }

    /// Whether a passkey is to be shown, tracked.
    pub(super) fn is_by_passkey(self) -> bool {
        self.method.get() == Some(FactorMethod::Passkey)
    }

    /// The codes that are sent to `channel`.
    pub(super) const fn post(self, channel: CodeChannel) -> CodePost {
        let [sms, mail] = self.posts;
        match channel {
            CodeChannel::Sms => sms,
            CodeChannel::Mail => mail,
        }
    }

    /// Whether a code has to be sent before there is something to type, tracked.
    pub(super) fn is_before_code(self) -> bool {
        let channel = self.method.get().and_then(channel_of);
        channel.is_some_and(|channel| !self.post(channel).is_awaited())
    }

    /// Has a code sent to `channel`. What is typed of an earlier one is worth nothing any more.
    pub(super) fn send_code(self, channel: CodeChannel) {
        // It stands here, even if it turns out that another method would have been the first.
        self.chosen.set(Some(channel.method()));
        let (ups, code) = (self.ups, self.codes.of(channel.method()));
        let request = async move { ups.send_code(channel).await };
        self.post(channel).send(request, move |sent| {
            if let Sent::Done(()) = sent {
                code.set(String::new());
                self.state.start_over();
            }
            // The button rests from now on.
            document::focus("dialog [name=code]");
        });
    }

    /// Whether the person has turned to another way of showing it.
    pub(super) fn is_chosen(self) -> bool {
        self.chosen.get_untracked().is_some()
    }

    /// Whether they go on with its code: not if the password is asked for with it from now on.
    pub(super) fn goes_on_with_code(self) -> bool {
        let asks_password = self.needed.with_untracked(|needed| needed.password);
        self.is_chosen() && !(asks_password && self.is_after_passkey.get_value())
    }

    /// Turns to `method`. What was typed for the other one stays.
    pub(super) fn choose(self, method: FactorMethod) {
        self.is_after_passkey.set_value(untrack(|| self.is_by_passkey()));
        self.chosen.set(Some(method));
        self.no_passkey.set(None);
        self.state.start_over();
    }

    /// Why the last passkey did not do, tracked.
    pub(super) fn passkey_told(self) -> Option<Message> {
        let problems = self.submission.problems();
        let found = problems.get(PASSKEY).map(|problem| explain_passkey(problem.rule));
        found.or_else(|| self.no_passkey.with(|none| none.as_ref()?.explain()))
    }

    /// Why the last try did not work, where that is no matter of a field, in words.
    pub(super) fn refusal(self) -> Signal<Option<Explanation>> {
        let i18n = use_i18n();
        Signal::derive(move || Some(refusal(&self.submission.error()?, i18n)))
    }

    /// Seconds until another try makes sense, as the backend said with the last one, tracked.
    pub(super) fn pause(self) -> Option<u32> {
        self.pause.get()
    }

    /// How many tries are left, as long as the last one was wrong and nothing else is typed yet, tracked.
    pub(super) fn warning(self) -> Option<Message> {
        let is_wrong = !self.submission.problems().into_vec().is_empty();
        // Of a pause that has begun the clock tells.
        let left = self.tries_left.get().filter(|left| is_wrong && *left > 0)?;
        Some(auth::attempts_left(u64::from(left)))
    }

    /// Asks for a passkey, which stands for everything else, and sends what it says. Who leaves the browser's own question
    /// is back at this one.
    fn send_passkey(self) {
        let ups = self.ups;
        // What is said about it stands here.
        self.chosen.set(Some(FactorMethod::Passkey));
        self.attempt(async move {
            let question = ups.ask_for_passkey().await?;
            let passkey = match passkeys::answer(question, Mediation::Dialog).await {
                Ok(passkey) => passkey,
                Err(none) => return Ok(Some(none)),
            };
            let typed = StepUp {
                password: None,
                proof: Some(FactorProof::Passkey(passkey)),
            };
            let Ok(request) = typed.validate() else {
                return Ok(Some(NoPasskey::Failed));
            };
            ups.show(&request).await.map(|()| None)
        });
    }

    /// Sends it. Everything stays in its field until it is done.
    pub(super) fn send(self) {
        if untrack(|| self.is_by_passkey()) {
            return self.send_passkey();
        }
        if untrack(|| self.is_before_code()) {
            return;
        }
        let typed = untrack(|| request(self.needed, self.method, self.password, self.codes));
        let Ok(request) = typed.validate() else {
            return self.state.show_refusal();
        };
        self.sent.update(|sent| *sent += 1);
        let ups = self.ups;
        self.attempt(async move { ups.show(&request).await.map(|()| None) });
    }

    /// Makes one try with `request`, unless one is under way; it may find that there is no passkey.
    fn attempt(self, request: impl Future<Output = Result<Option<NoPasskey>, StepUpRefusal>> + 'static) {
        if self.submission.pending.get_untracked() {
            return;
        }
        let (tries_left, pause) = (self.tries_left, self.pause);
        tries_left.set(None);
        pause.set(None);
        self.no_passkey.set(None);
        let request = async move {
            request.await.map_err(|refusal| {
                tries_left.try_set(refusal.tries_left);
                pause.try_set(refusal.pause);
                refusal.error
            })
        };
        self.submission.send(request, move |sent| match sent {
            // Once it is done the question is gone, and this form with it.
            Sent::Done(none) => {
                self.no_passkey.try_set(none);
            }
            Sent::Failed => {}
            Sent::Refused => self.state.show_refusal(),
        });
    }
}

/// Where codes of `method` are sent, if they are.
pub(super) const fn channel_of(method: FactorMethod) -> Option<CodeChannel> {
    match method {
        FactorMethod::Sms => Some(CodeChannel::Sms),
        FactorMethod::Mail => Some(CodeChannel::Mail),
        FactorMethod::Passkey | FactorMethod::Totp | FactorMethod::RecoveryCode => None,
    }
}

/// The methods that may be used, in the order in which they are offered, tracked.
fn offered(needed: Signal<StepUpNeeded>) -> Vec<FactorMethod> {
    let methods = needed.with(|needed| needed.methods.clone());
    in_order(methods, browser::is_possible())
}

/// What is shown, as it stands in the fields that are asked for.
fn request(
    needed: Signal<StepUpNeeded>,
    method: Memo<Option<FactorMethod>>,
    password: RwSignal<String>,
    codes: Typed,
) -> StepUp {
    StepUp {
        password: needed.with(|needed| needed.password).then(|| password.get()),
        proof: method
            .get()
            .and_then(|method| FactorProof::of_code(method, codes.of(method).get())),
    }
}

fn line(i18n: I18n, method: Option<FactorMethod>, problem: FieldProblem) -> FieldError {
    let is_password = problem.field == PASSWORD;
    let label = match method {
        _ if is_password => auth::PASSWORD,
        Some(FactorMethod::RecoveryCode) => words::STEP_UP_RECOVERY,
        Some(FactorMethod::Sms | FactorMethod::Mail) => second_factor::CODE,
        _ => words::STEP_UP_CODE,
    };
    FieldError {
        label: i18n.text(label),
        text: i18n.message(&explain(method.filter(|_| !is_password), &problem)),
        field: problem.field,
    }
}

/// What is wrong with the code shown by `method`, or, without one, with the password.
fn explain(method: Option<FactorMethod>, problem: &FieldProblem) -> Message {
    let own: Option<Text> = match (method, problem.rule) {
        (None, FieldRule::Incorrect) => Some(words::STEP_UP_PASSWORD_WRONG),
        (Some(FactorMethod::Totp), FieldRule::Incorrect) => Some(words::STEP_UP_CODE_WRONG),
        (Some(FactorMethod::Sms | FactorMethod::Mail), FieldRule::Incorrect) => Some(second_factor::WRONG),
        (Some(FactorMethod::Sms | FactorMethod::Mail), FieldRule::NotAllowed) => {
            Some(second_factor::SENT_GONE)
        }
        (Some(FactorMethod::Sms | FactorMethod::Mail), FieldRule::Malformed | FieldRule::TooLong) => {
            Some(second_factor::CODE_MALFORMED)
        }
        (Some(FactorMethod::RecoveryCode), FieldRule::Incorrect) => Some(words::STEP_UP_RECOVERY_WRONG),
        (Some(FactorMethod::Totp), FieldRule::Malformed | FieldRule::TooLong) => {
            Some(words::STEP_UP_CODE_MALFORMED)
        }
        (Some(FactorMethod::RecoveryCode), FieldRule::Malformed | FieldRule::TooLong) => {
            Some(words::STEP_UP_RECOVERY_MALFORMED)
        }
        _ => None,
    };
    own.map_or_else(|| explain_field(problem.rule, problem.limit), Message::from)
}

/// What is wrong with a passkey: it is not the right one, or the question it answers is too old.
fn explain_passkey(rule: FieldRule) -> Message {
    match rule {
        FieldRule::Incorrect => passkey_words::WRONG.into(),
        _ => passkey_words::LATE.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passkey_is_wrong_or_too_late() {
        assert_eq!(explain_passkey(FieldRule::Incorrect), passkey_words::WRONG.into());
        assert_eq!(explain_passkey(FieldRule::NotAllowed), passkey_words::LATE.into());
    }

    #[test]
    fn what_is_wrong_is_said_of_what_was_shown() {
        let problem = |rule| FieldProblem {
            field: String::new(),
            rule,
            limit: None,
        };
        let said = |method, rule| explain(method, &problem(rule));
        let (totp, recovery) = (Some(FactorMethod::Totp), Some(FactorMethod::RecoveryCode));
        assert_eq!(
            said(None, FieldRule::Incorrect),
            words::STEP_UP_PASSWORD_WRONG.into()
        );
        assert_eq!(said(totp, FieldRule::Incorrect), words::STEP_UP_CODE_WRONG.into());
        assert_eq!(
            said(recovery, FieldRule::Incorrect),
            words::STEP_UP_RECOVERY_WRONG.into()
        );
        assert_eq!(
            said(recovery, FieldRule::Malformed),
            words::STEP_UP_RECOVERY_MALFORMED.into()
        );
        let sms = Some(FactorMethod::Sms);
        assert_eq!(said(sms, FieldRule::Incorrect), second_factor::WRONG.into());
        assert_eq!(said(sms, FieldRule::NotAllowed), second_factor::SENT_GONE.into());
        assert_eq!(
            said(totp, FieldRule::Required),
            explain_field(FieldRule::Required, None)
        );
    }
}
