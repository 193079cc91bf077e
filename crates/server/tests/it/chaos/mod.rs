//! Nodes, bus and database die under load, and nothing that was acknowledged is lost, doubled or told in another order.
//!
//! `make chaos` runs all of it, `make test` the short form. Neither is among the ordinary tests: they need the machine for
//! themselves.

mod device;
mod gate;
mod history;
mod site;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use crate::people::{Person, direct, join, set_up};
use device::{Device, Kept, Task};
use history::{History, Unread, violations};
use site::Site;

const NODES: usize = 3;
/// After the last disturbance everybody has everything within this time, of their own accord.
const HEALED_WITHIN: Duration = Duration::from_secs(40);

/// The people of a run and what they have in hand.
struct Office {
    site: Site,
    people: Vec<Person>,
    conversations: Vec<String>,
    devices: Vec<Device>,
    task: watch::Sender<Task>,
}

impl Office {
    /// Four people with a device at each node; the last one only listens. Conversations: one of all, two of two.
    async fn open(pause: Duration) -> Self {
        let site = Site::build(NODES).await;
        // Each start prints a new code, and only the newest is worth anything.
        let ann = set_up(site.node(NODES - 1)).await;
        let mut people = vec![ann.clone()];
        for name in ["Bob", "Cai", "Dee"] {
            people.push(join(site.node(NODES - 1), &ann, name).await);
        }
        let others: Vec<&str> = people[1..].iter().map(|person| person.member.as_str()).collect();
        let group = json!({"kind": "group", "name": "All", "member_ids": others});
        let group = ann.done("POST", "/v1/conversations", group).await["id"].as_str().unwrap().to_owned();
        let conversations = vec![group, direct(&ann, &people[1]).await, direct(&people[1], &people[2]).await];
        let (task, hears) = watch::channel(Task::Talk);
        let mut devices = Vec::new();
        for (number, person) in people.iter().enumerate() {
            for home in 0..NODES {
                let is_listener = number == people.len() - 1 || home == 2;
                let in_it = [&[0, 1][..], &[0, 1, 2], &[0, 2], &[0]][number];
                let says_in = if is_listener { &[][..] } else { in_it };
                devices.push(Device {
                    name: format!("{} {home}", ["Ann", "Bob", "Cai", "Dee"][number]),
                    person: person.clone(),
                    says_in: says_in.iter().map(|place| conversations[*place].clone()).collect(),
                    pause,
                    home,
                    addresses: Arc::clone(&site.addresses),
                    kept: Arc::default(),
                    task: hears.clone(),
                });
            }
        }
        for device in &devices {
            gate::spawn(device.clone().live());
        }
        Self { site, people, conversations, devices, task }
    }

    fn acknowledged(&self) -> usize {
        self.devices.iter().map(|device| device.kept.lock().unwrap().acks.len()).sum()
    }

    /// The load goes on: so many more are acknowledged.
    async fn goes_on(&self, more: usize) {
        let (begun, before) = (Instant::now(), self.acknowledged());
        while self.acknowledged() < before + more {
            let so_far = self.acknowledged() - before;
            assert!(
                begun.elapsed() < HEALED_WITHIN,
                "only {so_far} of {more} in {HEALED_WITHIN:?}: {:?}",
                self.troubles()
            );
            sleep(Duration::from_millis(20)).await;
        }
    }

    fn troubles(&self) -> BTreeMap<String, usize> {
        let mut troubles = BTreeMap::new();
        for device in &self.devices {
            for error in &device.kept.lock().unwrap().errors {
                *troubles.entry(error.clone()).or_default() += 1;
            }
        }
        troubles
    }

    /// Everybody falls silent, and waits until every device has what the database has, without being told to look.
    async fn falls_silent(&self) {
        self.task.send(Task::Listen).unwrap();
        let begun = Instant::now();
        loop {
            let (last, behind) = (self.last().await, begun.elapsed());
            let missing: Vec<String> = self.devices.iter().filter_map(|device| lacking(device, &last)).collect();
            if missing.is_empty() {
                return;
            }
            assert!(behind < HEALED_WITHIN, "after {behind:?}: {missing:?}, {:?}", self.troubles());
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// Where each conversation ends, by the server.
    async fn last(&self) -> BTreeMap<String, i64> {
        let bob = self.at_hand(1);
        let mut last = BTreeMap::new();
        for conversation in &self.conversations {
            let shown = bob.done("GET", &format!("/v1/conversations/{conversation}"), Value::Null).await;
            last.insert(conversation.clone(), shown["last"]["seq"].as_i64().unwrap());
        }
        last
    }

    /// A person at a node that answers.
    fn at_hand(&self, person: usize) -> Person {
        let address = self.site.addresses.read().unwrap().iter().flatten().next().copied().unwrap();
        Person { address, ..self.people[person].clone() }
    }

    async fn history(&self) -> History {
        let mut history = History::default();
        for device in &self.devices {
            let kept = device.kept.lock().unwrap();
            history.devices.push((device.name.clone(), kept.seen.clone()));
            history.acks.extend(kept.acks.iter().cloned());
            history.contradictions.extend(kept.contradictions.iter().cloned());
        }
        for number in 0..self.people.len() {
            let person = self.at_hand(number);
            let list = person.done("GET", "/v1/conversations", Value::Null).await;
            for shown in list["items"].as_array().unwrap() {
                let (conversation, count) = (shown["id"].as_str().unwrap(), shown["my"]["unread"].as_i64().unwrap());
                history.unread.push(Unread { member: person.member.clone(), conversation: conversation.into(), count });
            }
        }
        history
    }

    /// Silence, the check, and talk again.
    async fn holds(&self, after: &str) {
        self.falls_silent().await;
        let found = violations(&self.history().await);
        assert!(found.is_empty(), "after {after}:\n{}", found.join("\n"));
        println!("{after}: {} acknowledged, all of it there; {:?}", self.acknowledged(), self.troubles());
        self.task.send(Task::Talk).unwrap();
    }

    async fn close(self) {
        self.task.send(Task::End).unwrap();
        self.site.close().await;
    }
}

fn lacking(device: &Device, last: &BTreeMap<String, i64>) -> Option<String> {
    let kept: &Mutex<Kept> = &device.kept;
    let kept = kept.lock().unwrap();
    let lacks = |(conversation, messages): (&String, &BTreeMap<i64, history::Entry>)| {
        let (has, is_to_have) = (i64::try_from(messages.len()).unwrap(), last[conversation]);
        (has < is_to_have).then(|| format!("{} has {has} of {is_to_have}", device.name))
    };
    if kept.is_waiting {
        return Some(format!("{} waits for an answer", device.name));
    }
    if kept.seen.is_empty() { Some(format!("{} has nothing", device.name)) } else { kept.seen.iter().find_map(lacks) }
}

/// Everything that can be hurt is hurt once, the load going on.
async fn hurt_everything(office: &mut Office, time: Duration, load: usize) {
    office.goes_on(load).await;
    office.holds("the beginning").await;
    office.goes_on(load).await;
    office.site.kill(1);
    office.goes_on(load).await;
    office.site.start(1);
    office.goes_on(load).await;
    office.holds("kill -9 of a node").await;
    office.site.kill_bus(Duration::from_secs(2)).await;
    office.goes_on(load).await;
    office.holds("kill -9 of the bus").await;
    office.site.kill_database().await;
    office.goes_on(load).await;
    office.holds("kill -9 of the database").await;
    office.site.freeze(2, time).await;
    office.goes_on(load).await;
    office.holds("a node that stood still").await;
    office.site.cut_off(0, time).await;
    office.goes_on(load).await;
    office.holds("a node without the bus").await;
}

/// One node after the other goes and comes back, and nobody is told of an error.
async fn restart_one_by_one(office: &mut Office, load: usize) {
    for node in 0..NODES {
        let before = office.troubles();
        // The balancer hears by /healthz that the node is about to go, and sends nobody there any more.
        office.site.node(node).signal("TERM");
        while crate::http::get(office.site.node(node).address, "/healthz").await.status != 503 {
            sleep(Duration::from_millis(20)).await;
        }
        office.site.hide(node);
        let site = &mut office.site;
        let said = tokio::task::block_in_place(|| site.wait(node));
        assert!(!said.contains("did not end by themselves"), "{said}");
        office.goes_on(load).await;
        office.site.start(node);
        assert_eq!(office.troubles(), before, "while node {node} was restarted");
    }
    office.holds("a restart of each node").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs the machine for itself: scripts/test chaos"]
async fn chaos_short() {
    let mut office = Office::open(Duration::from_millis(50)).await;
    hurt_everything(&mut office, Duration::from_secs(5), 60).await;
    restart_one_by_one(&mut office, 40).await;
    office.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: make chaos"]
async fn chaos_in_full() {
    let mut office = Office::open(Duration::from_millis(10)).await;
    for _ in 0..3 {
        hurt_everything(&mut office, Duration::from_secs(10), 2000).await;
        restart_one_by_one(&mut office, 1000).await;
    }
    office.close().await;
}
