//! Whoever searches finds exactly what they could have read (`SRCH-01`): after any history of saying, changing, coming
//! and going, the hits of everybody are those messages of their own conversations in which the words stand.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use kernel::MemberId;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;
use testkit::Person;

use crate::talk::Office;

/// What is said, and what is searched for: some of it is part of others.
const WORDS: [&str; 6] = ["冷链", "冷", "链单", "noodles", "nood", "n"];
const TEXTS: [&str; 5] = ["冷链单独走", "单链冷藏", "noodles for all", "no news", "链单 noodle"];

#[derive(Debug, Clone)]
enum Step {
    Say { who: usize, to: usize, text: usize },
    Change { to: usize, back: i64, text: usize },
    Recall { to: usize, back: i64 },
    Come { who: usize, to: usize },
    Go { who: usize, to: usize },
    Show { to: usize, history: &'static str },
    Dissolve { to: usize },
    Index,
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let (who, to, text) = (0..3_usize, 0..3_usize, 0..TEXTS.len());
    prop_oneof![
        10 => (who.clone(), to.clone(), text.clone()).prop_map(|(who, to, text)| Step::Say { who, to, text }),
        2 => (to.clone(), 0..4_i64, text).prop_map(|(to, back, text)| Step::Change { to, back, text }),
        2 => (to.clone(), 0..4_i64).prop_map(|(to, back)| Step::Recall { to, back }),
        3 => (who.clone(), to.clone()).prop_map(|(who, to)| Step::Come { who, to }),
        2 => (who, to.clone()).prop_map(|(who, to)| Step::Go { who, to }),
        1 => (to.clone(), prop_oneof![Just("joining"), Just("all")]).prop_map(|(to, history)| Step::Show { to, history }),
        1 => to.prop_map(|to| Step::Dissolve { to }),
        2 => Just(Step::Index),
        2 => prop_oneof![Just(1), Just(50), Just(2_000), Just(30_000)].prop_map(Step::Wait),
    ]
}

/// Three groups of Ann's, the first two with Bob and Eve in them, and what happens there.
struct Story {
    office: Office,
    groups: Vec<String>,
}

impl Story {
    async fn begin() -> Self {
        let office = Office::open().await;
        let mut groups = Vec::new();
        for others in [vec![&office.bob, &office.eve], vec![&office.bob], vec![&office.eve]] {
            groups.push(office.group(&office.ann, &others).await);
        }
        Self { office, groups }
    }

    fn person(&self, who: usize) -> &Person {
        [&self.office.ann, &self.office.bob, &self.office.eve][who]
    }

    /// Does it as far as it is allowed; what is refused has not happened.
    async fn tell(&self, step: Step) {
        let (office, ann) = (&self.office, &self.office.ann);
        let path = |to: usize, rest: &str| format!("/v1/conversations/{}{rest}", self.groups[to]);
        match step {
            Step::Say { who, to, text } => {
                let body = json!({"client_id": office.client_id(), "body": {"kind": "text", "text": TEXTS[text]}});
                office.t.call(self.person(who), "POST", &path(to, "/messages"), body).await;
            }
            Step::Change { to, back, text } => {
                self.to_one_of_the_last(to, back, "PATCH", "", json!({"text": TEXTS[text]})).await
            }
            Step::Recall { to, back } => self.to_one_of_the_last(to, back, "POST", "/recall", json!(null)).await,
            Step::Come { who, to } => {
                let ids: [MemberId; 1] = [self.person(who).id];
                office.t.call(ann, "POST", &path(to, "/members"), json!({"member_ids": ids})).await;
            }
            Step::Go { who, to } => {
                drop(office.t.call(self.person(who), "POST", &path(to, "/leave"), json!(null)).await)
            }
            Step::Show { to, history } => {
                office.t.call(ann, "PATCH", &path(to, ""), json!({"history": history})).await;
            }
            Step::Dissolve { to } => drop(office.t.call(ann, "POST", &path(to, "/dissolve"), json!(null)).await),
            Step::Index => office.index().await,
            Step::Wait(minutes) => office.t.clock.advance(TimeDelta::minutes(minutes)),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a request to one of some messages")]
    async fn to_one_of_the_last(&self, to: usize, back: i64, method: &str, verb: &str, body: serde_json::Value) {
        let office = &self.office;
        let last = office.conversation(&office.ann, &self.groups[to]).await["last"]["seq"].as_i64().unwrap();
        let path = format!("/v1/conversations/{}/messages/{}{verb}", self.groups[to], last - back);
        for who in 0..3 {
            office.t.call(self.person(who), method, &path, body.clone()).await;
        }
    }

    async fn end(&self) -> Result<(), String> {
        self.office.index().await;
        for (who, word) in (0..3).flat_map(|who| WORDS.map(|word| (who, word))) {
            let (expected, found) = (self.readable(who, word).await, self.found(who, word).await);
            if expected != found {
                return Err(format!("{who} looks for {word} and finds {found:?} instead of {expected:?}"));
            }
        }
        Ok(())
    }

    /// What somebody can read in which the word stands.
    async fn readable(&self, who: usize, word: &str) -> BTreeSet<(String, i64)> {
        let mut readable = BTreeSet::new();
        for group in &self.groups {
            let path = format!("/v1/conversations/{group}/messages?limit=100");
            let (_, page) = self.office.t.call(self.person(who), "GET", &path, json!(null)).await;
            for message in page["items"].as_array().into_iter().flatten() {
                let text = message["body"]["text"].as_str().unwrap_or_default();
                let place = (group.clone(), message["seq"].as_i64().unwrap());
                readable.extend(stands_in(word, text).then_some(place));
            }
        }
        readable
    }

    /// What they find, in small pages.
    async fn found(&self, who: usize, word: &str) -> BTreeSet<(String, i64)> {
        let (mut found, mut cursor) = (BTreeSet::new(), String::new());
        loop {
            let answer = self.office.search(self.person(who), &format!("q={word}&limit=3{cursor}")).await;
            for hit in answer["hits"].as_array().unwrap() {
                let place =
                    (hit["conversation_id"].as_str().unwrap().to_owned(), hit["message"]["seq"].as_i64().unwrap());
                assert!(found.insert(place), "{word}: twice");
            }
            match answer["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return found,
            }
        }
    }
}

/// What search promises, in other words.
fn stands_in(word: &str, text: &str) -> bool {
    match word.is_ascii() {
        false => text.contains(word),
        // `noodles` is of one stem with `noodle`.
        true => text.split(' ').any(|one| one.starts_with(word) || (word == "noodles" && one == "noodle")),
    }
}

#[test]
fn everybody_finds_exactly_what_they_may_read() {
    let config = Config { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..Config::default() };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, b"tulou: what one may read, found "));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let stories = proptest::collection::vec(step(), 20..80);
    let outcome = runner.run(&stories, |steps| {
        runtime
            .block_on(async {
                let story = Story::begin().await;
                for step in steps {
                    story.tell(step).await;
                }
                let outcome = story.end().await;
                story.office.t.app.stop().await;
                outcome
            })
            .map_err(proptest::test_runner::TestCaseError::fail)
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
