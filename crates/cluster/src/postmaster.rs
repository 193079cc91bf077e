//! The running database process: started, waited for, listened to, ended.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::error::says_no_space;
use crate::places::Places;
use crate::{Error, Result};

/// How long a start may take; replaying the log of a crash under load is the longest case.
const LONGEST_START: Duration = Duration::from_secs(300);
const LOOK_EVERY: Duration = Duration::from_millis(2);
const LINES_KEPT: usize = 40;
/// Write everything down; end at once, and the next start replays the log; be ended.
const ENDINGS: [(Signal, Duration); 3] = [
    (Signal::INT, Duration::from_secs(4)),
    (Signal::QUIT, Duration::from_millis(600)),
    (Signal::KILL, Duration::from_millis(200)),
];

/// What the supervisor is told while it waits.
pub enum News {
    /// The process with this number has ended.
    Ended(u32),
    Stop,
}

pub struct Postmaster {
    pid: u32,
    has_ended: Arc<AtomicBool>,
    said: Said,
}

impl Postmaster {
    /// Starts the process; its end is told to `news`.
    pub fn spawn(mut command: Command, news: Sender<News>) -> Result<Self> {
        let streams = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = streams.spawn().map_err(|error| Error::at(Path::new(command.get_program()), error))?;
        let said = Said::default();
        if let Some(stream) = child.stderr.take() {
            said.clone().listen(stream);
        }
        let postmaster = Self { pid: child.id(), has_ended: Arc::default(), said };
        let has_ended = postmaster.has_ended.clone();
        thread::spawn(move || {
            let _ = child.wait();
            has_ended.store(true, Ordering::Release);
            // Nobody listens any more when the supervisor has ended.
            let _ = news.send(News::Ended(child.id()));
        });
        Ok(postmaster)
    }

    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Waits until queries are answered, or says why they never will be.
    pub fn wait_until_ready(&self, places: &Places) -> Result<()> {
        let begun = Instant::now();
        while !is_ready(&places.cluster, self.pid) {
            let is_late = begun.elapsed() > LONGEST_START;
            if is_late {
                self.send(Signal::QUIT);
            }
            if is_late || self.has_ended() {
                return Err(self.failure(places));
            }
            thread::sleep(LOOK_EVERY);
        }
        Ok(())
    }

    pub fn has_ended(&self) -> bool {
        self.has_ended.load(Ordering::Acquire)
    }

    pub fn send(&self, signal: Signal) {
        if !self.has_ended() {
            send(self.pid, signal);
        }
    }

    /// Ends it: gently, then firmly. Comes back when it has ended, in less than five seconds.
    pub fn end(&self) {
        for (signal, patience) in ENDINGS {
            self.send(signal);
            if self.has_ended_within(patience) {
                return;
            }
        }
    }

    fn has_ended_within(&self, patience: Duration) -> bool {
        let begun = Instant::now();
        while !self.has_ended() && begun.elapsed() < patience {
            thread::sleep(LOOK_EVERY);
        }
        self.has_ended()
    }

    /// The last words of a process that has ended.
    pub fn failure(&self, places: &Places) -> Error {
        let output = self.said.text();
        if says_no_space(&output) {
            return Error::NoSpace { path: places.cluster.clone() };
        }
        Error::DidNotStart { output }
    }
}

/// A signal to a process that may be gone already, which is as good.
pub fn send(pid: u32, signal: Signal) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
        let _ = kill_process(pid, signal);
    }
}

/// The database writes its state into the eighth line of its pid file.
fn is_ready(cluster: &Path, pid: u32) -> bool {
    let Ok(text) = fs::read_to_string(cluster.join("postmaster.pid")) else { return false };
    let mut lines = text.lines();
    lines.next().and_then(|line| line.trim().parse().ok()) == Some(pid)
        && lines.nth(6).is_some_and(|line| line.trim() == "ready")
}

/// What the database wrote to its log: passed on as traces, the end of it kept for error messages.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<VecDeque<String>>>);

impl Said {
    /// Listens until the stream ends, which is when the last process of the database has ended.
    fn listen(self, stream: impl std::io::Read + Send + 'static) {
        thread::spawn(move || BufReader::new(stream).lines().map_while(Result::ok).for_each(|line| self.hear(line)));
    }

    fn hear(&self, line: String) {
        // At a stop, connections that are just being closed are named once more.
        let is_usual = line.contains("due to administrator command") || line.contains("connection to client lost");
        if (line.contains("FATAL:") && !is_usual) || line.contains("PANIC:") {
            tracing::warn!(target: "database", "{line}");
        } else {
            tracing::debug!(target: "database", "{line}");
        }
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == LINES_KEPT {
            lines.pop_front();
        }
        lines.push_back(line);
    }

    fn text(&self) -> String {
        // The listener may be a moment behind the end of the process.
        thread::sleep(Duration::from_millis(20));
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}
