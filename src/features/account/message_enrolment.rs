//! Adding where codes are sent: what is typed, what is wrong, having a code sent there and showing that it has arrived.

use leptos::prelude::*;
use portico_contract::phone::international;
use portico_contract::problem::{FieldProblem, FieldRule};
use portico_contract::sent_code::{BeginSentCode, CodeChannel, ConfirmSentCode};
use portico_contract::validate::Validate;

use super::second_factor::SecondFactor;
use crate::api::sent_codes::CodePost;
use crate::api::{ApiError, Sent, Submission, explain_field, own_factors};
use crate::i18n::explain::Explanation;
use crate::i18n::texts::{account as words, second_factor as factor_words};
use crate::i18n::{Message, use_i18n};
use crate::platform::document;
use crate::ui::{FieldError, FormState};

/// The names of the fields, in the forms and in the requests.
pub(super) const PHONE: &str = "phone";
pub(super) const CODE: &str = "code";
pub(super) const NAME: &str = "name";

/// Where codes are to be sent. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct MessageEnrolment {
    /// By which way.
    pub(super) channel: CodeChannel,
    /// The number, as typed; only for a telephone.
    pub(super) phone: RwSignal<String>,
    /// What the person calls it.
    pub(super) name: RwSignal<String>,
    /// The code that has arrived.
    pub(super) code: RwSignal<String>,
    /// What became of sending one.
    pub(super) post: CodePost,
    /// When what is wrong with the number is said.
    pub(super) beginning: FormState,
    /// When what is wrong with the code and the name is said.
    pub(super) state: FormState,
    /// What became of the code.
    pub(super) confirming: Submission,
    factor: SecondFactor,
}

impl MessageEnrolment {
    /// Nothing was sent yet.
    pub(super) fn new(factor: SecondFactor, channel: CodeChannel) -> Self {
        let i18n = use_i18n();
        let [phone, name, code] = [(); 3].map(|()| RwSignal::new(String::new()));
        let post = CodePost::of(move || phone.get());
        let confirming = Submission::of(move || (name.get(), code.get()));
        let wrong_number = Signal::derive(move || {
            let own = begin(channel, phone.get()).validate().err();
            let found = own.unwrap_or_else(|| post.submission.problems());
            let line = |problem: &FieldProblem| FieldError {
                field: PHONE.to_owned(),
                label: i18n.text(factor_words::PHONE),
                text: i18n.message(&explain(problem)),
            };
            found.get(PHONE).map(line).into_iter().collect::<Vec<_>>()
        });
        let wrong = Signal::derive(move || {
            let own = confirm(name.get(), code.get()).validate().err();
            let (own, by_backend) = (own.unwrap_or_default(), confirming.problems());
            let problem = |field: &&str| own.get(field).or_else(|| by_backend.get(field)).cloned();
            let line = |problem: FieldProblem| FieldError {
                label: i18n.text(if problem.field == CODE {
                    factor_words::CODE
                } else {
                    words::FACTOR_NAME
                }),
                text: i18n.message(&explain(&problem)),
                field: problem.field,
            };
            [CODE, NAME].iter().filter_map(problem).map(line).collect()
        });
        Self {
            channel,
            phone,
            name,
            code,
            post,
            beginning: FormState::new(wrong_number),
            state: FormState::new(wrong),
            confirming,
            factor,
        }
    }

    /// Where the last code went: it is for the number that was typed then.
    pub(super) fn to(self) -> Signal<Option<String>> {
        let phone = self.phone;
        self.post
            .to_number(move || phone.with(|phone| international(phone)))
    }

    /// Has a code sent there. What is typed of an earlier one is worth nothing any more.
    pub(super) fn begin(self) {
        let Ok(request) = begin(self.channel, self.phone.get_untracked()).validate() else {
            return self.beginning.show_refusal();
        };
        let (client, number) = (self.factor.client, request.phone.clone());
        let request = async move { own_factors::begin_message(client, &request).await };
        self.post.send_to(number, request, move |sent| match sent {
            Sent::Done(()) => {
                self.code.set(String::new());
                self.confirming.begin();
                self.state.start_over();
                // The button rests from now on.
                document::focus("[name=code]");
            }
            Sent::Refused => self.beginning.show_refusal(),
            Sent::Failed => {}
        });
    }

    /// Sends the code. Everything stays in its field until it is done.
    pub(super) fn confirm(self) {
        let typed = confirm(self.name.get_untracked(), self.code.get_untracked());
        let Ok(request) = typed.validate() else {
            return self.state.show_refusal();
        };
        let client = self.factor.client;
        let request = async move { own_factors::confirm_message(client, &request).await };
        self.confirming.send(request, move |sent| match sent {
            Sent::Done(enrolled) => self.factor.added(enrolled),
            Sent::Refused => self.state.show_refusal(),
            Sent::Failed => {}
        });
    }

    /// Why the code could not be judged, in words: what it was for may be gone, and another one begins anew.
    pub(super) fn failure(self) -> Signal<Option<Explanation>> {
        let i18n = use_i18n();
        Signal::derive(move || {
            let error = self.confirming.error()?;
            Some(match error {
                ApiError::NotFound => Explanation {
                    title: words::MESSAGE_LATE.into(),
                    hint: words::MESSAGE_LATE_HINT.into(),
                    reference: None,
                    retry: false,
                },
                error => error.explain(i18n),
            })
        })
    }
}

fn begin(channel: CodeChannel, phone: String) -> BeginSentCode {
    BeginSentCode {
        channel,
        phone: (channel == CodeChannel::Sms).then_some(phone),
    }
}

fn confirm(name: String, code: String) -> ConfirmSentCode {
    ConfirmSentCode {
        code,
        name: Some(name),
    }
}

fn explain(problem: &FieldProblem) -> Message {
    match (&*problem.field, problem.rule) {
        (PHONE, FieldRule::Malformed | FieldRule::TooLong) => factor_words::PHONE_MALFORMED.into(),
        (CODE, FieldRule::Incorrect) => factor_words::WRONG.into(),
        (CODE, FieldRule::NotAllowed) => factor_words::SENT_GONE.into(),
        (CODE, FieldRule::Malformed | FieldRule::TooLong) => factor_words::CODE_MALFORMED.into(),
        (_, rule) => explain_field(rule, problem.limit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_telephone_has_a_number() {
        assert_eq!(
            begin(CodeChannel::Sms, "+49".into()).phone.as_deref(),
            Some("+49")
        );
        assert_eq!(begin(CodeChannel::Mail, "+49".into()).phone, None);
    }

    #[test]
    fn what_is_wrong_says_the_way_on() {
        let said = |field: &str, rule| {
            explain(&FieldProblem {
                field: field.into(),
                rule,
                limit: Some(40),
            })
        };
        assert_eq!(
            said(PHONE, FieldRule::Malformed),
            factor_words::PHONE_MALFORMED.into()
        );
        assert_eq!(
            said(PHONE, FieldRule::Required),
            explain_field(FieldRule::Required, Some(40))
        );
        assert_eq!(said(CODE, FieldRule::Incorrect), factor_words::WRONG.into());
        assert_eq!(said(CODE, FieldRule::NotAllowed), factor_words::SENT_GONE.into());
    }
}
