//! Whoever left the personnel system leaves here, as when an administrator removes them.

use serde_json::{Value, json};

use crate::house::{ALL, House};
use crate::upsert::outcomes;

fn row(external: &str, user: &str, state: &str) -> Value {
    json!({ "people": [{ "external_id": external, "name": user, "user_id": user, "state": state }] })
}

async fn card(house: &House) -> Value {
    let (status, card) = house.t.call(&house.ann, "GET", &format!("/v1/members/{}", house.bob.id), json!(null)).await;
    assert_eq!(status, 200, "{card}");
    card
}

#[tokio::test]
async fn del_01_whoever_left_is_shut_out_and_erased_after_fourteen_days_and_comes_back_only_by_who_sent_them() {
    let house = House::open().await;
    let weak = house.token(&ALL, &[]).await;
    let (status, refused) = house.upsert(&weak, row("P9", "bob", "left")).await;
    assert_eq!((status.as_u16(), &refused["rows"][0]["code"]), (422, &json!("forbidden")), "without people.remove");
    let all: Vec<&str> = ALL.into_iter().chain(["people.remove"]).collect();
    let token = house.token(&all, &[]).await;
    let (_, done) = house.upsert(&token, row("P9", "bob", "left")).await;
    assert_eq!(outcomes(&done, "people"), ["changed"], "{done}");
    let leaving = card(&house).await;
    let until = (house.t.app.now() + chrono::TimeDelta::days(14)).date_naive().to_string();
    assert_eq!(leaving["state"], "leaving");
    assert!(leaving["state_until"].as_str().unwrap().starts_with(&until), "{leaving}");
    assert!(house.t.events(house.ann.org).await.iter().any(|name| name == "directory.member_leaving"));
    for state in ["left", "suspended"] {
        assert_eq!(outcomes(&house.upsert(&token, row("P9", "bob", state)).await.1, "people"), ["unchanged"]);
    }
    // A slip is mended by the call that made it.
    assert_eq!(outcomes(&house.upsert(&token, row("P9", "bob", "active")).await.1, "people"), ["changed"]);
    assert_eq!(card(&house).await["state"], "active");

    house.prove(&house.ann).await;
    let path = format!("/v1/members/{}/remove", house.bob.id);
    assert_eq!(house.t.call(&house.ann, "POST", &path, json!(null)).await.0, 204);
    assert_eq!(outcomes(&house.upsert(&token, row("P9", "bob", "active")).await.1, "people"), ["unchanged"]);
    assert_eq!(card(&house).await["state"], "leaving", "whom somebody here removed no call lets in");
}

#[tokio::test]
async fn whom_somebody_here_suspended_no_call_lets_in_by_sending_them_away_first() {
    let house = House::open().await;
    let all: Vec<&str> = ALL.into_iter().chain(["people.remove"]).collect();
    let token = house.token(&all, &[]).await;
    assert_eq!(house.upsert(&token, row("P9", "bob", "active")).await.0, 200);
    let suspend = format!("/v1/members/{}/suspend", house.bob.id);
    assert_eq!(house.t.call(&house.ann, "POST", &suspend, json!({})).await.0, 204);
    assert_eq!(outcomes(&house.upsert(&token, row("P9", "bob", "left")).await.1, "people"), ["changed"]);
    assert_eq!(card(&house).await["state"], "leaving");
    assert_eq!(outcomes(&house.upsert(&token, row("P9", "bob", "active")).await.1, "people"), ["unchanged"]);
    assert_eq!(card(&house).await["state"], "leaving");
}

#[tokio::test]
async fn nobody_is_brought_in_to_leave_and_nobody_stronger_is_sent_away() {
    let house = House::open().await;
    let all: Vec<&str> = ALL.into_iter().chain(["people.remove"]).collect();
    let token = house.token(&all, &[]).await;
    let before = house.t.events(house.ann.org).await.len();
    let (status, done) = house.upsert(&token, row("P7", "gone", "left")).await;
    assert_eq!((status.as_u16(), outcomes(&done, "people")), (200, vec!["unchanged".to_owned()]), "{done}");
    assert!(done["people"][0]["id"].is_null());
    assert_eq!(house.t.events(house.ann.org).await.len(), before, "nothing happened");

    // The owner, whose token it is; and an administrator, who holds more than it lends.
    let dan = house.t.member_as(house.ann.org, "Dan", directory::Role::Administrator).await;
    for user in ["ann", "dan"] {
        let (status, refused) = house.upsert(&token, row("P8", user, "left")).await;
        assert_eq!((status.as_u16(), &refused["rows"][0]["code"]), (422, &json!("forbidden")), "{user}");
    }
    let (_, card) = house.t.call(&house.ann, "GET", &format!("/v1/members/{}", dan.id), json!(null)).await;
    assert_eq!(card["state"], "active");

    // Once they are erased, the same row of every night is no row that is wrong.
    assert_eq!(outcomes(&house.upsert(&token, row("P9", "bob", "left")).await.1, "people"), ["changed"]);
    let mut tx = house.t.app.begin(house.ann.org, kernel::Actor::System).await.unwrap();
    directory::set_state(&mut tx, house.bob.id, directory::State::Erased).await.unwrap();
    tx.commit().await.unwrap();
    let (status, done) = house.upsert(&token, row("P9", "bob", "left")).await;
    assert_eq!((status.as_u16(), outcomes(&done, "people")), (200, vec!["unchanged".to_owned()]), "{done}");
}
