//! Synchronisation, whatever happens (`IM-19`): after any history of sending, changing, coming, going and broken lines,
//! every device shows exactly what its owner may see: in one order, without a gap, nothing twice, with the right count.

use std::collections::BTreeMap;

use kernel::{Actor, MemberId};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;

use crate::device::{Device, id_of};
use crate::talk::Office;

#[derive(Debug, Clone)]
enum Step {
    Say { device: usize, to: usize, is_sent_twice: bool },
    Edit { to: usize, back: i64 },
    Recall { to: usize, back: i64 },
    Read { device: usize, to: usize },
    Come,
    Go,
    Show(&'static str),
    Lose(usize),
    Connect(usize),
    Drain(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let (device, to) = (0..5_usize, 0..2_usize);
    prop_oneof![
        8 => (device.clone(), to.clone(), any::<bool>()).prop_map(|(device, to, is_sent_twice)| Step::Say { device, to, is_sent_twice }),
        3 => (to.clone(), 0..6_i64).prop_map(|(to, back)| Step::Edit { to, back }),
        2 => (to.clone(), 0..6_i64).prop_map(|(to, back)| Step::Recall { to, back }),
        3 => (device.clone(), to).prop_map(|(device, to)| Step::Read { device, to }),
        2 => Just(Step::Come),
        1 => Just(Step::Go),
        1 => prop_oneof![Just("joining"), Just("all")].prop_map(Step::Show),
        3 => device.clone().prop_map(Step::Lose),
        3 => device.clone().prop_map(Step::Connect),
        3 => device.prop_map(Step::Drain),
    ]
}

/// The truth of one conversation, past all rules of who may see it.
struct Truth {
    /// By number: what it counts as, state, words.
    messages: BTreeMap<i64, (i64, String, Option<String>)>,
    /// Who is in it, from where on, read up to where.
    members: BTreeMap<MemberId, (i64, i64)>,
}

struct Story {
    office: Office,
    devices: Vec<Device>,
    conversations: [String; 2],
    said: usize,
}

impl Story {
    async fn begin() -> Self {
        let office = Office::open_live().await;
        let group = office.group(&office.ann, &[&office.bob, &office.eve]).await;
        let direct = office.direct(&office.ann, &office.bob).await;
        let owners = [&office.ann, &office.bob, &office.bob, &office.eve, &office.eve];
        let mut devices: Vec<Device> = owners.into_iter().map(Device::new).collect();
        for device in &mut devices[..4] {
            device.connect(&office).await;
        }
        Self { office, devices, conversations: [group, direct], said: 0 }
    }

    async fn tell(&mut self, step: Step) {
        let Self { office, devices, conversations, said } = self;
        office.t.clock.advance(chrono::TimeDelta::milliseconds(700));
        match step {
            Step::Say { device, to, is_sent_twice } => {
                *said += 1;
                devices[device].say(office, &conversations[to], format!("m{said}"), is_sent_twice).await;
            }
            Step::Edit { to, back } => {
                *said += 1;
                self.change(to, back, "PATCH", "").await;
            }
            Step::Recall { to, back } => self.change(to, back, "POST", "/recall").await,
            Step::Read { device, to } => devices[device].read(office, &conversations[to]).await,
            Step::Come => {
                let path = format!("/v1/conversations/{}/members", conversations[0]);
                office.ask(&office.ann, "POST", &path, json!({"member_ids": [office.eve.id]}), 204).await;
            }
            Step::Go => {
                let path = format!("/v1/conversations/{}/leave", conversations[0]);
                office.t.call(&office.eve, "POST", &path, json!(null)).await;
            }
            Step::Show(history) => {
                let path = format!("/v1/conversations/{}", conversations[0]);
                office.ask(&office.ann, "PATCH", &path, json!({"history": history}), 200).await;
            }
            Step::Lose(device) => devices[device].lose(),
            Step::Connect(device) => devices[device].connect(office).await,
            Step::Drain(device) => devices[device].drain(office).await,
        }
    }

    /// Whoever wrote one of the last messages changes it, if they may.
    async fn change(&self, to: usize, back: i64, method: &str, verb: &str) {
        let (office, id) = (&self.office, &self.conversations[to]);
        let last = office.conversation(&office.ann, id).await["last"]["seq"].as_i64().unwrap();
        let path = format!("/v1/conversations/{id}/messages/{}{verb}", last - back);
        let body = if verb.is_empty() { json!({"text": format!("m{}", self.said)}) } else { json!(null) };
        for person in [&office.ann, &office.bob, &office.eve] {
            office.t.call(person, method, &path, body.clone()).await;
        }
    }

    async fn truth(&self, id: &str) -> Truth {
        let office = &self.office;
        let (org, id) = (office.ann.org, id.parse::<uuid::Uuid>().unwrap());
        let mut tx = office.t.app.begin(org, Actor::System).await.unwrap();
        type Row = (i64, i64, chrono::DateTime<chrono::Utc>, uuid::Uuid, uuid::Uuid, String, Option<Vec<u8>>);
        let rows: Vec<Row> = sqlx::query_as(
            "select seq, n, sent_at, id, author_id, state, body from chat.message where conversation_id = $1 order by seq",
        )
        .bind(id)
        .fetch_all(tx.db())
        .await
        .unwrap();
        let members: Vec<(MemberId, i64, i64)> =
            sqlx::query_as("select member_id, start_seq, read_seq from chat.member where conversation_id = $1")
                .bind(id)
                .fetch_all(tx.db())
                .await
                .unwrap();
        let open = |at: chrono::DateTime<chrono::Utc>, message: uuid::Uuid, author: uuid::Uuid, sealed: Vec<u8>| {
            let day = i32::try_from(at.timestamp() / 86_400).unwrap();
            let plain = office.t.app.vault().open_message(org.0, day, author, message, &sealed).unwrap();
            let body: serde_json::Value = serde_json::from_slice(&plain).unwrap();
            body["text"].as_str().unwrap_or("system").to_owned()
        };
        let messages = rows
            .into_iter()
            .map(|(seq, n, at, message, author, state, body)| {
                (seq, (n, state, body.map(|sealed| open(at, message, author, sealed))))
            })
            .collect();
        Truth { messages, members: members.into_iter().map(|(id, start, read)| (id, (start, read))).collect() }
    }

    /// Everybody comes back, and everything is compared.
    async fn end(&mut self) -> Result<(), String> {
        for device in &mut self.devices {
            device.connect(&self.office).await;
            device.drain(&self.office).await;
        }
        for device in &mut self.devices {
            device.drain(&self.office).await;
            device.catch_up(&self.office).await;
        }
        for id in &self.conversations {
            let truth = self.truth(id).await;
            let numbers: Vec<i64> = truth.messages.keys().copied().collect();
            if numbers != (1..=i64::try_from(numbers.len()).unwrap()).collect::<Vec<_>>() {
                return Err(format!("numbers have a gap: {numbers:?}"));
            }
            let mut texts: Vec<&String> =
                truth.messages.values().filter_map(|m| m.2.as_ref()).filter(|t| *t != "system").collect();
            let count = texts.len();
            texts.sort();
            texts.dedup();
            if texts.len() != count {
                return Err("something was said twice".into());
            }
            for (place, device) in self.devices.iter().enumerate() {
                compare(&truth, device, id).map_err(|wrong| format!("device {place}, conversation {id}: {wrong}"))?;
            }
        }
        Ok(())
    }
}

fn compare(truth: &Truth, device: &Device, id: &str) -> Result<(), String> {
    let shown = device.logs.get(id);
    let Some((start, read)) = truth.members.get(&id_of(device)).copied() else {
        return if shown.is_none() { Ok(()) } else { Err("it shows a conversation that is not its owner's".into()) };
    };
    let shown = shown.ok_or("it does not show the conversation")?;
    let visible = truth.messages.iter().filter(|(seq, _)| **seq > start);
    let expected: Vec<(i64, &str, Option<&str>)> =
        visible.map(|(seq, m)| (*seq, m.1.as_str(), m.2.as_deref())).collect();
    let found: Vec<(i64, &str, Option<&str>)> =
        shown.messages.iter().map(|(seq, seen)| (*seq, seen.state.as_str(), seen.text.as_deref())).collect();
    if found != expected {
        return Err(format!("it shows {found:?} instead of {expected:?}"));
    }
    let n_at = |seq: i64| truth.messages.range(..=seq).next_back().map_or(0, |(_, m)| m.0);
    let is_gone = |state: &str| ["recalled", "removed"].contains(&state);
    let gone = truth.messages.range(read.max(start) + 1..).filter(|(_, m)| is_gone(m.1.as_str())).count();
    let unread = n_at(i64::MAX) - n_at(read.max(start)) - i64::try_from(gone).unwrap();
    if shown.unread != unread {
        return Err(format!("it counts {} unread instead of {unread}", shown.unread));
    }
    Ok(())
}

#[test]
fn every_device_ends_with_exactly_what_it_may_see() {
    let config = Config { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..Config::default() };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, b"tulou: every device in order, 1 "));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let stories = proptest::collection::vec(step(), 10..60);
    let outcome = runner.run(&stories, |steps| {
        runtime
            .block_on(async {
                let mut story = Story::begin().await;
                for step in steps {
                    story.tell(step).await;
                }
                let outcome = story.end().await;
                // Its tasks and connections go with it: the next story has a program of its own.
                story.office.t.app.stop().await;
                outcome
            })
            .map_err(proptest::test_runner::TestCaseError::fail)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
