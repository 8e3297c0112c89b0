//! Customers, their people and their history.

mod history;
mod input;

use serde::{Deserialize, Serialize};

use crate::ids::{ContactId, CustomerId, UserId};
use crate::locale::Locale;
use crate::time::Timestamp;
use crate::user::{TeamRef, UserRef};

pub use history::{Activity, ActivityKind, Order, OrderLine};
pub use input::{
    CreateCustomer, CustomerInput, MAX_CITY, MAX_CUSTOM_FIELDS, MAX_EMPLOYEES, MAX_FIELD_NAME,
    MAX_FIELD_VALUE, MAX_INDUSTRY, MAX_NAME, MAX_POSTAL_CODE, MAX_STREET, MAX_TAGS, MAX_WEBSITE,
    UpdateCustomer,
};

/// The longest search text, in code points.
pub const MAX_QUERY: u32 = 200;
/// The longest tag, in code points.
pub const MAX_TAG: u32 = 40;

/// What a customer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CustomerKind {
    /// An organisation.
    Company,
    /// A private person.
    Person,
}

impl CustomerKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Company, Self::Person];

    /// The kind as it travels and is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Person => "person",
        }
    }
}

/// Where the relation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CustomerStatus {
    /// Not yet a customer.
    Prospect,
    /// Buys from us.
    Active,
    /// Has not bought for long.
    Dormant,
    /// Went away.
    Lost,
}

impl CustomerStatus {
    /// Every status, in the order of the relation.
    pub const ALL: [Self; 4] = [Self::Prospect, Self::Active, Self::Dormant, Self::Lost];

    /// The status as it travels and is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prospect => "prospect",
            Self::Active => "active",
            Self::Dormant => "dormant",
            Self::Lost => "lost",
        }
    }
}

/// The order of a customer list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CustomerSort {
    /// By name, Chinese names by their pinyin.
    #[default]
    #[serde(rename = "name")]
    Name,
    /// By name, backwards.
    #[serde(rename = "-name")]
    NameDescending,
    /// Latest activity first; customers without any come last.
    #[serde(rename = "-last_activity")]
    LastActivity,
    /// Newest first.
    #[serde(rename = "-created")]
    Created,
}

impl CustomerSort {
    /// Every order.
    pub const ALL: [Self; 4] = [
        Self::Name,
        Self::NameDescending,
        Self::LastActivity,
        Self::Created,
    ];

    /// The order as it travels.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::NameDescending => "-name",
            Self::LastActivity => "-last_activity",
            Self::Created => "-created",
        }
    }
}

/// The query of `GET /customers`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CustomerQuery {
    /// Part of a name, a contact's name, pinyin or its initials, or digits of a telephone number. Every word must fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only those of this owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserId>,
    /// Only those in this status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<CustomerStatus>,
    /// Only those with this tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<CustomerSort>,
    /// Where the page starts; absent for the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows on the page, 1 to 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// A customer as another record names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerRef {
    /// Which.
    pub id: CustomerId,
    /// Its name.
    pub name: String,
}

/// A customer in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerSummary {
    /// Which.
    pub id: CustomerId,
    /// Its name.
    pub name: String,
    /// Company or person.
    pub kind: CustomerKind,
    /// Where the relation stands.
    pub status: CustomerStatus,
    /// Town, empty where unknown.
    pub city: String,
    /// Who looks after it.
    pub owner: UserRef,
    /// Labels.
    pub tags: Vec<String>,
    /// The person to call first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_contact: Option<ContactSummary>,
    /// How many deals are open.
    pub open_deals: u32,
    /// When something was last done with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_activity_at: Option<Timestamp>,
}

/// The person to call first, in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactSummary {
    /// Name.
    pub name: String,
    /// First telephone number; masked without the right to personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// A customer's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Customer {
    /// Which.
    pub id: CustomerId,
    /// Raised by each change; the `ETag` of the record.
    pub version: u32,
    /// Its name.
    pub name: String,
    /// Company or person.
    pub kind: CustomerKind,
    /// Where the relation stands.
    pub status: CustomerStatus,
    /// Line of business, empty where unknown.
    pub industry: String,
    /// How many people work there, for a company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employees: Option<u32>,
    /// Where it is.
    pub address: Address,
    /// Web address, as entered. Show it as a link only when its scheme is `https` or `http`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Who looks after it.
    pub owner: UserRef,
    /// The owner's team.
    pub team: TeamRef,
    /// Labels.
    pub tags: Vec<String>,
    /// How the customer likes to be spoken to.
    pub preferences: Preferences,
    /// Fields of the company's own making, in its order.
    pub custom_fields: Vec<CustomField>,
    /// Its people, the one to call first on top.
    pub contacts: Vec<Contact>,
    /// When it was entered.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When something was last done with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_activity_at: Option<Timestamp>,
    /// Whether the person who asked may change it.
    pub editable: bool,
}

/// A postal address. Parts that are unknown are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// Town.
    pub city: String,
    /// ISO 3166-1 alpha-2 country code.
    pub country: String,
}

/// How a customer likes to be spoken to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preferences {
    /// In which language.
    pub language: Locale,
    /// By which means.
    pub channel: Channel,
}

/// A means of contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By telephone.
    Phone,
    /// By mail.
    Email,
    /// In person.
    Visit,
}

impl Channel {
    /// Every means.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Email, Self::Visit];

    /// The means as it travels and is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Visit => "visit",
        }
    }
}

/// A field of the company's own making.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CustomField {
    /// What it is called.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 60))]
    pub name: String,
    /// What it holds.
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub value: String,
}

/// A person at a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    /// Who.
    pub id: ContactId,
    /// Name.
    pub name: String,
    /// What the person does there, empty where unknown.
    pub job_title: String,
    /// Whether this is the person to call first.
    pub primary: bool,
    /// Telephone numbers in E.164; masked without the right to personal data.
    pub phones: Vec<ContactPoint>,
    /// Mail addresses; masked without the right to personal data.
    pub emails: Vec<ContactPoint>,
}

/// One telephone number or mail address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactPoint {
    /// What it is for.
    pub label: ContactLabel,
    /// The number or address.
    pub value: String,
}

/// What a telephone number or mail address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContactLabel {
    /// At work.
    Work,
    /// In the pocket.
    Mobile,
    /// At home.
    Home,
}

/// What a customer list can be filtered by, within what the person may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerFacets {
    /// Owners, by name.
    pub owners: Vec<UserRef>,
    /// Tags, by name.
    pub tags: Vec<String>,
}
