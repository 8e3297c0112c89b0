//! What a page and the worker say to each other.

use serde::{Deserialize, Serialize};

use crate::advice::Estimate;
use crate::context::Context;

/// What the page asks.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Comes back with the answer.
    pub id: u32,
    /// What was typed.
    pub candidate: String,
    /// What is known about the person.
    pub context: Context,
}

/// It is never printed.
impl std::fmt::Debug for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Question")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// That of the question.
    pub id: u32,
    /// The judgement.
    pub estimate: Estimate,
}

#[cfg(feature = "estimator")]
impl Answer {
    /// Judges.
    pub fn to(question: &Question) -> Self {
        Self {
            id: question.id,
            estimate: crate::estimate(&question.candidate, &question.context),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_not_printed() {
        let question = Question {
            id: 7,
            candidate: "hunter2".into(),
            context: Context {
                names: vec!["Hunter".into()],
                ..Context::default()
            },
        };
        assert_eq!(format!("{question:?}"), "Question { id: 7, .. }");
        let text = serde_json::to_string(&question).unwrap();
        assert_eq!(serde_json::from_str::<Question>(&text).unwrap(), question);
    }
}
