//! Somebody who is faster: changes the database while a request is under way, at a moment of the test's choice.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use portico_backend::domain::failure::Failure;
use portico_backend::domain::random::{OsRandom, Random};
use sea_orm::{ConnectionTrait as _, Database};

/// A random source that runs statements before it gives bytes for the n-th time: requests draw some at each step.
#[derive(Default)]
pub(crate) struct Meddler {
    left: AtomicI64,
    plan: Mutex<Option<(String, Vec<String>)>>,
}

impl Meddler {
    /// Lets `statements` happen in the database at `url` just before the `nth` draw from now on.
    pub(crate) fn strike(&self, nth: i64, url: &str, statements: &[&str]) {
        let statements = statements.iter().map(|sql| (*sql).to_owned()).collect();
        *self.plan.lock().unwrap() = Some((url.to_owned(), statements));
        self.left.store(nth, Ordering::SeqCst);
    }

    /// Whether it did. Afterwards it does nothing any more.
    pub(crate) fn struck(&self) -> bool {
        self.left.store(0, Ordering::SeqCst);
        self.plan.lock().unwrap().take().is_none()
    }
}

impl Random for Meddler {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Failure> {
        if self.left.fetch_sub(1, Ordering::SeqCst) == 1
            && let Some((url, statements)) = self.plan.lock().unwrap().take()
        {
            // The request waits meanwhile, as it would for a slow machine.
            std::thread::spawn(move || run(&url, &statements)).join().unwrap();
        }
        OsRandom.fill(bytes)
    }
}

fn run(url: &str, statements: &[String]) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let db = Database::connect(url).await.unwrap();
        for sql in statements {
            db.execute_unprepared(sql).await.unwrap();
        }
        db.close().await.unwrap();
    });
}
