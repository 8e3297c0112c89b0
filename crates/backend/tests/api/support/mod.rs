//! A fresh application a test, and clients that speak to it without a socket.

mod client;
mod database;
mod log;
mod mail;
mod meddler;
mod smtp;

use std::collections::HashSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use portico_backend::domain::clock::Clock;
use portico_backend::domain::new_passwords::Blocklist;
use portico_backend::domain::origin::TrustedProxies;
use portico_backend::domain::passwords::{PasswordCost, Passwords};
use portico_backend::domain::random::OsRandom;
use portico_backend::domain::rules::SignInRules;
use portico_backend::domain::site::Site;
use portico_backend::http::{App, Settings};
use portico_backend::outlets::Outlets;
use portico_backend::store::{DEMO_PASSWORD, Store};
use portico_contract::config::AppConfig;
use portico_contract::password::{PasswordPolicy, PolicyProfile};
use portico_contract::user::Role;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

pub(crate) use client::{Client, DEVICE, RESET, Reply, TRANSACTION};
pub(crate) use log::captured;
pub(crate) use mail::Mailed;
pub(crate) use meddler::Meddler;
pub(crate) use smtp::{Security, SmtpServer};

/// 2026-11-23T10:00:00Z.
pub(crate) const START: i64 = 1_795_428_000_000;

/// Cheap: the tests are about what surrounds hashing.
pub(crate) const COST: PasswordCost = PasswordCost {
    memory_kib: 8,
    iterations: 1,
    lanes: 1,
};

/// A clock that stands still until a test moves it.
pub(crate) struct TestClock(AtomicI64);

impl TestClock {
    pub(crate) fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

fn settings(store: &Store, clock: &Arc<TestClock>, passwords: &Arc<Passwords>) -> Settings {
    Settings {
        store: store.clone(),
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        random: Arc::new(OsRandom),
        passwords: Arc::clone(passwords),
        access_ttl: 300,
        demo: true,
        proxies: TrustedProxies(vec!["10.0.0.0/8".parse().unwrap()]),
        rules: SignInRules::default(),
        password_policy: PasswordPolicy::of(PolicyProfile::Standard),
        blocklist: Blocklist::default(),
        dev_clock: None,
        spa: None,
        site: site(),
        outlets: Outlets::outbox(),
        seal_keys: None,
    }
}

/// Where the tests' site lives.
fn site() -> Site {
    Site::new("https://portico.example", &AppConfig::default()).unwrap()
}

pub(crate) struct TestApp {
    pub(crate) app: Arc<App>,
    pub(crate) router: axum::Router,
    pub(crate) store: Store,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) passwords: Arc<Passwords>,
    seen: Mutex<HashSet<String>>,
    database: database::Fresh,
}

impl TestApp {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with_spa(spa: Option<std::path::PathBuf>) -> Self {
        Self::with(|settings| settings.spa = spa).await
    }

    /// An application whose settings a test changes.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        log::start();
        let database = database::fresh().await;
        let store = Store::connect(&database.url).await.unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(START)));
        let passwords = Arc::new(Passwords::new(COST, 4).unwrap());
        let mut settings = settings(&store, &clock, &passwords);
        change(&mut settings);
        let app = Arc::new(App::new(settings).await.unwrap());
        Self {
            router: Arc::clone(&app).router(),
            app,
            seen: Mutex::default(),
            store,
            clock,
            passwords,
            database,
        }
    }

    /// Where the database is.
    pub(crate) fn url(&self) -> &str {
        &self.database.url
    }

    pub(crate) fn anon(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A client signed in as the demonstration account of `role`.
    pub(crate) async fn as_role(&self, role: Role) -> Client {
        self.as_user(&format!("{}@portico.example", role.as_str())).await
    }

    pub(crate) async fn as_user(&self, identifier: &str) -> Client {
        let mut client = self.anon();
        let reply = client.sign_in(identifier, DEMO_PASSWORD).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        client.keep(&reply);
        client
    }

    /// Another process on the same database.
    pub(crate) async fn another(&self, outlets: Outlets) -> App {
        self.another_with(|settings| settings.outlets = outlets).await
    }

    /// The same with settings a test changes.
    pub(crate) async fn another_with(&self, change: impl FnOnce(&mut Settings)) -> App {
        let mut settings = settings(&self.store, &self.clock, &self.passwords);
        change(&mut settings);
        App::new(settings).await.unwrap()
    }

    /// What was sent since the last look, the oldest first, without what is said about sign-ins.
    pub(crate) async fn mail(&self) -> Vec<Mailed> {
        let mut mail = self.all_mail().await;
        mail.retain(|mail| !mail.subject.contains("sign-in"));
        mail
    }

    /// What was sent since the last look, the oldest first.
    pub(crate) async fn all_mail(&self) -> Vec<Mailed> {
        self.app.deliver().await.unwrap();
        let outbox = self.outbox().await;
        let mut seen = self.seen.lock().unwrap();
        let fresh = outbox.into_iter().filter(|message| {
            let id = message["id"].as_str().unwrap().to_owned();
            seen.insert(id)
        });
        let mut fresh: Vec<_> = fresh.map(|message| Mailed::read(&message)).collect();
        fresh.reverse();
        fresh
    }

    /// What the outbox shows, the newest first.
    pub(crate) async fn outbox(&self) -> Vec<serde_json::Value> {
        let reply = self.anon().fetch("/dev/outbox", "application/json").await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        serde_json::from_slice(&reply.body).unwrap()
    }

    /// How many rows each of `tables` has.
    pub(crate) async fn counts(&self, tables: &[&str]) -> Vec<i64> {
        let mut counts = Vec::new();
        for table in tables {
            counts.push(self.number(&format!("SELECT COUNT(*) FROM {table}")).await);
        }
        counts
    }

    /// Opens the database once more, as a later release would that brings its schema up to date.
    pub(crate) async fn migrate(&self) {
        let store = Store::open(&self.database.url).await.unwrap();
        store.close().await.unwrap();
    }

    /// Runs a statement behind the API's back.
    pub(crate) async fn execute(&self, sql: &str) {
        let db = self.store.connection();
        let statement = Statement::from_string(db.get_database_backend(), sql);
        db.execute_raw(statement).await.unwrap();
    }

    /// Whether the database refuses a statement.
    pub(crate) async fn refuses(&self, sql: &str) -> bool {
        let db = self.store.connection();
        let statement = Statement::from_string(db.get_database_backend(), sql);
        db.execute_raw(statement).await.is_err()
    }

    /// The audit log in the order it was written, as JSON objects of those columns that are text.
    pub(crate) async fn audit(&self) -> Vec<serde_json::Value> {
        let db = self.store.connection();
        let columns = [
            "event",
            "outcome",
            "identifier_hash",
            "address",
            "user_agent",
            "session_hash",
            "detail",
        ];
        // Ids of one instant have no order, but rows that never change lie in the order they came.
        let place = match db.get_database_backend() {
            sea_orm::DbBackend::Postgres => "ctid",
            _ => "rowid",
        };
        let sql = format!(
            "SELECT {}, actor_id, subject_id, request_id FROM audit_events ORDER BY {place}",
            columns.join(", ")
        );
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let rows = db.query_all_raw(statement).await.unwrap();
        let line = |row: sea_orm::QueryResult| {
            let mut line = serde_json::Map::new();
            for column in columns {
                let text: Option<String> = row.try_get("", column).unwrap();
                line.insert(column.to_owned(), text.into());
            }
            for column in ["actor_id", "subject_id", "request_id"] {
                let id: Option<uuid::Uuid> = row.try_get("", column).unwrap();
                line.insert(column.to_owned(), id.map(|id| id.to_string()).into());
            }
            line.into()
        };
        rows.into_iter().map(line).collect()
    }

    /// The lines of the audit log about `event`.
    pub(crate) async fn audited(&self, event: &str) -> Vec<serde_json::Value> {
        let mut lines = self.audit().await;
        lines.retain(|line| line["event"] == event);
        lines
    }

    /// Every row of `table` with all its columns, in an order of its own.
    pub(crate) async fn rows(&self, table: &str) -> Vec<String> {
        let db = self.store.connection();
        let backend = db.get_database_backend();
        let (columns, as_text) = match backend {
            sea_orm::DbBackend::Postgres => (
                format!("SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"),
                "COALESCE(CAST({} AS TEXT), 'NULL')",
            ),
            _ => (
                format!("SELECT name FROM pragma_table_info('{table}')"),
                "quote({})",
            ),
        };
        let columns = db
            .query_all_raw(Statement::from_string(backend, columns))
            .await
            .unwrap();
        let columns: Vec<_> = columns
            .iter()
            .map(|row| as_text.replace("{}", &row.try_get_by_index::<String>(0).unwrap()))
            .collect();
        assert!(!columns.is_empty(), "there is no {table}");
        let sql = format!("SELECT {} FROM {table}", columns.join(" || '|' || "));
        let rows = db
            .query_all_raw(Statement::from_string(backend, sql))
            .await
            .unwrap();
        let mut rows: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        rows.sort_unstable();
        rows
    }

    /// A number from the database.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let db = self.store.connection();
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let row = db.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }
}

/// What a person enters about a customer, with nothing in it that need not be.
pub(crate) fn customer_input(name: &str) -> serde_json::Value {
    json!({
        "name": name, "kind": "company", "status": "prospect", "industry": "", "street": "", "postal_code": "",
        "city": "", "country": "", "tags": [], "language": "de", "channel": "email", "custom_fields": [],
    })
}

/// The first deal on a board that `client` may see and that is not the only one of its stage.
pub(crate) async fn busy_column(client: &Client) -> serde_json::Value {
    let pipelines = client.get("/pipelines").await.json();
    let board = client
        .get(&format!(
            "/pipelines/{}/board",
            pipelines[0]["id"].as_str().unwrap()
        ))
        .await
        .json();
    let columns = board["columns"].as_array().unwrap();
    let column = columns
        .iter()
        .find(|column| column["deals"].as_array().unwrap().len() >= 3);
    json!({"pipeline": board["pipeline"], "column": column.expect("a column with three deals")})
}
