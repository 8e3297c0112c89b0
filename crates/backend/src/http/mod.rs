//! The web: one file a resource, each decoding a request, calling a service and encoding its answer.

mod admin;
mod auth;
mod context;
mod cookie;
mod csp_report;
mod customers;
mod deals;
mod dev_clock;
mod devices;
mod error;
mod extract;
mod foundations;
mod headers;
mod health;
mod me;
mod openapi;
mod outbox;
mod own_page;
mod passkeys;
mod recovery;
mod regions;
mod search;
mod second_factor;
mod sent_codes;
mod spa;
mod today;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::http::HeaderValue;
use axum::response::IntoResponse as _;
use portico_contract::password::PasswordPolicy;
use portico_contract::problem::ErrorCode;
use tower_http::catch_panic::CatchPanicLayer;

use crate::domain::administration::Administration;
use crate::domain::audit::Audit;
use crate::domain::auth::Auth;
use crate::domain::clock::{Clock, DAY, MovableClock};
use crate::domain::customers::CustomerService;
use crate::domain::deals::DealService;
use crate::domain::devices::Devices;
use crate::domain::failure::Failure;
use crate::domain::finder::Finder;
use crate::domain::new_passwords::Blocklist;
use crate::domain::origin::TrustedProxies;
use crate::domain::passwords::Passwords;
use crate::domain::post::Post;
use crate::domain::random::Random;
use crate::domain::recovery::Recovery;
use crate::domain::rules::SignInRules;
use crate::domain::second_factor::SecondFactors;
use crate::domain::second_factor::seal::SealKeys;
use crate::domain::site::Site;
use crate::domain::throttle::Throttle;
use crate::domain::today::TodayService;
use crate::outlets::Outlets;
use crate::store::{KnownDevices, Sessions, SignInTransactions, Store};
use error::ApiFailure;
use foundations::Foundations;

/// A browser that was not used for this long is not known any more; browsers keep no cookie longer.
const DEVICE_REST: i64 = 400 * DAY;

/// What an application is made from.
pub struct Settings {
    /// The database.
    pub store: Store,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The random source.
    pub random: Arc<dyn Random>,
    /// The password hasher.
    pub passwords: Arc<Passwords>,
    /// Seconds an access token is good for.
    pub access_ttl: u32,
    /// Whether it runs on demonstration data.
    pub demo: bool,
    /// The proxies whose word about a sender's address counts.
    pub proxies: TrustedProxies,
    /// What the operator decided about signing in.
    pub rules: SignInRules,
    /// The rules for new passwords.
    pub password_policy: PasswordPolicy,
    /// Passwords that nobody may have.
    pub blocklist: Blocklist,
    /// The clock, where tests may move it.
    pub dev_clock: Option<Arc<MovableClock>>,
    /// The folder of the built front end.
    pub spa: Option<PathBuf>,
    /// What the site is called and where it lives.
    pub site: Site,
    /// How messages leave.
    pub outlets: Outlets,
    /// What secrets of second factors lie under; without them under a key in the same database.
    pub seal_keys: Option<SealKeys>,
}

/// The application: every service, ready to be routed to.
pub struct App {
    store: Store,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    auth: Auth,
    customers: CustomerService,
    deals: DealService,
    finder: Finder,
    today: TodayService,
    audit: Audit,
    proxies: TrustedProxies,
    sessions: Sessions,
    transactions: SignInTransactions,
    devices: KnownDevices,
    throttle: Throttle,
    dev_clock: Option<Arc<MovableClock>>,
    recovery: Recovery,
    administration: Administration,
    second_factors: SecondFactors,
    own_devices: Devices,
    post: Arc<Post>,
    demo: bool,
    csp_reports: csp_report::Limiter,
    spa: Option<PathBuf>,
    regions: regions::Regions,
    document_policy: HeaderValue,
}

/// The application as handlers hold it.
type Shared = Arc<App>;

impl App {
    /// Puts the services together.
    pub async fn new(mut settings: Settings) -> Result<Self, Failure> {
        let parts = Foundations::lay(&mut settings).await?;
        let (recovery, administration) = (parts.recovery(), parts.administration());
        let own_devices = parts.own_devices();
        let Foundations {
            store,
            clock,
            random,
            passwords,
            key,
            cursors,
            audit,
            throttle,
            post,
            notices,
            new_passwords,
            second_factors,
        } = parts;
        let regions = regions::Regions::of_site(settings.spa.as_deref());
        let document_policy = headers::document_policy(&regions)?;
        let (customers, deals) = (store.customers(), store.deals());
        Ok(Self {
            auth: Auth {
                users: store.users(),
                sessions: store.sessions(),
                transactions: store.sign_in_transactions(),
                devices: store.known_devices(),
                requests: store.admin_requests(),
                second_factors: second_factors.clone(),
                throttle: throttle.clone(),
                passwords,
                new_passwords,
                notices,
                clock: Arc::clone(&clock),
                random: Arc::clone(&random),
                key,
                audit: audit.clone(),
                rules: settings.rules,
                reset_channels: recovery.channels(),
                access_ttl: settings.access_ttl,
                demo: settings.demo,
            },
            customers: CustomerService {
                customers: customers.clone(),
                deals: deals.clone(),
                users: store.users(),
                cursors: Arc::clone(&cursors),
                clock: Arc::clone(&clock),
                random: Arc::clone(&random),
            },
            deals: DealService {
                deals: deals.clone(),
                pipelines: store.pipelines(),
                cursors,
                clock: Arc::clone(&clock),
            },
            finder: Finder {
                customers: customers.clone(),
                deals: deals.clone(),
            },
            today: TodayService {
                customers,
                deals,
                clock: Arc::clone(&clock),
            },
            audit,
            proxies: settings.proxies,
            sessions: store.sessions(),
            transactions: store.sign_in_transactions(),
            devices: store.known_devices(),
            throttle,
            dev_clock: settings.dev_clock,
            recovery,
            administration,
            second_factors,
            own_devices,
            post,
            demo: settings.demo,
            csp_reports: csp_report::Limiter::default(),
            store,
            clock,
            random,
            spa: settings.spa,
            regions,
            document_policy,
        })
    }

    /// Forgets tokens, sessions and counters that are over.
    pub async fn purge(&self) -> Result<(), Failure> {
        let now = self.clock.now();
        self.sessions.purge(now, now - DAY).await?;
        self.transactions.purge(now).await?;
        self.devices.purge(now - DEVICE_REST).await?;
        self.throttle.purge().await?;
        self.second_factors.purge().await?;
        self.recovery.purge().await?;
        self.post.purge().await
    }

    /// Sends every message that is due; says how many left.
    pub async fn deliver(&self) -> Result<u32, Failure> {
        self.post.deliver().await
    }

    /// Returns as soon as something was put into the queue.
    pub async fn mail_waits(&self) {
        self.post.waiting.notified().await;
    }

    /// The routes of the application; needs no socket.
    pub fn router(self: Arc<Self>) -> Router {
        let (api, _) = openapi::router().split_for_parts();
        let mut router = Router::new().merge(api);
        if self.dev_clock.is_some() {
            router = router.route("/dev/clock", axum::routing::post(dev_clock::advance_clock));
        }
        if self.demo {
            router = router.route("/dev/outbox", axum::routing::get(outbox::show));
        }
        router
            .route("/csp-report", axum::routing::post(csp_report::receive_csp_report))
            .fallback(spa::serve)
            .layer(CatchPanicLayer::custom(|_| {
                ApiFailure(Failure::of(ErrorCode::Internal)).into_response()
            }))
            .layer(axum::middleware::from_fn_with_state(
                Arc::clone(&self),
                context::around,
            ))
            .with_state(self)
    }
}

/// The OpenAPI document.
pub fn openapi_document() -> serde_json::Value {
    openapi::document()
}
