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
    /// This person's session has ended under the open page. Everything stays as it is, covered, until the same person
    /// has signed in again.
    Interrupted(Arc<Me>),
    /// The person wants out, and the backend is being told.
    SigningOut,
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
    /// The person the page belongs to: signed in, or interrupted.
    pub fn me(&self) -> Option<&Arc<Me>> {
        match self {
            Self::SignedIn(me) | Self::Interrupted(me) => Some(me),
            Self::Restoring | Self::Unreachable(_) | Self::SignedOut(_) | Self::SigningOut => None,
        }
    }

    /// Whether the page waits for its person to sign in again.
    pub fn is_interrupted(&self) -> bool {
        matches!(self, Self::Interrupted(_))
    }
}
