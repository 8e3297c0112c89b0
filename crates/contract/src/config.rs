//! `/config.json`: what a site sets without building anew.

use serde::{Deserialize, Serialize};

use crate::locale::Locale;

/// The run-time configuration of the front end, as every start needs it. The same file lists the regions:
/// [`RegionList`](crate::region::RegionList).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AppConfig {
    /// Where the API lives: a path on the same origin.
    pub api_base: String,
    /// The company's name for the product.
    pub product_name: String,
    /// The language used when neither the account, the person nor the browser names one of ours.
    pub default_locale: Locale,
    /// Whom to ask when signing in does not work.
    pub support: SupportContact,
}

/// How to reach the people who help. Empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SupportContact {
    /// Mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
}

impl Default for AppConfig {
    fn default() -> Self {
        Self {
            api_base: crate::paths::BASE.to_owned(),
            product_name: "Portico".to_owned(),
            default_locale: Locale::En,
            support: SupportContact::default(),
        }
    }
}
