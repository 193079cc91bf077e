//! What the process holds. The pool is private: a domain gets a [`Tx`] or nothing.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::future::Future;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use chrono::{DateTime, Utc};
use sqlx::{Connection, PgConnection, PgPool};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::{NoContext, Timestamp, Uuid};
use vault::Vault;

use crate::bus::Bus;
use crate::hub::Hub;
use crate::module::Registry;
use crate::pump::Pump;
use crate::{Actor, OrgId, Result, Tx};

/// Where "now" comes from; tests set it by hand, so that every period can be tested by moving it.
pub trait Clock: Send + Sync {
    /// The present instant, UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where the time enters the program")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// Where random bytes come from; tests seed them, and the demo those of identifiers.
pub trait Random: Send + Sync {
    /// Fills the slice with bytes nobody can guess.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's random numbers.
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        aws_lc_rs::rand::fill(bytes).expect("the operating system gives random bytes");
    }
}

/// What the kernel and the domains need to know of the configuration.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address people type, without a slash at the end.
    pub public_url: String,
    /// Whether people reach it over TLS, here or at a proxy.
    pub is_tls: bool,
    /// The program itself, to start workers of it that read what strangers sent.
    pub program: PathBuf,
    /// Where the program keeps its files.
    pub data_dir: PathBuf,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<ipnet::IpNet>,
    /// Off only in tests and benchmarks that need to be faster than people are.
    pub limits_rates: bool,
    /// Cheap password hashing, for tests only.
    pub hashes_cheaply: bool,
    /// A pooler lends its connections to the database for one transaction each, and keeps no prepared statements.
    pub is_pooled: bool,
}

impl Settings {
    /// Whether `address` is a proxy whose word is believed.
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|net| net.contains(&address))
    }

    /// The name of a cookie: with the `__Host-` prefix under TLS, where browsers enforce what it says.
    pub fn cookie(&self, name: &str) -> String {
        if self.is_tls { format!("__Host-{name}") } else { name.to_owned() }
    }
}

/// What an [`App`] is made of.
pub struct Parts {
    /// Connections as the role that serves, never as the owner.
    pub pool: PgPool,
    /// Now.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub random: Arc<dyn Random>,
    /// The part of identifiers that is chance. Nothing that must not be guessed comes from it.
    pub ids: Arc<dyn Random>,
    /// The keys.
    pub vault: Arc<Vault>,
    /// The configuration.
    pub settings: Settings,
}

/// The running program, shared by everything in it; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    parts: Parts,
    node: Uuid,
    hub: Hub,
    bus: Bus,
    pump: Pump,
    registry: OnceLock<Registry>,
    states: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
    tasks: TaskTracker,
    follow_ups: TaskTracker,
    stop: CancellationToken,
}

impl App {
    /// A program that does nothing yet: [`crate::compose`] gives it its modules, [`App::start`] its life.
    pub fn new(parts: Parts) -> Self {
        let mut bytes = [0; 16];
        parts.random.fill(&mut bytes);
        Self(Arc::new(Inner {
            node: Uuid::from_bytes(bytes),
            parts,
            hub: Hub::default(),
            bus: Bus::default(),
            pump: Pump::default(),
            registry: OnceLock::new(),
            states: Mutex::default(),
            tasks: TaskTracker::new(),
            follow_ups: TaskTracker::new(),
            stop: CancellationToken::new(),
        }))
    }

    /// The present instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.parts.clock.now()
    }

    /// A new UUIDv7 of the present instant (RFC 9562 §5.7).
    pub fn new_id(&self) -> Uuid {
        let now = self.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        let stamp = Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos());
        let (whole, fraction) = stamp.to_unix();
        let mut bytes = [0; 10];
        self.0.parts.ids.fill(&mut bytes);
        // The sub-millisecond part goes first, so that ids made by one node in one millisecond keep their order (§6.2, method 3).
        let sub = (u64::from(fraction % 1_000_000) << 12) / 1_000_000;
        let [_, _, _, _, _, _, high, low] = sub.to_be_bytes();
        [bytes[0], bytes[1]] = [high, low];
        uuid::Builder::from_unix_timestamp_millis(whole * 1000 + u64::from(fraction / 1_000_000), &bytes).into_uuid()
    }

    /// Bytes nobody can guess.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.parts.random.fill(&mut bytes);
        bytes
    }

    /// The configuration.
    pub fn settings(&self) -> &Settings {
        &self.0.parts.settings
    }

    /// The keys.
    pub fn vault(&self) -> &Vault {
        &self.0.parts.vault
    }

    /// The sockets of this node.
    pub fn hub(&self) -> &Hub {
        &self.0.hub
    }

    /// Names this run of the program in leases.
    pub fn node(&self) -> Uuid {
        self.0.node
    }

    /// A module's own state in memory: one of each type, made when first asked for.
    pub fn state<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut states = self.0.states.lock().unwrap_or_else(PoisonError::into_inner);
        let state = states.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        Arc::clone(state).downcast().expect("the map's key is the value's type")
    }

    /// A transaction inside `org`, in the name of `actor`.
    pub async fn begin(&self, org: OrgId, actor: Actor) -> Result<Tx> {
        Tx::begin(self, org, actor).await
    }

    /// A connection of one's own: for a task that must not wait for those of the pool, nor they for it.
    pub async fn dedicated_connection(&self) -> Result<PgConnection> {
        Ok(PgConnection::connect_with(&self.0.parts.pool.connect_options()).await?)
    }

    /// What begins a transaction. From a pooler comes a connection on which others prepared theirs under the same names.
    pub fn beginning(&self) -> &'static str {
        if self.settings().is_pooled { "begin; deallocate all" } else { "begin" }
    }

    /// Runs `future` beside the requests until it ends by itself; it should end soon after [`App::stopped`].
    pub fn spawn(&self, name: &'static str, future: impl Future<Output = ()> + Send + 'static) {
        track(&self.0.tasks, name, future);
    }

    /// Runs what has to come to its end, whoever waits for it, as part of the request that is being answered; it is short, or
    /// ends when its sender does.
    pub fn follow_up(&self, name: &'static str, future: impl Future<Output = ()> + Send + 'static) {
        match ::audit::Request::current() {
            None => track(&self.0.follow_ups, name, future),
            request => track(&self.0.follow_ups, name, ::audit::within(request, future)),
        }
    }

    /// Returns when everything has followed that is to follow from what was committed before.
    pub async fn settled(&self) {
        self.0.follow_ups.close();
        self.0.follow_ups.wait().await;
        self.0.follow_ups.reopen();
    }

    /// Whether the program is being stopped.
    pub fn is_stopping(&self) -> bool {
        self.0.stop.is_cancelled()
    }

    /// Returns when the program is being stopped.
    pub async fn stopped(&self) {
        self.0.stop.cancelled().await;
    }

    /// Tells every task to end and waits for them.
    pub async fn stop(&self) {
        self.0.stop.cancel();
        crate::audit::tell_all(self).await;
        self.0.tasks.close();
        self.0.tasks.wait().await;
        self.settled().await;
        self.0.parts.pool.close().await;
    }

    /// Starts the pump, the subscribers, the jobs and what the modules bring.
    pub fn start(&self) {
        self.start_serving();
        crate::runner::start(self);
    }

    /// The same without the jobs: other nodes do them.
    pub fn start_serving(&self) {
        crate::pump::start(self);
        crate::outbox::start(self);
        crate::audit::start(self);
        for start in &self.registry().starts {
            start(self);
        }
    }

    pub(crate) fn pool(&self) -> &PgPool {
        &self.0.parts.pool
    }

    pub(crate) fn bus(&self) -> &Bus {
        &self.0.bus
    }

    pub(crate) fn pump(&self) -> &Pump {
        &self.0.pump
    }

    /// What the modules registered.
    pub(crate) fn registry(&self) -> &Registry {
        self.0.registry.get_or_init(Registry::default)
    }

    pub(crate) fn set_registry(&self, registry: Registry) {
        assert!(self.0.registry.set(registry).is_ok(), "an App is composed once");
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the place that traces and awaits them")]
fn track(tracker: &TaskTracker, name: &'static str, future: impl Future<Output = ()> + Send + 'static) {
    let task = tracker.track_future(future);
    tokio::spawn(async move {
        task.await;
        tracing::trace!(task = name, "task ended");
    });
}
