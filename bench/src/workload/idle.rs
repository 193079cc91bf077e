//! W3: what a connection costs that is signed in and silent; with us also what it costs after it has been used.

use std::time::Duration;

use anyhow::{Result, ensure};
use tokio::time::sleep;

use super::Bench;
use crate::process::Cores;
use crate::target::{Event, Outgoing, Reader, Recipient, Stamp, Target, Writer};

const SILENCE: Duration = Duration::from_secs(5);

/// Reads memory at each of these numbers of connections, which come one on top of the other.
pub async fn run<T: Target>(bench: &mut Bench<'_, T>, counts: &[u32]) -> Result<Vec<(T::Writer, T::Reader)>> {
    sleep(SILENCE).await;
    let before = bench.watched.memory();
    let mut sessions = Vec::new();
    for count in counts {
        let have = u32::try_from(sessions.len())?;
        sessions.extend(bench.connect(have..*count).await?);
        let cores = Cores::now(bench.watched);
        sleep(SILENCE).await;
        let (shares, now) = (cores.since(), bench.watched.memory());
        let each = |before: u64, now: u64| (now.saturating_sub(before) as f64) / f64::from(*count);
        let (name, n) = (named("memory_per_socket_idle", *count), *count as usize);
        let with_database = each(before.server_pss + before.database_pss, now.server_pss + now.database_pss);
        bench.results.say("idle", &name, (each(before.server_pss, now.server_pss), "KiB PSS"), n)?;
        bench.results.say("idle", &format!("{name}_rss"), (each(before.server_rss, now.server_rss), "KiB RSS"), n)?;
        bench.results.say("idle", &format!("{name}_with_database"), (with_database, "KiB PSS"), n)?;
        bench.results.shares("idle", &name, shares)?;
    }
    Ok(sessions)
}

/// Everybody gets one message in the group; then the same silence. The growth counts from before the first connection.
pub async fn used<T: Target>(
    bench: &mut Bench<'_, T>,
    mut sessions: Vec<(T::Writer, T::Reader)>,
    empty: u64,
) -> Result<()> {
    let stamp = Stamp::new(0, 0);
    let message = Outgoing { to: Recipient::Group("".into()), stamp, body: stamp.body(100) };
    sessions[0].0.send(&[message]).await?;
    let mut events = Vec::new();
    for (number, (_, reader)) in sessions.iter_mut().enumerate() {
        let awaited = if number == 0 { Event::Acknowledged(stamp) } else { Event::Delivered(stamp) };
        while !events.contains(&awaited) {
            reader.read(&mut events).await?;
            ensure!(!events.contains(&Event::Refused), "the message was refused");
        }
        events.clear();
    }
    sleep(SILENCE).await;
    let count = sessions.len();
    let each = bench.watched.memory().server_pss.saturating_sub(empty) as f64 / count as f64;
    bench.results.say("idle", &named("memory_per_socket_used", u32::try_from(count)?), (each, "KiB PSS"), count)
}

/// A thousand is what is compared; more is in the name.
fn named(metric: &str, count: u32) -> String {
    if count == 1000 { metric.to_owned() } else { format!("{metric}_{count}") }
}
