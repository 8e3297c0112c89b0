//! What a customer list shows, as it stands in the address, and the words for a customer's states.

use portico_contract::customer::{
    ActivityKind, Channel, ContactLabel, CustomerKind, CustomerQuery, CustomerSort, CustomerStatus,
};
use portico_contract::ids::UserId;

use crate::i18n::Text;
use crate::i18n::texts::customers as words;

/// The filters of the list. They live in the address, so that a list can be linked and found again by Back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// What is searched for.
    pub q: String,
    /// Whose customers.
    pub owner: Option<UserId>,
    /// In which status.
    pub status: Option<CustomerStatus>,
    /// With which tag.
    pub tag: Option<String>,
    /// In which order.
    pub sort: CustomerSort,
}

impl ListFilter {
    /// Reads the filters from the parameters of an address. What makes no sense is as if it were not there.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).filter(|value| !value.is_empty());
        Self {
            q: text("q").unwrap_or_default(),
            owner: text("owner").and_then(|id| id.parse().ok()),
            status: text("status").and_then(|value| status_of(&value)),
            tag: text("tag"),
            sort: text("sort").and_then(|value| sort_of(&value)).unwrap_or_default(),
        }
    }

    /// The parameters of the address, without those that say nothing.
    pub fn to_query(&self) -> Vec<(String, String)> {
        let sort = (self.sort != CustomerSort::default()).then(|| self.sort.as_str().to_owned());
        [
            ("q", Some(self.q.trim().to_owned()).filter(|q| !q.is_empty())),
            ("owner", self.owner.map(|id| id.to_string())),
            ("status", self.status.map(|status| status.as_str().to_owned())),
            ("tag", self.tag.clone()),
            ("sort", sort),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
    }

    /// Whether anything narrows the list; the order does not.
    pub fn is_narrow(&self) -> bool {
        !self.q.trim().is_empty() || self.owner.is_some() || self.status.is_some() || self.tag.is_some()
    }

    /// The request for the page that starts at `cursor`.
    pub fn request(&self, cursor: Option<String>, limit: u16) -> CustomerQuery {
        let q = self.q.trim();
        CustomerQuery {
            q: (!q.is_empty()).then(|| q.to_owned()),
            owner: self.owner,
            status: self.status,
            tag: self.tag.clone(),
            sort: Some(self.sort),
            cursor,
            limit: Some(limit),
        }
    }
}

/// The status named `value` in an address or a select.
pub fn status_of(value: &str) -> Option<CustomerStatus> {
    CustomerStatus::ALL
        .into_iter()
        .find(|status| status.as_str() == value)
}

/// The kind named `value` in a select.
pub fn kind_of(value: &str) -> Option<CustomerKind> {
    CustomerKind::ALL.into_iter().find(|kind| kind.as_str() == value)
}

/// The means of contact named `value` in a select.
pub fn channel_of(value: &str) -> Option<Channel> {
    Channel::ALL.into_iter().find(|channel| channel.as_str() == value)
}

/// The order named `value` in an address or a select.
pub fn sort_of(value: &str) -> Option<CustomerSort> {
    CustomerSort::ALL.into_iter().find(|sort| sort.as_str() == value)
}

/// The columns of the list, by the ids under which a device remembers them.
pub mod column {
    pub const NAME: &str = "name";
    pub const CONTACT: &str = "contact";
    pub const OWNER: &str = "owner";
    pub const STATUS: &str = "status";
    pub const TAGS: &str = "tags";
    pub const ACTIVITY: &str = "activity";
}

/// The column that gives an order, if one does, and whether the last comes first.
pub fn sorted_column(sort: CustomerSort) -> Option<(&'static str, bool)> {
    match sort {
        CustomerSort::Name => Some((column::NAME, false)),
        CustomerSort::NameDescending => Some((column::NAME, true)),
        CustomerSort::LastActivity => Some((column::ACTIVITY, true)),
        CustomerSort::Created => None,
    }
}

/// The order that the heading of `column` brings when the list is in the order `now`.
pub fn sort_by(column: &str, now: CustomerSort) -> CustomerSort {
    match column {
        column::ACTIVITY => CustomerSort::LastActivity,
        _ if now == CustomerSort::Name => CustomerSort::NameDescending,
        _ => CustomerSort::Name,
    }
}

/// Where somebody was in the list.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// How far it was scrolled, in CSS pixels.
    pub top: f64,
    /// How many rows were read.
    pub rows: usize,
}

impl Place {
    /// Further than this nobody is led back: it would take too many questions.
    const MOST_ROWS: usize = 1_000;

    /// The place as text.
    pub fn to_text(self) -> String {
        format!("{} {}", self.top.round(), self.rows)
    }

    /// Reads what [`Place::to_text`] wrote. None if it is something else or too far away.
    pub fn from_text(text: &str) -> Option<Self> {
        let (top, rows) = text.split_once(' ')?;
        let place = Self {
            top: top.parse().ok()?,
            rows: rows.parse().ok()?,
        };
        (place.top.is_finite() && place.top >= 0.0 && place.rows <= Self::MOST_ROWS).then_some(place)
    }
}

/// The web address if it may become a link. Anything else, `javascript:` above all, is shown as text.
pub fn safe_link(website: &str) -> Option<&str> {
    let lower = website.to_ascii_lowercase();
    let web = lower.starts_with("https://") || lower.starts_with("http://");
    (web && !website.chars().any(|c| c.is_control() || c.is_whitespace())).then_some(website)
}

/// The word for a status.
pub fn status_text(status: CustomerStatus) -> Text {
    match status {
        CustomerStatus::Prospect => words::STATUS_PROSPECT,
        CustomerStatus::Active => words::STATUS_ACTIVE,
        CustomerStatus::Dormant => words::STATUS_DORMANT,
        CustomerStatus::Lost => words::STATUS_LOST,
    }
}

/// The word for an order.
pub fn sort_text(sort: CustomerSort) -> Text {
    match sort {
        CustomerSort::Name => words::SORT_NAME,
        CustomerSort::NameDescending => words::SORT_NAME_DESC,
        CustomerSort::LastActivity => words::SORT_ACTIVITY,
        CustomerSort::Created => words::SORT_CREATED,
    }
}

/// The word for a kind of customer.
pub fn kind_text(kind: CustomerKind) -> Text {
    match kind {
        CustomerKind::Company => words::KIND_COMPANY,
        CustomerKind::Person => words::KIND_PERSON,
    }
}

/// The word for a means of contact.
pub fn channel_text(channel: Channel) -> Text {
    match channel {
        Channel::Phone => words::CHANNEL_PHONE,
        Channel::Email => words::CHANNEL_EMAIL,
        Channel::Visit => words::CHANNEL_VISIT,
    }
}

/// The word for what a number or address is for.
pub fn label_text(label: ContactLabel) -> Text {
    match label {
        ContactLabel::Work => words::LABEL_WORK,
        ContactLabel::Mobile => words::LABEL_MOBILE,
        ContactLabel::Home => words::LABEL_HOME,
    }
}

/// The word for what was done.
pub fn activity_text(kind: ActivityKind) -> Text {
    match kind {
        ActivityKind::Call => words::ACTIVITY_CALL,
        ActivityKind::Mail => words::ACTIVITY_MAIL,
        ActivityKind::Visit => words::ACTIVITY_VISIT,
        ActivityKind::Meeting => words::ACTIVITY_MEETING,
        ActivityKind::Note => words::ACTIVITY_NOTE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> ListFilter {
        ListFilter::from_query(|name| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn filters_survive_the_address() {
        let filter = ListFilter {
            q: "zs".into(),
            owner: Some("0192f0c1-2345-7abc-8def-0123456789ab".parse().unwrap()),
            status: Some(CustomerStatus::Dormant),
            tag: Some("VIP & more".into()),
            sort: CustomerSort::LastActivity,
        };
        let pairs = filter.to_query();
        let borrowed: Vec<(&str, &str)> = pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(parse(&borrowed), filter);
    }

    #[test]
    fn nonsense_in_the_address_is_ignored_and_silence_stays_silent() {
        assert_eq!(
            parse(&[("status", "rich"), ("owner", "me"), ("sort", "drop table")]),
            ListFilter::default()
        );
        assert!(ListFilter::default().to_query().is_empty());
        assert!(!ListFilter::default().is_narrow());
    }

    #[test]
    fn a_heading_sorts_and_turns_round_what_can_be_turned() {
        let name = |now| sort_by(column::NAME, now);
        assert_eq!(name(CustomerSort::Created), CustomerSort::Name);
        assert_eq!(name(CustomerSort::Name), CustomerSort::NameDescending);
        assert_eq!(name(CustomerSort::NameDescending), CustomerSort::Name);
        for now in CustomerSort::ALL {
            let sort = sort_by(column::ACTIVITY, now);
            assert_eq!(sorted_column(sort), Some((column::ACTIVITY, true)));
        }
    }

    #[test]
    fn a_place_is_found_again_unless_it_is_none() {
        let place = Place {
            top: 5200.0,
            rows: 300,
        };
        assert_eq!(Place::from_text(&place.to_text()), Some(place));
        for nonsense in ["", "5", "NaN 3", "-1 3", "5 -3", "0 5000", "a b"] {
            assert_eq!(Place::from_text(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(safe_link("https://a.example"), Some("https://a.example"));
        assert_eq!(safe_link("HTTP://a.example"), Some("HTTP://a.example"));
        for bad in [
            "javascript:alert(1)",
            " https://a",
            "\u{1}https://a",
            "JaVaScRiPt:x",
            "data:x",
            "vbscript:x",
            "a.example",
        ] {
            assert_eq!(safe_link(bad), None, "{bad}");
        }
    }
}
