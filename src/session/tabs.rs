//! What the tabs of one browser tell each other about the session. Public ids only.

use std::rc::Rc;

use portico_contract::ids::SessionId;
use serde::{Deserialize, Serialize};

use crate::platform::broadcast::Channel;

const CHANNEL: &str = "portico";

/// One message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Word {
    /// Somebody signed in.
    SignedIn {
        /// The new session.
        sid: SessionId,
    },
    /// Somebody does something, so the session goes on.
    Active {
        /// Which.
        sid: SessionId,
        /// Seconds until it ends for want of activity.
        idle_expires_in: u32,
    },
    /// The person signed out.
    SignedOut {
        /// The session that is over.
        sid: SessionId,
    },
}

/// The line to the other tabs.
pub(super) struct Tabs(Rc<Channel>);

impl Tabs {
    pub(super) fn open(heard: impl Fn(Word) + 'static) -> Option<Self> {
        Channel::open(CHANNEL, heard).map(Self)
    }

    pub(super) fn tell(&self, word: &Word) {
        self.0.tell(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_unknown_shape_are_not_understood() {
        let sid = "0192f0c1-2345-7abc-8def-0123456789ab";
        assert!(serde_json::from_str::<Word>(&format!(r#"{{"signed_out":{{"sid":"{sid}"}}}}"#)).is_ok());
        for foreign in [
            r#"{"signed_out":{}}"#.to_owned(),
            format!(r#"{{"take_over":{{"sid":"{sid}"}}}}"#),
            format!(r#"{{"signed_in":{{"sid":"{sid}","token":"x"}}}}"#),
            "7".to_owned(),
        ] {
            assert!(serde_json::from_str::<Word>(&foreign).is_err(), "{foreign}");
        }
    }
}
