//! Accounts: how people are identified, and new ones.

use portico_contract::ids::{TeamId, UserId};
use portico_contract::phone;
use portico_contract::user::{Role, TeamRef, User};
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

use super::access::Access;
use super::failure::Failure;
use super::new_passwords::{NewPasswords, TEMPORARY};
use super::random::uuid_v7;
use super::search::{search_text, sort_key};
use crate::store::{UserRow, stored};

/// The form in which identifiers are compared: any case, any Unicode spelling, and telephone numbers with their
/// country's prefix however they are spaced.
pub(crate) fn canonical_identifier(identifier: &str) -> String {
    let plain: String = identifier.trim().nfkc().flat_map(char::to_lowercase).collect();
    phone::international(&plain).unwrap_or(plain)
}

/// As people in China write a mobile number to each other: without the country's prefix.
fn short_form(number: &str) -> Option<&str> {
    let short = number.strip_prefix("+86")?;
    (short.len() == 11 && short.starts_with('1')).then_some(short)
}

/// The rights of `user`.
pub(crate) fn access(user: &UserRow) -> Result<Access, Failure> {
    let role: Role = stored(&user.role)?;
    Ok(Access {
        user: user.id,
        team: user.team_id,
        role,
    })
}

/// `user` as the contract describes a person.
pub(crate) fn describe(user: &UserRow, team_name: String) -> Result<User, Failure> {
    Ok(User {
        id: UserId(user.id),
        name: user.name.clone(),
        email: user.email.clone(),
        employee_number: user.employee_number.clone(),
        username: user.username.clone(),
        role: stored(&user.role)?,
        team: TeamRef {
            id: TeamId(user.team_id),
            name: team_name,
        },
        locale: user.chosen_locale.as_deref().map(stored).transpose()?,
        time_zone: user.time_zone.clone(),
    })
}

/// A new account.
#[derive(Clone, Debug)]
pub(crate) struct NewUser {
    /// What the person is.
    pub(crate) role: Role,
    /// Name.
    pub(crate) name: String,
    /// Mail address.
    pub(crate) email: String,
    /// Employee number.
    pub(crate) employee_number: String,
    /// The team's name; it is made if it does not exist.
    pub(crate) team: String,
    /// Whether the person has to choose another password at the first sign-in.
    pub(crate) temporary: bool,
}

impl NewUser {
    /// What is wrong with it, in words for the terminal.
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.name.trim().is_empty() || self.team.trim().is_empty() {
            faults.push("name and team must not be empty".to_owned());
        }
        if !self.email.contains('@') || self.email.chars().any(char::is_whitespace) {
            faults.push("the mail address is not one".to_owned());
        }
        if self.employee_number.trim().is_empty() {
            faults.push("the employee number must not be empty".to_owned());
        }
        faults
    }

    /// Stores the account with `password`, which is judged like any other.
    pub(crate) async fn create(self, password: &str, new_passwords: &NewPasswords) -> Result<Uuid, Failure> {
        let faults = self.faults();
        if !faults.is_empty() {
            return Err(Failure::internal(faults.join("; ")));
        }
        let NewPasswords {
            users, clock, random, ..
        } = new_passwords;
        let now = clock.now();
        let row = UserRow {
            id: uuid_v7(&**random, now)?,
            name: self.name.trim().to_owned(),
            email: self.email.trim().to_owned(),
            employee_number: self.employee_number.trim().to_owned(),
            username: None,
            phone: None,
            role: self.role.as_str().to_owned(),
            team_id: users
                .team_named(self.team.trim(), uuid_v7(&**random, now)?)
                .await?,
            chosen_locale: None,
            time_zone: "UTC".to_owned(),
            password_hash: None,
            password_changed_at: Some(now),
            password_temporary_until: self.temporary.then_some(now + TEMPORARY),
            password_compromised: false,
            active: true,
            enrolment_due: false,
            password_by_message: false,
            created_at: now,
            verified_phone: None,
            last_sign_in_at: None,
            sort_key: sort_key(self.name.trim()),
            search_text: searched(
                self.name.trim(),
                self.email.trim(),
                self.employee_number.trim(),
                None,
            ),
        };
        if let Err(refused) = new_passwords.check("password", &row, password).await {
            let rules: Vec<_> = refused
                .fields
                .iter()
                .map(|problem| format!("the password is refused: {:?}", problem.rule))
                .collect();
            return Err(if rules.is_empty() {
                refused
            } else {
                Failure::internal(rules.join("; "))
            });
        }
        let id = row.id;
        let hash = new_passwords.passwords.hash_in_turn(password).await?;
        users
            .insert(UserRow {
                password_hash: Some(hash),
                ..row
            })
            .await?;
        Ok(id)
    }
}

/// The telephone number that was shown to be the person's, as long as it is the one the account has.
pub(crate) fn verified_number(user: &UserRow) -> Option<&str> {
    user.verified_phone
        .as_deref()
        .filter(|number| user.phone.as_deref() == Some(*number))
}

/// What the list of accounts is searched by.
pub(crate) fn searched(name: &str, email: &str, employee_number: &str, username: Option<&str>) -> String {
    search_text([name, email, employee_number].into_iter().chain(username))
}

/// The names among [`identifiers`], as they are written.
pub(crate) fn stated_identifiers(user: &UserRow) -> Vec<String> {
    let always = [&user.email, &user.employee_number].into_iter();
    always.chain(&user.username).cloned().collect()
}

/// The identifiers `user` can sign in with.
pub(crate) fn identifiers(user: &UserRow) -> Vec<String> {
    let mut keys = vec![
        canonical_identifier(&user.email),
        canonical_identifier(&user.employee_number),
    ];
    keys.extend(user.username.as_deref().map(canonical_identifier));
    if let Some(number) = verified_number(user) {
        keys.push(canonical_identifier(number));
        keys.extend(short_form(number).map(str::to_owned));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_compared_without_case_or_width() {
        assert_eq!(
            canonical_identifier(" Sales@Portico.Example "),
            "sales@portico.example"
        );
        assert_eq!(canonical_identifier("ＥＭＰ1003"), "emp1003");
        assert_eq!(canonical_identifier(" ＋86 138-0000-0003"), "+8613800000003");
        assert_eq!(canonical_identifier("10-23"), "10-23");
    }

    #[test]
    fn chinese_mobile_numbers_have_a_short_form() {
        assert_eq!(short_form("+8613800000003"), Some("13800000003"));
        for number in ["+861065001234", "+493023125002", "13800000003"] {
            assert_eq!(short_form(number), None, "{number}");
        }
    }

    #[test]
    fn a_new_account_is_checked() {
        let user = NewUser {
            role: Role::Admin,
            name: "Ada".into(),
            email: "ada@portico.example".into(),
            employee_number: "EMP1".into(),
            team: "Office".into(),
            temporary: false,
        };
        assert!(user.faults().is_empty());
        let broken = NewUser {
            email: "ada".into(),
            name: " ".into(),
            ..user
        };
        assert_eq!(broken.faults().len(), 2);
    }
}
