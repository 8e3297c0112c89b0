//! Programs that run beside a command and never outlive it.

use std::net::TcpListener;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C and SIGTERM only leave a mark, so that services are stopped and folders removed in order.
/// (Children in the terminal's foreground get Ctrl-C themselves.)
pub(crate) fn catch_interrupts() -> Result<()> {
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed)).context("signal handler")
}

/// Whether the person asked to stop.
pub(crate) fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

/// A child process, stopped when this is dropped.
pub(crate) struct Service {
    child: Child,
    name: &'static str,
    stop: Signal,
}

impl Service {
    /// Starts `command`; `name` is what messages call it.
    pub(crate) fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        let child = command.spawn().with_context(|| format!("{name} did not start"))?;
        Ok(Self {
            child,
            name,
            stop: Signal::SIGTERM,
        })
    }

    /// The signal that asks this program to end soon, where it is not SIGTERM.
    pub(crate) fn stopped_by(mut self, signal: Signal) -> Self {
        self.stop = signal;
        self
    }

    /// Whether it still runs.
    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits until `ready` says so, at most `limit`.
    pub(crate) fn wait_until(&mut self, limit: Duration, mut ready: impl FnMut() -> bool) -> Result<()> {
        let deadline = Instant::now() + limit;
        while !ready() {
            if !self.is_running() {
                bail!("{} ended before it was ready", self.name);
            }
            if Instant::now() > deadline || interrupted() {
                bail!("{} was not ready within {} s", self.name, limit.as_secs());
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let Ok(pid) = i32::try_from(self.child.id()) else {
            return;
        };
        if !self.is_running() {
            return;
        }
        // Failing means that it is gone already.
        let _ = kill(Pid::from_raw(pid), self.stop);
        let deadline = Instant::now() + Duration::from_secs(10);
        while self.is_running() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(50));
        }
        if self.is_running() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// A TCP port of this machine that is free now.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Whether the backend at `address` says that it is ready.
pub(crate) fn is_healthy(address: &str) -> bool {
    let agent = ureq::Agent::new_with_config(
        ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(2)))
            .build(),
    );
    agent
        .get(format!("http://{address}/api/v1/health"))
        .call()
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_service_is_stopped() {
        let mut service = Service::start("sleep", Command::new("sleep").arg("600")).expect("sleep");
        assert!(service.is_running());
        let pid = Pid::from_raw(i32::try_from(service.child.id()).expect("a pid"));
        drop(service);
        assert!(kill(pid, None).is_err(), "the process is gone");
    }

    #[test]
    fn waiting_ends_with_the_program() {
        let mut service = Service::start("false", &mut Command::new("false")).expect("false");
        let error = service
            .wait_until(Duration::from_mins(1), || false)
            .expect_err("it ended");
        assert!(error.to_string().contains("ended before"), "{error}");
    }
}
