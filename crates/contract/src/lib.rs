//! What the Portico front end and a CRM backend agree on.
//!
//! Ids, data transfer objects, endpoint paths, the problem envelope, paging, capabilities and the rules both sides
//! check. It compiles for the browser and for the server and does no input or output: `serde` is its only real
//! dependency. With the feature `openapi` every type also describes itself for the OpenAPI document.

pub mod admin;
pub mod auth;
pub mod capability;
pub mod config;
pub mod customer;
pub mod deal;
pub mod devices;
pub mod ids;
pub mod locale;
pub mod mail_address;
pub mod money;
pub mod paging;
pub mod passkey;
pub mod password;
pub mod paths;
pub mod phone;
pub mod problem;
pub mod recovery;
pub mod region;
pub mod search;
pub mod second_factor;
pub mod sent_code;
pub mod setting;
pub mod time;
pub mod today;
pub mod user;
pub mod user_agent;
pub mod validate;
pub mod web_address;
