//! What the palette offers. Pure.

use portico_contract::locale::Locale;
use portico_contract::search::{CustomerHit, DealHit, SearchResults};

use crate::app::routes::Route;
use crate::app::shortcuts::{SHEET_KEYS, keys_to};
use crate::ui::{IconName, Keys, PaletteItem, ThemeChoice};

/// What an offer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Goes to a page.
    Visit(Route),
    /// Changes light and dark.
    Theme(ThemeChoice),
    /// Changes the language, or leaves it to the browser.
    Language(Option<Locale>),
    /// Shows the shortcuts.
    Sheet,
    /// Signs out.
    SignOut,
    /// Would go to a page that the person may not see, and says so.
    Nothing(Route),
}

impl Deed {
    fn icon(self) -> IconName {
        match self {
            Self::Visit(Route::Today | Route::SignIn) => IconName::Home,
            Self::Visit(Route::Customers) => IconName::Users,
            Self::Visit(Route::NewCustomer | Route::InviteUser) => IconName::Plus,
            Self::Visit(Route::Customer(_)) => IconName::Building,
            Self::Visit(Route::Deal(_)) => IconName::Handshake,
            Self::Visit(Route::Security | Route::AdminUsers | Route::AdminRequests) | Self::Nothing(_) => {
                IconName::Shield
            }
            Self::Visit(Route::SignIns) | Self::Theme(ThemeChoice::System) => IconName::Monitor,
            Self::Visit(_) => IconName::Board,
            Self::Theme(ThemeChoice::Light) => IconName::Sun,
            Self::Theme(ThemeChoice::Dark) => IconName::Moon,
            Self::Language(_) => IconName::Globe,
            Self::Sheet => IconName::Keyboard,
            Self::SignOut => IconName::LogOut,
        }
    }

    fn keys(self) -> Option<Keys> {
        match self {
            Self::Visit(route) => keys_to(route),
            Self::Sheet => Some(SHEET_KEYS),
            _ => None,
        }
    }

    fn key(self) -> String {
        match self {
            Self::Visit(route) | Self::Nothing(route) => route.path(),
            Self::Theme(choice) => format!("-theme-{}", choice.value()),
            Self::Language(choice) => format!("-language-{}", choice.map_or("browser", Locale::tag)),
            Self::Sheet => "-shortcuts".to_owned(),
            Self::SignOut => "-sign-out".to_owned(),
        }
    }
}

/// Something the palette offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What choosing it does.
    pub deed: Deed,
    /// As it is shown.
    pub item: PaletteItem,
}

impl Offer {
    /// `deed` under the name `label`.
    pub fn new(deed: Deed, label: impl Into<String>) -> Self {
        let item = PaletteItem {
            key: deed.key(),
            label: label.into(),
            detail: None,
            icon: deed.icon(),
            keys: deed.keys(),
        };
        Self { deed, item }
    }

    /// The same where the right for it is missing: it is there, says why and does nothing.
    #[must_use]
    pub fn refused(self, reason: &str) -> Self {
        let deed = match self.deed {
            Deed::Visit(route) => Deed::Nothing(route),
            deed => deed,
        };
        let offer = Self { deed, ..self };
        offer.with_detail(reason)
    }

    fn with_detail(mut self, detail: &str) -> Self {
        self.item.detail = (!detail.is_empty()).then(|| detail.to_owned());
        self
    }

    /// Whether every word of `query` is in its name.
    pub fn fits(&self, query: &str) -> bool {
        let label = self.item.label.to_lowercase();
        query
            .split_whitespace()
            .all(|word| label.contains(&word.to_lowercase()))
    }
}

/// Customers and deals as offers.
pub fn found(results: &SearchResults) -> (Vec<Offer>, Vec<Offer>) {
    let customers = results.customers.iter().map(|CustomerHit { id, name, city }| {
        Offer::new(Deed::Visit(Route::Customer(*id)), name).with_detail(city)
    });
    let deals = results.deals.iter().map(
        |DealHit {
             id, name, customer, ..
         }| Offer::new(Deed::Visit(Route::Deal(*id)), name).with_detail(&customer.name),
    );
    (customers.collect(), deals.collect())
}

/// Answers to recent searches, the newest last: typing back and forth shows them at once.
#[derive(Clone, Debug, Default)]
pub struct Recent(Vec<Answer>);

/// What was found for what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The words.
    pub query: String,
    /// What they may mean.
    pub results: SearchResults,
}

/// How many answers are kept.
const RECENT: usize = 20;

impl Recent {
    /// The answer to `query`, if it was given before. Nothing is found for no words.
    pub fn get(&self, query: &str) -> Option<Answer> {
        if query.is_empty() {
            return Some(Answer::default());
        }
        self.0.iter().find(|answer| answer.query == query).cloned()
    }

    /// Keeps `answer`.
    pub fn keep(&mut self, answer: Answer) {
        self.0.retain(|known| known.query != answer.query);
        if self.0.len() == RECENT {
            self.0.remove(0);
        }
        self.0.push(answer);
    }
}

/// `typed` as it is searched for: how many spaces stand between words makes no difference.
pub fn query_of(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use portico_contract::customer::CustomerRef;

    use super::*;

    const ID: &str = "0192f0c1-2345-7abc-8def-0123456789ab";

    #[test]
    fn an_offer_fits_when_every_word_does() {
        let dark = Offer::new(Deed::Theme(ThemeChoice::Dark), "Theme: Dark");
        for query in ["", "dark", "DARK the", " theme  "] {
            assert!(dark.fits(query), "{query}");
        }
        assert!(!dark.fits("dark light"));
        assert!(Offer::new(Deed::SignOut, "退出登录").fits("登录"));
    }

    #[test]
    fn no_two_offers_share_a_key() {
        let deeds = [
            Deed::Visit(Route::Today),
            Deed::Visit(Route::Customers),
            Deed::Visit(Route::Customer(ID.parse().unwrap())),
            Deed::Visit(Route::Deal(ID.parse().unwrap())),
            Deed::Theme(ThemeChoice::System),
            Deed::Theme(ThemeChoice::Dark),
            Deed::Language(Some(Locale::De)),
            Deed::Language(Some(Locale::ZhCn)),
            Deed::Language(None),
            Deed::Sheet,
            Deed::SignOut,
        ];
        let keys: std::collections::BTreeSet<String> = deeds.iter().map(|deed| deed.key()).collect();
        assert_eq!(keys.len(), deeds.len());
        assert!(keys.iter().all(|key| !key.contains(char::is_whitespace)));
    }

    #[test]
    fn records_lead_to_their_pages_and_say_where_they_belong() {
        let results = SearchResults {
            customers: vec![CustomerHit {
                id: ID.parse().unwrap(),
                name: "Nordwind".into(),
                city: String::new(),
            }],
            deals: vec![DealHit {
                id: ID.parse().unwrap(),
                name: "Licences".into(),
                customer: CustomerRef {
                    id: ID.parse().unwrap(),
                    name: "Nordwind".into(),
                },
                pipeline_id: ID.parse().unwrap(),
                stage_id: ID.parse().unwrap(),
            }],
        };
        let (customers, deals) = found(&results);
        assert_eq!(
            customers[0].deed,
            Deed::Visit(Route::Customer(ID.parse().unwrap()))
        );
        assert_eq!(customers[0].item.detail, None);
        assert_eq!(deals[0].deed, Deed::Visit(Route::Deal(ID.parse().unwrap())));
        assert_eq!(deals[0].item.detail.as_deref(), Some("Nordwind"));
    }

    #[test]
    fn the_oldest_answer_makes_room() {
        let answer = |query: &str| Answer {
            query: query.to_owned(),
            ..Answer::default()
        };
        let mut recent = Recent::default();
        for number in 0..=RECENT {
            recent.keep(answer(&number.to_string()));
        }
        assert_eq!(recent.get("0"), None);
        assert_eq!(recent.get("1"), Some(answer("1")));
        assert_eq!(recent.get(""), Some(Answer::default()));
        recent.keep(answer("1"));
        assert_eq!(recent.0.len(), RECENT);
    }

    #[test]
    fn spaces_make_no_difference() {
        assert_eq!(query_of("  nord  wind "), "nord wind");
        assert_eq!(query_of(" "), "");
    }
}
