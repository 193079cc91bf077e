//! A longer period: only with a second, or after a day that everybody sees (`RET-09`).

use chrono::TimeDelta;
use kernel::Actor;
use serde_json::{Value, json};
use testkit::Person;

use crate::house::{CHANGE, House, instant};

impl House {
    async fn assure(&self, who: &Person) {
        let mut tx = self.t.app.begin(who.org, Actor::Member(who.id)).await.unwrap();
        directory::assure(&mut tx, who.session).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn act(&self, id: &Value) -> Value {
        let acts = self.ask(&self.ann, ("GET", "/v1/sensitive-acts"), Value::Null, 200).await;
        acts["items"].as_array().unwrap().iter().find(|one| one["id"] == *id).unwrap().clone()
    }

    async fn pass(&self, hours: i64) {
        self.go_to(self.t.app.now() + TimeDelta::hours(hours)).await;
    }
}

#[tokio::test]
async fn ret_09_with_a_single_administrator_it_waits_a_day_that_everybody_sees() {
    let house = House::open().await;
    let preview = house.preview(180).await;
    assert_eq!(house.decide(&house.ann, &preview, 403).await["code"], "identity.prove_again");
    house.assure(&house.ann).await;
    let asked = house.decide(&house.ann, &preview, 200).await;
    assert_eq!((&asked["chat_retention_days"], &asked["act"]["needs"]), (&json!(90), &json!("time")));
    assert_eq!(house.decide(&house.ann, &preview, 409).await["code"], "directory.act_is_open");
    let seen = house.ask(&house.eve, ("GET", "/v1/sensitive-acts?state=open"), Value::Null, 200).await;
    assert_eq!((&seen["items"][0]["details"]["to"], &seen["items"][0]["can"]["cancel"]), (&json!(180), &json!(false)));
    house.pass(23).await;
    assert_eq!(house.days().await, 90);
    house.pass(2).await;
    assert_eq!((house.days().await, &house.act(&asked["act"]["id"]).await["state"]), (180, &json!("done")));
}

#[tokio::test]
async fn ret_09_a_longer_period_does_not_overtake_a_shorter_one_that_waits() {
    let house = House::open().await;
    house.t.keep_chat(house.ann.org, 180).await;
    house.assure(&house.ann).await;
    let longer = house.decide(&house.ann, &house.preview(360).await, 200).await["act"]["id"].clone();
    let preview = house.preview(90).await;
    house.decide(&house.ann, &preview, 200).await;
    house.assure(&house.ann).await;
    let waits =
        house.ask(&house.ann, ("PUT", CHANGE), json!({ "chat_retention_days": 720, "preview": "180-720" }), 409).await;
    assert_eq!(waits["code"], "retention.shortening_waits");
    house.pass(24).await;
    let failed = house.act(&longer).await;
    assert_eq!((&failed["state"], &failed["code"]), (&json!("failed"), &json!("retention.shortening_waits")));
    house.go_to(instant(&preview["takes_effect_at"])).await;
    assert_eq!(house.days().await, 90);
}
