//! Showing once more who one is, before something that a session alone may not do (RFC 9470).

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use futures_util::FutureExt as _;
use leptos::prelude::*;
use portico_contract::ids::UserId;
use portico_contract::passkey::PasskeyRequest;
use portico_contract::second_factor::{StepUp, StepUpNeeded};
use portico_contract::sent_code::{CodeChannel, CodeSent};
use portico_contract::validate::Validated;

use super::Session;
use crate::api::ApiError;
use crate::api::own_factors::{self, StepUpRefusal};

/// What is asked for, and the requests that wait for the outcome. They share one question. Made by the frame, which shows
/// it; before there is one nothing is asked. Cheap to copy.
#[derive(Clone, Copy)]
pub struct StepUps {
    question: Question,
    session: Session,
}

/// The question itself.
#[derive(Clone, Copy)]
struct Question {
    needed: RwSignal<Option<StepUpNeeded>>,
    waiting: StoredValue<Vec<Rc<RefCell<Ticket>>>, LocalStorage>,
}

/// One request that waits.
#[derive(Default)]
struct Ticket {
    outcome: Option<bool>,
    waker: Option<Waker>,
}

impl StepUps {
    /// Nothing is asked for. From now on requests that need it wait here.
    pub fn of(session: Session) -> Self {
        let ups = Self {
            question: Question::new(),
            session,
        };
        session
            .client
            .on_step_up(move |challenge| ups.go_on_if_shown(challenge.needed()).boxed_local());
        // What one person was asked is nothing for the next.
        Effect::new(move |before: Option<Option<UserId>>| {
            let person = session.me().map(|me| me.user.id);
            if before.is_some_and(|before| before != person) {
                ups.question.settle(false);
            }
            person
        });
        // Whoever waits when the frame is taken apart waits for nothing.
        on_cleanup(move || ups.question.settle(false));
        ups
    }

    /// What has to be shown once more before a request that waits is sent, tracked.
    pub fn needed(self) -> Option<StepUpNeeded> {
        self.question.needed.get()
    }

    /// Shows it. The requests that wait for it go out.
    pub async fn show(self, request: &Validated<StepUp>) -> Result<(), StepUpRefusal> {
        let me = own_factors::step_up(self.session.client, request).await?;
        self.session.enter(me);
        self.question.settle(true);
        Ok(())
    }

    /// Asks for a passkey to show.
    pub async fn ask_for_passkey(self) -> Result<PasskeyRequest, ApiError> {
        own_factors::ask_for_passkey(self.session.client).await
    }

    /// Has a code sent to show.
    pub async fn send_code(self, channel: CodeChannel) -> Result<CodeSent, ApiError> {
        own_factors::send_code(self.session.client, channel).await
    }

    /// Leaves it. The requests that wait for it fail, and nothing is done.
    pub fn decline(self) {
        self.question.settle(false);
    }

    /// Whether a request for which something is `needed` may be sent: it was shown, and by the same person.
    async fn go_on_if_shown(self, needed: StepUpNeeded) -> bool {
        let person = move || self.session.me_untracked().map(|me| me.user.id);
        let before = person();
        // Without the frame nobody would see the question.
        let may_ask = before.is_some() && !self.question.needed.is_disposed();
        may_ask && self.question.ask(needed).await && person() == before
    }
}

impl Question {
    fn new() -> Self {
        Self {
            needed: RwSignal::new(None),
            waiting: StoredValue::new_local(Vec::new()),
        }
    }

    /// Asks for what is `needed`, and waits. Whether it was shown.
    async fn ask(self, needed: StepUpNeeded) -> bool {
        let ticket = Rc::<RefCell<Ticket>>::default();
        self.waiting
            .update_value(|waiting| waiting.push(Rc::clone(&ticket)));
        self.needed.update(|asked| {
            *asked = Some(match asked.take() {
                Some(asked) => both(asked, &needed),
                None => needed,
            });
        });
        poll_fn(|context| {
            let mut ticket = ticket.borrow_mut();
            if let Some(outcome) = ticket.outcome {
                return Poll::Ready(outcome);
            }
            ticket.waker = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Tells everybody who waits whether it was `shown`, and lets go of the question.
    fn settle(self, shown: bool) {
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        if !waiting.is_empty() {
            self.needed.try_set(None);
        }
        for ticket in waiting {
            let waker = {
                let mut ticket = ticket.borrow_mut();
                ticket.outcome = Some(shown);
                ticket.waker.take()
            };
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    }
}

/// What has to be shown for two requests. The methods are those of the person, so they are the same where both need one.
fn both(first: StepUpNeeded, second: &StepUpNeeded) -> StepUpNeeded {
    let methods = if first.methods.is_empty() {
        second.methods.clone()
    } else {
        first.methods
    };
    StepUpNeeded {
        password: first.password || second.password,
        methods,
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::Context;

    use portico_contract::second_factor::FactorMethod;

    use super::*;

    fn needed(password: bool, methods: &[FactorMethod]) -> StepUpNeeded {
        StepUpNeeded {
            password,
            methods: methods.to_vec(),
        }
    }

    #[test]
    fn two_requests_need_what_each_of_them_needs() {
        let [password, code] = [needed(true, &[]), needed(false, &[FactorMethod::Totp])];
        let all = needed(true, &[FactorMethod::Totp]);
        assert_eq!(both(password.clone(), &code), all);
        assert_eq!(both(code.clone(), &password), all);
        assert_eq!(both(code.clone(), &code), code);
    }

    #[test]
    fn requests_that_wait_at_once_share_the_question_and_its_outcome() {
        let owner = Owner::new();
        owner.set();
        let ups = Question::new();
        let mut context = Context::from_waker(Waker::noop());
        for shown in [true, false] {
            let (mut first, mut second) = (
                pin!(ups.ask(needed(true, &[]))),
                pin!(ups.ask(needed(true, &[FactorMethod::Totp]))),
            );
            assert!(first.as_mut().poll(&mut context).is_pending());
            assert!(second.as_mut().poll(&mut context).is_pending());
            assert_eq!(
                ups.needed.get_untracked(),
                Some(needed(true, &[FactorMethod::Totp]))
            );
            ups.settle(shown);
            assert_eq!(ups.needed.get_untracked(), None);
            assert_eq!(first.as_mut().poll(&mut context), Poll::Ready(shown));
            assert_eq!(second.as_mut().poll(&mut context), Poll::Ready(shown));
        }
    }
}
