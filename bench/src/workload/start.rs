//! W5: start of the process until a sign-in is answered, and memory when nobody does anything.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::folder::Folder;
use crate::house::House;
use crate::measure::Results;
use crate::peer::tulou::Server;
use crate::process::Watched;
use crate::target::Target;

const PORT: u16 = 18101;
const WARM: usize = 5;
/// Long enough for what runs at a start to have ended.
const QUIET: Duration = Duration::from_secs(15);

/// Ours: a fresh directory first, then warm starts.
pub async fn tulou(results: &mut Results) -> Result<()> {
    let folder = Folder::new("start")?;
    let first = Server::start(&folder.path, PORT).await?;
    results.say("start", "first_start_ever", (first.started_in.as_secs_f64() * 1000.0, "ms"), 1)?;
    let house = House::build(&first, 2).await?;
    first.stop().await?;
    let mut times = Vec::new();
    for _ in 0..WARM {
        let server = Server::start(&folder.path, PORT).await?;
        let before = Instant::now();
        house.owner_signs_in().await?;
        // What `Server::start` waits for besides (a code that does not come) is not the server's time.
        times.push(server.started_in + before.elapsed());
        server.stop().await?;
    }
    results.times("start", "warm_start_to_sign_in", times)?;
    let server = Server::start(&folder.path, PORT).await?;
    // Hashing takes 19 MiB for a moment, on one thread or another: none of it may stay.
    for _ in 0..4 {
        house.owner_signs_in().await?;
    }
    memory(results, server.watched()?).await?;
    server.stop().await
}

/// A peer that has been started once before, and now again at `begun`: until somebody is signed in.
pub async fn peer<T: Target>(results: &mut Results, target: &T, (watched, begun): (Watched, Instant)) -> Result<()> {
    let session = loop {
        match target.connect(0).await {
            Ok(session) => break session,
            Err(error) if begun.elapsed() > Duration::from_secs(60) => return Err(error),
            Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    };
    results.times("start", "warm_start_to_sign_in", vec![begun.elapsed()])?;
    drop(session);
    memory(results, watched).await
}

async fn memory(results: &mut Results, watched: Watched) -> Result<()> {
    tokio::time::sleep(QUIET).await;
    let memory = watched.memory();
    let mib = |kib: u64| (kib as f64 / 1024.0, "MiB PSS");
    results.say("start", "idle_memory_server", mib(memory.server_pss), 1)?;
    results.say("start", "idle_memory_database", mib(memory.database_pss), 1)?;
    results.say("start", "idle_memory", mib(memory.server_pss + memory.database_pss), 1)
}
