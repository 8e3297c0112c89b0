//! Reading for a screen: the newest question wins, an answer nobody waits for is dropped with its request, and what
//! could not be reached is tried again by itself.

use std::future::Future;

use leptos::prelude::*;

use super::error::ApiError;
use crate::i18n::explain::Explanation;
use crate::i18n::use_i18n;
use crate::platform::{clock, task};

/// Milliseconds until the first repetition; each further one waits twice as long, up to [`LONGEST_WAIT_MS`].
const FIRST_WAIT_MS: u32 = 1_000;
const LONGEST_WAIT_MS: u32 = 15_000;

/// Something read from the backend. Cheap to copy.
pub struct Query<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    error: RwSignal<Option<ApiError>>,
    asked: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Query<T> {}

impl<T: Clone + Send + Sync + 'static> Query<T> {
    /// Reads with `fetch` now, and again whenever `key` changes or [`Query::reload`] is called. A new key empties the
    /// value, so that nothing of one record is ever shown as another's; a reload keeps it until the new one is there.
    pub fn new<K, F>(key: impl Fn() -> K + 'static, fetch: impl Fn(K) -> F + Clone + 'static) -> Self
    where
        K: PartialEq + Clone + 'static,
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        Self::start(key, fetch, false)
    }

    /// Like [`Query::new`], but keeps the value while a new key is being read: for a list that is being filtered.
    pub fn keeping<K, F>(key: impl Fn() -> K + 'static, fetch: impl Fn(K) -> F + Clone + 'static) -> Self
    where
        K: PartialEq + Clone + 'static,
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        Self::start(key, fetch, true)
    }

    fn start<K, F>(
        key: impl Fn() -> K + 'static,
        fetch: impl Fn(K) -> F + Clone + 'static,
        keep: bool,
    ) -> Self
    where
        K: PartialEq + Clone + 'static,
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let query = Self {
            value: RwSignal::new(None),
            error: RwSignal::new(None),
            asked: RwSignal::new(0),
        };
        Effect::new(move |last: Option<K>| {
            query.asked.track();
            let key = key();
            if last.is_some_and(|last| last != key) {
                if !keep {
                    query.value.set(None);
                }
                query.error.set(None);
            }
            let fetch = fetch.clone();
            let asked = key.clone();
            task::scoped(async move { query.read(asked, fetch).await });
            key
        });
        query
    }

    async fn read<K: Clone, F: Future<Output = Result<T, ApiError>>>(self, key: K, fetch: impl Fn(K) -> F) {
        let mut wait = FIRST_WAIT_MS;
        loop {
            match fetch(key.clone()).await {
                Ok(value) => {
                    self.value.try_set(Some(value));
                    self.error.try_set(None);
                    return;
                }
                Err(error) => {
                    let transient = error.is_transient();
                    self.error.try_set(Some(error));
                    if !transient {
                        return;
                    }
                }
            }
            clock::sleep(wait).await;
            wait = (wait * 2).min(LONGEST_WAIT_MS);
        }
    }

    /// Reads again now.
    pub fn reload(self) {
        self.asked.try_update(|asked| *asked = asked.wrapping_add(1));
    }

    /// [`Query::reload`] for a button.
    pub fn on_retry(self) -> Callback<()> {
        Callback::new(move |()| self.reload())
    }

    /// What was read last.
    pub fn get(self) -> Option<T> {
        self.value.get()
    }

    /// Lets `read` look at what was read last.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.value.with(|value| value.as_ref().map(read))
    }

    /// Changes what was read last, for an answer that carries the new value.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.value.try_update(|value| value.as_mut().map(change));
    }

    /// [`Query::with`] without following changes. Nothing once the screen is gone.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.value
            .try_with_untracked(|value| value.as_ref().map(read))
            .flatten()
    }

    /// Notes a failure that belongs to what is shown, such as that of a further page.
    pub fn fail(self, error: ApiError) {
        self.error.try_set(Some(error));
    }

    /// Whether there is something to show.
    pub fn ready(self) -> Signal<bool> {
        Signal::derive(move || self.value.with(Option::is_some))
    }

    /// Whether the first reading has come to something: a value, or a failure to tell of.
    pub fn settled(self) -> Signal<bool> {
        Signal::derive(move || self.value.with(Option::is_some) || self.error.with(Option::is_some))
    }

    /// What went wrong last.
    pub fn error(self) -> Option<ApiError> {
        self.error.get()
    }

    /// What went wrong last, in words.
    pub fn problem(self) -> Signal<Option<Explanation>> {
        let i18n = use_i18n();
        Signal::derive(move || {
            self.error
                .with(|error| error.as_ref().map(|error| error.explain(i18n)))
        })
    }
}
