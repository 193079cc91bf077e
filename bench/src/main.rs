//! Measures a Tulou that runs as its people will run it: release build, private database, durable, sealed.
//!
//! One JSON object a line goes into `bench/results/<workload>.jsonl`; docs/performance.md has the table.

mod house;
mod measure;
mod process;
mod socket;
mod workload;

use anyhow::bail;

use measure::Results;

const ALL: [&str; 8] = ["size", "start", "direct", "history", "idle", "import", "search", "client"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let named: Vec<String> = std::env::args().skip(1).collect();
    let wanted: Vec<&str> = if named.is_empty() { ALL.to_vec() } else { named.iter().map(String::as_str).collect() };
    let mut results = Results::new()?;
    for name in wanted {
        match name {
            "size" => workload::size::run(&mut results)?,
            "start" => workload::start::run(&mut results).await?,
            "direct" => workload::direct::run(&mut results).await?,
            "history" => workload::history::run(&mut results).await?,
            "idle" => workload::idle::run(&mut results).await?,
            "client" => workload::client::run(&mut results).await?,
            "import" => workload::import::run(&mut results).await?,
            "search" => workload::search::run(&mut results).await?,
            other => bail!("no workload {other}; there are {}", ALL.join(", ")),
        }
    }
    Ok(())
}
