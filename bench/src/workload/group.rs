//! W2: a group of 500, all online, one of them writes. One outstanding: until the last of the others has it. Saturated:
//! 8 outstanding, deliveries a second.

use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tokio::task::spawn_local;
use tokio::time::sleep;

use super::Bench;
use super::direct::sound;
use crate::process::Cores;
use crate::target::{Joining, Recipient, Target, Writer};
use crate::tracker::{Sending, Tracker};

const MEMBERS: u32 = 500;
const WARM_UP: u32 = 5;
const MESSAGES: u32 = 50;
const OUTSTANDING: usize = 8;
const BODY: usize = 100;
const MEASURED: Duration = Duration::from_secs(8);
const PATIENCE: Duration = Duration::from_secs(60);
/// Members entering all at once would be the workload.
const FLOCK: usize = 10;

pub async fn run<T: Target>(bench: &mut Bench<'_, T>, is_saturated: bool) -> Result<()> {
    let name = if is_saturated { "saturated" } else { "one" };
    let group: Rc<str> = format!("group{:x}{name}", crate::target::run()).into();
    let tracker = Tracker::new(1);
    let mut writers = enter(bench, &tracker, &group).await?;
    sleep(Duration::from_secs(1)).await;
    let count = if is_saturated { u32::MAX } else { WARM_UP + MESSAGES };
    let window = if is_saturated { OUTSTANDING } else { 1 };
    let (writer, deliveries) = (writers.remove(0), MEMBERS - 1);
    let sending = Sending { writer, sender: 0, deliveries, is_acknowledged: true, body_bytes: BODY, count };
    spawn_local(sending.saturate(tracker.clone(), window, move || Recipient::Group(group.clone())));
    let begun = Instant::now();
    while tracker.complete.get() < WARM_UP as usize && begun.elapsed() < PATIENCE {
        sleep(Duration::from_millis(1)).await;
    }
    tracker.is_measuring.set(true);
    let (start, cores, before) = (Instant::now(), Cores::now(bench.watched), tracker.deliveries.get());
    let within = if is_saturated { MEASURED } else { PATIENCE };
    while start.elapsed() < within && tracker.complete.get() < count as usize {
        sleep(Duration::from_millis(2)).await;
    }
    let (elapsed, shares) = (start.elapsed().as_secs_f64(), cores.since());
    let deliveries = tracker.deliveries.get() - before;
    tracker.end(Duration::from_secs(15)).await;
    if is_saturated {
        let rate = deliveries as f64 / elapsed;
        bench.results.say("group", "saturated_deliveries_per_s", (rate, "1/s"), deliveries)?;
    }
    bench.results.times("group", &format!("{name}_last_member"), tracker.last_delivery.take())?;
    bench.results.times("group", &format!("{name}_acknowledgement"), tracker.acknowledgement.take())?;
    bench.results.shares("group", name, shares)?;
    sound(&tracker)
}

/// Everybody is in the group and listens.
async fn enter<T: Target>(bench: &Bench<'_, T>, tracker: &Rc<Tracker>, group: &str) -> Result<Vec<T::Writer>> {
    let begun = Instant::now();
    let (mut writers, mut asked) = (Vec::new(), 0);
    for (user, (mut writer, reader)) in (0..).zip(bench.connect(0..MEMBERS).await?) {
        tracker.listen(user, reader);
        asked += usize::from(writer.join(group).await? == Joining::Asked);
        writers.push(writer);
        // The first makes the group; then flocks, each waited for.
        while (asked == 1 || asked.is_multiple_of(FLOCK) || user + 1 == MEMBERS) && tracker.joined.get() < asked {
            ensure!(begun.elapsed() < PATIENCE, "only {} of {asked} are in the group", tracker.joined.get());
            sleep(Duration::from_millis(1)).await;
        }
    }
    Ok(writers)
}
