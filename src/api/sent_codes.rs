//! Having codes sent: what became of that, and when the next one can be.

use leptos::prelude::*;
use portico_contract::problem::ErrorCode;
use portico_contract::sent_code::CodeSent;

use super::error::ApiError;
use super::submission::{Sent, Submission};
use crate::i18n::explain::Explanation;
use crate::i18n::texts::second_factor as words;
use crate::i18n::{I18n, Text, use_i18n};
use crate::platform::clock;

/// The codes that go to one place. Cheap to copy.
#[derive(Clone, Copy)]
pub struct CodePost {
    /// What became of the last one.
    pub submission: Submission,
    /// Where it went.
    to: RwSignal<Option<String>>,
    /// The number that it went to, where one is typed.
    number: RwSignal<Option<String>>,
    /// How many were sent.
    count: RwSignal<u32>,
    /// Until when, by this device's clock, no other one is sent.
    until_ms: RwSignal<Option<f64>>,
}

impl CodePost {
    /// None was sent yet. What is found wrong with where it goes is forgotten as soon as `typed` changes.
    pub fn of<T: PartialEq + 'static>(typed: impl Fn() -> T + 'static) -> Self {
        Self {
            submission: Submission::of(typed),
            to: RwSignal::new(None),
            number: RwSignal::new(None),
            count: RwSignal::new(0),
            until_ms: RwSignal::new(None),
        }
    }

    /// Where the last one went, with most of it left out.
    pub fn to(self) -> Signal<Option<String>> {
        self.to.into()
    }

    /// How many were sent.
    pub fn count(self) -> Signal<u32> {
        self.count.into()
    }

    /// Until when no other one is sent.
    pub fn until_ms(self) -> Signal<Option<f64>> {
        self.until_ms.into()
    }

    /// Whether there may be a code to type, tracked: one was sent, or so lately that the next one has to wait.
    pub fn is_awaited(self) -> bool {
        self.to.with(Option::is_some) || self.until_ms.with(Option::is_some)
    }

    /// Where the last one went, as long as the number that is typed is `now` the one it went to.
    pub fn to_number(
        self,
        now: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Signal<Option<String>> {
        Signal::derive(move || self.to.get().filter(|_| self.number.get() == now()))
    }

    /// Has one sent with `request`, unless that is under way or has to wait. `ended` hears how that ended.
    pub fn send(
        self,
        request: impl Future<Output = Result<CodeSent, ApiError>> + 'static,
        ended: impl FnOnce(Sent<()>) + 'static,
    ) {
        self.send_to(None, request, ended);
    }

    /// Has one sent to `number` with `request`, unless that is under way or has to wait. `ended` hears how that ended.
    pub fn send_to(
        self,
        number: Option<String>,
        request: impl Future<Output = Result<CodeSent, ApiError>> + 'static,
        ended: impl FnOnce(Sent<()>) + 'static,
    ) {
        let waits = self.until_ms.get_untracked();
        if self.submission.pending.get_untracked() || waits.is_some_and(|until| until > clock::now_ms()) {
            return;
        }
        self.submission.send(request, move |sent| match sent {
            Sent::Done(CodeSent { to, resend_in, .. }) => {
                self.pause(resend_in);
                self.number.set(number);
                self.to.set(Some(to));
                self.count.update(|count| *count += 1);
                ended(Sent::Done(()));
            }
            Sent::Refused => ended(Sent::Refused),
            Sent::Failed => {
                let error = untrack(|| self.submission.error());
                if let Some(seconds) = error.and_then(|error| error.retry_after()) {
                    self.pause(seconds);
                }
                ended(Sent::Failed);
            }
        });
    }

    fn pause(self, seconds: u32) {
        let until = clock::now_ms() + f64::from(seconds) * 1_000.0;
        self.until_ms.set(Some(until));
    }

    /// Why none was sent, in words.
    pub fn failure(self) -> Signal<Option<Explanation>> {
        let i18n = use_i18n();
        Signal::derive(move || Some(explain_post(&self.submission.error()?, i18n)))
    }
}

/// Why no code was sent, in words.
fn explain_post(error: &ApiError, i18n: I18n) -> Explanation {
    match own_words(error) {
        Some((title, hint)) => Explanation {
            title: title.into(),
            hint: hint.into(),
            reference: None,
            retry: false,
        },
        None => error.explain(i18n),
    }
}

fn own_words(error: &ApiError) -> Option<(Text, Text)> {
    match error {
        ApiError::RateLimited { .. } => Some((words::SENT_OFTEN, words::SENT_OFTEN_HINT)),
        ApiError::NotFound => Some((words::SENT_NOWHERE, words::SENT_NOWHERE_HINT)),
        ApiError::Refused {
            code: ErrorCode::Conflict,
            ..
        } => Some((words::SENT_THERE, words::SENT_THERE_HINT)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_is_not_sent_says_the_way_on() {
        let conflict = ApiError::Refused {
            code: ErrorCode::Conflict,
            fields: Vec::new().into(),
        };
        let title = |error: &ApiError| own_words(error).map(|(title, _)| title);
        assert_eq!(
            title(&ApiError::RateLimited { retry_after: 30 }),
            Some(words::SENT_OFTEN)
        );
        assert_eq!(title(&ApiError::NotFound), Some(words::SENT_NOWHERE));
        assert_eq!(title(&conflict), Some(words::SENT_THERE));
        assert_eq!(title(&ApiError::Offline), None);
    }
}
