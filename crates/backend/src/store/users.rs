//! Accounts.

use std::collections::HashMap;

use portico_contract::ids::UserId;
use portico_contract::locale::Locale;
use portico_contract::setting::Setting;
use portico_contract::user::{Role, UserRef};
use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseConnection, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QuerySelect as _, TransactionTrait as _,
};
use uuid::Uuid;

use super::entities::{draft_key, identifier, team, user};
use crate::domain::access::Reach;
use crate::domain::failure::Failure;
use crate::domain::users::identifiers;

/// The repository of people.
#[derive(Clone)]
pub(crate) struct Users {
    db: DatabaseConnection,
}

/// The account `id` while it is in use and its password is the one with `password_hash`: what others may have changed
/// since it was looked at is asked for by the statement that changes something.
pub(super) fn unchanged(id: Uuid, password_hash: Option<&str>) -> Condition {
    let password = match password_hash {
        Some(hash) => user::Column::PasswordHash.eq(hash),
        None => user::Column::PasswordHash.is_null(),
    };
    Condition::all()
        .add(user::Column::Id.eq(id))
        .add(user::Column::Active.eq(true))
        .add(password)
}

/// Lets others who change the account `id` wait until the transaction that `db` is ends.
pub(super) async fn hold<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<(), Failure> {
    user::Entity::update_many()
        .col_expr(user::Column::Active, Expr::col(user::Column::Active))
        .filter(user::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

impl Users {
    pub(crate) fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// The person who signs in with `identifier`, which is canonical.
    pub(crate) async fn find_by_identifier(&self, identifier: &str) -> Result<Option<user::Model>, Failure> {
        if identifier.contains('\0') {
            return Ok(None);
        }
        // One question, so that a name nobody has takes no less.
        let known = Query::select()
            .column(identifier::Column::UserId)
            .from(identifier::Entity)
            .and_where(identifier::Column::Key.eq(identifier))
            .to_owned();
        let found = user::Entity::find()
            .filter(user::Column::Id.in_subquery(known))
            .one(&self.db)
            .await?;
        Ok(found)
    }

    /// The person `id`.
    pub(crate) async fn find(&self, id: Uuid) -> Result<Option<user::Model>, Failure> {
        Ok(user::Entity::find_by_id(id).one(&self.db).await?)
    }

    /// The active people within `reach` whose role is one of `roles`.
    pub(crate) async fn active(
        &self,
        reach: Reach,
        roles: impl Iterator<Item = Role>,
    ) -> Result<Vec<user::Model>, Failure> {
        let within = match reach {
            Reach::Own(person) => Condition::all().add(user::Column::Id.eq(person)),
            Reach::Team(team) => Condition::all().add(user::Column::TeamId.eq(team)),
            Reach::All => Condition::all(),
        };
        let people = user::Entity::find()
            .filter(within)
            .filter(user::Column::Active.eq(true))
            .filter(user::Column::Role.is_in(roles.map(Role::as_str)))
            .all(&self.db)
            .await?;
        Ok(people)
    }

    /// Changes what is given about a person, leaves the rest, and says what the person is then.
    pub(crate) async fn change(
        &self,
        id: Uuid,
        locale: Setting<Locale>,
        time_zone: Option<String>,
    ) -> Result<user::Model, Failure> {
        let unchanged = user::ActiveModel::default();
        let row = user::ActiveModel {
            chosen_locale: match locale {
                Setting::Unchanged => NotSet,
                Setting::Unset => Set(None),
                Setting::Chosen(locale) => Set(Some(locale.tag().to_owned())),
            },
            time_zone: time_zone.map_or(NotSet, Set),
            ..unchanged.clone()
        };
        if row != unchanged {
            user::Entity::update_many()
                .set(row)
                .filter(user::Column::Id.eq(id))
                .exec(&self.db)
                .await?;
        }
        let person = user::Entity::find_by_id(id).one(&self.db).await?;
        person.ok_or_else(|| Failure::internal("a person is gone who is signed in"))
    }

    /// The name of a team.
    pub(crate) async fn team_name(&self, id: Uuid) -> Result<String, Failure> {
        let team = team::Entity::find_by_id(id).one(&self.db).await?;
        Ok(team.map(|team| team.name).unwrap_or_default())
    }

    /// The team called `name`, made with `new_id` if there is none.
    pub(crate) async fn team_named(&self, name: &str, new_id: Uuid) -> Result<Uuid, Failure> {
        let known = team::Entity::find()
            .filter(team::Column::Name.eq(name))
            .one(&self.db)
            .await?;
        if let Some(known) = known {
            return Ok(known.id);
        }
        let team = team::ActiveModel {
            id: Set(new_id),
            name: Set(name.to_owned()),
        };
        team::Entity::insert(team)
            .exec_without_returning(&self.db)
            .await?;
        Ok(new_id)
    }

    /// The key of a person's drafts, if there is one yet.
    pub(crate) async fn draft_key(&self, user: Uuid) -> Result<Option<String>, Failure> {
        let row = draft_key::Entity::find_by_id(user).one(&self.db).await?;
        Ok(row.map(|row| row.secret))
    }

    /// Stores the key of a person's drafts, unless there is one already.
    pub(crate) async fn offer_draft_key(&self, user: Uuid, secret: String) -> Result<(), Failure> {
        let row = draft_key::ActiveModel {
            user_id: Set(user),
            secret: Set(secret),
        };
        let first_stays = OnConflict::column(draft_key::Column::UserId)
            .do_nothing()
            .to_owned();
        draft_key::Entity::insert(row)
            .on_conflict(first_stays)
            .exec_without_returning(&self.db)
            .await?;
        Ok(())
    }

    /// Stores a new person with the identifiers to sign in with.
    pub(crate) async fn insert(&self, row: user::Model) -> Result<(), Failure> {
        let keys = identifiers(&row);
        let taken = identifier::Entity::find()
            .filter(identifier::Column::Key.is_in(keys.iter().map(String::as_str)))
            .one(&self.db)
            .await?;
        if taken.is_some() {
            return Err(Failure::internal(
                "somebody signs in with this address or number already",
            ));
        }
        let transaction = self.db.begin().await?;
        let id = row.id;
        user::Entity::insert(row.into_active_model())
            .exec_without_returning(&transaction)
            .await?;
        let keys = keys.into_iter().map(|key| identifier::ActiveModel {
            key: Set(key),
            user_id: Set(id),
        });
        identifier::Entity::insert_many(keys)
            .exec_without_returning(&transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// The names of people, by id.
pub(super) async fn references<C: ConnectionTrait>(
    db: &C,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, UserRef>, Failure> {
    let mut ids: Vec<_> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String)> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .column(user::Column::Name)
        .filter(user::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| (id, UserRef { id: UserId(id), name }))
        .collect())
}

/// The person `id` among `people`; foreign keys see to it that there is one.
pub(super) fn person(people: &HashMap<Uuid, UserRef>, id: Uuid) -> Result<UserRef, Failure> {
    people
        .get(&id)
        .cloned()
        .ok_or_else(|| Failure::internal("a record names a person who does not exist"))
}
