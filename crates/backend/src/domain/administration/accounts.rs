//! The accounts as administrators see them: the list of them, and one.

use portico_contract::admin::{AdminUser, AdminUserQuery, UserStatus};
use portico_contract::capability::Verb;
use portico_contract::customer::MAX_QUERY;
use portico_contract::ids::{TeamId, UserId};
use portico_contract::paging::Page;
use portico_contract::problem::FieldRule;
use portico_contract::second_factor::FactorKind;
use portico_contract::user::TeamRef;
use portico_contract::validate::{FieldProblems, code_points};

use super::{Administration, may, status};
use crate::domain::auth::Actor;
use crate::domain::clock::timestamp;
use crate::domain::failure::Failure;
use crate::domain::search::SearchTerms;
use crate::domain::users::verified_number;
use crate::store::{AccountFigures, Accounts, UserRow, stored};

const LIST: &str = "accounts";

impl Administration {
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
        let window = self.cursors.window(LIST, query.cursor.as_deref(), query.limit)?;
        let (mut rows, total) = self.accounts.page(&terms, query.status, &window).await?;
        let next = self.cursors.cut(LIST, &window, &mut rows, Accounts::position);
        Ok(Page {
            items: self.describe(rows).await?,
            next,
            total,
        })
    }

    /// One account.
    pub(crate) async fn get(&self, actor: &Actor, id: UserId) -> Result<AdminUser, Failure> {
        may(actor, Verb::Read)?;
        self.show(id).await
    }

    /// The teams somebody can be invited to.
    pub(crate) async fn teams(&self, actor: &Actor) -> Result<Vec<TeamRef>, Failure> {
        may(actor, Verb::Read)?;
        self.accounts.teams().await
    }

    /// The account `id` as it is now.
    pub(super) async fn show(&self, id: UserId) -> Result<AdminUser, Failure> {
        self.described(self.find(id).await?).await
    }

    pub(super) async fn described(&self, row: UserRow) -> Result<AdminUser, Failure> {
        let described = self.describe(vec![row]).await?.pop();
        described.ok_or_else(|| Failure::internal("an account was not described"))
    }

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
