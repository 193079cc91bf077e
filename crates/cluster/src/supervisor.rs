//! Keeps the database running: starts it, starts it again when it dies, and stops it cleanly.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use crate::binaries::Installation;
use crate::claim::Claim;
use crate::configuration::Configuration;
use crate::os_user::OsUser;
use crate::places::Places;
use crate::postmaster::{News, Postmaster};
use crate::settings::{Profile, Settings};
use crate::space::Guard;
use crate::{Error, Result, initialise, off_the_runtime, orphan};

/// How often the space on the disk is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(500);
const FIRST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// PostgreSQL's words while processes of a database that was killed are still there.
const STILL_IN_USE: &str = "pre-existing shared memory block";
const LONGEST_FAREWELL: Duration = Duration::from_secs(10);
/// After this long a database counts as healthy, and its next death as the first.
const HEALTHY_AFTER: Duration = Duration::from_secs(30);

/// A running private cluster. It is stopped by `stop`, and also, without waiting, when it is dropped.
pub struct Cluster {
    watch: Arc<Watch>,
    places: Places,
    version: String,
}

/// What the supervisor's thread and the handle share.
struct Watch {
    news: Sender<News>,
    is_stopping: AtomicBool,
    is_read_only: AtomicBool,
    pid: AtomicU32,
    restarts: AtomicU32,
    has_stopped: Mutex<bool>,
    stopped: Condvar,
}

/// All that a start needs; made once, used for every restart.
struct Supervisor {
    places: Places,
    installation: Installation,
    user: OsUser,
    configuration: Configuration,
    guard: Option<Guard>,
    watch: Arc<Watch>,
    _claim: Claim,
}

pub fn start(settings: &Settings) -> Result<Cluster> {
    let user = OsUser::find()?;
    let places = Places::new(&settings.data_dir)?;
    let claim = Claim::take(&places.data_dir)?;
    places.open_for(&user)?;
    orphan::end(&places)?;
    let guard = (settings.profile == Profile::Durable).then(|| Guard::new(&places)).transpose()?;
    let installation = Installation::prepare(&settings.binaries, &places, &user)?;
    initialise::ensure(&places, &installation, &user, settings.profile)?;
    let configuration = Configuration::write(&places, &installation, &user, settings.profile)?;
    let (sender, news) = channel();
    let watch = Arc::new(Watch::new(sender));
    let version = installation.version.clone();
    let supervisor = Supervisor {
        places: places.clone(),
        installation,
        user,
        configuration,
        guard,
        watch: watch.clone(),
        _claim: claim,
    };
    let first = supervisor.launch()?;
    let thread = thread::Builder::new().name("database".into());
    let running = thread.spawn(move || supervisor.run(first, &news));
    running.map_err(|error| Error::DidNotStart { output: error.to_string() })?;
    Ok(Cluster { watch, places, version })
}

impl Cluster {
    /// As the role that serves: row security holds for it.
    pub fn app(&self) -> PgConnectOptions {
        self.options("tulou_app")
    }

    /// As the role that owns the database and migrates it.
    pub fn owner(&self) -> PgConnectOptions {
        self.options("tulou_owner")
    }

    fn options(&self, role: &str) -> PgConnectOptions {
        let options = PgConnectOptions::new_without_pgpass().socket(&self.places.socket).port(5432);
        options.username(role).database("tulou").ssl_mode(PgSslMode::Disable)
    }

    /// Where PostgreSQL keeps its own files.
    pub fn directory(&self) -> &std::path::Path {
        &self.places.cluster
    }

    /// The version of PostgreSQL, as it says itself.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The process number of the database, 0 while there is none.
    pub fn pid(&self) -> u32 {
        self.watch.pid.load(Ordering::Acquire)
    }

    /// How often the database died and was started again.
    pub fn restarts(&self) -> u32 {
        self.watch.restarts.load(Ordering::Acquire)
    }

    /// Whether writing is refused because the disk is nearly full.
    pub fn is_read_only(&self) -> bool {
        self.watch.is_read_only.load(Ordering::Acquire)
    }

    /// Lets open transactions end, writes everything down and ends the database, within five seconds.
    pub async fn stop(&self) -> Result<()> {
        let watch = self.watch.clone();
        off_the_runtime(move || {
            watch.ask_to_stop();
            watch.wait_until_stopped();
            Ok(())
        })
        .await
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.watch.ask_to_stop();
    }
}

impl Watch {
    fn new(news: Sender<News>) -> Self {
        Self {
            news,
            is_stopping: AtomicBool::new(false),
            is_read_only: AtomicBool::new(false),
            pid: AtomicU32::new(0),
            restarts: AtomicU32::new(0),
            has_stopped: Mutex::new(false),
            stopped: Condvar::new(),
        }
    }

    fn ask_to_stop(&self) {
        self.is_stopping.store(true, Ordering::Release);
        // A supervisor that has ended needs no telling.
        let _ = self.news.send(News::Stop);
    }

    fn wait_until_stopped(&self) {
        let mut has_stopped = self.has_stopped.lock().unwrap_or_else(PoisonError::into_inner);
        while !*has_stopped {
            has_stopped = self.stopped.wait(has_stopped).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Acquire)
    }
}

impl Supervisor {
    /// Starts the database; processes of an earlier one that were left alone get a moment to notice and end.
    fn launch(&self) -> Result<Postmaster> {
        let begun = Instant::now();
        loop {
            let started = self.launch_once();
            let is_waiting = matches!(&started, Err(Error::DidNotStart { output }) if output.contains(STILL_IN_USE));
            if !is_waiting || begun.elapsed() > LONGEST_FAREWELL || self.watch.is_stopping() {
                return started;
            }
            thread::sleep(FIRST_PAUSE);
        }
    }

    fn launch_once(&self) -> Result<Postmaster> {
        let mut command = self.user.command(&self.installation.program("postgres"));
        command.arg("-D").arg(&self.places.cluster).arg("-c");
        command.arg(format!("config_file={}", self.configuration.path().display()));
        let postmaster = Postmaster::spawn(command, self.watch.news.clone())?;
        postmaster.wait_until_ready(&self.places)?;
        self.watch.pid.store(postmaster.pid(), Ordering::Release);
        Ok(postmaster)
    }

    fn run(mut self, first: Postmaster, news: &Receiver<News>) {
        let mut current = Some(first);
        while let Some(postmaster) = current {
            current = self.watch_over(&postmaster, news);
        }
        let watch = self.watch.clone();
        // The claim goes first: whoever waited may start again at once.
        drop(self);
        *watch.has_stopped.lock().unwrap_or_else(PoisonError::into_inner) = true;
        watch.stopped.notify_all();
    }

    /// Stays with one database until it has ended; answers with the next one, unless all are to stop.
    fn watch_over(&mut self, postmaster: &Postmaster, news: &Receiver<News>) -> Option<Postmaster> {
        let begun = Instant::now();
        loop {
            match news.recv_timeout(LOOK_EVERY) {
                Ok(News::Ended(pid)) if pid == postmaster.pid() => break,
                Ok(News::Ended(_)) => {}
                Err(RecvTimeoutError::Timeout) => self.look_at_the_disk(postmaster),
                Ok(News::Stop) | Err(RecvTimeoutError::Disconnected) => {
                    postmaster.end();
                    self.watch.pid.store(0, Ordering::Release);
                    return None;
                }
            }
        }
        self.watch.pid.store(0, Ordering::Release);
        if self.watch.is_stopping() {
            return None;
        }
        tracing::error!(error = %postmaster.failure(&self.places), "the database ended by itself; starting it again");
        let is_repeated = begun.elapsed() < HEALTHY_AFTER;
        self.start_again(if is_repeated { FIRST_PAUSE } else { Duration::ZERO }, news)
    }

    fn start_again(&mut self, mut pause: Duration, news: &Receiver<News>) -> Option<Postmaster> {
        loop {
            if self.has_to_stop_within(pause, news) {
                return None;
            }
            self.watch.restarts.fetch_add(1, Ordering::AcqRel);
            if let Some(guard) = &self.guard {
                guard.give_up_reserve();
            }
            match self.launch() {
                Ok(postmaster) => return Some(postmaster),
                Err(error) => tracing::error!(%error, "the database did not start"),
            }
            pause = (pause * 2).clamp(FIRST_PAUSE, LONGEST_PAUSE);
        }
    }

    /// A pause that a stop cuts short.
    fn has_to_stop_within(&self, pause: Duration, news: &Receiver<News>) -> bool {
        let end = Instant::now() + pause;
        while !self.watch.is_stopping() {
            let left = end.saturating_duration_since(Instant::now());
            if news.recv_timeout(left).is_err() {
                break;
            }
        }
        self.watch.is_stopping()
    }

    fn look_at_the_disk(&mut self, postmaster: &Postmaster) {
        let Some(guard) = &mut self.guard else { return };
        let Some(is_read_only) = guard.look() else { return };
        match self.configuration.set_read_only(is_read_only) {
            Ok(()) => postmaster.send(Signal::HUP),
            Err(error) => tracing::error!(%error, "the database could not be told about the disk"),
        }
        self.watch.is_read_only.store(is_read_only, Ordering::Release);
    }
}
