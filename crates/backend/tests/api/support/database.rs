//! A copy of one filled database for each test: copying is much faster than filling.

use std::sync::atomic::{AtomicU32, Ordering};

use portico_backend::domain::passwords::Passwords;
use portico_backend::store::{DEMO_PASSWORD, DemoPlan, Store};
use sea_orm::{ConnectionTrait, Database};
use tokio::sync::{Mutex, OnceCell};

use super::{COST, START};

static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
static NUMBER: AtomicU32 = AtomicU32::new(0);
/// PostgreSQL copies a template for one at a time.
static COPYING: Mutex<()> = Mutex::const_new(());

const FILE: &str = "template.sqlite";

enum Template {
    File(tempfile::TempDir),
    Server { base: String, name: String },
}

/// A database of a test's own.
pub(crate) struct Fresh {
    pub(crate) url: String,
    _folder: Option<tempfile::TempDir>,
}

async fn fill(url: &str) {
    let store = Store::open(url).await.unwrap();
    let hash = Passwords::new(COST, 1).unwrap().hash(DEMO_PASSWORD).unwrap();
    let plan = DemoPlan {
        customers: 120,
        ..DemoPlan::new(START, hash)
    };
    assert!(store.seed_demo(&plan).await.unwrap());
    assert!(
        !store.seed_demo(&plan).await.unwrap(),
        "seeding twice adds nothing"
    );
    store.close().await.unwrap();
}

async fn on_server(url: &str, sql: &str) {
    let db = Database::connect(url).await.unwrap();
    db.execute_unprepared(sql).await.unwrap();
    db.close().await.unwrap();
}

fn sibling(base: &str, name: &str) -> String {
    let (server, _) = base.rsplit_once('/').unwrap();
    format!("{server}/{name}")
}

async fn template() -> Template {
    if let Ok(base) = std::env::var("PORTICO_TEST_DATABASE") {
        let name = format!("portico_template_{}", std::process::id());
        on_server(&base, &format!("CREATE DATABASE {name}")).await;
        fill(&sibling(&base, &name)).await;
        return Template::Server { base, name };
    }
    let folder = tempfile::tempdir().unwrap();
    fill(&format!("sqlite://{}", folder.path().join(FILE).display())).await;
    Template::File(folder)
}

pub(crate) async fn fresh() -> Fresh {
    match TEMPLATE.get_or_init(template).await {
        Template::File(template) => {
            let folder = tempfile::tempdir().unwrap();
            let copy = folder.path().join("test.sqlite");
            std::fs::copy(template.path().join(FILE), &copy).unwrap();
            Fresh {
                url: format!("sqlite://{}", copy.display()),
                _folder: Some(folder),
            }
        }
        Template::Server { base, name } => {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let copy = format!("portico_test_{}_{number}", std::process::id());
            let _one = COPYING.lock().await;
            on_server(base, &format!("CREATE DATABASE {copy} TEMPLATE {name}")).await;
            Fresh {
                url: sibling(base, &copy),
                _folder: None,
            }
        }
    }
}
