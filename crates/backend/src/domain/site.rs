//! The installation as messages name it: its address, its product's name, whom to ask.

use std::net::IpAddr;

use portico_contract::config::AppConfig;
use portico_contract::locale::Locale;
use url::{Host, Url};

/// What a site is called and where it lives. The address comes from the host's settings and from nothing a request says.
#[derive(Clone, Debug)]
pub struct Site {
    base: String,
    host: String,
    /// The product's name.
    pub(crate) product: String,
    /// How to reach the people who help; empty where nobody is named.
    pub(crate) support: String,
    /// The language of those who chose none.
    pub(crate) default_locale: Locale,
}

/// Whether `host` is this machine.
pub(crate) fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        // The schemes of mail are not the web's: their addresses come as text.
        Host::Domain(name) => *name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

impl Site {
    /// A site at `public_url` with the settings of `/config.json`. The error is in words for the terminal.
    pub fn new(public_url: &str, config: &AppConfig) -> Result<Self, String> {
        let wrong = |what: &str| Err(format!("the public address {what}"));
        let Ok(url) = Url::parse(public_url) else {
            return wrong("is not an address");
        };
        let Some(host) = url.host() else {
            return wrong("has no host");
        };
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&host) => {}
            _ => return wrong("must begin with https:// everywhere but on this machine"),
        }
        if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
            return wrong("must be an address and nothing more");
        }
        if url.path() != "/" {
            return wrong("must not have a path: the front end lives at the root of its host");
        }
        let support = [config.support.email.as_str(), config.support.phone.as_str()];
        let support: Vec<_> = support.into_iter().filter(|way| !way.is_empty()).collect();
        Ok(Self {
            base: url.as_str().trim_end_matches('/').to_owned(),
            host: host.to_string(),
            product: config.product_name.clone(),
            support: support.join(", "),
            default_locale: config.default_locale,
        })
    }

    /// The address of the page at `path`.
    pub(crate) fn page(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The same with `token` in the fragment, which browsers send to no server.
    pub(crate) fn link(&self, path: &str, token: &str) -> String {
        format!("{}{path}#t={token}", self.base)
    }

    /// The host's name alone, for what binds a code to it.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_have_the_sites_address() {
        let site = Site::new("https://crm.acme.example/", &AppConfig::default()).unwrap();
        assert_eq!(site.link("/welcome", "x"), "https://crm.acme.example/welcome#t=x");
        assert_eq!(site.host(), "crm.acme.example");
        let local = Site::new("http://127.0.0.1:8080", &AppConfig::default()).unwrap();
        assert_eq!(local.page("/login"), "http://127.0.0.1:8080/login");
    }

    #[test]
    fn addresses_that_would_break_links_are_refused() {
        for url in [
            "",
            "crm.acme.example",
            "http://crm.acme.example",
            "ftp://crm.acme.example",
            "https://crm.acme.example/?a",
            "https://crm.acme.example/#a",
            "https://crm.acme.example/crm",
            "https://user@crm.acme.example",
            "mailto:a@b.example",
        ] {
            assert!(Site::new(url, &AppConfig::default()).is_err(), "{url}");
        }
    }
}
