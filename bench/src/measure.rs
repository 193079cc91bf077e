//! Figures: ordered, written down with the machine and the commit they belong to, kept for the ratios.

use std::fs::{OpenOptions, create_dir_all};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use serde_json::json;

use crate::process::{DISTURBED, Shares};

/// Where the figures go, and whose they are now.
pub struct Results {
    dir: PathBuf,
    commit: String,
    machine: String,
    at: String,
    target: &'static str,
    round: usize,
    said: Vec<Said>,
}

/// One figure.
pub struct Said {
    pub workload: &'static str,
    pub target: &'static str,
    pub metric: String,
    pub round: usize,
    pub value: f64,
}

impl Results {
    pub fn new() -> anyhow::Result<Self> {
        let dir = PathBuf::from("bench/results");
        create_dir_all(&dir)?;
        let (commit, machine, at) = (commit(), machine(), now());
        Ok(Self { dir, commit, machine, at, target: "tulou", round: 1, said: Vec::new() })
    }

    /// What is said from here on is said of this server in this round.
    pub fn of(&mut self, target: &'static str, round: usize) -> &mut Self {
        (self.target, self.round) = (target, round);
        self
    }

    /// All that was said.
    pub fn said(&self) -> &[Said] {
        &self.said
    }

    /// Writes one figure and says it. `n` is how many readings it stands for.
    pub fn say(
        &mut self,
        workload: &'static str,
        metric: &str,
        (value, unit): (f64, &str),
        n: usize,
    ) -> anyhow::Result<()> {
        let value = (value * 1000.0).round() / 1000.0;
        let (target, round) = (self.target, self.round);
        let line = json!({
            "workload": workload, "target": target, "metric": metric, "value": value, "unit": unit, "n": n,
            "round": round, "commit": self.commit, "machine": self.machine, "at": self.at,
        });
        let mut file = OpenOptions::new().create(true).append(true).open(self.dir.join(format!("{workload}.jsonl")))?;
        writeln!(file, "{line}")?;
        println!("{workload:<8} {target:<9} {round} {metric:<36} {value:>12} {unit}   n={n}");
        self.said.push(Said { workload, target, metric: metric.to_owned(), round, value });
        Ok(())
    }

    /// The usual four of a list of times, in milliseconds; nothing of none.
    pub fn times(&mut self, workload: &'static str, metric: &str, mut times: Vec<Duration>) -> anyhow::Result<()> {
        times.sort_unstable();
        let n = times.len();
        for (name, share) in [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0)] {
            let index = ((n as f64 - 1.0) * share).round() as usize;
            let Some(time) = times.get(index) else { continue };
            self.say(workload, &format!("{metric}_{name}"), (time.as_secs_f64() * 1000.0, "ms"), n)?;
        }
        Ok(())
    }

    /// Who used the cores meanwhile; a disturbed measurement says so.
    pub fn shares(&mut self, workload: &'static str, metric: &str, shares: Option<Shares>) -> anyhow::Result<()> {
        let Some(Shares { server, client, other }) = shares else { return Ok(()) };
        for (name, share) in [("server", server), ("client", client), ("others", other)] {
            self.say(workload, &format!("{metric}_core_{name}"), (share, "% of a core"), 1)?;
        }
        if other > DISTURBED {
            println!(
                "{workload:<8} {:<9} {} {metric} was DISTURBED: others used {other:.0} %",
                self.target, self.round
            );
        }
        Ok(())
    }
}

fn commit() -> String {
    let output = Command::new("git").args(["describe", "--always", "--dirty", "--exclude", "*"]).output();
    output.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned()).unwrap_or_default()
}

fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ")).map_or("", |(_, m)| m);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let all = info.matches("processor\t").count().max(cores);
    format!("{all} × {model}")
}

#[expect(clippy::disallowed_methods, reason = "a measurement is dated by the machine's clock")]
fn now() -> String {
    chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
