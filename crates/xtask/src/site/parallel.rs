//! The same work on many files, on every core.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use anyhow::{Result, anyhow};

/// Calls `work` for each of `files`; the first error ends it.
pub(super) fn for_each(files: Vec<PathBuf>, work: impl Fn(&Path) -> Result<()> + Sync) -> Result<()> {
    let queue = Mutex::new(files);
    let next = || queue.lock().ok().and_then(|mut files| files.pop());
    let worker = || {
        while let Some(file) = next() {
            work(&file)?;
        }
        Ok(())
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        let join = |worker: thread::ScopedJoinHandle<'_, Result<()>>| {
            worker.join().unwrap_or_else(|_| Err(anyhow!("a worker stopped")))
        };
        workers.into_iter().try_for_each(join)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn every_file_is_worked_on_once_and_errors_come_back() {
        let files: Vec<PathBuf> = (0..50).map(|number| PathBuf::from(number.to_string())).collect();
        let done = AtomicUsize::new(0);
        let count = |_: &Path| {
            done.fetch_add(1, Ordering::Relaxed);
            Ok(())
        };
        assert!(for_each(files.clone(), count).is_ok());
        assert_eq!(done.load(Ordering::Relaxed), 50);
        assert!(
            for_each(files, |file| if file == Path::new("7") {
                Err(anyhow!("no"))
            } else {
                Ok(())
            })
            .is_err()
        );
    }
}
