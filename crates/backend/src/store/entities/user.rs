//! A person who signs in.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a column with a meaning of its own"
)]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub employee_number: String,
    pub username: Option<String>,
    pub phone: Option<String>,
    pub role: String,
    pub team_id: Uuid,
    pub chosen_locale: Option<String>,
    pub time_zone: String,
    pub password_hash: Option<String>,
    pub password_changed_at: Option<i64>,
    /// Until when the password, which somebody else gave, lets the person choose one.
    pub password_temporary_until: Option<i64>,
    pub password_compromised: bool,
    pub active: bool,
    /// Whether a second factor has to be enrolled at the next sign-in, whatever the policy says.
    pub enrolment_due: bool,
    /// Whether the password was set by way of a message, and nothing else was shown since.
    pub password_by_message: bool,
    pub created_at: i64,
    /// The telephone number that was shown to be the person's; worth nothing once `phone` is another.
    pub verified_phone: Option<String>,
    pub last_sign_in_at: Option<i64>,
    pub sort_key: String,
    pub search_text: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
