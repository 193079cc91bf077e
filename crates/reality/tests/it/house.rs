//! What the tests say over and over.

use kernel::Module;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use testkit::{Person, TestApp};

pub fn modules() -> Vec<Module> {
    vec![
        inbox::module(),
        files::module(),
        search::module(),
        people_groups::module(),
        receipts::module(),
        chat::module(),
        reality::module(),
    ]
}

/// Two organisations: Ann owns the first, in which Bob is a member; Mal is in the other, which Mia owns.
pub struct House {
    pub t: TestApp,
    pub ann: Person,
    pub bob: Person,
    pub mia: Person,
}

impl House {
    pub async fn open() -> Self {
        let t = TestApp::with(modules()).await;
        let (acme, rival) = (t.org("acme").await, t.org("rival").await);
        let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
        let mia = t.member_as(rival, "Mia", directory::Role::Owner).await;
        Self { t, ann, bob, mia }
    }

    /// Looks now, and lets everything follow that follows.
    pub async fn look(&self) {
        reality::look(&self.t.app).await.unwrap();
        self.t.run_subscribers().await;
    }

    /// What somebody reads of it.
    pub async fn read(&self, who: &Person) -> Value {
        let (status, found) = self.t.call(who, "GET", "/v1/data-map/drifts", json!(null)).await;
        assert_eq!(status, 200, "{found}");
        found
    }

    /// Kind, place and number of each.
    pub async fn drifts(&self, who: &Person) -> Vec<(String, String, i64)> {
        let found = self.read(who).await;
        let said = |drift: &Value, key: &str| drift[key].as_str().unwrap().to_owned();
        let drifts = found["drifts"].as_array().unwrap().iter();
        drifts.map(|one| (said(one, "kind"), said(one, "place"), one["found"].as_i64().unwrap())).collect()
    }

    /// Does to the database what nobody should, in the organisation of this person.
    pub async fn plant(&self, who: &Person, statement: &str) {
        let mut tx = self.t.admin.begin().await.unwrap();
        sqlx::query("select set_config('app.org', $1, true)")
            .bind(who.org.to_string())
            .execute(&mut *tx)
            .await
            .unwrap();
        let done = sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        assert!(statement.starts_with("alter") || statement.starts_with("create") || done.rows_affected() > 0);
    }
}

pub fn drift(kind: &str, place: &str, found: i64) -> (String, String, i64) {
    (kind.to_owned(), place.to_owned(), found)
}
