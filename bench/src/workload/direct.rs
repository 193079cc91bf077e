//! 200 people online; 20 of them send 100-byte messages to random ones of the other 180. Paced: 200 a second in all.
//! Saturated: each sender keeps 8 outstanding. A message is outstanding until it is acknowledged, which means durable;
//! delivery is from sending to arrival at the recipient.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::{LocalSet, spawn_local};

use super::{Folder, client_id};
use crate::house::House;
use crate::measure::Results;
use crate::process::Server;
use crate::socket::{self, Receiver, Sender};

const PORT: u16 = 18102;
const PEOPLE: usize = 200;
const SENDERS: usize = 20;
const OUTSTANDING: usize = 8;
const PACE: u32 = 200;
const WARM_UP: Duration = Duration::from_secs(2);
const MEASURED: Duration = Duration::from_secs(8);

/// What all windows write down.
#[derive(Default)]
struct Log {
    sent: HashMap<String, Instant>,
    acknowledged: Vec<(Instant, Duration)>,
    delivered: Vec<(Instant, Duration)>,
    refused: usize,
}

pub async fn run(results: &mut Results) -> anyhow::Result<()> {
    let folder = Folder::new("direct")?;
    let server = Server::start(&folder.0, PORT).await?;
    let house = House::build(&server, PEOPLE).await?;
    let mut conversations = Vec::new();
    for sender in 0..SENDERS {
        let mut own = Vec::new();
        for recipient in SENDERS..PEOPLE {
            own.push(house.direct(sender, recipient).await?);
        }
        conversations.push(own);
    }
    for is_paced in [true, false] {
        let local = LocalSet::new();
        let log = local.run_until(load(&house, &conversations, is_paced)).await?;
        report(results, if is_paced { "paced" } else { "saturated" }, &log)?;
    }
    server.stop().await
}

async fn load(house: &House, conversations: &[Vec<String>], is_paced: bool) -> anyhow::Result<Rc<RefCell<Log>>> {
    let log = Rc::new(RefCell::new(Log::default()));
    let mut senders: Vec<(Sender, Rc<Semaphore>)> = Vec::new();
    let mut windows = Vec::new();
    for (number, person) in house.people.iter().enumerate() {
        let (sender, receiver) = socket::open(house, person).await?;
        let free = Rc::new(Semaphore::new(OUTSTANDING));
        windows.push(spawn_local(listen(receiver, log.clone(), free.clone())));
        if number < SENDERS {
            senders.push((sender, free));
        } else {
            windows.push(spawn_local(hold(sender)));
        }
    }
    let begun = tokio::time::Instant::now();
    let ends = begun + WARM_UP + MEASURED;
    let mut talking = Vec::new();
    for (number, (sender, free)) in senders.into_iter().enumerate() {
        let own = conversations[number].clone();
        // One after the other: 200 a second, and not 20 at once ten times a second.
        let interval = Duration::from_secs(1) * SENDERS as u32 / PACE;
        let pace =
            is_paced.then(|| tokio::time::interval_at(begun + interval * number as u32 / SENDERS as u32, interval));
        let talker = Talker { sender, conversations: own, free, pace, seed: number as u64 };
        talking.push(spawn_local(talk(talker, log.clone(), ends)));
    }
    for task in talking {
        task.await??;
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    for window in windows {
        window.abort();
    }
    let measured = (begun + WARM_UP).into_std()..ends.into_std();
    let mut kept = log.borrow_mut();
    kept.acknowledged.retain(|(at, _)| measured.contains(at));
    kept.delivered.retain(|(at, _)| measured.contains(at));
    drop(kept);
    Ok(log)
}

/// Keeps the sending half of a window that only listens.
async fn hold(_sender: Sender) {
    std::future::pending::<()>().await;
}

async fn listen(mut receiver: Receiver, log: Rc<RefCell<Log>>, free: Rc<Semaphore>) {
    while let Ok(frame) = receiver.next().await {
        let now = Instant::now();
        let mut log = log.borrow_mut();
        match frame["k"].as_str() {
            Some("sent") => {
                let since = log.sent.get(frame["client_id"].as_str().unwrap_or_default()).map(|at| now - *at);
                log.acknowledged.extend(since.map(|since| (now, since)));
                free.add_permits(1);
            }
            Some("refused") => {
                log.refused += 1;
                free.add_permits(1);
            }
            Some("message") => {
                let text = frame["message"]["body"]["text"].as_str().unwrap_or_default();
                let since = log.sent.get(text.get(..36).unwrap_or_default()).map(|at| now - *at);
                log.delivered.extend(since.map(|since| (now, since)));
            }
            _ => {}
        }
    }
    // A window that was cut ends the measurement instead of standing still.
    free.close();
}

/// Somebody who writes: to whom, how often a second, until when.
struct Talker {
    sender: Sender,
    conversations: Vec<String>,
    free: Rc<Semaphore>,
    /// None: whenever fewer than `OUTSTANDING` are outstanding.
    pace: Option<tokio::time::Interval>,
    seed: u64,
}

async fn talk(talker: Talker, log: Rc<RefCell<Log>>, ends: tokio::time::Instant) -> anyhow::Result<()> {
    let Talker { mut sender, conversations, free, mut pace, seed } = talker;
    let mut chance = 0x9e37_79b9_7f4a_7c15_u64 ^ seed;
    while tokio::time::Instant::now() < ends {
        match &mut pace {
            Some(pace) => drop(pace.tick().await),
            None => free.acquire().await?.forget(),
        }
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let conversation = &conversations[(chance >> 33) as usize % conversations.len()];
        let id = client_id();
        let frame = message(&id, conversation);
        log.borrow_mut().sent.insert(id, Instant::now());
        socket::send(&mut sender, &frame).await?;
    }
    Ok(())
}

/// 100 bytes of text; they begin with the client id, so that the recipient can be timed.
fn message(id: &str, conversation: &str) -> Value {
    let text =
        format!("{id}{}", " the quick brown fox jumps over the lazy dog and then some".get(..64).unwrap_or(" ..."));
    let text = format!("{text:.<100}");
    json!({"c": "chat", "k": "send", "client_id": id, "conversation_id": conversation,
        "body": {"v": 1, "kind": "text", "text": text.get(..100).unwrap_or(&text)}})
}

fn report(results: &mut Results, kind: &str, log: &Rc<RefCell<Log>>) -> anyhow::Result<()> {
    let log = log.borrow();
    let count = log.acknowledged.len();
    results.say("direct", &format!("{kind}_messages_per_s"), (count as f64 / MEASURED.as_secs_f64(), "1/s"), count)?;
    results.say("direct", &format!("{kind}_refused"), (log.refused as f64, "messages"), count)?;
    let since = |list: &[(Instant, Duration)]| list.iter().map(|(_, since)| *since).collect::<Vec<_>>();
    results.times("direct", &format!("{kind}_acknowledgement"), since(&log.acknowledged))?;
    results.times("direct", &format!("{kind}_delivery"), since(&log.delivered))
}
