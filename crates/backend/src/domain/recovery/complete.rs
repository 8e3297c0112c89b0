//! Setting the password of a reset.

use portico_contract::recovery::{CheckLink, CompleteReset, LinkOver, ResetCheck, ResetStep};
use portico_contract::validate::Validated;
use uuid::Uuid;

use super::{Purpose, Recovery};
use crate::domain::audit::{Entry, Event};
use crate::domain::failure::Failure;
use crate::domain::new_passwords::OtherSessions;
use crate::domain::origin::Origin;
use crate::store::{Completion, NewPasswordRow};

impl Recovery {
    /// Whether a reset's link works. Uses nothing up.
    pub(crate) async fn check(&self, request: Validated<CheckLink>) -> Result<ResetCheck, Failure> {
        Ok(match self.by_token(&request.token, Purpose::Reset).await? {
            Ok((row, user)) => match self.question(&user).await? {
                Some(asked) if row.proven_at.is_none() => ResetCheck::Question {
                    question: asked.question,
                },
                _ => ResetCheck::Valid(self.account(&user).await?),
            },
            Err(reason) => ResetCheck::Over { reason },
        })
    }

    /// Sets the password, ends every session and opens every lock. A password that is refused uses nothing up.
    pub(crate) async fn complete(
        &self,
        origin: &Origin,
        request: Validated<CompleteReset>,
        browser: Option<&str>,
    ) -> Result<ResetStep, Failure> {
        let CompleteReset { token, new_password } = request.into_inner();
        let opened = match &token {
            Some(token) => self.by_token(token, Purpose::Reset).await?,
            None => self.by_browser(browser).await?,
        };
        let (row, user) = match opened {
            Ok(opened) => opened,
            Err(reason) => return self.not_completed(origin, None, reason).await,
        };
        // Nor does the link alone do where a question is asked: a mailbox may be somebody else's by now.
        if row.proven_at.is_none() && self.question(&user).await?.is_some() {
            return self.not_completed(origin, row.user_id, LinkOver::Unknown).await;
        }
        self.new_passwords
            .check("new_password", &user, &new_password)
            .await?;
        let password = self
            .new_passwords
            .prepare(&user, &new_password, OtherSessions::End)
            .await?;
        let completed = self
            .recoveries
            .complete(Completion {
                recovery: row.id,
                password: NewPasswordRow {
                    by_message: true,
                    ..password
                },
                settings: None,
            })
            .await?;
        if completed.is_none() {
            // Another one was faster, or the account is another one by now: it says itself what became of it.
            let reason = self.open_again(row.id, Purpose::Reset).await?;
            return self.not_completed(origin, row.user_id, reason).await;
        }
        self.throttle.recovered(&user).await?;
        self.post.wake();
        let by = if token.is_some() { "link" } else { "code" };
        let entry = Entry::accepted(Event::ResetCompleted)
            .by_person(user.id)
            .to(user.id)
            .detail(serde_json::json!({"by": by}));
        self.audit.record(origin, entry).await?;
        Ok(ResetStep::Done)
    }

    async fn not_completed(
        &self,
        origin: &Origin,
        person: Option<Uuid>,
        reason: LinkOver,
    ) -> Result<ResetStep, Failure> {
        let entry = Entry::refused(Event::ResetCompleted).about(person);
        let detail = serde_json::json!({"reason": reason});
        self.audit.record(origin, entry.detail(detail)).await?;
        Ok(ResetStep::Over { reason })
    }
}
