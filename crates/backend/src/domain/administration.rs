//! Looking after people. An administrator can have a password asked for, and can never set or see one.

use std::sync::Arc;

use portico_contract::admin::{
    AdminRequest, AdminRequestQuery, AdminUser, AdminUserQuery, AnswerAdminRequest, ChangeUser, InviteUser,
    RequestDecision, RequestKind, RequestState, UserStatus,
};
use portico_contract::capability::{Resource, Verb};
use portico_contract::customer::MAX_QUERY;
use portico_contract::ids::{AdminRequestId, TeamId, UserId};
use portico_contract::paging::Page;
use portico_contract::problem::{ErrorCode, FieldProblem, FieldRule};
use portico_contract::second_factor::FactorKind;
use portico_contract::user::{TeamRef, UserRef};
use portico_contract::validate::{FieldProblems, Validate as _, code_points};
use serde_json::json;
use uuid::Uuid;

use super::audit::{Audit, Entry, Event};
use super::auth::Actor;
use super::clock::{Clock, timestamp};
use super::cursor::Cursors;
use super::failure::Failure;
use super::notices::Notices;
use super::origin::Origin;
use super::random::{Random, uuid_v7};
use super::recovery::Recovery;
use super::search::{SearchTerms, sort_key};
use super::second_factor::SecondFactors;
use super::users::{canonical_identifier, searched, verified_number};
use crate::store::{
    AccountFigures, Accounts, AdminRequestRow, AdminRequests, Answer, Deactivation, EmailChange,
    EmailOutcome, UserRow, Users, stored,
};

const USERS: &str = "accounts";

/// Looks after accounts and requests for an administrator.
#[derive(Clone)]
pub(crate) struct Administration {
    pub(crate) accounts: Accounts,
    pub(crate) requests: AdminRequests,
    pub(crate) users: Users,
    pub(crate) recovery: Recovery,
    pub(crate) second_factors: SecondFactors,
    pub(crate) notices: Notices,
    pub(crate) audit: Audit,
    pub(crate) cursors: Arc<Cursors>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
}

fn status(row: &UserRow) -> UserStatus {
    if !row.active {
        UserStatus::Deactivated
    } else if row.password_hash.is_none() {
        UserStatus::Invited
    } else {
        UserStatus::Active
    }
}

fn may(actor: &Actor, verb: Verb) -> Result<(), Failure> {
    actor.access.require(verb, Resource::Users).map(|_| ())
}

impl Administration {
    async fn describe(&self, rows: Vec<UserRow>) -> Result<Vec<AdminUser>, Failure> {
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let mut figures = self.accounts.figures(&ids, self.clock.now()).await?;
        let mut factors = self.second_factors.factors.kinds(&ids).await?;
        let teams = self.accounts.teams().await?;
        rows.into_iter()
            .map(|row| {
                let figures = figures.remove(&row.id).unwrap_or_default();
                let team = teams.iter().find(|team| team.id.0 == row.team_id);
                let factors = factors.remove(&row.id).unwrap_or_default();
                describe(row, team.cloned(), figures, factors)
            })
            .collect()
    }

    async fn described(&self, row: UserRow) -> Result<AdminUser, Failure> {
        let described = self.describe(vec![row]).await?.pop();
        described.ok_or_else(|| Failure::internal("an account was not described"))
    }

    /// A page of the accounts.
    pub(crate) async fn list(
        &self,
        actor: &Actor,
        query: &AdminUserQuery,
    ) -> Result<Page<AdminUser>, Failure> {
        may(actor, Verb::Read)?;
        let words = query.q.as_deref().unwrap_or_default();
        if code_points(words) > MAX_QUERY {
            let mut problems = FieldProblems::default();
            problems.add("q", FieldRule::TooLong, Some(MAX_QUERY));
            return Err(problems.into());
        }
        let terms = SearchTerms::parse(words, false);
        let window = self.cursors.window(USERS, query.cursor.as_deref(), query.limit)?;
        let (mut rows, total) = self.accounts.page(&terms, query.status, &window).await?;
        let next = self.cursors.cut(USERS, &window, &mut rows, Accounts::position);
        Ok(Page {
            items: self.describe(rows).await?,
            next,
            total,
        })
    }

    async fn find(&self, id: UserId) -> Result<UserRow, Failure> {
        let found = self.accounts.find(id.0).await?;
        found.ok_or_else(|| Failure::of(ErrorCode::NotFound))
    }

    /// One account.
    pub(crate) async fn get(&self, actor: &Actor, id: UserId) -> Result<AdminUser, Failure> {
        may(actor, Verb::Read)?;
        self.described(self.find(id).await?).await
    }

    /// The teams somebody can be invited to.
    pub(crate) async fn teams(&self, actor: &Actor) -> Result<Vec<TeamRef>, Failure> {
        may(actor, Verb::Read)?;
        self.accounts.teams().await
    }

    /// Invites somebody.
    pub(crate) async fn invite(
        &self,
        origin: &Origin,
        actor: &Actor,
        input: InviteUser,
    ) -> Result<AdminUser, Failure> {
        may(actor, Verb::Create)?;
        let teams = self.accounts.teams().await?;
        let team_exists = teams.iter().any(|team| team.id == input.team);
        let input = match (input.validate(), team_exists) {
            (Ok(input), true) => input.into_inner(),
            (input, _) => {
                let mut problems = input.err().unwrap_or_default();
                if !team_exists {
                    problems.add("team", FieldRule::NotAllowed, None);
                }
                return Err(problems.into());
            }
        };
        let keys = keyed(&input);
        self.refuse_taken(&keys).await?;
        let row = self.row(input)?;
        let (id, way_in) = (row.id, self.recovery.by_administrator(&row, &actor.user)?);
        let keys_alone = keys.iter().map(|(_, key)| key.clone()).collect();
        if !self.accounts.invite(row, keys_alone, way_in).await? {
            self.refuse_taken(&keys).await?;
            return Err(Failure::of(ErrorCode::Conflict));
        }
        self.recovery.post.wake();
        self.note(origin, actor, Event::Invited, id, json!({})).await?;
        self.described(self.find(UserId(id)).await?).await
    }

    fn row(&self, input: InviteUser) -> Result<UserRow, Failure> {
        let now = self.clock.now();
        let search_text = searched(
            &input.name,
            &input.email,
            &input.employee_number,
            input.username.as_deref(),
        );
        Ok(UserRow {
            id: uuid_v7(&*self.random, now)?,
            sort_key: sort_key(&input.name),
            search_text,
            name: input.name,
            email: input.email,
            employee_number: input.employee_number,
            username: input.username,
            phone: input.phone,
            verified_phone: None,
            role: input.role.as_str().to_owned(),
            team_id: input.team.0,
            chosen_locale: Some(input.locale.tag().to_owned()),
            time_zone: "UTC".to_owned(),
            password_hash: None,
            password_changed_at: None,
            password_temporary_until: None,
            password_compromised: false,
            active: true,
            enrolment_due: false,
            created_at: now,
            last_sign_in_at: None,
        })
    }

    /// Refuses what somebody signs in with already, field by field.
    async fn refuse_taken(&self, keys: &[(&'static str, String)]) -> Result<(), Failure> {
        let wanted: Vec<_> = keys.iter().map(|(_, key)| key.clone()).collect();
        let taken = self.accounts.taken(&wanted).await?;
        let is_taken = |index: usize, key: &String| taken.contains(key) || wanted[..index].contains(key);
        let fields: Vec<_> = keys
            .iter()
            .enumerate()
            .filter(|(index, (_, key))| is_taken(*index, key))
            .map(|(_, (field, _))| FieldProblem {
                field: (*field).to_owned(),
                rule: FieldRule::Taken,
                limit: None,
            })
            .collect();
        if fields.is_empty() {
            Ok(())
        } else {
            Err(Failure {
                fields,
                ..Failure::of(ErrorCode::Conflict)
            })
        }
    }

    async fn note(
        &self,
        origin: &Origin,
        actor: &Actor,
        event: Event,
        person: Uuid,
        detail: serde_json::Value,
    ) -> Result<(), Failure> {
        let entry = Entry::accepted(event).by(actor).to(person).detail(detail);
        self.audit.record(origin, entry).await
    }

    /// Takes an account out of use. Nobody can do that to themselves, and one administrator remains.
    pub(crate) async fn deactivate(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
    ) -> Result<AdminUser, Failure> {
        may(actor, Verb::Update)?;
        self.find(id).await?;
        if id.0 == actor.user.id {
            return Err(Failure::of(ErrorCode::OwnAccount));
        }
        match self.accounts.deactivate(id.0, self.clock.now()).await? {
            Deactivation::LastAdmin => return Err(Failure::of(ErrorCode::LastAdmin)),
            Deactivation::Done => {
                self.note(origin, actor, Event::Deactivated, id.0, json!({}))
                    .await?;
            }
            Deactivation::Unchanged => {}
        }
        self.described(self.find(id).await?).await
    }

    /// Takes an account into use again.
    pub(crate) async fn activate(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
    ) -> Result<AdminUser, Failure> {
        may(actor, Verb::Update)?;
        self.find(id).await?;
        if self.accounts.activate(id.0).await? {
            self.note(origin, actor, Event::Reactivated, id.0, json!({}))
                .await?;
        }
        self.described(self.find(id).await?).await
    }

    /// Gives an account another mail address. The earlier one is told as well, and every reset on its way there is over.
    /// Who has not come yet is invited at the new one. Not for one's own account: that is worth a proof of who one is.
    pub(crate) async fn change(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
        input: ChangeUser,
    ) -> Result<AdminUser, Failure> {
        may(actor, Verb::Update)?;
        let before = self.find(id).await?;
        if id.0 == actor.user.id {
            return Err(Failure::of(ErrorCode::OwnAccount));
        }
        let ChangeUser { email } = input.validate()?.into_inner();
        if email == before.email {
            return self.described(before).await;
        }
        let (earlier_key, key) = (canonical_identifier(&before.email), canonical_identifier(&email));
        if key != earlier_key {
            self.refuse_taken(&[("email", key.clone())]).await?;
        }
        let after = UserRow {
            search_text: searched(
                &before.name,
                &email,
                &before.employee_number,
                before.username.as_deref(),
            ),
            email,
            ..before.clone()
        };
        let (notices, way_in) = match status(&before) {
            // Nobody has used the account, and the earlier address may be a stranger's.
            UserStatus::Invited => (
                Vec::new(),
                Some(self.recovery.by_administrator(&after, &actor.user)?),
            ),
            _ => (self.notices.address_changed(&after, &before.email)?.into(), None),
        };
        let change = EmailChange {
            user: id.0,
            earlier: (before.email, earlier_key),
            email: (after.email, key.clone()),
            search_text: after.search_text,
            notices,
            way_in,
        };
        match self.accounts.change_email(change).await? {
            EmailOutcome::Done => {}
            EmailOutcome::Taken => {
                self.refuse_taken(&[("email", key)]).await?;
                return Err(Failure::of(ErrorCode::Conflict));
            }
            EmailOutcome::Outdated => return Err(Failure::of(ErrorCode::Conflict)),
        }
        self.recovery.post.wake();
        self.note(
            origin,
            actor,
            Event::UserChanged,
            id.0,
            json!({"changed": "email"}),
        )
        .await?;
        self.described(self.find(id).await?).await
    }

    /// Mails a reset to a person who has a password.
    pub(crate) async fn send_reset(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
    ) -> Result<AdminUser, Failure> {
        self.send(origin, actor, id, UserStatus::Active, Event::ResetRequested)
            .await
    }

    /// Invites a person again who has not come yet. The invitation before ends.
    pub(crate) async fn resend_invitation(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
    ) -> Result<AdminUser, Failure> {
        self.send(origin, actor, id, UserStatus::Invited, Event::Invited)
            .await
    }

    async fn send(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
        wanted: UserStatus,
        event: Event,
    ) -> Result<AdminUser, Failure> {
        may(actor, Verb::Update)?;
        let row = self.find(id).await?;
        if status(&row) != wanted {
            return Err(Failure::of(ErrorCode::Conflict));
        }
        let way_in = self.recovery.by_administrator(&row, &actor.user)?;
        self.recovery.send(way_in).await?;
        self.note(origin, actor, event, id.0, json!({"channel": "mail"}))
            .await?;
        self.described(row).await
    }

    /// Ends every session of a person.
    pub(crate) async fn end_sessions(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
    ) -> Result<AdminUser, Failure> {
        may(actor, Verb::Update)?;
        let row = self.find(id).await?;
        let ended = self.accounts.end_sessions(id.0, self.clock.now()).await?;
        self.note(
            origin,
            actor,
            Event::SessionsEnded,
            id.0,
            json!({"sessions": ended}),
        )
        .await?;
        self.described(row).await
    }

    /// Marks a person's password as known to others and ends every session: the next sign-in leads to a new one. Not for
    /// one's own account, for there one changes it.
    pub(crate) async fn require_new_password(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
    ) -> Result<AdminUser, Failure> {
        may(actor, Verb::Update)?;
        self.find(id).await?;
        if id.0 == actor.user.id {
            return Err(Failure::of(ErrorCode::OwnAccount));
        }
        let ended = self.accounts.require_new_password(id.0, self.clock.now()).await?;
        let ended = ended.ok_or_else(|| Failure::of(ErrorCode::Conflict))?;
        let detail = json!({"sessions": ended});
        self.note(origin, actor, Event::NewPasswordRequired, id.0, detail)
            .await?;
        self.described(self.find(id).await?).await
    }

    /// Takes a person's second factors away: the next sign-in leads to a new one. Not one's own, for there one removes them.
    pub(crate) async fn reset_second_factor(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: UserId,
    ) -> Result<AdminUser, Failure> {
        may(actor, Verb::Update)?;
        let row = self.find(id).await?;
        if id.0 == actor.user.id {
            return Err(Failure::of(ErrorCode::OwnAccount));
        }
        if row.password_hash.is_none() {
            return Err(Failure::of(ErrorCode::Conflict));
        }
        let ended = self.second_factors.reset(&row).await?;
        let detail = json!({"sessions": ended});
        self.note(origin, actor, Event::FactorsReset, id.0, detail)
            .await?;
        self.described(self.find(id).await?).await
    }

    /// A page of what people ask for.
    pub(crate) async fn requests(
        &self,
        actor: &Actor,
        query: &AdminRequestQuery,
    ) -> Result<Page<AdminRequest>, Failure> {
        may(actor, Verb::Read)?;
        let list = "admin requests";
        let window = self.cursors.window(list, query.cursor.as_deref(), query.limit)?;
        let (mut rows, total) = self.requests.page(query.state, &window).await?;
        let next = self
            .cursors
            .cut(list, &window, &mut rows, AdminRequests::position);
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            items.push(self.describe_request(row).await?);
        }
        Ok(Page { items, next, total })
    }

    async fn describe_request(&self, row: AdminRequestRow) -> Result<AdminRequest, Failure> {
        let about = match row.user_id {
            Some(user) => self.users.find(user).await?,
            None => None,
        };
        let about = about.ok_or_else(|| Failure::internal("a request is about nobody"))?;
        let answered_by = match row.answered_by {
            Some(person) => self.users.find(person).await?,
            None => None,
        };
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

    /// Answers a request, once. A reset goes to the account's own address, whoever asked.
    pub(crate) async fn answer(
        &self,
        origin: &Origin,
        actor: &Actor,
        id: AdminRequestId,
        input: AnswerAdminRequest,
    ) -> Result<AdminRequest, Failure> {
        may(actor, Verb::Update)?;
        let missing = || Failure::of(ErrorCode::NotFound);
        let row = self.requests.find(id.0).await?.ok_or_else(missing)?;
        let input = input.validate()?.into_inner();
        let about = self.find(UserId(row.user_id.unwrap_or_default())).await?;
        let kind: RequestKind = stored(&row.kind)?;
        let (state, way_in, reset_factors) = match (input.decision, kind) {
            (RequestDecision::Decline, _) => (RequestState::Declined, None, None),
            (RequestDecision::SendReset, RequestKind::Password) if about.active => {
                let way_in = self.recovery.by_administrator(&about, &actor.user)?;
                (RequestState::Sent, Some(way_in), None)
            }
            // Whoever could do it for themselves needs no other person to see that it is really them.
            (RequestDecision::ResetSecondFactor, _) if about.id == actor.user.id => {
                return Err(Failure::of(ErrorCode::OwnAccount));
            }
            (RequestDecision::ResetSecondFactor, RequestKind::SecondFactor) if about.active => {
                let notice = self.notices.factors_reset(&about)?;
                (RequestState::Sent, None, Some((about.id, notice)))
            }
            _ => return Err(Failure::of(ErrorCode::Conflict)),
        };
        let is_reset = reset_factors.is_some();
        let answered = self
            .requests
            .answer(Answer {
                request: id.0,
                state,
                by: actor.user.id,
                note: input.note,
                now: self.clock.now(),
                way_in,
                reset_factors,
            })
            .await?;
        if !answered {
            return Err(Failure::of(ErrorCode::Conflict));
        }
        self.recovery.post.wake();
        if is_reset {
            self.second_factors.tries_forgotten(about.id).await?;
            let detail = json!({"request": id});
            self.note(origin, actor, Event::FactorsReset, about.id, detail)
                .await?;
        }
        let detail = json!({"request": id, "decision": input.decision});
        self.note(origin, actor, Event::RequestAnswered, about.id, detail)
            .await?;
        let row = self.requests.find(id.0).await?.ok_or_else(missing)?;
        self.describe_request(row).await
    }
}

/// What a person will sign in with, by field.
fn keyed(input: &InviteUser) -> Vec<(&'static str, String)> {
    let mut keys = vec![
        ("email", canonical_identifier(&input.email)),
        ("employee_number", canonical_identifier(&input.employee_number)),
    ];
    let username = input.username.as_deref();
    keys.extend(username.map(|username| ("username", canonical_identifier(username))));
    keys
}

fn describe(
    row: UserRow,
    team: Option<TeamRef>,
    figures: AccountFigures,
    factors: Vec<FactorKind>,
) -> Result<AdminUser, Failure> {
    let status = status(&row);
    let ends = figures.invitation_ends.filter(|_| status == UserStatus::Invited);
    Ok(AdminUser {
        id: UserId(row.id),
        phone_verified: verified_number(&row).is_some(),
        name: row.name,
        email: row.email,
        employee_number: row.employee_number,
        username: row.username,
        phone: row.phone,
        role: stored(&row.role)?,
        team: team.unwrap_or_else(|| TeamRef {
            id: TeamId(row.team_id),
            name: String::new(),
        }),
        locale: row.chosen_locale.as_deref().map(stored).transpose()?,
        status,
        created_at: timestamp(row.created_at)?,
        last_sign_in_at: row.last_sign_in_at.map(timestamp).transpose()?,
        factors,
        enrolment_due: row.enrolment_due,
        sessions: figures.sessions,
        invitation_ends_at: ends.map(timestamp).transpose()?,
    })
}
