//! The API's suite: every endpoint and every rule against a fresh database a test. It runs on SQLite, and with
//! `PORTICO_TEST_DATABASE=postgres://user@host:port/db` the same on PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a panic is how a test, and what helps it, fails"
)]

mod admin;
mod audit;
mod auth;
mod cookie_check;
mod cookies;
mod csp_report;
mod cursors;
mod customer_changes;
mod customers;
mod deals;
mod dev_clock;
mod devices;
mod hanging_up;
mod headers;
mod hostile;
mod lockout;
mod logs;
mod matrix;
mod me;
mod messages;
mod notices;
mod openapi;
mod passkeys;
mod passwords;
mod races;
mod refresh;
mod regions;
mod reset;
mod search;
mod second_factor;
mod sent_codes;
mod sessions;
mod sign_in_states;
mod spa;
mod support;
mod today;
mod ways_in;
