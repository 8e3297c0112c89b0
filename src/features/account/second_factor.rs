//! What one has as a second factor: what is shown, what is being done about it, and what was done.

use leptos::prelude::*;
use portico_contract::passkey::AcceptedPasskeys;
use portico_contract::problem::ErrorCode;
use portico_contract::second_factor::{
    Enrolled, FEW_RECOVERY_CODES, Factor, FactorKind, MOST_FACTORS, RecoveryCodes, SecondFactorState,
};
use portico_contract::sent_code::CodeChannel;

use crate::api::query::Query;
use crate::api::{ApiError, Client, Sent, Submission, own_factors, passkeys, use_client};
use crate::i18n::texts::{account as words, passkeys as passkey_words};
use crate::i18n::{I18n, Message, Text, use_i18n};
use crate::ui::Tone;

/// What is being done. One thing at a time.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Doing {
    /// Nothing: what there is is shown.
    Nothing,
    /// One is being added.
    Adding(FactorKind),
    /// Recovery codes are shown, this once.
    Keeping(RecoveryCodes),
    /// Another name is being chosen.
    Renaming(Factor),
    /// Whether to remove it is asked.
    Removing(Factor),
    /// Whether to make new recovery codes is asked.
    Renewing,
}

/// The second factor of the person. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct SecondFactor {
    /// What there is.
    pub(super) now: Query<SecondFactorState>,
    /// What is being done.
    pub(super) doing: RwSignal<Doing>,
    /// What was done last, or why it was not.
    pub(super) told: RwSignal<Option<(Tone, String)>>,
    /// Whether something was changed since the page was opened: other sessions go on as they were.
    pub(super) changed: RwSignal<bool>,
    /// What became of removing and of new recovery codes.
    pub(super) submission: Submission,
    /// Who talks to the backend.
    pub(super) client: Client,
    i18n: I18n,
}

impl SecondFactor {
    /// What there is has yet to be read.
    pub(super) fn new() -> Self {
        let client = use_client();
        let now = Query::new(|| (), move |()| own_factors::state(client));
        // The browser, and the password manager in it, need not offer what does not count any more.
        Effect::new(move |before: Option<Option<AcceptedPasskeys>>| {
            let accepted = now.with(|now| now.passkeys.clone()).flatten();
            if before.as_ref() != Some(&accepted)
                && let Some(accepted) = &accepted
            {
                passkeys::tell_accepted(accepted);
            }
            accepted
        });
        Self {
            now,
            doing: RwSignal::new(Doing::Nothing),
            told: RwSignal::new(None),
            changed: RwSignal::new(false),
            submission: Submission::of(|| ()),
            client,
            i18n: use_i18n(),
        }
    }

    /// Turns to `doing`. What was said about the last thing is out of date by then.
    pub(super) fn turn_to(self, doing: Doing) {
        self.told.set(None);
        self.submission.begin();
        self.doing.set(doing);
    }

    /// Leaves a question unanswered. What is under way cannot be called back, and what comes of it is shown only once.
    pub(super) fn leave_question(self) {
        if !self.submission.pending.get_untracked() {
            self.turn_to(Doing::Nothing);
        }
    }

    /// Says `message`, which is about something that is over.
    pub(super) fn tell(self, tone: Tone, message: &Message) {
        self.doing.set(Doing::Nothing);
        self.told.set(Some((tone, self.i18n.message(message))));
    }

    /// Shows what `now` holds, the answer to a change.
    pub(super) fn show(self, now: SecondFactorState) {
        let factors =
            |state: &SecondFactorState| state.factors.iter().map(|factor| factor.id).collect::<Vec<_>>();
        if self
            .now
            .with_untracked(factors)
            .is_none_or(|before| before != factors(&now))
        {
            self.changed.set(true);
        }
        self.now.update(|shown| *shown = now);
    }

    /// What the person calls `factor`.
    pub(super) fn name(self, factor: &Factor) -> String {
        factor
            .name
            .clone()
            .unwrap_or_else(|| self.i18n.text(kind_text(factor.kind)))
    }

    /// Something was added.
    pub(super) fn added(self, enrolled: Enrolled) {
        let newest = enrolled.state.factors.last();
        let kind = newest.map_or(FactorKind::Totp, |factor| factor.kind);
        let name = newest.map(|factor| self.name(factor));
        let name = name.unwrap_or_else(|| self.i18n.text(kind_text(kind)));
        self.show(enrolled.state);
        match enrolled.recovery_codes {
            Some(codes) => {
                self.tell(Tone::Success, &words::factor_added_keep(name));
                self.doing.set(Doing::Keeping(codes));
            }
            None => self.tell(Tone::Success, &added_text(kind, name)),
        }
    }

    /// Removes `factor`.
    pub(super) fn remove(self, factor: &Factor) {
        let (client, id, name) = (self.client, factor.id, self.name(factor));
        let request = async move { own_factors::remove(client, id).await };
        self.submission.send(request, move |sent| match sent {
            Sent::Done(now) => {
                let done = if now.factors.is_empty() {
                    words::factor_removed_off(name)
                } else {
                    words::factor_removed(name)
                };
                self.show(now);
                self.tell(Tone::Success, &done);
            }
            Sent::Refused | Sent::Failed => self.failed(),
        });
    }

    /// Makes new recovery codes.
    pub(super) fn renew_codes(self) {
        let client = self.client;
        let request = async move { own_factors::renew_recovery_codes(client).await };
        self.submission.send(request, move |sent| match sent {
            Sent::Done(codes) => {
                let left = u32::try_from(codes.reveal().len()).unwrap_or(u32::MAX);
                self.now.update(|now| now.recovery_codes_left = left);
                self.tell(Tone::Success, &words::CODES_RENEWED.into());
                self.doing.set(Doing::Keeping(codes));
            }
            Sent::Refused | Sent::Failed => self.failed(),
        });
    }

    fn failed(self) {
        let Some(error) = untrack(|| self.submission.error()) else {
            return;
        };
        self.refused(&error);
    }

    /// Says why something was not done. What is shown may be out of date.
    pub(super) fn refused(self, error: &ApiError) {
        if let Some(text) = refusal(error) {
            self.now.reload();
            return self.tell(Tone::Warning, &text.into());
        }
        let line = error.explain(self.i18n).in_a_line(self.i18n);
        self.doing.set(Doing::Nothing);
        self.told.set(Some((Tone::Danger, line)));
    }
}

/// What a refusal means here, where it has words of its own.
fn refusal(error: &ApiError) -> Option<Text> {
    match error {
        ApiError::Refused {
            code: ErrorCode::LastFactor,
            ..
        } => Some(words::FACTOR_LAST),
        ApiError::NotFound => Some(words::FACTOR_GONE),
        _ => None,
    }
}

/// The word for a kind of factor.
pub(super) const fn kind_text(kind: FactorKind) -> Text {
    match kind {
        FactorKind::Passkey => words::FACTOR_PASSKEY,
        FactorKind::Totp => words::FACTOR_TOTP,
        FactorKind::Sms => words::FACTOR_SMS,
        FactorKind::Mail => words::FACTOR_MAIL,
    }
}

/// What is said of a factor `name` that was added.
fn added_text(kind: FactorKind, name: String) -> Message {
    match kind {
        FactorKind::Passkey => words::passkey_added(name),
        FactorKind::Totp => words::factor_added(name),
        FactorKind::Sms | FactorKind::Mail => words::message_added(name),
    }
}

/// Whether there are as many of a kind as there can be.
fn is_full(state: &SecondFactorState, kind: FactorKind) -> bool {
    let those = state.factors.iter().filter(|factor| factor.kind == kind);
    those.count() >= MOST_FACTORS as usize
}

/// Where codes can be sent from now on: where the operator says so, and once for each.
pub(super) fn channels_to_add(state: &SecondFactorState) -> Vec<CodeChannel> {
    let is_free = |channel: &CodeChannel| {
        let kind = channel.kind();
        state.kinds.contains(&kind) && !state.factors.iter().any(|factor| factor.kind == kind)
    };
    [CodeChannel::Sms, CodeChannel::Mail]
        .into_iter()
        .filter(is_free)
        .collect()
}

/// Why no app can be added, if that is so.
pub(super) fn why_no_app(state: &SecondFactorState) -> Option<Text> {
    if !state.kinds.contains(&FactorKind::Totp) {
        Some(words::TWO_STEP_UNAVAILABLE)
    } else if is_full(state, FactorKind::Totp) {
        Some(words::FACTOR_FULL)
    } else {
        None
    }
}

/// Why no passkey can be added, if that is so. `fits` says whether those of a domain work at this page's address, and
/// `is_possible` whether the browser knows any.
pub(super) fn why_no_passkey(
    state: &SecondFactorState,
    fits: impl Fn(&str) -> bool,
    is_possible: bool,
) -> Option<Message> {
    let elsewhere = state.passkeys.as_ref().filter(|accepted| !fits(&accepted.domain));
    if let Some(accepted) = elsewhere {
        Some(words::passkey_only_at(accepted.domain.clone()))
    } else if !is_possible {
        Some(words::PASSKEY_UNSUPPORTED.into())
    } else if is_full(state, FactorKind::Passkey) {
        Some(passkey_words::FULL.into())
    } else {
        None
    }
}

/// Why none can be removed, if that is so.
pub(super) fn why_not_remove(state: &SecondFactorState) -> Option<Text> {
    (state.required && state.factors.len() < 2).then_some(words::FACTOR_LAST)
}

/// How many recovery codes are left, and how urgent that is.
pub(super) fn codes_left(left: u32) -> (Tone, Message) {
    match left {
        0 => (Tone::Danger, words::CODES_NONE.into()),
        1..=FEW_RECOVERY_CODES => (Tone::Warning, words::codes_few(u64::from(left))),
        _ => (Tone::Neutral, words::codes_left(u64::from(left))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(apps: usize, required: bool) -> SecondFactorState {
        let factor = |_| Factor {
            id: "0192f0c1-2345-7abc-8def-0123456789ab".parse().unwrap(),
            kind: FactorKind::Totp,
            name: None,
            to: None,
            enrolled_at: "2026-11-24T08:00:00Z".to_owned().try_into().unwrap(),
            last_used_at: None,
        };
        SecondFactorState {
            factors: (0..apps).map(factor).collect(),
            recovery_codes_left: 10,
            required,
            kinds: vec![FactorKind::Totp],
            passkeys: None,
        }
    }

    #[test]
    fn the_last_one_stays_where_one_is_needed() {
        assert_eq!(why_not_remove(&state(1, true)), Some(words::FACTOR_LAST));
        assert_eq!(why_not_remove(&state(2, true)), None);
        assert_eq!(why_not_remove(&state(1, false)), None);
    }

    #[test]
    fn an_app_is_added_where_that_is_possible() {
        assert_eq!(why_no_app(&state(9, false)), None);
        assert_eq!(why_no_app(&state(10, false)), Some(words::FACTOR_FULL));
        let nothing = SecondFactorState {
            kinds: Vec::new(),
            ..state(0, true)
        };
        assert_eq!(why_no_app(&nothing), Some(words::TWO_STEP_UNAVAILABLE));
    }

    #[test]
    fn a_passkey_is_added_where_it_works() {
        let domain = "portico.example";
        let mut with = SecondFactorState {
            kinds: vec![FactorKind::Passkey, FactorKind::Totp],
            passkeys: Some(AcceptedPasskeys {
                domain: domain.into(),
                handle: "AA".into(),
                credentials: Vec::new(),
            }),
            ..state(10, false)
        };
        let here = |at: &str| at == domain;
        assert_eq!(why_no_passkey(&with, here, true), None, "apps are no passkeys");
        assert_eq!(
            why_no_passkey(&with, |_| false, false),
            Some(words::passkey_only_at(domain))
        );
        assert_eq!(
            why_no_passkey(&with, here, false),
            Some(words::PASSKEY_UNSUPPORTED.into())
        );
        for factor in &mut with.factors {
            factor.kind = FactorKind::Passkey;
        }
        assert_eq!(
            why_no_passkey(&with, here, true),
            Some(passkey_words::FULL.into())
        );
    }

    #[test]
    fn codes_are_sent_to_one_place_of_each_kind() {
        use CodeChannel::{Mail, Sms};
        assert_eq!(channels_to_add(&state(1, false)), []);
        let mut with = SecondFactorState {
            kinds: vec![FactorKind::Totp, FactorKind::Sms, FactorKind::Mail],
            ..state(1, false)
        };
        assert_eq!(channels_to_add(&with), [Sms, Mail]);
        with.factors[0].kind = FactorKind::Sms;
        assert_eq!(channels_to_add(&with), [Mail]);
    }

    #[test]
    fn few_codes_are_warned_of_and_none_even_more() {
        let tones: Vec<Tone> = [0, 1, 3, 4, 10]
            .into_iter()
            .map(|left| codes_left(left).0)
            .collect();
        assert_eq!(
            tones,
            [
                Tone::Danger,
                Tone::Warning,
                Tone::Warning,
                Tone::Neutral,
                Tone::Neutral
            ]
        );
        assert_eq!(codes_left(1).1, words::codes_few(1));
    }

    #[test]
    fn refusals_with_a_way_out_of_their_own_say_it() {
        let last = ApiError::Refused {
            code: ErrorCode::LastFactor,
            fields: Vec::new().into(),
        };
        assert_eq!(refusal(&last), Some(words::FACTOR_LAST));
        assert_eq!(refusal(&ApiError::NotFound), Some(words::FACTOR_GONE));
        assert_eq!(refusal(&ApiError::Offline), None);
    }
}
