//! The addresses at which a company runs Portico, such as one a continent, as `/config.json` lists them.

use serde::de::{Deserializer, IgnoredAny};
use serde::{Deserialize, Serialize};

use crate::locale::LocalizedName;

/// The longest name of a host, and of what stands between its dots.
const MAX_HOST: usize = 253;
const MAX_LABEL: usize = 63;

/// What `/config.json` says of regions. Apart from [`AppConfig`](crate::config::AppConfig), which every start waits for:
/// regions are read when the sign-in page has nothing else to do.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct RegionList {
    regions: Vec<Entry>,
}

/// One region, as the operator writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// What people call it: a plain name, or one with translations.
    #[serde(deserialize_with = "plain_or_translated")]
    pub name: LocalizedName,
    /// Where it is.
    pub url: String,
}

/// A region that may be led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionSite {
    /// What people call it.
    pub name: LocalizedName,
    /// Scheme, host and port, as browsers write them.
    pub origin: String,
}

/// One slip must not take the other regions away.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
enum Entry {
    Region(Region),
    Other(IgnoredAny),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Name {
    Plain(String),
    Translated(LocalizedName),
}

fn plain_or_translated<'de, D: Deserializer<'de>>(name: D) -> Result<LocalizedName, D::Error> {
    Ok(match Name::deserialize(name)? {
        Name::Plain(default) => LocalizedName {
            default,
            translations: [].into(),
        },
        Name::Translated(name) => name,
    })
}

impl Entry {
    fn site(&self) -> Option<RegionSite> {
        let Self::Region(Region { name, url }) = self else {
            return None;
        };
        let origin = origin(url).filter(|_| !name.default.trim().is_empty())?;
        Some(RegionSite {
            name: name.clone(),
            origin,
        })
    }
}

impl RegionList {
    /// The regions that may be led to, each address once.
    pub fn sites(&self) -> Vec<RegionSite> {
        let mut sites: Vec<RegionSite> = Vec::new();
        for site in self.regions.iter().filter_map(Entry::site) {
            if sites.iter().all(|known| known.origin != site.origin) {
                sites.push(site);
            }
        }
        sites
    }

    /// The places in the list, from 1, of what is no region that may be led to.
    pub fn refused(&self) -> Vec<usize> {
        let places = self.regions.iter().zip(1..);
        places
            .filter_map(|(entry, place)| entry.site().is_none().then_some(place))
            .collect()
    }
}

/// The origin of a region's address, as browsers write it. `None` for whatever else than an origin: a password is typed
/// there, and headers name it. It must be encrypted, unless it is this very device; a host in another script stands in
/// its ASCII form.
pub fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let (scheme, rest) = (scheme.to_ascii_lowercase(), rest.to_ascii_lowercase());
    let authority = rest.strip_suffix('/').unwrap_or(&rest);
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port_of(port)?)),
        None => (authority, None),
    };
    let usual = match &*scheme {
        "https" => 443,
        "http" if matches!(host, "localhost" | "127.0.0.1") => 80,
        _ => return None,
    };
    let is_host = host.len() <= MAX_HOST && host.split('.').all(is_label);
    let port = port.filter(|port| *port != usual);
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    is_host.then(|| format!("{scheme}://{host}{port}"))
}

fn port_of(text: &str) -> Option<u16> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| digits && *port != 0)
}

fn is_label(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=MAX_LABEL).contains(&text.len()) && text.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::locale::Locale;

    fn list(regions: &serde_json::Value) -> RegionList {
        serde_json::from_value(json!({"product_name": "Acme", "regions": regions})).expect("a list")
    }

    #[test]
    fn an_address_is_an_origin_as_browsers_write_it() {
        for (url, expected) in [
            ("https://asia.crm.example", "https://asia.crm.example"),
            ("HTTPS://Asia.CRM.example/", "https://asia.crm.example"),
            ("https://crm.example:443", "https://crm.example"),
            ("https://crm.example:08443", "https://crm.example:8443"),
            ("https://xn--fsqu00a.example", "https://xn--fsqu00a.example"),
            ("https://crm", "https://crm"),
            ("http://localhost:8080/", "http://localhost:8080"),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
        ] {
            assert_eq!(origin(url).as_deref(), Some(expected), "{url}");
        }
    }

    #[test]
    fn what_runs_misleads_or_is_not_encrypted_is_no_address() {
        for url in [
            "",
            "crm.example",
            "//crm.example",
            "https:crm.example",
            "https://",
            "https:///",
            "javascript:alert(1)",
            "javascript://crm.example/%0aalert(1)",
            "data:text/html,x",
            "ftp://crm.example",
            "http://crm.example",
            "http://127.0.0.1.evil.example",
            "http://localhost.evil.example",
            "http://localhost@evil.example",
            "https://user@crm.example",
            "https://user:password@crm.example",
            "https://crm.example:password@evil.example",
            "https://crm.example/path",
            "https://crm.example//",
            "https://crm.example?query",
            "https://crm.example#fragment",
            "https://crm.example\\@evil.example",
            "https://crm.example; script-src *",
            "https://crm.example 'unsafe-inline'",
            "https://crm.example, https://evil.example",
            "https://crm.example\r\nx-forged: 1",
            "https://*.example",
            "https://*",
            "https://crm..example",
            "https://crm.example.",
            "https://crm.example:",
            "https://crm.example:0",
            "https://crm.example:+443",
            "https://crm.example:65536",
            "https://例子.example",
            "https://[::1]",
            " https://crm.example",
            "null",
        ] {
            assert_eq!(origin(url), None, "{url:?}");
        }
    }

    #[test]
    fn names_are_plain_or_translated() {
        let list = list(&json!([
            {"name": "Asia", "url": "https://asia.crm.example"},
            {"name": {"default": "Europe", "translations": {"de": "Europa"}}, "url": "https://eu.crm.example"},
        ]));
        let sites = list.sites();
        let names = |locale| sites.iter().map(|site| site.name.get(locale)).collect::<Vec<_>>();
        assert_eq!(names(Locale::De), ["Asia", "Europa"]);
        assert_eq!(names(Locale::ZhCn), ["Asia", "Europe"]);
        assert!(list.refused().is_empty());
    }

    #[test]
    fn one_slip_takes_nothing_else_away() {
        let list = list(&json!([
            {"name": "Asia", "url": "https://asia.crm.example"},
            {"name": "Script", "url": "javascript:alert(1)"},
            {"name": "Password", "url": "https://a:b@crm.example"},
            {"name": " ", "url": "https://nameless.crm.example"},
            {"name": 7, "url": "https://seven.crm.example"},
            {"url": "https://nobody.crm.example"},
            "https://text.crm.example",
            null,
            {"name": "Asia again", "url": "https://ASIA.crm.example/"},
            {"name": "Europe", "url": "https://eu.crm.example"},
        ]));
        let origins: Vec<_> = list.sites().into_iter().map(|site| site.origin).collect();
        assert_eq!(origins, ["https://asia.crm.example", "https://eu.crm.example"]);
        assert_eq!(list.refused(), [2, 3, 4, 5, 6, 7, 8]);
    }

    #[test]
    fn a_file_without_regions_has_none() {
        let list: RegionList = serde_json::from_str("{\"product_name\": \"Acme\"}").expect("a list");
        assert_eq!(list, RegionList::default());
        assert!(list.sites().is_empty() && list.refused().is_empty());
    }

    proptest! {
        #[test]
        fn an_origin_is_its_own_and_fits_a_header(text in "(https?://)?(localhost|[a-zA-Z.:/@?;* é-]{0,20})") {
            if let Some(found) = origin(&text) {
                let plain = |byte: u8| byte.is_ascii_alphanumeric() || b":/.-".contains(&byte);
                prop_assert!(found.bytes().all(plain));
                prop_assert_eq!(origin(&found), Some(found.clone()));
            }
        }
    }
}
