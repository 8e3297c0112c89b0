//! The states a session can be in.

use std::sync::Arc;

use portico_contract::user::Me;

use crate::api::ApiError;

/// What this tab knows about its session.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionState {
    /// Being found out.
    Restoring,
    /// The backend could not be asked.
    Unreachable(ApiError),
    /// Nobody is signed in, for this reason if there is one to tell.
    SignedOut(Option<EndReason>),
    /// This person is.
    SignedIn(Arc<Me>),
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// The person signed out.
    Asked,
    /// The person signed out, but the backend could not be told yet.
    Unfinished,
    /// It ran out or was ended by somebody.
    Expired,
    /// The person signed out in another tab.
    Elsewhere,
}

impl SessionState {
    /// The person signed in.
    pub fn me(&self) -> Option<&Arc<Me>> {
        if let Self::SignedIn(me) = self {
            Some(me)
        } else {
            None
        }
    }
}
