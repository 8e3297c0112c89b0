//! Numbered steps with the time since the start, so that a long command never looks stuck.

use std::time::Instant;

/// The steps of one command.
pub(crate) struct Progress {
    started: Instant,
    done: usize,
    total: usize,
}

impl Progress {
    /// A command of `total` steps that starts now.
    pub(crate) fn new(total: usize) -> Self {
        Self {
            started: Instant::now(),
            done: 0,
            total,
        }
    }

    /// Announces the next step.
    pub(crate) fn step(&mut self, what: &str) {
        self.done += 1;
        println!(
            "\n[{}/{}] {what}  ({} s)",
            self.done,
            self.total,
            self.started.elapsed().as_secs()
        );
    }

    /// Whole seconds since the start.
    pub(crate) fn seconds(&self) -> u64 {
        self.started.elapsed().as_secs()
    }
}
