//! What stands between a person's work and the end of the session: a warning in time, and the way back in.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::super::second_factor::{AnotherMethod, Sending, Showing, ShowingForm};
use super::super::soon::PasskeyWayIn;
use super::super::state::SignInForm;
use super::{Countdown, StepUpQuestion};
use crate::i18n::texts::{auth, common, second_factor as factor, session as words};
use crate::i18n::{Message, Text, t, tm, use_i18n};
use crate::platform::{activity, clock, document, network, task};
use crate::session::{EndReason, PendingStep, Remaining, Session, SessionState, use_doorway, use_session};
use crate::ui::{
    Banner, Button, ButtonKind, ButtonVariant, Dialog, DialogActions, DialogSize, KnownUsername,
    PasswordField, Tone, use_announcer,
};

/// Seconds before the end in which a person is warned. WCAG 2.2.1 asks for twenty at least.
const WARNING: u32 = 60;
/// Seconds left that are announced again while the warning stands.
const ANNOUNCED: [u32; 2] = [30, 10];
/// Activity is told to the backend at most this often, in milliseconds.
const REPORT_MS: f64 = 60_000.0;
/// Seconds until the clock is looked at again: a device may sleep meanwhile.
const LOOK: u32 = 30;
/// Seconds between questions whether a session that should be over is.
const ASK_AGAIN: u32 = 2;

/// Watches over the session of the page: tells the backend that somebody is there, warns before the end, and covers the
/// page once it is over until the same person has signed in again.
#[component]
pub fn SessionWatch() -> impl IntoView {
    let session = use_session();
    let remaining = count_down(session);
    let near = move || remaining.get().filter(|it| (1..=WARNING).contains(&it.seconds));
    let reporter = Reporter::new(session);
    activity::on_activity(move || reporter.notice(untrack(near).is_some()));
    view! {
        <Warning remaining=Signal::derive(near) reporter />
        <StepUpQuestion />
        <Interruption session />
    }
}

/// What is left of the session, counted down; nothing while it is interrupted.
fn count_down(session: Session) -> Memo<Option<Remaining>> {
    let now = RwSignal::new(clock::now_ms());
    let remaining = Memo::new(move |_| {
        let signed_in = matches!(session.state(), SessionState::SignedIn(_));
        let limits = session.limits().filter(|_| signed_in)?;
        Some(limits.remaining(now.get()))
    });
    network::on_wake(move |_| {
        now.try_set(clock::now_ms());
    });
    task::scoped(async move {
        loop {
            now.set(clock::now_ms());
            let pause = match remaining.get_untracked() {
                Some(Remaining { seconds: 0, .. }) => {
                    session.check().await;
                    ASK_AGAIN
                }
                Some(Remaining { seconds, .. }) if seconds <= WARNING => 1,
                Some(Remaining { seconds, .. }) => LOOK.min(seconds - WARNING),
                None => LOOK,
            };
            clock::sleep(pause * 1_000).await;
        }
    });
    remaining
}

/// Tells the backend of activity, now and then. Cheap to copy.
#[derive(Clone, Copy)]
struct Reporter {
    session: Session,
    last_ms: StoredValue<f64>,
    pending: RwSignal<bool>,
}

impl Reporter {
    fn new(session: Session) -> Self {
        Self {
            session,
            last_ms: StoredValue::new(clock::now_ms()),
            pending: RwSignal::new(false),
        }
    }

    /// Somebody did something. `urgent` when the session is about to end.
    fn notice(self, urgent: bool) {
        let due = clock::now_ms() - self.last_ms.get_value() >= REPORT_MS;
        let signed_in = untrack(|| matches!(self.session.state(), SessionState::SignedIn(_)));
        if (due || urgent) && signed_in && !self.pending.get_untracked() {
            self.report();
        }
    }

    fn report(self) {
        self.pending.set(true);
        self.last_ms.set_value(clock::now_ms());
        task::detached(async move {
            // What the backend did not hear is told with the next sign of life, and the end of the session asks it anyway.
            let _ = self.session.note_activity().await;
            self.pending.try_set(false);
        });
    }
}

/// Says that the session is about to end, and how long that is.
#[component]
fn Warning(remaining: Signal<Option<Remaining>>, reporter: Reporter) -> impl IntoView {
    let i18n = use_i18n();
    // Nothing can be done about a session's last end, so once read it is gone.
    let read = RwSignal::new(false);
    Effect::new(move |_| {
        // The next session has an end of its own.
        if remaining.with(Option::is_none) {
            read.set(false);
        }
    });
    let extendable = Memo::new(move |_| remaining.get().is_none_or(|it| it.extendable));
    let open = Memo::new(move |_| remaining.get().is_some() && (extendable.get() || !read.get()));
    let time = move || {
        let seconds = remaining.get().map_or(0, |it| it.seconds);
        i18n.message(&common::seconds(u64::from(seconds)))
    };
    let text = tm(move || -> Message {
        if extendable.get() {
            words::idle_text(time())
        } else {
            words::limit_text(time())
        }
    });
    let title = move || {
        i18n.text(if extendable.get() {
            words::IDLE_TITLE
        } else {
            words::LIMIT_TITLE
        })
    };
    let label = move || {
        i18n.text(if extendable.get() {
            words::IDLE_STAY
        } else {
            words::LIMIT_OK
        })
    };
    let announcer = use_announcer();
    Effect::new(move |_| {
        let due = remaining.get().is_some_and(|it| ANNOUNCED.contains(&it.seconds));
        if due && open.get_untracked() {
            announcer.announce(untrack(|| text.get()));
        }
    });
    let answer = Callback::new(move |()| {
        if extendable.get_untracked() {
            reporter.notice(true);
        } else {
            read.set(true);
        }
    });
    view! {
        <Dialog
            open
            title=Signal::derive(title)
            description=text
            size=DialogSize::Small
            on_close=answer
        >
            <DialogActions>
                <Button
                    label=Signal::derive(label)
                    variant=ButtonVariant::Primary
                    pending=reporter.pending
                    on_click=answer
                />
            </DialogActions>
        </Dialog>
    }
}

/// The way back into a session that has ended under the page.
#[component]
fn Interruption(session: Session) -> impl IntoView {
    let open = Memo::new(move |_| session.state().is_interrupted());
    view! {
        <Dialog
            open
            covering=true
            title=t(words::ENDED)
            description=t(words::ENDED_HINT)
            on_close=Callback::new(|()| ())
        >
            <SignInAgain session />
        </Dialog>
    }
}

/// What the person whose session it was is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// The password.
    Password,
    /// The second factor.
    SecondFactor,
    /// Something that has a page of its own: why.
    AtTheDoor(Text),
}

impl Asked {
    const fn of(step: Option<&PendingStep>) -> Self {
        match step {
            None => Self::Password,
            Some(PendingStep::SecondFactor(_)) => Self::SecondFactor,
            Some(PendingStep::NewPassword(_)) => Self::AtTheDoor(factor::DOOR_PASSWORD),
            Some(PendingStep::EnrolFactor(_)) => Self::AtTheDoor(factor::DOOR_ENROL),
        }
    }
}

/// The sign-in of the person whose session it was.
#[component]
fn SignInAgain(session: Session) -> impl IntoView {
    let Some(me) = untrack(|| session.me()) else {
        return ().into_any();
    };
    let form = SignInForm::new(RwSignal::new(me.user.email.clone()), String::new());
    // Who wished to stay signed in still does.
    form.remember.set(me.session.remembered);
    let is_too_late = RwSignal::new(false);
    let doorway = use_doorway();
    let asked = Memo::new(move |_| doorway.step.with(|step| Asked::of(step.as_ref())));
    on_cleanup(move || {
        // Only who leaves the page for the door goes on with it there.
        let is_left = matches!(
            untrack(|| session.state()),
            SessionState::SignedOut(Some(EndReason::Expired))
        );
        if !is_left {
            doorway.let_go(|_| true);
        }
    });
    let (name, email) = (me.user.name.clone(), me.user.email.clone());
    let person = tm(move || words::ended_person(email.clone(), name.clone()));
    let username = StoredValue::new(me.user.email.clone());
    view! {
        <div class="again">
            <p class="again__person">{person}</p>
            {move || match asked.get() {
                Asked::Password => {
                    view! { <Password session form username=username.get_value() is_too_late /> }.into_any()
                }
                Asked::SecondFactor => view! { <SecondFactor session is_too_late /> }.into_any(),
                Asked::AtTheDoor(why) => view! { <AtTheDoor session why /> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

/// Leaves the page to whoever signs in next.
#[component]
fn OtherAccount(session: Session) -> impl IntoView {
    let doorway = use_doorway();
    let leave = Callback::new(move |()| {
        // Otherwise the door would go on with this sign-in.
        doorway.step.set(None);
        session.give_up();
    });
    view! { <Button label=t(words::OTHER_ACCOUNT) on_click=leave /> }
}

#[component]
fn Password(
    session: Session,
    form: SignInForm,
    username: String,
    /// There was a sign-in that took too long.
    is_too_late: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let refusal = form.refusal();
    let refusal_text = Signal::derive(move || {
        let refusal = refusal.get();
        refusal.map(|it| it.in_a_line(i18n)).unwrap_or_default()
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        is_too_late.set(false);
        form.submit();
    };
    view! {
        <form class="again" method="post" novalidate on:submit=submit>
            <Show when=move || is_too_late.get()>
                <Banner tone=Tone::Danger text=t(factor::AGAIN_OVER) />
            </Show>
            <Show when=move || refusal.with(Option::is_some)>
                <Banner tone=Tone::Danger text=refusal_text />
            </Show>
            {move || form.wait().get().map(|seconds| view! { <Countdown seconds /> })}
            // For password managers, which look for whose password it is.
            <KnownUsername value=username />
            <PasswordField
                label=t(auth::PASSWORD)
                value=form.password
                name="password"
                required=true
                autofocus=is_too_late.get_untracked()
                error=form.problem("password")
                mask=form.sent
            />
            <PasskeyWayIn form />
            <DialogActions>
                <OtherAccount session />
                <Button
                    label=t(auth::SUBMIT)
                    variant=ButtonVariant::Primary
                    kind=ButtonKind::Submit
                    pending=form.pending
                />
            </DialogActions>
        </form>
    }
}

/// The second factor, over the page as well. One that took too long leads back to the password.
#[component]
fn SecondFactor(session: Session, is_too_late: RwSignal<bool>) -> impl IntoView {
    let (showing, doorway) = (Showing::new(), use_doorway());
    Effect::new(move |_| {
        if showing.is_too_late() {
            is_too_late.set(true);
            doorway.step.set(None);
        }
    });
    // Help is at the door.
    let help = Callback::new(move |()| session.give_up());
    let buttons = Callback::new(move |sending: Option<Sending>| {
        let send = sending.map(|Sending { label, pending }| {
            view! {
                <Button label=t(label) variant=ButtonVariant::Primary kind=ButtonKind::Submit pending />
            }
        });
        let disabled = Signal::derive(move || sending.is_some_and(|sending| sending.pending.get()));
        view! {
            <div class="again__ways">
                <AnotherMethod showing />
                <Button label=t(factor::NONE_OF_THESE) variant=ButtonVariant::Ghost disabled on_click=help />
            </div>
            <DialogActions>
                <OtherAccount session />
                {send}
            </DialogActions>
        }
        .into_any()
    });
    view! { <ShowingForm showing buttons /> }
}

/// What has a page of its own: the page below is left for it.
#[component]
fn AtTheDoor(session: Session, why: Text) -> impl IntoView {
    let leave = Callback::new(move |()| session.give_up());
    // What had the focus is gone.
    Effect::new(|_| document::focus(".again [data-variant=primary]"));
    view! {
        <Banner tone=Tone::Warning text=t(why) />
        <DialogActions>
            <OtherAccount session />
            <Button label=t(factor::DOOR_GO) variant=ButtonVariant::Primary on_click=leave />
        </DialogActions>
    }
}
