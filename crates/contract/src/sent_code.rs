//! Codes that are sent: by short message, or by mail.
//!
//! They are weaker than what a person holds: numbers can be taken over, and a mailbox may be all that a reset needs. So an
//! installation has them only where its operator decides so (NIST SP 800-63B-4, 3.1.3).

use serde::{Deserialize, Serialize};

use crate::phone;
use crate::problem::FieldRule;
use crate::second_factor::{FactorKind, FactorMethod, MAX_FACTOR_NAME, check_digits};
use crate::validate::{FieldProblems, Validate};

/// The longest telephone number as typed, in code points.
const MAX_PHONE: u32 = 40;

/// Where a code goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CodeChannel {
    /// To a telephone, as a short message.
    Sms,
    /// To the mail address of the account.
    Mail,
}

impl CodeChannel {
    /// What is enrolled to get codes there.
    pub const fn kind(self) -> FactorKind {
        match self {
            Self::Sms => FactorKind::Sms,
            Self::Mail => FactorKind::Mail,
        }
    }

    /// What is shown that went there.
    pub const fn method(self) -> FactorMethod {
        match self {
            Self::Sms => FactorMethod::Sms,
            Self::Mail => FactorMethod::Mail,
        }
    }
}

/// `POST …/code`: sends a code as the second factor. An earlier one is dead from then on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendCode {
    /// Where to.
    pub channel: CodeChannel,
}

/// A code is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeSent {
    /// Where to, with most of it left out.
    pub to: String,
    /// Seconds until it is worth nothing any more.
    pub expires_in: u32,
    /// Seconds until another one can be sent.
    pub resend_in: u32,
}

/// `POST …/message`: begins to enrol a telephone, or the account's mail address, by sending a code there. Sent again it
/// begins anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginSentCode {
    /// Where codes are to go.
    pub channel: CodeChannel,
    /// The telephone's number with the country's prefix; only for a telephone.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 40))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl Validate for BeginSentCode {
    fn check(&mut self, problems: &mut FieldProblems) {
        match (self.channel, &mut self.phone) {
            (CodeChannel::Mail, None) => {}
            (CodeChannel::Mail, Some(_)) => problems.add("phone", FieldRule::NotAllowed, None),
            (CodeChannel::Sms, None) => problems.add("phone", FieldRule::Required, None),
            (CodeChannel::Sms, Some(phone)) => {
                problems.check_required_line("phone", phone, MAX_PHONE);
                match phone::international(phone) {
                    Some(number) => *phone = number,
                    None => problems.add("phone", FieldRule::Malformed, None),
                }
            }
        }
    }
}

/// `POST …/message/confirm`: shows that the code has arrived.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmSentCode {
    /// The code; spaces and dashes do not count.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    pub code: String,
    /// What the person calls where it goes, if anything.
    #[cfg_attr(feature = "openapi", schema(max_length = 60))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl std::fmt::Debug for ConfirmSentCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ConfirmSentCode(…)")
    }
}

impl Validate for ConfirmSentCode {
    fn check(&mut self, problems: &mut FieldProblems) {
        check_digits(problems, &mut self.code);
        if let Some(name) = &mut self.name {
            problems.check_line("name", name, MAX_FACTOR_NAME);
        }
        self.name = self.name.take().filter(|name| !name.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin(channel: CodeChannel, phone: Option<&str>) -> Result<Option<String>, FieldRule> {
        let request = BeginSentCode {
            channel,
            phone: phone.map(str::to_owned),
        };
        match request.validate() {
            Ok(request) => Ok(request.into_inner().phone),
            Err(problems) => Err(problems.get("phone").unwrap().rule),
        }
    }

    #[test]
    fn a_telephone_has_a_number_that_can_be_called_from_anywhere() {
        use CodeChannel::{Mail, Sms};
        assert_eq!(
            begin(Sms, Some(" +86 138-0000 0003 ")),
            Ok(Some("+8613800000003".to_owned()))
        );
        assert_eq!(begin(Sms, Some("0138 0000")), Err(FieldRule::Malformed));
        assert_eq!(begin(Sms, Some(" ")), Err(FieldRule::Required));
        assert_eq!(begin(Sms, None), Err(FieldRule::Required));
        assert_eq!(begin(Mail, None), Ok(None));
        assert_eq!(begin(Mail, Some("+8613800000003")), Err(FieldRule::NotAllowed));
    }
}
