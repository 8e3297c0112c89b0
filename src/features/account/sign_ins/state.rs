//! The person's sessions, browsers and history, and what is done about them.

use leptos::html::H2;
use leptos::prelude::*;
use portico_contract::devices::{Disowned, KnownBrowser, OwnSession, SignInEntry};
use portico_contract::ids::{DeviceId, SessionId};
use portico_contract::paging::Page;

use super::model::{Asked, Busy, Stranger, page_at};
use crate::api::listing::append;
use crate::api::query::Query;
use crate::api::{ApiError, Client, devices, use_client};
use crate::i18n::texts::sign_ins as words;
use crate::i18n::{I18n, Message, use_i18n};
use crate::platform::{clock, document, task};
use crate::ui::{Toast, Toasts, Tone, use_toasts};

/// What the page shows and does. Cheap to copy; in the context of its page.
#[derive(Clone, Copy)]
pub struct SignIns {
    /// Where the person is signed in.
    pub sessions: Query<Vec<OwnSession>>,
    /// The browsers that know the person.
    pub browsers: Query<Vec<KnownBrowser>>,
    /// What happened, as far as it was read.
    pub history: Query<Page<SignInEntry>>,
    /// What is to be done, once the person has said yes.
    pub asked: RwSignal<Option<Asked>>,
    /// What is being done: one thing at a time.
    busy: RwSignal<Option<Busy>>,
    /// Further entries are being read.
    pub reading: RwSignal<bool>,
    /// What a session did that was somebody else's.
    pub report: RwSignal<Option<Disowned>>,
    /// The heading of the sessions: where the focus goes when what had it is gone.
    pub sessions_heading: NodeRef<H2>,
    /// The same of the browsers.
    pub browsers_heading: NodeRef<H2>,
    client: Client,
    i18n: I18n,
    toasts: Toasts,
}

impl SignIns {
    /// Nothing read yet.
    pub fn new() -> Self {
        let client = use_client();
        Self {
            sessions: Query::new(|| (), move |()| devices::list_sessions(client)),
            browsers: Query::new(|| (), move |()| devices::list_browsers(client)),
            history: Query::new(
                || (),
                move |()| async move { devices::list_sign_ins(client, &page_at(None)).await },
            ),
            asked: RwSignal::new(None),
            busy: RwSignal::new(None),
            reading: RwSignal::new(false),
            report: RwSignal::new(None),
            sessions_heading: NodeRef::new(),
            browsers_heading: NodeRef::new(),
            client,
            i18n: use_i18n(),
            toasts: use_toasts(),
        }
    }

    /// Whether `what` waits for an answer.
    pub fn is_busy(self, what: Busy) -> Signal<bool> {
        Signal::derive(move || self.busy.get() == Some(what))
    }

    /// Reads everything anew: one change shows in more than one list.
    fn reload(self) {
        self.sessions.reload();
        self.browsers.reload();
        self.history.reload();
    }

    /// Ends the session `id`, of the browser called `device`.
    pub fn end(self, id: SessionId, device: String) {
        self.change(Busy::Session(id), self.sessions_heading, async move {
            devices::end_session(self.client, id).await?;
            self.sessions
                .update(|sessions| sessions.retain(|session| session.id != id));
            Ok(words::ended(device))
        });
    }

    /// Forgets the browser `id`, called `device`.
    pub fn forget(self, id: DeviceId, device: String) {
        self.change(Busy::Browser(id), self.browsers_heading, async move {
            devices::forget_browser(self.client, id).await?;
            self.browsers
                .update(|browsers| browsers.retain(|browser| browser.id != id));
            Ok(words::forgotten(device))
        });
    }

    /// Does what was asked for.
    pub fn confirm(self) {
        match self.asked.get_untracked() {
            Some(Asked::EndOthers(_)) => self.change(Busy::Question, self.sessions_heading, async move {
                let ended = devices::end_other_sessions(self.client).await?;
                Ok(words::others_ended(ended.sessions))
            }),
            Some(Asked::Disown(stranger)) => self.disown(stranger),
            None => {}
        }
    }

    /// Begins to do `what`; `false` while something is being done.
    fn begin(self, what: Busy) -> bool {
        let is_free = self.busy.get_untracked().is_none();
        if is_free {
            self.busy.set(Some(what));
        }
        is_free
    }

    /// Does `what`, says what became of it, and leads the focus to `heading`.
    fn change(
        self,
        what: Busy,
        heading: NodeRef<H2>,
        change: impl Future<Output = Result<Message, ApiError>> + 'static,
    ) {
        if !self.begin(what) {
            return;
        }
        task::detached(async move {
            let outcome = change.await;
            self.close().await;
            match outcome {
                Ok(done) => {
                    self.toasts
                        .show(Toast::new(Tone::Success, self.i18n.message(&done)));
                    if let Some(Some(heading)) = heading.try_get_untracked() {
                        document::focus_in_place(&heading);
                    }
                }
                Err(error) => self.say(&error),
            }
            self.reload();
        });
    }

    fn disown(self, stranger: Stranger) {
        if !self.begin(Busy::Question) {
            return;
        }
        task::detached(async move {
            let outcome = match stranger {
                Stranger::Session(id) => devices::disown_session(self.client, id).await,
                Stranger::SignIn(id) => devices::disown_sign_in(self.client, id).await,
            };
            self.close().await;
            match outcome {
                Ok(disowned) => {
                    self.report.try_set(Some(disowned));
                }
                Err(error) => self.say(&error),
            }
            self.reload();
        });
    }

    /// Takes the question away, which gives the focus back first; only then it can go elsewhere.
    async fn close(self) {
        self.busy.try_set(None);
        self.asked.try_set(None);
        clock::sleep(0).await;
    }

    fn say(self, error: &ApiError) {
        let text = match error {
            ApiError::NotFound => self.i18n.text(words::GONE),
            error => error.explain(self.i18n).in_a_line(self.i18n),
        };
        self.toasts.show(Toast::new(Tone::Danger, text));
    }

    /// Reads further entries.
    pub fn load_more(self) {
        let Some(Some(next)) = self.history.with_untracked(|page| page.next.clone()) else {
            return;
        };
        if self.reading.get_untracked() {
            return;
        }
        self.reading.set(true);
        task::detached(async move {
            let answer = devices::list_sign_ins(self.client, &page_at(Some(next.0.clone()))).await;
            // The page may be gone by now.
            self.reading.try_set(false);
            match answer {
                Ok(more) => self.history.update(|page| append(page, &next, more)),
                Err(error) => self.history.fail(error),
            }
        });
    }
}

/// What the page one is on shows, from context.
pub fn use_sign_ins() -> SignIns {
    expect_context()
}
