//! What is asked, in which words, and what one answered (CON rows).

use chrono::TimeDelta;
use kernel::Actor;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

use crate::{FIRST, SECOND, notes};

const ALL: &str = "/v1/me/consents";
const ONE: &str = "/v1/me/consents/notes.listen";

async fn shown(t: &TestApp, who: &Person) -> Value {
    let (status, mut answer) = t.call(who, "GET", ALL, Value::Null).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["items"].as_array().expect("a list").len(), 1, "only what rests on consent is asked: {answer}");
    answer["items"][0].take()
}

async fn agree(t: &TestApp, who: &Person, version: &str) -> (u16, Value) {
    let (status, answer) = t.call(who, "PUT", ONE, json!({"text_version": version, "way": "sheet"})).await;
    (status.as_u16(), answer["code"].clone())
}

#[tokio::test]
async fn con_02_con_04_what_is_asked_is_what_the_data_map_says() {
    let t = TestApp::with(notes(FIRST)).await;
    let acme = t.org("acme").await;
    let bob = t.member(acme, "Bob").await;
    let asked = shown(&t, &bob).await;
    assert_eq!(asked["name"], json!({"en": "Listening", "zh-CN": "收听", "zh-TW": "收聽"}));
    assert_eq!(asked["sentence"]["en"], "so that you hear");
    assert_eq!((&asked["method"]["en"], &asked["otherwise"]["en"]), (&json!("by ear"), &json!("you read")));
    assert_eq!(asked["withdrawal"]["zh-TW"], "不再收聽");
    assert_eq!(asked["until"], json!({"kind": "membership"}));
    let kinds: Vec<_> = asked["kinds"].as_array().unwrap().iter().map(|kind| kind["is_sensitive"].clone()).collect();
    assert_eq!(kinds, [json!(true), json!(false)]);
    assert_eq!((&asked["state"], &asked["history"]), (&json!("never"), &json!([])));
    assert_eq!(asked.get("since"), None);
}

#[tokio::test]
async fn con_06_con_14_an_answer_is_kept_with_its_words_time_device_and_way_and_so_is_its_end() {
    let t = TestApp::with(notes(FIRST)).await;
    let acme = t.org("acme").await;
    let (bob, eve) = (t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let phone =
        [("user-agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1")];
    let body = json!({"text_version": "1", "way": "sheet"}).to_string().into_bytes();
    let (status, _) = t.send(Some(&bob), "PUT", ONE, body, &phone).await;
    assert_eq!(status, 204);
    let given = shown(&t, &bob).await;
    assert_eq!((&given["state"], &given["since"]), (&json!("given"), &json!("2026-01-02T12:00:00Z")), "{given}");
    assert_eq!((&given["history"][0]["text_version"], &given["history"][0]["way"]), (&json!("1"), &json!("sheet")));
    assert!(given["history"][0]["device"].as_str().unwrap().contains("iPhone"), "{given}");
    assert_eq!(shown(&t, &eve).await["state"], "never", "Bob's consent is Bob's");

    // Consenting again changes nothing, and time alone ends none.
    t.clock.advance(TimeDelta::days(800));
    assert_eq!(agree(&t, &bob, "1").await.0, 204);
    assert_eq!(shown(&t, &bob).await["since"], "2026-01-02T12:00:00Z");

    for _ in 0..2 {
        assert_eq!(t.call(&bob, "DELETE", ONE, Value::Null).await.0, 204, "taking back what is not there is no error");
    }
    let ended = shown(&t, &bob).await;
    assert_eq!((&ended["state"], &ended["since"]), (&json!("withdrawn"), &json!("2028-03-12T12:00:00Z")), "{ended}");
    assert_eq!(ended["history"][0]["ended_as"], "withdrawn");
    assert_eq!(ended["history"][0]["given_at"], "2026-01-02T12:00:00Z", "what was before stays as it was");

    t.clock.advance(TimeDelta::days(1));
    let body = json!({"text_version": "1", "way": "settings"});
    assert_eq!(t.call(&bob, "PUT", ONE, body).await.0, 204);
    let again = shown(&t, &bob).await;
    assert_eq!((&again["state"], again["history"].as_array().unwrap().len()), (&json!("given"), 2));
    assert_eq!(again["history"][0]["way"], "settings", "the newest first");
    let events = t.events(acme).await;
    let told: Vec<_> = events.iter().filter(|name| name.starts_with("consents.")).collect();
    assert_eq!(told, ["consents.consent_given", "consents.consent_withdrawn", "consents.consent_given"]);
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    let audited: i64 = sqlx::query_scalar("select count(*) from kernel.audit_entry where name like 'consents.%'")
        .fetch_one(tx.db())
        .await
        .unwrap();
    assert_eq!(audited, 3);
}

#[tokio::test]
async fn con_05_con_07_other_words_are_another_question() {
    let t = TestApp::with(notes(FIRST)).await;
    let acme = t.org("acme").await;
    let bob = t.member(acme, "Bob").await;
    assert_eq!(agree(&t, &bob, "1").await.0, 204);
    assert_eq!(agree(&t, &bob, "2").await, (409, json!("consents.text_changed")));

    let newer = t.beside(notes(&SECOND));
    let bob = newer.sign_in(acme, bob.id, bob.account);
    let asked = shown(&newer, &bob).await;
    assert_eq!((&asked["state"], &asked["text_version"]), (&json!("outgrown"), &json!("2")), "{asked}");
    assert_eq!(agree(&newer, &bob, "1").await, (409, json!("consents.text_changed")), "what was shown is old");
    assert_eq!(agree(&newer, &bob, "2").await.0, 204);
    let given = shown(&newer, &bob).await;
    assert_eq!(given["state"], "given");
    let ends: Vec<_> = given["history"].as_array().unwrap().iter().map(|one| one["ended_as"].clone()).collect();
    assert_eq!(ends, [Value::Null, json!("outgrown")]);

    // What one agreed to in older words is taken back like any other.
    let eve = t.member(acme, "Eve").await;
    assert_eq!(agree(&t, &eve, "1").await.0, 204);
    let eve = newer.sign_in(acme, eve.id, eve.account);
    assert_eq!(newer.call(&eve, "DELETE", ONE, Value::Null).await.0, 204);
    assert_eq!(shown(&newer, &eve).await["state"], "withdrawn");
}

#[tokio::test]
async fn of_what_rests_on_no_consent_nobody_is_asked() {
    let t = TestApp::with(notes(FIRST)).await;
    let acme = t.org("acme").await;
    let bob = t.member(acme, "Bob").await;
    assert_eq!(agree(&t, &bob, "1").await.0, 204);
    for other in ["notes.read", "notes.nothing"] {
        let path = format!("{ALL}/{other}");
        let body = json!({"text_version": "1", "way": "sheet"});
        assert_eq!(t.call(&bob, "PUT", &path, body).await.0, 404, "{other}");
        assert_eq!(t.call(&bob, "DELETE", &path, Value::Null).await.0, 404, "{other}");
    }
    let body = json!({"text_version": "1", "way": "by nodding"});
    assert_eq!(t.call(&bob, "PUT", ONE, body).await.0, 422);
}
