//! Start of the process until a sign-in is answered, and memory when nobody does anything.

use std::time::{Duration, Instant};

use super::Folder;
use crate::house::House;
use crate::measure::Results;
use crate::process::Server;

const PORT: u16 = 18101;
const WARM: usize = 5;
/// Long enough for what runs at a start to have ended.
const QUIET: Duration = Duration::from_secs(15);

pub async fn run(results: &mut Results) -> anyhow::Result<()> {
    let folder = Folder::new("start")?;
    let first = Server::start(&folder.0, PORT).await?;
    results.say("start", "first_start_ever", (first.started_in.as_secs_f64() * 1000.0, "ms"), 1)?;
    let house = House::build(&first, 2).await?;
    first.stop().await?;
    let mut times = Vec::new();
    for _ in 0..WARM {
        let server = Server::start(&folder.0, PORT).await?;
        let before = Instant::now();
        house.owner_signs_in().await?;
        // What `Server::start` waits for besides (a code that does not come) is not the server's time.
        times.push(server.started_in + before.elapsed());
        server.stop().await?;
    }
    results.times("start", "warm_start_to_sign_in", times)?;
    let server = Server::start(&folder.0, PORT).await?;
    // Hashing takes 19 MiB for a moment, on one thread or another: none of it may stay.
    for _ in 0..4 {
        house.owner_signs_in().await?;
    }
    tokio::time::sleep(QUIET).await;
    let (program, database) = server.memory()?;
    results.say("start", "idle_memory_server", (program as f64 / 1024.0, "MiB PSS"), 1)?;
    results.say("start", "idle_memory_database", (database as f64 / 1024.0, "MiB PSS"), 1)?;
    results.say("start", "idle_memory", ((program + database) as f64 / 1024.0, "MiB PSS"), 1)?;
    server.stop().await
}
