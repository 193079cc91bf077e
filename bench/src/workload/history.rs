//! W4: the newest 50 of a conversation of 100,000 messages, again and again, each page looked at.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tokio::task::spawn_local;
use tokio::time::{sleep, timeout};

use super::Bench;
use crate::process::Cores;
use crate::target::{Pager, Recipient, Target};
use crate::tracker::{Sending, Tracker};

pub const MESSAGES: u32 = 100_000;
const PAGE: usize = 50;
const PAGES: usize = 1000;
const AT_MOST: Duration = Duration::from_secs(20);
const PAGE_WITHIN: Duration = Duration::from_secs(60);
const OUTSTANDING: usize = 400;
const FILL_WITHIN: Duration = Duration::from_secs(240);

/// Workload and metric.
pub type Named<'a> = (&'static str, &'a str);

/// Writes the conversation of users 0 and 1, numbered from 0.
pub async fn fill<T: Target>(bench: &Bench<'_, T>, messages: u32) -> Result<()> {
    let tracker = Tracker::new(1);
    let mut sessions = bench.connect(0..2).await?;
    let (_silent, reader) = sessions.remove(1);
    tracker.listen(1, reader);
    let (writer, reader) = sessions.remove(0);
    tracker.listen(0, reader);
    let is_acknowledged = T::ACKNOWLEDGES_DIRECT;
    let sending = Sending { writer, sender: 0, deliveries: 1, is_acknowledged, body_bytes: 100, count: messages };
    let begun = Instant::now();
    spawn_local(sending.saturate(tracker.clone(), OUTSTANDING, || Recipient::User(1)));
    while tracker.complete.get() < messages as usize {
        ensure!(begun.elapsed() < FILL_WITHIN, "only {} messages in time", tracker.complete.get());
        sleep(Duration::from_millis(2)).await;
    }
    tracker.end(Duration::ZERO).await;
    Ok(())
}

/// Reads its newest page; `messages` is how long it is, workload and metric name what is read.
pub async fn run<T: Target>(bench: &mut Bench<'_, T>, messages: u32, (workload, metric): Named<'_>) -> Result<()> {
    let mut pager = bench.target.pager(0).await?;
    let mut times = Vec::with_capacity(PAGES);
    let (begun, cores) = (Instant::now(), Cores::now(bench.watched));
    while times.len() <= PAGES && begun.elapsed() < AT_MOST {
        let asked = Instant::now();
        let mut numbers = timeout(PAGE_WITHIN, pager.newest(1, PAGE)).await??;
        times.push(asked.elapsed());
        numbers.sort_unstable();
        let newest = messages - u32::try_from(PAGE)?..messages;
        ensure!(numbers.iter().copied().eq(newest), "a wrong page: {numbers:?}");
    }
    let shares = cores.since();
    // The first is that of a connection that was not used before.
    times.remove(0);
    bench.results.times(workload, metric, times)?;
    bench.results.shares(workload, metric, shares)
}
