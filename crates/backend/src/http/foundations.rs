//! What most services stand on, put together once.

use std::sync::Arc;

use super::Settings;
use crate::domain::administration::Administration;
use crate::domain::audit::Audit;
use crate::domain::clock::Clock;
use crate::domain::cursor::Cursors;
use crate::domain::devices::Devices;
use crate::domain::failure::Failure;
use crate::domain::instance::InstanceKey;
use crate::domain::new_passwords::NewPasswords;
use crate::domain::notices::Notices;
use crate::domain::passwords::Passwords;
use crate::domain::post::Post;
use crate::domain::random::Random;
use crate::domain::recovery::Recovery;
use crate::domain::second_factor::seal::SealKeys;
use crate::domain::second_factor::{RelyingParty, SecondFactors};
use crate::domain::throttle::Throttle;
use crate::store::Store;

/// The parts that services share.
pub(super) struct Foundations {
    pub(super) store: Store,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) random: Arc<dyn Random>,
    pub(super) passwords: Arc<Passwords>,
    pub(super) key: InstanceKey,
    pub(super) cursors: Arc<Cursors>,
    pub(super) audit: Audit,
    pub(super) throttle: Throttle,
    pub(super) post: Arc<Post>,
    pub(super) notices: Notices,
    pub(super) new_passwords: NewPasswords,
    pub(super) second_factors: SecondFactors,
}

impl Foundations {
    /// Those of an installation with `settings`, of which the rest is left.
    pub(super) async fn lay(settings: &mut Settings) -> Result<Self, Failure> {
        let (store, clock) = (settings.store.clone(), Arc::clone(&settings.clock));
        let (random, passwords) = (Arc::clone(&settings.random), Arc::clone(&settings.passwords));
        let key = store.instance_key(&*random).await?;
        let audit = Audit {
            events: store.audit_events(),
            clock: Arc::clone(&clock),
            random: Arc::clone(&random),
            key: key.clone(),
        };
        let throttle = Throttle {
            counters: store.throttles(),
            devices: store.known_devices(),
            clock: Arc::clone(&clock),
            key: key.clone(),
            spares_loopback: settings.demo,
        };
        let post = Arc::new(Post::new(
            &store,
            std::mem::take(&mut settings.outlets),
            settings.site.clone(),
            Arc::clone(&clock),
            Arc::clone(&random),
        )?);
        let notices = Notices {
            users: store.users(),
            post: Arc::clone(&post),
            throttle: throttle.clone(),
        };
        let new_passwords = NewPasswords {
            users: store.users(),
            store: store.passwords(),
            passwords: Arc::clone(&passwords),
            clock: Arc::clone(&clock),
            random: Arc::clone(&random),
            policy: settings.password_policy.clone(),
            blocklist: Arc::new(std::mem::take(&mut settings.blocklist)),
            notices: notices.clone(),
        };
        let second_factors = SecondFactors {
            factors: store.factors(),
            ceremonies: store.passkey_ceremonies(),
            sent_codes: store.sent_codes(),
            channels: settings.rules.code_channels.clone(),
            key: key.clone(),
            relying_party: RelyingParty::of(&settings.site)?.map(Arc::new),
            passwords: Arc::clone(&passwords),
            throttle: throttle.clone(),
            notices: notices.clone(),
            audit: audit.clone(),
            keys: SealKeys::of_instance(settings.seal_keys.take(), &key),
            rule: settings.rules.second_factor.clone(),
            clock: Arc::clone(&clock),
            random: Arc::clone(&random),
            issuer: settings.site.product.clone(),
        };
        Ok(Self {
            cursors: Arc::new(Cursors::new(key.clone())),
            store,
            clock,
            random,
            passwords,
            key,
            audit,
            throttle,
            post,
            notices,
            new_passwords,
            second_factors,
        })
    }

    /// Ways in without a password.
    pub(super) fn recovery(&self) -> Recovery {
        Recovery {
            users: self.store.users(),
            recoveries: self.store.recoveries(),
            requests: self.store.admin_requests(),
            questions: self.store.security_questions(),
            new_passwords: self.new_passwords.clone(),
            passwords: Arc::clone(&self.passwords),
            throttle: self.throttle.clone(),
            post: Arc::clone(&self.post),
            audit: self.audit.clone(),
            key: self.key.clone(),
            clock: Arc::clone(&self.clock),
            random: Arc::clone(&self.random),
        }
    }

    /// What people see of their own sign-ins.
    pub(super) fn own_devices(&self) -> Devices {
        Devices {
            sessions: self.store.sessions(),
            browsers: self.store.known_devices(),
            events: self.store.audit_events(),
            throttle: self.throttle.clone(),
            notices: self.notices.clone(),
            audit: self.audit.clone(),
            cursors: Arc::clone(&self.cursors),
            clock: Arc::clone(&self.clock),
            key: self.key.clone(),
        }
    }

    /// Looking after people.
    pub(super) fn administration(&self) -> Administration {
        Administration {
            accounts: self.store.accounts(),
            requests: self.store.admin_requests(),
            users: self.store.users(),
            recovery: self.recovery(),
            second_factors: self.second_factors.clone(),
            notices: self.notices.clone(),
            audit: self.audit.clone(),
            cursors: Arc::clone(&self.cursors),
            clock: Arc::clone(&self.clock),
            random: Arc::clone(&self.random),
        }
    }
}
