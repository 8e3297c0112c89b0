//! Short messages by an HTTP provider: `POST` of `{"to", "text"}` with a bearer token. Providers that want it otherwise
//! need a small adapter.

use std::time::Duration;

use serde::Serialize;
use ureq::Agent;
use url::Url;

use super::{Delivered, Outgoing};
use crate::domain::site::is_loopback;

const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Serialize)]
struct Body<'a> {
    to: &'a str,
    text: &'a str,
}

/// The way to a provider of short messages.
pub struct SmsGateway {
    agent: Agent,
    url: String,
    authorization: Option<String>,
}

impl SmsGateway {
    /// A way to the provider at `url`. The error is in words for the terminal and holds no secret.
    pub fn new(url: &str, token: Option<&str>) -> Result<Self, String> {
        let url = Url::parse(url).map_err(|_| "the address for short messages is not one".to_owned())?;
        let is_local = url.host().is_some_and(|host| is_loopback(&host));
        match url.scheme() {
            "https" => {}
            "http" if is_local => {}
            _ => return Err("the address for short messages must begin with https://".to_owned()),
        }
        // The address is the operator's. Whoever answers there cannot send the token elsewhere.
        let agent = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .proxy(None)
            .user_agent("portico")
            .build()
            .new_agent();
        Ok(Self {
            agent,
            url: url.into(),
            authorization: token.map(|token| format!("Bearer {token}")),
        })
    }

    /// Sends `message`, once.
    pub(crate) async fn send(&self, message: &Outgoing) -> Delivered {
        let body = Body {
            to: &message.to,
            text: &message.text,
        };
        let Ok(body) = serde_json::to_string(&body) else {
            return Delivered::Never("text");
        };
        let mut request = self
            .agent
            .post(&self.url)
            .header("content-type", "application/json")
            // A provider that knows the key sends a message once, also when its first answer was lost.
            .header("idempotency-key", &message.id);
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        let answered = tokio::task::spawn_blocking(move || request.send(body)).await;
        match answered {
            Ok(Ok(answer)) => verdict(answer.status().as_u16()),
            Ok(Err(_)) | Err(_) => Delivered::Unreachable,
        }
    }
}

const fn verdict(status: u16) -> Delivered {
    match status {
        200..=299 => Delivered::Sent,
        401 | 403 => Delivered::Later("not signed in"),
        408 | 425 | 429 | 500..=599 => Delivered::Later("refused for now"),
        300..=399 => Delivered::Later("redirected"),
        _ => Delivered::Never("refused"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_safe_address_is_taken() {
        assert!(SmsGateway::new("https://sms.acme.example/send", None).is_ok());
        assert!(SmsGateway::new("http://127.0.0.1:9/send", Some("t")).is_ok());
        for url in ["", "http://sms.acme.example", "ftp://127.0.0.1", "sms"] {
            assert!(SmsGateway::new(url, None).is_err(), "{url}");
        }
    }
}
