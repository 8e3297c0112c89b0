//! The short code of a reset, and entering it.

use portico_contract::password::PolicyProfile;
use portico_contract::problem::ErrorCode;
use portico_contract::recovery::{AnswerQuestion, CODE_DIGITS, CodeCheck, LinkOver, VerifyCode};
use portico_contract::validate::Validated;
use serde_json::json;
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

use super::{CODE_LIFE, MOST_TRIES, Purpose, Recovery};
use crate::domain::audit::{Entry, Event};
use crate::domain::auth::Actor;
use crate::domain::clock::HOUR;
use crate::domain::failure::Failure;
use crate::domain::instance::InstanceKey;
use crate::domain::origin::Origin;
use crate::domain::random::Random;
use crate::domain::throttle::{Admission, Key, Ladder};
use crate::domain::tokens;
use crate::store::{RecoveryRow, SecurityQuestionRow, UserRow};

const CONTEXT: &str = "recovery code";
/// The steps of a reset, as they are written.
const CODE: &str = "code";
const QUESTION: &str = "question";

/// A code of eight digits. It cannot be printed.
pub(crate) struct Code(String);

impl Code {
    /// A code, each as likely as any other.
    pub(super) fn generate(random: &dyn Random) -> Result<Self, Failure> {
        tokens::digits(random, CODE_DIGITS).map(Self)
    }

    /// The digits, for the message.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps of it: worth nothing in another reset.
    pub(super) fn tag(&self, key: &InstanceKey, recovery: Uuid) -> Vec<u8> {
        key.tag(CONTEXT, &bound(recovery, &self.0)).to_vec()
    }
}

/// An answer as it is compared: without case, spaces and differences of spelling in Unicode.
pub(super) fn comparable(answer: &str) -> String {
    answer
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace())
        .collect()
}

/// Five codes in an hour, or five answers.
const FIVE: Ladder = Ladder {
    window: HOUR,
    pauses: &[(MOST_TRIES, HOUR)],
    lock_from: MOST_TRIES,
    most_in_a_row: i64::MAX,
};

/// What the codes of a reset are counted by. They are not its own: a new one gives no tries back.
pub(super) struct CodeKeys {
    /// What was typed to ask for it, whether anybody has it or not.
    name: Key,
    /// The account, whatever it is named by. Silently: an answer of its own would tell which names belong together.
    account: Key,
}

impl CodeKeys {
    pub(super) fn of(row: &RecoveryRow) -> Self {
        let name = row.asked_for.as_deref().unwrap_or_default();
        // Where nobody is meant the same work is done.
        let account = row
            .user_id
            .map_or_else(|| name.to_owned(), |user| user.to_string());
        Self {
            name: Key::of("reset-code", name, &FIVE),
            account: Key::of("reset-code-account", &account, &FIVE),
        }
    }
}

/// A try of a code, or of the answer after it, that was counted.
struct Try {
    row: RecoveryRow,
    keys: CodeKeys,
    name: Admission,
    /// `None` once there were too many for the account: then no code is right.
    account: Option<Admission>,
}

impl Try {
    /// What it is counted by, as far as it is.
    fn counted(&self) -> Vec<&Key> {
        let account = self.account.map(|_| &self.keys.account);
        account.into_iter().chain([&self.keys.name]).collect()
    }
}

/// Tries left after a failed one.
fn left(admission: &Admission) -> u8 {
    u8::try_from(MOST_TRIES - 1 - admission.failures_before()).unwrap_or(0)
}

fn bound(recovery: Uuid, code: &str) -> Vec<u8> {
    [recovery.as_bytes(), code.as_bytes()].concat()
}

fn fits(key: &InstanceKey, row: &RecoveryRow, code: &str) -> bool {
    let tag = row.code_tag.as_deref();
    tag.is_some_and(|tag| key.verify_prefix(CONTEXT, &bound(row.id, code), tag))
}

impl Recovery {
    /// Enters the code of a message in the browser that asked for it. A try counts before it is looked at.
    pub(crate) async fn verify(
        &self,
        origin: &Origin,
        request: Validated<VerifyCode>,
        browser: Option<&str>,
    ) -> Result<CodeCheck, Failure> {
        let Some(tried) = self.try_one(browser).await? else {
            return Ok(CodeCheck::Over);
        };
        let right = fits(&self.key, &tried.row, &request.code) && tried.account.is_some();
        let opened = self.open(Some(tried.row.clone()), Purpose::Reset).await;
        let opened = self.throttle.looked_at(&tried.counted(), opened).await?;
        let (Ok((row, user)), true) = (opened, right) else {
            return self.refused(origin, &tried, CODE).await;
        };
        self.was_right(origin, &tried, CODE).await?;
        let question = self.question(&user).await?;
        let now = self.clock.now();
        self.recoveries
            .prove_code(row.id, now, question.is_none())
            .await?;
        match question {
            Some(question) if row.proven_at.is_none() => Ok(CodeCheck::Question {
                question: question.question,
            }),
            _ => Ok(CodeCheck::Accepted(self.account(&user).await?)),
        }
    }

    /// Answers the security question, in the browser that has entered the code or with the link.
    pub(crate) async fn answer(
        &self,
        origin: &Origin,
        request: Validated<AnswerQuestion>,
        browser: Option<&str>,
    ) -> Result<CodeCheck, Failure> {
        match &request.token {
            Some(token) => self.answer_with_link(origin, &request.answer, token).await,
            None => self.answer_in_browser(origin, &request.answer, browser).await,
        }
    }

    /// It counts among the tries of the code.
    async fn answer_in_browser(
        &self,
        origin: &Origin,
        answer: &str,
        browser: Option<&str>,
    ) -> Result<CodeCheck, Failure> {
        let Some(tried) = self.try_one(browser).await? else {
            return Ok(CodeCheck::Over);
        };
        let looked = self.look_at_answer(&tried, answer).await;
        let Some((row, user)) = self.throttle.looked_at(&tried.counted(), looked).await? else {
            return self.refused(origin, &tried, QUESTION).await;
        };
        self.was_right(origin, &tried, QUESTION).await?;
        self.recoveries.prove(row.id, self.clock.now()).await?;
        Ok(CodeCheck::Accepted(self.account(&user).await?))
    }

    /// Whose reset it is, if `answer` is right.
    async fn look_at_answer(
        &self,
        tried: &Try,
        answer: &str,
    ) -> Result<Option<(RecoveryRow, UserRow)>, Failure> {
        let opened = self.open(Some(tried.row.clone()), Purpose::Reset).await?;
        let known = match &opened {
            Ok((row, user)) if row.code_proven_at.is_some() => self.question(user).await?,
            _ => None,
        };
        let hash = known.map(|known| known.answer_hash);
        let right = self.passwords.verify(&comparable(answer), hash).await?;
        Ok(opened.ok().filter(|_| right && tried.account.is_some()))
    }

    /// It counts by person, and apart from the tries of codes: those anybody could use up who knows the name.
    async fn answer_with_link(
        &self,
        origin: &Origin,
        answer: &str,
        token: &str,
    ) -> Result<CodeCheck, Failure> {
        let Ok((row, user)) = self.by_token(token, Purpose::Reset).await? else {
            return Ok(CodeCheck::Over);
        };
        let Some(known) = self.question(&user).await? else {
            return Ok(CodeCheck::Accepted(self.account(&user).await?));
        };
        let key = Key::of("reset-answer", &user.id.to_string(), &FIVE);
        let admission = match self.throttle.admit(&key).await? {
            Ok(admission) => admission,
            Err(refusal) => {
                return Err(Failure {
                    code: ErrorCode::RateLimited,
                    ..refusal.into()
                });
            }
        };
        let hash = Some(known.answer_hash);
        let looked = self.passwords.verify(&comparable(answer), hash).await;
        if self.throttle.looked_at(&[&key], looked).await? {
            self.throttle.give_back(&key).await?;
            self.note_step(origin, Some(user.id), QUESTION).await?;
            self.recoveries.prove(row.id, self.clock.now()).await?;
            return Ok(CodeCheck::Accepted(self.account(&user).await?));
        }
        let entry = Entry::refused(Event::ResetCompleted).to(user.id);
        let entry = entry.detail(json!({"step": QUESTION}));
        self.audit.record(origin, entry).await?;
        if admission.locks() {
            let detail = json!({"until_recovery": false, "step": QUESTION});
            let entry = Entry::refused(Event::Locked).to(user.id);
            self.audit.record(origin, entry.detail(detail)).await?;
        }
        match admission.pause() {
            None => Ok(CodeCheck::Refused {
                tries_left: left(&admission),
            }),
            retry_after => Err(Failure {
                retry_after,
                ..Failure::of(ErrorCode::RateLimited)
            }),
        }
    }

    /// Whether questions are asked here at all: only the classic policy has them.
    pub(crate) fn asks_questions(&self) -> bool {
        self.new_passwords.policy().profile == PolicyProfile::Classic
    }

    /// What `user` is asked after a code.
    pub(super) async fn question(&self, user: &UserRow) -> Result<Option<SecurityQuestionRow>, Failure> {
        if self.asks_questions() {
            self.questions.find(user.id).await
        } else {
            Ok(None)
        }
    }

    /// What `actor` chose to be asked, if anything.
    pub(crate) async fn own_question(&self, actor: &Actor) -> Result<Option<String>, Failure> {
        let question = self.question(&actor.user).await?;
        Ok(question.map(|question| question.question))
    }

    /// Keeps what `actor`, whose password was confirmed, chose to be asked.
    pub(crate) async fn keep_question(
        &self,
        origin: &Origin,
        actor: &Actor,
        question: String,
        answer: &str,
    ) -> Result<(), Failure> {
        let row = SecurityQuestionRow {
            user_id: actor.user.id,
            question,
            answer_hash: self.passwords.hash_in_turn(&comparable(answer)).await?,
        };
        let notice = self.new_passwords.notices.question_changed(&actor.user)?;
        self.questions.keep(row, notice).await?;
        self.post.wake();
        let entry = Entry::accepted(Event::QuestionChosen);
        self.audit.record(origin, entry.by(actor).to(actor.user.id)).await
    }

    /// Whether a code of what is counted by `keys` can be entered.
    pub(super) async fn has_tries(&self, keys: &CodeKeys) -> Result<bool, Failure> {
        let by_name = self.throttle.is_closed(&keys.name).await?;
        let by_account = self.throttle.is_closed(&keys.account).await?;
        Ok(!by_name && !by_account)
    }

    /// Counts a try of the reset this browser has asked for. `None` where there are none left, or nothing to try.
    async fn try_one(&self, browser: Option<&str>) -> Result<Option<Try>, Failure> {
        let Some(hash) = browser.and_then(tokens::hash) else {
            return Ok(None);
        };
        let since = self.clock.now() - CODE_LIFE;
        let Some(row) = self.recoveries.waiting(&hash, since).await? else {
            return Ok(None);
        };
        let keys = CodeKeys::of(&row);
        let Ok(name) = self.throttle.admit(&keys.name).await? else {
            return Ok(None);
        };
        let account = self.throttle.admit(&keys.account).await?.ok();
        Ok(Some(Try {
            row,
            keys,
            name,
            account,
        }))
    }

    /// What was right is no failure. Writes that it was.
    async fn was_right(&self, origin: &Origin, tried: &Try, step: &str) -> Result<(), Failure> {
        for key in tried.counted() {
            self.throttle.give_back(key).await?;
        }
        self.note_step(origin, tried.row.user_id, step).await
    }

    /// Writes that a step of a reset was right.
    async fn note_step(&self, origin: &Origin, person: Option<Uuid>, step: &str) -> Result<(), Failure> {
        let entry = Entry::accepted(Event::ResetStep).about(person);
        self.audit
            .record(origin, entry.detail(json!({"step": step})))
            .await
    }

    async fn refused(&self, origin: &Origin, tried: &Try, step: &str) -> Result<CodeCheck, Failure> {
        let row = &tried.row;
        let about = |event| {
            let asked_for = row.asked_for.as_deref().unwrap_or_default();
            Entry::refused(event).about(row.user_id).identified(asked_for)
        };
        let entry = about(Event::ResetCompleted).detail(json!({"step": step}));
        self.audit.record(origin, entry).await?;
        if tried.name.locks() || tried.account.is_some_and(|account| account.locks()) {
            let detail = json!({"until_recovery": false, "step": step});
            let entry = about(Event::Locked).detail(detail);
            self.audit.record(origin, entry).await?;
        }
        Ok(match left(&tried.name) {
            0 => CodeCheck::Over,
            tries_left => CodeCheck::Refused { tries_left },
        })
    }

    /// The reset whose code this browser has entered.
    pub(super) async fn by_browser(
        &self,
        browser: Option<&str>,
    ) -> Result<Result<(RecoveryRow, UserRow), LinkOver>, Failure> {
        let row = match browser.and_then(tokens::hash) {
            Some(hash) => self.recoveries.by_browser(&hash).await?,
            None => None,
        };
        // Whoever has not proven anything is not told what became of it either.
        self.open(row.filter(|row| row.proven_at.is_some()), Purpose::Reset)
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::random::OsRandom;

    #[test]
    fn codes_are_eight_digits_and_bound_to_their_reset() {
        let key = InstanceKey::new([7; 32]);
        let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let code = Code::generate(&OsRandom).unwrap();
        assert_eq!(code.reveal().len(), CODE_DIGITS);
        assert!(code.reveal().bytes().all(|byte| byte.is_ascii_digit()));
        let tag = code.tag(&key, first);
        assert!(key.verify_prefix(CONTEXT, &bound(first, code.reveal()), &tag));
        assert!(!key.verify_prefix(CONTEXT, &bound(second, code.reveal()), &tag));
    }
}
