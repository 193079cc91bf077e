//! Groups of somebody who is shut out get another owner out of their own people (`IM-16`, `DEL-01`).

use directory::State;
use kernel::Actor;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

struct House {
    t: TestApp,
    ann: Person,
    bob: Person,
    eve: Person,
}

impl House {
    async fn open() -> Self {
        let kinds = vec![chat::groups_to_hand_over()];
        let modules = vec![
            inbox::module(),
            files::module(),
            search::module(),
            receipts::module(),
            chat::module(),
            handover::module(kinds),
        ];
        let t = TestApp::with(modules).await;
        let acme = t.org("Acme").await;
        let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
        Self { t, ann, bob, eve }
    }

    #[expect(clippy::too_many_arguments, reason = "a request and what comes of it")]
    async fn ask(&self, who: &Person, method: &str, path: &str, body: Value, expected: u16) -> Value {
        let (status, answer) = self.t.call(who, method, path, body).await;
        assert_eq!(status, expected, "{method} {path}: {answer}");
        answer
    }

    async fn group(&self, name: &str, others: &[&Person]) -> String {
        let ids: Vec<_> = others.iter().map(|one| one.id).collect();
        let new = json!({ "kind": "group", "name": name, "member_ids": ids });
        let made = self.ask(&self.bob, "POST", "/v1/conversations", new, 201).await;
        made["id"].as_str().unwrap().to_owned()
    }

    async fn shut_out(&self, who: &Person) {
        let mut tx = self.t.app.begin(who.org, Actor::System).await.unwrap();
        directory::set_state(&mut tx, who.id, State::Leaving).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn decide(&self, group: &str, to: &Person, expected: u16) -> Value {
        let input = json!({ "kind": "chat.group", "thing_id": group, "successor_id": to.id });
        self.ask(&self.ann, "POST", &format!("/v1/hand-overs/{}/decisions", self.bob.id), input, expected).await
    }
}

#[tokio::test]
async fn im_16_a_leavers_group_goes_to_one_of_its_people_and_to_nobody_else() {
    let house = House::open().await;
    let fay = house.t.member(house.ann.org, "Fay").await;
    let group = house.group("Lunch", &[&house.eve, &fay]).await;
    let path = format!("/v1/conversations/{group}/members/{}", fay.id);
    house.ask(&house.bob, "PUT", &format!("{path}/role"), json!({ "role": "administrator" }), 204).await;
    house.group("Other", &[&house.eve]).await;
    house.shut_out(&house.bob).await;

    let hand_over = format!("/v1/hand-overs/{}", house.bob.id);
    let shown = house.ask(&house.ann, "GET", &hand_over, Value::Null, 200).await;
    assert_eq!(shown["things"].as_array().unwrap().len(), 2);
    let thing = &shown["things"][0];
    assert_eq!((&thing["kind"], &thing["name"], &thing["count"]), (&json!("chat.group"), &json!("Lunch"), &json!(3)));
    assert_eq!(thing["proposed_id"], json!(fay.id), "an administrator of the group before those who were there first");
    assert_eq!(thing["candidates"].as_array().unwrap().len(), 2);

    let refused = house.decide(&group, &house.ann, 422).await;
    assert_eq!(refused["field"], "successor_id", "whoever hands over does not come to read what they could not");
    house.ask(&house.ann, "GET", &format!("/v1/conversations/{group}"), Value::Null, 404).await;

    let after = house.decide(&group, &fay, 200).await;
    assert_eq!(after["leaver"]["open_count"], 1);
    let seen = house.ask(&fay, "GET", &format!("/v1/conversations/{group}"), Value::Null, 200).await;
    assert_eq!((&seen["my"]["role"], &seen["can"]["dissolve"]), (&json!("owner"), &json!(true)));
    let page = house.ask(&fay, "GET", &format!("/v1/conversations/{group}/messages"), Value::Null, 200).await;
    let last = page["items"].as_array().unwrap().iter().find(|one| one["body"]["event"] == "transferred").unwrap();
    assert_eq!(last["body"]["member_ids"], json!([fay.id]));
    assert_eq!(last["author_id"], json!(house.ann.id), "who did it is named");
    let told = house.ask(&fay, "GET", "/v1/notifications", Value::Null, 200).await;
    // Of one instant with the notice that she is in the group.
    let passed = told["items"].as_array().unwrap().iter().find(|one| one["text"] == "passed_chat_group").unwrap();
    assert_eq!(passed["ref"]["id"], json!(group));
    house.decide(&group, &house.eve, 404).await;
}

#[tokio::test]
async fn a_group_in_which_nobody_else_is_left_has_no_candidates() {
    let house = House::open().await;
    let group = house.group("Two", &[&house.eve]).await;
    house.shut_out(&house.bob).await;
    house.shut_out(&house.eve).await;
    let shown = house.ask(&house.ann, "GET", &format!("/v1/hand-overs/{}", house.bob.id), Value::Null, 200).await;
    assert_eq!(
        (&shown["things"][0]["candidates"], &shown["things"][0]["can"]["hand_over"]),
        (&json!([]), &json!(false))
    );
    house.decide(&group, &house.eve, 422).await;
}
