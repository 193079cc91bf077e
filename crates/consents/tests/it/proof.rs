//! A purpose is closed without a consent that holds, and a withdrawal ends what runs on it.

use consents::Consent;
use kernel::{Actor, MemberId, OrgId, Tx};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

use crate::{FIRST, Listening, SECOND, notes};

const ONE: &str = "/v1/me/consents/notes.listen";

async fn acts(t: &TestApp, who: &Person) -> Tx {
    t.app.begin(who.org, Actor::Member(who.id)).await.expect("a transaction")
}

async fn agree(t: &TestApp, who: &Person) {
    assert_eq!(t.call(who, "PUT", ONE, json!({"text_version": "1", "way": "sheet"})).await.0, 204);
}

/// The code with which somebody is refused.
async fn refused(t: &TestApp, who: &Person) -> Option<&'static str> {
    Consent::<Listening>::load(&mut acts(t, who).await).await.err().map(|error| error.code())
}

#[tokio::test]
async fn con_01_con_06_consent_opens_a_purpose_until_it_is_withdrawn() {
    let t = TestApp::with(notes(FIRST)).await;
    let acme = t.org("acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    assert_eq!(refused(&t, &ann).await, Some("privacy.consent_required"));
    agree(&t, &ann).await;
    let consent = Consent::<Listening>::load(&mut acts(&t, &ann).await).await.unwrap();
    assert_eq!(consent.member(), ann.id);
    assert_eq!(refused(&t, &bob).await, Some("privacy.consent_required"));
    assert_eq!(t.call(&ann, "DELETE", ONE, Value::Null).await.0, 204);
    assert_eq!(refused(&t, &ann).await, Some("privacy.consent_required"));
    let mut system = t.app.begin(acme, Actor::System).await.unwrap();
    assert!(Consent::<Listening>::load(&mut system).await.is_err(), "nobody consents for the program");
}

#[tokio::test]
async fn con_07_a_consent_to_older_words_opens_nothing() {
    let t = TestApp::with(notes(FIRST)).await;
    let acme = t.org("acme").await;
    let ann = t.member(acme, "Ann").await;
    agree(&t, &ann).await;
    assert_eq!(refused(&t, &ann).await, None);
    assert_eq!(refused(&t.beside(notes(&SECOND)), &ann).await, Some("privacy.consent_required"));
}

/// How many consents that hold a withdrawal finds free, as it takes them.
async fn taken(t: &TestApp, who: &Person) -> sqlx::Result<u64> {
    let take = "select id from consents.consent where member_id = $1 and ended_at is null for update nowait";
    let found = sqlx::query(take).bind(who.id).execute(acts(t, who).await.db()).await?;
    Ok(found.rows_affected())
}

/// The withdrawal and the proof lock the same row: one of them is first, and there is no third way.
#[tokio::test]
async fn con_06_a_withdrawal_waits_for_what_rests_on_the_consent_and_nothing_begins_after_it() {
    let t = TestApp::with(notes(FIRST)).await;
    let acme = t.org("acme").await;
    let ann = t.member(acme, "Ann").await;
    agree(&t, &ann).await;
    assert_eq!(taken(&t, &ann).await.unwrap(), 1);
    let mut running = acts(&t, &ann).await;
    Consent::<Listening>::load(&mut running).await.unwrap();
    let error = taken(&t, &ann).await.unwrap_err();
    assert_eq!(error.as_database_error().and_then(|e| e.code()).as_deref(), Some("55P03"), "{error}");
    let (withdrawn, committed) = tokio::join!(t.call(&ann, "DELETE", ONE, Value::Null), running.commit());
    committed.unwrap();
    assert_eq!(withdrawn.0, 204);
    assert_eq!(refused(&t, &ann).await, Some("privacy.consent_required"));
}

#[tokio::test]
async fn con_14_what_was_given_is_never_rewritten() {
    let t = TestApp::with(notes(FIRST)).await;
    let acme = t.org("acme").await;
    let ann = t.member(acme, "Ann").await;
    agree(&t, &ann).await;
    for change in ["text_version = '9'", "given_at = now()", "member_id = id", "way = 'settings'"] {
        let sql = sqlx::AssertSqlSafe(format!("update consents.consent set {change}"));
        assert!(sqlx::query(sql).execute(acts(&t, &ann).await.db()).await.is_err(), "{change}");
    }
    assert_eq!(t.call(&ann, "DELETE", ONE, Value::Null).await.0, 204);
    for change in ["ended_at = null, ended_as = null", "ended_at = now()"] {
        let sql = sqlx::AssertSqlSafe(format!("update consents.consent set {change}"));
        let done = sqlx::query(sql).execute(acts(&t, &ann).await.db()).await.unwrap();
        assert_eq!(done.rows_affected(), 0, "{change}: what has ended has ended");
    }
}

#[tokio::test]
async fn another_organisation_sees_none_of_it() {
    let t = TestApp::with(notes(FIRST)).await;
    let (acme, rival) = (t.org("acme").await, t.org("rival").await);
    let (ann, mal) = (t.member(acme, "Ann").await, t.member(rival, "Mal").await);
    agree(&t, &ann).await;
    assert_eq!((seen(&t, acme, ann.id).await, seen(&t, rival, mal.id).await), (1, 0));
}

async fn seen(t: &TestApp, org: OrgId, who: MemberId) -> i64 {
    let mut tx = t.app.begin(org, Actor::Member(who)).await.expect("a transaction");
    sqlx::query_scalar("select count(*) from consents.consent").fetch_one(tx.db()).await.expect("a count")
}
