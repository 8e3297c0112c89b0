//! What people who cannot sign in ask for, and the answers.

use portico_contract::admin::{
    AdminRequest, AdminRequestQuery, AnswerAdminRequest, RequestDecision, RequestKind, RequestState,
};
use portico_contract::capability::Verb;
use portico_contract::ids::{AdminRequestId, UserId};
use portico_contract::paging::Page;
use portico_contract::problem::ErrorCode;
use portico_contract::user::UserRef;
use portico_contract::validate::Validate as _;
use serde_json::json;
use uuid::Uuid;

use super::{Administration, may};
use crate::domain::audit::Event;
use crate::domain::auth::Actor;
use crate::domain::clock::timestamp;
use crate::domain::failure::Failure;
use crate::domain::origin::Origin;
use crate::store::{AdminRequestRow, AdminRequests, Answer, NewMessage, UserRow, WayIn, stored};

const LIST: &str = "admin requests";

/// What comes of a decision.
struct Outcome {
    /// Where the request stands then.
    state: RequestState,
    /// What is sent.
    way_in: Option<WayIn>,
    /// Whose second factors are taken away, and what they are told.
    reset_factors: Option<(Uuid, NewMessage)>,
}

impl Administration {
    /// A page of what people ask for.
    pub(crate) async fn requests(
        &self,
        actor: &Actor,
        query: &AdminRequestQuery,
    ) -> Result<Page<AdminRequest>, Failure> {
        may(actor, Verb::Read)?;
        let window = self.cursors.window(LIST, query.cursor.as_deref(), query.limit)?;
        let (mut rows, total) = self.requests.page(query.state, &window).await?;
        let next = self
            .cursors
            .cut(LIST, &window, &mut rows, AdminRequests::position);
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            items.push(self.describe_request(row).await?);
        }
        Ok(Page { items, next, total })
    }

    async fn describe_request(&self, row: AdminRequestRow) -> Result<AdminRequest, Failure> {
        let about = self.person(row.user_id).await?;
        let about = about.ok_or_else(|| Failure::internal("a request is about nobody"))?;
        let answered_by = self.person(row.answered_by).await?;
        let named = |person: UserRow| UserRef {
            id: UserId(person.id),
            name: person.name,
        };
        Ok(AdminRequest {
            id: AdminRequestId(row.id),
            kind: stored(&row.kind)?,
            email: about.email.clone(),
            employee_number: about.employee_number.clone(),
            user: named(about),
            reason: row.reason,
            state: stored(&row.state)?,
            created_at: timestamp(row.created_at)?,
            answered_by: answered_by.map(named),
            answered_at: row.answered_at.map(timestamp).transpose()?,
            note: row.note,
        })
    }

    async fn person(&self, id: Option<Uuid>) -> Result<Option<UserRow>, Failure> {
        match id {
            Some(id) => self.users.find(id).await,
            None => Ok(None),
        }
    }

    async fn find_request(&self, id: AdminRequestId) -> Result<AdminRequestRow, Failure> {
        let found = self.requests.find(id.0).await?;
        found.ok_or_else(|| Failure::of(ErrorCode::NotFound))
    }

    /// Answers a request, once. A reset goes to the account's own address, whoever asked.
    pub(crate) async fn answer(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: AdminRequestId,
        input: AnswerAdminRequest,
    ) -> Result<AdminRequest, Failure> {
        may(actor, Verb::Update)?;
        let row = self.find_request(id).await?;
        let input = input.validate()?.into_inner();
        let about = self.find(UserId(row.user_id.unwrap_or_default())).await?;
        let outcome = self.outcome(actor, &about, stored(&row.kind)?, input.decision)?;
        let takes_factors = outcome.reset_factors.is_some();
        let answer = Answer {
            request: id.0,
            state: outcome.state,
            by: actor.user.id,
            note: input.note,
            now: self.clock.now(),
            way_in: outcome.way_in,
            reset_factors: outcome.reset_factors,
        };
        if !self.requests.answer(answer).await? {
            return Err(Failure::of(ErrorCode::Conflict));
        }
        self.recovery.post.wake();
        if takes_factors {
            self.factors_taken_for(origin, actor, id, about.id).await?;
        }
        let detail = json!({"request": id, "decision": input.decision});
        self.note(origin, actor, Event::RequestAnswered, about.id, detail)
            .await?;
        self.describe_request(self.find_request(id).await?).await
    }

    /// What comes of `decision` on a request of `kind` about the account `about`.
    fn outcome(
        &self,
        actor: &Actor,
        about: &UserRow,
        kind: RequestKind,
        decision: RequestDecision,
    ) -> Result<Outcome, Failure> {
        let mut outcome = Outcome {
            state: RequestState::Sent,
            way_in: None,
            reset_factors: None,
        };
        match (decision, kind) {
            (RequestDecision::Decline, _) => outcome.state = RequestState::Declined,
            (RequestDecision::SendReset, RequestKind::Password) if about.active => {
                outcome.way_in = Some(self.recovery.by_administrator(about, &actor.user)?);
            }
            // Whoever could do it for themselves needs no other person to see that it is really them.
            (RequestDecision::ResetSecondFactor, _) if about.id == actor.user.id => {
                return Err(Failure::of(ErrorCode::OwnAccount));
            }
            (RequestDecision::ResetSecondFactor, RequestKind::SecondFactor) if about.active => {
                outcome.reset_factors = Some((about.id, self.notices.factors_reset(about)?));
            }
            _ => return Err(Failure::of(ErrorCode::Conflict)),
        }
        Ok(outcome)
    }
}
