//! What is seen of processes from outside: memory, and who used the cores (Linux, `/proc`).

use std::collections::HashMap;
use std::fs;
use std::time::Instant;

/// Clock ticks a second in `/proc/*/stat`: 100 on every Linux that matters here.
const TICKS: f64 = 100.0;
/// Above so many percent of a core for anybody else, a measurement counts as disturbed.
pub const DISTURBED: f64 = 20.0;

/// The processes under measurement.
#[derive(Clone, Copy)]
pub struct Watched {
    pub server: u32,
    /// None: the database, if any, is what the server has started.
    pub database: Option<u32>,
}

/// Kibibytes of memory.
#[derive(Clone, Copy, Default)]
pub struct Memory {
    /// Resident; what several processes share counts for each.
    pub server_rss: u64,
    /// What is shared is split among those who share it.
    pub server_pss: u64,
    pub database_pss: u64,
}

impl Watched {
    pub fn memory(&self) -> Memory {
        let all = processes();
        let below = tree(self.server, &all).into_iter().filter(|pid| *pid != self.server);
        let (server, database): (Vec<u32>, Vec<u32>) = match self.database {
            None => (vec![self.server], below.collect()),
            Some(root) => (tree(self.server, &all), tree(root, &all)),
        };
        let sum = |pids: &[u32], name: &str| pids.iter().map(|pid| rollup(*pid, name)).sum();
        Memory {
            server_rss: sum(&server, "Rss:"),
            server_pss: sum(&server, "Pss:"),
            database_pss: sum(&database, "Pss:"),
        }
    }

    fn ticks(&self, all: &Processes) -> u64 {
        let mut pids = tree(self.server, all);
        pids.extend(self.database.into_iter().flat_map(|root| tree(root, all)));
        pids.iter().filter_map(|pid| all.get(pid)).map(|(_, ticks)| ticks).sum()
    }
}

/// Parent and ticks of each process.
type Processes = HashMap<u32, (u32, u64)>;

fn processes() -> Processes {
    let pids = fs::read_dir("/proc").into_iter().flatten();
    pids.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid: u32| {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
            let field = |index: usize| fields.get(index)?.parse::<u64>().ok();
            Some((pid, (u32::try_from(field(1)?).ok()?, field(11)? + field(12)?)))
        })
        .collect()
}

fn tree(root: u32, all: &Processes) -> Vec<u32> {
    let mut pids = vec![root];
    let mut next = 0;
    while let Some(parent) = pids.get(next).copied() {
        pids.extend(all.iter().filter(|(_, (of, _))| *of == parent).map(|(pid, _)| *pid));
        next += 1;
    }
    pids
}

fn rollup(pid: u32, name: &str) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Who has used how much of the cores so far.
pub struct Cores {
    watched: Watched,
    at: Instant,
    server: u64,
    client: u64,
    busy: u64,
    stolen: u64,
}

/// The same over a while, in percent of one core.
#[derive(Clone, Copy)]
pub struct Shares {
    pub server: f64,
    pub client: f64,
    /// Everybody else on this machine, and what the machine below took.
    pub other: f64,
}

impl Cores {
    pub fn now(watched: Watched) -> Self {
        let all = processes();
        let (busy, stolen) = machine();
        let client = all.get(&std::process::id()).map_or(0, |(_, ticks)| *ticks);
        Self { watched, at: Instant::now(), server: watched.ticks(&all), client, busy, stolen }
    }

    /// Since then; none when that is too short for clock ticks.
    pub fn since(&self) -> Option<Shares> {
        let now = Self::now(self.watched);
        let elapsed = (now.at - self.at).as_secs_f64();
        let share = |before: u64, after: u64| after.saturating_sub(before) as f64 / TICKS / elapsed * 100.0;
        let (server, client) = (share(self.server, now.server), share(self.client, now.client));
        let rest = (share(self.busy, now.busy) - server - client).max(0.0) + share(self.stolen, now.stolen);
        (elapsed >= 1.0).then_some(Shares { server, client, other: rest })
    }
}

/// Seconds all cores together have been busy since the machine started.
pub fn busy() -> f64 {
    machine().0 as f64 / TICKS
}

/// Busy and stolen ticks of the whole machine.
fn machine() -> (u64, u64) {
    let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
    let line = stat.lines().next().unwrap_or_default();
    let ticks: Vec<u64> = line.split_whitespace().skip(1).map(|value| value.parse().unwrap_or(0)).collect();
    let field = |index: usize| ticks.get(index).copied().unwrap_or(0);
    (field(0) + field(1) + field(2) + field(5) + field(6), field(7))
}
