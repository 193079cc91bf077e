//! The server is stopped, cut in the middle of its work, and several nodes do it at once: what was promised is kept once and whole.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use chrono::TimeDelta;
use serde_json::Value;

use super::corpus::{ADDRESS, Corpus, HAN, MARK, modules};
use super::scan::Scan;
use super::{logs, sealed};

/// Longer than a node has a job for itself without saying that it still lives.
const LEASE: TimeDelta = TimeDelta::seconds(61);

/// Does the work as far as so many steps go, and then nothing more, as if the power had failed; `true` when that was all of it.
async fn cut(work: impl Future<Output = ()>, mut steps: u32) -> bool {
    let mut work = pin!(work);
    poll_fn(|cx| {
        if steps == 0 {
            return Poll::Ready(false);
        }
        steps -= 1;
        work.as_mut().poll(cx).map(|()| true)
    })
    .await
}

#[tokio::test]
async fn del_01_ret_09_what_is_cut_anywhere_is_finished_by_others_once_and_whole() {
    let corpus = Corpus::planted().await;
    let (t, bob) = (&corpus.t, &corpus.bob);
    let from = t.app.now();
    // Both come to their end at one instant: what Bob said, and Bob.
    t.clock.advance(TimeDelta::days(76));
    t.run_jobs().await;
    corpus.prove(&corpus.ann).await;
    corpus.ask(&corpus.ann, ("POST", &format!("/v1/members/{}/remove", bob.id)), Value::Null).await;
    t.run_subscribers().await;

    // Nobody was there at that instant: the server was stopped a day before, and starts a day later.
    t.clock.set(from + TimeDelta::days(91) + TimeDelta::seconds(1));
    let messages = format!("/v1/conversations/{}/messages", corpus.group);
    let (mut steps, mut cuts) = (3, 0);
    loop {
        let node = t.beside(modules());
        let is_done = cut(node.run_jobs(), steps).await;
        let shown = corpus.ask(&corpus.eve, ("GET", &messages), Value::Null).await.to_string();
        assert!(!shown.contains(MARK), "shown after {steps} steps: {shown}");
        if is_done {
            break;
        }
        (steps, cuts) = (steps * 3 / 2 + 1, cuts + 1);
        t.clock.advance(LEASE);
    }
    assert!(cuts > 5, "it was cut only {cuts} times");
    for _ in 0..2 {
        t.clock.advance(TimeDelta::hours(1));
        let (one, two) = (t.beside(modules()), t.beside(modules()));
        tokio::join!(one.run_jobs(), two.run_jobs());
        tokio::join!(one.run_subscribers(), two.run_subscribers());
    }

    let gone = |value: &&sealed::Value| value.is_of(bob.id.0) || value.place.starts_with("chat.message");
    let gone: Vec<_> = corpus.sealed.iter().filter(gone).collect();
    let open: Vec<_> = gone.iter().filter(|value| value.open(t.app.vault()).is_ok()).map(|one| &one.place).collect();
    assert_eq!(open, Vec::<&String>::new(), "keys that stayed");
    let now = sealed::values(t, &corpus.orgs()).await;
    let rows = gone.iter().filter(|one| now.iter().any(|row| row.place == one.place && row.sealed == one.sealed));
    assert_eq!(rows.map(|one| &one.place).collect::<Vec<_>>(), Vec::<&String>::new(), "rows that stayed");

    // Neither what was cut nor what went on with it has told of whom or what.
    let scan = Scan::of([MARK, HAN, ADDRESS], corpus.files.pieces.clone());
    assert_eq!(logs::found(&scan), Vec::<String>::new(), "what the program said");

    // Told once, however often it was begun.
    let page = corpus.ask(&corpus.ann, ("GET", "/v1/erasure/receipts"), Value::Null).await;
    let receipts = page["items"].as_array().unwrap();
    assert_eq!(receipts.iter().filter(|one| one["rule"] == "RET-08").count(), 1, "{page}");
    let messages = receipts.iter().filter(|one| one["rule"] == "RET-09");
    let told: i64 = messages.map(|one| one["rows"]["chat.message"].as_i64().unwrap_or(0)).sum();
    let texts = corpus.sealed.iter().filter(|one| one.place == "chat.message.body");
    let said = texts.map(|one| one.object).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(usize::try_from(told).unwrap(), said.len(), "each message is counted once: {page}");
}
