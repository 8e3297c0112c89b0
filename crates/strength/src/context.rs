//! What is known about the person who chooses a password.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What others may know of the person and would try. Everything may be left empty.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Context {
    /// Names of the person, as they are written.
    pub names: Vec<String>,
    /// Mail addresses.
    pub emails: Vec<String>,
    /// The short name to sign in with.
    pub username: Option<String>,
    /// The employee number.
    pub employee_number: Option<String>,
    /// Telephone numbers.
    pub phones: Vec<String>,
    /// The company, the product, the team.
    pub companies: Vec<String>,
    /// Words that were made of such facts already, where the facts themselves are not known.
    pub words: Vec<String>,
}

impl Context {
    /// What is known as it is written, without anything derived: what a password must not be as a whole.
    pub fn facts(&self) -> Vec<String> {
        let lists = [
            &self.names,
            &self.emails,
            &self.phones,
            &self.companies,
            &self.words,
        ];
        let listed = lists.into_iter().flatten();
        let single = [&self.username, &self.employee_number].into_iter().flatten();
        listed.chain(single).cloned().collect()
    }
}

/// It is about a person, so it says nothing in a log.
impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Context(…)")
    }
}
