//! Looking for customers and deals while somebody types.

use leptos::prelude::*;
use portico_contract::search::SearchQuery;

use super::model::{Answer, Offer, Recent, found, query_of};
use crate::api::query::Query;
use crate::api::search::search;
use crate::api::use_client;
use crate::i18n::explain::Explanation;
use crate::platform::{clock, task};

/// Milliseconds of quiet after which what is typed is looked for.
const TYPING_PAUSE_MS: u32 = 150;
/// How many of each kind are offered.
const HITS: u8 = 6;

/// A search under way. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Finder {
    /// What stands in the field.
    pub typed: RwSignal<String>,
    /// The words that are looked for, once there was time to type them.
    asked: RwSignal<String>,
    answer: Query<Answer>,
    wanted: Memo<String>,
    recent: StoredValue<Recent>,
}

impl Finder {
    /// A search for nothing yet.
    pub fn new() -> Self {
        let client = use_client();
        let typed = RwSignal::new(String::new());
        let asked = RwSignal::new(String::new());
        let recent = StoredValue::new(Recent::default());
        let answer = Query::keeping(
            move || asked.get(),
            move |query| async move {
                if let Some(Some(known)) = recent.try_with_value(|recent| recent.get(&query)) {
                    return Ok(known);
                }
                let request = SearchQuery {
                    q: query.clone(),
                    limit: Some(HITS),
                };
                let results = search(client, &request).await?;
                let answer = Answer { query, results };
                recent.try_update_value(|recent| recent.keep(answer.clone()));
                Ok(answer)
            },
        );
        let finder = Self {
            typed,
            asked,
            answer,
            wanted: Memo::new(move |_| typed.with(|typed| query_of(typed))),
            recent,
        };
        finder.ask_after_a_pause();
        finder
    }

    /// The clock is outside of the signals: what is typed is asked for once it has stayed the same for a while.
    fn ask_after_a_pause(self) {
        Effect::new(move |_| {
            let wanted = self.wanted.get();
            if self.recent.with_value(|recent| recent.get(&wanted).is_some()) {
                self.asked.set(wanted);
                return;
            }
            // The next run of the effect, and the end of the search, drop it.
            task::scoped(async move {
                clock::sleep(TYPING_PAUSE_MS).await;
                self.asked.try_set(wanted);
            });
        });
    }

    /// Customers and deals, and whether they are the answer to what is typed now; until that is here, the last answer
    /// stays.
    pub fn found(self) -> (Vec<Offer>, Vec<Offer>, bool) {
        let wanted = self.wanted.get();
        if wanted.is_empty() {
            return (Vec::new(), Vec::new(), true);
        }
        let answer = self.answer.get().unwrap_or_default();
        let (customers, deals) = found(&answer.results);
        (customers, deals, answer.query == wanted)
    }

    /// Whether the answer to what is typed now is on its way.
    pub fn pending(self) -> Signal<bool> {
        Signal::derive(move || {
            let wanted = self.wanted.get();
            let is_known = wanted.is_empty()
                || self
                    .answer
                    .with(|answer| answer.query == wanted)
                    .unwrap_or_default();
            !is_known && self.answer.error().is_none()
        })
    }

    /// Why the answer to what is typed now cannot be had.
    pub fn problem(self) -> Signal<Option<Explanation>> {
        let problem = self.answer.problem();
        Signal::derive(move || problem.get().filter(|_| !self.wanted.with(String::is_empty)))
    }

    /// Asks again.
    pub fn on_retry(self) -> Callback<()> {
        self.answer.on_retry()
    }
}
