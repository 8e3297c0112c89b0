//! The way from a forgotten password to a new one: where one is on it, and what was typed so far.

use leptos::prelude::*;
use portico_contract::recovery::{
    CodeCheck, Noted, RequestAdminReset, ResetAccount, ResetChannel, StartReset, VerifyCode,
};
use portico_contract::validate::Validate;

use crate::api::{Client, Sent, Submission, recovery, use_client};
use crate::i18n::texts::recovery as words;
use crate::i18n::{I18n, Message, use_i18n};
use crate::platform::document;
use crate::session::use_doorway;

/// The values of the choice where to send it.
pub(super) const MAIL: &str = "mail";
pub(super) const SMS: &str = "sms";

/// Where one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
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

/// What is typed on the way. It stays while one goes back and forth. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Way {
    /// Where one is.
    pub(super) step: RwSignal<Step>,
    /// Who one is.
    pub(super) identifier: RwSignal<String>,
    /// Where to send it: [`MAIL`] or [`SMS`].
    pub(super) channel: RwSignal<String>,
    /// The code of the message.
    pub(super) code: RwSignal<String>,
    /// The word to the administrators.
    pub(super) reason: RwSignal<String>,
    /// What became of what was sent.
    pub(super) submission: Submission,
    /// What became of the last code.
    pub(super) judged: RwSignal<Option<Message>>,
    /// Another message is being sent.
    pub(super) resending: RwSignal<bool>,
    /// Another message was sent.
    pub(super) resent: RwSignal<bool>,
    client: Client,
    i18n: I18n,
}

impl Way {
    /// At its beginning, with what was typed as identifier elsewhere.
    pub(super) fn new() -> Self {
        let identifier = use_doorway().identifier;
        let channel = RwSignal::new(MAIL.to_owned());
        let (code, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        // A code is worth something only to the one it was sent to.
        Effect::new(move |before: Option<(String, String)>| {
            let asked = (identifier.get(), channel.get());
            if before.is_some_and(|before| before != asked) {
                code.set(String::new());
            }
            asked
        });
        Self {
            step: RwSignal::new(Step::Ask),
            identifier,
            channel,
            code,
            reason,
            submission: Submission::of(move || (identifier.get(), channel.get(), code.get(), reason.get())),
            judged: RwSignal::new(None),
            resending: RwSignal::new(false),
            resent: RwSignal::new(false),
            client: use_client(),
            i18n: use_i18n(),
        }
    }

    /// Goes to another step. What is still under way to the one before does not matter any more.
    pub(super) fn go(self, step: Step) {
        self.begin();
        self.step.set(step);
    }

    fn begin(self) {
        self.submission.begin();
        self.judged.set(None);
        self.resending.set(false);
        self.resent.set(false);
    }

    /// The request for a message, tracked.
    pub(super) fn start_request(self) -> StartReset {
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

    /// The code as it is sent, tracked.
    pub(super) fn code_request(self) -> VerifyCode {
        VerifyCode {
            code: self.code.get(),
        }
    }

    /// The request to the administrators, tracked.
    pub(super) fn admin_request(self) -> RequestAdminReset {
        RequestAdminReset {
            identifier: self.identifier.get(),
            reason: self.reason.get(),
        }
    }

    /// Asks for a message. `refused` hears that fields are wrong.
    pub(super) fn start(self, refused: impl FnOnce() + 'static) {
        self.ask_for_message(move |sent| match sent {
            Sent::Done(Noted {}) => self.go(Step::Code),
            Sent::Refused => refused(),
            Sent::Failed => {}
        });
    }

    /// Asks for another message.
    pub(super) fn start_again(self) {
        if self.submission.pending.get_untracked() {
            return;
        }
        self.begin();
        self.resending.set(true);
        self.ask_for_message(move |sent| {
            self.resending.set(false);
            match sent {
                Sent::Done(Noted {}) => {
                    self.code.set(String::new());
                    self.resent.set(true);
                }
                // What is wrong stands on the page before.
                Sent::Refused => self.step.set(Step::Ask),
                Sent::Failed => {}
            }
        });
    }

    fn ask_for_message(self, outcome: impl FnOnce(Sent<Noted>) + 'static) {
        let client = self.client;
        if let Ok(request) = untrack(|| self.start_request()).validate() {
            let request = async move { recovery::start_reset(client, &request).await };
            self.submission.send(request, outcome);
        }
    }

    /// Sends the code. `refused` hears that it cannot be one.
    pub(super) fn verify(self, refused: impl FnOnce() + 'static) {
        let client = self.client;
        let Ok(code) = untrack(|| self.code_request()).validate() else {
            return;
        };
        self.judged.set(None);
        self.resent.set(false);
        let request = async move { recovery::verify_reset(client, &code).await };
        self.submission.send(request, move |sent| match sent {
            Sent::Done(check) => self.judge(check),
            Sent::Refused => refused(),
            Sent::Failed => {}
        });
    }

    /// What a code or an answer has brought.
    pub(super) fn judge(self, check: CodeCheck) {
        match check {
            CodeCheck::Accepted(account) => self.go(Step::Choose(account)),
            CodeCheck::Question { question } => self.go(Step::Answer(question)),
            CodeCheck::Refused { tries_left } => {
                self.judged.set(Some(words::code_refused(u64::from(tries_left))));
                document::focus("main input:not([readonly])");
            }
            CodeCheck::Over => {
                self.go(Step::Code);
                self.code.set(String::new());
                self.judged.set(Some(words::CODE_OVER.into()));
            }
        }
    }

    /// Asks the administrators. `refused` hears that fields are wrong.
    pub(super) fn ask_administrators(self, refused: impl FnOnce() + 'static) {
        let client = self.client;
        if let Ok(request) = untrack(|| self.admin_request()).validate() {
            let request = async move { recovery::request_admin_reset(client, &request).await };
            self.submission.send(request, move |sent| match sent {
                Sent::Done(Noted {}) => self.go(Step::Noted),
                Sent::Refused => refused(),
                Sent::Failed => {}
            });
        }
    }
}
