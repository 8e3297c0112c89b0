//! What became of the last try to show something, and when another one makes sense.

use leptos::prelude::*;

use super::model::refusal;
use crate::api::second_factor::Shown;
use crate::api::{ApiError, Sent, Submission};
use crate::i18n::explain::Explanation;
use crate::i18n::use_i18n;
use crate::platform::clock;

/// How a try ended.
pub(super) enum Ended<T> {
    /// What was shown is right, and this follows.
    Right(T),
    /// It is not, and so many tries are left before a pause, if the backend says.
    Wrong(Option<u32>),
    /// It was not looked at: the submission names what is wrong with it.
    Refused,
    /// It could not be judged.
    Failed,
}

/// The tries to show one thing. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Tries {
    /// The last one.
    pub(super) submission: Submission,
    /// Until when, by this device's clock, no other try makes sense.
    until_ms: RwSignal<Option<f64>>,
}

impl Tries {
    /// None yet. What is found wrong is forgotten as soon as `typed` changes.
    pub(super) fn of<T: PartialEq + 'static>(typed: impl Fn() -> T + 'static) -> Self {
        Self {
            submission: Submission::of(typed),
            until_ms: RwSignal::new(None),
        }
    }

    /// Whether an answer is awaited, tracked.
    pub(super) fn pending(self) -> Signal<bool> {
        self.submission.pending.into()
    }

    /// Whether the sign-in that it is for is over, tracked.
    pub(super) fn is_too_late(self) -> bool {
        matches!(self.submission.error(), Some(ApiError::SignInExpired))
    }

    /// Whether there is nothing any more that it could be for, tracked.
    pub(super) fn is_gone(self) -> bool {
        matches!(self.submission.error(), Some(ApiError::NotFound))
    }

    /// Why the last one could not be judged, in words. `has_recovery` where a recovery code is a way round it.
    pub(super) fn failure(self, has_recovery: Signal<bool>) -> Signal<Option<Explanation>> {
        let i18n = use_i18n();
        Signal::derive(move || {
            let error = self.submission.error()?;
            Some(refusal(&error, has_recovery.get(), i18n))
        })
    }

    /// Until when no other one makes sense, tracked.
    pub(super) fn until_ms(self) -> Option<f64> {
        self.until_ms.get()
    }

    /// Makes one with `request`, unless an answer is awaited. `ended` hears how it ended, if somebody is still here.
    pub(super) fn send<T: 'static>(
        self,
        request: impl Future<Output = Result<Shown<T>, ApiError>> + 'static,
        ended: impl FnOnce(Ended<T>) + 'static,
    ) {
        if self.submission.pending.get_untracked() {
            return;
        }
        self.until_ms.set(None);
        self.submission.send(request, move |sent| match sent {
            Sent::Done(Shown::Right(follows)) => ended(Ended::Right(follows)),
            Sent::Done(Shown::Wrong {
                tries_left,
                retry_after,
            }) => {
                self.pause(retry_after);
                ended(Ended::Wrong(tries_left));
            }
            Sent::Refused => ended(Ended::Refused),
            Sent::Failed => {
                let error = untrack(|| self.submission.error());
                self.pause(error.and_then(|error| error.retry_after()));
                ended(Ended::Failed);
            }
        });
    }

    /// Notes until when no other try makes sense.
    fn pause(self, seconds: Option<u32>) {
        let until = seconds.map(|seconds| clock::now_ms() + f64::from(seconds) * 1_000.0);
        self.until_ms.set(until);
    }
}
