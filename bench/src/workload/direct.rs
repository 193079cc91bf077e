//! W1: 200 people online, 20 of them send 100-byte messages to random ones of the other 180. Paced: 200 a second in all,
//! to see the time without queues. Saturated: each sender keeps 8 outstanding. A message is outstanding until its
//! recipient has it and, where there is such a thing, its sender has been told that it is durable.

use std::time::Duration;

use anyhow::{Result, ensure};
use tokio::task::spawn_local;
use tokio::time::sleep;

use super::history::Named;
use super::{Bench, Chance};
use crate::process::Cores;
use crate::target::{Recipient, Target};
use crate::tracker::{Pace, Sending, Tracker};

const PEOPLE: u32 = 200;
const SENDERS: u32 = 20;
const OUTSTANDING: usize = 8;
const PACE: u32 = 200;
const BODY: usize = 100;
const SETTLE: Duration = Duration::from_millis(500);
const WARM_UP: Duration = Duration::from_secs(2);
const MEASURED: Duration = Duration::from_secs(8);

/// How it is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Paced,
    Saturated,
}

pub async fn run<T: Target>(bench: &mut Bench<'_, T>, way: Way) -> Result<()> {
    let name = if way == Way::Paced { "paced" } else { "saturated" };
    named(bench, way, ("direct", name)).await
}

/// The same as part of another workload.
pub async fn named<T: Target>(bench: &mut Bench<'_, T>, way: Way, (workload, name): Named<'_>) -> Result<()> {
    let tracker = Tracker::new(SENDERS);
    let mut silent = Vec::new();
    for (user, (writer, reader)) in (0..).zip(bench.connect(0..PEOPLE).await?) {
        tracker.listen(user, reader);
        if user >= SENDERS {
            // Dropped, it would close the connection.
            silent.push(writer);
            continue;
        }
        let is_acknowledged = T::ACKNOWLEDGES_DIRECT;
        let sending =
            Sending { writer, sender: user, deliveries: 1, is_acknowledged, body_bytes: BODY, count: u32::MAX };
        let mut chance = Chance::new(user);
        let to = move || Recipient::User(SENDERS + chance.below(PEOPLE - SENDERS));
        let tracker = tracker.clone();
        // One after the other: 200 a second, and not 20 at once ten times a second.
        let interval = Duration::from_secs(1) * SENDERS / PACE;
        let pace = Pace { interval, delay: SETTLE + interval * user / SENDERS };
        match way {
            Way::Paced => spawn_local(sending.pace(tracker, pace, to)),
            Way::Saturated => spawn_local(async move {
                sleep(SETTLE).await;
                sending.saturate(tracker, OUTSTANDING, to).await;
            }),
        };
    }
    sleep(SETTLE + WARM_UP).await;
    tracker.is_measuring.set(true);
    let (cores, before) = (Cores::now(bench.watched), tracker.complete.get());
    sleep(MEASURED).await;
    let (shares, complete) = (cores.since(), tracker.complete.get() - before);
    tracker.end(Duration::from_secs(15)).await;
    let rate = complete as f64 / MEASURED.as_secs_f64();
    bench.results.say(workload, &format!("{name}_messages_per_s"), (rate, "1/s"), complete)?;
    bench.results.times(workload, &format!("{name}_acknowledgement"), tracker.acknowledgement.take())?;
    bench.results.times(workload, &format!("{name}_delivery"), tracker.delivery.take())?;
    bench.results.shares(workload, name, shares)?;
    sound(&tracker)
}

/// A run in which something was lost, doubled or refused measures nothing.
pub fn sound(tracker: &Tracker) -> Result<()> {
    let (unfinished, unexpected) = (tracker.unfinished(), tracker.unexpected.get());
    let (refused, lost) = (tracker.refused.get(), tracker.lost.get());
    ensure!(
        unfinished + unexpected + refused + lost == 0,
        "unfinished {unfinished}, unexpected {unexpected}, refused {refused}, connections lost {lost}"
    );
    Ok(())
}
