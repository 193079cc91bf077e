//! Earlier backups, put back when time has gone by: with the keys that there still are they show nothing of what is gone, and what was
//! erased is erased in them again (`DEL-08`, `ENC-02`).

use backups::Depth;
use chrono::TimeDelta;
use kernel::Actor;
use serde_json::Value;
use testkit::{Person, TestApp};

use super::corpus::{ADDRESS, Corpus, HAN, MARK, modules};
use super::scan::Scan;
use super::{disk, sealed};

async fn shown(t: &TestApp, who: &Person, path: &str) -> String {
    let (status, answer) = t.call(who, "GET", path, Value::Null).await;
    assert_eq!(status, 200, "{path}: {answer}");
    answer.to_string()
}

async fn count(t: &TestApp, corpus: &Corpus, statement: &'static str) -> i64 {
    let mut tx = t.app.begin(corpus.acme, Actor::System).await.unwrap();
    sqlx::query_scalar(statement).fetch_one(tx.db()).await.unwrap()
}

#[tokio::test]
async fn del_08_a_backup_of_any_time_before_shows_nothing_of_what_is_gone_since() {
    let corpus = Corpus::planted().await;
    let (t, bob) = (&corpus.t, &corpus.bob);
    let from = t.app.now();
    let messages = format!("/v1/conversations/{}/messages", corpus.group);
    let first = t.copy().await;

    // As it is, everything comes back.
    let back = t.restored(&first, modules()).await;
    let eve = back.sign_in(corpus.acme, corpus.eve.id, corpus.eve.account);
    assert!(shown(&back, &eve, &messages).await.contains(MARK));
    assert!(shown(&back, &eve, "/v1/members").await.contains(&bob.id.to_string()));
    assert_eq!(backups::verify(&back.app, Depth::All).await.unwrap().faults, Vec::<String>::new());
    drop(back);

    t.clock.advance(TimeDelta::days(76));
    t.run_jobs().await;
    corpus.prove(&corpus.ann).await;
    corpus.ask(&corpus.ann, ("POST", &format!("/v1/members/{}/remove", bob.id)), Value::Null).await;
    t.run_subscribers().await;
    let second = t.copy().await;
    t.clock.set(from + TimeDelta::days(91) + TimeDelta::seconds(1));
    for _ in 0..2 {
        t.run_jobs().await;
        t.run_subscribers().await;
        t.clock.advance(TimeDelta::hours(1));
    }

    for copy in [first, second] {
        let back = t.restored(&copy, modules()).await;
        let again = backups::again(&back.app).await.unwrap();
        assert!(again.people == 1 && again.files >= 1, "{again:?}");
        let eve = back.sign_in(corpus.acme, corpus.eve.id, corpus.eve.account);
        assert!(!shown(&back, &eve, &messages).await.contains(MARK));
        assert!(!shown(&back, &eve, "/v1/members").await.contains(&bob.id.to_string()));
        // What it still has without a key is cleared away by the same jobs as everywhere.
        back.run_jobs().await;
        back.run_subscribers().await;
        assert_eq!(count(&back, &corpus, "select count(*) from chat.message where author_id is not null").await, 0);
        let values = sealed::values(&back, &corpus.orgs()).await;
        let shut = values.iter().filter(|value| value.open(t.app.vault()).is_err()).map(|value| &value.place);
        assert_eq!(shut.collect::<Vec<_>>(), Vec::<&String>::new(), "rows without a key");
        assert!(!values.iter().any(|value| value.is_of(bob.id.0)), "of Bob nothing is left");
        assert_eq!(backups::verify(&back.app, Depth::All).await.unwrap().faults, Vec::<String>::new());
        let scan = Scan::of([MARK, HAN, ADDRESS], []);
        assert_eq!(disk::found(&back, &scan, &disk::all(&back).await).await, Vec::<String>::new());
    }
}
