//! From the command line to the ways messages leave by.

use std::path::Path;

use portico_contract::config::AppConfig;

use crate::cli::{Fault, Options};
use crate::domain::site::Site;
use crate::outlets::{Outlet, Outlets, SmsGateway, Smtp, SmtpSettings};

/// The site's settings: its address from the options, its names from the `/config.json` that browsers read as well.
pub(crate) fn site(options: &Options) -> Result<Site, Fault> {
    let config = match &options.spa {
        Some(spa) => config(&spa.join("config.json"))?,
        None => AppConfig::default(),
    };
    let given = options.messages.public_url.clone();
    let sends = options.messages.smtp_url.is_some() || options.messages.sms_url.is_some();
    if given.is_none() && sends && !options.demo {
        return Err("--public-url is needed: links in messages begin with it".into());
    }
    // Without messages nothing begins with it.
    let ip = if options.listen.ip().is_loopback() {
        options.listen.ip()
    } else {
        std::net::Ipv4Addr::LOCALHOST.into()
    };
    let local = std::net::SocketAddr::new(ip, options.listen.port());
    let address = given.unwrap_or_else(|| format!("http://{local}"));
    Ok(Site::new(&address, &config)?)
}

fn config(file: &Path) -> Result<AppConfig, Fault> {
    match std::fs::read_to_string(file) {
        Ok(text) => {
            serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()).into())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(AppConfig::default()),
        Err(error) => Err(format!("{}: {error}", file.display()).into()),
    }
}

/// A secret from `file`, or from the variable `name`.
fn secret(file: Option<&Path>, name: &str) -> Result<Option<String>, Fault> {
    let text = match file {
        Some(file) => {
            Some(std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?)
        }
        None => std::env::var(name).ok(),
    };
    Ok(text.map(|text| text.trim_end_matches(['\r', '\n']).to_owned()))
}

/// The ways out that `options` set up.
pub(crate) fn outlets(options: &Options, site: &Site) -> Result<Outlets, Fault> {
    let messages = &options.messages;
    if options.demo {
        return Ok(Outlets::outbox());
    }
    let mail = if let Some(url) = &messages.smtp_url {
        let authority = messages.smtp_ca.as_ref().map(std::fs::read).transpose()?;
        let settings = SmtpSettings {
            url: url.clone(),
            password: secret(messages.smtp_password_file.as_deref(), "PORTICO_SMTP_PASSWORD")?,
            from: messages.mail_from.clone().unwrap_or_default(),
            authority,
            own_name: site.host().to_owned(),
        };
        Outlet::Smtp(Box::new(Smtp::new(settings)?))
    } else {
        tracing::warn!(
            event = "start",
            reason = "no mail server: nobody can be invited, nor reset a password by mail"
        );
        Outlet::Nowhere
    };
    let sms = match &messages.sms_url {
        Some(url) => {
            let token = secret(messages.sms_token_file.as_deref(), "PORTICO_SMS_TOKEN")?;
            Outlet::Sms(Box::new(SmsGateway::new(url, token.as_deref())?))
        }
        None => Outlet::Nowhere,
    };
    Ok(Outlets { mail, sms })
}
