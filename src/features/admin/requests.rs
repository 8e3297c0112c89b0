//! What people who cannot sign in ask for, and answering them.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use portico_contract::admin::{AdminRequest, RequestDecision, RequestState};
use portico_contract::ids::AdminRequestId;
use portico_contract::paging::Page;

use super::model::{requests_in, state_of};
use crate::api::listing::append;
use crate::api::query::Query;
use crate::api::{ApiError, Client, admin, use_client};
use crate::app::routes::Route;
use crate::i18n::texts::admin as words;
use crate::i18n::{I18n, use_i18n};
use crate::platform::{location, task};

/// Requests of one page.
const PAGE_REQUESTS: u16 = 50;

/// What the address says for requests in any state. Without a word it is those that wait for an answer.
pub const ANY: &str = "all";

/// Shows the requests in the state of a name.
type Go = Box<dyn Fn(&str)>;

/// The requests. Cheap to copy; in the context of its page.
#[derive(Clone, Copy)]
pub struct Requests {
    /// Which requests are shown, from the address.
    pub state: Memo<Option<RequestState>>,
    /// Those read so far.
    pub rows: Query<Page<AdminRequest>>,
    /// What is to be answered to whom.
    pub asked: RwSignal<Option<(RequestDecision, AdminRequest)>>,
    /// Further requests are being read.
    pub reading: RwSignal<bool>,
    client: Client,
    i18n: I18n,
    go: StoredValue<Go, LocalStorage>,
}

impl Requests {
    /// The requests that the address describes.
    pub fn new() -> Self {
        let client = use_client();
        let query = use_query_map();
        let state = Memo::new(move |_| {
            let asked = query.with(|query| query.get("state"));
            match asked.as_deref() {
                Some(ANY) => None,
                asked => Some(asked.and_then(state_of).unwrap_or(RequestState::Open)),
            }
        });
        let navigate = use_navigate();
        Self {
            state,
            rows: Query::new(
                move || state.get(),
                move |state| async move {
                    admin::list_requests(client, &requests_in(state, None, PAGE_REQUESTS)).await
                },
            ),
            asked: RwSignal::new(None),
            reading: RwSignal::new(false),
            client,
            i18n: use_i18n(),
            go: StoredValue::new_local(Box::new(move |state| {
                let state =
                    (state != RequestState::Open.as_str()).then(|| ("state".to_owned(), state.to_owned()));
                let query = location::encode_query(&state.into_iter().collect::<Vec<_>>());
                let path = format!("{}{query}", Route::AdminRequests.path());
                navigate(&path, NavigateOptions::default());
            })),
        }
    }

    /// Shows the requests in the state named `value`.
    pub fn show(self, value: &str) {
        self.go.with_value(|go| go(value));
    }

    /// Asks what to answer.
    pub fn ask(self, decision: RequestDecision, request: AdminRequest) {
        self.asked.set(Some((decision, request)));
    }

    /// Reads further requests.
    pub fn load_more(self) {
        let Some(Some(next)) = self.rows.with_untracked(|page| page.next.clone()) else {
            return;
        };
        if self.reading.get_untracked() {
            return;
        }
        self.reading.set(true);
        let state = self.state.get_untracked();
        task::detached(async move {
            let request = requests_in(state, Some(next.0.clone()), PAGE_REQUESTS);
            let answer = admin::list_requests(self.client, &request).await;
            // The page may be gone, or show something else by now.
            let now = self.state.try_get_untracked();
            self.reading.try_set(false);
            if now != Some(state) {
                return;
            }
            match answer {
                Ok(more) => self.rows.update(|page| append(page, &next, more)),
                Err(error) => self.rows.fail(error),
            }
        });
    }

    /// Lets go of the question about `request`, unless it is another one by now.
    pub fn close(self, request: AdminRequestId) {
        let _ = self.asked.try_update(|asked| {
            if asked.as_ref().is_some_and(|(_, asked)| asked.id == request) {
                *asked = None;
            }
        });
    }

    /// Shows `request` as it is now.
    pub fn replace(self, request: AdminRequest) {
        self.rows.update(|page| {
            if let Some(row) = page.items.iter_mut().find(|row| row.id == request.id) {
                *row = request;
            }
        });
    }

    /// Why a request was not answered, in words.
    pub fn explain(self, error: &ApiError) -> String {
        if let ApiError::Refused { .. } = error {
            return self.i18n.text(words::REQUEST_OUT_OF_DATE);
        }
        error.explain(self.i18n).in_a_line(self.i18n)
    }
}

/// The requests of the page one is on, from context.
pub fn use_requests() -> Requests {
    expect_context()
}
