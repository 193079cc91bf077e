//! Many people are not taken away by one alone (`ORG-03`).

use chrono::TimeDelta;
use kernel::Actor;
use serde_json::{Value, json};

use crate::office::Office;

#[tokio::test]
async fn org_03_many_are_taken_away_only_with_a_second_however_they_are_cut() {
    let o = Office::open().await;
    o.hire(300).await;
    let export = o.export(&o.ann, json!({}), 201).await;
    assert_eq!((&export["people"], &export["state"]), (&json!(303), &json!("ready")));
    // A second time within the day they are more than one takes away alone.
    assert_eq!(o.export(&o.ann, json!({}), 403).await["code"], "identity.prove_again");
    o.assure(&o.ann).await;
    let export = o.export(&o.ann, json!({}), 201).await;
    assert_eq!(export["state"], "waits");
    assert_eq!(o.refused(&o.ann, &export).await, (409, "people_exports.waits".to_owned()));
    assert_eq!(o.export(&o.ann, json!({}), 409).await["code"], "directory.act_is_open");
    let act = o.ask(&o.bob, ("GET", "/v1/sensitive-acts?state=open"), Value::Null, 200).await["items"][0].clone();
    assert_eq!((&act["kind"], &act["details"]["people"]), (&json!("people_exports.export_people"), &json!(303)));
    o.assure(&o.bob).await;
    let path = format!("/v1/sensitive-acts/{}/approve", act["id"].as_str().unwrap());
    o.ask(&o.bob, ("POST", &path), Value::Null, 200).await;
    o.t.run_subscribers().await;
    o.t.run_subscribers().await;
    assert_eq!(o.lines(&o.ann, &export).await.len(), 304);
    // It was approved for so many and no more.
    o.hire(1).await;
    assert_eq!(o.refused(&o.ann, &export).await, (409, "people_exports.more_people_now".to_owned()));
}

#[tokio::test]
async fn org_03_what_a_second_refuses_is_gone() {
    let o = Office::open().await;
    o.hire(500).await;
    o.assure(&o.ann).await;
    let export = o.export(&o.ann, json!({}), 201).await;
    let path = format!("/v1/sensitive-acts/{}/refuse", export["act_id"].as_str().unwrap());
    o.ask(&o.bob, ("POST", &path), json!({}), 200).await;
    o.t.run_subscribers().await;
    assert_eq!(o.refused(&o.ann, &export).await.0, 404);
    o.t.clock.advance(TimeDelta::hours(1));
    let own = o.ask(&o.ann, ("GET", "/v1/people-exports"), Value::Null, 200).await;
    assert_eq!(own["items"], json!([]));
}

/// Nobody comes in to approve it, and nobody sees it coming.
#[tokio::test]
async fn org_09_while_the_organisation_is_being_dissolved_no_more_are_taken_than_one_takes_alone() {
    let o = Office::open().await;
    o.hire(500).await;
    let mut tx = o.t.app.begin(o.acme, Actor::System).await.unwrap();
    hosting::dissolve(&mut tx, o.t.app.now() + TimeDelta::days(60)).await.unwrap();
    tx.commit().await.unwrap();
    o.assure(&o.ann).await;
    assert_eq!(o.export(&o.ann, json!({}), 409).await["code"], "people_exports.nobody_decides");
    let few = o.export(&o.ann, json!({ "query": "Ann" }), 201).await;
    assert_eq!((&few["people"], &few["state"]), (&json!(1), &json!("ready")));
}
