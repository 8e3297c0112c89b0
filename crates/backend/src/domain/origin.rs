//! Where a request comes from, as far as can be told: for counters, the audit log and notices.

use std::net::IpAddr;

use ipnet::IpNet;
use uuid::Uuid;

/// Longer descriptions of a browser are cut; the longest honest ones have half of it.
const MAX_USER_AGENT: usize = 300;

/// The request something happens in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The address of the person's device, or of the last proxy nobody vouches for.
    pub(crate) address: Option<IpAddr>,
    /// How the browser describes itself: the sender's own text.
    pub(crate) user_agent: Option<String>,
    /// The request's id.
    pub(crate) request_id: Option<Uuid>,
}

impl Origin {
    /// A request from `address` whose browser says it is `user_agent`.
    pub(crate) fn new(address: Option<IpAddr>, user_agent: Option<&str>, request_id: Uuid) -> Self {
        Self {
            address,
            user_agent: user_agent.map(|text| text.chars().take(MAX_USER_AGENT).collect()),
            request_id: Some(request_id),
        }
    }

    /// The browser's description as it can be stored: PostgreSQL takes no zero in a text.
    pub(crate) fn stored_user_agent(&self) -> Option<String> {
        let text = self.user_agent.as_deref();
        text.map(|text| text.replace('\0', "\u{fffd}"))
    }

    /// The address as it is stored.
    pub(crate) fn stored_address(&self) -> Option<String> {
        self.address.map(|address| address.to_string())
    }

    /// The network that tries are counted by: whoever has an IPv6 address has at least 2^64 of them.
    pub(crate) fn network(&self) -> Option<IpNet> {
        let address = self.address?;
        let bits = if address.is_ipv4() { 32 } else { 64 };
        IpNet::new(address, bits).ok().map(|network| network.trunc())
    }
}

/// The proxies whose word about the sender's address counts. Nobody else's does.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(pub Vec<IpNet>);

impl TrustedProxies {
    fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The sender of a request that `peer` handed over, with the entries of `X-Forwarded-For` in the order they came.
    /// They are read from the end, for a proxy adds to what the sender may have made up.
    pub(crate) fn sender<'a>(
        &self,
        peer: IpAddr,
        forwarded: impl DoubleEndedIterator<Item = &'a str>,
    ) -> IpAddr {
        let mut sender = peer.to_canonical();
        for entry in forwarded.rev() {
            if !self.contains(sender) {
                break;
            }
            let Ok(address) = entry.trim().parse::<IpAddr>() else {
                break;
            };
            sender = address.to_canonical();
        }
        sender
    }
}

/// An address or network as the command line takes it.
pub(crate) fn parse_network(text: &str) -> Result<IpNet, String> {
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map(|network| network.trunc())
        .map_err(|_| format!("{text:?} is neither an address nor a network such as 10.0.0.0/8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let nobody = TrustedProxies::default();
        assert_eq!(
            nobody.sender(ip("10.0.0.1"), ["1.2.3.4"].into_iter()),
            ip("10.0.0.1")
        );
        let proxies = TrustedProxies(vec![parse_network("10.0.0.0/8").unwrap()]);
        let sender = |peer: &str, forwarded: &[&str]| proxies.sender(ip(peer), forwarded.iter().copied());
        assert_eq!(sender("10.0.0.1", &["1.2.3.4"]), ip("1.2.3.4"));
        assert_eq!(sender("::ffff:10.0.0.1", &["1.2.3.4"]), ip("1.2.3.4"));
        assert_eq!(
            sender("10.0.0.1", &["6.6.6.6", "1.2.3.4", "10.9.9.9"]),
            ip("1.2.3.4")
        );
        assert_eq!(sender("9.9.9.9", &["1.2.3.4"]), ip("9.9.9.9"));
        assert_eq!(sender("10.0.0.1", &["1.2.3.4", "unknown"]), ip("10.0.0.1"));
        assert_eq!(sender("10.0.0.1", &[]), ip("10.0.0.1"));
    }

    #[test]
    fn networks_are_counted_by_what_one_sender_has() {
        let network = |text| {
            let origin = Origin::new(Some(ip(text)), None, Uuid::nil());
            origin.network().unwrap().to_string()
        };
        assert_eq!(network("192.0.2.7"), "192.0.2.7/32");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    }

    #[test]
    fn networks_are_read_from_the_command_line() {
        assert_eq!(parse_network("192.0.2.7").unwrap().to_string(), "192.0.2.7/32");
        assert_eq!(parse_network("10.1.2.3/8").unwrap().to_string(), "10.0.0.0/8");
        assert!(parse_network("office").is_err());
    }

    #[test]
    fn long_descriptions_are_cut() {
        let origin = Origin::new(None, Some(&"x".repeat(5000)), Uuid::nil());
        assert_eq!(origin.user_agent.unwrap().len(), MAX_USER_AGENT);
    }
}
