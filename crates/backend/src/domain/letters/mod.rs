//! What Portico writes to people: one template a letter and language, rendered as plain text; the HTML of a mail is made
//! from that text, so the two cannot say different things and nothing in it can be markup.

use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use portico_contract::locale::Locale;

use super::failure::Failure;
use super::site::Site;

/// A letter with what it says.
#[derive(Clone, Debug)]
pub(crate) enum Letter {
    /// A link, and a code where a browser waits for one.
    Reset {
        link: String,
        code: Option<String>,
        by_administrator: bool,
    },
    /// The code alone, for a telephone.
    ResetCode { code: String },
    /// A code as a second factor, for a telephone.
    FactorCode { code: String },
    /// The same, for a mailbox.
    FactorCodeByMail { code: String },
    /// The link of an invitation.
    Invitation {
        link: String,
        inviter: Option<String>,
        until: String,
        employee_number: String,
    },
    /// A notice that the password is another one.
    PasswordChanged { when: String },
    /// A notice to the old and the new address.
    AddressChanged { when: String },
    /// A notice to administrators that guessing closed an account.
    Locked {
        person: String,
        employee_number: String,
        when: String,
    },
    /// A notice of a sign-in where there was none before.
    NewDevice { when: String, device: String },
    /// A notice of a sign-in after wrong passwords.
    AfterFailures { when: String, failures: i64 },
    /// A notice that what is asked after a code is another question.
    QuestionChanged { when: String },
    /// A notice that a session was ended because two went on with it.
    SessionCopied { when: String },
    /// A notice that there is another second factor.
    FactorAdded { when: String },
    /// A notice that a second factor was taken away.
    FactorRemoved { when: String },
    /// A notice that an administrator has taken the second factors away.
    FactorsReset { when: String },
    /// A notice that the recovery codes are others.
    RecoveryCodesRenewed { when: String },
    /// A notice that one of them was used.
    RecoveryCodeUsed { when: String, left: u32 },
    /// A notice that the second factor was wrong several times after a right password.
    FactorRefused { when: String },
    /// A notice to administrators that somebody else had a person's session.
    SessionDisowned {
        person: String,
        employee_number: String,
        when: String,
    },
    /// A notice to administrators that somebody asks for help.
    RequestWaits {
        person: String,
        employee_number: String,
        when: String,
    },
}

impl Letter {
    /// The template's name; also what the log calls the letter.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Reset { .. } => "reset",
            Self::ResetCode { .. } => "reset_code",
            Self::FactorCode { .. } => "factor_code",
            Self::FactorCodeByMail { .. } => "factor_code_by_mail",
            Self::Invitation { .. } => "invitation",
            Self::PasswordChanged { .. } => "password_changed",
            Self::AddressChanged { .. } => "address_changed",
            Self::Locked { .. } => "locked",
            Self::NewDevice { .. } => "new_device",
            Self::AfterFailures { .. } => "after_failures",
            Self::QuestionChanged { .. } => "question_changed",
            Self::SessionCopied { .. } => "session_copied",
            Self::FactorAdded { .. } => "factor_added",
            Self::FactorRemoved { .. } => "factor_removed",
            Self::FactorsReset { .. } => "factors_reset",
            Self::RecoveryCodesRenewed { .. } => "recovery_codes_renewed",
            Self::RecoveryCodeUsed { .. } => "recovery_code_used",
            Self::FactorRefused { .. } => "factor_refused",
            Self::SessionDisowned { .. } => "session_disowned",
            Self::RequestWaits { .. } => "request_waits",
        }
    }

    /// Whether it is a telephone's message: no subject, no signature.
    const fn is_short(&self) -> bool {
        matches!(self, Self::ResetCode { .. } | Self::FactorCode { .. })
    }

    fn values(&self, site: &Site) -> Vec<(&'static str, Value)> {
        let text = |value: &str| Value::from(one_line(value));
        let optional = |value: Option<&String>| value.map_or(Value::from(""), |value| text(value));
        match self {
            Self::Reset {
                link,
                code,
                by_administrator,
            } => vec![
                ("link", text(link)),
                ("code", optional(code.as_ref())),
                ("by_administrator", Value::from(*by_administrator)),
            ],
            Self::ResetCode { code } | Self::FactorCode { code } => {
                vec![("code", text(code)), ("host", text(site.host()))]
            }
            Self::FactorCodeByMail { code } => vec![
                ("code", text(code)),
                ("link", text(&site.page("/forgot-password"))),
            ],
            Self::Invitation {
                link,
                inviter,
                until,
                employee_number,
            } => vec![
                ("link", text(link)),
                ("inviter", optional(inviter.as_ref())),
                ("until", text(until)),
                ("employee_number", text(employee_number)),
            ],
            Self::PasswordChanged { when }
            | Self::QuestionChanged { when }
            | Self::SessionCopied { when }
            | Self::FactorAdded { when }
            | Self::FactorRemoved { when }
            | Self::RecoveryCodesRenewed { when }
            | Self::FactorRefused { when } => {
                vec![
                    ("when", text(when)),
                    ("link", text(&site.page("/forgot-password"))),
                ]
            }
            Self::AddressChanged { when } => vec![("when", text(when))],
            Self::FactorsReset { when } => vec![("when", text(when)), ("link", text(&site.page("/login")))],
            Self::RecoveryCodeUsed { when, left } => vec![
                ("when", text(when)),
                ("left", Value::from(*left)),
                ("link", text(&site.page("/forgot-password"))),
            ],
            Self::Locked {
                person,
                employee_number,
                when,
            }
            | Self::SessionDisowned {
                person,
                employee_number,
                when,
            } => vec![
                ("person", text(person)),
                ("employee_number", text(employee_number)),
                ("when", text(when)),
                ("link", text(&site.page("/admin/users"))),
            ],
            Self::RequestWaits {
                person,
                employee_number,
                when,
            } => vec![
                ("person", text(person)),
                ("employee_number", text(employee_number)),
                ("when", text(when)),
                ("link", text(&site.page("/admin/requests"))),
            ],
            Self::NewDevice { when, device } => vec![
                ("when", text(when)),
                ("device", text(device)),
                ("link", text(&site.page("/forgot-password"))),
            ],
            Self::AfterFailures { when, failures } => vec![
                ("when", text(when)),
                ("failures", Value::from(*failures)),
                ("link", text(&site.page("/forgot-password"))),
            ],
        }
    }
}

/// A rendered letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// Empty for a telephone's message.
    pub(crate) subject: String,
    /// Plain text.
    pub(crate) text: String,
}

/// `text` without what would begin a new line or confuse a terminal.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

macro_rules! templates {
    ($($name:literal),+) => {
        /// Every template: its name with its language in front, and its text.
        const TEMPLATES: &[(&str, &str)] = &[$(
            (concat!("en/", $name), include_str!(concat!("en/", $name, ".txt"))),
            (concat!("de/", $name), include_str!(concat!("de/", $name, ".txt"))),
            (concat!("zh-CN/", $name), include_str!(concat!("zh-CN/", $name, ".txt"))),
        )+];
    };
}

templates!(
    "reset",
    "reset_code",
    "factor_code",
    "factor_code_by_mail",
    "invitation",
    "password_changed",
    "address_changed",
    "locked",
    "new_device",
    "after_failures",
    "question_changed",
    "session_copied",
    "session_disowned",
    "request_waits",
    "factor_added",
    "factor_removed",
    "factors_reset",
    "recovery_codes_renewed",
    "recovery_code_used",
    "factor_refused",
    "footer"
);

const HTML: &str = "letter.html";

/// Writes letters.
pub(crate) struct Letters {
    environment: Environment<'static>,
}

impl Letters {
    /// Reads every template.
    pub(crate) fn new() -> Result<Self, Failure> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|name| {
            if name == HTML {
                AutoEscape::Html
            } else {
                AutoEscape::None
            }
        });
        for (name, text) in TEMPLATES {
            environment.add_template(name, text).map_err(Failure::internal)?;
        }
        environment
            .add_template(HTML, include_str!("letter.html"))
            .map_err(Failure::internal)?;
        Ok(Self { environment })
    }

    fn render(&self, template: &str, values: &[(&'static str, Value)]) -> Result<String, Failure> {
        let template = self
            .environment
            .get_template(template)
            .map_err(Failure::internal)?;
        let values = Value::from_pairs(values.iter().cloned());
        // The error could quote a value; its kind does not.
        template
            .render(values)
            .map_err(|error| Failure::internal(format!("a letter cannot be written: {:?}", error.kind())))
    }

    /// `letter` to `name` in `locale`.
    pub(crate) fn write(
        &self,
        letter: &Letter,
        name: &str,
        locale: Locale,
        site: &Site,
    ) -> Result<Written, Failure> {
        let mut values = vec![
            ("product", Value::from(one_line(&site.product))),
            ("support", Value::from(one_line(&site.support))),
            ("name", Value::from(one_line(name))),
        ];
        values.extend(letter.values(site));
        let text = self.render(&format!("{}/{}", locale.tag(), letter.name()), &values)?;
        if letter.is_short() {
            return Ok(Written {
                subject: String::new(),
                text: text.trim().to_owned(),
            });
        }
        let (subject, body) = text.split_once('\n').unwrap_or((&text, ""));
        let footer = self.render(&format!("{}/footer", locale.tag()), &values)?;
        Ok(Written {
            subject: subject.trim().to_owned(),
            text: format!("{}\n\n--\n{}\n", body.trim(), footer.trim()),
        })
    }

    /// The HTML that says what `text` says. A line that is nothing but an address of ours becomes a link.
    pub(crate) fn html(
        &self,
        subject: &str,
        text: &str,
        locale: &str,
        site: &Site,
    ) -> Result<String, Failure> {
        let ours = site.page("/");
        let paragraphs = text
            .split("\n\n")
            .map(|paragraph| {
                let is_link = paragraph.starts_with(&ours) && !paragraph.contains(char::is_whitespace);
                let is_code = !paragraph.is_empty() && paragraph.bytes().all(|byte| byte.is_ascii_digit());
                Value::from_pairs([
                    ("text", Value::from(paragraph)),
                    ("link", Value::from(is_link)),
                    ("big", Value::from(is_code)),
                ])
            })
            .collect::<Vec<_>>();
        self.render(
            HTML,
            &[
                ("lang", Value::from(locale)),
                ("subject", Value::from(subject)),
                ("paragraphs", Value::from(paragraphs)),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use portico_contract::config::{AppConfig, SupportContact};

    use super::*;

    fn site() -> Site {
        let config = AppConfig {
            support: SupportContact {
                email: "it@acme.example".into(),
                phone: String::new(),
            },
            ..AppConfig::default()
        };
        Site::new("https://crm.acme.example", &config).unwrap()
    }

    fn all() -> Vec<Letter> {
        let when = || "2026-11-23 10:00 UTC".to_owned();
        vec![
            Letter::Reset {
                link: site().link("/reset-password", "TOKEN"),
                code: Some("12345678".into()),
                by_administrator: false,
            },
            Letter::Reset {
                link: site().link("/reset-password", "TOKEN"),
                code: None,
                by_administrator: true,
            },
            Letter::ResetCode {
                code: "12345678".into(),
            },
            Letter::FactorCode {
                code: "123456".into(),
            },
            Letter::FactorCodeByMail {
                code: "123456".into(),
            },
            Letter::Invitation {
                link: site().link("/welcome", "TOKEN"),
                inviter: Some("Ingrid".into()),
                until: when(),
                employee_number: "EMP1".into(),
            },
            Letter::PasswordChanged { when: when() },
            Letter::AddressChanged { when: when() },
            Letter::Locked {
                person: "Zhang".into(),
                employee_number: "EMP1".into(),
                when: when(),
            },
            Letter::NewDevice {
                when: when(),
                device: "Firefox".into(),
            },
            Letter::AfterFailures {
                when: when(),
                failures: 4,
            },
            Letter::QuestionChanged { when: when() },
            Letter::SessionCopied { when: when() },
            Letter::FactorAdded { when: when() },
            Letter::FactorRemoved { when: when() },
            Letter::FactorsReset { when: when() },
            Letter::RecoveryCodesRenewed { when: when() },
            Letter::RecoveryCodeUsed {
                when: when(),
                left: 3,
            },
            Letter::FactorRefused { when: when() },
            Letter::SessionDisowned {
                person: "Zhang".into(),
                employee_number: "EMP1".into(),
                when: when(),
            },
            Letter::RequestWaits {
                person: "Zhang".into(),
                employee_number: "EMP1".into(),
                when: when(),
            },
        ]
    }

    #[test]
    fn every_letter_is_written_in_every_language() {
        let letters = Letters::new().unwrap();
        for letter in all() {
            for locale in Locale::ALL {
                let written = letters.write(&letter, "Ada", locale, &site()).unwrap();
                let whole = format!("{}\n{}", written.subject, written.text);
                assert!(whole.contains("Portico"), "{whole}");
                assert!(!whole.contains("{{") && !whole.contains("\n\n\n"), "{whole}");
                assert_eq!(written.subject.is_empty(), letter.is_short(), "{whole}");
                let html = letters
                    .html(&written.subject, &written.text, locale.tag(), &site())
                    .unwrap();
                assert_eq!(
                    html.contains("<a href=\"https:&#x2f;&#x2f;crm.acme.example"),
                    written.text.contains("https://"),
                    "{html}"
                );
            }
        }
    }

    #[test]
    fn a_telephones_message_ends_with_the_line_browsers_read() {
        let code = || "12345678".to_owned();
        for letter in [
            Letter::ResetCode { code: code() },
            Letter::FactorCode { code: code() },
        ] {
            for locale in Locale::ALL {
                let written = Letters::new()
                    .unwrap()
                    .write(&letter, "", locale, &site())
                    .unwrap();
                assert_eq!(
                    written.text.lines().last(),
                    Some("@crm.acme.example #12345678"),
                    "{locale:?}"
                );
            }
        }
    }

    #[test]
    fn a_name_is_text_wherever_it_stands() {
        let letters = Letters::new().unwrap();
        let name = "<img src=x onerror=alert(1)>\r\nBcc: x@evil.example\r\n\r\nhttps://crm.acme.example/x";
        let letter = Letter::Invitation {
            link: site().link("/welcome", "TOKEN"),
            inviter: Some(name.into()),
            until: String::new(),
            employee_number: "{{ 7*7 }}".into(),
        };
        let written = letters.write(&letter, name, Locale::En, &site()).unwrap();
        assert!(!written.subject.contains("Bcc") && !written.text.contains("\nBcc"));
        assert!(written.text.contains("{{ 7*7 }}"), "a value is no template");
        let html = letters
            .html(&written.subject, &written.text, "en", &site())
            .unwrap();
        assert!(!html.contains("<img"), "{html}");
        assert_eq!(html.matches("<a href").count(), 1, "only the link itself");
    }
}
