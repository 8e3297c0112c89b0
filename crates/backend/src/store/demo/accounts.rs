//! The demonstration's people.

use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::super::entities::{identifier, team, user};
use super::dice::Dice;
use super::insert_all;
use crate::domain::clock::DAY;
use crate::domain::search::sort_key;
use crate::domain::users::{identifiers, searched};

/// The password of every demonstration account.
pub const DEMO_PASSWORD: &str = "Harbour-lantern-42";

/// One demonstration account.
#[derive(Clone, Copy, Debug)]
pub struct DemoAccount {
    /// Mail address.
    pub email: &'static str,
    /// Employee number.
    pub employee_number: &'static str,
    /// Username, if there is one.
    pub username: Option<&'static str>,
    /// Name.
    pub name: &'static str,
    /// Role as it is stored.
    pub role: &'static str,
    phone: &'static str,
    time_zone: &'static str,
    first_team: bool,
}

/// The accounts, in the order of their employee numbers.
pub const DEMO_ACCOUNTS: [DemoAccount; 7] = [
    DemoAccount {
        email: "admin@portico.example",
        employee_number: "EMP1001",
        username: None,
        name: "Ingrid Solberg",
        role: "admin",
        phone: "+493023125001",
        time_zone: "Europe/Berlin",
        first_team: false,
    },
    DemoAccount {
        email: "manager@portico.example",
        employee_number: "EMP1002",
        username: None,
        name: "Katrin Ahlers",
        role: "manager",
        phone: "+493023125002",
        time_zone: "Europe/Berlin",
        first_team: true,
    },
    DemoAccount {
        email: "sales@portico.example",
        employee_number: "EMP1003",
        username: Some("zhang.san"),
        name: "张三",
        role: "sales",
        phone: "+8613800000003",
        time_zone: "Asia/Shanghai",
        first_team: true,
    },
    DemoAccount {
        email: "sales2@portico.example",
        employee_number: "EMP1004",
        username: Some("li.si"),
        name: "李四",
        role: "sales",
        phone: "+8613800000004",
        time_zone: "Asia/Shanghai",
        first_team: false,
    },
    DemoAccount {
        email: "service@portico.example",
        employee_number: "EMP1005",
        username: None,
        name: "Oliver Hartley",
        role: "service",
        phone: "+447700900005",
        time_zone: "Europe/London",
        first_team: false,
    },
    DemoAccount {
        email: "marketing@portico.example",
        employee_number: "EMP1006",
        username: None,
        name: "Miriam Vogt",
        role: "marketing",
        phone: "+493023125006",
        time_zone: "Europe/Berlin",
        first_team: false,
    },
    DemoAccount {
        email: "guest@portico.example",
        employee_number: "EMP1007",
        username: None,
        name: "Visitor",
        role: "guest",
        phone: "+447700900007",
        time_zone: "UTC",
        first_team: false,
    },
];

/// An account whose sign-in does not simply succeed, for trying out and testing what happens then.
#[derive(Clone, Copy, Debug)]
pub struct StateAccount {
    /// Mail address.
    pub email: &'static str,
    /// Employee number.
    pub employee_number: &'static str,
    /// Name.
    pub name: &'static str,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Temporary,
    ExpiredTemporary,
    Compromised,
    Disabled,
}

/// The accounts in other states, with the password of all others. They look after nothing.
pub const STATE_ACCOUNTS: [StateAccount; 4] = [
    StateAccount {
        email: "temporary@portico.example",
        employee_number: "EMP1101",
        name: "Tilda Nyman",
        state: State::Temporary,
    },
    StateAccount {
        email: "expired-temporary@portico.example",
        employee_number: "EMP1102",
        name: "Edgar Temple",
        state: State::ExpiredTemporary,
    },
    StateAccount {
        email: "compromised@portico.example",
        employee_number: "EMP1103",
        name: "Clara Osei",
        state: State::Compromised,
    },
    StateAccount {
        email: "disabled@portico.example",
        employee_number: "EMP1104",
        name: "Dieter Salomon",
        state: State::Disabled,
    },
];

/// A person who owns customers.
#[derive(Clone, Copy)]
pub(super) struct Owner {
    pub(super) id: Uuid,
    pub(super) team: Uuid,
}

/// Those who own customers.
pub(super) struct People {
    admin: Owner,
    manager: Owner,
    sales: Owner,
    sales2: Owner,
}

impl People {
    /// An owner: the first sales account has two customers in five.
    pub(super) fn owner(&self, dice: &mut Dice) -> Owner {
        match dice.between(0, 99) {
            0..40 => self.sales,
            40..68 => self.sales2,
            68..85 => self.manager,
            _ => self.admin,
        }
    }
}

/// Stores teams and accounts.
pub(super) async fn insert(
    db: &DatabaseTransaction,
    dice: &mut Dice,
    midnight: i64,
    password_hash: &str,
) -> Result<People, DbErr> {
    let teams = ["Key Accounts", "New Markets"].map(|name| team::Model {
        id: dice.id(),
        name: name.to_owned(),
    });
    let [first, second] = [teams[0].id, teams[1].id];
    let users = DEMO_ACCOUNTS.map(|account| user::Model {
        id: dice.id(),
        name: account.name.to_owned(),
        email: account.email.to_owned(),
        employee_number: account.employee_number.to_owned(),
        username: account.username.map(str::to_owned),
        phone: Some(account.phone.to_owned()),
        role: account.role.to_owned(),
        team_id: if account.first_team { first } else { second },
        chosen_locale: None,
        time_zone: account.time_zone.to_owned(),
        password_hash: Some(password_hash.to_owned()),
        password_changed_at: Some(midnight - 30 * DAY),
        password_temporary_until: None,
        password_compromised: false,
        active: true,
        enrolment_due: false,
        password_by_message: false,
        created_at: midnight - 900 * DAY,
        verified_phone: Some(account.phone.to_owned()),
        last_sign_in_at: None,
        sort_key: sort_key(account.name),
        search_text: searched(
            account.name,
            account.email,
            account.employee_number,
            account.username,
        ),
    });
    let owner = |index: usize| Owner {
        id: users[index].id,
        team: users[index].team_id,
    };
    let people = People {
        admin: owner(0),
        manager: owner(1),
        sales: owner(2),
        sales2: owner(3),
    };
    insert_all::<team::Entity, _, _>(db, teams).await?;
    insert_users(db, users.into()).await?;
    Ok(people)
}

async fn insert_users(db: &DatabaseTransaction, users: Vec<user::Model>) -> Result<(), DbErr> {
    let keys: Vec<_> = users
        .iter()
        .flat_map(|user| identifiers(user).into_iter().map(|key| (key, user.id)))
        .map(|(key, user_id)| identifier::Model { key, user_id })
        .collect();
    insert_all::<user::Entity, _, _>(db, users).await?;
    insert_all::<identifier::Entity, _, _>(db, keys).await
}

/// Stores the accounts in other states. They come last, so that the rest is what it was without them.
pub(super) async fn insert_states(
    db: &DatabaseTransaction,
    dice: &mut Dice,
    midnight: i64,
    password_hash: &str,
    people: &People,
) -> Result<(), DbErr> {
    let users = STATE_ACCOUNTS.map(|account| user::Model {
        id: dice.id(),
        name: account.name.to_owned(),
        email: account.email.to_owned(),
        employee_number: account.employee_number.to_owned(),
        username: None,
        phone: None,
        // A role that nothing is given to.
        role: "service".to_owned(),
        team_id: people.admin.team,
        chosen_locale: None,
        time_zone: "UTC".to_owned(),
        password_hash: Some(password_hash.to_owned()),
        password_changed_at: Some(midnight - 30 * DAY),
        password_temporary_until: match account.state {
            // As long as a demonstration may be kept.
            State::Temporary => Some(midnight + 3650 * DAY),
            State::ExpiredTemporary => Some(midnight - DAY),
            State::Compromised | State::Disabled => None,
        },
        password_compromised: account.state == State::Compromised,
        active: account.state != State::Disabled,
        enrolment_due: false,
        password_by_message: false,
        created_at: midnight - 30 * DAY,
        verified_phone: None,
        last_sign_in_at: None,
        sort_key: sort_key(account.name),
        search_text: searched(account.name, account.email, account.employee_number, None),
    });
    insert_users(db, users.into()).await
}
