//! Repositories over sea-orm: SQLite and PostgreSQL from one code. The only place that knows SQL.

mod accounts;
mod admin_requests;
mod audit_events;
mod connect;
mod customer_changes;
mod customers;
mod deals;
mod demo;
mod entities;
mod factors;
mod found;
mod instance_keys;
mod known_devices;
mod messages;
mod migrations;
mod passkey_ceremonies;
mod password_store;
mod pipelines;
mod recoveries;
mod security_questions;
mod sent_codes;
mod sessions;
mod sign_in_transactions;
mod summaries;
mod throttles;
mod timeline;
mod users;

use portico_contract::problem::ErrorCode;
use sea_orm::{DatabaseConnection, DbErr, TransactionTrait as _};

use crate::domain::failure::Failure;

pub(crate) use accounts::{AccountFigures, Accounts, Deactivation, EmailChange, EmailOutcome};
pub(crate) use admin_requests::{AdminRequests, Answer};
pub(crate) use audit_events::{AuditEvents, Told};
pub use connect::OpenError;
pub(crate) use customer_changes::{CustomerEntry, Owner};
pub(crate) use customers::{CustomerFilter, Customers};
pub(crate) use deals::{Deals, Placement, StageFigures};
pub use demo::{DEMO_ACCOUNTS, DEMO_PASSWORD, DemoAccount, DemoPlan, STATE_ACCOUNTS, StateAccount};
pub(crate) use entities::admin_request::Model as AdminRequestRow;
pub(crate) use entities::audit_event::Model as AuditEventRow;
pub(crate) use entities::deal::Model as DealRow;
pub(crate) use entities::factor::Model as FactorRow;
pub(crate) use entities::known_device::Model as KnownDeviceRow;
pub(crate) use entities::message::Model as MessageRow;
pub(crate) use entities::passkey_ceremony::Model as PasskeyCeremonyRow;
pub(crate) use entities::recovery::Model as RecoveryRow;
pub(crate) use entities::recovery_code::Model as RecoveryCodeRow;
pub(crate) use entities::refresh_token::Model as RefreshTokenRow;
pub(crate) use entities::security_question::Model as SecurityQuestionRow;
pub(crate) use entities::sent_code::Model as SentCodeRow;
pub(crate) use entities::session::Model as SessionRow;
pub(crate) use entities::sign_in_transaction::Model as SignInTransactionRow;
pub(crate) use entities::user::Model as UserRow;
pub(crate) use factors::{Confirmation as FactorConfirmation, Enrolling, Factors, Removal};
pub(crate) use known_devices::KnownDevices;
pub use messages::Channel;
pub(crate) use messages::{Messages, NewMessage};
pub(crate) use passkey_ceremonies::PasskeyCeremonies;
pub(crate) use password_store::{NewPasswordRow, PasswordStore};
pub(crate) use pipelines::Pipelines;
pub(crate) use recoveries::{ChosenSettings, Completion, Recoveries, WayIn};
pub(crate) use security_questions::SecurityQuestions;
pub(crate) use sent_codes::SentCodes;
pub(crate) use sessions::{Browser, Disowning, NewTokens, Rotation, SessionStart, Sessions};
pub(crate) use sign_in_transactions::SignInTransactions;
pub(crate) use throttles::{Count, Throttles};
pub(crate) use users::Users;

/// The database, migrated and ready.
#[derive(Clone, Debug)]
pub struct Store {
    db: DatabaseConnection,
}

impl Store {
    pub(crate) fn users(&self) -> Users {
        Users::new(self.db.clone())
    }

    pub(crate) fn sessions(&self) -> Sessions {
        Sessions::new(self.db.clone())
    }

    pub(crate) fn passwords(&self) -> PasswordStore {
        PasswordStore::new(self.db.clone())
    }

    pub(crate) fn throttles(&self) -> Throttles {
        Throttles::new(self.db.clone())
    }

    pub(crate) fn known_devices(&self) -> KnownDevices {
        KnownDevices::new(self.db.clone())
    }

    pub(crate) fn factors(&self) -> Factors {
        Factors::new(self.db.clone())
    }

    pub(crate) fn passkey_ceremonies(&self) -> PasskeyCeremonies {
        PasskeyCeremonies::new(self.db.clone())
    }

    pub(crate) fn sent_codes(&self) -> SentCodes {
        SentCodes::new(self.db.clone())
    }

    pub(crate) fn sign_in_transactions(&self) -> SignInTransactions {
        SignInTransactions::new(self.db.clone())
    }

    pub(crate) fn audit_events(&self) -> AuditEvents {
        AuditEvents::new(self.db.clone())
    }

    pub(crate) fn customers(&self) -> Customers {
        Customers::new(self.db.clone())
    }

    pub(crate) fn deals(&self) -> Deals {
        Deals::new(self.db.clone())
    }

    pub(crate) fn pipelines(&self) -> Pipelines {
        Pipelines::new(self.db.clone())
    }

    pub(crate) fn recoveries(&self) -> Recoveries {
        Recoveries::new(self.db.clone())
    }

    pub(crate) fn accounts(&self) -> Accounts {
        Accounts::new(self.db.clone())
    }

    pub(crate) fn admin_requests(&self) -> AdminRequests {
        AdminRequests::new(self.db.clone())
    }

    pub(crate) fn security_questions(&self) -> SecurityQuestions {
        SecurityQuestions::new(self.db.clone())
    }

    pub(crate) fn messages(&self) -> Messages {
        Messages::new(self.db.clone())
    }

    /// Fills an empty database with demonstration data. Does nothing when there is any user. All or nothing: a kill
    /// in the middle leaves an empty database.
    pub async fn seed_demo(&self, plan: &DemoPlan) -> Result<bool, DbErr> {
        let transaction = self.db.begin().await?;
        let seeded = demo::seed(&transaction, plan).await?;
        transaction.commit().await?;
        Ok(seeded)
    }

    /// Whether the database answers.
    pub(crate) async fn ping(&self) -> Result<(), Failure> {
        self.db.ping().await.map_err(Failure::from)
    }

    /// Closes every connection.
    pub async fn close(self) -> Result<(), DbErr> {
        self.db.close().await
    }

    /// The connection itself, for tests that look behind the API.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.db
    }
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self {
                cause: Some(error.to_string()),
                ..Self::retry(ErrorCode::Unavailable, 2)
            },
            _ => Self::internal(error),
        }
    }
}

/// A contract enum from its stored text.
pub(crate) fn stored<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Failure> {
    let value = serde_json::Value::String(text.to_owned());
    serde_json::from_value(value).map_err(Failure::internal)
}

/// A contract value from its stored JSON.
fn stored_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(Failure::internal)
}
