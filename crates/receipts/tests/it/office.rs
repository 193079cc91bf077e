//! Ann owns Acme, Bob is a member of it. Mal owns another organisation.

use chrono::TimeDelta;
use directory::Role;
use kernel::{Actor, Bucket, OrgId, Tx};
use receipts::{Certificate, Run};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

pub const LIST: &str = "/v1/erasure/receipts";

pub struct Office {
    pub t: TestApp,
    pub acme: OrgId,
    pub ann: Person,
    pub bob: Person,
    pub mal: Person,
}

impl Office {
    pub async fn open() -> Self {
        let t = TestApp::with(vec![receipts::module()]).await;
        let (acme, rival) = (t.org("acme").await, t.org("rival").await);
        let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
        let mal = t.member_as(rival, "Mal", Role::Owner).await;
        Self { t, acme, ann, bob, mal }
    }

    pub async fn begin(&self) -> Tx {
        self.t.app.begin(self.acme, Actor::System).await.unwrap()
    }

    /// Somebody with so many files is erased, as crate `erasure` does it.
    pub async fn erase(&self, files: u64) {
        let (vault, bucket) = (self.t.app.vault(), Bucket::Member(self.t.app.new_id()));
        vault.ensure(self.acme.0, &[bucket]).unwrap();
        let (run, key) = (Run::Member(self.t.app.new_id()), vault.name(self.acme.0, bucket).unwrap());
        let mut tx = self.begin().await;
        receipts::note(&mut tx, run, &[("chat.draft", 0), ("files.file", files)], &[key]).await.unwrap();
        tx.commit().await.unwrap();
        vault.destroy(self.acme.0, &[bucket]).unwrap();
        let mut tx = self.begin().await;
        receipts::close(&mut tx, run).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn ask(&self, who: &Person, path: &str, expected: u16) -> Value {
        let (status, answer) = self.t.call(who, "GET", path, json!(null)).await;
        assert_eq!(status.as_u16(), expected, "{path}: {answer}");
        answer
    }

    /// The places of the receipts that Ann sees.
    pub async fn places(&self) -> Vec<i64> {
        let page = self.ask(&self.ann, LIST, 200).await;
        page["items"].as_array().unwrap().iter().map(|one| one["position"].as_i64().unwrap()).collect()
    }

    pub async fn certificate(&self, position: i64) -> Certificate {
        let answer = self.ask(&self.ann, &format!("{LIST}/{position}/certificate"), 200).await;
        serde_json::from_value(answer).unwrap()
    }

    /// Time passes, and all that is done by itself is done.
    pub async fn wait(&self, time: TimeDelta) {
        self.t.clock.advance(time);
        self.t.run_jobs().await;
    }
}
