//! The tables as sea-orm sees them, one file a table. Times are milliseconds since the epoch, dates ISO text: both
//! compare the same on every database. JSON columns hold contract types.

#![expect(unreachable_pub, reason = "sea-orm's derives write `pub` items")]

pub(crate) mod access_token;
pub(crate) mod activity;
pub(crate) mod admin_request;
pub(crate) mod audit_event;
pub(crate) mod contact;
pub(crate) mod customer;
pub(crate) mod customer_tag;
pub(crate) mod deal;
pub(crate) mod draft_key;
pub(crate) mod factor;
pub(crate) mod identifier;
pub(crate) mod instance_key;
pub(crate) mod known_device;
pub(crate) mod message;
pub(crate) mod order;
pub(crate) mod outbox;
pub(crate) mod passkey_ceremony;
pub(crate) mod password_history;
pub(crate) mod pipeline;
pub(crate) mod recovery;
pub(crate) mod recovery_code;
pub(crate) mod refresh_token;
pub(crate) mod security_question;
pub(crate) mod sent_code;
pub(crate) mod session;
pub(crate) mod sign_in_transaction;
pub(crate) mod stage;
pub(crate) mod team;
pub(crate) mod user;
