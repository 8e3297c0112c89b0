//! Limits for guessing that cannot be turned against the person who is guessed at.
//!
//! Tries are counted before they are looked at, by what was typed (whether anybody has it or not) and by the network they
//! come from. After a few failures there are pauses, then a lock for a while, and in the end the password is closed until
//! its owner recovers it. A browser its owner has signed in with before has a counter of its own, so that what strangers
//! do with the person's name does not keep the person out.

use std::sync::Arc;

use portico_contract::problem::ErrorCode;
use portico_contract::second_factor::FactorMethod;
use uuid::Uuid;

use super::clock::{Clock, DAY, MINUTE, SECOND};
use super::failure::Failure;
use super::instance::InstanceKey;
use super::origin::Origin;
use super::users::identifiers;
use crate::store::{Count, KnownDevices, Throttles, UserRow};

/// Failures are counted over this long.
pub(crate) const WINDOW: i64 = 15 * MINUTE;
/// So long an identifier is closed after [`LOCK_AFTER`] failures within the window.
pub(crate) const LOCK: i64 = 15 * MINUTE;
/// Failures without a pause.
const FREE: i64 = 3;
const LOCK_AFTER: i64 = 10;
/// After so many failures in a row a password is closed until it is recovered (NIST SP 800-63B-4, 3.2.2).
const MOST_IN_A_ROW: i64 = 100;
/// So many failures may come from one network within the window.
const MOST_OF_A_NETWORK: i64 = 100;
/// Counters that rest this long are forgotten.
const REST: i64 = 30 * DAY;

const IDENTIFIER: &str = "identifier";
const DEVICE: &str = "device";
const CONFIRMATION: &str = "confirmation";
const OF_ACCOUNT: &str = "account";
const FACTOR: &str = "factor";
const FACTOR_ON_DEVICE: &str = "factor-device";
const FACTOR_CONFIRMATION: &str = "factor-confirmation";
/// The kinds of counters that close something for good.
const CLOSING: [&str; 7] = [
    IDENTIFIER,
    DEVICE,
    CONFIRMATION,
    OF_ACCOUNT,
    FACTOR,
    FACTOR_ON_DEVICE,
    FACTOR_CONFIRMATION,
];

/// How pauses grow.
pub(crate) struct Ladder {
    /// Failures are counted over this long.
    pub(crate) window: i64,
    /// From which failure of the window on how long to pause; ascending.
    pub(crate) pauses: &'static [(i64, i64)],
    /// From which failure of the window on a pause is called a lock.
    pub(crate) lock_from: i64,
    /// After so many failures in a row nothing is admitted any more.
    pub(crate) most_in_a_row: i64,
}

/// For a password: pauses from the fourth failure on, and a lock after the tenth.
pub(crate) const PASSWORD: Ladder = Ladder {
    window: WINDOW,
    pauses: &[
        (4, SECOND),
        (5, 2 * SECOND),
        (6, 4 * SECOND),
        (7, 8 * SECOND),
        (8, 16 * SECOND),
        (9, 32 * SECOND),
        (LOCK_AFTER, LOCK),
    ],
    lock_from: LOCK_AFTER,
    most_in_a_row: MOST_IN_A_ROW,
};

/// For all passwords of a person together, whatever they are named by: no pauses, only the end.
const ACCOUNT: Ladder = Ladder {
    window: WINDOW,
    pauses: &[],
    lock_from: i64::MAX,
    most_in_a_row: MOST_IN_A_ROW,
};

/// For a network, behind which there may be many people.
const NETWORK: Ladder = Ladder {
    window: WINDOW,
    pauses: &[(MOST_OF_A_NETWORK, WINDOW)],
    lock_from: i64::MAX,
    most_in_a_row: i64::MAX,
};

/// What tries are counted by.
#[derive(Clone)]
pub(crate) struct Key {
    text: String,
    ladder: &'static Ladder,
}

impl Key {
    /// What of a second factor has counters of its own.
    pub(crate) const METHODS: [FactorMethod; 5] = [
        FactorMethod::Passkey,
        FactorMethod::Totp,
        FactorMethod::Sms,
        FactorMethod::Mail,
        FactorMethod::RecoveryCode,
    ];

    /// Tries at something with a ladder of its own; `kind` keeps its counters apart from others.
    pub(crate) fn of(kind: &str, what: &str, ladder: &'static Ladder) -> Self {
        Self {
            text: format!("{kind}:{what}"),
            ladder,
        }
    }

    /// Tries at the password of what was typed.
    pub(crate) fn identifier(pseudonym: &str) -> Self {
        Self::of(IDENTIFIER, pseudonym, &PASSWORD)
    }

    /// Tries at a person's password from a browser the person is known with.
    pub(crate) fn device(hash: &str) -> Self {
        Self::of(DEVICE, hash, &PASSWORD)
    }

    /// Tries at a person's password from within a session.
    pub(crate) fn confirmation(person: Uuid) -> Self {
        Self::of(CONFIRMATION, &person.to_string(), &PASSWORD)
    }

    /// Tries at a person's second factor, in whatever sign-in.
    pub(crate) fn factor(person: Uuid, method: FactorMethod) -> Self {
        Self::of(FACTOR, &format!("{person}:{}", method.as_str()), &PASSWORD)
    }

    /// Tries at a person's second factor from a browser the person is known with.
    pub(crate) fn factor_on(device: &str, method: FactorMethod) -> Self {
        let what = format!("{device}:{}", method.as_str());
        Self::of(FACTOR_ON_DEVICE, &what, &PASSWORD)
    }

    /// Tries at a person's second factor from within a session.
    pub(crate) fn factor_confirmation(person: Uuid, method: FactorMethod) -> Self {
        let what = format!("{person}:{}", method.as_str());
        Self::of(FACTOR_CONFIRMATION, &what, &PASSWORD)
    }

    /// Tries at a person's second factor from a browser the person is known with, by every method.
    pub(crate) fn factors_on(device: &str) -> [Self; 5] {
        Self::METHODS.map(|method| Self::factor_on(device, method))
    }

    /// Everything that is counted in a browser the person is known with.
    pub(crate) fn all_on(device: &str) -> [Self; 6] {
        let [passkey, totp, sms, mail, recovery_code] = Self::factors_on(device);
        [Self::device(device), passkey, totp, sms, mail, recovery_code]
    }

    /// Tries at a person's password, whatever the person is named by. Where nobody is meant what was typed stands for
    /// somebody, so that the same work is done.
    pub(crate) fn account(person: Option<Uuid>, pseudonym: &str) -> Self {
        let person = person.map(|person| person.to_string());
        Self::of(OF_ACCOUNT, person.as_deref().unwrap_or(pseudonym), &ACCOUNT)
    }
}

/// A try that was not admitted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refusal {
    code: ErrorCode,
    /// Seconds until the next one may be; `None` where waiting does not help.
    retry_after: Option<u64>,
    /// Tries that were refused since one was admitted.
    pub(crate) refused: i64,
}

impl Refusal {
    /// Whether this one is worth a line in the log: the first, the second, the fourth, the eighth …
    pub(crate) fn is_notable(&self) -> bool {
        u64::try_from(self.refused).is_ok_and(u64::is_power_of_two)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self {
            retry_after: refusal.retry_after,
            ..Self::of(refusal.code)
        }
    }
}

/// A try that was admitted, and counts as failed until it succeeds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Admission {
    count: Count,
    lock_from: i64,
    most_in_a_row: i64,
    now: i64,
}

impl Admission {
    /// Tries left before a pause begins.
    pub(crate) fn attempts_left(&self) -> u32 {
        u32::try_from(FREE + 1 - self.count.failures).unwrap_or_default()
    }

    /// Failures of the window before this try.
    pub(crate) fn failures_before(&self) -> i64 {
        self.count.failures - 1
    }

    /// Failures since the last success before this try.
    pub(crate) fn in_a_row_before(&self) -> i64 {
        self.count.in_a_row - 1
    }

    /// Seconds until the next try may be, if there is a pause.
    pub(crate) fn pause(&self) -> Option<u64> {
        (self.count.blocked_until > self.now).then(|| seconds_until(self.count.blocked_until, self.now))
    }

    /// Whether this failure closes the identifier: for a while, or until it is recovered.
    pub(crate) fn locks(&self) -> bool {
        self.count.failures == self.lock_from || self.count.in_a_row >= self.most_in_a_row
    }

    /// Whether waiting does not help any more.
    pub(crate) fn is_final(&self) -> bool {
        self.count.in_a_row >= self.most_in_a_row
    }
}

fn seconds_until(moment: i64, now: i64) -> u64 {
    u64::try_from((moment - now + SECOND - 1) / SECOND).map_or(1, |seconds| seconds.max(1))
}

/// Counts and admits tries.
#[derive(Clone)]
pub(crate) struct Throttle {
    pub(crate) counters: Throttles,
    pub(crate) devices: KnownDevices,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) key: InstanceKey,
    /// Whether the machine's own address is not counted: that of a demonstration, which has no other.
    pub(crate) spares_loopback: bool,
}

impl Throttle {
    /// Counts a try of `key`, before anything is looked at.
    pub(crate) async fn admit(&self, key: &Key) -> Result<Result<Admission, Refusal>, Failure> {
        let now = self.clock.now();
        let ladder = key.ladder;
        if let Some(count) = self.counters.admit(&key.text, ladder, now).await? {
            return Ok(Ok(Admission {
                count,
                lock_from: ladder.lock_from,
                most_in_a_row: ladder.most_in_a_row,
                now,
            }));
        }
        let refusal = match self.counters.refuse(&key.text, now).await? {
            Some(count) if count.in_a_row >= ladder.most_in_a_row => Refusal {
                code: ErrorCode::Locked,
                retry_after: None,
                refused: count.refused,
            },
            Some(count) => Refusal {
                code: if count.failures >= ladder.lock_from {
                    ErrorCode::Locked
                } else {
                    ErrorCode::RateLimited
                },
                retry_after: Some(seconds_until(count.blocked_until, now)),
                refused: count.refused,
            },
            // A try that succeeded has just forgotten it.
            None => Refusal {
                code: ErrorCode::RateLimited,
                retry_after: Some(1),
                refused: 1,
            },
        };
        Ok(Err(refusal))
    }

    /// Whether there is a pause for `key`. Counts nothing.
    pub(crate) async fn is_closed(&self, key: &Key) -> Result<bool, Failure> {
        self.counters.is_closed(&key.text, self.clock.now()).await
    }

    /// What the tries from the network of `origin` are counted by, if it is known.
    pub(crate) fn network(&self, origin: &Origin) -> Option<Key> {
        if self.spares_loopback && origin.address.is_some_and(|address| address.is_loopback()) {
            return None;
        }
        let network = origin.network()?.to_string();
        Some(Key::of("network", &self.key.pseudonym(&network), &NETWORK))
    }

    /// The longest row of failures that goes on at a name of `user`.
    pub(crate) async fn failures_at(&self, user: &UserRow) -> Result<i64, Failure> {
        let names = identifiers(user);
        let keys = names
            .iter()
            .map(|name| Key::identifier(&self.key.pseudonym(name)).text);
        self.counters.most_in_a_row(keys.collect()).await
    }

    /// The try of `key` succeeded: its failures are forgotten.
    pub(crate) async fn succeeded(&self, key: &Key) -> Result<(), Failure> {
        self.counters.forget(&key.text).await
    }

    /// The try counted by `key` was none of those that are to be limited.
    pub(crate) async fn give_back(&self, key: &Key) -> Result<(), Failure> {
        self.counters.give_back(&key.text, key.ladder).await
    }

    /// What came of looking at a try counted by `keys`. Where nothing was looked at, because there was no room or the
    /// database failed, it was no failure of whoever tried.
    pub(crate) async fn looked_at<T>(&self, keys: &[&Key], looked: Result<T, Failure>) -> Result<T, Failure> {
        if looked.is_err() {
            for key in keys {
                self.give_back(key).await?;
            }
        }
        looked
    }

    /// `user` signed in: no row of failures at the person's password goes on. What strangers have closed stays closed to
    /// them.
    pub(crate) async fn entered(&self, user: &UserRow) -> Result<(), Failure> {
        self.counters
            .forget(&Key::account(Some(user.id), "").text)
            .await?;
        for identifier in identifiers(user) {
            let key = Key::identifier(&self.key.pseudonym(&identifier));
            self.counters.end_row(&key.text).await?;
        }
        Ok(())
    }

    /// `user` has proven by another way who they are and set a new password: every lock is open, and no browser is known
    /// any more, for the old password may have been used from any.
    pub(crate) async fn recovered(&self, user: &UserRow) -> Result<(), Failure> {
        self.counters
            .forget(&Key::account(Some(user.id), "").text)
            .await?;
        self.counters.forget(&Key::confirmation(user.id).text).await?;
        for identifier in identifiers(user) {
            let key = Key::identifier(&self.key.pseudonym(&identifier));
            self.counters.forget(&key.text).await?;
        }
        self.devices.forget_all(user.id).await
    }

    /// Forgets what is over.
    pub(crate) async fn purge(&self) -> Result<(), Failure> {
        let horizon = self.clock.now() - REST;
        self.counters.purge(horizon, &CLOSING, MOST_IN_A_ROW).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(failures: i64, in_a_row: i64, pause: i64) -> Admission {
        Admission {
            count: Count {
                failures,
                in_a_row,
                refused: 0,
                blocked_until: pause,
            },
            lock_from: PASSWORD.lock_from,
            most_in_a_row: PASSWORD.most_in_a_row,
            now: 0,
        }
    }

    #[test]
    fn the_tries_before_a_pause_are_counted_down() {
        let left: Vec<_> = (1..=6)
            .map(|failures| after(failures, failures, 0).attempts_left())
            .collect();
        assert_eq!(left, [3, 2, 1, 0, 0, 0]);
    }

    #[test]
    fn pauses_double_and_end_in_a_lock() {
        let pauses: Vec<_> = PASSWORD.pauses.iter().map(|(_, pause)| pause / SECOND).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 900]);
        assert!(PASSWORD.pauses.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0));
        assert_eq!(PASSWORD.pauses[0].0, FREE + 1);
    }

    #[test]
    fn the_document_says_what_is_done() {
        let document = include_str!("../../../../docs/SECURITY.md");
        let pauses: Vec<_> = PASSWORD.pauses[..6]
            .iter()
            .map(|(_, pause)| (pause / SECOND).to_string())
            .collect();
        let minutes = |millis| millis / MINUTE;
        for said in [
            format!(
                "from the {}th failure within {} minutes: {} s | {} minutes after the {LOCK_AFTER}th |",
                FREE + 1,
                minutes(WINDOW),
                pauses.join(", "),
                minutes(LOCK)
            ),
            format!("after {MOST_IN_A_ROW} | a reset |"),
            format!(
                "after {MOST_OF_A_NETWORK} failures within {} minutes |",
                minutes(WINDOW)
            ),
        ] {
            assert!(document.contains(&said), "{said}");
        }
    }

    #[test]
    fn the_tenth_failure_and_the_hundredth_in_a_row_close() {
        assert!(!after(9, 9, 1).locks());
        assert!(after(10, 10, 1).locks() && !after(10, 10, 1).is_final());
        assert!(after(3, 100, 1).locks() && after(3, 100, 1).is_final());
    }

    #[test]
    fn pauses_are_told_in_whole_seconds() {
        assert_eq!(after(4, 4, 1).pause(), Some(1));
        assert_eq!(after(4, 4, 1001).pause(), Some(2));
        assert_eq!(after(3, 3, 0).pause(), None);
    }
}
