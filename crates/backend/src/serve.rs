//! Starting, running and stopping the server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use portico_contract::password::PasswordPolicy;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::cli::{Fault, Options, PolicyName};
use crate::domain::clock::{Clock, MovableClock, SystemClock};
use crate::domain::new_passwords::NewPasswords;
use crate::domain::notices::Notices;
use crate::domain::origin::TrustedProxies;
use crate::domain::passwords::{PasswordCost, Passwords};
use crate::domain::post::Post;
use crate::domain::random::OsRandom;
use crate::domain::throttle::Throttle;
use crate::domain::users::NewUser;
use crate::http::{App, Settings};
use crate::outlets::Outlets;
use crate::store::{DEMO_ACCOUNTS, DEMO_PASSWORD, DemoPlan, Store};
use crate::{logging, messages};

/// Requests in flight get this long when the process is told to stop.
const DRAIN: Duration = Duration::from_secs(10);
const HOUSEKEEPING: Duration = Duration::from_mins(10);
/// Messages of other processes, and those that wait for another try, are looked for this often.
const DELIVERY: Duration = Duration::from_secs(5);

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Refuses what would open the door to everybody.
fn check_safe(options: &Options) -> Result<(), Fault> {
    if options.demo && !options.listen.ip().is_loopback() {
        return Err(
            "--demo has accounts that everybody knows: it is refused on an address others can reach".into(),
        );
    }
    if options.dev_clock && !options.demo {
        return Err("--dev-clock lets anybody move the clock: it is refused without --demo".into());
    }
    Ok(())
}

/// Serves until told to stop.
pub(crate) async fn serve(options: Options) -> Result<(), Fault> {
    check_safe(&options)?;
    let (rules, blocklist) = (options.rules()?, options.blocklist()?);
    logging::start();
    if options.password_policy == PolicyName::Classic {
        tracing::warn!(
            event = "weak_policy",
            "the password policy `classic` is weaker than the others"
        );
    }
    if options.seal_key_file.is_none() && !options.demo {
        tracing::warn!(
            event = "seal_key",
            "secrets of second factors lie under a key of the same database: name a --seal-key-file"
        );
    }
    let site = messages::site(&options)?;
    let passwords = Arc::new(Passwords::new(PasswordCost::PRODUCTION, threads())?);
    let store = Store::open(&options.database).await?;
    if options.demo {
        seed(&store, &passwords, options.customers).await?;
    }
    let dev_clock = options.dev_clock.then(|| Arc::new(MovableClock::default()));
    let clock: Arc<dyn Clock> = match &dev_clock {
        Some(clock) => Arc::clone(clock) as _,
        None => Arc::new(SystemClock),
    };
    let settings = Settings {
        store: store.clone(),
        clock,
        random: Arc::new(OsRandom),
        passwords,
        access_ttl: options.access_ttl,
        demo: options.demo,
        proxies: TrustedProxies(options.trusted_proxy.clone()),
        rules,
        password_policy: PasswordPolicy::of(options.password_policy.into()),
        blocklist,
        dev_clock,
        spa: options.spa.clone(),
        outlets: messages::outlets(&options, &site)?,
        seal_keys: options.seal_keys()?,
        site,
    };
    let app = Arc::new(App::new(settings).await?);
    let listener = TcpListener::bind(options.listen).await?;
    announce(&listener, &options)?;
    let (house, post) = (Arc::clone(&app), Arc::clone(&app));
    let housekeeping = tokio::spawn(restarted("housekeeping", HOUSEKEEPING, move || {
        keep_house(Arc::clone(&house))
    }));
    let (stop, stopping) = watch::channel(());
    let postman = tokio::spawn(restarted("delivery", DELIVERY, move || {
        deliver(Arc::clone(&post), stopping.clone())
    }));
    run(listener, app.router()).await?;
    housekeeping.abort();
    drop(stop);
    // A message that is being sent is sent to its end, or another process would send it again.
    if tokio::time::timeout(DRAIN, postman).await.is_err() {
        tracing::warn!(event = "stopped", reason = "a message was still on its way");
    }
    store.close().await?;
    Ok(())
}

async fn seed(store: &Store, passwords: &Passwords, customers: u32) -> Result<(), Fault> {
    let plan = DemoPlan {
        customers,
        ..DemoPlan::new(SystemClock.now(), passwords.hash(DEMO_PASSWORD)?)
    };
    if store.seed_demo(&plan).await? {
        println!("Created demonstration data: {customers} customers.");
    }
    Ok(())
}

fn announce(listener: &TcpListener, options: &Options) -> Result<(), Fault> {
    let address = listener.local_addr()?;
    println!("Portico is ready: http://{address}");
    if options.demo {
        // Browsers make passkeys for names only.
        println!("For passkeys open it as http://localhost:{}.", address.port());
        println!("Demonstration accounts, all with the password {DEMO_PASSWORD}:");
        for account in DEMO_ACCOUNTS {
            let username = account
                .username
                .map(|name| format!(", {name}"))
                .unwrap_or_default();
            println!(
                "  {:<10} {} ({}{username})",
                account.role, account.email, account.employee_number
            );
        }
    }
    Ok(())
}

/// Does what `begin` begins until it ends by itself. Should it break, the log says so and it begins anew after `pause`:
/// nobody else would notice that no message leaves any more.
async fn restarted<T: Future<Output = ()> + Send + 'static>(
    what: &'static str,
    pause: Duration,
    begin: impl Fn() -> T,
) {
    loop {
        // A set of one: whoever gives this up gives the work up as well.
        let mut work = JoinSet::new();
        work.spawn(begin());
        match work.join_next().await {
            Some(Err(broken)) if broken.is_panic() => {
                tracing::error!(event = "restarted", what);
                tokio::time::sleep(pause).await;
            }
            _ => return,
        }
    }
}

async fn keep_house(app: Arc<App>) {
    let mut ticks = tokio::time::interval(HOUSEKEEPING);
    loop {
        ticks.tick().await;
        if let Err(failure) = app.purge().await {
            tracing::warn!(event = "housekeeping", %failure);
        }
    }
}

/// Sends what waits, whenever something was put into the queue and every few seconds besides.
async fn deliver(app: Arc<App>, mut stopping: watch::Receiver<()>) {
    let mut ticks = tokio::time::interval(DELIVERY);
    loop {
        tokio::select! {
            _ = stopping.changed() => return,
            () = app.mail_waits() => {}
            _ = ticks.tick() => {}
        }
        if let Err(failure) = app.deliver().await {
            tracing::warn!(event = "delivery", %failure);
        }
    }
}

async fn run(listener: TcpListener, router: axum::Router) -> Result<(), Fault> {
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        wait_for_signal().await;
        tracing::info!(event = "stopping");
        let _ = stopping.send(());
    });
    let deadline = async {
        // A server that ends by itself drops the sender: then there is nothing to wait for.
        if stopped.await.is_ok() {
            tokio::time::sleep(DRAIN).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        ended = server.into_future() => ended?,
        () = deadline => tracing::warn!(event = "stopped", reason = "requests were still in flight"),
    }
    Ok(())
}

async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        // Without the handler the default action of the signal ends the process.
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

/// Makes an account in the database of `options`.
pub(crate) async fn create_user(options: &Options, user: NewUser, password: &str) -> Result<Uuid, Fault> {
    let blocklist = options.blocklist()?;
    let store = Store::open(&options.database).await?;
    let (clock, random) = (Arc::new(SystemClock), Arc::new(OsRandom));
    let throttle = Throttle {
        counters: store.throttles(),
        devices: store.known_devices(),
        clock: clock.clone(),
        key: store.instance_key(&OsRandom).await?,
        spares_loopback: false,
    };
    let site = messages::site(options)?;
    let post = Post::new(&store, Outlets::default(), site, clock.clone(), random.clone())?;
    let new_passwords = NewPasswords {
        users: store.users(),
        store: store.passwords(),
        passwords: Arc::new(Passwords::new(PasswordCost::PRODUCTION, 1)?),
        notices: Notices {
            users: store.users(),
            post: Arc::new(post),
            throttle,
        },
        clock,
        random,
        policy: PasswordPolicy::of(options.password_policy.into()),
        blocklist: Arc::new(blocklist),
    };
    let created = user.create(password, &new_passwords).await;
    let id = created.map_err(|failure| failure.cause.clone().unwrap_or_else(|| failure.to_string()))?;
    store.close().await?;
    Ok(id)
}

use std::future::IntoFuture as _;

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use clap::Parser as _;
    use sea_orm::{ConnectionTrait as _, Statement};

    use super::*;

    #[derive(clap::Parser)]
    struct CommandLine {
        #[command(flatten)]
        options: Options,
    }

    fn is_safe(arguments: &[&str]) -> bool {
        let line = ["portico-backend"].iter().chain(arguments);
        check_safe(&CommandLine::try_parse_from(line).unwrap().options).is_ok()
    }

    #[test]
    fn accounts_that_everybody_knows_are_refused_where_others_could_reach_them() {
        assert!(is_safe(&["--demo"]));
        assert!(is_safe(&["--demo", "--listen", "[::1]:8080"]));
        assert!(is_safe(&["--listen", "0.0.0.0:8080"]));
        for reachable in ["0.0.0.0:8080", "[::]:8080", "192.0.2.1:8080"] {
            assert!(!is_safe(&["--demo", "--listen", reachable]), "{reachable}");
        }
        assert!(!is_safe(&["--dev-clock"]));
    }

    #[tokio::test]
    async fn what_breaks_begins_anew_and_what_ends_ends() {
        let begun = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&begun);
        restarted("test", Duration::ZERO, move || {
            let round = counted.fetch_add(1, Ordering::Relaxed);
            async move { assert!(round >= 2, "broken on purpose") }
        })
        .await;
        assert_eq!(begun.load(Ordering::Relaxed), 3);
    }

    #[tokio::test]
    async fn without_the_demonstration_nobody_has_an_account() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("new.sqlite").display());
        let store = Store::open(&url).await.unwrap();
        for table in ["users", "sessions", "sign_in_transactions"] {
            let db = store.connection();
            let sql = format!("SELECT COUNT(*) FROM {table}");
            let counted = Statement::from_string(db.get_database_backend(), sql);
            let row = db.query_one_raw(counted).await.unwrap().unwrap();
            assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 0, "{table}");
        }
        store.close().await.unwrap();
    }
}
