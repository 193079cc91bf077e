//! Figures: gathered, ordered, written down with the machine and the commit they belong to.

use std::fs::{OpenOptions, create_dir_all};
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use serde_json::json;

/// Where the figures go.
pub struct Results {
    dir: PathBuf,
    commit: String,
    machine: String,
    at: String,
}

impl Results {
    pub fn new() -> anyhow::Result<Self> {
        let dir = PathBuf::from("bench/results");
        create_dir_all(&dir)?;
        Ok(Self { dir, commit: commit(), machine: machine(), at: now() })
    }

    /// Writes one figure and says it. `n` is how many readings it stands for.
    pub fn say(&mut self, workload: &str, metric: &str, (value, unit): (f64, &str), n: usize) -> anyhow::Result<()> {
        let value = (value * 1000.0).round() / 1000.0;
        let line = json!({
            "workload": workload, "target": "tulou", "metric": metric, "value": value, "unit": unit, "n": n,
            "commit": self.commit, "machine": self.machine, "at": self.at,
        });
        let mut file = OpenOptions::new().create(true).append(true).open(self.dir.join(format!("{workload}.jsonl")))?;
        writeln!(file, "{line}")?;
        println!("{workload:<8} {metric:<34} {value:>12} {unit}   n={n}");
        Ok(())
    }

    /// The usual three of a list of times, in milliseconds.
    pub fn times(&mut self, workload: &str, metric: &str, mut times: Vec<Duration>) -> anyhow::Result<()> {
        times.sort_unstable();
        let n = times.len();
        for (name, share) in [("p50", 0.5), ("p99", 0.99)] {
            let index = ((n as f64 - 1.0) * share).round() as usize;
            let time = times.get(index).copied().unwrap_or_default();
            self.say(workload, &format!("{metric}_{name}"), (time.as_secs_f64() * 1000.0, "ms"), n)?;
        }
        Ok(())
    }
}

fn commit() -> String {
    let output = Command::new("git").args(["rev-parse", "--short", "HEAD"]).output();
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
