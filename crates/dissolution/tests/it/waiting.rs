//! Dissolved by two, brought back by one (`ORG-09`, `RET-07`).

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::house::House;

const DISSOLUTION: &str = "/v1/organisation/dissolution";
const ME: (&str, &str) = ("GET", "/v1/me");

fn code(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[tokio::test]
async fn org_09_an_owner_asks_with_the_name_and_the_password_and_alone_nothing_happens() {
    let house = House::open().await;
    let (ann, name) = (&house.ann, json!({ "name": "Acme" }));
    for (other, why) in [(&house.bob, "an administrator"), (&house.eve, "a member")] {
        assert_eq!(house.refused(other, ("POST", DISSOLUTION), name.clone()).await, code(403, "forbidden"), "{why}");
        assert_eq!(house.refused(other, ("GET", DISSOLUTION), Value::Null).await, code(403, "forbidden"), "{why}");
    }
    let (status, wrong) = house.call(ann, ("POST", DISSOLUTION), json!({ "name": "Rival" })).await;
    assert_eq!((status, &wrong["field"]), (422, &json!("name")));
    assert_eq!(house.refused(ann, ("POST", DISSOLUTION), name.clone()).await, code(403, "identity.prove_again"));
    house.prove(ann).await;
    let act = house.done(ann, ("POST", DISSOLUTION), json!({ "name": " \u{2068}Acme\u{2069} " })).await;
    assert_eq!((&act["needs"], &act["details"]), (&json!("second"), &json!({ "people": 3 })));
    assert_eq!(house.refused(ann, ("POST", DISSOLUTION), name).await, code(409, "directory.act_is_open"));
    house.wait(TimeDelta::hours(23)).await;
    for inside in [ann, &house.bob, &house.eve] {
        house.done(inside, ME, Value::Null).await;
    }
    let seen = house.done(ann, ("GET", DISSOLUTION), Value::Null).await;
    assert_eq!((&seen["people"], &seen["ends_at"]), (&json!(3), &Value::Null));
    // Nobody approved it in time: nothing was asked.
    house.wait(TimeDelta::hours(2)).await;
    house.done(&house.eve, ME, Value::Null).await;
    let acts = house.done(ann, ("GET", "/v1/sensitive-acts"), Value::Null).await;
    assert_eq!(acts["items"][0]["state"], "lapsed");
    assert_eq!(house.refused(ann, ("DELETE", DISSOLUTION), Value::Null).await, code(409, "hosting.not_dissolving"));
}

#[tokio::test]
async fn org_09_from_the_approval_on_owners_see_until_when_and_everybody_else_is_out() {
    let house = House::open().await;
    let (ann, bob, eve) = (&house.ann, &house.bob, &house.eve);
    house.dissolve().await;
    let shut = code(403, "hosting.organisation_dissolving");
    for person in [ann, bob, eve] {
        for operation in [ME, ("GET", "/v1/members"), ("GET", "/v1/conversations"), ("GET", "/v1/sensitive-acts")] {
            assert_eq!(house.refused(person, operation, Value::Null).await, shut, "{} {operation:?}", person.login);
        }
    }
    for person in [bob, eve] {
        assert_eq!(house.sign_in(person).await, Err("hosting.organisation_dissolving".to_owned()), "{}", person.login);
        for operation in [("GET", DISSOLUTION), ("DELETE", DISSOLUTION)] {
            assert_eq!(house.refused(person, operation, Value::Null).await, shut, "{} {operation:?}", person.login);
        }
        let proof = json!({ "password": person.password });
        assert_eq!(house.refused(person, ("POST", "/v1/session/proof"), proof).await, shut);
    }
    let ends_at = json!(house.t.app.now() + TimeDelta::days(60));
    let session = house.sign_in(ann).await.unwrap();
    assert_eq!(session["organisations"][0]["dissolves_at"], ends_at);
    assert_eq!(house.done(ann, ("GET", DISSOLUTION), Value::Null).await["ends_at"], ends_at);
    // Nobody in another organisation notices.
    house.done(&house.mal, ME, Value::Null).await;
    assert_eq!(house.refused(&house.mal, ("DELETE", DISSOLUTION), Value::Null).await.1, "hosting.not_dissolving");
}

#[tokio::test]
async fn org_09_any_owner_brings_it_back_and_everybody_comes_in_as_before() {
    let house = House::open().await;
    let (ann, bob, eve) = (&house.ann, &house.bob, &house.eve);
    house.dissolve().await;
    house.wait(TimeDelta::hours(1)).await;
    assert_eq!(house.refused(ann, ("DELETE", DISSOLUTION), Value::Null).await, code(403, "identity.prove_again"));
    assert_eq!(house.refused(eve, ME, Value::Null).await.0, 403, "a question changes nothing");
    house.prove(ann).await;
    assert_eq!(house.call(ann, ("DELETE", DISSOLUTION), Value::Null).await.0, 204);
    for person in [ann, bob, eve] {
        house.done(person, ME, Value::Null).await;
    }
    assert!(house.sign_in(eve).await.is_ok());
    assert_eq!(house.done(ann, ("GET", DISSOLUTION), Value::Null).await.get("ends_at"), None);
    let log = house.done(ann, ("GET", "/v1/audit?limit=50"), Value::Null).await.to_string();
    for name in ["dissolution.dissolution_begun", "dissolution.organisation_restored"] {
        assert!(log.contains(name), "{name}: {log}");
    }
    house.wait(TimeDelta::days(61)).await;
    assert!(house.t.app.vault().has_organisation(ann.org.0));
    assert!(house.sign_in(eve).await.is_ok(), "what was taken back is not done");
}

#[tokio::test]
async fn ret_07_it_is_brought_back_until_the_last_day_and_not_after_it() {
    let house = House::open().await;
    house.dissolve().await;
    house.wait(TimeDelta::days(59)).await;
    let ann = house.again(&house.ann).await;
    house.prove(&ann).await;
    assert_eq!(house.call(&ann, ("DELETE", DISSOLUTION), Value::Null).await.0, 204);
    house.done(&ann, ME, Value::Null).await;
    assert!(house.sign_in(&house.eve).await.is_ok(), "all of it is still there");
    // The days begin anew.
    house.dissolve().await;
    house.t.clock.advance(TimeDelta::days(60) - TimeDelta::minutes(5));
    let ann = house.again(&house.ann).await;
    house.prove(&ann).await;
    house.t.clock.advance(TimeDelta::minutes(5));
    let late = house.refused(&ann, ("DELETE", DISSOLUTION), Value::Null).await;
    assert_eq!(late, code(409, "hosting.not_dissolving"));
}

/// The operator can stop an end that an owner did not want.
#[tokio::test]
async fn org_09_while_it_is_suspended_nothing_is_erased_and_an_owner_brings_it_back() {
    let house = House::open().await;
    let (vault, acme) = (house.t.app.vault(), house.ann.org);
    let acting = operators::Acting::on_the_machine(&house.t.app);
    house.dissolve().await;
    house.wait(TimeDelta::days(59)).await;
    acting.suspend(&acme.to_string(), "An account was taken over").await.unwrap();
    house.wait(TimeDelta::days(3)).await;
    assert!(vault.has_organisation(acme.0), "its day has come, and it is not erased");
    let suspended = Err("hosting.organisation_suspended".to_owned());
    assert_eq!(house.sign_in(&house.eve).await, suspended);
    let ann = house.again(&house.ann).await;
    assert_eq!(house.refused(&ann, ME, Value::Null).await, code(403, "hosting.organisation_dissolving"));
    assert!(house.done(&ann, ("GET", DISSOLUTION), Value::Null).await["ends_at"].is_string());
    house.prove(&ann).await;
    assert_eq!(house.call(&ann, ("DELETE", DISSOLUTION), Value::Null).await.0, 204);
    // Only the operator opens what the operator shut.
    assert_eq!(house.sign_in(&house.ann).await, suspended);
    acting.resume(&acme.to_string()).await.unwrap();
    house.wait(TimeDelta::days(61)).await;
    assert!(vault.has_organisation(acme.0));
    assert!(house.sign_in(&house.eve).await.is_ok());
}

#[tokio::test]
async fn org_09_a_suspension_that_nobody_lifts_in_time_lets_it_end_with_the_next_turn_after_it() {
    let house = House::open().await;
    let (vault, acme) = (house.t.app.vault(), house.ann.org);
    let acting = operators::Acting::on_the_machine(&house.t.app);
    house.dissolve().await;
    acting.suspend(&acme.to_string(), "Bills are not paid").await.unwrap();
    house.wait(TimeDelta::days(90)).await;
    assert!(vault.has_organisation(acme.0));
    acting.resume(&acme.to_string()).await.unwrap();
    house.wait(TimeDelta::minutes(10)).await;
    assert!(!vault.has_organisation(acme.0));
}

/// Nobody inside could see it coming.
#[tokio::test]
async fn org_09_what_was_approved_before_the_operator_suspended_it_does_not_begin() {
    let house = House::open().await;
    let (ann, bob) = (&house.ann, &house.bob);
    house.prove(ann).await;
    let act = house.done(ann, ("POST", DISSOLUTION), json!({ "name": "Acme" })).await;
    house.prove(bob).await;
    let path = format!("/v1/sensitive-acts/{}/approve", act["id"].as_str().unwrap());
    house.done(bob, ("POST", &path), Value::Null).await;
    let acting = operators::Acting::on_the_machine(&house.t.app);
    acting.suspend(&ann.org.to_string(), "An account was taken over").await.unwrap();
    house.t.run_subscribers().await;
    acting.resume(&ann.org.to_string()).await.unwrap();
    let ann = house.again(ann).await;
    let acts = house.done(&ann, ("GET", "/v1/sensitive-acts"), Value::Null).await;
    assert_eq!(acts["items"][0]["state"], "failed");
    assert_eq!(house.done(&ann, ("GET", DISSOLUTION), Value::Null).await.get("ends_at"), None);
}

/// What there is to take away: people and the log. Whoever may have taken an account over gets neither, since the operator shut it.
#[tokio::test]
async fn org_09_while_it_waits_owners_export_people_and_the_log_and_nobody_else_does() {
    let house = House::open().await;
    let (ann, people, log) = (&house.ann, ("POST", "/v1/people-exports"), ("POST", "/v1/audit/export"));
    let csv = json!({ "format": "csv" });
    house.done(&house.bob, log, csv.clone()).await;
    house.dissolve().await;
    for other in [&house.bob, &house.eve] {
        for (operation, body) in [(people, json!({})), (log, csv.clone())] {
            assert_eq!(
                house.refused(other, operation, body).await,
                code(403, "hosting.organisation_dissolving"),
                "{}",
                other.login
            );
        }
    }
    let export = house.done(ann, people, json!({})).await;
    assert_eq!((&export["people"], &export["state"]), (&json!(3), &json!("ready")));
    let file = format!("/v1/people-exports/{}/file", export["id"].as_str().unwrap());
    let bearer = format!("Bearer {}", ann.token);
    let as_csv = json!({ "format": "csv", "language": "en" });
    for (path, body, holds) in [(&*file, &as_csv, "eve"), (log.1, &csv, "dissolution.dissolution_begun")] {
        let body = body.to_string().into_bytes();
        let (status, bytes) = house.t.send(None, "POST", path, body, &[("authorization", bearer.as_str())]).await;
        let text = String::from_utf8(bytes).unwrap();
        assert!(status == 200 && text.contains(holds), "{path}: {status} {text}");
    }
    let listed = house.done(ann, ("GET", "/v1/people-exports"), Value::Null).await;
    assert_eq!(listed["items"][0]["id"], export["id"]);
    let acting = operators::Acting::on_the_machine(&house.t.app);
    acting.suspend(&ann.org.to_string(), "An account was taken over").await.unwrap();
    for (operation, body) in [(people, json!({})), (log, csv), (("POST", &*file), as_csv)] {
        assert_eq!(house.refused(ann, operation, body).await, code(403, "hosting.organisation_suspended"));
    }
    assert!(house.done(ann, ("GET", DISSOLUTION), Value::Null).await["ends_at"].is_string());
}
