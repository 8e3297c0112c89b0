//! What people sign in with: two of them cannot have the same.

use portico_contract::admin::InviteUser;
use portico_contract::problem::{ErrorCode, FieldProblem, FieldRule};

use super::Administration;
use crate::domain::failure::Failure;
use crate::domain::users::canonical_identifier;

impl Administration {
    /// Refuses what somebody signs in with already, field by field.
    pub(super) async fn refuse_taken(&self, keys: &[(&'static str, String)]) -> Result<(), Failure> {
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
}

/// What a person will sign in with, by field.
pub(super) fn keyed(input: &InviteUser) -> Vec<(&'static str, String)> {
    let mut keys = vec![
        ("email", canonical_identifier(&input.email)),
        ("employee_number", canonical_identifier(&input.employee_number)),
    ];
    let username = input.username.as_deref();
    keys.extend(username.map(|username| ("username", canonical_identifier(username))));
    keys
}
