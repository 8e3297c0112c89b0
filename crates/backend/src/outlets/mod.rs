//! The ways out: mail by SMTP, short messages by an HTTP provider, or the demonstration's outbox.

mod sms;
mod smtp;

pub use sms::SmsGateway;
pub use smtp::{Smtp, SmtpSettings};

use crate::store::Channel;

/// A message on its way.
#[derive(Clone)]
pub struct Outgoing {
    /// Names the message over all tries: a server can see that it has it already.
    pub id: String,
    /// Mail address or telephone number.
    pub to: String,
    /// One line; empty for a short message.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as HTML; empty for a short message.
    pub html: String,
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Outgoing({})", self.id)
    }
}

/// How a try ended. The words go into the log: they never quote what the other side said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// The other side has it.
    Sent,
    /// There is nobody to talk to: no connection, no trust, no answer.
    Unreachable,
    /// The other side does not want it now.
    Later(&'static str),
    /// The other side will never want it.
    Never(&'static str),
}

impl Delivered {
    /// Outcome and reason for the log.
    pub(crate) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Sent => ("sent", ""),
            Self::Unreachable => ("failed", "unreachable"),
            Self::Later(reason) | Self::Never(reason) => ("failed", reason),
        }
    }
}

/// The way out of one channel.
#[derive(Default)]
pub enum Outlet {
    /// None is set up.
    #[default]
    Nowhere,
    /// The demonstration's outbox.
    Outbox,
    /// Mail by SMTP.
    Smtp(Box<Smtp>),
    /// Short messages by an HTTP provider.
    Sms(Box<SmsGateway>),
}

/// The ways out of an installation; none, until they are set up.
#[derive(Default)]
pub struct Outlets {
    /// For mail.
    pub mail: Outlet,
    /// For short messages.
    pub sms: Outlet,
}

impl Outlets {
    /// Everything goes to the demonstration's outbox.
    pub fn outbox() -> Self {
        Self {
            mail: Outlet::Outbox,
            sms: Outlet::Outbox,
        }
    }

    fn of(&self, channel: Channel) -> &Outlet {
        match channel {
            Channel::Mail => &self.mail,
            Channel::Sms => &self.sms,
        }
    }

    /// Whether a way out of `channel` is set up.
    pub(crate) fn leads_somewhere(&self, channel: Channel) -> bool {
        !matches!(self.of(channel), Outlet::Nowhere)
    }

    /// Whether what is sent stays here to be looked at.
    pub(crate) fn keeps(&self, channel: Channel) -> bool {
        matches!(self.of(channel), Outlet::Outbox)
    }

    /// Sends `message` by `channel`, once.
    pub(crate) async fn send(&self, channel: Channel, message: &Outgoing) -> Delivered {
        if forges_a_header(message) {
            return Delivered::Never("header");
        }
        match self.of(channel) {
            Outlet::Nowhere => Delivered::Unreachable,
            Outlet::Outbox => Delivered::Sent,
            Outlet::Smtp(smtp) => smtp.send(message).await,
            Outlet::Sms(gateway) => gateway.send(message).await,
        }
    }
}

/// Whether what goes into a header holds what would end it.
fn forges_a_header(message: &Outgoing) -> bool {
    let fields = [&message.id, &message.to, &message.subject];
    fields
        .into_iter()
        .any(|field| field.chars().any(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_line_break_in_a_header_field_is_refused() {
        let clean = Outgoing {
            id: "1@portico.example".into(),
            to: "a@b.example".into(),
            subject: "Hello".into(),
            text: "a\r\nb".into(),
            html: String::new(),
        };
        let outlets = Outlets::outbox();
        assert_eq!(outlets.send(Channel::Mail, &clean).await, Delivered::Sent);
        for forged in [
            Outgoing {
                to: "a@b.example\r\nBcc: c@d.example".into(),
                ..clean.clone()
            },
            Outgoing {
                subject: "Hello\nBcc: c@d.example".into(),
                ..clean.clone()
            },
            Outgoing {
                id: "1\r".into(),
                ..clean
            },
        ] {
            let refused = outlets.send(Channel::Mail, &forged).await;
            assert_eq!(refused, Delivered::Never("header"));
        }
    }
}
