//! Mail by SMTP, over TLS with a certificate that is verified.

use std::time::Duration;

use lettre::address::AddressError;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use percent_encoding::percent_decode_str;
use url::Url;

use super::{Delivered, Outgoing};
use crate::domain::site::is_loopback;

/// A server that says nothing for this long is given up for this try.
const PATIENCE: Duration = Duration::from_secs(20);
/// Submission over TLS from the first byte (RFC 8314).
const SMTPS_PORT: u16 = 465;
/// Submission that begins in clear.
const SMTP_PORT: u16 = 587;

/// How to reach the mail server.
#[derive(Clone, Default)]
pub struct SmtpSettings {
    /// `smtps://USER@HOST` for TLS from the first byte, `smtp://USER@HOST` for STARTTLS, which must succeed.
    /// `smtp://HOST?tls=none` speaks in clear, to this machine only.
    pub url: String,
    /// The password, where it does not stand in the address.
    pub password: Option<String>,
    /// Who writes: `Portico <no-reply@crm.acme.example>`.
    pub from: String,
    /// A certificate authority of the company's own, in PEM.
    pub authority: Option<Vec<u8>>,
    /// How this side introduces itself.
    pub own_name: String,
}

/// The way to a mail server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Keeps machines from answering a machine (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

fn decoded(text: &str) -> Result<String, String> {
    let text = percent_decode_str(text).decode_utf8();
    text.map(String::from)
        .map_err(|_| "the mail server's user or password is not text".to_owned())
}

/// Whether `url` asks for a connection in clear, which only this machine gets.
fn in_clear(url: &Url) -> Result<bool, String> {
    match url.query() {
        None => Ok(false),
        Some("tls=none") if url.scheme() == "smtp" && url.host().is_some_and(|host| is_loopback(&host)) => {
            Ok(true)
        }
        Some("tls=none") => Err("only a mail server on this machine may be spoken to in clear".to_owned()),
        Some(_) => Err("the mail server's address has an unknown parameter".to_owned()),
    }
}

impl Smtp {
    /// A way to the server of `settings`. The error is in words for the terminal and holds no secret.
    pub fn new(settings: SmtpSettings) -> Result<Self, String> {
        let url = Url::parse(&settings.url).map_err(|_| "the mail server's address is not one".to_owned())?;
        let host = url
            .host_str()
            .ok_or_else(|| "the mail server's address names no host".to_owned())?;
        // A scheme the standard does not know keeps its host as text, brackets and all.
        let host = host.trim_matches(['[', ']']).to_owned();
        let from: Mailbox = settings
            .from
            .parse()
            .map_err(|_: AddressError| "the sender of mail is not a mail address".to_owned())?;
        let tls = || {
            let mut parameters = TlsParameters::builder(host.clone());
            if let Some(authority) = &settings.authority {
                let certificate = Certificate::from_pem(authority).map_err(|_| {
                    "the certificate of the mail server's authority cannot be read".to_owned()
                })?;
                parameters = parameters.add_root_certificate(certificate);
            }
            parameters
                .build_rustls()
                .map_err(|_| "TLS for the mail server cannot be set up".to_owned())
        };
        let (port, tls) = match (url.scheme(), in_clear(&url)?) {
            ("smtps", _) => (SMTPS_PORT, Tls::Wrapper(tls()?)),
            ("smtp", true) => (SMTP_PORT, Tls::None),
            ("smtp", false) => (SMTP_PORT, Tls::Required(tls()?)),
            _ => return Err("the mail server's address must begin with smtps:// or smtp://".to_owned()),
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host.clone())
            .port(url.port().unwrap_or(port))
            .tls(tls)
            .hello_name(ClientId::Domain(settings.own_name))
            .timeout(Some(PATIENCE));
        let password = match (url.password(), settings.password) {
            (_, Some(password)) => password,
            (Some(password), None) => decoded(password)?,
            (None, None) => String::new(),
        };
        if !url.username().is_empty() {
            transport = transport.credentials(Credentials::new(decoded(url.username())?, password));
        }
        Ok(Self {
            transport: transport.build(),
            from,
        })
    }

    fn compose(&self, message: &Outgoing) -> Option<Message> {
        let to: Address = message.to.parse().ok()?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(message.subject.clone())
            .message_id(Some(format!("<{}>", message.id)))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(
                message.text.clone(),
                message.html.clone(),
            ))
            .ok()
    }

    /// Sends `message`, once.
    pub(crate) async fn send(&self, message: &Outgoing) -> Delivered {
        let Some(mail) = self.compose(message) else {
            return Delivered::Never("address");
        };
        // The time limit of the transport is per answer; this one is for all of them.
        let sending = tokio::time::timeout(PATIENCE * 3, self.transport.send(mail));
        match sending.await {
            Ok(Ok(_)) => Delivered::Sent,
            Err(_) => Delivered::Unreachable,
            Ok(Err(error)) => refusal(&error),
        }
    }
}

/// What a server's refusal means. One of the sender's rights (530, 534, 535, 538) is a matter of the settings, not of
/// the message.
fn refusal(error: &lettre::transport::smtp::Error) -> Delivered {
    let Some(code) = error.status() else {
        return Delivered::Unreachable;
    };
    match u16::from(code) {
        530 | 534 | 535 | 538 => Delivered::Later("not signed in"),
        500.. => Delivered::Never("refused"),
        _ => Delivered::Later("refused for now"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(url: &str) -> Result<Smtp, String> {
        Smtp::new(SmtpSettings {
            url: url.to_owned(),
            from: "Portico <no-reply@portico.example>".to_owned(),
            own_name: "portico.example".to_owned(),
            ..SmtpSettings::default()
        })
    }

    #[test]
    fn addresses_of_servers_are_checked_and_never_repeated() {
        for url in [
            "smtps://u:canary@mail.acme.example",
            "smtp://u%40acme:canary@mail.acme.example:2525",
            "smtp://127.0.0.1:25?tls=none",
            "smtp://localhost?tls=none",
        ] {
            assert!(with(url).is_ok(), "{url}");
        }
        for url in [
            "canary",
            "http://canary@mail.acme.example",
            "smtp://canary@mail.acme.example?tls=none",
            "smtps://canary@127.0.0.1?tls=none",
            "smtp://canary@mail.acme.example?tls=opportunistic",
        ] {
            let error = with(url).err().unwrap();
            assert!(!error.contains("canary"), "{error}");
        }
    }
}
