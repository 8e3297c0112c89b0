//! Password hashing: argon2id, on a bounded number of threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use portico_contract::problem::ErrorCode;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;

use super::failure::Failure;

/// How many sign-ins may wait for one thread before the rest is sent away.
const QUEUE_PER_THREAD: usize = 16;

/// What hashing a password costs.
#[derive(Clone, Copy, Debug)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub iterations: u32,
    /// Lanes.
    pub lanes: u32,
}

impl PasswordCost {
    /// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
    pub const PRODUCTION: Self = Self {
        memory_kib: 19_456,
        iterations: 2,
        lanes: 1,
    };
}

/// Hashes and verifies passwords.
pub struct Passwords {
    hasher: Argon2<'static>,
    /// Verified where there is no hash to verify, so that an unknown identifier costs what a known one costs.
    dummy: String,
    threads: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    verifications: AtomicU64,
}

impl Passwords {
    /// A hasher of `cost` that uses up to `threads` threads.
    pub fn new(cost: PasswordCost, threads: usize) -> Result<Self, Failure> {
        let params =
            Params::new(cost.memory_kib, cost.iterations, cost.lanes, None).map_err(Failure::internal)?;
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let dummy = hash_with(&hasher, "nobody has this password")?;
        Ok(Self {
            hasher,
            dummy,
            threads: Arc::new(Semaphore::new(threads)),
            queue: Arc::new(Semaphore::new(threads * QUEUE_PER_THREAD)),
            verifications: AtomicU64::new(0),
        })
    }

    /// The hash to store for `password`.
    pub fn hash(&self, password: &str) -> Result<String, Failure> {
        hash_with(&self.hasher, password)
    }

    /// Whether `hash` cost something else to make than a hash costs now: an operator, or a later release, has decided so.
    pub(crate) fn is_outdated(&self, hash: &str) -> bool {
        let params = PasswordHash::new(hash)
            .ok()
            .and_then(|hash| Params::try_from(&hash).ok());
        params.is_none_or(|params| {
            let now = self.hasher.params();
            (params.m_cost(), params.t_cost(), params.p_cost()) != (now.m_cost(), now.t_cost(), now.p_cost())
        })
    }

    /// How many verifications ran since the start.
    pub fn verifications(&self) -> u64 {
        self.verifications.load(Ordering::Relaxed)
    }

    /// The hash to store for `password`, made when a thread is free.
    pub(crate) async fn hash_in_turn(&self, password: &str) -> Result<String, Failure> {
        let (hasher, password) = (self.hasher.clone(), password.to_owned());
        self.in_turn(move || hash_with(&hasher, &password)).await
    }

    /// Whether `password` fits `hash`. Without a hash it never does, and takes as long.
    pub(crate) async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool, Failure> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.dummy.clone());
        let hasher = self.hasher.clone();
        let password: String = password.nfc().collect();
        let fits = self.in_turn(move || {
            let hash = PasswordHash::new(&hash).map_err(Failure::internal)?;
            Ok(hasher.verify_password(password.as_bytes(), &hash).is_ok())
        });
        let fits = fits.await?;
        self.verifications.fetch_add(1, Ordering::Relaxed);
        Ok(fits && known)
    }

    /// Runs `work` on one of the threads, after those who came before; too many of them are sent away.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let busy = |_| Failure::retry(ErrorCode::Unavailable, 2);
        let place = Arc::clone(&self.queue).try_acquire_owned().map_err(busy)?;
        let thread = Arc::clone(&self.threads)
            .acquire_owned()
            .await
            .map_err(Failure::internal)?;
        tokio::task::spawn_blocking(move || {
            // The places are given back by the thread, not by the request: one that is dropped still hashes.
            let _held = (place, thread);
            work()
        })
        .await
        .map_err(Failure::internal)?
    }
}

fn hash_with(hasher: &Argon2<'_>, password: &str) -> Result<String, Failure> {
    let password: String = password.nfc().collect();
    let hash = hasher
        .hash_password(password.as_bytes())
        .map_err(Failure::internal)?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: PasswordCost = PasswordCost {
        memory_kib: 8,
        iterations: 1,
        lanes: 1,
    };

    #[tokio::test]
    async fn equal_text_in_either_normal_form_fits() {
        let passwords = Passwords::new(CHEAP, 1).unwrap();
        let hash = passwords.hash("Pa\u{308}sse und Zoll").unwrap();
        assert!(
            passwords
                .verify("P\u{e4}sse und Zoll", Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .verify("p\u{e4}sse und Zoll", Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .verify("P\u{e4}sse und Zoll ", Some(hash))
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn without_a_hash_nothing_fits_but_work_is_done() {
        let passwords = Passwords::new(CHEAP, 1).unwrap();
        assert!(!passwords.verify("nobody has this password", None).await.unwrap());
        assert_eq!(passwords.verifications(), 1);
    }

    #[tokio::test]
    async fn a_full_queue_sends_people_away() {
        let passwords = Passwords::new(CHEAP, 0).unwrap();
        let refused = passwords.verify("x", None).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Unavailable);
        assert!(refused.retry_after.is_some());
    }

    #[test]
    fn a_hash_of_another_cost_is_outdated() {
        let cheap = Passwords::new(CHEAP, 1).unwrap();
        let dear = Passwords::new(
            PasswordCost {
                iterations: 2,
                ..CHEAP
            },
            1,
        )
        .unwrap();
        assert!(!cheap.is_outdated(&cheap.dummy) && !dear.is_outdated(&dear.dummy));
        assert!(dear.is_outdated(&cheap.dummy) && cheap.is_outdated(&dear.dummy));
        assert!(cheap.is_outdated("no hash at all"));
    }

    #[test]
    fn the_production_cost_is_in_the_hash() {
        let hash = Passwords::new(PasswordCost::PRODUCTION, 1).unwrap().dummy;
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    }
}
